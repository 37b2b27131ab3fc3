"""The lower document as Word, with a comment at each finding and tracked changes that propose the upper wording.

What holds after :func:`commented`:

1. The text of the original ``.docx`` is unchanged where no change is accepted; without one the text is set plainly.
2. Every finding that is to be looked at has one comment; one whose wording is not found stands at the first paragraph.
3. A change is proposed only where both sides have a wording and the lower one asks less; what the lower document does
   not take up is proposed as a paragraph, where it is of the first group.
"""

from __future__ import annotations

import copy
import io
import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Literal

from msgspec import Struct

from doichieu.report.clean import safe_text
from doichieu.report.records import ComparisonView, Finding
from doichieu.report.word import repack
from doichieu.report.worddiff import edits
from doichieu.report.words import words

#: What a reviewer would have amended: the upper wording is proposed for these.
_PROPOSED = frozenset({"looser", "deadline_later", "modality_weaker", "scope_narrower", "changed"})
#: A paragraph with this part of the words of a wording is where it stands.
_MOST = 0.6
_UNDATED = "2000-01-01T00:00:00Z"


class Edit(Struct, frozen=True):
    """A finding at a stretch of a paragraph, and what is proposed there: stretches kept, taken out, put in."""

    start: int
    end: int
    finding: Finding
    proposed: tuple[tuple[Literal["kept", "del", "ins"], str], ...] = ()


def commented(view: ComparisonView, lines: Sequence[str], original: bytes = b"", reviewer: str = "") -> bytes:
    """The document as bytes: ``original`` is the ``.docx`` that was compared, ``lines`` its paragraphs where there is
    none.

    The same input gives the same bytes.
    """
    from docx import Document as Word

    document = Word(io.BytesIO(original)) if original else plain(lines)
    return _Writing(document, view, reviewer or "Đối Chiếu").data()


def plain(lines: Sequence[str]) -> Any:
    """A text as a Word document, a paragraph for each line."""
    from docx import Document as Word
    from docx.shared import Pt

    document = Word()
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Times New Roman", Pt(13)
    for line in lines or [""]:
        document.add_paragraph(safe_text(line).strip())
    return document


class _Writing:
    """One pass over a document: what stands where, then each paragraph anew."""

    def __init__(self, document: Any, view: ComparisonView, author: str) -> None:
        from docx.oxml.ns import qn

        self.document, self.view, self.author = document, view, author
        self.text = words(view.lang)["text"]
        boxed = {p for box in document.element.body.iter(qn("w:txbxContent")) for p in box.iter(qn("w:p"))}
        self.paragraphs = [p for p in document.element.body.iter(qn("w:p")) if p not in boxed]
        self.lines = [_Line(p) for p in self.paragraphs]
        self.number = 9000  # tracked changes have ids of their own

    def data(self) -> bytes:
        asked = [f for f in self.view.findings if f.group != "rest" and f.review.current != "wrong"]
        placed: dict[int, list[Edit]] = defaultdict(list)
        alone: dict[int, list[Finding]] = defaultdict(list)
        for finding in sorted(asked, key=lambda f: f.child_position):
            if finding.child.quote:
                at, start, end, exact = self._place(finding.child.quote)
                proposed = _proposal(finding, self.lines[at].text[start:end]) if exact else ()
                placed[at].append(Edit(start, end, finding, proposed))
            else:
                alone[self._place(self._near(finding))[0]].append(finding)
        for at in sorted({*placed, *alone}, reverse=True):
            for finding in reversed(alone[at]):
                self._propose_paragraph(at, finding)
            self._write(at, placed[at])
        buffer = io.BytesIO()
        self.document.save(buffer)
        return repack(buffer.getvalue())

    def _near(self, finding: Finding) -> str:
        """The wording that a target which is not taken up belongs beside: the nearest that was looked at, else the
        answer to what stands nearest to it in the upper document, else the last target of the lower one."""
        if finding.looked:
            return finding.looked[0].quote.rstrip("… ")
        answered = [f for f in self.view.findings if f.child.quote and f.parent.quote]
        if answered:
            return min(answered, key=lambda f: (abs(f.position - finding.position), f.position)).child.quote
        own = [f for f in self.view.findings if f.child.quote]
        return max(own, key=lambda f: f.child_position).child.quote if own else ""

    def _place(self, quote: str) -> tuple[int, int, int, bool]:
        """The paragraph of a wording, its stretch there, and whether it stands there to the letter.

        Of a wording over several paragraphs or cells it is the paragraph that holds most of its words; of one that is
        nowhere the first paragraph with text.
        """
        folded = _folded(quote)
        for at, line in enumerate(self.lines):
            found = line.find(folded) if folded else None
            if found is not None:
                return at, *found, True
        wanted = set(folded.split())
        held = [len(wanted & set(line.folded.split())) for line in self.lines]
        at = max(range(len(held)), key=lambda i: (held[i], -i))
        if held[at] < _MOST * len(wanted) or not wanted:
            at = next((i for i, line in enumerate(self.lines) if line.text.strip()), 0)
        return at, 0, len(self.lines[at].text), False

    def _write(self, at: int, found: Sequence[Edit]) -> None:
        """Comments and changes of a paragraph; of two changes that overlap the first is made."""
        line = self.lines[at]
        if not found:
            return
        line.split({edge for edit in found for edge in self._edges(edit)})
        reached = 0
        for edit in sorted(found, key=lambda e: (e.start, e.end)):
            runs = line.runs(edit.start, edit.end)
            self._comment(runs, edit.finding)
            if edit.proposed and runs and edit.start >= reached:
                self._track(line, edit)
                reached = edit.end

    @staticmethod
    def _edges(edit: Edit) -> list[int]:
        """Where the runs of a paragraph must part for a change."""
        out, position = [edit.start, edit.end], edit.start
        for kind, text in edit.proposed:
            if kind != "ins":
                position += len(text)
                out.append(position)
        return out

    def _track(self, line: _Line, edit: Edit) -> None:
        position, last = edit.start, None
        for kind, text in edit.proposed:
            if kind == "ins":
                beside = last if last is not None else line.runs(edit.start, edit.end)[0]
                made = _run_like(beside, text)
                holder = self._tracked("ins")
                holder.append(made)
                anchor = beside.getparent() if beside.getparent().tag.endswith("}del") else beside
                anchor.addnext(holder) if last is not None else anchor.addprevious(holder)
                continue
            for run in line.runs(position, position + len(text)):
                last = run
                if kind == "del":
                    holder = self._tracked("del")
                    run.addprevious(holder)
                    holder.append(run)
                    _as_deleted(run)
            position += len(text)

    def _propose_paragraph(self, at: int, finding: Finding) -> None:
        """What the lower document does not take up: a comment, and a paragraph to be put in where it has priority."""
        from docx.oxml import OxmlElement

        if not finding.group.startswith("priority"):
            runs = self.lines[at].runs(0, len(self.lines[at].text)) or [self.lines[at].empty_run()]
            self._comment(runs, finding)
            return
        paragraph = OxmlElement("w:p")
        mark, properties = OxmlElement("w:rPr"), OxmlElement("w:pPr")
        mark.append(self._tracked("ins"))
        properties.append(mark)
        paragraph.append(properties)
        holder = self._tracked("ins")
        beside = self.lines[at].parts
        quote = finding.parent.quote
        wording = quote[:1].upper() + quote[1:] + ("" if quote.endswith((".", ";", ":")) else ".")
        made = _run_like(beside[0][0] if beside else OxmlElement("w:r"), wording)
        holder.append(made)
        paragraph.append(holder)
        self.paragraphs[at].addnext(paragraph)
        self._comment([made], finding)

    def _tracked(self, kind: str) -> Any:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self.number += 1
        element = OxmlElement(f"w:{kind}")
        element.set(qn("w:id"), str(self.number))
        element.set(qn("w:author"), self.author)
        element.set(qn("w:date"), _UNDATED)
        return element

    def _comment(self, runs: Sequence[Any], finding: Finding) -> None:
        from docx.oxml.ns import qn

        if not runs:
            return
        said = [f"{finding.number}. {finding.conclusion}. {finding.proof_words}".strip()]
        if finding.parent.quote:
            said.append(f"{self.text['parent_short']} ({finding.parent.place}): “{finding.parent.quote}”")
        if finding.review.decision.note and finding.review.state == "current":
            said.append(finding.review.decision.note)
        comment = self.document.comments.add_comment(text="\n".join(said), author=self.author, initials="ĐC")
        comment._comment_elm.set(qn("w:date"), _UNDATED)
        _mark(_outside(runs[0]), _outside(runs[-1]), str(comment.comment_id))


def _mark(first: Any, last: Any, number: str) -> None:
    """The marks of a comment round what it is about."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    start, end, run = OxmlElement("w:commentRangeStart"), OxmlElement("w:commentRangeEnd"), OxmlElement("w:r")
    reference = OxmlElement("w:commentReference")
    for element in (start, end, reference):
        element.set(qn("w:id"), number)
    run.append(reference)
    first.addprevious(start)
    last.addnext(end)
    end.addnext(run)


class _Line:
    """A paragraph as text, with the runs that it is made of."""

    def __init__(self, paragraph: Any) -> None:
        self.paragraph = paragraph
        self.parts: list[tuple[Any, str]] = [(run, _text(run)) for run in _runs(paragraph)]
        self.text = "".join(text for _, text in self.parts)
        self.folded, self.offsets = _folding(self.text)

    def find(self, folded: str) -> tuple[int, int] | None:
        """Where a wording stands, blanks and case apart."""
        at = self.folded.find(folded)
        if at < 0:
            return None
        return self.offsets[at], self.offsets[at + len(folded) - 1] + 1

    def split(self, edges: set[int]) -> None:
        """Part the runs at the edges; a run keeps its form."""
        out: list[tuple[Any, str]] = []
        position = 0
        for run, text in self.parts:
            cuts = sorted(edge - position for edge in edges if position < edge < position + len(text))
            position += len(text)
            if not cuts:
                out.append((run, text))
            else:
                for part in _exploded(run):
                    out += _cut(part, cuts)
                    cuts = [cut - len(_text(part)) for cut in cuts]
        self.parts = out

    def runs(self, start: int, end: int) -> list[Any]:
        """The runs between two offsets."""
        out, position = [], 0
        for run, text in self.parts:
            if text and position < end and position + len(text) > start:
                out.append(run)
            position += len(text)
        return out

    def empty_run(self) -> Any:
        """A run of an empty paragraph for a comment to stand at."""
        from docx.oxml import OxmlElement

        run = OxmlElement("w:r")
        self.paragraph.append(run)
        return run


def _runs(paragraph: Any) -> list[Any]:
    return list(paragraph.xpath("./w:r | ./w:hyperlink/w:r | ./w:ins/w:r | ./w:smartTag/w:r"))


def _text(run: Any) -> str:
    out = []
    for child in run:
        kind = child.tag.rsplit("}", 1)[-1]
        out.append((child.text or "") if kind == "t" else " " if kind in ("tab", "br", "cr") else "")
    return "".join(out)


def _exploded(run: Any) -> list[Any]:
    """A run as runs of one content each, in the same form."""
    contents = [child for child in run if not child.tag.endswith("}rPr")]
    made = [run]
    for content in contents[1:]:
        other = copy.deepcopy(run)
        for child in [child for child in other if not child.tag.endswith("}rPr")]:
            other.remove(child)
        other.append(content)
        made[-1].addnext(other)
        made.append(other)
    return made


def _cut(run: Any, cuts: Sequence[int]) -> list[tuple[Any, str]]:
    """A run of one content parted at offsets of its text."""
    text = _text(run)
    inside = [cut for cut in cuts if 0 < cut < len(text)]
    if not inside:
        return [(run, text)]
    pieces = [text[a:b] for a, b in zip([0, *inside], [*inside, len(text)], strict=True)]
    made = [run, *(copy.deepcopy(run) for _ in pieces[1:])]
    for before, after in itertools.pairwise(made):
        before.addnext(after)
    for element, piece in zip(made, pieces, strict=True):
        _fill(element, piece)
    return list(zip(made, pieces, strict=True))


def _fill(run: Any, text: str) -> None:
    """Give a run another text, its form kept."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for child in list(run):
        if not child.tag.endswith("}rPr"):
            run.remove(child)
    wording = OxmlElement("w:t")
    wording.set(qn("xml:space"), "preserve")
    wording.text = text
    run.append(wording)


def _run_like(run: Any, text: str) -> Any:
    made = copy.deepcopy(run)
    for child in list(made):
        if child.tag.endswith("}delText"):
            made.remove(child)
    _fill(made, text)
    return made


def _as_deleted(run: Any) -> None:
    from docx.oxml.ns import qn

    for child in run:
        if child.tag == qn("w:t"):
            child.tag = qn("w:delText")


def _outside(run: Any) -> Any:
    """What a comment may stand beside: the run, or the change that holds it."""
    parent = run.getparent()
    return parent if parent is not None and parent.tag.rsplit("}", 1)[-1] in ("ins", "del") else run


def _folded(text: str) -> str:
    return _folding(text)[0].strip()


def _folding(text: str) -> tuple[str, list[int]]:
    """A text in one case with single blanks and without marks, and the offset of each of its letters."""
    out: list[str] = []
    offsets: list[int] = []
    for i, letter in enumerate(text):
        small = letter.lower()
        if re.match(r"\s|\u00a0", letter):
            if out and out[-1] != " ":
                out.append(" ")
                offsets.append(i)
        elif len(small) == 1 and letter not in "*_#":
            out.append(small)
            offsets.append(i)
    return "".join(out), offsets


def _proposal(finding: Finding, wording: str) -> tuple[tuple[Literal["kept", "del", "ins"], str], ...]:
    """The changes that make the lower wording say what the upper one does; none where it asks no less."""
    if not finding.parent.quote or not _PROPOSED.intersection(finding.kinds):
        return ()
    return tuple(edits(wording, finding.parent.quote))
