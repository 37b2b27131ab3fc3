"""Of several parents, the value that binds each target of a child: the strictest, and who asks it.

Two parents that disagree are a conflict; which of them ranks higher is told, the strictest value stays the one to keep.
"""

from __future__ import annotations

from collections.abc import Sequence

from doichieu.comparison.authorities.territory import LEVELS, level_of
from doichieu.comparison.relations.verdicts import compare_targets
from doichieu.model import BindingValue, Comparison, Document, Target
from doichieu.naming import document_name, quantity_words, where


def bindings(child: Document, comparisons: Sequence[Comparison]) -> tuple[BindingValue, ...]:
    """The binding value of each target of ``child`` that any of its parents asks, in the child's order."""
    answers: dict[str, list[tuple[Document, Target]]] = {}
    for comparison in comparisons:
        parent = comparison.parent
        assert parent is not None
        targets = {t.target_id: t for t in parent.targets}
        for deviation in comparison.deviations:
            if deviation.child_target_id and deviation.parent_target_id:
                answers.setdefault(deviation.child_target_id, []).append((parent, targets[deviation.parent_target_id]))
    return tuple(_binding(child, own, answers[own.target_id]) for own in child.targets if answers.get(own.target_id))


def _binding(child: Document, own: Target, found: list[tuple[Document, Target]]) -> BindingValue:
    strictest = found[0]
    conflict = False
    for other in found[1:]:
        kinds = compare_targets(other[1], strictest[1]).kinds
        conflict = conflict or kinds != ("equal",)
        if "stricter" in kinds or ("deadline_earlier" in kinds and "looser" not in kinds):
            strictest = other
    parent, target = strictest
    asked = quantity_words(target)
    text = f"Mức phải theo: {asked} ({document_name(parent)}, {where(target)})"
    higher = _higher([document for document, _ in found])
    if conflict:
        others = "; ".join(f"{document_name(d)}: {quantity_words(t)}" for d, t in found)
        text += f". Các văn bản cấp trên quy định khác nhau: {others}"
        if higher is not None:
            text += f". Văn bản của cấp cao hơn: {document_name(higher)}"
    return BindingValue(
        child_document=child.document_id,
        child_target_id=own.target_id,
        parent_document=parent.document_id,
        parent_target_id=target.target_id,
        requirement=asked,
        conflict=conflict,
        explanation=text + ".",
        child_quote=own.quote,
        parent_quote=target.quote,
        value=target.value,
        unit=target.unit,
        kinds=compare_targets(own, target).kinds,
        higher_document=higher.document_id if higher is not None else "",
    )


def _higher(documents: list[Document]) -> Document | None:
    """The one document whose body stands above those of all the others; None where levels are alike or unknown."""
    ranks = [LEVELS.index(level) if level else len(LEVELS) for level in map(level_of, documents)]
    best = min(ranks)
    return documents[ranks.index(best)] if best < len(LEVELS) and ranks.count(best) < len(ranks) else None


__all__ = ["bindings"]
