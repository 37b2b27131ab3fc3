"""A backup of an office in one file, made while it runs, and the way back.

The file is a zip: ``backup.json`` says what it is, ``tables/<name>.jsonl`` are the rows of one state of the database,
``originals/`` and ``opinions/`` the files that these rows name, ``secret`` the secret that signs the chain.  It does
not depend on the database: what was kept in PostgreSQL comes back in SQLite, and the other way round.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, LargeBinary, select, text

from doichieu.errors import UsageError, system_reason
from doichieu.model import VERSION
from doichieu.office import migrations, tables, wordindex
from doichieu.office.database import Database
from doichieu.office.folder import Folder
from doichieu.office.ledger import loaded

_FORM = "doichieu-backup"
_BATCH = 500


def backup(database: Database, folder: Folder, target: Path) -> dict[str, int]:
    """Write a backup to ``target``, whole or not at all; returns how many rows of each table."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".tmp")
    except OSError as error:
        raise UsageError(f"Không ghi được bản sao lưu {target}: {system_reason(error)}.") from error
    try:
        with os.fdopen(handle, "wb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            counts = _write(database, folder, archive)
        os.replace(name, target)
    except OSError as error:
        raise UsageError(f"Không ghi được bản sao lưu {target}: {system_reason(error)}.") from error
    finally:
        Path(name).unlink(missing_ok=True)
    return counts


def _write(database: Database, folder: Folder, archive: zipfile.ZipFile) -> dict[str, int]:
    counts: dict[str, int] = {}
    with database.snapshot() as connection:
        files = set(connection.execute(select(tables.documents.c.sha256)).scalars())
        e = tables.events.c
        signed = connection.execute(select(e.value).where(e.kind == "approve")).scalars()
        opinions = {(loaded(value) or {}).get("opinion_sha256", "") for value in signed} - {""}
        for table in tables.ORDER:
            with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as out:
                counts[table.name] = 0
                for row in connection.execute(select(table)):
                    counts[table.name] += 1
                    out.write(msgspec.json.encode(_plain(dict(row._mapping))) + b"\n")
        with archive.open("tables/words.jsonl", "w", force_zip64=True) as out:
            for number, folded in wordindex.every(connection):
                out.write(msgspec.json.encode([number, folded]) + b"\n")
    # Files never change once written, and were there before the rows that name them.
    for kind, names in (("originals", files), ("opinions", opinions)):
        for sha256 in sorted(names):
            place = folder.original(sha256) if kind == "originals" else folder.opinion(sha256)
            archive.write(place, f"{kind}/{sha256}")
    archive.writestr("secret", folder.secret.hex())
    about = {
        "form": _FORM,
        "version": migrations.VERSION,
        "program": VERSION,
        "at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "counts": counts,
    }
    archive.writestr("backup.json", msgspec.json.encode(about))
    return counts


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value
        for name, value in row.items()
    }


def restore(database: Database, folder: Folder, source: Path) -> dict[str, int]:
    """Fill an empty office from a backup; raises :class:`doichieu.errors.UsageError` where it is not empty, or the
    file is none."""
    try:
        with zipfile.ZipFile(source) as archive:
            about = msgspec.json.decode(archive.read("backup.json"))
            if about.get("form") != _FORM:
                raise UsageError(f"{source} không phải là bản sao lưu của Đối Chiếu.")
            if about["version"] > migrations.VERSION:
                raise UsageError(f"Bản sao lưu {source} do một phiên bản mới hơn tạo ra; hãy nâng cấp chương trình.")
            migrations.upgrade(database)
            with database.write() as connection:
                for table in (tables.documents, tables.events, tables.users):
                    if connection.execute(select(table).limit(1)).first() is not None:
                        raise UsageError("Chỉ khôi phục được vào một kho trống; hãy chọn --data khác.")
                _restore_files(archive, folder)
                counts = _restore_rows(connection, archive)
                _restore_words(connection, archive)
            folder.take_secret(archive.read("secret").decode())
    except (zipfile.BadZipFile, KeyError, msgspec.DecodeError, ValueError) as error:
        raise UsageError(f"{source} không phải là bản sao lưu đọc được.") from error
    except OSError as error:
        raise UsageError(f"Không đọc được bản sao lưu {source}: {system_reason(error)}.") from error
    return counts


def _restore_files(archive: zipfile.ZipFile, folder: Folder) -> None:
    for name in archive.namelist():
        kind, _, sha256 = name.partition("/")
        if kind not in ("originals", "opinions"):
            continue
        data = archive.read(name)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ValueError(name)
        folder.keep(folder.original(sha256) if kind == "originals" else folder.opinion(sha256), data)


def _restore_rows(connection: Connection, archive: zipfile.ZipFile) -> dict[str, int]:
    counts: dict[str, int] = {}
    there = set(archive.namelist())
    for table in reversed(tables.ORDER):
        connection.execute(table.delete())
    for table in tables.ORDER:
        if f"tables/{table.name}.jsonl" not in there:
            continue
        binary = {c.name for c in table.columns if isinstance(c.type, LargeBinary)}
        counts[table.name] = 0
        batch: list[dict[str, Any]] = []
        for row in _lines(archive, f"tables/{table.name}.jsonl"):
            if table.name == "meta" and row["key"] == "version":
                row["value"] = str(migrations.VERSION)
            for name in binary:
                row[name] = base64.b64decode(row[name]["base64"])
            batch.append(row)
            counts[table.name] += 1
            if len(batch) >= _BATCH:
                connection.execute(table.insert(), batch)
                batch = []
        if batch:
            connection.execute(table.insert(), batch)
        _continue_numbers(connection, table.name, {c.name for c in table.columns})
    return counts


def _continue_numbers(connection: Connection, table: str, columns: set[str]) -> None:
    """Let PostgreSQL number new rows after those restored; SQLite does so by itself."""
    if connection.dialect.name == "sqlite" or "id" not in columns:
        return
    sequence = connection.execute(text("SELECT pg_get_serial_sequence(:t, 'id')"), {"t": table}).scalar()
    if sequence:
        statement = f"SELECT setval('{sequence}', (SELECT coalesce(max(id), 0) + 1 FROM {table}), false)"
        connection.execute(text(statement))


def _restore_words(connection: Connection, archive: zipfile.ZipFile) -> None:
    wordindex.clear(connection)
    batch: list[tuple[int, str]] = []
    for number, folded in _lines(archive, "tables/words.jsonl"):
        batch.append((number, folded))
        if len(batch) >= _BATCH:
            wordindex.add(connection, batch)
            batch = []
    wordindex.add(connection, batch)


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[Any]:
    with archive.open(name) as handle:
        for line in handle:
            yield msgspec.json.decode(line)
