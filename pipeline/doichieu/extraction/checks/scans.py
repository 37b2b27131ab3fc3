"""What a careful reader would check of a scan: the figures that something was read from, not every speck."""

from __future__ import annotations

import re
from bisect import bisect_right

from msgspec.structs import replace

from doichieu.model import Problem
from doichieu.segmentation.passages import Analysis

#: What looks like a figure once the marks around it are gone: 12, 1.250, 70%, 12/2026, 09-NQ/TU, 2026-2030.
_FIGURE = re.compile(r"\d[\d.,/%-]*(?:[-/][^\W\d]{1,6}){0,3}%?\Z")
#: So many doubtful figures that nothing was read from are worth a row that counts them.
_MANY = 5
_AROUND = " .,;:()“”\"'"


def doubtful_figures(analysis: Analysis) -> None:
    """Keep a row for each doubtful figure that a date, a target, a share or a citation was read from, or that stands in
    the head; the others are told as a number."""
    found = [p for p in analysis.problems if p.code == "doubtful_figure" and p.char_start is not None]
    if not found:
        return
    used = sorted(
        (row.char_start, row.char_end)
        for rows in (analysis.targets, analysis.deadlines, analysis.percentages, analysis.citations)
        for row in rows
    )
    starts = [start for start, _ in used]
    ends: list[int] = []
    for _, end in used:
        ends.append(max(end, ends[-1] if ends else 0))
    heads = [(c.char_start, c.char_end) for c in analysis.clauses if c.leaf and c.kind in ("header", "title")]

    def matters(start: int, quote: str) -> bool:
        at = bisect_right(starts, start)
        inside = at > 0 and ends[at - 1] > start
        if any(a <= start < b for a, b in heads):
            return sum(c.isdigit() for c in quote) > 1
        return inside and _FIGURE.match(quote.strip(_AROUND)) is not None

    kept: list[Problem] = []
    others: list[Problem] = []
    for problem in found:
        (kept if matters(problem.char_start or 0, problem.quote) else others).append(problem)
    if len(others) >= _MANY:
        first = others[0]
        message = (
            f"{len(others)} chữ số khác nhận dạng không chắc chắn, không dùng cho kết quả nào; "
            f"đầu tiên: “{first.quote}”"
        )
        kept.append(replace(first, severity="info", message=message))
    analysis.problems = [p for p in analysis.problems if p.code != "doubtful_figure" or p.char_start is None] + kept
