"""Points of the organisation chapter that stand among bodies and gave no row: a reader is told of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from doichieu.extraction.tasks.headings import Headings
from doichieu.model import Clause
from doichieu.segmentation.passages import Analysis, Passage

_NAMES = frozenset(("item", "section"))
_LONGEST = 300
_RIGHT = re.compile(r"(?<!\w)có (?:các )?quyền(?!\w)")
#: Rules say what bodies may and must do, article by article; they hand out no tasks of one plan.
_RULES = frozenset(("luat", "phap_lenh", "nghi_dinh", "thong_tu", "quy_dinh", "quy_che"))


def not_understood(analysis: Analysis, headings: Headings) -> Iterator[Passage]:
    """The headings and points that should name who acts, as those beside them do, but from which no row came.

    A topic (``Kinh phí thực hiện``) and closing words name nobody and are no such point.
    """
    articles = not headings.disposes and any(c.path and c.path[0].startswith("Điều ") for c in analysis.clauses)
    if articles or analysis.info.kind in _RULES:
        return
    spoken = {row.clause_id for row in analysis.assignments}
    for clause in analysis.clauses:
        if (
            clause.kind not in _NAMES
            or clause.char_end - clause.char_start < 8
            or not headings.under_organisation(clause)
        ):
            continue
        if not headings.among(clause) or _speaks(analysis, clause, spoken):
            continue
        passage = analysis.lead(clause)
        if passage is None or analysis.ordered(clause.char_start, clause.char_end):
            continue
        wording = passage.text[passage.start :]
        if len(wording) < _LONGEST and not headings.is_aside(clause) and not _RIGHT.search(wording):
            yield passage


def _speaks(analysis: Analysis, clause: Clause, spoken: set[str]) -> bool:
    """Whether a clause or any below it gave a row, or holds a table."""
    siblings = analysis.tree.children_of(clause.parent_id)
    at = next((number for number, other in enumerate(siblings) if other.clause_id == clause.clause_id), len(siblings))
    below = [clause]
    below += takewhile(lambda other: other.kind == "paragraph", siblings[at + 1 :])  # paragraphs of its own
    while below:
        one = below.pop()
        if one.clause_id in spoken or one.kind in ("table", "quoted"):
            return True
        below += analysis.tree.children(one)
    return False
