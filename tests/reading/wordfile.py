"""Small Word packages made by hand, part by part, so that a test says exactly what the file holds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{RELATIONS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def run(text: str, properties: str = "") -> str:
    """A ``w:r`` with text."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str = "", properties: str = "", inner: str = "") -> str:
    """A ``w:p`` with one run, or with the given inside."""
    body = inner or (run(text) if text else "")
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{body}</w:p>"


def item(text: str, number: int, level: int = 0) -> str:
    """A paragraph of a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(text: str = "", properties: str = "") -> str:
    """A ``w:tc`` with one paragraph."""
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{paragraph(text)}</w:tc>"


def table(*rows: str, lines: bool = True) -> str:
    """A ``w:tbl`` of ``w:tr`` contents, with or without ruling lines."""
    border = "".join(f'<w:{s} w:val="single"/>' for s in ("top", "left", "bottom", "right", "insideH", "insideV"))
    properties = f"<w:tblPr><w:tblBorders>{border}</w:tblBorders></w:tblPr>" if lines else "<w:tblPr/>"
    return f"<w:tbl>{properties}<w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def level(index: int, format: str, text: str, *, start: int = 1, more: str = "") -> str:
    """A ``w:lvl``."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/>{more}'
        f'<w:lvlText w:val="{escape(text, {chr(34): "&quot;"})}"/></w:lvl>'
    )


def word(body: str, parts: Mapping[str, str] | None = None, relations: str = "") -> bytes:
    """A package with ``body`` and further parts, given as the inside of their root elements by name."""
    roots = {
        "styles": "styles",
        "numbering": "numbering",
        "footnotes": "footnotes",
        "endnotes": "endnotes",
        "comments": "comments",
    }
    files = {"word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"}
    rels = relations
    types = ""
    for name, inside in (parts or {}).items():
        kind = "header" if name.startswith("header") else "footer" if name.startswith("footer") else name
        root = {"header": "hdr", "footer": "ftr"}.get(kind) or roots[name]
        files[f"word/{name}.xml"] = f"<w:{root} {NAMESPACES}>{inside}</w:{root}>"
        rels += f'<Relationship Id="r_{name}" Type="{RELATIONS}/{kind}" Target="{name}.xml"/>'
        types += (
            f'<Override PartName="/word/{name}.xml" '
            f'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
        )
    package = "http://schemas.openxmlformats.org/package/2006"
    files["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{package}/relationships">{rels}</Relationships>'
    files["_rels/.rels"] = (
        f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    files["[Content_Types].xml"] = (
        f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        f"{types}</Types>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + files[name])
    return stream.getvalue()


def save(path: Path, body: str, parts: Mapping[str, str] | None = None, relations: str = "") -> Path:
    """Write a package and return its path."""
    path.write_bytes(word(body, parts, relations))
    return path
