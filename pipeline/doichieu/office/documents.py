"""The documents of an office: taken in, read in a worker, kept with every version, searched.

A document is named as in the tables, by its file's name; a second file of that name in the unit gets ``name~2``.
Whether it is a new version of the first is told by what it says: the same kind, and no other number or issuer.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path, PurePosixPath
from typing import Any, get_args

from sqlalchemy import Connection, and_, delete, func, or_, select, update

from doichieu.model import Nature
from doichieu.office import jobs, tables, wordindex
from doichieu.office.accounts import Principal
from doichieu.office.database import Database
from doichieu.office.faults import Unprocessable
from doichieu.office.folder import Folder, Upload
from doichieu.office.holdings import Holdings
from doichieu.office.ledger import Ledger, NewEvent, loaded, now, packed
from doichieu.office.work import HEAD_FIELDS, folded, unpack_document
from doichieu.reading import document_id as id_of
from doichieu.reading import sniff
from doichieu.running.parts import version

_MAX_ID = 200


def tidy_file_name(name: str) -> str:
    """The last part of a name as it came in, without what no file name may have.

    >>> tidy_file_name("../../etc/Kế hoạch.docx"), tidy_file_name("C:\\\\tmp\\\\a.txt"), tidy_file_name("\\x00")
    ('Kế hoạch.docx', 'a.txt', 'van-ban')
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    clean = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, ending = clean.rpartition(".")
    if not dot:
        return clean[:_MAX_ID] or "van-ban"
    return f"{stem[:_MAX_ID]}.{ending[:20]}" if stem else "van-ban"


def unreadable(upload: Upload) -> str:
    """Why a file cannot be any that is read, by its first bytes; empty where it may be."""
    name = upload.file_name
    if not upload.size:
        return f"Không đọc được tệp {name}: tệp rỗng"
    ending = Path(name).suffix
    if sniff(upload.opening, ending) == "unknown":
        return f"Không đọc được tệp {name}: định dạng “{ending or 'không rõ'}” chưa được hỗ trợ"
    return ""


class Documents(Holdings):
    """The documents of a store."""

    def __init__(self, database: Database, folder: Folder, ledger: Ledger) -> None:
        super().__init__(database)
        self.folder = folder
        self.ledger = ledger

    # -- taking in

    def receive(self, principal: Principal, uploads: list[Upload]) -> list[dict[str, Any]]:
        """Keep the files and queue their reading; bytes that are there already are the document that is there, which
        is read anew where its rules are no longer those of today.

        Raises :class:`doichieu.office.faults.Unprocessable` where no file can be any that is read.
        """
        if not uploads:
            raise Unprocessable("Không có tệp nào trong yêu cầu (trường “file”).")
        refused = [unreadable(upload) for upload in uploads]
        if all(refused):
            raise Unprocessable("; ".join(refused))
        for upload, reason in zip(uploads, refused, strict=True):
            if not reason:
                self.folder.keep_upload(upload)
        with self.database.write() as connection:
            self.database.lock(connection)
            return [
                self._receive(connection, principal, upload, reason)
                for upload, reason in zip(uploads, refused, strict=True)
            ]

    def _receive(self, connection: Connection, principal: Principal, upload: Upload, reason: str) -> dict[str, Any]:
        d = tables.documents
        there = connection.execute(
            select(d.c.id, d.c.document_id, d.c.status, d.c.rules)
            .where(d.c.unit == principal.unit, d.c.sha256 == upload.sha256, d.c.part == 0)
            .order_by(d.c.id)
        ).first()
        if reason:
            job = jobs.put(connection, principal.unit, "read", {"file_name": upload.file_name}, principal.name)
            jobs.finish(connection, job, error=reason)
            return {"id": job, "document_id": None, "status": "failed", "error": reason}
        again = there is not None and there.status == "ready" and there.rules != version()
        if there is not None and there.status != "failed" and not again:
            job, status = self._job_of(connection, principal, there)
            return {"id": job, "document_id": there.document_id, "status": status}
        if there is not None:
            number, name = int(there.id), there.document_id
            connection.execute(update(d).where(d.c.id == number).values(status="reading", error=""))
        else:
            name = self._free_name(connection, principal.unit, upload.file_name)
            values = {
                "unit": principal.unit,
                "document_id": name,
                "sha256": upload.sha256,
                "file_name": upload.file_name,
                "status": "reading",
                "created_at": now(),
                "created_by": principal.name,
            }
            key = connection.execute(d.insert().values(**values)).inserted_primary_key
            assert key is not None
            number = int(key[0])
        payload = {"document": number, "document_id": name, "file_name": upload.file_name, "again": again}
        job = jobs.put(connection, principal.unit, "read", payload, principal.name)
        return {"id": job, "document_id": name, "status": "queued"}

    def _job_of(self, connection: Connection, principal: Principal, there: Any) -> tuple[str, str]:
        """The job that reads a document; of one that is read already, a new one that is done."""
        j = tables.jobs.c
        if there.status == "reading":
            for row in connection.execute(
                select(j.id, j.payload, j.status).where(
                    j.unit == principal.unit, j.kind == "read", j.status.in_(("queued", "running"))
                )
            ):
                if loaded(row.payload).get("document") == there.id:
                    return row.id, row.status
        result = {"document_id": there.document_id}
        return jobs.done(connection, principal.unit, "read", result, principal.name), "done"

    def _free_name(self, connection: Connection, unit: int, file_name: str) -> str:
        stem = id_of(Path(file_name))[:_MAX_ID] or "van-ban"
        d = tables.documents.c
        name, number = stem, 1
        while connection.execute(select(d.id).where(d.unit == unit, d.document_id == name)).first() is not None:
            number += 1
            name = f"{stem}~{number}"
        return name

    # -- what a worker read

    def store_read(self, connection: Connection, job: dict[str, Any], answer: dict[str, Any], rules: str) -> list[int]:
        """Keep what a worker made of a file; returns the documents that are now read."""
        number = job["payload"]["document"]
        d = tables.documents
        own = connection.execute(select(d).where(d.c.id == number)).one()
        kept = []
        for part, found in enumerate(answer["documents"]):
            target = number
            if part:
                base = {
                    "unit": own.unit,
                    "document_id": found["document_id"],
                    "sha256": own.sha256,
                    "file_name": own.file_name,
                    "part": part,
                    "status": "reading",
                    "created_at": now(),
                    "created_by": own.created_by,
                }
                there = connection.execute(
                    select(d.c.id).where(d.c.unit == own.unit, d.c.document_id == found["document_id"])
                ).scalar()
                if there is None:
                    key = connection.execute(d.insert().values(**base)).inserted_primary_key
                    assert key is not None
                    there = key[0]
                target = int(there)
            self._store(connection, own.unit, target, found, rules)
            kept.append(target)
        for one in kept:
            self._link_version(connection, one)
            row = connection.execute(select(d).where(d.c.id == one)).one()
            op = "change" if job["payload"].get("again") else "add"
            self.ledger.change(connection, own.unit, "documents", row.document_id, op, new=loaded(row.record))
        return kept

    def _store(self, connection: Connection, unit: int, number: int, found: dict[str, Any], rules: str) -> None:
        d = tables.documents
        row = connection.execute(select(d.c.corrections, d.c.newer).where(d.c.id == number)).one()
        head = {**found["head"], **(loaded(row.corrections) or {})}
        connection.execute(
            update(d)
            .where(d.c.id == number)
            .values(
                status="ready",
                error="",
                rules=rules,
                **_head_columns(head),
                record=found["record"],
                counts=packed(found["counts"]),
                doubts=found["doubts"],
            )
        )
        connection.execute(delete(tables.contents).where(tables.contents.c.document == number))
        connection.execute(tables.contents.insert().values(document=number, packed=found["packed"]))
        self._store_parents(connection, number, head)
        s = tables.stock
        old = [row.id for row in connection.execute(select(s.c.id).where(s.c.document == number))]
        if old:
            wordindex.drop(connection, old)
            connection.execute(delete(s).where(s.c.document == number))
        lines = found["lines"]
        first = connection.execute(select(func.coalesce(func.max(s.c.id), 0))).scalar_one() + 1
        connection.execute(
            s.insert(),
            [
                {
                    "id": first + i,
                    "unit": unit,
                    "document": number,
                    "kind": line["kind"],
                    "record_id": line["record_id"],
                    "document_kind": head["kind"],
                    "agency": line["agency"],
                    "due": line["due"],
                    "record": line["record"],
                    "current": int(row.newer is None and _searched(head, line["kind"])),
                }
                for i, line in enumerate(lines)
            ],
        )
        wordindex.add(connection, ((first + i, line["folded"]) for i, line in enumerate(lines)))

    def _store_parents(self, connection: Connection, number: int, head: dict[str, Any]) -> None:
        p = tables.parents
        connection.execute(delete(p).where(p.c.document == number))
        rows = [{"document": number, "number": n[:200]} for n in dict.fromkeys(head["implements"]) if n]
        if rows:
            connection.execute(p.insert(), rows)

    def _link_version(self, connection: Connection, number: int) -> None:
        """Find the document of which this is a new version, by the file's name and by what both say of themselves."""
        d = tables.documents
        row = connection.execute(select(d).where(d.c.id == number)).one()
        if row.series is not None or row.part:
            return
        stem = id_of(Path(row.file_name))
        others = connection.execute(
            select(d)
            .where(
                d.c.unit == row.unit,
                d.c.id < number,
                d.c.status == "ready",
                d.c.newer.is_(None),
                or_(d.c.file_name == row.file_name, and_(d.c.number != "", d.c.number == row.number)),
            )
            .order_by(d.c.id.desc())
        ).all()
        for other in others:
            same_name = id_of(Path(other.file_name)) == stem
            if _one_document(other, row, same_name=same_name):
                series = other.series or other.id
                connection.execute(update(d).where(d.c.id == number).values(series=series, version=other.version + 1))
                connection.execute(update(d).where(d.c.id == other.id).values(newer=number, series=series))
                connection.execute(update(tables.stock).where(tables.stock.c.document == other.id).values(current=0))
                return

    def fail(self, connection: Connection, payload: dict[str, Any], reason: str) -> None:
        """Say of a document that it could not be read; one that was read before stays as it was."""
        values = {"status": "ready"} if payload.get("again") else {"status": "failed", "error": reason}
        d = tables.documents
        connection.execute(update(d).where(d.c.id == payload["document"]).values(**values))

    # -- correcting what a document is taken for

    def correct(self, principal: Principal, document_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Say what the head of a document really is; kept as an event.  Returns the document."""
        values = _checked_head(changes)
        d = tables.documents
        with self.database.write() as connection:
            row = self.ready(connection, principal, document_id)
            before = loaded(row.corrections) or {}
            after = {**before, **values}
            head = dict.fromkeys(HEAD_FIELDS, "") | (loaded(row.record) or {}) | after
            if "implements" not in after:
                wanted = tables.parents.c
                head["implements"] = [
                    one.number for one in connection.execute(select(wanted.number).where(wanted.document == row.id))
                ]
            connection.execute(
                update(d).where(d.c.id == row.id).values(corrections=packed(after), **_head_columns(head))
            )
            self._store_parents(connection, row.id, head)
            self._found_by(connection, row, head)
            if "nature" in values and row.newer is None:
                s = tables.stock
                others = update(s).where(s.c.document == row.id, s.c.kind != "documents")
                connection.execute(others.values(current=int(_searched(head, "targets"))))
            self.ledger.append(
                connection,
                NewEvent(
                    unit=principal.unit,
                    kind="correct",
                    author=principal.name,
                    role=principal.role,
                    document=document_id,
                    value=values,
                    wording={name: (loaded(row.record) or {}).get(name) for name in values},
                ),
            )
            fresh = connection.execute(select(d).where(d.c.id == row.id)).one()
            shown = self.shown(connection, fresh, links=True)
            self.ledger.change(connection, principal.unit, "documents", document_id, "change", new=shown)
            return shown

    def _found_by(self, connection: Connection, row: Any, head: dict[str, Any]) -> None:
        """Let a document be found by what its head is now said to be."""
        s = tables.stock.c
        line = connection.execute(select(s.id).where(s.document == row.id, s.kind == "documents")).scalar_one()
        text = unpack_document(self.packed(connection, row.id)).source.text
        wordindex.drop(connection, [line])
        said = folded(row.document_id, head["number"], head["title"], head["issuer"], text)
        wordindex.add(connection, [(line, said)])


def _head_columns(head: dict[str, Any]) -> dict[str, str]:
    day = head.get("issued_on") or ""
    return {
        "kind": head.get("kind") or "",
        "number": (head.get("number") or "")[:200],
        "issuer": head.get("issuer") or "",
        "issued_on": day,
        "year": day[:4],
        "title": head.get("title") or "",
    }


def _searched(head: dict[str, Any], kind: str) -> bool:
    """Whether lines of a document are found by a search over the whole stock: not those of an article or a book."""
    return kind == "documents" or head.get("nature") != "other"


def _checked_head(changes: dict[str, Any]) -> dict[str, Any]:
    import datetime

    from doichieu.naming import kind_names

    unknown = set(changes) - set(HEAD_FIELDS)
    if unknown or not changes:
        raise Unprocessable(f"Chỉ sửa được các trường: {', '.join(HEAD_FIELDS)}.")
    values: dict[str, Any] = {}
    for name, value in changes.items():
        if name == "implements":
            parts = value if isinstance(value, list) else str(value or "").replace("\n", ";").split(";")
            values[name] = [part for part in ("".join(str(p).split()) for p in parts) if part][:50]
            continue
        said = " ".join(str(value or "").split())[:2000]
        if name == "number":
            said = said.replace(" ", "")
        if name == "issued_on" and said:
            try:
                datetime.date.fromisoformat(said)
            except ValueError:
                raise Unprocessable(f"“{said}” không phải là ngày (năm-tháng-ngày).") from None
        if name == "nature" and said not in get_args(Nature):
            raise Unprocessable(f"Không có tính chất “{said}”; chọn một trong: {', '.join(get_args(Nature))}.")
        if name == "kind" and said and said not in kind_names():
            raise Unprocessable(f"Không có loại văn bản “{said}”; các loại: {', '.join(kind_names())}.")
        values[name] = said
    return values


def _one_document(old: Any, new: Any, *, same_name: bool) -> bool:
    """Whether two files are versions of one document: nothing that both say of themselves may differ."""
    if old.sha256 == new.sha256:
        return False
    for name in ("kind", "number", "issuer"):
        one, other = folded(getattr(old, name)), folded(getattr(new, name))
        if one and other and one != other:
            return False
    same_number = bool(old.number) and old.number == new.number and folded(old.issuer) == folded(new.issuer)
    return same_name or same_number
