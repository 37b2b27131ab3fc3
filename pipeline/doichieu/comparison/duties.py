"""The parent's tasks and responsible bodies against the child's: covered, partly covered, missing.

A task is answered by the child's task that reads most alike; a body of the parent is expected as its counterpart a
level down (``Ban Tuyên giáo Tỉnh ủy`` → ``Ban Tuyên giáo Thị ủy``).
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from functools import lru_cache
from itertools import groupby

from rapidfuzz import fuzz

from doichieu.comparison.align import content_words, overlap, plain
from doichieu.comparison.counterparts import answers_for, stem
from doichieu.lexicon import load
from doichieu.model import Assignment, Document, Duty, Severity
from doichieu.naming import date_words, document_name, legal_path, shown
from doichieu.text import any_word, fold

#: Likeness of two tasks from which one answers the other, and from which it answers in part.
ANSWERS = 0.64
PARTLY = 0.44
#: A task of the body that is expected counts as that much more alike.
_SAME_BODY = 0.06
#: A task of fewer words than this is found in many others by chance.
_SHORT = 5

ROLE_NAMES = {
    "lanh_dao": "lãnh đạo",
    "chu_tri": "chủ trì",
    "tham_muu": "tham mưu",
    "thuc_hien": "thực hiện",
    "phoi_hop": "phối hợp",
    "phoi_hop_thuc_hien": "phối hợp thực hiện",
    "giam_sat": "giám sát",
    "kiem_tra": "kiểm tra",
    "bao_cao": "báo cáo",
}


@lru_cache(maxsize=1)
def _frame() -> re.Pattern[str]:
    """Words that say who has which role in a task, not what is to be done."""
    return re.compile(any_word(load("counterparts")["frame"]))


@lru_cache(maxsize=1)
def _receivers() -> re.Pattern[str]:
    """Who is reported to: each level reports to the next one above, which is the same task."""
    words = sorted(load("counterparts")["receivers"], key=len, reverse=True)
    return re.compile(
        r"(?<!\w)báo cáo((?:\s+(?:kết quả|tình hình|định kỳ|với|về|cho|lên))*)\s+(?:"
        + "|".join(map(re.escape, words))
        + r")(?!\w)"
    )


_OWN_DOCUMENT = re.compile(
    r"(?<!\w)(?:nghị quyết|kế hoạch|chương trình hành động|chương trình|đề án|chỉ thị|kết luận"
    r"|quyết định)(?=\s+(?:này|số|trên|của|và|,|\.)|\W*\Z)"
)


def _tasks(document: Document) -> list[tuple[Assignment, str]]:
    """Each assignment with what is to be done, without roles and without the bodies of its clause."""
    bodies: dict[str, set[str]] = {}
    for assignment in document.assignments:
        bodies.setdefault(assignment.clause_id, set()).add(fold(assignment.agency))
    out = []
    for assignment in document.assignments:
        text = fold(assignment.task)
        for name in sorted(bodies[assignment.clause_id], key=lambda n: (-len(n), n)):
            text = text.replace(name, " ")
        text = _receivers().sub(r"báo cáo\1 cấp trên", text)
        text = _frame().sub(" ", _OWN_DOCUMENT.sub("văn bản", text))
        out.append((assignment, plain(text)))
    return out


class _Weights:
    """How much a word of a task tells, by how many tasks of the two documents have it."""

    def __init__(self, tasks: list[tuple[Assignment, str]]) -> None:
        distinct = sorted({(a.document_id, a.clause_id, text) for a, text in tasks})
        count: Counter[str] = Counter()
        self._words = {text: content_words(text) for _, _, text in distinct}
        for _, _, text in distinct:
            count.update(self._words[text].keys())
        self._of = {word: math.log(1 + len(distinct) / n) * (0.7 if " " in word else 1.0) for word, n in count.items()}

    def likeness(self, one: str, other: str) -> float:
        """How alike two tasks are, 0 … 1; what only stands in a longer task counts less where the shorter says
        little."""
        if not one or not other:
            return 0.0
        a, b = self._words[one], self._words[other]
        if a.keys().isdisjoint(b.keys()):
            return 0.0
        contained, alike = overlap(a, b, self._of)
        if min(sum(1 for w in a if " " not in w), sum(1 for w in b if " " not in w)) < _SHORT and alike < 0.5:
            contained *= 0.5
        return (
            0.3 * contained
            + 0.3 * alike
            + 0.2 * (fuzz.token_sort_ratio(one, other) + fuzz.token_set_ratio(one, other)) / 100
        )


def compare_duties(child: Document, parent: Document) -> list[Duty]:
    """One row per task and body of the parent, in the parent's order; nothing is left out."""
    import msgspec

    answers, asked = _tasks(child), _tasks(parent)
    weights = _Weights([*answers, *asked])
    own_level = _own_level(child)
    levels = {a.agency_id: a.level for document in (parent, child) for a in document.agencies}
    out: list[Duty] = []
    seen: Counter[str] = Counter()
    leads: dict[str, int] = {}
    for key, group in groupby(child.assignments, key=lambda a: a.clause_id):
        leads[key] = sum(1 for a in group if a.role == "chu_tri")
    beside: dict[tuple[str, str], list[str]] = {}
    for duty, _ in asked:
        beside.setdefault((duty.clause_id, duty.role), []).append(duty.agency)
    for duty, task in asked:
        alike = [(weights.likeness(task, text), assignment) for assignment, text in answers]
        others = [name for name in beside[duty.clause_id, duty.role] if name != duty.agency]
        row = _answer(child, parent, duty, alike, own_level, leads, levels, others)
        seen[row.duty_id] += 1
        if seen[row.duty_id] > 1:
            row = msgspec.structs.replace(row, duty_id=f"{row.duty_id}-{seen[row.duty_id]}")
        out.append(row)
    return out


def _own_level(child: Document) -> dict[str, str]:
    """How the child itself calls each stem: the counterpart's name to expect."""
    names: dict[str, Counter[str]] = {}
    for assignment in child.assignments:
        names.setdefault(stem(assignment.agency), Counter())[assignment.agency] += 1
    return {key: sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[0][0] for key, counts in names.items()}


def _expected(duty: Assignment, names: dict[str, str]) -> str:
    """The child's name for the counterpart of the parent's body, if it names one at all."""
    return names.get(stem(duty.agency), "") or next(
        (name for name in names.values() if answers_for(name, duty.agency)), ""
    )


_RANKS = {"trung_uong": 3, "tinh": 2, "huyen": 1, "xa": 0}


def _delegated(duty: Assignment, answer: Assignment, levels: dict[str, str]) -> bool:
    """Whether a body of a level below the one that the parent names for the child's own level got the task."""
    asked, given = _RANKS.get(levels.get(duty.agency_id, "")), _RANKS.get(levels.get(answer.agency_id, ""))
    return asked == _RANKS["huyen"] and given == _RANKS["xa"]


def _carries_out(duty: Assignment, answer: Assignment) -> bool:
    """Whether a party body above is to lead what the body of state it leads carries out below; that is the same
    role."""
    return (
        duty.role == "lanh_dao"
        and answer.role in ("thuc_hien", "chu_tri")
        and fold(duty.agency).startswith(("ban cán sự", "đảng đoàn", "đảng ủy"))
    )


def _answer(
    child: Document,
    parent: Document,
    duty: Assignment,
    alike: list[tuple[float, Assignment]],
    names: dict[str, str],
    leads: dict[str, int],
    levels: dict[str, str],
    others: list[str],
) -> Duty:
    best = [(score + (_SAME_BODY if answers_for(a.agency, duty.agency) else 0.0), a) for score, a in alike]
    best = [(score, a) for score, a in best if score >= PARTLY]
    best.sort(key=lambda pair: (-pair[0], pair[1].char_start, pair[1].assignment_id))
    expected = _expected(duty, names)
    if not best:
        return _row(child, parent, duty, "missing", ("missing",), [], expected, 0.0)
    top = best[0][0]
    near = [a for s, a in best if s >= top - 0.05 - _SAME_BODY][:12]
    same_body = [a for a in near if answers_for(a.agency, duty.agency)]
    same_role = [a for a in same_body if a.role == duty.role or _carries_out(duty, a)]
    in_role = [a for a in near if a.role == duty.role]
    findings: list[str] = []
    if top < ANSWERS:
        findings.append("task_reworded")
    if not same_body and (
        (duty.role.startswith("phoi_hop") and not in_role)
        or (in_role and all(any(answers_for(a.agency, name) for name in others) for a in in_role))
    ):
        findings.append("body_missing")
    elif not same_body:
        findings.append("body_changed")
    else:
        if not same_role:
            findings.append("role_changed")
        if all(_delegated(duty, a, levels) for a in same_role or same_body):
            findings.append("delegated")
    if duty.role == "chu_tri":
        count = leads.get(near[0].clause_id, 0)
        if count > 1:
            findings.append("two_leads")
        elif count == 0 and not any(a.role == "chu_tri" for a in near):
            findings.append("no_lead")
    dated = next((a for a in (same_role or same_body or near) if a.deadline), None)
    if duty.deadline and dated is not None and dated.deadline != duty.deadline:
        findings.append("deadline_later" if dated.deadline > duty.deadline else "deadline_earlier")
    answering = [a for a in near if a.clause_id == near[0].clause_id and a.role == duty.role] or [
        a for a in near if a.clause_id == near[0].clause_id
    ]
    answers = same_role or same_body or answering[:3]
    verdict = "covered" if not set(findings) - {"deadline_earlier"} else "partly"
    return _row(child, parent, duty, verdict, tuple(findings), answers, expected, round(min(top, 1.0), 4))


_FINDING_TEXT = {
    "task_reworded": "nội dung nhiệm vụ chỉ tương ứng một phần",
    "body_changed": "giao cho cơ quan khác",
    "role_changed": "vai trò thay đổi",
    "body_missing": "không nêu cơ quan tương ứng tham gia nhiệm vụ này",
    "delegated": "giao cho cấp dưới thực hiện",
    "two_leads": "có từ hai cơ quan cùng chủ trì",
    "no_lead": "không nêu cơ quan chủ trì",
    "deadline_later": "thời hạn muộn hơn",
    "deadline_earlier": "thời hạn sớm hơn",
}


def _explanation(
    child: Document,
    parent: Document,
    duty: Assignment,
    findings: tuple[str, ...],
    answers: list[Assignment],
    expected: str,
) -> str:
    """Who is to do what above, who does it below, and what differs, in one or two sentences."""
    place = legal_path(duty.clause_path)
    sentence = (
        f"{document_name(parent)}{f' ({place})' if place else ''} giao {duty.agency} "
        f"({ROLE_NAMES[duty.role]}) nhiệm vụ “{shown(duty.task, 160)}”"
    )
    if "missing" in findings:
        sentence += f"; không tìm thấy nhiệm vụ tương ứng trong {document_name(child)}"
        return f"{sentence} ({expected} được giao nhiệm vụ khác)." if expected else f"{sentence}."
    who = ", ".join(dict.fromkeys(f"{a.agency} ({ROLE_NAMES[a.role]})" for a in answers))
    where = "; ".join(dict.fromkeys(legal_path(a.clause_path) for a in answers if a.clause_path))
    sentence += f"; {document_name(child)}{f' ({where})' if where else ''} giao {who}."
    words = [_FINDING_TEXT[f] for f in findings]
    for index, finding in enumerate(findings):
        if finding.startswith("deadline"):
            dated = next((a for a in answers if a.deadline), None)
            if dated is not None:
                words[index] += (
                    f" ({date_words(dated.deadline, dated.deadline_operator)} so với "
                    f"{date_words(duty.deadline, duty.deadline_operator)})"
                )
        elif finding == "task_reworded" and answers:
            words[index] += f" (“{shown(answers[0].task, 120)}”)"
    return f"{sentence} Kết luận: {'; '.join(words)}." if words else f"{sentence} Kết luận: đã có nhiệm vụ tương ứng."


def _row(
    child: Document,
    parent: Document,
    duty: Assignment,
    verdict: str,
    findings: tuple[str, ...],
    answers: list[Assignment],
    expected: str,
    likeness: float,
) -> Duty:
    severity: Severity = "medium" if verdict == "missing" else "info" if verdict == "covered" else "low"
    if "no_lead" in findings or "two_leads" in findings or "deadline_later" in findings:
        severity = "medium"
    first = answers[0] if answers else None
    identity = "|".join([child.document_id, parent.document_id, fold(duty.quote), duty.role, duty.agency_id])
    return Duty(
        child_document=child.document_id,
        parent_document=parent.document_id,
        duty_id="u" + hashlib.sha256(identity.encode()).hexdigest()[:10],
        parent_assignment_id=duty.assignment_id,
        verdict=verdict,
        findings=findings,
        severity=severity,
        parent_role=duty.role,
        parent_agency=duty.agency,
        expected_agency=expected,
        parent_task=duty.task,
        parent_clause_path=duty.clause_path,
        parent_quote=duty.quote,
        child_assignment_ids=tuple(a.assignment_id for a in answers),
        child_roles=tuple(a.role for a in answers),
        child_agencies=tuple(a.agency for a in answers),
        child_clause_paths=tuple(dict.fromkeys(a.clause_path for a in answers)),
        child_quote=first.quote if first else "",
        parent_deadline=duty.deadline,
        child_deadline=first.deadline if first else "",
        explanation=_explanation(child, parent, duty, findings, answers, expected),
        similarity=likeness or None,
    )
