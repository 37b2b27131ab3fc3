"""What every table of a lexicon is."""

from __future__ import annotations

from msgspec import Struct

Words = list[str]


class Entry(Struct, forbid_unknown_fields=True, kw_only=True):
    """A table of a lexicon; a key that is not declared is a mistake."""
