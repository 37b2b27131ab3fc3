"""Confidence: what is told as sure is right, and what is doubtful says so and accuses nobody."""

from __future__ import annotations

import pytest

from doichieu import diff, extract_text
from doichieu.analyse import analyse
from doichieu.model import Source
from doichieu.quality import calibration
from tests.comparison.test_metamorphic import ROOT
from tests.comparison.test_minimal_pairs import CASES, documents

AT_HAND = [
    (ROOT / gold, ROOT / texts) for gold, texts in calibration.ANNOTATED if (ROOT / gold / "deviations.json").is_file()
]


@pytest.mark.skipif(not AT_HAND, reason="the annotated pairs are not at hand")
def test_findings_of_annotated_pairs_are_right_as_often_as_their_confidence_says() -> None:
    found = [one for gold, texts in AT_HAND for one in calibration.judged_by_annotation(gold, texts)]
    assert len(found) >= 100
    for band in calibration.bands(found):
        if band.number >= 10:
            assert band.right / band.number >= band.low - 0.05, band


def test_a_doubtful_pair_says_so_and_is_never_high() -> None:
    doubtful = 0
    for case in CASES[::3]:
        child, parent = documents(case)
        for deviation in diff(child, parent).deviations:
            if deviation.child_target_id and deviation.parent_target_id and (deviation.confidence or 1.0) < 0.6:
                doubtful += 1
                assert deviation.severity != "high"
                assert "Chưa chắc" in deviation.explanation
    assert doubtful


def test_a_wrong_finding_is_counted_as_one() -> None:
    text = "KẾ HOẠCH\nvề nuôi ong\n\nI. MỤC TIÊU\n\nĐến năm 2030, 80% hộ nuôi ong dùng thùng gỗ.\n"
    document = analyse(Source("goc", "goc.txt", "", "txt", text))
    assert [one.right for one in calibration.judged_by_edits([document])] == [True, True]
    assert calibration.bands([calibration.Judged(0.9, True, False)]) == [calibration.Band(0.9, 1, 0)]
    assert extract_text(text).targets
