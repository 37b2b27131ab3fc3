"""Many children against one parent: a matrix of the parent's targets by children, each cell its verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from doichieu.comparison.several.sums import common_additions, sums
from doichieu.comparison.several.versions import latest, same_targets
from doichieu.model import (
    SEVERITY_ORDER,
    CommonAddition,
    Comparison,
    Deviation,
    Document,
    PortfolioCell,
    PortfolioSum,
    Target,
)
from doichieu.naming import quantity_words

#: Verdicts by which a child keeps a target of the parent.
KEPT = frozenset({"equal", "stricter", "deadline_earlier", "scope_broader", "modality_stronger", "implied"})


class Portfolio(NamedTuple):
    """The whole matrix: rows are the parent's targets, columns the children, in the order given."""

    parent: Document
    children: tuple[Document, ...]
    targets: tuple[Target, ...]
    entries: dict[tuple[str, str], PortfolioCell]
    sums: tuple[PortfolioSum, ...] = ()
    added: tuple[CommonAddition, ...] = ()

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


def _asked(document: Document) -> list[Target]:
    return [t for t in document.targets if not t.same_as and (t.operator or t.level)]


def _matrix(group: list[Comparison]) -> Portfolio:
    """The matrix of one parent: its rows are the targets of its latest version, and those that only earlier ones had.

    Each child is judged by what held on its own day; its cell names that target and its requirement.
    """
    versions = [comparison.parent for comparison in group if comparison.parent is not None]
    parent = latest(versions)
    targets = _asked(parent)
    entries: dict[tuple[str, str], PortfolioCell] = {}
    row_of: list[dict[str, str]] = []
    for comparison, version in zip(group, versions, strict=True):
        held = same_targets(_asked(version), targets) if version is not parent else {}
        gone = [t for t in _asked(version) if t.target_id not in held] if version is not parent else []
        targets += gone
        rows_of = {t.target_id: held.get(t.target_id, t).target_id for t in _asked(version)}
        row_of.append(rows_of)
        own = {t.target_id: t for t in comparison.child.targets}
        best: dict[str, Deviation] = {}
        for deviation in comparison.deviations:
            key = deviation.parent_target_id
            if key and (key not in best or SEVERITY_ORDER[deviation.severity] < SEVERITY_ORDER[best[key].severity]):
                best[key] = deviation
        for target in _asked(version):
            found = best.get(target.target_id)
            if found is None:
                continue
            answer = own.get(found.child_target_id)
            entries[rows_of[target.target_id], comparison.child.document_id] = PortfolioCell(
                parent.document_id,
                target.target_id,
                target.clause_path,
                target.quote,
                quantity_words(target),
                comparison.child.document_id,
                found.child_target_id,
                found.kinds,
                found.severity,
                quantity_words(answer) if answer else "",
                found.deviation_id,
                parent_deadline=target.deadline,
                child_deadline=answer.deadline if answer else "",
                child_quote=answer.quote if answer else "",
            )
    group = [_as_latest(comparison, parent, rows) for comparison, rows in zip(group, row_of, strict=True)]
    kept = Counter(target for (target, _), cell in entries.items() if KEPT.issuperset(cell.kinds))
    entries = {key: replace(cell, agree=kept[key[0]], compared=len(group)) for key, cell in entries.items()}
    return Portfolio(
        parent,
        tuple(c.child for c in group),
        tuple(targets),
        entries,
        tuple(sums(group)),
        tuple(common_additions(group)),
    )


def _as_latest(comparison: Comparison, parent: Document, rows: Mapping[str, str]) -> Comparison:
    """A comparison as if made with the latest version: its findings name the targets of that one."""
    if comparison.parent is parent:
        return comparison
    named = tuple(replace(d, parent_target_id=rows.get(d.parent_target_id, "")) for d in comparison.deviations)
    return replace(comparison, parent=parent, deviations=named)


def rows(portfolio: Portfolio) -> list[PortfolioCell]:
    """The cells of ``portfolio.csv``: the parent's order, then the children's."""
    return [
        portfolio.entries[t.target_id, c.document_id]
        for t in portfolio.targets
        for c in portfolio.children
        if (t.target_id, c.document_id) in portfolio.entries
    ]


__all__ = ["Portfolio", "build", "rows"]
