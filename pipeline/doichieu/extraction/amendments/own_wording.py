"""The new wording of each provision that an order changes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doichieu.extraction.amendments import new_wording
from doichieu.extraction.amendments.found import Found
from doichieu.extraction.amendments.new_wording import NewWording
from doichieu.extraction.amendments.parts import OWN_ANNEX
from doichieu.model import Clause
from doichieu.segmentation.passages import Analysis
from doichieu.segmentation.provisions import Path, find

#: Leaves of a new wording, in stretches by the label each begins with.
_Labelled = list[tuple[str, list[Clause]]]


def wordings_of(
    analysis: Analysis, item: Found, same: Sequence[Found], paths: Sequence[Path]
) -> list[tuple[NewWording | None, str]]:
    """The new wording for each provision, and why there is none."""
    order = item.order
    source = analysis.source.text
    if order.new is not None:
        span = item.passage.span(*order.new)
        return [(new_wording.of_span(source, span.start, span.end), "")] * len(paths)
    if not order.awaits:
        return [(None, "")] * len(paths)
    if order.position == "annex" and not item.leaves:
        return _from_annex(analysis, item, paths)
    if not item.leaves:
        return [(None, "no_quotation")] * len(paths)
    awaiting = [other for other in same if other.order.awaits and other.order.new is None]
    named = [_last(path) for other in awaiting for path in other.order.provisions]
    rows = bool(paths) and paths[0][-1].kind == "stt"
    groups = _labelled(item, named, rows)
    labels = [label for label, _ in groups]
    several = len(named) > 1 or rows
    if several and all(label in labels for label in named) and len(set(named)) == len(named):
        own = (_own_leaves(groups, labels.index(_last(path)), named) for path in paths)
        return [(new_wording.read(analysis, leaves), "") for leaves in own]
    quoted = new_wording.begins_quoted(analysis, item.leaves)
    return [(new_wording.read(analysis, item.leaves, quoted=quoted), "")] * len(paths)


def _labelled(item: Found, named: Sequence[str], rows: bool) -> _Labelled:
    """The leaves of a new wording by the label that each stretch begins with; of rows only those in a table."""
    groups = new_wording.by_label(item.leaves)
    if len(named) > 1 and new_wording.NAME in named and len(groups) == 1:
        groups = new_wording.by_label(item.leaves, inside=True)
    return [(label if leaves[0].cells else "", leaves) for label, leaves in groups] if rows else groups


def _own_leaves(groups: _Labelled, at: int, named: Sequence[str]) -> list[Clause]:
    """The leaves from one label up to the next that an order names."""
    leaves = list(groups[at][1])
    for label, more in groups[at + 1 :]:
        if label in named or more[0].cells:
            break
        leaves += more
    return leaves


def _last(path: Path) -> str:
    step = path[-1]
    if step.kind == "ten":
        return new_wording.NAME
    return f"Điều {step.label}" if step.kind == "dieu" else step.label


def _from_annex(analysis: Analysis, item: Found, paths: Sequence[Path]) -> list[tuple[NewWording | None, str]]:
    """The wording of the amending document's own annex."""
    own = OWN_ANNEX.search(item.passage.text, item.order.start, item.order.end)
    said = [path for hit in find(own.group("annex")) for path in hit.paths] if own else []
    wanted = paths[0][-1].label if paths and paths[0][-1].kind == "phu_luc" else ""
    wanted = said[0][0].label if said and said[0][0].kind == "phu_luc" and said[0][0].label else wanted
    annexes = [c for c in analysis.clauses if c.kind == "appendix"]
    chosen = [c for c in annexes if _annex_label(c) == wanted] or (annexes if len(annexes) == 1 else [])
    if not chosen:
        return [(None, "no_quotation")] * len(paths)
    inside = [
        c
        for c in analysis.clauses
        if c.leaf
        and c.kind not in ("stamp", "footnote")
        and chosen[0].char_start <= c.char_start
        and c.char_end <= chosen[0].char_end
    ]
    return [(new_wording.read(analysis, inside, quoted=False), "")] * len(paths)


def _annex_label(clause: Clause) -> str:
    found = re.match(
        r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:SỐ|số))?\s+([IVXLC]+|\d{1,2}[a-zđ]?|[A-ZĐ])(?!\w)", clause.heading or clause.text
    )
    return found.group(1) if found else ""
