"""What the product makes of invented documents is what it made of them before: every row, every cell."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.golden.cases import CLAUSES, every, kept, made, name
from tests.golden.cases import PAIRS as OPPOSED
from tests.golden.golden import PAIRS, TEXTS, document, lines_of, pair_file, pair_lines, rows_file


@pytest.mark.parametrize("name", [path.stem for path in TEXTS])
def test_rows(name: str) -> None:
    assert lines_of(name) == _kept(rows_file(name)), "make golden, and read what moved"


@pytest.mark.parametrize("pair", PAIRS, ids=["-".join(pair)[:40] for pair in PAIRS])
def test_findings(pair: tuple[str, str]) -> None:
    assert pair_lines(*pair) == _kept(pair_file(*pair)), "make golden, and read what moved"


@pytest.mark.parametrize("name", [path.stem for path in TEXTS])
def test_quotes_are_slices(name: str) -> None:
    found = document(name)
    text = found.source.text
    for record in (*found.targets, *found.assignments, *found.citations, *found.deadlines, *found.percentages):
        assert text[record.char_start : record.char_end] == record.quote


def _kept(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _id(part: str | dict[str, Any]) -> str:
    return part if isinstance(part, str) else name(part)[-60:]


@cache
def remembered(file: str) -> dict[str, list[str]]:
    return kept(file)


@pytest.mark.parametrize(
    ("file", "case"), [(file, case) for file in (*CLAUSES, *OPPOSED) for case in every(file)], ids=_id
)
def test_cases(file: str, case: dict[str, Any]) -> None:
    assert made(file, case) == remembered(file)[name(case)], "make golden, and read what moved"
