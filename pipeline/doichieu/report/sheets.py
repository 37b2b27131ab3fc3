"""A workbook as people in offices want it: frozen heads, filters, widths, wrapped text, colours, links inside the file.

Every text is written as a string, never as a formula, a link to the outside or a number.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from functools import lru_cache
from types import TracebackType
from typing import Any

from msgspec import Struct

from doichieu.report.clean import safe_text
from doichieu.report.sheet_rows import Rows, printed, sheet_class, workbook_class
from doichieu.text.memory import remembered

_LIMIT = 32_000  # characters that a cell can hold, with room to spare
_SHORT = _LIMIT // 2  # so many fit however they are counted
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
        self._book = workbook_class()(
            io.BytesIO(),
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
        self._head = self._book.add_format({**base, "bold": True, "bg_color": "#DCE6F1"})
        formats = {
            "head": self._head,
            "": self._book.add_format(base),
            "link": self._book.add_format({**base, "font_color": "#0B5394", "underline": 1}),
        }
        for severity, colour in _COLOURS.items():
            formats[severity] = self._book.add_format({**base, "bg_color": colour})
        self._styles = {name: made._get_xf_index() for name, made in formats.items()}
        self.data = b""

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()
        self.data = printed(self._book) if kind is None else b""

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
        sheet = self._book.add_worksheet(sheet_name(name), sheet_class())
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width, None, {"hidden": column.hidden})
            sheet.write_string(0, index, column.title, self._head)
        printing = Rows(sheet, len(columns))
        widths = [(c, column.width) for c, column in enumerate(columns) if not column.hidden]
        for r, row in enumerate(rows):
            shade = self._styles[shades[r] if shades else ""]
            styles = [shade if c in shaded else self._styles[""] for c in range(len(columns))]
            texts = self._texts(printing, row, styles)
            # LibreOffice makes no row higher by itself, and what a row of one line cannot show is not seen.
            height = _height(texts, widths)
            printing.add(texts, styles, min(height, lines * _LINE) if lines else height)
        printing.close()
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

    def _texts(self, printing: Rows, row: Sequence[str | Cell], styles: list[int]) -> list[str]:
        """What the cells of the row that is printed next say; a link is noted, and looks like one."""
        texts = []
        for c, value in enumerate(row):
            if isinstance(value, Cell):
                texts.append(_cell_text(value.text))
                if value.text:
                    printing.link(c, f"'{sheet_name(value.sheet)}'!A{value.row}")
                    styles[c] = self._styles["link"]
            elif len(value) <= _SHORT and value.isprintable():
                texts.append(value)
            else:
                texts.append(_cell_text(value))
        return texts


def _cell_text(text: str) -> str:
    """A text that a cell can hold; Excel counts a sign beyond the first 65,536 as two."""
    text = safe_text(text)[:_LIMIT]
    return text.encode("utf-16-le")[: 2 * _LIMIT].decode("utf-16-le", "ignore") if len(text) > _SHORT else text


def _height(texts: Sequence[str], widths: Sequence[tuple[int, int]]) -> float:
    """The height of a row in which every text in a visible column, ``(its number, width)``, is read whole."""
    lines = 1
    for c, width in widths:
        text = texts[c]
        if len(text) > width or "\n" in text:
            lines = max(lines, _lines_of(text, width))
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
_lines_of = remembered(_lines)


@lru_cache(maxsize=256)
def sheet_name(text: str) -> str:
    """A name that Excel takes: at most 31 characters, none of ``[]:*?/\\'``."""
    return re.sub(r"[\[\]:*?/\\']", " ", text)[:31].strip()
