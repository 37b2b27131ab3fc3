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
    + r"(?:(?:(?:kể|tính)\s+)?từ|vào|ngay\s+sau)\s+(?:(?:ngày\s+)?(?:"
    + DATE
    + r")|(?:ngày|thời\s+điểm)\s+(?:(?P<signed>(?:được\s+)?(?:ký|ban\s+hành))(?:\s+ban\s+hành)?"
    r"|(?P<passed>[^,.;\d]{0,60}?thông\s+qua))|khi\s+(?:được\s+)?[^,.;]{0,60}?(?P<passed2>thông\s+qua))"
)
_IN_FORCE = re.compile(
    r"(?:" + _SELF + r"\s+)?có\s+hiệu\s+lực(?:\s+thi\s+hành)?(?:\s+và\s+được\s+áp\s+dụng)?\s*,?\s*" + _FROM,
    re.IGNORECASE,
)
#: The same in a heading with a colon: "Hiệu lực thi hành: từ ngày …", "Thời điểm có hiệu lực: kể từ ngày ký".
_HEADED = re.compile(r"(?:thời\s+điểm\s+(?:có\s+)?)?hiệu\s+lực(?:\s+thi\s+hành)?\s*:\s*" + _FROM, re.IGNORECASE)
#: Whoever carries it out does so from the day of signing on: no other day is printed.
_CARRIED_OUT = re.compile(r"thi\s+hành\s+" + _SELF + r"\s+" + _FROM, re.IGNORECASE)
_PASSED_ON = re.compile(r"thông\s+qua\s+(?:vào\s+)?ngày\s+(?:" + DATE + r")", re.IGNORECASE)
#: From when something holds: a part of the document that is named right before it has a day of its own.
_HOLDS = re.compile(
    r"(?:(?P<force>có\s+hiệu\s+lực)(?:\s+thi\s+hành)?|(?:được\s+)?(?:áp\s+dụng|thực\s+hiện))"
    r"(?:\s+(?:trở\s+(?:về\s+trước|lại)|hồi\s+tố))?\s*,?\s*" + _FROM,
    re.IGNORECASE,
)
_OWN_PART = re.compile(r"\s*(?:(?:của\s+)?[^\W\d]+(?:\s+[^\W\d]+)?\s+này\s*)?(?:,\s*)?(?:thì\s+|sẽ\s+)?", re.IGNORECASE)
_APART = re.compile(r"(?:riêng|trừ)\s[^;.]*\Z", re.IGNORECASE)
_FURTHEST = 200  # so far before its day a part is named
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
_OWN_FROM = re.compile(r"(?<!\w)(?:(?:kể\s+)?từ)\s+(?:ngày\s+)?(?:" + DATE + r")", re.IGNORECASE)
_IS_IN_FORCE = re.compile(r"có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+\Z", re.IGNORECASE)
_OWN_END = re.compile(_SELF + r"\s+(?:[^.;]{0,160}?)hết\s+hiệu\s+lực[^.;]{0,20}?" + _OWN_FROM.pattern, re.IGNORECASE)
#: What every match of :data:`_IN_FORCE` and of :data:`_OWN_END` holds, for small letters.
_IS_SAID = re.compile(r"có\s+hiệu\s+lực")
_ENDS = re.compile(r"hết\s+hiệu\s+lực")
_QUARTERS = {"I": 3, "II": 6, "III": 9, "IV": 12, "1": 3, "2": 6, "3": 9, "4": 12}


class Effect(Struct, frozen=True):
    """From when a document is in force; ``parts`` are its own provisions with a day of their own."""

    on: str = ""
    text: str = ""
    until: str = ""
    parts: tuple[tuple[Path, str, str], ...] = ()


def _day(match: re.Match[str], issued: str) -> str:
    groups = match.groupdict()
    if groups.get("passed") or groups.get("passed2"):
        told = _PASSED_ON.search(match.string)
        begins = (date_of(told) if told else "") or issued
    else:
        begins = issued if groups.get("signed") else date_of(match)
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
    days = (m for m in _OWN_FROM.finditer(text) if not _IS_IN_FORCE.search(text[: m.start()]))
    match = next(days, None)
    return (date_of(match), match.group()) if match else ("", "")


def _of_whole(before: str, said: str) -> bool:
    """Whether the words before and in a formula of validity speak of this document as a whole."""
    if _OF_PART.search(before) or re.search(r"(?:riêng|trừ)\s+[^.;]*\Z", before, re.IGNORECASE):
        return False
    if not before or before.endswith((":", ".")) or re.match(_SELF, said, re.IGNORECASE):
        return True
    return bool(re.search(r"(?:này|[Qq]uyết định|[Nn]ghị quyết)\Z", before) or _SPOKEN_OF.search(before))


def _parts(text: str, issued: str) -> list[tuple[Path, str, str]]:
    """The provisions of this document that hold from days of their own.

    >>> from doichieu.segmentation.provisions import written
    >>> said = "Riêng khoản 2, khoản 3 Điều 1 áp dụng từ ngày 01/7/2024."
    >>> [(written(path), day) for path, day, _ in _parts(said, "")]
    [('dieu:1/khoan:2', '2024-07-01'), ('dieu:1/khoan:3', '2024-07-01')]
    """
    out: list[tuple[Path, str, str]] = []
    for match in _HOLDS.finditer(text):
        base = max(0, match.start() - _FURTHEST)
        named = find(text, base, match.start())
        if not named or not _OWN_PART.fullmatch(text, named[-1].end, match.start()):
            continue
        if not match.group("force") and not _APART.search(text, base, match.start()):
            continue
        day = _day(match, issued)
        out += [(path, day, text[named[-1].start : match.end()]) for path in named[-1].paths]
    return out


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
        parts += _parts(passage.text, issued)
        said = passage.lower
        for match in [] if on or _IS_SAID.search(said) is None else _IN_FORCE.finditer(passage.text):
            if not _of_whole(passage.text[: match.start()].rstrip(), match.group()):
                continue
            on, text = _day(match, issued), match.group()
            end = until(passage.text[match.end() : match.end() + 60])
            break
        headed = None if on else _HEADED.match(passage.text, passage.start)
        if headed:
            on, text = _day(headed, issued), headed.group()
        gone = _OWN_END.search(passage.text) if _ENDS.search(said) is not None else None
        if gone and not end:
            end = date_of(gone)
    for passage in [] if on else analysis.passages:
        if passage.clause.kind == "quoted" or "thi hành" not in passage.lower:
            continue
        carried = _CARRIED_OUT.search(passage.text)
        if carried:
            on, text = _day(carried, issued), carried.group()
            break
    return Effect(on, text, end, tuple(parts))
