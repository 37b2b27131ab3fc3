"""Task tables: the column heads give the roles, a row is a task, its cells hold the agencies and the deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from doichieu.extraction.tasks.role_lists import CellRole, column_role, read_list
from doichieu.model import Clause, Role
from doichieu.segmentation.passages import Analysis, Passage

_ROLES = frozenset(
    (
        "lanh_dao",
        "chu_tri",
        "tham_muu",
        "thuc_hien",
        "phoi_hop",
        "phoi_hop_thuc_hien",
        "giam_sat",
        "kiem_tra",
        "bao_cao",
    )
)
_MAX_CELL = 3000
_EMPTY = frozenset(("", "-", "//", "nt", "“", '"', "...", "…", "x", "như trên"))


_ORDINAL = re.compile(r"(?:\d{1,3}|[IVXLC]{1,6}|[a-zđ])[.)]?")


class TaskRow(NamedTuple):
    """One row of a task table: ranges are in ``passage.text``; ``roles`` come with the range of their mention."""

    passage: Passage
    task: tuple[int, int]
    deadline: tuple[int, int] | None
    product: tuple[int, int] | None
    roles: tuple[tuple[CellRole, int, int], ...]
    owner_column: bool
    deadline_column: bool


def _columns(passage: Passage) -> dict[int, str]:
    """The meaning of each column if the row is the head of a task table, else an empty mapping."""
    found: dict[int, str] = {}
    if passage.cells and _ORDINAL.fullmatch(passage.text[passage.cells[0][0] : passage.cells[0][1]]):
        return {}
    for begin, end, cell in passage.cells:
        if end - begin > 70 or passage.text[end - 1 : end] == ".":
            return {}
        meaning = column_role(passage.text[begin:end])
        if meaning:
            for column in range(cell.column, cell.column + max(1, cell.column_span)):
                found.setdefault(column, meaning)
    if not any(meaning in _ROLES for meaning in found.values()):
        return {}
    strong = (
        sum(meaning in _ROLES for meaning in found.values())
        + ("task" in found.values())
        + ("deadline" in found.values())
    )
    return found if strong >= 2 or all(cell.header for *_, cell in passage.cells) else {}


class Heads:
    """The column heads in force: a table cut in two by a heading or a page keeps the heads of its first part."""

    def __init__(self) -> None:
        self.columns: dict[int, str] = {}
        self.width = 0

    def start(self, passages: list[Passage]) -> None:
        """A new table: heads of an earlier table hold only for a table of the same width."""
        widths = [len(p.cells) for p in passages if p.cells]
        if not widths or max(widths) != self.width:
            self.columns, self.width = {}, 0


def task_rows(
    analysis: Analysis, table: Clause, known: tuple[str, ...] = (), heads: Heads | None = None
) -> Iterator[TaskRow]:
    """The task rows of one table, in order; nothing for a table whose head names no role."""
    state = heads or Heads()
    passages = [p for c in analysis.tree.children(table) if (p := analysis.passage_of.get(c.clause_id)) is not None]
    state.start(passages)
    held: dict[int, tuple[int, str]] = {}  # column -> (rows still covered, content of the merged cell)
    for passage in passages:
        if not passage.cells:
            continue
        found = _columns(passage)
        if found:
            state.columns, state.width, held = found, len(passage.cells), {}
            continue
        if not state.columns or len(passage.cells) < 2:
            continue
        row = _row(passage, state.columns, held, known)
        if row is not None:
            yield row


def _row(
    passage: Passage, columns: dict[int, str], held: dict[int, tuple[int, str]], known: tuple[str, ...]
) -> TaskRow | None:
    cells = {cell.column: (begin, end, cell) for begin, end, cell in passage.cells}
    task = deadline = product = None
    roles: list[tuple[CellRole, int, int]] = []
    pending: list[tuple[Role, str]] = []
    for column, meaning in columns.items():
        if column not in cells:
            left, content = held.get(column, (0, ""))
            if left and meaning in _ROLES:
                pending.append((meaning, content))  # type: ignore[arg-type]
                held[column] = (left - 1, content)
            continue
        begin, end, cell = cells[column]
        if cell.column < column and cell.column_span > 1:
            continue
        text = passage.text[begin:end]
        if cell.row_span > 1:
            held[column] = (cell.row_span - 1, text)
        if meaning == "task" and task is None:
            task = (begin, end)
        elif meaning == "deadline":
            deadline = deadline or ((begin, end) if end > begin else None)
        elif meaning == "product":
            product = product or ((begin, end) if end > begin else None)
        elif meaning in _ROLES and text.strip().lower() not in _EMPTY and len(text) <= _MAX_CELL:
            for found in read_list(text, meaning, known):  # type: ignore[arg-type]
                roles.append((found, begin + found.item.start, begin + found.item.end))
    if task is None:
        others = [(b, e) for b, e, c in passage.cells if columns.get(c.column) is None and e - b > 12]
        task = max(others, key=lambda r: r[1] - r[0], default=None)
    if task is None or task[1] <= task[0]:
        task = (passage.cells[0][0], passage.cells[-1][1])
    for role, content in pending:
        for found in read_list(content, role, known):
            roles.append((found, *task))
    filled = [c for c in passage.cells if c[1] > c[0]]
    if len(filled) < 3 and not roles:
        return None  # a row that heads a group
    owner = any(columns[c] in ("chu_tri", "thuc_hien", "lanh_dao") for c in columns)
    return TaskRow(passage, task, deadline, product, tuple(roles), owner, "deadline" in columns.values())
