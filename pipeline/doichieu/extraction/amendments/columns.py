"""Tables that print the old wording and the new one side by side: each of their rows is an order.

What holds of :func:`orders`: a row changes the very words of its old cell, at the provision that another cell names, so
that a consolidation finds them or says that it does not; a row without old words inserts, one whose new cell only says
that they go deletes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from doichieu.extraction.amendments.wording import Order
from doichieu.lexicon import load
from doichieu.segmentation.passages import Analysis, Passage
from doichieu.segmentation.provisions import find
from doichieu.text import fold

_GONE = re.compile(
    r"(?:đề nghị\s+)?(?:bãi bỏ|hủy bỏ|huỷ bỏ|lược bỏ|bỏ)(?:\s+nội dung này|\s+toàn bộ)?\s*\.?\s*\Z", re.IGNORECASE
)
_NOTHING = re.compile(r"(?:(?:chưa|không)\s+(?:có|quy định|nêu)|bổ sung mới|[-–—…./]*)\s*\.?\s*\Z", re.IGNORECASE)
_AS_BEFORE = re.compile(r"(?:giữ nguyên|không (?:thay đổi|sửa))\b", re.IGNORECASE)


def orders(analysis: Analysis) -> Iterator[tuple[Passage, Order]]:
    """The orders of all such tables, with the rows that hold them."""
    rows = [p for p in analysis.passages if p.clause.kind == "table_row" and p.cells]
    for _, table in groupby(rows, key=lambda p: p.clause.parent_id):
        yield from _of_table(list(table))


def _of_table(rows: Sequence[Passage]) -> Iterator[tuple[Passage, Order]]:
    head = rows[0]
    columns = [(cell.column, column_of(head.text[a:b])) for a, b, cell in head.cells]
    olds = [column for column, role in columns if role == "old"]
    news = [column for column, role in columns if role == "new"]
    if len(olds) != 1 or len(news) != 1:
        return
    for row in rows[1:]:
        order = _of_row(row, olds[0], news[0])
        if order is not None:
            yield row, order


def column_of(head: str) -> str:
    """What a column holds by its head: ``old`` or ``new`` wording; empty for anything else.

    >>> [column_of(h) for h in ("Nội dung hiện hành", "Nội dung sửa đổi", "Trước khi điều chỉnh", "Ghi chú")]
    ['old', 'new', 'old', '']
    """
    words = load("amendments")
    said = " " + " ".join(re.findall(r"[^\W_]+", fold(head))) + " "
    for role in ("old", "new"):
        if any(f" {phrase} " in said for phrase in words[f"column_{role}"]):
            return role
    return ""


def _of_row(row: Passage, old_column: int, new_column: int) -> Order | None:
    """The order of one row; None where it says nothing, or that all stays."""
    cells = {cell.column: (a, b) for a, b, cell in row.cells}
    if old_column not in cells or new_column not in cells:
        return None
    old, new = cells[old_column], cells[new_column]
    before, after = row.text[slice(*old)].strip(), row.text[slice(*new)].strip()
    if not after or before == after or _AS_BEFORE.match(after):
        return None
    others = [place for column, place in sorted(cells.items()) if column not in (old_column, new_column)]
    named = [(place, hits) for place in others if (hits := find(row.text[slice(*place)]))]
    provisions = named[0][1][0].paths[:1] if named else ()
    text = row.text[slice(*named[0][0])] if named else ""
    start = min([old[0], *(place[0] for place, _ in named[:1])])
    end = max([old[1] if old[0] < new[0] else start, *(place[1] for place, _ in named[:1] if place[0] < new[0])])
    if _NOTHING.match(before):
        return Order("bo_sung", "insert", start, end, provisions, text, new=new)
    if _GONE.match(after):
        if provisions:
            return Order("bai_bo", "delete", start, end, provisions, text, old=old)
        return Order("bo_cum_tu", "delete_words", start, end, provisions, text, old=old)
    return Order("sua_doi", "replace_words", start, end, provisions, text, old=old, new=new)
