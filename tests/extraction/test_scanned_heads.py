"""Numbers and dates of letterheads that were read from pictures: right, or empty with a problem row."""

from __future__ import annotations

import pytest

from doichieu.analyse import analyse
from doichieu.model import Page, Problem, Source

HEAD = (
    "BỘ NỘI VỤ\nSố: {0}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Hà Nội, ngày 12 tháng 6 năm 2026\n\nQUYẾT ĐỊNH\nVề việc ban hành kế hoạch\n\n"
    "Điều 1. Đến năm 2030, 61% xã đạt chuẩn.\n"
)


def scanned(number: str, *doubtful: str, name: str = "quet", confidence: float = 0.9) -> Source:
    text = HEAD.format(number)
    rows = tuple(
        Problem(name, "doubtful_figure", "medium", "?", char_start=at, char_end=at + len(word), quote=word)
        for word in doubtful
        if (at := text.index(word)) >= 0
    )
    pages = (Page(1, 0, len(text), 595.0, 842.0, confidence),)
    return Source(name, f"{name}.png", "", "png", text, verbatim=False, pages=pages, problems=rows)


@pytest.mark.parametrize(
    ("source", "number", "issued_on"),
    [
        (scanned("109/QĐ-BNV"), "109/QĐ-BNV", "2026-06-12"),
        (scanned("409/QĐ-BNV", "409/QĐ-BNV"), "", "2026-06-12"),
        (scanned("109/QĐ-BNV", "109/QĐ-BNV", name="quyet-dinh-so-109-qd-bnv"), "109/QĐ-BNV", "2026-06-12"),
        (scanned("409/QĐ-BNV", name="quyet-dinh-so-109-qd-bnv"), "", "2026-06-12"),
        (scanned("409/QD-BNV"), "", "2026-06-12"),
        (scanned("109/QĐ-BNV", "12"), "109/QĐ-BNV", ""),
        (scanned("409/QĐ-BNV", "409/QĐ-BNV", "12", confidence=1.0), "409/QĐ-BNV", "2026-06-12"),  # a text layer
    ],
)
def test_right_or_empty(source: Source, number: str, issued_on: str) -> None:
    document = analyse(source)
    assert (document.info.number, document.info.issued_on) == (number, issued_on)
    assert sum(p.code == "doubtful_head" for p in document.problems) == (not number) + (not issued_on)
