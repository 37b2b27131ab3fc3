"""Problem rows: one place where they are made."""

from __future__ import annotations

from doichieu.model import Problem, ProblemCode, Severity
from doichieu.segmentation.passages import Analysis


def add(
    analysis: Analysis, code: ProblemCode, severity: Severity, message: str, start: int, end: int, clause_id: str = ""
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
