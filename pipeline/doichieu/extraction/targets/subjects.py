"""Whom a measure is about: a table of small rules over the two sides of the target clause, first that answers.

Each rule is one construction of the language and has an example in its docstring; a rule that does not know its
construction returns nothing.  :func:`describe` is the only door.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from doichieu.extraction.targets.apart import MEASURE_ALONE
from doichieu.extraction.targets.breakdowns import (
    REGION_END,
    but_for,
    class_below_label,
    class_of_it,
    part_of_label,
    part_of_whole,
    region_of_it,
    same_again,
)
from doichieu.extraction.targets.continued import (
    as_share,
    brought_to,
    further_deed,
    has_so_many,
    held_elsewhere,
    of_one_sex,
    of_the_herd,
    on_other_area,
    other_place,
    whole_of_time,
)
from doichieu.extraction.targets.counted import MEASURED, PURE_UNITS
from doichieu.extraction.targets.counts import (
    body_does,
    brought_about,
    counted_measure,
    each_has,
    how_often,
    labelled_count,
    money_of,
    of_a_size,
    people_have,
)
from doichieu.extraction.targets.measured import measured, population_measured
from doichieu.extraction.targets.measures import mark_length
from doichieu.extraction.targets.parts import clean, strip_modal, strip_reach, strip_share_word
from doichieu.extraction.targets.phrases import brackets, narrowed_anywhere, narrowings, read_population
from doichieu.extraction.targets.polish import polished
from doichieu.extraction.targets.predicates import PERSON, predicate_start
from doichieu.extraction.targets.rates import for_so_many
from doichieu.extraction.targets.shares import (
    SHARES,
    among,
    chained,
    given_to,
    numbers_of_a_cause,
    set_aside,
    share_before,
    share_of_time,
    share_out_of,
    share_within,
    which_number,
    work_done,
)
from doichieu.extraction.targets.sides import Said, Sides
from doichieu.lexicon.families import COMMUNE, DISTRICT, LEVEL, REGION, SETTLEMENT
from doichieu.text import fold

Rule = Callable[[Sides], Said | None]

_PLACE = re.compile(rf"(?:các )?(?:{LEVEL}|{SETTLEMENT}|{REGION}|thành|bản|vùng|miền|khu|núi|địa bàn|cấp)(?!\w)")
# A wording that only names the part of the population spoken of before: "…; tại khu vực nông thôn đạt 90%".
_PART_OF = re.compile(
    r"(?:riêng\s+)?(?P<head>tại|ở|trong|đối với(?= (?:các |những )?"
    rf"(?:khu vực|vùng|địa bàn|{REGION}|miền))"
    r"|cấp(?= tỉnh| huyện| xã| trung ương| cơ sở| quốc gia| bộ| thôn| tiểu học| học"
    r"| trung học| thcs| thpt| mầm non)|bậc|khu vực(?! kinh tế"
    r"| tư nhân| doanh nghiệp| công| nhà nước| nông| dịch vụ| hợp tác| fdi| có vốn)|vùng|về)\s[^,;%]{2,60}"
)
_OUT_OF = re.compile(
    r"[\s,]*(?:trong (?:số )?đó,?\s+)?(?P<part>(?:từ|qua)\s+[^\d,;%]{4,60}?)(?:\s+(?:đạt|chiếm|là)|\s*:)[^\d,;%]*"
)
_GROWTH = re.compile(
    r"(?:tăng |giảm )?(?:bình quân|trung bình)(?: hằng năm| hàng năm)?|(?:tốc độ"
    r"|mức)(?: tăng(?: trưởng)?)?(?: bình quân)?|tăng trưởng"
)
_RANK_ABOUT = re.compile(r"\svề\s+(?P<about>[^;.]{3,160})")
_RANK_PLACE = re.compile(
    r"\s*(?:dẫn đầu|đứng đầu)?\s*(?!về\s)((?:khu vực |vùng |của |toàn )?[A-ZĐ\w][^,;.]{1,30}?)(?=\s+về|,|;|\.|$)"
)
_REGION = re.compile(
    r"(?<!\w)((?:khu vực |các (?:nước|quốc gia) )?(?:Đông Nam Á|ASEAN|châu Á|Châu Á|thế giới|cả nước|toàn quốc))(?!\w)"
)
_RANK_VERB = re.compile(r"\s*(?:trở thành|là|thuộc|nằm(?: trong)?|đứng|xếp).*$")
_BROUGHT = re.compile(r"^(?:.*[\s,])?đưa\s+(?=[A-ZĐ])|\s+vào\Z")
_KEEP = re.compile(r"^(?:đưa|nâng|duy trì|giữ)\s+", re.IGNORECASE)

_APART = re.compile(
    rf"riêng\s+(?P<place>(?:đối với |với )?(?:(?:các|những|\d+|hai|ba|bốn|năm|sáu) )?"
    rf"(?P<unit>{LEVEL}|{SETTLEMENT}|bản|địa phương|địa bàn)(?!\w)[^;:%]{{0,60}})"
)
_REGION_NAME = re.compile(rf"(?:riêng |ở |tại )?(?:khu vực |vùng )?{REGION}")


# ---------------------------------------------------------------- grades, ranks


def _place_first(text: str) -> tuple[str, str]:
    """``Ở phường, thị trấn và xã đồng bằng, cán bộ …`` as place and people; no place where it opens with none."""
    if not re.match(r"\s*(?:ở|tại|trên)\s", text.lower()):
        return "", text
    for comma in reversed([m.start() for m in re.finditer(", ", text)]):
        people = text[comma + 2 :]
        if people and not _PLACE.match(people.lower()):
            return text[:comma], people
    return "", text


def _places(text: str) -> list[str]:
    bare = re.sub(r"^\s*(?:ở|tại)\s+", "", text, flags=re.IGNORECASE)
    return [clean(text), *(clean(p) for p in re.split(r",| và ", bare) if clean(p) != clean(bare))]


def grade_alone(c: Sides) -> Said | None:
    """``Ở xã đồng bằng, cán bộ có trình độ từ đại học trở lên``: no figure, only a grade."""
    if c.kind != "grade":
        return None
    bare = " ".join(re.sub(r"\([^()]*\)", " ", c.left).split())
    about = re.match(r"\s*(?:đối với|với)\s+", bare.lower())
    bare = bare[about.end() :] if about else strip_modal(bare)
    place, bare = _place_first(bare)
    position = predicate_start(bare.lower(), from_start=True)
    cut = re.search(r"(?:^|\s)(?:có )?trình độ", bare.lower())
    if cut and (position is None or cut.start() < position):
        position = cut.start()
    phrase = bare[:position] if position else ""
    scope = _places(place) if place else []
    if re.match(r"\s*(?:ở|tại|trên)\s", phrase.lower()):
        scope, phrase = [*scope, *_places(phrase)], ""
    subject, narrow = narrowings(phrase)
    return Said(clean(subject), clean(strip_modal(c.text[c.start : c.group.end])), (*scope, *narrow))


def told_of_index(about: str) -> bool:
    """Whether what a rank is about is an index, which is what is ranked where nobody is named.

    >>> told_of_index("chỉ số cải cách hành chính"), told_of_index("chuyển đổi số")
    (True, False)
    """
    return about.lower().startswith(("chỉ số ", "bộ chỉ số ", "xếp hạng ", "mức độ "))


def rank(c: Sides) -> Said | None:
    """``Việt Nam thuộc nhóm 3 nước dẫn đầu Đông Nam Á về chuyển đổi số``."""
    quantity = c.group.figure
    if quantity.kind != "rank":
        return None
    about = _RANK_ABOUT.search(c.text, quantity.end)
    indicator = f"thứ hạng {about.group('about')}" if about else clean(f"thứ hạng {c.right}")
    place = _REGION.search(c.right) or _RANK_PLACE.match(c.right)
    subject = _RANK_VERB.sub("", c.reached)
    comma = subject.rfind(", ")
    told = comma >= 0 and predicate_start(subject[:comma].lower()) is not None
    if told:
        subject = subject[comma + 2 :]  # "… có sự thay đổi đột phá, Việt Nam thuộc nhóm"
    for stop in (r"[.;]\s", r"\.\s"):  # what its clause speaks of, else its sentence
        if not clean(subject):
            opening = re.split(stop, c.text[mark_length(c.text) : c.start])[-1]
            position = predicate_start(opening.lower())
            subject = narrowings(opening[:position])[0] if position and position < 60 else ""
    if not clean(subject) and about is not None and told_of_index(about.group("about")):
        return Said(clean(about.group("about")), clean(indicator), (place.group(1),) if place else ())
    if not clean(subject) and c.near is not None:
        subject = c.near.subject
    subject = _BROUGHT.sub("", clean(subject))
    scope = (place.group(1),) if place else (f"về {clean(about.group('about'))}",) if about else ()
    return Said(clean(_KEEP.sub("", clean(subject))), clean(indicator), scope)


# ---------------------------------------------------------------- what a figure shares with the one before


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


_OF_THOSE = re.compile(r"\s*(?:trong )?(?:tổng )?số (?:đó|này|ấy|trên)\s+(?P<said>\S.*)", re.DOTALL)


def of_those(c: Sides) -> Said | None:
    """``…, phấn đấu 70% trong số đó tiến bộ``: a share of those spoken of before."""
    found = _OF_THOSE.fullmatch(c.right)
    if found is None or c.near is None or not c.near.subject:
        return None
    return Said(c.near.subject, clean(found.group("said")), c.near.scope)


def drawn_from(c: Sides) -> Said | None:
    """``…, trong đó từ công trình cấp nước tập trung đạt 50%``: a source narrows what was said before."""
    source = _OUT_OF.fullmatch(c.left.lower())
    if source is None or c.near is None or not c.near.subject:
        return None
    return Said(c.near.subject, c.near.indicator, (*c.near.scope, clean(source.group("part"))))


def part_of_it(c: Sides) -> Said | None:
    """``…; tại khu vực nông thôn đạt trên 90%``: a place divides what was said before."""
    reached = clean(c.reached) or (c.place if not clean(strip_reach(c.rest)) and not c.names_behind else "")
    if c.names_behind and c.left.rstrip().endswith(":"):
        return None  # "; ở thôn: 60% cán bộ được tập huấn" names its own population
    part = _PART_OF.fullmatch(reached.lower())
    if part is None or c.near is None or not c.near.subject or predicate_start(reached.lower()) is not None:
        return None
    if fold(c.near.subject).split()[0] == part.group("head"):
        return None  # "vùng chè 3.500 ha, vùng dược liệu 800 ha": each by itself
    same = re.compile(rf"\s{part.group('head')}\s.*\Z", re.IGNORECASE)
    scope = tuple(s for s in c.near.scope if not s.lower().startswith(part.group("head")))
    if _REGION_NAME.search(reached.lower()):
        scope = tuple(s for s in scope if not _REGION_NAME.search(s.lower()))
    other = REGION_END.sub("", c.near.subject) if REGION_END.search(reached.lower()) else c.near.subject
    where = re.sub(r"^đối với\s+(?:các |những )?", "", reached, flags=re.IGNORECASE)
    return Said(same.sub("", other), same.sub("", c.near.indicator), (*scope, where))


def bare_region(c: Sides) -> Said | None:
    """``Tỷ lệ thu gom rác ở đô thị đạt 97%, nông thôn đạt 80%``: the region alone divides what was said before."""
    part = clean(c.rest) if _REGION_NAME.fullmatch(clean(c.rest).lower()) else clean(c.reached)
    if c.kind not in SHARES or c.near is None or not c.near.subject or not _REGION_NAME.fullmatch(part.lower()):
        return None
    if c.names_behind:
        return None
    scope = tuple(s for s in c.near.scope if not _REGION_NAME.search(s.lower()))
    indicator = REGION_END.sub("", c.near.indicator)
    return Said(REGION_END.sub("", c.near.subject), indicator, (*scope, part))


_DOER_DOES = re.compile(
    r"(?P<doer>.+?\S)\s+(?P<deed>kiểm tra|giám sát|thanh tra|rà soát|thẩm định|quản lý)", re.IGNORECASE
)


def done_again(c: Sides) -> Said | None:
    """``Hội cấp huyện kiểm tra 40% chi hội; hội cấp xã kiểm tra 100%``: the same is done to the same by another."""
    found = _DOER_DOES.fullmatch(clean(c.rest)) if c.kind in SHARES and not clean(c.right) else None
    if found is None or c.near is None or not c.near.subject:
        return None
    if predicate_start(found.group("doer").lower()) is not None or found.group("deed") not in c.near.indicator:
        return None
    return Said(c.near.subject, clean(c.rest), c.near.scope)


def same_done(c: Sides) -> Said | None:
    """``Tỷ lệ đường trục xã được cứng hóa đạt 100%, đường trục thôn đạt 90%``: the same is done to both."""
    if c.near is None or not c.reaches:
        return None
    noun, done = clean(c.reached), strip_share_word(c.near.indicator)
    alike = noun.lower().split()[:1] == c.near.subject.lower().split()[:1]
    if not alike or noun == c.near.subject or noun != clean(c.rest[: len(noun)]) or not 1 < len(noun.split()) < 7:
        return None
    if predicate_start(noun.lower()) is not None or not fold(done).startswith(fold(c.near.subject)):
        return None
    predicate = clean(done[len(c.near.subject) :])
    if not predicate or predicate_start(predicate.lower(), from_start=True) != 0:
        return None
    return Said(noun, f"{noun} {predicate}")


_AGE_ALONE = re.compile(
    r"(?:(?:nhóm|ở|trẻ em|trẻ|độ tuổi)\s+)*(?:từ |dưới |trên |đủ )*\d+(?:(?: - | đến )(?:dưới )?\d+)? tuổi"
    r"(?: trở lên)?",
    re.IGNORECASE,
)
_AGE = re.compile(r"(?:từ |dưới |trên |đủ )*\d+(?:(?: - | đến )(?:dưới )?\d+)? tuổi(?: trở lên)?", re.IGNORECASE)


def other_age(c: Sides) -> Said | None:
    """``Tỷ suất chết trẻ em dưới 1 tuổi còn 10‰; dưới 5 tuổi còn 15‰``: another age of the same people."""
    near = c.near
    if c.kind not in (*SHARES, "rate", "index") or near is None or not near.subject or c.names_behind:
        return None
    if _AGE_ALONE.fullmatch(clean(c.reached)) is None or not any(_AGE.fullmatch(s) for s in near.scope):
        return None
    age = _AGE.search(c.left)
    kept = tuple(s for s in near.scope if not _AGE.fullmatch(s))
    said = near.indicator if age is None else _AGE.sub(age.group(), near.indicator)
    return Said(near.subject, said, (*kept, *([age.group()] if age is not None else [])))


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


_OVER_WHAT = re.compile(r"[/,;.()]|\s(?:trên|trong|cho|và|trở)\s", re.IGNORECASE)
_UP_END = re.compile(r"\s+(?:trở lên|trở xuống)\Z")


def named_by_its_unit(c: Sides) -> Said | None:
    """``Đạt 12 bác sĩ/vạn dân``: the rate names itself."""
    quantity = c.group.figure
    if quantity.kind == "rate" and for_so_many(c.rest):
        whole = read_population(clean(c.text[quantity.figure_end : c.group.end]))
        return Said(whole.subject, clean(f"{clean(c.rest)} {whole.predicate}"), whole.scope)  # "cứ 10 hộ có 1 camera"
    if quantity.kind != "rate" or c.reached or quantity.unit.startswith("/"):
        return None
    if c.label and quantity.unit.startswith(("người/", "lượt/")):
        return Said("", quantity.unit.replace("/", " trên "))  # "Bác sĩ: 10 người/10.000 dân"
    behind = _OVER_WHAT.split(c.text[quantity.figure_end : c.group.end], maxsplit=1)[0]
    thing = clean(behind) if fold(behind).startswith(fold(quantity.unit.split("/")[0])) else quantity.unit.split("/")[0]
    return Said(_UP_END.sub("", thing), quantity.unit.replace("/", " trên "))


RULES: tuple[Rule, ...] = (
    grade_alone,
    rank,
    counted_of_each,
    counted_together,
    of_those,
    drawn_from,
    same_again,
    held_elsewhere,
    has_so_many,
    on_other_area,
    of_one_sex,
    brought_to,
    as_share,
    of_the_herd,
    but_for,
    part_of_whole,
    other_place,
    further_deed,
    part_of_it,
    class_below_label,
    part_of_label,
    region_of_it,
    class_of_it,
    bare_region,
    done_again,
    same_done,
    other_age,
    apart_place,
    how_often,
    labelled_count,
    each_has,
    of_a_size,
    body_does,
    people_have,
    money_of,
    counted_measure,
    brought_about,
    named_by_its_unit,
    measured_again,
    among,
    work_done,
    share_within,
    set_aside,
    given_to,
    numbers_of_a_cause,
    which_number,
    share_out_of,
    chained,
    share_of_time,
    share_before,
    growth_of_it,
    measured,
)


_WHOLE_PLACE = re.compile(
    rf"\W*(?:phấn đấu\s+)?((?:toàn (?:{LEVEL}|ngành|vùng|miền|quốc)|cả (?:nước|{LEVEL}|vùng)))\s", re.IGNORECASE
)


#: Where the share holds, at the end of what is said: "… được tiếp cận 5G tại các phường".
_REGION_TAIL = re.compile(
    rf"\s(?P<where>(?:(?:ở|tại|trên)\s+(?:các |những )?(?:khu vực|vùng|địa bàn(?= các| khu| vùng)"
    rf"|{REGION}|{COMMUNE}|{DISTRICT}|thôn|bản)|vùng (?:cao|sâu|đồng bào"
    r"|khó khăn))(?!\w)"
    r"[^,;.()%]{0,60})\Z",
    re.IGNORECASE,
)


#: No population begins so: an opening, a purpose, a verb of striving.
_NO_SUBJECT = re.compile(
    r"(?:tiếp tục|từng bước|với|là|để|nhằm|theo|trong đó|qua|bằng|vì|yêu cầu|lên|đến|của|mà|khi|nếu|được|bị|này|đó"
    r"|góp phần|phấn đấu|(?:mỗi|từng) (?:đợt|lần|vụ|năm|quý|tháng|kỳ))(?!\w)",
    re.IGNORECASE,
)


_LETTER = re.compile(r"[^\W\d_]")
_AVERAGES = frozenset({"bình quân", "trung bình", "bình quân hằng năm", "bình quân hàng năm", "bình quân mỗi năm"})
_AMOUNTS = frozenset({"lượng", "số lượng", "tổng số", "khối lượng", "số", "tổng", "tỷ lệ", "tỉ lệ", "mức"})


def _renamed(c: Sides, said: Said, unit: str) -> Said:
    """A population that is a unit or the opening of the clause, named anew from what stands next to the figure."""
    if said.subject.lower() in _AVERAGES:
        return said._replace(subject="")
    if c.kind not in SHARES and said.subject.lower() in _AMOUNTS:
        return said._replace(subject="")  # "Số lượng: 5.000 cuốn": of what, stands above
    if fold(said.subject).startswith(unit + "/") and fold(c.right).startswith(unit + "/"):
        return said._replace(subject=clean(said.subject.partition("/")[2]))  # "02 GB/tài khoản thư điện tử"
    bare = fold(said.subject)
    spread = "/" in bare and unit == f"{bare}/năm"  # "con/phụ nữ" of "con/phụ nữ/năm"
    if spread or (bare == unit and ("/" in unit or unit in PURE_UNITS or unit in MEASURED)):
        return measured(c) or said
    if _NO_SUBJECT.match(said.subject) is not None:
        near = re.split(r"(?:^|[\s(])(?:phấn đấu|là)\s+", strip_reach(c.left).strip(" ,:("), flags=re.IGNORECASE)[-1]
        subject, scope = population_measured(clean(near), unit) if clean(near) else ("", ())
        bad = not subject or _NO_SUBJECT.match(subject) is not None
        return said._replace(subject="" if bad else subject, scope=said.scope if bad else (*scope,))
    return said


_AT_PLACE = re.compile(r"(?:tại|ở|trên địa bàn)\s", re.IGNORECASE)
#: "thời gian giải quyết thủ tục hành chính": the time is measured, the thing is what it is about.
_TIME_OF = re.compile(
    r"(?:thời gian|thời hạn)\s+(?:giải quyết|thực hiện|xử lý|cấp|tiếp nhận|thẩm định|công bố|trả lời|phản hồi"
    r"|trả)\s+(?P<thing>(?!của)\w.{3,})",
    re.IGNORECASE,
)


def _corrected(c: Sides, said: Said) -> Said:
    """What no rule may say: a unit as the population; the other sex's figure; a population that an opening names."""
    unit = fold(c.group.figure.unit)
    said = _renamed(c, said, unit)
    if (time := _TIME_OF.fullmatch(said.subject)) is not None:
        told = said.indicator if said.subject in said.indicator else clean(f"{said.indicator} {said.subject}")
        said = said._replace(subject=clean(time.group("thing")), indicator=told)
    said = said._replace(subject=whole_of_time(said.subject, said.indicator))
    if _AT_PLACE.match(said.subject) and c.near is not None and c.near.subject:
        said = said._replace(subject=c.near.subject, scope=(*said.scope, said.subject))
    if c.trailing and any(s.lower().startswith("đối với") for s in said.scope) and c.trailing not in said.scope:
        kept = tuple(s for s in said.scope if not s.lower().startswith("đối với"))
        said = said._replace(scope=(*kept, c.trailing))
    tail = _REGION_TAIL.search(said.indicator) if c.kind in SHARES else None
    if tail is not None and not any(fold(tail.group("where")) in fold(s) for s in (*said.scope, said.subject)):
        said = said._replace(scope=(*said.scope, clean(tail.group("where"))))
    if (whole := _WHOLE_PLACE.match(c.left)) and fold(whole.group(1)) not in fold(said.subject):
        said = said._replace(scope=(*said.scope, whole.group(1)))
    if c.about:
        bare = re.sub(r"^đối với .+?,\s+", "", said.subject, flags=re.IGNORECASE)
        alone = not bare or MEASURE_ALONE.fullmatch(bare.lower()) is not None
        subject, narrow = narrowings(c.about) if alone else (bare, [c.about])
        said = said._replace(subject=subject, scope=(*said.scope, *narrow))
    return polished(c, said)


#: What an emphasis puts in brackets narrows nothing: "…, nhất là dự án 3 (nhà ga)".
_EMPHASIS = re.compile(r"(?<!\w)(?:nhất là|đặc biệt là|trước hết là)(?!\w)", re.IGNORECASE)


def _age_of_others(piece: str, said: Said) -> bool:
    """Whether an age belongs to people in the predicate: ``100% xã đạt chuẩn phổ cập cho trẻ em 5 tuổi``."""
    if not piece.endswith("tuổi") or not said.subject or PERSON.match(said.subject.lower()) is not None:
        return False
    whose = re.search(rf"(?<!\w)(?:cho|đối với|với)\s[^,;]*{re.escape(piece)}", said.indicator)
    return whose is not None and piece not in said.subject


def describe(sides: Sides) -> Said:
    """Population, indicator and narrowing of a measure from its own wording: the first rule that knows it."""
    said = _corrected(sides, next((found for rule in RULES if (found := rule(sides)) is not None), Said()))
    wording = sides.text[sides.start : sides.group.end]
    quantity = sides.group.figure
    if quantity.unit == "tuổi":  # the figure itself narrows nothing
        wording = f"{sides.text[sides.start : quantity.start]} {sides.text[quantity.end : sides.group.end]}"
    plain = _EMPHASIS.split(wording, maxsplit=1)[0]
    scope = [*said.scope, *([sides.place] if sides.place else []), *brackets(plain)]
    scope += [piece for piece in narrowed_anywhere(wording) if not _age_of_others(piece, said)]
    return said._replace(scope=tuple(dict.fromkeys(clean(s) for s in scope if clean(s))))
