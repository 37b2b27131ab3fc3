"""The names of bodies in a letterhead: lines in capitals put together to names, the issuer told from those above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from doichieu.extraction.citations.numbers import proper_case
from doichieu.lexicon import load

_HEAD = re.compile(load("issuers")["heads"])
_ABBREVIATED = [
    (re.compile(r"(?<!\w)UBND(?!\w)"), "Ủy ban nhân dân"),
    (re.compile(r"(?<!\w)HĐND(?!\w)"), "Hội đồng nhân dân"),
    (re.compile(r"(?<!\w)UBMTTQ(?!\w)"), "Ủy ban Mặt trận Tổ quốc"),
]
#: A line that begins so goes on with the name above it.
_UNIT_LINE = re.compile(
    r"(?:TỈNH|THÀNH PHỐ|TP\.?|THỊ XÃ|HUYỆN|QUẬN|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU|KHU VỰC|VIỆT NAM|VÀ|CÁC|VỀ|KHÓA"
    r"|QUỐC HỘI KHÓA)"
    r"(?!\s*ỦY)(?:\s|\Z)"
)
# A superior body and the issuer below it, run together in one line.
_BELOW = re.compile(
    r"(?:ĐẢNG BỘ .+?\s+(?=(?:TỈNH|THÀNH|THỊ|HUYỆN|QUẬN|ĐẢNG) ỦY)"
    r"|(?:TỈNH|THÀNH|THỊ|HUYỆN|QUẬN|ĐẢNG) ỦY(?: .+?)?\s+"
    r"(?=(?:BAN (?!CHẤP HÀNH|THƯỜNG VỤ)|VĂN PHÒNG|ỦY BAN KIỂM TRA|ĐẢNG ỦY))"
    r"|(?:UBND|ỦY BAN NHÂN DÂN) .+?\s+(?=(?:SỞ|PHÒNG|CHI CỤC|TRUNG TÂM|VĂN PHÒNG|BAN QUẢN LÝ|THANH TRA|BAN DÂN TỘC)\s)"
    r"|BỘ .+?\s+(?=(?:CỤC|TỔNG CỤC|VIỆN|HỌC VIỆN|TRƯỜNG|VỤ|THANH TRA)\s)"
    r"|(?:TỔNG )?CỤC .+?\s+(?=(?:CỤC|CHI CỤC|THUẾ (?:TỈNH|THÀNH PHỐ)|HẢI QUAN)\s))(?P<own>.+)"
)
_SUPERIOR = re.compile(r"(?:ĐẢNG BỘ|BAN CHẤP HÀNH TRUNG ƯƠNG|BAN CHẤP HÀNH ĐẢNG BỘ)\b")
#: Bodies whose name says nothing without the body above them.
_BARE = frozenset({"VĂN PHÒNG", "BAN THƯỜNG VỤ", "BAN CHẤP HÀNH", "THƯỜNG TRỰC", "ĐOÀN CHỦ TỊCH"})
#: A board of an organisation in a place, where only the line above names the organisation.
_BOARD_OF_PLACE = re.compile(r"(?P<board>BAN CHẤP HÀNH|BCH|BAN THƯỜNG VỤ|BTV)\s+(?=(?:TỈNH|THÀNH PHỐ|TP)(?!\s*ỦY)\W)")
#: An organisation of the whole country, named before its place: there it is called without the country.
_OF_COUNTRY = re.compile(
    r"\A(?P<own>(?:HỘI|ĐOÀN|LIÊN)(?: \S+){1,6}?) VIỆT NAM "
    r"(?=(?:(?:BAN CHẤP HÀNH|BCH|BAN THƯỜNG VỤ|BTV) )?(?:TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|THỊ XÃ|XÃ|PHƯỜNG) )"
)
_CENTRE = re.compile(r"(?:BAN CHẤP HÀNH )?TRUNG ƯƠNG(?: ĐẢNG)?\Z")
_PLACE = re.compile(r"(?:TỈNH|THÀNH PHỐ|TP\.?|THỊ XÃ|HUYỆN|QUẬN|XÃ|PHƯỜNG)\s+(?!ỦY).+\Z")
#: Bodies that belong to the place of the people's committee above them.
_OF_PLACE = re.compile(r"(?:SỞ|PHÒNG|THANH TRA|BAN DÂN TỘC|BAN QUẢN LÝ)\b")
_LONGEST = 140


@cache
def _phrases() -> frozenset[tuple[str, ...]]:
    """The names of known bodies, word by word, in capitals."""
    data = load("issuers")
    words = [word for entry in data["proper"] for word in entry["words"]] + data["comma_names"]
    return frozenset(tuple(word.upper().split()) for word in words)


@cache
def _waiting() -> frozenset[str]:
    return frozenset(load("issuers")["waiting"])


def body_names(lines: Sequence[str]) -> list[str]:
    """The names that lines in capitals spell, one above the other.

    >>> body_names(["HỘI ĐỒNG NHÂN", "DÂN", "TỈNH BẮC NINH"]), body_names(["BỘ TÀI CHÍNH", "CỤC THUẾ"])
    (['HỘI ĐỒNG NHÂN DÂN TỈNH BẮC NINH'], ['BỘ TÀI CHÍNH', 'CỤC THUẾ'])
    """
    names: list[str] = []
    for line in lines:
        if not line.isupper() or len(line) > _LONGEST or not any(c.isalpha() for c in line):
            continue
        if names and _goes_on(names[-1], line):
            names[-1] = f"{names[-1]} {line}"
        else:
            names.append(line)
    parted = [part for name in names for part in _parted(name)]
    return [name for name in parted if _HEAD.match(proper_case(name))]


def _parted(name: str) -> list[str]:
    below = _BELOW.match(name)
    if below is None:
        return [name]
    return [name[: below.start("own")].strip(), *_parted(below.group("own"))]


def _goes_on(name: str, line: str) -> bool:
    """Whether a line belongs to the name above it: the name waits for more, or the line begins none."""
    if _UNIT_LINE.match(line) or name in _waiting() or not _HEAD.match(proper_case(name)):
        return True
    if not _HEAD.match(proper_case(line)):
        return True
    before, after = name.split(), line.split()
    return any(
        len(phrase) > k and tuple(before[-k:]) == phrase[:k] and tuple(after[: len(phrase) - k]) == phrase[k:]
        for phrase in _phrases()
        for k in range(1, min(len(before), len(phrase)) + 1)
    )


def own_body(names: Sequence[str]) -> str:
    """The issuer among the names of a letterhead: the last, with what it lacks from the one above it.

    >>> own_body(["ỦY BAN NHÂN DÂN TỈNH LÀO CAI", "SỞ Y TẾ"]), own_body(["BAN CHẤP HÀNH TRUNG ƯƠNG", "VĂN PHÒNG"])
    ('Sở Y tế tỉnh Lào Cai', 'Văn phòng Trung ương')
    >>> own_body(["HỘI NÔNG DÂN VIỆT NAM", "BCH TỈNH LÀO CAI"]), own_body(["HỘI NÔNG DÂN VIỆT NAM TỈNH LÀO CAI"])
    ('Ban Chấp hành Hội Nông dân tỉnh Lào Cai', 'Hội Nông dân tỉnh Lào Cai')
    """
    if not names:
        return ""
    own = names[-1].strip(" -*")
    if len(names) > 1 and _SUPERIOR.match(own):
        own = next((name for name in reversed(names) if not _SUPERIOR.match(name)), own)
    above = names[names.index(own) - 1] if own in names and names.index(own) > 0 else ""
    own = _OF_COUNTRY.sub(r"\g<own> ", own)
    inside = re.match(rf"(?P<over>HỘI|ĐOÀN)(?P<rest> .+?) {_BOARD_OF_PLACE.pattern}", own)
    if inside is not None:  # "HỘI NÔNG DÂN VIỆT NAM BCH TỈNH X", run together
        over = inside.group("over") + inside.group("rest")
        own = f"{inside.group('board')} {over} {own[inside.end() :]}"
    elif above and (board := _BOARD_OF_PLACE.match(own)) is not None:
        whole = _OF_COUNTRY.sub(r"\g<own> ", f"{above} {own[board.end() :]}")
        own = f"{board.group('board')} {whole}"
    if above and own in _BARE:
        above = _CENTRE.sub("TRUNG ƯƠNG", above)
        return written_out(f"{proper_case(own)} {proper_case(above)}")
    place = _PLACE.search(above) if above and _OF_PLACE.match(own) and not _PLACE.search(own) else None
    if place:
        own = f"{own} {place.group()}"
    return written_out(proper_case(own))


_COMMITTEE = re.compile(r"(?:(?P<level>Tỉnh|Thành|Thị|Huyện|Quận)|Đảng) ủy(?: (?P<place>\S.*))?")
_LEVELS = {"Tỉnh": "tỉnh", "Thành": "thành phố", "Thị": "thị xã", "Huyện": "huyện", "Quận": "quận"}


def board_of(board: str, committee: str) -> str:
    """A board of the Party, named whole: with the committee, or the place, that the letterhead names.

    >>> board_of("Ban Thường vụ Tỉnh ủy", "Tỉnh ủy Hưng Yên"), board_of("Ban Thường vụ", "Đảng ủy xã Óc Eo")
    ('Ban Thường vụ Tỉnh ủy Hưng Yên', 'Ban Thường vụ Đảng ủy xã Óc Eo')
    >>> board_of("Ban Chấp hành Đảng bộ tỉnh", "Tỉnh ủy Sơn La"), board_of("Ban Chấp hành", "Đảng ủy xã Óc Eo")
    ('Ban Chấp hành Đảng bộ tỉnh Sơn La', 'Ban Chấp hành Đảng bộ xã Óc Eo')
    >>> board_of("Tỉnh ủy", "Tỉnh ủy Hà Tĩnh"), board_of("Bộ Chính trị", "Ban Chấp hành Trung ương")
    ('Tỉnh ủy Hà Tĩnh', 'Bộ Chính trị')
    """
    named = _COMMITTEE.fullmatch(committee)
    if named is None:
        return board
    level, place = _LEVELS.get(named.group("level") or "", ""), named.group("place") or ""
    members = " ".join(f"Ban Chấp hành Đảng bộ {level} {place}".split())
    for whole in (committee, f"Thường trực {committee}", f"Ban Thường vụ {committee}", members):
        if f"{whole} ".startswith(f"{board} "):
            return whole
    return board


def written_out(name: str) -> str:
    """A body's name without abbreviations, with its capitals."""
    if name[1:].islower():  # a title typed without capitals: the place still has its own
        name = proper_case(name.upper())
    for pattern, full in _ABBREVIATED:
        name = pattern.sub(full, name)
    return name
