"""What a child's link holds of a task, and the core of a task.

The core of a task is its verb and object, what stands before the words that tell its purpose or manner (``nhằm``,
``gắn với``, ``trong đó``): a drafter who takes a task up keeps the core and words the rest anew.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from doichieu.lexicon import load
from doichieu.text import any_word
from doichieu.text.memory import Pairs

_PAIR, _SINGLE = 1.0, 0.5  # how much a pair of words tells beside a single one
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


#: What money is found for is what is to be done, not what for.
_FUNDS = re.compile(
    r"(?:ưu tiên |chủ động )?(?:bố trí|cân đối|dành|trích|phân bổ|lồng ghép|huy động|sử dụng)(?!\w)[^;:]{0,50}"
    r"(?<!\w)(?:kinh phí|ngân sách|vốn|nguồn lực|quỹ|tiền)(?!\w)[^,;:]{0,40}\Z",
    re.IGNORECASE,
)


def trunk(text: str) -> str:
    """A task without what it is for and how, however long.

    >>> trunk("Cân đối ngân sách của huyện để mua thuyền, đóng bè nhằm giúp dân qua lũ")
    'Cân đối ngân sách của huyện để mua thuyền, đóng bè '
    """
    tail = _tails().search(text, _CORE_LETTERS)
    if tail and _FUNDS.search(text[: tail.start()].rstrip()):
        tail = _tails().search(text, tail.end() + _CORE_LETTERS // 2)
    return text[: tail.start()] if tail else text


def _count(*texts: Iterable[str]) -> Counter[str]:
    count: Counter[str] = Counter()
    for words in texts:
        count.update(iter(words))
    return count


#: In how many of some texts each word stands; the tasks of a parent are counted with each of its children.
counted: Pairs[Counter[str]] = Pairs(_count, most=8)


def rarity(links: Sequence[Iterable[str]], tasks: Sequence[Iterable[str]]) -> tuple[dict[str, float], float]:
    """What a word tells: the rarer the more; and what one tells that stands nowhere.

    >>> told, new = rarity([{"cầu"}, {"cầu", "đường"}], [{"cầu"}])
    >>> told["cầu"] < told["đường"] == new
    True
    """
    count = _count(*links)
    count.update(counted(*tasks))
    whole = len(links) + len(tasks)
    told = {n: math.log(1 + whole / n) for n in {1, *count.values()}}
    return {word: told[n] for word, n in count.items()}, told[1]


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

    ``tells`` is what each word tells, ``new`` what one tells that stands nowhere; of the words of the tasks ``weight``
    is how much each weighs, ``index`` the numbers of the links that hold it.
    """

    def __init__(self, links: Sequence[Counter[str]], tasks: Sequence[Counter[str]]) -> None:
        self.tells, self.new = rarity(links, tasks)
        asked = counted(*tasks)
        self.weight = {w: self.tells[w] * (_PAIR if " " in w else _SINGLE) for w in asked}
        self.index: dict[str, list[int]] = defaultdict(list)
        for i, words in enumerate(links):
            for word in [word for word in words if word in asked]:
                self.index[word].append(i)

    def held(self, task: Counter[str]) -> dict[int, float]:
        """What part of a task each link holds that shares two words with it."""
        weight, index = self.weight, self.index
        whole = sum(map(weight.__getitem__, task))
        held: defaultdict[int, float] = defaultdict(float)
        some = [(word, index[word]) for word in task if word in index]
        for word, found in some:
            share = weight[word] / whole
            for i in found:
                held[i] += share
        shared = Counter(chain.from_iterable([found for _, found in some]))
        return {i: much for i, much in held.items() if shared[i] > 1}


__all__ = ["TakenUp", "core", "counted", "parted", "rarity", "trunk"]
