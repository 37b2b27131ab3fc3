"""JSON Lines: one object a row, every column by its name, null where the cell is empty."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from doichieu.export.values import grouped, rows, typed, written
from doichieu.schema import Table

#: Lines that are written at once.
_LINES = 500


def write(tables: Sequence[Table], out: Path) -> list[Path]:
    """One ``.jsonl`` a table."""

    def make(table: Table, path: Path) -> None:
        with path.open("wb") as handle:
            handle.writelines(_lines(table, rows(table, out)))

    return written(tables, out, ".jsonl", make)


def lines_of(table: Table, printed: bytes) -> bytes:
    """Rows that are printed as CSV without a header, as JSON Lines."""
    return b"".join(_lines(table, typed(table, io.StringIO(printed.decode("utf-8"), newline=""))))


def _lines(table: Table, found: Iterator[list[Any]]) -> Iterator[bytes]:
    names = [column.name for column in table.columns]
    encoder = msgspec.json.Encoder()
    for some in grouped(found, _LINES):
        yield encoder.encode_lines([dict(zip(names, row, strict=True)) for row in some])
