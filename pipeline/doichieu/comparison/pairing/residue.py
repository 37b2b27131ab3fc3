"""Pairs among the targets that the best assignment left over on both sides.

A drafter who words a target anew leaves two targets that read only half alike: told apart, one would be an omission
and the other an addition.  What surrounds them tells more than their words: the same odd value, a measure that no
other target has, neighbours that answer each other.  How much each tells was learned
(``lexicon/residue.toml``).
What holds of such a pair:

1. nothing but its wording spoke against it: whatever a gate or another population refuses stays apart;
2. both are the nearest left to each other that can be had, first come the likeliest;
3. none is made where nothing else is a pair;
4. it is told with the likeness of its words, so that a finding on it says that it is doubtful.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from doichieu.comparison.pairing.likeness import Side, Weighed, subjects_alike
from doichieu.comparison.pairing.matches import Match
from doichieu.comparison.relations.differences import differences
from doichieu.lexicon import load
from doichieu.model import Target

#: What is measured of two targets left over, in this order.
MEASURES = (
    "subject",  # how far they speak of the same thing
    "same_value",  # one value that is not 100
    "both_all",  # 100 on both sides
    "own_measure",  # both count what hardly any other target counts
    "in_order",  # each lies between the partners of the other's neighbours
    "only_between",  # and is the only one there
    "same_part",  # of the pairs in the part where one stands, so many have their partner where the other stands
    "other_deed",  # each promises of them what the other does not
    "ahead_of_row",  # how much more alike than the next best for one side
    "ahead_of_column",  # and for the other
    "mutual",  # each is the other's nearest
)
_FEW = 3  # so many targets of both documents may have a measure that is hardly met
_NONE_NEAR = 0.2  # what stands for the next best where there is none
_NO_MATES = 0.5  # what stands for the neighbours of one that has none
LEAST_COMMON = 0.15  # two that share less of their words are not measured


class Left:
    """The targets of two documents with the pairs that are made: what is measured of two that are left over."""

    def __init__(self, c: Side, p: Side, pairs: Sequence[tuple[int, int]], weighed: Weighed | None = None) -> None:
        self.c, self.p, self.pairs = c, p, pairs
        self._made = frozenset(pairs)
        self.taken_c, self.taken_p = {i for i, _ in pairs}, {j for _, j in pairs}
        self._alike: dict[tuple[int, int], tuple[float, float]] = {}
        self._weighed = weighed or Weighed.of(c, p)
        self._measures = Counter([*c.dimension, *p.dimension])

    def _open(self, i: int, j: int) -> bool:
        """Whether two targets are a pair, or neither has a partner."""
        return (i, j) in self._made or (i not in self.taken_c and j not in self.taken_p)

    def alike(self, i: int, j: int) -> tuple[float, float]:
        """(share of the words of the shorter one, likeness of two wordings)."""
        if (i, j) not in self._alike:
            c, p = self.c, self.p
            contained, common = self._weighed.overlap(i, j)
            alike = 0.35 * common + 0.25 * contained
            if contained >= LEAST_COMMON:
                alike += 0.2 * fuzz.ratio(c.stretch[i], p.stretch[j]) / 100
                alike += 0.2 * fuzz.token_set_ratio(c.text[i], p.text[j]) / 100
            self._alike[i, j] = contained, alike
        return self._alike[i, j]

    def measured(self, i: int, j: int) -> tuple[float, ...]:
        """The :data:`MEASURES` of two targets, as if they were no pair."""
        c, p = self.c, self.p
        pairs = [(a, b) for a, b in self.pairs if a != i and b != j]
        own, other = c.targets[i], p.targets[j]
        _, alike = self.alike(i, j)
        found = differences(c.statement[i], p.statement[j])
        one_value = own.value is not None and own.value == other.value
        measure = c.dimension[i]
        own_measure = measure == p.dimension[j] and measure not in ("", "%") and self._measures[measure] <= _FEW
        in_order, only = _order(i, j, pairs)
        row = [self.alike(i, k)[1] for k in range(len(p.targets)) if k != j and self._open(i, k)]
        column = [self.alike(k, j)[1] for k in range(len(c.targets)) if k != i and self._open(k, j)]
        return (
            subjects_alike(c, p, i, j),
            float(one_value and own.value != 100),
            float(one_value and own.value == 100),
            float(own_measure),
            float(in_order),
            float(only),
            _same_part(own, other, [(c.targets[k], p.targets[m]) for k, m in pairs]),
            float(bool(found.predicate_child and found.predicate_parent)),
            ahead_of_row := alike - max(row, default=_NONE_NEAR),
            ahead_of_column := alike - max(column, default=_NONE_NEAR),
            float(min(ahead_of_row, ahead_of_column) > 0),
        )


def _order(i: int, j: int, pairs: Sequence[tuple[int, int]]) -> tuple[bool, bool]:
    """Whether two targets stand between the same neighbours, and whether nothing else does on either side.

    >>> _order(1, 1, [(0, 0), (2, 2)]), _order(1, 3, [(0, 0), (2, 2)]), _order(1, 1, [])
    ((True, True), (False, False), (False, False))
    """
    before, after = [pair for pair in pairs if pair[0] < i], [pair for pair in pairs if pair[0] > i]
    last, following = max(before, default=None), min(after, default=None)
    low, high = last[1] if last else -1, following[1] if following else math.inf
    inside = bool(pairs) and low < j < high
    only = inside and bool(last and following and following[0] - last[0] == 2 and following[1] - last[1] == 2)
    return inside, only


def _same_part(own: Target, other: Target, pairs: Sequence[tuple[Target, Target]]) -> float:
    """Of the pairs that begin in the part where one target stands, the share that ends where the other does."""
    mates = [answer for one, answer in pairs if _part(one) == _part(own)]
    return sum(_part(mate) == _part(other) for mate in mates) / len(mates) if mates else _NO_MATES


def _part(target: Target) -> str:
    return target.clause_path.rpartition("/")[0]


@lru_cache(maxsize=1)
def _learned() -> tuple[Mapping[str, float], float]:
    """The weight of each measure, and how likely a pair must be."""
    known = load("residue")
    return known["weights"], known["least"]


def chance(measured: Sequence[float]) -> float:
    """How likely two targets with these measures are one promise, from 0 to 1."""
    weights, _ = _learned()
    told = math.fsum(
        [weights["always"], *(weights[name] * value for name, value in zip(MEASURES, measured, strict=True))]
    )
    return 1 / (1 + math.exp(-told))


def residual_pairs(
    c: Side,
    p: Side,
    pairs: Sequence[tuple[int, int]],
    refuses: Callable[[int, int], bool],
    weighed: Weighed | None = None,
) -> list[Match]:
    """The pairs among what ``pairs`` leaves over; ``refuses`` tells of two targets that something else than their
    wording keeps them apart."""
    if not pairs:  # nothing is answered: no neighbour tells anything
        return []
    left = Left(c, p, pairs, weighed)
    _, least = _learned()
    candidates = []
    for i in range(len(c.targets)):
        if i in left.taken_c:
            continue
        for j in range(len(p.targets)):
            if j not in left.taken_p and left.alike(i, j)[0] >= LEAST_COMMON and not refuses(i, j):
                sure = chance(left.measured(i, j))
                if sure >= least:
                    candidates.append((-sure, i, j))
    made: list[Match] = []
    for _, i, j in sorted(candidates):
        if all(match.child != i and match.parent != j for match in made):
            made.append(Match(i, j, round(left.alike(i, j)[1], 4)))
    return made


__all__ = ["LEAST_COMMON", "MEASURES", "Left", "chance", "residual_pairs"]
