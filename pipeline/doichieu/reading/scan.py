"""Scans and pictures, read by Tesseract: a page's picture in, its words with their places and confidence out.

Tesseract runs as a program of its own with one thread and a time limit.  No digit is ever put right: a figure that
was hard to read becomes a problem row with its place.
"""

from __future__ import annotations

import errno
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from doichieu.errors import UnreadableFile
from doichieu.model import Source
from doichieu.processes import programs
from doichieu.reading.builder import SourceBuilder
from doichieu.reading.files import document_id, file_bytes
from doichieu.reading.layout import PageContent, Piece
from doichieu.reading.pages import turned
from doichieu.reading.paragraphs import Composer
from doichieu.reading.pdf_tables import Line, Walls, find_tables
from doichieu.reading.syllables import reads_well
from doichieu.reading.tesseract import DPI, Picture, Readings, Word, available, words_of

INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-vie"
MAX_BYTES = 200 * 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_FRAMES = 500
#: So many pages are recognised at one call of Tesseract.
TOGETHER = 4
_BULLETS = ("-", "–", "+", "•", "*")
#: Below these a page, or a figure, is shown to a person (0 to 1).
_SURE_PAGE, _SURE_FIGURE = 0.75, 0.65


#: The part of a first page that a letterhead takes, and the size at which it is read a second time.
_LETTERHEAD, _OTHER_SIZE = 0.4, 0.75
_FIGURES = re.compile(r"\d+")


class Sheet(NamedTuple):
    """A page made ready to be recognised: its cleaned picture, the horizontal and upright lines ruled on it, its size
    in points as it stands upright."""

    number: int
    image: Any
    across: list[Line]
    upright: list[Line]
    width: float
    height: float


def missing(name: str) -> UnreadableFile:
    """The error of a scan where Tesseract is not installed."""
    return UnreadableFile(
        name, f"cần Tesseract có tiếng Việt để đọc bản quét; cài bằng: {INSTALL}", code="missing_program"
    )


def render(page: Any) -> Any:
    """A PDF page as a picture at 300 dots an inch, less where it would be too large."""
    width, height = page.get_size()
    scale = DPI / 72
    if width * height * scale * scale > MAX_PIXELS:
        scale = (MAX_PIXELS / (width * height)) ** 0.5
    return page.render(scale=scale).to_pil()


def sheet(picture: Any, number: int, width: float, height: float) -> Sheet:
    """A page made ready; ``width`` and ``height`` in points.

    Raises :class:`doichieu.processes.programs.ProgramMissing` where Tesseract is missing.
    """
    from doichieu.reading.scan_image import prepare

    if not available():
        raise programs.ProgramMissing("Tesseract")
    image, across, upright = prepare(picture, width, height)
    if (image.width > image.height) != (width > height):
        width, height = height, width  # the page lay on its side
    return Sheet(number, image, across, upright, width, height)


def recognise(sheets: Sequence[Sheet], builder: SourceBuilder) -> list[PageContent]:
    """The contents of at most :data:`TOGETHER` pages from their pictures.  Problems go to ``builder``.

    Raises :class:`doichieu.processes.programs.ProgramMissing` where Tesseract is missing.
    """
    heads = [_letterhead(page) for page in sheets if page.number == 1]
    read = Readings([*(Picture(page.image, page.width, page.height) for page in sheets), *heads])
    return [_content(page, read, place, builder, head=len(sheets)) for place, page in enumerate(sheets)]


def _content(page: Sheet, read: Readings, place: int, builder: SourceBuilder, *, head: int) -> PageContent:
    """The content of the page at a ``place`` of what is read; that of the letterhead is at ``head``."""
    from doichieu.reading.scan_image import rotated

    number, width, height = page.number, page.width, page.height
    across, upright = page.across, page.upright
    try:
        words = read.words(place)
        if not reads_well(" ".join(word.text for word in words)) or not words:
            other = words_of(Picture(rotated(page.image, 180), width, height))
            if sum(w.confidence for w in other) > 1.2 * sum(w.confidence for w in words):
                words = other
                across, upright = [], []
    except programs.ProgramFailed as error:
        builder.problem("unreadable_page", "high", f"Trang {number} không nhận dạng được: {error}")
        return PageContent(number, width, height, ())
    doubtful = list(_doubtful(words))
    if number == 1:
        doubtful += _read_otherwise(read, head, words, height)
    tables, rules = find_tables(across, upright)
    content = _laid_out(words, tables, number, width, height)
    if content.confidence < _SURE_PAGE and words:
        builder.problem(
            "low_confidence_page",
            "medium",
            f"Trang {number} nhận dạng kém tin cậy ({content.confidence:.0%}); cần đối chiếu với bản gốc",
        )
    return content._replace(rules=tuple(rules), doubtful=tuple(dict.fromkeys(doubtful)))


def _doubtful(words: list[Word]) -> Iterator[tuple[str, float, float]]:
    for word in words:
        if word.confidence < _SURE_FIGURE and any(c.isdigit() for c in word.text):
            yield word.text, (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2


def _letterhead(page: Sheet) -> Picture:
    """The letterhead of a first page at another size."""
    crop = page.image.crop((0, 0, page.image.width, int(page.image.height * _LETTERHEAD)))
    size = (int(crop.width * _OTHER_SIZE), int(crop.height * _OTHER_SIZE))
    return Picture(crop.resize(size), page.width, page.height * _LETTERHEAD)


def _read_otherwise(read: Readings, head: int, words: list[Word], height: float) -> Iterator[tuple[str, float, float]]:
    """Figures of a letterhead that a second reading at another size does not find."""
    try:
        again = read.words(head)
    except programs.ProgramFailed:
        again = []
    found = {figure for word in again for figure in _FIGURES.findall(word.text)}
    for word in words:
        if word.y1 < height * _LETTERHEAD and any(figure not in found for figure in _FIGURES.findall(word.text)):
            yield word.text, (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2


def _laid_out(words: list[Word], tables: list[Walls], number: int, width: float, height: float) -> PageContent:
    """Words as pieces: those of a line that stand near each other, in one cell."""
    heights = sorted(word.y1 - word.y0 for word in words)
    usual = heights[len(heights) // 2] if heights else 10.0
    pieces: list[Piece] = []
    inside: dict[int, dict[int, list[Piece]]] = {}
    run: list[Word] = []
    place = (-1, -1)

    def where(word: Word) -> tuple[int, int]:
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        for index, table in enumerate(tables):
            if (cell := table.cell(x, y)) >= 0:
                return index, cell
        return -1, -1

    def close() -> None:
        if not any(c.isalnum() for w in run for c in w.text) and (len(run) > 1 or run[0].text not in _BULLETS):
            return  # specks of the paper
        middle = sorted(w.y1 - w.y0 for w in run)[len(run) // 2]
        # Letters without strokes above or below look small; only what is clearly smaller is set in smaller print.
        size = usual * 1.25 if middle > 0.8 * usual else middle * 1.25
        piece = Piece(
            " ".join(w.text for w in run), run[0].x0, min(w.y0 for w in run), run[-1].x1, max(w.y1 for w in run), size
        )
        if place[0] < 0:
            pieces.append(piece)
        else:
            inside.setdefault(place[0], {}).setdefault(place[1], []).append(piece)

    for word in words:
        at = where(word)
        if run and (word.line != run[-1].line or at != place or not -5 * usual < word.x0 - run[-1].x1 < 1.3 * usual):
            close()
            run = []
        place = at
        run.append(word)
    if run:
        close()
    weight = sum(len(word.text) for word in words)
    confidence = sum(word.confidence * len(word.text) for word in words) / weight if weight else 0.0
    grids = tuple(tables[index].grid(cells) for index, cells in sorted(inside.items()))
    return PageContent(number, width, height, tuple(pieces), grids, (), round(confidence, 3))


def report_figures(builder: SourceBuilder, composer: Composer) -> None:
    """A problem row for each figure that was hard to read, at its place in the text."""
    by_page: dict[int, list[Any]] = {}
    for line in composer.lines:
        by_page.setdefault(line.page, []).append(line)
    text = builder.text
    for content in composer.contents:
        for token, x, y in content.doubtful:
            for line in by_page.get(content.number, []):
                at = text.find(token, line.start, line.end)
                if at >= 0 and line.x0 - 2 <= x <= line.x1 + 2 and line.y0 - 2 <= y <= line.y1 + 2:
                    builder.problem(
                        "doubtful_figure",
                        "medium",
                        f"Số “{token}” nhận dạng không chắc chắn; cần đối chiếu với bản gốc",
                        at,
                        at + len(token),
                    )
                    break


def read_image(path: Path) -> Source:
    """The source of a picture, of one page or of several (TIFF).  Raises :class:`doichieu.errors.UnreadableFile`."""
    from PIL import Image, UnidentifiedImageError

    data = file_bytes(path, MAX_BYTES)
    name = str(path)
    builder = SourceBuilder(document_id(path), name)
    pages: list[PageContent] = []
    waiting: list[Sheet] = []
    try:
        with Image.open(io.BytesIO(data)) as image:
            frames = int(getattr(image, "n_frames", 1))
            if frames > MAX_FRAMES:
                raise UnreadableFile(name, f"ảnh có quá nhiều trang ({frames})", code="too_large")
            for index in range(frames):
                turned(index + 1, frames)
                image.seek(index)
                if image.width * image.height > MAX_PIXELS or min(image.size) < 50:
                    raise UnreadableFile(
                        name, f"ảnh có kích thước bất thường ({image.width} × {image.height})", code="too_large"
                    )
                width = 595.0 if image.width <= image.height else 842.0
                waiting.append(sheet(image, index + 1, width, width * image.height / image.width))
                if len(waiting) == TOGETHER or index == frames - 1:
                    pages += recognise(waiting, builder)
                    waiting = []
    except programs.ProgramMissing as error:
        raise missing(name) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise  # the disk's fault, not the picture's
        raise UnreadableFile(name, "ảnh bị hỏng", code="broken_file") from error
    except (UnidentifiedImageError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise UnreadableFile(name, "ảnh bị hỏng", code="broken_file") from error
    composer = Composer(builder, pages)
    composer.compose()
    report_figures(builder, composer)
    return builder.build(
        hashlib.sha256(data).hexdigest(), path.suffix.lower().lstrip("."), pages=composer.pages, lines=composer.lines
    )
