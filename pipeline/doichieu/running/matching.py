"""Names of bodies to their entries, as OpenRefine reconciles them: ``doichieu agencies match NAME…``."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct
from rapidfuzz import fuzz

from doichieu.errors import UsageError
from doichieu.extraction.agencies.place import body
from doichieu.extraction.agencies.stage import find_agencies
from doichieu.running.stored import cells, path_of
from doichieu.text import normalise, strip_accents

#: A name less alike than this (0 to 100, ``fuzz.token_sort_ratio``, diacritics left out) is no candidate.
LIKE = 70.0
_MOST = 5


class Candidate(Struct, frozen=True):
    """One body that a name may mean: its id, its name, how alike (0 to 100), and whether nothing else is meant."""

    id: str
    name: str
    score: float
    match: bool


def candidates(name: str, known: Iterable[tuple[str, str]] = ()) -> list[Candidate]:
    """The bodies that ``name`` may mean, the likest first: by the rules of the reader, then among ``known``.

    ``known`` are ``(agency_id, name)``, as ``agencies.csv`` has them.

    >>> [(c.id, c.match) for c in candidates("UBND tỉnh")]
    [('uy_ban_nhan_dan_tinh', True)]
    """
    folded = _plain(name)
    found: dict[str, Candidate] = {}
    items = find_agencies(normalise(name)[0].text)
    if len(items) == 1:
        meant = body(items[0], "")
        found[meant.agency_id] = Candidate(meant.agency_id, meant.name, 100.0, True)
    for key, other in known:
        score = fuzz.token_sort_ratio(folded, _plain(other))
        if score >= LIKE and key not in found:
            found[key] = Candidate(key, other, round(score, 1), score == 100.0 and not found)
    return sorted(found.values(), key=lambda one: (not one.match, -one.score, one.id))[:_MOST]


def _plain(name: str) -> str:
    return strip_accents(name).lower()


def known_in(folder: Path) -> list[tuple[str, str]]:
    """The bodies of an output folder's table of agencies; UsageError where it has none."""
    path = path_of(folder, "agencies") or folder / "agencies.csv"
    try:
        return [(row["agency_id"], row["name"]) for row in cells(path)]
    except (OSError, UnicodeDecodeError, KeyError, csv.Error, msgspec.DecodeError) as error:
        raise UsageError(f"Không đọc được danh sách cơ quan {path}.") from error
