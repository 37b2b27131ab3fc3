"""Where the templates are, and how what was made of them is kept.

A template that was compiled lies beside the bytecode of this module and shares its lot, as the patterns do
(:mod:`doichieu.processes.patterns`): where nothing can be kept or read, it is compiled as ever.
"""

from __future__ import annotations

import contextlib
import importlib.util
import marshal
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from doichieu import __version__
from doichieu.tables.files import write

if TYPE_CHECKING:
    from types import ModuleType

    from jinja2 import BytecodeCache, Template
    from jinja2.bccache import Bucket


def templates_folder() -> Path:
    """The folder of the templates: ``templates/`` of a checkout, or the copy inside the installed package."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_templates", package.parents[1] / "templates"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("templates")


def quick_templates() -> type[Template]:
    """Templates that take a text as it stands where nothing in it is to be escaped, which is nearly always so: what
    they print is what any template prints."""
    from jinja2 import Template
    from markupsafe import escape

    def escaped(value: Any) -> str:
        if type(value) is str and not ("&" in value or "<" in value or ">" in value or '"' in value or "'" in value):
            return value
        return escape(value)

    class Quick(Template):
        @classmethod
        def from_code(cls, *args: Any, **named: Any) -> Template:
            """A template whose code escapes what it prints so."""
            made = super().from_code(*args, **named)
            made.root_render_func.__globals__["escape"] = escaped
            return made

    return Quick


def compiled_templates() -> BytecodeCache | None:
    """Templates as they were compiled before, each known by its text; None where Python keeps no bytecode."""
    if sys.dont_write_bytecode:
        return None
    try:
        folder = Path(importlib.util.cache_from_source(__file__)).parent
    except NotImplementedError:
        return None
    import jinja2

    class Beside(jinja2.BytecodeCache):
        """A file for each template: what it depends on, a checksum, the code."""

        def load_bytecode(self, bucket: Bucket) -> None:
            """What is kept of a template, where it is whole and of this very text."""
            head = _head(jinja2, bucket.checksum)
            with contextlib.suppress(OSError):
                data = _file(folder, bucket.key).read_bytes()
                code = data[len(head) + 4 :]
                if data.startswith(head) and zlib.crc32(code).to_bytes(4, "big") == data[len(head) : len(head) + 4]:
                    bucket.code = marshal.loads(code)

        def dump_bytecode(self, bucket: Bucket) -> None:
            """Keep a template; another process may do so at the same time."""
            code = marshal.dumps(bucket.code)
            checked = _head(jinja2, bucket.checksum), zlib.crc32(code).to_bytes(4, "big"), code
            if folder.is_dir():  # Python keeps its bytecode there, or keeps none
                with contextlib.suppress(OSError):
                    write(_file(folder, bucket.key), *checked)

    return Beside()


def _head(jinja: ModuleType, checksum: str) -> bytes:
    """What a compiled template depends on beside our settings, which are those of a version."""
    return f"doichieu template {__version__} {getattr(jinja, '__version__', '')} {sys.version} {checksum}\n".encode()


def _file(folder: Path, key: str) -> Path:
    return folder / f"{key}.{sys.implementation.cache_tag}.template"
