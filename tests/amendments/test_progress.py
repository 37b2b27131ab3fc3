"""What reports give, and what it makes of each target of a plan."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doichieu import extract_text
from doichieu.cli import main
from doichieu.comparison.several.progress import progress
from doichieu.model import Document, ProgressRow, Result

PLAN = """ỦY BAN NHÂN DÂN
TỈNH LẠC THỦY
-------

Số: 15/KH-UBND
Lạc Thủy, ngày 01 tháng 01 năm 2024

KẾ HOẠCH
Nâng cao chất lượng cán bộ y tế cấp xã đến năm 2026

I. MỤC TIÊU

1. Đến hết năm 2026

a) 80% bác sĩ trạm y tế được bồi dưỡng y học gia đình.

b) 100% viên chức trạm y tế có trình độ từ cao đẳng trở lên.

c) 60% hộ gia đình được lập hồ sơ sức khỏe điện tử.

d) 90% nhân viên y tế thôn bản được cấp túi thuốc.
"""

REPORT = """ỦY BAN NHÂN DÂN
TỈNH LẠC THỦY
-------

Số: {number}
Lạc Thủy, ngày {day}

BÁO CÁO
Kết quả thực hiện Kế hoạch số 15/KH-UBND ngày 01 tháng 01 năm 2024 (số liệu tính đến ngày {as_of})

II. KẾT QUẢ THỰC HIỆN

{body}

III. NHIỆM VỤ THỜI GIAN TỚI

Phấn đấu năm sau 95% hộ gia đình được lập hồ sơ sức khỏe điện tử.
"""


def report(
    *lines: str, number: str = "7/BC-UBND", day: str = "10 tháng 7 năm 2025", as_of: str = "30/6/2025"
) -> Document:
    body = "\n\n".join(f"- {line}" for line in lines)
    return extract_text(REPORT.format(number=number, day=day, as_of=as_of, body=body), document_id=number.split("/")[0])


def rows(*reports: Document) -> dict[str, list[ProgressRow]]:
    plan = extract_text(PLAN, document_id="ke-hoach")
    out: dict[str, list[ProgressRow]] = {}
    for row in progress(plan, reports):
        out.setdefault(row.plan_quote[:3], []).append(row)
    return out


def results(*lines: str) -> list[Result]:
    return [r for r in report(*lines).results if r.role != "promise"]


@pytest.mark.parametrize(
    ("line", "population", "value", "unit", "numerator", "denominator"),
    [
        ("Có 45/60 bác sĩ trạm y tế được bồi dưỡng, đạt 75%.", "bác sĩ trạm y tế", 75, "%", 45, 60),
        ("Tỷ lệ hộ gia đình được lập hồ sơ đạt 41,2%.", "hộ gia đình", 41.2, "%", None, None),
        ("100% viên chức trạm y tế (210/210 người) có trình độ cao đẳng.", "viên chức trạm y tế", 100, "%", 210, 210),
        ("Đến nay có 12/48 trạm y tế được xây mới.", "trạm y tế", 25, "%", 12, 48),
        ("Đã mở lớp học, có 1.250 lượt nhân viên tham dự.", "lượt nhân viên", 1250, "lượt", None, None),
    ],
)
def test_a_figure_is_read(
    line: str, population: str, value: float, unit: str, numerator: float | None, denominator: float | None
) -> None:
    (row,) = results(line)
    assert row.population.startswith(population) or population.startswith("lượt")
    assert (row.value, row.unit.split()[0], row.numerator, row.denominator) == (value, unit, numerator, denominator)


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        ("Tỷ lệ hộ gia đình được lập hồ sơ đạt 41%, tăng 6,5 điểm % so với cùng kỳ.", ["result", "change"]),
        ("Tỷ lệ hộ gia đình được lập hồ sơ đạt 41%; riêng xã Hòa An đạt 60%.", ["result", "part"]),
        ("Hiện có 20 người đang theo học lớp bác sĩ gia đình.", ["attendance"]),
        ("Dự kiến đến cuối năm 2025 đạt 50%.", []),
    ],
)
def test_a_figure_has_its_role(line: str, roles: list[str]) -> None:
    assert [row.role for row in results(line)] == roles


@pytest.mark.parametrize(
    ("line", "value", "unit"),
    [
        ("Tỷ số giới tính khi sinh là 108,5 bé trai/100 bé gái.", 108.5, "bé trai/100 bé gái"),
        ("Tổng tỷ suất sinh đạt 1,9 con/phụ nữ.", 1.9, "con/phụ nữ"),
        ("Thu nhập bình quân đạt 45,5 triệu đồng/người/năm.", 45.5, "triệu đồng/người/năm"),
        ("Trồng mới 1.250 ha rừng, đạt 104% kế hoạch.", 1250, "ha"),
        ("Năm qua toàn tỉnh có 35 xã đạt chuẩn.", 35, "xã"),
        ("Hiện có 64 đồng chí được cử đi đào tạo.", 64, "đồng chí"),
    ],
)
def test_figures_have_the_units_that_targets_have(line: str, value: float, unit: str) -> None:
    (row,) = results(line)
    assert (row.value, row.unit) == (value, unit)


def test_two_shares_of_one_sentence_and_a_part_of_a_whole() -> None:
    first, second = results("Tỷ lệ trẻ em hoàn thành cấp tiểu học đạt 98,7%, hoàn thành trung học cơ sở đạt 84%.")
    assert (first.value, second.value, second.population) == (98.7, 84, first.population)
    (row,) = results("Nữ thạc sĩ chiếm 52,4% tổng số người có trình độ thạc sĩ.")
    assert (row.population, row.level) == ("người có trình độ thạc sĩ", "")
    assert row.indicator == "tỷ lệ Nữ thạc sĩ trong tổng số người có trình độ thạc sĩ"


def test_a_level_of_an_earlier_day_is_the_baseline() -> None:
    first, second = results("Tỷ lệ hộ gia đình được lập hồ sơ đạt 41%; tại thời điểm tháng 01/2024 tỷ lệ này là 30%.")
    assert (first.value, first.baseline_value, first.baseline_as_of) == (41, 30, "2024-01-31")
    assert second.role == "baseline"


def test_a_share_that_does_not_fit_is_a_problem() -> None:
    document = report("Có 45/60 bác sĩ trạm y tế được bồi dưỡng, đạt 85%.")
    assert [p.code for p in document.problems if p.code == "share_does_not_fit"] == ["share_does_not_fit"]


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("Có 51/60 bác sĩ trạm y tế được bồi dưỡng y học gia đình, đạt 85%.", "reached"),
        ("Có 48/60 bác sĩ trạm y tế được bồi dưỡng y học gia đình, đạt 80%.", "reached"),
        ("Có 42/60 bác sĩ trạm y tế được bồi dưỡng y học gia đình, đạt 70%.", "on_course"),
        ("Có 12/60 bác sĩ trạm y tế được bồi dưỡng y học gia đình, đạt 20%.", "behind"),
        ("Đã mở 03 lớp bồi dưỡng y học gia đình cho 40 lượt bác sĩ trạm y tế.", "measured_otherwise"),
        ("Đã xây mới 12 trạm y tế.", "not_reported"),
    ],
)
def test_each_class_of_verdict(line: str, verdict: str) -> None:
    (row,) = rows(report(line))["80%"]
    assert row.verdict == verdict


@pytest.mark.parametrize(
    ("line", "verdict", "findings"),
    [
        # in other words and another order
        ("Các bác sĩ ở trạm y tế đã được bồi dưỡng về y học gia đình đạt 85%.", "reached", ()),
        ("Về bồi dưỡng y học gia đình: 51/60 bác sĩ trạm y tế, đạt 85%.", "reached", ()),
        # a part of them
        ("85% bác sĩ trạm y tế dưới 40 tuổi được bồi dưỡng y học gia đình.", "measured_otherwise", ()),
        # other people, or another thing
        ("85% bác sĩ bệnh viện được bồi dưỡng y học gia đình.", "not_reported", ()),
        ("85% điều dưỡng được bồi dưỡng y học gia đình.", "not_reported", ()),
        ("85% bác sĩ trạm y tế được cấp túi thuốc.", "not_reported", ()),
    ],
)
def test_populations_are_compared_as_those_of_targets(line: str, verdict: str, findings: tuple[str, ...]) -> None:
    (row,) = rows(report(line))["80%"]
    assert (row.verdict, row.findings) == (verdict, findings)


def test_after_the_deadline_what_is_not_reached_is_behind() -> None:
    late = report(
        "Có 47/60 bác sĩ trạm y tế được bồi dưỡng y học gia đình, đạt 78,3%.",
        day="10 tháng 01 năm 2027",
        as_of="31/12/2026",
    )
    (row,) = rows(late)["80%"]
    assert (row.verdict, row.elapsed_share) == ("behind", 1.0)


def test_a_figure_near_the_line_without_a_baseline_says_so() -> None:
    (row,) = rows(report("Tỷ lệ hộ gia đình được lập hồ sơ sức khỏe điện tử đạt 29%."))["60%"]
    assert (row.verdict, row.findings) == ("on_course", ("near_the_line",))


def test_a_baseline_moves_the_line() -> None:
    line = "Tỷ lệ hộ gia đình được lập hồ sơ sức khỏe điện tử đạt 31%; tại thời điểm tháng 01/2024 tỷ lệ này là 28%."
    (row,) = rows(report(line))["60%"]
    assert row.verdict == "behind"
    assert row.reached_share == pytest.approx(3 / 32, abs=0.001)


def test_reports_that_contradict_each_other_and_a_fall_back() -> None:
    first = report("Có 51/60 bác sĩ trạm y tế được bồi dưỡng y học gia đình, đạt 85%.")
    second = report(
        "Tại thời điểm ngày 30/6/2025 tỷ lệ bác sĩ trạm y tế được bồi dưỡng y học gia đình là 78%.",
        number="9/BC-UBND",
        day="15 tháng 7 năm 2025",
    )
    third = report(
        "Có 40/60 bác sĩ trạm y tế được bồi dưỡng y học gia đình, đạt 66,7%.",
        number="31/BC-UBND",
        day="12 tháng 01 năm 2026",
        as_of="31/12/2025",
    )
    found = rows(first, third)["80%"]
    assert [row.verdict for row in found] == ["reached", "on_course"] or [row.verdict for row in found] == [
        "reached",
        "behind",
    ]
    assert "fell_back" in found[1].findings
    assert second.results


_LINES = st.lists(
    st.one_of(
        st.builds(
            "Có {}/{} bác sĩ trạm y tế được bồi dưỡng y học gia đình, đạt {}%.".format, *[st.integers(0, 99)] * 3
        ),
        st.text(alphabet="abc đạt 0123456789/%.,;()", max_size=60),
    ),
    max_size=4,
)


@given(_LINES)
@settings(deadline=None, max_examples=50)
def test_every_target_has_one_row_and_every_figure_its_quote(lines: list[str]) -> None:
    document = report(*lines)
    plan = extract_text(PLAN, document_id="ke-hoach")
    for result in document.results:
        assert result.quote == document.source.text[result.char_start : result.char_end]
    found = progress(plan, [document])
    assert [row.target_id for row in found] == [t.target_id for t in plan.targets if not t.same_as]
    known = {r.result_id for r in document.results}
    for row in found:
        assert (row.verdict == "not_reported") == (not row.result_id)
        assert not row.result_id or row.result_id in known


def test_a_table_of_results_answers_the_targets() -> None:
    table = (
        "| TT | Chỉ tiêu | Kế hoạch | Kết quả thực hiện |\n"
        "| 1 | Tỷ lệ hộ gia đình được lập hồ sơ sức khỏe điện tử | 60% | 62,5% |\n"
        "| 2 | Tỷ lệ bác sĩ trạm y tế được bồi dưỡng y học gia đình | 80% | 12/60 |"
    )
    text = REPORT.format(number="7/BC-UBND", day="10 tháng 7 năm 2025", as_of="30/6/2025", body=table)
    found = rows(extract_text(text, document_id="7"))
    assert [(r.verdict, r.value) for r in found["60%"]] == [("reached", 62.5)]
    assert [(r.verdict, r.value) for r in found["80%"]] == [("behind", 20.0)]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "ke-hoach.txt").write_text(PLAN, encoding="utf-8")
    body = "- Có 12/60 bác sĩ trạm y tế được bồi dưỡng y học gia đình, đạt 20%."
    text = REPORT.format(number="7/BC-UBND", day="10 tháng 7 năm 2025", as_of="30/6/2025", body=body)
    (tmp_path / "bao-cao.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_command_writes_tables_page_word_and_excel(files: Path) -> None:
    out = files / "out"
    call = ["progress", str(files / "bao-cao.txt"), "--plan", str(files / "ke-hoach.txt"), "--out", str(out)]
    assert main(call) == 0
    with (out / "progress.csv").open(encoding="utf-8", newline="") as handle:
        found = list(csv.DictReader(handle))
    assert [row["verdict"] for row in found] == ["behind", "not_reported", "not_reported", "not_reported"]
    with (out / "results.csv").open(encoding="utf-8", newline="") as handle:
        told = list(csv.DictReader(handle))
    assert [row["target_id"] for row in told if row["role"] == "result"] == [found[0]["target_id"]]
    assert {"progress.html", "progress.docx", "progress.xlsx"} <= {p.name for p in out.iterdir()}
    assert main([*call, "--fail-on", "behind"]) == 3
    assert main([*call, "--fail-on", "khong-co"]) == 2


def test_with_a_corpus_the_target_that_holds_is_asked_for(files: Path) -> None:
    change = """ỦY BAN NHÂN DÂN
TỈNH LẠC THỦY
-------

Số: 88/QĐ-UBND
Lạc Thủy, ngày 02 tháng 3 năm 2025

QUYẾT ĐỊNH
Sửa đổi Kế hoạch số 15/KH-UBND ngày 01 tháng 01 năm 2024

Điều 1. Thay thế cụm từ “80%” bằng cụm từ “18%” tại điểm a khoản 1 Mục I Kế hoạch số 15/KH-UBND.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
"""
    (files / "sua.txt").write_text(change, encoding="utf-8")
    out = files / "out"
    call = ["progress", str(files / "bao-cao.txt"), "--plan", str(files / "ke-hoach.txt"), "--out", str(out)]
    assert main([*call, "--corpus", str(files), "--format", "html"]) == 0
    with (out / "progress.csv").open(encoding="utf-8", newline="") as handle:
        first = next(csv.DictReader(handle))
    assert (first["verdict"], first["expected"]) == ("reached", "18%")
