"""The whole story in a real browser, on both databases; each screen before axe, at a phone's width and a desk's."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.office.running import CHILD, PARENT, PASSWORD, PEOPLE, Live
from tests.reading.wordfile import paragraph, word
from tests.report.browser import NEEDED, RULES, _browser

pytestmark = NEEDED


def docx(text: str) -> bytes:
    return word("".join(paragraph(line) for line in text.splitlines() if line))


@pytest.fixture(scope="module")
def browser() -> Any:
    return _browser()


@pytest.fixture(scope="module")
def live(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with Live(tmp_path_factory.mktemp("song"), address) as office:
        office.people()
        yield office


@contextmanager
def tab_of(browser: Any, office: Live, role: str = "", **more: Any) -> Iterator[Any]:
    """A tab of somebody who is signed in; fails on any error in the console and any request to elsewhere."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **more})
    tab = context.new_page()
    errors: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda m: errors.append(m.text) if m.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    try:
        if role:
            tab.goto(f"{office.url}/dang-nhap")
            tab.fill("input[name=name]", PEOPLE[role])
            tab.fill("input[name=password]", PASSWORD)
            tab.click("main button.main")
            tab.wait_for_url(f"{office.url}/viec")
        yield tab
        assert not errors
        assert all(url.startswith(office.url) for url in asked)
    finally:
        context.close()


def test_the_whole_story(browser: Any, live: Live) -> None:
    with tab_of(browser, live, "soan") as tab:
        # Two Word files come in; the plan bears a wrong number.
        tab.click("text=Nạp văn bản")
        wrong = CHILD.replace("15-NQ/TU", "16-NQ/TU")
        tab.set_input_files(
            "input[name=file]",
            [
                {"name": "Nghị quyết tỉnh.docx", "mimeType": "application/zip", "buffer": docx(PARENT)},
                {"name": "Kế hoạch huyện.docx", "mimeType": "application/zip", "buffer": docx(wrong)},
            ],
        )
        tab.click("main form button.main")
        tab.wait_for_selector("a:text('Kế hoạch huyện')")
        tab.wait_for_selector("a:text('Nghị quyết tỉnh')")
        # The number is corrected, and the parent is found by it.
        tab.click("a:text('Kế hoạch huyện')")
        assert "chưa có trong kho" in tab.inner_text("main")
        tab.click("summary:has-text('Sửa những điều này')")
        tab.fill("input[name=implements]", "15-NQ/TU")
        tab.click("#sua button.main")
        tab.wait_for_selector("section a:text('Nghị quyết tỉnh')")
        tab.click("button:text('Đối chiếu')")
        tab.wait_for_selector("article.finding")
        comparison = tab.url.rsplit("/", 1)[1]
        cards = tab.locator("article.finding")
        assert cards.count() == 4
        # Marks are saved at once, with author; a comment stands under the finding.
        for index in range(cards.count()):
            card = cards.nth(index)
            with tab.expect_response(lambda answer: "/phat-hien/" in answer.url):
                card.locator("button:text('Đề nghị sửa')").click()
            tab.wait_for_selector(f"article.finding >> nth={index} >> text=Đề nghị sửa – Trần Soạn")
        card = cards.nth(0)
        card.locator("summary:has-text('Ghi chú, ý kiến, sửa')").click()
        card.locator("textarea").fill('Đã hỏi Sở <img src=x onerror="alert(1)">')
        card.locator("button:text('Gửi ý kiến')").click()
        tab.wait_for_selector("article.finding >> nth=0 >> text=Đã hỏi Sở <img")
        tab.reload()
        assert cards.nth(0).locator("button[aria-pressed=true]").inner_text() == "Đề nghị sửa"
        tab.click("button:text('Trình rà soát')")
        tab.wait_for_selector("text=Đã trình")
    with tab_of(browser, live, "ra_soat") as tab:
        tab.click("a:text('Kế hoạch huyện')")
        tab.fill("input[name=note]", "Bổ sung căn cứ")
        tab.click("button:text('Trả lại')")
        tab.wait_for_selector(".tag:text('Bị trả lại')")
    with tab_of(browser, live, "soan") as tab:
        assert "Bị trả lại (1)" in tab.inner_text("main")
        tab.goto(f"{live.url}/doi-chieu/{comparison}")
        assert "Bổ sung căn cứ" in tab.inner_text("main")
        tab.click("button:text('Trình rà soát')")
        tab.wait_for_selector("text=Đã trình")
    with tab_of(browser, live, "duyet") as tab:
        tab.click("nav a:text('Duyệt')")
        tab.click("a:text('Kế hoạch huyện')")
        assert "Không còn gì để ngỏ." in tab.inner_text("main")
        tab.click("button:text('Duyệt')")
        tab.wait_for_selector(".tag:text('Đã duyệt')")
        with tab.expect_download() as waiting:
            tab.click("a:has-text('Ý kiến thẩm định')")
        data = Path(waiting.value.path()).read_bytes()
        signed = live.get(f"/comparisons/{comparison}")["opinion_sha256"]
        assert hashlib.sha256(data).hexdigest() == signed
        assert zipfile.ZipFile(BytesIO(data)).testzip() is None
        tab.click("nav a:text('Nhật ký')")
        told = tab.inner_text("main")
        assert "Trần Soạn" in told and "Bổ sung căn cứ" in told
        with tab.expect_download() as waiting:
            tab.click("a:has-text('Xuất tất cả')")
        archive = zipfile.ZipFile(waiting.value.path())
        assert {"documents.csv", "targets.csv", "datapackage.json", "events.jsonl"} <= set(archive.namelist())
        assert any(name.endswith("opinion.docx") for name in archive.namelist())


def test_works_without_scripts(browser: Any, live: Live) -> None:
    live.upload(("khong-script-cha.txt", PARENT.replace("15-NQ", "25-NQ")))
    live.upload(("khong-script.txt", CHILD.replace("15-NQ", "25-NQ").replace("33/KH", "43/KH")))
    comparison = live.compared("khong-script", "khong-script-cha")
    with tab_of(browser, live, "soan", java_script_enabled=False) as tab:
        tab.goto(f"{live.url}/doi-chieu/{comparison}")
        tab.locator("article.finding").nth(0).locator("button:text('Hỏi thêm')").click()
        tab.wait_for_url(f"{live.url}/doi-chieu/{comparison}#*")
        assert "Hỏi thêm – Trần Soạn" in tab.inner_text("article.finding >> nth=0")


def test_two_people_at_one_finding(browser: Any, live: Live) -> None:
    parent, child = live.upload(("hai-cha.txt", PARENT.replace("15-NQ", "35-NQ")), ("hai-con.txt", CHILD + " "))
    comparison = live.compared(child, parent)
    with tab_of(browser, live, "soan") as tab:
        tab.goto(f"{live.url}/doi-chieu/{comparison}")
        finding = live.findings(comparison)[0]["id"]
        assert live.mark(comparison, finding, "accept", "ra_soat").status_code == 201
        tab.locator("article.finding").nth(0).locator("button:text('Máy nhận sai')").click()
        tab.wait_for_selector(".notice:has-text('Phạm Rà vừa đánh dấu “Chấp nhận (có lý do)”')")
    marks = [e["value"] for e in live.get(f"/comparisons/{comparison}/findings/{finding}/events")["items"]]
    assert marks == ["accept", "wrong"]


def test_alone_three_clicks(browser: Any, tmp_path: Path) -> None:
    with Live(tmp_path / "mot-minh", "", alone="Nguyễn Một") as office, tab_of(browser, office) as tab:
        tab.goto(office.url)
        tab.set_input_files("input[name=parent]", {"name": "cha.docx", "mimeType": "", "buffer": docx(PARENT)})
        tab.set_input_files("input[name=child]", {"name": "con.docx", "mimeType": "", "buffer": docx(CHILD)})
        assert "cha.docx" in tab.inner_text("main")
        tab.click("button:text('Đối chiếu')")
        tab.wait_for_selector("article.finding")
        assert "nước sạch" in tab.inner_text("article.finding >> nth=0")
        assert "Duyệt" not in tab.inner_text("nav")
        tab.goto(office.url)
        tab.set_input_files("input[name=child]", {"name": "anh.docx", "mimeType": "", "buffer": b"PK\x03\x04 hong"})
        tab.click("button:text('Đối chiếu')")
        tab.wait_for_selector(".notice.bad:has-text('Không đọc được tệp anh.docx')")


def screens(office: Live) -> dict[str, str]:
    """Every screen by its name, each with something to show."""
    names = {d["id"] for d in office.get("/documents")["items"]}
    if "man-cha" not in names:
        office.upload(("man-cha.txt", PARENT.replace("15-NQ", "45-NQ")))
        for n in (1, 2):
            office.upload((f"man-con-{n}.txt", CHILD.replace("33/KH", f"{60 + n}/KH").replace("15-NQ", "45-NQ")))
            office.compared(f"man-con-{n}", "man-cha")
        broken = office.call("POST", "/api/v1/documents", files=[("file", ("hong.docx", b"PK\x03\x04 hong"))])
        office.job(broken.json()["jobs"][0]["id"])
        first = office.get("/comparisons", document="man-con-1")["items"][0]["id"]
        findings = office.findings(first)
        office.mark(first, findings[0]["id"], "fix")
        office.mark(first, findings[0]["id"], "accept", "ra_soat")
        office.call("POST", f"/api/v1/comparisons/{first}/submit")
    first = office.get("/comparisons", document="man-con-1")["items"][0]["id"]
    target = office.get("/documents/man-cha/targets")["items"][0]["target_id"]
    finding = office.findings(first)[0]["id"]
    failed = next(job["id"] for job in office.get("/jobs")["items"] if job["status"] == "failed")
    return {
        "viec": "/viec",
        "cho": f"/cho/{failed}",
        "cac-lan-doi-chieu": "/doi-chieu",
        "cac-ma-tran": "/ma-tran",
        "cho-duyet": "/duyet",
        "nap": "/nap",
        "kho": "/kho",
        "tim": "/kho?q=nuoc+sach&bang=targets",
        "van-ban": "/kho/man-con-1",
        "chuoi": f"/kho/man-cha/chuoi/{target}",
        "doi-chieu": f"/doi-chieu/{first}",
        "phat-hien": f"/doi-chieu/{first}/phat-hien/{finding}",
        "ma-tran": "/ma-tran/man-cha",
        "duyet": f"/duyet/{first}",
        "lich": "/lich?tu=2025-01-01",
        "nhat-ky": "/nhat-ky",
        "quan-tri": "/quan-tri",
        "khong-co": "/kho/khong-co",
    }


@pytest.mark.long
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_screen(browser: Any, live: Live, width: int, scheme: str) -> None:
    told: list[str] = []
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    places = {"dang-nhap": ("", "/dang-nhap")}
    places |= {name: ("quan_tri" if name == "quan-tri" else "duyet", path) for name, path in screens(live).items()}
    for role in ("", "duyet", "quan_tri"):
        context = browser.new_context(**options)
        tab = context.new_page()
        if role:
            session = live.office.accounts.sign_in(PEOPLE[role], PASSWORD)
            context.add_cookies([{"name": "doichieu_session", "value": session, "url": live.url}])
        for name, (who, path) in places.items():
            if who == role:
                tab.goto(live.url + path)
                assert tab.url == live.url + path
                told += looked_at(tab, name)
        context.close()
    assert not told, "\n".join(told)


@pytest.mark.long
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_of_one_person(browser: Any, tmp_path: Path, width: int, scheme: str) -> None:
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with Live(tmp_path / "mot-minh", "", alone="Nguyễn Một") as office:
        tab = browser.new_context(**options).new_page()
        tab.goto(office.url)
        told = looked_at(tab, "trong")
        office.upload(("cha.txt", PARENT), ("con.txt", CHILD))
        office.compared("con", "cha")
        for path in ("/", "/doi-chieu", "/nap"):
            tab.goto(office.url + path)
            told += looked_at(tab, path)
        tab.context.close()
    assert not told, "\n".join(told)


def looked_at(tab: Any, name: str) -> list[str]:
    """What axe says of the page of a tab, and how much it is too wide."""
    from axe_playwright_python.sync_playwright import Axe

    tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    result = Axe().run(tab, options=RULES).response
    assert result["passes"]
    told = [f"{name} {v['id']}: {[n['html'][:120] for n in v['nodes'][:3]]}" for v in result["violations"]]
    wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
    return told + ([f"{name}: {wide} px too wide"] if wide > 0 else [])


def test_everything_by_keyboard(browser: Any, live: Live) -> None:
    comparison = screens(live)["doi-chieu"]
    with tab_of(browser, live, "soan") as tab:
        tab.goto(live.url + comparison)
        wanted = tab.evaluate(
            "[...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary')]"
            ".filter(e => e.checkVisibility()).length"
        )
        seen = set()
        for _ in range(wanted + 30):
            tab.keyboard.press("Tab")
            place = tab.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
            shown = tab.evaluate(
                "(() => { const s = getComputedStyle(document.activeElement); return document.activeElement === "
                "document.body || parseFloat(s.outlineWidth) >= 2; })()"
            )
            assert shown
            seen.add(place)
        assert len(seen) >= wanted


def test_both_languages_have_the_same_words() -> None:
    from doichieu.lexicon import load

    vi, en = load("office_vi"), load("office_en")
    assert {group: set(words) for group, words in vi.items()} == {group: set(words) for group, words in en.items()}


def test_every_word_of_a_template_is_there() -> None:
    import re

    from doichieu.lexicon import load
    from doichieu.report.templates import templates_folder

    used: set[str] = set()
    for path in (templates_folder() / "office").glob("*.j2"):
        used |= set(re.findall(r"(?<![\w.])t\.([a-z_]+)", path.read_text(encoding="utf-8")))
    assert used <= set(load("office_vi")["text"])


def test_english_by_choice(browser: Any, live: Live) -> None:
    with tab_of(browser, live, "xem") as tab:
        tab.click("button:text('English')")
        tab.wait_for_selector("h1:text('My work')")
        tab.click("nav a:text('Documents')")
        assert tab.locator("html").get_attribute("lang") == "en"
        tab.click("button:text('Tiếng Việt')")
        tab.wait_for_selector("h1:text('Kho')")


def test_the_page_of_a_pdf_stands_beside_its_finding(browser: Any, live: Live) -> None:
    context = browser.new_context()
    maker = context.new_page()
    lines = "".join(f"<p>{line}</p>" for line in CHILD.replace("33/KH", "93/KH").splitlines() if line)
    maker.set_content(f"<html lang='vi'><body>{lines}</body></html>")
    data = maker.pdf(format="A4")
    context.close()
    live.upload(("trang-cha.txt", PARENT.replace("15-NQ", "95-NQ")))
    (child,) = live.upload(("trang-con.pdf", data))
    comparison = live.compared(child, "trang-cha")
    with tab_of(browser, live, "xem") as tab:
        tab.goto(f"{live.url}/doi-chieu/{comparison}")
        card = tab.locator("article.finding").nth(0)
        card.locator("summary:has-text('Ảnh trang')").click()
        image = card.locator("img")
        image.scroll_into_view_if_needed()
        for _ in range(100):
            if image.evaluate("e => e.naturalWidth") > 400:
                break
            tab.wait_for_timeout(100)
        assert image.evaluate("e => e.naturalWidth") > 400
        assert "trang 1" in (image.get_attribute("alt") or "")
    assert live.client.get(f"/trang/{child}/1.png", follow_redirects=False).status_code == 303
