"""The office under load, as measured on this machine: ``make bench-office``.

Fills a store with ten thousand documents and a hundred thousand findings, starts ``doichieu serve`` on it, and lets
twenty people click for a while, each with a short pause between two clicks.  Prints start-up, memory at rest, and the
median and 95th percentile of each kind of page, list and search.
"""

from __future__ import annotations

import http.client
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

_DOCUMENTS, _COMPARISONS, _FINDINGS = 10_000, 1_000, 100
_PEOPLE, _SECONDS, _PAUSE = 20, 30.0, 0.5
_SUBJECTS = ("nước sạch", "bảo hiểm y tế", "kỹ năng số", "trường chuẩn quốc gia", "việc làm mới", "rừng trồng mới")


def main(database: str = "", *, documents: int = _DOCUMENTS, seconds: float = _SECONDS) -> int:
    """Fill, serve, click, print."""
    from doichieu.office.store import Office

    with tempfile.TemporaryDirectory(prefix="doichieu-bench-") as folder:
        data = Path(folder)
        office = Office(data, database)
        office.prepare()
        started = time.monotonic()
        comparisons = max(1, documents * _COMPARISONS // _DOCUMENTS)
        kept = _fill(office, documents, comparisons)
        sessions = []
        for number in range(_PEOPLE):
            user, _ = office.accounts.add_user(f"Người {number}", "soan", subject=f"bench-{number}")
            sessions.append(office.accounts.start_session(user))
        office.database.close()
        print(
            f"{documents} documents, {comparisons * _FINDINGS} findings in "
            f"{'PostgreSQL' if database else 'SQLite'}; filled in {time.monotonic() - started:.0f} s"
        )
        _serve(data, database, kept, sessions, seconds)
    return 0


def _fill(office: Any, documents: int, comparisons: int) -> list[str]:
    """Rows as readers and comparisons leave them; returns the ids of the comparisons."""
    from sqlalchemy import text

    from doichieu import diff, extract_text
    from doichieu.office import tables, wordindex, work
    from doichieu.office.ledger import now

    rng = random.Random(1)
    with office.database.write() as connection:
        unit = office.accounts.unit(connection)
    sample = work._document_answer(extract_text(_text(rng, 1), document_id="mau"))
    compared = diff(extract_text(_text(rng, 3), document_id="a"), extract_text(_text(rng, 2), document_id="b"))
    answer = work._comparison_answer(compared, [], [])
    finding = answer["findings"][0]
    common = {"unit": unit, "created_at": now(), "created_by": "bench"}
    line_id = 0
    for start in range(0, documents, 500):
        numbers = range(start + 1, min(start + 500, documents) + 1)
        stock: list[dict[str, Any]] = []
        words: list[tuple[int, str]] = []
        for number in numbers:
            for line in sample["lines"]:
                line_id += 1
                subject = rng.choice(_SUBJECTS)
                values = {key: line[key] for key in ("kind", "record_id", "agency", "due", "record")}
                stock.append({"id": line_id, "unit": unit, "document": number, "document_kind": "ke_hoach", **values})
                words.append((line_id, f"{line['folded']} {work.folded(subject)} so {number}"))
        with office.database.write() as connection:
            connection.execute(
                tables.documents.insert(),
                [
                    {
                        **common,
                        "id": number,
                        "document_id": f"ke-hoach-{number}",
                        "sha256": f"{number:064x}",
                        "file_name": f"ke-hoach-{number}.txt",
                        "status": "ready",
                        "kind": rng.choice(("ke_hoach", "nghi_quyet", "chi_thi", "quyet_dinh")),
                        "number": f"{number}/KH-UBND",
                        "issuer": f"Ủy ban nhân dân xã số {number % 300}",
                        "issued_on": f"{2015 + number % 12}-03-02",
                        "year": str(2015 + number % 12),
                        "title": f"Kế hoạch số {number} về {rng.choice(_SUBJECTS)}",
                        "record": sample["record"],
                        "counts": '{"targets":20}',
                    }
                    for number in numbers
                ],
            )
            connection.execute(tables.contents.insert(), [{"document": n, "packed": sample["packed"]} for n in numbers])
            connection.execute(
                tables.parents.insert(), [{"document": n, "number": f"{n % 50 + 1}/KH-UBND"} for n in numbers]
            )
            connection.execute(tables.stock.insert(), stock)
            wordindex.add(connection, words)
    kept = []
    for number in range(1, comparisons + 1):
        identity = f"c{number:016x}"
        kept.append(identity)
        with office.database.write() as connection:
            connection.execute(
                tables.comparisons.insert().values(
                    **common,
                    id=identity,
                    number=number,
                    child=number * documents // (comparisons + 1) + 1,
                    parent=number % 50 + 1,
                    state=rng.choice(("open", "submitted", "approved", "returned")),
                    sentence=answer["sentence"],
                    counts='{"findings":100,"severities":{"high":50,"low":50},"kinds":{"looser":100}}',
                    open=_FINDINGS,
                    changed_at=now(),
                )
            )
            connection.execute(
                tables.findings.insert(),
                [{**finding, "id": f"d{n}", "comparison": identity, "number": n + 1} for n in range(_FINDINGS)],
            )
            connection.execute(tables.comparison_contents.insert().values(comparison=identity, packed=answer["packed"]))
    if not office.database.sqlite:
        with office.database.write() as connection:
            connection.execute(text("ANALYZE"))
    return kept


def _text(rng: random.Random, seed: int) -> str:
    rng.seed(seed)
    lines = [f"- {rng.randint(5, 95)}% hộ dân xã {n} được hưởng {rng.choice(_SUBJECTS)}." for n in range(20)]
    return "KẾ HOẠCH\n\nII. MỤC TIÊU\n\n1. Đến năm 2030\n\n" + "\n\n".join(lines)


def _serve(data: Path, database: str, comparisons: list[str], sessions: list[str], seconds: float) -> None:
    command = [sys.executable, "-P", "-m", "doichieu.cli", "serve", "--data", str(data), "--port", "0"]
    begun = time.monotonic()
    process = subprocess.Popen(
        [*command, *(["--database", database] if database else [])],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = next(line.split()[-1] for line in process.stdout if "Đang phục vụ" in line)
        host = address.removeprefix("http://").rstrip("/")
        _get(host, "/healthz", "")
        print(f"start-up {time.monotonic() - begun:.2f} s; memory at rest {_memory(process.pid)} MB")
        times = _clicked(host, comparisons, sessions, seconds)
        every = sorted(t for kind in times if kind != "search" for t in times[kind])
        print(f"{_PEOPLE} people, {_PAUSE:g} s between two clicks, {seconds:g} s:")
        for kind, found in [*sorted(times.items()), ("all pages and lists", every)]:
            found = sorted(found)
            if found:
                middle, late = found[len(found) // 2], found[int(len(found) * 0.95)]
                print(f"  {kind:22} {len(found):6} clicks, median {middle * 1000:5.0f} ms, 95 % {late * 1000:5.0f} ms")
        print(f"memory after it {_memory(process.pid)} MB")
    finally:
        process.terminate()
        process.wait()


def _memory(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0


def _get(host: str, path: str, session: str, connection: http.client.HTTPConnection | None = None) -> int:
    asked = connection or http.client.HTTPConnection(host, timeout=60)
    asked.request("GET", path, headers={"Cookie": f"doichieu_session={session}"})
    answer = asked.getresponse()
    answer.read()
    return answer.status


def _clicked(host: str, comparisons: list[str], sessions: list[str], seconds: float) -> dict[str, list[float]]:
    """The seconds of each click, by kind."""
    times: dict[str, list[float]] = defaultdict(list)
    lock = threading.Lock()
    end = time.monotonic() + seconds

    def person(number: int) -> None:
        rng = random.Random(number)
        connection = http.client.HTTPConnection(host, timeout=60)
        while time.monotonic() < end:
            kind, path = rng.choice(_ways(rng, comparisons))
            begun = time.monotonic()
            status = _get(host, path, sessions[number], connection)
            spent = time.monotonic() - begun
            if status != 200:
                raise RuntimeError(f"{path}: {status}")
            with lock:
                times[kind].append(spent)
            time.sleep(_PAUSE)

    threads = [threading.Thread(target=person, args=(number,)) for number in range(len(sessions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _ways(rng: random.Random, comparisons: list[str]) -> list[tuple[str, str]]:
    comparison = rng.choice(comparisons)
    words = quote(rng.choice(("nuoc sach", "bao hiem y te", "ky nang so", "truong chuan", "viec lam")))
    number = rng.randint(1, 9000)
    return [
        ("my work", "/viec"),
        ("stock", f"/kho?cursor={number}"),
        ("comparison", f"/doi-chieu/{comparison}"),
        ("list of findings", f"/api/v1/comparisons/{comparison}/findings?limit=100"),
        ("list of documents", f"/api/v1/documents?cursor={number}&year=2020"),
        ("list of comparisons", "/doi-chieu"),
        ("approval", "/duyet"),
        ("journal", "/nhat-ky"),
        ("search", f"/kho?bang=targets&q={words}"),
        ("search", f"/api/v1/targets?q={words}%20{number}"),
        ("search", f"/kho?q={words}%20ke%20hoach"),
    ]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
