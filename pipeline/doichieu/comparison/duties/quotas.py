"""How much of something each is to have, and what of it an answer does not reach: ``mỗi dãy 02 bình`` by ``mỗi dãy 01
bình``, or by ``mỗi kho 02 bình``."""

from __future__ import annotations

import re
from collections import defaultdict

from doichieu.lexicon.families import EVERY, LEVEL, SETTLEMENT
from doichieu.text import fold

#: A figure with what is counted, no date, no number of a document; shares and rates of the year are counted too.
_COUNT = re.compile(r"(?<![\w/.,-])(?<!ngày )(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>%|[^\W\d_]+)(?!\w|\s*\d)")
_NO_UNIT = frozenset({"tháng", "năm", "ngày", "tuổi", "của", "và", "trở", "đến", "tỷ", "người"})
_AGES = frozenset({"tuổi", "năm"})
#: Before a figure: no more than it is asked, or it is of each.
_AT_MOST = re.compile(
    r"(?:tối đa|không quá|không vượt quá|dưới|giảm|rút ngắn|còn|chậm nhất|trong vòng|sau)(?:\s+\S+){0,3}\s*\Z"
)
_EACH = re.compile(rf"(?<!\w){EVERY}\s+(?P<who>(?!năm|tháng|quý|tuần|ngày|kỳ|học|khóa|lần|đợt|vụ|người)[^\W\d_]+)")
_AT_LEAST = re.compile(r"(?:ít nhất|tối thiểu|không dưới)\s*\Z")
_OF_EACH = re.compile(rf"(?<!\w)(?:{EVERY}|bình quân)(?!\w)|/")
_GENERAL = re.compile(
    rf"(?:{LEVEL}|{SETTLEMENT}|cơ|đơn|địa|cấp|ngành|sở|phòng|ban|tổ|khu|cá|đồng|một|bộ|loại|nội|lĩnh|điểm|nơi|chỗ|vị)\b"
)


def _counts(text: str, *, asked: bool) -> dict[str, dict[float, str]]:
    """The figures of each unit with their words; of what is asked only those that bind each, or that bind at least."""
    out: defaultdict[str, dict[float, str]] = defaultdict(dict)
    each = _OF_EACH.search(text) is not None
    for found in _COUNT.finditer(text):
        before, plain = text[: found.start()], found["unit"] not in _NO_UNIT
        binds = not asked or (each and plain) or (_AT_LEAST.search(before) and found["unit"] not in _AGES)
        if binds and not _AT_MOST.search(before):
            out[found["unit"]][float(found["number"].replace(",", "."))] = found.group()
    return out


def fewer(task: str, answer: str) -> tuple[str, ...]:
    """The quotas of a task, each with its figure, of which an answer names a lower one.

    >>> fewer("Mỗi dãy nhà đặt ít nhất 02 bình chữa cháy", "Mỗi dãy nhà đặt 01 bình chữa cháy")
    ('02 bình',)
    >>> fewer("Trữ gạo cho tối thiểu 10 ngày", "Trữ gạo đủ ăn 05 ngày")
    ('10 ngày',)
    >>> fewer("Báo cáo vào ngày 25 hằng tháng", "Báo cáo vào ngày 20 hằng tháng")
    ()
    >>> fewer("Mở 12 lớp dạy chữ cho toàn tỉnh", "Mở 02 lớp dạy chữ"), fewer("mỗi hộ tối đa 5 con", "mỗi hộ 3 con")
    ((), ())
    """
    asked = _counts(fold(task), asked=True)
    named = _counts(fold(answer), asked=False) if asked else {}
    out: list[str] = []
    for unit, numbers in asked.items():
        mine = named.get(unit, {})
        if len(numbers) == len(mine) == 1 and max(mine) < max(numbers):
            out += numbers.values()
    return tuple(out)


_NORM = re.compile(r"(?<!\w)(?:hỗ trợ|mức|chi|trợ cấp|phụ cấp|bồi dưỡng|thù lao|miễn|giảm)(?!\w)")
_AMOUNT = re.compile(r"(?<![\w/.,-])(?!100\s*%)(?P<number>\d+(?:[.,]\d+)*)\s*(?:%|(?:triệu |nghìn |tỷ )?đồng(?!\w))")


def other_norm(task: str, answer: str) -> tuple[str, ...]:
    """The amounts that a task rules where an answer names none of them.

    >>> other_norm("Hỗ trợ 60% kinh phí đóng lồng bè, tối đa 20 triệu đồng/hộ", "Hỗ trợ hộ nuôi cá đóng lồng bè")
    ('60%', '20 triệu đồng')
    >>> other_norm("Hỗ trợ 60% kinh phí đóng lồng bè", "Hộ nuôi cá được hỗ trợ 60%"), other_norm("Thu gom 90% rác", "")
    ((), ())
    """
    above = fold(task)
    if _NORM.search(above) is None:
        return ()
    asked = {found["number"].lstrip("0"): found.group() for found in _AMOUNT.finditer(above)}
    named = {found["number"].lstrip("0") for found in _AMOUNT.finditer(fold(answer))}
    return tuple(asked.values()) if asked and named.isdisjoint(asked) else ()


def of_fewer(task: str, answer: str) -> tuple[str, ...]:
    """Who each is to have something in a task, where an answer gives it to each of others and names those nowhere.

    >>> of_fewer("Mỗi dãy sạp đặt 02 bình chữa cháy", "Đặt 02 bình chữa cháy ở mỗi kho")
    ('mỗi dãy',)
    >>> of_fewer("Mỗi xã đặt 01 tủ sách", "Mỗi thôn đặt 01 tủ sách"), of_fewer("mỗi dãy 02 bình", "02 bình")
    ((), ())
    >>> of_fewer("Ghi lượng phân thu ở từng điểm", "Ghi lượng phân thu ở mỗi hố ủ")
    ()
    """
    above, below = fold(task), fold(answer)
    mine = {found["who"] for found in _EACH.finditer(below)}
    if not mine:
        return ()
    words, asked = set(re.findall(r"\w+", below)), set(re.findall(r"\w+", above))
    if mine <= asked:
        return ()
    return tuple(
        found.group()
        for found in _EACH.finditer(above)
        if found["who"] not in words and not _GENERAL.match(found["who"])
    )


#: Units of persons, one of which is told by another.
_PERSONS = frozenset(
    {"người", "cán", "công", "viên", "đồng", "giáo", "bác", "nhân", "chuyên", "cộng", "thành", "đảng", "tuyên", "học"}
)
#: How often a year each term comes round.
_ROUNDS = {"ngày": 365, "tuần": 52, "tháng": 12, "quý": 4, "năm": 1}
_ROUND = "|".join(_ROUNDS)
_BEFORE = re.compile(rf"(?<!\w){EVERY} (?P<round>{_ROUND})(?!\w)[^\d.;:]{{0,40}}?(?P<number>\d+) (?P<unit>[^\W\d_]+)")
_BEHIND = re.compile(
    r"(?<![\w/.,-])(?P<number>\d+) (?P<unit>[^\W\d_]+)(?:,? [^\W\d_]+){0,2}"
    rf"\s*(?:/|{EVERY} )(?P<round>{_ROUND})(?!\w)"
)
_TIMES = frozenset({"lần", "đợt", "kỳ", "buổi", "cuộc", "phiên"})


def _rates(text: str) -> list[tuple[float, str, str]]:
    """How much of what a year a text tells, with its words."""
    some = list(_BEHIND.finditer(text)) or list(_BEFORE.finditer(text))
    return [(int(found["number"]) * _ROUNDS[found["round"]], found["unit"], found.group()) for found in some]


def more_seldom(task: str, answer: str) -> tuple[str, ...]:
    """How many a term a task asks for, where an answer promises fewer a year of the same, or so many times.

    >>> more_seldom("Đăng ít nhất 02 bài/tháng về chim di cư", "Viết bài về chim di cư mỗi quý 01 lần")
    ('02 bài/tháng',)
    >>> more_seldom("Tập bơi 02 buổi mỗi tuần", "Mỗi tuần tập bơi 03 buổi"), more_seldom("họp 01 lần/năm", "họp")
    ((), ())
    >>> more_seldom("Nộp 12 mẫu nước mỗi tháng", "Mỗi tháng thay 01 lõi lọc")
    ()
    """
    asked = _rates(fold(task))
    mine = _rates(fold(answer)) if asked else []
    if len(asked) != 1 or len(mine) != 1 or _AT_MOST.search(fold(task).partition(asked[0][2])[0]):
        return ()
    alike = asked[0][1] == mine[0][1] or mine[0][1] in _TIMES
    return (asked[0][2],) if alike and mine[0][0] < asked[0][0] else ()


#: Figures in words, as those write who do a thing.
_IN_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_BINDING = re.compile(
    rf"(?<!\w)(?:(?:ít nhất|tối thiểu|không dưới|đạt(?: trên| từ| tỷ lệ)?)|{EVERY} (?!năm|tháng|quý|tuần|ngày)"
    r"(?:[^\W\d_]+ ){1,5}?(?:có )?)\s*(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>%|[^\W\d_]+)"
)
#: Terms and ages are no quotas; what recurs is told in many ways.
_NO_QUOTA = frozenset({*_ROUNDS, *_TIMES, "giờ", "phút", "tuổi"})
_SHARE = re.compile(r"%|(?<!\w)(?:một nửa|phần trăm|phần (?:hai|ba|tư|năm|mười)|tất cả|toàn bộ|mọi|100)(?!\w)")
_ANY_FIGURE = re.compile(rf"(?<![\w/.,-])(?:\d+(?:[.,]\d+)*|{'|'.join(_IN_WORDS)})\s+(?P<unit>[^\W\d_]+)")


def lost_quota(task: str, answer: str) -> tuple[str, ...]:
    """How much of something a task binds everybody to at least, where an answer tells no figure of it.

    >>> lost_quota("Mở lớp dạy đan lát, mỗi ấp ít nhất 02 lớp", "Dạy đan lát cho bà con ở 07 ấp")
    ('mỗi ấp ít nhất 02 lớp',)
    >>> lost_quota("Giao ít nhất 02 cán bộ trực", "Chọn hai người trực"), lost_quota("ít nhất 01 bể", "đặt bể")
    ((), ())
    >>> lost_quota("Tỷ lệ hòa giải thành đạt trên 85%", "Kiện toàn 41 tổ hòa giải")
    ('đạt trên 85%',)
    """
    above, below = fold(task), fold(answer)
    asked = [found for found in _BINDING.finditer(above) if found["unit"] not in _NO_QUOTA]
    if len(asked) != 1 or float(asked[0]["number"].replace(",", ".")) <= 1:
        return ()
    unit = asked[0]["unit"]
    if unit == "%":
        return () if _SHARE.search(below) else (asked[0].group(),)
    some = {found["unit"] for found in _ANY_FIGURE.finditer(below)}
    told = unit in some or (unit in _PERSONS and not some.isdisjoint(_PERSONS))
    return () if told else (asked[0].group(),)


__all__ = ["fewer", "lost_quota", "more_seldom", "of_fewer", "other_norm"]
