"""What comes in and goes out over HTTP: who calls, what they send, how an answer or a fault is written."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response

from doichieu.office.accounts import Principal
from doichieu.office.documents import tidy_file_name
from doichieu.office.faults import Away, BadRequest, Forbidden, Unauthorised, Unprocessable
from doichieu.office.folder import Upload
from doichieu.office.routes import Answer
from doichieu.office.store import Office

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


class Doors:
    """Who comes in, and with what."""

    def __init__(self, office: Office, settings: Settings) -> None:
        self.office = office
        self.settings = settings
        self.alone: Principal | None = None
        if settings.alone:
            with office.database.write() as connection:
                unit = office.accounts.unit(connection)
            self.alone = Principal(
                name=settings.alone, role="soan", unit=unit, unit_name="chung", alone=True, csrf=_alone_key(office)
            )

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

    async def body(self, request: Request) -> bytes:
        """The whole body, of bounded length."""
        try:
            return await request.body()
        except ClientDisconnect as error:
            raise BadRequest("Kết nối bị ngắt giữa chừng.") from error

    async def form(self, request: Request) -> tuple[dict[str, str], list[Upload]]:
        """The fields and files of a form."""
        fields, files = await self.named_files(request)
        return fields, [upload for _, upload in files]

    async def named_files(self, request: Request) -> tuple[dict[str, str], list[tuple[str, Upload]]]:
        """The fields of a form, and its files with the names of their fields; who asks for them drops them."""
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in ("multipart/form-data", "application/x-www-form-urlencoded"):
            raise Unprocessable("Cần multipart/form-data với trường “file”.")
        fields: dict[str, str] = {}
        files: list[tuple[str, Upload]] = []
        try:
            async with request.form(max_files=_MAX_FILES, max_fields=_MAX_FILES, max_part_size=MAX_BODY) as form:
                for name, value in form.multi_items():
                    if isinstance(value, UploadFile):
                        if value.filename:
                            tidy = tidy_file_name(value.filename)
                            upload = await run_in_threadpool(self.office.folder.take_in, tidy, value.file)
                            files.append((name, upload))
                    else:
                        fields[name] = value
        except (MultiPartException, HTTPException) as error:
            raise BadRequest(f"Biểu mẫu không đọc được: {getattr(error, 'detail', None) or error}") from error
        except ClientDisconnect as error:
            raise BadRequest("Kết nối bị ngắt giữa chừng.") from error
        except Away:
            for _, upload in files:
                upload.drop()
            raise
        return fields, files


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
