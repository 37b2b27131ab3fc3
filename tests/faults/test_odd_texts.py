"""Texts that nobody writes: work grows with their length, counted in calls, and each is read or refused."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from doichieu.analyse import analyse
from doichieu.model import Source
from doichieu.reading import read_here
from tests.reading.wordfile import cell, paragraph, table, word
from tests.scale.test_growth import calls

SHAPES: dict[str, Callable[[int], str]] = {
    "commas": lambda n: "," * 10 * n,
    "commas between words": lambda n: "a, " * n,
    "semicolons": lambda n: ";" * 10 * n,
    "bars": lambda n: "|" * 10 * n,
    "equal rows": lambda n: "TT | Chỉ tiêu | 2030\n" + "1 | Tỷ lệ xã đạt chuẩn | 70%\n" * n,
    "equal bullets": lambda n: "KẾ HOẠCH\n\n" + "- Tỷ lệ xã đạt chuẩn 70%\n" * n,
    "combining marks": lambda n: "Kế hoạch a" + "\u0301" * 10 * n + " đạt 5%",
    "open quotes": lambda n: "“" * 10 * n,
    "one number": lambda n: "đạt " + "9" * 10 * n + "%",
    "one mark": lambda n: "1." * 10 * n + " Khoản",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_twice_the_length_is_twice_the_work(shape: Callable[[int], str]) -> None:
    calls(shape(5))  # what is done once is done
    once, twice, four = calls(shape(200)), calls(shape(400)), calls(shape(800))
    assert twice < 2.5 * once + 3000 and four < 2.5 * twice + 3000


NINES = "9" * 5000


@pytest.mark.parametrize(
    "text",
    [
        f"Đến năm 2030 đạt {NINES}% số xã, {NINES} người, 1.{NINES} tỷ đồng.",
        f"Trước ngày {NINES}/12/2025, trong {NINES} ngày, quý {NINES}/2025, năm {NINES}.",
        f"{NINES}. Khoản\n\nĐiều {NINES}. Tên\n\n{'1.' * 3000} Khoản\n\n{'I' * 3000}. Mục",
        f"Nghị quyết số {NINES}-NQ/TU ngày {NINES} tháng {NINES} năm {NINES}.",
        "Đạt " + ".".join(["999"] * 400) + "% và " + ",".join(["999"] * 400) + " xã.",
    ],
)
def test_numbers_of_thousands_of_digits(text: str) -> None:
    for body in (text, f"KẾ HOẠCH\n\nTT | Chỉ tiêu | {text[:200]}\n1 | {text} | {text}\n"):
        document = analyse(Source("so-dai", "so-dai.txt", "", "txt", body))
        assert all(t.value is None or abs(t.value) < 1e60 for t in document.targets)


@pytest.mark.parametrize(
    "charset", ["undefined", "utf-16", "idna", "punycode", "rot13", "zip", "unicode_escape", "mbcs", "utf-7", "%00"]
)
def test_a_charset_that_there_is_not(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "trang.html"
    body = "<p>Kế hoạch đến năm 2030, 5% xã đạt chuẩn nông thôn mới.</p>" * 4
    path.write_text(f"<html><head><meta charset='{charset}'></head><body>{body}</body></html>", encoding="utf-8")
    (source,) = read_here(path)
    assert "đạt chuẩn" in source.text


@pytest.mark.parametrize("count", [2_000, 20_000])
def test_styles_that_follow_from_each_other(tmp_path: Path, count: int) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{i}"><w:basedOn w:val="s{(i + 1) % count}"/></w:style>'
        for i in range(count)
    )
    path = tmp_path / "kieu.docx"
    path.write_bytes(word(paragraph("Kế hoạch", '<w:pStyle w:val="s0"/>'), {"styles": styles}))
    assert read_here(path)[0].text == "Kế hoạch"


@pytest.mark.long
def test_ten_thousand_equal_rows_of_a_word_table(tmp_path: Path) -> None:
    path = tmp_path / "bang.docx"
    rows = [cell("TT") + cell("Chỉ tiêu") + cell("2030")] + [cell("1") + cell("Tỷ lệ xã") + cell("70%")] * 10_000
    path.write_bytes(word(paragraph("KẾ HOẠCH") + paragraph("I. MỤC TIÊU") + table(*rows)))
    (source,) = read_here(path)
    assert len(analyse(source).clauses) >= 10_000


@pytest.mark.parametrize("words", ["=1+1", "+84", "-5 điểm", "@SUM(A1)", "\tx", "'=1", "rà soát", "'trích'"])
def test_our_own_words_are_no_formulas_in_csv(words: str) -> None:
    from doichieu.export.values import typed
    from doichieu.model import Problem
    from doichieu.schema import table as table_of
    from doichieu.tables.files import csv_rows

    problems = table_of("problems")
    made = csv_rows(problems, [("", Problem("a", "x", "info", words, quote=words))]).decode()
    places = [column.name for column in problems.columns]
    (row,) = csv.reader([made])
    cells = dict(zip(places, row, strict=True))
    assert cells["quote"] == words and not cells["message"].startswith(("=", "+", "-", "@", "\t", "\r"))
    (back,) = typed(problems, [made])
    assert dict(zip(places, back, strict=True))["message"] == words
