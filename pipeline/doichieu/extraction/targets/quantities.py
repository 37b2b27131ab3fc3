"""Figures: a lexer for Vietnamese numbers and a small grammar for what stands around them.

Numbers come first as tokens (:func:`_numbers`), then each token is read with its neighbours: comparator before or
after, range, unit, period, denominator.  What a figure is *not* — an age, a duration, part of a date or of a
document's number, a property such as a speed — is decided here too and kept as ``kind``, so that no later stage has
to guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from doichieu.extraction.targets.counted import counted, units
from doichieu.lexicon import load
from doichieu.model import Direction, Operator
from doichieu.numerals import number, words_to_number


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


_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_TOKEN = re.compile(
    rf"(?<![\w/.,-])(?P<a>{_NUMBER})(?:\s*(?P<pa>%))?"
    rf"(?:\s*(?:-|đến|tới|–)\s*(?P<b>{_NUMBER})(?=\s*(?:%|phần trăm|[^\W\d]|$|[;,.)])))?"
    r"(?![\d/]|\.\d)(?P<unit>\s*(?:%|‰|phần trăm|điểm phần trăm|điểm %))?(?![^\W⁰¹²³⁴⁵⁶⁷⁸⁹])"
)
_RATIO = re.compile(rf"(?<![\w/.,-])(?P<a>{_NUMBER})\s*/\s*(?P<b>{_NUMBER})(?![\w/]|\.\d|,\d)")
_DENOMINATOR = re.compile(
    r"\s*(?:[^\W\d_]+(?:\s+|(?=/))){0,5}?(?:/|trên|trong|cho)\s*(?:mỗi\s+)?(?P<n>một vạn|1 vạn|vạn"
    r"|một nghìn|1 nghìn|100\.?000|10\.?000|1\.?000|100|một triệu|1 triệu)\s+"
    r"(?P<who>dân|người dân|người|trẻ đẻ sống|trẻ em|trẻ|bé gái|nam|nữ|hộ|ca|sản phụ)(?!\w)"
)
_PERIOD = re.compile(r"\s*(?:/\s*năm|/\s*tháng|/\s*quý|mỗi năm|một năm|hằng năm|hàng năm|/\s*người(?:\s*/\s*năm)?)")
_EVERY_YEAR = re.compile(
    r"(?:bình quân|trung bình)?\s*(?:mỗi năm|hằng năm|hàng năm|một năm|từng năm)|(?:bình quân"
    r"|trung bình)\s+(?:năm|/năm)|mỗi (?:tháng|quý)"
)
_AVERAGE = re.compile(r"(?:bình quân|trung bình)")
_UP = re.compile(
    r"(?:tăng|nâng|đưa)(?:\s+(?:lên|thêm|trưởng|tỷ lệ|tỉ lệ|trung bình|bình quân|mức|từ|ít nhất"
    r"|tối thiểu|khoảng|trên|mỗi năm|hằng năm|hàng năm|đạt|hơn))*\s*\Z"
)
_UP_FAR = re.compile(r"(?:đưa|nâng|tăng)\s[^;.]{3,120}\slên(?:\s+(?:đến|trên|khoảng|ít nhất|tối thiểu|mức))*\s*\Z")
_DOWN = re.compile(
    r"(?:giảm|hạ|kéo giảm|cắt giảm)(?:\s+(?:xuống|còn|bớt|thêm|tối thiểu|ít nhất|trung bình|bình quân"
    r"|mỗi năm|hằng năm|hàng năm|từ|khoảng|trên|dưới|hơn))*\s*\Z"
)
_DOWN_FAR = re.compile(r"(?:giảm|hạ)\s[^;.]{3,120}\s(?:xuống|còn)(?:\s+(?:dưới|khoảng|tối đa|không quá))*\s*\Z")
_STAY = re.compile(r"còn(?:\s+(?:dưới|khoảng|tối đa|không quá))*\s*\Z")
_BASE = re.compile(
    r"\s*(?:so với|so)\s+(?P<base>[^;,.()]{2,60})|\s*(?:trong|trên) (?P<of>tổng [^;,.()]{2,50})"
    r"|\s+(?P<gdp>gr?dp(?: (?:tỉnh|cả nước|thành phố))?)(?!\w)"
)
_RANK = re.compile(
    r"(?:(?:trong |thuộc )?(?:nhóm|top|tốp)|(?:nằm trong|thuộc|một trong|trong số)(?: số| những)?"
    r"|(?:xếp hạng|thứ hạng|vị trí)(?: thứ)?|xếp thứ|đứng thứ)\s*(?:trong\s*)?(?:từ\s+)?(?:thứ\s+)"
    r"?(?P<cmp>≤|<=|dưới )?\s*\Z"
)
_PLACED = re.compile(r"top|tốp|hạng|vị trí|thứ")  # a rank even without "dẫn đầu" behind it
_RANK_AFTER = re.compile(
    r"\s*(?P<noun>[^\W\d_]+(?:,?\s[^\W\d_]+){0,6}?)?\s*(?:dẫn đầu|đứng đầu|hàng đầu|tốt nhất|cao nhất)"
)
#: What a counted thing is spread over: "58 triệu đồng/người/năm", "300 tấn/ngày".
_SPREAD = re.compile(
    r"\s*/\s*(?:1\s+|một\s+)?(?P<per>ngày đêm|ngày|giờ|tuần|người|lao động|hộ|ha|héc-ta|km2|m2|học sinh"
    r"|lớp|trẻ|xã|thôn|đơn vị|vụ|năm|tháng|quý)"
    r"(?:\s*/\s*(?P<period>năm|tháng|quý|ngày|vụ))?(?!\w)"
)
# A figure right behind one of these describes a thing ("nhà máy công suất 500 tấn", "điểm trường có quy mô dưới 20 học
# sinh").
_PROPERTY = re.compile(
    r"\w,?\s+(?:có\s+|với\s+)?(?:quy mô|công suất|số lượng|định mức|sức chứa|trọng tải|tải trọng"
    r"|dung tích|chiều dài|chiều rộng|bề rộng|bán kính)"
    r"(?:\s+(?:từ|trên|dưới|khoảng|tối thiểu|tối đa|ít nhất|không quá|đến))*\s*\Z"
)
# "giá trị sản xuất trên 1 ha đất": the figure only says over what.
_OVER_ONE = re.compile(
    r"(?:giá trị|thu nhập|doanh thu|lợi nhuận|năng suất|sản lượng|bình quân|tính)[^;,.]{0,40}\s(?:trên|cho|của)\s+\Z"
)
# A stretch of time or an age that is itself what the text measures: "tuổi thọ … 71 tuổi", "thời gian … không quá 01
# ngày".
_SIZE = re.compile(r"(?:chiều cao|cân nặng)(?!\w)[^;.:]*\s(?:đạt|là)(?:\s+(?:từ|trên|tối thiểu|ít nhất))*\s*\Z")
_LIFE = re.compile(
    r"(?:tuổi thọ|số (?:năm|ngày|giờ)|(?:ngày|thời gian) (?:lưu trú|điều trị|nằm viện)|tuổi (?:bình quân"
    r"|trung bình))(?!\w)[^;.:,]*\Z"
)
_TIME_SPENT = re.compile(r"(?<!trong )(?:thời gian|thời hạn)(?!\w)[^;.:,%]*\Z")
#: "Số bác sĩ trên 1 vạn dân: 10,5": over how many, neither a comparison nor a figure of its own.
_OVER = re.compile(
    r"(?<=[^\W\d])\s+(?:trên|cho)\s+(?:1|một|mỗi)?\s*(?:vạn|nghìn|triệu|1\.000|10\.000|100\.000"
    r"|1\.000\.000)\s+(?:dân|người|trẻ|hộ|lao động|phụ nữ)(?=[^:;,.%]{0,30}(?::|đạt))"
)
_MULTIPLE = re.compile(
    r"(?:gấp|tăng)\s+(?:(?P<cmp>ít nhất|tối thiểu|trên|hơn|khoảng)\s+)?(?:(?P<n>[\d,.]+)\s*lần|(?P<w>đôi"
    r"|ba|bốn|năm|rưỡi)(?!\w)(?:\s+lần)?)"
)
_YEAR_BEFORE = re.compile(r"(?:năm|kỳ|đoạn|-|đến|tháng|khóa|học|và|,|từ|quý|sau)\s*(?:\d{4}\s*-\s*)?\Z")
_PER_HUNDRED = re.compile(
    r"\s*(?P<who>(?:bé trai|nam|trẻ em trai|bé gái|nữ))\s*(?:/|trên)\s*(?P<n>100"
    r"|1\.000)\s*(?P<other>(?:bé gái|nữ|trẻ em gái|bé trai|nam))(?!\w)"
)
_WORD_SHARE = re.compile(
    r"(?<!\w)(?:(?P<half>một nửa)|(?P<a>một|hai|ba|bốn) phần (?P<b>hai|ba|tư|bốn|năm)"
    r"|(?P<p>(?:[^\W\d_]+\s){1,4}?)phần trăm)(?!\w)"
)
_MAJORITY = re.compile(r"(?<!\w)(?:đại đa số|đa số|phần lớn)(?!\w)")
_PREFIX_FILLER = (
    r"(?:\s*(?:có|đạt|là|còn|được|phải|thêm|bằng|từ|vào|đến|tới|trong|hết|cuối|năm|\d{4}|mức|ở|tỷ lệ"
    r"|tỉ lệ|khoảng|,|đạt từ|đào tạo|thành lập))*\s*\Z"
)


@lru_cache(maxsize=1)
def _comparators() -> tuple[re.Pattern[str], dict[str, Operator], re.Pattern[str], dict[str, Operator]]:
    data = load("comparators")
    before: dict[str, Operator] = {w: e["operator"] for e in data["before"] for w in e["words"]}
    after: dict[str, Operator] = {w: e["operator"] for e in data["after"] for w in e["words"]}

    def alternatives(words: Iterable[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))

    near = re.compile(rf"(?<!\w)(?P<c>{alternatives(before)}){_PREFIX_FILLER}")
    post = re.compile(rf"\s*(?:\)\s*)?(?P<c>{alternatives(after)})(?!\w)")
    return near, before, post, after


def find_quantities(text: str, skip: Iterable[tuple[int, int]] = ()) -> list[Quantity]:
    """The figures of ``text`` (a passage in lower case), in order; figures inside ``skip`` ranges are left out.

    >>> [(q.operator, q.value, q.unit) for q in find_quantities("từ 15% trở lên; ít nhất 20 mô hình; trên 55%")]
    [('>=', 15.0, '%'), ('>=', 20.0, 'mô hình'), ('>', 55.0, '%')]
    >>> [(q.kind, q.value, q.value_max) for q in find_quantities("đạt 20 - 25% cán bộ dưới 40 tuổi")]
    [('percent', 20.0, 25.0), ('age', 40.0, None)]
    """
    taken = bytearray(len(text))  # 1 where a figure was read or must not be
    out: list[Quantity] = []

    def take(a: int, b: int) -> None:
        a, b = max(0, a), min(b, len(text))
        taken[a:b] = b"\1" * max(0, b - a)

    def free(a: int, b: int) -> bool:
        return taken.find(1, a, b) < 0

    for begin, end in skip:
        take(begin, end)

    for match in _OVER.finditer(text):
        take(*match.span())
    for match in _MULTIPLE.finditer(text):
        q = _multiple(match)
        if q is not None and free(*match.span()):
            out.append(q)
            take(*match.span())
    if "phần" in text or "nửa" in text:
        for match in _WORD_SHARE.finditer(text):
            q = _word_share(text, match)
            if q is not None and free(q.figure_start, q.figure_end):
                out.append(q)
                take(q.figure_start, q.figure_end)
    for match in _MAJORITY.finditer(text):
        if free(*match.span()):
            out.append(
                Quantity(
                    match.start(),
                    match.end(),
                    match.start(),
                    match.end(),
                    "majority",
                    "majority",
                    None,
                    None,
                    "",
                    "",
                    "",
                    "",
                )
            )
    for match in _RATIO.finditer(text):
        if free(*match.span()):
            q = _ratio(text, match)
            out.append(q)
            take(*match.span())
    token = _TOKEN.search(text)
    while token:
        unread = free(token.start("a"), token.end())
        q = _read(text, token) if unread else None
        if q is not None:
            out.append(q)
            take(q.figure_start, q.end)
        token = _TOKEN.search(text, token.end() if unread else token.end("a"))  # "2.4- 100%": the mark ends a range
    out.sort(key=lambda item: item.figure_start)
    return _joined(text, out)


_TO_VALUE = re.compile(r"\s*(?:đến|tới)\s*")


def _joined(text: str, found: list[Quantity]) -> list[Quantity]:
    """Two figures that are the ends of one range: ``từ 5%/năm đến 5,5%/năm``."""
    out: list[Quantity] = []
    for now in found:
        was = out[-1] if out else None
        if (
            was is not None
            and was.value is not None
            and now.value is not None
            and was.value < now.value
            and was.kind == now.kind
            and was.unit == now.unit
            and was.value_max is None
            and now.value_max is None
            and was.kind in ("percent", "count", "rate", "money")
            and now.operator == "="
            and text[max(0, was.figure_start - 4) : was.figure_start].strip() == "từ"
            and _TO_VALUE.fullmatch(text, was.end, now.figure_start)
        ):
            out[-1] = was._replace(operator="between", value_max=now.value, end=now.end, figure_end=now.figure_end)
            continue
        out.append(now)
    return out


def _context(text: str, start: int) -> tuple[int, Operator]:
    """The comparator before a figure: where it begins, and which it is."""
    near, operators, _, _ = _comparators()
    window = text[max(0, start - 60) : start]
    cut = max(window.rfind(";"), window.rfind("%"), window.rfind(". "), window.rfind("("))
    window = window[cut + 1 :]
    best: re.Match[str] | None = None
    for match in near.finditer(window):
        best = match
        break
    if best is None:
        return start, ""
    return start - len(window) + best.start("c"), operators[best.group("c")]


def _direction(before: str) -> Direction:
    if _DOWN.search(before) or _STAY.search(before) or _DOWN_FAR.search(before):
        return "decrease"
    if _UP.search(before) or _UP_FAR.search(before):
        return "increase"
    return ""


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    value = number(match.group("a"))
    if value is None:
        return None
    if (
        1900 <= value <= 2100
        and match.group("a").isdigit()
        and _YEAR_BEFORE.search(text[max(0, match.start("a") - 24) : match.start("a")])
    ):
        return None
    value_max = number(match.group("b")) if match.group("b") else None
    unit_text = (match.group("unit") or "").strip()
    percent = bool(unit_text) or bool(match.group("pa"))
    if match.group("b") and not unit_text and match.group("pa"):
        value_max = None
    start, figure_end = match.start("a"), match.end()
    figure_start = start
    end = figure_end
    before = text[max(0, start - 140) : start]
    rank = _RANK.search(before)
    noun = _RANK_AFTER.match(text, figure_end) if rank else None
    if rank and not percent and value <= 200 and (noun is not None or _PLACED.search(rank.group())):
        unit = (noun.group("noun") or "") if noun else ""
        begin = start - len(rank.group())
        better = _comparators()[2].match(text, figure_end)  # "xếp thứ hạng từ 25 trở lên": the better ranks
        figure_end = better.end() if better is not None and noun is None else figure_end
        return Quantity(
            begin,
            noun.end() if noun else figure_end,
            figure_start,
            figure_end,
            "rank",
            "<=",
            value,
            None,
            unit.split()[0].strip(",") if unit else "",
            "",
            "",
            "",
        )
    kind, unit = "percent", "%"
    if not percent:
        kind, unit, end = counted(text, figure_end, value)
        if kind == "count" and (_PROPERTY.search(before) or (value == 1 and _OVER_ONE.search(before))):
            kind = "measure"
    elif "điểm" in unit_text:
        unit = "điểm phần trăm"
    elif unit_text == "‰":
        unit = "‰"
    spread = _SPREAD.match(text, end) if kind in ("count", "money") else None
    if spread is not None:
        unit, end = unit + "/" + "/".join(filter(None, spread.groups())), spread.end()
        if kind == "count" and {"ngày đêm", "ngày", "giờ", "tuần"} & set(spread.groups()):
            kind = "measure"
    begin, operator = _context(text, start)
    _, _, after_pattern, after_words = _comparators()
    period = _PERIOD.match(text, figure_end) if kind == "percent" else None
    yearly = period if period is not None and "/" in period.group() else None
    post = after_pattern.match(text, yearly.end() if yearly is not None else end)  # "12%/năm trở lên"
    if post is None and kind in ("duration", "age", "count"):
        post = after_pattern.match(text, end)
    if post is not None:
        operator = after_words[post.group("c")]
        end = post.end()
        begin = _from(text, begin if begin < start else start)
    recurrence = ""
    if period is not None:
        if "/" in period.group():
            unit += period.group().strip().replace(" ", "")
            end = max(end, period.end())
        else:
            recurrence = period.group().strip()
    denominator = _DENOMINATOR.match(text, figure_end) if kind in ("count", "index") else None
    against = _PER_HUNDRED.match(text, figure_end) if kind == "count" else None
    if against is not None:
        kind, unit, end = "rate", f"{against.group('who')}/{against.group('n')} {against.group('other')}", against.end()
    elif denominator is not None:
        per = text[figure_end : denominator.end()].strip()
        per = re.sub(r"\s*(?:trên|trong|cho|/)\s*(?:một |1 )?vạn\s+", "/vạn ", per)
        kind, unit, end = "rate", re.sub(r"\s*(?:trên|trong)\s+(?=\d)", "/", per), denominator.end()
    window = before.rsplit(";", 1)[-1].rsplit(". ", 1)[-1]
    if (
        (kind in ("age", "duration") and _LIFE.search(window))
        or (kind == "measure" and _SIZE.search(window))
        or (
            kind == "duration"
            and _TIME_SPENT.search(window)
            and (operator in ("<=", "<") or _DOWN.search(before) or _STAY.search(before))
        )
    ):
        kind = "index"
    direction = _direction(text[max(0, begin - 140) : begin].rsplit(";", 1)[-1]) or _direction(window)
    every = _EVERY_YEAR.search(window) or _EVERY_YEAR.match(text[end : end + 30].lstrip())
    if every is not None:
        recurrence = recurrence or every.group().strip()
        if kind == "percent" and direction == "increase" and "/" not in unit and every.string is window:
            unit = "%/năm"
    elif (
        kind == "percent" and direction and _AVERAGE.search(window[-40:]) and "/" not in unit and "năm" in window[-60:]
    ):
        unit = "%/năm"
    if not operator:
        operator = "="
        from_before = re.search(r"(?<!\w)từ\s+\Z", text[max(0, start - 5) : start])
        if from_before and value_max is None and kind in ("percent", "count", "rate", "index", "money"):
            operator = ">="
            begin = start - 3
    if value_max is not None:
        operator = "between"
        begin = _from(text, begin)
    base = ""
    tail = _BASE.match(text, end)
    if tail is not None:
        base = (tail.group("base") or tail.group("of") or tail.group("gdp") or "").strip()
    return Quantity(
        begin, end, figure_start, figure_end, kind, operator, value, value_max, unit, direction, recurrence, base
    )


def _from(text: str, start: int) -> int:
    found = re.search(r"(?<!\w)từ\s+\Z", text[max(0, start - 6) : start])
    return start - (len(found.group()) if found else 0)


def _multiple(match: re.Match[str]) -> Quantity | None:
    words = {"đôi": 2.0, "ba": 3.0, "bốn": 4.0, "năm": 5.0, "rưỡi": 1.5}
    value = number(match.group("n")) if match.group("n") else words.get(match.group("w") or "")
    if value is None or (
        match.group("w") and match.group().startswith("tăng") and match.group("w") in ("ba", "bốn", "năm")
    ):
        return None
    operator: Operator = "="
    if match.group("cmp"):
        operator = _comparators()[1].get(match.group("cmp"), "=")
    return Quantity(
        match.start(),
        match.end(),
        match.start(),
        match.end(),
        "multiple",
        operator,
        value,
        None,
        "lần",
        "increase",
        "",
        "",
    )


def _word_share(text: str, match: re.Match[str]) -> Quantity | None:
    numbers = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5}
    begin = match.start()
    if match.group("half"):
        value: float | None = 50.0
    elif match.group("a"):
        value = round(100 * numbers[match.group("a")] / numbers[match.group("b")], 2)
        if value >= 100:
            return None
    else:
        words = match.group("p").split()
        value = None
        for skip in range(len(words)):
            parsed = words_to_number(" ".join(words[skip:]))
            if parsed is not None:
                value = float(parsed)
                begin = match.end("p") - len(" ".join(words[skip:])) - 1
                break
        if value is None:
            return None
    start, operator = _context(text, begin)
    _, _, after_pattern, after_words = _comparators()
    post = after_pattern.match(text, match.end())
    end = match.end()
    if post:
        operator, end = after_words[post.group("c")], post.end()
    return Quantity(
        start,
        end,
        begin,
        match.end(),
        "percent",
        operator or "=",
        value,
        None,
        "%",
        _direction(text[max(0, start - 80) : start]),
        "",
        "",
    )


_OF_NUMBER = re.compile(r"\s+(?:tổng )?số\s+(?!hóa)")


def _ratio(text: str, match: re.Match[str]) -> Quantity:
    """``06/15`` is a ratio, ``4/100.000`` a rate when the denominator is a round population."""
    value, of = number(match.group("a")), number(match.group("b"))
    start, operator = _context(text, match.start())
    if of in (100.0, 1000.0, 10_000.0, 100_000.0, 1_000_000.0) and value is not None and value != of:
        who = re.match(
            r"\s*(?:trẻ đẻ sống|trẻ em|trẻ|dân|người dân|người|bé gái|bé trai|nam|nữ|ca)?", text[match.end() :]
        )
        end = match.end() + (who.end() if who else 0)
        unit = "/" + text[match.start("b") : end].strip()
        return Quantity(
            start,
            end,
            match.start(),
            match.end(),
            "rate",
            operator or "=",
            value,
            None,
            unit,
            _direction(text[max(0, start - 80) : start]),
            "",
            "",
        )
    if value is not None and of is not None and 0 < value < of <= 10 and _OF_NUMBER.match(text, match.end()):
        share = round(100 * value / of, 2)  # "2/3 số xã"
        return Quantity(
            start, match.end(), match.start(), match.end(), "percent", operator or "=", share, None, "%", "", "", ""
        )
    pattern, _ = units()
    unit_match = pattern.match(text, match.end())
    return Quantity(
        start,
        unit_match.end() if unit_match else match.end(),
        match.start(),
        match.end(),
        "ratio",
        operator or "=",
        value,
        of,
        unit_match.group("u") if unit_match else "",
        "",
        "",
        "",
    )
