"""Search over the whole stock without diacritics, facets, the feed of changes, saved searches.

A query is words; every one must be there, the last may be begun only.  Results come in the order in which their
documents were read; the cursor is the last result's number.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, TypedDict

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, any_, func, literal, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from doichieu.office import tables, wordindex
from doichieu.office.accounts import Principal
from doichieu.office.database import Database
from doichieu.office.faults import BadRequest, Conflict, Missing
from doichieu.office.kinds import STOCK_TABLES
from doichieu.office.ledger import loaded, now
from doichieu.office.work import folded

MAX_LIMIT = 1000
#: Lines that PostgreSQL looks at in their order before it asks the index: frequent words are found among them.
_WALK = 300
#: How many results of the index are looked at first, and how much more each time when these do not suffice.
_FIRST, _GROWTH = 4, 8


class Facets(TypedDict):
    """What an address may ask of the rows over the stock; an empty one asks nothing."""

    query: str
    agency: str
    due_before: str
    document_kind: str
    year: str
    issuer: str


def facets_of(asked: Mapping[str, str]) -> Facets:
    """The facets that the parameters of an address name, for the interface and the screens alike."""
    return Facets(
        query=asked.get("q", ""),
        agency=asked.get("agency", ""),
        due_before=asked.get("due_before", ""),
        document_kind=asked.get("kind", ""),
        year=asked.get("year", ""),
        issuer=asked.get("issuer", ""),
    )


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
        year: str = "",
        issuer: str = "",
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
        if agency:
            wanted = wanted.where(s.agency.contains(folded(agency), autoescape=True))
        if due_before:
            wanted = wanted.where(s.due != "", s.due <= day_of(due_before))
        if due_after:
            wanted = wanted.where(s.due >= day_of(due_after))
        for field, value in ((d.kind, document_kind), (d.year, year), (d.issuer, issuer)):
            if value:
                wanted = wanted.where(field == value)
        found = wordindex.matching(query)
        asked = wordindex.asked(query, wordindex.mark_of(principal.unit, kind))
        with self.database.read() as connection:
            if found is None or asked is None or by_due:
                order = (s.due, s.id) if by_due else (s.id,)
                rows = list(connection.execute(wanted.order_by(*order).limit(limit + 1)))
            elif self.database.sqlite:
                rows = list(connection.execute(wanted.where(s.id.in_(found)).order_by(s.id).limit(limit + 1)))
            else:
                lines = select(s.id, s.id.label("number")).where(s.unit == principal.unit, s.kind == kind)
                number = wordindex.words.c.rowid
                rows = self._ordered(connection, wanted, lines, s.id, number, asked, after, limit)
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
        for field, value in ((d.kind, kind), (d.year, year), (d.issuer, issuer), (d.status, status)):
            if value:
                wanted = wanted.where(field == value)
        if not all_versions:
            wanted = wanted.where(d.newer.is_(None))
        found = wordindex.matching(query)
        asked = wordindex.asked(query, wordindex.mark_of(principal.unit, "documents"))
        with self.database.read() as connection:
            if found is None or asked is None:
                rows = list(connection.execute(wanted.order_by(d.id).limit(limit + 1)))
            elif self.database.sqlite:
                texts = select(s.document).where(s.unit == principal.unit, s.kind == "documents", s.id.in_(found))
                rows = list(connection.execute(wanted.where(d.id.in_(texts)).order_by(d.id).limit(limit + 1)))
            else:
                whole = (s.document == d.id) & (s.kind == "documents")
                lines = select(s.id, d.id.label("number")).join(tables.documents, whole).where(d.unit == principal.unit)
                number = wordindex.words.c.document
                rows = self._ordered(connection, wanted, lines, d.id, number, asked, after, limit)
        return rows[:limit], rows[limit - 1].id if len(rows) > limit else None

    # -- how PostgreSQL is asked: its index gives no order, and sorting what frequent words find is what takes long

    def _ordered(
        self,
        connection: Connection,
        wanted: Select[Any],
        lines: Select[Any],
        key: ColumnElement[int],
        number: ColumnElement[int],
        asked: ColumnElement[Any],
        after: int,
        limit: int,
    ) -> list[Any]:
        """``limit`` rows and one more of those wanted that have the words, in the order of ``key``.

        ``lines`` are the lines of the index that come into question, each with the ``key`` it stands for; ``number`` is
        that key as the index has it.
        """
        rows: list[Any] = []
        for numbers in _batches(connection, lines.where(key > after).order_by(key), number, asked, limit):
            one_of = key == any_(_numbers(numbers))
            rows += connection.execute(wanted.where(one_of).order_by(key).limit(limit + 1 - len(rows)))
            if len(rows) > limit:
                break
        return rows

    def facets(self, principal: Principal) -> dict[str, list[tuple[str, int]]]:
        """How many documents of the unit there are by kind, year and issuer, most first, and in the unit at all."""
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
            current = select(func.count()).where(d.unit == principal.unit, d.newer.is_(None))
            out["unit"] = [(principal.unit_name, int(connection.execute(current).scalar_one()))]
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


def _batches(
    connection: Connection, lines: Select[Any], number: ColumnElement[int], asked: ColumnElement[Any], limit: int
) -> Iterator[list[int]]:
    """The numbers of lines that have the words, in order: frequent words by looking at the next lines one by one,
    then rare ones by the index, a few at first.

    The statements are apart because the database takes words to be independent of each other, and would begin at the
    wrong end.
    """
    w = wordindex.words.c
    following = connection.execute(lines.limit(_WALK)).all()
    ids = [row.id for row in following]
    has_words = w.folded.op("@@", is_comparison=True)(asked).is_(True)  # a test of a row: not by the index
    near = select(w.rowid).where(w.rowid == any_(_numbers(ids)), has_words)
    found = set(connection.execute(near).scalars())
    yield [row.number for row in following if row.id in found]
    count = _FIRST * (limit + 1)
    last = following[-1].number if len(following) == _WALK else None
    while last is not None:
        # All that the index finds, and then their order: never the rows in order and then their words.
        every = select(number.label("number")).where(w.folded.op("@@")(asked), number > last)
        all_found = every.cte("found").prefix_with("MATERIALIZED")
        more = select(all_found.c.number).order_by(all_found.c.number).limit(count)
        numbers = list(connection.execute(more).scalars())
        yield numbers
        last = numbers[-1] if len(numbers) == count else None
        count *= _GROWTH


def _numbers(numbers: list[int]) -> ColumnElement[Any]:
    return literal(numbers, type_=ARRAY(BigInteger))


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
