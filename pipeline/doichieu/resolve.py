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

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any
from zlib import crc32

from msgspec import Struct
from msgspec.structs import replace

from doichieu.model import Amendment, Citation, Document, DocumentInfo, Problem, last_day
from doichieu.naming import same_issuer
from doichieu.text import fold

_SURE = 92.0  # similarity of titles, 0–100, from which two wordings are one title
_MARGIN = 6.0  # and by how much the best candidate must beat the next
_SHOWN = 5  # how many candidates a message names
_FEW = 3  # dates of one number up to which another date looks like a slip
_PARAGRAPH = 60  # characters from which a paragraph is its document's own
_SIGNS = re.compile(r"[\W_]+")  # what is no letter and no figure
_SKETCH, _HASH = 48, 4  # hashes that a document keeps, and the bytes of one
_ALIKE, _SAME = 0.25, 0.8  # share of common hashes that confirms one number, and that tells a copy without one
_FEWEST = 4  # hashes below which nothing is told without a number
_MIN_WORDS = 6  # a shorter title names nothing unmistakably


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
        _title_key(info.title),
        info.implements,
        tuple(
            CitedAs(i, c.kind, c.number, c.issued_on, c.issuer, _title_key(c.title) if i in keep else "", c.relation)
            for i, c in enumerate(document.citations)
            if c.number
        ),
        info.characters,
        _sketch(document),
        tuple(_ends(document)),
    )


def _sketch(document: Document) -> bytes:
    """The least hashes of the letters and figures of its longer paragraphs."""
    hashes = {
        crc32(_SIGNS.sub("", clause.text.lower().replace(" ", "")).encode("utf-8", "surrogatepass"))
        for clause in document.clauses
        if clause.leaf and len(clause.text) >= _PARAGRAPH
    }
    return b"".join(number.to_bytes(_HASH, "big") for number in sorted(hashes)[:_SKETCH])


@lru_cache(maxsize=512)
def _hashes(sketch: bytes) -> frozenset[bytes]:
    """The hashes of a sketch; many are compared with one."""
    return frozenset(sketch[at : at + _HASH] for at in range(0, len(sketch), _HASH))


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


def _title_key(title: str) -> str:
    """A title as it is compared: folded, without its opening word, punctuation and ``năm``."""
    key = _TRIFLES.sub(" ", fold(title).replace("/", " "))
    return " ".join(_LEADING.sub("", key, count=1).split()) if key else ""


def solve(records: Iterable[IndexRecord]) -> dict[str, Patch]:
    """One patch per document that learns something; the order of ``records`` does not matter."""
    run = sorted(records, key=lambda record: record.document_id)
    names = _recover_numbers(run)
    by_number: dict[str, _Bearers] = {}
    for record in run:
        if record.document_id in names:
            number, issued_on = names[record.document_id]
            record = replace(record, number=number, issued_on=issued_on)
        if record.number:
            by_number.setdefault(record.number, _Bearers()).by_date[record.issued_on].append(record)
    copies = _copies(run)
    patches: dict[str, Patch] = {}
    ended: dict[str, tuple[str, str]] = {}
    for record in run:
        cited: list[tuple[int, str]] = []
        reasons: list[tuple[int, str]] = []
        for citation in record.citations:
            found, reason = _target(citation, by_number.get(citation.number), record, copies)
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


def _copies(run: Sequence[IndexRecord]) -> dict[str, str]:
    """Document → the one that stands for it, where two are one document: a copy, a scan and its Word file, a draft.

    Number, issuer and day must agree and title or text be alike; without a number the text must be the same.  The
    fullest stands for the others.
    """
    by_number: dict[str, list[IndexRecord]] = defaultdict(list)
    by_hash: dict[bytes, list[IndexRecord]] = defaultdict(list)
    for record in run:
        if record.number:
            by_number[record.number].append(record)
        if record.sketch:
            by_hash[record.sketch[:_HASH]].append(record)
    out: dict[str, str] = {}
    for group in [*by_number.values(), *by_hash.values()]:
        ranked = sorted(group, key=lambda r: (not r.number, -r.characters, r.document_id))
        for i, record in enumerate(ranked):
            first = next((r for r in ranked[:i] if r.document_id not in out and _one_document(r, record)), None)
            if first is not None:
                out.setdefault(record.document_id, first.document_id)
    return out


def _one_document(one: IndexRecord, other: IndexRecord) -> bool:
    if (one.kind and other.kind and one.kind != other.kind) or not same_issuer(one.issuer, other.issuer):
        return False
    if one.issued_on and other.issued_on and one.issued_on != other.issued_on:
        return False
    if one.number and one.number == other.number:
        titled = bool(one.title and other.title) and _similarity(one.title, other.title) >= _SURE
        return titled or _likeness(one.sketch, other.sketch) >= _ALIKE
    if (one.number and other.number) or min(len(one.sketch), len(other.sketch)) < _FEWEST * _HASH:
        return False
    return _likeness(one.sketch, other.sketch) >= _SAME


def _likeness(one: bytes, other: bytes) -> float:
    """The share of common hashes among the least of both."""
    if one == other:
        return 1.0 if one else 0.0
    a, b = _hashes(one), _hashes(other)
    least = sorted(a | b)[:_SKETCH]
    both = a & b
    return sum(number in both for number in least) / len(least) if least else 0.0


class _Bearers:
    """The documents of one number, by their dates."""

    def __init__(self) -> None:
        self.by_date: dict[str, list[IndexRecord]] = defaultdict(list)

    def of_day(self, day: str) -> list[IndexRecord]:
        """Those that can be of ``day``: dated so, else undated; all of them where no day is named."""
        if not day:
            return [record for group in self.by_date.values() for record in group]
        return self.by_date.get(day) or self.by_date.get("", [])


def _target(
    citation: CitedAs, bearers: _Bearers | None, citer: IndexRecord, copies: Mapping[str, str]
) -> tuple[str, str]:
    """The one document that a citation can mean, or why there is none; copies of one document are one."""
    if bearers is None:
        return "", ""
    fitting = [record for record in bearers.of_day(citation.issued_on) if _fits(citation, record, citer)]
    meant = {copies.get(record.document_id, record.document_id) for record in fitting}
    if len(meant) == 1:
        return meant.pop(), ""
    if len(fitting) > 1:
        names = ", ".join(record.document_id for record in fitting[:_SHOWN])
        more = f" và {len(fitting) - _SHOWN} văn bản khác" if len(fitting) > _SHOWN else ""
        return "", f"Nhiều văn bản trong lần chạy cùng mang số {citation.number}: {names}{more}"
    if citation.issued_on and citation.issuer and len(bearers.by_date) <= _FEW:
        other = sorted({r.issued_on for r in bearers.of_day("") if r.issued_on and _fits(citation, r, citer)})
        if len(other) == 1:
            reason = (
                f"Văn bản số {citation.number} trong lần chạy ghi ngày {other[0]}, chỗ này dẫn ngày "
                f"{citation.issued_on}"
            )
            return "", reason
    return "", ""


def _fits(citation: CitedAs, record: IndexRecord, citer: IndexRecord) -> bool:
    """Whether kind, issuer and place of a document agree with a citation of its number."""
    if record.kind and citation.kind and not _kinds_agree(record.kind, citation.kind):
        return False
    if not same_issuer(record.issuer, citation.issuer):
        return False
    same_day = bool(citation.issued_on) and citation.issued_on == record.issued_on
    if not same_day and not citation.issuer and _LOCAL.search(citation.number):
        return False  # "17/KH-UBND" alone could be any province's
    named = _places(citation.issuer)
    own, theirs = _places(citer.issuer), _places(record.issuer)
    return all(own[level] == theirs[level] for level in own if level in theirs and level not in named)


_LOCAL = re.compile(r"[/-](?:UBND|HĐND|TU|HU|ĐU|QU|ThU|S[A-ZĐ]{1,6}|BCĐ)\Z")
_PLACE = re.compile(
    r"(?<!\w)(tỉnh|thành phố|thị xã|huyện|xã|phường|tỉnh ủy|thành ủy|thị ủy"
    r"|huyện ủy)\s+(?!ủy)([^\W\d_]+(?: [^\W\d_]+){0,3})"
)


@lru_cache(maxsize=1 << 14)
def _places(issuer: str) -> dict[str, str]:
    """Level → place of an issuer: ``Ủy ban nhân dân tỉnh Bắc Ninh`` → ``{"tỉnh": "bắc ninh"}``."""
    found = _PLACE.findall(fold(issuer))
    return {
        level.replace(" ủy", "").replace("thành phố", "thành").replace("thị xã", "thị"): place for level, place in found
    }


def _kinds_agree(one: str, other: str) -> bool:
    return one == other or {one, other} <= {"quyet_dinh", "quy_dinh"} or {one, other} <= {"chuong_trinh", "ke_hoach"}


# ---------------------------------------------------------------- own numbers told by citers


def _recover_numbers(run: Sequence[IndexRecord]) -> dict[str, tuple[str, str]]:
    """Number and date of documents without one, where every citer that means them says the same."""
    nameless = [r for r in run if not r.number and r.kind and len(r.title.split()) >= _MIN_WORDS]
    if not nameless:
        return {}
    taken = {(r.number, r.issued_on) for r in run if r.number}
    titles = {c.title for r in run for c in r.citations if c.title and (c.number, c.issued_on) not in taken}
    asked = {shingle for title in titles for shingle in _shingles(title)}
    wanted: dict[str, list[int]] = defaultdict(list)
    for i, record in enumerate(nameless):
        for shingle in _shingles(record.title) & asked:
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
            near = {i for shingle in _shingles(citation.title) for i in wanted.get(shingle, ())}
            for i in near:
                if _may_mean(citation, nameless[i], record.document_id):
                    score = _similarity(nameless[i].title, citation.title)
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
        if not ranked or ranked[0][1] < _SURE:
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


def _shingles(title: str) -> set[str]:
    words = title.split()
    return {" ".join(words[i : i + 4]) for i in range(len(words) - 3)}


def _similarity(one: str, other: str) -> float:
    """0–100.  Figures must agree: a title that names other years or numbers is another title."""
    from rapidfuzz import fuzz

    if set(re.findall(r"\d+", one)) != set(re.findall(r"\d+", other)):
        shorter, longer = sorted((set(re.findall(r"\d+", one)), set(re.findall(r"\d+", other))), key=len)
        if not shorter <= longer or not shorter:
            return 0.0
    return float(fuzz.ratio(one, other))


# ---------------------------------------------------------------- putting patches on, and parents


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
