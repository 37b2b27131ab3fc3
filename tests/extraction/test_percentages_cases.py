"""Percentages: every one of a text, with what it is used for; annotated passages in four groups."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from doichieu import extract_text
from doichieu.model import Percentage

FILE = Path(__file__).resolve().parents[1] / "cases" / "percentages.toml"
CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
HEAD = "KẾ HOẠCH\n\nThực hiện nghị quyết trên địa bàn tỉnh\n\nI. NỘI DUNG\n\n"


def found(case: dict[str, Any]) -> list[Percentage]:
    text = HEAD + case["text"] + "\n"
    document = extract_text(text, document_id="ca")
    for row in document.percentages:
        assert text[row.char_start : row.char_end] == row.quote
    return sorted(document.percentages, key=lambda row: row.char_start)


def check(case: dict[str, Any]) -> None:
    got = found(case)
    shown = [(row.quote, row.operator, row.value, row.value_max, row.use) for row in got]
    assert len(got) == len(case["expect"]), shown
    for row, wanted in zip(got, case["expect"], strict=True):
        assert {key: getattr(row, key) for key in wanted} == wanted, shown


@pytest.mark.parametrize("case", CASES["wild"] + CASES["synthetic"], ids=lambda c: c["text"][-60:])
def test_percentages(case: dict[str, Any]) -> None:
    check(case)
    ranges = len(re.findall(r"%\s*(?:-|đến)\s*\d+\s*%", case["text"]))
    assert len(found(case)) >= case["text"].count("%") - ranges


@pytest.mark.parametrize("case", CASES["lookalike"], ids=lambda c: c["text"][-60:])
def test_lookalikes_are_none(case: dict[str, Any]) -> None:
    assert found(case) == []


@pytest.mark.parametrize("case", CASES.get("known_failure", []), ids=lambda c: c["text"][-60:])
@pytest.mark.xfail(strict=True, reason="not read yet")
def test_known_failures(case: dict[str, Any]) -> None:
    check(case)


def test_enough_cases() -> None:
    assert sum(map(len, CASES.values())) >= 40
