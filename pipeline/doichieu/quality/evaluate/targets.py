"""Targets against their annotations: which row is which annotation, and what of it is right."""

from __future__ import annotations

from rapidfuzz import fuzz

from doichieu.quality.evaluate.score import Gold, Row, Score, field_right, figure, fold, others, shared, span, unit


def _same_unit(one: str | None, other: str | None) -> bool:
    if one == other:
        return True
    if not one or not other or ("%" in one) != ("%" in other):
        return False
    return fuzz.ratio(one, other) >= 80 or one in other or other in one


def _same_measure(row: Row, gold: Gold) -> bool:
    value = figure(row.get("value"))
    operators = [gold.get("operator") or None, *others(gold, "operator")]
    if (row.get("operator") or None) not in operators:
        return False
    if (value, figure(row.get("value_max"))) != (figure(gold.get("value")), figure(gold.get("value_max"))):
        return False
    mine = unit(row.get("unit")) if value is not None else None
    theirs = unit(gold.get("unit")) if gold.get("value") is not None else None
    return any(_same_unit(mine, u) for u in [theirs, *(unit(x) for x in others(gold, "unit"))])


def _same_grade(row: Row, gold: Gold) -> bool:
    levels = [fold(gold.get("level")) or None, *(fold(x) or None for x in others(gold, "level"))]
    mine = fold(row.get("level")) or None
    if mine is None:
        return None in levels
    if (row.get("level_operator") or None) != (gold.get("level_operator") or None if gold.get("level") else None):
        return False
    return any(level and fuzz.token_set_ratio(mine, level) >= 90 for level in levels)


def _about(record: Row | Gold) -> str:
    scope = record.get("scope") or ""
    return fold(
        " ".join(
            x
            for x in (
                record.get("subject"),
                "; ".join(scope) if isinstance(scope, list) else scope,
                record.get("indicator"),
            )
            if x
        )
    )


def pair_targets(rows: list[Row], gold: list[Gold]) -> list[tuple[int, int]]:
    """The best one-to-one pairs (row, annotation) of equal measure and grade whose spans overlap enough."""
    options = []
    for i, row in enumerate(rows):
        own = span(row)
        for j, target in enumerate(gold):
            theirs = span(target)
            common = shared(own, theirs)
            if common < 0.3 * (theirs[1] - theirs[0]) and common < 0.8 * (own[1] - own[0]):
                continue
            if _same_grade(row, target) and _same_measure(row, target):
                options.append(
                    (fuzz.token_set_ratio(_about(row), _about(target)) + common / (theirs[1] - theirs[0]), i, j)
                )
    used_rows: set[int] = set()
    used_gold: set[int] = set()
    pairs = []
    for _, i, j in sorted(options, reverse=True):
        if i not in used_rows and j not in used_gold:
            used_rows.add(i)
            used_gold.add(j)
            pairs.append((i, j))
    return pairs


def targets(tables: dict[str, list[Row]], gold: dict[str, Gold]) -> Score:
    """Targets: found, complete (with population and deadline), and the accuracy of each field."""
    score = Score(complete=0)
    for document, record in gold.items():
        if "targets" not in record:
            continue
        rows = [
            r for r in tables["targets"] if r["document_id"] == document and (r["operator"] or r["value"] or r["level"])
        ]
        if record.get("annotated_spans"):
            rows = [r for r in rows if any(shared(span(r), s) for s in record["annotated_spans"])]
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
            if i not in taken and not any(shared(span(row), span(g)) for g in optional):
                score.spurious += 1
                score.misses.append(
                    (
                        document,
                        span(row)[0],
                        f"thừa chỉ tiêu {row['operator']} {row['value']} {row['unit']} {row['level']}",
                    )
                )
        met = {j for _, j in pairs}
        for j, target in enumerate(annotated):
            if j not in met and not target["optional"]:
                score.missed += 1
                score.misses.append(
                    (
                        document,
                        target["char_start"],
                        (
                            f"thiếu chỉ tiêu {target['id']}: {target.get('operator')} {target.get('value')} "
                            f"{target.get('level')}"
                        ),
                    )
                )
    return score


def _complete(score: Score, row: Row, target: Gold, document: str) -> bool:
    date = (row.get("deadline") or None) in [target["deadline"], *others(target, "deadline")]
    about = (
        fuzz.token_set_ratio(_about(row), _about(target)) >= 75
        and fuzz.partial_token_set_ratio(fold(row.get("subject")), fold(target["subject"])) >= 75
    )
    field_right(score, "deadline", date)
    field_right(
        score,
        "deadline_operator",
        (row.get("deadline_operator") or "<=")
        in (target.get("deadline_operator") or "<=", *others(target, "deadline_operator")),
    )
    field_right(score, "about", about)
    for item in target.get("scope") or []:
        field_right(score, "scope", fuzz.partial_ratio(fold(item), fold(row.get("scope"))) >= 85)
    if target.get("modality"):
        field_right(score, "modality", fold(row.get("modality")) == fold(target["modality"]))
    if target.get("direction"):
        field_right(score, "direction", (row.get("direction") or None) == target["direction"])
    if target.get("footnote"):
        field_right(score, "footnote", (row.get("footnote") or "").strip() == target["footnote"])
    if target.get("reference"):
        wanted = target["reference"]
        field_right(
            score,
            "reference",
            figure(row.get("reference_value")) == wanted["value"]
            and row.get("reference_operator") == wanted["operator"],
        )
    if not (date and about):
        score.misses.append(
            (
                document,
                target["char_start"],
                f"{target['id']}: thời hạn {row.get('deadline')}, đối tượng “{row.get('subject')}”",
            )
        )
    return date and about
