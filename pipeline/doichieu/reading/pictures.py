"""Pages of PDF files and scans as pictures."""

from __future__ import annotations

import io
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from msgspec import Struct

_QUALITY = 60
_IMAGES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"})


class Picture(Struct, frozen=True):
    """A page as a JPEG of so many pixels."""

    number: int
    width: int
    height: int
    data: bytes


def pictures(path: Path, numbers: Iterable[int], width: int) -> list[Picture]:
    """The pages with these numbers (from 1), ``width`` pixels wide; nothing for a file without pages.

    Raises :class:`ImportError` where the libraries of pages are not installed, :class:`OSError` where the file cannot
    be read.
    """
    if path.suffix.lower() == ".pdf":
        return _of_pdf(path, numbers, width)
    return _of_image(path, numbers, width) if path.suffix.lower() in _IMAGES else []


def _of_pdf(path: Path, numbers: Iterable[int], width: int) -> list[Picture]:
    import pypdfium2 as pdfium

    out = []
    with closing(pdfium.PdfDocument(path.read_bytes())) as document:
        for number in numbers:
            if 1 <= number <= len(document):
                page = document[number - 1]
                image = page.render(scale=width / max(page.get_width(), 1.0)).to_pil()
                out.append(_picture(number, image))
    return out


def _of_image(path: Path, numbers: Iterable[int], width: int) -> list[Picture]:
    from PIL import Image

    out = []
    with Image.open(path) as opened:
        for number in numbers:
            if 1 <= number <= int(getattr(opened, "n_frames", 1)):
                opened.seek(number - 1)
                image = opened.convert("RGB")
                image.thumbnail((width, 4 * width))
                out.append(_picture(number, image))
    return out


def _picture(number: int, image: object) -> Picture:
    from PIL import Image

    assert isinstance(image, Image.Image)
    buffer = io.BytesIO()
    image.convert("L").save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(number, image.width, image.height, buffer.getvalue())
