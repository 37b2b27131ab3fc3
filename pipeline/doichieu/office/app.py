"""The application: routes to handlers, faults to answers, headers that keep pages safe, bounds on what comes in."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import AsyncIterator
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute
from starlette.routing import Route as Way
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from doichieu.errors import DoichieuError, UsageError
from doichieu.office import api, jobs, metrics, openapi
from doichieu.office.accounts import Principal
from doichieu.office.documents import Upload, tidy_file_name
from doichieu.office.faults import Away, BadRequest, Fault, Forbidden, TooLarge, Unauthorised, Unprocessable
from doichieu.office.kinds import READERS
from doichieu.office.routes import Answer, Call, Route, decoded
from doichieu.office.store import Office

log = logging.getLogger("doichieu.office")

COOKIE = "doichieu_session"
#: The most bytes of one upload, and of any other body.
MAX_UPLOAD, MAX_BODY = 200 * 1024 * 1024, 1024 * 1024
_MAX_FILES = 200
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: No script and no style but the office's own files; nothing from elsewhere; no frame around a page.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: A report is a file of its own with its script inside: it may run that, in a place without any rights here.
REPORT_POLICY = (
    "sandbox allow-scripts allow-downloads allow-modals; default-src 'none'; style-src 'unsafe-inline'; "
    "script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How an application is run.  ``alone``: one person on this machine, nobody signs in."""

    alone: str = ""
    hosts: frozenset[str] = frozenset()  # names by which it may be called; all where empty
    max_upload: int = MAX_UPLOAD
    oidc: Any = None


class Application:
    """One office as an ASGI application."""

    def __init__(self, office: Office, settings: Settings | None = None) -> None:
        from doichieu.office.pages import Pages

        self.office = office
        self.settings = settings or Settings()
        self.metrics = metrics.Metrics(office)
        self.alone: Principal | None = None
        if self.settings.alone:
            with office.database.write() as connection:
                unit = office.accounts.unit(connection)
            self.alone = Principal(
                name=self.settings.alone, role="soan", unit=unit, unit_name="chung", alone=True, csrf=_alone_key(office)
            )
        self.routes = api.routes(office)
        ways: list[BaseRoute] = [
            Way("/healthz", self._health, methods=["GET"]),
            Way("/metrics", self._metrics, methods=["GET"]),
            Way("/api/openapi.json", self._openapi, methods=["GET"]),
            Way("/api/v1/jobs/{id}/progress", self._progress, methods=["GET"]),
        ]
        ways += [Way(r.path, self._endpoint(r), methods=[r.method]) for r in self.routes]
        ways += Pages(self).ways()
        star = Starlette(
            routes=ways,
            exception_handlers={HTTPException: self._http_fault, Exception: self._crash, Fault: self._fault},
        )
        self.asgi: ASGIApp = _Guard(star, self)

    # -- who calls

    async def principal(self, request: Request) -> Principal:
        """Who makes a call; raises :class:`Unauthorised` where nobody known does."""
        given = request.headers.get("authorization", "")
        if given:
            scheme, _, secret = given.partition(" ")
            if scheme.lower() != "bearer" or not secret.strip():
                raise Unauthorised()
            return await run_in_threadpool(self.office.accounts.by_token, secret.strip())
        cookie = cookie_of(request)
        if cookie:
            found = await run_in_threadpool(self.office.accounts.by_session, cookie)
            if found is not None:
                return found
        if self.alone is not None:
            return self.alone
        raise Unauthorised()

    def check_origin(self, request: Request, principal: Principal | None) -> None:
        """Refuse what another site makes a person's browser do; raises :class:`Forbidden`.

        A call with a token cannot be made by another site; all others must come from a page of this one.
        """
        if request.method in _SAFE or request.headers.get("authorization"):
            return
        site = request.headers.get("sec-fetch-site", "")
        origin = request.headers.get("origin", "")
        if site and site not in ("same-origin", "none"):
            raise Forbidden("Yêu cầu đến từ trang khác bị từ chối.")
        if origin and urlsplit(origin).netloc != request.headers.get("host", ""):
            raise Forbidden("Yêu cầu đến từ trang khác bị từ chối.")
        if principal is not None and principal.session and not origin and not site:
            if request.headers.get("x-csrf-token", "") != principal.csrf:
                raise Forbidden("Thiếu mã chống giả mạo (X-CSRF-Token).")

    # -- calls of the interface

    def _endpoint(self, route: Route) -> Any:
        async def endpoint(request: Request) -> Response:
            principal = await self.principal(request)
            if route.roles is not None and principal.role not in route.roles:
                raise Forbidden()
            self.check_origin(request, principal)
            call = Call(
                principal=principal,
                path=dict(request.path_params),
                query=dict(request.query_params),
                headers=dict(request.headers),
            )
            if route.files:
                call.form, call.files = await self.form(request)
            elif route.body is not None:
                call.body = decoded(await self.body(request), route.body)
            try:
                made = await run_in_threadpool(route.handler, call)
            except UsageError as error:
                raise Unprocessable(str(error)) from error
            return response(made, route.status)

        return endpoint

    async def body(self, request: Request) -> bytes:
        """The whole body, of bounded length."""
        try:
            return await request.body()
        except ClientDisconnect as error:
            raise BadRequest("Kết nối bị ngắt giữa chừng.") from error

    async def form(self, request: Request) -> tuple[dict[str, str], list[Upload]]:
        """The fields and files of a form."""
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in ("multipart/form-data", "application/x-www-form-urlencoded"):
            raise Unprocessable("Cần multipart/form-data với trường “file”.")
        try:
            async with request.form(max_files=_MAX_FILES, max_fields=_MAX_FILES, max_part_size=MAX_BODY) as form:
                fields: dict[str, str] = {}
                files: list[Upload] = []
                for name, value in form.multi_items():
                    if isinstance(value, UploadFile):
                        if value.filename:
                            files.append(Upload(tidy_file_name(value.filename), await value.read()))
                    else:
                        fields[name] = value
                return fields, files
        except (MultiPartException, HTTPException) as error:
            raise BadRequest(f"Biểu mẫu không đọc được: {getattr(error, 'detail', None) or error}") from error
        except ClientDisconnect as error:
            raise BadRequest("Kết nối bị ngắt giữa chừng.") from error

    # -- what needs nobody

    async def _health(self, request: Request) -> Response:
        def look() -> dict[str, Any]:
            from doichieu.office.migrations import version_of

            with self.office.database.read() as connection:
                return {"status": "ok", "schema": version_of(connection)}

        return response(await run_in_threadpool(look), 200)

    async def _metrics(self, request: Request) -> Response:
        text = await run_in_threadpool(self.metrics.text)
        return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")

    async def _openapi(self, request: Request) -> Response:
        return response(openapi.description(self.routes), 200)

    async def _progress(self, request: Request) -> Response:
        principal = await self.principal(request)
        if principal.role not in READERS:
            raise Forbidden()
        identity = request.path_params["id"]
        await run_in_threadpool(jobs.get, self.office.database, principal, identity)
        return StreamingResponse(
            self._told(principal, identity),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def _told(self, principal: Principal, identity: str) -> AsyncIterator[bytes]:
        """The states of a job as server-sent events, until its end."""
        before = b""
        silent = 0
        while True:
            row = await run_in_threadpool(jobs.get, self.office.database, principal, identity)
            told = msgspec.json.encode(jobs.shown(row, self.office.dispatcher.progress(identity)))
            if told != before:
                before, silent = told, 0
                yield b"event: progress\ndata: " + told + b"\n\n"
            if row["status"] in ("done", "failed"):
                yield b"event: end\ndata: {}\n\n"
                return
            silent += 1
            if silent % 40 == 0:
                yield b": con song\n\n"
            await asyncio.sleep(0.3)

    # -- faults

    async def _fault(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, Fault)
        headers = {"Retry-After": "5"} if error.status == 503 else {}
        if error.status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        return problem(error.status, error.code, error.title, error.detail, request.url.path, error.more, headers)

    async def _http_fault(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        titles = {404: "Không tìm thấy", 405: "Không có cách gọi này", 400: "Yêu cầu không hợp lệ"}
        title = titles.get(error.status_code, "Lỗi")
        return problem(error.status_code, "http", title, title, request.url.path, {}, dict(error.headers or {}))

    async def _crash(self, request: Request, error: Exception) -> Response:
        if isinstance(error, OSError) and not isinstance(error, DoichieuError):
            return await self._fault(request, Away(f"Lỗi hệ thống: {error.strerror or type(error).__name__}"))
        mark = uuid.uuid4().hex[:12]
        log.error("internal error", exc_info=error, extra={"mark": mark, "path": request.url.path})
        detail = f"Lỗi bên trong; người quản trị tìm trong nhật ký bằng mã {mark}."
        return problem(500, "internal_error", "Lỗi bên trong", detail, request.url.path, {}, {})


def _alone_key(office: Office) -> str:
    import hashlib

    return hashlib.sha256(b"csrf" + office.folder.secret).hexdigest()[:32]


def cookie_of(request: Request) -> str:
    """The secret of the session that a browser sends; empty where it sends none."""
    try:
        jar = SimpleCookie(request.headers.get("cookie", ""))
    except CookieError:
        return ""
    return jar[COOKIE].value if COOKIE in jar else ""


def problem(
    status: int, code: str, title: str, detail: str, instance: str, more: dict[str, Any], headers: dict[str, str]
) -> Response:
    """A fault as RFC 9457 says it."""
    body = {"type": f"urn:doichieu:{code}", "title": title, "status": status, "detail": detail, "instance": instance}
    return Response(
        msgspec.json.encode({**body, "code": code, **more}),
        status,
        {"Cache-Control": "no-store", **headers},
        media_type="application/problem+json",
    )


def response(made: Any, status: int) -> Response:
    """What a handler made, as an answer of HTTP."""
    if not isinstance(made, Answer):
        return Response(msgspec.json.encode(made), status, media_type="application/json")
    status = made.status or status
    headers = dict(made.headers)
    if made.name:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(made.name, safe='')}"
    if isinstance(made.data, Path):
        if not made.data.is_file():
            raise Away("Tệp gốc không còn trên đĩa.")
        return FileResponse(made.data, headers=headers, media_type=made.media)
    if status == 204:
        return Response(b"", status, headers)
    if isinstance(made.data, bytes):
        if made.media.startswith("text/html"):
            headers["Content-Security-Policy"] = REPORT_POLICY
        return Response(made.data, status, headers, media_type=made.media)
    return Response(msgspec.json.encode(made.data), status, headers, media_type=made.media)


class _Guard:
    """Around everything: names by which we may be called, bounds on bodies, headers, a line in the log."""

    def __init__(self, inner: ASGIApp, application: Application) -> None:
        self.inner = inner
        self.application = application
        self.settings = application.settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        started = time.monotonic()
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        path = scope["path"]
        said = {"status": 500}
        uploading = path in ("/api/v1/documents", "/nap", "/") and scope["method"] == "POST"
        limit = self.settings.max_upload if uploading else MAX_BODY
        seen = 0

        async def bounded() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise TooLarge(f"Quá lớn: tối đa {limit // 2**20} MB.")
            return message

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                said["status"] = message["status"]
                given = {name.lower() for name, _ in message["headers"]}
                for name, value in _HEADERS:
                    if name not in given:
                        message["headers"].append((name, value))
            await send(message)

        try:
            length = headers.get("content-length", "0")
            host = headers.get("host", "").rpartition(":")[0] or headers.get("host", "")
            if self.settings.hosts and host not in self.settings.hosts:
                answer = problem(421, "misdirected", "Sai địa chỉ", f"Không phục vụ tên “{host}”.", path, {}, {})
                await answer(scope, receive, dressed)
            elif length.isdigit() and int(length) > limit:
                fault = TooLarge(f"Quá lớn: tối đa {limit // 2**20} MB.")
                answer = problem(413, fault.code, fault.title, fault.detail, path, {}, {"Connection": "close"})
                await answer(scope, receive, dressed)
            else:
                await self.inner(scope, bounded, dressed)
        finally:
            seconds = time.monotonic() - started
            self.application.metrics.count(scope["method"], said["status"], seconds)
            log.info(
                "request",
                extra={
                    "method": scope["method"],
                    "path": path if path.startswith("/static") else _without_names(path),
                    "status": said["status"],
                    "ms": round(seconds * 1000, 1),
                },
            )


_HEADERS = tuple(
    (name.encode(), value.encode())
    for name, value in (
        ("content-security-policy", PAGE_POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    )
)


def _without_names(path: str) -> str:
    """A path as the log keeps it: names of documents are left out, ids of comparisons stay."""
    parts = path.split("/")
    for at, part in enumerate(parts[:-1]):
        if part in ("documents", "kho", "lich") and parts[at + 1]:
            parts[at + 1] = "-"
    return "/".join(parts)
