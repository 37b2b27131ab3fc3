"""Parquet: one file a table, typed, dates as dates, row groups of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from doichieu.export.values import grouped, rows, typed, written
from doichieu.schema import SCHEMA_VERSION, Table

_TYPES = {
    "integer": pyarrow.int64(),
    "number": pyarrow.float64(),
    "boolean": pyarrow.bool_(),
    "date": pyarrow.date32(),
    "string": pyarrow.string(),
}


def schema(table: Table) -> pyarrow.Schema:
    """The columns of a table with their types and descriptions."""
    fields = [pyarrow.field(c.name, _TYPES[c.type], metadata={"description": c.description}) for c in table.columns]
    return pyarrow.schema(fields, metadata={"schema_version": SCHEMA_VERSION, "description": table.description})


def write(tables: Sequence[Table], out: Path) -> list[Path]:
    """One ``.parquet`` a table."""

    def make(table: Table, path: Path) -> None:
        shape = schema(table)
        with parquet.ParquetWriter(path, shape, compression="zstd") as writer:
            for batch in _arrow(table, rows(table, out)):
                writer.write_batch(batch)

    return written(tables, out, ".parquet", make)


def record_batches(table: Table, lines: Iterable[str]) -> Iterator[pyarrow.RecordBatch]:
    """CSV rows without a header as Arrow batches."""
    return _arrow(table, typed(table, lines))


def _arrow(table: Table, stream: Iterator[list[Any]]) -> Iterator[pyarrow.RecordBatch]:
    shape = schema(table)
    for batch in grouped(stream):
        columns = list(zip(*batch, strict=True))
        arrays = [
            pyarrow.array(
                [date.fromisoformat(v) if v else None for v in values] if c.type == "date" else values, _TYPES[c.type]
            )
            for c, values in zip(table.columns, columns, strict=True)
        ]
        yield pyarrow.record_batch(arrays, schema=shape)
