"""Many children against one parent: a matrix of the parent's targets by children, each cell its verdict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pipeline.model import SEVERITY_ORDER, Comparison, Deviation, Document, PortfolioCell, Target
from pipeline.wording import quantity_words


class Portfolio(NamedTuple):
    """The whole matrix: rows are the parent's targets, columns the children, in the order given."""

    parent: Document
    children: tuple[Document, ...]
    targets: tuple[Target, ...]
    entries: dict[tuple[str, str], PortfolioCell]

    def counts(self, child: Document) -> dict[str, int]:
        """How many targets of the parent a child keeps, by severity of the verdict."""
        out: dict[str, int] = {}
        for target in self.targets:
            entry = self.entries.get((target.target_id, child.document_id))
            if entry is not None:
                out[entry.severity] = out.get(entry.severity, 0) + 1
        return out


def build(comparisons: Iterable[Comparison]) -> list[Portfolio]:
    """One matrix per parent that two or more children were compared with, in the order of first appearance."""
    by_parent: dict[str, list[Comparison]] = {}
    for comparison in comparisons:
        if comparison.parent is not None:
            by_parent.setdefault(comparison.parent.document_id, []).append(comparison)
    return [_matrix(group) for group in by_parent.values() if len(group) > 1]


def _matrix(group: list[Comparison]) -> Portfolio:
    parent = group[0].parent
    assert parent is not None
    targets = tuple(t for t in parent.targets if not t.same_as and (t.operator or t.level))
    entries: dict[tuple[str, str], PortfolioCell] = {}
    for comparison in group:
        own = {t.target_id: t for t in comparison.child.targets}
        best: dict[str, Deviation] = {}
        for deviation in comparison.deviations:
            key = deviation.parent_target_id
            if key and (key not in best or SEVERITY_ORDER[deviation.severity] < SEVERITY_ORDER[best[key].severity]):
                best[key] = deviation
        for target in targets:
            found = best.get(target.target_id)
            if found is None:
                continue
            answer = own.get(found.child_target_id)
            entries[target.target_id, comparison.child.document_id] = PortfolioCell(
                parent.document_id, target.target_id, target.clause_path, target.quote, quantity_words(target), comparison.child.document_id,
                found.child_target_id, found.kinds, found.severity, quantity_words(answer) if answer else "", found.deviation_id,
            )  # fmt: skip
    return Portfolio(parent, tuple(c.child for c in group), targets, entries)


def rows(portfolio: Portfolio) -> list[PortfolioCell]:
    """The cells of ``portfolio.csv``: the parent's order, then the children's."""
    return [
        portfolio.entries[t.target_id, c.document_id]
        for t in portfolio.targets
        for c in portfolio.children
        if (t.target_id, c.document_id) in portfolio.entries
    ]


def page(portfolio: Portfolio, folders: dict[str, str], *, lang: str = "vi") -> str:
    """``portfolio.html``: the matrix, coloured by verdict; each cell opens its finding in the pair's own report."""
    from urllib.parse import quote

    from pipeline.report.clean import shown
    from pipeline.report.html import render
    from pipeline.report.phrases import conclusion, due, measure, place
    from pipeline.report.phrases import document_name as called
    from pipeline.report.records import searchable
    from pipeline.report.words import name, words
    from pipeline.text import short

    # Quoted, a folder is one step of a path whatever its name holds: no scheme, no query, no anchor.
    reports = {key: f"{quote(folder, safe='')}/report.html" for key, folder in folders.items()}
    own = {c.document_id: {t.target_id: t for t in c.targets} for c in portfolio.children}
    counts = {c.document_id: portfolio.counts(c) for c in portfolio.children}
    lines = []
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
                    "severity": entry.severity, "link": link, "value": measure(answer, lang) if answer else "", "kinds": conclusion(entry.kinds, lang),
                    "severity_name": name(lang, "severities", entry.severity),
                }
            )  # fmt: skip
        worst = min((SEVERITY_ORDER[c["severity"]] for c in cells if c), default=3)
        lines.append(
            {
                "path": place(target.clause_path, lang), "quote": short(shown(target.quote), 260), "subject": shown(target.subject), "measure": measure(target, lang),
                "deadline": due(target, lang), "cells": cells, "worst": str(worst), "search": searchable(target.quote, target.subject, target.indicator),
            }
        )  # fmt: skip
    children = [
        {
            "name": called(c, lang), "title": shown(c.info.title), "issuer": shown(c.info.issuer or c.info.place), "link": reports.get(c.document_id, ""),
            "counts": [(s, counts[c.document_id][s], name(lang, "severities", s)) for s in SEVERITY_ORDER if s in counts[c.document_id]],
        }
        for c in portfolio.children
    ]  # fmt: skip
    title = called(portfolio.parent, lang)
    return render(
        "portfolio.html.j2", lang, f"{words(lang)['text']['portfolio']}: {title}", parent=title, title=shown(portfolio.parent.info.title), children=children, rows=lines
    )


__all__ = ["Portfolio", "build", "page", "rows"]
