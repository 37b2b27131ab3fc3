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


def declaration(child: Document, target: Target, parent: Document, answer: Target) -> Declaration:
    """What the child's text says about its difference from ``answer`` of ``parent``."""
    if target.reference_value is None or not names(target.reference_document, parent):
        return Declaration("", "")
    wording = footnote_wording(child, target)
    import msgspec

    stated = msgspec.structs.replace(
        answer, operator=target.reference_operator or "=", value=target.reference_value, value_max=None,
        unit=target.reference_unit or answer.unit,
    )  # fmt: skip
    return Declaration("true" if amount_of(stated) == amount_of(answer) else "contradicted", wording)
