"""What of a parent a child owes: targets of invented documents, each judged by reading before the code was run."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
import pytest

from doichieu import extract_text
from doichieu.comparison.compare import compare
from doichieu.comparison.owed.applicability import carries_out_whole, states
from doichieu.comparison.owed.severity import severity_of
from doichieu.comparison.pairing.sides import sides_of
from doichieu.model import Comparison, Deviation

NATION = (
    "BỘ CHÍNH TRỊ\n*\nSố 91-NQ/TW\n\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Nội, ngày 15 tháng 3 năm 2024\n\nNGHỊ QUYẾT\n"
    "CỦA BỘ CHÍNH TRỊ\nvề {about}\n\nI. MỤC TIÊU\n\n1. Đến năm 2030\n\n- {target}.\n\n2. Tầm nhìn đến năm 2045\n\n"
    "- {later}.\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. {assigned}.\n"
)
PROVINCE = (
    "ỦY BAN NHÂN DÂN\nTỈNH HÒA AN\n-------\nSố: 44/KH-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\n---------------\nHòa An, ngày 20 tháng 8 năm 2024\n\nKẾ HOẠCH\n{title}\n\n"
    "Căn cứ Nghị quyết số 91-NQ/TW ngày 15/3/2024 của Bộ Chính trị về {about}, "
    "Ủy ban nhân dân tỉnh ban hành Kế hoạch:\n\n"
    "I. MỤC TIÊU ĐẾN NĂM 2030\n\n- 95% hợp tác xã được tập huấn kế toán.\n\nII. NHIỆM VỤ\n\n{chapters}\n"
    "III. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nông nghiệp và Môi trường chủ trì thực hiện Kế hoạch.\n"
)
WHOLE = "thực hiện Nghị quyết số 91-NQ/TW ngày 15/3/2024 của Bộ Chính trị về {about}"
PART = "phát triển nghề nuôi biển và du lịch cộng đồng tỉnh Hòa An giai đoạn 2025 - 2030"
CHAPTERS = (
    "1. Vùng nuôi biển\n\nQuy hoạch vùng nuôi biển tập trung.\n\n2. Du lịch cộng đồng\n\n"
    "Nâng cấp điểm du lịch cộng đồng.\n\n"
    "3. Nước sạch nông thôn\n\nMở rộng mạng lưới cấp nước.\n\n"
)
ABOUT = "phát triển kinh tế biển, du lịch và nông thôn"


@dataclass(frozen=True)
class Case:
    """One omitted target and to whom it is addressed; ``whole`` where the child carries out the whole parent."""

    target: str
    state: str
    whole: bool = True
    later: str = ""
    assigned: str = "Các địa phương thực hiện Nghị quyết"
    severity: str = field(default="")


CASES = [
    # to the nation
    Case("Việt Nam thuộc nhóm 5 nước dẫn đầu châu Á về sản lượng cá biển", "national"),
    Case("Nằm trong nhóm 30 quốc gia đứng đầu về năng lực cạnh tranh du lịch", "national"),
    Case("Kinh tế biển đóng góp tối thiểu 10% GDP", "national"),
    Case("Cả nước có 2.500 tàu cá vỏ thép", "national"),
    Case("Có 4 cảng biển được xếp hạng trong số 100 cảng hàng đầu thế giới", "national"),
    Case("Thu hút ít nhất 6 tập đoàn nước ngoài đầu tư chế biến thủy sản tại Việt Nam", "national"),
    Case("Có ít nhất 3 trường đào tạo thuyền viên ngang tầm các nước tiên tiến", "national"),
    Case("Tỷ lệ nghèo đa chiều toàn quốc còn 2%", "national"),
    # complete coverage of the country is owed by each place
    Case("100% xã ven biển trên cả nước có trạm cấp nước sạch", "binding"),
    # plain shares and counts
    Case("80% hộ nông thôn được dùng nước sạch đạt quy chuẩn", "binding"),
    Case("Tỷ lệ tàu cá có thiết bị giám sát hành trình đạt 98%", "binding"),
    Case("98% hội viên Hội Nông dân Việt Nam được tập huấn kỹ thuật", "binding"),
    # other places
    Case("Thành phố Lâm Giang có 90% khách sạn xử lý nước thải", "other_place"),
    Case("90% tàu cá của tỉnh Vĩnh Khê được cấp phép", "other_place"),
    Case("70% hộ vùng Tây Nguyên được tập huấn nuôi cá hồ", "other_place"),
    Case("Tỉnh Hòa An có 90% tàu cá được cấp phép", "binding"),
    # some, not named
    Case("85% điểm du lịch tại một số tỉnh có đủ điều kiện được cấp chứng nhận xanh", "unclear"),
    # other bodies
    Case(
        "80% hộ nông thôn được dùng nước sạch",
        "other_body",
        assigned="Bộ Quốc phòng chủ trì đóng mới 12 tàu kiểm ngư, đạt 100% kế hoạch",
    ),
    # later
    Case("80% hộ nông thôn được dùng nước sạch", "later_period", later="Tỷ lệ lồng nuôi bằng vật liệu mới đạt 100%"),
    # the part that the child carries out
    Case("60% diện tích vùng nuôi biển được cấp mã số", "binding", whole=False),
    Case("Tỷ lệ điểm du lịch cộng đồng đạt chuẩn là 75%", "binding", whole=False),
    Case("65% giáo viên ngoại ngữ bậc phổ thông đạt chuẩn khung năng lực", "other_subject", whole=False),
    Case("Tỷ lệ bệnh án điện tử của trạm y tế đạt 90%", "other_subject", whole=False),
    Case("Bố trí ít nhất 4% chi ngân sách cho phát triển kinh tế biển, du lịch và nông thôn", "binding", whole=False),
    Case("Kinh tế biển đóng góp tối thiểu 10% GDP", "national", whole=False),
]


def compared(case: Case) -> Comparison:
    parent = NATION.format(
        about=ABOUT, target=case.target, later=case.later or "Nước ta giàu từ biển", assigned=case.assigned
    )
    title = WHOLE.format(about=ABOUT) if case.whole else PART
    child = PROVINCE.format(title=title, about=ABOUT, chapters=CHAPTERS)
    return compare(extract_text(child, document_id="con"), extract_text(parent, document_id="cha"))


def wanted(case: Case, found: Comparison) -> Deviation:
    """The omitted target that the case is about: that of the vision, of the assignment, or of the list."""
    start = {"later_period": "2. Tầm nhìn", "other_body": "II. TỔ CHỨC"}.get(case.state, "1. Đến năm 2030")
    assert found.parent is not None
    begin = found.parent.source.text.index(start)
    targets = {t.target_id: t for t in found.parent.targets}
    rows = [d for d in found.deviations if d.parent_target_id and targets[d.parent_target_id].char_start > begin]
    assert rows, "no target was read"
    return rows[0]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.state}-{c.target[:30]}")
def test_address(case: Case) -> None:
    row = wanted(case, compared(case))
    assert (row.kinds, row.applicability) == (("omitted",), case.state), row.severity_reason
    assert row.severity == {"binding": "high", "unclear": "medium"}.get(case.state, "info")
    if case.state != "binding":
        assert ": " in row.severity_reason


def test_only_what_is_binding_is_red() -> None:
    for case in CASES:
        for row in compared(case).deviations:
            assert row.severity != "high" or row.applicability in ("", "binding")


def test_a_country_owes_what_is_asked_of_the_country() -> None:
    government = PROVINCE.format(title=WHOLE.format(about=ABOUT), about=ABOUT, chapters=CHAPTERS)
    government = government.replace("ỦY BAN NHÂN DÂN\nTỈNH HÒA AN", "CHÍNH PHỦ").replace("44/KH-UBND", "44/NQ-CP")
    parent = NATION.format(about=ABOUT, target=CASES[2].target, later="x", assigned="Chính phủ thực hiện")
    found = compare(extract_text(government, document_id="con"), extract_text(parent, document_id="cha"))
    assert [d.applicability for d in found.deviations if d.kinds == ("omitted",)] == ["binding"]


def test_pairs_are_binding_and_what_is_owed_in_part_is_quoted() -> None:
    same = "95% hợp tác xã được tập huấn kế toán"
    rows = compared(Case(same, "binding")).deviations
    assert [d.applicability for d in rows if d.kinds == ("equal",)] == ["binding"]
    beside = wanted(
        Case("Tỷ lệ bệnh án điện tử của trạm y tế đạt 90%", "other_subject", whole=False), compared(CASES[22])
    )
    assert "bệnh án điện tử" in beside.severity_reason and "du lịch cộng đồng" in beside.severity_reason


@pytest.mark.parametrize("case", CASES[::5], ids=lambda c: f"{c.state}-{c.target[:30]}")
def test_states_of_every_target(case: Case) -> None:
    """What is owed of each target, answered or not, as the pages ask for it."""
    found = compared(case)
    assert found.parent is not None
    around = sides_of(found.child, found.parent).around_parent
    omitted = {d.parent_target_id: d.applicability for d in found.deviations if d.kinds == ("omitted",)}
    told = states(found, around)
    assert {key: state for key, state in omitted.items() if state != "binding"} == told
    assert states(msgspec.structs.replace(found, deviations=()), around) == told, "asked anew it says the same"
    said = tuple(msgspec.structs.replace(d, applicability="unclear") for d in found.deviations)
    assert set(states(msgspec.structs.replace(found, deviations=said), around).values()) == {"unclear"}
    assert states(msgspec.structs.replace(found, parent=None), around) == {}


def test_whole_or_part() -> None:
    parent = extract_text(NATION.format(about=ABOUT, target="x", later="y", assigned="z"), document_id="cha")
    for title, expected in ((WHOLE.format(about=ABOUT), True), (PART, False), (ABOUT, True)):
        child = extract_text(PROVINCE.format(title=title, about=ABOUT, chapters=CHAPTERS), document_id="con")
        assert carries_out_whole(child, parent) is expected, title
    fragment = extract_text("- 80% hộ dân dùng nước sạch.", document_id="doan")
    assert carries_out_whole(fragment, parent)


@pytest.mark.parametrize(
    ("kinds", "declared", "edge", "expected"),
    [
        (("looser",), "", False, "high"),
        (("looser",), "", True, "medium"),
        (("looser",), "true", False, "medium"),
        (("looser", "deadline_later"), "true", False, "high"),
        (("looser",), "contradicted", True, "high"),
        (("equal",), "", False, "info"),
    ],
)
def test_the_most_serious_rule_wins(kinds: tuple[str, ...], declared: str, edge: bool, expected: str) -> None:
    assert severity_of(kinds, declared, edge=edge)[0] == expected
