"""Every cell of the rows of short clauses, each in its own column (``tests/cases/columns``)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extraction.columns import FILES, lines, load

CASES = [pytest.param(case, id=f"{file.stem}: {case['text'].strip()[:60]}") for file in FILES for case in load(file)]


@pytest.mark.parametrize("case", CASES)
def test_every_cell(case: dict[str, Any]) -> None:
    assert lines(case) == case["rows"], "make golden, and read what moved"


def test_a_case_says_something() -> None:
    assert CASES
