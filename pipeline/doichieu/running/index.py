"""What a run keeps at hand of each of its documents while it looks at all of them."""

from __future__ import annotations

from msgspec import Struct

from doichieu.model import Agency
from doichieu.resolve import IndexRecord


class Index(Struct, frozen=True, array_like=True):
    """What the whole run must know of one document: for resolution, and for the table of agencies."""

    record: IndexRecord
    agencies: tuple[Agency, ...]
    mentions: dict[str, int]
