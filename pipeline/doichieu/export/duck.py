"""DuckDB: typed tables read straight from the CSV, and the same views as in SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from doichieu.export.values import replaced
from doichieu.export.views import VIEWS
from doichieu.schema import GUARDED, OWN_WORDS, Table

_TYPES = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE", "string": "VARCHAR"}


def write(tables: Sequence[Table], out: Path) -> list[Path]:
    """``tables.duckdb``."""

    def make(path: Path) -> None:
        with duckdb.connect(str(path), config={"threads": 1}) as base:
            names = {table.name for table in tables}
            for table in tables:
                columns = ", ".join(f'"{c.name}" {_TYPES[c.type]}' for c in table.columns)
                base.execute(f'CREATE TABLE "{table.name}" ({columns})')
                base.execute(
                    f"COPY \"{table.name}\" FROM '{str(out / (table.name + '.csv')).replace(chr(39), chr(39) * 2)}' "
                    "(FORMAT csv, HEADER, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR '', PARALLEL "
                    "false, MAX_LINE_SIZE 67108864)"
                )
                for column in table.columns:
                    if column.name in OWN_WORDS:
                        name = f'"{column.name}"'
                        base.execute(
                            f'UPDATE "{table.name}" SET {name} = substr({name}, 2) WHERE regexp_matches({name}, ?)',
                            [GUARDED],
                        )
            for view, needs, query in VIEWS:
                if needs <= names:
                    base.execute(f"CREATE VIEW {view} AS {query}")

    return [replaced(out / "tables.duckdb", make)]
