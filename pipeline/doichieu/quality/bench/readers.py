"""The readers of files: the corpus set as Word files, PDF and pictures, and read back."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

from doichieu.model import Source
from doichieu.quality.bench.timing import best
from doichieu.reading import read_here
from doichieu.reading.office import convert, program

_PAGES = 4


def report(sources: list[Source]) -> None:
    """Print files and pages a second of each reader that works here."""
    print("readers, one process:")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [_word(source, folder) for source in sources]
        seconds = best(lambda: [read_here(path) for path in files])
        _told(".docx", len(files) / seconds, "files/s", seconds / best(lambda: [_lxml(path) for path in files]), "lxml")
        if program() is None:
            print("  .doc, PDF, scans: LibreOffice is not installed, nothing to make them with")
            return
        start = time.perf_counter()
        made = convert([("docx", path.read_bytes()) for path in files], "pdf")
        print(f"  {'LibreOffice, several in one call':34} {len(files) / (time.perf_counter() - start):12,.1f} files/s")
        printed = [folder / f"{source.document_id}.pdf" for source in sources]
        for path, data in zip(printed, made, strict=True):
            path.write_bytes(data or b"")
        pages = sum(len(read_here(path)[0].pages) for path in printed)
        seconds = best(lambda: [read_here(path) for path in printed], 3)
        alone = best(lambda: [_pdfium(path) for path in printed], 3)
        _told("PDF with text", pages / seconds, "pages/s", seconds / alone, "pypdfium2")
        _scans(printed[0], folder)


def _told(name: str, speed: float, unit: str, times: float, alone: str) -> None:
    """One reader with the time that its parser alone takes for the same files."""
    print(f"  {name:34} {speed:12,.{2 if speed < 10 else 0}f} {unit}; {times:.1f} times as long as {alone} alone")


def _lxml(path: Path) -> object:
    """A Word file unpacked and parsed, and nothing done with it."""
    from lxml import etree

    with zipfile.ZipFile(path) as archive:
        return [etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith((".xml", ".rels"))]


def _pdfium(path: Path) -> int:
    """The letters of a PDF as the library puts them together."""
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(str(path)) as document:
        return sum(len(document[i].get_textpage().get_text_range()) for i in range(len(document)))


def _tesseract(picture: Path) -> object:
    """Recognition called as a person would."""
    line = ["tesseract", str(picture), "stdout", "-l", "vie"]
    return subprocess.run(line, check=True, capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})


def _word(source: Source, folder: Path) -> Path:
    import docx

    document: Any = docx.Document()
    for line in source.text.split("\n"):
        if line.strip():
            document.add_paragraph(line.strip())
    path = folder / f"{source.document_id}.docx"
    document.save(str(path))
    return path


def _scans(path: Path, folder: Path) -> None:
    import pypdfium2 as pdfium

    from doichieu.reading.tesseract import available

    if not available():
        print("  scans: Tesseract with Vietnamese is not installed")
        return
    with pdfium.PdfDocument(str(path)) as document:
        images = [document[i].render(scale=300 / 72).to_pil() for i in range(min(_PAGES, len(document)))]
    picture = folder / "scan.tif"
    images[0].save(picture, save_all=True, append_images=images[1:])
    seconds = best(lambda: read_here(picture), 1)
    alone = best(lambda: _tesseract(picture), 1)
    _told("scans at 300 dots an inch", len(images) / seconds, "pages/s", seconds / alone, "tesseract")
