"""Who answers whom once entailment is read: pairs, parts of a whole, and targets that follow from another's partner."""

from __future__ import annotations

from typing import NamedTuple

from doichieu.comparison.meaning.dimensions import dimension_of
from doichieu.comparison.pairing.matches import Alignment, Match, Refusal
from doichieu.comparison.pairing.second_partners import members_of_a_list
from doichieu.comparison.relations.coverage import Cover, cover
from doichieu.comparison.relations.entailment import Claim, follows, is_half
from doichieu.comparison.relations.terms_beside import weighty


class Bond(NamedTuple):
    """One child target and one parent target that belong together, and how.

    ``way`` is ``pair`` for a pair made by likeness, ``part`` for one of several that answer together, ``follows`` where
    the parent's promise follows from the child's; ``enough`` tells for a part that its own promise is enough, ``holds``
    that all parts together keep the parent's; ``others`` are all children of the whole, ``reason`` says why it follows.
    """

    child: int
    parent: int
    score: float
    way: str = "pair"
    covered: bool = False
    enough: bool = False
    holds: bool = False
    others: tuple[int, ...] = ()
    reason: str = ""


class Bonds(NamedTuple):
    """All bonds, and what is left alone on either side."""

    made: list[Bond]
    children_alone: dict[int, Refusal]
    parents_alone: dict[int, Refusal]


def bonds(alignment: Alignment, children: list[Claim], parents: list[Claim]) -> Bonds:
    """The pairs of an alignment, with parts and entailments added."""
    partners: dict[int, list[Match]] = {}
    for match in (*alignment.matches, *alignment.covered):
        partners.setdefault(match.parent, []).append(match)
    second = {(m.child, m.parent) for m in alignment.covered}
    close = _close(children, parents)
    made: list[Bond] = []
    children_alone = dict(alignment.unmatched_children)
    parents_alone = dict(alignment.unmatched_parents)
    for j, parent in enumerate(parents):
        pairs = partners.get(j, [])
        whole = cover(parent, [(i, children[i]) for i in close[j]])
        if whole is not None and (not pairs or {m.child for m in pairs} <= {p.child for p in whole.parts}):
            made += _parts(j, whole, pairs, alignment)
            parents_alone.pop(j, None)
            for part in whole.parts:
                children_alone.pop(part.child, None)
            continue
        for match in pairs:
            covered = (match.child, match.parent) in second
            elsewhere = covered and any(m.child == match.child and m.parent != j for m in alignment.matches)
            reason = follows(children[match.child], parent) if elsewhere else ""
            made.append(Bond(match.child, j, match.score, "follows" if reason else "pair", covered, reason=reason))
        if pairs:
            made += _halves(j, parent, pairs, close[j], children, children_alone)
            made += _listed(j, parent, pairs, close[j], children, children_alone)
        elif j in parents_alone:
            found = _source(parent, close[j], children)
            if found is not None:
                i, reason = found
                made.append(Bond(i, j, parents_alone[j].score, "follows", True, reason=reason))
                del parents_alone[j]
                children_alone.pop(i, None)
    return Bonds(made, children_alone, parents_alone)


def _close(children: list[Claim], parents: list[Claim]) -> list[list[int]]:
    """For each parent the children that share half of their terms with it; the others entail nothing of it."""
    terms = [set(c.statement.terms) for c in children]
    out = []
    for parent in parents:
        own = set(parent.statement.terms)
        out.append([i for i, t in enumerate(terms) if t and own and 2 * len(t & own) >= min(len(t), len(own))])
    return out


def _parts(j: int, whole: Cover, pairs: list[Match], alignment: Alignment) -> list[Bond]:
    score = {m.child: m.score for m in pairs}
    refused = alignment.unmatched_children
    return [
        Bond(
            part.child,
            j,
            score.get(part.child, refused[part.child].score if part.child in refused else 0.6),
            "part",
            covered=True,
            enough=part.enough,
            holds=whole.holds,
            others=tuple(p.child for p in whole.parts),
            reason=whole.reason,
        )
        for part in whole.parts
    ]


def _halves(
    j: int, parent: Claim, pairs: list[Match], close: list[int], children: list[Claim], alone: dict[int, Refusal]
) -> list[Bond]:
    """Children without a partner that are about another member of the list than the pair made is about."""
    if not any(is_half(children[m.child], parent) for m in pairs):
        return []
    found = [i for i in close if i in alone and is_half(children[i], parent)]
    others = tuple(sorted([*found, *(m.child for m in pairs)]))
    return [Bond(i, j, alone.pop(i).score, "pair", True, others=others) for i in found]


def _listed(
    j: int, parent: Claim, pairs: list[Match], close: list[int], children: list[Claim], alone: dict[int, Refusal]
) -> list[Bond]:
    """Children without a partner that are on one member of a list while the pair made is on another."""

    def beside(one: Claim, other: Claim) -> bool:
        alike = one.target.deadline == other.target.deadline and dimension_of(one.target) == dimension_of(other.target)
        return alike and members_of_a_list(_said(one), _said(other), parent.statement.terms)

    found = [i for i in close if i in alone and any(beside(children[i], children[m.child]) for m in pairs)]
    others = tuple(sorted([*found, *(m.child for m in pairs)]))
    return [Bond(i, j, alone.pop(i).score, "pair", True, others=others) for i in found]


def _said(claim: Claim) -> frozenset[str]:
    return frozenset(weighty(claim.statement.terms))


def _source(parent: Claim, close: list[int], children: list[Claim]) -> tuple[int, str] | None:
    """The child target from which a parent's lone target follows, and why."""
    for i in close:
        reason = follows(children[i], parent)
        if reason:
            return i, reason
    return None
