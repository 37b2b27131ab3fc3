"""Seeing much at once: the matrix of a parent and its children, the calendar, the journal and the export."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import select
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute

from doichieu.office import tables
from doichieu.office.calendar import calendar
from doichieu.office.faults import Missing
from doichieu.office.ledger import loaded, shown
from doichieu.office.search import cursor_of, day_of
from doichieu.office.web import Page, Screen, with_query
from doichieu.report.words import name as named

_PAGE = 100
_DUE = 1000


class Overview(Screen):
    """The handlers."""

    def routes(self) -> list[BaseRoute]:
        """Their routes."""
        way = self.web.way
        return [
            way("/ma-tran", self.matrices),
            way("/ma-tran/{id}", self.matrix),
            way("/lich", self.calendar),
            way("/lich/dia-chi", self.address, method="POST"),
            way("/lich/{key}.ics", self.subscription, roles=None),
            way("/nhat-ky", self.journal),
            way("/nhat-ky/xuat.zip", self.export),
        ]

    # -- the matrix

    def matrices(self, page: Page) -> Response:
        return self.web.render(page, "matrices.html.j2", rows=self.office.comparisons.parents(page.principal))

    def matrix(self, page: Page) -> Response:
        """Each target of a parent by each child that was compared with it; a cell is the worst finding."""
        with self.office.database.read() as connection:
            parent = self.office.documents.ready(connection, page.principal, page.path["id"])
            f, c, d, s = tables.findings.c, tables.comparisons.c, tables.documents.c, tables.stock.c
            children = [
                {"id": row.document_id, "comparison": row.id}
                for row in connection.execute(
                    select(c.id, d.document_id)
                    .join(tables.documents, d.id == c.child)
                    .where(c.parent == parent.id, c.newer == "", c.unit == parent.unit)
                    .order_by(d.document_id)
                )
            ]
            if not children:
                raise Missing()
            cells: dict[tuple[str, str], dict[str, Any]] = {}
            wanted = select(f.comparison, f.id, f.parent_target, f.severity, f.kinds, f.mark, f.mark_state)
            for row in connection.execute(
                wanted.where(f.comparison.in_([one["comparison"] for one in children]), f.parent_target != "").order_by(
                    f.number
                )
            ):
                kinds = row.kinds.split("; ")
                cell = {
                    "comparison": row.comparison,
                    "finding": row.id,
                    "severity": row.severity,
                    "name": ", ".join(named(page.lang, "kinds", kind) for kind in kinds),
                    "mark": row.mark if row.mark_state == "current" else "",
                }
                cells.setdefault((row.parent_target, row.comparison), cell)
            asked = {target for target, _ in cells}
            rows = [
                {
                    "quote": loaded(row.record)["quote"],
                    "cells": [cells.get((row.record_id, one["comparison"])) for one in children],
                }
                for row in connection.execute(
                    select(s.record_id, s.record).where(s.document == parent.id, s.kind == "targets").order_by(s.id)
                )
                if row.record_id in asked
            ]
        return self.web.render(page, "matrix.html.j2", parent={"id": parent.document_id}, children=children, rows=rows)

    # -- what is due

    def _due(self, page: Page, since: str, agency: str) -> list[dict[str, Any]]:
        rows = []
        for kind in ("deadlines", "assignments") if not agency else ("assignments",):
            found, _ = self.office.search.stock(
                page.principal, kind, agency=agency, due_after=since, limit=_DUE, by_due=True
            )
            for row in found:
                record = loaded(row.record)
                said = {"quote": record["quote"], "agency": record.get("agency") or ""}
                rows.append({"due": row.due, "document_id": row.document_id, "record_id": row.record_id, **said})
        return sorted(rows, key=lambda row: (row["due"], row["document_id"], row["record_id"]))

    def calendar(self, page: Page, address: str = "") -> Response:
        since = day_of(page.query.get("tu", "")) or datetime.date.today().isoformat()
        years: dict[str, list[dict[str, Any]]] = {}
        for row in self._due(page, since, page.query.get("agency", ""))[:_DUE]:
            years.setdefault(row["due"][:4], []).append(row)
        return self.web.render(
            page, "calendar.html.j2", q=page.query, since=since, years=list(years.items()), address=address
        )

    def address(self, page: Page) -> Response:
        """A new address of the caller's calendar, told once."""
        if not page.principal.user:
            raise Missing()
        key = self.office.accounts.calendar_key(page.principal.user)
        return self.calendar(page, f"{page.host}/lich/{key}.ics")

    def subscription(self, page: Page) -> Response:
        """The calendar of whoever the key belongs to."""
        owner = self.office.accounts.by_calendar(page.path["key"])
        if owner is None:
            raise Missing()
        since = (datetime.date.today() - datetime.timedelta(days=31)).isoformat()
        found, _ = self.office.search.stock(owner, "deadlines", due_after=since, limit=_DUE, by_due=True)
        entries = [
            (row.due, f"{row.document_id}-{row.record_id}", row.number or row.document_id, loaded(row.record)["quote"])
            for row in found
        ]
        return Response(calendar(entries), media_type="text/calendar; charset=utf-8")

    # -- the journal

    def journal(self, page: Page) -> Response:
        e = tables.events
        q = page.query
        wanted = select(e).where(e.c.unit == page.principal.unit)
        if q.get("author"):
            wanted = wanted.where(e.c.author == q["author"].strip())
        if q.get("kind"):
            wanted = wanted.where(e.c.kind == q["kind"])
        before = cursor_of(q.get("cursor", ""))
        if before:
            wanted = wanted.where(e.c.seq < before)
        with self.office.database.read() as connection:
            found = connection.execute(wanted.order_by(e.c.seq.desc()).limit(_PAGE + 1)).all()
        rows = [shown(row._mapping) for row in found[:_PAGE]]
        more = with_query(page, cursor=str(rows[-1]["seq"])) if len(found) > _PAGE else ""
        return self.web.render(page, "journal.html.j2", q=q, rows=rows, following=more)

    def export(self, page: Page) -> Response:
        """Everything of the unit as one zip in the formats of the contract."""
        from starlette.background import BackgroundTask

        from doichieu.office.export import export

        place = export(self.office, page.principal)
        return FileResponse(
            place,
            media_type="application/zip",
            filename="doi-chieu.zip",
            background=BackgroundTask(place.unlink, missing_ok=True),
        )
