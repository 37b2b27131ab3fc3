"""What a figure shares with the one said before it: the same population, its part, its place, its age, its growth.

Each rule is one of the table of :mod:`doichieu.extraction.targets.subjects`.
"""

from __future__ import annotations

import re

from doichieu.extraction.targets.breakdowns import (
    REGION_END,
)
from doichieu.extraction.targets.kinds import going_on, of_kinds
from doichieu.extraction.targets.parts import clean, strip_modal, strip_reach, strip_share_word
from doichieu.extraction.targets.places import KIND_OF_PLACE, PLACE_LIST
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.shares import (
    SHARES,
)
from doichieu.extraction.targets.sides import Before, Said, Sides
from doichieu.lexicon.families import LEVEL, REGION, SETTLEMENT
from doichieu.model import Target
from doichieu.text import fold

# A wording that only names the part of the population spoken of before: "…; tại khu vực nông thôn đạt 90%".
_PART_OF = re.compile(
    r"(?:riêng\s+)?(?P<head>tại|ở|trong|đối với(?= (?:các |những )?"
    rf"(?:khu vực|vùng|địa bàn|{REGION}|miền))"
    r"|cấp(?= tỉnh| huyện| xã| trung ương| cơ sở| quốc gia| bộ| thôn| tiểu học| học"
    r"| trung học| thcs| thpt| mầm non)|bậc|khu vực(?! kinh tế"
    r"| tư nhân| doanh nghiệp| công| nhà nước| nông| dịch vụ| hợp tác| fdi| có vốn)|vùng|về)\s[^,;%]{2,60}"
    rf"{PLACE_LIST}",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    r"[\s,]*(?:trong (?:số )?đó,?\s+)?(?P<part>(?:từ|qua)\s+[^\d,;%]{4,60}?)(?:\s+(?:đạt|chiếm|là)|\s*:)[^\d,;%]*"
)
_GROWTH = re.compile(
    r"(?:tăng |giảm )?(?:bình quân|trung bình)(?: hằng năm| hàng năm)?|(?:tốc độ"
    r"|mức)(?: tăng(?: trưởng)?)?(?: bình quân)?|tăng trưởng"
)
_APART = re.compile(
    rf"riêng\s+(?P<place>(?:đối với |với )?(?:(?:các|những|\d+|hai|ba|bốn|năm|sáu) )?"
    rf"(?P<unit>{LEVEL}|{SETTLEMENT}|bản|địa phương|địa bàn)(?!\w)[^;:%]{{0,60}})"
)
_REGION_NAME = re.compile(rf"(?:riêng |ở |tại )?(?:khu vực |vùng )?{REGION}")


def counted_of_each(c: Sides) -> Said | None:
    """``100% xã, phường có ít nhất 01 trạm y tế``: the count is about the same population as the share."""
    if not c.group.nested or c.near is None:
        return None
    return Said(c.near.subject, clean(f"{c.left} {c.right}"), c.near.scope)


_SEVERAL = re.compile(
    r"(?P<first>(?:tổng )?số (?!hóa)[^,;%]{2,60}),\s(?:(?:tổng )?số (?!hóa)[^,;%]{2,60},\s)*(?:và )?"
    r"(?:tổng )?số (?!hóa)[^,;%]{2,60}",
    re.IGNORECASE,
)


def counted_together(c: Sides) -> Said | None:
    """``Số vụ cháy, số người chết, số người bị thương giảm 5%``: several numbers that one figure measures."""
    several = strip_reach(strip_modal(c.left).strip(" ,:")).strip(" ,:")
    if _SEVERAL.fullmatch(several) is None:
        return None
    return Said(clean(strip_share_word(several)), clean(several))


_OF_THOSE = re.compile(
    r"\s*(?:(?:trong )?(?:tổng )?số (?:đó|này|ấy|trên)"
    r"|(?:trong )?(?:tổng )?(?:số|các|những) (?P<noun>[^\W\d_]+(?: [^\W\d_]+){0,2}?) (?:này|ấy|nói trên|nêu trên))"
    r"\s+(?P<said>\S.*)",
    re.DOTALL,
)
#: What anybody and anything said before may be called.
_ANYBODY = frozenset({"người", "em", "đối tượng", "trường hợp", "cá nhân", "đơn vị", "nơi", "địa phương"})
_ALL = 100


def _said_again(noun: str | None, before: Target) -> bool:
    """Whether ``số hộ này`` means those of the target before: by their own noun, or by one that all are called."""
    if noun is None or f" {fold(noun)} " in f" {fold(before.subject)} ":
        return True
    return noun.lower() in _ANYBODY and f" {fold(noun)} " not in f" {fold(before.indicator)} "


@going_on
def of_those(c: Sides, before: Before) -> Said | None:
    """``60% hộ có điện mặt trời, 40% trong số này bán điện lên lưới``, ``50% số hộ này``: a share of those of whom
    something was so; where it was so of all, it tells none of them apart."""
    near, found = before.target, _OF_THOSE.fullmatch(c.right)
    if found is None or not _said_again(found.group("noun"), near):
        return None
    if found.group("noun") and near.value == _ALL and near.unit == "%":
        return Said(near.subject, clean(found.group("said")), near.scope)
    so = strip_share_word(near.indicator).removeprefix(near.subject).strip()
    told = (so,) if near.unit == "%" and predicate_start(so.lower(), from_start=True) == 0 else ()
    return Said(near.subject, clean(found.group("said")), (*near.scope, *told))


@going_on
def drawn_from(c: Sides, before: Before) -> Said | None:
    """``…, trong đó từ công trình cấp nước tập trung đạt 50%``: a source narrows what was said before."""
    source = _OUT_OF.fullmatch(c.left.lower())
    if source is None:
        return None
    near = before.target
    return Said(near.subject, near.indicator, (*near.scope, clean(source.group("part"))))


@going_on
def part_of_it(c: Sides, before: Before) -> Said | None:
    """``…; tại khu vực nông thôn đạt trên 90%``: a place divides what was said before."""
    reached = clean(c.reached) or (c.place if not clean(strip_reach(c.rest)) and not c.names_behind else "")
    if c.names_behind and c.left.rstrip().endswith(":"):
        return None  # "; ở thôn: 60% cán bộ được tập huấn" names its own population
    part = _PART_OF.fullmatch(reached)
    if part is None or predicate_start(reached.lower()) is not None:
        return None
    near, head = before.target, part.group("head").lower()
    if fold(near.subject).split()[0] == head:
        return None  # "vùng chè 3.500 ha, vùng dược liệu 800 ha": each by itself
    same = re.compile(rf"\s{head}\s.*\Z", re.IGNORECASE)
    scope = tuple(s for s in near.scope if not s.lower().startswith(head))
    if _REGION_NAME.search(reached.lower()):
        scope = tuple(s for s in scope if not _REGION_NAME.search(s.lower()))
    other = REGION_END.sub("", near.subject) if REGION_END.search(reached.lower()) else near.subject
    where = re.sub(r"^đối với\s+(?:các |những )?", "", reached, flags=re.IGNORECASE)
    return Said(same.sub("", other), same.sub("", near.indicator), (*scope, where))


@of_kinds(*SHARES)
@going_on
def bare_region(c: Sides, before: Before) -> Said | None:
    """``Tỷ lệ thu gom rác ở đô thị đạt 97%, nông thôn đạt 80%``: the region alone divides what was said before."""
    part = clean(c.rest) if _REGION_NAME.fullmatch(clean(c.rest).lower()) else clean(c.reached)
    if not _REGION_NAME.fullmatch(part.lower()) or c.names_behind:
        return None
    near = before.target
    scope = tuple(s for s in near.scope if not _REGION_NAME.search(s.lower()))
    return Said(REGION_END.sub("", near.subject), REGION_END.sub("", near.indicator), (*scope, part))


_DOER_DOES = re.compile(
    r"(?P<doer>.+?\S)\s+(?P<deed>kiểm tra|giám sát|thanh tra|rà soát|thẩm định|quản lý)", re.IGNORECASE
)


@of_kinds(*SHARES)
@going_on
def done_again(c: Sides, before: Before) -> Said | None:
    """``Hội cấp huyện kiểm tra 40% chi hội; hội cấp xã kiểm tra 100%``: the same is done to the same by another."""
    near, found = before.target, _DOER_DOES.fullmatch(clean(c.rest)) if not clean(c.right) else None
    if found is None or found.group("deed") not in near.indicator:
        return None
    if predicate_start(found.group("doer").lower()) is not None:
        return None
    return Said(near.subject, clean(c.rest), near.scope)


#: What is done to things so often: "kiểm định 01 lần | 100% cần trục", "kiểm tra ít nhất một lượt | sổ sách của …".
_TIMES = frozenset({"lần", "lượt", "đợt"})
_DONE_TO_ALL = re.compile(
    r"(?:kiểm tra|giám sát|thanh tra|rà soát|thẩm định|kiểm định|bảo dưỡng|bảo trì|khám|phun|quan trắc|lấy mẫu|đánh giá"
    r"|kiểm kê|đo|vệ sinh|tập huấn)(?!\w)",
    re.IGNORECASE,
)
_OF_ALL_THESE = re.compile(r"\s+(?P<of>[^,;:.%\d]{2,60}?\s+)?(?:của\s+|cho\s+|đối với\s+|tại\s+)?")


@of_kinds(*SHARES)
def done_so_often(c: Sides) -> Said | None:
    """``kiểm tra ít nhất một lượt sổ sách của 100% quầy thuốc``: what is done so often is done to the share."""
    before = c.previous_group.figure if c.previous_group is not None else None
    if before is None or before.unit not in _TIMES or c.near is None:
        return None
    found = _OF_ALL_THESE.fullmatch(c.text, before.end, c.group.figure.start)
    deed = _DONE_TO_ALL.search(c.near.indicator)
    who = clean(c.right)
    if found is None or deed is None or not who or predicate_start(who.lower()) is not None:
        return None
    told = f"{deed.group()} {c.text[before.start : before.end]} {found.group('of') or ''}"
    return Said(who, clean(told))


@going_on
def same_done(c: Sides, before: Before) -> Said | None:
    """``Tỷ lệ đường trục xã được cứng hóa đạt 100%, đường trục thôn đạt 90%``: the same is done to both."""
    if not c.reaches:
        return None
    near = before.target
    noun, done = clean(c.reached), strip_share_word(near.indicator)
    alike = noun.lower().split()[:1] == near.subject.lower().split()[:1]
    if not alike or noun == near.subject or noun != clean(c.rest[: len(noun)]) or not 1 < len(noun.split()) < 7:
        return None
    if predicate_start(noun.lower()) is not None or not fold(done).startswith(fold(near.subject)):
        return None
    predicate = clean(done[len(near.subject) :])
    if not predicate or predicate_start(predicate.lower(), from_start=True) != 0:
        return None
    return Said(noun, f"{noun} {predicate}")


_AGE_ALONE = re.compile(
    r"(?:(?:nhóm|ở|trẻ em|trẻ|độ tuổi)\s+)*(?:từ |dưới |trên |đủ )*\d+(?:(?: - | đến )(?:dưới )?\d+)? tuổi"
    r"(?: trở lên)?",
    re.IGNORECASE,
)
_AGE = re.compile(r"(?:từ |dưới |trên |đủ )*\d+(?:(?: - | đến )(?:dưới )?\d+)? tuổi(?: trở lên)?", re.IGNORECASE)


@of_kinds(*SHARES, "rate", "index")
@going_on
def other_age(c: Sides, before: Before) -> Said | None:
    """``Tỷ suất chết trẻ em dưới 1 tuổi còn 10‰; dưới 5 tuổi còn 15‰``: another age of the same people."""
    near = before.target
    if c.names_behind:
        return None
    if _AGE_ALONE.fullmatch(clean(c.reached)) is None or not any(_AGE.fullmatch(s) for s in near.scope):
        return None
    age = _AGE.search(c.left)
    kept = tuple(s for s in near.scope if not _AGE.fullmatch(s))
    said = near.indicator if age is None else _AGE.sub(age.group(), near.indicator)
    return Said(near.subject, said, (*kept, *([age.group()] if age is not None else [])))


_SEX_FIRST = re.compile(r"(?:\A|(?<=của ))(?:nam|nữ)(?!\w)", re.IGNORECASE)
_ONE_SEX = re.compile(r"(?P<sex>nam|nữ)(?: giới)?", re.IGNORECASE)


@going_on
def other_sex(c: Sides, before: Before) -> Said | None:
    """``Chiều cao của nam 18 tuổi đạt 169 cm, nữ đạt 158 cm``: the other sex of the same age, measured alike."""
    near, other = before.target, _ONE_SEX.fullmatch(clean(strip_reach(c.rest).strip(" ,:")))
    if other is None or c.names_behind or near.unit != c.group.figure.unit:
        return None
    first = _SEX_FIRST.search(near.subject)
    if first is None or first.group().lower() == other.group("sex").lower():
        return None
    sex = other.group("sex").lower()
    subject = near.subject[: first.start()] + sex + near.subject[first.end() :]
    return Said(subject, near.indicator.replace(near.subject, subject), near.scope)


_YOUNG = re.compile(
    r"(?:(?:có )?tuổi đời|độ tuổi)\s+(?:từ|dưới|trên|không quá)\s+\d+(?:\s+đến(?: dưới)?\s+\d+)?(?: tuổi)?",
    re.IGNORECASE,
)


@of_kinds(*SHARES)
@going_on
def so_old(c: Sides, before: Before) -> Said | None:
    """``Kết nạp 900 đảng viên, trong đó tuổi đời dưới 30 chiếm 65%``: an age divides those said before."""
    near, age = before.target, clean(c.reached)
    return Said(near.subject, age, (*near.scope, age)) if _YOUNG.fullmatch(age) is not None else None


_OF_LEVEL = re.compile(
    r"(?:trình độ |hệ |bậc )?(?:đại học|cao đẳng|trung cấp|sơ cấp|thạc sĩ|tiến sĩ)"
    r"(?: và [^,;:\d]{2,30}(?:\d+ tháng)?)?",
    re.IGNORECASE,
)


@of_kinds("count")
def of_a_level(c: Sides) -> Said | None:
    """``Tuyển sinh 900 người học, gồm: cao đẳng 300 người, trung cấp 600 người``: levels divide those said before."""
    level = clean(c.reached) or clean(c.rest)
    if c.whole is None or not c.whole.subject or _OF_LEVEL.fullmatch(level) is None:
        return None
    return Said(c.whole.subject, c.whole.indicator, (*c.whole.scope, level))


#: Places apart by whom they are made of: "riêng xã | có trên 50% dân số là đồng bào dân tộc thiểu số".
_MADE_OF = re.compile(rf"(?:riêng|đối với)\s+(?:{KIND_OF_PLACE})\s(?:[^,;:\d%]{{2,30}}\s)?có\s[^,;:]*\d\s?%[^,;:]*")


def apart_by_people(c: Sides) -> Said | None:
    """``Tỷ lệ hộ nghèo giảm 3%, riêng xã có trên 40% hộ nghèo giảm 5%``: those places narrow what was said before."""
    before = c.whole or c.near
    apart = strip_reach(c.left).strip(" ,;:")
    if before is None or not before.subject or c.names_behind or _MADE_OF.fullmatch(apart.lower()) is None:
        return None
    place = re.sub(r"^(?:riêng|đối với)\s+", "", apart, flags=re.IGNORECASE)
    if fold(before.subject) == fold(place).partition(" có ")[0]:
        place = place[len(before.subject) :]  # "80% xã đạt chuẩn, riêng xã có trên 40% hộ nghèo đạt 50%"
    return Said(before.subject, before.indicator, (*before.scope, clean(place)))


def apart_place(c: Sides) -> Said | None:
    """``Tỷ lệ hộ nghèo còn 3%, riêng các xã vùng cao còn 6%``: places set apart narrow whom it is about."""
    found = _APART.fullmatch(strip_reach(c.left).strip(" ,;:").lower())
    if found is None or c.previous is None or not c.previous.subject or c.names_behind:
        return None
    place = clean(c.left[: found.end("place") + len(c.left) - len(c.left.lstrip(" ,;:"))])
    place = re.sub(r"^riêng\s+", "", place, flags=re.IGNORECASE)
    if fold(c.previous.subject).split()[0] == found.group("unit"):
        return None  # "90% xã đạt chuẩn, riêng các xã đảo đạt 70%": they are the population themselves
    return Said(c.previous.subject, c.previous.indicator, (*c.previous.scope, place))


def growth_of_it(c: Sides) -> Said | None:
    """``…, tốc độ tăng trưởng bình quân 10%/năm``: growth of what was measured before."""
    if c.near is None or not _GROWTH.fullmatch(clean(c.reached).lower()):
        return None
    return Said(c.near.subject, clean(c.rest), c.near.scope)


def measured_again(c: Sides) -> Said | None:
    """``…, tăng 1,2 lần so với năm 2023``: another figure of the same thing."""
    if c.kind in SHARES or c.kind == "count" or c.reached or c.near is None:
        return None
    return Said(c.near.subject, c.near.indicator, c.near.scope)
