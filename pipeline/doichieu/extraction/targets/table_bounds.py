"""Comparators that the name of a row or the head of a column gives to the bare figures of its cells."""

from __future__ import annotations

import re
from typing import Literal

from doichieu.lexicon.comparators import comparators, operators
from doichieu.model import Operator

Bound = Operator | Literal[""]

_BEFORE = sorted(comparators("<=", "<", ">=", ">"), key=len, reverse=True)
_AFTER = comparators(place="after")
_SAYS = r"(?:đạt|còn|là|có|ở mức|mức|giữ|duy trì|từ|bảo đảm|đảm bảo|cần đạt|phải đạt)"
#: A bracket of a comparator alone: "Tỷ lệ hộ nghèo (không quá)", "Số lớp (đạt ít nhất)", "Tỷ lệ phủ sóng (trở lên)".
_BRACKET = re.compile(
    rf"\s*\((?:{_SAYS}\s+)?(?P<word>{'|'.join(map(re.escape, (*_BEFORE, *_AFTER)))})(?:\s+{_SAYS})?\W*\)", re.IGNORECASE
)
#: Words that compare things with each other too: they close a name as a comparator only behind a verb or a comma.
_OF_THINGS = ("hơn", "nhất", "vượt")
_SURE = [word for word in _BEFORE if not word.endswith(_OF_THINGS) or word.startswith("không") or word == "ít nhất"]
#: A comparator that closes a name: its figure stands in the cell ("Tỷ lệ sinh con thứ ba dưới", "Độ ẩm, không quá").
_CLOSING = re.compile(
    rf"(?:\s+(?:{_SAYS}\s+)?(?P<sure>{'|'.join(map(re.escape, _SURE))})"
    rf"|\s*(?:,|\s{_SAYS})\s*(?P<word>{'|'.join(map(re.escape, _BEFORE))}))(?:\s+là)?\W*\Z",
    re.IGNORECASE,
)
_HEAD = re.compile(r"(?P<least>tối thiểu|ít nhất|không dưới|không thấp hơn|≥)|tối đa|không quá|không vượt quá|≤", re.I)


def compared_by_name(name: str) -> tuple[str, Bound]:
    """The name of a row without a comparator that it gives to the figures of its cells, and what that means.

    >>> compared_by_name("Tỷ lệ hộ nghèo (không quá)"), compared_by_name("Tỷ lệ thất thoát nước còn dưới")
    (('Tỷ lệ hộ nghèo', '<='), ('Tỷ lệ thất thoát nước', '<'))
    >>> compared_by_name("Mật độ cây (cây/ha) (tối thiểu)"), compared_by_name("Trẻ em dưới 5 tuổi")
    (('Mật độ cây (cây/ha)', '>='), ('Trẻ em dưới 5 tuổi', ''))
    >>> compared_by_name("Số mô hình hiệu quả cao hơn")
    ('Số mô hình hiệu quả cao hơn', '')
    """
    found = _BRACKET.search(name) or _CLOSING.search(name)
    if found is None:
        return name, ""
    word = next(word for word in found.groups() if word).lower()
    rest = f"{name[: found.start()]}{name[found.end() :]}".strip()
    return (rest, _meaning(word)) if len(rest) > 1 else (name, "")


def _meaning(word: str) -> Bound:
    return operators().get(word) or operators("after")[word]


def compared_by_head(head: str) -> Bound:
    """The comparator of the bare figures below a head.

    >>> compared_by_head("Mức tối thiểu (%)"), compared_by_head("Năm 2026 (dưới)"), compared_by_head("Trẻ dưới 5 tuổi")
    ('>=', '<', '')
    """
    if (bracket := _BRACKET.search(head)) is not None:
        return _meaning(bracket.group("word").lower())
    found = _HEAD.search(head)
    return "" if found is None else (">=" if found.group("least") else "<=")
