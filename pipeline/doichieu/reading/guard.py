"""Every file is parsed in a process of its own: text as well as what a decoder in C or a foreign program reads.

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

from doichieu.errors import UnreadableFile, readable_name, system_reason
from doichieu.model import Source
from doichieu.processes.limits import memory_words
from doichieu.processes.workers import Failure, Pool, Task
from doichieu.reading.dispatch import read_here

#: Seconds for one file, and for each megabyte of it: a scanned page of a tenth of that is recognised in two seconds.
LIMIT, _EACH_MEGABYTE = 600.0, 40.0
_sources = msgspec.json.Decoder(list[Source])


def read_item(item: bytes | None, context: dict[str, Any], kept: list[Any]) -> Any:
    """The work of the process: read the file at ``item``; at the end (None) answer the sources or the error."""
    if item is None:
        return kept
    try:
        kept.append(["ok", msgspec.json.encode(read_here(Path(os.fsdecode(item))))])
    except UnreadableFile as error:
        kept.append(["error", error.reason, error.code])
    except Exception as error:
        kept.append(["error", *blame(error)])
    return None


def blame(error: Exception) -> tuple[str, str]:
    """What is to blame for an error that no reader foresaw: ``(reason, code)``.

    >>> blame(MemoryError())[1], blame(OSError(28, "full"))[1], blame(KeyError("w"))[1]
    ('memory_limit', 'no_space', 'internal_error')
    """
    import errno
    import tempfile

    if isinstance(error, MemoryError):
        return f"cần nhiều bộ nhớ hơn mức cho phép ({memory_words()})", "memory_limit"
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{system_reason(error)} (thư mục tạm {tempfile.tempdir or 'của hệ thống'})", "no_space"
    if isinstance(error, FileNotFoundError) and "temporary directory" in str(error):
        return "không ghi được vào thư mục tạm nào của hệ thống (đầy hoặc chỉ cho đọc)", "no_space"
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        return "cần ghi tệp tạm lớn hơn mức cho phép", "file_limit"
    if isinstance(error, RecursionError):
        return "cấu trúc lồng nhau quá sâu", "too_deep"
    return f"lỗi bên trong ({type(error).__name__}: {error})", "internal_error"


def limit_of(path: Path) -> float:
    """The seconds that a file may take."""
    try:
        return LIMIT + _EACH_MEGABYTE * os.stat(path).st_size / 2**20
    except (OSError, ValueError):
        return LIMIT


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
        limit = limit_of(path)
    item = os.fsencode(path)
    task = Task("doichieu.reading.guard:read_item", (item,), (readable_name(str(path)),), {}, limit)
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
