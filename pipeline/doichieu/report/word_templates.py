"""Builds the Word templates: ``python -m doichieu.report.word_templates`` writes ``templates/*.docx`` anew.

They are plain Word files with fields such as ``{{ summary }}``; an office edits or replaces them in Word.  The form
follows the layout of administrative documents (Decree 30/2020/NĐ-CP, appendix I): A4, margins 30/20/20/20 mm,
Times New Roman, names of the country and the office at the head, signatures at the foot.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from doichieu.lexicon import load
from doichieu.report.word import repack

_GREY = "E8ECF0"


class _Form:
    """A Word document being built, with the few things that its library has no words for."""

    def __init__(self, translated: Mapping[str, str] = MappingProxyType({})) -> None:
        from docx import Document
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt, RGBColor

        self.translated = translated
        self.doc = Document()
        section = self.doc.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
            Cm(3),
            Cm(2),
            Cm(2),
            Cm(2),
        )
        styles = self.doc.styles
        for name in ("toc 1", "toc 2"):
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
        styles["toc 2"].paragraph_format.left_indent = Cm(0.8)
        for name, size, bold in (
            ("Normal", 12, None),
            ("Title", 14, True),
            ("Heading 1", 12, True),
            ("Heading 2", 12, True),
        ):
            style = styles[name]
            style.font.name, style.font.size, style.font.color.rgb = "Times New Roman", Pt(size), RGBColor(0, 0, 0)
            if bold is not None:
                style.font.bold = bold
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
                fonts.set(qn(f"w:{kind}"), "Times New Roman")
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                if fonts.get(qn(f"w:{theme}")) is not None:
                    del fonts.attrib[qn(f"w:{theme}")]
        styles["Heading 2"].font.italic = True
        for name, above in (("Heading 1", 10), ("Heading 2", 4)):
            styles[name].paragraph_format.space_before, styles[name].paragraph_format.space_after = Pt(above), Pt(3)
        for border in styles["Title"].element.xpath(".//w:pBdr"):
            border.getparent().remove(border)
        for name in ("Normal", "toc 1", "toc 2"):
            styles[name].paragraph_format.space_after = Pt(3)
        self.bookmarks = 0
        self.contents: list[tuple[int, str, str]] = []

    def text(self, text: str, *, bold: bool = False, italic: bool = False, align: str = "") -> Any:
        paragraph = self.doc.add_paragraph()
        run = paragraph.add_run(self.said(text))
        run.bold, run.italic = bold or None, italic or None
        self.align(paragraph, align)
        return paragraph

    def item(self, text: str) -> None:
        """A line of a list, smaller and closer than a paragraph."""
        from docx.shared import Cm, Pt

        paragraph = self.text(text)
        for run in paragraph.runs:
            run.font.size = Pt(11)
        layout = paragraph.paragraph_format
        layout.space_after, layout.left_indent, layout.first_line_indent = Pt(1), Cm(0.5), Cm(-0.5)

    def said(self, text: str) -> str:
        """A text in the language of the form."""
        for own, other in self.translated.items():
            text = text.replace(own, other)
        return text

    @staticmethod
    def align(paragraph: Any, align: str) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        if align:
            paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())

    def heading(self, text: str, level: int = 1, loop: str = "") -> None:
        """A heading with a bookmark that the contents lead to; ``loop`` is the expression that tells its turns
        apart."""
        text = self.said(text)
        paragraph = self.doc.add_heading(text, level=level)
        self.bookmarks += 1
        suffix = f"_{{{{ {loop} }}}}" if loop else ""
        number = f"{{{{ {self.bookmarks * 1000} + {loop} }}}}" if loop else str(self.bookmarks * 1000)
        name = f"muc_{self.bookmarks}{suffix}"
        start, end = (
            self._element("w:bookmarkStart", {"w:id": number, "w:name": name}),
            self._element("w:bookmarkEnd", {"w:id": number}),
        )
        paragraph._p.insert(1, start)
        paragraph._p.append(end)
        self.contents.append((level, text, name))

    @staticmethod
    def _element(tag: str, attributes: dict[str, str]) -> Any:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        element = OxmlElement(tag)
        for key, value in attributes.items():
            element.set(qn(key), value)
        return element

    def table(
        self, heads: Sequence[str], widths: Sequence[float], name: str, source: str, cells: Sequence[str]
    ) -> None:
        """A table with a head that repeats on every page and a row for each ``name`` of ``source``; no row is cut by a
        page end.

        Widths in centimetres.  A line of a cell that starts with ``**`` is bold; one that starts with ``?field:`` is
        printed only where the field is not empty.
        """
        from docx.shared import Pt

        table = self.doc.add_table(rows=4, cols=len(heads))
        table.style = "Table Grid"
        table.autofit = False
        self._widths(table, widths)
        for cell, text in zip(table.rows[0].cells, heads, strict=True):
            self._fill(cell, [text], bold=True)
            cell._tc.get_or_add_tcPr().append(
                self._element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": _GREY})
            )
        self._flag(table.rows[0], "w:tblHeader")
        table.rows[1].cells[0].text = f"{{%tr for {name} in {source} %}}"
        for cell, text in zip(table.rows[2].cells, cells, strict=True):
            self._fill(cell, text.split("\n"))
        self._flag(table.rows[2], "w:cantSplit")
        table.rows[3].cells[0].text = "{%tr endfor %}"
        for row in table.rows:
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.space_after = Pt(2)
                    for run in paragraph.runs:
                        run.font.size = Pt(11)
        self.doc.add_paragraph().paragraph_format.space_after = Pt(0)

    @staticmethod
    def _widths(table: Any, widths: Sequence[float]) -> None:
        """Widths of columns and of cells: some programs read the ones, some the others."""
        from docx.shared import Cm

        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
            for cell in column.cells:
                cell.width = Cm(width)

    def pair(self, left: Sequence[str], right: Sequence[str], widths: Sequence[float]) -> None:
        """Two blocks of centred lines side by side, without borders: the head and the foot of an administrative
        document."""
        from docx.shared import Pt

        table = self.doc.add_table(rows=1, cols=2)
        table.autofit = False
        self._widths(table, widths)
        for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
            self._fill(cell, lines)
            for paragraph in cell.paragraphs:
                self.align(paragraph, "center")
                paragraph.paragraph_format.space_after = Pt(0)
                for run in paragraph.runs:
                    run.font.size = Pt(12)
        self._flag(table.rows[0], "w:cantSplit")
        self.doc.add_paragraph().paragraph_format.space_after = Pt(0)

    def _fill(self, cell: Any, lines: Sequence[str], *, bold: bool = False) -> None:
        cell.text = ""
        first = True
        for line in lines:
            condition = ""
            if line.startswith("?"):
                condition, line = line[1:].split(":", 1)
            if condition:
                (cell.paragraphs[0] if first else cell.add_paragraph()).add_run(f"{{%p if {condition} %}}")
                first = False
            paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
            first = False
            if line == "~":
                self._rule(paragraph)
                continue
            run = paragraph.add_run(self.said(line.removeprefix("**")))
            run.bold = bold or line.startswith("**") or None
            if condition:
                cell.add_paragraph().add_run("{%p endif %}")

    def _rule(self, paragraph: Any) -> None:
        """A drawn line in the middle of a block, as the decrees on form want it; never a row of hyphens."""
        from docx.shared import Cm, Pt

        layout = paragraph.paragraph_format
        layout.left_indent = layout.right_indent = Cm(1.6)
        layout.line_spacing = Pt(3)
        borders = self._element("w:pBdr", {})
        borders.append(self._element("w:bottom", {"w:val": "single", "w:sz": "6", "w:space": "1", "w:color": "000000"}))
        paragraph._p.get_or_add_pPr().insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
        )

    def _flag(self, row: Any, tag: str) -> None:
        row._tr.get_or_add_trPr().append(self._element(tag, {"w:val": "true"}))

    def field(self, paragraph: Any, code: str, text: str) -> None:
        """A field with its result as long as no program has computed it."""
        for kind in ("begin", "instr", "separate", "text", "end"):
            self._field_part(paragraph, kind, code, text)

    def _field_part(self, paragraph: Any, kind: str, code: str = "", text: str = "") -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        run = paragraph.add_run()
        if kind == "instr":
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = code
            run._r.append(element)
        elif kind == "text":
            run.text = text
        else:
            run._r.append(
                self._element(
                    "w:fldChar",
                    {
                        "w:fldCharType": kind,
                        **({"w:dirty": "true"} if kind == "begin" and code.startswith("TOC") else {}),
                    },
                )
            )

    def table_of_contents(self, before: Any) -> None:
        """The contents above ``before``: links that work at once; a word processor adds the page numbers when it
        updates them."""
        for index, (level, text, name) in enumerate(self.contents):
            loop = "{{ loop" in name
            if loop:
                self._insert(before, "{%p for g in groups %}", "toc 2")
            paragraph = self._insert(before, "", f"toc {level}")
            if index == 0:
                self._field_part(paragraph, "begin", "TOC")
                self._field_part(paragraph, "instr", r'TOC \o "1-2" \h \z \u')
                self._field_part(paragraph, "separate")
            link = self._element("w:hyperlink", {"w:anchor": name, "w:history": "1"})
            paragraph._p.append(link)
            run = paragraph.add_run(text)
            link.append(run._r)
            if index == len(self.contents) - 1:
                self._field_part(paragraph, "end")
            if loop:
                self._insert(before, "{%p endfor %}", "toc 2")

    @staticmethod
    def _insert(before: Any, text: str, style: str) -> Any:
        return before.insert_paragraph_before(text, style=style)

    def data(self) -> bytes:
        """The document as bytes."""
        footer = self.doc.sections[0].footer.paragraphs[0]
        self.align(footer, "center")
        self.field(footer, "PAGE", "1")
        self.doc.core_properties.author = ""
        self.doc.core_properties.comments = ""
        self.doc.core_properties.created = self.doc.core_properties.modified = datetime.datetime(2000, 1, 1)
        buffer = io.BytesIO()
        self.doc.save(buffer)
        return repack(buffer.getvalue())


def heads() -> dict[str, Mapping[str, Any]]:
    """What stands at the head and the foot of an opinion, by the code of the kind of authority that signs it."""
    return {entry["code"]: entry for entry in load("opinion_heads")["head"]}


def form_name(lang: str = "vi", authority: str = "state") -> str:
    """The file of the form of an opinion.

    >>> form_name(), form_name("en", "party")
    ('opinion.docx', 'opinion_party_en.docx')
    """
    return "_".join(["opinion", *([authority] if authority != "state" else []), *([lang] if lang != "vi" else [])]) + (
        ".docx"
    )


def opinion(lang: str = "vi", authority: str = "state") -> bytes:
    """The form of the opinion on a comparison, with the head of the ``authority`` that signs it."""
    form = _Form({word["vi"]: word["en"] for word in load("opinion_en")["word"]} if lang == "en" else {})
    head = heads()[authority]
    form.doc.core_properties.subject = head["guidance"]
    form.pair(head["left"], head["right"], [6.4, 9.6])
    form.align(form.doc.add_heading(form.said("Ý KIẾN ĐỐI CHIẾU"), level=0), "center")
    form.text("{{ child.name }} so với {{ parent.name }}", bold=True, align="center")
    _opening(form)
    _differences(form)
    form.heading("III. Chỉ tiêu giữ đúng văn bản cấp trên")
    form.text(
        "{% if kept %}{{ kept|length }} chỉ tiêu: {% for p in kept_places %}{{ p.place }}"
        "{% if p.count > 1 %} ({{ p.count }} chỉ tiêu){% endif %}{% if not loop.last %}; {% endif %}{% endfor %}."
        "{% else %}Không có.{% endif %}"
    )
    _tasks(form)
    form.heading("V. Ý kiến của cơ quan thẩm định")
    for _ in range(3):
        form.text("." * 96).paragraph_format.keep_with_next = True  # no signature stands on a page alone
    form.pair([*head["foot_left"], "", "", ""], [*head["foot_right"], "", "", ""], [8, 8])
    return form.data()


def _opening(form: _Form) -> None:
    """The two documents and the verdict."""
    form.heading("I. Văn bản được đối chiếu và kết luận chung")
    for role, name in (("Văn bản cấp trên", "parent"), ("Văn bản cấp dưới", "child")):
        form.text(
            (
                role + ": {{ NAME.name }}{% if NAME.title %} – {{ NAME.title }}{% endif %}"
                "{% for x in NAME.rest %}; {{ x.name|lower }}: {{ x.value }}{% endfor %}."
            ).replace("NAME", name)
        )
    for field in ("odd", "conflicts", "sentences"):
        form.text(f"{{%p for x in {field} %}}")
        form.text("{{ x }}")
        form.text("{%p endfor %}")
    form.text("{%p if decisions %}")
    form.text("{{ decisions }}")
    form.text("{%p endif %}")


def _differences(form: _Form) -> None:
    """Where the lower document differs: the two wordings side by side with the conclusion under the lower one; what it
    adds as a list."""
    form.heading("II. Các điểm khác văn bản cấp trên")
    form.text("{%p if not groups %}")
    form.text("Không có.")
    form.text("{%p endif %}")
    form.text("{%p for g in groups %}")
    form.heading("{{ loop.index }}. {{ g.name }} ({{ g.count }})", 2, "loop.index")
    form.text("{%p if g.compared %}")
    form.table(
        ["TT", "Văn bản cấp trên", "Văn bản cấp dưới"],
        [1.0, 7.5, 7.5],
        "f",
        "g.compared",
        [
            "{{ f.n }}",
            "{{ f.parent }}{% if f.parent_place %} ({{ f.parent_place }}){% endif %}",
            (
                "?f.both:{{ f.child }}{% if f.child_place %} ({{ f.child_place }}){% endif %}\n"
                "**{{ f.conclusion }}\n"
                "?f.both:{{ f.ground }}\n"
                "?f.justification:Lời văn bản cấp dưới: “{{ f.justification }}”\n"
                "?f.review:**Người xem: {{ f.review }}"
            ),
        ],
    )
    form.text("{%p endif %}")
    form.text("{%p if g.added %}")
    form.text("Chỉ tiêu văn bản cấp dưới bổ sung ({{ g.added|length }}):", italic=True)
    form.text("{%p endif %}")
    form.text("{%p for f in g.added %}")
    form.item("{{ f.n }}. {{ f.child }} ({{ f.child_place }}).{% if f.review %} Người xem: {{ f.review }}.{% endif %}")
    form.text("{%p endfor %}")
    form.text("{%p endfor %}")


def _tasks(form: _Form) -> None:
    """Tasks that the lower document does not assign, or assigns in part: a line each."""
    form.heading("IV. Nhiệm vụ chưa giao hoặc giao một phần")
    form.text("{%p if not duties %}")
    form.text("Không có.")
    form.text("{%p endif %}")
    form.text("{%p for g in duty_groups %}")
    form.text("{{ g.name }} ({{ g.count }}):", italic=True).paragraph_format.keep_with_next = True
    form.text("{%p for d in g.duties %}")
    form.item(
        "{{ d.n }}. {% if d.body %}{{ d.body }}: {% endif %}{{ d.about }}{% if d.place %} ({{ d.place }}){% endif %}"
        "{% if d.differs %} – {{ d.differs }}{% endif %}."
    )
    form.text("{%p endfor %}")
    form.text("{%p endfor %}")


def document() -> bytes:
    """The form of the report of one document, in either language."""
    form = _Form()
    form.align(form.doc.add_heading("{{ t.document_title }}", level=0), "center")
    form.text("{{ name }}", bold=True, align="center")
    form.text("{{ title }}", align="center")
    form.text("{{ t.contents }}", bold=True)
    anchor = form.text("")
    form.heading("1. {{ t.summary }}")
    form.text("{{ summary }}")
    form.text("{%p for x in facts %}")
    form.text("{{ x.name }}: {{ x.value }}")
    form.text("{%p endfor %}")
    form.heading("2. {{ t.targets }}")
    form.table(
        ["#", "{{ t.quote }}", "{{ t.subject }}", "{{ t.measure }}", "{{ t.deadline }}", "{{ t.place }}"],
        [0.9, 4.9, 3.0, 2.6, 2.4, 2.2],
        "r",
        "targets",
        [
            "{{ r.n }}",
            "{{ r.quote }}",
            "{{ r.subject }}\n?r.scope:{{ r.scope }}",
            "**{{ r.measure }}\n?r.commitment:{{ r.commitment }}",
            "{{ r.deadline }}",
            "{{ r.place }}",
        ],
    )
    form.heading("3. {{ t.tasks }}")
    form.text("{%p for b in bodies %}")
    form.text("{{ b.name }} ({{ b.tasks|length }})", bold=True).paragraph_format.keep_with_next = True
    form.table(
        ["{{ t.role }}", "{{ t.task }}", "{{ t.deadline }}", "{{ t.place }}"],
        [2.4, 8.6, 2.4, 2.6],
        "r",
        "b.tasks",
        ["{{ r.role }}", "{{ r.task }}\n?r.product:{{ r.product }}", "{{ r.deadline }}", "{{ r.place }}"],
    )
    form.text("{%p endfor %}")
    form.heading("4. {{ t.calendar }}")
    form.table(
        ["{{ t.date }}", "{{ t.kind }}", "{{ t.wording }}", "{{ t.place }}"],
        [2.6, 2.4, 8.4, 2.6],
        "r",
        "dates",
        [
            "?r.date:{{ r.date }}\n?r.recurrence:{{ r.recurrence }}",
            "{{ r.kind }}",
            "**{{ r.quote }}\n{{ r.wording }}",
            "{{ r.place }}",
        ],
    )
    form.heading("5. {{ t.problems }}")
    form.table(
        ["{{ t.severity }}", "{{ t.problem }}", "{{ t.quote }}"],
        [2.6, 7.0, 6.4],
        "r",
        "problems",
        ["{{ r.severity }}", "{{ r.message }}", "{{ r.quote }}"],
    )
    form.heading("6. {{ t.outline }}")
    form.text("{%p for o in outline %}")
    form.text("{{ o.indent }}{{ o.text }}")
    form.text("{%p endfor %}")
    form.table_of_contents(anchor)
    return form.data()


if __name__ == "__main__":
    folder = Path(__file__).resolve().parents[3] / "templates"
    for kind in heads():
        for language in ("vi", "en"):
            (folder / form_name(language, kind)).write_bytes(opinion(language, kind))
    (folder / "document.docx").write_bytes(document())
