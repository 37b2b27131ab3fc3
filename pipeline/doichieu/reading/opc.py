"""Opening a Word package (ECMA-376, part 2) without trusting it: bounded sizes, no entities, nothing outside the
file."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any

from doichieu.errors import UnreadableFile

MAX_PARTS = 10_000
#: No single part, nor all the parts read together, may unpack to more than this (bytes).
MAX_UNPACKED = 200 * 1024 * 1024
#: A part that unpacks to more than this many times its packed size, and to more than a megabyte, is a bomb.
MAX_RATIO = 500
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Files in the strict form of ISO/IEC 29500 differ by their names only.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)


class Package:
    """The parts of one package; every failure is an :class:`doichieu.errors.UnreadableFile` that names the file."""

    def __init__(self, data: bytes, path: str) -> None:
        self.path = path
        self._left = MAX_UNPACKED
        if data.startswith(_OLE):
            raise UnreadableFile(
                path, "tệp được đặt mật khẩu hoặc là Word đời cũ mang đuôi .docx", code="encrypted_file"
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, UnicodeDecodeError) as error:
            raise UnreadableFile(path, "tệp Word bị hỏng (không mở được gói nén)", code="broken_file") from error
        members = self._zip.infolist()
        if len(members) > MAX_PARTS:
            raise UnreadableFile(path, f"gói có quá nhiều phần ({len(members)})", code="too_large")
        self._members = {member.filename.lstrip("/"): member for member in members}
        if "EncryptedPackage" in self._members:
            raise UnreadableFile(path, "tệp được đặt mật khẩu", code="encrypted_file")

    def __contains__(self, name: str) -> bool:
        return name in self._members

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """One part, unpacked within the limits."""
        member = self._members[name]
        if member.flag_bits & 1:
            raise UnreadableFile(self.path, "tệp được đặt mật khẩu", code="encrypted_file")
        if member.file_size > self._left or (
            member.file_size > 1 << 20 and member.file_size > MAX_RATIO * max(1, member.compress_size)
        ):
            raise UnreadableFile(self.path, "gói nén phình quá mức cho phép", code="too_large")
        try:
            with self._zip.open(member) as stream:
                data = stream.read(self._left + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            ValueError,
            OSError,
            NotImplementedError,
            EOFError,
            RuntimeError,
        ) as error:
            raise UnreadableFile(self.path, f"tệp Word bị hỏng (phần {name})", code="broken_file") from error
        if len(data) > self._left:
            raise UnreadableFile(self.path, "gói nén phình quá mức cho phép", code="too_large")
        self._left -= len(data)
        return data

    def xml(self, name: str) -> Any:
        """The root element of one part.  Entities, outside references and documents without end are refused."""
        from lxml import etree

        data = self.read(name)
        for strict, transitional in _STRICT:
            if strict in data:
                data = data.replace(strict, transitional)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise UnreadableFile(self.path, "tệp chứa khai báo XML không an toàn", code="unsafe_file")
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise UnreadableFile(self.path, f"tệp Word bị hỏng (phần {name})", code="broken_file") from error

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """The relations of a part inside the package: id → (last word of the type, part name).

        Relations that point outside the package are left out: nothing outside is ever opened.
        """
        folder, _, base = name.rpartition("/")
        rels = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
        if rels not in self:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for item in self.xml(rels).iter(_RELATIONSHIPS):
            if item.get("TargetMode") == "External":
                continue
            target = item.get("Target") or ""
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if full in self:
                found[item.get("Id") or ""] = ((item.get("Type") or "").rpartition("/")[2], full)
        return found
