"""What a page needs to judge pairs anew by itself when a reviewer mends: each target as the algebra sees it, and what
only the words of two targets tell.

Amounts, grades, dates and commitments are compared by ``templates/verdicts.js.j2`` as the modules algebra
and verdicts of this room compare them (``tests/report/test_remade.py`` holds the two together).  Whom and
what two wordings speak of is compared here: for every pair of the comparison, and for a target that stands alone and
those that came nearest to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from msgspec import Struct
from msgspec.structs import replace

from doichieu.comparison.compare import committed, other_area
from doichieu.comparison.declarations import declaration
from doichieu.comparison.meaning.dimensions import counts_whole, dimension_of, factor_of, is_count, same_dimension
from doichieu.comparison.meaning.frequency import times_owed
from doichieu.comparison.meaning.standards import times_a_year
from doichieu.comparison.meaning.statements import Statement
from doichieu.comparison.owed.applicability import states
from doichieu.comparison.pairing.sides import Sides, sides_of
from doichieu.comparison.relations.algebra import direction_of, grade_of
from doichieu.comparison.relations.differences import differences
from doichieu.comparison.relations.populations import compare_populations
from doichieu.comparison.relations.predicates import compare_predicates
from doichieu.comparison.relations.verdicts import bases_differ, scope_of, start_named, strength_of
from doichieu.model import Comparison, Target
from doichieu.text import fold

#: Pairs that do not exist yet and are compared all the same, for a reviewer may make them.
_MOST_TRIED = 100


class Facts(Struct, frozen=True, array_like=True):
    """One target: what its verdicts are made of, besides value, unit and last day.

    ``turn`` says whether less is better (``d``), more (``u``) or nothing does (``-``), for its own value and for one of
    at least 100; ``owed_by`` is what is owed of it if nothing answers it, empty where it is simply owed.
    """

    operator: str
    value_max: float | None
    deadline_operator: str
    dimension: str
    turn: str
    way: str
    scale: str
    rank: int
    start: str
    often: float | None
    owed: float | None
    count: bool
    strength: float
    owed_by: str = ""


class Apart(Struct, frozen=True, array_like=True):
    """What the words of two targets are to each other: the kinds of predicate and population, whether they measure from
    other bases, what the lower one declares; ``scope_same`` is the kind of population if both named the same one."""

    predicate: str
    scope: str
    bases: bool
    declared: str
    scope_same: str


class Remade(Struct, frozen=True):
    """All that a page needs: facts by target id for either side, pairs by (child, parent) id, and of the dimensions
    factor, whether they count whole things, and those that are one (``same``)."""

    child: dict[str, Facts]
    parent: dict[str, Facts]
    pairs: dict[tuple[str, str], Apart]
    dimensions: dict[str, tuple[float, bool]]
    same: tuple[tuple[str, str], ...]
    other_area: bool


def remade(comparison: Comparison, also: Sequence[tuple[str, str]] = ()) -> Remade | None:
    """What a page needs to judge anew; None for a comparison with what is only quoted.  ``also`` are pairs that a
    person parted or made, by (child, parent) id."""
    if comparison.parent is None:
        return None
    sides = sides_of(comparison.child, comparison.parent)
    owed = states(comparison, sides.around_parent)
    child = {t.target_id: _facts(committed(t, sides.of_child(t))) for t in comparison.child.targets}
    parent = {
        t.target_id: replace(_facts(committed(t, sides.of_parent(t))), owed_by=owed.get(t.target_id, ""))
        for t in comparison.parent.targets
    }
    own = {t.target_id: t for t in comparison.child.targets}
    upper = {t.target_id: t for t in comparison.parent.targets}
    said = {(d.child_target_id, d.parent_target_id): d.declared for d in comparison.deviations}
    renamed: dict[tuple[str, str], Statement] = {}
    pairs = {
        (c, p): _apart(sides, own[c], upper[p], said.get((c, p)), renamed)
        for c, p in dict.fromkeys((*_wanted(comparison), *also))
        if c in own and p in upper
    }
    names = sorted({f.dimension for f in (*child.values(), *parent.values())} | {"%"})
    same = tuple((a, b) for a in names for b in names if a < b and same_dimension(a, b))
    return Remade(
        child,
        parent,
        pairs,
        {name: (factor_of(name), counts_whole(name)) for name in names},
        same,
        other_area(comparison.child, comparison.parent),
    )


def _wanted(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """The pairs of the comparison, then of those that a reviewer may make the likeliest: what stands alone with what
    came nearest to it, and with each other."""
    found = comparison.deviations
    yield from ((d.child_target_id, d.parent_target_id) for d in found if d.child_target_id and d.parent_target_id)
    alone = [d for d in found if not (d.child_target_id and d.parent_target_id) and not d.covered_by]
    near = (
        (d.child_target_id or d.candidates[k].target_id, d.parent_target_id or d.candidates[k].target_id)
        for k in range(2)
        for d in alone
        if len(d.candidates) > k
    )
    others = (
        (added.child_target_id, omitted.parent_target_id)
        for omitted in alone
        if omitted.parent_target_id
        for added in alone
        if added.child_target_id
    )
    yield from islice(dict.fromkeys(chain(near, islice(others, _MOST_TRIED))), _MOST_TRIED)


def _facts(target: Target) -> Facts:
    grade = grade_of(target)
    return Facts(
        target.operator,
        target.value_max,
        target.deadline_operator,
        dimension_of(target),
        _turn(target) + _turn(replace(target, value=100.0)),
        target.direction,
        grade.scale if grade else "",
        grade.rank if grade else 0,
        start_named(target),
        times_a_year(fold(target.quote)),
        times_owed(target),
        is_count(target),
        strength_of(target.modality),
    )


def _turn(target: Target) -> str:
    falling = direction_of(target)
    return "-" if falling is None else "d" if falling else "u"


def _apart(
    sides: Sides, own: Target, answer: Target, declared: str | None, renamed: dict[tuple[str, str], Statement]
) -> Apart:
    """What the words of two targets are to each other; ``declared`` is known of a pair that stands, ``renamed`` keeps
    the lower ones as they read with the subjects of upper ones."""
    one, other = sides.child_statements[own.target_id], sides.parent_statements[answer.target_id]
    found = differences(one, other)
    scope = scope_of(own, answer, one, other, found).kind
    same = scope
    if scope and own.subject and answer.subject and fold(own.subject) != fold(answer.subject):
        name = (own.target_id, answer.subject)
        if name not in renamed:
            renamed[name] = sides.child_statement(replace(own, subject=answer.subject))
        alike = renamed[name]
        same = compare_populations(alike, other, differences(alike, other)).kind
    if declared is None:
        noted = own.reference_value is not None or own.reference_document
        declared = declaration(sides.child, own, sides.parent, answer).state if noted else ""
    return Apart(
        compare_predicates(found).kind,
        scope,
        bases_differ(one, other),
        declared,
        same,
    )
