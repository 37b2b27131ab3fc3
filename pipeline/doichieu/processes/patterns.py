"""Patterns as they were compiled before: to compile them anew is half of what a process needs to begin.

They lie beside the bytecode of this module and share its lot: they are made when a program first runs, Python's own
options and environment say where and whether (``PYTHONPYCACHEPREFIX``, ``PYTHONDONTWRITEBYTECODE``), another version
of Python makes its own, and where nothing can be kept or read, every pattern is compiled as ever.  A pattern is known
by its text and flags, so that none can be out of date.

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
import tempfile
import threading
import zlib
from array import array
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec

#: Patterns that are kept at most, and of how many letters: what was made for one document alone is not worth it.
_MOST, _LONGEST = 6000, 20_000
#: New patterns for which the file is written anew.
_WORTH = 40
_compiler: Any = import_module("re._compiler")
_sre: Any = _compiler._sre


class Compiled(msgspec.Struct, frozen=True, array_like=True):
    """What the engine of Python is given for one pattern: flags, code, number of groups, their names."""

    flags: int
    code: bytes
    groups: int
    names: dict[str, int]
    by_number: tuple[str | None, ...]


_decoder = msgspec.msgpack.Decoder(dict[str, msgspec.Raw])
_entry = msgspec.msgpack.Decoder(Compiled)


class Known:
    """The patterns that are known, and those that this process had to compile."""

    def __init__(self, kept: dict[str, msgspec.Raw] | None = None) -> None:
        self.kept = kept or {}
        self.new: dict[str, Compiled] = {}
        self._compile = _compiler.compile
        self._noted: tuple[Any, ...] = ()
        self._engine = SimpleNamespace(**vars(_sre))
        self._engine.compile = self._note
        self._lock = threading.Lock()

    @staticmethod
    def key(pattern: str, flags: int) -> str:
        """How a pattern is known."""
        return f"{int(flags)} {pattern}"

    def compiled(self, pattern: Any, flags: Any = 0) -> re.Pattern[Any]:
        """A pattern ready for use, in place of the compiler of Python."""
        if not isinstance(pattern, str) or len(pattern) > _LONGEST:
            return self._ask(pattern, flags)
        key = self.key(pattern, flags)
        raw = self.kept.get(key)
        if raw is not None:
            with contextlib.suppress(msgspec.DecodeError, ValueError, TypeError, RuntimeError, OverflowError):
                return _ready(pattern, _entry.decode(raw))
        with self._lock:
            self._noted = ()
            _compiler._sre = self._engine
            try:
                found = self._ask(pattern, flags)
            finally:
                _compiler._sre = _sre
            if len(self._noted) == 6:
                _, told, code, groups, names, by_number = self._noted
                self.new[key] = Compiled(told, array("I", code).tobytes(), groups, dict(names), tuple(by_number))
        return found

    def _ask(self, pattern: Any, flags: Any) -> re.Pattern[Any]:
        found: re.Pattern[Any] = self._compile(pattern, flags)
        return found

    def _note(self, *given: Any) -> Any:
        self._noted = given
        return _sre.compile(*given)


def _ready(pattern: str, entry: Compiled) -> re.Pattern[str]:
    code = array("I", entry.code).tolist()
    found: re.Pattern[str] = _sre.compile(pattern, entry.flags, code, entry.groups, entry.names, entry.by_number)
    return found


def _stamp() -> bytes:
    """What the code of a pattern depends on beside the pattern."""
    return f"doichieu patterns 1 {sys.version} {_sre.MAGIC} {_sre.CODESIZE} {sys.byteorder}\n".encode()


def _place() -> Path | None:
    """The file; None where Python keeps no bytecode."""
    if sys.dont_write_bytecode or array("I").itemsize != _sre.CODESIZE:
        return None
    try:
        return Path(importlib.util.cache_from_source(__file__)).with_suffix(".patterns")
    except NotImplementedError:
        return None


def _read(path: Path) -> dict[str, msgspec.Raw]:
    """The patterns of a file; none where it is not as this Python wrote it."""
    stamp = _stamp()
    with contextlib.suppress(OSError, msgspec.DecodeError):
        data = path.read_bytes()
        if data.startswith(stamp):
            body = memoryview(data)[len(stamp) + 4 :]
            if zlib.crc32(body).to_bytes(4, "big") == data[len(stamp) : len(stamp) + 4]:
                return _decoder.decode(body)
    return {}


_in_use: list[Known] = []


def remember() -> None:
    """From now on take patterns as they were compiled before, where they are known."""
    path = _place()
    if path is None or _in_use:
        return
    _in_use.append(Known(_read(path)))
    _compiler.compile = _in_use[0].compiled


def keep() -> None:
    """Keep what this process had to compile, where that is worth it; another process may do so at the same time."""
    path = _place()
    if path is None or not _in_use or len(_in_use[0].new) < _WORTH:
        return
    new = {key: msgspec.Raw(msgspec.msgpack.encode(entry)) for key, entry in _in_use[0].new.items()}
    older = _read(path)
    found = {**older, **new} if len(older) + len(new) <= _MOST else new
    body = msgspec.msgpack.encode(found)
    with contextlib.suppress(OSError):
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as out:
                out.writelines((_stamp(), zlib.crc32(body).to_bytes(4, "big"), body))
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
        _in_use[0].new.clear()
