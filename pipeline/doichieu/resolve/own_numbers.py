"""Numbers and dates of documents without one, as all who cite them say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from doichieu.naming import same_issuer
from doichieu.resolve.records import CitedAs, IndexRecord
from doichieu.resolve.titles import SURE, shingles, similarity

_MARGIN = 6.0  # by how much the best candidate must beat the next
_MIN_WORDS = 6  # a shorter title names nothing unmistakably


def recover_numbers(run: Sequence[IndexRecord]) -> dict[str, tuple[str, str]]:
    """Number and date of documents without one, where every citer that means them says the same."""
    nameless = [r for r in run if not r.number and r.kind and len(r.title.split()) >= _MIN_WORDS]
    if not nameless:
        return {}
    taken = {(r.number, r.issued_on) for r in run if r.number}
    titles = {c.title for r in run for c in r.citations if c.title and (c.number, c.issued_on) not in taken}
    asked = {shingle for title in titles for shingle in shingles(title)}
    wanted: dict[str, list[int]] = defaultdict(list)
    for i, record in enumerate(nameless):
        for shingle in shingles(record.title) & asked:
            wanted[shingle].append(i)
    candidates: dict[int, dict[tuple[str, str], float]] = defaultdict(dict)
    seen: set[tuple[str, str, str, str, str]] = set()
    for record in run:
        for citation in record.citations:
            key = (citation.kind, citation.number, citation.issued_on, citation.issuer, citation.title)
            if key in seen or not citation.title or (citation.number, citation.issued_on) in taken:
                continue
            seen.add(key)
            name = (citation.number, citation.issued_on)
            near = {i for shingle in shingles(citation.title) for i in wanted.get(shingle, ())}
            for i in near:
                if _may_mean(citation, nameless[i], record.document_id):
                    score = similarity(nameless[i].title, citation.title)
                    candidates[i][name] = max(score, candidates[i].get(name, 0.0))
    return _unmistakable(nameless, candidates)


def _may_mean(citation: CitedAs, own: IndexRecord, citer: str) -> bool:
    """Whether a citation may mean a document without a number: kind and issuer alike, dates not against."""
    if own.document_id == citer or own.kind != citation.kind or citation.number in own.implements:
        return False
    if not own.issuer or not citation.issuer or not same_issuer(own.issuer, citation.issuer):
        return False
    return not (own.issued_on and citation.issued_on and own.issued_on != citation.issued_on)


def _unmistakable(
    nameless: Sequence[IndexRecord], candidates: dict[int, dict[tuple[str, str], float]]
) -> dict[str, tuple[str, str]]:
    chosen: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
    for i in sorted(candidates):
        merged: dict[tuple[str, str], float] = {}
        for (number, day), score in sorted(candidates[i].items()):
            dated = [name for name in candidates[i] if name[0] == number and name[1]]
            if not day and len(dated) == 1:
                continue  # the same number, named elsewhere with its date
            merged[number, day] = score
        ranked = sorted(merged.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or ranked[0][1] < SURE:
            continue
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _MARGIN:
            continue
        chosen[ranked[0][0]].append((ranked[0][1], nameless[i].document_id))
    out: dict[str, tuple[str, str]] = {}
    for name, owners in chosen.items():
        owners.sort(reverse=True)
        if len(owners) > 1 and owners[0][0] - owners[1][0] < _MARGIN:
            continue  # two documents answer to one name
        out[owners[0][1]] = name
    return out
