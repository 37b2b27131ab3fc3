"""Word files from Word templates: rendering in a sandbox, and the same bytes for the same input."""

from __future__ import annotations

import io
import zipfile
import zlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from doichieu.errors import UnreadableFile, UsageError
from doichieu.reading.files import file_bytes

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2.sandbox import SandboxedEnvironment

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MAX_TEMPLATE = 20_000_000
_LEVEL = 3  # of packing: half the time of the usual one, and little larger
_MOST_PARTS = 32  # parts of templates that are kept ready
_MAX_UNPACKED = 200_000_000  # bytes that the parts of a template may have together


def render(template: Path, values: dict[str, Any]) -> bytes:
    """A template with its values.

    The template's expressions run in a sandbox, an unknown field is an error.  Raises
    :class:`doichieu.errors.UsageError`, naming the template, where it cannot be read or filled.
    """
    from jinja2 import TemplateError

    try:
        data = io.BytesIO(file_bytes(template, _MAX_TEMPLATE))
        with zipfile.ZipFile(data) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MAX_UNPACKED:
                raise UsageError(f"Mẫu Word {template} quá lớn.")
        document = _template()(data)
        document.render(values, jinja_env=_sandbox(), autoescape=True)
        buffer = io.BytesIO()
        document.save(buffer)
    except UnreadableFile as error:
        raise UsageError(f"Không đọc được mẫu Word {template}: {error.reason}.") from error
    except TemplateError as error:
        raise UsageError(f"Mẫu Word {template} có chỗ điền không hợp lệ: {error.message}.") from error
    except (ArithmeticError, MemoryError, RecursionError) as error:
        raise UsageError(
            f"Mẫu Word {template} có chỗ điền không tính được: {str(error).rstrip('.') or 'quá lớn'}."
        ) from error
    except (ValueError, LookupError, TypeError, AttributeError, SyntaxError, zipfile.BadZipFile, zlib.error) as error:
        raise UsageError(f"Mẫu Word {template} không phải tệp .docx dùng được: {error}.") from error
    return repack(buffer.getvalue())


@lru_cache(maxsize=1)
def _template() -> type[DocxTemplate]:
    """Templates whose parts are made ready for filling once for all reports of a run."""
    from docxtpl import DocxTemplate

    ready: dict[str, str] = {}

    class Template(DocxTemplate):  # type: ignore[misc]
        def patch_xml(self, src_xml: str) -> str:
            if src_xml not in ready:
                if len(ready) >= _MOST_PARTS:
                    ready.clear()
                ready[src_xml] = super().patch_xml(src_xml)
            return ready[src_xml]

    return Template


@lru_cache(maxsize=1)
def _sandbox() -> SandboxedEnvironment:
    """Where the expressions of templates run; the parts of a template are compiled once for all reports of a run."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    sandbox = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    sandbox.from_string = lru_cache(maxsize=32)(sandbox.from_string)  # type: ignore[assignment, method-assign]
    return sandbox


def repack(data: bytes) -> bytes:
    """The same archive with fixed dates and order, so that the same input gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name), compresslevel=_LEVEL)
    return out.getvalue()
