"""Results against a plan as an Excel workbook: the targets, and every figure of the reports."""

from __future__ import annotations

from doichieu.lexicon import load
from doichieu.report.reported.view import View, amount, day
from doichieu.report.sheets import Book, Column


def workbook(view: View) -> bytes:
    """The workbook as bytes."""
    lexicon = load(f"amending_{view.lang}")
    words = lexicon["text"]
    with Book(f"{words['progress_title']}: {view.plan}") as book:
        book.sheet(
            words["target"],
            [
                Column(words["target"], 60),
                Column(words["place"], 22),
                Column(words["report"], 26),
                Column(words["verdict"], 18),
                Column(words["reached"], 14),
                Column(words["as_of"], 12),
                Column(words["expected"], 14),
                Column(words["deadline"], 12),
                Column(words["elapsed"], 12),
                Column(words["share"], 12),
                Column(words["findings"], 30),
                Column(words["explanation"], 70),
                Column(words["quote"], 60),
            ],
            [
                [
                    r.quote, r.place, r.report, r.verdict_name, r.value, r.as_of, r.expected, r.deadline, r.elapsed,
                    r.reached, r.findings, r.explanation, r.report_quote,
                ]
                for r in view.lines
            ],
        )  # fmt: skip
        book.sheet(
            words["results"],
            [
                Column(words["report"], 26),
                Column(words["quote"], 70),
                Column(words["role"], 16),
                Column(words["reached"], 16),
                Column(words["as_of"], 12),
            ],
            [
                [
                    name,
                    result.quote,
                    lexicon["roles"][result.role],
                    amount(result.value, result.unit),
                    day(result.as_of),
                ]
                for name, result in view.figures
            ],
        )
    return book.data
