"""Extracted tables against hand annotations: precision, recall, F1 for each kind of record, field by field.

The annotations are one JSON file per document (targets, assignments, citations, timing, document facts, and the
spans that were annotated exhaustively) and ``deviations.json`` for compared pairs.  A target is found when the
spans overlap and operator, value, unit and grade are right; see the guideline that comes with the annotations.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path
from typing import Any

from doichieu.quality.evaluate.records import (
    assignments,
    citations,
    deviations,
    documents,
    percentages,
    timing,
    wrong_slices,
)
from doichieu.quality.evaluate.score import Row, Score
from doichieu.quality.evaluate.targets import targets
from doichieu.running.stored import cells, path_of

__all__ = ["Score", "citations", "evaluate", "main", "targets"]


def _read(path: Path) -> list[Row]:
    csv.field_size_limit(1 << 24)
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def evaluate(extracted: Path, gold_folder: Path, corpus: Path | None, diffs: Path | None) -> dict[str, Any]:
    """All scores by kind of record; ``slices`` and the false flags of pairs are plain numbers."""
    names = ("documents", "clauses", "targets", "assignments", "deadlines", "percentages", "citations")
    tables = {name: list(cells(path)) if (path := path_of(extracted, name)) else [] for name in names}
    gold = {
        p.stem: json.loads(p.read_text(encoding="utf-8"))
        for p in sorted(gold_folder.glob("*.json"))
        if p.stem != "deviations"
    }
    texts = (
        {p.stem: p.read_text(encoding="utf-8") for p in sorted(corpus.rglob("*")) if p.suffix in (".txt", ".md")}
        if corpus
        else {}
    )
    out: dict[str, Any] = {
        "targets": targets(tables, gold),
        "citations": citations(tables, gold),
        "assignments": assignments(tables, gold),
        "timing": timing(tables, gold),
        "documents": documents(tables, gold),
        "percentages": percentages(tables, gold, texts),
        "slices": wrong_slices(tables, texts),
        "texts": texts,
    }
    pairs = gold_folder / "deviations.json"
    if diffs is not None and pairs.is_file():
        rows = [r for p in sorted(diffs.rglob("deviations.csv")) for r in _read(p)]
        for pair in json.loads(pairs.read_text(encoding="utf-8")):
            mine = [r for r in rows if r["child_document"] == pair["child"] and r["parent_document"] == pair["parent"]]
            out[f"deviations {pair['child']} ~ {pair['parent']}"] = deviations(mine, tables, gold, pair)
    return out


def _sentence(text: str, place: int) -> str:
    start = max(text.rfind("\n", 0, place), text.rfind(". ", 0, place)) + 1
    stops = [i for i in (text.find("\n", place), text.find(". ", place)) if i >= 0]
    return " ".join(text[start : min(stops, default=len(text))].split())[:220]


def _figures(score: Score) -> dict[str, Any]:
    out: dict[str, Any] = {
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
        "tp": score.found,
        "fp": score.spurious,
        "fn": score.missed,
    }
    if score.full_f1 is not None:
        out["full_f1"] = round(score.full_f1, 4)
    if score.whole_f1 is not None:
        out["whole_f1"] = round(score.whole_f1, 4)
    if score.by_document:
        for place, name in enumerate(("macro_f1", "macro_whole_f1")):
            out[name] = round(sum(both[place] for both in score.by_document.values()) / len(score.by_document), 4)
    if score.exact is not None and score.found + score.missed:
        out["exact"] = round(score.exact / (score.found + score.missed), 4)
    if score.fields:
        out["fields"] = {k: [round(sum(v) / len(v), 4), len(v)] for k, v in score.fields.items()}
    return out


def main(args: argparse.Namespace) -> int:
    """``doichieu evaluate EXTRACTED GOLD [--corpus DIR] [--diffs DIR] [--errors] [--json]``."""
    from doichieu.errors import UsageError

    for folder in (args.extracted, args.gold):
        if not folder.is_dir():
            raise UsageError(f"Không có thư mục {folder}.")
    result = evaluate(args.extracted, args.gold, args.corpus, args.diffs)
    texts: dict[str, str] = result.pop("texts")
    shown: dict[str, Any] = {}
    misses: list[tuple[str, int | None, str]] = []
    for name, value in result.items():
        if name == "slices":
            shown[name] = {"rows": value[0], "wrong": value[1]}
            continue
        score = value[0] if isinstance(value, tuple) else value
        shown[name] = _figures(score)
        if isinstance(value, tuple):
            shown[name]["false_flags"] = value[1]
        misses += score.misses
    if args.json:
        print(json.dumps(shown, ensure_ascii=False))
    else:
        for name, figures in shown.items():
            print(f"{name:12} " + "  ".join(f"{k} {v}" for k, v in figures.items() if k != "fields"))
            for key, (accuracy, count) in figures.get("fields", {}).items():
                print(f"    {key:20} {accuracy:.4f} (n = {count})")
    if args.errors:
        for document, place, text in misses:
            where = f" … {_sentence(texts[document], place)}" if place is not None and document in texts else ""
            print(f"  - {document}: {text}{where}")
    return 0
