"""What one passage of a report says was reached: each statement with its figures, its population and its predicate.

``112/118 đồng chí có trình độ từ đại học trở lên, đạt 94,9%`` is one statement with a fraction and a share; ``tăng 6,6
điểm %`` after it is a change, ``(30,7%)`` in it the level of an earlier day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from doichieu.alphabet import UPPER
from doichieu.extraction.citations.numbers import DATE, date_of
from doichieu.extraction.targets.figures import Quantity
from doichieu.extraction.targets.quantities import find_quantities
from doichieu.lexicon.families import LEVEL
from doichieu.numerals import number
from doichieu.text.asides import without_asides

_N = r"\d{1,3}(?:\.\d{3})+|\d+"
FRACTION = re.compile(rf"(?<![\d/.,])(?P<n>{_N})\s*/\s*(?P<m>{_N})(?![\d/]|\.\d|,\d)")
SHARE = re.compile(r"(?<![\d.,])(?P<p>\d+(?:,\d+)?)\s*%")
_POINTS = re.compile(r"(?<![\d.,])(?P<p>\d+(?:,\d+)?)\s*điểm\s*(?:%|phần trăm)", re.IGNORECASE)
_COUNT = re.compile(
    rf"(?<![\d/.,])(?P<k>{_N})\s+(?P<unit>lượt(?:\s+(?:người|cán bộ))?|đồng chí|[^\W\d]+(?:\s+[^\W\d]+)?)",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"(?<=[.;])\s+(?=\S)|[,;]?\s+(?=trong đó(?!\w))|[,;]\s+(?=riêng(?!\w))|,\s+(?=do\s+\d)"
    r"|,?\s+(?=(?:tăng|giảm|vượt)\s+(?:so\s|\d))|(?<=%),\s+(?=[^,;.%\d]{6,100}\s(?:đạt|chiếm|là|bằng)\s+\d[\d,]*\s*%)",
    re.IGNORECASE,
)
#: "Nữ thạc sĩ chiếm 52% tổng số người có trình độ thạc sĩ": a part of a whole that is named behind it.
_SHARE_OF = re.compile(
    r"(?:tỷ\s+lệ\s+|số\s+)?(?P<part>[^\d,;:]{3,120}?)\s+(?:chiếm|bằng)\s+(?:tỷ\s+lệ\s+)?\d[\d,]*\s*%\s+"
    r"(?:trong\s+)?(?P<whole>tổng\s+số\s+[^,;:.()]{3,120})",
    re.IGNORECASE,
)
#: "đạt 104% kế hoạch": how much of what was planned, not what was reached.
_OF_PLAN = re.compile(
    r"\s*(?:(?:so\s+)?(?:với\s+)?(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|nghị quyết)(?!\w)|so với)", re.IGNORECASE
)
#: Figures with a unit that people do not count: what the grammar of targets reads better than a count of people.
_MEASURED = frozenset({"rate", "money", "index"})
_VERB = (
    r"(?:có|được|đã|đạt|đáp ứng|tốt nghiệp|hoàn thành|tham gia|tham dự|đang|chưa|giữ|đăng ký|sử dụng|xếp loại|ứng dụng"
    r"|mới đạt)"
)
_TIME_LEAD = re.compile(
    r"(?:(?:tính\s+)?đến\s+(?:nay|(?:hết\s+|cuối\s+)?(?:ngày\s+|tháng\s+|năm\s+|quý\s+)?[\d/IVX]+(?:\s+(?:tháng|năm)\s+\d+)*)"
    r"|từ\s+[^,]{3,40}?\s+đến nay|trong\s+(?:\d+\s+năm|năm\s+\d{4})|hiện(?:\s+nay)?|năm\s+\d{4})\s*,?\s*",
    re.IGNORECASE,
)
_GENERIC = re.compile(r"đồng chí\s+|(?:đồng chí|người|trường hợp|cá nhân|đại biểu)\Z", re.IGNORECASE)
_NO_UNIT = re.compile(r"(?:năm|tháng|ngày|quý|tuổi|giờ|phút|kỳ|lần|điểm)(?!\w)", re.IGNORECASE)
_GOES_ON = re.compile(r",\s+(?=(?:hiện\s+)?có\s+\d)", re.IGNORECASE)
_PROMISE = re.compile(r"(?<!\w)(?:phấn đấu|dự kiến|sẽ|mở thêm|tiếp tục|lên\s+\d[\d,]*\s*%\s+vào)(?!\w)", re.IGNORECASE)
_ATTENDED = re.compile(
    r"(?<!\w)(?:lượt|tham dự|điểm cầu|đang\s+(?:tham gia\s+|theo\s+)?học|đăng ký học|lớp|hội nghị|học viên)(?!\w)",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"(?:so\s+với|tại\s+thời\s+điểm|cùng\s+kỳ|đầu\s+nhiệm\s+kỳ|năm\s+trước|trước\s+khi)", re.IGNORECASE
)
_PLACE = re.compile(rf"(?:riêng\s+|trong đó\s+)?{LEVEL}\s+[{UPPER}]", re.UNICODE)
_AS_OF = re.compile(
    r"(?:tính\s+)?(?:đến|tại\s+thời\s+điểm)\s+(?:hết\s+)?(?:ngày\s+(?:"
    + DATE
    + r")|(?:hết\s+|cuối\s+)?tháng\s+(?P<mm>\d{1,2})\s*(?:/|năm\s+)(?P<my>(?:19|20)\d\d)"
    r"|(?:hết\s+|cuối\s+)?năm\s+(?P<yy>(?:19|20)\d\d))|thời\s+điểm\s+ngày\s+(?P<d3>\d{1,2})/(?P<m3>\d{1,2})/(?P<y3>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    rf"(?:trong|có|với|gồm)\s+(?P<all>{_N})\s+(?P<pop>[^;:.]{{4,140}}?),\s+(?:trong đó\s+)?(?=có\s+\d|\d)",
    re.IGNORECASE,
)
_REMAIN = re.compile(r"(?:chỉ\s+)?còn\s+(?P<pop>[^;:.\d]{6,120}?)[;,]\s+trong\s+(?:số\s+này|đó)", re.IGNORECASE)


class Figure(Struct, frozen=True):
    """One statement of a report at ``text[start:end]`` of a passage, with its figures."""

    start: int
    end: int
    population: str = ""
    indicator: str = ""
    value: float | None = None
    unit: str = ""
    numerator: float | None = None
    denominator: float | None = None
    role: str = "result"
    as_of: str = ""
    as_of_text: str = ""
    place: str = ""
    grades_in: str = ""


def as_of(text: str) -> tuple[str, str]:
    """The day of which a statement speaks, and its wording.

    >>> as_of("Số liệu tính đến ngày 30/6/2024"), as_of("tại thời điểm tháng 5/2026")
    (('2024-06-30', 'tính đến ngày 30/6/2024'), ('2026-05-31', 'tại thời điểm tháng 5/2026'))
    """
    match = _AS_OF.search(text)
    if match is None:
        return "", ""
    groups = match.groupdict()
    if groups["yy"]:
        return f"{groups['yy']}-12-31", match.group()
    if groups["mm"]:
        year, month = int(groups["my"]), int(groups["mm"])
        return (f"{year}-{month:02d}-{monthrange(year, month)[1]}", match.group()) if 1 <= month <= 12 else ("", "")
    if groups["d3"]:
        return f"{groups['y3']}-{int(groups['m3']):02d}-{int(groups['d3']):02d}", match.group()
    return date_of(match), match.group()


def _statements(text: str, start: int) -> list[tuple[int, int]]:
    """The stretches of a passage that each state one thing."""
    cuts = [start, *(m.end() for m in _CUT.finditer(text, start)), len(text)]
    out = []
    for a, b in pairwise(cuts):
        while b > a and text[b - 1] in " .;,":
            b -= 1
        while a < b and text[a] in " ,;":
            a += 1
        joint = _GOES_ON.search(text, a, b)
        if joint and any(not _NO_UNIT.match(m.group("unit")) for m in _COUNT.finditer(text[a : joint.start()])):
            out.append((a, joint.start()))  # "mở 02 lớp bồi dưỡng, có 64 đồng chí đang học"
            a = joint.end()
        if b > a:
            out.append((a, b))
    return out


def _label(text: str, start: int, end: int) -> tuple[str, int]:
    """A label before the figures (``Về trình độ chuyên môn:``), and where the statement goes on."""
    colon = text.find(":", start, end)
    if 0 <= colon - start < 140 and not any(c.isdigit() for c in text[start:colon]):
        return text[start:colon].strip(), colon + 1
    return "", start


_SOME_VERB = re.compile(rf"(?<!\w){_VERB}(?!\w)")


def _population(words: str) -> tuple[str, str]:
    """Population and predicate of the words behind a figure.

    >>> _population("công chức cấp xã có trình độ từ đại học trở lên")
    ('công chức cấp xã', 'có trình độ từ đại học trở lên')
    """
    match = _SOME_VERB.search(words)
    if match is None:
        return words.strip(" ,"), ""
    return words[: match.start()].strip(" ,"), words[match.start() :].strip(" ,")


def described(name: str) -> tuple[str, str]:
    """Population and predicate of the name of a target, without ``Tỷ lệ`` before it.

    >>> described("Tỷ lệ hộ gia đình được lập hồ sơ")
    ('hộ gia đình', 'được lập hồ sơ')
    """
    words = re.sub(r"\A\W*(?:\d+[.)]\s*)?(?:tỷ\s+lệ|số|tỉ\s+lệ)\s+", "", name, flags=re.IGNORECASE)
    words = re.sub(r"\s*[(,]?\s*(?:đạt\s+)?(?:trên|từ|tối thiểu|ít nhất)?\s*\d[\d.,]*\s*%.*\Z", "", words)
    population, indicator = _population(words)
    return _own(population), indicator


def _own(population: str) -> str:
    """A population without the words that only count people."""
    return _GENERIC.sub("", population, count=1).strip() if _GENERIC.match(population) else population


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for a, b in sorted(spans, reverse=True):
        text = text[:a] + " " + text[b:]
    return " ".join(text.split())


def read(text: str, start: int, masked: Sequence[tuple[int, int]]) -> list[Figure]:
    """The statements of one passage that hold figures, in order; ``masked`` are numbers and dates of other things."""
    out: list[Figure] = []
    context = ""  # whom the sentence speaks of, for ``trong đó 150 người``
    label, _ = _label(text, start, len(text))
    remains = "còn" in text.lower()
    for a, b in _statements(text, start):
        own_label, begin = _label(text, a, b)
        remain = _REMAIN.search(text, start, b) if remains else None
        whole = _WHOLE.search(text[a : b + 2])
        if remain:
            context = remain.group("pop").strip()
        if whole:
            context = whole.group("pop").strip()
            begin = max(begin, a + whole.end())
        found = _figure(text, begin, b, masked, own_label or label, context)
        if found is None:
            if "trong đó" not in text[a:b].lower() and not whole:
                context = _introduced(text[a:b]) or context
            continue
        if found.role in ("result", "attendance") and found.population and not text[a:b].startswith("do "):
            context = found.population
        out.append(found)
    return out


_HAS_SO_MANY = re.compile(rf"(?<!\w)có\s+(?:{_N})\s+(?P<pop>[^;:.,]{{4,120}})", re.IGNORECASE)


def _introduced(text: str) -> str:
    """The population that a statement without a share introduces: ``Toàn thị xã có 182 người …``."""
    match = _HAS_SO_MANY.search(text)
    return match.group("pop").strip() if match else ""


def _in_points(part: str) -> re.Match[str] | None:
    """By how many points of a share something changed: ``tăng 2,5 điểm %``."""
    return _POINTS.search(part) if "điểm" in part.lower() else None


def _figure(text: str, a: int, b: int, masked: Sequence[tuple[int, int]], label: str, context: str) -> Figure | None:
    part, hidden = text[a:b], [(x - a, y - a) for x, y in masked]
    points = _in_points(part)
    if points:
        return Figure(a, b, role="change", value=number(points.group("p")), unit="điểm %", indicator=part)
    shares, fractions = _shares(part, hidden)
    counts, measured = ([], None) if shares or fractions else _amounts(part, hidden)
    if measured is not None and (measured.kind in _MEASURED - {"index"} or "/" in measured.unit or not counts):
        return _of_measure(a, b, part, measured, label, context)
    if not (shares or fractions or counts):
        return None
    share, fraction = (shares[0] if shares else None), (fractions[0] if fractions else None)
    day, wording = as_of(part)
    offset = _begins(part)
    spans = [m.span() for m in (*shares, *fractions)]
    population, indicator, numerator = _described(part, offset, share, fraction, counts)
    population = _own(population)
    value, unit = _measured(share, fraction, counts)
    if measured is not None and _one_word(part, counts[0].start("k"), measured.start):
        unit = _shorter(unit, measured.unit)  # "35 xã đạt chuẩn": communes
    role = _role(part, share, fraction)
    place = ""
    if _PLACE.match(part.strip()):
        role, place = "part", population
    words = indicator or _without(part, spans)
    return Figure(
        a,
        b,
        population=population or context,
        indicator=f"{label}: {words}" if label and label not in words else words,
        value=value,
        unit=unit,
        numerator=number(fraction.group("n")) if fraction else numerator,
        denominator=number(fraction.group("m")) if fraction else None,
        role=role,
        as_of=day,
        as_of_text=wording,
        place=place,
        grades_in="" if _SHARE_OF.match(part.lstrip()) else f"{label} {_without(part, spans)}",
    )


def _shown(matches: Iterable[re.Match[str]], hidden: Sequence[tuple[int, int]]) -> list[re.Match[str]]:
    """The matches that begin where nothing is hidden."""
    return [m for m in matches if not any(x <= m.start() < y for x, y in hidden)]


def _shares(part: str, hidden: Sequence[tuple[int, int]]) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """The shares of a statement that are not shares of its plan, and the fractions."""
    shares = [m for m in _shown(SHARE.finditer(part), hidden) if not _OF_PLAN.match(part, m.end())]
    return shares, [m for m in _shown(FRACTION.finditer(part), hidden) if _is_fraction(m)]


def _amounts(part: str, hidden: Sequence[tuple[int, int]]) -> tuple[list[re.Match[str]], Quantity | None]:
    """What a statement without a share counts, and the figure that the grammar of targets reads as an amount."""
    counts = [m for m in _shown(_COUNT.finditer(part), hidden) if not _NO_UNIT.match(m.group("unit"))]
    return [m for m in counts if not _year(m.group("k"))], _measure(part, hidden)


def _shorter(unit: str, measured: str) -> str:
    return measured if unit.startswith(measured) else unit


def _one_word(part: str, one: int, other: int) -> bool:
    return part[:one].count(" ") == part[:other].count(" ")


def _is_fraction(match: re.Match[str]) -> bool:
    """``12/15`` counts some of them; ``15/12`` and ``6/2025`` do not."""
    some, whole = number(match.group("n")) or 0, number(match.group("m")) or 0
    return some <= whole and not (1900 < whole < 2100 and "." not in match.group("m"))


def _measure(part: str, masked: Sequence[tuple[int, int]]) -> Quantity | None:
    """The first figure of a statement that the grammar of targets reads as an amount; None where it has none."""
    skip = [(max(0, x), y) for x, y in masked if y > 0]
    found = [q for q in find_quantities(part.lower(), skip) if q.value is not None and q.kind in (*_MEASURED, "count")]
    return next((q for q in found if not part.startswith(" chí", q.end)), None)  # "64 đồng chí" is no money


def _begins(part: str) -> int:
    """Where a statement begins behind the time that leads it."""
    lead = _TIME_LEAD.match(part.lstrip(" ,"))
    return len(part) - len(part.lstrip(" ,")) + (lead.end() if lead else 0)


def _of_measure(a: int, b: int, part: str, measured: Quantity, label: str, context: str) -> Figure:
    """A statement of a rate or an amount of money: ``Tỷ số giới tính khi sinh là 108,5 bé trai/100 bé gái``."""
    offset = _begins(part)
    words = re.sub(r"\s*(?:đạt|là|chiếm|bằng|còn|:)\s*\Z", "", part[offset : measured.start].strip(" ,"))
    day, wording = as_of(part)
    return Figure(
        a,
        b,
        population="" if words else context,
        indicator=" ".join(filter(None, (label, words, part[measured.end :].strip(" ,.")))),
        value=measured.value,
        unit=_as_printed(measured.unit, part),
        role="promise"
        if _PROMISE.search(part)
        else "baseline"
        if _EARLIER.search(part[: measured.start])
        else "result",
        as_of=day,
        as_of_text=wording,
    )


def _as_printed(unit: str, part: str) -> str:
    """A unit with the capitals that the text prints: ``triệu USD``."""
    found = re.search(re.escape(unit), part, re.IGNORECASE) if unit else None
    return found.group() if found else unit


def _year(figure: str) -> bool:
    return figure.isdigit() and 1900 < int(figure) < 2100


def _measured(
    share: re.Match[str] | None, fraction: re.Match[str] | None, counts: Sequence[re.Match[str]]
) -> tuple[float | None, str]:
    """Value and unit: the share as printed, else that of the fraction, else the count."""
    if share is not None:
        return number(share.group("p")), "%"
    if fraction is not None:
        whole = number(fraction.group("m")) or 0.0
        return (round(100 * (number(fraction.group("n")) or 0.0) / whole, 1) if whole else None), "%"
    first = next((c for c in counts if c.group("unit").lower().startswith("lượt")), counts[0])
    return number(first.group("k")), " ".join(first.group("unit").lower().split())


def _role(part: str, share: re.Match[str] | None, fraction: re.Match[str] | None) -> str:
    if _PROMISE.search(part):
        return "promise"
    first = min((m.start() for m in (share, fraction) if m is not None), default=0)
    if _EARLIER.search(part[: first + 1]):
        return "baseline"
    if share is None and fraction is None and _ATTENDED.search(part):
        return "attendance"
    return "result"


def _described(
    part: str,
    offset: int,
    share: re.Match[str] | None,
    fraction: re.Match[str] | None,
    counts: Sequence[re.Match[str]],
) -> tuple[str, str, float | None]:
    """Population and predicate of a statement, and the count of those who have it where it is printed apart."""
    body = part[offset:].lstrip()
    of_all = _SHARE_OF.match(body) if share is not None else None
    if of_all:
        rest = re.sub(r"\A(?:trong\s+)?(?:tổng\s+số\s+)?", "", of_all.group("whole"), flags=re.IGNORECASE)
        return rest, f"tỷ lệ {of_all.group('part')} trong tổng số {rest}", None
    rate = re.match(r"(?:và\s+)?tỷ\s+lệ\s+", body, re.IGNORECASE)
    end_of_words = r"\s*,?\s*(?:mới\s+)?(?:đạt|chiếm|bằng|là)\s+(?:tỷ lệ\s+)?\d.*\Z"
    if rate:
        words = re.sub(end_of_words, "", body[rate.end() :], flags=re.IGNORECASE | re.DOTALL)
        population, indicator = _population(words)
        return population, indicator, None
    figure = fraction
    if share is not None and (fraction is None or share.start() < fraction.start()):
        behind = part[share.end() :].strip()
        if behind and not behind.startswith((",", ".", ";", "(", ")")):
            figure = share  # "100% cán bộ chủ chốt (118/118 đồng chí) có trình độ …"
    if figure is None and counts:
        figure = counts[0]
    if figure is None:
        count = next(
            (m for m in _COUNT.finditer(part) if not _NO_UNIT.match(m.group("unit")) and not _year(m.group("k"))), None
        )
        if count is not None and share is not None and count.start() < share.start():
            words = re.sub(end_of_words, "", part[count.end("k") :], flags=re.DOTALL).strip(" ,")
            population, indicator = _population(words)
            before = part[offset : count.start()].strip(" ,").removesuffix("có").strip(" ,")
            return _own(population), indicator or before, number(count.group("k"))
        words = re.sub(end_of_words, "", body, flags=re.IGNORECASE | re.DOTALL)
        population, indicator = _population(words)
        return population, indicator, None
    start = figure.end("k") if "k" in figure.re.groupindex else figure.end()
    behind = without_asides(part[start:], " ")
    behind = re.sub(end_of_words, "", behind, flags=re.DOTALL).strip(" ,")
    population, indicator = _population(" ".join(behind.split()))
    if not indicator:  # "trình độ đại học trở lên có 59 đồng chí"
        before = part[offset : figure.start()].strip(" ,:").removesuffix("có").strip(" ,")
        indicator = before
    return population, indicator, None
