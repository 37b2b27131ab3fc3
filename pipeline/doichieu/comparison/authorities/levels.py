"""Levels of administration in a wording: ``công chức cấp xã``, ``cấp tỉnh, cấp huyện``, and what they narrow.

The level of a document's own body stands for "here" and narrows nothing; another one singles out a part.  What has a
rank of its own (``lễ hội cấp tỉnh``) keeps it, whoever issues the document.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from doichieu.lexicon import load
from doichieu.text import any_word

_LEVELS = re.compile(
    r"(?<!\w)(?:ở |tại )?(?:ở cơ sở|cấp (?:tỉnh|huyện|xã|cơ sở)(?:(?:,| và) (?:cấp )?(?:huyện"
    r"|xã))*|(?:các )?(?:cơ quan, đơn vị|cơ quan|đơn vị|phòng, ban|phòng ban) (?:trực )?thuộc (?:tỉnh|huyện|xã))(?!\w)"
)
_LEVEL = re.compile(r"(?<!\w)(?:tỉnh|huyện|xã)(?!\w)")


@lru_cache(maxsize=1)
def _ranked() -> re.Pattern[str]:
    """What has a rank of its own, with what may stand between it and its level."""
    return re.compile(rf"{any_word(load('populations')['ranked'])}(?: [^\W\d]+){{0,2}} \Z")


def without_levels(text: str) -> str:
    """A folded wording without the levels that it singles out.

    >>> without_levels("công chức cấp xã được tập huấn"), without_levels("lễ hội cấp tỉnh")
    ('công chức   được tập huấn', 'lễ hội cấp tỉnh')
    """
    return _LEVELS.sub(lambda m: m.group() if _ranked().search(text[: m.start()]) else " ", text)


def levels_named(text: str) -> frozenset[str]:
    """The levels that a folded wording singles out.

    >>> sorted(levels_named("công chức cấp huyện, cấp xã")), sorted(levels_named("công chức ở cơ sở"))
    (['huyện', 'xã'], [])
    >>> sorted(levels_named("hồ sơ của các cơ quan thuộc huyện"))
    ['huyện']
    """
    if "cấp " not in text and "thuộc " not in text:
        return frozenset()
    return frozenset(level for found in _LEVELS.finditer(text) for level in _LEVEL.findall(found.group()))


_UNITS = re.compile(
    r"(?<!\w)(?:((?<!thị )(?<!hợp tác )xã(?! hội| viên)|phường|thị trấn|(?:ở|cấp) cơ sở)|huyện|tỉnh)(?!\w)"
)


def levels_of_units(text: str) -> frozenset[str]:
    """The levels whose units a folded wording names, as a title does: ``cán bộ xã, phường``.

    >>> sorted(levels_of_units("về đội ngũ cán bộ ở xã, phường và huyện"))
    ['huyện', 'xã']
    """
    return frozenset("xã" if found.group(1) else found.group() for found in _UNITS.finditer(text))


def compare_levels(
    child: frozenset[str], parent: frozenset[str], here: frozenset[str]
) -> Literal["same", "narrower", "broader", "apart"]:
    """How the levels of two sides stand to each other; those of ``here`` are the own ones, several are all.

    >>> compare_levels(frozenset({"xã"}), frozenset(), frozenset({"tỉnh"}))
    'narrower'
    >>> compare_levels(frozenset({"xã"}), frozenset({"huyện"}), frozenset({"tỉnh", "xã"}))
    'apart'
    """
    own, theirs = (frozenset("" if level in here else level for level in side) for side in (child, parent))
    if own == theirs or ((not own or not theirs) and ("" in own | theirs or len(own | theirs) > 1)):
        return "same"
    if not own or not theirs:
        return "narrower" if own else "broader"
    return "narrower" if own < theirs else "broader" if theirs < own else "apart"


__all__ = ["compare_levels", "levels_named", "levels_of_units", "without_levels"]
