"""Answers that are kept: what a reader said of a wording is said again without reading it anew.

Documents of one office repeat whole clauses: forms of words, lists of recipients, goals carried from plan to plan, and
several stages ask the same of one clause.  Only readers that look at nothing but their arguments may be remembered.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import lru_cache
from types import FunctionType
from typing import Any, Generic, TypeVar, overload

_Answer = TypeVar("_Answer")
_Thing = TypeVar("_Thing")
#: So many answers of one reader are kept, and those about wordings of so many characters at most.
_MOST, _LONGEST = 2048, 1500


def remembered(reader: Callable[..., _Answer], longest: int = _LONGEST, most: int = _MOST) -> Callable[..., _Answer]:
    """A reader that remembers its answers about a text; what else is asked must be hashable, and the answer must never
    be changed.  Its ``forget`` lets it read anew.

    >>> asked = []
    >>> length = remembered(lambda text: asked.append(text) or len(text))
    >>> length("ba"), length("ba"), asked
    (2, 2, ['ba'])
    """
    kept = lru_cache(maxsize=most)(reader)

    def of_more(text: str, *more: object) -> _Answer:
        return kept(text, *more) if len(text) <= longest else reader(text, *more)

    def of_text(text: str) -> _Answer:  # without the tuple of nothing more, which would be felt
        return kept(text) if len(text) <= longest else reader(text)

    answer = of_text if isinstance(reader, FunctionType) and reader.__code__.co_argcount == 1 else of_more
    answer.forget = kept.cache_clear  # type: ignore[attr-defined]
    return answer


class Once(Generic[_Answer]):
    """An attribute that is worked out when it is first asked for: :class:`functools.cached_property` without the lock
    that it takes in Python 3.11, for things that one thread looks at.

    >>> class Word:
    ...     @Once
    ...     def length(self) -> int:
    ...         return print("asked") or 3
    >>> word = Word()
    >>> word.length, word.length
    asked
    (3, 3)
    """

    def __init__(self, reader: Callable[[Any], _Answer]) -> None:
        self._read = reader
        self._name = reader.__name__
        self.__doc__ = reader.__doc__

    @overload
    def __get__(self, thing: None, kind: Any = None) -> Once[_Answer]: ...
    @overload
    def __get__(self, thing: object, kind: Any = None) -> _Answer: ...
    def __get__(self, thing: Any, kind: Any = None) -> Any:
        if thing is None:
            return self
        answer = thing.__dict__[self._name] = self._read(thing)
        return answer


class Last(Generic[_Thing, _Answer]):
    """A reader that remembers what it said of the last few things, each known by itself and not by what it holds.

    >>> asked = []
    >>> length = Last(lambda text: asked.append(text) or len(text))
    >>> word = "ba"
    >>> length(word), length(word), asked
    (2, 2, ['ba'])
    """

    def __init__(self, reader: Callable[[_Thing], _Answer], most: int = 8) -> None:
        self._read = reader
        self._kept: deque[tuple[_Thing, _Answer]] = deque(maxlen=most)

    def __call__(self, thing: _Thing) -> _Answer:
        """The answer about a thing; it must never be changed."""
        for known, answer in self._kept:
            if known is thing:
                return answer
        answer = self._read(thing)
        self._kept.append((thing, answer))
        return answer


class Pairs(Generic[_Answer]):
    """A reader of two or more things that remembers what it said of them, each known by itself and not by what it
    holds.

    >>> asked = []
    >>> longer = Pairs(lambda one, other: asked.append(one) or len(one) > len(other))
    >>> one, other = "một", "hai mươi"
    >>> longer(one, other), longer(one, other), asked
    (False, False, ['một'])
    """

    def __init__(self, reader: Callable[..., _Answer], most: int = 4096) -> None:
        self._read = reader
        self._most = most
        self._kept: dict[tuple[int, ...], tuple[tuple[object, ...], _Answer]] = {}  # what is held keeps its number

    def __call__(self, *things: object) -> _Answer:
        """The answer about these things; it must never be changed."""
        key = tuple(map(id, things))
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= self._most:
                self._kept.clear()
            found = self._kept[key] = (things, self._read(*things))
        return found[1]


def in_text(names: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Those of some names that a text holds: the others cannot change what is read in it.

    >>> in_text(("Cục A", "Vụ B"), "giao Vụ B thực hiện")
    ('Vụ B',)
    """
    return tuple(name for name in names if name in text)
