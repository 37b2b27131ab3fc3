"""Web pages: the document in them, lists counted, tables kept, furniture dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from doichieu.errors import UnreadableFile
from doichieu.model import Source
from doichieu.reading import read_here

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Cổng thông tin</title>
<style>p {{ color: red }}</style></head><body>
<nav><a href="/">Trang chủ</a> <a href="/van-ban">Văn bản</a></nav><div class="sidebar"><p>Tin xem nhiều</p></div>
<div id="content"><div class="toolbar"><script>alert(1)</script></div>{0}</div>
<footer>Bản quyền thuộc về Cổng thông tin</footer></body></html>"""
BODY = (
    "<p>Thực hiện Nghị quyết số 09-NQ/TU ngày 01/6/2022 của Ban Thường vụ Tỉnh ủy về nâng cao chất "
    "lượng cán bộ, công chức cấp xã.</p>"
)


def source(tmp_path: Path, body: str, *, raw: bytes | None = None) -> Source:
    path = tmp_path / "trang.html"
    path.write_bytes(raw if raw is not None else PAGE.format(body).encode())
    (found,) = read_here(path)
    return found


def test_page_furniture_scripts_and_hidden_parts_are_dropped(tmp_path: Path) -> None:
    found = source(tmp_path, f'<h1>KẾ HOẠCH</h1>{BODY}<p style="display: none">ẩn</p><p hidden>ẩn nữa</p>')
    assert found.text.split("\n") == ["KẾ HOẠCH", BODY[3:-4]]
    assert [b.emphasis for b in found.blocks] == [True, False]


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<ol><li>một</li><li>hai</li></ol>", ["1. một", "2. hai"]),
        ('<ol start="4" type="a"><li>một</li><li value="7">hai</li><li>ba</li></ol>', ["d. một", "g. hai", "h. ba"]),
        ('<ol reversed type="I"><li>một</li><li>hai</li></ol>', ["II. một", "I. hai"]),
        ("<ol><li><p>một</p><ul><li>con</li></ul></li><li>hai</li></ol>", ["1. một", "- con", "2. hai"]),
        ("<p>dòng trên<br>Dòng dưới<sup>1</sup></p>", ["dòng trên", "Dòng dưới¹"]),
        ('<p>đạt 60%<sup><a href="#_ftn2">[2]</a></sup> số xã</p>', ["đạt 60%² số xã"]),
        ("<div>lẻ <b>đậm</b> <i>nghiêng</i> &amp; hết</div>", ["lẻ đậm nghiêng & hết"]),
    ],
)
def test_lists_are_counted_and_lines_broken_as_a_browser_does(tmp_path: Path, html: str, lines: list[str]) -> None:
    assert source(tmp_path, BODY + html).text.split("\n")[1:] == lines


def test_cells_keep_their_places(tmp_path: Path) -> None:
    table = (
        '<table border="1"><thead><tr><th rowspan="2">Chỉ tiêu</th><th colspan="2">Lộ '
        "trình</th></tr><tr><th>2025</th><th>2030</th></tr></thead>"
        "<tbody><tr><td>Tỷ lệ xã đạt chuẩn</td><td>60%</td><td>80%</td></tr></tbody></table>"
    )
    found = source(tmp_path, BODY + table)
    rows = [
        [(found.text[c.start : c.end], c.row, c.column, c.row_span, c.column_span, c.header) for c in b.cells]
        for b in found.blocks
        if b.cells
    ]
    assert rows == [
        [("Chỉ tiêu", 0, 0, 2, 1, True), ("Lộ trình", 0, 1, 1, 2, True)],
        [("2025", 1, 1, 1, 1, True), ("2030", 1, 2, 1, 1, True)],
        [("Tỷ lệ xã đạt chuẩn", 2, 0, 1, 1, False), ("60%", 2, 1, 1, 1, False), ("80%", 2, 2, 1, 1, False)],
    ]


def test_a_letterhead_table_is_read_column_by_column(tmp_path: Path) -> None:
    table = (
        "<table><tr><td>UBND TỈNH X<br>Số: 12/KH-UBND</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>X, "
        "ngày 02 tháng 3 năm 2025</td></tr></table>"
    )
    assert source(tmp_path, table + BODY).text.split("\n")[:4] == [
        "UBND TỈNH X",
        "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "X, ngày 02 tháng 3 năm 2025",
    ]


def test_the_declared_encoding_counts(tmp_path: Path) -> None:
    import unicodedata

    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; '
        f'charset=utf-16"></head><body>{BODY}</body></html>'
    )
    assert source(tmp_path, "", raw=page.encode("utf-16")).text == BODY[3:-4]
    assert unicodedata.is_normalized("NFC", source(tmp_path, BODY).text)


def test_hostile_pages_do_no_harm(tmp_path: Path) -> None:
    deep = source(tmp_path, BODY + "<div>" * 20_000 + "đáy" + "</div>" * 20_000)
    assert BODY[3:-4] in deep.text
    entity = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body>' + BODY + "<p>&x;</p></body></html>"
    )
    hostname = Path("/etc/hostname").read_text().strip() if Path("/etc/hostname").exists() else "khong-co"
    text = source(tmp_path, "", raw=entity.encode()).text
    assert hostname not in text and "]>" not in text
    with pytest.raises(UnreadableFile):
        source(tmp_path, "", raw=b"<html><body></body></html>")


def test_what_wraps_or_resembles_furniture_is_kept(tmp_path: Path) -> None:
    page = (
        '<html><meta charset="utf-8"><body><div>Cổng thông tin</div><form id="aspnetForm"><p '
        f'class="header">NGHỊ QUYẾT</p>{BODY * 8}</form></body></html>'
    )
    assert source(tmp_path, "", raw=page.encode()).text.split("\n") == ["NGHỊ QUYẾT", *[BODY[3:-4]] * 8]
    search = source(tmp_path, f"{BODY * 8}<form><label>Tìm kiếm văn bản</label></form>")
    assert "Tìm kiếm" not in search.text
    assert source(tmp_path, f"<pre>KẾ HOẠCH\nI. MỤC TIÊU\n</pre>{BODY}").text.startswith("KẾ HOẠCH\nI. MỤC TIÊU\n")


def test_a_page_nested_too_deep_says_that_it_was_cut(tmp_path: Path) -> None:
    deep = source(tmp_path, BODY + "<div>" * 400 + "đáy" + "</div>" * 400 + "<p>phần cuối</p>")
    assert [p.code for p in deep.problems] == ["cut_short"] and "phần cuối" not in deep.text


@pytest.mark.parametrize("tag", ["div", "article", "li"])
def test_work_grows_with_the_length_of_a_page(tmp_path: Path, tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from doichieu.reading import html

    calls: list[int] = []
    weights = html._weights
    monkeypatch.setattr(html, "_weights", lambda root: calls.append(1) or weights(root))
    source(tmp_path, f"<{tag}>Rà soát</{tag}>" * 500)
    assert len(calls) == 2
