"""Plain text: UTF-8 exactly as the file has it, and clear errors for everything that is no text."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

from pipeline.errors import UnreadableFile
from pipeline.model import Problem, Source

MAX_BYTES = 64 * 1024 * 1024
_VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def read_text(path: Path) -> Source:
    """The source of a text file; a byte-order mark is dropped, CRLF and CR are read as LF, nothing else changes."""
    from pipeline.reading import document_id

    name = str(path)
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnreadableFile(name, "không phải là tệp", code="not_a_file")
        if size > MAX_BYTES:
            raise UnreadableFile(name, f"tệp quá lớn ({size} byte, tối đa {MAX_BYTES})", code="too_large")
        data = path.read_bytes()
    except OSError as error:
        reason = {2: "tệp không tồn tại", 13: "không có quyền đọc"}.get(error.errno or 0, error.strerror or "lỗi hệ thống")
        raise UnreadableFile(name, reason, code="cannot_open") from error
    if not data.strip():
        raise UnreadableFile(name, "tệp rỗng", code="empty_file")
    problems: tuple[Problem, ...] = ()
    identity = document_id(path)
    text, encoding = _decode(data, name)
    if encoding != "utf-8":
        problems = (
            Problem(identity, "converted_encoding", "info", f"Tệp dùng bảng mã {encoding}, đã chuyển sang Unicode"),
        )
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise UnreadableFile(name, "tệp rỗng", code="empty_file")
    _require_vietnamese(text, name)
    digest = hashlib.sha256(data).hexdigest()
    return Source(identity, name, digest, path.suffix.lower().lstrip(".") or "txt", text, problems=problems)


def _decode(data: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in _UTF16.items():
        if data.startswith(mark):
            try:
                return data[2:].decode(encoding), "utf-16"
            except UnicodeDecodeError as error:
                raise UnreadableFile(name, "nội dung UTF-16 bị hỏng", code="broken_encoding") from error
    if b"\x00" in data[:4096]:
        raise UnreadableFile(name, "tệp nhị phân, không phải văn bản", code="binary_file")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            name, f"không phải UTF-8 (byte lỗi ở vị trí {error.start})", code="broken_encoding"
        ) from error


def _require_vietnamese(text: str, name: str) -> None:
    """A text of some length without Vietnamese letters is another language or a broken encoding."""
    sample = unicodedata.normalize("NFC", text[:200_000])
    letters = sum(c.isalpha() for c in sample)
    control = sum(c < " " and c not in "\n\t\f\v" for c in sample)
    if control > 0.02 * len(sample):
        raise UnreadableFile(name, "tệp nhị phân, không phải văn bản", code="binary_file")
    if letters == 0:
        raise UnreadableFile(name, "không có chữ nào", code="no_text")
    if letters >= 40 and len(_VIETNAMESE.findall(sample)) < 0.04 * letters:
        raise UnreadableFile(name, "không phải văn bản tiếng Việt có dấu", code="not_vietnamese")
