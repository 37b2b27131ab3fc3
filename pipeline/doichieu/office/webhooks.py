"""Webhooks: every change of a unit called out to an address, in order, signed, and kept until it is taken.

The body of a call is JSON with ``timestamp`` and ``changes``; the header ``X-Doichieu-Signature`` is ``sha256=`` and
the HMAC-SHA256 of the body with the webhook's secret, ``X-Doichieu-Timestamp`` the time of the call again.  An
answer of 2xx takes it; anything else is tried again after 1, 2, 4 … seconds, at most an hour apart, for ever.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import logging
import secrets
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import select, update

from doichieu.office import tables
from doichieu.office.accounts import Principal
from doichieu.office.database import Database
from doichieu.office.faults import Away, BadRequest, Missing
from doichieu.office.ledger import loaded, now, packed
from doichieu.office.search import change_shown

log = logging.getLogger("doichieu.office")
_BATCH = 50
_TIMEOUT = 10.0
_LONGEST = 3600.0
_POLL = 1.0
TABLES = ("documents", "comparisons", "deviations", "events")


def signature(secret: str, body: bytes) -> str:
    """The signature of a body."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class Webhooks:
    """The webhooks of a store, and the thread that calls them."""

    def __init__(self, database: Database, *, first_pause: float = 1.0) -> None:
        self.database = database
        self.first_pause = first_pause
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    # -- keeping

    def add(self, principal: Principal, url: str, wanted: Sequence[str], secret: str = "") -> dict[str, Any]:
        """Add a webhook of the caller's unit; it is called for what changes from now on.  Its secret is told once."""
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or len(url) > 2000:
            raise BadRequest("“url” cần là một địa chỉ http hoặc https.")
        unknown = set(wanted) - set(TABLES)
        if unknown:
            raise BadRequest(f"Không có bảng {', '.join(sorted(unknown))}; các bảng: {', '.join(TABLES)}.")
        secret = secret or secrets.token_urlsafe(32)
        w, u = tables.webhooks, tables.units.c
        with self.database.write() as connection:
            self.database.lock(connection)
            identity = f"w{secrets.token_hex(8)}"
            connection.execute(
                w.insert().values(
                    id=identity,
                    unit=principal.unit,
                    url=url,
                    secret=secret,
                    tables=packed(wanted),
                    sent=connection.execute(select(u.changes).where(u.id == principal.unit)).scalar_one(),
                    created_at=now(),
                    created_by=principal.name,
                )
            )
            row = connection.execute(select(w).where(w.c.id == identity)).one()
        return {**_shown(row), "secret": secret}

    def list(self, principal: Principal) -> list[dict[str, Any]]:
        """The webhooks of the caller's unit, without their secrets."""
        w = tables.webhooks
        with self.database.read() as connection:
            rows = connection.execute(select(w).where(w.c.unit == principal.unit).order_by(w.c.created_at, w.c.id))
            return [_shown(row) for row in rows]

    def remove(self, principal: Principal, identity: str) -> None:
        """Remove a webhook; raises :class:`Missing`."""
        w = tables.webhooks
        with self.database.write() as connection:
            gone = connection.execute(w.delete().where(w.c.id == identity, w.c.unit == principal.unit))
            if not gone.rowcount:
                raise Missing("Không có webhook này.")

    # -- calling

    def start(self) -> None:
        """Begin to call."""
        self._thread = threading.Thread(target=self._live, name="webhooks", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End; what was not taken is kept."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=_TIMEOUT + 2)

    def _live(self) -> None:
        while not self._stopping.is_set():
            try:
                again = self.deliver()
            except Away as error:
                log.warning("database away", extra={"reason": error.detail})
                again = False
            if not again:
                self._stopping.wait(_POLL)

    def deliver(self) -> bool:
        """One call to each webhook that something waits for; whether more is to be called at once."""
        w, c = tables.webhooks, tables.changes
        with self.database.read() as connection:
            waiting = connection.execute(select(w).where(w.c.active == 1, w.c.next_at <= time.time())).all()
        more = False
        for hook in waiting:
            if self._stopping.is_set():
                return False
            with self.database.read() as connection:
                rows = connection.execute(
                    select(c).where(c.c.unit == hook.unit, c.c.seq > hook.sent).order_by(c.c.seq).limit(_BATCH)
                ).all()
            if not rows:
                continue
            wanted = loaded(hook.tables) or TABLES
            changes = [change_shown(row._mapping) for row in rows if row._mapping["table"] in wanted]
            error = self._call(hook, changes) if changes else ""
            if error:
                tries = hook.tries + 1
                pause = min(_LONGEST, self.first_pause * 2 ** min(hook.tries, 30))
                values = {"tries": tries, "next_at": time.time() + pause, "error": error[:500]}
            else:
                values = {"tries": 0, "next_at": 0.0, "error": "", "sent": rows[-1].seq}
                more = True
            with self.database.write() as connection:
                connection.execute(update(w).where(w.c.id == hook.id).values(**values))
        return more

    def _call(self, hook: Any, changes: Any) -> str:
        """Call one address; returns what went wrong."""
        stamp = now()
        body = msgspec.json.encode({"webhook": hook.id, "timestamp": stamp, "changes": changes})
        request = urllib.request.Request(
            hook.url,
            data=body,
            method="POST",
            headers={
                "Content-Type": "application/json",
                "User-Agent": "doichieu",
                "X-Doichieu-Timestamp": stamp,
                "X-Doichieu-Signature": signature(hook.secret, body),
            },
        )
        try:
            with _opener.open(request, timeout=_TIMEOUT) as answer:
                return "" if 200 <= answer.status < 300 else f"trả lời {answer.status}"
        except urllib.error.HTTPError as error:
            return f"trả lời {error.code}"
        except (OSError, http.client.HTTPException, ValueError) as error:
            return f"{type(error).__name__}: {error}"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A webhook that moved has to be set anew: a signed call goes nowhere else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))


def _shown(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "url": row.url,
        "tables": loaded(row.tables) or list(TABLES),
        "sent": row.sent,
        "tries": row.tries,
        "error": row.error or None,
        "created_at": row.created_at,
        "created_by": row.created_by,
    }
