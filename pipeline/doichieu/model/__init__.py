"""The records every stage exchanges, and nothing else.

This module imports nothing of the project but the plain form of records.  All records are frozen; a stage that learns
more makes a new record.  Offsets are 0-based, end-exclusive, in Unicode code points of :attr:`Source.text`.  Dates are
ISO 8601 strings (``2025-12-31``), empty where the text states none.  Field names and meanings are those of the output
tables, so that a table is a list of records of one type written down; see ``pipeline/doichieu/schema.py``.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal, get_args

from msgspec import Struct

from doichieu.model.plain import from_plain, to_plain

#: The version of the program; pyproject.toml names the same.
VERSION = "0.2.0"
SCHEMA_VERSION = "2.0"

Operator = Literal["", "=", ">=", ">", "<=", "<", "between", "~", "majority"]
Direction = Literal["", "increase", "decrease"]
DateOperator = Literal["", "<", "<=", "within", ">="]
Severity = Literal["info", "low", "medium", "high"]
#: Most serious first.
SEVERITY_ORDER: dict[str, int] = {"high": 0, "medium": 1, "low": 2, "info": 3}
ClauseKind = Literal[
    "header",
    "title",
    "preamble",
    "section",
    "item",
    "bullet",
    "paragraph",
    "role_line",
    "footnote",
    "table",
    "table_row",
    "appendix",
    "recipients",
    "recipient",
    "signature",
    "stamp",
    "quoted",
]
BlockKind = Literal["text", "table_row", "footnote", "furniture", "stamp"]
Role = Literal[
    "lanh_dao",
    "chu_tri",
    "tham_muu",
    "thuc_hien",
    "phoi_hop",
    "phoi_hop_thuc_hien",
    "giam_sat",
    "kiem_tra",
    "bao_cao",
]
DeadlineKind = Literal["by", "within", "ongoing", "recurring", "relative", "horizon"]
ProblemCode = Literal[
    # in the text
    "conflicting_values",
    "citation_date_conflict",
    "total_mismatch",
    "reversed_range",
    "share_above_100",
    "announced_count",
    "cut_short",
    "unreadable_page",
    "table_not_read",
    "heading_not_understood",
    "doubtful_head",
    "text_layer_replaced",
    "task_without_owner",
    "deadline_before_document",
    "deadline_not_read",
    "numbering_break",
    "banner_differs",
    "footnote_without_mark",
    "mark_without_footnote",
    "unresolved_reference",
    "doubtful_figure",
    "task_without_deadline",
    "copy",
    "share_does_not_fit",
    # in the file
    "blank_number",
    "not_administrative",
    "ocr_repair",
    "low_confidence_page",
    "hidden_text",
    "tracked_change",
    "tracked_insertion",
    "tracked_deletion",
    "comment",
    "macros",
    "embedded_part",
    "converted_encoding",
    "wrong_extension",
    "same_name",
    # files that gave no document
    "unreadable_file",
    "broken_file",
    "broken_encoding",
    "binary_file",
    "empty_file",
    "empty_archive",
    "no_text",
    "not_vietnamese",
    "no_documents",
    "not_a_file",
    "cannot_open",
    "encrypted_file",
    "unsafe_file",
    "unsupported_format",
    "too_large",
    "too_deep",
    "missing_package",
    "missing_program",
    "program_failed",
    "bad_lexicon",
    # workers
    "worker_died",
    "time_limit",
    "file_limit",
    "memory_limit",
    "no_space",
    "internal_error",
    # pairs
    "no_parent",
    "pair_amendment_left_out",
    "pair_bearer_ended",
    "pair_copy",
    "pair_not_cited",
    "pair_parent_amended",
    "pair_parent_amended_since",
    "pair_parent_replaced",
    "pair_parent_younger",
    "pair_same_level",
    "pair_swapped",
    "pair_table_not_read",
]
"""What a problem row is about; docs/SCHEMA.md says each in words, problems.toml puts them in order."""
PROBLEM_CODES: tuple[ProblemCode, ...] = get_args(ProblemCode)
Nature = Literal["administrative", "other"]
PercentageUse = Literal["target", "baseline", "reference", "statistic", "norm"]
#: What comparing two targets gave; several may hold.  ``changed``: the two cannot be ordered; ``implied``: the
#: parent's promise follows from the child's although no single pair says it.
Kind = Literal[
    "equal",
    "stricter",
    "looser",
    "deadline_earlier",
    "deadline_later",
    "scope_narrower",
    "scope_broader",
    "modality_weaker",
    "modality_stronger",
    "omitted",
    "added",
    "changed",
    "implied",
]
#: Of these, nothing is owed by the child: such findings are listed, and counted apart.
NOT_OWED: frozenset[str] = frozenset({"national", "other_place", "other_body", "later_period", "other_subject"})
DutyVerdict = Literal["covered", "partly", "missing", "not_addressed"]
#: Whether a parent's target is owed by the child at all; see ``comparison/applicability.py``.
Applicability = Literal[
    "", "binding", "national", "other_place", "other_body", "later_period", "other_subject", "unclear"
]
Relation = Literal[
    "implements", "basis", "amends", "replaces", "repeals", "corrects", "extends", "suspends", "mentions"
]
AmendmentKind = Literal[
    "sua_doi",
    "bo_sung",
    "thay_the",
    "thay_the_cum_tu",
    "bo_sung_cum_tu",
    "bo_cum_tu",
    "bai_bo",
    "doi_ten",
    "dinh_chinh",
    "dieu_chinh",
    "cap_nhat",
    "gia_han",
    "ngung_hieu_luc",
    "het_hieu_luc",
    "thay_the_van_ban",
    "bai_bo_van_ban",
]
AmendmentAction = Literal[
    "replace",
    "insert",
    "delete",
    "replace_words",
    "insert_words",
    "delete_words",
    "rename",
    "set_date",
    "suspend",
    "end",
    "none",
]

ResultRole = Literal["result", "baseline", "change", "part", "promise", "attendance"]
ProgressVerdict = Literal["reached", "behind", "on_course", "measured_otherwise", "not_reported"]
ProgressFinding = Literal[
    "figures_contradict", "fell_back", "population_changed", "share_does_not_fit", "near_the_line", "bearer_ended"
]
ChangeStatus = Literal["applied", "not_yet", "left_out", "superseded"]
ChangeReason = Literal[
    "",
    "wording_not_found",
    "near_match",
    "wording_found_more_than_once",
    "provision_missing",
    "two_amendments_of_one_place",
    "document_missing",
    "unresolved",
]


class Span(Struct, frozen=True, order=True):
    """A slice of the source text: ``source.text[start:end]``."""

    start: int
    end: int


# ---------------------------------------------------------------- source: what a reader hands over


class Page(Struct, frozen=True):
    """One page of a paged source; ``number`` is 1-based, sizes are in points (0 where unknown)."""

    number: int
    start: int
    end: int
    width: float = 0.0
    height: float = 0.0
    confidence: float = 1.0


class Line(Struct, frozen=True):
    """Where a stretch of text stands on its page, in points from the top left corner."""

    start: int
    end: int
    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class Cell(Struct, frozen=True):
    """One table cell.  ``row`` and ``column`` are 0-based grid places; spans count merged rows and columns."""

    start: int
    end: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False


class Block(Struct, frozen=True):
    """A stretch of the source whose layout the reader knows.

    ``text`` is one whole paragraph (never split again, never joined with the next unless the page cut it);
    ``footnote`` carries its ``mark``; ``furniture`` is running heads, page numbers, gazette lines, signature
    appearance; ``stamp`` an arrival or copy stamp; ``table_row`` has ``cells``; rows with one ``table`` number
    belong to one table.  ``level`` is the automatic list depth where the format has one, else -1.  ``emphasis``
    tells that the whole stretch is bold or italic; ``continues`` that it goes on with the text before the page end.
    """

    kind: BlockKind
    start: int
    end: int
    mark: str = ""
    cells: tuple[Cell, ...] = ()
    table: int = -1
    level: int = -1
    emphasis: bool = False
    continues: bool = False


def problem_code(code: str) -> ProblemCode:
    """A code that an error carries, as the code of a problem row; one that nobody declared is a mistake in the code.

    >>> problem_code("empty_file")
    'empty_file'
    """
    if code not in PROBLEM_CODES:
        raise ValueError(f"no code of a problem row: {code}")
    return code


class Problem(Struct, frozen=True):
    """Something a person should look at.  ``before``/``after`` are filled for repairs of the matching view."""

    document_id: str
    code: ProblemCode
    severity: Severity
    message: str
    clause_id: str = ""
    char_start: int | None = None
    char_end: int | None = None
    quote: str = ""
    before: str = ""
    after: str = ""
    clause_key: str = ""


class Source(Struct, frozen=True):
    """One document as read: the text that all offsets index, and what its format knew about the layout.

    ``verbatim`` is true where ``text`` is the decoded file itself (.txt, .md); for other formats the text is
    written beside the tables as ``text/<document_id>.txt``.  ``blocks`` is empty where the format knows no
    layout, and the segmenter works from the lines.  ``path`` is the path as the user gave it.
    """

    document_id: str
    path: str
    sha256: str
    format: str
    text: str
    verbatim: bool = True
    pages: tuple[Page, ...] = ()
    blocks: tuple[Block, ...] = ()
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


# ---------------------------------------------------------------- what extraction finds


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


# ---------------------------------------------------------------- what comparison finds


class Refused(Struct, frozen=True):
    """A target of the other document that was looked at for one without a partner, and why it was not taken
    (Vietnamese); ``taken`` tells that it answers another target already."""

    target_id: str
    similarity: float
    reason: str
    taken: bool = False


class Deviation(Struct, frozen=True):
    """One finding: a pair of targets, an omitted parent target, or an added child target."""

    child_document: str
    parent_document: str
    deviation_id: str
    child_target_id: str = ""
    parent_target_id: str = ""
    kinds: tuple[str, ...] = ()
    severity: Severity = "info"
    declared: Literal["", "true", "contradicted"] = ""
    justification: str = ""
    proof: str = ""
    explanation: str = ""
    child_clause_path: str = ""
    parent_clause_path: str = ""
    child_quote: str = ""
    parent_quote: str = ""
    similarity: float | None = None
    severity_reason: str = ""
    confidence: float | None = None
    subject: str = ""
    covered_by: str = ""
    nearest_target_id: str = ""
    nearest_similarity: float | None = None
    refused_because: str = ""
    applicability: Applicability = ""
    restates: str = ""
    candidates: tuple[Refused, ...] = ()


class Duty(Struct, frozen=True):
    """One task of the parent against the child's answer; offsets index the source of each side."""

    child_document: str
    parent_document: str
    duty_id: str
    parent_clause_id: str = ""
    parent_char_start: int = 0
    parent_char_end: int = 0
    parent_quote: str = ""
    parent_lead: str = ""
    parent_partners: tuple[str, ...] = ()
    parent_deadline: str = ""
    verdict: DutyVerdict = "missing"
    findings: tuple[str, ...] = ()
    severity: Severity = "info"
    child_clause_ids: tuple[str, ...] = ()
    child_char_start: int | None = None
    child_char_end: int | None = None
    child_quote: str = ""
    child_lead: str = ""
    child_partners: tuple[str, ...] = ()
    child_deadline: str = ""
    explanation: str = ""
    similarity: float | None = None
    parent_role: str = ""
    child_role: str = ""
    parent_clause_path: str = ""
    child_clause_paths: tuple[str, ...] = ()


class DutyAssignment(Struct, frozen=True):
    """That a row of duties rests on an assignment of one of the two documents."""

    duty_id: str
    side: Literal["parent", "child"]
    document_id: str
    assignment_id: str


class Change(Struct, frozen=True):
    """What one amendment did to a document, at one place: ``base_*`` in its source, ``char_*`` in the consolidated
    text."""

    document_id: str
    on: str
    change_id: str
    amendment_id: str
    amending_document: str
    provision: str
    action: AmendmentAction
    status: ChangeStatus
    reason: ChangeReason = ""
    base_char_start: int | None = None
    base_char_end: int | None = None
    base_text: str = ""
    char_start: int | None = None
    char_end: int | None = None
    new_text: str = ""
    effective_on: str = ""


class Consolidation(Struct, frozen=True):
    """The text of a document that holds on a day."""

    base: Document
    on: str
    text: str
    changes: tuple[Change, ...] = ()


class ProgressRow(Struct, frozen=True):
    """What one report says of one target of the plan."""

    plan_document: str
    target_id: str
    report_document: str
    result_id: str = ""
    verdict: ProgressVerdict = "not_reported"
    value: float | None = None
    unit: str = ""
    as_of: str = ""
    expected: str = ""
    deadline: str = ""
    elapsed_share: float | None = None
    reached_share: float | None = None
    proof: str = ""
    explanation: str = ""
    plan_quote: str = ""
    report_quote: str = ""
    findings: tuple[ProgressFinding, ...] = ()


class BindingValue(Struct, frozen=True):
    """For one child target, the strictest parent value that binds it, and the parents that disagree."""

    child_document: str
    child_target_id: str
    parent_document: str
    parent_target_id: str
    requirement: str
    conflict: bool = False
    explanation: str = ""
    child_quote: str = ""
    parent_quote: str = ""
    value: float | None = None
    unit: str = ""
    kinds: tuple[str, ...] = ()
    higher_document: str = ""


class PortfolioSum(Struct, frozen=True):
    """What the children promise together for one target of the parent: the sum of numbers, the span of shares."""

    parent_document: str
    parent_target_id: str
    parent_quote: str
    requirement: str
    measure: Literal["sum", "share"]
    verdict: Literal["reached", "short", "unknown", "between"]
    total: float | None = None
    least: float | None = None
    greatest: float | None = None
    children: tuple[str, ...] = ()
    missing_parts: tuple[str, ...] = ()
    explanation: str = ""


class CommonAddition(Struct, frozen=True):
    """A target that several children have and their parent has not."""

    parent_document: str
    subject: str
    indicator: str
    count: int
    children: tuple[str, ...]
    values: tuple[str, ...]
    quote: str


class PortfolioCell(Struct, frozen=True):
    """One cell of ``portfolio.csv``: what one child makes of one target of the parent."""

    parent_document: str
    parent_target_id: str
    parent_clause_path: str
    parent_quote: str
    requirement: str
    child_document: str
    child_target_id: str
    kinds: tuple[str, ...]
    severity: str
    child_value: str
    deviation_id: str
    agree: int = 0
    compared: int = 0
    parent_deadline: str = ""
    child_deadline: str = ""
    child_quote: str = ""


class ChainRow(Struct, frozen=True):
    """One row of ``chain.csv``: what one level makes of a target of the topmost document."""

    chain: str
    top_target_id: str
    level: int
    document_id: str
    target_id: str
    kinds: tuple[str, ...]
    value: str
    top_quote: str


class Comparison(Struct, frozen=True):
    """A child compared with one parent; ``parent`` is None where the parent is only quoted by the child."""

    child: Document
    parent: Document | None
    deviations: tuple[Deviation, ...] = ()
    duties: tuple[Duty, ...] = ()
    bindings: tuple[BindingValue, ...] = ()
    problems: tuple[Problem, ...] = ()


class Mend(Struct, frozen=True, kw_only=True):
    """What a person says that the comparison got wrong.

    ``pair`` puts the two targets together, ``unpair`` takes them apart, ``correct`` states what the program read
    wrongly: ``child`` and ``parent`` are fields of the two targets with their right values, ``kinds`` a verdict that
    the person gives themselves.
    """

    kind: Literal["pair", "unpair", "correct"]
    child_target_id: str = ""
    parent_target_id: str = ""
    child: dict[str, str | float | None] = {}
    parent: dict[str, str | float | None] = {}
    kinds: tuple[str, ...] = ()
    by: str = ""
