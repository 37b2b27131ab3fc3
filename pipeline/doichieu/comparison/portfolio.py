"""Many children against one parent: a matrix of the parent's targets by children, each cell its verdict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from doichieu.comparison.sums import common_additions, sums
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
    entries = {key: _agreed(cell, entries, len(group)) for key, cell in entries.items()}
    return Portfolio(
        parent, tuple(c.child for c in group), targets, entries, tuple(sums(group)), tuple(common_additions(group))
    )


#: Verdicts by which a child keeps a target of the parent.
KEPT = frozenset({"equal", "stricter", "deadline_earlier", "scope_broader", "modality_stronger", "implied"})


def _agreed(cell: PortfolioCell, entries: dict[tuple[str, str], PortfolioCell], compared: int) -> PortfolioCell:
    """The cell with how many of the children keep its target."""
    row = [other for (target, _), other in entries.items() if target == cell.parent_target_id]
    return replace(cell, agree=sum(1 for other in row if set(other.kinds) <= KEPT), compared=compared)


def rows(portfolio: Portfolio) -> list[PortfolioCell]:
    """The cells of ``portfolio.csv``: the parent's order, then the children's."""
    return [
        portfolio.entries[t.target_id, c.document_id]
        for t in portfolio.targets
        for c in portfolio.children
        if (t.target_id, c.document_id) in portfolio.entries
    ]


__all__ = ["Portfolio", "build", "rows"]
