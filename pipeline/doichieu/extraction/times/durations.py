"""Limits that are told as a stretch of days: ``trong thời hạn 02 ngày làm việc``, a cell that says ``0,5 ngày``."""

from __future__ import annotations

import re

from doichieu.extraction.times.hits import DeadlineHit
from doichieu.numerals import SPELT
from doichieu.text.sieve import Sieve

#: A figure of days as a cell prints it: "0,5", "½".
FIGURE = r"(?:\d{1,3}(?:[.,]\d{1,2})?|1/2|½)"
_NUMBER = rf"(?:{FIGURE}|{SPELT})(?:\s*\((?:[^()\d]{{2,20}}|\d{{1,3}})\))?"
_UNITS = ("ngày", "giờ", "tuần")
_UNIT = rf"(?:{'|'.join(_UNITS)})(?:\s+làm\s+việc)?(?!\w)"
#: "trong vòng 05 ngày làm việc|, Sở A trả kết quả": the limit of what is done, its event said before or not at all.
_WITHIN = Sieve(
    r"(?<!\w)(?:trong\s+(?:vòng|thời\s+hạn|thời\s+gian)(?:\s+(?:không\s+quá|tối\s+đa|chậm\s+nhất|là))*"
    r"|(?:chậm\s+nhất|muộn\s+nhất)(?:\s+(?:là|trong|sau|không\s+quá))*|trong\s+(?:không\s+quá|tối\s+đa))"
    rf"\s+{_NUMBER}\s+{_UNIT}"
)
#: "Trong 03 ngày làm việc, Sở A …": without a word of limit only where a clause opens with it, or the days are of work.
_OPENING = Sieve(rf"(?<!\w)trong\s+{_NUMBER}\s+(?:(?:ngày|giờ)\s+làm\s+việc|(?:ngày|giờ|tuần)(?=,))(?!\w)")
#: "sơ kết sau 02 năm thực hiện": a time counted from the paper's own beginning.
_AFTER = Sieve(
    rf"(?<!\w)sau\s+{_NUMBER}\s+(?:năm|tháng|tuần|ngày)\s+(?:tổ chức\s+)?(?:triển khai|thực hiện|thi hành)(?!\w)"
)
_DUE_THEN = re.compile(r"(?:sơ kết|tổng kết|đánh giá|rà soát|báo cáo|kiểm tra|tổng hợp)(?!\w)")
_OPENS = re.compile(r"(?:\A|[.;:|])[\s\-+*•]*(?:[\wđ]{1,2}[.)]\s*)?\Z")
#: What lasts so long: no limit for a task.
_LASTS = re.compile(
    r"(?:kéo dài|diễn ra|nghỉ|niêm yết(?: công khai)?|công khai|hiệu lực|giá trị|lưu(?: trữ| giữ)?|gia hạn|tập huấn"
    r"|sử dụng|liên tục|vắng mặt|theo dõi|cách ly|điều trị|tạm giữ|tạm đình chỉ|đình chỉ|chậm nộp|quá hạn)"
    r"(?:\s+(?:này|đó|thực hiện|tối thiểu|ít nhất))?\s+\Z"
)
_NO_LIMIT_BEHIND = re.compile(r"\s*,?\s+(?:(?:kể\s+)?(?:từ|sau|trước)|đầu|cuối|qua|tới)(?!\w)")
#: "trong thời hạn 12 giờ| kể từ khi nhận được thông báo|": hours with their event, as days have it in the grammar.
_SINCE = re.compile(r"\s*,?\s+(?:kể\s+)?(?:từ|sau)\s+(?:khi|thời điểm|lúc)\s[^,;.():|]{2,90}")
_WHOLE_CELL = re.compile(
    rf"\W*(?:(?:trong|tối đa|không quá|chậm nhất|khoảng)\s+)*{_NUMBER}\s*{_UNIT}"
    rf"(?:\s*/\s*(?:hồ sơ|thủ tục|lượt|việc))?\W*"
)


def durations(lower: str) -> list[DeadlineHit]:
    """The limits of days and hours in a passage, and the one that a whole cell is.

    >>> [h.kind for h in durations("trong thời hạn 02 (hai) ngày làm việc, sở y tế trả lời")]
    ['relative']
    >>> durations("niêm yết công khai trong thời hạn 15 ngày"), [(h.start, h.end) for h in durations(" 0,5 ngày ")]
    ([], [(1, 9)])
    """
    found = _counted_on(lower) if "sau" in lower else []
    if not any(map(lower.__contains__, _UNITS)):
        return found
    if _WHOLE_CELL.fullmatch(lower):
        start = len(lower) - len(lower.lstrip())
        return [DeadlineHit(start, len(lower.rstrip()), "relative", "<=")]
    for pattern in (_WITHIN, _OPENING):
        for match in pattern.finditer(lower):
            before = lower[max(0, match.start() - 60) : match.start()]
            hours = _SINCE.match(lower, match.end()) if "giờ" in match.group() else None
            if hours is not None and not _LASTS.search(before):
                found.append(DeadlineHit(match.start(), len(lower[: hours.end()].rstrip()), "relative", "<="))
                continue
            opens = pattern is _WITHIN or "làm" in match.group() or _OPENS.search(before) is not None
            if opens and not _LASTS.search(before) and not _NO_LIMIT_BEHIND.match(lower, match.end()):
                found.append(DeadlineHit(match.start(), match.end(), "relative", "<="))
    return found


def _counted_on(lower: str) -> list[DeadlineHit]:
    """What is due so many years after a paper takes effect: ``sơ kết sau 02 năm thực hiện``.

    >>> [h.kind for h in _counted_on("sơ kết sau 02 năm thực hiện")], _counted_on("sau 02 năm liền kề")
    (['relative'], [])
    """
    hits = (
        match
        for match in _AFTER.finditer(lower)
        if _DUE_THEN.search(lower[max(0, match.start() - 120) : match.start()])
    )
    return [DeadlineHit(match.start(), match.end(), "relative", "<=") for match in hits]
