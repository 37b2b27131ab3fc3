"""The types of files that are read, one entry each, and how a file is told to be one of them."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from doichieu.errors import UnreadableFile
from doichieu.reading.files import opened


class FileType(Struct, frozen=True, kw_only=True):
    """One type of file.

    ``endings``: the names that a folder is searched for; ``reader``: ``module:function`` of :mod:`doichieu.reading`
    that takes a path and gives one source.
    """

    kind: str
    endings: tuple[str, ...]
    reader: str


#: Every type of file.  A file named on the command line is tried whatever its ending.
FILE_TYPES = (
    FileType(kind="txt", endings=(".txt", ".md"), reader="text:read_text"),
    FileType(kind="docx", endings=(".docx", ".docm", ".dotx"), reader="docx:read_docx"),
    FileType(kind="doc", endings=(".doc",), reader="office:read_office"),
    FileType(kind="odt", endings=(".odt",), reader="office:read_office"),
    FileType(kind="rtf", endings=(".rtf",), reader="office:read_office"),
    FileType(kind="pdf", endings=(".pdf",), reader="pdf:read_pdf"),
    FileType(kind="html", endings=(".html", ".htm", ".xhtml"), reader="html:read_html"),
    FileType(kind="zip", endings=(".zip",), reader="archive:read_archive"),
    FileType(kind="png", endings=(".png",), reader="scan:read_image"),
    FileType(kind="jpg", endings=(".jpg", ".jpeg"), reader="scan:read_image"),
    FileType(kind="tif", endings=(".tif", ".tiff"), reader="scan:read_image"),
    FileType(kind="bmp", endings=(".bmp",), reader="scan:read_image"),
    FileType(kind="webp", endings=(".webp",), reader="scan:read_image"),
)
BY_KIND = {entry.kind: entry for entry in FILE_TYPES}
OFFICE = frozenset(entry.kind for entry in FILE_TYPES if entry.reader == "office:read_office")
IMAGES = frozenset(entry.kind for entry in FILE_TYPES if entry.reader == "scan:read_image")
TEXT_ENDINGS = BY_KIND["txt"].endings
_BY_ENDING = {"": "txt", **{ending: entry.kind for entry in FILE_TYPES for ending in entry.endings}}
_OPENING = 4096


def readable_endings() -> tuple[str, ...]:
    """The endings that a folder is searched for."""
    return tuple(ending for ending in _BY_ENDING if ending)


def kind_by_ending(path: Path) -> str:
    """The kind that a file's name claims, ``unknown`` where it claims none of ours."""
    return _BY_ENDING.get(path.suffix.lower(), "unknown")


def sniff(opening: bytes, ending: str = "") -> str:
    """The kind of a file by its first bytes: a value of the table of endings, or ``unknown``.

    ``ending`` decides only between kinds that begin alike (a zip is a Word file where its name says so).

    >>> sniff(b"%PDF-1.7"), sniff(b"{\\\\rtf1"), sniff("Kế hoạch".encode()), sniff(b"<!DOCTYPE html><p>", ".txt")
    ('pdf', 'rtf', 'txt', 'html')
    """
    by_ending = _BY_ENDING.get(ending.lower(), "unknown")
    if opening.startswith(b"PK\x03\x04"):
        if b"mimetypeapplication/vnd.oasis.opendocument.text" in opening[:120]:
            return "odt"
        if opening[30:].startswith(
            (b"word/", b"[Content_Types].xml", b"_rels/", b"docProps/", b"customXml/")
        ):  # its first part
            return "docx"
        return by_ending if by_ending in ("docx", "odt") else "zip"
    if opening.startswith(b"PK\x05\x06"):
        return "zip"
    if b"%PDF-" in opening[:1024]:
        return "pdf"
    if opening.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "docx" if by_ending == "docx" else "doc"
    if opening.startswith(b"{\\rtf"):
        return "rtf"
    for magic, kind in (
        (b"\x89PNG", "png"),
        (b"\xff\xd8\xff", "jpg"),
        (b"II*\0", "tif"),
        (b"MM\0*", "tif"),
        (b"BM", "bmp"),
    ):
        if opening.startswith(magic) and (kind != "bmp" or b"\0" in opening[:64]):
            return kind
    if opening.startswith(b"RIFF") and opening[8:12] == b"WEBP":
        return "webp"
    head = opening.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:512].lower()
    if head.startswith((b"<!doctype html", b"<html")) or (
        head.startswith((b"<?xml", b"<!--", b"<head", b"<body")) and b"<html" in head
    ):
        return "html"
    if by_ending in ("txt", "html"):
        return by_ending
    # What says it is a file of an office and does not begin like one is broken, not text.
    return "unknown" if by_ending != "unknown" or b"\0" in opening else "txt"


def kind_of(path: Path) -> str:
    """What a file is, by its first bytes; ``txt`` where it cannot be opened, so that the reader of texts says why."""
    try:
        with opened(path) as handle:
            return sniff(handle.read(_OPENING), path.suffix)
    except (OSError, UnreadableFile):
        return "txt"
