"""Generated edits over the corpus, and over other texts where they are at hand: recall and false flags by class."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from doichieu.analyse import analyse
from doichieu.model import Source
from doichieu.quality import metamorphic
from doichieu.quality.sweep import Swept, sweep

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "real" / "texts"
ARCHIVE = ROOT.parent / "shared" / "archive" / "markdown"
SILENT = {"moved", "unedited", "reworded", "reordered", "renumbered", "scanning_noise"}


def outcomes(folder: Path, limit: int) -> dict[str, list[metamorphic.Outcome]]:
    found: dict[str, list[metamorphic.Outcome]] = defaultdict(list)
    for path in sorted(folder.glob("*.txt")):
        document = analyse(Source(path.stem, path.name, "", "txt", path.read_text(encoding="utf-8")))
        if document.targets:
            for outcome in metamorphic.run(document, limit=limit):
                found[outcome.case.name].append(outcome)
    return found


@pytest.fixture(scope="module")
def corpus() -> dict[str, list[metamorphic.Outcome]]:
    return outcomes(ROOT / "corpus", 5)


@pytest.mark.parametrize("name", [edit.__name__ for edit in metamorphic.EDITS])
def test_every_class_of_edit_is_found_in_the_corpus(corpus: dict[str, list[metamorphic.Outcome]], name: str) -> None:
    cases = corpus[name]
    if name == "moved" and not cases:
        pytest.skip("no bullet of the corpus can move; the texts of other authors have some")
    assert cases, f"no case of {name} could be made"
    recall = sum(outcome.found for outcome in cases) / len(cases)
    assert recall >= 0.97, [outcome.case.target_id for outcome in cases if not outcome.found]
    if name in SILENT:
        assert not [outcome for outcome in cases if outcome.others]


def test_few_other_flags(corpus: dict[str, list[metamorphic.Outcome]]) -> None:
    cases = [outcome for found in corpus.values() for outcome in found]
    assert sum(bool(outcome.others) for outcome in cases) <= 0.03 * len(cases)


@pytest.mark.long
@pytest.mark.skipif(not REAL.is_dir(), reason="the texts of other authors are not at hand")
def test_edits_of_other_texts() -> None:
    found = outcomes(REAL, 3)
    for name, cases in found.items():
        recall = sum(outcome.found for outcome in cases) / len(cases)
        assert recall >= 0.97, name
        if name in SILENT:
            assert not [outcome for outcome in cases if outcome.others], name


def swept(folder: Path, pattern: str) -> list[tuple[str, Swept]]:
    """Every value of every text of a folder, lowered and raised."""
    out = []
    for path in sorted(folder.rglob(pattern)):
        document = analyse(Source(path.stem, path.name, "", "txt", path.read_text(encoding="utf-8-sig")))
        if document.targets:
            out += [(path.stem, one) for up in (False, True) for one in sweep(document, up=up)]
    return out


def test_no_lowered_value_is_stricter_and_no_raised_one_looser() -> None:
    found = swept(ROOT / "corpus", "*.txt")
    assert len(found) >= 60
    assert not [(name, one) for name, one in found if one.turned]
    assert sum(one.kind in one.found for _, one in found) >= 0.98 * len(found)


@pytest.mark.long
@pytest.mark.skipif(not REAL.is_dir(), reason="the texts of other authors are not at hand")
def test_no_value_of_other_texts_is_turned_round() -> None:
    found = [*swept(REAL, "*.txt"), *swept(ARCHIVE, "*.md")]
    assert not [(name, one) for name, one in found if one.turned]
    assert sum(one.kind in one.found for _, one in found) >= 0.97 * len(found)
