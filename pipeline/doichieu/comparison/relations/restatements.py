"""Targets that say again, in other words, what an earlier target of the same document said.

Extraction marks a repetition in nearly the same words (``same_as``); here two targets are one where their statements
do not differ: the same population, predicate, amount, grade and day.  Under headings that name two fields the same
words are two promises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from doichieu.comparison.meaning.statements import Statement
from doichieu.comparison.meaning.surroundings import NOTHING, Surroundings
from doichieu.comparison.meaning.terms import tokens
from doichieu.comparison.relations.algebra import compare_amounts, compare_grades, requirement
from doichieu.comparison.relations.differences import differences
from doichieu.comparison.relations.populations import compare_populations
from doichieu.comparison.relations.predicates import compare_predicates
from doichieu.comparison.relations.terms_beside import weighty
from doichieu.lexicon import load
from doichieu.model import Document, Target
from doichieu.text import any_word

#: Targets of one value and day are laid beside each other; a document with more of them than this holds a table.
_MOST = 40


def restated(
    document: Document, statements: Mapping[str, Statement], around: Mapping[str, Surroundings]
) -> dict[str, str]:
    """For each target that restates an earlier one of its document the id of the first."""
    out = {t.target_id: t.same_as for t in document.targets if t.same_as}
    firsts: dict[tuple[object, ...], list[Target]] = {}
    for target in document.targets:
        if target.target_id in out or not (target.operator or target.level) or target.rule.startswith("table"):
            continue
        key = (target.value, target.value_max, target.level, target.deadline, target.recurrence)
        earlier = firsts.setdefault(key, [])
        for other in earlier:
            if _one(target, other, statements) and _one_field(target, other, statements, around):
                out[target.target_id] = other.target_id
                break
        else:
            if len(earlier) < _MOST:
                earlier.append(target)
    return out


def _one(target: Target, other: Target, statements: Mapping[str, Statement]) -> bool:
    """Whether nothing tells two targets of one document apart."""
    own, theirs = statements[target.target_id], statements[other.target_id]
    if not set(weighty(own.terms)) & set(weighty(theirs.terms)) or own.base != theirs.base or own.whole != theirs.whole:
        return False
    a, b = requirement(target), requirement(other)
    if compare_amounts(a, b)[0] not in ("", "equal") or compare_grades(a.grade, b.grade)[0] not in ("", "equal"):
        return False
    found = differences(own._replace(known=frozenset()), theirs._replace(known=frozenset()))
    same = compare_populations(own, theirs, found).relation == "same" and not compare_predicates(found).kind
    return same and found.shared >= 0.99 and bool(found.common)


def _one_field(
    target: Target, other: Target, statements: Mapping[str, Statement], around: Mapping[str, Surroundings]
) -> bool:
    """Whether the headings above two targets name no two fields."""
    named = [
        _field(around.get(t.target_id, NOTHING)) - set(weighty(statements[t.target_id].terms)) for t in (target, other)
    ]
    return named[0] == named[1] or not named[0] or not named[1]


def _field(around: Surroundings) -> set[str]:
    """The words of a field, not of aims and years, in the two nearest headings and the sentence that leads in."""
    nearest = " ".join(around.headings.split(" / ")[-2:])
    said = re.sub(any_word(load("terms")["aims"]), " ", f"{nearest} {around.lead} {around.opening}")
    return {term for term in weighty(tokens(said)) if not re.fullmatch(r"[\divxlc]+|[a-zđ]", term)}


__all__ = ["restated"]
