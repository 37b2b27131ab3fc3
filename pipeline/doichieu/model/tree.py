"""The clauses of a document as a tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

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


#: A longer paragraph before a list is prose.
_LONGEST_LEAD = 260


def leads_of(clauses: Iterable[Clause], read: Callable[[str], str]) -> dict[str, str]:
    """For each clause the paragraph before it in the same list that leads the list in: it ends with a colon.

    ``read`` makes of a clause's text the wording that is looked at and told; where nothing leads in it is empty.
    """
    current: dict[str, str] = {}
    out: dict[str, str] = {}
    for clause in clauses:
        if clause.leaf and clause.kind == "paragraph" and not clause.marker:
            text = read(clause.text)
            current[clause.parent_id] = text if text.endswith(":") and len(text) <= _LONGEST_LEAD else ""
        out[clause.clause_id] = current.get(clause.parent_id, "") or out.get(clause.parent_id, "")
    return out
