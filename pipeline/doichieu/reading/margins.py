"""The margins of a page of print, and what stands outside its text: running heads, page numbers, signature marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from doichieu.reading.builder import collapse
from doichieu.reading.layout import PageContent, Piece, rows_of

_EDGE = 0.12  # the share of the page at its top and its bottom where running heads stand
_NUMBER = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*/\s*\d{1,4})?\Z", re.IGNORECASE)
_GAZETTE = re.compile(r"\d*\s*CÔNG BÁO\s*/?\s*Số\s+\d.{0,60}\Z")
_SIGNED = re.compile(r"(?:ký bởi|người ký|ký số bởi|thời gian ký|ngày ký)\s*:", re.IGNORECASE)
_SIGNED_MORE = re.compile(
    r"(?:email|cơ quan|chức vụ|thời gian ký|ngày ký|ngày|giờ)\s*:|\S+@\S+\Z|\d{1,2}[.:/]\d{1,2}[.:/ ]", re.IGNORECASE
)


class Margins(NamedTuple):
    """Where the lines of a page begin and end, and the usual blank between them (points)."""

    left: float
    right: float
    leading: float

    @classmethod
    def of(cls, rows: Sequence[list[Piece]], width: float) -> Margins:
        """The margins of the long lines of a page; the whole page where it has none."""
        wide = [row for row in rows if row[-1].x1 - row[0].x0 > 0.45 * width]
        gaps = [b[0].y0 - a[0].y1 for a, b in pairwise(rows) if -5 < b[0].y0 - a[0].y1 < 30]
        leading = median(gaps) if gaps else 4.0
        if not wide:
            return cls(
                min((row[0].x0 for row in rows), default=0.0), max((row[-1].x1 for row in rows), default=width), leading
            )
        lefts = Counter(round(row[0].x0 / 3) for row in wide)
        common = [value for value, count in lefts.items() if count >= max(1, 0.2 * len(wide))]
        left = 3.0 * min(common or lefts)
        right = sorted(row[-1].x1 for row in wide)[int(0.97 * (len(wide) - 1))]
        return cls(left, right, max(leading, 0.5))

    def forced(self, before: Sequence[Piece], row: Sequence[Piece]) -> bool:
        """Whether a line had to end where it did: the first word of the next would not have fitted behind it."""
        first = row[0]
        word = len(first.text.split(" ", 1)[0]) / max(1, len(first.text)) * (first.x1 - first.x0)
        return before[-1].x1 + 0.2 * first.size + word > self.right - 0.8 * first.size

    def centred(self, row: Sequence[Piece]) -> bool:
        """Whether a line stands in the middle, with room on both sides."""
        before, after = row[0].x0 - self.left, self.right - row[-1].x1
        return before > 10 and after > 10 and abs(before - after) < 0.08 * (self.right - self.left)

    def hangs(self, before: Sequence[Piece], row: Sequence[Piece]) -> bool:
        """Whether a line goes on with one that is set in as far (a quotation, a list with a hanging indent)."""
        return (
            abs(before[0].x0 - row[0].x0) < 3
            and before[-1].x1 >= self.right - 1.5 * row[0].size
            and before[0].x0 > self.left + 6
        )


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", collapse(text).lower())


def running_heads(pages: Sequence[PageContent]) -> frozenset[str]:
    """The lines that stand at the edge of several pages, numbers aside."""
    seen: Counter[str] = Counter()
    for page in pages:
        edge = {
            _key(" ".join(p.text for p in row))
            for row in rows_of(list(page.pieces))
            if row[0].y1 < _EDGE * page.height or row[0].y0 > (1 - _EDGE) * page.height
        }
        seen.update(key for key in edge if key)
    return frozenset(
        key for key, count in seen.items() if count >= 3 or (count == 2 and len(pages) <= 3 and len(key) > 12)
    )


def is_furniture(
    text: str, row: Sequence[Piece], page: PageContent, heads: frozenset[str], signing: int
) -> tuple[bool, int]:
    """Whether a line is no part of the text; ``signing`` counts down the lines of a signature appearance."""
    at_edge = row[0].y1 < _EDGE * page.height or row[0].y0 > (1 - _EDGE) * page.height
    if _GAZETTE.match(text) or (at_edge and (_NUMBER.match(text) or _key(text) in heads)):
        return True, signing
    if _SIGNED.match(text):
        return True, 5
    if signing and _SIGNED_MORE.match(text):
        return True, signing - 1
    return False, max(0, signing - 1)
