"""Comparisons as they are looked at: one, lists of them, what waits for somebody, their findings and duties."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, or_, select

from doichieu.office import tables
from doichieu.office.accounts import Principal
from doichieu.office.database import Database
from doichieu.office.faults import Missing
from doichieu.office.ledger import loaded

#: Days after which a comparison that was handed over waits too long.
_OVERDUE_DAYS = 7
#: Comparisons of one person that are looked at, and rows of one group of their work.
_OWN, _GROUP = 5000, 50


class Compared:
    """Looking at the comparisons of a store."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def row(self, connection: Connection, principal: Principal, identity: str) -> Any:
        """The row of a comparison of the caller's unit; raises :class:`doichieu.office.faults.Missing`."""
        c = tables.comparisons
        row = connection.execute(select(c).where(c.c.id == identity, c.c.unit == principal.unit)).first()
        if row is None:
            raise Missing("Không có lần đối chiếu này.")
        return row

    def get(self, principal: Principal, identity: str) -> dict[str, Any]:
        """One comparison as the interface gives it out."""
        with self.database.read() as connection:
            return self.shown(connection, self.row(connection, principal, identity))

    def page(
        self, principal: Principal, *, state: str = "", document: str = "", after: int = 0, limit: int = 100
    ) -> tuple[Sequence[Any], int | None]:
        """Comparisons of the unit in the order in which they were made, and the cursor of the next page."""
        c, d = tables.comparisons, tables.documents.c
        wanted = select(c).where(c.c.unit == principal.unit, c.c.number > after)
        if state:
            wanted = wanted.where(c.c.state == state)
        if document:
            own = select(d.id).where(d.unit == principal.unit, d.document_id == document)
            wanted = wanted.where(or_(c.c.child.in_(own), c.c.parent.in_(own)))
        with self.database.read() as connection:
            rows = connection.execute(wanted.order_by(c.c.number).limit(limit + 1)).all()
        return rows[:limit], rows[limit - 1].number if len(rows) > limit else None

    def _all_shown(self, wanted: Any) -> list[dict[str, Any]]:
        with self.database.read() as connection:
            return self.all_shown(connection, connection.execute(wanted).all())

    def recent(self, principal: Principal, limit: int) -> list[dict[str, Any]]:
        """The latest comparisons of the unit."""
        c = tables.comparisons
        mine = select(c).where(c.c.unit == principal.unit, c.c.newer == "")
        return self._all_shown(mine.order_by(c.c.number.desc()).limit(limit))

    def latest_first(self, principal: Principal, *, before: int, limit: int) -> tuple[list[dict[str, Any]], int | None]:
        """Comparisons without those that a newer one took the place of, latest first."""
        c = tables.comparisons
        wanted = select(c).where(c.c.unit == principal.unit, c.c.newer == "")
        if before:
            wanted = wanted.where(c.c.number < before)
        with self.database.read() as connection:
            rows = connection.execute(wanted.order_by(c.c.number.desc()).limit(limit + 1)).all()
            shown = self.all_shown(connection, rows[:limit])
        return shown, rows[limit - 1].number if len(rows) > limit else None

    def of_document(self, principal: Principal, document_id: str) -> list[dict[str, Any]]:
        """The comparisons in which a document is either side."""
        c, d = tables.comparisons, tables.documents.c
        own = select(d.id).where(d.unit == principal.unit, d.document_id == document_id)
        wanted = select(c).where(c.c.unit == principal.unit, or_(c.c.child.in_(own), c.c.parent.in_(own)))
        return self._all_shown(wanted.order_by(c.c.number.desc()).limit(100))

    def parents(self, principal: Principal) -> list[dict[str, Any]]:
        """The documents that lower ones were compared with, and how many of these."""
        c, d = tables.comparisons.c, tables.documents.c
        wanted = (
            select(d.document_id, d.title, d.number, func.count().label("children"))
            .join(tables.comparisons, c.parent == d.id)
            .where(c.unit == principal.unit, c.newer == "")
            .group_by(d.id, d.document_id, d.title, d.number)
            .order_by(func.count().desc(), d.document_id)
            .limit(500)
        )
        with self.database.read() as connection:
            return [
                {"id": row.document_id, "title": row.title, "number": row.number, "count": row.children}
                for row in connection.execute(wanted)
            ]

    def mine(self, principal: Principal) -> dict[str, list[dict[str, Any]]]:
        """What waits for the caller, came back to them, waits too long, is assigned to them, or is open."""
        c, e, f = tables.comparisons, tables.events.c, tables.findings.c
        here = select(c).where(c.c.unit == principal.unit, c.c.newer == "")
        stages = {"ra_soat": ("ra_soat",), "duyet": ("ra_soat", "duyet")}.get(principal.role, ())
        late = (datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=_OVERDUE_DAYS)).isoformat()
        with self.database.read() as connection:
            worked = set(
                connection.execute(
                    select(e.comparison).distinct().where(e.author == principal.name, e.kind != "return")
                )
                .scalars()
                .all()
            )
            worked |= set(connection.execute(select(c.c.id).where(c.c.created_by == principal.name)).scalars())
            assigned = set(
                connection.execute(
                    select(f.comparison).distinct().where(f.assignee == principal.name, f.mark_state != "current")
                ).scalars()
            )
            own = c.c.id.in_(sorted(worked)[-_OWN:])
            groups = {
                "waiting": here.where(c.c.state == "submitted", c.c.stage.in_(stages)),
                "returned": here.where(c.c.state == "returned", own),
                "overdue": here.where(c.c.state == "submitted", c.c.changed_at < late),
                "assigned": here.where(or_(c.c.assignee == principal.name, c.c.id.in_(sorted(assigned)[:_OWN]))),
                "open": here.where(c.c.state.in_(("open", "reopened")), own),
            }
            return {
                name: self.all_shown(
                    connection, connection.execute(wanted.order_by(c.c.changed_at).limit(_GROUP)).all()
                )
                for name, wanted in groups.items()
            }

    def shown(self, connection: Connection, row: Any) -> dict[str, Any]:
        """A row as the interface gives it out."""
        return self.all_shown(connection, [row])[0]

    def all_shown(self, connection: Connection, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Rows as the interface gives them out."""
        if not rows:
            return []
        d = tables.documents.c
        wanted = {n for row in rows for n in (row.child, row.parent) if n}
        names = {
            one.id: one.document_id
            for one in connection.execute(select(d.id, d.document_id).where(d.id.in_(sorted(wanted))))
        }
        return [
            {
                "id": row.id,
                "child": names[row.child],
                "parent": names.get(row.parent),
                "state": row.state,
                "waiting_for": row.stage or None,
                "assignee": row.assignee or None,
                "sentence": row.sentence,
                "counts": loaded(row.counts) or {},
                "problems": loaded(row.problems) or [],
                "open": row.open,
                "before": row.before or None,
                "newer": row.newer or None,
                "rules_version": row.rules,
                "opinion_sha256": row.frozen or None,
                "created_at": row.created_at,
                "created_by": row.created_by,
                "changed_at": row.changed_at,
            }
            for row in rows
        ]

    def packed(self, connection: Connection, identity: str) -> bytes:
        """The whole comparison as the store keeps it."""
        c = tables.comparison_contents.c
        return bytes(connection.execute(select(c.packed).where(c.comparison == identity)).scalar_one())

    def findings(self, principal: Principal, identity: str, after: int = 0, limit: int = 100) -> Sequence[Any]:
        """The rows of findings from the most serious, after number ``after``."""
        f = tables.findings
        with self.database.read() as connection:
            self.row(connection, principal, identity)
            return connection.execute(
                select(f).where(f.c.comparison == identity, f.c.number > after).order_by(f.c.number).limit(limit)
            ).all()

    def finding(self, connection: Connection, comparison: str, finding: str) -> Any:
        """The row of one finding; raises :class:`Missing`."""
        f = tables.findings
        row = connection.execute(select(f).where(f.c.comparison == comparison, f.c.id == finding)).first()
        if row is None:
            raise Missing("Không có phát hiện này.")
        return row

    def duties(self, principal: Principal, identity: str, after: int = -1, limit: int = 100) -> Sequence[Any]:
        """The rows of duties in the parent's order."""
        d = tables.duties
        with self.database.read() as connection:
            self.row(connection, principal, identity)
            return connection.execute(
                select(d).where(d.c.comparison == identity, d.c.number > after).order_by(d.c.number).limit(limit)
            ).all()

    def decisions(self, connection: Connection, identity: str) -> dict[str, dict[str, Any]]:
        """The marks and notes of a comparison in the form of ``decisions.json``."""
        f = tables.findings
        c = tables.comparisons.c
        row = connection.execute(select(c.child, c.parent).where(c.id == identity)).one()
        d = tables.documents.c
        names = {
            n.id: n.document_id
            for n in connection.execute(select(d.id, d.document_id).where(d.id.in_([row.child, row.parent or 0])))
        }
        pair = f"{names[row.child]}__{names.get(row.parent, 'quoted')}"
        out = {}
        for one in connection.execute(select(f).where(f.c.comparison == identity, or_(f.c.mark != "", f.c.note != ""))):
            record = loaded(one.record)
            current = one.mark_state == "current"
            out[one.id] = {
                "decision": one.mark,
                "note": one.note,
                "fingerprint": one.fingerprint if current or not one.mark else "",
                "child_key": one.child_key,
                "parent_key": one.parent_key,
                "kinds": one.kinds.split("; "),
                "child_quote": record.get("child_quote") or "",
                "parent_quote": record.get("parent_quote") or "",
                "pair": pair,
                "at": one.mark_at,
                "by": one.mark_by,
            }
            if one.mark and not current:
                out[one.id]["fingerprint"] = "changed"
        return out


def etag_of(row: Any) -> str:
    """What a mark of a finding is made on: its wording and verdict, and what was said of it last."""
    return hashlib.sha256(f"{row.fingerprint}|{row.touched}".encode()).hexdigest()[:16]


def finding_shown(row: Any) -> dict[str, Any]:
    """A finding as the interface gives it out: the fields of deviations.csv, then what people said of it."""
    return {
        "id": row.id,
        **loaded(row.record),
        "number": row.number,
        "state": row.mark_state if row.mark else "open",
        "mark": row.mark if row.mark_state == "current" else None,
        "mark_before": row.mark if row.mark_state == "changed" else None,
        "mark_by": row.mark_by or None,
        "mark_at": row.mark_at or None,
        "note": row.note or None,
        "note_by": row.note_by or None,
        "comments": row.comments,
        "assignee": row.assignee or None,
        "mended": row.mended or None,
        "differs": bool(row.differs),
        "fingerprint": row.fingerprint,
        "etag": etag_of(row),
    }


def duty_shown(row: Any) -> dict[str, Any]:
    """A duty as the interface gives it out."""
    return {"id": row.id, **loaded(row.record)}
