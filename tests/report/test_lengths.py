"""How long pages are on a screen, and that what is folded is opened by whatever leads into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from doichieu.cli import main
from tests.report.browser import NEEDED, opened
from tests.report.pairs import CORPUS

SCREEN = 900
#: All cards drawn: what a browser leaves out until it is scrolled to must not be reckoned otherwise.
DRAWN = "*{content-visibility:visible!important}"


#: How long the page is when its length has not changed for ten frames: before the first one a busy machine has drawn
#: nothing, and what is near the screen has its reckoned length, not its own.
SETTLED = """async () => {
  let height = -1;
  for (let same = 0; same < 10; ) {
    await new Promise(requestAnimationFrame);
    const now = document.documentElement.scrollHeight;
    same = now === height ? same + 1 : 0;
    height = now;
  }
  return height;
}"""


def screens(tab: object) -> float:
    return tab.evaluate(SETTLED) / SCREEN  # type: ignore[attr-defined, no-any-return]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("do-dai")
    child, parent = (
        CORPUS / "duc-pho-ke-hoach-thuc-hien-nghi-quyet-09.txt",
        CORPUS / "quang-ngai-nghi-quyet-can-bo-cap-xa.txt",
    )
    assert main(["report", str(child), "--out", str(folder / "mot")]) == 0
    assert main(["diff", str(child), "--parent", str(parent), "--out", str(folder / "cap")]) == 0
    return folder


@NEEDED
@pytest.mark.parametrize("folder", ["mot", "cap"])
def test_a_page_is_read_in_a_few_screens(out: Path, folder: str) -> None:
    [page] = (out / folder).rglob("*.html")
    with opened(page, width=1440, height=SCREEN, unfolded=False) as tab:
        before = screens(tab)
        assert before <= 5
        tab.add_style_tag(content=DRAWN)
        assert abs(screens(tab) - before) < 0.2  # nothing jumps when it is scrolled to


@NEEDED
def test_a_link_opens_the_part_that_it_leads_into(out: Path) -> None:
    [page] = (out / "mot").glob("*.html")
    with opened(page, width=1440, unfolded=False) as tab:
        assert not tab.locator("#task-table").is_visible()
        tab.click("nav.contents a[href='#tasks']")
        assert tab.locator("#task-table").is_visible()
        row = tab.locator("#target-table td a[href^='#c-']").first
        line = row.get_attribute("href")
        row.click()
        assert tab.locator(f"[id='{line[1:]}']").is_visible()
