"""The parts of a run in a folder or under a URL, and the two kinds of work that a run hands out.

:func:`collect` reads files and leaves a part; :func:`render` writes what belongs to single documents.  Both are
called through :mod:`doichieu.processes.workers`, in this process, in another one or on another machine, and give the
same.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import msgspec

from doichieu.errors import MissingPackage, UnreadableFile
from doichieu.model import Document, Problem
from doichieu.running import parts

#: The folder inside the cache of an output folder that holds the parts.
FOLDER = "run"
#: Kinds of files that are written per document, beside the tables: name → folder and ending.
PER_DOCUMENT = {
    "json": ("documents", ".json"),
    "akn": ("akn", ".xml"),
    "ics": ("ics", ".ics"),
    "prov": ("prov", ".jsonld"),
}
#: Folder and ending of the texts of documents that are not themselves plain text.
TEXT = ("text", ".txt")


def cache_folder(out: Path) -> Path:
    """Where runs into ``out`` keep what the next one need not read again; made if it is missing.

    The place is ``$DOICHIEU_CACHE``, else the user's cache folder: the output folder holds nothing but results.  Where
    neither can be written, a folder that lives as long as this process.
    """
    base = os.environ.get("DOICHIEU_CACHE") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "doichieu"
    )
    name = hashlib.sha256(os.fsencode(out.resolve())).hexdigest()[:24]
    folder = Path(base) / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass  # no home, a full or a read-only disk: this run keeps nothing
    return Path(_passing().name)


@lru_cache(maxsize=1)
def _passing() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="doichieu-", ignore_cleanup_errors=True)


class _LocalFiles:
    """Files of this machine, opened as those of fsspec are."""

    @staticmethod
    def open(path: str, mode: str) -> Any:
        """Open a file."""
        return Path(path).open(mode)


class Files:
    """A folder by relative names: on this machine, or anywhere that fsspec reaches.  Writing is whole or not at all."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.remote: Any = None
        if "://" in root:
            try:
                import fsspec
            except ModuleNotFoundError as error:
                raise MissingPackage(f"Đọc và ghi dưới địa chỉ {root}", "cluster") from error
            self.remote, self.base = fsspec.core.url_to_fs(root)
        else:
            self.base = root

    def path(self, name: str) -> str:
        """The full name of a file."""
        return str(PurePosixPath(self.base) / name) if self.remote is not None else str(Path(self.base) / name)

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder, sorted; empty where there is no such folder."""
        try:
            if self.remote is not None:
                found = [str(name).rpartition("/")[2] for name in self.remote.ls(self.path(folder), detail=False)]
            else:
                found = os.listdir(self.path(folder))
        except OSError:
            return []
        return sorted(name for name in found if not name.startswith("."))

    def read(self, name: str, offset: int = 0, length: int = -1) -> bytes:
        """A stretch of a file; the whole file by default."""
        with (self.remote if self.remote is not None else _LocalFiles).open(self.path(name), "rb") as handle:
            handle.seek(offset)
            data: bytes = handle.read(length)
        return data

    def write(self, name: str, data: bytes) -> None:
        """Write a whole file."""
        if self.remote is None:
            from doichieu.tables.files import write

            write(Path(self.path(name)), data)
            return
        target = self.path(name)
        self.remote.makedirs(target.rpartition("/")[0], exist_ok=True)
        self.remote.pipe_file(target, data)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with contextlib.suppress(FileNotFoundError):
            if self.remote is not None:
                self.remote.rm_file(self.path(name))
            else:
                os.unlink(self.path(name))


class Place(NamedTuple):
    """Where one document stands: the part, where its blobs begin, and their spans."""

    part: str
    base: int
    entry: parts.Entry


class Store:
    """The parts under one folder: by key, the documents of each file."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.known: dict[str, tuple[Place, ...]] = {}
        self.sizes: dict[str, int] = {}
        self._open: dict[str, Any] = {}

    def scan(self) -> None:
        """Learn what parts are there; a part that cannot be read counts as absent."""
        for name in self.files.names(f"{FOLDER}/parts"):
            if name not in self.sizes and name.endswith(".part"):
                self.add(name)

    def add(self, name: str) -> None:
        """Learn the part ``name``."""
        path = f"{FOLDER}/parts/{name}"
        opening = self.files.read(path, 0, parts.HEAD_START)
        length = parts.head_length(opening)
        if length is None:
            return
        base = parts.HEAD_START + length
        self.sizes[name] = base
        for head in parts.read_head(self.files.read(path, parts.HEAD_START, length)):
            self.known[head.key] = tuple(Place(name, base, entry) for entry in head.entries)
            self.sizes[name] += sum(span[1] for e in head.entries for span in (e.index, e.rows, e.document))

    def blob(self, place: Place, what: str) -> bytes:
        """One blob (``index``, ``rows`` or ``document``) of a document."""
        offset, length = getattr(place.entry, what)
        path = f"{FOLDER}/parts/{place.part}"
        if self.files.remote is not None:
            return self.files.read(path, place.base + offset, length)
        handle = self._open.get(path)
        if handle is None:
            if len(self._open) >= 32:
                self.close()
            handle = self._open[path] = Path(self.files.path(path)).open("rb")  # noqa: SIM115 - kept for the next blob
        handle.seek(place.base + offset)
        data: bytes = handle.read(length)
        return data

    def close(self) -> None:
        """Close the files held open."""
        for handle in self._open.values():
            handle.close()
        self._open.clear()

    def compact(self, live: Iterable[str]) -> None:
        """Drop parts of which nothing is alive; write those anew of which less than half is.  ``live`` are keys."""
        used: dict[str, int] = {}
        keys: dict[str, list[str]] = {}
        for key in live:
            for place in self.known.get(key, ()):
                size = sum(span[1] for span in (place.entry.index, place.entry.rows, place.entry.document))
                used[place.part] = used.get(place.part, 0) + size
                keys.setdefault(place.part, []).append(key)
        sparse = {p for p, size in self.sizes.items() if p in used and 2 * used[p] < size - 4096}
        for part in sorted(sparse):
            kept = [(key, [self._blobs(place) for place in self.known[key]]) for key in dict.fromkeys(keys[part])]
            write_part(self.files, kept)
        self.close()
        for part in self.sizes:
            if part not in used or part in sparse:
                self.files.remove(f"{FOLDER}/parts/{part}")

    def _blobs(self, place: Place) -> parts.Blobs:
        return parts.Blobs(place.entry.document_id, *(self.blob(place, what) for what in ("index", "rows", "document")))


def write_part(files: Files, content: list[tuple[str, list[parts.Blobs]]]) -> str:
    """Write a part named for its keys; returns its name."""
    name = hashlib.sha256("\n".join(key for key, _ in content).encode()).hexdigest()[:32] + ".part"
    files.write(f"{FOLDER}/parts/{name}", parts.pack(content))
    return name


# ---------------------------------------------------------------- the work of a run


@contextlib.contextmanager
def _fetched(path: str) -> Iterator[Path]:
    """The file on this machine; a URL is fetched for the time of reading it."""
    if "://" not in path:
        yield Path(path)
        return
    import fsspec

    with tempfile.TemporaryDirectory() as folder:
        local = Path(folder) / path.rpartition("/")[2]
        with fsspec.open(path, "rb") as handle:
            local.write_bytes(handle.read())
        yield local


def collect(item: tuple[str, str] | None, context: dict[str, Any], kept: list[Any]) -> Any:
    """Read one file ``(path, key)`` and keep what it gave; at the end (None) write the part.

    The answer is ``{"part": name, "files": [(path, key, documents, characters)], "problems": [(path, problem)]}``.
    A failure inside one file is a problem row.
    """
    from doichieu.processes.workers import resolve_function

    if item is None:
        done = [entry for entry in kept if len(entry) == 3]
        part = write_part(Files(context["store"]), [(key, found) for _, key, found in done if key]) if done else ""
        return {
            "part": part,
            "files": [(path, key, [b.document_id for b in found]) for path, key, found in done],
            "problems": [(path, msgspec.to_builtins(problem)) for path, problem in (e for e in kept if len(e) == 2)],
        }
    path, key = item
    if not kept and context.get("office"):
        from doichieu.reading.office import prepare

        prepare([Path(name) for name in context["office"]])
    try:
        with _fetched(path) as local:
            if not key:
                key = parts.key_of(local, context["analyse"]) or ""
            documents: list[Document] = resolve_function(context["analyse"])(local)
        kept.append((path, key, [parts.blobs(document) for document in documents]))
    except UnreadableFile as error:
        kept.append((path, Problem("", error.code, "high", str(error).replace(str(local), path))))
    except Exception as error:  # one file must not cost the others their rows
        message = f"Không xử lý được tệp {path}: lỗi bên trong ({type(error).__name__}: {error})"
        kept.append((path, Problem("", "internal_error", "high", message)))
    return None


def with_path(document: Document, path: str) -> Document:
    """The document under the path that this run gave."""
    if document.info.path == path:
        return document
    replace = msgspec.structs.replace
    return replace(document, info=replace(document.info, path=path), source=replace(document.source, path=path))


def final(store: Store, place: Place, path: str, patch: Any) -> Document:
    """A kept document with its path and what resolution told it."""
    from doichieu import resolve

    return resolve.apply(with_path(parts.read_document(store.blob(place, "document")), path), patch)


def render(item: Any, context: dict[str, Any], kept: list[Any]) -> Any:
    """Write the files of one document: ``(part, base, entry, path, patch)``; at the end (None) answer what was written.

    The answer is a list of ``(document_id, {relative name: [size, mtime]})``.
    """
    from doichieu.resolve import Patch

    if item is None:
        return kept[1:]
    if not kept:
        kept.append(Store(Files(context["store"])))
    store: Store = kept[0]
    part, base, entry, path, patch = item
    place = Place(part, base, msgspec.convert(entry, parts.Entry))
    document = final(store, place, path, msgspec.convert(patch, Patch) if patch is not None else None)
    out = Files(context["out"])
    written: dict[str, list[int]] = {}
    for kind in context["kinds"]:
        folder, ending = PER_DOCUMENT[kind]
        name = f"{folder}/{document.document_id}{ending}"
        out.write(name, _rendered(kind, document))
        written[name] = stamp(out, name)
    if not document.source.verbatim:
        name = f"{TEXT[0]}/{document.document_id}{TEXT[1]}"
        out.write(name, document.source.text.encode("utf-8", "surrogatepass"))
        written[name] = stamp(out, name)
    store.close()
    kept.append((document.document_id, written))
    return None


def stamp(files: Files, name: str) -> list[int]:
    """Size and time of a file on this machine, by which a later run sees that nobody touched it."""
    if files.remote is not None:
        return [0, 0]
    found = os.stat(files.path(name))
    return [found.st_size, found.st_mtime_ns]


def _rendered(kind: str, document: Document) -> bytes:
    if kind == "akn":
        from doichieu.export.akn import akoma_ntoso

        return akoma_ntoso(document)
    if kind == "prov":
        from doichieu.export.prov import provenance

        return provenance(document)
    if kind == "ics":
        from doichieu.report.calendar import calendar

        return calendar(document)
    from doichieu.tables.files import document_json

    return document_json(document)
