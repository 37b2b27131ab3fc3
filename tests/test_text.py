"""The normalised view and its way back to the source."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doichieu import extract_text
from doichieu.analyse import stages
from doichieu.extraction.head.nature import _signs
from doichieu.text import View, _repair_rules, fold, fold_characters, normalise, strip_accents
from doichieu.text.sieve import Sieve

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
WORDS = st.sampled_from(
    [
        "Phần đầu",
        "phân đầu tư",
        "hoà bình",
        "thuỷ sản",
        "**đậm**",
        "*nghiêng*",
        "\\*",
        "## ",
        "THI ỦY",
        "15%",
        "1.200,5",
        "Ðịa",
        "e\u0302\u0301",
        "\u200b",
        "–",
        "“a”",
        "\n",
        "\n\n",
        "  ",
        "\t",
        "bao đảm",
        "x_y",
        "_z_",
    ]
)
texts = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=30).map(" ".join))
ANY = settings(max_examples=150, deadline=None)


@ANY
@given(texts)
def test_every_stretch_of_the_view_points_into_the_source(text: str) -> None:
    view, _ = normalise(text)
    last = 0
    for i in range(len(view.text)):
        span = view.to_source(i, i + 1)
        assert 0 <= span.start <= span.end <= len(text)
        assert span.start >= last or span.end >= last
        last = span.start
        if view.text[i].isalnum() and view.text[i] == text[span.start : span.end]:
            a, b = view.from_source(span.start, span.end)
            assert a <= i < b


@ANY
@given(texts)
def test_digits_are_never_touched(text: str) -> None:
    view, repairs = normalise(text)
    keep = [c for c in unicodedata.normalize("NFC", text) if c.isdigit()]
    assert [c for c in view.text if c.isdigit()] == keep
    for repair in repairs:
        assert not any(c.isdigit() for c in repair.before)
        assert text[repair.span.start : repair.span.end] == repair.before


@ANY
@given(st.text(max_size=200))
def test_folding_characters_keeps_the_length(text: str) -> None:
    assert len(fold_characters(text)) == len(text)


@ANY
@given(texts)
def test_the_view_is_the_same_each_time(text: str) -> None:
    assert normalise(text)[0].text == normalise(text)[0].text


@pytest.mark.parametrize(
    ("source", "view"),
    [
        ("**Phân đầu** 50%", "Phấn đấu 50%"),
        ("THI ỦY ĐỨC PHỔ", "THỊ ỦY ĐỨC PHỔ"),
        ("phần đầu tư công", "phần đầu tư công"),
        ("phần đầu tiên", "phần đầu tiên"),
        ("chế độ bao đảm", "chế độ bảo đảm"),
        ("theo thẩm quyển", "theo thẩm quyền"),
        ("Trước\n\nngày **25/12/2024**", "Trước ngày 25/12/2024"),
        ("hoà bình, thuỷ lợi, quý", "hòa bình, thủy lợi, quý"),
        ("Ðảng uỷ", "Đảng ủy"),
        ("2020–2025", "2020-2025"),
        ("U \u0309y ban, quyết \u0301", "Ủy ban, quyết \u0301"),
    ],
)
def test_views(source: str, view: str) -> None:
    assert normalise(source)[0].text == view


def test_an_edit_keeps_the_map() -> None:
    from doichieu.text import Edit

    view = View("một hai ba").edit([Edit(4, 7, "HAI HAI")])
    assert view.text == "một HAI HAI ba"
    assert view.to_source(4, 11) == view.to_source(6, 8)
    assert view.from_source(8, 10) == (12, 14)


def test_folds() -> None:
    assert fold("  THỊ  UỶ ") == "thị ủy"
    assert strip_accents("Đường đến đó") == "Duong den do"


def sieves() -> dict[str, Sieve]:
    """Every sieve of the extraction, by where it stands."""
    stages()
    found = {f"{rule.rule}": rule.pattern for rule in _repair_rules()}
    found |= {f"nature {at}": sieve for at, (_, sieve) in enumerate(_signs().ways)}
    for name, module in list(sys.modules.items()):
        if name.startswith("doichieu."):
            found |= {f"{name}.{key}": value for key, value in vars(module).items() if isinstance(value, Sieve)}
    return found


def test_no_sieve_holds_back_what_its_pattern_finds() -> None:
    lines = [line for path in sorted(CORPUS.glob("*.txt")) for line in path.read_text(encoding="utf-8").split("\n")]
    texts = [form for line in lines for form in (line, line.lower())]
    tried = sieves()
    assert len(tried) > 10
    matched = 0
    for name, sieve in tried.items():
        for text in texts:
            if sieve.pattern.search(text) is not None:
                matched += 1
                assert sieve.may(text), (name, text)
    assert matched > 100


def test_a_document_reads_the_same_after_others() -> None:
    """What is remembered of one document changes nothing in the next."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))][:2]
    first = [extract_text(text, document_id="a") for text in texts]
    assert [extract_text(text, document_id="a") for text in reversed(texts)] == first[::-1]
