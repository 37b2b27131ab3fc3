"""Word files: automatic numbers, notes, tables, tracked changes, letterheads, and files that mean harm."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from doichieu.errors import UnreadableFile
from doichieu.model import Source
from doichieu.reading import read
from doichieu.reading.office import convert, program
from tests.reading.wordfile import NAMESPACES, cell, item, level, paragraph, run, save, table, word

HEAD = [paragraph("KẾ HOẠCH"), paragraph("Nâng cao chất lượng cán bộ cấp xã đến năm 2030")]


def source(tmp_path: Path, body: str, parts: dict[str, str] | None = None, relations: str = "") -> Source:
    (found,) = read(save(tmp_path / "van-ban.docx", body, parts, relations))
    return found


def lines(found: Source) -> list[str]:
    return found.text.split("\n")


def abstract(identity: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{identity}">{"".join(levels)}</w:abstractNum>'


def listing(identity: int, definition: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'


def bullet(sign: str, font: str = "") -> str:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>' if font else ""
    return f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/>{fonts}</w:lvl>'


OUTLINE = abstract(
    1,
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%2."),
    level(2, "decimal", "%2.%3."),
    level(3, "lowerLetter", "%4)"),
)

#: (name, numbering part, paragraphs as (list, level) or None for plain, the labels that Word prints)
NUMBERED: list[tuple[str, str, list[tuple[int, int] | None], list[str]]] = [
    (
        "several levels, each begun anew below the next one above",
        OUTLINE + listing(1, 1),
        [(1, 0), (1, 1), (1, 2), (1, 2), (1, 3), (1, 3), (1, 1), (1, 2), (1, 0), (1, 1)],
        ["I.", "1.", "1.1.", "1.2.", "a)", "b)", "2.", "2.1.", "II.", "1."],
    ),
    (
        "articles",
        abstract(1, level(0, "decimal", "Điều %1.")) + listing(1, 1),
        [(1, 0), None, (1, 0)],
        ["Điều 1.", "", "Điều 2."],
    ),
    (
        "chapters",
        abstract(1, level(0, "upperRoman", "Chương %1")) + listing(1, 1),
        [(1, 0)] * 4,
        ["Chương I", "Chương II", "Chương III", "Chương IV"],
    ),
    (
        "two lists of one definition count together",
        abstract(1, level(0, "decimal", "%1.")) + listing(1, 1) + listing(2, 1),
        [(1, 0), (1, 0), (2, 0)],
        ["1.", "2.", "3."],
    ),
    (
        "a list with a start of its own begins anew",
        abstract(1, level(0, "decimal", "%1."))
        + listing(1, 1)
        + listing(2, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        [(1, 0), (1, 0), (2, 0), (2, 0)],
        ["1.", "2.", "1.", "2."],
    ),
    (
        "a list that starts at five",
        abstract(1, level(0, "decimal", "%1."))
        + listing(2, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
        [(2, 0), (2, 0)],
        ["5.", "6."],
    ),
    (
        "a level redefined by its list",
        abstract(1, level(0, "decimal", "%1."))
        + listing(1, 1, f'<w:lvlOverride w:ilvl="0">{level(0, "lowerLetter", "%1)")}</w:lvlOverride>'),
        [(1, 0), (1, 0)],
        ["a)", "b)"],
    ),
    (
        "a level that never begins anew",
        abstract(1, level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>'))
        + listing(1, 1),
        [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)],
        ["I.", "1.", "2.", "II.", "3."],
    ),
    (
        "a level that begins anew only after the first",
        abstract(
            1,
            level(0, "upperRoman", "%1."),
            level(1, "decimal", "%2."),
            level(2, "lowerLetter", "%3)", more='<w:lvlRestart w:val="1"/>'),
        )
        + listing(1, 1),
        [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)],
        ["I.", "1.", "a)", "2.", "b)", "II.", "1.", "a)"],
    ),
    (
        "legal numbering turns Roman parents into digits",
        abstract(1, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2.", more="<w:isLgl/>")) + listing(1, 1),
        [(1, 0), (1, 0), (1, 1), (1, 1)],
        ["I.", "II.", "2.1.", "2.2."],
    ),
    (
        "a deeper level without one above it",
        abstract(1, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2.")) + listing(1, 1),
        [(1, 1), (1, 1), (1, 0), (1, 1)],
        ["1.1.", "1.2.", "2.", "2.1."],
    ),
    (
        "small Roman",
        abstract(1, level(0, "lowerRoman", "(%1)")) + listing(1, 1),
        [(1, 0)] * 4,
        ["(i)", "(ii)", "(iii)", "(iv)"],
    ),
    ("capital letters", abstract(1, level(0, "upperLetter", "%1.")) + listing(1, 1), [(1, 0)] * 3, ["A.", "B.", "C."]),
    (
        "letters beyond z",
        abstract(1, level(0, "lowerLetter", "%1)", start=26)) + listing(1, 1),
        [(1, 0)] * 3,
        ["z)", "aa)", "bb)"],
    ),
    (
        "a leading nought",
        abstract(1, level(0, "decimalZero", "%1.", start=9)) + listing(1, 1),
        [(1, 0)] * 2,
        ["09.", "10."],
    ),
    ("dashes", abstract(1, bullet("-")) + listing(1, 1), [(1, 0)] * 2, ["-", "-"]),
    ("the round bullet of the Symbol font", abstract(1, bullet("\uf0b7", "Symbol")) + listing(1, 1), [(1, 0)], ["•"]),
    ("the square bullet of Wingdings", abstract(1, bullet("\uf0a7", "Wingdings")) + listing(1, 1), [(1, 0)], ["▪"]),
    ("the ring typed as the letter o", abstract(1, bullet("o", "Courier New")) + listing(1, 1), [(1, 0)], ["◦"]),
    ("a list without marks", abstract(1, level(0, "none", "")) + listing(1, 1), [(1, 0)], [""]),
    (
        "a paragraph taken out of the list",
        abstract(1, level(0, "decimal", "%1.")) + listing(1, 1),
        [(1, 0), (0, 0), (1, 0)],
        ["1.", "", "2."],
    ),
    (
        "a list that does not exist",
        abstract(1, level(0, "decimal", "%1.")) + listing(1, 1),
        [(7, 0), (1, 0)],
        ["", "1."],
    ),
]


def numbered(case: list[tuple[int, int] | None]) -> str:
    return "".join(
        paragraph(f"Nội dung {i}") if at is None else item(f"Nội dung {i}", *at) for i, at in enumerate(case)
    )


@pytest.mark.parametrize(("numbering", "case", "labels"), [c[1:] for c in NUMBERED], ids=[c[0] for c in NUMBERED])
def test_automatic_numbers_as_word_prints_them(
    tmp_path: Path, numbering: str, case: list[tuple[int, int] | None], labels: list[str]
) -> None:
    found = source(tmp_path, numbered(case), {"numbering": numbering})
    assert lines(found) == [f"{label} Nội dung {i}".strip() for i, label in enumerate(labels)]


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
def test_automatic_numbers_as_another_word_processor_prints_them() -> None:
    """An outside judge: LibreOffice's own text export of the same files, where it follows Word (it begins every level
    anew, and knows no legal numbers)."""
    own_way = (
        "letters beyond z",
        "legal numbering turns Roman parents into digits",
        "a level that begins anew only after the first",
        "a level that never begins anew",
    )
    judged = [c for c in NUMBERED if "bullet" not in c[1] and c[0] not in own_way]
    made = convert([("docx", word(numbered(c[2]), {"numbering": c[1]})) for c in judged], "txt:Text (encoded):UTF8")
    for (name, _, _, labels), text in zip(judged, made, strict=True):
        assert text is not None, name
        printed = [line.strip() for line in text.decode("utf-8-sig").splitlines() if line.strip()]
        assert printed == [f"{label} Nội dung {i}".strip() for i, label in enumerate(labels)], name


def test_numbers_that_a_style_brings(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId '
        'w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Khoan"><w:name w:val="heading 2"/><w:basedOn w:val="Dieu"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Thuong"><w:basedOn w:val="Dieu"/><w:pPr><w:numPr><w:numId '
        'w:val="0"/></w:numPr></w:pPr></w:style>'
    )
    numbering = abstract(
        1,
        level(0, "decimal", "Điều %1.", more='<w:pStyle w:val="Dieu"/>'),
        level(1, "decimal", "%2.", more='<w:pStyle w:val="Khoan"/>'),
    ) + listing(1, 1)
    body = "".join(
        paragraph(f"Nội dung {s}", f'<w:pStyle w:val="{s}"/>')
        for s in ("Dieu", "Khoan", "Khoan", "Thuong", "Dieu", "Khoan")
    )
    assert lines(source(tmp_path, body, {"numbering": numbering, "styles": styles})) == [
        "Điều 1. Nội dung Dieu",
        "1. Nội dung Khoan",
        "2. Nội dung Khoan",
        "Nội dung Thuong",
        "Điều 2. Nội dung Dieu",
        "1. Nội dung Khoan",
    ]


def test_numbers_through_a_numbering_style(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="DanhSach"><w:pPr><w:numPr><w:numId '
        'w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="DanhSach"/></w:abstractNum>'
        + abstract(2, level(0, "lowerLetter", "%1)"))
        + listing(1, 1)
        + listing(2, 2)
    )
    assert lines(source(tmp_path, numbered([(1, 0), (1, 0)]), {"numbering": numbering, "styles": styles})) == [
        "a) Nội dung 0",
        "b) Nội dung 1",
    ]


def test_footnotes_and_endnotes_at_their_marks(tmp_path: Path) -> None:
    note = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    end = '<w:r><w:endnoteReference w:id="3"/></w:r>'
    body = paragraph(
        inner=run("Đạt 15% trở lên") + note.format(4) + run("; còn lại") + note.format(2) + run(".") + end
    ) + paragraph("Đoạn sau.")
    parts = {
        "footnotes": '<w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="2">{paragraph(inner="<w:r><w:footnoteRef/></w:r>" + run(" Ghi chú thứ hai."))}</w:footnote>'
        f'<w:footnote w:id="4">{paragraph("Trong Đề án số 12 chỉ quy định 10%.")}{paragraph("Dòng nữa.")}</w:footnote>',
        "endnotes": f'<w:endnote w:id="3">{paragraph("Ghi chú cuối.")}</w:endnote>',
    }
    found = source(tmp_path, body, parts)
    assert lines(found) == [
        "Đạt 15% trở lên¹; còn lại².[1]",
        "¹ Trong Đề án số 12 chỉ quy định 10%. Dòng nữa.",
        "² Ghi chú thứ hai.",
        "Đoạn sau.",
        "[1] Ghi chú cuối.",
    ]
    assert [(b.kind, b.mark) for b in found.blocks] == [
        ("text", ""),
        ("footnote", "1"),
        ("footnote", "2"),
        ("text", ""),
        ("footnote", "1"),
    ]


def test_cells_know_their_place(tmp_path: Path) -> None:
    head = "<w:trPr><w:tblHeader/></w:trPr>"
    body = table(
        head + cell("Chỉ tiêu", '<w:vMerge w:val="restart"/>') + cell("Lộ trình", '<w:gridSpan w:val="2"/>'),
        head + cell("", "<w:vMerge/>") + cell("2025") + cell("2030"),
        cell("Tỷ lệ xã đạt chuẩn") + cell("60%") + cell("80%"),
    )
    found = source(tmp_path, "".join(HEAD) + body)
    rows = [b for b in found.blocks if b.kind == "table_row"]
    assert [
        [(found.text[c.start : c.end], c.row, c.column, c.row_span, c.column_span, c.header) for c in r.cells]
        for r in rows
    ] == [
        [("Chỉ tiêu", 0, 0, 2, 1, True), ("Lộ trình", 0, 1, 1, 2, True)],
        [("2025", 1, 1, 1, 1, True), ("2030", 1, 2, 1, 1, True)],
        [("Tỷ lệ xã đạt chuẩn", 2, 0, 1, 1, False), ("60%", 2, 1, 1, 1, False), ("80%", 2, 2, 1, 1, False)],
    ]
    assert found.text.endswith("Tỷ lệ xã đạt chuẩn | 60% | 80%")


def test_tables_that_only_place_text(tmp_path: Path) -> None:
    letterhead = table(
        cell("ỦY BAN NHÂN DÂN TỈNH X") + cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        cell("Số: 12/KH-UBND") + cell("X, ngày 02 tháng 3 năm 2025"),
        lines=False,
    )
    found = source(tmp_path, letterhead + "".join(HEAD))
    assert lines(found)[:4] == [
        "ỦY BAN NHÂN DÂN TỈNH X",
        "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "X, ngày 02 tháng 3 năm 2025",
    ]
    assert {b.kind for b in found.blocks} == {"text"}


def test_columns_set_with_tabs(tmp_path: Path) -> None:
    def beside(left: str, right: str) -> str:
        return paragraph(inner=run(left) + "<w:r><w:tab/><w:tab/></w:r>" + run(right))

    body = (
        beside("UBND TỈNH X", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        + beside("Số: 12/KH-UBND", "X, ngày 02 tháng 3 năm 2025")
        + "".join(HEAD)
        + paragraph("1. Đến năm 2030, 60% xã đạt chuẩn.")
        + beside("Nơi nhận:", "TM. ỦY BAN NHÂN DÂN")
        + paragraph("- Tỉnh ủy;")
        + beside("- Lưu VT.", "Nguyễn Văn An")
    )
    assert lines(source(tmp_path, body)) == [
        "UBND TỈNH X",
        "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "X, ngày 02 tháng 3 năm 2025",
        "KẾ HOẠCH",
        "Nâng cao chất lượng cán bộ cấp xã đến năm 2030",
        "1. Đến năm 2030, 60% xã đạt chuẩn.",
        "Nơi nhận:",
        "- Tỉnh ủy;",
        "- Lưu VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "Nguyễn Văn An",
    ]


def test_text_boxes_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('DỰ THẢO LẦN 2')}</w:txbxContent>"
    both = (
        "<w:r><mc:AlternateContent><mc:Choice "
        f'Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(source(tmp_path, paragraph(inner=both + run("Văn bản chính")))) == ["Văn bản chính", "DỰ THẢO LẦN 2"]


def test_running_heads_apart(tmp_path: Path) -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="r_header1"/><w:footerReference '
        'w:type="default" r:id="r_footer1"/></w:sectPr>'
    )
    number = (
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE '
            '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        + run("2")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    found = source(
        tmp_path, "".join(HEAD) + section, {"header1": paragraph(inner=number), "footer1": paragraph("Lưu hành nội bộ")}
    )
    assert [found.text[b.start : b.end] for b in found.blocks if b.kind == "furniture"] == ["Lưu hành nội bộ"]


def test_tracked_changes_kept_left_out_and_reported(tmp_path: Path) -> None:
    body = (
        paragraph(
            inner=(
                run("Phấn đấu đạt ")
                + (
                    '<w:del w:id="1" w:author="A"><w:r><w:delText>50</w:delText></w:r></w:del><w:ins w:id="2" '
                    f'w:author="A">{run("60")}</w:ins>'
                )
                + run("% xã đạt chuẩn.")
            )
        )
        + '<w:p><w:pPr><w:rPr><w:del w:id="3" w:author="A"/></w:rPr></w:pPr>'
        + run("Một câu bị ")
        + "</w:p>"
        + paragraph("nối lại.")
    )
    found = source(tmp_path, body)
    assert lines(found) == ["Phấn đấu đạt 60% xã đạt chuẩn.", "Một câu bị nối lại."]
    told = {p.code: p for p in found.problems}
    assert set(told) == {"tracked_insertion", "tracked_deletion"}
    assert told["tracked_insertion"].quote == "60" and "“50”" in told["tracked_deletion"].message


def test_comments_and_hidden_text_reported(tmp_path: Path) -> None:
    body = paragraph(
        inner=(
            '<w:commentRangeStart w:id="5"/>'
            + run("Tỷ lệ 60%")
            + '<w:commentRangeEnd w:id="5"/>'
            + run(" bí mật", "<w:vanish/>")
            + run(" hằng năm.")
        )
    )
    found = source(tmp_path, body, {"comments": f'<w:comment w:id="5">{paragraph("Xem lại số này")}</w:comment>'})
    assert found.text == "Tỷ lệ 60% hằng năm."
    assert {(p.code, p.quote) for p in found.problems} == {("comment", "Tỷ lệ 60%"), ("hidden_text", "")}


def test_hyphens_breaks_and_signs(tmp_path: Path) -> None:
    inner = (
        run("Nghị quyết số 09")
        + "<w:r><w:noBreakHyphen/></w:r>"
        + run("NQ/TU, nâng")
        + "<w:r><w:softHyphen/></w:r>"
        + run(" cao tỷ\xad lệ ")
        + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
        + run(" 15%")
        + "<w:r><w:br/></w:r>"
        + run("trở lên")
        + run("2", '<w:vertAlign w:val="superscript"/>')
        + run(" in hoa", "<w:caps/>")
    )
    assert (
        source(tmp_path, paragraph(inner=inner)).text == "Nghị quyết số 09-NQ/TU, nâng cao tỷ lệ ≥ 15% trở lên² IN HOA"
    )


def test_contents_are_furniture(tmp_path: Path) -> None:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o '
        '"1-3"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    body = (
        paragraph(inner=begin + run("I. MỤC TIÊU 1"))
        + paragraph("II. NHIỆM VỤ 2")
        + paragraph(inner='<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + paragraph("I. MỤC TIÊU")
    )
    assert [b.kind for b in source(tmp_path, body).blocks] == ["furniture", "furniture", "text"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 khong phai goi", "broken_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted_file"),
        (word("<w:p><w:r><w:t>a</w:t></w:r>" + "<w:p>" * 3), "broken_file"),
        (word(""), "no_text"),
    ],
    ids=["no package", "password", "broken part", "no text"],
)
def test_bad_files_say_why(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "hong.docx"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=r"hong\.docx") as caught:
        read(path)
    assert caught.value.code == code


def package(tmp_path: Path, document: str) -> Path:
    path = tmp_path / "hai.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return path


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/hostname">]>'
    path = package(
        tmp_path,
        (
            f"{bomb}<w:document {NAMESPACES}><w:body>{paragraph(inner='<w:r><w:t>&b;&x;</w:t></w:r>')}</w:body><"
            "/w:document>"
        ),
    )
    with pytest.raises(UnreadableFile) as caught:
        read(path)
    assert caught.value.code == "unsafe_file"


def test_bombs_are_refused(tmp_path: Path) -> None:
    path = package(tmp_path, f"<w:document {NAMESPACES}><w:body>{paragraph('a' * 40_000_000)}</w:body></w:document>")
    with pytest.raises(UnreadableFile) as caught:
        read(path)
    assert caught.value.code == "too_large"


def test_deep_nesting_ends(tmp_path: Path) -> None:
    def nested(depth: int) -> str:
        return (
            paragraph("đáy của bảng") if depth == 0 else f"<w:tbl><w:tr><w:tc>{nested(depth - 1)}</w:tc></w:tr></w:tbl>"
        )

    assert "đáy của bảng" in source(tmp_path, nested(60)).text
    path = package(
        tmp_path,
        (
            f"<w:document {NAMESPACES}><w:body>{'<w:sdt><w:sdtContent>' * 5000}"
            f"{'</w:sdtContent></w:sdt>' * 5000}</w:body></w:document>"
        ),
    )
    with pytest.raises(UnreadableFile):
        read(path)


def test_outside_links_are_not_followed(tmp_path: Path) -> None:
    outside = (
        '<Relationship Id="r_header1" Type="x/header" Target="file:///etc/hostname" '
        'TargetMode="External"/><Relationship Id="r_h2" Type="x/header" Target="../../../../etc/hostname"/>'
    )
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="r_header1"/><w:headerReference w:type="first" '
        'r:id="r_h2"/></w:sectPr>'
    )
    assert lines(source(tmp_path, "".join(HEAD) + section, relations=outside)) == [
        "KẾ HOẠCH",
        "Nâng cao chất lượng cán bộ cấp xã đến năm 2030",
    ]
