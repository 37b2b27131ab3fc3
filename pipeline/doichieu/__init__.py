"""Đối Chiếu: Vietnamese resolutions and plans as data, and what a lower plan makes of the resolution above it."""

from __future__ import annotations

from doichieu.model import VERSION
from doichieu.running.api import (
    consolidate,
    diff,
    document_of,
    extract,
    extract_many,
    extract_text,
    frames,
    progress,
    write,
)

__version__ = VERSION
__all__ = [
    "__version__",
    "consolidate",
    "diff",
    "document_of",
    "extract",
    "extract_many",
    "extract_text",
    "frames",
    "progress",
    "write",
]
