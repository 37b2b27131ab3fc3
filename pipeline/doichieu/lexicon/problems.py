"""Which problem rows a person should see first; the order stands in ``problems.toml``."""

from __future__ import annotations

from functools import lru_cache

from doichieu.lexicon import load


@lru_cache(maxsize=1)
def _places() -> dict[str, int]:
    return {code: place for place, code in enumerate(load("problems")["order"])}


def rank(code: str) -> int:
    """The place of a code among those that an officer acts on; codes that are not named stand last, together.

    >>> rank("conflicting_values") < rank("table_not_read") < rank("numbering_break") < rank("?")
    True
    """
    places = _places()
    return places.get(code, len(places))
