"""Documents of a run that are one: a copy, a scan and its Word file, a draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from doichieu.naming import same_issuer
from doichieu.resolve.records import HASH, SKETCH, IndexRecord
from doichieu.resolve.titles import SURE, similarity

_ALIKE, _SAME = 0.25, 0.8  # share of common hashes that confirms one number, and that tells a copy without one
_FEWEST = 4  # hashes below which nothing is told without a number


def copies_among(run: Sequence[IndexRecord]) -> dict[str, str]:
    """Document → the one that stands for it, where two are one document: a copy, a scan and its Word file, a draft.

    Number, issuer and day must agree and title or text be alike; without a number the text must be the same.  The
    fullest stands for the others.
    """
    by_number: dict[str, list[IndexRecord]] = defaultdict(list)
    by_hash: dict[bytes, list[IndexRecord]] = defaultdict(list)
    for record in run:
        if record.number:
            by_number[record.number].append(record)
        if record.sketch:
            by_hash[record.sketch[:HASH]].append(record)
    out: dict[str, str] = {}
    for group in [*by_number.values(), *by_hash.values()]:
        ranked = sorted(group, key=lambda r: (not r.number, -r.characters, r.document_id))
        for i, record in enumerate(ranked):
            first = next((r for r in ranked[:i] if r.document_id not in out and _one_document(r, record)), None)
            if first is not None:
                out.setdefault(record.document_id, first.document_id)
    return out


def _one_document(one: IndexRecord, other: IndexRecord) -> bool:
    if (one.kind and other.kind and one.kind != other.kind) or not same_issuer(one.issuer, other.issuer):
        return False
    if one.issued_on and other.issued_on and one.issued_on != other.issued_on:
        return False
    if one.number and one.number == other.number:
        titled = bool(one.title and other.title) and similarity(one.title, other.title) >= SURE
        return titled or _likeness(one.sketch, other.sketch) >= _ALIKE
    if (one.number and other.number) or min(len(one.sketch), len(other.sketch)) < _FEWEST * HASH:
        return False
    return _likeness(one.sketch, other.sketch) >= _SAME


@lru_cache(maxsize=512)
def _hashes(sketch: bytes) -> frozenset[bytes]:
    """The hashes of a sketch; many are compared with one."""
    return frozenset(sketch[at : at + HASH] for at in range(0, len(sketch), HASH))


def _likeness(one: bytes, other: bytes) -> float:
    """The share of common hashes among the least of both."""
    if one == other:
        return 1.0 if one else 0.0
    a, b = _hashes(one), _hashes(other)
    least = sorted(a | b)[:SKETCH]
    both = a & b
    return sum(number in both for number in least) / len(least) if least else 0.0
