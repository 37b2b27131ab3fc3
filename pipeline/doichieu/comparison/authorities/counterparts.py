"""Which body of one level answers which body of another: ``Sở Nội vụ`` → ``Phòng Nội vụ``, ``Ban Tổ chức Tỉnh ủy`` →
``Ban Tổ chức Huyện ủy``.

A body is known by its stems, what it is called without its level.  A body that was merged, or that has several fields
a level down (``Phòng Kinh tế và Hạ tầng``), has several stems and answers for each.
"""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.alphabet import UPPER
from doichieu.comparison.authorities.territory import LEVELS, level_of_body
from doichieu.lexicon import load
from doichieu.lexicon.families import LEVEL
from doichieu.text import any_word, fold

_PLACE_NAME = re.compile(rf"(?<!\w)({LEVEL})(?:\s+[{UPPER}]\w*)+")
_OFFICE = re.compile(r"(?:bộ|sở|phòng|chi cục)\s+(?!chỉ huy)")


@lru_cache(maxsize=1)
def _stems() -> list[tuple[str, str]]:
    pairs = [(form, entry["stem"]) for entry in load("counterparts")["counterpart"] for form in entry["forms"]]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


@lru_cache(maxsize=1)
def _merged() -> list[tuple[str, frozenset[str]]]:
    pairs = [(form, frozenset(entry["fields"])) for entry in load("counterparts")["merged"] for form in entry["forms"]]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


@lru_cache(maxsize=1)
def _levels() -> re.Pattern[str]:
    return re.compile(any_word(load("counterparts")["levels"]) + r"(?<!xã(?= hội))")  # "xã hội" is no commune


@lru_cache(maxsize=4096)
def stem(agency: str) -> str:
    """What a body is, whatever level it belongs to.

    >>> (
    ...     stem("Ban Tuyên giáo Tỉnh ủy") == stem("Ban Tuyên giáo Thị ủy"),
    ...     stem("Trường Chính trị tỉnh") == stem("Trung tâm Chính trị thị xã"),
    ... )
    (True, True)
    """
    text = fold(_PLACE_NAME.sub(r"\1", agency))
    if re.search(r"liên quan\Z", text) or re.match(
        r"(?:các )?(?:sở, ban, ngành|ban, sở, ngành|sở, ngành|phòng, ban|cơ quan, đơn vị|ban, ngành)(?!\w)", text
    ):
        return "các cơ quan liên quan"
    for form, means in _stems():
        if re.match(rf"{re.escape(form)}(?!\w)", text):
            return means
    rest = " ".join(_levels().sub(" ", text).split()) or text
    office = _OFFICE.match(rest)
    return rest[office.end() :] if office else rest


@lru_cache(maxsize=4096)
def stems(agency: str) -> frozenset[str]:
    """All that a body answers for: its own stem, and those of the bodies that were merged into it.

    >>> (
    ...     bool(stems("Sở Công Thương") & stems("Phòng Kinh tế và Hạ tầng")),
    ...     bool(stems("Sở Y tế") & stems("Phòng Kinh tế và Hạ tầng")),
    ... )
    (True, False)
    """
    text = fold(agency)
    own = frozenset({stem(agency)})
    for form, fields in _merged():
        if re.match(rf"{re.escape(form)}(?!\w)", text):
            return own | fields
    return own


def is_general(agency: str) -> bool:
    """Whether a body stands for whoever it concerns: ``các cơ quan liên quan``, ``các địa phương``."""
    text = fold(agency)
    return stem(agency) == "các cơ quan liên quan" or text.startswith(tuple(load("counterparts")["general"]))


def is_one_of(issuer: str, body: str) -> bool:
    """Whether an issuer is one of the bodies that a plural names: each ministry is one of "các bộ, ngành".

    >>> is_one_of("Bộ Y tế", "các bộ, cơ quan ngang bộ"), is_one_of("Sở Y tế", "các bộ, ngành")
    (True, False)
    """
    return fold(issuer).startswith("bộ ") and re.match(r"(?:các )?bộ(?:,| và|\s*\Z)", fold(body)) is not None


def answers_for(one: str, other: str) -> bool:
    """Whether two bodies are counterparts, on the same level or on two; a body of the country has none below the
    provinces.

    >>> answers_for("Bộ Y tế", "Sở Y tế"), answers_for("Chính phủ", "UBND các phường")
    (True, False)
    """
    return bool(stems(one) & stems(other)) and _near({level_of_body(one), level_of_body(other)})


def _near(levels: set[str]) -> bool:
    return not (LEVELS[0] in levels and levels & set(LEVELS[2:]))
