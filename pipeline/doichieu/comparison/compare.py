"""A child compared with its parents: every target of both sides ends in a finding with proof and explanation."""

from __future__ import annotations

import re

import msgspec

from doichieu.comparison.declarations import declaration, is_promise
from doichieu.comparison.findings import finding_id, numbered, stable
from doichieu.comparison.meaning.as_meant import each_one
from doichieu.comparison.meaning.dimensions import is_count
from doichieu.comparison.meaning.none_left import none_left, without_deed
from doichieu.comparison.meaning.statements import Statement
from doichieu.comparison.meaning.surroundings import Surroundings
from doichieu.comparison.owed.applicability import addressed
from doichieu.comparison.owed.oddities import oddities
from doichieu.comparison.owed.severity import severity_of
from doichieu.comparison.owed.unmeasured import unmeasured
from doichieu.comparison.pairing.align import align
from doichieu.comparison.pairing.bonds import Bond, bonds
from doichieu.comparison.pairing.matches import Refusal
from doichieu.comparison.pairing.sides import Sides, sides_of
from doichieu.comparison.relations.algebra import amount_of, requirement
from doichieu.comparison.relations.differences import differences
from doichieu.comparison.relations.entailment import Claim, counter_example
from doichieu.comparison.relations.verdicts import Verdict, compare_targets
from doichieu.comparison.wording import explain_follows, explain_pair, statement, wording_of
from doichieu.model import Comparison, Deviation, Document, Refused, Target
from doichieu.naming import document_name, legal_path, shown, where
from doichieu.text import fold, strip_accents


def compare(child: Document, parent: Document) -> Comparison:
    """Compare one child with one parent: targets, duties, and what is odd about the comparison itself."""
    from doichieu.comparison.duties.stage import compare_duties

    return Comparison(
        child,
        parent,
        compare_all_targets(child, parent),
        tuple(compare_duties(child, parent)),
        problems=oddities(child, parent),
    )


def compare_all_targets(child: Document, parent: Document) -> tuple[Deviation, ...]:
    """The findings on the targets of two documents.

    Every parent target ends as matched, covered or omitted, every child target as matched or added; a repetition
    inside the child carries the verdict of what it repeats.
    """
    sides = sides_of(child, parent)
    children = [sides.own[t.target_id] for t in child.targets if t.target_id not in sides.repeats and _measured(t)]
    asked = [sides.theirs[t.target_id] for t in parent.targets if t.target_id not in sides.restates and _measured(t)]
    parents = [t for t in asked if t.target_id not in sides.elsewhere]
    alignment = align(
        children,
        parents,
        [sides.in_full(sides.of_child(t)).stretch for t in children],
        [sides.in_full(sides.of_parent(t)).stretch for t in parents],
        [sides.child_statements[t.target_id] for t in children],
        [sides.parent_statements[t.target_id] for t in parents],
    )
    found: list[Deviation] = []
    by_child: dict[str, Deviation] = {}
    by_parent: dict[str, Deviation] = {}
    made, children_alone, parents_alone = bonds(
        alignment,
        [Claim(t, sides.child_statements[t.target_id]) for t in children],
        [Claim(t, sides.parent_statements[t.target_id]) for t in parents],
    )
    for bond in sorted(made, key=lambda b: b.covered):
        deviation = _bonded(sides, bond, children, parents)
        found.append(deviation)
        by_child.setdefault(children[bond.child].target_id, deviation)
        by_parent.setdefault(parents[bond.parent].target_id, deviation)
    for j, refusal in parents_alone.items():
        nearest = children[refusal.other] if refusal.other is not None else None
        found.append(
            msgspec.structs.replace(
                _omitted(sides, parents[j], nearest, refusal, by_child.get(nearest.target_id) if nearest else None),
                candidates=_candidates(refusal, children),
            )
        )
    found += [_omitted(sides, t, None, _ELSEWHERE, None) for t in asked if t.target_id in sides.elsewhere]
    for i, refusal in children_alone.items():
        nearest = parents[refusal.other] if refusal.other is not None else None
        deviation = _added(sides, children[i], nearest, refusal, by_parent.get(nearest.target_id) if nearest else None)
        deviation = msgspec.structs.replace(deviation, candidates=_candidates(refusal, parents))
        found.append(deviation)
        by_child[children[i].target_id] = deviation
    found = addressed(found, child, parent, sides.around_parent)
    found += _repetitions(child, parent, by_child, sides.repeats)
    found += _restatements(parent, found, sides.restates)
    return tuple(numbered(_ordered(found, child, parent)))


#: Why nothing of the child is asked for what the parent sets for a sister place.
_ELSEWHERE = Refusal(None, 0.0, "chỉ tiêu đặt riêng cho một địa phương khác", firm=True)

#: What a part of a whole may have beside its own shortfall; that it is only a part is no finding.
_OF_A_PART = frozenset({"scope_narrower", "equal", "stricter", "deadline_earlier"})


def _bonded(sides: Sides, bond: Bond, children: list[Target], parents: list[Target]) -> Deviation:
    """The row of one bond."""
    deviation = _pair(sides, children[bond.child], parents[bond.parent], bond.score)
    everyone = bond.others or (bond.child,)
    covered_by = "; ".join(children[i].target_id for i in everyone) if bond.covered else ""
    if bond.way == "pair":
        return msgspec.structs.replace(deviation, covered_by=covered_by)
    told = tuple(kind for kind in deviation.kinds if kind not in _OF_A_PART | {"scope_broader"})
    kinds = told or ("implied",)
    if bond.way == "part" and is_count(parents[bond.parent]):  # counted by its own noun
        kinds = tuple(dict.fromkeys("looser" if kind == "changed" else kind for kind in kinds))
    if bond.way == "follows" or bond.enough:
        kinds = ("implied", *(k for k in told if k.startswith("modality")))
    own, answer = children[bond.child], parents[bond.parent]
    parts = is_count(own) and is_count(answer) and other_area(sides.child, sides.parent)
    severity, reason = severity_of(kinds, deviation.declared, parts=parts)
    explanation = explain_follows(
        sides.child, sides.parent, [children[i] for i in everyone], parents[bond.parent], bond.reason
    )
    if "implied" not in kinds:
        explanation = f"{deviation.explanation} Chỉ tiêu này là một phần: {bond.reason}."
    return msgspec.structs.replace(
        deviation,
        kinds=kinds,
        severity=severity,
        severity_reason=reason,
        covered_by=covered_by,
        proof=f"{deviation.proof} ⊢ {bond.reason}",
        explanation=explanation,
        confidence=max(deviation.confidence or 0.0, 0.7),
    )


def _restatements(parent: Document, found: list[Deviation], restates: dict[str, str]) -> list[Deviation]:
    """A parent's target that says again what an earlier one said has its row too, with the verdict on the first."""
    first: dict[str, Deviation] = {}
    for deviation in found:
        if deviation.parent_target_id:
            first.setdefault(deviation.parent_target_id, deviation)
    out = []
    for target in parent.targets:
        told = first.get(restates.get(target.target_id, ""))
        if told is not None and target.target_id not in first:
            out.append(
                msgspec.structs.replace(
                    told,
                    deviation_id=finding_id(told.deviation_id, "restates", stable(target), target.clause_path),
                    child_target_id="",
                    parent_target_id=target.target_id,
                    covered_by=told.child_target_id,
                    parent_clause_path=target.clause_path,
                    parent_quote=target.quote,
                    restates=restates[target.target_id],
                    severity="info",
                    severity_reason="Nhắc lại chỉ tiêu đứng trước của văn bản cấp trên",
                    explanation=(
                        f"{document_name(parent)} ({where(target)}) nhắc lại chỉ tiêu tại "
                        f"{legal_path(told.parent_clause_path) or 'phần trước'}; kết luận như đã nêu tại đó."
                    ),
                )
            )
    return out


def _measured(target: Target) -> bool:
    """Whether a row promises a measure; the value of another document that stands beside one does not."""
    return bool(target.operator or target.level) and is_promise(target)


def _ordered(found: list[Deviation], child: Document, parent: Document) -> list[Deviation]:
    """Findings in the order of the parent, the child's own additions where they stand in the child, at the end."""
    parent_place = {t.target_id: i for i, t in enumerate(parent.targets)}
    child_place = {t.target_id: i for i, t in enumerate(child.targets)}
    return sorted(
        found,
        key=lambda d: (
            parent_place.get(d.parent_target_id, len(parent_place)),
            child_place.get(d.child_target_id, len(child_place)),
        ),
    )


#: "Cơ bản 90% hộ …", "cơ bản có 90%": nearly all of the figure that follows.
_NEARLY = re.compile(r"(?:\A|[,;:]\s*|(?<!\w)về\s+)cơ bản (?:có |đạt |trên |từ |khoảng )*\d")


def committed(target: Target, around: Surroundings) -> Target:
    """The target with the ``cơ bản`` that stands beside its figure, where it names no commitment itself."""
    if not target.modality and _NEARLY.search(fold(around.stretch)):
        return msgspec.structs.replace(target, modality="cơ bản")
    return target


def _said_elsewhere(target: Target) -> bool:
    """Whether the word of commitment stands before the quote, in the sentence that leads in."""
    return strip_accents(target.modality) not in strip_accents(fold(target.quote))


def _bare(said: Statement) -> Statement:
    """A statement without the deed by which what it counts is done away with."""
    terms, border = without_deed(said.terms, said.border)
    return said._replace(terms=terms, border=border)


def _pair(sides: Sides, own: Target, answer: Target, score: float, *, by_person: bool = False) -> Deviation:
    child, parent = sides.child, sides.parent
    here, there = sides.of_child(own), sides.of_parent(answer)
    one, other = sides.child_statements[own.target_id], sides.parent_statements[answer.target_id]
    if none_left(own, answer) or none_left(answer, own):
        one, other = _bare(one), _bare(other)
    own, answer = each_one(own, answer), each_one(answer, own)
    bound, promised = committed(own, here), committed(answer, there)
    found = differences(one, other)
    verdict = compare_targets(bound, promised, one, other, found, (here.stretch, there.stretch))
    for kind in ("modality_weaker", "modality_stronger"):
        elsewhere = [
            name
            for name, target in (("văn bản cấp dưới", bound), ("văn bản cấp trên", promised))
            if _said_elsewhere(target)
        ]
        if kind in verdict.reasons and elsewhere:
            verdict.reasons[kind] += f" ở câu dẫn của {' và '.join(elsewhere)}"
    parts = (
        bool({"looser", "stricter"} & set(verdict.kinds))
        and is_count(own)
        and is_count(answer)
        and other_area(child, parent)
    )
    if parts and "looser" in verdict.kinds:
        verdict = verdict._replace(note=f"{_PART} {verdict.note}".strip())
    said = declaration(child, own, parent, answer)
    severity, reason = severity_of(verdict.kinds, said.state, parts=parts, edge=_at_the_edge(own, answer))
    example = counter_example(own, answer) if "looser" in verdict.kinds else ""
    deviation = Deviation(
        child_document=child.document_id,
        parent_document=parent.document_id,
        deviation_id=finding_id(child.document_id, parent.document_id, stable(own), stable(answer)),
        child_target_id=own.target_id,
        parent_target_id=answer.target_id,
        kinds=verdict.kinds,
        severity=severity,
        declared=said.state,
        justification=said.wording,
        proof="; ".join(x for x in (verdict.proof, example) if x),
        explanation=explain_pair(child, parent, own, answer, verdict, said, here.stretch, there.stretch),
        child_clause_path=own.clause_path,
        parent_clause_path=answer.clause_path,
        child_quote=own.quote,
        parent_quote=answer.quote,
        similarity=min(1.0, score),
        severity_reason=reason,
        confidence=_confidence(score, verdict, found.shared),
        subject=own.subject or answer.subject,
    )
    return deviation if by_person else _doubted(deviation)


#: Under this confidence a finding says that its pair is doubtful, and is never high.
_DOUBTFUL = 0.6


def _doubted(deviation: Deviation) -> Deviation:
    """A finding on a doubtful pair says so, and accuses nobody."""
    if deviation.confidence is None or deviation.confidence >= _DOUBTFUL:
        return deviation
    severity, reason = deviation.severity, deviation.severity_reason
    if severity == "high":
        severity, reason = "medium", f"{reason}; chưa chắc hai chỉ tiêu là một"
    return msgspec.structs.replace(
        deviation,
        severity=severity,
        severity_reason=reason,
        explanation=f"{deviation.explanation} Chưa chắc hai chỉ tiêu này nói về cùng một việc, cần đọc lại nguyên văn.",
    )


_PART = (
    "Đây là số tuyệt đối tính trên địa bàn của từng cấp: mức của cấp dưới có thể là phần của địa "
    "phương trong mức chung, "
    "cần đối chiếu với mức được giao cho địa phương."
)


def other_area(child: Document, parent: Document) -> bool:
    """Whether the two documents come from different bodies or places, so that one area is part of the other."""
    return (fold(child.info.issuer), fold(child.info.place)) != (fold(parent.info.issuer), fold(parent.info.place))


def _at_the_edge(own: Target, answer: Target) -> bool:
    """Whether the two bounds are one value, which one side includes and the other leaves out."""
    strict = {"<", ">"}
    return (
        own.value is not None
        and own.value == answer.value
        and own.unit == answer.unit
        and (own.operator in strict) != (answer.operator in strict)
        and "between" not in (own.operator, answer.operator)
    )


def _confidence(score: float, verdict: Verdict, shared: float) -> float:
    """How sure the pair is, from its likeness and from how much of what the two say they share; a verdict without
    order is never surer than 0.65 (of such findings on pairs seen for the first time about two in three were right)."""
    sure = max(0.0, min(1.0, 0.5 + (score - 0.58) * 1.3, 0.45 + 0.55 * shared))
    return round(min(sure, 0.65) if "changed" in verdict.kinds else sure, 2)


def _near(nearest: Target | None, stretch: str, refusal: Refusal, partner: str) -> str:
    """The sentence on the nearest candidate, where there is one worth a look."""
    if nearest is None or not refusal.near:
        return ""
    words = wording_of(nearest, stretch)
    if refusal.taken:
        return (
            f" Chỉ tiêu gần nhất là “{words}” ({where(nearest)}), nhưng chỉ tiêu này đã được đối chiếu với “{partner}”."
        )
    return f" Chỉ tiêu gần nhất là “{words}” ({where(nearest)}), không coi là tương ứng vì {refusal.reason}."


def _sure_alone(refusal: Refusal) -> float:
    """How sure it is that a target has no partner: the nearest candidate says how likely one was missed, less so where
    a unit or another population tells the two apart or where it has its own partner."""
    doubt = max(0.0, refusal.score - 0.2) * (0.6 if refusal.firm or refusal.taken else 1.0)
    return round(max(0.3, 1.0 - doubt), 2)


def _candidates(refusal: Refusal, others: list[Target]) -> tuple[Refused, ...]:
    """The nearest targets of the other document with why each was refused, the nearest first."""
    return tuple(Refused(others[t.other].target_id, t.score, t.reason, t.taken) for t in refusal.tried)


def _omitted(
    sides: Sides, answer: Target, nearest: Target | None, refusal: Refusal, taken: Deviation | None
) -> Deviation:
    child, parent = sides.child, sides.parent
    severity, reason = severity_of(("omitted",), "")
    partner = _partner_words(sides.parent, sides.around_parent, taken.parent_target_id) if taken else ""
    near = _near(nearest, sides.of_child(nearest).stretch if nearest else "", refusal, partner)
    amount = amount_of(answer)
    words = statement(answer, sides.of_parent(answer).stretch)
    return Deviation(
        child_document=child.document_id,
        parent_document=parent.document_id,
        deviation_id=finding_id(child.document_id, parent.document_id, "", stable(answer)),
        parent_target_id=answer.target_id,
        kinds=("omitted",),
        severity=severity,
        proof=f"{amount or requirement(answer).grade or '∅'} → ∅",
        explanation=(
            f"{document_name(parent)} đặt chỉ tiêu{words} ({where(answer)}); không tìm thấy chỉ tiêu tương ứng "
            f"trong {document_name(child)}.{near}"
        ),
        parent_clause_path=answer.clause_path,
        parent_quote=answer.quote,
        severity_reason=reason,
        confidence=_sure_alone(refusal),
        subject=answer.subject,
        nearest_target_id=nearest.target_id if nearest else "",
        nearest_similarity=refusal.score if nearest else None,
        refused_because=refusal.reason,
    )


def _added(sides: Sides, own: Target, nearest: Target | None, refusal: Refusal, taken: Deviation | None) -> Deviation:
    child, parent = sides.child, sides.parent
    severity, reason = severity_of(("added",), "")
    partner = _partner_words(sides.child, sides.around_child, taken.child_target_id) if taken else ""
    near = _near(nearest, sides.of_parent(nearest).stretch if nearest else "", refusal, partner)
    named = unmeasured(parent, own)
    if named is not None:
        place = legal_path(named.clause_path) or "văn bản"
        near = f" {document_name(parent)} nêu việc này mà không định lượng: “{shown(named.words)}” ({place})."
    amount = amount_of(own)
    words = statement(own, sides.of_child(own).stretch)
    return Deviation(
        child_document=child.document_id,
        parent_document=parent.document_id,
        deviation_id=finding_id(child.document_id, parent.document_id, stable(own), ""),
        child_target_id=own.target_id,
        kinds=("added",),
        severity=severity,
        proof=f"∅ → {amount or requirement(own).grade or '∅'}",
        explanation=(
            f"{document_name(child)} bổ sung chỉ tiêu{words} ({where(own)}); không tìm thấy chỉ tiêu tương ứng "
            f"trong {document_name(parent)}.{near}"
        ),
        child_clause_path=own.clause_path,
        child_quote=own.quote,
        severity_reason=reason,
        confidence=_sure_alone(refusal),
        subject=own.subject,
        nearest_target_id=named.target_id if named and named.target_id else nearest.target_id if nearest else "",
        nearest_similarity=refusal.score if nearest else None,
        refused_because=refusal.reason,
    )


def _partner_words(document: Document, around: dict[str, Surroundings], target_id: str) -> str:
    target = next((t for t in document.targets if t.target_id == target_id), None)
    return wording_of(target, around[target_id].stretch) if target is not None else ""


def judge(child: Document, parent: Document, own: Target | None, answer: Target | None) -> list[Deviation]:
    """The findings on targets that a person put together, or on one that stands alone by a person's word.

    Both sides given: one finding on the pair.  One side: it is omitted or added.  The targets may differ from those
    of the documents (a person corrected them); they keep their ids.
    """
    sides = sides_of(child, parent).with_own(own, answer)
    alone = Refusal(None, 0.0, "người xem đã tách hai chỉ tiêu")
    if own is not None and answer is not None:
        made = _pair(sides, own, answer, 1.0, by_person=True)
    elif answer is not None:
        made = _omitted(sides, answer, None, alone, None)
    elif own is not None:
        made = _added(sides, own, None, alone, None)
    else:
        return []
    return addressed([made], child, parent, sides.around_parent)


def _repetitions(
    child: Document, parent: Document, by_child: dict[str, Deviation], repeats: dict[str, str]
) -> list[Deviation]:
    """A repetition inside the child (body and appendix) carries the kinds of what it repeats."""
    out = []
    for target in child.targets:
        first = by_child.get(repeats.get(target.target_id, ""))
        if first is None:
            continue
        out.append(
            msgspec.structs.replace(
                first,
                deviation_id=finding_id(
                    child.document_id, parent.document_id, "repeats", stable(target), target.clause_path
                ),
                child_target_id=target.target_id,
                parent_target_id="",
                covered_by=repeats[target.target_id],
                severity="info",
                severity_reason="Nhắc lại chỉ tiêu đã đối chiếu",
                child_clause_path=target.clause_path,
                child_quote=target.quote,
                explanation=(
                    f"Nhắc lại chỉ tiêu đã đối chiếu tại {legal_path(first.child_clause_path) or 'phần trước'}; "
                    "kết luận như đã nêu tại đó."
                ),
            )
        )
    return out
