"""What a heading opens: an account of the situation, goals, tasks, who does what; the words stand in
``headings.toml``."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.lexicon import load

_MARK = re.compile(
    r"^(?:(?:Phần|PHẦN) (?:thứ |THỨ )?(?:[IVXLC\d]+|nhất|hai|ba|tư|năm|sáu|NHẤT|HAI|BA|TƯ|NĂM"
    r"|SÁU)(?:\s*[.:\-])?\s+|(?:Điều|Chương|Mục|Phần|PHẦN|CHƯƠNG|MỤC) [\w]{1,5}\s*[.:\-]\s"
    r"|\(?[\w.]{1,7}[.)\-]+|\d{1,2}/(?=\s)|[-+*•]|\(\w{1,2}\))\s*"
)


@lru_cache(maxsize=1)
def _zones() -> list[tuple[str, re.Pattern[str]]]:
    return [(entry["zone"], re.compile(entry["pattern"])) for entry in load("headings")["zone"]]


def bare_heading(text: str) -> str:
    """A heading without its numbering mark and closing punctuation.

    >>> bare_heading("2.1. Mục tiêu tổng quát:")
    'Mục tiêu tổng quát'
    """
    while match := _MARK.match(text):
        if match.end() >= len(text):
            break
        text = text[match.end() :]
    return text.strip(" .:;-")


def zone_of_heading(text: str) -> str:
    """The zone a heading opens (situation, goal, general_goal, viewpoint, task, organisation), empty if it opens
    none."""
    return _zone_of(text)


@lru_cache(maxsize=2048)
def _zone_of(text: str) -> str:
    lowered = bare_heading(text).lower()
    for zone, pattern in _zones():
        if pattern.search(lowered) and (len(lowered) < 160 or zone == "goal"):
            return zone
    return ""
