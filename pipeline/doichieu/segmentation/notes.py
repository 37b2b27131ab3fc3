"""Notes that a drafter set by hand as paragraphs: ``(1) Nghị quyết số 21 quy định 10%.`` below ``đạt 15% (1).``

A number in brackets opens a point of a list, too.  It is a note where an earlier paragraph hangs the same number on
its words: behind them, before a stop or at their end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

_OPENS = re.compile(r"\((?P<mark>\d{1,2})\)\s+(?=\S)")
_NUMBERED = re.compile(r"\(\d{1,2}\)")  # what each of those holds that hang, quick to look for
#: "… đạt 15% (1).", "… từ 40 xã(2);"; not "gồm: (1) đường giao thông; (2) trường học".
HANGS = re.compile(r"(?<=[\w%.,”\"])\s?\((?P<mark>\d{1,2})\)(?=\s*(?:[.,;:]|\Z))")


class _Paragraph(Protocol):
    kind: str
    mark: str
    text: str


def notes_set_by_hand(paragraphs: Sequence[_Paragraph]) -> None:
    """Make footnotes of the paragraphs that open with a bracketed number which an earlier one hangs on its words."""
    hung: set[str] = set()
    for paragraph in paragraphs:
        if paragraph.kind not in ("text", "table_row"):
            continue
        opens = _OPENS.match(paragraph.text) if paragraph.kind == "text" else None
        if opens is not None and opens.group("mark") in hung:
            paragraph.kind, paragraph.mark = "footnote", opens.group("mark")
        elif _NUMBERED.search(paragraph.text):
            hung.update(found.group("mark") for found in HANGS.finditer(paragraph.text))


__all__ = ["HANGS", "notes_set_by_hand"]
