"""What a cell that states a figure says: its value, comparator and unit."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from doichieu.extraction.targets.context import Due
from doichieu.extraction.targets.figures import Quantity
from doichieu.extraction.targets.quantities import find_quantities
from doichieu.extraction.targets.table_columns import Column
from doichieu.model import Operator, Target
from doichieu.numerals import number
from doichieu.segmentation.grid import is_figure

#: "Nhóm 15", "Top 10", "Thứ 12/34": a rank.
_RANKED = re.compile(
    r"(?:trong )?(?:nhóm|tốp|top|thứ|hạng|vị trí(?: thứ)?)\s+(?P<n>\d{1,3})(?:\s*/\s*\d{1,3})?(?: cả nước| toàn quốc)?"
)
_PLAIN = re.compile(r"[+]?\s*(\d[\d.,]*)")
_KINDS = ("percent", "count", "rate", "ratio", "rank", "index", "money", "multiple", "duration", "measure")
LONGEST_FIGURE = 120  # a longer cell is prose: only its shares are read


def operator_of(quantity: Quantity, column: Column, rank: bool, said: Operator | Literal[""]) -> Operator:
    """The comparator of a cell: its own, else that of its row (``said``) or of its column's head."""
    if quantity.operator != "=":
        return quantity.operator
    return said or ("<=" if rank else column.compares or "=")


def unit_of(quantity: Quantity, column_unit: str) -> str:
    if quantity.unit in ("%", "%/năm") or not column_unit:
        return quantity.unit
    lowered = " ".join(column_unit.lower().split()).strip(" .")
    if lowered.startswith(("chỉ số", "hệ số")) or "thứ" in lowered.split():
        return ""
    if lowered.startswith("%"):
        return "%" if "năm" not in lowered else lowered.replace(" ", "")
    if "/" in quantity.unit:
        return quantity.unit  # "02 lần/tháng" below "Tần suất (lần)"
    return lowered


def figures_of(lowered: str, unit: str) -> list[Quantity]:
    """The figures of a value cell; of a cell of prose only its shares."""
    plain = _PLAIN.fullmatch(lowered.strip(" .;*"))
    value = number(plain.group(1)) if plain else None
    if value is not None:
        return [Quantity(0, len(lowered), 0, len(lowered), "count", "=", value, None, "", "", "", "")]
    ranked = _RANKED.fullmatch(lowered.strip(" .;*"))
    if ranked is not None:
        value = float(ranked.group("n"))
        return [Quantity(0, len(lowered), 0, len(lowered), "rank", "<=", value, None, "", "", "", "")]
    found = [q for q in find_quantities(lowered) if q.kind in _KINDS]
    if not found or len(lowered) > LONGEST_FIGURE:
        return [q for q in found if q.kind == "percent"] if len(lowered) <= 200 else []
    kept = [_of_whole(q) for q in found if q.value is not None and not _is_year(q, lowered)]
    if is_figure(lowered):
        return kept[:1]
    sure = unit or any(q.kind == "percent" or q.operator != "=" for q in kept)
    return [q for q in kept if q.kind not in ("duration", "measure")] if sure else []


def _of_whole(q: Quantity) -> Quantity:
    """``28/40 xã`` as a count whose base is the whole."""
    if q.kind != "ratio" or q.value is None or q.value_max is None:
        return q
    return q._replace(kind="count", value_max=None, base=f"{q.value_max:g} {q.unit}".strip())


def _is_year(q: Quantity, lowered: str) -> bool:
    figure = lowered[q.figure_start : q.figure_end]
    return (
        q.kind == "index" and figure.isdigit() and q.value is not None and 1900 < q.value < 2100 and q.operator == "="
    )


def due_by(target: Target, due: Due | None) -> Target:
    """A target with its date from beside it; without one as it was."""
    if due is None:
        return target
    return msgspec.structs.replace(target, deadline=due.date, deadline_operator=due.operator, deadline_text=due.text)
