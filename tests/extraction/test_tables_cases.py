"""Every annotated table of ``tests/cases/tables.toml``: cells between bars, figures, tasks, tables not read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doichieu import extract_text
from doichieu.analyse import begin
from doichieu.lexicon import load
from doichieu.model import Source
from doichieu.segmentation.bar_tables import Line, bar_tables

FILES = sorted((Path(__file__).resolve().parents[1] / "cases").glob("tables*.toml"))
CASES: dict[str, list[dict[str, Any]]] = {}
for file in FILES:
    for form, cases in tomllib.loads(file.read_text(encoding="utf-8")).items():
        CASES.setdefault(form, []).extend(cases)
DATED = "ỦY BAN NHÂN DÂN TỈNH\n\nSố: 12/KH-UBND\n\nHà Nam, ngày 10 tháng 12 năm 2025\n\n"
HEAD = "KẾ HOẠCH\n\nPhát triển kinh tế tỉnh\n\nI. NỘI DUNG\n\n"


def printed(rows: list[list[str]]) -> str:
    """A table with each cell on lines of its own between lines that hold only a bar."""
    return "".join("|\n" + "".join((f"{cell}\n" if cell else "") + "|\n" for cell in row) for row in rows).replace(
        "¶", "\n"
    )


def read(text: str) -> list[list[str]]:
    """The cells of all table rows of a text, as segmentation leaves them."""
    analysis = begin(Source("bang", "bang.txt", "", "txt", text))
    return [[passage.text[a:b] for a, b, _ in passage.cells] for passage in analysis.passages if passage.cells]


@pytest.mark.parametrize("case", CASES["grid"], ids=lambda c: c["name"])
@pytest.mark.parametrize("blank", ["\n", ""], ids=["blank lines", "no blank lines"])
def test_cells_between_bars_come_back(case: dict[str, Any], blank: str) -> None:
    before = "Danh mục kèm theo kế hoạch của Ủy ban nhân dân tỉnh, gồm các nội dung sau đây:\n" + blank
    after = blank + "II. TỔ CHỨC THỰC HIỆN\n\nCác sở, ngành triển khai thực hiện theo nhiệm vụ được giao hằng năm.\n"
    wanted = [[cell.replace("¶", " ") for cell in row] for row in case["rows"]]
    assert read(HEAD + before + printed(case["rows"]) + after) == wanted


def test_a_letterhead_and_a_form_are_no_table() -> None:
    head = printed(
        [["ỦY BAN NHÂN DÂN¶TỈNH A", "CỘNG HÒA¶Độc lập - Tự do - Hạnh phúc"], ["Số: 5/KH-UBND", "A, ngày 5/5/2026"]]
    )
    form = printed([["Người ký:", "A", "Số:", "5"], ["Nơi ban hành:", "B", "Ngày ban hành:", "5/5/2026"]])
    assert read(head + "\nKẾ HOẠCH\n\nPhát triển chợ\n\nI. NỘI DUNG\n") == []
    assert read(HEAD + form) == []


def test_rows_over_lines_of_a_table_with_closed_rows_are_whole() -> None:
    table = (
        "| TT | Nhiệm vụ | Chủ trì | Thời hạn |\n| 1 | Rà soát cống,\nđập\n| Sở Xây dựng | Quý I |\n"
        "| 2 | Lập bản đồ | Sở Y tế | Quý II |\n"
    )
    assert read(HEAD + table + "\nHết.\n") == [
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
        ["1", "Rà soát cống, đập", "Sở Xây dựng", "Quý I"],
        ["2", "Lập bản đồ", "Sở Y tế", "Quý II"],
    ]


_CELL = st.text("abc 12", min_size=1, max_size=6).filter(lambda t: t.strip())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(_CELL | st.just(""), min_size=1, max_size=5), max_size=8))
def test_no_line_is_lost_or_doubled(rows: list[list[str]]) -> None:
    text = printed(rows) + "Hết.\n"
    lines, position = [], 0
    for line in text.split("\n"):
        lines.append(Line(position, position + len(line), line.strip()))
        position += len(line) + 1
    covered = [n for table in bar_tables(lines) for row in table for n in range(row.first, row.last + 1)]
    assert covered == sorted(set(covered))
    analysis = begin(Source("bang", "bang.txt", "", "txt", text))
    kept = "".join(sorted(text[p.start : p.end] for c in analysis.clauses if c.leaf for p in c.pieces))
    assert sorted(kept.replace(" ", "").replace("\n", "")) == sorted(text.replace(" ", "").replace("\n", ""))


@pytest.mark.parametrize("case", CASES["targets"], ids=lambda c: c["name"])
def test_figures_of_tables(case: dict[str, Any]) -> None:
    year, month, day = case.get("issued", "2025-12-10").split("-")
    dated = DATED.replace("10 tháng 12 năm 2025", f"{int(day)} tháng {int(month)} năm {year}")
    document = extract_text(dated + HEAD + case["text"], document_id="bang")
    assert document.info.issued_on == f"{year}-{month}-{day}"
    wanted = [row.split(" | ") for row in case["expect"]]
    found = []
    for target in document.targets:
        value = f"{target.value:g}" if target.value is not None else ""
        about = f"{target.subject} {' '.join(target.scope)} {target.indicator}"
        found.append([about, f"{target.operator} {value} {target.unit}", target.deadline])
    assert [row[1:] for row in found] == [row[1:] for row in wanted], found
    assert all(w[0].lower() in f[0].lower() for w, f in zip(wanted, found, strict=True)), found
    if case.get("exact"):
        subjects = [target.subject for target in document.targets]
        assert all(w[0].startswith(subject) for w, subject in zip(wanted, subjects, strict=True)), subjects
    if "scopes" in case:
        assert ["; ".join(target.scope) for target in document.targets] == case["scopes"]


@pytest.mark.parametrize("case", CASES["tasks"], ids=lambda c: c["name"])
def test_tasks_of_tables(case: dict[str, Any]) -> None:
    document = extract_text(DATED + HEAD + case["text"], document_id="bang")
    found = [f"{row.role} | {row.agency} | {row.deadline}" for row in document.assignments]
    assert found == case["expect"]
    assert all(row.task[:3].strip(" .0123456789") for row in document.assignments)


@pytest.mark.parametrize("case", CASES["problem"], ids=lambda c: c["name"])
def test_tables_not_read_are_told(case: dict[str, Any]) -> None:
    document = extract_text(DATED + HEAD + case["text"], document_id="bang")
    assert not document.targets
    assert [p.code for p in document.problems if p.code == case["code"]] == [case["code"]]


HEADS = load("tables")["head"]


@pytest.mark.parametrize("entry", HEADS, ids=lambda entry: entry["name"])
def test_heads_of_the_lexicon(entry: dict[str, Any]) -> None:
    pattern = re.compile(entry["pattern"], re.IGNORECASE)
    assert all(pattern.search(example) for example in entry["examples"])
    assert not any(pattern.search(example) for example in entry["not_examples"])
