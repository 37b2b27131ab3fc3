"""The parent's tasks against the child's: one row per task, covered, partly covered, missing, or not addressed.

A task is answered by the child's task that takes it up furthest; a body of the parent is expected as its counterpart
(``Ban Tuyên giáo Tỉnh ủy`` → ``Ban Tuyên giáo Thị ủy``).  What holds of the rows:

1. every task of the parent has one row, in the parent's order, whoever it charges;
2. ``not_addressed``: it charges only bodies of which the child has no counterpart at all, named or of a kind that
   every locality has, and nothing in the child says it in the same words;
3. ``covered``: the child's task holds it, with a counterpart of its lead in a role at least as strong, not later;
4. ``partly``: the child takes up a part of its wording, leaves one of its parts out, or gives it to another body, in a
   weaker role, or later;
5. ``missing``: none of these.
"""

from __future__ import annotations

import hashlib
from collections import Counter

from msgspec.structs import replace

from doichieu.comparison.authorities.counterparts import is_general
from doichieu.comparison.duties.answering import Chances, verdict_of
from doichieu.comparison.duties.beside import Answer, Child, answers, bodies_of, same_lead
from doichieu.comparison.duties.links import Link, tasks_of
from doichieu.comparison.duties.own_plan import asked_for, directs_the_committee, own_plan
from doichieu.comparison.owed.applicability import central_task, national
from doichieu.model import Document, Duty, DutyVerdict, Severity
from doichieu.naming import date_words, document_name, legal_path, shown
from doichieu.text import fold
from doichieu.text.memory import remembered

#: Share of a task's words that a link must hold to say the same at all, and to say it in the same words.
SAME, VERBATIM = 0.62, 0.85
#: So much of it where it is so likely that the link covers the task.
ALIKE, SURE = 0.5, 0.85
#: Findings that leave a task covered.
_HARMLESS = frozenset({"deadline_earlier", "body_missing"})

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


def _read_country(wording: str, alike: bool) -> bool:
    return bool(central_task(wording) or (not alike and national(wording, complete=True)))


#: Whether a task is one of the whole country, so that a place does it only where it says so; ``alike`` is said of a
#: task that the child has in other words.
_of_the_country = remembered(_read_country)


def compare_duties(child: Document, parent: Document) -> list[Duty]:
    """One row per task of the parent, in the parent's order; nothing is left out."""
    tasks = tasks_of(parent)
    side = Child(child, parent, tasks)
    out: list[Duty] = []
    seen: Counter[str] = Counter()
    for number, task in enumerate(tasks):
        row = _row(side, task, _answer(side, number, task))
        seen[row.duty_id] += 1
        if seen[row.duty_id] > 1:
            row = replace(row, duty_id=f"{row.duty_id}-{seen[row.duty_id]}")
        out.append(row)
    return out


def _answer(side: Child, number: int, task: Link) -> Answer | None:
    """What answers a task: the link that takes it up furthest, or the child itself where it is the plan asked for."""
    best = side.best(number, task)
    beside = bool(task.lead) and not side.charged(task) and not side.acts_for(task)
    if beside and not side.is_asked_beside(task):
        return best
    title = own_plan(task.quote(side.parent), side.document, side.parent)
    if title is None or (best is not None and _hands_on(side, task, best)):
        return best
    late = bool(task.deadline and side.day > task.deadline)
    dated = title._replace(deadline=side.day, deadline_operator="<=") if late else title
    if beside and not directs_the_committee(task.quote(side.parent)):
        dated = dated._replace(lead=side.document.info.issuer, role="thuc_hien")
    return Answer(dated, Chances(1.0, 0.0, 0.0), 1.0)


def _hands_on(side: Child, task: Link, best: Answer) -> bool:
    """Whether an answer asks for a plan in its turn, and so covers a task that asks for one."""
    return asked_for(best.link.quote(side.document)) is not None and _verdict(side, task, best)[0] == "covered"


def _verdict(side: Child, task: Link, answer: Answer | None) -> tuple[DutyVerdict, tuple[str, ...]]:
    """The verdict on a task with its findings."""
    held = answer.held if answer is not None else 0.0
    same = held >= VERBATIM or (answer is not None and held >= ALIKE and answer.chances.covered >= SURE)
    if task.lead and not same and not side.has_counterpart(task):
        return "not_addressed", ()
    wording = task.quote(side.parent)
    if side.below and not same and _of_the_country(wording, held >= SAME):
        return "missing", ("national",)
    verdict = verdict_of(answer.chances) if answer is not None else "missing"
    if answer is None or verdict == "missing":
        return "missing", ()
    found = _found(side, task, answer)
    if verdict == "partly" or answer.left_out or answer.exchanged:
        return "partly", ("task_reworded", *found)
    return ("partly" if set(found) - _HARMLESS else "covered"), found


def weaker(side: Child, task: Link, answer: Answer) -> bool:
    """Whether who is to do a task, in which role or by when is otherwise in its answer, so that it is done in part."""
    return bool(set(_found(side, task, answer)) - _HARMLESS)


def _found(side: Child, task: Link, answer: Answer) -> tuple[str, ...]:
    anyone = (side.charged(task) or side.hands_out(task)) and not side.is_accountable(task)
    return _findings(task, answer, side.day, anyone=anyone)


def _only_helps(task: Link, answer: Link) -> bool:
    """Whether an answer has its body help with what the body of a task is to do."""
    helps = answer.role in ("phoi_hop", "phoi_hop_thuc_hien")
    return bool(task.role) and helps and task.role not in (answer.role, "phoi_hop")


def _findings(task: Link, answer: Answer, day: str, *, anyone: bool = False) -> tuple[str, ...]:
    """What is otherwise in the child's task: who, in which role, by when; ``anyone`` may do a task that is set to the
    child's issuer or to whoever it concerns."""
    own = answer.link
    found: list[str] = []
    if task.lead and own.lead and not anyone and not same_lead(task.lead, own.lead, day):
        found.append("body_changed")
    elif not anyone and _only_helps(task, own):
        found.append("role_changed")
    beside = bodies_of(own)
    if own.lead and any(
        not is_general(body) and not any(answers(body, other, day) for other in beside) for body in task.partners
    ):
        found.append("body_missing")
    if own.leads > 1 and not anyone:
        found.append("two_leads")
    if task.role == "chu_tri" and own.lead and own.role in ("phoi_hop", "phoi_hop_thuc_hien"):
        found.append("no_lead")
    if task.deadline and own.deadline and own.deadline not in (task.deadline, *task.times.dates):
        found.append("deadline_later" if own.deadline > task.deadline else "deadline_earlier")
    if 0 < own.times.often < task.times.often:
        found.append("less_often")
    return tuple(found)


FINDING_WORDS = {
    "task_reworded": "nội dung nhiệm vụ chỉ tương ứng một phần",
    "body_changed": "giao cho cơ quan khác",
    "role_changed": "vai trò thay đổi",
    "body_missing": "không nêu đủ cơ quan phối hợp",
    "two_leads": "có từ hai cơ quan cùng chủ trì",
    "no_lead": "không nêu cơ quan chủ trì",
    "deadline_later": "thời hạn muộn hơn",
    "deadline_earlier": "thời hạn sớm hơn",
    "less_often": "thực hiện thưa hơn",
    "national": "nhiệm vụ đặt ra cho cả nước",
}


def _explanation(side: Child, task: Link, verdict: str, findings: tuple[str, ...], answer: Answer | None) -> str:
    """Who is to do what above, who does it below, and what differs, in one or two sentences."""
    above, below = document_name(side.parent), document_name(side.document)
    place = legal_path(task.clause.clause_path)
    who = f"giao {task.lead.replace('; ', ', ')} ({ROLE_NAMES[task.role]}) nhiệm vụ" if task.lead else "đặt nhiệm vụ"
    sentence = f"{above}{f' ({place})' if place else ''} {who} “{shown(task.quote(side.parent), 200)}”"
    if verdict == "not_addressed":
        return f"{sentence}; {below} không có cơ quan tương ứng, nhiệm vụ không đặt ra cho văn bản này."
    if answer is None or verdict == "missing":
        told = " (nhiệm vụ đặt ra cho cả nước)" if "national" in findings else ""
        return f"{sentence}; không tìm thấy nhiệm vụ tương ứng trong {below}{told}."
    own = answer.link
    there = legal_path(own.clause.clause_path)
    given = f"giao {own.lead.replace('; ', ', ')} ({ROLE_NAMES[own.role]})" if own.lead else "nêu"
    sentence += f"; {below}{f' ({there})' if there else ''} {given}: “{shown(own.quote(side.document), 200)}”."
    words = [FINDING_WORDS[finding] for finding in findings]
    missed = answer.left_out or answer.exchanged
    if "task_reworded" in findings and missed:
        quoted = "; ".join(f"“{shown(wording, 90)}”" for wording in missed)
        words[findings.index("task_reworded")] = f"chưa thấy nêu {quoted}"
    for index, finding in enumerate(findings):
        if finding.startswith("deadline"):
            words[index] += (
                f" ({date_words(own.deadline, own.deadline_operator)} so với "
                f"{date_words(task.deadline, task.deadline_operator)})"
            )
    told = "; ".join(words) if words else "đã có nhiệm vụ tương ứng"
    return f"{sentence} Kết luận: {told}."


def _severity(verdict: str, findings: tuple[str, ...]) -> Severity:
    if verdict in ("covered", "not_addressed") or "national" in findings:
        return "info"
    if verdict == "missing" or set(findings) & {"no_lead", "two_leads", "deadline_later", "less_often"}:
        return "medium"
    return "low"


def _row(side: Child, task: Link, answer: Answer | None) -> Duty:
    verdict, findings = _verdict(side, task, answer)
    child, parent = side.document, side.parent
    quote = task.quote(parent)
    own = answer.link if answer is not None and verdict in ("covered", "partly") else None
    identity = "|".join([child.document_id, parent.document_id, fold(quote), fold(task.lead)])
    return Duty(
        child_document=child.document_id,
        parent_document=parent.document_id,
        duty_id="u" + hashlib.sha256(identity.encode()).hexdigest()[:10],
        parent_clause_id=task.clause.clause_id,
        parent_char_start=task.start,
        parent_char_end=task.end,
        parent_quote=quote,
        parent_lead=task.lead,
        parent_partners=task.partners,
        parent_deadline=task.deadline,
        verdict=verdict,
        findings=findings,
        severity=_severity(verdict, findings),
        child_clause_ids=(own.clause.clause_id,) if own else (),
        child_char_start=own.start if own else None,
        child_char_end=own.end if own else None,
        child_quote=own.quote(child) if own else "",
        child_lead=own.lead if own else "",
        child_partners=own.partners if own else (),
        child_deadline=own.deadline if own else "",
        explanation=_explanation(side, task, verdict, findings, answer),
        similarity=round(min(1.0, answer.held), 4) if answer is not None else None,
        parent_role=task.role,
        child_role=own.role if own else "",
        parent_clause_path=task.clause.clause_path,
        child_clause_paths=(own.clause.clause_path,) if own else (),
    )


__all__ = ["FINDING_WORDS", "ROLE_NAMES", "compare_duties", "weaker"]
