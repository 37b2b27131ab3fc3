"""What stands behind the end of a document is read whatever opens it and however the document ends."""

from __future__ import annotations

import pytest

from doichieu import extract_text
from doichieu.model import Document

HEAD = (
    "ỦY BAN NHÂN DÂN TỈNH BÌNH LONG | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n------- | Độc lập - Tự do - Hạnh phúc\n"
    "Số: 17/QĐ-UBND | Bình Long, ngày 18 tháng 12 năm 2025\n\nQUYẾT ĐỊNH\nBan hành chỉ tiêu phát triển thư viện\n\n"
    "Điều 1. Ban hành chỉ tiêu phát triển thư viện.\n\nĐiều 2. Quyết định có hiệu lực kể từ ngày ký.\n\n"
)
ENDINGS = {
    "recipients, then signature": "Nơi nhận:\n- Như Điều 2;\n- UBND các xã, phường;\n- Lưu: VT, VX.\n\n"
    "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nTrần Văn An\n\n",
    "signature, then recipients": "CHỦ TỊCH\n\n(Đã ký)\n\nTrần Văn An\n\nNơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\n",
    "two columns": "Nơi nhận: | TM. ỦY BAN NHÂN DÂN\n- Như Điều 2; | KT. CHỦ TỊCH\n- Lưu: VT. | Trần Văn An\n\n",
    "one row of a table": "| Nơi nhận: - Như Điều 2; - Lưu: VT. | TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Trần Văn An |\n"
    "|---|---|\n\n",
    "rows of a table": "| Nơi nhận: | CHỦ TỊCH |\n| --- | --- |\n| - Như Điều 2;<br>- Lưu: VT. | Trần Văn An |\n\n",
    "signature alone": "GIÁM ĐỐC\n\nLê Thị Bình\n\n",
    "recipients alone": "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\n",
    "nothing": "",
}
TITLE = "CHỈ TIÊU PHÁT TRIỂN THƯ VIỆN"
ATTACHED = "(Kèm theo Quyết định số 17/QĐ-UBND ngày 18/12/2025 của UBND tỉnh)"
OPENINGS = [
    f"PHỤ LỤC\n{TITLE}\n{ATTACHED}",
    f"PHỤ LỤC I\n{TITLE}",
    f"**PHỤ LỤC**\n\n**{TITLE}**\n\n*{ATTACHED}*",
    f"## PHỤ LỤC II\n\n### {TITLE}",
    f"Phụ lục 01\n{TITLE}",
    f"Phụ lục số 3\n{TITLE}",
    "Phụ lục 1: Chỉ tiêu phát triển thư viện",
    "Phụ lục I - Chỉ tiêu phát triển thư viện",
    f"Phụ lục kèm theo\n{TITLE}",
    f"PHỤ BIỂU 01\n{TITLE}",
    f"BIỂU 1\n{TITLE}",
    f"Biểu 1\n{TITLE}",
    f"Biểu A1\n{TITLE}",
    "Biểu 1. Chỉ tiêu phát triển thư viện",
    f"Biểu số 02/KH-UBND\n{TITLE}",
    f"BIỂU TỔNG HỢP {TITLE}",
    f"Mẫu biểu số 01\n{TITLE}",
    f"MẪU SỐ 1\n{TITLE}",
    "Bảng 1. Chỉ tiêu phát triển thư viện",
    f"BẢNG PHÂN BỔ {TITLE}",
    f"DANH MỤC {TITLE}",
    f"TỔNG HỢP {TITLE}\n{ATTACHED}",
    f"{ATTACHED}\n{TITLE}",
    f"{TITLE}\n{ATTACHED}",
    ATTACHED,
    TITLE,
    "",
]
ROWS = [
    ("STT", "Chỉ tiêu", "Đơn vị", "Kế hoạch 2026", "Kế hoạch 2027"),
    ("1", "Số thư viện xã có máy tính", "Thư viện", "120", "150"),
    ("2", "Tỷ lệ học sinh có thẻ bạn đọc", "%", "62", "80"),
]
FORMS = {
    "bars between": "".join(" | ".join(row) + "\n" for row in ROWS),
    "bars around": "".join(
        "| " + " | ".join(row) + " |\n" + ("|---" * 5 + "|\n") * (not i) for i, row in enumerate(ROWS)
    ),
    "tabs": "".join("\t".join(row) + "\n" for row in ROWS),
}
FIGURES = [(120.0, "2026-12-31"), (150.0, "2027-12-31"), (62.0, "2026-12-31"), (80.0, "2027-12-31")]
LIST = "1. Đến năm 2027, có 85 thư viện xã được nâng cấp.\n2. Đến năm 2028, 90% học sinh có thẻ bạn đọc.\n"


def _dated(document: Document) -> list[tuple[float | None, str]]:
    return [(target.value, target.deadline) for target in document.targets]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_table_behind_the_end_is_read(ending: str, form: str) -> None:
    for opening in OPENINGS:
        text = f"{HEAD}{ENDINGS[ending]}{opening}\n\n{FORMS[form]}"
        assert _dated(extract_text(text, document_id="ax")) == FIGURES, opening


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_list_behind_the_end_is_read(ending: str) -> None:
    for opening in OPENINGS[:-1]:
        found = extract_text(f"{HEAD}{ENDINGS[ending]}{opening}\n\n{LIST}", document_id="ax")
        assert _dated(found) == [(85.0, "2027-12-31"), (90.0, "2028-12-31")], opening
        assert not any(problem.code == "numbering_break" for problem in found.problems), opening


@pytest.mark.parametrize("ending", [name for name in ENDINGS if name != "nothing"])
def test_an_annex_is_a_part_of_its_own(ending: str) -> None:
    for opening in OPENINGS[:-1]:
        found = extract_text(f"{HEAD}{ENDINGS[ending]}{opening}\n\n{FORMS['bars around']}", document_id="ax")
        assert [c.kind for c in found.clauses].count("appendix") == 1, opening


@pytest.mark.parametrize(
    "below",
    [
        "- Như Điều 2; | PHÓ GIÁM ĐỐC | PHÓ GIÁM ĐỐC\n- Lưu: VT. | Trần Văn An | Lê Thị Bình\n",
        "- Như Điều 2; | KT. GIÁM ĐỐC\n- Lưu: VT. | Trần Văn An\n",
    ],
)
def test_the_layout_of_signatures_is_no_table(below: str) -> None:
    found = extract_text(f"{HEAD}Nơi nhận: | SỞ Y TẾ | SỞ TÀI CHÍNH\n{below}", document_id="ax")
    assert not any(clause.kind in ("table", "appendix") for clause in found.clauses)


@pytest.mark.parametrize(
    "title",
    [
        "PHỤ LỤC I\nCHỈ TIÊU VỀ BẠN ĐỌC NĂM 2028",
        "Phụ lục 1: Chỉ tiêu về bạn đọc năm 2028",
        f"**PHỤ LỤC**\n\n**CHỈ TIÊU VỀ BẠN ĐỌC NĂM 2028**\n\n*{ATTACHED}*",
        f"{ATTACHED}\nCHỈ TIÊU VỀ BẠN ĐỌC ĐẾN NĂM 2028",
        "BIỂU 2\nMỤC TIÊU VỀ BẠN ĐỌC GIAI ĐOẠN 2026 - 2028",
    ],
)
def test_the_title_of_an_annex_dates_its_targets_and_says_that_they_are_goals(title: str) -> None:
    body = "1. Có 85 thư viện xã được nâng cấp.\n2. 90% học sinh có thẻ bạn đọc.\n"
    found = extract_text(f"{HEAD}{ENDINGS['two columns']}{title}\n\n{body}", document_id="ax")
    assert _dated(found) == [(85.0, "2028-12-31"), (90.0, "2028-12-31")]


PLAN = HEAD[: HEAD.index("QUYẾT ĐỊNH")] + "KẾ HOẠCH\n\nPhát triển thư viện năm 2026\n\n"
UNEVEN = (
    "TT    Tên thư viện xã    Máy tính    Bạn đọc\n1    Xã An Hòa    12    340\n2    Xã Bình Minh    8\n"
    "3    Xã Cẩm Lệ    10    290    x\n"
)
BARS = "| TT | Xã | Máy tính | Bạn đọc |\n|---|---|---|---|\n| 1 | Xã An Hòa | 12 | 340 |\n| 2 | Xã Bình | 8 | 250 |\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{PLAN}I. CHỈ TIÊU\n\n1. Chỉ tiêu giao:\n\n{UNEVEN}",
        f"{PLAN}I. NỘI DUNG\n\nLàm tốt.\n\nNơi nhận:\n- Các xã;\n- Lưu: VT.\n\n{UNEVEN}",
        f"{BARS}\n{PLAN}I. NỘI DUNG\n\nLàm tốt.\n",
        f"{HEAD}| TT | Đối tượng | Mức thu (đồng) |\n|---|---|---|\n| 1 | Hộ | 30.000 |\n| 2 | Cửa hàng | 90.000 |\n",
    ],
)
def test_figures_that_no_rule_reads_are_told(text: str) -> None:
    found = extract_text(text, document_id="ax")
    assert [problem.code for problem in found.problems].count("table_not_read") == 1
    assert not found.targets
