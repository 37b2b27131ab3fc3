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


def goes_on(before: list[RowCell], cells: list[GridCell]) -> bool:
    """Whether the first row of a page is the rest of the last one: nothing in its first column, and a cell in mid-
    sentence."""
    texts = {cell.column: collapse(" ".join(text_of(line) for line in rows_of(list(cell.pieces)))) for cell in cells}
    if texts.get(0) or not any(texts.values()):
        return False
    above = {cell.column: cell.text for cell in before}
    return any(
        text and above.get(column) and (text[0].islower() or not above[column].endswith(TERMINAL))
        for column, text in texts.items()
    )


def joined(before: list[RowCell], cells: list[GridCell]) -> list[RowCell]:
    """A row with the rest of its cells from the next page."""
    rest = {cell.column: cell for cell in cells}
    for cell in before:
        if cell.column in rest and cell.lines:
            page = cell.lines[-1][1]
            cell.lines += [(line, page) for line in rows_of(list(rest[cell.column].pieces))]
    return before
