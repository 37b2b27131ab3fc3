"""What opens a line and holds for all its measures: a place, or those whom it is for.

``Tại các khu nhà trọ, 95% số hộ có điện, trên 92% số hộ có nước sạch``: the place narrows both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from doichieu.extraction.targets.parts import clean
from doichieu.extraction.targets.phrases import narrowings
from doichieu.lexicon.families import COMMUNE, REGION, SETTLEMENT
from doichieu.model import Target
from doichieu.text import fold

_PLACE = re.compile(
    rf"\s*(?P<where>(?:tại|ở|trên địa bàn)\s(?:các|những|khu|vùng|thành|nông|địa|\d{{1,3}} (?:{COMMUNE}|{SETTLEMENT})"
    rf"|{COMMUNE}|{SETTLEMENT}) "
    r"[^,;:%\d]{3,80}?(?:, [^,;:%\d]{2,30}?){0,2}?),\s+(?=(?:phấn đấu |bảo đảm |đảm bảo |đạt |có )*"
    r"(?:từ |trên |ít nhất |tối thiểu |khoảng )*\d)",
    re.IGNORECASE,
)
_WHOM = re.compile(r"\s*(?:riêng )?đối với\s+(?:các |những |số )*(?P<who>[^,;:%]{3,90}),\s", re.IGNORECASE)
_OWN_PLACE = re.compile(rf"(?<!\w)(?:tại|ở|riêng|vùng|khu vực|trên địa bàn|{REGION}|miền)(?!\w)", re.IGNORECASE)


def carried_on(found: Sequence[Target], text: str, begin: int, at: int) -> list[Target]:
    """The targets of a line narrowed by what it opens with; ``at`` is where its text, behind its label from ``begin``
    on, stands in the source."""
    rows = list(found)
    if (place := _PLACE.match(text, begin)) is not None:
        stop = text.find(";", place.end())
        last = at + (len(text) if stop < 0 else stop)
        return [_at_place(row, place.group("where")) if row.char_start < last else row for row in rows]
    if (whom := _WHOM.match(text, begin)) is not None:
        if any(row.level and row.char_start < at + whom.end() for row in rows):
            return rows  # "Đối với cán bộ có trình độ từ cao đẳng trở lên, 100% …": the grade is asked for by itself
        who, pieces = narrowings(whom.group("who"))
        return [_of_those(row, who, tuple(pieces)) for row in rows] if pieces else rows
    return rows


def _at_place(row: Target, where: str) -> Target:
    """A row with the place that its line opens with, where it names none of its own."""
    named = [*row.scope, row.subject]
    if any(fold(where) in fold(piece) for piece in named):
        return row
    if any(_OWN_PLACE.match(piece) for piece in row.scope) or _OWN_PLACE.search(row.subject):
        return row
    return msgspec.structs.replace(row, scope=(*row.scope, clean(where)))


def _of_those(row: Target, who: str, pieces: tuple[str, ...]) -> Target:
    """A row about the same people, narrowed as they are."""
    alike = not row.level and fold(row.subject).split()[:1] == fold(who).split()[:1]
    missing = tuple(p for p in pieces if not any(fold(p) in fold(have) for have in (*row.scope, row.subject)))
    return msgspec.structs.replace(row, scope=(*row.scope, *missing)) if alike and missing else row
