"""The closed vocabularies of the records: each kind once, as a Literal."""

from __future__ import annotations

from typing import Literal, get_args

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
#: Whether a parent's target is owed by the child at all; see ``comparison/owed/applicability.py``.
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


def problem_code(code: str) -> ProblemCode:
    """A code that an error carries, as the code of a problem row; one that nobody declared is a mistake in the code.

    >>> problem_code("empty_file")
    'empty_file'
    """
    if code not in PROBLEM_CODES:
        raise ValueError(f"no code of a problem row: {code}")
    return code
