"""A task that the child is itself the answer to: make a plan that carries out the parent."""

from __future__ import annotations

import re

from doichieu.comparison.duties.links import Link
from doichieu.comparison.owed.oddities import carries_out
from doichieu.lexicon.families import LEVEL
from doichieu.model import Clause, Document
from doichieu.text import fold

_MADE = frozenset({"ke_hoach", "chuong_trinh", "chuong_trinh_hanh_dong"})
#: A decision that promulgates a plan is that plan.
_BY_DECISION = re.compile(r"(?:về việc\s+)?(?:ban hành|phê duyệt)\s+(?:kế hoạch|chương trình)(?!\w)")
_UPPER = r"(?:nghị quyết|chương trình|đề án|chỉ thị|kế hoạch|quyết định|kết luận|chiến lược|nội dung)"
#: Who makes a plan, and the plan.
_MAKE = (
    r"(?:xây dựng|ban hành|lập)(?:,\s*|\s+(?:và\s+)?)(?:xây dựng\s+|ban hành\s+|phê duyệt\s+)?(?:các\s+)?"
    r"(?:chương trình(?: hành động)?(?:,\s*|\s+(?:và|hoặc)\s+))?kế hoạch(?: hành động| cụ thể| chi tiết)?\s+"
)
_CARRY_OUT = r"(?:và\s+)?(?:để\s+)?(?:tổ chức\s+)?(?:triển khai thực hiện|thực hiện|triển khai)"
#: What may stand behind a plan that needs no further name: it is the plan that carries the document itself out.
_NO_MORE = (
    rf"(?=\s+(?:(?:tại|ở|của|trên địa bàn|phù hợp với|cho)\s+(?:các\s+)?(?:địa phương|cơ quan|đơn vị|tình hình|{LEVEL})"
    r"|trên địa bàn|trước|trong|chậm nhất|hoàn thành|xong)(?!\w)|\s*[,;.]|\s*\Z)"
)
#: "Xây dựng kế hoạch thực hiện Nghị quyết", "ban hành kế hoạch triển khai tại địa phương", "xây dựng kế hoạch giai đoạn
#: 2026 - 2030 của địa phương", "cụ thể hóa Nghị quyết thành chương trình, kế hoạch".
_ASKS = re.compile(
    rf"(?<!\w){_MAKE}(?:{_CARRY_OUT}(?:[^;]{{0,30}}?{_UPPER}|{_NO_MORE})"
    rf"|giai đoạn(?:\s+\d{{4}}\s*-\s*\d{{4}}|\s+và hằng năm){_NO_MORE})"
    rf"|(?<!\w)(?:xây dựng|ban hành|lập)(?: và ban hành)?\s+kế hoạch\s+(?:chi tiết|cụ thể|riêng){_NO_MORE}"
    rf"|(?<!\w)cụ thể hóa\s+{_UPPER}\s+(?:này\s+)?(?:thành|bằng)\s+[^;]{{0,30}}?kế hoạch"
)
#: Who a document binds carries it out: "Chủ tịch UBND các tỉnh chịu trách nhiệm thi hành Quyết định này".
_BINDS = re.compile(rf"(?<!\w)(?:chịu|có) trách nhiệm (?:tổ chức )?(?:thi hành|thực hiện)(?: {_UPPER}(?: này)?)?\W*\Z")
#: A plan of each year is asked for again.
_EACH_YEAR = re.compile(r"(?:hằng|hàng) năm,?\s+(?:[^\s,;]+\s+){0,3}\Z")

#: "xây dựng kế hoạch đào tạo nghề của địa phương": a plan of its own on a matter.
_ASKS_ON = re.compile(
    r"(?<!\w)(?:xây dựng|ban hành|lập)\s+(?:và ban hành\s+)?(?:chương trình|kế hoạch)\s+"
    r"(?P<matter>(?:[^,;.]|(?<=phòng), (?=chống)){4,80}?)"
    rf"\s+(?:của|tại|trên địa bàn|ở)\s+(?:địa phương|cơ quan|đơn vị|{LEVEL})(?!\w)"
)


def asked_for(task: str) -> str | None:
    """The matter of the plan that a task asks for; empty where it is the parent itself, None where it asks for none.

    >>> asked_for("Xây dựng kế hoạch đào tạo nghề của địa phương"), asked_for("Xây dựng kế hoạch thực hiện Nghị quyết")
    ('đào tạo nghề', '')
    >>> asked_for("Xây dựng, ban hành kế hoạch triển khai tại địa phương trước ngày 31/01/2026")
    ''
    >>> asked_for("Ban hành kế hoạch chi tiết trước ngày 15/10/2025")
    ''
    >>> asked_for("Xây dựng đường giao thông")
    >>> asked_for("Hằng năm, xây dựng kế hoạch thực hiện Chương trình")
    """
    text = fold(task)
    if _BINDS.search(text):
        return ""
    asked = _ASKS.search(text)
    if asked is not None and not _EACH_YEAR.search(text[: asked.start()]):
        return ""
    found = _ASKS_ON.search(text)
    return found["matter"] if found is not None else None


_THE_COMMITTEE = re.compile(r"chỉ đạo (?:chính quyền|ubnd|ủy ban nhân dân)(?!\w)")


def directs_the_committee(task: str) -> bool:
    """Whether a task of the party has the people's committee do it.

    >>> directs_the_committee("Chỉ đạo chính quyền cùng cấp xây dựng kế hoạch thực hiện")
    True
    """
    return _THE_COMMITTEE.search(fold(task)) is not None


def own_plan(task: str, child: Document, parent: Document) -> Link | None:
    """The title of a plan that carries out the parent, where a task asks for such a plan; None where it does not.

    Whether the plan is this child's to make, the caller knows.
    """
    decided = child.info.kind == "quyet_dinh" and _BY_DECISION.match(fold(child.info.title)) is not None
    matter = asked_for(task) if decided or child.info.kind in _MADE else None
    title = _title(child) if matter is not None else None
    if title is None or (matter or "") not in fold(title.text):
        return None
    if not carries_out(child, parent) and not _named_in(title.text, parent.info.title):
        return None
    start, end = (None if decided else _promulgated(child)) or (title.char_start, title.char_end)
    clause = next((c for c in child.clauses if c.leaf and c.char_start <= start < c.char_end), title)
    return Link(clause, start, end, "", "", (), "", "", 0)


#: "thực hiện Chương trình trợ giúp người khuyết tật trên địa bàn tỉnh": the name of what a title carries out.
_CARRIED_OUT = re.compile(
    rf"(?<!\w)(?:thực hiện|triển khai)\s+(?P<name>{_UPPER}\s+(?!số)\S+\s+\S+\s+\S+.*?)"
    r"\s*(?:trên địa bàn|giai đoạn|đến năm|năm|$)"
)


def _named_in(title: str, other: str) -> bool:
    """Whether the title of a plan says by its name that it carries out a document of another title.

    >>> _named_in("thực hiện Đề án Bảo tồn tiếng Chăm trên địa bàn xã", "ĐỀ ÁN BẢO TỒN TIẾNG CHĂM ĐẾN NĂM 2030")
    True
    """
    found = _CARRIED_OUT.search(" ".join(fold(title).split()))
    return found is not None and found["name"] in " ".join(fold(other).split())


#: "Ủy ban nhân dân xã xây dựng Kế hoạch thực hiện như sau": where a plan says that it is made, what stands before and
#: behind.
_MADE_HERE = re.compile(r"(?<!\w)(?:xây dựng|ban hành)\s+(?:Kế hoạch|Chương trình|kế hoạch)(?!\w|\s+số)")
_SUBJECT, _WHICH = re.compile(r"[^,;:.]*\Z"), re.compile(r"[^:;.]*")


def _promulgated(document: Document) -> tuple[int, int] | None:
    """Where the opening of a plan says that its issuer makes it, at its end: the issuer, the verb, and which plan."""
    text = document.source.text
    for clause in reversed([c for c in document.clauses if c.leaf and c.kind == "preamble"]):
        made = [found.start() for found in _MADE_HERE.finditer(text, clause.char_start, clause.char_end)]
        if made:
            before, behind = text[clause.char_start : made[-1]], text[made[-1] : clause.char_end]
            subject, which = _SUBJECT.search(before), _WHICH.match(behind)
            said = (subject.group() if subject else "").lstrip("* \t\n")
            return made[-1] - len(said), made[-1] + len((which.group() if which else "").rstrip())
    return None


def _title(document: Document) -> Clause | None:
    """The clause that says what the plan is for: the last of the title."""
    titles = [clause for clause in document.clauses if clause.kind == "title"]
    last = titles[-1] if titles else None
    return next((clause for clause in reversed(titles) if "thực hiện" in fold(clause.text)), last)


__all__ = ["asked_for", "directs_the_committee", "own_plan"]
