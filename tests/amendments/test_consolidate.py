"""A document with its amendments applied: exact, undone to the letter, and nothing guessed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doichieu import extract_text
from doichieu.amending.apply import consolidate, orders_for, undo
from doichieu.analyse import analyse
from doichieu.model import Consolidation
from tests.amendments.documents import PLAN, amender

BASE = extract_text(PLAN, document_id="ke-hoach")


def applied(*texts: str, on: str = "2026-01-01", lenient: bool = False) -> Consolidation:
    others = [extract_text(text, document_id=f"sua-{i}") for i, text in enumerate(texts)]
    done = consolidate(BASE, orders_for(BASE, others), on, analyse, lenient=lenient)
    check(done)
    return done


def check(done: Consolidation) -> None:
    source = done.base.source.text
    assert undo(done.text, done.changes) == source
    for change in done.changes:
        if change.base_char_start is not None:
            assert source[change.base_char_start : change.base_char_end] == change.base_text
        if change.status == "applied" and change.char_start is not None:
            assert done.text[change.char_start : change.char_end] == change.new_text
    if not any(change.status == "applied" and change.char_start is not None for change in done.changes):
        assert done.text == source


def lines(done: Consolidation) -> tuple[set[str], set[str]]:
    """The lines that went, and those that came."""
    before, after = set(PLAN.split("\n")), set(done.text.split("\n"))
    return before - after, after - before


@pytest.mark.parametrize(
    ("order", "gone", "come"),
    [
        (
            "Sửa đổi điểm a khoản 1 Mục I như sau: “a) 80% đường thôn được bê tông hóa.”",
            {"a) 75% đường thôn được bê tông hóa."},
            {"a) 80% đường thôn được bê tông hóa."},
        ),
        (
            "Bổ sung điểm c vào sau điểm b khoản 1 Mục I như sau: “c) 60% số xã có bến xe.”",
            set(),
            {"c) 60% số xã có bến xe."},
        ),
        ("Bãi bỏ khoản 3 Mục II.", {"3. Ủy ban nhân dân các huyện báo cáo kết quả trước ngày 10/12 hằng năm."}, set()),
        ("Sửa đổi tên Mục II như sau: “NHIỆM VỤ CHÍNH”.", {"II. NHIỆM VỤ"}, {"II. NHIỆM VỤ CHÍNH"}),
        (
            "Bỏ cụm từ “hằng năm” tại gạch đầu dòng thứ hai khoản 1 Mục II.",
            {"- Bố trí vốn hằng năm."},
            {"- Bố trí vốn."},
        ),
        (
            "Bổ sung cụm từ “, Sở Nội vụ” vào sau cụm từ “Sở Tài chính” tại khoản 2 Mục II.",
            {"2. Sở Giao thông vận tải chủ trì, phối hợp với Sở Tài chính theo dõi việc thực hiện."},
            {"2. Sở Giao thông vận tải chủ trì, phối hợp với Sở Tài chính, Sở Nội vụ theo dõi việc thực hiện."},
        ),
        (
            "Điều chỉnh thời hạn tại số thứ tự 1 Phụ lục từ “Quý I/2026” thành “Quý III/2026”.",
            {"| 1 | Cầu Bến Đá | Sở Giao thông vận tải | Quý I/2026 |"},
            {"| 1 | Cầu Bến Đá | Sở Giao thông vận tải | Quý III/2026 |"},
        ),
        (
            "Bổ sung số thứ tự 3 vào sau số thứ tự 2 Phụ lục như sau:\n\n| 3 | Bến Lội | Sở Xây dựng | 2028 |",
            set(),
            {"| 3 | Bến Lội | Sở Xây dựng | 2028 |"},
        ),
    ],
)
def test_an_order_changes_its_place_and_no_other(order: str, gone: set[str], come: set[str]) -> None:
    done = applied(amender(order))
    assert [change.status for change in done.changes] == ["applied"]
    assert lines(done) == (gone, come)


def test_words_of_the_whole_document_have_a_row_for_each_place() -> None:
    done = applied(amender("Thay thế cụm từ “Sở Giao thông vận tải” bằng cụm từ “Sở Xây dựng” trong toàn bộ Kế hoạch."))
    assert [change.status for change in done.changes] == ["applied", "applied"]
    assert "Sở Giao thông vận tải" not in done.text


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("Thay thế cụm từ “xe lửa” bằng cụm từ “xe điện” tại Mục I.", "wording_not_found"),
        ("Thay thế cụm từ “báo cáo, kết quả” bằng cụm từ “gửi kết quả” tại khoản 3 Mục II.", "near_match"),
        ("Bổ sung cụm từ “mới” vào sau cụm từ “bê tông hóa” tại Mục I.", "wording_found_more_than_once"),
        ("Sửa đổi điểm g khoản 1 Mục I như sau: “g) Mới.”", "provision_missing"),
        ("Bãi bỏ khoản 7 Mục IX.", "provision_missing"),
        ("Sửa đổi khoản 2 Mục II như sau:", "unresolved"),
    ],
)
def test_what_does_not_fit_is_told_and_changes_nothing(order: str, reason: str) -> None:
    done = applied(amender(order))
    assert [(change.status, change.reason) for change in done.changes] == [("left_out", reason)]
    assert done.text == PLAN


def test_a_near_match_is_applied_on_demand_only() -> None:
    order = "Thay thế cụm từ “chủ trì phối hợp với” bằng cụm từ “cùng” tại khoản 2 Mục II."
    assert applied(amender(order)).text == PLAN
    assert "Sở Giao thông vận tải cùng Sở Tài chính" in applied(amender(order), lenient=True).text


def test_a_wording_with_of_more_or_less_is_offered_and_never_applied() -> None:
    order = "Thay thế cụm từ “số của xã có xe buýt” bằng cụm từ “số xã có xe điện” tại điểm b khoản 1 Mục I."
    for lenient in (False, True):
        done = applied(amender(order), lenient=lenient)
        (change,) = done.changes
        assert (change.status, change.reason, change.base_text) == ("left_out", "near_match", "số xã có xe buýt")
        assert done.text == PLAN


def test_two_orders_for_one_place_are_both_left_out() -> None:
    done = applied(amender("Bãi bỏ khoản 3 Mục II.", "Sửa đổi khoản 3 Mục II như sau: “3. Các xã báo cáo.”"))
    assert [(c.status, c.reason) for c in done.changes] == [("left_out", "two_amendments_of_one_place")] * 2
    assert done.text == PLAN


def test_the_longer_path_goes_first() -> None:
    done = applied(
        amender(
            "Thay thế cụm từ “đường thôn” bằng cụm từ “đường làng” tại Mục I.",
            "Sửa đổi điểm a khoản 1 Mục I như sau: “a) 80% đường thôn có đèn.”",
        )
    )
    assert "a) 80% đường thôn có đèn." in done.text
    assert "2. Đến năm 2030: 100% đường làng" in done.text


def test_a_later_amendment_changes_what_an_earlier_one_wrote() -> None:
    first = amender("Sửa đổi điểm b khoản 1 Mục I như sau: “b) 92% số xã có xe buýt.”")
    second = (
        amender("Thay thế cụm từ “92%” bằng cụm từ “97%” tại điểm b khoản 1 Mục I.")
        .replace("801/QĐ-UBND", "950/QĐ-UBND")
        .replace("ngày 05 tháng 9 năm 2025", "ngày 08 tháng 12 năm 2025")
    )
    assert "b) 92% số xã" in applied(first, second, on="2025-11-01").text
    done = applied(first, second)
    assert "b) 97% số xã" in done.text
    assert [(c.status, c.amending_document) for c in done.changes] == [
        ("superseded", "801/QĐ-UBND"),
        ("applied", "950/QĐ-UBND"),
    ]


def test_several_insertions_at_one_place_keep_their_order() -> None:
    done = applied(
        amender(
            "Bổ sung điểm c vào sau điểm b khoản 1 Mục I như sau: “c) Một.”",
            "Bổ sung điểm d vào sau điểm b khoản 1 Mục I như sau: “d) Hai.”",
            "Sửa đổi điểm b khoản 1 Mục I như sau: “b) Mới.”",
        )
    )
    assert "b) Mới.\n\nc) Một.\n\nd) Hai.\n\n2. Đến năm 2030" in done.text


def test_neighbours_that_go_one_after_the_other_are_undone() -> None:
    later = (
        amender("Bãi bỏ điểm b khoản 1 Mục I.")
        .replace("801/QĐ-UBND", "950/QĐ-UBND")
        .replace("05 tháng 9", "05 tháng 12")
    )
    assert "1. Đến năm 2027\n\n2. Đến năm 2030" in applied(amender("Bãi bỏ điểm a khoản 1 Mục I."), later).text


def test_before_its_day_nothing_is_changed() -> None:
    done = applied(amender("Bãi bỏ khoản 3 Mục II."), on="2025-09-04")
    assert [change.status for change in done.changes] == ["not_yet"]
    assert done.text == PLAN


_LABELS = st.sampled_from(["điểm a khoản 1", "điểm b khoản 1", "khoản 1", "khoản 2", "khoản 3"])
_SECTION = st.sampled_from(["Mục I", "Mục II", "Mục IV"])
_PHRASES = st.sampled_from(["đường thôn", "Sở Tài chính", "hằng năm", "100%", "không có", "xã"])
_NEW = st.text(alphabet="abcđêô 0123456789%", min_size=1, max_size=20).filter(str.strip)
_ORDERS = st.one_of(
    st.builds("Sửa đổi {} {} như sau: “{}”".format, _LABELS, _SECTION, _NEW),
    st.builds("Bổ sung khoản 4 vào sau {} {} như sau: “4. {}”".format, _LABELS, _SECTION, _NEW),
    st.builds("Thay thế cụm từ “{}” bằng cụm từ “{}” tại {}.".format, _PHRASES, _NEW, _SECTION),
    st.builds("Bỏ cụm từ “{}” tại {} {}.".format, _PHRASES, _LABELS, _SECTION),
    st.builds("Bổ sung cụm từ “{}” vào sau cụm từ “{}” tại {}.".format, _NEW, _PHRASES, _SECTION),
    st.builds("Bãi bỏ {} {}.".format, _LABELS, _SECTION),
    st.builds("Sửa đổi tên {} như sau: “{}”".format, _SECTION, _NEW),
    st.builds("Bãi bỏ số thứ tự {} Phụ lục.".format, st.integers(1, 3)),
)


@given(st.lists(_ORDERS, min_size=1, max_size=6), st.lists(_ORDERS, max_size=3))
@settings(deadline=None, max_examples=60)
def test_whatever_is_ordered_is_undone_to_the_letter(first: list[str], second: list[str]) -> None:
    later = amender(*second).replace("801/QĐ-UBND", "950/QĐ-UBND").replace("tháng 9 năm 2025", "tháng 12 năm 2025")
    applied(amender(*first), later)
