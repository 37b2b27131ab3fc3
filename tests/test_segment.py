"""Any text whatever gives a valid tree, and nothing that is found misquotes the source."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doichieu import extract_text
from doichieu.model import Clause, Document, Source
from doichieu.segmentation.segment import segment
from doichieu.text import normalise

SOUP = [
    "I. MỤC TIÊU",
    "II- NHIỆM VỤ",
    "1. Đến năm 2030",
    "1.1. ",
    "a) ",
    "đ) ",
    "- ",
    "+ ",
    "(1) ",
    "* ",
    "Điều 5. ",
    "Chương II",
    "PHỤ LỤC I",
    "Nơi nhận:",
    "T/M BAN THƯỜNG VỤ",
    "Nguyễn Văn A",
    "¹ ",
    "[1] ",
    "| TT | Chỉ tiêu | 2025 | 2030 |",
    "| 1 | Tỷ lệ hộ nghèo | 3% | < 2% |",
    "KẾ HOẠCH",
    "NGHỊ QUYẾT",
    "Số: 12-NQ/TU",
    "ĐẾN Ngày: 02/6/22",
    "Sao lục",
    "70% cán bộ",
    "từ 15% trở lên¹",
    "dưới 40 tuổi",
    "(phường, thị trấn)",
    "có trình độ đại học trở lên",
    "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính",
    "trước ngày 25/12/2024",
    "hằng năm",
    "giai đoạn 2026 - 2030",
    "thực hiện Nghị quyết số 09-NQ/TU ngày 01/6/2022",
    "khoản 2 Điều 5",
    "trong Đề án số 12 chỉ quy định 10% trở lên",
    ";",
    ".",
    ":",
    ",",
    "**",
    "*",
    "_",
    "#",
    "\\",
    "|",
    "-----",
    "12",
    "\u0300",
    "\u202e",
    "\x00",
    "😀",
    "0/0",
    "1.2.3.4",
    "999999999999999999999%",
    "31/02/2025",
    "năm 0000",
    "½",
    "²",
    "e\u0301",
    "Ð",
    "\ufeff",
    "gấp đôi",
    "đa số",
    "top 3",
]
soup = st.lists(st.tuples(st.sampled_from(SOUP), st.sampled_from(["", " ", "\n", "\n\n"])), max_size=50).map(
    lambda parts: "".join(a + b for a, b in parts)
)
ANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def tree(text: str) -> list[Clause]:
    view, _ = normalise(text)
    return segment(Source("x", "", "", "txt", text), view)[0]


def check(text: str, clauses: list[Clause]) -> None:
    owners = [0] * len(text)
    place = {c.clause_id: i for i, c in enumerate(clauses)}
    last = -1
    for clause in clauses:
        if clause.parent_id:
            parent = clauses[place[clause.parent_id]]
            assert place[clause.parent_id] < place[clause.clause_id]
            assert parent.char_start <= clause.char_start <= clause.char_end <= parent.char_end
            assert not parent.leaf
        if clause.leaf:
            assert clause.char_start > last
            last = clause.char_start
            assert (clause.char_start, clause.char_end) == (clause.pieces[0].start, clause.pieces[-1].end)
            for piece in clause.pieces:
                for i in range(piece.start, piece.end):
                    owners[i] += 1
    assert all(owners[i] == 1 for i, char in enumerate(text) if not char.isspace())


@ANY
@given(st.text(max_size=300))
def test_any_text_gives_a_valid_tree(text: str) -> None:
    check(text, tree(text))


@ANY
@given(soup)
def test_keyword_soup_gives_a_valid_tree(text: str) -> None:
    check(text, tree(text))


def quotes(document: Document) -> int:
    checked = 0
    for name in ("targets", "assignments", "mentions", "deadlines", "percentages", "citations", "problems"):
        for record in getattr(document, name):
            if record.quote:
                assert document.source.text[record.char_start : record.char_end] == record.quote
                checked += 1
    return checked


@ANY
@given(soup)
def test_extraction_never_fails_and_never_misquotes(text: str) -> None:
    quotes(extract_text(text, document_id="x"))


def paths(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for clause in tree(text):
        found.setdefault(clause.clause_path, clause.kind)  # the node itself stands before its own wording
    return found


def test_the_traps_of_the_corpus() -> None:
    text = (
        "KẾ HOẠCH\n\nvề một việc\n\n## **I- Mục tiêu**\n\n### 1. Cụ thể\n\n1.1. Đến năm 2025\n\na) Cán "
        "bộ:\n\n- Một.\n\n+ Hai.\n\n+ Ba.\n\nđ) Công chức.\n\n2. Khác\n\nII. Nhiệm vụ\n\n(1) Việc "
        "một.\n\n(2) Việc hai.\n"
    )
    found = paths(text)
    assert found["I"] == "section"
    assert found["I/1/1.1/a/-1"] == "bullet"
    assert found["I/1/1.1/a/-1/+2"] == "bullet"
    assert found["I/1/1.1/đ"] == "item"
    assert found["I/2"] == "item"
    assert found["II/1"] == found["II/2"] == "item"


def test_a_footnote_does_not_cut_the_bullet_it_interrupts() -> None:
    text = (
        "I. MỤC TIÊU\n\n- Tỷ lệ nữ đạt từ 20% trở lên¹;\n\n¹ Hiện nay đạt 15%.\n\ncác chi bộ phải có "
        "nữ.\n\n- Việc khác.\n"
    )
    leaf = next(c for c in tree(text) if c.leaf and c.text.startswith("- Tỷ lệ"))
    assert len(leaf.pieces) == 2
    assert leaf.text.endswith("các chi bộ phải có nữ.")


def test_a_page_end_does_not_cut_a_paragraph() -> None:
    leaves = [
        c
        for c in tree("1. Việc thực hiện của cán\n\n12\n\nbộ cấp xã phải đúng quy định.\n")
        if c.leaf and c.kind != "stamp"
    ]
    assert len(leaves) == 1
    assert leaves[0].text == "1. Việc thực hiện của cán bộ cấp xã phải đúng quy định."


def test_a_break_in_numbering_is_a_problem_and_loses_nothing() -> None:
    text = "1. Một\n\n2. Hai\n\n4. Bốn\n"
    view, _ = normalise(text)
    clauses, problems = segment(Source("x", "", "", "txt", text), view)
    assert [p.code for p in problems] == ["numbering_break"]
    assert [c.clause_path for c in clauses if c.leaf] == ["1", "2", "4"]


def test_stamps_keep_their_numbers_to_themselves() -> None:
    text = (
        "NGHỊ QUYẾT\n\nvề một việc\n\nTHỊ ỦY\n\nSố: 599\n\nĐẾN Ngày: 02/6/22\n\nChuyển: ông A\n\nI. TÌNH "
        "HÌNH\n\nNội dung.\n\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nNguyễn Văn A\n\nTHỊ ỦY\n\nSố 134-BS/TU\n\nSao "
        "lục\n\nT/L BAN THƯỜNG VỤ\n\nTrần Văn B\n"
    )
    kinds = {c.text: c.kind for c in tree(text) if c.leaf}
    assert kinds["Số: 599"] == kinds["ĐẾN Ngày: 02/6/22"] == kinds["Số 134-BS/TU"] == kinds["Trần Văn B"] == "stamp"
    assert kinds["Nguyễn Văn A"] == "signature"


@pytest.mark.parametrize(
    "title",
    [
        "NGHỊ QUYẾT\nvề một việc",
        "NGHỊ QUYẾT\nCỦA BAN CHẤP HÀNH ĐẢNG BỘ TỈNH\nvề công tác phát triển đảng viên giai đoạn 2021 - 2025",
    ],
)
@pytest.mark.parametrize("part", ["II. MỤC TIÊU", "III- NHIỆM VỤ", "Chương II. MỤC TIÊU", "Điều 4. Mục tiêu"])
def test_an_excerpt_may_begin_at_any_part(title: str, part: str) -> None:
    from doichieu import extract_text

    document = extract_text(f"{title}\n\n{part}\n\n1. Đến năm 2030\n\n- 70% cán bộ được bồi dưỡng.\n", document_id="x")
    assert [t.clause_path.split("/")[0] for t in document.targets] != [""] and all(
        "/" in t.clause_path and not t.clause_path.startswith("1") for t in document.targets
    )
