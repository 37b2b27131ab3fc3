"""Rows of tables in plain text: between bars, parted by tabs, or with cells that run over lines."""

from __future__ import annotations

import re
from typing import NamedTuple

from doichieu.model import Cell, Span
from doichieu.segmentation.bar_tables import Line, bar_tables
from doichieu.segmentation.line_tables import line_tables
from doichieu.segmentation.piece import Chunk
from doichieu.text.memory import Last


def is_table_line(text: str) -> bool:
    """Whether a line (trimmed) has bars between cells."""
    return text.startswith("|") or " | " in text or text.endswith(" |")


#: So many lines in a row with so many tabs are a table pasted from a word processor; fewer are a letterhead's layout.
_TABBED_ROWS, _TABS = 3, 2


def tabbed_lines(source: str, lines: list[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the lines that are rows of tables whose cells are parted by tabs.

    A line with one tab between such rows names a group of them: ``II``, ``Cơ sở vật chất``.
    """
    found: list[int] = []
    run: list[int] = []
    groups: list[int] = []
    for index, (a, b) in enumerate([*lines, (0, 0)]):
        tabs = source.count("\t", a, b) if source[a:b].strip() and not is_table_line(source[a:b].strip()) else 0
        if tabs >= _TABS:
            run += [*groups, index]
            groups = []
            continue
        if tabs and run:
            groups.append(index)
            continue
        if len(run) >= _TABBED_ROWS:
            found += run
        run, groups = [], []
    return frozenset(found)


#: What the head of a column of ordinals is called, at the beginning of a line.
_LINE_OF_ORDINALS = re.compile(r"\n[ \t]*(?:s?tt|số tt|số thứ tự)", re.IGNORECASE)


def _says_ordinals(source: str) -> bool:
    return _LINE_OF_ORDINALS.search("\n" + source) is not None


#: Whether a line begins with the name of a column of ordinals: a quick look before its kinds of tables are looked for.
_names_ordinals = Last(_says_ordinals)

#: Cells set apart by a gap of blanks, and the head of such a table: "STT    Chỉ tiêu    ĐVT    Năm 2026".
_GAP = re.compile(r"[ \u00a0]{3,}")
_SPACED_HEAD = re.compile(r"(?m)^[ \t]*(?:s?tt|số tt|số thứ tự)\.?[ \u00a0]{3,}\S", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[A-ZĐ])[.)]?")
_FEWEST_SPACED = 4  # columns
_FIGURE_CELL = re.compile(r"[<>≥≤=~]?\s*\d[\d.,/%\s-]*|[-–x]")


def spaced_lines(source: str, lines: list[tuple[int, int]]) -> dict[int, bool]:
    """The numbers of the lines that are rows of tables whose cells are set apart by gaps of blanks, and whether the
    row has no ordinal.

    The head begins with the column of ordinals; each row below begins with its ordinal and has as many cells as the
    head, or names a group, or is set in by the breadth of the ordinals and has one cell less (``Trong đó: …``).  A row
    that has another number of cells leaves open which column a cell is of: the table is none then.
    """
    if not _names_ordinals(source) or _SPACED_HEAD.search(source) is None:
        return {}
    found: dict[int, bool] = {}
    for index, (a, b) in enumerate(lines):
        if _SPACED_HEAD.match(source, a, b) is None:
            continue
        head = source[a:b]
        width = len(_GAP.split(head.strip()))
        below = [_spaced_row(source[c:d], _indent(head)) for c, d in lines[index + 1 : index + _MOST_ROWS]]
        rows = _spaced_rows(below, width)
        if width >= _FEWEST_SPACED and rows:
            found[index] = False
            found.update({index + 1 + n: not below[n][0] for n in range(rows)})
    return found


_MOST_ROWS = 400
_NAMES_GROUP = 2  # cells of a row that names a group
_SET_IN = 3  # blanks in the place of an ordinal


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \u00a0"))


def _spaced_row(line: str, indent: int) -> list[str]:
    """The cells of a line; the first is empty where the line is set in more than the head by ``indent``."""
    cells = _GAP.split(line.strip())
    return ["", *cells] if len(cells) > 1 and _indent(line) >= indent + _SET_IN else cells


def _spaced_rows(rows: list[list[str]], width: int) -> int:
    """How many of the lines below a head are its rows; 0 where they are no table with figures."""
    count = full = 0
    for cells in rows:
        lacking = not cells[0] and len(cells) == width and full > 0
        if not lacking and (not _ORDINAL.fullmatch(cells[0]) or len(cells) not in (_NAMES_GROUP, width)):
            break
        count += 1
        full += len(cells) == width and any(_FIGURE_CELL.fullmatch(cell) for cell in cells[2:])
    more = count < len(rows) and len(rows[count]) > _NAMES_GROUP
    uneven = more and (not rows[count][0] or _ORDINAL.fullmatch(rows[count][0]) is not None)
    return 0 if uneven or not full else count


def tab_cells(source: str, start: int, end: int) -> tuple[Cell, ...]:
    """The cells of one line whose cells are parted by tabs."""
    cells: list[Cell] = []
    position = start
    for column, part in enumerate(source[start:end].split("\t")):
        left = position + len(part) - len(part.lstrip())
        cells.append(Cell(left, max(left, position + len(part.rstrip())), 0, column))
        position += len(part) + 1
    return tuple(cells)


def spaced_cells(source: str, start: int, end: int, *, unnumbered: bool = False) -> tuple[Cell, ...]:
    """The cells of one line (trimmed) whose cells are set apart by gaps of blanks; without an ordinal its first is
    empty.

    >>> [(cell.start, cell.end) for cell in spaced_cells("1    Số hồ    cái", 0, 17)]
    [(0, 1), (5, 10), (14, 17)]
    """
    edges = [start, *(at for gap in _GAP.finditer(source, start, end) for at in gap.span()), end]
    edges = [start, start, *edges] if unnumbered else edges
    return tuple(Cell(a, b, 0, column) for column, (a, b) in enumerate(zip(edges[::2], edges[1::2], strict=True)))


def bar_cells(source: str, start: int, end: int, row: int, *, bare: bool = False) -> tuple[Cell, ...]:
    """The cells of one ``a | b | c`` line; a trailing or leading bar adds no cell.

    In a ``bare`` table, whose rows have no outer bars, a bar at the beginning or end has an empty cell beside it.
    """
    line = source[start:end]
    a = len(line) - len(line.lstrip())
    b = len(line.rstrip())
    if line[a:b].startswith("|") and not bare:
        a += 1
    if line[a:b].endswith("|") and not line[a:b].endswith("\\|") and not (bare and line[a:b].startswith("|")):
        b -= 1
    cells: list[Cell] = []
    position = a
    for column, part in enumerate(re.split(r"(?<!\\)\|", line[a:b])):
        stop = position + len(part)
        left = position + len(part) - len(part.lstrip())
        right = position + len(part.rstrip())
        if left >= right:
            left = right = min(position + 1, stop)
        cells.append(Cell(start + left, start + right, row, column))
        position = stop + 1
    return tuple(cells)


class Barred(NamedTuple):
    """A row whose cells stand between lines of one bar: its last line, its cells, whether it opens its table."""

    last: int
    cells: tuple[Cell, ...]
    opens: bool


def rows_over_lines(source: str, lines: list[tuple[int, int]]) -> dict[int, Barred]:
    """The rows whose cells run over lines, between bars or without any, by the number of their first line."""
    barred = "|\n" in source
    if not barred and (not _names_ordinals(source) or _ORDINALS.search(source) is None):
        return {}
    spans = [trim(source, a, b) for a, b in lines]
    texts = [Line(span.start, span.end, source[span.start : span.end]) for span in spans]
    found: dict[int, Barred] = {}
    for table in (*(bar_tables(texts) if barred else ()), *line_tables(texts)):
        for index, row in enumerate(table):
            cells = tuple(Cell(start, end, index, column) for column, (start, end) in enumerate(row.cells))
            found[row.first] = Barred(row.last, cells, index == 0)
    return _open_rows(source, lines) | found if barred else found


#: The head of a column of ordinals, alone on its line.
_ORDINALS = re.compile(r"(?im)^[ \t]*(?:s?tt|số tt|số thứ tự)\.?[ \t]*$")
#: So many lines a row of a closed table (its rows begin and end with a bar) may take.
_ROW_LINES = 60


def _open_rows(source: str, lines: list[tuple[int, int]]) -> dict[int, Barred]:
    """The rows of closed tables whose cells run over lines: ``| 1 | Luật A`` on one line, ``| Bộ B |`` below."""
    found: dict[int, Barred] = {}
    closed = False
    number = -1
    while number + 1 < len(lines):
        number += 1
        span = trim(source, *lines[number])
        line = source[span.start : span.end]
        if not line.startswith("|"):
            closed = False
            continue
        if line.endswith("|"):
            closed = closed or line.count("|") > 2
            continue
        if not closed or line.count("|") < 2:
            continue
        last = number
        while last + 1 < len(lines) and last - number < _ROW_LINES:
            last += 1
            more = source[slice(*lines[last])].strip()
            if not more or more.endswith("|"):
                break
        if not source[slice(*lines[last])].strip().endswith("|"):
            continue
        cells = bar_cells(source, span.start, trim(source, *lines[last]).end, 0)
        found[number] = Barred(last, cells, False)
        number = last
    return found


def is_bare(previous: Chunk | None, table: int, source: str) -> bool:
    """Whether the rows of a table stand without outer bars, as the row before shows."""
    return (
        previous is not None
        and previous.kind == "table_row"
        and previous.table == table
        and len(previous.cells) > 1
        and source[previous.cells[0].start - 1 : previous.cells[0].start] in ("\n", "")
        and source[previous.start] != "|"
    )


def lines_of(text: str) -> list[tuple[int, int]]:
    """Where each line of a text begins and ends, without its line end."""
    out = []
    position = 0
    for line in text.split("\n"):
        out.append((position, position + len(line)))
        position += len(line) + 1
    return out


def trim(source: str, start: int, end: int) -> Span:
    """A stretch without the blanks at its ends."""
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    return Span(start, end)
