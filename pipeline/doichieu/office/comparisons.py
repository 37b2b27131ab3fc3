"""Comparisons: asked for, made in a worker, kept with their findings; marks are carried from one to the next.

What holds of the carrying: a mark goes to the finding of the same promises, as the decisions of a report do
(:func:`doichieu.report.decisions.carry`); where its wording or verdict changed, the finding is open again and says
what was said before.  A signed comparison is never touched: what comes after it is another one.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update

from doichieu.office import jobs, tables
from doichieu.office.accounts import Principal
from doichieu.office.database import Database
from doichieu.office.documents import Documents
from doichieu.office.faults import Missing, Unprocessable
from doichieu.office.kinds import MENDS
from doichieu.office.ledger import Ledger, loaded, now, packed
from doichieu.report.decisions import Decision, carry

#: Documents without a number of their own that are looked at as possible parents.
_NUMBERLESS = 40
#: The most documents that one comparison looks at.
_CANDIDATES = 200
#: Days after which a comparison that was handed over waits too long.
_OVERDUE_DAYS = 7
#: Comparisons of one person that are looked at, and rows of one group of their work.
_OWN, _GROUP = 5000, 50


def _quotes(record: str) -> tuple[str, str]:
    """The wording of both sides in a stored row of ``deviations.csv``."""
    row = loaded(record) or {}
    return row.get("child_quote") or "", row.get("parent_quote") or ""


class Comparisons:
    """The comparisons of a store."""

    def __init__(self, database: Database, ledger: Ledger, documents: Documents) -> None:
        self.database = database
        self.ledger = ledger
        self.documents = documents

    # -- asking

    def request(self, principal: Principal, child: str, parent: str = "") -> dict[str, Any]:
        """Queue the comparison of two documents, or of a child with all its parents at hand; returns the job."""
        if not child:
            raise Unprocessable("Thiếu trường “child”: văn bản cấp dưới.")
        if child == parent:
            raise Unprocessable("Hai văn bản phải khác nhau.")
        with self.database.write() as connection:
            self.database.lock(connection)
            own = self._usable(connection, principal, child)
            above = self._usable(connection, principal, parent) if parent else None
            payload = {"child": own.id, "parent": above.id if above is not None else None}
            identity = jobs.put(connection, principal.unit, "compare", payload, principal.name)
        return {"id": identity, "status": "queued"}

    def _usable(self, connection: Connection, principal: Principal, document_id: str) -> Any:
        """A document that is read or being read; the job waits for it."""
        row = self.documents.row(connection, principal, document_id)
        return row if row.status == "reading" else self.documents.ready(connection, principal, document_id)

    def material(self, job: dict[str, Any]) -> dict[str, Any] | str:
        """What a worker needs for a job; a sentence where it cannot be done; empty where it must wait."""
        payload = job["payload"]
        d = tables.documents
        with self.database.read() as connection:
            child = connection.execute(select(d).where(d.c.id == payload["child"])).one()
            if payload.get("parent"):
                parents = [connection.execute(select(d).where(d.c.id == payload["parent"])).one()]
            else:
                parents = self._candidates(connection, child)
            for row in (child, *parents):
                if row.status == "reading":
                    return ""
                if row.status == "failed":
                    return str(row.error)
            return {
                "child": self.documents.packed(connection, child.id),
                "parents": [self.documents.packed(connection, row.id) for row in parents],
                "find": not payload.get("parent"),
                "corrections": {row.document_id: loaded(row.corrections) or {} for row in (child, *parents)},
                "mends": {row.document_id: self._mends(connection, child, row) for row in parents},
            }

    def _candidates(self, connection: Connection, child: Any) -> list[Any]:
        """Documents that may be parents of the child: by the numbers that it names; a few that bear none."""
        d, p = tables.documents, tables.parents.c
        numbers = [row.number for row in connection.execute(select(p.number).where(p.document == child.id))]
        same = (d.c.unit == child.unit, d.c.id != child.id, d.c.status == "ready", d.c.newer.is_(None))
        found = connection.execute(
            select(d)
            .where(*same, d.c.number.in_(numbers or [""]), d.c.number != "")
            .order_by(d.c.id)
            .limit(_CANDIDATES)
        ).all()
        nameless = connection.execute(
            select(d).where(*same, d.c.number == "", d.c.kind != "").order_by(d.c.id.desc()).limit(_NUMBERLESS)
        ).all()
        return [*found, *(nameless if len(found) < len(numbers) else ())]

    def _mends(self, connection: Connection, child: Any, parent: Any) -> list[dict[str, Any]]:
        """What people mended in the comparison that a new one follows, for its targets of today."""
        before = self.latest(connection, child, parent)
        if before is None:
            return []
        out = []
        for event in self.mending(connection, before):
            sides = loaded(event.wording) or {}
            value = loaded(event.value)
            fields = value if isinstance(value, dict) else {}
            out.append(
                {
                    "kind": event.kind,
                    "child_target_id": sides.get("child_target_id") or "",
                    "parent_target_id": sides.get("parent_target_id") or "",
                    "child": fields.get("child") or {},
                    "parent": fields.get("parent") or {},
                    "kinds": fields.get("kinds") or [],
                    "by": event.author,
                }
            )
        return out

    def mending(self, connection: Connection, comparison: Any) -> list[Any]:
        """The mending events of a comparison and of those before it, oldest first."""
        line = [comparison.id]
        before = comparison.before
        c = tables.comparisons.c
        while before and before not in line:
            line.append(before)
            before = connection.execute(select(c.before).where(c.id == before)).scalar()
        e = tables.events.c
        return list(
            connection.execute(
                select(tables.events)
                .where(e.comparison.in_(line), e.kind.in_(sorted(MENDS)), e.finding != "")
                .order_by(e.seq)
            )
        )

    # -- what a worker compared

    def store(self, connection: Connection, job: dict[str, Any], answer: dict[str, Any], rules: str) -> list[str]:
        """Keep the comparisons that a worker made; returns their ids."""
        d = tables.documents
        child = connection.execute(select(d).where(d.c.id == job["payload"]["child"])).one()
        kept = []
        for found in answer["comparisons"]:
            parent = None
            if found["parent"]:
                parent = connection.execute(
                    select(d).where(d.c.unit == child.unit, d.c.document_id == found["parent"])
                ).one()
            kept.append(self._store(connection, job, child, parent, found, rules))
        return kept

    def latest(self, connection: Connection, child: Any, parent: Any) -> Any:
        """The last comparison of any versions of the two documents; None where there is none."""
        c = tables.comparisons
        children = self._versions(connection, child)
        wanted = select(c).where(c.c.unit == child.unit, c.c.child.in_(children), c.c.newer == "")
        if parent is None:
            wanted = wanted.where(c.c.parent.is_(None))
        else:
            wanted = wanted.where(c.c.parent.in_(self._versions(connection, parent)))
        return connection.execute(wanted.order_by(c.c.number.desc())).first()

    def of_earlier_versions(self, connection: Connection, numbers: list[int]) -> list[tuple[int, int | None]]:
        """For new versions of documents: the pairs (child, parent) that were compared in an earlier version."""
        d, c = tables.documents, tables.comparisons
        out: list[tuple[int, int | None]] = []
        for number in numbers:
            row = connection.execute(select(d).where(d.c.id == number)).one()
            earlier = [one for one in self._versions(connection, row) if one != number]
            if not earlier:
                continue
            for pair in connection.execute(
                select(c.c.child, c.c.parent)
                .where(c.c.newer == "", or_(c.c.child.in_(earlier), c.c.parent.in_(earlier)))
                .order_by(c.c.number)
            ):
                if pair.parent is None:
                    continue
                child = number if pair.child in earlier else self._newest(connection, pair.child)
                parent = number if pair.parent in earlier else self._newest(connection, pair.parent)
                out.append((child, parent))
        return list(dict.fromkeys(out))

    @staticmethod
    def pairs_of(connection: Connection, numbers: list[int]) -> list[tuple[int, int | None]]:
        """The pairs (child, parent) in which documents were compared; the parent is None where it is only quoted."""
        c = tables.comparisons.c
        wanted = select(c.child, c.parent).where(
            c.newer == "", c.state != "approved", or_(c.child.in_(numbers), c.parent.in_(numbers))
        )
        return [(row.child, row.parent) for row in connection.execute(wanted.order_by(c.number))]

    @staticmethod
    def _newest(connection: Connection, number: int) -> int:
        d = tables.documents.c
        while (newer := connection.execute(select(d.newer).where(d.id == number)).scalar()) is not None:
            number = int(newer)
        return number

    @staticmethod
    def _versions(connection: Connection, row: Any) -> list[int]:
        d = tables.documents.c
        if row.series is None:
            return [row.id]
        return [one.id for one in connection.execute(select(d.id).where(d.series == row.series))]

    def _store(
        self, connection: Connection, job: dict[str, Any], child: Any, parent: Any, found: dict[str, Any], rules: str
    ) -> str:
        before = self.latest(connection, child, parent)
        corrections = [loaded(row.corrections) for row in (child, parent) if row is not None]
        made_of = [child.id, parent.id if parent is not None else 0, rules, corrections]
        made_from = hashlib.sha256(packed(made_of).encode()).hexdigest()
        anew = before is not None and before.made_from == made_from and before.state != "approved"
        if anew and hashlib.sha256(found["packed"]).hexdigest() == self._digest(connection, before.id):
            return str(before.id)  # the same documents under the same rules, and nothing mended since
        identity = before.id if anew else f"c{secrets.token_hex(8)}"
        carried = self._carried(connection, before, found) if before is not None else {}
        rows = [{**f, "comparison": identity, **carried.get(f["id"], {})} for f in found["findings"]]
        still_open = sum(1 for row in rows if row.get("mark_state", "") != "current")
        values = {
            "sentence": found["sentence"],
            "counts": packed(found["counts"]),
            "problems": packed(found["problems"]),
            "open": still_open,
            "rules": rules,
            "made_from": made_from,
            "changed_at": now(),
        }
        c = tables.comparisons
        if anew:
            connection.execute(update(c).where(c.c.id == identity).values(**values))
            for table in (tables.findings, tables.duties, tables.comparison_contents):
                connection.execute(delete(table).where(table.c.comparison == identity))
        else:
            number = connection.execute(select(func.coalesce(func.max(c.c.number), 0))).scalar_one() + 1
            connection.execute(
                c.insert().values(
                    id=identity,
                    number=number,
                    unit=child.unit,
                    child=child.id,
                    parent=parent.id if parent is not None else None,
                    state="open",
                    before=before.id if before is not None else "",
                    assignee=before.assignee if before is not None else "",
                    created_at=now(),
                    created_by=job["created_by"],
                    **values,
                )
            )
            if before is not None:
                connection.execute(update(c).where(c.c.id == before.id).values(newer=identity))
        if rows:
            names = {name for row in rows for name in row}
            blank: dict[str, Any] = dict.fromkeys(names, "") | {"mark_event": None, "comments": 0, "touched": 0}
            blank |= {"differs": 0, "history": "[]"}
            connection.execute(tables.findings.insert(), [{**blank, **row} for row in rows])
        if found["duties"]:
            numbered = [{**d, "comparison": identity, "number": i} for i, d in enumerate(found["duties"])]
            connection.execute(tables.duties.insert(), numbered)
        connection.execute(tables.comparison_contents.insert().values(comparison=identity, packed=found["packed"]))
        row = connection.execute(select(c).where(c.c.id == identity)).one()
        shown = self.shown(connection, row)
        self.ledger.change(connection, child.unit, "comparisons", identity, "change" if anew else "add", new=shown)
        return str(identity)

    @staticmethod
    def _digest(connection: Connection, comparison: str) -> str:
        c = tables.comparison_contents.c
        data = connection.execute(select(c.packed).where(c.comparison == comparison)).scalar()
        return hashlib.sha256(bytes(data)).hexdigest() if data is not None else ""

    def _carried(self, connection: Connection, before: Any, found: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """What people said of the findings of an earlier comparison, for those of the new one, by finding."""
        f = tables.findings
        old = connection.execute(
            select(f).where(
                f.c.comparison == before.id,
                or_(f.c.mark != "", f.c.note != "", f.c.comments > 0, f.c.assignee != ""),
            )
        ).all()
        decisions = {}
        by_made: dict[tuple[str, str, str], Any] = {}
        for row in old:
            decisions[row.id] = Decision(
                row.mark,
                row.note,
                row.fingerprint,
                row.child_key,
                row.parent_key,
                tuple(row.kinds.split("; ")),
                *_quotes(row.record),
            )
            by_made[row.fingerprint, row.child_key, row.parent_key] = row
        found_rows = [(n["id"], n["fingerprint"], n["child_key"], n["parent_key"]) for n in found["findings"]]
        out = {}
        quotes = {n["id"]: _quotes(n["record"]) for n in found["findings"]}
        for identity, review in carry(decisions, found_rows, "", quotes).reviews.items():
            d = review.decision
            row = by_made[d.fingerprint, d.child_key, d.parent_key]
            stands = review.state == "current" and row.mark_state != "changed"
            out[identity] = {
                "mark": row.mark,
                "mark_state": ("current" if stands else "changed") if row.mark else "",
                "mark_by": row.mark_by,
                "mark_at": row.mark_at,
                "mark_event": row.mark_event,
                "note": row.note,
                "note_by": row.note_by,
                "comments": row.comments,
                "assignee": row.assignee,
                "differs": row.differs if stands else 0,
                "touched": row.touched,
                "history": packed(_with(loaded(row.history) or [], [before.id, row.id])),
            }
        return out

    # -- looking

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


def _with(history: list[list[str]], place: list[str]) -> list[list[str]]:
    return history if place in history else [*history, place]


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
