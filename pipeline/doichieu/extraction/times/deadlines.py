"""Expressions of time that bind: by when, within what, how often, from when on.

What holds after :func:`stage`:

1. Every binding expression of the running text, of role lines and of table cells is a row of ``analysis.deadlines``.
2. Years and dates inside cited titles, letterheads, stamps and signatures, dates of events, baselines and birth years
   are none.
3. A year, month or quarter stands for its last day under ``<=`` and for its first under ``<`` (``Trước tháng 10 năm
   2022`` is before 2022-10-01).
4. ``analysis.deadline_hits`` holds the :class:`DeadlineHit` of each passage, in passage offsets; stretches of days
   (:mod:`doichieu.extraction.times.durations`) are rows only: in a target they are a measure.

Run after :mod:`doichieu.extraction.citations.stage`, whose spans mask what they cite.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from hashlib import blake2b
from typing import cast

from msgspec.structs import replace

from doichieu.extraction.times.durations import durations
from doichieu.extraction.times.grammar import FROM_ISSUE, PAST_AFTER, RELATIVE, due, find_deadlines
from doichieu.extraction.times.hits import DeadlineHit
from doichieu.extraction.times.units import Spans
from doichieu.model import DateOperator, Deadline, DeadlineKind
from doichieu.numerals import words_to_number
from doichieu.segmentation.passages import Analysis, Passage

__all__ = ["DeadlineHit", "due", "find_deadlines", "stage"]

_SKIPPED = frozenset({"header", "stamp", "recipients", "recipient", "signature", "quoted"})


def stage(analysis: Analysis) -> None:
    """Fill ``analysis.deadlines`` and ``analysis.deadline_hits``."""
    issued = analysis.info.issued_on
    counts: Counter[tuple[str, ...]] = Counter()
    rows: list[Deadline] = []
    for passage in analysis.passages:
        if passage.clause.kind in _SKIPPED:
            continue
        hits = [_anchored(hit, passage, issued) for hit in _of_passage(analysis, passage)]
        hits = [hit for hit in hits if not _past(hit, passage, issued)]
        if hits:
            analysis.deadline_hits[passage.clause.clause_id] = list(hits)
        rows += [_row(analysis, passage, hit, counts) for hit in [*hits, *_stretches(passage, hits)]]
    rows = [row for row in rows if not analysis.ordered(row.char_start, row.char_end)]
    rows.sort(key=lambda row: (row.char_start, row.char_end))
    analysis.deadlines = rows


def _of_passage(analysis: Analysis, passage: Passage) -> list[DeadlineHit]:
    citations = analysis.citation_hits.get(passage.clause.clause_id, [])
    masked = [(hit.start, max(hit.end, hit.mask_end)) for hit in citations]
    own = passage.clause.kind in ("title", "preamble")
    if not passage.cells:
        return find_deadlines(passage.text, masked, own_title=own, title=passage.clause.kind == "title")
    out: list[DeadlineHit] = []
    for begin, end, _ in passage.cells:
        clipped = ((max(a, begin) - begin, min(b, end) - begin) for a, b in masked)
        inner = [span for span in clipped if span[0] < span[1]]
        out += [
            replace(hit, start=hit.start + begin, end=hit.end + begin)
            for hit in find_deadlines(passage.text[begin:end], inner)
        ]
    return out


def _stretches(passage: Passage, hits: list[DeadlineHit]) -> list[DeadlineHit]:
    """The limits told as a stretch of days, of a task alone: ``100% hồ sơ được trả trong 02 ngày`` is a measure."""
    lower = passage.lower
    if "%" in lower and not passage.cells:
        return []
    taken = Spans((hit.start, hit.end) for hit in hits)
    found = []
    for begin, end in [(begin, end) for begin, end, _ in passage.cells] or [(0, len(lower))]:
        for hit in durations(lower[begin:end]):
            if not taken.touch(hit.start + begin, hit.end + begin):
                found.append(replace(hit, start=hit.start + begin, end=hit.end + begin))
    return found


def _anchored(hit: DeadlineHit, passage: Passage, issued: str) -> DeadlineHit:
    """The day that ``30 ngày kể từ ngày ban hành`` falls on, where the document's own date is known."""
    match = RELATIVE.match(passage.lower, hit.start) if issued else None
    if not match or not FROM_ISSUE.fullmatch(match.group("event")) or not match.group("event").strip():
        return hit
    count = int(match.group("n")) if match.group("n").isdigit() else words_to_number(match.group("n")) or 0
    unit = match.group("u")
    begin = date.fromisoformat(issued)
    if unit in ("ngày", "tuần"):
        return replace(hit, date=(begin + timedelta(days=count * (7 if unit == "tuần" else 1))).isoformat())
    if unit in ("tháng", "năm"):
        months = begin.month - 1 + count * (12 if unit == "năm" else 1)
        year, month = begin.year + months // 12, months % 12 + 1
        for day in range(begin.day, 0, -1):
            try:
                return replace(hit, date=date(year, month, day).isoformat())
            except ValueError:
                continue
    return hit


def _past(hit: DeadlineHit, passage: Passage, issued: str) -> bool:
    """A narrative date before the document's own year is an account, not a deadline; role lines and cells stay."""
    if not hit.date:
        return False
    if passage.clause.kind in ("role_line", "table_row") or passage.cells:
        return False
    narrated = (
        PAST_AFTER.match(passage.lower, hit.end) is not None
        and "phấn đấu" not in passage.lower[max(0, hit.start - 30) : hit.end + 40]
    )
    if hit.date[:4] < issued[:4]:
        return True
    return (
        narrated
        and hit.kind in ("by", "within")
        and (not issued or hit.date <= issued or "" < hit.start_date[:4] < issued[:4])
    )


def _row(analysis: Analysis, passage: Passage, hit: DeadlineHit, counts: Counter[tuple[str, ...]]) -> Deadline:
    span = passage.span(hit.start, hit.end)
    quote = analysis.source.text[span.start : span.end]
    key = (
        analysis.document_id,
        "/".join(passage.clause.path),
        hit.kind,
        hit.date,
        hit.recurrence,
        " ".join(quote.split()),
    )
    digest = blake2b("\0".join([*key, str(counts[key])]).encode(), digest_size=6).hexdigest()
    counts[key] += 1
    return Deadline(
        document_id=analysis.document_id,
        deadline_id=f"d-{digest}",
        clause_id=passage.clause.clause_id,
        char_start=span.start,
        char_end=span.end,
        quote=quote,
        kind=cast(DeadlineKind, hit.kind),
        operator=cast(DateOperator, hit.operator),
        start=hit.start_date,
        date=hit.date,
        recurrence=hit.recurrence,
    )
