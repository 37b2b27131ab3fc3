"""What a run keeps of each document, and what each learns from the run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from zlib import crc32

from msgspec import Struct

from doichieu.model import Document
from doichieu.text import fold
from doichieu.text.memory import remembered

_SIGNS = re.compile(r"[\W_]+")  # what is no letter and no figure
_OFTEN = b' ,.;:-/()%"\n'
_PARAGRAPH = 60  # characters from which a paragraph is its document's own
SKETCH, HASH = 48, 4  # hashes that a document keeps, and the bytes of one


class CitedAs(Struct, frozen=True, array_like=True):
    """One citation as the index keeps it; ``position`` is its place among the document's citations."""

    position: int
    kind: str
    number: str
    issued_on: str
    issuer: str
    title: str
    relation: str


class Ends(Struct, frozen=True, array_like=True):
    """A document that another one ends or whose term it changes; ``cited`` is the place of its citation."""

    cited: int
    action: str
    on: str
    until: str


class IndexRecord(Struct, frozen=True, array_like=True):
    """What the run needs to know of one document."""

    document_id: str
    kind: str
    number: str
    issued_on: str
    issuer: str
    title: str
    implements: tuple[str, ...]
    citations: tuple[CitedAs, ...]
    characters: int = 0
    sketch: bytes = b""  # the least hashes of its paragraphs, packed: two documents of one text have them in common
    ends: tuple[Ends, ...] = ()


class Patch(Struct, frozen=True):
    """What one document learns from the run.  ``cited`` and ``unresolved`` are ``(position, value)`` pairs."""

    document_id: str
    number: str = ""
    issued_on: str = ""
    cited: tuple[tuple[int, str], ...] = ()
    unresolved: tuple[tuple[int, str], ...] = ()
    copy_of: str = ""
    replaced_by: str = ""
    effective_until: str = ""


def index(document: Document) -> IndexRecord:
    """The record that a document leaves for the run."""
    info = document.info
    longest: dict[tuple[str, str], int] = {}  # the title is kept once per cited document, where it is fullest
    for i, citation in enumerate(document.citations):
        name = (citation.number, citation.issued_on)
        if citation.number and (
            name not in longest or len(citation.title) > len(document.citations[longest[name]].title)
        ):
            longest[name] = i
    keep = set(longest.values())
    return IndexRecord(
        document.document_id,
        info.kind,
        info.number,
        info.issued_on,
        info.issuer,
        title_key(info.title),
        info.implements,
        tuple(
            CitedAs(i, c.kind, c.number, c.issued_on, c.issuer, title_key(c.title) if i in keep else "", c.relation)
            for i, c in enumerate(document.citations)
            if c.number
        ),
        info.characters,
        _sketch(document),
        tuple(_ends(document)),
    )


def _sketch(document: Document) -> bytes:
    """The least hashes of the letters and figures of its longer paragraphs."""
    hashes = {_hash(clause.text) for clause in document.clauses if clause.leaf and len(clause.text) >= _PARAGRAPH}
    return b"".join(number.to_bytes(HASH, "big") for number in sorted(hashes)[:SKETCH])


def _letters(text: str) -> bytes:
    """The letters and figures of a text, small, in UTF-8; the signs that most texts have are taken out first.

    >>> _letters("Đạt 95,5% (năm 2026) – “ước”").decode()
    'đạt955năm2026ước'
    """
    plain = text.lower().encode("utf-8", "surrogatepass").translate(None, _OFTEN)
    letters = plain.decode("utf-8", "surrogatepass")
    return plain if letters.isalnum() else _SIGNS.sub("", letters).encode("utf-8", "surrogatepass")


def _hash_of(text: str) -> int:
    """The hash of a paragraph."""
    return crc32(_letters(text))


_hash = remembered(_hash_of)


class Interned:
    """Records that share what is alike in them: documents of one office name the same bodies, numbers and titles."""

    def __init__(self) -> None:
        self._one: dict[Any, Any] = {}

    def __call__(self, record: IndexRecord) -> IndexRecord:
        """The record, made of values that were met before wherever it can be."""
        one = self._one.setdefault
        return IndexRecord(
            record.document_id,
            one(record.kind, record.kind),
            one(record.number, record.number),
            one(record.issued_on, record.issued_on),
            one(record.issuer, record.issuer),
            one(record.title, record.title),
            tuple(one(number, number) for number in record.implements),
            tuple(one(cited, cited) for cited in record.citations),
            record.characters,
            record.sketch,
            record.ends,
        )


def _ends(document: Document) -> Iterator[Ends]:
    """The documents that a document ends, replaces or prolongs as a whole."""
    for row in document.amendments:
        if row.provision != "van_ban" or row.action not in ("end", "set_date") or not row.amended_number:
            continue
        cited = next((i for i, c in enumerate(document.citations) if c.number == row.amended_number), None)
        if cited is not None:
            yield Ends(cited, row.action, row.effective_on or document.info.issued_on, row.effective_until)


_LEADING = re.compile(r"(?:v/v|về việc|về)\s+")
_TRIFLES = re.compile(r"[^\w\s/]|(?<!\w)(?:năm|số)(?!\w)")


def title_key(title: str) -> str:
    """A title as it is compared: folded, without its opening word, punctuation and ``năm``."""
    key = _TRIFLES.sub(" ", fold(title).replace("/", " "))
    return " ".join(_LEADING.sub("", key, count=1).split()) if key else ""
