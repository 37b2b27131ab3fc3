"""Who a document is sent to, one clause each."""

from __future__ import annotations

import re
from itertools import pairwise

from doichieu.model import ClauseKind, Span
from doichieu.segmentation.node import Node
from doichieu.segmentation.piece import Chunk
from doichieu.text import View

_RECIPIENT = re.compile(r"(?:^|(?<=[;:,.*]))\s*-\s*(?=\S)")


def add_recipients(holder: Node, chunk: Chunk, view: View, root: Node) -> None:
    """Split ``Nơi nhận: - A; - B;`` into one recipient each; a cell beside it is the signature."""
    spans = list(chunk.pieces)
    if not chunk.cells and len(spans) > 1:
        first = chunk.text.startswith("-")
        holder.children.append(Node("recipient" if first else "paragraph", spans, chunk.text, "-" if first else ""))
        return
    for index, span in enumerate(_cell_spans(chunk) if chunk.cells else spans):
        a, b = view.from_source(span.start, span.end)
        text = view.text[a:b].strip(" |")
        if chunk.cells and index > 0 and (not text.startswith("-") or root.children[-1] is not holder):
            root.children.append(Node("signature", [span], text))
            continue
        starts = [m.start() + len(m.group()) - len(m.group().lstrip()) for m in _RECIPIENT.finditer(view.text[a:b])]
        if starts:
            _add_each(holder, span, starts, view)
        else:
            holder.children.append(Node("paragraph", [span], text))


def _cell_spans(chunk: Chunk) -> list[Span]:
    """The cells of a row, each with the bar behind it, so that nothing of the row is lost."""
    starts = [cell.start for cell in chunk.cells if cell.end > cell.start]
    starts = [chunk.start, *starts[1:]] if starts else [chunk.start]
    return [Span(x, y) for x, y in pairwise([*starts, chunk.end]) if y > x]


def _add_each(holder: Node, span: Span, starts: list[int], view: View) -> None:
    """A clause for each recipient that begins at ``starts`` (in the view, from the stretch's beginning)."""
    a, b = view.from_source(span.start, span.end)
    cuts = [0, *starts] if starts[0] > 0 else starts
    for i, (cut, stop) in enumerate(pairwise([*cuts, b - a])):
        piece = view.to_source(a + cut, a + stop)
        if i + 1 == len(cuts):
            piece = Span(piece.start, span.end)
        if i == 0:
            piece = Span(span.start, piece.end)
        elif holder.children and holder.children[-1].own[-1].end < piece.start:
            last = holder.children[-1]
            last.own[-1] = Span(last.own[-1].start, piece.start)
        part = view.text[a + cut : a + stop].strip()
        kind: ClauseKind = "recipient" if part.startswith("-") else "paragraph"
        holder.children.append(Node(kind, [piece], part, "-" if kind == "recipient" else ""))
