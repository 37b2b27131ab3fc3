"""The outline of a table's rows: which rows head others, which are parts of the row above them."""

from __future__ import annotations

import re
from typing import NamedTuple

from doichieu.extraction.targets.table_words import TOTAL
from doichieu.segmentation.grid import Row

_LEADING_MARK = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[IVXLC]{1,6}(?:\.\d+)*[.)]?|[a-zđ]\)?|[A-ZĐ][.)]?|[-+*•–])(?=\s|\Z)"
)
_SUB = re.compile(r"\s*(?:[-+*•–]|[a-zđ]\)|trong đó|tr\.đó|gồm\b)", re.IGNORECASE)
_RANKS = (r"[A-ZĐ][.)]?", r"[IVXLC]{1,6}[.)]?", r"[IVXLC]{1,6}\.\d+[.)]?", r"\d{1,3}[.)]?")
_DEEPEST = 9


class _Heading(NamedTuple):
    """A row that rows below it may be parts of: its rank, its name, whether it states figures itself."""

    depth: int
    name: str
    stated: bool
    unit: str = ""


class Outline:
    """What stands above the row that is read: group rows, wholes with their units.

    ``numbers`` are the columns of ordinals.
    """

    def __init__(self, numbers: list[int]) -> None:
        self.numbers = numbers
        self.group = ""
        self._marked = -1  # the rank of the mark of the row that named the group
        self.above: list[_Heading] = []
        self.in_part = False

    def add(self, row: Row, name: str, *, stated: bool, sub: bool = False, unit: str = "") -> None:
        """What a row names heads the rows of lower rank below it; a row without figures all that follow."""
        depth = _DEEPEST if sub else depth_of(row)
        self.above = [heading for heading in self.above if heading.depth < depth]
        self.above.append(_Heading(depth, name, stated, unit))
        if not stated:
            self.group = name
            self._marked = -1 if sub else _marked_depth(row)

    def over(self, row: Row, sub: bool) -> str:
        """What the row is a part of: the row of higher rank above it, where its own name does not say it all."""
        depth = _DEEPEST if sub else depth_of(row)
        higher = [heading for heading in self.above if heading.depth < depth]
        if not sub and 0 <= _marked_depth(row) <= self._marked:
            self._end_group(depth)  # "2 | Đàn heo" behind "1 | Lúa trên đất nuôi tôm" and its parts
        return higher[-1].name if higher and (sub or higher[-1].stated) else self.group

    def _end_group(self, depth: int) -> None:
        """A row of the group's own rank heads no longer what follows: a row above it does, if any."""
        above = [heading for heading in self.above if not heading.stated and heading.depth < depth]
        self.group = above[-1].name if above else ""
        self._marked = above[-1].depth if above else -1

    def unit(self) -> str:
        """The unit of the whole that a part belongs to."""
        return self.above[-1].unit if self.above else ""

    def unit_over(self, row: Row) -> str:
        """The unit that the row of higher rank above states for its parts: ``I | Sản lượng cá (tấn) | 12.500``."""
        depth = depth_of(row)
        higher = [heading for heading in self.above if heading.depth < depth]
        return higher[-1].unit if higher and higher[-1].stated and _marked_depth(row) >= 0 else ""

    def is_part(self, row: Row, name: str) -> bool:
        """Whether a row is a part of one above: by its mark or words, or unnumbered behind such a row."""
        marks = [text for index in self.numbers if (text := row.text(index).strip())]
        dashed = bool(marks) and all(mark in "-+*•–" for mark in marks)
        numbered = bool(marks) and not dashed
        self.in_part = dashed or _SUB.match(name) is not None or (self.in_part and bool(self.numbers) and not numbered)
        return self.in_part and not TOTAL.match(name)


def _marked_depth(row: Row) -> int:
    """The rank of a row that bears a mark; -1 of one without."""
    first = next(iter(row.filled()), None)
    marked = _LEADING_MARK.match(first.text) if first is not None else None
    return -1 if marked is None or marked.group().strip() in "-+*•–" else depth_of(row)


def _own_number(row: Row, mark: str) -> str:
    """The number of a row's name where the number before it is that of its part: ``8 | Môi trường | 8.1. Tỷ lệ …``."""
    part = mark.rstrip(".)")
    for cell in row.filled()[1:4] if part.isdigit() else ():
        if cell.text.startswith(f"{part}.") and (named := _LEADING_MARK.match(cell.text)) is not None:
            return named.group().strip()
    return mark


def depth_of(row: Row) -> int:
    """The rank of a row by its mark: a letter, a Roman number, a number, its parts, a dash."""
    first = next(iter(row.filled()), None)
    marked = _LEADING_MARK.match(first.text) if first is not None else None
    mark = _own_number(row, marked.group().strip()) if marked else ""
    if first is None or mark in "-+*•–":
        return _DEEPEST if mark else len(_RANKS) - 1
    for depth, rank in enumerate(_RANKS):
        if re.fullmatch(rank, mark) and not (depth == 0 and mark[0] in "IVX"):
            return depth
    return min(len(_RANKS) - 1 + mark.strip(".)").count("."), _DEEPEST - 1) if mark[0].isdigit() else _DEEPEST - 1
