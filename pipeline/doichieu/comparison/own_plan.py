"""A task that the child is itself the answer to: make a plan that carries out the parent."""

from __future__ import annotations

import re

from doichieu.comparison.links import Link
from doichieu.comparison.oddities import carries_out
from doichieu.model import Clause, Document
from doichieu.text import fold

_MADE = frozenset({"ke_hoach", "chuong_trinh", "chuong_trinh_hanh_dong"})
_UPPER = r"(?:nghị quyết|chương trình|đề án|chỉ thị|kế hoạch|quyết định|kết luận|chiến lược|nội dung)"
#: "Xây dựng kế hoạch thực hiện Nghị quyết", "cụ thể hóa Nghị quyết thành chương trình, kế hoạch".
_ASKS = re.compile(
    r"(?<!\w)(?:xây dựng|ban hành|lập)\s+(?:các\s+|và ban hành\s+)?"
    r"(?:chương trình(?: hành động)?(?:,\s*|\s+(?:và|hoặc)\s+))?kế hoạch(?: hành động| cụ thể)?\s+(?:để\s+)?"
    rf"(?:tổ chức\s+)?(?:thực hiện|triển khai)[^;]{{0,30}}?{_UPPER}"
    rf"|(?<!\w)cụ thể hóa\s+{_UPPER}\s+(?:này\s+)?(?:thành|bằng)\s+[^;]{{0,30}}?kế hoạch"
)


def own_plan(task: str, child: Document, parent: Document) -> Link | None:
    """The title of a plan that carries out the parent, where a task asks for such a plan; None where it does not.

    Whether the plan is this child's to make, the caller knows.
    """
    if child.info.kind not in _MADE or not _ASKS.search(fold(task)):
        return None
    title = _title(child)
    if title is None or not carries_out(child, parent):
        return None
    return Link(title, title.char_start, title.char_end, "", "", (), "", "", 0)


def _title(document: Document) -> Clause | None:
    """The clause that says what the plan is for: the last of the title."""
    titles = [clause for clause in document.clauses if clause.kind == "title"]
    return next((clause for clause in reversed(titles) if "thực hiện" in fold(clause.text)), None)


__all__ = ["own_plan"]
