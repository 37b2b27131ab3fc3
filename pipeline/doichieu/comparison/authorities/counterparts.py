"""Which body of one level answers which body of another: ``Sở Nội vụ`` → ``Phòng Nội vụ``, ``Ban Tổ chức Tỉnh ủy`` →
``Ban Tổ chức Huyện ủy``.

A body is known by its stems, what it is called without its level.  A body that was merged, or that has several fields
a level down (``Phòng Kinh tế và Hạ tầng``), has several stems and answers for each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from doichieu.alphabet import UPPER
from doichieu.comparison.authorities.territory import LEVELS, level_of_body
from doichieu.lexicon import load
from doichieu.lexicon.families import LEVEL
from doichieu.text import any_word, fold, one_of

_PLACE_NAME = re.compile(rf"(?<!\w)({LEVEL})(?:\s+[{UPPER}]\w*)+")
_OFFICE = re.compile(r"(?:bộ|sở|phòng|chi cục|ngành)\s+(?!chỉ huy)")
#: What opens the name of all bodies of a kind: "Lực lượng Công an", "hệ thống Mặt trận Tổ quốc".
_ALL_OF = re.compile(
    r"(?:(?:các|toàn)\s+)?(?:lực lượng|hệ thống|tổ chức)\s+(?=công an|quân sự|biên phòng|kiểm lâm|thuế"
    r"|mặt trận|đoàn thanh niên|công đoàn|hội |quản lý thị trường)"
)
_OFFICES = ("bộ", "sở", "phòng")
#: What stays of a list of levels that is left out: "Công an các xã, phường, thị trấn".
_LEFT = re.compile(r"(?:\s*,)+\s*\Z")
_SHORT = re.compile(rf"[{UPPER}]{{2}}")


@lru_cache(maxsize=1)
def _stems() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {form: entry["stem"] for entry in reversed(load("counterparts")["counterpart"]) for form in entry["forms"]}
    return _opening(names), names


def _opening(names: Iterable[str]) -> re.Pattern[str]:
    """Names at the beginning of a text, the longest that stands there."""
    return re.compile(rf"(?:{one_of(names)})(?!\w)")


@lru_cache(maxsize=1)
def _merged() -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    entries = reversed(load("counterparts")["merged"])
    fields = {form: frozenset(entry["fields"]) for entry in entries for form in entry["forms"]}
    return _opening(fields), fields


@lru_cache(maxsize=1)
def _levels() -> re.Pattern[str]:
    return re.compile(any_word(load("counterparts")["levels"]) + r"(?<!xã(?= hội))")  # "xã hội" is no commune


@lru_cache(maxsize=1)
def _leaders() -> re.Pattern[str]:
    """Who stands at the head of a body, before its name: the body itself is charged."""
    words = any_word(load("counterparts")["leaders"])
    return re.compile(rf"(?:(?:các|tập thể|phó)\s+)*{words}(?:(?:,| và)\s+(?:phó\s+)?{words})*\s+(?=\w)")


@lru_cache(maxsize=1)
def _short_forms() -> tuple[re.Pattern[str], dict[str, str]]:
    """Short names of bodies in capitals (``UBMTTQVN``, ``Hội LHPN``) and of fields, with what they stand for."""
    data = load("agencies")
    full = {
        fold(form): fold(entry["name"])
        for entry in data["agency"]
        for form in entry.get("forms", ())
        if _SHORT.search(form)
    }
    fields = {
        fold(form): fold(entry["name"]) for entry in data["domain"] for form in entry.get("forms", ()) if "&" in form
    }
    names = full | {f"{office} {form}": f"{office} {name}" for form, name in fields.items() for office in _OFFICES}
    return re.compile(any_word(names)), names


@lru_cache(maxsize=4096)
def plain_name(agency: str) -> str:
    """The name of a body, folded, written out and without the word for who heads it, or for all of its kind.

    >>> plain_name("Chủ tịch UBND các xã, phường"), plain_name("Hội LHPN xã"), plain_name("Giám đốc Sở KH&CN")
    ('ủy ban nhân dân các xã, phường', 'hội liên hiệp phụ nữ xã', 'sở khoa học và công nghệ')
    >>> plain_name("Lực lượng Công an các cấp"), plain_name("Lực lượng dân quân")
    ('công an các cấp', 'lực lượng dân quân')
    """
    text = fold(agency)
    led = _leaders().match(text)
    text = _ALL_OF.sub("", text[led.end() :] if led else text, count=1)
    pattern, names = _short_forms()
    short = pattern.match(text)
    return names[short.group()] + text[short.end() :] if short else text


@lru_cache(maxsize=4096)
def stem(agency: str) -> str:
    """What a body is, whatever level it belongs to.

    >>> (
    ...     stem("Ban Tuyên giáo Tỉnh ủy") == stem("Ban Tuyên giáo Thị ủy"),
    ...     stem("Trường Chính trị tỉnh") == stem("Trung tâm Chính trị thị xã"),
    ...     stem("Công an các xã, phường, thị trấn") == stem("Công an phường"),
    ... )
    (True, True, True)
    """
    text = plain_name(_PLACE_NAME.sub(r"\1", agency))
    if re.search(r"liên quan\Z", text) or re.match(
        r"(?:các )?(?:sở, ban, ngành|ban, sở, ngành|sở, ngành|phòng, ban|cơ quan, đơn vị|ban, ngành)(?!\w)", text
    ):
        return "các cơ quan liên quan"
    known, names = _stems()
    opening = known.match(text)
    if opening:
        return names[opening.group()]
    rest = " ".join(_LEFT.sub("", _levels().sub(" ", text)).split()) or text
    office = _OFFICE.match(rest)
    return rest[office.end() :] if office else rest


@lru_cache(maxsize=4096)
def stems(agency: str) -> frozenset[str]:
    """All that a body answers for: its own stem, and those of the bodies that were merged into it.

    >>> (
    ...     bool(stems("Sở Công Thương") & stems("Phòng Kinh tế và Hạ tầng")),
    ...     bool(stems("Sở Y tế") & stems("Phòng Kinh tế và Hạ tầng")),
    ... )
    (True, False)
    """
    text = plain_name(agency)
    own = frozenset({stem(agency)})
    known, fields = _merged()
    opening = known.match(text)
    return own | fields[opening.group()] if opening else own


#: What belongs to a ministry is none of a place's.
_OF_ABOVE = re.compile(r"(?<!\w)(?:thuộc|của) (?:bộ|trung ương)(?!\w)")


def is_general(agency: str) -> bool:
    """Whether a body stands for whoever it concerns: ``các cơ quan liên quan``, ``các địa phương``.

    >>> is_general("Người đứng đầu cơ quan, đơn vị"), is_general("Thủ trưởng các đơn vị thuộc Bộ")
    (True, False)
    """
    text = plain_name(agency)
    if _OF_ABOVE.search(text):
        return False
    return stem(agency) == "các cơ quan liên quan" or text.startswith(tuple(load("counterparts")["general"]))


#: The committees of a place, by their stems: what is asked of one of them its place has to do.
PEOPLES = "ủy ban nhân dân"
COMMITTEES = frozenset({PEOPLES, "cấp ủy", "ban thường vụ"})
_COMMON = re.compile(rf"(?:[Cc]ác |[Mm]ỗi |[Tt]ừng )?[^\W\d_][^{UPPER}]*")


@lru_cache(maxsize=4096)
def is_common(body: str) -> bool:
    """Whether a body is named by its kind alone, so that every place has such: no name, no office of one place.

    >>> [is_common(b) for b in ("Ban quản lý chợ", "Các doanh nghiệp", "Cục Việc làm", "Viettel Đà Lạt")]
    [True, True, False, False]
    >>> is_common("Kiểm toán nhà nước"), is_common("các hiệp hội ngành nghề"), is_common("các đơn vị thuộc Bộ")
    (False, True, False)
    """
    if _COMMON.fullmatch(body) is None or _OF_ABOVE.search(fold(body)):
        return False
    return body.startswith(("các ", "Các ", "mỗi ", "Mỗi ", "từng ", "Từng ")) or not _registered().match(fold(body))


@lru_cache(maxsize=1)
def _registered() -> re.Pattern[str]:
    """The names of single bodies in the registry."""
    names = {
        fold(name)
        for entry in load("agencies")["agency"]
        if entry["kind"] not in ("nguoi_dung_dau", "doanh_nghiep", "tap_the") and not entry.get("any_case")
        for name in (entry["name"], *entry.get("forms", ()))
    }
    return re.compile(any_word(names))


def has_everywhere(body: str) -> bool:
    """Whether every place has a body of this kind.

    >>> has_everywhere("Hội Nông dân tỉnh"), has_everywhere("Ban Nội chính Tỉnh ủy"), has_everywhere("Viettel Đà Lạt")
    (True, False, False)
    """
    return not stems(body).isdisjoint(load("counterparts")["everywhere"])


_OF_THE_PARTY = re.compile(r"(?<!\w)(?:tỉnh|thành|huyện|thị|quận|đảng) ủy(?! (?:ủy ban|ubnd))(?!\w)")


def is_of_the_party(body: str) -> bool:
    """Whether a body is an office of a party committee, or the committee: no people's committee charges it.

    >>> is_of_the_party("Ban Tuyên giáo Tỉnh ủy"), is_of_the_party("Đảng ủy UBND tỉnh"), is_of_the_party("Sở Y tế")
    (True, False, False)
    """
    return _OF_THE_PARTY.search(fold(body)) is not None


def is_one_of(issuer: str, body: str) -> bool:
    """Whether an issuer is one of the bodies that a plural names: each ministry is one of "các bộ, ngành".

    >>> is_one_of("Bộ Y tế", "các bộ, cơ quan ngang bộ"), is_one_of("Sở Y tế", "các bộ, ngành")
    (True, False)
    """
    return fold(issuer).startswith("bộ ") and re.match(r"(?:các )?bộ(?:,| và|\s*\Z)", fold(body)) is not None


def answers_for(one: str, other: str) -> bool:
    """Whether two bodies are counterparts, on the same level or on two; a body of the country has none below the
    provinces.

    >>> answers_for("Bộ Y tế", "Sở Y tế"), answers_for("Chính phủ", "UBND các phường")
    (True, False)
    """
    return bool(stems(one) & stems(other)) and _near({level_of_body(one), level_of_body(other)})


def _near(levels: set[str]) -> bool:
    return not (LEVELS[0] in levels and levels & set(LEVELS[2:]))
