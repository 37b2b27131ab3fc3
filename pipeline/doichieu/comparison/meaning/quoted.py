"""Values of the parent that the child's own words quote beside a target: ``(Nghị quyết số 9 quy định 10%)``,
``thay vì 70% như Nghị quyết``, ``so với mức 20% của Đề án``."""

from __future__ import annotations

import re
from typing import NamedTuple

from doichieu.comparison.meaning.terms import idle, tokens
from doichieu.lexicon.families import LEVEL, PROVINCE
from doichieu.text import fold


class Quoted(NamedTuple):
    """One value that a wording ascribes to another document, with the wording and what it says the value is of."""

    document: str
    value: float
    unit: str
    wording: str
    of: tuple[str, ...]


_KIND = (
    r"(?:nghị quyết|đề án|kế hoạch|chỉ thị|quyết định|chương trình(?: hành động)?|kết luận|thông báo|công văn"
    r"|văn bản)"
    r"(?: số)?(?:\s+\d+[\w/-]*)?"
)
_DOCUMENT = (
    rf"(?P<document>{_KIND}(?:\s+(?:của|ngày)\s+[^,;()%\d]{{2,40}}?)?"
    rf"|(?:chỉ tiêu|mục tiêu|mức)\s+(?:của |do )?(?:cấp trên|trung ương|tỉnh ủy|thành ủy|huyện ủy|{LEVEL})"
    rf"(?: giao)?|cấp trên|(?:trung ương|tỉnh ủy|thành ủy|huyện ủy|{PROVINCE})(?=\s*(?:giao|:|quy định)))"
)
_VALUE = (
    r"(?P<value>\d+(?:\.\d{3})*(?:,\d+)?)\s*(?P<unit>%|‰|điểm phần trăm"
    r"|[^\W\d]+(?:\s(?!như|theo|của|tại|trong)[^\W\d]+)?)(?:/[^\W\d]+)*"
)
_SAYS = (
    r"\s*(?::|là|chỉ|đã|có|quy định|giao|đề ra|xác định|yêu cầu|đặt|nêu|ghi|phê duyệt|mức|chỉ tiêu|mục tiêu|từ"
    r"|trên|ít nhất"
    r"|tối thiểu|đạt|dưới|không quá|khoảng|thì|(?<=\s)ra)"
)
_PATTERNS = (
    re.compile(
        rf"(?<!\w){_DOCUMENT}(?:{_SAYS}(?!\w))*\s*{_VALUE}(?:\s*trở lên)?(?P<of>(?:\s+(?:đối với|cho"
        rf"|về)\s+[^,;.()]*)?)"
    ),
    re.compile(
        rf"(?<!\w)(?:thay vì|thay cho|so với|khác với|không phải|(?:cao|thấp|nhiều|ít) hơn)\s+"
        rf"(?:mức |chỉ tiêu |mục tiêu |từ |trên )*{_VALUE}"
        rf"(?:\s*trở lên)?(?P<of>)\s*(?:,\s*)?(?:như|theo|của|tại|trong|ở|do|\()\s*(?:mức |chỉ tiêu "
        rf"|quy định )*(?:của |tại |trong |do )?{_DOCUMENT}"
    ),
    re.compile(
        rf"(?<!\w)(?:đúng|bằng|theo|như)\s+(?:theo |với |bằng )?(?:mức |chỉ tiêu |mục tiêu )*{_VALUE}(?P<of>)\s+"
        rf"(?:mà|do|của|tại|trong)\s+(?:mức |chỉ tiêu |quy định )*(?:của |tại |trong )?{_DOCUMENT}"
    ),
)


def quoted_values(text: str) -> list[Quoted]:
    """Every value that a wording ascribes to another document, in the order of the text.

    >>> [(q.document, q.value, q.unit) for q in quoted_values("(Nghị quyết số 9 chỉ quy định 10% trở lên)")]
    [('nghị quyết số 9', 10.0, '%')]
    >>> [(q.document, q.value) for q in quoted_values("đạt 75% thay vì 70% như Nghị quyết số 12-NQ/TU")]
    [('nghị quyết số 12-nq/tu', 70.0)]
    """
    folded = fold(text)
    found = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            of = tuple(t for t in tokens(match.group("of")) if t not in idle())
            value = float(match.group("value").replace(".", "").replace(",", "."))
            if 1990 <= value <= 2100:
                continue
            document = re.sub(r"\s+(?:của|ngày)\Z", "", match.group("document").strip())
            found.append((match.start(), Quoted(document, value, match.group("unit"), match.group().strip(), of)))
    return [one for _, one in sorted(found, key=lambda item: item[0])]
