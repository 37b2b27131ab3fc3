"""From when a document, or one of its provisions, is in force: what its own closing article says.

``kể từ ngày ký`` is the day of issue, ``từ ngày thông qua`` the day of adoption, ``sau 10 ngày kể từ ngày ký`` ten days
after it; nothing printed is nothing known.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from msgspec import Struct

from doichieu.extraction.citations.numbers import DATE, date_of
from doichieu.numerals import words_to_number
from doichieu.segmentation.passages import Analysis
from doichieu.segmentation.provisions import Path, find

_SELF = r"(?:[^\W\d]+\s+){1,4}này"
#: "sau 10 (mười) ngày, kể từ …": so much later than the day that follows.
_LATER = (
    r"(?:sau\s+(?:thời\s+hạn\s+)?(?P<later>\d{1,3}|[^\W\d]+(?:\s+[^\W\d]+){0,2}?)(?:\s*\([^)]{1,30}\))?"
    r"\s+(?P<unit>ngày|tháng)\s*,?\s*)?"
)
_FROM = (
    _LATER
    + r"(?:(?:(?:kể|tính)\s+)?từ|vào)\s+(?:ngày\s+(?:"
    + DATE
    + r"|(?P<signed>(?:được\s+)?(?:ký|ban\s+hành))(?:\s+ban\s+hành)?|(?P<passed>[^,.;\d]{0,60}?"
    r"thông\s+qua))|khi\s+(?:được\s+)?[^,.;]{0,60}?(?P<passed2>thông\s+qua))"
)
_IN_FORCE = re.compile(
    r"(?:" + _SELF + r"\s+)?có\s+hiệu\s+lực(?:\s+thi\s+hành)?(?:\s+và\s+được\s+áp\s+dụng)?\s*,?\s*" + _FROM,
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:riêng|trừ)\s+(?P<what>[^;.]{3,160}?)\s+(?:có\s+hiệu\s+lực|được\s+áp\s+dụng)(?:\s+thi\s+hành)?\s*" + _FROM,
    re.IGNORECASE,
)
#: "Khoản 3 Điều 1 Luật này có hiệu lực từ ngày …": a part with a day of its own, with no "riêng" before it.
_NAMED_PART = re.compile(
    r"(?P<what>(?:điểm|khoản|điều)\s[^;.]{1,120}?)\s+(?:của\s+)?[^\W\d]+(?:\s+[^\W\d]+)?\s+này\s+có\s+hiệu\s+lực"
    r"(?:\s+thi\s+hành)?\s*" + _FROM,
    re.IGNORECASE,
)
#: "Nghị quyết này được … thông qua ngày … và có hiệu lực từ ngày …".
_SPOKEN_OF = re.compile(_SELF + r"\s[^.;]*(?:và|,)\s*\Z", re.IGNORECASE)
_OF_PART = re.compile(r"(?:điều|khoản|điểm)\s+\w+\s*(?:của\s*)?\Z", re.IGNORECASE)
_UNTIL = re.compile(
    r"(?:đến|tới)\s+(?:hết\s+)?(?:ngày\s+(?:"
    + DATE
    + r")|(?:hết\s+)?(?:tháng\s+(?P<mm>\d{1,2})(?:\s+năm\s+|/)(?P<my>(?:19|20)\d\d)"
    r"|quý\s+(?P<q>[IV]{1,3}|[1-4])(?:\s+năm\s+|/)(?P<qy>(?:19|20)\d\d)|năm\s+(?P<yy>(?:19|20)\d\d)))",
    re.IGNORECASE,
)
_OWN_FROM = re.compile(r"(?:(?:kể\s+)?từ)\s+ngày\s+(?:" + DATE + r")", re.IGNORECASE)
_OWN_END = re.compile(_SELF + r"\s+(?:[^.;]{0,160}?)hết\s+hiệu\s+lực[^.;]{0,20}?" + _OWN_FROM.pattern, re.IGNORECASE)
_QUARTERS = {"I": 3, "II": 6, "III": 9, "IV": 12, "1": 3, "2": 6, "3": 9, "4": 12}


class Effect(Struct, frozen=True):
    """From when a document is in force; ``parts`` are its own provisions with a day of their own."""

    on: str = ""
    text: str = ""
    until: str = ""
    parts: tuple[tuple[Path, str, str], ...] = ()


def _day(match: re.Match[str], issued: str) -> str:
    groups = match.groupdict()
    begins = issued if groups.get("signed") or groups.get("passed") or groups.get("passed2") else date_of(match)
    return _later(begins, groups["later"], groups["unit"]) if groups.get("later") else begins


def _later(day: str, count: str, unit: str) -> str:
    """So many days or months after a day; empty where the day is unknown or the count is no number.

    >>> _later("2025-09-05", "10", "ngày"), _later("2025-12-31", "hai", "tháng"), _later("2025-09-05", "vài", "ngày")
    ('2025-09-15', '2026-02-28', '')
    """
    many = int(count) if count.isdigit() else words_to_number(count.lower())
    if not day or many is None:
        return ""
    begins = date.fromisoformat(day)
    if unit.lower() == "ngày":
        return (begins + timedelta(days=many)).isoformat()
    months = begins.year * 12 + begins.month - 1 + many
    year, month = months // 12, months % 12 + 1
    return begins.replace(year=year, month=month, day=min(begins.day, monthrange(year, month)[1])).isoformat()


def until(text: str) -> str:
    """The last day that a stretch names as a limit.

    >>> until("đến hết ngày 31 tháng 12 năm 2029"), until("đến hết năm 2027"), until("đến quý II/2026")
    ('2029-12-31', '2027-12-31', '2026-06-30')
    """
    last = ""
    for match in _UNTIL.finditer(text):
        groups = match.groupdict()
        if groups["yy"]:
            last = f"{groups['yy']}-12-31"
        elif groups["mm"] or groups["q"]:
            year = int(groups["my"] or groups["qy"])
            month = int(groups["mm"]) if groups["mm"] else _QUARTERS[groups["q"].upper()]
            last = f"{year}-{month:02d}-{monthrange(year, month)[1]}" if 1 <= month <= 12 else last
        else:
            last = date_of(match) or last
    return last


def own_day(text: str) -> tuple[str, str]:
    """The day that an order itself names (``từ ngày 01 tháng 01 năm 2026``), and its wording.

    >>> own_day("hết hiệu lực kể từ ngày 01 tháng 01 năm 2026.")
    ('2026-01-01', 'kể từ ngày 01 tháng 01 năm 2026')
    """
    match = _OWN_FROM.search(text)
    return (date_of(match), match.group()) if match else ("", "")


def _of_whole(before: str, said: str) -> bool:
    """Whether the words before and in a formula of validity speak of this document as a whole."""
    if _OF_PART.search(before) or re.search(r"(?:riêng|trừ)\s+[^.;]*\Z", before, re.IGNORECASE):
        return False
    if not before or before.endswith((":", ".")) or re.match(_SELF, said, re.IGNORECASE):
        return True
    return bool(re.search(r"(?:này|[Qq]uyết định|[Nn]ghị quyết)\Z", before) or _SPOKEN_OF.search(before))


def read_effect(analysis: Analysis) -> Effect:
    """What the closing articles of a document say of its own validity."""
    issued = analysis.info.issued_on
    on = text = end = ""
    parts: list[tuple[Path, str, str]] = []
    for passage in analysis.passages:
        if (
            passage.clause.kind in ("header", "title", "quoted", "stamp", "recipient")
            or "hiệu lực" not in passage.lower
        ):
            continue
        for match in (*_PART.finditer(passage.text), *_NAMED_PART.finditer(passage.text)):
            day = _day(match, issued)
            parts += [(path, day, match.group()) for hit in find(match.group("what")) for path in hit.paths]
        for match in [] if on else _IN_FORCE.finditer(passage.text):
            if not _of_whole(passage.text[: match.start()].rstrip(), match.group()):
                continue
            on, text = _day(match, issued), match.group()
            end = until(passage.text[match.end() : match.end() + 60])
            break
        gone = _OWN_END.search(passage.text)
        if gone and not end:
            end = date_of(gone)
    return Effect(on, text, end, tuple(parts))
