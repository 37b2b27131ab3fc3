"""New wording that an order quotes: which chunks are another document's, and where they begin and end.

An amending document prints between quotation marks, or in a table, what the amended one shall say.  That wording has
numbers, articles and tasks of its own; they are not the amending document's.  What holds after :func:`mark`:

1. A chunk with ``quoted`` belongs to the new wording of the order before it; one number is one quotation.
2. A chunk that begins with the order and goes on with the quotation is two chunks.
3. A quotation that nobody closes is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from doichieu.lexicon import load
from doichieu.model import Span
from doichieu.segmentation.markers import RANK, parse
from doichieu.segmentation.piece import Chunk
from doichieu.segmentation.provisions import find
from doichieu.text import View

QUOTES = '"“”„«»'
_FURTHER = 400  # so far back from its quotation mark an order may begin
_DIRECT = 40  # so far behind its verb an order names the provision that it changes
_LONGEST = 400  # chunks that one quotation may take
_CLOSED = re.compile(r"[\s.;,)*_/|]*\Z")
_SPLITS = re.compile(r"\s*[;,.]?\s*(?:và|đồng thời|bãi bỏ|thay|bổ sung|sửa)\s", re.IGNORECASE)
_WORD_ORDER = re.compile(r"(?<!\w)từ(?!\w)")
_ASKS = re.compile(r"(?<!\w)(?:từ|bằng|thành|tại|và|của)\s*:?\Z")
_DOCUMENT = re.compile(
    r"(?:Nghị quyết|Quyết định|Thông tư|Nghị định|Luật|Pháp lệnh|Chỉ thị|Kế hoạch|Quy định|Quy chế|Chương trình)\s"
)
_BODY = re.compile(r"(?:căn cứ|theo đề nghị|xét)\s", re.IGNORECASE)


@lru_cache(maxsize=1)
def verbs() -> tuple[tuple[str, str], ...]:
    """``(word, id)`` of every verb of an order, longest first."""
    found = [(word, entry["id"]) for entry in load("amendments")["verb"] for word in entry["words"]]
    return tuple(sorted(found, key=lambda item: (-len(item[0]), item[0])))


@lru_cache(maxsize=1)
def roots() -> tuple[str, ...]:
    """Words of which every verb of an order holds one, as few as do."""
    found = {word for word, _ in verbs()}
    return tuple(sorted(w for w in found if not any(other in w for other in found - {w})))


@lru_cache(maxsize=1)
def verb_pattern() -> str:
    """An alternation of all verbs of orders, longest first, for lower-case text."""
    return "|".join(re.escape(word) for word, _ in verbs())


def verb_of(text: str) -> str:
    """The verb of an order that a text begins with, empty where it begins with none.

    >>> verb_of("Sửa đổi, bổ sung khoản 2"), verb_of("Rà soát, sửa đổi")
    ('sua_doi', '')
    """
    match = re.match(rf"(?:{verb_pattern()})(?!\w)", text, re.IGNORECASE)
    return dict(verbs())[" ".join(match.group().lower().split())] if match else ""


@lru_cache(maxsize=1)
def _announced() -> re.Pattern[str]:
    words = sorted(load("amendments")["announces"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(words)})\s*:\s*(?P<quote>\")", re.IGNORECASE)


@lru_cache(maxsize=1)
def _order() -> re.Pattern[str]:
    begins = r"(?:\A|[.;:]\s+|(?:[,;]|\s)\s*(?:và|đồng\s+thời)\s+|được\s+|tại\s+[^,;:.\"]{1,80},\s+)"
    return re.compile(rf"{begins}(?:{verb_pattern()})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _order_head() -> re.Pattern[str]:
    """A chunk that begins an order, after its mark."""
    return re.compile(rf"(?:{verb_pattern()}|hiệu lực|điều khoản thi hành|tổ chức thực hiện)(?!\w)", re.IGNORECASE)


def _plain(text: str) -> str:
    """A chunk's wording after its mark."""
    found = parse(text)
    return text[found.length :] if found else text


def is_order(text: str) -> bool:
    """Whether a chunk speaks as an order does that new wording may follow.

    >>> is_order("1. Sửa đổi khoản 2 Điều 5 như sau:"), is_order("Khoản 2 Điều 5 được sửa đổi như sau:")
    (True, True)
    >>> is_order("1. Các chỉ tiêu như sau:")
    False
    """
    if ("từ" in text and _WORD_ORDER.search(text) and _ASKS.search(text)) or _BODY.match(text):
        return False
    if begins_order(text):
        return True
    end = _plain(text)[-_FURTHER:]
    lower = end.lower()
    return any(root in lower for root in roots()) and bool(_order().search(end))


def begins_order(text: str) -> bool:
    """Whether a chunk begins with an order or with one of the closing articles."""
    return bool(_order_head().match(_plain(text)))


def opening(text: str, at: int, sign: str) -> bool:
    """Whether the quotation mark at ``text[at]`` opens: what stands around it tells, else the sign itself.

    >>> text = 'gọi là "tổ" và "nhóm"'
    >>> [opening(text, i, '"') for i, c in enumerate(text) if c == '"']
    [True, False, True, False]
    """
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    free_before = before.isspace() or (before in "([|:;,-*_" + QUOTES and not before.isalnum())
    free_after = after.isspace() or after in ")].;,:|*_" + QUOTES
    if free_before != free_after:
        return free_before
    if sign != '"':
        return sign in "“„«"
    return free_before and before not in ",;-"  # 'thay cụm từ "xe buýt," bằng': the comma is quoted


def quotations(text: str) -> list[tuple[int, int]]:
    """The outermost quotations of one passage: ``(start, end)`` with their marks.

    >>> quotations('thay cụm từ "70%" bằng cụm từ "75%"')
    [(12, 17), (30, 35)]
    >>> quotations('thay cụm từ "xe buýt," bằng cụm từ "xe điện"')
    [(12, 22), (35, 44)]
    """
    out: list[tuple[int, int]] = []
    depth, start = 0, 0
    for found in re.finditer(f"[{QUOTES}]", text):
        if opening(text, found.start(), found.group()):
            if depth == 0:
                start = found.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                out.append((start, found.end()))
    if depth and (last := text.rfind('"', start + 1)) > start:
        out.append((start, last + 1))
    return out


class _Marks:
    """The quotation marks of chunks, by their places in the chunk's text and in the source."""

    def __init__(self, source: str, view: View) -> None:
        self.source = source
        self.view = view

    def places(self, chunk: Chunk) -> list[int]:
        """Where the quotation marks of a chunk stand in the source."""
        return [i for p in chunk.pieces for i in range(p.start, p.end) if self.source[i] in QUOTES]

    def wording(self, spans: Sequence[Span]) -> str:
        """The normalised wording of spans."""
        words = []
        for span in spans:
            a, b = self.view.from_source(span.start, span.end)
            words.append(self.view.text[a:b].strip())
        return " ".join(word for word in words if word)

    def split(self, chunk: Chunk, offset: int) -> tuple[Chunk, Chunk]:
        """A chunk cut at a place of the source."""
        first = [Span(p.start, min(p.end, offset)) for p in chunk.pieces if p.start < offset]
        second = [Span(max(p.start, offset), p.end) for p in chunk.pieces if p.end > offset]
        one, other = (self._trimmed(spans) for spans in (first, second))
        head = Chunk(chunk.kind, one, self.wording(one), blank_before=chunk.blank_before, lines=list(one))
        tail = Chunk(chunk.kind, other, self.wording(other), blank_before=False, lines=list(other))
        return head, tail

    def _trimmed(self, spans: Sequence[Span]) -> list[Span]:
        out = []
        for span in spans:
            start, end = span.start, span.end
            while start < end and self.source[start].isspace():
                start += 1
            while end > start and self.source[end - 1].isspace():
                end -= 1
            if end > start:
                out.append(Span(start, end))
        return out


class _Extent(NamedTuple):
    """How many chunks a quotation takes, and where in the last of them other text goes on (-1: nowhere)."""

    chunks: int
    cut: int = -1


def mark(chunks: list[Chunk], source: str, view: View) -> list[Chunk]:
    """The chunks with every quoted new wording marked; see the module's numbered promises."""
    if not any(is_order(c.text) for c in chunks if ":" in c.text):
        return chunks
    marks = _Marks(source, view)
    out: list[Chunk] = []
    stack = _rejoined(chunks)[::-1]
    number = 0
    while stack:
        chunk = stack.pop()
        tail = _inline(marks, chunk)
        extent = None
        if tail is not None:
            stack.append(tail[1])
            extent = _extent(marks, stack)
            if extent is None:
                stack.pop()
            else:
                chunk = tail[0]
        elif chunk.kind == "text" and chunk.text.rstrip("* ").endswith(":") and is_order(chunk.text):
            extent = _following(marks, chunk, stack)
        out.append(chunk)
        if extent is None:
            continue
        number += 1
        for _ in range(extent.chunks):
            out.append(stack.pop())
            out[-1].quoted = number
        if extent.cut >= 0:
            out[-1], rest = marks.split(out[-1], extent.cut)
            out[-1].quoted = number
            stack.append(rest)
    return out


def _rejoined(chunks: list[Chunk]) -> list[Chunk]:
    """The chunks, with an order that line ends cut apart in one again: a quotation mark is open, a word asks for what
    follows, or a provision for its document."""
    out: list[Chunk] = []
    for chunk in chunks:
        before = out[-1] if out else None
        if before is not None and before.kind == chunk.kind == "text" and _goes_on(before, chunk):
            before.pieces += chunk.pieces
            before.lines += chunk.lines
            before.text = f"{before.text.rstrip()} {chunk.text}"
            continue
        out.append(chunk)
    return out


def _goes_on(before: Chunk, chunk: Chunk) -> bool:
    if not begins_order(before.text):
        return False
    text = before.text.rstrip()
    words = _WORD_ORDER.search(text) is not None
    if words and (_ASKS.search(text) or (chunk.text.startswith('"') and not text.endswith("."))):
        return True
    if parse(chunk.text) is not None or begins_order(chunk.text):
        return False
    if words:
        return _depth(text) > 0
    if not _DOCUMENT.match(chunk.text) or text.endswith((".", ";", ":")):
        return False
    named = find(text)
    return bool(named) and named[-1].end == len(text)


def _depth(text: str) -> int:
    depth = 0
    for found in re.finditer('"', text):
        depth += 1 if opening(text, found.start(), '"') or depth == 0 else -1
    return depth


def _inline(marks: _Marks, chunk: Chunk) -> tuple[Chunk, Chunk] | None:
    """A chunk that goes on with a quotation after its order, as order and rest."""
    if chunk.kind != "text" or '"' not in chunk.text:
        return None
    found = _announced().search(chunk.text)
    if found is None or not is_order(chunk.text[: found.start("quote")]):
        return None
    if '"' in chunk.text[: found.start("quote")] and "như sau" not in found.group().lower():
        return None  # "thay thế cụm từ "A" thành: "B"": words, no wording of its own
    nth = chunk.text.count('"', 0, found.start("quote"))
    places = marks.places(chunk)
    if nth >= len(places):
        return None
    head, tail = marks.split(chunk, places[nth])
    return (head, tail) if head.pieces and tail.pieces else None


def _extent(marks: _Marks, stack: Sequence[Chunk]) -> _Extent | None:
    """The extent of the quotation that begins with the next chunk (the last of ``stack``); None where nobody closes
    it."""
    depth = 0
    first_closed, before = -1, -1
    for k, chunk in enumerate(islice(reversed(stack), _LONGEST)):
        if chunk.kind in ("furniture", "stamp", "footnote"):
            continue
        if first_closed >= 0 and _ends_closed(marks, stack[-1 - before]) and begins_order(chunk.text):
            return _Extent(before + 1)  # a mark inside was not closed; the next order ends it
        for place in marks.places(chunk):
            if opening(marks.source, place, marks.source[place]) or depth == 0:
                depth += 1
                continue
            depth -= 1
            after = marks.source[place + 1 : chunk.end]
            if depth == 0:
                if _CLOSED.match(after):
                    return _Extent(k + 1)
                if _SPLITS.match(after):
                    return _Extent(k + 1, place + 1)
                depth = 1
        if first_closed < 0 and _ends_closed(marks, chunk):
            first_closed = k
        before = k
    return _Extent(first_closed + 1) if first_closed >= 0 else None


def _ends_closed(marks: _Marks, chunk: Chunk) -> bool:
    places = marks.places(chunk)
    return bool(places) and _CLOSED.match(marks.source[places[-1] + 1 : chunk.end]) is not None


def _following(marks: _Marks, lead: Chunk, stack: Sequence[Chunk]) -> _Extent | None:
    """The new wording that stands below an order: between quotation marks, as a table, or as the parts of a provision
    that the order names."""
    skipped = 0
    while skipped < len(stack) and stack[-1 - skipped].kind in ("furniture", "stamp", "footnote"):
        skipped += 1
    if skipped == len(stack):
        return None
    first = stack[-1 - skipped]
    if first.text.lstrip("*_ |-")[:1] == '"':
        return _extent(marks, stack)
    if not any(step.label for hit in find(lead.text) for path in hit.paths for step in path):
        return None
    if first.kind == "table_row":
        return _Extent(_rows(stack))
    return _parts(lead, first, stack)


def _rows(stack: Sequence[Chunk]) -> int:
    """How many chunks the table takes that comes next."""
    last = 0
    for k, chunk in enumerate(reversed(stack)):
        if chunk.kind == "table_row":
            last = k + 1
        elif chunk.kind == "text":
            break
    return last


def _parts(lead: Chunk, first: Chunk, stack: Sequence[Chunk]) -> _Extent | None:
    """The numbered parts below an article that changes one provision and quotes nothing: up to the next article."""
    mark, inner = parse(lead.text), parse(first.text)
    if mark is None or inner is None or RANK[inner.kind] <= RANK[mark.kind] or mark.kind != "dieu":
        return None
    order = _order_head().match(_plain(lead.text))
    named = find(_plain(lead.text))
    if order is None or not named or named[0].start > order.end() + _DIRECT:
        return None
    last = 0
    for k, chunk in enumerate(islice(reversed(stack), _LONGEST)):
        if chunk.kind in ("furniture", "stamp", "footnote"):
            continue
        found = parse(chunk.text) if chunk.kind == "text" else None
        if found is not None and RANK[found.kind] <= RANK[mark.kind]:
            return _Extent(last)
        if begins_order(chunk.text) or (chunk.text.rstrip().endswith(":") and is_order(chunk.text)):
            return None
        last = k + 1
    return None
