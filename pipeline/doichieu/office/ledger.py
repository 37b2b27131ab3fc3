"""Events chained by hashes, and the numbered feed of changes: both only ever grow, both without gaps.

An event's hash covers all its fields and the hash of the event before; the head of the chain (how many, and the last
hash) is kept apart and signed with the secret of the folder, so that events taken off the end, or a chain written
anew from the database alone, are found too.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import secrets
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select, update

from doichieu.office import tables
from doichieu.office.database import Database

FIRST = "0" * 64
_FIELDS = (
    "seq",
    "id",
    "unit",
    "comparison",
    "finding",
    "document",
    "kind",
    "value",
    "note",
    "author",
    "role",
    "at",
    "wording",
    "prev",
)


def now() -> str:
    """This moment in UTC, to the millisecond."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def packed(value: Any) -> str:
    """A value as JSON, keys sorted: the same value always gives the same text."""
    return msgspec.json.encode(value, order="sorted").decode()


def loaded(text: str) -> Any:
    """The value of a JSON text; None for an empty one."""
    return msgspec.json.decode(text) if text else None


class NewEvent(Struct, frozen=True, kw_only=True):
    """What somebody did, before it has its place in the chain."""

    unit: int
    kind: str
    author: str
    role: str
    comparison: str = ""
    finding: str = ""
    document: str = ""
    value: Any = None
    note: str = ""
    wording: Any = None


def hash_of(row: dict[str, Any]) -> str:
    """The hash of an event from its fields and the hash before it."""
    return hashlib.sha256(packed([row[name] for name in _FIELDS]).encode()).hexdigest()


def head_of(seq: int, last: str, secret: bytes) -> str:
    """The head of the chain as it is kept: number, hash, signature."""
    signed = hmac.new(secret, f"{seq}|{last}".encode(), hashlib.sha256).hexdigest()
    return f"{seq}|{last}|{signed}"


class Ledger:
    """Writes events and changes inside a transaction of the caller's."""

    def __init__(self, database: Database, secret: bytes) -> None:
        self.database = database
        self.secret = secret

    def append(self, connection: Connection, event: NewEvent) -> dict[str, Any]:
        """Put an event at the end of the chain and into the feed; returns its row."""
        self.database.lock(connection)
        head = connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == "head")).scalar()
        seq, prev = (int(head.split("|")[0]), head.split("|")[1]) if head else (0, FIRST)
        row: dict[str, Any] = {
            "seq": seq + 1,
            "id": f"e{secrets.token_hex(8)}",
            "unit": event.unit,
            "comparison": event.comparison,
            "finding": event.finding,
            "document": event.document,
            "kind": event.kind,
            "value": packed(event.value) if event.value is not None else "",
            "note": event.note,
            "author": event.author,
            "role": event.role,
            "at": now(),
            "wording": packed(event.wording) if event.wording is not None else "",
            "prev": prev,
        }
        row["hash"] = hash_of(row)
        connection.execute(tables.events.insert().values(**row))
        value = head_of(row["seq"], row["hash"], self.secret)
        if head:
            connection.execute(update(tables.meta).where(tables.meta.c.key == "head").values(value=value))
        else:
            connection.execute(tables.meta.insert().values(key="head", value=value))
        self.change(connection, event.unit, "events", row["id"], "add", new=shown(row))
        return row

    def change(
        self, connection: Connection, unit: int, table: str, key: str, op: str, *, old: Any = None, new: Any = None
    ) -> int:
        """Number a change of the unit's records; returns its number."""
        self.database.lock(connection)
        connection.execute(
            update(tables.units).where(tables.units.c.id == unit).values(changes=tables.units.c.changes + 1)
        )
        seq = connection.execute(select(tables.units.c.changes).where(tables.units.c.id == unit)).scalar_one()
        connection.execute(
            tables.changes.insert().values(
                unit=unit,
                seq=seq,
                at=now(),
                table=table,
                key=key,
                op=op,
                old=packed(old) if old is not None else "",
                new=packed(new) if new is not None else "",
            )
        )
        return int(seq)


def shown(row: Any) -> dict[str, Any]:
    """An event as the interface gives it out."""
    fields = dict(row)
    return {
        "id": fields["id"],
        "seq": fields["seq"],
        "comparison_id": fields["comparison"],
        "finding_id": fields["finding"],
        "document_id": fields["document"],
        "kind": fields["kind"],
        "value": loaded(fields["value"]),
        "note": fields["note"],
        "author": fields["author"],
        "role": fields["role"],
        "at": fields["at"],
        "wording": loaded(fields["wording"]),
        "prev": fields["prev"],
        "hash": fields["hash"],
    }
