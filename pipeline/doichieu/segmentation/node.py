"""A clause while the tree grows."""

from __future__ import annotations

from msgspec import Struct, field

from doichieu.model import Cell, ClauseKind, Span
from doichieu.segmentation.markers import RANK, Marker


class Node(Struct):
    """A clause while the tree grows.  ``own`` is its own wording; ``mark`` how it is numbered."""

    kind: ClauseKind
    own: list[Span]
    text: str = ""
    marker: str = ""
    mark: Marker | None = None
    label: str = ""
    cells: tuple[Cell, ...] = ()
    children: list[Node] = field(default_factory=list)
    bullets: dict[str, int] = field(default_factory=dict)  # how many children each bullet sign numbers
    outermost: bool = False  # the top of a quoted new wording: its path begins after the path of the order

    @property
    def mark_kind(self) -> str:
        """The kind of the mark, empty without one."""
        return self.mark.kind if self.mark is not None else ""

    @property
    def mark_value(self) -> tuple[int, ...]:
        """The place of the mark in its sequence, empty without one."""
        return self.mark.value if self.mark is not None else ()

    @property
    def rank(self) -> int:
        """How far outside the node's mark stands; unmarked containers count as the outermost."""
        return RANK[self.mark.kind] if self.mark is not None else -1


def first(node: Node) -> int:
    """Where a node begins in the source: its own wording, else its first child's."""
    if node.own:
        return node.own[0].start
    return min((first(child) for child in node.children), default=0)
