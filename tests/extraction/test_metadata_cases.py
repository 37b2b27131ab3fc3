"""Every annotated document of ``tests/cases/documents.toml``, and what must hold for any text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doichieu.analyse import run
from doichieu.extraction.head.signatures import parse_signature
from doichieu.model import DocumentInfo, Source

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "documents.toml").read_text(encoding="utf-8"))


def _info(text: str) -> DocumentInfo:
    source = Source("d", "d.txt", "", "txt", text)
    analysis = run(source, "metadata")
    return analysis.info


def _check(case: dict[str, Any]) -> None:
    info = _info(case["text"])
    want = {key: tuple(value) if isinstance(value, list) else value for key, value in case["expect"].items()}
    assert {key: getattr(info, key) for key in want} == want
    assert info.characters == len(case["text"])


def _name(case: dict[str, Any]) -> str:
    return str(case["text"]).strip()[:40]


def test_every_case_asserts_something() -> None:
    assert set(CASES) == {"wild", "synthetic", "lookalike", "known_failure"}
    assert sum(len(case["expect"]) for group in CASES.values() for case in group) >= 120
    assert all(case["expect"] for group in CASES.values() for case in group)


@pytest.mark.parametrize("case", CASES["wild"] + CASES["synthetic"], ids=_name)
def test_found(case: dict[str, Any]) -> None:
    _check(case)


@pytest.mark.parametrize("case", CASES["lookalike"], ids=_name)
def test_lookalike(case: dict[str, Any]) -> None:
    _check(case)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", CASES["known_failure"], ids=_name)
def test_known_failure(case: dict[str, Any]) -> None:
    _check(case)


_LINES = [
    "KẾ HOẠCH",
    "Số: 12/KH-UBND",
    "Hà Nội, ngày 31 tháng 02 năm 2025",
    "TM. ỦY BAN NHÂN DÂN",
    "Nơi nhận:",
    "- Lưu: VT.",
    "CHỦ TỊCH",
    "Lê Văn Nam",
    "I. MỤC TIÊU",
    "Căn cứ Luật Đất đai;",
    "THỊ ỦY",
    "*",
    "",
    "Sao lục",
    "ĐẾN Số: 5",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_LINES), max_size=14).map("\n".join) | st.text(max_size=80))
def test_any_text_gives_a_row(text: str) -> None:
    info = _info(text)
    assert info.document_id == "d"
    assert (info.number_source == "own") == bool(info.number)
    assert "\n" not in info.title + info.signer + info.issuer


@pytest.mark.parametrize(
    ("lines", "signer", "title"),
    [
        (["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Nguyễn Văn Phúc"], "Nguyễn Văn Phúc", "THỨ TRƯỞNG"),
        (["TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ", "Trần Thị B"], "", ""),
        (["T/M ĐẢNG ỦY", "BÍ THƯ", "(Đã ký)", "Y Thông"], "Y Thông", "BÍ THƯ"),
        (["CHỦ TỊCH", "NGUYỄN XUÂN PHÚC"], "Nguyễn Xuân Phúc", "CHỦ TỊCH"),
        (["TM. BAN THƯỜNG VỤ", "BÍ THƯ", "H'Lâm Niê"], "H'Lâm Niê", "BÍ THƯ"),
        (["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Y Thịnh Ê Ban"], "Y Thịnh Ê Ban", "PHÓ CHỦ TỊCH"),
        (["GIÁM ĐỐC", "Rơ Châm H’Yến"], "Rơ Châm H’Yến", "GIÁM ĐỐC"),
        (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "K'Brèo"], "K'Brèo", "CHỦ TỊCH"),
        (["TL. BỘ TRƯỞNG", "CHÁNH VĂN PHÒNG", "[daky]", "Lê Minh Ngân"], "Lê Minh Ngân", "CHÁNH VĂN PHÒNG"),
    ],
)
def test_signatures(lines: list[str], signer: str, title: str) -> None:
    signature = parse_signature(lines)
    assert signature.signer == signer
    if title:
        assert signature.title == title


@pytest.mark.parametrize("indent", [12, 40])
def test_a_name_alone_in_the_right_column(indent: int) -> None:
    recipients = [
        "Nơi nhận:" + " " * 30 + "TM. ỦY BAN NHÂN DÂN",
        "- Sở Y tế;" + " " * 34 + "CHỦ TỊCH",
        "- Lưu: VT.",
    ]
    text = "\n".join(["KẾ HOẠCH", "Tiêm chủng năm 2026", "1. Phòng Văn hóa tham mưu.", "", *recipients, ""])
    info = _info(text + "\n" + " " * indent + "Trần Đình Khoa\n")
    assert (info.signer, info.signer_title, info.authority) == ("Trần Đình Khoa", "CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN")
