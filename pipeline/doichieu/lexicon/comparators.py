"""The family of words that compare a figure, asked for by what they mean; the words stand in ``comparators.toml``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from doichieu.lexicon import load
from doichieu.model import Operator

#: Where a comparator stands: before its figure (``ít nhất 5``) or behind it (``5 trở lên``).
Place = Literal["before", "after"]


@lru_cache(maxsize=4)
def operators(place: Place = "before") -> dict[str, Operator]:
    """Every comparator of one place with the operator it means.

    >>> operators("after")["trở lên"], operators()["không dưới"]
    ('>=', '>=')
    """
    return {word: entry["operator"] for entry in load("comparators")[place] for word in entry["words"]}


def comparators(*meaning: Operator, place: Place = "before") -> tuple[str, ...]:
    """The comparators with one of these meanings (all without any), the longest first.

    >>> "tối đa" in comparators("<=", "<"), "tối đa" in comparators(">=")
    (True, False)
    """
    words = (word for word, operator in operators(place).items() if not meaning or operator in meaning)
    return tuple(sorted(words, key=len, reverse=True))


def comparing(*meaning: Operator, place: Place = "before") -> str:
    """A pattern for any of these comparators, to stand inside another pattern.

    >>> re.fullmatch(comparing(">="), "không dưới") is not None
    True
    """
    return "(?:" + "|".join(map(re.escape, comparators(*meaning, place=place))) + ")"
