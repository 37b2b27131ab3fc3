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

from doichieu.lexicon import load
from doichieu.text import any_word

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

    def _shared(self, words: Mapping[str, int], *, pairs: bool) -> tuple[dict[int, float], float]:
        """What each link has of some words, single ones or pairs, and what all of them tell."""
        chosen = [w for w in words if (" " in w) == pairs]
        whole = sum(self.tells.get(w, self.new) for w in chosen) or 1.0
        shared: dict[int, float] = defaultdict(float)
        for word in chosen:
            found = self.index.get(word)
            if found:
                tells = self.tells[word]
                for i in found:
                    shared[i] += tells
        return shared, whole

    def scores(
        self, number: int, of_core: Counter[str], held: Mapping[int, float], own: Sequence[bool], present: float
    ) -> dict[int, float]:
        """How far each link that shares two words with a task takes it up; ``held`` is how much of the task each holds,
        ``own`` whether it is set to the same body, ``present`` how much of the task the whole child holds."""
        words = self._tasks[number]
        said, whole = self._shared(words, pairs=False)
        kept, whole_core = self._shared(of_core, pairs=False)
        kept_pairs, whole_pairs = self._shared(of_core, pairs=True)
        count: dict[int, int] = defaultdict(int)
        pairs: dict[int, int] = defaultdict(int)
        for word in words:
            two = " " in word
            for i in self.index.get(word, ()):
                count[i] += 1
                if two:
                    pairs[i] += 1
        return {
            i: _SAID * said[i] / whole
            + _CORE * kept.get(i, 0.0) / whole_core
            + _CORE_PAIRS * kept_pairs.get(i, 0.0) / whole_pairs
            + _BACK * said[i] / self._single[i]
            + _HELD * held.get(i, 0.0)
            + _SAME_BODY * own[i]
            + _PAIRS * min(pairs[i], _MANY) / _MANY
            + _PRESENT * present
            for i, n in count.items()
            if n > 1
        }


__all__ = ["TakenUp", "core", "trunk"]
