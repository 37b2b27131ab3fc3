"""JSON Lines: one object a row, every column by its name, null where the cell is empty."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from doichieu.export.values import grouped, rows, written
from doichieu.schema import Table

#: Lines that are written at once.
_LINES = 500


def write(tables: Sequence[Table], out: Path) -> list[Path]:
    """One ``.jsonl`` a table."""

    def make(table: Table, path: Path) -> None:
        names = [column.name for column in table.columns]
        encoder = msgspec.json.Encoder()
        with path.open("wb") as handle:
            for some in grouped(rows(table, out), _LINES):
                handle.write(encoder.encode_lines([dict(zip(names, row, strict=True)) for row in some]))

    return written(tables, out, ".jsonl", make)
