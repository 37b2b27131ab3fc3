"""One name for each body of a report, however the documents spell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from doichieu.model import Assignment
from doichieu.report.clean import shown


def body_names(assignments: Iterable[Assignment]) -> dict[str, str]:
    """The name of each body by ``agency_id``: the spelling used most, of equals the longer, then the first; with a
    capital.

    ``UBND thị xã`` and ``Ủy ban nhân dân thị xã`` are one body and so one line of a table, one choice of a filter.
    """
    spellings: dict[str, Counter[str]] = {}
    for assignment in assignments:
        written = shown(assignment.agency)
        spellings.setdefault(body_key(assignment), Counter())[written[:1].upper() + written[1:]] += 1
    return {key: max(count, key=lambda written: (count[written], len(written))) for key, count in spellings.items()}


def body_key(assignment: Assignment) -> str:
    """What tells a body from another: its id, else its name."""
    return assignment.agency_id or shown(assignment.agency)
