"""The clauses of a document as a tree."""

from __future__ import annotations

from collections import defaultdict

from doichieu.model import Clause


class Tree:
    """Parents, children and headings of a document's clauses, by structure and never by string prefix."""

    def __init__(self, clauses: list[Clause]) -> None:
        self.clauses = clauses
        self.by_id = {clause.clause_id: clause for clause in clauses}
        self.order = {clause.clause_id: index for index, clause in enumerate(clauses)}
        children: dict[str, list[Clause]] = defaultdict(list)
        for clause in clauses:
            children[clause.parent_id].append(clause)
        self._children = dict(children)
        self._above: dict[str, tuple[Clause, ...]] = {}

    def parent(self, clause: Clause) -> Clause | None:
        """The clause above, None at the top."""
        return self.by_id.get(clause.parent_id)

    def children(self, clause: Clause) -> list[Clause]:
        """The clauses directly below, in document order."""
        return self._children.get(clause.clause_id, [])

    def children_of(self, clause_id: str) -> list[Clause]:
        """The clauses directly below the clause of an id; the outermost ones for the empty id."""
        return self._children.get(clause_id, [])

    def ancestors(self, clause: Clause) -> tuple[Clause, ...]:
        """The clauses above, nearest first."""
        found = self._above.get(clause.parent_id)
        if found is None:
            parent = self.by_id.get(clause.parent_id)
            found = (parent, *self.ancestors(parent)) if parent is not None else ()
            self._above[clause.parent_id] = found
        return found

    def siblings_before(self, clause: Clause) -> list[Clause]:
        """The clauses with the same parent that stand before, nearest first."""
        group = self._children.get(clause.parent_id, [])
        before = [other for other in group if self.order[other.clause_id] < self.order[clause.clause_id]]
        return before[::-1]
