"""A run on a cluster of two workers gives what one process gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from doichieu.errors import UsageError
from doichieu.export.values import rows
from doichieu.running import cluster
from doichieu.running.progress import Progress
from doichieu.running.run import extract
from doichieu.schema import TABLES

ROOT = Path(__file__).resolve().parents[2]
QUIET = Progress("quiet")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as running:
        yield running.scheduler_address


def dataset(out: Path, table: Any) -> list[tuple[Any, ...]]:
    found = duckdb.sql(f"SELECT * FROM read_parquet('{out}/{table.name}/*.parquet')").fetchall()
    return sorted(tuple("" if v is None else str(v) for v in row) for row in found)


def expected(out: Path, table: Any) -> list[tuple[Any, ...]]:
    return sorted(tuple("" if v is None else str(v) for v in row) for row in rows(table, out))


@pytest.mark.long
def test_two_workers_give_what_one_process_gives(tmp_path: Path, address: str) -> None:
    inside = tmp_path / "vao"
    inside.mkdir()
    for path in (ROOT / "corpus").glob("*.txt"):
        (inside / path.name).write_bytes(path.read_bytes())
    (inside / "hong.docx").write_bytes(b"khong phai Word")
    assert cluster.extract([str(inside)], str(tmp_path / "cum"), address, progress=QUIET) == 1
    assert extract([inside], tmp_path / "mot", progress=QUIET) == 1
    for table in TABLES:
        assert dataset(tmp_path / "cum", table) == expected(tmp_path / "mot", table), table.name
    # A document that is gone leaves the dataset; the rest is not read again.
    gone = next(inside.glob("*.txt"))
    gone.unlink()
    (inside / "hong.docx").unlink()
    own = tmp_path / "cum" / "documents" / "cua-toi.docx"
    own.write_bytes(b"tep khac")
    assert cluster.extract([str(inside)], str(tmp_path / "cum"), address, progress=QUIET) == 0
    assert extract([inside], tmp_path / "mot", progress=QUIET) == 0
    for table in TABLES:
        assert dataset(tmp_path / "cum", table) == expected(tmp_path / "mot", table), table.name
    assert own.read_bytes() == b"tep khac"


class Counted(Progress):
    """Remembers how many files were read, and how many were not read again."""

    def __init__(self) -> None:
        super().__init__("quiet")
        self.read = self.skipped = -1

    def start(self, total: int, skipped: int) -> None:
        self.read, self.skipped = total, skipped
        super().start(total, skipped)


def test_files_under_a_url_are_fetched_once_and_every_format_is_written(tmp_path: Path, address: str) -> None:
    inside = tmp_path / "vao"
    inside.mkdir()
    for path in (ROOT / "corpus").glob("*.txt"):
        (inside / path.name).write_bytes(path.read_bytes())
    out = (tmp_path / "cum").as_uri()
    assert cluster.extract([inside.as_uri()], out, address, progress=QUIET, formats=("jsonl", "sqlite")) == 0
    found = duckdb.sql(f"SELECT count(*) FROM read_parquet('{tmp_path}/cum/documents/*.parquet')").fetchall()
    assert found == [(5,)]
    for table in TABLES:
        assert dataset(tmp_path / "cum", table) == expected(tmp_path / "cum", table), table.name
    assert (tmp_path / "cum" / "targets.jsonl").is_file() and (tmp_path / "cum" / "tables.sqlite").is_file()
    changed = inside / "lai-chau-nghi-quyet-can-bo-cap-xa.txt"
    changed.write_bytes(changed.read_bytes() + b"\n")
    again = Counted()
    assert cluster.extract([inside.as_uri()], out, address, progress=again) == 0
    assert (again.read, again.skipped) == (1, 4)


def test_files_of_one_name_get_ids_of_their_own(tmp_path: Path, address: str) -> None:
    inside = tmp_path / "vao"
    for folder, goal in (("xa-mot", "70%"), ("xa-hai", "80%"), ("xa-ba", "80%")):
        (inside / folder).mkdir(parents=True)
        text = f"KẾ HOẠCH\n\nCấp nước\n\nI. MỤC TIÊU\n\nĐến năm 2030, {goal} hộ dân có nước sạch.\n"
        (inside / folder / "ke-hoach.txt").write_text(text, encoding="utf-8")
    assert cluster.extract([str(inside)], str(tmp_path / "cum"), address, progress=QUIET) == 0
    assert extract([inside], tmp_path / "mot", progress=QUIET) == 0
    for name in ("documents", "targets", "problems"):
        table = next(table for table in TABLES if table.name == name)
        assert dataset(tmp_path / "cum", table) == expected(tmp_path / "mot", table), name
    identities = duckdb.sql(f"SELECT document_id FROM read_parquet('{tmp_path}/cum/documents/*.parquet')").fetchall()
    assert sorted(identities) == [("ke-hoach",), ("ke-hoach~2",)]


def test_a_cluster_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import distributed

    def refuses(*_: object, **__: object) -> None:
        raise OSError("Timed out")

    monkeypatch.setattr(distributed, "Client", refuses)
    with pytest.raises(UsageError, match="tcp://127.0.0.1:1"):
        cluster.extract([str(ROOT / "corpus")], str(tmp_path), "tcp://127.0.0.1:1", progress=QUIET)
