"""Scans and pictures, read by Tesseract: a page's picture in, its words with their places and confidence out.

Tesseract runs as a program of its own with one thread and a time limit.  No digit is ever put right: a figure that
was hard to read becomes a problem row with its place.
"""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
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
from doichieu.reading.pdf_tables import Walls, find_tables
from doichieu.reading.syllables import reads_well

INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-vie"
DPI = 300
MAX_BYTES = 200 * 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_FRAMES = 500
_SECONDS = 90
_BULLETS = ("-", "–", "+", "•", "*")
#: Below these a page, or a figure, is shown to a person (0 to 1).
_SURE_PAGE, _SURE_FIGURE = 0.75, 0.65


#: The part of a first page that a letterhead takes, and the size at which it is read a second time.
_LETTERHEAD, _OTHER_SIZE = 0.4, 0.75
_FIGURES = re.compile(r"\d+")


class Word(NamedTuple):
    """A recognised word: its place in points, its line (block, paragraph, line), how sure the recognition is (0 to
    1)."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    line: tuple[int, int, int]
    confidence: float


@lru_cache(maxsize=1)
def available() -> bool:
    """Whether Tesseract and its Vietnamese data are installed."""
    program = programs.find("tesseract")
    if program is None:
        return False
    try:
        said = _ask([program, "--list-langs"], None, _SECONDS)
    except programs.ProgramMissing:
        return False
    except programs.ProgramFailed:
        return True  # it is there; what ails it is told where it fails again
    return b"vie" in said.split()


def _ask(command: list[str], given: bytes | None, seconds: float) -> bytes:
    folder = Path(tempfile.gettempdir())
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    return programs.run(
        "Tesseract",
        command,
        seconds=seconds,
        folder=folder,
        environment=environment,
        given=given,
        wants_output=True,
    )


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


def recognise(picture: Any, number: int, width: float, height: float, builder: SourceBuilder) -> PageContent:
    """The content of a page from its picture; ``width`` and ``height`` in points.  Problems go to ``builder``.

    Raises :class:`doichieu.processes.programs.ProgramMissing` where Tesseract is missing.
    """
    from doichieu.reading.scan_image import prepare, rotated

    if not available():
        raise programs.ProgramMissing("Tesseract")
    image, across, upright = prepare(picture, width, height)
    if (image.width > image.height) != (width > height):
        width, height = height, width  # the page lay on its side
    try:
        words = _tesseract(image, width, height)
        if not reads_well(" ".join(word.text for word in words)) or not words:
            turned = _tesseract(rotated(image, 180), width, height)
            if sum(w.confidence for w in turned) > 1.2 * sum(w.confidence for w in words):
                words = turned
                across, upright = [], []
    except programs.ProgramFailed as error:
        builder.problem("unreadable_page", "high", f"Trang {number} không nhận dạng được: {error}")
        return PageContent(number, width, height, ())
    doubtful = list(_doubtful(words))
    if number == 1:
        doubtful += _read_otherwise(image, words, width, height)
    tables, rules = find_tables(across, upright)
    content = _content(words, tables, number, width, height)
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


def _read_otherwise(image: Any, words: list[Word], width: float, height: float) -> Iterator[tuple[str, float, float]]:
    """Figures of a letterhead that a second reading at another size does not find."""
    top = int(image.height * _LETTERHEAD)
    crop = image.crop((0, 0, image.width, top))
    size = (int(crop.width * _OTHER_SIZE), int(crop.height * _OTHER_SIZE))
    try:
        again = _tesseract(crop.resize(size), width, height * _LETTERHEAD)
    except programs.ProgramFailed:
        again = []
    found = {figure for word in again for figure in _FIGURES.findall(word.text)}
    for word in words:
        if word.y1 < height * _LETTERHEAD and any(figure not in found for figure in _FIGURES.findall(word.text)):
            yield word.text, (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2


@lru_cache(maxsize=1)
def _takes_tiff() -> bool:
    """Whether Tesseract reads TIFF and it can be written here; either may be built without."""
    from PIL import features

    try:
        said = _ask([programs.find("tesseract") or "tesseract", "--version"], None, _SECONDS)
    except (programs.ProgramMissing, programs.ProgramFailed):
        return False  # what ails it is told where it reads
    return b"libtiff" in said and bool(features.check("libtiff"))


def _as_file(image: Any) -> bytes:
    """A picture as Tesseract is given it: every pixel kept, in the format that takes both sides the least time."""
    stream = io.BytesIO()
    if _takes_tiff():
        image.save(stream, format="TIFF", compression="packbits")
    else:
        image.save(stream, format="PNG", compress_level=1)
    return stream.getvalue()


def _tesseract(image: Any, width: float, height: float) -> list[Word]:
    program = programs.find("tesseract") or "tesseract"
    command = [program, "stdin", "stdout", "-l", "vie", "--dpi", str(DPI), "--psm", "3", "tsv"]
    output = _ask(command, _as_file(image), _SECONDS)
    horizontal, vertical = width / image.width, height / image.height
    words: list[Word] = []
    for row in csv.DictReader(io.StringIO(output.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = unicodedata.normalize("NFC", (row.get("text") or "").strip())
        if row.get("level") != "5" or not text:
            continue
        left, top = int(row["left"]), int(row["top"])
        right, bottom = left + int(row["width"]), top + int(row["height"])
        words.append(
            Word(
                text,
                left * horizontal,
                top * vertical,
                right * horizontal,
                bottom * vertical,
                (int(row["block_num"]), int(row["par_num"]), int(row["line_num"])),
                max(0.0, float(row["conf"])) / 100,
            )
        )
    return words


def _content(words: list[Word], tables: list[Walls], number: int, width: float, height: float) -> PageContent:
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
                picture = image.convert("RGB")
                width = 595.0 if picture.width <= picture.height else 842.0
                pages.append(recognise(picture, index + 1, width, width * picture.height / picture.width, builder))
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
