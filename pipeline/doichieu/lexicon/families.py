"""Families of words that mean one thing to a grammar, asked for by name; the words stand in ``families.toml``.

A pattern that spells such words by hand knows some of them and misses the others; a family is whole everywhere, and
``tests/test_families.py`` looks for patterns that spell one by hand.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from doichieu.lexicon import load

Family = Literal["province", "district", "commune", "settlement", "region", "every", "role"]


@cache
def members(name: Family) -> tuple[str, ...]:
    """The words of a family, the longest first.

    >>> members("district")
    ('thị xã', 'huyện', 'quận')
    """
    (entry,) = (e for e in load("families")["family"] if e["name"] == name)
    return tuple(sorted(entry["words"], key=len, reverse=True))


@cache
def family(*names: Family) -> str:
    """A pattern for any word of these families, to stand inside another one; it ends where its word ends.

    >>> at = re.compile(family("commune", "district"))
    >>> at.findall("các xã, phường, thị xã; an sinh xã hội")
    ['xã', 'phường', 'thị xã']
    """
    words: dict[str, str] = {}
    for name in names:
        (entry,) = (e for e in load("families")["family"] if e["name"] == name)
        before = dict(rule.split(": ", 1) for rule in entry.get("not_after", ()))
        behind = dict(rule.split(": ", 1) for rule in entry.get("not_before", ()))
        for word in entry["words"]:
            guard = rf"(?<!{before[word]} )" if word in before else ""
            ahead = rf"(?! {behind[word]})" if word in behind else ""
            words[word] = f"{guard}{re.escape(word)}{ahead}".replace(r"\ ", " ")
    return "(?:" + "|".join(words[w] for w in sorted(words, key=lambda w: (-len(w), w))) + ")"


PROVINCE = family("province")
"""A province or city under the centre."""
DISTRICT = family("district")
"""The level between, until 01/7/2025."""
COMMUNE = family("commune")
"""Communes, wards, towns and special zones."""
LEVEL = family("province", "district", "commune")
"""Any unit of the State's territory."""
SETTLEMENT = family("settlement")
"""What lies below the commune."""
REGION = family("region")
"""Kinds of land and settlement that a figure is told apart by."""
EVERY = family("every")
"""What makes a year, a quarter, a month recurring: ``hằng``, ``hàng``, ``mỗi``, ``từng``."""
ROLE = family("role")
"""What says how a body takes part: it leads, it works with, it advises."""
