"""The annotated sentences of ``tests/cases/agencies.toml``, the registry's examples, and what holds for any text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doichieu import extract_text
from doichieu.extraction.agencies.cells import parse_list, split_agencies
from doichieu.extraction.agencies.stage import agency_id, find_agencies
from doichieu.lexicon import load
from doichieu.text import normalise

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "agencies.toml").read_text(encoding="utf-8"))


def _items(case: dict[str, Any]) -> list[Any]:
    view, _ = normalise(case["text"])
    return parse_list(view.text) if case.get("list") else find_agencies(view.text)


def _check(case: dict[str, Any]) -> None:
    items = _items(case)
    assert [item.name for item in items] == case["expect"]
    for wording in case.get("same", []):
        assert agency_id(parse_list(wording)[0]) == agency_id(items[0])


def test_every_case_asserts_something() -> None:
    assert set(CASES) == {"wild", "synthetic", "lookalike", "known_failure"}
    assert sum(len(group) for group in CASES.values()) >= 40
    for name in ("wild", "synthetic", "known_failure"):
        assert all(case["expect"] for case in CASES[name])


@pytest.mark.parametrize("case", CASES["wild"] + CASES["synthetic"], ids=lambda c: c["text"][:60])
def test_found(case: dict[str, Any]) -> None:
    _check(case)


@pytest.mark.parametrize("case", CASES["lookalike"], ids=lambda c: c["text"][:60])
def test_lookalike(case: dict[str, Any]) -> None:
    _check(case)


@pytest.mark.xfail(strict=True, raises=AssertionError)
@pytest.mark.parametrize("case", CASES["known_failure"], ids=lambda c: c["text"][:60])
def test_known_failure(case: dict[str, Any]) -> None:
    _check(case)


def test_every_listed_form_is_found_as_its_entry() -> None:
    for entry in load("agencies")["agency"]:
        if entry.get("needs_tail"):
            continue
        for form in (entry["name"], *entry.get("forms", [])):
            found = parse_list(form)
            assert found and found[0].end == len(form), form


@pytest.mark.parametrize("entry", [e for e in load("agencies")["agency"] if "examples" in e or "not_examples" in e])
def test_examples_of_the_registry(entry: dict[str, Any]) -> None:
    for sentence in entry.get("examples", []):
        assert any(entry["name"] in item.name for item in find_agencies(sentence)), sentence
    for sentence in entry.get("not_examples", []):
        assert not any(entry["name"].lower() in item.name.lower() for item in find_agencies(sentence)), sentence


def test_an_office_adds_a_body_without_code(tmp_path: Path) -> None:
    """A file in the office's folder is appended; run in a fresh interpreter because lexicons load once."""
    import os
    import subprocess
    import sys

    (tmp_path / "agencies.toml").write_text(
        '[[agency]]\nname = "Trạm Khuyến nông"\nforms = ["TKN"]\nkind = "su_nghiep"\ntail = "area"\n', encoding="utf-8"
    )
    code = (
        "from doichieu.extraction.agencies.stage import find_agencies, agency_id\n"
        "a = find_agencies('giao TKN xã và Trạm Khuyến nông xã')\n"
        "print(len(a), len({agency_id(i) for i in a}), agency_id(a[0]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={
            **os.environ,
            "DOICHIEU_LEXICON": str(tmp_path),
            "PYTHONPATH": str(Path(__file__).parents[2] / "pipeline"),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["2", "1", "tram_khuyen_nong_xa"]


_PIECES = st.sampled_from(
    [
        "các",
        "Các",
        "sở",
        "Sở",
        "Sở Nội vụ",
        "ban",
        "ngành",
        "UBND",
        "tỉnh",
        "xã, phường",
        "và",
        ",",
        ";",
        ":",
        "(",
        ")",
        "Đảng ủy",
        "Thị ủy",
        "Bộ",
        "Cục",
        "Công nghệ",
        "liên quan",
        "thuộc",
        "trực thuộc",
        "của",
        "Văn hóa",
        "Du lịch",
        "Chủ tịch",
        "Ủy ban",
        "HỘI",
        "VỤ",
        "Mặt trận Tổ quốc",
        "doanh nghiệp",
        "phối hợp với",
        "chủ trì",
        "địa phương",
        "-",
        "/",
        "Hà Nội",
        "khu vực V",
        "",
    ]
)
_TEXTS = st.lists(_PIECES, max_size=20).map(" ".join) | st.text(max_size=80)


@settings(max_examples=200, deadline=None)
@given(_TEXTS)
def test_any_text_gives_slices_in_order(text: str) -> None:
    for items in (find_agencies(text), parse_list(text)):
        last = 0
        for item in items:
            assert last <= item.start < item.end <= len(text)
            assert item.name and agency_id(item)
            last = item.end
    assert split_agencies(text) == [(i.start, i.end, i.name) for i in parse_list(text)]


def test_bodies_inside_bodies_are_bounded() -> None:
    assert find_agencies("Chủ tịch " * 5000) == []
    assert len(parse_list("các sở, ban, ngành và " * 500)) >= 1


def test_bodies_of_two_provinces_are_two() -> None:
    def ids(province: str) -> dict[str, tuple[str, str]]:
        text = (
            f"ỦY BAN NHÂN DÂN\nTỈNH {province.upper()}\n\nSố: 7/KH-UBND\n\n{province}, ngày 05 tháng 01 năm 2026\n\n"
            "KẾ HOẠCH\n\nNạo vét kênh\n\nI. TỔ CHỨC THỰC HIỆN\n\n1. Sở Tài chính bố trí kinh phí.\n\n"
            "2. UBND các phường, xã và UBND xã, phường ven sông đo đạc; các sở, ngành của tỉnh phối hợp.\n"
        )
        document = extract_text(text, document_id="kh")
        return {agency.name: (agency.agency_id, agency.place) for agency in document.agencies}

    north, south = ids("Nghệ An"), ids("Đồng Tháp")
    assert north["Sở Tài chính"] == ("so_tai_chinh_nghe_an", "Nghệ An")
    assert south["Sở Tài chính"] == ("so_tai_chinh_dong_thap", "Đồng Tháp")
    assert (
        north["Ủy ban nhân dân xã, phường"] == south["Ủy ban nhân dân xã, phường"] == ("uy_ban_nhan_dan_xa_phuong", "")
    )


def test_a_piece_of_a_number_is_no_mention() -> None:
    assert [item.name for item in find_agencies("Quyết định số 12/QĐ-UBND của UBND tỉnh")] == ["UBND tỉnh"]
