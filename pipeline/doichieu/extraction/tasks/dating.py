"""Which of the times that a clause names binds a task of it."""

from __future__ import annotations

import re

from doichieu.extraction.tasks.predicates import RoleRow
from doichieu.extraction.times.grammar import due
from doichieu.extraction.times.hits import DeadlineHit
from doichieu.model import Deadline
from doichieu.segmentation.passages import Analysis, Passage
from doichieu.text.sieve import Sieve

_PERIOD = re.compile(r"\W*(?:giai đoạn|thời kỳ|nhiệm kỳ|năm học|năm ngân sách|niên vụ|\d+ năm \()", re.IGNORECASE)
#: What stands before a period that says when a thing is done, not which thing.
_WHEN = re.compile(
    r"(?:(?:\A|[,;:(.–-])\s*|\b(?:trong|suốt|cả|vào|cho|thực hiện|triển khai|hoàn thành|áp dụng|kéo dài|duy trì"
    r"|hằng năm|hàng năm|từng năm|từng)\s+(?:cả |suốt |từng )?)\Z",
    re.IGNORECASE,
)
#: "Chương trình … phòng, chống ma túy| đến năm 2030": a year in the name of a paper or programme, in a list of such
#: without its capital: "giám sát Chiến lược A; chương trình nước sạch| đến năm 2030".
_PAPER = re.compile(
    r"(?:(?:Chương trình|Đề án|Kế hoạch|Chiến lược|Quy hoạch|Dự án|Nghị quyết|Chỉ thị|Định hướng|Khung|Bộ tiêu chí)"
    r"|;\s(?:các )?(?:chương trình|đề án|kế hoạch|chiến lược|quy hoạch))"
    r"(?:\s+(?!phấn đấu|bảo đảm|hoàn thành|đạt|có hiệu|này)[^\s;.:()]+){2,24}\s+\Z"
)
_UNTIL = re.compile(r"\W*(?:đến|tới)\s+(?:hết\s+)?năm\s+\d{4}", re.IGNORECASE)
#: "các dự án có kế hoạch| hoàn thành năm 2025|", "mục tiêu| đến năm 2030|", "kế hoạch trung hạn và| hằng năm|": a time
#: of what is spoken of.
_OF_A_THING = re.compile(
    r"(?:có|theo|đúng)\s+(?:kế hoạch|mục tiêu|tiến độ|lộ trình|dự kiến)(?:\s+(?:đến|là))?\s+\Z"
    r"|\bmục tiêu(?:\s+đến)?\s+\Z"
    r"|\b(?:trung hạn|dài hạn|(?:0?5|năm) năm)(?:\s+giai đoạn\s+\d{4}\s?[-–]\s?\d{4})?(?:,| và)\s+\Z"
)
#: "…; đồng bộ dữ liệu.| Thời hạn chậm nhất 05 ngày làm việc kể từ ngày ban hành Quyết định."
_TIME_OF_ALL = Sieve(
    r"[.;]\s+(?P<when>(?:thời hạn|thời gian)(?: (?!chậm|không|tối|trước|trong|xong|là)[^\W\d_]+){0,4}(?: là)?:?"
    r" (?:chậm nhất|không quá|tối đa|trước|trong|xong)\s[^;]{3,120}\Z)"
)
_ON_A_DAY = re.compile("BYMONTH|BYDAY")
_SPAN = 240  # how far back the words stand that decide


def describes(text: str, start: int, end: int, begin: int) -> bool:
    """Whether a time at ``text[start:end]`` belongs to a thing that is named before it, not to the task from ``begin``.

    >>> text = "lập kế hoạch đầu tư công trung hạn giai đoạn 2026 - 2030"
    >>> describes(text, text.index("giai đoạn"), len(text), 0)
    True
    >>> text = "tập huấn cho cán bộ xã trong giai đoạn 2026 - 2030"
    >>> describes(text, text.index("giai đoạn"), len(text), 0)
    False
    """
    before, time = text[max(begin, start - _SPAN) : start], text[start:end]
    if _OF_A_THING.search(before):
        return True
    if _PERIOD.match(time):
        return _WHEN.search(before) is None
    return _UNTIL.match(time) is not None and _PAPER.search(before) is not None


def _binding(found: list[Deadline]) -> Deadline | None:
    """Which of the times in a task's segment is its own: the first that has a date, else the first.

    The day of a rhythm says more than the rhythm: ``định kỳ hằng năm báo cáo … trước ngày 31 tháng 12``; but two days
    of one rhythm leave it at that: ``định kỳ 6 tháng báo cáo (trước ngày 05/6 và ngày 20/11)``.
    """
    first = next((deadline for deadline in found if deadline.date), next(iter(found), None))
    if first is None or first.date or first.kind != "recurring" or _ON_A_DAY.search(first.recurrence):
        return first
    days = [other for other in found if other.kind == "recurring" and _ON_A_DAY.search(other.recurrence)]
    return days[0] if len(days) == 1 else first


class Dating:
    """The deadlines of one document by clause."""

    def __init__(self, analysis: Analysis) -> None:
        self.hits: dict[str, list[DeadlineHit]] = analysis.deadline_hits
        self.document = analysis.document_id
        self.by_clause: dict[str, list[Deadline]] = {}
        for deadline in analysis.deadlines:
            self.by_clause.setdefault(deadline.clause_id, []).append(deadline)

    def inside(self, passage: Passage, start: int, end: int) -> Deadline | None:
        """The first dated deadline that stands in a stretch of the passage; the first where none has a date."""
        span = passage.span(start, end)
        inside = [
            d
            for d in self.by_clause.get(passage.clause.clause_id, [])
            if d.char_start < span.end and d.char_end > span.start
        ]
        dated = [d for d in inside if d.date and d.kind not in ("horizon",)]
        return next(iter(dated or inside), None)

    def headed(self, passage: Passage, time: str) -> Deadline | None:
        """The time that the head of a column gives to each row of its table."""
        hit = next((hit for hit in due(time, (), bare=True) if hit.date), None)
        if hit is None:
            return None
        clause = passage.clause
        place = clause.char_start, clause.char_end
        return Deadline(self.document, "", clause.clause_id, *place, time, "within", "within", hit.start_date, hit.date)

    def of(self, passage: Passage, row: RoleRow) -> Deadline | None:
        """The deadline of a role in running text: of its own segment; a recurring one binds the acts after it."""
        span = passage.span(row.start, row.end)
        act = passage.span(row.task, row.end).start
        found: list[Deadline] = []
        for deadline in self.by_clause.get(passage.clause.clause_id, []):
            if deadline.char_start >= span.end or deadline.char_end <= span.start or deadline.kind == "horizon":
                continue
            if (
                deadline.kind == "recurring"
                and row.role != "bao_cao"
                and deadline.char_start > act
                and "báo cáo" in passage.lower[row.start : row.end]
            ):
                continue
            if deadline.kind == "ongoing" and not deadline.date:
                continue
            if self._of_a_thing(passage, row, deadline):
                continue
            found.append(deadline)
        return _binding(found or self._said_behind(passage, row))

    def _said_behind(self, passage: Passage, row: RoleRow) -> list[Deadline]:
        """The time that a last sentence gives to all before it: ``… Thời hạn hoàn thành: không quá 03 ngày …``."""
        last = next(iter(reversed(list(_TIME_OF_ALL.finditer(passage.lower, row.end)))), None)
        if last is None:
            return []
        span = passage.span(last.start("when"), len(passage.text))
        return [d for d in self.by_clause.get(passage.clause.clause_id, []) if span.start <= d.char_start < span.end]

    def _of_a_thing(self, passage: Passage, row: RoleRow, deadline: Deadline) -> bool:
        """Whether a deadline of the clause tells which thing a task is about."""
        for hit in self.hits.get(passage.clause.clause_id, []):
            if passage.span(hit.start, hit.end).start == deadline.char_start:
                return describes(passage.text, hit.start, hit.end, row.start)
        return False
