"""Tables whose cells run over lines between lines that hold nothing but a bar.

A page saved as Markdown prints each cell on lines of its own and a bar between two cells, before the first and after
the last of a row; so two bars in a row are the end of one row and the beginning of the next, or an empty cell.  Which
it is follows from the width of the table: the readings of a text are weighed against each other (rows as wide as the
table cost nothing, short rows and prose in cells cost), and the cheapest one holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from msgspec import Struct

#: A table has so many bars at least: two rows of two cells.
_FEWEST_BARS = 5
_WIDEST = 20
_BEAM = 64
_ORDINAL = re.compile(
    r"[*_ ]*(?:(?:Bước |Mục |Điểm )?\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}(?:\.\d+)*|[a-zđ]|[A-ZĐ]|[-+•])[.)]?[*_ ]*\Z"
)
_NUMBERED = re.compile(r"[*_ ]*(?:\d{1,3}(?:\.\d{1,3})*\.|\d{1,3}(?:\.\d{1,3})+|[IVXLC]{1,6}\.|[A-ZĐ]\.)[*_ ]+\w{2}")
_APART = re.compile(
    r"(?m)^[\s*_]*(?:PHỤ LỤC|Phụ lục (?:\d|[IVX]|số)|Điều \d|CHƯƠNG|Chương [IVX]|Mẫu số|BIỂU|Biểu số|QUY ĐỊNH|KẾ HOẠCH"
    r"|[IVX]+\.\s+[A-ZĐ])"
)
_NAME = re.compile(r"[^\W\d_]{2}")
_NUMBERS = re.compile(r"[*_ ]*(?:STT|TT|Số\s+TT|Số\s+thứ\s+tự|Thứ\s+tự)[.\s*_]*\Z", re.IGNORECASE)
_FORM = re.compile(r":[*_ ]*\Z")
_LETTERHEAD = re.compile(r"hạnh\s+phúc|nơi\s+nhận\s*:", re.IGNORECASE)
#: Longer than this no cell is; a cell of a real table is a third of it.
_LONGEST_CELL = 1800
_LONG_CELL = 700
#: So many cells that end with a colon make a form, where one row in so many has one.
_LABELS, _LABELLED = 3, 2
_TORN = 1.2  # a table that begins where another has just ended, with no more than a few words between
_HEADING = 5.0  # the heading of a chapter inside a cell
_HOLE = 0.4  # an empty cell between two full ones: mostly it is the end of a row
_LATE = 0.7  # the beginning of a row in the middle of one
_HEADS_LATE = 4.0  # the head of a column of ordinals that is not the first of its row
_SHIFTED = 0.6  # an ordinal beside the column of ordinals
_BELOW_ORDINALS = 0.02  # an empty cell below the head of the ordinals
_HEAD_OF_NUMBERS, _FEW_WORDS = 30, 60  # characters
_GROUP = 0.3  # a row that a name has to itself, where the row behind it begins anew


class Line(NamedTuple):
    """One line of the source."""

    start: int
    end: int
    text: str  # without the blanks around it


class BarRow(NamedTuple):
    """One row: its lines ``first..last`` (bars included) and the source range of each cell."""

    first: int
    last: int
    cells: tuple[tuple[int, int], ...]


class _Segment(Struct):
    """Lines between two bars: ``first..last``; ``bars`` stand before it, ``bar`` is the line of the first of them."""

    bar: int
    bars: int
    first: int
    last: int
    inside: float  # what it costs to read it as a cell
    outside: float  # what it costs to read it as running text
    ordinal: bool
    opens: bool = False  # the beginning of a row: a numbered name, or an ordinal with its name in the next cell
    group: bool = False  # a row of its own: a name between two row ends, the row behind it begins with its ordinal
    bold: bool = False  # set in bold as a whole, as the rows of groups are
    few_words: bool = False
    heads_numbers: bool = False  # the head of a column of ordinals


class _Step(NamedTuple):
    """How the gap before a segment is read."""

    how: str  # out, start, cell, row, end
    trailing: int
    leading: int


#: The cheapest way to one state: its cost, the step as :class:`_Step` has it, and the way before.
_Way: TypeAlias = "tuple[float, str, int, int, _Way | None]"
#: Width of the table (0 outside), cells of the open row so far, whether its first column holds ordinals.
_State = tuple[int, int, bool]
_OUTSIDE: _State = (0, 0, False)


def bar_tables(lines: Sequence[Line]) -> list[list[BarRow]]:
    """The tables of a text, each as its rows; nothing where the bars are a page's layout or a letterhead.

    >>> text = "|~TT~|~Chỉ tiêu~|~Năm 2026~|~|~1~|~Tỷ lệ che phủ~rừng~|~45%~|~|~2~|~Số xã~|~|".split("~")
    >>> [[len(row.cells) for row in table] for table in bar_tables([Line(0, len(t), t) for t in text])]
    [[3, 3, 3]]
    """
    if sum(line.text == "|" for line in lines) < _FEWEST_BARS:
        return []
    found: list[list[BarRow]] = []
    for segments, last_bars in _regions(lines):
        steps = _cheapest(segments, last_bars)
        found += [table for table in _tables(lines, segments, steps, last_bars) if _is_table(lines, table)]
    return found


# ---------------------------------------------------------------- segments


def _regions(lines: Sequence[Line]) -> Iterator[tuple[list[_Segment], int]]:
    """The segments of the text between its bars, and how many bars close it."""
    segments: list[_Segment] = []
    bar, bars, first = 0, 0, -1
    for index, line in enumerate(lines):
        if line.text == "|":
            if first >= 0:
                segments.append(_segment(lines, bar, bars, first, index - 1))
                bar, bars, first = index, 0, -1
            bars += 1
        elif line.text and first < 0:
            first = index
    if first >= 0:
        segments.append(_segment(lines, bar, bars, first, len(lines) - 1))
        bars = 0
    for segment, after in zip(segments, [*segments[1:], None], strict=True):
        text = lines[segment.first].text
        named = after is not None and after.bars == 1 and not after.ordinal and _NAME.search(lines[after.first].text)
        segment.opens = bool(named) if segment.ordinal else _NUMBERED.match(text) is not None
        segment.group = (
            not segment.ordinal
            and segment.bars > 1
            and after is not None
            and after.bars > 1
            and after.ordinal
            and _NAME.search(text) is not None
        )
        if segment.group and segment.inside >= _HEADING:
            segment.inside -= _HEADING  # what looks like a heading of the text heads the rows below
    if segments:
        yield segments, bars


def _segment(lines: Sequence[Line], bar: int, bars: int, first: int, last: int) -> _Segment:
    while last > first and not lines[last].text:
        last -= 1
    length = lines[last].end - lines[first].start
    text = "\n".join(line.text for line in lines[first : last + 1]) if length <= _LONGEST_CELL else ""
    blank = sum(not line.text for line in lines[first:last])
    inside = (0.0 if length < _LONG_CELL else 2.0) + (1.5 if blank else 0.0)
    if length > _LONGEST_CELL:
        inside = 12.0 if blank or length > 3 * _LONGEST_CELL else 6.0
    elif last > first and _APART.search(text):
        inside += _HEADING
    ordinal = first == last and _ORDINAL.match(lines[first].text) is not None
    outside = 5.0 if ordinal else 2.0 if first == last and length < 40 else 0.5
    bold = text.startswith("**") and text.endswith("**") and text.count("**") == 2
    heads = len(text) < _HEAD_OF_NUMBERS and _NUMBERS.match(text) is not None
    return _Segment(
        bar, bars, first, last, inside, outside, ordinal, bold=bold, few_words=length < _FEW_WORDS, heads_numbers=heads
    )


# ---------------------------------------------------------------- the cheapest reading


def _short_row(cells: int, width: int, last: _Segment) -> float:
    """What a row of fewer cells than the table has costs: that of a group little, others more."""
    if cells >= width:
        return 0.0
    if cells == 1 and last.group:
        return _GROUP
    if cells <= 2:
        return 1.0
    cost = 1.3 + 0.05 * (width - cells)
    return cost / 2 if last.bold else cost


def _shifted(segment: _Segment, numbered: bool, leading: int) -> float:
    """What the first cell of a row costs where it stands off its column."""
    if not numbered:
        return 0.45 * leading
    if segment.ordinal:
        return _SHIFTED * leading
    return _BELOW_ORDINALS + 0.45 * (leading - 1) if leading else 0.0


def _cheapest(segments: list[_Segment], last_bars: int) -> list[_Step]:
    beam: dict[_State, _Way] = {_OUTSIDE: (0.0, "out", 0, 0, None)}
    for number, segment in enumerate(segments):
        ahead: dict[_State, _Way] = {}
        last = segments[number - 1]
        next_cell = _next_cell(segment)
        for state, way in beam.items():
            if state[0]:
                _from_cell(ahead, segment, way, state, last, next_cell)
            else:
                _from_text(ahead, segment, way, number, last)
        kept = sorted([(way[0], state) for state, way in ahead.items()])[:_BEAM]
        beam = {state: ahead[state] for _, state in kept}
    ends: list[tuple[float, _State]] = []
    for state, way in beam.items():
        width, filled = state[0], state[1] + last_bars - 1
        if not width:
            ends.append((way[0] + 0.3 * last_bars, state))
        elif last_bars and filled <= width:
            ends.append((way[0] + _short_row(filled, width, segments[-1]), state))
    chosen = beam[min(ends)[1]] if ends else min(beam.values(), key=lambda way: way[0])
    steps: list[_Step] = []
    current: _Way | None = chosen
    while current is not None:
        _, how, trailing, leading, before = current
        steps.append(_Step(how, trailing, leading))
        current = before
    return steps[-2::-1]  # without the beginning


def _from_text(ahead: dict[_State, _Way], segment: _Segment, way: _Way, number: int, last: _Segment) -> None:
    """What may follow running text: more of it, or the first row of a table of any width."""
    cost = way[0] + segment.outside + (0.3 if number == 0 else 1.0) * segment.bars
    if _OUTSIDE not in ahead or cost < ahead[_OUTSIDE][0]:
        ahead[_OUTSIDE] = (cost, "out", 0, 0, way)
    if segment.bars and segment.bars <= 3:
        leading = segment.bars - 1
        torn = _TORN if way[1] == "end" and last.few_words and not segment.heads_numbers else 0.0
        base = way[0] + 1.0 + 0.7 * leading + segment.inside + torn
        numbered = segment.heads_numbers and not leading
        for width in range(max(2, leading + 1), _WIDEST + 1):
            cost, state = base + 0.05 * width, (width, leading + 1, numbered)
            if state not in ahead or cost < ahead[state][0]:
                ahead[state] = (cost, "start", 0, leading, way)


def _next_cell(segment: _Segment) -> tuple[float, float, float]:
    """What a segment costs as the next cell of a row, besides its being a cell: for a hole before it, for each, and
    where it looks like the first cell of a row."""
    late = (_LATE if segment.bars == 1 else 2 * _LATE) if segment.opens else 0.0
    late += _HEADS_LATE if segment.heads_numbers else 0.0
    return _HOLE * (segment.bars > 1), 0.2 * (segment.bars - 1), late


def _from_cell(
    ahead: dict[_State, _Way],
    segment: _Segment,
    way: _Way,
    state: _State,
    last: _Segment,
    next_cell: tuple[float, float, float],
) -> None:
    """What may follow the cell ``last``: the next one of its row, the first of the next row, the end of the table.

    This runs for each reading that is still open before each segment, so nothing is worked out that cannot win.
    """
    width, cells, numbered = state
    bars = segment.bars
    base = way[0] + segment.inside
    if cells + bars <= width:
        hole, holes, late = next_cell
        cost, reached = base + hole + holes + late, (width, cells + bars, numbered)
        if reached not in ahead or cost < ahead[reached][0]:
            ahead[reached] = (cost, "cell", 0, bars - 1, way)
    for leading in range(min(bars - 1, 4, width)):
        trailing = bars - 2 - leading
        if cells + trailing > width:
            continue
        cost = base + _short_row(cells + trailing, width, last) + _shifted(segment, numbered, leading) + 0.03 * trailing
        if not segment.opens:
            cost += 0.1
        reached = (width, leading + 1, numbered)
        if reached not in ahead or cost < ahead[reached][0]:
            ahead[reached] = (cost, "row", trailing, leading, way)
    trailing = bars - 1
    outside = way[0] + segment.outside
    if cells + trailing <= width and (_OUTSIDE not in ahead or outside + 0.5 < ahead[_OUTSIDE][0]):
        cost = outside + _short_row(cells + trailing, width, last) + 0.5
        if _OUTSIDE not in ahead or cost < ahead[_OUTSIDE][0]:
            ahead[_OUTSIDE] = (cost, "end", trailing, 0, way)


# ---------------------------------------------------------------- rows


def _tables(
    lines: Sequence[Line], segments: list[_Segment], steps: list[_Step], last_bars: int
) -> Iterator[list[BarRow]]:
    rows: list[BarRow] = []
    cells: list[tuple[int, int]] = []
    begin = 0

    def close(end: int) -> None:
        if cells:
            rows.append(BarRow(begin, end, tuple(cells)))
            cells.clear()

    for segment, step in zip(segments, steps, strict=True):
        bars = [i for i in range(segment.bar, segment.first) if lines[i].text == "|"] if segment.bars else []
        if step.how in ("out", "end"):
            if step.how == "end":
                cells += [_blank(lines[bar]) for bar in bars[: step.trailing]]
                close(bars[step.trailing])
            if rows:
                yield rows
                rows = []
            continue
        if step.how == "start":
            if rows:
                yield rows
                rows = []
            begin = bars[0]
            cells += [_blank(lines[bar]) for bar in bars[: step.leading]]
        elif step.how == "cell":
            cells += [_blank(lines[bar]) for bar in bars[: step.leading]]
        else:
            cells += [_blank(lines[bar]) for bar in bars[: step.trailing]]
            close(bars[step.trailing])
            begin = bars[step.trailing + 1]
            cells += [_blank(lines[bar]) for bar in bars[step.trailing + 1 : step.trailing + 1 + step.leading]]
        cells.append((lines[segment.first].start, lines[segment.last].end))
    if cells:
        last = segments[-1].last
        bars = [i for i in range(last + 1, len(lines)) if lines[i].text == "|"]
        cells += [_blank(lines[bar]) for bar in bars[:-1]]
        close(bars[-1] if bars else last)
    if rows:
        yield rows


def _blank(bar: Line) -> tuple[int, int]:
    """The place of an empty cell: right behind the bar before it."""
    return bar.end, bar.end


def _is_table(lines: Sequence[Line], rows: list[BarRow]) -> bool:
    """Whether rows are a table of the text, not a page's layout, a letterhead or a signature."""
    width = max(len(row.cells) for row in rows)
    if len(rows) < 2 or width < 2 or sum(len(row.cells) == width for row in rows) < 2:
        return False
    labels = sum(_FORM.search(lines[index - 1].text) is not None for row in rows for index in _ends(lines, row))
    if labels >= _LABELS and labels * _LABELLED >= len(rows):
        return False  # "Người ký: | … | Ngày ban hành: | …": the data of a page about the document, or a form
    inside = " ".join(line.text for line in lines[rows[0].first : rows[min(3, len(rows) - 1)].last + 1])
    return _LETTERHEAD.search(inside) is None


def _ends(lines: Sequence[Line], row: BarRow) -> Iterator[int]:
    """The bars that close the cells of a row."""
    return (index for index in range(row.first + 1, row.last + 1) if lines[index].text == "|")
