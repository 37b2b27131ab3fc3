"""The grammar of agency names: one name, with what follows it, and lists of names with their shared words.

A name is a registry entry or an open head ("Cục" + capitalised words) with a tail ("tỉnh", "các xã, phường",
"Thị ủy", another body), or a collective ("các sở, ban, ngành, địa phương liên quan"), which is one agency as printed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extraction.agency_lexicon import QUANTIFIERS, Entry, registry
from pipeline.lexicon import load

_QUANTIFIER = re.compile(r"(?:" + "|".join(sorted(QUANTIFIERS, key=len, reverse=True)) + r") ", re.IGNORECASE)
_GAP = re.compile(r"\s*(?:[,+&/]\s*(?:và\s+|cùng\s+)?|(?:và|hoặc|cùng với|cùng)\s+)", re.IGNORECASE)
_GAP_LOOSE = re.compile(r"\s*(?:[,;+&/]\s*(?:(?:và|hoặc|cùng)\s+)?|(?:và|hoặc|cùng với|cùng)\s+)", re.IGNORECASE)
_LEVEL_PLACE = re.compile(
    r" (?:tỉnh|thành phố|thị xã|huyện|quận|xã|phường|thị trấn|đặc khu|tp\.?)\Z", re.IGNORECASE
)
_PLACE = re.compile(r" (?:[A-ZĐÀ-ÝĂÂÊÔƠƯ]\w*)(?:(?: -)? [A-ZĐÀ-ÝĂÂÊÔƠƯẠ-Ỹ]\w*){0,4}")
_WORD = re.compile(r"[^\s,;.:()\[\]|/]+")
_SELF = re.compile(r" (?:Bộ|Sở|Tỉnh|Ngành|Ban|Cục|Viện|Trường|cơ quan)\b(?! [A-ZĐÀ-Ỹ])")
_REGION = re.compile(r" khu vực [IVX\d]+\b")
_VIETNAM = re.compile(r" Việt Nam\b")
_BELONGS = re.compile(r" (?:trực )?thuộc | của | tại ")
_BELONGS_WORD = re.compile(
    r"(?:bộ|sở|ngành|tỉnh|thành phố|thị xã|huyện|xã|trung ương|cơ quan|đơn vị|phạm vi quản lý|thẩm quyền(?: quản lý)?(?: của địa phương)?"
    r"|hệ thống [\w ]{3,20}|đối tượng [\w ]{3,20})\b"
)
_RELATED = re.compile(r"(?: có)? liên quan\b")
_LOWER_NAME = re.compile(r"[a-zđà-ỹ]")


def _verb_pattern() -> re.Pattern[str]:
    words = load("task_verbs")
    every = {*words["plain"], *words["neutral"], *words["stops"]} - set(words["name_words"])
    return re.compile(r"(?:" + "|".join(re.escape(w) for w in sorted(every, key=lambda w: (-len(w), w))) + r")(?!\w)")


_STOP = _verb_pattern()
_HARD_STOP = re.compile(
    r"(?:chủ trì|phối hợp|tham mưu|có trách nhiệm|chịu trách nhiệm|lãnh đạo, chỉ đạo|theo dõi|tổng hợp|báo cáo|hướng dẫn|thúc đẩy|thực hiện|trên cơ sở|để|triển khai|trực thuộc|thuộc)(?!\w)"
)
_NO_PLACE = frozenset(
    "Chủ Phối Tham Trên Căn Theo Xây Tổ Triển Thực Giao Đề Là Có Các Những Hướng Chịu Trong Để Và Định Hằng Hàng "
    "Ủy Sở Bộ Ban Cục Vụ Viện Hội Công Đảng Mặt Trường Văn Thường Tiếp Rà Nghiên Khi Nếu".split()
)


def is_verbal(lower: str, position: int) -> bool:
    """Whether a verb that ends a list of agencies stands at ``position`` ("chủ trì", "thúc đẩy")."""
    return bool(_HARD_STOP.match(lower, position))


class Item(NamedTuple):
    """One agency in a text: ``text[start:end]``; ``tail`` is the shared word it carries, ``bare`` that it lacks one.

    ``canonical`` is the name abbreviations are resolved in; ``name`` the wording with inherited words.
    """

    start: int
    end: int
    name: str
    canonical: str
    kind: str
    level: str
    place: str
    group: str  # named, open, body, territory, party, outside
    tail: str
    tails: tuple[str, ...]
    bare: bool
    weak: bool


_ABBREVIATIONS = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "MTTQ": "Mặt trận Tổ quốc", "UBTVQH": "Ủy ban Thường vụ Quốc hội"}
_ABBREVIATION = re.compile(r"\b(?:" + "|".join(_ABBREVIATIONS) + r")\b")


def _expand(text: str) -> str:
    return _ABBREVIATION.sub(lambda m: _ABBREVIATIONS[m.group()], text)


def _tail_level(tail: str) -> str:
    low = tail.lower()
    for word, level in (
        ("xã, phường", "xa"), ("cấp xã", "xa"), ("phường", "xa"), ("tỉnh", "tinh"), ("thành ủy", "tinh"),
        ("thị xã", "huyen"), ("thị ủy", "huyen"), ("huyện", "huyen"), ("quận", "huyen"), ("thành phố", "tinh"), ("các xã", "xa"), ("xã", "xa"), ("cơ sở", "co_so"), ("trung ương", "trung_uong"),
    ):
        if word in low:
            return level
    return ""


class Scanner:
    """All agencies of one text, found from the left; ``known`` are open names learnt elsewhere in the document.

    ``outside``: bodies outside the State count ("doanh nghiệp"); ``clean``: names end at their separators (cells, role lines).
    """

    __slots__ = ("clean", "hits", "known", "lower", "outside", "text", "upper")

    def __init__(self, text: str, lower: str | None = None, known: tuple[str, ...] = (), outside: bool = False, clean: bool = False) -> None:
        self.text = text
        self.lower = text.lower() if lower is None else lower
        self.known = known
        self.outside = outside
        self.clean = clean
        self.upper = text.isupper()
        reg = registry()
        hits: dict[int, tuple[int, Entry]] = {}
        for index, start, end in reg.automaton.find_matches_as_indexes(text):
            if (start == 0 or not text[start - 1].isalnum()) and (end == len(text) or not text[end].isalnum()):
                hits[start] = (end, reg.entries[index])
        self.hits = hits

    # ------------------------------------------------------------ one name

    def item(self, position: int, listing: bool = False) -> Item | None:
        """The agency that starts exactly at ``position``; ``listing``: a list of agencies is expected here."""
        hit = self.hits.get(position)
        if hit is not None and hit[1].blocked:
            return None
        quantifier = _QUANTIFIER.match(self.text, position)
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
        return self._named(position, inner, *hit, listing)

    def _named(self, start: int, head: int, end: int, entry: Entry, listing: bool) -> Item | None:
        text = self.text
        canonical, kind, level = entry.name, entry.kind, entry.level
        tail, place, body = "", "", ""
        if entry.open:
            stop = self._known(head) or self._complement(head, end)
            if stop is None or stop <= end:
                if not (listing and entry.head in ("Đoàn", "Hội", "Ban", "Cơ quan", "Phòng")) and "body" in entry.tails:
                    inner = self._body(end) if entry.head in ("Văn phòng", "Cơ quan", "Thanh tra", "Ban") else None
                    if inner is None:
                        return None
                    end = inner.end
                    canonical = f"{text[head:end]}"
                else:
                    return None
            else:
                end = stop
                canonical = text[head:end]
                canonical = registry().domain_names.get(canonical, canonical)
        matched = bool(entry.open)
        if "body" in entry.tails and not entry.open:
            inner = self._body(end)
            if inner is not None:
                body = inner.canonical
                end, level, place = inner.end, level or inner.level, inner.place
                canonical, matched = f"{canonical} {body}", True
        if not body:
            tail_end = self._tail(end, entry)
            if tail_end > end:
                tail = text[end:tail_end]
                end, matched = tail_end, True
                marker = _LEVEL_PLACE.search(tail.lower())
                found = self._place(end) if marker else None
                if found:
                    place = text[end:found].strip()
                    end = found
                canonical += tail.lower().replace(" các xã", " xã").replace(" các tỉnh", " tỉnh").replace(" các huyện", " huyện") if tail.strip().islower() or tail.lower().strip().startswith(("tỉnh", "các", "cấp", "thành phố", "thị xã")) else tail
                if place:
                    canonical += f" {place}"
                tail = text[end - len(tail) - (len(place) + 1 if place else 0):end]
                level = level or _tail_level(tail)
            elif not level and entry.tails:
                found = self._place(end) if entry.kind in ("cong_an", "truong", "doan_the", "dang") and not entry.open else None
                if found and entry.kind in ("cong_an", "truong"):
                    place = text[end:found].strip()
                    end, matched = found, True
                    canonical += f" {place}"
        if entry.needs_tail and not matched and not (listing and entry.kind in ("dang", "khac", "nguoi_dung_dau")):
            return None
        belongs = _BELONGS.match(self.lower, end)
        if belongs and entry.open and "thuộc" in belongs.group():
            inner = self.item(belongs.end(), True)
            if inner is not None and inner.group != "territory":
                end = inner.end
        bare = not tail and not body and bool(set(entry.tails) & {"area", "party"}) and entry.level != "trung_uong" and kind not in ("bo", "so") and not entry.open and not place
        return Item(start, end, text[start:end], canonical, kind, level, place, "open" if entry.open else "named", tail, entry.tails, bare, False)

    def _body(self, end: int) -> Item | None:
        """Another agency right after ``end`` ("Văn phòng" → "UBND tỉnh", "Chủ tịch" → "Ủy ban …")."""
        position = end
        link = re.compile(r" (?:của |ở |tại )?").match(self.lower, position)
        if not link:
            return None
        return self.item(link.end(), listing=True)

    def _tail(self, end: int, entry: Entry) -> int:
        reg = registry()
        best = end
        if "area" in entry.tails:
            match = _VIETNAM.match(self.text, best)
            if match and entry.kind in ("mat_tran", "doan_the"):
                best = match.end()
            match = reg.area.match(self.lower, best) or _REGION.match(self.text, best)
            if match and match.end() > best:
                best = match.end()
        if best == end and "party" in entry.tails:
            match = reg.party.match(self.lower, end)
            if match:
                best = match.end()
        if best == end and "self" in entry.tails:
            match = _SELF.match(self.text, end)
            if match:
                best = match.end()
        return best

    def _place(self, end: int) -> int | None:
        if self.upper:
            return None
        match = _PLACE.match(self.text, end)
        if not match:
            return None
        words = match.group().split()
        if words[0] in _NO_PLACE or words[0].isupper() or not words[0][0].isupper():
            return None
        stop = end
        for word in words:
            if word != "-" and word in _NO_PLACE and stop > end:
                break
            stop = self.text.index(word, stop) + len(word)
        if self.text[end:stop].rstrip().endswith("-"):
            stop = end + self.text[end:stop].rstrip(" -").__len__()
        return stop

    def _known(self, head: int) -> int | None:
        for name in self.known:
            if self.text.startswith(name, head):
                stop = head + len(name)
                if stop == len(self.text) or not self.text[stop].isalnum():
                    return stop
        return None

    def _complement(self, head: int, end: int) -> int | None:
        """Where the name of an open head ends ("Cục| Công nghệ thông tin|")."""
        text, lower, listing = self.text, self.lower, self.clean
        stop_pattern = _HARD_STOP if listing else _STOP
        position, last, words = end, end, 0
        while words < 14 and position < len(text):
            if text[position] == "," and last > end:
                resumed = self._comma(position, listing)
                if resumed is None:
                    break
                position = resumed
                continue
            if text[position] != " ":
                break
            start = position + 1
            match = _WORD.match(text, start)
            if not match:
                break
            word = match.group()
            if word in ("và", "-", "&", "–") or (word == "các" and text[match.end() + 1 : match.end() + 2].isupper()):
                after = match.end() + 1
                nxt = text[after : after + 1]
                hit = self.hits.get(after)
                if not nxt or (hit is not None and not hit[1].blocked and word not in ("-", "&") and not (word == "các" and last == end)):
                    break
                if word == "và" and not (nxt.isupper() or (listing and not self._starts_agency(after))):
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
            if not capital and stop_pattern.match(lower, start):
                break
            if capital and last > end and _HARD_STOP.match(lower, start) and not self.upper:
                break
            if not capital and not _LOWER_NAME.match(word):
                break
            if not capital and registry().area.match(lower, position) and last > end:
                break
            position = last = match.end()
            words += 1
        return last if last > end else None

    def _starts_agency(self, position: int) -> bool:
        hit = self.hits.get(position)
        if hit is not None and not hit[1].blocked:
            return True
        match = _QUANTIFIER.match(self.text, position)
        if match:
            return True
        return any(p.match(self.lower, position) for g, p in registry().collectives.items() if g in ("body", "party"))

    def _comma(self, position: int, listing: bool) -> int | None:
        """Whether the comma at ``position`` stands inside a name ("Phổ biến, giáo dục pháp luật và Trợ giúp")."""
        after = position + 2
        if self.text[position : after] != ", " or self._starts_agency(after):
            return None
        rest = re.compile(r"[^\s,;.:()|]+(?: (?!và )[^\s,;.:()|]+){0,4} và (?=[A-ZĐÀ-Ỹ])").match(self.text, after)
        if not rest or self._starts_agency(rest.end()):
            return None
        if _HARD_STOP.match(self.lower, after):
            return None
        first = self.text[after]
        if not first.isupper() and not listing and _STOP.match(self.lower, after):
            return None
        return position + 1

    def _collective(self, start: int, inner: int, listing: bool, named: bool) -> Item | None:
        reg = registry()
        for group, pattern in reg.collectives.items():
            match = pattern.match(self.lower, start)
            if match is None:
                continue
            nouns = match.group("nouns")
            quantified = bool(match.group("quantifier"))
            tail = match.group("tail")
            many = "," in nouns or " và " in nouns or "/" in nouns or " - " in nouns
            end = match.end()
            belongs = _BELONGS.match(self.lower, end)
            if belongs and (tail == "" or "liên quan" not in tail):
                extended = self._belongs(belongs.end(), belongs.group())
                if extended is not None:
                    end = extended
                    tail = tail + self.lower[match.end():end]
                    related = _RELATED.match(self.lower, end)
                    if related:
                        end = related.end()
            if group == "outside":
                if not (self.outside or listing):
                    return None
                end = self._outside(end)
            if named and not (many or "thuộc" in tail):
                continue
            if group == "party" and many and not quantified and "thuộc" not in tail and not tail.strip().startswith(("các cấp",)):
                continue
            if group == "territory":
                if not (quantified or listing):
                    continue
            elif not quantified and not listing and not (many and tail) and "liên quan" not in tail:
                continue
            if not many and not tail and nouns in reg.weak_nouns and group != "territory" and not (listing and group in ("party", "outside")):
                continue
            if group == "outside" and not (self.outside or listing):
                continue
            text = self.text[start:end]
            canonical = _expand(re.sub(r"(?i)\A(?:các|những) ", "", text)).replace(" có liên quan", " liên quan")
            kind = {"body": "tap_the", "territory": "dia_ban", "party": "dang", "outside": "ngoai"}[group]
            return Item(start, end, text, canonical, kind, _tail_level(tail), "", group, "", (), False, group in ("territory", "outside"))
        return None

    def _outside(self, end: int) -> int:
        """Modifiers of a body outside the State ("doanh nghiệp viễn thông", "trong và ngoài nước")."""
        position = end
        for _ in range(6):
            if position >= len(self.text) or self.text[position] != " ":
                break
            match = _WORD.match(self.text, position + 1)
            if not match or match.group() in ("và", "hoặc") or _STOP.match(self.lower, position + 1):
                break
            position = match.end()
        return position

    def _belongs(self, position: int, link: str) -> int | None:
        inner = self.item(position, True)
        if inner is not None and (inner.group in ("named", "open") or (inner.group == "party")):
            return inner.end
        if "thuộc" not in link and "của" not in link:
            return None
        word = _BELONGS_WORD.match(self.lower, position)
        return word.end() if word else None

    # ------------------------------------------------------------ lists

    def listed(self, position: int, loose: bool = False, listing: bool = False) -> list[Item]:
        """The list of agencies that starts at ``position``; ``loose``: semicolons join too."""
        first = self.item(position, listing or loose)
        if first is None:
            return []
        items, gaps = [first], []
        pattern = _GAP_LOOSE if loose else _GAP
        while True:
            last = items[-1]
            expanded = self._shared_head(last, loose)
            if expanded:
                items += expanded
                gaps += [","] * len(expanded)
                last = items[-1]
            gap = pattern.match(self.text, last.end)
            if gap is None:
                break
            nxt = self.item(gap.end(), True)
            if nxt is None or (nxt.weak and not (self.outside or loose or listing) and nxt.group == "outside"):
                break
            gaps.append(gap.group())
            items.append(nxt)
        return distribute(items, gaps)

    def _shared_head(self, last: Item, loose: bool) -> list[Item]:
        """``Sở Tài chính, Nội vụ, Y tế`` and ``các Sở: Tài chính, Nội vụ``: the names after the first."""
        head = next((h for h in ("Sở", "Bộ", "Phòng") if last.canonical.startswith(h + " ")), None)
        if head is None or last.group != "named":
            return []
        pattern = registry().domains[head]
        found: list[Item] = []
        position = last.end
        while True:
            gap = (_GAP_LOOSE if loose else _GAP).match(self.text, position)
            if gap is None:
                break
            match = pattern.match(self.text, gap.end())
            if match is None or gap.end() in self.hits:
                break
            name = f"{head} {match.group()}"
            canonical = registry().domain_names.get(name, name)
            found.append(Item(match.start(), match.end(), name, canonical, last.kind, last.level, "", "named", "", last.tails, False, False))
            position = match.end()
        return found

    def series(self, position: int) -> list[Item]:
        """``Các Sở: Nội vụ, Tài chính; …`` at ``position``: each with its head."""
        match = re.compile(r"(?:Các |các |CÁC )?(?P<head>[Ss]ở|[Bb]ộ|[Pp]hòng|SỞ|BỘ):? ").match(self.text, position)
        if match is None:
            return []
        head = match.group("head").capitalize()
        first = registry().domains[head].match(self.text, match.end())
        if first is None or (self.text[match.start()] not in "Cc" and ":" not in match.group()):
            return []
        name = f"{head} {first.group()}"
        kind, level = ("so", "tinh") if head == "Sở" else ("bo", "trung_uong") if head == "Bộ" else ("khac", "")
        item = Item(first.start(), first.end(), name, registry().domain_names.get(name, name), kind, level, "", "named", "", ("area",), False, False)
        return [item, *self._shared_head(item, True)]


def distribute(items: list[Item], gaps: list[str]) -> list[Item]:
    """Shared words given to every name of a list: ``Đảng ủy, UBND các xã`` → ``Đảng ủy các xã``, ``UBND các xã``."""
    out = list(items)
    for i in range(len(out) - 2, -1, -1):
        item, nxt = out[i], out[i + 1]
        if not item.bare or ";" in gaps[i] or not nxt.tail:
            continue
        party = nxt.tail.strip().lower().endswith((" ủy", "ủy")) or nxt.tail.strip().lower().startswith("trung ương")
        if ("party" if party else "area") not in item.tails:
            continue
        out[i] = item._replace(
            name=item.name + nxt.tail,
            canonical=item.canonical + nxt.tail.replace(" các xã", " xã").replace(" các tỉnh", " tỉnh").replace(" các huyện", " huyện"),
            tail=nxt.tail,
            bare=False,
            level=item.level or nxt.level,
            place=nxt.place,
        )
    return out
