"""Agencies named in a text: one id for all wordings of a body, shared words distributed, and the stage."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.extraction.agencies.grammar import Scanner
from doichieu.extraction.agencies.names import Item, holds_verb, is_verbal
from doichieu.extraction.agencies.place import body, canonical_name, own_province
from doichieu.extraction.agencies.registry import slug
from doichieu.lexicon import load
from doichieu.model import Agency, AgencyMention
from doichieu.segmentation.passages import Analysis, Passage
from doichieu.text.memory import Memory, in_text

_MAX_NAME = 200


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


_named = Memory(_scan)


def split_agencies(text: str) -> list[tuple[int, int, str]]:
    """The agencies of a text that is a list of agencies (a role line, a table cell), as ``(start, end, name)``.

    Shared words are distributed; what no rule knows is kept as printed between its separators.

    >>> [name for _, _, name in split_agencies("Mặt trận Tổ quốc và các tổ chức chính trị - xã hội thị xã.")]
    ['Mặt trận Tổ quốc thị xã', 'các tổ chức chính trị - xã hội thị xã']
    """
    return [(item.start, item.end, item.name) for item in parse_list(text)]


_SEPARATOR = re.compile(r"(?:\s|[,;.:+/&\-–]|(?:và|cùng|hoặc)(?=\s))+", re.IGNORECASE)
_UNKNOWN = re.compile(r"[^;,.()|]+")


def parse_list(text: str, known: tuple[str, ...] = ()) -> list[Item]:
    """:func:`split_agencies` with the full items."""
    return list(_listed(text, in_text(known, text)))


def _split(text: str, known: tuple[str, ...]) -> tuple[Item, ...]:
    scanner = Scanner(text, None, known, outside=True, clean=True)
    found: list[Item] = []
    position = 0
    while position < len(text):
        gap = _SEPARATOR.match(text, position)
        if gap:
            position = gap.end()
            continue
        if text[position] in "()[]|":
            position += 1
            continue
        items = scanner.series(position) or scanner.listed(position, loose=True)
        if items:
            items[-1] = _with_part(text, _with_rest(text, items[-1]))
            found += items
            position = items[-1].end
            rest = _VERBAL_REST.match(text, position)
            if rest and not _begins(scanner, position + 1):
                position = rest.end()
            continue
        match = _UNKNOWN.match(text, position)
        if match is None:
            position += 1
            continue
        piece = match.group().rstrip()
        if _plausible(piece):
            found.append(unknown(piece, position))
        elif (
            found and text[found[-1].end : position] == ", " and _continues(piece) and not _SAID.search(found[-1].name)
        ):
            end = position + len(piece)  # "Tổ an ninh, trật tự các thôn"
            name = text[found[-1].start : end]
            found[-1] = found[-1]._replace(end=end, name=name, canonical=name)
        position = match.end()
    return tuple(found)


_listed = Memory(_split)


def _plausible(piece: str) -> bool:
    """Whether words no rule knows may name a body: a capital or "các" first, no figures, no verb."""
    if not 3 <= len(piece) <= _MAX_NAME or _NOT_NAME.search(piece):
        return False
    low = piece.lower()
    if _deeds().match(low):
        return False  # "Trình Chính phủ xem xét"
    return (piece[0].isupper() or low.startswith(("các ", "công đoàn "))) and not is_verbal(low, 0)


@lru_cache(maxsize=1)
def _deeds() -> re.Pattern[str]:
    """Verbs that open no name: what begins with one is a task."""
    verbs = load("task_verbs")
    words = {*verbs["plain"]} - {*verbs["name_words"], *load("roles")["heading"]["opens_names"], "cử", "hỗ trợ", "giúp"}
    return re.compile(r"(?:" + "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) + r")(?!\w)")


def _goes_on(item: Item, piece: str) -> bool:
    return _SAID.search(item.name) is None and _continues(piece)


def _continues(piece: str) -> bool:
    """Whether words behind a comma go on with the name before it: small letters, no verb, no condition."""
    if not 3 <= len(piece) <= _LONGEST_REST or not piece[0].islower() or _NOT_NAME.search(piece):
        return False
    words = (match.end() for match in re.finditer(r"\s|\A", piece))
    return not (is_verbal(piece, 0) or _NO_REST.match(piece) or any(_deeds().match(piece, at) for at in words))


_LONGEST_REST = 60
_SAID = re.compile(r"(?<!\w)(?:được|có|là|do|phải|với|bị|đã)(?!\w)")
_NO_REST = re.compile(
    r"(?:các|những|một số|trong|theo|khi|nếu|gồm|như|trừ|kể cả|liên quan|cùng|và|hoặc|tùy|nhằm)(?!\w)"
)
_NOT_NAME = re.compile(r"[%\d=<>]|\A(?:[Ôô]ng|[Bb]à)(?!\w)")
_REST = re.compile(r" (?!và |hoặc |cùng )[^;,.()|]+")
_WHERE = re.compile(
    r" (?:(?:có|nơi có) (?!liên quan|trách nhiệm|nhiệm vụ|thể|kế hoạch)|ven |vùng |miền |biên giới|giáp |trọng điểm"
    r"|khu vực )[^;,.()|]{2,60}(?=[;,.)|]|\Z)|"
    r" (?:biên giới|trọng điểm|ven biển|vùng cao)(?=[;,.)|]|\Z)"
)
_REST_OUTSIDE = re.compile(r" [^;.()|]+")
_VERBAL_REST = re.compile(r" (?!và |hoặc |cùng )[^;|(]+")


def _with_rest(text: str, item: Item) -> Item:
    """The item with the words that narrow it ("một số tỉnh đủ điều kiện"); verbs are not part of a name."""
    if item.group == "named" and item.tail.strip().lower().startswith(("các ", "xã", "phường")):
        match = _WHERE.match(text, item.end)  # "UBND các xã, phường| ven biển"
        if match is None:
            return item
        more = text[item.end : match.end()]
        return item._replace(end=match.end(), name=item.name + more, canonical=item.canonical + more)
    if item.group not in ("territory", "outside", "body"):
        return item
    wide = item.group == "outside" or text.startswith(" là ", item.end)
    match = (_REST_OUTSIDE if wide else _REST).match(text, item.end)
    if (
        match is None
        or _MANNER.match(match.group())
        or len(match.group()) > 120
        or is_verbal(text.lower(), item.end + 1)
    ):
        return item
    end = item.end + len(match.group().rstrip())
    return item._replace(end=end, name=text[item.start : end], canonical=text[item.start : end])


def _begins(scanner: Scanner, position: int) -> bool:
    """Whether another body begins right behind a blank: the end of a line between them is lost."""
    text = scanner.text
    return text[position : position + 1].isupper() and bool(scanner.listed(position, loose=True))


_PART = re.compile(r" ?\((?P<part>[^()\d:%]{4,80})\)(?=\s*(?:[,;.]|và |theo |\Z))")


def _with_part(text: str, item: Item) -> Item:
    """The item with the part of it that acts, as printed: ``Sở Y tế (Trung tâm Kiểm soát bệnh tật)``."""
    match = _PART.match(text, item.end)
    if match is None or not match.group("part")[0].isupper() or holds_verb(match.group("part")):
        return item
    return item._replace(end=match.end(), name=text[item.start : match.end()])


_MANNER = re.compile(
    r" (?:theo (?:chức năng|nhiệm vụ|thẩm quyền|phân công)|trong phạm vi|căn cứ|trên cơ sở|để|nhằm)(?!\w)",
    re.IGNORECASE,
)


def unknown(text: str, start: int) -> Item:
    """A body that neither the registry nor the grammar knows, as printed."""
    return Item(start, start + len(text), text, text, "khac", "", "", "open", "", (), False, True)


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
                if sentence and holds_verb(item.name):
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
