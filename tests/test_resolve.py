"""Citations, own numbers and parents across a run."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest

from doichieu.analyse import run
from doichieu.model import Document, Source
from doichieu.naming import described
from doichieu.resolve import IndexRecord, apply, index, parents_of, resolve, solve

ROOT = Path(__file__).parents[1]


def document(document_id: str, text: str) -> Document:
    source = Source(document_id, f"{document_id}.txt", "", "txt", text)
    analysis = run(source, "metadata")
    return Document(analysis.info, source, tuple(analysis.clauses), citations=tuple(analysis.citations))


def plan(number: str, issuer: str, title: str, preamble: str, signed: str = "TM. ỦY BAN NHÂN DÂN") -> str:
    head = f"{issuer}\nSố: {number}\n\nHà Nội, ngày 10 tháng 3 năm 2025\n\n" if number else ""
    return (
        f"{head}KẾ HOẠCH\n\n{title}\n\n{preamble}\n\nI. NỘI DUNG\n\n1. Tổ chức thực hiện.\n\n{signed}\nCHỦ "
        f"TỊCH\n\nLê Văn Nam\n"
    )


PARENT = (
    "BAN CHẤP HÀNH TRUNG ƯƠNG\nSố 57-NQ/TW\n\nHà Nội, ngày 22 tháng 12 năm 2024\n\nNGHỊ QUYẾT\nCỦA BỘ CHÍNH TRỊ\n"
    "về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia\n\nI. QUAN "
    "ĐIỂM\n\n1. Khoa học là đột phá.\n"
)
CITED = "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ"
NAMELESS = (
    "NGHỊ QUYẾT\n\nCỦA BAN THƯỜNG VỤ TỈNH ỦY\n\nvề nâng cao chất lượng cán bộ, công chức và người hoạt động "
    "không chuyên trách ở xã, "
    "phường, thị trấn đến năm 2025, định hướng đến năm 2030\n\nI. TÌNH HÌNH\n\n1. Thời gian qua có nhiều "
    "chuyển biến.\n\n"
    "T/M BAN THƯỜNG VỤ\nBÍ THƯ\nĐã ký: Bùi Thị Vân\n"
)
NAMED = (
    "Nghị quyết số 09-NQ/TU ngày 01/6/2022 của Ban Thường vụ Tỉnh ủy về nâng cao chất lượng cán bộ, công "
    "chức và người hoạt động "
    "không chuyên trách ở xã, phường, thị trấn đến năm 2025, định hướng đến 2030"
)


def test_a_citation_finds_its_document_and_the_plan_its_parent() -> None:
    child = document(
        "child",
        plan(
            "5/KH-UBND", "UBND TỈNH LÀO CAI", f"Thực hiện {CITED}", f"Thực hiện {CITED}, UBND tỉnh ban hành Kế hoạch:"
        ),
    )
    docs = resolve([child, document("parent", PARENT)])
    assert {c.cited_document_id for c in docs[0].citations if c.number} == {"parent"}
    assert parents_of(docs[0], docs) == ["parent"]
    assert parents_of(docs[1], docs) == []
    assert described(docs[1]) == "Nghị quyết số 57-NQ/TW ngày 22/12/2024"


def test_a_basis_is_no_parent_unless_asked_for() -> None:
    child = document("child", plan("5/KH-UBND", "UBND TỈNH LÀO CAI", "Chuyển đổi số", f"Căn cứ {CITED};"))
    docs = resolve([child, document("parent", PARENT)])
    assert parents_of(docs[0], docs) == []
    assert parents_of(docs[0], docs, basis=True) == ["parent"]


def test_same_number_of_another_issuer_or_day_is_another_document() -> None:
    other = "Nghị quyết số 57-NQ/TW ngày 22/12/2014 của Bộ Chính trị"
    third = "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Ban Bí thư"
    child = document(
        "child", plan("5/KH-UBND", "UBND TỈNH LÀO CAI", "Việc khác", f"Căn cứ {other};\n\nCăn cứ {third};")
    )
    docs = resolve([child, document("parent", PARENT)])
    rows = [c for c in docs[0].citations if c.number]
    assert [c.cited_document_id for c in rows] == ["", ""]
    assert "2014-12-22" in rows[0].unresolved


def test_two_bearers_of_one_number_leave_the_citation_open() -> None:
    child = document("child", plan("5/KH-UBND", "UBND TỈNH LÀO CAI", "Việc khác", "Căn cứ Nghị quyết số 57-NQ/TW;"))
    other = plan("57-NQ/TW", "BỘ CHÍNH TRỊ", "Về việc hoàn toàn khác", "Căn cứ Điều lệ Đảng;").replace(
        "10 tháng 3", "22 tháng 12"
    )
    other = other.replace("KẾ HOẠCH", "NGHỊ QUYẾT").replace("năm 2025", "năm 2024")
    docs = resolve([child, document("a", PARENT), document("b", other)])
    row = next(c for c in docs[0].citations if c.number)
    assert row.cited_document_id == ""
    assert "a, b" in row.unresolved


def test_two_copies_of_one_document_leave_nothing_open() -> None:
    child = document("child", plan("5/KH-UBND", "UBND TỈNH LÀO CAI", "Việc khác", "Căn cứ Nghị quyết số 57-NQ/TW;"))
    docs = resolve([child, document("a", PARENT), document("b", PARENT)])
    assert next(c for c in docs[0].citations if c.number).cited_document_id == "a"
    assert [d.document_id for d in docs if any(p.code == "copy" for p in d.problems)] == ["b"]


def test_a_province_means_its_own_plan_and_a_bare_local_number_means_none() -> None:
    numbered = "Kế hoạch số 17/KH-UBND ngày 10/3/2025 của UBND tỉnh"
    cite = plan("9/KH-UBND", "UBND TỈNH BẮC NINH", "Việc khác", f"Căn cứ {numbered} về việc khác;")
    bare = plan("8/KH-UBND", "UBND TỈNH BẮC NINH", "Việc khác", "Căn cứ Kế hoạch số 17/KH-UBND;")
    here = document("here", plan("17/KH-UBND", "UBND TỈNH BẮC NINH", "Phát triển kinh tế số", "Căn cứ Luật Dữ liệu;"))
    there = document(
        "there", plan("17/KH-UBND", "UBND TỈNH ĐỒNG THÁP", "Phát triển kinh tế số", "Căn cứ Luật Dữ liệu;")
    )

    def cited(*docs: Document) -> list[str]:
        return [c.cited_document_id for c in resolve(docs)[0].citations if c.number]

    assert cited(document("c", cite), here, there) == ["here"]
    assert cited(document("c", cite), there) == [""]
    assert cited(document("c", bare), there) == [""]


def test_own_number_is_told_by_a_citer() -> None:
    child = document(
        "child",
        plan(
            "",
            "",
            f"thực hiện {NAMED}",
            f"Thực hiện {NAMED}, Ban Thường vụ Thị ủy ban hành Kế hoạch:",
            "T/M BAN THƯỜNG VỤ",
        ),
    )
    docs = resolve([document("nq", NAMELESS), child])
    info = docs[0].info
    assert (info.number, info.issued_on, info.number_source) == ("09-NQ/TU", "2022-06-01", "cited_by")
    assert parents_of(docs[1], docs) == ["nq"]
    assert docs[1].info.number == ""


@pytest.mark.parametrize(
    "changed",
    [
        NAMED.replace("Tỉnh ủy", "Thị ủy"),  # another issuer
        NAMED.replace("Nghị quyết số 09-NQ/TU", "Kế hoạch số 09-KH/TU"),  # another kind
        NAMED.replace("2025", "2028"),  # another period
        NAMED[: NAMED.index(" về ")]
        + " về công tác cán bộ nữ và cán bộ trẻ ở xã, phường, thị trấn đến năm 2025, định hướng đến 2030",
        NAMED[: NAMED.index(" về ")],  # no title
    ],
)
def test_own_number_is_never_guessed(changed: str) -> None:
    child = document("child", plan("7/KH-UBND", "UBND TỈNH LÀO CAI", "Việc khác", f"Căn cứ {changed};"))
    docs = resolve([document("nq", NAMELESS), child])
    assert (docs[0].info.number, docs[0].info.number_source) == ("", "")


def test_two_numbers_for_one_title_give_none() -> None:
    rival = NAMED.replace("09-NQ/TU ngày 01/6/2022", "11-NQ/TU ngày 01/7/2022")
    child = document(
        "child", plan("7/KH-UBND", "UBND TỈNH LÀO CAI", "Việc khác", f"Căn cứ {NAMED};\n\nCăn cứ {rival};")
    )
    docs = resolve([document("nq", NAMELESS), child])
    assert docs[0].info.number == ""


def test_two_documents_for_one_name_get_none() -> None:
    child = document("child", plan("7/KH-UBND", "UBND TỈNH LÀO CAI", "Việc khác", f"Căn cứ {NAMED};"))
    docs = resolve([document("a", NAMELESS), document("b", NAMELESS), child])
    assert [d.info.number for d in docs[:2]] == ["", ""]


def test_solving_does_not_depend_on_order_and_records_travel() -> None:
    child = document("child", plan("5/KH-UBND", "UBND TỈNH LÀO CAI", f"Thực hiện {CITED}", f"Thực hiện {CITED}:"))
    docs = [child, document("parent", PARENT), document("nq", NAMELESS)]
    records = [msgspec.msgpack.decode(msgspec.msgpack.encode(index(d)), type=IndexRecord) for d in docs]
    expected = solve(records)
    for seed in range(4):
        shuffled = records[:]
        random.Random(seed).shuffle(shuffled)
        assert solve(shuffled) == expected
    assert [apply(d, expected.get(d.document_id)) for d in docs] == resolve(docs)


def test_the_corpus_names_its_headless_documents() -> None:
    folder = ROOT / "corpus"
    if not folder.is_dir():
        pytest.skip("no corpus here")
    docs = resolve([document(p.stem, p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.txt"))])
    numbers = {d.document_id: (d.info.number, d.info.issued_on, d.info.number_source) for d in docs}
    assert numbers["quang-ngai-nghi-quyet-can-bo-cap-xa"] == ("09-NQ/TU", "2022-06-01", "cited_by")
    assert numbers["duc-pho-ke-hoach-thuc-hien-nghi-quyet-09"] == ("67-KH/TU", "2022-08-25", "cited_by")
    assert numbers["duc-pho-ke-hoach-thuc-hien-de-an-12"][0] == ""
    by_id = {d.document_id: d for d in docs}
    assert parents_of(by_id["duc-pho-ke-hoach-thuc-hien-nghi-quyet-09"], docs) == [
        "quang-ngai-nghi-quyet-can-bo-cap-xa"
    ]
    eight = {
        (c.issued_on, c.issuer)
        for c in by_id["duc-pho-ke-hoach-thuc-hien-de-an-12"].citations
        if c.number == "08-ĐA/TU"
    }
    assert eight == {("2022-05-16", "Ban Thường vụ Thị ủy"), ("2021-11-12", "Ban Thường vụ Tỉnh ủy")}
