"""The deadlines of a document as an iCalendar file (RFC 5545)."""

from __future__ import annotations

import datetime

from doichieu.model import Document
from doichieu.naming import document_name, legal_path
from doichieu.report.clean import safe_text, shown, wording


def calendar(document: Document) -> bytes:
    """All dated or recurring deadlines as all-day events; the same document gives the same bytes."""
    paths = {c.clause_id: c for c in document.clauses}
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//doichieu//VI", "CALSCALE:GREGORIAN"]
    for deadline in document.deadlines:
        start = deadline.date or deadline.start
        if not start:
            continue
        date = datetime.date.fromisoformat(start)
        clause = paths.get(deadline.clause_id)
        text = wording(document, clause) if clause else shown(deadline.quote)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{document.document_id}-{deadline.deadline_id}@doichieu",
            "DTSTAMP:20000101T000000Z",
            f"DTSTART;VALUE=DATE:{date:%Y%m%d}",
            f"DTEND;VALUE=DATE:{date + datetime.timedelta(days=1):%Y%m%d}",
        ]
        if deadline.recurrence:
            lines.append(f"RRULE:{deadline.recurrence.removeprefix('RRULE:')}")
        place = legal_path(clause.clause_path) if clause else ""
        lines += [
            f"SUMMARY:{_escape(f'{document_name(document)}: {shown(deadline.quote)}')}",
            f"DESCRIPTION:{_escape(f'{place}. {text[:500]}' if place else text[:500])}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return ("\r\n".join(_folded(line) for line in lines) + "\r\n").encode()


def _escape(text: str) -> str:
    return safe_text(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A content line of at most 75 octets, continued with a blank, never cut inside a character."""
    out: list[str] = []
    current = ""
    size = 0
    for char in line:
        width = len(char.encode())
        if size + width > 74:
            out.append(current)
            current, size = " ", 1
        current += char
        size += width
    return "\r\n".join([*out, current])
