"""The orders that one passage gives another document: which verb, which provisions, which words.

Everything works on the passage's text with the quoted wording blotted out (:class:`Wording`), so that a verb, a
provision or a number inside quotation marks is never taken for the order's own.  What a passage leaves to the head
above it (the document, the outer provision, the verb) is filled in by :mod:`doichieu.extraction.amendments.stage`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from doichieu.extraction.citations.grammar import CitationHit
from doichieu.model import AmendmentAction, AmendmentKind
from doichieu.segmentation.provisions import Path, Provisions, Step, find, read, within
from doichieu.segmentation.quoted import quotations, verb_pattern, verbs

Place = tuple[int, int]
_NEAR = 60  # characters between a verb and the provision that it changes


class Order(Struct, frozen=True):
    """One order at ``text[start:end]`` of a passage, for the provisions it names.

    ``awaits`` is true where new wording must follow; ``items`` where the list below names what is changed; ``general``
    where the order only announces others (``một số điều``).  ``old`` and ``new`` are places inside quotation marks.
    """

    kind: AmendmentKind
    action: AmendmentAction
    start: int
    end: int
    provisions: tuple[Path, ...] = ()
    provision_text: str = ""
    document: CitationHit | None = None
    old: Place | None = None
    new: Place | None = None
    position: str = ""
    beside: tuple[str, Path] | None = None
    exceptions: tuple[tuple[Place | None, Path], ...] = ()
    awaits: bool = False
    items: bool = False
    general: bool = False
    attached: bool = False
    verb: str = ""


class Wording:
    """A passage as orders are read from it.

    ``blank`` is the text with every quoted wording blotted out, of the same length; ``documents`` are the citations
    outside quotation marks, with the place where the document itself begins (after the provision before it).
    """

    def __init__(self, text: str, hits: Sequence[CitationHit]) -> None:
        self.text = text
        self.quotes = quotations(text)
        blank = list(text)
        for start, end in self.quotes:
            blank[start + 1 : end - 1] = "·" * (end - start - 2)
        self.blank = "".join(blank)
        self.documents: list[tuple[int, int, CitationHit]] = []
        for hit in hits:
            if hit.nested or any(start < hit.start < end for start, end in self.quotes):
                continue
            named = read(self.blank, hit.start) if hit.provision else None
            begin = min(named.end, hit.end) if named else hit.start
            self.documents.append((begin, max(hit.end, hit.mask_end), hit))

    def titled(self, at: int) -> bool:
        """Whether a place lies inside the title of a cited document."""
        return any(hit.end <= at < end for _, end, hit in self.documents)

    def provisions(self, start: int, end: int) -> list[Provisions]:
        """The provisions named in a stretch, outside quotations and titles of documents."""
        return [p for p in find(self.blank, start, end) if not self.titled(p.start)]

    def within_quotes(self, start: int, end: int) -> list[Place]:
        """The insides of the quotations of a stretch."""
        return [(a + 1, b - 1) for a, b in self.quotes if start <= a and b <= end]

    def numbered(self, start: int, end: int) -> list[tuple[int, int, CitationHit]]:
        """The documents other than this one that a stretch names."""
        return [d for d in self.documents if start <= d[0] < end and d[2].form not in ("self",)]


_WORDS = r"(?:(?:các\s+)?(?:cụm\s+từ|từ|chữ|số\s+liệu|đoạn|nội\s+dung)\s*:?\s*)?"
_QUOTE = r'"[·]*"'
_QUOTED = re.compile(rf"(?:{_WORDS}){_QUOTE}", re.IGNORECASE)
_WORDS_AFTER = re.compile(rf"\s*:?\s*(?:thống\s+nhất\s+)?{_WORDS}(?={_QUOTE})", re.IGNORECASE)
_BY = re.compile(
    rf"(?:bằng|thành|sang|là|được\s+(?:sửa(?:\s+đổi|\s+lại)?|thay(?:\s+thế)?|chỉnh\s+sửa|đính\s+chính|điều\s+chỉnh)"
    rf"(?:\s+lại)?\s+(?:thành|bằng|là))\s*:?\s*{_WORDS}(?={_QUOTE})",
    re.IGNORECASE,
)
_PASSIVE_WORDS = re.compile(
    rf"(?:cụm\s+)?từ\s+{_QUOTE}[^\"]{{0,300}}?được\s+(?:sửa|thay|chỉnh|đính|điều)", re.IGNORECASE
)
_PRINTED = re.compile(
    rf"(?:đã\s+)?(?:in|viết|ghi|nêu)\s+là\s*:?\s*(?P<old>{_QUOTE})[^\"]{{0,80}}?(?:sửa|đính\s+chính|chỉnh\s+sửa|viết|in)"
    rf"(?:\s+lại)?\s+(?:thành|là|cho\s+đúng\s+là)\s*:?\s*(?P<new>{_QUOTE})",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    rf"(?<!\w)từ\s+(?P<old>{_QUOTE})\s+(?:thành|sang|lên|xuống|còn)\s+(?P<new>{_QUOTE})", re.IGNORECASE
)
_PLAIN_FROM_TO = re.compile(
    r"(?<!\w)từ\s+(?P<old>[^;:.\"]{1,60}?)\s+(?:thành|sang|lên|xuống)\s+(?P<new>[^;:\"]{1,60}?)(?=\s+tại\s|[.;]?\s*\Z)",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"[,;]?\s*(?:ngoại\s+trừ|trừ|không\s+(?:bao\s+)?gồm)\s", re.IGNORECASE)
_GENERAL = re.compile(
    r"\s*(?:về\s+)?(?:một\s+số|các|những)\s+(?:điều|khoản|điểm|nội\s+dung|quy\s+định|cụm\s+từ|từ|phụ\s+lục|biểu|mẫu)"
    r"(?!\s+(?:\d|[IVX]+(?!\w)|[a-zđ](?!\w)))|\s*,",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:tên(?:\s+gọi)?|tiêu\s+đề)\s+(?:của\s+)?", re.IGNORECASE)
_SIDE = re.compile(r"(?:vào\s+)?(?:ngay\s+)?(?:phía\s+)?(?P<side>sau|trước)\s+", re.IGNORECASE)
_INTO = re.compile(r"(?:vào|tại|cho)\s+(?:cuối\s+)?", re.IGNORECASE)
_WHOLE = re.compile(r"\s*:?\s*(?:toàn\s+bộ\s+|cho\s+|các\s+|một\s+phần\s+|hiệu\s+lực\s+(?:của\s+)?)*", re.IGNORECASE)
_ANNOUNCED = re.compile(r"(?:như\s+sau|sau\s+đây|sau|gồm|nội\s+dung)?\s*:\s*\Z", re.IGNORECASE)
_ENDS = re.compile(
    r"(?<!\w)(?:hết\s+hiệu\s+lực|chấm\s+dứt\s+hiệu\s+lực|không\s+còn\s+hiệu\s+lực|(?:bị|được)\s+(?:bãi\s+bỏ|hủy\s+bỏ))"
    r"(?!\w)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?<!\w)(?:trường\s+hợp|nếu|khi|việc|đã|chưa|sẽ|trước\s+ngày|cho\s+đến\s+khi|đến\s+khi|nào|thì|quy\s+định\s+tại)\s",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"được\s+(?P<verb>sửa\s+đổi(?:,?\s+(?:và\s+)?bổ\s+sung)?|bổ\s+sung|thay\s+thế|đính\s+chính|điều\s+chỉnh|chỉnh\s+sửa|sửa)"
    r"(?:\s+lại)?\s+(?:như\s+sau|thành|lại\s+như\s+sau)\s*:?\s*(?=\"|\Z)",
    re.IGNORECASE,
)
_UPDATE = re.compile(r"(?<!\w)cập\s+nhật\s+theo\s+(?=phụ\s+lục|danh\s+mục)", re.IGNORECASE)
_ANNEX = re.compile(
    r"ban\s+hành\s+kèm\s+theo\s+[^,.;]{1,40}?\s+này\s+(?:các\s+)?(?:phụ\s+lục|danh\s+mục)[^.;]{0,60}?(?P<verb>bổ\s+sung"
    r"|sửa\s+đổi|thay\s+thế|điều\s+chỉnh)",
    re.IGNORECASE,
)
_OWN_ANNEX = re.compile(
    r"(?:bằng|theo)\s+(?:nội\s+dung\s+)?(?P<annex>phụ\s+lục(?:\s+(?:số\s+)?(?:[IVXLC]+|\d{1,2}[a-zđ]?|[A-ZĐ])(?!\w))?|danh\s+mục|"
    r"biểu|mẫu)[^;]{0,80}?(?:ban\s+hành\s+)?kèm\s+theo\s+[^;.]{0,40}?này",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"kèm\s+theo\s+(?:chương\s+trình[^;]{0,60}?tại\s+)?\Z", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?:thực\s+hiện|triển\s+khai|thi\s+hành|theo(?:\s+quy\s+định\s+(?:tại|của))?|bởi|căn\s+cứ|tại\s+kỳ\s+họp|hướng\s+dẫn)\s*\Z",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _verb() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{verb_pattern()})(?!\w)", re.IGNORECASE)


#: Where an order may begin: first in the passage, after a stop, joined by ``và``, after ``… này``, after its place.
_BEFORE = re.compile(
    r"(?:\A|[.;:]\s+|(?:[,;]\s*|\s)(?:(?:và|đồng\s+thời)\s*,?\s+)+|này\s+(?:có\s+giá\s+trị\s+)?|(?P<at>tại\s+[^,;:.\"]{1,80},\s+))\Z",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _sieve() -> re.Pattern[str]:
    """What every order has, in lower-case text: a quick look before the grammar is tried."""
    firsts = "".join(sorted({word[0] for word, _ in verbs()}))
    return re.compile(
        rf"(?:(?<=[\s\"(])|\A)(?=[{firsts}])(?:{verb_pattern()})(?!\w)|hiệu lực|(?:in|viết|ghi|nêu) là\s*:?\s*\""
        r"|(?<=\s)này (?:các )?(?:phụ lục|danh mục)"
    )


@lru_cache(maxsize=1)
def _ids() -> dict[str, str]:
    return dict(verbs())


class _Segment(Struct, frozen=True):
    """A stretch that one verb governs: ``start`` where it begins, ``after`` behind the verb."""

    verb: str
    start: int
    after: int
    end: int


def _segments(wording: Wording, body: int) -> list[_Segment]:
    found: list[_Segment] = []
    text = wording.blank
    for match in _verb().finditer(text, body):
        if wording.titled(match.start()) or any(a < match.start() < b for a, b in wording.quotes):
            continue
        base = max(body, match.start() - 100)
        before = _BEFORE.search(text[base : match.start()])
        if before is None or (before.start() == before.end() and base > body):
            continue
        if found and match.start() < found[-1].after:
            continue
        begin = base + before.start() if before.group("at") else match.start()
        word = " ".join(match.group().lower().split())
        found.append(_Segment(_ids()[word], begin, match.end(), len(text)))
    ends = [*(segment.start for segment in found[1:]), len(text)][: len(found)]
    return [
        replace(segment, end=_sentence_end(wording, segment.after, end))
        for segment, end in zip(found, ends, strict=True)
    ]


_STOP = re.compile(r"\.\s+(?=[A-ZĐÀ-Ỹ\"])")


def _sentence_end(wording: Wording, start: int, end: int) -> int:
    """Where the sentence of an order ends; a stop inside a quotation or after a mere number is none."""
    for stop in _STOP.finditer(wording.blank, start, end):
        if not wording.titled(stop.start()) and not re.search(r"(?:mục|mục)\s+[\d.]+\Z", wording.blank[: stop.start()]):
            return stop.start() + 1
    return end


def find_orders(text: str, hits: Sequence[CitationHit], body: int = 0, *, follows: bool = False) -> list[Order]:
    """The orders of one passage, in order; ``body`` is where the wording after the mark begins, ``follows`` tells that
    quoted wording stands below."""
    if not _sieve().search(text.lower(), body):
        return []
    wording = Wording(text[body:], [_moved(hit, -body) for hit in hits])
    orders = _Reader(wording, follows).read()
    return [_shifted(order, body) for order in orders]


def listed_orders(text: str, hits: Sequence[CitationHit], head: Order, body: int = 0) -> list[Order]:
    """The item of a list whose head says what is done: ``Bãi bỏ các quyết định sau:`` over ``a) Quyết định số …``."""
    wording = Wording(text[body:], [_moved(hit, -body) for hit in hits])
    reader = _Reader(wording, False)
    whole: dict[str, AmendmentKind] = {"bai_bo": "bai_bo_van_ban", "thay_the": "thay_the_van_ban"}
    reader.listed(whole.get(head.kind, head.kind), _Segment("list", 0, 0, len(wording.blank)))
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


class _Reader:
    """Reads the orders of one passage."""

    def __init__(self, wording: Wording, follows: bool) -> None:
        self.wording = wording
        self.text = wording.blank
        self.follows = follows
        self.out: list[Order] = []

    def read(self) -> list[Order]:
        """All orders, by their places."""
        if self._printed() or self._passive_words():
            return self.out
        segments = _segments(self.wording, 0)
        for segment in segments:
            self._segment(segment)
        taken = [(order.start, order.end) for order in self.out]
        self._ended(taken)
        if not self.out:
            self._passive()
            self._annexed()
        self._updated()
        self.out.sort(key=lambda order: order.start)
        self._share()
        return self.out

    # -- words ---------------------------------------------------------------------------------------------

    def _printed(self) -> bool:
        """``… đã in là: "A", nay sửa lại là: "B"``."""
        if '"' not in self.text:
            return False
        position = 0
        for match in _PRINTED.finditer(self.text):
            named = self.wording.provisions(position, match.start())
            self._words(
                "dinh_chinh",
                "replace_words",
                (position, match.end()),
                named[-1:],
                (match.start("old") + 1, match.end("old") - 1),
                (match.start("new") + 1, match.end("new") - 1),
            )
            position = match.end()
        return bool(position)

    def _passive_words(self) -> bool:
        """``Cụm từ "A" tại … được sửa thành "B"``."""
        match = _PASSIVE_WORDS.match(self.text)
        if match is None:
            return False
        end = len(self.text)
        corrects = re.search(r"(?:đính|chỉnh)\Z", match.group(), re.IGNORECASE)
        self._replaced(_Segment("chinh_sua" if corrects else "thay_the", 0, 0, end))
        return bool(self.out)

    def _words(
        self,
        kind: AmendmentKind,
        action: AmendmentAction,
        span: Place,
        named: Sequence[Provisions],
        old: Place | None,
        new: Place | None,
        **more: object,
    ) -> None:
        paths = tuple(path for hit in named for path in hit.paths)
        text = self.wording.text[named[0].start : named[-1].end] if named else ""
        order = Order(kind, action, *span, provisions=paths, provision_text=text, old=old, new=new)
        facts: dict[str, object] = {"document": self._document(*span), "attached": self._attached(*span), **more}
        self.out.append(replace(order, **facts))

    def _groups(self, segment: _Segment) -> list[Place]:
        """The parts of a segment that each name words of their own, parted by semicolons."""
        cuts = [m.start() + 1 for m in re.finditer(";", self.text[segment.after : segment.end])]
        edges = [segment.after, *(segment.after + cut for cut in cuts), segment.end]
        groups: list[Place] = []
        for start, end in pairwise(edges):
            if groups and not self.wording.within_quotes(start, end):
                groups[-1] = (groups[-1][0], end)  # "…; khoản 2 Điều 5": more places of the words before
            elif end > start:
                groups.append((start, end))
        return groups

    def _replaced(self, segment: _Segment) -> None:
        kinds: dict[str, AmendmentKind] = {"chinh_sua": "dinh_chinh", "dieu_chinh": "dieu_chinh"}
        kind = kinds.get(segment.verb, "thay_the_cum_tu")
        for i, (start, end) in enumerate(self._groups(segment)):
            by = _BY.search(self.text, start, end)
            if by is None:
                continue
            stop = _EXCEPT.search(self.text, by.end(), end)
            olds = self.wording.within_quotes(start, by.start())
            news = self.wording.within_quotes(by.start(), stop.start() if stop else end)
            named = self.wording.provisions(start, stop.start() if stop else end)
            spared = self._spared(stop.start(), end) if stop else ()
            begin = segment.start if i == 0 else start
            for old in olds:
                self._words(
                    kind, "replace_words", (begin, end), named, old, news[0], exceptions=spared, verb=segment.verb
                )

    def _spared(self, start: int, end: int) -> tuple[tuple[Place | None, Path], ...]:
        words = self.wording.within_quotes(start, end)
        return tuple(
            (words[0] if words else None, path) for hit in self.wording.provisions(start, end) for path in hit.paths
        )

    def _removed(self, segment: _Segment) -> None:
        for i, (start, end) in enumerate(self._groups(segment)):
            stop = _EXCEPT.search(self.text, start, end)
            last = stop.start() if stop else end
            quotes = self.wording.within_quotes(start, last)
            named = self.wording.provisions(start, last)
            spared = self._spared(stop.start(), end) if stop else ()
            for k, old in enumerate(quotes):
                until = quotes[k + 1][0] if k + 1 < len(quotes) else last
                own = [hit for hit in named if old[1] < hit.start < until] or [
                    hit for hit in named if hit.start > old[1]
                ][:1]
                begin = segment.start if i == 0 else start
                self._words("bo_cum_tu", "delete_words", (begin, end), own or named, old, None, exceptions=spared)

    def _added(self, segment: _Segment) -> None:
        for i, (start, end) in enumerate(self._groups(segment)):
            quotes = self.wording.within_quotes(start, end)
            side = _SIDE.search(self.text, start, end)
            named = self.wording.provisions(start, end)
            begin = segment.start if i == 0 else start
            if side and len(quotes) >= 2 and quotes[0][1] < side.start() < quotes[1][0]:
                new, beside = quotes[0], quotes[1]
            elif side and len(quotes) >= 2:
                new, beside = quotes[1], quotes[0]
            elif quotes:
                new, beside = quotes[0], None
            else:
                continue
            position = ""
            if beside and side:
                before = side.group("side").lower() == "trước"
                position = f"{'before' if before else 'after'}:{self.wording.text[slice(*beside)]}"
            self._words("bo_sung_cum_tu", "insert_words", (begin, end), named, None, new, position=position)

    # -- provisions ----------------------------------------------------------------------------------------

    def _segment(self, segment: _Segment) -> None:
        after = _WORDS_AFTER.match(self.text, segment.after)
        named_words = bool(after and re.search(r"từ|chữ|số", after.group(), re.IGNORECASE))
        quotes = self.wording.within_quotes(segment.after, segment.end)
        if segment.verb in ("thay_the", "chinh_sua", "sua_doi", "dieu_chinh") and after and quotes:
            if _BY.search(self.text, segment.after, segment.end):
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

    def _order(self, kind: AmendmentKind, action: AmendmentAction, segment: _Segment, **more: object) -> None:
        order = Order(kind, action, segment.start, segment.end, verb=segment.verb)
        span = (segment.start, segment.end)
        facts: dict[str, object] = {"document": self._document(*span), "attached": self._attached(*span), **more}
        self.out.append(replace(order, **facts))

    def _named(self, segment: _Segment) -> list[Provisions]:
        return self.wording.provisions(segment.start, segment.end)

    def _direct(self, segment: _Segment, first: Provisions) -> bool:
        """Whether a provision is the object of the verb, and no place far behind it; new wording below proves it."""
        between = self.text[segment.after : first.start]
        return self.follows or bool(self.wording.within_quotes(segment.after, segment.end)) or len(between) <= _NEAR

    def _new(self, segment: _Segment) -> Place | None:
        """New wording that stands between quotation marks in the segment itself."""
        quotes = self.wording.within_quotes(segment.after, segment.end)
        return quotes[-1] if quotes and not self.follows else None

    def _changed(self, segment: _Segment) -> None:
        kinds: dict[str, tuple[AmendmentKind, AmendmentAction]] = {
            "chinh_sua": ("dinh_chinh", "replace"),
            "dieu_chinh": ("dieu_chinh", "replace"),
            "cap_nhat": ("cap_nhat", "replace"),
        }
        kind, action = kinds.get(segment.verb, ("sua_doi", "replace"))
        if _UPDATE.match(self.text, segment.start):
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
        own = _OWN_ANNEX.search(self.text, segment.after, segment.end)
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

    def _replaced_part(self, segment: _Segment) -> None:
        named = self._named(segment)
        own = _OWN_ANNEX.search(self.text, segment.after, segment.end)
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

    def _inserted(self, segment: _Segment) -> None:
        named = self._named(segment)
        if not named:
            if _GENERAL.match(self.text, segment.after) and self.wording.numbered(segment.after, segment.end):
                self._order("bo_sung", "insert", segment, awaits=True, general=True)
            return
        general = bool(_GENERAL.match(self.text, segment.after))
        first = named[0]
        if not self._direct(segment, first):
            return
        beside: tuple[str, Path] | None = None
        before = self.text[segment.after : first.start]
        side_first = _SIDE.search(before)
        if side_first and len(named) > 1:  # "Bổ sung vào sau khoản 2 Điều 5 khoản 2a như sau"
            beside = (side_first.group("side").lower(), first.paths[-1])
            first = named[1]
        elif len(named) > 1:
            between = self.text[first.end : named[1].start]
            side = _SIDE.search(between)
            if side:
                beside = (side.group("side").lower(), named[1].paths[-1])
            elif _INTO.search(between):
                beside = ("end", named[1].paths[-1])
        elif _INTO.search(before) or side_first:
            beside = ("into", first.paths[-1])
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
        )

    def _renamed(self, segment: _Segment) -> None:
        named = self._named(segment)
        if not named or not self.wording.within_quotes(segment.after, segment.end):
            return
        paths = tuple(p if p[-1].kind == "ten" else (*p, Step("ten", "")) for p in named[0].paths)
        text = self.wording.text[named[0].start : named[0].end]
        new = self.wording.within_quotes(segment.after, segment.end)[-1]
        self._order("doi_ten", "rename", segment, provisions=paths, provision_text=text, new=new)

    def _abolished(self, segment: _Segment) -> None:
        if self.listed("bai_bo_van_ban", segment):
            return
        named = self._named(segment)
        if named:
            paths = tuple(path for hit in named for path in hit.paths)
            text = self.wording.text[named[0].start : named[-1].end]
            self._order("bai_bo", "delete", segment, provisions=paths, provision_text=text)
        elif _LISTED.match(self.text, segment.after):
            self._order("bai_bo", "delete", segment, items=True, general=True)

    def listed(self, whole: AmendmentKind, segment: _Segment) -> bool:
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
                or _OTHERS.search(between)
                or _ATTACHED.search(between)
                or (not done and not re.fullmatch(_DIRECT, between, re.IGNORECASE))
            ):
                if not done:
                    return False
                continue
            start = segment.start if not done else min(begin, named[0].start if named else begin)
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
                self.out.append(replace(order, verb=segment.verb))
            done = True
            position = end
        return done

    # -- time ----------------------------------------------------------------------------------------------

    def _extended(self, segment: _Segment) -> None:
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

    def _suspended(self, segment: _Segment) -> None:
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
            end = _sentence_end(self.wording, match.end(), len(self.text))
            subject = self.text[start : match.start()]
            if _TOLD.search(re.sub(r"(?:kể\s+)?từ\s+(?:ngày|khi)[^,]{0,80},", " ", subject, flags=re.IGNORECASE)[:60]):
                continue
            if re.search(r"\bnày\s+\Z", subject):
                continue
            segment = _Segment("end", start, start, match.start())
            before = len(self.out)
            if not self.listed("het_hieu_luc", segment):
                colon = self.text.find(":", match.end(), end)
                if colon >= 0:
                    self.listed("het_hieu_luc", _Segment("end", start, colon + 1, len(self.text)))
                    if len(self.out) == before and _ANNOUNCED.search(self.text):
                        self._order("het_hieu_luc", "end", _Segment("end", start, start, end), items=True, general=True)
                elif named := self.wording.provisions(start, match.start()):
                    paths = tuple(path for hit in named for path in hit.paths)
                    text = self.wording.text[named[0].start : named[-1].end]
                    self._order(
                        "het_hieu_luc", "end", _Segment("end", start, start, end), provisions=paths, provision_text=text
                    )
            self.out[before:] = [replace(order, end=max(order.end, end)) for order in self.out[before:]]
            return

    # -- other forms ---------------------------------------------------------------------------------------

    def _passive(self) -> None:
        """``Khoản 2 Điều 5 được sửa đổi, bổ sung như sau:``."""
        match = _PASSIVE.search(self.text)
        if match is None:
            return
        named = self.wording.provisions(0, match.start())
        if not named:
            return
        word = " ".join(match.group("verb").lower().split())
        segment = _Segment(_ids().get(word.replace("đổi bổ", "đổi, bổ"), "sua_doi"), 0, match.start(), len(self.text))
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
        )

    def _annexed(self) -> None:
        """``Ban hành kèm theo Nghị quyết này Phụ lục các nhiệm vụ bổ sung …``: the annex holds what is added."""
        match = _ANNEX.search(self.text)
        if match is None or not self.wording.numbered(match.end(), len(self.text)):
            return
        adds = match.group("verb").lower().startswith("bổ")
        segment = _Segment("annex", 0, match.end(), _sentence_end(self.wording, match.end(), len(self.text)))
        self._order(
            "bo_sung" if adds else "thay_the",
            "insert" if adds else "replace",
            segment,
            provisions=((Step("phu_luc", ""),),),
            awaits=True,
            position="annex",
        )

    def _updated(self) -> None:
        match = _UPDATE.search(self.text)
        if match is None or self.wording.titled(match.start()):
            return
        start = max([0, *(m.end() for m in re.finditer(r"[.;]\s+", self.text[: match.start()]))])
        end = _sentence_end(self.wording, match.end(), len(self.text))
        segment = _Segment("cap_nhat", start, start, end)
        self._order("cap_nhat", "none", segment, provisions=((Step("phu_luc", ""),),), awaits=False)

    def _document(self, start: int, end: int) -> CitationHit | None:
        """The document whose text an order changes: the one it is attached to, else the first that is no reason."""
        found = self.wording.numbered(start, end)
        for begin, _, hit in found:
            if _ATTACHED.search(self.text[max(0, begin - 90) : begin]):
                return hit
        for begin, _, hit in found:
            if not _OTHERS.search(self.text[max(0, begin - 40) : begin]):
                return hit
        return None

    def _attached(self, start: int, end: int) -> bool:
        """Whether the provision stands in a regulation that was issued with the document."""
        return bool(_REGULATION.search(self.text, max(0, start), end))

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
_REGULATION = re.compile(
    r"(?:quy\s+định|quy\s+chế|điều\s+lệ|chương\s+trình|kế\s+hoạch|đề\s+án|phương\s+án|nội\s+quy|hướng\s+dẫn|chiến\s+lược|"
    r"quy\s+trình)(?!\s+(?:tại|số))[^;:\"]{0,300}?(?:ban\s+hành\s+)?kèm\s+theo\s+(?!nghị\s+quyết\s+này|quyết\s+định\s+này)",
    re.IGNORECASE,
)
