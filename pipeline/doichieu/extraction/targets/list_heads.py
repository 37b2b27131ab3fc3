"""What opens a list of bullets: a line that ends in a colon, a bullet of another mark that only names their subject."""

from __future__ import annotations

from collections.abc import Sequence

from doichieu.model import Clause

#: A longer line is a sentence of its own, not what opens a list.
_LONGEST_LINE = 120


def lines_over(children: Sequence[Clause]) -> dict[str, tuple[Clause, ...]]:
    """For each bullet among ``children`` the lines that open its list, nearest first."""
    out: dict[str, tuple[Clause, ...]] = {}
    line: Clause | None = None
    head: Clause | None = None
    for index, child in enumerate(children):
        if child.kind != "bullet":
            opens = child.leaf and child.text.rstrip().endswith(":") and len(child.text) <= _LONGEST_LINE
            line, head = (child if opens else None), None
            continue
        if head is not None and child.marker == head.marker:
            head = None
        above = tuple(clause for clause in (head, line) if clause is not None)
        if above:
            out[child.clause_id] = above
        if head is None and _heads_bullets(child, children[index + 1 : index + 2]):
            head = child
    return out


def lines_over_all(outermost: Sequence[Clause]) -> dict[str, tuple[Clause, ...]]:
    """For each outermost bullet or item the line without a number that opens what it stands in: ``Mục tiêu:``, ``Chỉ
    tiêu đến cuối năm 2027``; a short document has no other headings."""
    out: dict[str, tuple[Clause, ...]] = {}
    line: Clause | None = None
    for child in outermost:
        if child.kind == "paragraph" and child.leaf:
            opens = len(child.text) <= _LONGEST_LINE and child.text.rstrip()[-1:] not in ".;,"
            line = child if opens else None
        elif child.kind not in ("bullet", "item"):
            line = None
        elif line is not None:
            out[child.clause_id] = (line,)
    return out


def _heads_bullets(bullet: Clause, following: Sequence[Clause]) -> bool:
    """Whether a bullet only names what the bullets of another mark behind it are about: ``* Giáo dục mầm non``."""
    if bullet.marker != "*" or not bullet.leaf or not following:
        return False
    below = following[0]
    if below.kind != "bullet" or below.marker == bullet.marker or len(bullet.text) > _LONGEST_LINE:
        return False
    words = bullet.text.rstrip(" *")
    return words.endswith(":") or not (words.endswith((".", ";", ",")) or "%" in words)
