"""The page of a portfolio: one parent's targets by many children."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from doichieu.comparison.authorities.territory import level_of
from doichieu.comparison.several.portfolio import Portfolio
from doichieu.lexicon import load
from doichieu.model import SEVERITY_ORDER
from doichieu.report.clean import shown
from doichieu.report.html import render
from doichieu.report.phrases import conclusion, due, measure, place
from doichieu.report.phrases import document_name as called
from doichieu.report.records import searchable
from doichieu.report.words import name, words
from doichieu.text import short


def page(portfolio: Portfolio, folders: dict[str, str], *, lang: str = "vi") -> str:
    """``portfolio.html``: the matrix, coloured by verdict; each cell opens its finding in the pair's own report."""
    # Quoted, a folder is one step of a path whatever its name holds: no scheme, no query, no anchor.
    reports = {key: f"{quote(folder, safe='')}/report.html" for key, folder in folders.items()}
    own = {c.document_id: {t.target_id: t for t in c.targets} for c in portfolio.children}
    counts = {c.document_id: portfolio.counts(c) for c in portfolio.children}
    lines: list[dict[str, Any]] = []
    for target in portfolio.targets:
        cells: list[dict[str, str] | None] = []
        for child in portfolio.children:
            entry = portfolio.entries.get((target.target_id, child.document_id))
            if entry is None:
                cells.append(None)
                continue
            link = f"{reports[child.document_id]}#{entry.deviation_id}" if child.document_id in reports else ""
            answer = own[child.document_id].get(entry.child_target_id)
            cells.append(
                {
                    "severity": entry.severity,
                    "link": link,
                    "value": measure(answer, lang) if answer else "",
                    "kinds": conclusion(entry.kinds, lang),
                    "severity_name": name(lang, "severities", entry.severity),
                    "all": " ".join(entry.kinds),
                }
            )
        worst = min((SEVERITY_ORDER[c["severity"]] for c in cells if c), default=3)
        lines.append(
            {
                "path": place(target.clause_path, lang),
                "quote": short(shown(target.quote), 260),
                "subject": shown(target.subject),
                "measure": measure(target, lang),
                "deadline": due(target, lang),
                "cells": cells,
                "worst": str(worst),
                "kinds": " ".join(sorted({kind for c in cells if c for kind in c["all"].split()})),
                **_agreement(portfolio, target.target_id),
                "search": searchable(target.quote, target.subject, target.indicator),
            }
        )
    levels = [entry["level"] for entry in load("applicability")["level"]]  # from the centre down
    children = [
        {
            "name": called(c, lang),
            "title": shown(c.info.title),
            "issuer": shown(c.info.issuer or c.info.place),
            "link": reports.get(c.document_id, ""),
            "level": levels.index(level) if (level := level_of(c)) in levels else len(levels),
            "counts": [
                (s, counts[c.document_id][s], name(lang, "severities", s))
                for s in SEVERITY_ORDER
                if s in counts[c.document_id]
            ],
            "heavy": counts[c.document_id].get("high", 0) * 1000 + counts[c.document_id].get("medium", 0),
        }
        for c in portfolio.children
    ]
    found = {kind for line in lines for kind in line["kinds"].split()}
    title = called(portfolio.parent, lang)
    return render(
        "portfolio.html.j2",
        lang,
        f"{words(lang)['text']['portfolio']}: {title}",
        parent=title,
        title=shown(portfolio.parent.info.title),
        children=children,
        rows=lines,
        severities=list(words(lang)["severities"].items()),
        kinds=[(kind, title) for kind, title in words(lang)["kinds"].items() if kind in found],
    )


def _agreement(portfolio: Portfolio, target_id: str) -> dict[str, int]:
    """How many of the lower documents keep a target, of those that were compared."""
    cells = [c for c in portfolio.children if (target_id, c.document_id) in portfolio.entries]
    if not cells:
        return {"agree": 0, "compared": len(portfolio.children)}
    entry = portfolio.entries[target_id, cells[0].document_id]
    return {"agree": entry.agree, "compared": entry.compared}
