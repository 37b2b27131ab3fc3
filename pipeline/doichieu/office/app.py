"""The application: routes to handlers, faults to answers, headers that keep pages safe, bounds on what comes in."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import AsyncIterator
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute
from starlette.routing import Route as Way
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from doichieu.errors import DoichieuError, UsageError
from doichieu.office import calls, jobs, metrics, openapi, pages
from doichieu.office.accounts import Principal
from doichieu.office.faults import Away, Fault, Forbidden, TooLarge, Unprocessable
from doichieu.office.http import MAX_BODY, PAGE_POLICY, Doors, Settings, problem, response
from doichieu.office.kinds import READERS
from doichieu.office.routes import Call, Route, decoded
from doichieu.office.store import Office

log = logging.getLogger("doichieu.office")


class Application:
    """One office as an ASGI application."""

    def __init__(self, office: Office, settings: Settings | None = None) -> None:
        self.office = office
        self.settings = settings or Settings()
        self.metrics = metrics.Metrics(office)
        self.doors = Doors(office, self.settings)
        self.routes = calls.routes(office)
        ways: list[BaseRoute] = [
            Way("/healthz", self._health, methods=["GET"]),
            Way("/metrics", self._metrics, methods=["GET"]),
            Way("/api/openapi.json", self._openapi, methods=["GET"]),
            Way("/api/v1/jobs/{id}/progress", self._progress, methods=["GET"]),
        ]
        ways += [Way(r.path, self._endpoint(r), methods=[r.method]) for r in self.routes]
        ways += pages.ways(office, self.doors)
        star = Starlette(
            routes=ways,
            exception_handlers={HTTPException: self._http_fault, Exception: self._crash, Fault: self._fault},
        )
        self.asgi: ASGIApp = _Guard(star, self)

    # -- calls of the interface

    def _endpoint(self, route: Route) -> Any:
        async def endpoint(request: Request) -> Response:
            principal = await self.doors.principal(request)
            if route.roles is not None and principal.role not in route.roles:
                raise Forbidden()
            self.doors.check_origin(request, principal)
            call = Call(
                principal=principal,
                path=dict(request.path_params),
                query=dict(request.query_params),
                headers=dict(request.headers),
                host=f"{request.url.scheme}://{request.url.netloc}",
            )
            if route.files or route.form:
                call.form, call.files = await self.doors.form(request)
            elif route.body is not None:
                call.body = decoded(await self.doors.body(request), route.body)
            try:
                made = await run_in_threadpool(route.handler, call)
            except UsageError as error:
                raise Unprocessable(str(error)) from error
            finally:
                for upload in call.files:
                    upload.drop()
            return response(made, route.status)

        return endpoint

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
        principal = await self.doors.principal(request)
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
