"""Whom a label before a colon addresses: ``Các sở, ban, ngành: 100% hồ sơ …`` asks nothing of enterprises."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.comparison.authorities.levels import levels_named
from doichieu.comparison.meaning.cleaned import unified
from doichieu.lexicon import load
from doichieu.lexicon.families import LEVEL, SETTLEMENT
from doichieu.text import any_word


@lru_cache(maxsize=1)
def _kinds() -> list[re.Pattern[str]]:
    return [re.compile(any_word(words)) for words in load("populations")["addressed"]]


@lru_cache(maxsize=1)
def _head() -> re.Pattern[str]:
    every = any_word(word for words in load("populations")["addressed"] for word in words)
    return re.compile(rf"\W*(?:\w{{1,2}}[.)]\s*)?(?:đối với |tại )?(?:các |những )?{every}")


def addressed_in(label: str) -> frozenset[int]:
    """The kinds of bodies that a folded label addresses; none where it opens with none of them.

    >>> addressed_in("các sở, ban, ngành") & addressed_in("doanh nghiệp nhà nước")
    frozenset()
    >>> addressed_in("chuyển đổi số của doanh nghiệp"), addressed_in("các sở, ngành, địa phương")
    (frozenset(), frozenset({5}))
    """
    if not label or len(label.split()) > _LONGEST or _head().match(label) is None:
        return frozenset()
    return frozenset(number for number, kind in enumerate(_kinds()) if kind.search(label))


#: "Các trại giam, trại tạm giam": several kinds of bodies.
_LIST = re.compile(r"\W*(?:\w{1,2}[.)]\s*)?(?:các|những) (?P<who>[^:;%\d()]{3,90}?)\W*\Z")
_AND = re.compile(r"(?:\s*,\s*(?:và |hoặc )?|\s+(?:và|hoặc)\s+)(?:các |những )?")


def listed_in(label: str) -> frozenset[str]:
    """The kinds of bodies, one by one, that a folded label lists; none where it names a level, of which each document
    has its own.

    >>> sorted(listed_in("các trại giam, trại tạm giam")), listed_in("các huyện, thành phố")
    (['trại giam', 'trại tạm giam'], frozenset())
    """
    found = _LIST.match(label) if label and len(label.split()) <= _LONGEST else None
    who = unified(found.group("who")) if found is not None else ""
    ranked = _NO_LEVEL.sub("", who)
    return frozenset() if levels_named(ranked) or _OF_A_LEVEL.search(ranked) else frozenset(_AND.split(who)) - {""}


#: Names of schools, clinics and enterprises that hold the word of a level.
_NO_LEVEL = re.compile(r"trung học cơ sở|cơ sở (?=[^\W\d])|hợp tác xã|phòng khám")
#: What each level has of its own: "các sở, ban, ngành" of a province are "các phòng, ban" of a commune.
_OF_A_LEVEL = re.compile(rf"(?<!\w)(?:{LEVEL}|{SETTLEMENT}|sở|ban|ngành|phòng|địa phương)(?!\w)")


#: A longer label is a sentence.
_LONGEST = 12
