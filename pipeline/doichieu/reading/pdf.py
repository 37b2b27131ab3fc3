"""PDF: the text that the file holds, by place on the page; a page whose text is missing or worthless is recognised.

Nothing in a PDF is run or followed: no scripts, no links; what was filled into a form is read as text in its place.
Pages, characters and drawn lines are bounded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from doichieu.errors import UnreadableFile
from doichieu.model import Source
from doichieu.processes.programs import ProgramMissing
from doichieu.reading.builder import SourceBuilder
from doichieu.reading.files import document_id, file_bytes
from doichieu.reading.layout import PageContent, Piece, rows_of, turned_piece
from doichieu.reading.paragraphs import Composer
from doichieu.reading.pdf_chars import MAX_CHARACTERS, page_pieces
from doichieu.reading.pdf_forms import form_values
from doichieu.reading.pdf_objects import bounds_of, drawn
from doichieu.reading.pdf_tables import find_tables, page_lines
from doichieu.reading.syllables import reads_well
from doichieu.reading.turns import Frame, frame_of

if TYPE_CHECKING:
    from doichieu.reading.scan import Sheet

MAX_BYTES = 500 * 1024 * 1024
MAX_PAGES = 3_000
MAX_SIDE = 14_400.0  # points, the format's own limit
#: A page with fewer letters than this has no text of its own, where a picture covers it.
_FEW = 30


def read_pdf(path: Path) -> Source:
    """The source of a PDF file.  Raises :class:`doichieu.errors.UnreadableFile`."""
    data = file_bytes(path, MAX_BYTES)
    name = str(path)
    document = _open(data, name)
    try:
        count = len(document)
        if count == 0:
            raise UnreadableFile(name, "tệp PDF không có trang nào", code="broken_file")
        if count > MAX_PAGES:
            raise UnreadableFile(name, f"tệp có quá nhiều trang ({count}, tối đa {MAX_PAGES})", code="too_large")
        builder = SourceBuilder(document_id(path), name)
        document.init_forms()
        replaced: list[int] = []
        pages = list(_pages(document, builder, replaced))
    finally:
        document.close()
    if replaced:
        one = len(replaced) == 1
        shown = f"trang {replaced[0]}" if one else f"{len(replaced)} trang ({', '.join(map(str, replaced))})"
        builder.problem(
            "text_layer_replaced",
            "medium",
            f"Lớp chữ có sẵn của {shown} không đọc được thành tiếng Việt; đã nhận dạng lại từ hình ảnh",
        )
    composer = Composer(builder, pages)
    composer.compose()
    if any(page.doubtful for page in pages):
        from doichieu.reading.scan import report_figures

        report_figures(builder, composer)
    if builder.length == 0 and any(p.code == "missing_program" for p in builder.problems):
        from doichieu.reading.scan import missing

        raise missing(name)
    return builder.build(hashlib.sha256(data).hexdigest(), "pdf", pages=composer.pages, lines=composer.lines)


def _open(data: bytes, name: str) -> Any:
    import pypdfium2 as pdfium

    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile(name, "tệp được đặt mật khẩu", code="encrypted_file") from error
        raise UnreadableFile(name, "tệp PDF bị hỏng", code="broken_file") from error


class _Scanned(NamedTuple):
    """A page that is to be recognised: as it is made ready, what it has of its own, and how many letters that is."""

    sheet: Sheet
    own: PageContent
    letters: int


def _pages(document: Any, builder: SourceBuilder, replaced: list[int]) -> Iterator[PageContent]:
    """All pages: each with its own text, or with what is recognised in its picture where that is better; the number of
    such a page goes to ``replaced`` where it had a text of its own.  Scanned pages are recognised several at once."""
    waiting: list[_Scanned] = []
    for index in range(len(document)):
        found = _page(document, index, builder)
        if isinstance(found, _Scanned):
            waiting.append(found)
        if waiting and (found is not waiting[-1] or _enough(waiting)):
            yield from _recognised(waiting, builder, replaced)
            waiting = []
        if isinstance(found, PageContent):
            yield found
    if waiting:
        yield from _recognised(waiting, builder, replaced)


def _enough(waiting: list[_Scanned]) -> bool:
    from doichieu.reading.scan import TOGETHER

    return len(waiting) >= TOGETHER


def _page(document: Any, index: int, builder: SourceBuilder) -> PageContent | _Scanned:
    """One page as its text has it, or made ready to be recognised."""
    import pypdfium2 as pdfium

    from doichieu.reading.pages import turned

    turned(index + 1, len(document))
    try:
        page = document[index]
    except pdfium.PdfiumError:
        builder.problem("unreadable_page", "high", f"Không đọc được trang {index + 1}")
        return PageContent(index + 1, 0.0, 0.0, ())
    width, height = page.get_size()
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        builder.problem("unreadable_page", "high", f"Trang {index + 1} có khổ giấy bất thường, bỏ qua")
        return PageContent(index + 1, 0.0, 0.0, ())
    # Characters stand in the frame of the page as it is stored; a page that is shown turned keeps its boxes there.
    stored = (height, width) if page.get_rotation() in (90, 270) else (width, height)
    content = _text(page, index + 1, *stored, builder)
    text = " ".join(piece.text for piece in content.pieces)
    letters = sum(map(str.isalpha, text))
    pictured = _pictured(page, width * height)
    if (letters >= _FEW or not pictured) and reads_well(text):
        return content
    if not pictured and letters < _FEW:
        return content  # an empty page, or one with a line only
    return _scanned(page, content._replace(width=width, height=height), letters, builder)


def _text(page: Any, number: int, width: float, height: float, builder: SourceBuilder) -> PageContent:
    textpage = page.get_textpage()
    frame = frame_of(textpage, width, height)
    across, upright = page_lines(page, frame)
    tables, rules = find_tables(across, upright)

    def cell_of(x: float, y: float) -> int:
        for place, table in enumerate(tables):
            cell = table.cell(x, y)
            if cell >= 0:
                return place * 1_000_000 + cell
        return -1

    if textpage.count_chars() > MAX_CHARACTERS:
        builder.problem(
            "cut_short", "high", f"Trang {number} quá dài: chỉ đọc {MAX_CHARACTERS} ký tự đầu, phần còn lại bị bỏ"
        )
    pieces: list[Piece] = []
    inside: dict[int, dict[int, list[Piece]]] = {}
    for piece, cell in page_pieces(textpage, frame, cell_of if tables else None):
        if cell < 0:
            pieces.append(piece)
        else:
            inside.setdefault(cell // 1_000_000, {}).setdefault(cell % 1_000_000, []).append(piece)
    for value in form_values(page, height):
        piece = turned_piece(value, frame)
        if (cell := cell_of((piece.x0 + piece.x1) / 2, (piece.y0 + piece.y1) / 2)) < 0:
            pieces.append(piece)
        else:
            inside.setdefault(cell // 1_000_000, {}).setdefault(cell % 1_000_000, []).append(piece)
    grids = [table.grid(inside[place]) for place, table in enumerate(tables) if place in inside]
    flat = [piece for cells in inside.values() for found in cells.values() for piece in found]
    kept = tuple(grid for grid in grids if sum(bool(cell.pieces) for cell in grid.cells) > 1)
    loose = (
        flat
        if not kept
        else [
            p
            for place, cells in inside.items()
            if tables[place].grid(cells) not in kept
            for found in cells.values()
            for p in found
        ]
    )
    return PageContent(
        number,
        frame.width,
        frame.height,
        tuple(pieces + loose),
        kept,
        tuple(rules),
        quarters=frame.quarters,
        beside=_beside(textpage, frame) if frame.quarters else (),
    )


def _beside(textpage: Any, frame: Frame) -> tuple[tuple[Piece, ...], ...]:
    """The lines of a turned page that stand as the page is stored: its running head, its number."""
    pieces = [piece for piece, _ in page_pieces(textpage, frame, None, beside=True)]
    return tuple(tuple(turned_piece(piece, frame) for piece in row) for row in rows_of(pieces))


def _pictured(page: Any, area: float) -> bool:
    """Whether pictures cover most of a page."""
    import pypdfium2.raw as raw

    covered = 0.0
    for count, item in enumerate(drawn(page, raw.FPDF_PAGEOBJ_IMAGE)):
        if count > 2_000:
            break
        left, bottom, right, top = bounds_of(item)
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return covered > 0.4 * area


def _scanned(page: Any, own: PageContent, letters: int, builder: SourceBuilder) -> PageContent | _Scanned:
    """The picture of a page made ready; the page's own text, with a problem row, where no recognition is at hand."""
    from doichieu.reading import scan

    try:
        return _Scanned(scan.sheet(scan.render(page), own.number, own.width, own.height), own, letters)
    except ProgramMissing:
        return _unrecognised(own, builder)


def _unrecognised(own: PageContent, builder: SourceBuilder) -> PageContent:
    from doichieu.reading.scan import INSTALL

    builder.problem(
        "missing_program",
        "high",
        f"Trang {own.number} là bản quét nhưng chưa có Tesseract; cài bằng: {INSTALL}",
    )
    return own


def _recognised(waiting: list[_Scanned], builder: SourceBuilder, replaced: list[int]) -> list[PageContent]:
    """Pages as their pictures read."""
    from doichieu.reading.scan import recognise

    try:
        made = recognise([page.sheet for page in waiting], builder)
    except ProgramMissing:  # it was there when the pages were made ready
        return [_unrecognised(page.own, builder) for page in waiting]
    replaced += [page.own.number for page in waiting if page.letters >= _FEW]
    return made
