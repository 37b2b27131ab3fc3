"""From zoned chunks to the tree of clauses."""

from __future__ import annotations

import re

from doichieu.lexicon import load
from doichieu.model import Cell, Clause, ClauseKind, Problem, ProblemCode, Severity, Source
from doichieu.segmentation.annexes import annex_number
from doichieu.segmentation.markers import RANK, Marker, layout_pattern, parse
from doichieu.segmentation.node import Node
from doichieu.segmentation.numbering import Numbering
from doichieu.segmentation.piece import Chunk
from doichieu.segmentation.recipients import add_recipients
from doichieu.segmentation.tables import is_header_row
from doichieu.segmentation.writing import Writer
from doichieu.text import View, fold

_ROLE_LABELS = frozenset(load("layout")["role_labels"])
_SECTION_KINDS = {"phan", "chuong", "muc", "tieu_muc", "dieu", "upper", "roman"}
_BULLETS = {"bullet", "plus"}
_HEAD_KINDS: dict[str, ClauseKind] = {
    "header": "header",
    "title": "title",
    "preamble": "preamble",
    "signature": "signature",
}
_NO_HEADING = layout_pattern("no_heading_pattern")
_CLOSING = layout_pattern("closing_pattern")
_LONGEST_HEADING = 120
_ATTACHED = re.compile(r"\(?\s*(?:ban hành\s+)?(?:đính\s+)?kèm theo", re.IGNORECASE)
_ADOPTED = layout_pattern("adopted_pattern")


def is_role_line(text: str) -> bool:
    """Whether a chunk is a role line: a known label, a colon, a body or a time.

    >>> is_role_line("Cơ quan thực hiện: Đảng ủy các xã, phường."), is_role_line("Mục tiêu: đến năm 2025")
    (True, False)
    """
    head, colon, _ = text.partition(":")
    return bool(colon) and len(head) < 60 and fold(head.strip("-+*• .")) in _ROLE_LABELS


def _is_heading(chunk: Chunk) -> bool:
    """Whether an unmarked paragraph set apart in bold or italics heads what follows."""
    text = chunk.text
    if not chunk.emphasis or len(text) >= _LONGEST_HEADING or text.endswith((".", ";", ",")):
        return False
    bare = text.strip("*_ ")
    return _ATTACHED.match(bare) is None and _NO_HEADING.match(bare) is None


class _Builder:
    def __init__(self, source: Source, view: View) -> None:
        self.source = source
        self.view = view
        self.problems: list[Problem] = []
        self.numbering = Numbering()
        self.root = Node("section", [])
        self.stack: list[Node] = [self.root]
        self.seen: dict[str, int] = {}  # order of first appearance of the section marks in this part
        self.table: Node | None = None
        self.table_number = -1
        self.appendix: Node | None = None  # the one that is open
        self.recognised = any(page.confidence < 1.0 for page in source.pages)  # a mark may be misread on a scan

    # -- placing -------------------------------------------------------------------------------------------

    def _problem(self, code: ProblemCode, message: str, node: Node, severity: Severity = "low") -> None:
        start, end = node.own[0].start, node.own[0].end
        end = min(end, start + 120)
        self.problems.append(
            Problem(
                self.source.document_id,
                code,
                severity,
                message,
                char_start=start,
                char_end=end,
                quote=self.source.text[start:end],
            )
        )

    def above(self) -> list[Node]:
        """The way down to where an unnumbered part hangs: the document, or the appendix that is open."""
        return [self.root] if self.appendix is None else [self.root, self.appendix]

    def restart(self, node: Node) -> None:
        """An appendix begins: numbering starts again below it."""
        self.root.children.append(node)
        self.appendix = node
        self.stack = [self.root, node]
        self.seen = {}
        self.table = None
        self.numbering.restart()

    def _rank(self, mark: Marker) -> float:
        rank = float(RANK[mark.kind])
        if mark.kind in ("dieu", "upper", "roman"):
            rank += 0.5 * self.seen.setdefault(mark.kind, len(self.seen))
        return rank

    def _node_rank(self, node: Node) -> float:
        return self._rank(node.mark) if node.mark is not None else -1.0

    def place(self, node: Node) -> None:
        """Hang a numbered node where its mark says."""
        mark = node.mark
        assert mark is not None
        stack = self.stack
        if mark.kind == "arabic":
            self._place_arabic(node, mark)
            return
        same = next((i for i in range(len(stack) - 1, 0, -1) if stack[i].mark_kind == mark.kind), None)
        first = mark.value[-1] <= 1
        if same is not None and not (
            first and mark.kind not in _BULLETS and self._opens_list(stack[-1]) and stack[-1] is not stack[same]
        ):
            before = stack[same].mark
            del stack[same:]
            self._check(node, mark, before)
        else:
            rank = self._rank(mark)
            if not (first and self._opens_list(stack[-1])):
                while len(stack) > 1 and stack[-1].mark is not None and self._node_rank(stack[-1]) >= rank:
                    stack.pop()
            self._check(node, mark, None)
        self._push(node)

    @staticmethod
    def _opens_list(node: Node) -> bool:
        return node.mark is not None and node.text.rstrip().endswith(":")

    def _place_arabic(self, node: Node, mark: Marker) -> None:
        stack = self.stack
        depth = len(mark.value)
        arabic = [i for i in range(1, len(stack)) if stack[i].mark_kind == "arabic"]
        parent = (
            next((i for i in reversed(arabic) if stack[i].mark_value == mark.value[:-1]), None) if depth > 1 else None
        )
        same = next((i for i in reversed(arabic) if len(stack[i].mark_value) == depth), None)
        before = stack[same].mark if same is not None else None
        if same is not None and before is not None and (parent is None or same > parent):
            del stack[same:]
            self._check(node, mark, before)
        elif parent is not None:
            del stack[parent + 1 :]
            self._check(node, mark, None)
        else:
            while (
                len(stack) > 1
                and stack[-1].mark is not None
                and (
                    stack[-1].rank > RANK["arabic"]
                    or (stack[-1].mark.kind == "arabic" and len(stack[-1].mark.value) >= depth)
                )
            ):
                if mark.value == (1,) and self._opens_list(stack[-1]) and stack[-1].mark.kind == "letter":
                    break
                stack.pop()
            self._check(node, mark, None)
        self._push(node)

    def _check(self, node: Node, mark: Marker, before: Marker | None) -> None:
        """Tell where the numbering breaks at a mark."""
        if mark.kind in _BULLETS or self.recognised:
            return
        start, _ = self.view.from_source(node.own[0].start, node.own[0].end)
        worded = any(c.isalpha() for c in node.text[mark.length :])
        bold = self.source.text.startswith("*", node.own[0].start)
        message = self.numbering.judge(mark, before, self.view.text, start, worded=worded, bold=bold)
        if message:
            self._problem("numbering_break", message, node)

    def _push(self, node: Node) -> None:
        parent = self.stack[-1]
        if node.mark is not None and node.mark.kind in _BULLETS:
            parent.bullets[node.mark.kind] = parent.bullets.get(node.mark.kind, 0) + 1
            node.label = f"{node.mark.label}{parent.bullets[node.mark.kind]}"
        parent.children.append(node)
        self.stack.append(node)
        self.table = None

    def hang(self, node: Node) -> None:
        """Hang an unmarked node below the clause that is open for it."""
        stack = self.stack
        while len(stack) > 1 and stack[-1].mark is not None and stack[-1].mark.kind in _BULLETS:
            text = stack[-1].text.rstrip()
            if node.kind == "paragraph" and len(text) < 120 and not text.endswith((".", ";", ",")):
                break
            stack.pop()
        stack[-1].children.append(node)

    # -- kinds of chunks -----------------------------------------------------------------------------------

    def add_text(self, chunk: Chunk, wording: str = "") -> None:
        """A paragraph of the body; ``wording`` is its text without an opening quotation mark."""
        self.numbering.enter(chunk)
        text = wording or chunk.text
        mark = parse(text)
        role = is_role_line(chunk.text)
        if mark is None:
            if not role and _is_heading(chunk):
                marker = Marker("emphasis", (0,), "", 0)
                node = Node("item", list(chunk.pieces), chunk.text, "", marker, "")
                while (
                    len(self.stack) > 1 and self.stack[-1].mark is not None and self.stack[-1].rank >= RANK["emphasis"]
                ):
                    self.stack.pop()
                self._push(node)
                return
            kind: ClauseKind = "role_line" if role else "paragraph"
            if _CLOSING.match(chunk.text):
                del self.stack[2:]
                if self.stack[-1].mark_kind not in _SECTION_KINDS:
                    del self.stack[1:]
            elif _ATTACHED.match(chunk.text.lstrip("* ")):
                while len(self.stack) > 1 and self.stack[-1].mark_kind == "emphasis":
                    self.stack.pop()  # the lines of a title are no headings
            elif _ADOPTED.match(chunk.text):
                del self.stack[1:]
            elif chunk.text.endswith("./."):
                while len(self.stack) > 1 and self.stack[-1].mark_kind not in _SECTION_KINDS:
                    self.stack.pop()  # the last words of all points together
            self.hang(Node(kind, list(chunk.pieces), chunk.text))
            return
        kind = "section" if mark.kind in _SECTION_KINDS else "bullet" if mark.kind in _BULLETS else "item"
        if role and mark.kind in _BULLETS:
            kind = "role_line"
        node = Node(kind, list(chunk.pieces), chunk.text, text[: mark.length].strip(), mark, mark.label)
        self.place(node)
        if kind == "role_line":
            self.stack.pop()

    def add_row(self, chunk: Chunk) -> None:
        """A row of a table; a run of rows with one number is one table."""
        header = is_header_row(chunk, self.view)
        if self.table is None or (chunk.table != self.table_number and header):
            self.table = Node("table", [])
            self.hang(self.table)
        self.table_number = chunk.table
        label = ""
        if chunk.cells:
            a, b = self.view.from_source(chunk.cells[0].start, chunk.cells[0].end)
            first = self.view.text[a:b].strip(" .")
            if re.fullmatch(r"[IVXLC]{1,5}|\d{1,3}(?:\.\d{1,2})*|[a-zđ]", first):
                label = first
        cells = tuple(_with_header(cell, header) for cell in chunk.cells)
        self.table.children.append(Node("table_row", list(chunk.pieces), chunk.text, "", None, label, cells))

    def add_footnote(self, chunk: Chunk) -> None:
        """A footnote hangs where it is printed, below the innermost open clause that has others below it."""
        while (
            self.table is None
            and len(self.stack) > 1
            and self.stack[-1].mark_kind in _BULLETS
            and not self.stack[-1].children
        ):
            self.stack.pop()
        place = self.table or self.stack[-1]
        mark = chunk.mark or "".join(re.findall(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\d+", chunk.text[:6])[:1])
        place.children.append(Node("footnote", list(chunk.pieces), chunk.text, mark, None, ""))


def _with_header(cell: Cell, header: bool) -> Cell:
    if cell.header or not header:
        return cell
    return Cell(cell.start, cell.end, cell.row, cell.column, cell.row_span, cell.column_span, True)


def build(source: Source, view: View, chunks: list[Chunk]) -> tuple[list[Clause], list[Problem]]:
    """The clauses of a document in order, and the problems of its numbering."""
    builder = _Builder(source, view)
    root = builder.root
    recipients: Node | None = None
    for index, chunk in enumerate(chunks):
        zone = chunk.zone
        home = builder.appendix or root  # the forms of an appendix have recipients and signatures of their own
        if chunk.quoted:
            if index == 0 or chunks[index - 1].quoted != chunk.quoted:
                _add_quoted(builder, [c for c in chunks[index:] if c.quoted == chunk.quoted])
            continue
        if zone == "footnote":
            builder.add_footnote(chunk)
        elif zone in ("header", "title", "preamble", "signature"):
            builder.stack = builder.above()
            builder.table = None
            if zone == "header" and len(chunk.lines) > 1 and len(chunk.pieces) == 1:
                for span in chunk.lines:
                    a, b = view.from_source(span.start, span.end)
                    home.children.append(Node("header", [span], view.text[a:b].strip()))
                continue
            home.children.append(Node(_HEAD_KINDS[zone], list(chunk.pieces), chunk.text, "", None, "", chunk.cells))
        elif zone == "stamp":
            (builder.table or builder.stack[-1]).children.append(Node("stamp", list(chunk.pieces), chunk.text))
        elif zone == "recipients":
            if recipients is None or home.children[-1] is not recipients:
                builder.table = None
                recipients = Node("recipients", [], "")
                home.children.append(recipients)
                builder.stack = builder.above()
            add_recipients(recipients, chunk, view, home)
        elif zone == "appendix":
            recipients = None
            label = f"Phụ lục {annex_number(chunk.text)}".rstrip()
            builder.restart(Node("appendix", list(chunk.pieces), chunk.text, chunk.text[:40].strip(), None, label))
        elif chunk.kind == "table_row":
            if chunk.table != builder.table_number and zone != "appendix_body" and _RECIPIENT_ROW.match(chunk.text):
                builder.stack, builder.table = builder.above(), None
                recipients = Node("recipients", [], "")
                home.children.append(recipients)
                add_recipients(recipients, chunk, view, home)
                continue
            builder.add_row(chunk)
        elif builder.table is not None and _inside_table(chunks, index, view):
            builder.table.children.append(Node("paragraph", list(chunk.pieces), chunk.text))
        else:
            builder.table = None
            builder.add_text(chunk)
    return Writer(source).write(root), builder.problems


def _add_quoted(builder: _Builder, region: list[Chunk]) -> None:
    """The new wording of an order as a tree of its own below the order."""
    inner = _Builder(builder.source, builder.view)
    for chunk in region:
        if chunk.kind in ("furniture", "stamp"):
            (inner.table or inner.stack[-1]).children.append(Node("stamp", list(chunk.pieces), chunk.text))
        elif chunk.kind == "footnote":
            inner.add_footnote(chunk)
        elif chunk.kind == "table_row":
            inner.add_row(chunk)
        else:
            inner.table = None
            inner.add_text(chunk, chunk.text.lstrip('"* '))
    for node in inner.root.children:
        _as_quoted(node)
        node.outermost = True
    builder.stack[-1].children += inner.root.children
    builder.table = None


def _as_quoted(node: Node) -> None:
    if node.kind != "stamp":
        node.kind = "quoted"
    for child in node.children:
        _as_quoted(child)


def _inside_table(chunks: list[Chunk], index: int, view: View) -> bool:
    """An unmarked line between two rows: the rest of a cell that the text broke off, not the end of the table."""
    if index == 0 or index + 1 >= len(chunks) or parse(chunks[index].text) is not None:
        return False
    before, after = chunks[index - 1], chunks[index + 1]
    return before.kind == "table_row" and after.kind == "table_row" and not is_header_row(after, view)


_RECIPIENT_ROW = re.compile(r"nơi nhận\s*:", re.IGNORECASE)
