"""The rows of the progress reports as people read them; page, Word and Excel print the same."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from doichieu.lexicon import load
from doichieu.model import Document, ProgressRow, Result
from doichieu.naming import described
from doichieu.report.clean import shown
from doichieu.report.phrases import place
from doichieu.text import fold

#: Verdicts in the order in which they are counted and shown, with the class that colours them.
VERDICTS = {
    "behind": "high",
    "measured_otherwise": "medium",
    "not_reported": "medium",
    "on_course": "info",
    "reached": "low",
}


class Line(Struct, frozen=True):
    """One target of the plan with what one report says of it, all in words."""

    id: str
    report: str
    quote: str
    place: str
    verdict: str
    verdict_name: str
    colour: str
    value: str
    as_of: str
    expected: str
    deadline: str
    elapsed: str
    reached: str
    findings: str
    explanation: str
    report_quote: str
    proof: str
    search: str


class View(Struct, frozen=True):
    """Everything that the reports print."""

    plan: str
    title: str
    reports: tuple[str, ...]
    summary: str
    lines: tuple[Line, ...]
    figures: tuple[tuple[str, Result], ...]
    lang: str


def day(iso: str) -> str:
    """A date as Vietnamese documents print it."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


def percent(share: float | None) -> str:
    """A share as a whole percentage.

    >>> percent(0.551), percent(None)
    ('55%', '')
    """
    return "" if share is None else f"{share:.0%}"


def amount(value: float | None, unit: str) -> str:
    """A figure with its unit, with the decimal comma.

    >>> amount(94.9, "%"), amount(64.0, "đồng chí")
    ('94,9%', '64 đồng chí')
    """
    if value is None:
        return ""
    text = f"{value:.10g}".replace(".", ",")
    return f"{text}%" if unit == "%" else f"{text} {unit}".strip()


def view(plan: Document, reports: Sequence[Document], rows: Sequence[ProgressRow], lang: str = "vi") -> View:
    """The rows in words."""
    words = load(f"amending_{lang}")
    names = {report.document_id: described(report) for report in reports}
    paths = {target.target_id: target.clause_path for target in plan.targets}
    lines = tuple(
        Line(
            id=row.target_id,
            report=names.get(row.report_document, row.report_document),
            quote=shown(row.plan_quote),
            place=place(paths.get(row.target_id, ""), lang),
            verdict=row.verdict,
            verdict_name=words["verdicts"][row.verdict],
            colour=VERDICTS[row.verdict],
            value=amount(row.value, row.unit),
            as_of=day(row.as_of),
            expected=row.expected,
            deadline=day(row.deadline),
            elapsed=percent(row.elapsed_share),
            reached=percent(row.reached_share),
            findings="; ".join(words["findings"][f] for f in row.findings),
            explanation=row.explanation,
            report_quote=shown(row.report_quote),
            proof=row.proof,
            search=fold(f"{row.plan_quote} {row.report_quote}"),
        )
        for row in rows
    )
    counts = {verdict: sum(line.verdict == verdict for line in lines) for verdict in VERDICTS}
    return View(
        plan=described(plan),
        title=plan.info.title,
        reports=tuple(names.values()),
        summary=words["text"]["progress_counts"].format(n=len(lines), **counts),
        lines=lines,
        figures=tuple((names[report.document_id], result) for report in reports for result in report.results),
        lang=lang,
    )
