"""Two rows of terms laid beside each other: the steps from one to the other, and which terms weigh."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

from doichieu.comparison.meaning.terms import SEPARATORS, idle, verbs
from doichieu.lexicon import load

#: What is done (equal, insert, delete, replace), from where to where in the parent's row, and in the child's.
Step = tuple[str, int, int, int, int]


def is_verb(term: str) -> bool:
    """Whether a term is a verb of predicates, or a standard, which says what is reached."""
    return term in verbs() or term.startswith("<")


def weighty(terms: tuple[str, ...]) -> list[str]:
    """The terms that say something."""
    weightless = _weightless()
    return [t for t in terms if t not in weightless and not t.isdigit()]


@lru_cache(maxsize=1)
def _weightless() -> frozenset[str]:
    return idle() | _units() | {"<>"}


def _slid(row: tuple[str, ...], start: int, end: int, first: int, last: int) -> int:
    """How far an insertion of ``row`` should move (back where negative) within the equal terms around it.

    It may stand wherever the row reads the same; best is where it begins with a verb or has a comma or ``và`` at an
    end, for so a drafter writes it.
    """
    places = [0]
    back = 0
    while start + back - 1 >= first and row[start + back - 1] == row[end + back - 1]:
        back -= 1
        places.append(back)
    ahead = 0
    while end + ahead < last and row[start + ahead] == row[end + ahead]:
        ahead += 1
        places.append(ahead)

    def worth(move: int) -> tuple[bool, bool, int]:
        edge = row[start + move] in SEPARATORS or row[end + move - 1] in SEPARATORS
        return edge, is_verb(row[start + move]), -abs(move)

    return max(places, key=worth)


def steps_between(a: tuple[str, ...], b: tuple[str, ...]) -> list[Step]:
    """The steps from ``b`` to ``a``, each insertion and omission where a drafter would have made it."""
    steps = SequenceMatcher(None, b, a, autojunk=False).get_opcodes()
    out: list[Step] = []
    for number, (tag, j1, j2, i1, i2) in enumerate(steps):
        if tag in ("insert", "delete"):
            before = out[-1] if out and out[-1][0] == "equal" else None
            after = steps[number + 1] if number + 1 < len(steps) else None
            row, start, end = (a, i1, i2) if tag == "insert" else (b, j1, j2)
            first = start - (before[2] - before[1]) if before else start
            last = end + (after[2] - after[1]) if after else end
            move = _slid(row, start, end, first, last)
            if move < 0 and before:
                out[-1] = ("equal", before[1], before[2] + move, before[3], before[4] + move)
                out.append((tag, j1 + move, j2 + move, i1 + move, i2 + move))
                out.append(("equal", j2 + move, j2, i2 + move, i2))
                continue
            if move > 0 and after:
                out.append(("equal", j1, j1 + move, i1, i1 + move))
                out.append((tag, j1 + move, j2 + move, i1 + move, i2 + move))
                steps[number + 1] = ("equal", after[1] + move, after[2], after[3] + move, after[4])
                continue
        out.append((tag, j1, j2, i1, i2))
    return [step for step in out if step[2] > step[1] or step[4] > step[3]]


@lru_cache(maxsize=1)
def _units() -> frozenset[str]:
    return frozenset(load("populations")["administrative"])
