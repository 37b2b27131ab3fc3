"""Lists of agency names with their shared words: ``Đảng ủy, UBND các xã``, ``Các Sở: Nội vụ, Tài chính``."""

from __future__ import annotations

import re

from doichieu.alphabet import UPPER
from doichieu.extraction.agencies.names import (
    GAP,
    GAP_LOOSE,
    NO_PLACE,
    POINTED_AT,
    SERIES,
    STOP,
    Item,
    distribute,
    tail_level,
)
from doichieu.extraction.agencies.one_name import Names
from doichieu.extraction.agencies.registry import registry
from doichieu.lexicon.families import LEVEL, PROVINCE, members
from doichieu.lexicon.places import level_of, name_at, printed

_MAX_LIST = 60
_COUNTED = re.compile(
    rf" (?:\d{{1,3}}|các|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) (?P<level>{LEVEL})(?:(?:, | và |/){LEVEL})*"
    rf"(?:(?: gồm)?: ?| (?-i:(?=[{UPPER}])))",
    re.IGNORECASE,
)
_IN_WHICH_CASE = re.compile(r" \((?:đối với|với|khi|nếu|trường hợp|ở|tại) [^()]{2,160}\)(?=,| và | hoặc )")
_SMALL_HEAD = re.compile(r"(?P<head>sở|bộ|phòng) ")
_NEXT_NAME = re.compile(rf"(?:, | và )(?=[{UPPER}][^\W\d_])")
_PLACES = re.compile(rf"[Cc]ác (?P<level>{LEVEL}):? (?=[{UPPER}])")
_PROVINCE_LEVEL = re.compile(rf"(?:{PROVINCE}|tp\.?) ")
_PLACE_NAME = re.compile(
    rf"(?:(?P<level>{LEVEL}) )?(?P<name>[{UPPER}]\w*(?: [{UPPER}]\w*){{0,3}}(?: \d{{1,2}}(?![\w%/]|[.,]\d))?)"
)


def _level_among(counted: re.Match[str], name: str) -> str:
    """Which of two levels a province has: ``các tỉnh, thành phố: Tuyên Quang, Hồ Chí Minh``; empty where none is open.

    >>> match = _COUNTED.match(" các tỉnh, thành phố: ")
    >>> [_level_among(match, name) for name in ("Hồ Chí Minh", "Tuyên Quang", "Đức Phổ")]
    ['thành phố', 'tỉnh', '']
    >>> _level_among(_COUNTED.match(" các xã, phường: "), "Hòa Bình")
    ''
    """
    both = all(word in counted.group().lower() for word in members("province"))
    return level_of(name) if both else ""


def _alternatives(one: Item, other: Item) -> bool:
    """Whether two names around a slash stand for one body: both of one kind, named by one word."""
    return one.group == other.group == "named" and one.canonical.split()[0] == other.canonical.split()[0]


class Scanner(Names):
    """All agencies of one text, found from the left; ``known`` are open names learnt elsewhere in the document.

    ``outside``: bodies outside the State count ("doanh nghiệp"); ``clean``: names end at
    their separators (cells, role lines).
    """

    __slots__ = ()

    # ------------------------------------------------------------ lists

    def listed(self, position: int, loose: bool = False, listing: bool = False) -> list[Item]:
        """The list of agencies that starts at ``position``; ``loose``: semicolons join too."""
        first = self._province(position, listed=False) or self.item(position, listing or loose)
        if first is None:
            return []
        items = self._of_one_head(first)
        gaps = [","] * (len(items) - 1)
        pattern = GAP_LOOSE if loose else GAP
        while len(items) < _MAX_LIST:
            last = items[-1]
            expanded = self._shared_head(last, loose)
            if expanded:
                items += expanded
                gaps += [","] * len(expanded)
                last = items[-1]
            gap = pattern.match(self.text, self._behind_bracket(last.end))
            if gap is None:
                break
            several = self.series(gap.end())
            if several:
                items += several
                gaps += [gap.group()] + [","] * (len(several) - 1)
                continue
            at = gap.end()
            nxt = self._province(at, listed=True) or self.item(at, True) or self._leaders(at) or self._room(at)
            if nxt is None or (nxt.group == "outside" and not self._joins(items[0], nxt, loose or listing)):
                break
            if gap.group() == "/" and _alternatives(last, nxt):
                items[-1] = self._either(last, nxt)
                continue
            gaps.append(gap.group())
            items.append(nxt)
        return distribute(items, gaps)

    def _behind_bracket(self, end: int) -> int:
        """Where a list may go on behind the case in a bracket, or behind where it is told who is meant.

        ``Sở Y tế| (đối với cấp tỉnh)|, …``, ``UBND các tỉnh| nêu tại Điều 1| và …``.
        """
        case = _IN_WHICH_CASE.match(self.lower, end) if self.text.startswith(" (", end) else None
        case = case or POINTED_AT.match(self.lower, end)
        return case.end() if case else end

    def _joins(self, first: Item, body: Item, expected: bool) -> bool:
        """Whether a body outside the State goes on with a list: expected there, or ``các bộ, địa phương, tập đoàn``."""
        if not body.weak or self.outside or expected or body.name.lower().startswith("các "):
            return True
        return first.group == "body" and first.name.lower().startswith("các ")

    def _of_one_head(self, first: Item) -> list[Item]:
        """``các Đồn Biên phòng Bến Đò, Cửa khẩu cảng Lạch Sỏi``: each name under the head that "các" counts."""
        counted = first.group == "open" and self.lower.startswith("các ", first.start)
        hit = self.hits.get(first.start + len("các ")) if counted else None
        gap = _NEXT_NAME.match(self.text, first.end) if hit and hit[1].open else None
        if hit is None or gap is None or " " not in hit[1].head:
            return [first]
        head = self.text[first.start + len("các ") : hit[0]]
        own = self.text[first.start + len("các ") : first.end]
        found = [first._replace(name=own, canonical=own)]
        while gap and not self.starts_agency(gap.end()) and not STOP.match(self.lower, gap.end()):
            end = self.complement(gap.end(), gap.end() - 1)
            if end is None:
                break
            name = f"{head} {self.text[gap.end() : end]}"
            found.append(first._replace(start=gap.end(), end=end, name=name, canonical=name))
            gap = _NEXT_NAME.match(self.text, end)
        return found if len(found) > 1 else [first]

    def _province(self, position: int, *, listed: bool) -> Item | None:
        """``Thành phố Hải Phòng``: a province that acts, named with its level; in small letters only inside a list."""
        match = _PROVINCE_LEVEL.match(self.lower, position)
        if match is None or not (listed or self.text[position].isupper()):
            return None
        place = name_at(self.lower, match.end())
        if not place or not self.text[match.end()].isupper() or self.text[match.end() + 1 :][:1].isupper():
            return None
        end = match.end() + len(place)
        name = self.text[position:end]
        return Item(position, end, name, name, "dia_ban", "tinh", printed(place), "named", "", (), False, False)

    def _either(self, one: Item, other: Item) -> Item:
        """``Sở Văn hóa và Thể thao/Sở Du lịch``: what stands for one body, under this name or that."""
        name = self.text[one.start : other.end]
        return other._replace(start=one.start, name=name, canonical=f"{one.canonical}/{other.canonical}")

    def _leaders(self, position: int) -> Item | None:
        """``…, lãnh đạo các cơ quan thuộc UBTVQH`` inside a list; elsewhere "lãnh đạo" is a verb."""
        if not self.lower.startswith("lãnh đạo các ", position):
            return None
        body = self._body(position + 8)
        if body is None:
            return None
        text = self.text[position : body.end]
        return body._replace(
            start=position,
            name=text,
            canonical=f"Lãnh đạo {body.canonical}",
            kind="nguoi_dung_dau",
            tail="",
            bare=False,
        )

    def _room(self, position: int) -> Item | None:
        """``Thanh tra Sở và| phòng Kinh tế các huyện``: a name whose head is in small letters, inside a list."""
        small = _SMALL_HEAD.match(self.text, position)
        if small is None or not registry().domains[small.group("head").capitalize()].match(self.text, small.end()):
            return None
        text = self.text[:position] + self.text[position].upper() + self.text[position + 1 :]
        named = Scanner(text, self.lower, self.known, self.outside, self.clean).item(position, True)
        if named is None or self._goes_on_small(named.end):
            return None  # "phòng Kinh tế| hạ tầng và đô thị|": its name is another
        return named._replace(name=self.text[position : named.end])

    def _goes_on_small(self, end: int) -> bool:
        """Whether small words behind "và" go on with a name: neither a body nor an office in small letters."""
        if not self.text.startswith(" và ", end):
            return False
        after = end + len(" và ")
        if not self.text[after : after + 1].islower() or self.starts_agency(after):
            return False
        return _SMALL_HEAD.match(self.text, after) is None

    def _shared_head(self, last: Item, loose: bool, announced: bool = False) -> list[Item]:
        """``Sở Tài chính, Nội vụ, Y tế`` and ``các Sở: Tài chính, Nội vụ``: the names after the first."""
        head = next((h for h in ("Sở", "Bộ", "Phòng") if last.canonical.startswith(h + " ")), None)
        if head is None or last.group != "named":
            return []
        pattern = registry().domains[head]
        found: list[Item] = []
        position = last.end
        while True:
            gap = (GAP_LOOSE if loose else GAP).match(self.text, position)
            if gap is None:
                break
            match = pattern.match(self.text, gap.end())
            if match is None or (gap.end() in self.hits and not announced):
                break
            name = f"{head} {match.group()}"
            canonical = registry().domain_names.get(name, name)
            found.append(
                Item(
                    match.start(),
                    match.end(),
                    name,
                    canonical,
                    last.kind,
                    last.level,
                    "",
                    "named",
                    "",
                    last.tails,
                    False,
                    False,
                )
            )
            position = match.end()
        return found

    def series(self, position: int) -> list[Item]:
        """``Các Sở: Nội vụ, Tài chính; …`` at ``position``: each with its head."""
        match = SERIES.match(self.text, position)
        if match is None:
            return self._leaders_of(position) or self._of_places(position)
        head = match.group("head").capitalize()
        first = registry().domains[head].match(self.text, match.end())
        if first is None or (self.text[match.start()] not in "Cc" and ":" not in match.group()):
            return []
        name = f"{head} {first.group()}"
        kind, level = ("so", "tinh") if head == "Sở" else ("bo", "trung_uong") if head == "Bộ" else ("khac", "")
        item = Item(
            first.start(),
            first.end(),
            name,
            registry().domain_names.get(name, name),
            kind,
            level,
            "",
            "named",
            "",
            ("area",),
            False,
            False,
        )
        return [item, *self._shared_head(item, True, announced=":" in match.group())]

    def _leaders_of(self, position: int) -> list[Item]:
        """``Giám đốc các Sở: Nội vụ, Tài chính``: the head of each."""
        hit = self.hits.get(position)
        if hit is None or hit[1].kind != "nguoi_dung_dau" or not self.text.startswith(" các ", hit[0]):
            return []
        title = self.text[position : hit[0]]
        return [
            item._replace(
                name=f"{title} {item.name}",
                canonical=f"{hit[1].name} {item.canonical}",
                kind="nguoi_dung_dau",
                tails=(),
            )
            for item in self.series(hit[0] + 1)
        ]

    def places(self, position: int) -> list[Item]:
        """``Các xã Đông Hải, Tây Hải và Nam Hải`` that act at a place: each of them."""
        announced = _PLACES.match(self.text, position) if self.lower.startswith("các ", position) else None
        found: list[Item] = []
        at = announced.end() if announced else 0
        while announced and len(found) < _MAX_LIST and (place := _PLACE_NAME.match(self.text, at)):
            if place.group("name").split()[0] in NO_PLACE:
                break
            level = (place.group("level") or announced.group("level")).lower()
            name = f"{level} {place.group('name')}"
            own = Item(
                place.start(),
                place.end(),
                name,
                name,
                "dia_ban",
                tail_level(f" {name}"),
                place.group("name"),
                "named",
                "",
                (),
                False,
                False,
            )
            found.append(own._replace(start=position) if not found else own)
            gap = GAP.match(self.text, place.end())
            if gap is None:
                break
            at = gap.end()
        return found if len(found) > 1 else []

    def _of_places(self, position: int) -> list[Item]:
        """``Ủy ban nhân dân 04 xã: Đông Sơn, Tây Hồ và Bắc Lý``: the body of each place."""
        hit = self.hits.get(position)
        title = ""
        if hit is not None and hit[1].kind == "nguoi_dung_dau":
            title, hit = f"{hit[1].name} ", self.hits.get(hit[0] + 1)  # "Chủ tịch| Ủy ban nhân dân các tỉnh …"
        counted = _COUNTED.match(self.text, hit[0]) if hit is not None and "area" in hit[1].tails else None
        if hit is None or counted is None:
            return []
        head, level = self.text[position : hit[0]], counted.group("level").lower()
        found: list[Item] = []
        at = counted.end()
        while len(found) < _MAX_LIST and (place := _PLACE_NAME.match(self.text, at)):
            if place.group("name").split()[0] in NO_PLACE:
                break
            own = place.group("level") or _level_among(counted, place.group("name")) or level
            tail = f" {own} {place.group('name')}"
            found.append(
                Item(
                    position if not found else place.start(),
                    place.end(),
                    head + tail,
                    f"{title}{hit[1].name} {own.lower()} {place.group('name')}",
                    hit[1].kind,
                    hit[1].level or tail_level(tail),
                    place.group("name"),
                    "named",
                    tail,
                    hit[1].tails,
                    False,
                    False,
                )
            )
            gap = GAP.match(self.text, place.end())
            if gap is None:
                break
            at = gap.end()
        return found if len(found) > 1 else []
