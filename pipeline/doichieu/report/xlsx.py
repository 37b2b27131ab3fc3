"""The Excel workbook of a comparison: findings with decisions, targets of both sides, tasks, omissions, problems, full
texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import SimpleNamespace

from doichieu.model import SEVERITY_ORDER, Comparison, Document
from doichieu.report.clean import shown, wording
from doichieu.report.decisions import digest
from doichieu.report.openings import Opening
from doichieu.report.phrases import due, measure, place, recurrence
from doichieu.report.records import ComparisonView, Finding, Side
from doichieu.report.sheets import Book, Cell, Column
from doichieu.report.words import page_words, words
from doichieu.text.memory import Pairs

#: Hidden columns of the sheet of findings: what ``doichieu decisions import`` needs to carry a decision, by name.
TRACES = ("id", "fingerprint", "decided_on", "child_key", "parent_key", "pair", "at", "by", "was", "marked", "kinds")

#: Lines of a row of findings: twenty rows are seen at once; the cells hold the whole text.
_LINES = 2
_PRINTED = 11  # columns that go on paper, on one page's width


def workbook(view: ComparisonView, comparison: Comparison) -> bytes:
    """The workbook as bytes; the same findings as the page, row by row."""
    t = page_words(view.lang)
    with Book(f"{t.title}: {view.child.name} – {view.parent.name}") as book:
        child_rows = rows_of(comparison.child)
        parent_rows = rows_of(comparison.parent) if comparison.parent else {}
        _summary(book, view, t)
        _findings(book, view, t, child_rows, parent_rows)
        if comparison.parent is not None:
            targets(book, t.targets_parent, comparison.parent, t, t.text_parent, parent_rows, view.lang)
        targets(book, t.targets_child, comparison.child, t, t.text_child, child_rows, view.lang)
        _duties(book, view, t, parent_rows)
        _omissions(book, view, t, parent_rows)
        problems(book, view.problems, t, with_document=True)
        if comparison.parent is not None:
            texts(book, t.text_parent, comparison.parent, t, view.lang)
        texts(book, t.text_child, comparison.child, t, view.lang)
    return book.data


def rows_of(document: Document) -> dict[str, int]:
    """The row of each leaf clause in the sheet of the full text."""
    return {c.clause_id: row for row, c in enumerate((c for c in document.clauses if c.leaf), start=2)}


def link(text: str, sheet: str, rows: Mapping[str, int], anchor: str) -> str | Cell:
    """A place as a link to the row of its clause in a sheet of a full text; as plain text where that has no such
    row."""
    return Cell(text, sheet, rows[anchor]) if anchor in rows else text


def _place(side: Side, sheet: str, rows: Mapping[str, int]) -> str | Cell:
    return link(side.place, sheet, rows, side.anchor)


def trace(finding: Finding, pair: str) -> dict[str, str]:
    """The hidden cells of a finding, by the names of :data:`TRACES`; ``marked`` tells what a person changed since."""
    decision = finding.review.decision
    return {
        "id": finding.id,
        "fingerprint": finding.fingerprint,
        "decided_on": decision.fingerprint,
        "child_key": finding.child_key,
        "parent_key": finding.parent_key,
        "pair": pair,
        "at": decision.at,
        "by": decision.by,
        "was": decision.decision,
        "marked": digest(finding.review.current, decision.note),
        "kinds": " ".join(finding.kinds),
    }


def _findings(
    book: Book, view: ComparisonView, t: SimpleNamespace, child_rows: Mapping[str, int], parent_rows: Mapping[str, int]
) -> None:
    columns = [
        Column(t.ordinal, 5),
        Column(t.severity, 13),
        Column(t.conclusion, 17),
        Column(t.decision, 14),
        Column(t.note, 22),
        Column(t.subject, 24),
        Column(t.parent, 40),
        Column(f"{t.place}: {t.parent_short.lower()}", 17),
        Column(t.child, 40),
        Column(f"{t.place}: {t.child_short.lower()}", 17),
        Column(t.proof, 26),
        Column(t.explanation, 50),
        Column(t.justification, 28),
        Column(t.confidence, 9),
        Column(t.review, 18),
        *(Column(name, 12, hidden=True) for name in TRACES),
    ]
    names = words(view.lang)["decisions"]
    rows: list[list[str | Cell]] = []
    for f in view.findings:
        decision, traces = f.review.decision, trace(f, view.pair)
        rows.append(
            [
                str(f.number),
                f.severity_name,
                f.conclusion,
                names.get(f.review.current, ""),
                decision.note,
                f.headline,
                f.parent.quote or f.parent.absent,
                _place(f.parent, t.text_parent, parent_rows),
                f.child.quote or f.child.absent,
                _place(f.child, t.text_child, child_rows),
                f.proof_words or f.proof,
                f.explanation,
                f.justification,
                f.confidence,
                f"{t.review_changed}: {names.get(decision.decision, t.note)}"
                if f.review.state == "changed"
                else f.mended,
                *(traces[name] for name in TRACES),
            ]
        )
    sheet = book.sheet(
        t.findings, columns, rows, shades=[f.severity for f in view.findings], shaded=(0, 1, 2), lines=_LINES
    )
    if rows:
        sheet.data_validation(
            1, 3, len(rows), 3, {"validate": "list", "source": list(names.values()), "ignore_blank": True}
        )
    sheet.freeze_panes(1, 3)
    sheet.print_area(0, 0, len(rows), _PRINTED - 1)


def targets(
    book: Book,
    name: str,
    document: Document,
    t: SimpleNamespace,
    text_sheet: str,
    rows_of: Mapping[str, int],
    lang: str,
) -> None:
    """A sheet with every target of a document, each place a link into the sheet of its text."""
    columns = [
        Column(t.place, 24),
        Column(t.subject, 34),
        Column(t.scope, 26),
        Column(t.indicator, 38),
        Column(t.measure, 24),
        Column(t.deadline, 14),
        Column(t.recurrence, 12),
        Column(t.commitment, 14),
        Column(t.quote, 60),
        Column(t.page, 7),
        Column(t.id, 14),
    ]
    rows: list[list[str | Cell]] = []
    for target in document.targets:
        where = place(target.clause_path, lang) or t.wording
        rows.append(
            [
                link(where, text_sheet, rows_of, target.clause_id),
                shown(target.subject),
                shown("; ".join(target.scope)),
                shown(target.indicator),
                measure(target, lang),
                due(target, lang),
                recurrence(target.recurrence, lang) if target.recurrence else "",
                target.modality,
                shown(target.quote),
                str(target.page or ""),
                target.target_id,
            ]
        )
    book.sheet(name, columns, rows)


def _duties(book: Book, view: ComparisonView, t: SimpleNamespace, parent_rows: Mapping[str, int]) -> None:
    columns = [
        Column(t.conclusion, 16),
        Column(t.agency, 28),
        Column(t.role, 14),
        Column(f"{t.task}: {t.parent_short.lower()}", 50),
        Column(t.place, 22),
        Column(t.task_child, 40),
        Column(f"{t.task}: {t.child_short.lower()}", 50),
        Column(f"{t.deadline}: {t.parent_short.lower()}", 14),
        Column(f"{t.deadline}: {t.child_short.lower()}", 14),
        Column(t.explanation, 54),
        Column(t.id, 14),
    ]
    rows: list[list[str | Cell]] = [
        [
            d.verdict_name,
            d.agency,
            d.role,
            d.task,
            link(d.place, t.text_parent, parent_rows, d.anchor),
            d.answer,
            d.answer_quote,
            d.deadline,
            d.answer_deadline,
            d.explanation,
            d.id,
        ]
        for d in view.duties
    ]
    book.sheet(t.tasks_sheet, columns, rows, shades=[d.severity for d in view.duties])


def _omissions(book: Book, view: ComparisonView, t: SimpleNamespace, parent_rows: Mapping[str, int]) -> None:
    columns = [
        Column(t.ordinal, 6),
        Column(t.severity, 14),
        Column(t.subject, 30),
        Column(t.parent, 60),
        Column(t.place, 24),
        Column(t.measure, 20),
        Column(t.deadline, 14),
        Column(t.explanation, 70),
        Column(t.id, 14),
    ]
    found = [f for f in view.findings if "omitted" in f.kinds]
    rows: list[list[str | Cell]] = [
        [
            str(f.number),
            f.severity_name,
            f.headline,
            f.parent.quote,
            _place(f.parent, t.text_parent, parent_rows),
            next((x.value for x in f.parent.facts if x.name == t.measure), ""),
            next((x.value for x in f.parent.facts if x.name == t.deadline), ""),
            f.explanation,
            f.id,
        ]
        for f in found
    ]
    book.sheet(t.omissions, columns, rows, shades=[f.severity for f in found], shaded=(0, 1))


def problems(book: Book, found: tuple[Opening, ...], t: SimpleNamespace, *, with_document: bool) -> None:
    """A sheet with what a person should check, most serious first."""
    columns = [
        Column(t.severity, 14),
        *([Column(t.document, 30)] if with_document else []),
        Column(t.id, 22),
        Column(t.problem, 70),
        Column(t.quote, 60),
    ]
    rows = [[p.severity_name, *([p.document] if with_document else []), p.code, p.message, p.quote] for p in found]
    book.sheet(t.problems, columns, rows, shades=[p.severity for p in found])


def _summary(book: Book, view: ComparisonView, t: SimpleNamespace) -> None:
    names = words(view.lang)
    rows: list[list[str | Cell]] = [[p.severity_name, p.message] for p in view.pair_problems]
    rows.append([t.verdict, view.sentence])
    for role, card in ((t.parent, view.parent), (t.child, view.child)):
        rows.append([role, card.name])
        rows += [[f"{role}: {fact.name.lower()}", fact.value] for fact in card.facts]
        if card.title:
            rows.append([f"{role}: {t.wording.lower()}", card.title])
    severities = Counter(f.severity for f in view.findings)
    kinds = Counter(kind for f in view.findings for kind in f.kinds)
    rows += [[names["severities"][s], str(severities[s])] for s in SEVERITY_ORDER if severities[s]]
    rows += [[title, str(kinds[kind])] for kind, title in names["kinds"].items() if kinds[kind]]
    if view.decisions_line:
        rows.append([t.decision, view.decisions_line])
    rows += [
        [
            t.gone,
            " – ".join(
                x for x in (names["decisions"].get(d.decision, ""), d.note, d.child_quote or d.parent_quote) if x
            ),
        ]
        for d in view.gone
    ]
    book.sheet(t.summary, [Column(t.summary, 34), Column(t.wording, 110)], rows, active=True)


def texts(book: Book, name: str, document: Document, t: SimpleNamespace, lang: str) -> None:
    """A sheet with the full text, a row for each leaf clause: what the links of the other sheets lead to."""
    columns = [Column(t.place, 34), Column(t.wording, 120), Column(t.page, 7)]
    book.sheet(name, columns, _text_rows(document, lang))


def _read_text_rows(document: Document, lang: str) -> list[list[str]]:
    return [[place(c.clause_path, lang), wording(document, c), str(c.page or "")] for c in document.clauses if c.leaf]


#: A parent's text stands in the workbooks of all its children.
_text_rows: Pairs[list[list[str]]] = Pairs(_read_text_rows, most=8)
