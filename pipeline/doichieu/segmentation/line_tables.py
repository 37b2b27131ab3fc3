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
from doichieu.segmentation.line_fit import fitted, holds

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
_LONGEST_FITTED = 120  # lines of a row of a table of tasks
_LONGEST_GROUP = 14  # lines of a row that heads a group
_FEWEST_TYPED = 2  # columns of bodies or times that a table of tasks has
_FITS = 0.6  # how well the lines of its rows must fit, on the average of a line
_PAGE = re.compile(r"\d{1,3}")


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
    texts = [lines[number].text.strip("*_ ") or lines[number].text for number in full]
    found: list[list[BarRow]] = []
    done = -1
    for number in heads:
        begin = place[number]
        if begin <= done:
            continue
        fit = _fitted_table(lines, full, texts, begin)
        if fit is not None:
            found.append(fit)
            done = place[fit[-1].last]
            continue
        width = _width(texts, begin)
        if not width:
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


def _fitted_table(lines: Sequence[Line], full: Sequence[int], texts: Sequence[str], begin: int) -> list[BarRow] | None:
    """A table of tasks, its lines fitted to what its heads say that the columns hold; None where it is none."""
    heads = _joined_heads(texts, begin)
    columns = [holds(" ".join(texts[at] for at in head)) for head in heads[1:]]
    if columns.count("bodies") + columns.count("time") < _FEWEST_TYPED or columns[:1] != ["words"]:
        return None
    rows = _ordered(texts, heads[-1][-1] + 1, heads[0][0])
    own = [row for row in rows if not row.group]
    fits = {row: fitted([texts[at] for at in range(row.first + 1, row.last + 1)], columns) for row in own}
    if len(own) < _FEWEST_ROWS or sum(score for score, _ in fits.values()) < _FITS * len(own):
        return None
    table = [_spans(lines, full, heads)]
    for row in rows:
        if row.group:
            table.append(_spans(lines, full, [[row.first], list(range(row.first + 1, row.last + 1))]))
            continue
        cells: list[list[int]] = [[row.first], *([] for _ in columns)]
        for at, column in zip(range(row.first + 1, row.last + 1), fits[row][1], strict=True):
            cells[column + 1].append(at)
        table.append(_spans(lines, full, cells))
    return table


def _spans(lines: Sequence[Line], full: Sequence[int], cells: Sequence[Sequence[int]]) -> BarRow:
    """A row of cells that each take some lines or none."""
    spans: list[tuple[int, int]] = []
    for cell in cells:
        end = spans[-1][1] if spans else 0
        spans.append((lines[full[cell[0]]].start, lines[full[cell[-1]]].end) if cell else (end, end))
    places = [at for cell in cells for at in cell]
    return BarRow(full[places[0]], full[places[-1]], tuple(spans))


def _joined_heads(texts: Sequence[str], begin: int) -> list[list[int]]:
    """The heads from ``begin`` on, each with the lines that go on with it; the first alone where no row follows."""
    heads = [[begin]]
    at = begin + 1
    while at < len(texts) and at - begin < 2 * _WIDEST and not _opens(texts[at]):
        if len(texts[at]) > _LONGEST_HEAD or "|" in texts[at]:
            return heads[:1]
        if texts[at][0].islower() and len(heads) > 1:
            heads[-1].append(at)
        else:
            heads.append([at])
        at += 1
    return heads if at < len(texts) and _opens(texts[at]) else heads[:1]


def _ordered(texts: Sequence[str], at: int, head: int) -> list[_Row]:
    """The rows from ``at`` on, from each ordinal to the next; heads that a page says again are left out."""
    rows: list[_Row] = []
    number = 1
    while at < len(texts):
        if _GROUP.fullmatch(texts[at]) and (first := _first_of_group(texts, at, number)):
            rows.append(_Row(at, first - 1, True))
            at, number = first, number if _is(texts[first], number) else 1
            continue
        if not _is(texts[at], number):
            break
        last = _row_end(texts, at, number + 1, texts[head])
        rows.append(_Row(at, last, False))
        at, number = last + 1, number + 1
        at = _behind_head(texts, at, head)
    return rows


def _first_of_group(texts: Sequence[str], at: int, number: int) -> int:
    """Where the first row of the group begins whose mark stands at ``at``; 0 where none does soon.

    Its rows are counted anew, or on from the ``number`` of the group before.
    """
    places = range(at + 2, min(len(texts), at + _LONGEST_GROUP))
    return next((place for place in places if _is(texts[place], 1) or _is(texts[place], number)), 0)


def _row_end(texts: Sequence[str], at: int, following: int, head: str) -> int:
    """The last line of the row at ``at``: before the next ordinal, group, head or chapter."""
    for place in range(at + 1, min(len(texts), at + _LONGEST_FITTED)):
        text = texts[place]
        group = _GROUP.fullmatch(text) is not None and _first_of_group(texts, place, following) > 0
        if text == head or _is(text, following) or group or _CLOSES.match(text):
            return place - 1 if not _PAGE.fullmatch(texts[place - 1]) or place - 1 == at else place - 2
    return min(len(texts), at + _LONGEST_FITTED) - 1


def _behind_head(texts: Sequence[str], at: int, head: int) -> int:
    """Where the rows go on behind a page number and the head said again."""
    place = at + 1 if at + 1 < len(texts) and _PAGE.fullmatch(texts[at]) and texts[at + 1] == texts[head] else at
    if place >= len(texts) or texts[place] != texts[head]:
        return at
    again = 0
    while place + again < len(texts) and texts[place + again] == texts[head + again]:
        again += 1
    return place + again


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
