"""One physical unit of a document: a paragraph, a row of a table, furniture."""

from __future__ import annotations

from msgspec import Struct, field

from doichieu.model import Cell, Span


class Chunk(Struct):
    """One physical unit.  ``text`` is its normalised wording; ``kind`` one of text, table_row, footnote, furniture,
    stamp."""

    kind: str
    pieces: list[Span]
    text: str
    cells: tuple[Cell, ...] = ()
    mark: str = ""
    emphasis: bool = False  # the whole chunk is bold or italic in the source
    blank_before: bool = True
    table: int = -1
    zone: str = ""
    continues: bool = False  # goes on with the text before, as the reader saw
    lines: list[Span] = field(default_factory=list)
    quoted: int = 0  # the number of the quotation that it belongs to; 0 is the document's own wording

    @property
    def start(self) -> int:
        """Where the chunk begins in the source."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where it ends in the source."""
        return self.pieces[-1].end
