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
    rf"(?P<lead>(?:tại|trong)\s[^\":;]{{0,120}}[:,]\s*)?(?:các\s+)?(?:(?:cụm\s+)?từ|chữ)\s+{QUOTE}[^\"]{{0,300}}?(?:"
    rf"(?:được\s+|nay\s+)?(?:sửa|thay|chỉnh|đính|điều)|(?:bằng|thành)\s+{WORDS}(?={QUOTE}))",
    re.IGNORECASE,
)
#: "dòng thứ 3 trang 4: "năm 2024" thành "năm 2025"": words, though no order says so.
BECOMES = re.compile(
    rf"{QUOTE}\s*,?\s*(?:(?:được\s+)?(?:sửa|thay)(?:\s+lại)?\s+)?(?:thành|bằng)\s*:?\s*{WORDS}{QUOTE}", re.IGNORECASE
)
_IN_TURN = re.compile(r"lần\s+lượt|tương\s+ứng", re.IGNORECASE)
_PRINTED = re.compile(
    rf"(?:đã\s+)?(?:in|viết|ghi|nêu)(?:\s+là)?\s*:?\s*(?P<old>{QUOTE})[^\"]{{0,80}}?(?:sửa|đính\s+chính|chỉnh\s+sửa|viết|in)"
    rf"(?:\s+lại)?\s+(?:thành|là|cho\s+đúng\s+là)\s*:?\s*(?P<new>{QUOTE})",
    re.IGNORECASE,
)
EXCEPT = re.compile(r"[,;]?\s*(?:ngoại\s+trừ|trừ|không\s+(?:bao\s+)?gồm)\s", re.IGNORECASE)
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
        self._replaced(
            Segment("chinh_sua" if corrects else "thay_the", 0, match.end("lead") if match["lead"] else 0, end)
        )
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
        lead = self.wording.provisions(segment.start, segment.after)
        for i, (start, end) in enumerate(self._groups(segment)):
            bys = list(BY.finditer(self.text, start, end))
            if not bys:
                continue
            stop = EXCEPT.search(self.text, bys[-1].end(), end)
            last = stop.start() if stop else end
            spared = self._spared(stop.start(), end) if stop else ()
            begin = segment.start if i == 0 else start
            for olds, news, named in self._pairs(bys, start, last):
                in_turn = len(olds) > 1 and len(news) == len(olds)
                for k, old in enumerate(olds):
                    new = news[k] if in_turn else news[0]
                    self._words(
                        kind,
                        "replace_words",
                        (begin, end),
                        named or lead,
                        old,
                        new,
                        exceptions=spared,
                        verb=segment.verb,
                    )

    def _pairs(
        self, bys: Sequence[re.Match[str]], start: int, end: int
    ) -> list[tuple[list[Place], list[Place], list[Provisions]]]:
        """What is replaced by what and where: ``"A" bằng "B" và cụm từ "C" bằng "D" tại Điều 5``.

        A pair without a place of its own has that of the pair behind it.
        """
        found: list[tuple[list[Place], list[Place], list[Provisions]]] = []
        position = start
        for k, by in enumerate(bys):
            until = bys[k + 1].start() if k + 1 < len(bys) else end
            olds = self.wording.within_quotes(position, by.start())
            news = self.wording.within_quotes(by.end(), until)
            if not olds or not news:
                continue
            in_turn = len(olds) > 1 and _IN_TURN.search(self.text[olds[-1][1] : by.end()])
            news = news[: len(olds)] if in_turn else news[:1]
            following = self.wording.within_quotes(news[-1][1] + 1, until)
            stop = following[0][0] if following else until
            named = self.wording.provisions(position if len(bys) == 1 else news[-1][1], stop if len(bys) > 1 else end)
            found.append((olds, news, named))
            position = news[-1][1] + 1
        for k in range(len(found) - 2, -1, -1):
            if not found[k][2]:
                found[k] = (*found[k][:2], found[k + 1][2])
        return found

    def _spared(self, start: int, end: int) -> tuple[tuple[Place | None, Path], ...]:
        words = self.wording.within_quotes(start, end)
        return tuple(
            (words[0] if words else None, path) for hit in self.wording.provisions(start, end) for path in hit.paths
        )

    def _removed(self, segment: Segment) -> None:
        for i, (start, end) in enumerate(self._groups(segment)):
            stop = EXCEPT.search(self.text, start, end)
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
