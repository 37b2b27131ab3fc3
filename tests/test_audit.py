"""The audit: the same rows for the same seed, few of a document, and what judgements say."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from doichieu import extract_text
from doichieu.cli import main
from doichieu.errors import UsageError
from doichieu.quality.audit import FIELDS, Judgement, Judgements, draw, read_judgements, summary, wilson

TEXT = "KẾ HOẠCH\n\nVề rừng\n\nI. MỤC TIÊU\n\n" + "\n\n".join(
    f"{n}. Đến năm 2030, {40 + n}% xã nhóm {n} có vườn ươm." for n in range(1, 21)
)
DOCUMENTS = [extract_text(TEXT, document_id=name) for name in ("a", "b", "c")]


def test_the_same_rows_for_the_same_seed() -> None:
    once, again, other = (draw(DOCUMENTS, 10, seed) for seed in (4, 4, 5))
    assert once == again != other


def test_few_rows_of_a_document() -> None:
    items = draw(DOCUMENTS, 100, 1, ["targets", "clauses", "figures"])
    counts = Counter((item.table, item.document) for item in items)
    assert {counts["targets", name] for name in "abc"} == {8}
    assert {counts["clauses", name] for name in "abc"} == {counts["figures", name] for name in "abc"} == {5}
    text = DOCUMENTS[0].source.text
    assert all(item.before + item.quote + item.after in text for item in items)


def test_an_assignment_shows_all_that_it_says_of_its_time() -> None:
    text = (
        "KẾ HOẠCH\n\nVề rừng\n\nIII. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế\n\na) Rà soát vườn ươm trước ngày 30/6/2026.\n\n"
        "b) Hằng năm báo cáo Sở Nội vụ trước ngày 15/12.\n\nc) Trả lời trong thời hạn 02 ngày làm việc.\n"
    )
    shown = {item.facts["deadline"] for item in draw([extract_text(text, document_id="kh")], 9, 1, ["assignments"])}
    assert shown == {
        "< 2026-06-30",
        "trước ngày 15/12 · < · FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15",
        "trong thời hạn 02 ngày làm việc · <=",
    }


def test_precision_and_recall_from_judgements() -> None:
    rows = {f"t{n}": Judgement("right" if n < 8 else "wrong", ("subject",) if n < 2 else ()) for n in range(10)}
    figures = {"f1": Judgement("right", missed=1), "f2": Judgement("right"), "f3": Judgement("unsure", missed=5)}
    tables = {**dict.fromkeys(rows, "targets"), **dict.fromkeys(figures, "figures")}
    lines = summary(Judgements({**rows, **figures}, tables, {"f1": 2, "f2": 1, "f3": 9}))
    shown = "\n".join(" ".join(line.split()) for line in lines)
    assert "targets có thật 0.800 [0.490; 0.943] n = 10" in shown
    assert "targets subject 0.750" in shown and "targets đúng cả dòng 0.600" in shown
    assert "figures đọc được 0.750" in shown and "n = 4" in shown


def test_wilson_holds_the_share() -> None:
    low, high = wilson(19, 20)
    assert low < 0.95 < high and wilson(0, 10)[0] == 0.0 and wilson(10, 10)[1] == 1.0


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kh.txt").write_text(TEXT, encoding="utf-8")
    out = tmp_path / "trang.html"
    assert main(["audit", str(tmp_path), "--rows", "5", "--seed", "3", "--out", str(out)]) == 0
    assert "dòng để chấm" in capsys.readouterr().out and "@DATA@" not in out.read_text(encoding="utf-8")
    told = tmp_path / "judgements.json"
    told.write_text(json.dumps({"items": {"x": {"verdict": "right"}}, "tables": {"x": "citations"}}), encoding="utf-8")
    assert main(["audit", str(tmp_path), "--judgements", str(told)]) == 0
    assert "citations" in capsys.readouterr().out
    assert main(["audit", str(tmp_path), "--table", "khong", "--out", str(out)]) == 2


def test_judgements_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(UsageError, match=r"x\.json"):
        read_judgements(tmp_path / "x.json")
    assert set(FIELDS) >= {"targets", "assignments", "clauses", "figures"}


def test_clauses_that_were_judged_hold_what_the_documentation_says() -> None:
    told = read_judgements(Path(__file__).parent / "judgements" / "clauses-seed-5.json")
    assert all(len(key) == 16 and int(key, 16) >= 0 for key in told.items)
    whole = sum(not row.wrong for row in told.items.values())
    assert len(told.items) == 150 and whole / 150 >= 0.95
    line = next(line for line in summary(told) if "đúng cả dòng" in line)
    shown = (Path(__file__).parents[1] / "docs" / "ACCURACY.md").read_text(encoding="utf-8").replace(",", ".")
    assert line.split()[4] in shown and "n = 150" in line
