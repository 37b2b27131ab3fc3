"""Targets as they are meant, where the row that was read from the text cannot say it by itself.

``10/10 xã`` are all communes, ``trên 100% các tuyến`` are no more than all, and of ``đào tạo 500 lao động, trong đó nữ
chiếm 40%`` (``…, 40% là nữ``) the women are what the share is of, the training is what they are a part of.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec.structs import replace

from doichieu.comparison.meaning.dimensions import counts_whole
from doichieu.comparison.meaning.none_left import none_left
from doichieu.comparison.meaning.terms import urging
from doichieu.lexicon.families import COMMUNE, DISTRICT, PROVINCE, members
from doichieu.model import Target
from doichieu.text import fold

#: Before the words on what a target is a part of, among what narrows it; they tell twins apart and narrow nothing.
PART_OF = "thuộc số: "
_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+"
_OF_SO_MANY = re.compile(rf"(?P<n>{_NUMBER})\s+(?P<noun>.+)")
_SHARE = r"(?:[^\d%;,]{0,24}?)\d[\d,.]*\s*%(?:\s*trở lên)?"
_HEAD = r"\A\W*(?:trong (?:đó|số đó|số này)\W+)?(?:có\s+)?(?:(?:tỷ|tỉ) lệ\s+)?"
#: "nữ chiếm 40%", "trong đó có lao động nữ chiếm trên 40%"
_TAKES = re.compile(rf"{_HEAD}(?P<part>[^\d%,;:()]{{2,50}}?)\s+chiếm\s+{_SHARE}\W*\Z")
#: "40% là nữ", "45% trong số đó là người dân tộc thiểu số"
_IS = re.compile(rf"{_HEAD}{_SHARE}\s*(?:(?:trong )?số (?:đó|này)\s+)?là\s+(?P<part>[^\d%;:()]{{2,50}}?)\W*\Z")
#: "trong đó dành ít nhất 30% cho y tế dự phòng"
_GIVEN = re.compile(rf"{_HEAD}(?:dành|bố trí|phân bổ)\s+{_SHARE}\s+cho\s+(?P<part>[^\d%;:()]{{2,50}}?)\W*\Z")
_LINKS = re.compile(
    r"(?<!\w)(?:trong (?:đó|số đó|số này)|phấn đấu|ít nhất|tối thiểu|khoảng|trên)(?!\w)|[^\w\s]|\d[\d.,]*"
)
#: Nouns that only repeat of what the part is one: "lao động nữ" among workers.
_NOUNS = re.compile(
    r"\A(?:số |người |lao động |cán bộ |công chức |viên chức |học viên |học sinh |đối tượng )+(?=\w)"
    r"|(?<=\w)(?: giới)\Z"
)


def as_meant(target: Target, before: str = "") -> Target:
    """A target as it is meant; ``before`` is what its sentence says before it, folded.

    >>> all_of_them = Target("d", "t", "c", "", 0, 1, "10/10 xã", operator="=", value=10, unit="xã", base="10 xã")
    >>> as_meant(all_of_them).value, as_meant(all_of_them).unit
    (100.0, '%')
    >>> women = Target("d", "t", "c", "", 0, 1, "nữ chiếm 40%", subject="lao động", operator="=", value=40, unit="%")
    >>> as_meant(women, "đào tạo nghề cho 500 lao động, trong đó").subject
    'nữ'
    """
    if target.operator == ">" and target.value == 100 and target.unit == "%":
        target = replace(target, operator=">=")
    target = _of_a_year_before(_all_have(_share_of_a_count(_kept_from_moving(target))))
    return _part(target, before) if before and target.unit.startswith("%") else target


#: "Không tăng quá 10%", "không để giảm hơn 2%": how far it may go.
_NOT_BEYOND = re.compile(r"(?<!\w)không (?:để )?(?P<way>tăng|giảm) (?:quá|vượt quá|hơn|trên)(?!\w)", re.IGNORECASE)


def _kept_from_moving(target: Target) -> Target:
    """What may rise or fall by so much at most, with its figure as a ceiling.

    >>> fires = Target("d", "t", "c", "", 0, 1, "cháy không tăng quá 10%", indicator="cháy không tăng quá", value=10)
    >>> _kept_from_moving(fires).operator, _kept_from_moving(fires).indicator
    ('<=', 'cháy tăng không quá')
    """
    if target.value is None or target.value_max is not None or not _NOT_BEYOND.search(target.quote):
        return target
    told = _NOT_BEYOND.sub(r"\g<way> không quá", target.indicator)
    subject = _NOT_BEYOND.sub("", target.subject).strip()
    scope = tuple(item for item in target.scope if not _NOT_BEYOND.fullmatch(item))
    return replace(target, operator="<=", subject=subject, scope=scope, indicator=told)


def _share_of_a_count(target: Target) -> Target:
    found = _OF_SO_MANY.fullmatch(target.base.strip())
    if found is None or target.value is None or target.value_max is not None:
        return target
    if not counts_whole(target.unit) and target.unit != "điểm":  # so many of so many are places, and no marks
        return target
    whole = float(found.group("n").replace(".", ""))
    if not 0 < target.value <= whole or fold(found.group("noun")) != fold(target.unit):
        return target
    return replace(target, value=round(100 * target.value / whole, 2), unit="%", base="")


_NONE_WITHOUT = re.compile(r"(?<!\w)không (?:còn|để)(?!\w)[^,;.:]*(?<!\w)(?:chưa|không)(?!\w)")
_LACKS = re.compile(r"\s*(?:chưa|không) (?=(?:được|có|đạt|biết|tham gia|sử dụng)(?!\w))")


def _all_have(target: Target) -> Target:
    """None left without it is all with it: ``Không còn hộ nghèo chưa có nhà`` is ``100% hộ nghèo có nhà``.

    >>> none = Target("d", "t", "c", "", 0, 1, "Không còn thôn chưa có điện", indicator="chưa có điện", unit="thôn")
    >>> turned = _all_have(replace(none, value=0, operator="="))
    >>> turned.value, turned.unit, turned.indicator
    (100.0, '%', 'có điện')
    """
    if target.value != 0 or _LACKS.match(fold(target.indicator)) is None:
        return target
    if not counts_whole(target.unit) and target.unit != "điểm":  # points as places
        return target
    if _NONE_WITHOUT.search(fold(target.quote)) is None:
        return target
    has = _LACKS.sub("", fold(target.indicator), count=1)
    return replace(target, operator="=", value=100.0, value_max=None, unit="%", indicator=has)


#: What a year before had: "số ghi nhận", "mức thực hiện của".
_OF_RECORD = (
    r"so với|của|số(?: liệu| vụ| ca| người)?|mức|lượng|kết quả|con số|(?:đã )?ghi nhận|thống kê|thực hiện|phát sinh"
    r"|cùng kỳ"
)
#: "Bằng không quá 65% số ghi nhận năm 2025", "bằng 120% so với năm 2020".
_OF_A_YEAR = re.compile(
    r"(?<!\w)(?:chỉ )?(?:bằng|tương đương)\s+(?:[^\W\d]+\s+){0,3}\d[\d,.]*\s*%(?: trở (?:lên|xuống))?\s+"
    rf"(?P<of>(?:(?:{_OF_RECORD})\s+)*(?:trong )?năm 20\d\d)\W*\Z"
)
#: Words that say again what the year before is compared by.
_RECORDED = re.compile(rf"\s*(?<!\w)(?:(?:chỉ|{_OF_RECORD})\s*)+\Z")
_TURNED = {"<=": ">=", "<": ">", "=": "=", ">=": ">=", ">": ">", "~": "~"}


def _of_a_year_before(target: Target) -> Target:
    """A share of what a year before had, as the fall or the rise that it is: at most 65 % of it are 35 % less.

    >>> few = "bằng không quá 65% số ghi nhận năm 2025"
    >>> turned = _of_a_year_before(Target("d", "t", "c", "", 0, 1, few, operator="<=", value=65.0, unit="%"))
    >>> turned.operator, turned.value, turned.direction
    ('>=', 35.0, 'decrease')
    """
    if target.unit != "%" or target.value is None or target.value_max is not None or target.value == 100:
        return target
    falls = target.value < 100
    if target.operator not in (("<=", "<", "=", "~") if falls else (">=", ">", "=", "~")):
        return target
    found = None if target.direction else _OF_A_YEAR.search(fold(target.quote))
    if found is None:
        return target
    told = _RECORDED.sub("", fold(target.indicator)).strip()
    return replace(
        target,
        value=round(abs(100 - target.value), 4),
        operator=_TURNED[target.operator],
        direction="decrease" if falls else "increase",
        deadline="" if target.deadline[:4] == found.group("of")[-4:] else target.deadline,
        indicator=f"{'giảm' if falls else 'tăng'} {told}".strip(),
    )


@lru_cache(maxsize=1)
def _urged() -> re.Pattern[str]:
    """ "Vận động 90% hộ", "tuyên truyền, vận động để 100% chủ tàu": what is promised is to move others to it."""
    return re.compile(
        rf"\W*(?P<whom>{urging()}) (?:các |những )?(?!quỹ|nguồn|kinh phí|vốn|tài trợ)[^\d%.;:]{{3,50}}? "
        r"(?:bố trí|dành|đạt|có|sử dụng|tham gia|thực hiện|ký|mua|lắp đặt|trích|đóng góp)"
        r" (?:ít nhất |tối thiểu |trên |từ )*\d"
        rf"|\W*(?P<deed>{urging()}) (?:để |bảo đảm |đảm bảo |phấn đấu |cho |được |có |ít nhất |tối thiểu |trên |từ )*\d"
    )


def urged(target: Target, stretch: str) -> Target:
    """A target that only promises to move others to it, with that as its commitment; ``stretch`` is its clause.

    >>> urged(Target("d", "t", "c", "", 0, 1, "", value=90), "Vận động 90% hộ nuôi cá mua bảo hiểm").modality
    'vận động'
    """
    found = _urged().match(fold(stretch)) if target.modality in ("", "bảo đảm", "phấn đấu") else None
    return replace(target, modality=found.group("deed") or found.group("whom")) if found is not None else target


def per_heads(target: Target, heads: str) -> Target:
    """A count of a sentence that says once for all per how many heads it counts.

    >>> per_heads(Target("d", "t", "c", "", 0, 1, "38 giường bệnh", value=38, unit="giường bệnh"), "10.000 dân").unit
    'giường bệnh/10.000 dân'
    """
    if not heads or not counts_whole(target.unit) or re.search(r"(?<!\w)dân", target.unit):
        return target
    return replace(target, unit=f"{target.unit}/{heads}")


_EACH = re.compile(r"(?<!\w)(?:mỗi|từng)(?! năm| quý| tháng| tuần| ngày| lần| lượt)\s+\w")


def each_one(target: Target, other: Target) -> Target:
    """A target that asks one thing of each, as a share where the other side sets a share: each is all.  So is one that
    leaves nothing of a kind, where the other side has all of the kind done away with.

    >>> club = Target("d", "t", "c", "", 0, 1, "Mỗi xã có 01 câu lạc bộ", operator="=", value=1, unit="câu lạc bộ")
    >>> share = Target("d", "t", "c", "", 0, 1, "100% xã có câu lạc bộ", operator="=", value=100, unit="%")
    >>> each_one(club, share).value, each_one(club, club).value
    (100.0, 1)
    """
    if none_left(target, other):
        return replace(target, operator="=", value=100.0, unit="%")
    if target.unit == "lần" and other.unit == "%":
        return _as_growth(target, other)
    whole = target.value_max is None and target.operator in ("=", ">=") and counts_whole(target.unit)
    if not whole or other.unit != "%" or not target.value:
        return target
    if (target.value == 1 and _EACH.search(fold(target.quote))) or _of_such_a_unit(target, other):
        return replace(target, value=100.0, unit="%")
    return target


#: "Gấp 2 lần năm 2025", "gấp đôi năm 2025", "tăng 100% so với năm 2025": what a year had is told by both.
_THAT_YEAR = r"(?:so với )?(?:cùng kỳ |thực hiện |mức |của )?năm (?P<year>20\d\d)"
_MANIFOLD = re.compile(
    r"(?<!\w)gấp (?:[^\W\d]+ ){0,2}(?:\d[\d,]* lần|đôi|rưỡi|(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?: lần)?) "
    rf"{_THAT_YEAR}"
)
_GROWN = re.compile(rf"(?<!\w)(?:tăng|bằng|tương đương) [^.;%]{{0,30}}%[^.;%]{{0,10}} {_THAT_YEAR}")


def _as_growth(target: Target, other: Target) -> Target:
    """A manifold of a year as the growth over it, where the other side tells the growth over that year.

    >>> twice = Target("d", "t", "c", "", 0, 1, "gấp 2 lần năm 2025", operator="=", value=2.0, unit="lần")
    >>> more = Target("d", "t", "c", "", 0, 1, "tăng 100% so với năm 2025", operator="=", value=100.0, unit="%")
    >>> each_one(twice, more).value, each_one(twice, more).unit, each_one(more, twice).value
    (100.0, '%', 100.0)
    """
    own, theirs = _MANIFOLD.search(fold(target.quote)), _GROWN.search(fold(other.quote))
    if other.direction != "increase" and theirs is not None and not theirs.group().startswith("tăng"):
        return target
    if own is None or theirs is None or own["year"] != theirs["year"] or target.value is None or target.value < 1:
        return target
    most = None if target.value_max is None else round(100 * (target.value_max - 1), 2)
    return replace(target, value=round(100 * (target.value - 1), 2), value_max=most, unit="%", direction="increase")


#: Units of administration by their level, as a share counts them and as one is called.
_UNITS = (members("commune"), members("district"), ("tỉnh",))


#: "Phường có 01 tủ sách": who has it, at the head of its clause.
_HAVING = re.compile(
    rf"(?:\A|,\s)\W*(?:toàn )?(?P<unit>{COMMUNE}|{DISTRICT}|{PROVINCE}) (?:có|bố trí|duy trì|thành lập|mở|lập|xây dựng"
    r"|hình thành|trang bị|phấn đấu có) "
)


def _of_such_a_unit(target: Target, other: Target) -> bool:
    """Whether the things belong to a unit of those of which the other side asks all to have one: ``nhà văn hóa
    phường``, ``phường có 02 nhân viên thú y``.

    >>> hall = Target("d", "t", "c", "", 0, 1, "", subject="nhà văn hóa phường", value=1, unit="nhà")
    >>> every = Target("d", "t", "c", "", 0, 1, "", subject="xã, phường", value=100, unit="%")
    >>> _of_such_a_unit(hall, every), _of_such_a_unit(replace(hall, subject="nhà văn hóa thôn"), every)
    (True, False)
    """
    having = _HAVING.search(fold(target.quote))
    whose = {fold(target.subject).split(" ")[-1], having.group("unit") if having is not None else ""}
    if other.value != 100 or other.value_max is not None:
        return False
    counted_units = {word.strip() for word in re.split(r",|(?<!\w)(?:và|hoặc)(?!\w)", fold(other.subject))}
    return any(whose & set(units) and counted_units <= set(units) for units in _UNITS)


def _part(target: Target, before: str) -> Target:
    """A share of what the sentence named before, with the part as its population."""
    quote = fold(target.quote)
    found = _TAKES.match(quote) or _IS.match(quote) or _GIVEN.match(quote)
    among = " ".join(_LINKS.sub(" ", before).split())
    if found is None or len(among.split()) < 2:
        return target
    part = _NOUNS.sub("", found.group("part").strip())
    return replace(target, subject=part, indicator="", scope=(PART_OF + among,))


def of_own_unit(target: Target, level: str) -> Target:
    """A target so much of each unit of a level, as one such unit reads it: ``50 triệu đồng/xã/năm`` are 50 of its own.

    >>> fund = Target("d", "t", "c", "", 0, 1, "", value=50, unit="triệu đồng/xã/năm")
    >>> of_own_unit(fund, "xã").unit, of_own_unit(fund, "huyện").unit
    ('triệu đồng/năm', 'triệu đồng/xã/năm')
    """
    if "/" not in target.unit:
        return target
    what, *parts = target.unit.split("/")
    left = [part for part in parts if not _called(fold(part).strip(), level)]
    return target if len(left) == len(parts) else replace(target, unit="/".join((what, *left)))


def _called(unit: str, level: str) -> bool:
    """Whether a unit of administration, or a list of them, is of a level."""
    words = {word.strip() for word in unit.split(",")}
    return any(level in units and words <= set(units) for units in _UNITS)


__all__ = ["PART_OF", "as_meant", "each_one", "of_own_unit", "per_heads", "urged"]
