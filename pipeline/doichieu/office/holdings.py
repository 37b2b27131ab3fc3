"""Documents as they are looked at: one with its versions, parents and children, its records, what the store keeps."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from doichieu.office import tables
from doichieu.office.accounts import Principal
from doichieu.office.database import Database
from doichieu.office.faults import Missing, Unprocessable
from doichieu.office.kinds import DOCUMENT_TABLES
from doichieu.office.ledger import loaded
from doichieu.office.work import rows_of, unpack_document
from doichieu.schema import table


class Holdings:
    """Looking at the documents of a store."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def row(self, connection: Connection, principal: Principal, document_id: str) -> Any:
        """The row of a document of the caller's unit; raises :class:`doichieu.office.faults.Missing`."""
        d = tables.documents
        row = connection.execute(select(d).where(d.c.unit == principal.unit, d.c.document_id == document_id)).first()
        if row is None:
            raise Missing("Không có văn bản này.")
        return row

    def ready(self, connection: Connection, principal: Principal, document_id: str) -> Any:
        """The row of a document that was read; raises :class:`Unprocessable` with the reader's sentence otherwise."""
        row = self.row(connection, principal, document_id)
        if row.status == "failed":
            raise Unprocessable(row.error)
        if row.status != "ready":
            raise Unprocessable(f"Văn bản {document_id} đang được đọc.")
        return row

    def get(self, principal: Principal, document_id: str) -> dict[str, Any]:
        """One document as the interface gives it out."""
        with self.database.read() as connection:
            return self.shown(connection, self.row(connection, principal, document_id), links=True)

    def shown(self, connection: Connection, row: Any, *, links: bool = False) -> dict[str, Any]:
        """A row as the interface gives it out: the fields of documents.csv, then what the office knows."""
        record = {column.name: None for column in table("documents").columns} | (loaded(row.record) or {})
        corrections = loaded(row.corrections) or {}
        for name, value in corrections.items():
            record[name] = "; ".join(value) if isinstance(value, list) else value or None
        out = {
            "id": row.document_id,
            **record,
            "document_id": row.document_id,
            "sha256": row.sha256,
            "path": row.file_name,
            "status": row.status,
            "error": row.error or None,
            "version": row.version,
            "rules_version": row.rules,
            "corrected": sorted(corrections),
            "counts": loaded(row.counts) or {},
            "doubts": row.doubts,
            "created_at": row.created_at,
            "created_by": row.created_by,
        }
        if links:
            out |= self._links(connection, row)
        return out

    def _links(self, connection: Connection, row: Any) -> dict[str, Any]:
        d, p = tables.documents, tables.parents
        versions = []
        if row.series is not None:
            found = connection.execute(
                select(d.c.document_id).where(d.c.unit == row.unit, d.c.series == row.series).order_by(d.c.version)
            )
            versions = [one.document_id for one in found]
        wanted = [one.number for one in connection.execute(select(p.c.number).where(p.c.document == row.id))]
        parents = connection.execute(
            select(d.c.document_id, d.c.number)
            .where(d.c.unit == row.unit, d.c.number.in_(wanted or [""]), d.c.number != "", d.c.newer.is_(None))
            .where(d.c.id != row.id)
            .order_by(d.c.id)
        ).all()
        children = (
            connection.execute(
                select(d.c.document_id)
                .join(p, p.c.document == d.c.id)
                .where(d.c.unit == row.unit, p.c.number == row.number, d.c.newer.is_(None), d.c.id != row.id)
                .order_by(d.c.id)
                .limit(1000)
            ).all()
            if row.number
            else []
        )
        return {
            "versions": versions,
            "newer": connection.execute(select(d.c.document_id).where(d.c.id == row.newer)).scalar(),
            "implements_numbers": wanted,
            "parents": [one.document_id for one in parents],
            "parents_missing": [n for n in wanted if n not in {one.number for one in parents}],
            "children": [one.document_id for one in children],
        }

    def records(self, principal: Principal, document_id: str, name: str) -> list[dict[str, Any]]:
        """The rows of one table of a document; raises :class:`Missing` for a table that is none."""
        if name not in DOCUMENT_TABLES:
            raise Missing(f"Không có bảng “{name}”; các bảng: {', '.join(DOCUMENT_TABLES)}.")
        with self.database.read() as connection:
            row = self.ready(connection, principal, document_id)
            if name in ("targets", "assignments", "deadlines"):
                s = tables.stock.c
                found = connection.execute(select(s.record).where(s.document == row.id, s.kind == name).order_by(s.id))
                return [loaded(one.record) for one in found]
            packed_document = self.packed(connection, row.id)
        document = unpack_document(packed_document)
        records = {"agency_mentions": "mentions"}.get(name, name)
        return rows_of(name, ((document_id, record) for record in getattr(document, records)))

    def packed(self, connection: Connection, number: int) -> bytes:
        """The whole document as the store keeps it."""
        c = tables.contents.c
        return bytes(connection.execute(select(c.packed).where(c.document == number)).scalar_one())

    def bytes_of(self, connection: Connection, number: int) -> str:
        """The hash of the file of a document."""
        d = tables.documents.c
        return str(connection.execute(select(d.sha256).where(d.id == number)).scalar_one())

    def names(self, connection: Connection, numbers: list[int]) -> list[str]:
        """The ids of documents, in order."""
        d = tables.documents.c
        return [
            row.document_id for row in connection.execute(select(d.document_id).where(d.id.in_(numbers)).order_by(d.id))
        ]
