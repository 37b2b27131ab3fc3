"""Documents beside the repository, and documents rewritten, and what the product makes of them: digests of rows.

The repository holds none of the documents of ``../shared``, so what is remembered of them are digests: one tells
that a row is another than before, ``make gains`` tells what it was.  ``make golden`` writes them anew where the
documents are at hand.  The invented documents of ``texts/`` are there always, their rows beside them in full; here is
what is read in each, and what the comparison finds, when a lower body has rewritten it (``altered``).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from doichieu import extract_text
from doichieu.comparison.compare import compare
from doichieu.model import Document
from doichieu.schema import DIFF_TABLES, TABLES
from doichieu.tables import records, rows
from tests.golden import seldom
from tests.golden.addressed import COUNT as PAIRS_ADDRESSED
from tests.golden.addressed import addressed
from tests.golden.altered import altered
from tests.golden.crossed import COUNT, crossed
from tests.golden.golden import TEXTS, shown
from tests.golden.made_up import SORTS, made_up, mixed
from tests.golden.told import sources, told

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared"
KEPT = HERE / "digests"
_FOLDERS = (SHARED / "archive" / "markdown", SHARED / "real" / "texts", HERE.parents[1] / "corpus", HERE / "texts")
_FINDINGS = tuple(table for table in DIFF_TABLES if table.name in ("deviations", "duties"))
#: So many characters of a document are read: the longest of the archive would take as long as ten others.
_READ = 40_000
#: Longer documents (bytes) are compared with themselves rewritten only in the long tests.
_LONG = 10_000
#: So many documents of mixed clauses are made.
_MIXED = 20
#: Tables of so many rows that one digest tells of all of them.
_MANY = ("clauses", "agencies", "agency_mentions")
#: Digests on a line of a file: what moves in two places of a document is merged by itself.
_ABREAST = 12


@cache
def paths() -> dict[str, Path]:
    """The documents at hand by their names."""
    found = (path for folder in _FOLDERS for path in sorted(folder.glob("*")) if path.suffix in (".md", ".txt"))
    return {path.stem: path for path in found if path.stem != "README"}


@cache
def document(name: str) -> Document:
    """A document, read; one that is long only up to the end of a line."""
    text = paths()[name].read_text(encoding="utf-8-sig")
    return extract_text(text if len(text) <= _READ else text[: text.rindex("\n", 0, _READ)], document_id=name)


def lines_of(found: Document) -> Iterator[tuple[str, str]]:
    """The rows of a document, each with its table."""
    for table in TABLES:
        for row in rows(table, records([found], table.name)):
            yield table.name, _line(shown(table, row))


def findings(child: Document, parent: Document) -> Iterator[tuple[str, str]]:
    """What the comparison of two documents finds, each row with its table."""
    comparison = compare(child, parent)
    for table in _FINDINGS:
        for row in rows(table, (("", record) for record in getattr(comparison, table.name))):
            yield table.name, _line(shown(table, row))
    for problem in comparison.problems:
        yield "problems", _line({"code": problem.code, "message": problem.message})


def read(name: str) -> Iterator[tuple[str, str]]:
    """What is read in a document."""
    return lines_of(document(name))


def rewritten(name: str) -> Iterator[tuple[str, str]]:
    """What is read in a document that was rewritten, and what the comparison with the document finds."""
    child = extract_text(altered(document(name)), document_id=f"{name}-altered")
    yield from lines_of(child)
    yield from findings(child, document(name))


def opposed(name: str) -> Iterator[tuple[str, str]]:
    """What the comparison of a child and its parent finds."""
    child, parent = name.split("~")
    return findings(document(child), document(parent))


def put_together(name: str) -> Iterator[tuple[str, str]]:
    """What is read in a document that nobody wrote, and what the comparison finds when it is rewritten."""
    sort, number = name.split("-")
    if sort == "mixed":
        return _and_rewritten(mixed(int(number)), name)
    return _and_rewritten(crossed(int(number)) if sort == "crossed" else made_up(sort, int(number)), name)


def of_examples(name: str) -> Iterator[tuple[str, str]]:
    """What is read in the examples that a module or a lexicon tells, and what the comparison finds."""
    return _and_rewritten(told(name.replace("~", "/")), name)


def of_several_bodies(name: str) -> Iterator[tuple[str, str]]:
    """What the comparison of two documents put together from small parts finds, and what is read in the lower."""
    child, parent = addressed(int(name))
    yield from findings(child, parent)
    yield from lines_of(child)


def asked_seldom(name: str) -> Iterator[tuple[str, str]]:
    """What is read in each wording of a group of seldom ones, or what the comparison of its two clauses finds."""
    for wording, (first, *other) in seldom.readings(name):
        for table, line in findings(first, other[0]) if other else lines_of(first):
            yield table, f"{wording}\n  {line}"


def _and_rewritten(text: str, name: str) -> Iterator[tuple[str, str]]:
    found = extract_text(text, document_id=name)
    yield from lines_of(found)
    yield from findings(extract_text(altered(found), document_id=f"{name}-altered"), found)


KINDS: dict[str, Callable[[str], Iterator[tuple[str, str]]]] = {
    "read": read,
    "rewritten": rewritten,
    "opposed": opposed,
    "made_up": put_together,
    "told": of_examples,
    "seldom": asked_seldom,
    "addressed": of_several_bodies,
}
#: Children and parents among the documents of the archive and the real ones, as ``doichieu diff`` finds them.
_EDGES = (
    "2edf5927c71bc4c1~nq57-nqtw-2024-khcn-dmst-cds",
    "6fbca663c567ca45~e04c051ee54f2690",
    "kh144-bacninh-2025-kinh-te-so-xa-hoi-so~nq57-nqtw-2024-khcn-dmst-cds",
    "kh179-dongnai-2025-kinh-te-so-xa-hoi-so~nq57-nqtw-2024-khcn-dmst-cds",
    "kh179-dongnai-2025-kinh-te-so-xa-hoi-so~kh144-bacninh-2025-kinh-te-so-xa-hoi-so",
    "kh3260-ddqh15-2025-thuc-hien-nq57~nq57-nqtw-2024-khcn-dmst-cds",
    "kh552-dongthap-2025-doi-moi-cong-nghe~nq57-nqtw-2024-khcn-dmst-cds",
    "kh597-dongthap-2025-cds-ha-tang-giao-thong~nq57-nqtw-2024-khcn-dmst-cds",
    "nq03-nqcp-2025-cthd-thuc-hien-nq57~nq57-nqtw-2024-khcn-dmst-cds",
    "qd2597-ttg-2025-de-an-cds-ha-tang-xay-dung~nq57-nqtw-2024-khcn-dmst-cds",
    "qd877-btp-2025-kh-thuc-hien-nq03~nq03-nqcp-2025-cthd-thuc-hien-nq57",
)


def names(kind: str) -> list[str]:
    """The documents, or the pairs of them, that a kind of digests is about, of those at hand."""
    if kind == "made_up":
        made = [(sort, number) for sort in (*SORTS, "mixed") for number in range(_MIXED if sort == "mixed" else 12)]
        return [f"{sort}-{number:02d}" for sort, number in [*(("crossed", one) for one in range(COUNT)), *made]]
    if kind == "addressed":
        return [f"{number:02d}" for number in range(PAIRS_ADDRESSED)]
    if kind == "seldom":
        return seldom.names()
    if kind == "told":
        return [source.replace("/", "~") for source in sources()]
    if kind == "opposed":
        return [edge for edge in _EDGES if set(edge.split("~")) <= set(paths())]
    own = {path.stem for path in TEXTS}
    return [name for name in paths() if kind == "rewritten" or name not in own]


def takes_long(kind: str, name: str) -> bool:
    """Whether a document is so long that comparing it with itself rewritten takes a second or more."""
    return kind == "rewritten" and name in paths() and paths()[name].stat().st_size > _LONG


def _needs_shared(kind: str) -> bool:
    return kind not in ("made_up", "told", "seldom", "addressed")


def known(kind: str) -> list[str]:
    """The documents or pairs that digests are kept of."""
    return sorted(path.name.removesuffix(".txt") for path in (KEPT / kind).glob("*.txt"))


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)


# ------------------------------------------------------------------------------------------------------ digests


def digests(lines: Iterable[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Table, digest and text of each row; a table of many rows has one digest."""
    out: list[tuple[str, str, str]] = []
    whole: dict[str, list[str]] = {}
    for table, line in lines:
        if table in _MANY:
            whole.setdefault(table, []).append(line)
        else:
            out.append((table, _digest(line), line))
    return [*out, *((table, _digest("\n".join(told)), f"({len(told)} rows)") for table, told in whole.items())]


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=3).hexdigest()


def kept(kind: str, name: str) -> list[tuple[str, str]]:
    """Table and digest of each row as it was."""
    lines = (KEPT / kind / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [(table, digest) for table, *found in map(str.split, lines) for digest in found]


def moved(now: list[tuple[str, str, str]], before: list[tuple[str, str]]) -> list[str]:
    """What is another row than before, as it is now, and how many rows of a table are gone.

    >>> moved([("targets", "8928aa", "a")], [("targets", "8928aa")])
    []
    >>> moved([("targets", "8928aa", "a")], [("targets", "000000"), ("targets", "8928aa")])
    ['targets: 1 gone']
    """
    left, present = Counter(before), Counter((table, digest) for table, digest, _ in now)
    out = []
    for table, digest, line in now:
        if left[table, digest] <= 0:
            out.append(f"{table} {digest} {line}")
        left[table, digest] -= 1
    gone: Counter[str] = Counter()
    for (table, _), count in (Counter(before) - present).items():
        gone[table] += count
    out += [f"{table}: {count} gone" for table, count in gone.items()]
    if not out and [one[:2] for one in now] != before:
        out.append("the rows stand in another order")
    return out


@cache
def _of_shared() -> dict[str, str]:
    """Each document of ``../shared`` at hand with a digest of its bytes."""
    return {
        name: blake2b(path.read_bytes(), digest_size=6).hexdigest()
        for name, path in sorted(paths().items())
        if SHARED in path.parents
    }


def other_text(name: str) -> bool:
    """Whether a document beside the repository is not the one that the digests tell of."""
    before = json.loads((KEPT / "documents.json").read_text(encoding="utf-8"))
    now = _of_shared()
    return any(one in now and now[one] != before.get(one) for one in name.split("~"))


def write() -> None:
    """Write the digests of the documents at hand anew."""
    told_of = json.loads((KEPT / "documents.json").read_text(encoding="utf-8"))
    (KEPT / "documents.json").write_text(
        json.dumps({**told_of, **_of_shared()}, indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )
    for kind, make in KINDS.items():
        (KEPT / kind).mkdir(parents=True, exist_ok=True)
        for path in (KEPT / kind).glob("*.txt"):
            if path.stem in names(kind) or not _needs_shared(kind):
                path.unlink()
        for name in names(kind):
            if kind == "rewritten" and not document(name).targets:
                continue
            lines: list[str] = []
            for table, found in groupby(digests(make(name)), key=itemgetter(0)):
                told = [digest for _, digest, _ in found]
                lines += [" ".join((table, *told[at : at + _ABREAST])) for at in range(0, len(told), _ABREAST)]
            (KEPT / kind / f"{name}.txt").write_text("".join(line + "\n" for line in lines), encoding="utf-8")
