"""Comparisons: asked for, made in a worker, kept with their findings; marks are carried from one to the next.

What holds of the carrying: a mark goes to the finding of the same promises, as the decisions of a report do
(:func:`doichieu.report.decisions.carry`); where its wording or verdict changed, the finding is open again and says
what was said before.  A signed comparison is never touched: what comes after it is another one.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update

from doichieu.office import jobs, tables
from doichieu.office.accounts import Principal
from doichieu.office.compared import Compared
from doichieu.office.database import Database
from doichieu.office.documents import Documents
from doichieu.office.faults import Unprocessable
from doichieu.office.kinds import MENDS
from doichieu.office.ledger import Ledger, loaded, now, packed
from doichieu.report.decisions import Decision, carry

#: Documents without a number of their own that are looked at as possible parents.
_NUMBERLESS = 40
#: The most documents that one comparison looks at.
_CANDIDATES = 200


def _quotes(record: str) -> tuple[str, str]:
    """The wording of both sides in a stored row of ``deviations.csv``."""
    row = loaded(record) or {}
    return row.get("child_quote") or "", row.get("parent_quote") or ""


class Comparisons(Compared):
    """The comparisons of a store."""

    def __init__(self, database: Database, ledger: Ledger, documents: Documents) -> None:
        super().__init__(database)
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
        if anew:
            self._emptied(connection, identity, values)
        else:
            self._opened(connection, job, child, parent, before, values | {"id": identity})
        self._filled(connection, identity, rows, found)
        c = tables.comparisons
        row = connection.execute(select(c).where(c.c.id == identity)).one()
        shown = self.shown(connection, row)
        self.ledger.change(connection, child.unit, "comparisons", identity, "change" if anew else "add", new=shown)
        return str(identity)

    @staticmethod
    def _emptied(connection: Connection, identity: str, values: dict[str, Any]) -> None:
        """A comparison that is made anew in place: new values, nothing yet in it."""
        c = tables.comparisons
        connection.execute(update(c).where(c.c.id == identity).values(**values))
        for table in (tables.findings, tables.duties, tables.comparison_contents):
            connection.execute(delete(table).where(table.c.comparison == identity))

    @staticmethod
    def _opened(
        connection: Connection, job: dict[str, Any], child: Any, parent: Any, before: Any, values: dict[str, Any]
    ) -> None:
        """A new comparison, which follows the one ``before`` where there was one."""
        c = tables.comparisons
        number = connection.execute(select(func.coalesce(func.max(c.c.number), 0))).scalar_one() + 1
        connection.execute(
            c.insert().values(
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
            connection.execute(update(c).where(c.c.id == before.id).values(newer=values["id"]))

    @staticmethod
    def _filled(connection: Connection, identity: str, rows: list[dict[str, Any]], found: dict[str, Any]) -> None:
        """What a comparison found: findings with what people said of them, duties, the whole as packed."""
        if rows:
            names = {name for row in rows for name in row}
            blank: dict[str, Any] = dict.fromkeys(names, "") | {"mark_event": None, "comments": 0, "touched": 0}
            blank |= {"differs": 0, "history": "[]"}
            connection.execute(tables.findings.insert(), [{**blank, **row} for row in rows])
        if found["duties"]:
            numbered = [{**d, "comparison": identity, "number": i} for i, d in enumerate(found["duties"])]
            connection.execute(tables.duties.insert(), numbered)
        connection.execute(tables.comparison_contents.insert().values(comparison=identity, packed=found["packed"]))

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


def _with(history: list[list[str]], place: list[str]) -> list[list[str]]:
    return history if place in history else [*history, place]
