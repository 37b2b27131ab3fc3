"""The grammar of numbering marks, and their order.

Layouts: Nghị định 30/2020/NĐ-CP (Phần, Chương, Mục, Điều, khoản ``1.``, điểm ``a)``) and Hướng dẫn 36-HD/VPTW
(``I-``, ``1.``, ``1.1.``, ``a)``, ``-``, ``+``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from doichieu.alphabet import LOWER, UPPER
from doichieu.lexicon import load
from doichieu.lexicon.kinds import kinds_in_capitals
from doichieu.numerals import POINT_LETTERS, point_index, roman
from doichieu.text.memory import remembered

_ORDINALS = {w: i for i, w in enumerate(["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"], 1)}

FOOTNOTE = re.compile(r"(?P<mark>[¹²³⁴⁵⁶⁷⁸⁹⁰]+)\s*(?=\S)|\[\^?(?P<bracket>\d{1,3})\]:?\s+(?=\S)")

_D, _E = (4,), (6,)  # places of the letters d and e among the point letters

#: Kinds of marks from the outside in; sections whose order differs by document share rank 4.
RANK = {
    "phan": 0,
    "chuong": 1,
    "muc": 2,
    "tieu_muc": 3,
    "dieu": 4,
    "upper": 4,
    "roman": 4,
    "arabic": 7,
    "letter": 12,
    "number_paren": 13,
    "paren": 14,
    "emphasis": 18,
    "bullet": 20,
    "plus": 21,
}


class Marker(NamedTuple):
    """A numbering mark at the start of a chunk.

    ``kind`` is a key of :data:`RANK`; ``value`` its place in the sequence (a tuple for ``2.1.3``);
    ``label`` what the clause path prints; ``length`` how many characters of the chunk the mark takes.
    """

    kind: str
    value: tuple[int, ...]
    label: str
    length: int


_PATTERNS: list[tuple[str, re.Pattern[str]]] = [
    ("phan", re.compile(r"(?:PHẦN|Phần)\s+(?:(?:THỨ|thứ)\s+)?(?P<v>[IVXLC]+|\d{1,2}|[^\W\d]{2,5})\b\s*[.:\-]?\s*")),
    ("chuong", re.compile(r"(?:CHƯƠNG|Chương)\s+(?P<v>[IVXLC]+|\d{1,2})\b\s*[.:\-]?\s*")),
    ("tieu_muc", re.compile(r"(?:TIỂU MỤC|Tiểu mục)\s+(?P<v>[IVXLC]+|\d{1,2})\b\s*[.:\-]?\s*")),
    ("muc", re.compile(r"(?:MỤC|Mục)\s+(?P<v>[IVXLC]+|\d{1,2})\b\s*(?:[.:\-]\s*|\Z|(?=[A-ZĐ]{2}))")),
    ("dieu", re.compile(r"(?:ĐIỀU|Điều)\s+(?P<v>\d{1,3}[a-zđ]?)\s*(?:[.:]\s*|\Z)")),
    ("roman", re.compile(r"(?!V/[vV]\b)(?P<v>[IVXLC][IVXLCivxlc]{0,6})\s*(?:[.)]\s*-?|[-/])\s*(?=\S|\Z)")),
    ("upper", re.compile(r"(?P<v>[A-ZĐ])\s*[.)\-]\s+(?=\S)")),
    ("arabic", re.compile(r"(?P<v>\d{1,3}(?:\.\d{1,2}){1,4})(?:\s*[.):\-]\s*|\s+)(?=[^\W\d]|[\"'(*\-]|\d)")),
    (
        "arabic",
        re.compile(
            r"(?P<v>\d{1,3})(?!\s+-\s+\d[\d.,]*\s*%)(?:\s*\.\s+|\s*\.(?=[^\W\d]|[\"'(*])|\s*-\s+)(?=[^\W\d]"
            r"|[\"'(*]|\d)"
        ),
    ),
    ("arabic", re.compile(r"(?P<v>\d{1,3}(?:\.\d{1,2}){0,4})\s*\.?\Z")),
    ("arabic", re.compile(r"(?P<v>\d{1,3}[a-eđ])\.\s+(?=[^\W\d_])")),
    ("number_paren", re.compile(r"(?P<v>\d{1,2})\)\s*(?=\S)")),
    ("paren", re.compile(r"\((?P<v>\d{1,2}|[a-zđ]|[ivx]{2,5})\)\s*(?=\S)")),
    ("letter", re.compile(rf"(?P<v>[{POINT_LETTERS}](?:\.?\d{{1,2}})?)\s*[.)]\s*(?=\S)")),
    ("plus", re.compile(r"\+\s*(?=[^\W\d]|\d|[\"'(])")),
    (
        "bullet",
        re.compile(
            r"(?!\*\s*\((?:[Bb]an hành\s+|[Đđ]ính\s+)?[Kk]èm\s+theo)(?:--(?=\s)|[-•●▪◦○∙*]|)\s*(?=[^\W\d]|\d|[\"'(\[])"
        ),
    ),
]

#: Any of them: where this fails, none needs to be tried by itself.
_SOME = re.compile("|".join(f"(?:{pattern.pattern.replace('(?P<v>', '(?:')})" for _, pattern in _PATTERNS))

_NEW_BLOCK = re.compile(
    r"nơi nhận\s*:|(?:t/m|tm\.|t/l|tl\.|kt\.|k/t|tuq\.)\s|phụ lục\b(?!\s+(?:kèm|này))|số\s*:\s"
    r"|số\s+\d{1,5}\s?[-/][^\s]{2,20}\s*\Z|căn cứ\s|theo đề nghị\s|điều\s+\d+\s*[.:]"
    r"|(?:cơ quan|đơn vị|thời gian|tiến độ|kinh phí|sản phẩm)[^:.;]{0,40}:",
    re.IGNORECASE,
)
#: Place and day of a letterhead, in a line of their own.
_PLACE_AND_DAY = re.compile(
    r"[^\W\d]+(?:[\s.\-]+[^\W\d]+){0,4},\s*ngày\s[\d\s.…]*tháng\s[\d\s.…]*năm\s[\d\s.…]*\Z", re.IGNORECASE
)


def _value(kind: str, text: str) -> tuple[int, ...] | None:
    if kind in ("phan", "chuong", "muc", "tieu_muc"):
        value = int(text) if text.isdigit() else roman(text) or _ORDINALS.get(text.lower())
        return (value,) if value else None
    if kind == "dieu":
        digits = re.match(r"\d+", text)
        assert digits is not None
        return (int(digits.group()),)
    if kind == "roman":
        value = roman(text.upper())  # old texts were lower-cased: "Iii. tổ chức thực hiện"
        return (value,) if value else None
    if kind == "upper":
        index = point_index(text.lower())
        return (index,) if index else None
    if kind == "arabic":
        if text.startswith("0."):
            return None
        return tuple(int(part) for part in text.rstrip(POINT_LETTERS).split("."))
    if kind == "number_paren":
        return (int(text),)
    if kind == "paren":
        return (_in_brackets(text),)
    if kind == "letter":
        index = point_index(text[0])
        if index is None:
            return None
        rest = text[1:].lstrip(".")
        return (index, int(rest)) if rest else (index,)
    return (0,)


def _in_brackets(text: str) -> int:
    """The place of ``(2)``, ``(b)`` or ``(iv)`` among its like; ``(i)``, ``(v)`` and ``(x)`` are taken for Roman.

    >>> [_in_brackets(text) for text in ("12", "c", "i", "iv", "v", "xi")]
    [12, 3, 1, 4, 5, 11]
    """
    if text.isdigit():
        return int(text)
    return (roman(text.upper()) if not text.strip("ivx") else point_index(text)) or 1


_NUMBERED = {"phan", "chuong", "muc", "dieu", "arabic", "letter", "paren"}


def parse(text: str) -> Marker | None:
    """The numbering mark at the start of a chunk's normalised text, None if there is none.

    >>> parse("2.1. Đến hết năm 2025").label, parse("đ) Về tin học").value, parse("I- MỤC ĐÍCH").kind
    ('2.1', (5,), 'roman')
    >>> parse("3.000 lượt nhân lực") is None, parse("22/12/2024 là ngày") is None
    (True, True)
    """
    return _parsed(text)


def _parse(text: str) -> Marker | None:
    if _SOME.match(text) is None:
        return None
    for kind, pattern in _PATTERNS:
        match = pattern.match(text)
        if match is None or match.end() == 0:
            continue
        if kind == "plus":
            return Marker(kind, (0,), "+", match.end())
        if kind == "bullet":
            if text.startswith("*") and (inner := parse(text[match.end() :])) is not None and inner.kind in _NUMBERED:
                return inner._replace(length=inner.length + match.end())  # emphasis that opens with a blank
            return Marker(kind, (0,), "-", match.end())
        label = match.group("v")
        value = _value(kind, label)
        if value is None:
            continue
        if kind == "roman" and label in ("C", "L", "D"):
            continue  # far likelier the letter
        if kind == "arabic" and value[0] > 200:
            continue
        if kind in ("dieu", "phan", "chuong", "muc", "tieu_muc"):
            words = text[: match.start("v")].strip()
            label = f"{words[:1].upper()}{words[1:].lower()} {label}"
        return Marker(kind, value, label, match.end())
    return None


_parsed = remembered(_parse, most=4096)


_TITLES = frozenset(kinds_in_capitals())


@cache
def layout_pattern(name: str) -> re.Pattern[str]:
    """A pattern of ``layout.toml`` with the letters of Vietnamese in its classes."""
    text = str(load("layout")[name])
    return re.compile(text.replace("{UPPER}", UPPER).replace("{LOWER}", LOWER))


def is_title_line(text: str) -> bool:
    """Whether a line is nothing but the name of a kind of document, in capitals.

    >>> is_title_line("KẾ HOẠCH"), is_title_line("KẾ HOẠCH HÀNH ĐỘNG"), is_title_line("KẾ HOẠCH SỐ 2")
    (True, True, False)
    """
    return text in _TITLES


def starts_block(text: str) -> bool:
    """Whether a line opens a new block: a numbering mark, a footnote, a label of the form of documents."""
    if _NEW_BLOCK.match(text) or FOOTNOTE.match(text) is not None or parse(text) is not None:
        return True
    return "," in text and "ngày" in text.lower() and _PLACE_AND_DAY.match(text) is not None


def follows(before: tuple[int, ...], after: tuple[int, ...], kind: str = "") -> bool:
    """Whether ``after`` is the successor of ``before`` in one sequence of marks of one kind.

    Letters that Word counted by itself go from ``d`` to ``e``; the Vietnamese alphabet has ``đ`` between them.

    >>> follows((2, 1), (2, 2)), follows((4,), (6,)), follows((4,), (6,), "letter")
    (True, False, True)
    """
    if kind in ("letter", "paren", "upper") and (before, after) == (_D, _E):
        return True
    return len(before) == len(after) and before[:-1] == after[:-1] and after[-1] == before[-1] + 1


def inserted(before: tuple[int, ...], label: str, value: tuple[int, ...]) -> bool:
    """Whether a mark with a letter stands between two of a sequence, as ``2a`` does after ``2``.

    >>> inserted((2,), "2a", (2,)), inserted((2,), "2", (2,))
    (True, False)
    """
    return before == value and label[-1:].isalpha() and any(c.isdigit() for c in label)
