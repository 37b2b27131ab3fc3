"""Pages: templates with their words, forms with their tokens, faults as pages.

Everything works without a script; with htmx a form replaces the part of the page that it is about.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute
from starlette.routing import Route as Way

from doichieu.errors import UsageError
from doichieu.lexicon import load
from doichieu.naming import day_words
from doichieu.office.accounts import Principal
from doichieu.office.faults import Fault, Forbidden, Unauthorised, Unprocessable
from doichieu.office.folder import Upload
from doichieu.office.http import Doors
from doichieu.office.kinds import ADMINISTRATORS, APPROVERS, READERS, RETURNERS, WORKERS
from doichieu.office.store import Office
from doichieu.report.templates import compiled_templates, templates_folder
from doichieu.report.words import SIGNS, words

if TYPE_CHECKING:
    from jinja2 import Environment

STATIC = Path(__file__).parent / "static"


class Page(Struct, kw_only=True):
    """One call of a page as a handler sees it."""

    principal: Principal
    path: dict[str, str]
    query: dict[str, str]
    url: str
    lang: str
    htmx: bool = False
    form: dict[str, str] = {}
    files: list[tuple[str, Upload]] = []
    host: str = ""
    secure: bool = False
    cookies: dict[str, str] = {}


#: Who calls a page for which nobody needs to sign in.
NOBODY = Principal(name="", role="", unit=0, unit_name="")


@cache
def page_words(lang: str) -> SimpleNamespace:
    """The words of the screens as attributes."""
    return SimpleNamespace(**load(f"office_{lang}")["text"])


@cache
def names(lang: str, group: str) -> Mapping[str, str]:
    """The names of values of the office (roles, states, events, tables); marks are called what the reports call them,
    in their own lexicon."""
    found: Mapping[str, str] = load(f"office_{lang}")[group]
    return found


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(templates_folder() / "office"),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=compiled_templates(),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["moment"] = moment
    environment.filters["day"] = day
    environment.filters["part"] = lambda text: quote(str(text), safe="")
    return environment


def moment(text: str) -> str:
    """A time in UTC as a person reads it.

    >>> moment("2026-03-05T07:08:09.000Z")
    '05/3/2026 07:08'
    """
    return f"{day(text[:10])} {text[11:16]}" if len(text) > 15 else day(text)


def day(text: str | None) -> str:
    """An ISO date as a person reads it.

    >>> day("2026-03-05"), day(None)
    ('05/3/2026', '')
    """
    return day_words(text[:10]) if text else ""


class Web:
    """What all screens share."""

    def __init__(self, office: Office, doors: Doors) -> None:
        self.office = office
        self.doors = doors

    # -- routes

    def way(
        self,
        path: str,
        handler: Callable[[Page], Response],
        *,
        method: str = "GET",
        roles: frozenset[str] | None = READERS,
        files: bool = False,
    ) -> Way:
        """A route of a page; ``roles`` is None where nobody needs to sign in."""

        async def endpoint(request: Request) -> Response:
            principal = NOBODY
            files: list[tuple[str, Upload]] = []
            try:
                try:
                    if not path.startswith("/static"):
                        principal = await self.doors.principal(request)
                except Unauthorised:
                    if roles is not None:
                        return self._to_sign_in(request)
                if roles is not None and principal.role not in roles:
                    raise Forbidden()
                if method != "GET":
                    self.doors.check_origin(request, None)
                page = await self._page(request, principal, method)
                files = page.files
                if method != "GET" and roles is not None:
                    given = page.form.get("csrf", "")
                    if not hmac.compare_digest(given.encode(), principal.csrf.encode()) or not principal.csrf:
                        raise Forbidden(page_words(page.lang).forged)
                try:
                    return await run_in_threadpool(handler, page)
                except UsageError as error:
                    raise Unprocessable(str(error)) from error
            except Fault as fault:
                return self.fault(request, principal, fault)
            finally:
                for _, upload in files:
                    upload.drop()

        return Way(path, endpoint, methods=[method])

    def _to_sign_in(self, request: Request) -> Response:
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        address = f"/dang-nhap?{urlencode({'tiep': target if request.method == 'GET' else '/'})}"
        if request.headers.get("hx-request"):
            return Response(status_code=200, headers={"HX-Redirect": address})
        return RedirectResponse(address, 303)

    async def _page(self, request: Request, principal: Principal, method: str) -> Page:
        form: dict[str, str] = {}
        files: list[tuple[str, Upload]] = []
        if method != "GET":
            form, files = await self.doors.named_files(request)
        return Page(
            principal=principal,
            path=dict(request.path_params),
            query=dict(request.query_params),
            url=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            lang=_language(request, principal),
            htmx=bool(request.headers.get("hx-request")),
            form=form,
            files=files,
            host=f"{request.url.scheme}://{request.url.netloc}",
            secure=request.url.scheme == "https",
            cookies=dict(request.cookies),
        )

    # -- answers

    def render(self, page: Page, template: str, status: int = 200, **values: Any) -> Response:
        """A template with its values, the words of the language and who looks at it."""
        me = page.principal
        shared = {
            "page": page,
            "me": me,
            "lang": page.lang,
            "t": page_words(page.lang),
            "names": lambda group: names(page.lang, group),
            "report": words(page.lang),
            "signs": SIGNS,
            "may": SimpleNamespace(
                work=me.role in WORKERS,
                send_back=me.role in RETURNERS,
                approve=me.role in APPROVERS,
                administer=me.role in ADMINISTRATORS and not me.alone,
            ),
        }
        html = _environment().get_template(template).render(**shared, **values)
        return HTMLResponse(html, status, headers={"Cache-Control": "no-store", "Vary": "HX-Request"})

    def go(self, page: Page, address: str) -> Response:
        """To another page."""
        if page.htmx:
            return Response(status_code=200, headers={"HX-Redirect": address})
        return RedirectResponse(address, 303)

    def fault(self, request: Request, principal: Principal, fault: Fault) -> Response:
        """A fault as a page, or as a line above the page where a part of one was asked for."""
        lang = _language(request, principal)
        page = Page(principal=principal, path={}, query={}, url="/", lang=lang)
        htmx = bool(request.headers.get("hx-request"))
        answer = self.render(page, "fault_line.html.j2" if htmx else "fault.html.j2", fault.status, fault=fault)
        if htmx:
            answer.headers["HX-Retarget"] = "#notice"
            answer.headers["HX-Reswap"] = "innerHTML"
        if fault.status == 503:
            answer.headers["Retry-After"] = "5"
        return answer


class Screen:
    """One place in the menu: its handlers, and their routes."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.office = web.office

    def routes(self) -> list[BaseRoute]:
        """Its routes."""
        raise NotImplementedError


def _language(request: Request, principal: Principal) -> str:
    if principal.user:
        return principal.lang
    return "en" if request.cookies.get("doichieu_lang") == "en" else "vi"


def with_query(page: Page, **changes: str) -> str:
    """The page's address with other values in its query; an empty value takes a field out."""
    values = {key: value for key, value in {**page.query, **changes}.items() if value}
    path = page.url.partition("?")[0]
    return f"{path}?{urlencode(values)}" if values else path
