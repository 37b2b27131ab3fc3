"""The wording of one Word paragraph as it is printed: runs, fields, notes, tracked changes, text boxes."""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

from doichieu.reading.builder import superscript
from doichieu.reading.docx_numbering import PICTURE_SIGNS, W, on, picture_sign
from doichieu.reading.docx_styles import Styles
from doichieu.reading.encodings import from_tcvn3, from_vni

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PICTURE_FONTS = ("symbol", "wingdings", "webdings")
_INLINE = {
    f"{W}{n}"
    for n in ("hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdtContent", "ruby", "rubyBase")
}
_SKIPPED = {
    f"{W}{n}" for n in ("pPr", "rPr", "sdtPr", "sdtEndPr", "rubyPr", "rt", "instrText", "delInstrText", "delText")
}
_GAP = re.compile(r" {5,}")
_BLANKS = " \t\n\r\v\f\xa0"


class Note(NamedTuple):
    """A reference to a footnote or an endnote, in order of appearance; ``number`` counts from 1."""

    kind: Literal["footnote", "endnote"]
    identity: str
    number: int


class Remark(NamedTuple):
    """Something to report about a stretch of a line: ``kind`` is ``insertion``, ``deletion`` or ``comment``."""

    kind: str
    detail: str
    start: int
    end: int


class Line:
    """One printed line group of a paragraph, white space collapsed as it grows."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self._blank = False
        self.remarks: list[Remark] = []
        self.letters = 0
        self.emphasised = 0
        self.indented = False  # begins behind a tab
        self.gap = -1  # where a tab first parts two columns of words

    def tab(self) -> None:
        """A tab, or so many blanks that they were typed for one."""
        if not self.length:
            self.indented = True
        elif self.gap < 0 or self.gap == self.length:
            self.gap = self.length
        self.put(" ")

    def put(self, text: str, emphasis: bool = False) -> None:
        """Append text; leading blanks of the line and doubled blanks vanish."""
        for index, word in enumerate(text.split(" ")):
            if index and self.length:
                self._blank = True
            if not word:
                continue
            if self._blank:
                self._parts.append(" ")
                self.length += 1
                self._blank = False
            self._parts.append(word)
            self.length += len(word)
            letters = sum(c.isalpha() for c in word)
            self.letters += letters
            self.emphasised += letters if emphasis else 0

    @property
    def next(self) -> int:
        """Where the next word will begin."""
        return self.length + (1 if self._blank else 0)

    @property
    def text(self) -> str:
        """The line without blanks at its ends."""
        return "".join(self._parts)


class Wording:
    """What one paragraph says: its lines (broken by hand), the notes it refers to, the text boxes it anchors."""

    def __init__(self) -> None:
        self.lines: list[Line] = [Line()]
        self.notes: list[Note] = []
        self.boxes: list[Any] = []
        self.hidden = 0

    @property
    def line(self) -> Line:
        """The line that is growing."""
        return self.lines[-1]


class Inliner:
    """Reads the inside of paragraphs; counts notes and follows fields through the whole document."""

    def __init__(self, styles: Styles, comments: dict[str, str]) -> None:
        self.styles = styles
        self.comments = comments
        self.counts = {"footnote": 0, "endnote": 0}
        self.fields: list[list[Any]] = []  # [in instruction?, instruction text]
        self._open_comments: dict[str, tuple[Line, int]] = {}

    @property
    def in_contents(self) -> bool:
        """Whether an automatic table of contents is open."""
        return any(field[1].lstrip().upper().startswith("TOC") for field in self.fields)

    def read(self, paragraph: Any, wording: Wording | None = None) -> Wording:
        """The wording of a ``w:p``; appended to ``wording`` where its end was deleted in the one before."""
        out = wording or Wording()
        style = child_style(paragraph) or self.styles.default_paragraph
        self._inline(paragraph, out, style)
        return out

    # -- inside a paragraph --------------------------------------------------------------------------------

    def _inline(self, node: Any, out: Wording, style: str) -> None:
        for child in node:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, out, style)
            elif tag in _SKIPPED:
                continue
            elif tag in (f"{W}ins", f"{W}moveTo"):
                line, start = out.line, out.line.next
                self._inline(child, out, style)
                if line.length > start:
                    line.remarks.append(Remark("insertion", child.get(f"{W}author") or "", start, line.length))
            elif tag in (f"{W}del", f"{W}moveFrom"):
                gone = "".join(t.text or "" for t in child.iter(f"{W}delText", f"{W}t")).strip()
                if gone:
                    out.line.remarks.append(Remark("deletion", gone, out.line.length, out.line.length))
            elif tag == f"{W}sdt" or tag in _INLINE:
                self._inline(child, out, style)
            elif tag == f"{MC}AlternateContent":
                self._inline(chosen(child), out, style)
            elif tag.startswith(_MATH):
                out.line.put("".join(t.text or "" for t in child.iter(_MATH_TEXT)))
            elif tag == f"{W}commentRangeStart":
                self._open_comments[child.get(f"{W}id") or ""] = (out.line, out.line.next)
            elif tag == f"{W}commentRangeEnd":
                self._comment(child.get(f"{W}id") or "", out.line)

    def _comment(self, identity: str, line: Line) -> None:
        opened = self._open_comments.pop(identity, None)
        text = self.comments.get(identity, "")
        if opened is None or not text:
            return
        start_line, start = opened
        end = line.length if start_line is line else start_line.length
        start_line.remarks.append(Remark("comment", text, min(start, end), end))

    def _run(self, run: Any, out: Wording, style: str) -> None:
        properties = run.find(f"{W}rPr")
        hidden = self._toggle(properties, style, "vanish")
        caps = self._toggle(properties, style, "caps")
        raised = False
        font = ""
        if properties is not None:
            align = properties.find(f"{W}vertAlign")
            raised = align is not None and align.get(f"{W}val") == "superscript"
            fonts = properties.find(f"{W}rFonts")
            font = str(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "").lower() if fonts is not None else ""
        emphasis = self._toggle(properties, style, "b") or self._toggle(properties, style, "i")
        self._contents(run, out, style, hidden, caps, raised, font, emphasis)

    def _toggle(self, properties: Any, style: str, name: str) -> bool:
        if properties is not None:
            found = properties.find(f"{W}{name}")
            if found is not None:
                return on(found)
            character = properties.find(f"{W}rStyle")
            if character is not None:
                said = self.styles.toggles(character.get(f"{W}val") or "", name)
                if said is not None:
                    return said
        return bool(self.styles.toggles(style, name))

    def _contents(
        self, node: Any, out: Wording, style: str, hidden: bool, caps: bool, raised: bool, font: str, emphasis: bool
    ) -> None:
        for child in node:
            tag = child.tag
            if tag == f"{W}fldChar":
                self._field(child)
                continue
            if tag in (f"{W}instrText",) and self.fields:
                self.fields[-1][1] += (child.text or "")[:200]
                continue
            if self.fields and self.fields[-1][0]:
                continue  # between begin and separate stands the instruction, not the text
            if tag == f"{W}t":
                text = child.text or ""
                if hidden:
                    out.hidden += len(text.strip())
                    continue
                for index, part in enumerate(_GAP.split(printed(text, caps, raised, font))):
                    if index:
                        out.line.tab()
                    out.line.put(part, emphasis)
            elif hidden or tag in _SKIPPED:
                continue
            elif tag in (f"{W}tab", f"{W}ptab"):
                out.line.tab()
            elif tag in (f"{W}br", f"{W}cr"):
                if child.get(f"{W}type") in ("page", "column"):
                    out.line.put(" ")
                elif out.line.length:
                    out.lines.append(Line())
            elif tag == f"{W}noBreakHyphen":
                out.line.put("-", emphasis)
            elif tag == f"{W}sym":
                out.line.put(symbol(child), emphasis)
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self._note(child, "footnote" if tag == f"{W}footnoteReference" else "endnote", out)
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                out.boxes += child.iter(f"{W}txbxContent")
            elif tag == f"{MC}AlternateContent":
                self._contents(chosen(child), out, style, hidden, caps, raised, font, emphasis)
            elif tag in _INLINE:
                self._inline(child, out, style)

    def _field(self, mark: Any) -> None:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self.fields.append([True, ""])
        elif kind == "separate" and self.fields:
            self.fields[-1][0] = False
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _note(self, element: Any, kind: Literal["footnote", "endnote"], out: Wording) -> None:
        if on(element) and element.get(f"{W}customMarkFollows") in ("1", "true", "on"):
            return  # the run that follows prints its own mark
        self.counts[kind] += 1
        note = Note(kind, element.get(f"{W}id") or "", self.counts[kind])
        out.notes.append(note)
        out.line.put(note_mark(note))


def note_mark(note: Note) -> str:
    """The mark of a note in the running text; an endnote is told from a footnote by its bracket."""
    return superscript(note.number) if note.kind == "footnote" else f"[{note.number}]"


def child_style(paragraph: Any) -> str:
    """The style that a paragraph names, empty where it names none."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return str(style.get(f"{W}val") or "") if style is not None else ""


def chosen(alternatives: Any) -> Any:
    """Of alternative forms of one content the first; the fallback repeats it for old programs."""
    for child in alternatives:
        if child.tag == f"{MC}Choice":
            return child
    return alternatives[0] if len(alternatives) else alternatives


def printed(text: str, caps: bool, raised: bool, font: str) -> str:
    """Run text as the page shows it: capitals by format, raised digits, picture fonts, old fonts, no soft hyphens."""
    if font.startswith((".vn", "vni-")):
        text = text.replace("\xad", "\ue000")  # a letter there, not a soft hyphen
    for blank in _BLANKS[1:]:
        if blank in text:
            text = text.replace(blank, " ")
    text = "".join(c for c in text if c >= " " and c != "\xad")
    if font.startswith(_PICTURE_FONTS) or any("\uf000" <= c <= "\uf0ff" for c in text):
        text = "".join(
            picture_sign(ord(c), font)
            if "\uf000" <= c <= "\uf0ff" or (font.startswith("wingdings") and ord(c) in PICTURE_SIGNS)
            else c
            for c in text
        )
    if font.startswith(".vn"):
        text = from_tcvn3(text.replace("\ue000", "\xad"))
        text = text.upper() if font.endswith("h") else text  # fonts of capitals: .VnTimeH
    elif font.startswith("vni-"):
        text = from_vni(text)
    if raised and text.strip().isdigit():
        text = superscript(text)
    return text.upper() if caps else text


def symbol(element: Any) -> str:
    """What a ``w:sym`` shows."""
    try:
        code = int(element.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    return picture_sign(code, str(element.get(f"{W}font") or "")) if 0x20 <= code <= 0xFFFD else ""
