"""What one file leaves for the run: its rows, ready to be joined, kept in parts that a later run reads again.

A part holds what a batch of files gave.  It is written whole or not at all, so that an interrupted run goes on
where it stopped.  Layout: a magic line, the length of the head, the head (keys and spans), then the blobs of each
document, each compressed where it is long: what resolution needs, the rows of the tables, the whole document where a
run has a use for it, and its JSON.

What holds of a part:

1. A key names the content of a file, the id of its document and the version of rules, lexicons and libraries; the
   same key always gives the same blobs.
2. Nothing in a part depends on other documents or on the path; both are added when the tables are written.
3. Reading a part runs no code of it: the blobs are typed data.
4. Head and blobs carry checksums: what a fault of the disk changed is :class:`Damaged`, and its files are read anew.
"""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from struct import Struct as Packed
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import Struct

from doichieu.model import Amendment, Citation, Document, DocumentInfo, Source

if TYPE_CHECKING:
    from doichieu.running.index import Index

_MAGIC = b"doichieu part 6\n"
#: Rooms that cannot change what one document gives; every other file of the package is in the version.
OUTSIDE = frozenset(
    {
        "amending",
        "cli",
        "comparison",
        "export",
        "nlp",
        "office",
        "processes",
        "quality",
        "report",
        "running",
        "_templates",
    }
)
_LIBRARIES = ("ahocorasick_rs", "lxml", "msgspec", "pypdfium2", "rapidfuzz")


class Damaged(Exception):
    """A part that does not hold what was written to it; ``part`` is its name."""

    def __init__(self, part: str) -> None:
        self.part = part
        super().__init__(part)


class Rows(Struct, frozen=True, array_like=True):
    """The rows of one document as CSV without headers or as JSON Lines, as the run wants them that reads it, and the
    records that resolution may still change."""

    info: DocumentInfo
    citations: tuple[Citation, ...]
    csv: dict[str, bytes]
    counts: dict[str, int]  # how many rows each has
    amendments: tuple[Amendment, ...] = ()
    lines: dict[str, bytes] = {}


class Places(Struct, frozen=True, array_like=True):
    """The JSON of one document but for its head, which resolution may still change; ``verbatim`` says that its text is
    the file itself."""

    info: DocumentInfo
    json: bytes
    verbatim: bool


class Blobs(Struct, frozen=True):
    """One document as a part keeps it."""

    document_id: str
    index: bytes
    rows: bytes
    document: bytes
    places: bytes


class Entry(Struct, frozen=True, array_like=True):
    """Where one document stands in a part; packed, for a run holds one of each document."""

    document_id: str
    places: bytes

    @property
    def whole(self) -> bool:
        """Whether the document itself was kept, and not only its rows."""
        return self.span("document")[1] > 0

    @property
    def tabled(self) -> bool:
        """Whether CSV and JSON were made, and not only JSON Lines."""
        return self.span("places")[1] > 0

    def span(self, what: str) -> tuple[int, int, int]:
        """Offset (from the end of the head), length and checksum of a blob: one of ``_BLOBS``."""
        offset, length, checksum = _PLACE.unpack_from(self.places, _PLACE.size * _BLOBS.index(what))
        return offset, length, checksum


_PLACE = Packed("<QII")
_BLOBS = ("index", "rows", "document", "places")


class FileHead(Struct, frozen=True, array_like=True):
    """One file in the head of a part: its key and its documents."""

    key: str
    entries: tuple[Entry, ...]


_Kind = TypeVar("_Kind", bound=Struct)


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    """What reads records of a kind; made when the first is read."""
    return msgspec.msgpack.Decoder(kind)


def _unpacked(kind: type[_Kind], blob: bytes) -> _Kind:
    found: _Kind = _decoder(kind).decode(zlib.decompress(blob) if blob.startswith(_COMPRESSED) else blob)
    return found


#: What is shorter than this is kept as it is: to make ready for packing it takes longer than to write it.
_WORTH_PACKING = 8 * 1024
#: How packed data begin; no record does.
_COMPRESSED = b"x"


def _packed(value: Any) -> bytes:
    data = msgspec.msgpack.encode(value)
    return zlib.compress(data, 1) if len(data) >= _WORTH_PACKING else data


def read_index(blob: bytes) -> Index:
    """The index blob of a document."""
    from doichieu.running.index import Index

    return _unpacked(Index, blob)


def read_rows(blob: bytes) -> Rows:
    """The rows blob of a document."""
    return _unpacked(Rows, blob)


def read_document(blob: bytes) -> Document:
    """The document blob."""
    return _unpacked(Document, blob)


def read_places(blob: bytes) -> Places:
    """The blob of what the JSON of a document says."""
    return _unpacked(Places, blob)


def blobs(document: Document, *, whole: bool = True, lines: bool = False) -> Blobs:
    """What a part keeps of a document.  Lone surrogates, which no file format here can give, become ``?``.

    Without ``whole`` the document itself is kept only where its text is no file of its own: tables and JSON are made.
    With ``lines`` its rows are kept as JSON Lines, and nothing is made beside them.
    """
    from doichieu import resolve
    from doichieu.running.index import Index
    from doichieu.schema import TABLES
    from doichieu.tables import records
    from doichieu.tables.files import csv_rows, jsonl_rows, places_body

    counts: dict[str, int] = {}
    for mention in document.mentions:
        counts[mention.agency_id] = counts.get(mention.agency_id, 0) + 1
    found = {t.name: list(records([document], t.name)) for t in TABLES if t.name not in ("documents", "agencies")}
    kept = {t.name: (jsonl_rows if lines else csv_rows)(t, found[t.name]) for t in TABLES if t.name in found}
    csv, other = ({}, kept) if lines else (kept, {})
    rows = {name: len(items) for name, items in found.items()}
    places = b"" if lines else _packed(Places(document.info, places_body(document), document.source.verbatim))
    return Blobs(
        document.document_id,
        _packed(Index(resolve.index(document), document.agencies, counts)),
        _packed(Rows(document.info, document.citations, csv, rows, document.amendments, other)),
        _packed(document) if whole or not document.source.verbatim else b"",
        places,
    )


def analyse_file(path: Path, names: Mapping[str, str] | None = None) -> list[Document]:
    """The documents of one file, by themselves; what is no document of an office keeps no targets, assignments and
    deadlines.  Raises :class:`doichieu.errors.UnreadableFile`."""
    from doichieu.analyse import withheld

    return [withheld(document) for document in analyse_any_text(path, names)]


def analyse_any_text(path: Path, names: Mapping[str, str] | None = None) -> list[Document]:
    """The documents of one file, whatever their nature; ``names`` gives ids to those whose name another file of the
    run has.  Raises :class:`doichieu.errors.UnreadableFile`."""
    from doichieu.analyse import analyse
    from doichieu.reading import read

    return [analyse(_named(source, names or {})) for source in read(path)]


def _named(source: Source, names: Mapping[str, str]) -> Source:
    name = names.get(source.document_id)
    if name is None:
        return source
    problems = tuple(msgspec.structs.replace(problem, document_id=name) for problem in source.problems)
    return msgspec.structs.replace(source, document_id=name, problems=problems)


def pack(files: Iterable[tuple[str, Iterable[Blobs]]]) -> bytes:
    """A part of ``(key, documents of the file)`` pairs."""
    body: list[bytes] = []
    size = 0

    def put(blob: bytes) -> bytes:
        nonlocal size
        body.append(blob)
        size += len(blob)
        return _PLACE.pack(size - len(blob), len(blob), zlib.crc32(blob))

    head = [
        FileHead(
            key,
            tuple(
                Entry(d.document_id, put(d.index) + put(d.rows) + put(d.document) + put(d.places)) for d in documents
            ),
        )
        for key, documents in files
    ]
    data = msgspec.msgpack.encode(head)
    return b"".join([_MAGIC, len(data).to_bytes(8, "big"), zlib.crc32(data).to_bytes(4, "big"), data, *body])


HEAD_START = len(_MAGIC) + 12
_LONGEST_HEAD = 64 * 1024 * 1024


def head_length(opening: bytes) -> int | None:
    """The length of the head, from the first :data:`HEAD_START` bytes; None where this is no part of this version."""
    if len(opening) < HEAD_START or not opening.startswith(_MAGIC):
        return None
    length = int.from_bytes(opening[len(_MAGIC) : len(_MAGIC) + 8], "big")
    return length if length <= _LONGEST_HEAD else None


def read_head(opening: bytes, data: bytes) -> list[FileHead] | None:
    """The head of a part; None where it is not as it was written."""
    if zlib.crc32(data).to_bytes(4, "big") != opening[HEAD_START - 4 : HEAD_START]:
        return None
    try:
        found: list[FileHead] = _decoder(list[FileHead]).decode(data)
        return found
    except msgspec.DecodeError:
        return None


# ---------------------------------------------------------------- keys


def _package_files(also: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """The files of the package that are in the version, as ``(name, path)`` in the order of their names."""
    here = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    found, outside = [], OUTSIDE - also
    for folder, below, files in os.walk(here):
        inside = folder[len(here) + 1 :].replace(os.sep, "/")
        if not inside:
            below[:] = [name for name in below if name not in outside]
            files = [name for name in files if name.partition(".")[0] not in outside]
        found += [
            (f"{inside}/{name}" if inside else name, os.path.join(folder, name))
            for name in files
            if name.endswith((".py", ".toml"))
        ]
    yield from sorted(found)


@lru_cache(maxsize=4)
def _rules(also: frozenset[str] = frozenset()) -> str:
    own = os.environ.get("DOICHIEU_LEXICON")
    extra = ((f"lexicon/{path.name}", os.fspath(path)) for path in sorted(Path(own).glob("*.toml"))) if own else ()
    digest = hashlib.sha256()
    for name, path in (*_package_files(also), *extra):
        with open(path, "rb") as handle:
            data = handle.read()
        digest.update(f"{name} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def rules_digest(also: frozenset[str] = frozenset()) -> str:
    """The version of the rules and lexicons alone, the office's own too: the same on every machine.

    ``also`` are rooms that a single document does not ask and this run does.
    """
    return _rules(also)[:16]


@lru_cache(maxsize=1)
def version() -> str:
    """The version of everything that decides what a document gives: rules, lexicons (the office's own too),
    libraries."""
    libraries = "".join(f"{name} {_installed(name)}\n" for name in _LIBRARIES)
    return hashlib.sha256(f"{_MAGIC!r}{sys.version_info[:2]}\n{libraries}{_rules()}".encode()).hexdigest()


def _installed(name: str) -> str:
    """The version of a package; ``-`` where it is not installed.

    Where packages lie in folders their names tell it; :mod:`importlib.metadata` takes as long to load as all the rest
    of a run where nothing changed.

    >>> from importlib.metadata import version
    >>> _installed("msgspec") == version("msgspec"), _installed("no-such-package")
    (True, '-')
    """
    known = _in_folders(tuple(sys.path)).get(name)
    if known is not None:
        return known
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed(name)
    except PackageNotFoundError:
        return "-"


@lru_cache(maxsize=2)
def _in_folders(folders: tuple[str, ...]) -> dict[str, str]:
    """The versions of packages by the names of their folders; of one that lies in several folders that of the first."""
    found: dict[str, str] = {}
    for folder in folders:
        try:
            names = os.listdir(folder or os.curdir)
        except OSError:  # an archive, or not there
            continue
        for told in names:
            if told.endswith(".dist-info"):
                title, _, version = told.removesuffix(".dist-info").partition("-")
                found.setdefault(title.lower(), version)
    return found


def key_of(path: Path, analyse: str) -> str:
    """The key of a file, empty where it cannot be opened; ``analyse`` names the function that reads files."""
    from doichieu.errors import UnreadableFile
    from doichieu.reading import document_id
    from doichieu.reading.files import is_regular, opened

    folder = os.path.isdir(path)
    digest = hashlib.sha256(f"{version()}\n{analyse}\n{document_id(path)}\n{document_id(Path(path.suffix))}\n".encode())
    try:
        for file in sorted(p for p in path.iterdir() if is_regular(p)) if folder else [path]:
            with opened(file) as handle:
                if folder:
                    digest.update(os.fsencode(file.name) + f" {os.fstat(handle.fileno()).st_size}\n".encode())
                while chunk := handle.read(1 << 20):
                    digest.update(chunk)
    except (OSError, UnreadableFile):
        return ""
    return digest.hexdigest()[:40]
