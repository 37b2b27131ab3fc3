"""What a person should check in a document: its problems as lines of a report."""

from __future__ import annotations

from msgspec import Struct

from doichieu.lexicon.problems import rank
from doichieu.model import SEVERITY_ORDER, Comparison, Document, Problem
from doichieu.report.clean import shown
from doichieu.report.phrases import document_name
from doichieu.report.words import name
from doichieu.text import short


class Opening(Struct, frozen=True):
    """A line about a whole document, with a severity: what a person should check; ``anchor`` is its place in the full
    text."""

    document: str
    severity: str
    severity_name: str
    code: str
    message: str
    quote: str
    anchor: str


def problem_lines(document: Document | None, lang: str, side: str = "c") -> tuple[Opening, ...]:
    """What a person should check in a document, what is acted on first; readings that were mended silently are left
    out."""
    if document is None:
        return ()
    found = sorted(
        (p for p in document.problems if p.code != "ocr_repair"),
        key=lambda p: (rank(p.code), SEVERITY_ORDER[p.severity], p.char_start or 0),
    )
    label = document_name(document, lang)
    leaves = {c.clause_id for c in document.clauses if c.leaf}
    return tuple(
        Opening(
            label,
            p.severity,
            name(lang, "severities", p.severity),
            p.code,
            shown(p.message),
            _whole_words(document, p),
            f"{side}-{p.clause_id}" if p.clause_id in leaves else "",
        )
        for p in found
    )


def pair_lines(comparison: Comparison, lang: str) -> tuple[Opening, ...]:
    """What is odd about the pair itself, most serious first; it stands before all findings."""
    return tuple(
        Opening("", p.severity, name(lang, "severities", p.severity), p.code, shown(p.message), "", "")
        for p in sorted(comparison.problems, key=lambda p: SEVERITY_ORDER[p.severity])
    )


def _whole_words(document: Document, problem: Problem) -> str:
    """The quote of a problem; one that ends inside a word without it, and with an ellipsis."""
    quote, end, text = problem.quote, problem.char_end, document.source.text
    if quote and end and text[end - 1 : end].isalnum() and text[end : end + 1].isalnum():
        quote = f"{quote.rsplit(maxsplit=1)[0]}…"
    return short(shown(quote), 300)
