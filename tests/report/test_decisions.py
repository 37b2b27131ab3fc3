"""A reviewer's decisions: carried by content, told when the finding changed under them, never lost, never
overwritten."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from doichieu.cli import main
from doichieu.errors import UsageError
from doichieu.model import Comparison
from doichieu.report import write_comparison
from doichieu.report.decision_files import load, merged, save
from doichieu.report.decisions import Decision, carry, decision_of
from doichieu.report.records import Finding
from doichieu.report.view import comparison_view
from doichieu.report.xlsx import workbook
from tests.report.pairs import CHILD, PARENT, comparison


def finding(pair: Comparison, kind: str, decisions: dict[str, Decision] | None = None) -> Finding:
    return next(f for f in comparison_view(pair, decisions).findings if kind in f.kinds)


def decided(
    found: Finding, decision: str = "wrong", note: str = "xem lại", at: str = "2026-01-01T00:00:00Z"
) -> dict[str, Decision]:
    return {
        found.id: Decision(
            decision,
            note,
            found.fingerprint,
            found.child_key,
            found.parent_key,
            found.kinds,
            found.child.quote,
            found.parent.quote,
            "con__cha",
            at,
        )
    }


def test_a_decision_applies_to_the_same_finding_wherever_it_moved() -> None:
    kept = decided(finding(comparison(), "looser"))
    moved = CHILD.replace("1. Đến năm 2030\n\n", "1. Đến năm 2030\n\n- 5% xã có bưu điện.\n\n")
    found = finding(comparison(moved), "looser", kept)
    assert (found.review.state, found.review.decision.decision) == ("current", "wrong")


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        (CHILD.replace("50%", "45%"), PARENT),
        (CHILD, PARENT.replace("60%", "65%")),
        (CHILD.replace("Đến năm 2030", "Đến năm 2030"), PARENT.replace("60%", "70%")),
    ],
)
def test_a_finding_that_changed_under_its_decision_says_so(child: str, parent: str) -> None:
    kept = decided(finding(comparison(), "looser"))
    view = comparison_view(comparison(child, parent), kept)
    found = next(f for f in view.findings if "looser" in f.kinds)
    assert (found.review.state, found.review.decision.note) == ("changed", "xem lại")
    assert not view.gone and "0 còn giá trị, 1 phải xem lại" in view.decisions_line


def test_a_decision_whose_finding_is_gone_is_kept_and_listed() -> None:
    kept = decided(finding(comparison(), "added"))
    view = comparison_view(comparison(CHILD.replace("- 30% trường học có thư viện số.\n\n", "")), kept)
    assert [d.note for d in view.gone] == ["xem lại"] and "1 không còn" in view.decisions_line


@pytest.mark.parametrize(
    "wording",
    [
        "- 85% hộ dân dùng nước sạch.",
        "- Trên 80% hộ dân dùng nước sạch.",
        "- 80% hộ dân nông thôn dùng nước sạch.",
        "- Phấn đấu 80% hộ dân dùng nước sạch.",
    ],
)
def test_an_omission_whose_wording_changed_a_little_keeps_its_mark(wording: str) -> None:
    kept = decided(finding(comparison(), "omitted"), "fix")
    parent = PARENT.replace("- 80% hộ dân dùng nước sạch.", wording)
    found = finding(comparison(CHILD, parent), "omitted", kept)
    assert (found.review.state, found.review.decision.decision) == ("changed", "fix")


def test_a_mark_does_not_go_to_another_promise_in_the_same_frame() -> None:
    kept = decided(finding(comparison(), "omitted"), "fix")
    parent = PARENT.replace("- 80% hộ dân dùng nước sạch.", "- 80% trường học đạt chuẩn quốc gia.")
    view = comparison_view(comparison(CHILD, parent), kept)
    assert not any(f.review.state for f in view.findings) and [d.decision for d in view.gone] == ["fix"]


def rows_of_one_promise() -> list[tuple[str, str, str, str]]:
    """Three findings of one promise of the parent, as a run tells them: id, fingerprint, key of the child, key of the
    parent."""
    return [("d1", "f1", "c1", "p"), ("d2", "f2", "c2", "p"), ("d3", "f3", "c3", "p")]


def test_of_several_findings_of_one_promise_each_decision_finds_its_own() -> None:
    old = {
        "a": Decision("accept", "của c3", "f-cu", "c3", "p", pair="con__cha"),
        "b": Decision("wrong", "của c2", "f2", "c2", "p", pair="con__cha"),
        "e": Decision("wrong", "chỉ cấp trên", "f-cu", "c-mat", "p", pair="con__cha"),
        "f": Decision("accept", "không còn chỗ", "f-cu", "", "p", pair="con__cha"),
    }
    carried = carry(old, rows_of_one_promise(), "con__cha")
    assert {key: (r.state, r.decision.note) for key, r in carried.reviews.items()} == {
        "d3": ("changed", "của c3"),
        "d2": ("current", "của c2"),
        "d1": ("changed", "chỉ cấp trên"),
    }
    assert [d.note for d in carried.gone] == ["không còn chỗ"]


def test_what_is_said_twice_goes_to_no_other_finding() -> None:
    """A file may hold a decision under the id of its old finding and again under that of its new one."""
    one = Decision("wrong", "một lần", "f-cu", "c-cu", "p", pair="con__cha", at="2026")
    carried = carry({"cu": one, "d1": one}, rows_of_one_promise(), "con__cha")
    assert set(carried.reviews) == {"d1"} and not carried.gone


def test_decisions_are_carried_in_one_pass() -> None:
    """A hundred thousand decisions against two thousand findings: what is looked at grows with both, not with their
    product."""
    looked = 0

    class Row(tuple[str, str, str, str]):
        def __getitem__(self, place: object) -> str:  # type: ignore[override]
            nonlocal looked
            looked += 1
            return super().__getitem__(place)  # type: ignore[index, return-value]

    rows = [Row((f"d{i}", "f", f"c{i}", f"p{i}")) for i in range(2000)]
    old = {f"x{i}": Decision("accept", "", "g", f"c{i}", f"q{i}", pair="con__cha") for i in range(20000)}
    carried = carry(old, rows, "con__cha")
    assert len(carried.reviews) == 2000 and len(carried.gone) == 18000
    assert looked < 30 * 2000


def test_decisions_of_another_pair_are_left_alone() -> None:
    found = finding(comparison(), "looser")
    other = {"d-khac": Decision("accept", "", "x", found.child_key, found.parent_key, pair="khac__cha")}
    view = comparison_view(comparison(), other)
    assert not view.gone and all(not f.review.state for f in view.findings)


def test_a_changed_finding_counts_as_undecided_in_the_opinion_and_the_workbook() -> None:
    from doichieu.report.opinion import values

    kept = decided(finding(comparison(), "looser"))
    view = comparison_view(comparison(CHILD.replace("50%", "45%")), kept)
    assert not values(view)["rejected"]
    assert [f["n"] for f in values(comparison_view(comparison(), kept))["rejected"]] == [
        finding(comparison(), "looser").number
    ]


def test_a_run_reads_the_decisions_beside_the_report_and_never_writes_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "con.txt").write_text(CHILD, encoding="utf-8")
    (tmp_path / "cha.txt").write_text(PARENT, encoding="utf-8")
    call = ["diff", str(tmp_path / "con.txt"), "--parent", str(tmp_path / "cha.txt"), "--out", str(tmp_path / "ra")]
    assert main(call) == 0
    kept = decided(finding(comparison(), "looser"))
    beside = tmp_path / "ra" / "con__cha" / "decisions.json"
    save(kept, beside)
    before = beside.read_bytes()
    (tmp_path / "con.txt").write_text(CHILD.replace("50%", "40%"), encoding="utf-8")
    capsys.readouterr()
    assert main(call) == 0
    assert "0 còn giá trị, 1 phải xem lại" in capsys.readouterr().err
    assert beside.read_bytes() == before
    assert "Đã thay đổi sau ý kiến rà soát" in (tmp_path / "ra" / "con__cha" / "report.html").read_text(
        encoding="utf-8"
    )
    elsewhere = tmp_path / "khac.json"
    save(kept, elsewhere)
    before = elsewhere.read_bytes()
    assert main([*call, "--decisions", str(elsewhere)]) == 0
    assert elsewhere.read_bytes() == before


def marked_workbook(
    tmp_path: Path,
    pair: Comparison,
    decisions: dict[str, Decision] | None,
    marks: dict[int, tuple[str, str]],
    lang: str = "vi",
) -> Path:
    path = tmp_path / "report.xlsx"
    path.write_bytes(workbook(comparison_view(pair, decisions, lang), pair))
    book = load_workbook(path)
    sheet = book.worksheets[1]
    head = [c.value for c in sheet[1]]
    columns = (
        head.index("Ý kiến rà soát" if lang == "vi" else "Review mark") + 1,
        head.index("Ghi chú" if lang == "vi" else "Note") + 1,
    )
    for row, (decision, note) in marks.items():
        sheet.cell(row, columns[0]).value, sheet.cell(row, columns[1]).value = decision, note
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("lang", "accept"), [("vi", "Chấp nhận (có lý do)"), ("en", "Accepted (with reason)"), ("vi", "đồng ý")]
)
def test_decisions_marked_in_the_workbook_come_back(tmp_path: Path, lang: str, accept: str) -> None:
    path = marked_workbook(tmp_path, comparison(), None, {2: (accept, "được"), 3: ("", "chỉ ghi chú")}, lang)
    assert main(["decisions", "import", str(path), "--out", str(tmp_path / "decisions.json")]) == 0
    found = load(tmp_path / "decisions.json")
    view = comparison_view(comparison(), found)
    assert [(f.review.state, f.review.decision.decision, f.review.decision.note) for f in view.findings[:2]] == [
        ("current", "accept", "được"),
        ("current", "", "chỉ ghi chú"),
    ]
    assert load(path) == found  # --decisions takes the workbook itself


def test_a_row_that_nobody_touched_keeps_its_decision_and_its_time(tmp_path: Path) -> None:
    kept = decided(finding(comparison(), "looser"))
    path = marked_workbook(tmp_path, comparison(), kept, {})
    assert load(path) == kept
    changed = marked_workbook(tmp_path, comparison(CHILD.replace("50%", "45%")), kept, {})
    entry = next(iter(load(changed).values()))
    assert (entry.decision, entry.fingerprint, entry.at) == (
        "wrong",
        next(iter(kept.values())).fingerprint,
        "2026-01-01T00:00:00Z",
    )


def test_words_that_are_no_mark_are_named_and_not_taken_for_a_note(tmp_path: Path) -> None:
    path = marked_workbook(tmp_path, comparison(), None, {2: ("để sau", ""), 3: ("Đề nghị sửa", "")})
    with pytest.raises(UsageError, match=r"report\.xlsx.*dòng 2: “để sau”.*Đề nghị sửa"):
        load(path)


@pytest.mark.parametrize(("old", "new"), [("accept", "accept"), ("reject", "wrong"), ("fix", "fix"), ("xoá", "")])
def test_words_of_older_files_are_read_on(old: str, new: str) -> None:
    assert decision_of({"decision": old, "by": "An"}) == Decision(new, by="An")


def test_an_import_loses_no_later_decision() -> None:
    old = {"a": Decision("accept", at="2026-05-01T00:00:00Z"), "b": Decision("accept"), "c": Decision("wrong", "giữ")}
    new = {
        "a": Decision("wrong", at="2026-04-01T00:00:00Z"),
        "b": Decision("wrong", at="2026-04-01T00:00:00Z"),
        "d": Decision("accept"),
    }
    both, kept = merged(old, new)
    assert kept == ["a", "b"] and set(both) == {"a", "b", "c", "d"} and both["a"] == old["a"]
    later, kept = merged(old, {"a": Decision("wrong", at="2026-06-01T00:00:00Z")})
    assert later["a"].decision == "wrong" and not kept


@pytest.mark.parametrize("text", ["không phải json", "[1, 2]", '"x"', "{" * 20000, '{"decisions": 3}'])
def test_a_file_that_holds_no_decisions_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "d.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"d\.json"):
        load(tmp_path / "d.json")


@pytest.mark.parametrize("data", [b"PK\x03\x04 hong", b""])
def test_a_workbook_that_is_none_of_ours_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.xlsx").write_bytes(data)
    with pytest.raises(UsageError, match=r"x\.xlsx"):
        load(tmp_path / "x.xlsx")


def test_fields_of_a_wrong_kind_count_as_empty(tmp_path: Path) -> None:
    assert decision_of({"decision": 3, "note": ["x"], "kinds": "looser", "at": None}) == Decision()
    assert decision_of({"decision": "xoá", "kinds": ["looser", 4]}) == Decision(kinds=("looser",))
    (tmp_path / "d.json").write_text(
        json.dumps({"decisions": {"a": {"decision": "accept", "note": "x" * 9000}, "b": 3}}), encoding="utf-8"
    )
    assert {key: len(value.note) for key, value in load(tmp_path / "d.json").items()} == {"a": 4000}


def test_reports_are_the_same_bytes_with_and_without_a_second_run(tmp_path: Path) -> None:
    kept = decided(finding(comparison(), "looser"))
    for name in ("a", "b"):
        write_comparison(comparison(), tmp_path / name, decisions=kept)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


def test_make_extract_sweeps_results_and_keeps_decisions(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    recipe = subprocess.run(["make", "-n", "extract"], cwd=root, capture_output=True, text=True, check=True).stdout
    sweep = [line for line in recipe.splitlines() if "-delete" in line]
    assert len(sweep) == 1 and "rm -r" not in recipe
    for name in ("a__b/decisions.json", "a__b/report.html", "cu__b/report.html"):
        path = tmp_path / "extracted" / "diffs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    subprocess.run(["bash", "-c", sweep[0]], cwd=tmp_path, check=True)
    assert [
        p.relative_to(tmp_path / "extracted" / "diffs").as_posix() for p in sorted(tmp_path.rglob("*")) if p.is_file()
    ] == ["a__b/decisions.json"]
    assert not (tmp_path / "extracted" / "diffs" / "cu__b").exists()


def test_the_address_of_a_finding_survives_a_later_run() -> None:
    before = {f.headline: f.id for f in comparison_view(comparison()).findings}
    child = CHILD.replace("1. Đến năm 2030\n\n", "1. Đến năm 2030\n\n- 5% xã có bưu điện.\n\n").replace("50%", "45%")
    after = {f.headline: f.id for f in comparison_view(comparison(child)).findings}
    kept = {headline for headline, key in before.items() if after.get(headline) == key}
    assert {h for h in before if "sạch" in h or "thư viện" in h or "hồ sơ" in h} <= kept
    assert before.keys() - kept  # what says something else now has another address, and its mark goes there
