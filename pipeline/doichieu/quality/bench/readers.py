"""The readers of files: the corpus set as Word files, PDF and pictures, and read back."""

from __future__ import annotations

import tempfile
import time
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
        print(f"  {'.docx':34} {len(files) / seconds:12,.0f} files/s")
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
        print(f"  {'PDF with text':34} {pages / seconds:12,.0f} pages/s")
        _scans(printed[0], folder)


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

    from doichieu.reading.scan import available

    if not available():
        print("  scans: Tesseract with Vietnamese is not installed")
        return
    with pdfium.PdfDocument(str(path)) as document:
        images = [document[i].render(scale=300 / 72).to_pil() for i in range(min(_PAGES, len(document)))]
    picture = folder / "scan.tif"
    images[0].save(picture, save_all=True, append_images=images[1:])
    seconds = best(lambda: read_here(picture), 1)
    print(f"  {'scans at 300 dots an inch':34} {len(images) / seconds:12,.2f} pages/s")
