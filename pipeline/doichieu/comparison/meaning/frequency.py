"""How often an amount is owed: once, or in every period anew, and which of two is owed more often."""

from __future__ import annotations

import re

from doichieu.comparison.meaning.dimensions import dimension_of, is_count
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


def over_the_period(child: Target, parent: Target) -> float | None:
    """How many of the child's periods fill the time over which the parent counts its sum; None where that is not told.

    >>> told = {"value": 10, "unit": "xã", "start": "2026-01-01", "deadline": "2030-12-31"}
    >>> each = Target("d", "t", "c", "", 0, 1, "mỗi năm 10 xã", recurrence="mỗi năm", **told)
    >>> over_the_period(each, Target("d", "t", "c", "", 0, 1, "50 xã", **told))
    5.0
    """
    times = times_owed(child)
    if times is None or times_owed(parent) is not None or not (is_count(child) and is_count(parent)):
        return None
    if not parent.start or (child.start, child.deadline) != (parent.start, parent.deadline) or not parent.deadline:
        return None
    if any(times_a_year(fold(t.quote)) is not None for t in (child, parent)):
        return None
    return times * (int(parent.deadline[:4]) - int(parent.start[:4]) + 1)


def compare_recurrence(child: Target, parent: Target, kind: str) -> tuple[str, str, str]:
    """(kind or "", proof, reason) where one side owes the amount more often than the other."""
    often, other_often = times_a_year(fold(child.quote)), times_a_year(fold(parent.quote))
    c = often if often is not None else times_owed(child)
    p = other_often if other_often is not None else times_owed(parent)
    if (c is None) != (p is None):
        c, p = (_every_week(child) if c is None else c), (_every_week(parent) if p is None else p)
    if c == p or (often is None and other_often is None and _timed_units(child, parent)):
        return "", "", ""
    if over_the_period(child, parent) is not None:
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
