"""Which provision an order changes, what stands beside it, and what it spares."""

from __future__ import annotations

import re

from doichieu.extraction.amendments import new_wording
from doichieu.extraction.amendments.found import Found
from doichieu.extraction.amendments.heads import ANNEX, Head
from doichieu.extraction.amendments.wording import Order
from doichieu.numerals import POINT_LETTERS
from doichieu.segmentation.provisions import Path, Step, find, within, written

_LIST_ISSUED = (Step("phu_luc", ""),)
_ARTICLES = frozenset({"chuong", "dieu"})  # no list or table that was issued with a document has them
_REGULATED = frozenset({"phan", "chuong", "muc", "tieu_muc", "dieu", "khoan", "diem"})


def paths_of(item: Found) -> list[Path]:
    """The provisions that an order changes, from the outermost step, with what its head says completed."""
    order, head = item.order, item.head
    if not order.provisions:
        if order.doubt == "provision_not_named":
            return [()]
        if order.action in ("replace_words", "delete_words", "insert_words"):
            return [head.path or (Step("kem_theo" if head.attached else "van_ban", ""),)]
        return [head.path]
    own = order.document is not None and head.document is not None and order.document.number != head.document.number
    out = []
    for path in order.provisions:
        if path[0].kind == "van_ban":
            out.append(path)
            continue
        outer = () if own or (head.path == _LIST_ISSUED and path[0].kind in _ARTICLES) else head.path
        full = within(path, outer)
        attached = order.attached or (head.attached and order.document is None)
        if attached and full and full[0].kind in _REGULATED and full[0].kind != "kem_theo":
            full = (Step("kem_theo", ""), *full)
        elif full and full[0].kind in _REGULATED and _of_table(item.passage.text[order.start : order.end]):
            full = (Step("phu_luc", ""), *full)
        out.append(full)
    return out


def position_of(order: Order, path: Path, head: Head) -> str:
    """Where something is inserted: ``after:``, ``before:`` or ``end:`` and a provision; empty for other orders."""
    if order.action == "insert_words":
        return order.position
    if order.action != "insert" or not path:
        return ""
    if order.beside is None:
        before = _before(path[-1].label)
        if before:
            return f"after:{written((*path[:-1], Step(path[-1].kind, before)))}"
        if len(path) == 1 and path[0].kind == "phu_luc" and path[0].label:
            return "end:van_ban"
        return f"end:{written(path[:-1])}" if len(path) > 1 else ""
    side, other = order.beside
    outer = tuple(step for step in path if step.kind == "kem_theo")
    if side in ("end", "into"):
        return f"end:{written(path if side == 'into' else path[:-1])}"
    full = within(other, (*path[:-1],)) if other else path
    if outer and (not full or full[0].kind != "kem_theo"):
        full = (*outer, *full)
    return f"{'before' if side == 'trước' else 'after'}:{written(full)}"


def exceptions_of(item: Found, path: Path, old: str) -> tuple[str, ...]:
    """The places inside the row's own provision that an order spares, each as words and provision."""
    out = []
    outer = tuple(step for step in path if step.kind == "kem_theo")
    for place, spared in item.order.exceptions:
        words = item.passage.quote(*place) if place else old
        full = within(spared, item.head.path)
        if outer and full and full[0].kind != "kem_theo":
            full = (*outer, *full)
        if path and path[0].kind != "van_ban" and full[: len(path)] != path:
            continue
        out.append(f"{new_wording.plain(words)}@{written(full)}")
    return tuple(out)


def _of_table(text: str) -> bool:
    """Whether the provision stands in a table or list that was issued with the document."""
    named = find(text)
    return (
        bool(named)
        and re.match(r"\s+(?:của|tại|thuộc)\s+", text[named[0].end :]) is not None
        and (ANNEX.match(text[named[0].end :].lstrip().split(" ", 1)[-1]) is not None)
    )


def _before(label: str) -> str:
    """The label after which one with a letter stands: ``9a`` after ``9``, ``9b`` after ``9a``.

    >>> _before("9a"), _before("9b"), _before("5")
    ('9', '9a', '')
    """
    found = re.fullmatch(rf"(\d+)([{POINT_LETTERS}])", label)
    if found is None:
        return ""
    at = POINT_LETTERS.index(found.group(2))
    return found.group(1) + (POINT_LETTERS[at - 1] if at else "")
