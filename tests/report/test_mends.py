"""What a reviewer mends in a page: kept in the file of marks, found again by content, made into verdicts by the next
run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from doichieu.cli import main
from doichieu.model import Comparison
from doichieu.report.decision_files import load_mends, save
from doichieu.report.decisions import Decision
from doichieu.report.mends import Mended, made_anew, mended_of
from doichieu.report.records import ComparisonView, Finding
from doichieu.report.view import comparison_view
from doichieu.running.opinions import take_over
from tests.report.browser import NEEDED, opened
from tests.report.pairs import CHILD, PARENT, comparison


def one(view: ComparisonView, kind: str) -> Finding:
    return next(f for f in view.findings if kind in f.kinds)


def mended(kind: Any, *findings: Finding, **values: Any) -> Mended:
    """A mend as the page writes it: the child's side of the first finding that has one, the parent's likewise."""
    child = next((f for f in findings if f.child_key), None)
    parent = next((f for f in findings if f.parent_key), None)
    return Mended(
        kind=kind,
        child_key=child.child_key if child else "",
        child_quote=child.child.quote if child else "",
        parent_key=parent.parent_key if parent else "",
        parent_quote=parent.parent.quote if parent else "",
        pair="con__cha",
        by="An",
        **values,
    )


def after(pair: Comparison, *mends: Mended) -> ComparisonView:
    made, done = made_anew(pair, mends)
    return comparison_view(made, None, "vi", done)


def test_a_pair_made_by_hand_is_judged_and_shown_as_the_persons() -> None:
    before = comparison_view(comparison())
    view = after(comparison(), mended("pair", one(before, "added"), one(before, "omitted")))
    assert len(view.findings) == len(before.findings) - 1
    found = next(f for f in view.findings if f.mended)
    assert found.mended == "Người rà soát ghép cặp (An)"
    assert "thư viện số" in found.child.quote and "nước sạch" in found.parent.quote
    assert not any("omitted" in f.kinds for f in view.findings) and view.sentence != before.sentence


def test_a_pair_parted_leaves_both_sides_alone() -> None:
    before = comparison_view(comparison())
    view = after(comparison(), mended("unpair", one(before, "looser")))
    parted = [f for f in view.findings if f.mended]
    assert sorted(kind for f in parted for kind in f.kinds) == ["added", "omitted"]
    assert not any("looser" in f.kinds for f in view.findings)


def test_a_value_set_right_changes_the_verdict() -> None:
    before = comparison_view(comparison())
    view = after(comparison(), mended("correct", one(before, "looser"), child={"value": "60,0"}))
    found = next(f for f in view.findings if f.mended)
    assert found.kinds == ("equal",) and "sửa giá trị" in found.mended


def test_a_mend_is_carried_by_content() -> None:
    before = comparison_view(comparison())
    made = mended("pair", one(before, "added"), one(before, "omitted"))
    moved = CHILD.replace("1. Đến năm 2030\n\n", "1. Đến năm 2030\n\n- 5% xã có bưu điện.\n\n")
    view = after(comparison(moved, PARENT.replace("80% hộ dân", "85% hộ dân")), made)
    assert [f.parent.quote for f in view.findings if f.mended] == ["85% hộ dân dùng nước sạch"]


@pytest.mark.parametrize(
    ("change", "listed"), [({"off": True}, False), ({"child_key": "0" * 12, "child_quote": "không còn nữa"}, True)]
)
def test_a_mend_taken_back_or_without_its_target_changes_nothing(change: dict[str, Any], listed: bool) -> None:
    import msgspec

    before = comparison_view(comparison())
    made = msgspec.structs.replace(mended("pair", one(before, "added"), one(before, "omitted")), **change)
    view = after(comparison(), made)
    assert [f.id for f in view.findings] == [f.id for f in before.findings] and not any(f.mended for f in view.findings)
    assert [d.applied for d in view.mends] == [False] and view.mends[0].mended.off is not listed


def test_a_value_that_cannot_be_is_told_and_kept() -> None:
    before = comparison_view(comparison())
    view = after(comparison(), mended("correct", one(before, "looser"), child={"value": "nhiều"}))
    assert [d.applied for d in view.mends] == [False]


def test_only_mends_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "decisions.json"
    good = {"kind": "pair", "child_key": "a", "parent_key": "b", "child": {"quote": "x", "value": 3}}
    path.write_text(json.dumps({"decisions": {}, "mends": [good, {"kind": "sửa"}, 7, {"kind": "pair"}]}), "utf-8")
    assert [m.child for m in load_mends(path)] == [{"value": "3"}]
    assert mended_of(None) is None


def test_marks_taken_from_a_workbook_keep_what_was_mended(tmp_path: Path) -> None:
    from doichieu.report.xlsx import workbook

    pair = comparison()
    view = comparison_view(pair)
    out = tmp_path / "decisions.json"
    save({"d1": Decision("fix")}, out, [mended("unpair", one(view, "looser"))])
    book = tmp_path / "report.xlsx"
    book.write_bytes(workbook(view, pair))
    take_over(book, out, "Bình", lambda line: None)
    assert [m.kind for m in load_mends(out)] == ["unpair"]


@NEEDED
def test_a_reviewer_mends_in_the_page_and_the_next_run_counts_anew(tmp_path: Path) -> None:
    (tmp_path / "con.txt").write_text(CHILD, encoding="utf-8")
    (tmp_path / "cha.txt").write_text(PARENT, encoding="utf-8")
    call = ["diff", str(tmp_path / "con.txt"), "--parent", str(tmp_path / "cha.txt"), "--out", str(tmp_path / "ra")]
    assert main(call) == 0
    page = tmp_path / "ra" / "con__cha" / "report.html"
    with opened(page) as tab:
        tab.fill("#reviewer", "Nguyễn Thị An")
        omitted = tab.locator('.card[data-kinds=" omitted "]').first.get_attribute("id")
        card = tab.locator(f"[id='{omitted}']")
        if card.locator(".toggle").get_attribute("aria-expanded") == "false":
            card.locator(".toggle").click()
        card.locator("details.mend summary").click()
        choice = card.locator(".mend-form select option", has_text="thư viện số").get_attribute("value")
        card.locator(".mend-form select").select_option(choice)
        card.locator(".mend-form button").click()
        assert "ghép cặp" in card.locator(".mends").inner_text()
        with tab.expect_download() as handed:
            tab.click("#save")
        handed.value.save_as(page.parent / "decisions.json")
        tab.locator("details.more summary").click()
        with tab.expect_download() as handed:
            tab.click("#cases")
        handed.value.save_as(tmp_path / "cases.json")
    case = json.loads((tmp_path / "cases.json").read_text("utf-8"))["cases"][0]
    assert (case["kind"], case["said"], case["author"]) == ("pair", ["omitted"], "Nguyễn Thị An")
    assert main(call) == 0
    with opened(page) as tab:
        assert tab.locator(".tag.mended").all_inner_texts() == ["✎ Người rà soát ghép cặp (Nguyễn Thị An)"]
        assert tab.locator('.card[data-kinds=" omitted "]').count() == 0
        assert "chạy lại" not in (tab.locator(".mends li").first.text_content() or "")
