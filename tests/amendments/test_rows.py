"""What a document orders to be changed, as rows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doichieu import extract_text
from doichieu.model import Amendment, Document
from tests.amendments.documents import amender


def rows(*orders: str) -> list[Amendment]:
    return list(extract_text(amender(*orders)).amendments)


def facts(row: Amendment) -> tuple[str, str, str, str, str]:
    return row.kind, row.action, row.provision, row.old_text, row.new_text


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        (
            "Sửa đổi điểm a khoản 1 Mục I như sau: “a) 80% đường thôn được bê tông hóa.”",
            [("sua_doi", "replace", "muc:I/khoan:1/diem:a", "", "a) 80% đường thôn được bê tông hóa.")],
        ),
        (
            "Điểm b khoản 1 Mục I được sửa đổi, bổ sung như sau:\n\n“b) 95% số xã có xe buýt.”",
            [("sua_doi", "replace", "muc:I/khoan:1/diem:b", "", "b) 95% số xã có xe buýt.")],
        ),
        (
            "Thay thế cụm từ “90%” bằng cụm từ “95%” tại điểm b khoản 1 Mục I.",
            [("thay_the_cum_tu", "replace_words", "muc:I/khoan:1/diem:b", "90%", "95%")],
        ),
        (
            "Cụm từ “xe buýt” tại điểm b khoản 1 Mục I và khoản 2 Mục II được sửa thành “xe điện”.",
            [
                ("thay_the_cum_tu", "replace_words", "muc:I/khoan:1/diem:b", "xe buýt", "xe điện"),
                ("thay_the_cum_tu", "replace_words", "muc:II/khoan:2", "xe buýt", "xe điện"),
            ],
        ),
        (
            "Bỏ các cụm từ: “theo dõi” tại khoản 2 Mục II; “hằng năm” tại khoản 3 Mục II.",
            [
                ("bo_cum_tu", "delete_words", "muc:II/khoan:2", "theo dõi", ""),
                ("bo_cum_tu", "delete_words", "muc:II/khoan:3", "hằng năm", ""),
            ],
        ),
        (
            "Bãi bỏ khoản 3, Mục II.",
            [("bai_bo", "delete", "muc:II/khoan:3", "", "")],
        ),
        (
            "Thay cụm từ “xe buýt” tại điểm b khoản 1 Mục I thành: “xe điện”.",
            [("thay_the_cum_tu", "replace_words", "muc:I/khoan:1/diem:b", "xe buýt", "xe điện")],
        ),
        (
            "Đổi tên Mục II như sau:\n\n“II. VIỆC PHẢI LÀM”",
            [("doi_ten", "rename", "muc:II/ten", "", "II. VIỆC PHẢI LÀM")],
        ),
        (
            "Đổi tên Mục II thành “NHIỆM VỤ TRỌNG TÂM”.",
            [("doi_ten", "rename", "muc:II/ten", "", "NHIỆM VỤ TRỌNG TÂM")],
        ),
        (
            "Điều chỉnh thời hạn tại số thứ tự 1 Phụ lục từ “Quý I/2026” thành “Quý III/2026”.",
            [("dieu_chinh", "replace_words", "phu_luc/stt:1", "Quý I/2026", "Quý III/2026")],
        ),
        (
            "Tại khoản 2 Mục II, đã in là: “Sở Tài chính”, nay sửa lại là: “Sở Nội vụ”.",
            [("dinh_chinh", "replace_words", "muc:II/khoan:2", "Sở Tài chính", "Sở Nội vụ")],
        ),
        (
            (
                "Sửa đổi số thứ tự 2 và bổ sung số thứ tự 3 vào sau số thứ tự 2 Phụ lục như sau:\n\n"
                "| TT | Công trình | Chủ đầu tư | Thời hạn |\n| 2 | Đường Đồng Mít | Sở Xây dựng | 2027 |\n"
                "| 3 | Cầu Sông Con | Sở Xây dựng | 2028 |"
            ),
            [
                ("sua_doi", "replace", "phu_luc/stt:2", "", "2 | Đường Đồng Mít | Sở Xây dựng | 2027"),
                ("bo_sung", "insert", "phu_luc/stt:3", "", "3 | Cầu Sông Con | Sở Xây dựng | 2028"),
            ],
        ),
    ],
)
def test_an_order_is_read(order: str, wanted: list[tuple[str, str, str, str, str]]) -> None:
    found = rows(order)
    assert [facts(row) for row in found] == wanted
    assert {row.amended_number for row in found} == {"40/KH-UBND"}
    assert {row.effective_on for row in found} == {"2025-09-05"}
    assert not any(row.unresolved for row in found)


@pytest.mark.parametrize(
    ("order", "position"),
    [
        ("Bổ sung điểm c vào sau điểm b khoản 1 Mục I như sau: “c) Mới.”", "after:muc:I/khoan:1/diem:b"),
        ("Bổ sung điểm c khoản 1 Mục I như sau: “c) Mới.”", "end:muc:I/khoan:1"),
        ("Bổ sung cụm từ “nhanh” vào trước cụm từ “theo dõi” tại khoản 2 Mục II.", "before:theo dõi"),
        ("Bổ sung vào khoản 2 Mục II nội dung: “Báo cáo hằng quý.”", "end:muc:II/khoan:2"),
        ("Bổ sung nội dung sau vào cuối khoản 2 Mục II:\n\n“Báo cáo hằng quý.”", "end:muc:II/khoan:2"),
    ],
)
def test_an_insertion_has_its_place(order: str, position: str) -> None:
    assert [row.position for row in rows(order)] == [position]


@pytest.mark.parametrize(
    ("closing", "day"),
    [
        ("Nghị quyết này có hiệu lực kể từ ngày Hội đồng nhân dân tỉnh biểu quyết thông qua.", "2025-09-05"),
        ("Quyết định có hiệu lực thi hành từ ngày 20 tháng 10 năm 2025.", "2025-10-20"),
        ("Khoản 1 Điều 1 Quyết định này có hiệu lực từ ngày 01/01/2026.", "2026-01-01"),
        (
            "Quyết định này có hiệu lực kể từ ngày ký; riêng khoản 1 Điều 1 có hiệu lực từ ngày 01/12/2025.",
            "2025-12-01",
        ),
        ("Nghị quyết này được Hội đồng thông qua ngày 04/9/2025 và có hiệu lực từ ngày 15/9/2025.", "2025-09-15"),
        ("Quyết định này có hiệu lực thi hành sau 10 ngày kể từ ngày ký.", "2025-09-15"),
        ("Quyết định này có hiệu lực sau 10 (mười) ngày, kể từ ngày ký ban hành.", "2025-09-15"),
        ("Quyết định này có hiệu lực thi hành sau mười lăm ngày kể từ ngày ký.", "2025-09-20"),
        ("Quyết định này có hiệu lực sau thời hạn 45 ngày tính từ ngày ban hành.", "2025-10-20"),
        ("Nghị quyết này có hiệu lực sau 01 tháng kể từ ngày Hội đồng nhân dân tỉnh thông qua.", "2025-10-05"),
        ("Quyết định này có hiệu lực sau 10 ngày kể từ ngày 20/10/2025.", "2025-10-30"),
        (
            "Quyết định này có hiệu lực từ ngày ký; riêng khoản 1 Điều 1 có hiệu lực sau 30 ngày kể từ ngày ký.",
            "2025-10-05",
        ),
        ("Quyết định này có hiệu lực sau 15 ngày kể từ ngày đăng Công báo.", ""),
        ("Quyết định này có hiệu lực sau một vài ngày kể từ ngày ký.", ""),
        ("Các đơn vị chịu trách nhiệm thi hành.", ""),
    ],
)
def test_a_row_holds_from_its_own_day_else_from_the_document_s(closing: str, day: str) -> None:
    text = amender("Bãi bỏ khoản 3 Mục II.").replace("Quyết định này có hiệu lực kể từ ngày ký.", closing)
    (row,) = extract_text(text).amendments
    assert row.effective_on == day


def test_an_exception_belongs_to_the_provision_that_holds_it() -> None:
    found = rows("Thay cụm từ “đường” bằng từ “lộ” tại Mục I và Mục II, trừ cụm từ “đường” tại khoản 1 Mục II.")
    assert [(row.provision, row.exceptions) for row in found] == [
        ("muc:I", ()),
        ("muc:II", ("đường@muc:II/khoan:1",)),
    ]


def test_items_leave_to_their_head_what_they_share() -> None:
    found = rows("Sửa đổi, bổ sung một số điểm của khoản 1 Mục I như sau:\n\na) Bãi bỏ điểm b;\n\nb) Bãi bỏ điểm a.")
    assert [row.provision for row in found] == ["muc:I/khoan:1/diem:b", "muc:I/khoan:1/diem:a"]


@pytest.mark.parametrize(
    "text",
    [
        "Rà soát, sửa đổi, bổ sung Quy chế làm việc theo khoản 2 Điều 5.",
        "- Bổ sung 20 máy tính cho các trường tại khoản 2 Điều 3.",
        "Căn cứ Nghị định số 45/2025/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 150/2025/NĐ-CP;",
        "Các nội dung khác của Kế hoạch số 40/KH-UBND không được sửa đổi tại Quyết định này tiếp tục có hiệu lực.",
        "Trường hợp Nghị định số 45/2025/NĐ-CP hết hiệu lực thì áp dụng văn bản mới.",
        "Nghị quyết này hết hiệu lực kể từ ngày 01 tháng 01 năm 2030.",
    ],
)
def test_what_only_speaks_of_changes_is_no_order(text: str) -> None:
    assert list(extract_text(text).amendments) == []


def test_closing_articles_of_other_documents_replace_and_abolish() -> None:
    text = (
        "Điều 7. Hiệu lực\n\n1. Quyết định này có hiệu lực từ ngày 01 tháng 3 năm 2026 và thay thế Quyết định số "
        "12/2019/QĐ-UBND ngày 20 tháng 3 năm 2019.\n\n2. Các văn bản sau đây hết hiệu lực:\n\na) Quyết định số "
        "3/2018/QĐ-UBND ngày 02 tháng 02 năm 2018;\n\nb) Kế hoạch số 9/KH-UBND ngày 03 tháng 4 năm 2020."
    )
    found = extract_text(text).amendments
    assert [(row.kind, row.amended_number, row.effective_on) for row in found] == [
        ("thay_the_van_ban", "12/2019/QĐ-UBND", "2026-03-01"),
        ("het_hieu_luc", "3/2018/QĐ-UBND", "2026-03-01"),
        ("het_hieu_luc", "9/KH-UBND", "2026-03-01"),
    ]


@pytest.mark.parametrize(
    ("order", "provisions"),
    [
        (
            "Thay thế cụm từ “xã” bằng cụm từ “phường” tại các quy định sau:\n\na) Khoản 1 Mục I;\n\nb) Mục II.",
            ["muc:I/khoan:1", "muc:II"],
        ),
        (
            "Bổ sung khoản 4, khoản 5 vào sau khoản 3 Mục II như sau:\n\n“4. Bốn.\n\n5. Năm.”",
            ["muc:II/khoan:4", "muc:II/khoan:5"],
        ),
        (
            "Sửa đổi khoản 2 và bổ sung khoản 2a vào sau khoản 2 Mục II như sau:\n\n“2. Hai.\n\n2a. Hai a.”",
            ["muc:II/khoan:2", "muc:II/khoan:2a"],
        ),
        ("Phụ lục được thay thế bằng Phụ lục ban hành kèm theo Quyết định này.", ["phu_luc"]),
    ],
)
def test_an_order_for_several_provisions_has_a_row_for_each(order: str, provisions: list[str]) -> None:
    assert [row.provision for row in rows(order)] == provisions


def test_one_quotation_for_several_provisions_is_parted_by_its_marks() -> None:
    found = rows("Bổ sung khoản 4, khoản 5 vào sau khoản 3 Mục II như sau:\n\n“4. Bốn.\n\n5. Năm.”")
    assert [row.new_text for row in found] == ["4. Bốn.", "5. Năm."]


def test_a_point_that_a_provision_is_given_is_an_insertion() -> None:
    (row,) = rows("Khoản 1 Mục I được bổ sung điểm c như sau: “c) Mới.”")
    assert (row.kind, row.action, row.provision) == ("bo_sung", "insert", "muc:I/khoan:1/diem:c")


def test_a_label_with_a_letter_stands_after_its_number() -> None:
    (row,) = rows("Bổ sung khoản 2a Mục II như sau: “2a. Mới.”")
    assert row.position == "after:muc:II/khoan:2"


def test_the_name_of_the_article_above_is_its_name() -> None:
    text = (
        "Điều 8. Sửa đổi Điều 32 Luật Ao hồ số 9/2025/QH15 như sau:\n\na) Sửa đổi tên điều và khoản 1 như sau:\n\n"
        "“Điều 32. Tên mới\n\n1. Một.”;\n\nb) Bãi bỏ khoản 5."
    )
    found = extract_text(text).amendments
    assert [row.provision for row in found] == ["dieu:32/ten", "dieu:32/khoan:1", "dieu:32/khoan:5"]


def test_a_law_whose_name_speaks_of_work_ends_like_any_other() -> None:
    text = (
        "1. Luật này có hiệu lực từ ngày 01/7/2027.\n\n"
        "2. Luật Việc làm số 3/2015/QH13 hết hiệu lực từ ngày Luật này có hiệu lực."
    )
    (row,) = extract_text(text).amendments
    assert (row.kind, row.amended_number, row.effective_on) == ("het_hieu_luc", "3/2015/QH13", "2027-07-01")


def test_a_list_below_a_bare_verb_is_abolished() -> None:
    text = (
        "Điều 9. Quyết định này bãi bỏ:\n\na) Quyết định số 3/2018/QĐ-UBND ngày 02 tháng 02 năm 2018;\n\n"
        "b) Điều 4 Quyết định số 5/2019/QĐ-UBND ngày 03 tháng 4 năm 2019."
    )
    found = extract_text(text).amendments
    assert [(row.kind, row.amended_number, row.provision) for row in found] == [
        ("bai_bo_van_ban", "3/2018/QĐ-UBND", "van_ban"),
        ("bai_bo", "5/2019/QĐ-UBND", "dieu:4"),
    ]


def test_an_order_without_its_wording_says_so() -> None:
    (row,) = rows("Sửa đổi khoản 2 Mục II như sau:")
    assert row.unresolved == ("no_quotation",)


def holds(document: Document) -> None:
    source = document.source.text
    for row in document.amendments:
        assert row.quote == source[row.char_start : row.char_end]
        for piece in row.new_pieces:
            assert row.new_char_start is not None
            assert row.new_char_end is not None
            assert row.new_char_start <= piece.start < piece.end <= row.new_char_end
        if row.old_char_start is not None and row.old_char_end is not None:
            assert " ".join(source[row.old_char_start : row.old_char_end].split()) == row.old_text
    quoted = [clause for clause in document.clauses if clause.kind == "quoted" and clause.leaf]
    places = [(p.start, p.end) for clause in quoted for p in clause.pieces]
    places += [(s.char_start, s.char_end) for s in document.amendments]
    for record in (*document.targets, *document.assignments, *document.deadlines):
        assert not any(a <= record.char_start < b for a, b in places)


def test_quoted_wording_is_the_amended_document_s() -> None:
    document = extract_text(
        amender(
            "Sửa đổi Mục I như sau:\n\n“I. MỤC TIÊU\n\n1. Đến năm 2028\n\na) 100% số xã có xe buýt.\n\n"
            "b) Sở Xây dựng chủ trì, hoàn thành trước ngày 30/6/2027.”",
            "Sửa đổi khoản 3 Mục II như sau:\n\n“3. Các xã báo cáo.”",
        )
    )
    holds(document)
    assert [c.clause_path for c in document.clauses if c.kind == "quoted" and c.leaf] == [
        "Điều 1/1»I",
        "Điều 1/1»I/1",
        "Điều 1/1»I/1/a",
        "Điều 1/1»I/1/b",
        "Điều 1/2»3",
    ]
    assert document.targets == ()
    assert [p.code for p in document.problems if p.code == "numbering_break"] == []


_WORDING = st.text(alphabet='abc đường “”"0123456789%.;,\n', min_size=1, max_size=60)
_ORDER = st.one_of(
    st.builds("Sửa đổi điểm a khoản 1 Mục I như sau: “{}”".format, _WORDING),
    st.builds("Bổ sung khoản {0} vào sau khoản 2 Mục II như sau:\n\n“{1}”;".format, st.integers(3, 9), _WORDING),
    st.builds("Thay thế cụm từ “{0}” bằng cụm từ “{1}” tại khoản 2 Mục II.".format, _WORDING, _WORDING),
    st.builds("Bỏ cụm từ “{}” tại Mục I.".format, _WORDING),
    st.just("Bãi bỏ khoản 3 Mục II."),
    _WORDING,
)


@given(st.lists(_ORDER, max_size=5))
@settings(deadline=None, max_examples=60)
def test_whatever_is_ordered_rows_are_exact_and_own_nothing_that_is_quoted(orders: list[str]) -> None:
    holds(extract_text(amender(*orders)))
