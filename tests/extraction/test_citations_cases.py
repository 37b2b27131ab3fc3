"""Every annotated sentence of ``tests/cases/citations.toml``, and what must hold for any text."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doichieu.analyse import run
from doichieu.extraction.citations.numbers import find_numbers
from doichieu.extraction.citations.stage import find_citations
from doichieu.model import Source
from doichieu.segmentation.passages import Analysis
from doichieu.text import normalise

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "citations.toml").read_text(encoding="utf-8"))
_HIT_KEYS = {"kind", "number", "issued_on", "issuer", "title", "relation", "alias", "provision", "form", "nested"}


def analysed(text: str) -> Analysis:
    source = Source("d", "d.txt", "", "txt", text)
    return run(source, "metadata")


def _check(case: dict[str, Any]) -> None:
    expect = case.get("expect", [])
    if case.get("whole"):
        analysis = analysed(case["text"])
        hits = [h for p in analysis.passages for h in analysis.citation_hits.get(p.clause.clause_id, [])]
        rows: list[Any] = list(analysis.citations)
    else:
        hits = find_citations(normalise(case["text"])[0].text)
        rows = [None] * len(hits)
    shown = [(h.form, h.kind, h.number, h.issued_on, h.issuer, h.title, h.relation, h.provision) for h in hits]
    assert len(hits) == len(expect), shown
    for hit, row, want in zip(hits, rows, expect, strict=True):
        want = dict(want)
        if "unresolved" in want:
            assert bool(row.unresolved) == want.pop("unresolved"), (shown, row)
        if "cited" in want:
            assert row.cited_document_id == ("d" if want.pop("cited") == "self" else ""), row
        assert set(want) <= _HIT_KEYS
        assert {key: getattr(hit, key) for key in want} == want, shown


def test_every_case_asserts_something() -> None:
    assert sum(len(group) for group in CASES.values()) >= 40
    assert set(CASES) == {"wild", "synthetic", "lookalike", "known_failure"}
    for name in ("wild", "synthetic", "known_failure"):
        assert all(case["expect"] and all(case["expect"]) for case in CASES[name])


@pytest.mark.parametrize("case", CASES["wild"] + CASES["synthetic"], ids=lambda c: c["text"].strip()[:50])
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
    "Nghị quyết số 57-NQ/TW ngày 31/02/2025 09/01/2025 của Chính phủ về ban hành Kế hoạch này nêu trên khoản "
    "1 , 2 Điều 5 ( gọi "
    'tắt là Đề án 08 ) ; . 03/NQ-CP / - " Luật Đất đai năm 2024 Trung ương 4 khóa XII Căn cứ'
)
_WORDS = st.sampled_from(_VOCABULARY.split())


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=30).map(" ".join) | st.text(max_size=60))
def test_any_text_gives_sane_hits(text: str) -> None:
    last = -1
    for hit in find_citations(text):
        assert 0 <= hit.start < hit.end <= hit.mask_end <= len(text)
        assert hit.start >= last
        last = hit.start
        assert not hit.issued_on or date.fromisoformat(hit.issued_on)
        assert " " not in hit.number


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 9999),
    st.sampled_from(["NQ", "KH", "QĐ", "CT", "ĐA", "CTr", "KL"]),
    st.sampled_from(["TW", "TU", "HU", "ĐUK", "BCĐTW"]),
)
def test_a_party_number_is_found_whatever_its_blanks(n: int, symbol: str, body: str) -> None:
    number = f"{n:02d}-{symbol}/{body}"
    spaced = f"theo văn bản số {n:02d}- {symbol}/ {body} ngày 01/02/2025"
    assert [hit.number for hit in find_numbers(f"số {number}, ngày")] == [number]
    assert [hit.number for hit in find_numbers(spaced)] == [number]


DOCUMENT = """ỦY BAN NHÂN DÂN TỈNH BẮC NINH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 144/KH-UBND | Bắc Ninh, ngày 24 tháng 11 năm 2025

KẾ HOẠCH

Phát triển kinh tế số

Căn cứ Nghị quyết số 68-NQ/TW ngày 04/5/2025 của Bộ Chính trị về phát triển kinh tế tư nhân;

I. NỘI DUNG

1. Thực hiện Nghị quyết số 68-NQ/TW.

PHỤ LỤC

(Ban hành kèm theo Kế hoạch số 144/KH-UBND ngày 24 tháng 11 năm 2025 của UBND tỉnh Bắc Ninh)
"""


def test_own_number_is_no_citation() -> None:
    analysis = analysed(DOCUMENT)
    assert {c.number for c in analysis.citations if c.number} == {"68-NQ/TW"}
    own = [c for c in analysis.citations if c.cited_document_id == "d"]
    assert [c.quote.startswith("Kế hoạch số 144") for c in own] == [True]
    assert all(DOCUMENT[c.char_start : c.char_end] == c.quote for c in analysis.citations)


def test_ids_do_not_depend_on_what_stands_elsewhere() -> None:
    first = {c.quote: c.citation_id for c in analysed(DOCUMENT).citations}
    longer = DOCUMENT.replace("I. NỘI DUNG", "Căn cứ Quyết định số 1/QĐ-TTg ngày 01/01/2025;\n\nI. NỘI DUNG")
    second = {c.quote: c.citation_id for c in analysed(longer).citations}
    assert {quote: second[quote] for quote in first} == first
