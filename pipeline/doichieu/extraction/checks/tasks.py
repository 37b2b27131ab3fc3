"""What a careful reader would notice of tasks: no body, no date, a date that has passed."""

from __future__ import annotations

import re

from msgspec.structs import replace

from doichieu.extraction.checks.rows import add
from doichieu.extraction.times.grammar import find_deadlines
from doichieu.lexicon import load
from doichieu.lexicon.families import EVERY
from doichieu.model import Problem
from doichieu.naming import day_words
from doichieu.segmentation.passages import Analysis
from doichieu.text import any_word, fold, short
from doichieu.text.sieve import Sieve

_PAST = re.compile(r"(?<!\w)(?:đã|vừa qua|hiện nay|trước đây|ban hành trước)(?!\w)")
#: What a limit speaks of when it looks back: a paper issued, a person born, a contract signed before that day.
_HAPPENED = re.compile(
    r"(?<!\w)(?:đã|cấp|ký|ban hành|sinh|phát hành|nộp|tiếp nhận|phát sinh|tuyển dụng|có hiệu lực|thành lập|sử dụng"
    r"|xây dựng|phê duyệt|bổ nhiệm|được giao|trúng tuyển|nhập học|tính|số liệu|thời điểm)(?:\s[^,.;:]{0,60})?\s*\Z"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LIMIT = re.compile(r"trước|chậm nhất|đến hết|xong|hoàn thành")
_TASKS = re.compile(r"nhiệm vụ|giải pháp")
_GOALS = re.compile(r"mục tiêu|chỉ tiêu|kinh phí|tổ chức thực hiện")
#: How a task begins: with what is to be done.
_DOES = re.compile(
    r"(?:xây dựng|ban hành|hoàn thành|hoàn thiện|rà soát|triển khai|tổ chức|thực hiện|trình|lập"
    r"|nghiên cứu|đề xuất|kiện toàn|thành lập|số hóa"
    r"|đầu tư|nâng cấp|cập nhật|tổng hợp|phê duyệt|sửa đổi|bổ sung|đưa|khởi công|bố trí)(?!\w)"
)
#: How the task of a table row begins, which has no chapter that says what it is.
_ORDERS = re.compile(any_word([*load("task_verbs")["plain"], *load("task_verbs")["light"]]))
#: From so large a share of dated tasks on, one without a date is an exception that is told by itself.
_DATED = 0.5
#: Kinds of documents that set dates for what they order.
_DATING = frozenset(
    {"ke_hoach", "chuong_trinh", "chi_thi", "de_an", "cong_dien", "chien_luoc", "thong_bao", "ket_luan"}
)
#: So few tasks without a date are no trait of a document.
_FEW = 3
#: More findings of one code than so many are told in one row.
_MOST = 5
_COUNTED = {
    "task_without_deadline": "{n} trong {all} nhiệm vụ không nêu thời hạn",
    "task_without_owner": "{n} nhiệm vụ chưa có cơ quan thực hiện",
    "deadline_not_read": "{n} ô thời gian không đọc được ngày nào",
}
#: A task has at least so many words.
_WORDS = 3
_WITHIN = Sieve(rf"trong (?:thời (?:gian|hạn)|vòng) \(?\d|chậm nhất|{EVERY}|thường xuyên|định kỳ|(?<!\w)khi(?!\w)")


def unread_tables(analysis: Analysis) -> None:
    """Tables that gave nothing: told one by one where their heads speak of goals; of others how many there are."""
    found = [p for p in analysis.problems if p.code == "table_not_read" and p.severity == "info"]
    if not found:
        return
    kept = found[:1]
    if len(found) > 1:
        message = f"{len(found)} bảng số liệu không cho chỉ tiêu hay nhiệm vụ nào; bảng đầu tiên: {found[0].message}"
        kept = [replace(found[0], message=message)]
    others = [p for p in analysis.problems if p.code != "table_not_read" or p.severity != "info"]
    analysis.problems = [*others, *kept]


def counted(analysis: Analysis) -> None:
    """Findings that say the same of task after task become one row with their count.

    A document of rules sets no dates for what it orders: only of plans, directives and the like is it told that tasks
    have none.
    """
    led = {(a.clause_id, a.task): bool(a.deadline or a.recurrence or a.deadline_text) for a in analysis.assignments}
    dated = sum(led.values())
    timed = _timed(analysis, {p.clause_id for p in analysis.problems if p.code == "task_without_deadline"})
    for code, wording in _COUNTED.items():
        found = [problem for problem in analysis.problems if problem.code == code]
        kept = [p for p in found if (_is_time(p) if code == "deadline_not_read" else _is_task(analysis, p))]
        if code == "task_without_deadline":
            kept = [p for p in kept if p.clause_id not in timed]
            many = len(led) > _MOST and dated < _DATED * len(led)
            if analysis.info.kind not in _DATING or (many and len(kept) < _FEW):
                kept = []
            most = _MOST if dated >= _DATED * len(led) or not many else 0
        else:
            most = _MOST
        rows = kept
        if len(kept) > most:
            message = f"{wording.format(n=len(kept), all=len(led))}, đầu tiên: {kept[0].message.split(': ', 1)[-1]}"
            rows = [replace(kept[0], severity="info", message=message)]
        others = [problem for problem in analysis.problems if problem.code != code]
        analysis.problems = [*others, *rows]


#: How long a step takes is no day: "0,5 ngày", "02 giờ", "0,25".
_LASTS = re.compile(
    r"\W*(?:không quá\s+)?\d+(?:[.,]\d+|/\d+(?=\s*[^\W\d]))?\s*(?:(?:ngày|giờ|phút|tháng)(?:\s+làm việc)?)?\W*"
)
#: What a cell says of time is short; a longer wording is something else.
_LONGEST_TIME = 60
#: A day that could be read has a number of its own: "Quý IV2026", "tháng 8", not "Giờ hành chính", "Theo kế hoạch".
_DAY = re.compile(r"\d|(?i:quý)\s*[IVX]")


def _is_time(problem: Problem) -> bool:
    """Whether a cell that gave no date speaks of a day: neither of how long a step takes nor of papers."""
    quote = " ".join(problem.quote.split())
    return len(quote) <= _LONGEST_TIME and _DAY.search(quote) is not None and _LASTS.fullmatch(quote) is None


def _is_task(analysis: Analysis, problem: Problem) -> bool:
    """Whether what a problem quotes is a task in words, and no group row or row of column numbers of a table."""
    quoted = problem.message.partition("“")[2]
    if sum(word[:2].isalpha() for word in quoted.split()) < _WORDS:
        return False
    passage = analysis.passage_of.get(problem.clause_id)
    if passage is None or not passage.cells:
        return True
    if problem.code == "task_without_owner" and not _ORDERS.match(fold(quoted)):
        return False
    filled = [passage.text[a:b] for a, b, _ in passage.cells if b > a]
    return len(filled) > 2 and not re.fullmatch(r"[IVX]+\.?|[A-Z]\.?", filled[0])


def _timed(analysis: Analysis, asked: set[str]) -> set[str]:
    """The clauses for which a time is told: in them where it is ``asked``, in a neighbour of the same point, or as a
    rhythm."""
    tree = analysis.tree
    told = {deadline.clause_id for deadline in analysis.deadlines}
    clauses = ((p.clause.clause_id, p.lower) for p in analysis.passages)
    out = {clause_id for clause_id, lower in clauses if clause_id in asked and _WITHIN.search(lower)} | told
    for clause_id in told:
        clause = tree.by_id[clause_id]
        parent = tree.parent(clause)
        if clause.kind == "role_line" or (clause.leaf and fold(clause.text).startswith(("thời gian", "- thời gian"))):
            out |= {c.clause_id for c in tree.children(parent)} if parent is not None else set()
    return out


def early_deadlines(analysis: Analysis) -> None:
    """A deadline that lay in the past when the document was issued."""
    issued = analysis.info.issued_on
    if not issued:
        return
    early: dict[tuple[int, int], tuple[str, str]] = {}
    busy = {t.clause_id for t in analysis.targets} | {a.clause_id for a in analysis.assignments}
    before = int(issued[:4])
    for passage in analysis.passages:
        # A limit of an earlier year is taken for history where deadlines are read; beside a goal or a task it is a
        # slip.
        if passage.clause.clause_id not in busy or _PAST.search(passage.lower):
            continue
        if not any(int(year) <= before for year in _YEAR.findall(passage.lower)):
            continue
        for hit in find_deadlines(passage.text):
            limits = hit.kind == "by" and hit.date and hit.date < issued and _LIMIT.match(hit.text.lower())
            if limits and not _HAPPENED.search(passage.lower[max(0, hit.start - 80) : hit.start]):
                span = passage.span(hit.start, hit.end)
                early.setdefault((span.start, span.end), (hit.date, passage.clause.clause_id))
    for (start, end), (date, clause_id) in early.items():
        message = f"Thời hạn {day_words(date)} sớm hơn ngày ban hành văn bản ({day_words(issued)})"
        add(analysis, "deadline_before_document", "medium", message, start, end, clause_id)


def ownerless(analysis: Analysis) -> None:
    """A task of the plan's own chapter of tasks with a limit of time, and nobody named in it, above it or below it."""
    tree = analysis.tree
    named = {a.clause_id for a in analysis.assignments} | {m.clause_id for m in analysis.mentions}
    dated = {d.clause_id for d in analysis.deadlines if d.kind in ("by", "within") and d.operator in ("<", "<=")}
    goals = {t.clause_id for t in analysis.targets}
    for passage in analysis.passages:
        clause = passage.clause
        if (
            clause.clause_id not in dated
            or clause.clause_id in named | goals
            or clause.kind not in ("item", "bullet", "paragraph", "section")
        ):
            continue
        above = tree.ancestors(clause)
        if not any(_TASKS.search(fold(a.heading)) for a in above) or any(_GOALS.search(fold(a.heading)) for a in above):
            continue
        near = [clause, *above[:-1]]
        around = {c.clause_id for a in near for c in (a, *tree.children(a))}
        if around & named or not _DOES.match(passage.lower[passage.start :]):
            continue
        start = passage.span(passage.start, len(passage.text))
        add(
            analysis,
            "task_without_owner",
            "low",
            f"Nhiệm vụ chưa có cơ quan thực hiện: “{short(passage.text[passage.start :], 120)}”.",
            start.start,
            start.end,
            clause.clause_id,
        )
