"""Several targets of the child that are together about a parent's whole population, period or list.

Read for this: floor shares of parts pass up to their union where the parts exclude each other, or each share is 100 %,
and where the parts are together all of it; counts of parts that exclude each other add up.
"""

from __future__ import annotations

import re
from operator import attrgetter
from typing import NamedTuple

from doichieu.alphabet import UPPER
from doichieu.comparison.meaning.dimensions import counts_people, factor_of, is_count, measure_of, same_dimension
from doichieu.comparison.meaning.frequency import is_yearly
from doichieu.comparison.meaning.statements import Statement
from doichieu.comparison.meaning.terms import SEPARATORS, are_apart, covering, other_things
from doichieu.comparison.relations.algebra import requirement
from doichieu.comparison.relations.differences import Differences, Piece, differences
from doichieu.comparison.relations.entailment import SHARED, Claim, as_much, in_time, same_promise, share_of
from doichieu.comparison.relations.lists import members
from doichieu.comparison.relations.populations import compare_populations
from doichieu.comparison.relations.rankings import answered, is_rank, keeps, rankings
from doichieu.comparison.relations.terms_beside import weighty
from doichieu.comparison.relations.verdicts import is_loose
from doichieu.lexicon import load
from doichieu.lexicon.families import COMMUNE
from doichieu.lexicon.families import members as members_of
from doichieu.model import Target
from doichieu.text import fold


class Part(NamedTuple):
    """A child's target as one part of a parent's: its index, whether its own promise is enough for the part."""

    child: int
    enough: bool


class Cover(NamedTuple):
    """Several child targets that are together about a parent's whole population.

    ``holds`` tells that the parent's promise follows from them all; ``reason`` says why (Vietnamese).
    """

    parts: tuple[Part, ...]
    holds: bool
    reason: str


def _disjoint(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether nothing can be a member of both."""
    named = " ".join(one), " ".join(other)
    return any(are_apart(x, y) for x in one for y in other) or other_things(*named) or _two_trades(*named)


#: A craftsman has one trade: "thợ lặn", "thợ máy tàu".
_TRADE = "thợ "


def _two_trades(one: str, other: str) -> bool:
    """Whether two wordings name craftsmen of two trades, none a branch of the other."""
    if not one.startswith(_TRADE) or not other.startswith(_TRADE):
        return False
    return not f"{one} ".startswith(f"{other} ") and not f"{other} ".startswith(f"{one} ")


def _lost(pieces: tuple[Piece, ...]) -> set[str]:
    return {term for piece in pieces for term in weighty(piece.terms)}


class _Candidate(NamedTuple):
    place: int
    claim: Claim
    found: Differences


def cover(parent: Claim, children: list[tuple[int, Claim]]) -> Cover | None:
    """The child's targets that are parts of the parent's population and together all of it; None where none are."""
    if is_rank(parent.target):
        return _by_rankings(parent, children)
    candidates, whole = [], []
    for index, child in children:
        found = differences(child.statement, parent.statement)
        if found.shared < SHARED or not same_promise(child, parent, found):
            continue
        relation = compare_populations(child.statement, parent.statement, found).relation
        if relation == "narrower":
            candidates.append(_Candidate(index, child, found))
        elif relation == "same":
            whole.append(_Candidate(index, child, found))
    joint = _by_objects(parent, children)
    if joint is not None:
        return joint
    in_turn = _by_periods(parent, whole)
    if in_turn is not None:
        return in_turn
    if len(candidates) < 2:
        return None
    if is_count(parent.target):
        return _added_up(parent, candidates)
    for way in (_by_members, _by_units, _by_places, _by_age, _by_kind):
        chosen = way(parent, candidates)
        if chosen is not None:
            parts, apart = chosen
            return _judged(parent, parts, apart)
    return None


def _by_members(parent: Claim, candidates: list[_Candidate]) -> tuple[list[_Candidate], bool] | None:
    """Parts that are the members of the parent's list: ``người dân và doanh nghiệp``."""
    listed = members(parent.statement)
    if len(listed) < 2:
        return None
    populations = [set(weighty(c.claim.statement.terms[: c.claim.statement.border])) for c in candidates]
    common = set.intersection(*populations)
    chosen: dict[int, _Candidate] = {}
    for candidate in candidates:
        if candidate.found.population_child or not _only_people(candidate, parent):
            continue
        lost = _lost(candidate.found.population_parent) - {*candidate.claim.statement.terms}
        for number, member in enumerate(listed):
            if not ((set(member) - common) or set(member)) <= lost and number not in chosen:
                chosen[number] = candidate
    if len(chosen) < len(listed) or len({c.place for c in chosen.values()}) < 2:
        return None
    apart = all(_disjoint(one, other) for place, one in enumerate(listed) for other in listed[place + 1 :])
    return list({c.place: c for c in chosen.values()}.values()), apart


_FULL = 100.0


def _by_objects(parent: Claim, children: list[tuple[int, Claim]]) -> Cover | None:
    """Two whole shares of the parent's population that each say one of two things of its list and lack the other:
    ``100% trạm có tủ lạnh``, ``100% trạm có máy thở`` of ``100% trạm có tủ lạnh và máy thở``.  Smaller shares may be of
    others."""
    p = requirement(parent.target)
    asked = share_of(p)
    if asked is None or asked.falling or asked.low < _FULL or not SEPARATORS & {*parent.statement.terms}:
        return None
    halves: list[tuple[int, set[str]]] = []
    for index, child in children:
        found = differences(child.statement, parent.statement)
        lost = _lost(found.predicate_parent)
        whole = not found.predicate_child and len(found.predicate_parent) == 1 and found.predicate_parent[0].listed
        if not lost or not whole or not _wholly(child, parent) or found.predicate_steps or found.choice:
            continue
        if compare_populations(child.statement, parent.statement, found).relation == "same":
            halves.append((index, lost))
    for place, (one, lacking) in enumerate(halves):
        for other, left in halves[place + 1 :]:
            if lacking.isdisjoint(left):
                reason = "hai chỉ tiêu đặt cho toàn bộ (100%) đối tượng, mỗi chỉ tiêu một nội dung, hợp lại là đủ"
                return Cover((Part(one, enough=True), Part(other, enough=True)), holds=True, reason=reason)
    return None


def _wholly(child: Claim, parent: Claim) -> bool:
    """Whether a child's target is firmly about all of them, in the parent's time and against its base."""
    c, p = requirement(child.target), requirement(parent.target)
    share = share_of(c)
    if share is None or share.falling or share.low < _FULL or c.approximate or is_loose(child.target.modality):
        return False
    one, other = child.statement, parent.statement
    alike = one.base == other.base and one.whole == other.whole and (other.helps or not one.helps)
    return alike and as_much(c, p) and in_time(child.target, parent.target, c.due, p.due)


#: The kinds of communes that there are everywhere; where nothing narrows a target they are all places.
_EVERY_COMMUNE = frozenset({"xã", "phường"})


def _by_places(parent: Claim, candidates: list[_Candidate]) -> tuple[list[_Candidate], bool] | None:
    """Parts that are the kinds of places of the parent's list: ``ở đô thị và nông thôn``."""
    wanted = parent.statement.places or _EVERY_COMMUNE
    chosen: list[_Candidate] = []
    reached: set[str] = set()
    for candidate in candidates:
        own, found = candidate.claim.statement.places, candidate.found
        alike = not (found.population_child or found.population_parent or found.population_steps)
        if alike and own and own <= wanted and not own & reached and found.age_child == found.age_parent:
            chosen.append(candidate)
            reached |= own
    if len(chosen) < 2 or reached != wanted or any(c.claim.statement.exceptions for c in chosen):
        return None
    apart = all(x == y or are_apart(x, y) or {x, y} <= _UNITS for x in wanted for y in wanted)
    return chosen, apart


def _units_named(statement: Statement) -> tuple[frozenset[str], tuple[str, ...]]:
    """The kinds of communes that a target is about, and its terms without them.

    >>> from doichieu.comparison.meaning.statements import statement_of
    >>> both = Target("d", "t", "c", "", 0, 1, "", subject="xã, phường", indicator="có chợ")
    >>> _units_named(statement_of(both)) == (frozenset({"xã", "phường"}), ("có", "chợ"))
    True
    """
    stop = next((n for n, term in enumerate(statement.terms) if term not in _UNITS | SEPARATORS), 0)
    return frozenset(statement.terms[:stop]) & _UNITS, statement.terms[stop:]


#: What labels, fields and places around a target say.
_frame = attrgetter("label", "field", "sites", "listed", "numbered")


def _by_units(parent: Claim, candidates: list[_Candidate]) -> tuple[list[_Candidate], bool] | None:
    """Parts that are the kinds of communes of the parent's list, of whom all else is said alike: ``xã, phường``."""
    wanted, said = _units_named(parent.statement)
    reached: set[str] = set()
    chosen: list[_Candidate] = []
    for candidate in candidates:
        own, alike = _units_named(candidate.claim.statement)
        if not own or not own <= wanted or own & reached or alike != said:
            continue
        if _only_people(candidate, parent) and _frame(candidate.claim.statement) == _frame(parent.statement):
            chosen.append(candidate)
            reached |= own
    return (chosen, True) if len(chosen) > 1 and reached == wanted else None


#: What is there in a period may have been there in the one before; what is built, trained, planted in it was not.
_STANDS = re.compile(r"(?<!\w)(?:có|duy trì|giữ vững|giữ|đạt|còn)\s+(?:ít nhất |tối thiểu |trên |từ |khoảng )*\d")


def _by_periods(parent: Claim, candidates: list[_Candidate]) -> Cover | None:
    """Counts of periods that fill the parent's one after another: ``2026 - 2028: 6``, ``2029 - 2030: 4`` of ``2026 -
    2030: 10``."""
    asked, p = parent.target, requirement(parent.target)
    if not asked.start or not asked.deadline or not is_count(asked) or is_yearly(asked):
        return None
    if p.amount is None or p.amount.falling:
        return None
    reached, total, chosen = int(asked.start[:4]) - 1, 0.0, []
    for candidate in sorted(candidates, key=lambda c: (c.claim.target.start, c.place)):
        target, c = candidate.claim.target, requirement(candidate.claim.target)
        if not target.start or not target.deadline or int(target.start[:4]) != reached + 1:
            continue
        if _STANDS.search(fold(target.quote)) or not is_count(target) or is_yearly(target):
            continue
        firm = not is_loose(target.modality) and not c.approximate
        if not firm or c.amount is None or c.amount.falling:
            continue
        if not same_dimension(c.amount.dimension, p.amount.dimension):
            continue
        total += c.amount.low * factor_of(c.amount.dimension) / factor_of(p.amount.dimension)
        reached = int(target.deadline[:4])
        chosen.append(candidate)
    if len(chosen) < 2 or reached != int(asked.deadline[:4]):
        return None
    holds = p.amount.holds(total)
    reason = f"cộng các giai đoạn {total:g}, {'đạt' if holds else 'chưa đạt'} mức của cả giai đoạn".replace(".", ",")
    return Cover(tuple(sorted(Part(c.place, holds) for c in chosen)), holds, reason)


def _by_rankings(parent: Claim, children: list[tuple[int, Claim]]) -> Cover | None:
    """Ranks in each of the rankings that the parent names together; none where one child target answers them all."""
    chosen: dict[int, int] = {}
    claims = dict(children)
    for index, child in children:
        if is_loose(child.target.modality):
            continue
        named = answered(parent.target, parent.statement, child.target, child.statement)
        if len(named) == 1:
            chosen.setdefault(named[0], index)
        elif named:
            return None
    if len(chosen) < 2 or len(chosen) < len(rankings(parent.target, parent.statement)):
        return None
    parts = tuple(sorted(Part(i, keeps(claims[i].target, parent.target)) for i in chosen.values()))
    holds = all(part.enough for part in parts)
    reason = "mỗi bảng xếp hạng có chỉ tiêu riêng, " + ("đều đạt mức" if holds else "có bảng chưa đạt mức")
    return Cover(parts, holds, reason)


def _only_people(candidate: _Candidate, parent: Claim) -> bool:
    """Whether nothing but the noun and its list tells the two populations apart."""
    one, other = candidate.claim.statement, parent.statement
    return (
        candidate.found.age_child == candidate.found.age_parent
        and one.exceptions == other.exceptions
        and one.places == other.places
    )


def _by_age(parent: Claim, candidates: list[_Candidate]) -> tuple[list[_Candidate], bool] | None:
    """Parts that are ages one after another."""
    span = parent.statement.age or (0.0, float("inf"))
    parts = []
    for candidate in candidates:
        one = candidate.claim.statement
        told = candidate.found.population_child or candidate.found.population_parent or candidate.found.population_steps
        if not told and one.age and one.age != parent.statement.age and one.exceptions == parent.statement.exceptions:
            parts.append((one.age, candidate))
    parts.sort(key=lambda part: part[0])
    reached, apart = span[0], True
    chosen: list[_Candidate] = []
    for age, candidate in parts:
        if age[0] > reached:
            return None
        apart = apart and (age[0] == reached or not chosen)
        if age[1] > reached:
            chosen.append(candidate)
            reached = age[1]
    return (chosen, apart) if len(chosen) > 1 and reached >= span[1] else None


def _by_kind(parent: Claim, candidates: list[_Candidate]) -> tuple[list[_Candidate], bool] | None:
    """Parts that a qualifier tells apart, the qualifiers being together all there are: ``đô thị``, ``nông thôn``."""
    by_term: dict[str, _Candidate] = {}
    for candidate in candidates:
        told = [t for piece in candidate.found.population_child for t in weighty(piece.terms)]
        lost = [t for piece in candidate.found.population_parent for t in weighty(piece.terms)]
        if len(told) == 1 and len(lost) <= 1 and _only_people(candidate, parent):
            by_term.setdefault(told[0], candidate)
    nouns = weighty(parent.statement.terms[: parent.statement.border])
    for whole in {*nouns, *(["người dân"] if not nouns else [])}:
        if parts := covering(by_term, whole):
            return [by_term[part] for part in parts], True
    return None


#: What is left of a whole beside its other parts: "cho các lĩnh vực khác".
_REST = frozenset({"khác", "còn lại"})


def _rest_and_part(one: list[str], other: list[str]) -> bool:
    """Whether one of two is what is left beside the other."""
    return _REST.isdisjoint(one) != _REST.isdisjoint(other) and bool(one) and bool(other)


def _exclude(one: _Candidate, other: _Candidate) -> bool:
    """Whether nothing can be counted in both parts."""
    told = [[t for piece in c.found.population_child for t in piece.terms] for c in (one, other)]
    if any(are_apart(x, y) for x in told[0] for y in told[1]):
        return True
    if _rest_and_part(told[0], told[1]) or _at_two_places(one.claim.target, other.claim.target):
        return True
    whom = [c.claim.statement.terms[: c.claim.statement.border] for c in (one, other)]
    if not SEPARATORS & {*whom[0], *whom[1]} and any(are_apart(x, y) for x in whom[0] for y in whom[1]):
        return True
    places = [c.claim.statement.places for c in (one, other)]
    if places[0] and places[1]:
        return _kinds_apart(places[0], places[1])
    ages = [c.claim.statement.age for c in (one, other)]
    return bool(ages[0] and ages[1] and (ages[0][1] <= ages[1][0] or ages[1][1] <= ages[0][0]))


def _kinds_apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether no place of the one kinds is of the other: ``xã`` and ``phường``, ``đô thị`` and ``nông thôn``."""
    units = one <= _UNITS and other <= _UNITS and not one & other
    return units or all(are_apart(x, y) for x in one for y in other)


#: "Tại xã Nậm Khắt": one commune by its name.
_AT_A_NAME = re.compile(
    rf"(?i:(?:tại|ở|trên địa bàn)\s+(?P<kind>{COMMUNE}))\s+(?P<name>[{UPPER}]\w*(?:\s+[{UPPER}\d]\w*){{0,4}})"
)


def _at_two_places(one: Target, other: Target) -> bool:
    """Whether two targets are each for one commune of another name: ``tại xã Nậm Khắt``, ``tại xã Púng Luông``."""
    named = [[m for item in t.scope if (m := _AT_A_NAME.fullmatch(item.strip()))] for t in (one, other)]
    if len(named[0]) != 1 or len(named[1]) != 1:
        return False
    return fold(named[0][0]["name"]) != fold(named[1][0]["name"])


#: Kinds of places of which none is another.
_UNITS = frozenset(members_of("commune"))


def _two_kinds(one: _Candidate, other: _Candidate, parent: Claim) -> bool:
    """Whether two parts are two members of the parent's own list called by other nouns: ``vịt, ngan``, and no ``lúa hữu
    cơ, lúa chất lượng cao``, which may be one field."""
    listed = [" ".join(member).split() for member in members(parent.statement)]
    own = [
        [words[0] for words in listed if set(words) <= set(" ".join(c.claim.statement.terms).split())]
        for c in (one, other)
    ]
    return len(own[0]) == len(own[1]) == 1 and own[0] != own[1]


def _of_two_kinds(one: _Candidate, other: _Candidate, parent: Claim) -> bool:
    """Whether what two parts count are two kinds of the parent's list: of animals, crops, or things with names of
    their own (``40 cổng làng, giếng cổ``)."""
    p = requirement(parent.target).amount
    if p is None or counts_people(p.dimension):
        return False
    own, theirs = (requirement(c.claim.target).amount for c in (one, other))
    apart = own is not None and theirs is not None and own.dimension != theirs.dimension
    if measure_of(p.dimension)[0] in load("terms")["of_kinds"]:
        return _two_kinds(one, other, parent) or _two_species(parent)
    return apart and _two_kinds(one, other, parent)


def _two_species(parent: Claim) -> bool:
    """Whether the parent lists kinds that share their noun and are told apart by one syllable each: ``cá chép, cá
    trắm``, and no ``lúa hữu cơ, lúa chất lượng cao``."""
    listed = [" ".join(member).split() for member in members(parent.statement)]
    tails = {tuple(words[1:]) for words in listed}
    return len(listed) > 1 and len({words[0] for words in listed}) == 1 and all(len(tail) == 1 for tail in tails)


def _added_up(parent: Claim, candidates: list[_Candidate]) -> Cover | None:
    """Floor counts of parts that exclude each other: together they are at least their sum."""
    p = requirement(parent.target)
    if p.amount is None or p.amount.falling:
        return None
    chosen: list[tuple[_Candidate, float]] = []
    for candidate in candidates:
        target = candidate.claim.target
        c = requirement(target)
        firm = is_count(target) and not is_loose(target.modality) and not c.approximate
        if not firm or c.amount is None or c.amount.falling or not in_time(target, parent.target, c.due, p.due):
            continue
        whom = parent.statement.terms[: parent.statement.border]
        named = f" {' '.join(whom)} "
        listed = all(f" {dimension} " in named for dimension in (c.amount.dimension, p.amount.dimension))
        if not listed and not same_dimension(c.amount.dimension, p.amount.dimension):
            continue
        if all(_exclude(candidate, other) or _of_two_kinds(candidate, other, parent) for other, _ in chosen):
            factor = factor_of(c.amount.dimension) / factor_of(p.amount.dimension)
            chosen.append((candidate, c.amount.low * factor))
    if len(chosen) < 2:
        return None
    total = sum(low for _, low in chosen)
    holds = p.amount.holds(total)
    printed = " + ".join(f"{low:g}" for _, low in chosen).replace(".", ",")
    told = f"{printed} = {total:g}".replace(".", ",")
    reason = f"cộng các bộ phận {told}, {'đạt' if holds else 'chưa đạt'} mức của cả nhóm"
    return Cover(tuple(sorted(Part(c.place, holds) for c, _ in chosen)), holds, reason)


def _judged(parent: Claim, candidates: list[_Candidate], apart: bool) -> Cover | None:
    """Whether parts that are together the whole keep the parent's promise, and which of them falls short."""
    p = requirement(parent.target)
    parts, full = [], True
    for candidate in candidates:
        c = requirement(candidate.claim.target)
        loose = is_loose(candidate.claim.target.modality)
        share = share_of(c)
        full = full and share is not None and share.low >= 100 and not share.falling
        enough = as_much(c, p) and in_time(candidate.claim.target, parent.target, c.due, p.due) and not loose
        parts.append(Part(candidate.place, enough))
    if share_of(p) is None:
        return None
    if not apart and not full and all(part.enough for part in parts):
        return None
    holds = all(part.enough for part in parts) and (apart or full)
    reason = (
        "các bộ phận hợp lại là toàn bộ đối tượng của chỉ tiêu cấp trên và mỗi bộ phận đều đạt mức"
        if holds
        else "các bộ phận hợp lại là toàn bộ đối tượng, nhưng có bộ phận thấp hơn mức"
    )
    return Cover(tuple(sorted(parts)), holds, reason)
