"""The commands, as processes: tokens before the first start, serving, a server killed at any moment, backup, verify."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.office import postgres
from tests.office.running import CHILD, PARENT

ENVIRONMENT = {**os.environ, "PYTHONUNBUFFERED": "1"}


def doichieu(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "doichieu.cli", *words],
        capture_output=True,
        text=True,
        input=given,
        check=False,
        env=ENVIRONMENT,
    )


def token(data: Path, role: str, *more: str) -> str:
    done = doichieu("token", "add", f"Máy {role}", "--role", role, "--data", str(data), *more)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("\n") and done.stdout.count("\n") == 1
    return done.stdout.strip()


@contextmanager
def served(data: Path, *more: str, command: str = "serve") -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server as a process, and its address."""
    log = data.with_name(f"{data.name}.log")  # a pipe that nobody reads would fill up
    with log.open("a", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "doichieu.cli", command, "--data", str(data), "--port", "0", *more],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=ENVIRONMENT,
        )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            words = [word for word in line.split() if word.startswith("http://") and "bat-dau" not in word]
            if words:
                yield words[0].rstrip("/"), process
                break
        else:
            raise AssertionError(log.read_text(encoding="utf-8"))
    finally:
        process.kill()
        process.wait()


def call(address: str, path: str, secret: str, body: Any = None, *, raw: bytes = b"", kind: str = "") -> Any:
    data = raw or (json.dumps(body).encode() if body is not None else None)
    request = urllib.request.Request(address + path, data=data, method="POST" if data is not None else "GET")
    request.add_header("Authorization", f"Bearer {secret}")
    if kind:
        request.add_header("Content-Type", kind)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())
    except urllib.error.HTTPError as error:
        raise AssertionError(f"{path}: {error.read().decode()}") from error


def upload(address: str, secret: str, name: str, text: str) -> str:
    body = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n{text}\r\n--x--\r\n'
    made = call(address, "/api/v1/documents", secret, raw=body.encode(), kind="multipart/form-data; boundary=x")
    return str(made["jobs"][0]["id"])


def finished(address: str, secret: str, job: str) -> dict[str, Any]:
    for _ in range(400):
        found: dict[str, Any] = call(address, f"/api/v1/jobs/{job}", secret)
        if found["status"] in ("done", "failed"):
            return found
        time.sleep(0.05)
    raise AssertionError("the job does not end")


def test_from_a_token_to_findings(tmp_path: Path) -> None:
    secret = token(tmp_path, "soan")
    with served(tmp_path) as (address, process):
        with urllib.request.urlopen(f"{address}/healthz", timeout=20) as answer:
            assert answer.status == 200
        assert "doichieu_requests_total" in urllib.request.urlopen(f"{address}/metrics", timeout=20).read().decode()
        ids = [
            finished(address, secret, upload(address, secret, name, text))["result"]["document_id"]
            for name, text in (("cha.txt", PARENT), ("con.txt", CHILD))
        ]
        assert ids == ["cha", "con"]
        made = finished(address, secret, call(address, "/api/v1/comparisons", secret, {"child": "con"})["id"])
        found = call(address, f"/api/v1/comparisons/{made['result']['comparison_id']}/findings", secret)
        assert found["items"]
        second = doichieu("serve", "--data", str(tmp_path), "--port", "0")
        assert second.returncode == 2 and "đang được một máy chủ khác dùng" in second.stderr
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) in (0, -signal.SIGTERM)
    log = tmp_path.with_name(f"{tmp_path.name}.log").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.splitlines() if line]
    assert any(line.get("path") == "/api/v1/documents" and line["status"] == 202 for line in lines)
    assert "nước sạch" not in json.dumps(lines, ensure_ascii=False)
    assert doichieu("verify", "--data", str(tmp_path)).returncode == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE events SET note = 'khác' WHERE seq = 2",
        "UPDATE events SET author = 'Người khác' WHERE seq = 1",
        "DELETE FROM events WHERE seq = 2",
        "DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)",
        "UPDATE events SET seq = seq - 3 WHERE seq < 3; UPDATE events SET seq = -seq WHERE seq < 0",
        "DELETE FROM events; DELETE FROM meta WHERE key = 'head'; UPDATE findings SET note = ''",
        "UPDATE comparisons SET state = 'approved'",
        "UPDATE findings SET mark = 'accept' WHERE mark = 'fix'",
        "DELETE FROM changes WHERE seq = 2",
    ],
)
def test_verify_finds_every_change(marked: Path, tmp_path: Path, change: str) -> None:
    data = tmp_path / "ban-sao"
    shutil.copytree(marked, data)
    assert doichieu("verify", "--data", str(data)).returncode == 0
    connection = sqlite3.connect(data / "office.sqlite")
    connection.executescript(change)
    connection.commit()
    connection.close()
    done = doichieu("verify", "--data", str(data))
    assert done.returncode == 1 and "doichieu:" in done.stderr


def test_verify_finds_a_changed_file(marked: Path, tmp_path: Path) -> None:
    data = tmp_path / "ban-sao"
    shutil.copytree(marked, data)
    original = next(path for path in (data / "originals").rglob("*") if path.is_file())
    original.write_bytes(original.read_bytes() + b" ")
    assert "Tệp gốc" in doichieu("verify", "--data", str(data)).stderr


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office in which somebody marked some findings."""
    from tests.office.running import Running

    data = tmp_path_factory.mktemp("da-danh-dau") / "data"
    with Running(data, "") as office:
        office.upload(("cha.txt", PARENT), ("con.txt", CHILD))
        comparison = office.compared("con", "cha")
        for finding, value in zip(office.findings(comparison), ("fix", "accept", "ask"), strict=False):
            assert office.mark(comparison, finding["id"], value).status_code == 201
    return data


def test_backup_and_restore_between_databases(marked: Path, tmp_path: Path) -> None:
    copy = tmp_path / "sao-luu.zip"
    done = doichieu("backup", str(copy), "--data", str(marked))
    assert done.returncode == 0, done.stderr
    again = tmp_path / "lai"
    assert doichieu("restore", str(copy), "--data", str(again)).returncode == 0
    assert doichieu("verify", "--data", str(again)).returncode == 0
    refused = doichieu("restore", str(copy), "--data", str(again))
    assert refused.returncode == 2 and "kho trống" in refused.stderr
    broken = tmp_path / "hong.zip"
    broken.write_bytes(copy.read_bytes()[:-100])
    assert doichieu("restore", str(broken), "--data", str(tmp_path / "khac")).returncode == 2
    if postgres.missing():
        pytest.skip(postgres.missing())
    address = postgres.server().database()
    there = tmp_path / "pg"
    assert doichieu("restore", str(copy), "--data", str(there), "--database", address).returncode == 0
    assert doichieu("verify", "--data", str(there), "--database", address).returncode == 0
    back = tmp_path / "ve.zip"
    assert doichieu("backup", str(back), "--data", str(there), "--database", address).returncode == 0
    home = tmp_path / "nha"
    assert doichieu("restore", str(back), "--data", str(home)).returncode == 0
    assert doichieu("verify", "--data", str(home)).returncode == 0
    from tests.office.running import Running

    with Running(home, "") as office:
        assert office.get("/targets", q="nuoc sach")["items"]
        office.upload(("moi.txt", CHILD.replace("85%", "88%")))
        assert office.get("/targets", q="tram bom")["items"]


def test_wrong_calls(tmp_path: Path) -> None:
    for words, said in (
        (("token", "add", "A", "--role", "vua", "--data", str(tmp_path)), "chọn một trong"),
        (("token", "add", " ", "--role", "xem", "--data", str(tmp_path)), "Tên cần"),
        (("serve", "--data", str(tmp_path), "--database", "khong-phai"), "không hợp lệ"),
        (("serve", "--data", str(tmp_path), "--database", "mysql://a/b"), "mysql"),
        (("verify", "--data", str(tmp_path / "khong-co")), "Không có thư mục"),
        (("restore", str(tmp_path / "khong-co.zip"), "--data", str(tmp_path / "a")), "Không đọc được"),
        (("user", "add", "An", "--role", "soan", "--data", str(tmp_path), "--password-stdin"), "ít nhất 12"),
    ):
        done = doichieu(*words, given="ngan\n")
        assert done.returncode == 2 and said in done.stderr, done.stderr


def test_a_user_gets_a_link_once(tmp_path: Path) -> None:
    done = doichieu("user", "add", "Nguyễn An", "--role", "duyet", "--unit", "Phòng Pháp chế", "--data", str(tmp_path))
    assert done.returncode == 0 and "/mat-khau?ma=" in done.stdout
    again = doichieu("user", "add", "Nguyễn An", "--role", "duyet", "--data", str(tmp_path))
    assert again.returncode == 2 and "Đã có người dùng" in again.stderr


def kill_and_look(data: Path, times: int, *more: str) -> None:
    """Kill a server ``times`` times while events are written and files read; nothing answered may be lost."""
    secret = token(data, "soan", *more)
    kept: list[str] = []
    tasks: list[str] = []
    comparison = finding = ""
    for turn in range(times):
        with served(data, *more) as (address, process):
            if not comparison:
                for name, text in (("cha.txt", PARENT), ("con.txt", CHILD)):
                    finished(address, secret, upload(address, secret, name, text))
                made = finished(address, secret, call(address, "/api/v1/comparisons", secret, {"child": "con"})["id"])
                comparison = made["result"]["comparison_id"]
                found = call(address, f"/api/v1/comparisons/{comparison}/findings", secret)
                finding = found["items"][0]["id"]
            tasks.append(upload(address, secret, f"them-{turn}.txt", CHILD.replace("85%", f"{turn + 1}%")))
            stop = time.monotonic() + 0.02 * (turn % 10)
            path = f"/api/v1/comparisons/{comparison}/findings/{finding}/events"
            while True:
                event = call(address, path, secret, {"kind": "comment", "note": f"Lượt {turn}"})
                kept.append(event["id"])
                if time.monotonic() >= stop:
                    break
            process.kill()
            process.wait()
    with served(data, *more) as (address, _):
        found = call(address, f"/api/v1/comparisons/{comparison}/findings/{finding}/events", secret)
        assert [e["id"] for e in found["items"]][: len(kept)] == kept or set(kept) <= {e["id"] for e in found["items"]}
        for job in tasks:
            done = finished(address, secret, job)
            assert done["status"] == "done", done
    assert doichieu("verify", "--data", str(data), *more).returncode == 0


def test_killed_at_any_moment(tmp_path: Path) -> None:
    kill_and_look(tmp_path, 4)


def test_alone_without_signing_in(tmp_path: Path) -> None:
    with served(tmp_path, "--no-browser", command="open") as (address, _):
        with urllib.request.urlopen(f"{address}/api/v1/me", timeout=20) as answer:
            assert json.loads(answer.read())["role"] == "soan"
        other = urllib.request.Request(f"{address}/api/v1/me", headers={"Host": "evil.example"})
        with pytest.raises(urllib.error.HTTPError, match="421"):
            urllib.request.urlopen(other, timeout=20)
        forged = urllib.request.Request(
            f"{address}/api/v1/comparisons", data=b"{}", headers={"Origin": "http://evil.example"}
        )
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(forged, timeout=20)


@pytest.mark.long
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_killed_a_hundred_times(tmp_path: Path, database: str) -> None:
    if database == "sqlite":
        kill_and_look(tmp_path, 100)
        return
    if postgres.missing():
        pytest.skip(postgres.missing())
    kill_and_look(tmp_path, 100, "--database", postgres.server().database())


def test_what_is_deployed_calls_commands_that_there_are() -> None:
    import re
    import shlex
    import tomllib

    from doichieu.cli import parser

    root = Path(__file__).resolve().parents[2]
    unit = (root / "deploy" / "doichieu.service").read_text(encoding="utf-8")
    (start,) = [line.removeprefix("ExecStart=") for line in unit.splitlines() if line.startswith("ExecStart=")]
    words = shlex.split(start)
    assert words[0].endswith("/doichieu") and parser().parse_args(words[1:]).command == "serve"
    container = (root / "deploy" / "Containerfile").read_text(encoding="utf-8")
    # What is read in an office is read there: each extra that a command to install asks for exists, PDF and scans too.
    extras = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for text in (unit, container):
        asked = set(re.search(r"(?:doichieu|/src)\[([a-z,]+)\]", text)[1].split(","))  # type: ignore[index]
        assert asked <= set(extras) and {"office", "postgres", "pdf", "scan"} <= asked
    command = json.loads(next(line for line in container.splitlines() if line.startswith("CMD ")).removeprefix("CMD "))
    assert parser().parse_args(command[1:]).host == "0.0.0.0"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="chưa có systemd-analyze")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    unit = (Path(__file__).resolve().parents[2] / "deploy" / "doichieu.service").read_text(encoding="utf-8")
    here = tmp_path / "doichieu.service"
    here.write_text(unit.replace("/opt/doichieu/bin/doichieu", shutil.which("true") or ""), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(here)], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "doichieu.service" not in done.stderr, done.stderr
