"""The index of words over the stock, which the two databases keep each in their own way.

What holds of it: a text is cut into words by :func:`words_of`, whichever database keeps them, so that both find the
same; a query finds a line that has all its words, the last of which may be begun only.  SQLite has FTS5.  PostgreSQL
has a row of distinct words a line with an index over them; among them stands a mark of the unit and the table, so that
a search never touches the lines of others, and the number of the document, so that documents are found in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Select,
    String,
    bindparam,
    cast,
    column,
    literal_column,
    select,
    table,
)
from sqlalchemy import literal as literal_of
from sqlalchemy import text as statement
from sqlalchemy.dialects.postgresql import TSQUERY

from doichieu.office.work import folded

_MAX_WORDS = 12
_MAX_LENGTH = 200  # of one word
_MAX_BYTES = 900_000  # of the distinct words of one line: PostgreSQL keeps no more than a megabyte of them
words = table("words", column("rowid"), column("folded"), column("document"))


def words_of(query: str) -> list[str]:
    """The words of a query as the index knows them.

    >>> words_of("Đào tạo, bồi dưỡng: 15-NQ/TU!")
    ['dao', 'tao', 'boi', 'duong', '15', 'nq', 'tu']
    """
    return _cut(folded(query))[:_MAX_WORDS]


def _cut(plain: str) -> list[str]:
    return [word[:_MAX_LENGTH] for word in re.findall(r"[^\W_]+", plain)]


def mark_of(unit: int, kind: str) -> str:
    """The mark of a unit's lines of one table; no word of a text can be it."""
    return f"={unit}/{kind}"


def create(connection: Connection) -> None:
    """Make the empty index."""
    if connection.dialect.name == "sqlite":
        connection.execute(
            statement("CREATE VIRTUAL TABLE words USING fts5(folded, tokenize='unicode61 remove_diacritics 2')")
        )
        return
    connection.execute(
        statement("CREATE TABLE words (rowid bigint PRIMARY KEY, document bigint NOT NULL, folded tsvector NOT NULL)")
    )
    connection.execute(statement("CREATE INDEX words_folded ON words USING gin (folded)"))


def mark_lines(connection: Connection) -> None:
    """Bring an index of the first version, cut by PostgreSQL's own rules and without marks, to this one."""
    if connection.dialect.name == "sqlite":
        return
    connection.execute(statement("ALTER TABLE words ADD COLUMN document bigint NOT NULL DEFAULT 0"))
    connection.execute(statement("ALTER TABLE words ALTER COLUMN document DROP DEFAULT"))
    connection.execute(
        statement(
            "UPDATE words SET document = stock.document, folded = array_to_tsvector(array_append("
            "ARRAY(SELECT DISTINCT found[1] FROM unnest(tsvector_to_array(words.folded)) AS word, "
            "regexp_matches(word, '[[:alnum:]]+', 'g') AS found), "
            "'=' || stock.unit || '/' || stock.kind)) FROM stock WHERE stock.id = words.rowid"
        )
    )


def add(connection: Connection, lines: Iterable[tuple[int, str]]) -> None:
    """Put lines of the stock, which are there already, into the index: (number, folded text)."""
    rows = list(lines)
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        insert = statement("INSERT INTO words (rowid, folded) VALUES (:id, :folded)")
        connection.execute(insert, [{"id": number, "folded": plain} for number, plain in rows])
        return
    insert = statement(
        "INSERT INTO words (rowid, document, folded) SELECT id, document, "
        "array_to_tsvector(array_append(:words, '=' || unit || '/' || kind)) FROM stock WHERE id = :id"
    ).bindparams(bindparam("words", type_=ARRAY(String)))
    connection.execute(insert, [{"id": number, "words": _distinct(plain)} for number, plain in rows])


def _distinct(plain: str) -> list[str]:
    """The distinct words of a text, in order, as many as PostgreSQL keeps.

    >>> _distinct("so y te so 1")
    ['so', 'y', 'te', '1']
    """
    found = list(dict.fromkeys(_cut(plain)))
    if len(plain) > _MAX_BYTES // 4:
        ends = accumulate(len(word.encode()) + 1 for word in found)
        found = [word for word, end in zip(found, ends, strict=True) if end <= _MAX_BYTES]
    return found


def drop(connection: Connection, numbers: Iterable[int]) -> None:
    """Take lines out of the index."""
    rows = [{"id": number} for number in numbers]
    if rows:
        connection.execute(statement("DELETE FROM words WHERE rowid = :id"), rows)


def clear(connection: Connection) -> None:
    """Take all lines out of the index."""
    connection.execute(statement("DELETE FROM words"))


def every(connection: Connection) -> Iterable[tuple[int, str]]:
    """All lines: (number, words)."""
    if connection.dialect.name == "sqlite":
        yield from connection.execute(statement("SELECT rowid, folded FROM words"))
        return
    for number, found in connection.execute(statement("SELECT rowid, tsvector_to_array(folded) FROM words")):
        yield number, " ".join(word for word in found if not word.startswith("="))


def matching(query: str) -> Select[Any] | None:
    """For SQLite: the numbers of the lines that have all words of a query; None for a query without words."""
    found = words_of(query)
    if not found:
        return None
    match = " ".join([*(f'"{word}"' for word in found[:-1]), f'"{found[-1]}"*'])
    return select(words.c.rowid).where(literal_column("words").op("MATCH")(literal_of(match)))


def asked(query: str, mark: str = "") -> ColumnElement[Any] | None:
    """For PostgreSQL: a query as its index takes it, within the lines of a mark; None for a query without words."""
    found = words_of(query)
    if not found:
        return None
    wanted = [*(f"'{word}'" for word in found[:-1]), f"'{found[-1]}':*", *([f"'{mark}'"] if mark else [])]
    return cast(literal_of(" & ".join(wanted)), TSQUERY)
