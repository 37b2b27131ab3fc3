"""What a careful reader would notice: what in one document does not fit together.

Every finding is a problem row with its place and a Vietnamese sentence; nothing is corrected.
"""

from __future__ import annotations

import re
from collections import defaultdict

from doichieu.alphabet import mark_digits
from doichieu.extraction.checks.rows import add
from doichieu.extraction.checks.scans import doubtful_figures
from doichieu.extraction.checks.tasks import counted, early_deadlines, ownerless, unread_tables
from doichieu.extraction.checks.values import conflicting_values, impossible_values, totals
from doichieu.lexicon import load
from doichieu.model import Citation
from doichieu.naming import day_words
from doichieu.numerals import words_to_number
from doichieu.segmentation.passages import Analysis, Passage
from doichieu.text import fold
from doichieu.text.sieve import Sieve

_ANNOUNCED = Sieve(
    r"(?<![\d./,])(?P<n>\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+(?:nhóm\s+)?(?P<what>chỉ tiêu"
    r"|mục tiêu|nhiệm vụ|giải pháp|nội dung|tiêu chí)(?:\s+(?:cụ thể|chủ yếu|trọng tâm|sau|chính|lớn"
    r"|giải pháp|,\s*giải pháp))*\s*(?:sau(?: đây)?|như sau|gồm|bao gồm)?\s*[:.]?\s*\Z"
)
_MARK = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\^?\d{1,3}\]")


def stage(analysis: Analysis) -> None:
    """Add problem rows for what does not fit together; needs all other stages."""
    conflicting_values(analysis)
    _announced_counts(analysis)
    early_deadlines(analysis)
    ownerless(analysis)
    totals(analysis)
    _citation_dates(analysis)
    impossible_values(analysis)
    _footnotes(analysis)
    _unresolved(analysis)
    counted(analysis)
    unread_tables(analysis)
    doubtful_figures(analysis)


def _unresolved(analysis: Analysis) -> None:
    """References that could mean several documents, or none that is known, with the reason."""
    told: set[str] = set()
    known = {fold(name) for name in load("relations")["well_known"]["words"]}
    for citation in analysis.citations:
        wording = fold(citation.quote)
        if not citation.unresolved or wording in told or wording in known:
            continue
        told.add(wording)
        add(
            analysis,
            "unresolved_reference",
            "low",
            f"Chưa xác định được văn bản được dẫn: {citation.unresolved}",
            citation.char_start,
            citation.char_end,
            citation.clause_id,
        )


def _announced_counts(analysis: Analysis) -> None:
    """A heading that announces ten targets over nine."""
    for clause in analysis.clauses:
        if clause.leaf or not clause.heading:
            continue
        match = _ANNOUNCED.search(fold(clause.heading))
        if match is None:
            continue
        text = match.group("n")
        announced = int(text) if text.isdigit() else words_to_number(text)
        kinds: dict[str, int] = defaultdict(int)
        for child in analysis.tree.children(clause):
            if child.marker and child.kind in ("item", "bullet", "section") and child.char_start != clause.char_start:
                kinds[child.kind] += 1
        if not kinds or announced is None:
            continue
        counted = max(kinds.values())
        if counted != announced and counted > 1:
            lead = analysis.lead(clause)
            end = lead.clause.char_end if lead is not None else clause.char_start
            add(
                analysis,
                "announced_count",
                "medium",
                f"Tiêu đề nêu {announced} {match.group('what')} nhưng bên dưới có {counted}",
                clause.char_start,
                end,
                clause.clause_id,
            )


def _citation_dates(analysis: Analysis) -> None:
    """One document cited with two dates."""
    groups: dict[tuple[str, str], list[Citation]] = defaultdict(list)
    for citation in analysis.citations:
        if citation.number and citation.issued_on:
            groups[citation.kind, citation.number].append(citation)
    for (_, cited), found in groups.items():
        first = found[0]
        told: set[str] = set()
        for other in found[1:]:
            if other.issued_on == first.issued_on or other.issued_on in told:
                continue
            if first.issuer and other.issuer and fold(first.issuer) != fold(other.issuer):
                continue
            titles = (set(fold(first.title).split()), set(fold(other.title).split()))
            alike = all(titles) and len(titles[0] & titles[1]) >= 0.5 * min(len(titles[0]), len(titles[1]))
            if (all(titles) and not alike) or (not alike and _two_years(cited, first.issued_on, other.issued_on)):
                continue
            told.add(other.issued_on)
            add(
                analysis,
                "citation_date_conflict",
                "high",
                (
                    f"Văn bản số {cited} được dẫn với hai ngày khác nhau: {day_words(first.issued_on)} và "
                    f"{day_words(other.issued_on)}"
                ),
                other.char_start,
                other.char_end,
                other.clause_id,
            )


def _two_years(number: str, one: str, other: str) -> bool:
    """Whether two dates of a number that counts anew each year lie in two years, and not by a slip of the year alone.

    >>> _two_years("2/GP-X", "2007-01-12", "2019-02-21"), _two_years("2/2023/TT-X", "2023-08-15", "2025-08-15")
    (True, False)
    """
    return one[:4] != other[:4] and one[4:] != other[4:] and not re.search(r"/(?:19|20)\d\d/", number)


#: The number of a note that a drafter set by hand, behind the words it hangs on: "đạt 25% (1)".
_HUNG = re.compile(r"(?<=[\w%.,”\"])\s?\((\d{1,2})\)")


def _footnotes(analysis: Analysis) -> None:
    """A footnote without its mark in the text, a mark without its footnote."""
    notes: dict[str, Passage] = {}
    for passage in analysis.passages:
        if passage.clause.kind == "footnote":
            notes.setdefault(mark_digits(passage.clause.marker), passage)
    if not notes:
        return
    used: dict[str, tuple[Passage, int, int]] = {}
    hung: set[str] = set()
    for passage in analysis.passages:
        if passage.clause.kind == "footnote":
            continue
        if "(" in passage.text:
            hung.update(_HUNG.findall(passage.text))
        for match in _MARK.finditer(passage.text):
            before = passage.text[: match.start()]
            if before and (before[-1].isdigit() or before[-1] in "mM"):
                continue  # an exponent or m²
            used.setdefault(mark_digits(match.group()), (passage, match.start(), match.end()))
    for mark, passage in notes.items():
        if mark and mark not in used and mark not in hung:
            add(
                analysis,
                "footnote_without_mark",
                "low",
                f"Chú thích {mark} không có dấu dẫn trong văn bản",
                passage.clause.char_start,
                min(passage.clause.char_end, passage.clause.char_start + 80),
                passage.clause.clause_id,
            )
    for mark, (passage, start, end) in used.items():
        if mark not in notes:
            span = passage.span(start, end)
            add(
                analysis,
                "mark_without_footnote",
                "low",
                f"Dấu chú thích {mark} không có nội dung chú thích",
                span.start,
                span.end,
                passage.clause.clause_id,
            )
