"""Nothing passes in silence: parents found through the basis, children without one, pairs that are odd."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from doichieu import extract_text
from doichieu.comparison.compare import compare
from doichieu.comparison.several.stage import compare_many
from doichieu.model import Document
from doichieu.running.differ import diff

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH {place}\n-------\nSố: {number}\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\n---------------\n{where}, ngày {day} tháng {month} năm 2024\n\nKẾ HOẠCH\n{title}\n\n"
    "{basis}\n\nI. MỤC TIÊU\n\n- {share}% hộ dân được dùng nước sạch.\n"
)
UPPER = (
    "BỘ CHÍNH TRỊ\n*\nSố 91-NQ/TW\n\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Nội, ngày 15 tháng 3 năm 2024\n\nNGHỊ QUYẾT\n"
    "CỦA BỘ CHÍNH TRỊ\nvề nước sạch nông thôn\n\nI. MỤC TIÊU\n\n- 80% hộ dân được dùng nước sạch.\n"
)
CITED = "Nghị quyết số 91-NQ/TW ngày 15/3/2024 của Bộ Chính trị về nước sạch nông thôn"
BASIS = f"Căn cứ {CITED}, Ủy ban nhân dân tỉnh ban hành Kế hoạch:"


def plan(
    *,
    place: str = "Hòa An",
    number: str = "44/KH-UBND",
    month: int = 8,
    title: str = "cấp nước sạch nông thôn",
    basis: str = BASIS,
    share: int = 85,
) -> str:
    return HEAD.format(
        place=place.upper(), where=place, number=number, day=20, month=month, title=title, basis=basis, share=share
    )


def codes(child: Document, parent: Document) -> list[str]:
    return [p.code for p in compare(child, parent).problems]


def doc(text: str, name: str) -> Document:
    return extract_text(text, document_id=name)


def test_a_pair_in_order_has_no_problem() -> None:
    assert codes(doc(plan(), "con"), doc(UPPER, "cha")) == []


def test_what_is_odd_about_a_pair_is_told() -> None:
    upper = doc(UPPER, "cha")
    assert codes(doc(plan(basis="Ủy ban nhân dân tỉnh ban hành Kế hoạch:"), "con"), upper) == ["pair_not_cited"]
    assert codes(doc(plan(month=2), "con"), upper) == ["pair_parent_younger"]
    carried = doc(plan(title=f"thực hiện {CITED}"), "con")
    assert "pair_swapped" in codes(upper, carried) and "pair_swapped" not in codes(carried, upper)
    other = doc(plan(place="Vĩnh Khê", number="12/KH-UBND"), "khac")
    found = compare(doc(plan(), "con"), other).problems
    assert "pair_same_level" in [p.code for p in found]
    assert any("Hòa An và Vĩnh Khê" in p.message for p in found)
    assert codes(doc(UPPER, "mot"), doc(UPPER + "\n", "hai")) == ["pair_copy"]
    two = compare_many(doc(plan(), "con"), [upper, doc(UPPER + "\n", "ban-sao")])
    assert [[p.code for p in c.problems] for c in two] == [["pair_copy"], ["pair_copy"]]


def test_districts_that_have_ended_are_told() -> None:
    upper = UPPER.replace("80% hộ dân", "Đến năm 2030, 80% huyện, thị xã có nhà máy nước; 90% hộ dân")
    after = plan().replace("năm 2024", "năm 2026", 1)
    (told,) = compare(doc(after, "con"), doc(upper, "cha")).problems
    assert told.code == "pair_bearer_ended" and told.message.startswith("1 chỉ tiêu") and "01/7/2025" in told.message
    assert codes(doc(plan(), "con"), doc(upper, "cha")) == []  # of 2024: districts still were


@pytest.fixture
def files(tmp_path: Path) -> Path:
    kept = tmp_path / "tap"
    kept.mkdir()
    (kept / "cha.txt").write_text(UPPER, encoding="utf-8")
    (kept / "con.txt").write_text(plan(share=70), encoding="utf-8")
    (kept / "le.txt").write_text(
        plan(number="45/KH-UBND", basis="Căn cứ Nghị quyết số 33-NQ/TW của Bộ Chính trị, ban hành:"), encoding="utf-8"
    )
    return kept


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_the_parent_is_found_through_the_basis_and_all_pairs_stand_at_the_top(files: Path, tmp_path: Path) -> None:
    said: list[str] = []
    out = tmp_path / "ra"
    assert diff([files / "con.txt"], [], files, out, say=said.append, log=lambda _: None) == 0
    assert [r["kinds"] for r in rows(out / "deviations.csv")] == ["looser"]
    assert rows(out / "deviations.csv") == rows(out / "con__cha" / "deviations.csv")
    assert rows(out / "con__cha" / "problems.csv") == []
    (line,) = said
    assert "con – cha: 1 phát hiện, 1 ưu tiên xử lý" in line and line.endswith("report.html")


@pytest.mark.parametrize("fail_on", [frozenset(), frozenset({"looser"})])
def test_a_child_without_a_parent_is_named_and_never_passes(
    files: Path, tmp_path: Path, fail_on: frozenset[str]
) -> None:
    told: list[str] = []
    out = tmp_path / "ra"
    assert diff([files / "le.txt"], [], files, out, fail_on=fail_on, log=told.append, say=told.append) == 1
    (line,) = told
    assert all(word in line for word in ("le: chưa được đối chiếu", "33-NQ/TW", "(cha)", "(con)"))
    assert [r["code"] for r in rows(out / "problems.csv")] == ["no_parent"]


def test_a_folder_within_itself_has_topmost_documents(files: Path, tmp_path: Path) -> None:
    told: list[str] = []
    assert diff([files], [], files, tmp_path / "ra", log=told.append, say=lambda _: None) == 0
    assert [line.split(":")[0] for line in told] == ["le"]
    (files / "con.txt").unlink()
    assert diff([files], [], files, tmp_path / "khac", log=told.append, say=lambda _: None) == 1
