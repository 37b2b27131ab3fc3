"""What a careful reader would notice of figures: two values for one target, totals, impossible shares."""

from __future__ import annotations

import re
from collections import defaultdict

from doichieu.extraction.checks.rows import add
from doichieu.extraction.targets.quantities import find_quantities
from doichieu.lexicon import load
from doichieu.lexicon.headings import zone_of_heading
from doichieu.model import Target
from doichieu.numerals import number
from doichieu.segmentation.passages import Analysis
from doichieu.text import fold

_PARTS = re.compile(
    r"(?<![\d.,/])(?P<total>\d{1,4})\s+(?P<noun>[^\W\d_]+(?:\s[^\W\d_]+){0,3}?)\s*\(?\s*,?\s*(?:bao gồm"
    r"|gồm)\s*:?\s*(?P<list>[^().;]{8,300})"
)
#: Words of a target that tell nothing of what it is about.
_PLAIN = frozenset(load("relations")["plain_words"]["words"])
#: A target with fewer telling words is about too little to be compared with another.
_TELLING = 2
_PART = re.compile(r"(?<!\w)(?:đối với|trong đó|riêng|trừ|trường hợp|ngoài ra|mỗi|từng|còn lại|nhóm|loại)(?!\w)")


def _show(target: Target) -> str:
    value = "" if target.value is None else f"{target.value:g}".replace(".", ",")
    if target.value_max is not None:
        value += f" - {target.value_max:g}".replace(".", ",")
    sign = {"=": "", ">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< "}.get(target.operator, "")
    unit = target.unit if target.unit.startswith("%") else f" {target.unit}" if target.unit else ""
    return f"{sign}{value}{unit}"


def _telling(target: Target) -> frozenset[str]:
    """The words that tell what a target is about, with grades (``cấp độ 4``) and without figures."""
    words = fold(" ".join((target.subject, target.indicator, *target.scope))).split()
    return frozenset(word for word in words if word not in _PLAIN and (not word[0].isdigit() or len(word) == 1))


def conflicting_values(analysis: Analysis) -> None:
    """Two values for one population, measure and date in different clauses; rows of tables are parts of each other."""
    groups: dict[tuple[object, ...], list[Target]] = defaultdict(list)
    for target in analysis.targets:
        telling = _telling(target)
        if target.value is None or not target.subject or not target.deadline or len(telling) < _TELLING:
            continue
        if target.reference_document:
            continue
        groups[telling, target.deadline, target.unit, target.level_scale, target.direction].append(target)
    for found in groups.values():
        first = found[0]
        for other in found[1:]:
            same = (other.value, other.value_max, other.operator, other.level) == (
                first.value,
                first.value_max,
                first.operator,
                first.level,
            )
            rows = first.rule.startswith("table") and other.rule.startswith("table")
            if other.clause_id == first.clause_id or same or rows or _of_parts(analysis, first, other):
                continue
            add(
                analysis,
                "conflicting_values",
                "high",
                (
                    f"Cùng một chỉ tiêu, cùng thời hạn nhưng hai giá trị: {_show(first)} (mục "
                    f"{first.clause_path}) và {_show(other)} (mục {other.clause_path})"
                ),
                other.char_start,
                other.char_end,
                other.clause_id,
            )


def _of_parts(analysis: Analysis, one: Target, other: Target) -> bool:
    """Whether the clauses of two targets part their population in a way that the targets may not show."""
    tree = analysis.tree
    for target in (one, other):
        passage = analysis.passage_of.get(target.clause_id)
        if passage is None or _PART.search(passage.lower):
            return True
    headings = [
        {fold(above.heading) for above in tree.ancestors(tree.by_id[t.clause_id]) if above.heading}
        for t in (one, other)
    ]
    if any(_PART.search(heading) for heading in headings[0] ^ headings[1]):
        return True
    named = [{h for h in headings[i] - headings[1 - i] if not zone_of_heading(h)} for i in (0, 1)]
    labels = [_label(analysis, target) for target in (one, other)]
    return all(named) or (all(labels) and labels[0] != labels[1])


def _label(analysis: Analysis, target: Target) -> str:
    """What stands before the colon in front of a target: ``Bến Cồn: lấy mẫu 03 vị trí`` is told of one place."""
    passage = analysis.passage_of.get(target.clause_id)
    if passage is None:
        return ""
    quote = fold(target.quote)
    at = fold(passage.text).find(quote[:40])
    label, colon, _ = fold(passage.text)[: max(at, 0)].rpartition(":")
    return label.strip("-+* ") if colon and not zone_of_heading(label.strip("-+* ")) else ""


def totals(analysis: Analysis) -> None:
    """A total that its parts do not give: ``05 cán bộ (gồm: A 02 cán bộ, B 02 cán bộ)``."""
    for passage in analysis.passages:
        if "gồm" not in passage.lower:
            continue
        for match in _PARTS.finditer(passage.lower):
            total = number(match.group("total"))
            noun = match.group("noun").split()[0]
            parts = [
                q.value
                for q in find_quantities(match.group("list"))
                if q.kind == "count" and q.value is not None and q.value_max is None and q.unit.startswith(noun)
            ]
            if total is not None and len(parts) >= 2 and sum(parts) != total:
                span = passage.span(match.start(), match.end())
                add(
                    analysis,
                    "total_mismatch",
                    "medium",
                    f"Tổng số nêu {total:g} nhưng các phần cộng lại được {sum(parts):g}",
                    span.start,
                    span.end,
                    passage.clause.clause_id,
                )


def impossible_values(analysis: Analysis) -> None:
    """A share above a hundred, a range that runs backwards."""
    for target in analysis.targets:
        if target.value_max is not None and target.value is not None and target.value > target.value_max:
            add(
                analysis,
                "reversed_range",
                "high",
                f"Khoảng giá trị ngược: {_show(target)}",
                target.char_start,
                target.char_end,
                target.clause_id,
            )
        elif (
            target.unit == "%"
            and target.value is not None
            and target.value > 100
            and target.operator not in ("<", "<=")  # a ceiling on a debt may lie above
            and not target.direction
            and not target.base
        ):
            add(
                analysis,
                "share_above_100",
                "medium",
                f"Tỷ lệ vượt 100%: {_show(target)}",
                target.char_start,
                target.char_end,
                target.clause_id,
            )
