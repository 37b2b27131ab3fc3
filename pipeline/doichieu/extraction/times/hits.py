"""One binding expression of time in a passage."""

from __future__ import annotations

from msgspec import Struct


class DeadlineHit(Struct, frozen=True):
    """One binding expression at ``text[start:end]`` of a passage.

    ``start_date`` and ``date`` are ISO dates; ``operator`` relates to ``date``; ``kind`` and ``recurrence`` are those
    of the table ``deadlines.csv``; ``text`` is the wording.
    """

    start: int
    end: int
    kind: str
    operator: str = ""
    start_date: str = ""
    date: str = ""
    recurrence: str = ""
    text: str = ""
