"""Random rows for a reader to judge, and what the judgements say: the honest measure of what was read.

:func:`draw` takes rows of each table at random with a fixed seed, at most a few of a document, and clauses that hold a
figure, for what was missed.  They make a page that is judged with one key a row; the judgements are a JSON file of
which :func:`summary` prints precision and recall by table and field, with Wilson intervals.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from math import sqrt
from pathlib import Path
from typing import Any, Literal

import msgspec

from doichieu.errors import UsageError
from doichieu.model import Assignment, Clause, Document, Target
from doichieu.quality.audit_page import page
from doichieu.running.run import analyse_paths

Verdict = Literal["right", "wrong", "unsure"]
#: Rows of one document that are drawn at most, of clauses fewer: they stand close together.
_MOST, _MOST_CLAUSES = 8, 5
_AROUND = 260  # characters of context on either side
_LONGEST = 700  # characters of a quote that a page shows
_FIGURE = re.compile(r"\d")
#: What a reader judges of each table, beside whether the row is real at all.
FIELDS: dict[str, tuple[str, ...]] = {
    "targets": ("subject", "scope", "operator", "value", "unit", "deadline", "modality"),
    "assignments": ("task", "role", "agency", "deadline"),
    "deadlines": ("kind", "date", "recurrence"),
    "percentages": ("value", "use"),
    "citations": ("kind", "number", "issued_on", "issuer", "title", "relation"),
    "problems": ("code", "message", "worth"),
    "clauses": ("kind", "marker", "parent", "extent"),
    "figures": (),
}


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One row to judge, in its place; ``facts`` are its fields as printed."""

    key: str
    table: str
    document: str
    place: str
    facts: dict[str, str]
    before: str
    quote: str
    after: str


class Judgement(msgspec.Struct, frozen=True):
    """What a reader said of one row: whether it is real, which fields are wrong, how many rows are missing there."""

    verdict: Verdict
    wrong: tuple[str, ...] = ()
    missed: int = 0


class Judgements(msgspec.Struct, frozen=True):
    """A file of judgements: by the keys of the items; ``tables`` tells the table of each."""

    items: dict[str, Judgement] = {}
    tables: dict[str, str] = {}
    found: dict[str, int] = {}


def wilson(hits: int, count: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson interval of a share.

    >>> [round(x, 3) for x in wilson(45, 50)], wilson(0, 0)
    ([0.786, 0.957], (0.0, 1.0))
    """
    if not count:
        return 0.0, 1.0
    share, spread = hits / count, z * z / count
    middle = (share + spread / 2) / (1 + spread)
    width = z * sqrt(share * (1 - share) / count + spread / (4 * count)) / (1 + spread)
    return max(0.0, middle - width), min(1.0, middle + width)


def draw(documents: Sequence[Document], rows: int, seed: int, tables: Iterable[str] = ()) -> list[Item]:
    """Random rows of each table in the order of their places; the same for the same documents and seed."""
    wanted = tuple(tables) or tuple(name for name in FIELDS if name != "clauses")
    out: list[Item] = []
    for table in wanted:
        most = _MOST_CLAUSES if table in ("clauses", "figures") else _MOST
        pool = [item for document in documents for item in _RECORDS[table](document)]
        random.Random(f"{seed} {table}").shuffle(pool)
        taken: dict[str, int] = defaultdict(int)
        chosen: list[Item] = []
        for item in pool:
            if len(chosen) < rows and taken[item.document] < most:
                taken[item.document] += 1
                chosen.append(item)
        out += chosen
    return out


def _item(document: Document, table: str, record: Any, place: str, facts: dict[str, Any]) -> Item:
    text = document.source.text
    start, end = record.char_start or 0, record.char_end or 0
    shown = min(end, start + _LONGEST)
    named = f"{table}\0{document.document_id}\0{start}\0{end}\0{json.dumps(facts, ensure_ascii=False, default=str)}"
    return Item(
        key=blake2b(named.encode(), digest_size=8).hexdigest(),
        table=table,
        document=document.document_id,
        place=place,
        facts={name: "" if value is None else str(value) for name, value in facts.items()},
        before=text[max(0, start - _AROUND) : start],
        quote=text[start:shown] + ("…" if shown < end else ""),
        after=text[end : end + _AROUND],
    )


def _records_of(table: str) -> Callable[[Document], list[Item]]:
    def items(document: Document) -> list[Item]:
        paths = {clause.clause_id: clause.clause_path for clause in document.clauses}
        out = []
        for record in getattr(document, table):
            if table == "problems" and (record.char_start is None or record.code == "ocr_repair"):
                continue
            facts = {name: _shown(getattr(record, name, "")) for name in FIELDS[table] if name != "worth"}
            if hasattr(record, "deadline_text"):
                facts["deadline"] = _time(record)
            out.append(_item(document, table, record, paths.get(record.clause_id, ""), facts))
        return out

    return items


def _time(record: Target | Assignment) -> str:
    """All that a row says of its time: the day, or the words and the rhythm where there is none."""
    day = f"{record.deadline_operator} {record.deadline}".strip()
    said = " ".join(record.deadline_text.split())
    return day if record.deadline else " · ".join(filter(None, (said, day, record.recurrence)))


def _shown(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else value


def _clauses(document: Document) -> list[Item]:
    by_id = {clause.clause_id: clause for clause in document.clauses}
    return [
        _item(document, "clauses", clause, clause.clause_path, _facts_of(clause, by_id))
        for clause in document.clauses
        if clause.leaf and clause.kind not in ("stamp", "header") and clause.char_end > clause.char_start
    ]


def _facts_of(clause: Clause, by_id: dict[str, Clause]) -> dict[str, Any]:
    above = by_id.get(clause.parent_id)
    parent = f"{above.kind} {above.marker} {(above.heading or above.text)[:80]}" if above is not None else "(gốc)"
    return {"kind": clause.kind, "marker": clause.marker, "parent": parent, "extent": f"{len(clause.text)} ký tự"}


def _figures(document: Document) -> list[Item]:
    found: dict[str, list[str]] = defaultdict(list)
    for target in document.targets:
        figure = f"{target.operator} {target.value or target.level} {target.unit}".strip()
        found[target.clause_id].append(f"{target.subject} {figure} {target.deadline}".strip())
    for row in document.assignments:
        found[row.clause_id].append(f"{row.role} {row.agency}: {row.task[:60]}")
    return [
        _item(document, "figures", clause, clause.clause_path, {"read": " | ".join(found.get(clause.clause_id, []))})
        for clause in document.clauses
        if clause.leaf and clause.kind in _SPEAKING and _FIGURE.search(clause.text[len(clause.marker) :])
    ]


_SPEAKING = ("item", "bullet", "paragraph", "table_row", "section", "role_line")
_RECORDS: dict[str, Callable[[Document], list[Item]]] = {
    **{name: _records_of(name) for name in FIELDS if name not in ("clauses", "figures")},
    "clauses": _clauses,
    "figures": _figures,
}


def summary(judgements: Judgements) -> list[str]:
    """Precision by table and field, recall of the clauses with a figure, with their Wilson intervals, line by line."""
    out: list[str] = []
    by_table: dict[str, list[Judgement]] = defaultdict(list)
    missed = found = 0
    for key, judgement in judgements.items.items():
        table = judgements.tables.get(key, "")
        if judgement.verdict == "unsure":
            continue
        if table == "figures":
            missed += judgement.missed
            found += judgements.found.get(key, 0)
        else:
            by_table[table].append(judgement)
    for table in (name for name in FIELDS if name in by_table):
        rows = by_table[table]
        real = [row for row in rows if row.verdict == "right"]
        out.append(_line(table, "có thật", len(real), len(rows)))
        out += [_line(table, name, sum(name not in r.wrong for r in real), len(real)) for name in FIELDS[table]]
        out.append(_line(table, "đúng cả dòng", sum(not row.wrong for row in real), len(rows)))
    if found + missed:
        out.append(_line("figures", "đọc được", found, found + missed))
    return out


def _line(table: str, name: str, hits: int, count: int) -> str:
    low, high = wilson(hits, count)
    share = f"{hits / count:.3f}" if count else "–"
    return f"{table:<12} {name:<14} {share:>6}  [{low:.3f}; {high:.3f}]  n = {count}"


def read_judgements(path: Path) -> Judgements:
    """A file of judgements.  Raises :class:`doichieu.errors.UsageError`."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Judgements)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError) as error:
        raise UsageError(f"Không đọc được điểm chấm trong {path}: {error}") from error


def main(args: argparse.Namespace) -> int:
    """Make the page to be judged, or print what judgements say; returns the exit status."""
    unknown = [name for name in args.table if name not in FIELDS]
    if unknown:
        raise UsageError(f"Không có bảng “{unknown[0]}”; các bảng: {', '.join(FIELDS)}.")
    if args.judgements:
        print("\n".join(summary(read_judgements(args.judgements))))
        return 0
    documents, problems = analyse_paths([args.folder])
    items = draw(documents, args.rows, args.seed, args.table)
    args.out.write_text(page(msgspec.to_builtins(items), FIELDS), encoding="utf-8")
    print(f"{args.out}: {len(items)} dòng để chấm")
    return 1 if any(problem.severity == "high" for problem in problems) else 0
