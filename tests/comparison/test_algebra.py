"""Verdicts on pairs of targets: every kind, with the proof that the deciding sets print."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doichieu.comparison.relations.algebra import Interval, amount_of
from doichieu.comparison.relations.verdicts import compare_targets
from doichieu.model import Target

BASE: dict[str, Any] = {
    "subject": "cán bộ",
    "indicator": "được bồi dưỡng",
    "operator": "=",
    "value": 50.0,
    "unit": "%",
    "deadline": "2030-12-31",
    "deadline_operator": "<=",
}


def target(**changes: Any) -> Target:
    return Target("d", "t", "c", "", 0, 1, changes.pop("quote", ""), **{**BASE, **changes})


PAIRS = [
    ({}, {}, {"equal"}),
    ({"operator": ">="}, {}, {"equal"}),
    ({"value": 40.0, "operator": ">="}, {"value": 40.0, "operator": ">"}, {"looser"}),
    ({"value": 60.0}, {}, {"stricter"}),
    ({"value": 40.0}, {}, {"looser"}),
    ({"operator": "~"}, {}, {"looser"}),
    (
        {"operator": "between", "value": 50.0, "value_max": 60.0},
        {"operator": "between", "value": 40.0, "value_max": 60.0},
        {"stricter"},
    ),
    ({"operator": "majority", "value": None, "unit": ""}, {"value": 70.0}, {"looser"}),
    ({"deadline": "2029-12-31"}, {}, {"deadline_earlier"}),
    ({"deadline": "2035-12-31"}, {}, {"deadline_later"}),
    ({"deadline_operator": "<"}, {}, {"equal"}),  # before the last day of a year is by its end
    ({"deadline": "2030-06-15", "deadline_operator": "<"}, {"deadline": "2030-06-15"}, {"deadline_earlier"}),
    ({"value": 60.0, "deadline": "2035-12-31"}, {}, {"stricter", "deadline_later"}),
    ({"scope": ("dưới 35 tuổi",)}, {"scope": ("dưới 40 tuổi",)}, {"scope_narrower"}),
    ({"scope": ("dưới 45 tuổi",)}, {"scope": ("dưới 40 tuổi",)}, {"scope_broader"}),
    ({"scope": ("phường",)}, {"scope": ("phường, thị trấn",)}, {"scope_narrower"}),
    ({"scope": ()}, {"scope": ("xã miền núi",)}, {"scope_broader"}),
    ({"indicator": "quy mô kinh tế số trên GRDP"}, {"indicator": "quy mô kinh tế số trên GDP"}, {"equal"}),
    ({"modality": "khuyến khích"}, {"modality": "phải"}, {"modality_weaker"}),
    ({"modality": "phải"}, {"modality": "phấn đấu"}, {"modality_stronger"}),
    ({"unit": "người"}, {}, {"changed"}),
    ({"unit": "điểm phần trăm"}, {}, {"changed"}),
    (
        {"operator": "<=", "value": 3.0, "unit": "nước", "indicator": "thứ hạng"},
        {"operator": "<=", "value": 5.0, "unit": "nước", "indicator": "thứ hạng"},
        {"stricter"},
    ),
    (
        {"indicator": "tỷ lệ hộ nghèo còn", "operator": "<", "value": 3.0},
        {"indicator": "tỷ lệ hộ nghèo còn", "operator": "<", "value": 5.0},
        {"stricter"},
    ),
    (
        {"indicator": "tỷ lệ hộ nghèo còn", "subject": "hộ nghèo", "value": 5.0},
        {"indicator": "tỷ lệ hộ nghèo còn", "subject": "hộ nghèo", "value": 3.0},
        {"looser"},
    ),
    (  # no word says that less is better: a bare figure is a floor whatever the noun
        {"indicator": "tỷ lệ vụ án ma túy được phát hiện", "subject": "vụ án ma túy", "value": 5.0},
        {"indicator": "tỷ lệ vụ án ma túy được phát hiện", "subject": "vụ án ma túy", "value": 3.0},
        {"stricter"},
    ),
    (
        {"level": "đại học", "level_operator": ">=", "level_scale": "trinh_do_chuyen_mon"},
        {"level": "cao đẳng", "level_operator": ">=", "level_scale": "trinh_do_chuyen_mon"},
        {"stricter"},
    ),
    (
        {"level": "sơ cấp", "level_operator": ">=", "level_scale": "ly_luan_chinh_tri"},
        {"level": "trung cấp", "level_operator": ">=", "level_scale": "ly_luan_chinh_tri"},
        {"looser"},
    ),
]


@pytest.mark.parametrize(("child", "parent", "kinds"), PAIRS)
def test_kinds(child: dict[str, Any], parent: dict[str, Any], kinds: set[str]) -> None:
    verdict = compare_targets(target(**child), target(**parent))
    assert set(verdict.kinds) == kinds
    assert verdict.proof


def test_a_population_is_never_a_number_finding() -> None:
    verdict = compare_targets(target(scope=("dưới 35 tuổi",)), target(scope=("dưới 40 tuổi",)))
    assert not {"stricter", "looser"} & set(verdict.kinds)
    assert "[50 %, ∞) = [50 %, ∞)" in verdict.proof


def test_proof_is_printed_from_the_sets() -> None:
    assert compare_targets(target(value=15.0), target(value=10.0)).proof.startswith("[15 %, ∞) ⊂ [10 %, ∞)")


bounds = st.floats(min_value=0, max_value=1000, allow_nan=False)


@given(bounds, bounds, st.booleans(), st.booleans())
def test_containment_is_an_order(a: float, b: float, x: bool, y: bool) -> None:
    one, other = Interval(a, math.inf, x, True, "%"), Interval(b, math.inf, y, True, "%")
    assert one.contains(one)
    if one.contains(other) and other.contains(one):
        assert one == other
    assert one.contains(other) or other.contains(one)


@given(st.sampled_from(["=", ">=", ">", "<=", "<"]), bounds, st.sampled_from(["=", ">=", ">", "<=", "<"]), bounds)
def test_verdicts_mirror(op1: str, v1: float, op2: str, v2: float) -> None:
    """What is stricter seen from one side is looser seen from the other."""
    one, other = target(operator=op1, value=v1), target(operator=op2, value=v2)
    mirror = {"stricter": "looser", "looser": "stricter", "equal": "equal", "changed": "changed"}
    there = compare_targets(one, other).kinds
    back = compare_targets(other, one).kinds
    assert [mirror[k] for k in there] == list(back)


@given(bounds)
def test_a_bare_figure_is_a_promise(value: float) -> None:
    assert amount_of(target(operator="=", value=value)) == amount_of(target(operator=">=", value=value))
