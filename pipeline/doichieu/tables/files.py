"""Writing whole files or none: CSV tables, the data package, documents and their texts."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from doichieu.errors import UnwritableOutput, system_reason
from doichieu.model import Document, DocumentInfo
from doichieu.schema import OWN_WORDS, SCHEMA_VERSION, TABLES, Table, cell, guarded
from doichieu.tables import of_table, records, rows


def write(path: Path, *data: bytes) -> None:
    """Write ``data``, piece by piece, through a temporary file beside ``path``.

    An interrupted run leaves no half-written table.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as out:
            out.writelines(data)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def put(path: Path, data: bytes) -> None:
    """:func:`write` for a file that a person asked for: raises :class:`doichieu.errors.UnwritableOutput` where it
    cannot be."""
    try:
        write(path, data)
    except OSError as error:
        raise UnwritableOutput(str(path), system_reason(error)) from error


def csv_bytes(table: Table, items: Iterable[tuple[str, Any]]) -> bytes:
    """A table as CSV: UTF-8, comma, RFC 4180 quoting, header row, ``\\n``."""
    return csv_head(table) + csv_rows(table, items)


def csv_head(table: Table) -> bytes:
    """The header row of a table."""
    return _encoded([[column.name for column in table.columns]])


def csv_rows(table: Table, items: Iterable[tuple[str, Any]]) -> bytes:
    """The rows of a table without its header."""
    own = [at for at, column in enumerate(table.columns) if column.name in OWN_WORDS]
    lines = []
    for row in rows(table, items):
        line = [
            "" if value is None else value if type(value) is str else str(value) if type(value) is int else cell(value)
            for value in row
        ]
        for at in own:
            line[at] = guarded(line[at])
        lines.append(line)
    return _encoded(lines)


def _encoded(lines: list[list[str]]) -> bytes:
    """Rows as bytes: always whole UTF-8 (a name that is no Unicode is spelt ``\\udcff``), every line end inside a cell
    quoted."""
    printed = [_joined(line) for line in lines]
    if None not in printed:
        return "".join(line + "\n" for line in printed if line is not None).encode("utf-8", "backslashreplace")
    buffer = io.StringIO()
    # The terminator tells the writer of Python which signs to quote: both halves, or a lone \r would split a row.
    writer = csv.writer(_LineEnds(buffer), lineterminator="\r\n")
    writer.writerows(lines)
    return buffer.getvalue().encode("utf-8", "backslashreplace")


#: Cells are joined with a sign that none of them holds, so that a whole row is looked through at once.
_SEAM = "\x1f"


def _joined(cells: list[str]) -> str | None:
    """A row as the CSV writer of Python prints it; None of one that only that writer prints.

    >>> _joined(["a", "2", "", 'b "c", d', "e\\nf"]), _joined([""]), _joined(["a\\rb", "c"])
    ('a,2,,"b ""c"", d","e\\nf"', None, None)
    """
    row = _SEAM.join(cells)
    if row.count(_SEAM) != len(cells) - 1 or "\r" in row or "\0" in row or not row:
        return None
    if "," not in row and '"' not in row and "\n" not in row:
        return row.replace(_SEAM, ",")
    return ",".join(
        ['"' + text.replace('"', '""') + '"' if "," in text or '"' in text or "\n" in text else text for text in cells]
    )


class _LineEnds:
    """Takes rows that end with ``\\r\\n``, one a call, and passes them on with ``\\n``."""

    def __init__(self, buffer: io.StringIO) -> None:
        self.buffer = buffer

    def write(self, row: str) -> int:
        """Pass one row on."""
        return self.buffer.write(row.removesuffix("\r\n") + "\n")


def jsonl_rows(table: Table, items: Iterable[tuple[str, Any]]) -> bytes:
    """The rows of a table as JSON Lines: the values that its CSV has, null where a cell is empty.

    >>> from doichieu.model import Problem
    >>> from doichieu.schema import table
    >>> jsonl_rows(table("problems"), [("a", Problem("a", "ocr_repair", "info", "- x", char_start=0))])[:69]
    b'{"document_id":"a","code":"ocr_repair","severity":"info","clause_id":'
    """
    form = _lines_of(table)
    lines = []
    for row in rows(table, items):
        line = [value or None for value in row]
        for at in form.printed:
            value = row[at]
            if type(value) is not str:
                line[at] = None if value is None else cell(value) or None
        for at in form.integers:
            if type(line[at]) is not int:  # empty, none, or another sign for a number
                line[at] = row[at] if type(row[at]) is int else _integer(row[at])
        for at, convert in form.typed:
            line[at] = convert(row[at])
        lines.append(line)
    try:
        return form.encode([form.row(*line) for line in lines])
    except UnicodeEncodeError:  # half a sign, as only a program can hand it over: spelt as in CSV
        return form.encode([form.row(*map(_spelt_out, line)) for line in lines])


def _number(value: Any) -> float | None:
    return None if value in (None, "") else float(cell(value))


def _integer(value: Any) -> int | None:
    return None if value in (None, "") else int(cell(value))


def _boolean(value: Any) -> bool | None:
    return None if value in (None, "") else cell(value) == "true"


#: Values of columns that hold no text, as JSON has them.
_AS_JSON: dict[str, Callable[[Any], Any]] = {"number": _number, "integer": _integer, "boolean": _boolean}


class _Lines(NamedTuple):
    """How the rows of a table become JSON: the columns that may hold other things than words, those of whole numbers,
    others that hold no text, the record that a row is printed from."""

    printed: list[int]
    integers: list[int]
    typed: list[tuple[int, Callable[[Any], Any]]]
    row: Callable[..., Any]
    encode: Callable[[list[Any]], bytes]


def _line_form(table: Table) -> _Lines:
    import msgspec

    kinds: dict[str, Any] = {}
    for base in reversed(table.record.__mro__):
        kinds |= getattr(base, "__annotations__", {})
    integers = [at for at, column in enumerate(table.columns) if column.type == "integer"]
    typed = [(at, _AS_JSON[column.type]) for at, column in enumerate(table.columns) if column.type in _AS_JSON]
    typed = [(at, convert) for at, convert in typed if convert is not _integer]
    printed = [
        at
        for at, column in enumerate(table.columns)
        if column.type not in _AS_JSON and (column.get is not None or kinds.get(column.name) not in ("str", str))
    ]
    fields = {f"cell{at}": column.name for at, column in enumerate(table.columns)}
    row = msgspec.defstruct("Row", [(name, Any) for name in fields], rename=fields, gc=False)
    return _Lines(printed, integers, typed, row, msgspec.json.Encoder().encode_lines)


_lines_of = of_table(_line_form)


def _spelt_out(value: Any) -> Any:
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def write_all(documents: list[Document], out: Path) -> list[Path]:
    """Every table of some documents as CSV, and their data package; returns the files written."""
    written = []
    for table in TABLES:
        written.append(out / f"{table.name}.csv")
        put(written[-1], csv_bytes(table, records(documents, table.name)))
    written.append(out / "datapackage.json")
    put(written[-1], package(TABLES, "doichieu", out))
    written.append(out / "dtypes.json")
    put(written[-1], dtypes(TABLES))
    return written


#: What a data package says of a table's file beside its schema.
_FILES: dict[str, dict[str, Any]] = {
    ".csv": {
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
    },
    ".jsonl": {
        "profile": "data-resource",
        "format": "jsonl",
        "mediatype": "application/x-ndjson",
        "encoding": "utf-8",
    },
}
_DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True}


def package(tables: Iterable[Table], name: str, folder: Path | None = None, ending: str = ".csv") -> bytes:
    """The Frictionless Data Package descriptor of a folder of CSV tables, or of tables of another ``ending``.

    With ``folder``, where the tables lie, each has its size in bytes and its hash.
    """
    resources: list[dict[str, Any]] = []
    tables = tuple(tables)
    names = {table.name for table in tables}
    for table in tables:
        fields = []
        for column in table.columns:
            constraints: dict[str, Any] = {}
            if column.required:
                constraints["required"] = True
            if column.enum:
                constraints["enum"] = list(column.enum)
            field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.description}
            if column.type == "boolean" and ending == ".csv":
                field |= {"trueValues": ["true"], "falseValues": ["false"]}
            if column.unit:
                field["unit"] = column.unit
            if constraints:
                field["constraints"] = constraints
            fields.append(field)
        schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
        if table.key:
            schema["primaryKey"] = list(table.key)
        references = [link for link in table.foreign if link.table in names]
        if references:
            schema["foreignKeys"] = [
                {
                    "fields": list(link.columns),
                    "reference": {"resource": link.table.replace("_", "-"), "fields": list(link.others)},
                }
                for link in references
            ]
        resources.append(
            {
                "name": table.name.replace("_", "-"),
                "title": table.description,
                "path": f"{table.name}{ending}",
                **_measured(folder, table, ending),
                **_FILES[ending],
                "description": table.description,
                **({"dialect": _DIALECT} if ending == ".csv" else {}),
                "schema": schema,
            }
        )
    descriptor = {
        "profile": "tabular-data-package" if ending == ".csv" else "data-package",
        "name": name,
        "title": "Chỉ tiêu, nhiệm vụ và thời hạn trong nghị quyết, kế hoạch",
        "schema_version": SCHEMA_VERSION,
        "licenses": [{"name": "Apache-2.0", "title": "Apache License 2.0 (of the extraction; texts keep their own)"}],
        "resources": resources,
    }
    return _for_people(descriptor, 2)


#: The types of pandas that keep every value of a column: absent stays absent, whole numbers stay whole.
_DTYPES = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "string"}


def dtypes(tables: Iterable[Table]) -> bytes:
    """``dtypes.json``: the ``dtype`` of every column for ``pandas.read_csv``, by table."""
    named = {table.name: {column.name: _DTYPES[column.type] for column in table.columns} for table in tables}
    return _for_people(named, 1)


def _for_people(data: dict[str, Any], indent: int) -> bytes:
    """JSON with one value a line, as :func:`json.dumps` prints it and many times as quick."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(data), indent=indent) + b"\n"


def _measured(folder: Path | None, table: Table, ending: str) -> dict[str, Any]:
    """Size and hash of a table's file."""
    if folder is None:
        return {}
    path = folder / f"{table.name}{ending}"
    with path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "hash": f"sha256:{digest}"}


def document_json(document: Document, *, pretty: bool = False) -> bytes:
    """Everything known of one document as JSON: the rows of its tables, clause pieces and cells, boxes of the
    quotes.  ``pretty`` is for people: one value a line."""
    import msgspec

    data = _frame(document)
    data["clauses"] = [msgspec.to_builtins(clause) | {"clause_path": clause.clause_path} for clause in document.clauses]
    for name in (
        "targets",
        "assignments",
        "agencies",
        "mentions",
        "deadlines",
        "percentages",
        "citations",
        "amendments",
        "results",
        "problems",
    ):
        data[name] = getattr(document, name)
    return _as_json(data, pretty=pretty)


def places_json(document: Document) -> bytes:
    """What no table holds of one document, as JSON: its source, the pieces and cells of its clauses, the boxes of its
    quotes; beside them its head."""
    return joined_json(document.info, places_body(document))


def places_body(document: Document) -> bytes:
    """:func:`places_json` but for the head, which the run may still change."""
    data = _frame(document)
    data["clauses"] = [
        {"clause_id": clause.clause_id, "leaf": clause.leaf, "pieces": clause.pieces}
        | ({"cells": clause.cells} if clause.cells else {})
        for clause in document.clauses
    ]
    return _as_json({name: value for name, value in data.items() if name not in _HEAD})


def joined_json(info: DocumentInfo, body: bytes) -> bytes:
    """The JSON of a document from its head and what :func:`places_body` gave."""
    return _as_json({"schema_version": SCHEMA_VERSION, "document": info})[:-2] + b"," + body[1:]


#: What stands before everything else in the JSON of a document.
_HEAD = ("schema_version", "document")


def _frame(document: Document) -> dict[str, Any]:
    source = document.source
    data: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "document": document.info,
        "source": {"format": source.format, "verbatim": source.verbatim, "pages": source.pages},
        "clauses": [],
    }
    if source.lines:
        data["boxes"] = _boxes(document)
    return data


def _as_json(data: dict[str, Any], *, pretty: bool = False) -> bytes:
    import msgspec

    try:
        compact = msgspec.json.encode(data)
    except UnicodeEncodeError:  # half a sign, as only a program can hand it over: spelt out
        compact = json.dumps(msgspec.to_builtins(data), separators=(",", ":")).encode()
    return (msgspec.json.format(compact, indent=1) if pretty else compact) + b"\n"


def _boxes(document: Document) -> dict[str, list[dict[str, float]]]:
    """The boxes of each quote on its page or pages: record id → boxes in points from the top left corner."""
    lines = sorted(document.source.lines, key=lambda line: line.start)
    starts = [line.start for line in lines]
    out: dict[str, list[dict[str, float]]] = {}
    for name, key in (
        ("targets", "target_id"),
        ("assignments", "assignment_id"),
        ("citations", "citation_id"),
        ("deadlines", "deadline_id"),
        ("amendments", "amendment_id"),
        ("results", "result_id"),
    ):
        for record in getattr(document, name):
            found = lines[max(0, bisect_right(starts, record.char_start) - 1) : bisect_left(starts, record.char_end)]
            out[getattr(record, key)] = [
                {"page": line.page, "x0": line.x0, "y0": line.y0, "x1": line.x1, "y1": line.y1}
                for line in found
                if line.end > record.char_start
            ]
    return out
