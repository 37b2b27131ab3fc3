"""Collective names: ``các sở, ban, ngành, địa phương liên quan`` is one agency as printed."""

from __future__ import annotations

import re
from typing import NamedTuple

from doichieu.alphabet import UPPER
from doichieu.extraction.agencies.names import (
    BELONGS,
    BELONGS_WORD,
    CLOSED,
    LEVEL_PLACE,
    RELATED,
    WEAK_HEADS,
    Item,
    expand,
    tail_level,
)
from doichieu.extraction.agencies.registry import registry
from doichieu.extraction.agencies.words import Words

MAX_DEPTH = 6  # bodies inside bodies ("Chánh Văn phòng Đảng ủy UBND tỉnh" has three)
#: Whose field of work bodies belong to.
_SCOPE = ("phạm vi quản lý", "thẩm quyền")
_WHOSE = re.compile(r" của ")
_CAPITAL_NOUN = re.compile(rf"(?:, |,? và |/| - )(?=[{UPPER}])[{UPPER}]")
#: The last of several nouns, a head that takes fields of work: "Sở| và phòng|".
_LAST_NOUN = re.compile(r"(?:, |,? và )(?P<head>sở|bộ|phòng)\Z")


class Collective(NamedTuple):
    """What the words of a collective name say."""

    nouns: str
    quantified: bool  # "các", "những", "mỗi" stand before it
    tail: str
    group: str
    listing: bool  # a list of agencies is expected where it stands
    named: bool  # a name of the registry stands there too

    @property
    def many(self) -> bool:
        """Whether several nouns are joined into one name."""
        return any(link in self.nouns for link in (",", " và ", "/", " - "))


def _is_a_name(kind: Collective, closed: bool) -> bool:
    return kind.named and not (kind.many or "thuộc" in kind.tail)


def _is_a_party_list(kind: Collective, closed: bool) -> bool:
    return kind.group == "party" and kind.many and not kind.quantified and "thuộc" not in kind.tail


def _is_unannounced(kind: Collective, closed: bool) -> bool:
    """``sở, ngành`` in running text: neither ``các`` before it, nor a tail, nor a list that expects bodies."""
    if kind.quantified or kind.listing:
        return False
    return kind.group == "territory" or not ((kind.many and kind.tail) or "liên quan" in kind.tail)


def _is_a_common_noun(kind: Collective, closed: bool) -> bool:
    """``các bộ``, ``trường``: one noun alone that mostly is no body, where nothing closes it."""
    if kind.many or kind.tail or kind.group == "territory" or kind.nouns not in registry().weak_nouns:
        return False
    return not (kind.quantified and closed) and not (kind.listing and kind.group in ("party", "outside"))


def _is_part_of_a_name(kind: Collective, closed: bool) -> bool:
    """``ban quản lý``: one noun with what narrows it; ``các phòng chuyên môn`` are all of a kind."""
    alone = kind.group == "body" and not (kind.many or kind.tail or kind.quantified) and " " in kind.nouns
    return alone and kind.nouns.split(" ", 1)[0] in WEAK_HEADS


_KIND_OF = {"body": "tap_the", "territory": "dia_ban", "party": "dang", "outside": "ngoai"}
#: What only looks like a collective name.
_NO_COLLECTIVE = (_is_a_name, _is_a_party_list, _is_unannounced, _is_a_common_noun, _is_part_of_a_name)


class Collectives(Words):
    """The collective name that starts at a place of one text."""

    __slots__ = ()

    def item(self, position: int, listing: bool = False) -> Item | None:
        """The agency that starts exactly at ``position``: a collective may belong to one."""
        raise NotImplementedError

    def _collective(self, start: int, inner: int, listing: bool, named: bool) -> Item | None:
        """``các sở, ban, ngành, địa phương liên quan`` at ``start``: one agency as printed."""
        for group, pattern in registry().collectives_by_start.get(self.lower[start : start + 2], ()):
            match = pattern.match(self.lower, start)
            if match is None:
                continue
            expected = self.outside or listing
            if group == "outside" and not expected:
                return None
            cut = self._capital(match)
            if cut is not None:
                match = pattern.match(self.lower, start, cut)
                if match is None or match.end() < cut:
                    continue
            end, tail = self._reach(match)
            if tail and (place := self._under_place(tail, end)):
                end = place  # "các đơn vị trực thuộc thành phố| Hà Nội|"
            if group == "outside":
                end = self.modifiers(end)
            kind = Collective(match.group("nouns"), bool(match.group("quantifier")), tail, group, listing, named)
            closed = CLOSED.match(self.text, end) is not None
            if any(rule(kind, closed) for rule in _NO_COLLECTIVE):
                continue
            text = self.text[start:end]
            canonical = expand(re.sub(r"(?i)\A(?:các|những) ", "", text)).replace(" có liên quan", " liên quan")
            weak = group in ("territory", "outside")
            return Item(start, end, text, canonical, _KIND_OF[group], tail_level(tail), "", group, "", (), False, weak)
        return None

    def _under_place(self, tail: str, end: int) -> int | None:
        """The end of the place behind the level that the bodies of a collective name stand under; None for none."""
        if "thuộc" not in tail or not LEVEL_PLACE.search(tail):
            return None
        return self.place_name(end)

    def _capital(self, match: re.Match[str]) -> int | None:
        """Where a list of nouns ends before a name: "các phòng, ban|, Ban Phát triển các thôn", "Bộ|, Cục Thống kê"."""
        at = match.end("nouns")
        for name in _CAPITAL_NOUN.finditer(self.text, match.start("nouns") + 1, at):
            start = name.end() - 1
            hit = self.hits.get(start)
            if hit is None or hit[1].collective or self.upper:
                continue
            own = hit[1].open and self.text[hit[0] : hit[0] + 1] == " " and self.complement(start, hit[0])
            if self.text[match.start("nouns")].islower() or own:
                return name.start()
        return self._own_room(match, at)

    def _own_room(self, match: re.Match[str], at: int) -> int | None:
        """Where nouns end before a small one that its field makes a name: ``Thanh tra Sở| và phòng Nội vụ``.

        What "các" counts stays whole: ``các sở và phòng Nội vụ …``.
        """
        last = None if match.group("quantifier") else _LAST_NOUN.search(self.text, match.start("nouns"), at)
        pattern = registry().domains.get(last.group("head").capitalize()) if last else None
        if last is None or pattern is None or not self.text.startswith(" ", at):
            return None
        return last.start() if pattern.match(self.text, at + 1) else None

    def _reach(self, match: re.Match[str]) -> tuple[int, str]:
        """Where a collective ends with the body it belongs to (``trực thuộc Thị ủy``), and its whole tail."""
        end, tail = match.end(), match.group("tail")
        belongs = BELONGS.match(self.lower, end)
        if belongs and (tail == "" or "liên quan" not in tail or "thuộc" in belongs.group()):
            extended = self._belongs(belongs.end(), belongs.group())
            if extended is not None:
                tail += self.lower[end:extended]
                related = RELATED.match(self.lower, extended)
                end = related.end() if related else extended
        elif tail.endswith(" trực thuộc") and self.text.startswith(" ", end):
            owner = self._belongs(end + 1, " trực thuộc ")  # "các đơn vị trực thuộc| Kiểm toán nhà nước|"
            if owner is not None and self.text[end + 1].isupper():
                tail, end = tail + self.lower[end:owner], owner
        return end, tail

    def _belongs(self, position: int, link: str) -> int | None:
        if self.depth >= MAX_DEPTH:
            return None
        self.depth += 1
        try:
            inner = self.item(position, True)
        finally:
            self.depth -= 1
        if inner is not None and (inner.group in ("named", "open") or (inner.group == "party")):
            return inner.end
        if "thuộc" not in link and "của" not in link:
            return None
        word = BELONGS_WORD.match(self.lower, position)
        if word is None:
            return None
        whose = _WHOSE.match(self.lower, word.end()) if word.group().startswith(_SCOPE) else None
        if whose is None:
            return word.end()
        owner = self._belongs(whose.end(), " của ")  # "thuộc phạm vi quản lý| của tỉnh Bắc Ninh|"
        level = owner is not None and LEVEL_PLACE.search(self.lower, word.end(), owner) is not None
        return word.end() if owner is None else (self.place_name(owner) if level else None) or owner
