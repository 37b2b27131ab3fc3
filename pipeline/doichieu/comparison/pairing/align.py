"""Which target of the child answers which target of the parent.

Likeness of wording proposes (RapidFuzz and weighted common words); slots decide: dimension, scale of grades and
milestone must fit, for ``10%`` and ``15%`` read alike and so do 2030 and 2045.  The best one-to-one assignment is
solved over all pairs together, so that near twins go to the right partner; then a target that the text split or
merged may answer several.  A pair below the threshold is not made: the ledger keeps the nearest candidate and the
reason why it was refused.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

from rapidfuzz import fuzz

from doichieu.comparison.meaning.statements import Statement
from doichieu.comparison.pairing.gates import gate_of
from doichieu.comparison.pairing.likeness import Side, Weighed, overlap, subjects_alike
from doichieu.comparison.pairing.matches import (
    HALF_LIKE,
    NEAR,
    THRESHOLD,
    UNLIKE,
    Alignment,
    Match,
    Refusal,
    refusal_of,
)
from doichieu.comparison.pairing.residue import residual_pairs
from doichieu.comparison.pairing.second_partners import second_partners
from doichieu.comparison.relations.differences import Differences, differences
from doichieu.comparison.relations.populations import compare_populations
from doichieu.comparison.relations.predicates import compare_predicates, nothing_in_common
from doichieu.model import Target

_SHORT = 4


def align(
    children: list[Target],
    parents: list[Target],
    child_stretches: list[str] | None = None,
    parent_stretches: list[str] | None = None,
    child_statements: list[Statement] | None = None,
    parent_statements: list[Statement] | None = None,
) -> Alignment:
    """Pair the targets of two documents; every index of both sides ends in a match or among the unmatched.

    The stretches are the texts around each target (:mod:`doichieu.comparison.meaning.surroundings`), by default the
    quotes.
    """
    if not children:
        none = Refusal(None, 0.0, "văn bản kia không có chỉ tiêu nào")
        return Alignment([], [], {}, dict.fromkeys(range(len(parents)), none))
    c = Side(children, child_stretches or [t.quote for t in children], child_statements)
    p = Side(parents, parent_stretches or [t.quote for t in parents], parent_statements)
    weighed = Weighed.of(c, p)
    score, reason, alike = likenesses(c, p, weighed)
    _lone(c, p, score, reason)
    matches = _assign(score, _at_another_time(c.due, p.due, score))
    pairs = [(m.child, m.parent) for m in matches]
    matches += residual_pairs(c, p, pairs, lambda i, j: _kept_apart(c, p, i, j, reason[i][j]), weighed)
    matches += _of_one_meaning(c, p, matches)
    taken_c = {m.child for m in matches}
    taken_p = {m.parent for m in matches}
    covered = second_partners(c, p, score, taken_c, taken_p, matches)
    taken_c |= {m.child for m in covered}
    taken_p |= {m.parent for m in covered}
    return Alignment(
        matches,
        covered,
        {i: refusal_of(score[i], alike[i], reason[i], taken_p) for i in range(len(children)) if i not in taken_c},
        {
            j: refusal_of([row[j] for row in score], [row[j] for row in alike], [row[j] for row in reason], taken_c)
            for j in range(len(parents))
            if j not in taken_p
        },
    )


class Likenesses(NamedTuple):
    """For every pair of two sides how far they are one, why they are not, and how alike they read whatever refused
    them."""

    score: list[list[float]]
    reason: list[list[str]]
    alike: list[list[float]]


def likenesses(c: Side, p: Side, weighed: Weighed) -> Likenesses:
    """Every target of one side against every one of the other; ``weighed`` are their words."""
    weights, theirs = weighed.weights, list(zip(p.words, weighed.heavy_p, strict=True))
    found = [
        [_score(c, p, i, j, overlap(own, other, weights, heavy, heavy_p)) for j, (other, heavy_p) in enumerate(theirs)]
        for i, (own, heavy) in enumerate(zip(c.words, weighed.heavy_c, strict=True))
    ]
    return Likenesses(
        [[score for score, _, _ in row] for row in found],
        [[reason for _, reason, _ in row] for row in found],
        [[alike for _, _, alike in row] for row in found],
    )


def best_pairs(score: list[list[float]], least: float = THRESHOLD) -> list[Match]:
    """The one-to-one pairs with the greatest total likeness; what is not above ``least`` is none."""
    return _assign(score, {}, least) if score else []


def _score(c: Side, p: Side, i: int, j: int, common: tuple[float, float]) -> tuple[float, str, float]:
    """(score for a pair, why it is none, likeness of the two wordings before anything refused them); ``common`` is
    what :func:`overlap` says of their words."""
    child, parent = c.targets[i], p.targets[j]
    contained, alike = common
    around = fuzz.ratio(c.stretch[i], p.stretch[j]) / 100
    one_predicate = bool(c.predicate[i]) and c.predicate[i] == p.predicate[j]
    one_predicate = one_predicate or (len(c.terms[i]) > 1 and c.terms[i] == p.terms[j])
    if alike < 0.12 and contained < 0.4 and around < 0.6 and not one_predicate:
        return 0.0, UNLIKE, 0.0
    subject = max(subjects_alike(c, p, i, j), around)
    whole = fuzz.token_sort_ratio(c.text[i], p.text[j]) / 100
    sets = fuzz.token_set_ratio(c.text[i], p.text[j]) / 100
    likeness = 0.30 * alike + 0.2 * contained + 0.15 * subject + 0.15 * whole + 0.2 * sets
    if min(len(c.words[i]), len(p.words[j])) < _SHORT:
        likeness -= 0.04
    if min(len(c.stretch[i]), len(p.stretch[j])) >= _SHORT_STRETCH:
        likeness = max(likeness, around - _AROUND_LESS)
    if subject < 0.5:
        likeness -= 0.12
    likeness -= _date_penalty(c.due[i], p.due[j])
    likeness += _population_bonus(c, p, i, j)
    gate = gate_of(c, p, i, j)
    if gate:
        return min(likeness, THRESHOLD - 0.01) * 0.6, gate, likeness
    if one_predicate:
        likeness = max(likeness, _kin(c.statement[i], p.statement[j]))
    if likeness >= THRESHOLD - _CLOSE:
        found = differences(c.statement[i], p.statement[j])
        refused = _refused(c.statement[i], p.statement[j], found)
        refused = refused or _other_step(c, p, i, j, found)
        if refused:
            return min(likeness, THRESHOLD - 0.01) * 0.6, refused, likeness
        likeness -= _unlike(c.statement[i], p.statement[j], found)
    if child.value is not None and child.value == parent.value:
        likeness += 0.015
    if child.level and child.level == parent.level:
        likeness += 0.015
    return likeness, "" if likeness >= THRESHOLD else UNLIKE if likeness < NEAR else HALF_LIKE, likeness


#: Two targets that are each other's nearest are a pair from this score on, where the next is so much further off.
_LONE, _ALONE_BY = 0.5, 0.1
#: What such two must share of the weight of the shorter one.
_MOSTLY = 0.6


def _lone(c: Side, p: Side, score: list[list[float]], reason: list[list[str]]) -> None:
    """Make pairs of half-like targets that have nobody else: each is the other's nearest, and by far.

    A drafter who words a target anew leaves it the only one that comes near; one that answers nothing comes half near
    to several.
    """
    columns = list(zip(*score, strict=True))
    for i, row in enumerate(score):
        for j, value in enumerate(row):
            if reason[i][j] != HALF_LIKE or value < _LONE or value < max(row) or value < max(columns[j]):
                continue
            beside = max([*row[:j], *row[j + 1 :], *columns[j][:i], *columns[j][i + 1 :]], default=0.0)
            found = differences(c.statement[i], p.statement[j])
            other_thing = found.predicate_child and found.predicate_parent
            if value - beside < _ALONE_BY or found.shared < _MOSTLY or other_thing:
                continue
            if _refused(c.statement[i], p.statement[j], found):
                continue
            score[i][j], reason[i][j] = THRESHOLD, ""


#: Statements are laid beside each other only from this far below the threshold on.
_CLOSE = 0.04


def _kin(child: Statement, parent: Statement) -> float:
    """What two targets with one predicate, or the same words, are alike at least where one population lies in the
    other."""
    found = differences(child, parent)
    inside = compare_populations(child, parent, found).relation in ("same", "narrower", "broader")
    return THRESHOLD + _CLOSE if inside and (found.predicate_shared or not found.predicates) else 0.0


#: Why two are no pair that share no more than what is measured.
_FRAME_ALONE = "chỉ giống nhau ở khung câu, nội dung khác nhau"


def _refused(child: Statement, parent: Statement, found: Differences) -> str:
    """Why two statements cannot be a pair: other populations, or another thing in the same frame."""
    if nothing_in_common(found, child.counted & parent.counted):
        return _FRAME_ALONE
    scope = compare_populations(child, parent, found)
    return f"khác đối tượng ({scope.reason})" if scope.relation == "apart" else ""


#: So many terms of weight two targets that nothing tells apart must share to be one.
_TERMS = 2


def _of_one_meaning(c: Side, p: Side, matches: list[Match]) -> list[Match]:
    """The pairs among what is left over that nothing tells apart, however unlike they read."""
    taken_c, taken_p = {m.child for m in matches}, {m.parent for m in matches}
    found = sorted(
        (c.targets[i].value != p.targets[j].value, c.due[i] != p.due[j], i, j)
        for i in range(len(c.targets))
        if i not in taken_c
        for j in range(len(p.targets))
        if j not in taken_p and len(c.terms[i] & p.terms[j]) >= _TERMS and _means_the_same(c, p, i, j)
    )
    made: list[Match] = []
    for *_, i, j in found:
        if all(m.child != i and m.parent != j for m in made):
            made.append(Match(i, j, THRESHOLD))
    return made


def _means_the_same(c: Side, p: Side, i: int, j: int) -> bool:
    """Whether two targets of one measure are on the same people and promise the same of them."""
    if c.dimension[i] != p.dimension[j] or gate_of(c, p, i, j):
        return False
    found = differences(c.statement[i], p.statement[j])
    if not (found.predicates and found.predicate_shared) or compare_predicates(found).kind:
        return False
    return compare_populations(c.statement[i], p.statement[j], found).relation == "same"


def _kept_apart(c: Side, p: Side, i: int, j: int, reason: str) -> bool:
    """Whether something else than their wording keeps two targets apart; ``reason`` is why they are no pair."""
    if reason not in (UNLIKE, HALF_LIKE, _FRAME_ALONE):
        return True
    own, other = c.statement[i], p.statement[j]
    found = differences(own, other)
    apart = compare_populations(own, other, found).relation == "apart"
    return bool(gate_of(c, p, i, j) or apart or _other_step(c, p, i, j, found))


def _other_step(c: Side, p: Side, i: int, j: int, found: Differences) -> str:
    """Why two numbers are of other things: counted at another step of a scale, while the parent names the own one too.

    ``500 sản phẩm từ 3 sao`` does not answer ``15 sản phẩm 5 sao`` where ``600 sản phẩm từ 3 sao`` stands beside it.
    """
    if not (found.population_steps or found.predicate_steps) or c.dimension[i] in ("", "%"):
        return ""
    own = _steps(c, i)
    beside = any(k != j and _steps(p, k) == own and p.dimension[k] == c.dimension[i] for k in range(len(p.targets)))
    return "khác hạng, hạng này có chỉ tiêu riêng" if beside else ""


def _steps(side: Side, one: int) -> set[tuple[str, float]]:
    return {(s.key, s.low) for s in side.statement[one].standards}


#: What the order of two texts weighs: less than any difference of wording.
_ORDER = 1e-5
#: How much less alike two targets count for what differs between them, so that near twins find their own partners.
_LESS = {"overlap": 0.05, "narrower": 0.02, "broader": 0.02, "changed": 0.05, "looser": 0.02, "stricter": 0.02}


def _unlike(child: Statement, parent: Statement, found: Differences) -> float:
    scope, predicate = compare_populations(child, parent, found), compare_predicates(found)
    return _LESS.get(scope.relation, 0.0) + _LESS.get(predicate.kind, 0.0)


#: Likeness of the texts around two targets counts this much less than likeness of their own words.
_AROUND_LESS = 0.06
#: A stretch shorter than this (letters of meaningful words) says too little.
_SHORT_STRETCH = 14


def _population_bonus(c: Side, p: Side, i: int, j: int) -> float:
    """Twins that differ only in age, region or another narrowing go to the partner that says the same."""
    bonus = 0.0
    a, b = c.narrowed[i], p.narrowed[j]
    if a and b:
        bonus += 0.03 * (len(a & b) / max(len(a), len(b)) - 0.5)
    if c.age[i] and p.age[j]:
        bonus += 0.02 if c.age[i] == p.age[j] else -0.03
    if c.regions[i] and p.regions[j]:
        bonus += 0.02 if c.regions[i] & p.regions[j] else -0.05
    if c.levels[i] and p.levels[j]:
        bonus += 0.02 if c.levels[i] & p.levels[j] else -0.04
    return bonus


def _date_penalty(a: datetime.date | None, b: datetime.date | None) -> float:
    if a is None or b is None or a == b:
        return 0.0
    years = abs((a - b).days) / 365.25
    return 0.02 if years <= 1.01 else 0.04 if years <= 3.01 else 0.14 if years <= 5.01 else 0.18


#: A milestone that lies further from the own one than this (days) is another promise, where one of the own day fits.
_FAR = 900
#: What such a pair gains less than one of the own milestone, and what it keeps where that one goes elsewhere.
_OTHER_TIME, _KEEPS = 0.4, 0.02
#: What a pair of two milestones that lie nearer gains less, where one of them has a candidate at its own.
_NEXT_TIME = 0.2


def _at_another_time(
    own: list[datetime.date | None], other: list[datetime.date | None], score: list[list[float]]
) -> dict[tuple[int, int], float]:
    """Pairs of two milestones of which one has a candidate at its own, with what they gain less: 2025 answers 2025
    before it answers 2030, and 2027 answers 2027 before 2026 does, where it reads as much alike."""
    best_child, best_parent = [0.0] * len(own), [0.0] * len(other)
    for i, row in enumerate(score):
        for j, value in enumerate(row):
            if value >= THRESHOLD and own[i] is not None and own[i] == other[j]:
                best_child[i], best_parent[j] = max(best_child[i], value), max(best_parent[j], value)
    out = {}
    for i, row in enumerate(score):
        for j, value in enumerate(row):
            a, b, timely = own[i], other[j], max(best_child[i], best_parent[j])
            if value < THRESHOLD or not timely or a is None or b is None or a == b:
                continue
            if abs((a - b).days) > _FAR:
                out[i, j] = _OTHER_TIME
            elif timely >= value:
                out[i, j] = _NEXT_TIME
    return out


def _assign(score: list[list[float]], late: dict[tuple[int, int], float], least: float = THRESHOLD) -> list[Match]:
    """The one-to-one pairs with the greatest total likeness above the threshold; ``late`` only where nothing else
    fits."""
    import lap
    import numpy

    matrix = numpy.array(score)
    gain = numpy.where((matrix >= least) & (matrix > 0), matrix - least + 0.25, 0.0)
    # Among twins that are alike in everything the order of the text decides: the first answers the first.
    rows, cells = matrix.shape
    apart = numpy.abs(numpy.subtract.outer(numpy.arange(rows) / rows, numpy.arange(cells) / cells))
    gain = numpy.where(gain > 0, gain - _ORDER * apart, gain)
    for (i, j), less in late.items():
        gain[i, j] = max(gain[i, j] - less, _KEEPS)
    # Jonker-Volgenant; a rectangular matrix is made square with cells that gain nothing.
    _, columns, _ = lap.lapjv(-gain, extend_cost=True)
    return [Match(i, int(j), round(float(matrix[i, j]), 4)) for i, j in enumerate(columns) if j >= 0 and gain[i, j] > 0]
