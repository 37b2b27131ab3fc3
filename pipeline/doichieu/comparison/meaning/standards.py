"""Standards that words and figures of a wording name: steps of an order, limits in a unit, how often a year.

Each becomes one token of a statement, with its value apart, so that two statements that differ only in a standard
line up and the standards are compared as measures.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from doichieu.lexicon import load
from doichieu.lexicon.families import EVERY
from doichieu.lexicon.named_words import words_of
from doichieu.text import any_word
from doichieu.text.memory import remembered

#: Steps that are no Arabic figures: "hạng II", "loại B".
_STEPS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "a": 1, "b": 2, "c": 3, "d": 4}


class Standard(NamedTuple):
    """One standard as printed: the admissible steps or amounts ``[low, high]``, more being better.

    ``limit`` tells that it is an amount with a unit and a comparator (``trên 30 MW``).
    """

    key: str
    words: str
    low: float
    high: float
    limit: bool = False


@lru_cache(maxsize=1)
def _steps() -> tuple[re.Pattern[str], dict[str, tuple[str, int]]]:
    forms = {
        form: (entry["id"], rank)
        for entry in load("standards")["words"]
        for rank, step in enumerate(entry["steps"])
        for form in step
    }
    return re.compile(any_word(forms)), forms


@lru_cache(maxsize=1)
def _figures() -> list[tuple[re.Pattern[str], str, bool, dict[str, float]]]:
    return [
        (re.compile(rf"(?<!\w){entry['pattern']}"), entry["id"], entry["better"] == "more", entry.get("factors", {}))
        for entry in load("standards")["figures"]
    ]


_NUMBER = r"\d+(?:\.\d{3})*(?:,\d+)?"
_OFTEN = re.compile(
    rf"(?:(?:định kỳ|ít nhất|tối thiểu)\s+)?(?:"
    rf"(?P<n>{_NUMBER}|hai|ba|bốn) lần\s*(?:/|mỗi|một|trong|trên)\s*(?:1 |một |0?1 )?(?P<per>năm|quý|tháng|tuần|ngày)"
    rf"|(?:{EVERY}|một) (?P<per2>năm|quý|tháng|tuần|ngày),? (?:ít nhất |tối thiểu )?"
    rf"(?P<n2>{_NUMBER}|một|hai|ba|bốn) lần"
    rf"|(?P<m>{_NUMBER}) tháng(?:/| một| 1)? ?(?:0?1 )?lần"
    rf"|(?P<y>{_NUMBER}|hai|ba|bốn|năm|mười) năm(?:/| một| 1)? ?(?:0?1 )?lần)(?!\w)"
)
_LIMIT = re.compile(
    rf"(?P<op>trên|từ đủ|từ|đủ|ít nhất|tối thiểu|dưới|không quá|tối đa|hơn|không dưới"
    rf"|(?<!không )(?<!vượt )quá)\s+(?P<n>{_NUMBER})\s*"
    rf"(?P<unit>(?!tuổi|%|năm 20)(?:k?m[23](?!\w)|(?:{words_of('units_of_two_words')})(?!\w)|[^\W\d]+)(?:/[^\W\d]+)?)"
    r"(?P<up>\s+(?:\w+\s+)?trở (?:lên|xuống))?"
)
#: "Trọng tải từ 3,5 tấn đến 10 tấn".
_BETWEEN = re.compile(
    rf"từ\s+(?:trên\s+)?(?P<low>{_NUMBER})\s*(?:(?P<first>[^\W\d]+(?:/[^\W\d]+)?)\s+)?đến\s+(?P<below>dưới\s+)?"
    rf"(?P<high>{_NUMBER})\s*(?P<unit>(?!tuổi|%|năm 20|tháng|giờ|ngày)(?:k?m[23](?!\w)|[^\W\d]+)(?:/[^\W\d]+)?)(?!\w)"
)
#: "Cầu xây dựng trước năm 2015": since when, or until when, what is counted has been there.
_DATED = re.compile(
    r"(?<!\w)(?P<verb>"
    rf"{words_of('there_since')}"
    r")\s+(?:từ (?=trước|sau))?(?P<op>trước|sau|từ|trong)"
    r" (?:năm )?(?P<n>(?:19|20)\d\d)"
    r"(?:\s*(?:-|đến|tới)\s*(?:(?P<before>trước )|hết )?(?:năm )?(?P<last>(?:19|20)\d\d)"
    r"| trở đi| trở về trước| trở lại đây)?(?!\w)"
)
#: "Trên 500 triệu đồng" against "trên 1 tỷ đồng".
_MONEY = {"nghìn đồng": 1e3, "triệu đồng": 1e6, "tỷ đồng": 1e9}
_UNITS = {"mét": "m", "héc-ta": "ha", "hecta": "ha"}


@lru_cache(maxsize=1)
def _counted() -> re.Pattern[str]:
    """What a predicate counts: ``đủ 3 mũi``, ``15 tiêu chí``."""
    nouns = any_word(load("standards")["counted"]["nouns"])
    return re.compile(
        rf"(?:(?:đủ|từ đủ|từ|ít nhất|tối thiểu|trên)\s+)?(?<![\d,.%/-])(?P<n>\d{{1,3}}) (?P<noun>{nouns})"
        r"(?:\s+trở lên)?(?!\s*/)"
    )


#: Numbers in words before "năm một lần", "sao".
_IN_WORDS = {"một": 1.0, "hai": 2.0, "ba": 3.0, "bốn": 4.0, "năm": 5.0, "mười": 10.0}


def _value(text: str) -> float:
    return _IN_WORDS[text] if text in _IN_WORDS else float(text.replace(".", "").replace(",", "."))


def _half_line(operator: str, value: float, up: str) -> tuple[float, float]:
    if operator in ("dưới", "không quá", "tối đa") or up.endswith("xuống"):
        return -math.inf, value
    return value + (1e-9 if operator in ("trên", "hơn", "quá") else 0.0), math.inf


def _times(match: re.Match[str]) -> float:
    every = load("standards")["times"]
    if match.group("m"):
        return 12 / _value(match.group("m"))
    if match.group("y"):
        return 1 / _value(match.group("y"))
    return _value(match.group("n") or match.group("n2")) * float(every[match.group("per") or match.group("per2")])


def times_a_year(text: str) -> float | None:
    """How often a year a folded wording asks for; None where it does not say.

    >>> times_a_year("định kỳ 06 tháng một lần"), times_a_year("mỗi năm 02 lần"), times_a_year("hai lần")
    (2.0, 2.0, None)
    >>> times_a_year("được kiểm định 2 năm/lần"), times_a_year("hai năm một lần")
    (0.5, 0.5)
    """
    found = _OFTEN.search(text)
    return _times(found) if found else None


_BEFORE = re.compile(r"(?:từ|tối thiểu|ít nhất|trên)\s+\Z")


def _with_comparator(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Where a step stands with the words that open it upwards: ``từ 3 sao trở lên``."""
    before = _BEFORE.search(text[: match.start()])
    after = re.match(r"\s+trở lên(?!\w)", text[match.end() :])
    return before.start() if before else match.start(), match.end() + (after.end() if after else 0)


_JOINED = re.compile(r"\s*(?:,|và|hoặc|, và|,? hoặc)\s*")


def _listed(text: str, found: list[tuple[int, int, Standard]]) -> list[tuple[int, int, Standard]]:
    """The standards with steps that a list names together made one: ``đô thị loại I, loại II``."""
    out: list[tuple[int, int, Standard]] = []
    for start, end, step in found:
        if out:
            first, last, before = out[-1]
            if before.key == step.key and not (before.limit or step.limit) and _JOINED.fullmatch(text[last:start]):
                low, high = min(before.low, step.low), max(step.low, before.low, *_top(before))
                up = high == _FIRST_RANK  # "hạng 1, hạng 2" is "hạng 2 trở lên"
                high = math.inf if up else high
                out[-1] = (first, end, Standard(step.key, text[first:end], low, high, up))
                continue
        out.append((start, end, step))
    return out


#: The best step of an order in which the smaller figure is the better one.
_FIRST_RANK = -1.0


def _top(step: Standard) -> tuple[float, ...]:
    return () if math.isinf(step.high) else (step.high,)


def _limits(text: str) -> Iterator[tuple[re.Match[str], Standard]]:
    """Amounts between two ends, then those with one: ``từ 5 đến 20 kW``, ``trên 30 MW``."""
    for match in _BETWEEN.finditer(text) if " đến " in text else ():
        unit = _UNITS.get(match.group("unit"), match.group("unit"))
        high = _value(match.group("high")) - (1e-9 if match.group("below") else 0.0)
        yield match, Standard(unit, match.group(), _value(match.group("low")), high, limit=True)
    for match in _LIMIT.finditer(text):
        unit = _UNITS.get(match.group("unit"), match.group("unit"))
        money = unit.removesuffix("/năm")  # a turnover is one of a year anyway
        factor = _MONEY.get(money, 1.0)
        low, high = _half_line(match.group("op"), _value(match.group("n")) * factor, match.group("up") or "")
        unit = "đồng" if money in _MONEY else unit
        yield match, Standard(unit, match.group().strip(), low, high, limit=True)


def limits_in(text: str) -> list[tuple[str, str, str]]:
    """The limits with one end that a folded wording names: number as printed, unit, the words.

    >>> limits_in("tàu dài từ 15 m trở lên")
    [('15', 'm', 'từ 15 m trở lên')]
    """
    return [(m.group("n"), m.group("unit"), m.group().strip()) for m in _LIMIT.finditer(text)]


def mark(text: str) -> tuple[str, list[Standard]]:
    """A folded wording with each standard replaced by ``<key>``, and the standards in their order.

    >>> mark("khách sạn đạt 4 sao")
    ('khách sạn đạt <sao>', [Standard(key='sao', words='4 sao', low=4.0, high=inf, limit=False)])
    """
    marked, found = _marked(text)
    return marked, list(found)


def _read_marked(text: str) -> tuple[str, tuple[Standard, ...]]:
    found: list[tuple[int, int, Standard]] = []

    def free(match: re.Match[str]) -> bool:
        return not any(start < match.end() and match.start() < end for start, end, _ in found)

    for match in _OFTEN.finditer(text):
        found.append((match.start(), match.end(), Standard("lần", match.group(), _times(match), math.inf)))
    if "20" in text or "19" in text:
        for match in _DATED.finditer(text):
            year, before = float(match.group("n")), match.group("op") == "trước" or "về trước" in match.group()
            low, high = (-math.inf, year) if before else (year + (match.group("op") == "sau"), math.inf)
            high = year + 1 if match.group("op") == "trong" else high
            if match.group("last"):
                high = float(match.group("last")) + (0 if match.group("before") else 1)
            found.append(
                (
                    match.start(),
                    match.end(),
                    Standard("nam_hinh_thanh", match.group().removeprefix("có từ "), low, high, limit=True),
                )
            )
    for pattern, key, more, factors in _figures():
        for match in pattern.finditer(text):
            if free(match):
                printed = match.group(1)
                step = float(_STEPS[printed] if printed in _STEPS else _value(printed))
                step *= factors[match.group(2)] if factors else 1.0
                start, end = _with_comparator(text, match)
                standard = Standard(
                    key, text[start:end], step if more else -step, math.inf, (start, end) != match.span()
                )
                found.append((start, end, standard))
    for match in _counted().finditer(text):
        if free(match):
            noun = match.group("noun")
            low = _value(match.group("n")) + (1e-9 if match.group().startswith("trên") else 0.0)
            found.append((match.start(), match.end(), Standard(noun, match.group().strip(), low, math.inf)))
    for match, standard in _limits(text):
        if free(match):
            found.append((match.start(), match.end(), standard))
    pattern, forms = _steps()
    for match in pattern.finditer(text):
        if free(match):
            key, rank = forms[match.group()]
            found.append((match.start(), match.end(), Standard(key, match.group(), float(rank), math.inf)))
    found = _listed(text, sorted(found))
    out, last = [], 0
    for start, end, standard in found:
        out += [text[last:start], f"<{standard.key}>"]
        last = end
    return "".join([*out, text[last:]]), tuple([standard for _, _, standard in found])


#: Most labels of targets say nothing or what the one before said.
_marked = remembered(_read_marked)


def better(own: Standard, other: Standard) -> int:
    """1 where the first asks more than the second, -1 where less, 0 where the same.

    >>> better(Standard("sao", "4 sao", 4, math.inf), Standard("sao", "3 sao", 3, math.inf))
    1
    """
    if math.isinf(own.low) and math.isinf(other.low):
        return (own.high < other.high) - (own.high > other.high)
    if own.low == other.low:
        return (own.high > other.high) - (own.high < other.high)
    return (own.low > other.low) - (own.low < other.low)
