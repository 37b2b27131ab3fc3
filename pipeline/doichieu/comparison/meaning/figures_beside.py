"""Figures beside the one that is promised: two wordings that differ in one of them do not say the same.

``Cấp nước liên tục 24 giờ`` is not ``liên tục 18 giờ``, whatever share of the works does so.  What the population, the
predicate or the dates already compare is told there; this is what nothing else read.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from doichieu.comparison.meaning.ages import AGE, with_ages
from doichieu.comparison.meaning.dimensions import dimension_of
from doichieu.comparison.meaning.standards import limits_in
from doichieu.model import Target
from doichieu.text import fold

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d]+|[%/]")
_BRACKET = re.compile(r"\([^()]*\)")
#: Before or behind these a figure is a day, a year, a document's number or a share.
_BEFORE = frozenset({"năm", "ngày", "tháng", "quý", "số", "khóa", "kỳ", "điểm", "khoản", "điều", "/"})
_BEHIND = frozenset({"%", "/", "tuổi", "năm"})
_YEAR = re.compile(r"(?:19|20)\d\d")


def other_figure(child: Target, parent: Target, own: str, theirs: str) -> tuple[str, str] | None:
    """The first figure in which two stretches of text differ though they read alike around it, with the word behind
    it; None where there is none.

    >>> a, b = "80% công trình cấp nước liên tục 24 giờ", "80% công trình cấp nước liên tục 18 giờ"
    >>> share = Target("d", "t", "c", "", 0, 1, a, value=80, unit="%")
    >>> other_figure(share, share, a, b)
    ('24 giờ', '18 giờ')
    """
    a, b = (_WORD.findall(fold(_BRACKET.sub(" ", text))) for text in (own, theirs))
    if not _figures(a, child) or not _figures(b, parent):
        return None
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "replace" or (i2 - i1, j2 - j1) != (1, 1) or i1 == 0:
            continue
        if not a[i1][0].isdecimal() or not b[j1][0].isdecimal() or not _free(a, i1, child) or not _free(b, j1, parent):
            continue
        if _number(a[i1]) != _number(b[j1]):
            return " ".join(a[i1 : i2 + 1]), " ".join(b[j1 : j2 + 1])
    return None


def unread_limits(target: Target, read: str, other: str) -> list[str]:
    """The limits in the quote of a share that neither its own ``read`` words nor the ``other`` quote name; they narrow
    what it is about, however little of it was read.

    >>> farms = Target("d", "t", "c", "", 0, 1, "85% trang trại nuôi trên 500 con lợn có hầm ủ", value=85, unit="%")
    >>> unread_limits(farms, "trang trại có hầm ủ", "85% trang trại nuôi lợn có hầm ủ")
    ['trên 500 con']
    >>> unread_limits(farms, "trang trại nuôi trên 500 con có hầm ủ", "85% trang trại nuôi lợn có hầm ủ")
    []
    """
    if not target.unit.startswith(("%", "‰")):
        return []
    quote = AGE.sub(" ", with_ages(fold(_BRACKET.sub(" ", target.quote))))
    measured = f"{dimension_of(target)} {target.base} {target.recurrence} {target.deadline_text}".lower()
    said = f"{read} {fold(other)}"
    return [
        words
        for number, unit, words in limits_in(quote)
        if _BEYOND.match(words)
        and _number(number) not in (1, target.value, target.value_max)
        and not _YEAR.fullmatch(number)
        and unit not in _NO_UNIT
        and number not in measured
        and not re.search(rf"(?<![\d.,])0*{re.escape(number.lstrip('0') or number)} {re.escape(unit)}(?!\w)", said)
    ]


#: "Trên 500 con", "từ 15 m trở lên": which of them; "ít nhất 2 lớp" is what they have.
_BEYOND = re.compile(r"(?:trên|dưới|quá|hơn)\s|từ\s.*trở (?:lên|xuống)\Z")
#: What may stand behind a number and is no unit.
_NO_UNIT = frozenset({"đến", "và", "hoặc", "tới", "trở", "tuổi", "quý", "lần", "buổi", "điểm", "dân"})


def _figures(words: list[str], target: Target) -> bool:
    return any(word[0].isdecimal() and _free(words, place, target) for place, word in enumerate(words))


def _free(words: list[str], place: int, target: Target) -> bool:
    """Whether a figure is neither the promised one nor part of a day, a number or a share."""
    if _YEAR.fullmatch(words[place]) or _number(words[place]) in (target.value, target.value_max):
        return False
    if words[place] in dimension_of(target):
        return False
    before = words[place - 1] if place else ""
    behind = words[place + 1] if place + 1 < len(words) else ""
    return before not in _BEFORE and behind not in _BEHIND


def _number(word: str) -> float:
    whole, _, rest = re.sub(r"\.(?=\d{3}(?!\d))", "", word).replace(",", ".").partition(".")
    return float(f"{whole}.{rest.replace('.', '')}")


__all__ = ["other_figure", "unread_limits"]
