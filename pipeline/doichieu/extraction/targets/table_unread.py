"""Tables of figures that gave no row: a problem tells the reader which, and why."""

from __future__ import annotations

import re

from doichieu.extraction.targets.table_columns import Column
from doichieu.model import Problem
from doichieu.segmentation.grid import Grid, GridCell, is_figure
from doichieu.segmentation.passages import Analysis
from doichieu.text import short

_TIME = re.compile(r"(?:thời gian|thời hạn|ngày|tiến độ|buổi|giờ)", re.IGNORECASE)
#: What heads a column of goals, rather than of prices, places and measurements.
_PROMISES = re.compile(
    r"chỉ tiêu|mục tiêu|phấn đấu|lộ trình|kế hoạch|tỷ lệ|tỉ lệ|%|(?:đến |hết )(?:năm )?20\d\d|năm 20\d\d|^20\d\d$"
    r"|giai đoạn 20"
)


def states(columns: list[Column], cell: GridCell) -> bool:
    """Whether a cell states a figure: not the row's number, a time, words or a body."""
    column = next((column for column in columns if column.index == cell.column), None)
    if column is None or column.kind in ("row", "text", "agency") or _TIME.search(column.head):
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
