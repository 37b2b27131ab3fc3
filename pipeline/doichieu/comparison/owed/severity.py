"""How serious a finding is, from the table that legal staff edit."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import msgspec

from doichieu.lexicon import load
from doichieu.lexicon.shapes import SeverityFile, SeverityRule
from doichieu.model import SEVERITY_ORDER, Severity


@lru_cache(maxsize=1)
def severity_rules() -> list[SeverityRule]:
    """The rules of ``severity.toml`` in their order."""
    return msgspec.convert(load("severity"), SeverityFile).rule


def _fits(rule: SeverityRule, kinds: tuple[str, ...], declared: str, sides: _Sides) -> bool:
    """Whether a rule speaks of such a finding."""
    return (
        all(kind in kinds for kind in rule.kinds)
        and rule.declared in ("any", declared)
        and rule.parts in (None, sides.parts)
        and rule.edge in (None, sides.edge)
        and (not rule.applicability or sides.applicability in rule.applicability)
    )


class _Sides(NamedTuple):
    """What a rule may ask of the two sides besides the kinds."""

    parts: bool
    edge: bool
    applicability: str


def severity_of(
    kinds: tuple[str, ...], declared: str, *, parts: bool = False, edge: bool = False, applicability: str = ""
) -> tuple[Severity, str]:
    """Severity and its reason: the most serious rule that fits, the earlier of two alike.

    A rule that stands ``instead`` of the later ones for its kinds takes them out.  ``parts`` tells that the two values
    are sums over areas of different levels, of which one is part of the other; ``edge`` that one bound includes the
    value and the other does not (``từ 80%`` against ``trên 80%``).

    >>> severity_of(("stricter", "deadline_later"), "")[0], severity_of(("looser",), "true")[0]
    ('high', 'medium')
    >>> severity_of(("omitted",), "", applicability="national")[0]
    'info'
    """
    sides = _Sides(parts, edge, applicability)
    best: tuple[Severity, str] | None = None
    settled: set[str] = set()
    for rule in severity_rules():
        if not _fits(rule, kinds, declared, sides) or settled & set(rule.kinds):
            continue
        if rule.instead:
            settled.update(rule.kinds)
        if best is None or SEVERITY_ORDER[rule.severity] < SEVERITY_ORDER[best[0]]:
            best = (rule.severity, rule.reason)
    return best or ("info", "")


__all__ = ["severity_of", "severity_rules"]
