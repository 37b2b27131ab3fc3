"""Extracted tables against hand annotations: precision, recall, F1 for each kind of record, field by field.

The annotations are one JSON file per document (targets, assignments, citations, timing, document facts, and the
spans that were annotated exhaustively) and ``deviations.json`` for compared pairs.  A target is found when the
spans overlap and operator, value, unit and grade are right; see the guideline that comes with the annotations.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

Row = dict[str, str]
Gold = dict[str, Any]
_UNITS = {"percent": "%", "phần trăm": "%", "cán bộ": "người", "đồng chí": "người"}
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")


@dataclass
class Score:
    """Counts of one kind of record, the accuracy of its fields, and its misses as (document, place, text)."""

    found: int = 0
    spurious: int = 0
    missed: int = 0
    complete: int | None = None
    fields: dict[str, list[bool]] = field(default_factory=dict)
    misses: list[tuple[str, int | None, str]] = field(default_factory=list)

    @staticmethod
    def _ratio(part: int, rest: int) -> float:
        return part / (part + rest) if part + rest else 1.0

    @property
    def precision(self) -> float:
        """The share of what was extracted that is right."""
        return self._ratio(self.found, self.spurious)

    @property
    def recall(self) -> float:
        """The share of what is annotated that was extracted."""
        return self._ratio(self.found, self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def full_f1(self) -> float | None:
        """F1 that also asks for the right population and deadline; targets only."""
        if self.complete is None:
            return None
        other = Score(self.complete, self.spurious + self.found - self.complete, self.missed + self.found - self.complete)
        return other.f1


def fold(text: str | None) -> str:
    """The form in which annotated and extracted wordings are compared."""
    folded = unicodedata.normalize("NFC", text or "").casefold()
    return " ".join(re.sub(r"[*_“”\"().,;:–-]+", " ", folded).split())


def _figure(value: Any) -> float | None:
    return None if value in (None, "") else round(float(str(value).replace(",", ".")), 6)


def _unit(value: Any) -> str | None:
    text = str(value or "").strip().casefold()
    return _UNITS.get(text, text) or None


def _span(row: Row | Gold) -> tuple[int, int]:
    return int(row["char_start"]), int(row["char_end"])


def _shared(a: tuple[int, int], b: Iterable[int]) -> int:
    start, end = b
    return max(0, min(a[1], end) - max(a[0], start))


def _others(gold: Gold, name: str) -> list[Any]:
    return list(gold.get("alternatives", {}).get(name, []))


def _same_unit(one: str | None, other: str | None) -> bool:
    if one == other:
        return True
    if not one or not other or ("%" in one) != ("%" in other):
        return False
    return fuzz.ratio(one, other) >= 80 or one in other or other in one


def _same_measure(row: Row, gold: Gold) -> bool:
    value = _figure(row.get("value"))
    operators = [gold.get("operator") or None, *_others(gold, "operator")]
    if (row.get("operator") or None) not in operators:
        return False
    if (value, _figure(row.get("value_max"))) != (_figure(gold.get("value")), _figure(gold.get("value_max"))):
        return False
    mine = _unit(row.get("unit")) if value is not None else None
    theirs = _unit(gold.get("unit")) if gold.get("value") is not None else None
    return any(_same_unit(mine, u) for u in [theirs, *(_unit(x) for x in _others(gold, "unit"))])


def _same_grade(row: Row, gold: Gold) -> bool:
    levels = [fold(gold.get("level")) or None, *(fold(x) or None for x in _others(gold, "level"))]
    mine = fold(row.get("level")) or None
    if mine is None:
        return None in levels
    if (row.get("level_operator") or None) != (gold.get("level_operator") or None if gold.get("level") else None):
        return False
    return any(level and fuzz.token_set_ratio(mine, level) >= 90 for level in levels)


def _about(record: Row | Gold) -> str:
    scope = record.get("scope") or ""
    return fold(" ".join(x for x in (record.get("subject"), "; ".join(scope) if isinstance(scope, list) else scope, record.get("indicator")) if x))


def pair_targets(rows: list[Row], gold: list[Gold]) -> list[tuple[int, int]]:
    """The best one-to-one pairs (row, annotation) of equal measure and grade whose spans overlap enough."""
    options = []
    for i, row in enumerate(rows):
        own = _span(row)
        for j, target in enumerate(gold):
            theirs = _span(target)
            shared = _shared(own, theirs)
            if shared < 0.3 * (theirs[1] - theirs[0]) and shared < 0.8 * (own[1] - own[0]):
                continue
            if _same_grade(row, target) and _same_measure(row, target):
                options.append((fuzz.token_set_ratio(_about(row), _about(target)) + shared / (theirs[1] - theirs[0]), i, j))
    used_rows: set[int] = set()
    used_gold: set[int] = set()
    pairs = []
    for _, i, j in sorted(options, reverse=True):
        if i not in used_rows and j not in used_gold:
            used_rows.add(i)
            used_gold.add(j)
            pairs.append((i, j))
    return pairs


def _field(score: Score, name: str, right: bool) -> None:
    score.fields.setdefault(name, []).append(right)


def targets(tables: dict[str, list[Row]], gold: dict[str, Gold]) -> Score:
    """Targets: found, complete (with population and deadline), and the accuracy of each field."""
    score = Score(complete=0)
    for document, record in gold.items():
        if "targets" not in record:
            continue
        rows = [r for r in tables["targets"] if r["document_id"] == document and (r["operator"] or r["value"] or r["level"])]
        if record.get("annotated_spans"):
            rows = [r for r in rows if any(_shared(_span(r), s) for s in record["annotated_spans"])]
        annotated: list[Gold] = record["targets"]
        pairs = pair_targets(rows, annotated)
        for i, j in pairs:
            if not annotated[j]["optional"]:
                score.found += 1
                assert score.complete is not None
                score.complete += _complete(score, rows[i], annotated[j], document)
        taken = {i for i, _ in pairs}
        optional = [g for g in annotated if g["optional"]]
        for i, row in enumerate(rows):
            if i not in taken and not any(_shared(_span(row), _span(g)) for g in optional):
                score.spurious += 1
                score.misses.append((document, _span(row)[0], f"thừa chỉ tiêu {row['operator']} {row['value']} {row['unit']} {row['level']}"))
        met = {j for _, j in pairs}
        for j, target in enumerate(annotated):
            if j not in met and not target["optional"]:
                score.missed += 1
                score.misses.append((document, target["char_start"], f"thiếu chỉ tiêu {target['id']}: {target.get('operator')} {target.get('value')} {target.get('level')}"))
    return score


def _complete(score: Score, row: Row, target: Gold, document: str) -> bool:
    date = (row.get("deadline") or None) in [target["deadline"], *_others(target, "deadline")]
    about = (
        fuzz.token_set_ratio(_about(row), _about(target)) >= 75
        and fuzz.partial_token_set_ratio(fold(row.get("subject")), fold(target["subject"])) >= 75
    )
    _field(score, "deadline", date)
    _field(score, "deadline_operator", (row.get("deadline_operator") or "<=") in (target.get("deadline_operator") or "<=", *_others(target, "deadline_operator")))
    _field(score, "about", about)
    for item in target.get("scope") or []:
        _field(score, "scope", fuzz.partial_ratio(fold(item), fold(row.get("scope"))) >= 85)
    if target.get("modality"):
        _field(score, "modality", fold(row.get("modality")) == fold(target["modality"]))
    if target.get("direction"):
        _field(score, "direction", (row.get("direction") or None) == target["direction"])
    if target.get("footnote"):
        _field(score, "footnote", (row.get("footnote") or "").strip() == target["footnote"])
    if target.get("reference"):
        wanted = target["reference"]
        _field(score, "reference", _figure(row.get("reference_value")) == wanted["value"] and row.get("reference_operator") == wanted["operator"])
    if not (date and about):
        score.misses.append((document, target["char_start"], f"{target['id']}: thời hạn {row.get('deadline')}, đối tượng “{row.get('subject')}”"))
    return date and about


def citations(tables: dict[str, list[Row]], gold: dict[str, Gold]) -> Score:
    """Citations by number and date; an annotation without a date is met by the number."""
    score = Score()
    for document, record in gold.items():
        if "citations" not in record:
            continue
        have = {(r["number"], r.get("issued_on") or None) for r in tables["citations"] if r["document_id"] == document and r.get("number")}
        have = {(n, d) for n, d in have if d or not any(n == m and e for m, e in have)}
        for _, number, date in record["citations"]:
            hit = next((h for h in sorted(have, key=str) if h[0] == number and (date is None or h[1] == date)), None)
            if hit is not None:
                have.discard(hit)
                score.found += 1
            else:
                score.missed += 1
                score.misses.append((document, None, f"thiếu văn bản được dẫn {number} {date}"))
        score.spurious += len(have)
        score.misses += [(document, None, f"thừa văn bản được dẫn {n} {d}") for n, d in sorted(have, key=str)]
    return score


def _same_agency(one: str, other: str) -> bool:
    a, b = (re.sub(r"^các ", "", fold(x)) for x in (one, other))
    return a == b or fuzz.ratio(a, b) >= 92


def assignments(tables: dict[str, list[Row]], gold: dict[str, Gold]) -> Score:
    """Role and agency, clause by clause; a row belongs to the annotated clause that it overlaps most."""
    score = Score()
    for document, record in gold.items():
        if "assignments" not in record:
            continue
        clauses: dict[tuple[int, int], list[Gold]] = {}
        for duty in record["assignments"]:
            clauses.setdefault((duty["line_start"], duty["line_end"]), []).append(duty)
        mine: dict[tuple[int, int], list[Row]] = {c: [] for c in clauses}
        loose: list[Row] = []
        for row in tables["assignments"]:
            if row["document_id"] != document:
                continue
            best = max(clauses, key=lambda c: _shared(_span(row), c), default=None)
            if best is not None and _shared(_span(row), best):
                mine[best].append(row)
            elif any(_shared(_span(row), s) for s in record.get("assignment_spans", [])):
                loose.append(row)
        for clause, wanted in clauses.items():
            left = list(mine[clause])
            for duty in sorted(wanted, key=lambda g: bool(g.get("optional"))):
                hit = next((r for r in left if r["role"] == duty["role"] and _same_agency(r["agency"], duty["agency"])), None)
                if hit is not None:
                    left.remove(hit)
                if duty.get("optional"):
                    continue
                if hit is not None:
                    score.found += 1
                else:
                    score.missed += 1
                    score.misses.append((document, clause[0], f"thiếu phân công {duty['role']}: {duty['agency']}"))
            loose += left
        score.spurious += len(loose)
        score.misses += [(document, _span(r)[0], f"thừa phân công {r['role']}: {r['agency']}") for r in loose]
    return score


def timing(tables: dict[str, list[Row]], gold: dict[str, Gold]) -> Score:
    """Annotated lines of time: kind, operator and date."""
    score = Score()
    for document, record in gold.items():
        for line in record.get("timing", []):
            rows = [r for r in tables["deadlines"] if r["document_id"] == document and _shared(_span(r), (line["line_start"], line["line_end"]))]
            right = any(
                r["kind"] == line["kind"] and (line["kind"] == "ongoing" or (r.get("date") == line["date"] and r.get("operator") == line["operator"]))
                for r in rows
            )
            _count(score, right, document, line["line_start"], f"thời hạn “{line['text']}”")
    return score


def documents(tables: dict[str, list[Row]], gold: dict[str, Gold]) -> Score:
    """The facts of each document, field by field."""
    score = Score()
    by_id = {r["document_id"]: r for r in tables["documents"]}
    for document, record in gold.items():
        have = by_id.get(document, {})
        for name, wanted in (record.get("document") or {}).items():
            if name == "implements":
                right = {x.strip() for x in (have.get(name) or "").split(";") if x.strip()} == set(wanted)
            elif name in ("issuer", "place"):
                right = fuzz.partial_ratio(fold(wanted), fold(have.get(name))) >= 90
            elif name == "recipients":
                right = sum(1 for r in tables["clauses"] if r["document_id"] == document and r["kind"] == "recipient") == wanted
            else:
                right = (have.get(name) or None) == wanted
            _field(score, name, right)
            _count(score, right, document, None, f"{name} = {have.get(name)!r}, mẫu {wanted!r}")
    return score


def _count(score: Score, right: bool, document: str, place: int | None, text: str) -> None:
    if right:
        score.found += 1
    else:
        score.missed += 1
        score.misses.append((document, place, text))


def percentages(tables: dict[str, list[Row]], gold: dict[str, Gold], texts: dict[str, str]) -> Score:
    """Every percentage of the source has a row."""
    score = Score()
    for document in gold:
        rows = [r for r in tables["percentages"] if r["document_id"] == document]
        for match in _PERCENT.finditer(texts.get(document, "")):
            value = _figure(match.group(1))
            right = any(_shared(_span(r), match.span()) and value in (_figure(r.get("value")), _figure(r.get("value_max"))) for r in rows)
            _count(score, right, document, match.start(), f"tỷ lệ {match.group()}")
    return score


def deviations(rows: list[Row], tables: dict[str, list[Row]], gold: dict[str, Gold], pair: Gold) -> tuple[Score, int]:
    """One compared pair: the expected findings that were made, and the number of false flags."""
    names: dict[str, str] = {}
    annotated: dict[str, Gold] = {}
    for document in (pair["child"], pair["parent"]):
        mine = [r for r in tables["targets"] if r["document_id"] == document]
        for i, j in pair_targets(mine, gold[document]["targets"]):
            names[mine[i]["target_id"]] = gold[document]["targets"][j]["id"]
        annotated |= {g["id"]: g for g in gold[document]["targets"]}
    have: dict[tuple[str | None, str | None], set[str]] = {}
    for row in rows:
        key = tuple(names.get(row[k], row[k] or None) for k in ("child_target_id", "parent_target_id"))
        have.setdefault((key[0], key[1]), set()).update(k.strip() for k in row["kinds"].split(";") if k.strip())
    score = Score()
    for wanted in pair["deviations"]:
        if wanted["must"]:
            kinds = have.get((wanted["child"], wanted["parent"]), set())
            _count(score, bool(kinds & set(wanted["kinds"])), pair["child"], None, f"{wanted['child']} ~ {wanted['parent']}: mẫu {wanted['kinds']}, có {sorted(kinds)}")
    expected = {(w["child"], w["parent"]) for w in pair["deviations"]}
    spared = {i for i, g in annotated.items() if g["optional"]} | {w[k] for w in pair["deviations"] if not w["must"] for k in ("child", "parent") if w[k]}
    wrong = [
        k for k, v in have.items()
        if k not in expected and v - {"equal"} and not {k[0], k[1]} & spared and (k[0] in annotated or k[1] in annotated)
    ]  # fmt: skip
    score.misses += [(pair["child"], None, f"báo nhầm {k}") for k in wrong]
    return score, len(wrong)


def wrong_slices(tables: dict[str, list[Row]], texts: dict[str, str]) -> tuple[int, int]:
    """(rows with a quote, rows whose quote is not the exact slice of the source)."""
    total = wrong = 0
    for rows in tables.values():
        for row in rows:
            if row.get("quote") and row.get("char_start") and row["document_id"] in texts:
                total += 1
                start, end = _span(row)
                wrong += texts[row["document_id"]][start:end] != row["quote"]
    return total, wrong


def _read(path: Path) -> list[Row]:
    csv.field_size_limit(1 << 24)
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def evaluate(extracted: Path, gold_folder: Path, corpus: Path | None, diffs: Path | None) -> dict[str, Any]:
    """All scores by kind of record; ``slices`` and the false flags of pairs are plain numbers."""
    names = ("documents", "clauses", "targets", "assignments", "deadlines", "percentages", "citations")
    tables = {name: _read(extracted / f"{name}.csv") for name in names}
    gold = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in sorted(gold_folder.glob("*.json")) if p.stem != "deviations"}
    texts = {p.stem: p.read_text(encoding="utf-8") for p in sorted(corpus.rglob("*")) if p.suffix in (".txt", ".md")} if corpus else {}
    out: dict[str, Any] = {
        "targets": targets(tables, gold), "citations": citations(tables, gold), "assignments": assignments(tables, gold),
        "timing": timing(tables, gold), "documents": documents(tables, gold), "percentages": percentages(tables, gold, texts),
        "slices": wrong_slices(tables, texts), "texts": texts,
    }  # fmt: skip
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
        "precision": round(score.precision, 4), "recall": round(score.recall, 4), "f1": round(score.f1, 4), "tp": score.found, "fp": score.spurious, "fn": score.missed,
    }  # fmt: skip
    if score.full_f1 is not None:
        out["full_f1"] = round(score.full_f1, 4)
    if score.fields:
        out["fields"] = {k: [round(sum(v) / len(v), 4), len(v)] for k, v in score.fields.items()}
    return out


def main(args: argparse.Namespace) -> int:
    """``doichieu evaluate EXTRACTED GOLD [--corpus DIR] [--diffs DIR] [--errors] [--json]``."""
    from pipeline.errors import UsageError

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
