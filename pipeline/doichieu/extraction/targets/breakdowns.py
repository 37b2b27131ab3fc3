"""A figure that divides what was measured before it: a part of the whole, the same measure of others.

``Có 12 trường đạt chuẩn, trong đó: tiểu học 5 trường``, ``95% hộ có cáp quang; khu vực đô thị: 99%``, ``Tỷ lệ giáo viên
đạt chuẩn: mầm non 95%``, ``đối với trạm mới, tỷ lệ này là 60%``: the part narrows the whole, or is a population of its
own that shares what is said of it.
"""

from __future__ import annotations

import re

from doichieu.extraction.targets.classes import CLASS_PATTERNS, FIELD_NAMED, REGION_NAMED
from doichieu.extraction.targets.counted import PURE_UNITS
from doichieu.extraction.targets.figures import Quantity
from doichieu.extraction.targets.kinds import going_on, of_kinds
from doichieu.extraction.targets.measured import population_measured
from doichieu.extraction.targets.measures import mark_length
from doichieu.extraction.targets.parts import clean, strip_modal, strip_reach, strip_verbs
from doichieu.extraction.targets.phrases import narrowings, read_population
from doichieu.extraction.targets.places import PLACE_NAME
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.relative_clauses import PERSON
from doichieu.extraction.targets.sides import Before, Said, Sides
from doichieu.lexicon.families import COMMUNE, DISTRICT, EVERY, REGION
from doichieu.lexicon.named_words import words_of
from doichieu.model import Target
from doichieu.text import fold

_SHARES = ("percent", "majority")
#: Between a whole and its parts: "…, trong đó: A 5, B 7", "… gồm: A 5", "(A 5; B 7)".
_OPENS = re.compile(rf"(?<!\w)(?:{words_of('opens_parts')})(?!\w)")
_LEADING = re.compile(
    rf"^[\s,;:(]*(?:(?:{words_of('opens_parts')}|riêng|còn|và|với|đối với|là|có(?=\s*$))[\s,;:(]*)+",
    re.IGNORECASE,
)
_MEASURE_WORD = re.compile(
    r"(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tỷ suất|số|tổng|diện tích|sản lượng|năng suất|giá trị|mức|tốc độ|chỉ số"
    r"|quy mô|kim"
    rf" ngạch|doanh thu|thu nhập|công suất|thời gian|độ|bình quân|{EVERY}|năm|đến|giai đoạn|trong năm|tăng"
    r"|giảm|từ|qua"
    r"|phấn đấu|đạt)(?!\w)"
)
_AGAIN = re.compile(
    r"(?:tỷ lệ|tỉ lệ|con số|chỉ tiêu|mức|số|chỉ số)(?: tương ứng)? (?:này|đó|trên)(?: tương ứng)?\W*\Z",
    re.IGNORECASE,
)
_BUT_FOR = re.compile(
    r"[\s,;:]*(?P<how>trừ|ngoại trừ|riêng(?: đối với| với)?|(?:đối )?với)\s+(?P<who>[^,;:%\d]{3,90}?"
    rf"(?:, {PLACE_NAME})*)"
    r"(?:[\s,]+(?:(?:phấn đấu|tối thiểu|phải)\s+)?(?:đạt|là|còn|chiếm|tăng|giảm)(?!\w)[^,;:]*|\s*)\Z",
    re.IGNORECASE,
)
PLACE_SCOPE = re.compile(
    rf"(?:ở|tại|trên địa bàn|khu vực|vùng|các (?:thành phố|{DISTRICT}|{COMMUNE}))(?!\w)", re.IGNORECASE
)
_AGE = re.compile(r"\s+(?:từ |dưới |trên )*\d+(?: - \d+| đến \d+)? tuổi(?: trở lên)?")
_OWNER = re.compile(rf"(?:các )?(?:{words_of('owners')})(?!\w)")
#: A deed divides an amount, as a place does: "sản lượng thủy sản …, trong đó nuôi trồng 80.000 tấn".
_DEED_ALONE = re.compile(
    rf"(?:{words_of('deed_that_divides')})(?: (?:mới|lại))?",
    re.IGNORECASE,
)
#: "thủy sản 6.850 tấn (nuôi trồng 4.150 tấn, khai thác 2.700 tấn)".
_DEED_IN_BRACKETS = re.compile(rf"\s*\(\s*{_DEED_ALONE.pattern}(?:\s+(?:đạt|là|trên|khoảng))*\s*", re.IGNORECASE)
_WHEN = re.compile(r"(?<!\w)khi\s.+\Z", re.IGNORECASE)
_MANY = ("các ", "những ")
_WHICH_ONES = re.compile(r"^(?:(?:riêng|đối với|các|những|số|tại|ở)\s+)+")
REGION_END = re.compile(rf"\s(?:ở )?(?:khu vực )?{REGION}\Z", re.IGNORECASE)
_GROWTH = re.compile(r"(?:tốc độ )?(?:tăng|tăng trưởng)(?!\w)", re.IGNORECASE)
#: Parts that are classes of the whole, not populations.
_LONGEST_NAME = 12


def opens_parts(between: str) -> bool:
    """Whether what stands between two figures makes the first the whole of the second.

    >>> [opens_parts(text) for text in ("trường đạt chuẩn, trong đó: tiểu học", " hộ nghèo; ", " (nuôi trồng đạt ")]
    [True, False, True]
    """
    return _OPENS.search(between) is not None or _DEED_IN_BRACKETS.fullmatch(between) is not None


def _name(text: str) -> str:
    """What a part is called: a wording without what leads to it and the verb of reaching behind it."""
    bare = _LEADING.sub("", text)
    reached = strip_reach(" " + bare)
    return clean(_LEADING.sub("", strip_modal(reached.strip())))


#: "các cơ quan | thuộc huyện": whose they are.
_BELONGING = re.compile(r"(?<=\w)\s(?:trực )?thuộc\s[^,;:%\d]{2,50}\Z")


#: "rừng sản xuất | là rừng trồng": of what kind they are, told by their own head noun.
_WHAT_THEY_ARE = re.compile(
    r"(?<=\w)\slà (?=(?P<head>rừng|đất|nhà|hộ|xã|trường|người|công trình|cơ sở)\s)(?=[^,;]*\Z)[^,;]*\Z"
)


def _is_name(name: str) -> bool:
    """Whether a wording only names something: no measure, no deed, no figure."""
    lowered = _BELONGING.sub("", name.lower())
    if not name or len(name.split()) > _LONGEST_NAME or re.search(r"[\d%:;]", _numbered(lowered)):
        return False
    if _MEASURE_WORD.match(lowered) or strip_verbs(name, leading=True) != name:
        return False
    if lowered.startswith("trình độ "):
        return True
    return predicate_start(_WHAT_THEY_ARE.sub("", lowered), from_start=True) is None


_AGES_AND_NAMES = re.compile(
    r"(?:trong (?:vòng )?)\d+ (?:phút|giờ|ngày)(?!\w)|\d+(?:(?: - | đến )(?:dưới )?\d+)? (?:tuổi|tháng|năm)"
    r"|(?:phường|quận|hạng|loại|cấp|nhóm|mức|bậc|5|4|3)\s?[gk\d]+"
)
_DIGIT = re.compile(r"\d")


def _numbered(lowered: str) -> str:
    """A wording without the figures of ages and names, which measure nothing."""
    return _AGES_AND_NAMES.sub("", lowered)


def _same_measure(c: Sides, whole: Target) -> bool:
    quantity = c.group.figure
    money = quantity.kind == "money" and quantity.unit.split()[-1:] == whole.unit.split()[-1:]
    if money or quantity.unit == whole.unit or (whole.unit.startswith("%") and quantity.kind in _SHARES):
        return True
    unit, whole_unit = fold(quantity.unit), fold(whole.unit)
    return quantity.kind == "count" and (unit in whole_unit or fold(whole.subject).startswith(unit))


def _without_places(scope: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The narrowing of a whole without the places that a part's own place stands against."""
    return tuple(s for s in scope if not PLACE_SCOPE.match(s)) if REGION_NAMED.match(name.lower()) else scope


def part_of(whole: Target, name: str, *, counted: bool) -> Said:
    """A part of a whole: what narrows it, or where its name is a population of its own, that population.

    A count keeps the counted thing (``tiểu học 5 trường``); of a share or an amount a name with a head noun of persons
    or with the head of the whole is the population.
    """
    head = fold(whole.subject).split()[:1]
    own = fold(name).split()[:1] == head or (not counted and PERSON.match(name.lower()) is not None)
    if own:
        subject, scope = narrowings(name)
        return Said(clean(subject), whole.indicator, tuple(scope))
    return Said(whole.subject, whole.indicator, (*_without_places(whole.scope, name), name))


def _part_has(c: Sides, whole: Target, quantity: Quantity) -> Said | None:
    """``100% xã có cán bộ khuyến nông, trong đó xã vùng cao có từ 02 cán bộ``: a part of them with its own count."""
    name = _name(re.sub(r"\s+có\W*\Z", "", c.rest)) if c.has and quantity.kind == "count" else ""
    if fold(name).split()[:1] != fold(whole.subject).split()[:1]:
        return None
    if fold(c.right).startswith(fold(name)):
        return None
    subject, scope = narrowings(name)
    return Said(clean(subject), clean(f"có {c.right}"), tuple(scope))


def _part_made(c: Sides, whole: Target, quantity: Quantity) -> Said | None:
    """``Trồng 500 ha rừng, trong đó trồng mới 300 ha``: a deed divides an amount."""
    deed = _name(c.own_left)
    if _discrete(quantity) or quantity.kind != "count" or not deed:
        return None
    if strip_verbs(deed, leading=True) == deed:
        return None
    if fold(whole.indicator).startswith(fold(deed)):  # "Trồng 12.000 ha, trong đó đến năm 2027 trồng 5.000 ha"
        return Said(whole.subject, whole.indicator, whole.scope)
    return Said(whole.subject, whole.indicator, (*whole.scope, deed))


_ONLY_REACHES = re.compile(r"(?:\s*(?:là|đạt|có|còn|hoàn thành))*\s*")


def _part_by(c: Sides, whole: Target, quantity: Quantity) -> Said | None:
    """``Cứng hóa 520 km đường, trong đó Nhân dân hiến đất thực hiện trên 150 km``: who does a part of an amount."""
    name = _name(c.own_left)
    if _discrete(quantity) or quantity.kind != "count" or _OWNER.match(name.lower()) is None:
        return None
    deed = predicate_start(name.lower()) is not None and PERSON.match(whole.subject.lower()) is None
    return Said(whole.subject, whole.indicator, (*whole.scope, name)) if deed and ":" not in name else None


def _part_then(c: Sides, whole: Target, quantity: Quantity) -> Said | None:
    """``Đo đạc 100 km đường mòn, phân kỳ: năm 2027 là 40 km``: so much of it by then, nothing narrower."""
    alone = quantity.kind == "count" and fold(clean(c.right)) == fold(quantity.unit)
    told = c.left.lower() if alone and c.own_left != c.left else "x"
    return Said(whole.subject, whole.indicator, whole.scope) if _ONLY_REACHES.fullmatch(told) else None


def _part_done(c: Sides, whole: Target, quantity: Quantity) -> Said | None:
    """``Xây 3.500 căn nhà, trong đó năm 2026 hoàn thành 800 căn``: so many of them done by then, nothing narrower."""
    deed = _name(c.own_left)
    if not _discrete(quantity) or not deed or strip_verbs(deed):
        return None
    return Said(whole.subject, deed, whole.scope)


_FOR_WHOM = re.compile(
    r"\s*(?P<whom>(?:dành )?cho|tại|ở|trong|trên địa bàn|thuộc|đối với)\s[^,;.()%\d]{3,90}", re.IGNORECASE
)


def _unit_then(c: Sides, whole: Target, quantity: Quantity) -> str | None:
    """Whom or where so many are for: ``1.800 căn nhà ở xã hội, trong đó 600 căn | cho công nhân``."""
    unit, right = fold(quantity.unit), clean(c.right)
    if not fold(right).startswith(f"{unit} ") or _name(c.rest) or not fold(whole.unit).startswith(unit):
        return None
    found = _FOR_WHOM.fullmatch(right[len(unit) :])
    return None if found is None else clean(found.group())


def _part_behind(c: Sides, whole: Target, quantity: Quantity) -> Said | None:
    """``trong đó có 02 trạm tại các huyện``: the noun of the whole said shorter, behind the figure."""
    behind = clean(c.right)
    if (whom := _unit_then(c, whole, quantity)) is not None:
        return Said(whole.subject, whole.indicator, (*whole.scope, whom))
    if not _more_behind(c, quantity) or fold(behind).split()[:1] != fold(whole.subject).split()[:1]:
        return None
    subject, scope = narrowings(behind)
    if _name(c.rest) or not scope or not fold(whole.subject).startswith(fold(subject)):
        return None
    return Said(whole.subject, whole.indicator, (*whole.scope, *scope))


#: A level of schooling divides those who are taught: "… người học, gồm: trình độ cao đẳng 9.500 lượt, sơ cấp 4.000".
_LEVEL_FIRST = re.compile(rf"(?:{words_of('levels_of_schooling')}|đào tạo dưới)(?!\w)", re.IGNORECASE)


def _part_amount(c: Sides, whole: Target, quantity: Quantity) -> Said | None:
    """``kim ngạch …, trong đó nhóm cà phê đạt 1.750 triệu USD``: of an amount the part is a population of its own."""
    name = _name(c.rest)
    if _discrete(quantity) or quantity.kind in _SHARES or not _is_name(name) or REGION_NAMED.fullmatch(name.lower()):
        return None
    if _DEED_ALONE.fullmatch(name) or _LEVEL_FIRST.match(name):
        return Said(whole.subject, whole.indicator, (*whole.scope, name))
    if _OWNER.match(name.lower()) and PERSON.match(whole.subject.lower()) is None:
        return Said(
            whole.subject, whole.indicator, (*whole.scope, name)
        )  # "rừng trồng 12.000 ha, … doanh nghiệp 7.000 ha"
    subject, scope = narrowings(name)
    return Said(clean(subject), whole.indicator, tuple(scope))


def _part_which(c: Sides, whole: Target, quantity: Quantity) -> Said | None:
    """``lao động qua đào tạo đạt 75%, trong đó có bằng cấp, chứng chỉ đạt 35%``: a property divides them."""
    has = re.fullmatch(
        r"[\s,;:]*(?:trong (?:số )?đó,?\s+)?(có\s.+)", strip_reach(c.own_left.rstrip(" ,:")), re.IGNORECASE
    )
    if quantity.kind not in _SHARES or has is None or c.names_behind:
        return None
    return Said(whole.subject, whole.indicator, (*whole.scope, clean(has.group(1))))


def _part_named(c: Sides, whole: Target, quantity: Quantity) -> Said | None:
    """``Có 12 trường, trong đó: tiểu học 5 trường``; ``GRDP tăng 10%, trong đó: dịch vụ tăng 10,8%``."""
    name = _name(c.rest)
    if not _is_name(name) or (quantity.kind in _SHARES and c.names_behind):
        return None
    if quantity.direction and _GROWTH.match(whole.indicator):
        return Said(name, whole.indicator)
    return part_of(whole, name, counted=_discrete(quantity))


def _discrete(quantity: Quantity) -> bool:
    """Whether a figure counts things, not an amount of something."""
    return quantity.kind == "count" and fold(quantity.unit) not in PURE_UNITS


def _more_behind(c: Sides, quantity: Quantity) -> bool:
    """Whether behind a count stands more than its unit."""
    return _discrete(quantity) and fold(clean(c.right)) != fold(quantity.unit)


def part_of_whole(c: Sides) -> Said | None:
    """``Có 12 trường đạt chuẩn, trong đó: tiểu học 5 trường, trung học 7 trường``."""
    whole, quantity = c.whole, c.group.figure
    if whole is None or not whole.subject:
        return None
    said = _part_has(c, whole, quantity)
    if said is not None or not _same_measure(c, whole):
        return said
    rules = (
        (_part_behind,)
        if _more_behind(c, quantity)
        else (_part_then, _part_made, _part_by, _part_done, _part_amount, _part_which, _part_named)
    )
    return next((found for rule in rules if (found := rule(c, whole, quantity)) is not None), None)


@of_kinds(*_SHARES)
@going_on
def region_of_it(c: Sides, before: Before) -> Said | None:
    """``95% hộ gia đình có kết nối cáp quang; khu vực đô thị: 99%; khu vực nông thôn, hải đảo: 92%``."""
    if c.names_behind:
        return None
    near = before.target
    name = c.inner or clean(strip_reach(" " + clean(c.rest)))
    called = REGION_NAMED.fullmatch(name.lower()) or FIELD_NAMED.fullmatch(name.lower())
    if called is None or predicate_start(name.lower()) is not None:
        return None
    if _WHICH_ONES.sub("", fold(name)).split()[:1] == fold(near.subject).split()[:1]:
        return None  # "80% xã có chợ; riêng các xã đảo đạt 50%": they are the population themselves
    if clean(strip_reach(c.rest).strip(" ,:")) != name and c.inner != name:
        return None
    subject, indicator = REGION_END.sub("", near.subject), REGION_END.sub("", near.indicator)
    return Said(subject, indicator, (*_without_places(near.scope, name), name))


def _instead(text: str, pattern: re.Pattern[str], name: str) -> str:
    """``text`` with the last member of a class of names replaced by another; the text itself where it has none."""
    found = list(pattern.finditer(text))
    return text[: found[-1].start()] + name + text[found[-1].end() :] if found else text


@of_kinds(*_SHARES)
@going_on
def class_of_it(c: Sides, before: Before) -> Said | None:
    """``Tỷ lệ phòng học kiên cố ở bậc mầm non đạt 90%, tiểu học đạt 95%``: the next of a class takes its place."""
    if c.names_behind:
        return None
    near = before.target
    name = clean(_LEADING.sub("", strip_reach(c.rest.strip(" ,:")).strip(" ,:")))
    pattern = next((p for p in CLASS_PATTERNS if p.fullmatch(name)), None)
    if pattern is None:
        return None
    subject, scope = _instead(near.subject, pattern, name), tuple(_instead(s, pattern, name) for s in near.scope)
    indicator = _instead(near.indicator, pattern, name)
    if (subject, scope, indicator) == (near.subject, near.scope, near.indicator):
        return None
    told = subject != near.subject or scope != near.scope
    return Said(subject, indicator, scope if told else (*scope, name))


def _kind_of(name: str, whole: Target) -> bool:
    """Whether a name is one of a kind that was spoken of: ``án đặc biệt nghiêm trọng`` among ``vụ án``."""
    words = fold(name).split()
    return bool(words) and words[0] in fold(whole.subject).split()


@going_on
def but_for(c: Sides, before: Before) -> Said | None:
    """``45% học sinh vào học nghề, trừ địa bàn khó khăn phấn đấu đạt 30%``; ``riêng lao động nữ đạt 40%``."""
    near, found = before.target, _BUT_FOR.match(c.own_left)
    timed = c.kind == "index" and bool(near.unit) and near.unit == c.group.figure.unit
    if not (c.kind in _SHARES or timed) or found is None or c.names_behind:
        return None
    name = clean(found.group("who"))
    if c.label and not found.group("how").lower().startswith(("trừ", "ngoại")):
        below = part_of_label(c)  # "Tỷ lệ tin được xử lý trong 02 giờ: đối với phường đạt 100%; đối với xã đạt 80%"
        if below is not None and fold(name).split()[:1] != fold(below.subject).split()[:1]:
            return below
    if _WHICH_ONES.sub("", fold(name)).split()[:1] == fold(near.subject).split()[:1] and name.lower().startswith(_MANY):
        return None
    if c.group.figure.direction and _GROWTH.match(near.indicator) and found.group("how").lower().startswith("riêng"):
        return Said(name, near.indicator)  # "công nghiệp - xây dựng tăng 9% (riêng công nghiệp tăng 11%)"
    if found.group("how").lower().startswith(("riêng", "với", "đối")) and not REGION_NAMED.fullmatch(name.lower()):
        if PERSON.match(name.lower()) is None and (FIELD_NAMED.fullmatch(name.lower()) or not _kind_of(name, near)):
            return None
        whom = read_population(name)
        scope = (*whom.scope, *([whom.predicate] if whom.predicate else []))
        return Said(clean(whom.subject), near.indicator, scope)
    return Said(near.subject, near.indicator, (*_without_places(near.scope, name), name))


def same_again(c: Sides) -> Said | None:
    """``đối với trạm xây dựng mới, tỷ lệ này là 60%``: the measure before, of others."""
    before = c.near or c.previous
    if before is None or not before.subject:
        return None
    left = strip_reach(c.left).strip(" ,:")
    found = _AGAIN.search(left)
    if found is None:
        return None
    name = _name(left[: found.start()].rstrip(" ,:\n\t")) or c.inner
    scope = _without_places(before.scope, name) if name else before.scope
    return Said(before.subject, before.indicator, (*scope, *([name] if name else [])))


_TIME_IN_LABEL = re.compile(
    r"\s*(?:(?:đến|vào|trong|hết|của|cả|riêng|giai đoạn"
    r"|cuối) )*(?:năm )?20\d\d(?: ?- ?20\d\d)?",
    re.I,
)
_TIME_LABEL = re.compile(
    rf"(?:riêng |trong |cả )*(?:năm|giai đoạn|nhiệm kỳ|đến năm|{EVERY} (?:năm|quý"
    rf"|tháng))(?: |\Z)[^%]*",
    re.I,
)
_AMOUNT_LABEL = re.compile(
    rf"(?:tổng )?(?:{words_of('amounts_in_label')})",
    re.I,
)


#: "Về số hóa kết quả giải quyết thủ tục: cấp xã 60%": the deed is done to what is named behind it.
_ABOUT_WHAT = re.compile(r"về\s+(?!việc)", re.IGNORECASE)


def _label_of(c: Sides) -> str:
    """The label of the line without the times it names."""
    label = c.label[mark_length(c.label) :]
    label = clean(_TIME_IN_LABEL.sub("", label) if "20" in label else label).strip(" :")
    about = _ABOUT_WHAT.match(label)
    return label if about is None else strip_verbs(label[about.end() :], leading=True)


@of_kinds(*_SHARES)
def class_below_label(c: Sides) -> Said | None:
    """``Học sinh đi học đúng độ tuổi: tiểu học 99%, trung học 97%``: a class of whom the label speaks of."""
    label = _label_of(c)
    position = predicate_start(label.lower()) if not _MEASURE_WORD.match(label.lower()) else None
    if position is None or c.names_behind:
        return None
    name = _name(c.own_left)
    known = REGION_NAMED.fullmatch(name.lower()) or any(p.fullmatch(name) for p in CLASS_PATTERNS)
    if not name or not known or predicate_start(name.lower()) is not None:
        return None
    subject, scope = narrowings(label[:position])
    told = clean(label[position:])
    deed = not clean(c.label[mark_length(c.label) :]).startswith(label.split()[0])
    return Said(clean(subject), told, (*scope, told, name) if deed else (*scope, name))


def part_of_label(c: Sides) -> Said | None:
    """``Tỷ lệ hộ dùng nước sạch: thành thị 98%, nông thôn 85%``: a part of whom the label of measure is about."""
    label = _label_of(c)
    quantity = c.group.figure
    if not _MEASURE_WORD.match(label.lower()) or _TIME_LABEL.fullmatch(label):
        return None
    if _DIGIT.search(_numbered(label.lower())) or (c.names_behind is True and c.kind in _SHARES):
        return None
    if quantity.kind == "count" and clean(c.right) and fold(c.right) != fold(quantity.unit):
        return None
    name = _name(c.own_left)
    if not _is_name(name):
        return None
    if quantity.kind in _SHARES and _GROWTH.match(label):
        return Said(name, label)
    if _AMOUNT_LABEL.fullmatch(label):
        told, narrow = narrowings(name)
        return Said(clean(told), label, tuple(narrow))  # "Sản lượng năm 2030: cà phê 1,8 triệu tấn; chè 1,2 triệu tấn"
    subject, scope = population_measured(label, quantity.unit)
    if not subject:
        return None
    person = PERSON.match(name.lower()) is not None and quantity.kind in _SHARES
    if not strip_verbs(f"{subject} ", leading=True).strip():
        return Said(name, label)  # "Tỷ lệ nội địa hóa: ngành cơ khí 40%, ngành dệt may 55%"
    if person and (PERSON.match(subject.lower()) is None or fold(name).split()[0] == fold(subject).split()[0]):
        said, narrow = narrowings(name)
        when = _WHEN.search(label)
        return Said(said, label, (*narrow, *([when.group()] if when else [])))
    return Said(subject, label, (*scope, name))
