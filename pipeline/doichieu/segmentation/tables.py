"""Heads of tables in texts that know no cells of their own."""

from __future__ import annotations

import re

from doichieu.segmentation.piece import Chunk
from doichieu.text import View

_HEAD = re.compile(
    r"(?:s?tt|số tt|chỉ tiêu|nội dung|nhiệm vụ|tên|chủ trì|phối hợp|đơn vị|cơ quan|thời gian|tiến độ"
    r"|sản phẩm|kết quả|ghi chú"
    r"|đvt|đv tính|ước|kế hoạch|thực hiện|so sánh|so với|hiện trạng|chỉ số|số lượng|địa phương|địa bàn"
    r"|danh mục|công việc|quy mô|tỷ lệ \(|tổng số"
    r"|mục tiêu|lộ trình|thời hạn|năm \d{4}|\d{4}|hoạt động|giải pháp|nguồn|kinh phí|tiêu chí|xã nhóm"
    r"|yêu cầu|trách nhiệm|(?:các )?xã, phường|xã/phường|xã\Z|phường\Z|chỉ tiêu giao|giao\s)",
    re.IGNORECASE,
)


def is_header_row(chunk: Chunk, view: View) -> bool:
    """Whether a row names its columns: most cells are short and begin with a word of table heads."""
    if any(cell.header for cell in chunk.cells):
        return True
    words = []
    for cell in chunk.cells:
        a, b = view.from_source(cell.start, cell.end)
        text = view.text[a:b].strip()
        if text:
            words.append(text)
    return names_columns(words)


def names_columns(words: list[str]) -> bool:
    """Whether the cells of a row are heads of columns.

    >>> names_columns(["TT", "Tên xã", "Kế hoạch 2026"]), names_columns(["- Như Điều 2;", "Trần Văn An"])
    (True, False)
    """
    if len(words) < 2 or any(len(word) > 60 for word in words):
        return False
    hits = sum(1 for word in words if _HEAD.match(word))
    return hits >= max(2, len(words) * 0.6) and not re.fullmatch(r"\d+|[IVX]+", words[0])
