"""Answers that are kept: what a reader said of a wording is said again without reading it anew.

Documents of one office repeat whole clauses: forms of words, lists of recipients, goals carried from plan to plan, and
several stages ask the same of one clause.  Only readers that look at nothing but their arguments may be remembered.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Generic, TypeVar

_Answer = TypeVar("_Answer")
#: So many answers of one reader are kept, and those about wordings of so many characters at most.
_MOST, _LONGEST = 2048, 1500


class Memory(Generic[_Answer]):
    """A reader that remembers.

    >>> asked = []
    >>> length = Memory(lambda text: asked.append(text) or len(text))
    >>> length("ba"), length("ba"), asked
    (2, 2, ['ba'])
    """

    def __init__(self, reader: Callable[..., _Answer], longest: int = _LONGEST, most: int = _MOST) -> None:
        self._read = reader
        self._kept = lru_cache(maxsize=most)(reader)
        self._longest = longest

    def __call__(self, text: str, *more: object) -> _Answer:
        """The answer about a text; what else is asked must be hashable, and the answer must never be changed."""
        return self._kept(text, *more) if len(text) <= self._longest else self._read(text, *more)


def in_text(names: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Those of some names that a text holds: the others cannot change what is read in it.

    >>> in_text(("Cục A", "Vụ B"), "giao Vụ B thực hiện")
    ('Vụ B',)
    """
    return tuple(name for name in names if name in text)
