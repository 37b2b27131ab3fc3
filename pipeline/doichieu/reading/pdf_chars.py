"""The characters of a PDF page, put together by their places and not by the order or the blanks of the file.

Programs that mix fonts inside a word, and scanners that add a text layer, scatter letters; where a letter stands and
how wide it is tells the words all the same.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

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


class _Asked(NamedTuple):
    """What is asked of each character of a page."""

    unicode_of: Callable[..., int]
    box_of: Callable[..., int]
    origin_of: Callable[..., int]


@lru_cache(maxsize=1)
def _asked() -> _Asked:
    """The library's functions under prototypes of plain numbers and addresses: they are called for every character,
    and half of such a call would go into checking the types that the library declares."""
    import pypdfium2.raw as raw

    def plain(function: Any, result: Any, *more: Any) -> Callable[..., int]:
        address = ctypes.cast(function, ctypes.c_void_p).value or 0
        made: Callable[..., int] = ctypes.PYFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int, *more)(address)
        return made

    place = ctypes.c_void_p
    return _Asked(
        plain(raw.FPDFText_GetUnicode, ctypes.c_uint),
        plain(raw.FPDFText_GetLooseCharBox, ctypes.c_int, place),
        plain(raw.FPDFText_GetCharOrigin, ctypes.c_int, place, place),
    )


def _codes(textpage: Any, address: int, count: int) -> Sequence[int]:
    """The code of each of the first ``count`` characters of a page."""
    import pypdfium2.raw as raw

    unicode_of = _asked().unicode_of
    units = (ctypes.c_ushort * (count + 1))()
    # The text of the page holds one unit for each character, but for those beyond the plane, those without a code and
    # the marks that the library sets: then, and for these, each character is asked.
    if raw.FPDFText_GetText(textpage.raw, 0, count, units) != count + 1:
        return [unicode_of(address, index) for index in range(count)]
    codes = units[:count]
    if any(0xD800 <= code <= 0xDFFF for code in codes):
        return [unicode_of(address, index) for index in range(count)]
    return [unicode_of(address, index) if code >= _MARKS else code for index, code in enumerate(codes)]


#: Codes from here on may be marks of the library.
_MARKS = 0xFFF0


def page_pieces(
    textpage: Any, frame: Frame, cell_of: Callable[[float, float], int] | None, *, beside: bool = False
) -> list[tuple[Piece, int]]:
    """The pieces of a page with the table cell that each stands in (-1 outside of tables).

    ``textpage`` is a pypdfium2 text page; places are those of the ``frame`` in which the page is read; ``cell_of`` is
    None where the page has no tables.  Of a page that is turned, only the letters that stand upright in that frame are
    read, or those ``beside`` them: its running head.
    """
    import pypdfium2.raw as raw

    count = min(textpage.count_chars(), MAX_CHARACTERS)
    rect = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    box, origin_x, origin_y = ctypes.addressof(rect), ctypes.addressof(x), ctypes.addressof(y)
    out: list[tuple[Piece, int]] = []
    run: _Run | None = None
    blank = 0  # 1 a blank was guessed, 2 the file has one
    height, turned = frame.stored_height, frame.quarters != 0
    wanted = 0 if beside else frame.quarters
    text = textpage.raw
    address = ctypes.cast(text, ctypes.c_void_p).value or 0
    _, box_of, origin_of = _asked()
    for index, code in enumerate(_codes(textpage, address, count)):
        if code == 2:
            code = 0x2D  # how the library marks the hyphen at a line's end
        if code <= 32 or code in (0xA0, 0xFFFE, 0xFFFF):
            if code in (32, 0xA0):
                # A blank of the file parts words; one that the library put in only where the places say so too.
                blank = 2 if blank == 2 or not raw.FPDFText_IsGenerated(text, index) else 1
            continue
        if code == 0xAD:
            continue
        if not box_of(address, index, box) or not origin_of(address, index, origin_x, origin_y):
            continue
        left, right = rect.left, rect.right
        top, bottom, base = height - rect.top, height - rect.bottom, height - y.value
        if right < left or not (-1e4 < left < 1e5 and -1e4 < top < 1e5):
            continue
        if turned or beside:
            if quarters_of(raw.FPDFText_GetCharAngle(text, index)) != wanted:
                continue
            if not beside:
                left, top, right, bottom = frame.box(left, top, right, bottom)
                _, base = frame.point(x.value, height - y.value)
        character = chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"
        cell = -1 if cell_of is None else cell_of((left + right) / 2, base - 0.3 * (bottom - top))
        if run is not None:
            gap, high = left - run.end, bottom - top
            size = high if high > run.size else run.size
            above = run.base - base
            raised = high < 0.78 * run.size and 0.12 * run.size < above < _LEAVES * run.size
            on_line = raised or -0.25 * size <= above <= 0.25 * size
            if cell == run.cell and on_line and -0.6 * size < gap < _APART * size:
                if gap > _BLANK * size or (blank == 1 and gap > 0.06 * size) or (blank == 2 and gap > 0.02 * size):
                    run.parts.append(" ")
                run.parts.append(character.translate(RAISED) if raised and character.isdigit() else character)
                if right > run.end:
                    run.end = right
                if not raised:
                    if top < run.top:
                        run.top = top
                    if bottom > run.bottom:
                        run.bottom = bottom
                blank = 0
                continue
            out.append((run.piece(), run.cell))
        bold = raw.FPDFText_GetFontWeight(text, index) >= _BOLD
        run = _Run(character, left, right, top, bottom, base, cell, bold)
        blank = 0
    if run is not None:
        out.append((run.piece(), run.cell))
    return out
