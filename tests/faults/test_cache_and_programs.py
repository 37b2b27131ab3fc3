"""A cache that is damaged, disks that are full, programs that hang: named as what they are, and nothing is lost."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from doichieu.errors import UnreadableFile, UnwritableOutput
from doichieu.processes import programs
from doichieu.processes.workers import Pool, Task
from doichieu.running.run import extract
from tests.scale.test_run import COUNTED, QUIET, files, folder, read_since, reads, table  # noqa: F401 - a fixture

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOICHIEU_CACHE", str(tmp_path / "bo-nho"))
    return tmp_path / "bo-nho"


def test_another_output_folder_reads_nothing_again(tmp_path: Path, reads: Path) -> None:  # noqa: F811
    inside = folder(tmp_path, 5)
    for name in ("ra1", "ra2"):
        extract([inside], tmp_path / name, analyse=COUNTED, progress=QUIET)
    assert len(read_since(reads)) == 5 and files(tmp_path / "ra1") == files(tmp_path / "ra2")


def test_a_document_itself_is_kept_where_something_is_made_of_it(tmp_path: Path, reads: Path) -> None:  # noqa: F811
    inside = folder(tmp_path, 3)
    for name, kinds in (("ra1", ()), ("ra2", ("akn",)), ("ra3", ("akn",)), ("ra4", ())):
        extract([inside], tmp_path / name, analyse=COUNTED, kinds=kinds, progress=QUIET)
    assert len(read_since(reads)) == 6  # of tables alone no document is kept; what is kept of it serves both
    assert files(tmp_path / "ra1") == files(tmp_path / "ra4")
    assert files(tmp_path / "ra2") == files(tmp_path / "ra3") and len(list((tmp_path / "ra2" / "akn").iterdir())) == 3


def damaged(data: bytes, kind: int, chance: random.Random) -> bytes:
    at = chance.randrange(max(1, len(data)))
    return (
        b"",
        data[:at],
        data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :],
        b"\0" * len(data),
        os.urandom(200),
        data + b"x" * 100,
        data[:40] + b"\xff" * 60 + data[100:],
    )[kind % 7]


@pytest.mark.parametrize("kind", range(14))
def test_a_damaged_cache_is_read_anew(tmp_path: Path, own_cache: Path, kind: int) -> None:
    inside, out, chance = folder(tmp_path, 4), tmp_path / "ra", random.Random(kind)
    assert extract([inside], out, progress=QUIET) == 0
    before = files(out)
    kept = [path for path in own_cache.rglob("*") if path.is_file()]
    assert any(path.suffix == ".part" for path in kept) and any(path.suffix == ".state" for path in kept)
    for path in kept:
        if kind < 7 or path.suffix == ".part":
            path.write_bytes(damaged(path.read_bytes(), kind, chance))
    (out / "targets.csv").unlink()
    (out / "documents" / "v01.json").unlink()
    assert extract([inside], out, progress=QUIET) == 0
    assert files(out) == before
    assert extract([inside], tmp_path / "khac", progress=QUIET) == 0
    assert files(tmp_path / "khac") == before


def test_a_part_in_place_of_which_a_folder_stands(tmp_path: Path, own_cache: Path) -> None:
    inside, out = folder(tmp_path, 2), tmp_path / "ra"
    extract([inside], out, progress=QUIET)
    before = files(out)
    for path in own_cache.rglob("*.part"):
        path.unlink()
        path.mkdir()
    (out / "targets.csv").unlink()
    with pytest.raises(UnwritableOutput, match="hết|thư mục|bộ nhớ đệm"):  # told, and where
        extract([inside], out, progress=QUIET)
    for path in own_cache.rglob("*.part"):
        path.rmdir()
    assert extract([inside], out, progress=QUIET) == 0 and files(out) == before


def test_nothing_is_written_where_nothing_changed(tmp_path: Path, reads: Path) -> None:  # noqa: F811
    inside, out = folder(tmp_path, 3), tmp_path / "ra"
    extract([inside], out, analyse=COUNTED, progress=QUIET)
    stamps = {p: p.stat().st_mtime_ns for p in out.rglob("*")}
    extract([inside], out, analyse=COUNTED, progress=QUIET)
    assert {p: p.stat().st_mtime_ns for p in out.rglob("*")} == stamps


def test_what_keeps_its_size_and_time_is_seen_by_verify(tmp_path: Path) -> None:
    inside, out = folder(tmp_path, 2), tmp_path / "ra"
    path = inside / "v00.txt"
    old = path.stat().st_mtime_ns - 10**12
    os.utime(path, ns=(old, old))
    extract([inside], out, progress=QUIET)
    path.write_text(path.read_text(encoding="utf-8").replace("50%", "59%"), encoding="utf-8")
    os.utime(path, ns=(old, old))
    extract([inside], out, progress=QUIET)
    assert {r["value"] for r in table(out, "targets")} == {"50", "51"}
    extract([inside], out, progress=QUIET, verify=True)
    assert {r["value"] for r in table(out, "targets")} == {"59", "51"}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only the superuser may mount a small disk")
def test_a_full_disk_is_named_and_leaves_nothing_behind(tmp_path: Path) -> None:
    small = tmp_path / "nho"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        with pytest.raises(UnwritableOutput, match="hết chỗ trên đĩa"):
            extract([folder(tmp_path, 60)], small / "ra", progress=QUIET)
        assert not list(small.rglob(".*.tmp")) and not list(small.rglob("*.tmp"))
    finally:
        subprocess.run(["umount", str(small)], check=False)


def tempted(item: str | None, context: dict[str, object], kept: list[object]) -> object:
    """What a worker does in these tests: die as it is told, until it has died often enough."""
    if item is None:
        return kept
    how, _, mark = item.partition(" ")
    count = len(Path(mark).read_text()) if mark and Path(mark).exists() else 0
    if how == "kill-once" and not count:
        Path(mark).write_text("x")
        os.kill(os.getpid(), 9)
    if how == "kill":
        os.kill(os.getpid(), 9)
    if how == "segfault":
        os.kill(os.getpid(), 11)
    kept.append(how)
    return None


def test_a_worker_killed_from_outside_is_named_and_its_file_tried_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", f"{ROOT / 'pipeline'}{os.pathsep}{ROOT}")
    items = ("a", f"kill-once {tmp_path / 'm'}", "b", "kill", "segfault", "c")
    task = Task("tests.faults.test_cache_and_programs:tempted", items, items, {}, 60.0)
    done: list[str] = []
    failed: dict[str, str] = {}
    with Pool(2) as pool:
        for result, failures in pool.run([task]):
            done += result or []
            failed.update({failure.label: failure.reason for failure in failures})
    assert sorted(done) == ["a", "b", "c", "kill-once"]
    assert "dừng từ bên ngoài" in failed["kill"] and "SIGKILL" in failed["kill"]
    assert "bộ giải mã" in failed["segfault"] and len(failed) == 2


def test_a_worker_has_its_next_batch_before_the_last_is_looked_at_and_a_series_broken_off_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", f"{ROOT / 'pipeline'}{os.pathsep}{ROOT}")
    tasks = [Task("tests.faults.test_cache_and_programs:tempted", (name,), (name,), {}, 60.0) for name in "abcd"]
    with Pool(1) as pool:
        series = pool.run(tasks)
        assert next(series) == (["a"], [])
        (worker,) = pool.workers
        assert worker.task == tasks[1]
        assert [result for result, _ in pool.run(tasks[2:])] == [["c"], ["d"]]


def program(folder: Path, name: str, does: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("exec sleep 3600", "không trả lời"),
        ("exit 77", "báo lỗi (mã 77)"),
        ("kill -11 $$", "dừng đột ngột (tín hiệu 11"),
    ],
)
def test_a_program_that_fails_is_blamed_and_after_two_failures_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, said: str
) -> None:
    from doichieu.reading import office

    program(tmp_path / "bin", "soffice", f"echo x >> {tmp_path / 'goi'}; {does}")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(office, "_START", 1)
    monkeypatch.setattr(office, "_EACH", 0)
    monkeypatch.setattr(programs, "failures", {})
    old = tmp_path / "cu.rtf"
    old.write_bytes(rb"{\rtf1 Ke hoach}")
    reasons = []
    for _ in range(4):
        with pytest.raises(UnreadableFile) as caught:
            office.read_office(old)
        assert caught.value.code == "program_failed" and "hỏng" not in caught.value.reason
        reasons.append(caught.value.reason)
    assert said in reasons[0] and said in reasons[1] and "không được gọi nữa" in reasons[2]
    assert len((tmp_path / "goi").read_text().split()) == 2


def test_limits_of_a_worker() -> None:
    code = (
        "from doichieu.processes import limits; cut = limits.without_network(); limits.bound()\n"
        "import resource, socket\n"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_NOFILE)[0])\n"
        "try:\n    bytearray(2 * 1024**3)\nexcept MemoryError:\n    print('bounded')\n"
        "try:\n    socket.create_connection(('127.0.0.1', 9), 1)\n"
        "except OSError as error:\n    print('cut' if not cut or error.errno in (99, 100, 101) else error)\n"
    )
    search = {**os.environ, "PYTHONPATH": str(ROOT / "pipeline")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=search, check=True)
    assert done.stdout.split() == [str(2 * 1024**3), "512", "bounded", "cut"]
