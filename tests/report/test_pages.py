"""Printed pages in the report: the page of each quote, once, with a box where the quote stands."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from doichieu import extract
from doichieu.cli import main
from doichieu.comparison.compare import compare
from doichieu.report.html import comparison_page
from doichieu.report.pages import pages_of
from doichieu.report.view import comparison_view
from tests.report.browser import NEEDED as BROWSER
from tests.report.browser import RULES, opened
from tests.report.pairs import CHILD, PARENT, comparison
from tests.report.test_office_formats import NEEDED, SOFFICE


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trang")
    # Many lines before the targets, so that they stand on the second page.
    text = CHILD.replace("I. MỤC TIÊU", "\n\n".join(["Văn bản này có nhiều lời dẫn."] * 40) + "\n\nI. MỤC TIÊU")
    (folder / "con.txt").write_text(text, encoding="utf-8")
    (folder / "cha.txt").write_text(PARENT, encoding="utf-8")
    convert = ["--headless", "--infilter=Text (encoded):UTF8", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run(
        [str(SOFFICE), *convert, str(folder / "con.txt")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder


@NEEDED
def test_each_quote_has_its_box_on_its_page(printed: Path) -> None:
    pair = compare(extract(printed / "con.pdf"), extract(printed / "cha.txt"))
    view = comparison_view(pair)
    pages = pages_of(view, pair)
    quoted = [f for f in view.findings if f.child.quote]
    assert {f"{f.id}-c" for f in quoted} == set(pages.places)
    for found in pages.places.values():
        assert found.number == 2 and found.boxes
        for left, top, width, height in found.boxes:
            assert 0 <= left < left + width <= 100 and 0 <= top < top + height <= 100
    tops = [pages.places[f"{f.id}-c"].boxes[0][1] for f in sorted(quoted, key=lambda f: f.child_position)]
    assert tops == sorted(tops)
    assert [shot.name for shot in pages.shots] == ["c2"]  # once, however many findings stand on it
    page = comparison_page(view, pair, pages=pages)
    assert page.count("data:image/jpeg;base64,") == 1 and page.count('class="pg pg-c2"') == len(quoted)


@NEEDED
def test_pages_are_in_the_report_where_they_are_asked_for(printed: Path, tmp_path: Path) -> None:
    call = ["diff", str(printed / "con.pdf"), "--parent", str(printed / "cha.txt"), "--out", str(tmp_path)]
    report = tmp_path / "con__cha" / "report.html"
    assert main(call) == 0
    assert "data:image" not in report.read_text(encoding="utf-8")
    assert main([*call, "--pages"]) == 0
    assert "data:image/jpeg" in report.read_text(encoding="utf-8")


def test_a_document_without_pages_has_none() -> None:
    pair = comparison()
    assert pages_of(comparison_view(pair), pair).shots == ()


@NEEDED
@BROWSER
def test_axe_finds_nothing_in_printed_pages(printed: Path, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    call = ["diff", str(printed / "con.pdf"), "--parent", str(printed / "cha.txt"), "--out", str(tmp_path), "--pages"]
    assert main(call) == 0
    with opened(tmp_path / "con__cha" / "report.html", width=390) as tab:
        tab.add_style_tag(content=".card{content-visibility:visible!important}")
        tab.click("#expand")
        tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true }); scrollTo(0, 0)")
        assert tab.locator(".pg span").first.is_visible()
        found = Axe().run(tab, options=RULES)
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not [(v["id"], [n["html"][:160] for n in v["nodes"]]) for v in found.response["violations"]]
