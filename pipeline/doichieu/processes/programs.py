"""Foreign programs (LibreOffice, Tesseract): found, run within limits, and given up where they fail again and again.

A program is run in a folder of our own, never where the person stands, and ended with all that it started.  What went
wrong is told as what it is: the program's fault is not the file's.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

#: After so many failures with no success between them a program is not asked again in the run.
PATIENCE = 2
#: How often each program has failed since it last did its work; a run passes it on from worker to worker.
failures: dict[str, int] = {}


class ProgramMissing(Exception):
    """A program that is not installed; the text is its name."""


class ProgramFailed(Exception):
    """A program that hung, crashed or ended with an error; the text says which, for a problem row."""


def find(name: str) -> str | None:
    """The path of a program, from the absolute folders of PATH only: nothing lying where the person stands is run."""
    folders = [folder for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) if os.path.isabs(folder)]
    return shutil.which(name, path=os.pathsep.join(folders))


def run(
    name: str,
    command: Sequence[str],
    *,
    seconds: float,
    folder: Path,
    environment: dict[str, str],
    given: bytes | None = None,
    wants_output: bool = False,
) -> bytes:
    """Run a program called ``name`` to a person; returns its output.

    Raises :class:`ProgramFailed` where it does not end in time, is killed, or says that it failed, and where it has
    failed so often that it is no longer asked.
    """
    if failures.get(name, 0) >= PATIENCE:
        raise ProgramFailed(f"{name} đã lỗi {PATIENCE} lần liền trong lần chạy này nên không được gọi nữa")
    try:
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE if given is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE if wants_output else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=folder,
            start_new_session=True,
        )
    except FileNotFoundError as error:
        raise ProgramMissing(name) from error
    try:
        output, _ = process.communicate(given, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise _failed(name, f"{name} không trả lời trong {seconds:g} giây") from error
    finally:
        _end(process)
    if process.returncode < 0:
        raise _failed(name, f"{name} bị dừng đột ngột ({signal_name(-process.returncode)})")
    if process.returncode > 0:
        raise _failed(name, f"{name} báo lỗi (mã {process.returncode})")
    failures.pop(name, None)
    return output or b""


def _failed(name: str, reason: str) -> ProgramFailed:
    failures[name] = failures.get(name, 0) + 1
    return ProgramFailed(reason)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program with all that it started; where the system has no process groups, the program itself."""
    with contextlib.suppress(ProcessLookupError, PermissionError):  # where it has ended by itself
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()


def signal_name(number: int) -> str:
    """A signal for a message.

    >>> signal_name(9)
    'tín hiệu 9, SIGKILL'
    """
    try:
        return f"tín hiệu {number}, {signal.Signals(number).name}"
    except ValueError:
        return f"tín hiệu {number}"
