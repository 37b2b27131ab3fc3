"""Names that no system likes, links in a circle, pipes and devices: each costs its own row, nothing hangs."""

from __future__ import annotations

import csv
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = "KẾ HOẠCH\n\n1. Đến năm 2030, {0}% cán bộ cấp xã được bồi dưỡng kỹ năng số.\n"
SECONDS = 300  # what hangs for ever must end one day; nothing is measured


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOICHIEU_CACHE", str(tmp_path / "bo-nho"))


def command(*words: object, **more: object) -> subprocess.CompletedProcess[str]:
    search = f"{ROOT / 'pipeline'}{os.pathsep}{ROOT}"
    return subprocess.run(
        [sys.executable, "-P", "-m", "doichieu.cli", *(os.fspath(w) if isinstance(w, Path) else str(w) for w in words)],
        capture_output=True,
        encoding="utf-8",
        errors="backslashreplace",
        env={**os.environ, "PYTHONPATH": search},
        timeout=SECONDS,
        check=False,
        **more,  # type: ignore[call-overload]
    )


def table(out: Path, name: str = "documents") -> list[dict[str, str]]:
    with (out / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def good(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "tot.txt").write_text(TEXT.format(61), encoding="utf-8")
    return folder


@pytest.mark.parametrize("jobs", [1, 2])
def test_names_of_251_bytes_and_names_that_are_no_text(tmp_path: Path, jobs: int) -> None:
    inside, out = good(tmp_path / "vao"), tmp_path / "ra"
    (inside / ("d" * 247 + ".txt")).write_text(TEXT.format(62), encoding="utf-8")
    (inside / os.fsdecode(b"k\xff\xfee.txt")).write_text(TEXT.format(63), encoding="utf-8")
    done = command("extract", inside, "--out", out, "--jobs", jobs, "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(r["document_id"] for r in table(out)) == ["d" * 247, "k%FF%FEe", "tot"]
    assert all(len(p.name.encode()) <= 255 for p in (out / "documents").iterdir())
    assert len(table(out, "targets")) == 3 and len(list((out / "documents").iterdir())) == 3
    compared = command(
        "diff",
        inside / os.fsdecode(b"k\xff\xfee.txt"),
        "--parent",
        inside / ("d" * 247 + ".txt"),
        "--out",
        tmp_path / "so",
    )
    assert compared.returncode in (0, 1) and "Traceback" not in compared.stderr
    assert len(list((tmp_path / "so").glob("*/report.html"))) == 1


@pytest.mark.parametrize("name", ["vong", "dai" * 90, "khong-co"])
def test_a_name_that_leads_nowhere_costs_its_row(tmp_path: Path, name: str) -> None:
    inside, out = good(tmp_path / "vao"), tmp_path / "ra"
    (tmp_path / "vong.txt").symlink_to(tmp_path / "vong.txt")
    done = command("extract", inside, tmp_path / f"{name}.txt", "--out", out)
    assert done.returncode == 1 and f"{name}.txt" in done.stderr and "Traceback" not in done.stderr
    assert [r["document_id"] for r in table(out)] == ["tot"]
    assert [r["code"] for r in table(out, "problems") if r["severity"] == "high"] == ["cannot_open"]


@pytest.fixture
def odd(tmp_path: Path) -> Iterator[dict[str, Path]]:
    """A pipe, a socket and a device; nobody writes into the pipe."""
    found = {"ống": tmp_path / "ong.txt", "socket": tmp_path / "cam.txt", "thiết bị": Path("/dev/zero")}
    os.mkfifo(found["ống"])
    with socket.socket(socket.AF_UNIX) as made:
        os.chdir(tmp_path)
        made.bind("cam.txt")
        yield found
    os.chdir(ROOT)


@pytest.mark.parametrize("kind", ["ống", "socket", "thiết bị"])
def test_pipes_sockets_and_devices_are_not_opened(tmp_path: Path, odd: dict[str, Path], kind: str) -> None:
    inside, out = good(tmp_path / "vao"), tmp_path / "ra"
    os.mkfifo(inside / "ong.txt")  # in a folder it is no file
    for words in (
        ("extract", inside, odd[kind], "--out", out),
        ("report", inside / "tot.txt", odd[kind], "--out", tmp_path / "bao"),
        ("diff", inside / "tot.txt", "--parent", odd[kind], "--out", tmp_path / "so"),
    ):
        done = command(*words)
        assert done.returncode == 1 and kind in done.stderr and "Traceback" not in done.stderr, words
    assert [r["code"] for r in table(out, "problems") if r["severity"] == "high"] == ["not_a_file"]
    for words in (("--decisions", odd[kind]), ("--template", odd[kind])):
        done = command("diff", inside / "tot.txt", "--parent", inside / "tot.txt", *words, "--out", tmp_path / "so2")
        assert "Traceback" not in done.stderr
    done = command("decisions", "import", odd[kind], "--out", tmp_path / "d.json")
    assert done.returncode == 2 and kind in done.stderr


def test_a_broken_decisions_file_costs_its_own_pair(tmp_path: Path) -> None:
    inside, out = good(tmp_path / "vao"), tmp_path / "so"
    for name, share in (("con1", 40), ("con2", 41)):
        (inside / f"{name}.txt").write_text(TEXT.format(share), encoding="utf-8")
    broken = out / "con1__tot" / "decisions.json"
    broken.parent.mkdir(parents=True)
    broken.write_text('{"decisions": [', encoding="utf-8")
    done = command("diff", inside / "con1.txt", inside / "con2.txt", "--parent", inside / "tot.txt", "--out", out)
    assert done.returncode == 1 and "con1__tot" in done.stderr and "decisions.json" in done.stderr
    assert sorted(p.parent.name for p in out.glob("*/report.html")) == ["con1__tot", "con2__tot"]
    assert broken.read_text(encoding="utf-8") == '{"decisions": ['


def test_a_console_in_ascii_closed_or_full_costs_nothing(tmp_path: Path) -> None:
    inside = good(tmp_path / "vao")
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": f"{ROOT / 'pipeline'}"}
    for number, (redirect, status) in enumerate([("", 0), (">&- 2>&-", 0), (">/dev/full 2>/dev/full", 0)]):
        line = (
            f'"{sys.executable}" -P -m doichieu.cli report "{inside}/tot.txt" --out "{tmp_path}/b{number}" {redirect}'
        )
        done = subprocess.run(
            ["/bin/sh", "-c", line], capture_output=True, env=ascii_only, timeout=SECONDS, check=False
        )
        assert (done.returncode, b"Traceback" in done.stderr) == (status, False), done.stderr
        assert (tmp_path / f"b{number}" / "tot.html").is_file()


def test_no_file_of_the_folder_at_hand_is_run(tmp_path: Path) -> None:
    """Each place that starts a process: workers (for reading, comparing, reporting), LibreOffice, Tesseract."""
    inside = good(tmp_path / "vao")
    mark = tmp_path / "da-chay"
    for name in ("doichieu", "pipeline", "workers", "msgspec", "sitecustomize", "lxml", "tesseract", "soffice", "vie"):
        (inside / f"{name}.py").write_text(f"open({str(mark)!r}, 'a').write({name!r})", encoding="utf-8")
        (inside / name).write_text(f"#!/bin/sh\necho {name} >> {mark}\n", encoding="utf-8")
        (inside / name).chmod(0o755)
    (inside / "cu.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000)
    (inside / "anh.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 200)
    search = os.pathsep.join(["", ".", os.environ["PATH"]])
    for words in (
        ("extract", "tot.txt", "cu.doc", "anh.png", "--out", "ra", "--jobs", "2"),
        ("diff", "tot.txt", "--parent", "tot.txt", "--out", "so"),
        ("report", "tot.txt", "--out", "bao"),
    ):
        line = [sys.executable, "-P", "-m", "doichieu.cli", *words]
        given = {**os.environ, "PATH": search, "PYTHONPATH": f"{ROOT / 'pipeline'}"}
        done = subprocess.run(line, cwd=inside, env=given, capture_output=True, text=True, timeout=SECONDS, check=False)
        assert done.returncode in (0, 1) and "Traceback" not in done.stderr, done.stderr
    assert not mark.exists(), mark.read_text(encoding="utf-8")


def test_json_is_whole_where_a_person_asks_and_says_nothing_twice_otherwise(tmp_path: Path) -> None:
    inside, out = good(tmp_path / "vao"), tmp_path / "ra"
    assert command("extract", inside, "--out", out, "--pretty").returncode == 0
    data = (out / "documents" / "tot.json").read_text(encoding="utf-8")
    whole = json.loads(data)
    assert whole["targets"][0]["value"] == 61 and data.count("\n") > 20
    assert command("extract", inside, "--out", out).returncode == 0
    written = (out / "documents" / "tot.json").read_text(encoding="utf-8")
    places = json.loads(written)
    assert written.count("\n") == 1 and "targets" not in places
    assert places["document"] == whole["document"] and places["source"] == whole["source"]
    kept = ("clause_id", "leaf", "pieces")
    assert [[c[k] for k in kept] for c in places["clauses"]] == [[c[k] for k in kept] for c in whole["clauses"]]
