"""Builds ``templates/opinion.docx``: the office's form as a Word template with Jinja fields.

Run ``python -m pipeline.report.opinion_template`` after a change; an office replaces the file with its own.
"""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

from pipeline.report.docx import repack


def build() -> bytes:
    """The template as bytes."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    doc = Document()
    section = doc.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Cm(3), Cm(2), Cm(2), Cm(2)
    doc.styles["Normal"].font.name = "Times New Roman"
    doc.styles["Normal"].font.size = Pt(13)
    head = doc.add_table(rows=1, cols=2)
    left, right = head.rows[0].cells
    left.text = "CƠ QUAN THẨM ĐỊNH\n-------\nSố:        /"
    right.text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n............, ngày ..... tháng ..... năm ........"
    for cell in (left, right):
        for paragraph in cell.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title = doc.add_heading("Ý KIẾN ĐỐI CHIẾU VĂN BẢN", level=0)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(doc.add_paragraph(), r'TOC \o "1-2" \h \z \u', "Mục lục (bấm chuột phải, chọn Cập nhật trường)")
    doc.add_heading("I. Văn bản được đối chiếu", level=1)
    doc.add_paragraph("Văn bản cấp dưới: {{ child }}{% if child_date %}, ngày {{ child_date }}{% endif %}{% if child_issuer %}, {{ child_issuer }}{% endif %}. {{ child_title }}")
    doc.add_paragraph("Văn bản cấp trên: {{ parent }}{% if parent_date %}, ngày {{ parent_date }}{% endif %}{% if parent_issuer %}, {{ parent_issuer }}{% endif %}. {{ parent_title }}")
    doc.add_heading("II. Kết luận chung", level=1)
    doc.add_paragraph("{{ summary }}")
    doc.add_heading("III. Kết quả đối chiếu chỉ tiêu", level=1)
    _table(
        doc, ["TT", "Kết luận", "Văn bản cấp dưới", "Văn bản cấp trên", "Giải thích"], "f", "findings",
        ["{{ f.n }}", "{{ f.severity }}: {{ f.kinds }}", "{{ f.child }} ({{ f.child_path }})", "{{ f.parent }} ({{ f.parent_path }})", "{{ f.explanation }} [{{ f.proof }}]"],
    )  # fmt: skip
    doc.add_heading("IV. Nhiệm vụ chưa giao hoặc giao một phần", level=1)
    _table(
        doc, ["TT", "Cơ quan", "Vai trò", "Nhiệm vụ", "Kết luận"], "d", "duties",
        ["{{ d.n }}", "{{ d.agency }}", "{{ d.role }}", "{{ d.task }}", "{{ d.verdict }}"],
    )  # fmt: skip
    doc.add_heading("V. Ý kiến của cơ quan thẩm định", level=1)
    doc.add_paragraph("................................................................................................")
    sign = doc.add_paragraph("NGƯỜI ĐỐI CHIẾU\n(Ký, ghi rõ họ tên)")
    sign.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(footer, "PAGE", "1")
    doc.core_properties.author = ""
    doc.core_properties.created = doc.core_properties.modified = datetime.datetime(2000, 1, 1)
    buffer = io.BytesIO()
    doc.save(buffer)
    return repack(buffer.getvalue())


def _table(doc: Any, heads: list[str], name: str, source: str, cells: list[str]) -> None:
    table = doc.add_table(rows=4, cols=len(heads))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.text = text
        cell.paragraphs[0].runs[0].bold = True
    _repeat(table.rows[0])
    table.rows[1].cells[0].text = f"{{%tr for {name} in {source} %}}"
    for cell, text in zip(table.rows[2].cells, cells, strict=True):
        cell.text = text
    table.rows[3].cells[0].text = "{%tr endfor %}"


def _repeat(row: Any) -> None:
    """Repeat a head row on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = row._tr.get_or_add_trPr()
    flag = OxmlElement("w:tblHeader")
    flag.set(qn("w:val"), "true")
    properties.append(flag)


def _field(paragraph: Any, code: str, text: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "instr", "separate", "text", "end"):
        run = paragraph.add_run()
        if kind == "instr":
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = code
            run._r.append(element)
        elif kind == "text":
            run.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
            run._r.append(element)


if __name__ == "__main__":
    (Path(__file__).resolve().parents[2] / "templates" / "opinion.docx").write_bytes(build())
