"""The tables in a real PostgreSQL server: the same values, brought up to date by key, keys that hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from doichieu.errors import UsageError
from doichieu.export.values import rows
from doichieu.schema import SCHEMA_VERSION, TABLES
from tests.office import postgres as server

FIRST = "KẾ HOẠCH\n\nI. MỤC TIÊU\n\n1. Đến năm 2030\n\n- 70% hộ dân dùng nước sạch.\n\n- Trồng mới 500 ha rừng.\n"


@pytest.fixture(scope="module")
def database() -> str:
    if reason := server.missing():
        pytest.skip(reason)
    return server.server().database()


def extract(place: Path, text: str, database: str) -> subprocess.CompletedProcess[str]:
    place.mkdir(exist_ok=True)
    (place / "a.txt").write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-P", "-m", "doichieu.cli", "extract", "a.txt", "--out", "ra",
         "--format", "postgres", "--database", database],
        cwd=place, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_same_values_and_only_what_changed_is_written(tmp_path: Path, database: str) -> None:
    import psycopg

    done = extract(tmp_path / "x", FIRST, database)
    assert done.returncode == 0, done.stderr
    with psycopg.connect(database) as base:
        for table in TABLES:
            names = ", ".join(f'"{c.name}"' for c in table.columns)
            found = base.execute(f'SELECT {names} FROM doichieu."{table.name}"').fetchall()
            wanted = list(rows(table, tmp_path / "x" / "ra"))

            def shown(row) -> list[str]:
                return [str(value) for value in row]

            assert sorted(map(shown, found)) == sorted(map(shown, wanted)), table.name
        before = dict(base.execute("SELECT row_key, first_seen || ' ' || last_changed FROM doichieu.targets"))
    inserted = FIRST.replace("- 70%", "- Một việc khác không có số.\n\n- 70%").replace("500 ha", "600 ha")
    assert extract(tmp_path / "x", inserted, database).returncode == 0
    with psycopg.connect(database) as base:
        after = dict(base.execute("SELECT row_key, first_seen || ' ' || last_changed FROM doichieu.targets"))
        values = [r[0] for r in base.execute("SELECT value FROM doichieu.targets ORDER BY char_start")]
        kept = [r[0] for r in base.execute("SELECT count(*) FROM doichieu.clauses WHERE first_seen <> last_changed")]
    assert values == [70.0, 600.0] and len(before) == len(after) == 2
    assert len(before.keys() & after.keys()) == 1, "the share is the same row, the raised area another"
    assert kept[0] > 0
    assert extract(tmp_path / "x", inserted, database).returncode == 0
    with psycopg.connect(database) as base:
        again = dict(base.execute("SELECT row_key, first_seen || ' ' || last_changed FROM doichieu.targets"))
    assert again == after, "a second run writes nothing"


def test_keys_hold_in_the_database(tmp_path: Path, database: str) -> None:
    import psycopg

    assert extract(tmp_path / "y", FIRST, database).returncode == 0
    with psycopg.connect(database) as base:
        base.execute("DELETE FROM doichieu.clauses")
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            base.commit()


def test_a_server_out_of_reach_is_told_without_the_password(tmp_path: Path) -> None:
    done = extract(tmp_path / "z", FIRST, "postgresql://an:bi-mat@127.0.0.1:1/kho")
    assert done.returncode == 2 and "PostgreSQL" in done.stderr and "bi-mat" not in done.stderr
    assert (tmp_path / "z" / "ra" / "targets.csv").is_file()


def test_a_newer_schema_is_refused(tmp_path: Path, database: str) -> None:
    import psycopg

    from doichieu.export import write

    assert extract(tmp_path / "w", FIRST, database).returncode == 0
    with psycopg.connect(database) as base:
        base.execute("UPDATE doichieu.schema_version SET version = '99.0'")
    try:
        with pytest.raises(UsageError, match=r"99\.0"):
            write(["postgres"], tmp_path / "w" / "ra", database=database)
    finally:
        with psycopg.connect(database) as base:
            base.execute(f"UPDATE doichieu.schema_version SET version = '{SCHEMA_VERSION}'")


@pytest.mark.parametrize("words", [["--format", "postgres"], ["--database", "postgresql://x"]])
def test_wrong_calls(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "a.txt").write_text(FIRST, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "doichieu.cli", "extract", "a.txt", "--out", "ra", *words],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2 and "--database" in done.stderr
