"""What is due over the whole stock as an iCalendar text (RFC 5545)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from doichieu.report.calendar import day_entry, escaped, whole


def calendar(entries: Iterable[tuple[str, str, str, str]]) -> bytes:
    """All-day events of ``(day, uid, document, wording)``."""
    lines: list[str] = []
    for due, uid, document, wording in entries:
        said = " ".join(wording.split())
        lines += day_entry(escaped(uid), datetime.date.fromisoformat(due), f"{document}: {said}")
    return whole(lines)
