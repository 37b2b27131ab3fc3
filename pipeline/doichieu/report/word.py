"""Word files from Word templates: rendering in a sandbox, and the same bytes for the same input."""

from __future__ import annotations

import io
import zipfile
import zlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from doichieu.errors import UnreadableFile, UsageError
from doichieu.reading.files import file_bytes
from doichieu.report.zipped import archive

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.opc.packuri import PackURI
    from docx.package import Package
    from docxtpl import DocxTemplate
    from jinja2.sandbox import SandboxedEnvironment

_MAX_TEMPLATE = 20_000_000
_MOST_PARTS = 32  # parts of templates that are kept ready
#: What the readers of archives, XML and Word files raise on one that is damaged, locked or of another kind.
_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, SyntaxError, RuntimeError)
_MOST_OPENED = 2  # templates that are kept opened
_MAX_UNPACKED = 200_000_000  # bytes that the parts of a template may have together


def render(template: Path, values: dict[str, Any]) -> bytes:
    """A template with its values.

    The template's expressions run in a sandbox, an unknown field is an error.  Raises
    :class:`doichieu.errors.UsageError`, naming the template, where it cannot be read or filled.
    """
    from jinja2 import TemplateError

    try:
        data = file_bytes(template, _MAX_TEMPLATE)
        with zipfile.ZipFile(io.BytesIO(data)) as archived:
            if sum(part.file_size for part in archived.infolist()) > _MAX_UNPACKED:
                raise UsageError(f"Mẫu Word {template} quá lớn.")
        word = _template()(data)
        word.render(values, jinja_env=_sandbox(), autoescape=True)
        return _saved(word.docx, _opened(data).parts)
    except UnreadableFile as error:
        raise UsageError(f"Không đọc được mẫu Word {template}: {error.reason}.") from error
    except TemplateError as error:
        raise UsageError(f"Mẫu Word {template} có chỗ điền không hợp lệ: {error.message}.") from error
    except (ArithmeticError, MemoryError, RecursionError) as error:
        raise UsageError(
            f"Mẫu Word {template} có chỗ điền không tính được: {str(error).rstrip('.') or 'quá lớn'}."
        ) from error
    except (*_DAMAGE, zipfile.BadZipFile, zlib.error) as error:
        raise UsageError(f"Mẫu Word {template} không phải tệp .docx dùng được: {error}.") from error


@lru_cache(maxsize=1)
def _template() -> type[DocxTemplate]:
    """Templates whose parts are made ready for filling once for all reports of a run."""
    from docxtpl import DocxTemplate

    ready: dict[str, str] = {}

    class Template(DocxTemplate):  # type: ignore[misc]
        docx: Word | None
        is_rendered: bool

        def init_docx(self, reload: bool = True) -> None:
            if not self.docx or (self.is_rendered and reload):
                self.docx = _document(_opened(self.template_file))
                self.is_rendered = False

        def patch_xml(self, src_xml: str) -> str:
            if src_xml not in ready:
                if len(ready) >= _MOST_PARTS:
                    ready.clear()
                ready[src_xml] = super().patch_xml(src_xml)
            return ready[src_xml]

        def resolve_listing(self, xml: str) -> str:
            return super().resolve_listing(xml) if any(sign in xml for sign in "\t\n\a\f") else xml

    return Template


class _Opened(NamedTuple):
    """A template as ``python-docx`` reads it, and all that its file holds when that is written again."""

    reader: Any
    parts: dict[str, bytes]


@lru_cache(maxsize=_MOST_OPENED)
def _opened(data: bytes) -> _Opened:
    """A template read once for all reports of a run; raises what ``docx.Document`` raises."""
    from docx import Document
    from docx.opc.pkgreader import PackageReader

    word, again = Document(io.BytesIO(data)), io.BytesIO()
    word.core_properties.author  # noqa: B018 -- a file without properties is given some, and they are filled in
    word.save(again)
    with zipfile.ZipFile(again) as archived:
        parts = {name: archived.read(name) for name in archived.namelist()}
    return _Opened(PackageReader.from_file(again), parts)  # type: ignore[no-untyped-call]


def _document(opened: _Opened) -> Word:
    """A document to be filled; what nothing is filled in stays as bytes."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.package import Unmarshaller
    from docx.opc.part import Part, PartFactory
    from docx.package import Package

    read = (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES, RELATIONSHIP_TYPE.IMAGE)

    def part(name: PackURI, content_type: str, relation: str, data: bytes, package: Package) -> Any:
        if relation in read:
            return PartFactory(name, content_type, relation, data, package)
        return Part(name, content_type, data, package)

    package: Any = Package()
    Unmarshaller.unmarshal(opened.reader, package, part)  # type: ignore[no-untyped-call]
    word: Word = package.main_document_part.document
    return word


def _saved(word: Word, parts: dict[str, bytes]) -> bytes:
    """A filled document as bytes; what it has in common with its template is packed once for all reports."""
    made = parts | {part.partname.membername: part.blob for part in word.part.package.parts}
    return archive(_in_order(made), {name for name, data in made.items() if data == parts.get(name)})


def _in_order(parts: dict[str, bytes]) -> list[tuple[str, bytes]]:
    return sorted(parts.items(), key=lambda part: (part[0] != "[Content_Types].xml", part[0]))


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
    with zipfile.ZipFile(io.BytesIO(data)) as archived:
        return archive(_in_order({name: archived.read(name) for name in archived.namelist()}))
