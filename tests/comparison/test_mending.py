"""What a person mends in a comparison is judged again, and nothing is lost by it."""

from __future__ import annotations

import pytest

from doichieu import diff, extract_text
from doichieu.comparison.mending import corrected, mend
from doichieu.model import Comparison, Mend

PARENT = (
    "NGHỊ QUYẾT\nVề phát triển nông thôn\n\nII. MỤC TIÊU\n\n1. Đến năm 2030\n\n"
    "- 90% hộ dân nông thôn được dùng nước sạch.\n\n- 70% cán bộ cấp xã được bồi dưỡng kỹ năng số.\n"
)
CHILD = (
    "KẾ HOẠCH\nThực hiện Nghị quyết\n\nII. MỤC TIÊU\n\n1. Đến năm 2030\n\n"
    "- 85% hộ dân nông thôn được dùng nước sạch.\n\n- 50% trạm bơm được thay mới.\n"
)


def compared() -> Comparison:
    return diff(extract_text(CHILD, document_id="con"), extract_text(PARENT, document_id="cha"))


def kinds(comparison: Comparison) -> list[tuple[str, ...]]:
    return [d.kinds for d in comparison.deviations]


def test_the_start() -> None:
    assert kinds(compared()) == [("looser",), ("omitted",), ("added",)]


def test_unpair_leaves_both_sides_alone() -> None:
    before = compared()
    pair = before.deviations[0]
    one = Mend(kind="unpair", child_target_id=pair.child_target_id, parent_target_id=pair.parent_target_id, by="An")
    after, left = mend(before, [one])
    assert not left and sorted(kinds(after)) == [("added",), ("added",), ("omitted",), ("omitted",)]
    assert "An" in after.deviations[0].severity_reason


def test_pair_puts_omitted_and_added_together() -> None:
    before = compared()
    omitted, added = before.deviations[1:]
    one = Mend(kind="pair", child_target_id=added.child_target_id, parent_target_id=omitted.parent_target_id)
    after, left = mend(before, [one])
    assert not left and len(after.deviations) == 2
    made = after.deviations[1]
    assert (made.child_target_id, made.parent_target_id) == (added.child_target_id, omitted.parent_target_id)
    assert made.kinds not in (("omitted",), ("added",)) and made.confidence == 1.0


def test_a_corrected_value_makes_the_verdict_anew() -> None:
    before = compared()
    pair = before.deviations[0]
    sides = {"child_target_id": pair.child_target_id, "parent_target_id": pair.parent_target_id}
    after, _ = mend(before, [Mend(kind="correct", child={"value": 95}, **sides)])
    assert after.deviations[0].kinds == ("stricter",)
    assert {t.value for t in after.child.targets} == {95.0, 50.0}
    said, _ = mend(before, [Mend(kind="correct", kinds=("equal",), **sides)])
    assert said.deviations[0].kinds == ("equal",)


def test_a_mend_of_something_gone_is_left_over() -> None:
    one = Mend(kind="pair", child_target_id="khong-co", parent_target_id="khong-co")
    after, left = mend(compared(), [one])
    assert left == [one] and kinds(after) == kinds(compared())


@pytest.mark.parametrize("changes", [{"value": "mười"}, {"quote": "khác"}, {"operator": "!!"}])
def test_what_cannot_be_corrected_is_refused(changes: dict[str, str | float | None]) -> None:
    with pytest.raises(ValueError, match="không"):
        corrected(compared().child.targets[0], changes)
