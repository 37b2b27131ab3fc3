"""What is no document of an office, what only looks so, and what is written of each."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from doichieu import extract_text
from doichieu.cli import main


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


ARTICLE = """# Trồng dừa ở vùng mặn cần lưu ý gì?

### Nội dung chính

## Trồng dừa ở vùng mặn cần lưu ý gì?

Ngày 03/02/2025, UBND tỉnh Bến Tre ban hành Kế hoạch 15/KH-UBND về phát triển vườn dừa. Như vậy, theo kế hoạch này:

- Đến năm 2030, 90% diện tích dừa được tưới tiết kiệm.

- Sở Nông nghiệp chủ trì hướng dẫn trước ngày 30/6/2026.

*Vườn dừa (Hình từ Internet)*
"""
ENTRY = """# Lê Thị Cẩm

Giao diện

**Lê Thị Cẩm** (sinh 1931) là nhà giáo Việt Nam, đại biểu Quốc hội khóa VI.[1] Bà dạy học ở Quảng Nam.[2]

## Tham khảo

[sửa | sửa mã nguồn]**^** Danh sách đại biểu. Truy cập ngày 2 tháng 3 năm 2020.
"""
QUOTING = (
    ARTICLE.split("##", 1)[0]
    + "Bạn đọc có thể xem toàn văn kế hoạch dưới đây, "
    + "với nhiều chỉ tiêu về vườn dừa, nước ngọt và đê biển " * 6
    + """

ỦY BAN NHÂN DÂN TỈNH BẾN TRE

Số: 15/KH-UBND

KẾ HOẠCH

Phát triển vườn dừa

I. MỤC TIÊU

1. Đến năm 2030, 90% diện tích dừa được tưới tiết kiệm.
"""
)
DOCUMENTS = {
    "fragment": "II. MỤC TIÊU\n\n1. Đến năm 2030, 90% diện tích dừa được tưới tiết kiệm.",
    "clause": "Phấn đấu đến năm 2030, 90% hộ dân có nước sạch.",
    "annex": "Phụ lục II\n\nDANH MỤC NHIỆM VỤ\n\n1. Sở Y tế rà soát trạm y tế.",
    "minutes": "BIÊN BẢN\n\nHọp giao ban tháng 3\n\n1. Thành phần: các đồng chí lãnh đạo.",
    "telegram": "CÔNG ĐIỆN\n\nVề ứng phó bão số 4\n\nThủ tướng Chính phủ điện: Chủ tịch các tỉnh ven biển.",
    "circular": "THÔNG TRI\n\ncủa Ban Thường vụ Tỉnh ủy về đại hội đoàn\n\n1. Nội dung đại hội.",
    "letter": "UBND TỈNH X\nSố: 4/UBND-KT\nV/v cấp nước mùa khô\n\nKính gửi: Các huyện\n\nBạn hãy gọi Sở.",
    "draft": "DỰ THẢO\n\nKẾ HOẠCH\n\nPhát triển vườn dừa\n\nCăn cứ Luật Trồng trọt;\n\nI. MỤC TIÊU",
}


@pytest.mark.parametrize("text", [ARTICLE, ENTRY, QUOTING], ids=["advice", "encyclopedia", "quoting"])
def test_other_texts_are_named(text: str) -> None:
    document = extract_text(text)
    assert document.info.nature == "other"
    assert [problem.severity for problem in document.problems if problem.code == "not_administrative"] == ["medium"]


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS)
def test_in_doubt_a_text_is_a_document(text: str) -> None:
    assert extract_text(text).info.nature == "administrative"


def test_what_a_person_gives_is_read_whatever_it_is() -> None:
    document = extract_text(ARTICLE)
    assert document.targets and document.assignments and document.deadlines


def test_files_of_other_texts_have_no_targets_unless_asked_for(tmp_path: Path) -> None:
    (tmp_path / "bai.md").write_text(ARTICLE, encoding="utf-8")
    assert main(["extract", str(tmp_path / "bai.md"), "--out", str(tmp_path / "out"), "--quiet"]) == 0
    assert not any(read_rows(tmp_path / "out" / f"{name}.csv") for name in ("targets", "assignments", "deadlines"))
    assert {row["use"] for row in read_rows(tmp_path / "out" / "percentages.csv")} == {"statistic"}
    assert [row["code"] for row in read_rows(tmp_path / "out" / "problems.csv")] == ["not_administrative"]
    assert [row["nature"] for row in read_rows(tmp_path / "out" / "documents.csv")] == ["other"]
    assert main(["extract", str(tmp_path / "bai.md"), "--out", str(tmp_path / "all"), "--quiet", "--any-text"]) == 0
    assert read_rows(tmp_path / "all" / "targets.csv")
    assert "not_administrative" in [row["code"] for row in read_rows(tmp_path / "all" / "problems.csv")]


ARCHIVE = Path(__file__).resolve().parents[3] / "shared" / "archive"


@pytest.mark.skipif(not ARCHIVE.is_dir(), reason="needs ../shared/archive")
@pytest.mark.parametrize("path", sorted((ARCHIVE / "not_administrative").glob("*.md")), ids=lambda p: p.stem)
def test_pages_of_the_archive_that_are_no_documents(path: Path) -> None:
    assert extract_text(path.read_text(encoding="utf-8")).info.nature == "other"
