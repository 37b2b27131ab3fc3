"""Zip files and folders: one document where the files say so, several otherwise; tricks and bombs refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from doichieu.errors import UnreadableFile
from doichieu.reading import discover, read
from doichieu.reading.archive import natural
from tests.reading.wordfile import paragraph, word

DECISION = (
    "UBND TỈNH X\nSố: 877/QĐ-UBND\n\nQUYẾT ĐỊNH\n\nVề việc ban hành Kế hoạch nâng cao chất lượng cán "
    "bộ\n\nĐiều 1. Ban hành kèm theo Quyết định này Kế hoạch.\n\nĐiều 2. Quyết định có hiệu lực kể từ "
    "ngày ký.\n"
)
PLAN = (
    "KẾ HOẠCH\n\n(Kèm theo Quyết định số 877/QĐ-UBND ngày 03/3/2025 của UBND tỉnh)\n\n1. Đến năm 2030, "
    "60% xã đạt chuẩn.\n"
)
APPENDIX = (
    "PHỤ LỤC\n\nDANH MỤC NHIỆM VỤ\n\n(Ban hành kèm theo Quyết định số 877/QĐ-UBND ngày 03/3/2025)\n\n- "
    "Sở Nội vụ chủ trì tổng hợp.\n"
)
OTHER = "KẾ HOẠCH\n\nThực hiện công tác dân số năm 2025\n\n1. Giảm 2% tỷ suất sinh.\n"


def archive(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


def test_a_decision_with_its_plan_and_appendix_is_one_document(tmp_path: Path) -> None:
    (found,) = read(
        archive(
            tmp_path / "qd877.zip", {"2-phu-luc.txt": APPENDIX, "1-ke-hoach.txt": PLAN, "0-quyet-dinh.txt": DECISION}
        )
    )
    assert found.document_id == "qd877" and not found.verbatim
    assert found.text.index("QUYẾT ĐỊNH") < found.text.index("KẾ HOẠCH\n\n(Kèm") < found.text.index("PHỤ LỤC")
    from doichieu.analyse import analyse

    document = analyse(found)
    assert document.info.number == "877/QĐ-UBND" and {t.value for t in document.targets} == {60.0}
    assert any(c.kind == "appendix" for c in document.clauses)
    for record in (*document.targets, *document.assignments, *document.citations):
        assert found.text[record.char_start : record.char_end] == record.quote


def test_documents_that_do_not_name_each_other_stay_several(tmp_path: Path) -> None:
    found = read(archive(tmp_path / "goi.zip", {"b.txt": OTHER, "a.txt": DECISION}))
    assert [s.document_id for s in found] == ["a", "b"]
    strange = APPENDIX.replace("877", "900")
    assert len(read(archive(tmp_path / "goi2.zip", {"a.txt": DECISION, "phu-luc.txt": strange}))) == 2


def test_a_folder_of_parts_is_one_document_and_a_corpus_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "qd877"
    folder.mkdir()
    for name, text in (("qd877-quyet-dinh", DECISION), ("qd877-ke-hoach", PLAN), ("qd877-phu-luc", APPENDIX)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assert discover([tmp_path]) == [folder]
    (found,) = read(folder)
    assert found.document_id == "qd877" and "PHỤ LỤC" in found.text
    (folder / "khac.txt").write_text(OTHER, encoding="utf-8")
    assert len(discover([tmp_path])) == 4


def test_a_bad_member_costs_one_row_and_files_of_every_format_are_read(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {
        "ke-hoach.docx": word(paragraph("KẾ HOẠCH") + paragraph(OTHER)),
        "hong.pdf": b"%PDF-1.7 hong",
        "anh.exe": b"MZ",
    }
    (found,) = read(archive(tmp_path / "goi.zip", members))
    assert [(p.code, "goi.zip/hong.pdf" in p.message) for p in found.problems] == [("broken_file", True)]


def test_order_is_as_people_count() -> None:
    assert sorted(["Phụ lục 10", "Phụ lục 2", "phụ lục 1"], key=natural) == ["phụ lục 1", "Phụ lục 2", "Phụ lục 10"]


def test_tricks_with_paths_write_nothing_outside(tmp_path: Path) -> None:
    path = archive(tmp_path / "goi.zip", {"../../thoat.txt": OTHER, "/tuyet-doi.txt": PLAN, "a\\..\\b.txt": DECISION})
    before = set(tmp_path.parent.rglob("*"))
    assert len(read(path)) == 3
    assert set(tmp_path.parent.rglob("*")) == before


def test_bombs_locks_and_ruins_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as bomb:
        read(archive(tmp_path / "bom.zip", {"a.txt": "a" * 50_000_000}))
    assert bomb.value.code == "too_large"
    with pytest.raises(UnreadableFile) as many:
        read(archive(tmp_path / "nhieu.zip", {f"{i}.txt": "a" for i in range(2_500)}))
    assert many.value.code == "too_large"
    ruin = archive(tmp_path / "hong.zip", {"a.txt": OTHER})
    ruin.write_bytes(ruin.read_bytes()[:60])
    with pytest.raises(UnreadableFile):
        read(ruin)
    data = bytearray(archive(tmp_path / "khoa.zip", {"a.txt": OTHER}).read_bytes())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):  # the flag of an encrypted member, in both headers
        data[data.index(mark) + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    (tmp_path / "khoa.zip").write_bytes(bytes(data))
    with pytest.raises(UnreadableFile) as locked:
        read(tmp_path / "khoa.zip")
    assert locked.value.code == "encrypted_file"
    with pytest.raises(UnreadableFile) as empty:
        read(archive(tmp_path / "rong.zip", {"a.exe": "MZ"}))
    assert empty.value.code == "empty_archive"


def test_one_bad_member_of_any_kind_leaves_the_others(tmp_path: Path) -> None:
    path = archive(tmp_path / "goi.zip", {"a.txt": OTHER, "b.txt": PLAN * 9, "c.zip": b"PK", "d.txt": "a" * 50_000_000})
    with zipfile.ZipFile(path, "a") as made:
        link = zipfile.ZipInfo("e.txt")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
        place = made.getinfo("b.txt").header_offset
    data = bytearray(path.read_bytes())
    data[place + 30 + len("b.txt") + 4] ^= 0xFF
    path.write_bytes(bytes(data))
    (found,) = read(path)
    assert found.text == OTHER
    assert [p.code for p in found.problems] == ["broken_file", "unsupported_format", "too_large", "not_a_file"]


def test_names_stay_different(tmp_path: Path) -> None:
    found = read(archive(tmp_path / "goi.zip", {"x/a.txt": OTHER, "y/a.txt": OTHER, "y/a-2.txt": OTHER}))
    assert sorted(s.document_id for s in found) == ["a", "a-2", "a-3"]


def test_word_files_stored_in_an_archive_do_not_make_it_one(tmp_path: Path) -> None:
    path = tmp_path / "goi.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as made:
        made.writestr("ke-hoach.docx", word(paragraph("KẾ HOẠCH") + paragraph(OTHER)))
    assert [s.document_id for s in read(path)] == ["ke-hoach"]
