"""Short invented clauses and every cell that the product makes of them: ``make golden`` writes the rows anew.

A case is a clause or a few, put below a dated head (or a whole document, where ``whole`` says so); its rows stand
beside it, one line a row, each cell that says something by the name of its column.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from doichieu import extract_text
from doichieu.model import Document
from doichieu.schema import TABLES, Table, cell
from doichieu.tables import records, rows

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "columns"
FILES = sorted(FOLDER.glob("*.toml"))
HEAD = (
    "ỦY BAN NHÂN DÂN TỈNH HÀ NAM\n\nSố: 12/KH-UBND\n\nHà Nam, ngày 10 tháng 12 năm 2025\n\n"
    "KẾ HOẠCH\n\nPhát triển kinh tế - xã hội trên địa bàn tỉnh\n\nI. NỘI DUNG\n\n"
)
_TABLES = ("targets", "assignments", "deadlines", "percentages")
#: Where a row stands follows from its quote; the rest is the same in every case.
_LEFT_OUT = {"document_id", "clause_path", "char_start", "char_end", "page", "in_force_from"}


def read(case: dict[str, Any]) -> Document:
    """The document of a case."""
    return extract_text(case["text"] if case.get("whole") else HEAD + case["text"].strip("\n") + "\n", document_id="ca")


def told(table: Table, values: list[Any]) -> str:
    """A row in one line."""
    named = zip((column.name for column in table.columns), map(cell, values), strict=True)
    said = [f"{name}: {value}" for name, value in named if value and _says(name)]
    return " | ".join([table.name, *said])


def _says(name: str) -> bool:
    return name not in _LEFT_OUT and not name.endswith(("_id", "_key"))


def lines(case: dict[str, Any]) -> list[str]:
    """The rows of a case, and the codes of its problems."""
    document = read(case)
    by_name = {table.name: table for table in TABLES}
    out = [told(by_name[name], row) for name in _TABLES for row in rows(by_name[name], records([document], name))]
    codes = Counter(problem.code for problem in document.problems if problem.code != "task_without_deadline")
    return [*out, *(f"problems | {code}: {count}" for code, count in sorted(codes.items()))]


def load(path: Path) -> list[dict[str, Any]]:
    """The cases of a file."""
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["case"])


def write(path: Path, make: Any = lines) -> None:
    """Write the rows of every case of a file anew; the rest of the file stays as it is."""
    source = path.read_text(encoding="utf-8")
    cases = iter(load(path))

    def anew(match: re.Match[str]) -> str:
        made = make(next(cases))
        return "rows = [\n" + "".join(f"  {json.dumps(row, ensure_ascii=False)},\n" for row in made) + "]\n"

    path.write_text(re.sub(r"(?ms)^rows = \[(?:\]|\n.*?^\])\n", anew, source), encoding="utf-8")
