"""What the page of a comparison holds to make verdicts and counts anew when a reviewer mends.

Targets stand in the order of the choices of the view; ``templates/verdicts.js.j2`` and ``mends.js.j2`` read this.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from doichieu.comparison.owed.severity import severity_rules
from doichieu.comparison.relations.verdicts import PLAIN, STRIVEN
from doichieu.comparison.remade import remade
from doichieu.model import NOT_OWED, Comparison, Document
from doichieu.report.groups import GROUPS, KEPT, LEADING, MINUTE, told
from doichieu.report.mends import Done
from doichieu.report.panels import COVERAGE_CLASS
from doichieu.report.records import ComparisonView
from doichieu.report.words import SIGNS, words


def remaking(view: ComparisonView, comparison: Comparison) -> dict[str, Any] | None:
    """The data of the page; None where nothing can be mended."""
    found = remade(comparison, [(d.child_target_id, d.parent_target_id) for d in view.mends if d.applied])
    if found is None or comparison.parent is None:
        return None
    names = words(view.lang)
    child, parent = _chosen(comparison.child), _chosen(comparison.parent)
    here = {target_id: i for i, target_id in enumerate(child)}
    there = {target_id: i for i, target_id in enumerate(parent)}
    return {
        "facts": {"c": _rows(found.child, child), "p": _rows(found.parent, parent)},
        "pairs": [
            [here[c], there[p], a.predicate, a.scope, int(a.bases), a.declared, a.scope_same]
            for (c, p), a in found.pairs.items()
            if c in here and p in there
        ],
        "dimensions": found.dimensions,
        "same": found.same,
        "area": found.other_area,
        "plain": PLAIN,
        "striven": STRIVEN,
        "rules": [
            {
                "kinds": rule.kinds,
                "declared": rule.declared,
                "parts": rule.parts,
                "edge": rule.edge,
                "applicability": rule.applicability,
                "instead": rule.instead,
                "severity": rule.severity,
            }
            for rule in severity_rules()
        ],
        "notOwed": sorted(NOT_OWED),
        "kept": sorted(KEPT),
        "leading": LEADING,
        "minute": MINUTE,
        "groups": {key: names["groups"][key] for key in (*GROUPS, "priority_more")},
        "severities": names["severities"],
        "signs": SIGNS,
        "coverage": COVERAGE_CLASS,
        "coverageNames": names["coverage"],
        "sentence": {key: _forms(form, view.lang) for key, form in names["sentence"].items() if key != "tasks"},
        "counted": {key: _forms(form, view.lang) for key, form in names["counted"].items()},
        "applied": {name_of(d): _applied(d) for d in view.mends if d.applied},
    }


def _forms(form: str, lang: str) -> tuple[str, str]:
    """A form for one and for many, the number and the parts still to be filled in."""
    one = told(form.replace("{n}", "{{n}}").replace("{parts}", "{{parts}}"), 1, lang)
    return one, form


def name_of(done: Done) -> str:
    """How the script of the page calls a mend."""
    one = done.mended
    return json.dumps([one.kind, one.child_key, one.parent_key], separators=(",", ":"), ensure_ascii=False) + one.at


def _applied(done: Done) -> dict[str, Any]:
    """An applied mend: the keys that its targets have now, and the values that it replaced."""
    return {
        "child": done.child_key,
        "parent": done.parent_key,
        "was": {"child": done.child_was, "parent": done.parent_was},
    }


def _chosen(document: Document) -> list[str]:
    """The ids of the targets that can be chosen, in the order of the choices."""
    return [t.target_id for t in document.targets if not t.same_as]


def _rows(facts: dict[str, Any], order: list[str]) -> list[list[Any]]:
    rows = []
    for target_id in order:
        row: list[Any] = msgspec.to_builtins(facts[target_id])
        while row and row[-1] in ("", None):
            row.pop()
        rows.append(row)
    return rows
