"""What people mended in a comparison: their pairs, separations and corrections, and the verdicts made anew.

What holds after :func:`mend`:

1. Every target of both sides that had a finding still has one.
2. A pair that a person made is judged as any other pair is; the finding says that a person made it.
3. A mend whose targets are no longer there changes nothing and is returned as left over.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from doichieu.model import Comparison, Deviation, Mend, Target

#: The fields of a target that a person may correct.
CORRECTABLE = (
    "subject",
    "indicator",
    "direction",
    "operator",
    "value",
    "value_max",
    "unit",
    "level_scale",
    "level_operator",
    "level",
    "deadline",
    "deadline_operator",
    "modality",
)
_NUMBERS = ("value", "value_max")


def corrected(target: Target, changes: dict[str, str | float | None]) -> Target:
    """The target with a person's values; raises :class:`ValueError` for a field or a value that cannot be.

    >>> from doichieu import extract_text
    >>> target = extract_text("- Đến năm 2030, 70% cán bộ được bồi dưỡng.").targets[0]
    >>> corrected(target, {"value": "75,5"}).value
    75.5
    """
    values: dict[str, Any] = {}
    for name, value in changes.items():
        if name not in CORRECTABLE:
            raise ValueError(f"không sửa được trường “{name}”; các trường: {', '.join(CORRECTABLE)}")
        if name in _NUMBERS and value in ("", None):
            values[name] = None
        elif name in _NUMBERS:
            try:
                values[name] = float(str(value).replace(" ", "").replace(",", "."))
            except ValueError:
                raise ValueError(f"“{value}” không phải là số (trường {name})") from None
        else:
            values[name] = "" if value is None else str(value)
    try:
        return msgspec.convert(msgspec.to_builtins(replace(target, **values)), Target)
    except msgspec.ValidationError as error:
        raise ValueError(f"giá trị không hợp lệ: {error}") from None


def mend(comparison: Comparison, mends: Sequence[Mend]) -> tuple[Comparison, list[Mend]]:
    """The comparison with the verdicts made anew after each mend, in order, and the mends that found no target."""
    if comparison.parent is None:
        return comparison, list(mends)
    found = list(comparison.deviations)
    own = {t.target_id: t for t in comparison.child.targets}
    upper = {t.target_id: t for t in comparison.parent.targets}
    left: list[Mend] = []
    for one in mends:
        child, parent = own.get(one.child_target_id), upper.get(one.parent_target_id)
        if (one.child_target_id and child is None) or (one.parent_target_id and parent is None):
            left.append(one)
            continue
        if child is not None and one.child:
            child = own[child.target_id] = corrected(child, one.child)
        if parent is not None and one.parent:
            parent = upper[parent.target_id] = corrected(parent, one.parent)
        if not _apply(comparison, found, one, child, parent):
            left.append(one)
    child_document = replace(comparison.child, targets=tuple(own.get(t.target_id, t) for t in comparison.child.targets))
    parent_document = replace(
        comparison.parent, targets=tuple(upper.get(t.target_id, t) for t in comparison.parent.targets)
    )
    return replace(comparison, child=child_document, parent=parent_document, deviations=tuple(found)), left


def _apply(
    comparison: Comparison, found: list[Deviation], one: Mend, child: Target | None, parent: Target | None
) -> bool:
    """Change the findings in place; false where there is nothing that the mend is about."""
    from doichieu.comparison.compare import judge  # here, so that the names of fields cost no library of numbers

    assert comparison.parent is not None
    both = child is not None and parent is not None
    if one.kind != "correct" and not both:
        return False
    together = [i for i, d in enumerate(found) if _sides(d) == (one.child_target_id, one.parent_target_id)]
    if one.kind == "unpair":
        if not together:
            return False
        at = together[0]
        del found[at]
        alone = [(None, parent), (child, None)]
    elif one.kind == "pair":
        singles = [
            i
            for i, d in enumerate(found)
            if _sides(d) in (("", one.parent_target_id), (one.child_target_id, "")) and not d.covered_by
        ]
        at = min(singles, default=len(found))
        for i in sorted({*singles, *together}, reverse=True):
            del found[i]
        alone = [(child, parent)]
    else:
        if not together:
            return False
        at = together[0]
        before = found.pop(at)
        if one.kinds:
            found.insert(at, _said(before, one))
            return True
        alone = [(child, parent)]
    held = {side for d in found for side in (("c", d.child_target_id), ("p", d.parent_target_id))}
    made: list[Deviation] = []
    for own, answer in alone:
        only = (own is None) != (answer is None)
        if only and (("c", own.target_id) if own is not None else ("p", answer.target_id if answer else "")) in held:
            continue  # it stands in another pair still
        made += judge(comparison.child, comparison.parent, own, answer)
    found[min(at, len(found)) : min(at, len(found))] = [_by_person(d, one) for d in made]
    return True


def _sides(deviation: Deviation) -> tuple[str, str]:
    return deviation.child_target_id, deviation.parent_target_id


def _by_person(deviation: Deviation, one: Mend) -> Deviation:
    words = {
        "pair": "Cặp do người xem ghép",
        "unpair": "Người xem đã tách cặp",
        "correct": "Giá trị do người xem sửa",
    }[one.kind]
    said = f"{words} ({one.by})" if one.by else words
    reason = f"{deviation.severity_reason}; {said}" if deviation.severity_reason else said
    return replace(deviation, confidence=1.0, severity_reason=reason)


def _said(deviation: Deviation, one: Mend) -> Deviation:
    """The finding with the verdict that a person gave."""
    from doichieu.comparison.owed.severity import severity_of

    severity, _ = severity_of(one.kinds, deviation.declared, applicability=deviation.applicability)
    said = f"Kết luận do người xem sửa ({one.by})" if one.by else "Kết luận do người xem sửa"
    return replace(deviation, kinds=one.kinds, severity=severity, severity_reason=said, confidence=1.0)
