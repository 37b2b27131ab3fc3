"""One figure and its neighbours: comparator, range, unit, period, denominator, what it is a part of.

:func:`read_figure` runs a token through a table of small steps.  Each step looks at one neighbour and writes what it
found into the draft; none knows of the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from msgspec import Struct

from doichieu.extraction.targets.comparing import comparator_before, comparator_behind, range_start, up_behind_noun
from doichieu.extraction.targets.counted import counted
from doichieu.extraction.targets.directions import direction_of, falls_to
from doichieu.extraction.targets.own_measures import measures_itself
from doichieu.extraction.targets.time_limits import cuts, limits, within
from doichieu.lexicon.comparators import comparing, operators
from doichieu.lexicon.families import EVERY
from doichieu.lexicon.named_words import words_of
from doichieu.model import Direction, Operator
from doichieu.numerals import number
from doichieu.text.sieve import Sieve


class Quantity(NamedTuple):
    """One figure read with its neighbours.

    ``start``/``end`` take in comparator and unit; ``figure_start`` is where the number itself begins.
    ``kind``: percent, count, rate, rank, multiple, majority, money, index (a bare number), or one of the look-alikes
    age, duration, measure, part (of the text or the administration), ratio (``06/15``).
    """

    start: int
    end: int
    figure_start: int
    figure_end: int
    kind: str
    operator: Operator
    value: float | None
    value_max: float | None
    unit: str
    direction: Direction
    recurrence: str
    base: str


#: What stands for the figure of a measure that is a grade alone.
NO_FIGURE = Quantity(0, 0, 0, 0, "grade", "", None, None, "", "", "", "")

#: What a rate is spread over: "trên 10.000 dân", "trên 1.000 doanh nghiệp".
SPREAD_OVER = (
    r"dân số|dân|người dân|hộ dân|người lao động|người|trẻ đẻ sống|trẻ em|trẻ|bé gái|phụ nữ|bà mẹ|thanh niên|học sinh"
    r"|sinh viên|nam|nữ|hộ gia đình|hộ|ca|sản phụ|lao động|doanh nghiệp|hợp tác xã|công nhân|nông dân|hội viên"
    r"|đoàn viên|giáo viên|cán bộ|bệnh nhân|người bệnh|phương tiện cơ giới(?: đường bộ)?"
    r"|phương tiện tham gia giao thông|phương tiện|xe|thuê bao|khách|lượt khách|ca sinh"
)

_ROUND = r"(?P<n>một vạn|1 vạn|vạn|một nghìn|1 nghìn|100\.?000|10\.?000|1\.?000|100|một triệu|1 triệu)"
_DENOMINATOR = re.compile(
    rf"\s*(?:[^\W\d_]+(?:\s+|(?=/))){{0,5}}?(?:/|trên|trong|cho)\s*(?:mỗi\s+)?{_ROUND}\s+"
    rf"(?P<who>{SPREAD_OVER})(?![^\W⁰¹²³⁴⁵⁶⁷⁸⁹])"
)
#: A round number of anything behind a slash: "8 ca/1.000 ngày thở máy", "5 vụ/100.000 lượt phương tiện".
_OVER_ANY = re.compile(
    rf"\s*(?:[^\W\d_]+(?:\s+|(?=/))){{0,3}}?/\s*{_ROUND}"
    r"(?:\s*[kc]?m[23²³]|\s+[^\W\d_]+(?:\s[^\W\d_]+){0,3}?)"
    r"(?=\s*(?:[,;.:()]|\Z)|\s(?:năm|vào|trong|đến|xuống|lên|còn|so|và|tại|ở|là|được|của|mỗi|trở)(?!\w))"
)
#: What befalls or is done to so many of anything, with a preposition: "3 ca trên 1.000 lượt điều trị".
_BEFALLING = re.compile(
    r"(?:ca|vụ|vụ việc|trường hợp|lỗi|sự cố|khiếu nại|đơn|người|tai nạn|lượt|phản ánh|khiếu kiện|bệnh nhân"
    r"|ổ dịch)(?!\w)"
)
_OVER_ROUND = re.compile(
    rf"\s*(?:[^\W\d_]+\s+){{0,5}}?(?:trên|trong|cho)\s+(?:mỗi\s+)?{_ROUND}\s+(?!ha(?!\w)|héc|km|m2|đồng|tấn|lít|cột)"
    r"[^\W\d_]+(?:\s(?!được|có|phải|trong|tại|vào|ở|do|và|năm|là)[^\W\d_]+){0,4}"
)
_A_YEAR = re.compile(r"\s*/\s*(?P<period>năm|tháng|quý)(?!\w)")
_PERIOD = re.compile(rf"\s*(?:/\s*năm|/\s*tháng|/\s*quý|(?:{EVERY}|một) năm|/\s*người(?:\s*/\s*năm)?)")
_EVERY_YEAR = Sieve(
    rf"(?:bình quân|trung bình)?\s*(?:{EVERY}|một) năm|(?:bình quân"
    r"|trung bình)\s+(?:năm|/năm)|mỗi (?:tháng|quý)"
)
_AVERAGE = re.compile(r"(?:bình quân|trung bình)")
_BASE = re.compile(
    r"\s*(?:so với|so)\s+(?P<base>[^;,.()]{2,60})|\s*(?:trong|trên) (?P<of>tổng [^;,.()]{2,50})"
    r"|\s+(?P<gdp>gr?dp(?: (?:tỉnh|cả nước|thành phố))?)(?![^\W¹²³⁴⁵⁶⁷⁸⁹⁰])"
)
_RANK = Sieve(
    r"(?:(?:trong |thuộc )?(?:nhóm|top|tốp)|(?:nằm trong|thuộc|một trong|trong số)(?: số| những)?"
    r"|(?:xếp hạng|thứ hạng|vị trí)(?: thứ)?|xếp thứ|đứng thứ)\s*(?:trong\s*)?(?:từ\s+)?(?:thứ\s+)"
    r"?(?P<cmp>≤|<=|dưới )?\s*\Z"
)
_PLACED = re.compile(r"top|tốp|hạng|vị trí|thứ")  # a rank even without "dẫn đầu" behind it
_RANK_AFTER = re.compile(
    r"\s*(?P<noun>[^\W\d_]+(?:,?\s[^\W\d_]+){0,6}?)?\s*(?:dẫn đầu|đứng đầu|hàng đầu|tốt nhất|cao nhất)"
)
_RANKED_IN = re.compile(
    r"\s*(?:trong |của )?(?:cả nước|toàn quốc|toàn tỉnh|toàn vùng|khu vực)(?!\w)"
)  # "nhóm 15 cả nước"
#: "PAR INDEX thuộc nhóm 20, SIPAS thuộc nhóm 15 tỉnh dẫn đầu": a further rank says of whom.
_NEXT_RANK = re.compile(
    r"(?:,|;|\svà)\s[^;.%\d]{3,80}?(?:nhóm|top|tốp)\s+\d+\s[^;.\d]{2,40}(?:dẫn đầu|đứng đầu|hàng đầu)"
)
#: Those that have the best of something: "nhóm 20 tỉnh, thành phố có chỉ số hài lòng tốt nhất".
_RANK_HAVING = re.compile(
    r"\s*(?P<noun>(?:"
    rf"{words_of('ranked_among')}"
    r")(?:, (?:tỉnh|thành phố|phường|thị trấn))*)\s+có\s[^;.]{3,100}?(?<!\w)(?:dẫn đầu|đứng đầu|hàng đầu"
    r"|tốt nhất|cao nhất)(?!\w)"
)
_LAST_PLACE = 200  # there are fewer countries
_WHOM = re.compile(r"nước|quốc gia|tỉnh|thành phố|địa phương|nền kinh tế")
#: A place among others, in a list of places: "… nhóm 70 nước dẫn đầu về A, 50 nước dẫn đầu về B".
_LEADERS = re.compile(rf"\s*(?P<whom>{_WHOM.pattern})(?:, thành phố)?\s+(?:dẫn đầu|đứng đầu|hàng đầu)(?!\w)")
#: What a counted thing is spread over: "58 triệu đồng/người/năm", "300 tấn/ngày".
_SPREAD = re.compile(
    r"\s*/\s*(?:1\s+|một\s+)?(?P<per>lượt(?: (?:giao dịch|khám|xe|khách|hồ sơ))?|chuyến|hồ sơ|ngày đêm|ngày|giờ"
    r"|tuần|phụ nữ|người|lao động|hộ|giây|ha|héc-ta"
    r"|k?m[2²]|m[3³]|"
    rf"{words_of('spread_over')}"
    r")(?:\s*/\s*(?P<period>năm|tháng|quý|ngày đêm|ngày|vụ))?(?!\w)"
)
# A figure right behind one of these describes a thing ("nhà máy công suất 500 tấn", "điểm trường có quy mô dưới 20 học
# sinh").
_PROPERTY = Sieve(
    r"\w,?\s+(?:có\s+|với\s+)?(?:quy mô|công suất|số lượng|định mức|sức chứa|trọng tải|tải trọng"
    r"|dung tích|thể tích|đường kính|cân nặng|trọng lượng|chiều dài|chiều rộng|bề rộng|bán kính)"
    r"(?:\s+từ\s+\d[\d.,]*\s+[^\W\d]+(?=\s+đến))?"
    rf"(?:\s+(?:từ|đến|{comparing()}))*\s*\Z"
)
#: "thôn cách trung tâm trên 12 km", "ấp xa trung tâm trên 7 km": how far away.
_AWAY = re.compile(rf"(?<!\w)(?:cách|xa)\s[^;,.%\d]{{2,60}}?(?:\s+(?:từ|{comparing()}))*\s*\Z")
# "giá trị sản xuất trên 1 ha đất": the figure only says over what.
_OVER_ONE = re.compile(
    r"(?:"
    rf"{words_of('over_one')}"
    r")[^;,.]{0,40}\s(?:trên|cho|của)\s+\Z"
)
_ON_DAY = re.compile(r"(?<!\w)(?:từ|đến|vào|trước|sau) ngày\s+\Z")
_YEAR_BEFORE = re.compile(r"(?:năm|kỳ|đoạn|-|đến|tháng|khóa|học|và|,|từ|quý|sau)\s*(?:\d{4}\s*-\s*)?\Z")
#: Said of the figure's own neighbour in time or space: by how much it differs.
_DIFFERENCES: dict[str, Direction] = {
    "cao hơn": "increase",
    "nhiều hơn": "increase",
    "hơn": "increase",
    "vượt": "increase",
    "lớn hơn": "increase",
    "thấp hơn": "decrease",
    "ít hơn": "decrease",
    "nhỏ hơn": "decrease",
}
_WHOLE = 100  # "sản xuất từ 100% nguyên liệu tái chế": of what, nothing lies above
_THAN = re.compile(r"\s*(?:\(?điểm phần trăm\)?|điểm %)?\s*so (?:với|cùng)(?!\w)")
_SEX = r"(?:(?:trẻ sơ sinh|trẻ em|trẻ|bé)\s+)?(?:trai|gái|nam|nữ)"
_PER_HUNDRED = re.compile(rf"\s*(?P<who>{_SEX})\s*(?:/|trên)\s*(?P<n>100|1\.000)\s*(?P<other>{_SEX})(?!\w)")


class _Draft(Struct):
    """A figure while it is read; ``window`` is its clause up to it, ``before`` a longer stretch."""

    text: str
    value: float
    value_max: float | None
    percent: bool
    sign: str
    figure_start: int
    figure_end: int
    begin: int
    end: int
    before: str
    window: str
    kind: str = "percent"
    unit: str = "%"
    operator: Operator = ""
    direction: Direction = ""
    recurrence: str = ""
    base: str = ""
    period: re.Match[str] | None = None


def _draft(text: str, match: re.Match[str]) -> _Draft | None:
    value = number(match.group("a"))
    start = match.start("a")
    year = value is not None and 1900 <= value <= 2100 and match.group("a").isdigit()
    if value is None or (year and _YEAR_BEFORE.search(text[max(0, start - 24) : start])):
        return None
    if text.startswith(" của ", match.end()) and _ON_DAY.search(text, max(0, start - 12), start):
        return None  # "từ ngày 10 của tháng đầu quý"
    sign = (match.group("unit") or "").strip()
    value_max = number(match.group("b")) if match.group("b") else None
    if not sign and match.group("pa"):
        value_max = None
    before = text[max(0, start - 140) : start]
    window = before.rsplit(";", 1)[-1].rsplit(". ", 1)[-1]
    percent = bool(sign) or bool(match.group("pa"))
    return _Draft(text, value, value_max, percent, sign, start, match.end(), start, match.end(), before, window)


_STARS = re.compile(r"\s*sao(?!\w)")


def _rank(d: _Draft) -> Quantity | None:
    """``thuộc nhóm 3 nước dẫn đầu``, ``xếp hạng từ 25 trở lên``: a place in an order."""
    if d.value > _LAST_PLACE or _STARS.match(d.text, d.figure_end):
        return None  # "khách sạn xếp hạng từ 3 sao"
    rank = _RANK.search(d.before)
    if rank is None:
        leads = _LEADERS.match(d.text, d.figure_end)
        if leads is None:
            return None
        whom = leads.group("whom")
        return Quantity(
            d.figure_start, leads.end(), d.figure_start, d.figure_end, "rank", "<=", d.value, None, whom, "", "", ""
        )
    noun = _RANK_AFTER.match(d.text, d.figure_end) or _RANK_HAVING.match(d.text, d.figure_end)
    listed = noun is None and _NEXT_RANK.match(d.text, d.figure_end) is not None
    if noun is None and not listed and not _PLACED.search(rank.group()) and not _RANKED_IN.match(d.text, d.figure_end):
        return None
    unit = (noun.group("noun") or "") if noun else ""
    better, _ = comparator_behind(d.text, d.figure_end)  # "xếp thứ hạng từ 25 trở lên": the better ranks
    stop = better if noun is None else d.figure_end
    begin = d.figure_start - len(rank.group())
    end = noun.end() if noun else stop
    known = _WHOM.match(unit)
    word = known.group() if known else unit.split()[0].strip(",") if unit else ""
    return Quantity(begin, end, d.figure_start, stop, "rank", "<=", d.value, None, word, "", "", "")


# ---------------------------------------------------------------- steps


#: "đảng viên tuổi đời dưới 30 chiếm khoảng 65%": an age without its word.
_YOUNGER = re.compile(r"(?<!\w)(?:tuổi đời|độ tuổi)\s+(?:từ|dưới|trên|không quá)\s+\Z")


def _what_it_counts(d: _Draft) -> None:
    """``20 mô hình``, ``15%``, ``12‰``: unit and kind."""
    if d.percent:
        d.unit = "điểm phần trăm" if "điểm" in d.sign else "‰" if d.sign in ("‰", "phần nghìn") else "%"
        return
    d.kind, d.unit, d.end = counted(d.text, d.figure_end, d.value)
    if d.kind in ("count", "index") and _YOUNGER.search(d.window):
        d.kind, d.unit, d.end = "age", "tuổi", d.figure_end
    if d.kind == "count" and d.unit in ("km", "m") and _AWAY.search(d.window):
        d.kind = "measure"
    if d.kind == "count" and (_PROPERTY.search(d.before) or (d.value == 1 and _OVER_ONE.search(d.before))):
        d.kind = "measure"


_RHYTHM = frozenset(
    {"lần", "buổi", "chuyên mục", "tin", "bài", "tin, bài", "tin bài", "tiết", "kỳ", "số", "chuyên đề", "phiên"}
)


#: Who goes round so often a day counts his rounds; more of them are a capacity.
_GOES_ROUND = re.compile(r"(?<!\w)(?:tuần tra|kiểm tra|tuần canh|canh gác|kiểm soát|vệ sinh|quét dọn|phát thanh)(?!\w)")
_SO_OFTEN = 12
#: How long each of them takes is a stretch of time: "chờ không quá 15 phút/lượt".
_OCCASIONS = ("lượt", "chuyến", "hồ sơ")


def _spread_over(d: _Draft) -> None:
    """``58 triệu đồng/người/năm``, ``300 tấn/ngày``: over whom and how long."""
    together = d.kind == "measure" and "tổng công suất" in d.window[-40:]
    spread = _SPREAD.match(d.text, d.end) if together or d.kind in ("count", "money", "duration") else None
    if spread is None:
        return
    if d.kind == "duration" and not spread["per"].startswith(_OCCASIONS):
        d.kind = "rate"  # "phát sóng 120 phút/ngày"
    each = d.kind == "duration" and spread["per"].startswith(_OCCASIONS)
    d.unit, d.end = d.unit if each else d.unit + "/" + "/".join(filter(None, spread.groups())), spread.end()
    if d.unit.endswith("/tuần") and d.unit.removesuffix("/tuần") in _RHYTHM:
        return  # "ít nhất 03 lượt/tuần": how often, no capacity
    if d.unit == "lượt/ngày" and d.value <= _SO_OFTEN and _GOES_ROUND.search(d.window):
        return  # "tuần tra ít nhất 02 lượt/ngày"
    if d.kind == "count" and {"ngày đêm", "ngày", "giờ", "giây", "tuần"} & set(spread.groups()):
        d.kind = "measure"


#: A period behind the whole name of what is counted: "02 đợt kiểm tra liên ngành/năm".
_NAMED_A_YEAR = re.compile(r"(?:\s[^\W\d_]+(?:,(?=\s))?){1,8}\s*/\s*(?P<period>năm học|năm|tháng|quý)(?!\w)")


_EVENTS = frozenset({"đợt", "lớp", "khóa", "buổi", "cuộc", "hội nghị", "phiên", "chuyến", "lần"})


def _every_period(d: _Draft) -> None:
    """``02 đợt kiểm tra liên ngành/năm``: so many a year."""
    named = _NAMED_A_YEAR.match(d.text, d.end) if d.unit in _EVENTS else None
    if named is not None:
        d.unit += f"/{named.group('period')}"


def _compared(d: _Draft) -> None:
    """``ít nhất 20``, ``12%/năm trở lên``: the comparator before or behind."""
    d.begin, d.operator = comparator_before(d.text, d.figure_start)
    d.period = _PERIOD.match(d.text, d.figure_end) if d.kind == "percent" else None
    yearly = d.period
    stop, operator = comparator_behind(d.text, yearly.end() if yearly is not None else d.end)
    if operator:
        d.operator, d.end = operator, stop
        d.begin = range_start(d.text, min(d.begin, d.figure_start))
    if d.operator == ">" and _said_where(d):
        d.operator = "="


def _said_where(d: _Draft) -> bool:
    """``điều tra trên 12.000 ha rừng``, ``lắp đặt biển báo trên 100% đoạn đèo``: ``trên`` says upon what."""
    if d.unit == "%":
        return d.value == _WHOLE and bool(_UPON_ALL.search(d.window) and _ALL_OF.match(d.text, d.end))
    return d.unit in _AREAS and _DONE_UPON.search(d.window) is not None


#: More than all of them there cannot be; a plan may be exceeded: "thu ngân sách trên 100% dự toán".
_UPON_ALL = re.compile(
    r"(?<!đạt)(?<!là)(?<!bằng)(?<!tăng)(?<!giảm)(?<!vượt)(?<!lên)(?<!thu)(?<!chiếm)(?<!có)(?<!hoàn thành)"
    r"(?<!thực hiện)(?<!giải ngân)(?<!mức)(?<!lệ)(?<=[^\W\d_])\strên\s+\Z"
)
_ALL_OF = re.compile(
    r"\s+(?!(?:dự toán|kế hoạch|chỉ tiêu|mục tiêu|nhiệm vụ|mức|so|công suất|nhu cầu|vốn|số thu|giá trị|và|trở|vào|năm)"
    r"(?!\w))[^\W\d_]"
)
_AREAS = frozenset({"ha", "km2", "m2"})
#: Upon how much land something is looked into: "điều tra trữ lượng các-bon trên 12.000 ha rừng".
_DONE_UPON = re.compile(
    r"(?<!\w)(?:điều tra|đo đếm|khảo sát|quan trắc|kiểm kê|đánh giá)"
    r"(?:,? [^\W\d_][^\W_]*(?:-[^\W\d_]+)?){2,8}\strên\s+\Z"
)


def _compared_behind(d: _Draft) -> None:
    """``40% dân số trở lên``: the comparator behind the noun."""
    up = up_behind_noun(d.text, d.end) if not d.operator and d.value_max is None else None
    if up is not None and d.kind in ("percent", "count"):
        d.operator = operators("after")[up.group("up")]
        d.begin = range_start(d.text, d.begin)


#: A limit set apart from its figure: "không để số vụ cháy | vượt quá 10 vụ".
_NEVER_BEYOND = Sieve(
    r"(?<!\w)không (?:(?:để|cho)\s[^;.,:]{2,60}\s(?:vượt quá|vượt|quá|lên quá)"
    r"|(?:có |để )?[^;.,:%\d]{2,30}\snào\s(?:có|còn|vượt|đạt)(?:\s(?:quá|trên|hơn))?"
    r"|có\s[^;.,:]{2,60}\s(?:chiếm |đạt |vượt |có )?(?:vượt quá|quá|vượt|trên))\s+\Z"
)


def _never_beyond(d: _Draft) -> None:
    """``không để số vụ cháy vượt quá 10 vụ``: a ceiling whose two halves stand apart."""
    if d.operator in ("", ">", ">=") and d.value_max is None and _NEVER_BEYOND.search(d.text, 0, d.figure_start):
        d.operator = "<="


def _by_period(d: _Draft) -> None:
    """``10%/năm`` keeps its period in the unit, ``10% mỗi năm`` recurs."""
    if d.period is None:
        return
    if "/" in d.period.group():
        d.unit += d.period.group().strip().replace(" ", "")
        d.end = max(d.end, d.period.end())
    else:
        d.recurrence = d.period.group().strip()


def _by_population(d: _Draft) -> None:
    """``12 bác sĩ trên một vạn dân``, ``109 bé trai/100 bé gái``: a rate."""
    against = _PER_HUNDRED.match(d.text, d.figure_end) if d.kind == "count" else None
    if against is not None:
        d.kind, d.end = "rate", against.end()
        d.unit = f"{against.group('who')}/{against.group('n')} {against.group('other')}"
        return
    denominator = None
    if d.kind in ("count", "index"):
        denominator = _DENOMINATOR.match(d.text, d.figure_end) or _OVER_ANY.match(d.text, d.figure_end)
        if denominator is None and ".000 " in d.text[d.figure_end : d.figure_end + 70] and _BEFALLING.match(d.unit):
            denominator = _OVER_ROUND.match(d.text, d.figure_end)
    if denominator is not None:
        per = d.text[d.figure_end : denominator.end()].strip()
        per = re.sub(r"\s*(?:trên|trong|cho|/)\s*(?:một |1 )?vạn\s+", "/vạn ", per)
        d.kind, d.unit, d.end = "rate", re.sub(r"\s*(?:trên|trong)\s+(?=\d)", "/", per), denominator.end()
        if (period := _A_YEAR.match(d.text, d.end)) is not None:
            d.unit, d.end = f"{d.unit}/{period.group('period')}", period.end()  # "dưới 6 ca/100.000 dân/năm"


#: "80% hợp đồng có thời hạn dưới 12 tháng | được rà soát": the time says which of those of whom a share is told.
_HAS_DONE = re.compile(r"\s+(?:đều |phải |được )+[^\W\d_]")


def _measured_itself(d: _Draft) -> None:
    """``tuổi thọ đạt 75 tuổi``, ``tốc độ đạt từ 120 Mbps``: an age, a stretch, a size that is itself the measure."""
    if d.kind == "duration" and "%" in d.window and _HAS_DONE.match(d.text, d.end):
        return
    if measures_itself(d.kind, d.window, limited=d.operator in ("<=", "<") or falls_to(d.before)):
        d.kind = "index"
    elif d.kind == "duration" and limits(d.unit, d.window, d.text[d.end : d.end + 80]):
        d.kind, opened = "index", within(d.window)
        if opened >= 0:
            d.operator, d.begin = d.operator or "<=", d.figure_start - len(d.window) + opened
    elif d.kind == "duration" and cuts(d.unit, d.window, d.text[d.end : d.end + 60]):
        d.kind = "index"


def _by_how_much(d: _Draft) -> None:
    """``cao hơn 5% so với năm 2020``: a difference, no bound."""
    word = d.text[d.begin : d.figure_start].strip()
    difference = _DIFFERENCES.get(word)
    if difference is not None and _THAN.match(d.text, d.end):
        d.operator, d.begin, d.direction = "=", d.figure_start, difference


def _rises_or_falls(d: _Draft) -> None:
    before = d.text[max(0, d.begin - 140) : d.begin].rsplit(";", 1)[-1]
    d.direction = d.direction or direction_of(before) or direction_of(d.window)


def _each_year(d: _Draft) -> None:
    """``bình quân mỗi năm tăng 10%`` is a rate a year."""
    every = _EVERY_YEAR.search(d.window) or _EVERY_YEAR.match(d.text[d.end : d.end + 30].lstrip())
    share = d.kind == "percent" and "/" not in d.unit
    if every is not None:
        d.recurrence = d.recurrence or every.group().strip()
        if share and d.direction == "increase" and every.string is d.window:
            d.unit = "%/năm"
    elif d.direction and _AVERAGE.search(d.window[-40:]) and "năm" in d.window[-60:]:
        d.unit = "%/năm"


def _literal(d: _Draft) -> None:
    """A bare figure is ``=``, ``từ 95%`` is ``>=``, ``20 - 25%`` is ``between``."""
    if not d.operator:
        d.operator = "="
        opened = range_start(d.text, d.figure_start)
        if opened < d.figure_start and d.value_max is None and d.kind in ("percent", "count", "rate", "index", "money"):
            d.operator, d.begin = (">=" if d.unit != "%" or d.value < _WHOLE else "="), opened
    if d.value_max is not None:
        d.operator, d.begin = "between", range_start(d.text, d.begin)


def _of_what(d: _Draft) -> None:
    """``so với năm 2020``, ``trong tổng số hộ``, ``GRDP``: the base."""
    tail = _BASE.match(d.text, d.end)
    if tail is not None:
        d.base = (tail.group("base") or tail.group("of") or tail.group("gdp") or "").strip()


STEPS: tuple[Callable[[_Draft], None], ...] = (
    _what_it_counts,
    _spread_over,
    _every_period,
    _compared,
    _compared_behind,
    _never_beyond,
    _by_how_much,
    _by_period,
    _by_population,
    _measured_itself,
    _rises_or_falls,
    _each_year,
    _literal,
    _of_what,
)


def read_figure(text: str, match: re.Match[str]) -> Quantity | None:
    """A token of the lexer read with its neighbours; None where it is a year."""
    d = _draft(text, match)
    if d is None:
        return None
    rank = _rank(d)
    if rank is not None:
        return rank
    for step in STEPS:
        step(d)
    return Quantity(
        d.begin,
        d.end,
        d.figure_start,
        d.figure_end,
        d.kind,
        d.operator,
        d.value,
        d.value_max,
        d.unit,
        d.direction,
        d.recurrence,
        d.base,
    )
