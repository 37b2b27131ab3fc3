"""A parent that shares a number out among places asks each place for its own row alone."""

from __future__ import annotations

from doichieu.comparison.meaning.sister_places import shared_out
from tests.comparison.test_sentences import compared, documents

ROWS = (
    "| STT | Địa phương | Diện tích hoa lan (ha) |\n| --- | --- | --- |\n"
    "| 1 | Huyện Tân Sơn | 120 |\n| 2 | Huyện Yên Bồng | 90 |\n| 3 | Thị xã Phú Hà | 40 |\n"
)


def test_the_rows_of_sister_places_are_asked_of_nobody_here() -> None:
    child, parent = documents(ROWS, "- Diện tích hoa lan toàn huyện đạt 130 ha.")
    shared = shared_out(child, parent)
    asked = {t.target_id: t.value for t in parent.targets}
    assert sorted(asked[one] for one in shared.elsewhere) == [40, 90]
    assert [asked[one] for one in shared.own] == [120]
    found = compared(ROWS, "- Diện tích hoa lan toàn huyện đạt 130 ha.").deviations
    paired = [d for d in found if d.child_target_id and d.parent_target_id]
    assert [(d.kinds, asked[d.parent_target_id]) for d in paired] == [(("stricter",), 120)]
    alone = [d for d in found if d.kinds == ("omitted",)]
    assert {d.applicability for d in alone} == {"other_place"}
    assert "high" not in {d.severity for d in alone}


def test_a_child_that_names_the_sister_place_is_compared_with_its_row() -> None:
    child, parent = documents(ROWS, "- Diện tích hoa lan huyện Yên Bồng đạt 95 ha.")
    asked = {t.target_id: t.value for t in parent.targets}
    assert [asked[one] for one in shared_out(child, parent).elsewhere] == [40]
