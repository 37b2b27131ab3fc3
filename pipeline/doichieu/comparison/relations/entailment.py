"""What follows from a target of the child although no pair says it: one that holds more.

Read for this: a bare figure is a floor unless a word makes it a ceiling, a range is met from its lower end, a grade
without a share holds for all, a state once reached lasts.  Then

- more, or earlier, of the same thing entails it;
- a floor of 100 % (or a grade for all) of a wider population passes down to every part, a smaller share does not;
- a floor count of a part passes up to the whole, a ceiling on the whole passes down to a part.

What several hold together is read in :mod:`doichieu.comparison.relations.coverage`.

A property test looks for a world that keeps the child's targets and breaks the parent's; none may exist.
"""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from doichieu.comparison.meaning.dimensions import dimension_of, is_count
from doichieu.comparison.meaning.figures_beside import other_figure
from doichieu.comparison.meaning.frequency import is_yearly
from doichieu.comparison.meaning.statements import Statement
from doichieu.comparison.relations.algebra import Interval, Requirement, compare_amounts, compare_grades, requirement
from doichieu.comparison.relations.differences import Differences, differences
from doichieu.comparison.relations.populations import compare_populations
from doichieu.comparison.relations.predicates import compare_predicates
from doichieu.comparison.relations.verdicts import is_loose, start_named
from doichieu.model import Target

#: How much of the shorter statement two targets must have in common before one can say anything of the other.
SHARED = 0.5


class Claim(NamedTuple):
    """A target with its statement."""

    target: Target
    statement: Statement


def share_of(req: Requirement) -> Interval | None:
    """The share that a requirement sets; a grade without a share holds for all."""
    if req.amount is not None:
        return req.amount if req.amount.dimension == "%" else None
    return Interval(100.0, float("inf"), False, True, "%") if req.grade is not None else None


def _lasting(target: Target) -> bool:
    """Whether what is reached early is still so later: shares and sums, but nothing that is owed every year."""
    return not is_yearly(target)


def in_time(child: Target, parent: Target, c: datetime.date | None, p: datetime.date | None) -> bool:
    if is_yearly(child) != is_yearly(parent) or ">=" in (child.deadline_operator, parent.deadline_operator):
        return False
    begins = start_named(child)
    if begins != start_named(parent):  # what holds from a day on is reached by a later one; never the other way round
        onward = bool(begins) and not start_named(parent) and _lasting(child)
        return onward and p is not None and datetime.date.fromisoformat(begins) <= p
    return c == p or (c is not None and p is not None and c < p and _lasting(child))


def as_much(child: Requirement, parent: Requirement) -> bool:
    """Whether amount and grade of the child are at least those of the parent, of one population."""
    if child.approximate and not parent.approximate:
        return False
    amount, _, _ = compare_amounts(child, parent)
    grade, _ = compare_grades(child.grade, parent.grade)
    return amount in ("", "equal", "stricter") and grade in ("", "equal", "stricter") and bool(amount or grade)


def same_promise(child: Claim, parent: Claim, found: Differences) -> bool:
    """Whether the predicates are one, or the child's says more by a standard, measured against one base."""
    if compare_predicates(found).kind not in ("", "stricter") or found.predicate_child:
        return False
    if "hạng" in (dimension_of(child.target), dimension_of(parent.target)):
        return False  # a rank is one among others, and says nothing of other rankings
    one, other = child.statement, parent.statement
    if one.helps and not other.helps:
        return False
    steps = found.predicate_steps or found.population_steps  # figures that are compared
    if not steps and other_figure(child.target, parent.target, child.target.quote, parent.target.quote) is not None:
        return False
    return one.base == other.base and (one.whole == other.whole or not one.whole or not other.whole)


def follows(child: Claim, parent: Claim) -> str:
    """Why the parent's promise follows from one target of the child (Vietnamese); empty where it does not."""
    if is_loose(child.target.modality) and child.target.modality != parent.target.modality:
        return ""
    found = differences(child.statement, parent.statement)
    if found.shared < SHARED or not same_promise(child, parent, found):
        return ""
    c, p = requirement(child.target), requirement(parent.target)
    if not in_time(child.target, parent.target, c.due, p.due):
        return ""
    relation = compare_populations(child.statement, parent.statement, found).relation
    if relation == "same":
        return "chỉ tiêu này đặt cùng đối tượng, mức không thấp hơn và không muộn hơn" if as_much(c, p) else ""
    if relation == "broader":
        return _passes_down(child.target, parent.target, c, p)
    if relation == "narrower":
        return _passes_up(child.target, parent.target, c, p)
    return ""


def _passes_down(child: Target, parent: Target, c: Requirement, p: Requirement) -> str:
    own, other = share_of(c), share_of(p)
    if own is not None and other is not None and not own.falling and not other.falling:
        if own.low >= 100 and not c.approximate and compare_grades(c.grade, p.grade)[0] in ("", "equal", "stricter"):
            return "chỉ tiêu này đặt cho toàn bộ (100%) nhóm rộng hơn, nên đúng cho mọi bộ phận của nhóm"
        return ""
    if is_count(child) and is_count(parent) and c.amount and c.amount.falling:
        return "mức trần của cả nhóm là mức trần của mọi bộ phận" if as_much(c, p) else ""
    return ""


def _passes_up(child: Target, parent: Target, c: Requirement, p: Requirement) -> str:
    if is_count(child) and is_count(parent) and c.amount and not c.amount.falling and as_much(c, p):
        return "số đạt được ở một bộ phận đã đủ mức của cả nhóm"
    return ""


def counter_example(child: Target, parent: Target) -> str:
    """A smallest case that keeps the child's share and breaks the parent's (Vietnamese); empty where shares do not
    decide.

    >>> low = Target("d", "t", "c", "", 0, 1, "", subject="xã", operator=">=", value=90.0, unit="%")
    >>> high = Target("d", "t", "c", "", 0, 1, "", subject="xã", operator=">=", value=95.0, unit="%")
    >>> counter_example(low, high)
    'ví dụ: 10 xã, 9 xã đạt'
    """
    c, p = requirement(child), requirement(parent)
    own, other = share_of(c), share_of(p)
    if own is None or other is None or own.falling != other.falling:
        return ""
    noun = (
        child.subject
        if 0 < len(child.subject.split()) <= 4 and not re.search(r"[\d,;]", child.subject)
        else "đối tượng"
    )
    noun = noun.lower()
    for size in (10, *range(2, 200)):
        for reached in range(size + 1):
            share = 100.0 * reached / size
            if own.holds(share) and not other.holds(share):
                return f"ví dụ: {size} {noun}, {reached} {noun} đạt"
    return ""


def is_half(child: Claim, parent: Claim) -> bool:
    """Whether a child target is about one member of a parent's list: ``doanh nghiệp`` of ``người dân và doanh
    nghiệp``."""
    found = differences(child.statement, parent.statement)
    if found.shared < SHARED or compare_predicates(found).kind not in ("", "stricter", "looser"):
        return False
    if not found.predicate_shared and found.predicates:
        return False
    relation = compare_populations(child.statement, parent.statement, found).relation
    return relation == "narrower" and any(piece.listed for piece in found.population_parent)
