"""Nothing left of a kind, and all of the kind done away with: ``không còn bãi rác tạm``, ``100% bãi rác tạm được đóng
cửa`` are one promise."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.comparison.meaning.dimensions import counts_whole
from doichieu.comparison.meaning.terms import tokens
from doichieu.lexicon import load
from doichieu.model import Target
from doichieu.text import any_word, fold

_NONE = re.compile(r"(?<!\w)không (?:còn|để)(?!\w)")


@lru_cache(maxsize=1)
def _done_away() -> re.Pattern[str]:
    """A deed by which what is counted is no longer there, and how thoroughly it is done."""
    return re.compile(
        rf"(?<!\w)(?:được |bị )?(?:{any_word(load('terms')['done_away'])})"
        r"(?: (?:triệt để|dứt điểm|xong|hoàn toàn))?(?!\w)"
    )


def none_left(target: Target, other: Target) -> bool:
    """Whether a target says that nothing of a kind is left where the other side has all of the kind done away with.

    >>> none = Target("d", "t", "c", "", 0, 1, "Không còn bãi rác tạm", operator="=", value=0, unit="bãi")
    >>> closed = Target("d", "t", "c", "", 0, 1, "100% bãi rác tạm được đóng cửa", operator="=", value=100, unit="%")
    >>> none_left(none, closed), none_left(closed, none)
    (True, False)
    """
    if target.value != 0 or other.value != 100 or other.unit != "%" or other.value_max is not None:
        return False
    if target.unit and not counts_whole(target.unit):
        return False
    return _NONE.search(fold(target.quote)) is not None and _done_away().search(fold(other.quote)) is not None


def without_deed(terms: tuple[str, ...], border: int) -> tuple[tuple[str, ...], int]:
    """A row of terms without the deed by which what it counts is done away with, and where its predicate begins.

    >>> without_deed(("bãi", "rác thải", "tạm", "được", "đóng cửa"), 3)
    (('bãi', 'rác thải', 'tạm'), 3)
    """
    for deed in _deeds():
        for start in range(len(terms) - len(deed) + 1):
            if terms[start : start + len(deed)] == deed:
                end = start + len(deed)
                start -= start > 0 and terms[start - 1] in ("được", "bị")
                return terms[:start] + terms[end:], border - max(0, min(end, border) - start)
    return terms, border


@lru_cache(maxsize=1)
def _deeds() -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tokens(deed) for deed in load("terms")["done_away"]), key=lambda terms: (-len(terms), terms)))


__all__ = ["none_left", "without_deed"]
