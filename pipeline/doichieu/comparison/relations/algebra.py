"""The target algebra: a target as a set of admissible outcomes, and what one set is to another.

A target admits a set of measured values × grades × dates over a population.  ``từ 15% trở lên`` admits ``[15, 100]``
per cent, which is contained in ``[10, 100]``: the child is *stricter*.  A measure that should fall, and a rank, turn
the half line round.  Populations are compared apart: a population that differs is a scope finding, never a number
finding.  The proof of a verdict is printed from the very objects that decided.
"""

from __future__ import annotations

import datetime
import math
import re
from functools import lru_cache
from typing import NamedTuple

from doichieu.comparison.meaning.dimensions import counts_whole, dimension_of, factor_of, same_dimension
from doichieu.lexicon import load
from doichieu.lexicon.named_words import words_of
from doichieu.model import Target
from doichieu.text import fold


class Interval(NamedTuple):
    """A half line or segment of admissible values in one dimension.  ``low``/``high`` may be infinite, then open.

    ``falling`` tells which end of a segment is promised: the upper one where less is better.
    """

    low: float
    high: float
    low_open: bool
    high_open: bool
    dimension: str
    falling: bool = False

    def contains(self, other: Interval) -> bool:
        """Whether every value of ``other`` is one of ours.

        >>> Interval(10, math.inf, False, True, "%").contains(Interval(15, math.inf, False, True, "%"))
        True
        """
        low = other.low > self.low or (other.low == self.low and (not self.low_open or other.low_open))
        high = other.high < self.high or (other.high == self.high and (not self.high_open or other.high_open))
        return low and high

    def holds(self, value: float) -> bool:
        """Whether one value is admissible.

        >>> Interval(10, math.inf, True, True, "%").holds(10)
        False
        """
        low = value > self.low or (value == self.low and not self.low_open)
        return low and (value < self.high or (value == self.high and not self.high_open))

    def times(self, number: float) -> Interval:
        """The amount so many times over.

        >>> Interval(10, math.inf, False, True, "ha").times(5).low
        50
        """
        return self._replace(low=self.low * number, high=self.high * number)

    def __str__(self) -> str:
        left = "(" if self.low_open else "["
        right = ")" if self.high_open else "]"
        return f"{left}{_figure(self.low, self.dimension)}, {_figure(self.high, self.dimension)}{right}"


class GradeSet(NamedTuple):
    """The grades from ``rank`` upwards on one scale."""

    scale: str
    rank: int
    level: str

    def __str__(self) -> str:
        return f"{{≥ {self.level}}}"


class Requirement(NamedTuple):
    """A target as the algebra sees it; a part that the target does not state is None."""

    amount: Interval | None
    approximate: bool
    grade: GradeSet | None
    due: datetime.date | None


def _figure(value: float, dimension: str) -> str:
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:,.10g}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"{text} {dimension}".strip() if dimension else text


_REDUCTION = re.compile(
    r"(?<!\w)(?:giảm|hạ|cắt giảm|kéo giảm|rút ngắn|tiết giảm|thu hẹp|cắt bớt|rút bớt"
    r"|bớt(?= được| đi| (?:[^\W\d]+ ){0,3}\d))(?! nghèo)(?!\w)"
)
#: "tỷ lệ hộ nghèo còn", "giảm xuống còn": the words before the figure, at the end of the indicator.
_LEFT = re.compile(r"(?<!\w)(?:còn|xuống còn|về mức|dưới mức|không quá|tối đa)\Z")
#: "Khống chế tỷ lệ hao hụt ở mức 5%": the verb that opens the promise says that less is better.
_HELD_DOWN = re.compile(
    r"(?:\A|[;:,]\s)\W*(?:phấn đấu |tiếp tục )?(?:khống chế|kiềm chế|kìm giữ)\s"
    r"(?:tỷ lệ|tỉ lệ|tỷ suất|số|mức|tốc độ)(?!\w)"
)
_LEVEL_LEFT = re.compile(r"(?<!\w)(?:còn|xuống|dưới|không quá|tối đa|ở mức|về mức|không vượt)(?!\w)")


#: An indicator that opens with a fall: its figure is how far it goes.
_FALLS_BY = re.compile(r"giảm (?!.*(?:còn|xuống|dưới|về mức)(?!\w))")


_ANY_FIGURE = re.compile(r"\d|(?<!\w)nửa(?!\w)")


@lru_cache(maxsize=1024)
def _as_printed(printed: str) -> re.Pattern[str]:
    """A figure as it is printed, in a text."""
    return re.compile(rf"(?<![\d,.])0*{re.escape(printed)}(?![\d,])")


def _reduces(target: Target) -> bool | None:
    """Whether the figure is an amount of reduction (``giảm 2%/năm``) and not what is left (``giảm còn 3%``); None for
    neither."""
    text = fold(target.quote)
    word = _REDUCTION.search(text)
    if target.value is None:
        return None
    printed = f"{target.value:g}".replace(".", ",")
    if word is None:  # "cắt giảm 50% thời gian, 50% chi phí": the verb before the first figure stands for both
        said = re.match(rf"0*{re.escape(printed)}(?![\d,])", text) or _FALLS_BY.match(fold(target.indicator))
        return True if target.direction == "decrease" and said else None
    figure = _as_printed(printed).search(text, word.end()) or _ANY_FIGURE.search(text, word.end())
    return None if figure is None else _LEVEL_LEFT.search(text[word.end() : figure.start()]) is None


#: A deed that brings about what is counted: "xây dựng 10 nhà văn hóa" is not kept by "xây dựng không quá 6".
_BROUGHT_ABOUT = re.compile(rf"(?:{words_of('deed_that_brings_about')})(?!\w)")


def direction_of(target: Target) -> bool | None:
    """Whether the wording itself says that less is better; None where it does not tell."""
    if dimension_of(target) == "hạng" or target.operator in ("<=", "<"):
        return True
    reduces = _reduces(target)
    if reduces is not None:
        return not reduces
    if target.value is not None and target.value >= 100 and dimension_of(target) == "%":
        return False
    if target.direction == "decrease" or _LEFT.search(fold(target.indicator)):
        return True
    if _HELD_DOWN.search(fold(target.indicator)) or _HELD_DOWN.search(fold(target.quote)):
        return True
    if target.direction == "increase" or target.operator in (">=", ">"):
        return False
    if dimension_of(target) != "%" and _BROUGHT_ABOUT.match(fold(target.indicator)):
        return False
    return None


def falls(target: Target) -> bool:
    """Whether less is better: a rank, an upper limit, a share that should fall.  Only a word that says so turns a
    figure round, never the noun beside it, and 100 % is no ceiling.
    """
    return bool(direction_of(target))


def amount_of(target: Target, falling: bool | None = None) -> Interval | None:
    """The admissible values of a target; a bare figure is a promise, so ``80`` admits what ``≥ 80`` admits.

    ``falling`` overrides what the target's own wording tells of its direction.
    """
    dimension = dimension_of(target)
    if target.operator == "majority":
        return Interval(50.0, math.inf, True, True, "%")
    if target.value is None or not target.operator:
        return None
    value = target.value
    less = falls(target) if falling is None else falling
    if target.value_max is not None:
        return Interval(value, target.value_max, False, False, dimension, less)
    if less:
        return Interval(-math.inf, value, True, target.operator == "<", dimension, True)
    return Interval(value, math.inf, target.operator == ">", True, dimension)


@lru_cache(maxsize=1)
def _grades() -> dict[str, dict[str, int]]:
    return {
        scale["id"]: {form: rank for rank, forms in enumerate(scale["grades"]) for form in forms}
        for scale in load("scales")["scale"]
    }


@lru_cache(maxsize=64)
def _forms(scale: str) -> re.Pattern[str]:
    """The forms of a scale's grades: "chuyên viên chính" holds "chuyên viên", and the longest form is the one meant."""
    forms = "|".join(re.escape(form) for form in sorted(_grades().get(scale, {}), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)")


def grade_of(target: Target) -> GradeSet | None:
    """The grade a target requires, by its place on the scale."""
    if not target.level:
        return None
    ranks = _grades().get(target.level_scale, {})
    # Of alternatives the lowest binds.
    found = [ranks.get(m.group(), 0) for m in _forms(target.level_scale).finditer(target.level)]
    return GradeSet(target.level_scale, min(found, default=0), target.level)


def due_of(target: Target) -> datetime.date | None:
    """The last admissible day."""
    if not target.deadline:
        return None
    day = datetime.date.fromisoformat(target.deadline)
    last = (day + datetime.timedelta(days=1)).day == 1  # "trước ngày 31/12" is by the end of the year
    return day - datetime.timedelta(days=1) if target.deadline_operator == "<" and not last else day


def requirement(target: Target, falling: bool | None = None) -> Requirement:
    """Everything the algebra compares of a target."""
    return Requirement(
        amount_of(target, falling),
        target.operator == "~",
        grade_of(target),
        due_of(target),
    )


def _everyone(req: Requirement) -> Interval | None:
    """A grade without a share binds everyone: 100 %."""
    if req.amount is not None:
        return req.amount
    return Interval(100.0, math.inf, False, True, "%") if req.grade is not None else None


def _scaled(value: float, factor: float) -> float:
    return float(f"{value * factor:.12g}")


def compare_amounts(child: Requirement, parent: Requirement) -> tuple[str, str, str]:
    """(kind or "", proof, reason) for the two amounts."""
    c, p = _everyone(child), _everyone(parent)
    if c is None or p is None:
        return ("", "", "") if c is p else ("changed", "? ≠ ?", "một bên không nêu mức định lượng")
    if c.dimension != p.dimension:
        if not same_dimension(c.dimension, p.dimension):
            return (
                "changed",
                f"{c} ∥ {p}",
                f"hai đơn vị đo khác nhau: {c.dimension or 'chỉ số'} và {p.dimension or 'chỉ số'}",
            )
        factor = factor_of(p.dimension) / factor_of(c.dimension)
        p = p._replace(low=_scaled(p.low, factor), high=_scaled(p.high, factor), dimension=c.dimension)
    if _whole(c) == _whole(p):
        if child.approximate != parent.approximate:
            kind = "looser" if child.approximate else "stricter"
            return kind, f"≈ {c} và {p}" if child.approximate else f"{c} và ≈ {p}", ""
        return "equal", f"{c} = {p}", ""
    if c.falling != p.falling:
        return "changed", f"{c} ⊄ {p} và {p} ⊄ {c}", "một bên nêu mức không được vượt quá, bên kia nêu mức phải đạt"
    if any(not (math.isinf(i.low) or math.isinf(i.high)) for i in (c, p)):
        return (*_compare_ranges(c, p), "")
    if p.contains(c):
        return "stricter", f"{c} ⊂ {p}", ""
    return "looser", f"{c} ⊃ {p}", ""


def _whole(amount: Interval) -> Interval:
    """The same amount of whole things: more than one household is at least two.

    >>> _whole(Interval(1, math.inf, True, True, "hộ")) == Interval(2, math.inf, False, True, "hộ")
    True
    """
    if not counts_whole(amount.dimension):
        return amount
    low, high = amount.low, amount.high
    if amount.low_open and not math.isinf(low) and low == int(low):
        amount = amount._replace(low=low + 1, low_open=False)
    if amount.high_open and not math.isinf(high) and high == int(high):
        amount = amount._replace(high=high - 1, high_open=False)
    return amount


def _compare_ranges(c: Interval, p: Interval) -> tuple[str, str]:
    """(kind, proof) where a range is among the two: it promises its nearer end, the other says how far one hopes to
    get."""
    sign, word = (-1.0, "max") if c.falling else (1.0, "min")
    own, other = (
        ((c.high, c.high_open), (p.high, p.high_open)) if c.falling else ((c.low, c.low_open), (p.low, p.low_open))
    )
    far_own, far_other = (c.low, p.low) if c.falling else (c.high, p.high)
    if own[0] != other[0]:
        kind = "stricter" if sign * own[0] > sign * other[0] else "looser"
        return kind, f"{word} {c} {'>' if own[0] > other[0] else '<'} {word} {p}"
    if own[1] != other[1]:
        return "stricter" if own[1] else "looser", f"{word} {c} ≠ {word} {p}"
    if math.isinf(far_own) or math.isinf(far_other) or far_own == far_other:
        return "equal", f"{word} {c} = {word} {p}"
    return "stricter" if sign * far_own > sign * far_other else "looser", f"{c} ~ {p}"


def compare_grades(child: GradeSet | None, parent: GradeSet | None) -> tuple[str, str]:
    """(kind or "", proof) for the two grades."""
    if child is None and parent is None:
        return "", ""
    if child is None or parent is None:
        return (
            ("stricter", f"{child} ⊂ {{mọi trình độ}}")
            if child is not None
            else ("looser", f"{{mọi trình độ}} ⊃ {parent}")
        )
    if child.scale != parent.scale:
        return "changed", f"{child} ∥ {parent}"
    if child.rank == parent.rank:
        return "equal", f"{child} = {parent}"
    return ("stricter", f"{child} ⊂ {parent}") if child.rank > parent.rank else ("looser", f"{child} ⊃ {parent}")


def compare_dates(child: datetime.date | None, parent: datetime.date | None) -> tuple[str, str]:
    """(kind or "", proof) for the two dates; a missing date says nothing."""
    if child is None or parent is None or child == parent:
        return "", "" if child is None or parent is None else f"hạn {_day(child)} = {_day(parent)}"
    if child < parent:
        return "deadline_earlier", f"hạn {_day(child)} < {_day(parent)}"
    return "deadline_later", f"hạn {_day(child)} > {_day(parent)}"


def _day(date: datetime.date) -> str:
    return f"{date.day:02d}/{date.month:02d}/{date.year}"
