"""What the page makes of a mend is what the next run makes of it: verdicts in a table of cases, whole pages in a
browser."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from doichieu.cli import main
from doichieu.comparison.compare import judge
from doichieu.comparison.mending import corrected
from doichieu.comparison.remade import Facts, remade
from doichieu.model import Comparison, Target
from doichieu.report.html import comparison_page
from doichieu.report.remaking import remaking
from doichieu.report.templates import templates_folder
from doichieu.report.view import comparison_view
from tests.report.browser import NEEDED, blank, opened
from tests.report.pairs import CHILD, PARENT, comparison, flagship

#: Pairs of wordings whose measures stand to each other in many ways; the value and the day of each are changed too.
WORDINGS = [
    ("70% hộ dân dùng nước sạch", "80% hộ dân dùng nước sạch"),
    ("trên 80% hộ dân dùng nước sạch", "từ 80% hộ dân trở lên dùng nước sạch"),
    ("phấn đấu 80% hộ dân dùng nước sạch", "phải có 80% hộ dân dùng nước sạch"),
    ("tỷ lệ hộ nghèo còn 3%", "tỷ lệ hộ nghèo dưới 2%"),
    ("giảm tỷ lệ hộ nghèo 1% mỗi năm", "giảm tỷ lệ hộ nghèo 2% mỗi năm"),
    ("thu nhập bình quân đạt 60 triệu đồng/người", "thu nhập bình quân đạt 0,06 tỷ đồng/người"),
    ("xây dựng 20 trường học đạt chuẩn", "xây dựng từ 15 đến 30 trường học đạt chuẩn"),
    ("mỗi năm mở 02 lớp bồi dưỡng", "mở 10 lớp bồi dưỡng"),
    ("khoảng 60% trường học có thư viện", "60% trường học có thư viện"),
    ("100% công chức xã có trình độ đại học", "100% công chức xã có trình độ cao đẳng trở lên"),
    ("đa số cán bộ được bồi dưỡng", "60% cán bộ được bồi dưỡng"),
    ("trồng mới 5 ha rừng", "trồng mới hơn 4 ha rừng"),
    ("85% cán bộ nữ cấp xã được bồi dưỡng", "85% cán bộ cấp xã được bồi dưỡng"),
]


def written(mark: str, wordings: Iterator[str]) -> str:
    lines = "".join(f"- {wording[0].upper()}{wording[1:]}.\n\n" for wording in wordings)
    return f"{mark}\nvề một việc\n\nI. MỤC TIÊU\n\n1. Đến năm 2030\n\n{lines}"


def in_all_ways() -> Comparison:
    return comparison(written("KẾ HOẠCH", (a for a, _ in WORDINGS)), written("NGHỊ QUYẾT", (b for _, b in WORDINGS)))


NAMES = ["operator", "max", "before", "dimension", "turn", "way", "scale", "rank", "start", "often", "owed", "count"]


def in_the_page(target: Target, facts: Facts) -> dict[str, Any]:
    """A target as the page holds it."""
    values = [getattr(facts, name) for name in Facts.__struct_fields__]
    named = dict(zip([*NAMES, "strength", "owedBy"], values, strict=True))
    return {**named, "value": target.value, "day": target.deadline, "unit": target.unit}


def changes(own: Target, answer: Target) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What a reviewer may set right in a pair, on either side."""
    yield {}, {}
    for value in (1.0, 50.0, 80.0, 100.0, 250.0):
        yield {"value": value}, {}
        yield {}, {"value": value}
    if answer.value is not None:
        yield {"value": answer.value}, {}
    for day in ("2026-12-31", "2035-12-31", ""):
        yield {"deadline": day}, {}
        yield {}, {"deadline": day}
    yield {"value": 90.0, "deadline": "2028-12-31"}, {"value": 90.0}


@NEEDED
@pytest.mark.parametrize("make", [in_all_ways, flagship], ids=["wordings", "flagship"])
def test_the_page_judges_as_the_comparison_does(make: Any) -> None:
    pair = make()
    assert pair.parent is not None
    found, live = remade(pair), remaking(comparison_view(pair), pair)
    assert found is not None
    assert live is not None
    own = {t.target_id: t for t in pair.child.targets}
    upper = {t.target_id: t for t in pair.parent.targets}
    cases, wanted = [], []
    together = list(found.pairs)[:: 1 if len(own) < 20 else 3]
    for child, parent in together:
        apart = found.pairs[child, parent]
        if apart.declared:
            continue  # what a note says of a value is read again by the next run
        for mine, theirs in changes(own[child], upper[parent]):
            c, p = corrected(own[child], mine), corrected(upper[parent], theirs)
            words = {"predicate": apart.predicate, "scope": apart.scope, "bases": apart.bases, "declared": ""}
            cases.append([in_the_page(c, found.child[child]), in_the_page(p, found.parent[parent]), words])
            made = judge(pair.child, pair.parent, c, p)[0]
            wanted.append(
                [f"{c.quote} [{mine}] – {p.quote} [{theirs}]", list(made.kinds), made.severity, made.declared]
            )
    script = (templates_folder() / "verdicts.js.j2").read_text("utf-8")
    call = f"([live, cases]) => {{ {script}; const judge = judging(live); return cases.map((c) => judge.pair(...c)); }}"
    with blank() as tab:
        answers = tab.evaluate(call, [live, cases])
    assert len(wanted) > 100
    wrong = [
        f"{said}: {a['kinds']} {a['severity']}, not {kinds} {severity}"
        for a, (said, kinds, severity, declared) in zip(answers, wanted, strict=True)
        if not declared and (a["kinds"], a["severity"]) != (kinds, severity)
    ]
    assert not wrong, "\n".join(wrong)


@NEEDED
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_counts_as_the_report_does(lang: str) -> None:
    pair = flagship()
    view = comparison_view(pair, lang=lang)
    live = remaking(view, pair)
    script = (templates_folder() / "verdicts.js.j2").read_text("utf-8")
    call = f"([live, found]) => {{ {script}; return judging(live).sentences(found); }}"
    found = [
        {
            "kinds": list(f.kinds),
            "severity": f.severity,
            "declared": f.declared,
            "applicability": f.applicability,
            "repeats": f.repeats,
        }
        for f in view.findings
    ]
    with blank() as tab:
        for some in (found, found[:1], found[5:6], []):
            said = tab.evaluate(call, [live, some])
            if some is found:
                assert said == list(view.sentences[:-1])
        assert tab.evaluate(call, [live, found[5:6]])[0] == ("1 phát hiện." if lang == "vi" else "1 finding.")


@cache
def compared(child: str, parent: str) -> Path:
    """A folder with both texts and what their first comparison wrote."""
    folder = Path(tempfile.mkdtemp(prefix="doichieu-doi-chieu-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "con.txt").write_text(child, encoding="utf-8")
    (folder / "cha.txt").write_text(parent, encoding="utf-8")
    assert main(call(folder)) == 0
    return folder


def call(folder: Path) -> list[str]:
    return ["diff", str(folder / "con.txt"), "--parent", str(folder / "cha.txt"), "--out", str(folder / "ra")]


class Story:
    """A pair on disk that a reviewer mends in the page and then compares again."""

    def __init__(self, folder: Path, child: str = CHILD, parent: str = PARENT) -> None:
        shutil.copytree(compared(child, parent), folder, dirs_exist_ok=True)
        self.call = call(folder)
        self.page = folder / "ra" / "con__cha" / "report.html"

    def again(self, tab: Any) -> None:
        with tab.expect_download() as handed:
            tab.click("#save")
        handed.value.save_as(self.page.parent / "decisions.json")
        assert main(self.call) == 0


def shown(tab: Any) -> dict[str, Any]:
    """What a page says: the sentence, the findings with kinds and severity, the counts, the strips."""
    return {
        "sentence": " ".join(tab.locator("#verdict").inner_text().split()),
        "findings": sorted(
            tab.evaluate(
                "Array.from(document.querySelectorAll('.card:not([hidden])')).map((card) => [card.dataset.tier,"
                " ...Array.from(card.querySelectorAll('header .tag:not(.stamp)')).map((tag) => tag.textContent)]"
                ".join(' | '))"
            )
        ),
        "count": tab.locator("#all-findings").inner_text(),
        "facets": tab.evaluate(
            "Array.from(document.querySelectorAll('[data-filter]:not([hidden])')).map((b) =>"
            " `${b.dataset.value} ${b.querySelector('b').textContent}`).sort()"
        ),
        "groups": tab.evaluate(
            "Array.from(document.querySelectorAll('.group[data-tier]:not([hidden])')).map((h) => h.textContent.trim())"
        ),
        "strips": tab.evaluate(
            "Array.from(document.querySelectorAll('.strip')).map((s) => s.getAttribute('aria-label'))"
        ),
        "answered": tab.locator("#coverage-line").text_content(),
    }


def card_of(tab: Any, words: str) -> Any:
    card = tab.locator(".card:not([hidden])", has_text=words).first
    if card.locator(".toggle").get_attribute("aria-expanded") == "false":
        card.locator(".toggle").click()
    if not card.locator("details.mend").evaluate("e => e.open"):
        card.locator("details.mend summary").click()
    return card


def paired(tab: Any) -> None:
    card = card_of(tab, "nước sạch")
    choice = card.locator(".mend-form select option", has_text="thư viện số").get_attribute("value")
    card.locator(".mend-form select").select_option(choice)
    card.locator(".mend-form button").click()


def parted(tab: Any) -> None:
    card_of(tab, "kỹ năng số").locator(".mend-form button", has_text="Tách").click()


def set_right(tab: Any) -> None:
    card = card_of(tab, "kỹ năng số")
    card.locator(".mend-form input[inputmode=decimal]").nth(1).fill("60")
    card.locator(".mend-form button", has_text="Ghi giá trị").click()


def day_set(tab: Any) -> None:
    card = card_of(tab, "hồ sơ được xử lý")
    card.locator(".mend-form input[type=date]").nth(1).fill("2031-12-31")
    card.locator(".mend-form button", has_text="Ghi giá trị").click()


def everything(tab: Any) -> None:
    for act in (paired, set_right, day_set):
        act(tab)


@NEEDED
@pytest.mark.parametrize("act", [paired, parted, set_right, day_set, everything])
def test_the_page_says_at_once_what_the_next_run_says(tmp_path: Path, act: Any) -> None:
    story = Story(tmp_path)
    with opened(story.page) as tab:
        before = shown(tab)
        tab.fill("#reviewer", "An")
        act(tab)
        now = shown(tab)
        assert now["sentence"] != before["sentence"]
        assert tab.locator("#remade").is_visible()
        story.again(tab)
    with opened(story.page) as tab:
        assert shown(tab) == now
        assert not tab.locator("#remade").is_visible()
        take_back(tab)  # what a run has taken in can be taken back too
        assert shown(tab)["sentence"] == before["sentence"]
        story.again(tab)
    with opened(story.page) as tab:
        assert shown(tab) == before


@NEEDED
@pytest.mark.parametrize("act", [paired, parted, set_right, everything])
def test_a_mend_taken_back_at_once_leaves_the_page_as_it_was(tmp_path: Path, act: Any) -> None:
    with opened(Story(tmp_path).page) as tab:
        before = shown(tab)
        act(tab)
        take_back(tab)
        assert shown(tab) == before


def take_back(tab: Any) -> None:
    while tab.locator(".mends button").count():
        tab.evaluate("document.querySelector('.mends button').click()")


@NEEDED
def test_what_is_read_first_is_the_first_few_of_those_that_have_priority_now(tmp_path: Path) -> None:
    lines = [(f"{20 + n}% {who} cấp xã được bồi dưỡng", n) for n, who in enumerate(OFFICERS)]
    parent = written("NGHỊ QUYẾT", (line for line, _ in lines))
    child = written("KẾ HOẠCH", (line if n else line.replace("20%", "15%") for line, n in lines[:4]))
    story = Story(tmp_path, child, parent)
    with opened(story.page) as tab:
        for _ in range(2):
            card_of(tab, "Giữ đúng").locator(".mend-form button", has_text="Tách").click()
        now = shown(tab)
        assert any(line.startswith("priority_more") for line in now["findings"])
        story.again(tab)
    with opened(story.page) as tab:
        assert shown(tab) == now


OFFICERS = (
    "công chức",
    "giáo viên",
    "bác sĩ",
    "dược sĩ",
    "kế toán",
    "kỹ sư",
    "luật sư",
    "trưởng thôn",
    "bí thư",
    "văn thư",
    "thủ quỹ",
)


@NEEDED
def test_a_finding_that_was_paired_away_is_still_found_by_its_address(tmp_path: Path) -> None:
    story = Story(tmp_path)
    with opened(story.page) as tab:
        gone = card_of(tab, "thư viện số").get_attribute("id")
        paired(tab)
        assert not tab.locator(f"[id='{gone}']").is_visible()
        tab.evaluate(f"location.hash = {json.dumps(gone)}")
        tab.wait_for_function("document.querySelector('.card.current') !== null")
        assert "nước sạch" in tab.locator(".card.current").inner_text()


def test_what_cannot_be_mended_holds_no_data() -> None:
    from doichieu import extract_text
    from doichieu.comparison.compare import compare

    pair = compare(extract_text(CHILD, document_id="con"), extract_text(PARENT, document_id="cha"))
    alone = Comparison(pair.child, None, ())
    assert remaking(comparison_view(alone), alone) is None
    assert 'id="live">null<' in comparison_page(comparison_view(alone), alone)
