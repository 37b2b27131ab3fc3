"""The page of a row is the page of its own quote, wherever a page happens to end."""

from __future__ import annotations

import pytest

from doichieu.analyse import analyse
from doichieu.model import Source
from tests.reading.test_pdf import LEFT, RIGHT, Sheet, composed

TEXT = (
    "Phấn đấu đến năm 2030, có ít nhất 61% cán bộ cấp xã được bồi dưỡng kỹ năng số; trên 72% công chức xã sử dụng "
    "thành thạo phần mềm một cửa; 83% thôn có tổ công nghệ cộng đồng và 94% hồ sơ được giải quyết đúng hạn. "
    "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính xây dựng kế hoạch bồi dưỡng hằng năm; Công an tỉnh kiểm tra việc "
    "bảo vệ dữ liệu; Ủy ban nhân dân các xã báo cáo kết quả trước ngày 15 tháng 12 năm 2026."
)
ROOM = 2  # lines of a page
WIDTH = 62  # letters of a line


def lines() -> list[str]:
    out = [""]
    for word in TEXT.split():
        if len(out[-1]) + len(word) > WIDTH:
            out.append("")
        out[-1] += f" {word}" if out[-1] else word
    return out


def laid_out(shift: int) -> tuple[Source, list[tuple[int, int, int]]]:
    """One paragraph that begins ``shift`` lines down its page, and (start, end, page) of each printed line in order."""
    sheets = [Sheet(n).line(800, str(n), 295, end=301) for n in range(1, 2 + (shift + len(lines()) - 1) // ROOM)]
    places, at = [], 0
    for number, text in enumerate(lines()):
        page, row = divmod(shift + number, ROOM)
        last = number == len(lines()) - 1
        sheets[page].line(100 + 18 * row, text, LEFT + 28 * (not number), end=None if last else RIGHT)
    source = composed(*sheets)
    for number, text in enumerate(lines()):
        at = source.text.index(text, at)
        places.append((at, at + len(text), (shift + number) // ROOM + 1))
        at += len(text)
    return source, places


@pytest.mark.parametrize("shift", range(ROOM))
def test_the_page_of_a_row_is_that_of_its_first_letter(shift: int) -> None:
    source, places = laid_out(shift)
    document = analyse(source)
    rows = (*document.targets, *document.assignments, *document.clauses)
    found = [(row.page, page) for row in rows for start, end, page in places if start <= row.char_start < end]
    # A page ends between the figures.
    assert len(document.targets) >= 4 and len({t.page for t in document.targets}) > 1
    assert [given for given, _ in found] == [page for _, page in found]
