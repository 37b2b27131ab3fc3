"""Minimal pairs in families: one difference between two documents, one right verdict."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from doichieu import diff, extract_text
from doichieu.model import Document
from tests.comparison.test_sentences import CHILD, PARENT

CASES = tomllib.loads(
    (Path(__file__).resolve().parents[1] / "cases" / "minimal_pairs.toml").read_text(encoding="utf-8")
)["pair"]
_OWN_LINE = re.compile(r"-|\d+\.|[¹²³]|[a-zđ]\)|.*:\Z")


def body(text: str) -> str:
    """The lines of a case as paragraphs; a line that is no bullet, number, note or label becomes a bullet."""
    lines = [line if _OWN_LINE.match(line) else f"- {line}" for line in text.split("\n") if line.strip()]
    return "\n\n".join(lines)


def documents(case: dict[str, Any]) -> tuple[Document, Document]:
    return (
        extract_text(CHILD.format(body=body(case["child"])), document_id="con"),
        extract_text(PARENT.format(body=body(case["parent"])), document_id="cha"),
    )


def test_every_family_has_its_members() -> None:
    families = Counter(case["family"] for case in CASES)
    assert sum(families.values()) >= 150
    assert min(families.values()) >= 5


def name(case: dict[str, Any]) -> str:
    return f"{case['family']}: {case['parent'][:50]} ~ {case['child'][:50]}"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_one_right_verdict(case: dict[str, Any]) -> None:
    child, parent = documents(case)
    first = min(parent.targets, key=lambda t: t.char_start)
    rows = [d for d in diff(child, parent).deviations if d.parent_target_id == first.target_id]
    paired = [d for d in rows if d.child_target_id]
    kinds = {kind for d in rows for kind in d.kinds}
    others = [set(kinds) for kinds in case.get("alternatives", [])]
    if case.get("paired", True):
        right = bool(paired) and (kinds == set(case["kinds"]) or kinds in others)
        assert right or (not paired and {"omitted"} in others), (kinds, [d.proof for d in rows])
    else:
        assert not paired or kinds in others, (kinds, [d.proof for d in rows])
    if "declared" in case and paired:
        assert {d.declared for d in paired} == {case["declared"]}
