"""Figures: annotated sentences in four groups."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from doichieu.extraction.targets.figures import Quantity
from doichieu.extraction.targets.quantities import find_quantities
from doichieu.text import normalise

FILE = Path(__file__).resolve().parents[1] / "cases" / "quantities.toml"
CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(FILE.read_text(encoding="utf-8"))


def found(text: str) -> list[Quantity]:
    return [q for q in find_quantities(normalise(text)[0].text.lower()) if q.kind != "age"]


def matches(quantity: Quantity, wanted: dict[str, Any]) -> bool:
    for key, value in wanted.items():
        got = getattr(quantity, key)
        if isinstance(value, float):
            if got is None or abs(got - value) > 0.01:
                return False
        elif got != value:
            return False
    return True


def check(case: dict[str, Any]) -> None:
    got = found(case["text"])
    assert len(got) == len(case["expect"]), got
    for quantity, wanted in zip(got, case["expect"], strict=True):
        assert matches(quantity, wanted), quantity


@pytest.mark.parametrize("case", CASES["wild"] + CASES["synthetic"], ids=lambda c: c["text"][:60])
def test_figures(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.parametrize("case", CASES["lookalike"], ids=lambda c: c["text"][:60])
def test_lookalikes_measure_nothing(case: dict[str, Any]) -> None:
    assert [q for q in found(case["text"]) if q.kind not in ("index", "part", "duration")] == []


@pytest.mark.parametrize("case", CASES["known_failure"], ids=lambda c: c["text"][:60])
@pytest.mark.xfail(strict=True, reason="not read yet")
def test_known_failures(case: dict[str, Any]) -> None:
    check(case)


def test_enough_cases() -> None:
    assert sum(map(len, CASES.values())) >= 40 and set(CASES) == {"wild", "synthetic", "lookalike", "known_failure"}
