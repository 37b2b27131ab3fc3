"""Parts of a count that are named with bare numbers: ``85 đoàn viên, trong đó khối trường học 50, khối dân cư 35``.

A number alone says nothing of its unit; a list of named numbers behind a count that add up to it does.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import msgspec

from doichieu.extraction.targets.breakdowns import part_of
from doichieu.extraction.targets.counted import PURE_UNITS
from doichieu.extraction.targets.figures import Quantity
from doichieu.extraction.targets.measures import Group
from doichieu.extraction.targets.parts import clean
from doichieu.extraction.targets.sides import Said
from doichieu.lexicon.comparators import comparing
from doichieu.lexicon.named_words import words_of
from doichieu.model import Target
from doichieu.numerals import number
from doichieu.segmentation.passages import Passage

_AMONG = rf"(?:{words_of('opens_parts')})"
#: Between a count and its parts: the rest of its noun, then "(", ":", ", trong đó".
_OPENS = re.compile(
    rf"[^;.:()\d%]{{0,80}}?(?:\s*(?P<bracket>\()\s*(?:{_AMONG}\s*:?\s*)?"
    rf"|[,;]?\s*(?P<among>{_AMONG})\s*:?\s*|\s*:\s*)",
    re.IGNORECASE,
)
_NAME = r"[^\W\d_][^\d;:()%.]{1,80}?"
_PARTED = re.compile(r"(?:\s*[,;]\s*(?:và\s+)?|\s+và\s+)")
_END = re.compile(r"\s*(?:[).;]|\Z)")
#: Times divide no count by whom it is about: "quý I 20, quý II 65".
_NO_PART = re.compile(rf"(?:{words_of('names_no_part')})(?!\w)", re.IGNORECASE)
#: What says how many, not who: "có tối thiểu".
_BOUND = re.compile(rf"(?<!\w)(?:có|đạt|là|còn|{comparing()})(?!\w)", re.IGNORECASE)


#: Units of amounts: what stands in its parts is what the whole is of, too.
_AMOUNTS = frozenset(unit for unit in PURE_UNITS if not re.fullmatch(words_of("occasions"), unit))
#: Nothing but the parts themselves says what an amount is of: "Trồng mới 260 ha (bần chua 180 ha; đước vòi 80 ha)".
_AT_ONCE = re.compile(r"\s*\(")


class Part(NamedTuple):
    """A named part of a count, by its place in the line; ``bare`` where no unit stands behind its number."""

    name: str
    value: float
    bare: bool
    start: int
    end: int


def bare_parts(text: str, quantity: Quantity) -> list[Part]:
    """The named bare numbers behind a count that add up to it, or to no more than it behind ``trong đó``.

    >>> text = "Mở 14 điểm chi trả (Ngọc Hiển 06, Đầm Dơi 05, Năm Căn 03)"
    >>> points = Quantity(3, 10, 3, 5, "count", "=", 14.0, None, "điểm", "", "", "")
    >>> [(part.name, part.value) for part in bare_parts(text, points)]
    [('Ngọc Hiển', 6.0), ('Đầm Dơi', 5.0), ('Năm Căn', 3.0)]
    >>> bare_parts("Mở 14 điểm (Ngọc Hiển 06, Đầm Dơi 05)", points)
    []
    """
    if quantity.kind != "count" or quantity.value is None or quantity.value_max is not None or "/" in quantity.unit:
        return []
    opened = _OPENS.match(text, quantity.end)
    if opened is None:
        return []
    found = _listed(text, opened.end(), quantity.unit)
    divided = opened.group("bracket") is not None or any(part.bare for part in found)
    if len(found) < 2 or not divided or _END.match(text, found[-1].end) is None:
        return []
    total = sum(part.value for part in found)
    whole = total == quantity.value or (opened.group("among") is not None and total <= quantity.value)
    return found if whole else []


@lru_cache(maxsize=256)
def _one(unit: str) -> re.Pattern[str]:
    """A name and its number, bare or with the unit of the whole behind it."""
    return re.compile(
        rf"(?P<name>{_NAME})\s*:?\s+(?P<n>\d{{1,3}}(?:\.\d{{3}})+|\d+)(?![\w.,%/]*\d|[%/])"
        rf"(?P<unit>\s+{re.escape(unit)}(?!\w))?"
    )


def _listed(text: str, position: int, unit: str) -> list[Part]:
    """The parts that stand in a row from ``position`` on."""
    one = _one(unit)
    found: list[Part] = []
    while (part := one.match(text, position)) is not None and not _says_more(part["name"]):
        value = number(part["n"])
        if value is None:
            break
        found.append(Part(clean(part["name"]), value, part["unit"] is None, part.start(), part.end()))
        gap = _PARTED.match(text, part.end())
        if gap is None:
            break
        position = gap.end()
    return found


def _says_more(name: str) -> bool:
    """Whether a wording before a number does more than name a part: a time, a bound, a verb."""
    return _NO_PART.match(name) is not None or _BOUND.search(name) is not None


def divide(whole: Target, text: str, group: Group, passage: Passage, begin: int) -> tuple[Target, list[Target], int]:
    """A count without the parts in its narrowing, a row for each part, and where in ``text`` the last of them ends.

    ``text`` begins at ``begin`` of the passage; where a count has no such parts it comes back as it is.
    """
    parts = bare_parts(text, group.figure)
    if not parts:
        return whole, [], 0
    first, last = parts[0].name, parts[-1].name
    kept = tuple(item for item in whole.scope if not (first in item and last in item))
    unsaid = whole.subject in ("", first) and group.figure.unit in _AMOUNTS
    unnamed = unsaid and _AT_ONCE.match(text, group.figure.end) is not None
    counted = "" if group.figure.unit in PURE_UNITS else group.figure.unit
    subject = ", ".join(part.name for part in parts) if unnamed else whole.subject or counted
    bare = msgspec.structs.replace(whole, scope=kept, subject=subject)
    return bare, [_row(bare, part, passage, begin, unnamed=unnamed) for part in parts], parts[-1].end


def _row(whole: Target, part: Part, passage: Passage, begin: int, *, unnamed: bool) -> Target:
    """A part beside its whole: the same measure and limit, narrowed by the part's name, or ``unnamed`` of the part."""
    said = Said(part.name, whole.indicator, whole.scope) if unnamed else part_of(whole, part.name, counted=True)
    span = passage.span(begin + part.start, begin + part.end)
    return msgspec.structs.replace(
        whole,
        char_start=span.start,
        char_end=span.end,
        quote=passage.source[span.start : span.end],
        subject=said.subject,
        indicator=said.indicator,
        scope=said.scope,
        operator="=",
        value=part.value,
    )
