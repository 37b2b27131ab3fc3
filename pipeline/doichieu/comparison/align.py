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

from doichieu.comparison.as_meant import each_one
from doichieu.comparison.differences import Differences, differences
from doichieu.comparison.dimensions import dimension_of, other_denominator, same_dimension
from doichieu.comparison.likeness import Side, overlap, plain, weights_of
from doichieu.comparison.populations import compare_populations, regions_in
from doichieu.comparison.predicates import compare_predicates, nothing_in_common
from doichieu.comparison.statements import Statement
from doichieu.model import Target
from doichieu.text import fold

#: A pair below this score is not made.  Measured on the annotated pairs and on generated edits (``make bench``).
THRESHOLD = 0.58
_SHORT = 4


class Match(NamedTuple):
    """A pair that is made: indices into the two lists and the likeness that made it."""

    child: int
    parent: int
    score: float


class Tried(NamedTuple):
    """A candidate that was refused: its index, its likeness, why, and whether it answers another target already."""

    other: int
    score: float
    reason: str
    taken: bool


class Refusal(NamedTuple):
    """The nearest candidate of a target that got no partner, and why it was refused (Vietnamese).

    ``near`` tells that the candidate is worth a reader's look, ``taken`` that it answers another target already,
    ``firm`` that something else than likeness refused it; ``score`` is how alike it reads, ``tried`` are the nearest
    few by likeness alone, whatever refused them, this one first.
    """

    other: int | None
    score: float
    reason: str
    near: bool = False
    taken: bool = False
    firm: bool = False
    tried: tuple[Tried, ...] = ()


class Alignment(NamedTuple):
    """All pairs, and for every unmatched target of both sides the nearest candidate."""

    matches: list[Match]
    covered: list[Match]
    unmatched_children: dict[int, Refusal]
    unmatched_parents: dict[int, Refusal]


def align(
    children: list[Target],
    parents: list[Target],
    child_stretches: list[str] | None = None,
    parent_stretches: list[str] | None = None,
    child_statements: list[Statement] | None = None,
    parent_statements: list[Statement] | None = None,
) -> Alignment:
    """Pair the targets of two documents; every index of both sides ends in a match or among the unmatched.

    The stretches are the texts around each target (:mod:`doichieu.comparison.surroundings`), by default the quotes.
    """
    if not children or not parents:
        none = Refusal(None, 0.0, "văn bản kia không có chỉ tiêu nào")
        return Alignment([], [], dict.fromkeys(range(len(children)), none), dict.fromkeys(range(len(parents)), none))
    c = Side(children, child_stretches or [t.quote for t in children], child_statements)
    p = Side(parents, parent_stretches or [t.quote for t in parents], parent_statements)
    score, reason, alike = likenesses(c, p)
    _lone(c, p, score, reason)
    matches = _assign(score, _at_another_time(c.due, p.due, score))
    taken_c = {m.child for m in matches}
    taken_p = {m.parent for m in matches}
    covered = _cover(c, p, score, taken_c, taken_p, matches)
    taken_c |= {m.child for m in covered}
    taken_p |= {m.parent for m in covered}
    return Alignment(
        matches,
        covered,
        {i: _refusal(score[i], alike[i], reason[i], taken_p) for i in range(len(children)) if i not in taken_c},
        {
            j: _refusal([row[j] for row in score], [row[j] for row in alike], [row[j] for row in reason], taken_c)
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


def likenesses(c: Side, p: Side) -> Likenesses:
    """Every target of one side against every one of the other."""
    weights = weights_of(c, p)
    heavy = [sum(weights[w] for w in words) for words in c.words], [sum(weights[w] for w in words) for words in p.words]
    found = [
        [
            _score(c, p, i, j, overlap(c.words[i], p.words[j], weights, heavy[0][i], heavy[1][j]))
            for j in range(len(p.targets))
        ]
        for i in range(len(c.targets))
    ]
    return Likenesses(
        [[score for score, _, _ in row] for row in found],
        [[reason for _, reason, _ in row] for row in found],
        [[alike for _, _, alike in row] for row in found],
    )


def best_pairs(score: list[list[float]], least: float = THRESHOLD) -> list[Match]:
    """The one-to-one pairs with the greatest total likeness; what is not above ``least`` is none."""
    return _assign(score, [], least) if score and score[0] else []


def _score(c: Side, p: Side, i: int, j: int, common: tuple[float, float]) -> tuple[float, str, float]:
    """(score for a pair, why it is none, likeness of the two wordings before anything refused them); ``common`` is
    what :func:`overlap` says of their words."""
    child, parent = c.targets[i], p.targets[j]
    contained, alike = common
    around = fuzz.ratio(c.stretch[i], p.stretch[j]) / 100
    one_predicate = bool(c.predicate[i]) and c.predicate[i] == p.predicate[j]
    one_predicate = one_predicate or (len(c.terms[i]) > 1 and c.terms[i] == p.terms[j])
    if alike < 0.12 and contained < 0.4 and around < 0.6 and not one_predicate:
        return 0.0, _UNLIKE, 0.0
    subject = max(_subjects(c, p, i, j), around)
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
    gate = _gate(c, p, i, j)
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
    return likeness, "" if likeness >= THRESHOLD else _UNLIKE if likeness < _NEAR else _HALF_LIKE, likeness


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
            if reason[i][j] != _HALF_LIKE or value < _LONE or value < max(row) or value < max(columns[j]):
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


def _refused(child: Statement, parent: Statement, found: Differences) -> str:
    """Why two statements cannot be a pair: other populations, or another thing in the same frame."""
    if nothing_in_common(found, child.counted & parent.counted):
        return "chỉ giống nhau ở khung câu, nội dung khác nhau"
    scope = compare_populations(child, parent, found)
    return f"khác đối tượng ({scope.reason})" if scope.relation == "apart" else ""


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


#: How much less alike two targets count for what differs between them, so that near twins find their own partners.
#: What the order of two texts weighs: less than any difference of wording.
_ORDER = 1e-5
_LESS = {"overlap": 0.05, "narrower": 0.02, "broader": 0.02, "changed": 0.05, "looser": 0.02, "stricter": 0.02}


def _unlike(child: Statement, parent: Statement, found: Differences) -> float:
    scope, predicate = compare_populations(child, parent, found), compare_predicates(found)
    return _LESS.get(scope.relation, 0.0) + _LESS.get(predicate.kind, 0.0)


#: Likeness of the texts around two targets counts this much less than likeness of their own words.
_AROUND_LESS = 0.06
#: A stretch shorter than this (letters of meaningful words) says too little.
_SHORT_STRETCH = 14
#: From this score on the nearest candidate is worth a reader's look.
_NEAR = 0.46
#: The same where something else than likeness refuses the pair, a unit or another population.
_NEAR_OTHER_UNIT = 0.55
_UNLIKE = "nội dung khác nhau"
_HALF_LIKE = "nội dung chỉ giống một phần, chưa đủ căn cứ để coi là cùng một chỉ tiêu"


def _subjects(c: Side, p: Side, i: int, j: int) -> float:
    """How far the two speak of the same thing, wherever in the sentence each side names it."""
    one, other = c.subject[i], p.subject[j]
    if not one or not other:
        return 0.6
    own, theirs = c.named[i], p.named[j]
    named = min(len(own & p.all_words[j]) / len(own), len(theirs & c.all_words[i]) / len(theirs))
    return max(fuzz.token_set_ratio(one, other) / 100, 0.95 * named)


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


def _gate(c: Side, p: Side, i: int, j: int) -> str:
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
    if gc is not None and gp is not None and gc.scale != gp.scale:
        return "hai thang trình độ khác nhau"
    if (gc is None) != (gp is None):
        return "một bên là yêu cầu trình độ, bên kia thì không"
    if dc != dp and gc is not None and {dc, dp} <= {"", "%"}:
        return ""
    return _unit_gate(c.targets[i], p.targets[j], dc, dp)


#: Who is ranked among the provinces, however they are called.
_PROVINCES = dict.fromkeys(("tỉnh", "thành phố", "địa phương", "tỉnh thành"), "tỉnh, thành phố")


def _unit_gate(child: Target, parent: Target, dc: str, dp: str) -> str:
    """Why two targets measure other things; empty where they do not."""
    if dc != dp and "%" in (dc, dp):
        dc, dp = dimension_of(each_one(child, parent)), dimension_of(each_one(parent, child))
    if dc != dp:
        if same_dimension(dc, dp) or other_denominator(dc, dp):
            return ""
        if {dc, dp} == {"%", "%/năm"} or "%" in (dc, dp) or not dc or not dp or "hạng" in (dc, dp):
            return f"khác đơn vị đo ({_measure_words(dc)} và {_measure_words(dp)})"
        if "/" in dc + dp or fuzz.ratio(dc, dp) < 70:
            return f"khác đơn vị tính ({dc} và {dp})"
    elif dc == "hạng":
        one, other_unit = (_PROVINCES.get(fold(t.unit), fold(t.unit)) for t in (child, parent))
        if one and other_unit and one not in other_unit and other_unit not in one:
            return f"xếp hạng giữa các đơn vị khác nhau ({one} và {other_unit})"
    return ""


def _measure_words(dimension: str) -> str:
    """A dimension as a reader calls it: ``%`` is a share, ``lao động`` a number of them."""
    named = {"": "không nêu đơn vị", "%": "tỷ lệ phần trăm", "%/năm": "tốc độ %/năm", "hạng": "thứ hạng"}
    return named.get(dimension, f"số {dimension}")


def _denies(denied: list[str], other: str) -> bool:
    """Whether a wording that denies something stands beside one that says it: ``không thường xuyên`` against ``thường
    xuyên``."""
    return any(f" {it}" in other and f"không {it}" not in other and f"chưa {it}" not in other for it in denied)


def _date_penalty(a: datetime.date | None, b: datetime.date | None) -> float:
    if a is None or b is None or a == b:
        return 0.0
    years = abs((a - b).days) / 365.25
    return 0.02 if years <= 1.01 else 0.04 if years <= 3.01 else 0.14 if years <= 5.01 else 0.18


#: A milestone that lies further from the own one than this (days) is another promise, where one of the own day fits.
_FAR = 900
#: What such a pair gains less than one of the own milestone, and what it keeps where that one goes elsewhere.
_OTHER_TIME, _KEEPS = 0.4, 0.02


def _at_another_time(
    own: list[datetime.date | None], other: list[datetime.date | None], score: list[list[float]]
) -> list[tuple[int, int]]:
    """Pairs of two milestones of which one has a candidate at its own: 2025 answers 2025 before it answers 2030."""
    fits_child, fits_parent = set(), set()
    for i, row in enumerate(score):
        for j, value in enumerate(row):
            if value >= THRESHOLD and own[i] is not None and own[i] == other[j]:
                fits_child.add(i)
                fits_parent.add(j)
    out = []
    for i, row in enumerate(score):
        for j, value in enumerate(row):
            a, b = own[i], other[j]
            if value >= THRESHOLD and a and b and abs((a - b).days) > _FAR and (i in fits_child or j in fits_parent):
                out.append((i, j))
    return out


def _assign(score: list[list[float]], late: list[tuple[int, int]], least: float = THRESHOLD) -> list[Match]:
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
    for i, j in late:
        gain[i, j] = max(gain[i, j] - _OTHER_TIME, _KEEPS)
    # Jonker-Volgenant; a rectangular matrix is made square with cells that gain nothing.
    _, columns, _ = lap.lapjv(-gain, extend_cost=True)
    return [Match(i, int(j), round(float(matrix[i, j]), 4)) for i, j in enumerate(columns) if j >= 0 and gain[i, j] > 0]


def _cover(
    c: Side, p: Side, score: list[list[float]], taken_c: set[int], taken_p: set[int], matches: list[Match]
) -> list[Match]:
    """Second partners: one parent that the child split, or several parents that one child answers.

    A left-over target joins a pair only if it speaks of the same population and measure at the same milestone and
    differs in what narrows the population, which is what a split or a merger looks like.
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
            if score[i][j] >= THRESHOLD + _SECOND_MORE
            and (_split(p, j, other) or _restated(p.targets[j], p.targets[other]))
            and not _distinct(c, p, i, j)
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
            if score[i][j] >= THRESHOLD + _SECOND_MORE
            and (
                _split(c, i, other)
                or _restated(c.targets[i], c.targets[other])
                or _stages(c, i, other, p.targets[j].value)
            )
            and not _distinct(c, p, i, j)
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
    narrowed = set(a.scope) != set(b.scope) and (a.scope or b.scope)
    if not narrowed and c.regions[one] == c.regions[other]:
        return False
    if (
        a.indicator
        and b.indicator
        and fuzz.token_set_ratio(_anywhere(plain(a.indicator)), _anywhere(plain(b.indicator))) < 75
    ):
        return False
    return fuzz.token_set_ratio(_anywhere(c.text[one]), _anywhere(c.text[other])) >= 90


def _stages(c: Side, one: int, other: int, whole: float | None) -> bool:
    """Whether two numbers of one document at two milestones add up to the whole: 1 600 km by 2028, 900 km by 2030."""
    a, b = c.targets[one], c.targets[other]
    if not whole or a.value is None or b.value is None or c.dimension[one] != c.dimension[other]:
        return False
    if "%" in c.dimension[one] or "/" in c.dimension[one] or c.due[one] == c.due[other]:
        return False
    return abs(a.value + b.value - whole) < 0.005 * whole and c.terms[one] == c.terms[other]


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


#: So many candidates are told of a target without a partner, those that read at least so much alike.
_TRIED, _AT_ALL = 3, 0.3
_ANSWERS_ANOTHER = "chỉ tiêu gần nhất đã được đối chiếu với một chỉ tiêu khác giống hơn"


def _refusal(scores: list[float], alike: list[float], reasons: list[str], taken: set[int]) -> Refusal:
    """Why a target has no partner: the candidate that reads most alike, also behind a unit or another gate."""
    if not scores:
        return Refusal(None, 0.0, "văn bản kia không có chỉ tiêu nào")
    order = sorted((k for k, value in enumerate(alike) if value > 0), key=lambda k: (-alike[k], -scores[k], k))
    if not order:
        return Refusal(None, 0.0, "không có chỉ tiêu nào cùng nội dung")
    tried = tuple(
        Tried(k, round(min(1.0, alike[k]), 4), reasons[k] or _ANSWERS_ANOTHER, not reasons[k] and k in taken)
        for place, k in enumerate(order[:_TRIED])
        if place == 0 or alike[k] >= _AT_ALL
    )
    best = tried[0]
    firm = bool(reasons[best.other]) and reasons[best.other] not in (_UNLIKE, _HALF_LIKE)
    near = best.score >= (_NEAR_OTHER_UNIT if firm else _NEAR)
    return Refusal(best.other, best.score, best.reason, near, best.taken, firm, tried)
