"""The main path on a system that has none of POSIX: names that Windows lacks are hidden, the commands run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "pipeline"
#: Run before anything else in every process of the test.  SIGKILL stays: the standard library itself asks for it here.
HIDE = """
import os, signal, sys

for name in ("fcntl", "grp", "pwd", "resource", "syslog", "termios", "tty"):
    sys.modules[name] = None
for name in (
    "O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK", "chown", "fchmod", "fork", "forkpty", "getegid", "geteuid", "getgid",
    "getloadavg", "getpgid", "getuid", "killpg", "mkfifo", "mknod", "nice", "pread", "register_at_fork",
    "sched_getaffinity", "sched_setaffinity", "setpgid", "setsid", "statvfs",
):
    if hasattr(os, name):
        delattr(os, name)
for name in ("ITIMER_REAL", "SIGALRM", "SIGHUP", "SIGPIPE", "SIGUSR1", "SIGUSR2", "alarm", "setitimer"):
    if hasattr(signal, name):
        delattr(signal, name)

def refused(*_, **__):
    raise OSError(1314, "A required privilege is not held by the client")

os.symlink = refused
"""
PARENT = (
    "TỈNH ỦY QUẢNG NGÃI\nSố: 12-NQ/TU\n\nNGHỊ QUYẾT\nvề phát triển du lịch\n\nI. MỤC TIÊU\n\n1. Đến năm 2030\n\n"
    "- 80% lao động du lịch được bồi dưỡng.\n"
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "sitecustomize.py").write_text(HIDE, encoding="utf-8")
    (tmp_path / "cha.txt").write_text(PARENT, encoding="utf-8")
    (tmp_path / "con.txt").write_text(PARENT.replace("80%", "70%").replace("12-NQ/TU", "30-NQ/ĐU"), encoding="utf-8")
    (tmp_path / "trang.html").write_text(f"<html><body><p>{PARENT}</p></body></html>", encoding="utf-8")
    return tmp_path


def run(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(place), str(PACKAGE))),
        "XDG_CACHE_HOME": str(place / "cache"),
    }
    return subprocess.run(
        [sys.executable, "-m", "doichieu.cli", *words],
        cwd=place, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_extract(place: Path, jobs: str) -> None:
    done = run(
        place, "extract", "cha.txt", "con.txt", "trang.html", "--out", "ra", "--jobs", jobs, "--format", "sqlite"
    )
    assert done.returncode == 0, done.stderr
    assert "80" in (place / "ra" / "targets.csv").read_text(encoding="utf-8")


def test_diff_and_report(place: Path) -> None:
    done = run(place, "diff", "con.txt", "--parent", "cha.txt", "--out", "so", "--fail-on", "looser")
    assert done.returncode == 3, done.stderr
    assert (place / "so" / "con__cha" / "report.docx").is_file()
    done = run(place, "report", "con.txt", "--out", "bao-cao")
    assert done.returncode == 0, done.stderr


def test_doctor(place: Path) -> None:
    done = run(place, "doctor")
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr


def test_the_office_reads_a_file(place: Path) -> None:
    code = (
        "from doichieu.office.work import read; kept = [];"
        "read({'path': 'cha.txt', 'file_name': 'cha.txt', 'document_id': 'd'}, {'work': '.'}, kept);"
        "assert 'documents' in kept[0], kept"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(place), str(PACKAGE)))}
    subprocess.run([sys.executable, "-c", code], cwd=place, env=environment, check=True)
