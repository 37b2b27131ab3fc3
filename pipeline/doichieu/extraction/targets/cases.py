"""One measure with the stretches of wording around it that decide what it is."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from doichieu.extraction.targets.measures import Group, sentence_starts
from doichieu.lexicon.named_words import words_of
from doichieu.text.sieve import Sieve

#: What a measure turned out to be: a promise, a rule that binds without promising, an account, or nothing that counts.
Verdict = Literal["target", "norm", "account", ""]

_AHEAD = Sieve(r"(?<!\w)(?:phấn đấu|đến (?:hết |cuối )?(?:năm|quý|tháng) ?[\d/iv]+|nâng lên|sẽ)(?!\w)(?! đã| tỉnh đã)")


#: An account opens: of today, of a reporting period, by a report or a survey.
_TELLS = Sieve(
    r"(?<!\w)(?:(?<!so với )(?<!so )(?<!như )(?<!hơn )hiện (?:nay|có(?!\s*(?:[;,.)]|\Z))|đang|tại)"
    r"|đến nay|tính đến|thời gian qua|những năm qua|năm qua|thực trạng|(?<!\w)qua (?:kiểm tra|thanh tra"
    r"|rà soát|khảo sát|giám sát)(?: [^\W\d_]+){0,4}? \d|(?:theo|qua) (?:"
    rf"{words_of('tells_what_is')}"
    r")|(?:kết quả|số liệu|khảo sát|thống kê|điều tra|rà soát|đánh giá)(?: \w+){0,6}? cho thấy"
    r"|kết quả đạt được|(?:trong )?\d{1,2} tháng (?:đầu |cuối )?năm|so với cùng kỳ"
    r"|thống nhất đánh giá)(?!\w)"
)
#: It closes: the text turns to what is to come.
_TURNS = re.compile(rf"(?<!\w)(?:{words_of('turns_to_the_plan')}|đến (?:hết |cuối )?năm)(?!\w)")


@lru_cache(maxsize=16)
def told_sentences(text: str, lowered: str) -> tuple[bool, ...]:
    """Which sentences of a passage go on with an account that an earlier one opened.

    >>> text = "Toàn xã hiện có 9 trạm. Tỷ lệ hộ dùng nước sạch là 91%. Phấn đấu đạt 95%."
    >>> told_sentences(text, text.lower())
    (False, True, False)
    """
    starts = (*sentence_starts(text), len(text))
    out, told = [], False
    for start, end in pairwise(starts):
        tells = told or _TELLS.search(lowered, start, end) is not None
        turned = tells and _TURNS.search(lowered, start, end) is not None
        out.append(told and not turned)
        told = tells and not turned
    return tuple(out)


#: The zones whose figures are commitments.
GOALS = frozenset(("goal", "general_goal"))


class Setting(NamedTuple):
    """Where a clause stands: its zone, whether the document is a rule in articles, whether the clause has a date to
    come."""

    zone: str
    articles: bool = False
    ahead: bool = False
    year: str = ""  # the document's own
    above: frozenset[str] = frozenset()  # units of the counts promised by the line that this one is listed under
    now: bool = False  # it names the document's own year, and what stands above a later one
    first: str = ""  # the year in which the period above begins
    planned: bool = False  # the document is a plan of a named period that has no chapter of goals

    @property
    def goal(self) -> bool:
        """Whether the clause stands below a heading of goals."""
        return self.zone in GOALS

    def promising(self) -> Setting:
        """The same place as promises read it: a plan without goals promises in its tasks."""
        return self._replace(zone="goal") if self.planned and self.zone in ("", "task") else self


class Case(NamedTuple):
    """One measure with the stretches of wording that the rules look at."""

    group: Group
    setting: Setting
    lowered: str
    sentence: str  # the sentence up to the figure
    before: str  # the end of it, from where it looks ahead
    segment: str
    previous: Group | None
    told: bool  # an earlier sentence has opened an account
    after: Verdict = ""  # what the measure right before it, in the same sentence, turned out to be

    @property
    def left(self) -> str:
        """The measure's own wording up to its figure."""
        return self.lowered[self.group.start : self.group.anchor]

    @property
    def behind(self) -> int:
        """Where the figure ends."""
        return self.group.quantity.end if self.group.quantity is not None else self.group.stop

    @property
    def modal(self) -> bool:
        """Whether the sentence strives for it in words."""
        return "phấn đấu" in self.sentence

    @property
    def compared(self) -> bool:
        """Whether the figure has a comparator."""
        return self.group.figure.operator in (">=", ">", "between", "<=", "<")


def read_case(group: Group, text: str, lowered: str, setting: Setting, previous: Group | None) -> Case:
    """The wording around a measure."""
    start = sentence_starts(text)[max(group.sentence, 0)]
    sentence = lowered[min(start, group.anchor) : group.anchor]
    ahead = list(_AHEAD.finditer(sentence))
    before = sentence[ahead[-1].start() :] if ahead else sentence  # what was said of today stands before it
    told = told_sentences(text, lowered)[max(group.sentence, 0)]
    return Case(group, setting, lowered, sentence, before, lowered[group.start : group.end], previous, told)
