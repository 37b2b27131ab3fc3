"""Second partners: one parent that the child split, or several parents that one child answers."""

from __future__ import annotations

from rapidfuzz import fuzz

from doichieu.comparison.meaning.as_meant import PART_OF
from doichieu.comparison.meaning.dimensions import dimension_of
from doichieu.comparison.meaning.terms import SEPARATORS
from doichieu.comparison.pairing.likeness import Side, plain
from doichieu.comparison.pairing.matches import THRESHOLD, Match
from doichieu.comparison.relations.kinds import regions_in
from doichieu.model import Target


def second_partners(
    c: Side, p: Side, score: list[list[float]], taken_c: set[int], taken_p: set[int], matches: list[Match]
) -> list[Match]:
    """Second partners: one parent that the child split, or several parents that one child answers.

    A left-over target joins a pair only if it speaks of the same population and measure at the same milestone and
    differs in what narrows the population, which is what a split or a merger looks like; or if two parents are on a
    member each of a list that the child has whole (a list of the parent's is looked for with the bonds).
    """
    out: list[Match] = []
    partner_p = {m.parent: m.child for m in matches}
    partner_c = {m.child: m.parent for m in matches}
    for j in range(len(p.targets)):
        if j in taken_p:
            continue
        options = [
            (score[i][j], i)
            for i, other in partner_c.items()
            if (
                score[i][j] >= THRESHOLD + _SECOND_MORE
                and (_split(p, j, other) or _restated(p.targets[j], p.targets[other]))
                and not _distinct(c, p, i, j)
            )
            or _listed(p, j, other, c.statement[i].terms)
        ]
        if options:
            best, i = max(options)
            out.append(Match(i, j, round(best, 4)))
    for i in range(len(c.targets)):
        if i in taken_c:
            continue
        options = [
            (score[i][j], j)
            for j, other in partner_p.items()
            if (
                score[i][j] >= THRESHOLD + _SECOND_MORE
                and (
                    _split(c, i, other)
                    or _restated(c.targets[i], c.targets[other])
                    or _stages(c, i, other, p.targets[j].value)
                )
                and not _distinct(c, p, i, j)
            )
            or (score[i][j] >= THRESHOLD and _shared_out(c, i, other, p.targets[j].value))
        ]
        if options:
            best, j = max(options)
            out.append(Match(i, j, round(best, 4)))
    return sorted(out)


#: A second partner must be surer than a first one by this much.
_SECOND_MORE = 0.06


def _restated(one: Target, other: Target) -> bool:
    """Whether one part of a document says again what another part says (body and appendix), perhaps with another
    value."""
    if one.clause_path.split("/")[0] == other.clause_path.split("/")[0] or dimension_of(one) != dimension_of(other):
        return False
    return fuzz.ratio(plain(f"{one.subject} {one.indicator}"), plain(f"{other.subject} {other.indicator}")) >= 92


def _split(c: Side, one: int, other: int) -> bool:
    """Whether two targets of one document are the parts of one commitment: same measure and date, other population."""
    a, b = c.targets[one], c.targets[other]
    if c.due[one] != c.due[other] or c.dimension[one] != c.dimension[other] or a.level_scale != b.level_scale:
        return False
    if any(item.startswith(PART_OF) for item in (*a.scope, *b.scope)):  # "trong đó loại tốt chiếm 30%"
        return False
    if set(a.scope) == set(b.scope) and c.regions[one] == c.regions[other]:
        return False
    if (
        a.indicator
        and b.indicator
        and fuzz.token_set_ratio(_anywhere(plain(a.indicator)), _anywhere(plain(b.indicator))) < 75
    ):
        return False
    return fuzz.token_set_ratio(_anywhere(c.text[one]), _anywhere(c.text[other])) >= 90


def members_of_a_list(one: frozenset[str], other: frozenset[str], row: tuple[str, ...]) -> bool:
    """Whether two targets, by their terms of weight, are each on a member of a list that a row of terms has whole: on
    one vaccine and on another of ``vắc xin lở mồm long móng, viêm da nổi cục``.

    >>> row = ("vắc xin", "lở", "mồm", ",", "viêm", "da")
    >>> members_of_a_list(frozenset({"lở", "mồm"}), frozenset({"viêm", "da"}), row)
    True
    >>> members_of_a_list(frozenset({"lở", "mồm"}), frozenset({"viêm", "gan"}), row)
    False
    """
    if not (one | other).issubset(row):
        return False
    alone = one - other, other - one
    if not alone[0] or not alone[1]:
        return False
    places = sorted([k for k, term in enumerate(row) if term in said] for said in alone)
    first, second = places
    side_by_side = all(place[-1] - place[0] < len(place) for place in places)
    return side_by_side and bool(SEPARATORS.intersection(row[first[-1] + 1 : second[0]]))


def _listed(c: Side, one: int, other: int, row: tuple[str, ...]) -> bool:
    """Whether two targets of one measure and day are members of a list that a row of terms has whole."""
    if c.due[one] != c.due[other] or c.dimension[one] != c.dimension[other]:
        return False
    return members_of_a_list(c.terms[one], c.terms[other], row)


def _stages(c: Side, one: int, other: int, whole: float | None) -> bool:
    """Whether two numbers of one document at two milestones add up to the whole: 1 600 km by 2028, 900 km by 2030."""
    a, b = c.targets[one], c.targets[other]
    if not whole or a.value is None or b.value is None or c.dimension[one] != c.dimension[other]:
        return False
    if "%" in c.dimension[one] or "/" in c.dimension[one] or c.due[one] == c.due[other]:
        return False
    return abs(a.value + b.value - whole) < 0.005 * whole and c.terms[one] == c.terms[other]


def _shared_out(c: Side, one: int, other: int, whole: float | None) -> bool:
    """Whether two amounts of one thing, each at places of its own, make up the whole exactly: ``28 km kênh tại Hòn
    Khói; 17 km kênh tại Cà Ná`` of 45 km."""
    a, b = c.targets[one], c.targets[other]
    if not whole or a.value is None or b.value is None or c.dimension[one] != c.dimension[other]:
        return False
    if "%" in c.dimension[one] or "/" in c.dimension[one] or not a.scope or not b.scope or set(a.scope) & set(b.scope):
        return False
    return a.value + b.value == whole and c.subject[one] == c.subject[other]


def _anywhere(text: str) -> str:
    """A plain wording without its kinds of region."""
    for region in regions_in(text):
        text = text.replace(region, " ")
    return " ".join(text.split())


def _distinct(c: Side, p: Side, i: int, j: int) -> bool:
    """Whether both sides narrow the population to different things, so that neither can be part of the other."""
    a, b = c.narrowed[i], p.narrowed[j]
    for own, other in ((c.regions[i], p.regions[j]), (c.levels[i], p.levels[j])):
        if own and other and not own & other:
            return True
    return bool(a and b and not a & b)
