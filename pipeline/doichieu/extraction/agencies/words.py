"""Where a name ends in a text: complements of open heads, places, modifiers."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.extraction.agencies.names import (
    CAPITALS,
    HARD_STOP,
    NO_PLACE,
    PLACE,
    QUANTIFIER,
    RESUMED,
    SHORT_LEVEL,
    STOP,
    STOP_AFTER_CAPITAL,
    WORD,
    either,
)
from doichieu.extraction.agencies.registry import Entry, registry
from doichieu.lexicon import load
from doichieu.lexicon.families import LEVEL, ROLE
from doichieu.lexicon.named_words import words_of


@lru_cache(maxsize=1024)
def _hits(text: str) -> dict[int, tuple[int, Entry]]:
    """The forms of the registry in a text, by their places; several stages ask for those of one clause.

    Nobody may change what this returns.
    """
    reg = registry()
    hits: dict[int, tuple[int, Entry]] = {}
    for index, start, end in reg.automaton.find_matches_as_indexes(text):
        if (start == 0 or not text[start - 1].isalnum()) and (end == len(text) or not text[end].isalnum()):
            entry = reg.entries[index]
            if text[max(0, start - 1) : start] == "-" and text[start - 2 : start - 1].isalnum():
                continue  # "12/QĐ-UBND": a piece of a number
            if text[max(0, start - 1) : start] == "/" and text[max(0, start - 2) : start - 1].isdigit():
                continue  # "512/UBND-NC"
            if (
                entry.open
                and end - start > 1
                and text[start:end].isupper()
                and CAPITALS.search(text, max(0, start - 12), start)
            ):
                continue  # "NHIỆM VỤ", "XÃ HỘI": the second half of a word in a line of capitals
            hits[start] = (end, entry)
    return hits


#: What a comma goes on with inside a name, by the words before it.
_GO_ON = (
    ("Phòng", ", chống"),
    ("Thi đua", ", khen thưởng"),
    ("Quản lý", ", hỗ trợ doanh nghiệp"),
    ("Quản lý", ", hỗ trợ cá nhân, hộ kinh doanh"),
    ("Quản lý", ", hỗ trợ hộ kinh doanh"),
    ("quản lý hành chính", " về trật tự xã hội"),
    ("tội phạm", " về trật tự xã hội"),
    ("tội phạm", " về ma túy"),
    ("tội phạm", " về môi trường"),
    ("tội phạm", " về tham nhũng, kinh tế, buôn lậu, môi trường"),
    ("tội phạm", " về tham nhũng, kinh tế, buôn lậu"),
    ("tội phạm", " về kinh tế"),
    ("TNHH Một", " thành viên"),
    ("TNHH một", " thành viên"),
)
#: Words that join two parts of one name.
_LINKS = ("và", "-", "&", "–")
#: No body's own name has more words behind its head.
_LONGEST_NAME = 18


#: Small words that narrow a body outside the State; its own name may go on with capitals.
_FEW_MODIFIERS = 6
_MOST_MODIFIERS = 10
#: A verb elsewhere, part of a name where a level follows it at once: "Trung tâm Dịch vụ| tổng hợp| xã".
_GENERAL = re.compile(rf"(?:tổng hợp|thực hành) (?:{LEVEL}|khu vực)(?!\w)")
#: What is invested in is part of a name: "Ban Quản lý dự án Đầu tư| xây dựng|", "Quỹ Đầu tư| phát triển|".
_BUILDS = re.compile(r"(?<=đầu tư )(?:xây dựng|phát triển|kinh doanh|khai thác) (?!kế hoạch|phương án|đề án|quy chế)")
#: What a project board builds besides, up to its level: "… và| đô thị| tỉnh".
_WORKS_UP_TO_AREA = re.compile(rf"(?:[^\W\d_]+ ){{1,5}}?(?:{LEVEL}|khu vực)(?!\w)")
#: Right behind "Dịch vụ" it always is one: "Trung tâm Dịch vụ| tổng hợp|, các thôn"; not "…, tổng hợp số liệu".
_SERVICES = "Trung tâm Dịch vụ"


def _begins_a_name(word: str) -> bool:
    """Whether a word begins as names do: with a capital or a figure.

    >>> _begins_a_name("Y"), _begins_a_name("115"), _begins_a_name("tế")
    (True, True, False)
    """
    return word[0].isupper() or word[0].isdigit()


#: "xã Bảo Lâm| 2|": a place that a number tells from its neighbours.
_OF_A_NUMBER = re.compile(r" \d{1,2}(?![\w%/]|[.,]\d)")
_LEADS = re.compile(rf"(?:{ROLE})(?!\w)")
_SIGN_OR_LINK = re.compile(r"[,;.:)]|\Z| và ")
_COUNTED_NOUN = re.compile(r" các (?P<noun>khu|vườn|cảng|dự án|cụm|công trình) [^\W\d_]")


#: "các Khu chế xuất và| công nghiệp| thành phố": a second kind of what is counted, up to the level of its place.
_KIND_UP_TO_AREA = re.compile(rf"(?!các )(?:[^\W\d_]+ ){{1,3}}(?=(?:{LEVEL})(?!\w))")
_MORE_OF_KIND = re.compile(r"các (?:khu|cụm|vườn|cảng|bến) [^\W\d_]")
_OF_ONE_KIND = re.compile(r"ban quản lý (?:khu|cụm|vườn|cảng|bến) [^,;.:|]+\Z")
_FAR = 60  # characters before a link in which the counted noun stands


_OF_A_KIND = re.compile(rf"(?:{words_of('bodies_by_kind')}) (?=\w)")
_COMMA = re.compile(r", ")
_ONE_MORE = re.compile(r", | và ")


@lru_cache(maxsize=1)
def fields() -> re.Pattern[str]:
    """Fields of work that are no body by themselves, in small letters: ``tài chính``, ``nghệ thuật``, ``lâm, ngư``."""
    return either({*load("roles")["cell"]["fields"]})


class Words:
    """The registry's hits in one text, and the judgements about words that need nothing else."""

    __slots__ = ("clean", "depth", "hits", "known", "lower", "outside", "starts", "text", "upper")

    def __init__(
        self,
        text: str,
        lower: str | None = None,
        known: tuple[str, ...] = (),
        outside: bool = False,
        clean: bool = False,
    ) -> None:
        self.text = text
        self.lower = text.lower() if lower is None else lower
        self.known = known
        self.outside = outside
        self.clean = clean
        self.upper = text.isupper()
        self.hits = _hits(text)
        self.starts = list(self.hits)
        self.depth = 0

    def place_name(self, end: int) -> int | None:
        """The end of a place name right after ``end`` ("tỉnh| Bắc Ninh|")."""
        if self.upper:
            return None
        match = PLACE.match(self.text, end)
        if not match:
            return None
        words = match.group().split()
        if words[0].isupper() or (words[0] in NO_PLACE and not self._place_by_its_capitals(match)):
            return None
        stop = end
        for word in words:
            if word != "-" and word in NO_PLACE and stop > end:
                break
            stop = self.text.index(word, stop) + len(word)
        if self.text[end:stop].rstrip().endswith("-"):
            stop = end + self.text[end:stop].rstrip(" -").__len__()
        number = _OF_A_NUMBER.match(self.text, stop)
        return number.end() if number and self._ends(number.end()) else stop

    def _ends(self, end: int) -> bool:
        """Whether a name may end at a place: a sign, a link or a verb follows."""
        return _SIGN_OR_LINK.match(self.text, end) is not None or STOP.match(self.lower, end + 1) is not None

    def _place_by_its_capitals(self, match: re.Match[str]) -> bool:
        """Whether a place begins as a body or a verb does: ``đặc khu| Trường Sa| và``; not ``xã| Hội Nông| dân``."""
        entry = self._entry(match.start() + 1)
        return " " in match.group()[1:] and (entry is None or entry.open) and self._ends(match.end())

    def known_name(self, head: int) -> int | None:
        """The end of a name learnt elsewhere in the document that stands at ``head``."""
        for name in self.known:
            if self.text.startswith(name, head):
                stop = head + len(name)
                if stop == len(self.text) or not self.text[stop].isalnum():
                    return stop
        return None

    def complement(self, head: int, end: int) -> int | None:
        """Where the name of an open head ends ("Cục| Công nghệ thông tin|")."""
        text, listing = self.text, self.clean
        position, last, words = end, end, 0
        previous = False
        while words < _LONGEST_NAME and position < len(text):
            more = next(
                (go for word, go in _GO_ON if text.endswith(word, 0, position) and text.startswith(go, position)), ""
            )
            if more:
                position = last = position + len(more)  # "Cục Quản lý đê điều và Phòng, chống thiên tai"
                continue
            if text[position] == "/" and self._two_short_forms(position):
                position = last = WORD.match(text, position + 1).end()  # type: ignore[union-attr]
                continue
            if text[position] == "," and last > end:
                resumed = self.comma(position, listing)
                if resumed is None:
                    break
                position = resumed
                continue
            match = WORD.match(text, position + 1) if text[position] == " " else None
            if match is None:
                break
            first = last == end
            if self._links(match):
                if self._link_ends(match, first):
                    break
                position = match.end()
                words += 1
                continue
            capital = _begins_a_name(match.group())
            if first and not capital:
                return None
            if self._word_ends(match, first, capital, previous):
                break
            position = last = match.end()
            previous = capital
            words += 1
        return last if last > end else None

    def _two_short_forms(self, slash: int) -> bool:
        """Whether a slash joins two short forms of one name: ``Phòng, chống HIV|/|AIDS``."""
        both = self.text[slash - 2 : slash].isupper() and self.text[slash + 1 : slash + 3].isupper()
        return both and slash >= 2 and not self.starts_agency(slash + 1)

    def _links(self, match: re.Match[str]) -> bool:
        """Whether a word may join two parts of one name: "Tài nguyên| và| Môi trường", "thuộc| các| Bộ"."""
        after = self.text[match.end() + 1 : match.end() + 2]
        return match.group() in _LINKS or (match.group() == "các" and after.isupper())

    def _link_ends(self, match: re.Match[str], first: bool) -> bool:
        """Whether the name ends before a linking word: another body, or nothing that a name goes on with, follows."""
        word, after = match.group(), match.end() + 1
        follows = self.text[after : after + 1]
        if not follows:
            return True
        if self._entry(after) is not None and word not in ("-", "&") and not (word == "các" and first):
            return True
        if word == "và" and follows.isupper() and _OF_A_KIND.match(self.lower, after):
            return True  # "Bệnh viện Tân Phú và| Hợp tác xã Mỹ Nghiệp"
        if word == "và" and (self._counts_on(match, after) or self._shares_noun(match, after)):
            return False
        if word == "và" and (self._manages_more(match, after) or self._works_on(match, after)):
            return False
        if word == "và" and (field := self._field(after)) and self._field_before(match.start() - 1):
            return not self._closes(field)
        if word == "và":
            return not (follows.isupper() or (self.clean and not self.starts_agency(after)))
        return not follows.isalpha()

    def _counts_on(self, link: re.Match[str], after: int) -> bool:
        """Whether the noun that "các" counts is named again: ``các khu công nghệ cao và| khu công nghiệp``."""
        counted = _COUNTED_NOUN.search(self.text, max(0, link.start() - 60), link.start())
        return counted is not None and self.text.startswith(f"{counted.group('noun')} ", after)

    def _manages_more(self, link: re.Match[str], after: int) -> bool:
        """Whether a management board has more of its kind: ``Khu kinh tế Bắc Sơn và| các khu công nghiệp``."""
        more = _MORE_OF_KIND.match(self.lower, after) if self.lower.startswith("các ", after) else None
        near = self.lower[max(0, link.start() - _FAR) : link.start()]
        at = near.rfind("ban quản lý ")
        return more is not None and at >= 0 and _OF_ONE_KIND.match(near, at) is not None

    def _shares_noun(self, link: re.Match[str], after: int) -> bool:
        """Whether the noun that "các" counts has one more kind: ``các Khu chế xuất và| công nghiệp| tỉnh``."""
        if "các " not in self.lower[max(0, link.start() - _FAR) : link.start()]:
            return False
        counted = _COUNTED_NOUN.search(self.lower, max(0, link.start() - _FAR), link.start())
        kind = _KIND_UP_TO_AREA.match(self.lower, after) if counted else None
        return kind is not None and not self.starts_agency(after)

    def _works_on(self, link: re.Match[str], after: int) -> bool:
        """Whether a project board builds more, up to its level: ``dự án Xây dựng hạ tầng và| khu dân cư| tỉnh``."""
        if "quản lý dự án " not in self.lower[max(0, link.start() - _FAR) : link.start()]:
            return False
        works = _WORKS_UP_TO_AREA.match(self.lower, after)
        return works is not None and after not in self.hits and STOP.match(self.lower, after) is None

    def _field(self, position: int) -> int:
        """The end of a field of work in small letters at a position; 0 where none stands there."""
        match = fields().match(self.text, position)
        return match.end() if match else 0

    def _field_before(self, end: int) -> bool:
        """Whether words in small letters stand before a link: ``thủy lợi| và thủy điện``."""
        last = self.text[max(0, end - 1) : end + 1].strip()
        return bool(last) and self.text[self.text.rfind(" ", 0, end) + 1].islower()

    def _goes_on(self, field: int) -> bool:
        """Whether a name goes on over a field behind its comma: it closes there, or one more field does."""
        if self._closes(field):
            return True
        more = _ONE_MORE.match(self.text, field)
        return more is not None and (end := self._field(more.end())) > 0 and self._goes_on(end)

    def _closes(self, end: int) -> bool:
        """Whether a name that ends with a field ends there, by what follows: a sign, a verb, the level of the body."""
        return self._ends(end) or registry().area.match(self.lower, end) is not None

    def _word_ends(self, match: re.Match[str], first: bool, capital: bool, previous: bool) -> bool:
        """Whether the name ends before a word that links nothing."""
        start, entry = match.start(), self._entry(match.start())
        if first:
            # the first word is a capital: only another body's own name stops it
            return entry is not None and not entry.open and not self.upper
        if capital and SHORT_LEVEL.fullmatch(match.group().lower()):
            return True  # "Tổng công ty Điện lực| TP.| Hồ Chí Minh"
        if capital:
            stop = HARD_STOP.match(self.lower, start)
            return stop is not None and not self.upper and not self._second_part(start, stop)
        return entry is not None or self._small_word_ends(match, previous)

    def _second_part(self, start: int, stop: re.Match[str]) -> bool:
        """Whether a verb in capitals behind a dash is the second part of a name: ``Phòng Hành chính -| Tổng hợp|``."""
        dashed = self.text.endswith((" - ", " – "), 0, start)
        return dashed and _LEADS.match(stop.group()) is None and self._ends(stop.end())

    def _small_word_ends(self, match: re.Match[str], previous: bool) -> bool:
        """Whether a word without a capital is no part of the name: a verb, a preposition, an area, no word at all."""
        start = match.start()
        if self.lower.startswith("tổng hợp", start) and self.text.endswith(_SERVICES, 0, start - 1):
            return False
        if _BUILDS.match(self.lower, start):
            return False
        if _GENERAL.match(self.lower, start) is None:
            if (HARD_STOP if self.clean else STOP).match(self.lower, start):
                return True
            if not self.clean and previous and STOP_AFTER_CAPITAL.match(self.lower, start):
                return True
        if not match.group()[0].islower():
            return True
        return registry().area.match(self.lower, start - 1) is not None

    def _entry(self, position: int) -> Entry | None:
        """The registry's entry that begins at a position, None where none does or where it is blocked there."""
        hit = self.hits.get(position)
        return hit[1] if hit is not None and not hit[1].blocked else None

    def starts_agency(self, position: int) -> bool:
        """Whether an agency may start at ``position``."""
        hit = self.hits.get(position)
        if hit is not None and not hit[1].blocked:
            return True
        match = QUANTIFIER.match(self.text, position)
        if match:
            return True
        found = registry().collectives_by_start.get(self.lower[position : position + 2], ())
        return any(pattern.match(self.lower, position) for group, pattern in found if group in ("body", "party"))

    def comma(self, position: int, listing: bool) -> int | None:
        """Whether the comma at ``position`` stands inside a name ("Phổ biến, giáo dục pháp luật và Trợ giúp")."""
        after = position + 2
        if self.text[position:after] != ", ":
            return None
        counted = _COUNTED_NOUN.search(self.text, max(0, position - 60), position)
        if counted is not None and self.text.startswith(f"{counted.group('noun')} ", after):
            return position + 1  # "Ban Quản lý các khu công nghiệp|, khu kinh tế"
        if self.starts_agency(after):
            return None
        if (field := self._field(after)) and self._field_before(position - 1) and self._goes_on(field):
            return position + 1  # "Thiết kế nông|, lâm nghiệp| tổ chức", "Giống nông|, lâm, ngư nghiệp| tỉnh"
        rest = RESUMED.match(self.text, after)
        if not rest or self.starts_agency(rest.end()):
            return None
        if any(self.starts_agency(at.end()) for at in _COMMA.finditer(self.text, after, rest.end())):
            return None
        if HARD_STOP.match(self.lower, after):
            return None
        first = self.text[after]
        if not first.isupper() and not listing and STOP.match(self.lower, after):
            return None
        return position + 1

    def modifiers(self, end: int) -> int:
        """Modifiers of a body outside the State ("doanh nghiệp viễn thông", "Công ty cổ phần Cấp nước Bến Đò")."""
        position = end
        for count in range(_MOST_MODIFIERS):
            if count >= _FEW_MODIFIERS and not self.text[position + 1 : position + 2].isupper():
                break  # no name is cut within its capitals
            if position >= len(self.text) or self.text[position] != " ":
                break
            match = WORD.match(self.text, position + 1)
            if not match or match.group() in ("và", "hoặc") or STOP.match(self.lower, position + 1):
                break
            if match.group() == "tự" and STOP.match(self.lower, match.end() + 1):
                break  # "các quỹ tín dụng nhân dân| tự đánh giá rủi ro"
            position = match.end()
        area = registry().area.match(self.lower, position) if position > end else None
        return area.end() if area else position
