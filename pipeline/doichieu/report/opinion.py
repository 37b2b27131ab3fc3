"""The opinion on a comparison as a Word document in the office's form; docs/TEMPLATE.md lists the fields."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from doichieu.report.records import Card, ComparisonView, Finding
from doichieu.report.templates import templates_folder
from doichieu.report.word import render
from doichieu.report.words import words

_KEPT = frozenset({"equal", "implied"})


def opinion(view: ComparisonView, template: Path | None = None) -> bytes:
    """The opinion as bytes, from ``templates/opinion.docx`` (``opinion_en.docx`` in English) or an office's own
    ``template``.

    Raises :class:`doichieu.errors.UsageError` where the template cannot be used.
    """
    return render(
        template or templates_folder() / ("opinion.docx" if view.lang == "vi" else f"opinion_{view.lang}.docx"),
        values(view),
    )


def values(view: ComparisonView) -> dict[str, Any]:
    """What a template may print; every finding is in exactly one of ``groups``, ``kept``, ``aside`` (not
    addressed to the lower document, or told before) and ``rejected`` (misread by the program)."""
    names = words(view.lang)
    rejected = [f for f in view.findings if f.review.current == "wrong"]
    apart = {f.id for f in rejected}
    rest = [f for f in view.findings if f.id not in apart]
    kept = [f for f in rest if f.group == "rest" and _KEPT.issuperset(f.kinds)]
    aside = [f for f in rest if f.group == "rest" and not _KEPT.issuperset(f.kinds)]
    groups = [
        {"name": names["groups"][group], "count": len(found), "findings": [_row(f, names) for f in found]}
        for group in ("priority", "know")
        if (found := [f for f in rest if f.group.removesuffix("_more") == group])
    ]
    duties = Counter(d.verdict for d in view.duties)
    kinds = Counter(kind for f in view.findings for kind in f.kinds)
    return {
        "child": _card(view.child),
        "parent": _card(view.parent),
        "summary": view.sentence,
        "decisions": view.decisions_line,
        "counts": [{"name": title, "count": kinds[kind]} for kind, title in names["kinds"].items() if kinds[kind]],
        "groups": groups,
        "kept": [_row(f, names) for f in kept],
        "aside": [_row(f, names) for f in aside],
        "rejected": [_row(f, names) for f in rejected],
        "duty_counts": [{"name": title, "count": duties[key]} for key, title in names["duties"].items() if duties[key]],
        "duties": [
            {
                "n": n,
                "agency": d.agency,
                "role": d.role,
                "task": d.task,
                "place": d.place,
                "verdict": d.verdict_name,
                "answer": d.answer,
                "explanation": d.explanation,
            }
            for n, d in enumerate((d for d in view.duties if d.severity in ("high", "medium")), start=1)
        ],
        "conflicts": list(view.conflicts),
        "odd": [p.message for p in view.pair_problems],
    }


def _card(card: Card) -> dict[str, Any]:
    return {
        "name": card.name,
        "title": card.title,
        "facts": [{"name": fact.name, "value": fact.value} for fact in card.facts],
    }


def _row(f: Finding, names: Any) -> dict[str, Any]:
    text = names["text"]
    review = (
        [names["decisions"].get(f.review.current, ""), " ".join(f.review.decision.note.split())]
        if f.review.state == "current"
        else []
    )
    if f.review.state == "changed":
        review = [text["review_changed"]]
    return {
        "n": f.number,
        "severity": f.severity_name,
        "conclusion": f.conclusion,
        "headline": f.headline,
        "child": f.child.quote or f.child.absent,
        "child_place": f.child.place,
        "parent": f.parent.quote or f.parent.absent,
        "parent_place": f.parent.place,
        "proof": f.proof,
        "ground": f.proof_words or f.conclusion,
        "explanation": f.explanation,
        "declared": f.declared,
        "justification": f.justification,
        "review": ". ".join(part for part in review if part),
    }
