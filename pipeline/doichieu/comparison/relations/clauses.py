"""Where in its row a stretch stands that only one side has: in a clause on whom, at a place, behind a condition, before
the deed."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.comparison.meaning.deeds import is_deed
from doichieu.comparison.meaning.terms import SEPARATORS, idle, in_words, provides, stops_short, tokens, verbs
from doichieu.comparison.relations.terms_beside import Step, is_verb, weighty
from doichieu.lexicon import load
from doichieu.lexicon.named_words import words_of
from doichieu.text import any_word

#: "Rất hài lòng" asks more of what is felt, and speaks of nobody else.
_VERY = ("rất",)


def says_whom(a: tuple[str, ...], b: tuple[str, ...], steps: list[Step], number: int, *, early: bool) -> bool:
    """Whether a stretch speaks of whom, and not of what they do; ``early`` tells that it stands before the border."""
    _, j1, j2, i1, i2 = steps[number]
    if _before_the_deed(a, b, steps, number) or (a[i1:i2] or b[j1:j2]) == _VERY:
        return False
    return early or _narrows(a, b, steps, number)


def has_predicate(row: tuple[str, ...], border: int) -> bool:
    """Whether a predicate with a verb follows: a bare noun after the border is what a share is taken of."""
    return border < len(row) and is_verb(row[border]) and bool(weighty(row[border:]))


#: Words with which a predicate tells where and when it holds, behind what it says.
_WHERE_AND_WHEN = frozenset({"tại", "ở", "trong", "trước", "sau", "trên", "khi", "trước khi", "sau khi"})


def core_end(row: tuple[str, ...], border: int) -> int:
    """Where a predicate has said what, and goes on to where or when: ``được học nghề | trong thời gian …``."""
    said = False
    for place in range(border, len(row)):
        if said and row[place] in _WHERE_AND_WHEN:
            return place
        said = said or (row[place] not in verbs() and bool(weighty((row[place],))))
    return len(row)


@lru_cache(maxsize=1)
def _only_told() -> frozenset[str]:
    return frozenset(in_words(tokens(words)) for words in words_of("only_told_of").split("|"))


def turns_the_deed(row: tuple[str, ...], start: int, end: int) -> bool:
    """Whether a stretch says of the deed behind it that one is only told of it, or given what it takes: ``được
    [truyền thông về] sàng lọc``.

    >>> turns_the_deed(("phụ nữ", "được", "truyền thông", "về", "sàng lọc"), 2, 4)
    True
    >>> turns_the_deed(("phụ nữ", "được", "truyền thông", ",", "sàng lọc"), 2, 4)
    False
    """
    terms = row[start:end]
    if end >= len(row) or not SEPARATORS.isdisjoint((*terms, row[end])) or not weighty(row[end:]):
        return False
    if terms[:1] == ("được",):
        terms = terms[1:]
    elif not start or row[start - 1] != "được":
        return False
    said = f"{in_words(terms)} "
    return any(said.startswith(f"{words} ") for words in _only_told())


#: Verbs with which a new predicate begins, after a clause that narrows the population.
NEW_PREDICATE = frozenset({"được", "có", "đạt", "tham gia", "sử dụng", "hoàn thành"})


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
    if terms[0] not in SEPARATORS or any(is_verb(term) or is_deed(term) for term in terms):
        return False
    named = ""
    for term in reversed(row[max(0, start - _PLACE_NAMED) : start]):
        if term in _IN or term.startswith(_IN_PLACES):
            return named not in _NO_PLACES
        if term in idle() or is_verb(term) or is_deed(term):
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
    if number + 1 >= len(steps) or steps[number + 1][0] != "equal" or not start or is_verb(row[start - 1]):
        return False
    follows = a[steps[number + 1][3]]
    return is_verb(follows) or provides((follows,))


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
    if tag not in ("insert", "delete") or not verb_follows(a, steps, number):
        return False
    row, start = (a, i1) if tag == "insert" else (b, j1)
    terms = row[start : (i2 if tag == "insert" else j2)]
    follows = a[steps[number + 1][3]]
    return (
        follows in NEW_PREDICATE
        and start > 0
        and not is_verb(row[start - 1])
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


def behind_places(row: tuple[str, ...], start: int, end: int) -> int:
    """Where behind the places that a stretch begins with a deed follows: ``[ở vùng cao | đốt] củi``; ``start`` where
    none does."""
    if end - start < _PLACE_AND_DEED or not _at_places(row[start:end]):
        return start
    return next((k for k in range(start + 2, end) if is_verb(row[k]) or is_deed(row[k])), start)


#: A preposition, a kind of place and a deed.
_PLACE_AND_DEED = 3
#: Words behind "tại", "ở" with which a wording says in which places something holds.
_AREAS = frozenset({"khu vực", "vùng", "địa bàn", "đô thị", "nông thôn", "miền núi", "tuyến", "từng"})
#: How names of grounds begin: "tại khu dân cư mới", "ở cụm công nghiệp".
_GROUNDS = ("khu ", "cụm ", "vùng ")


#: Verbs of what is reached: "xã [đạt] chuẩn" says no more of which communes than "xã [đăng ký] chuẩn".
_REACHES = frozenset({"đạt", "hoàn thành"})


def _before_the_deed(a: tuple[str, ...], b: tuple[str, ...], steps: list[Step], number: int) -> bool:
    """Whether a stretch that one side has says that the deed behind it is only begun: ``hộ [đăng ký] chuyển đổi``."""
    tag, j1, j2, i1, i2 = steps[number]
    inserted = a[i1:i2] if tag == "insert" else b[j1:j2] if tag == "delete" else ()
    if tag == "replace" and (not weighty(a[i1:i2]) or not weighty(b[j1:j2])):  # "khởi công" for "hoàn thành"
        inserted = a[i1:i2] if weighty(a[i1:i2]) else b[j1:j2]
    if not inserted or not i1 or not j1 or not stops_short(inserted):
        return False
    instead = tag == "replace" and (b[j1] if inserted == a[i1:i2] else a[i1]) in _REACHES
    if instead:  # "đăng ký xây dựng chuẩn" for "đạt chuẩn"
        return True
    if not verb_follows(a, steps, number):
        return False
    which = {"được", "có"} if "đủ điều kiện" not in inserted else {"được", "có", "đạt"}
    return a[steps[number + 1][3]] not in which  # "thôn đủ điều kiện được …" says which


def two_deeds(a: tuple[str, ...], b: tuple[str, ...], steps: list[Step], number: int, borders: tuple[int, int]) -> bool:
    """Whether two stretches at the borders are two deeds before what both do: ``có lối | bảo đảm [tiếp cận]``."""
    tag, j1, _, i1, _ = steps[number]
    at_borders = tag == "replace" and (i1, j1) == borders and a[steps[number + 1][3]] not in NEW_PREDICATE
    return at_borders and all(is_verb(term) or is_deed(term) for term in (a[i1], b[j1]))


def verb_follows(row: tuple[str, ...], steps: list[Step], number: int) -> bool:
    """Whether what both share behind a stretch begins with a verb."""
    if number + 1 >= len(steps) or steps[number + 1][0] != "equal":
        return False
    return is_verb(row[steps[number + 1][3]])
