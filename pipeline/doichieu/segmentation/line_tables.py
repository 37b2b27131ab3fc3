"""Tables whose cells stand one below the other, a line each, without any bar: what is left of a table that was copied.

Such a table shows by its head (``TT`` alone on a line, then the heads of the other columns) and by the ordinals of its
rows, each alone on a line and in turn.  Where most rows have as many lines as the head, the others are fitted to it:
a line that begins small goes on with the cell before it, a row that ends early lacks its last cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from doichieu.segmentation.bar_tables import BarRow, Line

_NUMBERS = re.compile(r"(?:S?TT|Số TT|Số thứ tự)\.?", re.IGNORECASE)
_HEAD = re.compile(
    r"(?:chỉ tiêu|nội dung|nhiệm vụ|tên|đơn vị|cơ quan|thời gian|thời hạn|tiến độ|sản phẩm|kết quả|ghi chú|đvt|đv tính"
    r"|ước|kế hoạch|thực hiện|hiện trạng|số lượng|địa phương|địa bàn|danh mục|công việc|mục tiêu|lộ trình|năm \d{4}"
    r"|\d{4}|giai đoạn|hoạt động|giải pháp|kinh phí|tiêu chí|xã|loại|chủ trì|phối hợp|lĩnh vực|hạng mục|quý|tổng)",
    re.IGNORECASE,
)
_GROUP = re.compile(r"(?:[IVX]{1,5}|[A-ZĐ])[.)]?")
_CLOSES = re.compile(r"(?:PHỤ LỤC|Phụ lục|Nơi nhận|Điều \d|[IVX]+\.\s+\S|Ghi chú:)")
_LONGEST_HEAD = 60
_WIDEST, _NARROWEST = 12, 3
_FEWEST_ROWS = 2
_LONGEST_ROW = 14  # lines beyond the width of the table


class _Row(NamedTuple):
    """The lines of one row: indexes into the lines that hold something."""

    first: int
    last: int
    group: bool


def line_tables(lines: Sequence[Line]) -> list[list[BarRow]]:
    """The tables of a text that have one cell a line, each as its rows.

    >>> text = "TT~Chỉ tiêu~Năm 2026~1~Số xã đạt chuẩn~12~2~Tỷ lệ hộ nghèo~3,5".split("~")
    >>> [[len(row.cells) for row in table] for table in line_tables([Line(0, len(t), t) for t in text])]
    [[3, 3, 3]]
    """
    heads = [number for number, line in enumerate(lines) if _NUMBERS.fullmatch(line.text)]
    if not heads:
        return []
    full = [number for number, line in enumerate(lines) if line.text]
    place = {number: at for at, number in enumerate(full)}
    texts = [lines[number].text for number in full]
    found: list[list[BarRow]] = []
    done = -1
    for number in heads:
        begin = place[number]
        width = _width(texts, begin)
        if begin <= done or not width:
            continue
        rows = _rows(texts, begin + width, width)
        exact = sum(row.last - row.first + 1 == width for row in rows if not row.group)
        if len(rows) < _FEWEST_ROWS or 2 * exact < sum(not row.group for row in rows):
            continue
        rows[-1] = _to_its_end(texts, rows, width)
        table = [_barred(lines, full, _Row(begin, begin + width - 1, False), width)]
        table += [_barred(lines, full, row, width) for row in rows]
        found.append(table)
        done = rows[-1].last
    return found


def _width(texts: Sequence[str], begin: int) -> int:
    """How many columns the head at ``begin`` names; 0 where no head stands there."""
    at = begin + 1
    while at < len(texts) and at - begin < _WIDEST and not _opens(texts[at]):
        if len(texts[at]) > _LONGEST_HEAD or "|" in texts[at]:
            return 0
        at += 1
    heads = texts[begin + 1 : at]
    if at >= len(texts) or not _opens(texts[at]) or len(heads) + 1 < _NARROWEST:
        return 0
    return at - begin if 2 * sum(_HEAD.match(text) is not None for text in heads) > len(heads) else 0


def _opens(text: str) -> bool:
    return text.strip(".)") in ("1", "01", "I", "A")


def _rows(texts: Sequence[str], at: int, width: int) -> list[_Row]:
    """The rows from ``at`` on, as far as their ordinals go on in turn."""
    rows: list[_Row] = []
    number = 1
    while at < len(texts):
        if _GROUP.fullmatch(texts[at]) and at + 2 < len(texts) and texts[at + 2].strip(".)") in ("1", "01"):
            rows.append(_Row(at, at + 1, True))
            at, number = at + 2, 1
            continue
        if not _is(texts[at], number):
            break
        last = _last(texts, at, width, number + 1)
        rows.append(_Row(at, last, False))
        at, number = last + 1, number + 1
    return rows


def _is(text: str, number: int) -> bool:
    return text.strip(".)").lstrip("0") == str(number)


def _last(texts: Sequence[str], at: int, width: int, following: int) -> int:
    """The last line of the row at ``at``: right before the next ordinal, where the width of the table says so."""
    end = at + width
    if end >= len(texts) or _is(texts[end], following) or _GROUP.fullmatch(texts[end]):
        return min(end, len(texts)) - 1
    places: list[int] = [*range(end + 1, min(len(texts), end + _LONGEST_ROW)), *range(end - 1, at + 1, -1)]
    for place in places:
        if _is(texts[place], following):
            return place - 1
    closed = next((place for place in range(at + 1, end) if _CLOSES.match(texts[place])), end)
    return closed - 1


def _to_its_end(texts: Sequence[str], rows: Sequence[_Row], width: int) -> _Row:
    """The last row with the lines that its cells run over: as many more as begin small than in the other rows."""
    last = rows[-1]
    exact = [row for row in rows[:-1] if not row.group and row.last - row.first + 1 == width]
    if last.group or not exact or last.last - last.first + 1 != width:
        return last
    usual = max(_small(texts, row.first, row.last) for row in exact)
    end = last.last
    while end + 1 < len(texts) and end - last.last < _small(texts, last.first, end) - usual:
        if _CLOSES.match(texts[end + 1]):
            break
        end += 1
    return last._replace(last=end)


def _small(texts: Sequence[str], first: int, last: int) -> int:
    return len([text for text in texts[first : last + 1] if text[0].islower()])


def _barred(lines: Sequence[Line], full: Sequence[int], row: _Row, width: int) -> BarRow:
    """A row with its cells: lines that begin small are joined to the cell before until it is as wide as the table."""
    cells = [[full[at]] for at in range(row.first, row.last + 1)]
    surplus = len(cells) - width
    at = len(cells) - 1
    while surplus > 0 and at > 1:
        if lines[cells[at][0]].text[0].islower():
            cells[at - 1] += cells.pop(at)
            surplus -= 1
        at -= 1
    if surplus > 0:
        cells[1 : 2 + surplus] = [[number for cell in cells[1 : 2 + surplus] for number in cell]]
    spans = tuple((lines[cell[0]].start, lines[cell[-1]].end) for cell in cells)
    return BarRow(full[row.first], full[row.last], spans)
