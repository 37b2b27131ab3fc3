"""The same changes as a Singer stream: ``doichieu tap NEW [--old OLD]`` prints SCHEMA, RECORD and STATE messages.

Every table is a stream; without an old folder every row is a record.  A row that is gone is a record with its key and
``_sdc_deleted_at``; its value is the run's own mark, since tables have no clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from doichieu.running.changes import of_table, read
from doichieu.running.stored import path_of
from doichieu.schema import DIFF_TABLES, TABLES, Table, stable_key

_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean", "date": "string", "string": "string"}
DELETED = "_sdc_deleted_at"
#: The moment that a removed row is marked with where the run has no time of its own.
_NO_TIME = "1970-01-01T00:00:00Z"


def json_schema(table: Table) -> dict[str, Any]:
    """The JSON Schema of a table's records."""
    properties: dict[str, Any] = {}
    for column in table.columns:
        properties[column.name] = {"type": [_TYPES[column.type], "null"], "description": column.description}
        if column.type == "date":
            properties[column.name]["format"] = "date"
    properties[DELETED] = {"type": ["string", "null"], "format": "date-time"}
    properties["_key"] = {"type": ["string", "null"], "description": "Tên bền của dòng trong bảng"}
    return {"type": "object", "properties": properties}


def run_of(folder: Path) -> dict[str, Any]:
    """What ``run.json`` of an output folder says; empty where there is none."""
    path = folder / "run.json"
    return dict(msgspec.json.decode(path.read_bytes())) if path.is_file() else {}


def messages(new: Path, old: Path | None = None) -> Iterator[dict[str, Any]]:
    """The messages of the stream, in order."""
    run = run_of(new)
    moment = run.get("time") or _NO_TIME
    for table in (*TABLES, *DIFF_TABLES):
        if path_of(new, table.name) is None:
            continue
        yield {"type": "SCHEMA", "stream": table.name, "schema": json_schema(table), "key_properties": ["_key"]}
        before = read(old, table) if old is not None else {}
        for change in of_table(table, before, read(new, table)):
            if change.replaces is not None:
                yield _gone(table, change.replaces, moment)
            if change.new is None:
                yield _gone(table, change.key, moment)
            else:
                yield _record(table, {**change.new, "_key": "|".join(change.key)})
    yield {"type": "STATE", "value": {"run_id": run.get("run_id", "")}}


def _record(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {"type": "RECORD", "stream": table.name, "record": row}


def _gone(table: Table, key: tuple[str, ...], moment: str) -> dict[str, Any]:
    names = stable_key(table)
    return _record(table, {**dict(zip(names, key, strict=True)), "_key": "|".join(key), DELETED: moment})
