"""Source text to the tree of clauses.

What holds after :func:`segment`, for any text whatever:

1. Every non-blank character of the source lies in exactly one piece of exactly one leaf.
2. Leaves are in document order by their first piece; an inner clause spans its whole subtree, and its own wording
   is its first child.
3. A heading stands where its mark is the successor of its sibling's; an exception is a problem row
   (``numbering_break``), never lost text.
4. A paragraph that a page end, a footnote or a stamp interrupts is one leaf with several pieces.
5. What an order quotes as another document's new wording is a subtree of clauses of kind ``quoted`` below the order;
   its numbers count for nothing outside.
"""

from __future__ import annotations

from doichieu.model import Clause, Problem, Source
from doichieu.segmentation.build import build
from doichieu.segmentation.chunks import chunks
from doichieu.segmentation.quoted import mark
from doichieu.segmentation.zones import assign_zones
from doichieu.text import View


def segment(source: Source, view: View) -> tuple[list[Clause], list[Problem]]:
    """The clauses of ``source`` in document order, and the breaks in its numbering."""
    parts = mark(chunks(source, view), source.text, view)
    assign_zones([part for part in parts if not part.quoted])
    return build(source, view, parts)
