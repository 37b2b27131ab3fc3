"""Deviations that the child's own text admits: footnotes, brackets, ``cao hơn Nghị quyết``.

A declaration counts only if the value it names is the parent's: then the difference is *declared*; a note that
names another value than the parent has is *contradicted*.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from pipeline.algebra import amount_of
from pipeline.model import Document, Target
from pipeline.text import fold

_NUMBER = re.compile(r"\d+")


class Declaration(NamedTuple):
    """What the child says about a difference: the state, and the wording that says it."""

    state: Literal["", "true", "contradicted"]
    wording: str


def footnote_wording(child: Document, target: Target) -> str:
    """The footnote that hangs on a target, verbatim; else the bracket in its quote that names another document."""
    from pipeline.extraction.references import mark_digits

    if target.footnote:
        for clause in child.clauses:
            if clause.kind == "footnote" and mark_digits(clause.marker) == target.footnote:
                return child.source.text[clause.char_start : clause.char_end]
    for bracket in re.findall(r"\([^()]{6,300}\)", target.quote):
        if target.reference_document and fold(target.reference_document) in fold(bracket):
            return str(bracket)
    return ""


def names(reference: str, parent: Document) -> bool:
    """Whether a reference such as ``Đề án số 12`` can mean the parent: its number, or its kind where it has none."""
    figures = _NUMBER.findall(reference)
    own = _NUMBER.findall(parent.info.number.split("/")[0]) if parent.info.number else []
    if figures and own:
        return int(figures[0]) == int(own[0])
    if figures:
        return False
    kind = parent.info.kind.replace("_", " ")
    plain = {"nghi quyet": "nghị quyết", "ke hoach": "kế hoạch", "de an": "đề án", "chi thi": "chỉ thị", "quyet dinh": "quyết định", "chuong trinh": "chương trình", "ket luan": "kết luận"}  # fmt: skip
    return fold(reference).startswith(plain.get(kind, "?"))


_EXCUSE = re.compile(
    r"(?:cao hơn|thấp hơn|vượt|tăng so với|giảm so với)\s+(?:mục tiêu |chỉ tiêu |mức )?(?:của |trong |tại )?(?P<document>nghị quyết|đề án|kế hoạch|chỉ thị|quyết định|chương trình|tỉnh|trung ương|cấp trên)"
    r"(?P<rest>[^.;()\n]{0,80})|(?:để phù hợp với|riêng(?: đối với)?\s|do điều kiện|căn cứ tình hình)[^.;()\n]{3,120}"
)
_DIFFERENCE = re.compile(r"(?<!\d)(?P<n>\d+(?:,\d+)?)\s*(?:%|điểm phần trăm|điểm %)")


def _said_in_text(child: Document, target: Target, parent: Document, answer: Target) -> Declaration:
    """An excuse in the sentence itself.  Only a stated difference that is the real one declares the deviation.

    ``cao hơn Nghị quyết 5%`` beside 15 % declares 10 %; words without a value (``để phù hợp với …``, ``riêng …``)
    are quoted as justification, and the deviation stays undeclared.
    """
    source = child.source.text
    window = source[target.char_start : target.char_end + 200]
    own = re.split(r"\n\s*\n|;\s", window[len(target.quote) :])[0]
    text = fold(target.quote) + " " + fold(own)
    match = _EXCUSE.search(text)
    if match is None or amount_of(target) == amount_of(answer):
        return Declaration("", "")
    wording = match.group().strip()
    start = fold(window).find(wording)
    shown = window.strip()[start : start + len(wording)] if start >= 0 and fold(window.strip()[start : start + len(wording)]) == wording else wording
    value = _DIFFERENCE.search(match.group("rest") or "") if match.group("document") else None
    if value is None or target.value is None or answer.value is None:
        return Declaration("", shown)
    stated = float(value.group("n").replace(",", "."))
    real = target.value - answer.value
    signed = -stated if wording.startswith(("thấp", "giảm")) else stated
    return Declaration("true" if abs(real - signed) < 1e-9 else "contradicted", shown)


def declaration(child: Document, target: Target, parent: Document, answer: Target) -> Declaration:
    """What the child's text says about its difference from ``answer`` of ``parent``."""
    if target.reference_value is None:
        return _said_in_text(child, target, parent, answer)
    if not names(target.reference_document, parent):
        return Declaration("", "")
    wording = footnote_wording(child, target)
    import msgspec

    stated = msgspec.structs.replace(
        answer, operator=target.reference_operator or "=", value=target.reference_value, value_max=None,
        unit=target.reference_unit or answer.unit,
    )  # fmt: skip
    return Declaration("true" if amount_of(stated) == amount_of(answer) else "contradicted", wording)
