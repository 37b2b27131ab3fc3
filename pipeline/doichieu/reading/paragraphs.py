"""From the pieces of printed pages to one text: reading order, running heads, paragraphs, footnotes, tables.

Used for PDF and for scans.  What holds of the text:

1. Wrapped lines are one paragraph; a paragraph that a page end cuts goes on in a block that says so.
2. A letterhead or a signature beside the recipients is read column by column, the left one first.
3. Running heads, page numbers, drawn rules and signature appearances are furniture; footnotes stand at their page's
end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from doichieu.alphabet import PLAIN
from doichieu.model import Line, Page
from doichieu.reading.builder import CellText, SourceBuilder
from doichieu.reading.columns import COLUMN, OPENS_KIND, aligned, gutter, side_by_side
from doichieu.reading.layout import Grid, PageContent, Piece, Row, rows_of, text_of
from doichieu.reading.margins import Margins, is_furniture, running_heads
from doichieu.reading.ruled import TERMINAL, RowCell, Table, goes_on, joined, table_rows, words_of
from doichieu.segmentation.markers import starts_block

_NOTE = re.compile(r"(?P<mark>[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\d{1,2}(?=\s))\s*(?=\S)")
_ARTICLE = re.compile(r"Điều\s+\d{1,3}[a-zđ]?\.\s")
_HEAD_ROWS = 3  # a head has no more
_RULE = re.compile(r"[_\-–—=*.\s]{4,}\Z")


#: So many words in capitals below a line in small letters are no rest of it.
_HEADING_WORDS = 3
#: So much of the text's width a line of a title takes that goes on below.
_TITLE_WIDTH = 0.6


def _centred_begins(before: Row, row: Row) -> bool:
    """Whether a centred line below another begins a paragraph: set in other type, or behind what is complete."""
    last, text = text_of(before), text_of(row)
    if last.isupper() != text.isupper() or all(p.bold for p in before) != all(p.bold for p in row):
        return True
    return last.endswith(TERMINAL) or bool(OPENS_KIND.match(last) and len(last.split()) <= 4) or starts_block(text)


def _one_title(before: Row, row: Row, above: Margins) -> bool:
    """Whether two lines in capitals are one title: the first fills most of its line and is set as the second is."""
    last, text = text_of(before), text_of(row)
    if not (last.isupper() and text.isupper()) or last.endswith(TERMINAL) or OPENS_KIND.fullmatch(last):
        return False
    width = before[-1].x1 - before[0].x0
    alike = all(p.bold for p in before) == all(p.bold for p in row)
    return alike and width > _TITLE_WIDTH * (above.right - above.left)


def _opens_article(paragraph: Sequence[Row], text: str) -> bool:
    """Whether a line is the first point of the article whose heading fills the lines before it."""
    return text.startswith(("1. ", "1) ")) and bool(paragraph) and _ARTICLE.match(text_of(paragraph[0])) is not None


class _Plan:
    """What stands on one page, before it becomes text."""

    def __init__(self, content: PageContent) -> None:
        self.content = content
        self.heads: list[Row] = []
        self.body: list[Row] = []
        self.notes: list[list[Row]] = []
        self.tail: list[Row] = []
        self.grids: list[Table] = []
        self.margins = Margins(0.0, content.width, 4.0)
        self.start = 0


class Composer:
    """Turns pages into the text, blocks, pages and lines of a source."""

    def __init__(self, builder: SourceBuilder, pages: Sequence[PageContent]) -> None:
        self.builder = builder
        self.contents = pages
        self.heads = running_heads(pages)
        self.pages: list[Page] = []
        self.lines: list[Line] = []
        self.open: tuple[Row, Margins] | None = None  # the last line of running text, for the page that follows
        self.table = -1
        self.columns: tuple[float, ...] = ()
        self.rows_so_far = 0
        self.head: list[str] = []  # the wording of the table's first rows, which pages may repeat
        self.held: list[RowCell] | None = None  # the last row of a page, which the next may go on with
        sizes: Counter[float] = Counter()
        for page in pages:
            for piece in page.pieces:
                sizes[round(piece.size * 2) / 2] += len(piece.text)
        self.body_size = sizes.most_common(1)[0][0] if sizes else 12.0

    def compose(self) -> None:
        """All pages in order."""
        before: _Plan | None = None
        for content in self.contents:
            plan = self._plan(content)
            if before is not None:
                self._finish(before, plan)
            plan.start = self.builder.length
            self._write(plan)
            before = plan
        if before is not None:
            self._finish(before, None)

    # -- one page ------------------------------------------------------------------------------------------

    def _plan(self, content: PageContent) -> _Plan:
        """What stands on a page: running heads, text, tables, footnotes, what is below."""
        plan = _Plan(content)
        rows: list[Row] = []
        signing = 0
        for row in rows_of(list(content.pieces)):
            text = text_of(row)
            if not text:
                continue
            furniture, signing = is_furniture(text, row, content, self.heads, signing)
            if not furniture:
                rows.append(row)
            elif row[0].middle <= content.height / 2 and not rows:
                plan.heads.append(row)
            else:
                plan.tail.append(row)
        plan.margins = Margins.of(rows, content.width)
        plan.body, plan.notes = self._split_notes(rows, content)
        plan.grids = [table_rows(grid) for grid in sorted(content.grids, key=lambda g: g.y0)]
        return plan

    def _write(self, plan: _Plan) -> None:
        content = plan.content
        for beside in content.beside:
            found = is_furniture(text_of(beside), beside, content._replace(height=0.0), self.heads, 0)[0]
            self._emit([list(beside)], content, "furniture" if found else "text")
        for row in plan.heads:
            self._furniture(row, content)
        position = 0
        for number, table in enumerate(plan.grids):
            stop = position
            while stop < len(plan.body) and plan.body[stop][0].middle < table.grid.y0:
                stop += 1
            self._running(plan.body[position:stop], content, plan.margins, position == 0 and number == 0)
            at_top = stop == 0 and number == 0
            position = stop
            last = number + 1 == len(plan.grids) and position == len(plan.body)
            self._grid(table, content, at_top, last)
        self._running(plan.body[position:], content, plan.margins, position == 0 and not plan.grids)

    def _finish(self, plan: _Plan, following: _Plan | None) -> None:
        """What a page still holds: the row that its end may have cut, footnotes, what is below; then the page ends."""
        if self.held is not None:
            row, self.held = self.held, None
            if (
                following is not None
                and following.grids
                and not (following.body and following.body[0][0].middle < following.grids[0].grid.y0)
            ):
                table = following.grids[0]
                first = self._repeated(table)
                if first < len(table.rows) and self._same_columns(table.grid) and goes_on(row, table.rows[first]):
                    row = joined(row, table.rows.pop(first))
            self._row(row)
        for note in plan.notes:
            self._note(note, plan.content)
        for below in plan.tail:
            self._furniture(below, plan.content)
        content = plan.content
        self.pages.append(
            Page(
                content.number,
                plan.start,
                self.builder.length,
                content.frame.stored_width,
                content.frame.stored_height,
                content.confidence,
            )
        )

    def _furniture(self, row: Row, content: PageContent) -> None:
        self._emit([row], content, "furniture")

    def _split_notes(self, rows: list[Row], content: PageContent) -> tuple[list[Row], list[list[Row]]]:
        """The footnotes of a page: its last lines, in smaller letters, the first of them behind a mark."""
        start = len(rows)
        while (
            start > 0
            and max(p.size for p in rows[start - 1]) <= 0.93 * self.body_size
            and rows[start - 1][0].middle > 0.3 * content.height
        ):
            start -= 1
        while start < len(rows) and not _NOTE.match(text_of(rows[start])):
            start += 1
        notes: list[list[Row]] = []
        expected = 0
        for row in rows[start:]:
            match = _NOTE.match(text_of(row))
            number = int(match.group("mark").translate(PLAIN)) if match else 0
            if match and (not notes or number == expected + 1):
                notes.append([row])
                expected = number
            else:
                notes[-1].append(row)
        return rows[:start], notes

    def _note(self, rows: list[Row], content: PageContent) -> None:
        match = _NOTE.match(text_of(rows[0]))
        assert match is not None
        number = match.group("mark").translate(PLAIN)
        self._emit(rows, content, "footnote", mark=number)

    # -- running text --------------------------------------------------------------------------------------

    def _running(self, rows: list[Row], content: PageContent, margins: Margins, page_start: bool) -> None:
        position = 0
        paragraph: list[Row] = []
        before: Row | None = None
        continued = False
        if (
            page_start
            and rows
            and self.open is not None
            and not self._begins(self.open[0], rows[0], self.open[1], margins, None)
        ):
            continued = True
        elif rows:
            self.open = None
        while position < len(rows):
            row = rows[position]
            block = side_by_side(rows, position, content, first_page=content.number == self.contents[0].number)
            if block > position:
                self._flush(paragraph, content, continued)
                paragraph, before, continued = [], None, False
                self._columns(rows[position:block], content)
                position = block
                continue
            block = aligned(rows, position)
            if block > position:
                self._flush(paragraph, content, continued)
                paragraph, before, continued = [], None, False
                self._aligned_rows(rows[position:block], content)
                position = block
                continue
            if before is not None and (
                self._begins(before, row, margins, margins, row[0].y0 - before[0].y1)
                or _opens_article(paragraph, text_of(row))
            ):
                self._flush(paragraph, content, continued)
                paragraph, continued = [], False
            paragraph.append(row)
            before = row
            position += 1
        if paragraph:
            self._flush(paragraph, content, continued)
        if rows:
            last = rows[-1]
            self.open = (last, margins) if before is last and not text_of(last).endswith(TERMINAL) else None

    def _flush(self, rows: list[Row], content: PageContent, continues: bool) -> None:
        if not rows:
            return
        if len(rows) == 1 and _RULE.match(text_of(rows[0])):
            self._furniture(rows[0], content)
            return
        emphasis = all(piece.bold for row in rows for piece in row)
        self._emit(rows, content, "text", emphasis=emphasis, continues=continues)

    def _begins(self, before: Row, row: Row, above: Margins, here: Margins, gap: float | None) -> bool:
        """Whether a line begins a new paragraph after ``before``."""
        last, text = text_of(before), text_of(row)
        if _RULE.match(last) or _RULE.match(text):
            return True
        size = max(row[0].size, 1.0)
        if gap is not None and gap > max(0.75 * size, 2.2 * here.leading):
            return True
        forced = above.forced(before, row)
        if above.centred(before) and here.centred(row):
            return _centred_begins(before, row)
        if text.isupper() and not last.isupper() and len(text.split()) >= _HEADING_WORDS:
            return True
        if _one_title(before, row, above) and not starts_block(text):
            return False
        ended = last.endswith(TERMINAL)
        indented = row[0].x0 > here.left + 0.7 * size and not above.hangs(before, row)
        if starts_block(text):
            return ended or indented or not forced
        if not forced:
            return ended or indented or not text[:1].islower()
        return indented and (ended or not text[:1].islower())

    # -- columns -------------------------------------------------------------------------------------------

    def _columns(self, rows: list[Row], content: PageContent) -> None:
        """Two columns one after the other; a line of a column that goes on with the one above is joined."""
        self.open = None
        border = gutter(rows, content)
        left = [[p for p in row if p.x0 < border] for row in rows]
        right = [[p for p in row if p.x0 >= border] for row in rows]
        for column in (left, right):
            entry: list[Row] = []
            for row in filter(None, column):
                text = text_of(row)
                if entry and (starts_block(text) or not text[:1].islower()):
                    self._flush(entry, content, False)
                    entry = []
                entry.append(row)
            self._flush(entry, content, False)

    # -- tables without lines ------------------------------------------------------------------------------

    def _aligned_rows(self, rows: list[Row], content: PageContent) -> None:
        """The lines of such a table; one without its first cell goes on with the row above."""
        columns = [piece.x0 for piece in rows[0]]
        self.table += 1
        self.columns, self.open = (), None
        cells: list[RowCell] = []
        number = 0
        for row in rows:
            if not cells or abs(row[0].x0 - columns[0]) < COLUMN:
                if cells:
                    self._row(cells)
                cells = [RowCell(number, column, 1, 1, []) for column in range(len(columns))]
                number += 1
            for piece in row:
                nearest = min(range(len(columns)), key=lambda i: abs(columns[i] - piece.x0))
                cells[nearest].lines.append(([piece], content))
        self._row(cells)

    # -- output --------------------------------------------------------------------------------------------

    def _emit(
        self,
        rows: Sequence[Row],
        content: PageContent,
        kind: str,
        *,
        mark: str = "",
        emphasis: bool = False,
        continues: bool = False,
    ) -> None:
        text = ""
        places: list[tuple[int, int, Row]] = []
        for row in rows:
            words = text_of(row)
            if text:
                glued = re.search(r"[^\W_]-\Z", text) and re.match(r"[^\W_]", words)
                text += "" if glued else " "
            places.append((len(text), len(text) + len(words), row))
            text += words
        span = self.builder.add(text, kind, mark=mark, emphasis=emphasis, continues=continues)  # type: ignore[arg-type]
        if span is None:
            return
        for start, end, row in places:
            self._line(span.start + start, span.start + end, row, content)

    def _line(self, start: int, end: int, pieces: Sequence[Piece], content: PageContent) -> None:
        x0, y0, x1, y1 = content.frame.back(
            min(p.x0 for p in pieces),
            min(p.y0 for p in pieces),
            max(p.x1 for p in pieces),
            max(p.y1 for p in pieces),
        )
        self.lines.append(Line(start, end, content.number, round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)))

    def _same_columns(self, grid: Grid) -> bool:
        return len(grid.columns) == len(self.columns) and all(
            abs(a - b) < 6 for a, b in zip(grid.columns, self.columns, strict=True)
        )

    def _grid(self, table: Table, content: PageContent, at_top: bool, last: bool) -> None:
        """The rows of a ruled table; one that goes on over the page keeps its number, its repeated head is
        furniture."""
        grid = table.grid
        continued = at_top and self._same_columns(grid)
        if not continued:
            self.table += 1
            self.rows_so_far = 0
            self.head = []
        self.columns = grid.columns
        self.open = None
        repeated = self._repeated(table) if continued else 0
        for number, cells in enumerate(table.rows):
            row = [
                RowCell(
                    c.row + self.rows_so_far,
                    c.column,
                    c.row_span,
                    c.column_span,
                    [(line, content) for line in rows_of(list(c.pieces))],
                )
                for c in cells
            ]
            wording = " | ".join(cell.text for cell in row)
            if number < repeated:
                self.builder.add(wording, "furniture")
            elif last and number + 1 == len(table.rows):
                self.held = row
            else:
                self._row(row)
            if not continued and number < _HEAD_ROWS:
                self.head.append(wording)
        self.rows_so_far += grid.rows

    def _repeated(self, table: Table) -> int:
        """How many rows at the top of a page repeat the head of the table that goes on there."""
        found = 0
        for cells, known in zip(table.rows, self.head, strict=False):
            if " | ".join(words_of(cell) for cell in cells) != known:
                break
            found += 1
        return found

    def _row(self, cells: list[RowCell]) -> None:
        texts = [CellText(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in cells]
        if self.builder.row(texts, self.table) is None:
            return
        for placed, cell in zip(self.builder.blocks[-1].cells, cells, strict=True):
            at = placed.start
            for line, content in cell.lines:
                words = text_of(line)
                if words:
                    self._line(at, min(at + len(words), placed.end), line, content)
                    at += len(words) + 1
