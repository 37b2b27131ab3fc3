"""Ranks in several rankings that one sentence asks for together: each may be answered by a target of its own.

``nhóm 10 tỉnh dẫn đầu về PCI và PAR Index`` is kept by a rank in the one and a rank in the other; a rank in one
ranking says nothing of another.
"""

from __future__ import annotations

from doichieu.comparison.meaning.dimensions import dimension_of
from doichieu.comparison.meaning.statements import Statement
from doichieu.comparison.meaning.terms import SEPARATORS, idle
from doichieu.comparison.relations.algebra import compare_amounts, requirement
from doichieu.model import Target
from doichieu.text import fold

#: Words that say that there is a ranking, not which one.
_FRAME = frozenset(
    {
        "thứ hạng",
        "nhóm",
        "nằm",
        "thuộc nhóm",
        "đứng",
        "vị trí",
        "chỉ số",
        "các chỉ số",
        "dẫn đầu",
        "đứng đầu",
        "bộ chỉ số",
    }
)


def is_rank(target: Target) -> bool:
    """Whether a target asks for a place among others."""
    return dimension_of(target) == "hạng"


def _words(terms: tuple[str, ...], among: frozenset[str]) -> frozenset[str]:
    return frozenset(t for t in terms if t not in idle() and t not in _FRAME and t not in among)


def _among(target: Target) -> frozenset[str]:
    """The words of the place in which is ranked: ``Đông Nam Á``."""
    said = fold(target.indicator)
    places = [fold(item) for item in target.scope]
    return frozenset(word for place in places if place.removeprefix("về ") not in said for word in place.split())


def rankings(target: Target, statement: Statement) -> list[frozenset[str]]:
    """The rankings that a target names, each by its own words."""
    among, out, terms = _among(target), [], statement.terms
    start = 0
    for place, term in enumerate((*terms, ",")):
        if term in SEPARATORS:
            words = _words(terms[start:place], among)
            if words:
                out.append(words)
            start = place + 1
    return out


def answered(target: Target, statement: Statement, child: Target, own: Statement) -> list[int]:
    """Which rankings of a parent's target a child's target is about: those whose words it has, among the same."""
    if not is_rank(child) or not _among(target) <= frozenset(" ".join(own.terms).split()) | _among(child):
        return []
    words = _words(own.terms, frozenset())
    return [number for number, ranking in enumerate(rankings(target, statement)) if ranking <= words]


def keeps(child: Target, parent: Target) -> bool:
    """Whether the child's rank is as good as the parent's, and not later."""
    c, p = requirement(child), requirement(parent)
    in_time = c.due == p.due or (c.due is not None and p.due is not None and c.due < p.due)
    return in_time and compare_amounts(c, p)[0] in ("equal", "stricter")


__all__ = ["answered", "is_rank", "keeps", "rankings"]
