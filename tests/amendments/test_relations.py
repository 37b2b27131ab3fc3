"""How one document acts on another: relations of citations, ends of documents across a run."""

from __future__ import annotations

import pytest

from doichieu import extract_text
from doichieu.resolve import resolve
from tests.amendments.documents import PLAN, amender


@pytest.mark.parametrize(
    ("sentence", "relation", "path"),
    [
        ("Điều 3. Bãi bỏ khoản 2 Điều 5 Quyết định số 12/2019/QĐ-UBND.", "amends", "dieu:5/khoan:2"),
        ("Điều 3. Bãi bỏ Quyết định số 12/2019/QĐ-UBND.", "repeals", ""),
        ("Điều 3. Quyết định này thay thế Quyết định số 12/2019/QĐ-UBND.", "replaces", ""),
        ("Điều 3. Kéo dài thời gian thực hiện Quyết định số 12/2019/QĐ-UBND đến hết năm 2027.", "extends", ""),
        ("Điều 3. Ngưng hiệu lực Quyết định số 12/2019/QĐ-UBND từ ngày 01/01/2027.", "suspends", ""),
        ("Điều 3. Đính chính Điều 4 Quyết định số 12/2019/QĐ-UBND như sau: “Điều 4. Mới.”", "corrects", "dieu:4"),
        ("Điều 3. Hồ sơ quy định tại Điều 4 Quyết định số 12/2019/QĐ-UBND.", "mentions", "dieu:4"),
        ("Điều 3. Quyết định số 12/2019/QĐ-UBND được sửa đổi bởi văn bản khác.", "mentions", ""),
    ],
)
def test_what_a_document_does_to_another(sentence: str, relation: str, path: str) -> None:
    (citation,) = [c for c in extract_text(sentence).citations if c.number]
    assert (citation.relation, citation.provision_path) == (relation, path)


def test_what_a_basis_tells_of_amendments_is_no_act() -> None:
    text = amender("Bãi bỏ khoản 3 Mục II.").replace(
        "Căn cứ Luật", "Căn cứ Nghị định số 55/2023/NĐ-CP sửa đổi Nghị định số 75/2021/NĐ-CP;\n\nCăn cứ Luật"
    )
    found = {c.number: c.relation for c in extract_text(text).citations if c.number}
    assert found["75/2021/NĐ-CP"] == "mentions"
    assert found["40/KH-UBND"] == "amends"


def test_a_run_knows_what_is_amended_and_who_ended_whom() -> None:
    plan = extract_text(PLAN, document_id="ke-hoach")
    first = extract_text(amender("Bãi bỏ khoản 3 Mục II."), document_id="sua")
    end = PLAN.replace("40/KH-UBND", "77/KH-UBND").replace("12 tháng 01 năm 2025", "20 tháng 02 năm 2026")
    end = end.replace(
        "II. NHIỆM VỤ",
        "Kế hoạch này thay thế Kế hoạch số 40/KH-UBND ngày 12 tháng 01 năm 2025, từ ngày 01/3/2026.\n\nII. NHIỆM VỤ",
    )
    after = extract_text(end, document_id="moi")
    solved = {d.document_id: d for d in resolve([plan, first, after])}
    assert [row.amended_document_id for row in solved["sua"].amendments] == ["ke-hoach"]
    info = solved["ke-hoach"].info
    assert (info.replaced_by, info.effective_until) == ("77/KH-UBND", "2026-02-28")
