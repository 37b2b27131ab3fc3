"""What is due over the whole stock as an iCalendar text (RFC 5545)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable


def calendar(entries: Iterable[tuple[str, str, str, str]]) -> bytes:
    """All-day events of ``(day, uid, document, wording)``."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//doichieu//VI", "CALSCALE:GREGORIAN"]
    for due, uid, document, wording in entries:
        date = datetime.date.fromisoformat(due)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_escape(uid)}@doichieu",
            "DTSTAMP:20000101T000000Z",
            f"DTSTART;VALUE=DATE:{date:%Y%m%d}",
            f"DTEND;VALUE=DATE:{date + datetime.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escape(f'{document}: {wording}')}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return ("\r\n".join(_folded(line) for line in lines) + "\r\n").encode()


def _escape(text: str) -> str:
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """A content line of at most 75 octets, continued with a blank, never cut inside a character."""
    out: list[str] = []
    current, size = "", 0
    for char in line:
        width = len(char.encode())
        if size + width > 74:
            out.append(current)
            current, size = " ", 1
        current += char
        size += width
    return "\r\n".join([*out, current])
