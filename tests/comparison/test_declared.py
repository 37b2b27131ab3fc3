"""What a drafter writes beside a target about the upper document's value, in many ways and units."""

from __future__ import annotations

import pytest

from doichieu import diff, extract_text
from tests.comparison.test_minimal_pairs import body
from tests.comparison.test_sentences import CHILD, PARENT

#: The target, the parent's value, the child's, what lies between, a value that is not the parent's.
MEASURES = [
    ("Tỷ lệ hộ nuôi ong dán tem đạt {}", "60%", "75%", "15%", "65%"),
    ("Thu nhập bình quân của thợ lặn đạt {}", "90 triệu đồng/người/năm", "110 triệu đồng/người/năm", "20 triệu đồng",
     "95 triệu đồng/người/năm"),
    ("Trồng {} sả lấy dầu", "300 ha", "350 ha", "50 ha", "310 ha"),
    ("Lắp đặt {} trụ nước cứu hỏa", "400", "450", "50 trụ", "410"),
    ("Cứng hóa {} đường ra bến đò", "40 km", "45 km", "5 km", "42 km"),
]  # fmt: skip
VALUES = [
    "{own} (Nghị quyết số 21-NQ/TU: {upper})",
    "{own} (Nghị quyết số 21-NQ/TU đặt mục tiêu {upper})",
    "{own} (Nghị quyết tỉnh yêu cầu {upper})",
    "{own} (chỉ tiêu tỉnh giao {upper})",
    "{own} thay vì {upper} như Nghị quyết số 21-NQ/TU",
    "{own}, so với mức {upper} của Nghị quyết số 21-NQ/TU",
    "{own}; Nghị quyết số 21-NQ/TU đề ra {upper}",
    "{own}¹.\n¹ Nghị quyết số 21-NQ/TU chỉ quy định {upper}",
    "{own}¹.\n¹ Mức quy định tại Nghị quyết số 21-NQ/TU là {upper}",
    "{own}¹.\n¹ Cao hơn mức {upper} của Nghị quyết số 21-NQ/TU do đặc thù của huyện",
]
DIFFERENCES = [
    "{own}, cao hơn Nghị quyết số 21-NQ/TU {between}",
    "{own}, vượt {between} so với chỉ tiêu tỉnh giao",
    "{own}, tăng {between} so với Nghị quyết số 21-NQ/TU",
]


def found(sentence: str, upper: str, own: str) -> tuple[tuple[str, ...], str]:
    """The kinds and the declaration of the one pair."""
    child = extract_text(CHILD.format(body=body(own + ".")), document_id="con")
    parent = extract_text(PARENT.format(body=f"- {sentence.format(upper)}."), document_id="cha")
    (pair,) = [d for d in diff(child, parent).deviations if d.parent_target_id]
    return pair.kinds, pair.declared


def unit(sentence: str, value: str) -> str:
    """The value as it is named outside its sentence."""
    return value if not value.isdigit() else f"{value} trụ"


@pytest.mark.parametrize("form", VALUES)
@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m[1])
def test_a_value_of_the_upper_document_declares_or_contradicts(form: str, measure: tuple[str, ...]) -> None:
    sentence, upper, own, _, wrong = measure
    said = sentence.format(own)
    assert found(sentence, upper, form.format(own=said, upper=unit(sentence, upper))) == (("stricter",), "true")
    assert found(sentence, upper, form.format(own=said, upper=unit(sentence, wrong))) == (("stricter",), "contradicted")


@pytest.mark.parametrize("form", DIFFERENCES)
@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m[1])
def test_a_difference_in_figures_declares(form: str, measure: tuple[str, ...]) -> None:
    sentence, upper, own, between, _ = measure
    text = form.format(own=sentence.format(own), between=between)
    assert found(sentence, upper, text) == (("stricter",), "true")


def test_a_note_set_by_hand_declares_and_a_point_of_a_list_does_not() -> None:
    """``(1)`` below a text is a note where an earlier paragraph hangs it on its words."""
    note = "(1) Nghị quyết số 21-NQ/TU quy định 40%; do huyện còn khó khăn."
    own = "- Tỷ lệ xã có bể bơi đạt 30% (1).\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Phòng Văn hóa thực hiện.\n\n" + note
    upper = extract_text(PARENT.format(body="- Tỷ lệ xã có bể bơi đạt 40%."), document_id="cha")
    child = extract_text(CHILD.format(body=own), document_id="con")
    (row,) = [d for d in diff(child, upper).deviations if d.parent_target_id]
    assert (row.kinds, row.declared, row.justification) == (("looser",), "true", note)
    listed = (
        "- Có 2 nhiệm vụ: (1) đào tạo; (2) bồi dưỡng.\n\n(1) Đào tạo nghề cho 50 lao động.\n\n(2) Bồi dưỡng 20 cán bộ."
    )
    document = extract_text(CHILD.format(body=listed), document_id="con")
    assert not [c for c in document.clauses if c.kind == "footnote"]
