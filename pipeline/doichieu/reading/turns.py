"""The frame in which a page is read: landscape tables stand on upright pages with their letters lying on the side.

Places on the page as it is stored are points from its top left corner; a page whose text runs upwards, downwards or
upside down is read in a frame of its own, in which its lines run from the left to the right.
"""

from __future__ import annotations

from collections import Counter
from math import pi
from typing import Any, NamedTuple

#: So many letters of a page are asked which way they run, from so many letters on.
_ASKED, _FEW = 240, 20


class Frame(NamedTuple):
    """How a page is turned to be read: ``quarters`` of a turn, and the size of the page as it is stored.

    >>> frame = Frame(3, 600.0, 800.0)
    >>> frame.box(100.0, 200.0, 110.0, 250.0), frame.back(*frame.box(100.0, 200.0, 110.0, 250.0))
    ((200.0, 490.0, 250.0, 500.0), (100.0, 200.0, 110.0, 250.0))
    """

    quarters: int
    stored_width: float
    stored_height: float

    @property
    def width(self) -> float:
        """The width of the page as it is read."""
        return self.stored_height if self.quarters % 2 else self.stored_width

    @property
    def height(self) -> float:
        """The height of the page as it is read."""
        return self.stored_width if self.quarters % 2 else self.stored_height

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the stored page lies in the frame."""
        if self.quarters == 1:
            return self.stored_height - y, x
        if self.quarters == 2:
            return self.stored_width - x, self.stored_height - y
        if self.quarters == 3:
            return y, self.stored_width - x
        return x, y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Where a box of the stored page lies in the frame: left, top, right, bottom."""
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    def back(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Where a box of the frame lies on the stored page."""
        other = Frame((4 - self.quarters) % 4, self.width, self.height)
        return other.box(x0, y0, x1, y1)


def quarters_of(angle: float) -> int:
    """How many quarters a page is turned clockwise to be read whose letters lie at an angle (radians, clockwise).

    >>> quarters_of(0.02), quarters_of(4.71), quarters_of(1.57)
    (0, 1, 3)
    """
    return -round(angle / (pi / 2)) % 4


def frame_of(textpage: Any, width: float, height: float) -> Frame:
    """The frame in which most letters of a page stand upright."""
    import pypdfium2.raw as raw

    count = textpage.count_chars()
    if count < _FEW:
        return Frame(0, width, height)
    seen = Counter(
        quarters_of(raw.FPDFText_GetCharAngle(textpage, index)) for index in range(0, count, max(1, count // _ASKED))
    )
    quarters, found = seen.most_common(1)[0]
    return Frame(quarters if 2 * found > seen.total() else 0, width, height)
