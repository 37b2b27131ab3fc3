"""Where the commitments of a passage stand: sentences, parts, and the stretch of wording around each measure.

A measure is a figure, a grade, or a figure with the grades it counts (``70% … từ đại học trở lên``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from doichieu.extraction.targets.cutting import cut_between, goes_on_listing, last_cut, preposed, trim
from doichieu.extraction.targets.figures import NO_FIGURE, Quantity
from doichieu.extraction.targets.grades import Grade, find_grades, may_grade
from doichieu.extraction.targets.measuring import SHARE_OF, measuring, rises_from
from doichieu.extraction.targets.places import KIND_OF_PLACE
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.quantities import HAS_FIGURE, find_quantities
from doichieu.extraction.targets.time_limits import is_short
from doichieu.lexicon.comparators import comparing
from doichieu.lexicon.families import REGION
from doichieu.segmentation.passages import Passage
from doichieu.text.memory import remembered

_SENTENCE = re.compile(r'(?<=[.!?…])["¹²³⁴⁵⁶⁷⁸⁹⁰)]*\s+(?=["(]?[A-ZĐÀ-Ỹ0-9])')
_ABBREVIATION = re.compile(r"(?:\b(?:TP|Tp|TX|tx|KT|TM|GS|TS|PGS|ThS|BS|Ô|B|v\.v|VD|vd|[A-ZĐ])\.|^\(?[\w.]{1,7}\.)\Z")
_BRACKET = re.compile(r"\(([^()]*)\)")
_MARK = re.compile(r"^(?:\(?[\w.]{1,7}[.)\-]+|\d{1,2}/|[-+*•]|\(\w{1,2}\))\s+")


class Group(NamedTuple):
    """One measure with its stretch of the passage: ``start``..``end``; ``sentence``/``part`` number its surroundings.

    ``baseline`` is the figure it rises or falls from (``từ 12,3% lên 13,5%``); ``nested`` says that the measure stands
    in what the one before says of its population (``100% xã có ít nhất 01 trạm``).
    """

    quantity: Quantity | None
    grades: tuple[Grade, ...]
    start: int
    end: int
    sentence: int
    part: int
    baseline: str = ""
    nested: bool = False

    @property
    def figure(self) -> Quantity:
        """Its figure; of a grade alone one that says nothing, of the kind ``grade``."""
        return NO_FIGURE if self.quantity is None else self.quantity

    @property
    def anchor(self) -> int:
        """Where the measure itself begins."""
        return self.quantity.start if self.quantity is not None else self.grades[0].start

    @property
    def stop(self) -> int:
        """Where the measure itself ends."""
        ends = [g.end for g in self.grades]
        return max([self.quantity.end, *ends] if self.quantity is not None else ends)


def mark_length(text: str) -> int:
    """How many characters the numbering mark of a passage takes."""
    match = _MARK.match(text)
    return match.end() if match else 0


def marker_span(passage: Passage) -> tuple[int, int]:
    """Where the numbering mark of a passage stands in it (``2.4-``), which is no figure."""
    marker = passage.clause.marker
    return (0, len(marker)) if passage.text.startswith(marker) else (0, 0)


@lru_cache(maxsize=64)
def sentence_starts(text: str) -> tuple[int, ...]:
    """Where the sentences of a passage begin (the first after its numbering mark).

    >>> sentence_starts("a) Đạt 50%. Có 3 lớp.")
    (3, 12)
    """
    starts = [mark_length(text)]
    for match in _SENTENCE.finditer(text):
        head = text[max(0, match.start() - 32) : match.start()].rstrip()
        if not _ABBREVIATION.search(head[-8:]):
            starts.append(match.end())
    return tuple(starts)


#: Not a count of its own: "được tiếp cận ít nhất một trong các dịch vụ".
_ONE_OF = re.compile(r"\s*(?:trong (?:các|số|những)|loại trong)")
#: Between a share and a count these begin a clause of its own.
_OWN_CLAUSE = re.compile(
    r"[;:]|\((?:tổng số|số|tỷ lệ|tỉ lệ)\s|\.\s|trong (?:số )?đó|(?:,|\svà)\s*(?:có\s|đạt\s|từ\s)?\Z"
)
#: A grade in the whole that a share is a share of is no requirement: "trong tổng số người có trình độ thạc sĩ".
_IN_ALL = re.compile(r"trong tổng số\s[^,;.%]*\Z")


#: The share of some places, told in a bracket: "35% (huyện miền núi 40%)".
_SHARE_OF_PLACE = (
    rf"(?:các\s)?(?:{KIND_OF_PLACE}|{REGION})"
    r"(?:\s(?!(?:giao|đề ra|phân bổ|quy định|là|đạt|hiện|đã|hội)\s)[^\W\d_]+){0,8}\s\d[\d.,]*\s*%\s*"
)
_PLACE_BRACKET = re.compile(_SHARE_OF_PLACE)
#: How far it is to be by an earlier year, told in a bracket: "95% (đến hết năm 2027 đạt 80%)".
_STEP_OF_THE_WAY = (
    r"(?:đến (?:hết |cuối )?|hết |cuối )năm 20\d\d,?\s(?:phấn đấu\s)?(?:đạt|còn)\s"
    r"(?:[^\W\d_]+\s){0,2}\d[\d.,]*\s*(?:%|[^\W\d_]+(?: [^\W\d_]+)?)\s*"
)
_STEP_BRACKET = re.compile(_STEP_OF_THE_WAY)
#: How much it is to be of some of them, told in a bracket: "85% người dân (riêng vùng cao: 70%)", "165 triệu đồng/ha
#: (riêng cây ớt phấn đấu trên 210 triệu đồng/ha)".
_APART = (
    r"\s*riêng\s(?!năm|quý|tháng|hiện|\w+ tháng)[^()\d:%]{2,60}?"
    r"(?::|\s(?:phấn đấu|đạt|là|từ|trên|dưới|khoảng|ít nhất|tối thiểu))*\s*\d[\d.,]*\s*"
    r"(?:%|(?:nghìn|triệu|tỷ|tấn|tạ|kg|con|m2|m²|m3|ha|km)(?:\s?[^\W\d_]+)?/[^\W\d_]+)"
    r"(?:\s(?:trở lên|trở xuống))?\s*"
)
_APART_BRACKET = re.compile(_APART)
#: Brackets that say how much of others: "(trong đó 5 xã …)", "(riêng vùng núi dưới 28%)", "(trừ xã biên giới: từ …)".
_OWN_BRACKET = re.compile(
    r"\s*(?:trong đó|phấn đấu"
    r"|(?:(?:ít nhất|tối thiểu|không dưới|không quá|trên|khoảng) )?\d[\d.,]*\s*%\s+(?:là|có|thuộc)\s[^()\d]*\Z"
    rf"|{_SHARE_OF_PLACE}\Z"
    rf"|{_STEP_OF_THE_WAY}\Z"
    rf"|{_APART}\Z"
    r"|(?:tổng số|số|tỷ lệ|tỉ lệ)\s[^()\d:;]{3,60}\s"
    r"(?:không dưới|không quá|ít nhất|tối thiểu|tối đa|trên|dưới|đạt từ)\s\d"
    r"|(?:riêng|trừ|đối với|ở|tại|vùng|khu vực|miền)(?!\w)[^()]*"
    r"(?::\s*(?:từ|đạt|trên|dưới|ít nhất|\d)"
    r"|\s(?:đạt|còn|là|từ|tăng|giảm|trên|dưới|ít nhất|tối thiểu|tối đa|không quá)\s+(?:[^\W\d_]+\s+){0,2}\d[\d.,]*\s*%"
    r"|\s(?:ít nhất|tối thiểu)\s\d))"
)


#: "… lên 40 xã (80% số xã)": the same told as a share of all of them.
_SHARE_OF_NUMBER = re.compile(
    rf"\s*(?:(?:đạt|chiếm|bằng) )?(?:{comparing()} )?"
    r"\d[\d.,]*\s*%\s+(?:tổng )?số\s(?!vốn|kinh phí|tiền|dân|điểm|thu|chi)[^()\d%]+"
)
#: "Tập huấn cho cán bộ xã (tối thiểu 400 lượt người)": how many, where the sentence has no figure before.
_HOW_MANY = re.compile(rf"\s*{comparing('>=', '>')} \d[\d.]*\s(?!%)[^\W\d_]+(?:\s[^\W\d_]+){{0,5}}\s*")
_FIGURE_BEFORE = re.compile(r"\d[^.;]*\Z")
_CLOSES = re.compile(r"\s*(?:[,;.]|\Z)")
#: "Toàn bộ (100%) làng nghề": the bracket says the same in figures.
_ALL_OF_THEM = re.compile(r"(?<!\w)(?:toàn bộ|toàn thể|tất cả)\s*\(\s*100\s*%\s*\)\Z")


#: Parts told in a bracket: "90% (đất đai: 70%; hộ tịch: 95%)", "2.480 hộ (tập trung 1.190 hộ, xen ghép 850 hộ)".
_NAME = r"(?!năm|hiện|giai đoạn|quý|tháng|kế hoạch|nghị quyết|quyết định|trước|sau|từ|cùng kỳ)[^\W\d_][^()\d:;%]{1,50}"
_SHARES_OF_PARTS = re.compile(rf"\s*{_NAME}:\s*\d[\d.,]*\s*%(?:[;,]\s*{_NAME}:\s*\d[\d.,]*\s*%)+\s*")
_COUNTS_OF_PARTS = re.compile(
    rf"\s*{_NAME}\s\d[\d.]*\s(?P<unit>[^\W\d_]+)(?:(?:[;,]|\svà)\s*{_NAME}\s\d[\d.]*\s(?P=unit))+\s*"
)


_SO_MANY_OF_A_KIND = re.compile(
    rf"\s*\d[\d.]*\s(?P<unit>[^\W\d_]+)\s{_NAME}(?:[;,]\s*\d[\d.]*\s(?P=unit)\s{_NAME})+\s*"
)
_NUMBER = re.compile(r"(?<![\d.,])\d[\d.]*(?![\d,]|\s*%)")


def _adds_up(before: str, inner: str) -> bool:
    """Whether a bracket counts the parts of the figure right before it, which it adds up to.

    >>> _adds_up("thành lập 09 đội văn nghệ ", "04 đội chèo, 05 đội xẩm"), _adds_up("9 đội ", "4 đội chèo, 3 đội xẩm")
    (True, False)
    """
    if _SO_MANY_OF_A_KIND.fullmatch(inner) is None:
        return False
    wholes = [int(m.group().replace(".", "")) for m in _NUMBER.finditer(before[-60:])]
    return bool(wholes) and wholes[-1] == sum(int(m.group().replace(".", "")) for m in _NUMBER.finditer(inner))


def _parts_its_whole(lowered: str, bracket: re.Match[str]) -> bool:
    """Whether the measures of a bracket are parts of the one before it, whose wording ends where it opens."""
    inner = bracket.group(1)
    told_apart = (_PLACE_BRACKET, _STEP_BRACKET, _APART_BRACKET)
    if _tells_parts(inner) or any(told.fullmatch(inner) is not None for told in told_apart):
        return True
    if _SHARE_OF_NUMBER.fullmatch(inner) and _CLOSES.match(lowered, bracket.end()):
        return True
    return _adds_up(lowered[: bracket.start()], inner)


def _tells_parts(inner: str) -> bool:
    """Whether a bracket (lower case) parts the figure before it among several.

    >>> _tells_parts("tập trung 190 hộ, xen ghép 85 hộ"), _tells_parts("năm 2024: 70%; năm 2025: 74%")
    (True, False)
    """
    return any(parts.fullmatch(inner) is not None for parts in (_SHARES_OF_PARTS, _COUNTS_OF_PARTS))


def _says_how_many(text: str, bracket: re.Match[str]) -> bool:
    """Whether a bracket at the end of its sentence says how many are bound to be, which nothing before it says."""
    if _HOW_MANY.fullmatch(bracket.group(1)) is None or _CLOSES.match(text, bracket.end()) is None:
        return False
    return _FIGURE_BEFORE.search(text[mark_length(text) : bracket.start()]) is None


def _brackets(text: str) -> list[tuple[int, int]]:
    """Asides: brackets that do not themselves open a commitment."""
    return [
        m.span()
        for m in _BRACKET.finditer(text)
        if not _OWN_BRACKET.match(m.group(1))
        and not _tells_parts(m.group(1))
        and not _adds_up(text[: m.start()], m.group(1))
        and not _says_how_many(text, m)
        and not _ALL_OF_THEM.search(text, max(0, m.start() - 12), m.end())
        and not (_SHARE_OF_NUMBER.fullmatch(m.group(1)) and _CLOSES.match(text, m.end()))
    ]


class _Anchor(NamedTuple):
    """A measure before its stretch is known: where it begins, its figure, the grades that go with it."""

    start: int
    quantity: Quantity | None
    grades: list[Grade]
    aside: bool

    @property
    def stop(self) -> int:
        return max([self.quantity.end if self.quantity is not None else 0, *(g.end for g in self.grades)])


def _anchors(lowered: str, quantities: list[Quantity], grades: list[Grade]) -> list[_Anchor]:
    """The measures of a passage in order, each figure with the grades that it counts."""
    asides = _brackets(lowered)
    items: list[tuple[int, Quantity | Grade]] = [(q.figure_start, q) for q in quantities]
    items += [(g.start, g) for g in grades]
    items.sort(key=lambda item: item[0])
    ahead = _before_their_share(lowered, items)
    kept = [grade for found in ahead.values() for grade in found]
    anchors: list[_Anchor] = []
    for position, item in items:
        inside = any(a <= position < b for a, b in asides)
        if isinstance(item, Quantity):
            anchors.append(_Anchor(item.start, item, ahead.get(position, []), inside))
        elif item in kept or inside:
            continue
        elif anchors and _counts_grade(lowered, anchors[-1], item):
            anchors[-1].grades.append(item)
        else:
            anchors.append(_Anchor(item.start, None, [item], False))
    return anchors


def _counts_grade(lowered: str, anchor: _Anchor, grade: Grade) -> bool:
    """Whether a grade behind a figure is what the figure counts: ``70% giáo viên … từ đại học trở lên``."""
    quantity = anchor.quantity
    if quantity is None or anchor.aside or quantity.kind not in ("percent", "majority", "count"):
        return False
    between = lowered[quantity.end : grade.start]
    if quantity.kind == "count" and ":" in between:
        return False  # "trừ 11 xã biên giới: từ cao đẳng trở lên"
    return ";" not in between and not _breaks(between, lowered[max(anchor.stop, quantity.end) : grade.start])


def _nested_at(lowered: str, one: _Anchor, two: _Anchor) -> int | None:
    """Where the predicate begins in which a second measure stands: ``100% xã, phường | có ít nhất 01 trạm``.

    None where the second measure has a clause of its own.
    """
    if one.quantity is None or two.quantity is None or one.quantity.kind not in ("percent", "majority"):
        return None
    if two.quantity.kind != "count" or one.grades or _ONE_OF.match(lowered, two.quantity.figure_end):
        return None
    between = lowered[one.stop : two.start]
    if _OWN_CLAUSE.search(between) or between.lstrip().startswith(","):
        return None  # "tỷ lệ đô thị hóa đạt 45%, diện tích nhà ở đạt 28 m2"
    position = predicate_start(between)
    if position is None or "," in between[position:]:
        return None
    return one.stop + position


def _kind_counted(lowered: str, grade: Grade, counted: set[int]) -> bool:
    """Whether a grade names whom a count right behind it counts: ``trình độ cao đẳng 12.500 người``."""
    behind = lowered[grade.end :]
    return len(lowered) - len(behind.lstrip(": \t\n")) in counted


def groups(text: str, lowered: str, skip: tuple[tuple[int, int], ...], label: str) -> list[Group]:
    """The measures of a passage, each with the stretch of wording that belongs to it."""
    return list(_groups(text, lowered, skip, label))


def measures_nothing(lowered: str, skip: tuple[tuple[int, int], ...]) -> bool:
    """Whether a passage has no figure and names no grade: then it has no measure, whatever stands above it."""
    return not find_quantities(lowered, skip) and not may_grade(lowered)


def _without_measure(lowered: str) -> bool:
    return not HAS_FIGURE.search(lowered) and measures_nothing(lowered, ())


#: Whether a passage has no figure, in digits or in words, and names no grade, whatever of it is set aside.
figureless = remembered(_without_measure)


def _required(lowered: str, label: str, quantities: list[Quantity]) -> list[Grade]:
    """The grades that the wording requires; those of a whole and those that only name what is counted left out."""
    counted = {q.start for q in quantities if q.kind == "count"}
    found = [g for g in find_grades(lowered, label=label) if not _IN_ALL.search(lowered[: g.start])]
    return [g for g in found if g.operator != "=" or not _kind_counted(lowered, g, counted)]


_YEAR = re.compile(r"năm 20\d\d")


def _within_bracket(lowered: str, parted: list[int], at: int, left: int, right: int) -> tuple[int, int]:
    """A stretch that ends where the bracket of its parts opens, or that begins there."""
    for opened in parted:
        if at < opened < right:
            right = opened
        elif opened < at and HAS_FIGURE.search(_YEAR.sub("", lowered[opened:at])) is None:
            left = opened + 1
    return left, right


def _origin(text: str, was: Quantity, now: Quantity) -> str:
    """The figure that a measure comes from, with its unit where that is a shorter or longer time: ``03 ngày``."""
    longer = is_short(was.unit) and is_short(now.unit) and not now.unit.startswith(was.unit)
    return text[was.figure_start : was.end if longer else was.figure_end].strip()


def _find(text: str, lowered: str, skip: tuple[tuple[int, int], ...], label: str) -> list[Group]:
    quantities = measuring(text, lowered, skip)
    baselines = {q.figure_start: was for was, q in pairwise(quantities) if rises_from(lowered, was, q)}
    quantities = [q for q in quantities if q not in baselines.values()]
    grades = _required(lowered, label, quantities)
    starts = sentence_starts(text)
    parted = [m.start() for m in _BRACKET.finditer(lowered) if _parts_its_whole(lowered, m)]
    outer = [a for a in _anchors(lowered, quantities, grades) if not a.aside]
    inner = [None, *(_nested_at(lowered, one, two) for one, two in pairwise(outer))]
    out: list[Group] = []
    for index, anchor in enumerate(outer):
        sentence = max(bisect_right(starts, anchor.start) - 1, 0)
        following = starts[sentence + 1] if sentence + 1 < len(starts) else len(text)
        left = _left_bound(lowered, outer, index, starts[sentence], out)
        right = _right_bound(lowered, outer, index, left, following, inner)
        nested = inner[index]
        left, right = trim(text, left if nested is None else nested, right)
        if parted:
            left, right = trim(text, *_within_bracket(lowered, parted, anchor.start, left, right))
        quantity = anchor.quantity
        was = baselines.get(quantity.figure_start) if quantity is not None else None
        out.append(
            Group(
                quantity,
                tuple(anchor.grades),
                min(left, anchor.start),
                max(right, anchor.start),
                sentence,
                lowered.count(";", starts[sentence], anchor.start),
                _origin(text, was, quantity) if was is not None and quantity is not None else "",
                nested is not None,
            )
        )
    return out


_groups = remembered(_find)


def _left_bound(lowered: str, outer: list[_Anchor], index: int, sentence: int, done: list[Group]) -> int:
    """Where the wording of a measure begins: behind the measure before, at the last cut of its sentence."""
    start = outer[index].start
    if index == 0:
        return max(sentence, last_cut(lowered, sentence, start))
    before = outer[index - 1]
    cut = cut_between(lowered, before.stop, start, preposed(lowered, done[-1].start, before.start, before.stop))
    return max(sentence, cut)


def _right_bound(
    lowered: str, outer: list[_Anchor], index: int, left: int, following: int, inner: Sequence[int | None]
) -> int:
    """Where the wording of a measure ends: before the next, at a semicolon, with its sentence."""
    anchor, right, last = outer[index], following, index
    while last + 1 < len(outer) and inner[last + 1] is not None:
        last += 1  # what stands in its predicate belongs to it
    if last + 1 < len(outer) and outer[last + 1].start < right:
        before = preposed(lowered, left, anchor.start, anchor.stop)
        right = cut_between(lowered, max(outer[last].stop, anchor.stop), outer[last + 1].start, before)
    semicolon = lowered.find(";", anchor.stop, right)
    while semicolon >= 0 and goes_on_listing(lowered, anchor.stop, semicolon, right):
        semicolon = lowered.find(";", semicolon + 1, right)
    if semicolon < 0 and lowered.endswith("(", anchor.stop, right):
        right -= 1  # "… lên 40 xã | (80% số xã)"
    return semicolon if semicolon >= 0 else right


_OF_THEM = re.compile(r"trong (?:số )?đó,?\s[^;:.%,]*\Z")  # "…, trong đó đại học trở lên đạt 40%"
_REACHES = re.compile(
    rf"(?:[^;:,.%]*\s(?:đạt|chiếm|là|lên|còn|xuống|tăng))?(?:\s+(?:từ|đến|bình quân|{comparing()}))*\s*\Z"
)


_LISTS = re.compile(r"[:;,]\s*\Z")
#: A grade that its holders' share is told of at once: "… có trình độ tiến sĩ | đạt ít nhất | 12%", "từ đại học trở lên,
#: phấn đấu | 100%", "Về chuyên môn: thạc sĩ | 15%".
_ITS_SHARE = re.compile(
    rf"(?:\s(?:lý luận |lí luận )?chính trị)?(?:\s*:|,\s+phấn đấu|,?(?:\s+phấn đấu)?\s+(?:đạt|chiếm|là))"
    rf"(?:\s+(?:đạt|từ|đến|bình quân|{comparing()}))*\s*\Z"
)
_NOTHING_FURTHER = re.compile(
    r"(?:\s*(?:trở lên|trở xuống))?\s*(?:[;.,(]|\Z|(?:vào|trong|đến)(?: cuối| hết)? năm|và (?!được|có))"
)
#: The grade of others than those whose share is told: "Bếp ăn | có nhân viên trình độ | trung cấp trở lên: 100%".
_OF_ITS_STAFF = re.compile(
    r"(?<!\w)có\s(?!trình độ|bằng|văn bằng|ngạch|chức danh)[^;:.,%]*\s(?:trình độ|bằng|tốt nghiệp)[^;:.,%]*\Z"
)


def _told_at_once(lowered: str, grade: Grade, place: int, share: Quantity) -> bool:
    """Whether a share says how many hold the grade right before it, and nothing else of them.

    ``… có trình độ tiến sĩ đạt 12%``, but not ``Từ cao đẳng trở lên, 70% được bồi dưỡng``.
    """
    between = lowered[grade.end : place]
    if _OF_ITS_STAFF.search(lowered[: grade.start]) is not None:
        return False
    at_once = _ITS_SHARE.fullmatch(between) is not None or (
        not between.strip() and _LISTS.search(lowered[: grade.start])
    )
    return bool(at_once) and _NOTHING_FURTHER.match(lowered, share.end) is not None


def _before_their_share(lowered: str, items: list[tuple[int, Quantity | Grade]]) -> dict[int, list[Grade]]:
    """Grades that a share behind them counts: ``tỷ lệ giảng viên có trình độ tiến sĩ … đạt 25%``, by the share's
    place."""
    out: dict[int, list[Grade]] = {}
    for (_, grade), (place, share) in pairwise(items):
        if not isinstance(grade, Grade) or not isinstance(share, Quantity) or share.kind != "percent":
            continue
        begin = max(0, grade.start - 160)
        before = lowered[begin : grade.start]
        told = (SHARE_OF.search(before) or _OF_THEM.search(before)) and _REACHES.fullmatch(lowered[grade.end : place])
        if told or _told_at_once(lowered, grade, place, share):
            out[place] = [grade]
    return out


_NEXT_SENTENCE = re.compile(r"\.\s|trong (?:số )?đó")


def _breaks(between: str, gap: str) -> bool:
    return bool(_NEXT_SENTENCE.search(between)) or len(gap) > 140 or "), " in gap
