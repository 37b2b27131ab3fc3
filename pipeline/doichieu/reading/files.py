"""The bytes of a file that a person named, or a clear reason why there are none.

Only regular files are opened: a pipe would wait for ever, a device may act when it is opened.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from doichieu.errors import UnreadableFile, readable_name, system_reason

_KINDS = (
    (stat.S_ISDIR, "là thư mục, không phải tệp"),
    (stat.S_ISFIFO, "là đường ống (FIFO), không phải tệp"),
    (stat.S_ISSOCK, "là socket, không phải tệp"),
    (stat.S_ISCHR, "là thiết bị, không phải tệp"),
    (stat.S_ISBLK, "là thiết bị, không phải tệp"),
)
#: Without waiting: what turns into a pipe between the look and the opening gives an error, too.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_LONGEST = 255  # bytes that the name of a file or folder may have


def is_regular(path: Path | str) -> bool:
    """Whether there is a regular file at ``path``; never raises, never waits."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A regular file opened for reading; raises :class:`doichieu.errors.UnreadableFile` for anything else."""
    name = str(path)
    try:
        _require_regular(os.stat(path).st_mode, name)
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else "tên tệp không hợp lệ"
        reason = "tệp không tồn tại" if reason == "không tồn tại" else reason
        raise UnreadableFile(name, reason, code="cannot_open") from error
    with os.fdopen(descriptor, "rb") as handle:
        _require_regular(os.fstat(handle.fileno()).st_mode, name)
        yield handle


def _require_regular(mode: int, name: str) -> None:
    if not stat.S_ISREG(mode):
        reason = next((said for test, said in _KINDS if test(mode)), "không phải là tệp")
        raise UnreadableFile(name, reason, code="not_a_file")


def file_bytes(path: Path, limit: int) -> bytes:
    """The content of a regular file of at most ``limit`` bytes; raises :class:`doichieu.errors.UnreadableFile`."""
    name = str(path)
    with opened(path) as handle:
        try:
            size = os.fstat(handle.fileno()).st_size
            data = handle.read(limit + 1) if size <= limit else b""
        except OSError as error:
            raise UnreadableFile(name, system_reason(error), code="cannot_open") from error
    if max(size, len(data)) > limit:
        raise UnreadableFile(name, f"tệp quá lớn ({max(size, len(data))} byte, tối đa {limit})", code="too_large")
    if not data.strip():
        raise UnreadableFile(name, "tệp rỗng", code="empty_file")
    return data


def document_id(path: Path) -> str:
    """The id of a file's document: its name without the ending, in Unicode NFC; bytes that are no text as ``%FF``."""
    return unicodedata.normalize("NFC", readable_name(path.stem))


def file_name(document: str, ending: str) -> str:
    """The name of a result of a document; a long one is cut and told apart by a digest.

    >>> file_name("ke-hoach", ".json"), len(file_name("k" * 251, ".json").encode())
    ('ke-hoach.json', 255)
    """
    return cut_name(document, _LONGEST - len(ending.encode())) + ending


def cut_name(name: str, longest: int = _LONGEST) -> str:
    """At most ``longest`` bytes of a name; where something goes, a digest of the whole stands at the end."""
    import hashlib

    data = re.sub(r"[/\0]", "_", name).encode("utf-8", "backslashreplace")
    if len(data) <= longest:
        return data.decode()
    mark = f"~{hashlib.sha256(data).hexdigest()[:8]}"
    return data[: longest - len(mark)].decode(errors="ignore") + mark
