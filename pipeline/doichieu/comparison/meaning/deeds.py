"""Deeds that promise the same of the same thing: what of two predicates differs in the verb alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from doichieu.comparison.meaning.terms import read_as
from doichieu.lexicon import load
from doichieu.text import any_word


@lru_cache(maxsize=1)
def _classes() -> dict[str, list[tuple[int, re.Pattern[str] | None]]]:
    """For each deed the classes that it is in, each with what one of must stand beside it."""
    out: dict[str, list[tuple[int, re.Pattern[str] | None]]] = {}
    for number, entry in enumerate(load("deeds")["deed"]):
        beside = entry.get("beside")
        needed = re.compile(any_word({*beside, *map(read_as, beside)})) if beside else None
        for word in {read_as(word) for word in entry["words"]}:
            out.setdefault(word, []).append((number, needed))
    return out


def is_deed(term: str) -> bool:
    """Whether a term is a deed of some class.

    >>> is_deed("lồng ghép"), is_deed("bệnh viện")
    (True, False)
    """
    return term in _classes()


def deeds_of(term: str, both: str) -> frozenset[int]:
    """The classes of deeds that a term is in where two wordings have the words ``both`` in common.

    >>> deeds_of("hưởng", "đầy đủ chế độ") == deeds_of("giải quyết", "chế độ")
    True
    >>> deeds_of("hưởng", "hồ sơ")
    frozenset()
    """
    known = _classes().get(term, ())
    return frozenset(number for number, needed in known if needed is None or needed.search(both))


def without_kin(own: Iterable[str], other: Iterable[str], common: Iterable[str]) -> frozenset[str]:
    """Of the terms that one wording has alone those that are deeds of a class of which the other has one, alone too or
    in common: it promises nothing else by them.

    >>> sorted(without_kin(["giải quyết"], ["hưởng"], ["chế độ"])), sorted(without_kin(["bao vây"], [], ["xử lý"]))
    (['giải quyết'], [])
    """
    deeds = _classes()
    mine = [term for term in own if term in deeds]
    if not mine:
        return frozenset()
    shared = tuple(common)
    both = " ".join(shared)
    theirs = {number for term in (*other, *shared) if term in deeds for number in deeds_of(term, both)}
    return frozenset([term for term in mine if deeds_of(term, both) & theirs])
