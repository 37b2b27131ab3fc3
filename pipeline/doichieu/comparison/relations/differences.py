"""Where two statements differ: what one population says more than the other, and what one predicate does.

The two rows of terms are laid beside each other; what has no partner is a difference.  Words that moved cancel out,
and so do words that the other side says in its label or heading, its own territory, and words that narrow nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from difflib import SequenceMatcher
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
    provides,
    stops_short,
    verbs,
    words_of,
)
from doichieu.comparison.meaning.wholes import beside_wholes
from doichieu.lexicon import load
from doichieu.text import any_word


class Piece(NamedTuple):
    """A stretch of terms that one side has and the other has not.

    ``opens`` tells that it stands before everything that both share, ``listed`` that a comma or ``và`` joins it to
    what they share, so that it is a member of a list; ``last`` that nothing of weight follows it.
    """

    terms: tuple[str, ...]
    listed: bool = False
    opens: bool = False


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


def _verb(term: str) -> bool:
    return term in verbs() or term.startswith("<")


def weighty(terms: tuple[str, ...]) -> list[str]:
    """The terms that say something."""
    weightless = _weightless()
    return [t for t in terms if t not in weightless and not t.isdigit()]


@lru_cache(maxsize=1)
def _weightless() -> frozenset[str]:
    return idle() | _units() | {"<>"}


Step = tuple[str, int, int, int, int]


def _slid(row: tuple[str, ...], start: int, end: int, first: int, last: int) -> int:
    """How far an insertion of ``row`` should move (back where negative) within the equal terms around it.

    It may stand wherever the row reads the same; best is where it begins with a verb or has a comma or ``và`` at an
    end, for so a drafter writes it.
    """
    places = [0]
    back = 0
    while start + back - 1 >= first and row[start + back - 1] == row[end + back - 1]:
        back -= 1
        places.append(back)
    ahead = 0
    while end + ahead < last and row[start + ahead] == row[end + ahead]:
        ahead += 1
        places.append(ahead)

    def worth(move: int) -> tuple[bool, bool, int]:
        edge = row[start + move] in SEPARATORS or row[end + move - 1] in SEPARATORS
        return edge, _verb(row[start + move]), -abs(move)

    return max(places, key=worth)


def _opcodes(a: tuple[str, ...], b: tuple[str, ...]) -> list[Step]:
    """The steps from ``b`` to ``a``, each insertion and omission where a drafter would have made it."""
    steps = SequenceMatcher(None, b, a, autojunk=False).get_opcodes()
    out: list[Step] = []
    for number, (tag, j1, j2, i1, i2) in enumerate(steps):
        if tag in ("insert", "delete"):
            before = out[-1] if out and out[-1][0] == "equal" else None
            after = steps[number + 1] if number + 1 < len(steps) else None
            row, start, end = (a, i1, i2) if tag == "insert" else (b, j1, j2)
            first = start - (before[2] - before[1]) if before else start
            last = end + (after[2] - after[1]) if after else end
            move = _slid(row, start, end, first, last)
            if move < 0 and before:
                out[-1] = ("equal", before[1], before[2] + move, before[3], before[4] + move)
                out.append((tag, j1 + move, j2 + move, i1 + move, i2 + move))
                out.append(("equal", j2 + move, j2, i2 + move, i2))
                continue
            if move > 0 and after:
                out.append(("equal", j1, j1 + move, i1, i1 + move))
                out.append((tag, j1 + move, j2 + move, i1 + move, i2 + move))
                steps[number + 1] = ("equal", after[1] + move, after[2], after[3] + move, after[4])
                continue
        out.append((tag, j1, j2, i1, i2))
    return [step for step in out if step[2] > step[1] or step[4] > step[3]]


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
            if _verb(child.terms[i]) and (later or measured):
                kept = child.terms[i] not in _NEW_PREDICATE and not measured and _told_of_the_same(child, parent)
                return (child.border, parent.border) if kept else (i, j)
    for tag, j1, j2, i1, _ in steps:
        if tag == "equal":
            for offset in range(j2 - j1):
                i, j = i1 + offset, j1 + offset
                if i and j and _verb(child.terms[i]) and (i >= child.border or j >= parent.border):
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
    return Piece(terms, listed, opens)


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
            if elsewhere.get(term, 0) > 0 and term not in SEPARATORS:
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
            out.append(Piece(tuple(left), listed, piece.opens))
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
    deed = _behind_places(row, start, end) if not population else start
    if start < deed < end:
        side.population.append(_piece(row, start, deed, opens=opens))
        start = deed
    if border is not None and start < border < end and _verb(row[border]):
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
        (row[k + 1] in _NEW_PREDICATE or row[k + 1] not in idle()) and (_verb(row[k + 1]) or is_deed(row[k + 1]))
        for row, k in ((a, i), (b, j))
    )


def _read_differences(child: Statement, parent: Statement) -> Differences:
    child, parent = _aged(child, parent)
    child, parent = with_full_forms(child, parent), with_full_forms(parent, child)
    child, parent = beside_wholes(child, parent)
    child, parent = _from_the_first_deed(child), _from_the_first_deed(parent)
    a, b = _reconciled(child.terms, parent.terms), _reconciled(parent.terms, child.terms)
    steps = _opcodes(a, b)
    border_a, border_b = _borders(child, parent, steps)
    own, other, core_end = _Sorted([], []), _Sorted([], []), _core_end(a, border_a)
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
            predicate_common += weighty(a[max(i1, border_a) : min(i2, core_end)])
            for i, j, one, two in _measured_alike(standards_a, standards_b, steps[number]):
                whom = (i < border_a and j < border_b) or _before_a_deed(a, b, i, j, one)
                if whom or better(one, two):
                    (inner if whom else outer).append((one, two))
            continue
        early = (i1 < border_a or j1 < border_b) or (
            i1 <= border_a
            and j1 <= border_b
            and _verb_follows(a, steps, number)
            and not _two_deeds(a, b, steps, number, (border_a, border_b))
        )
        population = _says_whom(a, b, steps, number, early=early)
        choice += _choice(a[i1:i2], b[j1:j2], behind=i1 > border_a and j1 > border_b)
        crosses = tag == "replace" and (i1 < border_a < i2 or j1 < border_b < j2)
        for row, start, end, side, border in ((told_a, i1, i2, own, border_a), (told_b, j1, j2, other, border_b)):
            _sort_in(side, row, start, end, border if crosses else None, population=population, opens=not seen)
    moved_a = _cancel_all(own, other, parent)
    moved_b = _cancel_all(other, own, child)
    moved_a, moved_b = _without_repetition(moved_a, moved_b, common), _without_repetition(moved_b, moved_a, common)
    moved_a, moved_b = _by_other_deeds(moved_a, moved_b, common), _by_other_deeds(moved_b, moved_a, common)
    predicates = _predicate(a, border_a) and _predicate(b, border_b)
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


#: "Rất hài lòng" asks more of what is felt, and speaks of nobody else.
_VERY = ("rất",)


def _says_whom(a: tuple[str, ...], b: tuple[str, ...], steps: list[Step], number: int, *, early: bool) -> bool:
    """Whether a stretch speaks of whom, and not of what they do; ``early`` tells that it stands before the border."""
    _, j1, j2, i1, i2 = steps[number]
    if _before_the_deed(a, b, steps, number) or (a[i1:i2] or b[j1:j2]) == _VERY:
        return False
    return early or _narrows(a, b, steps, number)


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


def _predicate(row: tuple[str, ...], border: int) -> bool:
    """Whether a predicate with a verb follows: a bare noun after the border is what a share is taken of."""
    return border < len(row) and _verb(row[border]) and bool(weighty(row[border:]))


#: Words with which a predicate tells where and when it holds, behind what it says.
_WHERE_AND_WHEN = frozenset({"tại", "ở", "trong", "trước", "sau", "trên", "khi", "trước khi", "sau khi"})


def _core_end(row: tuple[str, ...], border: int) -> int:
    """Where a predicate has said what, and goes on to where or when: ``được học nghề | trong thời gian …``."""
    said = False
    for place in range(border, len(row)):
        if said and row[place] in _WHERE_AND_WHEN:
            return place
        said = said or (row[place] not in verbs() and bool(weighty((row[place],))))
    return len(row)


#: Verbs with which a new predicate begins, after a clause that narrows the population.
_NEW_PREDICATE = frozenset({"được", "có", "đạt", "tham gia", "sử dụng", "hoàn thành"})


def _narrows(a: tuple[str, ...], b: tuple[str, ...], steps: list[Step], number: int) -> bool:
    """Whether a stretch behind the border still says of whom: at the end of a clause, in which units, on which
    condition."""
    tag, j1, j2, i1, i2 = steps[number]
    alone = a[i1:i2] or b[j1:j2]
    return (
        _inside_a_clause(a, b, steps, number)
        or _limits_a_clause(a, b, steps, number)
        or (tag != "replace" and (_at_places(alone) or _conditional(alone)))
        or (tag != "replace" and _among_places(a if tag == "insert" else b, i1 if tag == "insert" else j1, alone))
    )


def _among_places(row: tuple[str, ...], start: int, terms: tuple[str, ...]) -> bool:
    """Whether a stretch is another member of a list of places: ``trong khu dân cư[, làng nghề]``."""
    if terms[0] not in SEPARATORS or any(_verb(term) or is_deed(term) for term in terms):
        return False
    named = ""
    for term in reversed(row[max(0, start - _PLACE_NAMED) : start]):
        if term in _IN or term.startswith(_IN_PLACES):
            return named not in _NO_PLACES
        if term in idle() or _verb(term) or is_deed(term):
            return False
        named = term
    return False


#: So many terms before a comma may name a place, with what says where; and how they begin.
_PLACE_NAMED = 4
_IN = frozenset({"trong", "tại", "ở"})
_IN_PLACES = ("trong khu ", "trong các khu ")
#: Behind "trong" these say of which kind: "thị trường trong nước".
_NO_PLACES = frozenset({"nước", "ngoài", "năm", "thời gian"})


def _limits_a_clause(a: tuple[str, ...], b: tuple[str, ...], steps: list[Step], number: int) -> bool:
    """Whether a limit that one side has stands between what they do and what is asked of them: ``mỏ đá sử dụng thuốc
    nổ [từ 5 tấn/năm trở lên] lập hộ chiếu``."""
    tag, j1, j2, i1, i2 = steps[number]
    row, start, end = (a, i1, i2) if tag == "insert" else (b, j1, j2)
    if tag not in ("insert", "delete") or not all(term.startswith("<") for term in row[start:end]):
        return False
    if number + 1 >= len(steps) or steps[number + 1][0] != "equal" or not start or _verb(row[start - 1]):
        return False
    follows = a[steps[number + 1][3]]
    return _verb(follows) or provides((follows,))


@lru_cache(maxsize=1)
def _conditions() -> re.Pattern[str]:
    return re.compile(rf"(?:[,\s]|chỉ)*{any_word(load('terms')['conditions'])}")


def _conditional(terms: tuple[str, ...]) -> bool:
    """Whether a stretch says on which condition something holds: ``được bồi thường [nếu có hợp đồng]``."""
    return _conditions().match(" ".join(terms)) is not None


def _inside_a_clause(a: tuple[str, ...], b: tuple[str, ...], steps: list[Step], number: int) -> bool:
    """Whether a stretch that one side has stands at the end of a clause on the population, before the predicate:
    ``hộ trồng chè [VietGAP] tham gia liên kết``."""
    tag, j1, j2, i1, i2 = steps[number]
    if tag not in ("insert", "delete") or not _verb_follows(a, steps, number):
        return False
    row, start = (a, i1) if tag == "insert" else (b, j1)
    terms = row[start : (i2 if tag == "insert" else j2)]
    follows = a[steps[number + 1][3]]
    return (
        follows in _NEW_PREDICATE
        and start > 0
        and not _verb(row[start - 1])
        and not {row[start - 1], *terms} & SEPARATORS
    )


def _at_places(terms: tuple[str, ...]) -> bool:
    """Whether a stretch says in which of several units something holds: ``giao [tại các xã đảo] trong ngày``."""
    said = [term for term in terms if term not in SEPARATORS]
    if len(said) > 1 and said[0] == "đối với":
        return True
    if len(said) < 2 or said[0] not in ("tại", "ở", "trên"):
        return False
    return said[1] in _AREAS or said[1].startswith(_GROUNDS) or (len(said) > 2 and said[1] in ("các", "những"))


def _behind_places(row: tuple[str, ...], start: int, end: int) -> int:
    """Where behind the places that a stretch begins with a deed follows: ``[ở vùng cao | đốt] củi``; ``start`` where
    none does."""
    if end - start < _PLACE_AND_DEED or not _at_places(row[start:end]):
        return start
    return next((k for k in range(start + 2, end) if _verb(row[k]) or is_deed(row[k])), start)


#: A preposition, a kind of place and a deed.
_PLACE_AND_DEED = 3


#: Words behind "tại", "ở" with which a wording says in which places something holds.
_AREAS = frozenset({"khu vực", "vùng", "địa bàn", "đô thị", "nông thôn", "miền núi", "tuyến", "từng"})


#: How names of grounds begin: "tại khu dân cư mới", "ở cụm công nghiệp".
_GROUNDS = ("khu ", "cụm ", "vùng ")


@lru_cache(maxsize=1)
def _units() -> frozenset[str]:
    return frozenset(load("populations")["administrative"])


def _before_the_deed(a: tuple[str, ...], b: tuple[str, ...], steps: list[Step], number: int) -> bool:
    """Whether a stretch that one side has says that the deed behind it is only begun: ``hộ [đăng ký] chuyển đổi``."""
    tag, j1, j2, i1, i2 = steps[number]
    inserted = a[i1:i2] if tag == "insert" else b[j1:j2] if tag == "delete" else ()
    if tag == "replace" and (not weighty(a[i1:i2]) or not weighty(b[j1:j2])):  # "khởi công" for "hoàn thành"
        inserted = a[i1:i2] if weighty(a[i1:i2]) else b[j1:j2]
    if not inserted or not i1 or not j1 or not stops_short(inserted) or not _verb_follows(a, steps, number):
        return False
    which = {"được", "có"} if "đủ điều kiện" not in inserted else {"được", "có", "đạt"}
    return a[steps[number + 1][3]] not in which  # "thôn đủ điều kiện được …" says which


def _two_deeds(
    a: tuple[str, ...], b: tuple[str, ...], steps: list[Step], number: int, borders: tuple[int, int]
) -> bool:
    """Whether two stretches at the borders are two deeds before what both do: ``có lối | bảo đảm [tiếp cận]``."""
    tag, j1, _, i1, _ = steps[number]
    at_borders = tag == "replace" and (i1, j1) == borders and a[steps[number + 1][3]] not in _NEW_PREDICATE
    return at_borders and all(_verb(term) or is_deed(term) for term in (a[i1], b[j1]))


def _verb_follows(row: tuple[str, ...], steps: list[Step], number: int) -> bool:
    if number + 1 >= len(steps) or steps[number + 1][0] != "equal":
        return False
    return _verb(row[steps[number + 1][3]])


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
        [piece for piece in own.population if not again(piece)],
        [
            piece for piece in own.predicate if not again(piece) and not told(piece)
        ],  # "hộ chăn nuôi … chất thải chăn nuôi"
    )
