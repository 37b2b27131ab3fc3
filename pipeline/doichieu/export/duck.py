"""DuckDB: typed tables with keys, read straight from the CSV, and the same views as in SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from doichieu.export.values import replaced
from doichieu.export.views import VIEWS
from doichieu.schema import GUARDED, OWN_WORDS, Table, in_order, referenced

_TYPES = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE", "string": "VARCHAR"}
#: The longest row of a CSV in bytes; the reader takes room for sixteen of them, so a small table asks for little.
_LONGEST, _LEAST = 64 << 20, 2 << 20


def write(tables: Sequence[Table], out: Path) -> list[Path]:
    """``tables.duckdb``."""

    def make(path: Path) -> None:
        with duckdb.connect(str(path), config={"threads": 1}) as base:
            names = {table.name for table in tables}
            for table in in_order(tables):
                base.execute(_definition(table, tables))
                base.execute(_load(table, out / f"{table.name}.csv"))
            for view, needs, query in VIEWS:
                if needs <= names:
                    base.execute(f"CREATE VIEW {view} AS {query}")

    return [replaced(out / "tables.duckdb", make)]


def _definition(table: Table, tables: Sequence[Table]) -> str:
    names = {one.name for one in tables}
    parts = [f'"{c.name}" {_TYPES[c.type]}' + (" NOT NULL" if c.required else "") for c in table.columns]
    parts += [f"PRIMARY KEY ({_quoted(table.key)})"] if table.key else []
    parts += [f"UNIQUE ({_quoted(columns)})" for columns in referenced(table.name, tables)]
    parts += [
        f'FOREIGN KEY ({_quoted(link.columns)}) REFERENCES "{link.table}" ({_quoted(link.others)})'
        for link in table.foreign
        if link.table in names
    ]
    return f'CREATE TABLE "{table.name}" ({", ".join(parts)})'


def _load(table: Table, path: Path) -> str:
    """The statement that reads a CSV as the table has it: our own words without the guard against formulas."""
    columns = ", ".join(f"'{c.name}': '{_TYPES[c.type]}'" for c in table.columns)
    values = ", ".join(_value(c.name) for c in table.columns)
    longest = min(_LONGEST, max(_LEAST, path.stat().st_size))
    place = str(path).replace("'", "''")
    return (
        f"INSERT INTO \"{table.name}\" SELECT {values} FROM read_csv('{place}', columns = {{{columns}}}, "
        "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '', "
        f"parallel = false, max_line_size = {longest})"
    )


def _value(name: str) -> str:
    if name not in OWN_WORDS:
        return f'"{name}"'
    guarded = GUARDED.replace("'", "''")
    return f'CASE WHEN regexp_matches("{name}", \'{guarded}\') THEN substr("{name}", 2) ELSE "{name}" END'


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
