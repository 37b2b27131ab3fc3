"""Which kinds of figures a rule is for: said beside the rule, asked in one place."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from doichieu.extraction.targets.sides import Said, Sides

Rule = Callable[[Sides], Said | None]


def of_kinds(*kinds: str) -> Callable[[Rule], Rule]:
    """A rule that only reads measures of some kinds (``count``, ``percent``, …); it says nothing of others."""

    def only(rule: Rule) -> Rule:
        @wraps(rule)
        def asked(c: Sides) -> Said | None:
            return rule(c) if c.kind in kinds else None

        return asked

    return only
