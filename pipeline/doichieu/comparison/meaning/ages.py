"""Ages that a wording names, in years: ``từ 15 đến 60 tuổi``, ``dưới 6 tháng tuổi``, ``người cao tuổi``."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from doichieu.comparison.meaning.terms import ages
from doichieu.lexicon import load
from doichieu.text import any_word

AGE = re.compile(
    r"(?<![\d,.])(?:(?P<op>dưới|không quá|tối đa|trên|từ đủ|từ|đủ)\s*)?(?P<a>\d{1,3})"
    r"(?:\s*(?:tháng\s*)?(?:tuổi\s*)?(?:-|đến)\s*(?P<b_op>dưới\s+|đủ\s+|hết\s+)?(?P<b>\d{1,3}))?"
    r"\s*(?P<months>tháng\s+)?tuổi(?P<up>\s*trở lên|\s*trở xuống)?"
)
#: "trong độ tuổi 15 - 60", "độ tuổi từ 18 đến 35": the noun stands before the years.
_AGED = re.compile(
    r"(?<!\w)(?:trong |ở |thuộc )?(?:độ|nhóm) tuổi (?:từ )?(?P<a>\d{1,3})\s*(?:-|đến)\s*"
    r"(?P<b>(?:dưới )?\d{1,3})(?: tuổi)?(?![\d.,%])"
)
_FIRST_MONTHS = re.compile(r"(?<!\w)(?:trong |suốt )?(?P<n>\d{1,2}) tháng đầu(?: đời)?(?!\w)")
#: "Có tuổi đời từ 100 năm trở lên", "trên 50 năm tuổi": how old a thing is, as a person's age.
_YEARS_OLD = re.compile(
    r"(?:có )?tuổi đời (?P<n>(?:(?:từ|trên|dưới|đủ|không quá|tối đa) ){0,2}\d{1,3}) (?:năm|tuổi)(?: tuổi)?(?!\w)"
    r"|(?<!\w)(?P<m>(?:(?:từ|trên|dưới|đủ|không quá|tối đa) ){0,2}\d{1,3}) năm tuổi(?! nghề| đảng| quân)(?!\w)"
)
#: Whom an age stands for only where the other side names years.
ELDERLY = "người cao tuổi"


def age_in(match: re.Match[str]) -> tuple[float, float]:
    """The ages ``[from, to)`` in years that a matched wording means; ``to`` itself is out, as in ``dưới``.

    >>> age_in(AGE.search("trẻ dưới 6 tháng tuổi")), age_in(AGE.search("từ 15 đến 60 tuổi"))
    ((0.0, 0.5), (15.0, 61.0))
    """
    months = match.group("months") is not None
    low, high = _span(match, float(match.group("a")))
    return (low / 12, high / 12) if months else (low, high)


def _span(match: re.Match[str], a: float) -> tuple[float, float]:
    """The same in the unit that is printed."""
    if match.group("b"):
        b = float(match.group("b"))
        return a, b if (match.group("b_op") or "").startswith("dưới") else b + 1
    operator, up = match.group("op") or "", (match.group("up") or "").strip()
    if operator == "dưới":
        return 0.0, a
    if operator in ("không quá", "tối đa") or up == "trở xuống":
        return 0.0, a + 1
    if operator == "trên" and not up:
        return a, math.inf
    return (a, math.inf) if operator or up else (a, a + 1)


@lru_cache(maxsize=1)
def _whom() -> re.Pattern[str]:
    """Words for whom a share can be of."""
    return re.compile(any_word(load("populations")["whom"]))


def _said_of_all(words: str, text: str) -> bool:
    """Whether each member of the population, and not only one of a list, is called so."""
    if words not in text:
        return False
    first, *others = re.split(r",|(?<!\w)và(?!\w)", text.split("‖")[0])
    members = [first, *(member for member in others if _whom().search(member))]  # "trẻ em ngồi trên xe máy, xe đạp"
    return all(re.search(rf"(?<!\w){words}(?!\w)", member) for member in members)


def with_ages(text: str) -> str:
    """A folded wording that says how old a thing is as one says it of a person.

    >>> with_ages("cây có tuổi đời từ 100 năm trở lên"), with_ages("từ 5 năm tuổi nghề")
    ('cây  từ 100 tuổi trở lên', 'từ 5 năm tuổi nghề')
    """
    return _YEARS_OLD.sub(lambda match: f" {match['n'] or match['m']} tuổi", text) if " năm" in text else text


def ages_of(text: str, whole: str) -> tuple[tuple[float, float] | None, str]:
    """The age that a wording names, and the wording without it.

    >>> ages_of("cây có tuổi đời từ 100 năm trở lên", ""), ages_of("cây trên 50 năm tuổi", "")
    (((100.0, inf), 'cây   '), ((50.0, inf), 'cây   '))
    """
    if "tuổi thọ" in whole:
        return None, text
    if "tuổi" in text:
        text = _AGED.sub(r" từ \g<a> đến \g<b> tuổi ", text)
        text = with_ages(text)
    if "tháng đầu" in text:
        text = _FIRST_MONTHS.sub(lambda match: f" dưới {match.group('n')} tháng tuổi ", text)
    found = AGE.search(text) if "tuổi" in text else None
    age = age_in(found) if found else None
    text = AGE.sub(" ", text) if found else text
    for words, (low, high) in ages().items():
        if words != ELDERLY and _said_of_all(words, text):
            span = (float(low), float(high) if high < 200 else math.inf)
            age = (max(age[0], span[0]), min(age[1], span[1])) if age else span
            if words == "trưởng thành":
                text = re.sub(r"(?<!\w)trưởng thành(?!\w)", " ", text)
    return age, re.sub(r"(?<!\w)người(?=\s*(?:\Z|được|có|là|tham gia|[,;(]))", "người dân", text) if found else text


__all__ = ["AGE", "ELDERLY", "age_in", "ages_of", "with_ages"]
