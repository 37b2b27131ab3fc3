"""What a reviewer mended in a report: kept beside the marks, carried by content, made into verdicts by the next run.

A mend stands in ``decisions.json`` under ``mends`` and remembers the promises that it is about and their wording.  A
later run finds the targets again by their promises, else by nearly the same wording, and makes the verdicts anew
(:mod:`doichieu.comparison.mending`); one that finds no target is kept and told.  ``templates/mends.js.j2`` writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

from doichieu.comparison.mending import CORRECTABLE, corrected, mend
from doichieu.model import Comparison, Document, Mend, Target
from doichieu.report.clean import safe_text
from doichieu.report.decisions import NEARLY, likeness, promise_key

_KINDS: tuple[Literal["pair", "unpair", "correct"], ...] = ("pair", "unpair", "correct")


class Mended(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A mend as a file keeps it.

    ``child`` and ``parent`` are fields of the two targets with their right values, ``said`` the verdict of the program
    then; ``off`` is a mend that was taken back.
    """

    kind: Literal["pair", "unpair", "correct"]
    child_key: str = ""
    parent_key: str = ""
    child_quote: str = ""
    parent_quote: str = ""
    child: dict[str, str] = {}
    parent: dict[str, str] = {}
    said: tuple[str, ...] = ()
    note: str = ""
    pair: str = ""
    at: str = ""
    by: str = ""
    off: bool = False


class Done(Struct, frozen=True):
    """A mend of a file in this run: the targets that it found with the keys of their promises after it, whether it was
    applied, and what the corrected fields said before."""

    mended: Mended
    child_target_id: str = ""
    parent_target_id: str = ""
    applied: bool = False
    child_key: str = ""
    parent_key: str = ""
    child_was: dict[str, str] = {}
    parent_was: dict[str, str] = {}


def mended_of(value: Any) -> Mended | None:
    """A mend from what a file holds; none where it names no kind or no target.

    >>> mended_of({"kind": "pair", "child_key": "a", "parent_key": "b", "child": {"quote": "x"}}).child
    {}
    """
    if not isinstance(value, dict):
        return None
    kind = next((kind for kind in _KINDS if value.get("kind") == kind), None)

    def text(name: str, limit: int = 2000) -> str:
        found = value.get(name)
        return safe_text(found)[:limit] if isinstance(found, str) else ""

    def fields(name: str) -> dict[str, str]:
        found = value.get(name)
        entries = found.items() if isinstance(found, dict) else ()
        return {k: safe_text(str(v))[:500] for k, v in entries if k in CORRECTABLE and isinstance(v, str | int | float)}

    said = value.get("said")
    if kind is None or not (text("child_key") or text("parent_key")):
        return None
    return Mended(
        kind=kind,
        child_key=text("child_key", 64),
        parent_key=text("parent_key", 64),
        child_quote=text("child_quote"),
        parent_quote=text("parent_quote"),
        child=fields("child"),
        parent=fields("parent"),
        said=tuple(safe_text(s)[:40] for s in said[:20] if isinstance(s, str)) if isinstance(said, list) else (),
        note=text("note", 4000),
        pair=text("pair", 400),
        at=text("at", 40),
        by=text("by", 200),
        off=value.get("off") is True,
    )


def made_anew(comparison: Comparison, mends: Sequence[Mended]) -> tuple[Comparison, tuple[Done, ...]]:
    """The comparison after the mends of a file, in the order in which they were made, and what became of each."""
    done: list[Done] = []
    before = comparison
    for one in sorted(mends, key=lambda m: m.at):
        if one.off or comparison.parent is None or before.parent is None:
            done.append(Done(one))
            continue
        child, parent = _sides(one, comparison, before)
        if (one.child_key and not child) or (one.parent_key and not parent) or not _sound(one):
            done.append(Done(one, child, parent))
            continue
        wanted = Mend(
            kind=one.kind,
            child_target_id=child,
            parent_target_id=parent,
            child=dict(one.child),
            parent=dict(one.parent),
            by=one.by,
        )
        own, answer = _target(comparison.child, child), _target(comparison.parent, parent)
        comparison, left = mend(comparison, [wanted])
        done.append(
            Done(
                one,
                child,
                parent,
                not left,
                promise_key(_target(comparison.child, child)),
                promise_key(_target(comparison.parent, parent)),
                _fields_of(own, one.child),
                _fields_of(answer, one.parent),
            )
        )
    return comparison, tuple(done)


def _target(document: Document | None, target_id: str) -> Target | None:
    return next((t for t in document.targets if t.target_id == target_id), None) if document is not None else None


def _fields_of(target: Target | None, names: Iterable[str]) -> dict[str, str]:
    """The fields of a target as a mend writes them."""
    values = {name: getattr(target, name, None) for name in names}
    return {name: f"{v:.12g}" if isinstance(v, float) else str(v or "") for name, v in values.items()}


def _sound(one: Mended) -> bool:
    """Whether the values of a mend can be values of a target."""
    blank = Target("", "", "", "", 0, 0, "")
    try:
        corrected(blank, dict(one.child))
        corrected(blank, dict(one.parent))
    except ValueError:  # the mend is told as one that could not be applied
        return False
    return True


def _sides(one: Mended, now: Comparison, before: Comparison) -> tuple[str, str]:
    """The targets of a mend: of several that make the same promise those that stand as the mend says they did."""
    assert now.parent is not None and before.parent is not None
    children = _found(one.child_key, one.child_quote, (*now.child.targets, *before.child.targets))
    parents = _found(one.parent_key, one.parent_quote, (*now.parent.targets, *before.parent.targets))
    together = {(d.child_target_id, d.parent_target_id) for d in now.deviations}
    apart = one.kind == "pair"
    for child in children or [""]:
        for parent in parents or [""]:
            if ((child, parent) in together) != apart:
                return child, parent
    return (children or [""])[0], (parents or [""])[0]


def _found(key: str, quote: str, targets: Sequence[Target]) -> list[str]:
    """The targets of a promise, else that of nearly the same wording."""
    if not key:
        return []
    same = list(dict.fromkeys(t.target_id for t in targets if promise_key(t) == key))
    if same or not quote:
        return same
    alike, target = max(((likeness(quote, t.quote), t.target_id) for t in targets), default=(0.0, ""))
    return [target] if alike >= NEARLY else []


def told(done: Sequence[Done], names: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """What people did to findings, by the targets of each finding: ``Người rà soát ghép cặp (An)``."""
    out: dict[tuple[str, str], str] = {}
    for one in done:
        if not one.applied:
            continue
        words = names[f"mended_{one.mended.kind}"] + (f" ({one.mended.by})" if one.mended.by else "")
        out[one.child_target_id, one.parent_target_id] = words
        if one.mended.kind == "unpair":
            out[one.child_target_id, ""] = out["", one.parent_target_id] = words
    return out
