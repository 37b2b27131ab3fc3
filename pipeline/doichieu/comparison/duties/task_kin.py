"""What a task speaks of by kin: each deed and each thing with the families of wordings that may answer it.

Two wordings of one family answer each other although they share no word: as another word for the same (``nước ngầm``,
``nước dưới đất``), as a kind or a part of it (``nhà máy`` of ``doanh nghiệp``), as a means to it (``ký cam kết`` to
``vận động``).  A wording may be of several families.  What holds of them:

1. a word of no family is a family of its own, so equal words are always kin;
2. how much two texts have in common by kin depends on the families alone, not on their order;
3. what a family tells is the more, the fewer texts speak of it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from doichieu.comparison.duties.taken_up import counted, rarity
from doichieu.comparison.pairing.likeness import single_words
from doichieu.lexicon import load

#: Families that more than this share of the links speak of lead to none.
_COMMON = 0.3


class Kin(NamedTuple):
    """The deeds and the things of a text, each by the families it is of, and all these families."""

    deeds: tuple[frozenset[str], ...]
    things: tuple[frozenset[str], ...]

    families: frozenset[str]

    @classmethod
    def of(cls, deeds: Iterable[frozenset[str]], things: Iterable[frozenset[str]]) -> Kin:
        """Deeds and things with all families that are spoken of."""
        some, others = tuple(deeds), tuple(things)
        return cls(some, others, frozenset().union(*some, *others))


class Spoken(NamedTuple):
    """Deeds or things as they are laid beside a text: the families of those that are of one alone, and the others."""

    single: frozenset[str]
    several: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, spoken: Iterable[frozenset[str]]) -> Spoken:
        """Deeds or things, no two of the same families."""
        some = list(spoken)
        alone = frozenset().union(*[families for families in some if len(families) == 1])
        return cls(alone, tuple([families for families in some if len(families) > 1]))


class Forms(NamedTuple):
    """Wordings with the families they are of, deeds and things apart, and the longest behind each first word."""

    families: dict[tuple[str, ...], tuple[frozenset[str], frozenset[str]]]
    longest: dict[str, int]


def families_of(data: Mapping[str, Sequence[Sequence[str]]], classes: Mapping[str, str]) -> Forms:
    """Wordings, in words that name classes, with the families they are of; ``classes`` writes a wording in classes."""
    deeds: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    things: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for kind, out in (("deeds", deeds), ("things", things)):
        for number, forms in enumerate(data[kind]):
            for form in forms:
                words = tuple(classes[form].split())
                if words:
                    out[words].add(f"{kind}-{number}")
    longest: dict[str, int] = {}
    for words in (*deeds, *things):
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    none: set[str] = set()
    families = {w: (frozenset(deeds.get(w, none)), frozenset(things.get(w, none))) for w in (*deeds, *things)}
    return Forms(families, longest)


def kin_of(text: str, forms: Forms) -> Kin:
    """The deeds and things of a wording that is written in classes."""
    words, at = text.split(), 0
    deeds: dict[frozenset[str], None] = {}
    things: dict[frozenset[str], None] = {}
    while at < len(words):
        reach = min(forms.longest.get(words[at], 0), len(words) - at)
        found = next((n for n in range(reach, 0, -1) if tuple(words[at : at + n]) in forms.families), 0)
        if found:
            of_deed, of_thing = forms.families[tuple(words[at : at + found])]
            deeds.update({of_deed: None} if of_deed else {})
            things.update({of_thing: None} if of_thing else {})
        else:
            things.update({frozenset({word}): None for word in single_words(words[at])})
        at += found or 1
    return Kin.of(deeds, things)


def foremost(scores: Mapping[int, float], most: int) -> list[int]:
    """Those with the highest scores, the highest first; of two with the same the one with the lower number.

    >>> foremost({4: 0.5, 7: 0.9, 3: 0.5, 1: 0.2, 2: 0.5}, 3)
    [7, 2, 3]
    """
    least = sorted(scores.values())[-most] if len(scores) > most else -math.inf
    return sorted([i for i, score in scores.items() if score >= least], key=lambda i: (-scores[i], i))[:most]


class Weights:
    """What families tell, by how many texts speak of them, and which links speak of each."""

    def __init__(self, links: Sequence[Kin], tasks: Sequence[Kin]) -> None:
        asked = [task.families for task in tasks]
        of_tasks = counted(*asked)
        speaking: defaultdict[str, list[int]] = defaultdict(list)
        for i, link in enumerate(links):
            for family in [family for family in link.families if family in of_tasks]:
                speaking[family].append(i)
        most = max(2.0, _COMMON * len(links))
        self._rare = {family: some for family, some in speaking.items() if len(some) <= most}
        self._size = [math.sqrt(1 + len(link.things) + len(link.deeds)) for link in links]
        self.tells, self._new = rarity([link.families for link in links], asked)

    def whole(self, spoken: Spoken) -> float:
        """What deeds or things tell together."""
        told, new = self.tells.get, repeat(self._new)
        some = list(map(told, spoken.single, new))
        some += [max(map(told, families, new)) for families in spoken.several]
        return math.fsum(some)

    def common(self, spoken: Spoken, other: frozenset[str]) -> float:
        """What those of some deeds or things tell that another text speaks of too, each by its rarest family."""
        told = self.tells.__getitem__
        some = list(map(told, spoken.single & other))
        for families in spoken.several:
            both = families & other
            if both:
                some.append(max(map(told, both)))
        return math.fsum(some)

    def nearest(self, task: Kin, most: int) -> list[int]:
        """The links that speak of most of what a task speaks of, the nearest first; none that shares nothing rare."""
        scores: defaultdict[int, float] = defaultdict(float)
        rare, told = self._rare, self.tells.__getitem__
        for families in (*task.things, *task.deeds):
            # of the families of one wording the rarest counts: told from the commonest on, the rarer write over it
            some = [family for family in families if family in rare]
            if len(some) == 1:
                tells = told(some[0])
                for i in rare[some[0]]:
                    scores[i] += tells
            elif some:
                reached: dict[int, float] = {}
                for family in sorted(some, key=told):
                    reached.update(dict.fromkeys(rare[family], told(family)))
                for i, tells in reached.items():
                    scores[i] += tells
        size = self._size
        return foremost({i: score / size[i] for i, score in scores.items()}, most)


@lru_cache(maxsize=1)
def kin_data() -> Mapping[str, Sequence[Sequence[str]]]:
    """The families of the lexicon."""
    data = load("task_kin")
    return {"deeds": data["deeds"], "things": data["things"]}


__all__ = ["Forms", "Kin", "Spoken", "Weights", "families_of", "foremost", "kin_data", "kin_of"]
