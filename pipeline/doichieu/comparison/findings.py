"""What findings have in common: their ids."""

from __future__ import annotations

import hashlib
from collections import Counter

import msgspec

from doichieu.model import Deviation, Target
from doichieu.text import fold


def finding_id(*parts: str) -> str:
    """The id of what the parts identify."""
    return "d" + hashlib.sha256("|".join(parts).encode()).hexdigest()[:10]


def stable(target: Target | None) -> str:
    """What identifies a target across runs: its wording and slots, not its place."""
    if target is None:
        return ""
    return "~".join(
        [fold(target.quote), fold(target.subject), fold(target.indicator), target.level_scale, target.deadline[:4]]
    )


def numbered(found: list[Deviation]) -> list[Deviation]:
    """Make the ids unique: a second finding of the same content gets its ordinal."""
    seen: Counter[str] = Counter()
    out = []
    for deviation in found:
        seen[deviation.deviation_id] += 1
        if seen[deviation.deviation_id] > 1:
            deviation = msgspec.structs.replace(
                deviation, deviation_id=f"{deviation.deviation_id}-{seen[deviation.deviation_id]}"
            )
        out.append(deviation)
    return out
