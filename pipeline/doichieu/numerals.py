"""Vietnamese numbers in words, Roman numerals, and the sequences that numbering marks run through.

Sources: the letters of points follow the Vietnamese alphabet as Nghị định 30/2020/NĐ-CP, Phụ lục I, prints them.
"""

from __future__ import annotations

import re

#: The letters of points (điểm) in order; f, j, w, z do not occur, nor do the letters with diacritics but đ.
POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_SHAPE = re.compile(r"(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\Z")

_ROMAN_PARTS = (
    ("M", 1000),
    ("CM", 900),
    ("D", 500),
    ("CD", 400),
    ("C", 100),
    ("XC", 90),
    ("L", 50),
    ("XL", 40),
    ("X", 10),
    ("IX", 9),
    ("V", 5),
    ("IV", 4),
    ("I", 1),
)
_UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_DIGITS = {
    "không": 0,
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_TENS = {"mười": 10, "mươi": 10, "chục": 10}
_SCALES = {"trăm": 100, "nghìn": 1_000, "ngàn": 1_000, "vạn": 10_000, "triệu": 1_000_000, "tỷ": 10**9, "tỉ": 10**9}


#: The source of a pattern for a number from one to ninety-nine in words: ``hai mươi lăm``; the one list of them.
SPELT = (
    r"(?:(?:hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)\s+mươi(?:\s+(?:mốt|hai|ba|bốn|tư|lăm|sáu|bảy|bẩy|tám|chín))?"
    r"|mười(?:\s+(?:một|hai|ba|bốn|lăm|sáu|bảy|bẩy|tám|chín))?|một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)"
)


def roman(text: str) -> int | None:
    """The value of a Roman numeral from I to XCIX, None if ``text`` is none.

    >>> roman("XIV"), roman("IIX"), roman("")
    (14, None, None)
    """
    if not text or not _ROMAN_SHAPE.match(text):
        return None
    total = 0
    for here, following in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN[here]
        total += -value if following and _ROMAN[following] > value else value
    return total


def to_roman(number: int) -> str:
    """A number from 1 to 3999 as a Roman numeral, empty outside.

    >>> to_roman(14), to_roman(1999), to_roman(0)
    ('XIV', 'MCMXCIX', '')
    """
    if not 1 <= number <= 3999:
        return ""
    out = ""
    for sign, value in _ROMAN_PARTS:
        count, number = divmod(number, value)
        out += sign * count
    return out


def to_words(number: int) -> str:
    """A number from 1 to 999 in Vietnamese words, digits outside.

    >>> to_words(15), to_words(21), to_words(205), to_words(1000)
    ('mười lăm', 'hai mươi mốt', 'hai trăm linh năm', '1000')
    """
    if not 1 <= number <= 999:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    words = [_UNITS[hundreds], "trăm"] if hundreds else []
    if tens:
        words += ["mười"] if tens == 1 else [_UNITS[tens], "mươi"]
    elif hundreds and units:
        words.append("linh")
    if units == 5 and tens:
        words.append("lăm")
    elif units == 1 and tens > 1:
        words.append("mốt")
    elif units:
        words.append(_UNITS[units])
    return " ".join(words)


def point_index(letter: str) -> int | None:
    """The 1-based place of a point letter (``đ`` is the fifth), None if it is none.

    >>> point_index("a"), point_index("đ"), point_index("f")
    (1, 5, None)
    """
    index = POINT_LETTERS.find(letter) if len(letter) == 1 else -1
    return index + 1 if index >= 0 else None


def words_to_number(text: str) -> int | None:
    """The value of a number written out in Vietnamese, None if ``text`` is none.

    >>> words_to_number("mười lăm"), words_to_number("hai trăm linh năm"), words_to_number("hai mươi mốt nghìn")
    (15, 205, 21000)
    >>> words_to_number("năm")
    5
    """
    total = 0
    section = 0
    digit: int | None = None
    seen = False
    for word in text.lower().split():
        if word in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[word]
        elif word in _TENS:
            section += (1 if digit is None else digit) * 10
            digit = None
        elif word == "trăm":
            section += (1 if digit is None else digit) * 100
            digit = None
        elif word in _SCALES:
            section += digit or 0
            digit = None
            total += (section or 1) * _SCALES[word]
            section = 0
        elif word in ("linh", "lẻ"):
            if digit is not None:
                return None
        else:
            return None
        seen = True
    return total + section + (digit or 0) if seen else None


_GROUPED = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?")
_POINTED = re.compile(r"(\d+)\.(\d{1,2})")
_LONGEST = 60  # letters of a figure; no document prints a longer one


def number(text: str) -> float | None:
    """The value of a figure in Vietnamese print: ``.`` groups thousands, ``,`` is the decimal mark.

    A lone ``.`` with other than three digits after it is read as a decimal point, as some typists do.

    >>> number("1.200,5"), number("03"), number("0,7"), number("3.000"), number("2.5"), number("1.2.3")
    (1200.5, 3.0, 0.7, 3000.0, 2.5, None)
    """
    if len(text) > _LONGEST:
        return None
    match = _GROUPED.fullmatch(text)
    if match:
        return float(match.group(1).replace(".", "") + "." + (match.group(2) or "0"))
    match = _POINTED.fullmatch(text)
    return float(text) if match else None
