"""What people do with a comparison: events on findings, handing over, sending back, signing off.

What holds of the states: the state of a finding is what its events come to; the four eyes are held here, on the
events themselves, whatever page or call the wish came from.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, or_, select, update

from doichieu.comparison.mending import CORRECTABLE
from doichieu.comparison.wording import FINDINGS
from doichieu.office import jobs, tables
from doichieu.office.accounts import Principal
from doichieu.office.compared import etag_of, finding_shown
from doichieu.office.comparisons import Comparisons
from doichieu.office.database import Database
from doichieu.office.faults import Conflict, Forbidden, Unprocessable
from doichieu.office.kinds import CHANGING, FINDING_EVENTS, MARKS, MENDS, OLD_MARKS
from doichieu.office.ledger import Ledger, NewEvent, loaded, now, shown

MAX_NOTE = 4000


class Actions:
    """Events and transitions on the comparisons of a store."""

    def __init__(self, database: Database, ledger: Ledger, comparisons: Comparisons) -> None:
        self.database = database
        self.ledger = ledger
        self.comparisons = comparisons

    # -- one finding

    def event(
        self,
        principal: Principal,
        comparison: str,
        finding: str,
        kind: str,
        value: Any = None,
        note: str = "",
        if_match: str = "",
    ) -> dict[str, Any]:
        """Add an event to a finding; returns it with the finding as it is now, and what another person said meanwhile.

        Raises :class:`Conflict` where ``if_match`` is of an older state, or the comparison is signed.
        """
        if kind not in FINDING_EVENTS:
            raise Unprocessable(f"Không có loại sự kiện “{kind}”; các loại: {', '.join(FINDING_EVENTS)}.")
        if len(note) > MAX_NOTE:
            raise Unprocessable(f"Ghi chú dài quá {MAX_NOTE} ký tự.")
        with self.database.write() as connection:
            self.database.lock(connection)
            row = self.comparisons.row(connection, principal, comparison)
            found = self.comparisons.finding(connection, comparison, finding)
            if row.state == "approved":
                raise Conflict("Lần đối chiếu này đã được duyệt; hãy mở lại trước khi sửa.", state=row.state)
            if if_match and if_match not in ("*", etag_of(found)):
                raise Conflict(
                    "Phát hiện này đã thay đổi từ lúc được xem.", etag=etag_of(found), finding=finding_shown(found)
                )
            said = self._checked(kind, value, note)
            wording = self._wording(connection, row, found, kind, said)
            event = self.ledger.append(
                connection,
                NewEvent(
                    unit=principal.unit,
                    comparison=comparison,
                    finding=finding,
                    kind=kind,
                    value=said,
                    note=note,
                    author=principal.name,
                    role=principal.role,
                    wording=wording,
                ),
            )
            meanwhile = self._project(connection, row, found, event, said)
            job = ""
            if kind in MENDS:
                payload = {"child": row.child, "parent": row.parent}
                job = jobs.put(connection, principal.unit, "compare", payload, principal.name)
            now_there = self.comparisons.finding(connection, comparison, finding)
            self.ledger.change(
                connection, principal.unit, "deviations", finding, "change", new=finding_shown(now_there)
            )
        answer = {**shown(event), "finding": finding_shown(now_there), "meanwhile": meanwhile}
        return {**answer, "job": job} if job else answer

    def _checked(self, kind: str, value: Any, note: str) -> Any:
        """The value of an event as it is kept; raises where it makes no sense."""
        if kind == "mark":
            mark = OLD_MARKS.get(str(value), str(value))
            if mark not in MARKS:
                raise Unprocessable(f"Không có đánh dấu “{value}”; các đánh dấu: {', '.join(MARKS)}.")
            return mark
        if kind == "comment" and not (note.strip() or str(value or "").strip()):
            raise Unprocessable("Ý kiến trống.")
        if kind == "correct":
            return _checked_correction(value)
        if kind == "pair" and not str(value or "").strip():
            raise Unprocessable("Thiếu “value”: phát hiện hoặc chỉ tiêu được ghép cùng.")
        if value is not None and not isinstance(value, str):
            raise Unprocessable("“value” phải là chữ.")
        return value[:MAX_NOTE] if value else None

    def _wording(self, connection: Connection, row: Any, found: Any, kind: str, said: Any) -> dict[str, Any]:
        """What an event is about, as it reads today."""
        record = loaded(found.record)
        wording = {
            "fingerprint": found.fingerprint,
            "kinds": found.kinds,
            "child_quote": record.get("child_quote"),
            "parent_quote": record.get("parent_quote"),
            "child_target_id": found.child_target,
            "parent_target_id": found.parent_target,
            "child_key": found.child_key,
            "parent_key": found.parent_key,
        }
        if kind in MENDS and row.parent is None:
            raise Unprocessable("Văn bản cấp trên chỉ được trích dẫn, không có trong kho; không ghép, sửa được.")
        if kind in ("unpair", "correct") and not (found.child_target and found.parent_target):
            raise Unprocessable("Phát hiện này không phải là một cặp chỉ tiêu.")
        if kind == "pair":
            other = self._other(connection, row.id, found, str(said).strip())
            wording |= {
                "child_target_id": found.child_target or other.child_target,
                "parent_target_id": found.parent_target or other.parent_target,
                "other_quote": loaded(other.record).get("child_quote") or loaded(other.record).get("parent_quote"),
            }
        return wording

    def _other(self, connection: Connection, comparison: str, found: Any, said: str) -> Any:
        """The finding that a person pairs with this one: by its id, or by that of its target."""
        if bool(found.child_target) == bool(found.parent_target):
            raise Unprocessable("Chỉ ghép được một chỉ tiêu bị bỏ sót với một chỉ tiêu bổ sung.")
        f = tables.findings
        side = f.c.parent_target if found.child_target else f.c.child_target
        wanted = select(f).where(f.c.comparison == comparison, or_(f.c.id == said, side == said), side != "")
        other = connection.execute(wanted.order_by(f.c.number)).first()
        if other is None:
            raise Unprocessable(f"Không có chỉ tiêu “{said}” ở bên kia để ghép.")
        return other

    def _project(self, connection: Connection, row: Any, found: Any, event: dict[str, Any], said: Any) -> list[Any]:
        """Put an event into the state of its finding; returns what others said of it in the meantime."""
        f = tables.findings
        values: dict[str, Any] = {}
        meanwhile = []
        kind, note = event["kind"], event["note"]
        if kind == "mark":
            if found.mark and found.mark_state == "current" and found.mark_by != event["author"]:
                meanwhile = [{"by": found.mark_by, "mark": found.mark, "at": found.mark_at}]
            values |= {
                "mark": said,
                "mark_state": "current",
                "mark_by": event["author"],
                "mark_at": event["at"],
                "mark_event": event["seq"],
                "differs": int(self._differs(connection, found, event, said)),
            }
            if note:
                values |= {"note": note, "note_by": event["author"]}
        elif kind == "note":
            values |= {"note": note or str(said or ""), "note_by": event["author"]}
        elif kind == "comment":
            values["comments"] = found.comments + 1
        elif kind == "assign":
            values["assignee"] = str(said or "")
        if kind in CHANGING:
            values["touched"] = event["seq"]
        if values:
            connection.execute(update(f).where(f.c.comparison == row.id, f.c.id == found.id).values(**values))
        if kind == "mark" and found.mark_state != "current":
            c = tables.comparisons
            connection.execute(update(c).where(c.c.id == row.id).values(open=c.c.open - 1, changed_at=event["at"]))
        return meanwhile

    def _differs(self, connection: Connection, found: Any, event: dict[str, Any], said: str) -> bool:
        """Whether drafters and reviewers said different things of a finding as it reads today."""
        e = tables.events.c
        latest: dict[str, tuple[str, str]] = {event["author"]: (event["role"], said)}
        for places in [[found.comparison, found.id], *(loaded(found.history) or [])]:
            for row in connection.execute(
                select(e.author, e.role, e.value, e.wording)
                .where(e.comparison == places[0], e.finding == places[1], e.kind == "mark")
                .order_by(e.seq.desc())
            ):
                if (loaded(row.wording) or {}).get("fingerprint") == found.fingerprint:
                    latest.setdefault(row.author, (row.role, loaded(row.value)))
        drafted = {mark for role, mark in latest.values() if role == "soan"}
        reviewed = {mark for role, mark in latest.values() if role != "soan"}
        return bool(drafted and reviewed and drafted != reviewed)

    def events(self, principal: Principal, comparison: str, finding: str = "") -> list[dict[str, Any]]:
        """The events of a comparison, or of one finding and of those that it goes on from, in order."""
        e = tables.events
        with self.database.read() as connection:
            row = self.comparisons.row(connection, principal, comparison)
            if not finding:
                rows = connection.execute(select(e).where(e.c.comparison == row.id).order_by(e.c.seq)).all()
                return [shown(one._mapping) for one in rows]
            found = self.comparisons.finding(connection, comparison, finding)
            places = [[comparison, finding], *(loaded(found.history) or [])]
            wanted = or_(*((e.c.comparison == c) & (e.c.finding == f) for c, f in places))
            rows = connection.execute(select(e).where(wanted).order_by(e.c.seq)).all()
            return [shown(one._mapping) for one in rows]

    def cases(self, principal: Principal, comparison: str) -> dict[str, Any]:
        """What people mended, as cases for the tests of the rules: what the program said, and what is right."""
        with self.database.read() as connection:
            row = self.comparisons.row(connection, principal, comparison)
            found = self.comparisons.mending(connection, row)
        cases = []
        for event in found:
            wording = loaded(event.wording) or {}
            cases.append(
                {
                    "kind": event.kind,
                    "child_quote": wording.get("child_quote") or wording.get("other_quote"),
                    "parent_quote": wording.get("parent_quote") or wording.get("other_quote"),
                    "said": (wording.get("kinds") or "").split("; "),
                    "right": loaded(event.value) if event.kind == "correct" else None,
                    "note": event.note,
                    "author": event.author,
                    "at": event.at,
                }
            )
        return {"comparison_id": comparison, "cases": cases}

    # -- the whole comparison

    def submit(self, principal: Principal, comparison: str, note: str = "") -> dict[str, Any]:
        """Hand over: a drafter for review, a reviewer for approval."""
        stage = "duyet" if principal.role in ("ra_soat", "duyet") else "ra_soat"
        with self.database.write() as connection:
            row = self._locked(connection, principal, comparison)
            if row.state == "approved" or (row.state == "submitted" and row.stage in (stage, "duyet")):
                raise Conflict("Đã trình; đang chờ người khác." if row.state == "submitted" else "Đã được duyệt.")
            return self._move(connection, principal, row, "submit", "submitted", note, stage=stage)

    def send_back(self, principal: Principal, comparison: str, note: str = "") -> dict[str, Any]:
        """Send back, with a reason; raises :class:`Unprocessable` without one."""
        with self.database.write() as connection:
            row = self._locked(connection, principal, comparison)
            if row.state != "submitted":
                raise Conflict("Chỉ trả lại được bản đã trình.", state=row.state)
            if not note.strip():
                raise Unprocessable("Trả lại phải có lý do (“note”).")
            return self._move(connection, principal, row, "return", "returned", note)

    def reopen(self, principal: Principal, comparison: str, note: str = "") -> dict[str, Any]:
        """Open again what was signed; the signed opinion stays as it was."""
        with self.database.write() as connection:
            row = self._locked(connection, principal, comparison)
            if row.state != "approved":
                raise Conflict("Chỉ mở lại được bản đã duyệt.", state=row.state)
            return self._move(connection, principal, row, "reopen", "reopened", note)

    def may_approve(self, principal: Principal, comparison: str) -> dict[str, Any]:
        """The comparison, where the caller may sign it off now; raises as the signing would."""
        with self.database.read() as connection:
            row = self.comparisons.row(connection, principal, comparison)
            self._four_eyes(connection, principal, row)
            _awaiting(row)
            return dict(row._mapping)

    def approve(
        self, principal: Principal, comparison: str, sha256: str, touched: int, note: str = ""
    ) -> dict[str, Any]:
        """Sign off the opinion with hash ``sha256``, made when event ``touched`` was the comparison's last.

        Raises :class:`Forbidden` for whoever has a part in it, :class:`Conflict` where it changed meanwhile.
        """
        with self.database.write() as connection:
            row = self._locked(connection, principal, comparison)
            self._four_eyes(connection, principal, row)
            _awaiting(row)
            if last_event(connection, row.id) != touched:
                raise Conflict("Lần đối chiếu vừa thay đổi; hãy xem lại rồi duyệt.")
            value = {"opinion_sha256": sha256}
            return self._move(connection, principal, row, "approve", "approved", note, value=value, frozen=sha256)

    def _four_eyes(self, connection: Connection, principal: Principal, row: Any) -> None:
        e = tables.events.c
        own = select(e.seq).where(e.author == principal.name, e.comparison == row.id, e.kind != "return")
        if connection.execute(own.limit(1)).first() is not None:
            raise Forbidden("Không được duyệt bản mà mình đã tham gia (nguyên tắc bốn mắt).")
        c = tables.comparisons.c
        before, seen = row.before, {row.id}
        while before and before not in seen:
            seen.add(before)
            carried = select(e.seq).where(
                e.author == principal.name, e.comparison == before, e.kind.in_(FINDING_EVENTS)
            )
            if connection.execute(carried.limit(1)).first() is not None:
                raise Forbidden("Không được duyệt: đánh dấu của mình ở lần đối chiếu trước được mang sang bản này.")
            before = connection.execute(select(c.before).where(c.id == before)).scalar()

    def _locked(self, connection: Connection, principal: Principal, comparison: str) -> Any:
        self.database.lock(connection)
        return self.comparisons.row(connection, principal, comparison)

    def _move(
        self,
        connection: Connection,
        principal: Principal,
        row: Any,
        kind: str,
        state: str,
        note: str,
        *,
        stage: str = "",
        value: Any = None,
        frozen: str = "",
    ) -> dict[str, Any]:
        if len(note) > MAX_NOTE:
            raise Unprocessable(f"Ghi chú dài quá {MAX_NOTE} ký tự.")
        event = self.ledger.append(
            connection,
            NewEvent(
                unit=principal.unit,
                comparison=row.id,
                kind=kind,
                value=value,
                note=note,
                author=principal.name,
                role=principal.role,
                wording={"state": row.state, "open": row.open, "sentence": row.sentence},
            ),
        )
        c = tables.comparisons
        values = {"state": state, "stage": stage, "changed_at": now()} | ({"frozen": frozen} if frozen else {})
        connection.execute(update(c).where(c.c.id == row.id).values(**values))
        fresh = connection.execute(select(c).where(c.c.id == row.id)).one()
        out = self.comparisons.shown(connection, fresh)
        self.ledger.change(connection, principal.unit, "comparisons", row.id, "change", new=out)
        return {**out, "event": shown(event)}


def _awaiting(row: Any) -> None:
    if row.state != "submitted":
        raise Conflict("Chỉ duyệt được bản đã trình.", state=row.state)


def last_event(connection: Connection, comparison: str) -> int:
    """The number of the last event of a comparison; 0 where there is none."""
    e = tables.events.c
    return int(
        connection.execute(select(func.coalesce(func.max(e.seq), 0)).where(e.comparison == comparison)).scalar_one()
    )


def _checked_correction(value: Any) -> dict[str, Any]:
    """A correction as it is kept: a verdict in ``kinds``, or fields of the ``child`` and the ``parent`` target."""
    if isinstance(value, str):
        value = {"kinds": [part.strip() for part in value.replace(",", ";").split(";") if part.strip()]}
    if not isinstance(value, dict) or not value or set(value) - {"kinds", "child", "parent"}:
        raise Unprocessable("“value” của correct: {“kinds”: […]} hoặc {“child”: {trường: giá trị}, “parent”: {…}}.")
    kinds = value.get("kinds") or []
    kinds = [kinds] if isinstance(kinds, str) else kinds
    unknown = [kind for kind in kinds if kind not in FINDINGS]
    if unknown:
        raise Unprocessable(f"Không có kết luận: {', '.join(map(str, unknown))}. Các kết luận: {', '.join(FINDINGS)}.")
    out: dict[str, Any] = {"kinds": list(kinds)} if kinds else {}
    for side in ("child", "parent"):
        fields = value.get(side) or {}
        if not isinstance(fields, dict):
            raise Unprocessable(f"“{side}” phải là các trường và giá trị.")
        for name, field in fields.items():
            if name not in CORRECTABLE:
                raise Unprocessable(f"Không sửa được trường “{name}”; các trường: {', '.join(CORRECTABLE)}.")
            _checked_field(name, field)
        if fields:
            out[side] = fields
    if not out:
        raise Unprocessable("Không có gì được sửa.")
    return out


def _checked_field(name: str, value: Any) -> None:
    from doichieu.comparison.mending import corrected
    from doichieu.model import Target

    try:
        corrected(Target("", "", "", "", 0, 0, ""), {name: value})
    except ValueError as error:
        raise Unprocessable(str(error)) from None
