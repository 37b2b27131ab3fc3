"""What a run begins with: what a person allows its workers to take, and patterns as they were compiled before."""

from __future__ import annotations

import os

from doichieu.processes.limits import MEMORY_VARIABLE, TIME_VARIABLE
from doichieu.processes.patterns import remember

_LEAST = 256  # megabytes: below it the libraries themselves cannot be loaded


def bound(memory: int | None, seconds: int | None) -> None:
    """Allow each worker of this process ``memory`` (megabytes) and ``seconds`` for a file; None leaves the default."""
    if memory:
        os.environ[MEMORY_VARIABLE] = str(max(_LEAST, memory))
    if seconds:
        os.environ[TIME_VARIABLE] = str(seconds)


__all__ = ["bound", "remember"]
