"""Short names of things that are counted, as offices write them: ``HTX``, ``DNNVV``, ``KCN``."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.lexicon import load


def _initials(form: str, words: list[str]) -> bool:
    """Whether each letter of a form begins a word of its meaning, in order."""
    rest = iter(words)
    return all(any(word.startswith(letter) for word in rest) for letter in form)


@lru_cache(maxsize=1)
def counted_short() -> dict[str, str]:
    """What each short name counts, as a unit: its meaning, or the known unit that opens it.

    >>> counted_short()["htx"], counted_short()["dnnvv"], "heo" in counted_short()
    ('hợp tác xã', 'doanh nghiệp', False)
    """
    units = set(load("units")["units"])
    out: dict[str, str] = {}
    for entry in load("equivalents")["equivalent"]:
        words = re.sub(r"[\s,]+", " ", entry["means"]).split()
        heads = (" ".join(words[:end]) for end in range(len(words), 0, -1))
        unit = next((head for head in heads if head in units), "")
        if unit:
            out |= {form: unit for form in entry["forms"] if len(form) > 2 and _initials(form, words)}
    return out
