"""The stage that fills the targets of a document: its sentences, then its tables."""

from __future__ import annotations

from doichieu.extraction.targets.finder import TargetFinder
from doichieu.extraction.targets.repetitions import link_repetitions, with_ids
from doichieu.extraction.targets.table_unread import tell_swallowed
from doichieu.extraction.targets.tables import table_targets
from doichieu.extraction.times.units import Spans
from doichieu.segmentation.passages import Analysis

_SKIPPED_KINDS = {"header", "title", "preamble", "recipients", "recipient", "signature", "stamp", "footnote", "quoted"}


def stage(analysis: Analysis) -> None:
    """Fill ``analysis.targets``; needs citations, deadlines and the tree."""
    finder = TargetFinder(analysis)
    for passage in analysis.passages:
        if passage.clause.kind not in _SKIPPED_KINDS:
            finder.passage(passage)
    analysis.norm_figures = finder.norms
    finder.found += table_targets(analysis, finder)
    finder.found = [t for t in finder.found if not analysis.ordered(t.char_start, t.char_end)]
    torn = Spans(tell_swallowed(analysis))  # lines of a table read as sentences name nobody rightly
    finder.found = [t for t in finder.found if not torn.touch(t.char_start, t.char_end)]
    finder.found.sort(key=lambda t: (t.char_start, t.char_end, t.indicator))
    analysis.targets = link_repetitions(with_ids(finder.found))
