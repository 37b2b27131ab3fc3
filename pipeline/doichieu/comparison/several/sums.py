"""What the children of one parent promise together: sums of absolute numbers, the span of shares, common additions.

A sum is a verdict only for a floor, and only where every part of the parent's area is among the children; otherwise
there is no ground for one, and the missing parts are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from doichieu.comparison.authorities.territory import LEVELS, level_of, level_of_body, standing_of
from doichieu.comparison.meaning.dimensions import dimension_of, is_count, same_dimension
from doichieu.comparison.pairing.likeness import plain
from doichieu.lexicon import load
from doichieu.model import CommonAddition, Comparison, Document, PortfolioSum, Target
from doichieu.naming import document_name, figure, quantity_words
from doichieu.text import fold

_FLOORS = ("", "=", ">=", ">", "~")


def sums(group: Sequence[Comparison]) -> list[PortfolioSum]:
    """One row per number or share of the parent that any of its children answers, in the parent's order."""
    parent = group[0].parent
    assert parent is not None
    missing, known = _missing_parts(parent, [c.child for c in group])
    out = []
    for target in parent.targets:
        if target.same_as or target.value is None or target.operator not in _FLOORS or target.direction == "decrease":
            continue
        answers = [(c.child, t) for c in group if (t := _answer(c, target)) is not None]
        if not answers:
            continue
        values = [t.value for _, t in answers if t.value is not None]
        if is_count(target):
            out.append(_sum(parent, target, answers, values, missing, known))
        elif dimension_of(target) == "%":
            out.append(_span(parent, target, answers, values))
    return out


def _answer(comparison: Comparison, target: Target) -> Target | None:
    """The child's own figure for a target of the parent, in the same unit; None where it names none."""
    own = {t.target_id: t for t in comparison.child.targets}
    for deviation in comparison.deviations:
        answer = own.get(deviation.child_target_id) if deviation.parent_target_id == target.target_id else None
        if answer is not None and answer.value is not None:
            same = same_dimension(dimension_of(answer), dimension_of(target))
            return answer if same and is_count(answer) == is_count(target) else None
    return None


def _sum(
    parent: Document,
    target: Target,
    answers: list[tuple[Document, Target]],
    values: list[float],
    missing: tuple[str, ...],
    known: bool,
) -> PortfolioSum:
    total, wanted = sum(values), target.value or 0.0
    reached = total > wanted if target.operator == ">" else total >= wanted
    verdict: Literal["reached", "short", "unknown"] = (
        "unknown" if missing or not known else "reached" if reached else "short"
    )
    parts = " + ".join(f"{figure(t.value or 0.0)} ({document_name(d)})" for d, t in answers)
    told = f"Tổng các văn bản cấp dưới: {parts} = {figure(total)} {target.unit}".strip()
    if verdict == "unknown":
        why = f"còn thiếu {', '.join(missing)}" if missing else "văn bản cấp trên không liệt kê các địa bàn"
        told += f"; chưa đủ cơ sở để kết luận ({why})"
    else:
        told += f"; {'đạt' if reached else 'chưa đạt'} {quantity_words(target)}"
    return PortfolioSum(
        parent_document=parent.document_id,
        parent_target_id=target.target_id,
        parent_quote=target.quote,
        requirement=quantity_words(target),
        measure="sum",
        verdict=verdict,
        total=total,
        least=min(values),
        greatest=max(values),
        children=tuple(d.document_id for d, _ in answers),
        missing_parts=missing,
        explanation=f"{told}.",
    )


def _span(
    parent: Document, target: Target, answers: list[tuple[Document, Target]], values: list[float]
) -> PortfolioSum:
    least, greatest = min(values), max(values)
    return PortfolioSum(
        parent_document=parent.document_id,
        parent_target_id=target.target_id,
        parent_quote=target.quote,
        requirement=quantity_words(target),
        measure="share",
        verdict="between",
        total=None,
        least=least,
        greatest=greatest,
        children=tuple(d.document_id for d, _ in answers),
        missing_parts=(),
        explanation=f"Tỷ lệ chung của các văn bản này nằm từ {figure(least)}% đến {figure(greatest)}%.",
    )


def _missing_parts(parent: Document, children: list[Document]) -> tuple[tuple[str, ...], bool]:
    """The parts of the parent's area that no child is of, and whether its parts are known at all."""
    parts = _parts(parent)
    there = {place for child in children for place in standing_of(child).places}
    return tuple(part for part in parts if fold(part) not in there), bool(parts)


def _parts(parent: Document) -> tuple[str, ...]:
    """The parts of a document's area: the provinces of the country, or the places below it that it names."""
    level = level_of(parent)
    if level == LEVELS[0]:
        return tuple(entry["name"] for entry in load("provinces")["province"])
    if level not in LEVELS[1:-1]:
        return ()
    below = set(LEVELS[LEVELS.index(level) + 1 :])
    own = standing_of(parent).places
    return tuple(
        dict.fromkeys(
            a.place for a in parent.agencies if a.place and fold(a.place) not in own and level_of_body(a.name) in below
        )
    )


def common_additions(group: Sequence[Comparison]) -> list[CommonAddition]:
    """What at least two children add that the parent does not have, the most common first."""
    parent = group[0].parent
    assert parent is not None
    found: dict[str, list[tuple[Document, Target]]] = {}
    for comparison in group:
        own = {t.target_id: t for t in comparison.child.targets}
        for deviation in comparison.deviations:
            target = own.get(deviation.child_target_id)
            if target is None or "added" not in deviation.kinds:
                continue
            key = f"{plain(f'{target.subject} {target.indicator}')}|{target.unit}|{target.level_scale}"
            if all(d.document_id != comparison.child.document_id for d, _ in found.setdefault(key, [])):
                found[key].append((comparison.child, target))
    rows = [
        CommonAddition(
            parent.document_id,
            answers[0][1].subject,
            answers[0][1].indicator,
            len(answers),
            tuple(d.document_id for d, _ in answers),
            tuple(quantity_words(t) for _, t in answers),
            answers[0][1].quote,
        )
        for answers in found.values()
        if len(answers) > 1
    ]
    return sorted(rows, key=lambda row: (-row.count, fold(row.subject), fold(row.indicator)))


__all__ = ["common_additions", "sums"]
