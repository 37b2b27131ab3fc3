"""Every cell of what the product makes of the annotated cases: the cases say what matters, these rows see the rest."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from doichieu import diff
from doichieu.schema import DIFF_TABLES
from doichieu.tables import rows
from tests.comparison.test_minimal_pairs import body, documents
from tests.extraction.columns import lines, told

HERE = Path(__file__).parent
CASES = HERE.parent / "cases"
#: Case files whose ``text`` is read below a head of the same form.
CLAUSES = ("assignments", "deadlines", "percentages", "populations", "problems", "quantities", "tables", "targets",
           "targets_promised")  # fmt: skip
#: Case files of one ``parent`` and one ``child`` clause.
PAIRS = ("comparisons", "minimal_pairs")
#: Sentences for a reader, tested by themselves; what follows from the two quotes.
_LEFT_OUT = {"proof", "explanation", "child_quote", "parent_quote", "child_clause_path", "parent_clause_path"}


def every(file: str) -> Iterator[dict[str, Any]]:
    """The cases of a file that are read whole."""
    for group in tomllib.loads((CASES / f"{file}.toml").read_text(encoding="utf-8")).values():
        for case in group:
            if "column" not in case and ("text" in case or "child" in case):
                yield case


def clause_lines(case: dict[str, Any]) -> list[str]:
    """The rows of a clause, below its heading where it has one."""
    heading = f"1. {case['heading']}\n\n" if case.get("heading") else ""
    return lines({"text": heading + case["text"]})


def pair_lines(case: dict[str, Any]) -> list[str]:
    """The findings of a pair of clauses."""
    child, parent = documents({"child": body(case["child"]), "parent": body(case["parent"])})
    found = diff(child, parent)
    out = []
    for table in DIFF_TABLES:
        if table.name in ("deviations", "duties"):
            kept = [column.name for column in table.columns]
            for row in rows(table, (("", record) for record in getattr(found, table.name))):
                out.append(told(table, [None if n in _LEFT_OUT else v for n, v in zip(kept, row, strict=True)]))
    return out


def made(file: str, case: dict[str, Any]) -> list[str]:
    """The rows of a case of ``file``."""
    return pair_lines(case) if file in PAIRS else clause_lines(case)


def path_of(file: str) -> Path:
    return HERE / "cases" / f"{file}.jsonl"


def kept(file: str) -> dict[str, list[str]]:
    """The rows that the cases of a file gave before, by what the case says."""
    entries = map(json.loads, path_of(file).read_text(encoding="utf-8").splitlines())
    return {entry["case"]: entry["rows"] for entry in entries}


def name(case: dict[str, Any]) -> str:
    """What the case says, as its name."""
    said = [case[key] for key in ("heading", "text", "parent", "child") if key in case]
    return " ~ ".join(" ".join(part.split()) for part in said)


def write() -> None:
    """Write the rows of every case file anew."""
    for file in (*CLAUSES, *PAIRS):
        path_of(file).parent.mkdir(exist_ok=True)
        entries = {name(case): made(file, case) for case in every(file)}
        text = "".join(json.dumps({"case": n, "rows": r}, ensure_ascii=False) + "\n" for n, r in entries.items())
        path_of(file).write_text(text, encoding="utf-8")
