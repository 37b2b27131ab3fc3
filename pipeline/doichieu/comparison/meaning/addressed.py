"""Whom a label before a colon addresses: ``Các sở, ban, ngành: 100% hồ sơ …`` asks nothing of enterprises."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.lexicon import load
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


#: A longer label is a sentence.
_LONGEST = 12
