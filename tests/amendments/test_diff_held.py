"""A child is compared with what its parent said on the child's day."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from doichieu.cli import main
from tests.amendments.documents import PLAN, amender

CHILD = """ỦY BAN NHÂN DÂN
HUYỆN ĐỒNG MÍT
-------

Số: 9/KH-UBND
Đồng Mít, ngày {day}

KẾ HOẠCH
Phát triển giao thông nông thôn giai đoạn 2025 - 2030

Thực hiện Kế hoạch số 40/KH-UBND ngày 12 tháng 01 năm 2025 của Ủy ban nhân dân tỉnh Lạc Thủy, Ủy ban nhân dân
huyện ban hành Kế hoạch như sau:

I. MỤC TIÊU

1. Đến năm 2027

a) 80% đường thôn được bê tông hóa.

b) 90% số xã có xe buýt.

2. Đến năm 2030: 100% đường thôn được bê tông hóa.
"""


def compared(folder: Path, day: str) -> tuple[dict[str, str], set[str]]:
    """The kinds of each pair by the child's wording, and the codes of what is odd about the pair."""
    (folder / "con.txt").write_text(CHILD.format(day=day), encoding="utf-8")
    (folder / "cha.txt").write_text(PLAN, encoding="utf-8")
    order = "Sửa đổi điểm a khoản 1 Mục I như sau: “a) 85% đường thôn được bê tông hóa.”"
    (folder / "sua.txt").write_text(amender(order), encoding="utf-8")
    out = folder / "out"
    assert main(["diff", str(folder / "con.txt"), "--corpus", str(folder), "--out", str(out)]) == 0
    with (out / "con__cha" / "deviations.csv").open(encoding="utf-8", newline="") as handle:
        kinds = {row["child_quote"]: row["kinds"] for row in csv.DictReader(handle) if row["child_quote"]}
    with (out / "con__cha" / "problems.csv").open(encoding="utf-8", newline="") as handle:
        codes = {row["code"] for row in csv.DictReader(handle)}
    return kinds, codes


@pytest.mark.parametrize(
    ("day", "kinds", "code"),
    [
        ("20 tháng 3 năm 2025", "stricter", "pair_parent_amended_since"),
        ("20 tháng 10 năm 2025", "looser", "pair_parent_amended"),
    ],
)
def test_the_parent_is_what_it_was_on_the_child_s_day(tmp_path: Path, day: str, kinds: str, code: str) -> None:
    found, codes = compared(tmp_path, day)
    (own,) = [value for quote, value in found.items() if "80%" in quote]
    assert kinds in own.split("; ")
    assert code in codes


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def family(folder: Path, *orders: str) -> Path:
    """A plan, its amendment of September, a child of March and one of October; the folder of their comparison."""
    out, folder = folder / "out", folder / "vb"
    folder.mkdir()
    (folder / "cha.txt").write_text(PLAN, encoding="utf-8")
    (folder / "sua.txt").write_text(amender(*orders), encoding="utf-8")
    for name, day in (("som", "20 tháng 3 năm 2025"), ("muon", "20 tháng 10 năm 2025")):
        text = CHILD.format(day=day).replace("9/KH-UBND", f"{len(name)}/KH-UBND")
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    children = [str(folder / "som.txt"), str(folder / "muon.txt")]
    assert main(["diff", *children, "--corpus", str(folder), "--out", str(out)]) == 0
    return out


def test_a_portfolio_judges_each_child_by_what_held_on_its_day(tmp_path: Path) -> None:
    out = family(tmp_path, "Sửa đổi điểm a khoản 1 Mục I như sau: “a) 85% đường thôn được bê tông hóa.”")
    cells = [row for row in table(out / "portfolio.csv") if row["parent_clause_path"] == "I/1/a"]
    assert {row["child_document"]: (row["requirement"], row["kinds"]) for row in cells} == {
        "som": ("75%", "stricter"),
        "muon": ("85%", "looser"),
    }
    assert [(row["agree"], row["compared"]) for row in cells] == [("1", "2"), ("1", "2")]
    others = [row for row in table(out / "portfolio.csv") if row["parent_clause_path"] == "I/1/b"]
    assert {row["kinds"] for row in others} == {"equal"}
    assert len({row["parent_target_id"] for row in others}) == 1


def test_a_target_that_was_repealed_is_asked_of_those_before_only(tmp_path: Path) -> None:
    out = family(tmp_path, "Bãi bỏ điểm b khoản 1 Mục I.")
    cells = [row for row in table(out / "portfolio.csv") if "xe buýt" in row["parent_quote"]]
    assert [(row["child_document"], row["kinds"]) for row in cells] == [("som", "equal")]


def test_bindings_name_the_amended_value(tmp_path: Path) -> None:
    out = family(tmp_path, "Sửa đổi điểm a khoản 1 Mục I như sau: “a) 85% đường thôn được bê tông hóa.”")
    folder = tmp_path / "vb"
    second = PLAN.replace("40/KH-UBND", "41/KH-UBND").replace("75%", "70%")
    (folder / "cha2.txt").write_text(second, encoding="utf-8")
    parents = ["--parent", str(folder / "cha.txt"), "--parent", str(folder / "cha2.txt")]
    call = ["diff", str(folder / "muon.txt"), *parents, "--corpus", str(folder), "--out", str(out)]
    assert main(call) == 0
    (row,) = [row for row in table(out / "bindings.csv") if "80%" in row["child_quote"]]
    assert (row["requirement"], row["parent_document"]) == ("85%", "cha")


def test_a_chain_asks_each_level_for_what_held_above_it(tmp_path: Path) -> None:
    family(tmp_path, "Sửa đổi điểm a khoản 1 Mục I như sau: “a) 85% đường thôn được bê tông hóa.”")
    low = CHILD.format(day="02 tháng 12 năm 2025").replace("9/KH-UBND", "77/KH-UBND").replace("80%", "82%")
    low = low.replace("Kế hoạch số 40/KH-UBND ngày 12 tháng 01 năm 2025", "Kế hoạch số 4/KH-UBND ngày 20/10/2025")
    low = low.replace("tỉnh Lạc Thủy", "huyện Đồng Mít")
    folder = tmp_path / "vb"
    (folder / "xa.txt").write_text(low, encoding="utf-8")
    out = tmp_path / "chuoi"
    assert main(["diff", str(folder / "xa.txt"), "--corpus", str(folder), "--out", str(out)]) == 0
    steps = [row for row in table(out / "chain.csv") if row["top_quote"].startswith("75%")]
    assert [(row["document_id"], row["value"], row["kinds"]) for row in steps] == [
        ("cha", "75% → 85%", ""),
        ("muon", "80%", "looser"),
        ("xa", "82%", "stricter"),
    ]
