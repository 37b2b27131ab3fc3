"""Targets: annotated passages on many subjects in four groups."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from doichieu import extract_text
from doichieu.model import Target
from doichieu.text import fold

FOLDER = Path(__file__).resolve().parents[1] / "cases"
CASES: dict[str, list[dict[str, Any]]] = {}
for file in sorted(FOLDER.glob("targets*.toml")):
    for group, cases in tomllib.loads(file.read_text(encoding="utf-8")).items():
        CASES.setdefault(group, []).extend(cases)
HEAD = "KẾ HOẠCH\n\nThực hiện nghị quyết trên địa bàn tỉnh\n\n"


def found(case: dict[str, Any]) -> list[Target]:
    dated = f"Số: 12/KH-UBND {case['place_date']}\n\n" if "place_date" in case else ""
    chapter = "" if "place_date" in case else "I. NỘI DUNG\n\n"
    return list(extract_text(dated + HEAD + chapter + case["text"] + "\n", document_id="ca").targets)


def matches(target: Target, wanted: dict[str, Any]) -> bool:
    for key, value in wanted.items():
        got = getattr(target, key)
        if key in ("subject", "indicator"):
            if fold(got) != fold(value):
                return False
        elif isinstance(value, float):
            if got is None or abs(got - value) > 0.01:
                return False
        elif got != (tuple(value) if isinstance(value, list) else value):
            return False
    return True


def check(case: dict[str, Any]) -> None:
    got = found(case)
    assert len(got) == len(case["expect"]), got
    for target, wanted in zip(got, case["expect"], strict=True):
        assert matches(target, wanted), target


@pytest.mark.parametrize("case", CASES["wild"] + CASES["synthetic"], ids=lambda c: c["text"][-60:])
def test_targets(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.parametrize("case", CASES["lookalike"], ids=lambda c: c["text"][-60:])
def test_lookalikes_are_no_targets(case: dict[str, Any]) -> None:
    assert found(case) == []


@pytest.mark.parametrize("case", CASES.get("known_failure", []), ids=lambda c: c["text"][-60:])
@pytest.mark.xfail(strict=True, reason="not read yet")
def test_known_failures(case: dict[str, Any]) -> None:
    check(case)


def test_enough_cases() -> None:
    assert sum(map(len, CASES.values())) >= 40


def test_no_scope_is_cut_inside_a_word() -> None:
    from doichieu.extraction.targets.phrases import narrowings

    place = "ở vùng đồng bào dân tộc thiểu số và miền núi có điều kiện kinh tế - xã hội đặc biệt khó khăn của tỉnh"
    for length in range(20, len(place)):
        text = place[:length].rpartition(" ")[0] + " được hưởng lợi từ các chương trình"
        for scope in narrowings(text)[1]:
            assert f" {scope} " in f" {text} "
