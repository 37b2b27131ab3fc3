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
