"""The annotated documents beside the repository: what was reached on them is not lost by a rule made for others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from doichieu.cli import main
from tests.golden.evaluated import figures_of

SHARED = Path(__file__).resolve().parents[3] / "shared"
FOLDERS = {"gold": (SHARED / "gold", SHARED / "corpus"), "real": (SHARED / "real" / "gold", SHARED / "real" / "texts")}


@pytest.fixture(scope="module", params=sorted(FOLDERS))
def figures(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    """What ``doichieu evaluate`` prints of the annotated documents and pairs."""
    gold, texts = FOLDERS[request.param]
    if not gold.is_dir():
        pytest.skip("needs ../shared")
    out = tmp_path_factory.mktemp("published")
    assert main(["extract", str(texts), "--out", str(out / "tables"), "--quiet"]) == 0
    pairs = json.loads((gold / "deviations.json").read_text(encoding="utf-8"))
    for number, pair in enumerate(pairs if isinstance(pairs, list) else [pairs]):
        child, parent = (next(texts.glob(f"{pair[role]}.*")) for role in ("child", "parent"))
        assert main(["diff", str(child), "--parent", str(parent), "--out", str(out / "diffs" / str(number))]) == 0
    return figures_of(gold, texts, out)


def test_what_was_reached_is_kept(figures: dict[str, dict[str, float]]) -> None:
    assert figures["targets"]["f1"] >= 0.99 and figures["targets"]["whole_f1"] >= 0.98
    assert figures["assignments"]["f1"] >= 0.99 and figures["citations"]["f1"] >= 0.98
    assert figures["documents"]["recall"] >= 0.97 and figures["slices"]["wrong"] == 0


def test_the_pairs_are_found_without_a_false_flag(figures: dict[str, dict[str, float]]) -> None:
    pairs = [found for name, found in figures.items() if name.startswith("deviations ")]
    assert pairs
    for found in pairs:
        assert found["recall"] >= 0.97 and found["exact"] >= 0.93 and not found["false_flags"]
