"""Work that is asked for and done later: each job is a row before the answer that promises it."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Connection, func, select, update

from doichieu.office import tables
from doichieu.office.accounts import Principal
from doichieu.office.database import Database
from doichieu.office.faults import Missing
from doichieu.office.ledger import loaded, now, packed

#: How often a job may cost its worker's life.  That the server ended in the middle of it is not the job's doing.
MAX_DEATHS = 2


def put(connection: Connection, unit: int, kind: str, payload: dict[str, Any], by: str) -> str:
    """Queue a job; returns its id."""
    j = tables.jobs
    number = connection.execute(select(func.coalesce(func.max(j.c.number), 0))).scalar_one() + 1
    identity = f"j{secrets.token_hex(8)}"
    connection.execute(
        j.insert().values(
            id=identity,
            number=number,
            unit=unit,
            kind=kind,
            status="queued",
            payload=packed(payload),
            created_at=now(),
            created_by=by,
        )
    )
    return identity


def done(connection: Connection, unit: int, kind: str, result: dict[str, Any], by: str) -> str:
    """A job that had nothing left to do."""
    identity = put(connection, unit, kind, {}, by)
    finish(connection, identity, result=result)
    return identity


def finish(connection: Connection, identity: str, *, result: dict[str, Any] | None = None, error: str = "") -> None:
    """The end of a job."""
    connection.execute(
        update(tables.jobs)
        .where(tables.jobs.c.id == identity)
        .values(
            status="failed" if error else "done",
            error=error,
            result=packed(result) if result is not None else "",
            ended_at=now(),
        )
    )


def take(database: Database) -> dict[str, Any] | None:
    """The next job that waits, now running; None where none does."""
    j = tables.jobs
    with database.read() as connection:
        if connection.execute(select(j.c.id).where(j.c.status == "queued").limit(1)).first() is None:
            return None
    with database.write() as connection:
        database.lock(connection)
        row = connection.execute(select(j).where(j.c.status == "queued").order_by(j.c.number).limit(1)).first()
        if row is None:
            return None
        connection.execute(update(j).where(j.c.id == row.id).values(status="running", progress="{}"))
        return {**row._mapping, "payload": loaded(row.payload)}


def requeue(connection: Connection, identity: str, *, died: bool = False) -> None:
    """Let a job be tried again; ``died``: it cost its worker's life, which is counted."""
    j = tables.jobs.c
    values: dict[str, Any] = {"status": "queued"} | ({"attempts": j.attempts + 1} if died else {})
    connection.execute(update(tables.jobs).where(j.id == identity).values(**values))


def recover(database: Database) -> int:
    """After a start: jobs that ran when the server ended wait again; returns how many did."""
    j = tables.jobs
    with database.write() as connection:
        return connection.execute(update(j).where(j.c.status == "running").values(status="queued")).rowcount


def shown(row: Any, progress: dict[str, Any] | None = None) -> dict[str, Any]:
    """A job as the interface gives it out."""
    fields = dict(row)
    payload = loaded(fields["payload"]) or {}
    result = loaded(fields["result"])
    return {
        "id": fields["id"],
        "kind": fields["kind"],
        "status": fields["status"],
        "error": fields["error"] or None,
        "result": result,
        "document_id": payload.get("document_id") or (result or {}).get("document_id"),
        "progress": progress or {},
        "created_at": fields["created_at"],
        "created_by": fields["created_by"],
        "ended_at": fields["ended_at"] or None,
    }


def get(database: Database, principal: Principal, identity: str) -> dict[str, Any]:
    """The row of a job of the caller's unit; raises :class:`doichieu.office.faults.Missing`."""
    j = tables.jobs
    with database.read() as connection:
        row = connection.execute(select(j).where(j.c.id == identity, j.c.unit == principal.unit)).first()
    if row is None:
        raise Missing("Không có việc này.")
    return dict(row._mapping)


def recent(database: Database, principal: Principal, limit: int = 30) -> list[dict[str, Any]]:
    """The latest jobs of the caller's unit, newest first."""
    j = tables.jobs
    with database.read() as connection:
        rows = connection.execute(
            select(j).where(j.c.unit == principal.unit).order_by(j.c.number.desc()).limit(limit)
        ).all()
    return [dict(row._mapping) for row in rows]


def counts(database: Database) -> dict[str, int]:
    """How many jobs are in each state."""
    j = tables.jobs.c
    with database.read() as connection:
        return {row[0]: row[1] for row in connection.execute(select(j.status, func.count()).group_by(j.status))}
