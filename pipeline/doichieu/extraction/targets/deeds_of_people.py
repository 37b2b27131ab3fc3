"""Verbs of one syllable and other words that are verbs only behind the whole name of who acts: ``học sinh | ăn bán
trú``, ``giáo viên tiểu học | soạn bài giảng``.

Elsewhere the same syllable is part of a noun (``bếp ăn``, ``thi đua``), so no list of verbs alone can know them.
"""

from __future__ import annotations

import re

from doichieu.lexicon.families import COMMUNE, SETTLEMENT
from doichieu.lexicon.named_words import words_of
from doichieu.text.sieve import Sieve

_AGED = r"(?:dưới|trên|đủ|từ)(?: đủ)? \d+(?:(?: đến| -)(?: dưới)? \d+)? (?:tháng )?tuổi(?: trở lên)?"
_TOLD_APART = rf"(?:,? (?:{words_of('kind_of_who_acts')}|{_AGED}|(?:lớp|khối) \d+))*"
#: Who acts by himself, with what tells him apart, and the verb that follows with something behind it.
_ACTS = Sieve(
    rf"(?<!\w)(?:{words_of('who_acts')})(?!\w){_TOLD_APART}\s+(?P<deed>(?:{words_of('deeds_of_who_acts')})(?!\w))"
    r"(?=\s[^\W_])"
)
#: Places whose people act: "100% xã | phát chuyên mục", "thôn | họp dân".
_PLACE_ACTS = re.compile(
    rf"(?<!\w)(?:{COMMUNE}|{SETTLEMENT})(?:(?:,| và) (?:{COMMUNE}|{SETTLEMENT}))*\s+"
    rf"(?P<deed>(?:{words_of('deeds_of_places')})(?!\w))(?=\s[^\W_])"
)


def deeds_of_people(text: str) -> list[tuple[int, int]]:
    """Where in ``text`` (lower case) those who act by themselves do something.

    >>> def deeds(text): return [text[a:b] for a, b in deeds_of_people(text)]
    >>> deeds("học sinh tiểu học ăn bán trú"), deeds("bếp ăn tập thể"), deeds("cán bộ thi đua yêu nước")
    (['ăn'], [], [])
    >>> deeds("xã, phường phát chuyên mục"), deeds("xã phát triển du lịch")
    (['phát'], [])
    """
    found = [m.span("deed") for m in _ACTS.finditer(text)]
    found += [m.span("deed") for m in _PLACE_ACTS.finditer(text)]
    return sorted(set(found))
