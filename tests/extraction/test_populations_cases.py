"""Whom a figure is about: every field exact, on members of each family that no document shows."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from doichieu import extract_text
from doichieu.text import fold

FILES = sorted((Path(__file__).resolve().parents[1] / "cases").glob("populations*.toml"))
CASES: list[dict[str, Any]] = [
    case for file in FILES for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
]
HEAD = "KẾ HOẠCH\n\nThực hiện nghị quyết trên địa bàn tỉnh\n\nI. MỤC TIÊU\n\n"


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][-60:])
def test_populations(case: dict[str, Any]) -> None:
    found = extract_text(HEAD + case["text"] + "\n", document_id="po").targets
    assert [fold(t.subject) for t in found] == [fold(want["subject"]) for want in case["expect"]]
    for target, want in zip(found, case["expect"], strict=True):
        assert [fold(s) for s in target.scope] == [fold(s) for s in want["scope"]], target
        assert target.value == want.get("value") and (target.level or "") == want.get("level", ""), target
        if "deadline" in want:
            assert (target.deadline or "") == want["deadline"], target


def test_enough_cases() -> None:
    assert len(CASES) >= 60
