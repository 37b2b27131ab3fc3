"""One definition of every table: column, type, constraint, key, description.

Every format is written from it: CSV, JSON Lines, XLSX, Parquet, SQLite, DuckDB, the data package descriptor and the
JSON Schema of ``documents/<id>.json``.  Columns may be added at the end of a table; none is renamed or changes its
meaning without a new ``schema_version``.
"""

from __future__ import annotations

from collections.abc import Iterable

from doichieu.model import SCHEMA_VERSION
from doichieu.schema.cells import GUARDED, OWN_WORDS, cell, guarded, unguarded
from doichieu.schema.columns import (
    APPLICABILITIES,
    DUE,
    DUTY_VERDICTS,
    KINDS,
    OPERATORS,
    ROLES,
    SEVERITIES,
    Column,
    Reference,
    Table,
)
from doichieu.schema.compared import DIFF_TABLES, SIDES
from doichieu.schema.extracted import TABLES
from doichieu.schema.over_time import CONSOLIDATION_TABLES, PROGRESS_TABLES

__all__ = [
    "APPLICABILITIES",
    "CONSOLIDATION_TABLES",
    "DIFF_TABLES",
    "DUE",
    "DUTY_VERDICTS",
    "GUARDED",
    "KINDS",
    "OPERATORS",
    "OWN_WORDS",
    "PROGRESS_TABLES",
    "ROLES",
    "SCHEMA_VERSION",
    "SEVERITIES",
    "SIDES",
    "TABLES",
    "Column",
    "Reference",
    "Table",
    "cell",
    "guarded",
    "in_order",
    "referenced",
    "stable_key",
    "table",
    "unguarded",
]

#: Columns that name a row of a table whose primary key does not stand under edits elsewhere.
_STABLE: dict[str, tuple[str, ...]] = {
    "clauses": ("document_id", "clause_key"),
    "agency_mentions": ("document_id", "mention_id"),
    "percentages": ("document_id", "percentage_id"),
    "problems": ("document_id", "code", "clause_key", "quote", "message"),
}


def stable_key(table: Table) -> tuple[str, ...]:
    """The columns that name a row of a table from run to run, clauses inserted elsewhere notwithstanding."""
    return _STABLE.get(table.name) or table.key or tuple(column.name for column in table.columns)


def in_order(tables: Iterable[Table]) -> list[Table]:
    """Tables with those that they refer to before them, otherwise in the order given.

    >>> [one.name for one in in_order(t for t in TABLES if t.name in ("assignments", "agencies"))]
    ['agencies', 'assignments']
    """
    waiting = list(tables)
    out: list[Table] = []
    while waiting:
        names = {one.name for one in waiting}
        free = [one for one in waiting if not any(link.table in names - {one.name} for link in one.foreign)] or waiting
        out += free
        waiting = [one for one in waiting if one not in free]
    return out


def referenced(name: str, tables: Iterable[Table]) -> list[tuple[str, ...]]:
    """The column sets of table ``name`` that others refer to besides its key; each must be unique there."""
    key = next((one.key for one in tables if one.name == name), ())
    found = {link.others for one in tables for link in one.foreign if link.table == name}
    return sorted(found - {key})


def table(name: str) -> Table:
    """The table of that name; KeyError where there is none."""
    return {t.name: t for t in (*TABLES, *DIFF_TABLES, *CONSOLIDATION_TABLES, *PROGRESS_TABLES)}[name]


def _hold(tables: Iterable[Table]) -> None:
    """Every column has a field of its record, or says where else its value is from."""
    for one in tables:
        # The document's id is given beside a record that has none.
        fields = {"document_id", *getattr(one.record, "__struct_fields__", ()), *vars(one.record)}
        for column in one.columns:
            if column.get is None and column.name not in fields:
                raise TypeError(f"{one.name}.{column.name}: {one.record.__name__} has no such field")


_hold((*TABLES, *DIFF_TABLES))
