"""Files to sources: which documents a call names, and the text of each with what its format knows of the layout."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from pipeline.errors import DuplicateDocument, NoDocuments, UnreadableFile
from pipeline.model import Source

#: Endings that a folder is searched for; a file named on the command line is tried whatever its ending.
TEXT_ENDINGS = (".txt", ".md")


def readable_endings() -> tuple[str, ...]:
    """The endings that can be read here."""
    return TEXT_ENDINGS


def document_id(path: Path) -> str:
    """The id of a file's document: its name without the ending, in Unicode NFC."""
    return unicodedata.normalize("NFC", path.stem)


def discover(paths: list[Path]) -> list[Path]:
    """The files that ``paths`` name; folders are searched, hidden files left out, the order is that of the names.

    Raises :class:`pipeline.errors.NoDocuments` for a folder in which nothing can be read and
    :class:`pipeline.errors.DuplicateDocument` for two files that would get one document_id.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(
                p for p in path.rglob("*")
                if p.is_file() and p.suffix.lower() in readable_endings()
                and not any(part.startswith(".") for part in p.relative_to(path).parts)
            )  # fmt: skip
            if not inside:
                raise NoDocuments(str(path))
            found += inside
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


def read(path: Path) -> list[Source]:
    """The documents of one file; usually one.  Raises :class:`pipeline.errors.UnreadableFile`."""
    from pipeline.reading.text import read_text

    ending = path.suffix.lower()
    if ending in TEXT_ENDINGS or ending == "":
        return [read_text(path)]
    raise UnreadableFile(str(path), f"định dạng “{ending}” chưa được hỗ trợ", code="unsupported_format")
