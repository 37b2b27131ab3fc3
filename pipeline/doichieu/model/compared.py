"""What comparison finds: deviations, duties, consolidations, progress, portfolios, and what a person mends."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from doichieu.model.kinds import (
    AmendmentAction,
    Applicability,
    ChangeReason,
    ChangeStatus,
    DutyVerdict,
    ProgressFinding,
    ProgressVerdict,
    Severity,
)
from doichieu.model.rows import Document
from doichieu.model.texts import Problem


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
