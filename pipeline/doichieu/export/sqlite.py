"""SQLite: typed tables with keys and indexes, a full-text index that needs no diacritics, views for common
questions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from doichieu.export.values import batches, replaced
from doichieu.export.views import VIEWS
from doichieu.schema import SCHEMA_VERSION, Table, referenced
from doichieu.text import strip_accents

_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT", "string": "TEXT"}
_INDEXED = {
    "targets": ("deadline", "unit"),
    "assignments": ("agency_id", "deadline"),
    "citations": ("number",),
    "deadlines": ("date",),
}


def folded(text: str | None) -> str:
    """Text as it is typed without diacritics, ``đ`` as ``d``, for the index and for a search.

    >>> folded("Đến năm 2030")
    'den nam 2030'
    """
    return strip_accents(text or "").lower()


def write(tables: Sequence[Table], out: Path) -> list[Path]:
    """``tables.sqlite`` and ``metadata.json`` for Datasette."""

    def make(path: Path) -> None:
        base = sqlite3.connect(path)
        try:
            base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;")
            names = {table.name for table in tables}
            for table in tables:
                base.execute(_definition(table, tables))
                marks = ", ".join("?" * len(table.columns))
                for batch in batches(table, out):
                    base.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', batch)
                for column in ("document_id", *_INDEXED.get(table.name, ())):
                    if column in {c.name for c in table.columns}:
                        base.execute(f'CREATE INDEX "{table.name}_{column}" ON "{table.name}" ("{column}")')
            if "clauses" in names:
                _search(base)
            for view, needs, query in VIEWS:
                if needs <= names:
                    base.execute(f"CREATE VIEW {view} AS {query}")
            base.execute("CREATE TABLE schema_version (version TEXT NOT NULL)")
            base.execute("INSERT INTO schema_version VALUES (?)", (SCHEMA_VERSION,))
            base.commit()
        finally:
            base.close()

    written = [replaced(out / "tables.sqlite", make)]
    return [*written, replaced(out / "metadata.json", lambda path: path.write_bytes(metadata(tables)))]


def _definition(table: Table, tables: Sequence[Table]) -> str:
    names = {one.name for one in tables}
    parts = [f'"{c.name}" {_TYPES[c.type]}' + (" NOT NULL" if c.required else "") for c in table.columns]
    if table.key:
        parts.append(f"PRIMARY KEY ({', '.join(table.key)})")
    parts += [f"UNIQUE ({_quoted(columns)})" for columns in referenced(table.name, tables)]
    parts += [
        f"FOREIGN KEY ({_quoted(link.columns)}) REFERENCES {_quoted((link.table,))} ({_quoted(link.others)})"
        for link in table.foreign
        if link.table in names
    ]
    return f'CREATE TABLE "{table.name}" ({", ".join(parts)})'


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _search(base: sqlite3.Connection) -> None:
    """``search``: the wording of every clause, found by words with or without diacritics.

    Its content is the table of clauses itself (external content), so that Datasette offers it as that table's search;
    the index holds each wording twice, as printed and as typed without diacritics.
    """
    base.create_function("folded", 1, folded, deterministic=True)
    base.execute(
        "CREATE VIRTUAL TABLE search USING fts5 (document_id UNINDEXED, clause_id UNINDEXED, text, "
        "content=\"clauses\", tokenize = 'unicode61')"
    )
    base.execute(
        "INSERT INTO search (rowid, document_id, clause_id, text) "
        "SELECT rowid, document_id, clause_id, text || char(10) || folded(text) FROM clauses WHERE text <> '' "
        "ORDER BY rowid"
    )
    base.execute("INSERT INTO search (search) VALUES ('optimize')")


def metadata(tables: Sequence[Table]) -> bytes:
    """``metadata.json``: what Datasette shows beside tables and columns, their labels and units."""
    described = {
        table.name: {
            "description": table.description,
            "columns": {column.name: column.description for column in table.columns},
            "units": {column.name: column.unit for column in table.columns if column.unit},
        }
        for table in tables
    }
    if "clauses" in described:
        described["clauses"] |= {"fts_table": "search", "fts_pk": "rowid"}
    data = {"title": "Đối Chiếu", "license": "Apache-2.0", "databases": {"tables": {"tables": described}}}
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
