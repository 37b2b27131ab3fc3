"""Orders for words: ``thay thế cụm từ … bằng cụm từ …``, ``bỏ cụm từ``, ``bổ sung cụm từ``, misprints put right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from doichieu.extraction.amendments.wording import Core, Order, Place, Segment
from doichieu.model import AmendmentAction, AmendmentKind
from doichieu.segmentation.provisions import Path, Provisions

WORDS = r"(?:(?:các\s+)?(?:cụm\s+từ|từ|chữ|số\s+liệu|đoạn|nội\s+dung)\s*:?\s*)?"
QUOTE = r'"[·]*"'
BY = re.compile(
    rf"(?:bằng|thành|sang|là|được\s+(?:sửa(?:\s+đổi|\s+lại)?|thay(?:\s+thế)?|chỉnh\s+sửa|đính\s+chính|điều\s+chỉnh)"
    rf"(?:\s+lại)?\s+(?:thành|bằng|là))\s*:?\s*{WORDS}(?={QUOTE})",
    re.IGNORECASE,
)
_PASSIVE_WORDS = re.compile(
    rf"(?:cụm\s+)?từ\s+{QUOTE}[^\"]{{0,300}}?được\s+(?:sửa|thay|chỉnh|đính|điều)", re.IGNORECASE
)
_PRINTED = re.compile(
    rf"(?:đã\s+)?(?:in|viết|ghi|nêu)\s+là\s*:?\s*(?P<old>{QUOTE})[^\"]{{0,80}}?(?:sửa|đính\s+chính|chỉnh\s+sửa|viết|in)"
    rf"(?:\s+lại)?\s+(?:thành|là|cho\s+đúng\s+là)\s*:?\s*(?P<new>{QUOTE})",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"[,;]?\s*(?:ngoại\s+trừ|trừ|không\s+(?:bao\s+)?gồm)\s", re.IGNORECASE)
SIDE = re.compile(r"(?:vào\s+)?(?:ngay\s+)?(?:phía\s+)?(?P<side>sau|trước)\s+", re.IGNORECASE)


class WordOrders(Core):
    """Orders for words: replaced, removed, added, corrected."""

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
        self._replaced(Segment("chinh_sua" if corrects else "thay_the", 0, 0, end))
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

    def _groups(self, segment: Segment) -> list[Place]:
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

    def _replaced(self, segment: Segment) -> None:
        kinds: dict[str, AmendmentKind] = {"chinh_sua": "dinh_chinh", "dieu_chinh": "dieu_chinh"}
        kind = kinds.get(segment.verb, "thay_the_cum_tu")
        for i, (start, end) in enumerate(self._groups(segment)):
            by = BY.search(self.text, start, end)
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

    def _removed(self, segment: Segment) -> None:
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

    def _added(self, segment: Segment) -> None:
        for i, (start, end) in enumerate(self._groups(segment)):
            quotes = self.wording.within_quotes(start, end)
            side = SIDE.search(self.text, start, end)
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
