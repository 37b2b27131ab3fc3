"""Populations that are lists: who their members are, and whether two lists share one."""

from __future__ import annotations

from doichieu.comparison.meaning.statements import Statement
from doichieu.comparison.meaning.terms import SEPARATORS
from doichieu.comparison.relations.terms_beside import weighty


def members(statement: Statement) -> list[tuple[str, ...]]:
    """The members of a population that is a list, each by its terms of weight."""
    out: list[list[str]] = [[]]
    for term in statement.terms[: statement.border]:
        if term in SEPARATORS:
            out.append([])
        else:
            out[-1].append(term)
    return [tuple(of_weight) for m in out if (of_weight := weighty(tuple(m)))]


def share_a_member(one: Statement, other: Statement) -> bool:
    """Whether two lists name the same member: ``hộ nghèo, hộ cận nghèo`` and ``hộ cận nghèo, hộ mới thoát nghèo``."""
    own, theirs = members(one), members(other)
    return len(own) > 1 and len(theirs) > 1 and not set(own).isdisjoint(theirs)


def cross(one: Statement, other: Statement) -> bool:
    """Whether each of two lists that share a member names a single one that is nothing of the other's: ``hộ nuôi tôm,
    hộ nuôi nghêu`` and ``hộ nuôi nghêu, hộ nuôi cua``."""
    own, theirs = set(members(one)), set(members(other))
    alone, left = own - theirs, theirs - own
    if len(alone) != 1 or len(left) != 1:
        return False
    mine, there = ({word for term in (*side,)[0] for word in term.split()} for side in (alone, left))
    return not (mine <= there or there <= mine)


__all__ = ["cross", "members", "share_a_member"]
