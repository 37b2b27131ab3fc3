"""From the grown tree to the clauses, numbered in document order."""

from __future__ import annotations

from msgspec.structs import replace

from doichieu.model import Clause, Source, Span
from doichieu.segmentation.node import Node, first
from doichieu.segmentation.pages import Pages
from doichieu.segmentation.row_lines import trim


class Writer:
    """Numbers the nodes in document order and freezes them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.pages = Pages(source)
        self.out: list[Clause] = []

    def write(self, root: Node) -> list[Clause]:
        """All clauses below ``root``, parents before children."""
        for child in sorted(root.children, key=first):
            self._node(child, "", ())
        return self.out

    def _next_id(self) -> str:
        return f"c{len(self.out) + 1:04d}"

    def _trimmed(self, spans: list[Span]) -> tuple[Span, ...]:
        cut = (trim(self.source.text, span.start, span.end) for span in spans)
        return tuple(span for span in cut if span.end > span.start)

    def _leaf(self, node: Node, own: tuple[Span, ...], clause_id: str, parent_id: str, path: tuple[str, ...]) -> Clause:
        """A node's own wording as a clause that owns its pieces."""
        return Clause(
            clause_id,
            parent_id,
            path,
            node.kind,
            node.marker,
            "",
            node.text,
            own[0].start,
            own[-1].end,
            self.pages.at(own[0].start),
            own,
            node.cells,
            True,
        )

    def _node(self, node: Node, parent_id: str, path: tuple[str, ...], clause_id: str = "") -> tuple[int, int]:
        here = (*path, node.label) if node.label else path
        if node.outermost:
            here = (*path[:-1], f"{path[-1] if path else ''}»{node.label}")
        clause_id = clause_id or self._next_id()
        own = self._trimmed(node.own)
        if not node.children:
            if not own:
                return (0, 0)
            self.out.append(self._leaf(node, own, clause_id, parent_id, here))
            return own[0].start, own[-1].end
        if own and all(child.kind == "stamp" and own[0].start < first(child) < own[-1].end for child in node.children):
            # Only page marks stand inside: the clause stays a leaf, they follow it.
            alone = Node(
                node.kind, node.own, node.text, node.marker, node.mark, node.label, node.cells, outermost=node.outermost
            )
            span = self._node(alone, parent_id, path, clause_id)
            for child in node.children:
                self._node(child, parent_id, path)
            return span
        index = len(self.out)
        self.out.append(Clause(clause_id, parent_id, here, node.kind, node.marker, "", "", 0, 0, leaf=False))
        if own:
            leaf = self._leaf(node, own, self._next_id(), clause_id, here)
            self.out.append(replace(leaf, kind="quoted" if node.kind == "quoted" else "paragraph"))
        start = own[0].start if own else None
        end = own[-1].end if own else 0
        for child in sorted(node.children, key=first):
            a, b = self._node(child, clause_id, here)
            if b > a:
                start = a if start is None else min(start, a)
                end = max(end, b)
        begin = start or 0
        self.out[index] = Clause(
            clause_id,
            parent_id,
            here,
            node.kind,
            node.marker,
            node.text,
            "",
            begin,
            end,
            self.pages.at(begin),
            leaf=False,
        )
        return begin, end
