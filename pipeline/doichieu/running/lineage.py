"""The family of the documents of a folder: who carries out what, what is cited and not at hand, what is a copy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from doichieu.model import Document
from doichieu.naming import day_words, document_name
from doichieu.resolve import parents_of


def lines(documents: Sequence[Document]) -> Iterator[str]:
    """The tree of resolved documents, line by line; each document once below each document that it carries out."""
    by_id = {document.document_id: document for document in documents}
    copies = {d.document_id: p.message for d in documents for p in d.problems if p.code == "copy"}
    own = [document for document in documents if document.document_id not in copies]
    above = {d.document_id: [p for p in parents_of(d, own) if p != d.document_id] for d in own}
    below: dict[str, list[str]] = defaultdict(list)
    for identity, parents in above.items():
        for parent in parents:
            below[parent].append(identity)
    missing = _missing(own, by_id)
    for document in own:
        if not above[document.document_id]:
            yield from _branch(document.document_id, by_id, below, "", "", frozenset())
    standing = {identity for document in own for identity in _reached(document.document_id, above, below)}
    for document in own:
        if document.document_id not in standing:  # each carries out the other
            yield from _branch(document.document_id, by_id, below, "", "", frozenset())
    if missing:
        yield ""
        yield "Được nêu là thực hiện nhưng không có trong thư mục:"
        for name, citers in missing.items():
            yield f"- {name} ← {', '.join(citers)}"
    if copies:
        yield ""
        yield "Bản trùng:"
        for identity, message in copies.items():
            yield f"- {identity}: {message}"


def _reached(identity: str, above: dict[str, list[str]], below: dict[str, list[str]]) -> set[str]:
    """What stands below a document without parents, itself too."""
    if above[identity]:
        return set()
    seen: set[str] = set()
    waiting = [identity]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += below.get(one, ())
    return seen


def _dated(iso: str) -> str:
    return f" ngày {day_words(iso)}" if iso else ""


def _label(document: Document) -> str:
    info = document.info
    day = _dated(info.issued_on)
    name = document_name(document)
    issuer = f", {info.issuer}" if info.issuer else ""
    shown = f"{name}{day}{issuer}"
    return shown if name == document.document_id else f"{shown} [{document.document_id}]"


def _branch(
    identity: str,
    by_id: dict[str, Document],
    below: dict[str, list[str]],
    lead: str,
    indent: str,
    path: frozenset[str],
) -> Iterator[str]:
    yield f"{lead}{_label(by_id[identity])}" + (" (đã nêu ở trên)" if identity in path else "")
    if identity in path:
        return
    children = below.get(identity, [])
    for index, child in enumerate(children):
        last = index + 1 == len(children)
        lead_below, indent_below = ("└─ ", "   ") if last else ("├─ ", "│  ")
        yield from _branch(child, by_id, below, indent + lead_below, indent + indent_below, path | {identity})


def _missing(documents: Sequence[Document], by_id: dict[str, Document]) -> dict[str, list[str]]:
    """Documents that some say they carry out and that are not at hand → who says so."""
    out: dict[str, list[str]] = {}
    for document in documents:
        for number in document.info.implements:
            cited = [c for c in document.citations if c.number == number]
            if any(c.cited_document_id in by_id for c in cited):
                continue
            first = next((c for c in cited if c.issued_on), cited[0] if cited else None)
            day = _dated(first.issued_on) if first is not None else ""
            issuer = f" của {first.issuer}" if first is not None and first.issuer else ""
            out.setdefault(f"{number}{day}{issuer}", []).append(document.document_id)
    return out
