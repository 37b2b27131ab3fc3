"""Old encodings: recognised, converted, said so; what is none of them is refused."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doichieu.errors import UnreadableFile
from doichieu.reading import read
from doichieu.reading.encodings import _TCVN_TABLE, _VISCII_TABLE, _VNI, from_tcvn3, from_viscii, from_vni, legacy
from tests.reading.wordfile import paragraph, run, save

TEXT = (
    "Thực hiện Nghị quyết số 09-NQ/TU ngày 01/6/2022 của Ban Thường vụ Tỉnh ủy về nâng cao chất lượng "
    "cán bộ, công chức cấp xã. "
    "Phấn đấu đến năm 2025, trên 70% cán bộ chủ chốt được bồi dưỡng kỹ năng lãnh đạo, quản lý; hằng "
    "năm tổ chức ít nhất 02 lớp.\n"
    "Giữ vững ổn định, ngăn ngừa mọi biểu hiện trì trệ, đẩy mạnh cải cách; quyết liệt, hiệu quả."
)
LETTERS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"


def tcvn3(text: str) -> bytes:
    back = {letter: code for code, letter in _TCVN_TABLE.items()}
    return bytes(back.get(c, ord(c) if ord(c) < 128 else ord("?")) for c in text)


def viscii(text: str) -> bytes:
    back = {letter: code for code, letter in _VISCII_TABLE.items()}
    return bytes(back.get(c, ord(c) if ord(c) < 128 else ord("?")) for c in text)


def vni(text: str) -> bytes:
    back = {letter: typed for typed, letter in _VNI.items()}
    return "".join(back.get(c, c) for c in text).encode("cp1252")


def windows(text: str) -> bytes:
    """As keyboards of Windows-1258 type: vowels with their shape, tones as marks behind them."""
    out = ""
    for char in text:
        if unicodedata.normalize("NFC", char).encode("cp1258", "ignore"):
            out += char
            continue
        parts = unicodedata.normalize("NFD", char)
        tone = next(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
        out += unicodedata.normalize("NFC", parts.replace(tone, "")) + tone
    return out.encode("cp1258")


ENCODERS = {"TCVN3 (ABC)": tcvn3, "VISCII": viscii, "VNI": vni, "Windows-1258": windows}


@pytest.mark.parametrize("name", ENCODERS)
def test_each_is_told_from_the_others(tmp_path: Path, name: str) -> None:
    path = tmp_path / "cu.txt"
    path.write_bytes(ENCODERS[name](TEXT))
    (source,) = read(path)
    assert source.text == TEXT
    assert [(p.code, name in p.message) for p in source.problems] == [
        ("converted_encoding", True)
    ] and not source.verbatim


@pytest.mark.parametrize("name", ENCODERS)
@given(words=st.lists(st.text(LETTERS, min_size=1, max_size=4), min_size=1, max_size=8))
def test_every_letter_comes_back(name: str, words: list[str]) -> None:
    text = " ".join(words)
    data = ENCODERS[name](text)
    if name == "TCVN3 (ABC)":
        assert from_tcvn3(data.decode("latin-1")) == text
    elif name == "VISCII":
        assert from_viscii(data.decode("latin-1")) == text
    elif name == "Windows-1258":
        assert unicodedata.normalize("NFC", data.decode("cp1258")) == text
    else:
        for (
            word
        ) in words:  # a bare vowel before another letter's mark is ambiguous in VNI; each letter by itself is not
            for letter in word:
                assert from_vni(vni(letter).decode("cp1252")) == letter


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
def test_utf16_with_and_without_a_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "hai-byte.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read(path)[0].text == TEXT


def test_letters_of_an_old_font_in_unicode(tmp_path: Path) -> None:
    path = tmp_path / "phong-cu.txt"
    path.write_text(tcvn3(TEXT).decode("latin-1"), encoding="utf-8")
    (source,) = read(path)
    assert source.text == TEXT and source.problems[0].code == "converted_encoding"


def test_decomposed_letters_stay_as_the_file_has_them(tmp_path: Path) -> None:
    path = tmp_path / "to-hop.txt"
    path.write_text(unicodedata.normalize("NFD", TEXT), encoding="utf-8")
    (source,) = read(path)
    assert source.text == unicodedata.normalize("NFD", TEXT) and source.verbatim and not source.problems


def test_old_fonts_in_word_files(tmp_path: Path) -> None:
    def font(name: str) -> str:
        return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'

    body = (
        paragraph(inner=run(tcvn3("Kế hoạch của Ban Thường vụ").decode("latin-1"), font(".VnTime")))
        + paragraph(inner=run(tcvn3("mục tiêu").decode("latin-1"), font(".VnTimeH")))
        + paragraph(inner=run(vni("Tỉnh ủy").decode("cp1252"), font("VNI-Times")))
    )
    (source,) = read(save(tmp_path / "phong-cu.docx", body))
    assert source.text == "Kế hoạch của Ban Thường vụ\nMỤC TIÊU\nTỉnh ủy"


@pytest.mark.parametrize(
    "data", ["Qualité générale de la forêt, à l'été déjà passé".encode("latin-1"), bytes(range(128, 256)) * 4]
)
def test_what_is_no_vietnamese_is_refused(tmp_path: Path, data: bytes) -> None:
    assert legacy(data) is None
    path = tmp_path / "la.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile):
        read(path)
