"""Everything of a unit as one zip: the tables of the contract, the findings with what people said, the events."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from doichieu.analyse import withheld
from doichieu.errors import system_reason
from doichieu.office import tables
from doichieu.office.accounts import Principal
from doichieu.office.compared import finding_shown
from doichieu.office.faults import Away
from doichieu.office.kinds import DOCUMENT_TABLES
from doichieu.office.ledger import loaded, shown
from doichieu.office.store import Office
from doichieu.office.work import corrected_head, unpack_comparison, unpack_document
from doichieu.running import findings
from doichieu.schema import DIFF_TABLES, SIDES, TABLES, table
from doichieu.tables import merged_agencies
from doichieu.tables.files import csv_head, csv_rows, package


def export(office: Office, principal: Principal) -> Path:
    """Write the zip into the folder of passing files; returns its place."""
    try:
        handle, name = tempfile.mkstemp(dir=office.folder.work, suffix=".zip")
        with (
            os.fdopen(handle, "wb") as out,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
            office.database.snapshot() as connection,
        ):
            _documents(office, connection, principal, archive)
            _comparisons(office, connection, principal, archive)
            _events(connection, principal, archive)
    except OSError as error:
        raise Away(f"Không ghi được tệp xuất: {system_reason(error)}") from error
    return Path(name)


def _documents(office: Office, connection: Connection, principal: Principal, archive: zipfile.ZipFile) -> None:
    d = tables.documents.c
    rows = connection.execute(
        select(d.id, d.document_id, d.corrections)
        .where(d.unit == principal.unit, d.status == "ready", d.newer.is_(None))
        .order_by(d.document_id)
    ).all()
    agencies: list[Any] = []
    parts: dict[str, list[bytes]] = {name: [csv_head(table(name))] for name in ("documents", *DOCUMENT_TABLES)}
    for row in rows:
        whole = unpack_document(office.documents.packed(connection, row.id))
        document = withheld(corrected_head(whole, loaded(row.corrections) or {}))
        parts["documents"].append(csv_rows(table("documents"), [(row.document_id, document.info)]))
        for name in DOCUMENT_TABLES:
            if name == "agencies":
                continue
            records = getattr(document, {"agency_mentions": "mentions"}.get(name, name))
            parts[name].append(csv_rows(table(name), ((row.document_id, record) for record in records)))
        if not document.source.verbatim:
            archive.writestr(f"text/{row.document_id}.txt", document.source.text.encode("utf-8", "surrogatepass"))
        agencies.append(_Bodies(document.agencies, document.mentions))
    parts["agencies"].append(csv_rows(table("agencies"), (("", a) for a in merged_agencies(agencies))))
    for name, pieces in parts.items():
        archive.writestr(f"{name}.csv", b"".join(pieces))
    archive.writestr("datapackage.json", package(TABLES, "doichieu"))


class _Bodies(msgspec.Struct, frozen=True):
    """What the table of agencies needs of a document."""

    agencies: Any
    mentions: Any


def _comparisons(office: Office, connection: Connection, principal: Principal, archive: zipfile.ZipFile) -> None:
    c, d, f = tables.comparisons, tables.documents.c, tables.findings
    names = {row.id: row.document_id for row in connection.execute(select(d.id, d.document_id))}
    found = connection.execute(select(c).where(c.c.unit == principal.unit, c.c.newer == "").order_by(c.c.number)).all()
    for row in found:
        comparison = unpack_comparison(office.comparisons.packed(connection, row.id))
        folder = f"diffs/{names[row.child]}__{names.get(row.parent, 'van-ban-duoc-dan')}~{row.id}"
        records = findings.tables(comparison)
        written = [one for one in (*SIDES, *DIFF_TABLES) if one.name in records]
        for one in written:
            archive.writestr(f"{folder}/{one.name}.csv", csv_head(one) + csv_rows(one, records[one.name]))
        archive.writestr(f"{folder}/datapackage.json", package(map(findings.alone, written), "doichieu-diff"))
        decisions = office.comparisons.decisions(connection, row.id)
        archive.writestr(f"{folder}/decisions.json", _json({"decisions": decisions}))
        states = connection.execute(select(f).where(f.c.comparison == row.id).order_by(f.c.number))
        archive.writestr(f"{folder}/findings.jsonl", _lines(finding_shown(one) for one in states))
        archive.writestr(f"{folder}/cases.json", _json(office.actions.cases(principal, row.id)))
        if row.frozen:
            archive.writestr(f"{folder}/opinion.docx", office.reports.opinion(row))


def _events(connection: Connection, principal: Principal, archive: zipfile.ZipFile) -> None:
    e = tables.events
    rows = connection.execute(select(e).where(e.c.unit == principal.unit).order_by(e.c.seq))
    archive.writestr("events.jsonl", _lines(shown(row._mapping) for row in rows))


def _json(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def _lines(items: Iterable[Any]) -> bytes:
    return b"".join(msgspec.json.encode(item) + b"\n" for item in items)
