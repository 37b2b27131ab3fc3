"""Every percentage of the text, with what it is used for."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from doichieu.extraction.targets.figures import Quantity
from doichieu.extraction.targets.measures import marker_span
from doichieu.extraction.targets.measuring import rises_from
from doichieu.extraction.targets.quantities import find_quantities
from doichieu.extraction.targets.spoken import WHOLES
from doichieu.model import Percentage, PercentageUse, Target
from doichieu.numerals import number
from doichieu.segmentation.passages import Analysis, Passage

_ANY = re.compile(r"(\d+(?:[.,]\d+)*)\s*[%‰]")
_SIGNS = ("%", "‰", "phần trăm")
_NOW = re.compile(r"(?:hiện|năm \d{4} (?:đạt|là|có)|đến nay|thực trạng|tính đến)[^;.]{0,80}\Z")


def stage(analysis: Analysis) -> None:
    """Fill ``analysis.percentages``: one row a percentage, a range is one row; nothing with a ``%`` is left out."""
    targets = sorted((t for t in analysis.targets if "%" in t.unit), key=lambda t: t.char_start)
    starts = [t.char_start for t in targets]
    for passage in filter(_tells_shares, analysis.passages):
        found = _shares(passage)
        origins = {was.figure_start for was, now in pairwise(found) if rises_from(passage.lower, was, now)}
        for q in found:
            if q.value is None:
                continue
            span = passage.span(q.start, q.end)
            figure = passage.span(q.figure_start, q.figure_end)
            target = _target_at(targets, starts, figure.start, q)
            use: PercentageUse = "target" if target is not None else "norm"
            if target is None and figure.start not in analysis.norm_figures:
                use = "baseline" if q.figure_start in origins else _told(analysis, passage, q)  # "từ 12,3% lên 13,5%"
            analysis.percentages.append(
                Percentage(
                    analysis.document_id,
                    passage.clause.clause_id,
                    span.start,
                    span.end,
                    passage.source[span.start : span.end],
                    q.operator,
                    q.value,
                    q.value_max,
                    use,
                    target.target_id if target is not None else "",
                )
            )


def _tells_shares(passage: Passage) -> bool:
    return any(map(passage.lower.__contains__, _SIGNS))


def _shares(passage: Passage) -> list[Quantity]:
    """The percentages of a passage in order, those that no grammar reads as bare numbers."""
    found = [q for q in find_quantities(passage.lower, [marker_span(passage)]) if "%" in q.unit or q.unit == "‰"]
    found = [q for q in found if passage.lower[q.figure_start : q.figure_end] not in WHOLES]
    covered = bytearray(len(passage.lower))
    for q in found:
        covered[q.figure_start : q.end] = b"\1" * (q.end - q.figure_start)
    for match in _ANY.finditer(passage.lower):
        value = number(match.group(1)) or number(match.group(1).split(".")[-1])
        if covered.find(1, *match.span()) < 0 and value is not None:
            a, b = match.span()
            found.append(Quantity(a, b, a, b, "percent", "=", value, None, "%", "", "", ""))
    return sorted(found, key=lambda q: q.figure_start)


def _told(analysis: Analysis, passage: Passage, q: Quantity) -> PercentageUse:
    """What a share is that is neither promised nor set: today's figure, another document's, or told of something."""
    now = _told_now(passage.lower[: q.figure_start], (analysis.info.issued_on or "")[:4])
    if passage.clause.kind == "footnote":
        return "baseline" if now else "reference" if _is_reference(analysis, q) else "statistic"
    if passage.clause.kind == "quoted":
        return "norm"  # the wording that an amendment gives to a rule
    return "baseline" if now else "statistic"


def _told_now(text: str, today: str) -> bool:
    """Whether a figure is told of today or of a year gone by; of a year to come no figure is a baseline.

    >>> _told_now("năm 2030 đạt ", "2026"), _told_now("năm 2024 đạt ", "2026")
    (False, True)
    """
    found = _NOW.search(text)
    if found is None:
        return False
    year = re.search(r"năm (\d{4})", found.group())
    return year is None or not today or year.group(1) <= today


def _target_at(targets: list[Target], starts: list[int], offset: int, q: Quantity) -> Target | None:
    for target in reversed(targets[: bisect_right(starts, offset)]):
        if target.char_start <= offset < target.char_end and target.value == q.value:
            return target
        if offset - target.char_start > 4000:
            break
    return None


def _is_reference(analysis: Analysis, q: Quantity) -> bool:
    return any(t.reference_value == q.value for t in analysis.targets)
