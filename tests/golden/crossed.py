"""Clauses that nobody wrote: the first part of one clause of the invented documents and the last part of another.

Rules keep to their own constructions by conditions that ordinary clauses seldom ask.  Parts of clauses put together at
random, and rows of tables below heads that are not theirs, ask them: what is read there need make no sense, only stay.
"""

from __future__ import annotations

import random
import re
from functools import cache

from tests.extraction.columns import HEAD
from tests.golden.golden import TEXTS

#: So many documents are made.
COUNT = 24
_HEADINGS = ("I. MỤC TIÊU", "II. CHỈ TIÊU", "III. NHIỆM VỤ, GIẢI PHÁP", "IV. TỔ CHỨC THỰC HIỆN")
#: Where clauses are cut: behind marks, and before words that open a part.
_CUT = re.compile(
    r"(?<=[,;:]) | (?=(?:và|đạt|trên|từ|đến|là|có|được|của|trong|do|cho|với|theo|phấn đấu|không|còn|tăng|giảm|xuống"
    r"|chủ trì|phối hợp)\s)"
)


@cache
def _parts() -> tuple[list[str], list[list[str]]]:
    """The lines of the documents and the rows of their tables."""
    lines: list[str] = []
    tables: list[list[str]] = [[]]
    for path in TEXTS:
        for line in [*map(str.strip, path.read_text(encoding="utf-8").splitlines()), ""]:
            if line.count("|") > 1:
                tables[-1].append(line)
                continue
            if tables[-1]:
                tables.append([])
            if 25 < len(line) < 420:
                lines.append(line)
    return lines, tables[:-1]


def _cross(one: str, other: str, chance: random.Random) -> str:
    ends = [match.start() for match in _CUT.finditer(one)]
    starts = [match.start() for match in _CUT.finditer(other)]
    if not ends or not starts:
        return one
    return f"{one[: chance.choice(ends)].rstrip()} {other[chance.choice(starts) :].lstrip()}"


def crossed(number: int) -> str:
    """The text of one such document, always the same for its number."""
    chance = random.Random(number)
    lines, tables = _parts()
    out = [HEAD.rstrip()]
    for heading in _HEADINGS:
        out.append(heading)
        for _ in range(8):
            clause = _cross(chance.choice(lines), chance.choice(lines), chance)
            out.append(("- " if chance.random() < 0.5 else "") + re.sub(r"^[-+*]\s*", "", clause))
        if chance.random() < 0.6:
            head, body = chance.choice(tables), chance.choice(tables)
            rows = chance.sample(body[1:], min(len(body) - 1, 5))
            out.append("\n".join([*head[: chance.choice((1, 1, 2))], *rows]))
    return "\n\n".join(out) + "\n"
