"""When and how often a task is to be done, by what is told in its own stretch of text.

A task that is taken up less often, or of two dates at one alone, is taken up in part.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from doichieu.model import Deadline, Document
from doichieu.text.memory import Last

#: How often in a year each step of a rule recurs.
_A_YEAR = {"DAILY": 365.0, "WEEKLY": 52.0, "MONTHLY": 12.0, "YEARLY": 1.0}


class Times(NamedTuple):
    """The dates by which something is to be done, each with the words that tell it, the operator of the first, and how
    often in a year it is to be done (0 where nothing tells)."""

    dates: dict[str, str]
    operator: str
    often: float

    def last(self) -> str:
        """The last date; empty where there is none."""
        return max(self.dates, default="")

    def lacks(self, asked: Times) -> tuple[str, ...]:
        """The words that tell the dates asked for beside others that are kept.

        >>> kept, both = {"2030-12-31": "năm 2030"}, {"2028-12-31": "năm 2028", "2030-12-31": "năm 2030"}
        >>> Times(kept, "", 0.0).lacks(Times(both, "", 0.0)), Times({}, "", 0.0).lacks(Times(both, "", 0.0))
        (('năm 2028',), ())
        """
        if self.dates.keys().isdisjoint(asked.dates):
            return ()
        return tuple(words for date, words in asked.dates.items() if date not in self.dates)


def often(rules: Sequence[str]) -> float:
    """How often in a year recurs what rules of recurrence say together: dates of a year add up, of others the most.

    >>> often(["FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=10", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10"])
    2.0
    >>> often(["FREQ=MONTHLY;INTERVAL=3", "FREQ=YEARLY"]), often([])
    (4.0, 0.0)
    """
    dated, others = 0.0, 0.0
    for rule in dict.fromkeys(rules):
        fields = dict(part.split("=", 1) for part in rule.split(";"))
        rate = _A_YEAR.get(fields["FREQ"], 0.0) / int(fields.get("INTERVAL", "1"))
        if "BYMONTH" in fields:
            dated += rate * len(fields["BYMONTH"].split(","))
        else:
            others = max(others, rate)
    return max(dated, others)


def _read_starts(document: Document) -> tuple[list[int], list[Deadline]]:
    some = sorted(document.deadlines, key=lambda deadline: deadline.char_start)
    return [deadline.char_start for deadline in some], some


_starts = Last(_read_starts)


def times_in(document: Document, start: int, end: int) -> Times:
    """The times that a stretch of a document tells."""
    starts, some = _starts(document)
    here = some[bisect_left(starts, start) : bisect_left(starts, end)]
    dated = [d for d in here if d.kind == "by" or (d.kind == "within" and d.start[:4] == d.date[:4])]
    return Times(
        {d.date: d.quote for d in dated},
        dated[0].operator if dated else "",
        often([d.recurrence for d in here if d.recurrence]),
    )


def tells_a_time(document: Document, start: int, end: int) -> bool:
    """Whether a stretch of a document tells any time at all."""
    starts, _ = _starts(document)
    return bisect_left(starts, start) < bisect_left(starts, end)


#: A sentence that only tells how often what stands before it is done, or within which term.
_TERMS = re.compile(
    r"(?:\A|(?<=\.))\s*(?:(?:tần suất|số lần|định kỳ|thời gian|thời hạn|lịch)(?!\w)"
    r"|(?:ít nhất|tối thiểu|mỗi|hằng)\s+[^.;\n]{0,40}?(?:lần|đợt|kỳ|buổi)(?!\w))[^.;\n]*",
    re.IGNORECASE,
)


def terms_behind(text: str) -> str:
    """The sentences of a text that only tell how often or within which term something is done.

    >>> terms_behind("; thôn quét sân. Tần suất: 03 lần/tuần. Trạm y tế báo cáo"), terms_behind("; họp 02 lần/tuần")
    (' Tần suất: 03 lần/tuần', '')
    """
    return "".join(_TERMS.findall(text))


__all__ = ["Times", "often", "tells_a_time", "terms_behind", "times_in"]
