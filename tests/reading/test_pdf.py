"""PDF files: reading order, running heads, footnotes, ruled tables, pages that cut; files that are broken or locked."""

from __future__ import annotations

from pathlib import Path

import pytest

from doichieu.errors import UnreadableFile
from doichieu.model import Source
from doichieu.reading import read
from doichieu.reading.builder import SourceBuilder
from doichieu.reading.layout import Grid, GridCell, PageContent, Piece
from doichieu.reading.office import convert, program
from doichieu.reading.paragraphs import Composer
from doichieu.reading.pdf_tables import Line, find_tables
from tests.reading.wordfile import cell, paragraph, run, table, word

SHARED = Path(__file__).resolve().parents[3] / "shared" / "real" / "files"
WIDTH, HEIGHT, LEFT, RIGHT = 595.0, 842.0, 85.0, 540.0


class Sheet:
    """A page set by hand: each call puts one line on it."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.pieces: list[Piece] = []

    def line(
        self, y: float, text: str, x: float = LEFT, *, size: float = 14.0, end: float | None = None, bold: bool = False
    ) -> Sheet:
        width = (end - x) if end is not None else len(text) * 0.45 * size
        self.pieces.append(Piece(text, x, y, x + width, y + size, size, bold))
        return self

    def centred(self, y: float, text: str, *, bold: bool = False) -> Sheet:
        width = len(text) * 6.3
        return self.line(y, text, (LEFT + RIGHT - width) / 2, end=(LEFT + RIGHT + width) / 2, bold=bold)

    @property
    def content(self) -> PageContent:
        return PageContent(self.number, WIDTH, HEIGHT, tuple(self.pieces))


def composed(*sheets: Sheet) -> Source:
    builder = SourceBuilder("trang", "trang.pdf")
    composer = Composer(builder, [sheet.content for sheet in sheets])
    composer.compose()
    return builder.build("", "pdf", pages=composer.pages, lines=composer.lines)


def blocks(source: Source) -> list[tuple[str, str]]:
    return [(b.kind, source.text[b.start : b.end]) for b in source.blocks]


def test_wrapped_lines_are_one_paragraph_and_an_indent_begins_another() -> None:
    sheet = (
        Sheet(1)
        .line(100, "Nâng cao chất lượng cán bộ cấp xã là nhiệm vụ thường xuyên của cấp", LEFT + 28, end=RIGHT)
        .line(118, "ủy các cấp và của cả hệ thống chính trị trong những năm tới đây và về", end=RIGHT)
        .line(136, "lâu dài.")
        .line(154, "Các cấp ủy tiếp tục quán triệt nghị quyết đến từng cán bộ, đảng viên và", LEFT + 28, end=RIGHT)
        .line(172, "Nhân dân trên địa bàn.")
    )
    assert [text[:20] for _, text in blocks(composed(sheet))] == ["Nâng cao chất lượng ", "Các cấp ủy tiếp tục "]


def test_a_line_that_ends_in_a_hyphen_of_a_number_is_joined_without_a_blank() -> None:
    sheet = (
        Sheet(1)
        .line(100, "Thực hiện có hiệu quả Nghị quyết số 57-", end=RIGHT)
        .line(118, "NQ/TW của Bộ Chính trị về khoa học, công nghệ và đổi mới", end=RIGHT)
        .line(136, "sáng tạo.")
    )
    assert "số 57-NQ/TW của Bộ Chính trị" in composed(sheet).text


def test_a_paragraph_goes_on_over_the_page_end() -> None:
    first = Sheet(1)
    for index in range(6):
        first.line(
            600 + 18 * index, f"dòng thứ {index} của một đoạn văn dài cho tới cuối trang này và còn nữa", end=RIGHT
        )
    first.line(800, "1", 295, end=301)
    second = (
        Sheet(2)
        .line(30, "2", 295, end=301)
        .line(80, "Ban Thường vụ Tỉnh ủy giao các cơ quan thực hiện nghị quyết trên địa bàn", end=RIGHT)
        .line(98, "tỉnh.")
    )
    source = composed(first, second)
    assert [(b.kind, b.continues) for b in source.blocks] == [
        ("text", False),
        ("furniture", False),
        ("furniture", False),
        ("text", True),
    ]
    from doichieu.analyse import analyse

    leaves = [c for c in analyse(source).clauses if c.leaf and c.kind == "paragraph"]
    assert len(leaves) == 1 and len(leaves[0].pieces) == 2 and leaves[0].page == 1


def test_running_heads_and_numbers_are_furniture() -> None:
    sheets = []
    for number in (1, 2, 3):
        sheet = Sheet(number).line(40, f"CÔNG BÁO/Số 238/Ngày 21-04-2026 {number + 90}", 200, end=420)
        sheet.line(60, "Lưu hành nội bộ", 250, end=340)
        sheets.append(sheet.line(300, f"Nội dung của trang thứ {number}."))
    assert [kind for kind, _ in blocks(composed(*sheets))] == ["furniture", "furniture", "text"] * 3


def test_letterhead_and_signature_column_by_column() -> None:
    sheet = (
        Sheet(1)
        .line(50, "UBND TỈNH X", 120, end=220)
        .line(50, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 290, end=540)
        .line(68, "Số: 12/KH-UBND", 115, end=225)
        .line(68, "Độc lập - Tự do - Hạnh phúc", 330, end=500)
        .line(90, "X, ngày 02 tháng 3 năm 2025", 330, end=500)
        .centred(130, "KẾ HOẠCH", bold=True)
        .centred(148, "Thực hiện nghị quyết", bold=True)
        .line(200, "1. Đến năm 2030, 60% xã đạt chuẩn theo quy định của cấp có thẩm quyền và", LEFT + 28, end=RIGHT)
        .line(218, "của tỉnh.")
        .line(260, "Nơi nhận:", LEFT, size=12)
        .line(258, "TM. ỦY BAN NHÂN DÂN", 350, end=500)
        .line(276, "- Tỉnh ủy;", LEFT, size=11)
        .line(276, "CHỦ TỊCH", 390, end=460)
        .line(290, "- Lưu: VT.", LEFT, size=11)
        .line(340, "Nguyễn Văn An", 375, end=475)
    )
    assert [text for _, text in blocks(composed(sheet))] == [
        "UBND TỈNH X",
        "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "X, ngày 02 tháng 3 năm 2025",
        "KẾ HOẠCH",
        "Thực hiện nghị quyết",
        "1. Đến năm 2030, 60% xã đạt chuẩn theo quy định của cấp có thẩm quyền và của tỉnh.",
        "Nơi nhận:",
        "- Tỉnh ủy;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nguyễn Văn An",
    ]


def test_footnotes_by_size_and_place() -> None:
    sheet = Sheet(1)
    for index in range(8):
        sheet.line(
            300 + 18 * index, f"dòng thứ {index} của thân văn bản trải hết chiều rộng của trang giấy này", end=RIGHT
        )
    sheet.line(700, "¹ Trong Đề án số 12 chỉ quy định 10% trở", size=10, end=RIGHT).line(712, "lên.", size=10).line(
        724, "² Theo Nghị định.", size=10
    )
    notes = [
        (b.mark, text)
        for b, (kind, text) in zip(composed(sheet).blocks, blocks(composed(sheet)), strict=True)
        if kind == "footnote"
    ]
    assert notes == [("1", "¹ Trong Đề án số 12 chỉ quy định 10% trở lên."), ("2", "² Theo Nghị định.")]


def test_a_table_without_lines_by_its_columns() -> None:
    sheet = Sheet(1).line(80, "Các chỉ tiêu chủ yếu:")
    for index, (name, now, later) in enumerate(
        [("Chỉ tiêu", "2025", "2030"), ("Xã đạt chuẩn", "60%", "80%"), ("Che phủ rừng", "50%", "52%")]
    ):
        sheet.line(110 + 18 * index, name, 90, end=200).line(110 + 18 * index, now, 300, end=330).line(
            110 + 18 * index, later, 420, end=450
        )
    sheet.line(164, "toàn tỉnh", 90, end=150)
    found = composed(sheet)
    assert [kind for kind, _ in blocks(found)] == ["text", "table_row", "table_row", "table_row", "table_row"]
    assert blocks(found)[2][1] == "Xã đạt chuẩn | 60% | 80%"


def test_signature_appearance_is_furniture() -> None:
    sheet = (
        Sheet(1)
        .line(100, "Ký bởi: Cổng Thông tin điện tử Chính phủ", 300, size=8)
        .line(110, "Email: thongtinchinhphu@chinhphu.vn", 300, size=8)
        .line(120, "Thời gian ký: 17.09.2025 15:20:11 +07:00", 300, size=8)
        .line(300, "Nội dung văn bản.")
    )
    assert [kind for kind, _ in blocks(composed(sheet))] == ["furniture"] * 3 + ["text"]


def test_walls_make_cells_and_merged_cells() -> None:
    across = [Line(100, 50, 350), Line(120, 150, 350), Line(140, 50, 350), Line(400, 50, 200)]
    upright = [Line(50, 100, 140), Line(150, 100, 140), Line(250, 120, 140), Line(350, 100, 140)]
    (walls,), rules = find_tables(across, upright)
    assert [(r.x0, r.x1, r.y) for r in rules] == [(50, 200, 400)]
    assert walls.cell(60, 110) == walls.cell(60, 130) != walls.cell(160, 110) == walls.cell(300, 110)
    assert walls.cell(160, 130) != walls.cell(300, 130) and walls.cell(10, 10) == -1
    cells = {(c.row, c.column): (c.row_span, c.column_span) for c in walls.grid({}).cells}
    assert cells == {(0, 0): (2, 1), (0, 1): (1, 2), (1, 1): (1, 1), (1, 2): (1, 1)}


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
def test_a_table_over_two_pages_and_raised_marks(tmp_path: Path) -> None:
    rows = [cell("TT") + cell("Nhiệm vụ") + cell("Đơn vị chủ trì")]
    rows += [
        cell(str(i))
        + cell(f"Nhiệm vụ thứ {i} " + "nâng cao chất lượng cán bộ cấp xã " * 8)
        + cell("Sở Khoa học và Công nghệ tỉnh")
        for i in range(1, 31)
    ]
    body = paragraph(
        inner=run("Đạt 15% trở lên") + run("1", '<w:vertAlign w:val="superscript"/>') + run(" theo quy định.")
    ) + table(*rows)
    (data,) = convert([("docx", word(body))], "pdf")
    assert data is not None
    path = tmp_path / "bang.pdf"
    path.write_bytes(data)
    (source,) = read(path)
    assert "trở lên¹ theo" in source.text
    found = [b for b in source.blocks if b.kind == "table_row"]
    texts = [[source.text[c.start : c.end] for c in b.cells] for b in found]
    assert [t[0] for t in texts] == ["TT", *map(str, range(1, 31))] and {b.table for b in found} == {0}
    assert {t[2] for t in texts[1:]} == {"Sở Khoa học và Công nghệ tỉnh"} and len(source.pages) > 1
    assert all(t[1] == f"Nhiệm vụ thứ {t[0]} " + " ".join(["nâng cao chất lượng cán bộ cấp xã"] * 8) for t in texts[1:])


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 hong", b"%PDF-1.4\n%%EOF", b"%PDF-1.7\n" + b"\0\xff" * 500], ids=["short", "empty", "noise"]
)
def test_broken_files_say_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "hong.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=r"hong\.pdf") as caught:
        read(path)
    assert caught.value.code == "broken_file"


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_boxes_of_a_page_shown_turned_lie_on_it(tmp_path: Path, degrees: int) -> None:
    import pypdfium2 as pdfium

    (data,) = convert(
        [
            (
                "docx",
                word("".join(paragraph(f"Dòng thứ {i} của kế hoạch nâng cao chất lượng cán bộ.") for i in range(40))),
            )
        ],
        "pdf",
    )
    assert data is not None
    with pdfium.PdfDocument(data) as document:
        document[0].set_rotation(degrees)
        document.save(str(tmp_path / "xoay.pdf"))
    (source,) = read(tmp_path / "xoay.pdf")
    page = source.pages[0]
    assert source.text.startswith("Dòng thứ 0") and page.width < page.height
    assert all(0 <= line.x0 < line.x1 <= page.width and 0 <= line.y0 < line.y1 <= page.height for line in source.lines)


def test_what_is_cut_short_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from doichieu.reading import pdf, pdf_chars

    if program() is None:
        pytest.skip("LibreOffice is not installed")
    (data,) = convert(
        [("docx", word(paragraph("Nâng cao chất lượng cán bộ, công chức cấp xã trên địa bàn tỉnh.")))], "pdf"
    )
    assert data is not None
    (tmp_path / "dai.pdf").write_bytes(data)
    monkeypatch.setattr(pdf, "MAX_CHARACTERS", 20)
    monkeypatch.setattr(pdf_chars, "MAX_CHARACTERS", 20)
    assert [p.code for p in pdf.read_pdf(tmp_path / "dai.pdf").problems] == ["cut_short"]


def test_pages_without_text_say_so(tmp_path: Path) -> None:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument.new()
    document.new_page(595, 842)
    document.save(str(tmp_path / "trang.pdf"))
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path / "trang.pdf")
    assert caught.value.code == "no_text"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real files are not at hand")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("qd877-signed.pdf", ("quyet_dinh", "877/QĐ-BTP", "2025-03-03", "Bộ Tư pháp", "Nguyễn Hải Ninh")),
        ("nq97-nqcp-2026-gazette.pdf", ("nghi_quyet", "97/NQ-CP", "2026-04-06", "Chính phủ", "Phạm Minh Chính")),
        (
            "qd892-ttg-2026-gazette.pdf",
            ("quyet_dinh", "892/QĐ-TTg", "2026-05-20", "Thủ tướng Chính phủ", "Phạm Thị Thanh Trà"),
        ),
        (
            "ct09-binhduong-2009-legacy.doc",
            ("chi_thi", "09/2009/CT-UBND", "2009-04-15", "Ủy ban nhân dân tỉnh Bình Dương", "Nguyễn Văn Hiệp"),
        ),
        ("qd877-quyet-dinh.docx", ("quyet_dinh", "877/QĐ-BTP", "2025-03-03", "Bộ Tư pháp", "Nguyễn Hải Ninh")),
    ],
)
def test_heads_of_real_files(name: str, expected: tuple[str, ...]) -> None:
    from doichieu.analyse import analyse

    if name.endswith(".doc") and program() is None:
        pytest.skip("LibreOffice is not installed")
    info = analyse(read(SHARED / name)[0]).info
    assert (info.kind, info.number, info.issued_on, info.issuer, info.signer) == expected


def ruled(*rows: tuple[str, ...]) -> Grid:
    """A grid of three columns with one line of text in each filled cell."""
    cells = tuple(
        GridCell(r, c, 1, 1, (Piece(text, 90.0 + 150 * c, 100.0 + 20 * r, 200.0 + 150 * c, 112.0 + 20 * r, 12.0),))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text
    )
    return Grid(85.0, 95.0, 540.0, 95.0 + 20 * len(rows), (85.0, 240.0, 390.0, 540.0), len(rows), cells)


def over_pages(*pages: Grid) -> list[str]:
    builder = SourceBuilder("trang", "trang.pdf")
    contents = [PageContent(i, WIDTH, HEIGHT, (), (grid,)) for i, grid in enumerate(pages, 1)]
    Composer(builder, contents).compose()
    return [builder.text[b.start : b.end] for b in builder.blocks if b.kind == "table_row"]


HEAD = (("TT", "Nhiệm vụ", "Thời gian"), ("", "", "hoàn thành"))


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (("", "kho dữ liệu dùng chung", ""), ["1 | Xây dựng đề án kho dữ liệu dùng chung | Năm 2026"]),
        (("", "của tỉnh", "và năm 2027"), ["1 | Xây dựng đề án của tỉnh | Năm 2026 và năm 2027"]),
        (("", "Ban hành quy chế", "Năm 2027"), ["1 | Xây dựng đề án | Năm 2026", "Ban hành quy chế | Năm 2027"]),
        (("2", "ban hành quy chế", "Năm 2027"), ["1 | Xây dựng đề án | Năm 2026", "2 | ban hành quy chế | Năm 2027"]),
    ],
    ids=["rest of a cell", "rest of two", "a row of the same group", "a new row"],
)
@pytest.mark.parametrize("head", [HEAD, ()], ids=["head repeated", "no head"])
def test_a_row_that_a_page_end_cuts_is_one(
    rest: tuple[str, ...], expected: list[str], head: tuple[tuple[str, ...], ...]
) -> None:
    first = ruled(*HEAD, ("1", "Xây dựng đề án", "Năm 2026"))
    found = over_pages(first, ruled(*head, rest, ("3", "Sơ kết", "Năm 2028")))
    assert found == ["TT | Nhiệm vụ | Thời gian", "hoàn thành", *expected, "3 | Sơ kết | Năm 2028"]


def test_the_first_point_of_an_article_whose_heading_fills_its_line() -> None:
    sheet = (
        Sheet(1)
        .line(100, "Điều 19. Trình tự, thủ tục giải quyết tranh chấp bến bãi tập thể về quyền", LEFT + 28, end=RIGHT)
        .line(118, "1. Hòa giải viên lập biên bản trong năm ngày làm việc kể từ ngày nhận đơn", end=RIGHT)
        .line(136, "và gửi các bên.")
    )
    assert [text[:9] for _, text in blocks(composed(sheet))] == ["Điều 19. ", "1. Hòa gi"]


def test_a_title_in_capitals_over_two_lines_is_one() -> None:
    sheet = (
        Sheet(1)
        .line(100, "Phụ lục")
        .line(118, "DANH MỤC BẾN BÃI VÀ PHƯƠNG TIỆN THỦY CHỞ KHÁCH ĐƯỢC KIỂM TRA", end=RIGHT - 8, bold=True)
        .line(136, "VÀ NÂNG CẤP TRONG NĂM", LEFT + 120, end=RIGHT - 120, bold=True)
        .line(154, "1. Bến Cồn Nổi.", LEFT + 28)
    )
    found = [text for _, text in blocks(composed(sheet))]
    assert found[1].endswith("ĐƯỢC KIỂM TRA VÀ NÂNG CẤP TRONG NĂM") and len(found) == 3
