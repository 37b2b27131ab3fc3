"""The tables in further formats, made from the CSV tables that a run has written: one truth, every format.

Each format is written by streaming, a batch of rows at a time; types come from :mod:`doichieu.schema`.  An empty cell
is null; lists stay as the CSV joins them (``; ``).  The same tables give the same values in every format; all but
DuckDB give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from doichieu.errors import MissingPackage, UsageError

if TYPE_CHECKING:
    from doichieu.schema import Table

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


def asked(text: str, known: Sequence[str] = FORMATS, given: str = "csv") -> list[str]:
    """The formats of a list such as ``csv,sqlite`` but the one that is always ``given``.

    Raises :class:`doichieu.errors.UsageError` for one that is not among ``known``.

    >>> asked("csv, sqlite"), asked("html,docx", ("html", "docx"), "")
    (['sqlite'], ['html', 'docx'])
    """
    wanted = [name.strip() for name in text.split(",") if name.strip()]
    for name in wanted:
        if name not in known and name != given:
            raise UsageError(f"Không có định dạng “{name}”; các định dạng: {', '.join(filter(None, (given, *known)))}.")
    return [name for name in wanted if name != given]


def lines_alone(text: str) -> bool:
    """Whether a list of formats names JSON Lines and nothing else.

    >>> lines_alone("jsonl"), lines_alone("csv,jsonl")
    (True, False)
    """
    return {name.strip() for name in text.split(",")} == {"jsonl"}


def served(names: Sequence[str], database: str) -> list[str]:
    """Those of ``names`` that are written into ``database``.

    Raises :class:`doichieu.errors.UsageError` for one without its database, and for a database that nothing is
    written into.
    """
    found = [name for name in names if name in DATABASES]
    if found and "://" not in database:
        raise UsageError(f"--format {found[0]} cần --database postgresql://người-dùng@máy/cơ-sở-dữ-liệu.")
    if database and not found:
        raise UsageError("--database chỉ dùng với --format postgres.")
    return found


def write(
    formats: Sequence[str], out: Path, tables: Sequence[Table] | None = None, *, database: str = ""
) -> list[Path]:
    """Write the tables (those of documents by default) whose CSV lies in ``out`` in each of ``formats``; returns the
    files written.

    Raises :class:`doichieu.errors.MissingPackage` where a format needs a package that is not installed.
    """
    from doichieu.schema import TABLES

    present = [table for table in (TABLES if tables is None else tables) if (out / f"{table.name}.csv").is_file()]
    written: list[Path] = []
    for name in formats:
        module, package, extra = _WRITERS[name]
        try:
            writer = import_module(module)
        except ModuleNotFoundError as error:
            raise MissingPackage(f"Định dạng {name} (gói {package})", extra) from error
        written += writer.write(present, out, database) if name in DATABASES else writer.write(present, out)
    return written
