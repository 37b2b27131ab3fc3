"""Zipped bundles: each file in them read by its own reader, nothing written outside a folder of our own.

Names in an archive are only names: paths, links and devices are never followed; sizes, counts and depth are bounded.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import msgspec

from doichieu.errors import UnreadableFile
from doichieu.model import Problem, Source, problem_code
from doichieu.reading.bundle import bundled
from doichieu.reading.files import opened

MAX_BYTES = 500 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_UNPACKED = 1024 * 1024 * 1024
MAX_RATIO = 300
#: What may hold wording and is not read inside an archive: it is named in a problem row, other files are passed over.
_CARRIERS = frozenset([".zip", ".rar", ".7z", ".xls", ".xlsx", ".ppt", ".pptx"])
_NUMBERS = re.compile(r"(\d+)")


def natural(name: str) -> list[tuple[int, int, str]]:
    """A key that sorts ``Phụ lục 2`` before ``Phụ lục 10``."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part.lower()) for part in _NUMBERS.split(name) if part]


def read_archive(path: Path, read_member: Callable[[Path], list[Source]], readable: frozenset[str]) -> list[Source]:
    """The documents of a zip file; ``read_member`` reads one unpacked file, ``readable`` are the endings worth trying.

    A member that cannot be read is a problem row of the first document; where none can, the error names the reason.
    """
    name = str(path)
    sources: list[Source] = []
    failures: list[tuple[str, UnreadableFile]] = []
    try:
        with (
            opened(path) as handle,
            zipfile.ZipFile(handle) as archive,
            tempfile.TemporaryDirectory(prefix="doichieu-zip-") as folder,
        ):
            if os.fstat(handle.fileno()).st_size > MAX_BYTES:
                raise UnreadableFile(name, "gói nén quá lớn", code="too_large")
            members = _members(archive, name, readable)
            for number, member in enumerate(members):
                inner = PurePosixPath(member.filename.replace("\\", "/"))
                shown = f"{name}/{inner}"
                target = Path(folder) / str(number) / _safe(inner.name)
                target.parent.mkdir()
                try:
                    target.write_bytes(_unpack(archive, member, shown, readable))
                    found = read_member(target)
                except UnreadableFile as error:
                    failures.append((shown, error))
                    continue
                finally:
                    target.unlink(missing_ok=True)
                sources += [_named(source, shown, str(target)) for source in found]
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise  # the disk's fault, not the file's
        raise UnreadableFile(name, "gói nén bị hỏng", code="broken_file") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise UnreadableFile(name, "gói nén bị hỏng", code="broken_file") from error
    if not sources:
        reason = (
            f"không đọc được tệp nào trong gói nén ({failures[0][1].reason})"
            if failures
            else "gói nén không có văn bản nào"
        )
        codes = {error.code for _, error in failures} - {"unsupported_format"}
        raise UnreadableFile(name, reason, code=codes.pop() if len(codes) == 1 else "empty_archive")
    made = bundled(_distinct(sources), path.stem)
    first = made[0]
    problems = tuple(
        Problem(first.document_id, problem_code(error.code), "high", f"Không đọc được tệp {shown}: {error.reason}")
        for shown, error in failures
    )
    return [msgspec.structs.replace(first, problems=(*first.problems, *problems)), *made[1:]]


def _members(archive: zipfile.ZipFile, name: str, readable: frozenset[str]) -> list[zipfile.ZipInfo]:
    members = [
        m
        for m in archive.infolist()
        if not m.is_dir()
        and PurePosixPath(m.filename).suffix.lower() in readable | _CARRIERS
        and not any(
            part.startswith((".", "~$", "__MACOSX"))
            for part in PurePosixPath(m.filename).parts
            if part not in (".", "..")
        )
    ]
    if len(members) > MAX_MEMBERS:
        raise UnreadableFile(name, f"gói nén có quá nhiều tệp ({len(members)})", code="too_large")
    if sum(m.file_size for m in members) > MAX_UNPACKED:
        raise UnreadableFile(name, "gói nén phình quá mức cho phép", code="too_large")
    return sorted(members, key=lambda m: natural(m.filename))


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, readable: frozenset[str]) -> bytes:
    if stat.S_ISLNK(member.external_attr >> 16):
        raise UnreadableFile(name, "là liên kết, không phải tệp", code="not_a_file")
    if (ending := PurePosixPath(member.filename).suffix.lower()) not in readable:
        raise UnreadableFile(name, f"định dạng “{ending}” trong gói nén không được đọc", code="unsupported_format")
    if member.flag_bits & 1:
        raise UnreadableFile(name, "tệp trong gói nén được đặt mật khẩu", code="encrypted_file")
    if member.file_size > 1 << 20 and member.file_size > MAX_RATIO * max(1, member.compress_size):
        raise UnreadableFile(name, "gói nén phình quá mức cho phép", code="too_large")
    try:
        with archive.open(member) as stream:
            data = stream.read(member.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(name, "tệp trong gói nén bị hỏng", code="broken_file") from error
    if len(data) > member.file_size:
        raise UnreadableFile(name, "gói nén khai sai kích thước", code="broken_file")
    return data


def _safe(name: str) -> str:
    """A file name for our own folder; the ending is kept, as it may help to tell what the file is."""
    stem, dot, ending = name.rpartition(".")
    return re.sub(r"[^\w\- ]", "_", stem or "tep")[:80] + dot + re.sub(r"\W", "", ending)[:8]


def _named(source: Source, shown: str, target: str) -> Source:
    problems = tuple(msgspec.structs.replace(p, message=p.message.replace(target, shown)) for p in source.problems)
    return msgspec.structs.replace(source, path=shown, verbatim=False, problems=problems)


def _distinct(sources: list[Source]) -> list[Source]:
    """Documents of one name in different folders of the archive get a number."""
    taken = {source.document_id for source in sources}
    seen: set[str] = set()
    out = []
    for source in sources:
        if source.document_id in seen:
            count = 2
            while f"{source.document_id}-{count}" in taken:
                count += 1
            source = renamed(source, f"{source.document_id}-{count}")
            taken.add(source.document_id)
        seen.add(source.document_id)
        out.append(source)
    return out


def renamed(source: Source, document_id: str) -> Source:
    """The source under another id."""
    problems = tuple(msgspec.structs.replace(p, document_id=document_id) for p in source.problems)
    return msgspec.structs.replace(source, document_id=document_id, problems=problems)
