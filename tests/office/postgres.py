"""A real PostgreSQL server of Debian's packages for the tests: started once, not as root, in a folder of its own."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from functools import cache
from pathlib import Path


def programs() -> Path | None:
    """The folder of the newest server that is installed; None where none is."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def missing() -> str:
    """Why there is no server; empty where there can be one."""
    if programs() is None:
        return "chưa có PostgreSQL: apt-get install postgresql"
    if os.getuid() == 0 and shutil.which("runuser") is None:
        return "PostgreSQL không chạy dưới quyền root, và không có runuser"
    try:
        import psycopg  # noqa: F401
    except ModuleNotFoundError:
        return "chưa có gói psycopg: pip install 'doichieu[postgres]'"
    return ""


def _run(*command: str) -> None:
    """Run a program of the server as somebody who is not root."""
    user = ["runuser", "-u", "nobody", "--"] if os.getuid() == 0 else []
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    done = subprocess.run([*user, *command], capture_output=True, text=True, check=False, env=environment, cwd="/")
    assert done.returncode == 0, done.stderr


class Server:
    """One server."""

    def __init__(self) -> None:
        bin_folder = programs()
        assert bin_folder is not None
        self.bin = bin_folder
        self.folder = Path(tempfile.mkdtemp(prefix="dc-pg-"))
        if os.getuid() == 0:
            shutil.chown(self.folder, "nobody", None)
        self.data = self.folder / "data"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        _run(
            str(self.bin / "initdb"), "-D", str(self.data), "-U", "doichieu", "-A", "trust", "-E", "UTF8", "--locale=C"
        )
        self.start()
        atexit.register(self.end)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off -c shared_buffers=32MB"
        log = str(self.folder / "log")
        _run(str(self.bin / "pg_ctl"), "-D", str(self.data), "-o", options, "-l", log, "-w", "start")

    def stop(self) -> None:
        """Stop the server at once, as a fault would."""
        _run(str(self.bin / "pg_ctl"), "-D", str(self.data), "-m", "immediate", "-w", "stop")

    def end(self) -> None:
        """Stop the server and remove its folder."""
        subprocess.run(
            [str(self.bin / "pg_ctl"), "-D", str(self.data), "-m", "immediate", "stop"]
            if os.getuid()
            else [
                "runuser",
                "-u",
                "nobody",
                "--",
                str(self.bin / "pg_ctl"),
                "-D",
                str(self.data),
                "-m",
                "immediate",
                "stop",
            ],
            capture_output=True,
            check=False,
            cwd="/",
        )
        shutil.rmtree(self.folder, ignore_errors=True)

    def database(self) -> str:
        """The address of a new, empty database."""
        import psycopg

        name = f"t{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
        return self.address(name)

    def address(self, name: str) -> str:
        """The address of a database."""
        return f"postgresql://doichieu@127.0.0.1:{self.port}/{name}"


@cache
def server() -> Server:
    """The server of this test process."""
    return Server()
