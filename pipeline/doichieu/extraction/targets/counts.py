"""What a count is about: the thing behind the figure, or what its bare unit measures before it."""

from __future__ import annotations

import re

from doichieu.extraction.targets.counted import PURE_UNITS
from doichieu.extraction.targets.measured import population_measured
from doichieu.extraction.targets.parts import (
    clean,
    creator_before,
    ends_in_creator,
    strip_reach,
    strip_share_word,
    strip_verbs,
)
from doichieu.extraction.targets.phrases import Population, narrowings, read_population, sure_predicate
from doichieu.extraction.targets.sides import Said, Sides
from doichieu.text import fold

_UP_OR_DOWN = re.compile(r"\s*(?:trở lên|trở xuống).*\Z")
_PER_PERIOD = re.compile(r"\s*/\s*(?:năm|quý|tháng)\s*\Z")
#: A relative clause of a thing that is brought about narrows it: "phát triển 10 doanh nghiệp | có năng lực xuất khẩu".
_NARROWS = re.compile(r"(?:cung cấp|có|phục vụ|gắn với|sử dụng|ứng dụng|đạt|hoạt động|thuộc|dành cho|làm việc|tại)\s")
#: So many persons in a body: the body is what it is about.
_IN_BODY = re.compile(
    r"(?P<who>.+?)\strong\s(?P<body>(?:các\s)?(?:ban (?:chấp hành|thường vụ|lãnh đạo)|thường trực|cấp ủy|chi ủy"
    r"|đảng ủy|hội đồng"
    r"|ủy ban|thường vụ)(?!\w).*)",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"(?:mỗi|từng)\s+(?P<who>(?!năm|tháng|quý|tuần|ngày)[^,;:]{2,60}?)\s+(?P<does>(?:phải |cần |đều )?(?:có|bố trí"
    r"|thành lập|xây dựng"
    r"|tổ chức|hình thành|triển khai|đăng ký|giới thiệu))",
    re.IGNORECASE,
)
_FOR_WHOM = re.compile(r"\s(?:cho|với|đối với|tới|đến)\Z", re.IGNORECASE)
#: Another deed behind a comma is no part of what was made: "lắp đặt 20 km cáp, | nâng công suất trạm".
_NEXT_DEED = re.compile(
    r",\s+(?=(?:nâng|đưa|mở rộng|cải tạo|hoàn thành|xây dựng|lắp đặt|giảm|thu hút|bảo đảm|đảm bảo|góp phần|phấn đấu"
    r"|từng bước|qua đó)\s)"
)
#: An amount of something; a verb that closes it belongs to its name: "sản lượng cá tra xuất khẩu".
_AMOUNT = re.compile(r"(?:tổng )?(?:sản lượng|diện tích|kim ngạch|giá trị|năng suất|khối lượng|doanh thu|số)(?!\w)")
_MERE = ("có", "đạt", "là")


def labelled_count(c: Sides) -> Said | None:
    """``Dân số trung bình: 620.000 người``: the label says what is counted."""
    quantity = c.group.quantity
    labelled = bool(c.label) or c.lowered[: c.start].rstrip().endswith(":")
    if quantity is None or quantity.kind != "count" or not labelled or clean(c.left):
        return None
    return Said() if fold(c.right) == fold(quantity.unit) else None


def _thing(c: Sides, *, made: bool = False) -> Population:
    """The counted thing behind the figure; of a thing that is made only a sure predicate is cut off."""
    text = _NEXT_DEED.split(_PER_PERIOD.sub("", " ".join(c.right.split())), maxsplit=1)[0] if made else ""
    text = text or _PER_PERIOD.sub("", " ".join(c.right.split()))
    return read_population(text, find=sure_predicate) if made else read_population(text)


def counted_measure(c: Sides) -> Said | None:
    """``Diện tích cây có múi đạt 2.500 ha``: behind the figure stands its unit alone, what is measured before it."""
    quantity = c.group.quantity
    if quantity is None or quantity.kind != "count" or c.has:
        return None
    thing = _thing(c)
    alone = fold(_UP_OR_DOWN.sub("", clean(thing.subject)))
    spread = "/" in " ".join(c.right.split()[: len(quantity.unit.split()) + 1])  # "32 m2 sàn/người"
    many = quantity.unit.startswith(("triệu ", "nghìn ", "vạn "))
    if alone != fold(quantity.unit) and not (alone.startswith(fold(quantity.unit)) and (spread or many)):
        return None
    said = strip_reach(c.rest).strip(" ,:")
    bare = strip_share_word(strip_verbs(said, leading=True))
    if (
        len(bare) > 3
        and (not ends_in_creator(bare) or _AMOUNT.match(bare.lower()))
        and not bare.lower().endswith((" cho", " với"))
    ):
        subject, scope = population_measured(said, quantity.unit)
        if said != bare and subject == said:
            subject, scope = population_measured(bare, quantity.unit)
        return Said(subject, clean(f"{strip_reach(c.rest)} {thing.predicate}"), scope)
    verb = creator_before(c.rest).lower()
    same = verb in ("tăng", "giảm", "nâng") or (
        verb in ("", "đạt") and c.near is not None and fold(quantity.unit) in fold(c.near.subject)
    )
    if not thing.predicate and c.near is not None and c.near.subject and same:
        return Said(c.near.subject, clean(c.rest) or c.near.indicator, c.near.scope)
    return None


def _without_unit(thing: str) -> str:
    """``ha rừng sản xuất`` → ``rừng sản xuất``: a subject is never the unit; empty where it is nothing else."""
    lowered = _UP_OR_DOWN.sub("", thing.lower())
    if lowered in PURE_UNITS:
        return ""
    unit = next((u for u in PURE_UNITS if lowered.startswith(u + " ")), "")
    return thing if not unit or lowered[len(unit) :].strip().startswith(("so", "/")) else thing[len(unit) :].strip()


def each_has(c: Sides) -> Said | None:
    """``Mỗi xã có ít nhất 01 trạm y tế``: so many of each, the population is each of them."""
    quantity = c.group.quantity
    found = _EACH.fullmatch(c.rest) if quantity is not None and quantity.kind == "count" else None
    if found is None:
        return None
    subject, scope = narrowings(found.group("who"))
    return Said(clean(subject), clean(f"{found.group('does')} {c.right}"), tuple(scope))


def brought_about(c: Sides) -> Said | None:
    """``Hình thành ít nhất 20 mô hình …``: the counted thing is what it is about."""
    quantity = c.group.quantity
    if quantity is None or quantity.kind != "count":
        return None
    verb = creator_before(c.rest) or creator_before(c.left)
    made = bool(verb) and verb.lower() not in _MERE
    thing = _thing(c, made=made)
    index = c.rest.find(verb) if verb else -1
    owner = c.rest[:index] if index > 8 else strip_reach(c.rest) if not verb and len(c.rest.split()) > 2 else ""
    scope = [*thing.scope, *([thing.predicate] if made and _NARROWS.match(thing.predicate) else [])]
    name = _without_unit(clean(thing.subject))
    indicator = clean(" ".join(part for part in (owner, verb, thing.predicate) if part)) or clean(thing.subject)
    if not name:
        owned = _FOR_WHOM.sub("", clean(strip_share_word(strip_verbs(owner or strip_reach(c.rest), leading=True))))
        doer = read_population(owned)
        name, scope = doer.subject, [*scope, *doer.scope]
    elif body := _IN_BODY.fullmatch(_PER_PERIOD.sub("", clean(c.right))):
        name, narrow = narrowings(body.group("body"))
        indicator, scope = clean(f"{verb} {body.group('who')}"), [*scope, *narrow]
    return Said(clean(name), indicator, tuple(scope))
