"""Pairs among what the best assignment leaves over: words that are alike half, neighbours that answer each other."""

from __future__ import annotations

import pytest

from doichieu import diff, extract_text
from doichieu.model import Deviation

HEAD = "ỦY BAN NHÂN DÂN {place}\n\nKẾ HOẠCH\nChăm sóc cây xanh đô thị\n\nI. CHỈ TIÊU\n\n"
PARENT = """1. Đến năm 2030, 90% cây xanh đường phố được gắn biển số.
2. Đến năm 2030, 100% cơ quan, đơn vị bố trí cán bộ, công chức theo đúng vị trí việc làm.
3. Đến năm 2030, trồng mới 12.000 cây bóng mát.
"""
CHILD = """1. Đến năm 2030, 92% cây xanh đường phố được gắn biển số.
2. {second}
3. Đến năm 2030, trồng mới 13.000 cây bóng mát.
"""


def findings(second: str, parent: str = PARENT, child: str = CHILD) -> list[Deviation]:
    above = extract_text(HEAD.format(place="TỈNH BÌNH LONG") + parent, document_id="cha")
    below = extract_text(HEAD.format(place="XÃ TÂN AN") + child.format(second=second), document_id="con")
    return list(diff(below, above).deviations)


@pytest.mark.parametrize(
    "second",
    [
        "Đến năm 2030, 100% phòng, ban, đơn vị bố trí người đúng vị trí việc làm.",
        "Đến năm 2030, 100% phòng, đơn vị sắp xếp công chức đúng theo vị trí việc làm.",
    ],
)
def test_what_is_worded_anew_between_two_pairs_is_a_doubtful_pair(second: str) -> None:
    found = findings(second)
    assert all(one.child_target_id and one.parent_target_id for one in found)
    doubtful = next(one for one in found if "vị trí việc làm" in one.parent_quote)
    assert doubtful.severity != "high"


@pytest.mark.parametrize(
    "second",
    [
        "Đến năm 2030, 100% hồ nước công viên được nạo vét.",
        "Đến năm 2030, 100% hộ dân ven đường ký cam kết không phá cây.",
        "Đến năm 2030, 40 đơn vị có sân chơi.",
    ],
)
def test_another_thing_in_the_same_place_stays_apart(second: str) -> None:
    kinds = [one.kinds for one in findings(second)]
    assert ("omitted",) in kinds and ("added",) in kinds


def test_without_any_other_pair_nothing_is_made_of_what_is_half_alike() -> None:
    half = "1. Đến năm 2030, 100% cơ quan, đơn vị bố trí cán bộ, công chức theo đúng vị trí việc làm.\n"
    found = findings("", half, "1. Đến năm 2030, 100% phòng, ban xếp người đúng việc.\n")
    assert sorted(one.kinds for one in found) == [("added",), ("omitted",)]
