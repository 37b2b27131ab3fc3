"""Files that a decoder in C or a foreign program reads, read in a process of their own.

The process lives for many files and ends with this one.  A file that takes too long, too much memory or the life of
the process costs an :class:`doichieu.errors.UnreadableFile`; the next file gets a new process.
"""

from __future__ import annotations

import atexit
import os
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec

from doichieu.errors import UnreadableFile
from doichieu.model import Source
from doichieu.processes.workers import Failure, Pool, Task
from doichieu.reading.dispatch import read_here

#: Seconds for one file, and for each megabyte of it: a scanned page of a tenth of that is recognised in two seconds.
LIMIT, _EACH_MEGABYTE = 600.0, 40.0
_sources = msgspec.json.Decoder(list[Source])


def read_item(item: str | None, context: dict[str, Any], kept: list[Any]) -> Any:
    """The work of the process: read the file at ``item``; at the end (None) answer the sources or the error."""
    if item is None:
        return kept
    try:
        kept.append(["ok", msgspec.json.encode(read_here(Path(item)))])
    except UnreadableFile as error:
        kept.append(["error", error.reason, error.code])
    except MemoryError:
        kept.append(["error", "cần nhiều bộ nhớ hơn mức cho phép", "memory_limit"])
    except Exception as error:
        kept.append(["error", f"lỗi khi giải mã tệp ({type(error).__name__}: {error})", "broken_file"])
    return None


_turn = Lock()  # one file at a time, whatever the number of threads


@lru_cache(maxsize=1)
def _pool() -> Pool:
    pool = Pool(1)
    atexit.register(pool.__exit__, None, None, None)
    return pool


def guarded(path: Path, limit: float | None = None) -> list[Source]:
    """The documents of a file, read in the guarded process; in a worker, which is guarded itself, read here."""
    if os.environ.get("DOICHIEU_WORKER"):
        return read_here(path)
    if limit is None:
        limit = LIMIT + _EACH_MEGABYTE * path.stat().st_size / 2**20
    task = Task("doichieu.reading.guard:read_item", (str(path),), (str(path),), {}, limit)
    answers: list[Any] = []
    failures: list[Failure] = []
    with _turn:
        for result, failed in _pool().run([task]):
            answers += result or []
            failures += failed
    if failures:
        raise UnreadableFile(str(path), failures[0].reason, code=failures[0].code)
    status, *rest = answers[0]
    if status == "error":
        raise UnreadableFile(str(path), rest[0], code=rest[1])
    return _sources.decode(rest[0])
