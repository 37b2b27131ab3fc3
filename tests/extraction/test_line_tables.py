"""Tables with one cell a line and no bar: rows, wrapped cells, what must not be taken for a table."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doichieu import extract_text
from doichieu.segmentation.bar_tables import Line
from doichieu.segmentation.line_tables import line_tables

HEAD = "ỦY BAN NHÂN DÂN TỈNH\n\nSố: 12/KH-UBND\n\nHà Nam, ngày 10 tháng 12 năm 2025\n\nKẾ HOẠCH\n\nPhát triển chợ\n\n"


def _lines(text: str) -> list[Line]:
    out, position = [], 0
    for line in text.split("\n"):
        out.append(Line(position, position + len(line), line.strip()))
        position += len(line) + 1
    return out


def _rows(text: str) -> list[list[str]]:
    return [[" ".join(text[a:b].split()) for a, b in row.cells] for table in line_tables(_lines(text)) for row in table]


TASKS = """STT

Nội dung nhiệm vụ

Đơn vị chủ trì

Thời gian

I

Hoàn thiện thể chế

1

Xây dựng quy chế phối hợp giữa

các cơ quan của tỉnh

Sở Công Thương

Quý I/2026

2

Rà soát quy hoạch chợ

Sở Xây dựng

Quý II/2026

II

Phát triển hạ tầng

1

Lắp camera

Công an tỉnh

Tháng 9/2026

2

Mở rộng mạng

Sở Khoa học và

công nghệ

Năm 2026

Nơi nhận:
"""


def test_rows_groups_and_cells_over_two_lines() -> None:
    assert _rows(TASKS) == [
        ["STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Thời gian"],
        ["I", "Hoàn thiện thể chế"],
        ["1", "Xây dựng quy chế phối hợp giữa các cơ quan của tỉnh", "Sở Công Thương", "Quý I/2026"],
        ["2", "Rà soát quy hoạch chợ", "Sở Xây dựng", "Quý II/2026"],
        ["II", "Phát triển hạ tầng"],
        ["1", "Lắp camera", "Công an tỉnh", "Tháng 9/2026"],
        ["2", "Mở rộng mạng", "Sở Khoa học và công nghệ", "Năm 2026"],
    ]
    rows = extract_text(HEAD + "PHỤ LỤC\n\n" + TASKS, document_id="kh").assignments
    assert [(row.role, row.agency, row.deadline) for row in rows] == [
        ("chu_tri", "Sở Công Thương", "2026-03-31"),
        ("chu_tri", "Sở Xây dựng", "2026-06-30"),
        ("chu_tri", "Công an tỉnh", "2026-09-30"),
        ("chu_tri", "Sở Khoa học và công nghệ", "2026-12-31"),
    ]


WRAPPED = """STT
Nội dung nhiệm vụ, giải
pháp
Cơ quan
chủ trì
Cơ quan phối hợp
Thời gian
**I**
Hoàn thiện thể chế
về chợ
1
Xây dựng quy chế phối hợp giữa
các cơ quan của tỉnh trong quản lý
chợ đầu mối
Sở Công Thương
Sở Tài chính, Sở Xây dựng, Ủy ban
nhân dân các xã, phường
Quý I/2026
2
Số hóa dữ liệu sạp hàng
Các đơn vị thuộc tỉnh (Sở Nội vụ,
Sở Tài chính)
Sở Công
Thương
2026 - 2027
12
STT
Nội dung nhiệm vụ, giải
pháp
Cơ quan
chủ trì
Cơ quan phối hợp
Thời gian
3
Rà soát quy hoạch chợ
Sở Xây dựng
Quý II/2026
II
Hạ tầng
4
Sửa mái chợ Tây
UBND xã Tây Hồ
Sở Xây dựng
Sở Tài chính
Năm 2027
Nơi nhận:
"""


def test_cells_over_lines_are_fitted_to_what_their_columns_hold() -> None:
    assert _rows(WRAPPED)[1:] == [
        ["**I**", "Hoàn thiện thể chế về chợ"],
        [
            "1",
            "Xây dựng quy chế phối hợp giữa các cơ quan của tỉnh trong quản lý chợ đầu mối",
            "Sở Công Thương",
            "Sở Tài chính, Sở Xây dựng, Ủy ban nhân dân các xã, phường",
            "Quý I/2026",
        ],
        [
            "2",
            "Số hóa dữ liệu sạp hàng",
            "Các đơn vị thuộc tỉnh (Sở Nội vụ, Sở Tài chính)",
            "Sở Công Thương",
            "2026 - 2027",
        ],
        ["3", "Rà soát quy hoạch chợ", "Sở Xây dựng", "", "Quý II/2026"],
        ["II", "Hạ tầng"],
        ["4", "Sửa mái chợ Tây", "UBND xã Tây Hồ", "Sở Xây dựng Sở Tài chính", "Năm 2027"],
    ]
    rows = extract_text(HEAD + "PHỤ LỤC\n\n" + WRAPPED, document_id="kh").assignments
    assert [(row.role, row.agency) for row in rows if row.deadline == "2027-12-31"] == [
        ("chu_tri", "Các đơn vị thuộc tỉnh (Sở Nội vụ, Sở Tài chính)"),
        ("phoi_hop", "Sở Công Thương"),
        ("chu_tri", "UBND xã Tây Hồ"),
        ("phoi_hop", "Sở Xây dựng"),
        ("phoi_hop", "Sở Tài chính"),
    ]


def test_figures_are_targets() -> None:
    rows = ["TT", "Chỉ tiêu", "ĐVT", "Năm 2026", "Năm 2027", "1", "Tỷ lệ hộ nghèo", "%", "3,5", "3"]
    rows += ["2", "Số xã đạt chuẩn", "xã", "2", "3", "3", "Đàn bò", "con", "4.000", "4.200"]
    table = "\n".join(rows) + "\n"
    targets = extract_text(HEAD + "PHỤ LỤC\nCHỈ TIÊU NĂM 2026\n\n" + table, document_id="kh").targets
    assert [(t.value, t.unit, t.deadline[:4]) for t in targets] == [
        (3.5, "%", "2026"),
        (3.0, "%", "2027"),
        (2.0, "xã", "2026"),
        (3.0, "xã", "2027"),
        (4000.0, "con", "2026"),
        (4200.0, "con", "2027"),
    ]


def test_lists_and_lines_of_other_kinds_are_no_table() -> None:
    assert _rows("TT\nHọ và tên\n1. Nguyễn Văn A\n2. Trần Văn B\n") == []
    assert _rows("Nơi nhận:\n- Như trên;\n- Lưu: VT.\n") == []
    assert _rows("TT\nChỉ tiêu\nĐơn vị\nKế hoạch năm 2026 của các xã như sau.\n") == []


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["TT", "Chỉ tiêu", "Đơn vị", "Năm 2026", "1", "2", "3", "I", "con", "Lúa", "", "4"]),
        max_size=40,
    )
)
def test_any_lines_give_rows_that_do_not_overlap(lines: list[str]) -> None:
    text = "\n".join(lines)
    covered = [n for table in line_tables(_lines(text)) for row in table for n in range(row.first, row.last + 1)]
    assert covered == sorted(set(covered))
    for table in line_tables(_lines(text)):
        for row in table:
            assert all(a < b for a, b in row.cells)


SPACED = """Biểu số 01
KẾ HOẠCH TRỒNG CÂY THEO NĂM
TT    Hạng mục    ĐVT    Năm 2026    Năm 2027
I    Vùng đồi
1    Số cây lâm nghiệp được trồng    cây    230    310
2    Số vườn ươm    vườn    4    6
II    Ven sông
3    Chiều dài kè hoàn thành    km    12,5    16
"""


def test_cells_set_apart_by_blanks() -> None:
    """A table whose cells stand apart by gaps gives its figures, each with its year."""
    found = extract_text(HEAD + SPACED, document_id="sp").targets
    assert [(t.value, t.unit, t.deadline) for t in found] == [
        (230.0, "cây", "2026-12-31"),
        (310.0, "cây", "2027-12-31"),
        (4.0, "vườn", "2026-12-31"),
        (6.0, "vườn", "2027-12-31"),
        (12.5, "km", "2026-12-31"),
        (16.0, "km", "2027-12-31"),
    ]


def test_uneven_gaps_are_no_table() -> None:
    """A row that lacks a cell leaves open which column the others are of: nothing is guessed."""
    uneven = SPACED.replace("2    Số vườn ươm    vườn    4    6", "2    Số vườn ươm    vườn    6")
    assert not any(c.kind == "table_row" for c in extract_text(HEAD + uneven, document_id="un").clauses)


def test_part_named_on_the_next_line() -> None:
    """``Phần I`` / ``THỰC TRẠNG``: the name on the next line says what the part holds, the mark names nobody."""
    text = HEAD + (
        "Phần I\nTHỰC TRẠNG\nSau đợt di chuyển, tỷ lệ hộ nghèo trong các bản mới còn 38,2%.\nPhần II\nMỤC TIÊU\n"
        "1. Đến năm 2030\n- Trồng mới 40 ha.\n"
    )
    found = extract_text(text, document_id="pa").targets
    assert [t.value for t in found] == [40.0]
    assert not found[0].subject.startswith("Phần")


@pytest.mark.parametrize("opens", ["BIỂU 1", "BIỂU SỐ 01", "PHỤ BIỂU 1", "PHỤ LỤC I"])
def test_an_annex_behind_a_signature_in_columns_is_read(opens: str) -> None:
    text = (
        "ỦY BAN NHÂN DÂN TỈNH BÌNH LONG | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n------- | Độc lập - Tự do - Hạnh phúc\n"
        "Số: 17/QĐ-UBND | Bình Long, ngày 18 tháng 12 năm 2023\n\nQUYẾT ĐỊNH\nBan hành chỉ tiêu phát triển thư viện\n\n"
        "Điều 1. Ban hành chỉ tiêu phát triển thư viện.\n\nĐiều 2. Quyết định có hiệu lực kể từ ngày ký.\n\n"
        "Nơi nhận: | TM. ỦY BAN NHÂN DÂN\n- Như Điều 2; | KT. CHỦ TỊCH\n- Lưu: VT. | Trần Văn An\n\n"
        f"{opens}\nCHỈ TIÊU PHÁT TRIỂN THƯ VIỆN\n\n"
        "STT | Chỉ tiêu | Đơn vị | Kế hoạch 2024 | Kế hoạch 2025\n"
        "1 | Số thư viện xã có máy tính | Thư viện | 120 | 150\n"
        "2 | Tỷ lệ học sinh có thẻ bạn đọc | % | 62 | 80\n"
    )
    found = extract_text(text, document_id="qd").targets
    assert [(t.value, t.deadline) for t in found] == [
        (120.0, "2024-12-31"),
        (150.0, "2025-12-31"),
        (62.0, "2024-12-31"),
        (80.0, "2025-12-31"),
    ]


def test_rows_without_an_ordinal_are_set_in() -> None:
    """``Trong đó: …`` stands below the names, in the place of an ordinal only blanks."""
    inset = SPACED.replace(
        "II    Ven sông\n", "      Trong đó: vườn ươm có mái che    vườn    1    2\nII    Ven sông\n"
    )
    found = extract_text(HEAD + inset, document_id="in").targets
    assert [(t.value, t.unit, t.deadline) for t in found][4:6] == [
        (1.0, "vườn", "2026-12-31"),
        (2.0, "vườn", "2027-12-31"),
    ]


def test_a_group_row_with_one_tab_does_not_end_its_table() -> None:
    text = HEAD + (
        "Biểu số 01\nKẾ HOẠCH TRỒNG CÂY THEO NĂM\nTT\tHạng mục\tĐVT\tNăm 2026\tNăm 2027\nI\tVùng đồi\n"
        "1\tSố cây lâm nghiệp được trồng\tcây\t230\t310\nII\tVen sông\n2\tChiều dài kè hoàn thành\tkm\t12,5\t16\n"
    )
    found = extract_text(text, document_id="tg").targets
    assert [(t.value, t.unit) for t in found] == [(230.0, "cây"), (310.0, "cây"), (12.5, "km"), (16.0, "km")]
