"""The grammar of agency names: one name, with what follows it, and lists of names with their shared words.

A name is a registry entry or an open head ("Cục" + capitalised words) with a tail ("tỉnh", "các xã, phường",
"Thị ủy", another body), or a collective ("các sở, ban, ngành, địa phương liên quan"), which is one agency as printed.
"""

from __future__ import annotations

import re

from doichieu.extraction.agencies.names import (
    BELONGS,
    BELONGS_WORD,
    BODY_LINK,
    CLOSED,
    GAP,
    GAP_LOOSE,
    LEVEL_PLACE,
    LONGER_NAME,
    QUANTIFIER,
    REGION,
    RELATED,
    SELF,
    SERIES,
    VIETNAM,
    WEAK_HEADS,
    Item,
    distribute,
    expand,
    tail_level,
)
from doichieu.extraction.agencies.registry import Entry, registry
from doichieu.extraction.agencies.words import Words

_MAX_LIST = 60
_MAX_DEPTH = 6  # bodies inside bodies ("Chánh Văn phòng Đảng ủy UBND tỉnh" has three)


class Scanner(Words):
    """All agencies of one text, found from the left; ``known`` are open names learnt elsewhere in the document.

    ``outside``: bodies outside the State count ("doanh nghiệp"); ``clean``: names end at
    their separators (cells, role lines).
    """

    __slots__ = ()

    # ------------------------------------------------------------ one name

    def item(self, position: int, listing: bool = False) -> Item | None:
        """The agency that starts exactly at ``position``; ``listing``: a list of agencies is expected here."""
        hit = self.hits.get(position)
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
        return self._named(position, inner, *hit, listing)

    def _named(self, start: int, head: int, end: int, entry: Entry, listing: bool) -> Item | None:
        text = self.text
        canonical, kind, level = entry.name, entry.kind, entry.level
        tail, place, body = "", "", ""
        if entry.open:
            stop = self.known_name(head) or self.complement(head, end)
            if stop is None or stop <= end:
                if not (listing and entry.head in ("Đoàn", "Hội", "Ban", "Cơ quan", "Phòng")) and "body" in entry.tails:
                    inner = (
                        self._body(end)
                        if head > start or entry.head in ("Văn phòng", "Cơ quan", "Thanh tra", "Ban")
                        else None
                    )
                    if inner is None and not (" " in entry.head and registry().area.match(self.lower, end)):
                        return None  # "Trung tâm Y tế huyện" needs no name of its own
                    end = inner.end if inner is not None else end
                    canonical = f"{text[head:end]}"
                else:
                    return None
            else:
                end = stop
                canonical = text[head:end]
                canonical = registry().domain_names.get(canonical, canonical)
        elif self.clean and entry.head and (rest := LONGER_NAME.match(text, end)) and not self.starts_agency(end + 2):
            end = rest.end()  # "Phòng Xây dựng, kiểm tra và theo dõi thi hành pháp luật" fills its cell
            canonical = text[head:end]
        matched = bool(entry.open)
        committee = "party" in entry.tails and registry().party.match(self.lower, end)
        if "body" in entry.tails and not entry.open and not committee:
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
                marker = LEVEL_PLACE.search(tail.lower())
                found = self.place_name(end) if marker else None
                if found:
                    place = text[end:found].strip()
                    end = found
                canonical += (
                    tail.lower().replace(" các xã", " xã").replace(" các tỉnh", " tỉnh").replace(" các huyện", " huyện")
                    if tail.strip().islower()
                    or tail.lower().strip().startswith(("tỉnh", "các", "cấp", "thành phố", "thị xã"))
                    else tail
                )
                if place:
                    canonical += f" {place}"
                tail = text[end - len(tail) - (len(place) + 1 if place else 0) : end]
                level = level or tail_level(tail)
            elif not level and entry.tails:
                found = (
                    self.place_name(end)
                    if entry.kind in ("cong_an", "truong", "doan_the", "dang") and not entry.open
                    else None
                )
                if found and entry.kind in ("cong_an", "truong"):
                    place = text[end:found].strip()
                    end, matched = found, True
                    canonical += f" {place}"
        if entry.needs_tail and not matched and not (listing and entry.kind in ("dang", "khac", "nguoi_dung_dau")):
            return None
        belongs = BELONGS.match(self.lower, end)
        if belongs and "của" in belongs.group() and kind in ("quoc_hoi", "hoi_dong_nhan_dan"):
            owner = self.hits.get(belongs.end())
            if owner is not None and owner[1].kind in ("quoc_hoi", "hoi_dong_nhan_dan"):
                end = owner[0]
        if belongs and entry.open and "thuộc" in belongs.group():
            inner = self.item(belongs.end(), True) if self.depth < 2 else None
            if inner is not None and inner.group != "territory":
                end = inner.end
        bare = (
            not tail
            and not body
            and bool(set(entry.tails) & {"area", "party"})
            and entry.level != "trung_uong"
            and kind not in ("bo", "so")
            and not entry.open
            and not place
        )
        return Item(
            start,
            end,
            text[start:end],
            canonical,
            kind,
            level,
            place,
            "open" if entry.open else "named",
            tail,
            entry.tails,
            bare,
            False,
        )

    def _body(self, end: int) -> Item | None:
        """Another agency right after ``end`` ("Văn phòng" → "UBND tỉnh", "Chủ tịch" → "Ủy ban …")."""
        position = end
        link = BODY_LINK.match(self.lower, position)
        if not link:
            return None
        if self.depth >= _MAX_DEPTH:
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
            match = reg.area.match(self.lower, best) or REGION.match(self.text, best)
            if match and match.end() > best:
                best = match.end()
        if best == end and "party" in entry.tails:
            match = reg.party.match(self.lower, end)
            if match:
                best = match.end()
        if best == end and "self" in entry.tails:
            match = SELF.match(self.text, end)
            if match:
                best = match.end()
        return best

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
            belongs = BELONGS.match(self.lower, end)
            if belongs and (tail == "" or "liên quan" not in tail or "thuộc" in belongs.group()):
                extended = self._belongs(belongs.end(), belongs.group())
                if extended is not None:
                    end = extended
                    tail = tail + self.lower[match.end() : end]
                    related = RELATED.match(self.lower, end)
                    if related:
                        end = related.end()
            if group == "outside":
                if not (self.outside or listing):
                    return None
                end = self.modifiers(end)
            if named and not (many or "thuộc" in tail):
                continue
            if group == "party" and many and not quantified and "thuộc" not in tail:
                continue
            if group == "territory":
                if not (quantified or listing):
                    continue
            elif not quantified and not listing and not (many and tail) and "liên quan" not in tail:
                continue
            if (
                not many
                and not (quantified and CLOSED.match(self.lower, end))
                and not tail
                and nouns in reg.weak_nouns
                and group != "territory"
                and not (listing and group in ("party", "outside"))
            ):
                continue
            if group == "outside" and not (self.outside or listing):
                continue
            if group == "body" and not many and not tail and " " in nouns and nouns.split(" ", 1)[0] in WEAK_HEADS:
                continue
            text = self.text[start:end]
            canonical = expand(re.sub(r"(?i)\A(?:các|những) ", "", text)).replace(" có liên quan", " liên quan")
            kind = {"body": "tap_the", "territory": "dia_ban", "party": "dang", "outside": "ngoai"}[group]
            return Item(
                start,
                end,
                text,
                canonical,
                kind,
                tail_level(tail),
                "",
                group,
                "",
                (),
                False,
                group in ("territory", "outside"),
            )
        return None

    def _belongs(self, position: int, link: str) -> int | None:
        if self.depth >= _MAX_DEPTH:
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
        return word.end() if word else None

    # ------------------------------------------------------------ lists

    def listed(self, position: int, loose: bool = False, listing: bool = False) -> list[Item]:
        """The list of agencies that starts at ``position``; ``loose``: semicolons join too."""
        first = self.item(position, listing or loose)
        if first is None:
            return []
        items, gaps = [first], []
        pattern = GAP_LOOSE if loose else GAP
        while len(items) < _MAX_LIST:
            last = items[-1]
            expanded = self._shared_head(last, loose)
            if expanded:
                items += expanded
                gaps += [","] * len(expanded)
                last = items[-1]
            gap = pattern.match(self.text, last.end)
            if gap is None:
                break
            nxt = self.item(gap.end(), True) or self._leaders(gap.end())
            if nxt is None or (
                nxt.weak
                and not (self.outside or loose or listing)
                and nxt.group == "outside"
                and not nxt.name.lower().startswith("các ")
            ):
                break
            gaps.append(gap.group())
            items.append(nxt)
        return distribute(items, gaps)

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

    def _shared_head(self, last: Item, loose: bool) -> list[Item]:
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
            if match is None or gap.end() in self.hits:
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
            return []
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
        return [item, *self._shared_head(item, True)]
