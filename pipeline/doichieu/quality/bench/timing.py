"""How the figures of the bench are taken."""

from __future__ import annotations

import time
from collections.abc import Callable

REPEAT = 5


def best(action: Callable[[], object], repeat: int = REPEAT) -> float:
    """The shortest of several timings of an action, in seconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)
