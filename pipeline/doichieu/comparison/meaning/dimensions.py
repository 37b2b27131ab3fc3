"""What a target measures in, and which units are one.

Values of different dimensions are never compared: shares, growth rates, points and ranks each stand alone; a count is
of a thing, with its multiplier (``triệu đồng``) and what it is measured per (``bác sĩ/vạn dân``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.lexicon import load
from doichieu.lexicon.families import COMMUNE, DISTRICT, EVERY, SETTLEMENT
from doichieu.lexicon.short_names import counted_short
from doichieu.model import Target
from doichieu.text import fold

_MULTIPLIERS = {"trăm": 1e2, "nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
_SAME_UNIT = {
    "m²": "m2",
    "m2 sàn": "m2",
    "m² sàn": "m2",
    "m³": "m3",
    "héc-ta": "ha",
    "hecta": "ha",
    "héc ta": "ha",
    "ki-lô-mét": "km",
    "đô la": "usd",
    "đô la mỹ": "usd",
}
#: Units of one kind: each is so many of the one it is read as.
_KINDRED = {
    "‰": ("%", 0.1),
    "phần nghìn": ("%", 0.1),
    "kw": ("mw", 1e-3),
    "gw": ("mw", 1e3),
    "kwp": ("mwp", 1e-3),
    "gwp": ("mwp", 1e3),
    "kwh": ("mwh", 1e-3),
    "gwh": ("mwh", 1e3),
    "phút": ("giờ", 1 / 60),
    "kg": ("tấn", 1e-3),
    "tạ": ("tấn", 0.1),
    "yến": ("tấn", 1e-2),
    "m": ("km", 1e-3),
    "mét": ("km", 1e-3),
    "km2": ("ha", 100.0),
    "km²": ("ha", 100.0),
    "m2": ("ha", 1e-4),
}
_POINTS = ("điểm", "điểm phần trăm", "điểm %")
#: "Số bác sĩ/vạn dân đạt 9 bác sĩ", "giá trị sản xuất trên 01 ha đạt 120 triệu đồng": the wording says what the unit
#: does not.
_PER_WORDS = re.compile(
    r"(?:/\s*|(?<!\w)(?:trên|mỗi|bình quân(?: trên)?)\s+(?:một\s+|0?1\s+)?)"
    r"(vạn dân|một vạn dân|10{1,2}\.000 dân|1\.000 dân|ha)(?!\w)"
    r"|/\s*((?:1[\d.]* )?(?:dân|hộ|lao động|học sinh))(?: gia đình| dân)?(?!\w)"
)

#: "2 trẻ/1.000 trẻ sinh ra": so many of the same are a share.
_OF_ITS_OWN = re.compile(r"(?P<what>\w+(?: \w+)?)/(?P<n>1\.000|1000|100) (?P=what)(?!\w)")
_HECTARE = re.compile(r"(?<!\w)(?:héc[ -]?ta|hecta)(?!\w)")


def _written_out(unit: str) -> str:
    """A unit that the text writes short, as the thing it counts.

    >>> _written_out("htx"), _written_out("dnnvv"), _written_out("ha")
    ('hợp tác xã', 'doanh nghiệp', 'ha')
    """
    head, slash, over = unit.partition("/")
    return counted_short().get(head, head) + slash + over


def dimension_of(target: Target) -> str:
    """The dimension a target measures in: values of different dimensions are never compared.

    >>> dimension_of(Target("d", "t", "c", "", 0, 1, "", operator="=", value=3, unit="người"))
    'người'
    """
    if target.operator == "majority":
        return "%"
    if target.value is None:
        return ""
    unit = _written_out(target.unit.strip().lower())
    unit = f"{unit} em" if unit.endswith("0 trẻ") else unit
    if target.rule.endswith(":rank") or (
        target.operator in ("<=", "<", "=")
        and (target.operator != "=" or not unit)
        and re.search(r"thứ hạng|xếp hạng|(?:nhóm|tốp|top) \d+", fold(target.indicator + " " + target.quote))
    ):
        return "hạng"
    same = _OF_ITS_OWN.match(unit)
    if same is not None:
        return "‰" if same.group("n").startswith("1.0") or same.group("n") == "1000" else "%"
    if unit.startswith("%") and not unit.startswith("%/"):
        return "%"
    unit = {
        "cán bộ": "người",
        "đồng chí": "người",
        "căn nhà": "nhà",
        "ngôi nhà": "nhà",
        "ngôi": "nhà",
        "cuốn": "bản",
        "quyển": "bản",
        "bàn": "quầy",  # "bàn hướng dẫn", "quầy hỗ trợ"
    }.get(unit, unit)
    if unit == "căn" and re.match(r"(?:căn )?nhà(?! ở xã hội)", fold(target.subject)):
        unit = "nhà"
    per = (
        _PER_WORDS.search(_HECTARE.sub("ha", fold(f"{target.indicator} {target.quote}")))
        if unit and "/" not in unit and "%" not in unit
        else None
    )
    if per is not None:
        return f"{unit}/{per.group(1) or per.group(2)}"
    return f"{unit}{_slashed(target, unit)}"


#: "120 đơn/01 triệu dân", "5 camera/km": over what, behind the unit; a time is told by the recurrence.
_OVER = (
    r"(?<!\w){unit}\s*/\s*(?:0?1\s+)?(?P<over>(?:\d[\d.]*\s+|(?:triệu|nghìn|vạn)\s+)?"
    r"(?!năm|quý|tháng|tuần|ngày|giờ|lần|lượt|người|khách|\d)(?:[^\W\d_]+[²³]?|k?m2))"
)


#: "Thu 15.000 đồng trên mỗi lượt khách".
_ON_EACH = re.compile(r"(?<!\w)trên mỗi (?!năm|quý|tháng|tuần|ngày|giờ|người)(?P<over>[^\W\d_]+(?: [^\W\d_]+)?)\s*\Z")


def _slashed(target: Target, unit: str) -> str:
    """Over what a count is told, where the text says so behind its unit and the unit that was read does not.

    >>> _slashed(Target("d", "t", "c", "", 0, 1, "đạt 120 đơn/01 triệu dân", value=120, unit="đơn"), "đơn")
    '/triệu dân'
    """
    quote = fold(target.quote)
    if not unit or "%" in unit or "/" in unit:
        return ""
    each = _ON_EACH.search(quote) if unit.endswith("đồng") else None
    if each is not None:
        return f"/{each.group('over')}"
    if "/" not in quote:
        return ""
    found = re.search(_OVER.format(unit=re.escape(unit)), quote)
    return f"/{found.group('over')}" if found is not None else ""


def measure_of(dimension: str) -> tuple[str, float]:
    """A unit without its multiplier and without what it is measured per, and the multiplier.

    >>> measure_of("triệu đồng/người"), measure_of("nghìn tỷ đồng")
    (('đồng', 1000000.0), ('đồng', 1000000000000.0))
    """
    words = dimension.split("/")[0].split()
    factor = 1.0
    if re.fullmatch(r"/\s*(?:1\.000|1000)\s+trẻ[\w\s]*", dimension):
        return "%", 0.1
    while len(words) > 1 and words[0] in _MULTIPLIERS:
        factor *= _MULTIPLIERS[words.pop(0)]
    rest = " ".join(words)
    rest = _SAME_UNIT.get(rest, rest)
    unit, kindred = _KINDRED.get(rest, (rest, 1.0))
    return unit, factor * kindred


@lru_cache(maxsize=1)
def _measured_in() -> frozenset[str]:
    units = load("units")
    return frozenset(word for name in ("measures", "durations", "ages", "money", "pure") for word in units[name])


def counts_whole(dimension: str) -> bool:
    """Whether a dimension counts things one by one.

    >>> counts_whole("hộ"), counts_whole("ha"), counts_whole("tỷ đồng"), counts_whole("%")
    (True, False, False, False)
    """
    plain = dimension not in ("", "%", "‰", "hạng", *_POINTS) and "/" not in dimension
    unit, factor = measure_of(dimension)
    return plain and factor == 1.0 and not {dimension, unit} & (_measured_in() | frozenset(_KINDRED))


_ROUND = r"1|10|100|1\.000|10\.000|100\.000|1\.000\.000|1000|10000|100000|1000000|(?:1 )?(?:vạn|nghìn|triệu)"
#: Over how many a rate is counted: heads (however many), or so many of anything else ("/1.000 doanh nghiệp").
_HEADS = re.compile(
    rf"(?:(?P<n>{_ROUND}) ?)?(?P<who>dân|người dân)|(?P<m>{_ROUND}) (?!trẻ)(?P<what>[^\d/]{{2,30}})"
    rf"|(?P<so_many>{_ROUND}) ?(?P<area>k?m[2²])"
)


def factor_of(dimension: str) -> float:
    """What one of a dimension is of the unit it is compared in: ``bác sĩ/10.000 dân`` is 0,0001 to a head.

    >>> factor_of("bác sĩ/10.000 dân"), factor_of("gw"), factor_of("‰")
    (0.0001, 1000.0, 0.1)
    """
    factor = measure_of(dimension)[1]
    for part in dimension.split("/")[1:]:
        factor *= _TIMES_A_YEAR.get(part.strip(), 1.0)
        heads = _HEADS.fullmatch(part.strip())
        if heads is not None:
            printed = (
                (heads.group("n") or heads.group("m") or heads.group("so_many") or "1")
                .replace(".", "")
                .removeprefix("1 ")
            )
            factor /= _MULTIPLIERS[printed] if printed in _MULTIPLIERS else float(printed)
    return factor


def same_dimension(one: str, other: str) -> bool:
    """Whether two counted things are one, one of them named more fully: ``tổ chức`` and ``tổ chức, doanh nghiệp``.

    Multiples are the same (``triệu đồng``, ``tỷ đồng``), and so is a measure that one side says without ``/người``.
    Shares, growth rates, points, ranks and bare indices are never the same as anything else.
    """
    if one == other:
        return True
    if {one, other} <= {"%", "‰", "%/năm", "‰/năm"} or "/1.000 trẻ" in f"{one} {other}":
        return measure_of(one)[0] == measure_of(other)[0] and _per(one) == _per(other)
    if not one or not other or "%" in one or "%" in other or {"hạng", *_POINTS} & {one, other}:
        return False
    a, b = measure_of(one)[0], measure_of(other)[0]
    if "người" in (a, b) and counts_people(a) and counts_people(b):
        b = a
    return (a == b or a in b or b in a) and _per_beside(one, other) == _per_beside(other, one)


#: Parts of a year over which an amount is told.
_TIMES_A_YEAR = {"tháng": 12.0, "quý": 4.0}


def _per_beside(one: str, other: str) -> list[str]:
    """What a unit is measured per, without its part of a year where the other names one too: ``/tháng``, ``/năm``.

    >>> _per_beside("triệu đồng/người/tháng", "triệu đồng/người/năm"), _per_beside("cuộc/tháng", "cuộc")
    ([], ['tháng'])
    """
    timed = {*_TIMES_A_YEAR, "năm"}
    both = all(timed & {part.strip() for part in dimension.split("/")[1:]} for dimension in (one, other))
    return [part for part in _per(one) if not (both and part in timed)]


@lru_cache(maxsize=256)
def counts_people(unit: str) -> bool:
    """Whether a unit counts persons, by the list of them or by how such words begin and end.

    >>> counts_people("cứu hộ viên"), counts_people("thợ lặn"), counts_people("công viên"), counts_people("mô hình")
    (True, True, False, False)
    """
    words = load("populations")
    if unit in words["people"]:
        return True
    if unit in words["not_people"]:
        return False
    return unit.split(" ")[-1] in words["person_ends"] or unit.startswith(tuple(f"{w} " for w in words["person_heads"]))


def other_denominator(one: str, other: str) -> bool:
    """Whether two dimensions measure one thing per something else: ``đồng/người`` and ``đồng/hộ``.

    >>> other_denominator("triệu đồng/người/năm", "triệu đồng/hộ/năm"), other_denominator("tấn/ha", "tấn")
    (True, False)
    """
    both = "/" in one and "/" in other and "%" not in f"{one}{other}"
    return both and measure_of(one)[0] == measure_of(other)[0] and _per(one) != _per(other)


def _per(dimension: str) -> list[str]:
    """What a unit is measured per; ``/người`` and ``/năm`` may go unsaid, heads are heads however many."""
    return [
        _spread_over(part.strip())
        for part in dimension.split("/")[1:]
        if part.strip() not in ("người", "năm") and not part.strip().startswith(("1.000 trẻ", "1000 trẻ"))
    ]


def _spread_over(part: str) -> str:
    """Who a rate is counted over, however many of them: ``10.000 dân`` are heads, ``1.000 hộ dân`` households."""
    found = _HEADS.fullmatch(part)
    if found is None:
        return part
    over = found.group("what") or found.group("area")
    return _SAME_HEADS.get(over, over) if over else "dân"


_SAME_HEADS = {
    "hộ dân": "hộ",
    "hộ gia đình": "hộ",
    "người lao động": "lao động",
    "người": "dân",
    "km²": "km2",
    "m²": "m2",
}


def is_count(target: Target) -> bool:
    """Whether the measure is a sum over a whole area, so that a part of the area answers for a part of it.

    Shares, averages, ranks, points and what is asked of each unit (``mỗi xã 01 mô hình``) are not.
    """
    unit = dimension_of(target).removesuffix("/năm")
    if not unit or unit in ("hạng", "tuổi", "năm", "lần", "buổi", "bậc", "sao", *_POINTS) or re.search(r"[%‰/]", unit):
        return False
    return not re.search(
        rf"(?<!\w)(?:mỗi(?! năm)|từng(?! năm)|(?:bình quân|trung bình)(?! {EVERY} năm)|trên 1)(?!\w)"
        rf"|/(?:người|khách|hộ|lượt|ngày|tháng|{COMMUNE}|{DISTRICT}|{SETTLEMENT})",
        fold(target.quote + " " + target.indicator),
    )
