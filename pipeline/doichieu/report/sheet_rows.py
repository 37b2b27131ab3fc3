"""The rows of a workbook printed at once: the part of it that grows with its texts.

XlsxWriter takes and prints every cell by itself, each of its attributes escaped anew, which was a tenth of a
comparison.  Here all rows of a sheet under its head have one number of cells, each a string, so a row is printed as it
comes; all else of the workbook is as XlsxWriter makes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from doichieu.report.zipped import archive

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_PIXELS, _OF_A_POINT = 0.75, 4 / 3  # points of a pixel and the other way round
_USUAL = 20  # pixels of a row that is as high as Excel makes it by itself
#: Parts that are the same in every workbook.
_SHARED = frozenset({"_rels/.rels", "xl/theme/theme1.xml", "xl/styles.xml"})


@lru_cache(maxsize=1)
def workbook_class() -> type[Workbook]:
    """Workbooks whose parts are kept by name in ``parts`` when they are closed, instead of being packed."""
    from xlsxwriter.packager import Packager
    from xlsxwriter.sharedstrings import SharedStrings
    from xlsxwriter.workbook import Workbook

    class Strings(SharedStrings):  # type: ignore[misc]
        def _write_sst_strings(self) -> None:
            for text in self.string_table.string_array:
                if text.isprintable() and text.strip() == text and not _marked(text):
                    self.fh.write(f"<si><t>{text}</t></si>")
                else:
                    self._write_si(text)

    class Parts(Packager):  # type: ignore[misc]
        def _write_shared_strings_file(self) -> None:
            strings = Strings()
            strings.string_table = self.workbook.str_table
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            strings._assemble_xml_file()

        def _create_package(self) -> list[Any]:
            made = super()._create_package()
            self.workbook.parts = [(name, text.getvalue().encode()) for text, name, _ in made]
            return []  # there is nothing left to pack

    class Gathered(Workbook):  # type: ignore[misc]
        parts: Sequence[tuple[str, bytes]] = ()

        def _get_packager(self) -> Packager:
            return Parts()

    return Gathered


def _marked(text: str) -> bool:
    """Whether a text holds what a part of a workbook spells out."""
    return "&" in text or "<" in text or ">" in text or "_x" in text


@lru_cache(maxsize=1)
def sheet_class() -> type[Worksheet]:
    """Sheets that print what stands in ``below`` under their head."""
    from xlsxwriter.worksheet import Worksheet

    class Printed(Worksheet):  # type: ignore[misc]
        below: Sequence[str] = ()

        def _write_rows(self) -> None:
            super()._write_rows()
            self.fh.write("".join(self.below))

    return Printed


class Rows:
    """Rows of a sheet being printed."""

    def __init__(self, sheet: Any, columns: int) -> None:
        from xlsxwriter.utility import xl_col_to_name

        self._sheet = sheet
        self._number = sheet.str_table._get_shared_string_index
        self._heads = [f'<c r="{xl_col_to_name(column)}' for column in range(columns)]
        self._out: list[str] = []

    def add(self, texts: Sequence[str], styles: Sequence[int], height: float) -> None:
        """One row, the next below those that are there: its texts, the number of the style of each, points."""
        row, number = len(self._out) + 2, self._number
        pixels = int(height * _OF_A_POINT + 0.5)
        high = "" if pixels == _USUAL else f' ht="{pixels * _PIXELS:.16g}" customHeight="1"'
        cells = [
            f'{head}{row}" s="{style}" t="s"><v>{number(text)}</v></c>'
            for head, text, style in zip(self._heads, texts, styles, strict=True)
        ]
        self._out.append(f'<row r="{row}" spans="1:{len(cells)}"{high}>{"".join(cells)}</row>')

    def link(self, column: int, place: str) -> None:
        """A cell of the row that comes next leads to a place of the workbook."""
        sheet = self._sheet
        sheet.ignore_write_string = True  # only the link is kept: the text is printed here
        sheet.write_url(len(self._out) + 1, column, f"internal:{place}")
        sheet.ignore_write_string = False

    def close(self) -> None:
        """Hand the rows over to their sheet."""
        self._sheet.below = self._out
        self._sheet._check_dimensions(len(self._out), len(self._heads) - 1)


def printed(book: Any) -> bytes:
    """A workbook that was closed, as bytes."""
    return archive(book.parts, _SHARED)


__all__ = ["Rows", "printed", "sheet_class", "workbook_class"]
