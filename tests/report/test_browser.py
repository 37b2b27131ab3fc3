"""The page in a real browser: filters, search, keyboard, marking that survives, print."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import extract_text
from pipeline.compare import compare
from pipeline.report import write_comparison

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chưa có chromium: apt-get install chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PARENT = "NGHỊ QUYẾT\nvề một việc\n\nI. MỤC TIÊU\n\n1. Đến năm 2030\n\n- 60% cán bộ cấp xã được bồi dưỡng kỹ năng số.\n\n- 90% hồ sơ được xử lý trên môi trường mạng.\n\n- 80% hộ dân dùng nước sạch.\n"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bao-cao")
    child = extract_text(PARENT.replace("60%", "50%").replace("- 80% hộ dân dùng nước sạch.\n", ""), document_id="con")
    write_comparison(compare(child, extract_text(PARENT, document_id="cha")), folder)
    return folder / "report.html"


@pytest.fixture
def page(report: Path) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(report.as_uri())
        yield page
        assert not errors
        browser.close()


def shown(page: Any) -> int:
    return int(page.locator("article.card:visible").count())


def test_filters_and_search(page: Any) -> None:
    from playwright.sync_api import expect

    assert shown(page) == 3
    page.click('button[data-filter="kind"][data-value="looser"]')
    assert shown(page) == 1
    page.click('button[data-filter="kind"][data-value="looser"]')
    subject = page.locator("article.card").first.get_attribute("data-subject")
    assert subject
    page.select_option("#subject", subject)
    same = page.locator(f'article.card[data-subject="{subject}"]').count()
    assert shown(page) == same >= 1
    page.select_option("#subject", "")
    assert shown(page) == 3
    page.fill("#q", "nuoc sach")
    expect(page.locator("#shown")).to_have_text("1")
    page.fill("#q", "khongcogi")
    expect(page.locator("#shown")).to_have_text("0")
    assert page.is_visible("#none")


def test_keyboard_and_marking_survive_a_reload(page: Any) -> None:
    page.keyboard.press("j")
    assert page.locator("article.card.current").count() == 1
    first = page.locator("article.card.current").get_attribute("id")
    page.keyboard.press("a")
    assert "accepted" in page.locator(f"[id='{first}']").get_attribute("class")
    page.wait_for_timeout(500)  # the browser hands the store to its next process
    page.reload()
    assert "accepted" in page.locator(f"[id='{first}']").get_attribute("class")
    with page.expect_download() as download:
        page.click("#save")
    assert first in Path(download.value.path()).read_text(encoding="utf-8")


def test_links_lead_into_the_texts_and_back(page: Any) -> None:
    link = page.locator(".side a").first
    target = link.get_attribute("href")
    assert page.locator(f"[id='{target[1:]}']").count() == 1
    assert page.locator(f"[id='{target[1:]}'] a[href^='#d']").count() >= 1


def test_a_phone_needs_no_sideways_scroll(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_prints_to_a4(page: Any) -> None:
    assert page.pdf(format="A4").startswith(b"%PDF")
