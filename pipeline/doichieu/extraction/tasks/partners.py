"""The bodies that somebody does a task with: ``phối hợp với Sở A, các địa phương có dự án và nhóm B``."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.extraction.agencies.cells import unknown
from doichieu.extraction.agencies.joined import as_one
from doichieu.extraction.agencies.names import GAP, Item
from doichieu.extraction.tasks.doer_words import doer_heads
from doichieu.extraction.tasks.doers import Doers
from doichieu.extraction.tasks.swallowed import without_deed
from doichieu.lexicon import load
from doichieu.lexicon.named_words import words_of

_WITH = re.compile(rf"(?: (?:{words_of('how_together')}))*(?:,? và)?(?: (?:với|cùng với|cùng))? ?")
_MOST_PARTNERS = 40
_PARTNER_ENDS = re.compile(r"[,;.:()]|\s(?:và|cùng|hoặc|để|trong|theo|trên|nhằm|căn cứ)\s|\Z")
_BARE_NOUN = re.compile(r"(?:các |những )?(?:cơ quan|đơn vị|tổ chức|cơ sở|doanh nghiệp)")
_GIVEN_WORK = re.compile(rf"{_BARE_NOUN.pattern} (?:được giao|được phân công|có chức năng)")
_DOES_WORK = re.compile(r"(?:làm|kiểm|giám|thi|chủ) \w+")
_ABOUT = re.compile(r" về (?!việc|các|những|nội dung|kết quả|tình hình|công tác)")
_OF_THE_STATE = re.compile(r"(?:các )?cơ quan (?:chuyên môn|quản lý|quản lý nhà nước|nhà nước)")
_LONGEST_PARTNER = 90
_RELATIVE_ENDS = re.compile(r"\s(?:trong|để|theo|nhằm|khi|về|tại|trên|và|cùng)\s|[,;.:()]")


@lru_cache(maxsize=1)
def _kinds() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Verbs that may tell the kind of a body ("cơ quan| quản lý| thủy sản"), and words that go on with the sentence."""
    words = load("roles")["partner"]
    kinds, ends = ("|".join(sorted(words[name], key=len, reverse=True)) for name in ("kinds", "ends"))
    return re.compile(rf"(?: (?:{kinds})(?= (?!các |việc |công tác )\w))+"), re.compile(rf" (?:{ends})(?!\w)")


class Partners(Doers):
    """Finds the partners behind a verb of one clause, known or not."""

    def partners(self, end: int, b: int) -> list[Item]:
        match = _WITH.match(self.lower, end, b)
        position = match.end() if match else end
        scanner = self.scanner
        scanner.outside = "với" in self.lower[end:position] or "cùng" in self.lower[end:position]
        try:
            found = scanner.series(position) or scanner.listed(position, listing=True)
        finally:
            scanner.outside = False
        found = as_one(self.text, [item for item in found if item.end <= b])
        if found and found[-1].group in ("body", "territory") and self.lower.startswith(" có ", found[-1].end):
            stop = _RELATIVE_ENDS.search(self.lower, found[-1].end + 4, b)
            end = self.verb_after(found[-1].end + 4, stop.start() if stop else b)  # "các xã có dự án| đẩy nhanh …"
            name = self.text[found[-1].start : end].rstrip()
            if end < b and "," not in name[found[-1].end - found[-1].start :]:
                found[-1] = found[-1].up_to(found[-1].start + len(name), self.text)
        found = self.unlisted_partners([self.of_a_kind(item, b) for item in self.placed(found, b)], position, b)
        return without_deed(found, self.text, b) if found else found

    def of_a_kind(self, item: Item, b: int) -> Item:
        """A partner of a common noun with what kind it is: ``cơ quan| thuế|``, ``các đơn vị| tư vấn|``."""
        if not self.text.startswith(" ", item.end):
            return item
        if _ABOUT.match(self.lower, item.end, b) and _OF_THE_STATE.fullmatch(item.name.lower()):
            stop = _PARTNER_ENDS.search(self.text, item.end + 1, b)  # "Cơ quan chuyên môn| về xây dựng|"
            end = self.verb_after(item.end + len(" về "), stop.start() if stop else b)
            return item.up_to(item.start + len(self.text[item.start : end].rstrip()), self.text)
        if _GIVEN_WORK.fullmatch(item.name.lower()):
            return self._given_work(item, b)
        if _BARE_NOUN.fullmatch(item.name.lower()) is None:
            return item
        stop = _PARTNER_ENDS.search(self.text, item.end + 1, b)
        end = stop.start() if stop else b
        kinds, ends = _kinds()
        kind = kinds.match(self.lower, item.end, end)
        if kind is None and ends.match(self.lower, item.end, b):
            return item
        end = min(self.verb_after(kind.end() if kind else item.end, end), end)
        name = self.text[item.start : end].rstrip()
        if not item.end - item.start < len(name) <= _LONGEST_PARTNER:
            return item
        return item.up_to(item.start + len(name), self.text)

    def _given_work(self, item: Item, b: int) -> Item:
        """A partner by the work it was given: ``đơn vị được giao| quản lý luồng|``."""
        deed = self.words.plain.match(self.lower, item.end + 1, b) or _DOES_WORK.match(self.lower, item.end + 1, b)
        stop = _PARTNER_ENDS.search(self.text, deed.end(), b) if deed else None
        if not deed or not stop:
            return item
        end = min(self.verb_after(deed.end() + 1, stop.start()), stop.start())
        if end == stop.start() and stop.group() in (".", ";", ""):
            return item  # "phối hợp với các đơn vị được giao| rà soát số liệu": the deed of both
        name = self.text[item.start : end].rstrip()
        return item.up_to(item.start + len(name), self.text) if 0 < len(name) <= _LONGEST_PARTNER else item

    def unlisted_partners(self, found: list[Item], position: int, b: int) -> list[Item]:
        """The partners with those that no lexicon knows: ``hợp tác xã Bình Minh, nhóm hộ bờ đông và Sở Y tế``."""
        at = position
        if not found and not self.lower[:position].endswith(("với ", "cùng ")):
            return found
        while len(found) < _MOST_PARTNERS:
            if found:
                gap = GAP.match(self.text, found[-1].end, b)
                if gap is None:
                    return found
                at = gap.end()
            more = [self.of_a_kind(item, b) for item in self.scanner.listed(at, listing=True) if item.end <= b]
            if not more:
                head = self.words.partner.match(self.lower, at, b) or doer_heads().match(self.lower, at, b)
                stop = _PARTNER_ENDS.search(self.text, head.end(), b) if head else None
                if head is None or stop is None:
                    return found
                end = min(self.verb_after(head.end(), stop.start()), stop.start())
                named = end > head.end() or self.lower.startswith(("các ", "những "), at)
                more = [unknown(self.text[at:end].rstrip(), at)] if named else []
            if not more:
                return found
            found = self.placed([*found, *more], b)
        return found
