"""Agencies named in a text: one id for all wordings of a body, shared words distributed, and the stage."""

from __future__ import annotations

import re

from doichieu.extraction.agencies.cells import parse_list
from doichieu.extraction.agencies.grammar import Scanner
from doichieu.extraction.agencies.names import Item, tells_more
from doichieu.extraction.agencies.place import body, canonical_name, own_province
from doichieu.extraction.agencies.registry import slug
from doichieu.model import Agency, AgencyMention
from doichieu.segmentation.passages import Analysis, Passage
from doichieu.text.memory import in_text, remembered


def agency_id(item: Item) -> str:
    """The stable id of an agency: a slug of its canonical name."""
    return slug(canonical_name(item))


def find_agencies(text: str, lower: str | None = None, known: tuple[str, ...] = ()) -> list[Item]:
    """Every agency of running text, in order, without overlaps; offsets index ``text``.

    >>> [item.name for item in find_agencies("Sở Nội vụ phối hợp với Đảng ủy, UBND các xã, phường rà soát")]
    ['Sở Nội vụ', 'Đảng ủy các xã, phường', 'UBND các xã, phường']
    """
    return list(_named(text, text.lower() if lower is None else lower, in_text(known, text)))


def _scan(text: str, lower: str, known: tuple[str, ...]) -> tuple[Item, ...]:
    scanner = Scanner(text, lower, known)
    found: list[Item] = []
    position = 0
    for start in scanner.hits:
        if start < position:
            continue
        items = scanner.series(start) or scanner.listed(start)
        if not items or all(item.group == "territory" for item in items):
            continue
        if not scanner.hits[start][1].collective:
            before = scanner.lower[max(0, start - 4) : start]
            if before == "các " and items[0].start == start:
                items[0] = items[0]._replace(start=start - 4, name=scanner.text[start - 4 : start] + items[0].name)
        found += items
        position = items[-1].end
    return tuple(found)


_named = remembered(_scan)


def record(analysis: Analysis, item: Item, passage: Passage, province: str = "") -> str:
    """Register an agency and its mention; returns the agency_id."""
    key, name, place = body(item, province)
    old = analysis.agencies.get(key)
    if old is None:
        analysis.agencies[key] = Agency(key, name, item.level, place, 1, item.kind)
    else:
        analysis.agencies[key] = Agency(
            key, old.name, old.level or item.level, old.place or place, old.mentions + 1, old.kind or item.kind
        )
    span = passage.span(item.start, item.end)
    quote = passage.source[span.start : span.end]
    analysis.mentions.append(
        AgencyMention(analysis.document_id, key, passage.clause.clause_id, span.start, span.end, quote)
    )
    return key


def learn(analysis: Analysis) -> tuple[str, ...]:
    """Names with open heads that the document writes where a name must end: alone in a cell, heading or role line."""
    if analysis.learnt is None:
        analysis.learnt = _learn(analysis)
    return analysis.learnt


def _learn(analysis: Analysis) -> tuple[str, ...]:
    names: set[str] = set()
    for passage in analysis.passages:
        kind = passage.clause.kind
        pieces: list[str] = []
        if kind == "table_row":
            pieces = [passage.text[a:b] for a, b, _ in passage.cells if b - a < 400]
        elif kind == "role_line" and ":" in passage.text:
            pieces = [passage.text.split(":", 1)[1]]
        elif len(passage.text) < 120 and passage.start:
            pieces = [passage.text[passage.start :].rstrip(" :.")]
        for piece in pieces:
            sentence = kind not in ("table_row", "role_line") and passage.text.rstrip().endswith(".")
            for item in parse_list(piece):
                if sentence and tells_more(item.name):
                    continue  # "Ban Quản lý rừng phòng hộ xây dựng phương án." is no name
                if item.group == "open" and not item.weak and " " in item.name and item.name[0].isupper():
                    names.add(re.sub(r"\ACác ", "", item.name))
    return tuple(sorted(names, key=lambda n: (-len(n), n)))


def stage(analysis: Analysis) -> None:
    """Fill ``analysis.agencies`` and ``analysis.mentions`` from every passage.

    After it: 1. every mention is an exact slice; 2. all wordings of one body share one agency_id; 3. mentions are in
    document order and do not overlap.
    """
    known = learn(analysis)
    province = own_province(analysis.info)
    for passage in analysis.passages:
        if not passage.text:
            continue
        for item in find_agencies(passage.text, passage.lower, known):
            record(analysis, item, passage, province)
