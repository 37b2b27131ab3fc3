"""Word and Excel files opened and saved by LibreOffice hold what the page holds, cell by cell."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document as WordDocument
from lxml import etree, html
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from doichieu import extract_text
from doichieu.cli import main
from doichieu.comparison.compare import compare
from doichieu.errors import UsageError
from doichieu.report import write_comparison, write_document
from doichieu.report.document_view import document_view
from doichieu.report.opinion import opinion
from doichieu.report.opinion import values as opinion_values
from doichieu.report.records import ComparisonView, Finding
from doichieu.report.sheets import Book, Cell, Column
from doichieu.report.view import comparison_view
from doichieu.report.word_templates import document as document_template
from doichieu.report.word_templates import form_name, heads
from doichieu.report.word_templates import opinion as opinion_template
from tests.report.pairs import CHILD, PARENT, comparison, flagship

SOFFICE = shutil.which("soffice")
NEEDED = pytest.mark.skipif(
    SOFFICE is None, reason="chưa có LibreOffice: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui"
)
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def resaved(path: Path, folder: Path) -> Path:
    """The file as LibreOffice writes it after having read it."""
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            path.suffix[1:],
            "--outdir",
            str(folder / "lai"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / "lai" / path.name


@pytest.fixture(scope="module")
def view() -> ComparisonView:
    return comparison_view(flagship())


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bao-cao")
    write_comparison(flagship(), folder)
    return folder


@pytest.fixture(scope="module")
def office(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    for name in ("report.docx", "report.xlsx"):
        resaved(written / name, folder)
    return folder / "lai"


def plain(text: Any) -> str:
    return " ".join(str(text or "").split())


def page_findings(path: Path) -> dict[str, dict[str, str]]:
    """The findings of a page: what stands in each card."""
    tree = html.fromstring(path.read_text(encoding="utf-8"))
    out = {}
    for card in tree.xpath("//article[contains(@class,'card')]"):
        sides = [
            side.xpath(".//blockquote")
            for name in ("side c", "side p")
            for side in card.xpath(f".//div[@class='{name}']")
        ]
        quotes = [
            plain("".join(x for x in side[0].xpath(".//text()[not(ancestor::span[@class='around'])]"))) if side else ""
            for side in sides
        ]
        out[card.get("id")] = {
            "child": quotes[0],
            "parent": quotes[1],
            "proof": plain(card.xpath("string(.//*[@class='proof'])")),
            "explanation": plain(card.xpath("string(.//*[@class='sentence'])")),
            "headline": plain(card.xpath("string(.//h4)")),
            "kinds": card.get("data-kinds").strip(),
            "severity": card.get("data-severity"),
            "number": plain(card.xpath("string(.//*[@class='num'])")),
        }
    return out


def test_the_page_holds_every_finding(view: ComparisonView, written: Path) -> None:
    found = page_findings(written / "report.html")
    assert found == {
        f.id: {
            "child": f.child.quote,
            "parent": f.parent.quote,
            "proof": f.proof,
            "explanation": f.explanation,
            "headline": f.headline,
            "kinds": " ".join(f.kinds),
            "severity": f.severity,
            "number": str(f.number),
        }
        for f in view.findings
    }


def sheet_rows(path: Path, sheet: str) -> list[dict[str, str]]:
    rows = list(load_workbook(path)[sheet].iter_rows(values_only=True))
    return [dict(zip(map(plain, rows[0]), map(plain, row), strict=True)) for row in rows[1:]]


def check_findings_sheet(path: Path, view: ComparisonView) -> None:
    rows = sheet_rows(path, "Kết quả đối chiếu")
    absent = "Không có chỉ tiêu tương ứng"
    assert [row["id"] for row in rows] == [f.id for f in view.findings]
    for row, f in zip(rows, view.findings, strict=True):
        expected = {
            "TT": str(f.number),
            "Mức độ": f.severity_name,
            "Kết luận": f.conclusion,
            "Đối tượng": f.headline,
            "Văn bản cấp dưới": f.child.quote or absent,
            "Vị trí: cấp dưới": f.child.place,
            "Văn bản cấp trên": f.parent.quote or absent,
            "Vị trí: cấp trên": f.parent.place,
            "Căn cứ": f.proof_words or f.proof,
            "Giải thích": f.explanation,
            "Lời văn bản cấp dưới": f.justification,
            "Độ tin cậy": f.confidence,
            "fingerprint": f.fingerprint,
        }
        assert {key: row[key] for key in expected} == {key: plain(value) for key, value in expected.items()}


def test_the_workbook_holds_every_finding(view: ComparisonView, written: Path) -> None:
    check_findings_sheet(written / "report.xlsx", view)


@NEEDED
def test_the_workbook_holds_every_finding_after_libreoffice(view: ComparisonView, office: Path) -> None:
    check_findings_sheet(office / "report.xlsx", view)
    tasks = sheet_rows(office / "report.xlsx", "Nhiệm vụ")
    assert [(r["Kết luận"], r["Cơ quan"], r["Mã"]) for r in tasks] == [
        (d.verdict_name, d.agency, d.id) for d in view.duties
    ]
    assert [r["Mã"] for r in sheet_rows(office / "report.xlsx", "Chưa cụ thể hóa")] == [
        f.id for f in view.findings if "omitted" in f.kinds
    ]
    for name, document in (("Chỉ tiêu cấp dưới", flagship().child), ("Chỉ tiêu cấp trên", flagship().parent)):
        assert document is not None
        assert [r["Mã"] for r in sheet_rows(office / "report.xlsx", name)] == [t.target_id for t in document.targets]
    assert len(sheet_rows(office / "report.xlsx", "Cần kiểm tra")) == len(view.problems)


def test_the_workbook_is_made_for_people(written: Path) -> None:
    book = load_workbook(written / "report.xlsx")
    sheet = book["Kết quả đối chiếu"]
    assert book.active.title == "Tóm tắt" == book.sheetnames[0] and sheet.freeze_panes == "D2" and sheet.auto_filter.ref
    assert sheet.column_dimensions["G"].width > 30 and sheet["G2"].alignment.wrap_text
    assert (
        len({sheet.cell(row, 2).fill.start_color.rgb for row in range(2, sheet.max_row + 1)}) == 4
    )  # one colour for each severity
    choices = sheet.data_validations.dataValidation[0]
    assert choices.formula1 == '"Đề nghị sửa,Chấp nhận (có lý do),Máy nhận sai,Hỏi thêm"' and "D2" in choices.sqref
    for name in ("Chỉ tiêu cấp dưới", "Chỉ tiêu cấp trên", "Nhiệm vụ", "Chưa cụ thể hóa", "Cần kiểm tra"):
        assert book[name].freeze_panes == "A2"


def test_every_row_of_the_workbook_is_high_enough_to_be_read(written: Path) -> None:
    """LibreOffice gives a row that states no height one line, and the rest of its text is not seen."""
    book = load_workbook(written / "report.xlsx")
    for sheet in book.worksheets:
        widths = [sheet.column_dimensions[get_column_letter(c)].width for c in range(1, sheet.max_column + 1)]
        hidden = [sheet.column_dimensions[get_column_letter(c)].hidden for c in range(1, sheet.max_column + 1)]
        for row in sheet.iter_rows(min_row=2):
            needed = max(
                len(str(cell.value or "")) / width
                for cell, width, away in zip(row, widths, hidden, strict=False)
                if not away
            )
            if sheet.title == "Kết quả đối chiếu":  # twenty findings are seen at once
                assert (sheet.row_dimensions[row[0].row].height or 15) <= 30
                continue
            assert (sheet.row_dimensions[row[0].row].height or 15) >= min(15 * needed, 400), (sheet.title, row[0].row)
        assert sheet.print_title_rows == "$1:$1" and sheet.page_setup.fitToHeight == 0
    assert book.worksheets[1].page_setup.fitToWidth in (None, 1)


@pytest.mark.parametrize("text", ["😀" * 40_000, "a" * 40_000, "ế" * 40_000, "x😀" * 20_000 + "x"])
def test_no_cell_holds_more_than_excel_takes(text: str) -> None:
    with Book("thử") as book:
        book.sheet("a", [Column("x", 20), Column("y", 20)], [[text, Cell(text, "a", 1)]])
    with zipfile.ZipFile(io.BytesIO(book.data)) as archive:  # read as written: readers of workbooks cut for themselves
        cells = [e.text or "" for e in etree.fromstring(archive.read("xl/sharedStrings.xml")).iter("{*}t")]
    assert len(cells) == 3 and all(len(cell.encode("utf-16-le")) // 2 <= 32_767 for cell in cells)
    assert text.startswith(cells[-1]) and len(cells[-1]) > 15_000


def test_the_links_of_the_workbook_lead_to_the_clause(view: ComparisonView, written: Path) -> None:
    book = load_workbook(written / "report.xlsx")
    sheet = book["Kết quả đối chiếu"]
    followed = 0
    for row, finding in enumerate(view.findings, start=2):
        for column, side in ((8, finding.parent), (10, finding.child)):
            link = sheet.cell(row, column).hyperlink
            if side.quote:
                name, place = re.fullmatch(r"'?([^'!]+)'?!A(\d+)", link.location).groups()  # type: ignore[union-attr]
                words = plain(book[name].cell(int(place), 2).value)
                assert side.quote in words
                followed += 1
            else:
                assert link is None
    assert followed > 40


def word_findings(path: Path) -> dict[str, list[str]]:
    """The rows of the tables of findings by number, as lists of lines of their cells; what is added, as a line."""
    out: dict[str, list[str]] = {}
    document = WordDocument(str(path))
    for table in document.tables:
        if [plain(c.text) for c in table.rows[0].cells][1:] == ["Văn bản cấp trên", "Văn bản cấp dưới"]:
            for row in table.rows[1:]:
                cells = [plain(c.text) for c in row.cells]
                assert cells[0] not in out
                out[cells[0]] = cells[1:]
    lines = [plain(p.text) for p in document.paragraphs]
    for line in lines[: next(i for i, text in enumerate(lines) if text.startswith("III. "))]:
        found = re.fullmatch(r"(\d+)\. (.+)", line)
        if found and found[1] not in out and "(" in line:
            out[found[1]] = [found[2]]
    return out


def expected_words(f: Finding) -> list[str]:
    if not f.parent.quote:
        return [plain(f"{f.child.quote} ({f.child.place}).")]
    told = f"{f.child.quote} ({f.child.place}) {f.conclusion} {f.proof_words}" if f.child.quote else f.conclusion
    if f.justification:
        told += f" Lời văn bản cấp dưới: “{f.justification}”"
    return [plain(f"{f.parent.quote} ({f.parent.place})"), plain(told)]


def asked_for(view: ComparisonView) -> dict[str, list[str]]:
    """What the opinion sets out: what has priority and what is to be known; the rest it counts."""
    return {str(f.number): expected_words(f) for f in view.findings if f.group != "rest"}


def test_the_opinion_sets_out_what_is_to_be_looked_at(view: ComparisonView, written: Path) -> None:
    assert word_findings(written / "report.docx") == asked_for(view)


@NEEDED
def test_the_opinion_says_the_same_after_libreoffice(view: ComparisonView, office: Path) -> None:
    assert word_findings(office / "report.docx") == asked_for(view)


def test_the_opinion_is_a_sound_word_file(written: Path) -> None:
    with zipfile.ZipFile(written / "report.docx") as archive:
        parts = {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")}
    body = parts["word/document.xml"]
    ids = [e.get(f"{W}id") for e in body.iter(f"{W}bookmarkStart")]
    assert len(ids) == len(set(ids)) > 5 and all(i.isdigit() for i in ids)
    names = {e.get(f"{W}name") for e in body.iter(f"{W}bookmarkStart")}
    assert len(names) == len(ids)
    assert not list(body.iter(f"{W}fldChar"))  # a few pages need no contents
    assert any("PAGE" in (e.text or "") for part in parts.values() for e in part.iter(f"{W}instrText"))
    assert "{{" not in etree.tostring(body, encoding="unicode") and "{%" not in etree.tostring(body, encoding="unicode")
    styles = [p.style.name for p in WordDocument(str(written / "report.docx")).paragraphs]
    assert styles.count("Heading 1") == 5 and styles.count("Heading 2") == 2
    for table in body.iter(f"{W}tbl"):
        rows = list(table.iter(f"{W}tr"))
        if len(rows) > 1:
            assert rows[0].find(f".//{W}tblHeader") is not None and all(
                r.find(f".//{W}cantSplit") is not None for r in rows[1:]
            )


def members(data: bytes) -> dict[str, bytes]:
    """What a package holds; how it was packed differs between the libraries of two machines."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_templates_are_those_that_the_code_builds() -> None:
    for authority in heads():
        for lang in ("vi", "en"):
            saved = (TEMPLATES / form_name(lang, authority)).read_bytes()
            assert members(saved) == members(opinion_template(lang, authority))
    assert members((TEMPLATES / "document.docx").read_bytes()) == members(document_template())


def test_the_head_is_that_of_the_authority_that_signs() -> None:
    view = comparison_view(comparison())
    for authority, own, other in (
        ("state", "Độc lập - Tự do - Hạnh phúc", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        ("party", "ĐẢNG CỘNG SẢN VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    ):
        document = WordDocument(io.BytesIO(opinion(view, authority=authority)))
        head = "\n".join(cell.text for cell in document.tables[0].rows[0].cells)
        assert own in head and other not in head
        assert document.core_properties.subject == heads()[authority]["guidance"]


def template(path: Path, *texts: str) -> Path:
    document = WordDocument()
    for text in texts:
        document.add_paragraph(text)
    document.save(str(path))
    return path


@pytest.mark.parametrize("authority", ["state", "party"])
def test_the_opinion_in_english_speaks_english(authority: str) -> None:
    words = {
        w
        for p in WordDocument(io.BytesIO(opinion_template("en", authority))).element.body.iter(f"{W}t")
        for w in (p.text or "").split()
    }
    assert not [w for w in words if re.search(r"[à-ỹđ]", w.lower())]
    data = opinion(comparison_view(comparison(), None, "en"))
    lines = [p.text for p in WordDocument(io.BytesIO(data)).paragraphs]
    assert "OPINION ON THE COMPARISON" in lines and "II. Where the lower document differs" in lines


def test_an_opinion_without_findings_has_no_empty_list() -> None:
    pair = compare(
        extract_text("Xin chào.\n", document_id="con"),
        extract_text("QUYẾT ĐỊNH\nvề việc thành lập tổ\n\nĐiều 1. Thành lập Tổ công tác.\n", document_id="cha"),
    )
    lines = [p.text for p in WordDocument(io.BytesIO(opinion(comparison_view(pair)))).paragraphs]
    assert any(line.startswith("Hai văn bản không có chỉ tiêu nào để đối chiếu.") for line in lines) and not [
        line for line in lines if "theo loại" in line
    ]


def test_the_signature_stands_on_no_page_alone(written: Path) -> None:
    dots = [p for p in WordDocument(str(written / "report.docx")).paragraphs if p.text.startswith("....")]
    assert dots and all(p.paragraph_format.keep_with_next for p in dots)


def test_the_fields_of_the_template_are_described() -> None:
    described = set(re.findall(r"`([a-z_]+)`", (TEMPLATES.parent / "docs" / "TEMPLATE.md").read_text(encoding="utf-8")))
    told = opinion_values(comparison_view(flagship()))
    assert set(told) <= described
    assert (
        set(told["groups"][0])
        | set(told["groups"][0]["findings"][0])
        | set(told["duties"][0])
        | set(told["child"])
        | set(told["kept_places"][0])
        | set(told["duty_groups"][0])
        <= described
    )


def test_an_office_brings_its_own_form(tmp_path: Path) -> None:
    form = template(
        tmp_path / "mau.docx",
        "CÔNG VĂN của chúng tôi",
        "{{ child.name }}: {{ summary }}",
        "{%p for g in groups %}",
        "{{ g.name }}: {{ g.count }}",
        "{%p endfor %}",
    )
    (tmp_path / "con.txt").write_text(CHILD, encoding="utf-8")
    (tmp_path / "cha.txt").write_text(PARENT, encoding="utf-8")
    assert (
        main(
            [
                "diff",
                str(tmp_path / "con.txt"),
                "--parent",
                str(tmp_path / "cha.txt"),
                "--out",
                str(tmp_path / "ra"),
                "--template",
                str(form),
            ]
        )
        == 0
    )
    lines = [p.text for p in WordDocument(str(tmp_path / "ra" / "con__cha" / "report.docx")).paragraphs]
    assert lines[0] == "CÔNG VĂN của chúng tôi" and "Ưu tiên xử lý: 2" in lines


@pytest.mark.parametrize("text", ["{{ khong_co }}", "{{ child.name", "{% for x in %}", "{{ ''.__class__.__mro__ }}"])
def test_a_form_with_a_mistake_is_named(tmp_path: Path, text: str) -> None:
    form = template(tmp_path / "mau.docx", text)
    with pytest.raises(UsageError, match=r"mau\.docx"):
        opinion(comparison_view(comparison()), form)


def test_a_form_that_is_no_word_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "mau.docx").write_bytes(b"khong phai word")
    for path in (tmp_path / "mau.docx", tmp_path / "khong-co.docx"):
        with pytest.raises(UsageError, match=path.name):
            opinion(comparison_view(comparison()), path)


@NEEDED
def test_the_report_of_one_document_in_every_format(tmp_path: Path) -> None:
    document = extract_text(PARENT, document_id="mot")
    view = document_view(document)
    paths = {p.suffix: p for p in write_document(document, tmp_path)}
    assert set(paths) == {".html", ".docx", ".xlsx", ".ics"}
    rows = sheet_rows(resaved(paths[".xlsx"], tmp_path), "Chỉ tiêu")
    assert [(r["Mã"], r["Nguyên văn"], r["Mức"], r["Thời hạn"]) for r in rows] == [
        (t.id, t.quote, t.measure, t.deadline) for t in view.targets
    ]
    tasks = sheet_rows(tmp_path / "lai" / "mot.xlsx", "Nhiệm vụ")
    assert sorted((r["Cơ quan"], r["Vai trò"], r["Nhiệm vụ"]) for r in tasks) == sorted(
        (t.agency, t.role, t.task) for t in view.tasks
    )
    tables = [
        [[plain(c.text) for c in row.cells] for row in t.rows]
        for t in WordDocument(str(resaved(paths[".docx"], tmp_path))).tables
    ]
    targets = next(t for t in tables if t[0][1] == "Nguyên văn")
    assert [(r[1], r[4]) for r in targets[1:]] == [(t.quote, t.deadline) for t in view.targets]
    told = [row for t in tables if t[0][:2] == ["Vai trò", "Nhiệm vụ"] for row in t[1:]]
    assert sorted((r[0], r[1]) for r in told) == sorted((t.role, t.task) for t in view.tasks)
    page = html.fromstring(paths[".html"].read_text(encoding="utf-8"))
    assert [row.get("id") for row in page.xpath("//table[@id='target-table']/tbody/tr")] == [
        f"t-{t.id}" for t in view.targets
    ]
    assert len(page.xpath("//table[@id='task-table']/tbody/tr")) == len(view.tasks)
