"""The reports say what the findings say, and a document's text does no harm in any format."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from pipeline import extract_text
from pipeline.compare import compare
from pipeline.errors import UsageError
from pipeline.model import Comparison
from pipeline.report import write_comparison, write_document
from pipeline.report.calendar import calendar
from pipeline.report.decisions import import_xlsx, load, save
from pipeline.report.docx import opinion
from pipeline.report.html import comparison_page, fingerprint
from pipeline.report.xlsx import workbook
from pipeline.wording import legal_path

PARENT = "NGHỊ QUYẾT\nvề một việc\n\nI. MỤC TIÊU\n\n1. Đến năm 2030\n\n- 60% cán bộ cấp xã được bồi dưỡng kỹ năng số.\n\n- 90% hồ sơ được xử lý trên môi trường mạng.\n"
HOSTILE = '- 55% cán bộ cấp xã được bồi dưỡng kỹ năng số <script>alert(1)</script> {{ config }} {% raw %} =HYPERLINK("http://x") \u202eđảo\u202c.\n'


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    child = extract_text(PARENT.replace("NGHỊ QUYẾT", "KẾ HOẠCH").replace("60%", "50%"), document_id="con")
    return compare(child, extract_text(PARENT, document_id="cha"))


@pytest.fixture(scope="module")
def hostile() -> Comparison:
    child = extract_text(PARENT.replace("NGHỊ QUYẾT", "KẾ HOẠCH").replace("- 60% cán bộ cấp xã được bồi dưỡng kỹ năng số.\n", HOSTILE), document_id="con")
    return compare(child, extract_text(PARENT, document_id="cha"))


def test_every_finding_is_in_the_page(comparison: Comparison) -> None:
    page = comparison_page(comparison, decisions={})
    for deviation in comparison.deviations:
        assert f'id="{deviation.deviation_id}"' in page
    assert "<mark>50%</mark>" in page
    assert "<mark>60%</mark>" in page


def test_the_page_asks_nothing_of_the_network(comparison: Comparison) -> None:
    page = comparison_page(comparison, decisions={})
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", page)
    assert "default-src 'none'" in page


def test_hostile_text_is_only_text_in_the_page(hostile: Comparison) -> None:
    page = comparison_page(hostile, decisions={})
    assert "<script>alert(1)" not in page
    plain = re.sub(r"</?mark>", "", page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in plain
    assert "{{ config }}" in plain
    assert "\u202e" not in page


def test_hostile_text_is_only_text_in_the_workbook(hostile: Comparison) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(hostile, decisions={}))) as book:
        for name in book.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in book.read(name)


def test_hostile_text_is_only_text_in_the_opinion(hostile: Comparison) -> None:
    with zipfile.ZipFile(io.BytesIO(opinion(hostile))) as archive:
        body = archive.read("word/document.xml").decode()
    assert "{{ config }}" in body
    assert "<script>" not in body
    assert "&lt;script&gt;" in body


def test_same_findings_in_every_format(comparison: Comparison) -> None:
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(workbook(comparison, decisions={})))["Kết quả đối chiếu"]
    assert {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)} == {d.deviation_id for d in comparison.deviations}
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref
    with zipfile.ZipFile(io.BytesIO(opinion(comparison))) as archive:
        body = re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())
    for deviation in comparison.deviations:
        if deviation.kinds != ("equal",):
            assert deviation.child_quote in body
            assert deviation.parent_quote in body


def test_same_bytes_each_time(comparison: Comparison, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_comparison(comparison, tmp_path / name)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


def test_decisions_are_carried_by_content_and_told_when_stale(comparison: Comparison) -> None:
    deviation = next(d for d in comparison.deviations if "looser" in d.kinds)
    kept = {deviation.deviation_id: {"decision": "reject", "note": "xem lại", "fingerprint": fingerprint(deviation)}}
    page = comparison_page(comparison, decisions=kept)
    assert 'data-decision="reject"' in page
    assert "đã thay đổi sau quyết định" not in page
    kept[deviation.deviation_id]["fingerprint"] = "khac"
    assert "đã thay đổi sau quyết định" in comparison_page(comparison, decisions=kept)


def test_decisions_marked_in_the_workbook_come_back(comparison: Comparison, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    (tmp_path / "report.xlsx").write_bytes(workbook(comparison, decisions={}))
    book = load_workbook(tmp_path / "report.xlsx")
    sheet = book["Kết quả đối chiếu"]
    sheet["K2"], sheet["L2"] = "Đồng ý", "được"
    book.save(tmp_path / "report.xlsx")
    found = import_xlsx(tmp_path / "report.xlsx")
    assert next(iter(found.values()))["decision"] == "accept"
    save(found, tmp_path / "decisions.json")
    assert load(tmp_path / "decisions.json") == found


@pytest.mark.parametrize("text", ["không phải json", "[1, 2]", '"x"'])
def test_a_file_that_holds_no_decisions_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "d.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"d\.json"):
        load(tmp_path / "d.json")


def test_calendar_is_icalendar() -> None:
    from icalendar import Calendar

    document = extract_text(PARENT + "\n\nII. NHIỆM VỤ\n\n1. Báo cáo trước ngày 15/12/2026; bí mật; \\ nhé.\n", document_id="x")
    events = list(Calendar.from_ical(calendar(document)).walk("VEVENT"))
    assert any(str(e["DTSTART"].dt) == "2026-12-15" for e in events)


def test_report_of_one_document(tmp_path: Path) -> None:
    paths = write_document(extract_text(PARENT, document_id="mot"), tmp_path)
    assert {p.suffix for p in paths} == {".html", ".ics"}
    assert "60%" in (tmp_path / "mot.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("path", "form"), [("II/2/2.1/d", "điểm d, khoản 2.1, mục II"), ("Điều 5/2/a", "điểm a, khoản 2, Điều 5"), ("", "")])
def test_legal_citation_form(path: str, form: str) -> None:
    assert legal_path(path) == form
