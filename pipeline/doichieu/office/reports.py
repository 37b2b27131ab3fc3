"""Reports of comparisons and documents, made by a worker when somebody asks, kept until something changes; the signing
of an opinion."""

from __future__ import annotations

import hashlib
import secrets
import shutil
import threading
from pathlib import Path
from typing import Any

from sqlalchemy import select

from doichieu.office import tables
from doichieu.office.accounts import Principal
from doichieu.office.actions import Actions, last_event
from doichieu.office.comparisons import Comparisons
from doichieu.office.database import Database
from doichieu.office.dispatch import Dispatcher
from doichieu.office.documents import Documents
from doichieu.office.faults import Away, Missing
from doichieu.office.folder import Folder
from doichieu.office.ledger import loaded

FORMATS = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
}
_KEPT = 40  # folders of reports that are kept at a time


class Reports:
    """The reports of a store."""

    def __init__(
        self,
        database: Database,
        folder: Folder,
        comparisons: Comparisons,
        documents: Documents,
        dispatcher: Dispatcher,
    ) -> None:
        self.database = database
        self.folder = folder
        self.comparisons = comparisons
        self.documents = documents
        self.dispatcher = dispatcher
        self._lock = threading.Lock()

    def comparison(self, principal: Principal, identity: str, ending: str, lang: str = "vi") -> bytes:
        """A report of a comparison; the Word opinion of a signed one is the one that was signed."""
        if ending not in ("html", "docx", "xlsx"):
            raise Missing("Các dạng báo cáo: html, docx, xlsx.")
        with self.database.read() as connection:
            row = self.comparisons.row(connection, principal, identity)
        if ending == "docx" and row.state == "approved" and lang == "vi":
            return self.opinion(row)
        data, _ = self._made(identity, ending, lang)
        return data

    def opinion(self, row: Any) -> bytes:
        """The signed opinion; raises where its file is gone or no longer what was signed."""
        try:
            data = self.folder.opinion(row.frozen).read_bytes()
        except OSError as error:
            raise Away("Không đọc được bản đã duyệt trên đĩa.") from error
        if hashlib.sha256(data).hexdigest() != row.frozen:
            raise Away("Bản đã duyệt trên đĩa không còn đúng mã băm; chạy “doichieu verify”.")
        return data

    def approve(self, actions: Actions, principal: Principal, identity: str, note: str = "") -> dict[str, Any]:
        """Sign off: the opinion as it reads now is made, kept with its hash, and named by the event."""
        actions.may_approve(principal, identity)
        data, touched = self._made(identity, "docx", "vi")
        sha256 = self.folder.keep_opinion(data)
        return actions.approve(principal, identity, sha256, touched, note)

    def _made(self, identity: str, ending: str, lang: str) -> tuple[bytes, int]:
        """A report as of now, and the last event that it knows."""
        with self.database.read() as connection:
            packed = self.comparisons.packed(connection, identity)
            decisions = self.comparisons.decisions(connection, identity)
            touched = last_event(connection, identity)
        state = hashlib.sha256(repr((hashlib.sha256(packed).hexdigest(), sorted(decisions.items()), lang)).encode())
        place = self.folder.work / f"report-{identity}-{state.hexdigest()[:24]}"
        with self._lock:
            if not (place / f"report.{ending}").is_file():
                making = self.folder.work / f"making-{secrets.token_hex(8)}"
                making.mkdir(parents=True)
                item = {"comparison": packed, "decisions": decisions, "folder": str(making), "lang": lang}
                try:
                    self.dispatcher.report("report", item, identity)
                    shutil.rmtree(place, ignore_errors=True)
                    making.rename(place)
                finally:
                    shutil.rmtree(making, ignore_errors=True)
                self._tidy()
            return (place / f"report.{ending}").read_bytes(), touched

    def document(self, principal: Principal, document_id: str, ending: str, lang: str = "vi") -> bytes:
        """A report of a single document."""
        if ending not in FORMATS:
            raise Missing(f"Các dạng: {', '.join(FORMATS)}.")
        with self.database.read() as connection:
            row = self.documents.ready(connection, principal, document_id)
            packed = self.documents.packed(connection, row.id)
        making = self.folder.work / f"making-{secrets.token_hex(8)}"
        making.mkdir(parents=True)
        item = {
            "document": packed,
            "corrections": loaded(row.corrections) or {},
            "folder": str(making),
            "lang": lang,
        }
        try:
            self.dispatcher.report("document_report", item, document_id)
            found = next(path for path in making.iterdir() if path.suffix == f".{ending}")
            return found.read_bytes()
        finally:
            shutil.rmtree(making, ignore_errors=True)

    def picture(self, principal: Principal, document_id: str, number: int) -> bytes:
        """The picture of a page of a PDF or a scan; empty where the document has none."""
        with self.database.read() as connection:
            row = self.documents.ready(connection, principal, document_id)
        place = self.folder.work / f"page-{row.sha256[:24]}-{number}.png"
        if not place.is_file():
            item = {
                "path": str(self.folder.original(row.sha256)),
                "file_name": row.file_name,
                "number": number,
                "target": str(place),
            }
            if not self.dispatcher.report("picture", item, document_id)["made"]:
                return b""
        return place.read_bytes()

    def _tidy(self) -> None:
        places = sorted(self.folder.work.glob("report-*"), key=lambda path: path.stat().st_mtime)
        for old in places[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)

    def original(self, principal: Principal, document_id: str) -> tuple[Path, str]:
        """Where the bytes of a document are, and the name under which they came."""
        with self.database.read() as connection:
            row = self.documents.row(connection, principal, document_id)
        return self.folder.original(row.sha256), row.file_name

    def frozen(self) -> list[tuple[str, str]]:
        """Every signed opinion that an event names: (comparison, hash)."""
        e = tables.events.c
        with self.database.read() as connection:
            rows = connection.execute(select(e.comparison, e.value).where(e.kind == "approve").order_by(e.seq)).all()
        return [(row.comparison, (loaded(row.value) or {}).get("opinion_sha256", "")) for row in rows]
