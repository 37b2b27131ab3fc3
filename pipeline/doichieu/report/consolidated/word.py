"""A consolidated text as a Word document with tracked changes: accepting all gives the text, rejecting all the source.

The author of a change is the number of the amending document, its date the day from which it holds.
"""

from __future__ import annotations

import io
import re
from typing import Any

from msgspec import Struct

from doichieu.amending.stretches import stretches
from doichieu.model import Change, Consolidation
from doichieu.report.word import repack

_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNDATED = "1970-01-01"


class Run(Struct, frozen=True):
    """A stretch of one paragraph; ``kind`` is ``ins``, ``del`` or empty."""

    text: str
    kind: str = ""
    change: Change | None = None


class Paragraph(Struct):
    """One paragraph; ``kind`` says whether its end was inserted or deleted."""

    runs: list[Run]
    kind: str = ""
    change: Change | None = None


def paragraphs(consolidation: Consolidation) -> list[Paragraph]:
    """The paragraphs of the document, of the old and of the new wording together."""
    out = [Paragraph([])]

    def add(text: str, kind: str, change: Change | None) -> None:
        for index, line in enumerate(text.split("\n")):
            if index:
                out[-1].kind, out[-1].change = kind, change
                out.append(Paragraph([]))
            if line:
                out[-1].runs.append(Run(_ILLEGAL.sub("\ufffd", line), kind, change))

    for part in stretches(consolidation):
        if part.change is None:
            add(part.text, "", None)
        else:
            add(part.old, "del", part.change)
            add(part.text, "ins", part.change)
    return out


def document(consolidation: Consolidation) -> bytes:
    """The Word document; the same input gives the same bytes."""
    from docx import Document as Word
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    word = Word()
    word.core_properties.title = (
        f"{consolidation.base.info.number or consolidation.base.document_id} {consolidation.on}"
    )
    body = word.element.body
    number = 0

    def tracked(kind: str, change: Change | None) -> Any:
        nonlocal number
        number += 1
        element = OxmlElement(f"w:{kind}")
        element.set(qn("w:id"), str(number))
        element.set(qn("w:author"), change.amending_document if change else "")
        element.set(qn("w:date"), f"{(change.effective_on if change else '') or _UNDATED}T00:00:00Z")
        return element

    def run(text: str, *, deleted: bool) -> Any:
        element = OxmlElement("w:r")
        wording = OxmlElement("w:delText" if deleted else "w:t")
        wording.set(qn("xml:space"), "preserve")
        wording.text = text
        element.append(wording)
        return element

    last = body[-1]  # the section's properties stay last
    for paragraph in paragraphs(consolidation):
        element = OxmlElement("w:p")
        if paragraph.kind:
            properties, mark = OxmlElement("w:pPr"), OxmlElement("w:rPr")
            mark.append(tracked(paragraph.kind, paragraph.change))
            properties.append(mark)
            element.append(properties)
        for part in paragraph.runs:
            made = run(part.text, deleted=part.kind == "del")
            if part.kind:
                holder = tracked(part.kind, part.change)
                holder.append(made)
                made = holder
            element.append(made)
        last.addprevious(element)
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())
