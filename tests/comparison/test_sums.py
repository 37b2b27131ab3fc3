"""Children of one parent together: sums of floors, shares between, common additions, which parent binds."""

from __future__ import annotations

import pytest

from doichieu import extract_text
from doichieu.comparison.compare import compare
from doichieu.comparison.several import portfolio
from doichieu.comparison.several.stage import compare_many
from doichieu.model import Document

PARENT = (
    "ỦY BAN NHÂN DÂN\nTỈNH HÒA AN\n-------\nSố: 10/KH-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\n---------------\nHòa An, ngày 5 tháng 1 năm 2024\n\nKẾ HOẠCH\nphát triển nhà ở\n\n"
    "I. MỤC TIÊU ĐẾN NĂM 2030\n\n- Hoàn thành ít nhất 1.200 căn nhà ở xã hội.\n- 60% thôn có nhà văn hóa.\n\n"
    "II. TỔ CHỨC THỰC HIỆN\n\n{parts}\n"
)
PARTS = (
    "1. Ủy ban nhân dân huyện Tân Sơn xây dựng kế hoạch thực hiện.\n\n"
    "2. Ủy ban nhân dân huyện Mai Khê xây dựng kế hoạch thực hiện."
)
CHILD = (
    "ỦY BAN NHÂN DÂN\nHUYỆN {place}\n-------\nSố: 20/KH-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\n---------------\n{where}, ngày 9 tháng 3 năm 2024\n\nKẾ HOẠCH\n"
    "thực hiện Kế hoạch số 10/KH-UBND ngày 05/01/2024 của Ủy ban nhân dân tỉnh Hòa An\n\nI. MỤC TIÊU ĐẾN NĂM 2030\n\n"
    "- Hoàn thành ít nhất {homes} căn nhà ở xã hội.\n- {share}% thôn có nhà văn hóa.\n- 90% chợ có bình chữa cháy.\n"
)


def child(place: str, homes: str, share: int) -> Document:
    text = CHILD.format(place=place.upper(), where=place, homes=homes, share=share)
    return extract_text(text, document_id=place.replace(" ", "-").lower())


def matrix(parts: str, *children: Document) -> portfolio.Portfolio:
    parent = extract_text(PARENT.format(parts=parts), document_id="cha")
    (found,) = portfolio.build([compare(c, parent) for c in children])
    return found


@pytest.mark.parametrize(
    ("homes", "verdict", "total"), [(("700", "500"), "reached", 1200), (("700", "400"), "short", 1100)]
)
def test_a_sum_of_all_parts_is_a_verdict(homes: tuple[str, str], verdict: str, total: float) -> None:
    found = matrix(PARTS, child("Tân Sơn", homes[0], 55), child("Mai Khê", homes[1], 70))
    row = next(s for s in found.sums if s.measure == "sum")
    assert (row.verdict, row.total, row.missing_parts) == (verdict, total, ())
    assert ("chưa đạt" in row.explanation) is (verdict == "short")


def test_a_sum_without_all_parts_is_none() -> None:
    third = PARTS + "\n\n3. Ủy ban nhân dân huyện Bình Lũng xây dựng kế hoạch thực hiện."
    found = matrix(third, child("Tân Sơn", "900", 55), child("Mai Khê", "900", 70))
    row = next(s for s in found.sums if s.measure == "sum")
    assert (row.verdict, row.missing_parts) == ("unknown", ("Bình Lũng",))
    assert "chưa đủ cơ sở" in row.explanation and "Bình Lũng" in row.explanation
    unnamed = matrix("1. Các huyện thực hiện Kế hoạch.", child("Tân Sơn", "900", 55), child("Mai Khê", "900", 70))
    assert next(s for s in unnamed.sums if s.measure == "sum").verdict == "unknown"


def test_a_share_lies_between_and_rows_count_agreement() -> None:
    found = matrix(PARTS, child("Tân Sơn", "700", 55), child("Mai Khê", "500", 70))
    row = next(s for s in found.sums if s.measure == "share")
    assert (row.verdict, row.least, row.greatest) == ("between", 55, 70)
    cells = [c for c in portfolio.rows(found) if "thôn" in c.parent_quote]
    assert [(c.agree, c.compared, c.child_deadline[:4]) for c in cells] == [(1, 2, "2030")] * 2
    assert [c.child_quote.split("%")[0] for c in cells] == ["55", "70"]
    (added,) = found.added
    assert (added.count, added.children) == (2, ("tân-sơn", "mai-khê")) and "chợ" in added.quote


def test_the_binding_value_names_quotes_and_who_ranks_higher() -> None:
    own = child("Tân Sơn", "700", 55)
    low = extract_text(PARENT.format(parts=PARTS), document_id="tinh")
    high = extract_text(
        "CHÍNH PHỦ\n-------\nSố: 33/NQ-CP\n\nHà Nội, ngày 2 tháng 1 năm 2024\n\nNGHỊ QUYẾT\nvề nhà ở\n\n"
        "I. MỤC TIÊU ĐẾN NĂM 2030\n\n- 50% thôn có nhà văn hóa.\n",
        document_id="nuoc",
    )
    rows = compare_many(own, [low, high])[0].bindings
    row = next(r for r in rows if "thôn" in r.child_quote)
    assert (row.parent_document, row.value, row.unit, row.kinds) == ("tinh", 60, "%", ("looser",))
    assert row.conflict and row.higher_document == "nuoc" and row.parent_quote.startswith("60%")
    assert "cấp cao hơn: Nghị quyết số 33/NQ-CP" in row.explanation
