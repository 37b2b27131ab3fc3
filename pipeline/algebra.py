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

from pipeline.lexicon import load
from pipeline.model import Target
from pipeline.text import fold


class Interval(NamedTuple):
    """A half line or segment of admissible values in one dimension.  ``low``/``high`` may be infinite."""

    low: float
    high: float
    low_open: bool
    high_open: bool
    dimension: str

    def contains(self, other: Interval) -> bool:
        """Whether every value of ``other`` is one of ours.

        >>> Interval(10, math.inf, False, True, "%").contains(Interval(15, math.inf, False, True, "%"))
        True
        """
        low = other.low > self.low or (other.low == self.low and (not self.low_open or other.low_open))
        high = other.high < self.high or (other.high == self.high and (not self.high_open or other.high_open))
        return low and high

    def __str__(self) -> str:
        left = "(" if self.low_open or math.isinf(self.low) else "["
        right = ")" if self.high_open or math.isinf(self.high) else "]"
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
    strength: int | None


def _figure(value: float, dimension: str) -> str:
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:,.10g}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"{text} {dimension}".strip() if dimension else text


@lru_cache(maxsize=1)
def _falling() -> re.Pattern[str]:
    words = load("populations")["lower_is_better"]
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")


def dimension_of(target: Target) -> str:
    """The dimension a target measures in: values of different dimensions are never compared.

    >>> dimension_of(Target("d", "t", "c", "", 0, 1, "", operator="=", value=3, unit="người"))
    'người'
    """
    if target.operator == "majority":
        return "%"
    if target.value is None:
        return ""
    unit = target.unit.strip().lower()
    if target.rule.endswith(":rank") or (target.operator == "<=" and re.search(r"thứ hạng|xếp hạng|nhóm \d+", fold(target.indicator + " " + target.quote))):
        return "hạng"
    if unit.startswith("%") and not unit.startswith("%/"):
        return "%"
    aliases = {"cán bộ": "người", "đồng chí": "người", "người": "người", "": ""}
    return aliases.get(unit, unit)


def same_dimension(one: str, other: str) -> bool:
    """Whether two counted things are one, one of them named more fully: ``tổ chức`` and ``tổ chức, doanh nghiệp``.

    Shares, growth rates, points, ranks and bare indices are never the same as anything else.
    """
    if one == other:
        return True
    if not one or not other or "%" in one or "%" in other or "hạng" in (one, other) or "điểm" in one or "điểm" in other or "/" in one + other:
        return False
    return one in other or other in one


def falls(target: Target) -> bool:
    """Whether less is better: a rank, an upper limit, a share that should fall."""
    if dimension_of(target) == "hạng" or target.operator in ("<=", "<"):
        return True
    if target.direction == "decrease":
        return not re.search(r"(?:giảm|cắt giảm|hạ)\s+(?:ít nhất|tối thiểu|thêm|bình quân|trung bình|từ|trên|hơn)?\s*\d", fold(target.quote))
    if target.direction == "increase" or target.operator in (">=", ">", "between"):
        return False
    head = f"{fold(target.subject)} {fold(target.indicator)[:60]}"
    found = _falling().search(head)
    return found is not None and not re.search(r"(?:giảm|không|phòng|chống|xóa|hạn chế)\W+(?:\w+\W+)?\Z", head[: found.start()])


def amount_of(target: Target) -> Interval | None:
    """The admissible values of a target; a bare figure is a promise, so ``80`` admits what ``≥ 80`` admits."""
    dimension = dimension_of(target)
    if target.operator == "majority":
        return Interval(50.0, math.inf, True, True, "%")
    if target.value is None or not target.operator:
        return None
    value = target.value
    if target.operator == "between" and target.value_max is not None:
        return Interval(value, target.value_max, False, False, dimension)
    if falls(target):
        return Interval(-math.inf, value, True, target.operator == "<", dimension)
    return Interval(value, math.inf, target.operator == ">", True, dimension)


@lru_cache(maxsize=1)
def _grades() -> dict[str, dict[str, int]]:
    return {
        scale["id"]: {form: rank for rank, forms in enumerate(scale["grades"]) for form in forms}
        for scale in load("scales")["scale"]
    }


def grade_of(target: Target) -> GradeSet | None:
    """The grade a target requires, by its place on the scale."""
    if not target.level:
        return None
    ranks = _grades().get(target.level_scale, {})
    found = [(rank, form) for form, rank in ranks.items() if re.search(rf"(?<!\w){re.escape(form)}(?!\w)", target.level)]
    # "chuyên viên chính" holds "chuyên viên": the longest form is the one meant; of alternatives the lowest binds.
    found = [f for f in found if not any(f[1] in other[1] and f != other for other in found)]
    if not found:
        return GradeSet(target.level_scale, 0, target.level)
    rank, _ = min(found)
    return GradeSet(target.level_scale, rank, target.level)


def due_of(target: Target) -> datetime.date | None:
    """The last admissible day."""
    if not target.deadline:
        return None
    day = datetime.date.fromisoformat(target.deadline)
    return day - datetime.timedelta(days=1) if target.deadline_operator == "<" else day


@lru_cache(maxsize=1)
def _strengths() -> dict[str, int]:
    return {entry["value"]: entry["strength"] for entry in load("modality")["modality"]}


def requirement(target: Target) -> Requirement:
    """Everything the algebra compares of a target."""
    return Requirement(
        amount_of(target), target.operator == "~", grade_of(target), due_of(target),
        _strengths().get(target.modality) if target.modality else None,
    )  # fmt: skip


class Verdict(NamedTuple):
    """What comparing two targets gave: the kinds, the proof in symbols, the reasons in Vietnamese."""

    kinds: tuple[str, ...]
    proof: str
    reasons: tuple[str, ...]


def _everyone(req: Requirement) -> Interval | None:
    """A grade without a share binds everyone: 100 %."""
    if req.amount is not None:
        return req.amount
    return Interval(100.0, math.inf, False, True, "%") if req.grade is not None else None


def compare_amounts(child: Requirement, parent: Requirement) -> tuple[str, str, str]:
    """(kind or "", proof, reason) for the two amounts."""
    c, p = _everyone(child), _everyone(parent)
    if c is None and p is None:
        return "", "", ""
    if c is None or p is None:
        return "changed", "? ≠ ?", "một bên không nêu mức định lượng"
    if c.dimension != p.dimension and same_dimension(c.dimension, p.dimension):
        p = p._replace(dimension=c.dimension)
    if c.dimension != p.dimension:
        return "changed", f"{c} ∥ {p}", f"hai đơn vị đo khác nhau ({c.dimension or 'chỉ số'} và {p.dimension or 'chỉ số'})"
    if c == p:
        if child.approximate != parent.approximate:
            kind = "looser" if child.approximate else "stricter"
            return kind, f"≈ {c} và {p}", "một bên chỉ nêu mức khoảng"
        return "equal", f"{c} = {p}", ""
    bounded = not (math.isinf(c.high) or math.isinf(c.low)) , not (math.isinf(p.high) or math.isinf(p.low))
    if any(bounded) and not (math.isinf(c.low) or math.isinf(p.low)):
        # A range promises its lower end; the upper end only says how far one hopes to get.
        if (c.low, c.low_open) != (p.low, p.low_open):
            kind = "stricter" if (c.low, c.low_open) > (p.low, p.low_open) else "looser"
        else:
            kind = "stricter" if c.high > p.high else "looser"
        if all(bounded) or (kind == "stricter" and not bounded[1]) or (kind == "looser" and c.low != p.low):
            return kind, f"min {c} {'>' if kind == 'stricter' else '<'} min {p}" if c.low != p.low else f"{c} ~ {p}", ""
        return ("equal", f"min {c} = min {p}", "") if c.low == p.low else (kind, f"min {c} ≠ min {p}", "")
    if p.contains(c):
        return "stricter", f"{c} ⊂ {p}", ""
    if c.contains(p):
        return "looser", f"{c} ⊃ {p}", ""
    return "changed", f"{c} ⊄ {p} và {p} ⊄ {c}", "hai tập giá trị không bao hàm nhau"


def compare_grades(child: GradeSet | None, parent: GradeSet | None) -> tuple[str, str]:
    """(kind or "", proof) for the two grades."""
    if child is None and parent is None:
        return "", ""
    if child is None or parent is None:
        return ("stricter", f"{child} ⊂ {{mọi trình độ}}") if child is not None else ("looser", f"{{mọi trình độ}} ⊃ {parent}")
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


# ---------------------------------------------------------------- populations

_AGE = re.compile(r"(?P<op>dưới|từ|trên|đủ)?\s*(?P<a>\d{1,3})(?:\s*(?:-|đến)\s*(?P<b>\d{1,3}))?\s*tuổi(?P<up>\s*trở lên|\s*trở xuống)?")
_YEARS = re.compile(r"từ\s+(?P<a>\d{1,3})\s*năm\s*trở lên")
_PLACE = re.compile(r"(?<!\w)(?:xã đồng bằng|xã miền núi|xã|phường|thị trấn|đặc khu|đô thị|nông thôn|miền núi|vùng cao|biên giới|hải đảo|đồng bằng)(?!\w)")


class Population(NamedTuple):
    """What narrows a population: ages as an interval, places as a set, other conditions as folded wordings."""

    age: tuple[float, float] | None
    years: float | None
    places: frozenset[str]
    conditions: frozenset[str]
    base: str


def population_of(target: Target) -> Population:
    """The narrowing conditions of a target's population, from its scope, subject and base."""
    age: tuple[float, float] | None = None
    years: float | None = None
    places: set[str] = set()
    conditions: set[str] = set()
    neutral = load("populations")["neutral"]
    for item in target.scope:
        text = fold(item)
        found_age = _AGE.search(text)
        if found_age:
            age = age or _age(found_age)  # the first is the population's own; later ones stand in remarks
            continue
        found_years = _YEARS.search(text)
        if found_years:
            years = float(found_years.group("a"))
            continue
        rest = text
        for word in sorted(neutral, key=len, reverse=True):
            rest = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", " ", rest)
        rest = " ".join(rest.split())
        listed = _PLACE.findall(text)
        if listed and not re.sub(r"[,;\s]|và|ở|tại|các", "", _PLACE.sub("", text)):
            places.update(listed)
        elif rest and not re.fullmatch(r"(?:ở|tại|trên|của|các|trong|[,\s])+", rest):
            conditions.add(rest)
    whole = fold(f"{target.subject} {target.indicator} {target.base} {target.unit} {target.quote}")
    found_age = _AGE.search(fold(f"{target.subject} {target.indicator}"))
    if age is None and found_age:
        age = _age(found_age)
    base = "grdp" if re.search(r"(?<!\w)grdp(?!\w)", whole) else "gdp" if re.search(r"(?<!\w)gdp(?!\w)", whole) else ""
    return Population(age, years, frozenset(places), frozenset(conditions), base)


def _age(match: re.Match[str]) -> tuple[float, float]:
    a = float(match.group("a"))
    if match.group("b"):
        return a, float(match.group("b"))
    if match.group("op") == "dưới" or (match.group("up") or "").strip() == "trở xuống":
        return 0.0, a
    return a, math.inf


def compare_populations(child: Target, parent: Target) -> tuple[str, str, str]:
    """(kind or "", proof, reason): whose population is the wider one, where the text tells."""
    c, p = population_of(child), population_of(parent)
    verdicts: list[tuple[str, str, str]] = []
    if c.base and p.base and c.base != p.base:
        narrower = (p.base, c.base) in [tuple(pair) for pair in load("populations")["narrower"]]
        kind = "scope_narrower" if narrower else "scope_broader"
        verdicts.append((kind, f"{c.base.upper()} {'⊂' if narrower else '⊃'} {p.base.upper()}", f"cơ sở tính là {c.base.upper()} thay cho {p.base.upper()}"))
    if c.age != p.age:
        verdicts.append(_compare_ages(c.age, p.age))
    if c.years != p.years:
        if p.years is None or (c.years is not None and c.years > p.years):
            verdicts.append(("scope_narrower", f"{{từ {c.years:g} năm}} ⊂ {{{_years(p.years)}}}", "thêm điều kiện về số năm"))
        else:
            verdicts.append(("scope_broader", f"{{{_years(c.years)}}} ⊃ {{từ {p.years:g} năm}}", "bớt điều kiện về số năm"))
    if c.places != p.places:
        verdicts.append(_compare_sets(c.places, p.places))
    if not verdicts and c.conditions != p.conditions:
        extra, missing = _unmatched(c.conditions, p.conditions, child, parent)
        if extra and not missing:
            verdicts.append(("scope_narrower", f"D ∩ {{{'; '.join(sorted(extra))}}} ⊂ D", f"thêm điều kiện “{'; '.join(sorted(extra))}”"))
        elif missing and not extra:
            verdicts.append(("scope_broader", f"D ⊃ D ∩ {{{'; '.join(sorted(missing))}}}", f"bớt điều kiện “{'; '.join(sorted(missing))}”"))
        elif extra and missing:
            verdicts.append(("changed", f"{{{'; '.join(sorted(extra))}}} ≠ {{{'; '.join(sorted(missing))}}}", "điều kiện về đối tượng khác nhau"))
    verdicts = [v for v in verdicts if v[0]]
    if not verdicts:
        return "", "", ""
    kinds = {v[0] for v in verdicts}
    kind = kinds.pop() if len(kinds) == 1 else "changed"
    return kind, "; ".join(v[1] for v in verdicts), "; ".join(v[2] for v in verdicts)


def _years(value: float | None) -> str:
    return "mọi đối tượng" if value is None else f"từ {value:g} năm"


def _compare_ages(c: tuple[float, float] | None, p: tuple[float, float] | None) -> tuple[str, str, str]:
    everyone = (0.0, math.inf)
    a, b = c or everyone, p or everyone
    text = f"độ tuổi {_span(a)}", f"độ tuổi {_span(b)}"
    if a[0] >= b[0] and a[1] <= b[1]:
        return "scope_narrower", f"{text[0]} ⊂ {text[1]}", "giới hạn độ tuổi hẹp hơn"
    if a[0] <= b[0] and a[1] >= b[1]:
        return "scope_broader", f"{text[0]} ⊃ {text[1]}", "giới hạn độ tuổi rộng hơn"
    return "changed", f"{text[0]} ≠ {text[1]}", "giới hạn độ tuổi khác nhau"


def _span(age: tuple[float, float]) -> str:
    return f"[{age[0]:g}, {'∞' if math.isinf(age[1]) else f'{age[1]:g}'})"


def _compare_sets(c: frozenset[str], p: frozenset[str]) -> tuple[str, str, str]:
    left, right = "{" + ", ".join(sorted(c)) + "}", "{" + ", ".join(sorted(p)) + "}"
    if not p or (c and c < p):
        return "scope_narrower", f"{left} ⊂ {right if p else '{mọi địa bàn}'}", f"chỉ còn {', '.join(sorted(c))}"
    if not c or p < c:
        return "scope_broader", f"{left if c else '{mọi địa bàn}'} ⊃ {right}", f"không giới hạn ở {', '.join(sorted(p))}"
    return "changed", f"{left} ≠ {right}", "địa bàn khác nhau"


def _unmatched(
    c: frozenset[str], p: frozenset[str], child: Target, parent: Target
) -> tuple[set[str], set[str]]:
    """The conditions that only one side states; one that the other side says elsewhere in its wording counts as stated."""
    child_words = set(fold(f"{child.subject} {child.indicator} {child.quote} {' '.join(child.scope)}").split())
    parent_words = set(fold(f"{parent.subject} {parent.indicator} {parent.quote} {' '.join(parent.scope)}").split())
    extra = {item for item in c - p if len(set(item.split()) - parent_words) > 0.34 * len(item.split())}
    missing = {item for item in p - c if len(set(item.split()) - child_words) > 0.34 * len(item.split())}
    return extra, missing


def compare_targets(child: Target, parent: Target) -> Verdict:
    """The verdict on a pair: kinds in a fixed order, proof from the deciding sets, reasons in Vietnamese."""
    c, p = requirement(child), requirement(parent)
    kinds: list[str] = []
    proofs: list[str] = []
    reasons: list[str] = []
    kind, proof, reason = compare_amounts(c, p)
    grade_kind, grade_proof = compare_grades(c.grade, p.grade)
    scope_kind, scope_proof, scope_reason = compare_populations(child, parent)
    date_kind, date_proof = compare_dates(c.due, p.due)
    measures = {k for k in (kind, grade_kind) if k}
    if not measures:
        kinds.append("changed")
        proofs.append("∅ ? ∅")
        reasons.append("không đủ dữ liệu định lượng để so sánh")
    elif "changed" in measures or {"stricter", "looser"} <= measures:
        kinds.append("changed")
    elif "stricter" in measures:
        kinds.append("stricter")
    elif "looser" in measures:
        kinds.append("looser")
    proofs += [x for x in (proof if c.amount is not None or p.amount is not None or not grade_proof else "", grade_proof) if x]
    if reason:
        reasons.append(reason)
    if scope_kind:
        kinds.append(scope_kind)
        proofs.append(scope_proof)
        reasons.append(scope_reason)
    if date_kind:
        kinds.append(date_kind)
    if date_proof:
        proofs.append(date_proof)
    if c.strength is not None and p.strength is not None and c.strength != p.strength:
        kinds.append("modality_stronger" if c.strength > p.strength else "modality_weaker")
        proofs.append(f"“{child.modality}” {'>' if c.strength > p.strength else '<'} “{parent.modality}”")
    if not kinds:
        kinds.append("equal")
    return Verdict(tuple(dict.fromkeys(kinds)), "; ".join(proofs), tuple(reasons))
