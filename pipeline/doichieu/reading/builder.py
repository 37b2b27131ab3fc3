"""Paragraphs, rows and notes of a rich format put together as one source text with its blocks.

What holds of a built source:

1. Every block is one line of the text (a table row may hold several), blocks follow each other in order.
2. White space is collapsed: one blank between words, none at either end.
3. A problem that names a stretch quotes it exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from doichieu.alphabet import RAISED
from doichieu.errors import UnreadableFile
from doichieu.model import Block, BlockKind, Cell, Line, Page, Problem, ProblemCode, Severity, Source, Span

#: No document of an office comes near this; what is longer was made to exhaust the reader.
MAX_CHARACTERS = 20_000_000
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")


def collapse(text: str) -> str:
    """``text`` with every run of white space and control characters as one blank, none at the ends.

    >>> collapse("  Kế\\thoạch \\n số ")
    'Kế hoạch số'
    """
    return _collapsed(text) if len(text) <= _LINE else _collapse(text)


def _collapse(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


#: Each rule that asks where a paragraph begins looks at a line of a page; what is longer is asked once.
_LINE = 500
_collapsed = lru_cache(maxsize=1024)(_collapse)


def superscript(number: int | str) -> str:
    """Digits as they stand above the line: the mark of a note.

    >>> superscript(12)
    '¹²'
    """
    return str(number).translate(RAISED)


class CellText(NamedTuple):
    """The wording of one cell and its place in the grid (0-based; spans count merged rows and columns)."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False


class SourceBuilder:
    """Grows the text of one document block by block."""

    def __init__(self, document_id: str, path: str) -> None:
        self.document_id = document_id
        self.path = path
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []
        self._noted: list[tuple[ProblemCode, Severity, str, int, int]] = []

    @property
    def length(self) -> int:
        """How many characters the text has so far: where the next block begins."""
        return self._length

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def _put(self, text: str) -> Span:
        start = self._length
        if start + len(text) > MAX_CHARACTERS:
            raise UnreadableFile(self.path, f"văn bản quá dài (trên {MAX_CHARACTERS:,} ký tự)", code="too_large")
        self._parts.append(text + "\n")
        self._length += len(text) + 1
        return Span(start, start + len(text))

    def add(
        self,
        text: str,
        kind: BlockKind = "text",
        *,
        mark: str = "",
        level: int = -1,
        emphasis: bool = False,
        continues: bool = False,
    ) -> Span | None:
        """One paragraph, note, running head or stamp; None where there is nothing to say."""
        text = collapse(text)
        if not text:
            return None
        span = self._put(text)
        self.blocks.append(Block(kind, span.start, span.end, mark, level=level, emphasis=emphasis, continues=continues))
        return span

    def extend(self, text: str) -> Span | None:
        """Go on with the last block: the rest of a heading that was typed as several paragraphs."""
        text = collapse(text)
        if not text or not self.blocks:
            return None
        last = self.blocks[-1]
        self._parts[-1] = self._parts[-1].removesuffix("\n") + " "
        span = self._put(text)
        self.blocks[-1] = Block(last.kind, last.start, span.end, last.mark, level=last.level, emphasis=last.emphasis)
        return span

    def note(self, number: int, text: str) -> Span | None:
        """A footnote or endnote with its mark before it, as the page prints it."""
        return self.add(f"{superscript(number)} {text}", "footnote", mark=str(number)) if collapse(text) else None

    def row(self, cells: Sequence[CellText], table: int) -> Span | None:
        """One row of a table: its cells with bars between them; None where all are empty."""
        line = ""
        placed: list[Cell] = []
        start = self._length
        for index, cell in enumerate(cells):
            if index:
                line += " | "
            text = collapse(cell.text)
            at = start + len(line)
            placed.append(Cell(at, at + len(text), cell.row, cell.column, cell.row_span, cell.column_span, cell.header))
            line += text
        if not line.strip(" |"):
            return None
        span = self._put(line)
        self.blocks.append(Block("table_row", span.start, span.end, cells=tuple(placed), table=table))
        return span

    def problem(
        self, code: ProblemCode, severity: Severity, message: str, start: int | None = None, end: int | None = None
    ) -> None:
        """Something a person should look at, in the whole document or in ``text[start:end]``."""
        if start is None or end is None:
            self.problems.append(Problem(self.document_id, code, severity, message))
        else:
            self._noted.append((code, severity, message, start, end))

    def build(
        self,
        sha256: str,
        format: str,
        *,
        pages: Iterable[Page] = (),
        lines: Iterable[Line] = (),
        problems: Iterable[Problem] = (),
    ) -> Source:
        """The source; raises :class:`doichieu.errors.UnreadableFile` where no word was found."""
        text = "".join(self._parts).removesuffix("\n")
        if not any(c.isalnum() for c in text):
            raise UnreadableFile(self.path, "không có chữ nào", code="no_text")
        noted = [
            Problem(self.document_id, code, severity, message, char_start=a, char_end=b, quote=text[a:b])
            for code, severity, message, a, b in self._noted
        ]
        return Source(
            self.document_id,
            self.path,
            sha256,
            format,
            text,
            verbatim=False,
            pages=tuple(pages),
            blocks=tuple(self.blocks),
            lines=tuple(lines),
            problems=(*problems, *self.problems, *noted),
        )
