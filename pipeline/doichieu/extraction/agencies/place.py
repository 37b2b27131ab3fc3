"""Where a body is: ``Ủy ban nhân dân tỉnh`` in a plan of Nghệ An and in one of Đồng Tháp are two."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from doichieu.extraction.agencies.names import Item
from doichieu.extraction.agencies.registry import slug
from doichieu.lexicon.families import COMMUNE, DISTRICT, PROVINCE
from doichieu.lexicon.places import name_at, printed
from doichieu.model import DocumentInfo

_LEADING = re.compile(r"\A(?:các|những|từng|mỗi|mọi|toàn thể|tất cả các|một số) ", re.IGNORECASE)
_OF_PROVINCE = re.compile(rf"(?:{PROVINCE}|tp\.?) ", re.IGNORECASE)
_BELOW = re.compile(rf"(?<!\w)(?:{COMMUNE}|{DISTRICT})(?!\w)", re.IGNORECASE)
_DEPARTMENT = re.compile(
    r"(?:sở|công an|bộ chỉ huy quân sự|thanh tra|tỉnh ủy|thành ủy|ban quản lý)(?!\w)", re.IGNORECASE
)
_PLURAL = re.compile(r"(?<!\w)(?:các|những|mọi|từng|mỗi)(?!\w)|cấp tỉnh|tỉnh, thành phố", re.IGNORECASE)
_LEVELS = re.compile(rf"{COMMUNE}(?:(?:, | và ){COMMUNE})+")
_OF_LEVEL = re.compile(rf"(?<=\w) {PROVINCE}(?= |\Z)")
_PROVINCIAL = re.compile(rf" {PROVINCE}\Z", re.IGNORECASE)
_NO_COMMA = re.compile(r"(?<=\bxã) (?=phường\b)|(?<=\bphường) (?=xã\b)")
_ORDER = ("xã", "phường", "thị trấn", "đặc khu")


class Body(NamedTuple):
    """What the tables call a body: its id, its name without ``các`` and abbreviations, its place."""

    agency_id: str
    name: str
    place: str


def canonical_name(item: Item) -> str:
    """The name under which all wordings of a body meet, without ``các`` and abbreviations, its levels in one order.

    >>> from doichieu.extraction.agencies.cells import parse_list
    >>> [canonical_name(item) for item in parse_list("UBND các phường, xã; các UBND xã, phường")]
    ['Ủy ban nhân dân xã, phường', 'Ủy ban nhân dân xã, phường']
    """
    return _one_name(item.canonical)


@lru_cache(maxsize=4096)
def _one_name(canonical: str) -> str:
    name = canonical if ", các " in canonical else _LEADING.sub("", canonical, count=1)
    name = _NO_COMMA.sub(", ", name)
    name = _LEVELS.sub(_in_order, re.sub(r" các (?=phường|đặc khu|thị trấn)", " ", name))
    name = name.strip(" .,;:")
    return name[:1].upper() + name[1:]


def _in_order(levels: re.Match[str]) -> str:
    words = re.split(r", | và ", levels.group())
    return ", ".join(sorted(words, key=_ORDER.index))


def own_province(info: DocumentInfo) -> str:
    """The province of the body that issued a document; empty for bodies of the centre and of communes.

    >>> own_province(DocumentInfo("a", issuer="Ủy ban nhân dân tỉnh Nghệ An")), own_province(DocumentInfo("a"))
    ('Nghệ An', '')
    """
    issuer = " ".join(info.issuer.split())
    if not issuer or _BELOW.search(issuer):
        return ""
    for match in _OF_PROVINCE.finditer(issuer):
        name = printed(name_at(issuer.lower(), match.end()))
        if name:
            return name
    place = _OF_PROVINCE.sub("", info.place, count=1)
    return printed(place) if _DEPARTMENT.match(issuer) else ""


def body(item: Item, province: str) -> Body:
    """An agency as the tables name it; one of a province that names none is that of the document's own."""
    open_place = province if province and not item.place and item.group in ("named", "open") else ""
    return _body(item.name, item.canonical, item.kind, item.level, item.place, open_place)


@lru_cache(maxsize=4096)
def _body(wording: str, canonical: str, kind: str, level: str, place: str, province: str) -> Body:
    """A body by its name, as printed and in full; ``province`` is the document's own where the name leaves it open."""
    name = _one_name(canonical)
    if kind == "so":
        name = _OF_LEVEL.sub("", name)  # "Sở Y tế tỉnh Hà Nam" is the "Sở Y tế" of Hà Nam
    level = level or ("tinh" if _PROVINCIAL.search(name) else "")
    if not province or level != "tinh" or _PLURAL.search(wording) or province.lower() in name.lower():
        return Body(slug(name), name, place)
    return Body(slug(f"{name} {province}"), name, province)
