"""A task that the child is itself the answer to: make a plan that carries out the parent."""

from __future__ import annotations

import re

from doichieu.comparison.duties.links import Link
from doichieu.comparison.owed.oddities import carries_out
from doichieu.lexicon.families import LEVEL
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


#: "xây dựng kế hoạch đào tạo nghề của địa phương": a plan of its own on a matter.
_ASKS_ON = re.compile(
    r"(?<!\w)(?:xây dựng|ban hành|lập)\s+(?:và ban hành\s+)?(?:chương trình|kế hoạch)\s+(?P<matter>[^,;.]{4,80}?)"
    rf"\s+(?:của|tại|trên địa bàn|ở)\s+(?:địa phương|cơ quan|đơn vị|{LEVEL})(?!\w)"
)


def asked_for(task: str) -> str | None:
    """The matter of the plan that a task asks for; empty where it is the parent itself, None where it asks for none.

    >>> asked_for("Xây dựng kế hoạch đào tạo nghề của địa phương"), asked_for("Xây dựng kế hoạch thực hiện Nghị quyết")
    ('đào tạo nghề', '')
    >>> asked_for("Xây dựng đường giao thông")
    """
    text = fold(task)
    if _ASKS.search(text):
        return ""
    found = _ASKS_ON.search(text)
    return found["matter"] if found is not None else None


def own_plan(task: str, child: Document, parent: Document) -> Link | None:
    """The title of a plan that carries out the parent, where a task asks for such a plan; None where it does not.

    Whether the plan is this child's to make, the caller knows.
    """
    matter = asked_for(task) if child.info.kind in _MADE else None
    title = _title(child) if matter is not None else None
    if title is None or (matter or "") not in fold(title.text) or not carries_out(child, parent):
        return None
    return Link(title, title.char_start, title.char_end, "", "", (), "", "", 0)


def _title(document: Document) -> Clause | None:
    """The clause that says what the plan is for: the last of the title."""
    titles = [clause for clause in document.clauses if clause.kind == "title"]
    last = titles[-1] if titles else None
    return next((clause for clause in reversed(titles) if "thực hiện" in fold(clause.text)), last)


__all__ = ["asked_for", "own_plan"]
