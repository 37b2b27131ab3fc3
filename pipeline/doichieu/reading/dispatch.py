"""One file to its sources, in this process: the reader that its content asks for."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import msgspec

from doichieu.errors import UnreadableFile, install_command, readable_name
from doichieu.model import Problem, Source
from doichieu.reading.formats import BY_KIND, IMAGES, kind_by_ending, kind_of, readable_endings

#: Packages that an installation may lack, and the extra that brings each.
_EXTRA_OF = {"pypdfium2": "pdf", "PIL": "scan"}


def read_here(path: Path, kind: str = "") -> list[Source]:
    """The documents of one file, read in this process."""
    kind = kind or kind_of(path)
    sources = [
        s if (name := readable_name(s.path)) == s.path else msgspec.structs.replace(s, path=name)
        for s in _read(path, kind)
    ]
    expected = kind_by_ending(path)
    if kind != expected and expected != "unknown" and not {kind, expected} <= IMAGES:
        message = f"Tệp mang đuôi {path.suffix} nhưng nội dung là {kind}; đã đọc theo nội dung"
        sources = [
            msgspec.structs.replace(
                s, problems=(Problem(s.document_id, "wrong_extension", "info", message), *s.problems)
            )
            for s in sources
        ]
    return sources


def _read(path: Path, kind: str) -> list[Source]:
    entry = BY_KIND.get(kind)
    if entry is None:
        raise UnreadableFile(
            str(path), f"định dạng “{path.suffix or kind}” chưa được hỗ trợ", code="unsupported_format"
        )
    module, _, function = entry.reader.partition(":")
    try:
        reader = getattr(import_module(f"doichieu.reading.{module}"), function)
        if kind == "zip":
            inside = frozenset(ending for ending in readable_endings() if ending != ".zip")
            return list(reader(path, read_here, inside))
        return [reader(path)]
    except ModuleNotFoundError as error:
        extra = _EXTRA_OF.get((error.name or "").partition(".")[0])
        if extra is None:
            raise
        reason = f"đọc tệp {kind} cần thêm gói Python; cài bằng: {install_command(extra)}"
        raise UnreadableFile(str(path), reason, code="missing_package") from error
