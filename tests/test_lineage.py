"""Who carries out what, what is cited and not at hand, what is a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from doichieu import extract_text
from doichieu.cli import main
from doichieu.model import Document
from doichieu.resolve import parents_of, resolve
from doichieu.running.lineage import lines

BODY = "\n\n".join(
    f"{n}. Các sở, ban, ngành rà soát công việc thứ {n} của mình và báo cáo kết quả thực hiện theo quy định chung."
    for n in range(1, 9)
)
PARENT = f"""CHÍNH PHỦ

Số: 48/NQ-CP

Hà Nội, ngày 03 tháng 4 năm 2024

NGHỊ QUYẾT

Về phát triển kinh tế biển bền vững trong thời kỳ mới

I. NHIỆM VỤ

{BODY}
"""
CHILD = """UBND TỈNH NAM ĐỊNH

Số: 31/KH-UBND

Nam Định, ngày 07 tháng 5 năm 2024

KẾ HOẠCH

Thực hiện Nghị quyết số 48/NQ-CP ngày 03/4/2024 của Chính phủ và Chương trình số 9-CTr/TU ngày 20/4/2024 của Tỉnh ủy

I. MỤC TIÊU

1. Đến năm 2030, 90% tàu cá có thiết bị giám sát.
"""


def _documents() -> list[Document]:
    texts = {"ban-ky": PARENT, "ban-sao": PARENT.replace("\n\n2. Các", "\n\n2.  Các"), "kh": CHILD}
    return resolve([extract_text(text, document_id=name) for name, text in texts.items()])


def test_one_of_two_copies_stands_for_both() -> None:
    documents = {document.document_id: document for document in _documents()}
    told = [name for name, d in documents.items() if any(p.code == "copy" for p in d.problems)]
    assert len(told) == 1 and told[0] in ("ban-ky", "ban-sao")
    (stands,) = {"ban-ky", "ban-sao"} - set(told)
    assert parents_of(documents["kh"], list(documents.values())) == [stands]


def test_a_draft_without_a_number_is_a_copy_of_the_signed_one() -> None:
    draft = PARENT.replace("Số: 48/NQ-CP", "Số:      /NQ-CP").replace("ngày 03 tháng 4", "ngày     tháng 4")
    found = resolve([extract_text(PARENT, document_id="ky"), extract_text(draft, document_id="thao")])
    assert [d.document_id for d in found if any(p.code == "copy" for p in d.problems)] == ["thao"]


@pytest.mark.parametrize(
    "change",
    [("48/NQ-CP", "49/NQ-CP"), ("ngày 03 tháng 4", "ngày 04 tháng 4"), ("CHÍNH PHỦ\n", "UBND TỈNH X\n")],
    ids=["number", "day", "issuer"],
)
def test_another_number_day_or_issuer_is_another_document(change: tuple[str, str]) -> None:
    found = resolve([extract_text(PARENT, document_id="a"), extract_text(PARENT.replace(*change), document_id="b")])
    assert not any(p.code == "copy" for d in found for p in d.problems)


def test_the_tree() -> None:
    shown = list(lines(_documents()))
    assert shown[0].startswith("Nghị quyết số 48/NQ-CP ngày 03/4/2024, Chính phủ")
    assert shown[1].startswith("└─ Kế hoạch số 31/KH-UBND") and shown[1].endswith("[kh]")
    assert any(line.startswith("- 9-CTr/TU ngày 20/4/2024") and line.endswith("← kh") for line in shown)
    assert "Bản trùng:" in shown


def test_two_that_carry_out_each_other_are_both_shown() -> None:
    meant = "Nghị quyết số 48/NQ-CP ngày 03/4/2024 của Chính phủ"
    one = CHILD.replace(meant, "Kế hoạch số 32/KH-UBND ngày 09/5/2024 của UBND tỉnh Nam Định")
    two = CHILD.replace("31/KH-UBND", "32/KH-UBND").replace("07 tháng 5", "09 tháng 5")
    two = two.replace(meant, "Kế hoạch số 31/KH-UBND ngày 07/5/2024 của UBND tỉnh Nam Định")
    shown = "\n".join(lines(resolve([extract_text(one, document_id="m"), extract_text(two, document_id="h")])))
    assert "[m]" in shown and "[h]" in shown and "đã nêu ở trên" in shown


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "nq.txt").write_text(PARENT, encoding="utf-8")
    (tmp_path / "kh.txt").write_text(CHILD, encoding="utf-8")
    assert main(["lineage", str(tmp_path)]) == 0
    assert "└─ Kế hoạch số 31/KH-UBND" in capsys.readouterr().out
