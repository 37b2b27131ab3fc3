"""Running an office: ``doichieu open`` for one person, ``doichieu serve`` for an office; the log as JSON lines."""

from __future__ import annotations

import datetime
import getpass
import json
import logging
import os
import socket
import sys
import threading
import webbrowser
from pathlib import Path
from typing import Any

from doichieu.errors import UsageError, system_reason
from doichieu.office.app import Application
from doichieu.office.http import MAX_UPLOAD, Settings
from doichieu.office.store import Office

_FIELDS = ("method", "path", "status", "ms", "job", "kind", "reason", "mark")
_LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]"})


def data_folder(given: Path | None) -> Path:
    """The folder of the office: as given, else ``$DOICHIEU_DATA``, else in the user's own data folder."""
    if given is not None:
        return given
    if os.environ.get("DOICHIEU_DATA"):
        return Path(os.environ["DOICHIEU_DATA"])
    base = os.environ.get("XDG_DATA_HOME") or os.path.join(os.path.expanduser("~"), ".local", "share")
    return Path(base) / "doichieu"


def database_of(data: Path, given: str, *, keep: bool = False) -> str:
    """The address of the database: as given, else ``$DOICHIEU_DATABASE``, else the one that this folder was served
    with; empty for SQLite.  ``keep``: remember it for the commands that come later."""
    address = given or os.environ.get("DOICHIEU_DATABASE", "")
    place = data / "database"
    try:
        if not address and place.is_file():
            return place.read_text(encoding="utf-8").strip()
        if address and keep:
            data.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
                handle.write(address + "\n")
    except OSError as error:
        raise UsageError(f"Không dùng được thư mục dữ liệu {data}: {system_reason(error)}.") from error
    return address


class _Lines(logging.Formatter):
    """One JSON object a line: when, how serious, what; never anything of a document."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at.replace("+00:00", "Z"), "level": record.levelname.lower()}
        line["message"] = record.getMessage() if record.name.startswith(("doichieu", "uvicorn")) else record.msg
        line |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = type(record.exc_info[1]).__name__
            line["where"] = _where(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _where(trace: Any) -> list[str]:
    """The places of a trace without the values that stood there."""
    import traceback

    return [f"{Path(f.filename).name}:{f.lineno}" for f in traceback.extract_tb(trace)][-12:]


def _logging(*, quiet: bool) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING if quiet else logging.INFO)
    logging.getLogger("uvicorn.access").disabled = True


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens; raises :class:`doichieu.errors.UsageError` where it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        reason = "cổng đang được dùng" if error.errno == 98 else system_reason(error)
        raise UsageError(f"Không nghe được ở {host}:{port}: {reason}.") from error
    listener.listen(128)
    return listener


def _run(office: Office, application: Application, listener: socket.socket, on_start: Any) -> None:
    import uvicorn

    config = uvicorn.Config(
        application.asgi,
        log_config=None,
        lifespan="off",
        server_header=False,
        proxy_headers=True,
        timeout_graceful_shutdown=3,
        timeout_keep_alive=30,
    )
    office.start()
    threading.Timer(0.1, on_start).start()
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        office.stop()


def serve(
    data: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    database: str = "",
    workers: int = 2,
    max_upload: int = MAX_UPLOAD,
    oidc: Any = None,
) -> int:
    """Serve an office until it is told to end."""
    _logging(quiet=False)
    office = Office(data, database_of(data, database), workers=workers)
    lock = office.folder.lock()
    database_of(data, database, keep=True)
    listener = _listening(host, port)
    port = listener.getsockname()[1]
    office.prepare()
    application = Application(office, Settings(max_upload=max_upload, oidc=oidc))
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    address = f"http://{shown}:{port}"
    secret = office.accounts.first_link()
    if secret:
        print("Chưa có người dùng. Mở liên kết dùng một lần này để tạo người quản trị đầu tiên:", flush=True)
        print(f"{address}/bat-dau?ma={secret}", flush=True)
    _run(office, application, listener, lambda: print(f"Đang phục vụ tại {address}/", flush=True))
    lock.close()
    return 0


def open_alone(data: Path, *, port: int = 0, browser: bool = True) -> int:
    """Serve this machine's person alone and open the browser."""
    _logging(quiet=True)
    office = Office(data, "", workers=1)
    lock = office.folder.lock()
    listener = _listening("127.0.0.1", port)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    office.prepare()
    application = Application(office, Settings(alone=_person(), hosts=_LOCAL))

    def begin() -> None:
        print(f"Đối Chiếu đang chạy tại {address} – bấm Ctrl+C để dừng. Tệp nằm ở {data}.", flush=True)
        if browser and not webbrowser.open(address):
            print("Không mở được trình duyệt; hãy tự mở địa chỉ trên.", flush=True)

    _run(office, application, listener, begin)
    lock.close()
    return 0


def _person() -> str:
    try:
        return getpass.getuser() or "tôi"
    except (KeyError, OSError):
        return "tôi"
