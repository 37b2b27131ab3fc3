"""A task that asks for a plan is answered by the plan itself: in which wordings, for whom, and where it says so."""

from __future__ import annotations

import pytest

from doichieu import extract_text
from doichieu.comparison.duties.own_plan import asked_for
from doichieu.comparison.duties.stage import compare_duties
from doichieu.model import Duty
from doichieu.resolve import resolve

PARENT = (
    "ỦY BAN NHÂN DÂN TỈNH HÒA AN\n\nSố: 210/KH-UBND\n\nHòa An, ngày 12 tháng 01 năm 2026\n\nKẾ HOẠCH\n"
    "Phát triển nghề muối giai đoạn 2026 - 2030\n\n"
    "I. NHIỆM VỤ\n1. Sửa chữa đường ra đồng muối.\n2. Mở lớp dạy nghề làm muối sạch.\n\n"
    "II. TỔ CHỨC THỰC HIỆN\n{tasks}\n"
)
CHILD = (
    "{issuer}\n\nSố: 31/KH-{sign}\n\nHòa An, ngày 05 tháng 02 năm 2026\n\nKẾ HOẠCH\n"
    "Thực hiện Kế hoạch số 210/KH-UBND ngày 12/01/2026 của Ủy ban nhân dân tỉnh\n\n"
    "Thực hiện Kế hoạch số 210/KH-UBND ngày 12/01/2026 của Ủy ban nhân dân tỉnh Hòa An, {maker} "
    "xây dựng Kế hoạch triển khai như sau:\n\n"
    "I. NHIỆM VỤ\n1. Rải đá 2 km đường ra đồng muối.\n2. Dạy nghề làm muối sạch cho 60 người.\n"
)
WARD = ("ỦY BAN NHÂN DÂN PHƯỜNG BẾN SANH", "UBND", "Ủy ban nhân dân phường Bến Sanh")
OFFICE = ("UBND TỈNH HÒA AN\nSỞ CÔNG THƯƠNG", "SCT", "Sở Công Thương")


def answered(task: str, child: tuple[str, str, str]) -> Duty:
    issuer, sign, maker = child
    texts = [PARENT.format(tasks=task), CHILD.format(issuer=issuer, sign=sign, maker=maker)]
    parent, own = resolve([extract_text(text, document_id=name) for text, name in zip(texts, "pc", strict=True)])
    (row,) = [row for row in compare_duties(own, parent) if "kế hoạch" in row.parent_quote]
    return row


@pytest.mark.parametrize(
    "task",
    [
        "Ủy ban nhân dân các xã, phường: Ban hành kế hoạch thực hiện tại địa phương trước ngày 15/02/2026.",
        "Ủy ban nhân dân các xã, phường: Xây dựng, ban hành kế hoạch triển khai trong quý I năm 2026.",
        "Ủy ban nhân dân các xã, phường: Xây dựng kế hoạch giai đoạn 2026 - 2030 của địa phương.",
        "Ủy ban nhân dân các xã, phường: Lập và ban hành kế hoạch chi tiết tổ chức thực hiện Kế hoạch này.",
    ],
)
def test_the_plan_of_a_ward_is_the_plan_asked_for(task: str) -> None:
    row = answered(task, WARD)
    assert row.verdict == "covered"
    assert row.child_quote == "Ủy ban nhân dân phường Bến Sanh xây dựng Kế hoạch triển khai như sau"


def test_an_office_makes_the_plan_that_its_province_is_to_make() -> None:
    row = answered("Ủy ban nhân dân tỉnh: Ban hành kế hoạch thực hiện trước ngày 28/02/2026.", OFFICE)
    assert (row.verdict, row.child_quote[:14]) == ("covered", "Sở Công Thương")


def test_the_plan_of_a_committee_answers_its_party_committee_in_part() -> None:
    row = answered("Các đảng ủy xã, phường: Xây dựng kế hoạch thực hiện trong quý I năm 2026.", WARD)
    assert (row.verdict, row.findings) == ("partly", ("body_changed",))


@pytest.mark.parametrize(
    "task",
    [
        "Xây dựng kế hoạch sử dụng đất hằng năm của nhà máy",
        "Hằng năm, xây dựng kế hoạch thực hiện Chương trình",
        "Xây dựng kế hoạch duy tu bến cá",
        "Xây dựng đường ra đồng muối theo kế hoạch",
    ],
)
def test_other_plans_are_not_asked_for_by_name(task: str) -> None:
    assert not asked_for(task) and asked_for(task) != ""
