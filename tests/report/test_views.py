"""What the reports say: every finding, in words that fit, the same in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from doichieu import extract_text
from doichieu.comparison.compare import compare
from doichieu.comparison.several.stage import compare_quoted
from doichieu.lexicon import load
from doichieu.model import Deviation, Duty, Problem, Target
from doichieu.naming import legal_path
from doichieu.report.calendar import calendar
from doichieu.report.decision_files import load as load_decisions
from doichieu.report.document_view import document_view
from doichieu.report.groups import GROUPS, verdict
from doichieu.report.html import comparison_page
from doichieu.report.opinion import values as opinion_values
from doichieu.report.panels import coverage, duty_strip, full_text, matrix, moves, timeline
from doichieu.report.phrases import duty_sentence, measure, place, recurrence, scope
from doichieu.report.records import ComparisonView
from doichieu.report.view import comparison_view
from doichieu.report.worddiff import pieces
from doichieu.report.xlsx import workbook
from tests.report.pairs import CHILD, PARENT, comparison, flagship


@pytest.fixture(scope="module")
def view() -> ComparisonView:
    return comparison_view(flagship())


def test_every_deviation_is_one_finding_what_has_priority_first(view: ComparisonView) -> None:
    deviations = flagship().deviations
    assert {f.id for f in view.findings} == {d.deviation_id for d in deviations} and len(view.findings) == len(
        deviations
    )
    order = ["high", "medium", "low", "info"]
    tiers = [*GROUPS[:1], "priority_more", *GROUPS[1:]]
    ranks = [(tiers.index(f.group), order.index(f.severity)) for f in view.findings]
    assert ranks == sorted(ranks)
    assert [f.number for f in view.findings] == list(range(1, len(deviations) + 1))


def test_a_finding_says_what_changed_and_marks_only_what_differs() -> None:
    finding = next(f for f in comparison_view(comparison()).findings if "looser" in f.kinds)
    assert [(c.name, c.upper, c.lower) for c in finding.changes] == [("Mức", "60%", "50%")]
    assert [text for text, differs in finding.child.pieces if differs] == ["50%"]
    assert [text for text, differs in finding.parent.pieces if differs] == ["60%"]
    assert [f.name for f in finding.child.facts if f.differs] == ["Mức"]


def test_the_context_of_a_quote_is_the_rest_of_its_clause(view: ComparisonView) -> None:
    source = " ".join(flagship().child.source.text.replace("*", "").split())
    told = [f.child for f in view.findings if f.child.before and not f.child.before.startswith("…")]
    assert told
    for side in told:
        assert side.before.strip() + " " + side.quote in source or side.before + side.quote in source


def test_places_are_written_as_lawyers_cite_them() -> None:
    for path, form in (
        ("II/2/2.1/d", "điểm d, khoản 2.1, mục II"),
        ("Điều 5/2/a", "điểm a, khoản 2, Điều 5"),
        ("", ""),
    ):
        assert legal_path(path) == place(path) == form
    for path, form in (
        ("II/2/2.1/d", "point d, clause 2.1, section II"),
        ("Điều 5/2/a", "point a, clause 2, Article 5"),
        ("II/-3/+1", "plus 1, dash 3, section II"),
    ):
        assert place(path, "en") == form


@pytest.mark.parametrize(
    ("operator", "value", "most", "english"),
    [
        (">=", 15.0, None, "at least 15%"),
        ("between", 8.0, 9.0, "8 to 9%"),
        ("~", 1200.0, None, "about 1,200%"),
        ("<", 2.5, None, "under 2.5%"),
        ("=", 100.0, None, "100%"),
    ],
)
def test_measures_in_english(operator: str, value: float, most: float | None, english: str) -> None:
    target = Target("d", "t", "c", "", 0, 1, "q", operator=operator, value=value, value_max=most, unit="%")  # type: ignore[arg-type]
    assert measure(target, "en") == english


@pytest.mark.parametrize(
    ("rule", "vi", "en"),
    [
        ("FREQ=YEARLY", "hằng năm", "every year"),
        ("FREQ=MONTHLY;INTERVAL=6", "6 tháng một lần", "every six months"),
        ("mỗi năm", "mỗi năm", "every year"),
        ("FREQ=YEARLY;INTERVAL=5", "5 năm một lần", "every 5 years"),
        (
            "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15",
            "hằng năm, ngày 15 tháng 6, 12",
            "every year, on day 15 in month 6, 12",
        ),
        ("FREQ=HOURLY", "FREQ=HOURLY", "FREQ=HOURLY"),
    ],
)
def test_recurrence_in_words(rule: str, vi: str, en: str) -> None:
    assert (recurrence(rule), recurrence(rule, "en")) == (vi, en)


def test_the_verdict_counts_each_finding_once() -> None:
    found = comparison().deviations
    assert verdict(found) == (
        "4 phát hiện. 2 điểm ưu tiên xử lý: 1 chỉ tiêu chưa được cụ thể hóa; 1 chỉ tiêu thấp hơn. "
        "1 điểm cần biết: 1 chỉ tiêu bổ sung. 1 điểm không thuộc phạm vi hoặc giữ đúng: 1 chỉ tiêu giữ đúng."
    )
    assert verdict([]) == "Hai văn bản không có chỉ tiêu nào để đối chiếu."
    assert verdict(found, "en").startswith("4 findings. 2 to act on first: 1 target not taken up; 1 target looser.")
    assert verdict(found, "vi", [Duty("con", "cha", "t", verdict="partly")]).endswith(
        "Cấp trên giao 1 nhiệm vụ: 1 giao một phần."
    )


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_numbers_of_the_verdict_add_up(lang: str) -> None:
    pair = flagship()
    said = verdict(pair.deviations, lang)
    groups = re.findall(r"(\d+) [^\d.:;]+: ([^.]+)\.", said)
    assert sum(int(n) for n, _ in groups) == len(pair.deviations) == int(said.split()[0])
    for n, parts in groups:
        assert int(n) == sum(int(part.split()[0]) for part in parts.split("; "))


def finding_of(severity: str, *kinds: str, declared: str = "") -> Deviation:
    return Deviation("con", "cha", "d", "c", "p", kinds, severity, declared)  # type: ignore[arg-type]


def test_the_verdict_gives_priority_only_to_what_has_it() -> None:
    noted = finding_of("medium", "looser", declared="true")
    assert (
        verdict([noted, noted])
        == "2 phát hiện. Không có điểm phải ưu tiên xử lý. 2 điểm cần biết: 2 chỉ tiêu thấp hơn."
    )
    assert (
        verdict([noted, finding_of("high", "looser", "deadline_later")])
        == "2 phát hiện. 1 điểm ưu tiên xử lý: 1 chỉ tiêu thấp hơn. 1 điểm cần biết: 1 chỉ tiêu thấp hơn."
    )
    assert (
        verdict([finding_of("high", "equal", declared="contradicted")])
        == "1 phát hiện. 1 điểm ưu tiên xử lý: 1 chỉ tiêu có thuyết minh dẫn sai."
    )


def test_a_repetition_stands_against_what_it_repeats() -> None:
    """The parent asks 60%: where the child says its 50% again, the parent has not become silent."""
    from msgspec.structs import replace

    pair = comparison()
    first = next(d for d in pair.deviations if "looser" in d.kinds)
    again = replace(
        first,
        deviation_id="dlap",
        parent_target_id="",
        covered_by=first.child_target_id,
        severity="info",
        explanation="Nhắc lại chỉ tiêu đã đối chiếu.",
    )
    for lang, said in (("vi", "Nhắc lại"), ("en", "Repeats a target compared before (dash 1, clause 1, section I)")):
        view = comparison_view(replace(pair, deviations=(*pair.deviations, again)), None, lang)
        told, repeated = (next(f for f in view.findings if f.id == key) for key in (first.deviation_id, "dlap"))
        assert repeated.changes == told.changes and repeated.parent == told.parent
        assert repeated.explanation.startswith(said) and "no matching" not in repeated.explanation
        assert coverage(view)[0].total == len({d.parent_target_id for d in pair.deviations} - {""})
        assert repeated.parent_key == ""


def test_a_headline_says_nothing_twice() -> None:
    from msgspec.structs import replace

    pair = comparison()
    own = replace(
        pair.child,
        targets=tuple(
            replace(t, subject="doanh nghiệp", indicator="Tỷ lệ doanh nghiệp đổi mới sáng tạo")
            for t in pair.child.targets
        ),
    )
    view = comparison_view(
        replace(pair, child=own, deviations=tuple(replace(d, subject="doanh nghiệp") for d in pair.deviations))
    )
    assert "Tỷ lệ doanh nghiệp đổi mới sáng tạo" in {f.headline for f in view.findings}


def test_one_body_has_one_name_however_it_is_spelled() -> None:
    text = PARENT + (
        "\n3. Ủy ban nhân dân tỉnh kiểm tra việc thực hiện nghị quyết.\n\n4. UBND tỉnh bố trí kinh phí "
        "thực hiện nghị quyết.\n\n5. Ủy ban nhân dân tỉnh báo cáo kết quả hằng năm.\n"
    )
    document = extract_text(text, document_id="cha")
    spelled = {a.agency for a in document.assignments if a.agency_id == "uy_ban_nhan_dan_tinh"}
    assert spelled == {"Ủy ban nhân dân tỉnh", "UBND tỉnh"}
    view = document_view(document)
    assert [agency for agency, _ in view.by_agency if "tỉnh" in agency] == ["Ủy ban nhân dân tỉnh"]
    assert (
        len(view.by_agency)
        == len({a.agency_id for a in document.assignments})
        == len(matrix(document.assignments, "vi").rows)
    )
    assert f"{len(view.tasks)} lượt giao nhiệm vụ của {len(view.by_agency)} cơ quan" in view.sentence
    assert f"{len(view.dates)} mục" in view.sentence and f"{len(view.problems)} điều" in view.sentence
    compared = comparison_view(compare(extract_text(CHILD, document_id="con"), document))
    assert "UBND tỉnh" not in compared.agencies and "Ủy ban nhân dân tỉnh" in compared.agencies
    assert all(body in compared.agencies for d in compared.duties for body in d.bodies)


def test_what_to_check_is_quoted_in_whole_words_and_leads_to_its_place() -> None:
    from msgspec.structs import replace

    pair = comparison()
    text = pair.child.source.text
    clause = next(c for c in pair.child.clauses if c.leaf and "cán bộ" in text[c.char_start : c.char_end])
    end = text.index("dưỡng", clause.char_start) + 2
    cut = Problem(
        "con",
        "numbering",
        "low",
        "Đánh số không liên tục",
        clause.clause_id,
        clause.char_start,
        end,
        text[clause.char_start : end],
    )
    view = comparison_view(
        replace(
            pair, child=replace(pair.child, problems=(cut,)), parent=pair.parent and replace(pair.parent, problems=())
        )
    )
    assert [(p.quote, p.anchor) for p in view.problems] == [("- 50% cán bộ cấp xã được bồi…", f"c-{clause.clause_id}")]


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [(85341.25, "85.341,25%", "85,341.25%"), (1234567.0, "1.234.567%", "1,234,567%"), (0.7, "0,7%", "0.7%")],
)
def test_a_figure_is_printed_whole(value: float, vi: str, en: str) -> None:
    target = Target("d", "t", "c", "", 0, 1, "q", operator="=", value=value, unit="%")
    assert (measure(target), measure(target, "en")) == (vi, en)
    both = Target("d", "t", "c", "", 0, 1, "q", operator="between", value=value, value_max=value + 1, unit="%")
    assert "e+" not in measure(both, "en") + measure(both)


@pytest.mark.parametrize("count", [3, 900, 40_000])
def test_long_wordings_are_told_apart_whole(count: int) -> None:
    words = [f"việc{i % 40} năm{i % 7}" for i in range(count)]
    left, right = (
        " ".join(["đầu chung", *words, "10%", "cuối chung"]),
        " ".join(["đầu chung", *reversed(words), "20%", "cuối chung"]),
    )
    for side, text, figure in zip(pieces(left, right), (left, right), ("10%", "20%"), strict=True):
        assert "".join(part for part, _ in side) == text
        assert not side[0][1] and not side[-1][1] and side[-1][0].endswith("cuối chung")
        assert figure in "".join(part for part, differs in side if differs)


def test_both_languages_have_the_same_words() -> None:
    vi, en = load("report_vi"), load("report_en")
    assert {group: set(names) for group, names in vi.items()} == {group: set(names) for group, names in en.items()}
    for group, names in vi.items():
        for key, text in names.items():
            assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", en[group][key])), key
            assert not re.search(r"[à-ỹđ]", en[group][key].lower()), key


def test_coverage_counts_every_target_of_the_parent_once(view: ComparisonView) -> None:
    strips = coverage(view)
    asked = {d.parent_target_id for d in flagship().deviations if d.parent_target_id}
    assert strips[0].total == len(asked) == sum(s.total for s in strips[1:])
    parts = {key: n for key, _, n in strips[0].parts}
    assert parts["omitted"] == sum(1 for d in flagship().deviations if "omitted" in d.kinds)
    tasks = duty_strip(view)
    assert tasks is not None and tasks.total == len(flagship().duties)


def test_the_timeline_counts_every_dated_target(view: ComparisonView) -> None:
    pair = flagship()
    moments = timeline(pair)
    assert [m.iso for m in moments] == sorted(m.iso for m in moments)
    assert sum(m.child for m in moments) == sum(1 for t in pair.child.targets if t.deadline and not t.same_as)
    for move in moves(view):
        assert not move.later and move.upper != move.lower and move.findings


def test_the_matrix_counts_every_task_of_a_body() -> None:
    assignments = flagship().child.assignments
    table = matrix(assignments, "vi")
    assert sum(total for _, _, total in table.rows) == len(assignments) and not table.more
    assert [total for _, _, total in table.rows] == sorted((total for _, _, total in table.rows), reverse=True)


def test_the_full_text_is_whole_and_each_wording_is_marked_once() -> None:
    document = flagship().child
    marks = {t.target_id: [(t.target_id, "1", "low")] for t in document.targets}
    lines = full_text(document, marks)
    printed = "".join("".join(s.text for s in line.segments) for line in lines)
    letters = [
        c
        for clause in document.clauses
        if clause.leaf
        for p in clause.pieces
        for c in document.source.text[p.start : p.end]
        if c.isalnum()
    ]
    assert [c for c in printed if c.isalnum()] == letters
    ends = [mark[0] for line in lines for s in line.segments for mark in s.ends]
    assert sorted(ends) == sorted(marks)


def test_a_parent_that_is_only_quoted_is_reported_too() -> None:
    text = CHILD + "\n2. Phấn đấu từ 15% trở lên cấp ủy viên là nữ¹.\n\n¹ Đề án số 12 chỉ quy định 10% trở lên.\n"
    view = comparison_view(compare_quoted(extract_text(text, document_id="con")))
    assert [(f.changes[0].upper, f.changes[0].lower, f.declared) for f in view.findings] == [
        ("từ 10% trở lên", "từ 15% trở lên", "true")
    ]
    assert "Đề án số 12" in view.parent.name


def load_report(lang: str) -> Mapping[str, str]:
    text: Mapping[str, str] = load(f"report_{lang}")["text"]
    return text


NOTED = CHILD + "\n2. Phấn đấu từ 15% trở lên cấp ủy viên là nữ¹.\n\n¹ Đề án số 12 chỉ quy định 10% trở lên.\n"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("vi", "Theo lời dẫn của văn bản cấp dưới: từ 10% trở lên"),
        ("en", "As the lower document quotes it: at least 10%"),
    ],
)
def test_an_upper_document_that_is_only_quoted_is_not_called_silent(lang: str, said: str, tmp_path: Path) -> None:
    pair = compare_quoted(extract_text(NOTED, document_id="con"))
    view = comparison_view(pair, None, lang)
    assert [f.parent.absent for f in view.findings] == [said] and "quy định" not in (
        view.findings[0].proof if lang == "en" else ""
    )
    rows = [row for group in opinion_values(view)["groups"] for row in group["findings"]]
    assert [row["parent"] for row in rows] == [said]
    page = comparison_page(view, pair)
    assert said in page and load_report(lang)["not_there"] not in page.split('id="cards"')[1].split("</article>")[0]
    path = tmp_path / "report.xlsx"
    path.write_bytes(workbook(view, pair))
    book = load_workbook(path)
    sheet = book.worksheets[1]
    head = [cell.value for cell in sheet[1]]
    assert said in [cell.value for cell in sheet[2]]
    sheet.cell(2, head.index(load_report(lang)["note"]) + 1).value = "đã xem"
    book.save(path)
    assert [(d.note, d.parent_quote) for d in load_decisions(path).values()] == [("đã xem", "")]


def test_a_task_tells_all_that_differs_in_either_language() -> None:
    duty = Duty(
        "con",
        "cha",
        "t",
        verdict="partly",
        findings=("task_reworded", "no_lead", "deadline_later"),
        explanation="khác",
    )
    assert duty_sentence(duty, "en") == "Partly assigned: the task reads otherwise; no body leads; later deadline."
    assert (duty_sentence(duty), duty_sentence(replace(duty, verdict="missing"), "en")) == (
        "Giao một phần: nội dung nhiệm vụ chỉ tương ứng một phần; không nêu cơ quan chủ trì; thời hạn muộn hơn.",
        "Not assigned: the task reads otherwise; no body leads; later deadline.",
    )


def test_the_calendar_describes_an_opening_sentence_without_a_place() -> None:
    document = extract_text(
        "KẾ HOẠCH\nvề một việc\n\nĐến ngày 31/12/2027 hoàn thành việc sắp xếp bộ máy.\n", document_id="k"
    )
    assert document.deadlines and "DESCRIPTION:." not in calendar(document).decode()


@pytest.mark.parametrize(
    ("conditions", "told"),
    [
        (
            ("Ở phường", "Ở phường, thị trấn và xã đồng bằng", "phường", "thị trấn", "xã đồng bằng"),
            "Ở phường, thị trấn và xã đồng bằng",
        ),
        (("dưới 40 tuổi", "phường"), "dưới 40 tuổi; phường"),
        (("xã", "xã"), "xã"),
        (("xã", "thị xã miền núi"), "xã; thị xã miền núi"),
        (("xã", "thị xã, phường"), "xã; thị xã, phường"),
        ((), ""),
    ],
)
def test_a_scope_says_nothing_twice(conditions: tuple[str, ...], told: str) -> None:
    assert scope(Target("d", "t", "c", "", 0, 1, "q", scope=conditions)) == told


def test_no_mark_stands_on_a_blank() -> None:
    left, right = pieces("có trình độ đại học trở lên", "ở xã miền núi có trình độ đại học trở lên")
    assert left == [("có trình độ đại học trở lên", False)]
    assert right == [("ở xã miền núi", True), (" có trình độ đại học trở lên", False)]


def test_one_document_is_gathered_whole() -> None:
    document = extract_text(PARENT, document_id="cha")
    view = document_view(document)
    assert [t.id for t in view.targets] == [t.target_id for t in document.targets]
    assert len(view.tasks) == len(document.assignments) == sum(len(rows) for _, rows in view.by_agency)
    assert any(d.iso == "2026-12-15" for d in view.dates) and "Sở Nội vụ" in [agency for agency, _ in view.by_agency]


def test_an_omission_names_the_nearest_targets_and_why_each_was_refused() -> None:
    parent = PARENT.replace("- 80% hộ dân", "- 80% hộ dân nông thôn")
    child = parent.replace(
        "- 80% hộ dân nông thôn dùng nước sạch.", "- 1.200 hộ dân nông thôn dùng nước sạch."
    ).replace("NGHỊ QUYẾT", "KẾ HOẠCH", 1)
    view = comparison_view(comparison(child, parent))
    found = next(f for f in view.findings if "omitted" in f.kinds)
    assert 1 <= len(found.looked) <= 3
    assert found.looked[0].quote.startswith("1.200 hộ dân") and "đơn vị" in found.looked[0].reason
    assert all(one.reason and one.place and one.side == "c" for one in found.looked)
    assert all(not f.looked for f in view.findings if f.child.quote and f.parent.quote)


def test_a_candidate_that_answers_another_target_names_it() -> None:
    child = PARENT.replace("NGHỊ QUYẾT", "KẾ HOẠCH", 1)
    parent = PARENT.replace(
        "- 80% hộ dân dùng nước sạch.", "- 80% hộ dân dùng nước sạch.\n\n- 40% hộ dân dùng nước sạch tại nhà."
    )
    view = comparison_view(comparison(child, parent))
    alone = [f for f in view.findings if "omitted" in f.kinds]
    assert any("80% hộ dân" in one.quote and "đã được đối chiếu với “" in one.reason for f in alone for one in f.looked)


def test_a_number_that_only_other_documents_name_says_so() -> None:
    found = comparison()
    info = replace(found.parent.info, number="12-NQ/TU", number_source="cited_by")
    named = comparison_view(replace(found, parent=replace(found.parent, info=info)))
    assert "12-NQ/TU (theo văn bản dẫn chiếu)" in [fact.value for fact in named.parent.facts]


def test_the_head_is_told_sentence_by_sentence() -> None:
    view = comparison_view(comparison())
    assert " ".join(view.sentences) == view.sentence
    assert view.sentences[0].endswith("phát hiện.") and len(view.sentences) >= 3


def test_a_date_that_heads_a_list_is_due_for_the_targets_below_it() -> None:
    text = (
        "KẾ HOẠCH\n\nPhát triển cây xanh đến năm 2032\n\nI. MỤC TIÊU\n\n1. Đến năm 2030\n\n"
        "- 70% tuyến phố có cây xanh.\n\n- Trồng mới 500 ha rừng.\n\nII. NHIỆM VỤ\n\n"
        "1. Sở Xây dựng báo cáo kết quả trước ngày 15/12/2027.\n"
    )
    lines = calendar(extract_text(text, document_id="vi-du")).decode().replace("\r\n ", "").splitlines()
    days = [line.partition(":")[2] for line in lines if line.startswith("DTSTART")]
    assert days == ["20301231", "20271215"], "the year in the name of the plan is no day on which something is due"
    told = [line for line in lines if line.startswith("DESCRIPTION")]
    assert "70% tuyến phố có cây xanh" in told[0] and "500 ha rừng" in told[0]
    assert next(line for line in lines if line.startswith("SUMMARY")).startswith("SUMMARY:1. Đến năm 2030: ")
