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
    STOP,
    STOP_AFTER_CAPITAL,
    WORD,
)
from doichieu.extraction.agencies.registry import Entry, registry
from doichieu.lexicon.families import LEVEL


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


_AGAINST = ", chống"


#: A verb elsewhere, part of a name where a level follows it at once: "Trung tâm Dịch vụ| tổng hợp| xã".
_GENERAL = re.compile(rf"(?:tổng hợp|thực hành) (?:{LEVEL}|khu vực)(?!\w)")


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
        if words[0] in NO_PLACE or words[0].isupper() or not words[0][0].isupper():
            return None
        stop = end
        for word in words:
            if word != "-" and word in NO_PLACE and stop > end:
                break
            stop = self.text.index(word, stop) + len(word)
        if self.text[end:stop].rstrip().endswith("-"):
            stop = end + self.text[end:stop].rstrip(" -").__len__()
        return stop

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
        text, lower, listing = self.text, self.lower, self.clean
        stop_pattern = HARD_STOP if listing else STOP
        position, last, words = end, end, 0
        previous = False
        while words < 14 and position < len(text):
            if text.startswith(_AGAINST, position) and text[:position].endswith("Phòng"):
                position = last = position + len(_AGAINST)  # "Cục Quản lý đê điều và Phòng, chống thiên tai"
                continue
            if text[position] == "," and last > end:
                resumed = self.comma(position, listing)
                if resumed is None:
                    break
                position = resumed
                continue
            if text[position] != " ":
                break
            start = position + 1
            match = WORD.match(text, start)
            if not match:
                break
            word = match.group()
            if word in ("và", "-", "&", "–") or (word == "các" and text[match.end() + 1 : match.end() + 2].isupper()):
                after = match.end() + 1
                nxt = text[after : after + 1]
                hit = self.hits.get(after)
                if not nxt or (
                    hit is not None
                    and not hit[1].blocked
                    and word not in ("-", "&")
                    and not (word == "các" and last == end)
                ):
                    break
                if word == "và" and not (nxt.isupper() or (listing and not self.starts_agency(after))):
                    break
                if word in ("-", "&", "–", "các") and not nxt.isalpha():
                    break
                position = match.end()
                words += 1
                continue
            if last == end and not (word[0].isupper() or word[0].isdigit()):
                return None
            hit = self.hits.get(start)
            capital = word[0].isupper() or word[0].isdigit()
            if last > end and hit is not None and not hit[1].blocked and not capital:
                break
            if last == end and hit is not None and not hit[1].blocked and not hit[1].open and not self.upper:
                break
            general = last > end and _GENERAL.match(lower, start) is not None
            if not capital and not general and stop_pattern.match(lower, start):
                break
            if not capital and not general and not listing and previous and STOP_AFTER_CAPITAL.match(lower, start):
                break
            if capital and last > end and HARD_STOP.match(lower, start) and not self.upper:
                break
            if not capital and not word[0].islower():
                break
            if not capital and registry().area.match(lower, position) and last > end:
                break
            position = last = match.end()
            previous = capital
            words += 1
        return last if last > end else None

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
        if self.text[position:after] != ", " or self.starts_agency(after):
            return None
        rest = RESUMED.match(self.text, after)
        if not rest or self.starts_agency(rest.end()):
            return None
        if HARD_STOP.match(self.lower, after):
            return None
        first = self.text[after]
        if not first.isupper() and not listing and STOP.match(self.lower, after):
            return None
        return position + 1

    def modifiers(self, end: int) -> int:
        """Modifiers of a body outside the State ("doanh nghiệp viễn thông", "trong và ngoài nước")."""
        position = end
        for _ in range(6):
            if position >= len(self.text) or self.text[position] != " ":
                break
            match = WORD.match(self.text, position + 1)
            if not match or match.group() in ("và", "hoặc") or STOP.match(self.lower, position + 1):
                break
            position = match.end()
        area = registry().area.match(self.lower, position) if position > end else None
        return area.end() if area else position
