"""Who holds a body's work after the reform of 2025, and which targets have lost their bearer.

A task of ``Phòng Nội vụ huyện`` of 2022 is compared, in a child of after 01/7/2025, with who holds it now.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from doichieu.lexicon import load
from doichieu.model import Document, Target
from doichieu.text import any_word, fold


class Succession(Struct, frozen=True):
    """Who holds the work of a body since ``on``, and the act that says so."""

    to: tuple[str, ...]
    on: str
    source: str


@lru_cache(maxsize=1)
def _bodies() -> tuple[tuple[str, Succession], ...]:
    found = [
        (name, Succession(tuple(entry["to"]), entry["on"], entry["source"]))
        for entry in load("successors")["body"]
        for name in entry["body"]
    ]
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0])))


@lru_cache(maxsize=4096)
def succession(agency: str) -> Succession | None:
    """The succession of a body, whatever the day; None for a body that still exists.

    >>> succession("Phòng Nội vụ huyện").to, succession("Sở Nội vụ")
    (('Phòng Văn hóa - Xã hội',), None)
    """
    name = fold(agency)
    return next((found for body, found in _bodies() if re.match(rf"{re.escape(body)}(?!\w)", name)), None)


def holders(agency: str, day: str) -> tuple[str, ...]:
    """Who holds a body's work on a day: itself as long as it exists.

    >>> holders("Sở Giao thông vận tải", "2024-05-01"), holders("Sở Giao thông vận tải", "2025-05-01")
    (('Sở Giao thông vận tải',), ('Sở Xây dựng',))
    """
    found = succession(agency)
    return found.to if found is not None and day and day >= found.on else (agency,)


@lru_cache(maxsize=1)
def _areas() -> re.Pattern[str]:
    return re.compile(any_word(load("successors")["ended"]["areas"]))


def end_of_districts() -> str:
    """The first day without the level of districts."""
    return str(load("successors")["ended"]["on"])


def ended_since(parent: Document, day: str) -> frozenset[str]:
    """The targets of ``parent`` that speak of what had ended by ``day``, with no date or one that falls later."""
    end = end_of_districts()
    if not day or day < end:
        return frozenset()
    return frozenset(t.target_id for t in parent.targets if (not t.deadline or t.deadline >= end) and _ended(t, day))


def without_bearer(plan: Document, day: str) -> frozenset[str]:
    """The targets of a plan that fall due after their bearer ended, seen from a day after that end."""
    end = end_of_districts()
    if not day or day < end:
        return frozenset()
    issuer = succession(plan.info.issuer)
    whole = issuer is not None and issuer.on <= day
    return frozenset(t.target_id for t in plan.targets if t.deadline > end and (whole or _ended(t, day)))


def _ended(target: Target, day: str) -> bool:
    lead = succession(target.lead_agency) if target.lead_agency else None
    if lead is not None and lead.on <= day:
        return True
    return _areas().search(fold(target.subject)) is not None
