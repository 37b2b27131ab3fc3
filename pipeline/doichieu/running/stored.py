"""The tables of an output folder, as CSV or, where a run wrote nothing else, as JSON Lines: the same rows of the same
cells."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterator
from pathlib import Path

import msgspec

from doichieu.schema import OWN_WORDS, TABLES, cell, guarded

#: The endings of tables, the one that goes first first.
ENDINGS = (".csv", ".jsonl")


def path_of(folder: Path, name: str) -> Path | None:
    """The file of a table; None where there is none."""
    return next((path for ending in ENDINGS if (path := folder / f"{name}{ending}").is_file()), None)


def cells(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table, each cell as CSV prints it.

    Raises :class:`OSError`, :class:`UnicodeDecodeError`, :class:`csv.Error`, :class:`msgspec.DecodeError`.
    """
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as handle:
            yield from csv.DictReader(handle)
        return
    with path.open("rb") as lines:
        for line in lines:
            row = msgspec.json.decode(line, type=dict[str, str | int | float | bool | None])
            printed = {name: cell(value) for name, value in row.items()}
            yield {name: guarded(text) if name in OWN_WORDS else text for name, text in printed.items()}


def documents_in(out: Path) -> set[str]:
    """The documents of the tables that an earlier run wrote into ``out``; empty where there are none that can be
    read."""
    path = path_of(out, "documents")
    with contextlib.suppress(OSError, UnicodeDecodeError, csv.Error, msgspec.DecodeError):
        return {row["document_id"] for row in cells(path) if row.get("document_id")} if path else set()
    return set()


def other_tables(out: Path, ending: str) -> list[Path]:
    """The tables that an earlier run left in another form than ``ending``, as its data package tells: they would tell
    of other documents."""
    described: set[str] = set()
    with contextlib.suppress(OSError, msgspec.DecodeError, AttributeError, KeyError, TypeError):
        package = msgspec.json.decode((out / "datapackage.json").read_bytes())
        if package["name"] == "doichieu":
            described = {resource["path"] for resource in package["resources"]}
    names = [f"{table.name}{other}" for table in TABLES for other in ENDINGS if other != ending]
    return [out / name for name in names if name in described]
