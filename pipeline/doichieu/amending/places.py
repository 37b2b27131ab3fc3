"""Where a provision stands in a document: from its written form to a stretch of the source.

A provision that the document does not have, or has twice, has no place; nothing near it is taken instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from doichieu.model import Cell, Clause, Document
from doichieu.model.tree import Tree
from doichieu.numerals import roman
from doichieu.segmentation.provisions import Path, Step
from doichieu.text import fold

_ANNEX = re.compile(r"(?:phụ lục|phụ biểu|danh mục|biểu|bảng)", re.IGNORECASE)
_ANNEX_LABEL = re.compile(
    r"(?:phụ lục|phụ biểu|biểu)(?:\s+số)?\s+(?P<l>[IVXLC]+|\d{1,2}[a-zđ]?|[A-ZĐ])(?!\w)", re.IGNORECASE
)
_ARABIC = re.compile(r"\d+[a-zđ]?(?:\.\d+[a-zđ]?)*\Z")
_LETTER = re.compile(r"[a-zđ]\d?\Z")
_PREFIXES = {"Phần ": "phan", "Chương ": "chuong", "Mục ": "muc", "Tiểu mục ": "tieu_muc", "Điều ": "dieu"}
_SKIPPED = frozenset({"stamp", "footnote"})
_FORM = re.compile(r"(?:biểu\s+)?mẫu(?:\s+số)?\s+(?P<l>\d{1,3}[\w./-]*?)(?=[.:\s]|\Z)", re.IGNORECASE)


class Spot(Struct, frozen=True):
    """A stretch of the source that is a provision; ``row`` where it is a row of a table, ``leaf`` its first leaf."""

    start: int
    end: int
    clause: Clause | None = None
    row: bool = False
    cell: bool = False
    mark_end: int = 0  # where the wording after the mark begins


class Missing(Struct, frozen=True):
    """Why a provision has no place: ``provision_missing`` or ``provision_ambiguous``."""

    reason: str


class Places:
    """The provisions of one document."""

    def __init__(self, document: Document) -> None:
        self.text = document.source.text
        self.clauses = [c for c in document.clauses if c.kind != "quoted" or not document.amendments]
        self.tree = Tree(list(document.clauses))
        self.appendices = [c for c in document.clauses if c.kind == "appendix"]
        self.attached = [c for c in self.appendices if not self._is_annex(c)]

    # -- parts of the document -----------------------------------------------------------------------------

    def _is_annex(self, clause: Clause) -> bool:
        return _ANNEX.match(self.heading(clause)) is not None

    def heading(self, clause: Clause) -> str:
        """The wording that heads a clause."""
        return clause.heading or clause.text

    def _inside(self, clause: Clause) -> Iterator[Clause]:
        """The clauses below one, in order."""
        for child in self.tree.children(clause):
            yield child
            yield from self._inside(child)

    def _main(self) -> list[Clause]:
        """The clauses outside every appendix."""
        spans = [(c.char_start, c.char_end) for c in self.appendices]
        return [c for c in self.clauses if not any(a <= c.char_start < b for a, b in spans)]

    def _scope(self, path: Path) -> tuple[list[list[Clause]], Path]:
        """The parts of the document in which the rest of a path is sought."""
        if path[0].kind == "kem_theo":
            rest = path[1:]
            if rest and rest[0].kind == "phu_luc":
                return self._scope(rest)
            return ([list(self._inside(c)) for c in self.attached] or [self._main()]), rest
        if path[0].kind == "phu_luc":
            label = path[0].label
            annexes = [c for c in self.appendices if self._is_annex(c)]
            if label:
                annexes = [c for c in annexes if self._annex_label(c) == label]
            elif not annexes:
                annexes = self.appendices
            return [[c, *self._inside(c)] for c in annexes], path[1:]
        return [self._main()], path

    def _annex_label(self, clause: Clause) -> str:
        found = _ANNEX_LABEL.match(self.heading(clause))
        return found.group("l") if found else ""

    # -- finding -------------------------------------------------------------------------------------------

    def find(self, path: Path) -> Spot | Missing:
        """The one place of a provision."""
        if path == (Step("van_ban", ""),):
            return Spot(0, len(self.text))
        if not path:
            return Missing("provision_missing")
        scopes, rest = self._scope(path)
        found = [spot for scope in scopes for spot in self._in(scope, rest)]
        if len(found) == 1:
            return found[0]
        return Missing("provision_ambiguous" if found else "provision_missing")

    def _in(self, scope: list[Clause], path: Path) -> list[Spot]:
        if not path:
            return [self._spot(scope[0])] if scope else []
        last = path[-1]
        if last.kind == "ten":
            return [self._name(c) for c in self._clauses(scope, path[:-1])]
        if last.kind in ("doan", "gach"):
            holders = self._clauses(scope, path[:-1]) if len(path) > 1 else []
            return [spot for c in holders for spot in self._part(c, last)]
        if last.kind in ("stt", "dong"):
            return self._rows(scope, path)
        if last.kind == "cot":
            return [spot for row in self._in(scope, path[:-1]) for spot in self._cell(row, last.label)]
        if last.kind == "mau":
            return self._form(scope, last.label)
        return [self._spot(c) for c in self._clauses(scope, path)]

    def _clauses(self, scope: list[Clause], path: Path) -> list[Clause]:
        """The clauses of a scope that a path names."""
        if not path:
            return scope[:1]
        wanted = [step for step in path if step.kind not in ("bieu", "chu_thich")]
        return [c for c in scope if self._matches(c, wanted)]

    def _matches(self, clause: Clause, wanted: list[Step]) -> bool:
        """Whether a clause is named by steps: the last is its own mark, the others are marks above it, in order."""
        if clause.kind in _SKIPPED or clause.cells or not clause.path or not wanted:
            return False
        parent = self.tree.parent(clause)
        if parent is not None and parent.path == clause.path:
            return False  # the own wording of an inner clause
        labels = list(clause.path)
        if not _fits(wanted[-1], labels[-1]):
            return False
        at = len(labels) - 1
        for step in reversed(wanted[:-1]):
            at -= 1
            while at >= 0 and not _fits(step, labels[at]):
                at -= 1
            if at < 0:
                return False
        return True

    # -- kinds of places -----------------------------------------------------------------------------------

    def lead(self, clause: Clause) -> Clause:
        """The leaf with a clause's own wording."""
        if clause.leaf:
            return clause
        for child in self.tree.children(clause):
            if child.leaf:
                return child
        return clause

    def _spot(self, clause: Clause) -> Spot:
        start, end = clause.char_start, clause.char_end
        if clause.kind == "appendix":
            below = [c for c in self._inside(clause) if c.leaf]
            end = max([clause.char_end, *(c.char_end for c in below)])
        return Spot(start, end, clause, bool(clause.cells), mark_end=self._after_mark(clause))

    def _after_mark(self, clause: Clause) -> int:
        start = clause.char_start
        window = self.text[start : clause.char_end]
        words = clause.marker.split()
        if not words:
            return start
        pattern = r"[*_#\s]*" + r"\s*".join(map(re.escape, words)) + r"[*_\s]*"
        found = re.match(pattern, window)
        return start + found.end() if found else start

    def _name(self, clause: Clause) -> Spot:
        lead = self.lead(clause)
        return Spot(
            lead.char_start,
            lead.pieces[-1].end if lead.pieces else lead.char_end,
            lead,
            mark_end=self._after_mark(lead),
        )

    def _part(self, clause: Clause, step: Step) -> list[Spot]:
        """A paragraph or a bullet of a clause by its number."""
        if step.kind == "gach":
            parts = [
                c
                for c in self.tree.children(clause)
                if c.path and c.path[-1][:1] in "-+" and len(c.path) > len(clause.path)
            ]
        else:
            parts = [
                c for c in ([clause] if clause.leaf else self.tree.children(clause)) if c.leaf and c.path == clause.path
            ]
            parts = [c for c in parts if c.kind not in _SKIPPED]
        if step.label == "cuoi":
            return [self._spot(c) for c in parts[-1:]]
        if not step.label.isdigit() or not 0 < int(step.label) <= len(parts):
            return []
        return [self._spot(parts[int(step.label) - 1])]

    def _rows(self, scope: list[Clause], path: Path) -> list[Spot]:
        """Rows by their number; ``muc:IV`` before it is the row of that number that heads a part of the table."""
        rows = [c for c in scope if c.cells and not any(cell.header for cell in c.cells)]
        outer = [step for step in path[:-1] if step.kind not in ("bieu",)]
        part = next((step.label for step in reversed(outer) if step.kind in ("muc", "phan", "chuong")), "")
        inside = not part
        out = []
        for row in rows:
            label = self.row_label(row)
            if part and roman(label) is not None and label.isupper():
                inside = label == part
                continue
            if inside and label == path[-1].label:
                out.append(Spot(row.char_start, row.char_end, row, True))
        if not out and part:  # the part is a heading above the table
            holders = self._clauses(scope, tuple(outer))
            inner = [c for holder in holders for c in self._inside(holder)]
            return self._rows(inner, path[-1:]) if inner else []
        return out

    def row_label(self, row: Clause) -> str:
        """The first cell of a row."""
        cell = row.cells[0]
        return self.text[cell.start : cell.end].strip(" .*|")

    def _cell(self, row: Spot, label: str) -> list[Spot]:
        if row.clause is None or not label.isdigit() or not 0 < int(label) <= len(row.clause.cells):
            return []
        cell = row.clause.cells[int(label) - 1]
        return [Spot(cell.start, cell.end, row.clause, cell=True)]

    def cell_under(self, row: Clause, heading: str) -> Cell | None:
        """The cell of a row below a heading of its table."""
        rows = [c for c in self.clauses if c.cells and c.parent_id == row.parent_id]
        for head in rows:
            if not any(cell.header for cell in head.cells):
                continue
            for cell in head.cells:
                if fold(self.text[cell.start : cell.end]) == fold(heading):
                    return next((c for c in row.cells if c.column == cell.column), None)
        return None

    def _form(self, scope: list[Clause], label: str) -> list[Spot]:
        """A form of an annex: from its heading to the next form or the end of the annex."""
        leaves = [c for c in scope if c.leaf and c.kind not in _SKIPPED]
        heads = [
            (i, m.group("l")) for i, c in enumerate(leaves) if (m := _FORM.match(self.text[c.char_start : c.char_end]))
        ]
        out = []
        for n, (i, name) in enumerate(heads):
            if name.rstrip(".").lower() == label.lower():
                stop = heads[n + 1][0] if n + 1 < len(heads) else len(leaves)
                out.append(Spot(leaves[i].char_start, leaves[stop - 1].char_end, leaves[i]))
        return out


def _fits(step: Step, label: str) -> bool:
    """Whether a printed mark can be what a step names.

    >>> _fits(Step("muc", "II"), "II"), _fits(Step("khoan", "2a"), "2a"), _fits(Step("dieu", "5"), "5")
    (True, True, False)
    """
    for prefix, kind in _PREFIXES.items():
        if label.startswith(prefix):
            return step.kind == kind and _same(label[len(prefix) :], step.label)
    if not _same(label, step.label):
        return False
    if _ARABIC.match(label):
        return step.kind in ("khoan", "diem", "muc", "tieu_muc", "tiet", "stt")
    if _LETTER.match(label):
        return step.kind in ("diem", "tiet")
    return roman(label) is not None and step.kind in ("muc", "phan", "chuong")


def _same(label: str, wanted: str) -> bool:
    return label.rstrip(".") == wanted.rstrip(".")
