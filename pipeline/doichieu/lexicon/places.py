"""The registry of provinces: today's 34 and the 63 of before, their levels, and what became part of what.

Names are asked for as the normalised view prints them (one placement of the tone mark), in any case.
"""

from __future__ import annotations

import re
from functools import cache

from doichieu.lexicon import load


@cache
def _registry() -> dict[str, tuple[str, str]]:
    """Every name and spelling in lower case → its printed name and the name of today's unit."""
    out: dict[str, tuple[str, str]] = {}
    for entry in load("provinces")["province"]:
        for name in (entry["name"], *entry.get("joined", ())):
            out[name.lower()] = (name, entry["name"])
        for spelling, name in entry.get("spellings", {}).items():
            out[spelling.lower()] = (name, entry["name"])
    return out


@cache
def pattern() -> str:
    """An alternation of all names in lower case, longest first."""
    return "|".join(re.escape(name) for name in sorted(_registry(), key=lambda n: (-len(n), n)))


@cache
def _at() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern()})(?!\w)")


def name_at(lower: str, position: int = 0) -> str:
    """The longest name of a province that begins at ``position`` of a text in lower case, as it stands there.

    >>> name_at("tỉnh bà rịa - vũng tàu quy định", 5), name_at("tỉnh ủy", 5)
    ('bà rịa - vũng tàu', '')
    """
    match = _at().match(lower, position)
    return match.group() if match else ""


def printed(name: str) -> str:
    """A province's name as it is printed, empty for what is none.

    >>> printed("ĐẮK LẮK"), printed("đắc lắc"), printed("Quy")
    ('Đắk Lắk', 'Đắk Lắk', '')
    """
    return _registry().get(" ".join(name.split()).lower(), ("", ""))[0]


def today(name: str) -> str:
    """The province or city of today that a name, old or new, belongs to; empty for what is none.

    >>> today("Quảng Nam"), today("Huế"), today("Thừa Thiên Huế"), today("Đức Phổ")
    ('Đà Nẵng', 'Huế', 'Huế', '')
    """
    return _registry().get(" ".join(name.split()).lower(), ("", ""))[1]


@cache
def level_of(name: str) -> str:
    """``thành phố`` or ``tỉnh`` of a province by today's or former name, empty for what is none.

    >>> level_of("Cần Thơ"), level_of("Hậu Giang")
    ('thành phố', 'tỉnh')
    """
    for entry in load("provinces")["province"]:
        if printed(name) == entry["name"]:
            return str(entry["level"])
    return "tỉnh" if printed(name) else ""
