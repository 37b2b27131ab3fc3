"""Families of orders: lists of places, several orders in one sentence, places left to a head, words in pairs, days."""

from __future__ import annotations

import pytest

from doichieu import extract_text
from doichieu.amending.held import hold
from doichieu.model import Amendment
from doichieu.segmentation.provisions import find, written

HEAD = """CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 12/2024/NĐ-CP
Hà Nội, ngày 05 tháng 3 năm 2024

NGHỊ ĐỊNH
Sửa đổi, bổ sung một số điều của Nghị định số 34/2020/NĐ-CP ngày 10 tháng 6 năm 2020 của Chính phủ về quản lý bãi đá

Chính phủ ban hành Nghị định sửa đổi, bổ sung một số điều của Nghị định số 34/2020/NĐ-CP.

Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 34/2020/NĐ-CP

"""
IN_FORCE = "Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 5 năm 2024."


def orders(*texts: str, effect: str = IN_FORCE, annexes: str = "") -> list[Amendment]:
    """The rows of a decree whose Article 1 holds these orders, numbered."""
    body = "\n\n".join(f"{i}. {text}" for i, text in enumerate(texts, 1))
    return list(extract_text(f"{HEAD}{body}\n\nĐiều 2. Hiệu lực thi hành\n\n{effect}\n{annexes}").amendments)


def short(rows: list[Amendment]) -> list[tuple[str, str, str, str]]:
    return [(row.action, row.provision, row.old_text, row.new_text) for row in rows]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("số thứ tự 7, mục III, Phụ lục I", ["phu_luc:I/muc:III/stt:7"]),
        ("cột 4, số thứ tự 6, Phụ lục II", ["phu_luc:II/stt:6/cot:4"]),
        ("Mẫu số 01, Phụ lục II", ["phu_luc:II/mau:01"]),
        ("tại các Điều: 31, 32 và 33", ["dieu:31", "dieu:32", "dieu:33"]),
        ("số điểm: 5 điểm", []),
        ("số thứ tự từ 20 đến 22 Phụ lục II", [f"phu_luc:II/stt:{n}" for n in (20, 21, 22)]),
        ("các khoản từ 2 đến 4 Điều 7", [f"dieu:7/khoan:{n}" for n in (2, 3, 4)]),
        ("tên điều và khoản 1 Điều 10", ["dieu:10/ten", "dieu:10/khoan:1"]),
        ("khoản 2 mục III phần B", ["phan:B/muc:III/khoan:2"]),
        ("Điều 5, Mục 2 Chương III", ["dieu:5", "chuong:III/muc:2"]),
    ],
)
def test_places_as_texts_print_them(text: str, wanted: list[str]) -> None:
    assert [written(path) for hit in find(text) for path in hit.paths] == wanted


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        (
            "Thay thế cụm từ “phòng Đá” bằng cụm từ “phòng Bãi” và cụm từ “huyện” bằng cụm từ “xã” tại Điều 5.",
            [("replace_words", "dieu:5", "phòng Đá", "phòng Bãi"), ("replace_words", "dieu:5", "huyện", "xã")],
        ),
        (
            "Thay thế cụm từ “đá hộc” bằng cụm từ “đá khối” tại Điều 5 và cụm từ “xe thô” bằng “xe tải” tại Điều 6.",
            [("replace_words", "dieu:5", "đá hộc", "đá khối"), ("replace_words", "dieu:6", "xe thô", "xe tải")],
        ),
        (
            "Thay thế các cụm từ “Phòng A”, “Phòng B” lần lượt bằng các cụm từ “Phòng C”, “Phòng D” tại Điều 6.",
            [("replace_words", "dieu:6", "Phòng A", "Phòng C"), ("replace_words", "dieu:6", "Phòng B", "Phòng D")],
        ),
        (
            "Bỏ từ “và” tại khoản 1 Điều 4, bỏ cụm từ “đá vôi”, “đá ong” tại điểm b khoản 2 Điều 4.",
            [
                ("delete_words", "dieu:4/khoan:1", "và", ""),
                ("delete_words", "dieu:4/khoan:2/diem:b", "đá vôi", ""),
                ("delete_words", "dieu:4/khoan:2/diem:b", "đá ong", ""),
            ],
        ),
        (
            "Thay cụm từ “bãi thải” bằng cụm từ “bãi chứa” tại Điều 4, bãi bỏ khoản 3 Điều 5.",
            [("replace_words", "dieu:4", "bãi thải", "bãi chứa"), ("delete", "dieu:5/khoan:3", "", "")],
        ),
        (
            'Thay thế cụm từ "xe buýt," bằng cụm từ "xe điện;" tại khoản 2 Điều 3.',
            [("replace_words", "dieu:3/khoan:2", "xe buýt,", "xe điện;")],
        ),
        (
            "Tại khoản 2 Điều 3, thay cụm từ “cấp huyện” bằng cụm từ “cấp xã”.",
            [("replace_words", "dieu:3/khoan:2", "cấp huyện", "cấp xã")],
        ),
        (
            "Tại khoản 3 Điều 2: cụm từ “30 ngày” đính chính thành “20 ngày”.",
            [("replace_words", "dieu:2/khoan:3", "30 ngày", "20 ngày")],
        ),
        (
            "Tại tiêu đề Phụ lục I đã in “Biểu 01”, sửa lại là “Biểu 02”.",
            [("replace_words", "phu_luc:I/ten", "Biểu 01", "Biểu 02")],
        ),
        (
            (
                "Thay thế một số từ, cụm từ sau đây:\n\na) Thay từ “đá hộc” bằng từ “đá khối” tại Điều 23;\n\n"
                "b) Cụm từ “bãi thải” bằng cụm từ “bãi chứa” tại các điều 24 và 25."
            ),
            [
                ("replace_words", "dieu:23", "đá hộc", "đá khối"),
                ("replace_words", "dieu:24", "bãi thải", "bãi chứa"),
                ("replace_words", "dieu:25", "bãi thải", "bãi chứa"),
            ],
        ),
    ],
)
def test_words_in_pairs_each_in_its_place(order: str, wanted: list[tuple[str, str, str, str]]) -> None:
    assert short(orders(order)) == wanted


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        (
            (
                "Sửa đổi, bổ sung điểm c và điểm đ; bổ sung điểm g vào sau điểm e khoản 2 Điều 5 như sau:\n\n"
                "a) Sửa đổi, bổ sung điểm c và điểm đ như sau:\n\n“c) Có cổng;\n\nđ) Có đèn;”.\n\n"
                "b) Bổ sung điểm g vào sau điểm e như sau:\n\n“g) Có cân.”."
            ),
            [
                ("replace", "dieu:5/khoan:2/diem:c", "", "c) Có cổng;"),
                ("replace", "dieu:5/khoan:2/diem:đ", "", "đ) Có đèn;"),
                ("insert", "dieu:5/khoan:2/diem:g", "", "g) Có cân."),
            ],
        ),
        (
            (
                "Sửa đổi khoản 1, bãi bỏ khoản 3 Điều 7 như sau:\n\na) Sửa đổi khoản 1 như sau:\n\n"
                "“1. Chủ bãi nộp hồ sơ.”\n\nb) Bãi bỏ khoản 3."
            ),
            [("replace", "dieu:7/khoan:1", "", "1. Chủ bãi nộp hồ sơ."), ("delete", "dieu:7/khoan:3", "", "")],
        ),
        (
            "Sửa đổi tên điều và khoản 1 Điều 10 như sau:\n\n“Điều 10. Kiểm tra bãi đá\n\n1. Mỗi năm hai lần.”",
            [
                ("replace", "dieu:10/ten", "", "Điều 10. Kiểm tra bãi đá"),
                ("replace", "dieu:10/khoan:1", "", "1. Mỗi năm hai lần."),
            ],
        ),
        (
            "Bãi bỏ một số quy định của Điều 7 Nghị định số 34/2020/NĐ-CP:\n\na) Bãi bỏ khoản 2.\n\nb) Bãi bỏ khoản 4.",
            [("delete", "dieu:7/khoan:2", "", ""), ("delete", "dieu:7/khoan:4", "", "")],
        ),
    ],
)
def test_a_heading_lends_what_its_orders_share_and_is_none_itself(
    order: str, wanted: list[tuple[str, str, str, str]]
) -> None:
    assert short(orders(order)) == wanted


def test_a_document_that_changed_the_provision_before_is_not_the_amended_one() -> None:
    row = orders(
        "Sửa đổi khoản 5 Điều 13 (đã được sửa đổi, bổ sung tại khoản 3 Điều 1 Nghị định số 77/2022/NĐ-CP) như sau:\n\n"
        "“5. Bãi cũ được giữ.”"
    )[0]
    assert (row.amended_number, row.provision) == ("34/2020/NĐ-CP", "dieu:13/khoan:5")
    row = orders(
        "Sửa đổi khoản 3 Điều 1 Nghị định số 77/2022/NĐ-CP sửa đổi khoản 5 Điều 6 Nghị định số 34/2020/NĐ-CP "
        "như sau:\n\n“3. Bãi mới phải có cổng.”"
    )[0]
    assert (row.amended_number, row.provision) == ("77/2022/NĐ-CP", "dieu:1/khoan:3")


def test_articles_are_not_parts_of_a_list_that_was_issued() -> None:
    found = orders(
        "Sửa đổi, bổ sung một số nội dung của Bảng mức phí ban hành kèm theo Nghị định số 34/2020/NĐ-CP như sau:\n\n"
        "a) Bãi bỏ số thứ tự 4.\n\nb) Bãi bỏ khoản 3 Điều 9."
    )
    assert [row.provision for row in found] == ["phu_luc/stt:4", "dieu:9/khoan:3"]


def test_part_of_what_a_provision_says_is_told_and_never_deleted_whole() -> None:
    row = orders("Bãi bỏ toàn bộ nội dung liên quan đến cấp huyện tại khoản 5 Điều 2.")[0]
    assert (row.action, row.provision, row.unresolved) == ("delete", "dieu:2/khoan:5", ("unknown_instruction",))
    row = orders("Bãi bỏ quy định tại khoản 5 Điều 2.")[0]
    assert (row.action, row.provision, row.unresolved) == ("delete", "dieu:2/khoan:5", ())


def test_an_annex_is_replaced_by_the_one_that_is_named() -> None:
    annexes = (
        "\nTM. CHÍNH PHỦ\nTHỦ TƯỚNG\n\nPHỤ LỤC I\nBÃI XÂY MỚI\n(Kèm theo Nghị định số 12/2024/NĐ-CP)\n\n"
        "| STT | Bãi |\n|---|---|\n| 1 | Bãi Lam |\n\nPHỤ LỤC II\nBÃI MỞ RỘNG\n"
        "(Kèm theo Nghị định số 12/2024/NĐ-CP)\n\n| STT | Bãi |\n|---|---|\n| 1 | Bãi Mai |\n"
    )
    found = orders(
        "Thay thế Phụ lục III bằng Phụ lục I ban hành kèm theo Nghị định này.",
        "Bổ sung Phụ lục V (chi tiết tại Phụ lục II kèm theo Nghị định này).",
        annexes=annexes,
    )
    assert [(row.action, row.provision, row.position, row.unresolved) for row in found] == [
        ("replace", "phu_luc:III", "", ()),
        ("insert", "phu_luc:V", "end:van_ban", ()),
    ]
    assert "Bãi Lam" in found[0].new_text and "Bãi Mai" not in found[0].new_text
    assert "Bãi Mai" in found[1].new_text


def test_new_numbers_and_new_places() -> None:
    found = orders(
        "Khoản 3, khoản 4 Điều 18 được đánh số lại thành khoản 4, khoản 5.",
        "Chuyển khoản 4 Điều 19 thành khoản 1 Điều 20.",
    )
    assert [(row.action, row.provision, row.new_text, row.unresolved) for row in found] == [
        ("rename", "dieu:18/khoan:3", "4", ()),
        ("rename", "dieu:18/khoan:4", "5", ()),
        ("none", "dieu:19/khoan:4", "", ("unknown_instruction",)),
    ]
    assert found[0].instruction_id == found[1].instruction_id != found[2].instruction_id


def test_numbers_change_in_the_consolidated_text() -> None:
    base = extract_text(
        "CHÍNH PHỦ\nSố: 34/2020/NĐ-CP\nHà Nội, ngày 10 tháng 6 năm 2020\n\nNGHỊ ĐỊNH\nVề quản lý bãi đá\n\n"
        "Điều 18. Bãi\n\n1. Bãi có cổng.\n\n2. Bãi có đèn.\n\nĐiều 19. Xe\n\nXe có bạt.\n",
        document_id="nghi-dinh",
    )
    amender = extract_text(
        f"{HEAD}1. Khoản 2 Điều 18 được đánh số lại thành khoản 3.\n\n"
        f"2. Chuyển khoản 1 Điều 18 thành khoản 1 Điều 19.\n\nĐiều 2. Hiệu lực\n\n{IN_FORCE}\n"
    )
    done = hold(base, [base, amender], "2025-01-01")
    assert "1. Bãi có cổng." in done.text and "3. Bãi có đèn." in done.text and "2. Bãi có đèn." not in done.text
    assert [(c.status, c.reason) for c in done.changes] == [("applied", ""), ("left_out", "unresolved")]


@pytest.mark.parametrize(
    ("effect", "days"),
    [
        (f"{IN_FORCE} Riêng khoản 2 Điều 1 áp dụng từ ngày 01/7/2024.", ("2024-05-01", "2024-07-01")),
        (
            f"1. {IN_FORCE}\n\n2. Quy định tại khoản 2 Điều 1 có hiệu lực từ ngày 01/7/2024.",
            ("2024-05-01", "2024-07-01"),
        ),
        (
            f"{IN_FORCE} Riêng nội dung tại khoản 2 Điều 1 được thực hiện kể từ ngày 01/7/2024.",
            ("2024-05-01", "2024-07-01"),
        ),
        (f"{IN_FORCE} Việc nộp phí theo khoản 2 Điều 1 thực hiện từ ngày 01/7/2024.", ("2024-05-01", "2024-05-01")),
        ("Nghị định này có hiệu lực ngay sau khi được thông qua.", ("2024-03-05", "2024-03-05")),
        ("Nghị định này có hiệu lực thi hành từ 01/6/2024.", ("2024-06-01", "2024-06-01")),
        ("Thời điểm có hiệu lực: từ ngày 01 tháng 6 năm 2024.", ("2024-06-01", "2024-06-01")),
        (
            "Nghị định này được Chính phủ thông qua ngày 01 tháng 3 năm 2024 và có hiệu lực kể từ ngày thông qua.",
            ("2024-03-01", "2024-03-01"),
        ),
        ("Các Bộ trưởng chịu trách nhiệm thi hành Nghị định này kể từ ngày ký.", ("2024-03-05", "2024-03-05")),
        ("Các Bộ trưởng chịu trách nhiệm thi hành Nghị định này.", ("", "")),
    ],
)
def test_days_of_the_whole_and_of_its_parts(effect: str, days: tuple[str, str]) -> None:
    found = orders("Bãi bỏ khoản 3 Điều 4.", "Bãi bỏ khoản 6 Điều 4.", effect=effect)
    assert tuple(row.effective_on for row in found) == days


def test_a_day_in_the_title_of_what_ends_is_not_the_day_of_its_end() -> None:
    ended = "Nghị định số 11/2011/NĐ-CP về thu phí từ ngày 01 tháng 01 năm 2012 hết hiệu lực"
    text = f"{IN_FORCE} {ended} kể từ ngày Nghị định này có hiệu lực."
    found = orders("Bãi bỏ khoản 3 Điều 4.", effect=text)
    assert [(row.amended_number, row.effective_on) for row in found][-1] == ("11/2011/NĐ-CP", "2024-05-01")


@pytest.mark.parametrize(
    ("ended", "days"),
    [
        ("Các Nghị định sau đây hết hiệu lực kể từ ngày 01/7/2024:\n\n{}", ["2024-07-01", "2024-07-01"]),
        ("Bãi bỏ các Nghị định sau đây kể từ ngày 01 tháng 7 năm 2024:\n\n{}", ["2024-07-01", "2024-07-01"]),
        ("Kể từ ngày 01/7/2024, các văn bản sau hết hiệu lực thi hành:\n\n{}", ["2024-07-01", "2024-07-01"]),
        (
            "Kể từ ngày 01/7/2024, bãi bỏ Nghị định số 8/2012/NĐ-CP và Nghị định số 9/2012/NĐ-CP.",
            ["2024-07-01", "2024-07-01"],
        ),
        ("Nghị định số 8/2012/NĐ-CP, Nghị định số 9/2012/NĐ-CP hết hiệu lực từ 01/7/2024.", ["2024-07-01"] * 2),
        ("Bãi bỏ Nghị định số 8/2012/NĐ-CP có hiệu lực từ ngày 05 tháng 3 năm 2012.", ["2024-05-01"]),
    ],
)
def test_the_day_of_what_ends_stands_before_it_behind_it_or_above_its_list(ended: str, days: list[str]) -> None:
    listed = ended.format("a) Nghị định số 8/2012/NĐ-CP;\n\nb) Nghị định số 9/2012/NĐ-CP.")
    found = orders("Bãi bỏ khoản 3 Điều 4.", effect=f"1. {IN_FORCE}\n\n2. {listed}")
    assert [row.effective_on for row in found if row.provision == "van_ban"] == days


def test_what_is_spared_when_a_document_ends() -> None:
    text = f"1. {IN_FORCE}\n\n2. Nghị định số 9/2018/NĐ-CP hết hiệu lực, trừ quy định tại khoản 2 Điều 3."
    row = orders("Bãi bỏ khoản 3 Điều 4.", effect=text)[-1]
    assert (row.kind, row.amended_number, row.exceptions) == ("het_hieu_luc", "9/2018/NĐ-CP", ("@dieu:3/khoan:2",))


def test_a_figure_changed_without_a_place_is_told_and_applied_nowhere() -> None:
    base = extract_text(
        "ỦY BAN NHÂN DÂN\nTỈNH HÀ MAN\nSố: 40/KH-UBND\nHà Man, ngày 12 tháng 01 năm 2025\n\nKẾ HOẠCH\nVề đường thôn\n\n"
        "1. 75% đường thôn được bê tông hóa.\n\n2. 90% số xã có xe buýt.\n",
        document_id="ke-hoach",
    )
    decision = extract_text(
        "CHÍNH PHỦ\nSố: 55/NQ-CP\nHà Nội, ngày 10 tháng 6 năm 2025\n\nNGHỊ QUYẾT\n"
        "Điều chỉnh một số chỉ tiêu của Kế hoạch số 40/KH-UBND ngày 12 tháng 01 năm 2025\n\n"
        "1. Điều chỉnh chỉ tiêu đường thôn được bê tông hóa của Kế hoạch số 40/KH-UBND lên 85%.\n\n"
        "2. Điều chỉnh tăng tỷ lệ xã có xe buýt tại Kế hoạch số 40/KH-UBND từ 90% lên 95%.\n\n"
        "3. Nghị quyết này có hiệu lực từ ngày ký.\n",
        document_id="nghi-quyet",
    )
    assert [(row.provision, row.old_text, row.new_text, row.unresolved) for row in decision.amendments] == [
        ("", "", "85%", ("provision_not_named",)),
        ("", "90%", "95%", ("provision_not_named",)),
    ]
    done = hold(base, [base, decision], "2026-01-01")
    assert done.text == base.source.text
    assert [change.status for change in done.changes] == ["left_out", "left_out"]


def test_a_figure_of_the_document_s_own_is_no_amendment() -> None:
    plan = extract_text(
        "ỦY BAN NHÂN DÂN\nTỈNH HÀ MAN\nSố: 40/KH-UBND\nHà Man, ngày 12 tháng 01 năm 2025\n\nKẾ HOẠCH\nVề đường thôn\n\n"
        "1. Điều chỉnh mức hỗ trợ lên 30 triệu đồng/km.\n"
    )
    assert plan.amendments == ()
