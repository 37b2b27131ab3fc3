"""Amendments as data: what a document orders to be changed in another one, row by row.

What holds after :func:`stage`:

1. Every order found in the body is at least one row; an order that names five provisions gives five rows of one
   ``instruction_id``.  What is not understood says so in ``unresolved``.
2. ``quote`` is the order itself, from its mark; new wording is never in it.
3. What an order leaves to the head above it (document, outer provision, verb) is filled in from there; a head that only
   announces orders is no row.
4. ``analysis.order_spans`` tells later stages which stretches are orders: what they name is another document's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b

from msgspec.structs import replace

from doichieu.extraction.amendments import columns, new_wording
from doichieu.extraction.amendments.effect import Effect, own_day, read_effect, until
from doichieu.extraction.amendments.found import Found
from doichieu.extraction.amendments.heads import LAW, Heads
from doichieu.extraction.amendments.new_wording import NewWording
from doichieu.extraction.amendments.orders import find_orders, listed_orders
from doichieu.extraction.amendments.own_wording import wordings_of
from doichieu.extraction.amendments.places import exceptions_of, paths_of, position_of
from doichieu.extraction.amendments.wording import Order
from doichieu.extraction.citations.grammar import find_citations
from doichieu.model import Amendment, Citation, Clause, Relation, Span
from doichieu.segmentation.passages import Analysis, Passage
from doichieu.segmentation.provisions import Path, Step, find, parsed, written
from doichieu.text import fold

_SKIPPED = frozenset(
    {"header", "title", "preamble", "recipients", "recipient", "signature", "stamp", "quoted", "footnote"}
)
_ACTS = frozenset({"amends", "replaces", "repeals", "corrects", "extends", "suspends"})
_RELATIONS: dict[str, Relation] = {
    "thay_the_van_ban": "replaces",
    "bai_bo_van_ban": "repeals",
    "het_hieu_luc": "repeals",
    "dinh_chinh": "corrects",
    "gia_han": "extends",
    "ngung_hieu_luc": "suspends",
}
_FROM_DAY = re.compile(r"\s*(?:kể\s+)?từ\s+ngày\s[^,.;]{1,60},", re.IGNORECASE)


def stage(analysis: Analysis) -> None:
    """Fill ``analysis.amendments``, ``analysis.order_spans`` and the validity in ``analysis.info``."""
    _Stage(analysis).run()


class _Stage:
    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.heads = Heads(analysis)
        self.counts: Counter[tuple[str, ...]] = Counter()
        self.instructions: dict[tuple[int, int, str], str] = {}  # orders of one quote are one instruction
        self.effect = Effect()

    def run(self) -> None:
        """Find the orders, then write them down."""
        analysis = self.analysis
        self.effect = read_effect(analysis)
        if self.effect.on or self.effect.until:
            analysis.info = replace(analysis.info, effective_on=self.effect.on, effective_until=self.effect.until)
        tables = self._tables()
        beside = {item.passage.clause.clause_id for item in tables}
        found = [item for p in analysis.passages if p.clause.clause_id not in beside for item in self._passage(p)]
        rows: list[Amendment] = []
        busy = self._busy(found)
        of_passage: dict[str, list[Found]] = {}
        ending: dict[str, list[Found]] = {}
        for item in found:
            of_passage.setdefault(item.passage.clause.clause_id, []).append(item)
            if item.order.action == "end" and item.order.document is not None:
                ending.setdefault(item.order.document.number, []).append(item)
        for item in found:
            if self._announces(item, busy) or self._said_again(item, ending):
                continue
            rows += self._rows(item, of_passage[item.passage.clause.clause_id])
            span = item.passage.span(item.order.start, item.order.end)
            analysis.order_spans.append(span)
        for item in tables:
            rows += self._rows(item, [item])
            analysis.order_spans.append(item.passage.span(0, len(item.passage.text)))
        rows.sort(key=lambda row: (row.char_start, row.char_end))
        analysis.order_spans.sort()
        by_number: dict[str, list[Amendment]] = {}
        for row in rows:
            by_number.setdefault(row.amended_number, []).append(row)
        analysis.citations = [self._related(c, by_number.get(c.number, [])) for c in analysis.citations]
        analysis.amendments = rows

    def _related(self, citation: Citation, rows: Sequence[Amendment]) -> Citation:
        """A citation with what this document does to the cited one: what its orders say, else what its words say.

        What a preamble or another document's title tells of amendments is no act of this document.
        """
        path = (
            "; ".join(written(path) for hit in find(citation.provision) for path in hit.paths)
            if citation.provision
            else ""
        )
        relation = citation.relation
        clause = self.analysis.tree.by_id.get(citation.clause_id)
        acts = [row for row in rows if citation.number and row.char_start <= citation.char_start < row.char_end]
        if acts:
            relation = _RELATIONS.get(acts[0].kind, "amends")
            if relation in ("repeals", "replaces") and acts[0].provision != "van_ban":
                relation = "amends"
        elif relation in _ACTS and clause is not None and clause.kind in ("preamble", "quoted"):
            relation = "mentions"
        elif relation in ("replaces", "repeals") and citation.provision:
            relation = "amends"
        return replace(citation, relation=relation, provision_path=path)

    def _tables(self) -> list[Found]:
        """The orders of tables of old and new wording, where the document amends one that it names."""
        if not self._amends():
            return []
        items = [
            Found(passage, order, self.heads.of(self.heads.own(passage.clause)), [])
            for passage, order in columns.orders(self.analysis)
        ]
        return [item for item in items if item.head.document is not None or item.head.law]

    def _amends(self) -> bool:
        """Whether the document's title says that it changes another one."""
        title = fold(self.analysis.info.title)
        return any(word in title for word in ("sửa đổi", "bổ sung", "đính chính", "điều chỉnh", "thay thế"))

    # -- one passage ---------------------------------------------------------------------------------------

    def _passage(self, passage: Passage) -> list[Found]:
        clause = passage.clause
        if clause.kind in _SKIPPED or len(passage.text) < 8:
            return []
        leaves = new_wording.region(self.analysis, clause)
        hits = self.analysis.citation_hits.get(clause.clause_id, [])
        orders = find_orders(passage.text, hits, passage.start, follows=bool(leaves))
        head = self.heads.of(self.heads.own(clause))
        if passage.text.rstrip().endswith(":"):
            orders = [self._with_list(order, clause) for order in orders]
        if not orders and head.order is not None:
            orders = listed_orders(passage.text, hits, head.order, passage.start)
        if orders and clause.kind == "paragraph" and not leaves and passage.text.endswith(":"):
            if self.heads.own(clause) is clause and (orders[0].general or orders[0].items):
                self.heads.announce(passage, head)
        return [Found(passage, order, head, leaves) for order in orders]

    def _with_list(self, order: Order, clause: Clause) -> Order:
        """An order for words whose places are listed below it (``tại các điều, khoản sau đây:``)."""
        if order.provisions or order.action not in ("replace_words", "delete_words", "insert_words"):
            return order
        own = self.heads.own(clause)
        below = (
            [] if own is clause else [c for c in self.analysis.tree.children(own) if c.clause_id != clause.clause_id]
        )
        leads = [lead for c in below if (lead := self.analysis.lead(c)) is not None]
        paths = tuple(path for lead in leads for hit in find(lead.text, lead.start) for path in hit.paths)
        return replace(order, provisions=paths)

    def _busy(self, found: Sequence[Found]) -> dict[str, set[tuple[str, Step]]]:
        """The clauses below which orders stand, with what is done there to which part."""
        busy: dict[str, set[tuple[str, Step]]] = {}
        for item in found:
            own = self.heads.own(item.passage.clause)
            done = {(item.order.action, path[-1]) for path in item.order.provisions}
            for above in self.analysis.tree.ancestors(own):
                busy.setdefault(above.clause_id, set()).update(done)
        return busy

    def _announces(self, item: Found, busy: dict[str, set[tuple[str, Step]]]) -> bool:
        """Whether an order only announces the orders below it, or has nothing that it orders."""
        order = item.order
        if order.doubt == "provision_not_named":  # a figure: an order only where another document is amended
            return order.document is None and not (item.head.document is not None and self._amends())
        if item.leaves and order.awaits and (order.provisions or not order.general):
            return False
        own = self.heads.own(item.passage.clause)
        if own.clause_id in busy and (order.awaits or order.general or order.items):
            return True
        if order.provisions and {(order.action, path[-1]) for path in order.provisions} <= busy.get(
            own.clause_id, set()
        ):
            return item.passage.text.rstrip().endswith(":")
        if order.items or order.general:
            return not self._orders_here(item)
        if order.awaits and order.new is None and not item.leaves and order.position != "annex":
            return not self._orders_here(item)
        return False

    def _said_again(self, item: Found, ending: dict[str, list[Found]]) -> bool:
        """Whether a heading orders what a paragraph below it orders in full."""
        if item.order.action != "end" or item.order.document is None:
            return False
        own = self.heads.own(item.passage.clause)
        return any(
            other.passage is not item.passage and own in self.analysis.tree.ancestors(other.passage.clause)
            for other in ending[item.order.document.number]
        )

    def _orders_here(self, item: Found) -> bool:
        """Whether an order without its wording is an order all the same: the document amends, and names a provision."""
        order = item.order
        if not order.provisions:
            return False
        return self._amends() and (order.document is not None or item.head.document is not None)

    # -- rows ----------------------------------------------------------------------------------------------

    def _rows(self, item: Found, same: Sequence[Found]) -> list[Amendment]:
        order, passage = item.order, item.passage
        first = order.start == same[0].order.start
        begin = 0 if first and not passage.text[passage.start : order.start].strip(" .:") else order.start
        span = _trimmed(self.analysis.source.text, passage.span(begin, self._quote_end(item)))
        quote = self.analysis.source.text[span.start : span.end]
        facts = self._facts(item)
        paths = paths_of(item)
        wordings = wordings_of(self.analysis, item, same, paths)
        kind = order.kind
        if item.head.correcting and order.action == "replace_words":
            kind = "dinh_chinh"
        place = (span.start, span.end, kind)
        instruction = self.instructions.setdefault(place, "") or self._id("i", kind, " ".join(quote.split()))
        self.instructions[place] = instruction
        rows: list[Amendment] = []
        for path, wording in zip(paths, wordings, strict=True):
            new, more = wording
            rows.append(self._row(item, span, quote, facts, path, new, more, kind, instruction))
        return rows

    def _quote_end(self, item: Found) -> int:
        order = item.order
        if order.new and order.awaits:
            text = item.passage.text
            at = order.new[0] - 1
            return len(text[:at].rstrip())
        return order.end

    def _facts(self, item: Found) -> dict[str, object]:
        """The amended document of an order."""
        order, head = item.order, item.head
        hit = order.document or head.document
        law = head.law
        if order.document is None and hit is None and not law:
            own = LAW.search(item.passage.text)
            law = own.group("law") if own else ""
        if hit is None:
            kind = "hien_phap" if law.startswith("Hiến") else "luat" if law else ""
            reason = "document_not_numbered" if law else "document_not_named"
            return {"amended_kind": kind, "amended_title": law, "reason": reason}
        settled = hit
        if not hit.number:
            return {
                "amended_kind": hit.kind,
                "amended_title": hit.title,
                "amended_issued_on": hit.issued_on,
                "reason": "document_not_numbered",
            }
        issued = hit.issued_on or self._issued(hit.number)
        return {
            "amended_kind": settled.kind,
            "amended_number": hit.number,
            "amended_issued_on": issued,
            "amended_title": hit.title,
        }

    def _issued(self, number: str) -> str:
        """The day of a document that the text names elsewhere with its day."""
        hits = [*find_citations(self.analysis.info.title)]
        hits += [h for group in self.analysis.citation_hits.values() for h in group]
        days = Counter(h.issued_on for h in hits if h.number == number and h.issued_on).most_common(2)
        return days[0][0] if len(days) == 1 or (days and days[0][1] > days[1][1]) else ""

    def _row(
        self,
        item: Found,
        span: Span,
        quote: str,
        facts: dict[str, object],
        path: Path,
        new: NewWording | None,
        reason: str,
        kind: str,
        instruction: str,
    ) -> Amendment:
        order, analysis = item.order, self.analysis
        reasons = [str(facts["reason"])] if facts.get("reason") else []
        provision = written(path)
        if not provision:
            reasons.append("provision_not_named")
        reasons += [why for why in (reason, order.doubt) if why]
        if order.kind == "cap_nhat" and order.action == "none":
            reasons.append("no_quotation")
        position = position_of(order, path, item.head)
        if order.position == "annex" and order.action == "insert" and not (path and path[-1].label):
            position = ""
            reasons.append("provision_ambiguous")
        on, effective_text, end = self._when(item)
        old = item.passage.span(*order.old) if order.old else None
        old_text = new_wording.plain(analysis.source.text[old.start : old.end]) if old else ""
        row = Amendment(
            document_id=analysis.document_id,
            amendment_id="",
            instruction_id=instruction,
            clause_id=item.passage.clause.clause_id,
            clause_path=item.passage.clause.clause_path,
            char_start=span.start,
            char_end=span.end,
            quote=quote,
            kind=kind,  # type: ignore[arg-type]
            action=order.action,
            amended_kind=str(facts.get("amended_kind", "")),
            amended_number=str(facts.get("amended_number", "")),
            amended_issued_on=str(facts.get("amended_issued_on", "")),
            amended_title=str(facts.get("amended_title", "")),
            provision=provision,
            provision_text=order.provision_text,
            position=position,
            exceptions=exceptions_of(item, path, old_text),
            old_char_start=old.start if old else None,
            old_char_end=old.end if old else None,
            old_text=old_text,
            new_char_start=new.start if new else None,
            new_char_end=new.end if new else None,
            new_text=new.text if new else "",
            new_pieces=new.pieces if new else (),
            effective_on=on,
            effective_text=effective_text,
            effective_until=end,
            unresolved=tuple(dict.fromkeys(reasons)),
        )
        return replace(row, amendment_id=self._id("a", instruction, row.amended_number, provision, old_text))

    def _when(self, item: Found) -> tuple[str, str, str]:
        """From when an order holds, its wording, and until when."""
        order, passage = item.order, item.passage
        text = self._without_titles(passage)[order.start : order.end]
        if order.kind == "gia_han":
            return self.effect.on, self.effect.text, until(text)
        if order.kind in ("het_hieu_luc", "ngung_hieu_luc", "thay_the_van_ban", "bai_bo_van_ban", "bai_bo"):
            own = re.sub(r"ngày\s+[^;]{0,30}\s+của\s", " ", text) if order.kind != "ngung_hieu_luc" else text
            day, wording = own_day(own)
            lead = _FROM_DAY.match(passage.text, passage.start)
            if not day and lead:  # "Kể từ ngày …, bãi bỏ A và B": the day of both
                day, wording = own_day(lead.group())
            if not day and item.head.order is not None:  # "Các văn bản sau hết hiệu lực từ ngày …:" over a list
                day, wording = own_day(item.head.order_text)
            end = until(text) if order.kind == "ngung_hieu_luc" else ""
            if day:
                return day, wording, end
            return (*self._of_part(passage.clause), end)
        return (*self._of_part(passage.clause), "")

    def _without_titles(self, passage: Passage) -> str:
        """The passage with the names of the documents it cites blotted out: the days in them are not its own."""
        text = passage.text
        for hit in self.analysis.citation_hits.get(passage.clause.clause_id, []):
            if hit.mask_end > hit.end:
                text = text[: hit.end] + " " * (hit.mask_end - hit.end) + text[hit.mask_end :]
        return text

    def _of_part(self, clause: Clause) -> tuple[str, str]:
        """The day of the provision of this document in which an order stands."""
        own = parsed("/".join(_own_step(label) for label in clause.path if label))
        for path, day, text in self.effect.parts:
            if own[: len(path)] == path:
                return day, text
        return self.effect.on, self.effect.text

    def _id(self, prefix: str, *facts: str) -> str:
        key = (prefix, *facts)
        digest = blake2b("\0".join([self.analysis.document_id, *key, str(self.counts[key])]).encode(), digest_size=6)
        self.counts[key] += 1
        return f"{prefix}-{digest.hexdigest()}"


def _own_step(label: str) -> str:
    if label.startswith("Điều "):
        return f"dieu:{label[5:]}"
    return f"khoan:{label}" if label[:1].isdigit() else f"diem:{label}"


def _trimmed(source: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    return Span(start, end)
