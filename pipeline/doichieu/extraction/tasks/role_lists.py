"""Roles given by labels and columns: role lines ("Cơ quan tham mưu: …") and the cells of task tables."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from doichieu.extraction.agencies.names import Item
from doichieu.extraction.agencies.stage import parse_list
from doichieu.lexicon import load
from doichieu.model import Role

_LABEL_SHAPE = re.compile(r"(?P<label>[^:.;|()]{3,60}?)(?:\s*\([^()]{0,60}\))?\s*:\s*")
_NEXT_LABEL = re.compile(r"(?:[.;]\s+|\s[-+–]\s+|\)\s*;?\s*|\(\s*)(?=(?P<label>[A-ZĐa-zđ][^:.;|()]{3,58}):)")
_CELL_VERB = re.compile(
    r"(?P<verb>chủ trì|phối hợp thực hiện|phối hợp|tham mưu|thực hiện|lãnh đạo|giám sát|kiểm tra|thúc đẩy|"
    r"theo dõi|tổng hợp|hướng dẫn|triển khai|đôn đốc|báo cáo)\b"
)
_REPORT = re.compile(r"\bbáo cáo\b")
_REPLACING: dict[str, Role] = {
    "chủ trì": "chu_tri",
    "phối hợp thực hiện": "phoi_hop_thuc_hien",
    "phối hợp": "phoi_hop",
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
    """The labelled stretches of a clause: one for a role line, several for ``Chủ trì: …; Phối hợp: …``."""
    first = _LABEL_SHAPE.match(text, start)
    marks: list[tuple[str, int, int]] = []
    if first is not None:
        role = label_role(first.group("label"))
        if role:
            marks.append((role, start, first.end()))
    if not marks and ":" not in text:
        return []
    for match in _NEXT_LABEL.finditer(text, start):
        role = label_role(match.group("label"))
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
    position = 0
    for piece in re.split(r"(;)", text):
        begin = position
        position += len(piece)
        if not piece.strip(" ;."):
            continue
        found += _piece(piece, begin, role, known)
    return _unique(found)


def _piece(piece: str, begin: int, role: Role, known: tuple[str, ...]) -> list[CellRole]:
    items = [i._replace(start=i.start + begin, end=i.end + begin) for i in parse_list(piece, known)]
    if not items:
        return []
    verb = None
    cut = len(items)
    for index, item in enumerate(items):
        rest = piece[item.end - begin :]
        match = re.match(r"\s*(?:\([^()]*\)\s*)?(?:,\s*)?" + _CELL_VERB.pattern, rest.lower())
        if match and not rest.lower().lstrip().startswith(";"):
            verb, cut = match, index + 1
            break
        if item.weak and item.group == "open":
            inner = _CELL_VERB.match(item.name.lower())
            if inner:
                verb, cut = inner, index
                break
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
        after = re.search(r"phối hợp(?: chặt chẽ)?(?: với| cùng)?\s+", tail, re.IGNORECASE)
        if after:
            offset = named[-1].end + after.end()
            partners = [
                i._replace(start=i.start + offset, end=i.end + offset) for i in parse_list(tail[after.end() :], known)
            ]
            found += [CellRole("phoi_hop", item) for item in partners if not item.weak]
    return found


def _unique(rows: list[CellRole]) -> list[CellRole]:
    seen: set[tuple[str, str]] = set()
    out: list[CellRole] = []
    for row in rows:
        key = (row.role, row.item.canonical.lower())
        if key not in seen:
            seen.add(key)
            out.append(row)
    return out
