"""JSON Lines: one object a row, every column by its name, null where the cell is empty."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from doichieu.export.values import rows, written
from doichieu.schema import Table


def write(tables: Sequence[Table], out: Path) -> list[Path]:
    """One ``.jsonl`` a table."""

    def make(table: Table, path: Path) -> None:
        names = [column.name for column in table.columns]
        with path.open("wb") as handle:
            for row in rows(table, out):
                handle.write(msgspec.json.encode(dict(zip(names, row, strict=True))) + b"\n")

    return written(tables, out, ".jsonl", make)
