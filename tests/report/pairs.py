"""Pairs of documents for the tests of the reports."""

from __future__ import annotations

from pathlib import Path

from doichieu import extract, extract_text
from doichieu.comparison.compare import compare
from doichieu.model import Comparison
from doichieu.quality.bench.reports import repeated

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
PARENT = (
    "NGHỊ QUYẾT\nvề một việc\n\nI. MỤC TIÊU\n\n1. Đến năm 2030\n\n- 60% cán bộ cấp xã được bồi dưỡng kỹ năng số.\n\n"
    "- 90% hồ sơ được xử lý trên môi trường mạng.\n\n- 80% hộ dân dùng nước sạch.\n\nII. TỔ CHỨC THỰC HIỆN\n\n"
    "1. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính tham mưu phân bổ kinh phí đào tạo trước ngày 15/12/2026.\n\n"
    "2. Ủy ban nhân dân các xã, phường tổ chức tuyên truyền nội dung nghị quyết.\n"
)
CHILD = (
    PARENT.replace("NGHỊ QUYẾT", "KẾ HOẠCH", 1)
    .replace("60%", "50%")
    .replace("- 80% hộ dân dùng nước sạch.\n\n", "- 30% trường học có thư viện số.\n\n")
)
#: What must do no harm wherever it is printed.
HOSTILE = (
    '<script>alert(1)</script> <img src=x onerror=alert(1)> "><svg onload=alert(1)> {{ config }} {% raw %} ${a} '
    '=HYPERLINK("http://x.test","bấm") @SUM(1) \u202eđảo\u202c \u2066ẩn\u2069  </style> ]]> --> \'" &amp; |'
)


def comparison(child: str = CHILD, parent: str = PARENT) -> Comparison:
    """Two texts compared."""
    return compare(extract_text(child, document_id="con"), extract_text(parent, document_id="cha"))


def hostile() -> Comparison:
    """A pair whose texts try to act on every format, in quotes, headings, titles, bodies and headers."""
    child = (
        CHILD.replace("bồi dưỡng kỹ năng số", f"bồi dưỡng kỹ năng số {HOSTILE}")
        .replace("I. MỤC TIÊU", f"I. MỤC TIÊU {HOSTILE}")
        .replace("về một việc", f"về một việc {HOSTILE}")
    )
    child = child.replace("Sở Tài chính tham mưu", f"Sở Tài chính {HOSTILE} tham mưu")
    return comparison(child, PARENT.replace("dùng nước sạch", f"dùng nước sạch {HOSTILE}"))


def flagship() -> Comparison:
    """The pair of the corpus that the reports are shown with."""
    return compare(
        extract(CORPUS / "duc-pho-ke-hoach-thuc-hien-nghi-quyet-09.txt"),
        extract(CORPUS / "quang-ngai-nghi-quyet-can-bo-cap-xa.txt"),
    )


def many(count: int) -> Comparison:
    """A comparison with ``count`` findings: those of the flagship pair again and again, each with its own id."""
    return repeated(flagship(), count)
