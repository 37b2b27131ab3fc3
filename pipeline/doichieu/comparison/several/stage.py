"""A child compared with parents that only its own notes quote, and with several parents at once."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from doichieu.comparison.compare import compare
from doichieu.comparison.declarations import Declaration, footnote_wording, names
from doichieu.comparison.findings import finding_id, numbered, stable
from doichieu.comparison.meaning.surroundings import surroundings_of
from doichieu.comparison.owed.oddities import oddities
from doichieu.comparison.owed.severity import severity_of
from doichieu.comparison.relations.verdicts import compare_targets
from doichieu.comparison.several.bindings import bindings
from doichieu.comparison.wording import explain_pair
from doichieu.model import Comparison, Deviation, Document
from doichieu.naming import quantity_words
from doichieu.text import fold


def compare_quoted(child: Document, at_hand: Sequence[Document] = ()) -> Comparison:
    """Compare the child with parents that are not ``at_hand`` but whose values its own notes quote."""
    around = surroundings_of(child)
    out: list[Deviation] = []
    for target in child.targets:
        if (
            target.reference_value is None
            or not target.reference_document
            or any(names(target.reference_document, d) for d in at_hand)
        ):
            continue
        quoted = msgspec.structs.replace(
            target,
            operator=target.reference_operator or "=",
            value=target.reference_value,
            value_max=None,
            unit=target.reference_unit or target.unit,
            target_id="",
        )
        verdict = compare_targets(target, quoted)
        wording = footnote_wording(child, target)
        severity, reason = severity_of(verdict.kinds, "true")
        number = _quoted_number(child, target.reference_document)
        proof = f"{verdict.proof} (theo lời dẫn: {target.reference_document} quy định {quantity_words(quoted)})"
        out.append(
            Deviation(
                child_document=child.document_id,
                parent_document=number or target.reference_document,
                deviation_id=finding_id(child.document_id, "quoted", stable(target), fold(target.reference_document)),
                child_target_id=target.target_id,
                kinds=verdict.kinds,
                severity=severity,
                declared="true",
                justification=wording,
                proof=proof,
                explanation=explain_pair(
                    child, None, target, quoted, verdict, Declaration("true", wording), around[target.target_id].stretch
                ),
                child_clause_path=target.clause_path,
                child_quote=target.quote,
                severity_reason=reason,
                confidence=0.9,
                subject=target.subject,
            )
        )
    return Comparison(child, None, tuple(numbered(out)))


def _quoted_number(child: Document, reference: str) -> str:
    """The number that a short name such as ``Đề án số 12`` stands for in the child, where one citation says so."""
    figures = re.findall(r"\d+", reference)
    kind = fold(reference).split(" số")[0].strip()
    numbers = {
        c.number
        for c in child.citations
        if c.number and figures and re.match(rf"0*{int(figures[0])}\D", c.number) and fold(c.quote).startswith(kind[:6])
    }
    return numbers.pop() if len(numbers) == 1 else ""


def compare_many(child: Document, parents: list[Document]) -> list[Comparison]:
    """Compare a child with several parents; each comparison carries the binding value of each child target.

    The binding value is the strictest that any parent asks; two parents that disagree on it are a finding.
    """
    comparisons = [compare(child, parent) for parent in parents]
    if len(comparisons) < 2:
        return comparisons
    comparisons = [
        msgspec.structs.replace(c, problems=oddities(child, parent, parents))
        for c, parent in zip(comparisons, parents, strict=True)
    ]
    bound = bindings(child, comparisons)
    return [msgspec.structs.replace(c, bindings=bound) for c in comparisons]
