"""How texts name a part of a document (``điểm a khoản 2 Điều 5``), and the one way in which the tables write it.

A provision is written from the outside in, ``dieu:5/khoan:2/diem:a``; labels stay as printed.  Texts print it from the
inside out, leave to the next item of a list what both share (``khoản 2, khoản 3 Điều 76``), and to the head above what
all items share (``- Bãi bỏ điểm c`` below ``khoản 2 Điều 7``); :func:`read` knows the first, :func:`within` the second.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from doichieu.numerals import POINT_LETTERS

#: Kinds from the outside in; of two kinds in one path the one with the smaller rank stands first.
RANK = {
    "van_ban": -1.0,
    "kem_theo": 0.0,
    "phu_luc": 1.0,
    "can_cu": 1.0,
    "chu_thich": 1.5,
    "phan": 2.0,
    "chuong": 3.0,
    "muc": 4.0,
    "tieu_muc": 5.0,
    "mau": 5.0,
    "dieu": 6.0,
    "khoan": 7.0,
    "bieu": 7.2,
    "stt": 7.5,
    "diem": 8.0,
    "tiet": 9.0,
    "gach": 10.0,
    "doan": 10.0,
    "dong": 10.0,
    "cot": 10.5,
    "cau": 11.0,
    "ten": 12.0,
}

_ORDINAL = {
    "nhất": "1",
    "đầu": "1",
    "đầu tiên": "1",
    "mở đầu": "1",
    "một": "1",
    "hai": "2",
    "nhì": "2",
    "ba": "3",
    "tư": "4",
    "bốn": "4",
    "năm": "5",
    "sáu": "6",
    "bảy": "7",
    "tám": "8",
    "chín": "9",
    "mười": "10",
    "cuối": "cuoi",
    "cuối cùng": "cuoi",
}
_TH = r"(?:thứ\s+)?(?:" + "|".join(sorted(_ORDINAL, key=len, reverse=True)) + r"|\d{1,2})(?!\w)"
_LETTER = rf"[{POINT_LETTERS}](?:\.?\d{{1,2}}(?:\.\d{{1,2}})?)?"
_NUMBER = r"\d{1,4}[a-zđ]?(?:\.(?:\d{1,3}|[a-zđ]))*(?:\.?[a-zđ](?!\w))?"
_ROMAN = r"[IVXLC]+[a-zđ]?"
#: The word of a unit, its kind, the form of its label, and whether it may stand without one.
_UNITS: tuple[tuple[str, str, str, bool], ...] = (
    (r"(?:dấu\s+)?gạch\s+(?:đầu\s+(?:dòng|hàng)|ngang)", "gach", _TH, False),
    (r"đoạn(?:\s+văn)?", "doan", _TH, False),
    (r"câu", "cau", _TH, False),
    (r"dòng(?:\s+số)?", "dong", _TH, False),
    (r"cột(?:\s+số)?", "cot", _TH, False),
    (r"tiết", "tiet", rf"(?:{_LETTER}|{_NUMBER})", False),
    (r"(?:số\s+thứ\s+tự|stt|số\s+tt|nhiệm\s+vụ\s+số)(?:\s+(?:thứ|số))?", "stt", rf"(?:{_NUMBER}|{_ROMAN})", False),
    (r"điểm", "diem", rf"(?:{_LETTER}|{_NUMBER})", False),
    (r"khoản", "khoan", rf"(?:{_NUMBER}|{_ROMAN})", False),
    (r"điều", "dieu", r"\d{1,3}[a-zđ]?", False),
    (r"tiểu\s+mục", "tieu_muc", rf"(?:{_NUMBER}|{_ROMAN}|{_LETTER})", False),
    (
        r"(?<!danh )(?<!chuyên )(?<!hạng )(?<!khoản )(?<!đề )(?<!thư )mục",
        "muc",
        rf"(?:{_ROMAN}|{_NUMBER}|[A-ZĐ])",
        False,
    ),
    (r"chương", "chuong", rf"(?:{_ROMAN}|\d{{1,2}})", False),
    (r"phần(?:\s+thứ)?", "phan", rf"(?:{_ROMAN}|\d{{1,2}}|[A-ZĐ]|nhất|hai|ba|tư|năm|sáu|bảy)", False),
    (r"(?:phụ\s+lục|phụ\s+biểu)(?:\s+số)?", "phu_luc", rf"(?:{_ROMAN}|\d{{1,2}}[a-zđ]?|[A-ZĐ])", True),
    (r"(?:biểu\s+)?mẫu(?:\s+số)?", "mau", r"\d{1,3}[\w./-]*", False),
    (r"(?:bảng|biểu)(?:\s+số)?", "bieu", rf"(?:\d{{1,3}}[a-zđ]?|{_ROMAN})", False),
    (r"(?:ghi\s+chú|chú\s+thích)(?:\s+số)?", "chu_thich", r"\d{1,2}", True),
    (r"(?:phần\s+)?căn\s+cứ(?=\s+(?:pháp\s+lý|ban\s+hành|thứ))(?:\s+pháp\s+lý|\s+ban\s+hành)?", "can_cu", _TH, True),
)
_NAME = re.compile(r"(?:các\s+)?(?:tên|tiêu\s+đề|tên\s+gọi)\s+(?:của\s+)?", re.IGNORECASE)
#: "tên điều và khoản 1" below the article's own head: the name of what the head names.
_OWN_NAME = re.compile(
    r"(?:tên|tiêu\s+đề)\s+(?:điều|khoản|chương|mục|phụ\s+lục)(?=\s*(?:,|và\s|như\s|thành|\Z|[:.;]))", re.IGNORECASE
)
_CHAIN = re.compile(
    r"\s+(?:(?:của|thuộc|tại|trong|ở|quy\s+định\s+tại|nêu\s+tại)\s+)?|\.\s+(?=mục|chương)", re.IGNORECASE
)
_LIST = re.compile(r"\s*(?:[,;]\s*(?:và\s+)?|(?:và|hoặc|cùng)\s+)(?:tại\s+)?(?:các\s+)?", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:đến(?:\s+hết)?|-)\s*", re.IGNORECASE)
_SELF = re.compile(r"\s+này(?!\w)")
#: "tại các Điều: 5, 7 và 9"; "số thứ tự từ 12 đến 15".
_BEFORE_LABEL = r"(?:\s*:)?\s*(?:từ\s+(?=\S{1,5}\s+(?:đến|-)\s))?"
_AFTER_NUMBER = re.compile(
    r"\s*(?:[.,;:)\"]|và\s|đến\s|\Z|(?:của|thuộc|tại|như|quy|ban|được|bằng|thành|đã|nêu|vào|trừ|có|hết|kèm|nghị|quyết"
    r"|thông|luật|trong|chấm|ngưng|này|phụ|điều|khoản|điểm|mục|chương|phần)\b)",
    re.IGNORECASE,
)


_INNER = ("khoan", "diem", "tiet", "gach", "doan")
#: Parts of tables, and what a table stands in: "số thứ tự 7, mục III, Phụ lục I" is one place.
_ROWS, _TABLES = ("stt", "dong", "cot"), ("muc", "phan", "bieu", "mau", "phu_luc")
_NAMED = ("dieu", "chuong", "muc", "phu_luc")


class Step(NamedTuple):
    """One part of a path; ``label`` is empty where none is printed."""

    kind: str
    label: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.label}" if self.label else self.kind


Path = tuple[Step, ...]


class Provisions(NamedTuple):
    """The provisions that ``text[start:end]`` names, each written from the outside in."""

    start: int
    end: int
    paths: tuple[Path, ...]


class _Unit(NamedTuple):
    kind: str
    labels: tuple[str, ...]


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str], str, bool], ...]:
    return tuple(
        (
            re.compile(rf"(?:các\s+)?{word}(?!\w)", re.IGNORECASE),
            re.compile(rf"{_BEFORE_LABEL}(?P<l>{label})(?![\w])"),
            kind,
            bare,
        )
        for word, kind, label, bare in _UNITS
    )


@lru_cache(maxsize=1)
def _opening() -> re.Pattern[str]:
    """Where a provision may begin: a quick sieve before the grammar is tried."""
    words = "|".join(word for word, _, _, _ in _UNITS)
    return re.compile(rf"(?<!\w)(?:(?:tên|tiêu\s+đề)\s+(?:của\s+)?)?(?:các\s+)?(?:{words})(?!\w)", re.IGNORECASE)


def written(path: Path) -> str:
    """The path as the tables print it.

    >>> written(read("điểm a khoản 2 Điều 5", 0).paths[0])
    'dieu:5/khoan:2/diem:a'
    """
    return "/".join(map(str, path))


def parsed(text: str) -> Path:
    """The path of its written form; empty for an empty one.

    >>> parsed("phu_luc/stt:4a") == (Step("phu_luc", ""), Step("stt", "4a"))
    True
    """
    return tuple(Step(*part.partition(":")[::2]) for part in text.split("/") if part)


def _label(kind: str, text: str) -> str:
    text = " ".join(text.split()).rstrip(".")
    if kind in ("gach", "doan", "cau", "dong", "cot", "can_cu"):
        return _ORDINAL.get(text.lower().removeprefix("thứ ").strip(), text.lower().removeprefix("thứ ").strip())
    if kind == "phan":
        return _ORDINAL.get(text.lower(), text)
    return text


def _more_labels(text: str, end: int, kind: str, label: re.Pattern[str], labels: list[str]) -> int:
    """Further labels of one unit (``điểm a, b và c``; ``Điều 5 đến Điều 9``); where they end."""
    while True:
        span = _RANGE.match(text, end)
        if span:
            word = next(pattern for pattern, _, k, _ in _patterns() if k == kind).match(text, span.end())
            last = label.match(text, word.end() if word else span.end())
            between = _between(labels[-1], _label(kind, last.group("l"))) if last else []
            if last and between:
                labels += between
                end = last.end()
                continue
        joined = _LIST.match(text, end)
        found = label.match(text, joined.end()) if joined else None
        if found is None or not _AFTER_NUMBER.match(text, found.end()):
            return end
        labels.append(_label(kind, found.group("l")))
        end = found.end()


def _between(first: str, last: str) -> list[str]:
    """The labels after ``first`` up to ``last``, empty where they make no sequence."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= 60:
        return [str(n) for n in range(int(first) + 1, int(last) + 1)]
    letters = POINT_LETTERS
    if len(first) == len(last) == 1 and first in letters and last in letters:
        return list(letters[letters.index(first) + 1 : letters.index(last) + 1])
    return []


def _unit(text: str, start: int) -> tuple[_Unit, int] | None:
    """The unit at ``start`` with its labels, and where it ends."""
    for word, label, kind, bare in _patterns():
        match = word.match(text, start)
        if match is None:
            continue
        here = _SELF.match(text, match.end())
        if here:
            return _Unit(kind, ("này",)), here.end()
        found = label.match(text, match.end())
        if found is not None and ":" in text[match.end() : found.start("l")] and match.group()[:3].lower() != "các":
            found = None
        if found is None:
            if bare:
                return _Unit(kind, ("",)), match.end()
            continue
        labels = [_label(kind, found.group("l"))]
        end = _more_labels(text, found.end(), kind, label, labels)
        return _Unit(kind, tuple(labels)), end
    return None


def _chain(text: str, start: int) -> tuple[list[_Unit], int] | None:
    """Units that stand one in another (``điểm a khoản 2 Điều 5``), from the outside in."""
    position = start
    alone = _OWN_NAME.match(text, position)
    if alone:
        return [_Unit("ten", ("",))], alone.end()
    name = _NAME.match(text, position)
    first = _unit(text, name.end() if name else position)
    if first is None:
        return None
    units = [first[0]]
    end = first[1]
    while len(units) < 8:
        joint = _CHAIN.match(text, end)
        following = _unit(text, joint.end()) if joint else None
        if following is None or any(unit.kind == following[0].kind for unit in units):
            break
        units.append(following[0])
        end = following[1]
    if len(units) == 1 or RANK[units[0].kind] >= RANK[units[-1].kind] or units[0].kind in ("muc", "bieu", "khoan"):
        units.reverse()
    if name:
        units.append(_Unit("ten", ("",)))
    return units, end


def _shared(item: list[_Unit], following: list[_Unit]) -> list[_Unit]:
    """An item of a list with what it leaves to the next item: its outer units (``khoản 2, khoản 3 Điều 76``)."""
    if [unit.kind for unit in item] == ["ten"]:  # "tên điều và khoản 1 Điều 10"
        named = next((i for i, unit in enumerate(following) if unit.kind in _NAMED), None)
        return [*following[: named + 1], *item] if named is not None else item
    outermost = RANK[item[0].kind]
    at = next((i for i, unit in enumerate(following) if RANK[unit.kind] == outermost), None)
    if at is None:
        return item
    return [*following[:at], *item]


def _holds(outer: list[_Unit], item: list[_Unit]) -> bool:
    """Whether an item that names no article nor section is a part of what follows behind a comma."""
    if item[-1].kind in (*_ROWS, *_TABLES) and all(unit.kind in (*_ROWS, *_TABLES) for unit in outer):
        return RANK[outer[-1].kind] < RANK[item[0].kind]
    if item[0].kind not in _INNER or outer[-1].kind not in (*_INNER, "dieu", "muc") or item[-1].kind == "ten":
        return False
    return RANK[outer[-1].kind] < RANK[item[0].kind]


def read(text: str, start: int) -> Provisions | None:
    """The provisions named at ``start``, a whole list of them; None where none begins there.

    >>> [written(p) for p in read("khoản 2, khoản 3 Điều 76, Điều 82 của", 0).paths]
    ['dieu:76/khoan:2', 'dieu:76/khoan:3', 'dieu:82']
    >>> [written(p) for p in read("điểm a, b khoản 2 Mục III", 0).paths]
    ['muc:III/khoan:2/diem:a', 'muc:III/khoan:2/diem:b']
    """
    found = _chain(text, start)
    if found is None:
        return None
    items = [found[0]]
    end = found[1]
    while True:
        joint = _LIST.match(text, end)
        following = _chain(text, joint.end()) if joint else None
        if joint is None or following is None:
            break
        if joint.group().strip() == "," and _holds(following[0], items[-1]):
            items[-1] = [*following[0], *items[-1]]  # "điểm c, khoản 2, Điều 3": one provision, printed with commas
        else:
            items.append(following[0])
        end = following[1]
    for i in range(len(items) - 2, -1, -1):
        items[i] = _shared(items[i], items[i + 1])
    paths: list[Path] = []
    for units in items:
        for labels in product(*(unit.labels for unit in units)):
            paths.append(tuple(Step(unit.kind, label) for unit, label in zip(units, labels, strict=True)))
    return Provisions(start, end, tuple(paths))


def find(text: str, start: int = 0, end: int | None = None) -> list[Provisions]:
    """All lists of provisions in ``text[start:end]``, in order.

    >>> [written(p) for hit in find("theo khoản 1 Điều 3, trừ điểm b Mục II") for p in hit.paths]
    ['dieu:3/khoan:1', 'muc:II/diem:b']
    """
    out: list[Provisions] = []
    position = start
    limit = len(text) if end is None else end
    while True:
        match = _opening().search(text, position, limit)
        if match is None:
            return out
        found = read(text[:limit], match.start())
        if found is None:
            position = match.start() + 1
            continue
        out.append(found)
        position = found.end


def within(path: Path, head: Path) -> Path:
    """A path with the outer parts that it leaves to the head above it; ``khoản này`` is the head's.

    >>> written(within(parsed("diem:c"), parsed("dieu:4/khoan:3")))
    'dieu:4/khoan:3/diem:c'
    >>> written(within(parsed("khoan:2"), parsed("dieu:4/khoan:3")))
    'dieu:4/khoan:2'
    """
    if path and path[0].label == "này":
        at = next((i for i, step in enumerate(head) if step.kind == path[0].kind), None)
        return (*head[: at + 1], *path[1:]) if at is not None else path[1:]
    if not path:
        return head
    kinds = {step.kind for step in path}
    outermost = RANK[path[0].kind]
    return (*(s for s in head if RANK[s.kind] < outermost and s.kind not in kinds), *path)
