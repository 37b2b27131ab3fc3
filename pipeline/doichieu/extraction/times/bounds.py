"""What looks like a limit of time and is none, and where a stretch of time begins: small rules over what was found."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from msgspec.structs import replace

from doichieu.extraction.times.hits import DeadlineHit
from doichieu.lexicon import load
from doichieu.lexicon.named_words import words_of

_TERM_OF = re.compile(r"(?:khóa\s+(?:[ivxlc]+|\d+)|lần thứ\s+(?:[ivxlc]+|\d+)|đại biểu|bầu cử|ứng cử)\W[^.;:]{0,80}\Z")
_LABEL = re.compile(r"(?:thời gian|thời hạn|tiến độ|lộ trình|thực hiện|hoàn thành)[^:;.|]{0,40}:\s*\Z")
_ALONE = 60  # a cell or line of so few characters that holds "thường xuyên" says when
_REPORT_OF = re.compile(
    r"báo cáo(?:\s+(?:kết quả|tình hình|số liệu|thực hiện|công tác|định kỳ|tổng kết|sơ kết|của|nhiệm vụ))*\s*\Z"
)
_FIRST_DAY = re.compile(
    r"từ\s+(?P<d>\d{1,2})?(?:ngày\s+(?P<n>\d{1,2}))?(?:\s*/\s*(?P<m>\d{1,2})|\s+tháng\s+(?P<t>\d{1,2}))?\s*\Z"
)
_FIRST_MONTH = re.compile(r"từ\s+tháng\s+(?P<t>\d{1,2})\s*\Z")

_DONE_BEFORE = re.compile(
    r"(?:(?<!\w)(?:các|những|mọi|đối với|của)\s+(?:[^\W\d_]+\s+){1,6}|(?<=\w\s)(?:đã |được ))(?:đã "
    r"|được )*(?:"
    rf"{words_of('happened_before_a_day')}"
    r")\s*\Z"
)
_STILL = re.compile(r"\s*(?:,\s*)?(?:thì |vẫn |nhưng |mà |chưa |không |được |tiếp tục |còn )")


@lru_cache(maxsize=1)
def _attributes() -> re.Pattern[str]:
    words = sorted(load("dates")["paid"], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?:\s+[^\W\d_]+){0,2}\s*\Z")


@lru_cache(maxsize=1)
def _meetings() -> re.Pattern[str]:
    words = sorted(load("dates")["held"], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")\s*\Z")


def bounded(lower: str, hits: list[DeadlineHit]) -> list[DeadlineHit]:
    """The hits that bind, each from its first day on.

    >>> hit = DeadlineHit(24, 36, "ongoing")
    >>> bounded("công an xã tuần tra đê, thường xuyên và đột xuất trong mùa mưa lũ lớn", [hit])
    []
    """
    out = []
    for hit in hits:
        if any(rule(lower, hit) for rule in _NONE):
            continue
        for change in _BEGINS:
            hit = change(lower, hit)
        out.append(hit)
    return out


# ---------------------------------------------------------------- what is no limit


def is_term(lower: str, hit: DeadlineHit) -> bool:
    """``đại biểu Hội đồng nhân dân tỉnh khóa XV, nhiệm kỳ 2026 - 2031``: the term of a body that is named."""
    if not lower.startswith("nhiệm kỳ", hit.start):
        return False
    return _TERM_OF.search(lower[max(0, hit.start - 120) : hit.start]) is not None


def is_adverb(lower: str, hit: DeadlineHit) -> bool:
    """``tuần tra thường xuyên``: how, not when; but not ``Thời gian thực hiện: Thường xuyên`` nor a cell of its own."""
    if hit.kind != "ongoing" or hit.operator:
        return False
    if len(lower.strip()) <= _ALONE or _LABEL.search(lower[max(0, hit.start - 80) : hit.start]):
        return False
    opens = not lower[: hit.start].strip(" -+*•.") or lower[: hit.start].rstrip().endswith((";", "."))
    return not opens


def is_attribute(lower: str, hit: DeadlineHit) -> bool:
    """``trợ cấp hằng tháng``, ``ngân sách hàng năm``: how often something is paid or planned."""
    if hit.kind != "recurring":
        return False
    return _attributes().search(lower[max(0, hit.start - 60) : hit.start]) is not None


def is_meeting(lower: str, hit: DeadlineHit) -> bool:
    """``họp định kỳ``: the name of a meeting, without a rhythm."""
    if hit.kind != "recurring" or hit.recurrence:
        return False
    return _meetings().search(lower[max(0, hit.start - 40) : hit.start]) is not None


def is_reported(lower: str, hit: DeadlineHit) -> bool:
    """``báo cáo tháng 9/2026 trước ngày 20/9``: the period that is reported on."""
    if hit.kind != "within":
        return False
    return _REPORT_OF.search(lower[max(0, hit.start - 60) : hit.start]) is not None


def is_of_things(lower: str, hit: DeadlineHit) -> bool:
    """``các dự án ban hành trước ngày 01/01/2026 tiếp tục thực hiện``: which of them, not by when."""
    if hit.kind != "by" or _STILL.match(lower, hit.end) is None:
        return False
    return _DONE_BEFORE.search(lower[max(0, hit.start - 80) : hit.start]) is not None


# ---------------------------------------------------------------- where a stretch begins


def from_first_day(lower: str, hit: DeadlineHit) -> DeadlineHit:
    """``từ ngày 08 đến ngày 10 tháng 12 năm 2025`` keeps the 8th as its start."""
    recurs = "BYMONTHDAY" in hit.recurrence
    if not (hit.kind == "by" or recurs) or not lower.startswith(("đến", "tới"), hit.start):
        return hit
    match = _FIRST_DAY.search(lower[max(0, hit.start - 30) : hit.start])
    day = (match.group("d") or match.group("n")) if match else None
    if match is None or day is None:
        return hit
    begin = max(0, hit.start - 30) + match.start()
    if recurs:
        return replace(hit, start=begin, operator="within")
    if not hit.date:
        return replace(hit, start=begin, kind="within", operator="within")
    month = int(match.group("m") or match.group("t") or hit.date[5:7])
    try:
        first = date(int(hit.date[:4]), month, int(day)).isoformat()
    except ValueError:
        return hit
    if first > hit.date:
        return hit
    return replace(hit, start=begin, kind="within", operator="within", start_date=first)


def from_first_month(lower: str, hit: DeadlineHit) -> DeadlineHit:
    """``từ tháng 3 đến tháng 10``, the year not printed: the whole stretch is quoted."""
    if hit.kind != "by" or hit.date or not lower.startswith(("đến tháng", "tới tháng"), hit.start):
        return hit
    match = _FIRST_MONTH.search(lower[max(0, hit.start - 30) : hit.start])
    if match is None:
        return hit
    return replace(hit, start=max(0, hit.start - 30) + match.start(), kind="within", operator="within")


_NONE: tuple[Callable[[str, DeadlineHit], bool], ...] = (
    is_term,
    is_adverb,
    is_attribute,
    is_meeting,
    is_reported,
    is_of_things,
)
_BEGINS: tuple[Callable[[str, DeadlineHit], DeadlineHit], ...] = (from_first_day, from_first_month)
