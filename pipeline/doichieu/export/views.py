"""Views for the questions that people ask of the tables; plain SQL that SQLite and DuckDB both run."""

from __future__ import annotations

#: (name, tables it needs, query)
VIEWS: tuple[tuple[str, frozenset[str], str], ...] = (
    (
        "targets_due_by_year",
        frozenset({"targets"}),
        (
            "SELECT substr(CAST(deadline AS VARCHAR), 1, 4) AS year, document_id, target_id, subject, "
            "indicator, operator, value, value_max, unit, "
            "level, deadline, quote FROM targets WHERE deadline IS NOT NULL ORDER BY 1, 2, char_start"
        ),
    ),
    (
        "tasks_by_agency",
        frozenset({"assignments", "agencies"}),
        (
            "SELECT agencies.name AS agency_name, assignments.role, assignments.document_id, "
            "assignments.task, assignments.deadline, assignments.quote "
            "FROM assignments JOIN agencies ON agencies.agency_id = assignments.agency_id ORDER BY 1, 3, "
            "assignments.char_start"
        ),
    ),
    (
        "open_deviations",
        frozenset({"deviations"}),
        (
            "SELECT * FROM deviations WHERE severity IN ('medium', 'high') AND (declared IS NULL OR declared "
            "<> 'true') ORDER BY severity, deviation_id"
        ),
    ),
)
