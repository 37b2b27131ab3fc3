"""Word files (ECMA-376): what the page prints, with its automatic numbers, notes, tables and tracked changes.

What holds of a source read here:

1. A paragraph begins with its automatic number exactly as Word prints it.
2. Tracked insertions are kept, deletions left out; both are reported, as are comments and hidden text.
3. A note stands after the paragraph that refers to it, with its mark; running heads stand at the end as furniture.
4. Tables without lines that only place text (letterhead, signatures) are read column by column as paragraphs.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from doichieu.errors import UnreadableFile
from doichieu.model import ProblemCode, Source
from doichieu.reading.builder import CellText, SourceBuilder, collapse
from doichieu.reading.docx_numbering import Numbering, W
from doichieu.reading.docx_styles import Styles, child_value, draws
from doichieu.reading.docx_text import MC, Inliner, Line, Note, Wording, child_style, chosen
from doichieu.reading.opc import Package

MAX_BYTES = 200 * 1024 * 1024
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAX_REMARKS = 200
_MAX_DEPTH = 40
_CAPTION = 40  # a line of a title in capitals is at least so long where the next goes on with it (characters)
_TERMINAL = (".", ";", ":", "!", "?", "…", '."')
_STARTS = re.compile(r"(?:[-+•*▪◦]|\d+[.)]|[a-zđ][.)]|[IVXLC]+[.\-])\s|nơi nhận\s*:|số\s*:", re.IGNORECASE)
_MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM", re.IGNORECASE)
_RECIPIENTS = re.compile(r"nơi nhận\s*:", re.IGNORECASE)
_LETTERHEAD = re.compile(f"{_MOTTO.pattern}|{_RECIPIENTS.pattern}", re.IGNORECASE)


def read_docx(path: Path) -> Source:
    """The source of a ``.docx`` or ``.docm`` file; macros are never run.  Raises :class:`UnreadableFile`."""
    from doichieu.reading.files import document_id, file_bytes

    return docx_source(
        file_bytes(path, MAX_BYTES), str(path), document_id(path), path.suffix.lower().lstrip(".") or "docx"
    )


def docx_source(data: bytes, path: str, identity: str, format: str, sha256: str = "") -> Source:
    """The source of a Word package in memory; ``sha256`` where the original was another file."""
    package = Package(data, path)
    main = next((t for kind, t in package.relations("").values() if kind == "officeDocument"), "word/document.xml")
    if main not in package:
        raise UnreadableFile(path, "không phải tệp Word (.docx)", code="broken_file")
    reader = _Reader(package, main, SourceBuilder(identity, path))
    try:
        return reader.read(sha256 or hashlib.sha256(data).hexdigest(), format)
    except RecursionError as error:
        raise UnreadableFile(path, "các phần lồng nhau quá sâu", code="too_deep") from error


class _Reader:
    def __init__(self, package: Package, main: str, builder: SourceBuilder) -> None:
        self.package = package
        self.builder = builder
        self.root = package.xml(main)
        self.parts: dict[str, str] = {}
        self.by_id: dict[str, tuple[str, str]] = package.relations(main)
        for kind, target in self.by_id.values():
            self.parts.setdefault(kind, target)
        self.styles = Styles(self._part("styles"))
        self.numbering = Numbering(self._part("numbering"), self.styles.list_styles)
        self.notes = {kind: self._notes(kind) for kind in ("footnote", "endnote")}
        comments = self._part("comments")
        texts = (
            {}
            if comments is None
            else {
                c.get(f"{W}id") or "": collapse(" ".join(t.text or "" for t in c.iter(f"{W}t")))
                for c in comments.iterfind(f"{W}comment")
            }
        )
        self.inliner = Inliner(self.styles, texts)
        self.tables = 0
        self.running_heads: list[str] = []
        self.carried: Wording | None = None
        self.remarks = 0
        self.hidden = 0
        self.endnotes: list[Note] = []
        self.beside = ""  # which two columns set with tabs are open
        self.right: list[str] = []
        self.caption = False  # the last block was a line of capitals that may go on
        self.placing = False  # inside a table that only places text

    def _part(self, kind: str) -> Any | None:
        return self.package.xml(self.parts[kind]) if kind in self.parts else None

    def _notes(self, kind: str) -> dict[str, Any]:
        root = self._part(kind + "s")
        return {} if root is None else {n.get(f"{W}id") or "": n for n in root.iterfind(f"{W}{kind}")}

    def read(self, sha256: str, format: str) -> Source:
        """The whole document."""
        body = self.root.find(f"{W}body")
        if body is None:
            raise UnreadableFile(self.builder.path, "tệp Word không có nội dung", code="broken_file")
        self._blocks(body, 0)
        if self.carried is not None:
            self._emit(self.carried, "", -1, False)
        self._flush_right()
        for note in self.endnotes:
            self._note(note)
        self._heads()
        builder = self.builder
        if self.remarks > _MAX_REMARKS:
            builder.problem(
                "tracked_change",
                "medium",
                f"Tệp còn {self.remarks} chỗ sửa hoặc ghi chú; chỉ liệt kê {_MAX_REMARKS} chỗ đầu",
            )
        if self.hidden:
            builder.problem("hidden_text", "low", f"Đã bỏ {self.hidden} ký tự ẩn (không in ra giấy)")
        if any(name.endswith("vbaProject.bin") for name in self.package.names):
            builder.problem("macros", "info", "Tệp có macro; macro không được chạy")
        return builder.build(sha256, format)

    # -- block level ---------------------------------------------------------------------------------------

    def _blocks(self, node: Any, depth: int) -> None:
        if depth > _MAX_DEPTH:
            self._flat(node)
            return
        for child in node:
            tag = child.tag
            if tag == f"{W}p":
                self._paragraph(child, depth)
            elif tag == f"{W}tbl":
                self._table(child, depth)
            elif tag == f"{W}sdt":
                gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
                content = child.find(f"{W}sdtContent")
                if gallery is not None and gallery.get(f"{W}val") == "Table of Contents":
                    self._flat(content if content is not None else child)
                elif content is not None:
                    self._blocks(content, depth + 1)
            elif tag in (f"{W}customXml", f"{W}ins", f"{W}moveTo"):
                self._blocks(child, depth + 1)
            elif tag == f"{MC}AlternateContent":
                self._blocks(chosen(child), depth + 1)
            elif tag == f"{W}sectPr":
                self._section(child)
            elif tag == f"{W}altChunk":
                self.builder.problem(
                    "embedded_part", "medium", "Tệp nhúng một văn bản khác bên trong; phần đó chưa được đọc"
                )

    def _flat(self, node: Any) -> None:
        """Text whose layout does not matter (a table of contents) or is nested beyond sense, as furniture."""
        for paragraph in node.iter(f"{W}p"):
            self.builder.add("".join(t.text or "" for t in paragraph.iter(f"{W}t")), "furniture")

    def _section(self, properties: Any) -> None:
        for reference in properties:
            if reference.tag in (f"{W}headerReference", f"{W}footerReference"):
                _, target = self.by_id.get(reference.get(_RELATION) or "", ("", ""))
                if target and target not in self.running_heads:
                    self.running_heads.append(target)

    def _heads(self) -> None:
        seen: set[str] = set()
        for target in self.running_heads:
            inliner = Inliner(self.styles, {})
            lines = [
                " ".join(line.text for line in inliner.read(p).lines) for p in self.package.xml(target).iter(f"{W}p")
            ]
            text = collapse(" ".join(lines))
            if any(c.isalpha() for c in text) and text not in seen:
                seen.add(text)
                self.builder.add(text, "furniture")

    def _label(self, paragraph: Any, style: str) -> tuple[str, int]:
        """The automatic number of a paragraph and its level (-1 without a list)."""
        properties = paragraph.find(f"{W}pPr")
        own = properties.find(f"{W}numPr") if properties is not None else None
        number = child_value(own, "numId")
        written = child_value(own, "ilvl")
        if not number:
            number, level, source = self.styles.list_of(style)
            tied = None
            if number and not written:
                tied = self.numbering.level_of_style(number, style)
                tied = self.numbering.level_of_style(number, source) if tied is None else tied
            written = written or (str(tied) if tied is not None else level)
        if not number or number == "0":
            return "", -1
        level_number = int(written) if written.isdigit() and len(written) < 3 else 0
        return self.numbering.next(number, level_number), level_number

    def _paragraph(self, paragraph: Any, depth: int) -> None:
        properties = paragraph.find(f"{W}pPr")
        style = child_style(paragraph) or self.styles.default_paragraph
        contents = self.inliner.in_contents or self.styles.name(style).startswith("toc ")
        wording = self.inliner.read(paragraph, self.carried)
        self.carried = None
        if properties is not None:
            mark = properties.find(f"{W}rPr")
            if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
                self.carried = wording  # the end of this paragraph was deleted: it goes on in the next
                return
        if contents or self.inliner.in_contents:
            self.builder.add(" ".join(line.text for line in wording.lines), "furniture")
        else:
            label, level = self._label(paragraph, style)
            alignment = child_value(properties, "jc")
            centred = alignment == "center" if alignment else self.styles.centred(style)
            self._emit(wording, label, level, centred)
        for box in wording.boxes:
            self._blocks(box, depth + 1)
        if properties is not None and (section := properties.find(f"{W}sectPr")) is not None:
            self._section(section)

    def _emit(self, wording: Wording, label: str, level: int, centred: bool) -> None:
        """The lines of a paragraph as blocks: a break by hand ends one only where a new thought begins."""
        if not label and self._side_by_side(wording):
            return
        groups: list[list[Line]] = []
        for line in wording.lines:
            before = groups[-1][-1].text if groups else ""
            if groups and not _breaks(before, line.text, centred, self.placing):
                groups[-1].append(line)
            else:
                groups.append([line])
        for index, group in enumerate(groups):
            prefix = label if index == 0 else ""
            text = prefix
            starts: list[int] = []
            for line in group:
                if starts and line.text and not text.endswith(" "):
                    text += " "
                starts.append(len(text))
                text += line.text
            letters = sum(line.letters for line in group)
            emphasised = letters > 0 and sum(line.emphasised for line in group) == letters
            if self._continues_caption(text, centred and not prefix):
                span = self.builder.extend(text)
            else:
                span = self.builder.add(text, level=level if index == 0 else -1, emphasis=emphasised)
            self.caption = centred and not self.placing and text.isupper() and len(text) >= _CAPTION
            for line, start in zip(group, starts, strict=True):
                self._report(line, span.start + start if span is not None else None)
        self.hidden += wording.hidden
        for note in wording.notes:
            if note.kind == "footnote":
                self._note(note)
            else:
                self.endnotes.append(note)

    def _side_by_side(self, wording: Wording) -> bool:
        """Two columns set with tabs (a letterhead, recipients beside the signature): left at once, right kept for
        later."""
        line = wording.lines[0]
        left = line.text[: line.gap].strip() if line.gap > 0 else "" if line.indented else line.text
        right = line.text[line.gap :].strip() if line.gap > 0 else line.text if line.indented else ""
        if not self.beside:
            if left and right and _MOTTO.search(right):
                self.beside = "letterhead"
            elif left and right and _RECIPIENTS.match(left):
                self.beside = "recipients"
            else:
                return False
        done = len(wording.lines) > 1 or len(line.text) > 240
        if done or (self.beside == "letterhead" and not right and line.text):
            self._flush_right()
            return False
        self.builder.add(left)
        self.right.append(right)
        return True

    def _flush_right(self) -> None:
        """The right column, below the left one."""
        for text in self.right:
            self.builder.add(text)
        self.right.clear()
        self.beside = ""

    def _continues_caption(self, text: str, centred: bool) -> bool:
        """A title in capitals typed as several centred paragraphs is one title."""
        return self.caption and centred and text.isupper() and not _STARTS.match(text) and len(text.split()) > 1

    def _report(self, line: Line, base: int | None) -> None:
        for remark in line.remarks:
            self.remarks += 1
            if self.remarks > _MAX_REMARKS:
                continue
            told: dict[str, tuple[str, ProblemCode]] = {
                "insertion": ("Đoạn thêm vào còn theo dõi sửa đổi, đã giữ", "tracked_insertion"),
                "deletion": (
                    f"Đã bỏ đoạn xóa còn theo dõi sửa đổi: “{collapse(remark.detail)[:200]}”",
                    "tracked_deletion",
                ),
                "comment": (f"Ghi chú trong tệp: “{collapse(remark.detail)[:500]}”", "comment"),
            }
            message, code = told[remark.kind]
            if base is None or remark.end <= remark.start:
                self.builder.problem(code, "low", message)
            else:
                self.builder.problem(code, "low", message, base + remark.start, base + remark.end)

    def _note(self, note: Note) -> None:
        element = self.notes[note.kind].get(note.identity)
        if element is None:
            return
        inliner = Inliner(self.styles, {})
        texts = [line.text for p in element.iter(f"{W}p") for line in inliner.read(p).lines]
        text = collapse(" ".join(texts))
        if note.kind == "footnote":
            self.builder.note(note.number, text)
        elif text:
            self.builder.add(f"[{note.number}] {text}", "footnote", mark=str(note.number))

    # -- tables --------------------------------------------------------------------------------------------

    def _table(self, table: Any, depth: int) -> None:
        self._flush_right()
        rows = [
            row
            for row in table.iter(f"{W}tr")
            if next(a for a in row.iterancestors(f"{W}tbl")) is table and row.find(f"{W}trPr/{W}del") is None
        ]
        if self._places_text(table, rows):
            columns: dict[int, list[Any]] = {}
            for row in rows:
                column = 0
                for cell in _cells(row):
                    columns.setdefault(column, []).append(cell)
                    column += _count(cell, "gridSpan")
            outer, self.placing = self.placing, True
            for column in sorted(columns):
                for cell in columns[column]:
                    self._blocks(cell, depth + 1)
            self.placing = outer
            return
        self.tables += 1
        number = self.tables - 1
        held: dict[int, list[Any]] = {}  # column → the cell that is merged downwards there
        lines: list[tuple[list[list[Any]], list[Wording]]] = []
        for index, row in enumerate(rows):
            header = row.find(f"{W}trPr/{W}tblHeader") is not None
            column = _count(row.find(f"{W}trPr"), "gridBefore", 0)
            out: list[list[Any]] = []
            wordings: list[Wording] = []
            for cell in _cells(row):
                span = _count(cell, "gridSpan")
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                across = cell.find(f"{W}tcPr/{W}hMerge")
                if merge is not None and merge.get(f"{W}val") != "restart" and column in held:
                    held[column][3] += 1
                elif across is not None and across.get(f"{W}val") != "restart" and out:
                    out[-1][4] += span
                else:
                    text = self._cell_text(cell, wordings, depth)
                    out.append([text, index, column, 1, span, header])
                    held.pop(column, None)
                    if merge is not None:
                        held[column] = out[-1]
                column += span
            lines.append((out, wordings))
        for out, wordings in lines:
            self.builder.row([CellText(*values) for values in out], number)
            for wording in wordings:
                for line in wording.lines:
                    self._report(line, None)
                for note in wording.notes:
                    self._note(note) if note.kind == "footnote" else self.endnotes.append(note)

    def _cell_text(self, cell: Any, wordings: list[Wording], depth: int) -> str:
        """All text of a cell, the paragraphs of tables and boxes inside it included."""
        words: list[str] = []
        boxes: list[Any] = []
        stack = [cell]
        while stack:
            node = stack.pop()
            if node.tag == f"{W}p":
                style = child_style(node) or self.styles.default_paragraph
                wording = self.inliner.read(node)
                label, _ = self._label(node, style)
                words.append(label + " ".join(line.text for line in wording.lines))
                wordings.append(wording)
                boxes += wording.boxes
                continue
            if node.tag == f"{MC}AlternateContent":
                node = chosen(node)
            stack += [
                child for child in reversed(node) if child.tag not in (f"{W}tcPr", f"{W}tblPr", f"{W}sdtPr", f"{W}trPr")
            ]
        words += ["".join(t.text or "" for t in box.iter(f"{W}t")) for box in boxes]
        return collapse(" ".join(words))

    def _places_text(self, table: Any, rows: list[Any]) -> bool:
        """Whether a table only places text side by side: no lines, or no more than one column, and few rows."""
        widths = [sum(_count(cell, "gridSpan") for cell in _cells(row)) for row in rows]
        if not rows or max(widths, default=0) <= 1:
            return True
        if max(widths) > 3 or len(rows) > 6:
            return False
        words = " ".join(t.text or "" for t in table.iter(f"{W}t"))
        if _LETTERHEAD.search(collapse("".join(t.text or "" for t in table.iter(f"{W}t")))) or _LETTERHEAD.search(
            collapse(words)
        ):
            return True
        properties = table.find(f"{W}tblPr")
        borders = properties.find(f"{W}tblBorders") if properties is not None else None
        if draws(borders) or (borders is None and self.styles.draws_table(child_value(properties, "tblStyle"))):
            return False
        lined = sum(draws(cell.find(f"{W}tcPr/{W}tcBorders")) for row in rows for cell in _cells(row))
        return lined * 2 < sum(len(_cells(row)) for row in rows)


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row.iter(f"{W}tc") if next(a for a in cell.iterancestors(f"{W}tr")) is row]


def _count(element: Any, name: str, otherwise: int = 1) -> int:
    """A span of a cell or row, bounded: files are untrusted."""
    if element is None:
        return otherwise
    found = element.find(f"{W}tcPr/{W}{name}") if name == "gridSpan" else element.find(f"{W}{name}")
    value = str(found.get(f"{W}val") or "") if found is not None else ""
    return min(int(value), 64) if value.isdigit() and len(value) < 4 and int(value) > 0 else otherwise


def _breaks(before: str, line: str, centred: bool, placed: bool) -> bool:
    """Whether a line break typed inside a paragraph begins something new; ``placed`` tells of a letterhead's cell."""
    if not before or not line:
        return False
    if _STARTS.match(line) or (centred and (placed or len(before.split()) <= 4)):
        return True
    if before.isupper() != line.isupper() and not before.endswith(","):
        return True
    return before.endswith(_TERMINAL)
