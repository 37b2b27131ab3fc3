"""Where two statements differ: what one population says more than the other, and what one predicate does.

The two rows of terms are laid beside each other; what has no partner is a difference.  Words that moved cancel out,
and so do words that the other side says in its label or heading, its own territory, and words that narrow nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from doichieu.comparison.meaning.deeds import deeds_of, is_deed, without_kin
from doichieu.comparison.meaning.initials import with_full_forms
from doichieu.comparison.meaning.standards import Standard, better
from doichieu.comparison.meaning.statements import Statement, in_years
from doichieu.comparison.meaning.terms import (
    SEPARATORS,
    ages,
    by_age,
    either,
    excludes_others,
    idle,
    words_of,
)
from doichieu.comparison.meaning.wholes import beside_wholes
from doichieu.comparison.relations.clauses import (
    NEW_PREDICATE,
    behind_places,
    core_end,
    has_predicate,
    says_whom,
    turns_the_deed,
    two_deeds,
    verb_follows,
)
from doichieu.comparison.relations.terms_beside import Step, is_verb, steps_between, weighty


class Piece(NamedTuple):
    """A stretch of terms that one side has and the other has not.

    ``opens`` tells that it stands before everything that both share, ``listed`` that a comma or ``và`` joins it to
    what they share, so that it is a member of a list; ``turns`` that one is only told of the deed behind it.
    """

    terms: tuple[str, ...]
    listed: bool = False
    opens: bool = False
    turns: bool = False


class Differences(NamedTuple):
    """Everything in which two statements differ.

    ``choice`` is below 0 where the child asks for one of two things (``hoặc``) of which the parent asks both, above 0
    the other way round; ``steps`` are the pairs of standards that line up with other values; ``shared`` is how much of
    the shorter statement's weight both have, ``predicate_shared`` whether a word of weight of the predicates is common.
    """

    population_child: tuple[Piece, ...]
    population_parent: tuple[Piece, ...]
    predicate_child: tuple[Piece, ...]
    predicate_parent: tuple[Piece, ...]
    population_steps: tuple[tuple[Standard, Standard], ...]
    predicate_steps: tuple[tuple[Standard, Standard], ...]
    shared: float
    common: tuple[str, ...]
    predicates: bool
    predicate_shared: bool
    age_child: tuple[float, float] | None
    age_parent: tuple[float, float] | None
    choice: int = 0


def _borders(child: Statement, parent: Statement, steps: list[Step]) -> tuple[int, int]:
    """Where the predicates begin: at the first verb that both have from the two borders on; from the earlier one where
    the verb asks for a measure (``có <nhà>``)."""
    for tag, j1, j2, i1, i_end in steps:
        if tag != "equal":
            continue
        for offset in range(j2 - j1):
            i, j = i1 + offset, j1 + offset
            measured = (
                i + 1 < i_end and child.terms[i + 1].startswith("<") and (i >= child.border or j >= parent.border)
            )
            later = i >= min(child.border, len(child.terms) - 1) and j >= parent.border
            if is_verb(child.terms[i]) and (later or measured):
                kept = child.terms[i] not in NEW_PREDICATE and not measured and _told_of_the_same(child, parent)
                return (child.border, parent.border) if kept else (i, j)
    for tag, j1, j2, i1, _ in steps:
        if tag == "equal":
            for offset in range(j2 - j1):
                i, j = i1 + offset, j1 + offset
                if i and j and is_verb(child.terms[i]) and (i >= child.border or j >= parent.border):
                    return i, j
    return child.border, parent.border


def _told_of_the_same(child: Statement, parent: Statement) -> bool:
    """Whether two populations are one as they were cut, and both predicates say something: a verb that both have
    further on is a part of them (``lồng ghép … vào hoạt động ngoại khóa``)."""
    own, other = child.terms[: child.border], parent.terms[: parent.border]
    said = set(weighty(own))
    return (
        bool(said)
        and said == set(weighty(other))
        and child.border < len(child.terms)
        and parent.border < len(parent.terms)
    )


def _piece(row: tuple[str, ...], start: int, end: int, *, opens: bool) -> Piece:
    terms = row[start:end]
    listed = bool(terms) and (
        terms[0] in SEPARATORS
        or terms[-1] in SEPARATORS
        or (start > 0 and row[start - 1] in SEPARATORS)
        or (start > 2 and row[start - 2] in SEPARATORS and row[start - 1] in row[: start - 2])  # "đê biển và đê [sông]"
    )
    return Piece(terms, listed, opens, bool(terms) and turns_the_deed(row, start, end))


#: The population of a share that names none.
_EVERYBODY = "người dân"


def _how_often(terms: Iterable[str]) -> dict[str, int]:
    """How often each of a few terms is said."""
    count: dict[str, int] = {}
    for term in terms:
        count[term] = count.get(term, 0) + 1
    return count


def _cancel(
    own: list[Piece],
    theirs: list[Piece],
    known: frozenset[str],
    label: tuple[str, ...],
    *,
    whom: bool,
    told: frozenset[str] = frozenset(),
) -> list[Piece]:
    """The pieces without what the other side says elsewhere: in another place of its row, its label, around it.

    ``whom`` tells that they are of a population: who is one of several there, under a heading that names them all
    (``An toàn đập, hồ chứa``), is told by the sentence alone; ``told`` are the words of the other side's sentence.
    """
    if not own:
        return []
    elsewhere = _how_often(chain(label, *[piece.terms for piece in theirs]))
    out = []
    for piece in own:
        left, above = [], []
        for term in piece.terms:
            if term in SEPARATORS:
                left.append(term)
            elif elsewhere.get(term, 0) > 0:
                elsewhere[term] -= 1
            elif (
                known and words_of(term) <= known and (whom or not is_deed(term) or words_of(term) <= told)
            ):  # a heading does nothing
                above.append(term)
            else:
                left.append(term)
        if whom and piece.listed and not weighty(tuple(left)):
            left = [term for term in above if not words_of(term) <= told]
        listed = piece.listed or bool(left and left[0] in SEPARATORS)
        said = weighty(tuple(left))
        if (said and (listed or said != [_EVERYBODY])) or any(
            excludes_others(term) for term in left if term != _EVERYBODY
        ):
            out.append(Piece(tuple(left), listed, piece.opens, piece.turns))
    return out


def _reconciled(own: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """A row in which one word of a pair stands for the pair where the other side writes the pair: who trains or
    refreshes does what ``đào tạo, bồi dưỡng`` asks."""
    for pair, words in either():
        if pair in other and pair not in own and len(words & set(own)) == 1:
            own = tuple(pair if term in words else term for term in own)
    return own


def _one_word_for_age(child: Statement, parent: Statement) -> bool:
    """Whether the age that only one side is read to have is that of a word which both say: ``trẻ em mồ côi do thiên
    tai, dịch bệnh`` are children too."""
    named = child.age or parent.age
    return any(
        named == (low, high if high < 200 else math.inf)
        and all(re.search(rf"(?<!\w){word}(?!\w)", " ".join(side.terms[: side.border])) for side in (child, parent))
        for word, (low, high) in ages().items()
    )


def _aged(child: Statement, parent: Statement) -> tuple[Statement, Statement]:
    """Two statements with the ages of their people told one way."""
    if (child.age is None) != (parent.age is None):
        child, parent = in_years(child), in_years(parent)
    if (child.age is None) != (parent.age is None) and _one_word_for_age(child, parent):
        child, parent = child._replace(age=None), parent._replace(age=None)
    if child.age is not None and child.age == parent.age and _told_by_age(child) and _told_by_age(parent):
        child, parent = _of_these_years(child), _of_these_years(parent)
    return child, parent


def _told_by_age(statement: Statement) -> bool:
    """Whether a population is called by nothing but its age: ``thanh niên``, ``người``."""
    return by_age().issuperset(weighty(statement.terms[: statement.border]))


def _of_these_years(statement: Statement) -> Statement:
    """A statement whose people are told by their years alone."""
    return statement._replace(terms=(_EVERYBODY, *statement.terms[statement.border :]), border=1)


def _from_the_first_deed(statement: Statement) -> Statement:
    """A statement whose predicate begins with the first of several deeds of a class: ``thôn rà soát, | cập nhật …``."""
    terms, border = statement.terms, statement.border
    if not 1 < border < len(terms) or not is_deed(terms[border]):
        return statement
    said = " ".join(terms[border:])
    before = border - 1 - (terms[border - 1] in SEPARATORS)
    kin = before > 0 and deeds_of(terms[before], said) & deeds_of(terms[border], said)
    return statement._replace(border=before) if kin else statement


class _Sorted(NamedTuple):
    population: list[Piece]
    predicate: list[Piece]


def differences(child: Statement, parent: Statement) -> Differences:
    """Compare two statements term by term."""
    return _differences(child, parent)


def _sort_in(
    side: _Sorted, row: tuple[str, ...], start: int, end: int, border: int | None, *, population: bool, opens: bool
) -> None:
    """Put a stretch where it belongs; one that reaches over ``border`` is cut there if a verb begins behind it."""
    deed = behind_places(row, start, end) if not population else start
    if start < deed < end:
        side.population.append(_piece(row, start, deed, opens=opens))
        start = deed
    if border is not None and start < border < end and is_verb(row[border]):
        side.population.append(_piece(row, start, border, opens=opens))
        side.predicate.append(_piece(row, border, end, opens=False))
    elif end > start:
        kept = population and (border is None or start < border)
        (side.population if kept else side.predicate).append(_piece(row, start, end, opens=opens))


def _measured_alike(
    one: dict[int, Standard], other: dict[int, Standard], step: Step
) -> list[tuple[int, int, Standard, Standard]]:
    """The standards that line up in an equal stretch with other values, or as one step and as that step upwards, with
    where they stand."""
    _, j1, j2, i1, _ = step
    found = [(i1 + k, j1 + k, one.get(i1 + k), other.get(j1 + k)) for k in range(j2 - j1)]
    return [
        (i, j, a, b)
        for i, j, a, b in found
        if a is not None and b is not None and (better(a, b) or (a.limit != b.limit and a.key == b.key))
    ]


def _before_a_deed(a: tuple[str, ...], b: tuple[str, ...], i: int, j: int, one: Standard) -> bool:
    """Whether an amount stands before what is promised of whom it narrows: ``có từ 30 giường trở lên [lắp camera]``."""
    if not one.limit or i + 1 >= len(a) or j + 1 >= len(b):
        return False
    return all(
        (row[k + 1] in NEW_PREDICATE or row[k + 1] not in idle()) and (is_verb(row[k + 1]) or is_deed(row[k + 1]))
        for row, k in ((a, i), (b, j))
    )


def _read_differences(child: Statement, parent: Statement) -> Differences:
    child, parent = _aged(child, parent)
    child, parent = with_full_forms(child, parent), with_full_forms(parent, child)
    child, parent = beside_wholes(child, parent)
    child, parent = _from_the_first_deed(child), _from_the_first_deed(parent)
    a, b = _reconciled(child.terms, parent.terms), _reconciled(parent.terms, child.terms)
    steps = steps_between(a, b)
    border_a, border_b = _borders(child, parent, steps)
    own, other, said_by = _Sorted([], []), _Sorted([], []), core_end(a, border_a)
    common: list[str] = []
    predicate_common: list[str] = []
    standards_a, standards_b = _standards(child), _standards(parent)
    told_a, told_b = _as_printed(a, standards_a), _as_printed(b, standards_b)
    inner: list[tuple[Standard, Standard]] = []
    outer: list[tuple[Standard, Standard]] = []
    seen, choice = False, 0
    for number, (tag, j1, j2, i1, i2) in enumerate(steps):
        if tag == "equal":
            common += weighty(a[i1:i2])
            seen = seen or bool(weighty(a[i1:i2]))
            predicate_common += weighty(a[max(i1, border_a) : min(i2, said_by)])
            for i, j, one, two in _measured_alike(standards_a, standards_b, steps[number]):
                whom = (i < border_a and j < border_b) or _before_a_deed(a, b, i, j, one)
                if whom or better(one, two):
                    (inner if whom else outer).append((one, two))
            continue
        early = (i1 < border_a or j1 < border_b) or (
            i1 <= border_a
            and j1 <= border_b
            and verb_follows(a, steps, number)
            and not two_deeds(a, b, steps, number, (border_a, border_b))
        )
        population = says_whom(a, b, steps, number, early=early)
        choice += _choice(a[i1:i2], b[j1:j2], behind=i1 > border_a and j1 > border_b)
        crosses = tag == "replace" and (i1 < border_a < i2 or j1 < border_b < j2)
        for row, start, end, side, border in ((told_a, i1, i2, own, border_a), (told_b, j1, j2, other, border_b)):
            _sort_in(side, row, start, end, border if crosses else None, population=population, opens=not seen)
    moved_a = _cancel_all(own, other, parent)
    moved_b = _cancel_all(other, own, child)
    moved_a, moved_b = _without_repetition(moved_a, moved_b, common), _without_repetition(moved_b, moved_a, common)
    moved_a, moved_b = _by_other_deeds(moved_a, moved_b, common), _by_other_deeds(moved_b, moved_a, common)
    predicates = has_predicate(a, border_a) and has_predicate(b, border_b)
    if not predicates:
        moved_a, moved_b = _in_one_place(moved_a, moved_b)
    common += _listed_by_both(a[:border_a], b[:border_b], common)
    weight = min(len(set(weighty(a))), len(set(weighty(b))))
    return Differences(
        tuple(moved_a.population),
        tuple(moved_b.population),
        tuple(moved_a.predicate),
        tuple(moved_b.predicate),
        tuple(inner),
        tuple(outer),
        min(1.0, len(set(common)) / weight) if weight else 0.0,
        tuple(common),
        predicates,
        bool(predicate_common),
        child.age,
        parent.age,
        choice,
    )


def _listed_by_both(own: tuple[str, ...], other: tuple[str, ...], common: list[str]) -> list[str]:
    """The terms that two lists share though they stand at other places of them: ``bò`` of ``trâu, bò`` and ``bò,
    dê``."""
    if SEPARATORS.isdisjoint(own) or SEPARATORS.isdisjoint(other):
        return []
    return [term for term in weighty(own) if term in other and term not in common]


def _choice(own: tuple[str, ...], other: tuple[str, ...], *, behind: bool) -> int:
    """Where of two deeds or things one side asks for either and the other for both: −1 where that is the child.  A
    comma may mean either.

    ``behind`` tells that they stand in the predicate; a population of one kind or another is that of both.

    >>> _choice(("hoặc",), ("và",), behind=True), _choice(("và",), ("hoặc",), behind=False)
    (-1, 0)
    >>> _choice(("hoặc",), (), behind=True), _choice((), ("hoặc",), behind=True)
    (-1, 0)
    """
    if behind and own == ("hoặc",) and not other:  # "tập huấn hoặc sử dụng" for "tập huấn sử dụng"
        return -1
    if not behind or {own[-1:], other[-1:]} != {("hoặc",), ("và",)} or not {*own, *other} <= SEPARATORS:
        return 0
    return ("hoặc" in other) - ("hoặc" in own)


#: The same two are asked for when they are aligned, bound and told of.
_differences = lru_cache(maxsize=8192)(_read_differences)


def _as_printed(row: tuple[str, ...], standards: dict[int, Standard]) -> tuple[str, ...]:
    """A row in which a standard stands as it is printed: where only one side has one, its words count."""
    return tuple(standards[i].words if i in standards else t for i, t in enumerate(row)) if standards else row


def _standards(statement: Statement) -> dict[int, Standard]:
    places = [i for i, term in enumerate(statement.terms) if term.startswith("<")]
    return dict(zip(places, statement.standards, strict=False))


def _cancel_all(own: _Sorted, theirs: _Sorted, other: Statement) -> _Sorted:
    everything = [*theirs.population, *theirs.predicate]
    elsewhere = (*other.label, *other.whole)
    return _Sorted(
        _cancel(own.population, everything, other.known, elsewhere, whom=True, told=other.told),
        _cancel(own.predicate, everything, other.known, elsewhere, whom=False, told=other.told),
    )


def _in_one_place(own: _Sorted, theirs: _Sorted) -> tuple[_Sorted, _Sorted]:
    """Two stretches of nouns of which one side has each, wherever the cut fell: one stands in the place of the other.

    ``Chi cho văn hóa đạt 2% tổng chi ngân sách`` against ``… 2% chi đầu tư phát triển``.
    """
    crossed = (bool(own.population), bool(own.predicate), bool(theirs.population), bool(theirs.predicate))
    if crossed not in ((True, False, False, True), (False, True, True, False)):
        return own, theirs
    return _Sorted([*own.population, *own.predicate], []), _Sorted([*theirs.population, *theirs.predicate], [])


def _by_other_deeds(own: _Sorted, theirs: _Sorted, common: list[str]) -> _Sorted:
    """What one side alone says, without deeds that promise of the same thing what a deed of the other side does."""
    said = [[term for piece in side for term in weighty(piece.terms)] for side in own]
    if not any(map(is_deed, chain(*said))):
        return own
    alone = list(chain.from_iterable(piece.terms for side in theirs for piece in side))
    kin = (
        without_kin(said[0], alone, common) - without_kin(said[0], (), common),
        without_kin(said[1], alone, common),
    )
    return _Sorted(*(_without(side, terms) if terms else side for side, terms in zip(own, kin, strict=True)))


def _without(pieces: list[Piece], terms: frozenset[str]) -> list[Piece]:
    left = (piece._replace(terms=tuple(term for term in piece.terms if term not in terms)) for piece in pieces)
    return [piece for piece in left if weighty(piece.terms)]


#: Words before what a share is taken of.
_OF_THEM_ALL = frozenset({"tổng số", "tổng", "toàn bộ"})


_WORKER = "lao động"
_EVERYONE = frozenset({"hộ", "người dân", "gia đình"})


def _without_repetition(own: _Sorted, theirs: _Sorted, common: list[str]) -> _Sorted:
    """What one side alone says, without what it only says again: ``… chiếm 45% tổng số đảng viên`` of party members.

    Where the other side too says something of its own, that may be what stands in the place of it.
    """
    if theirs.population or theirs.predicate:
        return own
    both = frozenset(common)
    nouns = frozenset(term.partition(" ")[0] for term in both if " " in term)

    def again(piece: Piece) -> bool:
        said = weighty(piece.terms)
        if not piece.listed and said and nouns.issuperset(said):
            return True  # "hộ nghèo trong số [hộ] diêm dân"
        whole = len(said) > 1 or bool(_OF_THEM_ALL & set(piece.terms))
        if len(said) == 1 and bool(_OF_THEM_ALL & set(piece.terms)) and said[0] in _EVERYONE:
            return True  # "gia đình văn hóa chiếm 90% tổng số hộ"
        if said == [_WORKER] and piece.opens and _WORKER in both:
            return True  # "người [lao động] bị tai nạn lao động"
        return whole and not any(excludes_others(term) for term in said) and both.issuperset(said)

    def told(piece: Piece) -> bool:
        said = weighty(piece.terms)
        return len(said) == 1 and not piece.listed and said[0] in both and not excludes_others(said[0])

    return _Sorted(
        [piece for piece in own.population if _whole_member(piece) or not again(piece)],
        [
            piece for piece in own.predicate if not again(piece) and not told(piece)
        ],  # "hộ chăn nuôi … chất thải chăn nuôi"
    )


def _whole_member(piece: Piece) -> bool:
    """Whether a stretch is a member of a list with the comma that parts it: ``[hộ khó khăn,] hộ đặc biệt khó khăn``."""
    return bool(weighty(piece.terms)) and bool(SEPARATORS & {piece.terms[0], piece.terms[-1]})
