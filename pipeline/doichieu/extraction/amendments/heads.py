"""What stands above an order and is left to it: the amended document, the outer provision, the verb of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from msgspec import Struct

from doichieu.extraction.amendments.orders import find_orders
from doichieu.extraction.amendments.wording import Order, told_of
from doichieu.extraction.citations.grammar import CitationHit, find_citations
from doichieu.lexicon import load
from doichieu.model import Clause
from doichieu.segmentation.passages import Analysis, Passage
from doichieu.segmentation.provisions import Path, Step, find, within
from doichieu.text import fold

ANNEX = re.compile(
    r"(?:bảng|biểu(?!\s+mẫu)|danh\s+mục)\s[^;:\"]{0,200}?(?:ban\s+hành\s+)?kèm\s+theo(?!\s+[^\s]+\s+[^\s]+\s+này)",
    re.IGNORECASE,
)
LAW = re.compile(
    r"(?<!\w)(?P<law>Hiến pháp(?:\s+nước\s+[^,;:.\"]{5,60}?)?|(?:Bộ luật|Luật|Pháp lệnh)\s+[A-ZĐ][^,;:.\"]{3,80}?)"
    r"(?=\s+(?:như\s+sau|số|đã|được|năm|ngày)|[,;:.]|\Z)"
)


class Head(Struct, frozen=True):
    """What the orders below a clause inherit: document, outer provision, the verb of a list, how they are meant."""

    document: CitationHit | None = None
    law: str = ""
    path: Path = ()
    attached: bool = False
    correcting: bool = False
    order: Order | None = None
    order_text: str = ""


def _common(paths: Sequence[Path]) -> Path:
    """The outer part that all the provisions of a heading share: ``khoản 1, bãi bỏ khoản 3 Điều 7`` is ``Điều 7``.

    >>> from doichieu.segmentation.provisions import parsed, written
    >>> written(_common([parsed("dieu:7/khoan:1"), parsed("dieu:7/khoan:3")])), written(_common([parsed("dieu:7")]))
    ('dieu:7', 'dieu:7')
    """
    if any(path[0].kind == "van_ban" for path in paths):
        return ()
    return tuple(step[0] for step in takewhile(lambda s: len(set(s)) == 1, zip(*paths, strict=False)))


def _document(order: Order | None, hits: Sequence[CitationHit], lead: Passage) -> CitationHit | None:
    """The document that a heading amends: the one its order names, else the first that the heading itself does."""
    if order is None or order.document is not None:
        return order.document if order else None
    own = (h for h in hits if h.form == "number" and not h.nested and not told_of(lead.text, h.start))
    return next(own, None)


def _path(orders: Sequence[Order], text: str) -> Path:
    """The place that the orders of a heading have in common, of a general one what its text names, else its annex."""
    path = _common([path for each in orders for path in each.provisions])
    if path or not orders:
        return path
    if orders[0].general:
        named = find(text)
        path = named[0].paths[0] if named and len(named[0].paths) == 1 else ()
    if path or orders[0].attached or not ANNEX.search(text):
        return path
    annex = Step("phu_luc", "")
    return (annex, Step("chu_thich", "")) if re.search(r"ghi\s+chú", text, re.IGNORECASE) else (annex,)


class Heads:
    """The heads of one document; passages are asked for in their order."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.heads: dict[str, Head] = {}
        self.announced: dict[str, Head] = {}  # by parent: what an unmarked line announces for those after it
        self.correcting = tuple(load("amendments")["correcting"])
        self.title = self._title()

    def announce(self, passage: Passage, head: Head) -> None:
        """Remember what an unmarked line announces for its siblings after it."""
        self.announced[passage.clause.parent_id] = self._joined(head, passage)

    def _title(self) -> Head:
        proper = " ".join(p.text for p in self.analysis.passages if p.clause.kind == "title")
        if not proper:
            proper = self.analysis.info.title
        hits = [h for h in find_citations(proper) if h.form != "self"]
        document = next((h for h in hits if not h.nested), None)
        attached = next((h for h in hits if re.search(r"kèm\s+theo\s*\Z", proper[: h.start], re.IGNORECASE)), None)
        law = LAW.search(proper)
        return Head(
            document=attached or document,
            law=law.group("law") if law and not document else "",
            attached=bool(attached)
            and bool(
                re.search(
                    r"quy\s+(?:định|chế)|điều\s+lệ|chương\s+trình|kế\s+hoạch|đề\s+án",
                    proper[: attached.start if attached else 0],
                    re.IGNORECASE,
                )
            ),
            correcting=any(word in fold(proper) for word in self.correcting),
        )

    def of(self, clause: Clause) -> Head:
        """What a clause inherits from the clauses above it."""
        above = self.analysis.tree.parent(clause)
        if clause.parent_id in self.announced:
            return self.announced[clause.parent_id]
        if above is None:
            return self.title
        if above.clause_id not in self.heads:
            inherited = self.of(above)
            lead = self.analysis.lead(above)
            if lead is None or lead.clause.clause_id == clause.clause_id:
                return inherited
            self.heads[above.clause_id] = self._joined(inherited, lead)
        return self.heads[above.clause_id]

    def _joined(self, inherited: Head, lead: Passage) -> Head:
        """A head with what one more heading says."""
        text = lead.text[lead.start :]
        if not text:
            return inherited
        hits = self.analysis.citation_hits.get(lead.clause.clause_id, [])
        orders = find_orders(lead.text, hits, lead.start)
        folded = fold(text)
        correcting = inherited.correcting or any(word in folded for word in self.correcting)
        order = orders[0] if orders else None
        document = _document(order, hits, lead)
        path = _path(orders, text)
        law = LAW.search(text) if order and document is None else None
        attached = bool(order and order.attached) or (document is None and inherited.attached)
        if order and document is not None and not order.attached:
            attached = False
        return Head(
            document=document or inherited.document,
            law=law.group("law") if law else ("" if document else inherited.law),
            path=within(path, inherited.path) if path else inherited.path,
            attached=attached,
            correcting=correcting,
            order=order if order and order.items else None,
            order_text=lead.text,
        )

    def own(self, clause: Clause) -> Clause:
        """The clause whose wording a leaf is: the inner clause that it heads, else itself."""
        above = self.analysis.tree.parent(clause)
        return above if above is not None and above.char_start == clause.char_start else clause
