"""The comparator before a figure, or behind it and its noun: ``ít nhất 20``, ``40% dân số trở lên``."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.lexicon.comparators import comparing, operators
from doichieu.lexicon.families import EVERY
from doichieu.lexicon.named_words import words_of
from doichieu.model import Operator

_PREFIX_FILLER = (
    r"(?:\s*(?:có|đạt|là|còn|được|phải|thêm|bằng|từ|vào|đến|tới|trong|hết|cuối|năm|\d{4}|mức|ở|tỷ lệ"
    rf"|tỉ lệ|khoảng|,|đạt từ|đào tạo|thành lập|(?:{EVERY}|một) (?:năm|quý|tháng|tuần)))*\s*\Z"
)


@lru_cache(maxsize=1)
def _near() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<c>{comparing()}){_PREFIX_FILLER}")


@lru_cache(maxsize=1)
def _behind() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:\)\s*)?(?P<c>{comparing(place='after')})(?!\w)")


def comparator_before(text: str, start: int) -> tuple[int, Operator]:
    """The comparator before a figure: where it begins, and which it is."""
    window = text[max(0, start - 60) : start]
    cut = max(window.rfind(";"), window.rfind("%"), window.rfind(". "), window.rfind("("))
    window = window[cut + 1 :]
    best: re.Match[str] | None = None
    for match in _near().finditer(window):
        best = match
        break
    if best is None:
        return start, ""
    return start - len(window) + best.start("c"), operators()[best.group("c")]


def comparator_behind(text: str, position: int) -> tuple[int, Operator]:
    """The comparator behind a figure: where it ends, and which it is; empty where there is none.

    >>> comparator_behind("15% trở lên", 3)
    (11, '>=')
    """
    match = _behind().match(text, position)
    return (position, "") if match is None else (match.end(), operators("after")[match.group("c")])


_FROM_BEFORE = re.compile(r"(?<!\w)từ\s+\Z")


def range_start(text: str, start: int) -> int:
    """Where ``từ`` before a figure begins, else the figure itself."""
    found = _FROM_BEFORE.search(text[max(0, start - 6) : start])
    return start - (len(found.group()) if found else 0)


#: A comparator behind what the figure is of: "40% dân số | trở lên", "1,7 triệu đơn vị máu | trở lên".
_NOUN_UP = re.compile(r"\s+(?P<noun>[^\W\d_]+(?:\s[^\W\d_]+){0,4}?)\s+(?P<up>trở lên|trở xuống)(?!\w)")
#: A longer noun must have what is said of it behind the comparator: "60% người làm công tác an toàn | trở lên được …".
_LONG_NOUN_UP = re.compile(
    r"\s+(?P<noun>[^\W\d_]+(?:,?\s[^\W\d_]+){4,11}?)\s+(?P<up>trở lên|trở xuống)"
    r"(?=\s(?:được|có|đạt|tham gia|biết|là|phải))"
)
#: Nothing rises from below an age: "từ 15% cán bộ trẻ dưới 40 tuổi | trở lên".
_AGED_UP = re.compile(
    r"\s+(?P<noun>[^\W\d_]+(?:\s[^\W\d_]+){0,5}?\s(?:dưới|trên) \d+ tuổi)\s+(?P<up>trở lên|trở xuống)(?!\w)"
)
#: … unless that noun is a step of a scale, itself bounded: "cán bộ | cấp huyện trở lên", "xếp loại khá trở lên".
_STEPS_UP = re.compile(rf"(?<!\w)(?:{words_of('step_of_a_scale')}|từ|có|được|là|không|phải|và|với|trên|dưới)(?!\w)")


def up_behind_noun(text: str, position: int) -> re.Match[str] | None:
    """The comparator behind the noun that a figure is of, with that noun.

    >>> up_behind_noun("đạt 40% dân số trở lên", 7).group("noun", "up")
    ('dân số', 'trở lên')
    >>> up_behind_noun("80% cán bộ cấp huyện trở lên", 3) is None
    True
    """
    if text.find("trở ", position) < 0:
        return None
    if (aged := _AGED_UP.match(text, position)) is not None:
        return aged
    found = _NOUN_UP.match(text, position) or _LONG_NOUN_UP.match(text, position)
    return None if found is None or _STEPS_UP.search(found.group("noun")) else found
