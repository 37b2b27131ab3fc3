"""Every annotated sentence of ``tests/cases/deadlines.toml``, and what must hold for any text."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doichieu.analyse import run
from doichieu.extraction.times.deadlines import DeadlineHit, find_deadlines
from doichieu.model import Source
from doichieu.text import normalise

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "deadlines.toml").read_text(encoding="utf-8"))
_KEYS = {
    "quote": "text",
    "kind": "kind",
    "operator": "operator",
    "start": "start_date",
    "date": "date",
    "recurrence": "recurrence",
}


def _found(case: dict[str, Any]) -> list[DeadlineHit]:
    view, _ = normalise(case["text"])
    return find_deadlines(view.text)


def _check(case: dict[str, Any]) -> None:
    hits = _found(case)
    expect = case.get("expect", [])
    shown = [(h.text, h.kind, h.operator, h.start_date, h.date, h.recurrence) for h in hits]
    assert len(hits) == len(expect), shown
    for hit, want in zip(hits, expect, strict=True):
        assert set(want) <= set(_KEYS)
        assert {key: getattr(hit, _KEYS[key]) for key in want} == want, shown


def test_every_case_asserts_something() -> None:
    assert sum(len(group) for group in CASES.values()) >= 40
    assert set(CASES) == {"wild", "synthetic", "lookalike", "known_failure"}
    for name in ("wild", "synthetic", "known_failure"):
        assert all(case["expect"] and all(case["expect"]) for case in CASES[name])


@pytest.mark.parametrize("case", CASES["wild"] + CASES["synthetic"], ids=lambda c: c["text"][:50])
def test_found(case: dict[str, Any]) -> None:
    _check(case)


@pytest.mark.parametrize("case", CASES["lookalike"], ids=lambda c: c["text"][:50])
def test_lookalike(case: dict[str, Any]) -> None:
    _check(case)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", CASES["known_failure"], ids=lambda c: c["text"][:50])
def test_known_failure(case: dict[str, Any]) -> None:
    _check(case)


_VOCABULARY = (
    "đến năm 2025 2030 - giai đoạn trước ngày 15/12 31/02/2026 tháng 13 quý iv hằng định kỳ 6 6/2025 thường "
    "xuyên ( ) , ; . : | "
    'từ trở đi tầm nhìn kể ngày ban hành nay cuối hết trong " năm'
)
_WORDS = st.sampled_from(_VOCABULARY.split())


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=25).map(" ".join) | st.text(max_size=60))
def test_any_text_gives_sane_hits(text: str) -> None:
    hits = find_deadlines(text)
    last = -1
    for hit in hits:
        assert 0 <= hit.start < hit.end <= len(text)
        assert hit.text == text[hit.start : hit.end]
        assert hit.start >= last
        last = hit.start
        for day in (hit.date, hit.start_date):
            assert not day or date.fromisoformat(day)
        if hit.kind == "within":
            assert hit.start_date <= hit.date
        if hit.recurrence:
            assert hit.recurrence.startswith("FREQ=")


def test_recurrence_rules_are_rfc5545() -> None:
    icalendar = pytest.importorskip("icalendar")
    rules = {w["recurrence"] for c in CASES["wild"] + CASES["synthetic"] for w in c["expect"] if w.get("recurrence")}
    for rule in sorted(rules):
        assert icalendar.vRecur.from_ical(rule)["FREQ"]


def _analysed(text: str) -> Any:
    source = Source("d", "d.txt", "", "txt", text)
    return run(source, "metadata")


HEAD = "Số: 5/KH-UBND\n\nHà Nội, ngày 10 tháng 01 năm 2025\n\nKẾ HOẠCH\n\nPhát triển giáo dục\n\nI. NỘI DUNG\n\n"


def test_relative_deadline_falls_on_a_day_when_the_document_is_dated() -> None:
    analysis = _analysed(HEAD + "1. Trong 30 ngày kể từ ngày ban hành Kế hoạch này, các xã ban hành kế hoạch.\n")
    assert [(d.kind, d.date) for d in analysis.deadlines] == [("relative", "2025-02-09")]


def test_account_of_the_past_is_no_deadline_but_a_role_line_is() -> None:
    analysis = _analysed(
        HEAD + "1. Đến hết năm 2023, tỉnh đã có 50 trường đạt chuẩn.\n\n- Thời gian thực hiện: Trong năm 2024.\n"
    )
    assert [d.date for d in analysis.deadlines] == ["2024-12-31"]


def test_quotes_are_source_slices_and_hits_are_kept_per_passage() -> None:
    text = HEAD + "1. **Đến hết\nnăm 2027**, 80% trường đạt chuẩn; thường xuyên kiểm tra.\n"
    analysis = _analysed(text)
    assert len(analysis.deadlines) == 2
    for row in analysis.deadlines:
        assert text[row.char_start : row.char_end] == row.quote
        hits = analysis.deadline_hits[row.clause_id]
        assert any(hit.date == row.date and hit.kind == row.kind for hit in hits)


def test_time_column_of_a_table() -> None:
    table = (
        "TT | Nhiệm vụ | Chủ trì | Thời gian\n1 | Số hóa 2.030 hồ sơ | Sở Nội vụ | 2026-2027\n2 | Báo cáo | Sở Y "
        "tế | Hằng năm\n"
    )
    analysis = _analysed(HEAD + table)
    assert [(d.kind, d.start, d.date, d.recurrence) for d in analysis.deadlines] == [
        ("within", "2026-01-01", "2027-12-31", ""),
        ("recurring", "", "", "FREQ=YEARLY"),
    ]


def test_the_year_that_closes_a_title_binds() -> None:
    title = "KẾ HOẠCH\n\nCải thiện môi trường đầu tư, kinh doanh năm 2025\n\nI. MỤC TIÊU\n\n1. Giữ vững ổn định.\n"
    assert [(row.kind, row.date) for row in _analysed(title).deadlines] == [("within", "2025-12-31")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Trong thời hạn 02 (hai) ngày làm việc, Sở Y tế trả lời.", ["Trong thời hạn 02 (hai) ngày làm việc"]),
        (
            "Trong 24 giờ, trạm phải báo cáo; chậm nhất sau 01 giờ phải có mặt.",
            ["Trong 24 giờ", "chậm nhất sau 01 giờ"],
        ),
        ("Lấy mẫu nước trong vòng 03 ngày kể từ ngày có mưa.", ["trong vòng 03 ngày kể từ ngày có mưa"]),
        ("Niêm yết công khai trong thời hạn 15 ngày; nghỉ trong thời gian 02 ngày.", []),
        ("Cho trẻ bú trong vòng 01 giờ đầu sau sinh.", []),
        ("Phấn đấu 90% hồ sơ được trả trong vòng 02 ngày làm việc.", []),
    ],
)
def test_a_stretch_of_days_is_a_limit_of_a_task(text: str, told: list[str]) -> None:
    analysis = run(Source("kh", "kh.txt", "", "txt", f"KẾ HOẠCH\n\nVề chợ\n\nIII. TỔ CHỨC THỰC HIỆN\n\n1. {text}\n"))
    assert [row.quote for row in analysis.deadlines] == told
    assert all((row.kind, row.operator, row.date) == ("relative", "<=", "") for row in analysis.deadlines)
