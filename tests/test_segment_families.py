"""Families of layouts that were once read wrongly, each with members that no known document shows."""

from __future__ import annotations

import pytest

from doichieu.model import Clause, Source
from doichieu.segmentation.segment import segment
from doichieu.text import normalise


def clauses(text: str) -> list[Clause]:
    source = Source("ca", "ca.md", "", "md", text)
    return segment(source, normalise(text)[0])[0]


def leaves(text: str) -> list[tuple[str, str, str]]:
    """Kind, path and wording of each leaf."""
    return [(c.kind, "/".join(c.clause_path.split("/")), c.text) for c in clauses(text) if c.leaf]


def barred(*rows: tuple[str, ...]) -> str:
    """Rows as a saved page prints them: each cell on lines of its own between lines of one bar."""
    return "\n".join("\n".join(["|", *("\n".join(filter(None, (cell, "|"))) for cell in row)]) for row in rows)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("**Điều 7.\nKinh phí thực hiện**\n\n1. Ngân sách tỉnh.", "Điều 7. Kinh phí thực hiện"),
        ("**B. NHÓM\nNhiệm vụ của cấp xã** *(05 việc)*\n\n1. Lập danh sách.", "B. NHÓM Nhiệm vụ của cấp xã (05 việc)"),
        ("**(2) Phương án 2:\nNâng cấp trạm bơm**\n\n- Thay máy bơm.", "(2) Phương án 2: Nâng cấp trạm bơm"),
        ("**4. Về đào tạo.\nBồi dưỡng cán bộ xã**\n\n- Mở lớp.", "4. Về đào tạo. Bồi dưỡng cán bộ xã"),
    ],
)
def test_a_heading_in_bold_goes_on_until_its_bold_ends(text: str, heading: str) -> None:
    assert [c.heading.replace("*", "") for c in clauses(text) if c.heading][:1] == [heading]


def test_the_name_of_a_chapter_may_take_two_lines() -> None:
    found = leaves("**Mục 2**\n\n**QUẢN LÝ BẾN BÃI**\n\n**VÀ PHƯƠNG TIỆN THỦY**\n\nĐiều 9. Bến khách")
    assert [text for _, _, text in found] == ["Mục 2", "QUẢN LÝ BẾN BÃI VÀ PHƯƠNG TIỆN THỦY", "Điều 9. Bến khách"]


def test_forms_with_recipients_stay_in_their_appendix() -> None:
    text = """QUYẾT ĐỊNH

Về bến bãi

Điều 1. Ban hành mẫu đơn.

TM. ỦY BAN NHÂN DÂN

Trần Văn Sông

PHỤ LỤC I

MẪU ĐƠN

1. Phần khai của chủ bến.

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Nơi nhận:

- Như trên;

- Lưu: VT.

(Ký, ghi rõ họ tên, đóng dấu)

2. Phần xác nhận của xã."""
    found = leaves(text)
    assert found[-1][:2] == ("item", "Phụ lục I/2")
    assert ("signature", "Phụ lục I", "(Ký, ghi rõ họ tên, đóng dấu)") in found


def test_what_it_is_attached_to_is_below_the_appendix_not_below_its_title() -> None:
    head = "KẾ HOẠCH\n\nCấp nước\n\n1. Việc chung.\n\nTM. ỦY BAN NHÂN DÂN\n\nTrần Văn Sông\n\n"
    found = clauses(head + "PHỤ LỤC II\n\n**NHIỆM VỤ CỤ THỂ**\n\n(Kèm theo Kế hoạch số 5/KH-UBND)\n\n1. Đắp đê.")
    note = next(clause for clause in found if clause.text.startswith("(Kèm theo"))
    assert next(clause for clause in found if clause.clause_id == note.parent_id).kind == "appendix"


def test_bold_that_is_closed_goes_no_further() -> None:
    found = [text for _, _, text in leaves("**1. Mục tiêu**\nĐến năm 2030 hoàn thành.\n\n**2. Nhiệm vụ**\nMở lớp.")]
    assert found == ["1. Mục tiêu", "Đến năm 2030 hoàn thành.", "2. Nhiệm vụ", "Mở lớp."]


@pytest.mark.parametrize(
    "formula",
    [
        "Nghị quyết này được Hội đồng nhân dân tỉnh khóa XVIII, kỳ họp thứ 30 thông qua ngày 10 tháng 12 năm 2025.",
        "Nghị quyết này đã được HĐND huyện khóa XII thông qua ngày 10/12/2025.",
        "Luật này được Quốc hội khóa XV, kỳ họp thứ 8 thông qua ngày 29 tháng 11 năm 2024.",
    ],
)
def test_how_it_was_passed_belongs_to_the_whole_document(formula: str) -> None:
    found = leaves(f"Điều 1. Phạm vi\n\n1. Địa bàn tỉnh.\n\n2. Các xã:\n\na) Xã Một;\n\nb) Xã Hai.\n\n{formula}")
    assert found[-1] == ("paragraph", "", formula)


def test_emphasis_with_a_blank_keeps_its_number() -> None:
    found = leaves("1. Cách làm\n\n* (1) Rà soát hồ sơ*\n\n- Lập bảng.\n\n* (2) Công bố*\n\n- Niêm yết.")
    assert [(kind, path) for kind, path, text in found if text.startswith("- ")] == [
        ("bullet", "1/1/-1"),
        ("bullet", "1/2/-1"),
    ]


def test_what_is_attached_under_a_letterhead_of_its_own_is_an_appendix() -> None:
    text = """ỦY BAN NHÂN DÂN TỈNH X

QUYẾT ĐỊNH

Ban hành chương trình cấp nước

Điều 1. Ban hành kèm theo Quyết định này chương trình cấp nước.

Điều 2. Thi hành từ ngày ký.

TM. ỦY BAN NHÂN DÂN

CHỦ TỊCH

Trần Văn Sông

ỦY BAN NHÂN DÂN TỈNH X

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Độc lập - Tự do - Hạnh phúc

CHƯƠNG TRÌNH CẤP NƯỚC NÔNG THÔN

I. MỤC TIÊU

Đến năm 2030 mọi xã có nước sạch."""
    found = leaves(text)
    assert found[-1][1] == "Phụ lục/I"


HEAD = ("**STT**", "**Nội dung**", "**Mức chi**", "**Đơn vị**", "**Ghi chú**")


def rows(text: str) -> list[list[str]]:
    return [
        [text[cell.start : cell.end].strip("*") for cell in clause.cells]
        for clause in clauses(text)
        if clause.kind == "table_row"
    ]


def test_a_group_has_its_row_and_empty_cells_keep_their_columns() -> None:
    table = [
        HEAD,
        ("**1**", "**Hội đồng chấm:**", "", "", ""),
        ("", "- Chủ tịch", "442", "người/ngày", ""),
        ("", "- Thư ký", "398", "người/ngày", ""),
        ("**2**", "**Ban đề thi:**", "", "", ""),
        ("", "- Trưởng ban", "442", "người/ngày", ""),
        ("", "- Ủy viên:", "398", "người/ngày", ""),
        ("", "- Bảo vệ", "221", "người/ngày", ""),
        ("3", "Tiền nước", "30", "người/buổi", ""),
    ]
    found = rows(barred(*table))
    assert [row[:4] for row in found if "".join(row[2:3])] == [
        [cell.strip("*") for cell in row[:4]] for row in table if row[2]
    ]
    assert len(found) == len(table)


def test_a_name_between_two_numbered_rows_is_a_row() -> None:
    table = [
        ("**TT**", "**Tên thủ tục**", "**Căn cứ**", "**Nơi nộp**"),
        ("**A. Cấp tỉnh**",),
        ("1", "Cấp giấy phép nuôi cá lồng", "Luật Thủy sản", "Trung tâm hành chính công"),
        ("**B. Cấp xã**",),
        ("1", "Đăng ký bè cá", "Luật Thủy sản", "Ủy ban nhân dân xã"),
    ]
    assert rows(barred(*table)) == [[cell.strip("*") for cell in row] for row in table]


def test_rows_under_a_merged_cell_stay_rows() -> None:
    table = [
        ("**STT**", "**Xã**", "**Tuyến**", "**Lý trình**", "**Dài**", "**Cấp**", "**Ghi chú**"),
        ("1", "Xã Bãi Sậy", "Tả Luộc", "K0 - K5", "5,0", "IV", ""),
        ("Bờ bao Cồn Nổi", "K0 - K2", "2,0", "V", ""),
        ("2", "Xã Cầu Đất", "Hữu Luộc", "K0 - K9", "9,0", "IV", ""),
        ("3", "Xã Ngã Tư", "Hữu Luộc", "K9 - K12", "3,0", "IV", ""),
        ("Bờ bao Gò Găng", "K0 - K1", "1,0", "V", ""),
        ("4", "Xã Rạch Giữa", "Tả Luộc", "K5 - K7", "2,0", "IV", ""),
    ]
    found = rows(barred(*table))
    assert [row[0] for row in found] == [row[0].strip("*") for row in table]


def test_the_last_words_of_all_points_belong_to_their_section() -> None:
    closing = "Các xã báo cáo Ủy ban nhân dân tỉnh trước khi thực hiện./."
    found = leaves(f"IV. PHÂN CÔNG\n\n1. Sở Y tế chủ trì.\n\n2. Sở Tài chính bố trí vốn.\n\n{closing}")
    assert found[-1] == ("paragraph", "IV", closing)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("*- Tập huấn, hội nghị:\n12.500.000 đồng.*\n\n- Chi khác.", "- Tập huấn, hội nghị: 12.500.000 đồng."),
        (
            "**Article 4. Decision No.\n12/2025 is amended\nas follows**\n\n1. One.",
            "Article 4. Decision No. 12/2025 is",
        ),
        ("Xét đơn của\n\nCÔNG\nTY CỔ PHẦN GỐM ĐÁ xin gia hạn thuê đất.\n\n1. Một.", "CÔNG TY CỔ PHẦN GỐM ĐÁ xin"),
        ("-- Lập danh sách hộ dân.\n\n-- Cắm mốc.", "-- Lập danh sách hộ dân."),
    ],
)
def test_a_sentence_is_one_clause(text: str, first: str) -> None:
    assert any(found.replace("*", "").startswith(first) for _, _, found in leaves(text))


def test_two_dashes_are_a_bullet() -> None:
    assert [kind for kind, _, _ in leaves("1. Việc:\n\n-- Lập danh sách.\n\n-- Cắm mốc.")] == [
        "paragraph",
        "bullet",
        "bullet",
    ]


def test_a_form_behind_the_recipients_is_none_of_them() -> None:
    text = """QUYẾT ĐỊNH

Về việc cấp nước

Điều 1. Cấp nước cho xã Bãi.

TM. ỦY BAN NHÂN DÂN

CHỦ TỊCH

(đã ký)

Nơi nhận:

- Như Điều 1;

- Lưu: VT.

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Độc lập - Tự do - Hạnh phúc

ĐƠN XIN CẤP NƯỚC

Kính gửi: Ủy ban nhân dân xã."""
    found = clauses(text)
    kinds = {clause.text: clause.kind for clause in found if clause.leaf}
    assert kinds["(đã ký)"] == "signature"
    inside = {c.clause_id for c in found if c.kind == "recipients"}
    assert [c.text for c in found if c.parent_id in inside] == ["Nơi nhận:", "- Như Điều 1;", "- Lưu: VT."]


@pytest.mark.parametrize(
    "text",
    [
        "1. Thu hồi đất theo khoản 2 Điều 61 Nghị định\nsố 12/2025/NĐ-CP.",
        "- Bố trí tối thiểu\n02 bình chữa cháy mỗi tầng.",
        "Pursuant to the Law No.\n12/2025/QH15 on roads.",
    ],
)
def test_a_number_goes_on_with_what_asks_for_it(text: str) -> None:
    assert len(leaves(f"I. VIỆC\n\n{text}\n\nII. KHÁC")) == 3


def test_a_place_of_two_words_is_no_two_lines() -> None:
    assert leaves("*Cà\nMau, ngày 3 tháng 5 năm 2026*\n\n1. Một.")[0][2].strip("*") == "Cà Mau, ngày 3 tháng 5 năm 2026"


def test_what_it_is_attached_to_is_no_bullet() -> None:
    assert leaves("I. DANH SÁCH\n\n* (Ban hành kèm theo Quyết định số 3/QĐ-UBND)*\n\n1. Xã A.")[1][0] == "paragraph"


def test_since_when_a_notice_holds_belongs_to_the_whole() -> None:
    found = leaves("1. Tên hàng: dây.\n\n2. Mã số: 8544.\n\nThông báo này có hiệu lực từ ngày ký.")
    assert found[-1][:2] == ("paragraph", "")


def test_short_lines_are_a_list_where_none_goes_on() -> None:
    goals = ["Tỷ lệ hộ nghèo dưới 2%", "Tỷ lệ che phủ rừng 45%", "Số xã đạt chuẩn là 12 xã"]
    assert [text for _, _, text in leaves("\n".join(["I. MỤC TIÊU", *goals, "II. NHIỆM VỤ"]))][1:4] == goals
    wrapped = "Nâng cao chất lượng cán bộ cấp xã và\nThực hiện tốt công tác tuyên truyền\nở các thôn trên địa bàn"
    assert len(leaves(wrapped)) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("- Nhóm dự án bảo vệ môi trường và phát triển kinh tế\n- xã hội của địa phương.", 3),
        ("3. Chủ tịch Hội đồng Thi đua\n- Khen thưởng tỉnh quyết định thành phần.", 3),
        ("- Ban hành chính sách cho các tổ chức chính trị\n– xã hội ở cơ sở.", 3),
        ("- Đẩy mạnh phát triển các ngành kinh tế\n- Xây dựng hạ tầng.", 4),
        ("- Lĩnh vực phát triển kinh tế.\n- Xã hội: giảm nghèo.", 4),
    ],
)
def test_a_name_around_a_hyphen_goes_on_below(text: str, count: int) -> None:
    assert len(leaves(f"I. VIỆC\n\n{text}\n\nII. KHÁC")) == count


@pytest.mark.parametrize(
    "line", ["**Đơn vị tính: đồng**", "*(Chi tiết theo biểu dưới đây)*", "**Kính gửi:** Sở Nội vụ", "*…*"]
)
def test_a_remark_set_apart_heads_nothing(line: str) -> None:
    found = clauses(f"I. MỨC HỖ TRỢ\n\n{line}\n\nMức hỗ trợ là 5 triệu đồng một hộ.\n\nII. KHÁC\n\n1. Một.")
    paragraph = next(c for c in found if c.text.startswith("Mức hỗ trợ là"))
    above = next(c for c in found if c.clause_id == paragraph.parent_id)
    assert above.marker == "I."


_HEAD = "UBND XÃ SÔNG TRẦM\nSố: 14/KH-UBND\n\nKẾ HOẠCH\nPhát triển nghề đan cói năm 2027\n\n"


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("2. Chỉ tiêu\n- 60% hộ làm nghề.", "2. Chỉ tiêu"),
        ("Mục tiêu:\na) 60% hộ làm nghề;", "Mục tiêu:"),
        ("Phấn đấu đến hết tháng 9/2027:\n+ 60% hộ làm nghề.", "Phấn đấu đến hết tháng 9/2027:"),
        ("Chỉ tiêu đến cuối năm 2027\n(i) 60% hộ làm nghề;", "Chỉ tiêu đến cuối năm 2027"),
        ("- Căn cứ Luật Hợp tác xã;\n\n- 60% hộ làm nghề.", "- 60% hộ làm nghề."),
        ("Căn cứ:\n- Luật Hợp tác xã;\n- Nghị quyết số 08-NQ/ĐU;\n\n* Chỉ tiêu:\n- 60% hộ làm nghề.", "* Chỉ tiêu:"),
        (
            "Căn cứ Nghị quyết số 08-NQ/ĐU, Ủy ban nhân dân xã đề ra như sau:\n\nĐến năm 2027 có 60% hộ làm nghề.",
            "Đến năm 2027 có 60% hộ làm nghề.",
        ),
        ("Căn cứ Nghị quyết số 08-NQ/ĐU.\n\nĐến năm 2027 có 60% hộ làm nghề.", "Đến năm 2027 có 60% hộ làm nghề."),
        ("Qua khảo sát, nghề cói còn 40% hộ theo:\n\nI. MỤC TIÊU\n60% hộ làm nghề.", "I. MỤC TIÊU"),
    ],
)
def test_a_body_without_a_first_number_begins_below_title_and_bases(text: str, opens: str) -> None:
    found = clauses(_HEAD + text)
    body = next(c for c in found if c.kind not in ("header", "title", "preamble"))
    assert (_HEAD + text)[body.char_start :].startswith(opens)
