"""The parent's tasks and responsible bodies against the child's: covered, partly covered, missing.

A task is answered by the child's task that reads most alike; a body of the parent is expected as its counterpart a
level down (``Ban Tuyên giáo Tỉnh ủy`` → ``Ban Tuyên giáo Thị ủy``).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from functools import lru_cache
from itertools import groupby

from rapidfuzz import fuzz

from pipeline.align import plain
from pipeline.lexicon import load
from pipeline.model import Assignment, Document, Duty, Severity
from pipeline.text import fold

#: Likeness of two tasks from which one answers the other, and from which it answers in part.
ANSWERS = 0.72
PARTLY = 0.55

ROLE_NAMES = {
    "lanh_dao": "lãnh đạo", "chu_tri": "chủ trì", "tham_muu": "tham mưu", "thuc_hien": "thực hiện", "phoi_hop": "phối hợp",
    "phoi_hop_thuc_hien": "phối hợp thực hiện", "giam_sat": "giám sát", "kiem_tra": "kiểm tra", "bao_cao": "báo cáo",
}  # fmt: skip


@lru_cache(maxsize=1)
def _stems() -> list[tuple[str, str]]:
    pairs = [(form, entry["stem"]) for entry in load("counterparts")["counterpart"] for form in entry["forms"]]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


@lru_cache(maxsize=1)
def _levels() -> re.Pattern[str]:
    words = sorted(load("counterparts")["levels"], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")


@lru_cache(maxsize=4096)
def stem(agency: str) -> str:
    """What a body is, whatever level it belongs to.

    >>> stem("Ban Tuyên giáo Tỉnh ủy") == stem("Ban Tuyên giáo Thị ủy"), stem("Trường Chính trị tỉnh") == stem("Trung tâm Chính trị thị xã")
    (True, True)
    """
    text = fold(agency)
    for form, means in _stems():
        if text.startswith(form):
            return means
    return " ".join(_levels().sub(" ", text).split()) or text


@lru_cache(maxsize=8192)
def _task(text: str) -> str:
    return plain(text)


def compare_duties(child: Document, parent: Document) -> list[Duty]:
    """One row per task and body of the parent, in the parent's order; nothing is left out."""
    answers = [(a, _task(a.task)) for a in child.assignments]
    own_level = _own_level(child)
    out: list[Duty] = []
    seen: Counter[str] = Counter()
    leads: dict[str, int] = {}
    for key, group in groupby(child.assignments, key=lambda a: a.clause_id):
        leads[key] = sum(1 for a in group if a.role == "chu_tri")
    for duty in parent.assignments:
        row = _answer(child, parent, duty, answers, own_level, leads)
        seen[row.duty_id] += 1
        if seen[row.duty_id] > 1:
            import msgspec

            row = msgspec.structs.replace(row, duty_id=f"{row.duty_id}-{seen[row.duty_id]}")
        out.append(row)
    return out


def _own_level(child: Document) -> dict[str, str]:
    """How the child itself calls each stem: the counterpart's name to expect."""
    names: dict[str, Counter[str]] = {}
    for assignment in child.assignments:
        names.setdefault(stem(assignment.agency), Counter())[assignment.agency] += 1
    return {key: sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[0][0] for key, counts in names.items()}


def _answer(
    child: Document, parent: Document, duty: Assignment, answers: list[tuple[Assignment, str]],
    names: dict[str, str], leads: dict[str, int],
) -> Duty:
    task = _task(duty.task)
    wanted = stem(duty.agency)
    best: list[tuple[float, Assignment]] = []
    for assignment, text in answers:
        likeness = max(fuzz.token_set_ratio(task, text) * 0.94, fuzz.token_sort_ratio(task, text)) / 100 if task and text else 0.0
        if min(len(task), len(text)) < 18:
            likeness *= 0.8
        if likeness >= PARTLY:
            best.append((likeness + (0.04 if stem(assignment.agency) == wanted else 0.0), assignment))
    best.sort(key=lambda pair: (-pair[0], pair[1].char_start, pair[1].assignment_id))
    if not best or best[0][0] < PARTLY:
        return _row(child, parent, duty, "missing", ("missing",), [], names.get(wanted, ""), 0.0)
    top = best[0][0]
    near = [a for s, a in best if s >= top - 0.05][:12]
    same_body = [a for a in near if stem(a.agency) == wanted]
    same_role = [a for a in same_body if a.role == duty.role]
    findings: list[str] = []
    if top < ANSWERS:
        findings.append("task_reworded")
    if not same_body:
        findings.append("body_changed")
    elif not same_role:
        findings.append("role_changed")
    if duty.role == "chu_tri":
        count = leads.get(near[0].clause_id, 0)
        if count > 1:
            findings.append("two_leads")
        elif count == 0 and not any(a.role == "chu_tri" for a in near):
            findings.append("no_lead")
    dated = next((a for a in (same_role or same_body or near) if a.deadline), None)
    if duty.deadline and dated is not None and dated.deadline != duty.deadline:
        findings.append("deadline_later" if dated.deadline > duty.deadline else "deadline_earlier")
    shown = same_role or same_body or near[:3]
    verdict = "covered" if not set(findings) - {"deadline_earlier"} else "partly"
    return _row(child, parent, duty, verdict, tuple(findings), shown, names.get(wanted, ""), round(min(top, 1.0), 4))


_FINDING_TEXT = {
    "missing": "không tìm thấy nhiệm vụ tương ứng", "task_reworded": "nội dung nhiệm vụ khác đi", "body_changed": "giao cho cơ quan khác",
    "role_changed": "vai trò thay đổi", "two_leads": "hai cơ quan cùng chủ trì", "no_lead": "không có cơ quan chủ trì",
    "deadline_later": "thời hạn muộn hơn", "deadline_earlier": "thời hạn sớm hơn",
}  # fmt: skip


def _row(
    child: Document, parent: Document, duty: Assignment, verdict: str, findings: tuple[str, ...], answers: list[Assignment],
    expected: str, likeness: float,
) -> Duty:
    severity: Severity = "medium" if verdict == "missing" else "info" if verdict == "covered" else "low"
    if "no_lead" in findings or "two_leads" in findings or "deadline_later" in findings:
        severity = "medium"
    text = "; ".join(_FINDING_TEXT[f] for f in findings) or "đã có nhiệm vụ tương ứng"
    who = "; ".join(dict.fromkeys(f"{a.agency} ({ROLE_NAMES[a.role]})" for a in answers))
    sentence = f"Văn bản cấp trên giao {duty.agency} {ROLE_NAMES[duty.role]}: {text}"
    sentence += f"; văn bản cấp dưới giao {who}." if who else "."
    first = answers[0] if answers else None
    identity = "|".join([child.document_id, parent.document_id, fold(duty.quote), duty.role, duty.agency_id])
    return Duty(
        child_document=child.document_id, parent_document=parent.document_id,
        duty_id="u" + hashlib.sha256(identity.encode()).hexdigest()[:10], parent_assignment_id=duty.assignment_id, verdict=verdict,
        findings=findings, severity=severity, parent_role=duty.role, parent_agency=duty.agency, expected_agency=expected,
        parent_task=duty.task, parent_clause_path=duty.clause_path, parent_quote=duty.quote,
        child_assignment_ids=tuple(a.assignment_id for a in answers), child_roles=tuple(a.role for a in answers),
        child_agencies=tuple(a.agency for a in answers), child_clause_paths=tuple(dict.fromkeys(a.clause_path for a in answers)),
        child_quote=first.quote if first else "", parent_deadline=duty.deadline, child_deadline=first.deadline if first else "",
        explanation=sentence, similarity=likeness or None,
    )  # fmt: skip
