"""Files to sources: which documents a call names, and the text of each with what its format knows of the layout.

What a file is its content decides, not its ending.  Formats that a foreign program or a decoder in C reads are read
in a process of their own (:mod:`doichieu.reading.guard`).
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import msgspec

from doichieu.errors import DuplicateDocument, NoDocuments, UnreadableFile
from doichieu.model import Problem, Source

#: Endings that a folder is searched for; a file named on the command line is tried whatever its ending.
TEXT_ENDINGS = (".txt", ".md")
OFFICE = ("doc", "odt", "rtf")
IMAGES = ("png", "jpg", "tif", "bmp", "webp")
_ENDINGS = {
    ".txt": "txt", ".md": "txt", "": "txt", ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".doc": "doc", ".odt": "odt",
    ".rtf": "rtf", ".pdf": "pdf", ".html": "html", ".htm": "html", ".xhtml": "html", ".zip": "zip", ".png": "png",
    ".jpg": "jpg", ".jpeg": "jpg", ".tif": "tif", ".tiff": "tif", ".bmp": "bmp", ".webp": "webp",
}  # fmt: skip
_OPENING = 4096


def readable_endings() -> tuple[str, ...]:
    """The endings that a folder is searched for."""
    return tuple(ending for ending in _ENDINGS if ending)


def document_id(path: Path) -> str:
    """The id of a file's document: its name without the ending, in Unicode NFC."""
    return unicodedata.normalize("NFC", path.stem)


def discover(paths: list[Path]) -> list[Path]:
    """The files that ``paths`` name; folders are searched, hidden files left out, the order is that of the names.

    Raises :class:`doichieu.errors.NoDocuments` for a folder in which nothing can be read and
    :class:`doichieu.errors.DuplicateDocument` for two files that would get one document_id.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(
                p for p in path.rglob("*")
                if p.is_file() and p.suffix.lower() in readable_endings()
                and not any(part.startswith((".", "~$")) for part in p.relative_to(path).parts)
            )  # fmt: skip
            if not inside:
                raise NoDocuments(str(path))
            together = {folder for folder in {p.parent for p in inside} if may_be_one(folder, [p for p in inside if p.parent == folder])}
            found += sorted({p.parent if p.parent in together else p for p in inside})
        else:
            found.append(path)
    found = list({path.resolve(): path for path in reversed(found)}.values())[::-1]  # a file named twice is read once
    seen: dict[str, Path] = {}
    for path in found:
        name = document_id(path)
        if name in seen:
            raise DuplicateDocument(name, str(seen[name]), str(path))
        seen[name] = path
    return sorted(found, key=lambda p: (document_id(p), str(p)))


def may_be_one(folder: Path, files: list[Path]) -> bool:
    """Whether the files of a folder may be parts of one document, by their names alone; what they say decides later.

    They may where there are few and their names begin alike up to a mark (``qd877-quyet-dinh``, ``qd877-phu-luc``).
    """
    if not 2 <= len(files) <= 20 or any(p.is_dir() for p in folder.iterdir()):
        return False
    openings = {re.split(r"[\s_.\-]", p.stem, maxsplit=1)[0] for p in files}
    return len(openings) == 1 and len(openings.pop()) >= 2 and all(re.search(r"[\s_.\-]", p.stem) for p in files)


def sniff(opening: bytes, ending: str = "") -> str:
    """The kind of a file by its first bytes: a value of the table of endings, or ``unknown``.

    ``ending`` decides only between kinds that begin alike (a zip is a Word file where its name says so).

    >>> sniff(b"%PDF-1.7"), sniff(b"{\\\\rtf1"), sniff("Kế hoạch".encode()), sniff(b"<!DOCTYPE html><p>", ".txt")
    ('pdf', 'rtf', 'txt', 'html')
    """
    by_ending = _ENDINGS.get(ending.lower(), "unknown")
    if opening.startswith(b"PK\x03\x04"):
        if b"mimetypeapplication/vnd.oasis.opendocument.text" in opening[:120]:
            return "odt"
        if opening[30:].startswith((b"word/", b"[Content_Types].xml", b"_rels/", b"docProps/", b"customXml/")):  # its first part
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
    for magic, kind in ((b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"), (b"II*\0", "tif"), (b"MM\0*", "tif"), (b"BM", "bmp")):
        if opening.startswith(magic) and (kind != "bmp" or b"\0" in opening[:64]):
            return kind
    if opening.startswith(b"RIFF") and opening[8:12] == b"WEBP":
        return "webp"
    head = opening.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:512].lower()
    if head.startswith((b"<!doctype html", b"<html")) or (head.startswith((b"<?xml", b"<!--", b"<head", b"<body")) and b"<html" in head):
        return "html"
    if by_ending in ("txt", "html"):
        return by_ending
    # What says it is a file of an office and does not begin like one is broken, not text.
    return "unknown" if by_ending != "unknown" or b"\0" in opening else "txt"


def kind_of(path: Path) -> str:
    """What a file is, by its first bytes; ``txt`` where it cannot be opened, so that the reader of texts says why."""
    try:
        with path.open("rb") as handle:
            return sniff(handle.read(_OPENING), path.suffix)
    except OSError:
        return "txt"


def read(path: Path) -> list[Source]:
    """The documents of one file, usually one, or of a folder whose files may be one document.

    Raises :class:`doichieu.errors.UnreadableFile`.
    """
    if path.is_dir():
        return _read_folder(path)
    kind = kind_of(path)
    if kind in ("txt", "html", "docx", *OFFICE):  # LibreOffice is a process of its own already
        return read_here(path, kind)
    from doichieu.reading.guard import guarded

    return guarded(path)


def read_here(path: Path, kind: str = "") -> list[Source]:
    """The documents of one file, read in this process."""
    kind = kind or kind_of(path)
    sources = _read(path, kind)
    expected = _ENDINGS.get(path.suffix.lower(), "unknown")
    if kind != expected and expected != "unknown" and not {kind, expected} <= set(IMAGES):
        message = f"Tệp mang đuôi {path.suffix} nhưng nội dung là {kind}; đã đọc theo nội dung"
        sources = [
            msgspec.structs.replace(s, problems=(Problem(s.document_id, "wrong_extension", "info", message), *s.problems))
            for s in sources
        ]
    return sources


def _read_folder(folder: Path) -> list[Source]:
    """The files of a folder as one document where they say so, else as several; a bad one is a problem row."""
    from doichieu.reading.archive import natural
    from doichieu.reading.bundle import bundled

    sources: list[Source] = []
    failures: list[UnreadableFile] = []
    for path in sorted((p for p in folder.iterdir() if p.suffix.lower() in readable_endings() and not p.name.startswith((".", "~$"))), key=lambda p: natural(p.name)):
        try:
            sources += read(path)
        except UnreadableFile as error:
            failures.append(error)
    if not sources:
        reason = failures[0].reason if failures else "thư mục không có văn bản nào"
        raise UnreadableFile(str(folder), reason, code=failures[0].code if failures else "no_documents")
    first, *rest = bundled(sources, document_id(folder))
    problems = tuple(Problem(first.document_id, error.code, "high", str(error)) for error in failures)
    return [msgspec.structs.replace(first, problems=(*first.problems, *problems)), *rest]


def _read(path: Path, kind: str) -> list[Source]:
    if kind == "txt":
        from doichieu.reading.text import read_text

        return [read_text(path)]
    if kind == "docx":
        from doichieu.reading.docx import read_docx

        return [read_docx(path)]
    if kind in OFFICE:
        from doichieu.reading.office import read_office

        return [read_office(path, kind)]
    if kind == "pdf":
        from doichieu.reading.pdf import read_pdf

        return [read_pdf(path)]
    if kind == "html":
        from doichieu.reading.html import read_html

        return [read_html(path)]
    if kind == "zip":
        from doichieu.reading.archive import read_archive

        inside = frozenset(ending for ending in readable_endings() if ending != ".zip")
        return read_archive(path, read_here, inside)
    if kind in IMAGES:
        from doichieu.reading.scan import read_image

        return [read_image(path)]
    raise UnreadableFile(str(path), f"định dạng “{path.suffix or kind}” chưa được hỗ trợ", code="unsupported_format")
