"""Patterns as they were compiled before: to compile them anew is half of what a process needs to begin.

They lie beside the bytecode of this module and share its lot: they are made when a program first runs, Python's own
options and environment say where and whether (``PYTHONPYCACHEPREFIX``, ``PYTHONDONTWRITEBYTECODE``), another version
of Python makes its own, and where nothing can be kept or read, every pattern is compiled as ever.  A pattern is known
by its text and flags, so that none can be out of date.

Patterns are compiled with the letters that a match can begin with (:mod:`doichieu.processes.beginnings`), so that a
search runs to the next of them and does not try every place.

>>> known = Known()
>>> known.compiled(r"\\d+ hộ", 0).findall("12 hộ, 7 người"), list(known.new) == [known.key(r"\\d+ hộ", 0)]
(['12 hộ'], True)
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import sys
import zlib
from _thread import allocate_lock
from array import array
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec

from doichieu.processes import beginnings

#: Patterns that are kept at most, and of how many letters: what was made for one document alone is not worth it.
_MOST, _LONGEST = 6000, 20_000
#: New patterns for which the file is written anew.
_WORTH = 40
_compiler: Any = import_module("re._compiler")
_sre: Any = _compiler._sre
_compile = _compiler.compile


class Compiled(msgspec.Struct, frozen=True, array_like=True):
    """What the engine of Python is given for one pattern: flags, code, number of groups, their names."""

    flags: int
    code: bytes
    groups: int
    names: dict[str, int]
    by_number: tuple[str | None, ...]


#: The head of the file: where each pattern stands behind it, how long it is, and its checksum.
_head = msgspec.msgpack.Decoder(dict[str, tuple[int, int, int]])
_entry = msgspec.msgpack.Decoder(Compiled)


class Kept:
    """The patterns of a file; each is looked at when it is asked for."""

    def __init__(self, places: dict[str, tuple[int, int, int]] | None = None, body: bytes = b"") -> None:
        self.places = places or {}
        self._body = memoryview(body)

    def packed(self, key: str) -> bytes | None:
        """A pattern as it was written; None where it is not known, or damaged."""
        start, length, checksum = self.places.get(key, (0, 0, 0))
        data = bytes(self._body[start : start + length])
        return data if data and zlib.crc32(data) == checksum else None

    @staticmethod
    def of(entries: dict[str, bytes]) -> tuple[bytes, bytes]:
        """Head and body of a file that holds some patterns."""
        places, start = {}, 0
        for key, data in entries.items():
            places[key] = (start, len(data), zlib.crc32(data))
            start += len(data)
        return msgspec.msgpack.encode(places), b"".join(entries.values())


class Known:
    """The patterns that are known, and those that this process had to compile."""

    def __init__(self, reading: Callable[[], Kept] = Kept) -> None:
        self._reading = reading
        self.new: dict[str, Compiled] = {}
        self._noted: tuple[Any, ...] = ()
        self._engine = SimpleNamespace(**vars(_sre))
        self._engine.compile = self._note
        self._lock = allocate_lock()

    @cached_property
    def kept(self) -> Kept:
        """The patterns of the file, which is read when the first of them is asked for."""
        return self._reading()

    @staticmethod
    def key(pattern: str, flags: int) -> str:
        """How a pattern is known."""
        return f"{int(flags)} {pattern}"

    def compiled(self, pattern: Any, flags: Any = 0) -> re.Pattern[Any]:
        """A pattern ready for use, in place of the compiler of Python."""
        if not isinstance(pattern, str) or len(pattern) > _LONGEST:
            return _ask(pattern, flags)
        key = self.key(pattern, flags)
        packed = self.kept.packed(key)
        if packed is not None:
            with contextlib.suppress(msgspec.DecodeError, ValueError, TypeError, RuntimeError, OverflowError):
                return _ready(pattern, _entry.decode(packed))
        with self._lock:
            self._noted = ()
            _compiler._sre = self._engine
            try:
                found = _ask(pattern, flags)
            finally:
                _compiler._sre = _sre
            if len(self._noted) == 6:
                _, told, code, groups, names, by_number = self._noted
                self.new[key] = Compiled(told, array("I", code).tobytes(), groups, dict(names), tuple(by_number))
        return found

    def _note(self, *given: Any) -> Any:
        self._noted = given
        return _sre.compile(*given)


def _ask(pattern: Any, flags: Any) -> re.Pattern[Any]:
    found: re.Pattern[Any] = _compile(pattern, flags)
    return found


def _ready(pattern: str, entry: Compiled) -> re.Pattern[str]:
    code = array("I", entry.code).tolist()
    found: re.Pattern[str] = _sre.compile(pattern, entry.flags, code, entry.groups, entry.names, entry.by_number)
    return found


def _stamp() -> bytes:
    """What the code of a pattern depends on beside the pattern."""
    return f"doichieu patterns 4 {sys.version} {_sre.MAGIC} {_sre.CODESIZE} {sys.byteorder}\n".encode()


def _place() -> Path | None:
    """The file; None where Python keeps no bytecode."""
    if sys.dont_write_bytecode or array("I").itemsize != _sre.CODESIZE:
        return None
    try:
        return Path(importlib.util.cache_from_source(__file__)).with_suffix(".patterns")
    except NotImplementedError:
        return None


def _read(path: Path) -> Kept:
    """The patterns of a file; none where it is not as this Python wrote it."""
    stamp = _stamp()
    with contextlib.suppress(OSError, msgspec.DecodeError):
        data = path.read_bytes()
        if data.startswith(stamp):
            begin = len(stamp) + 8
            end = begin + int.from_bytes(data[begin - 8 : begin - 4], "big")
            head = data[begin:end]
            if zlib.crc32(head).to_bytes(4, "big") == data[begin - 4 : begin]:
                return Kept(_head.decode(head), data[end:])
    return Kept()


_in_use: list[Known] = []


def remember() -> None:
    """From now on take patterns as they were compiled before, where they are known."""
    path = _place()
    if path is None or _in_use:
        return
    _in_use.append(Known(lambda: _read(path)))
    _compiler.compile = _in_use[0].compiled
    beginnings.look_further()


def keep() -> None:
    """Keep what this process had to compile, where that is worth it; another process may do so at the same time."""
    path = _place()
    if path is None or not _in_use or len(_in_use[0].new) < _WORTH:
        return
    import tempfile

    older = _read(path)
    found = {key: msgspec.msgpack.encode(entry) for key, entry in _in_use[0].new.items()}
    if len(older.places) + len(found) <= _MOST:
        whole = {key: older.packed(key) for key in older.places if key not in found}
        found |= {key: data for key, data in whole.items() if data is not None}
    head, body = Kept.of(found)
    with contextlib.suppress(OSError):
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as out:
                checked = len(head).to_bytes(4, "big") + zlib.crc32(head).to_bytes(4, "big")
                out.writelines((_stamp(), checked, head, body))
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
        _in_use[0].new.clear()
