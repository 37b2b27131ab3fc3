"""A reviewer's decisions and how they are carried by content into the next run; :mod:`decision_files` reads and writes
them.

A decision stands under the id of its finding and remembers what it was made on: a fingerprint of both sides, and a
key of each side's promise.  In a later run it *applies* where the fingerprint is the same, is *changed under* where the
finding of the same promise now says something else, and is *gone* where no finding of that promise is left.
``templates/report.js.j2`` follows the same rule for decisions that the browser keeps.
"""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal

from msgspec import Struct

from doichieu.model import Deviation, Target
from doichieu.naming import quantity_words
from doichieu.report.clean import safe_text
from doichieu.text import fold

_MAX_NOTE = 4000
#: What a reviewer says of a finding: to be amended, accepted with a reason, misread by the program, to be asked.
MARKS = ("fix", "accept", "wrong", "ask")
#: Words of older files for marks of today.
OLD_MARKS = {"reject": "wrong"}


class Decision(Struct, frozen=True, omit_defaults=True):
    """What a reviewer said of one finding, and of what wording.

    ``decision`` is one of :data:`MARKS` or empty (a note alone); ``at`` is an ISO time and ``by`` a name, empty where
    unknown;
    ``pair`` is ``<child>__<parent>``; ``kinds`` and the quotes are the finding as it was then.
    """

    decision: str = ""
    note: str = ""
    fingerprint: str = ""
    child_key: str = ""
    parent_key: str = ""
    kinds: tuple[str, ...] = ()
    child_quote: str = ""
    parent_quote: str = ""
    pair: str = ""
    at: str = ""
    by: str = ""


class Review(Struct, frozen=True):
    """How an earlier decision stands to a finding of this run."""

    state: Literal["", "current", "changed"] = ""
    decision: Decision = Decision()

    @property
    def current(self) -> str:
        """The decision that still applies; empty where there is none, or where the finding changed under it and it must
        be taken anew."""
        return self.decision.decision if self.state == "current" else ""


class Carried(Struct, frozen=True):
    """The decisions of a file against the findings of one comparison; ``gone`` are those of this pair without a
    finding."""

    reviews: Mapping[str, Review] = {}
    gone: tuple[Decision, ...] = ()

    def count(self, state: str) -> int:
        """How many findings have a decision in ``state``."""
        return sum(1 for review in self.reviews.values() if review.state == state)


def digest(*parts: str) -> str:
    """A short fingerprint of texts."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def promise_key(target: Target | None) -> str:
    """What identifies a promise across runs: its wording, population and year, not its place; empty for none."""
    if target is None:
        return ""
    return digest(
        fold(target.quote), fold(target.subject), fold(target.indicator), target.level_scale, target.deadline[:4]
    )


def quoted_key(target: Target) -> str:
    """The key of a promise of an upper document that is known only from the target's own note."""
    value = f"{target.reference_operator}{target.reference_value}{target.reference_unit}"
    return digest("quoted", fold(target.reference_document), value, fold(target.subject), target.deadline[:4])


def fingerprint(deviation: Deviation, child: Target | None, parent: Target | None) -> str:
    """What a decision is made on: the verdict, and wording, measure and date of both sides."""
    sides = [
        f"{fold(t.quote)}~{quantity_words(t)}~{t.deadline}{t.deadline_operator}" if t else "" for t in (child, parent)
    ]
    return digest(
        *deviation.kinds, deviation.declared, fold(deviation.child_quote), fold(deviation.parent_quote), *sides
    )


def carry(
    decisions: Mapping[str, Decision],
    findings: Iterable[tuple[str, str, str, str]],
    pair: str,
    quotes: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> Carried:
    """Decisions against findings given as (id, fingerprint, child key, parent key), in order.

    A decision goes to the finding of its id; else to the first finding without one that keeps the promises of both
    sides, or else the parent's, or else the child's; else to the free finding whose wording is most like what it was
    made on, where ``quotes`` (child, parent) by id are given.  One that says again what stands at its finding already
    is dropped.
    """
    rows = list(findings)
    ids = {row[0] for row in rows}
    taken: dict[str, Decision] = {key: decisions[key] for key in ids if key in decisions}
    known = {_made_on(decision) for decision in taken.values()}
    homeless = [
        d
        for key, d in sorted(decisions.items())
        if key not in ids and d.pair in ("", pair) and not (d.fingerprint and _made_on(d) in known)
    ]
    for keys in (("child_key", "parent_key"), ("parent_key",), ("child_key",)):
        homeless = _settled(homeless, rows, taken, keys)
    homeless = _nearly(homeless, [row[0] for row in rows if row[0] not in taken], quotes, taken)
    reviews = {
        row[0]: Review("current" if taken[row[0]].fingerprint in ("", row[1]) else "changed", taken[row[0]])
        for row in rows
        if row[0] in taken
    }
    return Carried(reviews, tuple(decision for decision in homeless if decision.pair))


def _made_on(decision: Decision) -> tuple[str, str, str]:
    return decision.fingerprint, decision.child_key, decision.parent_key


def _settled(
    homeless: list[Decision], rows: list[tuple[str, str, str, str]], taken: dict[str, Decision], keys: tuple[str, ...]
) -> list[Decision]:
    """Give decisions to the first free findings of the same ``keys``; returns those that found none."""
    free: dict[tuple[str, ...], deque[str]] = {}
    for row in rows:
        if row[0] not in taken:
            free.setdefault(tuple(row[2 if key == "child_key" else 3] for key in keys), deque()).append(row[0])
    left: list[Decision] = []
    for decision in homeless:
        wanted = tuple(getattr(decision, key) for key in keys)
        places = free.get(wanted) if all(wanted) else None
        if places:
            taken[places.popleft()] = decision
        else:
            left.append(decision)
    return left


#: A wording that shares this part of its words with an earlier one is that one, changed a little: one figure or two
#: words in a sentence of ten leave 0.8, another promise in the same frame leaves less than 0.65.
NEARLY = 0.7


def likeness(one: str, other: str) -> float:
    """The part of their words that two wordings share, from 0 to 1.

    >>> round(likeness("60% cán bộ xã dùng chữ ký số", "65% cán bộ xã dùng chữ ký số"), 3)
    0.875
    """
    a, b = Counter(fold(one).split()), Counter(fold(other).split())
    return 2 * (a & b).total() / (a.total() + b.total()) if a and b else 0.0


def _nearly(
    homeless: list[Decision],
    free: list[str],
    quotes: Mapping[str, tuple[str, str]],
    taken: dict[str, Decision],
) -> list[Decision]:
    """Give decisions to free findings of nearly the same wording, the likest first; returns those that found none."""
    found: list[tuple[float, int, int]] = []
    for i, decision in enumerate(homeless):
        for j, key in enumerate(free):
            child, parent = quotes.get(key, ("", ""))
            alike = (
                likeness(decision.parent_quote, parent)
                if decision.parent_quote
                else (likeness(decision.child_quote, child) if not parent else 0.0)
            )
            if alike >= NEARLY:
                found.append((-alike, i, j))
    used: set[int] = set()
    for _, i, j in sorted(found):
        if i not in used and free[j] not in taken:
            used.add(i)
            taken[free[j]] = homeless[i]
    return [decision for i, decision in enumerate(homeless) if i not in used]


def decision_of(value: Mapping[str, Any]) -> Decision:
    """A decision from what a file holds; a field of another kind counts as empty."""

    def text(name: str, limit: int = 2000) -> str:
        found = value.get(name)
        return safe_text(found)[:limit] if isinstance(found, str) else ""

    kinds = value.get("kinds")
    decision = OLD_MARKS.get(text("decision"), text("decision"))
    return Decision(
        decision if decision in MARKS else "",
        text("note", _MAX_NOTE),
        text("fingerprint", 64),
        text("child_key", 64),
        text("parent_key", 64),
        tuple(safe_text(kind) for kind in kinds[:20] if isinstance(kind, str)) if isinstance(kinds, list) else (),
        text("child_quote"),
        text("parent_quote"),
        text("pair", 400),
        text("at", 40),
        text("by", 200),
    )
