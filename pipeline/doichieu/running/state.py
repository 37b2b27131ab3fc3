"""What the last run into an output folder read and wrote, so that the next one reads and writes only what changed.

A file of the input is told by its name, size and time (``--verify`` looks at its content); a result by its size and
time.  The state is part of the cache: where it cannot be read, everything is looked at anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import time
import zlib
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from doichieu.running import parts
from doichieu.running.store import PER_DOCUMENT, TEXT, Files, stamp

if TYPE_CHECKING:
    from doichieu.running.writing import Live

Stamp = tuple[int, int]
_FRESH = 2_000_000_000  # nanoseconds


class Kept(Struct, array_like=True):
    """The state as it is written: inputs, where their parts lie, the results of each document and of the run."""

    version: str = ""
    analyse: str = ""
    inputs: dict[bytes, tuple[int, int, str]] = {}
    places: dict[str, bytes] = {}  # as the store packs them: a run may have many
    documents: dict[str, bytes] = {}  # what made it, a digest, and behind it its files
    results: dict[str, Stamp] = {}
    made_of: bytes = b""


_DIGEST = 16  # bytes of the digest of what made the files of a document
_decoder = msgspec.msgpack.Decoder(Kept)
_files = msgspec.msgpack.Decoder(dict[str, tuple[int, int]])


class State:
    """The state of one output folder."""

    def __init__(self, file: Path, kept: Kept) -> None:
        self.file = file
        self.kept = kept
        self.analyse = ""
        self.inputs: dict[bytes, tuple[int, int, str]] = {}
        self._now = time.time_ns()
        self._gone: set[str] = set()

    @classmethod
    def load(cls, cache: Path, out: Path) -> State:
        """The state that the last run left; empty where there is none that can be read."""
        file = cache / f"{hashlib.sha256(os.fsencode(os.path.realpath(out))).hexdigest()[:24]}.state"
        kept = Kept()
        with contextlib.suppress(OSError, msgspec.DecodeError, msgspec.ValidationError, zlib.error):
            data = file.read_bytes()
            if zlib.crc32(data[4:]).to_bytes(4, "big") == data[:4]:
                kept = _decoder.decode(data[4:])
        return cls(file, kept if kept.version == parts.version() else Kept(documents=kept.documents))

    # ---------------------------------------------------------------- what was read

    def key_of(self, path: str, analyse: str, *, verify: bool = False) -> str:
        """The key of an input: the one that the last run saw where nobody touched the file since, else by its content.

        ``verify`` looks at the content in any case.
        """
        name = os.fsencode(path)
        try:
            found = os.stat(path)
        except (OSError, ValueError):
            return ""
        size, moment, key = self.kept.inputs.get(name, (0, 0, "")) if self.kept.analyse == analyse else (0, 0, "")
        if verify or not key or (found.st_size, found.st_mtime_ns) != (size, moment):
            key = parts.key_of(Path(path), analyse)
        # A folder's own time says nothing of its files; a file that is being written may change within one tick.
        self.analyse = analyse
        if key and not stat.S_ISDIR(found.st_mode) and found.st_mtime_ns < self._now - _FRESH:
            self.inputs[name] = (found.st_size, found.st_mtime_ns, key)
        return key

    # ---------------------------------------------------------------- what was written

    @staticmethod
    def name_of(document: Live, made: Sequence[object]) -> bytes:
        """What the files of a document are made from, as one digest; ``made`` are the options of the run."""
        place = document.place
        made_of = msgspec.json.encode(
            [
                place.entry.document_id,
                *(place.entry.span(what)[1:] for what in ("rows", "places")),
                document.path,
                document.patch,
                made,
            ]
        )
        return hashlib.sha256(made_of).digest()[:_DIGEST]

    def holds(self, identity: str, name: bytes, out: Path) -> bool:
        """Whether the files of a document are there as they were written from the same."""
        known = self.kept.documents.get(identity, b"")
        return known.startswith(name) and _untouched(out, _files_of(known))

    def unchanged(self, made_of: bytes, out: Path) -> bool:
        """Whether everything that a run made of the same would write is there, and nobody touched it."""
        kept = self.kept
        return (
            kept.made_of == made_of
            and bool(kept.results)
            and _untouched(out, kept.results)
            and all(_untouched(out, _files_of(known)) for known in kept.documents.values())
        )

    def note(self, identity: str, name: bytes, written: dict[str, Stamp]) -> None:
        """The files of a document have been written."""
        if identity in self.kept.documents:
            self._gone.update(_files_of(self.kept.documents[identity]).keys() - written.keys())
        self.kept.documents[identity] = name + msgspec.msgpack.encode(written)

    def tidy(self, out: Path, live: AbstractSet[str], earlier: set[str]) -> None:
        """Forget the documents that are not in this run; files that runs wrote for them are removed.

        ``earlier`` are the documents of the tables that stood there before: where the cache is
        lost, they tell which files runs wrote.  A file of anybody else stays.
        """
        for identity in self.kept.documents.keys() - live:
            self._gone.update(_files_of(self.kept.documents[identity]))
        kept = self.kept.documents = {i: self.kept.documents[i] for i in sorted(live) if i in self.kept.documents}
        if not self._gone and not earlier:
            return
        ours = {file for known in kept.values() for file in _files_of(known)}
        for folder, ending in (*PER_DOCUMENT.values(), TEXT):
            for path in (out / folder).glob(f"*{ending}"):
                name = f"{folder}/{path.name}"
                by_table = (
                    folder != TEXT[0] and path.name.removesuffix(ending) in earlier
                )  # a text there may be the user's own
                if name not in ours and (name in self._gone or by_table):
                    path.unlink()  # a document that is no longer in the run leaves no rows and no file

    def renew(self) -> int:
        """Keep when the files of an unchanged run were last looked at; returns the number of its documents."""
        if self.inputs != self.kept.inputs:
            self.kept.analyse, self.kept.inputs = self.analyse, self.inputs
            self._store()
        return len(self.kept.documents)

    def save(self, places: dict[str, bytes], out: Path, results: Iterable[str], made: bytes) -> int:
        """Keep what this run read (``places``: of each key, packed) and wrote (``results``: names in ``out``); returns
        the number of its documents.

        Where the cache cannot be written, nothing is kept.
        """
        files = Files(str(out))
        kept = self.kept
        kept.version, kept.made_of, kept.places = parts.version(), made, places
        kept.results = {name: stamp(files, name) for name in results}
        kept.analyse, kept.inputs = self.analyse, self.inputs
        self._store()
        return len(kept.documents)

    def _store(self) -> None:
        from doichieu.tables.files import write

        data = msgspec.msgpack.encode(self.kept)
        with contextlib.suppress(OSError):
            write(self.file, zlib.crc32(data).to_bytes(4, "big"), data)


def _files_of(known: bytes) -> dict[str, Stamp]:
    """The files of a document, from what is kept of it."""
    return _files.decode(known[_DIGEST:])


def _untouched(out: Path, written: dict[str, Stamp]) -> bool:
    base = os.fspath(out)
    try:
        for name, seen in written.items():
            found = os.stat(f"{base}/{name}")
            if (found.st_size, found.st_mtime_ns) != tuple(seen):
                return False
    except (OSError, ValueError):
        return False
    return True
