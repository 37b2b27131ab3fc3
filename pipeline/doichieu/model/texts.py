"""A document as read: its text, pages, blocks and lines, and what a person should look at."""

from __future__ import annotations

from msgspec import Struct

from doichieu.model.kinds import BlockKind, ProblemCode, Severity


class Span(Struct, frozen=True, order=True):
    """A slice of the source text: ``source.text[start:end]``."""

    start: int
    end: int


# ---------------------------------------------------------------- source: what a reader hands over


class Page(Struct, frozen=True):
    """One page of a paged source; ``number`` is 1-based, sizes are in points (0 where unknown)."""

    number: int
    start: int
    end: int
    width: float = 0.0
    height: float = 0.0
    confidence: float = 1.0


class Line(Struct, frozen=True):
    """Where a stretch of text stands on its page, in points from the top left corner."""

    start: int
    end: int
    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class Cell(Struct, frozen=True):
    """One table cell.  ``row`` and ``column`` are 0-based grid places; spans count merged rows and columns."""

    start: int
    end: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False


class Block(Struct, frozen=True):
    """A stretch of the source whose layout the reader knows.

    ``text`` is one whole paragraph (never split again, never joined with the next unless the page cut it);
    ``footnote`` carries its ``mark``; ``furniture`` is running heads, page numbers, gazette lines, signature
    appearance; ``stamp`` an arrival or copy stamp; ``table_row`` has ``cells``; rows with one ``table`` number
    belong to one table.  ``level`` is the automatic list depth where the format has one, else -1.  ``emphasis``
    tells that the whole stretch is bold or italic; ``continues`` that it goes on with the text before the page end.
    """

    kind: BlockKind
    start: int
    end: int
    mark: str = ""
    cells: tuple[Cell, ...] = ()
    table: int = -1
    level: int = -1
    emphasis: bool = False
    continues: bool = False


class Problem(Struct, frozen=True):
    """Something a person should look at.  ``before``/``after`` are filled for repairs of the matching view."""

    document_id: str
    code: ProblemCode
    severity: Severity
    message: str
    clause_id: str = ""
    char_start: int | None = None
    char_end: int | None = None
    quote: str = ""
    before: str = ""
    after: str = ""
    clause_key: str = ""


class Source(Struct, frozen=True):
    """One document as read: the text that all offsets index, and what its format knew about the layout.

    ``verbatim`` is true where ``text`` is the decoded file itself (.txt, .md); for other formats the text is
    written beside the tables as ``text/<document_id>.txt``.  ``blocks`` is empty where the format knows no
    layout, and the segmenter works from the lines.  ``path`` is the path as the user gave it.
    """

    document_id: str
    path: str
    sha256: str
    format: str
    text: str
    verbatim: bool = True
    pages: tuple[Page, ...] = ()
    blocks: tuple[Block, ...] = ()
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()
