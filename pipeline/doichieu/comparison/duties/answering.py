"""How a link of the child answers a task of the parent: what is measured where the two are laid beside each other, and
what was learned from tasks that were judged by reading.

Two things are learned (``lexicon/answering.toml``): which of the nearest links answers a task, and whether that answer
covers the task, a part of it, or nothing.  What holds of them:

1. a measure looks at wordings only, never at which documents they stand in;
2. the chances of the three verdicts are positive and come to 1;
3. what is learned stands in a file that people can read and change; the code knows the measures by their names.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from operator import mul
from typing import NamedTuple

from doichieu.comparison.duties.taken_up import parted
from doichieu.comparison.duties.task_kin import Kin, Spoken, Weights
from doichieu.comparison.duties.task_parts import LEFT_OUT, Part
from doichieu.comparison.duties.task_words import Words
from doichieu.lexicon import load
from doichieu.text.memory import Pairs

#: What is measured of a link beside a task, in the order in which it is worked out.
MEASURES = (
    "said",  # of the words of the task, weighted by what they tell, so many stand in the link
    "core",  # of the words of its core
    "core_pairs",  # of the pairs of words of its core
    "back",  # of the words of the link, so many are of the task
    "pairs",  # pairs of words that both have, up to five
    "rarest",  # of the three words of the core that tell most
    "first",  # of the first two words of the core, which are its verb
    "same_body",  # the link is set to the body of the task
    "least_part",  # of the part of the task that the link says least of
    "left_out",  # parts of which it says nothing
    "classes",  # of the task, words of one class taken as one
    "core_classes",
    "back_classes",
    "account",  # the link stands in a chapter on the situation or on viewpoints
    "target",  # a target stands in the link
    "verb",  # the link opens with a verb of doing
    "words",  # how many words the link has, as a logarithm
    "label",  # the link is hardly more than a heading
    "figures",  # of the figures of the task, so many stand in the link
    "both",  # words that the task and the link have in common, of those of each, by classes
    "things",  # of the things of the task, so much has its kin in the link
    "things_back",  # of the things of the link, so much has its kin in the task
    "things_both",  # the two together
    "deeds",  # of the deeds of the core of the task
    "core_things",  # of the things of its core
    "done",  # the things of the core where a deed of it is kin too
    "reworded",  # so far the core is not told in its own words: nothing from half of it on
    "reworded_things",  # what counts for more the further the core is told otherwise: things of both
    "reworded_deeds",  # deeds
    "reworded_core",  # things of its core
    "reworded_done",  # things where a deed is kin too
    "reworded_verb",  # the link opens with a verb of doing
)
#: What is measured of a link once all tasks of the parent have their links laid beside them.
OF_ALL = (
    "claimed",  # the most that another task of the parent has in common with the link, in the same words
    "along",  # the links most like the tasks around the task stand around the link
)
#: What is measured of the task by itself and of all near links together: it tells the verdict, not the answer.
OF_TASK = ("task_words", "together")
_MANY, _RAREST, _VERB, _LABEL, _HALF = 5, 3, 2, 4, 0.5


class Weighed(NamedTuple):
    """Words, what each tells, and what they tell together."""

    words: frozenset[str]
    tells: Mapping[str, float]
    whole: float

    @classmethod
    def of(cls, words: Iterable[str], tells: Mapping[str, float], new: float) -> Weighed:
        """Words with what each tells; ``new`` is what one tells that stands nowhere."""
        some = frozenset(words)
        return cls(some, tells, math.fsum(map(tells.get, some, repeat(new))) or 1.0)

    def share(self, said: frozenset[str]) -> float:
        """Which share of what they tell is said by words; it is the same in whichever order they are added up.

        >>> Weighed.of(["cầu", "đường"], {"cầu": 3.0}, 1.0).share(frozenset({"cầu"}))
        0.75
        """
        both = self.words & said
        return math.fsum(map(self.tells.__getitem__, both)) / self.whole if both else 0.0


class Speech(NamedTuple):
    """The deeds and things of a text and of its core, what they tell together, and all its families."""

    weights: Weights
    things: Spoken
    whole: float
    core_things: Spoken
    core_whole: float
    deeds: tuple[frozenset[str], ...]
    families: frozenset[str]

    @classmethod
    def of(cls, text: Kin, core: Kin, weights: Weights) -> Speech:
        """What a text speaks of, and its core."""
        things = spoken(text)
        core_things = things if core is text else spoken(core)
        whole = weights.whole(things) or 1.0
        core_whole = whole if core is text else weights.whole(core_things) or 1.0
        return cls(weights, things, whole, core_things, core_whole, core.deeds, text.families)

    def beside(self, link: Speech) -> list[float]:
        """How much of it has its kin in a link, in the order of the last of :data:`MEASURES`."""
        common, families, deeds = self.weights.common, link.families, self.deeds
        ahead = common(self.things, families) / self.whole
        back = common(link.things, self.families) / link.whole
        done = sum([not one.isdisjoint(families) for one in deeds]) / len(deeds) if deeds else 0.0
        of_core = ahead if self.core_things is self.things else common(self.core_things, families) / self.core_whole
        return [ahead, back, math.sqrt(ahead * back), done, of_core, of_core if done or not deeds else 0.0]


#: What is spoken of in the tasks of a parent is asked with each of its children.
spoken: Pairs[Spoken] = Pairs(lambda text: Spoken.of(text.things))


class Said(NamedTuple):
    """A link ready to be laid beside tasks: its words, what they tell together, and what it is."""

    words: frozenset[str]
    classes: frozenset[str]
    tells: float
    tells_classes: float
    traits: tuple[float, ...]  # what is measured of the link by itself, from ``account`` to ``label``
    target: bool
    verb: bool
    figures: frozenset[str]
    kin: Speech

    @classmethod
    def of(
        cls,
        words: Words,
        tells: Mapping[str, float],
        of_class: Mapping[str, float],
        is_what: tuple[bool, bool, bool, frozenset[str]],
        kin: Weights,
    ) -> Said:
        """A link with what its words tell, and whether it is an account, holds a target, opens with a verb, and which
        figures it has."""
        account, target, verb, figures = is_what
        single = parted(words.told).single
        told = math.fsum(map(tells.__getitem__, single)) or 1.0
        by_classes = math.fsum(map(of_class.__getitem__, words.classes)) or 1.0
        speech = Speech.of(words.kin, words.kin, kin)
        count = len(single)
        traits = (float(account), float(target), float(verb), math.log(1 + count), float(count < _LABEL))
        return cls(frozenset(words.told), words.classes, told, by_classes, traits, target, verb, figures, speech)


class Asked(NamedTuple):
    """A task ready to be laid beside links."""

    single: Weighed
    core: Weighed
    core_pairs: Weighed
    pairs: frozenset[str]
    rarest: Weighed
    verb: frozenset[str]
    classes: Weighed
    core_classes: Weighed
    parts: tuple[Weighed, ...]
    figures: frozenset[str]
    kin: Speech

    @classmethod
    def of(
        cls,
        words: Words,
        core: Words,
        parts: Iterable[Part],
        figures: frozenset[str],
        tells: tuple[Mapping[str, float], Mapping[str, float], float],
        kin: Weights,
    ) -> Asked:
        """A task by its words, those of its core, its parts and its figures; ``tells`` is what each word tells,
        what each class, and what one that stands nowhere."""
        of_word, of_class, new = tells
        of_task, of_core = parted(words.told), parted(core.told)
        rarest = sorted(of_core.single, key=lambda word: -of_word.get(word, new))[:_RAREST]
        single, classes = Weighed.of(of_task.single, of_word, new), Weighed.of(words.classes, of_class, new)
        return cls(
            single,
            single if core is words else Weighed.of(of_core.single, of_word, new),
            Weighed.of(of_core.pairs, of_word, new),
            frozenset(of_task.pairs),
            Weighed.of(rarest, of_word, new),
            frozenset(of_core.single[:_VERB]),
            classes,
            classes if core is words else Weighed.of(core.classes, of_class, new),
            tuple([Weighed.of(part.words, of_word, new) for part in parts]),
            figures,
            Speech.of(words.kin, core.kin, kin),
        )


def measures(task: Asked, link: Said, *, same_body: bool) -> list[float]:
    """What is measured of a link beside a task, in the order of :data:`MEASURES`."""
    words, classes = link.words, link.classes
    said, of_classes = task.single.share(words), task.classes.share(classes)
    of_core = of_classes if task.core_classes is task.classes else task.core_classes.share(classes)
    parts = [part.share(words) for part in task.parts]
    back = of_classes * task.classes.whole / link.tells_classes
    things, things_back, things_both, deeds, core_things, done = task.kin.beside(link.kin)
    reworded = max(0.0, 1 - of_core / _HALF)
    return [
        said,
        said if task.core is task.single else task.core.share(words),
        task.core_pairs.share(words),
        said * task.single.whole / link.tells,
        min(len(task.pairs & words), _MANY) / _MANY,
        task.rarest.share(words),
        len(task.verb & words) / (len(task.verb) or 1),
        float(same_body),
        min(parts) if parts else 0.0,
        float(sum([share <= LEFT_OUT for share in parts])),
        of_classes,
        of_core,
        back,
        *link.traits,
        len(task.figures & link.figures) / (len(task.figures) or 1),
        math.sqrt(max(of_classes, of_core) * back),
        things,
        things_back,
        things_both,
        deeds,
        core_things,
        done,
        reworded,
        reworded * things_both,
        reworded * deeds,
        reworded * core_things,
        reworded * done,
        reworded * link.verb,
    ]


def of_task(task: Asked, links: Iterable[Said]) -> list[float]:
    """What is measured of the task by itself and of some links together, in the order of :data:`OF_TASK`."""
    words = task.single.words
    said = frozenset().union(*[words & link.words for link in links])
    return [math.log(1 + len(words)), task.single.share(said)]


class Chances(NamedTuple):
    """How likely each verdict is."""

    covered: float
    partly: float
    missing: float


@lru_cache(maxsize=1)
def _nearest() -> list[float]:
    learned = load("answering")["nearest"]
    return [learned.get(name, 0.0) for name in (*MEASURES, *OF_ALL)]


@lru_cache(maxsize=1)
def _verdicts() -> list[tuple[float, list[float]]]:
    data = load("answering")
    return [
        (data[verdict]["always"], [data[verdict].get(name, 0.0) for name in (*MEASURES, *OF_ALL, *OF_TASK)])
        for verdict in Chances._fields
    ]


def nearness(measured: Sequence[float]) -> float:
    """How near a link is to a task, by what is measured of the two."""
    whole: float = sum(map(mul, _nearest(), measured))
    return whole


def chances(measured: Sequence[float]) -> Chances:
    """How likely it is that a link covers a task, a part of it, nothing; ``measured`` is of the two and of the task.

    >>> round(sum(chances([0.5] * 36)), 6)
    1.0
    """
    told = [math.exp(always + sum(map(mul, ws, measured))) for always, ws in _verdicts()]
    return Chances(*(one / sum(told) for one in told))


def verdict_of(how: Chances) -> str:
    """The verdict that stands: a task is covered or missing only where that is likely enough.

    >>> verdict_of(Chances(0.98, 0.01, 0.01)), verdict_of(Chances(0.2, 0.6, 0.2)), verdict_of(Chances(0.0, 0.02, 0.98))
    ('covered', 'partly', 'missing')
    """
    least = load("answering")["least"]
    if how.covered >= least["covered"]:
        return "covered"
    return "missing" if how.missing >= least["missing"] else "partly"


__all__ = [
    "MEASURES",
    "OF_ALL",
    "OF_TASK",
    "Asked",
    "Chances",
    "Said",
    "chances",
    "measures",
    "nearness",
    "of_task",
    "verdict_of",
]
