"""Annotated pairs of sentences: the verdict a legal officer gives, and what the explanation says of it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from doichieu import extract_text
from doichieu.comparison.compare import compare
from doichieu.comparison.meaning.surroundings import surroundings_of
from doichieu.model import Comparison, Document

CASES = tomllib.loads((Path(__file__).resolve().parents[1] / "cases" / "comparisons.toml").read_text(encoding="utf-8"))[
    "pair"
]
PARENT = (
    "TỈNH ỦY HÒA AN\n*\nSố 21-NQ/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nHòa An, ngày 15 tháng 3 năm "
    "2024\n\nNGHỊ QUYẾT\nCỦA BAN CHẤP HÀNH ĐẢNG BỘ TỈNH\nvề phát triển kinh tế - xã hội\n\nI. MỤC "
    "TIÊU\n\n1. Đến năm 2030\n\n{body}\n"
)
CHILD = (
    "HUYỆN ỦY TÂN SƠN\n*\nSố 88-KH/HU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nTân Sơn, ngày 20 tháng 5 năm "
    "2024\n\nKẾ HOẠCH\nthực hiện Nghị quyết số 21-NQ/TU ngày 15/3/2024 của Ban Chấp hành Đảng bộ "
    "tỉnh\n\nI. MỤC TIÊU\n\n1. Đến năm 2030\n\n{body}\n"
)


def documents(parent: str, child: str) -> tuple[Document, Document]:
    return extract_text(CHILD.format(body=child), document_id="con"), extract_text(
        PARENT.format(body=parent), document_id="cha"
    )


def compared(parent: str, child: str) -> Comparison:
    return compare(*documents(parent, child))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["child"][:60])
def test_verdicts(case: dict[str, Any]) -> None:
    found = compared(f"- {case['parent']}", f"- {case['child']}").deviations
    paired = [d for d in found if d.child_target_id and d.parent_target_id]
    if not case.get("paired", True):
        assert not paired
        return
    (deviation,) = paired
    assert set(deviation.kinds) == set(case["kinds"]), deviation.explanation
    assert deviation.declared == case.get("declared", "")
    for words in case.get("says", []):
        assert words in deviation.explanation


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["child"][:60])
def test_explanations_can_be_pasted(case: dict[str, Any]) -> None:
    for deviation in compared(f"- {case['parent']}", f"- {case['child']}").deviations:
        text = deviation.explanation
        assert text.startswith(("Kế hoạch số 88-KH/HU", "Nghị quyết số 21-NQ/TU"))
        assert text.endswith(".")
        assert not re.search(r"\d\.\d{1,2}(?!\d)|độ giống|ngưỡng|ứng viên|\*|\n| {2}|None|_", text), text
        assert text.count("(") == text.count(")")
        assert text.count("“") == text.count("”")


def test_one_child_target_answers_two_parts_of_the_parent() -> None:
    found = compared(
        (
            "- Tỷ lệ chất thải rắn sinh hoạt đô thị được thu gom, xử lý đạt 98%.\n\n- Tỷ lệ chất thải rắn sinh "
            "hoạt nông thôn được thu gom, xử lý đạt 92%."
        ),
        "- Thu gom, xử lý 100% chất thải rắn sinh hoạt phát sinh trên địa bàn.",
    ).deviations
    assert len(found) == 2
    assert all({"stricter", "implied"} & set(d.kinds) for d in found)
    assert {d.covered_by for d in found} > {""}


def test_two_things_said_of_one_population_are_not_parts_of_one_commitment() -> None:
    found = compared(
        "- Trong tổng số đảng viên mới kết nạp, có ít nhất 40% là nữ; 15% là người dân tộc thiểu số.",
        "- Trong tổng số đảng viên mới kết nạp, có ít nhất 40% là nữ.",
    ).deviations
    assert {d.parent_quote[:3]: set(d.kinds) for d in found if d.parent_quote.startswith("15%")} == {"15%": {"omitted"}}
    assert not [d for d in found if d.child_target_id and "15%" in d.parent_quote]


def test_levels_of_administration_are_not_parts_of_one_commitment() -> None:
    found = compared(
        (
            "- 100% hồ sơ công việc cấp tỉnh được xử lý trên môi trường mạng.\n\n- 80% hồ sơ công việc cấp xã "
            "được xử lý trên môi trường mạng."
        ),
        "- 85% hồ sơ công việc tại xã được xử lý trên môi trường mạng.",
    ).deviations
    assert {d.parent_quote[:4]: set(d.kinds) for d in found} == {"100%": {"omitted"}, "80% ": {"stricter"}}


def test_the_same_milestone_wins_over_the_closer_wording() -> None:
    parent = (
        "- 65% hộ sử dụng nước sạch theo quy chuẩn.\n\n2. Đến năm 2035\n\n- 80% hộ gia đình được sử dụng "
        "nước sạch theo quy chuẩn."
    )
    child = "- Tỷ lệ hộ gia đình được sử dụng nước sạch đạt 70%."
    found = {d.parent_quote[:3]: set(d.kinds) for d in compared(parent, child).deviations}
    assert found == {"65%": {"stricter"}, "80%": {"omitted"}}


def test_phan_dau_in_a_heading_governs_the_list() -> None:
    parent = "- Phải bảo đảm tỷ lệ phòng học kiên cố đạt 90%."
    for lead in (
        "Phấn đấu đạt các chỉ tiêu sau:\n\n- Tỷ lệ phòng học kiên cố đạt 90%.",
        "- Phấn đấu tỷ lệ phòng học kiên cố đạt 90%.",
    ):
        (deviation,) = compared(parent, lead).deviations
        assert deviation.kinds == ("modality_weaker",)
    parent = "- Tỷ lệ phòng học kiên cố đạt 90%."
    (deviation,) = compared(parent, "- Phấn đấu tỷ lệ phòng học kiên cố đạt 90%.").deviations
    assert deviation.kinds == ("equal",)
    assert "phấn đấu" in deviation.explanation
    (deviation,) = compared(
        "Phấn đấu đạt các chỉ tiêu sau:\n\n" + parent, "- Phấn đấu tỷ lệ phòng học kiên cố đạt 90%."
    ).deviations
    assert deviation.kinds == ("equal",)


def test_sums_over_areas_of_two_levels_are_said_to_be_such() -> None:
    (deviation,) = compared("- Có 150 sản phẩm OCOP.", "- Có 20 sản phẩm OCOP.").deviations
    assert deviation.kinds == ("looser",)
    assert deviation.severity == "medium"
    assert "số tuyệt đối" in deviation.explanation
    (each,) = compared(
        "- Mỗi xã có ít nhất 02 mô hình giảm nghèo.", "- Mỗi xã có ít nhất 01 mô hình giảm nghèo."
    ).deviations
    assert each.severity == "high"
    assert "số tuyệt đối" not in each.explanation


def test_a_false_note_is_contradicted_even_where_the_values_agree() -> None:
    (deviation,) = compared(
        "- Tỷ lệ trường đạt chuẩn đạt 75%.", "- Tỷ lệ trường đạt chuẩn đạt 75% (cao hơn Nghị quyết số 21 là 5%)."
    ).deviations
    assert deviation.kinds == ("equal",)
    assert deviation.declared == "contradicted"


def test_the_stretch_of_a_bare_figure() -> None:
    document = extract_text(
        CHILD.format(body="- Diện tích rừng trồng mới trên địa bàn huyện đạt 1.500 ha."), document_id="con"
    )
    (target,) = document.targets
    around = surroundings_of(document)[target.target_id]
    assert "Diện tích rừng trồng mới" in around.stretch
    assert around.headings.startswith("i. mục tiêu")


def test_a_parent_at_hand_is_not_compared_by_hearsay() -> None:
    from doichieu.comparison.several.stage import compare_quoted

    child, parent = documents(
        "- 80% bí thư chi bộ là trưởng thôn.", "- 70% bí thư chi bộ là trưởng thôn (Nghị quyết số 21: 80%)."
    )
    assert compare_quoted(child).deviations
    assert not compare_quoted(child, [parent]).deviations


def test_a_row_of_a_table_is_told_in_words() -> None:
    table = (
        "| STT | Chỉ tiêu | Đơn vị tính | Đến năm 2030 |\n|---|---|---|---|\n| 1 | Tỷ lệ lao động qua đào "
        "tạo | % | 80 |\n| 2 | Số hợp tác xã thành lập mới | hợp tác xã | 30 |"
    )
    found = compared(table, "- Tỷ lệ lao động qua đào tạo đạt 75%.").deviations
    pair = next(d for d in found if d.child_target_id)
    assert pair.kinds == ("looser",)
    assert "“Tỷ lệ lao động qua đào tạo: 80%”" in pair.explanation
    assert "dòng 1 của bảng" in pair.explanation
    assert "|" not in pair.explanation
    omitted = next(d for d in found if not d.child_target_id)
    assert "“Số hợp tác xã thành lập mới: 30 hợp tác xã”" in omitted.explanation


def test_a_heading_names_the_population_a_quote_does_not() -> None:
    parent = "a) Cán bộ chủ chốt cấp xã:\n\n- Về trình độ chuyên môn: Từ đại học trở lên."
    child = "a) Cán bộ chủ chốt cấp xã:\n\n- Về trình độ chuyên môn: Từ cao đẳng trở lên."
    (deviation,) = compared(parent, child).deviations
    assert deviation.kinds == ("looser",)
    assert "về trình độ chuyên môn của cán bộ chủ chốt cấp xã: “Từ cao đẳng trở lên”" in deviation.explanation


def test_the_nearest_candidate_is_told_in_plain_words() -> None:
    found = compared(
        "- 60% doanh nghiệp ứng dụng công nghệ số.", "- Có ít nhất 60 doanh nghiệp ứng dụng công nghệ số."
    ).deviations
    omitted = next(d for d in found if "omitted" in d.kinds)
    assert "không coi là tương ứng vì khác đơn vị đo (số doanh nghiệp và tỷ lệ phần trăm)" in omitted.explanation
    found = compared(
        "- 60% doanh nghiệp ứng dụng công nghệ số.\n\n2. Đến năm 2035\n\n- 80% doanh nghiệp ứng dụng công nghệ số.",
        "- 65% doanh nghiệp ứng dụng công nghệ số.",
    ).deviations
    omitted = next(d for d in found if "omitted" in d.kinds)
    assert "nhưng chỉ tiêu này đã được đối chiếu với “60% doanh nghiệp ứng dụng công nghệ số”" in omitted.explanation


def test_an_addition_names_the_commitment_that_it_makes_measurable() -> None:
    parent = "- Hình thành các sàn giao dịch nông sản trực tuyến.\n\n- 60% bản có đường ô tô."
    found = compared(parent, "- Có 03 sàn giao dịch nông sản trực tuyến.\n\n- 60% bản có đường ô tô.").deviations
    (added,) = [d for d in found if d.kinds == ("added",)]
    assert "không định lượng: “Hình thành các sàn giao dịch nông sản trực tuyến”" in added.explanation
