"""Which files of single documents a run has written, so that the next writes only those that changed or were
touched."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import msgspec

from doichieu.running.store import FOLDER, PER_DOCUMENT, TEXT, Files, stamp
from doichieu.running.writing import Live
from doichieu.tables.files import write

_NAME = "state.json"


class State:
    """For each document what it was written from, and the size and time of every file written."""

    def __init__(self, known: dict[str, tuple[str, dict[str, list[int]]]]) -> None:
        self.known = known
        self._once = {file for _, written in known.values() for file in written}

    @classmethod
    def load(cls, cache: Path) -> State:
        """The state that the last run left; empty where there is none that can be read."""
        try:
            return cls(
                msgspec.json.decode(
                    (cache / FOLDER / _NAME).read_bytes(), type=dict[str, tuple[str, dict[str, list[int]]]]
                )
            )
        except (OSError, msgspec.DecodeError):
            return cls({})

    @staticmethod
    def name_of(document: Live, kinds: tuple[str, ...]) -> str:
        """What the files of a document are made from, as one digest."""
        entry = document.place.entry
        made_of = msgspec.json.encode(
            [document.place.part, msgspec.to_builtins(entry), document.path, msgspec.to_builtins(document.patch), kinds]
        )
        return hashlib.sha256(made_of).hexdigest()

    def holds(self, identity: str, wanted: dict[str, str], out: Path) -> bool:
        """Whether the files of a document are there as they were written from the same."""
        name, written = self.known.get(identity, ("", {}))
        if name != wanted[identity] or not written:
            return False
        files = Files(str(out))
        try:
            return all(stamp(files, file) == list(seen) for file, seen in written.items())
        except OSError:
            return False

    def note(self, identity: str, name: str, written: dict[str, list[int]]) -> None:
        """The files of a document have been written."""
        self.known[identity] = (name, written)

    def save(self, cache: Path, out: Path, live: set[str], earlier: set[str]) -> None:
        """Keep the state of the documents of this run; files that runs wrote for others are removed.

        ``earlier`` are the documents of the tables that stood there before (:func:`documents_in`): where the cache is
        lost, they tell which files runs wrote.  A file of anybody else stays.
        """
        kept = {identity: self.known[identity] for identity in sorted(live) if identity in self.known}
        ours = {file for _, written in kept.values() for file in written}
        for folder, ending in (*PER_DOCUMENT.values(), TEXT):
            for path in (out / folder).glob(f"*{ending}"):
                name = f"{folder}/{path.name}"
                by_table = (
                    folder != TEXT[0] and path.name.removesuffix(ending) in earlier
                )  # a text there may be the user's own
                if name not in ours and (name in self._once or by_table):
                    path.unlink()  # a document that is no longer in the run leaves no rows and no file
        write(cache / FOLDER / _NAME, msgspec.json.encode(kept))


def documents_in(out: Path) -> set[str]:
    """The documents of the tables that an earlier run wrote into ``out``; empty where there are none that can be
    read."""
    try:
        with (out / "documents.csv").open(encoding="utf-8", newline="") as handle:
            return {row["document_id"] for row in csv.DictReader(handle) if row.get("document_id")}
    except (OSError, UnicodeDecodeError, csv.Error):
        return set()
