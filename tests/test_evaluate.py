"""Scores against hand annotations: hand-computed small cases, and the same figures as the published scorer where it is
at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from doichieu.quality import evaluate

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def row(**changes: str) -> dict[str, str]:
    base = dict.fromkeys(
        (
            "subject",
            "scope",
            "indicator",
            "operator",
            "value",
            "value_max",
            "unit",
            "level",
            "level_operator",
            "deadline",
            "deadline_operator",
            "modality",
            "direction",
            "footnote",
        ),
        "",
    )
    return {
        **base,
        "document_id": "d",
        "char_start": "0",
        "char_end": "20",
        "operator": "=",
        "value": "70",
        "unit": "%",
        "subject": "cán bộ",
        "indicator": "được bồi dưỡng",
        "deadline": "2030-12-31",
        "quote": "",
        **changes,
    }


def target(**changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "id": "1",
        "char_start": 0,
        "char_end": 20,
        "subject": "cán bộ",
        "indicator": "được bồi dưỡng",
        "operator": "=",
        "value": 70,
        "unit": "%",
        "deadline": "2030-12-31",
        "optional": False,
    }
    return {**base, **changes}


def score(rows: list[dict[str, str]], gold: list[dict[str, Any]]) -> evaluate.Score:
    return evaluate.targets({"targets": rows}, {"d": {"targets": gold}})


def test_found_missed_and_spurious() -> None:
    result = score(
        [row(), row(char_start="50", char_end="70")], [target(), target(id="2", char_start=100, char_end=120)]
    )
    assert (result.found, result.spurious, result.missed) == (1, 1, 1)
    assert (result.precision, result.recall, result.f1) == (0.5, 0.5, 0.5)


def test_a_wrong_value_is_both_spurious_and_missed() -> None:
    result = score([row(value="60")], [target()])
    assert (result.found, result.spurious, result.missed) == (0, 1, 1)


def test_full_asks_for_the_deadline_and_the_population() -> None:
    assert score([row()], [target()]).full_f1 == 1.0
    assert score([row(deadline="2025-12-31")], [target()]).full_f1 == 0.0
    assert score([row(subject="hồ sơ", indicator="trực tuyến")], [target()]).full_f1 == 0.0


def test_optional_costs_and_gains_nothing() -> None:
    result = score([row()], [target(optional=True)])
    assert (result.found, result.spurious, result.missed) == (0, 0, 0)
    assert score([], [target(optional=True)]).f1 == 1.0


def test_alternatives_are_accepted() -> None:
    assert (
        score(
            [row(operator="<=", unit="nước")], [target(unit="", alternatives={"operator": ["<="], "unit": ["nước"]})]
        ).found
        == 1
    )


def test_citations_by_number_and_date() -> None:
    tables = {
        "citations": [
            {"document_id": "d", "number": "09-NQ/TU", "issued_on": "2022-06-01"},
            {"document_id": "d", "number": "09-NQ/TU", "issued_on": ""},
            {"document_id": "d", "number": "1/QĐ", "issued_on": ""},
        ]
    }
    result = evaluate.citations(
        tables, {"d": {"citations": [["nghi_quyet", "09-NQ/TU", "2022-06-01"], ["luat", "2/L", None]]}}
    )
    assert (result.found, result.spurious, result.missed) == (1, 1, 1)


@pytest.mark.skipif(not (SHARED / "tools" / "score.py").is_file(), reason="the published scorer is not at hand")
def test_the_same_figures_as_the_published_scorer(tmp_path: Path) -> None:
    run = [sys.executable, "-m", "doichieu.cli"]
    subprocess.run([*run, "extract", "corpus", "--out", str(tmp_path)], cwd=ROOT, check=True)
    subprocess.run(
        [*run, "diff", "corpus", "--corpus", "corpus", "--out", str(tmp_path / "diffs")], cwd=ROOT, check=True
    )
    where = [
        str(tmp_path),
        str(SHARED / "gold"),
        "--corpus",
        str(SHARED / "corpus"),
        "--diffs",
        str(tmp_path),
        "--json",
    ]
    theirs = json.loads(
        subprocess.run(
            [sys.executable, str(SHARED / "tools" / "score.py"), *where], capture_output=True, text=True, check=True
        ).stdout
    )
    ours = json.loads(
        subprocess.run([*run, "evaluate", *where], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    )
    for name in ("targets", "citations", "assignments"):
        for key in ("precision", "recall", "f1", "tp", "fp", "fn"):
            assert ours[name][key] == theirs[name][key], (name, key)
    for key in ("full_f1", "whole_f1", "macro_f1", "macro_whole_f1"):
        assert ours["targets"][key] == theirs["targets"][key], key
    assert ours["targets"]["fields"] == theirs["targets"]["fields"]
    assert ours["timing"]["recall"] == theirs["timing"]["accuracy"]
    assert ours["documents"]["recall"] == theirs["documents"]["accuracy"]
    assert ours["percentages"]["recall"] == theirs["percentages"]["recall"]
    assert ours["slices"] == theirs["provenance"]
    pair = next(name for name in theirs if name.startswith("deviations"))
    for key in ("recall", "exact", "false_flags"):
        assert ours[pair][key] == theirs[pair][key], key
