"""What is worked out of words and patterns when a program first runs, and only read by the next one.

It lies beside the bytecode of the package and shares its lot: Python's own options and environment say where and
whether (``PYTHONPYCACHEPREFIX``, ``PYTHONDONTWRITEBYTECODE``).  A file is known by the code that made it; where it is
not as it was written, or cannot be read or written, everything is worked out as ever.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import os
import sys
import zlib
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

_MOST = 4000  # answers of a file; beyond, it is begun anew
_entries = msgspec.msgpack.Decoder(dict[str, bytes])


class Kept:
    """Answers by their questions; ``source`` is the file of the code that gives them.

    >>> kept = Kept("")
    >>> kept.get("hai") is None, kept.put("hai", ["2"]), kept.get("hai")
    (True, ['2'], ['2'])
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._new: dict[str, bytes] = {}

    def get(self, question: str) -> Any:
        """The answer to a question; None where it is not known."""
        packed = self._new.get(question) or self._known.get(question)
        return None if packed is None else msgspec.msgpack.decode(packed)

    def put(self, question: str, answer: Any) -> Any:
        """Keep an answer, which is plain data and not None; returns it."""
        if not self._new and self._place is not None:
            atexit.register(self._save)
        self._new[question] = msgspec.msgpack.encode(answer)
        return answer

    @cached_property
    def _place(self) -> Path | None:
        if sys.dont_write_bytecode or not self._source:
            return None
        with contextlib.suppress(NotImplementedError):
            return Path(importlib.util.cache_from_source(self._source)).with_suffix(".kept")
        return None

    @cached_property
    def _stamp(self) -> bytes:
        with contextlib.suppress(OSError):
            code = Path(self._source).read_bytes()
            return f"doichieu kept 1 {sys.version} {len(code)} {zlib.crc32(code)}\n".encode()
        return b""

    @cached_property
    def _known(self) -> dict[str, bytes]:
        if self._place is None or not self._stamp:
            return {}
        with contextlib.suppress(OSError, msgspec.DecodeError):
            data = self._place.read_bytes()
            begin = len(self._stamp) + 4
            if data.startswith(self._stamp) and zlib.crc32(data[begin:]).to_bytes(4, "big") == data[begin - 4 : begin]:
                return _entries.decode(data[begin:])
        return {}

    def _save(self) -> None:
        """Write what is known; another process may do so at the same time."""
        if self._place is None or not self._stamp:
            return
        import tempfile

        older = self._known if len(self._known) + len(self._new) <= _MOST else {}
        body = msgspec.msgpack.encode(older | self._new)
        with contextlib.suppress(OSError):
            handle, name = tempfile.mkstemp(dir=self._place.parent, prefix=".", suffix=".tmp")
            try:
                with os.fdopen(handle, "wb") as out:
                    out.writelines((self._stamp, zlib.crc32(body).to_bytes(4, "big"), body))
                os.replace(name, self._place)
            except BaseException:
                os.unlink(name)
                raise
