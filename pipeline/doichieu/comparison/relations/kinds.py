"""Kinds that a wording speaks of: regions, levels of administration, kinds that exclude one another, and what narrows
nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.lexicon import load
from doichieu.text import any_word
from doichieu.text.memory import remembered

_LEVEL = re.compile(
    r"(?<!\w)(?:cấp\s+((?:tỉnh|huyện|xã)(?:(?:,| và| hoặc)\s+(?:cấp\s+)?(?:tỉnh|huyện|xã))*)|(?:tại|ở|của"
    r"|(?:cơ quan|đơn vị|phòng, ban|phòng ban) (?:trực )?thuộc)\s+(xã|huyện|tỉnh)(?!\s+(?:đồng bằng|miền núi)))(?!\w)"
)


@lru_cache(maxsize=1)
def neutral() -> re.Pattern[str]:
    """Words that narrow no population."""
    return re.compile(any_word(load("populations")["neutral"]))


@lru_cache(maxsize=1)
def _regions() -> re.Pattern[str]:
    words = sorted(load("populations")["regions"], key=len, reverse=True)
    excluded = "|".join(map(re.escape, load("populations")["not_regions"]))
    return re.compile(rf"(?<!\w)(?!{excluded})(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")


def regions_in(text: str) -> frozenset[str]:
    """The kinds of region that a folded wording names; ``nông thôn mới`` is none.

    >>> sorted(regions_in("xã nông thôn mới ở miền núi"))
    ['miền núi']
    """
    return frozenset(_regions().findall(text))


def levels_in(text: str) -> frozenset[str]:
    """The levels of administration that a folded wording singles out; ``trên địa bàn tỉnh`` singles out none.

    >>> sorted(levels_in("hồ sơ công việc cấp tỉnh, cấp huyện trên địa bàn xã"))
    ['huyện', 'tỉnh']
    """
    return frozenset(word for match in _LEVEL.finditer(text) for word in re.findall(r"tỉnh|huyện|xã", match.group()))


@lru_cache(maxsize=1)
def _exclusive() -> list[tuple[str, re.Pattern[str], str]]:
    """The members of the sets of which a wording speaks of one or another, the longer before the shorter."""
    pairs = [
        (form, f"{index}:{group[0]}")
        for index, groups in enumerate(load("populations")["exclusive"])
        for group in groups
        for form in group
    ]
    return [
        (form, re.compile(rf"(?<!\w){re.escape(form)}(?!\w)"), name)
        for form, name in sorted(pairs, key=lambda pair: -len(pair[0]))
    ]


def kinds_in(text: str) -> dict[str, frozenset[str]]:
    """What a folded wording speaks of, by the number of the set: ``bảo hiểm y tế`` is not ``bảo hiểm xã hội``.

    >>> sorted(next(iter(kinds_in("tỷ lệ tham gia bảo hiểm y tế").values())))
    ['bảo hiểm y tế']
    """
    return _kinds(text)


def _read_kinds(text: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for form, pattern, name in _exclusive():
        if form in text and pattern.search(text):
            number, _, member = name.partition(":")
            found.setdefault(number, set()).add(member)
            text = pattern.sub(" ", text)
    return {number: frozenset(members) for number, members in found.items()}


_kinds = remembered(_read_kinds)
