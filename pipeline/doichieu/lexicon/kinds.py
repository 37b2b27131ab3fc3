"""Names of kinds of documents, as ``kinds.toml`` has them."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.lexicon import load


@lru_cache(maxsize=1)
def kinds_by_name() -> dict[str, str]:
    """Lower-case name → kind, of every name in the lexicon."""
    return {name: entry["id"] for entry in load("kinds")["kind"] for name in entry["names"]}


@lru_cache(maxsize=1)
def kind_pattern() -> str:
    """An alternation of all names of kinds, longest first, for lower-case text."""
    names = sorted(kinds_by_name(), key=lambda name: (-len(name), name))
    return "|".join(re.escape(name).replace(r"\ ", r"\s") for name in names)


@lru_cache(maxsize=1)
def kinds_in_capitals() -> tuple[str, ...]:
    """The names with which a document is headed, as they are printed there: ``NGHỊ QUYẾT``, in order."""
    return tuple(sorted({name.upper() for kind in load("kinds")["kind"] for name in kind.get("headed", kind["names"])}))
