"""Figures: a lexer for Vietnamese numbers and a small grammar for what stands around them.

Numbers come first as tokens, then each token is read with its neighbours (:mod:`doichieu.extraction.targets.figures`):
comparator before or after, range, unit, period, denominator.  What a figure is *not* — an age, a duration, part of a
date or of a document's number, a property such as a speed — is kept as its ``kind``, so that no later stage has to
guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from doichieu.extraction.targets.comparing import comparator_before
from doichieu.extraction.targets.counted import counted, numbers_in_a_row, units
from doichieu.extraction.targets.directions import direction_of
from doichieu.extraction.targets.figures import SPREAD_OVER, Quantity, read_figure
from doichieu.extraction.targets.own_measures import bounded_size
from doichieu.extraction.targets.rates import spans_over, with_their_base
from doichieu.extraction.targets.spoken import counts_in_words, majorities, wholes, word_shares, zeros
from doichieu.lexicon.comparators import comparing, operators
from doichieu.lexicon.named_words import words_of
from doichieu.model import Operator
from doichieu.numerals import number
from doichieu.text.memory import remembered
from doichieu.text.sieve import Sieve

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_TOKEN = re.compile(
    rf"(?<![\w/.,-])(?P<a>{_NUMBER})(?:\s*(?P<pa>%))?"
    rf"(?:\s*(?:-|đến|tới|–)\s*(?:dưới\s+)?(?P<b>{_NUMBER})(?=\s*(?:%|phần trăm|phần nghìn|[^\W\d]|$|[;,.)])))?"
    r"(?![\d/]|\.\d)(?P<unit>\s*(?:%|‰|phần trăm|phần nghìn|điểm phần trăm|điểm %))?"
    # a letter right behind belongs to a name, unless it is a unit printed without a space: "170km"
    r"(?:(?![^\W⁰¹²³⁴⁵⁶⁷⁸⁹])|(?=(?:[kcmd]?m[23²³]?|ha|[km]?g|k[vw]a?|kwh|mwh?|mwp|[gtm]b(?:ps)?|lít|tấn)(?![^\W_])))"
)
_RATIO = re.compile(rf"(?<![\w/.,-])(?P<a>{_NUMBER})\s*/\s*(?P<b>{_NUMBER})(?![\w/]|\.\d|,\d)")
#: "24/24 giờ", "7/7 ngày": always.
_AROUND_THE_CLOCK = re.compile(r"\s*(?:giờ|ngày)(?!\w)")
#: "Toàn bộ kho dự trữ (100%) được …": the bracket says again what the words say.
_ALL_OF_THEM = Sieve(r"(?:toàn bộ|tất cả|toàn thể|mọi)(?: [^\W\d]+){0,12}? ?(?P<share>\(100%\))")
_MULTIPLE = Sieve(
    rf"(?:gấp|tăng)\s+(?:(?P<cmp>{comparing()})\s+)?(?:(?P<n>[\d,.]+)\s*lần|(?P<w>đôi"
    r"|ba|bốn|năm|rưỡi)(?!\w)(?:\s+lần)?)"
)
HAS_FIGURE = re.compile(r"\d")


class _Taken:
    """The places of a text where a figure was read or must not be."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._taken = bytearray(length)

    def take(self, start: int, end: int) -> None:
        """Nothing else may be read from ``start`` to ``end``."""
        start, end = max(0, start), min(end, self._length)
        self._taken[start:end] = b"\1" * max(0, end - start)

    def free(self, start: int, end: int) -> bool:
        """Whether nothing was taken there."""
        return self._taken.find(1, start, end) < 0


def find_quantities(text: str, skip: Iterable[tuple[int, int]] = ()) -> list[Quantity]:
    """The figures of ``text`` (a passage in lower case), in order; figures inside ``skip`` ranges are left out.

    >>> [(q.operator, q.value, q.unit) for q in find_quantities("từ 15% trở lên; ít nhất 20 mô hình; trên 55%")]
    [('>=', 15.0, '%'), ('>=', 20.0, 'mô hình'), ('>', 55.0, '%')]
    >>> [(q.kind, q.value, q.value_max) for q in find_quantities("đạt 20 - 25% cán bộ dưới 40 tuổi")]
    [('percent', 20.0, 25.0), ('age', 40.0, None)]
    """
    return list(_quantities(text, tuple(skip)))


def _find(text: str, skip: tuple[tuple[int, int], ...]) -> tuple[Quantity, ...]:
    taken = _Taken(len(text))
    for begin, end in skip:
        taken.take(begin, end)
    for match in _ALL_OF_THEM.finditer(text):
        taken.take(*match.span("share"))
    over = spans_over(text)
    for begin, end, _ in over:
        taken.take(begin, end)
    for begin, end in numbers_in_a_row(text):
        taken.take(begin, end)
    out = list(_in_words(text, taken))
    if HAS_FIGURE.search(text):
        out += _in_figures(text, taken)
    for q in counts_in_words(text):
        if taken.free(q.figure_start, q.figure_end):
            out.append(q)
            taken.take(q.figure_start, q.end)
    out.sort(key=lambda item: item.figure_start)
    out = _rates_ahead(text, with_their_base(text, over, _units_ahead(text, out)))
    return tuple(_same_size(text, _joined(text, out)))


_quantities = remembered(_find)


def _in_words(text: str, taken: _Taken) -> Iterator[Quantity]:
    """Multiples, shares, majorities, all of them and none of them."""
    for match in _MULTIPLE.finditer(text):
        q = _multiple(match)
        if q is not None and taken.free(*match.span()):
            yield q
            taken.take(*match.span())
    for q in (*word_shares(text), *majorities(text), *wholes(text), *zeros(text)):
        if taken.free(q.figure_start, q.figure_end):
            yield q
            taken.take(q.figure_start, q.figure_end)


_ROUND_THE_CLOCK = re.compile(r"24/(?:24(?=\s*(?:giờ|h)(?!\w))|0?7(?!\d|/))")


def _in_figures(text: str, taken: _Taken) -> Iterator[Quantity]:
    """Ratios and what is printed in digits."""
    for match in _RATIO.finditer(text) if "/" in text else ():
        if _ROUND_THE_CLOCK.match(text, match.start()):
            taken.take(*match.span())  # "trực 24/24 giờ", "hoạt động 24/7"
        if taken.free(*match.span()):
            if match.group("a") != match.group("b") or not _AROUND_THE_CLOCK.match(text, match.end()):
                yield _ratio(text, match)
            taken.take(*match.span())
    token = _TOKEN.search(text)
    while token:
        unread = taken.free(token.start("a"), token.end())
        q = read_figure(text, token) if unread else None
        if q is not None:
            yield q
            taken.take(q.figure_start, q.end)
        token = _TOKEN.search(text, token.end() if unread else token.end("a"))  # "2.4- 100%": the mark ends a range


_AND = re.compile(r"[^;.:]*(?:,|\svà|\scòn|:)\s[^;.:]*")


def _again(text: str, was: Quantity, now: Quantity) -> bool:
    return was.kind == "index" and was.unit == now.unit and _AND.fullmatch(text, was.end, now.start) is not None


#: Behind a size: those of that size do or are something, which is what is promised.
_WHICH_DO = re.compile(r"\s*(?:(?:trở lên|trở xuống)\s)?(?:chiếm|có|được|phải|lắp)\s")


def _same_size(text: str, found: list[Quantity]) -> list[Quantity]:
    """A size behind one that is measured is measured too: ``chiều cao đạt 169 cm đối với nam và 158 cm đối với nữ``."""
    out: list[Quantity] = []
    for now in found:
        was = out[-1] if out else None
        if (
            was is not None
            and now.kind in ("measure", "duration")
            and (_again(text, was, now) or bounded_size(text, was.end, now.figure_start))
            and _WHICH_DO.match(text, now.end) is None
            and not text.endswith(("sớm hơn ", "nhanh hơn ", "muộn hơn "), 0, now.figure_start)
        ):
            now = now._replace(kind="index")
        out.append(now)
    return out


_IN_TURN = re.compile(r"(?<!\w)(?:lần lượt|theo thứ tự)(?!\w)[^;.]*\Z")
_AND_NEXT = re.compile(r"\s*(?:,|;|và|,\s*và)\s*")


def _units_ahead(text: str, found: list[Quantity]) -> list[Quantity]:
    """Bare figures that follow in turn have the unit of the last: ``lần lượt là 10, 15 và 20 hợp tác xã``."""
    out = list(found)
    for index in range(len(out) - 2, -1, -1):
        now, following = out[index], out[index + 1]
        bare = now.kind == "index" and not now.unit and following.kind in ("count", "percent", "money", "rate")
        if (
            bare
            and _AND_NEXT.fullmatch(text, now.end, following.figure_start)
            and _IN_TURN.search(text[: now.start][-90:])
        ):
            out[index] = now._replace(kind=following.kind, unit=following.unit)
    return out


_NEXT_RATE = re.compile(r"(?:\s[^\W\d_]+){0,4}(?:,|\s*và|,\s*và)\s*(?:có\s)?")
_ROUND_BASE = re.compile(r"/(?:vạn|[\d.]*000|nghìn|triệu)\s.+")


def _rates_ahead(text: str, found: list[Quantity]) -> list[Quantity]:
    """Counts of a list whose last is spread over a population are spread over it too: ``10 bác sĩ, 3 dược sĩ và 15 điều
    dưỡng trên một vạn dân``."""
    out = list(found)
    for index in range(len(out) - 2, -1, -1):
        now, following = out[index], out[index + 1]
        over = _ROUND_BASE.search(following.unit) if following.kind == "rate" else None
        if now.kind != "count" or over is None or now.operator != "=" or "/" in now.unit:
            continue
        if _NEXT_RATE.fullmatch(text, now.end, following.start):
            out[index] = now._replace(kind="rate", unit=now.unit + over.group())
    return out


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


def _multiple(match: re.Match[str]) -> Quantity | None:
    words = {"đôi": 2.0, "ba": 3.0, "bốn": 4.0, "năm": 5.0, "rưỡi": 1.5}
    value = number(match.group("n")) if match.group("n") else words.get(match.group("w") or "")
    if value is None or (match.group().startswith("tăng") and match.group("w") in ("ba", "bốn", "năm")):
        return None
    operator: Operator = "="
    if match.group("cmp"):
        operator = operators().get(match.group("cmp"), "=")
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


_OF_NUMBER = re.compile(r"\s+(?:tổng )?số\s+(?!hóa)")
#: What is parted and not counted: "2/3 diện tích", "1/3 thời gian".
_OF_MASS = re.compile(
    r"\s+(?:tổng )?(?:"
    rf"{words_of('masses')}"
    r"|(?:mức )?(?:bình quân|trung bình)|vốn|lực lượng|nguồn lực|chi thường xuyên|biên chế"
    r"|ngân sách)(?!\w)"
)
_OF_LIST = re.compile(r"\s+(?:tiêu chí|chỉ tiêu|nội dung|nhiệm vụ|mục tiêu|điều kiện|tiêu chuẩn)(?!\w)")
_LARGEST_PART = 4  # "ít nhất 3/4 thành viên" is a share, "ít nhất 3/5 xã" three of the five


def _is_part(text: str, match: re.Match[str], value: float, of: float, *, bounded: bool) -> bool:
    """Whether a ratio is a fraction: ``2/3 số xã``, ``1/3 diện tích``, ``ít nhất 2/3 thành viên``; ``2/3 tiêu chí`` is
    two of three."""
    if not 0 < value < of <= 10:
        return False
    if _OF_NUMBER.match(text, match.end()) or _OF_MASS.match(text, match.end()):
        return True
    written = not match.group("a").startswith("0") and value == int(value)
    return bounded and written and of <= _LARGEST_PART and _OF_LIST.match(text, match.end()) is None


_SPREAD_OVER = re.compile(rf"\s*(?:trẻ sinh (?:ra )?(?:còn )?sống|bé trai|{SPREAD_OVER})?(?!\w)")


def _ratio(text: str, match: re.Match[str]) -> Quantity:
    """``06/15`` is a ratio, ``4/100.000`` a rate when the denominator is a round population."""
    value, of = number(match.group("a")), number(match.group("b"))
    start, operator = comparator_before(text, match.start())
    if of in (100.0, 1000.0, 10_000.0, 100_000.0, 1_000_000.0) and value != of:
        who = _SPREAD_OVER.match(text, match.end())
        end = who.end() if who else match.end()
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
            direction_of(text[max(0, start - 80) : start]),
            "",
            "",
        )
    if value is not None and of is not None and _is_part(text, match, value, of, bounded=bool(operator)):
        share = round(100 * value / of, 2)  # "2/3 số xã"
        return Quantity(
            start, match.end(), match.start(), match.end(), "percent", operator or "=", share, None, "%", "", "", ""
        )
    if value is not None and _PLACED_AT.search(text[max(0, match.start() - 24) : match.start()]):  # "xếp thứ 5/13 tỉnh"
        return Quantity(
            match.start(), match.end(), match.start(), match.end(), "rank", "<=", value, None, "", "", "", ""
        )
    risen = direction_of(text[max(0, start - 140) : start].rsplit(";", 1)[-1])
    end, unit = _of_which(text, match)
    return Quantity(start, end, match.start(), match.end(), "ratio", operator or "=", value, of, unit, risen, "", "")


_PLACED_AT = re.compile(r"(?:xếp (?:hạng )?thứ|đứng thứ|xếp hạng|thứ hạng|vị trí)(?: thứ)?\s+\Z")
#: What a noun that no lexicon knows must stand behind, so that "20/22 xóm" is no date.
_HOW_MANY = re.compile(
    r"(?:^(?:[-+*•]|\(?[\w.]{1,7}[.)])?\s*|[;,:(]\s+|(?<!\w)(?:có|đạt|lên|còn|được|là|và|tại|cho|ở|đưa|giúp"
    r"|hỗ trợ|công nhận)\s+)\Z"
)


def _of_which(text: str, match: re.Match[str]) -> tuple[int, str]:
    """What a ratio counts and where its name ends: ``20/22 xóm``; nothing behind a day (``lễ 30/4``)."""
    pattern, _ = units()
    known = pattern.match(text, match.end())
    if known is not None:
        return known.end(), known.group("u")
    if not _HOW_MANY.search(text[: match.start()]):
        return match.end(), ""
    kind, unit, end = counted(text, match.end(), 2.0)
    return (end, unit) if kind == "count" else (match.end(), "")
