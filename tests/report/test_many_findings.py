"""A report of two thousand findings opens, filters and prints its counts; its size and its work grow with the findings,
not faster."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from doichieu.model import Comparison
from doichieu.report import write_comparison
from doichieu.report.html import comparison_page
from doichieu.report.packed import FIRST
from doichieu.report.view import comparison_view
from tests.report.browser import NEEDED, opened
from tests.report.pairs import many

COUNT = 2000


@pytest.fixture(scope="module")
def large() -> Comparison:
    return many(COUNT)


@pytest.fixture(scope="module")
def folder(large: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("lon")
    write_comparison(large, out)
    return out


@NEEDED
def test_opens_filters_and_searches(folder: Path, large: Comparison) -> None:
    findings = comparison_view(large).findings
    with opened(folder / "report.html") as page:
        assert page.locator("article.card").count() == COUNT
        # Only what is near the window is laid out; the rest waits until it is scrolled to.
        laid_out = page.evaluate(
            "[...document.querySelectorAll('article.card')].filter(e => "
            "e.checkVisibility({contentVisibilityAuto: true}) && "
            "e.querySelector('header').checkVisibility({contentVisibilityAuto: true})).length"
        )
        assert 0 < laid_out < 200
        for button in page.locator("button[data-filter]:not([hidden])").all()[::4]:  # tests/report/test_browser: each
            button.click()
            value = button.get_attribute("data-value")
            expect(page.locator("#shown")).to_have_text(
                str(sum(1 for f in findings if value in (f.severity, *f.kinds)))
            )
            button.click()
        page.fill("#q", "cong chuc dai hoc")
        expect(page.locator("#shown")).to_have_text(
            str(sum(1 for f in findings if all(word in f.search for word in ["cong", "chuc", "dai", "hoc"])))
        )
        page.fill("#q", "")
        expect(page.locator("#shown")).to_have_text(str(COUNT))
        page.select_option("#order", "parent")
        assert page.locator("article.card").count() == COUNT
        page.keyboard.press("Escape")
        page.locator("h2#findings").click()
        for _ in range(20):
            page.keyboard.press("j")
        page.keyboard.press("2")
        expect(page.locator("#progress")).to_contain_text(f"1/{COUNT}")


@NEEDED
def test_a_filter_touches_only_what_changes(folder: Path) -> None:
    with opened(folder / "report.html") as page:
        page.evaluate(
            "window.touched = 0; new MutationObserver(list => { window.touched += list.length; "
            "}).observe(document.querySelector('#cards'), {attributes: true, attributeFilter: ['hidden'], "
            "subtree: true})"
        )
        page.click('button[data-filter="severity"][data-value="high"]')
        page.wait_for_timeout(50)
        hidden = page.locator("article.card[hidden]").count()
        assert hidden <= page.evaluate("window.touched") <= hidden + 10
        page.fill("#q", "khongcogi")
        expect(page.locator("#shown")).to_have_text("0")
        assert page.evaluate("window.touched") <= COUNT + 20


def test_the_page_grows_with_its_findings() -> None:
    small, large = many(100), many(1000)
    sizes = [len(comparison_page(comparison_view(pair), pair)) for pair in (small, large)]
    assert sizes[1] - sizes[0] < 900 * 6000  # at most six kilobytes a finding


def test_the_workbook_holds_them_all(folder: Path) -> None:
    sheet = load_workbook(folder / "report.xlsx", read_only=True)["Kết quả đối chiếu"]
    assert sum(1 for _ in sheet.iter_rows(min_row=2)) == COUNT


def test_the_page_is_light_and_says_what_it_shows_where_nothing_can_be_unpacked(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert len(page.encode()) < 3_000_000
    assert page.count("<article") == FIRST
    assert page.count('id="packed"') == 1
    assert f"chỉ hiện {FIRST} phát hiện đầu" in page


@NEEDED
def test_an_old_browser_says_that_it_shows_only_the_first(folder: Path, tmp_path: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    old = tmp_path / "report.html"
    old.write_text(page.replace("new DecompressionStream", "new NoSuchStream"), encoding="utf-8")
    with opened(old, unfolded=False, packed=False) as tab:
        expect(tab.locator("#status")).to_contain_text(f"{FIRST} phát hiện đầu")
        assert tab.locator("article.card").count() == FIRST
        tab.fill("#q", "khongcogi")
        expect(tab.locator("#shown")).to_have_text("0")
