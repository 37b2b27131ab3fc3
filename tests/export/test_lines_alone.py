"""``extract --format jsonl`` alone: JSON Lines and nothing beside them, the same rows, whatever ran before."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from doichieu.cli import main
from doichieu.schema import TABLES

ROOT = Path(__file__).resolve().parents[2]
_PLAN = """ỦY BAN NHÂN DÂN
TỈNH A
Số: {number}/KH-UBND

KẾ HOẠCH
Phát triển năm 2026

I. MỤC TIÊU

- Phấn đấu đến năm 2030, {share},5% hộ dân được dùng nước sạch; tối thiểu 3 xã đạt chuẩn.

II. TỔ CHỨC THỰC HIỆN

- Sở Y tế chủ trì, phối hợp với Sở Tài chính rà soát, báo cáo trước ngày 15/6/2026.
- =Sở Nội vụ tham mưu.
"""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOICHIEU_CACHE", str(tmp_path / "cache"))


def plans(folder: Path, count: int = 3) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"kh{number:03}.txt").write_text(_PLAN.format(number=number, share=70 + number % 9), encoding="utf-8")
    return folder


def run(folder: Path, out: Path, *words: str, status: int = 0) -> dict[str, bytes]:
    assert main(["extract", str(folder), "--out", str(out), "--quiet", *words]) == status
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def test_the_rows_are_those_of_every_other_run_and_nothing_stands_beside_them(tmp_path: Path) -> None:
    folder = plans(tmp_path / "in")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    alone, both = run(folder, tmp_path / "a", "--format", "jsonl"), run(folder, tmp_path / "b", "--format", "csv,jsonl")
    names = {f"{table.name}.jsonl" for table in TABLES}
    assert set(alone) == {*names, "datapackage.json", "run.json"}
    assert {name: alone[name] for name in names} == {name: both[name] for name in names}
    assert alone["run.json"] == both["run.json"]
    assert not (tmp_path / "a" / "documents").exists()
    assert "documents/kh000.json" in both and "targets.csv" in both
    for resource in json.loads(alone["datapackage.json"])["resources"]:
        assert len(alone[resource["path"]]) == resource["bytes"]


def test_problems_stand_in_the_lines_and_a_text_of_its_own_is_written(tmp_path: Path) -> None:
    folder = plans(tmp_path / "in", 1)
    (folder / "hong.docx").write_bytes(b"PK\3\4 nothing")
    (folder / "trang.html").write_text("<p>I. MỤC TIÊU</p><p>- 80% hộ dân có nước sạch.</p>", encoding="utf-8")
    found = run(folder, tmp_path / "out", "--format", "jsonl", status=1)
    problems = [json.loads(line) for line in found["problems.jsonl"].splitlines()]
    assert any("hong.docx" in problem["message"] and problem["severity"] == "high" for problem in problems)
    assert "nước sạch" in found["text/trang.txt"].decode()
    assert not [name for name in found if name.endswith(".csv")]


def test_an_unchanged_run_writes_nothing_and_a_change_only_what_it_must(tmp_path: Path) -> None:
    folder, out = plans(tmp_path / "in"), tmp_path / "out"
    first = run(folder, out, "--format", "jsonl")
    times = {path.name: path.stat().st_mtime_ns for path in out.iterdir()}
    assert run(folder, out, "--format", "jsonl") == first
    assert {path.name: path.stat().st_mtime_ns for path in out.iterdir()} == times
    (folder / "kh001.txt").write_text(_PLAN.format(number=1, share=99), encoding="utf-8")
    (folder / "kh002.txt").unlink()
    again = run(folder, out, "--format", "jsonl")
    assert again == run(folder, tmp_path / "fresh", "--format", "jsonl")
    assert len(again["documents.jsonl"].splitlines()) == 2


@pytest.mark.parametrize(
    "forms", [["jsonl", ""], ["", "jsonl"], ["jsonl", "csv,jsonl", "jsonl"], ["jsonl", "", "jsonl"]]
)
def test_the_form_may_change_from_run_to_run(tmp_path: Path, forms: list[str]) -> None:
    folder = plans(tmp_path / "in")
    (folder / "trang.html").write_text("<p>I. MỤC TIÊU</p><p>- 80% hộ dân có nước sạch.</p>", encoding="utf-8")
    found: dict[str, bytes] = {}
    for number, form in enumerate(forms):
        if number:
            (folder / "kh000.txt").write_text(_PLAN.format(number=0, share=90 + number), encoding="utf-8")
        found = run(folder, tmp_path / "out", *(["--format", form] if form else []))
    monkey = os.environ["DOICHIEU_CACHE"]
    os.environ["DOICHIEU_CACHE"] = str(tmp_path / "another")
    try:
        assert found == run(folder, tmp_path / "fresh", *(["--format", forms[-1]] if forms[-1] else []))
    finally:
        os.environ["DOICHIEU_CACHE"] = monkey


def test_the_form_may_change_where_the_cache_is_lost(tmp_path: Path) -> None:
    folder, out = plans(tmp_path / "in"), tmp_path / "out"
    run(folder, out)
    shutil.rmtree(tmp_path / "cache")
    assert run(folder, out, "--format", "jsonl") == run(folder, tmp_path / "fresh", "--format", "jsonl")


def test_tables_of_somebody_else_stay(tmp_path: Path) -> None:
    folder, out = plans(tmp_path / "in"), tmp_path / "out"
    out.mkdir()
    (out / "targets.csv").write_text("mine", encoding="utf-8")
    assert run(folder, out, "--format", "jsonl")["targets.csv"] == b"mine"


def test_changes_and_the_stream_read_either_form(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = plans(tmp_path / "in")
    run(folder, tmp_path / "a")
    run(folder, tmp_path / "la", "--format", "jsonl")
    (folder / "kh001.txt").write_text(_PLAN.format(number=1, share=99), encoding="utf-8")
    run(folder, tmp_path / "b")
    run(folder, tmp_path / "lb", "--format", "jsonl")
    told = []
    for old, new in (("a", "b"), ("la", "lb"), ("a", "lb"), ("la", "b")):
        assert main(["changes", str(tmp_path / old), str(tmp_path / new)]) == 0
        told.append(capfd.readouterr().out)
    assert '"op":"change"' in told[0].replace(" ", "")
    assert len(set(told)) == 1
    streams = []
    for old, new in (("a", "b"), ("la", "lb")):
        assert main(["tap", str(tmp_path / new), "--old", str(tmp_path / old)]) == 0
        streams.append(capfd.readouterr().out)
    assert streams[0] == streams[1]
    matched = []
    for new in ("b", "lb"):
        assert main(["agencies", "match", "Sở Y tế", "--in", str(tmp_path / new)]) == 0
        matched.append(capfd.readouterr().out)
    assert matched[0] == matched[1] != ""


def test_any_text_and_single_documents(tmp_path: Path) -> None:
    folder = plans(tmp_path / "in")
    alone = run(folder, tmp_path / "a", "--any-text", "--format", "jsonl")
    both = run(folder, tmp_path / "b", "--any-text", "--format", "jsonl,csv")
    assert alone["targets.jsonl"] == both["targets.jsonl"] != b""
    assert "akn/kh000.xml" in run(folder, tmp_path / "c", "--format", "jsonl,akn")
    assert "documents/kh000.json" in run(folder, tmp_path / "d", "--format", "jsonl", "--pretty")
    run(folder, tmp_path / "d", "--any-text", "--format", "jsonl")
    assert (tmp_path / "d" / "targets.jsonl").read_bytes() == alone["targets.jsonl"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_killed_run_goes_on(tmp_path: Path) -> None:
    folder, out = plans(tmp_path / "in", 80), tmp_path / "out"
    words = ["extract", str(folder), "--out", str(out), "--quiet", "--format", "jsonl"]
    process = subprocess.Popen([sys.executable, "-m", "doichieu.cli", *words], start_new_session=True)
    limit = time.monotonic() + 120
    while not list((tmp_path / "cache").rglob("*.part")) and time.monotonic() < limit and process.poll() is None:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert list((tmp_path / "cache").rglob("*.part"))
    found = run(folder, out, "--format", "jsonl")
    assert len(found["documents.jsonl"].splitlines()) == 80
    shutil.rmtree(tmp_path / "cache")
    assert found == run(folder, tmp_path / "fresh", "--format", "jsonl")


def test_files_of_one_name(tmp_path: Path) -> None:
    folder = plans(tmp_path / "in", 1)
    with zipfile.ZipFile(folder / "tep.zip", "w") as archive:
        archive.writestr("kh000.txt", _PLAN.format(number=7, share=77))
    alone, both = run(folder, tmp_path / "a", "--format", "jsonl"), run(folder, tmp_path / "b", "--format", "jsonl,csv")
    assert alone["documents.jsonl"] == both["documents.jsonl"]
    assert b"kh000~2" in alone["documents.jsonl"]
