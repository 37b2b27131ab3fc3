"""How texts name a provision, and how the tables write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doichieu.segmentation.provisions import RANK, Step, find, parsed, read, written


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("điểm đ khoản 4 Điều 12", ["dieu:12/khoan:4/diem:đ"]),
        ("gạch đầu dòng thứ ba điểm b khoản 1 Mục II", ["muc:II/khoan:1/diem:b/gach:3"]),
        ("đoạn cuối khoản 3", ["khoan:3/doan:cuoi"]),
        ("đoạn mở đầu khoản 2 Điều 4", ["dieu:4/khoan:2/doan:1"]),
        ("tên Chương IV", ["chuong:IV/ten"]),
        ("tiêu đề của khoản 2 Điều 9", ["dieu:9/khoan:2/ten"]),
        ("các điểm a, c và d khoản 5 Điều 6", [f"dieu:6/khoan:5/diem:{x}" for x in "acd"]),
        ("khoản 1 đến khoản 3 Điều 8", [f"dieu:8/khoan:{n}" for n in "123"]),
        ("khoản 2a Điều 8a", ["dieu:8a/khoan:2a"]),
        ("Điều 3, khoản 1 Điều 4 và Điều 9", ["dieu:3", "dieu:4/khoan:1", "dieu:9"]),
        ("cột 4 số thứ tự 7 mục III Phụ lục II", ["phu_luc:II/muc:III/stt:7/cot:4"]),
        ("STT 15 Phụ lục", ["phu_luc/stt:15"]),
        ("Mẫu số 03a/ĐK Phụ lục I", ["phu_luc:I/mau:03a/ĐK"]),
        ("Ghi chú", ["chu_thich"]),
        ("điểm c, khoản 2, Điều 3", ["dieu:3/khoan:2/diem:c"]),
        ("điểm a, điểm b, khoản 2, Điều 3", ["dieu:3/khoan:2/diem:a", "dieu:3/khoan:2/diem:b"]),
        ("khoản 2 Điều 3, Điều 7", ["dieu:3/khoan:2", "dieu:7"]),
    ],
)
def test_a_named_provision_is_written_from_the_outside_in(text: str, wanted: list[str]) -> None:
    found = read(f"{text} như sau", 0)
    assert found is not None
    assert [written(path) for path in found.paths] == wanted
    assert text == f"{text} như sau"[: found.end]


@pytest.mark.parametrize(
    "text", ["danh mục 02 thủ tục", "chuyên mục 3 kỳ", "điểm ý kiến", "điều kiện 5 người", "khoản thu"]
)
def test_words_that_only_look_like_provisions_are_none(text: str) -> None:
    assert find(text) == []


_STEPS = st.lists(
    st.sampled_from(sorted(RANK)).flatmap(
        lambda kind: st.sampled_from(["", "1", "2a", "đ", "IV"]).map(lambda x: Step(kind, x))
    ),
    max_size=6,
)


@given(_STEPS)
def test_a_written_path_reads_back(steps: list[Step]) -> None:
    assert parsed(written(tuple(steps))) == tuple(steps)


@given(st.text(alphabet="khoản điểm Điều mục,.;và 0123456789abcđ“”\n", max_size=80))
def test_any_text_is_searched_and_every_hit_lies_in_it(text: str) -> None:
    end = 0
    for hit in find(text):
        assert end <= hit.start < hit.end <= len(text)
        assert hit.paths
        end = hit.end
