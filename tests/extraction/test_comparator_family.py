"""Every comparator through the same sentences: each reads as its operator, and as nothing else.

A word that is added to ``comparators.toml`` is tried in all of them.
"""

from __future__ import annotations

import pytest

from doichieu import extract_text
from doichieu.lexicon.comparators import operators

HEAD = "KẾ HOẠCH\n\nThực hiện nghị quyết trên địa bàn tỉnh\n\nI. MỤC TIÊU\n\n1. Đến năm 2030\n\n- "
#: A sentence around the comparator, the subject that it is about, the figure.
FRAMES: tuple[tuple[str, str, float], ...] = (
    ("{w} 70% xã được công nhận", "xã", 70.0),
    ("Có {w} 70% xã được công nhận", "xã", 70.0),
    ("Phấn đấu {w} 70% xã được công nhận", "xã", 70.0),
    ("Phấn đấu có {w} 70% xã được công nhận", "xã", 70.0),
    ("Tỷ lệ xã được công nhận {w} 70%", "xã", 70.0),
    ("Tỷ lệ xã được công nhận đạt {w} 70%", "xã", 70.0),
    ("Tỷ lệ xã được công nhận là {w} 70%", "xã", 70.0),
    ("Tỷ lệ xã được công nhận: {w} 70%", "xã", 70.0),
    ("Nâng tỷ lệ xã được công nhận lên {w} 70%", "xã", 70.0),
    ("Tỷ lệ xã được công nhận tăng từ 60% lên {w} 70%", "xã", 70.0),
    ("Trong giai đoạn 2026 - 2030, {w} 70% xã được công nhận", "xã", 70.0),
    ("Tỷ lệ xã được công nhận đến năm 2030 đạt {w} 70%", "xã", 70.0),
    ("Xây dựng {w} 20 mô hình điểm", "mô hình điểm", 20.0),
    ("Phấn đấu có {w} 20 mô hình điểm", "mô hình điểm", 20.0),
    ("Mỗi năm kết nạp {w} 20 đảng viên", "đảng viên", 20.0),
    ("Diện tích rừng trồng đạt {w} 500 ha", "rừng trồng", 500.0),
)
#: The same behind the figure.
BEHIND: tuple[tuple[str, str, float], ...] = (
    ("70% {w} số xã được công nhận", "xã", 70.0),
    ("Từ 70% {w} xã được công nhận", "xã", 70.0),
    ("Tỷ lệ xã được công nhận đạt 70% {w}", "xã", 70.0),
    ("Tỷ lệ xã được công nhận đạt từ 70% {w}", "xã", 70.0),
    ("Tỷ lệ xã được công nhận: 70% {w}", "xã", 70.0),
    ("Nâng tỷ lệ xã được công nhận lên 70% {w}", "xã", 70.0),
)


def reading(sentence: str) -> list[tuple[str, float | None, str]]:
    sentence = sentence[0].upper() + sentence[1:]
    found = extract_text(HEAD + sentence + ".\n", document_id="ca").targets
    return [(t.operator, t.value, t.subject.lower()) for t in found]


@pytest.mark.parametrize("word", operators())
def test_before_the_figure(word: str) -> None:
    wrong = {}
    for frame, subject, value in FRAMES:
        got = reading(frame.format(w=word))
        if got != [(operators()[word], value, subject)]:
            wrong[frame] = got
    assert not wrong


@pytest.mark.parametrize("word", operators("after"))
def test_behind_the_figure(word: str) -> None:
    wrong = {}
    for frame, subject, value in BEHIND:
        got = reading(frame.format(w=word))
        if got != [(operators("after")[word], value, subject)]:
            wrong[frame] = got
    assert not wrong
