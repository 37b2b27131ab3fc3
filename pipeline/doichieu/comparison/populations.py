"""Populations: whom a target is about, and whose population is the wider one.

Ages are compared as intervals, places and members of a list (``cán bộ, công chức``) as sets, other conditions as
wordings.  What names the level or place of a document itself (``cấp xã``, ``trên địa bàn huyện Tân Sơn``) narrows
nothing between two levels.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from doichieu.lexicon import load
from doichieu.model import Target
from doichieu.text import any_word, fold

_AGE = re.compile(
    r"(?<![\d,.])(?P<op>dưới|không quá|tối đa|trên|(?:từ\s+)?đủ"
    r"|từ)?\s*(?P<a>\d{1,3})(?:\s*(?:tuổi\s*)?(?:-|đến)\s*(?:dưới\s+"
    r"|đủ\s+)?(?P<b>\d{1,3}))?\s*tuổi(?P<up>\s*trở lên|\s*trở xuống)?"
)
_YEARS = re.compile(
    r"(?:từ|đủ|ít nhất|tối thiểu|trên)\s+(?P<a>\d{1,3})\s*năm(?:\s*công tác"
    r"|\s*kinh nghiệm)?(?:\s*trở lên)?(?!\s*20\d\d)"
)
_PLACE = re.compile(
    r"(?<!\w)(?:xã đồng bằng|xã miền núi|xã|phường|thị trấn|đặc khu|đô thị|nông thôn|miền núi|vùng cao"
    r"|biên giới|hải đảo|đồng bằng)(?!\w)"
)
#: Where a wording stops narrowing and starts measuring: "khu vực nông thôn đạt 60 triệu đồng".
_MEASURING = re.compile(
    r"\s(?:đạt|không quá|giảm|tăng|chiếm|còn|xuống còn|được|có|biết|là(?=\s\d)|(?:trên|dưới|từ|tối thiểu"
    r"|ít nhất|khoảng)(?=\s\d))(?!\w).*\Z"
)
_REMARK = re.compile(
    r"(?<!\w)(?:nghị quyết|kế hoạch|đề án|chỉ thị|quyết định|chương trình hành động|cấp trên|chỉ tiêu"
    r"|mục tiêu|so với|cao hơn|thấp hơn|tỉnh ủy|thành ủy|huyện ủy)(?!\w)"
)
_LEVEL = re.compile(
    r"(?<!\w)(?:cấp\s+((?:tỉnh|huyện|xã)(?:(?:,| và| hoặc)\s+(?:cấp\s+)?(?:tỉnh|huyện|xã))*)|(?:tại|ở"
    r"|của)\s+(xã|huyện|tỉnh)(?!\s+(?:đồng bằng|miền núi)))(?!\w)"
)


class Population(NamedTuple):
    """What narrows a population: ages as an interval, places as a set, other conditions as folded wordings."""

    age: tuple[float, float] | None
    years: float | None
    places: frozenset[str]
    conditions: frozenset[str]
    base: str


@lru_cache(maxsize=1)
def neutral() -> re.Pattern[str]:
    """Words that narrow no population."""
    return re.compile(any_word(load("populations")["neutral"]))


@lru_cache(maxsize=1)
def _regions() -> re.Pattern[str]:
    words = sorted(load("populations")["regions"], key=len, reverse=True)
    excluded = "|".join(map(re.escape, load("populations")["not_regions"]))
    return re.compile(rf"(?<!\w)(?!{excluded})(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")


@lru_cache(maxsize=1)
def _units() -> frozenset[str]:
    return frozenset(load("populations")["administrative"])


def regions_in(text: str) -> frozenset[str]:
    """The kinds of region that a folded wording names; ``nông thôn mới`` is none.

    >>> sorted(regions_in("xã nông thôn mới ở miền núi"))
    ['miền núi']
    """
    return frozenset(_regions().findall(text))


def levels_in(text: str) -> frozenset[str]:
    """The levels of administration that a folded wording singles out; ``trên địa bàn tỉnh`` singles out none.

    >>> sorted(levels_in("hồ sơ công việc cấp tỉnh, cấp huyện trên địa bàn xã"))
    ['huyện', 'tỉnh']
    """
    return frozenset(word for match in _LEVEL.finditer(text) for word in re.findall(r"tỉnh|huyện|xã", match.group()))


@lru_cache(maxsize=1)
def _exclusive() -> list[tuple[re.Pattern[str], str]]:
    """The members of the sets of which a wording speaks of one or another, the longer before the shorter."""
    pairs = [
        (form, f"{index}:{group[0]}")
        for index, groups in enumerate(load("populations")["exclusive"])
        for group in groups
        for form in group
    ]
    return [
        (re.compile(rf"(?<!\w){re.escape(form)}(?!\w)"), name)
        for form, name in sorted(pairs, key=lambda pair: -len(pair[0]))
    ]


def kinds_in(text: str) -> dict[str, frozenset[str]]:
    """What a folded wording speaks of, by the number of the set: ``bảo hiểm y tế`` is not ``bảo hiểm xã hội``.

    >>> sorted(next(iter(kinds_in("tỷ lệ tham gia bảo hiểm y tế").values())))
    ['bảo hiểm y tế']
    """
    found: dict[str, set[str]] = {}
    for pattern, name in _exclusive():
        if pattern.search(text):
            number, _, member = name.partition(":")
            found.setdefault(number, set()).add(member)
            text = pattern.sub(" ", text)
    return {number: frozenset(members) for number, members in found.items()}


@lru_cache(maxsize=1)
def _equivalents() -> list[tuple[re.Pattern[str], str]]:
    out = []
    for entry in load("equivalents")["equivalent"]:
        words = "|".join(re.escape(w) for w in sorted(entry["forms"], key=len, reverse=True))
        out.append((re.compile(rf"(?<!\w)(?:{words})(?!\w)"), entry["means"]))
    return out


def unified(text: str) -> str:
    """A folded wording with equivalent wordings made one: ``hộ gia đình``, ``hộ dân`` → ``hộ``."""
    for pattern, means in _equivalents():
        text = pattern.sub(means, text)
    return text


def population_of(target: Target) -> Population:
    """The narrowing conditions of a target's population, from its scope, subject and base."""
    age: tuple[float, float] | None = None
    years: float | None = None
    places: set[str] = set()
    conditions: set[str] = set()
    lives = "tuổi thọ" in fold(f"{target.subject} {target.indicator}")
    for item in target.scope:
        text = fold(item)
        found_age = None if lives else _AGE.search(text)
        if found_age:
            age = age or _age(found_age)  # the first is the population's own; later ones stand in remarks
            continue
        found_years = _YEARS.search(text)
        if found_years:
            years = float(found_years.group("a"))
            continue
        if lives and text.endswith("tuổi"):
            continue
        if _REMARK.search(text) or item.strip("() ").isupper():
            continue  # a remark on another document and a bracketed abbreviation narrow nothing
        listed = _PLACE.findall(text)
        if listed and not re.sub(r"[,;\s]|và|ở|tại|các", "", _PLACE.sub("", text)):
            places.update(listed)
            continue
        rest = _condition(text)
        if rest:
            conditions.add(rest)
    conditions = {one for one in conditions if not any(one != other and one in other for other in conditions)}
    whole = fold(f"{target.subject} {target.indicator} {target.base} {target.unit} {target.quote}")
    found_age = _AGE.search(fold(f"{target.subject} {target.indicator}"))
    if age is None and found_age and not lives:
        age = _age(found_age)
    base = "grdp" if re.search(r"(?<!\w)grdp(?!\w)", whole) else "gdp" if re.search(r"(?<!\w)gdp(?!\w)", whole) else ""
    return Population(age, years, frozenset(places), frozenset(conditions), base)


def _condition(text: str) -> str:
    """What a scope wording adds, without the names of levels and without a measure that ran into it."""
    rest = neutral().sub(" ", _MEASURING.sub("", text))
    rest = " ".join(rest.split())
    return "" if re.fullmatch(r"(?:ở|tại|trên|của|các|trong|cả|toàn|phạm vi|[,\s])*", rest) else rest


def _age(match: re.Match[str]) -> tuple[float, float]:
    a = float(match.group("a"))
    if match.group("b"):
        return a, float(match.group("b"))
    if match.group("op") in ("dưới", "không quá", "tối đa") or (match.group("up") or "").strip() == "trở xuống":
        return 0.0, a
    return (a, math.inf) if match.group("op") or match.group("up") else (a, a)


class Finding(NamedTuple):
    """What comparing two populations gave; ``kind`` is empty where nothing tells them apart."""

    kind: str
    proof: str
    reason: str


def compare_populations(child: Target, parent: Target, child_around: str = "", parent_around: str = "") -> Finding:
    """Whose population is the wider one, where the text tells; ``*_around`` is the folded text around each target."""
    c, p = population_of(child), population_of(parent)
    found: list[Finding] = []
    if c.base and p.base and c.base != p.base:
        narrower = (p.base, c.base) in [tuple(pair) for pair in load("populations")["narrower"]]
        kind = "scope_narrower" if narrower else "scope_broader"
        found.append(
            Finding(
                kind,
                f"{c.base.upper()} {'⊂' if narrower else '⊃'} {p.base.upper()}",
                f"cơ sở tính là {c.base.upper()} thay cho {p.base.upper()}",
            )
        )
    if c.age != p.age:
        found.append(_compare_ages(c.age, p.age))
    if c.years != p.years:
        found.append(_compare_years(c.years, p.years))
    if c.places != p.places:
        known_child, known_parent = _words(child, child_around), _words(parent, parent_around)
        own = frozenset(i for i in c.places if i in p.places or not set(i.split()) <= known_parent)
        other = frozenset(i for i in p.places if i in c.places or not set(i.split()) <= known_child)
        if own != other:
            found.append(_compare_places(own, other))
    if not any(f.kind for f in found):
        found.append(_compare_regions(child, parent, child_around, parent_around))
    if not any(f.kind for f in found):
        found.append(_compare_members(child, parent, child_around, parent_around))
    if not any(f.kind for f in found) and c.conditions != p.conditions:
        found.append(_compare_conditions(c, p, _words(child, child_around), _words(parent, parent_around)))
    found = [f for f in found if f.kind]
    if not found:
        return Finding("", "", "")
    kinds = {f.kind for f in found}
    kind = kinds.pop() if len(kinds) == 1 else "changed"
    return Finding(kind, "; ".join(f.proof for f in found), "; ".join(f.reason for f in found))


def _words(target: Target, around: str) -> set[str]:
    text = fold(f"{target.subject} {target.indicator} {target.quote} {' '.join(target.scope)}")
    return set(re.findall(r"\w+", f"{text} {unified(text)} {around}"))


def _compare_years(c: float | None, p: float | None) -> Finding:
    if p is None or (c is not None and c > p):
        reason = f"chỉ tính người có từ {c:g} năm" if p is None else f"điều kiện từ {c:g} năm thay cho từ {p:g} năm"
        return Finding("scope_narrower", f"{{{_years(c)}}} ⊂ {{{_years(p)}}}", reason)
    reason = f"bỏ điều kiện từ {p:g} năm" if c is None else f"điều kiện từ {c:g} năm thay cho từ {p:g} năm"
    return Finding("scope_broader", f"{{{_years(c)}}} ⊃ {{{_years(p)}}}", reason)


def _years(value: float | None) -> str:
    return "mọi đối tượng" if value is None else f"từ {value:g} năm"


def _compare_ages(c: tuple[float, float] | None, p: tuple[float, float] | None) -> Finding:
    everyone = (0.0, math.inf)
    a, b = c or everyone, p or everyone
    text = f"độ tuổi {_span(a)}", f"độ tuổi {_span(b)}"
    if c is None:
        reason = f"bỏ giới hạn độ tuổi {age_words(b)}"
    elif p is None:
        reason = f"chỉ tính người {age_words(a)}"
    else:
        reason = f"độ tuổi {age_words(a)} thay cho {age_words(b)}"
    if a[0] >= b[0] and a[1] <= b[1]:
        return Finding("scope_narrower", f"{text[0]} ⊂ {text[1]}", reason)
    if a[0] <= b[0] and a[1] >= b[1]:
        return Finding("scope_broader", f"{text[0]} ⊃ {text[1]}", reason)
    return Finding("changed", f"{text[0]} ≠ {text[1]}", reason)


def age_words(age: tuple[float, float]) -> str:
    """An age interval in words.

    >>> age_words((15, 60)), age_words((0, 40)), age_words((65, math.inf))
    ('từ 15 đến 60 tuổi', 'dưới 40 tuổi', 'từ 65 tuổi trở lên')
    """
    if math.isinf(age[1]):
        return f"từ {age[0]:g} tuổi trở lên"
    if age[0] == age[1]:
        return f"{age[0]:g} tuổi"
    return f"từ {age[0]:g} đến {age[1]:g} tuổi" if age[0] else f"dưới {age[1]:g} tuổi"


def _span(age: tuple[float, float]) -> str:
    return f"[{age[0]:g}, {'∞' if math.isinf(age[1]) else f'{age[1]:g}'})"


def _compare_places(c: frozenset[str], p: frozenset[str]) -> Finding:
    left, right = _set(c), _set(p)
    if not p or (c and c < p):
        return Finding(
            "scope_narrower", f"{left} ⊂ {right if p else '{mọi địa bàn}'}", f"chỉ còn {', '.join(sorted(c))}"
        )
    if not c or p < c:
        return Finding(
            "scope_broader", f"{left if c else '{mọi địa bàn}'} ⊃ {right}", f"không giới hạn ở {', '.join(sorted(p))}"
        )
    return Finding("changed", f"{left} ≠ {right}", f"địa bàn {', '.join(sorted(c))} thay cho {', '.join(sorted(p))}")


def _set(items: frozenset[str] | set[str]) -> str:
    return "{" + ", ".join(sorted(items)) + "}"


def _compare_regions(child: Target, parent: Target, child_around: str, parent_around: str) -> Finding:
    """Regions named in the wording itself: ``chất thải rắn sinh hoạt đô thị`` against ``chất thải rắn sinh hoạt``."""
    own = regions_in(fold(f"{child.subject} {child.indicator} {child.quote} {' '.join(child.scope)}"))
    other = regions_in(fold(f"{parent.subject} {parent.indicator} {parent.quote} {' '.join(parent.scope)}"))
    own, other = own - (regions_in(parent_around) - other), other - (regions_in(child_around) - own)
    if own == other:
        return Finding("", "", "")
    if own and other:
        if own < other or other < own:
            return _compare_places(own, other)
        return Finding(
            "changed",
            f"{_set(own)} ≠ {_set(other)}",
            f"địa bàn {', '.join(sorted(own))} thay cho {', '.join(sorted(other))}",
        )
    return _compare_places(own, other)


def members(subject: str) -> list[str]:
    """The members of a population that is a list, folded, without what names a level or place.

    >>> members("cán bộ, công chức và người lao động")
    ['cán bộ', 'công chức', 'người lao động']
    """
    text = neutral().sub(" ", unified(fold(re.sub(r"\([^()]*\)", " ", subject))))
    text = re.split(r"\s(?:có|được|đạt|tham gia|sử dụng|qua|ở|tại|thuộc|trong)\s", text)[0]
    parts = [
        " ".join(re.findall(r"\w+(?:\s-\s\w+)?", part)) for part in re.split(r"[,;]|(?<!\w)(?:và|hoặc)(?!\w)", text)
    ]
    return [part for part in parts if part]


def _compare_members(child: Target, parent: Target, child_around: str, parent_around: str) -> Finding:
    """A list that lost or gained a member: ``trang trại, gia trại`` against ``trang trại``."""
    own, other = members(child.subject), members(parent.subject)
    if not own or not other or len(own) == len(other):
        return Finding("", "", "")
    if len(own) > len(other):
        gained = _new_members(own, other, _words(parent, unified(parent_around)))
        return (
            Finding("scope_broader", f"D ∪ {_set(set(gained))} ⊃ D", f"thêm “{', '.join(gained)}”")
            if gained
            else Finding("", "", "")
        )
    lost = _new_members(other, own, _words(child, unified(child_around)))
    return (
        Finding("scope_narrower", f"D ⊂ D ∪ {_set(set(lost))}", f"không còn “{', '.join(lost)}”")
        if lost
        else Finding("", "", "")
    )


def _new_members(longer: list[str], shorter: list[str], known: set[str]) -> list[str]:
    """The members that the longer list has more, by the words that the other side says nowhere; empty if none is
    sure."""
    fillers = set(load("populations")["fillers"])
    fresh = {
        m: len(set(m.split()) - known - fillers) / len(m.split())
        for m in longer
        if m not in shorter and m not in _units()
    }
    new = sorted((m for m, share in fresh.items() if share > 0), key=lambda m: -fresh[m])[: len(longer) - len(shorter)]
    if not new or len(new) == len(longer) or not any(set(m.split()) & set(o.split()) for m in longer for o in shorter):
        return []
    return [m for m in longer if m in new]


def _stated(condition: str, known: set[str]) -> bool:
    """Whether the other side says a condition in other words: hardly a word of weight is missing there."""
    words = set(condition.split()) - set(load("populations")["fillers"])
    return len(words - known) <= 0.34 * len(words)


def _compare_conditions(c: Population, p: Population, child_words: set[str], parent_words: set[str]) -> Finding:
    extra = {i for i in c.conditions - p.conditions if not _stated(i, parent_words)}
    missing = {i for i in p.conditions - c.conditions if not _stated(i, child_words)}
    if extra and not missing:
        return Finding(
            "scope_narrower", f"D ∩ {{{'; '.join(sorted(extra))}}} ⊂ D", f"thêm điều kiện “{'; '.join(sorted(extra))}”"
        )
    if missing and not extra:
        return Finding(
            "scope_broader", f"D ⊃ D ∩ {{{'; '.join(sorted(missing))}}}", f"bỏ điều kiện “{'; '.join(sorted(missing))}”"
        )
    if extra and missing:
        reason = f"điều kiện “{'; '.join(sorted(extra))}” thay cho “{'; '.join(sorted(missing))}”"
        return Finding("changed", f"{{{'; '.join(sorted(extra))}}} ≠ {{{'; '.join(sorted(missing))}}}", reason)
    return Finding("", "", "")
