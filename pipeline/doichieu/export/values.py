"""CSV cells as values of their columns' types."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from doichieu.schema import OWN_WORDS, Column, Table, unguarded

csv.field_size_limit(64 * 1024 * 1024)
BATCH = 20_000


def value(column: Column, text: str) -> Any:
    """A cell as a value: None where it is empty, dates as ISO text.

    >>> from doichieu.schema import OWN_WORDS, Column, unguarded
    >>> (
    ...     value(Column("a", "number", ""), "1200.5"),
    ...     value(Column("a", "integer", ""), ""),
    ...     value(Column("a", "boolean", ""), "true"),
    ... )
    (1200.5, None, True)
    """
    if not text:
        return None
    if column.type == "integer":
        return int(text)
    if column.type == "number":
        return float(text)
    if column.type == "boolean":
        return text == "true"
    return text


def rows(table: Table, out: Path) -> Iterator[list[Any]]:
    """The rows of a table's CSV in ``out``, typed."""
    with (out / f"{table.name}.csv").open(encoding="utf-8", newline="") as handle:
        next(csv.reader(handle))
        yield from typed(table, handle)


def typed(table: Table, lines: Iterable[str]) -> Iterator[list[Any]]:
    """CSV rows without a header, typed."""
    own = [at for at, column in enumerate(table.columns) if column.name in OWN_WORDS]
    others = [
        (at, column) for at, column in enumerate(table.columns) if column.type in ("integer", "number", "boolean")
    ]
    for row in csv.reader(lines):
        for at in own:
            row[at] = unguarded(row[at])
        out: list[Any] = [text or None for text in row]
        for at, column in others:
            out[at] = value(column, row[at])
        yield out


def batches(table: Table, out: Path) -> Iterator[list[list[Any]]]:
    """The rows in batches of at most :data:`BATCH`."""
    yield from grouped(rows(table, out))


def grouped(stream: Iterator[list[Any]], most: int = BATCH) -> Iterator[list[list[Any]]]:
    """Rows in batches of at most ``most``."""
    while batch := list(islice(stream, most)):
        yield batch


def replaced(path: Path, make: Callable[[Path], object]) -> Path:
    """Let ``make`` write a file under another name beside ``path``, which takes its name only when it is whole."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
    os.close(handle)
    os.unlink(name)
    try:
        make(Path(name))
        os.chmod(name, 0o644)
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)
    return path


def written(tables: Sequence[Table], out: Path, ending: str, make: Callable[[Table, Path], object]) -> list[Path]:
    """One file a table."""
    return [replaced(out / f"{table.name}{ending}", lambda path, table=table: make(table, path)) for table in tables]  # type: ignore[misc]
