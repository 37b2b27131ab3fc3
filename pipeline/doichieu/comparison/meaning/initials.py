"""Initials of words that the other side of a comparison writes in full: ``TTDVC`` beside ``trung tâm dịch vụ công``."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.comparison.meaning.statements import Statement

#: Letters that make no syllable, for no vowel is among them.
_INITIALS = re.compile(r"[bcdghklmnpqrstvxđ]{3,}")


def with_full_forms(own: Statement, other: Statement) -> Statement:
    """A statement with initials written out as the other side has them; its predicate begins where it began."""
    if not _has_initials(own.terms):
        return own
    head = spelled_out(own.terms[: own.border], other.terms)
    terms = head + spelled_out(own.terms[own.border :], other.terms)
    return own if terms == own.terms else own._replace(terms=terms, border=len(head))


@lru_cache(maxsize=8192)
def _has_initials(terms: tuple[str, ...]) -> bool:
    """Whether a row has a term that may be initials: it is asked beside each row of the other side."""
    return any(map(_INITIALS.fullmatch, terms))


def spelled_out(own: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """A row of terms in which initials give way to the words that the other row has side by side.

    >>> spelled_out(("ttdvc", "mở"), ("trung", "tâm", "dịch vụ", "công", "đóng"))
    ('trung', 'tâm', 'dịch vụ', 'công', 'mở')
    """
    out: list[str] = []
    for term in own:
        full = _full_form(term, other) if term not in other and _INITIALS.fullmatch(term) else ()
        out += full or (term,)
    return tuple(out)


def _full_form(initials: str, row: tuple[str, ...]) -> tuple[str, ...]:
    """The terms side by side in a row whose syllables begin with these letters; none where there are none."""
    letters = ["".join(word[0] for word in term.split()) for term in row]
    for start in range(len(row)):
        joined = ""
        for end in range(start, len(row)):
            joined += letters[end]
            if joined == initials:
                return row[start : end + 1]
            if not initials.startswith(joined):
                break
    return ()
