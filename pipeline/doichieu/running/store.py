"""The parts of a run in a folder or under a URL, and the two kinds of work that a run hands out.

:func:`collect` reads files and leaves a part; :func:`render` writes what belongs to single documents.  Both are
called through :mod:`doichieu.processes.workers`, in this process, in another one or on another machine, and give the
same.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
import zlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from doichieu.errors import BadLexicon, MissingPackage, UnreadableFile, readable_name, system_reason
from doichieu.model import Document, Problem, problem_code
from doichieu.reading.files import file_name
from doichieu.running import parts

if TYPE_CHECKING:
    import tempfile

#: The folder inside the cache of an output folder that holds the parts.
FOLDER = "run"
#: Days that the parts of another version of the rules are kept, and bytes that all parts of this one may take.
_KEPT_DAYS, _MOST_BYTES = 30, 8 * 1024**3
#: Kinds of files that are written per document, beside the tables: name → folder and ending.
PER_DOCUMENT = {
    "json": ("documents", ".json"),
    "akn": ("akn", ".xml"),
    "ics": ("ics", ".ics"),
    "prov": ("prov", ".jsonld"),
}
#: Folder and ending of the texts of documents that are not themselves plain text.
TEXT = ("text", ".txt")


def cache_folder() -> Path:
    """Where runs keep what the next one need not read again, whatever its output folder; made if it is missing.

    The place is ``$DOICHIEU_CACHE``, else the user's cache folder: the output folder holds nothing but results.  Where
    neither can be written, a folder that lives as long as this process.  Each version of the rules has its own.
    """
    base = Path(
        os.environ.get("DOICHIEU_CACHE")
        or os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "doichieu")
    )
    folder = base / f"v-{parts.version()[:20]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            os.utime(folder)
            _tidy(base, folder)
            return folder
    except OSError:
        pass  # no home, a full or a read-only disk: this run keeps nothing
    return Path(_passing().name)


def _tidy(base: Path, used: Path) -> None:
    """Remove what earlier versions of the rules kept and nobody has used for a month."""
    for folder in base.glob("v-*"):
        if folder != used and folder.stat().st_mtime < time.time() - _KEPT_DAYS * 86_400:
            import shutil

            shutil.rmtree(folder, ignore_errors=True)


@lru_cache(maxsize=1)
def _passing() -> tempfile.TemporaryDirectory[str]:
    import tempfile

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


_places = msgspec.msgpack.Decoder(list[Place])


class Store:
    """The parts under one folder: by key, the documents of each file.

    The folder is only a cache.  What cannot be read, or is not what was written, raises
    :class:`doichieu.running.parts.Damaged`; :meth:`drop` takes it out, and its files are read anew.
    """

    def __init__(self, files: Files) -> None:
        self.files = files
        self._known: dict[str, bytes] = {}  # the places of each file's documents, packed: a run may have many
        self._open: dict[str, Any] = {}
        self._dropped: set[str] = set()

    def scan(self, keys: Iterable[str]) -> None:
        """Learn what the parts that are there hold of some keys; a part that cannot be read is taken out."""
        wanted = frozenset(keys)
        for name in self.files.names(f"{FOLDER}/parts"):
            if name.endswith(".part"):
                self.add(name, wanted)

    def add(self, name: str, wanted: frozenset[str] | None = None) -> None:
        """Learn the part ``name``, of the ``wanted`` keys alone where they are given."""
        path = f"{FOLDER}/parts/{name}"
        heads, length = None, None
        with contextlib.suppress(OSError):
            opening = self.files.read(path, 0, parts.HEAD_START)
            length = parts.head_length(opening)
            if length is not None:
                heads = parts.read_head(opening, self.files.read(path, parts.HEAD_START, length))
        if heads is None or length is None:
            self.drop(name)
            return
        for head in heads:
            if wanted is not None and head.key not in wanted:
                continue
            places = [Place(name, parts.HEAD_START + length, entry) for entry in head.entries]
            worth = _worth(places)
            if self._known.get(head.key, b"")[:1] <= worth:
                self._known[head.key] = worth + msgspec.msgpack.encode(places)

    def places(self, key: str) -> list[Place]:
        """Where the documents of a key lie; none of one that is not known."""
        return _unpacked(self._known.get(key, b""))

    def packed(self, key: str) -> bytes:
        """:meth:`places` as :meth:`remember` takes them."""
        return self._known.get(key, b"")

    def holds(self, key: str, *, whole: bool, lines: bool = False) -> bool:
        """Whether the documents of a key are known, with ``whole`` the documents themselves and not only their rows;
        with ``lines`` it is enough that JSON Lines can be written of them."""
        return self._known.get(key, b"")[:1] >= (_WHOLE if whole else _LINES if lines else _TABLES)

    def blob(self, place: Place, what: str) -> bytes:
        """One blob (``index``, ``rows``, ``document`` or ``places``) of a document, as it was written."""
        offset, length, checksum = place.entry.span(what)
        path = f"{FOLDER}/parts/{place.part}"
        try:
            if self.files.remote is not None:
                data = self.files.read(path, place.base + offset, length)
            else:
                handle = self._open.get(path)
                if handle is None:
                    if len(self._open) >= 32:
                        self.close()
                    handle = self._open[path] = Path(self.files.path(path)).open("rb")  # noqa: SIM115 - kept open
                handle.seek(place.base + offset)
                data = handle.read(length)
        except OSError as error:
            raise parts.Damaged(place.part) from error
        if zlib.crc32(data) != checksum:
            raise parts.Damaged(place.part)
        return data

    def remember(self, key: str, packed: bytes) -> None:
        """Learn from the last run where the documents of a key lie; what was taken out since is not believed."""
        if key not in self._known and packed:
            if not self._dropped or not any(place.part in self._dropped for place in _unpacked(packed)):
                self._known[key] = packed

    def drop(self, name: str) -> None:
        """Take a part out."""
        self.close()
        self._dropped.add(name)
        self._known = {
            key: packed for key, packed in self._known.items() if all(place.part != name for place in _unpacked(packed))
        }
        with contextlib.suppress(OSError):
            self.files.remove(f"{FOLDER}/parts/{name}")

    def close(self) -> None:
        """Close the files held open."""
        for handle in self._open.values():
            handle.close()
        self._open.clear()

    def keep(self, live: Iterable[str], most: int = _MOST_BYTES) -> None:
        """Mark the parts of ``live`` keys as used; beyond ``most`` bytes the ones that lay longest go."""
        self.close()
        if self.files.remote is not None:
            return
        used = {place.part for key in live for place in self.places(key)}
        folder = Path(self.files.path(f"{FOLDER}/parts"))
        with contextlib.suppress(OSError):
            for name in used:
                os.utime(folder / name)
            found = [(e.stat().st_mtime, e.stat().st_size, e.name) for e in os.scandir(folder) if e.is_file()]
            over = sum(size for _, size, _ in found) - most
            for _, size, name in sorted(found):
                if over <= 0 or name in used:
                    break
                os.unlink(folder / name)
                over -= size


#: How much is kept of the documents of a file: rows as JSON Lines alone, what CSV and JSON are written from, the
#: documents themselves.  It stands before their packed places.
_LINES, _TABLES, _WHOLE = b"1", b"2", b"3"


def _worth(places: list[Place]) -> bytes:
    if not all(place.entry.tabled for place in places):
        return _LINES
    return _WHOLE if all(place.entry.whole for place in places) else _TABLES


def _unpacked(packed: bytes) -> list[Place]:
    return _places.decode(packed[1:]) if packed else []


def write_part(files: Files, content: list[tuple[str, list[parts.Blobs]]]) -> str:
    """Write a part named for its keys and for what it keeps of their documents; returns its name."""
    kept = (f"{key} {[(bool(blobs.document), bool(blobs.places)) for blobs in found]}" for key, found in content)
    name = hashlib.sha256("\n".join(kept).encode()).hexdigest()[:32] + ".part"
    files.write(f"{FOLDER}/parts/{name}", parts.pack(content))
    return name


# ---------------------------------------------------------------- the work of a run


def collect(item: tuple[bytes, str] | None, context: dict[str, Any], kept: list[Any]) -> Any:
    """Read one file ``(path, key)`` and keep what it gave; at the end (None) write the part.

    The answer is ``{"part": name, "files": [(path, key, documents)], "problems": [(path, problem)], "error": reason}``,
    paths as the system spells them.  ``context["local"]`` tells where a file that lies elsewhere was fetched to,
    ``context["whole"]`` whether the documents themselves are kept, ``context["lines"]`` that their rows are kept as
    JSON Lines.  A failure inside one file is a problem row.
    """
    from doichieu.processes.workers import resolve_function, turn_page
    from doichieu.reading.guard import blame
    from doichieu.reading.pages import watched

    if item is None:
        return _kept_as_part(context, kept)
    path, key = item
    shown = readable_name(os.fsdecode(path))
    local = Path(context.get("local", {}).get(shown) or os.fsdecode(path))
    if not kept and context.get("office"):
        from doichieu.reading.office import prepare

        prepare([Path(os.fsdecode(name)) for name in context["office"]])
    try:
        if not key:
            key = parts.key_of(local, context["analyse"])
        names = context.get("names", {}).get(shown)
        analyse = resolve_function(context["analyse"])
        with watched(turn_page):
            documents: list[Document] = analyse(local, names) if names else analyse(local)
        whole, lines = context.get("whole", True), context.get("lines", False)
        kept.append((path, key, [parts.blobs(document, whole=whole, lines=lines) for document in documents]))
    except BadLexicon:
        raise  # no document is to blame, and every one would say the same
    except UnreadableFile as error:
        said = str(error).replace(readable_name(str(local)), shown)
        kept.append((path, Problem("", problem_code(error.code), "high", said)))
    except Exception as error:  # one file must not cost the others their rows
        reason, code = blame(error)
        kept.append((path, Problem("", problem_code(code), "high", f"Không xử lý được tệp {shown}: {reason}")))
    return None


def _kept_as_part(context: dict[str, Any], kept: list[Any]) -> dict[str, Any]:
    done = [entry for entry in kept if len(entry) == 3]
    part, reason = "", ""
    try:
        part = write_part(Files(context["store"]), [(key, found) for _, key, found in done if key]) if done else ""
    except OSError as error:
        reason = system_reason(error)
    return {
        "part": part,
        "files": [(path, key, [b.document_id for b in found]) for path, key, found in done],
        "problems": [(path, msgspec.to_builtins(problem)) for path, problem in (e for e in kept if len(e) == 2)],
        "error": reason,
    }


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

    The answer is ``[[(document_id, {relative name: [size, mtime]})], the part that was found damaged, what kept the
    results from being written]``.
    """
    from doichieu.resolve import Patch

    if item is None:
        return [kept[1:], context.get("damaged", ""), context.get("reason", "")]
    if context.get("damaged") or context.get("reason"):
        return None
    if not kept:
        kept.append(Store(Files(context["store"])))
    store: Store = kept[0]
    part, base, entry, path, patch = item
    place = Place(part, base, msgspec.convert(entry, parts.Entry))
    try:
        known = msgspec.convert(patch, Patch) if patch is not None else None
        written = _compact(store, place, path, known, context)
        if written is None:
            document = final(store, place, path, known)
            written = (document.document_id, _written(document, context))
        kept.append(written)
    except parts.Damaged:
        context["damaged"] = part
    except OSError as error:
        context["reason"] = system_reason(error)
    finally:
        store.close()
    return None


def _compact(
    store: Store, place: Place, path: str, patch: Any, context: dict[str, Any]
) -> tuple[str, dict[str, tuple[int, int]]] | None:
    """Write the JSON that was made when the document was read; None where more than this is wanted of it."""
    from doichieu.resolve import learned_info
    from doichieu.tables.files import joined_json

    if context["kinds"] != ["json"] or context.get("pretty"):
        return None
    places = parts.read_places(store.blob(place, "places"))
    if not places.verbatim:
        return None
    info = msgspec.structs.replace(places.info, path=path)
    info = learned_info(info, patch) if patch is not None else info
    out, folder, ending = Files(os.fsdecode(context["out"])), *PER_DOCUMENT["json"]
    name = f"{folder}/{file_name(info.document_id, ending)}"
    out.write(name, joined_json(info, places.json))
    return info.document_id, {name: stamp(out, name)}


def _written(document: Document, context: dict[str, Any]) -> dict[str, tuple[int, int]]:
    out = Files(os.fsdecode(context["out"]))
    written: dict[str, tuple[int, int]] = {}
    for kind in context["kinds"]:
        folder, ending = PER_DOCUMENT[kind]
        name = f"{folder}/{file_name(document.document_id, ending)}"
        out.write(name, _rendered(kind, document, bool(context.get("pretty"))))
        written[name] = stamp(out, name)
    if not document.source.verbatim:
        name = f"{TEXT[0]}/{file_name(document.document_id, TEXT[1])}"
        out.write(name, document.source.text.encode("utf-8", "surrogatepass"))
        written[name] = stamp(out, name)
    return written


def stamp(files: Files, name: str) -> tuple[int, int]:
    """Size and time of a file on this machine, by which a later run sees that nobody touched it."""
    if files.remote is not None:
        return 0, 0
    found = os.stat(files.path(name))
    return found.st_size, found.st_mtime_ns


def _rendered(kind: str, document: Document, pretty: bool) -> bytes:
    if kind == "akn":
        from doichieu.export.akn import akoma_ntoso

        return akoma_ntoso(document, beside=True)
    if kind == "prov":
        from doichieu.export.prov import provenance

        return provenance(document)
    if kind == "ics":
        from doichieu.report.calendar import calendar

        return calendar(document)
    from doichieu.tables.files import document_json, places_json

    return document_json(document, pretty=True) if pretty else places_json(document)
