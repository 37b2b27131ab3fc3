"""The sentences on findings, three for each verdict, beside a file that was read aloud.

``python -m tests.report.test_explanations`` writes the file anew; look at what changed before it is kept.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from doichieu.comparison.wording import FINDINGS
from doichieu.report.view import comparison_view
from doichieu.report.words import name
from tests.report.pairs import comparison

GOLDEN = Path(__file__).with_name("explanations.golden")
HEAD = "{kind}\nvề phát triển nông thôn\n\nI. MỤC TIÊU\n\n{lines}\n"
#: (verdict, what the upper document says, what the lower one says); "" is a document that says nothing of it.
CASES: tuple[tuple[str, str, str], ...] = (
    ("equal", "Đến năm 2030, 60% hộ dân dùng nước sạch.", "Đến năm 2030, 60% hộ dân dùng nước sạch."),
    ("equal", "Trước ngày 31/12/2027, xây dựng 12 trạm y tế.", "Trước ngày 31/12/2027, xây dựng 12 trạm y tế."),
    ("equal", "Năm 2026, ít nhất 90% hồ sơ nộp trực tuyến.", "Năm 2026, tối thiểu 90% hồ sơ nộp trực tuyến."),
    ("stricter", "Đến năm 2030, 60% hộ dân dùng nước sạch.", "Đến năm 2030, 75% hộ dân dùng nước sạch."),
    ("stricter", "Đến năm 2030, trên 40% trường học có thư viện.", "Đến năm 2030, trên 55% trường học có thư viện."),
    ("stricter", "Năm 2028, tỷ lệ hộ nghèo giảm còn dưới 3%.", "Năm 2028, tỷ lệ hộ nghèo giảm còn dưới 2%."),
    ("looser", "Đến năm 2030, 60% hộ dân dùng nước sạch.", "Đến năm 2030, 45% hộ dân dùng nước sạch."),
    ("looser", "Đến năm 2030, xây dựng 120 km đường liên xã.", "Đến năm 2030, xây dựng 90 km đường liên xã."),
    ("looser", "Năm 2028, tỷ lệ hộ nghèo giảm còn dưới 2%.", "Năm 2028, tỷ lệ hộ nghèo giảm còn dưới 3,5%."),
    ("deadline_earlier", "Đến năm 2030, 60% hộ dân dùng nước sạch.", "Đến năm 2028, 60% hộ dân dùng nước sạch."),
    ("deadline_earlier", "Đến hết năm 2027, 100% trạm y tế có bác sĩ.", "Đến 30/6/2027, 100% trạm y tế có bác sĩ."),
    ("deadline_earlier", "Đến năm 2029, trồng 500 ha rừng.", "Đến năm 2027, trồng 500 ha rừng."),
    ("deadline_later", "Đến năm 2028, 60% hộ dân dùng nước sạch.", "Đến năm 2030, 60% hộ dân dùng nước sạch."),
    ("deadline_later", "Đến 30/6/2027, 100% trạm y tế có bác sĩ.", "Đến hết năm 2027, 100% trạm y tế có bác sĩ."),
    ("deadline_later", "Đến năm 2027, trồng 500 ha rừng.", "Đến năm 2029, trồng 500 ha rừng."),
    (
        "scope_narrower",
        "Đến năm 2030, 60% hộ dân dùng nước sạch.",
        "Đến năm 2030, 60% hộ dân nông thôn dùng nước sạch.",
    ),
    (
        "scope_narrower",
        "Năm 2028, 80% thanh niên có việc làm.",
        "Năm 2028, 80% thanh niên dân tộc thiểu số có việc làm.",
    ),
    ("scope_narrower", "Năm 2028, 70% trường học có thư viện.", "Năm 2028, 70% trường học ở đô thị có thư viện."),
    ("scope_broader", "60% hộ dân nông thôn dùng nước sạch.", "60% hộ dân dùng nước sạch."),
    (
        "scope_broader",
        "Năm 2028, 80% thanh niên dân tộc thiểu số có việc làm.",
        "Năm 2028, 80% thanh niên có việc làm.",
    ),
    ("scope_broader", "Năm 2028, 70% trường học ở đô thị có thư viện.", "Năm 2028, 70% trường học có thư viện."),
    ("modality_weaker", "Bảo đảm 60% hộ dân dùng nước sạch năm 2030.", "Phấn đấu 60% hộ dân dùng nước sạch năm 2030."),
    ("modality_weaker", "Bảo đảm 70% trường học có thư viện.", "Phấn đấu 70% trường học có thư viện."),
    ("modality_weaker", "Năm 2027, bảo đảm trồng 500 ha rừng.", "Năm 2027, phấn đấu trồng 500 ha rừng."),
    (
        "modality_stronger",
        "Phấn đấu 60% hộ dân dùng nước sạch năm 2030.",
        "Bảo đảm 60% hộ dân dùng nước sạch năm 2030.",
    ),
    ("modality_stronger", "Phấn đấu 70% trường học có thư viện.", "Bảo đảm 70% trường học có thư viện."),
    ("modality_stronger", "Năm 2027, phấn đấu trồng 500 ha rừng.", "Năm 2027, bảo đảm trồng 500 ha rừng."),
    ("omitted", "Đến năm 2030, 60% hộ dân dùng nước sạch.", ""),
    ("omitted", "Năm 2028, thu nhập bình quân đạt 75 triệu đồng/người/năm.", ""),
    ("omitted", "Đến năm 2027, thuộc nhóm 10 tỉnh dẫn đầu về cải cách hành chính.", ""),
    ("added", "", "Đến năm 2030, 60% hộ dân dùng nước sạch."),
    ("added", "", "Năm 2028, thu nhập bình quân đạt 75 triệu đồng/người/năm."),
    ("added", "", "Năm 2027, mỗi xã có ít nhất 01 thư viện."),
)
#: A verdict that is seen with others only, or that no pair of two lines gives; tests of its own show it.
ELSEWHERE = {"changed", "implied"}


def told(upper: str, lower: str) -> list[str]:
    """What the reports say of the findings of two lines, in both languages."""
    blank = "1. Tăng cường tuyên truyền."
    parent = HEAD.format(kind="NGHỊ QUYẾT", lines=f"1. {upper}" if upper else blank)
    child = HEAD.format(kind="KẾ HOẠCH", lines=f"1. {lower}" if lower else blank)
    pair = comparison(child, parent)
    out = []
    for lang in ("vi", "en"):
        for f in comparison_view(pair, None, lang).findings:
            out += [f"{f.conclusion} | {f.headline} | {f.proof_words}", f"  {f.explanation}"]
    return out


def written() -> str:
    lines = []
    for kind, upper, lower in CASES:
        lines += [f"[{kind}] {upper or '–'} || {lower or '–'}", *told(upper, lower)]
    return "\n".join(lines) + "\n"


def test_every_sentence_on_a_finding_reads_as_it_was_read_aloud() -> None:
    assert written() == GOLDEN.read_text(encoding="utf-8")


def test_each_verdict_has_three() -> None:
    for kind in FINDINGS.keys() - ELSEWHERE:
        assert sum(case[0] == kind for case in CASES) == 3, kind


@pytest.mark.parametrize(("kind", "upper", "lower"), CASES)
def test_a_sentence_is_whole(kind: str, upper: str, lower: str) -> None:
    lines = told(upper, lower)
    assert name("vi", "kinds", kind) in lines[0]
    for line in lines:
        assert "  " not in line.strip() and ".." not in line and "{" not in line and " ," not in line, line


if __name__ == "__main__":
    GOLDEN.write_text(written(), encoding="utf-8")
