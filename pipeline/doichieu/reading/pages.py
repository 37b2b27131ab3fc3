"""Who wants to know how far the reading of a long file is: a person who waits for a scan of eighty pages.

>>> seen = []
>>> with watched(lambda number, total: seen.append((number, total))):
...     turned(1, 2)
>>> turned(2, 2)
>>> seen
[(1, 2)]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_watchers: list[Callable[[int, int], None]] = []


@contextmanager
def watched(tell: Callable[[int, int], None]) -> Iterator[None]:
    """Call ``tell`` with the number of each page begun (from 1) and of all pages, for the length of the block."""
    _watchers.append(tell)
    try:
        yield
    finally:
        _watchers.remove(tell)


def turned(number: int, total: int) -> None:
    """Say that page ``number`` of ``total`` is begun; readers call it."""
    for tell in _watchers:
        tell(number, total)
