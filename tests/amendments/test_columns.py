"""Annexes that print the old wording and the new one side by side."""

from __future__ import annotations

import pytest

from doichieu import consolidate, document_of, extract_text
from doichieu.model import Amendment

HEAD = """ỦY BAN NHÂN DÂN TỈNH QUẢNG HÀ
Số: 9/QĐ-UBND
Quảng Hà, ngày 05 tháng 3 năm 2026

QUYẾT ĐỊNH
Sửa đổi, bổ sung Kế hoạch số 5/KH-UBND ngày 10/01/2025 của Ủy ban nhân dân tỉnh Quảng Hà

Điều 1. Sửa đổi, bổ sung một số nội dung của Kế hoạch số 5/KH-UBND ngày 10/01/2025 tại Phụ lục kèm theo Quyết định này.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

PHỤ LỤC
NỘI DUNG SỬA ĐỔI, BỔ SUNG

"""
PLAN = """ỦY BAN NHÂN DÂN TỈNH QUẢNG HÀ
Số: 5/KH-UBND
Quảng Hà, ngày 10 tháng 01 năm 2025

KẾ HOẠCH
Cấp nước nông thôn

Điều 3. Mục tiêu

1. Đến năm 2030, 70% hộ dân nông thôn dùng nước sạch.

2. Đến năm 2030, 50% trạm bơm được thay mới.
"""


def table(*rows: str) -> str:
    width = rows[0].count("|") - 1
    return HEAD + "\n".join([rows[0], "|" + " --- |" * width, *rows[1:]]) + "\n"


def found(*rows: str) -> list[Amendment]:
    return list(extract_text(table(*rows)).amendments)


def test_each_row_is_an_order() -> None:
    rows = found(
        "| TT | Điều, khoản | Nội dung hiện hành | Nội dung sửa đổi |",
        "| 1 | Khoản 1 Điều 3 | 70% hộ dân | 80% hộ dân |",
        "| 2 | Khoản 2 Điều 3 | 50% trạm bơm | 60% trạm bơm |",
        "| 3 | Khoản 4 Điều 3 | Giao Sở Y tế kiểm tra. | Bãi bỏ |",
        "| 4 | Khoản 5 Điều 3 | Chưa quy định | Sở Y tế kiểm tra nước. |",
        "| 5 | Khoản 6 Điều 3 | Giữ nước ngọt. | Giữ nguyên |",
    )
    assert [(r.kind, r.action, r.provision, r.old_text, r.new_text) for r in rows] == [
        ("sua_doi", "replace_words", "dieu:3/khoan:1", "70% hộ dân", "80% hộ dân"),
        ("sua_doi", "replace_words", "dieu:3/khoan:2", "50% trạm bơm", "60% trạm bơm"),
        ("bai_bo", "delete", "dieu:3/khoan:4", "Giao Sở Y tế kiểm tra.", ""),
        ("bo_sung", "insert", "dieu:3/khoan:5", "", "Sở Y tế kiểm tra nước."),
    ]
    assert {(r.amended_number, r.effective_on, r.unresolved) for r in rows} == {("5/KH-UBND", "2026-03-05", ())}
    text = table(
        "| TT | Điều, khoản | Nội dung hiện hành | Nội dung sửa đổi |", "| 1 | Khoản 1 Điều 3 | 70% hộ | 80% hộ |"
    )
    (row,) = extract_text(text).amendments
    assert text[row.char_start : row.char_end] == row.quote and "80%" not in row.quote
    assert row.new_char_start is not None and text[row.new_char_start : row.new_char_end] == "80% hộ"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Nội dung hiện hành", "Nội dung sửa đổi"),
        ("Trước khi sửa đổi", "Sau khi sửa đổi"),
        ("Quy định cũ", "Quy định mới"),
        ("Nội dung đã được phê duyệt", "Điều chỉnh thành"),
        ("Đã in", "Đính chính"),
        ("Theo Kế hoạch đã ban hành", "Nội dung thay thế"),
    ],
)
def test_heads_of_the_two_columns(old: str, new: str) -> None:
    (row,) = found(f"| TT | {old} | {new} |", "| 1 | 70% hộ dân | 80% hộ dân |")
    assert (row.provision, row.old_text, row.new_text) == ("van_ban", "70% hộ dân", "80% hộ dân")
    (row,) = found(f"| {new} | {old} |", "| 80% hộ dân | 70% hộ dân |")
    assert (row.old_text, row.new_text) == ("70% hộ dân", "80% hộ dân")


def test_they_are_not_the_amender_s_own() -> None:
    document = extract_text(
        table(
            "| TT | Nội dung hiện hành | Nội dung sửa đổi |",
            "| 1 | Đến năm 2030, 70% hộ dân nông thôn dùng nước sạch. | Đến năm 2030, 80% hộ dân dùng nước sạch. |",
        )
    )
    assert not document.targets


@pytest.mark.parametrize(
    "text",
    [
        # A plan's own table, and an amender's table without old wording.
        PLAN + "\n| TT | Hiện hành | Điều chỉnh |\n| --- | --- | --- |\n| 1 | 70% hộ | 80% hộ |\n",
        table("| TT | Nội dung sửa đổi | Cơ quan |", "| 1 | Nước sạch | Sở Y tế |"),
        table("| TT | Nội dung hiện hành | Nội dung sửa đổi |", "| 1 | 70% hộ dân | 70% hộ dân |"),
    ],
)
def test_other_tables_order_nothing(text: str) -> None:
    assert not [row for row in extract_text(text).amendments if row.action in ("replace_words", "delete", "insert")]


def test_what_holds_after_it() -> None:
    plan = extract_text(PLAN, document_id="ke-hoach")
    amending = extract_text(
        table(
            "| TT | Vị trí | Nội dung hiện hành | Nội dung sửa đổi |",
            "| 1 | Khoản 1 Điều 3 | 70% hộ dân nông thôn | 80% hộ dân nông thôn |",
            "| 2 | Khoản 2 Điều 3 | 55% trạm bơm | 60% trạm bơm |",
        ),
        document_id="sua-doi",
    )
    done = consolidate(plan, [amending])
    assert [(c.status, c.reason) for c in done.changes] == [("applied", ""), ("left_out", "wording_not_found")]
    assert done.text == PLAN.replace("70% hộ dân", "80% hộ dân")
    assert [t.value for t in document_of(done).targets] == [80.0, 50.0]
