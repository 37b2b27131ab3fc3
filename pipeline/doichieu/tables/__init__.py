"""The only writers of tables and documents; every format comes from ``pipeline/doichieu/schema/``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import pandas

    from doichieu.model import Document
    from doichieu.schema import Column, Table


_Made = TypeVar("_Made")

#: The columns that a record does not hold itself, and what reads all the others at one call.
_Reading = tuple[list[tuple[int, "Column"]], Callable[[Any], tuple[Any, ...]]]


def records(documents: Iterable[Document], name: str) -> Iterable[tuple[str, Any]]:
    """(document_id, record) of one table over documents in their order; agencies are merged over the run."""
    if name == "agencies":
        for agency in merged_agencies(documents):
            yield "", agency
        return
    attribute = {"agency_mentions": "mentions"}.get(name, name)
    for document in documents:
        if name == "documents":
            yield document.document_id, document.info
        else:
            for record in getattr(document, attribute):
                yield document.document_id, record


def merged_agencies(documents: Iterable[Document]) -> list[Any]:
    """One agency per id with its mentions counted over all documents, sorted by id."""
    import msgspec

    count: dict[str, int] = {}
    found: dict[str, Any] = {}
    for document in documents:
        for agency in document.agencies:
            found.setdefault(agency.agency_id, agency)
        for mention in document.mentions:
            count[mention.agency_id] = count.get(mention.agency_id, 0) + 1
    return [msgspec.structs.replace(found[key], mentions=count.get(key, 0)) for key in sorted(found)]


def rows(table: Table, items: Iterable[tuple[str, Any]]) -> Iterable[list[Any]]:
    """The values of a table's columns for each record; a clause takes its document's id."""
    given, values = _reading(table)
    for document_id, record in items:
        out = list(values(record))
        for at, column in given:
            out[at] = column.value(record) if column.get is not None else document_id
        yield out


def _read(table: Table) -> _Reading:
    """The columns that a record does not hold itself, and what reads all the others at one call."""
    given = [
        (at, column)
        for at, column in enumerate(table.columns)
        if column.get is not None or not hasattr(table.record, column.name)
    ]
    others = {at for at, _ in given}
    plain = [column.name for at, column in enumerate(table.columns) if at not in others]
    # One call reads a whole row; what a record does not hold itself has another value in its place until then.
    read = [plain[0] if at in others else column.name for at, column in enumerate(table.columns)]
    one = attrgetter(*read)
    values: Callable[[Any], tuple[Any, ...]] = one if len(read) > 1 else lambda record: (one(record),)
    return given, values


def of_table(made: Callable[[Table], _Made]) -> Callable[[Table], _Made]:
    """``made``, asked once of each table, which is known by itself: to look one up by what it holds takes longer than
    to read a row."""
    known: dict[int, tuple[Table, _Made]] = {}

    def remembered(table: Table) -> _Made:
        found = known.get(id(table))
        if found is None:
            found = known[id(table)] = (table, made(table))
        return found[1]

    return remembered


_reading = of_table(_read)


def frames(documents: list[Document]) -> dict[str, pandas.DataFrame]:
    """Every table as a pandas frame, columns in the order of the schema; lists joined as in the CSV."""
    import pandas

    from doichieu.schema import TABLES

    return {
        table.name: pandas.DataFrame(
            [
                [_python(column, value) for column, value in zip(table.columns, row, strict=True)]
                for row in rows(table, records(documents, table.name))
            ],
            columns=[column.name for column in table.columns],
            dtype=object,
        )
        for table in TABLES
    }


def _python(column: Column, value: Any) -> Any:
    """A value as Python has it: dates as ``date``, absent as None."""
    if isinstance(value, tuple):
        value = "; ".join(str(item) for item in value)
    if value == "":
        return None
    return date.fromisoformat(value) if column.type == "date" and value is not None else value
