"""Whether a confidence means what it says: of findings told with 0.8, about four in five should be right.

Findings are judged by annotated pairs where they are at hand, and by texts of which every value was changed.  The
rules were written with these in view, so that the table tells more of order than of level: findings on pairs that
nobody had seen are right less often.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from doichieu.model import Deviation, Document, Source, Target
from doichieu.quality.evaluate.score import Gold, Row
from doichieu.quality.evaluate.targets import pair_targets
from doichieu.quality.sweep import sweep

#: Where annotated pairs may lie: (folder of the annotations, folder of the texts).
ANNOTATED = ((Path("../shared/gold"), Path("corpus")), (Path("../shared/real/gold"), Path("../shared/real/texts")))


class Judged(NamedTuple):
    """One finding: its confidence, whether it names two targets, whether it is right."""

    confidence: float
    pair: bool
    right: bool


def _row(target: Target) -> Row:
    """A target as a row of the table, as the evaluation reads it."""
    fields = {name: getattr(target, name) for name in target.__struct_fields__}
    return {
        name: "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
        for name, value in fields.items()
    }


def _names(document: Document, annotated: list[Gold]) -> dict[str, str]:
    """The annotation's name of each target of a document."""
    rows = [_row(target) for target in document.targets]
    return {rows[i]["target_id"]: annotated[j]["id"] for i, j in pair_targets(rows, annotated)}


def _right(deviation: Deviation, key: tuple[str | None, str | None], pair: Gold) -> bool:
    """Whether the annotation says of the same targets one of the kinds that were found."""
    said = [one for one in pair["deviations"] if (one["child"], one["parent"]) == key]
    wanted = {kind for one in said for kind in [*one["kinds"], *one.get("also", [])]}
    if "implied" in deviation.kinds:
        wanted |= {"implied"} if any(one["parent"] == key[1] for one in pair["deviations"]) else set()
    return bool(set(deviation.kinds) & wanted)


def judged_by_annotation(gold_folder: Path, texts: Path) -> Iterator[Judged]:
    """The findings on the annotated pairs of a folder, those of which both sides are annotated."""
    from doichieu.analyse import analyse
    from doichieu.comparison.compare import compare_all_targets

    for pair in json.loads((gold_folder / "deviations.json").read_text(encoding="utf-8")):
        names = (pair["child"], pair["parent"])
        child, parent = (
            analyse(Source(name, f"{name}.txt", "", "txt", (texts / f"{name}.txt").read_text(encoding="utf-8-sig")))
            for name in names
        )
        gold = [json.loads((gold_folder / f"{name}.json").read_text(encoding="utf-8"))["targets"] for name in names]
        own, other = _names(child, gold[0]), _names(parent, gold[1])
        for deviation in compare_all_targets(child, parent):
            key = (own.get(deviation.child_target_id), other.get(deviation.parent_target_id))
            told = (bool(deviation.child_target_id), bool(deviation.parent_target_id))
            repeats = bool(deviation.covered_by) and not all(told)
            if deviation.confidence is None or repeats or told != (key[0] is not None, key[1] is not None):
                continue
            yield Judged(deviation.confidence, all(told), _right(deviation, key, pair))


def judged_by_edits(documents: Iterable[Document]) -> Iterator[Judged]:
    """The findings on texts of which every value was lowered, then raised."""
    for document in documents:
        for up in (False, True):
            for one in sweep(document, up=up):
                if one.confidence is not None:
                    yield Judged(one.confidence, True, one.kind in one.found and not one.turned)


class Band(NamedTuple):
    """The findings told with a confidence from ``low`` on: how many, and how many of them are right."""

    low: float
    number: int
    right: int


def bands(found: Iterable[Judged]) -> list[Band]:
    """The findings by tenths of their confidence, the surest first.

    >>> bands([Judged(0.84, True, True), Judged(0.8, True, False), Judged(1.0, True, True)])
    [Band(low=0.9, number=1, right=1), Band(low=0.8, number=2, right=1)]
    """
    count: dict[int, list[int]] = {}
    for one in found:
        entry = count.setdefault(min(9, int(one.confidence * 10 + 1e-9)), [0, 0])
        entry[0] += 1
        entry[1] += one.right
    return [Band(tenth / 10, *count[tenth]) for tenth in sorted(count, reverse=True)]


def print_bands(title: str, found: list[Judged]) -> None:
    """One table of confidences."""
    print(f"  {title}: confidence, n, right")
    for band in bands(found):
        print(f"    {band.low:.1f}-{band.low + 0.1:.1f} {band.number:5} {band.right / band.number:7.2f}")


def report(documents: list[Document]) -> None:
    """Print how often findings are right, by their confidence."""
    print("confidence of findings (rules were written with these texts in view):")
    for gold, texts in ANNOTATED:
        if (gold / "deviations.json").is_file():
            found = list(judged_by_annotation(gold, texts))
            print_bands(f"annotated pairs of {gold}, two targets", [one for one in found if one.pair])
            print_bands(f"annotated pairs of {gold}, one target", [one for one in found if not one.pair])
    print_bands("texts with every value changed", list(judged_by_edits(documents)))


__all__ = ["Band", "Judged", "bands", "judged_by_annotation", "judged_by_edits", "report"]
