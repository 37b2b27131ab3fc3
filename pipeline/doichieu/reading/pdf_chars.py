"""The characters of a PDF page, put together by their places and not by the order or the blanks of the file.

Programs that mix fonts inside a word, and scanners that add a text layer, scatter letters; where a letter stands and
how wide it is tells the words all the same.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Callable
from typing import Any

from doichieu.alphabet import RAISED
from doichieu.reading.layout import Piece
from doichieu.reading.turns import Frame, quarters_of

MAX_CHARACTERS = 200_000  # of one page
#: Shares of the letter size: a gap that is a blank, one that parts two pieces, a baseline that leaves the line.
_BLANK, _APART, _LEAVES = 0.16, 1.1, 0.8
_BOLD = 600


class _Run:
    """A piece that is growing."""

    __slots__ = ("base", "bold", "bottom", "cell", "end", "left", "parts", "size", "start", "top")

    def __init__(
        self, character: str, x0: float, x1: float, top: float, bottom: float, base: float, cell: int, bold: bool
    ) -> None:
        self.parts = [character]
        self.left = self.start = x0
        self.end = x1
        self.top, self.bottom, self.base = top, bottom, base
        self.size = bottom - top
        self.cell = cell
        self.bold = bold

    def piece(self) -> Piece:
        text = unicodedata.normalize("NFC", "".join(self.parts))
        return Piece(text, self.start, self.top, self.end, self.bottom, self.size, self.bold)


def page_pieces(
    textpage: Any, frame: Frame, cell_of: Callable[[float, float], int], *, beside: bool = False
) -> list[tuple[Piece, int]]:
    """The pieces of a page with the table cell that each stands in (-1 outside of tables).

    ``textpage`` is a pypdfium2 text page; places are those of the ``frame`` in which the page is read.  Of a page that
    is turned, only the letters that stand upright in that frame are read, or those ``beside`` them: its running head.
    """
    import pypdfium2.raw as raw

    count = min(textpage.count_chars(), MAX_CHARACTERS)
    rect = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    box, origin_x, origin_y = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
    out: list[tuple[Piece, int]] = []
    run: _Run | None = None
    blank = 0  # 1 a blank was guessed, 2 the file has one
    height, turned = frame.stored_height, frame.quarters != 0
    wanted = 0 if beside else frame.quarters
    text, unicode_of = textpage.raw, raw.FPDFText_GetUnicode
    box_of, origin_of = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    for index in range(count):
        code = unicode_of(text, index)
        if code == 2:
            code = 0x2D  # how the library marks the hyphen at a line's end
        if code <= 32 or code in (0xA0, 0xFFFE, 0xFFFF):
            if code in (32, 0xA0):
                # A blank of the file parts words; one that the library put in only where the places say so too.
                blank = 2 if blank == 2 or not raw.FPDFText_IsGenerated(text, index) else 1
            continue
        if code == 0xAD:
            continue
        if not box_of(text, index, box) or not origin_of(text, index, origin_x, origin_y):
            continue
        left, right, top, bottom, base = (
            rect.left,
            rect.right,
            height - rect.top,
            height - rect.bottom,
            height - y.value,
        )
        if right < left or not (-1e4 < left < 1e5 and -1e4 < top < 1e5):
            continue
        if turned or beside:
            if quarters_of(raw.FPDFText_GetCharAngle(text, index)) != wanted:
                continue
            if not beside:
                left, top, right, bottom = frame.box(left, top, right, bottom)
                _, base = frame.point(x.value, height - y.value)
        character = chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"
        cell = cell_of((left + right) / 2, base - 0.3 * (bottom - top))
        if run is not None:
            gap = left - run.end
            size = max(run.size, bottom - top)
            small = bottom - top < 0.78 * run.size
            raised = small and 0.12 * run.size < run.base - base < _LEAVES * run.size
            on_line = abs(run.base - base) <= 0.25 * size or raised
            if cell == run.cell and on_line and -0.6 * size < gap < _APART * size:
                if gap > _BLANK * size or (blank == 1 and gap > 0.06 * size) or (blank == 2 and gap > 0.02 * size):
                    run.parts.append(" ")
                run.parts.append(character.translate(RAISED) if raised and character.isdigit() else character)
                run.end = max(run.end, right)
                if not raised:
                    run.top, run.bottom = min(run.top, top), max(run.bottom, bottom)
                blank = 0
                continue
            out.append((run.piece(), run.cell))
        bold = raw.FPDFText_GetFontWeight(text, index) >= _BOLD
        run = _Run(character, left, right, top, bottom, base, cell, bold)
        blank = 0
    if run is not None:
        out.append((run.piece(), run.cell))
    return out
