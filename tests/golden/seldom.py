"""Wordings that ask what others seldom ask: for each there is a condition that nothing else makes matter.

Rules keep to their own constructions by many conditions, and most clauses, invented or real, ask few of them.  These
wordings are constructions of plans, shortened and told of another subject, or were put together from parts of clauses,
with words that the rules know; they are kept because a rule without one of its conditions reads them otherwise.  What
is read in them need make no sense, only stay.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from doichieu import extract_text
from doichieu.model import Document
from tests.comparison.test_minimal_pairs import body, documents
from tests.extraction.columns import HEAD

_WORDINGS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
#: Of so many wordings the rows are kept in one file.
_TOGETHER = 12


def wordings() -> Iterator[str]:
    """Every wording as it is kept."""
    for name in names():
        for said in _group(name):
            yield from said


def names() -> list[str]:
    """The groups of wordings: of one clause, and of a lower clause with an upper one."""
    return [
        f"{sort}-{number:02d}"
        for sort, wordings in _WORDINGS.items()
        for number in range((len(wordings) + _TOGETHER - 1) // _TOGETHER)
    ]


def _group(name: str) -> Iterator[list[str]]:
    sort, number = name.rsplit("-", 1)
    first = int(number) * _TOGETHER
    for said in _WORDINGS[sort][first : first + _TOGETHER]:
        yield [said] if isinstance(said, str) else said


def readings(name: str) -> Iterator[tuple[str, list[Document]]]:
    """The documents of a group: what is said, and one that says it, or two, the lower first."""
    for said in _group(name):
        told = " ~ ".join(said)
        if len(said) == 1:
            yield told, [extract_text(f"{HEAD}{said[0]}\n", document_id="ca")]
        else:
            yield told, [*documents({"child": body(said[0]), "parent": body(said[1])})]
