"""Results against a plan as a Word document."""

from __future__ import annotations

import io

from doichieu.lexicon import load
from doichieu.report.reported.view import View
from doichieu.report.word import repack


def document(view: View) -> bytes:
    """A table with one row a target and report, then each explanation as a paragraph that can be pasted."""
    from docx import Document as Word
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt

    words = load(f"amending_{view.lang}")["text"]
    word = Word()
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    word.core_properties.title = f"{words['progress_title']}: {view.plan}"
    word.styles["Normal"].font.name = "Times New Roman"
    word.styles["Normal"].font.size = Pt(12)
    word.add_heading(f"{words['progress_title']}: {view.plan}", level=1)
    if view.title:
        word.add_paragraph(view.title)
    word.add_paragraph(view.summary)
    word.add_paragraph(f"{words['reports']}: {'; '.join(view.reports)}")
    heads = [words[key] for key in ("target", "verdict", "reached", "expected", "deadline", "findings")]
    table = word.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    for line in view.lines:
        values = [line.quote, line.verdict_name, line.value, line.expected, line.deadline, line.findings]
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = value
    word.add_heading(words["explanation"], level=2)
    for line in view.lines:
        word.add_paragraph(line.explanation, style="List Bullet")
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())
