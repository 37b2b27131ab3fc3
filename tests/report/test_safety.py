"""A document's text does no harm in any format, and the pages ask nothing of the network."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from doichieu import extract_text
from doichieu.comparison.several.portfolio import build
from doichieu.model import Comparison
from doichieu.report import write_comparison, write_document
from doichieu.report.calendar import calendar
from doichieu.report.clean import safe_text
from doichieu.report.decisions import Decision
from doichieu.report.html import comparison_page, css_string
from doichieu.report.portfolio_html import page
from doichieu.report.view import comparison_view
from tests.report.browser import NEEDED, opened
from tests.report.pairs import HOSTILE, PARENT, comparison, hostile

UNSAFE = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x08\x0b\x0c\x0e-\x1f]")


@pytest.fixture(scope="module")
def pair() -> Comparison:
    return hostile()


@pytest.fixture(scope="module")
def folder(pair: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("thu-nghich")
    finding = comparison_view(pair).findings[0]
    kept = {
        finding.id: Decision(
            "accept",
            HOSTILE,
            "cu",
            finding.child_key,
            finding.parent_key,
            ("looser", HOSTILE),
            HOSTILE,
            HOSTILE,
            "con__cha",
            "2026",
        ),
        "mat": Decision("wrong", HOSTILE, "x", pair="con__cha", child_quote=HOSTILE),
    }
    write_comparison(pair, out, decisions=kept)
    write_document(pair.child, out)
    return out


def test_the_hostile_text_is_there_to_be_printed(pair: Comparison) -> None:
    assert any(
        "<script>" in d.child_quote and "{{" in d.child_quote and "=HYPERLINK" in d.child_quote for d in pair.deviations
    )


@pytest.mark.parametrize("name", ["report.html", "con.html"])
def test_pages_carry_only_our_own_markup(folder: Path, name: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert not UNSAFE.search(text)
    tree = html.fromstring(text)
    kinds = [(s.get("type") or "", s.get("src")) for s in tree.iter("script")]
    assert kinds in ([*[("application/json", None)] * 5, ("", None)], [("", None)])
    assert not list(tree.iter("img", "svg", "iframe", "object", "embed", "form"))
    handlers = [a for element in tree.iter() for a in element.attrib if a.startswith("on")]
    assert not handlers
    assert all(not (a.get("href") or "").lower().startswith(("javascript:", "http", "//")) for a in tree.iter("a"))
    assert "{{ config }}" in text and "default-src 'none'" in text
    for block in tree.xpath("//script[@type='application/json']"):
        assert "<" not in block.text and json.loads(block.text) is not None


@NEEDED
@pytest.mark.parametrize("name", ["report.html", "con.html"])
def test_a_browser_runs_nothing_of_the_document(folder: Path, name: str) -> None:
    with opened(folder / name) as tab:
        dialogs: list[str] = []
        tab.on("dialog", lambda dialog: dialogs.append(dialog.message))
        tab.wait_for_timeout(100)
        assert not dialogs
        assert "<script>alert(1)</script>" in tab.locator("#texts").locator("xpath=ancestor::section[1]").inner_text()


def test_workbooks_hold_no_formula_and_no_way_out(folder: Path) -> None:
    for path in folder.glob("*.xlsx"):
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                content = book.read(name).decode()
                assert "<f>" not in content and "<f " not in content, name
                assert 'TargetMode="External"' not in content
                assert not UNSAFE.search(content)
                etree.fromstring(content.encode())
            assert "=HYPERLINK" in book.read("xl/sharedStrings.xml").decode()


def test_word_files_hold_the_text_as_text(folder: Path) -> None:
    for path in folder.glob("*.docx"):
        with zipfile.ZipFile(path) as archive:
            body = archive.read("word/document.xml").decode()
            assert 'TargetMode="External"' not in archive.read("word/_rels/document.xml.rels").decode()
        assert "<script>" not in body and "&lt;script&gt;" in body and "{{ config }}" in body and "{% raw %}" in body
        assert not UNSAFE.search(body)
        etree.fromstring(body.encode())


def test_the_calendar_holds_the_text_as_text() -> None:
    from icalendar import Calendar

    text = PARENT.replace("đào tạo trước", "đào tạo; bí mật, \\ nhé\u202e BEGIN:VALARM trước")
    data = calendar(extract_text(text, document_id="x"))
    events = list(Calendar.from_ical(data).walk("VEVENT"))
    assert any(str(e["DTSTART"].dt) == "2026-12-15" for e in events)
    assert not list(Calendar.from_ical(data).walk("VALARM")) and "\u202e" not in data.decode()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_the_portfolio_holds_the_text_as_text(pair: Comparison) -> None:
    from msgspec.structs import replace

    other = replace(pair, child=replace(pair.child, info=replace(pair.child.info, document_id="con2", title=HOSTILE)))
    text = page(build([pair, other])[0], {"con": "con__cha", "con2": "con2__cha"})
    assert "<script>alert" not in text and not UNSAFE.search(text)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_safe_text_can_stand_in_any_xml(text: str) -> None:
    safe = safe_text(text)
    assert not UNSAFE.search(safe)
    element = etree.Element("a")
    element.text = safe
    assert safe_text(safe) == safe


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_a_css_string_never_ends_early(text: str) -> None:
    inside = css_string(text)
    assert not set(inside) & set("\"'<>\n\r{};")
    assert re.fullmatch(r"(?:[^\W_]|[^\S\n\r]|\\[0-9a-f]+ )*", inside)


def test_the_page_is_the_same_bytes_each_time() -> None:
    pair = comparison()
    assert comparison_page(comparison_view(pair), pair) == comparison_page(comparison_view(pair), pair)
