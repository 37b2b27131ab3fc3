"""The tables of a run written from its parts, document by document: memory holds one document, whatever their
number."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from msgspec.structs import replace

from doichieu.errors import readable_name
from doichieu.model import Agency, Citation, DocumentInfo, Problem
from doichieu.resolve import Patch, copied, learned_amendments, learned_info
from doichieu.running import parts
from doichieu.running.index import Index
from doichieu.running.record import told_by
from doichieu.running.store import Place, Store
from doichieu.schema import TABLES, Table
from doichieu.tables.files import csv_head, csv_rows, jsonl_rows


class Printer(NamedTuple):
    """A form of the tables: the ending of their files, what stands before all rows, how rows are printed, and how those
    are that a part keeps."""

    ending: str
    head: Callable[[Table], bytes]
    rows: Callable[[Table, Any], bytes]
    kept: Callable[[parts.Rows], Iterator[tuple[str, bytes]]]


def _kept_lines(rows: parts.Rows) -> Iterator[tuple[str, bytes]]:
    """The rows of a document as JSON Lines, made of CSV where the run that read it wanted that."""
    yield from rows.lines.items()
    if rows.csv:
        from doichieu.export.jsonl import lines_of

        by_name = {table.name: table for table in TABLES}
        for name, data in rows.csv.items():
            yield name, lines_of(by_name[name], data)


CSV = Printer(".csv", csv_head, csv_rows, lambda rows: iter(rows.csv.items()))
#: JSON Lines alone: no CSV is made first.
LINES = Printer(".jsonl", lambda table: b"", jsonl_rows, _kept_lines)


class Live(NamedTuple):
    """One document of the run: where its blobs stand, the path as the user gave it, what the run taught it."""

    place: Place
    path: str
    patch: Patch | None
    key: str = ""


class Documents:
    """The documents of a run in the order of its files, each made when it is asked for: memory holds one of them."""

    def __init__(
        self, store: Store, files: Sequence[str], keys: Mapping[str, str], patches: Mapping[str, Patch] | None = None
    ) -> None:
        self._store = store
        self._files = files
        self._keys = keys
        self._patches = patches or {}

    def __iter__(self) -> Iterator[Live]:
        """The documents, each with what the run taught it."""
        for path in self._files:
            key = self._keys[path]
            for place in self._store.places(key):
                yield Live(place, readable_name(path), self._patches.get(place.entry.document_id), key)


@contextlib.contextmanager
def open_tables(out: Path, tables: Sequence[Table] = TABLES, printer: Printer = CSV) -> Iterator[dict[str, IO[bytes]]]:
    """Tables open for writing under other names; they take their names only if all went well."""
    handles: dict[str, IO[bytes]] = {}
    names: dict[str, str] = {}
    try:
        for table in tables:
            descriptor, names[table.name] = tempfile.mkstemp(dir=out, prefix=".", suffix=".tmp")
            handles[table.name] = os.fdopen(descriptor, "wb")
            handles[table.name].write(printer.head(table))
        yield handles
        for table in tables:
            handles[table.name].close()
            os.chmod(names[table.name], 0o644)
            os.replace(names[table.name], out / f"{table.name}{printer.ending}")
    finally:
        for handle in handles.values():
            handle.close()
        for name in names.values():
            Path(name).unlink(missing_ok=True)


class Written(NamedTuple):
    """What a run wrote: the number of rows of each table, and what tells each document."""

    counts: Counter[str]
    documents: list[str]


def write_tables(
    store: Store,
    live: Iterable[Live],
    agencies: Sequence[Agency],
    problems: Sequence[Problem],
    out: Path,
    told: Callable[[int], None] = lambda count: None,
    printer: Printer = CSV,
) -> Written:
    """Write every table of the run; ``problems`` are those of files that gave no document; ``told`` hears of each
    document."""
    by_name = {table.name: table for table in TABLES}
    written = Written(Counter(dict.fromkeys(by_name, 0)), [])
    with open_tables(out, TABLES, printer) as handles:
        for document in live:
            rows = parts.read_rows(store.blob(document.place, "rows"))
            for name, data in printed_rows(rows, document, by_name, printer):
                handles[name].write(data)
            written.counts.update(rows.counts)
            if document.patch is not None and document.patch.copy_of:
                written.counts.update({"problems": 1})
            written.documents.append(told_by(rows.info.document_id, rows.info.sha256))
            told(1)
        handles["agencies"].write(printer.rows(by_name["agencies"], [("", agency) for agency in agencies]))
        handles["problems"].write(printer.rows(by_name["problems"], [("", problem) for problem in problems]))
    written.counts.update({"documents": len(written.documents), "agencies": len(agencies), "problems": len(problems)})
    return written


def rows_of(store: Store, document: Live, tables: dict[str, Table]) -> Iterator[tuple[str, bytes]]:
    """The rows of one document as CSV without headers, table by table, with what the run taught it."""
    return printed_rows(parts.read_rows(store.blob(document.place, "rows")), document, tables, CSV)


def printed_rows(
    rows: parts.Rows, document: Live, tables: dict[str, Table], printer: Printer
) -> Iterator[tuple[str, bytes]]:
    """:func:`rows_of` for rows that are at hand, in any form."""
    printed = printer.rows
    info, citations = learned(rows, document.patch)
    identity = info.document_id
    yield "documents", printed(tables["documents"], [(identity, replace(info, path=document.path))])
    for name, data in printer.kept(rows):
        if name == "problems" and document.patch is not None and document.patch.copy_of:
            data += printed(tables[name], [(identity, copied(identity, document.patch.copy_of))])
        if name == "citations":
            data = printed(tables[name], [(identity, c) for c in citations])
        elif name == "amendments" and rows.amendments:
            data = printed(tables[name], [(identity, a) for a in learned_amendments(rows.amendments, citations)])
        yield name, data


def learned(rows: parts.Rows, patch: Patch | None) -> tuple[DocumentInfo, list[Citation]]:
    """The head and the citations of a document with what the run taught it."""
    info, citations = rows.info, list(rows.citations)
    if patch is not None:
        info = learned_info(info, patch)
        for position, cited in patch.cited:
            citations[position] = replace(citations[position], cited_document_id=cited)
        for position, reason in patch.unresolved:
            citations[position] = replace(citations[position], unresolved=reason)
    return info, citations


class Agencies:
    """The table of agencies of a run, gathered document by document."""

    def __init__(self) -> None:
        self._found: dict[str, Agency] = {}
        self._count: dict[str, int] = {}

    def add(self, index: Index) -> None:
        """Take in what one document names."""
        for agency in index.agencies:
            self._found.setdefault(agency.agency_id, agency)
        for name, mentions in index.mentions.items():
            self._count[name] = self._count.get(name, 0) + mentions

    def rows(self) -> list[Agency]:
        """One agency per id with its mentions counted over all documents, sorted by id."""
        return [replace(self._found[name], mentions=self._count.get(name, 0)) for name in sorted(self._found)]
