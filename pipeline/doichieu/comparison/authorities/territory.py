"""Whose document it is, and where: its level, its place, and the field that its title and chapters name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from doichieu.alphabet import UPPER
from doichieu.lexicon import load
from doichieu.model import Clause, Document
from doichieu.text import any_word, fold

#: Levels from the top; a document without a level is of none.
LEVELS = ("trung ương", "tỉnh", "huyện", "xã")
_PLACE_LEVEL = {
    "tỉnh": "tỉnh",
    "thành phố": "tỉnh",
    "tp.": "tỉnh",
    "huyện": "huyện",
    "quận": "huyện",
    "thị xã": "huyện",
    "xã": "xã",
    "phường": "xã",
    "thị trấn": "xã",
    "đặc khu": "xã",
}
_KINDS = "|".join(word for kind in sorted(_PLACE_LEVEL, key=len, reverse=True) for word in (kind, kind.capitalize()))
_NAMED = re.compile(
    rf"(?<![\w])(?P<kind>{_KINDS}|TP\.?)\s+(?!Ủy|ủy|Hội|hội)(?P<name>[{UPPER}][\w'-]*(?:\s+[{UPPER}][\w'-]*){{0,3}})"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Place(NamedTuple):
    """A named place: its level and its folded name without the word for its kind."""

    level: str
    name: str


class Standing(NamedTuple):
    """What a document is to others: its level (empty where unknown), its own places, the last year that its title and
    headings name (0 where none), its title and chapter headings."""

    level: str
    places: frozenset[str]
    last_year: int
    title: str
    chapters: tuple[str, ...]


@lru_cache(maxsize=4096)
def level_of_body(name: str) -> str:
    """The level of a body, by the most local word of its name; empty where it tells none.

    >>> [level_of_body(n) for n in ("Bộ Y tế", "Sở Y tế", "UBND xã An Lộc, tỉnh Hòa An", "Hội Nông dân")]
    ['trung ương', 'tỉnh', 'xã', '']
    """
    text = fold(name).replace("xã hội", " ").replace("bộ chỉ huy", " ")
    for entry in reversed(load("applicability")["level"]):
        words = text if entry["level"] != "xã" else text.replace("thị xã", " ")
        if re.search(any_word(entry["words"]), words) or words.startswith(tuple(entry["starts"])):
            return str(entry["level"])
    return "tỉnh" if re.search(r"(?<!\w)thành phố(?!\w)", text) else ""


def level_of(document: Document) -> str:
    """The level of the body that issued a document, by its number and its issuer; empty where neither tells."""
    return _level_by(document.info.number, document.info.issuer)


@lru_cache(maxsize=4096)
def _level_by(number: str, issuer: str) -> str:
    last = re.split(r"[/-]", number)[-1] if number else ""
    for entry in load("applicability")["level"]:
        if last and any(re.fullmatch(symbol, last) for symbol in entry["symbols"]):
            return str(entry["level"])
    return level_of_body(issuer)


def places_in(text: str) -> list[Place]:
    """The places that a text names with their kind, in its order.

    >>> places_in("tại thành phố Hồ Chí Minh và huyện Tân Sơn")
    [Place(level='tỉnh', name='hồ chí minh'), Place(level='huyện', name='tân sơn')]
    """
    return [
        Place(_PLACE_LEVEL.get(match.group("kind").lower(), "tỉnh"), fold(match.group("name")))
        for match in _NAMED.finditer(text)
    ]


def standing_of(document: Document) -> Standing:
    """The standing of a document, from its head, its title and its chapter headings."""
    info = document.info
    chapters = tuple(
        clause.heading
        for clause in document.clauses
        if clause.heading and len(clause.path) <= 3 and clause.kind in ("section", "item") and not _of_a_body(clause)
    )
    places = {place.name for place in places_in(f"{info.issuer} {info.title}")}
    if info.place:
        places.add(fold(info.place))
    years = [int(year) for text in (info.title, *chapters) for year in _YEAR.findall(_uncited(text))]
    return Standing(level_of(document), frozenset(places), max(years, default=0), info.title, chapters)


_CITED = re.compile(r"(?:ngày\s+[\d/ ]*?(?:tháng\s+\d+\s+năm\s+)?\d{4})|\d+/\d{4}(?:/[\w-]+)?")


def _uncited(text: str) -> str:
    """A title without the dates and numbers of the documents that it names."""
    return _CITED.sub(" ", text)


_BODY = re.compile(
    r"[\W\d]*(?:[ivxlc]+[.)-]\s*|[a-zđ]\)\s*)?(?:các )?"
    r"(?:sở|ubnd|ủy ban|ban |bộ |công an|văn phòng|phòng(?!,| chống| ngừa| cháy)|báo(?! cáo)"
    r"|đài|hội(?! nhập)|liên |mặt trận|chi cục|cục|ngân hàng|tỉnh đoàn|trường(?! học| lớp)|đề nghị)"
)


def _of_a_body(clause: Clause) -> bool:
    """Whether a heading names who is charged, not what about."""
    return _BODY.match(fold(clause.heading)) is not None


__all__ = ["LEVELS", "Place", "Standing", "level_of", "level_of_body", "places_in", "standing_of"]
