"""The report of one document as a Word document, from ``templates/document.docx``."""

from __future__ import annotations

from typing import Any

from doichieu.report.document_view import DocumentView
from doichieu.report.templates import templates_folder
from doichieu.report.word import render
from doichieu.report.words import words


def report(view: DocumentView) -> bytes:
    """The report as bytes: header facts, targets, tasks by body, calendar, what to check, outline."""
    return render(templates_folder() / "document.docx", values(view))


def values(view: DocumentView) -> dict[str, Any]:
    """What the template prints; ``t`` are the words of the language."""
    return {
        "t": dict(words(view.lang)["text"]),
        "name": view.card.name,
        "title": view.card.title,
        "summary": view.sentence,
        "facts": [{"name": fact.name, "value": fact.value} for fact in view.card.facts],
        "targets": [
            {
                "n": r.number,
                "subject": r.subject,
                "scope": r.scope,
                "quote": r.quote,
                "measure": r.measure,
                "deadline": r.deadline,
                "commitment": r.commitment,
                "place": r.place,
            }
            for r in view.targets
        ],
        "bodies": [
            {
                "name": agency,
                "tasks": [
                    {"role": r.role, "task": r.task, "deadline": r.deadline, "place": r.place, "product": r.product}
                    for r in rows
                ],
            }
            for agency, rows in view.by_agency
        ],
        "dates": [
            {
                "date": r.date,
                "kind": r.kind,
                "recurrence": r.recurrence,
                "quote": r.quote,
                "wording": r.wording,
                "place": r.place,
            }
            for r in view.dates
        ],
        "problems": [{"severity": p.severity_name, "message": p.message, "quote": p.quote} for p in view.problems],
        "outline": [{"text": o.text, "indent": "    " * o.depth} for o in view.outline],
    }
