"""The other records against their annotations: citations, roles, timing, document facts, percentages, findings of a
pair, slices."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from doichieu.quality.evaluate.score import Gold, Row, Score, count, field_right, figure, fold, shared, span
from doichieu.quality.evaluate.targets import pair_targets

_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")


def citations(tables: dict[str, list[Row]], gold: dict[str, Gold]) -> Score:
    """Citations by number and date; an annotation without a date is met by the number."""
    score = Score()
    for document, record in gold.items():
        if "citations" not in record:
            continue
        have = {
            (r["number"], r.get("issued_on") or None)
            for r in tables["citations"]
            if r["document_id"] == document and r.get("number")
        }
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
            best = max(clauses, key=lambda c: shared(span(row), c), default=None)
            if best is not None and shared(span(row), best):
                mine[best].append(row)
            elif any(shared(span(row), s) for s in record.get("assignment_spans", [])):
                loose.append(row)
        for clause, wanted in clauses.items():
            left = list(mine[clause])
            for duty in sorted(wanted, key=lambda g: bool(g.get("optional"))):
                hit = next(
                    (r for r in left if r["role"] == duty["role"] and _same_agency(r["agency"], duty["agency"])), None
                )
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
        score.misses += [(document, span(r)[0], f"thừa phân công {r['role']}: {r['agency']}") for r in loose]
    return score


def timing(tables: dict[str, list[Row]], gold: dict[str, Gold]) -> Score:
    """Annotated lines of time: kind, operator and date."""
    score = Score()
    for document, record in gold.items():
        for line in record.get("timing", []):
            rows = [
                r
                for r in tables["deadlines"]
                if r["document_id"] == document and shared(span(r), (line["line_start"], line["line_end"]))
            ]
            right = any(
                r["kind"] == line["kind"]
                and (
                    line["kind"] == "ongoing"
                    or (r.get("date") == line["date"] and r.get("operator") == line["operator"])
                )
                for r in rows
            )
            count(score, right, document, line["line_start"], f"thời hạn “{line['text']}”")
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
                right = (
                    sum(1 for r in tables["clauses"] if r["document_id"] == document and r["kind"] == "recipient")
                    == wanted
                )
            else:
                right = (have.get(name) or None) == wanted
            field_right(score, name, right)
            count(score, right, document, None, f"{name} = {have.get(name)!r}, mẫu {wanted!r}")
    return score


def percentages(tables: dict[str, list[Row]], gold: dict[str, Gold], texts: dict[str, str]) -> Score:
    """Every percentage of the source has a row."""
    score = Score()
    for document in gold:
        rows = [r for r in tables["percentages"] if r["document_id"] == document]
        for match in _PERCENT.finditer(texts.get(document, "")):
            value = figure(match.group(1))
            right = any(
                shared(span(r), match.span()) and value in (figure(r.get("value")), figure(r.get("value_max")))
                for r in rows
            )
            count(score, right, document, match.start(), f"tỷ lệ {match.group()}")
    return score


_MET = {"equal", "stricter", "scope_broader", "deadline_earlier"}


_Have = dict[tuple[str | None, str | None], set[str]]


def _accepted(have: _Have, wanted: Gold) -> tuple[set[str], set[str]]:
    """The kinds found for an expected finding, and those that are right: what is met may be told as implied."""
    accepted = set(wanted["kinds"])
    if accepted & _MET:
        accepted.add("implied")
    kinds = have.get((wanted["child"], wanted["parent"]))
    if kinds is None and wanted.get("or_implied"):
        accepted.add("implied")
        kinds = next((v for k, v in have.items() if k[1] == wanted["parent"] and "implied" in v), None)
    return kinds or set(), accepted


def deviations(rows: list[Row], tables: dict[str, list[Row]], gold: dict[str, Gold], pair: Gold) -> tuple[Score, int]:
    """One compared pair: the expected findings that were made, and the number of false flags."""
    names: dict[str, str] = {}
    annotated: dict[str, Gold] = {}
    for document in (pair["child"], pair["parent"]):
        mine = [r for r in tables["targets"] if r["document_id"] == document]
        for i, j in pair_targets(mine, gold[document]["targets"]):
            names[mine[i]["target_id"]] = gold[document]["targets"][j]["id"]
        annotated |= {g["id"]: g for g in gold[document]["targets"]}
    have = _kinds_by_pair(rows, names)
    score = Score(exact=0)
    for wanted in pair["deviations"]:
        if wanted["must"]:
            _counted(score, have, wanted, pair["child"])
    wrong = _false_flags(have, annotated, pair)
    score.misses += [(pair["child"], None, f"báo nhầm {k}") for k in wrong]
    return score, len(wrong)


def _kinds_by_pair(rows: list[Row], names: dict[str, str]) -> _Have:
    """The kinds that rows tell, by the annotated names of their two targets (their ids where nobody annotated them)."""
    have: _Have = {}
    for row in rows:
        child, parent = (names.get(row[k], row[k] or None) for k in ("child_target_id", "parent_target_id"))
        have.setdefault((child, parent), set()).update(k.strip() for k in row["kinds"].split(";") if k.strip())
    return have


def _counted(score: Score, have: _Have, wanted: Gold, child: str) -> None:
    """Count one expected finding: made, and made without any other kind."""
    kinds, accepted = _accepted(have, wanted)
    right = bool(kinds & accepted)
    assert score.exact is not None
    score.exact += right and kinds <= accepted | set(wanted.get("also", []))
    said = f"{wanted['child']} ~ {wanted['parent']}: mẫu {wanted['kinds']}, có {sorted(kinds)}"
    count(score, right, child, None, said)


def _false_flags(have: _Have, annotated: dict[str, Gold], pair: Gold) -> list[tuple[str | None, str | None]]:
    """Findings about annotated targets that nobody expects and that no optional target excuses."""
    expected = {(w["child"], w["parent"]) for w in pair["deviations"]}
    spared = {i for i, g in annotated.items() if g["optional"]} | {
        w[k] for w in pair["deviations"] if not w["must"] for k in ("child", "parent") if w[k]
    }
    return [
        key
        for key, kinds in have.items()
        if key not in expected
        and kinds - {"equal", "implied"}
        and not set(key) & spared
        and any(side in annotated for side in key)
    ]


def wrong_slices(tables: dict[str, list[Row]], texts: dict[str, str]) -> tuple[int, int]:
    """(rows with a quote, rows whose quote is not the exact slice of the source)."""
    total = wrong = 0
    for rows in tables.values():
        for row in rows:
            if row.get("quote") and row.get("char_start") and row["document_id"] in texts:
                total += 1
                start, end = span(row)
                wrong += texts[row["document_id"]][start:end] != row["quote"]
    return total, wrong
