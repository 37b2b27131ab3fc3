"""The deadlines of a document as an iCalendar file (RFC 5545)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from doichieu.model import Document, Target
from doichieu.naming import document_name, legal_path
from doichieu.report.clean import safe_text, shown, wording
from doichieu.report.words import page_words
from doichieu.text import short

#: Where a date is part of a name, not a day on which something is due.
_NAMES = frozenset({"header", "title", "preamble"})
_LONGEST = 900  # characters of a description
#: Roles of the body that answers for a task.
_LEADS = frozenset({"lanh_dao", "chu_tri", "tham_muu", "thuc_hien"})


def calendar(document: Document) -> bytes:
    """All dated or recurring deadlines as all-day events: what is due, by whom, and where it stands.

    A date that heads a list is due for the targets below it, which are named.  The same document gives the same bytes.
    """
    paths = {c.clause_id: c for c in document.clauses}
    t = page_words("vi")
    charged = _charged(document)
    lines: list[str] = []
    for deadline in document.deadlines:
        start = deadline.date or deadline.start
        if not start:
            continue
        date = datetime.date.fromisoformat(start)
        clause = paths.get(deadline.clause_id)
        if clause is not None and clause.kind in _NAMES:
            continue
        text = wording(document, clause) if clause else shown(deadline.quote)
        below = _below(document, clause.clause_path, start) if clause else []
        text = "\n".join([text, *below]) if below else text
        bodies = charged.get(deadline.clause_id, "")
        place = legal_path(clause.clause_path) if clause else ""
        stands = ", ".join(part for part in (place, document_name(document)) if part)
        told = [text[:_LONGEST], f"{t.agency}: {bodies}" if bodies else "", f"{t.place}: {stands}"]
        about = "\\n".join(escaped(line) for line in told if line)
        key = f"{document.document_id}-{deadline.deadline_id}"
        lines += day_entry(key, date, _summary(_first(text, below), bodies), rule=deadline.recurrence, about=about)
    return whole(lines)


def day_entry(key: str, date: datetime.date, summary: str, *, rule: str = "", about: str = "") -> list[str]:
    """The lines of an event of one whole day; ``rule`` is its recurrence, ``about`` its description, escaped."""
    return [
        "BEGIN:VEVENT",
        f"UID:{key}@doichieu",
        "DTSTAMP:20000101T000000Z",
        f"DTSTART;VALUE=DATE:{date:%Y%m%d}",
        f"DTEND;VALUE=DATE:{date + datetime.timedelta(days=1):%Y%m%d}",
        *([f"RRULE:{rule.removeprefix('RRULE:')}"] if rule else []),
        f"SUMMARY:{escaped(summary)}",
        *([f"DESCRIPTION:{about}"] if about else []),
        "END:VEVENT",
    ]


def whole(entries: Iterable[str]) -> bytes:
    """A calendar of the lines of events."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//doichieu//VI", "CALSCALE:GREGORIAN"]
    return ("\r\n".join(_folded(line) for line in (*head, *entries, "END:VCALENDAR")) + "\r\n").encode()


def _below(document: Document, path: str, day: str) -> list[str]:
    """The wording of the targets below a clause that are due on its day."""
    if not path:
        return []
    found = (t for t in document.targets if t.clause_path.startswith(f"{path}/") and t.deadline == day)
    return list(dict.fromkeys(_promise(t) for t in found))


def _promise(target: Target) -> str:
    """A target in words: whom it is about, where its own wording does not say, and the wording."""
    words = shown(target.quote)
    about = shown(target.subject)
    return words if not about or about.lower() in words.lower() else f"{about}: {words}"


def _first(text: str, below: Sequence[str]) -> str:
    """A line for the summary: of a heading with what stands below it, itself and the first of them."""
    heading = text.partition("\n")[0].rstrip(" :.;")
    return f"{heading}: {below[0]}" if below else text


def _charged(document: Document) -> dict[str, str]:
    """Who is charged in each clause: the leads, or else everybody that it names."""
    leads: dict[str, dict[str, None]] = {}
    others: dict[str, dict[str, None]] = {}
    for assignment in document.assignments:
        side = leads if assignment.role in _LEADS else others
        side.setdefault(assignment.clause_id, {})[shown(assignment.agency)] = None
    return {key: ", ".join(found) for key, found in {**others, **leads}.items()}


def _summary(text: str, bodies: str) -> str:
    """What is due in a line, and who owes it.

    >>> _summary("- Tham mưu phân bổ kinh phí trước ngày 15/12/2026.", "Sở Nội vụ")
    'Sở Nội vụ: Tham mưu phân bổ kinh phí trước ngày 15/12/2026'
    """
    due = short(text.lstrip("-+• ").rstrip(" .;"), 120)
    return due if not bodies or due.startswith(bodies) else f"{short(bodies, 60)}: {due}"


def escaped(text: str) -> str:
    """A text as a value of iCalendar."""
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
