"""Tables of figures that gave no row: a problem tells the reader which, and why."""

from __future__ import annotations

import re

from doichieu.extraction.targets.table_columns import Column
from doichieu.model import Clause, Problem
from doichieu.segmentation.grid import Grid, GridCell, is_figure
from doichieu.segmentation.passages import Analysis
from doichieu.text import short

_LINE = re.compile(r"[^\n]+")
_CELLS = re.compile(r"\s*\|\s*|\t|[ \u00a0]{3,}")
_FEWEST_CELLS, _FEWEST_LINES = 3, 2
#: Where a table of the text has no place, and what the reader is told that it was taken for.
_TAKEN_FOR = {
    "header": "phần đầu văn bản",
    "title": "tên văn bản",
    "preamble": "phần căn cứ",
    "recipient": "nơi nhận",
    "signature": "chữ ký",
    "stamp": "dấu, số trang",
}

#: A column of times; "Tỷ lệ đúng thời hạn (%)" and "Số ngày công" are figures.
_TIME = re.compile(r"(?:thời gian|thời hạn|ngày|tiến độ|buổi|giờ)", re.IGNORECASE)
#: What heads a column of goals, rather than of prices, places and measurements.
_PROMISES = re.compile(
    r"chỉ tiêu|mục tiêu|phấn đấu|lộ trình|kế hoạch|tỷ lệ|tỉ lệ|%|(?:đến |hết )(?:năm )?20\d\d|năm 20\d\d|^20\d\d$"
    r"|giai đoạn 20"
)


def states(columns: list[Column], cell: GridCell) -> bool:
    """Whether a cell states a figure: not the row's number, a time, words or a body."""
    column = next((column for column in columns if column.index == cell.column), None)
    if column is None or column.kind in ("row", "text", "agency") or _TIME.match(column.head):
        return False
    return is_figure(cell.text)


def tell_unread(analysis: Analysis, grid: Grid, columns: list[Column], told: set[tuple[str, ...]]) -> None:
    """A table of figures that gave no target and no task is told to the reader, with the reason."""
    rows = [row for row in grid.rows if any(states(columns, cell) for cell in row.filled())]
    if len(rows) < (1 if grid.heads else 2):
        return
    clauses = {row.passage.clause.clause_id for row in grid.rows}
    if any(row.clause_id in clauses for row in analysis.assignments):
        return
    key = tuple(column.head for column in columns)
    if key in told:
        return  # one row for all tables of one form
    told.add(key)
    first = rows[0].passage
    heads = ", ".join(f"“{short(column.head, 40)}”" for column in columns if column.head) or "không đọc được"
    planned = any(column.kind == "value" for column in columns)
    reason = "không có dấu hiệu là chỉ tiêu kế hoạch" if planned and grid.heads else "không cột nào là số kế hoạch"
    span = first.span(0, len(first.text))
    promising = any(_PROMISES.search(column.head.lower()) for column in columns)
    analysis.problems.append(
        Problem(
            analysis.document_id,
            "table_not_read",
            "low" if promising else "info",
            f"Bảng số liệu {len(rows)} dòng không cho chỉ tiêu hay nhiệm vụ nào ({reason}); cột: {heads}.",
            first.clause.clause_id,
            span.start,
            span.end,
            first.source[span.start : span.end],
        )
    )


def tell_swallowed(analysis: Analysis) -> list[tuple[int, int]]:
    """Rows of figures that are no rows of a table: recipients, a signature or running text took them.

    Each run of them becomes a problem; where they stand in the source is given back.
    """
    told: list[tuple[int, int]] = []
    run: list[tuple[Clause, int, int]] = []
    for clause in analysis.clauses:
        if not clause.leaf or clause.kind == "quoted":
            continue
        lines = [] if clause.kind in ("table_row", "footnote") else _rows_in(analysis.source.text, clause)
        if not lines and clause.kind not in ("stamp", "header") and clause.text.strip():
            told += _tell_run(analysis, run)
            run = []
        run += [(clause, begin, end) for begin, end in lines]
    return told + _tell_run(analysis, run)


def _rows_in(source: str, clause: Clause) -> list[tuple[int, int]]:
    """The lines of a clause that have cells, of which one behind the first states a figure."""
    text = source[clause.char_start : clause.char_end]
    if "|" not in text and "\t" not in text and "   " not in text:
        return []
    found = []
    for line in _LINE.finditer(text):
        cells = [cell.strip(" *_") for cell in _CELLS.split(line.group().strip(" |\t"))]
        if len(cells) >= _FEWEST_CELLS and any(is_figure(cell) for cell in cells[1:]):
            found.append((clause.char_start + line.start(), clause.char_start + line.end()))
    return found


def _tell_run(analysis: Analysis, run: list[tuple[Clause, int, int]]) -> list[tuple[int, int]]:
    """The problem of some lines that follow each other, and where they stand; one alone is an address or a sum."""
    if len(run) < _FEWEST_LINES:
        return []
    clause, begin, end = run[0]
    place = _TAKEN_FOR.get(clause.kind, "lời văn")
    analysis.problems.append(
        Problem(
            analysis.document_id,
            "table_not_read",
            "low",
            f"{len(run)} dòng số liệu như của một bảng nằm trong {place}, chưa được đọc thành bảng.",
            clause.clause_id,
            begin,
            end,
            analysis.source.text[begin:end],
        )
    )
    return [(start, stop) for _, start, stop in run]
