"""Pairs that are made and candidates that were refused, and why."""

from __future__ import annotations

from typing import NamedTuple

#: A pair below this score is not made.  Measured on the annotated pairs and on generated edits (``make bench``).
THRESHOLD = 0.58


class Match(NamedTuple):
    """A pair that is made: indices into the two lists and the likeness that made it."""

    child: int
    parent: int
    score: float


class Tried(NamedTuple):
    """A candidate that was refused: its index, its likeness, why, and whether it answers another target already."""

    other: int
    score: float
    reason: str
    taken: bool


class Refusal(NamedTuple):
    """The nearest candidate of a target that got no partner, and why it was refused (Vietnamese).

    ``near`` tells that the candidate is worth a reader's look, ``taken`` that it answers another target already,
    ``firm`` that something else than likeness refused it; ``score`` is how alike it reads, ``tried`` are the nearest
    few by likeness alone, whatever refused them, this one first.
    """

    other: int | None
    score: float
    reason: str
    near: bool = False
    taken: bool = False
    firm: bool = False
    tried: tuple[Tried, ...] = ()


class Alignment(NamedTuple):
    """All pairs, and for every unmatched target of both sides the nearest candidate."""

    matches: list[Match]
    covered: list[Match]
    unmatched_children: dict[int, Refusal]
    unmatched_parents: dict[int, Refusal]


#: From this score on the nearest candidate is worth a reader's look.
NEAR = 0.46

#: The same where something else than likeness refuses the pair, a unit or another population.
_NEAR_OTHER_UNIT = 0.55

UNLIKE = "nội dung khác nhau"

HALF_LIKE = "nội dung chỉ giống một phần, chưa đủ căn cứ để coi là cùng một chỉ tiêu"

#: So many candidates are told of a target without a partner, those that read at least so much alike.
_TRIED, _AT_ALL = 3, 0.3

_ANSWERS_ANOTHER = "chỉ tiêu gần nhất đã được đối chiếu với một chỉ tiêu khác giống hơn"


def refusal_of(scores: list[float], alike: list[float], reasons: list[str], taken: set[int]) -> Refusal:
    """Why a target has no partner: the candidate that reads most alike, also behind a unit or another gate."""
    if not scores:
        return Refusal(None, 0.0, "văn bản kia không có chỉ tiêu nào")
    order = sorted((k for k, value in enumerate(alike) if value > 0), key=lambda k: (-alike[k], -scores[k], k))
    if not order:
        return Refusal(None, 0.0, "không có chỉ tiêu nào cùng nội dung")
    tried = tuple(
        Tried(k, round(min(1.0, alike[k]), 4), reasons[k] or _ANSWERS_ANOTHER, not reasons[k] and k in taken)
        for place, k in enumerate(order[:_TRIED])
        if place == 0 or alike[k] >= _AT_ALL
    )
    best = tried[0]
    firm = reasons[best.other] not in ("", UNLIKE, HALF_LIKE)
    near = best.score >= (_NEAR_OTHER_UNIT if firm else NEAR)
    return Refusal(best.other, best.score, best.reason, near, best.taken, firm, tried)
