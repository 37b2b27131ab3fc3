"""The pages in a real browser: filters, search, order, keyboard, marking that survives, links, phone, paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import expect

from doichieu.report import write_comparison, write_document
from doichieu.report.view import comparison_view
from doichieu.running.differ import diff
from tests.report.browser import NEEDED, opened, unfold
from tests.report.pairs import CHILD, PARENT, comparison, flagship

pytestmark = NEEDED


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bao-cao")
    write_comparison(flagship(), folder)
    return folder / "report.html"


@pytest.fixture
def page(report: Path) -> Iterator[Any]:
    with opened(report) as tab:
        yield tab


def shown(page: Any) -> int:
    return int(page.locator("article.card:visible").count())


def identified(page: Any) -> str:
    return str(page.locator("article.card.current").get_attribute("id"))


def test_the_chart_filters_on_click(page: Any) -> None:
    findings = comparison_view(flagship()).findings
    assert shown(page) == len(findings)
    buttons = page.locator("button[data-filter]:not([hidden])").all()
    assert {"severity", "kind"} <= {button.get_attribute("data-filter") for button in buttons}
    for button in buttons:
        button.click()
        value = button.get_attribute("data-value")
        wanted = [f for f in findings if value in (f.severity, *f.kinds)]
        assert shown(page) == len(wanted) == int(button.locator("b").inner_text())
        expect(page.locator("#shown")).to_have_text(str(len(wanted)))
        button.click()
    page.click('button[data-filter="kind"][data-value="stricter"]')
    page.click('button[data-filter="kind"][data-value="omitted"]')
    assert shown(page) == sum(1 for f in findings if {"stricter", "omitted"} & set(f.kinds))
    page.click("#clear")
    assert shown(page) == len(findings)


@pytest.mark.parametrize(("field", "of"), [("section", "section"), ("subject", "subject")])
def test_every_filter_shows_just_what_it_names(page: Any, field: str, of: str) -> None:
    findings = comparison_view(flagship()).findings
    for value in {getattr(f, of) for f in findings}:
        page.select_option(f"#{field}", value)
        assert shown(page) == sum(1 for f in findings if getattr(f, of) == value)


def test_the_body_filter_reaches_findings_and_tasks(page: Any) -> None:
    view = comparison_view(flagship())
    body = next(d for d in view.duties if d.bodies).bodies[0]
    page.select_option("#agency", body)
    assert page.locator("#duty-table tbody tr:visible").count() == sum(1 for d in view.duties if body in d.bodies)
    assert shown(page) == sum(1 for f in view.findings if body in f.agencies)


def test_search_ignores_marks_and_case(page: Any) -> None:
    page.fill("#q", "TIENG DAN TOC")
    expect(page.locator("#shown")).to_have_text(
        str(
            sum(
                1
                for f in comparison_view(flagship()).findings
                if all(word in f.search for word in ("tieng", "dan", "toc"))
            )
        )
    )
    assert 0 < shown(page) < 6
    page.fill("#q", "khongcogi")
    expect(page.locator("#none")).to_be_visible()
    page.fill("#duty-table >> xpath=//ancestor::section//input[@type='search']", "tuyen giao")
    expect(page.locator("#duties-shown")).not_to_have_text(str(len(flagship().duties)))


def test_the_order_of_the_parent_groups_by_its_sections(page: Any) -> None:
    view = comparison_view(flagship())
    page.select_option("#order", "parent")
    numbers = [int(n) for n in page.locator("article.card .num").all_text_contents()]
    wanted = sorted(view.findings, key=lambda f: (not f.parent.quote, f.position))
    assert numbers == [f.number for f in wanted]
    headings = page.locator("h3.group:visible").all_text_contents()
    assert headings == [*dict.fromkeys(f.section_name for f in wanted if f.parent.quote), "Chỉ có ở văn bản cấp dưới"]
    page.select_option("#order", "severity")
    assert [int(n) for n in page.locator("article.card .num").all_text_contents()] == [f.number for f in view.findings]


def test_folded_findings_open(page: Any) -> None:
    card = page.locator("article.card.info").first
    assert not card.locator(".body").is_visible()
    card.locator(".toggle").click()
    assert card.locator(".body").is_visible() and card.locator(".toggle").get_attribute("aria-expanded") == "true"
    page.click("#expand")
    assert page.locator("article.card .body:visible").count() == shown(page)


def test_keyboard(page: Any) -> None:
    page.keyboard.press("j")
    first = identified(page)
    page.keyboard.press("j")
    second = identified(page)
    assert first != second
    page.keyboard.press("k")
    assert identified(page) == first
    page.keyboard.press("2")
    assert page.locator(f"[id='{first}']").get_attribute("data-mark") == "accept"
    page.keyboard.press("3")
    assert page.locator(f"[id='{first}']").get_attribute("data-mark") == "wrong"
    page.keyboard.press("3")
    assert page.locator(f"[id='{first}']").get_attribute("data-mark") is None
    page.keyboard.press("n")
    page.keyboard.type("jja")
    assert page.locator(f"[id='{first}'] textarea").input_value() == "jja" and identified(page) == first
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    assert "closed" in page.locator(f"[id='{first}']").get_attribute("class")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    page.locator(".more summary").click()
    page.uncheck("#shortcuts")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    assert identified(page) == first


def test_marks_survive_a_reload_and_go_to_a_file_and_back(report: Path, tmp_path: Path) -> None:
    with opened(report) as page:
        page.keyboard.press("j")
        page.keyboard.press("2")
        first = identified(page)
        page.locator(f"[id='{first}'] textarea").fill("đã hỏi đơn vị")
        expect(page.locator("#progress")).to_contain_text("1/")
        page.wait_for_timeout(300)  # the browser hands its store to the next process
        page.reload()
        unfold(page)
        assert page.locator(f"[id='{first}']").get_attribute("data-mark") == "accept"
        with page.expect_download() as download:
            page.click("#save")
        download.value.save_as(tmp_path / "decisions.json")
    content = json.loads((tmp_path / "decisions.json").read_text(encoding="utf-8"))
    assert {key: (d["decision"], d["note"]) for key, d in content["decisions"].items()} == {
        first: ("accept", "đã hỏi đơn vị")
    }
    with opened(report) as page:  # another browser knows nothing until the file is loaded
        assert page.locator(f"[id='{first}']").get_attribute("data-mark") is None
        page.set_input_files("#load", tmp_path / "decisions.json")
        expect(page.locator("#status")).to_contain_text("1")
        assert page.locator(f"[id='{first}']").get_attribute("data-mark") == "accept"
        page.select_option("#review", "done")
        assert shown(page) == 1
        page.set_input_files("#load", {"name": "x.json", "mimeType": "application/json", "buffer": b"khong phai"})
        expect(page.locator("#status")).to_contain_text("không phải")


def run(folder: Path, child: str, decisions: Path | None = None) -> Path:
    from doichieu.report.decision_files import load

    (folder / "con.txt").write_text(child, encoding="utf-8")
    (folder / "cha.txt").write_text(PARENT, encoding="utf-8")
    diff(
        [folder / "con.txt"],
        [folder / "cha.txt"],
        None,
        folder / "ra",
        decisions=load(decisions) if decisions else None,
        log=lambda message: None,
    )
    return folder / "ra" / "con__cha" / "report.html"


def test_saved_decisions_come_back_in_the_next_run_and_tell_what_changed(tmp_path: Path) -> None:
    with opened(run(tmp_path, CHILD)) as page:
        for finding in page.locator("article.card").all():
            finding.locator("[data-act=accept]").dispatch_event("click")
        with page.expect_download() as download:
            page.click("#save")
        download.value.save_as(tmp_path / "decisions.json")
    with opened(
        run(
            tmp_path,
            CHILD.replace("50%", "45%").replace("- 30% trường học có thư viện số.\n\n", ""),
            tmp_path / "decisions.json",
        )
    ) as page:
        assert "2 còn giá trị, 1 phải xem lại" in page.locator(".carried").inner_text()
        assert page.locator("article.card[data-mark=accept]").count() == 2
        changed = page.locator("article.card.changed")
        assert changed.count() == 1 and "50% cán bộ" in changed.locator(".was").inner_text()
        assert "thư viện số" in page.locator("section.gone").inner_text()
        page.select_option("#review", "changed")
        assert shown(page) == 1
        changed.locator("[data-act=accept]").click()
        assert page.locator("article.card.changed").count() == 0


def test_the_browser_carries_its_own_decisions_by_content(tmp_path: Path) -> None:
    """The rule of the page is the rule of the command line: same promise of the parent, other wording of the child."""
    first = run(tmp_path, CHILD)
    with opened(first) as page:
        page.locator("article.card[data-kinds*=looser] [data-act=wrong]").click()
        page.wait_for_timeout(300)
        run(tmp_path, CHILD.replace("50%", "45%"))
        page.reload()
        unfold(page)
        assert page.locator("article.card.changed").get_attribute("data-kinds").strip() == "looser"


def test_the_browser_gives_each_of_several_findings_of_one_promise_its_own_decision(page: Any) -> None:
    """The page and the command line share one rule: the same file, the same homes; see test_decisions.py."""
    cards = page.locator("article.card")
    page.evaluate(
        "document.querySelectorAll('article.card').forEach((e, i) => { if (i < 3) { e.dataset.parentKey = "
        "'p'; e.dataset.childKey = `c${i + 1}`; e.dataset.fingerprint = `f${i + 1}`; } })"
    )
    script = page.locator("script:not([type])").inner_text()
    pair = page.locator("body").get_attribute("data-key")
    entries = {
        "a": {
            "decision": "accept",
            "note": "của c3",
            "fingerprint": "f-cu",
            "child_key": "c3",
            "parent_key": "p",
            "pair": pair,
        },
        "b": {
            "decision": "reject",
            "note": "của c2",
            "fingerprint": "f2",
            "child_key": "c2",
            "parent_key": "p",
            "pair": pair,
        },
        "e": {
            "decision": "reject",
            "note": "chỉ cấp trên",
            "fingerprint": "f-cu",
            "child_key": "c-mat",
            "parent_key": "p",
            "pair": pair,
        },
        "f": {
            "decision": "accept",
            "note": "thừa",
            "fingerprint": "f-cu",
            "child_key": "",
            "parent_key": "p",
            "pair": pair,
        },
    }
    page.evaluate(
        "text => { localStorage.clear(); document.getElementById('decisions').textContent = text; }",
        json.dumps(entries),
    )
    page.evaluate(f"(() => {{ {script} }})()")
    assert [cards.nth(i).locator("textarea").input_value() for i in range(4)] == [
        "chỉ cấp trên",
        "của c2",
        "của c3",
        "",
    ]
    twice = {"cu": entries["a"], str(cards.nth(2).get_attribute("id")): entries["a"]}
    page.evaluate(
        "text => { localStorage.clear(); document.getElementById('decisions').textContent = text; }", json.dumps(twice)
    )
    page.evaluate(f"(() => {{ {script} }})()")
    assert [cards.nth(i).locator("textarea").input_value() for i in range(4)] == ["", "", "của c3", ""]


def test_a_key_marks_nothing_that_a_filter_hides(page: Any) -> None:
    page.keyboard.press("j")
    first = identified(page)
    page.click('button[data-filter="severity"][data-value="info"]')
    for key in "arot":
        page.keyboard.press(key)
    assert page.locator(f"[id='{first}'][data-mark]").count() == 0
    expect(page.locator("#progress")).to_contain_text("0/")


def test_a_note_is_written_down_once_not_with_every_key(report: Path) -> None:
    with opened(report) as page:
        page.evaluate(
            "() => { window.written = 0; const set = Storage.prototype.setItem; Storage.prototype.setItem "
            "= function (...a) { window.written += 1; return set.apply(this, a); }; }"
        )
        page.keyboard.press("j")
        page.keyboard.press("n")
        page.keyboard.type("một ghi chú khá dài của người xem")
        page.wait_for_timeout(400)
        assert 1 <= page.evaluate("window.written") < 6
        page.keyboard.type("!")
        page.reload()  # written before the page goes
        assert page.locator("article.card textarea").first.input_value() == "một ghi chú khá dài của người xem!"


def test_a_browser_that_keeps_nothing_says_so(report: Path) -> None:
    with opened(report) as page:
        page.evaluate(
            "() => { Storage.prototype.setItem = () => { throw new DOMException('x', 'QuotaExceededError'); }; }"
        )
        page.keyboard.press("j")
        page.keyboard.press("2")
        expect(page.locator("#status")).to_contain_text("Lưu ý kiến")


def test_findings_and_texts_lead_to_each_other(page: Any) -> None:
    card = page.locator("article.card.high").first
    identity = card.get_attribute("id")
    link = card.locator(".where a").first
    place = link.get_attribute("href")[1:]
    link.click()
    line = page.locator(f"[id='{place}']")
    expect(line).to_be_in_viewport()
    back = line.locator(f"a[href='#{identity}']")
    assert back.count() == 1
    page.click('button[data-filter="severity"][data-value="info"]')
    back.click()
    expect(card).to_be_in_viewport()
    assert identified(page) == identity and page.locator(f"article.card[id='{identity}'] .body").is_visible()


def test_both_texts_go_to_the_places_of_a_finding(page: Any) -> None:
    page.click("#expand")
    card = page.locator("article.card.medium").first
    links = [a.get_attribute("href")[1:] for a in card.locator(".where a").all()]
    assert len(links) == 2
    card.locator(".where a").first.click()
    for place in links:
        expect(page.locator(f"[id='{place}']")).to_be_in_viewport()
    page.keyboard.press("t")
    expect(page.locator(f"[id='{links[1]}']")).to_be_in_viewport()


def test_a_pair_without_findings_shows_no_empty_filters(tmp_path: Path) -> None:
    write_comparison(
        comparison("Xin chào.\n", "QUYẾT ĐỊNH\nvề việc thành lập tổ\n\nĐiều 1. Thành lập Tổ công tác.\n"), tmp_path
    )
    with opened(tmp_path / "report.html") as tab:
        assert tab.locator("fieldset, .chart").count() == 0
        tab.keyboard.press("j")
        tab.click("#expand")
        tab.click("#clear")
        tab.select_option("#order", "parent")
        expect(tab.locator("#verdict")).to_contain_text("không có chỉ tiêu nào")


def test_the_bars_of_the_timeline_keep_their_proportions(page: Any) -> None:
    """Two bars of one side are as long as their counts say, the longest too."""
    for side in (".b.c", ".b.p"):
        rows = page.locator(".timeline tbody tr", has=page.locator(side)).all()
        bars = [
            (
                int(row.locator(".n").nth(0 if side == ".b.p" else -1).inner_text()),
                row.locator(side).bounding_box()["width"],
            )
            for row in rows
        ]
        shares = [width / count for count, width in bars]
        assert len(bars) > 1 and max(shares) - min(shares) < 0.04 * max(shares)


def test_the_sentence_can_be_copied(page: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card = page.locator("article.card.high").first
    card.locator(".copy").click()
    expect(card.locator(".copy")).to_have_text("Đã sao chép")
    assert page.evaluate("navigator.clipboard.readText()") == card.locator(".sentence").inner_text()


@pytest.mark.parametrize("width", [360, 390, 768, 1440, 3840])
def test_no_width_needs_sideways_scrolling(report: Path, width: int, tmp_path: Path) -> None:
    one = write_document(flagship().child, tmp_path)[0]
    for path in (report, one):
        with opened(path, width=width) as page:
            if page.locator("#expand").count():
                page.click("#expand")
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def pages_of(page: Any, path: Path) -> list[str]:
    path.write_bytes(page.pdf(prefer_css_page_size=True))
    document = pypdfium2.PdfDocument(path)
    try:
        sizes = {tuple(round(x) for x in document[i].get_size()) for i in range(len(document))}
        assert sizes == {(595, 842)}  # A4
        return [document[i].get_textpage().get_text_range() for i in range(len(document))]
    finally:
        document.close()


def test_prints_whole_on_a4_with_running_title_and_numbers(page: Any, tmp_path: Path) -> None:
    short = pages_of(page, tmp_path / "gon.pdf")
    assert len(short) <= 8
    page.evaluate("document.body.classList.add('print-all')")
    pages = pages_of(page, tmp_path / "a.pdf")
    findings = comparison_view(flagship()).findings
    assert 6 < len(pages) <= 21
    for number, text in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in text
        assert "Báo cáo đối chiếu" in text
    printed = "".join("".join(pages).split())
    for finding in findings:  # the folded ones too
        assert "".join((finding.proof_words or finding.conclusion).split()) in printed, finding.proof_words
    page.locator(".more summary").click()
    page.check("#with-texts")
    assert len(pages_of(page, tmp_path / "b.pdf")) > len(pages) + 3


def test_no_finding_is_cut_by_a_page_end(page: Any, tmp_path: Path) -> None:
    page.evaluate("document.body.classList.add('print-all')")
    pages = pages_of(page, tmp_path / "a.pdf")
    joined = ["".join(text.split()) for text in pages]
    for finding in comparison_view(flagship()).findings:
        proof, sentence = "".join(finding.proof_words.split()), "".join(finding.explanation.split())
        assert any(proof in text and sentence in text for text in joined), finding.number


def test_grey_paper_keeps_the_severities_apart(page: Any) -> None:
    page.emulate_media(media="print")
    borders = {
        severity: page.locator(f"article.card.{severity}").first.evaluate(
            "e => getComputedStyle(e).borderLeftWidth + getComputedStyle(e).borderLeftStyle + "
            "getComputedStyle(e).borderLeftColor"
        )
        for severity in ("high", "medium", "low", "info")
    }
    assert len(set(borders.values())) == 4
    signs = {page.locator(f"article.card.{s} .tag").first.inner_text()[0] for s in ("high", "medium", "low", "info")}
    assert signs == {"▲", "◆", "●", "○"}


def test_the_portfolio_leads_to_the_findings(tmp_path: Path) -> None:
    for name, text in (("a", CHILD), ("b", PARENT.replace("90%", "85%"))):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "cha.txt").write_text(PARENT, encoding="utf-8")
    diff(
        [tmp_path / "a.txt", tmp_path / "b.txt"],
        [tmp_path / "cha.txt"],
        None,
        tmp_path / "ra",
        log=lambda message: None,
    )
    with opened(tmp_path / "ra" / "portfolio.html") as page:
        assert page.locator("#grid tbody tr").count() == 3
        page.select_option("#worst", "0")
        expect(page.locator("#rows-shown")).to_have_text("3")
        page.fill("input[type=search]", "nuoc sach")
        expect(page.locator("#rows-shown")).to_have_text("1")
        page.fill("input[type=search]", "")
        page.select_option("#worst", "")
        page.select_option("#has", "looser")
        expect(page.locator("#rows-shown")).to_have_text("2")
        assert [cell.inner_text() for cell in page.locator("#grid td.agree:visible").all()] == ["1/2", "1/2"]
        heads = page.locator("#grid thead th.child b").all_inner_texts()
        page.select_option("#columns", "heavy")
        assert len(heads) == 2 == page.locator("#tiles li").count()
        links = [a.get_attribute("href") for a in page.locator("#grid td a").all()]
        rows = page.locator("#grid tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].slice(2).map(c => (c.querySelector('a') || {}).href || ''))"
        )
        tiles = page.locator("#tiles a").evaluate_all("links => links.map(link => link.href)")
    for row in rows:
        assert all(not link or link.startswith(tile) for link, tile in zip(row, tiles, strict=True))
    for link in links:
        file, finding = str(link).split("#")
        assert f'id="{finding}"' in (tmp_path / "ra" / file).read_text(encoding="utf-8")


def test_the_portfolio_of_many_children_fits_on_paper(tmp_path: Path) -> None:
    (tmp_path / "cha.txt").write_text(PARENT, encoding="utf-8")
    children = [tmp_path / f"ke-hoach-thuc-hien-nghi-quyet-{n}.txt" for n in range(18)]
    for child in children:
        child.write_text(CHILD, encoding="utf-8")
    diff(children, [tmp_path / "cha.txt"], None, tmp_path / "ra", log=lambda message: None)
    with opened(
        tmp_path / "ra" / "portfolio.html", width=1017
    ) as page:  # the width of a landscape A4 within its margins
        page.emulate_media(media="print")
        assert page.evaluate(
            "document.querySelector('#grid').getBoundingClientRect().right <= document.documentElement.clientWidth + 1"
        )
        assert page.evaluate(
            "[...document.querySelectorAll('#grid td')].every(e => e.scrollWidth <= e.clientWidth + 1)"
        )


def test_targets_stand_as_a_chart_by_year(tmp_path: Path) -> None:
    with opened(write_document(flagship().child, tmp_path)[0]) as page:
        rows = page.locator(".chart-years tbody tr").all_inner_texts()
        counts = [int(row.split()[-1]) for row in rows]
        assert len(rows) > 1 and sum(counts) == page.locator("#target-table tbody tr").count()


def test_the_page_of_one_document(tmp_path: Path) -> None:
    with opened(write_document(flagship().child, tmp_path)[0]) as page:
        every = page.locator("#target-table tbody tr").count()
        page.fill('input[data-table="target-table"]', "dai hoc")
        expect(page.locator("#targets-shown")).not_to_have_text(str(every))
        page.select_option("#year", "2030")
        assert all(
            row.get_attribute("data-year") == "2030" for row in page.locator("#target-table tbody tr:visible").all()
        )
        body = page.locator("#body option").nth(1).get_attribute("value")
        page.select_option("#body", body)
        assert {row.get_attribute("data-agency") for row in page.locator("#task-table tbody tr:visible").all()} == {
            body
        }
        link = page.locator(".outline a").nth(3)
        link.click()
        expect(page.locator(f"[id='{link.get_attribute('href')[1:]}']")).to_be_in_viewport()


def test_english_pages_speak_english(tmp_path: Path) -> None:
    write_comparison(comparison(), tmp_path, lang="en")
    write_document(comparison().child, tmp_path, lang="en")
    for name in ("report.html", "con.html"):
        with opened(tmp_path / name) as page:
            if page.locator("#expand").count():
                page.click("#expand")
            own = page.evaluate(
                """() => { const out = []; const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                while (walk.nextNode()) { const e = walk.currentNode.parentElement;
                  if (!e.closest('[lang=vi],script,style,.verdict,h1,.name,.foot,.sentence,figcaption,.text h3,.matrix')
                  && !e.closest('option')) out.push(walk.currentNode.textContent); }
                document.querySelectorAll('[placeholder],[aria-label],[title]').forEach(e => { if
                (!e.closest('[lang=vi]')) out.push(e.placeholder || ''); });
                return out.join(' '); }"""
            )
            vietnamese = [
                w for w in own.split() if any(c in "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ" for c in w.lower())
            ]
            assert not vietnamese, vietnamese[:10]


def test_what_needs_nothing_stands_folded_and_opens_without_a_reload(report: Path) -> None:
    with opened(report, width=1440, unfolded=False) as page:
        assert page.evaluate("document.documentElement.scrollHeight") <= 5 * 900
        rest = page.locator("article.card[data-tier=rest]")
        assert rest.count() and not rest.first.is_visible()
        page.locator(".group.rest button").click()
        assert rest.first.is_visible()
        page.locator(".group.rest button").click()
        page.fill("#q", "a")  # what is sought is shown wherever it stands
        expect(rest.first).to_be_visible()
        page.fill("#q", "")
        expect(rest.first).not_to_be_visible()
        page.evaluate("location.hash = document.querySelector('article.card[data-tier=rest]').id")
        expect(rest.first).to_be_visible()


def test_marks_of_another_pair_are_named_and_left_alone(report: Path) -> None:
    other = json.dumps({"decisions": {"d1": {"decision": "fix", "pair": "xa-a__tinh-b"}}}).encode()
    with opened(report) as page:
        page.set_input_files("#load", {"name": "x.json", "mimeType": "application/json", "buffer": other})
        expect(page.locator("#status")).to_contain_text("xa-a__tinh-b")
        assert page.locator("article.card[data-mark]").count() == 0


def test_a_mark_bears_the_name_of_who_made_it(report: Path) -> None:
    with opened(report) as page:
        page.fill("#reviewer", "Nguyễn Thị An")
        page.keyboard.press("Tab")
        card = page.locator("article.card").first
        card.locator("[data-act=fix]").click()
        expect(card.locator(".by")).to_contain_text("Nguyễn Thị An")
        expect(card.locator(".stamp.mark")).to_contain_text("Đề nghị sửa")
