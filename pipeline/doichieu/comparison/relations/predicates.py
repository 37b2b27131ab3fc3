"""Predicates: what is to be true of a population, and which of two predicates asks more.

Standards inside a predicate are measures; a part that one predicate joins with ``và`` and the other lacks makes the
longer one ask more; another verb or object makes the two incomparable.
"""

from __future__ import annotations

from typing import NamedTuple

from doichieu.comparison.meaning.standards import Standard, better
from doichieu.comparison.meaning.terms import ceases, frames, is_part, is_urging, provides, stops_short, verbs
from doichieu.comparison.relations.differences import Differences, Piece
from doichieu.comparison.relations.terms_beside import weighty

_SMALL = 0.45


class Predicate(NamedTuple):
    """What comparing two predicates gave: a kind or "", its proof and its reason in Vietnamese."""

    kind: str
    proof: str
    reason: str


SAME = Predicate("", "", "")


def _words(pieces: tuple[Piece, ...]) -> str:
    told = (" ".join(t for t in piece.terms if not t.startswith("<")) for piece in pieces)
    return "; ".join(words.replace(" ,", ",").strip(" ,") for words in told)


def compare_predicates(found: Differences) -> Predicate:
    """Which predicate asks more: by the standards that line up, then by what one says and the other does not."""
    results = [_step(own, other) for own, other in found.predicate_steps]
    more = _more(*_said_apart(found))
    if more is not None:
        results.append(more)
    if found.choice:
        results.append(_either(found.choice > 0))
    if not results:
        return SAME
    kinds = {r.kind for r in results}
    kind = kinds.pop() if len(kinds) == 1 else "changed"
    return Predicate(kind, "; ".join(r.proof for r in results), "; ".join(r.reason for r in results))


def _either(both: bool) -> Predicate:
    """Both of two things against one or the other."""
    if both:
        return Predicate("stricter", "A ∧ B ⊂ A ∨ B", "“và” thay cho “hoặc”")
    return Predicate("looser", "A ∨ B ⊃ A ∧ B", "“hoặc” thay cho “và”")


#: Words that stress what is promised anyway; who leaves them out promises less.
_EMPHASIS = frozenset({"dứt điểm", "triệt để"})


def _said_apart(found: Differences) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """What the child says and the parent does not, and the other way round, of the pieces that weigh."""
    own = tuple(
        p
        for p in found.predicate_child
        if not _EMPHASIS.issuperset(weighty(p.terms)) and (p.turns or not is_urging(p.terms))
    )
    theirs = tuple(p for p in found.predicate_parent if weighty(p.terms) and (p.turns or not is_urging(p.terms)))
    if own and theirs and all(ceases(p.terms) for p in (*own, *theirs)):  # "xóa bỏ", "chấm dứt hoạt động"
        return (), ()
    only = all(provides(p.terms) for p in (*own, *theirs))
    if only or not own or not theirs:  # "bố trí lối đi" beside "có lối đi", "sử dụng lối đi"
        own, theirs = (tuple(p for p in side if not provides(p.terms)) for side in (own, theirs))
    return own, theirs


def _more(own: tuple[Piece, ...], theirs: tuple[Piece, ...]) -> Predicate | None:
    """Which side asks more by what it says alone; None where neither does."""
    if own and theirs and _stops_short(own) and _finishes(theirs):
        return Predicate("looser", f"{{{_words(own)}}} …", f"mới “{_words(own)}”, chưa “{_words(theirs)}”")
    if own and theirs and _stops_short(theirs) and _finishes(own):
        return Predicate("stricter", f"… {{{_words(own)}}}", f"“{_words(own)}”, không dừng ở “{_words(theirs)}”")
    if own and theirs:
        left, right = _words(own), _words(theirs)
        return Predicate("changed", f"{{{left}}} ≠ {{{right}}}", f"“{left}” thay cho “{right}”")
    if own and _stops_short(own):
        return Predicate("looser", f"{{{_words(own)}}} …", f"mới “{_words(own)}”")
    if theirs and _stops_short(theirs):
        return Predicate("stricter", f"… {{{_words(theirs)}}}", f"không dừng ở “{_words(theirs)}”")
    if any(p.turns for p in (*own, *theirs)):
        left, right = _words(own), _words(theirs)
        return Predicate("changed", f"{{{left or right}}} …", f"{'mới' if left else 'không chỉ'} “{left or right}”")
    if own and _tells(own):
        return Predicate("stricter", f"… ∧ {{{_words(own)}}} ⊂ …", f"thêm yêu cầu “{_words(own)}”")
    if theirs and _tells(theirs):
        return Predicate("looser", f"… ⊃ … ∧ {{{_words(theirs)}}}", f"không còn yêu cầu “{_words(theirs)}”")
    return None


def _stops_short(pieces: tuple[Piece, ...]) -> bool:
    """Whether pieces say nothing but deeds that stop short of another."""
    return bool(pieces) and all(stops_short(piece.terms) for piece in pieces)


def _finishes(pieces: tuple[Piece, ...]) -> bool:
    """Whether pieces say nothing but that a course is finished."""
    return all(weighty(piece.terms) == ["học xong"] for piece in pieces)


def _tells(pieces: tuple[Piece, ...]) -> bool:
    return any(weighty(piece.terms) for piece in pieces)


def _step(own: Standard, other: Standard) -> Predicate:
    more = better(own, other) > 0
    sign = "⊂" if more else "⊃"
    return Predicate(
        "stricter" if more else "looser",
        f"{{≥ {own.words}}} {sign} {{≥ {other.words}}}",
        f"“{own.words}” thay cho “{other.words}”",
    )


def _terms(pieces: list[Piece]) -> list[str]:
    return [term for piece in pieces for term in weighty(piece.terms)]


def _parts(own: list[Piece], theirs: list[Piece]) -> bool:
    """Whether a term of one side names a part of what one of the other names."""
    return any(is_part(x, y) or is_part(y, x) for x in _terms(own) for y in _terms(theirs))


def nothing_in_common(found: Differences, counted: frozenset[str] = frozenset()) -> bool:
    """Whether two targets speak of other things in one frame: what is left in common says only what is measured.

    ``Tỷ lệ doanh nghiệp có đổi mới sáng tạo`` and ``Tỷ lệ doanh nghiệp có thương mại điện tử`` share the population
    and nothing of the predicate.  ``counted`` are the terms of the unit that both count: ``15 câu lạc bộ bóng chuyền``
    and ``15 câu lạc bộ pháp luật`` share no more than it.
    """
    if found.predicates and found.predicate_child and found.predicate_parent and not found.predicate_shared:
        return True
    own = [*found.population_child, *found.predicate_child]
    theirs = [*found.population_parent, *found.predicate_parent]
    if not own or not theirs:
        return False
    if counted and not found.predicate_child and not found.predicate_parent:
        # what makes a counted thing is no part of it
        said = [term for term in found.common if term not in counted | frames() | verbs()]
        if not said and found.population_child and found.population_parent and not _parts(own, theirs):
            return True
    if found.predicates and found.predicate_shared:
        return found.shared < _SMALL
    if _parts(own, theirs):
        return False
    left = [term for term in found.common if term not in frames()]
    return not left or (not found.predicates and found.shared < _SMALL)
