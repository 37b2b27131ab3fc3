"""One Excel workbook: a sheet a table, text never taken for a formula, nothing cut without saying so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from doichieu.export.values import replaced, rows
from doichieu.schema import Table

MAX_ROWS = 1_048_575  # below the header
MAX_TEXT = 32_767
_CUT = "cut_texts"


def write(tables: Sequence[Table], out: Path) -> list[Path]:
    """``tables.xlsx``; a table beyond Excel's rows goes on in a sheet ``name_2``, texts cut are listed in
    ``cut_texts``."""
    import xlsxwriter

    def make(path: Path) -> None:
        book = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
        )
        book.set_properties({"created": datetime(2000, 1, 1), "title": "Đối Chiếu"})
        bold = book.add_format({"bold": True, "bg_color": "#E8EDF4"})
        cut: list[tuple[str, int, str, int]] = []
        for table in tables:
            sheet, line, part = None, 0, 1
            for row in rows(table, out):
                if sheet is None or line > MAX_ROWS:
                    sheet, line, part = _sheet(book, table, part, bold), 1, part + 1
                for index, value in enumerate(row):
                    if value is None:
                        continue
                    if isinstance(value, bool):
                        sheet.write_boolean(line, index, value)
                    elif isinstance(value, (int, float)):
                        sheet.write_number(line, index, value)
                    else:
                        if len(value) > MAX_TEXT:
                            cut.append((sheet.get_name(), line + 1, table.columns[index].name, len(value)))
                        sheet.write_string(line, index, value[:MAX_TEXT])
                line += 1
            if sheet is None:
                _sheet(book, table, part, bold)
        if cut:
            sheet = book.add_worksheet(_CUT)
            for line, entry in enumerate([("sheet", "row", "column", "characters"), *cut]):
                sheet.write_row(line, 0, entry)
        book.close()

    return [replaced(out / "tables.xlsx", make)]


def _sheet(book: Any, table: Table, part: int, bold: Any) -> Any:
    name = table.name if part == 1 else f"{table.name}_{part}"
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(table.columns):
        sheet.write_string(0, index, column.name, bold)
        sheet.set_column(index, index, 50 if column.name in ("quote", "text", "message", "task") else 16)
    return sheet
