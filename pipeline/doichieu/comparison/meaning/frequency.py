"""How often an amount is owed: once, or in every period anew, and which of two is owed more often."""

from __future__ import annotations

import re

from doichieu.comparison.meaning.dimensions import counts_whole, dimension_of, is_count
from doichieu.comparison.meaning.standards import times_a_year
from doichieu.lexicon import load
from doichieu.lexicon.families import EVERY
from doichieu.model import Target
from doichieu.text import fold

_PERIOD = re.compile(rf"(?:{EVERY}|một) (năm|quý|tháng|tuần|ngày)|/(năm|quý|tháng|tuần|ngày)")


#: "Mỗi tuần, tổ chức 01 buổi": the period opens the promise.
_OPENING = re.compile(rf"\W*{EVERY} (?:năm|quý|tháng|tuần|ngày)(?=,|\s)")


def times_owed(target: Target) -> float | None:
    """How often a year the amount is owed anew; None where it is owed once.

    >>> times_owed(Target("d", "t", "c", "", 0, 1, "", recurrence="mỗi quý"))
    4.0
    """
    named = target.indicator if target.rule.startswith("table") else ""  # a row of a table says it in its name
    opening = _OPENING.match(fold(target.quote)) if not target.recurrence else None
    told = opening.group() if opening is not None else target.recurrence or named
    found = _PERIOD.search(f"{fold(told)} {target.unit}")
    return float(load("standards")["times"][found.group(1) or found.group(2)]) if found else None


def is_yearly(target: Target) -> bool:
    """Whether the amount is owed in every period anew."""
    return times_owed(target) is not None


#: "Được kiểm tra hằng tuần": the shorter periods, which extraction does not name apart.
_SHORT = re.compile(rf"(?<!\w){EVERY} (?P<period>tuần|ngày)(?!\w)")


def _every_week(target: Target) -> float | None:
    """How often a year by a period shorter than a month that only the clause names."""
    found = _SHORT.search(fold(target.quote))
    if found is None or found.group() in fold(f"{target.subject} {' '.join(target.scope)}"):
        return None  # "rác phát sinh hằng ngày": which waste
    return float(load("standards")["times"][found.group("period")])


_TIMED = re.compile(r"/(?:năm|quý|tháng)(?!\w)")


def _timed_units(child: Target, parent: Target) -> bool:
    """Whether the units themselves say over which time, so that the amounts are compared by it."""
    own, other = dimension_of(child), dimension_of(parent)
    return "/năm" in f"{own} {other}" or bool(_TIMED.search(own) and _TIMED.search(other))


#: "Bình quân mỗi năm 400 ha": how the amount is spread over the years is left open, their sum is not.
_ON_AVERAGE = re.compile(r"(?<!\w)(?:bình quân|trung bình)(?!\w)")


def over_the_period(child: Target, parent: Target) -> tuple[float, float] | None:
    """How many times the amounts of the two are owed in the time over which one of them counts its sum; None where
    that is not told.  What the parent asks on average it asks as a sum.

    >>> told = {"value": 10, "unit": "xã", "start": "2026-01-01", "deadline": "2030-12-31"}
    >>> each = Target("d", "t", "c", "", 0, 1, "mỗi năm 10 xã", recurrence="mỗi năm", **told)
    >>> whole = Target("d", "t", "c", "", 0, 1, "50 xã", **told)
    >>> over_the_period(each, whole), over_the_period(whole, each)
    ((5.0, 1.0), None)
    >>> quarterly = Target("d", "t", "c", "", 0, 1, "mỗi quý 3 xã", recurrence="mỗi quý", value=3, unit="xã")
    >>> over_the_period(quarterly, each), over_the_period(each, quarterly)
    ((4.0, 1.0), (1.0, 4.0))
    """
    own, theirs = times_owed(child), times_owed(parent)
    if own == theirs:
        return None
    if own is not None and theirs is not None:
        return _each_year(child, parent, own, theirs)
    if not (is_count(child) and is_count(parent)):
        return None
    if theirs is not None and not _ON_AVERAGE.search(fold(parent.recurrence)):
        return None
    if not parent.start or (child.start, child.deadline) != (parent.start, parent.deadline) or not parent.deadline:
        return None
    if any(times_a_year(fold(t.quote)) is not None for t in (child, parent)):
        return None
    years = int(parent.deadline[:4]) - int(parent.start[:4]) + 1
    return (own * years if own else 1.0), (theirs * years if theirs else 1.0)


#: Occasions: those of each month are together those of the year.
_HELD = ("buổi", "lần")


def _each_year(child: Target, parent: Target, own: float, theirs: float) -> tuple[float, float] | None:
    """What both owe of a year: of the longer period nothing is told of its parts, but that they are less in sum."""
    for target in (child, parent):
        held = counts_whole(dimension_of(target)) or is_count(target) or target.unit in _HELD
        if not held or target.value is None or times_a_year(fold(target.quote)) is not None:
            return None
    less = (child.value or 0) * own < (parent.value or 0) * theirs
    return (own, theirs) if own > theirs or less else None


def compare_recurrence(child: Target, parent: Target, kind: str) -> tuple[str, str, str]:
    """(kind or "", proof, reason) where one side owes the amount more often than the other; not to be asked where both
    were added up (:func:`over_the_period`)."""
    often, other_often = times_a_year(fold(child.quote)), times_a_year(fold(parent.quote))
    c = often if often is not None else times_owed(child)
    p = other_often if other_often is not None else times_owed(parent)
    if (c is None) != (p is None):
        c, p = (_every_week(child) if c is None else c), (_every_week(parent) if p is None else p)
    if c == p or (often is None and other_often is None and _timed_units(child, parent)):
        return "", "", ""
    if c is not None and p is not None:
        more = c > p
        reason, proof = "", f"{c:g} lần/năm {'>' if more else '<'} {p:g} lần/năm"
    else:
        more = c is not None
        reason = "từng kỳ thay cho cả giai đoạn" if more else "cả giai đoạn thay cho từng kỳ"
        proof = "từng kỳ ≠ cả giai đoạn"
    if more:
        return ("stricter" if kind in ("equal", "stricter", "") else "changed"), proof, reason
    if kind == "stricter" and is_count(child):
        return "changed", proof, reason
    return "looser", proof, reason


__all__ = ["compare_recurrence", "is_yearly", "over_the_period", "times_owed"]
