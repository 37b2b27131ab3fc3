"""Bringing documents in: the page with two fields for one person, uploads with progress, waiting for a job."""

from __future__ import annotations

from functools import cache
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute

from doichieu.office import jobs
from doichieu.office.faults import Missing, Unprocessable
from doichieu.office.folder import Upload
from doichieu.office.kinds import WORKERS
from doichieu.office.ledger import loaded
from doichieu.office.web import Page, Screen, page_words


@cache
def missing_programs() -> list[dict[str, str]]:
    """What this machine cannot read, and how to add it."""
    from doichieu.running.doctor import CAPABILITIES, missing

    found = [(capability, missing(capability)) for capability in CAPABILITIES if capability.name.startswith("đọc")]
    return [{"name": capability.name, "help": "; ".join(lacks)} for capability, lacks in found if lacks]


class Intake(Screen):
    """The handlers."""

    def routes(self) -> list[BaseRoute]:
        """Their routes."""
        way = self.web.way
        return [
            way("/", self.start),
            way("/", self.two, method="POST", roles=WORKERS),
            way("/nap", self.upload_page),
            way("/nap", self.upload, method="POST", roles=WORKERS),
            way("/cho/{ids}", self.waiting),
        ]

    def start(self, page: Page) -> Response:
        if not page.principal.alone:
            return self.web.go(page, "/viec")
        c = self.office.comparisons
        rows = c.recent(page.principal, 10)
        return self.web.render(page, "alone.html.j2", rows=rows, missing=missing_programs())

    def two(self, page: Page) -> Response:
        """Both files come in, the comparison is queued behind their reading."""
        parents = [upload for name, upload in page.files if name == "parent"]
        children = [upload for name, upload in page.files if name == "child"]
        if len(children) != 1:
            raise Unprocessable(page_words(page.lang).drop_child)
        made = self._receive(page, [*parents, *children])
        (child,) = made[len(parents) :]
        if not child["document_id"] or any(not one["document_id"] for one in made):
            raise Unprocessable("; ".join(one["error"] for one in made if one.get("error")))
        asked = [
            self.office.comparisons.request(page.principal, child["document_id"], one["document_id"])
            for one in made[: len(parents)]
        ] or [self.office.comparisons.request(page.principal, child["document_id"])]
        self.office.dispatcher.wake()
        return self.web.go(page, f"/cho/{'+'.join(one['id'] for one in [*made, *asked])}")

    def _receive(self, page: Page, uploads: list[Upload]) -> list[dict[str, Any]]:
        made = self.office.documents.receive(page.principal, uploads)
        self.office.dispatcher.wake()
        return made

    def upload_page(self, page: Page) -> Response:
        rows = jobs.recent(self.office.database, page.principal, 30)
        return self.web.render(
            page, "upload.html.j2", jobs=[self._shown(row) for row in rows], missing=missing_programs()
        )

    def upload(self, page: Page) -> Response:
        self._receive(page, [upload for _, upload in page.files])
        return self.web.go(page, "/nap")

    def waiting(self, page: Page) -> Response:
        """The jobs of one wish; once the last is done, what it made."""
        ids = page.path["ids"].split("+")[:50]
        rows = [self._shown(jobs.get(self.office.database, page.principal, one)) for one in ids]
        if not rows:
            raise Missing()
        ends = [row for row in rows if row["status"] in ("done", "failed")]
        if len(ends) == len(rows) and rows[-1]["status"] == "done":
            result = rows[-1]["result"] or {}
            if result.get("comparison_id"):
                return self.web.go(page, f"/doi-chieu/{result['comparison_id']}")
        return self.web.render(page, "waiting.html.j2", jobs=rows)

    def _shown(self, row: dict[str, Any]) -> dict[str, Any]:
        payload = loaded(row["payload"]) or {}
        shown = jobs.shown(row, self.office.dispatcher.progress(row["id"]))
        label = payload.get("file_name") or (shown["result"] or {}).get("document_id")
        return {**shown, "label": label or page_words("vi").comparisons}
