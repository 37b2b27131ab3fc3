"""Many children against one parent: a matrix of the parent's targets by children, each cell its verdict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pipeline.model import Comparison, Deviation, Document, PortfolioCell, Target
from pipeline.wording import document_name, legal_path, quantity_words

_WORST = {"high": 0, "medium": 1, "low": 2, "info": 3}


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
            if key and (key not in best or _WORST[deviation.severity] < _WORST[best[key].severity]):
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
    from pipeline.report.html import render, safe_text
    from pipeline.report.labels import KINDS, SIGNS, TEXT
    from pipeline.report.worddiff import shown

    lines = []
    for target in portfolio.targets:
        cells: list[dict[str, str] | None] = []
        for child in portfolio.children:
            entry = portfolio.entries.get((target.target_id, child.document_id))
            if entry is None:
                cells.append(None)
                continue
            link = f"{folders[child.document_id]}/report.html#{entry.deviation_id}" if child.document_id in folders else ""
            cells.append(
                {
                    "severity": entry.severity, "sign": SIGNS[entry.severity], "link": link, "value": entry.child_value,
                    "kinds": ", ".join(KINDS[lang][k] for k in entry.kinds),
                }
            )  # fmt: skip
        lines.append(
            {"path": legal_path(target.clause_path), "quote": safe_text(shown(target.quote))[:220], "subject": safe_text(target.subject), "cells": cells}
        )
    children = [
        {"name": document_name(c), "title": safe_text(c.info.title), "counts": portfolio.counts(c)} for c in portfolio.children
    ]
    return render("portfolio.html.j2", lang=lang, t=TEXT[lang], parent=document_name(portfolio.parent), title=safe_text(portfolio.parent.info.title), children=children, rows=lines)


__all__ = ["Portfolio", "build", "page", "rows"]
