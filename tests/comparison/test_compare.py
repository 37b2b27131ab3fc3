"""Comparisons of whole small documents: pairs, omissions, declarations, several parents, chains, portfolios."""

from __future__ import annotations

import pytest

from doichieu import extract_text
from doichieu.comparison.authorities.counterparts import stem
from doichieu.comparison.compare import compare, severity_of
from doichieu.comparison.duties.stage import compare_duties
from doichieu.comparison.pairing.align import align
from doichieu.comparison.several import chain, portfolio
from doichieu.comparison.several.stage import compare_many, compare_quoted
from doichieu.model import Comparison, Document
from doichieu.report import portfolio_html
from tests.comparison.test_sentences import CHILD as CHILD_HEAD
from tests.comparison.test_sentences import PARENT as PARENT_HEAD

HEAD = (
    "{kind}\n{title}\n\n{preamble}\n\nI. MỤC TIÊU\n\n1. Đến năm 2030\n\n{body}\n\n2. Tầm nhìn đến năm "
    "2045\n\n{vision}\n"
)


def document(
    name: str,
    body: str,
    *,
    kind: str = "KẾ HOẠCH",
    title: str = "về phát triển kinh tế số",
    preamble: str = "",
    vision: str = "- Kinh tế số chiếm 60% GRDP.",
) -> Document:
    return extract_text(
        HEAD.format(kind=kind, title=title, preamble=preamble, body=body, vision=vision), document_id=name
    )


PARENT = (
    "- 60% doanh nghiệp ứng dụng công nghệ số.\n\n- 40% doanh nghiệp có hoạt động đổi mới sáng "
    "tạo.\n\n- 90% người dân có tài khoản định danh điện tử.\n\n- Kinh tế số chiếm 30% GRDP."
)


def kinds(comparison: Comparison) -> dict[str, set[str]]:
    return {(d.child_quote or d.parent_quote): set(d.kinds) for d in comparison.deviations}


def test_every_target_of_both_sides_ends_in_a_finding() -> None:
    child = document("con", "- 50% doanh nghiệp ứng dụng công nghệ số.\n\n- Trồng mới 200 ha rừng phòng hộ.")
    parent = document("cha", PARENT)
    found = compare(child, parent).deviations
    assert {t.target_id for t in child.targets} <= {d.child_target_id for d in found}
    assert {t.target_id for t in parent.targets} <= {d.parent_target_id for d in found}
    for deviation in found:
        assert deviation.kinds
        assert deviation.proof
        assert deviation.explanation
        if "omitted" in deviation.kinds:
            assert deviation.refused_because
            assert not deviation.child_target_id


def test_near_twins_go_to_the_right_partner() -> None:
    child = document(
        "con", "- 45% doanh nghiệp có hoạt động đổi mới sáng tạo.\n\n- 55% doanh nghiệp ứng dụng công nghệ số."
    )
    found = kinds(compare(child, document("cha", PARENT)))
    assert found["45% doanh nghiệp có hoạt động đổi mới sáng tạo"] == {"stricter"}
    assert found["55% doanh nghiệp ứng dụng công nghệ số"] == {"looser"}


def test_same_wording_at_two_milestones() -> None:
    child = document("con", "- Kinh tế số chiếm 35% GRDP.", vision="- Kinh tế số chiếm 55% GRDP.")
    found = kinds(compare(child, document("cha", PARENT)))
    assert found["Kinh tế số chiếm 35% GRDP"] == {"stricter"}
    assert found["Kinh tế số chiếm 55% GRDP"] == {"looser"}


def test_one_target_for_all_answers_two_by_region() -> None:
    parent = document(
        "cha",
        (
            "- Ở xã đồng bằng, cán bộ có trình độ chuyên môn từ đại học trở lên.\n\n- Ở xã miền núi, cán bộ có "
            "trình độ chuyên môn từ cao đẳng trở lên."
        ),
    )
    child = document("con", "- Cán bộ có trình độ chuyên môn từ đại học trở lên.")
    found = [
        d for d in compare(child, parent).deviations if d.parent_target_id in {t.target_id for t in parent.targets[:2]}
    ]
    assert len(found) == 2
    assert all(d.child_target_id == child.targets[0].target_id for d in found)
    assert {frozenset(d.kinds) for d in found} == {frozenset({"scope_broader"}), frozenset({"implied"})}
    (follows,) = [d for d in found if d.kinds == ("implied",)]
    assert follows.covered_by == child.targets[0].target_id
    assert "toàn bộ (100%)" in follows.explanation


def test_a_pair_is_never_made_across_units() -> None:
    child = document("con", "- Có ít nhất 60 doanh nghiệp ứng dụng công nghệ số.")
    found = compare(child, document("cha", "- 60% doanh nghiệp ứng dụng công nghệ số.")).deviations
    assert {"added"} in [set(d.kinds) for d in found]
    assert any("đơn vị" in d.refused_because for d in found)


NOTE = "\n\n¹ 15% trở lên là để phù hợp với tình hình; trong Nghị quyết số 9 chỉ quy định {value}% trở lên."


@pytest.mark.parametrize(("stated", "state"), [(10, "true"), (12, "contradicted")])
def test_declared_only_if_the_stated_value_is_the_parents(stated: int, state: str) -> None:
    import msgspec

    parent = document("cha", "- Từ 10% trở lên cán bộ trẻ được luân chuyển.", kind="NGHỊ QUYẾT")
    parent = msgspec.structs.replace(
        parent, info=msgspec.structs.replace(parent.info, kind="nghi_quyet", number="09-NQ/TU")
    )
    child = document("con", "- Từ 15% trở lên cán bộ trẻ được luân chuyển¹." + NOTE.format(value=stated))
    deviation = next(
        d
        for d in compare(child, parent).deviations
        if d.child_target_id and d.parent_target_id and "15%" in d.child_quote
    )
    assert deviation.kinds == ("stricter",)
    assert deviation.declared == state
    assert str(stated) in deviation.justification


@pytest.mark.parametrize(
    ("tail", "state"),
    [
        (" (cao hơn Nghị quyết 5 điểm phần trăm)", "true"),
        (", cao hơn Nghị quyết 5%", "true"),
        (" (cao hơn Nghị quyết 3 điểm phần trăm)", "contradicted"),
        (", để phù hợp với điều kiện của địa phương", ""),
        ("", ""),
    ],
)
def test_excuses_in_the_sentence_itself(tail: str, state: str) -> None:
    parent = document("cha", "- Từ 10% trở lên cán bộ trẻ được luân chuyển.", kind="NGHỊ QUYẾT")
    child = document("con", f"- Từ 15% trở lên cán bộ trẻ được luân chuyển{tail}.")
    deviation = next(
        d
        for d in compare(child, parent).deviations
        if d.child_target_id and d.parent_target_id and "15%" in d.child_quote
    )
    assert "stricter" in deviation.kinds
    assert deviation.declared == state
    assert bool(deviation.justification) == bool(tail)


def test_a_parent_that_is_only_quoted() -> None:
    child = document("con", "- Từ 15% trở lên cán bộ trẻ được luân chuyển¹." + NOTE.format(value=10))
    (deviation,) = compare_quoted(child).deviations
    assert deviation.kinds == ("stricter",)
    assert deviation.declared == "true"
    assert deviation.parent_target_id == ""
    assert "[15 %, ∞) ⊂ [10 %, ∞)" in deviation.proof


def test_two_parents_that_disagree_are_a_finding() -> None:
    child = document("con", "- 55% doanh nghiệp ứng dụng công nghệ số.")
    one = document("cha-1", "- 50% doanh nghiệp ứng dụng công nghệ số.")
    two = document("cha-2", "- 60% doanh nghiệp ứng dụng công nghệ số.")
    comparisons = compare_many(child, [one, two])
    binding = next(b for b in comparisons[0].bindings if b.child_target_id == child.targets[0].target_id)
    assert binding.parent_document == "cha-2"
    assert binding.conflict
    assert "60%" in binding.requirement


def test_a_chain_of_three_levels() -> None:
    top = document("tren", PARENT)
    middle = document(
        "giua", "- 65% doanh nghiệp ứng dụng công nghệ số.\n\n- 90% người dân có tài khoản định danh điện tử."
    )
    low = document("duoi", "- 60% doanh nghiệp ứng dụng công nghệ số.")
    threads = {thread.quote: thread for thread in chain.follow([top, middle, low])}
    steps = threads["60% doanh nghiệp ứng dụng công nghệ số"].steps
    assert [step.kinds for step in steps] == [(), ("stricter",), ("looser",)]
    assert threads["40% doanh nghiệp có hoạt động đổi mới sáng tạo"].steps[-1].kinds == ("omitted",)
    assert chain.levels_of([top, middle, low], {"giua": ["tren"], "duoi": ["giua"]}) == [[top, middle, low]]


def test_portfolio_has_a_cell_for_every_target_and_child() -> None:
    parent = document("cha", PARENT)
    children = [document(f"con-{i}", f"- {50 + i}% doanh nghiệp ứng dụng công nghệ số.") for i in range(3)]
    (matrix,) = portfolio.build([compare(c, parent) for c in children])
    assert len(portfolio.rows(matrix)) == len(matrix.targets) * 3
    page = portfolio_html.page(matrix, {c.document_id: f"{c.document_id}__cha" for c in children})
    assert page.count("report.html#") == len(matrix.targets) * 3


def test_severity_table() -> None:
    assert severity_of(("looser",), "")[0] == "high"
    assert severity_of(("looser",), "true")[0] == "medium"
    assert severity_of(("stricter", "deadline_later"), "")[0] == "high"
    assert severity_of(("equal",), "")[0] == "info"
    assert severity_of(("stricter",), "contradicted")[0] == "high"


def test_ids_survive_a_new_paragraph_before_them() -> None:
    parent = document("cha", PARENT)
    before = compare(document("con", "- 50% doanh nghiệp ứng dụng công nghệ số."), parent)
    after = compare(
        document("con", "- Xây dựng nếp sống văn minh.\n\n- 50% doanh nghiệp ứng dụng công nghệ số."), parent
    )
    assert {d.deviation_id for d in before.deviations} == {d.deviation_id for d in after.deviations}


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("Ban Tuyên giáo Tỉnh ủy", "Ban Tuyên giáo Thị ủy"),
        ("Trường Chính trị tỉnh", "Trung tâm Chính trị thị xã"),
        ("Ủy ban Kiểm tra Tỉnh ủy", "Ủy ban Kiểm tra Thị ủy"),
        ("UBND tỉnh", "Ủy ban nhân dân thị xã"),
    ],
)
def test_counterparts_a_level_down(upper: str, lower: str) -> None:
    assert stem(upper) == stem(lower)


def test_counterparts_are_not_everything() -> None:
    assert stem("Sở Tài chính") != stem("Sở Y tế")


ORGANISATION = (
    "NGHỊ QUYẾT\nvề một việc\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. {a} chủ trì, phối hợp với Sở Tài chính xây "
    "dựng đề án đào tạo cán bộ cấp xã.\n\n2. {b} kiểm tra, giám sát việc thực hiện Nghị quyết.\n"
)


def test_duties_covered_changed_and_missing() -> None:
    parent = extract_text(
        ORGANISATION.format(a="Trường Chính trị tỉnh", b="Ủy ban Kiểm tra Tỉnh ủy"), document_id="cha"
    )
    same = extract_text(
        ORGANISATION.format(a="Trung tâm Chính trị thị xã", b="Ủy ban Kiểm tra Thị ủy"), document_id="con"
    )
    rows = compare_duties(same, parent)
    assert [(d.parent_lead, d.parent_partners, d.verdict) for d in rows] == [
        ("Trường Chính trị tỉnh", ("Sở Tài chính",), "covered"),
        ("Ủy ban Kiểm tra Tỉnh ủy", (), "covered"),
    ]
    other = extract_text(
        "KẾ HOẠCH\nvề một việc\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Công an thị xã chủ trì bảo đảm an ninh trật tự.\n",
        document_id="khac",
    )
    assert {d.verdict for d in compare_duties(other, parent)} == {"not_addressed"}


def test_nothing_to_align() -> None:
    result = align([], list(document("cha", PARENT).targets))
    assert not result.matches
    assert len(result.unmatched_parents) == len(document("cha", PARENT).targets)


def test_the_nearest_refused_candidate_is_the_one_that_reads_most_alike_also_in_another_unit() -> None:
    child = document("con", "- 500 hộ nuôi ong dán tem nguồn gốc.\n\n- 30% hộ nuôi dê làm chuồng.", vision="- Không.")
    parent = document("cha", "- Tỷ lệ hộ nuôi ong dán tem nguồn gốc đạt 60%.", vision="- Không.")
    (omitted,) = [d for d in compare(child, parent).deviations if d.kinds == ("omitted",)]
    by_id = {t.target_id: t for t in child.targets}
    assert by_id[omitted.nearest_target_id].unit == "hộ"
    assert "khác đơn vị" in omitted.refused_because


def test_the_three_nearest_candidates_are_told_with_why_each_was_refused() -> None:
    body = "\n\n".join(f"- {n}% hộ nuôi {what} làm chuồng kín." for n, what in ((30, "dê"), (40, "thỏ"), (50, "nhím")))
    child = document("con", f"{body}\n\n- 20% hộ nuôi hươu làm chuồng kín.", vision="- Không.")
    parent = document("cha", "- 60% hộ nuôi cầy làm chuồng kín.", vision="- Không.")
    for deviation in compare(child, parent).deviations:
        told = deviation.candidates
        assert len(told) <= 3
        assert bool(told) == bool(deviation.nearest_target_id)
        assert [one.similarity for one in told] == sorted((one.similarity for one in told), reverse=True)
        if told:
            assert (told[0].target_id, told[0].reason) == (
                deviation.nearest_target_id,
                deviation.refused_because,
            )
            assert all(one.reason for one in told)


def test_a_promise_said_twice_in_other_words_is_one_in_every_count() -> None:
    child = document("con", "- 70% hộ nuôi ong dán tem.", vision="- Không.")
    parent = document(
        "cha", "- 80% hộ nuôi ong dán tem.\n\n- Tỷ lệ hộ gia đình nuôi ong dán tem đạt 80%.", vision="- Không."
    )
    first, again = compare(child, parent).deviations
    assert (first.kinds, first.severity, first.restates) == (("looser",), "high", "")
    assert (again.kinds, again.severity, again.restates) == (("looser",), "info", first.parent_target_id)


def test_the_same_words_under_two_fields_are_two_promises() -> None:
    child = document("con", "- 80% tổ đội có bộ đàm.", vision="- Không.")
    parent = document(
        "cha", "a) Đường thủy\n\n- 80% tổ đội có bộ đàm.\n\nb) Đường sắt\n\n- 80% tổ đội có bộ đàm.", vision="- Không."
    )
    assert not [d for d in compare(child, parent).deviations if d.restates]


def test_a_part_of_what_the_sentence_named_before_is_what_its_share_is_of() -> None:
    """Women among the trained answer women among the trained, however each sentence names them."""
    upper = "- Dạy bơi cho 900 học sinh, trong đó nữ chiếm 40%."
    for lower in (
        "- Dạy bơi cho 80 học sinh, trong đó 45% là nữ.",
        "- Dạy bơi cho 80 học sinh; 45% trong số đó là nữ.",
    ):
        child = extract_text(CHILD_HEAD.format(body=lower), document_id="con")
        rows = compare(child, extract_text(PARENT_HEAD.format(body=upper), document_id="cha")).deviations
        shares = [row for row in rows if "40%" in row.parent_quote]
        assert [(row.kinds, "45%" in row.child_quote) for row in shares] == [(("stricter",), True)], lower
