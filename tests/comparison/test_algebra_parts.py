"""The algebra piece by piece: intervals, whole things, ranges, grades, days, and what a wording tells of direction."""

from __future__ import annotations

import datetime
import math
from typing import Any

import pytest

from doichieu.comparison.relations.algebra import (
    GradeSet,
    Interval,
    Requirement,
    amount_of,
    compare_amounts,
    compare_dates,
    compare_grades,
    direction_of,
    grade_of,
)
from doichieu.model import Target

INF = math.inf


def span(text: str, dimension: str = "%", falling: bool = False) -> Interval:
    """``"[10, 20)"`` as an interval; ``∞`` is infinite."""
    low, high = (part.replace("∞", "inf") for part in text[1:-1].split(", "))
    return Interval(float(low), float(high), text[0] == "(", text[-1] == ")", dimension, falling)


def target(**said: Any) -> Target:
    return Target("d", "t", "c", "", 0, 1, said.pop("quote", ""), **{"subject": "hộ", **said})


@pytest.mark.parametrize(
    ("own", "other", "inside"),
    [
        ("[10, 20]", "[10, 20]", True),
        ("[10, 20]", "(10, 20)", True),
        ("(10, 20]", "[10, 20]", False),
        ("[10, 20)", "[10, 20]", False),
        ("[10, 20)", "[10, 20)", True),
        ("(10, 20)", "(10, 20)", True),
        ("[10, 20]", "[11, 19]", True),
        ("[10, 20]", "[9, 15]", False),
        ("[10, 20]", "[15, 21]", False),
    ],
)
def test_contains(own: str, other: str, inside: bool) -> None:
    assert span(own).contains(span(other)) is inside


@pytest.mark.parametrize(
    ("own", "value", "admitted"),
    [
        ("[10, 20]", 10, True),
        ("[10, 20]", 20, True),
        ("(10, 20)", 10, False),
        ("(10, 20)", 20, False),
        ("(10, 20)", 15, True),
        ("[10, 20]", 9, False),
        ("[10, 20]", 21, False),
    ],
)
def test_holds(own: str, value: float, admitted: bool) -> None:
    assert span(own).holds(value) is admitted


def told(amount: Interval | None, approximate: bool = False, grade: GradeSet | None = None) -> Requirement:
    return Requirement(amount, approximate, grade, None)


@pytest.mark.parametrize(
    ("child", "parent", "kind"),
    [
        ("[10, ∞)", "[10, ∞)", "equal"),
        ("[20, ∞)", "[10, ∞)", "stricter"),
        ("[5, ∞)", "[10, ∞)", "looser"),
        ("(10, ∞)", "[10, ∞)", "stricter"),
        ("[10, ∞)", "(10, ∞)", "looser"),
        # a range promises its nearer end
        ("[10, 20]", "[10, 20]", "equal"),
        ("[10, 20]", "[5, 20]", "stricter"),
        ("[5, 20]", "[10, 20]", "looser"),
        ("[10, 20]", "(10, ∞)", "looser"),
        ("(10, ∞)", "[10, 20]", "stricter"),
        ("[10, 20]", "[10, ∞)", "equal"),
        ("[10, ∞)", "[10, 20]", "equal"),
        ("[10, 25]", "[10, 20]", "stricter"),
        ("[10, 15]", "[10, 20]", "looser"),
        ("[10, 20)", "[10, 20]", "equal"),
    ],
)
def test_amounts(child: str, parent: str, kind: str) -> None:
    assert compare_amounts(told(span(child)), told(span(parent)))[0] == kind


@pytest.mark.parametrize(
    ("child", "parent", "kind"),
    [
        ("(-∞, 3]", "(-∞, 5]", "stricter"),
        ("(-∞, 6]", "(-∞, 5]", "looser"),
        ("[2, 3]", "[2, 4]", "stricter"),
        ("[2, 5]", "[2, 4]", "looser"),
        ("[1, 4]", "[2, 4]", "stricter"),
        ("[3, 4]", "[2, 4]", "looser"),
        ("[2, 4]", "(-∞, 4]", "equal"),
        ("(-∞, 4]", "[2, 4]", "equal"),
        ("[2, 4]", "(-∞, 4)", "looser"),
    ],
)
def test_amounts_where_less_is_better(child: str, parent: str, kind: str) -> None:
    assert compare_amounts(told(span(child, falling=True)), told(span(parent, falling=True)))[0] == kind


@pytest.mark.parametrize(
    ("child", "parent", "kind"),
    [
        ("(1, ∞)", "[2, ∞)", "equal"),
        ("(1.5, ∞)", "[2, ∞)", "looser"),
        ("(-∞, 5)", "(-∞, 4]", "equal"),
        ("(-∞, 4.5)", "(-∞, 4]", "looser"),
        ("[2, ∞)", "(1, ∞)", "equal"),
    ],
)
def test_whole_things(child: str, parent: str, kind: str) -> None:
    falling = "-" in child
    assert compare_amounts(told(span(child, "hộ", falling)), told(span(parent, "hộ", falling)))[0] == kind
    if kind == "equal":  # shares are no whole things
        assert compare_amounts(told(span(child, "%", falling)), told(span(parent, "%", falling)))[0] != kind


def test_amounts_of_one_side_only() -> None:
    grade = GradeSet("trinh_do", 3, "đại học")
    some, none = told(span("[10, ∞)")), told(None)
    assert compare_amounts(none, none) == ("", "", "")
    assert compare_amounts(some, none)[0] == compare_amounts(none, some)[0] == "changed"
    assert compare_amounts(told(None, grade=grade), told(span("[100, ∞)"), grade=grade))[0] == "equal"
    assert compare_amounts(told(None, grade=grade), told(span("[60, ∞)"), grade=grade))[0] == "stricter"


def test_amounts_in_two_units() -> None:
    assert compare_amounts(told(span("[2, ∞)", "")), told(span("[2, ∞)"))) == (
        "changed",
        "[2, ∞) ∥ [2 %, ∞)",
        "hai đơn vị đo khác nhau: chỉ số và %",
    )
    assert compare_amounts(told(span("[2, ∞)")), told(span("[2, ∞)", "")))[2].endswith("% và chỉ số")
    assert compare_amounts(told(span("[2, ∞)", "tỷ đồng")), told(span("[2000, ∞)", "triệu đồng")))[0] == "equal"


def test_about_so_much() -> None:
    one = span("[10, ∞)")
    assert compare_amounts(told(one, approximate=True), told(one))[0] == "looser"
    assert compare_amounts(told(one), told(one, approximate=True))[0] == "stricter"
    assert compare_amounts(told(one, approximate=True), told(one, approximate=True))[0] == "equal"


def test_ceiling_against_floor() -> None:
    assert compare_amounts(told(span("(-∞, 10]", falling=True)), told(span("[10, ∞)")))[0] == "changed"


def test_grades() -> None:
    low, high, other = GradeSet("a", 1, "trung cấp"), GradeSet("a", 2, "đại học"), GradeSet("b", 2, "bậc 4")
    assert compare_grades(None, None) == ("", "")
    assert compare_grades(high, None)[0] == compare_grades(high, low)[0] == "stricter"
    assert compare_grades(None, low)[0] == compare_grades(low, high)[0] == "looser"
    assert compare_grades(low, low)[0] == "equal"
    assert compare_grades(high, other)[0] == compare_grades(other, high)[0] == "changed"


@pytest.mark.parametrize(
    ("lower", "higher"),
    [("chuyên viên", "chuyên viên chính"), ("trung cấp", "đại học"), ("đại học hoặc sau đại học", "sau đại học")],
)
def test_grades_on_their_scale(lower: str, higher: str) -> None:
    scale = "quan_ly_nha_nuoc" if "chuyên viên" in lower else "trinh_do_chuyen_mon"
    one, two = (grade_of(target(level=level, level_scale=scale)) for level in (lower, higher))
    assert one is not None and two is not None and one.rank < two.rank


def test_grade_on_no_known_scale() -> None:
    assert grade_of(target(level="hạng ba", level_scale="khong_co")) == GradeSet("khong_co", 0, "hạng ba")
    assert grade_of(target()) is None


def test_days() -> None:
    early, late = datetime.date(2028, 6, 30), datetime.date(2028, 12, 31)
    assert compare_dates(None, None) == compare_dates(None, late) == compare_dates(early, None) == ("", "")
    assert compare_dates(early, early) == ("", "hạn 30/06/2028 = 30/06/2028")
    assert compare_dates(early, late) == ("deadline_earlier", "hạn 30/06/2028 < 31/12/2028")
    assert compare_dates(late, early) == ("deadline_later", "hạn 31/12/2028 > 30/06/2028")


@pytest.mark.parametrize(
    ("said", "less"),
    [
        ({"quote": "Giảm 1.200 vụ vi phạm", "value": 1200.0, "unit": "vụ", "direction": "decrease"}, False),
        ({"quote": "Giảm 2% số hộ nghèo", "value": 2.0, "unit": "%", "direction": "decrease"}, False),
        ({"quote": "Giảm còn 2% hộ nghèo", "value": 2.0, "unit": "%", "direction": "decrease"}, True),
        ({"quote": "50% chi phí đi lại", "value": 50.0, "unit": "%", "direction": "decrease"}, False),
        ({"quote": "chi phí đi lại 50%", "value": 50.0, "unit": "%", "direction": "decrease"}, True),
        ({"quote": "Hộ nghèo còn 3%", "value": 3.0, "unit": "%", "indicator": "tỷ lệ hộ nghèo còn"}, True),
        ({"quote": "Hộ nghèo 3%", "value": 3.0, "unit": "%", "indicator": "tỷ lệ hộ nghèo"}, None),
        ({"quote": "Hộ khá 3%", "value": 3.0, "unit": "%", "operator": ">="}, False),
        ({"quote": "Hộ khá 3%", "value": 3.0, "unit": "%", "direction": "increase"}, False),
        ({"quote": "Hộ nghèo 3%", "value": 3.0, "unit": "%", "operator": "<"}, True),
        ({"quote": "Còn 100% hộ", "value": 100.0, "unit": "%", "indicator": "hộ còn"}, False),
        ({"quote": "Giảm hộ nghèo", "direction": "decrease"}, True),
    ],
)
def test_direction(said: dict[str, Any], less: bool | None) -> None:
    assert direction_of(target(**said)) is less


def test_amounts_of_targets() -> None:
    assert amount_of(target(value=5.0, unit="%")) is None, "a figure with no comparison promises nothing"
    assert amount_of(target(operator="=", unit="%")) is None
    assert amount_of(target(operator="majority")) == span("(50, ∞)")
    assert amount_of(target(operator="between", value=5.0, value_max=8.0, unit="%")) == span("[5, 8]")
    assert amount_of(target(operator="<", value=5.0, unit="%")) == span("(-∞, 5)", falling=True)
    assert amount_of(target(operator=">", value=5.0, unit="%")) == span("(5, ∞)")
    assert amount_of(target(operator="=", value=5.0, unit="%"), falling=True) == span("(-∞, 5]", falling=True)
