"""The new wording below an order: its text as the tables print it, and the parts that answer several provisions.

The text is the source's own, without quotation marks, emphasis and page furniture: one blank for each run of white
space inside a paragraph, a line break between paragraphs, `` | `` between the cells of a row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from doichieu.model import Clause, Span
from doichieu.segmentation.passages import Analysis
from doichieu.segmentation.quoted import QUOTES

_EMPHASIS = re.compile(r"[*#]+|\\(?=[*_#\-+.()\[\]!|>])")


_MARK_ALONE = re.compile(
    r"(?:phụ lục|phụ biểu|chương|mục|phần|biểu|mẫu)(?:\s+(?:số|thứ))?\s+(?:[IVXLC]+|\d{1,3}|[A-ZĐ])[.:]?", re.IGNORECASE
)


class NewWording(Struct, frozen=True):
    """New wording and where it stands: ``pieces`` are its stretches in the source, in order."""

    text: str
    pieces: tuple[Span, ...]

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.pieces[-1].end


def plain(text: str) -> str:
    """A stretch of the source in one line, without emphasis.

    >>> plain("**Điều 2.** Đối\\n tượng")
    'Điều 2. Đối tượng'
    """
    return " ".join(_EMPHASIS.sub("", text).split())


def of_span(source: str, start: int, end: int) -> NewWording | None:
    """Wording between quotation marks inside the order's own passage."""
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    return NewWording(plain(source[start:end]), (Span(start, end),)) if end > start else None


def region(analysis: Analysis, lead: Clause) -> list[Clause]:
    """The quoted leaves that follow an order, up to the next leaf that is none."""
    order = analysis.tree.order[lead.clause_id]
    out: list[Clause] = []
    for index in range(order + 1, len(analysis.clauses)):
        clause = analysis.clauses[index]
        if not clause.leaf or clause.kind in ("stamp", "footnote"):
            continue
        if clause.kind != "quoted":
            break
        out.append(clause)
    return out


def read(analysis: Analysis, leaves: Sequence[Clause], *, quoted: bool = True) -> NewWording | None:
    """The wording of some leaves; the outermost quotation marks go."""
    source = analysis.source.text
    lines: list[str] = []
    pieces: list[Span] = []
    last = len(leaves) - 1
    for index, leaf in enumerate(leaves):
        spans = [[piece.start, piece.end] for piece in leaf.pieces]
        if quoted and index == 0:
            spans = _opened(source, spans)
        if quoted and index == last:
            spans = _closed(source, spans)
        if not spans:
            continue
        low, high = spans[0][0], spans[-1][1]
        pieces += [Span(a, b) for a, b in spans]
        if leaf.cells:
            cells = [plain(source[max(c.start, low) : min(c.end, high)]) for c in leaf.cells]
            lines.append(" | ".join(cell for cell in cells))
        else:
            spans[0:1] = _parted(source, spans[0])
            alone = len(spans) > 1 and _MARK_ALONE.fullmatch(plain(source[slice(*spans[0])]))
            if alone:
                lines.append(plain(source[slice(*spans.pop(0))]))
            lines.append(" ".join(filter(None, (plain(source[a:b]) for a, b in spans))))
    return NewWording("\n".join(lines), tuple(pieces)) if pieces else None


def _parted(source: str, span: list[int]) -> list[list[int]]:
    """A span cut behind its first line where that is a mark alone (``PHỤ LỤC I`` over its name)."""
    line = source.find("\n", *span)
    if line < 0 or not _MARK_ALONE.fullmatch(plain(source[span[0] : line])):
        return [span]
    return [[span[0], line], [line + 1, span[1]]]


def _opened(source: str, spans: list[list[int]]) -> list[list[int]]:
    start, end = spans[0]
    head = re.match(rf"[\s*_|>#-]*([{QUOTES}])\s*", source[start:end])
    if head:
        spans[0][0] = start + head.end()
    return [span for span in spans if span[1] > span[0]]


def _closed(source: str, spans: list[list[int]]) -> list[list[int]]:
    if not spans:
        return spans
    start, end = spans[-1]
    tail = re.search(rf"\s*[{QUOTES}][\s.;,)*_/|]*\Z", source[start:end])
    if tail:
        spans[-1][1] = start + tail.start()
    return [span for span in spans if span[1] > span[0]]


def begins_quoted(analysis: Analysis, leaves: Sequence[Clause]) -> bool:
    """Whether the new wording stands between quotation marks."""
    if not leaves:
        return False
    piece = leaves[0].pieces[0]
    return re.match(rf"[\s*_|>#-]*[{QUOTES}]", analysis.source.text[piece.start : piece.end]) is not None


#: The label of a group that holds the name of an article, and of a provision that is one.
NAME = "ten"


def by_label(leaves: Sequence[Clause], *, inside: bool = False) -> list[tuple[str, list[Clause]]]:
    """The leaves in groups by their outermost mark: ``1.`` and what hangs below it, each row of a table.

    A row of heads has the label of no row; an unmarked leaf belongs to the mark before it.  ``inside`` looks below the
    outermost mark, whose own wording is a group called :data:`NAME`.
    """
    groups: list[tuple[str, list[Clause]]] = []
    for leaf in leaves:
        own = next((i for i, part in enumerate(leaf.path) if "»" in part), None)
        label = ""
        if own is not None and inside:
            label = leaf.path[own + 1] if len(leaf.path) > own + 1 else "" if groups else NAME
        elif own is not None:
            label = leaf.path[own].partition("»")[2] or (leaf.path[own + 1] if len(leaf.path) > own + 1 else "")
        if leaf.cells:
            label = plain_label(leaf)
            groups.append((label, [leaf]))
        elif groups and (not label or groups[-1][0] == label) and not groups[-1][1][-1].cells:
            groups[-1][1].append(leaf)
        else:
            groups.append((label, [leaf]))
    return groups


def plain_label(row: Clause) -> str:
    """The first cell of a row, as a label."""
    text = row.text.strip('| "').split("|")[0]
    return text.strip(' ".')
