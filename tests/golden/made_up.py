"""Tables, days, figures and lines of bodies put together at random from small parts.

What the rules ask seldom (a year of two digits in a head, a row of ordinals, a stretch whose end comes first, a body
behind a bracket) is asked here: what is read need make no sense, only stay.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.extraction.columns import HEAD
from tests.golden.addressed import head

_WORDS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _line(chance: random.Random, *parts: Sequence[str]) -> str:
    said = " ".join(filter(None, (chance.choice(part) for part in parts)))
    return said[:1].upper() + said[1:] if chance.random() < 0.7 else said


def _table(chance: random.Random) -> str:
    """A table; each of its columns mostly keeps to one kind of cell."""
    width, height = chance.randint(2, 7), chance.randint(2, 6)
    heads = [chance.choice(_WORDS["heads"]) for _ in range(width)]
    kinds = [chance.sample(_WORDS["cells"], 3) for _ in range(width)]
    label = chance.choice((0, 1, 1))
    rows = [heads]
    if chance.random() < 0.3:
        rows.append([chance.choice((head, head, *_WORDS["heads"])) for head in heads])
    for number in range(height):
        row = [chance.choice(kind if chance.random() < 0.8 else _WORDS["cells"]) for kind in kinds]
        row[0] = row[0] if chance.random() < 0.2 else str(number + 1)
        row[label] = chance.choice(_WORDS["labels"]) if chance.random() < 0.9 else row[label]
        rows.append(row)
    title = chance.choice(_WORDS["titles"]) + "\n\n" if chance.random() < 0.6 else ""
    return title + "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _days(chance: random.Random) -> str:
    between = chance.choice(_WORDS["between"])
    said = _timed(chance)
    while chance.random() < 0.4:
        said += between + _timed(chance)
    deed = chance.choice(_WORDS["deeds"])
    return chance.choice((f"{deed} {said}.", f"{said}, {deed};", f"{said}: {deed}"))


def _timed(chance: random.Random) -> str:
    before = chance.choice(_WORDS["before"]) + " " if chance.random() < 0.7 else ""
    return before + chance.choice(_WORDS["days"])


def _figures(chance: random.Random) -> str:
    ways = [way.split() for way in _WORDS["ways"]]
    said = _line(chance, *(_WORDS[part] for part in chance.choice(ways)))
    while chance.random() < 0.5:
        said += chance.choice(_WORDS["goes_on"]) + _line(chance, *(_WORDS[part] for part in chance.choice(ways)))
    return said + ")" * (said.count("(") - said.count(")"))


def _bodies(chance: random.Random) -> str:
    bodies, roles, tasks = _WORDS["bodies"], _WORDS["roles"], _WORDS["tasks"]
    said = _line(chance, chance.choice((bodies, roles)), roles, bodies, tasks)
    while chance.random() < 0.6:
        said += chance.choice((", ", "; ", " và ", ". ", ": ", " (", " - "))
        said += _line(chance, chance.choice((bodies, roles, tasks)), chance.choice((roles, tasks, bodies)), tasks)
    return said + chance.choice((".", ";", ":", ""))


SORTS: dict[str, Callable[[random.Random], str]] = {
    "tables": _table,
    "days": _days,
    "figures": _figures,
    "bodies": _bodies,
}


def made_up(sort: str, number: int) -> str:
    """The text of one such document, always the same for its sort and number."""
    chance = random.Random(f"{sort} {number}")
    out = [HEAD.rstrip()]
    for chapter in range(1, 5):
        out.append(f"{chapter}. {chance.choice(_WORDS['chapters'])}")
        for _ in range(2 if sort == "tables" else 7):
            mark = "" if sort == "tables" else chance.choice(_WORDS["marks"])
            out.append(mark + SORTS[sort](chance))
    return "\n\n".join(out) + "\n"


def mixed(number: int) -> str:
    """A document of some body and kind, with articles, annexes or chapters and clauses of all sorts below them."""
    chance = random.Random(f"mixed {number}")
    out = head(chance)
    opens = chance.choice(
        ("Điều {0}. ", "Điều {0}. ", "Chương {1}\n\n", "{1}. ", "Phụ lục {1}\n\n", "PHẦN {1}. ", "{0}. ")
    )
    for chapter in range(1, 6):
        said = chance.choice((*_WORDS["chapters"], *(f"Trách nhiệm của {body}" for body in _WORDS["bodies"])))
        out.append(opens.format(chapter, "I" * chapter if chapter < 4 else "IV" if chapter == 4 else "V") + said)
        for place in range(1, 6):
            mark = chance.choice((f"{place}. ", f"{'abcde'[place - 1]}) ", *_WORDS["marks"]))
            sort = chance.choice(("bodies", "bodies", "figures", "days", "tables"))
            out.append(SORTS[sort](chance) if sort == "tables" else mark + SORTS[sort](chance))
    return "\n\n".join(filter(None, out)) + "\n"
