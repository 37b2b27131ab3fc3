"""Ids of targets, and rows that repeat an earlier commitment of the same document."""

from __future__ import annotations

import hashlib
from collections import Counter

import msgspec

from doichieu.model import Target
from doichieu.text import fold

#: So many rows of one value in one part are compared with a later repetition; no document has more.
_MOST_ALIKE = 200


def with_ids(found: list[Target]) -> list[Target]:
    """Give each target an id that depends on its document and content, not on where it stands."""
    seen: Counter[str] = Counter()
    out = []
    for target in found:
        content = "|".join(
            [
                target.document_id,
                fold(target.quote),
                fold(target.subject),
                fold(target.indicator),
                target.operator,
                str(target.value),
                target.unit,
                target.level,
                target.deadline,
            ]
        )
        seen[content] += 1
        digest = hashlib.sha256(f"{content}|{seen[content]}".encode()).hexdigest()[:10]
        out.append(msgspec.structs.replace(target, target_id=f"t{digest}"))
    return out


def link_repetitions(found: list[Target]) -> list[Target]:
    """Let a later row that repeats an earlier commitment of the same document know it (``same_as``)."""
    first: dict[tuple[object, ...], dict[str, list[Target]]] = {}  # by content, then by part of the document
    out = []
    for target in found:
        key = (target.operator, target.value, target.value_max, target.unit, target.level, target.deadline)
        part = target.clause_path.split("/")[0]
        elsewhere = (other for name, rows in first.get(key, {}).items() if name != part for other in rows)
        twin = next((other for other in elsewhere if _repeats(target, other)), None)
        if twin is not None and target.value is not None:
            target = msgspec.structs.replace(target, same_as=twin.target_id)
        else:
            rows = first.setdefault(key, {}).setdefault(part, [])
            if len(rows) < _MOST_ALIKE:
                rows.append(target)
        out.append(target)
    return out


def _repeats(target: Target, other: Target) -> bool:
    """Whether two rows of different parts state one commitment: the same population, nearly the same words."""
    return _alike(fold(target.quote), fold(other.quote), 0.8) and _alike(fold(target.subject), fold(other.subject), 0.6)


def _alike(one: str, other: str, share: float) -> bool:
    a, b = set(one.split()), set(other.split())
    return len(a & b) >= share * max(len(a), len(b))
