"""Figures that belong in turn to what a list before them names: ``thành thị và nông thôn lần lượt đạt 98% và 75%``."""

from __future__ import annotations

import re

import msgspec

from doichieu.alphabet import UPPER
from doichieu.extraction.targets.places import KIND_OF_PLACE
from doichieu.model import Target
from doichieu.text.sieve import Sieve

_TURN = Sieve(r"(?<!\w)(?:lần lượt|theo thứ tự)(?!\w)")
_YEARS = re.compile(
    r"(?:đến |vào |trong |hết )*năm (?P<first>20\d\d)(?P<more>(?:,? (?:và )?(?:đến |vào )?(?:năm )?20\d\d)+)(?!\w)"
)
_YEAR = re.compile(r"20\d\d")
_SPLIT = re.compile(r",\s+|\s+và\s+")
#: What opens the members of a list that are narrowed alike: "ở thành thị và nông thôn".
_HEAD = re.compile(r"(?:ở|tại|của|trong|đối với)\s+(?:các\s+)?(?:khu vực\s+|vùng\s+|cấp\s+)?")

#: Members of one kind, named once: "hộ nghèo | các xã | A Lưới".
_OF_A_KIND = re.compile(
    rf"(?P<of>(?:[^\W\d_]+ ){{1,6}}?(?:ở |của |tại )?)(?:các |những )?(?P<kind>{KIND_OF_PLACE}) (?=[{UPPER}])"
)
_PLACE = re.compile(r"(?<!\w)(?:ở|tại|đối với)\s[^,;]*\Z")


_YEAR_LIST = Sieve(r"(?:trong |cho )?(?:các )?năm 20\d\d(?:(?:,? và (?:năm )?|, (?:năm )?)20\d\d)+(?!\w)")


def year_lists(text: str) -> list[tuple[int, int]]:
    """Where several years stand in a row.

    >>> year_lists("tỷ lệ hộ nghèo các năm 2026, 2027 và 2028 lần lượt còn 5%, 4% và 3%")
    [(15, 41)]
    """
    return [found.span() for found in _YEAR_LIST.finditer(text)]


def takes_turns(wording: str) -> bool:
    """Whether a wording before a figure says that figures follow in turn."""
    return _TURN.search(wording) is not None


def in_turn(rows: list[Target], wording: str, before: str = "") -> list[Target]:
    """The rows of figures that follow in turn, each with its own year or its own member of the list.

    ``wording`` is what stands before the first figure, ``before`` what stands before that in its line.  Where no list
    of that length is found the rows stay as they are.
    """
    years = _YEARS.search(wording.lower())
    found = _YEAR.findall(years.group()) if years is not None else []
    if len(found) == len(rows):
        return [_due(row, year) for row, year in zip(rows, found, strict=True)]
    if (places := _NAMED_PLACES.search(wording)) is not None:
        names = _SPLIT.split(places.group("list"))
        if len(names) == len(rows):
            return [_at(row, places, name) for row, name in zip(rows, names, strict=True)]
    if ";" in before and (people := _LISTED.search(before)) is not None:
        others = re.split(r"\s*;\s*", people.group("list").strip(" ;"))
        if len(others) == len(rows) - 1:
            return [_whom(row, who) for row, who in zip(rows, [*others, rows[-1].subject], strict=True)]
    return [_own(row, index, len(rows)) for index, row in enumerate(rows)]


def _due(row: Target, year: str) -> Target:
    indicator = re.sub(r"\s+và\Z", "", row.indicator)
    return msgspec.structs.replace(
        row,
        deadline=f"{year}-12-31",
        deadline_operator="<=",
        deadline_text=f"năm {year}",
        start="",
        indicator=indicator,
    )


#: Places by their names, the kind told once: "tại các xã | Hưng Đạo, Bình Minh và Tân Tiến | lần lượt".
_NAMED_PLACES = re.compile(
    rf"\s*(?:(?:ở|tại|của|cho|trên địa bàn)\s+)?(?:các|những)\s+(?P<kind>{KIND_OF_PLACE})\s+"
    rf"(?P<list>[{UPPER}][^;:%\d]{{3,200}}?)(?:\s+(?:đạt|là|còn|có|từ|tăng|giảm)\b[^,;]*?)?\s+(?:lần lượt|theo thứ tự)"
)
#: People that semicolons part before their figures: "Tỷ lệ nông dân; tiểu thương; | công nhân tham gia … lần lượt".
_LISTED = re.compile(r"(?:tỷ lệ|tỉ lệ|số|số lượng)\s+(?P<list>[^:%\d.]{3,200};)\s*\Z", re.IGNORECASE)


def _at(row: Target, places: re.Match[str], name: str) -> Target:
    """A row at its own one of several places; the list of them stands in neither subject nor scope any more."""
    first = _SPLIT.split(places.group("list"))[0].split()[0]
    kind = places.group("kind")
    cut = re.compile(rf"\s*(?:(?:ở|tại|của|cho|trên địa bàn)\s+)?(?:các|những)\s+{kind}\s+{re.escape(first)}.*\Z")
    scope = tuple(item for item in row.scope if cut.search(item) is None)
    subject = cut.sub("", row.subject) or row.subject
    return msgspec.structs.replace(row, subject=subject, scope=(*scope, f"{kind} {name.strip()}"))


def _whom(row: Target, who: str) -> Target:
    """A row about its own one of the people that a list names."""
    indicator = row.indicator.replace(row.subject, who, 1) if row.subject else row.indicator
    return msgspec.structs.replace(row, subject=who, indicator=indicator)


def _own(row: Target, index: int, count: int) -> Target:
    scope = tuple(_member(item, index, count) for item in row.scope)
    subject = row.subject if scope != row.scope else _member(row.subject, index, count)
    place = _PLACE.search(row.indicator)
    if (subject, scope) == (row.subject, row.scope) and place is not None:
        member = _member(place.group(), index, count)
        scope = (*scope, *([member] if member != place.group() else []))
    return msgspec.structs.replace(row, scope=scope, subject=subject)


def _member(wording: str, index: int, count: int) -> str:
    """The member of a list at ``index``, with the word that opens the list; the wording itself if it is no such list.

    >>> _member("ở thành thị và nông thôn", 1, 2), _member("mầm non, tiểu học và trung học", 0, 3)
    ('ở nông thôn', 'mầm non')
    >>> _member("hộ nghèo các xã A Lưới, Hồng Vân", 1, 2)
    'hộ nghèo xã Hồng Vân'
    """
    head = _HEAD.match(wording.lower())
    start = head.end() if head else 0
    members = _SPLIT.split(wording[start:])
    if len(members) != count:
        return wording
    kind = _OF_A_KIND.match(members[0])
    if kind is not None and index:  # "hộ nghèo các xã A Lưới | Hồng Vân"
        own = (
            members[index]
            if members[index].startswith(f"{kind.group('kind')} ")
            else f"{kind.group('kind')} {members[index]}"
        )
        return f"{wording[:start]}{kind.group('of')}{own}"
    opening, own = wording[:start], members[index]
    named = opening.split()[-1:] == own.split()[:1]  # "ở vùng núi và vùng ven biển"
    return f"{opening.split()[0]} {own}" if named else opening + own
