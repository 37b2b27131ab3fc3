"""Problems: what a careful reader would notice, and what only looks like it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from doichieu import extract_text

FILE = Path(__file__).resolve().parents[1] / "cases" / "problems.toml"
CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
HEAD = (
    "Số: 5/KH-UBND\n\nTỉnh X, ngày 10 tháng 3 năm 2025\n\nKẾ HOẠCH\n\nThực hiện nghị quyết trên địa "
    "bàn tỉnh\n\nI. NỘI DUNG\n\n"
)
CODES = {code for group in CASES.values() for case in group for code in case.get("expect", [])}


def found(case: dict[str, Any]) -> set[str]:
    text = HEAD + case["text"] + "\n"
    document = extract_text(text, document_id="ca")
    for problem in document.problems:
        if problem.char_start is not None:
            assert text[problem.char_start : problem.char_end] == problem.quote
    return {problem.code for problem in document.problems} & CODES


@pytest.mark.parametrize("case", CASES["wild"] + CASES["synthetic"], ids=lambda c: c["text"][:60])
def test_noticed(case: dict[str, Any]) -> None:
    assert set(case["expect"]) <= found(case)


@pytest.mark.parametrize("case", CASES["lookalike"], ids=lambda c: c["text"][:60])
def test_lookalikes_are_left_alone(case: dict[str, Any]) -> None:
    assert found(case) - {"task_without_deadline"} == set()


@pytest.mark.parametrize("case", CASES["known_failure"], ids=lambda c: c["text"][:60])
@pytest.mark.xfail(strict=True, reason="not noticed yet")
def test_known_failures(case: dict[str, Any]) -> None:
    assert set(case["expect"]) <= found(case)


def test_enough_cases() -> None:
    assert sum(map(len, CASES.values())) >= 40 and len(CODES) >= 11
