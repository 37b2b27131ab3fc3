"""Parts beside their whole: ``đất giao thông`` is one word where the other side says ``đất phi nông nghiệp``.

Elsewhere the words of such a part stand by themselves, so that ``đất dành cho giao thông`` says the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import methodcaller

from doichieu.comparison.meaning.statements import Statement
from doichieu.comparison.meaning.terms import in_words, parts
from doichieu.text import any_word


@lru_cache(maxsize=1)
def _wholes() -> re.Pattern[str]:
    return re.compile(any_word(parts()))


@lru_cache(maxsize=256)
def _parts_of(whole: str) -> re.Pattern[str]:
    return re.compile(any_word(parts()[whole]))


@lru_cache(maxsize=8192)
def _read(terms: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """A row as one wording, and the wholes that it names."""
    said = " ".join(terms)
    return said, tuple(dict.fromkeys(_wholes().findall(said)))


def beside_wholes(own: Statement, other: Statement) -> tuple[Statement, Statement]:
    """Two statements in which a part that the one names and the whole that the other names are one word each."""
    for whole_first in (True, False):
        one, two = (own, other) if whole_first else (other, own)
        said, wholes = _read(two.terms)[0], _read(one.terms)[1]
        for whole in wholes:
            named = set(_parts_of(whole).findall(said))
            if named:
                one, two = _welded(one, {whole}), _welded(two, named)
        own, other = (one, two) if whole_first else (two, one)
    return own, other


def _welded(statement: Statement, words: set[str]) -> Statement:
    head = joined(statement.terms[: statement.border], words)
    terms = head + joined(statement.terms[statement.border :], words)
    return statement if terms == statement.terms else statement._replace(terms=terms, border=len(head))


def joined(row: tuple[str, ...], words: set[str]) -> tuple[str, ...]:
    """A row of terms in which each of the words is one term.

    >>> joined(("đất", "giao", "thông", "được", "đo"), {"đất giao thông"})
    ('đất giao thông', 'được', 'đo')
    """
    out: list[str] = []
    place = 0
    while place < len(row):
        term, length = row[place], 1
        if any(map(methodcaller("startswith", f"{term} "), words)):  # few terms begin one of the words
            spans = range(len(row) - place, 1, -1)
            length = next((n for n in spans if in_words(row[place : place + n]) in words), 1)
        out.append(in_words(row[place : place + length]) if length > 1 else term)
        place += length
    return tuple(out)


__all__ = ["beside_wholes", "joined"]
