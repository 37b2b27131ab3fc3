"""One document's targets made ready for likeness: their wordings, words and measures, each worked out once."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from doichieu.alphabet import UPPER
from doichieu.comparison.meaning.cleaned import denied, unified
from doichieu.comparison.meaning.dimensions import dimension_of, is_count, measure_of
from doichieu.comparison.meaning.statements import Statement, statement_of
from doichieu.comparison.meaning.terms import as_one
from doichieu.comparison.relations.algebra import due_of, grade_of
from doichieu.comparison.relations.kinds import kinds_in, levels_in, neutral, regions_in
from doichieu.comparison.relations.terms_beside import weighty
from doichieu.lexicon import load
from doichieu.lexicon.families import LEVEL
from doichieu.model import Target
from doichieu.text import fold
from doichieu.text.memory import remembered


@lru_cache(maxsize=1)
def _fillers() -> frozenset[str]:
    return frozenset(load("populations")["fillers"])


#: A body's or a place's own name: "huyện Tân Sơn", "tỉnh Hòa An" narrow nothing between a level and the next.
_PLACE_NAME = re.compile(rf"(?<!\w){LEVEL}(?:\s+[{UPPER}]\w*)+")


#: What a wording denies.
_NOT = re.compile(r"(?<!\w)(?:không|chưa) (?!phải (?:là|người|do)(?!\w))(?:phải )?(\w+ \w+)")


def plain(text: str) -> str:
    """A wording ready for likeness: folded, equivalents unified, figures, brackets and neutral words gone.

    >>> plain("Tỉ lệ cán bộ cấp xã đạt 15% (dưới 40 tuổi)")
    'tỷ lệ cán bộ đạt'
    """
    return _plain(text)


def _read_plain(text: str) -> str:
    text = fold(_PLACE_NAME.sub(" ", re.sub(r"\([^()]*\)", " ", text)))
    text = denied(unified(text))
    text = neutral().sub(" ", text)
    text = re.sub(r"[^\w\s]|\d+", " ", text)
    return " ".join(text.split())


_plain = remembered(_read_plain)


def worded(text: str) -> str:
    """A wording ready for likeness, with words of one meaning made one.

    >>> worded("Lắp đặt 20 camera (an ninh)")
    'trang bị camera'
    """
    return _worded(text)


def _read_worded(text: str) -> str:
    return as_one(plain(text))


_worded = remembered(_read_worded)


class Side:
    """One document's targets prepared for likeness; ``stretches`` are the texts that stand around each."""

    def __init__(self, targets: list[Target], stretches: list[str], statements: list[Statement] | None) -> None:
        self.targets = targets
        self.statement = statements or [statement_of(t) for t in targets]
        self.predicate = [tuple(weighty(s.terms[s.border :])) for s in self.statement]
        self.terms = [frozenset(weighty(s.terms)) for s in self.statement]
        self.subject = [worded(t.subject) for t in targets]
        self.text = [_wording(t, s) for s, t in zip(stretches, targets, strict=True)]
        self.stretch = [_sorted_words(s or t.quote) for s, t in zip(stretches, targets, strict=True)]
        self.words = [
            content_words(f"{a} {' '.join(worded(s) for s in t.scope)}")
            for a, t in zip(self.text, targets, strict=True)
        ]
        self.whole = [f" {a} {worded(' '.join(t.scope))} " for a, t in zip(self.text, targets, strict=True)]
        self.people = [f" {worded(t.subject)} {worded(' '.join(t.scope))} " for t in targets]
        self.said = [f" {worded(t.indicator) or a} " for a, t in zip(self.text, targets, strict=True)]
        self.denied = [(_NOT.findall(a), _NOT.findall(b)) for a, b in zip(self.people, self.said, strict=True)]
        self.all_words = [set(f"{w} {s}".split()) for w, s in zip(self.whole, self.stretch, strict=True)]
        self.dimension = [dimension_of(t) for t in targets]
        self.due = [due_of(t) for t in targets]
        self.grade = [grade_of(t) for t in targets]
        self.age = [s.age for s in self.statement]
        self.narrowed = [frozenset(worded(" ".join(t.scope)).split()) for t in targets]
        self.named = [frozenset(subject.split()) for subject in self.subject]
        self._narrow(stretches)

    def _narrow(self, stretches: list[str]) -> None:
        """Read what narrows each population: kinds of regions, levels, members of sets that exclude each other."""
        wordings = [
            fold(f"{t.subject} {t.indicator} {' '.join(t.scope)} {s or t.quote}")
            for s, t in zip(stretches, self.targets, strict=True)
        ]
        self.regions = [regions_in(w) for w in wordings]
        self.levels = [levels_in(unified(w)) for w in wordings]
        self.kinds = [kinds_in(unified(w)) for w in wordings]


def _wording(target: Target, stretch: str) -> str:
    """What a target speaks of, plain: its population and indicator, with the thing it counts; the stretch where both
    are empty."""
    unit, _ = measure_of(dimension_of(target))
    counted = unit if is_count(target) and worded(unit) not in worded(f"{target.subject} {target.indicator}") else ""
    return worded(f"{target.subject} {target.indicator} {counted}") or worded(stretch or target.quote)


def _sorted_words(text: str) -> str:
    """The words of a wording that carry meaning, in an order of their own: who turns a sentence round says the same."""
    fillers = _fillers()
    return " ".join(sorted(w for w in worded(text).split() if w not in fillers))


def content_words(text: str) -> Counter[str]:
    """The words of a plain wording that carry meaning, and their pairs; nobody may change what this returns."""
    return _content_words(text)


def single_words(text: str) -> list[str]:
    """The words of a plain wording that carry meaning, in its order.

    >>> single_words("tỷ lệ hộ có nước")
    ['hộ', 'nước']
    """
    fillers = _fillers()
    return [w for w in text.split() if w not in fillers]


def _read_words(text: str) -> Counter[str]:
    words = single_words(text)
    return Counter([*words, *(f"{a} {b}" for a, b in pairwise(words))])


_content_words = remembered(_read_words)


def weights_of(c: Side, p: Side) -> dict[str, float]:
    """Rare words weigh more than those that half of all targets share."""
    count: Counter[str] = Counter()
    total = len(c.words) + len(p.words)
    for words in (*c.words, *p.words):
        count.update(words.keys())
    return {word: math.log(1 + total / n) * (0.7 if " " in word else 1.0) for word, n in count.items()}


class Weighed(NamedTuple):
    """The words of two sides with what each word weighs, and how much the words of each target weigh together."""

    c: Side
    p: Side
    weights: dict[str, float]
    heavy_c: list[float]
    heavy_p: list[float]

    @classmethod
    def of(cls, c: Side, p: Side) -> Weighed:
        weights = weights_of(c, p)
        heavy_c, heavy_p = ([sum(weights[word] for word in words) for words in side.words] for side in (c, p))
        return cls(c, p, weights, heavy_c, heavy_p)

    def overlap(self, i: int, j: int) -> tuple[float, float]:
        """(containment of the smaller, likeness of both) by weighted common words."""
        return overlap(self.c.words[i], self.p.words[j], self.weights, self.heavy_c[i], self.heavy_p[j])


def overlap(a: Counter[str], b: Counter[str], weights: dict[str, float], wa: float, wb: float) -> tuple[float, float]:
    """(containment of the smaller, likeness of both) by weighted common words; ``wa`` and ``wb`` weigh all of each."""
    if not wa or not wb:
        return 0.0, 0.0
    common = sum([weights[w] for w in a if w in b])
    return common / min(wa, wb), 2 * common / (wa + wb)


def subjects_alike(c: Side, p: Side, i: int, j: int) -> float:
    """How far the two speak of the same thing, wherever in the sentence each side names it."""
    one, other = c.subject[i], p.subject[j]
    if not one or not other:
        return 0.6
    own, theirs = c.named[i], p.named[j]
    named = min(len(own & p.all_words[j]) / len(own), len(theirs & c.all_words[i]) / len(theirs))
    return max(fuzz.token_set_ratio(one, other) / 100, 0.95 * named)


__all__ = [
    "Side",
    "Weighed",
    "content_words",
    "overlap",
    "plain",
    "single_words",
    "subjects_alike",
    "weights_of",
    "worded",
]
