"""A portfolio of many lower documents: an overview on the screen, and paper that can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from doichieu import extract_text
from doichieu.comparison.compare import compare
from doichieu.comparison.several import portfolio
from doichieu.report.portfolio_html import page as portfolio_page
from tests.report.browser import NEEDED, opened
from tests.report.pairs import CHILD, PARENT

MANY = 40


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    parent = extract_text(PARENT, document_id="cha")
    children = [
        extract_text(CHILD if i % 3 else CHILD.replace("50%", "65%"), document_id=f"con-{i:02d}") for i in range(MANY)
    ]
    [matrix] = portfolio.build([compare(child, parent) for child in children])
    path = tmp_path_factory.mktemp("tong-hop") / "portfolio.html"
    path.write_text(portfolio_page(matrix, {c.document_id: c.document_id for c in children}), encoding="utf-8")
    return path


@NEEDED
def test_on_paper_names_stand_upright_and_cells_hold_a_sign(page: Path, tmp_path: Path) -> None:
    import pypdfium2 as pdfium

    with opened(page) as tab:
        tab.emulate_media(media="print")
        tall = tab.evaluate(
            "Math.max(...Array.from(document.querySelectorAll('.grid tbody tr'), (r) => r.offsetHeight))"
        )
        assert tall < 80  # a row of words one letter wide is many times as high
        assert tab.locator(".grid td .said").first.is_visible() is False
        assert tab.locator(".signs").is_visible()
        tab.pdf(path=str(tmp_path / "tong-hop.pdf"), prefer_css_page_size=True)
    assert len(pdfium.PdfDocument(tmp_path / "tong-hop.pdf")) <= 2


@NEEDED
def test_the_overview_tells_the_signs_and_goes_in_the_order_asked_for(page: Path) -> None:
    with opened(page, width=1440) as tab:
        assert tab.locator("#tiles li").count() == MANY
        assert "▲ Ưu tiên xử lý" in tab.locator(".signs").inner_text()
        tab.select_option("#columns", "heavy")
        heavy = [
            int(n) for n in tab.evaluate("Array.from(document.querySelectorAll('#tiles li'), (e) => e.dataset.heavy)")
        ]
        assert heavy == sorted(heavy) and len(set(heavy)) > 1
        heads = tab.evaluate("Array.from(document.querySelectorAll('th.child'), (e) => Number(e.dataset.heavy))")
        assert heads == heavy
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
