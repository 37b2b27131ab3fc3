"""What a report of a comparison says, as records; :mod:`doichieu.report.view` gathers them, every format lays them out.

Every text in the records is safe to escape (:func:`doichieu.report.clean.safe_text`); none is escaped yet.
"""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from doichieu.report.clean import safe_text
from doichieu.report.decisions import Decision, Review
from doichieu.report.mends import Done
from doichieu.report.openings import Opening
from doichieu.text import fold, strip_accents


class Fact(Struct, frozen=True):
    """One stated property of a target; ``differs`` where the other side states another."""

    name: str
    value: str
    differs: bool = False


class Side(Struct, frozen=True):
    """One side of a finding: the quote in pieces (text, differs), what stands round it in its clause, and where.

    ``absent`` is said in the place of the quote where there is none.
    """

    quote: str = ""
    pieces: tuple[tuple[str, bool], ...] = ()
    before: str = ""
    after: str = ""
    place: str = ""
    path: str = ""
    anchor: str = ""
    target_id: str = ""
    facts: tuple[Fact, ...] = ()
    absent: str = ""


class Change(Struct, frozen=True):
    """What changed from the upper to the lower document, in a few words."""

    name: str
    upper: str
    lower: str


class Looked(Struct, frozen=True):
    """A target that was looked at for one without a partner, where it stands, and why it was not taken."""

    quote: str
    place: str
    anchor: str
    side: str
    reason: str


class Finding(Struct, frozen=True):
    """One finding as people read it; ``number`` counts from the most serious, ``position`` in the parent's order.

    ``repeats`` says again what another finding says, ``covered`` stands in the stead of others.
    """

    id: str
    number: int
    position: int
    severity: str
    severity_name: str
    kinds: tuple[str, ...]
    conclusion: str
    subject: str
    headline: str
    changes: tuple[Change, ...]
    child: Side
    parent: Side
    proof: str
    explanation: str
    reason: str
    declared: str
    justification: str
    confidence: str
    section: str
    section_name: str
    agencies: tuple[str, ...]
    child_position: int
    fingerprint: str
    child_key: str
    parent_key: str
    review: Review = Review()
    applicability: str = ""
    group: str = "know"
    proof_words: str = ""
    looked: tuple[Looked, ...] = ()
    mended: str = ""
    repeats: bool = False
    covered: bool = False

    @property
    def search(self) -> str:
        """The words a search looks in, folded and without accents."""
        return searchable(
            self.child.quote,
            self.parent.quote,
            self.explanation,
            self.subject,
            self.child.place,
            self.parent.place,
            self.conclusion,
        )


class DutyLine(Struct, frozen=True):
    """One task of the upper document and what the lower one makes of it; ``bodies`` are all that either side
    charges."""

    id: str
    verdict: str
    verdict_name: str
    severity: str
    agency: str
    bodies: tuple[str, ...]
    role: str
    task: str
    place: str
    anchor: str
    answer: str
    answer_quote: str
    answer_places: tuple[tuple[str, str], ...]
    deadline: str
    answer_deadline: str
    explanation: str

    @property
    def search(self) -> str:
        """The words a search looks in, folded and without accents."""
        return searchable(self.agency, self.task, self.answer, self.answer_quote, self.explanation)


class Choice(Struct, frozen=True, array_like=True):
    """A target as a reviewer picks and corrects it: the key of its promise, its place, wording, subject, value, unit
    and last day, then measure and last day in words."""

    key: str
    place: str
    quote: str
    subject: str
    value: str
    unit: str
    deadline: str
    measure: str = ""
    due: str = ""


class Card(Struct, frozen=True):
    """A document's name and the facts of its header."""

    document_id: str = ""
    name: str = ""
    title: str = ""
    facts: tuple[Fact, ...] = ()


class ComparisonView(Struct, frozen=True, dict=True):
    """Everything that the reports of a comparison say."""

    lang: str
    pair: str
    child: Card
    parent: Card
    sentence: str
    findings: tuple[Finding, ...]
    duties: tuple[DutyLine, ...]
    problems: tuple[Opening, ...]
    conflicts: tuple[str, ...]
    gone: tuple[Decision, ...]
    decisions_line: str
    pair_problems: tuple[Opening, ...] = ()
    sentences: tuple[str, ...] = ()
    mends: tuple[Done, ...] = ()
    child_choices: tuple[Choice, ...] = ()
    parent_choices: tuple[Choice, ...] = ()

    @cached_property
    def sections(self) -> list[tuple[str, str]]:
        """The sections that findings stand in, in the parent's order: (key, name)."""
        return list(dict.fromkeys((f.section, f.section_name) for f in sorted(self.findings, key=lambda f: f.position)))

    @cached_property
    def subjects(self) -> list[str]:
        """The populations of findings, sorted."""
        return sorted({f.subject for f in self.findings if f.subject})

    @cached_property
    def agencies(self) -> list[str]:
        """The bodies that findings or tasks name, sorted."""
        return sorted({a for f in self.findings for a in f.agencies} | {b for d in self.duties for b in d.bodies})


def searchable(*texts: str) -> str:
    """Texts as a search without accents sees them."""
    return strip_accents(fold(safe_text(" ".join(texts))))
