"""What a page of print shows: pieces of lines with their places, tables with their walls, rules.

Readers of PDF and of scans fill these records; :mod:`doichieu.reading.paragraphs` makes the text of them.  All
measures are points (1/72 inch) from the top left corner of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from doichieu.reading.builder import collapse
from doichieu.reading.turns import Frame


class Piece(NamedTuple):
    """A run of words on one line without a wide gap.  ``size`` is the height of its letters' box; ``bold`` as
    printed."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool = False

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.y0 + self.y1) / 2


def turned_piece(piece: Piece, frame: Frame) -> Piece:
    """A piece that stands as the page is stored, at its place in the frame in which the page is read."""
    x0, y0, x1, y1 = frame.box(piece.x0, piece.y0, piece.x1, piece.y1)
    return piece._replace(x0=x0, y0=y0, x1=x1, y1=y1)


class GridCell(NamedTuple):
    """One cell of a ruled table: its place in the grid, what it spans, the pieces in it from the top."""

    row: int
    column: int
    row_span: int
    column_span: int
    pieces: tuple[Piece, ...]


class Grid(NamedTuple):
    """A ruled table: its box, the positions of its upright lines, its cells in order."""

    x0: float
    y0: float
    x1: float
    y1: float
    columns: tuple[float, ...]
    rows: int
    cells: tuple[GridCell, ...]


class Rule(NamedTuple):
    """A horizontal line that belongs to no table: under a letterhead, over footnotes."""

    x0: float
    x1: float
    y: float


class PageContent(NamedTuple):
    """One page.  ``confidence`` is 1 for text that the file itself holds, else that of the recognition (0 to 1).

    ``doubtful`` are figures that were hard to read: the token and the middle of its place.  All places are those of
    the frame in which the page is read, ``quarters`` of a turn off the page as it is stored; ``beside`` are the lines
    that stand otherwise, mostly its running head.
    """

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]
    grids: tuple[Grid, ...] = ()
    rules: tuple[Rule, ...] = ()
    confidence: float = 1.0
    doubtful: tuple[tuple[str, float, float], ...] = ()
    quarters: int = 0
    beside: tuple[tuple[Piece, ...], ...] = ()

    @property
    def frame(self) -> Frame:
        """How the page is turned to be read."""
        across, down = (self.height, self.width) if self.quarters % 2 else (self.width, self.height)
        return Frame(self.quarters, across, down)


Row = list[Piece]


def text_of(row: Sequence[Piece]) -> str:
    """The words of one line."""
    return collapse(" ".join(piece.text for piece in row))


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    """Pieces that stand on one line together, lines from the top, pieces from the left."""
    out: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.middle, p.x0)):
        if out:
            last = out[-1]
            height = min(piece.y1 - piece.y0, max(p.y1 - p.y0 for p in last))
            if piece.middle - last[0].middle < 0.45 * max(height, 1.0):
                last.append(piece)
                continue
        out.append([piece])
    for row in out:
        row.sort(key=lambda p: p.x0)
    return out
