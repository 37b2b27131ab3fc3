"""Search over the whole stock without diacritics, facets, the feed of changes, saved searches.

A query is words; every one must be there, the last may be begun only.  Results come in the order in which their
documents were read; the cursor is the last result's number.
"""

from __future__ import annotations

import datetime
import re
from typing import Any

from sqlalchemy import ColumnElement, Select, column, func, literal_column, select, table, text
from sqlalchemy import literal as literal_of

from doichieu.office import tables
from doichieu.office.accounts import Principal
from doichieu.office.database import Database
from doichieu.office.faults import BadRequest, Conflict, Missing
from doichieu.office.kinds import STOCK_TABLES
from doichieu.office.ledger import loaded, now
from doichieu.office.work import folded

MAX_LIMIT = 1000
_MAX_WORDS = 12
_words = table("words", column("rowid"), column("folded"))


def words_of(query: str) -> list[str]:
    """The words of a query as the index knows them.

    >>> words_of("Đào tạo, bồi dưỡng!")
    ['dao', 'tao', 'boi', 'duong']
    """
    return re.findall(r"\w+", folded(query))[:_MAX_WORDS]


def cursor_of(value: str, what: str = "cursor") -> int:
    """The number that a cursor is; raises :class:`BadRequest` for anything else."""
    if not value:
        return 0
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise BadRequest(f"“{what}” không hợp lệ: {value[:40]}")
    return int(value)


def limit_of(value: str, usual: int = 100) -> int:
    """How many results a call wants: 1 to :data:`MAX_LIMIT`."""
    if not value:
        return usual
    if not value.isascii() or not value.isdigit() or not 1 <= int(value[:9]) <= MAX_LIMIT:
        raise BadRequest(f"“limit” cần một số từ 1 đến {MAX_LIMIT}.")
    return int(value)


def day_of(value: str) -> str:
    """A date as it is compared; raises :class:`BadRequest` for anything else."""
    if not value:
        return ""
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        raise BadRequest(f"“{value[:40]}” không phải là ngày (năm-tháng-ngày).") from None


class Search:
    """Looking through the stock of a store."""

    def __init__(self, database: Database) -> None:
        self.database = database
        #: By unit: the number of its last change, and the facets as of then.
        self._facets: dict[int, tuple[int, dict[str, list[tuple[str, int]]]]] = {}

    def _matching(self, query: str) -> ColumnElement[bool] | None:
        """The condition that a row of the stock has all words of a query; None for a query without words."""
        words = words_of(query)
        if not words:
            return None
        s = tables.stock.c
        if self.database.sqlite:
            match = " ".join(f'"{word}"' for word in words[:-1]) + f' "{words[-1]}"*'
            found = select(_words.c.rowid).where(literal_column("words").op("MATCH")(literal_of(match.strip())))
        else:
            wanted = " & ".join([*words[:-1], f"{words[-1]}:*"])
            found = select(_words.c.rowid).where(_words.c.folded.op("@@")(func.to_tsquery("simple", wanted)))
        return s.id.in_(found)

    def stock(
        self,
        principal: Principal,
        kind: str,
        *,
        query: str = "",
        agency: str = "",
        due_before: str = "",
        due_after: str = "",
        document_kind: str = "",
        document: str = "",
        after: int = 0,
        limit: int = 100,
        by_due: bool = False,
    ) -> tuple[list[Any], int | None]:
        """Rows of one table over all documents of the unit, and the cursor of the next page."""
        if kind not in (*STOCK_TABLES, "documents"):
            raise Missing(f"Không có bảng “{kind}”.")
        s, d = tables.stock.c, tables.documents.c
        wanted: Select[Any] = (
            select(s.id, s.record, s.record_id, s.due, s.agency, d.document_id, d.title, d.number)
            .join(tables.documents, d.id == s.document)
            .where(s.unit == principal.unit, s.kind == kind, s.id > after)
        )
        wanted = wanted.where(s.current == 1) if not document else wanted.where(d.document_id == document)
        matching = self._matching(query)
        if matching is not None:
            wanted = wanted.where(matching)
        if agency:
            wanted = wanted.where(s.agency.contains(folded(agency), autoescape=True))
        if due_before:
            wanted = wanted.where(s.due != "", s.due <= day_of(due_before))
        if due_after:
            wanted = wanted.where(s.due >= day_of(due_after))
        if document_kind:
            wanted = wanted.where(s.document_kind == document_kind)
        order = (s.due, s.id) if by_due else (s.id,)
        with self.database.read() as connection:
            rows = list(connection.execute(wanted.order_by(*order).limit(limit + 1)))
        more = len(rows) > limit
        return rows[:limit], rows[limit - 1].id if more else None

    def documents(
        self,
        principal: Principal,
        *,
        query: str = "",
        kind: str = "",
        year: str = "",
        issuer: str = "",
        status: str = "",
        all_versions: bool = True,
        after: int = 0,
        limit: int = 100,
    ) -> tuple[list[Any], int | None]:
        """Documents of the unit in the order in which they came, and the cursor of the next page."""
        d, s = tables.documents.c, tables.stock.c
        wanted = select(tables.documents).where(d.unit == principal.unit, d.id > after)
        matching = self._matching(query)
        if matching is not None:
            of_texts = (s.unit == principal.unit, s.kind == "documents")
            wanted = wanted.where(d.id.in_(select(s.document).where(*of_texts, matching)))
        for field, value in ((d.kind, kind), (d.year, year), (d.issuer, issuer), (d.status, status)):
            if value:
                wanted = wanted.where(field == value)
        if not all_versions:
            wanted = wanted.where(d.newer.is_(None))
        with self.database.read() as connection:
            rows = list(connection.execute(wanted.order_by(d.id).limit(limit + 1)))
        return rows[:limit], rows[limit - 1].id if len(rows) > limit else None

    def facets(self, principal: Principal) -> dict[str, list[tuple[str, int]]]:
        """How many documents of the unit there are by kind, year and issuer, most first."""
        d, u = tables.documents.c, tables.units.c
        out: dict[str, list[tuple[str, int]]] = {}
        with self.database.read() as connection:
            changed = connection.execute(select(u.changes).where(u.id == principal.unit)).scalar_one()
            known = self._facets.get(principal.unit)
            if known is not None and known[0] == changed:
                return known[1]
            for name, field in (("kind", d.kind), ("year", d.year), ("issuer", d.issuer)):
                wanted = (
                    select(field, func.count())
                    .where(d.unit == principal.unit, d.newer.is_(None), field != "")
                    .group_by(field)
                    .order_by(func.count().desc(), field)
                    .limit(40)
                )
                out[name] = [(row[0], row[1]) for row in connection.execute(wanted)]
        self._facets[principal.unit] = (changed, out)
        return out

    # -- changes

    def changes(self, principal: Principal, since: int, limit: int) -> tuple[list[dict[str, Any]], int | None]:
        """What changed in the unit after number ``since``, in order."""
        c = tables.changes
        with self.database.read() as connection:
            rows = connection.execute(
                select(c).where(c.c.unit == principal.unit, c.c.seq > since).order_by(c.c.seq).limit(limit + 1)
            ).all()
        items = [change_shown(row._mapping) for row in rows[:limit]]
        return items, items[-1]["cursor"] if len(rows) > limit else None

    # -- saved searches

    def saved(self, principal: Principal) -> list[dict[str, Any]]:
        """The caller's saved searches by name."""
        q = tables.searches
        with self.database.read() as connection:
            rows = connection.execute(
                select(q.c.id, q.c.name, q.c.query)
                .where(q.c.unit == principal.unit, q.c.owner == principal.name)
                .order_by(q.c.name)
            )
            return [dict(row._mapping) for row in rows]

    def save(self, principal: Principal, name: str, query: str) -> dict[str, Any]:
        """Keep a search under a name."""
        tidy = " ".join(name.split())[:200]
        if not tidy:
            raise BadRequest("Thiếu tên của phép tìm.")
        q = tables.searches
        with self.database.write() as connection:
            mine = select(q.c.id).where(q.c.unit == principal.unit, q.c.owner == principal.name)
            if connection.execute(mine.where(q.c.name == tidy)).first() is not None:
                raise Conflict(f"Đã có phép tìm “{tidy}”.")
            values = {"unit": principal.unit, "owner": principal.name, "name": tidy, "query": query[:2000]}
            key = connection.execute(q.insert().values(**values, created_at=now())).inserted_primary_key
            assert key is not None
        return {"id": key[0], "name": tidy, "query": query[:2000]}

    def forget(self, principal: Principal, number: int) -> None:
        """Drop a saved search of the caller's; raises :class:`Missing`."""
        q = tables.searches
        with self.database.write() as connection:
            gone = connection.execute(
                q.delete().where(q.c.id == number, q.c.unit == principal.unit, q.c.owner == principal.name)
            )
            if not gone.rowcount:
                raise Missing("Không có phép tìm này.")

    # -- numbers

    def sizes(self) -> dict[str, int]:
        """How many rows the large tables have."""
        with self.database.read() as connection:
            return {
                name: int(connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one())
                for name in ("documents", "comparisons", "findings", "events", "changes")
            }


def change_shown(row: Any) -> dict[str, Any]:
    """A change as the interface gives it out."""
    return {
        "cursor": row["seq"],
        "seq": row["seq"],
        "at": row["at"],
        "table": row["table"],
        "key": row["key"],
        "op": row["op"],
        "old": loaded(row["old"]),
        "new": loaded(row["new"]),
    }
