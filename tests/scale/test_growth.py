"""Work grows with the length of a text, whatever the text: counted in calls, not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from doichieu.analyse import analyse
from doichieu.model import Source

SHAPES: dict[str, Callable[[int], str]] = {
    "one sentence of many shares": lambda n: "cán bộ cấp xã đạt 15% " * n,
    "points that all bear one letter": lambda n: "\n".join(f"a) điểm {i}" for i in range(n)),
    "items that count on": lambda n: "\n".join(f"{i}. Khoản số {i}" for i in range(n)),
    "marks that nest": lambda n: "\n".join(".".join(["1"] * (i % 5 + 1)) + ". Khoản" for i in range(n)),
    "bullets in turn": lambda n: "- một\n+ hai\n" * n,
    "shares without words": lambda n: "15% " * n,
    "marks in one line": lambda n: "I. 1. 1.1. a) - + " * n,
    "agencies in one line": lambda n: "Sở Nội vụ, Sở Tài chính và UBND các xã, phường; " * n,
    "citations in one line": lambda n: "Nghị quyết số 09-NQ/TU ngày 10/8/2022 của Ban Thường vụ Tỉnh ủy; " * n,
    "rows of a table": lambda n: (
        "STT | Chỉ tiêu | 2025\n" + "".join(f"{i} | Tỷ lệ xã đạt chuẩn | {i % 100}%\n" for i in range(n))
    ),
    "cells of one row": lambda n: "a | " * n,
    "brackets": lambda n: "(" * n * 10,
    "one word": lambda n: "a" * n * 100,
    "blanks": lambda n: "Kế hoạch" + " " * n * 100 + "x",
}


def calls(text: str) -> int:
    """How many Python functions an analysis calls."""
    count = 0

    def tick(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        analyse(Source("do-dai", "do-dai.txt", "", "txt", text))
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.long
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_twice_the_text_is_twice_the_work(shape: Callable[[int], str]) -> None:
    calls(shape(10))  # what is done once is done
    once, twice, four = calls(shape(750)), calls(shape(1500)), calls(shape(3000))
    assert twice < 2.4 * once + 2000 and four < 2.4 * twice + 2000


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_short_texts_too(shape: Callable[[int], str]) -> None:
    calls(shape(10))
    once, twice = calls(shape(150)), calls(shape(300))
    assert twice < 2.5 * once + 4000
