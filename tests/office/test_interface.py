"""The interface as described: answers against their schemas, progress, webhooks, the examples of the docs."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.office.running import CHILD, PARENT, Live, Running

ROOT = Path(__file__).resolve().parents[2]


def test_answers_are_as_described(office: Running) -> None:
    from jsonschema import Draft202012Validator

    described = office.client.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    parent, child = office.upload(("mo-ta-cha.txt", PARENT), ("mo-ta-con.txt", CHILD))
    comparison = office.compared(child, parent)
    finding = office.findings(comparison)[0]["id"]
    office.mark(comparison, finding, "fix")
    names = {"{finding}": finding, "{table}": "targets", "{file}": "report.html"}
    looked_at = 0
    for path, methods in described["paths"].items():
        operation = methods.get("get")
        if operation is None or path == "/healthz":
            continue
        identity = child if "/documents/" in path else comparison
        if "/jobs/" in path:
            identity = office.get("/jobs")["items"][0]["id"]
        filled = path.replace("{id}", identity)
        for name, value in names.items():
            filled = filled.replace(name, value)
        for role in ("soan", "quan_tri"):
            answer = office.call("GET", filled, role)
            content = operation["responses"].get(str(answer.status_code))
            assert content is not None, (filled, answer.status_code)
            if answer.headers["content-type"].startswith("application/"):
                kind = answer.headers["content-type"].split(";")[0]
                if "json" not in kind:
                    continue
                schema = {**content["content"][kind]["schema"], "components": described["components"]}
                Draft202012Validator(schema).validate(answer.json())
                looked_at += 1
    assert looked_at > 30
    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_progress_is_told_as_it_goes(tmp_path: Path) -> None:
    with Live(tmp_path, "") as office:
        made = office.call("POST", "/api/v1/documents", files=[("file", ("cha.txt", PARENT.encode()))]).json()
        job = made["jobs"][0]["id"]
        import urllib.request

        request = urllib.request.Request(f"{office.url}/api/v1/jobs/{job}/progress")
        request.add_header("Authorization", f"Bearer {office.tokens['soan']}")
        with urllib.request.urlopen(request, timeout=60) as answer:
            assert answer.headers["Content-Type"].startswith("text/event-stream")
            told = answer.read().decode()
        states = [json.loads(line[6:])["status"] for line in told.splitlines() if line.startswith('data: {"')]
        assert states[-1] == "done" and told.rstrip().endswith("data: {}")


def test_pages_of_a_long_file_are_told(small: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    from doichieu.office import work
    from doichieu.reading import pages

    told = small.data / "progress"
    tell = work._teller(str(told))
    with work._watched(tell):
        pages.turned(3, 80)
    assert json.loads(told.read_bytes()) == {"stage": "read", "page": 3, "pages": 80}


class Receiver:
    """Somebody who takes calls, or does not."""

    def __init__(self) -> None:
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.status = 200
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # the name that http.server wants
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.calls.append(({k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(outer.status)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/nghe"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@contextmanager
def receiver() -> Iterator[Receiver]:
    one = Receiver()
    try:
        yield one
    finally:
        one.server.shutdown()


def until(true: Any) -> None:
    import time

    for _ in range(300):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it does not come about")


def test_webhooks_are_signed_and_kept_until_taken(tmp_path: Path) -> None:
    with receiver() as there:
        with Running(tmp_path, "") as office:
            office.office.webhooks.first_pause = 0.05
            made = office.call("POST", "/api/v1/webhooks", "quan_tri", json={"url": there.url})
            assert made.status_code == 201
            secret = made.json()["secret"]
            assert "secret" not in office.get("/webhooks", "quan_tri")["items"][0]
            there.status = 500
            office.upload(("cha.txt", PARENT))
            until(lambda: len(there.calls) >= 3)
            assert office.get("/webhooks", "quan_tri")["items"][0]["error"] == "trả lời 500"
        refused = len(there.calls)
        there.status = 204
        with Running(tmp_path, "") as office:  # kept over a restart
            until(lambda: len(there.calls) > refused)
            office.upload(("con.txt", CHILD))
            comparison = office.compared("con", "cha")
            office.mark(comparison, office.findings(comparison)[0]["id"], "fix")

            def taken() -> list[int]:
                return [c["cursor"] for _, body in there.calls[refused:] for c in json.loads(body)["changes"]]

            wanted = [c["cursor"] for c in office.get("/changes")["items"]]
            until(lambda: taken() == wanted)
        for headers, body in there.calls:
            assert headers["x-doichieu-timestamp"] == json.loads(body)["timestamp"]
            signed = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
            assert headers["x-doichieu-signature"] == f"sha256={signed}"
    with Running(tmp_path, "") as office:
        for url in ("ftp://a/b", "file:///etc/passwd", "http://", "khong"):
            assert office.call("POST", "/api/v1/webhooks", "quan_tri", json={"url": url}).status_code == 400
        hook = office.get("/webhooks", "quan_tri")["items"][0]["id"]
        assert office.call("DELETE", f"/api/v1/webhooks/{hook}", "quan_tri").status_code == 204


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with Live(tmp_path_factory.mktemp("vi-du"), "") as office:
        yield office


def examples(language: str) -> list[str]:
    found: list[str] = []
    for name in ("README.md", "docs/OFFICE.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        found += [code for code in re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL) if "api/v1" in code]
    return found


@pytest.mark.parametrize("language", ["bash", "py"])
def test_the_examples_of_the_docs_run(live: Live, tmp_path: Path, language: str) -> None:
    codes = examples(language)
    assert codes
    if language == "bash" and shutil.which("curl") is None:
        pytest.skip("chưa có curl")
    for code in codes:
        (tmp_path / "nghi-quyet.docx").write_bytes(PARENT.encode())
        (tmp_path / "nghi-quyet.txt").write_text(PARENT, encoding="utf-8")
        (tmp_path / "ke-hoach.txt").write_text(CHILD, encoding="utf-8")
        environment = {**os.environ, "URL": live.url, "TOKEN": live.tokens["soan"]}
        command = ["bash", "-euo", "pipefail", "-c", code] if language == "bash" else [sys.executable, "-c", code]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() and '"code"' not in done.stdout, done.stdout


def test_calendar_by_address(small: Running) -> None:
    icalendar = pytest.importorskip("icalendar")
    later = PARENT.replace("31/12/2026", "31/12/2099")
    small.upload(("cha.txt", later))
    number, _ = small.office.accounts.add_user("An", "xem", password="mat-khau-du-dai")
    key = small.office.accounts.calendar_key(number)
    answer = small.client.get(f"/lich/{key}.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert "2099-12-31" in {str(event.decoded("dtstart")) for event in events}
    assert small.client.get("/lich/sai.ics").status_code == 404
    small.office.accounts.calendar_key(number)
    assert small.client.get(f"/lich/{key}.ics").status_code == 404


def test_an_older_store_becomes_one_of_today(address: str, tmp_path: Path) -> None:
    """A store without what later versions added, with a document in it, ends as a fresh one."""
    from sqlalchemy import inspect, text

    from doichieu.errors import UsageError
    from doichieu.office import migrations
    from doichieu.office.store import Office
    from tests.office import postgres

    first = postgres.server().database() if address else ""
    with Running(tmp_path / "cu", first) as office:
        office.upload(("cha.txt", PARENT), ("con.txt", CHILD))
        comparison = office.compared("con", "cha")
        office.mark(comparison, office.findings(comparison)[0]["id"], "fix")
        database = office.office.database
        with database.read() as connection:
            fresh = _shape(inspect(connection))
        with database.write() as connection:
            for addition in reversed(migrations.ADDITIONS):
                for name in addition.indexes:
                    connection.execute(text(f"DROP INDEX {name}"))
                for name in addition.tables:
                    connection.execute(text(f"DROP TABLE {name}"))
                for name in addition.columns:
                    table, column = name.split(".")
                    connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
            if address:  # the first index of words: cut by PostgreSQL's own rules, without marks
                connection.execute(text("ALTER TABLE words DROP COLUMN document"))
                connection.execute(
                    text(
                        "UPDATE words SET folded = to_tsvector('simple', array_to_string(array_remove("
                        "tsvector_to_array(folded), '=' || unit || '/' || kind), ' ')) FROM stock WHERE id = rowid"
                    )
                )
            connection.execute(text("UPDATE meta SET value = '1' WHERE key = 'version'"))
    again = Office(tmp_path / "cu", first)
    assert migrations.upgrade(again.database) == 1
    assert migrations.upgrade(again.database) == migrations.VERSION
    with again.database.read() as connection:
        assert _shape(inspect(connection)) == fresh
    with again.database.write() as connection:
        connection.execute(text("UPDATE meta SET value = '99' WHERE key = 'version'"))
    with pytest.raises(UsageError, match="mới hơn"):
        migrations.upgrade(again.database)
    with again.database.write() as connection:
        connection.execute(text(f"UPDATE meta SET value = '{migrations.VERSION}' WHERE key = 'version'"))
    again.database.close()
    with Running(tmp_path / "cu", first) as office:
        assert office.findings(comparison)[0]["mark"] == "fix"
        assert [d["id"] for d in office.get("/documents", q="ke hoach")["items"]] == ["con"]
        assert {t["document_id"] for t in office.get("/targets", q="nuoc sach")["items"]} == {"cha", "con"}
        assert office.call("POST", "/api/v1/searches", json={"name": "a", "query": "q=b"}).status_code == 201


def _shape(found: Any) -> dict[str, Any]:
    tables = [name for name in found.get_table_names() if not name.startswith("words")]
    return {
        name: (
            sorted((c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)),
            sorted((i["name"] or "", tuple(i["column_names"])) for i in found.get_indexes(name)),
        )
        for name in sorted(tables)
    }


def test_bodies_are_reconciled_as_openrefine_asks(office: Running) -> None:
    office.upload(("co-quan-cha.txt", PARENT.replace("15-NQ", "16-NQ")))
    about = office.get("/reconcile")
    assert about["versions"] == ["0.2"] and about["defaultTypes"][0]["id"] == "agency"
    queries = {
        "q0": {"query": "Sở Tài chính"},
        "q1": {"query": "So tai chin", "limit": 1},
        "q2": {"query": "Sở Tài chính", "type": "river"},
        "q3": {"query": "xyz"},
    }
    answer = office.call("POST", "/api/v1/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    found = {key: entry["result"] for key, entry in answer.json().items()}
    assert found["q0"][0]["match"] and found["q0"][0]["name"] == "Sở Tài chính"
    assert found["q0"][0]["type"] == about["defaultTypes"]
    known = office.get("/assignments", agency="so tai chinh")["items"][0]["agency_id"]
    assert [c["id"] for c in found["q1"]] == [known] and not found["q1"][0]["match"]
    assert found["q2"] == [] and found["q3"] == []
    assert office.get("/reconcile", queries='{"a": "Sở Tài chính"}')["a"]["result"][0]["id"] == known
    elsewhere = office.call("POST", "/api/v1/reconcile", "khac", data={"queries": '{"a": "So tai chin"}'})
    assert elsewhere.json()["a"]["result"] == []  # the bodies of this unit are not another's
    for wrong in ("[]", "{", '{"a": 1}', '{"a": {"limit": 3}}', '{"a": {"query": "x", "limit": 0}}'):
        assert office.call("POST", "/api/v1/reconcile", data={"queries": wrong}).status_code == 400, wrong
    many = json.dumps({f"q{n}": "x" for n in range(500)})
    assert office.call("POST", "/api/v1/reconcile", data={"queries": many}).status_code == 400
