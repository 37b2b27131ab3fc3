"""An order as the stage holds it: the passage it stands in, the head above it, what its new wording may be."""

from __future__ import annotations

from msgspec import Struct

from doichieu.extraction.amendments.heads import Head
from doichieu.extraction.amendments.wording import Order
from doichieu.model import Clause
from doichieu.segmentation.passages import Passage


class Found(Struct, frozen=True):
    """One order in its place; ``leaves`` are the clauses behind it that may be its new wording."""

    passage: Passage
    order: Order
    head: Head
    leaves: list[Clause]
