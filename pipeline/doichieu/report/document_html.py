"""The page of one document."""

from __future__ import annotations

from collections import Counter

from doichieu.model import Document
from doichieu.report.document_view import DocumentView
from doichieu.report.html import render
from doichieu.report.panels import full_text, matrix
from doichieu.report.words import words


def document_page(view: DocumentView, document: Document) -> str:
    """Targets, tasks by body, calendar, problems, outline and full text as one self-contained HTML text."""
    lang = view.lang
    text = words(lang)["text"]
    marks = {t.id: [(f"t-{t.id}", str(t.number), "low")] for t in view.targets}
    return render(
        "document.html.j2",
        lang,
        f"{text['document_title']}: {view.card.name}",
        view=view,
        roles=matrix(document.assignments, lang),
        lines=full_text(document, marks),
        chart=_by_year(view),
        years=sorted({t.year for t in view.targets if t.year}),
        agencies=[agency for agency, _ in view.by_agency],
        leaves=_first_leaves(document),
    )


def _by_year(view: DocumentView) -> list[tuple[str, int, float]]:
    """The years of last days with the number of targets of each and its share of the longest bar; the undated last."""
    count = Counter(t.year for t in view.targets)
    most = max(count.values(), default=1)
    return [(year, count[year], round(count[year] / most, 3)) for year in sorted(count, key=lambda y: y or "9999")]


def _first_leaves(document: Document) -> dict[str, str]:
    """For each clause of the outline the leaf that the page can show: its first."""
    parent = {c.clause_id: c.parent_id for c in document.clauses}
    found: dict[str, str] = {}
    for clause in document.clauses:
        if clause.leaf:
            above = clause.parent_id
            while above and above not in found:
                found[above] = clause.clause_id
                above = parent.get(above, "")
    return found
