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


PARENT = (
    "ỦY BAN NHÂN DÂN TỈNH AN BÌNH\n\nSố: 12/KH-UBND\n\nKẾ HOẠCH\n\nVề nước sạch\n\nI. MỤC TIÊU\n\n1. Đến năm 2030\n\n"
    "- 80% hộ dân dùng nước sạch.\n\nII. NHIỆM VỤ\n\n1. Sở Xây dựng chủ trì kiểm tra chất lượng nước hằng năm.\n"
)
CHILD = (
    "ỦY BAN NHÂN DÂN XÃ TÂN HÒA\n\nSố: 7/KH-UBND\n\nKẾ HOẠCH\n\nThực hiện Kế hoạch số 12/KH-UBND về nước sạch\n\n"
    "I. MỤC TIÊU\n\n1. Đến năm 2030\n\n- 70% hộ dân dùng nước sạch.\n\nII. NHIỆM VỤ\n\n"
    "1. Phòng Kinh tế chủ trì kiểm tra chất lượng nước hằng năm.\n"
)


def run(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "doichieu.cli", *words],
        cwd=place, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_comparison_brings_the_rows_that_its_findings_name(tmp_path: Path, database: str) -> None:
    import psycopg

    def count(table: str, where: str = "true") -> int:
        with psycopg.connect(database) as base:
            return int(base.execute(f"SELECT count(*) FROM doichieu.{table} WHERE {where}").fetchone()[0])

    for name, text in {"cha": PARENT, "con": CHILD, "khac": FIRST}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    to = ["--format", "postgres", "--database", database]
    assert run(tmp_path, "extract", "cha.txt", "con.txt", "khac.txt", "--out", "ra", *to).returncode == 0
    others = {table: count(table, "document_id = 'khac'") for table in ("documents", "clauses", "targets")}
    agencies = count("agencies")
    for _ in range(2):
        done = run(tmp_path, "diff", "con.txt", "--parent", "cha.txt", "--out", "so", *to)
        assert done.returncode == 0, done.stderr
        assert count("deviations") == 1 and count("duties") >= 1 and count("duty_assignments") >= 2
        assert {table: count(table, "document_id = 'khac'") for table in others} == others and all(others.values())
        assert count("agencies") == agencies
    with psycopg.connect(database) as base:
        linked = base.execute(
            "SELECT c.value, p.value FROM doichieu.deviations d "
            "JOIN doichieu.targets c ON c.target_id = d.child_target_id "
            "JOIN doichieu.targets p ON p.target_id = d.parent_target_id"
        ).fetchall()
        keys = {r[0] for r in base.execute("SELECT conname FROM pg_constraint WHERE contype = 'f'")}
    assert linked == [(70.0, 80.0)]
    assert {
        "deviations_child_target_id_known",
        "deviations_parent_target_id_known",
        "duty_assignments_document_id_assignment_id_known",
        "duty_assignments_duty_id_known",
    } <= keys
    # The child promises something else: the finding on the old promise goes with it, others would stay.
    (tmp_path / "con.txt").write_text(CHILD.replace("- 70% hộ dân dùng nước sạch", "- Mỗi thôn có 02 bể nước"))
    assert run(tmp_path, "extract", "cha.txt", "con.txt", "khac.txt", "--out", "ra", *to).returncode == 0
    assert count("deviations") == 0
    # A comparison of documents that nobody extracted into the database brings them.
    for name, text in {"tren": PARENT, "duoi": CHILD}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assert run(tmp_path, "diff", "duoi.txt", "--parent", "tren.txt", "--out", "so2", *to).returncode == 0
    assert count("deviations") == 1 and count("targets", "document_id = 'duoi'") == 1 and count("documents") == 5
    # Changed and compared again: what its tables no longer name is gone.
    (tmp_path / "duoi.txt").write_text(CHILD.replace("70%", "75%"), encoding="utf-8")
    assert run(tmp_path, "diff", "duoi.txt", "--parent", "tren.txt", "--out", "so2", *to).returncode == 0
    with psycopg.connect(database) as base:
        assert [r[0] for r in base.execute("SELECT value FROM doichieu.targets WHERE document_id = 'duoi'")] == [75.0]
