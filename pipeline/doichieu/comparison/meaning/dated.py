"""Years that tell which things a target is about: ``sổ hộ tịch mở trước năm 2007``, ``quân nhân xuất ngũ năm 2024``.

A year before that of the deadline tells nobody by when a thing is to be done.
"""

from __future__ import annotations

import re

from doichieu.comparison.meaning.cleaned import SINCE
from doichieu.lexicon.named_words import words_of
from doichieu.model import Target

_YEAR = r"(?:năm )?(?:19|20)\d\d"
#: "… thành lập | trước năm 2020 được củng cố": the year goes with what was founded.
_YEAR_OF_IT = re.compile(
    rf"\s*(?:(?:trước|sau|từ) {_YEAR}(?: trở (?:đi|về trước|lại đây))?|(?:trong )?năm (?:19|20)\d\d)(?!\w)"
)
#: "Trước năm 2007", "từ năm 2010 trở về trước": of those times.
_OF_OLD = re.compile(
    r"(?<=[^\W\d]) (?:(?=(?:từ )?(?:trước|sau) (?:năm )?(?P<year>(?:19|20)\d\d)(?!\w)"
    r"|từ (?:năm )?(?P<back>(?:19|20)\d\d) trở (?:về trước|lại đây))"
    r"|(?:trong |vào )?năm (?P<then>(?:19|20)\d\d)(?![\w/]|\s*-))"
)
#: Behind these a year is one by which something is done, or one that it is measured against.
_BY_THEN = re.compile(r"(?<!\w)(?:hoàn thành|hoàn tất|xong|kết thúc|đạt|so với|tăng|giảm|bằng|của|trong)\Z")
#: "Quân nhân xuất ngũ | năm 2024".
_ONCE = re.compile(rf"(?<!\w)(?:{words_of('befell_once')})\Z")


def dated(population: str, predicate: str, target: Target) -> tuple[str, str]:
    """Population and predicate with a year of old in the population, wherever the cut between them fell, and marked.

    >>> books = Target("d", "t", "c", "", 0, 1, "", deadline="2030-12-31", in_force_from="2026-02-01")
    >>> dated("hợp tác xã thành lập", "trước năm 2020 được củng cố", books)
    ('hợp tác xã thành lập trước năm 2020', ' được củng cố')
    >>> dated("sổ hộ tịch mở trước năm 2007", "", books)[0], dated("sổ hộ tịch xong trước năm 2030", "", books)[0]
    ('sổ hộ tịch mở có từ trước năm 2007', 'sổ hộ tịch xong trước năm 2030')
    >>> dated("quân nhân xuất ngũ năm 2024", "được học nghề", books)[0]
    'quân nhân xuất ngũ có từ trong năm 2024'
    """
    year = _YEAR_OF_IT.match(predicate)
    if year is not None and (SINCE.search(f"{population.rstrip()} ") or _old(year.group()[-4:], target)):
        population, predicate = f"{population.rstrip()} {year.group().strip()}", predicate[year.end() :]

    def marked(match: re.Match[str]) -> str:
        before = population[: match.start()]
        if SINCE.search(f"{before} ") or _BY_THEN.search(before):
            return match.group()
        if match["then"]:
            named = target.in_force_from[:4] >= match["then"] and not target.direction and _ONCE.search(before)
            return f" có từ trong năm {match['then']}" if named and _old(match["then"], target) else match.group()
        return " có từ " if _old(match["year"] or match["back"], target) else match.group()

    return _OF_OLD.sub(marked, population), predicate


def _old(year: str, target: Target) -> bool:
    """Whether a year lies before that of the deadline."""
    return year < target.deadline[:4]


__all__ = ["dated"]
