"""Every cell of the findings between short clauses (``tests/cases/findings``)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.comparison.findings import FILES, lines
from tests.extraction.columns import load

CASES = [pytest.param(case, id=f"{file.stem}: {case['child'].strip()[:60]}") for file in FILES for case in load(file)]


@pytest.mark.parametrize("case", CASES)
def test_every_finding(case: dict[str, Any]) -> None:
    assert lines(case) == case["rows"], "make golden, and read what moved"


def test_a_case_says_something() -> None:
    assert CASES
