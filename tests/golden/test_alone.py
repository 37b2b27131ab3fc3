"""Each rule by itself says of the cases what it said before."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from tests.golden.alone import FILES, cases, kept, lines
from tests.golden.cases import name


@cache
def remembered(file: str) -> dict[str, list[str]]:
    return kept(file)


def _id(part: str | dict[str, Any]) -> str:
    return part if isinstance(part, str) else name(part)[-60:]


@pytest.mark.parametrize(("file", "case"), [(file, case) for file in FILES for case in cases(file)], ids=_id)
def test_rules_alone(file: str, case: dict[str, Any]) -> None:
    found = [line for line in lines(file, case) if line]
    assert found == remembered(file)[name(case)], "make golden, and read what moved"
