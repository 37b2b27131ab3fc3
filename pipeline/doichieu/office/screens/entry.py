"""Coming in: signing in and out, the first administrator, choosing a password, the language, static files."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute

from doichieu.errors import UsageError
from doichieu.office.accounts import clean_name
from doichieu.office.faults import Fault, Forbidden, Missing
from doichieu.office.http import COOKIE
from doichieu.office.oidc import SignIn
from doichieu.office.web import STATIC, Page, Screen, Web, page_words

_PRE, _OIDC = "doichieu_pre", "doichieu_oidc"
_MEDIA = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


class Entry(Screen):
    """The handlers."""

    def __init__(self, web: Web) -> None:
        super().__init__(web)
        provider = web.doors.settings.oidc
        self.oidc = SignIn(provider, web.office.accounts, web.office.folder.secret) if provider is not None else None

    def routes(self) -> list[BaseRoute]:
        """Their routes."""
        way = self.web.way
        return [
            way("/static/{name}", self.static, roles=None),
            way("/dang-nhap", self.sign_in, roles=None),
            way("/dang-nhap", self.signed_in, method="POST", roles=None),
            way("/dang-nhap/oidc", self.elsewhere, roles=None),
            way("/dang-nhap/oidc/ve", self.returned, roles=None),
            way("/dang-xuat", self.sign_out, method="POST"),
            way("/bat-dau", self.first, roles=None),
            way("/bat-dau", self.made_first, method="POST", roles=None),
            way("/mat-khau", self.password, roles=None),
            way("/mat-khau", self.chosen, method="POST", roles=None),
            way("/ngon-ngu", self.language, method="POST"),
        ]

    def static(self, page: Page) -> Response:
        """One of the office's own files."""
        name = page.path["name"]
        place = STATIC / name
        if place.suffix not in _MEDIA or not place.is_file() or place.parent != STATIC:
            raise Missing()
        return FileResponse(place, media_type=_MEDIA[place.suffix], headers={"Cache-Control": "max-age=3600"})

    # -- forms of those who are nobody yet

    def _form(
        self, page: Page, heading: str, action: str, *, told: str = "", status: int = 200, ask_name: bool = True
    ) -> Response:
        pre = page.cookies.get(_PRE) or secrets.token_urlsafe(18)
        answer = self.web.render(
            page,
            "sign_in.html.j2",
            status,
            heading=heading,
            action=action,
            told=told,
            pre=self._signed(pre),
            following=_inside(page.form.get("tiep") or page.query.get("tiep", "")),
            secret=page.form.get("ma") or page.query.get("ma", ""),
            name=page.form.get("name", ""),
            ask_name=ask_name,
            oidc=self.web.doors.settings.oidc is not None and action == "/dang-nhap",
        )
        answer.set_cookie(_PRE, pre, max_age=3600, httponly=True, samesite="lax", secure=page.secure)
        return answer

    def _signed(self, pre: str) -> str:
        return hmac.new(self.office.folder.secret, f"pre|{pre}".encode(), hashlib.sha256).hexdigest()

    def _checked(self, page: Page) -> None:
        pre = page.cookies.get(_PRE, "")
        if not pre or not hmac.compare_digest(self._signed(pre).encode(), page.form.get("pre", "").encode()):
            raise Forbidden(page_words(page.lang).forged)

    def _enter(self, page: Page, session: str, target: str) -> Response:
        answer = RedirectResponse(_inside(target), 303)
        answer.set_cookie(COOKIE, session, httponly=True, samesite="lax", secure=page.secure, path="/")
        answer.delete_cookie(_PRE)
        return answer

    def sign_in(self, page: Page) -> Response:
        return self._form(page, page_words(page.lang).sign_in, "/dang-nhap")

    def signed_in(self, page: Page) -> Response:
        self._checked(page)
        try:
            session = self.office.accounts.sign_in(page.form.get("name", ""), page.form.get("password", ""))
        except Fault as fault:
            return self._form(page, page_words(page.lang).sign_in, "/dang-nhap", told=fault.detail, status=fault.status)
        return self._enter(page, session, page.form.get("tiep", ""))

    def elsewhere(self, page: Page) -> Response:
        """To the sign-in service."""
        if self.oidc is None:
            raise Missing()
        address, kept = self.oidc.begin(page.host, _inside(page.query.get("tiep", "")))
        answer = RedirectResponse(address, 303)
        answer.set_cookie(_OIDC, kept, max_age=600, httponly=True, samesite="lax", secure=page.secure)
        return answer

    def returned(self, page: Page) -> Response:
        """Back from the sign-in service."""
        if self.oidc is None:
            raise Missing()
        q = page.query
        session, following = self.oidc.end(
            page.host, page.cookies.get(_OIDC, ""), q.get("state", ""), q.get("code", "")
        )
        answer = self._enter(page, session, following)
        answer.delete_cookie(_OIDC)
        return answer

    def sign_out(self, page: Page) -> Response:
        if page.principal.session:
            self.office.accounts.end_session(page.principal.session)
        answer = RedirectResponse("/", 303)
        answer.delete_cookie(COOKIE)
        return answer

    def first(self, page: Page) -> Response:
        if self.office.accounts.invited(page.query.get("ma", ""), "first") is None:
            raise Missing("Liên kết này đã dùng hoặc đã hết hạn.")
        return self._form(page, page_words(page.lang).first_admin, "/bat-dau")

    def made_first(self, page: Page) -> Response:
        self._checked(page)
        try:
            clean_name(page.form.get("name", ""))
            user = self.office.accounts.use_link(
                page.form.get("ma", ""), "first", page.form.get("password", ""), page.form.get("name", "")
            )
        except UsageError as error:
            return self._form(page, page_words(page.lang).first_admin, "/bat-dau", told=str(error), status=422)
        return self._enter(page, self.office.accounts.start_session(user), "/quan-tri")

    def password(self, page: Page) -> Response:
        if self.office.accounts.invited(page.query.get("ma", ""), "password") is None:
            raise Missing("Liên kết này đã dùng hoặc đã hết hạn.")
        return self._form(page, page_words(page.lang).choose_password, "/mat-khau", ask_name=False)

    def chosen(self, page: Page) -> Response:
        self._checked(page)
        try:
            user = self.office.accounts.use_link(page.form.get("ma", ""), "password", page.form.get("password", ""))
        except UsageError as error:
            title = page_words(page.lang).choose_password
            return self._form(page, title, "/mat-khau", told=str(error), status=422, ask_name=False)
        return self._enter(page, self.office.accounts.start_session(user), "/")

    def language(self, page: Page) -> Response:
        lang = "en" if page.form.get("lang") == "en" else "vi"
        if page.principal.user:
            self.office.accounts.set_language(page.principal.user, lang)
        answer = RedirectResponse(_inside(page.form.get("tiep", "")), 303)
        answer.set_cookie("doichieu_lang", lang, max_age=365 * 86400, samesite="lax", httponly=True, secure=page.secure)
        return answer


def _inside(address: str) -> str:
    """An address of this server; the start for any other.

    >>> _inside("/kho?q=a"), _inside("//evil.example"), _inside("https://evil.example")
    ('/kho?q=a', '/', '/')
    """
    if not address.startswith("/") or address[1:2] in ("/", "\\") or any(ord(c) < 32 for c in address):
        return "/"
    return address
