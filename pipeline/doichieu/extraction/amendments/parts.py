"""Orders for provisions and whole documents: changed, replaced, inserted, renamed, abolished."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from doichieu.extraction.amendments.wording import ATTACHED, OTHERS, Order, Segment
from doichieu.extraction.amendments.words import EXCEPT, QUOTE, SIDE, WordOrders
from doichieu.model import AmendmentAction, AmendmentKind
from doichieu.segmentation.provisions import Path, Provisions, Step, within

_FROM_TO = re.compile(rf"(?<!\w)từ\s+(?P<old>{QUOTE})\s+(?:thành|sang|lên|xuống|còn)\s+(?P<new>{QUOTE})", re.IGNORECASE)
_PLAIN_FROM_TO = re.compile(
    r"(?<!\w)từ\s+(?P<old>[^;:.\"]{1,60}?)\s+(?:thành|sang|lên|xuống)\s+(?P<new>[^;:\"]{1,60}?)(?=\s+tại\s|[.;]?\s*\Z)",
    re.IGNORECASE,
)
_AMOUNT = r"\d[\d.,]*\s*(?:%|[^\W\d]+(?:\s+[^\W\d]+)?(?:/[^\W\d]+)?)"
#: "Điều chỉnh tỷ lệ xã có xe buýt của Kế hoạch số … (từ 90%) lên 95%".
_NEW_FIGURE = re.compile(
    rf"(?:(?<!\w)từ\s+(?P<old>{_AMOUNT})\s+)?(?:lên|xuống|còn|thành|bằng)\s+(?:còn\s+|là\s+)?(?P<new>{_AMOUNT})",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"\s*(?:về\s+)?(?:một\s+số|các|những)\s+(?:điều|khoản|điểm|nội\s+dung|quy\s+định|cụm\s+từ|từ|phụ\s+lục|biểu|mẫu)"
    r"(?!\s+(?:\d|[IVX]+(?!\w)|[a-zđ](?!\w)))|\s*,",
    re.IGNORECASE,
)
_INTO = re.compile(r"(?:vào|tại|cho)\s+(?:cuối\s+)?", re.IGNORECASE)
#: A part of what a provision says, by what it is about: which words go is not told.
_PART_OF = re.compile(
    r"(?:toàn\s+bộ\s+|các\s+|một\s+số\s+)?(?:nội\s+dung|quy\s+định|phần|chỉ\s+tiêu|nhiệm\s+vụ)\s+(?!tại|nêu|của|thuộc|ở|số)"
    r"[^;:]{3,160}?\s(?:tại|nêu\s+tại|ở|trong|thuộc)\s+\Z",
    re.IGNORECASE,
)
UPDATE = re.compile(r"(?<!\w)cập\s+nhật\s+theo\s+(?=phụ\s+lục|danh\s+mục)", re.IGNORECASE)
OWN_ANNEX = re.compile(
    r"(?:bằng|theo|(?:chi\s+tiết|cụ\s+thể)\s+tại)\s+(?:nội\s+dung\s+)?(?P<annex>phụ\s+lục(?:\s+(?:số\s+)?(?:[IVXLC]+|\d{1,2}[a-zđ]?|[A-ZĐ])(?!\w))?|danh\s+mục|"
    r"biểu|mẫu)[^;]{0,80}?(?:ban\s+hành\s+)?(?:đính\s+)?kèm(?:\s+theo)?\s+[^;.]{0,40}?này",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\s*(?:toàn\s+bộ\s+)?(?:(?:một\s+số|các|những)\s+)?(?:nội\s+dung\s+của\s+)?(?:các\s+)?(?:nghị\s+quyết|quyết\s+định"
    r"|thông\s+tư|văn\s+bản|quy\s+định|nghị\s+định|điều|khoản|kế\s+hoạch|chỉ\s+thị)",
    re.IGNORECASE,
)
_DIRECT = (
    r"[\s:]*(?:(?:toàn\s+bộ|cho|các|một\s+phần|hiệu\s+lực(?:\s+thi\s+hành)?(?:\s+của)?|nội\s+dung|văn\s+bản(?:\s+sau)?|"
    r"nghị\s+quyết|quyết\s+định|thông\s+tư|nghị\s+định|chỉ\s+thị|kế\s+hoạch|sau(?:\s+đây)?|của|[-a-zđ\d]\)|\d\.|quy\s+định(?:\s+tại)?"
    r"|kể\s+từ\s+ngày[^,]{0,80},|kể\s+từ\s+khi[^,]{0,80},)[\s:]*)*"
)


class PartOrders(WordOrders):
    """Orders for provisions and whole documents."""

    def _changed(self, segment: Segment) -> None:
        kinds: dict[str, tuple[AmendmentKind, AmendmentAction]] = {
            "chinh_sua": ("dinh_chinh", "replace"),
            "dieu_chinh": ("dieu_chinh", "replace"),
            "cap_nhat": ("cap_nhat", "replace"),
        }
        kind, action = kinds.get(segment.verb, ("sua_doi", "replace"))
        if UPDATE.match(self.text, segment.start):
            return
        named = self._named(segment)
        paths = tuple(path for hit in named[:1] for path in hit.paths)
        text = self.wording.text[named[0].start : named[0].end] if named else ""
        move = _FROM_TO.search(self.text, segment.after, segment.end) or (
            _PLAIN_FROM_TO.search(self.text, segment.after, segment.end) if segment.verb == "dieu_chinh" else None
        )
        if move and named:
            quoted = move.group("old").startswith('"')
            places = [(move.start(n) + quoted, move.end(n) - quoted) for n in ("old", "new")]
            self._words(kind, "replace_words", (segment.start, segment.end), named[:1], *places)
            return
        if not named and segment.verb == "dieu_chinh" and self._figure(segment):
            return
        own = OWN_ANNEX.search(self.text, segment.after, segment.end)
        general = bool(_GENERAL.match(self.text, segment.after))
        if not named and not self.wording.numbered(segment.after, segment.end) and not general:
            return
        if named and not self._direct(segment, named[0]):
            return
        self._order(
            kind,
            action,
            segment,
            provisions=paths,
            provision_text=text,
            new=self._new(segment),
            awaits=True,
            general=general,
            position="annex" if own else "",
        )

    def _figure(self, segment: Segment) -> bool:
        """A figure that is changed without a word on where it stands: told, and applied nowhere."""
        found = _NEW_FIGURE.search(self.text, segment.after, segment.end)
        if found is None:
            return False
        old = found.span("old") if found.group("old") else None
        self._order(
            "dieu_chinh",
            "replace_words" if old else "replace",
            segment,
            old=old,
            new=found.span("new"),
            doubt="provision_not_named",
        )
        return True

    def _replaced_part(self, segment: Segment) -> None:
        named = self._named(segment)
        own = OWN_ANNEX.search(self.text, segment.after, segment.end)
        listed = self.listed("thay_the_van_ban", segment)
        if listed:
            return
        first = [hit for hit in named if own is None or hit.start < own.start()]
        general = bool(_GENERAL.match(self.text, segment.after))
        if not first:
            if general or re.match(r"\s*,", self.text[segment.after :]):
                self._order("thay_the", "replace", segment, awaits=True, general=True)
            return
        self._order(
            "thay_the",
            "replace",
            segment,
            provisions=first[0].paths,
            provision_text=self.wording.text[first[0].start : first[0].end],
            new=self._new(segment),
            awaits=True,
            general=general,
            position="annex" if own else "",
        )

    def _inserted(self, segment: Segment) -> None:
        named = self._named(segment)
        if not named:
            if _GENERAL.match(self.text, segment.after) and self.wording.numbered(segment.after, segment.end):
                self._order("bo_sung", "insert", segment, awaits=True, general=True)
            return
        general = bool(_GENERAL.match(self.text, segment.after))
        own = OWN_ANNEX.search(self.text, segment.after, segment.end)
        named = [hit for hit in named if own is None or hit.start < own.start()]
        if not named or not self._direct(segment, named[0]):
            return
        first, beside = self._beside(segment, named)
        paths = first.paths
        if beside and beside[0] == "end":
            paths = tuple((*beside[1], *path) for path in paths)
        elif beside and beside[0] != "into":
            outer = beside[1]
            paths = tuple(within(path, outer[:-1]) for path in paths)
            beside = (beside[0], within(outer, paths[0][:-1]))
        text = self.wording.text[first.start : first.end]
        self._order(
            "bo_sung",
            "insert",
            segment,
            provisions=paths,
            provision_text=text,
            beside=beside,
            new=self._new(segment),
            awaits=True,
            general=general,
            position="annex" if own and paths[0][-1].kind == "phu_luc" and paths[0][-1].label else "",
        )

    def _beside(self, segment: Segment, named: Sequence[Provisions]) -> tuple[Provisions, tuple[str, Path] | None]:
        """What is new, and beside what or into what it goes."""
        first = named[0]
        beside: tuple[str, Path] | None = None
        before = self.text[segment.after : first.start]
        side_first = next((m for m in SIDE.finditer(before) if m.end() == len(before)), None)
        if side_first and len(named) > 1:  # "Bổ sung vào sau khoản 2 Điều 5 khoản 2a như sau"
            beside = (side_first.group("side").lower(), first.paths[-1])
            first = named[1]
        elif len(named) > 1:
            between = self.text[first.end : named[1].start]
            side = SIDE.search(between)
            if side:
                beside = (side.group("side").lower(), named[1].paths[-1])
            elif _INTO.search(between):
                beside = ("end", named[1].paths[-1])
        elif side_first:  # "Bổ sung nội dung vào sau khoản 2 Điều 5": what is new has no mark of its own
            beside = (side_first.group("side").lower(), first.paths[-1])
            first = first._replace(paths=(first.paths[-1][:-1],)) if len(first.paths[-1]) > 1 else first
        elif _INTO.search(before):
            beside = ("into", first.paths[-1])
        return first, beside

    def _renamed(self, segment: Segment) -> None:
        named = self._named(segment)
        quotes = self.wording.within_quotes(segment.after, segment.end)
        if not named or not (quotes or self.follows):
            return
        paths = tuple(p if p[-1].kind == "ten" else (*p, Step("ten", "")) for p in named[0].paths)
        text = self.wording.text[named[0].start : named[0].end]
        new = quotes[-1] if quotes else None
        self._order("doi_ten", "rename", segment, provisions=paths, provision_text=text, new=new, awaits=new is None)

    def _abolished(self, segment: Segment) -> None:
        before = len(self.out)
        general = bool(_GENERAL.match(self.text, segment.after))
        if self.listed("bai_bo_van_ban", segment):
            self.out[before:] = [replace(order, general=general) for order in self.out[before:]]
            return
        named = self._named(segment)
        if named:
            paths = tuple(path for hit in named for path in hit.paths)
            text = self.wording.text[named[0].start : named[-1].end]
            partly = _PART_OF.fullmatch(self.text[segment.after : named[0].start].lstrip())
            partly = partly if paths[0][-1].kind != "stt" else None
            self._order(
                "bai_bo",
                "delete",
                segment,
                provisions=paths,
                provision_text=text,
                general=general,
                doubt="unknown_instruction" if partly else "",
            )
        elif _LISTED.match(self.text, segment.after) or not self.text[segment.after : segment.end].strip(" :"):
            self._order("bai_bo", "delete", segment, items=True, general=True)

    def listed(self, whole: AmendmentKind, segment: Segment) -> bool:
        """Documents, or provisions each with its document, that are abolished or replaced; one order each."""
        documents = self.wording.numbered(segment.after, segment.end)
        if not documents:
            return False
        part: AmendmentKind = "bai_bo" if whole == "bai_bo_van_ban" else "thay_the"
        if whole == "het_hieu_luc":
            part = "het_hieu_luc"
        done = False
        position = segment.after
        for begin, end, hit in documents:
            between = self.text[position:begin]
            named = self.wording.provisions(position, begin)
            if not named and (
                hit.form not in ("number", "law", "short", "alias", "above")
                or OTHERS.search(between)
                or ATTACHED.search(between)
                or (not done and not re.fullmatch(_DIRECT, between, re.IGNORECASE))
            ):
                if not done:
                    return False
                continue
            start = segment.start if not done else min(begin, named[0].start if named else begin)
            last = documents[documents.index((begin, end, hit)) + 1][0] if hit is not documents[-1][2] else segment.end
            if named:
                if part == "thay_the":
                    return False
                paths = tuple(path for p in named for path in p.paths)
                text = self.wording.text[named[0].start : named[-1].end]
                action: AmendmentAction = "end" if part == "het_hieu_luc" else "delete"
                order = Order(part, action, start, segment.end, provisions=paths, provision_text=text, document=hit)
                self.out.append(replace(order, attached=self._attached(begin - 40, end), verb=segment.verb))
            else:
                order = Order(whole, "end", start, segment.end, provisions=((Step("van_ban", ""),),), document=hit)
                stop = EXCEPT.search(self.text, end, last)
                spared = self._spared(stop.start(), last) if stop else ()
                self.out.append(replace(order, verb=segment.verb, exceptions=spared))
            done = True
            position = end
        return done
