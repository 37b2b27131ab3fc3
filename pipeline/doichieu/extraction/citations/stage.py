"""References to other documents: found in each passage, then resolved within the document.

What holds after :func:`stage`:

1. Every document number of the running text is a row; the document's own number, the numbers of stamps, copy marks
   and the letterhead are none.
2. A short name (``Nghị quyết số 09``), an alias that the text introduced and ``Nghị quyết này`` are rows too; each is
   resolved to one number or document, or says in ``unresolved`` why it cannot be.
3. ``analysis.citation_hits`` holds the :class:`CitationHit` of each passage, in passage offsets; ``mask_end`` tells how
   far the cited title goes: years in there bind nobody.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from hashlib import blake2b
from typing import NamedTuple, cast

from msgspec.structs import replace

from doichieu.extraction.citations.grammar import CitationHit, find_citations
from doichieu.extraction.citations.numbers import leading_integer
from doichieu.model import Citation, Relation
from doichieu.naming import day_words, kind_names, same_issuer
from doichieu.segmentation.passages import Analysis, Passage
from doichieu.text import fold

__all__ = ["CitationHit", "find_citations", "stage"]

#: Zones whose numbers belong to the letterhead, a stamp or an address list.
SKIPPED_KINDS = frozenset({"header", "stamp", "recipients", "recipient", "signature"})

_ATTACHED = re.compile(r"kèm theo\s*\Z", re.IGNORECASE)


class _Known(NamedTuple):
    """One distinct document that the text cites with its number."""

    kind: str
    number: str
    issued_on: str
    issuer: str


def stage(analysis: Analysis) -> None:
    """Fill ``analysis.citations`` and ``analysis.citation_hits``; the letterhead has been read."""
    found: list[tuple[Passage, list[CitationHit]]] = []
    for passage in analysis.passages:
        if passage.clause.kind in SKIPPED_KINDS or not passage.text:
            continue
        hits = find_citations(passage.text)
        if hits:
            found.append((passage, hits))
    found = _with_aliases(analysis, found)
    book = _Book(analysis, found)
    counts: Counter[tuple[str, ...]] = Counter()
    rows: list[Citation] = []
    for passage, hits in found:
        resolved: list[CitationHit] = []
        for hit in hits:
            settled, cited, reason = book.resolve(passage, hit)
            resolved.append(settled)
            rows.append(_row(analysis, passage, settled, cited, reason, counts))
            book.seen(settled)
        analysis.citation_hits[passage.clause.clause_id] = list(resolved)
    rows.sort(key=lambda row: (row.char_start, row.char_end))
    analysis.citations = rows


def _row(
    analysis: Analysis, passage: Passage, hit: CitationHit, cited: str, reason: str, counts: Counter[tuple[str, ...]]
) -> Citation:
    span = passage.span(hit.start, hit.end)
    quote = analysis.source.text[span.start : span.end]
    key = (analysis.document_id, hit.form, hit.kind, hit.number, hit.issued_on, " ".join(quote.split()))
    digest = blake2b("\0".join([*key, str(counts[key])]).encode(), digest_size=6).hexdigest()
    counts[key] += 1
    return Citation(
        document_id=analysis.document_id,
        citation_id=f"c-{digest}",
        clause_id=passage.clause.clause_id,
        char_start=span.start,
        char_end=span.end,
        quote=quote,
        kind=hit.kind,
        number=hit.number,
        issued_on=hit.issued_on,
        issuer=hit.issuer,
        title=hit.title,
        alias=hit.alias,
        relation=cast(Relation, hit.relation),
        cited_document_id=cited,
        provision=hit.provision,
        unresolved=reason,
    )


def _with_aliases(
    analysis: Analysis, found: list[tuple[Passage, list[CitationHit]]]
) -> list[tuple[Passage, list[CitationHit]]]:
    """Add the later uses of aliases that are no short names in themselves (``Chương trình 57``, ``Đề án``)."""
    aliases: dict[str, CitationHit] = {}
    start_at: dict[str, int] = {}
    for passage, hits in found:
        for hit in hits:
            if hit.alias and hit.form == "number" and not find_citations(hit.alias):
                aliases.setdefault(hit.alias, hit)
                start_at.setdefault(hit.alias, passage.clause.char_start)
    if not aliases:
        return found
    patterns = [
        (alias, re.compile(rf"(?<!\w){re.escape(alias)}(?!\w)(?!\s+(?:số\b|này\b|\d|[A-ZĐ]))")) for alias in aliases
    ]
    by_clause = {passage.clause.clause_id: hits for passage, hits in found}
    out: list[tuple[Passage, list[CitationHit]]] = []
    for passage in analysis.passages:
        hits = list(by_clause.get(passage.clause.clause_id, ()))
        if passage.clause.kind not in SKIPPED_KINDS:
            for alias, pattern in patterns:
                if alias not in passage.text or passage.clause.char_start < start_at[alias]:
                    continue
                owner = aliases[alias]
                for match in pattern.finditer(passage.text):
                    a, b = match.span()
                    if any(h.start < b and a < max(h.mask_end, h.end) for h in hits):
                        continue
                    if passage.text[:a].rstrip().endswith((" là", '"')) or re.search(
                        r"là\s*[\"']?\Z", passage.text[:a]
                    ):
                        continue
                    hits.append(
                        CitationHit(a, b, "alias", owner.kind, owner.number, owner.issued_on, owner.issuer, mask_end=b)
                    )
        if hits:
            hits.sort(key=lambda h: (h.start, h.end))
            out.append((passage, hits))
    return out


class _Book:
    """The documents that one text cites by number, for resolving what it cites otherwise."""

    def __init__(self, analysis: Analysis, found: list[tuple[Passage, list[CitationHit]]]) -> None:
        self.document_id = analysis.document_id
        self.own_number = analysis.info.number
        self.own_date = analysis.info.issued_on
        self.own_kind = analysis.info.kind
        self.aliases: dict[str, CitationHit] = {}
        full: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
        for passage, hits in found:
            for hit in hits:
                if hit.alias:
                    self.aliases.setdefault(fold(hit.alias), hit)
                if hit.form == "number" and not self._is_own(passage, hit):
                    full[hit.number].add((hit.kind, hit.issued_on, hit.issuer))
        self.by_number: dict[str, list[_Known]] = {}
        for number, facts in full.items():
            self.by_number[number] = _distinct(number, facts)
        self.before: list[_Known] = []

    def _is_own(self, passage: Passage, hit: CitationHit) -> bool:
        if not self.own_number or hit.number != self.own_number:
            return False
        if not hit.issued_on or not self.own_date or hit.issued_on == self.own_date:
            return True
        return bool(_ATTACHED.search(passage.text[max(0, hit.start - 20) : hit.start]))

    def seen(self, hit: CitationHit) -> None:
        """Remember a citation for ``nêu trên`` further down."""
        if hit.number:
            known = _Known(hit.kind, hit.number, hit.issued_on, "")
            if known not in self.before:
                self.before.append(known)

    def resolve(self, passage: Passage, hit: CitationHit) -> tuple[CitationHit, str, str]:
        """The citation with what the rest of the text knows of it, the cited document, and why it is unresolved."""
        if hit.form == "number":
            if self._is_own(passage, hit):
                settled = replace(hit, form="self", number="", issued_on="", relation="mentions")
                return settled, self.document_id, ""
            return self._complete(hit), "", ""
        if hit.form == "self":
            return hit, self.document_id, ""
        if hit.form == "short":
            return self._short(passage, hit)
        if hit.form == "above":
            return self._above(hit)
        return hit, "", ""

    def _complete(self, hit: CitationHit) -> CitationHit:
        known = [k for k in self.by_number.get(hit.number, []) if same_issuer(k.issuer, hit.issuer)]
        if hit.issued_on:
            known = [k for k in known if k.issued_on == hit.issued_on]
        if len(known) != 1:
            return hit
        return replace(hit, issued_on=hit.issued_on or known[0].issued_on, issuer=hit.issuer or known[0].issuer)

    def _short(self, passage: Passage, hit: CitationHit) -> tuple[CitationHit, str, str]:
        """A document called by its kind and number alone: completed, found to be this one, or told why not."""
        wording = " ".join(passage.text[hit.start : hit.end].split())
        introduced = self.aliases.get(fold(wording)) or self.aliases.get(fold(wording.replace(" số ", " ")))
        if introduced is not None and introduced.kind != hit.kind and introduced.number:
            known = replace(hit, number=introduced.number, issued_on=introduced.issued_on, issuer=introduced.issuer)
            return self._complete(known), "", ""
        candidates = [
            known
            for group in self.by_number.values()
            for known in group
            if known.kind == hit.kind and leading_integer(known.number) == hit.short_number
        ]
        narrowed = self._fitting(passage, hit, candidates)
        if len(narrowed) == 1:
            one = narrowed[0]
            settled = replace(hit, number=one.number, issued_on=one.issued_on, issuer=one.issuer or hit.issuer)
            return settled, "", ""
        if narrowed:
            names = "; ".join(_named(known) for known in narrowed)
            return hit, "", f"“{wording}” có thể là {len(narrowed)} văn bản: {names}"
        if candidates:
            label = f"{kind_names().get(hit.kind, '')} số {hit.short_number}"
            return hit, "", f"“{label}” được dẫn trong văn bản là của cơ quan khác với “{hit.issuer}”"
        if leading_integer(self.own_number) == hit.short_number and self.own_kind == hit.kind:
            return hit, self.document_id, ""
        return hit, "", f"Văn bản không dẫn đầy đủ số, ngày của “{wording}”"

    def _fitting(self, passage: Passage, hit: CitationHit, candidates: list[_Known]) -> list[_Known]:
        """The candidates whose issuer and date do not contradict a short citation; an alias picks among them."""
        narrowed = [k for k in candidates if same_issuer(k.issuer, hit.issuer)] if hit.issuer else candidates
        if hit.issued_on:
            narrowed = [k for k in narrowed if not k.issued_on or k.issued_on == hit.issued_on]
        alias = self._alias(passage, hit) if len(narrowed) > 1 else None
        if alias is None:
            return narrowed
        return [k for k in narrowed if k.number == alias.number and k.issued_on == alias.issued_on] or narrowed

    def _alias(self, passage: Passage, hit: CitationHit) -> CitationHit | None:
        words = fold(passage.text[hit.start : hit.end])
        return next((owner for alias, owner in self.aliases.items() if alias and alias in words), None)

    def _above(self, hit: CitationHit) -> tuple[CitationHit, str, str]:
        of_kind = [known for known in self.before if known.kind == hit.kind]
        if len(of_kind) == 1:
            one = of_kind[0]
            return replace(hit, number=one.number, issued_on=one.issued_on, issuer=one.issuer), "", ""
        label = kind_names().get(hit.kind, "Văn bản")
        if not of_kind:
            return hit, "", f"Trước chỗ này văn bản chưa dẫn {label.lower()} nào bằng số"
        return hit, "", f"Trước chỗ này có {len(of_kind)} {label.lower()}: " + "; ".join(k.number for k in of_kind)


def _named(known: _Known) -> str:
    """A document by its number, with its day and issuer where they are known."""
    day = f" ngày {day_words(known.issued_on)}" if known.issued_on else ""
    return known.number + day + (f" của {known.issuer}" if known.issuer else "")


def _distinct(number: str, facts: set[tuple[str, str, str]]) -> list[_Known]:
    """The distinct documents of one number: another date with another issuer is another document."""
    dated = sorted({(kind, day) for kind, day, _ in facts if day})
    if not dated:
        kind, _, _ = sorted(facts)[0]
        issuers = sorted({issuer for _, _, issuer in facts if issuer}, key=lambda i: (-len(i), i))
        return [_Known(kind, number, "", issuers[0] if issuers else "")]
    out = []
    for kind, day in dated:
        issuers = sorted({i for k, d, i in facts if d == day and k == kind and i}, key=lambda i: (-len(i), i))
        out.append(_Known(kind, number, day, issuers[0] if issuers else ""))
    return out
