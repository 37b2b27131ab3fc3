"""Ruled tables of a PDF page: the straight lines that its drawing commands leave, and the cells between them."""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, NamedTuple

from doichieu.reading.layout import Grid, GridCell, Piece, Rule
from doichieu.reading.pdf_objects import drawn, matrix_of
from doichieu.reading.turns import Frame

#: Lines nearer than this are one (points); a wall must cover the middle of its cell's side.
_NEAR = 3.0
MAX_OBJECTS = 20_000
_MAX_SEGMENTS = 4_000
_MAX_LINES = 600
_WHITE = 250  # of 255: what is lighter is paper


class Line(NamedTuple):
    """A straight line along an axis: at ``at`` on one axis, from ``start`` to ``end`` on the other."""

    at: float
    start: float
    end: float


def page_lines(page: Any, frame: Frame) -> tuple[list[Line], list[Line]]:
    """The horizontal and the upright lines that a page draws; both empty where it draws pictures, not tables."""
    import pypdfium2.raw as raw

    across: list[Line] = []
    upright: list[Line] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    height = frame.stored_height
    for number, item in enumerate(drawn(page, raw.FPDF_PAGEOBJ_PATH)):
        if number > MAX_OBJECTS:
            return [], []
        count = raw.FPDFPath_CountSegments(item)
        if not 2 <= count <= _MAX_SEGMENTS or not _shows(item):
            continue
        a, b, c, d, e, f = matrix_of(item)
        before: tuple[float, float] | None = None
        first: tuple[float, float] | None = None
        for index in range(count):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            if not raw.FPDFPathSegment_GetPoint(segment, x, y):
                break
            here = frame.point(a * x.value + c * y.value + e, height - (b * x.value + d * y.value + f))
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                first = here
            elif kind == raw.FPDF_SEGMENT_LINETO and before is not None:
                _add(before, here, across, upright)
            if raw.FPDFPathSegment_GetClose(segment) and first is not None:
                _add(here, first, across, upright)
            before = here
    if len(across) > 20 * _MAX_LINES or len(upright) > 20 * _MAX_LINES:
        return [], []
    return across, upright


def _shows(path: Any) -> bool:
    """Whether a path leaves ink on white paper: one that is neither drawn nor filled, or filled with white alone (the
    shading behind a paragraph, a patch that covers something), is no line of a table."""
    import pypdfium2.raw as raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, fill, stroke):
        return True
    if stroke.value:
        return True
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not fill.value:
        return False
    if not raw.FPDFPageObj_GetFillColor(path, red, green, blue, alpha):
        return True
    return alpha.value > 0 and min(red.value, green.value, blue.value) < _WHITE


def _add(one: tuple[float, float], two: tuple[float, float], across: list[Line], upright: list[Line]) -> None:
    dx, dy = abs(one[0] - two[0]), abs(one[1] - two[1])
    if dy <= 1.0 and dx >= 5:
        across.append(Line((one[1] + two[1]) / 2, min(one[0], two[0]), max(one[0], two[0])))
    elif dx <= 1.0 and dy >= 5:
        upright.append(Line((one[0] + two[0]) / 2, min(one[1], two[1]), max(one[1], two[1])))


def merged(lines: Sequence[Line]) -> list[Line]:
    """Lines that touch or lie on each other as one."""
    out: list[Line] = []
    groups: list[list[Line]] = []
    for line in sorted(lines):
        if groups and line.at - groups[-1][0].at <= _NEAR:
            groups[-1].append(line)
        else:
            groups.append([line])
    for group in groups:
        at = sum(line.at for line in group) / len(group)
        start, end = None, 0.0
        for line in sorted(group, key=lambda item: item.start):
            if start is None:
                start, end = line.start, line.end
            elif line.start <= end + _NEAR:
                end = max(end, line.end)
            else:
                out.append(Line(at, start, end))
                start, end = line.start, line.end
        if start is not None:
            out.append(Line(at, start, end))
    return out


class Walls:
    """One ruled table while its cells are found."""

    def __init__(self, across: list[Line], upright: list[Line]) -> None:
        self.ys = _places(across)
        self.xs = _places(upright)
        self.x0, self.x1, self.y0, self.y1 = self.xs[0], self.xs[-1], self.ys[0], self.ys[-1]
        columns, rows = len(self.xs) - 1, len(self.ys) - 1
        self._group = list(range(columns * rows))
        for row in range(rows):
            middle = (self.ys[row] + self.ys[row + 1]) / 2
            for column in range(columns - 1):
                if not _covered(upright, self.xs[column + 1], middle):
                    self._join(row * columns + column, row * columns + column + 1)
        for row in range(rows - 1):
            for column in range(columns):
                middle = (self.xs[column] + self.xs[column + 1]) / 2
                if not _covered(across, self.ys[row + 1], middle):
                    self._join(row * columns + column, (row + 1) * columns + column)
        self.columns, self.rows = columns, rows

    def _root(self, cell: int) -> int:
        while self._group[cell] != cell:
            self._group[cell] = self._group[self._group[cell]]
            cell = self._group[cell]
        return cell

    def _join(self, one: int, two: int) -> None:
        a, b = sorted((self._root(one), self._root(two)))
        self._group[b] = a

    def cell(self, x: float, y: float) -> int:
        """The cell at a place, -1 outside."""
        if not (self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1):
            return -1
        column = min(bisect_right(self.xs, x) - 1, self.columns - 1)
        row = min(bisect_right(self.ys, y) - 1, self.rows - 1)
        return self._root(row * self.columns + column)

    def grid(self, pieces: dict[int, list[Piece]]) -> Grid:
        """The table with the pieces of each cell."""
        members: dict[int, list[int]] = {}
        for cell in range(self.columns * self.rows):
            members.setdefault(self._root(cell), []).append(cell)
        cells = []
        for root in sorted(members):
            rows = [cell // self.columns for cell in members[root]]
            columns = [cell % self.columns for cell in members[root]]
            cells.append(
                GridCell(
                    min(rows),
                    min(columns),
                    max(rows) - min(rows) + 1,
                    max(columns) - min(columns) + 1,
                    tuple(pieces.get(root, ())),
                )
            )
        return Grid(self.x0, self.y0, self.x1, self.y1, tuple(self.xs), self.rows, tuple(cells))


def _places(lines: list[Line]) -> list[float]:
    out: list[float] = []
    for line in sorted(lines):
        if not out or line.at - out[-1] > _NEAR:
            out.append(line.at)
    return out


def _covered(lines: list[Line], at: float, middle: float) -> bool:
    return any(abs(line.at - at) <= _NEAR and line.start - _NEAR <= middle <= line.end + _NEAR for line in lines)


def find_tables(across: list[Line], upright: list[Line]) -> tuple[list[Walls], list[Rule]]:
    """The tables that the lines of a page make (two columns at least), and the rules that belong to none."""
    across, upright = merged(across), merged(upright)
    if len(across) > _MAX_LINES or len(upright) > _MAX_LINES:
        return [], []
    owner = list(range(len(across) + len(upright)))

    def root(index: int) -> int:
        while owner[index] != index:
            index = owner[index]
        return index

    for i, flat in enumerate(across):
        for j, post in enumerate(upright, len(across)):
            if flat.start - _NEAR <= post.at <= flat.end + _NEAR and post.start - _NEAR <= flat.at <= post.end + _NEAR:
                a, b = sorted((root(i), root(j)))
                owner[b] = a
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for index in range(len(owner)):
        flats, posts = groups.setdefault(root(index), ([], []))
        if index < len(across):
            flats.append(across[index])
        else:
            posts.append(upright[index - len(across)])
    tables: list[Walls] = []
    rules: list[Rule] = []
    for flats, posts in groups.values():
        if len(_places(posts)) >= 3 and len(_places(flats)) >= 2:
            tables.append(Walls(flats, posts))
        else:
            rules += [Rule(line.start, line.end, line.at) for line in flats]
    return sorted(tables, key=lambda t: t.y0), rules
