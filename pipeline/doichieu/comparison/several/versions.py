"""One document as it held on different days: which target of one version is which of another.

An amended target has another wording, so another id; it stands in the same place.  What an amendment added has no
counterpart in the version before it, what it took away none in the one after.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from doichieu.model import Document, Target
from doichieu.text import fold

#: Targets of one place are the same from this likeness of their wordings on.
_ALIKE = 0.5


def same_targets(one: Sequence[Target], other: Sequence[Target]) -> dict[str, Target]:
    """For each target of a version, by its id, the same target of another version.

    >>> a = [Target("d", "1", "c", "I/1", 0, 1, "75% đường"), Target("d", "2", "c", "I/2", 0, 1, "90% xã")]
    >>> b = [Target("d", "3", "c", "I/1", 0, 1, "85% đường"), Target("d", "2", "c", "I/2", 0, 1, "90% xã")]
    >>> {key: target.target_id for key, target in same_targets(a, b).items()}
    {'2': '2', '1': '3'}
    """
    by_id = {target.target_id: target for target in other}
    found = {target.target_id: by_id[target.target_id] for target in one if target.target_id in by_id}
    free = [target for target in other if target.target_id not in found]
    for target in one:
        if target.target_id in found:
            continue
        near = [(_likeness(target, candidate), -n) for n, candidate in enumerate(free)]
        best, at = max(near, default=(0.0, 0))
        if best >= _ALIKE:
            found[target.target_id] = free.pop(-at)
    return found


def _likeness(one: Target, other: Target) -> float:
    """How alike two targets of one document read; in the same place, and for the same day, more."""
    share = fuzz.token_sort_ratio(fold(one.quote), fold(other.quote)) / 100
    place = one.clause_path == other.clause_path
    return share + 0.2 * place + 0.05 * (one.deadline == other.deadline) if place or share >= 1.5 * _ALIKE else 0.0


def latest(versions: Iterable[Document]) -> Document:
    """The version that held last: the one with the latest amended target."""
    return max(versions, key=lambda d: max((t.in_force_from for t in d.targets), default=""))


__all__ = ["latest", "same_targets"]
