"""Rows of ruled tables on their way into the text, and the rows that a page end cuts in two."""

from __future__ import annotations

from doichieu.reading.builder import collapse
from doichieu.reading.layout import Grid, GridCell, PageContent, Row, rows_of, text_of

#: What a finished sentence, or an item of a list, ends with.
TERMINAL = (".", ";", ":", "!", "?", "…", '."', ".)", "./.")


class Table:
    """A ruled table as rows of cells."""

    def __init__(self, grid: Grid, rows: list[list[GridCell]]) -> None:
        self.grid = grid
        self.rows = rows


class RowCell:
    """A cell of a row on its way into the text: where it stands, and its lines with their pages."""

    def __init__(
        self, row: int, column: int, row_span: int, column_span: int, lines: list[tuple[Row, PageContent]]
    ) -> None:
        self.row, self.column, self.row_span, self.column_span = row, column, row_span, column_span
        self.lines = lines

    @property
    def text(self) -> str:
        """The words of the cell."""
        return collapse(" ".join(text_of(line) for line, _ in self.lines))


def table_rows(grid: Grid) -> Table:
    """A grid as a table; a row that only merged cells of the one above cross has none of its own."""
    return Table(grid, [cells for row in range(grid.rows) if (cells := [c for c in grid.cells if c.row == row])])


def words_of(cell: GridCell) -> str:
    """The words of a cell of a page."""
    return collapse(" ".join(text_of(line) for line in rows_of(list(cell.pieces))))


def goes_on(before: list[RowCell], cells: list[GridCell]) -> bool:
    """Whether the first row of a page is the rest of the last one: nothing in its first column, and a cell in mid-
    sentence.  Where several cells begin like new ones, a row of a group begins, whose first cell stands on the page
    before."""
    texts = {cell.column: words for cell in cells if (words := words_of(cell))}
    if texts.get(0) or not texts:
        return False
    above = {cell.column: cell.text for cell in before if cell.text}
    met = [column for column in texts if column in above]
    if any(texts[column][0].islower() for column in met):
        return True
    return len(texts) == 1 and any(not above[column].endswith(TERMINAL) for column in met)


def joined(before: list[RowCell], cells: list[GridCell]) -> list[RowCell]:
    """A row with the rest of its cells from the next page."""
    rest = {cell.column: cell for cell in cells}
    for cell in before:
        if cell.column in rest and cell.lines:
            page = cell.lines[-1][1]
            cell.lines += [(line, page) for line in rows_of(list(rest[cell.column].pieces))]
    return before
