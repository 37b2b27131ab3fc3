"""Minimal pairs and tasks judged by people who had not seen the rules: how many are told as they say.

The floors are a little below what was measured: a rule that helps one construction and harms others falls here.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from doichieu import diff, extract_text
from doichieu.comparison.duties.stage import compare_duties
from doichieu.model import Duty
from tests.comparison.test_minimal_pairs import documents

TESTS = Path(__file__).resolve().parents[1]
APART = tomllib.loads((TESTS / "cases" / "minimal_pairs_apart.toml").read_text(encoding="utf-8"))["pair"]
JUDGED = TESTS / "golden" / "judged"
#: Kinds of findings that let a promise pass.
_FINE = frozenset({"equal", "stricter", "implied", "deadline_earlier"})


def told(case: dict[str, Any]) -> tuple[bool, bool]:
    """Whether a pair is told as its writer says; whether it is let pass where it should not be."""
    child, parent = documents(case)
    if not parent.targets:
        return False, False
    first = min(parent.targets, key=lambda t: t.char_start)
    rows = [d for d in diff(child, parent).deviations if d.parent_target_id == first.target_id]
    kinds = {kind for d in rows for kind in d.kinds}
    paired = any(d.child_target_id for d in rows)
    accepted = [set(other) for other in case.get("alternatives", [])]
    if case.get("paired", True):
        accepted.append(set(case["kinds"]))
    right = kinds in accepted or (not paired and (not case.get("paired", True) or {"omitted"} in accepted))
    return right, paired and not right and kinds <= _FINE


def test_minimal_pairs_written_apart() -> None:
    found = Counter(told(case) for case in APART)
    assert found[True, False] >= 0.985 * len(APART)
    assert not found[False, True]


def _row_of(duty: dict[str, Any], rows: list[Duty]) -> Duty | None:
    begin, end = duty["parent_char_start"], duty["parent_char_end"]
    shared = [min(row.parent_char_end, end) - max(row.parent_char_start, begin) for row in rows]
    best = max(range(len(rows)), key=lambda i: (shared[i], -i))
    return rows[best] if shared[best] > 0 else None


def test_tasks_judged_apart() -> None:
    told_as: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for pair in json.loads((JUDGED / "duties.json").read_text(encoding="utf-8")):
        child, parent = (
            extract_text((JUDGED / f"{pair[side]}.txt").read_text(encoding="utf-8"), document_id=pair[side])
            for side in ("child", "parent")
        )
        rows = compare_duties(child, parent)
        for duty in pair["duties"]:
            row = _row_of(duty, rows)
            assert row is not None, "every task of the upper document has a row"
            told_as[row.verdict] += 1
            right[row.verdict] += row.verdict == duty["verdict"] or row.verdict in duty["accept"]
    assert right.total() >= 0.86 * told_as.total()
    assert right["covered"] >= 0.95 * told_as["covered"]
    assert right["partly"] >= 0.72 * told_as["partly"]
    assert right["missing"] >= 0.88 * told_as["missing"]
