"""One truth in every format: the same values, row by row and column by column."""

from __future__ import annotations

import csv
import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from doichieu import export
from doichieu.errors import MissingPackage
from doichieu.export.sqlite import folded
from doichieu.export.values import rows
from doichieu.running.progress import Progress
from doichieu.running.run import extract
from doichieu.schema import TABLES, Table

ROOT = Path(__file__).resolve().parents[2]


#: The formats that are files.
FILES = [name for name in export.FORMATS if name not in export.DATABASES]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ra")
    assert (
        extract(
            [ROOT / "corpus"],
            folder,
            formats=FILES,
            progress=Progress("quiet"),
        )
        == 0
    )
    return folder


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def expected(table: Table, out: Path) -> list[list[Any]]:
    found = list(rows(table, out))
    with (out / f"{table.name}.csv").open(encoding="utf-8", newline="") as handle:
        assert len(found) == len(list(csv.reader(handle))) - 1
    return found


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_json_lines(table: Table, out: Path) -> None:
    found = [json.loads(line) for line in (out / f"{table.name}.jsonl").read_text(encoding="utf-8").splitlines()]
    names = [c.name for c in table.columns]
    assert all(list(row) == names for row in found) and [list(row.values()) for row in found] == expected(table, out)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_parquet(table: Table, out: Path) -> None:
    from pyarrow import parquet

    found = parquet.read_table(out / f"{table.name}.parquet")
    assert found.column_names == [c.name for c in table.columns]
    assert [[plain(v) for v in row.values()] for row in found.to_pylist()] == expected(table, out)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_sqlite(table: Table, out: Path) -> None:
    base = sqlite3.connect(out / "tables.sqlite")
    found = [list(row) for row in base.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid')]
    base.close()
    booleans = {i for i, c in enumerate(table.columns) if c.type == "boolean"}
    assert [
        [bool(v) if i in booleans and v is not None else v for i, v in enumerate(row)] for row in found
    ] == expected(table, out)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_duckdb(table: Table, out: Path) -> None:
    import duckdb

    with duckdb.connect(str(out / "tables.duckdb"), read_only=True) as base:
        found = base.execute(f'SELECT * FROM "{table.name}"').fetchall()
    assert [[plain(v) for v in row] for row in found] == expected(table, out)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_excel(table: Table, out: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(out / "tables.xlsx", read_only=True)
    found = [list(row) for row in book[table.name].iter_rows(values_only=True)]
    assert found[0] == [c.name for c in table.columns]
    width = len(table.columns)
    # Excel keeps line ends as \n and numbers without telling 1 from 1.0.
    assert [row + [None] * (width - len(row)) for row in found[1:]] == expected(table, out)
    book.close()


def test_sqlite_keys_views_and_search(out: Path) -> None:
    base = sqlite3.connect(out / "tables.sqlite")
    base.execute("PRAGMA foreign_keys = ON")
    assert base.execute("PRAGMA foreign_key_check").fetchall() == [] and base.execute(
        "PRAGMA integrity_check"
    ).fetchone() == ("ok",)
    due = base.execute("SELECT year, count(*) FROM targets_due_by_year GROUP BY year").fetchall()
    assert due and all(len(year) == 4 for year, _ in due)
    assert (
        base.execute("SELECT count(*) FROM tasks_by_agency").fetchone()
        == base.execute("SELECT count(*) FROM assignments").fetchone()
    )
    count = "SELECT count(*) FROM search WHERE search MATCH ?"
    (typed,) = base.execute(count, ('"dao tao, boi duong"',)).fetchone()
    (whole,) = base.execute(count, ('text : "đào tạo, bồi dưỡng"',)).fetchone()
    (really,) = base.execute("SELECT count(*) FROM clauses WHERE lower(text) LIKE '%đào tạo, bồi dưỡng%'").fetchone()
    assert typed >= whole >= really > 0 and folded("Đến") == "den"
    base.close()


def test_the_same_bytes_again(out: Path, tmp_path: Path) -> None:
    extract([ROOT / "corpus"], tmp_path, formats=("jsonl", "xlsx", "parquet", "sqlite"), progress=Progress("quiet"))
    for path in tmp_path.iterdir():
        if path.suffix in (".jsonl", ".xlsx", ".parquet", ".sqlite"):
            assert path.read_bytes() == (out / path.name).read_bytes(), path.name


def test_formulas_stay_text(tmp_path: Path) -> None:
    import openpyxl

    evil = '=HYPERLINK("http://x"), +1, @SUM'
    document = TABLES[0]
    with (tmp_path / "documents.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow([c.name for c in document.columns])
        writer.writerow([evil if c.type == "string" else "" for c in document.columns])
    export.write(["xlsx"], tmp_path, [document])
    cell = openpyxl.load_workbook(tmp_path / "tables.xlsx")["documents"]["A2"]
    assert cell.value == evil and cell.data_type == "s"


def test_what_is_cut_is_listed(tmp_path: Path) -> None:
    import openpyxl

    clauses = next(t for t in TABLES if t.name == "clauses")
    with (tmp_path / "clauses.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow([c.name for c in clauses.columns])
        writer.writerow(
            ["a" * 40_000 if c.name == "text" else "" if c.type != "string" else "x" for c in clauses.columns]
        )
    export.write(["xlsx"], tmp_path, [clauses])
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert [c.value for c in book["cut_texts"][2]] == ["clauses", 2, "text", 40_000]


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.delitem(sys.modules, "doichieu.export.duck", raising=False)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MissingPackage, match=r"pip install 'duckdb"):
        export.write(["duckdb"], tmp_path)


def test_comparisons_in_further_formats(tmp_path: Path) -> None:
    from doichieu.running.differ import diff

    child = ROOT / "corpus" / "duc-pho-ke-hoach-thuc-hien-nghi-quyet-09.txt"
    parent = ROOT / "corpus" / "quang-ngai-nghi-quyet-can-bo-cap-xa.txt"
    assert diff([child], [parent], None, tmp_path, formats=["sqlite", "jsonl"]) == 0
    (folder,) = [p for p in tmp_path.iterdir() if p.name.endswith(parent.stem)]
    base = sqlite3.connect(folder / "tables.sqlite")
    (count,) = base.execute("SELECT count(*) FROM deviations").fetchone()
    (unexplained,) = base.execute("SELECT count(*) FROM open_deviations").fetchone()
    base.close()
    assert count == len((folder / "deviations.jsonl").read_text(encoding="utf-8").splitlines()) >= unexplained > 0
