"""Tesseract: pictures in, the words of each out, with their places and how sure they are.

It runs as a program of its own with one thread and a time limit.  To load what it knows of the language takes it as
long as to read a few lines, so that several pictures are given to it at one call.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from doichieu.processes import programs

DPI = 300
_NAME = "Tesseract"
_SECONDS = 90


class Picture(NamedTuple):
    """A picture to be read, and its size in points."""

    image: Any
    width: float
    height: float


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
        said = _ask([program, "--list-langs"], None)
    except programs.ProgramMissing:
        return False
    except programs.ProgramFailed:
        return True  # it is there; what ails it is told where it fails again
    return b"vie" in said.split()


def _ask(command: list[str], given: bytes | None) -> bytes:
    return programs.run(
        _NAME,
        command,
        seconds=_SECONDS,
        folder=Path(tempfile.gettempdir()),
        environment={**os.environ, "OMP_THREAD_LIMIT": "1"},
        given=given,
        wants_output=True,
    )


@lru_cache(maxsize=1)
def _takes_tiff() -> bool:
    """Whether Tesseract reads TIFF and it can be written here; either may be built without."""
    from PIL import features

    try:
        said = _ask([programs.find("tesseract") or "tesseract", "--version"], None)
    except (programs.ProgramMissing, programs.ProgramFailed):
        return False  # what ails it is told where it reads
    return b"libtiff" in said and bool(features.check("libtiff"))


def _as_file(image: Any, *others: Any) -> bytes:
    """Pictures as Tesseract is given them: every pixel kept, in the format that takes both sides the least time.  Of
    several pictures one file is made only where :func:`_takes_tiff`."""
    stream = io.BytesIO()
    if _takes_tiff():
        image.save(stream, format="TIFF", compression="packbits", save_all=True, append_images=others)
    else:
        image.save(stream, format="PNG", compress_level=1)
    return stream.getvalue()


def words_of(picture: Picture) -> list[Word]:
    """The words of a picture.  Raises :class:`doichieu.processes.programs.ProgramMissing` and
    :class:`doichieu.processes.programs.ProgramFailed`."""
    return _words(_rows(_as_file(picture.image)), picture)


class Readings:
    """The words of several pictures, recognised at one call; where that fails, each by itself when it is asked for, so
    that no picture is to blame for another."""

    def __init__(self, pictures: Sequence[Picture]) -> None:
        self._pictures = pictures
        self._known = self._together() if len(pictures) > 1 else None

    def words(self, number: int) -> list[Word]:
        """The words of a picture; raises as :func:`words_of` does."""
        return words_of(self._pictures[number]) if self._known is None else self._known[number]

    def _together(self) -> list[list[Word]] | None:
        if programs.failures.get(_NAME) or not _takes_tiff():
            return None
        try:
            rows = _rows(_as_file(*(picture.image for picture in self._pictures)))
        except programs.ProgramFailed:
            programs.failures.pop(_NAME, None)  # it is the pictures one by one that tell whether it fails
            return None
        by_page: dict[str, list[dict[str, str]]] = {}
        for row in rows:
            by_page.setdefault(row.get("page_num") or "", []).append(row)
        pages = [str(number) for number in range(1, len(self._pictures) + 1)]
        if not by_page.keys() >= set(pages):
            return None
        return [_words(by_page[page], picture) for page, picture in zip(pages, self._pictures, strict=True)]


def _rows(file: bytes) -> list[dict[str, str]]:
    """What Tesseract says of the pictures in a file: pages, blocks, lines and words as rows of a table."""
    program = programs.find("tesseract") or "tesseract"
    said = _ask([program, "stdin", "stdout", "-l", "vie", "--dpi", str(DPI), "--psm", "3", "tsv"], file)
    lines = io.StringIO(said.decode("utf-8", "replace"))
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _words(rows: Sequence[dict[str, str]], picture: Picture) -> list[Word]:
    """The words of a picture among the rows of its page."""
    horizontal, vertical = picture.width / picture.image.width, picture.height / picture.image.height
    words: list[Word] = []
    for row in rows:
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
