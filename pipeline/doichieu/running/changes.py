"""What changed between two output folders, record by record: ``doichieu changes OLD NEW``.

A change is ``{"table", "key", "op", "old", "new"}``; ``op`` is ``add``, ``change`` or ``remove``.  Two keys more where
they are needed: ``replaces``, the key of the row that a changed row was before (a target whose value was raised has a
new id, and is one change), and ``after``, the key of the row before it in the new table (null for the first), where a
row is new or has moved.  Applied in their order to the old tables they give the new ones, byte for byte.

Rows are known by keys that stand when other clauses are inserted: clauses by ``clause_key``, mentions and percentages
by ids of their content, problems by all they say.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from rapidfuzz import fuzz

from doichieu.errors import UsageError, system_reason
from doichieu.export.values import value
from doichieu.running.stored import cells, path_of
from doichieu.schema import DIFF_TABLES, OWN_WORDS, TABLES, Table, stable_key, unguarded

Key = tuple[str, ...]
#: A removed and an added target of one document are one change where their wordings are alike this much (0 to 100,
#: ``fuzz.ratio``): a changed figure or date leaves more, another promise of the same form leaves less.  Measured on
#: generated edits of the corpus.
LIKE = 78
_LINKED = {"targets": "quote", "assignments": "quote", "deadlines": "quote"}


class Change(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One record of the feed; ``old`` and ``new`` are whole rows by column, null where there is none."""

    table: str
    key: Key
    op: str
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    replaces: Key | None = None
    after: Key | msgspec.UnsetType | None = msgspec.UNSET


def read(folder: Path, table: Table) -> dict[Key, dict[str, str]]:
    """The rows of a table by their keys, in order; twins of one key get ``~2``, …; none without a file."""
    path = path_of(folder, table.name)
    if path is None:
        return {}
    names = stable_key(table)
    seen: Counter[Key] = Counter()
    out: dict[Key, dict[str, str]] = {}
    try:
        for row in cells(path):
            key = tuple(row.get(name) or "" for name in names)
            seen[key] += 1
            row = {name: unguarded(text or "") if name in OWN_WORDS else text for name, text in row.items()}
            out[key if seen[key] == 1 else (*key[:-1], f"{key[-1]}~{seen[key]}")] = row
    except (OSError, UnicodeDecodeError, csv.Error, msgspec.DecodeError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else str(error)
        raise UsageError(f"Không đọc được bảng {path}: {reason}") from error
    return out


def _still(old: list[Key], new: list[Key]) -> set[Key]:
    """The longest run of common keys that stand in the same order on both sides."""
    place = {key: number for number, key in enumerate(old)}
    ends: list[int] = []
    last: list[Key] = []
    before: dict[Key, Key | None] = {}
    for key in new:
        if key not in place:
            continue
        at = bisect_left(ends, place[key])
        before[key] = last[at - 1] if at else None
        if at == len(ends):
            ends.append(place[key])
            last.append(key)
        else:
            ends[at], last[at] = place[key], key
    out: set[Key] = set()
    step = last[-1] if last else None
    while step is not None:
        out.add(step)
        step = before[step]
    return out


def _links(table: Table, gone: dict[Key, dict[str, str]], come: dict[Key, dict[str, str]]) -> dict[Key, Key]:
    """Added rows that are removed rows changed: new key → old key, the likest pairs of a document first."""
    column = _LINKED.get(table.name)
    if column is None:
        return {}
    by_document: dict[str, list[Key]] = {}
    for key, row in gone.items():
        by_document.setdefault(row["document_id"], []).append(key)
    pairs = []
    for key, row in come.items():
        for other in by_document.get(row["document_id"], ()):
            likeness = fuzz.ratio(row[column], gone[other][column], score_cutoff=LIKE)
            same_place = row.get("clause_path") == gone[other].get("clause_path")
            if likeness:
                pairs.append((-likeness, not same_place, other, key))
    out: dict[Key, Key] = {}
    taken: set[Key] = set()
    for _, _, other, key in sorted(pairs):
        if key not in out and other not in taken:
            out[key] = other
            taken.add(other)
    return out


def of_table(table: Table, old: dict[Key, dict[str, str]], new: dict[Key, dict[str, str]]) -> Iterator[Change]:
    """The changes of one table: what is gone first, in the old order, then what is new or changed, in the new order."""
    gone = {key: row for key, row in old.items() if key not in new}
    come = {key: row for key, row in new.items() if key not in old}
    linked = _links(table, gone, come)
    replaced = set(linked.values())
    still = _still([key for key in old if key in new], [key for key in new if key in old])
    for key, row in gone.items():
        if key not in replaced:
            yield Change(table=table.name, key=key, op="remove", old=_typed(table, row), new=None)
    previous: Key | None = None
    for key, row in new.items():
        was = old.get(key)
        if was is None:
            source = linked.get(key)
            yield Change(
                table=table.name,
                key=key,
                op="add" if source is None else "change",
                old=None if source is None else _typed(table, old[source]),
                new=_typed(table, row),
                replaces=source,
                after=previous,
            )
        elif was != row or key not in still:
            yield Change(
                table=table.name,
                key=key,
                op="change",
                old=_typed(table, was),
                new=_typed(table, row),
                after=msgspec.UNSET if key in still else previous,
            )
        previous = key


def _typed(table: Table, row: dict[str, str]) -> dict[str, Any]:
    return {
        column.name: value(
            column,
            unguarded(row.get(column.name) or "") if column.name in OWN_WORDS else row.get(column.name) or "",
        )
        for column in table.columns
    }


def between(old: Path, new: Path) -> Iterator[Change]:
    """All changes from the output folder ``old`` to ``new``, table by table in the order of the schema.

    Raises :class:`doichieu.errors.UsageError` for a folder that holds no tables or a table that cannot be read.
    """
    for folder in (old, new):
        if not any(path_of(folder, table.name) for table in (*TABLES, *DIFF_TABLES)):
            raise UsageError(f"{folder} không phải thư mục kết quả: không có bảng nào trong đó.")
    for table in (*TABLES, *DIFF_TABLES):
        yield from of_table(table, read(old, table), read(new, table))


def applied(table: Table, old: dict[Key, dict[str, str]], feed: Iterable[Change]) -> dict[Key, dict[str, Any]]:
    """The rows of a table after the changes of the feed that concern it: what a follower of the feed does."""
    rows: dict[Key, dict[str, Any]] = {key: _typed(table, row) for key, row in old.items()}
    following: dict[Key | None, Key | None] = {}
    before: dict[Key | None, Key | None] = {}
    _chain(list(rows), following, before)
    for change in feed:
        if change.table != table.name:
            continue
        if change.op == "remove" or change.replaces is not None:
            _cut(change.replaces or change.key, following, before)
            rows.pop(change.replaces or change.key)
        if change.new is None:
            continue
        rows[change.key] = change.new
        if change.after is not msgspec.UNSET:
            if change.key in before:
                _cut(change.key, following, before)
            _put(change.key, change.after, following, before)
    out: dict[Key, dict[str, Any]] = {}
    step = following.get(None)
    while step is not None:
        out[step] = rows[step]
        step = following.get(step)
    return out


_Links = dict["Key | None", "Key | None"]


def _chain(keys: list[Key], following: _Links, before: _Links) -> None:
    previous: Key | None = None
    for key in keys:
        following[previous], before[key] = key, previous
        previous = key
    following[previous] = None


def _cut(key: Key, following: _Links, before: _Links) -> None:
    previous, later = before.pop(key), following.pop(key)
    following[previous] = later
    if later is not None:
        before[later] = previous


def _put(key: Key, after: Key | None, following: _Links, before: _Links) -> None:
    later = following.get(after)
    following[after], before[key] = key, after
    following[key] = later
    if later is not None:
        before[later] = key


def folder_of_run(run_id: str, place: Path) -> Path:
    """The output folder below ``place`` whose ``run.json`` bears ``run_id``.

    Raises :class:`doichieu.errors.UsageError` where none or several do.
    """
    found = []
    for path in sorted(place.glob("*/run.json")):
        try:
            if msgspec.json.decode(path.read_bytes()).get("run_id") == run_id:
                found.append(path.parent)
        except (OSError, msgspec.DecodeError, AttributeError):
            continue  # somebody else's file of that name
    if len(found) != 1:
        which = "không có" if not found else f"có {len(found)}"
        raise UsageError(f"Trong {place} {which} thư mục kết quả nào của lần chạy {run_id}.")
    return found[0]
