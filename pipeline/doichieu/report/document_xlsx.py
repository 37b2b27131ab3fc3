"""The Excel workbook of one document: targets, tasks, calendar, problems, full text."""

from __future__ import annotations

from doichieu.model import Document
from doichieu.report.document_view import DocumentView
from doichieu.report.sheets import Book, Cell, Column
from doichieu.report.words import page_words
from doichieu.report.xlsx import link, problems, rows_of, targets, texts


def document_workbook(view: DocumentView, document: Document) -> bytes:
    """The workbook as bytes; every place is a link into the sheet of the full text."""
    t = page_words(view.lang)
    rows = rows_of(document)

    def where(text: str, anchor: str) -> str | Cell:
        return link(text, t.text_sheet, rows, anchor)

    with Book(f"{t.document_title}: {view.card.name}") as book:
        targets(book, t.targets, document, t, t.text_sheet, rows, view.lang)
        book.sheet(
            t.tasks_sheet,
            [Column(t.agency, 34), Column(t.role, 16), Column(t.task, 80), Column(t.deadline, 18), Column(t.place, 26)],
            [[r.agency, r.role, r.task, r.deadline, where(r.place, r.anchor)] for r in view.tasks],
        )
        book.sheet(
            t.calendar,
            [
                Column(t.date, 24),
                Column(t.recurrence, 22),
                Column(t.kind, 16),
                Column(t.quote, 30),
                Column(t.wording, 80),
                Column(t.place, 26),
            ],
            [[r.date, r.recurrence, r.kind, r.quote, r.wording, where(r.place, r.anchor)] for r in view.dates],
        )
        problems(book, view.problems, t, with_document=False)
        book.sheet(
            t.summary,
            [Column(t.summary, 30), Column(t.wording, 110)],
            [
                [t.verdict, view.sentence],
                [t.document, view.card.name],
                *([fact.name, fact.value] for fact in view.card.facts),
                [t.wording, view.card.title],
            ],
        )
        texts(book, t.text_sheet, document, t, view.lang)
    return book.data
