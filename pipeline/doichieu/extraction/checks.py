"""What a careful reader would notice: what in one document does not fit together.

Every finding is a problem row with its place and a Vietnamese sentence; nothing is corrected.
"""

from __future__ import annotations

import re
from collections import defaultdict

from doichieu.alphabet import mark_digits
from doichieu.extraction.targets.quantities import find_quantities
from doichieu.extraction.times.grammar import find_deadlines
from doichieu.model import Citation, Problem, Severity, Target
from doichieu.numerals import number, words_to_number
from doichieu.segmentation.passages import Analysis, Passage
from doichieu.text import fold, short

_ANNOUNCED = re.compile(
    r"(?<![\d./,])(?P<n>\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+(?:nhóm\s+)?(?P<what>chỉ tiêu"
    r"|mục tiêu|nhiệm vụ|giải pháp|nội dung|tiêu chí)(?:\s+(?:cụ thể|chủ yếu|trọng tâm|sau|chính|lớn"
    r"|giải pháp|,\s*giải pháp))*\s*(?:sau(?: đây)?|như sau|gồm|bao gồm)?\s*[:.]?\s*\Z"
)
_PARTS = re.compile(
    r"(?<![\d.,/])(?P<total>\d{1,4})\s+(?P<noun>[^\W\d_]+(?:\s[^\W\d_]+){0,3}?)\s*\(?\s*,?\s*(?:bao gồm"
    r"|gồm)\s*:?\s*(?P<list>[^().;]{8,300})"
)
_PAST = re.compile(r"(?<!\w)(?:đã|vừa qua|hiện nay|trước đây|ban hành trước)(?!\w)")
_LIMIT = re.compile(r"trước|chậm nhất|đến hết|xong|hoàn thành")
_TASKS = re.compile(r"nhiệm vụ|giải pháp")
_GOALS = re.compile(r"mục tiêu|chỉ tiêu|kinh phí|tổ chức thực hiện")
#: How a task begins: with what is to be done.
_DOES = re.compile(
    r"(?:xây dựng|ban hành|hoàn thành|hoàn thiện|rà soát|triển khai|tổ chức|thực hiện|trình|lập"
    r"|nghiên cứu|đề xuất|kiện toàn|thành lập|số hóa"
    r"|đầu tư|nâng cấp|cập nhật|tổng hợp|phê duyệt|sửa đổi|bổ sung|đưa|khởi công|bố trí)(?!\w)"
)
_MARK = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\^?\d{1,3}\]")


def stage(analysis: Analysis) -> None:
    """Add problem rows for what does not fit together; needs all other stages."""
    _conflicting_values(analysis)
    _announced_counts(analysis)
    _early_deadlines(analysis)
    _ownerless(analysis)
    _totals(analysis)
    _citation_dates(analysis)
    _impossible_values(analysis)
    _footnotes(analysis)
    _unresolved(analysis)


def _unresolved(analysis: Analysis) -> None:
    """References that could mean several documents, or none that is known, with the reason."""
    for citation in analysis.citations:
        if citation.unresolved:
            _add(
                analysis,
                "unresolved_reference",
                "low",
                f"Chưa xác định được văn bản được dẫn: {citation.unresolved}",
                citation.char_start,
                citation.char_end,
                citation.clause_id,
            )


def _add(
    analysis: Analysis, code: str, severity: Severity, message: str, start: int, end: int, clause_id: str = ""
) -> None:
    analysis.problems.append(
        Problem(
            analysis.document_id,
            code,
            severity,
            message,
            clause_id=clause_id,
            char_start=start,
            char_end=end,
            quote=analysis.source.text[start:end],
        )
    )


def _show(target: Target) -> str:
    value = "" if target.value is None else f"{target.value:g}".replace(".", ",")
    if target.value_max is not None:
        value += f" - {target.value_max:g}".replace(".", ",")
    sign = {"=": "", ">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< "}.get(target.operator, "")
    unit = target.unit if target.unit.startswith("%") else f" {target.unit}" if target.unit else ""
    return f"{sign}{value}{unit}"


def _conflicting_values(analysis: Analysis) -> None:
    """Two values for one population, measure and date in different clauses."""
    groups: dict[tuple[object, ...], list[Target]] = defaultdict(list)
    for target in analysis.targets:
        if target.value is None or not target.subject or len(fold(target.indicator)) < 8:
            continue
        key = (
            fold(target.subject),
            fold(target.indicator),
            tuple(sorted(fold(s) for s in target.scope)),
            target.deadline,
            target.unit,
            target.level_scale,
        )
        groups[key].append(target)
    for found in groups.values():
        first = found[0]
        for other in found[1:]:
            if other.clause_id == first.clause_id:
                continue
            if (other.value, other.value_max, other.operator, other.level) != (
                first.value,
                first.value_max,
                first.operator,
                first.level,
            ):
                _add(
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


def _announced_counts(analysis: Analysis) -> None:
    """A heading that announces ten targets over nine."""
    for clause in analysis.clauses:
        if clause.leaf or not clause.heading:
            continue
        match = _ANNOUNCED.search(fold(clause.heading))
        if match is None:
            continue
        text = match.group("n")
        announced = int(text) if text.isdigit() else words_to_number(text)
        kinds: dict[str, int] = defaultdict(int)
        for child in analysis.tree.children(clause):
            if child.marker and child.kind in ("item", "bullet", "section") and child.char_start != clause.char_start:
                kinds[child.kind] += 1
        if not kinds or announced is None:
            continue
        counted = max(kinds.values())
        if counted != announced and counted > 1:
            lead = analysis.lead(clause)
            end = lead.clause.char_end if lead is not None else clause.char_start
            _add(
                analysis,
                "announced_count",
                "medium",
                f"Tiêu đề nêu {announced} {match.group('what')} nhưng bên dưới có {counted}",
                clause.char_start,
                end,
                clause.clause_id,
            )


def _early_deadlines(analysis: Analysis) -> None:
    """A deadline that lay in the past when the document was issued."""
    issued = analysis.info.issued_on
    if not issued:
        return
    early: dict[tuple[int, int], tuple[str, str]] = {
        (d.char_start, d.char_end): (d.date, d.clause_id)
        for d in analysis.deadlines
        if d.kind in ("by", "within") and d.date and d.date < issued and d.operator in ("<", "<=", "within")
    }
    busy = {t.clause_id for t in analysis.targets} | {a.clause_id for a in analysis.assignments}
    for passage in analysis.passages:
        # A limit of an earlier year is taken for history where deadlines are read; beside a goal or a task it is a
        # slip.
        if passage.clause.clause_id not in busy or _PAST.search(passage.lower):
            continue
        for hit in find_deadlines(passage.text):
            if hit.kind == "by" and hit.date and hit.date < issued and _LIMIT.match(hit.text.lower()):
                span = passage.span(hit.start, hit.end)
                early.setdefault((span.start, span.end), (hit.date, passage.clause.clause_id))
    for (start, end), (date, clause_id) in early.items():
        message = f"Thời hạn {_date(date)} sớm hơn ngày ban hành văn bản ({_date(issued)})"
        _add(analysis, "deadline_before_document", "medium", message, start, end, clause_id)


def _ownerless(analysis: Analysis) -> None:
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
        above = list(tree.ancestors(clause))
        if not any(_TASKS.search(fold(a.heading)) for a in above) or any(_GOALS.search(fold(a.heading)) for a in above):
            continue
        near = [clause, *above[:-1]]
        around = {c.clause_id for a in near for c in (a, *tree.children(a))}
        if around & named or not _DOES.match(passage.lower[passage.start :]):
            continue
        start = passage.span(passage.start, len(passage.text))
        _add(
            analysis,
            "task_without_owner",
            "low",
            f"Nhiệm vụ chưa có cơ quan thực hiện: “{short(passage.text[passage.start :], 120)}”.",
            start.start,
            start.end,
            clause.clause_id,
        )


def _date(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"


def _totals(analysis: Analysis) -> None:
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
                _add(
                    analysis,
                    "total_mismatch",
                    "medium",
                    f"Tổng số nêu {total:g} nhưng các phần cộng lại được {sum(parts):g}",
                    span.start,
                    span.end,
                    passage.clause.clause_id,
                )


def _citation_dates(analysis: Analysis) -> None:
    """One document cited with two dates."""
    groups: dict[tuple[str, str], list[Citation]] = defaultdict(list)
    for citation in analysis.citations:
        if citation.number and citation.issued_on:
            groups[citation.kind, citation.number].append(citation)
    for (_, cited), found in groups.items():
        first = found[0]
        told: set[str] = set()
        for other in found[1:]:
            if other.issued_on == first.issued_on or other.issued_on in told:
                continue
            if first.issuer and other.issuer and fold(first.issuer) != fold(other.issuer):
                continue
            titles = (set(fold(first.title).split()), set(fold(other.title).split()))
            if all(titles) and len(titles[0] & titles[1]) < 0.5 * min(len(titles[0]), len(titles[1])):
                continue
            told.add(other.issued_on)
            _add(
                analysis,
                "citation_date_conflict",
                "high",
                (
                    f"Văn bản số {cited} được dẫn với hai ngày khác nhau: {_date(first.issued_on)} và "
                    f"{_date(other.issued_on)}"
                ),
                other.char_start,
                other.char_end,
                other.clause_id,
            )


def _impossible_values(analysis: Analysis) -> None:
    """A share above a hundred, a range that runs backwards."""
    for target in analysis.targets:
        if target.value_max is not None and target.value is not None and target.value > target.value_max:
            _add(
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
            and not target.direction
            and not target.base
        ):
            _add(
                analysis,
                "share_above_100",
                "medium",
                f"Tỷ lệ vượt 100%: {_show(target)}",
                target.char_start,
                target.char_end,
                target.clause_id,
            )


def _footnotes(analysis: Analysis) -> None:
    """A footnote without its mark in the text, a mark without its footnote."""
    notes: dict[str, Passage] = {}
    used: dict[str, tuple[Passage, int, int]] = {}
    for passage in analysis.passages:
        if passage.clause.kind == "footnote":
            notes.setdefault(mark_digits(passage.clause.marker), passage)
            continue
        for match in _MARK.finditer(passage.text):
            before = passage.text[: match.start()]
            if before and (before[-1].isdigit() or before[-1] in "mM"):
                continue  # an exponent or m²
            used.setdefault(mark_digits(match.group()), (passage, match.start(), match.end()))
    if not notes:
        return
    for mark, passage in notes.items():
        if mark and mark not in used:
            _add(
                analysis,
                "footnote_without_mark",
                "low",
                f"Chú thích {mark} không có dấu dẫn trong văn bản",
                passage.clause.char_start,
                min(passage.clause.char_end, passage.clause.char_start + 80),
                passage.clause.clause_id,
            )
    for mark, (passage, start, end) in used.items():
        if mark not in notes:
            span = passage.span(start, end)
            _add(
                analysis,
                "mark_without_footnote",
                "low",
                f"Dấu chú thích {mark} không có nội dung chú thích",
                span.start,
                span.end,
                passage.clause.clause_id,
            )
