"""The tables in further formats, made from the CSV tables that a run has written: one truth, every format.

Each format is written by streaming, a batch of rows at a time; types come from :mod:`doichieu.schema`.  An empty cell
is
null; lists stay as the CSV joins them (``; ``).  The same tables give the same values in every format; all but
DuckDB give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from doichieu.errors import MissingPackage, UsageError
from doichieu.schema import TABLES, Table

#: Formats and what they need: name → (module, Python package beyond the base, extra that brings it).
_WRITERS = {
    "jsonl": ("doichieu.export.jsonl", "", ""),
    "xlsx": ("doichieu.export.workbook", "", ""),
    "parquet": ("doichieu.export.parquet", "pyarrow", "parquet"),
    "sqlite": ("doichieu.export.sqlite", "", ""),
    "duckdb": ("doichieu.export.duck", "duckdb", "duckdb"),
    "postgres": ("doichieu.export.postgres", "psycopg", "postgres"),
}
FORMATS: tuple[str, ...] = tuple(_WRITERS)
#: Formats that are no files but a database elsewhere, named by ``--database``.
DATABASES = frozenset({"postgres"})


def checked(names: Sequence[str]) -> list[str]:
    """The formats beside CSV among ``names``; :class:`doichieu.errors.UsageError` for one that does not exist."""
    for name in names:
        if name not in ("csv", *FORMATS):
            raise UsageError(f"Không có định dạng “{name}”; các định dạng: csv, {', '.join(FORMATS)}.")
    return [name for name in names if name != "csv"]


def write(formats: Sequence[str], out: Path, tables: Sequence[Table] = TABLES, *, database: str = "") -> list[Path]:
    """Write the tables whose CSV lies in ``out`` in each of ``formats``; returns the files written.

    Raises :class:`doichieu.errors.MissingPackage` where a format needs a package that is not installed.
    """
    present = [table for table in tables if (out / f"{table.name}.csv").is_file()]
    written: list[Path] = []
    for name in formats:
        module, package, extra = _WRITERS[name]
        try:
            writer = import_module(module)
        except ModuleNotFoundError as error:
            raise MissingPackage(f"Định dạng {name} (gói {package})", extra) from error
        written += writer.write(present, out, database) if name in DATABASES else writer.write(present, out)
    return written
