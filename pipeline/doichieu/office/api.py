"""The interface for other systems, ``/api/v1``: its handlers; :mod:`doichieu.office.calls` is their table."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from doichieu.office import jobs
from doichieu.office.compared import duty_shown, etag_of, finding_shown
from doichieu.office.ledger import loaded
from doichieu.office.reports import FORMATS
from doichieu.office.routes import Answer, Call
from doichieu.office.search import cursor_of, facets_of, limit_of
from doichieu.office.store import Office


class NewComparison(Struct, frozen=True):
    """``child`` is compared with ``parent``; without one, with all its parents at hand."""

    child: str = ""
    parent: str | None = None


class NewEvent(Struct, frozen=True):
    """What somebody says of a finding."""

    kind: str
    value: Any = None
    note: str = ""


class Remark(Struct, frozen=True):
    """A reason, where one is given."""

    note: str = ""
    reason: str = ""

    @property
    def text(self) -> str:
        """What was said."""
        return self.note or self.reason


class NewWebhook(Struct, frozen=True):
    """Where changes are called out to; without ``secret`` one is made."""

    url: str
    tables: list[str] = []
    secret: str = ""


class NewSearch(Struct, frozen=True):
    """A search to keep."""

    name: str
    query: str


class NewUser(Struct, frozen=True):
    """A user to add."""

    name: str
    role: str
    unit: str = ""


class ChangedUser(Struct, frozen=True):
    """What changes of a user."""

    active: bool | None = None
    role: str = ""
    unit: str = ""


class NewToken(Struct, frozen=True):
    """A token to add."""

    name: str
    role: str
    unit: str = ""


def page(items: list[Any], following: int | None) -> dict[str, Any]:
    """A page of a list."""
    return {"items": items, "next": str(following) if following is not None else None}


class Api:
    """The handlers."""

    def __init__(self, office: Office) -> None:
        self.office = office

    # -- documents

    def upload(self, call: Call) -> Any:
        made = self.office.documents.receive(call.principal, call.files)
        self.office.dispatcher.wake()
        return {"jobs": made}

    def job(self, call: Call) -> Any:
        row = jobs.get(self.office.database, call.principal, call.path["id"])
        return jobs.shown(row, self.office.dispatcher.progress(row["id"]))

    def job_list(self, call: Call) -> Any:
        rows = jobs.recent(self.office.database, call.principal, limit_of(call.query.get("limit", "")))
        return page([jobs.shown(row, self.office.dispatcher.progress(row["id"])) for row in rows], None)

    def document_list(self, call: Call) -> Any:
        q = call.query
        rows, following = self.office.search.documents(
            call.principal,
            query=q.get("q", ""),
            kind=q.get("kind", ""),
            year=q.get("year", ""),
            issuer=q.get("issuer", ""),
            status=q.get("status", ""),
            after=cursor_of(q.get("cursor", "")),
            limit=limit_of(q.get("limit", "")),
        )
        with self.office.database.read() as connection:
            return page([self.office.documents.shown(connection, row) for row in rows], following)

    def document(self, call: Call) -> Any:
        return self.office.documents.get(call.principal, call.path["id"])

    def document_table(self, call: Call) -> Any:
        items = self.office.documents.records(call.principal, call.path["id"], call.path["table"])
        start, limit = cursor_of(call.query.get("cursor", "")), limit_of(call.query.get("limit", ""))
        return page(items[start : start + limit], start + limit if len(items) > start + limit else None)

    def original(self, call: Call) -> Answer:
        place, name = self.office.reports.original(call.principal, call.path["id"])
        return Answer(data=place, media="application/octet-stream", name=name)

    def document_report(self, call: Call) -> Answer:
        name, _, ending = call.path["file"].rpartition(".")
        data = self.office.reports.document(
            call.principal, call.path["id"], ending if name == "report" else "", _lang(call)
        )
        return _file(data, ending, call.path["id"])

    def correct(self, call: Call) -> Any:
        return self.office.documents.correct(call.principal, call.path["id"], call.body)

    # -- comparisons

    def compare(self, call: Call) -> Any:
        made = self.office.comparisons.request(call.principal, call.body.child, call.body.parent or "")
        self.office.dispatcher.wake()
        return made

    def comparison_list(self, call: Call) -> Any:
        q = call.query
        rows, following = self.office.comparisons.page(
            call.principal,
            state=q.get("state", ""),
            document=q.get("document", ""),
            after=cursor_of(q.get("cursor", "")),
            limit=limit_of(q.get("limit", "")),
        )
        with self.office.database.read() as connection:
            return page(self.office.comparisons.all_shown(connection, rows), following)

    def comparison(self, call: Call) -> Any:
        return self.office.comparisons.get(call.principal, call.path["id"])

    def findings(self, call: Call) -> Any:
        limit = limit_of(call.query.get("limit", ""))
        rows = self.office.comparisons.findings(
            call.principal, call.path["id"], cursor_of(call.query.get("cursor", "")), limit + 1
        )
        return page([finding_shown(r) for r in rows[:limit]], rows[limit - 1].number if len(rows) > limit else None)

    def finding(self, call: Call) -> Any:
        with self.office.database.read() as connection:
            self.office.comparisons.row(connection, call.principal, call.path["id"])
            row = self.office.comparisons.finding(connection, call.path["id"], call.path["finding"])
        return Answer(data=finding_shown(row), headers={"ETag": f'"{etag_of(row)}"'})

    def duties(self, call: Call) -> Any:
        limit = limit_of(call.query.get("limit", ""))
        after = cursor_of(call.query.get("cursor", "")) - 1
        rows = self.office.comparisons.duties(call.principal, call.path["id"], after, limit + 1)
        return page([duty_shown(r) for r in rows[:limit]], rows[limit].number if len(rows) > limit else None)

    def report(self, call: Call) -> Answer:
        name, _, ending = call.path["file"].rpartition(".")
        data = self.office.reports.comparison(
            call.principal, call.path["id"], ending if name == "report" else "", _lang(call)
        )
        return _file(data, ending, f"doi-chieu-{call.path['id']}")

    # -- events

    def event(self, call: Call) -> Answer:
        made = self.office.actions.event(
            call.principal,
            call.path["id"],
            call.path["finding"],
            call.body.kind,
            call.body.value,
            call.body.note,
            call.header("if-match").strip().removeprefix("W/").strip('"'),
        )
        if "job" in made:
            self.office.dispatcher.wake()
            self.office.wait(made["job"])
        return Answer(data=made, status=201, headers={"ETag": f'"{made["finding"]["etag"]}"'})

    def finding_events(self, call: Call) -> Any:
        return page(self.office.actions.events(call.principal, call.path["id"], call.path["finding"]), None)

    def comparison_events(self, call: Call) -> Any:
        return page(self.office.actions.events(call.principal, call.path["id"]), None)

    def submit(self, call: Call) -> Any:
        return self.office.actions.submit(call.principal, call.path["id"], call.body.text)

    def send_back(self, call: Call) -> Any:
        return self.office.actions.send_back(call.principal, call.path["id"], call.body.text)

    def approve(self, call: Call) -> Any:
        return self.office.reports.approve(self.office.actions, call.principal, call.path["id"], call.body.text)

    def reopen(self, call: Call) -> Any:
        return self.office.actions.reopen(call.principal, call.path["id"], call.body.text)

    def cases(self, call: Call) -> Any:
        return self.office.actions.cases(call.principal, call.path["id"])

    # -- the stock

    def stock(self, kind: str) -> Any:
        def handler(call: Call) -> Any:
            q = call.query
            rows, following = self.office.search.stock(
                call.principal,
                kind,
                **facets_of(q),
                document=q.get("document", ""),
                after=cursor_of(q.get("cursor", "")),
                limit=limit_of(q.get("limit", "")),
            )
            return page([loaded(row.record) for row in rows], following)

        return handler

    def changes(self, call: Call) -> Any:
        since = cursor_of(call.query.get("since", "0"), "since")
        items, following = self.office.search.changes(call.principal, since, limit_of(call.query.get("limit", "")))
        return {**page(items, following), "cursor": str(items[-1]["cursor"] if items else since)}

    def reconcile(self, call: Call) -> Any:
        queries = call.form.get("queries", "") or call.query.get("queries", "")
        if not queries and not call.form:
            return self.office.bodies.manifest(call.host)
        return self.office.bodies.reconciled(call.principal, queries)

    def searches(self, call: Call) -> Any:
        return page(self.office.search.saved(call.principal), None)

    def save_search(self, call: Call) -> Any:
        return self.office.search.save(call.principal, call.body.name, call.body.query)

    def forget_search(self, call: Call) -> Answer:
        self.office.search.forget(call.principal, cursor_of(call.path["id"], "id"))
        return Answer(status=204)

    # -- administration

    def webhooks(self, call: Call) -> Any:
        return page(self.office.webhooks.list(call.principal), None)

    def add_webhook(self, call: Call) -> Any:
        return self.office.webhooks.add(call.principal, call.body.url, call.body.tables, call.body.secret)

    def remove_webhook(self, call: Call) -> Answer:
        self.office.webhooks.remove(call.principal, call.path["id"])
        return Answer(status=204)

    def users(self, call: Call) -> Any:
        return page(self.office.accounts.users(), None)

    def add_user(self, call: Call) -> Any:
        number, secret = self.office.accounts.add_user(call.body.name, call.body.role, call.body.unit)
        return {"id": number, "name": call.body.name, "link": f"/mat-khau?ma={secret}"}

    def change_user(self, call: Call) -> Answer:
        number = cursor_of(call.path["id"], "id")
        changed = self.office.accounts.change_user(
            number, active=call.body.active, role=call.body.role, unit=call.body.unit
        )
        if not changed:
            raise _missing("Không có người dùng này.")
        return Answer(status=204)

    def tokens(self, call: Call) -> Any:
        return page(self.office.accounts.tokens(), None)

    def add_token(self, call: Call) -> Any:
        secret = self.office.accounts.add_token(call.body.name, call.body.role, call.body.unit)
        return {"name": call.body.name, "token": secret}

    def revoke_token(self, call: Call) -> Answer:
        if not self.office.accounts.revoke_token(cursor_of(call.path["id"], "id")):
            raise _missing("Không có mã truy cập này.")
        return Answer(status=204)

    def units(self, call: Call) -> Any:
        return page(self.office.accounts.units(), None)

    def me(self, call: Call) -> Any:
        p = call.principal
        return {"name": p.name, "role": p.role, "unit": p.unit_name}


def _missing(reason: str) -> Exception:
    from doichieu.office.faults import Missing

    return Missing(reason)


def _lang(call: Call) -> str:
    return "en" if call.query.get("lang") == "en" else "vi"


def _file(data: bytes, ending: str, name: str) -> Answer:
    return Answer(data=data, media=FORMATS[ending], name="" if ending == "html" else f"{name}.{ending}")
