"""The orders that one passage gives another document: which verb, which provisions, which words.

Everything works on the passage's text with the quoted wording blotted out (:class:`Wording`), so that a verb, a
provision or a number inside quotation marks is never taken for the order's own.  What a passage leaves to the head
above it (the document, the outer provision, the verb) is filled in by :mod:`doichieu.extraction.amendments.stage`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from doichieu.extraction.amendments.parts import UPDATE, PartOrders
from doichieu.extraction.amendments.wording import (
    Order,
    Place,
    Segment,
    Wording,
    may_begin,
    segments,
    sentence_end,
    verb_ids,
)
from doichieu.extraction.amendments.words import BECOMES, BY, EXCEPT, QUOTE, SIDE, WORDS
from doichieu.extraction.citations.grammar import CitationHit
from doichieu.model import AmendmentKind
from doichieu.segmentation.provisions import Step
from doichieu.segmentation.quoted import roots, verbs
from doichieu.text.memory import remembered

_WORDS_AFTER = re.compile(rf"\s*:?\s*(?:thống\s+nhất\s+)?{WORDS}(?={QUOTE})", re.IGNORECASE)
_ANNOUNCED = re.compile(r"(?:như\s+sau|sau\s+đây|sau|gồm|nội\s+dung)?\s*:\s*\Z", re.IGNORECASE)
_ENDS = re.compile(
    r"(?<!\w)(?:hết\s+hiệu\s+lực|chấm\s+dứt\s+hiệu\s+lực|không\s+còn\s+hiệu\s+lực|(?:bị|được)\s+(?:bãi\s+bỏ|hủy\s+bỏ))"
    r"(?!\w)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?<!\w)(?:[Tt]rường hợp|[Nn]ếu|[Kk]hi|việc|đã|chưa|sẽ|trước ngày|cho đến khi|đến khi|nào|thì|quy định tại)\s"
)
_PASSIVE = re.compile(
    r"được\s+(?P<verb>sửa\s+đổi(?:,?\s+(?:và\s+)?bổ\s+sung)?|bổ\s+sung|thay\s+thế|đính\s+chính|điều\s+chỉnh|chỉnh\s+sửa|sửa)"
    r"(?:\s+lại)?\s+(?:như\s+sau|thành|lại\s+như\s+sau)\s*:?\s*(?=\"|\Z)",
    re.IGNORECASE,
)
_PASSIVE_ADD = re.compile(
    r"được\s+bổ\s+sung\s+(?:thêm\s+)?(?=(?:các\s+)?(?:khoản|điểm|điều|mục|tiết|gạch|đoạn)\s)", re.IGNORECASE
)
_PASSIVE_ANNEX = re.compile(
    r"được\s+(?P<verb>sửa\s+đổi(?:,?\s+(?:và\s+)?bổ\s+sung)?|thay\s+thế|điều\s+chỉnh)\s+(?:bằng|theo|như)\s+(?:nội\s+dung\s+"
    r"(?:tại\s+)?)?(?:phụ\s+lục|danh\s+mục|biểu|mẫu)[^;]{0,80}?(?:ban\s+hành\s+)?kèm\s+theo\s+[^;.]{0,40}?này",
    re.IGNORECASE,
)
#: "Khoản 3, khoản 4 Điều 8 được đánh số lại thành khoản 4, khoản 5"; "chuyển khoản 2 Điều 5 thành khoản 1 Điều 6".
_RENUMBERED = re.compile(
    r"(?<!\w)(?:đánh\s+(?:lại\s+)?số(?:\s+thứ\s+tự)?(?:\s+lại)?|chuyển(?=\s+(?:các\s+)?(?:khoản|điểm|điều|mục|chương)\s))"
    r"(?:\s+(?:của\s+)?(?:các\s+)?[^;:.\"]{1,80}?)?\s+(?P<to>thành|là)\s+",
    re.IGNORECASE,
)
_ANNEX = re.compile(
    r"ban\s+hành\s+kèm\s+theo\s+[^,.;]{1,40}?\s+này\s+(?:các\s+)?(?:phụ\s+lục|danh\s+mục)[^.;]{0,60}?(?P<verb>bổ\s+sung"
    r"|sửa\s+đổi|thay\s+thế|điều\s+chỉnh)",
    re.IGNORECASE,
)


_PRINTED_AS = re.compile(r"(?:in|viết|ghi|nêu) là\s*:?\s*\"")
_BY_WORDS = re.compile(r"\"\s*(?:bằng|thành)\s+(?:cụm )?từ\s")
_NEW_NUMBER = re.compile(r"đánh (?:lại )?số|chuyển (?:các )?(?:khoản|điểm|điều|mục|chương) \w+ ")
_THIS_ANNEX = re.compile(r"(?<=\s)này (?:các )?(?:phụ lục|danh mục)")


@lru_cache(maxsize=1)
def _words() -> dict[str, list[str]]:
    """Words of which every verb of an order holds one, as few as do, with the verbs that hold it."""
    return {root: [word for word, _ in verbs() if root in word] for root in roots()}


def _may_order(text: str, body: int) -> bool:
    """Whether a text has what every order has: a quick look for words before the grammar is tried."""
    lower = text.lower()
    if lower.find("hiệu lực", body) >= 0:
        return True
    quoted = '"' in lower
    for root, words in _words().items():
        if root in lower and any(_stands(word, lower, body, anywhere=quoted) for word in words):
            return True
    if quoted and " là" in lower and _PRINTED_AS.search(lower, body):
        return True
    if quoted and ("bằng" in lower or "thành" in lower) and _BY_WORDS.search(lower, body):
        return True
    if (" số" in lower or "chuyển " in lower) and "thành" in lower and _NEW_NUMBER.search(lower, body):
        return True
    return "này " in lower and _THIS_ANNEX.search(lower, body) is not None


#: Of orders of other forms than that of a verb before what it changes, as :meth:`_Reader.read` looks for them.
_OTHER_FORMS = ("kèm theo", "đánh ", "chuyển ", "cập nhật")
_PASSIVES = ("được", "bị")
_LONGEST_LEAD = 12


def _stands(word: str, lower: str, body: int, *, anywhere: bool) -> bool:
    """Whether a word stands in a text by itself, behind a blank, a bracket or a quotation mark, and unless it may stand
    ``anywhere`` where an order begins or is told in the passive."""
    at = lower.find(word, body)
    anywhere = anywhere or (at >= 0 and any(form in lower for form in _OTHER_FORMS))
    while at >= 0:
        before, after = lower[at - 1 : at], lower[at + len(word) : at + len(word) + 1]
        if (not before or before.isspace() or before in '"(') and not (after.isalnum() or after == "_"):
            lead = lower[max(body, at - _LONGEST_LEAD) : at]
            if anywhere or may_begin(lead) or lead.rstrip().endswith(_PASSIVES):
                return True
        at = lower.find(word, at + 1)
    return False


_may = remembered(_may_order)


def find_orders(text: str, hits: Sequence[CitationHit], body: int = 0, *, follows: bool = False) -> list[Order]:
    """The orders of one passage, in order; ``body`` is where the wording after the mark begins, ``follows`` tells that
    quoted wording stands below."""
    if not _may(text, body):
        return []
    wording = Wording(text[body:], [_moved(hit, -body) for hit in hits])
    orders = _Reader(wording, follows).read()
    return [_shifted(order, body) for order in orders]


def listed_orders(text: str, hits: Sequence[CitationHit], head: Order, body: int = 0) -> list[Order]:
    """The item of a list whose head says what is done: ``Bãi bỏ các quyết định sau:`` over ``a) Quyết định số …``."""
    wording = Wording(text[body:], [_moved(hit, -body) for hit in hits])
    reader = _Reader(wording, False)
    whole: dict[str, AmendmentKind] = {"bai_bo": "bai_bo_van_ban", "thay_the": "thay_the_van_ban"}
    reader.listed(whole.get(head.kind, head.kind), Segment("list", 0, 0, len(wording.blank)))
    orders = reader.out[:1] if reader.out and reader.out[0].start == 0 else []
    if head.kind == "ngung_hieu_luc":
        orders = [replace(order, action="suspend") for order in orders]
    return [_shifted(order, body) for order in orders]


def _moved(hit: CitationHit, by: int) -> CitationHit:
    return replace(hit, start=hit.start + by, end=hit.end + by, mask_end=hit.mask_end + by)


def _shifted(order: Order, by: int) -> Order:
    def moved(place: Place | None) -> Place | None:
        return (place[0] + by, place[1] + by) if place else None

    return replace(
        order,
        start=order.start + by,
        end=order.end + by,
        old=moved(order.old),
        new=moved(order.new),
        exceptions=tuple((moved(place), path) for place, path in order.exceptions),
    )


class _Reader(PartOrders):
    """Reads the orders of one passage."""

    def read(self) -> list[Order]:
        """All orders, by their places."""
        if self._printed() or self._passive_words():
            return self.out
        for segment in segments(self.wording, 0):
            self._segment(segment)
        lower = self.wording.lower
        taken = [(order.start, order.end) for order in self.out]
        if "hiệu lực" in lower or " bỏ" in lower:
            self._ended(taken)
        if not self.out:
            if "được" in lower:
                self._passive()
                self._passive_insertion()
            if "kèm theo" in lower:
                self._annexed()
            if "đánh " in lower or "chuyển " in lower:
                self._renumbered()
        if "cập nhật" in lower:
            self._updated()
        self.out.sort(key=lambda order: order.start)
        self._share()
        return self.out

    def _segment(self, segment: Segment) -> None:
        after = _WORDS_AFTER.match(self.text, segment.after)
        named_words = bool(after and re.search(r"từ|chữ|số", after.group(), re.IGNORECASE))
        quotes = self.wording.within_quotes(segment.after, segment.end)
        if segment.verb in ("thay_the", "chinh_sua", "sua_doi", "dieu_chinh") and after and quotes:
            if BY.search(self.text, segment.after, segment.end):
                self._replaced(segment)
                return
        if segment.verb in ("chinh_sua", "sua_doi") and BECOMES.search(self.text, segment.after, segment.end):
            self._replaced(segment)
            return
        if segment.verb in ("bai_bo",) and after and quotes:
            self._removed(segment)
            return
        if segment.verb == "bo_sung" and after and named_words:
            self._added(segment)
            return
        handler = {
            "sua_doi": self._changed,
            "chinh_sua": self._changed,
            "dieu_chinh": self._changed,
            "cap_nhat": self._changed,
            "thay_the": self._replaced_part,
            "bo_sung": self._inserted,
            "bai_bo": self._abolished,
            "doi_ten": self._renamed,
            "gia_han": self._extended,
            "ngung": self._suspended,
        }[segment.verb]
        handler(segment)

    def _extended(self, segment: Segment) -> None:
        if not re.search(
            r"(?<!\w)(?:đến|thêm|tới)\s+(?:hết\s+)?(?:ngày|năm|tháng|quý|\d)", self.text[segment.after : segment.end]
        ):
            return
        named = self._named(segment)
        if not named and not self.wording.numbered(segment.after, segment.end):
            return
        paths = named[0].paths if named else ((Step("van_ban", ""),),)
        text = self.wording.text[named[0].start : named[0].end] if named else ""
        self._order("gia_han", "set_date", segment, provisions=paths, provision_text=text)

    def _suspended(self, segment: Segment) -> None:
        if "hiệu lực" not in self.text[segment.start : segment.end].lower() and "thi hành" not in self.text:
            return
        named = self._named(segment)
        documents = [d for d in self.wording.numbered(segment.after, segment.end) if d[2].form == "number"]
        if _ANNOUNCED.search(self.text[segment.after : segment.end]) and not named:
            self._order("ngung_hieu_luc", "suspend", segment, items=True, general=True, document=None)
            return
        if not named and not documents:
            return
        if named:
            paths, text = named[0].paths, self.wording.text[named[0].start : named[0].end]
            self._order("ngung_hieu_luc", "suspend", segment, provisions=paths, provision_text=text)
            return
        for _, _, hit in documents:
            self._order("ngung_hieu_luc", "suspend", segment, provisions=((Step("van_ban", ""),),), document=hit)

    def _ended(self, taken: list[Place]) -> None:
        """``Quyết định số … hết hiệu lực từ …``; ``các quy định sau đây chấm dứt hiệu lực: …``."""
        for match in _ENDS.finditer(self.text):
            if self.wording.titled(match.start()) or any(a <= match.start() < b for a, b in taken):
                continue
            stops = [
                m.end()
                for m in re.finditer(r"[.;]\s+", self.text[: match.start()])
                if not self.wording.titled(m.start())
            ]
            start = max([0, *stops])
            end = sentence_end(self.wording, match.end(), len(self.text))
            subject = self.text[start : match.start()]
            if _TOLD.search(re.sub(r"(?:kể\s+)?từ\s+(?:ngày|khi)[^,]{0,80},", " ", subject, flags=re.IGNORECASE)[:60]):
                continue
            if re.search(r"\bnày\s+\Z", subject):
                continue
            segment = Segment("end", start, start, match.start())
            before = len(self.out)
            if not self.listed("het_hieu_luc", segment):
                colon = self.text.find(":", match.end(), end)
                if colon >= 0:
                    self.listed("het_hieu_luc", Segment("end", start, colon + 1, len(self.text)))
                    if len(self.out) == before and _ANNOUNCED.search(self.text):
                        self._order("het_hieu_luc", "end", Segment("end", start, start, end), items=True, general=True)
                elif named := self.wording.provisions(start, match.start()):
                    paths = tuple(path for hit in named for path in hit.paths)
                    text = self.wording.text[named[0].start : named[-1].end]
                    self._order(
                        "het_hieu_luc", "end", Segment("end", start, start, end), provisions=paths, provision_text=text
                    )
            self.out[before:] = [replace(order, end=max(order.end, end)) for order in self.out[before:]]
            stop = EXCEPT.search(self.text, match.end(), end)
            if stop and len(self.out) > before:
                self.out[-1] = replace(self.out[-1], exceptions=self._spared(stop.start(), end))
            return

    def _passive(self) -> None:
        """``Khoản 2 Điều 5 được sửa đổi, bổ sung như sau:``."""
        match = _PASSIVE.search(self.text) or _PASSIVE_ANNEX.search(self.text)
        if match is None:
            return
        named = self.wording.provisions(0, match.start())
        if not named:
            return
        word = " ".join(match.group("verb").lower().split())
        segment = Segment(
            verb_ids().get(word.replace("đổi bổ", "đổi, bổ"), "sua_doi"), 0, match.start(), len(self.text)
        )
        if segment.verb == "bo_sung":
            segment = replace(segment, verb="sua_doi")
        kinds: dict[str, AmendmentKind] = {
            "chinh_sua": "dinh_chinh",
            "dieu_chinh": "dieu_chinh",
            "thay_the": "thay_the",
        }
        self._order(
            kinds.get(segment.verb, "sua_doi"),
            "replace",
            segment,
            provisions=named[-1].paths,
            provision_text=self.wording.text[named[-1].start : named[-1].end],
            new=self._new(segment),
            awaits=True,
            position="annex" if match.re is _PASSIVE_ANNEX else "",
        )

    def _passive_insertion(self) -> None:
        """``Khoản 3 Điều 5 được bổ sung điểm d như sau:``."""
        match = _PASSIVE_ADD.search(self.text)
        named = self.wording.provisions(0, match.start()) if match else []
        added = self.wording.provisions(match.end(), len(self.text)) if match else []
        if match is None or not named or not added:
            return
        outer = named[-1].paths[-1]
        segment = Segment("bo_sung", 0, match.end(), len(self.text))
        side = SIDE.search(self.text[added[0].end : added[1].start]) if len(added) > 1 else None
        beside = (side.group("side").lower(), (*outer, *added[1].paths[-1])) if side else ("end", outer)
        self._order(
            "bo_sung",
            "insert",
            segment,
            provisions=tuple((*outer, *path) for path in added[0].paths),
            provision_text=self.wording.text[named[-1].start : added[0].end],
            beside=beside,
            new=self._new(segment),
            awaits=True,
        )

    def _renumbered(self) -> None:
        """Provisions that get another number, each with its new one; those that get another place are told, no more."""
        match = _RENUMBERED.search(self.text)
        if match is None:
            return
        end = sentence_end(self.wording, match.end(), len(self.text))
        old = [path for hit in self.wording.provisions(0, match.start("to")) for path in hit.paths]
        named = self.wording.provisions(match.end(), end)
        new = [path for hit in named for path in hit.paths]
        if not old or not new:
            return
        text = self.text[self.wording.provisions(0, match.start("to"))[0].start : match.start("to")].strip()
        segment = Segment("sua_doi", 0, 0, end)
        position = match.end()
        for n, each in enumerate(old):
            path = each
            to = new[n] if len(new) == len(old) else ()
            if to and len(path) == 1 and to[-1].kind == path[-1].kind:
                path = (*to[:-1], path[-1])  # "khoản 2 thành khoản 3 Điều 6"
            stays = bool(to) and to[-1].kind == path[-1].kind and to[:-1] in ((), path[:-1])
            label = re.compile(rf"(?<!\w){re.escape(to[-1].label)}(?!\w)").search(self.text, position) if to else None
            facts = {"provisions": (path,), "provision_text": text}
            if stays and label:
                position = label.end()
                self._order("sua_doi", "rename", segment, new=label.span(), **facts)
            else:
                self._order("sua_doi", "none", segment, doubt="unknown_instruction", **facts)

    def _annexed(self) -> None:
        """``Ban hành kèm theo Nghị quyết này Phụ lục các nhiệm vụ bổ sung …``: the annex holds what is added."""
        match = _ANNEX.search(self.text)
        if match is None or not self.wording.numbered(match.end(), len(self.text)):
            return
        adds = match.group("verb").lower().startswith("bổ")
        segment = Segment("annex", 0, match.end(), sentence_end(self.wording, match.end(), len(self.text)))
        self._order(
            "bo_sung" if adds else "thay_the",
            "insert" if adds else "replace",
            segment,
            provisions=((Step("phu_luc", ""),),),
            awaits=True,
            position="annex",
        )

    def _updated(self) -> None:
        match = UPDATE.search(self.text)
        if match is None or self.wording.titled(match.start()):
            return
        start = max([0, *(m.end() for m in re.finditer(r"[.;]\s+", self.text[: match.start()]))])
        end = sentence_end(self.wording, match.end(), len(self.text))
        segment = Segment("cap_nhat", start, start, end)
        self._order("cap_nhat", "none", segment, provisions=((Step("phu_luc", ""),),), awaits=False)

    def _share(self) -> None:
        """Of two orders of one passage the first leaves to the second what both share."""
        for i in range(len(self.out) - 2, -1, -1):
            here, following = self.out[i], self.out[i + 1]
            if not here.provisions or not following.provisions or here.provisions[0][0].kind in ("dieu", "van_ban"):
                continue
            kinds = [step.kind for step in following.provisions[0]]
            if here.provisions[0][0].kind in kinds[1:]:
                outer = following.provisions[0][: kinds.index(here.provisions[0][0].kind)]
                self.out[i] = replace(here, provisions=tuple((*outer, *path) for path in here.provisions))
