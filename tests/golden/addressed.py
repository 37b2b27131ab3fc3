"""Pairs of documents of different bodies, put together at random from small parts.

To whom a target of an upper document is addressed depends on heads: on the body, the level, the place, the title and
the chapters of both.  And what a lower document says of its difference stands in brackets, notes and half sentences.
Here they meet as they seldom do: what is found need make no sense, only stay.
"""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

from doichieu import extract_text
from doichieu.model import Document

_WORDS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
#: So many pairs are made.
COUNT = 24
_LAST_CHAPTER = 4


def _one(chance: random.Random, part: str) -> str:
    return chance.choice(_WORDS[part])


def head(chance: random.Random) -> list[str]:
    """The head of a document: body, number, place and date, kind, title."""
    issuer, number = _one(chance, "issuers"), _one(chance, "numbers")
    return [issuer, f"Số: {number}" if number else "", *(_one(chance, part) for part in ("dates", "kinds", "titles"))]


def _goal(chance: random.Random, goal: str, *said: str) -> str:
    line = _one(chance, "times") + goal.replace("#", _one(chance, "figures")) + " ".join(filter(None, said))
    return f"- {line[:1].upper()}{line[1:]}."


def addressed(number: int) -> tuple[Document, Document]:
    """The lower and the upper document of one such pair, always the same for its number."""
    chance = random.Random(f"addressed {number}")
    child, parent = head(chance), head(chance)
    for chapter in range(1, _LAST_CHAPTER):
        for lines in (child, parent):
            lines.append(f"{'I' * chapter}. {_one(chance, 'chapters')}")
        for goal in chance.sample(_WORDS["goals"], 4):
            whom, rest = _one(chance, "to_whom"), _one(chance, "parts") + _one(chance, "assigned")
            parent.append(_goal(chance, goal, f" {whom}{rest}" if whom else rest))
            if chance.random() < 0.8:
                there = f" {whom}" if whom and chance.random() < 0.4 else ""
                child.append(_goal(chance, goal, there + _one(chance, "remarks")))
    child.append(_one(chance, "notes"))
    first, second = ("\n\n".join(filter(None, lines)) + "\n" for lines in (child, parent))
    return extract_text(first, document_id="con"), extract_text(second, document_id="cha")
