"""Đối Chiếu: Vietnamese resolutions and plans as data, and what a lower plan makes of the resolution above it.

>>> text = "II. MỤC TIÊU\\n\\n1. Đến năm 2030\\n\\n- 70% cán bộ cấp xã được bồi dưỡng."
>>> document = extract_text(text, document_id="vi_du")
>>> [(t.operator, t.value, t.unit, t.deadline) for t in document.targets]
[('=', 70.0, '%', '2030-12-31')]
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from doichieu.model import Comparison, Document

__version__ = "0.2.0"

__all__ = ["diff", "extract", "extract_text"]


def extract(path: str | Path) -> Document:
    """Read one file and extract everything it says.

    Raises :class:`doichieu.errors.UnreadableFile` where the file cannot be turned into text.  A bundle of several
    documents gives the first; ``doichieu.reading.read`` gives them all.
    """
    from doichieu.analyse import analyse
    from doichieu.reading import read

    return analyse(read(Path(path))[0])


def extract_text(text: str, *, document_id: str = "document") -> Document:
    """Extract from a text in memory; offsets index ``text`` as given."""
    import hashlib

    from doichieu.analyse import analyse
    from doichieu.model import Source

    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return analyse(Source(document_id, "", digest, "txt", text))


def diff(child: Document, parent: Document) -> Comparison:
    """Compare a child with a parent: every target of both sides ends in exactly one kind of finding."""
    from doichieu.comparison.compare import compare

    return compare(child, parent)
