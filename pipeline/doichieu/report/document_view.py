"""What the report of a single document says, as records; see :mod:`doichieu.report.view`."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from doichieu.model import Document
from doichieu.naming import day_words
from doichieu.report.bodies import body_key, body_names
from doichieu.report.cards import card_of
from doichieu.report.cases import heading_case
from doichieu.report.clean import cleaned, shown, wording
from doichieu.report.openings import Opening, problem_lines
from doichieu.report.phrases import due, measure, place, recurrence, scope
from doichieu.report.records import Card, searchable
from doichieu.report.words import name, words
from doichieu.text import short


class TargetLine(Struct, frozen=True):
    """One target; ``year`` is that of its last day, empty where it has none."""

    id: str
    number: int
    subject: str
    indicator: str
    scope: str
    measure: str
    deadline: str
    year: str
    commitment: str
    recurrence: str
    quote: str
    place: str
    anchor: str
    page: str

    @property
    def search(self) -> str:
        """The words a search looks in."""
        return searchable(self.quote, self.subject, self.indicator, self.scope, self.place)


class TaskLine(Struct, frozen=True):
    """One body's role in one task."""

    agency: str
    role: str
    task: str
    product: str
    deadline: str
    place: str
    anchor: str

    @property
    def search(self) -> str:
        """The words a search looks in."""
        return searchable(self.agency, self.role, self.task, self.product)


class DateLine(Struct, frozen=True):
    """One deadline of the calendar, with the wording of its clause."""

    date: str
    iso: str
    kind: str
    recurrence: str
    quote: str
    wording: str
    place: str
    anchor: str

    @property
    def search(self) -> str:
        """The words a search looks in."""
        return searchable(self.date, self.quote, self.wording)


class Heading(Struct, frozen=True):
    """One line of the outline; ``depth`` counts from 0."""

    text: str
    anchor: str
    depth: int


class DocumentView(Struct, frozen=True, dict=True):
    """Everything that the reports of one document say."""

    lang: str
    card: Card
    sentence: str
    targets: tuple[TargetLine, ...]
    tasks: tuple[TaskLine, ...]
    dates: tuple[DateLine, ...]
    problems: tuple[Opening, ...]
    outline: tuple[Heading, ...]

    @cached_property
    def by_agency(self) -> list[tuple[str, list[TaskLine]]]:
        """The tasks of each body, bodies with most tasks first."""
        groups: dict[str, list[TaskLine]] = {}
        for task in self.tasks:
            groups.setdefault(task.agency, []).append(task)
        return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))

    @cached_property
    def by_year(self) -> list[tuple[str, list[DateLine]]]:
        """The calendar by years, what has no day at the end."""
        groups: dict[str, list[DateLine]] = {}
        for line in self.dates:
            groups.setdefault(line.iso[:4] or words(self.lang)["text"]["no_year"], []).append(line)
        return list(groups.items())


def document_view(document: Document, lang: str = "vi") -> DocumentView:
    """Gather one document for its reports."""
    targets = target_lines(document, lang)
    tasks = task_lines(document, lang)
    dates = date_lines(document, lang)
    problems = problem_lines(document, lang)
    sentence = words(lang)["text"]["document_verdict"].format(
        targets=len(targets),
        tasks=len(tasks),
        bodies=len({a.agency_id for a in document.assignments}),
        dates=len(dates),
        problems=len(problems),
    )
    outline = tuple(
        Heading(short(heading_case(shown(c.heading)), 160), c.clause_id, min(len(c.path) - 1, 5) if c.path else 0)
        for c in document.clauses
        if not c.leaf and c.heading and c.kind in ("section", "item", "appendix")
    )
    return cleaned(DocumentView(lang, card_of(document, "", lang), sentence, targets, tasks, dates, problems, outline))


def target_lines(document: Document, lang: str) -> tuple[TargetLine, ...]:
    """The targets of a document, each promise once, in the order of the text."""
    wording_word = words(lang)["text"]["wording"]
    own = [t for t in document.targets if not t.same_as]
    return tuple(
        TargetLine(
            t.target_id,
            number,
            shown(t.subject),
            shown(t.indicator),
            scope(t),
            measure(t, lang),
            due(t, lang),
            t.deadline[:4],
            shown(t.modality),
            recurrence(t.recurrence, lang) if t.recurrence else "",
            shown(t.quote),
            place(t.clause_path, lang) or wording_word,
            t.clause_id,
            str(t.page or ""),
        )
        for number, t in enumerate(own, start=1)
    )


def task_lines(document: Document, lang: str) -> tuple[TaskLine, ...]:
    """The assignments of a document, each with its body's name, role and time."""
    wording_word = words(lang)["text"]["wording"]
    bodies = body_names(document.assignments)
    return tuple(
        TaskLine(
            bodies[body_key(a)],
            name(lang, "roles", a.role),
            short(shown(a.task), 600),
            shown(a.product),
            day_words(a.deadline) or shown(a.deadline_text) or (recurrence(a.recurrence, lang) if a.recurrence else ""),
            place(a.clause_path, lang) or wording_word,
            a.clause_id,
        )
        for a in document.assignments
    )


def date_lines(document: Document, lang: str) -> tuple[DateLine, ...]:
    """The calendar of a document: its deadlines with a date or a rhythm, the earliest first."""
    clauses = {c.clause_id: c for c in document.clauses}
    dated = [d for d in document.deadlines if d.date or d.recurrence]
    out = []
    for d in sorted(dated, key=lambda d: (d.date or "9999", d.char_start)):
        clause = clauses.get(d.clause_id)
        span = f"{day_words(d.start)} – {day_words(d.date)}" if d.start and d.start != d.date else day_words(d.date)
        out.append(
            DateLine(
                span,
                d.date,
                name(lang, "deadlines", d.kind),
                recurrence(d.recurrence, lang) if d.recurrence else "",
                shown(d.quote),
                short(wording(document, clause) if clause else "", 260),
                place(clause.clause_path, lang) if clause else "",
                d.clause_id,
            )
        )
    return tuple(out)
