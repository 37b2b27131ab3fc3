"""Who holds a body's work after the reform of 2025, in duties and in progress."""

from __future__ import annotations

import pytest

from doichieu import diff, extract_text
from doichieu.comparison.authorities.successors import holders, without_bearer

PARENT = """ỦY BAN NHÂN DÂN
TỈNH LẠC THỦY

Số: 5/KH-UBND
Lạc Thủy, ngày 10 tháng 01 năm 2023

KẾ HOẠCH
Nâng cấp đường thôn

III. NHIỆM VỤ

1. {body} chủ trì lập danh mục đường thôn cần nâng cấp của từng xã trước ngày 30/9/2026.
"""

CHILD = """ỦY BAN NHÂN DÂN
XÃ HÒA AN

Số: 8/KH-UBND
Hòa An, ngày {day}

KẾ HOẠCH
Nâng cấp đường thôn

Thực hiện Kế hoạch số 5/KH-UBND ngày 10 tháng 01 năm 2023 của Ủy ban nhân dân tỉnh Lạc Thủy.

III. NHIỆM VỤ

1. {body} chủ trì lập danh mục đường thôn cần nâng cấp của từng xã trước ngày 30/9/2026.
"""


@pytest.mark.parametrize(
    ("parent", "child", "day", "changed"),
    [
        ("Sở Giao thông vận tải", "Sở Xây dựng", "15 tháng 8 năm 2025", False),
        ("Sở Kế hoạch và Đầu tư", "Sở Tài chính", "15 tháng 8 năm 2025", False),
        ("Sở Kế hoạch và Đầu tư", "Sở Y tế", "15 tháng 8 năm 2025", True),
        ("Phòng Nội vụ huyện", "Phòng Văn hóa - Xã hội xã", "15 tháng 8 năm 2025", False),
    ],
)
def test_a_task_is_compared_with_who_holds_it_on_the_child_s_day(
    parent: str, child: str, day: str, changed: bool
) -> None:
    above = extract_text(PARENT.format(body=parent), document_id="cha")
    below = extract_text(CHILD.format(body=child, day=day), document_id="con")
    (duty,) = diff(below, above).duties
    assert ("body_changed" in duty.findings or duty.verdict == "not_addressed") is changed


def test_a_body_holds_its_work_until_its_last_day() -> None:
    assert holders("Bộ Giao thông vận tải", "2025-02-28") == ("Bộ Giao thông vận tải",)
    assert holders("Bộ Giao thông vận tải", "2025-03-01") == ("Bộ Xây dựng",)
    assert holders("Bộ Y tế", "2026-01-01") == ("Bộ Y tế",)


def test_targets_of_districts_that_fall_due_later_have_no_bearer() -> None:
    plan = extract_text(
        "KẾ HOẠCH\nPhát triển đô thị\n\nI. MỤC TIÊU\n\n- Đến năm 2024, 50% thị trấn đạt chuẩn đô thị.\n\n"
        "- Đến năm 2030, 80% thị trấn đạt chuẩn đô thị.\n\n- Đến năm 2030, 90% xã đạt chuẩn nông thôn mới."
    )
    ended = without_bearer(plan, "2026-01-15")
    assert [t.value for t in plan.targets if t.target_id in ended] == [80]
    assert without_bearer(plan, "2025-01-15") == frozenset()
