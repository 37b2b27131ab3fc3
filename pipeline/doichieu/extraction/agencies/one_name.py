"""The grammar of one agency name, with what follows it.

A name is a registry entry or an open head ("Cục" + capitalised words) with a tail ("tỉnh", "các xã, phường",
"Thị ủy", another body), or a collective ("các sở, ban, ngành, địa phương liên quan"), which is one agency as printed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from doichieu.alphabet import UPPER
from doichieu.extraction.agencies.collectives import MAX_DEPTH, Collectives
from doichieu.extraction.agencies.names import (
    BELONGS,
    BODY_LINK,
    LEVEL_PLACE,
    LONGER_NAME,
    QUANTIFIER,
    REGION,
    SELF,
    SHORT_LEVEL,
    STOP,
    VIETNAM,
    WORD,
    Item,
    tail_level,
)
from doichieu.extraction.agencies.registry import Entry, registry
from doichieu.lexicon import load
from doichieu.lexicon.families import LEVEL
from doichieu.lexicon.places import name_at, printed
from doichieu.text import any_word
from doichieu.text.sieve import Sieve

_ALONE_IN_LISTS = ("dang", "khac", "nguoi_dung_dau")  # kinds of weak names that a list of agencies may hold
_NEVER_BARE = ("Đoàn", "Hội", "Ban", "Cơ quan", "Phòng")
_KNOWN_BARE = ("Công đoàn",)  # heads that name a body by themselves where one is expected
_OF_A_BODY = ("Văn phòng", "Cơ quan", "Thanh tra", "Ban")  # heads whose own name is the body they belong to
#: Heads of which each body has one.
_OF_BODIES = ("Hội đồng", "Công đoàn", "Thanh tra", "Tổ công tác", "Tổ giúp việc")
_MANAGES_A_PLACE = ("Ban Quản lý khu", "Ban Quản lý Khu", "Ban Quản lý các khu")
_OFFICE = "Văn phòng"
_LOCAL_OFFICE = " cơ sở"
_BOARD = "Ban Quản lý dự án"
#: What a project board builds, up to the level that it belongs to.
_WORKS = re.compile(rf"(?:,? [^\W\d_]+){{1,8}}?(?= (?:{LEVEL}|khu vực)(?!\w))")
_OF_A_PLACE = ("cong_an", "truong")
_ELECTED = ("quoc_hoi", "hoi_dong_nhan_dan")
_COUNTED = Sieve(r" các (?P<noun>khu|vườn|cảng|cụm) [^,;]{2,40}\Z")
_AND_MORE = re.compile(r" và các (?:khu|cụm) (?:công nghiệp|kinh tế|chế xuất|công nghệ cao|du lịch)(?!\w)")
_INSPECTS = re.compile(r"(?:thanh tra|kiểm toán|và)(?!\w)")
#: "Công an| TP.| Đà Nẵng", "UBND| TX.|Kỳ Anh"
_SHORT_LEVEL = re.compile(rf" (?:của )?(?P<level>{SHORT_LEVEL.pattern})", re.IGNORECASE)
_BRANCH = re.compile(r"\A chi nhánh ", re.IGNORECASE)
_COUNTED_OFFICE = re.compile(r" \d{1,2}(?!\w)")  # "Thuế cơ sở| 7|"
_UP_TO = re.compile(r" (?:đến|-|–) ")
_NUMBERED = re.compile(r"(?P<stem>.+ )(?P<number>\d{1,2})")
_NUMBER = re.compile(r"\d{1,2}(?![\w%/]|[.,]\d)")
_DASHED = re.compile(rf" [-–] (?=[{UPPER}])")
#: "Ban Chỉ đạo phòng chống lụt| các địa phương| có trách nhiệm": one of each place.
_EVERYWHERE = re.compile(r" các địa phương(?=[,;.:)]| (?:có|chịu) trách nhiệm)")
#: "UBND các xã ven biển|, đặc khu| Phú Hải", "Công an các phường Đông Ba| và các xã| có rừng".
_MORE_AREAS = re.compile(rf"(?:, | và |, và )(?:các )?(?:{LEVEL})(?! (?:ủy|hội|đoàn)(?!\w))(?!\w)")
#: "Đảng ủy| khối Doanh nghiệp|", "Hội Cựu chiến binh| khối Các cơ quan và doanh nghiệp| tỉnh".
_SORT = r"(?:các )?(?:cơ quan|doanh nghiệp|dân chính đảng|đảng|mặt trận|đoàn thể|nội chính|trường học)"
_BLOC = re.compile(rf" khối {_SORT}(?:(?:, | và | - ){_SORT})*(?!\w)")
_REGION = re.compile(r" khu vực(?!\w)")
#: "UBND xã| sở tại|": the one of the place that is spoken of.
_LOCAL = re.compile(r" (?:sở tại|nơi cư trú|nơi đóng quân|liền kề)(?!\w)")


@lru_cache(maxsize=1)
def which_places() -> re.Pattern[str]:
    """Words behind several places that say which: ``các xã| ven biển|``, ``các phường| ở khu vực Gò Mả|``."""
    kinds = any_word(load("roles")["doer"]["places"])
    side = rf"(?:phía |miền )?(?:[Đđ]ông|[Tt]ây|[Nn]am|[Bb]ắc)(?: [Bb]ắc| [Nn]am)?(?!\w)|[{UPPER}]\w*(?: [{UPPER}]\w*)*"
    return re.compile(rf" {kinds}(?:(?:, | và ){kinds})*|(?: ở| tại| thuộc)? (?:khu vực|vùng|phía|miền) (?:{side})")


class Name(Struct):
    """One name as it grows: where it stands, the entry that found it, and what its rules have taken in so far."""

    start: int
    head: int
    end: int
    entry: Entry
    canonical: str
    level: str
    tail: str = ""
    place: str = ""
    body: str = ""
    matched: bool = False

    @property
    def lacks_tail(self) -> bool:
        """Whether the name takes its level from the next one of a list ("Đảng ủy|, UBND các xã|")."""
        entry = self.entry
        return (
            not self.tail
            and not self.body
            and not self.place
            and not entry.open
            and bool(set(entry.tails) & {"area", "party"})
            and entry.level != "trung_uong"
            and entry.kind not in ("bo", "so")
        )


def _as_one(tail: str) -> str:
    """The wording of a level in a canonical name: one body has one name, however many it stands for, short or long."""
    if (short := _SHORT_LEVEL.fullmatch(tail)) is not None:
        return " thành phố" if short.group("level").lower().startswith("tp") else " thị xã"
    tail = _BRANCH.sub(" ", tail)
    low = tail.lower()
    if not tail.strip().islower() and not low.strip().startswith(("tỉnh", "các", "cấp", "thành phố", "thị xã")):
        return tail
    return low.replace(" các xã", " xã").replace(" các tỉnh", " tỉnh").replace(" các huyện", " huyện")


class Names(Collectives):
    """The agency that starts at a place of one text."""

    __slots__ = ()

    # ------------------------------------------------------------ one name

    def item(self, position: int, listing: bool = False) -> Item | None:
        """The agency that starts exactly at ``position``; ``listing``: a list of agencies is expected here."""
        hit = self.hits.get(position)
        if hit is None and self.lower[position : position + 2] not in registry().collectives_by_start:
            return None  # neither a name, nor what may begin a collective
        if hit is not None and hit[1].blocked:
            return None
        quantifier = QUANTIFIER.match(self.text, position)
        inner = quantifier.end() if quantifier else position
        if quantifier:
            if hit is not None and not hit[1].collective:
                return self._named(position, position, *hit, listing)
            hit = self.hits.get(inner)
            if hit is not None and hit[1].blocked:
                return None
        if hit is None or hit[1].collective or hit[1].kind == "dang":
            group = self._collective(position, inner, listing, hit is not None and not hit[1].collective)
            if group is not None:
                return group
        if hit is None or hit[1].collective:
            return None
        named = self._named(position, inner, *hit, listing)
        if named is None and hit[1].open:
            return self._collective(position, inner, listing, False)  # "Thủ trưởng Cơ quan thuộc Chính phủ"
        return named

    def _named(self, start: int, head: int, end: int, entry: Entry, listing: bool) -> Item | None:
        """The agency whose registry form is ``text[head:end]``: its name grows by one rule after the other."""
        name = Name(start, head, end, entry, entry.name, entry.level)
        if not (self._own_name(name, listing) if entry.open else self._cell_name(name)):
            return None
        self._of_body(name)
        if not name.body:
            self._of_area(name)
        if entry.needs_tail and not name.matched and not (listing and entry.kind in _ALONE_IN_LISTS):
            return None
        self._under(name)
        self._of_several(name)
        self._of_more_places(name)
        self._of_province(name)
        self._up_to_number(name)
        return Item(
            start,
            name.end,
            self.text[start : name.end],
            name.canonical,
            entry.kind,
            name.level,
            name.place,
            "open" if entry.open else "named",
            name.tail,
            entry.tails,
            name.lacks_tail,
            False,
        )

    # ------------------------------------------------------------ how a name grows

    def _own_name(self, name: Name, listing: bool) -> bool:
        """An open head takes the words of its own ("Cục| Công nghệ thông tin|"); false where it has none."""
        entry = name.entry
        name.matched = True
        stop = self.known_name(name.head) or self.complement(name.head, name.end)
        if stop is not None and stop > name.end:
            canonical = self.text[name.head : stop]
            name.end, name.canonical = stop, registry().domain_names.get(canonical, canonical)
            return True
        if listing and entry.head in _KNOWN_BARE:
            return True
        if "body" not in entry.tails or (listing and entry.head in _NEVER_BARE):
            return False
        name.canonical = self.text[name.head : name.end]
        inner = self._body(name.end) if name.head > name.start or entry.head in _OF_A_BODY else None
        if inner is None:  # "Trung tâm Y tế huyện" needs no name of its own
            return " " in entry.head and registry().area.match(self.lower, name.end) is not None
        name.end = inner.end
        name.canonical = self.text[name.head : name.end]
        return True

    def _cell_name(self, name: Name) -> bool:
        """A registry name that fills its cell: "Phòng Xây dựng, kiểm tra và theo dõi thi hành pháp luật"."""
        if _DASHED.match(self.text, name.end) and not self.starts_agency(name.end + 3) and not name.tail:
            stop = self.complement(name.head, name.end)  # "Ban Tổ chức - Kiểm tra"
            if stop is not None:
                name.end = stop
                name.canonical = self.text[name.head : stop]
        if name.entry.name == _OFFICE and self._names_itself(name):
            stop = self.complement(name.head, name.end)  # "Văn phòng| Điều phối nông thôn mới| tỉnh"
            if stop is not None:
                name.end = stop
                name.canonical = self.text[name.head : stop]
        if name.entry.name.startswith(_BOARD) and (works := _WORKS.match(self.lower, name.end)):
            words = (blank.end() for blank in re.finditer(" ", works.group()))
            if not any(STOP.match(self.lower, name.end + at) or name.end + at in self.hits for at in words):
                name.end = works.end()  # "… các công trình nông nghiệp| và phát triển nông thôn| tỉnh"
                name.canonical = self.text[name.head : name.end]
        if self.clean and name.entry.head:
            rest = LONGER_NAME.match(self.text, name.end)
            if rest and not self.starts_agency(name.end + 2):
                name.end = rest.end()
                name.canonical = self.text[name.head : name.end]
        return True

    def _names_itself(self, name: Name) -> bool:
        """Whether words of its own stand behind an office, not the body, level or place that it is the office of."""
        at = name.end + 1
        if self.upper or not self.text[at : at + 1].isupper() or not self.text.startswith(" ", name.end):
            return False
        other = self.starts_agency(at) or registry().party.match(self.lower, name.end) is not None
        return not other and self._tail(name.end, name.entry) == name.end and not name_at(self.lower, at)

    def _of_body(self, name: Name) -> None:
        """The body that a name belongs to: "Văn phòng| UBND tỉnh|"."""
        entry = name.entry
        if "body" not in entry.tails or entry.open:
            return
        if "party" in entry.tails and registry().party.match(self.lower, name.end):
            return
        inner = self._body(name.end)
        if inner is not None and not (inner.group == "territory" and "area" in entry.tails):
            name.body = inner.canonical
            name.end, name.level, name.place = inner.end, name.level or inner.level, inner.place
            name.canonical, name.matched = f"{name.canonical} {name.body}", True

    def _of_area(self, name: Name) -> None:
        """The level, place or party committee that a name belongs to: "UBND| các xã, phường|", "Công an| Hà Nội|"."""
        entry = name.entry
        end = self._tail(name.end, entry)
        if end > name.end:
            tail = self.text[name.end : end]
            place = self._place_of_level(end) if LEVEL_PLACE.search(tail.lower()) else None
            name.canonical += _as_one(tail)
            if place:
                name.place = self.text[end:place].strip()
                name.place = (printed(name.place) if name.place.isupper() else "") or name.place
                name.canonical += f" {name.place}"
            name.tail = self.text[name.end : place or end]
            name.end, name.matched = place or end, True
            name.level = name.level or tail_level(name.tail) or tail_level(_as_one(tail))
            self._of_more_areas(name)
            if not name.place and (local := _LOCAL.match(self.lower, name.end)):
                name.end = local.end()
        elif not entry.open and (
            (not name.level and entry.kind in _OF_A_PLACE) or entry.name.startswith(_MANAGES_A_PLACE)
        ):
            found = self.place_name(name.end)
            if found:
                name.place = self.text[name.end : found].strip()
                name.end, name.matched = found, True
                name.canonical += f" {name.place}"

    def _place_of_level(self, end: int) -> int | None:
        """The end of the place behind its level, with no blank behind a short level's point: ``UBND TP.|Cần Thơ|``."""
        glued = self.text.startswith(".", end - 1) and self.text[end : end + 1].isupper()
        at = end if glued else end + 1
        known = name_at(self.lower, at) if glued or self.text[at : at + 3].isupper() else ""  # "UBND TP. HCM"
        return at + len(known) if known else self.place_name(end)

    def _of_more_areas(self, name: Name) -> None:
        """Places of several kinds that one name counts: "UBND các phường|, đặc khu Bạch Vĩ và các xã ven sông|"."""
        if not name.tail.lower().startswith((" các ", " của các ")) or self.upper:
            return
        end, told = name.end, bool(name.place)
        while True:
            which = which_places().match(self.text, end)
            end, told = which.end() if which else end, told or which is not None
            more = _MORE_AREAS.match(self.text, end)
            if more is None:
                break
            place = self.place_name(more.end())
            if not told and place is None and which_places().match(self.text, more.end()) is None:
                break
            end, told = place or more.end(), True
        if end > name.end:
            name.canonical += self.text[name.end : end]
            name.tail, name.end = name.tail + self.text[name.end : end], end

    def _under(self, name: Name) -> None:
        """What a name stands under: "Ủy ban Xã hội| của Quốc hội|", "Cục Thuế| thuộc Bộ Tài chính|"."""
        belongs = BELONGS.match(self.lower, name.end)
        if belongs is None:
            return
        if "của" in belongs.group() and name.entry.kind in _ELECTED:
            owner = self.hits.get(belongs.end())
            if owner is not None and owner[1].kind in _ELECTED:
                name.end = owner[0]
        if "thuộc" in belongs.group() and name.entry.open:
            inner = self.item(belongs.end(), True) if self.depth < 2 else None
            if inner is not None and inner.group != "territory":
                name.end = inner.end

    def _of_several(self, name: Name) -> None:
        """The bodies that each have one: "Hội đồng Thi đua| các cơ quan, đơn vị|"."""
        if name.tail or name.body or not name.entry.open or self.depth >= 2:
            return
        everywhere = _EVERYWHERE.match(self.text, name.end)
        if everywhere is not None and self.text.startswith("Ban Chỉ đạo", name.head):
            name.end = everywhere.end()
            name.canonical = self.text[name.head : name.end]
            return
        if name.entry.head not in _OF_BODIES:
            return
        if not self.text.startswith(" các ", name.end):
            return
        inner = self._body(name.end)
        if inner is not None and inner.group == "body" and inner.start == name.end + 1:
            name.end = inner.end
            name.canonical = self.text[name.head : name.end]

    def _of_more_places(self, name: Name) -> None:
        """What else a body has that its name counts: "Ban Quản lý các khu công nghiệp|, khu kinh tế|"."""
        link = _AND_MORE.match(self.lower, name.end) if self.lower.startswith(" và các ", name.end) else None
        if link is not None and self.lower.startswith("ban quản lý khu", name.head):
            end = link.end()  # "Ban Quản lý Khu kinh tế Bắc Sơn| và các khu công nghiệp|"
            area = registry().area.match(self.lower, end)
            end = area.end() if area else self.place_name(end) or end
            name.end, name.canonical = end, name.canonical + self.text[name.end : end]
            return
        counted = _COUNTED.search(self.text[name.head : name.end])
        if counted is None or name.tail:
            return
        more = re.compile(rf"(?:, | và ){counted.group('noun')}(?= )").match(self.lower, name.end)
        end = more.end() if more else name.end
        while (word := WORD.match(self.lower, end + 1)) and self.text.startswith(" ", end):
            at = word.start()
            if STOP.match(self.lower, at) or _INSPECTS.match(self.lower, at) or self.text[at].isupper():
                break
            end = word.end()
        if more and end > more.end():
            name.end, name.canonical = end, name.canonical + self.text[name.end : end]

    def _up_to_number(self, name: Name) -> None:
        """The last of numbered bodies: ``Thuế cơ sở 1| đến Thuế cơ sở 14|``, ``Đội Thuế số 2| đến số 6|``."""
        link = _UP_TO.match(self.text, name.end)
        numbered = _NUMBERED.fullmatch(self.text[name.head : name.end]) if link else None
        if link is None or numbered is None:
            return
        at = link.end()
        stem = numbered.group("stem")
        if self.text.startswith(stem, at):
            at += len(stem)
        elif stem.endswith(" số ") and self.text.startswith("số ", at):
            at += len("số ")
        else:
            return
        last = _NUMBER.match(self.text, at)
        if last is not None and int(last.group()) > int(numbered.group("number")):
            name.end = last.end()
            name.canonical = self.text[name.head : name.end]

    def _of_province(self, name: Name) -> None:
        """The province that is named right behind a body: "Tỉnh đoàn| Hà Nam|", and any place behind a firm's name."""
        if name.place or name.entry.kind == "bo" or self.upper or self.text[name.end : name.end + 1] != " ":
            return
        found = name_at(self.lower, name.end + 1) if self.text[name.end + 1 : name.end + 2].isupper() else ""
        end = name.end + 1 + len(found) if found else None
        if end is not None and self.text[end : end + 1] == " " and not self.starts_agency(end + 1):
            longer = self.place_name(name.end)  # "Điện Biên| Đông|" is no province
            end = longer if longer is not None and longer > end else end
        if end is None and name.entry.kind == "doanh_nghiep" and not name.tail:
            end = self.place_name(name.end)
        if end is None and (not name.tail or name.tail.endswith(_LOCAL_OFFICE)):
            end = self._branch_place(name.end)
        if end is not None:
            name.place = self.text[name.end : end].strip()
            name.canonical += f" {name.place}"
            name.end, name.matched = end, True

    def _branch_place(self, position: int) -> int | None:
        """The end of the place that an office is a branch in: ``Hạt Kiểm lâm| Vũ Quang|``, ``Thuế cơ sở| Kỳ Anh|``."""
        end = self.place_name(position)
        if end is None or position + 1 in self.hits or not self._ends(end):
            return None
        words = self.text[position:end].split()
        return end if len(words) > 1 and words != ["Việt", "Nam"] else None

    def _body(self, end: int) -> Item | None:
        """Another agency right after ``end`` ("Văn phòng" → "UBND tỉnh", "Chủ tịch" → "Ủy ban …")."""
        position = end
        link = BODY_LINK.match(self.lower, position)
        if not link:
            return None
        if self.depth >= MAX_DEPTH:
            return None
        self.depth += 1
        try:
            inner = self.item(link.end(), listing=True)
        finally:
            self.depth -= 1
        return inner if inner is not None and inner.kind != "nguoi_dung_dau" else None

    def _tail(self, end: int, entry: Entry) -> int:
        reg = registry()
        best = end
        if "area" in entry.tails and not ("party" in entry.tails and reg.party.match(self.lower, end)):
            match = VIETNAM.match(self.text, best)
            if match and entry.kind in ("mat_tran", "doan_the"):
                best = match.end()
            if bloc := _BLOC.match(self.lower, best):
                best = bloc.end()
            match = reg.area.match(self.lower, best) or REGION.match(self.text, best)
            if match is None and (region := _REGION.match(self.lower, best)) and self._ends(region.end()):
                match = region  # "Liên đoàn Lao động| khu vực| tổ chức …"
            if match and match.end() > best:
                best = match.end()
                counted = _COUNTED_OFFICE.match(self.lower, best) if match.group().endswith("cơ sở") else None
                best = counted.end() if counted else best
                area = reg.area.match(self.lower, best) if counted else None
                best = area.end() if area else best  # "Thuế cơ sở 9| tỉnh| Phú Thọ"
        if best == end and "party" in entry.tails:
            match = reg.party.match(self.lower, end)
            if match:
                best = match.end()
                area = reg.area.match(self.lower, best) if match.group().endswith("đảng ủy") else None
                best = area.end() if area else best
        if best == end and "self" in entry.tails:
            match = SELF.match(self.text, end)
            if match:
                best = match.end()
        return best
