"""A workbook as people in offices want it: frozen heads, filters, widths, wrapped text, colours, links inside the file.

Every text is written as a string, never as a formula, a link to the outside or a number.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from doichieu.report.clean import safe_text
from doichieu.text.memory import Memory

if TYPE_CHECKING:
    from xlsxwriter.format import Format

_LIMIT = 32_000  # characters that a cell can hold, with room to spare
_LINE, _HIGHEST = 15.0, 405.0  # points of a line, and of the highest row that Excel takes
_PAGE = 190  # characters that are still read across a landscape A4
_COLOURS = {"high": "#FFD7D5", "medium": "#FFF3C4", "low": "#DDF4FF", "info": "#EEF1F4"}
_EPOCH = datetime.datetime(2000, 1, 1)


class Column(Struct, frozen=True):
    """A column: its head, its width in characters, and whether it is hidden."""

    title: str
    width: int
    hidden: bool = False


class Cell(Struct, frozen=True):
    """A cell that leads to a row of another sheet (``row`` counts from 1, as Excel does)."""

    text: str
    sheet: str
    row: int


class Book:
    """A workbook being written; use as a context manager, then take ``data``."""

    def __init__(self, title: str) -> None:
        import xlsxwriter

        self._buffer = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._buffer,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "max_url_length": 2079,
            },
        )
        self._book.set_properties({"created": _EPOCH, "title": safe_text(title)})
        base = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#C8CED4"}
        self._formats: dict[str, Format] = {
            "head": self._book.add_format({**base, "bold": True, "bg_color": "#DCE6F1"}),
            "": self._book.add_format(base),
            "link": self._book.add_format({**base, "font_color": "#0B5394", "underline": 1}),
            "bold": self._book.add_format({**base, "bold": True}),
        }
        for severity, colour in _COLOURS.items():
            self._formats[severity] = self._book.add_format({**base, "bg_color": colour})
        self.data = b""

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()
        self.data = self._buffer.getvalue() if kind is None else b""

    def sheet(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str | Cell]],
        *,
        shades: Sequence[str] = (),
        shaded: Sequence[int] = (0,),
        active: bool = False,
        lines: int = 0,
    ) -> Any:
        """One sheet with a frozen head, filters and wrapped text; ``shades`` gives each row a severity, shown in
        columns ``shaded``; no row is higher than ``lines`` lines, where that is given."""
        sheet = self._book.add_worksheet(sheet_name(name))
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width, None, {"hidden": column.hidden})
            sheet.write_string(0, index, column.title, self._formats["head"])
        for r, row in enumerate(rows, start=1):
            # LibreOffice makes no row higher by itself, and what a row of one line cannot show is not seen.
            height = _height([value.text if isinstance(value, Cell) else value for value in row], columns)
            sheet.set_row(r, min(height, lines * _LINE) if lines else height)
            for c, value in enumerate(row):
                if isinstance(value, Cell) and value.text:
                    text = safe_text(value.text)[:_LIMIT]
                    sheet.write_url(
                        r, c, f"internal:'{sheet_name(value.sheet)}'!A{value.row}", self._formats["link"], text
                    )
                else:
                    text = safe_text(value.text if isinstance(value, Cell) else value)[:_LIMIT]
                    sheet.write_string(r, c, text, self._formats[shades[r - 1] if shades and c in shaded else ""])
        sheet.freeze_panes(1, 0)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(max(1, round(sum(column.width for column in columns if not column.hidden) / _PAGE)), 0)
        if lines:
            sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0)
        sheet.set_footer("&L&A&R&P / &N")
        if active:
            sheet.activate()
            sheet.set_first_sheet()
        return sheet


def _height(texts: Sequence[str], columns: Sequence[Column]) -> float:
    """The height of a row in which every visible text is read whole."""
    lines = 1
    for text, column in zip(texts, columns, strict=True):
        if not column.hidden and (len(text) > column.width or "\n" in text):
            lines = max(lines, _lines_of(text, column.width))
    return min(_LINE * lines, _HIGHEST)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column ``width`` characters wide, words kept whole where they fit."""
    count = 0
    for paragraph in text.split("\n"):
        count += 1
        room = width
        for word in paragraph.split():
            if len(word) > room and room < width:
                count, room = count + 1, width
            if len(word) > width:
                count, room = count + (len(word) - 1) // width, width - len(word) % width
            else:
                room -= len(word) + 1
        if count * _LINE > _HIGHEST:
            break
    return count


#: The texts of a parent stand in the workbooks of all its children.
_lines_of = Memory(_lines)


def sheet_name(text: str) -> str:
    """A name that Excel takes: at most 31 characters, none of ``[]:*?/\\'``."""
    return re.sub(r"[\[\]:*?/\\']", " ", text)[:31].strip()
