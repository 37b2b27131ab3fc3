"""What extraction finds in one document: clauses, targets, assignments and the rows of the other tables."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

from msgspec import Struct

from doichieu.model.kinds import (
    AmendmentAction,
    AmendmentKind,
    ClauseKind,
    DateOperator,
    DeadlineKind,
    Direction,
    Nature,
    Operator,
    PercentageUse,
    Relation,
    ResultRole,
    Role,
)
from doichieu.model.plain import from_plain, to_plain
from doichieu.model.texts import Cell, Problem, Source, Span


class Clause(Struct, frozen=True):
    """One node of the clause tree, in document order.

    A node with children spans its whole subtree; its own wording is its first child, a leaf.  A leaf owns its
    ``pieces``: every non-blank character of the source lies in exactly one piece of exactly one leaf.
    ``path`` is the chain of numbering marks as printed, without their punctuation.  ``heading`` is the node's
    own wording where it heads other clauses; ``text`` is a leaf's joined text (pieces joined with a space).
    """

    clause_id: str
    parent_id: str
    path: tuple[str, ...]
    kind: ClauseKind
    marker: str
    heading: str
    text: str
    char_start: int
    char_end: int
    page: int | None = None
    pieces: tuple[Span, ...] = ()
    cells: tuple[Cell, ...] = ()
    leaf: bool = True
    clause_key: str = ""

    @property
    def clause_path(self) -> str:
        """The path as the tables print it: ``II/2/2.1/a``."""
        return "/".join(self.path)


def last_day(ended_on: str) -> str:
    """The last day on which a document holds that ends on a day.

    >>> last_day("2026-01-01")
    '2025-12-31'
    """
    return (date.fromisoformat(ended_on) - timedelta(days=1)).isoformat() if ended_on else ""


class DocumentInfo(Struct, frozen=True):
    """The row of ``documents.csv``."""

    document_id: str
    path: str = ""
    sha256: str = ""
    kind: str = ""
    number: str = ""
    number_source: Literal["", "own", "cited_by"] = ""
    issued_on: str = ""
    issuer: str = ""
    place: str = ""
    title: str = ""
    signer: str = ""
    implements: tuple[str, ...] = ()
    pages: int | None = None
    characters: int = 0
    signer_title: str = ""
    authority: str = ""
    nature: Nature = "administrative"
    effective_on: str = ""
    effective_until: str = ""
    replaced_by: str = ""


class Target(Struct, frozen=True):
    """One atomic measurable commitment: population × indicator × how much × at what grade × by when.

    ``value``/``value_max`` are plain numbers in ``unit`` (``%``, ``%/năm``, ``người``, ``doanh nghiệp`` …).
    ``deadline`` is the last day; ``deadline_operator`` tells whether it is included.  ``same_as`` names the row
    of the same document that states the same commitment (body and appendix).  ``rule`` names the rule that made it.
    """

    document_id: str
    target_id: str
    clause_id: str
    clause_path: str
    char_start: int
    char_end: int
    quote: str
    subject: str = ""
    scope: tuple[str, ...] = ()
    indicator: str = ""
    direction: Direction = ""
    operator: Operator = ""
    value: float | None = None
    value_max: float | None = None
    unit: str = ""
    base: str = ""
    level_scale: str = ""
    level_operator: Operator = ""
    level: str = ""
    deadline: str = ""
    deadline_operator: DateOperator = ""
    deadline_text: str = ""
    recurrence: str = ""
    modality: str = ""
    baseline: str = ""
    footnote: str = ""
    reference_document: str = ""
    reference_operator: Operator = ""
    reference_value: float | None = None
    reference_unit: str = ""
    note: str = ""
    page: int | None = None
    same_as: str = ""
    lead_agency: str = ""
    start: str = ""
    rule: str = ""
    in_force_from: str = ""
    in_force_until: str = ""
    amended_by: str = ""
    clause_key: str = ""


class Assignment(Struct, frozen=True):
    """Who does what: one row per agency and role."""

    document_id: str
    assignment_id: str
    clause_id: str
    clause_path: str
    char_start: int
    char_end: int
    quote: str
    task: str
    role: Role
    agency: str
    agency_id: str
    deadline: str = ""
    deadline_operator: DateOperator = ""
    deadline_text: str = ""
    recurrence: str = ""
    page: int | None = None
    product: str = ""
    rule: str = ""
    clause_key: str = ""


class Agency(Struct, frozen=True):
    """One body, however it is written; ``mentions`` counts them over the run."""

    agency_id: str
    name: str
    level: str = ""
    place: str = ""
    mentions: int = 0
    kind: str = ""


class AgencyMention(Struct, frozen=True):
    """One place where a body is named."""

    document_id: str
    agency_id: str
    clause_id: str
    char_start: int
    char_end: int
    quote: str
    clause_key: str = ""
    mention_id: str = ""


class Deadline(Struct, frozen=True):
    """One expression of time that binds: ``operator`` relates to ``date``; ``recurrence`` is an RFC 5545 RRULE."""

    document_id: str
    deadline_id: str
    clause_id: str
    char_start: int
    char_end: int
    quote: str
    kind: DeadlineKind
    operator: DateOperator = ""
    start: str = ""
    date: str = ""
    recurrence: str = ""
    clause_key: str = ""


class Percentage(Struct, frozen=True):
    """One percentage of the text, whatever it is used for."""

    document_id: str
    clause_id: str
    char_start: int
    char_end: int
    quote: str
    operator: Operator
    value: float
    value_max: float | None = None
    use: PercentageUse = "statistic"
    target_id: str = ""
    clause_key: str = ""
    percentage_id: str = ""


class Citation(Struct, frozen=True):
    """One reference to another document (or to a provision of one)."""

    document_id: str
    citation_id: str
    clause_id: str
    char_start: int
    char_end: int
    quote: str
    kind: str = ""
    number: str = ""
    issued_on: str = ""
    issuer: str = ""
    title: str = ""
    alias: str = ""
    relation: Relation = "mentions"
    cited_document_id: str = ""
    provision: str = ""
    unresolved: str = ""
    provision_path: str = ""
    clause_key: str = ""


class Amendment(Struct, frozen=True, rename={"exceptions": "except"}):
    """One order that changes another document, at one provision.

    ``quote`` is the order itself; an order that names five provisions gives five records of one ``instruction_id``.
    ``old_pieces`` and ``new_pieces`` are the stretches of the source that hold the wording without page furniture.
    """

    document_id: str
    amendment_id: str
    instruction_id: str
    clause_id: str
    clause_path: str
    char_start: int
    char_end: int
    quote: str
    kind: AmendmentKind
    action: AmendmentAction
    amended_kind: str = ""
    amended_number: str = ""
    amended_issued_on: str = ""
    amended_title: str = ""
    amended_document_id: str = ""
    provision: str = ""
    provision_text: str = ""
    position: str = ""
    exceptions: tuple[str, ...] = ()
    old_char_start: int | None = None
    old_char_end: int | None = None
    old_text: str = ""
    new_char_start: int | None = None
    new_char_end: int | None = None
    new_text: str = ""
    new_pieces: tuple[Span, ...] = ()
    effective_on: str = ""
    effective_text: str = ""
    effective_until: str = ""
    unresolved: tuple[str, ...] = ()
    clause_key: str = ""


class Result(Struct, frozen=True):
    """One figure that a report gives: of whom, what, how much, of which day.

    Only ``result``, and ``part`` of the same place, answer a target.  ``level_scale`` is the scale of ``level``.
    """

    document_id: str
    result_id: str
    clause_id: str
    clause_path: str
    char_start: int
    char_end: int
    quote: str
    population: str = ""
    scope: tuple[str, ...] = ()
    indicator: str = ""
    operator: Operator = ""
    value: float | None = None
    value_max: float | None = None
    unit: str = ""
    numerator: float | None = None
    denominator: float | None = None
    level_operator: Operator = ""
    level: str = ""
    as_of: str = ""
    as_of_text: str = ""
    place: str = ""
    role: ResultRole = "result"
    baseline_value: float | None = None
    baseline_as_of: str = ""
    plan_document: str = ""
    target_id: tuple[str, ...] = ()
    note: str = ""
    level_scale: str = ""
    clause_key: str = ""


class Document(Struct, frozen=True):
    """Everything known about one document; the tables are written from these tuples."""

    info: DocumentInfo
    source: Source
    clauses: tuple[Clause, ...] = ()
    targets: tuple[Target, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    agencies: tuple[Agency, ...] = ()
    mentions: tuple[AgencyMention, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    percentages: tuple[Percentage, ...] = ()
    citations: tuple[Citation, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    results: tuple[Result, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def document_id(self) -> str:
        """The id all rows of this document carry."""
        return self.info.document_id

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values: records as dictionaries, dates as ``date``, absent as None."""
        plain: dict[str, Any] = to_plain(self)
        return plain

    @staticmethod
    def from_dict(data: dict[str, Any]) -> Document:
        """The document that :meth:`to_dict` gave ``data`` of; TypeError for anything else."""
        return from_plain(Document, data)
