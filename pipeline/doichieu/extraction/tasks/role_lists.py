"""Roles given by labels and columns: role lines ("Cơ quan tham mưu: …") and the cells of task tables."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple, cast

from doichieu.alphabet import UPPER
from doichieu.extraction.agencies.cells import names_person, parse_list
from doichieu.extraction.agencies.names import Item
from doichieu.extraction.agencies.unlisted import is_topic
from doichieu.lexicon import load
from doichieu.model import Role
from doichieu.text.memory import remembered

_LABEL_SHAPE = re.compile(r"(?P<label>[^:.;|()]{3,60}?)(?:\s*\([^()]{0,60}\))?\s*:\s*")
_LONGEST_BEFORE_DASH = 40
_NEXT_LABEL = re.compile(r"(?:[.;]\s+|\s[-+–]\s+|\)\s*;?\s*|\(\s*)(?=(?P<label>[A-ZĐa-zđ][^:.;|()]{3,58}):)")
_CELL_VERB = re.compile(
    r"(?P<verb>chủ trì|phối hợp thực hiện|phối hợp|tham gia|tham mưu|thực hiện|lãnh đạo|giám sát|kiểm tra|thúc đẩy|"
    r"theo dõi|tổng hợp|hướng dẫn|triển khai|đôn đốc|báo cáo)\b"
)
_VERB_BEHIND = re.compile(r"\s*(?:\([^()]*\)\s*)?(?P<comma>,\s*)?" + _CELL_VERB.pattern)
_ROLE_ASIDE = re.compile(r" ?\((?:(?:cơ quan|đơn vị) )?(?P<verb>chủ trì|phối hợp thực hiện|phối hợp|thực hiện)\)")
#: "(Văn phòng Quốc hội phối hợp chuẩn bị)": what another body does; "(Ban A là cơ quan thường trực)": what it is.
_DOES_ASIDE = re.compile(
    rf"\((?P<inner>[{UPPER}][^()]{{3,80}}? (?:phối hợp|chủ trì|tham mưu|là cơ quan|là đơn vị)[^()]{{0,60}})\)"
)
_IS_ASIDE = re.compile(r" là (?:cơ quan|đơn vị) ")
_LINK = re.compile(r"(?:đồng thời|ngoài ra|trong đó|trường hợp|riêng|cụ thể|bao gồm|văn bản|các nội dung|v\.v)(?!\w)")
_BULLET = re.compile(r"\s*[-–+•*]\s*")
_NUMBER = re.compile(rf"(?:(?<=\s)|(?<=[.;,])|\A\s*)(?:\(\d{{1,2}}\)|\d{{1,2}}[.)])\s*(?=[{UPPER}])")
_SEMICOLON = re.compile(r";")
_ABOUT = re.compile(r"\s*(?:về|đối với|lĩnh vực|nội dung)\s[^:;]{3,160}:\s*", re.IGNORECASE)
_ONLY_VERB = re.compile(r"[\s\-–+]*(?:chủ trì|phối hợp)(?!\w)")
_TOGETHER = re.compile(r"phối hợp(?: chặt chẽ)?(?: với| cùng)?\s+", re.IGNORECASE)
_REPORT = re.compile(r"\bbáo cáo\b")
_REPLACING: dict[str, Role] = {
    "chủ trì": "chu_tri",
    "phối hợp thực hiện": "phoi_hop_thuc_hien",
    "phối hợp": "phoi_hop",
    "tham gia": "phoi_hop",
    "thực hiện": "thuc_hien",
    "tham mưu": "tham_muu",
}


@lru_cache(maxsize=1)
def _tables() -> tuple[list[tuple[re.Pattern[str], str]], list[tuple[re.Pattern[str], str]]]:
    data = load("roles")
    return (
        [(re.compile(entry["pattern"]), entry["role"]) for entry in data["label"]],
        [(re.compile(entry["pattern"]), entry["role"]) for entry in data["column"]],
    )


@lru_cache(maxsize=1024)
def label_role(label: str) -> str:
    """The role a label names (``Cơ quan tham mưu`` → ``tham_muu``), ``deadline``, ``product``, or empty."""
    low = " ".join(label.lower().split()).strip(" *_-+•.:")
    for pattern, role in _tables()[0]:
        if pattern.fullmatch(low):
            return role
    return ""


@lru_cache(maxsize=1024)
def column_role(head: str) -> str:
    """What a column of a task table holds: a role, ``task``, ``deadline``, ``product``, or empty."""
    low = " ".join(head.lower().split()).strip(" *_-+•.:()")
    if len(low) > 80 or not low:
        return ""
    for pattern, role in _tables()[1]:
        if pattern.fullmatch(low):
            return role
    return ""


class Labelled(NamedTuple):
    """A stretch of a clause under one label: ``role`` (or ``deadline``, ``product``), its label and its content."""

    role: str
    label_start: int
    start: int
    end: int


def labelled(text: str, start: int) -> list[Labelled]:
    """The labelled stretches of a clause: one for a role line, several for ``Chủ trì: …; Phối hợp: …``; nobody may
    change what this returns."""
    return _labelled(text, start) if text.find(":", start) >= 0 else []


def _read_labelled(text: str, start: int) -> list[Labelled]:
    first = _LABEL_SHAPE.match(text, start)
    marks: list[tuple[str, int, int]] = []
    if first is not None:
        role = label_role(first.group("label"))
        if role:
            marks.append((role, start, first.end()))
    for match in _NEXT_LABEL.finditer(text, start):
        role = label_role(match.group("label"))
        if role and not marks and _ends_name(text, start, match):
            continue
        if role and (not marks or match.start("label") > marks[-1][1]):
            content = text.index(":", match.end("label")) + 1
            marks.append((role, match.start("label"), content))
    found: list[Labelled] = []
    for index, (role, label_start, content) in enumerate(marks):
        end = marks[index + 1][1] if index + 1 < len(marks) else len(text)
        while content < end and text[content] == " ":
            content += 1
        while end > content and text[end - 1] in " ;.-+–(":
            end -= 1
        found.append(Labelled(role, label_start, content, end))
    return found


def _ends_name(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a label behind a dash ends the name of a body: ``Ban Tổ chức - Kiểm tra: giám sát …``."""
    if match.group().strip() not in ("-", "–") or match.start() - start > _LONGEST_BEFORE_DASH:
        return False
    items = parse_list(text[start : match.start()])
    return len(items) == 1 and items[0].end == match.start() - start and items[0].group in ("named", "open")


#: A clause is asked again by each role line beside it.
_labelled = remembered(_read_labelled)


class CellRole(NamedTuple):
    """One role of one agency named in a list, with its place in the text it was read from."""

    role: Role
    item: Item


def read_list(text: str, role: Role, known: tuple[str, ...] = ()) -> list[CellRole]:
    """The roles of a list of agencies under a label or column; a verb in the list may say another role.

    >>> [(r.role, r.item.name) for r in read_list("Sở Y tế chủ trì hướng dẫn; UBND cấp xã thực hiện", "chu_tri")]
    [('chu_tri', 'Sở Y tế'), ('thuc_hien', 'UBND cấp xã')]
    """
    found: list[CellRole] = []
    if parts := _labelled_parts(text):
        return _unique([row for part in parts for row in _under_label(text, part, known)])
    for begin, end in _statements(text):
        piece, asides = _without_asides(text[begin:end])
        found += _piece(piece, begin, role, known, first=not found)
        for at, inner in asides:
            found += _piece(inner, begin + at, role, known)
    return _unique([row for row in found if not _no_body(row.item)])


def spoken_roles(text: str, known: tuple[str, ...] = ()) -> list[CellRole]:
    """The roles that a cell says itself, below a head that gives none: ``Ban A chủ trì thẩm tra; Ban B phối hợp``.

    >>> [(r.role, r.item.name) for r in spoken_roles("- Sở Y tế chủ trì thẩm tra; - Sở Tài chính")]
    [('chu_tri', 'Sở Y tế')]
    """
    if not any(verb in text for verb in _REPLACING):
        return []
    own: list[CellRole] = []
    for begin, end in _statements(text):
        piece, _ = _without_asides(text[begin:end])
        items = [item.moved(begin) for item in parse_list(piece, known)]
        if items and _first_verb(piece, begin, items)[0] is not None:
            own += [row for row in _piece(piece, begin, "thuc_hien", known) if row.role != "thuc_hien"]
    return _unique([row for row in own if not _no_body(row.item)])


def _without_asides(piece: str) -> tuple[str, list[tuple[int, str]]]:
    """A statement with the brackets blanked that say what another body does, and those brackets with their places.

    >>> _without_asides("Ban A (Ban B phối hợp)")
    ('Ban A                 ', [(7, 'Ban B phối hợp')])
    """
    asides: list[tuple[int, str]] = []
    for bracket in _DOES_ASIDE.finditer(piece):
        piece = piece[: bracket.start()] + " " * len(bracket.group()) + piece[bracket.end() :]
        if not _IS_ASIDE.search(bracket.group()):
            asides.append((bracket.start("inner"), bracket.group("inner")))
    return piece, asides


def _no_body(item: Item) -> bool:
    """Whether words no lexicon knows say what is spoken of, or link a sentence: ``các văn bản``, ``Đồng thời``."""
    name = item.name.lower().removeprefix("các ")
    unknown = item.weak and item.group == "open" and not names_person(name)
    return unknown and (is_topic(name) or _LINK.match(name) is not None)


def _statements(text: str) -> list[tuple[int, int]]:
    """The statements of a list: between semicolons, and from number to number where it opens with one.

    >>> s = "1. Bộ A chủ trì tổng hợp. 2. Các bộ, ngành rà soát"
    >>> [s[a:b] for a, b in _statements(s)]
    ['Bộ A chủ trì tổng hợp. ', 'Các bộ, ngành rà soát']
    """
    marks = list(_NUMBER.finditer(text)) if _NUMBER.match(text) else []
    cuts = sorted([*((m.start(), m.end()) for m in marks), *((m.start(), m.end()) for m in _SEMICOLON.finditer(text))])
    found: list[tuple[int, int]] = []
    begin = 0
    for start, end in [*cuts, (len(text), len(text))]:
        if text[begin:start].strip(" ;."):
            found.append((begin, start))
        begin = end
    return found


def _labelled_parts(text: str) -> list[Labelled]:
    """The parts of a cell that give the roles themselves: ``- Chủ trì: Sở A; - Phối hợp: Sở B``."""
    opening = _BULLET.match(text)
    parts = labelled(text, opening.end() if opening else 0)
    return [part for part in parts if part.role not in ("deadline", "product")]


def _under_label(text: str, part: Labelled, known: tuple[str, ...]) -> list[CellRole]:
    rows = read_list(text[part.start : part.end], cast(Role, part.role.split("+")[0]), known)
    return [CellRole(row.role, row.item.moved(part.start)) for row in rows]


def _body_begins(piece: str) -> int:
    """Where the bodies of a statement begin: behind what it is about (``Về đất đai: Bộ A chủ trì``)."""
    topic = _ABOUT.match(piece)
    return topic.end() if topic else 0


def _piece(piece: str, begin: int, role: Role, known: tuple[str, ...], *, first: bool = True) -> list[CellRole]:
    skipped = _body_begins(piece)
    piece, begin = piece[skipped:], begin + skipped
    if not first and _ONLY_VERB.match(piece.lower()):
        return _partners(piece, 0, begin, known)  # "Bộ A tổng hợp; chủ trì, phối hợp với Bộ B …": A goes on
    items = [item.moved(begin) for item in parse_list(piece, known)]
    own_roles = [_ROLE_ASIDE.match(piece.lower(), item.end - begin) for item in items]
    if any(own_roles):  # "Sở A (chủ trì), Sở B (phối hợp)"
        return [CellRole(_REPLACING[m.group("verb")] if m else role, i) for m, i in zip(own_roles, items, strict=True)]
    verb, cut = _first_verb(piece, begin, items)
    named = items[:cut]
    if verb is None or not named:
        return [CellRole(role, item) for item in items]
    own = _REPLACING.get(verb.group("verb"), role)
    found = [CellRole(own, item) for item in named]
    tail = piece[named[-1].end - begin :]
    if verb.group("verb") == "lãnh đạo":
        found = [CellRole("lanh_dao", item) for item in named] + [
            CellRole(role, item) for item in named if role != "lanh_dao"
        ]
    if _REPORT.search(tail.lower()):
        found.append(CellRole("bao_cao", named[-1]))
    if verb.group("verb").startswith("phối hợp") or re.search(r"phối hợp\b", tail.lower()):
        found += _partners(piece, named[-1].end - begin, begin, known)
    return found


def _first_verb(piece: str, begin: int, items: list[Item]) -> tuple[re.Match[str] | None, int]:
    """The verb that says another role in a statement, and how many of its bodies stand before it."""
    for index, item in enumerate(items):
        match = _VERB_BEHIND.match(piece[item.end - begin :].lower())
        if match and not (match.group("comma") and match.group("verb") == "lãnh đạo"):  # "…, lãnh đạo phòng"
            return match, index + 1
        inner = _CELL_VERB.match(item.name.lower()) if item.group == "open" else None
        if inner and inner.group("verb") != "lãnh đạo":
            return inner, index
    return None, len(items)


def _partners(piece: str, position: int, begin: int, known: tuple[str, ...]) -> list[CellRole]:
    """The bodies behind ``phối hợp với`` in a statement."""
    after = _TOGETHER.search(piece, position)
    if after is None:
        return []
    offset = begin + after.end()
    partners = [item.moved(offset) for item in parse_list(piece[after.end() :], known)]
    return [CellRole("phoi_hop", item) for item in partners if not item.weak]


def _unique(rows: list[CellRole]) -> list[CellRole]:
    seen: set[tuple[str, str]] = set()
    out: list[CellRole] = []
    for row in rows:
        key = (row.role, row.item.canonical.lower())
        if key not in seen:
            seen.add(key)
            out.append(row)
    return out
