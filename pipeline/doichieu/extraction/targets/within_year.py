"""A part of the year that a plan of one year names without it: ``hoàn thành trong quý II``, ``xong trước tháng 10``."""

from __future__ import annotations

import re
from calendar import monthrange

from doichieu.extraction.targets.context import Due
from doichieu.extraction.times.units import QUARTERS
from doichieu.lexicon.families import EVERY

_PART = re.compile(
    r"(?<!\w)(?P<how>trước|chậm nhất(?: là)?(?: trong)?|trong|vào|đến hết|hết|đến|cuối)\s+"
    r"(?:quý (?P<quarter>iv|i{1,3}|[1-4])|tháng (?P<month>1[0-2]|0?[1-9])"
    r"|(?:ngày )?(?P<day>\d{1,2})\s?/\s?(?P<of>1[0-2]|0?[1-9]))"
    r"(?!\w|\s?/|[.,]?\d|\s?[,-]\s?(?:quý |tháng )?(?:iv|i{1,3}|\d)"
    rf"|,?\s(?:của\s)?(?:năm|quý|{EVERY})(?!\w)"
    r"|\s(?:và|đến)\s)"
)


def part_of_year(wording: str, year: str) -> Due | None:
    """The last day of the part of ``year`` that a wording (lower case) binds to.

    >>> part_of_year("tập huấn cho 300 hộ, hoàn thành trong quý ii", "2026").date
    '2026-06-30'
    >>> part_of_year("ký hợp đồng, xong trước tháng 10", "2026")[:2], part_of_year("mỗi quý 02 tin", "2026")
    (('2026-10-01', '<'), None)
    """
    found = _PART.search(wording)
    if found is None:
        return None
    before = found["how"] == "trước"
    if found["day"]:
        month, day = int(found["of"]), int(found["day"])
        if not 1 <= day <= monthrange(int(year), month)[1]:
            return None
        return Due(f"{year}-{month:02d}-{day:02d}", "<" if before else "<=", found.group())
    last = int(found["month"]) if found["month"] else 3 * QUARTERS[found["quarter"]]
    if before:
        first = last if found["month"] else last - 2
        return Due(f"{year}-{first:02d}-01", "<", found.group())
    return Due(f"{year}-{last:02d}-{monthrange(int(year), last)[1]}", "<=", found.group())
