"""From lines (or a reader's blocks) to chunks: the paragraphs, table rows and furniture that a tree is built from.

What holds after :func:`chunks`:

1. Every non-blank character of the source lies in exactly one piece of one chunk.
2. A paragraph that its typist or a page end broke over several lines is one chunk with one or more pieces.
3. Page numbers, running heads, rules and signature appearances are chunks of kind ``furniture``; they and footnotes
   never break a paragraph apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from doichieu.alphabet import UPPER
from doichieu.lexicon import load
from doichieu.model import Cell, Source, Span
from doichieu.segmentation.bar_tables import Line, bar_tables
from doichieu.segmentation.line_tables import line_tables
from doichieu.segmentation.markers import FOOTNOTE, is_title_line, parse, starts_block
from doichieu.segmentation.notes import notes_set_by_hand
from doichieu.segmentation.portals import frame
from doichieu.text import View, any_word, fold


@dataclass(slots=True)
class Chunk:
    """One physical unit.  ``text`` is its normalised wording; ``kind`` one of text, table_row, footnote, furniture,
    stamp."""

    kind: str
    pieces: list[Span]
    text: str
    cells: tuple[Cell, ...] = ()
    mark: str = ""
    emphasis: bool = False  # the whole chunk is bold or italic in the source
    blank_before: bool = True
    table: int = -1
    zone: str = ""
    continues: bool = False  # goes on with the text before, as the reader saw
    lines: list[Span] = field(default_factory=list)
    quoted: int = 0  # the number of the quotation that it belongs to; 0 is the document's own wording

    @property
    def start(self) -> int:
        """Where the chunk begins in the source."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where it ends in the source."""
        return self.pieces[-1].end


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
_TERMINAL = (".", ";", ":", "!", "?", "…", "/.", '."', ".)")
_LONGEST = 20_000  # characters; the longest paragraph of a real document is a tenth of it
_MOST_CELLS = 400
_WRAP_LIMIT = 140  # a line longer than this was never wrapped by a typist


def _is_table_line(text: str) -> bool:
    return text.startswith("|") or " | " in text or text.endswith(" |")


#: So many lines in a row with so many tabs are a table pasted from a word processor; fewer are a letterhead's layout.
_TABBED_ROWS, _TABS = 3, 2


def _tabbed(source: str, lines: list[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the lines that are rows of tables whose cells are parted by tabs."""
    found: list[int] = []
    run: list[int] = []
    for index, (a, b) in enumerate([*lines, (0, 0)]):
        if source[a:b].strip() and source.count("\t", a, b) >= _TABS and not _is_table_line(source[a:b].strip()):
            run.append(index)
            continue
        if len(run) >= _TABBED_ROWS:
            found += run
        run = []
    return frozenset(found)


def _tab_cells(source: str, start: int, end: int) -> tuple[Cell, ...]:
    """The cells of one line whose cells are parted by tabs."""
    cells: list[Cell] = []
    position = start
    for column, part in enumerate(source[start:end].split("\t")):
        left = position + len(part) - len(part.lstrip())
        cells.append(Cell(left, max(left, position + len(part.rstrip())), 0, column))
        position += len(part) + 1
    return tuple(cells)


def _cells(source: str, start: int, end: int, row: int, *, bare: bool = False) -> tuple[Cell, ...]:
    """The cells of one ``a | b | c`` line; a trailing or leading bar adds no cell.

    In a ``bare`` table, whose rows have no outer bars, a bar at the beginning or end has an empty cell beside it.
    """
    line = source[start:end]
    a = len(line) - len(line.lstrip())
    b = len(line.rstrip())
    if line[a:b].startswith("|") and not bare:
        a += 1
    if line[a:b].endswith("|") and not line[a:b].endswith("\\|") and not (bare and line[a:b].startswith("|")):
        b -= 1
    cells: list[Cell] = []
    position = a
    for column, part in enumerate(re.split(r"(?<!\\)\|", line[a:b])):
        stop = position + len(part)
        left = position + len(part) - len(part.lstrip())
        right = position + len(part.rstrip())
        if left >= right:
            left = right = min(position + 1, stop)
        cells.append(Cell(start + left, start + right, row, column))
        position = stop + 1
    return tuple(cells)


class _Barred(NamedTuple):
    """A row whose cells stand between lines of one bar: its last line, its cells, whether it opens its table."""

    last: int
    cells: tuple[Cell, ...]
    opens: bool


def _rows_over_lines(source: str, lines: list[tuple[int, int]]) -> dict[int, _Barred]:
    """The rows whose cells run over lines, between bars or without any, by the number of their first line."""
    barred = "|\n" in source
    if not barred and _ORDINALS.search(source) is None:
        return {}
    spans = [_trim(source, a, b) for a, b in lines]
    texts = [Line(span.start, span.end, source[span.start : span.end]) for span in spans]
    found: dict[int, _Barred] = {}
    for table in (*(bar_tables(texts) if barred else ()), *line_tables(texts)):
        for index, row in enumerate(table):
            cells = tuple(Cell(start, end, index, column) for column, (start, end) in enumerate(row.cells))
            found[row.first] = _Barred(row.last, cells, index == 0)
    return _open_rows(source, lines) | found if barred else found


#: The head of a column of ordinals, alone on its line.
_ORDINALS = re.compile(r"(?im)^[ \t]*(?:s?tt|số tt|số thứ tự)\.?[ \t]*$")
#: So many lines a row of a closed table (its rows begin and end with a bar) may take.
_ROW_LINES = 60


def _open_rows(source: str, lines: list[tuple[int, int]]) -> dict[int, _Barred]:
    """The rows of closed tables whose cells run over lines: ``| 1 | Luật A`` on one line, ``| Bộ B |`` below."""
    found: dict[int, _Barred] = {}
    closed = False
    number = -1
    while number + 1 < len(lines):
        number += 1
        span = _trim(source, *lines[number])
        line = source[span.start : span.end]
        if not line.startswith("|"):
            closed = False
            continue
        if line.endswith("|"):
            closed = closed or line.count("|") > 2
            continue
        if not closed or line.count("|") < 2:
            continue
        last = number
        while last + 1 < len(lines) and last - number < _ROW_LINES:
            last += 1
            more = source[slice(*lines[last])].strip()
            if not more or more.endswith("|"):
                break
        if not source[slice(*lines[last])].strip().endswith("|"):
            continue
        cells = _cells(source, span.start, _trim(source, *lines[last]).end, 0)
        found[number] = _Barred(last, cells, False)
        number = last
    return found


def _is_bare(previous: Chunk | None, table: int, source: str) -> bool:
    """Whether the rows of a table stand without outer bars, as the row before shows."""
    return (
        previous is not None
        and previous.kind == "table_row"
        and previous.table == table
        and len(previous.cells) > 1
        and source[previous.cells[0].start - 1 : previous.cells[0].start] in ("\n", "")
        and source[previous.start] != "|"
    )


def _lines(text: str) -> list[tuple[int, int]]:
    out = []
    position = 0
    for line in text.split("\n"):
        out.append((position, position + len(line)))
        position += len(line) + 1
    return out


def _trim(source: str, start: int, end: int) -> Span:
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _wrap_widths(source: str, lines: list[tuple[int, int]]) -> list[int]:
    """For each line the width at which its run of lines was wrapped by hand, 0 where it was not.

    A run is a stretch of lines without a blank line or a table line; one document may hold wrapped and unwrapped
    parts, as a decision typed by hand with an appendix pasted from elsewhere does.
    """
    widths = [0] * len(lines)
    run: list[int] = []
    for index in range(len(lines) + 1):
        line = source[slice(*lines[index])].rstrip() if index < len(lines) else ""
        if line.strip() and not _is_table_line(line.strip()):
            run.append(index)
            continue
        if len(run) > 1:
            width = max(len(source[slice(*lines[i])].rstrip()) for i in run)
            if width < _NARROW and _one_a_line([source[slice(*lines[i])].strip() for i in run]):
                width = 0
            for i in run:
                widths[i] = width if width <= _WRAP_LIMIT else 0
        run = []
    return widths


#: Nobody wraps a page by hand at fewer characters than this; such lines may be a list, one item a line.
_NARROW, _ITEMS = 60, 2


def _one_a_line(lines: list[str]) -> bool:
    """Whether short lines are items of a list rather than one paragraph: none begins in the middle of a sentence, none
    ends there.

    >>> _one_a_line(["Tỷ lệ hộ nghèo dưới 2%", "Tỷ lệ che phủ rừng 45%", "Số xã đạt chuẩn là 12"])
    True
    >>> _one_a_line(["Nâng cao chất lượng cán bộ cấp xã và", "Thực hiện tốt công tác", "Nhà văn hóa thôn"])
    False
    """
    met = 0
    for before, line in pairwise(lines):
        if before.isupper() or line.isupper() or before.endswith(_TERMINAL) or starts_block(line):
            continue
        if not line[:1].isupper() or before.endswith(",") or _LEADS_ON.search(before) is not None:
            return False
        met += 1
    return met >= _ITEMS


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
            span = _trim(text, start, end)
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
        span = _trim(text, max(block.start, position), block.end)
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
    for a, b in _lines(text[start:end]):
        span = _trim(text, start + a, start + b)
        if span.start < span.end:
            drawn = bool(_RULE.match(text[span.start : span.end]))
            out.append(Chunk("furniture" if drawn else kind, [span], _wording(view, span), lines=[span]))
    return out


def _from_lines(text: str, view: View, begin: int, end: int) -> list[Chunk]:
    """The chunks of ``text[begin:end]``, by its lines."""
    lines = [(begin + a, begin + b) for a, b in _lines(text[begin:end])]
    widths = _wrap_widths(text, lines)
    out: list[Chunk] = []
    blank = True
    table = -1
    in_table = False
    in_signature = 0
    tabbed = _tabbed(text, lines) if "\t" in text else frozenset()
    barred = _rows_over_lines(text, lines)
    row_end = -1
    for number, ((a, b), width) in enumerate(zip(lines, widths, strict=True)):
        if number <= row_end:
            continue
        if number in barred:
            row = barred[number]
            table += row.opens
            row_end, in_table, blank = row.last, True, False
            span = _trim(text, a, lines[row.last][1])
            out.append(
                Chunk(
                    "table_row", [span], _wording(view, span), row.cells, table=table, blank_before=blank, lines=[span]
                )
            )
            continue
        span = _trim(text, a, b)
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
        if _is_table_line(line) or number in tabbed:
            if not in_table:
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
                        _tab_cells(text, a, span.end)
                        if number in tabbed
                        else _cells(text, span.start, span.end, 0, bare=_is_bare(previous, table, text)),
                        table=table,
                        blank_before=blank,
                        lines=[span],
                    )
                )
            blank = False
            continue
        in_table = False
        if _RULE.match(line) or not wording:
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
                _cut_before(previous, text, wording, width)
                or (
                    not starts_block(wording)
                    and not _complete(previous, line)
                    and (_emphasis_goes_on(previous, text) or _wraps(previous, text, wording, width))
                )
            )
        ):
            last = previous.pieces[-1]
            previous.pieces[-1] = Span(last.start, span.end)
            previous.lines.append(span)
            previous.text = (
                _wording(view, previous.pieces[-1]) if len(previous.pieces) == 1 else previous.text + " " + wording
            )
            previous.emphasis = previous.emphasis and _emphasised(line)
        else:
            out.append(Chunk("text", [span], wording, blank_before=blank, lines=[span], emphasis=_emphasised(line)))
        blank = False
    return out


def _emphasised(line: str) -> bool:
    core = line.strip()
    return len(core) > 2 and core[0] in "*_" and core[-1] in "*_" and "**" not in core.strip("*_ ").replace("** **", "")


#: Words that no line of its own ends with: the sentence goes on.
_LEADS_ON = re.compile(any_word(load("layout")["leads_on"]) + r"\Z", re.IGNORECASE)
#: A mark that stands alone on its line, its wording on the next: "*2.13.⏎Ủy ban nhân dân xã*", "Điều 4.⏎Hiệu lực".
_MARK_ALONE = re.compile(
    r"(?:Điều\s+\d{1,3}[a-zđ]?[.:]|\d{1,3}(?:\.\d{1,3})+[.)]?|\d{1,3}[.)]|[IVXLC]{1,6}[.)\-]|[A-ZĐa-zđ][.)])\Z"
)
#: What a number, a letter or a range goes on with: "khoản⏎3.", "hạng⏎II.", "giai đoạn 2026⏎- 2030".
_AWAITS_MARK = re.compile(
    r"(?<!\w)(?:điều|khoản|điểm|mục|hạng|cấp|loại|nhóm|chương|phần|số|năm|quý|tháng|ngày|vùng|khu vực|bậc|phụ lục|bảng"
    r"|biểu|mẫu|các điều|các khoản)\Z",
    re.IGNORECASE,
)
#: The word of a mark whose number stands on the next line: "Điều⏎3. Phạm vi".
_WORD_ALONE = re.compile(r"(?:điều|chương|mục|phần|khoản|điểm|phụ lục|mẫu số|biểu số|tiểu mục)\Z", re.IGNORECASE)
#: What closes a bracket of the line before: "(lần⏎2)"; a symbol in a list: "N-NO2-,⏎N- NO3-"; a part of something else.
_CLOSES = re.compile(r"[^()]{0,40}\)")
_SYMBOL = re.compile(rf"[{UPPER}]\s*[-.]\s*[{UPPER}]")
_OF_ANOTHER = re.compile(r"(?:Phần|Chương|Mục|Điều|Khoản|Phụ lục)\s+[\dIVXLC]+\s+(?:của|tại|và|,|thuộc|kèm|ban hành)")
#: The head of a body whose name is on the next line: "3. Sở⏎Nông nghiệp", "Điều 4. Chánh Văn phòng⏎Ủy ban nhân dân".
_HEAD_ALONE = re.compile(
    r"(?:\A|[\s*])(?:Sở|Bộ|Ủy ban|Ủy|Hội đồng|Cục|Vụ|Thủ trưởng các|Giám đốc các|Giám đốc Sở|Chánh Văn phòng|Trưởng ban"
    r"|Chủ tịch Ủy ban)\Z"
)
#: A kind of document whose number is on the next line; what a figure follows; the first word of a place before its day.
_NUMBER_NEXT = re.compile(r"(?:[Nn]ghị định|[Nn]ghị quyết|[Qq]uyết định|[Tt]hông tư|[Ll]uật|[Cc]hỉ thị|[Cc]ông văn)\Z")
_MEASURE_NEXT = re.compile(
    r"(?:tối thiểu|ít nhất|tối đa|không quá|không ít hơn|khoảng|gần|hơn|(?<!\w)No\.)\Z", re.IGNORECASE
)
_PLACE_DAY = re.compile(rf"[{UPPER}][^,\d]{{0,18}},\s*ngày\b")
_PLACE_BEGUN = 12
_RANGE_GOES_ON = re.compile(r"[-–]\s*\d")
#: Names around a hyphen, which a line end may cut: "kinh tế⏎- xã hội"; no shorter line is taken for a cut one.
_HYPHENATED = re.compile(any_word(load("layout")["hyphenated"]))
_CUT_LINE, _NAME_HALF = 20, 40
_MARK_OF_NUMBER = re.compile(r"(?:\d{1,4}|[IVXLC]{1,6}|[a-zđ])(?:\s*[.)\-/,;]|\s)")


def _cut_before(previous: Chunk, source: str, wording: str, width: int) -> bool:
    """Whether a line goes on with the one before, whatever mark it seems to begin with."""
    if _MARK_ALONE.match(previous.text):
        return parse(wording) is None
    if _WORD_ALONE.match(previous.text):
        return _MARK_OF_NUMBER.match(wording) is not None
    last = previous.lines[-1]
    line = source[last.start : last.end].rstrip("* _")
    whole = source[previous.pieces[-1].start : last.end]
    if width and whole.rfind("(") > whole.rfind(")") and _CLOSES.match(wording):
        return True
    if _awaits(line, wording):
        return True
    if not width or len(line) < 0.6 * width:
        return False
    if line[-1:].isdigit() and _RANGE_GOES_ON.match(wording):
        return True
    if _LEADS_ON.search(line) is not None and _OF_ANOTHER.match(wording):
        return True
    return _AWAITS_MARK.search(line) is not None and _MARK_OF_NUMBER.match(wording) is not None


def _awaits(line: str, wording: str) -> bool:
    """Whether a line ends with what wants just such words behind it, however long it is."""
    if line.endswith(",") and _SYMBOL.match(wording):
        return True
    if wording[:1].islower() and _NUMBER_NEXT.search(line) and wording.startswith("số "):
        return True
    if wording[:1].isdigit() and _MEASURE_NEXT.search(line):
        return True
    if wording[:1] in "-–" and _hyphen_cut(line, wording):
        return True
    bare = line.strip("* ")
    if len(bare) <= _PLACE_BEGUN and _PLACE_DAY.match(wording) and bare.istitle():
        return True
    return bool(_HEAD_ALONE.search(line)) and wording[:1].isupper() and parse(wording) is None


def _hyphen_cut(line: str, wording: str) -> bool:
    """Whether a line that begins with a hyphen goes on with a name of which the line before has the first half.

    >>> _hyphen_cut("bảo vệ môi trường và phát triển kinh tế", "- xã hội của địa phương")
    True
    >>> _hyphen_cut("bảo vệ môi trường và phát triển kinh tế", "- Xây dựng hạ tầng"), _hyphen_cut("Kinh tế", "- Xã hội")
    (False, False)
    """
    if len(line) < _CUT_LINE:
        return False
    before, after = fold(line.rstrip("*_ "))[-_NAME_HALF:], fold(wording[1:].lstrip("*_ "))[:_NAME_HALF]
    found = _HYPHENATED.finditer(f"{before} - {after}")
    return any(match.start() < len(before) and match.end() > len(before) + 3 for match in found)


#: So many characters further on bold or italics that are open must end to be taken for real.
_EMPHASIS = 600


def _emphasis_goes_on(previous: Chunk, source: str) -> bool:
    """Whether a line stands within the bold or italics that the lines before it began: ``**C. LĨNH VỰC`` over
    ``Quản lý văn thư**``."""
    start, end = previous.pieces[-1].start, previous.lines[-1].end
    if "*" not in source[start:end] or not _emphasis_open(source[start:end]):
        return False
    stop = source.find("\n\n", end, end + _EMPHASIS)
    return not _emphasis_open(source[start : stop if stop >= 0 else min(len(source), end + _EMPHASIS)])


def _emphasis_open(text: str) -> bool:
    """Whether bold or italics are begun and not ended.

    >>> _emphasis_open("**Điều 4."), _emphasis_open("*- Chi khác:"), _emphasis_open("* Thành phần: **Đơn**")
    (True, True, False)
    """
    return bool(text.count("**") % 2 or (text.replace("**", "").count("*") - text.startswith("* ")) % 2)


def _complete(previous: Chunk, line: str) -> bool:
    """Whether a line goes no further: the name of a kind of document, capitals set otherwise than the next line, or
    bold with a plain line below that begins like a sentence."""
    set_alike = previous.emphasis == _emphasised(line)
    if is_title_line(previous.text) or (previous.text.isupper() and not set_alike):
        return True
    return previous.emphasis and not set_alike and line[:1].isupper()


#: A line that ends with a word with which no sentence ends: its number must follow (``khoản 2 Điều`` / ``23 như sau``),
#: or its object (``về việc ban hành`` / ``Quy chế …``).
_NUMBERED_NEXT = re.compile(
    r"(?<!\w)(?:[Đđ]iều|[Kk]hoản|điểm|số|ngày|tháng|năm|của|và|theo|tại|với|các|về việc|việc ban hành|do|bằng|cho)\Z"
)


_CAPITALS = re.compile(rf"[{UPPER}]{{2,}}\s+[{UPPER}]{{2,}}\b")


def _wraps(previous: Chunk, source: str, wording: str, width: int) -> bool:
    """Whether a line that follows without a blank line goes on with the paragraph before it."""
    last = previous.lines[-1]
    line = source[last.start : last.end].rstrip("* _")
    if wording[:1].islower() or _NUMBERED_NEXT.search(line):
        return True
    if line.isupper() and not wording.isupper():
        return " " not in line and _CAPITALS.match(wording) is not None  # one word of a name: CÔNG / TY CỔ PHẦN A vay
    if line.endswith(_TERMINAL):
        return bool(width) and line.endswith((".", ";")) and len(line) >= 0.92 * width and not line.endswith("./.")
    if width == 0:
        # Unwrapped text: a new line is a new paragraph unless the first was cut in mid-phrase.
        return line.endswith((",", "-")) or (source[last.end : last.end + 2] == "  ")
    if len(line) >= 0.6 * width or (line.isupper() and wording.isupper()):
        return True
    opening = previous.blank_before and len(previous.lines) == 1 and not previous.emphasis
    return _unfinished(source[previous.pieces[-1].start : last.end]) or (opening and len(wording) >= 0.6 * width)


def _unfinished(text: str) -> bool:
    """Whether a text stops in the middle: emphasis, a bracket or a quotation is open, or its last word leads on.

    >>> _unfinished("*Theo đề nghị của Cục trưởng"), _unfinished("Thực hiện Nghị quyết số"), _unfinished("1. Phạm vi")
    (True, True, False)
    """
    if _emphasis_open(text):
        return True
    if text.count("(") > text.count(")") or text.count("“") > text.count("”"):
        return True
    return _LEADS_ON.search(text.rstrip("*_ ")) is not None


def _goes_on(wording: str) -> bool:
    """A chunk that begins in the middle of a sentence: lower case, and no numbering mark."""
    first = next((c for c in wording if c.isalnum()), "")
    return bool(first) and first.islower() and wording[:1] not in "-+*•" and not starts_block(wording)


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
            cut = not before.endswith(_TERMINAL) and not before.isupper()
            goes_on = _goes_on(chunk.text) and (cut or (interrupted and before.endswith((";", ","))))
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
