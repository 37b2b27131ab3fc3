"""A year that a goal names without a word of limit: ``Chỉ tiêu năm 2027: 93% dân số …``, ``năm 2030 gấp 2 lần``.

Among goals a year not before the document's own is the year of the figure; what a figure is compared with, and the year
in the name of a plan or a list, is none.
"""

from __future__ import annotations

import re

from doichieu.extraction.targets.context import Due

_YEAR = re.compile(r"(?<!\w)năm (?P<year>20\d\d)(?!\w|\s*-|/|\s+(?:làm gốc|của|và các))")
_COMPARED = re.compile(
    r"(?<!\w)(?:so(?: với| cùng)?|với|từ|hơn|trước|sau|bằng|như|là|giai đoạn|học|mức|lấy|kịch bản|theo|dự toán|danh mục"
    r"|chương trình|quyết định|nghị quyết|đề án|báo cáo|số liệu|của|kế hoạch|kết quả|thực hiện)\s+\Z"
)
_LABEL_COMPARED = re.compile(r"(?<!\w)(?:so(?: với| cùng)?|từ|hơn|trước|sau|giai đoạn|học|kịch bản|đề án)\s+\Z")
#: What may stand behind the year of a figure: its verb, its comparator, the figure itself.
_THEN = re.compile(
    r"\s*(?:[,:)]|(?:đạt|là|tăng|giảm|trên|không|ít|tối|từ|cao hơn|thấp hơn|gấp|trong|khoảng|xấp xỉ|xuống|còn|chiếm|hơn"
    r"|dưới|ở mức|lên|phải|toàn|có|thu|phấn đấu|duy trì|giữ)(?!\w)|\d|\Z)"
)
_BRACKETED = re.compile(r"\((?:năm )?(?P<year>20\d\d)\)")
_LABEL = 120  # characters of the line's opening in which a label may stand


def _due(year: str) -> Due:
    return Due(f"{year}-12-31", "<=", f"năm {year}")


def year_in_wording(lowered: str, start: int, anchor: int, today: str) -> Due | None:
    """The year that stands before a figure in its own wording, if it is not gone by.

    >>> text = "thu nhập năm 2027 gấp 1,5 lần so với năm 2026"
    >>> year_in_wording(text, 0, text.index("gấp"), "2026").date
    '2027-12-31'
    >>> year_in_wording("tăng so với năm 2027 là 5%", 0, 25, "2026") is None
    True
    """
    for found in reversed(list(_YEAR.finditer(lowered, start, anchor))):
        own = found.group("year") >= today and not _COMPARED.search(lowered[start : found.start()])
        if own and _THEN.match(lowered, found.end(), anchor):
            return _due(found.group("year"))
    return None


_BEHIND = re.compile(
    r"\s*(?:g?r?dp|tổng [^,;.()\d]{3,50}|[^\W\d_]+(?: [^\W\d_]+){0,3})?\s*(?:\(\s*)?(?:(?:vào|trong"
    r"|ở) )?(?:năm )?(?P<year>20\d\d)"
    r"(?=\s*(?:\)|[,;.:]|và(?!\w)|\Z))"
)


def year_behind(lowered: str, stop: int, end: int, today: str) -> Due | None:
    """The year that stands right behind a figure: ``55% GDP năm 2028 và 60% GDP năm 2030``, ``20% (2028)``.

    >>> text = "chiếm 55% gdp năm 2028 và 60% gdp năm 2030"
    >>> year_behind(text, text.index("%") + 1, len(text), "2026").date
    '2028-12-31'
    """
    found = _BEHIND.match(lowered, stop, end)
    if found is None or found.group("year") < today:
        return None
    before = lowered[stop : found.start("year")]
    named = "năm" in before or before.rstrip().endswith("(")
    compared = re.search(r"(?<!\w)(?:so|hơn|từ|với|giai đoạn|đến|trước|sau)(?!\w)", before) is not None
    return _due(found.group("year")) if named and not compared else None


def year_of_label(lowered: str, today: str) -> Due | None:
    """The year in the label that a line opens with.

    >>> year_of_label("chỉ tiêu xã hội năm 2027: cứng hóa 70% đường thôn", "2026").date
    '2027-12-31'
    """
    label, colon, _ = lowered[:_LABEL].partition(":")
    found = list(_YEAR.finditer(label)) or list(_BRACKETED.finditer(label)) if colon else []
    if len(found) != 1 or found[0].group("year") < today or _LABEL_COMPARED.search(label[: found[0].start()]):
        return None
    return _due(found[0].group("year"))
