"""Long patterns that are tried only where a word stands that each of their matches holds.

Looking for a word is many times as quick as looking for a pattern, and most patterns match in few texts.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from importlib import import_module
from itertools import product
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from doichieu.lexicon.kept import Kept

#: The words of patterns as they were found before: to take a pattern apart takes a hundred times as long.
_kept = Kept(__file__)
_MOST = 16  # so many wordings of one stretch are spelt out
_FEWEST = 2  # a word of one letter tells nothing


def needles(pattern: str) -> tuple[str, ...]:
    """Words of which every match of a pattern holds at least one; none where nothing can be said.

    >>> needles(r"[Tt]ài liệu tham khảo|luận (?:văn|án)\\b[^.]{0,40}")
    ('luận án', 'luận văn', 'Tài liệu tham khảo', 'tài liệu tham khảo')
    >>> needles(r"\\d+ hộ|x?")
    ()
    """
    parser = import_module("re._parser")
    parsed = parser.parse(pattern)
    found = _best(list(parsed)) if not parsed.state.flags & re.IGNORECASE else None
    needed = {word for word in found or () if not any(other in word for other in found or () if other != word)}
    return tuple(sorted(needed, key=lambda word: (len(word), word)))


def _better(one: frozenset[str] | None, other: frozenset[str]) -> frozenset[str] | None:
    """The set of words that tells more: longer words first, then fewer."""
    if "" in other or min(map(len, other)) < _FEWEST:
        return one
    if one is None:
        return other

    def rank(words: frozenset[str]) -> tuple[int, int]:
        return min(min(map(len, words)), 4), -len(words)

    return max(one, other, key=rank)


def _best(items: list[Any]) -> frozenset[str] | None:
    """The words of one sequence of a parsed pattern."""
    best: frozenset[str] | None = None
    run = frozenset({""})  # what the text holds for sure up to here, without a gap
    for operation, value in items:
        name = str(operation)
        spelt = _spelt(name, value)
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            continue  # nothing is taken up
        if spelt is not None and len(spelt) * len(run) <= _MOST:
            run = frozenset("".join(pair) for pair in product(run, spelt))
            continue
        best = _better(best, run)
        run = frozenset({""}) if spelt is None else spelt
        inner = _inside(name, value)
        if inner is not None:
            best = _better(best, inner)
    return _better(best, run)


def _spelt(name: str, value: Any) -> frozenset[str] | None:
    """All wordings of one part of a pattern; None where they are too many, or have no end."""
    if name == "LITERAL":
        return frozenset({chr(value)})
    if name == "IN":
        signs = [chr(code) for kind, code in value if str(kind) == "LITERAL"]
        return frozenset(signs) if len(signs) == len(value) <= 4 else None
    if name == "SUBPATTERN" and not value[1] and not value[2]:
        return _spelt_all(list(value[3]))
    if name == "BRANCH":
        some = [_spelt_all(list(branch)) for branch in value[1]]
        whole = frozenset(word for words in some if words is not None for word in words)
        return whole if all(words is not None for words in some) and len(whole) <= _MOST else None
    return None


def _spelt_all(items: list[Any]) -> frozenset[str] | None:
    whole = frozenset({""})
    for operation, value in items:
        spelt = _spelt(str(operation), value)
        if spelt is None or len(whole) * len(spelt) > _MOST:
            return None
        whole = frozenset("".join(pair) for pair in product(whole, spelt))
    return whole


def _inside(name: str, value: Any) -> frozenset[str] | None:
    """The words of a part that is no plain wording."""
    if name == "SUBPATTERN":
        return None if value[1] or value[2] else _best(list(value[3]))
    if name == "BRANCH":
        some = [_best(list(branch)) for branch in value[1]]
        return None if None in some else frozenset(word for words in some if words for word in words)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _best(list(value[2])) if value[0] else None
    return _best(list(value)) if name == "ATOMIC_GROUP" else None


def branches(pattern: str) -> list[str]:
    """The ways in which a pattern can match, as it spells them: what stands between its outermost bars.

    >>> branches(r"sửa \\||(?:a|b)[|]c|d")
    ['sửa \\\\|', '(?:a|b)[|]c', 'd']
    """
    out, depth, begin, at, listed = [], 0, 0, 0, False
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            at += 1
        elif listed:
            listed = sign != "]"
        elif sign == "[":
            listed = True
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and not depth:
            out.append(pattern[begin:at])
            begin = at + 1
        at += 1
    return [*out, pattern[begin:]]


class Sieves:
    """Several patterns for long texts, each tried only in the ways whose words stand in the text; the words of all are
    looked for in one pass.

    >>> Sieves(["hai|ba", "b\\\\w+n"]).among("ba và bốn"), Sieves(["hai|ba", "x+"]).among("một")
    ([0, 1], [])
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self.ways = [(number, Sieve(way)) for number, pattern in enumerate(patterns) for way in branches(pattern)]

    @cached_property
    def _words(self) -> tuple[AhoCorasick, list[set[int]]]:
        """The words of all ways, and for each word the ways that it lets pass."""
        found: dict[str, set[int]] = {}
        for at, (_, sieve) in enumerate(self.ways):
            for needle in sieve.needles:
                found.setdefault(needle, set()).add(at)
        automaton = AhoCorasick(list(found), matchkind=MatchKind.Standard, implementation=Implementation.DFA)
        return automaton, list(found.values())

    def _open(self, text: str) -> list[int]:
        """The ways that may match in a text."""
        automaton, lets = self._words
        openways = {at for at, (_, sieve) in enumerate(self.ways) if not sieve.needles}
        for word in {index for index, _, _ in automaton.find_matches_as_indexes(text, overlapping=True)}:
            openways |= lets[word]
        return sorted(openways)

    def may(self, text: str) -> list[int]:
        """The numbers of the patterns that may match in a text."""
        return sorted({self.ways[at][0] for at in self._open(text)})

    def among(self, text: str) -> list[int]:
        """The numbers of the patterns that match somewhere in a text."""
        found: set[int] = set()
        for at in self._open(text):
            number, sieve = self.ways[at]
            if number not in found and sieve.pattern.search(text):
                found.add(number)
        return sorted(found)


class Guard:
    """Whether any of several patterns may match in a text: the words of all of them are asked for at once.

    >>> guard = Guard(Sieve("hai|ba"), Sieve("b\\w+n lần"))
    >>> guard.may("ba"), guard.may("bốn lần"), guard.may("một")
    (True, True, False)
    """

    def __init__(self, *sieves: Sieve) -> None:
        self._sieves = sieves

    @cached_property
    def _needles(self) -> tuple[str, ...]:
        """Words of which a text holds one where any of the patterns matches; of one that has none, the empty word."""
        words = {needle for sieve in self._sieves for needle in sieve.needles or ("",)}
        return tuple(sorted(word for word in words if not any(o in word for o in words if o != word)))

    def may(self, text: str) -> bool:
        """Whether any of them may match."""
        return any(map(text.__contains__, self._needles))


class Sieve:
    """A pattern behind the words that its matches hold; it is made ready when it is first asked, and only if needed."""

    def __init__(self, pattern: str) -> None:
        self._source = pattern

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self._source)

    @cached_property
    def needles(self) -> tuple[str, ...]:
        """The words of which every match holds one."""
        known = _kept.get(self._source)
        return tuple(known if known is not None else _kept.put(self._source, needles(self._source)))

    def may(self, text: str) -> bool:
        """Whether the pattern may match in a text."""
        for needle in self.needles:
            if needle in text:
                return True
        return not self.needles

    def search(self, text: str, begin: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match."""
        needles = self.needles
        for needle in needles:
            if needle in text:
                return self.pattern.search(text, begin, end)
        return None if needles else self.pattern.search(text, begin, end)

    def match(self, text: str, begin: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match at a place, which is soon known."""
        return self.pattern.match(text, begin, end)

    def finditer(self, text: str, begin: int = 0) -> Iterator[re.Match[str]]:
        """All matches."""
        return self.pattern.finditer(text, begin) if self.may(text) else iter(())

    def sub(self, put: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with each match replaced."""
        return self.pattern.sub(put, text) if self.may(text) else text
