"""Runs over many files: only what changed is read, the same bytes for any number of processes, one bad file costs one
row."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from doichieu.errors import UnwritableOutput
from doichieu.model import Document
from doichieu.running import parts
from doichieu.running.progress import Progress
from doichieu.running.run import extract

ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    "KẾ HOẠCH\n\nThực hiện nghị quyết năm {0}\n\n1. Đến năm 2030, {1}% cán bộ cấp xã được bồi dưỡng kỹ "
    "năng số.\n\n2. Sở Nội vụ chủ trì tổng hợp.\n"
)
QUIET = Progress("quiet")


def folder(tmp_path: Path, count: int = 9) -> Path:
    inside = tmp_path / "vao"
    inside.mkdir()
    for number in range(count):
        (inside / f"v{number:02d}.txt").write_text(TEXT.format(2020 + number, 50 + number), encoding="utf-8")
    return inside


def files(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def table(out: Path, name: str) -> list[dict[str, str]]:
    with (out / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def counted(path: Path) -> list[Document]:
    """What reads a file in these tests: as always, but it leaves a mark for each file read."""
    with open(os.environ["DOICHIEU_COUNT"], "a", encoding="utf-8") as handle:
        handle.write(path.name + "\n")
    if "treo" in path.name:
        import time

        time.sleep(3600)
    if "het-gio" in path.name:
        import signal

        signal.raise_signal(signal.SIGALRM)  # the clock that runs for each file rings
    if "loi" in path.name:
        raise IndexError("list index out of range")
    if "chet" in path.name:
        os._exit(7)
    return parts.analyse_file(path)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What other tests have read is unknown here."""
    monkeypatch.setenv("DOICHIEU_CACHE", str(tmp_path / "bo-nho"))


@pytest.fixture
def reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOICHIEU_COUNT", str(tmp_path / "da-doc"))
    monkeypatch.setenv("PYTHONPATH", f"{ROOT / 'pipeline'}{os.pathsep}{ROOT}")
    return tmp_path / "da-doc"


def read_since(reads: Path) -> list[str]:
    names = sorted(reads.read_text(encoding="utf-8").split()) if reads.exists() else []
    reads.unlink(missing_ok=True)
    return names


COUNTED = "tests.scale.test_run:counted"


def test_the_same_bytes_for_any_number_of_processes(tmp_path: Path) -> None:
    inside = folder(tmp_path)
    for jobs in (1, 2, 3):
        assert extract([inside], tmp_path / f"ra{jobs}", jobs=jobs, progress=QUIET) == 0
    assert files(tmp_path / "ra1") == files(tmp_path / "ra2") == files(tmp_path / "ra3")
    assert len(table(tmp_path / "ra1", "documents")) == 9


def test_only_what_changed_is_read_again(tmp_path: Path, reads: Path) -> None:
    inside, out = folder(tmp_path), tmp_path / "ra"
    extract([inside], out, analyse=COUNTED, progress=QUIET)
    assert len(read_since(reads)) == 9
    before = files(out)
    extract([inside], out, analyse=COUNTED, progress=QUIET)
    assert read_since(reads) == [] and files(out) == before
    (inside / "v03.txt").write_text(TEXT.format(1999, 11), encoding="utf-8")
    (inside / "v08.txt").rename(inside / "v99.txt")
    (inside / "v05.txt").unlink()
    extract([inside], out, analyse=COUNTED, progress=QUIET)
    assert read_since(reads) == ["v03.txt", "v99.txt"]
    fresh = tmp_path / "moi"
    extract([inside], fresh, progress=QUIET)
    assert files(out) == files(fresh)
    assert {r["document_id"] for r in table(out, "targets")} == {"v00", "v01", "v02", "v03", "v04", "v06", "v07", "v99"}


def test_a_file_that_somebody_touched_is_written_again(tmp_path: Path) -> None:
    inside, out = folder(tmp_path, 2), tmp_path / "ra"
    extract([inside], out, progress=QUIET)
    before = files(out)
    (out / "documents" / "v01.json").write_text("{}", encoding="utf-8")
    (out / "targets.csv").unlink()
    extract([inside], out, progress=QUIET)
    assert files(out) == before


class Stopped(Progress):
    """A person presses Ctrl-C when the first batch is done."""

    def __init__(self) -> None:
        super().__init__("quiet")

    def advance(self, count: int) -> None:
        raise KeyboardInterrupt


def test_an_interrupted_run_goes_on(tmp_path: Path, reads: Path) -> None:
    inside, out = folder(tmp_path, 70), tmp_path / "ra"
    with pytest.raises(KeyboardInterrupt):
        extract([inside], out, analyse=COUNTED, progress=Stopped())
    assert len(set(read_since(reads))) >= 64
    extract([inside], out, analyse=COUNTED, progress=QUIET)
    assert len(read_since(reads)) <= 6 and len(table(out, "documents")) == 70


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_hangs_costs_one_row(
    tmp_path: Path, reads: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One rings by itself, the other hangs so that it must be stopped from outside; no clock decides in this test."""
    from doichieu.processes.workers import Pool

    def late(worker: Any) -> bool:
        return worker.task is not None and worker.current >= 0 and "treo" in worker.task.labels[worker.current]

    monkeypatch.setattr(Pool, "_late", staticmethod(late))
    inside, out = folder(tmp_path, 4), tmp_path / "ra"
    for name in ("treo.txt", "het-gio.txt"):
        (inside / name).write_text(TEXT.format(1, 1), encoding="utf-8")
    assert extract([inside], out, jobs=jobs, analyse=COUNTED, limit=1e5, progress=QUIET) == 1
    found = {(r["code"], name) for r in table(out, "problems") for name in ("treo", "het-gio") if name in r["message"]}
    assert found == {("time_limit", "treo"), ("time_limit", "het-gio")}
    assert len(table(out, "documents")) == 4


def test_a_failure_inside_one_document_costs_one_row(tmp_path: Path, reads: Path) -> None:
    import io

    inside, said = folder(tmp_path, 2), io.StringIO()
    (inside / "loi.txt").write_text(TEXT.format(1, 1), encoding="utf-8")
    assert extract([inside], tmp_path / "ra", analyse=COUNTED, progress=Progress("auto", said)) == 1
    assert "loi.txt" in said.getvalue() and "IndexError" in said.getvalue() and "Traceback" not in said.getvalue()
    assert len(table(tmp_path / "ra", "documents")) == 2


def test_a_file_that_kills_its_worker_costs_one_row(tmp_path: Path, reads: Path) -> None:
    inside, out = folder(tmp_path, 6), tmp_path / "ra"
    (inside / "chet.txt").write_text(TEXT.format(1, 1), encoding="utf-8")
    assert extract([inside], out, jobs=2, analyse=COUNTED, progress=QUIET) == 1
    assert [r["code"] for r in table(out, "problems") if r["severity"] == "high"] == ["worker_died"]
    assert len(table(out, "documents")) == 6


def test_files_of_others_in_the_output_folder_stay(tmp_path: Path) -> None:
    inside, out = folder(tmp_path, 2), tmp_path / "ra"
    own = {
        out / "documents" / "v00.docx": "của người dùng",
        out / "documents" / "khac.json": "{}",
        out / "text" / "v00.txt": "ghi chú",
    }
    for path, text in own.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for _ in range(2):
        extract([inside], out, progress=QUIET)
        assert {path: path.read_text(encoding="utf-8") for path in own} == own


@pytest.mark.parametrize("cached", [True, False])
def test_a_document_that_is_gone_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cached: bool) -> None:
    inside, out = folder(tmp_path, 3), tmp_path / "ra"
    extract([inside], out, kinds=["prov"], progress=QUIET)
    (inside / "v01.txt").unlink()
    if not cached:
        monkeypatch.setenv("DOICHIEU_CACHE", str(tmp_path / "moi"))
    extract([inside], out, progress=QUIET)
    assert sorted(p.name for p in (out / "documents").iterdir()) == ["v00.json", "v02.json"] and not list(
        (out / "prov").iterdir()
    )


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    inside = folder(tmp_path, 2).rename(tmp_path / "text")
    with pytest.raises(UnwritableOutput, match=r"v00\.txt"):
        extract([inside], tmp_path, progress=QUIET)
    assert sorted(p.name for p in inside.iterdir()) == ["v00.txt", "v01.txt"]


def test_files_of_one_name_get_ids_in_the_order_of_their_paths(tmp_path: Path) -> None:
    import zipfile

    inside = folder(tmp_path, 1)
    for name in ("a", "b"):
        (inside / name).mkdir()
    (inside / "b" / "v00.txt").write_text(TEXT.format(7, 7), encoding="utf-8")
    (inside / "a" / "v00.txt").write_bytes((inside / "v00.txt").read_bytes())
    with zipfile.ZipFile(inside / "goi.zip", "w") as archive:
        archive.writestr("v00.txt", TEXT.format(3, 3))
    for _ in range(2):  # the second run finds everything in the cache
        assert extract([inside], tmp_path / "ra", progress=QUIET) == 0
        rows = table(tmp_path / "ra", "documents")
        assert sorted((row["document_id"], Path(row["path"]).relative_to(inside).as_posix()) for row in rows) == [
            ("v00", "a/v00.txt"),
            ("v00~2", "b/v00.txt"),
            ("v00~3", "goi.zip"),
        ]
        told = [row for row in table(tmp_path / "ra", "problems") if row["code"] == "same_name"]
        assert sorted(row["document_id"] for row in told) == ["v00", "v00~2", "v00~3"]
    targets = {row["document_id"] for row in table(tmp_path / "ra", "targets")}
    assert targets == {"v00", "v00~2", "v00~3"}
    (inside / "a" / "v00.txt").unlink()
    (inside / "v00.txt").unlink()
    extract([inside], tmp_path / "ra", progress=QUIET)
    assert sorted(row["document_id"] for row in table(tmp_path / "ra", "documents")) == ["v00", "v00~2"]


def command(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "doichieu.cli", *map(str, words)], capture_output=True, text=True, cwd=ROOT, check=False
    )


def test_what_the_command_tells(tmp_path: Path) -> None:
    inside, out = folder(tmp_path, 3), tmp_path / "ra"
    (inside / "hong.docx").write_bytes(b"khong phai Word")
    quiet = command("extract", inside, "--out", out, "--quiet", "--jobs", "2")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (1, "", "")
    again = command("extract", inside, "--out", out)
    assert "Bỏ qua 3 tệp không đổi" in again.stderr and "hong.docx" in again.stderr
    lines = [json.loads(line) for line in command("extract", inside, "--out", out, "--log-json").stderr.splitlines()]
    assert [line["event"] for line in lines] == ["start", "problem", "done"] and lines[0] == {
        "event": "start",
        "files": 1,
        "skipped": 3,
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "csv,word"], "word"),
        (["--jobs", "0"], "--jobs"),
        (["--quiet", "--log-json"], "--quiet"),
        (["--cluster", "tcp://127.0.0.1:1", "--format", "akn"], "akn"),
    ],
)
def test_wrong_calls(tmp_path: Path, words: list[str], said: str) -> None:
    done = command("extract", folder(tmp_path, 1), "--out", tmp_path / "ra", *words)
    assert done.returncode == 2 and said in done.stderr


def test_progress_on_a_terminal_and_elsewhere() -> None:
    import io

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    bar = Progress("auto", Terminal())
    bar.start(4, 0)
    bar.advance(4)
    bar.say("xong")
    assert "4/4 tệp" in bar.stream.getvalue() and bar.stream.getvalue().endswith("xong\n")  # type: ignore[attr-defined]
