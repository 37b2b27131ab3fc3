"""How a store of any earlier version becomes one of this.

Each version after the first lists what it added to :mod:`doichieu.office.tables`; a fresh store gets the tables of
today at once.  Both ways end in the same tables, and a test says so.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.schema import CreateColumn, CreateIndex, CreateTable

from doichieu.errors import UsageError
from doichieu.office import tables, wordindex
from doichieu.office.database import SCHEMA, Database


class Addition(Struct, frozen=True):
    """What one version added: whole tables, columns (``table.column``) and indexes; ``change`` does the rest."""

    version: int
    tables: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()
    change: Callable[[Connection], None] | None = None


#: In order.  A released entry is never changed.
ADDITIONS: tuple[Addition, ...] = (
    Addition(
        2,
        tables=("searches",),
        columns=("users.calendar", "findings.differs", "findings.history", "comparisons.problems"),
        indexes=("comparisons_parent", "comparisons_author", "events_author", "findings_assignee"),
    ),
    Addition(3, change=wordindex.mark_lines),
)
VERSION = ADDITIONS[-1].version if ADDITIONS else 1


def upgrade(database: Database) -> int:
    """Bring the store to this version; returns the version it had (0: it was empty).

    Raises :class:`doichieu.errors.UsageError` for a store of a later version than this program knows.
    """
    with database.write() as connection:
        if not database.sqlite:
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
            database.lock(connection)
        found = version_of(connection)
        if found > VERSION:
            raise UsageError(
                f"Kho dữ liệu thuộc phiên bản {found}, mới hơn chương trình này (biết đến {VERSION}); hãy nâng cấp "
                "chương trình."
            )
        if found == 0:
            tables.metadata.create_all(connection)
            wordindex.create(connection)
        for addition in ADDITIONS:
            if 0 < found < addition.version:
                _add(connection, addition)
        if found < VERSION:
            connection.execute(tables.meta.delete().where(tables.meta.c.key == "version"))
            connection.execute(tables.meta.insert().values(key="version", value=str(VERSION)))
    return found


def version_of(connection: Connection) -> int:
    """The version of the store; 0 where there is none yet."""
    if not inspect(connection).has_table("meta"):
        return 0
    value = connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == "version")).scalar()
    return int(value) if value else 0


def _add(connection: Connection, addition: Addition) -> None:
    prepare = connection.dialect.identifier_preparer
    for name in addition.tables:
        table = tables.metadata.tables[name]
        connection.execute(CreateTable(table))
        for index in sorted(table.indexes, key=lambda i: str(i.name)):
            connection.execute(CreateIndex(index))
    for name in addition.columns:
        table = tables.metadata.tables[name.split(".")[0]]
        wording = CreateColumn(table.columns[name.split(".")[1]]).compile(dialect=connection.dialect)
        connection.execute(text(f"ALTER TABLE {prepare.quote(table.name)} ADD COLUMN {wording}"))
    for table in tables.metadata.sorted_tables:
        for index in table.indexes:
            if index.name in addition.indexes:
                connection.execute(CreateIndex(index))
    if addition.change is not None:
        addition.change(connection)
