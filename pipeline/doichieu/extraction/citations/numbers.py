"""The numbers, dates, kinds and issuers of documents as Vietnamese texts print them.

Layouts: Nghị định 30/2020/NĐ-CP, Phụ lục I (``15/2024/NĐ-CP``, ``03/NQ-CP``) and Hướng dẫn 36-HD/VPTW (``57-NQ/TW``).
Everything here works on strings of the normalised view; offsets are offsets in the string given.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from doichieu.lexicon import load
from doichieu.lexicon.places import name_at, printed


class NumberHit(NamedTuple):
    """A document number at ``text[start:end]``; ``number`` is its canonical form, without blanks."""

    start: int
    end: int
    number: str


_UPPER = "A-ZĐƯƠÔÂÊĂ"
_PART = rf"[{_UPPER}][A-Za-z{_UPPER}đ]*\d{{0,3}}"
_NUMBER = re.compile(
    rf"""(?<![\w/.,])(?<!\d[-])
    (?P<n>\d{{1,5}}(?:\.\d{{1,2}}(?=/(?:19|20)\d\d/))?[a-zA-ZđĐ]?)\s?
    (?:
      /\s?(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?
      (?P<state>{_PART}(?:\s?[-.&]\s?{_PART}){{0,6}}(?P<spelt>\s?-\s?Chính\sphủ)?)
    |
      (?P<dash>-\s?)?(?P<symbol>{_PART}(?:-{_PART})?)\s?/\s?(?P<org>{_PART}(?:[-.&]{_PART}){{0,4}})
    )(?![^\W¹²³⁴⁵⁶⁷⁸⁹⁰]|%)""",
    re.VERBOSE,
)
_GLUED_MARK = re.compile(r"[/-](?:CP|TTg|TW|TU|HU|UBND|HĐND|BCĐ)(?P<mark>\d{1,2})\Z")
_LOWER_NUMBER = re.compile(
    r"(?<=số )(?P<n>\d{1,5})(?:/(?P<year>(?:19|20)\d\d))?(?P<rest>/[a-zđ]{2,4}-[a-zđ]{2,10}|"
    r"-[a-zđ]{2,4}/[a-zđ]{2,6})(?!\w)"
)


@lru_cache(maxsize=1)
def _symbols() -> dict[str, str]:
    """Symbol in upper case → kind."""
    table: dict[str, str] = {}
    for entry in load("kinds")["kind"]:
        for symbol in entry["symbols"]:
            table[symbol.upper()] = entry["id"]
    return table


@lru_cache(maxsize=1)
def _casing() -> dict[str, str]:
    return {part.upper(): part for part in load("issuers")["casing"]}


def _canonical(number: str) -> str:
    """Without blanks, known abbreviations in their usual case (``27/CT-TTG`` → ``27/CT-TTg``)."""
    compact = "".join(number.split())
    parts = re.split(r"([/\-])", compact)
    return "".join(
        _casing().get(part.upper(), part) if part.isalnum() and part.upper() == part else part for part in parts
    )


def _plausible(match: re.Match[str]) -> bool:
    """The second screen: what has the shape of a number but is a ratio, a unit, an abbreviation is none."""
    if match.group("symbol") and not match.group("dash"):  # "15 CTr/TU": a blank for the hyphen
        before = match.string[max(0, match.start() - 4) : match.start()].lower()
        return before.endswith("số ") and match.group("symbol").upper() in _symbols() and " " in match.group()
    if match.group("symbol"):
        return len(match.group("symbol")) >= 2 and len(match.group("org")) >= 2
    state = match.group("state")
    head = re.split(r"\s?[-.&]\s?", state)[0].upper()
    if match.group("year"):  # "09/2026/NĐ" alone was cut off by a line or a cell
        return "-" in state or head.startswith(("QH", "UBTVQH"))
    if "-" in state:
        return head in _symbols() or (len(head) >= 2 and head == head.upper() and len(state) >= 5)
    if head == "TTG":  # "Quyết định số 769/TTg": the Prime Minister's until 1998
        return match.string[max(0, match.start() - 4) : match.start()].lower().endswith("số ")
    return head.startswith(("QH", "UBTVQH")) and len(head) >= 4


def find_numbers(text: str) -> list[NumberHit]:
    """All document numbers of ``text``, in order.

    >>> [hit.number for hit in find_numbers("số 57- NQ/TW, 163/2024/QH15 và 27/CT-TTG; 4/100.000; 06/15; 24/7")]
    ['57-NQ/TW', '163/2024/QH15', '27/CT-TTg']
    """
    if "/" not in text:
        return []
    out: list[NumberHit] = []
    for match in _NUMBER.finditer(text):
        if not _plausible(match):
            continue
        number = match.group()
        if match.group("spelt"):
            number = number[: match.start("spelt") - match.start()] + "-CP"
        if match.group("symbol") and not match.group("dash"):
            number = f"{match.group('n')}-{number[len(match.group('n')) :]}"
        glued = _GLUED_MARK.search(number)
        if glued:  # a footnote mark that lost its raised position
            number = number[: glued.start("mark")]
        out.append(NumberHit(match.start(), match.end(), _canonical(number)))
    for match in _LOWER_NUMBER.finditer(text):
        number = match.group().upper()
        if any(part in _symbols() for part in re.split(r"[/\-]", number)):
            out.append(NumberHit(match.start(), match.end(), _canonical(number)))
    out.sort()
    return out


def kind_of_number(number: str) -> str:
    """The kind that a number's symbol says, empty where it says none.

    >>> kind_of_number("57-NQ/TW"), kind_of_number("13/2019/TT-BNV"), kind_of_number("1334/SNV-XDCQ")
    ('nghi_quyet', 'thong_tu', 'cong_van')
    >>> kind_of_number("63/2025/QH15")
    ''
    """
    parts = re.split(r"[/\-]", number)[1:]
    for part in parts:
        kind = _symbols().get(part.upper())
        if kind:
            return kind
    if re.match(r"\d+[a-zđ]?/[^/]+-[^/]+\Z", number):
        return "cong_van"
    return ""


_DIGITS = re.compile(r"\d+")


def leading_integer(number: str) -> int | None:
    """The running number of a document number: ``09-NQ/TU`` → 9."""
    match = _DIGITS.match(number)
    return int(match.group()) if match else None


@lru_cache(maxsize=1)
def _issuer_symbols() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(entry["symbol"]), entry["name"]) for entry in load("issuers")["symbol"]]


def issuer_of_number(number: str) -> str:
    """The issuer that a number names without doubt, else empty.

    >>> issuer_of_number("03/NQ-CP"), issuer_of_number("163/2024/QH15"), issuer_of_number("09-NQ/TU")
    ('Chính phủ', 'Quốc hội', '')
    """
    last = re.split(r"[/\-]", number)[-1]
    for pattern, name in _issuer_symbols():
        if pattern.fullmatch(last):
            return name
    return ""


# ---------------------------------------------------------------- dates

_MONTH_WORDS = {
    "giêng": 1,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
    "mười hai": 12,
    "chạp": 12,
}

#: A full date; ``ngày`` may be missing.  Groups d/m/y or d2/m2/y2.
DATE = (
    r"(?:(?P<d>\d{1,2})\s?[/.\-]\s?(?P<m>\d{1,2})\s?[/.\-]\s?(?P<y>(?:19|20)\d\d)(?!\d)"
    r"|(?P<d2>\d{1,2})\s*tháng\s*(?P<m2>\d{1,2}|(?<=\s)[^\W\d]{2,5}(?:\s(?:một|hai))?(?=[,\s])),?\s*năm\s*"
    r"(?P<y2>(?:19|20)\d\d)(?!\d))"
)


def month_number(text: str) -> int | None:
    """1–12 from digits or words (``mười hai``, ``chạp``), else None."""
    text = " ".join(text.lower().split())
    value = int(text) if text.isdigit() else _MONTH_WORDS.get(text)
    return value if value and 1 <= value <= 12 else None


def iso(year: int, month: int, day: int) -> str:
    """The ISO form of a date, empty where there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def date_of(match: re.Match[str]) -> str:
    """The ISO date of a match of :data:`DATE`, empty where the figures make none."""
    groups = match.groupdict()
    if groups.get("y"):
        return iso(int(groups["y"]), int(groups["m"]), int(groups["d"]))
    if groups.get("y2"):
        month = month_number(groups["m2"])
        return iso(int(groups["y2"]), month, int(groups["d2"])) if month else ""
    return ""


# ---------------------------------------------------------------- names of issuers in capitals


@lru_cache(maxsize=1)
def _proper() -> list[tuple[re.Pattern[str], str]]:
    words = sorted({w for entry in load("issuers")["proper"] for w in entry["words"]}, key=lambda w: (-len(w), w))
    return [(re.compile(rf"(?<!\w){re.escape(word.lower())}(?!\w)"), word) for word in words]


_PLACE_WORDS = re.compile(
    r"(?<!\w)(tỉnh|thành phố|thị xã|huyện|quận|xã(?! hội)|phường|thị trấn|tỉnh ủy|thành ủy|thị ủy|huyện ủy|quận ủy|"
    r"khu vực|đặc khu|trại giam)"
    r"\s+(?!ủy)((?:(?!(?:tỉnh|thành phố|thành ủy|thị xã|thị ủy|huyện|quận|phường|đảng|khóa|"
    r"nhiệm)(?!\w))[^\W\d_]+\s?){1,4})",
)
_BODY_NAME = re.compile(
    r"(?<!\w)(?:bộ|sở|cục|vụ|viện|chi cục|tổng cục|học viện|trung tâm|phòng|trường|đoàn|hội|cảng vụ|đài"
    r"|công ty|bưu điện|bảo tàng|thư viện)(?=\s+(?!(?:tỉnh|thành phố|xã|phường|khu vực)\s)(?P<name>[^\W\d_]))"
)
_JOINED_NAME = re.compile(r"(?<= - )[^\W\d_]")
_ROMAN = re.compile(r"[ivx]{1,4}")
_LOWER_PLACE = {"tỉnh", "thị", "huyện", "quận", "xã", "phường", "và", "về", "các", "khóa", "thuộc", "nhiệm"}


def proper_case(name: str) -> str:
    """A letterhead in capitals as running text writes it; a name in mixed case is left alone.

    >>> proper_case("ỦY BAN NHÂN DÂN TỈNH BẮC NINH"), proper_case("BAN THƯỜNG VỤ TỈNH ỦY"), proper_case("Bộ Tư pháp")
    ('Ủy ban nhân dân tỉnh Bắc Ninh', 'Ban Thường vụ Tỉnh ủy', 'Bộ Tư pháp')
    """
    name = " ".join(name.split())
    if not name.isupper():
        return name
    lower = name.lower()
    for short, full in (
        ("ubnd", "ủy ban nhân dân"),
        ("hđnd", "hội đồng nhân dân"),
        ("ubmttq", "ủy ban mặt trận tổ quốc"),
        ("bch", "ban chấp hành"),
        ("btv", "ban thường vụ"),
    ):
        lower = re.sub(rf"(?<!\w){short}(?!\w)", full, lower)
    out = list(lower)
    for match in _PLACE_WORDS.finditer(lower):
        position = match.start(2)
        if known := name_at(lower, position):  # a province: its name ends where the registry says
            proper = printed(known)
            out[position : position + len(known)] = proper if len(proper) == len(known) else known.title()
            continue
        for word in match.group(2).split(" "):
            if word in _LOWER_PLACE:
                break
            if match.group(1) == "khu vực" and _ROMAN.fullmatch(word):
                out[position : position + len(word)] = word.upper()
            elif word:
                out[position] = word[0].upper()
            position += len(word) + 1
    taken = [False] * len(out)
    for pattern, word in _proper():
        for match in pattern.finditer(lower):
            if not any(taken[match.start() : match.end()]):
                out[match.start() : match.end()] = list(word)
                taken[match.start() : match.end()] = [True] * len(word)
    for match in _BODY_NAME.finditer(lower):  # a body that the lexicon does not list
        if not taken[match.start()]:
            out[match.start()], out[match.start("name")] = (
                out[match.start()].upper(),
                lower[match.start("name")].upper(),
            )
    for match in _JOINED_NAME.finditer(lower):  # "Phòng Văn hóa - Xã hội"
        out[match.start()] = match.group().upper()
    text = "".join(out)
    return text[:1].upper() + text[1:]
