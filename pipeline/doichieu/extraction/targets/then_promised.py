"""An account that its sentence goes on from to a promise: ``Hiện còn 212 hộ chưa có nhà tiêu, phấn đấu còn 100 hộ``.

The account is no target, but the promise is about what it names.
"""

from __future__ import annotations

import re

import msgspec

from doichieu.model import Target

#: When it was so is no part of what it is about.
_TIME = re.compile(r"(?:(?:trong|hết|đến hết|tính đến) )?năm 20\d\d,?(?: đã)?(?!\w)|(?<!\w)hiện(?= )", re.IGNORECASE)
#: What is so of those who are counted says which they are: "hộ | chưa có nhà tiêu".
_SO_OF_THEM = re.compile(
    r"(?:chưa|không|bị|đang|còn|sống|thuộc|nhiễm|mắc|có nguy cơ)\s[^,;:%\d]+?"
    r"(?=\s*(?: là| có| còn| diện tích| số [^\W\d_]+)?\Z)"
)
#: From how it is the sentence turns to what is to come: "…, phấn đấu", "…; năm 2026 giảm còn".
_TO_PROMISE = re.compile(
    r"[^;.,%]{0,60}[,;]\s+(?:(?:mục tiêu|và)\s)?(?:phấn đấu|(?:đến |trong )?(?:cuối |hết )?năm(?: 20\d\d)?)"
    r"\s[^;.\d]{0,40}\d"
)


def goes_on_to_promise(lowered: str, stop: int) -> bool:
    """Whether behind an account that ends at ``stop`` its sentence promises of the same.

    >>> text = "hiện có 22 trạm, phấn đấu đến năm 2028 có 40 trạm"
    >>> goes_on_to_promise(text, text.index(","))
    True
    """
    return _TO_PROMISE.match(lowered, stop) is not None


def without_its_time(text: str) -> str:
    """An account without the words that say when it was so, at the same length.

    >>> without_its_time("Năm 2025 đã có 85% hộ dùng nước sạch").strip()
    'có 85% hộ dùng nước sạch'
    """
    return _TIME.sub(lambda told: " " * len(told.group()), text)


def named_by_account(row: Target) -> Target:
    """What an account names, narrowed by what it says of them."""
    named = row.indicator.find(row.subject) if row.subject else -1
    told = row.indicator[named + len(row.subject) :].strip() if named >= 0 else row.indicator
    of_them = _SO_OF_THEM.match(told)
    return row if of_them is None else msgspec.structs.replace(row, scope=(*row.scope, of_them.group()))
