"""The living page of a comparison: findings with what people say of them, handing over, signing."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from sqlalchemy import func, literal, select
from starlette.responses import Response
from starlette.routing import BaseRoute

from doichieu.office import tables
from doichieu.office.faults import Conflict, Missing, Unprocessable
from doichieu.office.kinds import APPROVERS, FINDING_EVENTS, MENDS, READERS, RETURNERS, WORKERS
from doichieu.office.ledger import loaded
from doichieu.office.search import cursor_of
from doichieu.office.web import Page, Screen, moment, page_words, with_query
from doichieu.office.work import folded
from doichieu.report.words import words

_PAGE = 40


class Comparing(Screen):
    """The handlers."""

    def routes(self) -> list[BaseRoute]:
        """Their routes."""
        way = self.web.way
        base = "/doi-chieu/{id}"
        return [
            way("/viec", self.mine),
            way("/doi-chieu", self.listed),
            way(base, self.comparison),
            way(f"{base}/phat-hien/{{finding}}", self.finding),
            way(f"{base}/phat-hien/{{finding}}", self.say, method="POST", roles=WORKERS),
            way(f"{base}/trinh", self.submit, method="POST", roles=WORKERS),
            way(f"{base}/tra-lai", self.send_back, method="POST", roles=RETURNERS),
            way(f"{base}/duyet", self.approve, method="POST", roles=APPROVERS),
            way(f"{base}/mo-lai", self.reopen, method="POST", roles=APPROVERS),
            way("/duyet", self.approvals),
            way("/duyet/{id}", self.approval),
            way("/trang/{document}/{number}.png", self.picture, roles=READERS),
        ]

    # -- lists

    def mine(self, page: Page) -> Response:
        t = page_words(page.lang)
        found = self.office.comparisons.mine(page.principal)
        groups = [
            (t.waiting_for_me, found["waiting"], t.none_waiting),
            (t.sent_back, found["returned"], t.none_sent_back),
            (t.overdue, found["overdue"], t.none_overdue),
            (t.assigned_to_me, found["assigned"], t.none_assigned),
            (t.in_progress, found["open"], t.none_in_progress),
        ]
        return self.web.render(page, "mine.html.j2", groups=groups)

    def listed(self, page: Page) -> Response:
        rows, following = self.office.comparisons.latest_first(
            page.principal, before=cursor_of(page.query.get("cursor", "")), limit=_PAGE
        )
        more = with_query(page, cursor=str(following)) if following else ""
        return self.web.render(page, "comparisons.html.j2", rows=rows, following=more)

    def approvals(self, page: Page) -> Response:
        rows, _ = self.office.comparisons.page(page.principal, state="submitted", limit=100)
        with self.office.database.read() as connection:
            shown = self.office.comparisons.all_shown(connection, rows)
        return self.web.render(page, "approvals.html.j2", rows=shown)

    # -- one comparison

    def comparison(self, page: Page) -> Response:
        identity = page.path["id"]
        c = self.office.comparisons.get(page.principal, identity)
        findings, total, following = self._findings(page, c, dict(page.query))
        duties = [loaded(row.view) for row in self.office.comparisons.duties(page.principal, identity, limit=1000)]
        return self.web.render(
            page,
            "comparison.html.j2",
            c=c,
            q=page.query,
            findings=findings,
            total=total,
            following=following,
            duties=duties,
            moves=self._moves(page, identity),
        )

    def approval(self, page: Page) -> Response:
        c = self.office.comparisons.get(page.principal, page.path["id"])
        query = {"state": "undone", "cursor": page.query.get("cursor", "")}
        findings, total, following = self._findings(page, c, query)
        return self.web.render(
            page,
            "approval.html.j2",
            c=c,
            findings=findings,
            total=total,
            following=following,
            moves=self._moves(page, c["id"]),
        )

    def _moves(self, page: Page, identity: str) -> list[dict[str, Any]]:
        events = self.office.actions.events(page.principal, identity)
        return [event for event in events if not event["finding_id"]]

    def _findings(self, page: Page, c: dict[str, Any], query: dict[str, str]) -> tuple[list[dict[str, Any]], int, str]:
        """A page of findings that fit a query, how many fit, and the address of the next page."""
        f = tables.findings.c
        wanted = select(tables.findings).where(f.comparison == c["id"])
        if query.get("severity"):
            wanted = wanted.where(f.severity == query["severity"])
        states = {
            "open": f.mark == "",
            "marked": f.mark_state == "current",
            "changed": f.mark_state == "changed",
            "differs": f.differs == 1,
            "undone": (f.mark_state != "current") | (f.differs == 1),
        }
        if query.get("state") in states:
            wanted = wanted.where(states[query["state"]])
        if query.get("kind"):
            listed = literal("; ") + f.kinds + "; "
            wanted = wanted.where(listed.contains(f"; {query['kind']}; ", autoescape=True))
        after = cursor_of(query.get("cursor", ""))
        with self.office.database.read() as connection:
            if query.get("q"):
                sought = folded(query["q"]).split()
                fit = [
                    row.id
                    for row in connection.execute(wanted.with_only_columns(f.id, f.record))
                    if all(word in folded(row.record) for word in sought)
                ]
                wanted = wanted.where(f.id.in_(fit))
                total = len(fit)
            else:
                counted = wanted.with_only_columns(func.count(), maintain_column_froms=True)
                total = int(connection.execute(counted).scalar_one())
            rows = connection.execute(wanted.where(f.number > after).order_by(f.number).limit(_PAGE + 1)).all()
            partners = self._partners(connection, c["id"])
            findings = [self._shown(page, c, row, partners) for row in rows[:_PAGE]]
        following = with_query(page, cursor=str(rows[_PAGE - 1].number)) if len(rows) > _PAGE else ""
        return findings, total, following

    def _partners(self, connection: Any, identity: str) -> dict[str, list[dict[str, Any]]]:
        """Findings with one side only, by side: what a person may pair."""
        f = tables.findings.c
        out: dict[str, list[dict[str, Any]]] = {"child": [], "parent": []}
        one_sided = (f.child_target == "") != (f.parent_target == "")
        wanted = select(f.id, f.number, f.record, f.child_target).where(f.comparison == identity, one_sided)
        for row in connection.execute(wanted.order_by(f.number)):
            side = "child" if row.child_target else "parent"
            record = loaded(row.record)
            if not record.get("covered_by"):
                quoted = record.get(f"{side}_quote") or ""
                out[side].append({"id": row.id, "number": row.number, "quote": quoted})
        return out

    def _shown(
        self, page: Page, c: dict[str, Any], row: Any, partners: dict[str, list[dict[str, Any]]]
    ) -> dict[str, Any]:
        """A finding as its card shows it."""
        alone = bool(row.child_target) != bool(row.parent_target)
        return {
            **row._mapping,
            "view": loaded(row.view),
            "talk": [],
            "partners": partners["parent" if row.child_target else "child"] if alone else [],
            "images": self._images(page, c, row),
        }

    def _images(self, page: Page, c: dict[str, Any], row: Any) -> list[dict[str, str]]:
        """The pictures of the pages on which the two sides stand, where the documents have pages."""
        t = page_words(page.lang)
        out = []
        view = loaded(row.view)
        for side, title in (("parent", t.parent), ("child", t.child)):
            number = str(view[side].get("page") or _page_of(view[side].get("place") or ""))
            if number.isdigit() and c[side]:
                address = f"/trang/{quote(c[side], safe='')}/{number}.png"
                out.append({"title": f"{title}, {names_page(page)} {number}", "address": address})
        return out

    def finding(self, page: Page) -> Response:
        identity = page.path["id"]
        c = self.office.comparisons.get(page.principal, identity)
        f = self._one(page, c, page.path["finding"])
        template = "finding.html.j2" if page.htmx else "one_finding.html.j2"
        return self.web.render(page, template, c=c, f=f, told="")

    def _one(self, page: Page, c: dict[str, Any], finding: str) -> dict[str, Any]:
        with self.office.database.read() as connection:
            row = self.office.comparisons.finding(connection, c["id"], finding)
            shown = self._shown(page, c, row, self._partners(connection, c["id"]))
        shown["talk"] = self.office.actions.events(page.principal, c["id"], finding)
        return shown

    def say(self, page: Page) -> Response:
        """An event from a form; with htmx the card comes back as it is now."""
        identity, finding = page.path["id"], page.path["finding"]
        form = page.form
        kind = form.get("kind", "")
        if kind not in FINDING_EVENTS:
            raise Unprocessable(f"“{kind}”")
        t = page_words(page.lang)
        with self.office.database.read() as connection:
            self.office.comparisons.row(connection, page.principal, identity)
            row = self.office.comparisons.finding(connection, identity, finding)
        if form.get("seen") and form["seen"] != row.fingerprint:
            raise Conflict(t.changed_meanwhile)
        made = self.office.actions.event(
            page.principal, identity, finding, kind, _value(form, kind), form.get("note", "").strip()
        )
        if kind in MENDS:
            self.office.dispatcher.wake()
            self.office.wait(made["job"])
            return self.web.go(page, f"/doi-chieu/{identity}")
        told = ""
        for other in made["meanwhile"]:
            mark = words(page.lang)["decisions"].get(other["mark"], other["mark"])
            told = t.meanwhile.format(name=other["by"], mark=mark, at=moment(other["at"]))
        if not page.htmx:
            return self.web.go(page, f"/doi-chieu/{identity}#{finding}")
        c = self.office.comparisons.get(page.principal, identity)
        return self.web.render(page, "finding.html.j2", c=c, f=self._one(page, c, finding), told=told)

    # -- the whole

    def submit(self, page: Page) -> Response:
        self.office.actions.submit(page.principal, page.path["id"], page.form.get("note", ""))
        return self.web.go(page, f"/doi-chieu/{page.path['id']}")

    def send_back(self, page: Page) -> Response:
        self.office.actions.send_back(page.principal, page.path["id"], page.form.get("note", ""))
        return self.web.go(page, f"/doi-chieu/{page.path['id']}")

    def approve(self, page: Page) -> Response:
        self.office.reports.approve(self.office.actions, page.principal, page.path["id"], page.form.get("note", ""))
        return self.web.go(page, f"/doi-chieu/{page.path['id']}")

    def reopen(self, page: Page) -> Response:
        self.office.actions.reopen(page.principal, page.path["id"], page.form.get("note", ""))
        return self.web.go(page, f"/doi-chieu/{page.path['id']}")

    # -- the picture of a page

    def picture(self, page: Page) -> Response:
        """The picture of a page of a PDF or a scan."""
        number = cursor_of(page.path["number"], "number")
        data = self.office.reports.picture(page.principal, page.path["document"], number)
        if not data:
            raise Missing()
        return Response(data, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


def names_page(page: Page) -> str:
    """The word for a page."""
    return "page" if page.lang == "en" else "trang"


def _page_of(place: str) -> str:
    """The page that a place names: ``khoản 1 Điều 2, trang 5`` → ``5``.

    >>> _page_of("mục II, trang 5"), _page_of("mục II")
    ('5', '')
    """
    _, mark, number = place.rpartition("trang ")
    return number if mark and number.isdigit() else ""


def _value(form: dict[str, str], kind: str) -> Any:
    """The value of an event from the fields of its form."""
    if kind != "correct":
        return form.get("value") or None
    value: dict[str, Any] = {}
    if form.get("kinds"):
        value["kinds"] = [form["kinds"]]
    for side in ("child", "parent"):
        if form.get(f"{side}_value", "").strip():
            value[side] = {"value": form[f"{side}_value"].strip()}
    return value
