"""Task tables: the column heads give the roles, a row is a task, its cells hold the agencies and the deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, cast, get_args

from doichieu.extraction.tasks.role_lists import CellRole, column_role, read_list, spoken_roles
from doichieu.extraction.times.hits import DeadlineHit
from doichieu.model import Clause, Role
from doichieu.segmentation.grid import ORDINAL, Grid, GridCell, Row, read_grids
from doichieu.segmentation.passages import Analysis, Passage

_ROLES: frozenset[str] = frozenset(get_args(Role))
_OWNERS = ("chu_tri", "thuc_hien", "lanh_dao")
_MAX_CELL = 3000
_LONGEST_HEAD = 90
_EMPTY = frozenset(("", "-", "//", "nt", "“", '"', "...", "…", "x", "như trên"))
#: "-nt-", "như trên", a mark of repetition: what the row above says.
_DITTO = re.compile(r"[-–\s.]*(?:nt|như trên|//|\"|“|”|''|″)[-–\s.]*")
_LONGEST_TIME = 40
_TIME_UNIT = re.compile(r"(?:\(|số )[^()]{0,20}?(?P<unit>(?:ngày|giờ)(?: làm việc)?|tuần|tháng)")
_GOALS_OF = re.compile(
    r"(?:mục tiêu|chỉ tiêu|kế hoạch)(?: thực hiện)?(?: giai đoạn| đến| năm)* (?P<time>20\d\d(?:\s?[-–]\s?20\d\d)?)\W*\Z"
)
_PART = re.compile(r"\W*trong đó\b")
_COUNTED = re.compile(r"\W*\((\d{1,2})\)\s")
_COUNTED_IN = re.compile(r"\((\d{1,2})\)\s")
_FEWEST = 3  # a row of fewer filled cells without a body heads a group


class TaskRow(NamedTuple):
    """One row of a task table: ranges are in ``passage.text``; ``roles`` come with the range of their mention."""

    passage: Passage
    task: tuple[int, int]
    deadline: tuple[int, int] | None
    product: tuple[int, int] | None
    roles: tuple[tuple[CellRole, int, int], ...]
    owner_column: bool
    deadline_column: bool
    same_time: bool = False  # its time cell says "as above"
    time_unit: str = ""  # what the head of the times counts in: "Thời gian (ngày làm việc)"
    before: str = ""  # the row above that this one is a part of: "Trong đó: …"
    more: str = ""  # what the next row goes on with, a list broken by a page: "(5) …"
    head_time: str = ""  # the period that the head of a column of goals names: "Mục tiêu 2026 - 2030"


def column_meanings(grid: Grid) -> dict[int, str]:
    """What each column of a task table holds (a role, ``task``, ``deadline``, ``product``); empty for other tables."""
    found: dict[int, str] = {}
    for column, lines in grid.heads.items():
        whole = " ".join(lines)
        meaning = next((m for text in (lines[-1], whole, lines[0]) if (m := column_role(text))), "")
        if meaning and len(whole) <= 2 * _LONGEST_HEAD:
            found[column] = meaning
    roles = sum(meaning in _ROLES for meaning in found.values())
    others = ("task" in found.values()) + ("deadline" in found.values())
    if roles + others < 2:
        return {}
    return found


def _counted_in(grid: Grid, meanings: dict[int, str]) -> str:
    """The unit that the head of the column of times names, in a bracket or behind ``số``."""
    heads = (
        " ".join(grid.heads[column])
        for column, meaning in meanings.items()
        if meaning == "deadline" and column in grid.heads
    )
    match = next((found for head in heads if (found := _TIME_UNIT.search(head.lower()))), None)
    return match.group("unit") if match else ""


def _headed_time(grid: Grid, meanings: dict[int, str]) -> str:
    """The period in the head of a column of goals, where no column holds times: ``Mục tiêu| 2026 - 2030|``."""
    if "deadline" in meanings.values():
        return ""
    heads = [" ".join(lines).lower() for lines in grid.heads.values()]
    found = {match.group("time") for head in heads if (match := _GOALS_OF.search(head))}
    return found.pop() if len(found) == 1 else ""


def _whole(rows: Iterator[TaskRow]) -> Iterator[TaskRow]:
    """The rows of a table, those joined that a page has broken; a part of the row above keeps its name."""
    last: TaskRow | None = None
    above = ""
    for row in rows:
        text = row.passage.text[slice(*row.task)]
        if last is not None and _goes_on(last, text):
            last = last._replace(more=f"{last.more} {text}")
            continue
        if last is not None:
            yield last
        part = _PART.match(text.lower()) is not None
        above = above if part else text.strip(" .;:")
        last = row._replace(before=above if part else "")
    if last is not None:
        yield last


def _goes_on(last: TaskRow, text: str) -> bool:
    """Whether a task begins with the number after the last one of the list in the row above."""
    opening = _COUNTED.match(text)
    if opening is None:
        return False
    counted = _COUNTED_IN.findall(last.passage.text[slice(*last.task)] + last.more)
    return bool(counted) and int(opening.group(1)) == int(counted[-1]) + 1


class TaskTables:
    """The task tables of one document: a table cut in two by a heading or a page keeps the heads of its first part."""

    def __init__(self, analysis: Analysis, known: tuple[str, ...] = ()) -> None:
        self.analysis = analysis
        self.known = known
        self.above: Grid | None = None
        self.held: dict[int, list[CellRole]] = {}  # the bodies that each role column named last

    def rows(self, table: Clause) -> Iterator[TaskRow]:
        """The task rows of one table, in order; nothing for a table whose head names no role."""
        children = self.analysis.tree.children(table)
        passages = [p for c in children if (p := self.analysis.passage_of.get(c.clause_id)) is not None]
        for grid in read_grids(passages, self.above):
            self.above = grid
            meanings = column_meanings(grid)
            if not meanings:
                continue
            meanings |= self._times(grid, meanings)
            self.held = {}
            unit, time = _counted_in(grid, meanings), _headed_time(grid, meanings)
            found = (task for row in grid.rows if (task := self._row(row, meanings)) is not None)
            yield from (task._replace(time_unit=unit, head_time=time) for task in _whole(found))

    def _times(self, grid: Grid, meanings: dict[int, str]) -> dict[int, str]:
        """The column of times where no head names one: most of its cells hold a date."""
        if "deadline" in meanings.values():
            return {}
        for column in range(grid.width):
            cells = [(row, row.cells[column]) for row in grid.rows if column in row.cells and row.cells[column].text]
            if column in meanings or len(cells) < 2 or any(len(cell.text) > _LONGEST_TIME for _, cell in cells):
                continue
            dated = sum(any(cell.start <= h.start < cell.end for h in self._hits(row)) for row, cell in cells)
            if 3 * dated >= 2 * len(cells):
                return {column: "deadline"}
        return {}

    def _hits(self, row: Row) -> list[DeadlineHit]:
        return self.analysis.deadline_hits.get(row.passage.clause.clause_id, [])

    def _row(self, row: Row, meanings: dict[int, str]) -> TaskRow | None:
        held = {meaning: cell for column, meaning in meanings.items() if (cell := row.cells.get(column)) and cell.text}
        bodies = [found for column, meaning in meanings.items() for found in self._bodies(row, column, meaning)]
        if len(row.filled()) < _FEWEST and not bodies:
            return None  # a row that heads a group
        task = self._task(row, meanings)
        roles = [(found, *(span or task)) for found, span in bodies]
        deadline, product = held.get("deadline"), held.get("product")
        return TaskRow(
            row.passage,
            task,
            (deadline.start, deadline.end) if deadline else None,
            (product.start, product.end) if product else None,
            tuple(roles),
            any(meaning in _OWNERS for meaning in meanings.values()),
            "deadline" in meanings.values(),
            deadline is not None and _DITTO.fullmatch(deadline.text.lower()) is not None,
        )

    def _bodies(self, row: Row, column: int, meaning: str) -> Iterator[tuple[CellRole, tuple[int, int] | None]]:
        """The bodies of one role cell; those of a merged cell above stand with the task of the row."""
        cell = row.cells.get(column)
        if meaning == "skip" and cell is not None and len(cell.text) <= _MAX_CELL:
            for found in spoken_roles(row.text(column), self.known):
                yield found, (cell.start + found.item.start, cell.start + found.item.end)
        if meaning not in _ROLES:
            return
        text = row.text(column)
        own = cell is not None and bool(cell.text)
        if cell is not None and own and _DITTO.fullmatch(text.strip().lower()):
            yield from ((found, (cell.start, cell.end)) for found in self.held.get(column, []))
            return
        if text.strip().lower() in _EMPTY or len(text) > _MAX_CELL:
            return
        self.held[column] = read_list(text, cast(Role, meaning), self.known)
        for found in self.held[column]:
            place = (cell.start + found.item.start, cell.start + found.item.end) if own and cell else None
            yield found, place

    def _task(self, row: Row, meanings: dict[int, str]) -> tuple[int, int]:
        """Where a row says what is to be done: its task column, else its longest cell that no head explains."""
        cells = [row.cells[c] for c, meaning in meanings.items() if meaning == "task" and c in row.cells]
        cells = [cell for cell in cells if cell.text and ORDINAL.fullmatch(cell.text) is None]
        if cells:
            return cells[0].start, cells[0].end
        free = [cell for column, cell in row.cells.items() if column not in meanings and len(cell.text) > 12]
        longest: GridCell | None = max(free, key=lambda cell: len(cell.text), default=None)
        if longest is not None:
            return longest.start, longest.end
        ranges = list(row.cells.values())
        return ranges[0].start, ranges[-1].end
