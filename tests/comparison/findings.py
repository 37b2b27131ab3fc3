"""Short invented clauses of two documents and every finding of their comparison; ``make golden`` writes the rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from doichieu import diff
from doichieu.model import Document
from doichieu.schema import DIFF_TABLES
from doichieu.tables import rows
from tests.comparison import test_minimal_pairs as pairs
from tests.extraction.columns import told

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "findings"
FILES = sorted(FOLDER.glob("*.toml"))
#: The sentence for a reader, tested by itself; what follows from the two quotes.
_LEFT_OUT = {
    "child_document", "parent_document", "explanation", "child_quote", "parent_quote", "child_clause_path",
    "parent_clause_path", "child_clause_paths",
}  # fmt: skip


def documents(case: dict[str, Any]) -> tuple[Document, Document]:
    """The lower and the upper document of a case."""
    return pairs.documents({side: pairs.body(case[side].strip("\n")) for side in ("child", "parent")})


def lines(case: dict[str, Any]) -> list[str]:
    """The findings of a case, one line each."""
    found = diff(*documents(case))
    out = []
    for table in DIFF_TABLES:
        if table.name in ("deviations", "duties"):
            names = [column.name for column in table.columns]
            for row in rows(table, (("", record) for record in getattr(found, table.name))):
                out.append(told(table, [None if n in _LEFT_OUT else v for n, v in zip(names, row, strict=True)]))
    return [*out, *(f"problems | {problem.code}" for problem in found.problems)]
