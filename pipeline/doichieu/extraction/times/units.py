"""Dates, months, quarters, half-years, years and repetitions, as tokens of lower-case text.

Only what is printed is read here; whether an expression binds anybody is decided in
:mod:`doichieu.extraction.times.deadlines`.  Recurrence rules follow RFC 5545.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from doichieu.extraction.citations.numbers import iso, month_number
from doichieu.lexicon.families import EVERY
from doichieu.numerals import words_to_number


class Spans:
    """Stretches of a text, joined and sorted, that can be asked whether they touch another."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(spans):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            elif start < end:
                self.starts.append(start)
                self.ends.append(end)

    def touch(self, start: int, end: int) -> bool:
        """Whether ``start:end`` overlaps one of the stretches."""
        k = bisect_left(self.starts, end)
        return k > 0 and self.ends[k - 1] > start


class Unit(NamedTuple):
    """One stretch of the calendar at ``text[start:end]``: first and last day, or the rule it repeats by.

    ``precision`` is day, month, quarter, half, part or year; ``named`` tells whether a word of time (``năm``,
    ``tháng``, ``quý``, ``ngày``) stands in it; ``rule`` is set where the year is missing.
    """

    start: int
    end: int
    first: str
    last: str
    precision: str
    named: bool
    rule: str = ""
    range: bool = False


class Repeat(NamedTuple):
    """A repetition at ``text[start:end]`` and its rule; an empty rule is ``định kỳ`` without a period."""

    start: int
    end: int
    rule: str
    unit: str


_Y = r"(?:19|20)\d\d"
_W = r"(?:mười hai|mười một|mười|giêng|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|chạp)(?!\w)"
_BODY = rf"""(?:
      (?P<w1>ngày\s+)?(?P<d>\d{{1,2}})\s?(?P<sep>[/.\-])\s?(?P<m>\d{{1,2}})\s?(?P=sep)\s?(?P<y>{_Y})(?!\d)
    | ngày\s+(?P<d2>\d{{1,2}})\s+tháng\s+(?P<m2>\d{{1,2}}|{_W})(?:\s*,?\s+năm\s+(?P<y2>{_Y})(?!\d))?
    | (?P<d8>\d{{1,2}})\s?/\s?(?P<m8>\d{{1,2}})(?:\s*,?\s+(?:của\s+)?năm\s+(?P<y8>{_Y})(?!\d))
    | ngày\s+(?P<d3>\d{{1,2}})\s?/\s?(?P<m3>\d{{1,2}})(?:\s*,?\s+(?:của\s+)?năm\s+(?P<y3>{_Y})(?!\d))?(?![\d/])
    | ngày\s+(?P<d4>\d{{1,2}})\s+(?:của\s+)?
      (?:(?P<monthly>(?:hằng|hàng|mỗi)\s+tháng)|tháng\s+cuối\s+(?:của\s+)?(?:mỗi\s+|các\s+)?quý)
    | (?:tháng\s+|t\.?\s?(?=\d{{1,2}}\s?[/.\-]\s?20))(?P<m5>\d{{1,2}}(?!\d)|{_W})
      (?!\s+(?:lần|lượt|cuộc|buổi|kỳ|phiên)(?!\w))
      (?:(?:\s?[/\-]\s?|\.)(?P<y5>{_Y})(?!\d)|\s*,?\s+năm\s+(?P<y5b>{_Y})(?!\d))?
    | (?P<m6>0?[1-9]|1[0-2])(?:\s?/\s?|-)(?P<y6>{_Y})(?![\d/\-])
    | (?:quý\s+(?!một\s+lần)|q\.?\s?(?=(?:iv|i{{1,3}}|[1-4])\s?[/.\-]\s?20))
      (?P<q>iv|i{{1,3}}|[1-4](?!\d)|nhất|một|hai|ba|bốn|tư)
      (?:(?!\w)|(?={_Y}(?!\d)))
      (?:\s*(?:,|và|-)\s*(?:quý\s+)?(?P<qb>iv|i{{1,3}}|[1-4])(?![\w]))?
      (?:(?:\s?[/\-.]\s?|\s?)(?P<yq>{_Y})(?!\d)|\s*,?\s+(?:của\s+)?năm\s+(?P<yqb>{_Y})(?!\d))?
    | (?:(?:0?6|sáu)\s+tháng|nửa)\s+(?P<half>đầu|cuối)\s+năm(?:\s+(?P<yh>{_Y})(?!\d))?
    | (?:(?P<part>đầu|giữa)\s+)?(?P<w7>năm\s+)?(?P<y7>{_Y})(?!\d)(?![.,]\d|\s?%)(?!\s?[/\-]\s?[a-zđ]{{1,5}}[\-/])(?!/)
    )"""
_UNIT_NEXT = re.compile(_BODY, re.VERBOSE)
#: Where a stretch may begin: its first sign, then what must not stand before it, then the rest of its first word.
_BEGINS = re.compile(
    r"[\dntqsđg](?<![\w/.,].)(?<!\d[-–].)(?:(?<=\d)|(?<=n)(?:gày|ửa|ăm)\s|(?<=t)(?:háng\s|\.?\s?\d)|(?<=q)(?:uý\s|\.?\s?[1-4i])"
    r"|(?<=s)áu\s"
    r"|(?<=đ)ầu\s|(?<=g)iữa\s)"
)
#: Quarters of a year as they are numbered, lower case.
QUARTERS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "nhất": 1,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
}
_RANGE = re.compile(r"\s*(?:-|đến|tới)\s*(?:(?:hết|cuối|đầu|nay)\s+)?")
_ALSO = re.compile(r"\s*(?:,|và)\s*(?:ngày\s+)?(?P<d>\d{1,2})\s?/\s?(?P<m>\d{1,2})(?![\d/])")
_COUNTED = re.compile(
    r"\s+(?:người|hộ|doanh nghiệp|(?:tỷ|tỉ)(?! lệ| trọng| suất)|triệu|nghìn|đồng(?! bộ| thời)|cán bộ|học "
    r"viên|lượt|ha|km|m2|sản phẩm|tổ chức|lao động|học sinh|sinh viên|trường hợp|căn|mô hình|hợp tác xã|đơn|"
    r"công trình|dự án)(?!\w)"
)


def _span_of(match: re.Match[str]) -> tuple[str, str, str, bool, str] | None:
    """First day, last day, precision, named and rule of one match."""
    g = match.groupdict()
    if g["y"]:
        day = iso(int(g["y"]), int(g["m"]), int(g["d"]))
        return (day, day, "day", bool(g["w1"]), "") if day else None
    for d, m, y in (("d2", "m2", "y2"), ("d3", "m3", "y3"), ("d8", "m8", "y8")):
        if g[d]:
            month = month_number(g[m])
            if not month or not 1 <= int(g[d]) <= 31:
                return None
            if y and g[y]:
                day = iso(int(g[y]), month, int(g[d]))
                return (day, day, "day", True, "") if day else None
            return "", "", "day", True, f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={int(g[d])}"
    if g["d4"]:
        if g["monthly"]:
            return "", "", "day", True, f"FREQ=MONTHLY;BYMONTHDAY={int(g['d4'])}"
        return "", "", "day", True, f"FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY={int(g['d4'])}"
    if g["m5"] or g["m6"]:
        month = month_number(g["m5"] or g["m6"])
        if not month:
            return None
        return _months(month, month, g["y5"] or g["y5b"] or g["y6"], "month", bool(g["m5"]))
    if g["q"]:
        one = QUARTERS[g["q"]]
        two = QUARTERS[g["qb"]] if g["qb"] else one
        if two < one:
            two = one
        return _months(3 * one - 2, 3 * two, g["yq"] or g["yqb"], "quarter", True)
    if g["half"]:
        return _months(1 if g["half"] == "đầu" else 7, 6 if g["half"] == "đầu" else 12, g["yh"], "half", True)
    year = int(g["y7"])
    if g["part"]:
        return f"{year}-01-01", f"{year}-06-30", "part", True, ""
    return f"{year}-01-01", f"{year}-12-31", "year", bool(g["w7"]), ""


def _months(first: int, last: int, year: str | None, precision: str, named: bool) -> tuple[str, str, str, bool, str]:
    if not year:
        months = ",".join(str(month) for month in range(first, last + 1))
        return "", "", precision, named, f"FREQ=YEARLY;BYMONTH={months}"
    y = int(year)
    return iso(y, first, 1), iso(y, last, monthrange(y, last)[1]), precision, named, ""


def _next(lower: str, position: int) -> re.Match[str] | None:
    """The next stretch of the calendar that is named at ``position`` or behind it."""
    for begin in _BEGINS.finditer(lower, position):
        match = _UNIT_NEXT.match(lower, begin.start())
        if match:
            return match
    return None


def find_units(lower: str) -> list[Unit]:
    """The stretches of the calendar that ``lower`` (lower-case text) names, ranges joined.

    >>> [(u.first, u.last) for u in find_units("giai đoạn 2026 - 2030; quý iv/2025; ngày 25/12/2024")]
    [('2026-01-01', '2030-12-31'), ('2025-10-01', '2025-12-31'), ('2024-12-25', '2024-12-25')]
    """
    out: list[Unit] = []
    position = 0
    while True:
        match = _next(lower, position)
        if not match:
            return out
        facts = _span_of(match)
        if facts is None or (
            match.group("m5") and re.search(r"\d\s\Z", lower[max(0, match.start() - 2) : match.start()])
        ):
            position = match.start() + 1
            continue
        first, last, precision, named, rule = facts
        end = match.end()
        is_range = False
        joiner = _RANGE.match(lower, end)
        if joiner:
            following = _UNIT_NEXT.match(lower, joiner.end())
            other = _span_of(following) if following else None
            if following and other and other[1] and other[1] > first and _joins(joiner.group(), named, other):
                if rule.startswith("FREQ=YEARLY;BYMONTH=") and precision in ("month", "quarter", "day"):
                    first = _begins(rule, other[1])
                last, end, is_range, rule = other[1], following.end(), bool(first), ""
        if not named and (is_range or precision == "year") and _COUNTED.match(lower, end):
            position = end
            continue
        out.append(Unit(match.start(), end, first, last, precision, named, rule, is_range))
        while rule and precision == "day" and (more := _ALSO.match(lower, end)):  # "ngày 15/6 và 15/12"
            if not (1 <= int(more.group("d")) <= 31 and 1 <= int(more.group("m")) <= 12):
                break
            end = more.end()
            also = f"FREQ=YEARLY;BYMONTH={int(more.group('m'))};BYMONTHDAY={int(more.group('d'))}"
            out.append(Unit(more.start("d"), end, "", "", "day", False, also))
        position = end


def _joins(joiner: str, named: bool, other: tuple[str, str, str, bool, str]) -> bool:
    """``2026 - 2030``, ``năm 2021 đến năm 2025``; ``năm 2025 - Tháng`` is no range."""
    return other[2] != "part" and (
        joiner.strip() != "-" or not other[3] or named or other[2] in ("month", "quarter", "day")
    )


def _begins(rule: str, last: str) -> str:
    """The first day of a stretch that prints only the year of its end: ``tháng 9 đến tháng 3 năm 2027`` begins in 2026.

    >>> _begins("FREQ=YEARLY;BYMONTH=9", "2027-03-31"), _begins("FREQ=YEARLY;BYMONTH=2", "2027-03-31")
    ('2026-09-01', '2027-02-01')
    """
    first = _with_year(rule, last[:4])
    return first if first <= last else _with_year(rule, str(int(last[:4]) - 1))


def _with_year(rule: str, year: str) -> str:
    """The first day of a stretch whose year stands only at the end of the range (``tháng 3 - tháng 6/2026``)."""
    month = int(re.split(r"[,;]", rule.split("BYMONTH=")[1])[0])
    day = re.search(r"BYMONTHDAY=(\d+)", rule)
    return iso(int(year), month, int(day.group(1)) if day else 1)


# A heading or title that closes with its year: "Mục tiêu cụ thể năm 2025", "Kế hoạch chuyển đổi số năm 2025".
# "Điều 2. Giao chỉ tiêu phát triển đoàn viên năm 2026": an article has its goals as a chapter has.
_GOAL_HEAD = re.compile(
    r"(?:[ivxlc\d.]{1,8}[.)\-]+\s+|[a-zđ][.)\-]\s+|[-+*•]\s+|(?:điều|mục|phần|chương)\s+[ivxlc\d]{1,5}[.:]?\s+)?"
    r"(?:(?:giao|thông qua|phê duyệt|đề ra|quyết định)\s+)?(?:các |một số |những )?"
    r"(?:mục tiêu|chỉ tiêu|nhiệm vụ|kế hoạch|yêu cầu|kết quả cần đạt|lộ trình)(?!\w)[^.;:%]{0,80}\Z"
)
_HEAD_CLOSES = re.compile(r"\s*(?:\(|[.:]?\s*\Z|(?:,\s*)?(?:của|trên địa bàn|tại|và những năm|và các năm)\s)")
#: What a title says further of its year: "Công tác Hội năm 2026, trọng tâm là sinh kế", "năm 2026 gắn với việc làm".
_TITLE_GOES_ON = re.compile(
    r"\s*(?:[,;]\s*(?!\d|(?:và )?(?:năm|quý|tháng)\s)|[-–]\s+(?!\d|năm\s)"
    r"|(?:gắn với|với (?:chủ đề|phương châm)|nhằm|cho|đối với)\s"
    r"|,?\s*(?:và\s)?(?:định hướng|tầm nhìn|dự kiến)(?!\w))"
)
#: A later year that a title only looks ahead to: "Sản xuất vụ Đông năm 2026 và định hướng vụ Đông năm 2027".
_LOOKS_AHEAD = re.compile(
    r"(?P<of>.*)(?:năm|vụ|- )\s?20\d\d,?\s(?:và\s)?(?:định hướng|tầm nhìn|dự kiến)(?!\w)[^.;:]*\Z", re.DOTALL
)
_LOOKS_BACK = re.compile(r"(?<!\w)(?:kết quả|đánh giá|sơ kết|tổng kết|báo cáo|tình hình|ước)(?!\w)")


#: Years without a word before them that close a title: "Bảo vệ rừng ngập mặn 2026 - 2030", "Dạy bơi hè 2026".
_TITLE_CLOSES = re.compile(r"\s*(?:[.:]?\s*\Z|\(|[,;]?\s*(?:và )?(?:định hướng|tầm nhìn)(?!\w))")
#: A law, a standard and a congress have years of their own.
_YEAR_OF_ANOTHER = re.compile(
    r"(?<!\w)(?:luật|pháp lệnh|hiến pháp|nghị định|thông tư|quyết định|nghị quyết|tcvn|qcvn|iso|khóa|nhiệm kỳ|đại hội"
    r"|mẫu|bản)(?!\w)[^,;]*\Z|[\d/.-]\s*\Z"
)


def _closes_title(lower: str, unit: Unit) -> bool:
    return _TITLE_CLOSES.match(lower, unit.end) is not None and not _YEAR_OF_ANOTHER.search(lower[: unit.start])


def _only_looked_to(before: str) -> bool:
    """Whether a title is of an earlier year and only looks ahead to the one that follows (lower case).

    >>> _only_looked_to("sản xuất vụ đông năm 2026 và định hướng vụ đông "), _only_looked_to("sản xuất vụ đông ")
    (True, False)
    >>> _only_looked_to("kết quả năm 2026, dự kiến kế hoạch ")
    False
    """
    found = _LOOKS_AHEAD.fullmatch(before) if "20" in before else None
    return found is not None and _LOOKS_BACK.search(found.group("of")) is None


def closes_heading(lower: str, unit: Unit, *, title: bool) -> bool:
    """Whether a bare year closes a title, or the heading of a goal; then what stands below is due in it."""
    if unit.precision != "year" or (title and _only_looked_to(lower[: unit.start])):
        return False
    if not unit.named:
        return title and _closes_title(lower, unit)
    if not _HEAD_CLOSES.match(lower, unit.end):
        return title and _TITLE_GOES_ON.match(lower, unit.end) is not None
    return title or (_GOAL_HEAD.match(lower[: unit.start]) is not None and len(lower) < 160)


def day_after(day: str) -> str:
    """The ISO date one day later."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


# ---------------------------------------------------------------- repetitions

_N = r"(?:\d{1,2}|một|hai|ba|bốn|năm|sáu|chín|mười(?:\s+lăm)?)"
_REPEAT = re.compile(
    rf"""(?<!\w)(?:
      (?:vào\s+)?(?:ngày\s+)?(?P<weekday>thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)\s*,?\s+
      {EVERY}\s+tuần(?!\w)
    | (?:định\s+kỳ\s+)?(?P<daily>(?:hằng|hàng)\s+ngày)(?!\w)(?!\s+(?:càng|một|\d))
    | (?:định\s+kỳ\s+)?(?:theo\s+)?{EVERY}\s+(?P<every>năm|quý|tháng|tuần|nhiệm\s+kỳ)(?!\w)
      (?!\s+(?:sau\s+đó|tuổi|\d{{4}}))(?!\s*/)
    | theo\s+(?P<by>quý|tháng|tuần|nhiệm\s+kỳ)(?!\w)(?!\s+(?:\d|i|ii|iii|iv)\b)
    | (?:định\s+kỳ|hằng|hàng|mỗi|cứ)\s+(?:\(?(?:hằng|hàng|mỗi)\s+)?(?P<n>{_N})\s+
      (?P<nu>năm|quý|tháng|tuần|ngày(?=\s*/\s*lần|\s+(?:một|0?1)\s+lần))(?!\w)
      (?!\s+(?:đầu|cuối)\s)(?:\s*/\s*(?:0?1\s+)?lần|\s+(?:một|0?1)\s+lần)?
    | (?P<t>{_N}\s+)?(?P<tu>năm|quý|tháng|tuần|(?<=\d\s|i\s)ngày)\s*
      (?:/\s*(?:0?1\s*)?lần|(?<=[mgnýy])\s+(?:một|0?1)\s+lần)(?!\w)
    | (?P<p>{_N})\s+lần\s*(?:/|trong\s+|mỗi\s+|(?=một\s+(?:tuần|tháng|quý|năm)))\s*
      (?:0?1\s+|một\s+)?(?P<pu>năm|quý|tháng|tuần)(?!\w)
    | (?P<bare>định\s+kỳ)(?!\w)
    )""",
    re.VERBOSE,
)
_MONTHS = {"năm": 12, "quý": 3, "tháng": 1}


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isdigit() else words_to_number(text) or 1


def rule_of(count: int, unit: str) -> str:
    """The RFC 5545 rule for every ``count`` units.

    >>> rule_of(1, "năm"), rule_of(6, "tháng"), rule_of(1, "quý"), rule_of(1, "nhiệm kỳ")
    ('FREQ=YEARLY', 'FREQ=MONTHLY;INTERVAL=6', 'FREQ=MONTHLY;INTERVAL=3', 'FREQ=YEARLY;INTERVAL=5')
    """
    if unit.startswith("nhiệm"):
        unit, count = "năm", 5 * count
    if unit == "quý":
        unit, count = "tháng", 3 * count
    frequency = {"năm": "YEARLY", "tháng": "MONTHLY", "tuần": "WEEKLY", "ngày": "DAILY"}[unit]
    return f"FREQ={frequency}" + (f";INTERVAL={count}" if count > 1 else "")


_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA")
_DAY_WORDS = ("hai", "ba", "tư", "năm", "sáu", "bảy")


def _weekly(day: str) -> str:
    """The rule of a day of the week.

    >>> _weekly("thứ sáu"), _weekly("thứ 2"), _weekly("chủ nhật")
    ('FREQ=WEEKLY;BYDAY=FR', 'FREQ=WEEKLY;BYDAY=MO', 'FREQ=WEEKLY;BYDAY=SU')
    """
    word = day.split()[-1]
    if word == "nhật":
        return "FREQ=WEEKLY;BYDAY=SU"
    return "FREQ=WEEKLY;BYDAY=" + _DAYS[int(word) - 2 if word.isdigit() else _DAY_WORDS.index(word)]


def find_repeats(lower: str) -> list[Repeat]:
    """The repetitions that ``lower`` names.

    >>> [r.rule for r in find_repeats("10 ngày một lần; hai tuần một lần; mười ngày/lần; hai lần một tuần")]
    ['FREQ=DAILY;INTERVAL=10', 'FREQ=WEEKLY;INTERVAL=2', 'FREQ=DAILY;INTERVAL=10', 'FREQ=WEEKLY']
    >>> [r.rule for r in find_repeats("hằng năm; định kỳ 6 tháng; 02 lần/năm; 2 năm một lần; định kỳ báo cáo")]
    ['FREQ=YEARLY', 'FREQ=MONTHLY;INTERVAL=6', 'FREQ=MONTHLY;INTERVAL=6', 'FREQ=YEARLY;INTERVAL=2', '']
    """
    out = []
    for match in _REPEAT.finditer(lower):
        g = match.groupdict()
        if g["bare"]:
            out.append(Repeat(match.start(), match.end(), "", ""))
            continue
        if g["p"]:
            months = _MONTHS.get(g["pu"], 0)
            times = _number(g["p"])
            if months and times and months % times == 0:
                rule = rule_of(months // times, "tháng")
            else:
                rule = rule_of(1, g["pu"])
            out.append(
                Repeat(match.start(), match.end(), "FREQ=YEARLY" if rule.endswith("INTERVAL=12") else rule, g["pu"])
            )
            continue
        if g["daily"] or g["weekday"]:
            out.append(
                Repeat(match.start(), match.end(), "FREQ=DAILY" if g["daily"] else _weekly(g["weekday"]), "ngày")
            )
            continue
        unit = " ".join((g["every"] or g["by"] or g["nu"] or g["tu"]).split())
        count = _number(g["n"] or g["t"] or "1")
        out.append(Repeat(match.start(), match.end(), rule_of(max(count, 1), unit), unit))
    return out
