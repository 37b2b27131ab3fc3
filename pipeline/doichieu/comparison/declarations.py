"""Deviations that the child's own text admits: footnotes, brackets, ``cao hơn Nghị quyết``.

A declaration counts only if the value it names is the parent's: then the difference is *declared*; a note that
names another value than the parent has is *contradicted*.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from doichieu.alphabet import mark_digits
from doichieu.comparison.algebra import amount_of
from doichieu.model import Document, Target
from doichieu.naming import figure, kind_names, quantity_words
from doichieu.text import fold

_NUMBER = re.compile(r"\d+")


class Declaration(NamedTuple):
    """What the child says about a difference: the state, the wording that says it, and the value stated in words."""

    state: Literal["", "true", "contradicted"]
    wording: str
    stated: str = ""


def footnote_wording(child: Document, target: Target) -> str:
    """The footnote that hangs on a target, verbatim; else the bracket in its quote that names another document."""
    if target.footnote:
        for clause in child.clauses:
            if clause.kind == "footnote" and mark_digits(clause.marker) == target.footnote:
                return child.source.text[clause.char_start : clause.char_end]
    for bracket in re.findall(r"\([^()]{6,300}\)", target.quote):
        if target.reference_document and fold(target.reference_document) in fold(bracket):
            return str(bracket)
    return ""


_CENTRE = ("trung ương", "chính phủ", "thủ tướng", "bộ", "quốc hội")
_LEVELS = {
    "tỉnh": ("tỉnh",),
    "cả nước": _CENTRE,
    "thành phố": ("thành phố", "thành ủy"),
    "trung ương": _CENTRE,
    "huyện": ("huyện",),
}


def names(reference: str, parent: Document) -> bool:
    """Whether a reference such as ``Đề án số 12`` can mean the parent: its number, or its kind where it has none.

    ``chỉ tiêu tỉnh giao`` means a parent that a body of the province issued; ``cấp trên`` means any.
    """
    figures = _NUMBER.findall(reference)
    own = _NUMBER.findall(parent.info.number.split("/")[0]) if parent.info.number else []
    if figures and own:
        return int(figures[0]) == int(own[0])
    if figures:
        return False
    text = fold(reference)
    kind = kind_names().get(parent.info.kind, "?").lower()
    if text.startswith(kind):
        return True
    if "cấp trên" in text:
        return True
    issuer = fold(f"{parent.info.issuer} {parent.info.authority} {parent.info.place}")
    if not text.startswith(
        ("chỉ tiêu", "mục tiêu", "mức", "tỉnh", "toàn tỉnh", "trung ương", "cả nước", "thành phố", "huyện")
    ):
        return False
    return any(level in text and any(word in issuer for word in words) for level, words in _LEVELS.items())


_UPPER = (
    r"(?:nghị quyết|đề án|kế hoạch|chỉ thị|quyết định|chương trình|kết luận|tỉnh|trung ương|cấp trên"
    r"|thành phố|toàn tỉnh|cả nước)"
)
_MORE = r"(?P<more>cao hơn|thấp hơn|nhiều hơn|ít hơn|vượt|tăng|giảm)"
_POINTS = ("%", "‰", "điểm phần trăm", "điểm %", "điểm")
_OF_UPPER = rf"(?:so với\s+)?(?:(?:mục tiêu|chỉ tiêu|mức)\s+)?(?:(?:của|trong|tại|do)\s+)?{_UPPER}"


@lru_cache(maxsize=64)
def _differences(unit: str) -> tuple[re.Pattern[str], ...]:
    """A stated difference: ``cao hơn Nghị quyết số 21 là 5%``, ``thấp hơn 2 điểm phần trăm so với chỉ tiêu của
    tỉnh``."""
    units = "|".join(map(re.escape, _POINTS if unit in ("%", "‰") else ("điểm", unit) if unit else ("điểm",)))
    how_much = rf"(?P<n>\d+(?:\.\d{{3}})*(?:,\d+)?)\s*(?P<unit>{units})"
    return (
        re.compile(
            rf"(?<!\w){_MORE}\s+{_OF_UPPER}(?![^.;()\n]{{0,60}}?(?:quy định|đề ra|giao|xác định|yêu cầu"
            rf"|mức)\s+\d)[^.;()\n%]{{0,60}}?(?<![\d,./-]){how_much}"
        ),
        re.compile(
            rf"(?<!\w){_MORE}\s+{how_much}\s*(?:,\s*)?so với\s+(?:(?:mục tiêu|chỉ tiêu|mức)\s+)?(?:(?:của"
            rf"|trong|tại|do)\s+)?{_UPPER}"
        ),
    )


_YEARS = (
    re.compile(
        rf"(?<!\w)(?P<more>sớm hơn|muộn hơn|chậm hơn|trước|sau)\s+{_OF_UPPER}[^.;()\n]{{0,50}}?(?<![\d/-])"
        rf"(?P<n>\d{{1,2}})\s*năm(?!\s*20)"
    ),
    re.compile(
        rf"(?<!\w)(?P<more>sớm hơn|muộn hơn|chậm hơn)\s+(?P<n>\d{{1,2}})\s*năm\s+so với\s+[^.;()\n]{{0,30}}?{_UPPER}"
    ),
)
_EXCUSE = re.compile(
    r"(?:cao hơn|thấp hơn|vượt|tăng so với|giảm so với|sớm hơn|muộn hơn|chậm hơn|khác với"
    rf"|mở rộng(?: hơn)? so với|thu hẹp(?: hơn)? so với)\s+{_OF_UPPER}[^.;()\n]{{0,80}}"
    r"|(?:để phù hợp với|riêng(?: đối với)?\s|do điều kiện|do đặc thù|căn cứ tình hình|do khó khăn)[^.;()\n]{3,120}"
)
_LESS = ("thấp", "ít", "giảm", "sớm", "trước")


def _number(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))


def _stated_difference(text: str, target: Target, answer: Target) -> Declaration | None:
    """The difference from the parent that a folded wording puts into figures, judged against the real one."""
    for pattern in _differences(fold(target.unit)):
        match = pattern.search(text)
        if match and target.value is not None and answer.value is not None:
            said, real = _number(match.group("n")), round(target.value - answer.value, 6)
            signed = -said if match.group("more").startswith(_LESS) else said
            stated = f"{figure(said)} {match.group('unit')}".replace(" %", "%")
            words = f"nêu chênh lệch {stated}, chênh lệch thực tế là {figure(abs(real))}"
            return Declaration("true" if abs(real - signed) < 1e-9 else "contradicted", match.group().strip(), words)
    for pattern in _YEARS:
        match = pattern.search(text)
        if match and target.deadline and answer.deadline:
            later = int(target.deadline[:4]) - int(answer.deadline[:4])
            said_years = int(match.group("n"))
            signed_years = -said_years if match.group("more").startswith(_LESS) else said_years
            words = f"nêu chênh lệch {said_years} năm, chênh lệch thực tế là {abs(later)} năm"
            return Declaration("true" if later == signed_years else "contradicted", match.group().strip(), words)
    return None


def _own_words(child: Document, target: Target) -> str:
    """The target's quote with the rest of its sentence, where drafters put their reasons; verbatim."""
    window = child.source.text[target.char_start : target.char_end + 200]
    return target.quote + re.split(r"\n\s*\n|;\s", window[len(target.quote) :])[0]


def _verbatim(text: str, wording: str) -> str:
    """A folded wording as the text prints it, where it can be found there."""
    flat = " ".join(text.split())
    start = fold(flat).find(wording)
    if start < 0 or fold(flat[start : start + len(wording)]) != wording:
        return wording
    rest = re.match(r"[^;()\n]{0,60}?(?=[;()\n]|\.(?:\s|\Z)|\Z)", flat[start + len(wording) :])
    return flat[start : start + len(wording)] + (rest.group().rstrip(" ,.") if rest else "")


def declaration(child: Document, target: Target, parent: Document, answer: Target) -> Declaration:
    """What the child's text says about its difference from ``answer`` of ``parent``.

    A difference in figures (``cao hơn Nghị quyết 5%``) and a value of the parent (``Nghị quyết: 10%``) declare the
    deviation if they are right and contradict it if not; a reason without a figure is quoted and declares nothing.
    """
    import msgspec

    note = footnote_wording(child, target)
    text = _own_words(child, target)
    for words in (text, note):
        found = _stated_difference(fold(words), target, answer) if words else None
        if found is not None:
            return found._replace(wording=note if words is note else _verbatim(words, found.wording))
    if target.reference_value is not None:
        if not names(target.reference_document, parent):
            return Declaration("", "")
        stated = msgspec.structs.replace(
            answer,
            operator=target.reference_operator or "=",
            value=target.reference_value,
            value_max=None,
            unit=target.reference_unit or answer.unit,
        )
        same = amount_of(stated) == amount_of(answer) or (
            target.reference_operator in ("", "=") and target.reference_value == answer.value
        )
        return Declaration("true" if same else "contradicted", note, f"nêu {quantity_words(stated)}")
    if amount_of(target) == amount_of(answer) and target.deadline == answer.deadline:
        return Declaration("", "")
    for words in (text, note):
        excuse = _EXCUSE.search(fold(words)) if words else None
        if excuse is not None:
            return Declaration("", note if words is note else _verbatim(words, excuse.group().strip()))
    return Declaration("", "")
