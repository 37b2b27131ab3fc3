"""How serious a finding is, from the table that legal staff edit."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from doichieu.lexicon import load
from doichieu.model import SEVERITY_ORDER, Severity


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule of the table; ``parts``, ``edge`` and ``applicability`` are asked only where the rule names them."""

    kinds: tuple[str, ...]
    declared: str
    severity: Severity
    reason: str
    parts: bool | None = None
    edge: bool | None = None
    applicability: tuple[str, ...] = ()
    instead: bool = False

    def fits(self, kinds: tuple[str, ...], declared: str, parts: bool, edge: bool, applicability: str) -> bool:
        """Whether the rule speaks of such a finding."""
        return (
            all(kind in kinds for kind in self.kinds)
            and self.declared in ("any", declared)
            and self.parts in (None, parts)
            and self.edge in (None, edge)
            and (not self.applicability or applicability in self.applicability)
        )


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    return tuple(msgspec.convert(rule, Rule) for rule in load("severity")["rule"])


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
    best: tuple[Severity, str] | None = None
    settled: set[str] = set()
    for rule in _rules():
        if not rule.fits(kinds, declared, parts, edge, applicability) or settled & set(rule.kinds):
            continue
        if rule.instead:
            settled.update(rule.kinds)
        if best is None or SEVERITY_ORDER[rule.severity] < SEVERITY_ORDER[best[0]]:
            best = (rule.severity, rule.reason)
    return best or ("info", "")


__all__ = ["Rule", "severity_of"]
