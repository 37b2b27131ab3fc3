"""Archives of office files: the same parts give the same bytes, and a part that many files share is packed once."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

_LEVEL, _SHARED_LEVEL = 4, 6  # of packing: less than half the time of the usual one, and little larger
_MOST_SHARED = 64  # parts that are kept packed

#: The heads of the format: before each part, in the list of parts at the end, and behind that list.
_BEFORE, _LISTED, _LAST = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_VERSION, _UNIX, _DEFLATED, _UNICODE = 20, 3, 8, 0x800
_MIDNIGHT, _FIRST_DAY = 0, 1 << 5 | 1  # 1 January 1980: no file tells when it was made
_OWNERS = 0o600 << 16


class _Packed(NamedTuple):
    """A part as it lies in an archive, its checksum and its length before."""

    data: bytes
    checksum: int
    length: int


def _pack(data: bytes, level: int = _LEVEL) -> _Packed:
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return _Packed(packer.compress(data) + packer.flush(), zlib.crc32(data), len(data))


_pack_once = lru_cache(maxsize=_MOST_SHARED)(_pack)


def archive(parts: Iterable[tuple[str, bytes]], shared: Collection[str] = ()) -> bytes:
    """Parts by name as one archive, in their order; those named in ``shared`` are kept packed for the next one.

    >>> import io, zipfile
    >>> with zipfile.ZipFile(io.BytesIO(archive([("một.xml", b"<a/>"), ("b/c", b"")]))) as made:
    ...     made.testzip(), made.namelist(), made.read("một.xml")
    (None, ['một.xml', 'b/c'], b'<a/>')
    """
    out: list[bytes] = []
    listed: list[bytes] = []
    at = 0
    for name, data in parts:
        packed = _pack_once(data, _SHARED_LEVEL) if name in shared else _pack(data)
        flags, spelt = (0, name.encode()) if name.isascii() else (_UNICODE, name.encode())
        sizes = (packed.checksum, len(packed.data), packed.length)
        common = (_VERSION, flags, _DEFLATED, _MIDNIGHT, _FIRST_DAY, *sizes, len(spelt), 0)
        head = _BEFORE.pack(b"PK\x03\x04", *common) + spelt
        listed.append(_LISTED.pack(b"PK\x01\x02", _UNIX << 8 | _VERSION, *common, 0, 0, 0, _OWNERS, at) + spelt)
        out += (head, packed.data)
        at += len(head) + len(packed.data)
    last = _LAST.pack(b"PK\x05\x06", 0, 0, len(listed), len(listed), sum(map(len, listed)), at, 0)
    return b"".join([*out, *listed, last])
