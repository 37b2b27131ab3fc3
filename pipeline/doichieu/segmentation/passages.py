"""What the stages work on: one document's passages, its tree, and the records found so far.

:class:`Analysis` is the only mutable object of the pipeline; it lives for one document and one run.  A stage is a
function ``stage(analysis) -> None`` that reads what earlier stages left and adds its own records.  The order is
fixed in :mod:`doichieu.analyse`.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from doichieu.model import (
    Agency,
    AgencyMention,
    Amendment,
    Assignment,
    Cell,
    Citation,
    Clause,
    Deadline,
    DocumentInfo,
    Percentage,
    Problem,
    Result,
    Source,
    Span,
    Target,
)
from doichieu.model.tree import Tree
from doichieu.text import Repair, View
from doichieu.text.memory import Once


class Passage:
    """The normalised wording of one leaf clause, with its way back to the source.

    ``text`` is the view of the clause's pieces joined with a blank; ``lower`` is the same length.  ``start`` is
    where the wording after the numbering mark begins.  ``cells`` (table rows) are ``(begin, end, Cell)`` in ``text``.
    """

    __slots__ = ("cells", "clause", "lower", "parts", "source", "start", "text", "view")

    def __init__(self, clause: Clause, view: View, source: str) -> None:
        self.clause = clause
        self.view = view
        self.source = source
        self.parts: list[tuple[int, int]] = []  # (offset in text, offset in view)
        words: list[str] = []
        length = 0
        for piece in clause.pieces:
            a, b = view.from_source(piece.start, piece.end)
            while a < b and view.text[a] == " ":
                a += 1
            while b > a and view.text[b - 1] == " ":
                b -= 1
            if a >= b:
                continue
            if words:
                length += 1
            self.parts.append((length, a))
            words.append(view.text[a:b])
            length += b - a
        self.text = " ".join(words)
        self.lower = self.text.lower()
        marked = bool(clause.marker) and self.lower.startswith(clause.marker.lower())
        self.start = len(clause.marker) if marked else 0
        while self.start < length and self.text[self.start] == " ":
            self.start += 1
        self.cells: list[tuple[int, int, Cell]] = []
        for cell in clause.cells:
            a, b = self.from_source(cell.start, cell.end)
            while a < b and self.text[a] == " ":
                a += 1
            while b > a and self.text[b - 1] == " ":
                b -= 1
            self.cells.append((a, b, cell))

    def _view_offset(self, offset: int) -> int:
        if offset >= 0 and len(self.parts) == 1:
            return self.parts[0][1] + offset
        for begin, view_offset in reversed(self.parts):
            if offset >= begin:
                return view_offset + offset - begin
        return 0

    def span(self, start: int, end: int) -> Span:
        """The source span of ``text[start:end]`` (an end-exclusive range in the passage)."""
        if len(self.parts) == 1 and 0 <= start < end:  # nearly all
            shift = self.parts[0][1]
            return self.view.across(start + shift, end - 1 + shift)
        if not self.parts:
            return Span(self.clause.char_start, self.clause.char_start)
        first = self._view_offset(start)
        if end <= start:
            return self.view.to_source(first, first)
        return self.view.across(first, self._view_offset(end - 1))

    def quote(self, start: int, end: int) -> str:
        """The source wording of ``text[start:end]``, verbatim."""
        span = self.span(start, end)
        return self.source[span.start : span.end]

    def from_source(self, start: int, end: int) -> tuple[int, int]:
        """The passage range that stands for a source span (clipped to the passage)."""
        a, b = self.view.from_source(start, end)
        return self._from_view(a), self._from_view(b)

    def _from_view(self, offset: int) -> int:
        best = 0
        for index, (begin, view_offset) in enumerate(self.parts):
            if offset < view_offset:
                break
            stop = self.parts[index + 1][0] - 1 if index + 1 < len(self.parts) else len(self.text)
            best = min(begin + offset - view_offset, stop)
        return best


class Analysis:
    """One document on its way through the stages."""

    def __init__(self, source: Source, view: View, repairs: list[Repair], clauses: list[Clause]) -> None:
        self.source = source
        self.view = view
        self.repairs = repairs
        self.clauses = clauses
        self.info = DocumentInfo(source.document_id)
        self.citations: list[Citation] = []
        self.deadlines: list[Deadline] = []
        self.percentages: list[Percentage] = []
        self.agencies: dict[str, Agency] = {}
        self.mentions: list[AgencyMention] = []
        self.assignments: list[Assignment] = []
        self.targets: list[Target] = []
        self.amendments: list[Amendment] = []
        self.results: list[Result] = []
        #: Stretches of the source that order another document to be changed.
        self.order_spans: list[Span] = []
        #: Where in the source the shares stand that a rule sets (``hỗ trợ 50% kinh phí``).
        self.norm_figures: set[int] = set()
        self.problems: list[Problem] = []
        # What later stages need per passage, in passage offsets, keyed by clause_id.
        self.deadline_hits: dict[str, list[Any]] = {}
        self.citation_hits: dict[str, list[Any]] = {}
        self.learnt: tuple[str, ...] | None = None  # names of bodies that the document itself teaches

    @property
    def document_id(self) -> str:
        """The id all rows of this document carry."""
        return self.source.document_id

    @Once
    def tree(self) -> Tree:
        """The clause tree."""
        return Tree(self.clauses)

    @Once
    def passages(self) -> list[Passage]:
        """One passage per leaf, in document order."""
        return [Passage(clause, self.view, self.source.text) for clause in self.clauses if clause.leaf]

    @Once
    def passage_of(self) -> dict[str, Passage]:
        """The passage of each leaf by its clause_id."""
        return {passage.clause.clause_id: passage for passage in self.passages}

    def ordered(self, start: int, end: int) -> bool:
        """Whether a stretch of the source stands in an order: what it names is the amended document's."""
        at = bisect_right(self.order_spans, Span(start, len(self.source.text))) - 1
        return at >= 0 and self.order_spans[at].start < end and start < self.order_spans[at].end

    def lead(self, clause: Clause) -> Passage | None:
        """The passage with the clause's own wording: its own for a leaf, its first leaf child for an inner node."""
        found = self.passage_of.get(clause.clause_id)
        if found is not None or clause.leaf:
            return found
        return self._leads.get(clause.clause_id)

    @Once
    def _leads(self) -> dict[str, Passage]:
        """The passage that begins each inner clause that has wording of its own."""
        found: dict[str, Passage] = {}
        for passage in self.passages:
            parent = self.tree.parent(passage.clause)
            if parent is not None and parent.char_start == passage.clause.char_start:
                found.setdefault(parent.clause_id, passage)
        return found
