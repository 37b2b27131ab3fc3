"""Across the run: which document a citation means, whose number a citer tells, and who is whose parent.

Documents are too many to be held together, so each leaves a small :class:`IndexRecord`; :func:`solve` looks at all
records and returns one small :class:`Patch` per document that gains something; :func:`apply` puts it on the document.
Nothing is guessed: two candidates are none, and the reason is written down.

What holds after :func:`resolve`:

1. A citation with a number has ``cited_document_id`` where exactly one document of the run bears that number with a
   fitting date and issuer; otherwise it is empty, and ``unresolved`` says why where several fit.
2. A document without a number of its own has the number and date by which others cite it where kind, issuer and title
   agree unmistakably (``number_source`` is ``cited_by``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from doichieu.model import Amendment, Citation, Document, DocumentInfo, Problem, last_day
from doichieu.resolve.copies import copies_among
from doichieu.resolve.meant import Bearers, target
from doichieu.resolve.own_numbers import recover_numbers
from doichieu.resolve.records import CitedAs, Ends, IndexRecord, Interned, Patch, index

__all__ = [
    "CitedAs",
    "Ends",
    "IndexRecord",
    "Interned",
    "Patch",
    "amenders",
    "apply",
    "copied",
    "index",
    "learned_amendments",
    "learned_info",
    "parents_of",
    "resolve",
    "solve",
]


def solve(records: Iterable[IndexRecord]) -> dict[str, Patch]:
    """One patch per document that learns something; the order of ``records`` does not matter."""
    run = sorted(records, key=lambda record: record.document_id)
    names = recover_numbers(run)
    by_number: dict[str, Bearers] = {}
    for record in run:
        if record.document_id in names:
            number, issued_on = names[record.document_id]
            record = replace(record, number=number, issued_on=issued_on)
        if record.number:
            by_number.setdefault(record.number, Bearers()).by_date[record.issued_on].append(record)
    copies = copies_among(run)
    patches: dict[str, Patch] = {}
    ended: dict[str, tuple[str, str]] = {}
    for record in run:
        cited: list[tuple[int, str]] = []
        reasons: list[tuple[int, str]] = []
        for citation in record.citations:
            found, reason = target(citation, by_number.get(citation.number), record, copies)
            if found:
                cited.append((citation.position, found))
            elif reason:
                reasons.append((citation.position, reason))
        found_at = dict(cited)
        for end in record.ends:
            if end.cited not in found_at:
                continue
            if end.action == "end":
                ended[found_at[end.cited]] = (record.number or record.document_id, last_day(end.on))
            else:
                ended.setdefault(found_at[end.cited], ("", end.until))
        number, issued_on = names.get(record.document_id, ("", ""))
        copy_of = copies.get(record.document_id, "")
        if cited or reasons or number or copy_of:
            patches[record.document_id] = Patch(
                record.document_id, number, issued_on, tuple(cited), tuple(reasons), copy_of
            )
    for identity, (by, until) in ended.items():
        patch = patches.get(identity) or Patch(identity)
        patches[identity] = replace(patch, replaced_by=by, effective_until=until)
    return patches


def apply(document: Document, patch: Patch | None) -> Document:
    """The document with what the run taught it; without a patch the document as it is."""
    if patch is None:
        return document
    info = learned_info(document.info, patch)
    citations: list[Citation] = list(document.citations)
    for position, cited in patch.cited:
        citations[position] = replace(citations[position], cited_document_id=cited)
    for position, reason in patch.unresolved:
        citations[position] = replace(citations[position], unresolved=reason)
    amendments = learned_amendments(document.amendments, citations)
    problems = (*document.problems, copied(document.document_id, patch.copy_of)) if patch.copy_of else document.problems
    return replace(document, info=info, citations=tuple(citations), amendments=amendments, problems=problems)


def copied(document_id: str, copy_of: str) -> Problem:
    """The problem row of a document for which another stands."""
    message = f"Bản trùng của tài liệu “{copy_of}” (cùng cơ quan, ngày và nội dung): tài liệu đó đại diện cho cả hai"
    return Problem(document_id, "copy", "low", message)


def learned_info(info: DocumentInfo, patch: Patch) -> DocumentInfo:
    """The head of a document with its number told by citers, and its end told by those who end it."""
    if patch.number and not info.number:
        info = replace(info, number=patch.number, issued_on=info.issued_on or patch.issued_on, number_source="cited_by")
    if patch.replaced_by or patch.effective_until:
        until = patch.effective_until or info.effective_until
        info = replace(info, replaced_by=patch.replaced_by, effective_until=until)
    return info


def learned_amendments(rows: Sequence[Amendment], citations: Sequence[Citation]) -> tuple[Amendment, ...]:
    """The amendments with the documents of the run that they change: those that the citations of their numbers mean."""
    known = {(c.number, c.issued_on): c.cited_document_id for c in citations if c.number and c.cited_document_id}
    by_number = {number: identity for (number, _), identity in known.items()}
    return tuple(
        replace(
            row,
            amended_document_id=known.get((row.amended_number, row.amended_issued_on))
            or (by_number.get(row.amended_number, "") if row.amended_number else ""),
        )
        for row in rows
    )


def resolve(documents: Sequence[Document]) -> list[Document]:
    """All documents of a small run resolved against each other, in the order given."""
    patches = solve(index(document) for document in documents)
    return [apply(document, patches.get(document.document_id)) for document in documents]


_CHANGES = frozenset({"amends", "replaces", "repeals", "corrects", "extends", "suspends"})


def amenders(documents: Iterable[Document]) -> dict[str, list[str]]:
    """For each document of a run the ids of those that change, end or prolong it, in their order."""
    out: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        for citation in document.citations:
            changed = citation.cited_document_id
            if citation.relation in _CHANGES and changed and changed != document.document_id:
                if document.document_id not in out[changed]:
                    out[changed].append(document.document_id)
    return dict(out)


def parents_of(document: Document, documents: Sequence[Document], *, basis: bool = False) -> list[str]:
    """The ids of the documents that ``document`` says it carries out, among ``documents`` (resolved), in its own order.

    ``basis`` adds the policies (resolutions, directives, programmes …) that it names as its basis (``Căn cứ …``).
    """
    present = {other.document_id for other in documents} - {document.document_id}
    out: list[str] = []
    for number in document.info.implements:
        cited = [c for c in document.citations if c.number == number and c.cited_document_id in present]
        cited.sort(key=lambda c: (c.relation != "implements", c.char_start))
        for citation in cited[:1]:
            if citation.cited_document_id not in out:
                out.append(citation.cited_document_id)
    for citation in document.citations if basis else ():
        found = citation.cited_document_id
        if citation.relation == "basis" and citation.kind in _POLICIES and found in present and found not in out:
            out.append(found)
    return out


_POLICIES = frozenset(
    {"nghi_quyet", "chi_thi", "ket_luan", "chuong_trinh", "de_an", "ke_hoach", "chien_luoc", "quyet_dinh"}
)
