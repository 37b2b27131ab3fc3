"""Users, units, tokens, webhooks."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import BaseRoute

from doichieu.office.faults import Missing
from doichieu.office.kinds import ADMINISTRATORS
from doichieu.office.search import cursor_of
from doichieu.office.web import Page, Screen, page_words


class Administration(Screen):
    """The handlers."""

    def routes(self) -> list[BaseRoute]:
        """Their routes."""

        def way(path: str, handler: object, method: str = "POST") -> BaseRoute:
            return self.web.way(path, handler, method=method, roles=ADMINISTRATORS)  # type: ignore[arg-type]

        return [
            way("/quan-tri", self.page, "GET"),
            way("/quan-tri/nguoi-dung", self.add_user),
            way("/quan-tri/nguoi-dung/{id}", self.change_user),
            way("/quan-tri/ma", self.add_token),
            way("/quan-tri/ma/{id}/thu-hoi", self.revoke),
            way("/quan-tri/webhook", self.add_webhook),
            way("/quan-tri/webhook/{id}/bo", self.remove_webhook),
        ]

    def page(self, page: Page, told: str = "", secret: str = "") -> Response:
        accounts = self.office.accounts
        return self.web.render(
            page,
            "admin.html.j2",
            told=told,
            secret=secret,
            users=accounts.users(),
            units=accounts.units(),
            tokens=accounts.tokens(),
            webhooks=self.office.webhooks.list(page.principal),
            data=self.office.folder.path,
        )

    def _link(self, page: Page, secret: str) -> Response:
        return self.page(page, page_words(page.lang).link_is, f"{page.host}/mat-khau?ma={secret}")

    def add_user(self, page: Page) -> Response:
        form = page.form
        _, secret = self.office.accounts.add_user(form.get("name", ""), form.get("role", ""), form.get("unit", ""))
        return self._link(page, secret)

    def change_user(self, page: Page) -> Response:
        number = cursor_of(page.path["id"], "id")
        if page.form.get("link"):
            if number not in {user["id"] for user in self.office.accounts.users()}:
                raise Missing()
            return self._link(page, self.office.accounts.invite(number))
        if not self.office.accounts.change_user(number, active=page.form.get("active") == "1"):
            raise Missing()
        return self.web.go(page, "/quan-tri")

    def add_token(self, page: Page) -> Response:
        form = page.form
        secret = self.office.accounts.add_token(form.get("name", ""), form.get("role", ""), form.get("unit", ""))
        return self.page(page, page_words(page.lang).token_is, secret)

    def revoke(self, page: Page) -> Response:
        if not self.office.accounts.revoke_token(cursor_of(page.path["id"], "id")):
            raise Missing()
        return self.web.go(page, "/quan-tri")

    def add_webhook(self, page: Page) -> Response:
        made = self.office.webhooks.add(page.principal, page.form.get("url", "").strip(), [])
        return self.page(page, page_words(page.lang).secret_is, made["secret"])

    def remove_webhook(self, page: Page) -> Response:
        self.office.webhooks.remove(page.principal, page.path["id"])
        return self.web.go(page, "/quan-tri")
