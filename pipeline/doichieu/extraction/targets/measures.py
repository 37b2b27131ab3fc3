"""Where the commitments of a passage stand: sentences, parts, and the stretch of wording around each measure.

A measure is a figure, a grade, or a figure with the grades it counts (``70% … từ đại học trở lên``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from doichieu.extraction.targets.grades import Grade, find_grades
from doichieu.extraction.targets.quantities import Quantity, find_quantities
from doichieu.segmentation.passages import Passage

_SENTENCE = re.compile(r'(?<=[.!?…])["¹²³⁴⁵⁶⁷⁸⁹⁰)]*\s+(?=["(]?[A-ZĐÀ-Ỹ0-9])')
_ABBREVIATION = re.compile(r"(?:\b(?:TP|Tp|TX|tx|KT|TM|GS|TS|PGS|ThS|BS|Ô|B|v\.v|VD|vd|[A-ZĐ])\.|^\(?[\w.]{1,7}\.)\Z")
_BRACKET = re.compile(r"\(([^()]*)\)")
_MARK = re.compile(r"^(?:\(?[\w.]{1,7}[.)\-]+|[-+*•]|\(\w{1,2}\))\s+")
_CUT = re.compile(
    r";|\.\s|:\s|,?\s*\(?trong đó[,:]?\s|,\s*(?:đồng thời|phấn đấu|bảo đảm|đảm bảo|riêng|nâng|giảm"
    r"|tăng)\s|,\s*(?=đến (?:hết |cuối )?năm \d{4})"
)
#: Figures that state how much, as opposed to ages, durations, properties.
MEASURES = frozenset({"percent", "count", "rate", "rank", "multiple", "majority", "money", "index"})


class Group(NamedTuple):
    """One measure with its stretch of the passage: ``start``..``end``; ``sentence``/``part`` number its surroundings.

    ``baseline`` is the figure it rises or falls from (``từ 12,3% lên 13,5%``).
    """

    quantity: Quantity | None
    grades: tuple[Grade, ...]
    start: int
    end: int
    sentence: int
    part: int
    bracket: bool
    baseline: str = ""

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
    return (0, len(marker)) if marker and passage.text.startswith(marker) else (0, 0)


@lru_cache(maxsize=64)
def sentence_starts(text: str) -> tuple[int, ...]:
    """Where the sentences of a passage begin (the first after its numbering mark).

    >>> sentence_starts("a) Đạt 50%. Có 3 lớp.")
    (3, 12)
    """
    starts = [mark_length(text)]
    for match in _SENTENCE.finditer(text):
        head = text[max(0, match.start() - 32) : match.start()].rstrip()
        if match.end() > starts[-1] and not _ABBREVIATION.search(head[-8:]):
            starts.append(match.end())
    return tuple(starts)


def _of_all(quantity: Quantity) -> Quantity:
    """``193/193 xã`` as a count of those it names, with the whole as its base."""
    if quantity.kind != "ratio" or not quantity.unit or quantity.value is None or quantity.value_max is None:
        return quantity
    if not 0 < quantity.value <= quantity.value_max:
        return quantity
    return quantity._replace(kind="count", value_max=None, base=f"{quantity.value_max:g} {quantity.unit}")


def _brackets(text: str) -> list[tuple[int, int]]:
    """Asides: brackets that do not themselves open a commitment."""
    return [m.span() for m in _BRACKET.finditer(text) if not m.group(1).strip().startswith("trong đó")]


def groups(text: str, lowered: str, skip: list[tuple[int, int]], label: str) -> list[Group]:
    """The measures of a passage, each with the stretch of wording that belongs to it."""
    quantities = [q for q in map(_of_all, find_quantities(lowered, skip)) if q.kind in MEASURES]
    quantities = _without_parts(lowered, quantities)
    baselines = {q.figure_start: was for was, q in pairwise(quantities) if rises_from(lowered, was, q)}
    quantities = [q for q in quantities if q not in baselines.values()]
    grades = find_grades(lowered, label=label)
    if not quantities and not grades:
        return []
    starts = sentence_starts(text)
    asides = _brackets(lowered)
    anchors: list[tuple[int, Quantity | None, list[Grade], bool]] = []
    items: list[tuple[int, Quantity | Grade]] = [(q.figure_start, q) for q in quantities] + [
        (g.start, g) for g in grades
    ]
    items.sort(key=lambda item: item[0])
    ahead = _before_their_share(lowered, items)
    for position, item in items:
        inside = any(a <= position < b for a, b in asides)
        if isinstance(item, Quantity):
            anchors.append((item.start, item, ahead.get(position, []), inside))
            continue
        if any(item in kept for kept in ahead.values()):
            continue
        if anchors and not inside:
            start, quantity, attached, aside = anchors[-1]
            between = lowered[quantity.end if quantity is not None else start : item.start]
            last = attached[-1].end if attached else (quantity.end if quantity is not None else start)
            gap = lowered[last : item.start]
            if (
                quantity is not None
                and not aside
                and ";" not in between
                and not _breaks(between, gap)
                and (quantity.kind in ("percent", "majority", "count"))
            ):
                attached.append(item)
                continue
        if not inside:
            anchors.append((item.start, None, [item], False))
    out: list[Group] = []
    outer = [a for a in anchors if not a[3]]
    for index, (start, quantity, attached, inside) in enumerate(outer):
        sentence = bisect_right(starts, start) - 1
        left = starts[max(sentence, 0)]
        right = starts[sentence + 1] if sentence + 1 < len(starts) else len(text)
        if index > 0:
            before = outer[index - 1]
            left = max(left, _cut_between(lowered, _stop(before), start, _preposed(lowered, out[-1].start, before[0])))
        else:
            left = max(left, _last_cut(lowered, left, start))
        if index + 1 < len(outer):
            after = outer[index + 1]
            if after[0] < right:
                own_stop = (
                    max(quantity.end if quantity else 0, *(g.end for g in attached))
                    if attached
                    else (quantity.end if quantity else start)
                )
                right = _cut_between(lowered, own_stop, after[0], _preposed(lowered, left, start))
        else:
            semicolon = lowered.find(";", _stop((start, quantity, attached, inside)))
            if 0 <= semicolon < right:
                right = semicolon
        if index + 1 < len(outer):
            semicolon = lowered.find(";", _stop((start, quantity, attached, inside)), right)
            if semicolon >= 0:
                right = semicolon
        part = lowered.count(";", starts[max(sentence, 0)], start)
        left, right = _trim(text, left, right)
        was = baselines.get(quantity.figure_start) if quantity is not None else None
        baseline = text[was.figure_start : was.figure_end].strip() if was is not None else ""
        out.append(
            Group(quantity, tuple(attached), min(left, start), max(right, start), sentence, part, inside, baseline)
        )
    return out


_TO = re.compile(
    r"\s*(?:\(?(?:vào |hết |cuối )?(?:năm|quý|tháng) [\d/]+\)?)?,?\s*(?:tăng |giảm |nâng )?(?:lên|xuống|còn)"
    r"(?:\s+(?:đến|tới|còn|trên|khoảng|ít nhất|tối thiểu|dưới|đạt|mức))*\s*"
)


def rises_from(lowered: str, was: Quantity, now: Quantity) -> bool:
    """Whether two figures are where a measure comes from and where it goes: ``từ 12,3% lên 13,5%``."""
    return (
        was.kind == now.kind
        and was.unit == now.unit
        and lowered[max(0, was.figure_start - 4) : was.figure_start].strip() == "từ"
        and _TO.fullmatch(lowered, was.end, now.figure_start) is not None
    )


def _without_parts(lowered: str, quantities: list[Quantity]) -> list[Quantity]:
    """Figures without the counts that only say what a share is of: ``tỷ lệ trẻ được tầm soát ít nhất 5 bệnh đạt
    90%``."""
    out = []
    for index, quantity in enumerate(quantities):
        following = quantities[index + 1] if index + 1 < len(quantities) else None
        if (
            quantity.kind == "count"
            and following is not None
            and following.kind == "percent"
            and _SHARE_OF.search(lowered[max(0, quantity.start - 160) : quantity.start])
            and _REACHED.fullmatch(lowered, quantity.end, following.start)
        ):
            continue
        out.append(quantity)
    return out


_SHARE_OF = re.compile(
    r"(?:^(?:[-+*•]|\(?[\w.]{1,7}[.)\-]+)?\s*|[;:,.]\s+|\s(?:và|có|nâng|đưa|tăng|bảo đảm|đảm bảo"
    r"|phấn đấu)\s+)(?:tỷ lệ|tỉ lệ|số|tổng số)\s[^;:,.%]*\Z"
)
_OF_THEM = re.compile(r"trong đó,?\s[^;:.%,]*\Z")  # "…, trong đó đại học trở lên đạt 40%"
_REACHED = re.compile(r"[^;:,.%]*\s(?:đạt|chiếm|là)\s*")
_REACHES = re.compile(
    r"(?:[^;:,.%]*\s(?:đạt|chiếm|là|lên|còn|xuống|tăng))?(?:\s+(?:từ|đến|trên|tối thiểu|ít nhất|khoảng"
    r"|dưới|không dưới|bình quân|hơn))*\s*\Z"
)


def _before_their_share(lowered: str, items: list[tuple[int, Quantity | Grade]]) -> dict[int, list[Grade]]:
    """Grades that a share behind them counts: ``tỷ lệ giảng viên có trình độ tiến sĩ … đạt 25%``, by the share's
    place."""
    out: dict[int, list[Grade]] = {}
    for (_, grade), (place, share) in pairwise(items):
        if not isinstance(grade, Grade) or not isinstance(share, Quantity) or share.kind != "percent":
            continue
        begin = max(0, grade.start - 160)
        if (
            _SHARE_OF.search(lowered[begin : grade.start]) or _OF_THEM.search(lowered[begin : grade.start])
        ) and _REACHES.fullmatch(lowered[grade.end : place]):
            out[place] = [grade]
    return out


def _stop(anchor: tuple[int, Quantity | None, list[Grade], bool]) -> int:
    _, quantity, attached, _ = anchor
    return max([quantity.end if quantity is not None else 0, *(g.end for g in attached)])


def _breaks(between: str, gap: str) -> bool:
    return bool(re.search(r"\.\s|trong đó", between)) or len(gap) > 140 or "), " in gap


def _preposed(lowered: str, left: int, anchor: int) -> bool:
    """Whether a measure stands before what it measures (``70% cán bộ …``), not after (``tỷ lệ … đạt 70%``)."""
    from doichieu.extraction.targets.parts import strip_modal, strip_reach

    rest = strip_reach(strip_modal(lowered[left:anchor])).strip(" ,:;")
    return len(rest) < 4 or len(rest.split()) <= 2


_NEXT_LABEL = re.compile(
    r"[,;]\s+(?=(?:tỷ lệ|tỉ lệ|số|tổng)\s[^,;:]*:\s*\Z)"
)  # "…: 95%, tỷ lệ thôn có nhân viên y tế: 100%"


def _cut_between(lowered: str, end: int, start: int, preposed: bool) -> int:
    """Where the wording of one measure ends and that of the next begins."""
    if end >= start:
        return start
    between = lowered[end:start]
    labelled = _NEXT_LABEL.search(between)
    if labelled:
        return end + labelled.start()
    cuts = list(_CUT.finditer(between))
    hard = [m for m in cuts if m.group().strip().startswith((";", ".")) or "trong đó" in m.group()]
    if hard:
        return end + hard[-1].start()
    if cuts:
        return end + cuts[-1].start()
    commas = [m.start() for m in re.finditer(r",\s", between)]
    if commas:
        return end + (commas[-1] if preposed else commas[0])
    joined = between.rfind(" và ")
    if joined >= 0:
        return end + joined
    return start


def _last_cut(lowered: str, left: int, start: int) -> int:
    cuts = list(_CUT.finditer(lowered, left, start))
    return cuts[-1].start() if cuts else left


_LEADING = re.compile(r"(?:[\s;,:.)(]|trong đó|đồng thời|và|riêng)+(?=[\s\d\w(])", re.IGNORECASE)


def _trim(text: str, left: int, right: int) -> tuple[int, int]:
    match = re.compile(r"(?:[\s;,:.)(]+|(?:trong đó|đồng thời|và|Đồng thời|Trong đó)(?=[\s,]))+", re.UNICODE).match(
        text, left, right
    )
    if match:
        left = match.end()
    while right > left and text[right - 1] in " ;,:.":
        right -= 1
    if text[left:right].count("(") < text[left:right].count(")") and text[right - 1] == ")":
        right -= 1
    return left, right
