"""Plain text: UTF-8 exactly as the file has it, old encodings converted, clear errors for everything that is no
text."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

from doichieu.errors import UnreadableFile
from doichieu.model import Problem, Source
from doichieu.reading.encodings import legacy, mistaken
from doichieu.reading.files import document_id, file_bytes
from doichieu.reading.syllables import more_than, stretches

MAX_BYTES = 64 * 1024 * 1024
_VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
    "ĂÂĐÊÔƠƯÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ]"
)
_LETTER = re.compile(r"[^\W\d_]")
_CONTROL = bytes([*range(0x09), *range(0x0E, 0x20), ord("\r")])
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def read_text(path: Path) -> Source:
    """The source of a text file; a byte-order mark is dropped, CRLF and CR are read as LF, nothing else changes.

    Text of an old encoding is converted and says so; it is no longer the file itself (``verbatim`` is false).
    """
    name = str(path)
    data = file_bytes(path, MAX_BYTES)
    problems: tuple[Problem, ...] = ()
    identity = document_id(path)
    text, encoding = decoded(data, name)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if encoding == "utf-8" and (found := mistaken(text)) is not None:
        text, encoding = found
    if encoding != "utf-8":
        problems = (
            Problem(identity, "converted_encoding", "info", f"Tệp dùng bảng mã {encoding}, đã chuyển sang Unicode"),
        )
    if not text.strip():
        raise UnreadableFile(name, "tệp rỗng", code="empty_file")
    _require_vietnamese(text, name)
    digest = hashlib.sha256(data).hexdigest()
    verbatim = encoding in ("utf-8", "utf-16")
    return Source(
        identity, name, digest, path.suffix.lower().lstrip(".") or "txt", text, verbatim=verbatim, problems=problems
    )


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """The text of some bytes and its encoding; raises :class:`doichieu.errors.UnreadableFile` for bytes that are no
    text."""
    for mark, encoding in _UTF16.items():
        if data.startswith(mark):
            try:
                return data[2:].decode(encoding), "utf-16"
            except UnicodeDecodeError as error:
                raise UnreadableFile(name, "nội dung UTF-16 bị hỏng", code="broken_encoding") from error
    if b"\x00" in data[:4096]:
        for encoding, zeros in (("utf-16-le", data[1:2000:2]), ("utf-16-be", data[0:2000:2])):
            if zeros.count(0) > 0.3 * len(zeros) and len(data) % 2 == 0:
                try:
                    return data.decode(encoding), "utf-16"
                except UnicodeDecodeError:
                    continue  # the other order of bytes, or no text at all
        raise UnreadableFile(name, "tệp nhị phân, không phải văn bản", code="binary_file")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if (found := legacy(data)) is not None:
            return found
        raise UnreadableFile(
            name,
            f"không phải UTF-8 hay một bảng mã tiếng Việt cũ (byte lỗi ở vị trí {error.start})",
            code="broken_encoding",
        ) from error


def _require_vietnamese(text: str, name: str) -> None:
    """A text of some length without Vietnamese letters is another language or a broken encoding."""
    sample = unicodedata.normalize("NFC", "\n".join(stretches(text)))
    data = sample.encode("utf-8", "surrogatepass")
    if len(data) - len(data.translate(None, _CONTROL)) > 0.02 * len(sample):
        raise UnreadableFile(name, "tệp nhị phân, không phải văn bản", code="binary_file")
    if more_than(_VIETNAMESE, 0.04 * len(sample), sample):
        return
    marked, letters = len(_VIETNAMESE.findall(sample)), len(_LETTER.findall(sample))
    if letters == 0 and not _LETTER.search(text):
        raise UnreadableFile(name, "không có chữ nào", code="no_text")
    if letters >= 40 and marked < 0.04 * letters:
        raise UnreadableFile(name, "không phải văn bản tiếng Việt có dấu", code="not_vietnamese")
