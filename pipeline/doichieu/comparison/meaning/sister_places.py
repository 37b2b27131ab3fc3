"""Rows of a parent that share a number out among places: which is the child's own, and which are its sisters'.

``Huyện Tân Sơn: 9.500 ha; huyện Yên Lập: 8.200 ha`` asks the plan of Tân Sơn for the first number alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from doichieu.alphabet import UPPER
from doichieu.comparison.authorities.territory import Place, Standing, places_in, standing_of
from doichieu.model import Document, Target
from doichieu.text import fold

#: A wording that is a place and nothing else: "Huyện Yên Lập", "tại thị xã Phú Thọ".
_ONLY_A_PLACE = re.compile(
    rf"\W*(?:(?:tại|ở|của|trên địa bàn) )?(?:[Hh]uyện|[Qq]uận|[Tt]hị xã|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu)"
    rf"(?:\s+[{UPPER}][\w'-]*){{1,4}}\W*"
)


class Shared(NamedTuple):
    """The parent's targets that are for a sister place alone, and those for the child's own, without its name."""

    elsewhere: frozenset[str]
    own: dict[str, Target]


def _place_of(target: Target) -> tuple[str, Place] | None:
    """The place that a target is for, where its subject or a piece of its scope is one and nothing else.

    >>> _place_of(Target("d", "t", "c", "", 0, 1, "", subject="Huyện Yên Lập"))[1].name
    'yên lập'
    >>> _place_of(Target("d", "t", "c", "", 0, 1, "", subject="chợ huyện Yên Lập")) is None
    True
    """
    for words in (target.subject, *target.scope):
        if _ONLY_A_PLACE.fullmatch(words):
            named = places_in(words)
            if len(named) == 1:
                return words, named[0]
    return None


def _without(target: Target, words: str) -> Target:
    return msgspec.structs.replace(
        target,
        subject="" if target.subject == words else target.subject,
        indicator=" ".join(target.indicator.replace(words, " ").split()),
        scope=tuple(item for item in target.scope if item != words),
    )


def shared_out(child: Document, parent: Document) -> Shared:
    """The parent's targets that name one place of the child's level, by whose it is."""
    named = {t.target_id: found for t in parent.targets if (found := _place_of(t)) is not None}
    here = standing_of(child) if named else Standing("", frozenset(), 0, "", ())
    if here.level not in ("huyện", "xã") or not here.places:
        return Shared(frozenset(), {})
    said = fold(" . ".join(f"{t.quote} {t.subject} {t.indicator} {' '.join(t.scope)}" for t in child.targets))
    elsewhere, own = set(), {}
    for target in parent.targets:
        words, place = named.get(target.target_id, ("", Place("", "")))
        if place.level != here.level:
            continue
        if place.name in here.places:
            own[target.target_id] = _without(target, words)
        elif place.name not in said:
            elsewhere.add(target.target_id)
    return Shared(frozenset(elsewhere), own)


__all__ = ["Shared", "shared_out"]
