"""Members of a row that are called by a number: ``lớp 5``, ``quốc lộ 14``; which of them a population is of.

A number behind such a noun counts nothing: it says which one.  ``Học sinh từ lớp 3 đến lớp 9`` are seven classes, and
``học sinh lớp 4, lớp 5`` are two of them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.lexicon import load
from doichieu.text import any_word

#: What is left open upwards reaches so far.
_OPEN = 20
#: What may follow a bare number of a list, so that it is no count of something else: "lớp 5 và 10 trường".
_ENDS = r"(?![\d.%/])(?=\s*(?:\Z|[,;)‖]|-|(?:và|hoặc|đến|tới|trở|được|có|đạt|của|tại|ở|các|trên|trong|là|thuộc)(?!\w)))"

Numbered = frozenset[tuple[str, int]]


@lru_cache(maxsize=1)
def _named() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    nouns = {form: forms[0] for forms in load("terms")["numbered"] for form in forms}
    noun = any_word(nouns)
    no_figure = r"(?!\w|[.,]\d|\s*[%/])"
    first = rf"(?:(?<!\w)từ )?(?:(?<!\w)các )?(?P<noun>{noun}) (?:thứ |số )?(?P<n>(?!20\d\d)\d{{1,4}}){no_figure}"
    again = rf"{noun} (?:thứ |số )?(?P<a>\d{{1,3}}){no_figure}"
    more = rf"(?P<sep>\s*(?:,(?: và)?|-|và|hoặc|đến hết|đến|tới)\s*)(?:{again}|(?P<b>\d{{1,3}}){_ENDS})"
    return re.compile(first), re.compile(rf"{more}|(?P<up>\s+trở (?:lên|xuống))"), nouns


def numbered_in(text: str) -> tuple[Numbered, str]:
    """The numbered members that a folded wording names, and the wording without them.

    >>> sorted(numbered_in("học sinh từ lớp 3 đến lớp 5")[0]), numbered_in("học sinh lớp 4, 5 được học bơi")[1]
    ([('lớp', 3), ('lớp', 4), ('lớp', 5)], 'học sinh   được học bơi')
    >>> numbered_in("cuộc gọi đến tổng đài 1022 được trả lời")[0], numbered_in("vào lớp 2026")[0]
    (frozenset({('tổng đài', 1022)}), frozenset())
    >>> numbered_in("mở 3 lớp"), numbered_in("lớp 5 và 10 trường")[1]
    ((frozenset(), 'mở 3 lớp'), '  và 10 trường')
    """
    first, more, nouns = _named()
    found: set[tuple[str, int]] = set()
    out, last = [], 0
    for match in first.finditer(text):
        if match.start() < last:
            continue
        noun, numbers, end = nouns[match.group("noun")], [int(match.group("n"))], match.end()
        while (step := more.match(text, end)) is not None:
            end = step.end()
            if step.group("up"):
                numbers += range(numbers[-1], _OPEN) if step.group("up").endswith("lên") else range(1, numbers[-1])
                break
            number = int(step.group("a") or step.group("b"))
            through = step.group("sep").strip() in ("-", "đến", "đến hết", "tới")
            numbers += range(numbers[-1], number + 1) if through else [number]
        found.update((noun, number) for number in numbers)
        out += [text[last : match.start()], "  "]
        last = end
    return frozenset(found), "".join([*out, text[last:]]) if out else text


__all__ = ["Numbered", "numbered_in"]
