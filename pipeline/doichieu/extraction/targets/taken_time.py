"""Whom a limit of time is about: ``Cấp bản sao: thời gian giải quyết tối đa 10 phút``, ``tin được xử lý trong …``."""

from __future__ import annotations

import re

from doichieu.extraction.targets.kinds import of_kinds
from doichieu.extraction.targets.parts import clean, strip_reach, strip_verbs
from doichieu.extraction.targets.phrases import narrowings
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.sides import Said, Sides
from doichieu.extraction.targets.time_limits import is_short

#: A wording that only says that time is taken.
_TIME_ALONE = re.compile(
    r"(?:(?:phấn đấu|rút ngắn|giảm|tổng|bình quân|trung bình|xuống|còn|từ|hoàn thành|giải quyết|xử lý|thực hiện"
    r"|trả kết quả|thẩm định|khắc phục|thời gian|thời hạn|thủ tục|hồ sơ|được|là|trong vòng|tối đa)[\s,]*)*"
)
_TIME_FIRST = re.compile(r"(?:rút ngắn |giảm )?(?:thời gian|thời hạn)(?!\w)")
#: Labels that say where, in which field or when: those who are meant stand elsewhere.
_NOBODY = re.compile(
    r"(?:về|tại|ở|trong|trên|đối với|riêng|với|đến|khu vực|vùng|địa bàn|lĩnh vực|mức|cấp (?:xã|huyện|tỉnh)|năm|quý"
    r"|giai đoạn|từ|thời gian|thời hạn|tỷ lệ|tỉ lệ|số|mục tiêu|chỉ tiêu|nội dung|phương án|đề xuất"
    r"|trong đó|cụ thể|phấn đấu|giờ|ban ngày)(?!\w)",
    re.IGNORECASE,
)
#: A procedure by its own name: "thời gian giải quyết thủ tục | cho phép sử dụng thẻ ABTC".
_OWN_PROCEDURE = re.compile(
    r"(?:rút ngắn |giảm )?(?:thời gian|thời hạn) (?:(?:giải quyết|xử lý|thực hiện|thẩm định) (?:các )?(?:thủ tục|hồ sơ)"
    r"|cấp|đăng ký)(?: [^\W\d_]+){2,}"
)
_HOLDS_FOR = re.compile(r"\s+(?=(?:đối với|ở|tại|thuộc)\s)")
_SHORTENS = re.compile(r"(?:rút ngắn|giảm)\s+", re.IGNORECASE)
_DEED = re.compile(r"\s(?:được|có mặt|đến được|(?:đến|tới) (?:hiện trường|nơi)|phải)(?!\w)")


def _named(label: str) -> Said | None:
    """What a label names that takes the time: a procedure with its verb, or those who do it."""
    thing, *held = _HOLDS_FOR.split(clean(label), maxsplit=1)
    if not thing or _NOBODY.match(thing) is not None:
        return None
    return Said(thing, "", tuple(held))


@of_kinds("index")
def takes_time(c: Sides) -> Said | None:
    """``Đăng ký kết hôn: tối đa 05 ngày``, ``Trẻ em bị xâm hại được can thiệp trong vòng 24 giờ``."""
    if not is_short(c.group.figure.unit):
        return None
    told = clean(strip_reach(c.left))
    behind = (c.trailing,) if c.trailing else ()
    if c.label and (_TIME_ALONE.fullmatch(told.lower()) or _TIME_FIRST.match(told.lower())):
        if _OWN_PROCEDURE.fullmatch(told.lower()):
            return Said(_SHORTENS.sub("", told), told, behind)  # "Lãnh sự: thời gian giải quyết thủ tục …": its field
        named = _named(c.label)
        return None if named is None else Said(named.subject, told or "thời gian", (*named.scope, *behind))
    if not told or not c.lowered.startswith(("trong ", "chậm "), c.group.anchor) or _TIME_FIRST.match(told.lower()):
        return None
    deeds = list(_DEED.finditer(told))
    at = deeds[-1].start() if deeds else predicate_start(told.lower())
    if at:
        subject, scope = narrowings(told[:at])
        return Said(subject, clean(told[at:]), (*scope, *behind))
    return Said(clean(strip_verbs(told, leading=True)), told, behind)
