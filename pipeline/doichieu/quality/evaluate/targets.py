"""Targets against their annotations: which row is which annotation, and what of it is right."""

from __future__ import annotations

import re

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


_COUNTING = re.compile(r"^(?:các|những|số|số lượng|tỷ lệ|tỉ lệ) ")


def same_subject(row: Row, wanted: str | None) -> bool:
    """Whether the subject column names what the annotation names.

    Alike, or the same head with every word of the annotation in subject and scope.
    """
    have, want = (_COUNTING.sub("", fold(text)) for text in (row.get("subject"), wanted))
    if not want or have == want or fuzz.ratio(have, want) >= 80:
        return True
    words = {*have.split(), *fold(row.get("scope")).split()}
    return bool(have) and have.split()[0] == want.split()[0] and set(want.split()) <= words


def same_scope(row: Row, narrowings: list[str]) -> bool:
    """Whether every narrowing of the annotation stands in the scope or subject column."""
    have = fold(f"{row.get('subject') or ''} {row.get('scope') or ''}")
    return all(fuzz.partial_ratio(fold(item), have) >= 85 for item in narrowings)


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
                likeness = fuzz.token_set_ratio(_about(row), _about(target)) + common / (theirs[1] - theirs[0])
                options.append((likeness, not target["optional"], i, j))
    used_rows: set[int] = set()
    used_gold: set[int] = set()
    pairs = []
    for _, _, i, j in sorted(options, reverse=True):
        if i not in used_rows and j not in used_gold:
            used_rows.add(i)
            used_gold.add(j)
            pairs.append((i, j))
    return pairs


def targets(tables: dict[str, list[Row]], gold: dict[str, Gold]) -> Score:
    """Targets: found, complete (with population and deadline), and the accuracy of each field."""
    score = Score(complete=0, whole=0)
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
        own = Score(complete=0, whole=0, fields=score.fields, misses=score.misses)
        for i, j in pairs:
            if not annotated[j]["optional"]:
                own.found += 1
                _fields(own, rows[i], annotated[j], document)
        taken = {i for i, _ in pairs}
        optional = [g for g in annotated if g["optional"]]
        for i, row in enumerate(rows):
            if i not in taken and not any(shared(span(row), span(g)) for g in optional):
                own.spurious += 1
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
                own.missed += 1
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
        _add(score, own, document)
    return score


def _add(score: Score, own: Score, document: str) -> None:
    """Count one document into the whole."""
    for name in ("found", "spurious", "missed", "complete", "whole"):
        setattr(score, name, getattr(score, name) + getattr(own, name))
    score.by_document[document] = (own.f1, own.whole_f1 or 0.0)


def _fields(score: Score, row: Row, target: Gold, document: str) -> None:
    """Note what of a found target is right."""
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
    subject = any(same_subject(row, wanted) for wanted in (target["subject"], *others(target, "subject")))
    field_right(score, "subject", subject)
    narrowings = target.get("scope") or []
    for item in narrowings:
        field_right(score, "scope", same_scope(row, [item]))
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
    whole = date and about and subject and same_scope(row, narrowings)
    assert score.complete is not None and score.whole is not None
    score.complete += date and about
    score.whole += whole
    if not whole:
        about_whom = f"đối tượng “{row.get('subject')}”, phạm vi “{row.get('scope')}”"
        said = f"{target['id']}: thời hạn {row.get('deadline')}, {about_whom}"
        score.misses.append((document, target["char_start"], said))
