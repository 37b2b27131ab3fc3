"""From lines (or a reader's blocks) to chunks: the paragraphs, table rows and furniture that a tree is built from.

What holds after :func:`chunks`:

1. Every non-blank character of the source lies in exactly one piece of one chunk.
2. A paragraph that its typist or a page end broke over several lines is one chunk with one or more pieces.
3. Page numbers, running heads, rules and signature appearances are chunks of kind ``furniture``; they and footnotes
   never break a paragraph apart.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from doichieu.model import Source, Span
from doichieu.segmentation.markers import FOOTNOTE, is_title_line, starts_block
from doichieu.segmentation.notes import notes_set_by_hand
from doichieu.segmentation.piece import Chunk
from doichieu.segmentation.portals import frame
from doichieu.segmentation.row_lines import (
    bar_cells,
    is_bare,
    is_table_line,
    lines_of,
    rows_over_lines,
    spaced_cells,
    spaced_lines,
    tab_cells,
    tabbed_lines,
    trim,
)
from doichieu.segmentation.wraps import (
    TERMINAL,
    begins_midway,
    complete,
    cut_before,
    emphasis_goes_on,
    emphasised,
    wrap_widths,
    wraps,
)
from doichieu.text import View

_RULE = re.compile(r"[\s\-_=*~–—.·|:]+\Z")
_FURNITURE = re.compile(
    r"\d{1,3}\Z"
    r"|(?:trang|page)\s+\d{1,3}(?:\s*/\s*\d{1,3})?\Z"
    r"|-\s*\d{1,3}\s*-\Z"
    r"|\d*\s*công báo\s*/?\s*số\b.*"
    r"|ký bởi\s*:.*|người ký\s*:.*|thời gian ký\s*:.*|ngày ký\s*:.*"
    r"|email\s*:\s*\S+@\S+\Z|cơ quan\s*:\s*[^\n]{3,80}\Z",
    re.IGNORECASE,
)
_SIGNED_BY = re.compile(r"(?:ký bởi|người ký|thời gian ký|ngày ký|email|cơ quan)\s*:", re.IGNORECASE)
_LONGEST = 20_000  # characters; the longest paragraph of a real document is a tenth of it
_MOST_CELLS = 400


def _wording(view: View, span: Span) -> str:
    a, b = view.from_source(span.start, span.end)
    return view.text[a:b].strip()


def chunks(source: Source, view: View) -> list[Chunk]:
    """The chunks of a document, in order; see the module's numbered promises."""
    page = frame(source.text)
    if source.blocks:
        raw = _from_blocks(source, view)
        for chunk in raw:
            if chunk.end <= page.start or chunk.start >= page.end:
                chunk.kind, chunk.cells = "furniture", ()
    else:
        raw = _loose(source.text, 0, page.start, view, "furniture")
        raw += _from_lines(source.text, view, page.start, page.end)
        raw += _loose(source.text, page.end, len(source.text), view, "furniture")
    parts = [part for chunk in _join_broken(raw) for part in _bounded(chunk, source.text, view)]
    notes_set_by_hand(parts)
    return parts


def _bounded(chunk: Chunk, text: str, view: View) -> list[Chunk]:
    """A chunk, or the parts of one so long that no one wrote it: what one sentence needs must stay near it."""
    if len(chunk.text) <= _LONGEST and chunk.end - chunk.start <= 4 * _LONGEST and len(chunk.cells) <= _MOST_CELLS:
        return [chunk]
    parts: list[Chunk] = []
    for piece in chunk.pieces:
        start = piece.start
        while start < piece.end:
            end = piece.end
            if end - start > _LONGEST:
                window = text[start : start + _LONGEST]
                end = start + (
                    max(window.rfind(". "), window.rfind("; "), window.rfind("\n")) + 1
                    or window.rfind(" ") + 1
                    or _LONGEST
                )
            span = trim(text, start, end)
            start = end
            if span.end > span.start:
                kind = "text" if chunk.kind == "table_row" else chunk.kind
                parts.append(
                    Chunk(kind, [span], _wording(view, span), mark=chunk.mark, blank_before=False, lines=[span])
                )
    return parts


def _from_blocks(source: Source, view: View) -> list[Chunk]:
    out: list[Chunk] = []
    position = 0
    text = source.text
    for block in sorted(source.blocks, key=lambda b: (b.start, b.end)):
        if block.start > position:
            out += _loose(text, position, block.start, view)
        span = trim(text, max(block.start, position), block.end)
        position = max(position, block.end)
        if span.start >= span.end:
            continue
        kind, mark, wording = str(block.kind), block.mark, _wording(view, span)
        if kind == "text" and (typed := FOOTNOTE.match(wording)):
            kind, mark = "footnote", typed.group("mark") or typed.group("bracket")  # set by hand as a paragraph
        out.append(
            Chunk(
                kind,
                [span],
                wording,
                block.cells,
                mark,
                block.emphasis,
                table=block.table,
                continues=block.continues,
                lines=[span],
            )
        )
    out += _loose(text, position, len(text), view)
    return out


def _loose(text: str, start: int, end: int, view: View, kind: str = "text") -> list[Chunk]:
    """Text that no block of the reader claims: lines of their own, so that nothing is lost."""
    out = []
    for a, b in lines_of(text[start:end]):
        span = trim(text, start + a, start + b)
        if span.start < span.end:
            drawn = bool(_RULE.match(text[span.start : span.end]))
            out.append(Chunk("furniture" if drawn else kind, [span], _wording(view, span), lines=[span]))
    return out


def _from_lines(text: str, view: View, begin: int, end: int) -> list[Chunk]:
    """The chunks of ``text[begin:end]``, by its lines."""
    lines = [(begin + a, begin + b) for a, b in lines_of(text[begin:end])]
    widths = wrap_widths(text, lines)
    out: list[Chunk] = []
    blank = True
    table = -1
    in_table = False
    in_signature = 0
    tabbed = tabbed_lines(text, lines) if "\t" in text else frozenset()
    spaced = {n: bare for n, bare in spaced_lines(text, lines).items() if n not in tabbed}
    barred = rows_over_lines(text, lines)
    row_end = -1
    for number, ((a, b), width) in enumerate(zip(lines, widths, strict=True)):
        if number <= row_end:
            continue
        if number in barred:
            row = barred[number]
            table += row.opens
            row_end, in_table, blank = row.last, True, False
            span = trim(text, a, lines[row.last][1])
            out.append(
                Chunk(
                    "table_row", [span], _wording(view, span), row.cells, table=table, blank_before=blank, lines=[span]
                )
            )
            continue
        span = trim(text, a, b)
        if span.start >= span.end:
            blank = True
            in_signature = 0
            continue
        line = text[span.start : span.end]
        wording = _wording(view, span)
        previous = out[-1] if out else None
        in_signature = max(0, in_signature - 1)
        if line == "|":  # a bar of a page's layout; those of tables are taken by their rows
            out.append(Chunk("furniture", [span], wording, blank_before=blank, lines=[span]))
            continue
        if is_table_line(line) or number in tabbed or number in spaced:
            if not in_table or _heads_anew(text, lines, number):
                table += 1
                in_table = True
            if _RULE.match(line) and previous is not None and previous.kind == "table_row":
                previous.pieces.append(span)  # the | --- | line below the heads
                if len(out) < 2 or out[-2].kind != "table_row" or out[-2].table != previous.table:
                    previous.cells = tuple(replace(cell, header=True) for cell in previous.cells)
            else:
                out.append(
                    Chunk(
                        "table_row",
                        [span],
                        wording,
                        tab_cells(text, a, span.end)
                        if number in tabbed
                        else spaced_cells(text, span.start, span.end, unnumbered=spaced[number])
                        if number in spaced
                        else bar_cells(text, span.start, span.end, 0, bare=is_bare(previous, table, text)),
                        table=table,
                        blank_before=blank,
                        lines=[span],
                    )
                )
            blank = False
            continue
        in_table = False
        if not wording or (not line[0].isalnum() and _RULE.match(line)):
            out.append(Chunk("furniture", [span], wording, blank_before=blank, lines=[span]))
        elif _FURNITURE.match(wording) and (not wording.lower().startswith("cơ quan") or in_signature):
            out.append(Chunk("furniture", [span], wording, blank_before=blank, lines=[span]))
            if _SIGNED_BY.match(wording):
                in_signature = 4
        elif FOOTNOTE.match(wording):
            mark = FOOTNOTE.match(wording)
            assert mark is not None
            out.append(Chunk("footnote", [span], wording, mark=mark.group("mark"), blank_before=blank, lines=[span]))
        elif (
            previous is not None
            and not blank
            and previous.kind in ("text", "footnote")
            and (
                cut_before(previous, text, wording, width)
                or (
                    not starts_block(wording)
                    and not complete(previous, line)
                    and (emphasis_goes_on(previous, text) or wraps(previous, text, wording, width))
                )
            )
        ):
            last = previous.pieces[-1]
            previous.pieces[-1] = Span(last.start, span.end)
            previous.lines.append(span)
            previous.text = (
                _wording(view, previous.pieces[-1]) if len(previous.pieces) == 1 else previous.text + " " + wording
            )
            previous.emphasis = previous.emphasis and emphasised(line)
        else:
            out.append(Chunk("text", [span], wording, blank_before=blank, lines=[span], emphasis=emphasised(line)))
        blank = False
    return out


def _heads_anew(text: str, lines: list[tuple[int, int]], number: int) -> bool:
    """Whether a row stands behind a blank line and right above a line of bars and dashes: it heads another table."""
    if number + 1 >= len(lines) or number < 1 or text[slice(*lines[number - 1])].strip():
        return False
    below = text[slice(*lines[number + 1])].strip()
    return below.startswith("|") and "-" in below and _RULE.match(below) is not None


#: The mark of a chapter, a section or an appendix that stands alone on its line, its name below.
_PART_ALONE = re.compile(r"(?:chương|mục|tiểu mục|phần|phụ lục)\s+(?:số\s+|thứ\s+)?[\w.]{1,8}[.:]?\Z", re.IGNORECASE)
_LONGEST_NAME = 160


def _second_line(out: list[Chunk], before: Chunk, chunk: Chunk) -> bool:
    """Whether a line in capitals is the rest of the name of a chapter: ``Mục 2``, ``QUẢN LÝ BẾN BÃI``, ``VÀ ĐÒ``."""
    return (
        len(out) > 1
        and out[-1] is before
        and chunk.text.isupper()
        and before.text.isupper()
        and chunk.emphasis == before.emphasis
        and len(before.text) + len(chunk.text) < _LONGEST_NAME
        and _PART_ALONE.match(out[-2].text) is not None
        and not starts_block(chunk.text)
        and not is_title_line(before.text)
    )


def _join_broken(raw: list[Chunk]) -> list[Chunk]:
    """Join what page ends, footnotes and stamps cut apart; each part stays a piece of its own."""
    out: list[Chunk] = []
    open_text: Chunk | None = None
    interrupted = False
    for chunk in raw:
        if chunk.kind in ("furniture", "footnote", "stamp"):
            interrupted = True
            out.append(chunk)
            continue
        if chunk.kind == "text" and open_text is not None:
            before = open_text.text.rstrip()
            cut = not before.endswith(TERMINAL) and not before.isupper()
            goes_on = begins_midway(chunk.text) and (cut or (interrupted and before.endswith((";", ","))))
            goes_on = goes_on or chunk.continues or _second_line(out, open_text, chunk)
            if not goes_on and before.endswith(",") and not starts_block(chunk.text) and len(before) > 60:
                goes_on = True
            if goes_on:
                open_text.pieces += chunk.pieces
                open_text.lines += chunk.lines
                open_text.text = before + " " + chunk.text
                open_text.emphasis = open_text.emphasis and chunk.emphasis
                interrupted = False
                continue
        out.append(chunk)
        open_text = chunk if chunk.kind == "text" else None
        interrupted = False
    return out
