"""The top of a run of comparisons: every id that a finding names is a row of the same folder, in every format."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import pytest

from doichieu.export import DATABASES, FORMATS
from doichieu.running.differ import diff
from doichieu.schema import DIFF_TABLES, SIDES, TABLES, in_order

FILES = [name for name in FORMATS if name not in DATABASES]
PARENT = (
    "ỦY BAN NHÂN DÂN TỈNH AN BÌNH\n\nSố: 12/KH-UBND\n\nAn Bình, ngày 05 tháng 01 năm 2026\n\nKẾ HOẠCH\n\n"
    "Về nước sạch\n\nI. MỤC TIÊU\n\n1. Đến năm 2030\n\n- 80% hộ dân dùng nước sạch.\n\n"
    "- 90% trường học có nhà vệ sinh đạt chuẩn.\n\n"
    "II. NHIỆM VỤ\n\n1. Sở Xây dựng chủ trì, phối hợp với Sở Y tế kiểm tra chất lượng nước hằng năm.\n"
)
CHILD = (
    "ỦY BAN NHÂN DÂN XÃ {place}\n\nSố: {number}/KH-UBND\n\n{place}, ngày {day:02} tháng 3 năm 2026\n\nKẾ HOẠCH\n\n"
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh An Bình về nước sạch\n\n"
    "I. MỤC TIÊU\n\n1. Đến năm 2030\n\n- {share}% hộ dân dùng nước sạch.\n\nII. NHIỆM VỤ\n\n"
    "1. Phòng Kinh tế chủ trì, phối hợp với Trạm Y tế kiểm tra chất lượng nước hằng năm.\n"
)
AMENDING = (
    "ỦY BAN NHÂN DÂN TỈNH AN BÌNH\n\nSố: 40/QĐ-UBND\n\nAn Bình, ngày 10 tháng 3 năm 2026\n\nQUYẾT ĐỊNH\n\n"
    "Sửa đổi Kế hoạch số 12/KH-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh An Bình\n\n"
    "Điều 1. Thay thế cụm từ “80% hộ dân” bằng cụm từ “85% hộ dân” tại điểm 1 mục I Kế hoạch số 12/KH-UBND ngày"
    " 05/01/2026.\n\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký.\n"
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "vao"
    folder.mkdir()
    (folder / "tinh.txt").write_text(PARENT, encoding="utf-8")
    for number, (place, share) in enumerate({"Tân Hòa": 70, "Tân Lập": 80}.items()):
        text = CHILD.format(place=place, number=number + 1, share=share, day=5 + 10 * number)
        (folder / f"xa-{number}.txt").write_text(text, encoding="utf-8")
    return folder


def resolved(folder: Path) -> int:
    """How many ids of findings were looked up in the CSV of a folder; each must be there."""
    present = {table.name: table for table in (*SIDES, *DIFF_TABLES) if (folder / f"{table.name}.csv").is_file()}
    looked = 0
    for table in present.values():
        if table.name == "bindings" and "__" in folder.name:
            continue  # a binding value may be another parent's
        for link in table.foreign:
            known = {tuple(row[name] for name in link.others) for row in rows(folder / f"{link.table}.csv")}
            for row in rows(folder / f"{table.name}.csv"):
                key = tuple(row[name] for name in link.columns)
                if any(key):
                    looked += 1
                    assert key in known, (table.name, link, row)
    return looked


def test_every_key_resolves_in_every_folder_and_format(papers: Path, tmp_path: Path) -> None:
    import duckdb

    frictionless = pytest.importorskip("frictionless")
    out = tmp_path / "ra"
    assert diff([papers], [], papers, out, formats=FILES, log=str, say=str) == 0
    folders = [out, *(path for path in out.iterdir() if path.is_dir())]
    assert len(folders) == 3
    for folder in folders:
        assert resolved(folder) > 20
        report = frictionless.validate(str(folder / "datapackage.json"))
        assert report.valid, report.flatten(["title", "message"])
        base = sqlite3.connect(folder / "tables.sqlite")
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        named = {row[2] for row in base.execute("PRAGMA foreign_key_list(deviations)")}
        assert named == {"documents", "targets"}
        assert {row[2] for row in base.execute("PRAGMA foreign_key_list(duty_assignments)")} == {
            "duties",
            "assignments",
        }
        (count,) = base.execute("SELECT count(*) FROM deviations").fetchone()
        base.close()
        assert count == len(rows(folder / "deviations.csv")) > 0
        with duckdb.connect(str(folder / "tables.duckdb"), read_only=True) as other:
            assert other.execute("SELECT count(*) FROM deviations").fetchone() == (count,)
            (keys,) = other.execute(
                "SELECT count(*) FROM duckdb_constraints() WHERE constraint_type = 'FOREIGN KEY' "
                "AND table_name IN ('deviations', 'duties', 'duty_assignments')"
            ).fetchone() or (0,)
            assert keys == 9
    assert {"portfolio", "portfolio_sums", "bindings", "deviations", "duties"} <= {
        path.stem for path in out.glob("*.parquet")
    }
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert run["command"] == "diff" and run["counts"]["documents"] == 3 and run["counts"]["duties"] == 2


def test_a_duty_names_its_assignments_on_both_sides(papers: Path, tmp_path: Path) -> None:
    diff([papers / "xa-0.txt"], [papers / "tinh.txt"], None, tmp_path / "ra", log=str, say=str)
    out = tmp_path / "ra"
    given = {row["assignment_id"]: row["agency"] for row in rows(out / "assignments.csv")}
    found = {(row["side"], given[row["assignment_id"]]) for row in rows(out / "duty_assignments.csv")}
    assert found == {
        ("parent", "Sở Xây dựng"),
        ("parent", "Sở Y tế"),
        ("child", "Phòng Kinh tế"),
        ("child", "Trạm Y tế"),
    }


def test_a_parent_as_it_was_amended_has_its_rows_too(papers: Path, tmp_path: Path) -> None:
    (papers / "sua.txt").write_text(AMENDING, encoding="utf-8")
    out = tmp_path / "ra"
    diff([papers / "xa-0.txt", papers / "xa-1.txt"], [papers / "tinh.txt"], papers, out, log=str, say=str)
    assert resolved(out) > 20
    values = {row["value"] for row in rows(out / "targets.csv") if row["document_id"] == "tinh"}
    assert values == {"80", "85", "90"}, "as it was issued for the first child, as it was amended for the second"
    keys = [(row["document_id"], row["clause_key"]) for row in rows(out / "clauses.csv")]
    assert len(keys) == len(set(keys))


def test_tables_of_an_earlier_run_do_not_stay(papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "ra"
    diff([papers], [], papers, out, log=str, say=str)
    assert (out / "portfolio.csv").is_file()
    diff([papers / "xa-0.txt"], [papers / "tinh.txt"], None, out, formats=["sqlite"], log=str, say=str)
    assert not (out / "portfolio.csv").exists()
    assert {row["child_document"] for row in rows(out / "deviations.csv")} == {"xa-0"}


def test_the_result_of_an_extraction_keeps_its_tables(papers: Path, tmp_path: Path) -> None:
    from doichieu.running.progress import Progress
    from doichieu.running.run import extract

    out = tmp_path / "ra"
    (papers / "khac.txt").write_text(PARENT.replace("12/KH", "13/KH").replace("nước sạch", "đường giao thông"), "utf-8")
    assert extract([papers], out, progress=Progress("quiet")) == 0
    before = {
        name: (out / name).read_bytes() for name in ("documents.csv", "targets.csv", "datapackage.json", "run.json")
    }
    said: list[str] = []
    diff([papers / "xa-0.txt"], [papers / "tinh.txt"], None, out, formats=["sqlite"], log=said.append, say=str)
    assert {name: (out / name).read_bytes() for name in before} == before
    assert any("extract" in line for line in said)
    base = sqlite3.connect(out / "tables.sqlite")
    assert base.execute("SELECT count(*) FROM documents").fetchone() == (4,)
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    base.close()


def test_tables_stand_before_those_that_refer_to_them() -> None:
    placed: set[str] = set()
    for table in in_order((*TABLES, *DIFF_TABLES)):
        assert {link.table for link in table.foreign} <= placed | {table.name}, table.name
        placed.add(table.name)
