"""Every annotated clause of ``tests/cases/assignments.toml``, the lexicon's examples, and whole small documents."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doichieu import extract_text
from doichieu.extraction.agencies import stage as agencies
from doichieu.extraction.agencies.cells import parse_list
from doichieu.extraction.tasks import assignments
from doichieu.extraction.tasks.bodies import Context
from doichieu.extraction.tasks.role_lists import column_role, label_role, labelled, read_list
from doichieu.extraction.tasks.roles import read_clause
from doichieu.lexicon import load
from doichieu.model import Assignment, Deadline, Source
from doichieu.segmentation.passages import Analysis
from doichieu.segmentation.segment import segment
from doichieu.text import normalise

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "assignments.toml").read_text(encoding="utf-8"))


def _rows(case: dict[str, Any]) -> list[str]:
    view, _ = normalise(case["text"])
    text = view.text
    if "column" in case:
        found = [(row.role, row.item.name) for row in read_list(text, case["column"])]
    elif case.get("label"):
        found = [
            (row.role, row.item.name)
            for part in labelled(text, 0)
            if part.role not in ("deadline", "product")
            for role in part.role.split("+")
            for row in read_list(text[part.start : part.end], role)  # type: ignore[arg-type]
        ]
    else:
        doers = tuple(parse_list(case.get("heading", "")))
        context = Context(doers, organisation=case.get("chapter", True))
        found = [(row.role, row.item.name) for row in read_clause(text, text.lower(), 0, context)]
    return sorted(f"{role} | {name}" for role, name in found)


def test_every_case_asserts_something() -> None:
    assert set(CASES) == {"wild", "synthetic", "lookalike", "known_failure", "document"}
    assert sum(len(group) for group in CASES.values()) >= 40
    for name in ("wild", "synthetic", "known_failure"):
        assert all(case["expect"] for case in CASES[name])


@pytest.mark.parametrize("case", CASES["wild"] + CASES["synthetic"], ids=lambda c: c["text"][:60])
def test_found(case: dict[str, Any]) -> None:
    assert _rows(case) == sorted(case["expect"])


@pytest.mark.parametrize("case", CASES["lookalike"], ids=lambda c: c["text"][:60])
def test_lookalike(case: dict[str, Any]) -> None:
    assert _rows(case) == sorted(case["expect"])


def _when(row: Assignment) -> str:
    return " ".join(filter(None, (row.deadline_operator, row.deadline, row.recurrence))) or "-"


@pytest.mark.parametrize("case", CASES["document"], ids=lambda c: c["name"])
def test_document(case: dict[str, Any]) -> None:
    document = extract_text(f"KẾ HOẠCH\n\nPhát triển kinh tế tỉnh\n{case['text']}", document_id="kh")
    wanted = [row.split(" | ") for row in case["expect"]]
    found = [
        [row.role, row.agency, row.task[: len(w[2])], _when(row)][: len(w)]
        for row, w in zip(document.assignments, wanted, strict=False)
    ]
    assert found == wanted
    assert len(document.assignments) == len(wanted), document.assignments[len(wanted) :]


@pytest.mark.xfail(strict=True, raises=AssertionError)
@pytest.mark.parametrize("case", CASES["known_failure"], ids=lambda c: c["text"][:60])
def test_known_failure(case: dict[str, Any]) -> None:
    assert _rows(case) == sorted(case["expect"])


@pytest.mark.parametrize(("table", "reader"), [("label", label_role), ("column", column_role)])
def test_labels_and_columns(table: str, reader: Any) -> None:
    for entry in load("roles")[table]:
        pattern = re.compile(entry["pattern"])
        for example in entry["examples"]:
            assert reader(example) == entry["role"], example
        for example in entry["not_examples"]:
            assert not pattern.fullmatch(example), example


# ---------------------------------------------------------------- whole documents


def _analyse(text: str) -> Analysis:
    view, repairs = normalise(text)
    source = Source("thu", "thu.txt", "", "txt", text)
    clauses, _ = segment(source, view)
    analysis = Analysis(source, view, repairs, clauses)
    for passage in analysis.passages:
        for match in re.finditer(r"ngày (\d\d)/(\d\d)/(\d{4})", passage.text):
            span = passage.span(*match.span())
            day, month, year = match.groups()
            analysis.deadlines.append(
                Deadline(
                    "thu",
                    f"d{span.start}",
                    passage.clause.clause_id,
                    span.start,
                    span.end,
                    text[span.start : span.end],
                    "by",
                    "<=",
                    "",
                    f"{year}-{month}-{day}",
                )
            )
    agencies.stage(analysis)
    assignments.stage(analysis)
    return analysis


PLAN = """KẾ HOẠCH
Phát triển hợp tác xã nông nghiệp

I. NHIỆM VỤ
1. Rà soát hợp tác xã yếu kém, hoàn thành trong năm.
- *Cơ quan chủ trì:* Sở Nông nghiệp và Môi trường.
- *Cơ quan phối hợp:* Liên minh Hợp tác xã tỉnh, UBND các xã, phường.
- *Thời gian thực hiện:* Trước ngày 30/06/2026.
2. Tập huấn quản trị cho giám đốc hợp tác xã.
- *Cơ quan chủ trì:* Liên minh Hợp tác xã tỉnh.
II. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính
- Tham mưu bố trí kinh phí trước ngày 15/12/2026.
- Chủ trì, phối hợp với Sở Nội vụ kiểm tra việc sử dụng kinh phí.
2. Sở Nội vụ tổng hợp, báo cáo UBND tỉnh.

PHỤ LỤC
STT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn
1 | Khảo sát nhu cầu vốn | Sở Tài chính | Các sở, ngành liên quan | ngày 31/03/2027
2 | Lập danh mục dự án | | Sở Xây dựng | ngày 30/09/2027
3 | Công bố kết quả | Sở Nội vụ | |
"""


@pytest.fixture(scope="module")
def plan() -> Analysis:
    return _analyse(PLAN)


def _of(analysis: Analysis, task: str) -> list[tuple[str, str, str]]:
    return [(a.role, a.agency, a.deadline) for a in analysis.assignments if a.task.startswith(task)]


def test_role_lines_share_task_and_deadline(plan: Analysis) -> None:
    assert _of(plan, "Rà soát hợp tác xã") == [
        ("chu_tri", "Sở Nông nghiệp và Môi trường", "2026-06-30"),
        ("phoi_hop", "Liên minh Hợp tác xã tỉnh", "2026-06-30"),
        ("phoi_hop", "UBND các xã, phường", "2026-06-30"),
    ]
    assert _of(plan, "Tập huấn quản trị") == [("chu_tri", "Liên minh Hợp tác xã tỉnh", "")]


def test_points_below_a_heading(plan: Analysis) -> None:
    rows = [(a.role, a.agency, a.deadline) for a in plan.assignments if a.clause_path.startswith("II/1/")]
    assert rows == [
        ("tham_muu", "Sở Tài chính", "2026-12-15"),
        ("chu_tri", "Sở Tài chính", ""),
        ("phoi_hop", "Sở Nội vụ", ""),
        ("kiem_tra", "Sở Tài chính", ""),
    ]
    assert [(a.role, a.agency) for a in plan.assignments if a.clause_path == "II/2"] == [("bao_cao", "Sở Nội vụ")]


def test_task_table(plan: Analysis) -> None:
    assert _of(plan, "Khảo sát nhu cầu vốn") == [
        ("chu_tri", "Sở Tài chính", "2027-03-31"),
        ("phoi_hop", "Các sở, ngành liên quan", "2027-03-31"),
    ]
    assert _of(plan, "Lập danh mục dự án") == [("phoi_hop", "Sở Xây dựng", "2027-09-30")]


def test_problems(plan: Analysis) -> None:
    found = [(p.code, p.severity) for p in plan.problems]
    assert ("task_without_deadline", "low") in found
    messages = [p.message for p in plan.problems if p.code == "task_without_deadline"]
    assert any("Tập huấn quản trị" in m for m in messages)
    assert any("Công bố kết quả" in m for m in messages)
    assert not any("Rà soát hợp tác xã" in m for m in messages)


def test_agencies_and_quotes(plan: Analysis) -> None:
    for row in plan.assignments:
        assert row.quote == PLAN[row.char_start : row.char_end]
        assert row.agency_id in plan.agencies
    for mention in plan.mentions:
        assert mention.quote == PLAN[mention.char_start : mention.char_end]
        assert mention.agency_id in plan.agencies
    ids = [row.assignment_id for row in plan.assignments]
    assert len(ids) == len(set(ids))
    assert ids == [row.assignment_id for row in _analyse(PLAN).assignments]


def test_a_row_keeps_its_id_when_another_task_is_added(plan: Analysis) -> None:
    longer = _analyse(PLAN.replace("2. Sở Nội vụ tổng hợp", "2. Sở Nội vụ đôn đốc, tổng hợp"))
    before = {a.assignment_id for a in plan.assignments if a.clause_path.startswith("II/1/")}
    assert before <= {a.assignment_id for a in longer.assignments}


_PIECES = st.sampled_from(
    [
        "Sở Nội vụ",
        "Sở Y tế",
        "các sở, ngành",
        "UBND tỉnh",
        "chủ trì",
        "phối hợp",
        "với",
        ",",
        ";",
        ". ",
        ":",
        "và",
        "tham mưu",
        "kiểm tra",
        "việc",
        "báo cáo",
        "định kỳ",
        "lãnh đạo",
        "giao",
        "Giao",
        "trên cơ sở",
        "để",
        "xây dựng kế hoạch",
        "công tác",
        "được giao",
        "do",
        "Cơ quan chủ trì",
        "(",
        ")",
        "theo chức năng, nhiệm vụ",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=25).map(" ".join) | st.text(max_size=80), st.booleans(), st.booleans())
def test_any_clause_gives_slices_and_no_row_twice(text: str, chapter: bool, heading: bool) -> None:
    context = Context(tuple(parse_list("Sở Tài chính")) if heading else (), organisation=chapter)
    rows = read_clause(text, text.lower(), 0, context)
    assert len({(r.role, r.item.canonical.lower()) for r in rows}) == len(rows)
    for row in rows:
        assert 0 <= row.start < row.end <= len(text)
        assert row.start <= row.task <= row.end
    for part in labelled(text, 0):
        assert 0 <= part.label_start <= part.start <= part.end <= len(text)
        for found in read_list(text[part.start : part.end], "chu_tri"):
            assert found.item.end <= part.end - part.start


def test_an_article_of_a_decision_gives_its_tasks() -> None:
    text = (
        "QUYẾT ĐỊNH\n\nVề việc giao chỉ tiêu năm 2024\n\nĐiều 1. Giao chỉ tiêu theo Phụ lục.\n\n"
        "Điều 2. Trưởng các phòng, ban, Chủ tịch Ủy ban nhân dân các xã, phường xây dựng kế hoạch cụ thể.\n"
    )
    rows = extract_text(text, document_id="qd").assignments
    assert [(row.role, row.agency) for row in rows] == [
        ("thuc_hien", "Trưởng các phòng, ban"),
        ("thuc_hien", "Chủ tịch Ủy ban nhân dân các xã, phường"),
    ]
