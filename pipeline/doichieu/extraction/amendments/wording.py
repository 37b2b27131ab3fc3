"""A passage as orders are read from it, the verbs that part it, and what every order is.

Everything works on the passage's text with the quoted wording blotted out (:class:`Wording`), so that a verb, a
provision or a number inside quotation marks is never taken for the order's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from doichieu.extraction.citations.grammar import CitationHit
from doichieu.model import AmendmentAction, AmendmentKind
from doichieu.segmentation.provisions import Path, Provisions, find, read
from doichieu.segmentation.quoted import quotations, verbs
from doichieu.text import started

Place = tuple[int, int]
_NEAR = 60  # characters between a verb and the provision that it changes
ATTACHED = re.compile(r"kèm\s+theo\s+(?:chương\s+trình[^;]{0,60}?tại\s+)?\Z", re.IGNORECASE)
OTHERS = re.compile(
    r"(?:thực\s+hiện|triển\s+khai|thi\s+hành|theo(?:\s+quy\s+định\s+(?:tại|của))?|bởi|căn\s+cứ|tại\s+kỳ\s+họp|hướng\s+dẫn)\s*\Z",
    re.IGNORECASE,
)
#: Where an order may begin: first in the passage, after a stop, joined by ``và``, after ``… này``, after its place.
_BEFORE = re.compile(
    r"(?:\A|[.;:]\s+|(?:[,;]\s*|\s)(?:(?:và|đồng\s+thời)\s*,?\s+)+|này\s+(?:có\s+giá\s+trị\s+)?"
    r"|(?P<at>(?:tại|(?:kể\s+)?từ\s+(?:ngày|khi))\s+[^,;:.\"]{1,80},\s+))\Z",
    re.IGNORECASE,
)
#: With one of these every wording closes that :data:`_BEFORE` knows.
_CLOSES = (".", ";", ":", ",", "và", "thời", "này", "trị")
#: What an earlier document did to a provision: "(đã được sửa đổi, bổ sung tại khoản 3 Điều 1 Nghị định số …)".
_HISTORY = re.compile(
    r"(?<!\w)(?:được|bị)\s+(?:sửa\s+đổi|bổ\s+sung|thay\s+thế|điều\s+chỉnh|đính\s+chính|bãi\s+bỏ)"
    r"(?!\s+(?:như\s+sau|thành))[^;:\"]*\Z",
    re.IGNORECASE,
)
#: What an order goes on with behind a comma: another part, or words ("…, bãi bỏ khoản 3"; "…, bỏ cụm từ …").
_GOES_ON = re.compile(r"\s+(?:toàn\s+bộ\s+)?(?:các\s+)?(?:(?:cụm\s+)?từ|chữ)\s", re.IGNORECASE)
_STOP = re.compile(r"\.\s+(?=[A-ZĐÀ-Ỹ\"])")
_REGULATION = re.compile(
    r"(?:quy\s+định|quy\s+chế|điều\s+lệ|chương\s+trình|kế\s+hoạch|đề\s+án|phương\s+án|nội\s+quy|hướng\s+dẫn|chiến\s+lược|"
    r"quy\s+trình)(?!\s+(?:tại|số))[^;:\"]{0,300}?(?:ban\s+hành\s+)?kèm\s+theo\s+(?!nghị\s+quyết\s+này|quyết\s+định\s+này)",
    re.IGNORECASE,
)


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
    doubt: str = ""  # why it is an order that is not fully understood


class Wording:
    """A passage as orders are read from it.

    ``blank`` is the text with every quoted wording blotted out, of the same length, ``lower`` the same in small
    letters, in which words are looked for before patterns are; ``documents`` are the citations outside quotation marks,
    with the place where the document itself begins (after the provision before it).
    """

    def __init__(self, text: str, hits: Sequence[CitationHit]) -> None:
        self.text = text
        self.quotes = quotations(text)
        blank = list(text)
        for start, end in self.quotes:
            blank[start + 1 : end - 1] = "·" * (end - start - 2)
        self.blank = "".join(blank)
        self.lower = self.blank.lower()
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


class Segment(Struct, frozen=True):
    """A stretch that one verb governs: ``start`` where it begins, ``after`` behind the verb."""

    verb: str
    start: int
    after: int
    end: int


@lru_cache(maxsize=1)
def _verb() -> re.Pattern[str]:
    return re.compile(started(re.escape(word) for word, _ in verbs()) + r"(?!\w)")


@lru_cache(maxsize=1)
def verb_ids() -> dict[str, str]:
    return dict(verbs())


def may_begin(before: str) -> bool:
    """Whether an order may begin behind a wording, by the word that it closes with.

    >>> may_begin("và "), may_begin("tại Kế hoạch này, "), may_begin("rà soát ")
    (True, True, False)
    """
    closing = before.rstrip().lower()
    return not closing or closing.endswith(_CLOSES)


def segments(wording: Wording, body: int) -> list[Segment]:
    found: list[Segment] = []
    text = wording.blank
    for match in _verb().finditer(wording.lower, body):
        if wording.titled(match.start()) or any(a < match.start() < b for a, b in wording.quotes):
            continue
        base = max(body, match.start() - 100)
        lead = text[base : match.start()]
        before = _BEFORE.search(lead) if may_begin(lead) else None
        if (
            before is not None
            and before.group("at")
            and found
            and text[: base + before.start()].rstrip()[-1:] not in ".;:"
        ):
            before = None  # "… bằng "B" tại khoản 1 Điều 4, bỏ …": the place is that of the order before
        if before is None or (before.start() == before.end() and base > body):
            if not (found and _joined(text, match.start(), match.end())):
                continue
            before = None
        if found and match.start() < found[-1].after:
            continue
        begin = base + before.start() if before is not None and before.group("at") else match.start()
        word = " ".join(match.group().lower().split())
        found.append(Segment(verb_ids()[word], begin, match.end(), len(text)))
    ends = [*(segment.start for segment in found[1:]), len(text)][: len(found)]
    return [
        replace(segment, end=sentence_end(wording, segment.after, end))
        for segment, end in zip(found, ends, strict=True)
    ]


def _joined(text: str, start: int, end: int) -> bool:
    """Whether a verb behind a comma begins an order of its own: what it changes stands right behind it."""
    if not re.search(r"[,;]\s+\Z", text[max(0, start - 3) : start]):
        return False
    return _GOES_ON.match(text, end) is not None or read(text, end + 1) is not None


def told_of(text: str, begin: int) -> bool:
    """Whether a document named at ``begin`` is one that changed the provision before: no order for it.

    >>> said = "Sửa đổi khoản 5 Điều 13 (đã được bổ sung tại Nghị định số 7) như sau"
    >>> told_of(said, said.index("Nghị định")), told_of("Khoản 5 Nghị định số 7", 8)
    (True, False)
    """
    return _HISTORY.search(text[max(0, begin - 200) : begin]) is not None


def sentence_end(wording: Wording, start: int, end: int) -> int:
    """Where the sentence of an order ends; a stop inside a quotation or after a mere number is none."""
    for stop in _STOP.finditer(wording.blank, start, end):
        if not wording.titled(stop.start()) and not re.search(r"(?:mục|mục)\s+[\d.]+\Z", wording.blank[: stop.start()]):
            return stop.start() + 1
    return end


class Core:
    """What every reader of orders knows: the wording, the orders found, the document and the place of a stretch."""

    def __init__(self, wording: Wording, follows: bool) -> None:
        self.wording = wording
        self.text = wording.blank
        self.follows = follows
        self.out: list[Order] = []

    def _order(self, kind: AmendmentKind, action: AmendmentAction, segment: Segment, **more: object) -> None:
        order = Order(kind, action, segment.start, segment.end, verb=segment.verb)
        span = (segment.start, segment.end)
        facts: dict[str, object] = {"document": self._document(*span), "attached": self._attached(*span), **more}
        self.out.append(replace(order, **facts))

    def _named(self, segment: Segment) -> list[Provisions]:
        return self.wording.provisions(segment.start, segment.end)

    def _direct(self, segment: Segment, first: Provisions) -> bool:
        """Whether a provision is the object of the verb, and no place far behind it; new wording below proves it."""
        between = self.text[segment.after : first.start]
        return self.follows or bool(self.wording.within_quotes(segment.after, segment.end)) or len(between) <= _NEAR

    def _new(self, segment: Segment) -> Place | None:
        """New wording that stands between quotation marks in the segment itself."""
        quotes = self.wording.within_quotes(segment.after, segment.end)
        return quotes[-1] if quotes and not self.follows else None

    def _document(self, start: int, end: int) -> CitationHit | None:
        """The document whose text an order changes: the one it is attached to, else the first that is no reason."""
        found = self.wording.numbered(start, end)
        for begin, _, hit in found:
            if ATTACHED.search(self.text[max(0, begin - 90) : begin]):
                return hit
        for begin, _, hit in found:
            if not OTHERS.search(self.text[max(0, begin - 40) : begin]) and not told_of(self.text, begin):
                return hit
        return None

    def _attached(self, start: int, end: int) -> bool:
        """Whether the provision stands in a regulation that was issued with the document."""
        return bool(_REGULATION.search(self.text, max(0, start), end))
