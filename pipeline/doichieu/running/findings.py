"""The rows that a comparison is written as: what was found, and of both documents what it was found on.

Every id that a finding names is then a row of a table beside it: documents, clauses, targets, assignments and bodies of
the two sides as they were compared (a parent as it held on the child's day, not as it was issued).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from doichieu.model import Assignment, Comparison, Document, Duty, DutyAssignment
from doichieu.schema import SIDES, Table
from doichieu.tables import records


def tables(comparison: Comparison) -> dict[str, Sequence[tuple[str, Any]]]:
    """``(document_id, record)`` of every table of a comparison: those of both documents, then what was found."""
    documents = [comparison.child, *([comparison.parent] if comparison.parent is not None else [])]
    found: dict[str, Iterable[Any]] = {
        "deviations": comparison.deviations,
        "duties": comparison.duties,
        "duty_assignments": duty_assignments(comparison),
        "bindings": comparison.bindings,
        "problems": comparison.problems,
    }
    return {
        **{table.name: list(records(documents, table.name)) for table in SIDES},
        **{name: [("", record) for record in rows] for name, rows in found.items()},
    }


def alone(table: Table) -> Table:
    """A table as it stands in the folder of one pair: a binding value may be that of another parent."""
    if table.name != "bindings":
        return table
    return table._replace(foreign=tuple(link for link in table.foreign if link.columns[0].startswith("child_")))


def duty_assignments(comparison: Comparison) -> Iterator[DutyAssignment]:
    """The assignments that each row of duties rests on: those in the wording of the task, on either side."""
    if comparison.parent is None:
        return
    above, below = _by_clause(comparison.parent), _by_clause(comparison.child)
    for duty in comparison.duties:
        for one in _resting(above.get(duty.parent_clause_id, ()), *_above(duty)):
            yield DutyAssignment(duty.duty_id, "parent", duty.parent_document, one.assignment_id)
        own = [a for clause in dict.fromkeys(duty.child_clause_ids) for a in below.get(clause, ())]
        for one in _resting(own, *_below(duty)):
            yield DutyAssignment(duty.duty_id, "child", duty.child_document, one.assignment_id)


def _above(duty: Duty) -> tuple[int, int, str]:
    return duty.parent_char_start, duty.parent_char_end, duty.parent_lead


def _below(duty: Duty) -> tuple[int, int, str]:
    return duty.child_char_start or 0, duty.child_char_end or 0, duty.child_lead


def _by_clause(document: Document) -> Mapping[str, Sequence[Assignment]]:
    out: dict[str, list[Assignment]] = {}
    for assignment in document.assignments:
        out.setdefault(assignment.clause_id, []).append(assignment)
    return out


def _resting(given: Sequence[Assignment], start: int, end: int, lead: str) -> Sequence[Assignment]:
    """The assignments within a stretch; where it names nobody, those before it in its clause that charge its lead."""
    own = [a for a in given if a.char_start < end and start < a.char_end]
    leading = set(lead.split("; "))
    return own or [a for a in given if a.char_end <= start and a.agency in leading]


__all__ = ["alone", "duty_assignments", "tables"]
