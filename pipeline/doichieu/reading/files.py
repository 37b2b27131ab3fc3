"""The bytes of a file that a person named, or a clear reason why there are none."""

from __future__ import annotations

from pathlib import Path

from doichieu.errors import UnreadableFile

_REASONS = {2: "tệp không tồn tại", 13: "không có quyền đọc"}


def file_bytes(path: Path, limit: int) -> bytes:
    """The content of a regular file of at most ``limit`` bytes; raises :class:`doichieu.errors.UnreadableFile`."""
    name = str(path)
    try:
        if not path.exists():
            raise UnreadableFile(name, _REASONS[2], code="cannot_open")
        if not path.is_file():
            raise UnreadableFile(name, "không phải là tệp", code="not_a_file")
        size = path.stat().st_size
        if size > limit:
            raise UnreadableFile(name, f"tệp quá lớn ({size} byte, tối đa {limit})", code="too_large")
        data = path.read_bytes()
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror or "lỗi hệ thống")
        raise UnreadableFile(name, reason, code="cannot_open") from error
    if not data.strip():
        raise UnreadableFile(name, "tệp rỗng", code="empty_file")
    return data
