"""What stands at the top of a run of comparisons: one table over all pairs, and the documents that were compared.

With the rows of both sides beside them, every id that a finding names is a row of the same folder: keys hold in the
data package, in the databases and in every other format.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from doichieu import export
from doichieu.model import Problem
from doichieu.running import parts
from doichieu.running.pairs import Made
from doichieu.running.record import run_record, told_by
from doichieu.running.run import Log
from doichieu.running.store import Store
from doichieu.running.writing import Agencies, Live, open_tables, rows_of
from doichieu.schema import DIFF_TABLES, SIDES, TABLES, Table, stable_key, table
from doichieu.tables.files import csv_rows, dtypes, package, write

#: Rooms whose rules decide what a comparison says, beside those that decide what a document says.
_ROOMS = frozenset({"amending", "comparison"})
RUN = "run.json"


def finish(
    store: Store,
    compared: Sequence[Live],
    made: Sequence[Made],
    problems: Sequence[Problem],
    out: Path,
    formats: Sequence[str],
    log: Log,
) -> None:
    """Write the tables of the documents compared, the data package, ``run.json`` and the further ``formats``.

    A folder that holds the result of ``extract`` keeps its own tables.
    """
    if _extracted(out):
        log(f"{out} giữ kết quả của extract: các bảng của văn bản và datapackage.json ở đó được giữ nguyên.")
        export.write(formats, out, (*TABLES, *DIFF_TABLES))
        return
    write_sides(store, compared, [pair for pair in made if pair.otherwise], out)
    tables = [one for one in (*SIDES, *DIFF_TABLES, table("problems")) if (out / f"{one.name}.csv").is_file()]
    write(out / "datapackage.json", package(tables, "doichieu-diff", out))
    write(out / "dtypes.json", dtypes(tables))
    content = [told_by(*found) for found in (*_digests(out), *((pair.folder, "") for pair in made))]
    skipped = [problem for problem in problems if problem.severity == "high"]
    counts = {one.name: _count(out / f"{one.name}.csv") for one in tables}
    write(out / RUN, run_record(content, counts, skipped, command="diff", rules=parts.rules_digest(_ROOMS)))
    export.write(formats, out, tables)


def _extracted(out: Path) -> bool:
    """Whether a folder holds what ``extract`` wrote."""
    path = out / RUN
    if not path.is_file():
        return False
    try:
        return bool(msgspec.json.decode(path.read_bytes()).get("command") != "diff")
    except (msgspec.DecodeError, AttributeError):
        return False  # somebody else's file of that name


def _digests(out: Path) -> list[tuple[str, str]]:
    with (out / "documents.csv").open(encoding="utf-8", newline="") as handle:
        return [(row["document_id"], row["sha256"]) for row in csv.DictReader(handle)]


def _count(path: Path) -> int:
    """The rows of a table; a line that ends inside quotation marks is none."""
    return sum(part.count(b"\n") for part in path.read_bytes().split(b'"')[::2]) - 1


def write_sides(store: Store, compared: Sequence[Live], otherwise: Sequence[Made], out: Path) -> None:
    """The tables of the documents compared, as ``extract`` writes them; then what the pairs compared ``otherwise`` hold
    besides: rows of a parent as it was amended, or of a text that is no document."""
    by_name = {one.name: one for one in TABLES}
    agencies = Agencies()
    with open_tables(out, SIDES) as handles:
        for document in compared:
            agencies.add(parts.read_index(store.blob(document.place, "index")))
            for name, data in rows_of(store, document, by_name):
                if name in handles:
                    handles[name].write(data)
        handles["agencies"].write(csv_rows(by_name["agencies"], [("", agency) for agency in agencies.rows()]))
    folders = [out / pair.folder for pair in otherwise]
    for one in SIDES if folders else ():
        _add_missing(one, out, folders)


def _add_missing(one: Table, out: Path, folders: Iterable[Path]) -> None:
    """Put the rows of the pairs' own tables that are missing at the top to its end; a clause whose stable name another
    wording has is its twin."""
    path = out / f"{one.name}.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    known = {tuple(row[name] for name in one.key) for row in rows}
    named = {tuple(row[name] for name in stable_key(one)) for row in rows}
    extra = io.StringIO()
    writer = csv.writer(extra, lineterminator="\n")
    for folder in folders:
        with (folder / f"{one.name}.csv").open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                key = tuple(row[name] for name in one.key)
                if key in known:
                    continue
                known.add(key)
                if one.name == "clauses":
                    row["clause_key"] = _twin(row["document_id"], row["clause_key"], named)
                writer.writerow(row[column.name] for column in one.columns)
    write(path, path.read_bytes() + extra.getvalue().encode())


def _twin(document: str, key: str, named: set[tuple[str, ...]]) -> str:
    """A stable name that no other clause of the document has."""
    number, found = 1, key
    while (document, found) in named:
        number += 1
        found = f"{key}~{number}"
    named.add((document, found))
    return found


__all__ = ["finish", "write_sides"]
