"""Odd signs in names and texts: they reach every format, and split, spoil or stop none."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from doichieu import diff, export, extract_text
from doichieu.export.values import rows
from doichieu.model import Problem
from doichieu.running.pairs import write_comparison
from doichieu.running.progress import Progress
from doichieu.running.run import extract
from doichieu.schema import DIFF_TABLES, table
from doichieu.tables.files import csv_bytes

TEXT = "II. MỤC TIÊU\n\n1. Đến năm 2030\n\n- {} cán bộ cấp xã được bồi dưỡng.\n"
ODD = [
    "a\rb",
    "a\r\nb",
    "a\nb",
    '"',
    '", ;',
    "=1+1",
    "\ufeff a",
    "  a  ",
    "NULL",
    "\\N",
    "nan",
    "x\x00y",
    "\x01",
    "\u2028",
    "đ\u0323",
]

#: The formats that are files.
FILES = [name for name in export.FORMATS if name not in export.DATABASES]


def message(out: Path, name: str) -> Any:
    if name == "jsonl":
        return json.loads((out / "problems.jsonl").read_bytes())["message"]
    if name == "sqlite":
        base = sqlite3.connect(out / "tables.sqlite")
        found = base.execute("SELECT message FROM problems").fetchone()[0]
        base.close()
        return found
    if name == "parquet":
        from pyarrow import parquet

        return parquet.read_table(out / "problems.parquet").column("message")[0].as_py()
    import duckdb

    with duckdb.connect(str(out / "tables.duckdb"), read_only=True) as base:
        return base.execute("SELECT message FROM problems").fetchone()[0]


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_odd_texts_are_whole_in_every_format(odd: str, tmp_path: Path) -> None:
    problems = table("problems")
    (tmp_path / "problems.csv").write_bytes(csv_bytes(problems, [("", Problem("d", "c", "low", odd))]))
    names = [name for name in export.FORMATS if name not in ("xlsx", "postgres")]
    export.write([*names, "xlsx"], tmp_path, [problems])
    (row,) = rows(problems, tmp_path)
    assert row[[c.name for c in problems.columns].index("message")] == odd
    assert {name: message(tmp_path, name) for name in names} == dict.fromkeys(names, odd)


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a file have such a name")
@pytest.mark.parametrize("name", [b"a\rb.txt", b"a\nb.txt", b"'a\".txt", "Kế hoạch số 5.txt".encode()], ids=ascii)
def test_odd_names_of_files(name: bytes, tmp_path: Path) -> None:
    source = tmp_path / "vao"
    source.mkdir()
    (source / os.fsdecode(name)).write_text(TEXT.format("70%"), encoding="utf-8")
    out = tmp_path / "ra"
    assert extract([source], out, formats=FILES, progress=Progress("quiet")) == 0
    for written in out.glob("*.csv"):
        with written.open(encoding="utf-8", newline="") as handle:
            assert len({len(row) for row in csv.reader(handle)}) == 1, written.name
    assert len(list(rows(table("targets"), out))) == 1


def test_a_table_is_utf8_whatever_the_text() -> None:
    data = csv_bytes(table("problems"), [("", Problem("a\udcff", "c", "low", "\ud800"))]).decode("utf-8")
    assert data.endswith("a\\udcff,c,low,,,,,\\ud800,,,\n")


def test_tables_of_a_comparison_in_every_format(tmp_path: Path) -> None:
    child, parent = (
        extract_text(TEXT.format(amount), document_id=name) for amount, name in (("60%", "duoi"), ("70%", "tren"))
    )
    write_comparison(diff(child, parent), tmp_path, None, "vi")
    export.write(FILES, tmp_path, DIFF_TABLES)
    expected = list(rows(table("deviations"), tmp_path))
    base = sqlite3.connect(tmp_path / "tables.sqlite")
    assert [list(row) for row in base.execute("SELECT * FROM deviations ORDER BY rowid")] == expected
    opened = base.execute("SELECT deviation_id, kinds FROM open_deviations").fetchall()
    base.close()
    import duckdb

    with duckdb.connect(str(tmp_path / "tables.duckdb"), read_only=True) as other:
        assert [list(row) for row in other.execute("SELECT * FROM deviations").fetchall()] == expected
        assert other.execute("SELECT deviation_id, kinds FROM open_deviations").fetchall() == opened
    assert [kinds for _, kinds in opened] == ["looser"]
    assert (
        (tmp_path / "deviations.parquet").is_file()
        and (tmp_path / "deviations.jsonl").is_file()
        and (tmp_path / "tables.xlsx").is_file()
    )
