"""A consolidated text in stretches: what stayed, and what each change took away and put in its place."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from doichieu.model import Change, Consolidation


class Stretch(Struct, frozen=True):
    """``text`` of the consolidated text; with a ``change`` it stands for ``old`` of the source."""

    text: str
    old: str = ""
    change: Change | None = None


def applied(consolidation: Consolidation) -> list[Change]:
    """The changes of the wording, in the order of the consolidated text."""
    found = [c for c in consolidation.changes if c.status == "applied" and c.char_start is not None]
    return sorted(found, key=lambda c: (c.char_start or 0, c.char_end or 0, c.base_char_start or 0))


def stretches(consolidation: Consolidation) -> Iterator[Stretch]:
    """The whole text; joined they are the consolidated text, and with ``old`` instead of each change the source."""
    position = 0
    for change in applied(consolidation):
        start, end = change.char_start or 0, change.char_end or 0
        if start > position:
            yield Stretch(consolidation.text[position:start])
        yield Stretch(consolidation.text[start:end], change.base_text, change)
        position = end
    if position < len(consolidation.text):
        yield Stretch(consolidation.text[position:])
