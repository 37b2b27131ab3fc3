"""The opinion on a comparison as a Word document in the office's form; docs/TEMPLATE.md lists the fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from doichieu.report.groups import KEPT
from doichieu.report.phrases import place
from doichieu.report.records import Card, ComparisonView, DutyLine, Finding
from doichieu.report.templates import templates_folder
from doichieu.report.word import render
from doichieu.report.word_templates import form_name
from doichieu.report.words import words
from doichieu.text import fold, short

_LOOKED_AT = frozenset({"high", "medium"})
_HELD_IN = re.compile(r"(?:/[-+]\d+)+$")  # dashes and crosses below a point or a clause
_LINE = 130  # letters of a task that tell which one it is


def opinion(view: ComparisonView, template: Path | None = None, authority: str = "state") -> bytes:
    """The opinion as bytes, in the form of the ``authority`` that signs it (``state``, ``party``) or in an office's own
    ``template``.

    Raises :class:`doichieu.errors.UsageError` where the template cannot be used.
    """
    return render(template or templates_folder() / form_name(view.lang, authority), values(view))


def values(view: ComparisonView) -> dict[str, Any]:
    """What a template may print; every finding is in exactly one of ``groups``, ``kept``, ``aside`` (not
    addressed to the lower document, or told before) and ``rejected`` (misread by the program)."""
    names = words(view.lang)
    rejected = [f for f in view.findings if f.review.current == "wrong"]
    apart = {f.id for f in rejected}
    rest = [f for f in view.findings if f.id not in apart]
    kept = [f for f in rest if f.group == "rest" and KEPT.issuperset(f.kinds)]
    aside = [f for f in rest if f.group == "rest" and not KEPT.issuperset(f.kinds)]
    duties = Counter(d.verdict for d in view.duties)
    kinds = Counter(kind for f in view.findings for kind in f.kinds)
    owed = [_task(n, d, names) for n, d in enumerate((d for d in view.duties if d.severity in _LOOKED_AT), start=1)]
    return {
        "child": _card(view.child),
        "parent": _card(view.parent),
        "summary": view.sentence,
        "sentences": list(view.sentences),
        "decisions": view.decisions_line,
        "counts": _counted(names["kinds"], kinds),
        "groups": _groups(rest, names),
        "kept": [_row(f, names) for f in kept],
        "kept_places": _places(kept, view.lang),
        "aside": [_row(f, names) for f in aside],
        "rejected": [_row(f, names) for f in rejected],
        "duty_counts": _counted(names["duties"], duties),
        "duties": owed,
        "duty_groups": _by_verdict(owed, names),
        "conflicts": list(view.conflicts),
        "odd": [p.message for p in view.pair_problems],
    }


def _counted(titles: Mapping[str, str], counts: Counter[str]) -> list[dict[str, Any]]:
    """How many there are of each, in the order of the titles."""
    return [{"name": title, "count": counts[key]} for key, title in titles.items() if counts[key]]


def _groups(rest: list[Finding], names: Any) -> list[dict[str, Any]]:
    """What is to be looked at first, then what is to be known."""
    return [
        {
            "name": names["groups"][group],
            "count": len(found),
            "findings": [_row(f, names) for f in found],
            "compared": [_row(f, names) for f in found if f.parent.quote],
            "added": [_row(f, names) for f in found if not f.parent.quote],
        }
        for group in ("priority", "know")
        if (found := [f for f in rest if f.group.removesuffix("_more") == group])
    ]


def _by_verdict(owed: list[dict[str, Any]], names: Any) -> list[dict[str, Any]]:
    """The tasks that are looked at, by what became of them."""
    return [
        {"name": title, "count": len(tasks), "duties": tasks}
        for title in names["duties"].values()
        if (tasks := [d for d in owed if d["verdict"] == title])
    ]


def _places(kept: list[Finding], lang: str) -> list[dict[str, Any]]:
    """Where the targets that are kept stand, by the clause that holds them, with how many each holds."""
    count = Counter(_HELD_IN.sub("", f.parent.path) for f in kept)
    return [{"place": place(path, lang) or words(lang)["text"]["wording"], "count": n} for path, n in count.items()]


def _task(n: int, d: DutyLine, names: Any) -> dict[str, Any]:
    return {
        "n": n,
        "agency": d.agency,
        "body": "" if d.agency == names["text"]["no_body"] else d.agency,
        "role": d.role,
        "task": d.task,
        "about": short(d.task, _LINE).rstrip(".;, "),
        "place": d.place,
        "verdict": d.verdict_name,
        "answer": d.answer,
        "explanation": d.explanation,
        "differs": d.explanation.removeprefix(d.verdict_name).lstrip(":. ").rstrip("."),
    }


def _card(card: Card) -> dict[str, Any]:
    return {
        "name": card.name,
        "title": card.title,
        "facts": [{"name": fact.name, "value": fact.value} for fact in card.facts],
        "rest": [{"name": fact.name, "value": fact.value} for fact in card.facts if not _said(fact.value, card)],
    }


def _said(value: str, card: Card) -> bool:
    """Whether a fact stands in the name or the title of a document already."""
    return fold(value) in fold(f"{card.name} {card.title}")


def _row(f: Finding, names: Any) -> dict[str, Any]:
    text = names["text"]
    review = (
        [names["decisions"].get(f.review.current, ""), " ".join(f.review.decision.note.split())]
        if f.review.state == "current"
        else []
    )
    if f.review.state == "changed":
        review = [text["review_changed"]]
    if f.mended:
        review = [f.mended, *review]
    return {
        "n": f.number,
        "severity": f.severity_name,
        "conclusion": f.conclusion,
        "headline": f.headline,
        "both": bool(f.child.quote and f.parent.quote),
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
