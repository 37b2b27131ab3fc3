"""Whether everything kept is what was kept: the chain of events, signed opinions, original bytes, states."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from doichieu.office import tables
from doichieu.office.database import Database
from doichieu.office.folder import Folder
from doichieu.office.ledger import FIRST, hash_of, head_of, loaded


def verify(database: Database, folder: Folder) -> list[str]:
    """What is not as it was written, a sentence each; empty where all is well."""
    with database.snapshot() as connection:
        return [
            *_chain(connection, folder.secret),
            *_states(connection),
            *_changes(connection),
            *_files(connection, folder),
        ]


def _chain(connection: Connection, secret: bytes) -> list[str]:
    found: list[str] = []
    prev, count = FIRST, 0
    for row in connection.execute(select(tables.events).order_by(tables.events.c.seq)):
        fields: dict[str, Any] = dict(row._mapping)
        count += 1
        if fields["seq"] != count:
            found.append(f"Sự kiện số {count} bị thiếu (tiếp theo là số {fields['seq']}).")
            count = fields["seq"]
        if fields["prev"] != prev:
            found.append(f"Sự kiện số {fields['seq']} ({fields['id']}) không nối với sự kiện trước nó.")
        if hash_of(fields) != fields["hash"]:
            found.append(f"Sự kiện số {fields['seq']} ({fields['id']}) đã bị sửa.")
        prev = fields["hash"]
    head = connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == "head")).scalar()
    if head is None:
        if count:
            found.append("Mất đầu chuỗi sự kiện.")
        return found
    seq = int(head.split("|")[0])
    if head != head_of(seq, head.split("|")[1], secret):
        found.append("Đầu chuỗi sự kiện không mang chữ ký của kho này.")
    if seq != count:
        found.append(f"Chuỗi có {count} sự kiện, lẽ ra có {seq}.")
    elif head.split("|")[1] != prev:
        found.append("Sự kiện cuối không phải là sự kiện cuối đã ghi.")
    return found


def _states(connection: Connection) -> list[str]:
    """Marks of findings against the events that they come from; states of comparisons against theirs."""
    found = []
    f, e, c = tables.findings.c, tables.events.c, tables.comparisons.c
    wanted = select(f.comparison, f.id, f.mark, f.mark_by, e.kind, e.value, e.author).where(f.mark != "")
    for row in connection.execute(wanted.join(tables.events, e.seq == f.mark_event, isouter=True)):
        if row.kind != "mark" or loaded(row.value) != row.mark or row.author != row.mark_by:
            found.append(f"Đánh dấu của phát hiện {row.comparison}/{row.id} không có sự kiện tương ứng.")
    last: dict[str, tuple[str, str]] = {}
    moves = {"submit": "submitted", "return": "returned", "approve": "approved", "reopen": "reopened"}
    for moved in connection.execute(select(e.comparison, e.kind, e.value).where(e.kind.in_(moves)).order_by(e.seq)):
        signed = (loaded(moved.value) or {}).get("opinion_sha256", "") if moved.kind == "approve" else ""
        last[moved.comparison] = (moves[moved.kind], signed or last.get(moved.comparison, ("", ""))[1])
    for one in connection.execute(select(c.id, c.state, c.frozen)):
        state, signed = last.get(one.id, ("open", ""))
        if (one.state, one.frozen) != (state, signed):
            found.append(f"Trạng thái của lần đối chiếu {one.id} không phải là kết quả của các sự kiện của nó.")
    return found


def _changes(connection: Connection) -> list[str]:
    found = []
    for unit in connection.execute(select(tables.units.c.id, tables.units.c.name, tables.units.c.changes)).all():
        c = tables.changes.c
        expected = 0
        for row in connection.execute(select(c.seq).where(c.unit == unit.id).order_by(c.seq)):
            expected += 1
            if row.seq != expected:
                found.append(f"Dòng thay đổi số {expected} của đơn vị {unit.name} bị thiếu.")
                expected = row.seq
        if expected != unit.changes:
            found.append(f"Đơn vị {unit.name} có {expected} dòng thay đổi, lẽ ra có {unit.changes}.")
    return found


def _files(connection: Connection, folder: Folder) -> list[str]:
    found = []
    e, d = tables.events.c, tables.documents.c
    for row in connection.execute(select(e.comparison, e.value).where(e.kind == "approve").order_by(e.seq)):
        sha256 = (loaded(row.value) or {}).get("opinion_sha256", "")
        if _hash(folder.opinion(sha256)) != sha256:
            found.append(f"Bản đã duyệt của lần đối chiếu {row.comparison} bị mất hoặc đã bị sửa.")
    for sha256 in connection.execute(select(d.sha256).distinct().order_by(d.sha256)).scalars():
        if _hash(folder.original(sha256)) != sha256:
            found.append(f"Tệp gốc {sha256[:12]}… bị mất hoặc đã bị sửa.")
    return found


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""
