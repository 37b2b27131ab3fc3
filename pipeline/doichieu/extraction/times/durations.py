"""Limits that are told as a stretch of days: ``trong thời hạn 02 ngày làm việc``, a cell that says ``0,5 ngày``."""

from __future__ import annotations

import re

from doichieu.extraction.times.hits import DeadlineHit

_NUMBER = (
    r"(?:\d{1,3}(?:[.,]\d{1,2})?|1/2|½|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười lăm|hai mươi|ba mươi|sáu mươi)"
    r"(?:\s*\([^()\d]{2,20}\))?"
)
_UNIT = r"(?:ngày|giờ|tuần)(?:\s+làm\s+việc)?(?!\w)"
#: "trong vòng 05 ngày làm việc|, Sở A trả kết quả": the limit of what is done, its event said before or not at all.
_WITHIN = re.compile(
    r"(?<!\w)(?:trong\s+(?:vòng|thời\s+hạn|thời\s+gian)(?:\s+(?:không\s+quá|tối\s+đa|chậm\s+nhất|là))*"
    r"|(?:chậm\s+nhất|muộn\s+nhất)(?:\s+(?:là|trong|sau|không\s+quá))*|trong\s+(?:không\s+quá|tối\s+đa))"
    rf"\s+{_NUMBER}\s+{_UNIT}"
)
#: "Trong 03 ngày làm việc, Sở A …": without a word of limit only where a clause opens with it, or the days are of work.
_OPENING = re.compile(rf"(?<!\w)trong\s+{_NUMBER}\s+(?:(?:ngày|giờ)\s+làm\s+việc|(?:ngày|giờ|tuần)(?=,))(?!\w)")
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
    if "ngày" not in lower and "giờ" not in lower and "tuần" not in lower:
        return []
    if len(lower) < 60 and _WHOLE_CELL.fullmatch(lower):
        start = len(lower) - len(lower.lstrip())
        return [DeadlineHit(start, len(lower.rstrip()), "relative", "<=")]
    found = []
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
