"""PostgreSQL: the tables in a schema of their own, brought up to date by key in one transaction.

What holds after :func:`write`: every table has exactly the rows of its CSV; a row that was there before kept its
``first_seen``; ``last_changed`` is when it last changed; keys between tables hold.  A second run writes nothing.
Of the documents that a comparison brings with it (:data:`doichieu.schema.SIDES`) only their own rows are brought up to
date, those of all other documents stay; a finding leaves with the row that it is about.
Rows are known by the keys of the change feed (:func:`doichieu.schema.stable_key`), so that a
clause inserted elsewhere changes only its own row.  The office's own store is another schema.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from doichieu.errors import UsageError
from doichieu.schema import DIFF_TABLES, GUARDED, OWN_WORDS, SCHEMA_VERSION, TABLES, Reference, Table, stable_key

SCHEMA = "doichieu"
_TYPES = {"integer": "bigint", "number": "double precision", "boolean": "boolean", "date": "date", "string": "text"}
#: Columns of ours beside those of the table.
_KEY, _FIRST, _LAST = "row_key", "first_seen", "last_changed"
_CHUNK = 1 << 20


def write(tables: Sequence[Table], out: Path, database: str) -> list[Path]:
    """Bring the tables of ``database`` (``postgresql://…``) up to date with the CSV in ``out``; returns no files.

    Raises :class:`doichieu.errors.UsageError` where the server cannot be reached or refuses.
    """
    try:
        with psycopg.connect(database, connect_timeout=20) as base:
            _migrate(base, tables)
            compared = any(table in DIFF_TABLES for table in tables)
            for table in tables:
                _load(base, table, out / f"{table.name}.csv")
            for table in reversed(tables):
                _remove(base, table, beside=compared and table in TABLES)
            for table in tables:
                _bring_up(base, table, add=compared and table in TABLES and "document_id" not in _columns(table))
            _link_up(base, tables)
    except psycopg.Error as error:
        reason = " ".join(str(error).split())
        raise UsageError(f"Không ghi được vào PostgreSQL ({_without_password(database)}): {reason}") from error
    return []


def _without_password(database: str) -> str:
    """The address as it may be printed.

    >>> _without_password("postgresql://an:bi-mat@may/kho")
    'postgresql://an@may/kho'
    """
    scheme, mark, rest = database.partition("://")
    user, at, place = rest.rpartition("@")
    return f"{scheme}{mark}{user.partition(':')[0]}{at}{place}"


def _name(*parts: str) -> sql.Identifier:
    return sql.Identifier(*parts)


def _list(names: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))


def _migrate(base: psycopg.Connection[Any], tables: Sequence[Table]) -> None:
    """Make the schema, the tables and the columns that are missing; a newer major version is refused."""
    base.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(_name(SCHEMA)))
    version = _name(SCHEMA, "schema_version")
    base.execute(sql.SQL("CREATE TABLE IF NOT EXISTS {} (version text NOT NULL)").format(version))
    row = base.execute(sql.SQL("SELECT version FROM {}").format(version)).fetchone()
    if row is not None and int(row[0].split(".")[0]) > int(SCHEMA_VERSION.split(".")[0]):
        raise UsageError(f"Lược đồ trong cơ sở dữ liệu ({row[0]}) mới hơn của chương trình này ({SCHEMA_VERSION}).")
    base.execute(sql.SQL("DELETE FROM {}").format(version))
    base.execute(sql.SQL("INSERT INTO {} VALUES (%s)").format(version), (SCHEMA_VERSION,))
    for table in tables:
        place = _name(SCHEMA, table.name)
        base.execute(
            sql.SQL(
                "CREATE TABLE IF NOT EXISTS {} ({} text PRIMARY KEY, {} timestamptz NOT NULL DEFAULT now(), "
                "{} timestamptz NOT NULL DEFAULT now())"
            ).format(place, _name(_KEY), _name(_FIRST), _name(_LAST))
        )
        for column in table.columns:
            base.execute(
                sql.SQL("ALTER TABLE {} ADD COLUMN IF NOT EXISTS {} {}").format(
                    place, _name(column.name), sql.SQL(_TYPES[column.type])
                )
            )
            comment = sql.Literal(column.description)
            base.execute(sql.SQL("COMMENT ON COLUMN {} IS {}").format(_name(SCHEMA, table.name, column.name), comment))
        for columns in _unique(table, tables):
            _constraint(base, table, f"{table.name}_{'_'.join(columns)}_once", "UNIQUE ({})", _list(columns))


def _link_up(base: psycopg.Connection[Any], tables: Sequence[Table]) -> None:
    """Declare the keys between tables that the database does not know yet, now that their rows are there."""
    base.execute("SET CONSTRAINTS ALL IMMEDIATE")
    names = {table.name for table in tables}
    for table in tables:
        gone = " ON DELETE CASCADE" if table in DIFF_TABLES else ""
        for link in (_link(one) for one in table.foreign if one.table in names):
            if not set(link.columns) <= set(_columns(table)):
                continue  # a clause by its number alone: numbers move under edits
            _constraint(
                base,
                table,
                f"{table.name}_{'_'.join(link.columns)}_known",
                f"FOREIGN KEY ({{}}) REFERENCES {{}} ({{}}){gone} DEFERRABLE INITIALLY DEFERRED",
                _list(link.columns),
                _name(SCHEMA, link.table),
                _list(link.others),
            )


def _columns(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _link(link: Reference) -> Reference:
    """A clause is referred to by its stable key here: numbers of clauses move under edits."""
    if link.table != "clauses":
        return link
    stable = {"clause_id": "clause_key", "parent_clause_id": "parent_clause_key"}
    return Reference(
        tuple(stable.get(name, name) for name in link.columns),
        link.table,
        tuple(stable.get(name, name) for name in link.others),
    )


def _unique(table: Table, tables: Sequence[Table]) -> list[tuple[str, ...]]:
    """The column sets of ``table`` that others refer to."""
    return sorted({_link(link).others for one in tables for link in one.foreign if link.table == table.name})


def _constraint(base: psycopg.Connection[Any], table: Table, name: str, form: str, *parts: sql.Composable) -> None:
    found = base.execute(
        "SELECT 1 FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace "
        "WHERE conname = %s AND nspname = %s",
        (name, SCHEMA),
    ).fetchone()
    if found is None:
        base.execute(
            sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} ").format(_name(SCHEMA, table.name), _name(name))
            + sql.SQL(form).format(*parts)
        )


def _waiting(table: Table) -> sql.Identifier:
    return _name(f"waiting_{table.name}")


def _load(base: psycopg.Connection[Any], table: Table, path: Path) -> None:
    """Load a table's CSV beside the table, each row with its stable key."""
    columns = _columns(table)
    waiting = _waiting(table)
    defined = sql.SQL(", ").join(
        sql.SQL("{} {}").format(_name(column.name), sql.SQL(_TYPES[column.type])) for column in table.columns
    )
    base.execute(sql.SQL("CREATE TEMP TABLE {} (row_number bigserial, {}) ON COMMIT DROP").format(waiting, defined))
    load = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv, HEADER true, NULL '')").format(waiting, _list(columns))
    with base.cursor() as cursor, cursor.copy(load) as copy, path.open("rb") as handle:
        while data := handle.read(_CHUNK):
            copy.write(data)
    for column in table.columns:
        if column.name in OWN_WORDS:
            base.execute(
                sql.SQL("UPDATE {waiting} SET {name} = substr({name}, 2) WHERE {name} ~ {mark}").format(
                    waiting=waiting, name=_name(column.name), mark=sql.Literal(GUARDED)
                )
            )
    key = stable_key(table)
    spelt = sql.SQL(", ").join(sql.SQL("coalesce({}::text, '')").format(_name(name)) for name in key)
    base.execute(sql.SQL("ALTER TABLE {} ADD COLUMN {} text").format(waiting, _name(_KEY)))
    base.execute(
        sql.SQL(
            "UPDATE {waiting} w SET {key} = k.named || CASE WHEN k.twin = 1 THEN '' ELSE '~' || k.twin END FROM ("
            "SELECT row_number, concat_ws(chr(31), {spelt}) AS named, "
            "row_number() OVER (PARTITION BY {names} ORDER BY row_number) AS twin FROM {waiting}) k "
            "WHERE k.row_number = w.row_number"
        ).format(waiting=waiting, key=_name(_KEY), spelt=spelt, names=_list(key))
    )


def _remove(base: psycopg.Connection[Any], table: Table, *, beside: bool) -> None:
    """Take away the rows that are gone; ``beside`` a comparison only those of its documents, and none that another
    table still names."""
    gone = sql.SQL("DELETE FROM {place} t WHERE NOT EXISTS (SELECT 1 FROM {waiting} w WHERE w.{key} = t.{key})").format(
        place=_name(SCHEMA, table.name), waiting=_waiting(table), key=_name(_KEY)
    )
    if not beside:
        base.execute(gone)
        return
    if "document_id" not in _columns(table):
        return
    known = {row[0] for row in base.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (SCHEMA,))}
    base.execute(
        sql.SQL(" AND ").join(
            [
                gone,
                sql.SQL("t.document_id IN (SELECT document_id FROM {})").format(_name("waiting_documents")),
                *(
                    sql.SQL("NOT EXISTS (SELECT 1 FROM {} r WHERE ({}) = ({}))").format(
                        _name(SCHEMA, other.name),
                        sql.SQL(", ").join(_name("r", name) for name in link.columns),
                        sql.SQL(", ").join(_name("t", name) for name in link.others),
                    )
                    for other in TABLES
                    for link in (_link(one) for one in other.foreign if one.table == table.name)
                    if other.name in known
                ),
            ]
        )
    )


def _bring_up(base: psycopg.Connection[Any], table: Table, *, add: bool) -> None:
    """Change and add what differs; with ``add`` only what is not there yet."""
    columns = _columns(table)
    changed = sql.SQL(", ").join(sql.SQL("{0} = excluded.{0}").format(_name(name)) for name in columns)
    same = (
        sql.SQL("NOTHING")
        if add
        else sql.SQL("UPDATE SET {changed}, {last} = now() WHERE ({mine}) IS DISTINCT FROM ({theirs})").format(
            changed=changed,
            last=_name(_LAST),
            mine=sql.SQL(", ").join(_name("t", name) for name in columns),
            theirs=sql.SQL(", ").join(_name("excluded", name) for name in columns),
        )
    )
    base.execute(
        sql.SQL(
            "INSERT INTO {place} AS t ({values}) SELECT {values} FROM {waiting} ON CONFLICT ({key}) DO {same}"
        ).format(
            place=_name(SCHEMA, table.name),
            values=_list([_KEY, *columns]),
            waiting=_waiting(table),
            key=_name(_KEY),
            same=same,
        )
    )
