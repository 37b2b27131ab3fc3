"""How far a child's link takes a task up: what of the task it says, what of its core, and what else it speaks of.

The core of a task is its verb and object, what stands before the words that tell its purpose or manner (``nhằm``,
``gắn với``, ``trong đó``): a drafter who takes a task up keeps the core and words the rest anew.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from doichieu.lexicon import load
from doichieu.text import any_word
from doichieu.text.memory import Pairs

#: What each tells, set by hand; weights learned from the annotated duties did no better on pairs left out.
_SAID, _CORE, _CORE_PAIRS, _BACK, _HELD, _SAME_BODY, _PAIRS, _PRESENT = 0.3, 0.5, 0.15, 0.5, 0.2, 0.25, 0.15, 0.55
#: So many pairs of words in common count as many.
_MANY = 5
#: A core is at least so many letters, and at most so many words.
_CORE_LETTERS, _CORE_WORDS = 25, 18


@lru_cache(maxsize=1)
def _tails() -> re.Pattern[str]:
    return re.compile(any_word(load("counterparts")["tails"]))


def core(text: str) -> str:
    """The verb and object of a task, without what it is for and how.

    >>> core("Xây dựng hệ thống bản đồ số dùng chung phục vụ quản lý công trình")
    'Xây dựng hệ thống bản đồ số dùng chung'
    """
    return " ".join(trunk(text).split()[:_CORE_WORDS])


def trunk(text: str) -> str:
    """A task without what it is for and how, however long."""
    tail = _tails().search(text, _CORE_LETTERS)
    return text[: tail.start()] if tail else text


def _rarity(texts: Sequence[Counter[str]]) -> tuple[dict[str, float], float]:
    """What a word tells: the rarer the more; and what one tells that stands nowhere."""
    count: Counter[str] = Counter()
    for words in texts:
        count.update(words.keys())
    return {word: math.log(1 + len(texts) / n) for word, n in count.items()}, math.log(1 + len(texts))


class Parted(NamedTuple):
    """The single words and the pairs of words of a wording, in its order."""

    single: tuple[str, ...]
    pairs: tuple[str, ...]


def _part(words: Counter[str]) -> Parted:
    return Parted(tuple(w for w in words if " " not in w), tuple(w for w in words if " " in w))


#: The tasks of a parent are laid beside the links of all its children.
parted: Pairs[Parted] = Pairs(_part)


class TakenUp:
    """The links of a child and the tasks of a parent, ready to be laid beside each other.

    ``tells`` is what each word tells, ``new`` what one tells that stands nowhere, ``index`` the numbers of the links
    that hold it.
    """

    def __init__(self, links: Sequence[Counter[str]], tasks: Sequence[Counter[str]]) -> None:
        self.tells, self.new = _rarity([*links, *tasks])
        self._tasks = tasks
        self.index: dict[str, list[int]] = defaultdict(list)
        self._single: list[float] = []
        for i, words in enumerate(links):
            self._single.append(sum(self.tells[w] for w in words if " " not in w) or 1.0)
            for word in words:
                self.index[word].append(i)

    def _shared(self, words: Sequence[str]) -> tuple[dict[int, float], float]:
        """What each link has of some words, and what all of them tell."""
        whole = sum(self.tells.get(w, self.new) for w in words) or 1.0
        shared: dict[int, float] = defaultdict(float)
        for word in words:
            found = self.index.get(word)
            if found:
                tells = self.tells[word]
                for i in found:
                    shared[i] += tells
        return shared, whole

    def _count(self, words: Sequence[str]) -> dict[int, int]:
        """How many of some words each link has."""
        count: dict[int, int] = defaultdict(int)
        for word in words:
            for i in self.index.get(word, ()):
                count[i] += 1
        return count

    def scores(
        self, number: int, of_core: Counter[str], held: Mapping[int, float], own: Sequence[bool], present: float
    ) -> dict[int, float]:
        """How far each link that shares two words with a task takes it up; ``held`` is how much of the task each holds,
        ``own`` whether it is set to the same body, ``present`` how much of the task the whole child holds."""
        words, core_words = parted(self._tasks[number]), parted(of_core)
        said, whole = self._shared(words.single)
        kept, whole_core = self._shared(core_words.single)
        kept_pairs, whole_pairs = self._shared(core_words.pairs)
        count, pairs = self._count(words.single), self._count(words.pairs)
        return {
            i: _SAID * said.get(i, 0.0) / whole
            + _CORE * kept.get(i, 0.0) / whole_core
            + _CORE_PAIRS * kept_pairs.get(i, 0.0) / whole_pairs
            + _BACK * said.get(i, 0.0) / self._single[i]
            + _HELD * held.get(i, 0.0)
            + _SAME_BODY * own[i]
            + _PAIRS * min(pairs.get(i, 0), _MANY) / _MANY
            + _PRESENT * present
            for i in count.keys() | pairs.keys()
            if count.get(i, 0) + pairs.get(i, 0) > 1
        }


__all__ = ["TakenUp", "core", "parted", "trunk"]
