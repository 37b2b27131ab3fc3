"""The pages against axe-core (WCAG 2.2 A and AA), light and dark, phone and desk, in both languages."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from doichieu.report import write_comparison, write_document
from doichieu.running.differ import diff
from tests.report.browser import NEEDED, RULES, opened
from tests.report.pairs import CHILD, PARENT, flagship

pytestmark = NEEDED


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("trang")
    out = {}
    for lang in ("vi", "en"):
        write_comparison(flagship(), folder / lang, lang=lang)
        out[f"report-{lang}"] = folder / lang / "report.html"
        out[f"document-{lang}"] = write_document(flagship().child, folder / lang, lang=lang)[0]
        for name, text in (("a", CHILD), ("b", PARENT.replace("90%", "85%")), ("cha", PARENT)):
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        diff(
            [folder / "a.txt", folder / "b.txt"],
            [folder / "cha.txt"],
            None,
            folder / f"ra-{lang}",
            lang=lang,
            log=lambda message: None,
        )
        out[f"portfolio-{lang}"] = folder / f"ra-{lang}" / "portfolio.html"
    return out


@pytest.mark.parametrize(
    ("width", "dark"),
    [  # colours do not hang on the width, nor sizes on the colours: each is seen once, all four in the long tests
        pytest.param(390, True, id="390-dark"),
        pytest.param(1440, False, id="1440-light"),
        pytest.param(390, False, id="390-light", marks=pytest.mark.long),
        pytest.param(1440, True, id="1440-dark", marks=pytest.mark.long),
    ],
)
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(f"{page}-{lang}", marks=[pytest.mark.long] if lang == "en" else [])  # other words, the same page
        for page in ("report", "document", "portfolio")
        for lang in ("vi", "en")
    ],
)
def test_axe_finds_nothing(pages: dict[str, Path], name: str, width: int, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with opened(pages[name], width=width, dark=dark) as page:
        # Everything is laid out and looked at: opened, painted, with a decision of each kind.
        page.add_style_tag(content=".card{content-visibility:visible!important}")
        if page.locator("#expand").count():
            page.click("#expand")
            for index, act in enumerate(("fix", "accept", "wrong", "ask")):
                page.locator(f"article.card [data-act={act}]").nth(index).click()
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true }); scrollTo(0, 0)")
        found = Axe().run(page, options=RULES)
    told = [
        f"{v['impact']} {v['id']}: {v['help']}: {[n['html'][:120] for n in v['nodes'][:3]]}"
        for v in found.response["violations"]
    ]
    assert not told, "\n".join(told)
    assert found.response["passes"]


def test_headings_go_down_one_level_at_a_time(pages: dict[str, Path]) -> None:
    from lxml import html

    for name, path in pages.items():
        levels = [int(e.tag[1]) for e in html.fromstring(path.read_text(encoding="utf-8")).iter("h1", "h2", "h3", "h4")]
        assert levels[0] == 1 and levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


def test_everything_can_be_reached_by_keyboard(pages: dict[str, Path]) -> None:
    with opened(pages["report-vi"]) as page:
        wanted = page.evaluate(
            "document.querySelectorAll('.tools button, .facets button, .facets select, .card:not([hidden]) "
            ".toggle').length"
        )
        reached = set()
        for _ in range(400):
            page.keyboard.press("Tab")
            where = page.evaluate(
                "(() => { const e = document.activeElement; return e === document.body ? '' : "
                "[...document.querySelectorAll('*')].indexOf(e) + ''; })()"
            )
            if not where:
                break
            assert page.evaluate(
                "(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== "
                "'none' && parseFloat(s.outlineWidth) >= 2; })()"
            )
            reached.add(where)
        assert len(reached) >= wanted
