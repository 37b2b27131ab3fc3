"""The record of a target from its measure: figure and direction, grade, limit, and rows that share one figure."""

from __future__ import annotations

import re

import msgspec

from doichieu.extraction.targets.breakdowns import opens_parts
from doichieu.extraction.targets.context import Due
from doichieu.extraction.targets.directions import direction_from
from doichieu.extraction.targets.grades import Grade
from doichieu.extraction.targets.inheritance import Above
from doichieu.extraction.targets.measures import Group
from doichieu.extraction.targets.parts import clean, creator_before
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.model import Direction, Operator, Target
from doichieu.numerals import number
from doichieu.segmentation.passages import Passage

_LABEL_ONLY = re.compile(r"[\s,;:]*(?:trong (?:số )?đó[,:]?\s+)?(?:[^\W\d_]+[\s,]+){0,7}?:?\s*")
_NO_VERB_BEFORE = re.compile(r"[\s,;]*(?:và\s+)?")


def two_predicates(row: Target, passage: Passage, begin: int, group: Group, joined: re.Match[str]) -> list[Target]:
    """A share of two predicates as two commitments, each with its own wording."""
    first, mark, second = row.indicator.partition(f" và {joined.group('verb')} ")
    if not mark:
        return [row]
    spans = [
        passage.span(begin + group.start, begin + joined.start()),
        passage.span(begin + joined.start("verb"), begin + group.end),
    ]
    return [
        msgspec.structs.replace(
            row,
            char_start=span.start,
            char_end=span.end,
            quote=passage.source[span.start : span.end],
            indicator=clean(what),
        )
        for span, what in zip(spans, (first, f"{joined.group('verb')} {second}"), strict=True)
    ]


def without_grade(row: Target, passage: Passage, begin: int, group: Group, besides: re.Match[str]) -> Target:
    """What a share of holders of a grade is to be besides (``… từ trung cấp trở lên và được bồi dưỡng …``)."""
    span = passage.span(begin + besides.start("verb"), begin + group.end)
    wording = passage.source[span.start : span.end]
    return msgspec.structs.replace(
        row,
        char_start=span.start,
        char_end=span.end,
        quote=wording,
        indicator=clean(passage.text[begin + besides.start("verb") : begin + group.end]),
        level="",
        level_operator="",
        level_scale="",
    )


def before_grade(row: Target, passage: Passage, begin: int, group: Group, first: re.Match[str]) -> Target:
    """What a share of holders of a grade is to be besides, said before the grade."""
    span = passage.span(begin + group.start, begin + first.end("first"))
    return msgspec.structs.replace(
        row,
        char_start=span.start,
        char_end=span.end,
        quote=passage.source[span.start : span.end],
        indicator=clean(passage.text[begin + first.start("first") : begin + first.end("first")]),
        level="",
        level_operator="",
        level_scale="",
    )


def indicator_of(said: str, grade: Grade | None, group: Group, over: Above) -> str:
    """What is measured: the wording's own, for a grade what its label, heading or scale says."""
    if grade is None:
        return over.label_aspect if over.label_aspect and len(said) < 4 else said
    aspect = grade.indicator
    if grade.scale in ("trinh_do_chuyen_mon", "ly_luan_chinh_tri"):
        aspect = over.label_aspect if "trình độ" in over.label_aspect else aspect
    elif "trình độ" in over.heading_aspect:
        aspect = over.heading_aspect
    extra = said if group.quantity is None and len(said) > 60 else ""
    return aspect if aspect in extra.lower() else f"{aspect} {extra}".strip()


#: The words that only lead to a grade narrow nobody: "cán bộ | có trình độ | từ đại học trở lên".
_LEADS_TO_GRADE = re.compile(r"(?:(?:có|đạt) (?:chuẩn )?trình độ(?: chuyên môn| đào tạo)?|tốt nghiệp|có bằng)")


def graded(row: Target, grade: Grade | None) -> Target:
    """A row with the grade that its wording requires."""
    if grade is None:
        return row
    scope = tuple(piece for piece in row.scope if _LEADS_TO_GRADE.fullmatch(piece) is None)
    return msgspec.structs.replace(
        row, scope=scope, level_scale=grade.scale, level_operator=grade.operator, level=grade.level
    )


def dated(row: Target, due: Due | None) -> Target:
    """A row with its limit of time."""
    if due is None:
        return row
    return msgspec.structs.replace(
        row, deadline=due.date, deadline_operator=due.operator, deadline_text=due.text, start=due.start
    )


def _next_size(group: Group, lowered: str, previous: Group | None) -> bool:
    """Whether a size goes on a list of sizes: ``không quá 36 giờ đối với hàng nhập, 24 giờ đối với hàng xuất``."""
    now, was = group.quantity, previous.quantity if previous is not None else None
    if now is None or was is None or previous is None:
        return False
    alike = now.kind == was.kind == "index" and now.unit == was.unit != "" and now.operator == "="
    return alike and _NO_VERB_BEFORE.fullmatch(lowered, max(group.start, previous.stop), group.anchor) is not None


_HELD_FOR = re.compile(r"\s*(?:đối với|ở|tại)\s[^;.:%\d]{2,80}(?:,|\svà)\s*")
_HELD_HERE = re.compile(r"\s*(?:đối với|ở|tại)\s")


def _next_held(group: Group, lowered: str, previous: Group | None) -> bool:
    """Whether a share is the next of those that hold for others: ``tối thiểu 80% đối với cấp tỉnh, 70% đối với xã``."""
    now, was = group.figure, previous.figure if previous is not None else None
    if previous is None or was is None or not now.kind == was.kind == "percent" or now.operator != "=":
        return False
    if was.operator not in (">=", "<=", ">", "<") or previous.sentence != group.sentence:
        return False
    between = _HELD_FOR.fullmatch(lowered, previous.stop, group.anchor)
    return between is not None and _HELD_HERE.match(lowered, group.stop) is not None


#: What is said of the count before ends with it: "ít nhất 05 xã đạt chuẩn nâng cao, | 03 xã đạt chuẩn kiểu mẫu".
_OWN_END = re.compile(
    r"(?:\s[^\W\d_]+){0,4}?\s(?:đạt (?:chuẩn|tiêu chuẩn|danh hiệu)|được công nhận|hoàn thành)\s[^;.:%\d]{2,80}"
    r"(?:,|\svà)\s+(?:\d|[^\W\d_]+\s)[^;.,%]*?\s(?:đạt|được công nhận|hoàn thành)(?!\w)"
)


_OWN_YEAR = re.compile(r"(?<!\w)năm 20\d\d(?: là| đạt|:)")


def shared_operator(group: Group, lowered: str, previous: Group | None) -> Operator:
    """The operator of a figure; ``ít nhất 500 doanh nghiệp, 50 hợp tác xã`` has one for both."""
    quantity = group.figure
    before = previous.quantity if previous is not None else None
    if before is not None and (_next_size(group, lowered, previous) or _next_held(group, lowered, previous)):
        return before.operator
    if (
        quantity.kind == "count"
        and quantity.operator == "="
        and previous is not None
        and before is not None
        and before.kind == "count"
        and (previous.sentence, previous.part) == (group.sentence, group.part)
        and before.operator in (">=", "<=", ">", "<")
        and not opens_parts(lowered[previous.stop : group.anchor])
        and _OWN_YEAR.search(lowered, previous.stop, group.anchor) is None
        and " cho " not in lowered[previous.stop : group.anchor]
        and _OWN_END.match(lowered, before.end) is None
        and " mỗi " not in lowered[previous.stop : group.anchor]
        and not creator_before(lowered[group.start : group.anchor])
    ):
        return before.operator
    return quantity.operator


def rises_or_falls(group: Group, lowered: str, previous: Group | None, was: Target | None) -> Direction:
    """Whether a measure rises or falls: by its own wording, from its baseline, or as the list that it goes on with
    (``giảm 30% thời gian, 30% chi phí``; ``giảm còn 0,3%, trong đó: tiểu học dưới 0,05%``)."""
    quantity = group.figure
    own = quantity.direction or direction_from(number(group.baseline.rstrip(" %‰")), quantity.value)
    if own or previous is None or was is None or not was.direction or previous.sentence != group.sentence:
        return own
    if was.unit != quantity.unit:
        return ""
    between = lowered[previous.stop : group.anchor]
    part_of = lowered.find("trong đó", 0, group.anchor) >= 0
    own_words = lowered[max(group.start, previous.stop) : group.anchor]
    if part_of and _LABEL_ONLY.fullmatch(own_words) and predicate_start(own_words) is None:
        return was.direction
    alone = _NO_VERB_BEFORE.fullmatch(own_words) is not None and ";" not in between
    behind = lowered[quantity.end : group.end]
    of_number = behind.startswith(" số ") and lowered[previous.stop :].startswith(" số ")
    return was.direction if alone and (of_number or predicate_start(behind) is None) else ""


def measured(row: Target, group: Group, lowered: str, previous: Group | None, was: Target | None) -> Target:
    """A row with the figure of its measure; ``was`` is the row of the measure before, ``previous``."""
    quantity = group.quantity
    if quantity is None:
        return row
    return msgspec.structs.replace(
        row,
        direction=rises_or_falls(group, lowered, previous, was),
        operator=shared_operator(group, lowered, previous),
        value=quantity.value,
        value_max=quantity.value_max,
        unit=quantity.unit,
        base=quantity.base,
        recurrence=quantity.recurrence or row.recurrence,
    )
