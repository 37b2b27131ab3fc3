"""What a rule is for: which kinds of figures, or what goes on with the target before; said beside the rule, asked in
one place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps

from doichieu.extraction.targets.sides import Before, Said, Sides

Rule = Callable[[Sides], Said | None]


def of_kinds(*kinds: str) -> Callable[[Rule], Rule]:
    """A rule that only reads measures of some kinds (``count``, ``percent``, …); it says nothing of others."""

    def only(rule: Rule) -> Rule:
        @wraps(rule)
        def asked(c: Sides) -> Said | None:
            return rule(c) if c.kind in kinds else None

        _of_some[asked] = (rule, frozenset(kinds))
        return asked

    return only


#: The rules for some kinds: what each asks where its kind is known, and the kinds.
_of_some: dict[Rule, tuple[Rule, frozenset[str]]] = {}


def for_kind(rules: Sequence[Rule], kind: str) -> tuple[Rule, ...]:
    """Those of some rules, in their order, that read measures of a kind: the others need not be asked."""
    known = ((rule, _of_some.get(rule)) for rule in rules)
    return tuple(some[0] if some else rule for rule, some in known if some is None or kind in some[1])


def going_on(rule: Callable[[Sides, Before], Said | None]) -> Rule:
    """A rule about what goes on with the target before it in its sentence; it says nothing where there is none, or none
    whose population is known."""

    @wraps(rule)
    def asked(c: Sides) -> Said | None:
        return rule(c, c.before) if c.before is not None else None

    return asked
