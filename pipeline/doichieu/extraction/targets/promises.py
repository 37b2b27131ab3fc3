"""What makes a measure a promise, kind by kind."""

from __future__ import annotations

import re
from collections.abc import Callable

from doichieu.extraction.targets.cases import Case
from doichieu.extraction.targets.parts import creator_before, strip_modal

_WHOLE = re.compile(r"(?:quy mô|tổng|số|dân số|diện tích|sản lượng|kim ngạch|giá trị|thu nhập|doanh thu)(?!\w)")
_WHERE = re.compile(r"(?<!\w)(?:tại|ở|của|thuộc)\s+\Z")  # "19/19 tiêu chí tại 12 xã": where, not how many
_INDEX = re.compile(r"(?:chỉ số|điểm|đạt|duy trì|tuổi thọ|chiều cao|cân nặng|hệ số|xếp hạng|mức sinh)")
_OWES = re.compile(r"(?<!\w)(?:phải|cần|mỗi [^;.,]{2,30}) (?:có|bố trí|tổ chức)(?!\w)")


def _grade(c: Case) -> bool:
    return c.setting.goal


def _share(c: Case) -> bool:
    return c.group.quantity is not None


def _majority(c: Case) -> bool:
    return c.setting.goal


def _strives(c: Case) -> bool:
    """Rates, multiples: goals, or what the text strives for or bounds."""
    return c.setting.goal or c.modal or c.compared or c.setting.ahead


def _rank(c: Case) -> bool:
    return c.setting.goal or c.modal


def _money(c: Case) -> bool:
    return c.setting.goal or c.modal


def _index(c: Case) -> bool:
    quantity = c.group.quantity
    value = quantity.value if quantity is not None else None
    named = c.compared or _INDEX.search(c.before[-60:]) is not None
    return c.setting.goal and named and value is not None and not 1900 < value < 2100


def _count(c: Case) -> bool:
    quantity = c.group.quantity
    if quantity is None or (quantity.operator == "=" and _WHERE.search(c.lowered[: quantity.start])):
        return False
    creator = creator_before(c.left)
    if c.setting.goal:
        opening = c.left.strip(" ,")
        return (
            c.compared
            or bool(creator)
            or _listed(c)
            or opening in ("", "có", "đạt")
            or opening.endswith(":")
            or _WHOLE.match(strip_modal(opening)) is not None
        )
    if c.setting.ahead and (creator or _WHOLE.match(strip_modal(c.left.strip(" ,")))):
        return True
    bounded = quantity.operator in (">=", ">", "between")
    owed = bounded and bool(creator) and (creator.lower() != "có" or _OWES.search(c.sentence) is not None)
    return owed or (c.modal and bool(creator or bounded or c.left.strip(" ,") in ("phấn đấu", "phấn đấu có")))


def _listed(c: Case) -> bool:
    """Whether a count goes on a list of counts: ``500 doanh nghiệp, 50 hợp tác xã``."""
    previous = c.previous
    if previous is None or previous.quantity is None or previous.quantity.kind != "count":
        return False
    return (previous.sentence, previous.part) == (c.group.sentence, c.group.part)


PROMISES: dict[str, Callable[[Case], bool]] = {
    "grade": _grade,
    "percent": _share,
    "majority": _majority,
    "rate": _strives,
    "multiple": _strives,
    "rank": _rank,
    "money": _money,
    "index": _index,
    "count": _count,
}
