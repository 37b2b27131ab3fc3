"""The stock: documents, search, facets, one document, one target through the levels."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import BaseRoute

from doichieu.naming import kind_names
from doichieu.office import tables
from doichieu.office.faults import Missing
from doichieu.office.kinds import STOCK_TABLES, WORKERS
from doichieu.office.ledger import loaded
from doichieu.office.search import cursor_of, facets_of
from doichieu.office.web import Page, Screen, page_words, with_query

_PAGE = 50


class Stock(Screen):
    """The handlers."""

    def routes(self) -> list[BaseRoute]:
        """Their routes."""
        way = self.web.way
        return [
            way("/kho", self.search),
            way("/kho/phep-tim", self.save, method="POST"),
            way("/kho/phep-tim/{id}/bo", self.forget, method="POST"),
            way("/kho/{id}", self.document),
            way("/kho/{id}/sua", self.correct, method="POST", roles=WORKERS),
            way("/kho/{id}/doi-chieu", self.compare, method="POST", roles=WORKERS),
            way("/kho/{id}/chuoi/{target}", self.chain),
        ]

    def search(self, page: Page) -> Response:
        q = page.query
        table = q.get("bang", "documents")
        if table not in (*STOCK_TABLES, "documents"):
            raise Missing()
        after = cursor_of(q.get("cursor", ""))
        rows: list[Any]
        if table == "documents":
            found, following = self.office.search.documents(
                page.principal,
                query=q.get("q", ""),
                kind=q.get("kind", ""),
                year=q.get("year", ""),
                issuer=q.get("issuer", ""),
                all_versions=False,
                after=after,
                limit=_PAGE,
            )
            with self.office.database.read() as connection:
                rows = [self.office.documents.shown(connection, row) for row in found]
        else:
            found, following = self.office.search.stock(
                page.principal,
                table,
                **facets_of(q),
                after=after,
                limit=_PAGE,
            )
            rows = [{"document_id": r.document_id, "due": r.due, "record": loaded(r.record)} for r in found]
        kept = {k: v for k, v in q.items() if v and k != "cursor"}
        return self.web.render(
            page,
            "stock.html.j2",
            q=q,
            table=table,
            rows=rows,
            facets=self._facets(page),
            saved=self.office.search.saved(page.principal),
            query=urlencode(kept),
            following=with_query(page, cursor=str(following)) if following else "",
        )

    def _facets(self, page: Page) -> list[tuple[str, str, list[tuple[str, str, int, str, bool]]]]:
        t = page_words(page.lang)
        titles = {"kind": t.facet_kind, "year": t.facet_year, "issuer": t.facet_issuer, "unit": t.facet_unit}
        out = []
        for key, entries in self.office.search.facets(page.principal).items():
            shown = []
            for value, count in entries[:12]:
                name = kind_names().get(value, value) if key == "kind" else value
                on = page.query.get(key) == value or key == "unit"  # nobody looks beyond their own
                shown.append((value, name, count, with_query(page, **{key: "" if on else value, "cursor": ""}), on))
            if shown:
                out.append((key, titles[key], shown))
        return out

    def save(self, page: Page) -> Response:
        query = page.form.get("query", "")
        self.office.search.save(page.principal, page.form.get("name", ""), query)
        return self.web.go(page, f"/kho?{query}")

    def forget(self, page: Page) -> Response:
        self.office.search.forget(page.principal, cursor_of(page.path["id"], "id"))
        return self.web.go(page, "/kho")

    def document(self, page: Page) -> Response:
        identity = page.path["id"]
        d = self.office.documents.get(page.principal, identity)
        rows: dict[str, list[dict[str, Any]]] = {"targets": [], "assignments": [], "problems": []}
        if d["status"] == "ready":
            rows = {name: self.office.documents.records(page.principal, identity, name) for name in rows}
        problems = [p for p in rows["problems"] if p["severity"] in ("high", "medium")]
        return self.web.render(
            page,
            "document.html.j2",
            d={**d, "corrected": [_field_name(page, name) for name in d["corrected"]]},
            kinds=kind_names(),
            targets=rows["targets"],
            assignments=rows["assignments"],
            problems=problems,
            comparisons=self.office.comparisons.of_document(page.principal, identity),
        )

    def correct(self, page: Page) -> Response:
        """Keep what differs from what the document was taken for."""
        identity = page.path["id"]
        before = self.office.documents.get(page.principal, identity)
        changes: dict[str, Any] = {}
        for name in ("kind", "number", "issued_on", "issuer", "title", "nature"):
            if name in page.form and page.form[name].strip() != (before.get(name) or ""):
                changes[name] = page.form[name].strip()
        said = ["".join(part.split()) for part in page.form.get("implements", "").split(";") if part.strip()]
        if "implements" in page.form and said != before["implements_numbers"]:
            changes["implements"] = said
        if changes:
            self.office.documents.correct(page.principal, identity, changes)
        return self.web.go(page, _address(identity))

    def compare(self, page: Page) -> Response:
        made = self.office.comparisons.request(page.principal, page.path["id"], page.form.get("parent", "").strip())
        self.office.dispatcher.wake()
        return self.web.go(page, f"/cho/{made['id']}")

    def chain(self, page: Page) -> Response:
        """One target up to the topmost document and down through all that were compared with it."""
        with self.office.database.read() as connection:
            row = self.office.documents.ready(connection, page.principal, page.path["id"])
            s = tables.stock.c
            own = connection.execute(
                select(s.record).where(s.document == row.id, s.kind == "targets", s.record_id == page.path["target"])
            ).first()
            if own is None:
                raise Missing()
            levels = _Chain(connection, row.unit).levels(row.id, page.path["target"])
        return self.web.render(page, "chain.html.j2", levels=levels)


class _Chain:
    """The answers to a target through the comparisons that there are."""

    def __init__(self, connection: Any, unit: int) -> None:
        self.connection = connection
        self.unit = unit

    def levels(self, document: int, target: str) -> list[dict[str, Any]]:
        top, depth = (document, target), 0
        while depth < 8 and (above := self._above(*top)) is not None:
            top, depth = above, depth + 1
        out: list[dict[str, Any]] = []
        here: list[tuple[int, str, Any]] = [(top[0], top[1], None)]
        level = 0
        while here and level < 8:
            level += 1
            by_document: dict[int, list[dict[str, Any]]] = {}
            below: list[tuple[int, str, Any]] = []
            for number, key, finding in here:
                by_document.setdefault(number, []).append(
                    {
                        "quote": self._quote(number, key),
                        "kinds": finding.kinds.split("; ") if finding is not None else [],
                        "comparison": finding.comparison if finding is not None else "",
                        "finding": finding.id if finding is not None else "",
                    }
                )
                below += self._below(number, key) if key else []
            out += [{"level": level, "document": self._name(n), "steps": found} for n, found in by_document.items()]
            here = below
        return out

    def _current(self) -> Any:
        f, c = tables.findings.c, tables.comparisons.c
        return (
            select(f.kinds, f.comparison, f.id, f.child_target, f.parent_target, c.child, c.parent)
            .join(tables.comparisons, c.id == f.comparison)
            .where(c.unit == self.unit, c.newer == "", c.parent.is_not(None))
        )

    def _above(self, document: int, target: str) -> tuple[int, str] | None:
        f, c = tables.findings.c, tables.comparisons.c
        wanted = self._current().where(c.child == document, f.child_target == target, f.parent_target != "")
        row = self.connection.execute(wanted.order_by(c.number)).first()
        return (int(row.parent), str(row.parent_target)) if row is not None else None

    def _below(self, document: int, target: str) -> list[tuple[int, str, Any]]:
        f, c = tables.findings.c, tables.comparisons.c
        wanted = self._current().where(c.parent == document, f.parent_target == target)
        rows = self.connection.execute(wanted.order_by(c.number, f.position)).all()
        return [(int(row.child), str(row.child_target), row) for row in rows]

    def _quote(self, document: int, target: str) -> str:
        s = tables.stock.c
        found = self.connection.execute(
            select(s.record).where(s.document == document, s.kind == "targets", s.record_id == target)
        ).scalar()
        return str((loaded(found) or {}).get("quote") or "") if found else ""

    def _name(self, document: int) -> str:
        d = tables.documents.c
        return str(self.connection.execute(select(d.document_id).where(d.id == document)).scalar_one())


def _address(identity: str) -> str:
    from urllib.parse import quote

    return f"/kho/{quote(identity, safe='')}"


def _field_name(page: Page, name: str) -> str:
    return str(getattr(page_words(page.lang), name))
