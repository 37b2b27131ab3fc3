"""Why two targets cannot be a pair however alike they read: a denial, another kind, another measure."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from doichieu.comparison.meaning.as_meant import each_one
from doichieu.comparison.meaning.dimensions import (
    counts_whole,
    dimension_of,
    measure_of,
    other_denominator,
    same_dimension,
)
from doichieu.comparison.pairing.likeness import Side
from doichieu.lexicon import load
from doichieu.model import Target
from doichieu.text import fold


def gate_of(c: Side, p: Side, i: int, j: int) -> str:
    """Why two targets cannot be a pair however alike they read; empty if they can."""
    if (
        _denies(c.denied[i][0], p.people[j])
        or _denies(p.denied[j][0], c.people[i])
        or _denies(c.denied[i][1], p.said[j])
        or _denies(p.denied[j][1], c.said[i])
    ):
        return "một bên phủ định điều bên kia nêu"
    for number in sorted(c.kinds[i].keys() & p.kinds[j].keys()):
        own, other = c.kinds[i][number], p.kinds[j][number]
        if not own & other:
            return f"khác đối tượng ({', '.join(sorted(own))} và {', '.join(sorted(other))})"
    dc, dp = c.dimension[i], p.dimension[j]
    gc, gp = c.grade[i], p.grade[j]
    if (gc is None) != (gp is None):
        return "một bên là yêu cầu trình độ, bên kia thì không"
    if len({grade.scale for grade in (gc, gp) if grade is not None}) > 1:
        return "hai thang trình độ khác nhau"
    if gc is not None and {dc, dp} <= {"", "%"}:
        return ""
    return _unit_gate(c.targets[i], p.targets[j], dc, dp)


#: Who is ranked among the provinces, however they are called.
_PROVINCES = dict.fromkeys(("tỉnh", "thành phố", "địa phương", "tỉnh thành"), "tỉnh, thành phố")


def _unit_gate(child: Target, parent: Target, dc: str, dp: str) -> str:
    """Why two targets measure other things; empty where they do not."""
    if dc != dp and "%" in (dc, dp):
        dc, dp = dimension_of(each_one(child, parent)), dimension_of(each_one(parent, child))
    if dc != dp:
        if same_dimension(dc, dp) or other_denominator(dc, dp) or _none_or_premises(child, parent, dc, dp):
            return ""
        if _turned_by(child, parent, dc, dp):
            return ""
        if "%" in (dc, dp) or not dc or not dp or "hạng" in (dc, dp):
            return f"khác đơn vị đo ({_measure_words(dc)} và {_measure_words(dp)})"
        if "/" in dc + dp or fuzz.ratio(dc, dp) < 70:
            return f"khác đơn vị tính ({dc} và {dp})"
    elif dc == "hạng":
        one, other_unit = (_PROVINCES.get(fold(t.unit), fold(t.unit)) for t in (child, parent))
        if one and other_unit and one not in other_unit and other_unit not in one:
            return f"xếp hạng giữa các đơn vị khác nhau ({one} và {other_unit})"
    return ""


_TURNS = re.compile(r"(?<!\w)(?:tăng|giảm|cao hơn|thấp hơn)(?!\w)")


def _turned_by(child: Target, parent: Target, dc: str, dp: str) -> bool:
    """Whether one says by how many per cent and the other by how many points something rises or falls."""
    if {measure_of(dc)[0], measure_of(dp)[0]} not in ({"%", "điểm phần trăm"}, {"%", "điểm %"}):
        return False
    return all(_TURNS.search(fold(f"{t.indicator} {t.quote}")) for t in (child, parent))


def _none_or_premises(child: Target, parent: Target, dc: str, dp: str) -> bool:
    """Whether neither side leaves anything of what it counts, whatever it counts it by (``không có người chết``,
    ``không để xảy ra trường hợp tử vong``), or one counts places of work as such and the other by their kind."""
    if child.value == 0 == parent.value and counts_whole(dc) and counts_whole(dp):
        return True
    return "cơ sở" in (dc, dp) and {dc, dp}.issubset(load("terms")["premises"])


def _measure_words(dimension: str) -> str:
    """A dimension as a reader calls it: ``%`` is a share, ``lao động`` a number of them."""
    named = {"": "không nêu đơn vị", "%": "tỷ lệ phần trăm", "%/năm": "tốc độ %/năm", "hạng": "thứ hạng"}
    return named.get(dimension, f"số {dimension}")


def _denies(denied: list[str], other: str) -> bool:
    """Whether a wording that denies something stands beside one that says it: ``không thường xuyên`` against ``thường
    xuyên``."""
    return any(f" {it}" in other and not _denied_before(other, it) for it in denied)


#: How many words may stand between a denial and what it denies: "chưa đến mức bị truy cứu".
_NEAR_BY = 4
_DENIALS = frozenset({"không", "chưa"})
#: "Trừ cơ sở đang có tranh chấp": the noun is said again.
_WITHOUT, _LEFT_OUT = "trừ", 7


def _denied_before(wording: str, it: str) -> bool:
    """Whether a wording that says something denies it somewhere: ``chưa đến mức bị truy cứu`` for ``bị truy``.

    >>> _denied_before("người chưa đến mức bị truy cứu", "bị truy"), _denied_before("người bị truy cứu", "bị truy")
    (True, False)
    >>> _denied_before("sử dụng thanh toán không sử dụng tiền mặt", "sử dụng")
    True
    """
    for part in range(1, len(parts := wording.split(it))):
        before = " ".join(parts[:part]).split()
        if not _DENIALS.isdisjoint(before[-_NEAR_BY:]) or _WITHOUT in before[-_LEFT_OUT:]:
            return True
    return False
