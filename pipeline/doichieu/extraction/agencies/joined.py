"""Bodies of a list that stand for one: common nouns under one word, the heads of several kinds of body."""

from __future__ import annotations

import re

from doichieu.extraction.agencies.names import Item

_NOUN = (
    r"(?:cơ quan|tổ chức|đơn vị|cá nhân|doanh nghiệp|hộ gia đình|hộ kinh doanh|cộng đồng dân cư|cộng đồng|hợp tác xã)"
)
_COMMON = re.compile(rf"{_NOUN}(?!\w)")
_COMMONS = re.compile(rf"(?:các )?{_NOUN}(?:(?:, | và |, và | hoặc ){_NOUN})*")
_TITLE = r"(?:chủ tịch|thủ trưởng|(?:tổng )?giám đốc|người đứng đầu|lãnh đạo)"
_TITLES = re.compile(rf"{_TITLE}(?:, {_TITLE})*")
_OF_SEVERAL = re.compile(rf"{_TITLE}(?:, {_TITLE})* các\s")
_FIRM = re.compile(r"(?:tập đoàn|tổng công ty|công ty|doanh nghiệp|hợp tác xã)(?!\w)")
_APPOSED = re.compile(r"(?:cơ quan|đơn vị) (?:thường trực|đầu mối|chủ trì)(?!\w)")
#: "các Viện", "Các Vụ, Cục": kinds of bodies that the next of a list says whose they are.
_SORT = r"(?:Viện|Vụ|Cục|Phòng|Ban|Trường|Trung tâm|Bệnh viện|Chi cục|Đơn vị)"
_KIND_ALONE = re.compile(rf"[Cc]ác {_SORT}(?:, {_SORT})*")
_KIND_UNDER = re.compile(rf"{_SORT} (?:trực thuộc|thuộc) ")
_EACH = ("các ", "những ", "từng ", "mỗi ", "mọi ")
_LINKS = (", ", " và ", ", và ", " hoặc ")


def as_one(text: str, found: list[Item]) -> list[Item]:
    """The bodies of a list with those that stand for one joined, as printed in ``text``.

    >>> from doichieu.extraction.agencies.grammar import Scanner
    >>> text = "Chủ tịch, Tổng Giám đốc các tập đoàn kinh tế, tổng công ty và Sở Y tế rà soát"
    >>> [item.name for item in as_one(text, Scanner(text, None).listed(0, listing=True))]
    ['Chủ tịch, Tổng Giám đốc các tập đoàn kinh tế, tổng công ty', 'Sở Y tế']
    """
    out: list[Item] = []
    for item in found:
        if out and _APPOSED.match(item.name):
            continue  # "Hội Chữ thập đỏ|, cơ quan thường trực Ban Chỉ đạo|"
        if out and text[out[-1].end : item.start] in _LINKS and _goes_on(out[-1], item):
            last = out[-1]
            name = text[last.start : item.end]
            out[-1] = last._replace(end=item.end, name=name, canonical=name, tail="", bare=False, weak=False)
        else:
            out.append(item)
    return out


def _goes_on(last: Item, item: Item) -> bool:
    """Whether a body goes on with the one before it.

    ``Cơ quan|, tổ chức``; ``Chủ tịch|, Tổng Giám đốc các tập đoàn``; ``Thủ trưởng các sở|, doanh nghiệp``;
    ``các bộ, cơ quan|, tập đoàn kinh tế``: nouns that the same "các" counts.
    """
    before, name = last.name.lower(), item.name.lower()
    if _TITLES.fullmatch(before):
        return _OF_SEVERAL.match(name) is not None
    if name.startswith(_EACH):
        return False
    if _COMMON.match(name) and _COMMONS.fullmatch(before):
        return True
    if _KIND_ALONE.fullmatch(last.name) and _KIND_UNDER.match(item.name):
        return True  # "các Viện|, Bệnh viện trực thuộc Bộ"
    if item.group not in ("outside", "body", "territory"):
        return False
    counted = last.group == "body" and before.startswith(_EACH) and _FIRM.match(name) is not None
    return counted or _OF_SEVERAL.match(before) is not None
