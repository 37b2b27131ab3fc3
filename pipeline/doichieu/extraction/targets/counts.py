"""What a count is about: the thing behind the figure, or what its bare unit measures before it."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.extraction.targets.apart import BEFALLS, MEASURE_ALONE
from doichieu.extraction.targets.counted import PURE_UNITS
from doichieu.extraction.targets.figures import Quantity
from doichieu.extraction.targets.holders import MONEY
from doichieu.extraction.targets.kinds import of_kinds
from doichieu.extraction.targets.measured import NUMBER_OF, population_measured, relative_of
from doichieu.extraction.targets.measures import mark_length, sentence_starts
from doichieu.extraction.targets.never import verb_alone
from doichieu.extraction.targets.parts import (
    clean,
    creator_before,
    ends_in_creator,
    strip_modal,
    strip_reach,
    strip_share_word,
    strip_verbs,
)
from doichieu.extraction.targets.phrases import Population, narrowings, read_population, without_brackets
from doichieu.extraction.targets.predicates import predicate_start, sure_predicate
from doichieu.extraction.targets.relative_clauses import PERSON
from doichieu.extraction.targets.sides import Said, Sides
from doichieu.lexicon import load
from doichieu.lexicon.named_words import words_of
from doichieu.text import fold, one_of

_UP_OR_DOWN = re.compile(r"\s*(?:trở lên|trở xuống).*\Z")
_SIZE_A_YEAR = re.compile(r"((?:(?:nghìn|ngàn|vạn|triệu|tỷ) )?(?:ha|km|tấn|m2|m3|lít|kg|kwh|con|quả))/(?:năm|vụ|tháng)")
_PER_PERIOD = re.compile(r"\s*/\s*(?:năm|quý|tháng)\s*\Z")
#: The same before the place where it is done: "tổ chức 04 đợt/năm | tại vùng nguy cơ cao".
_PERIOD_THERE = re.compile(
    r"\s*/\s*(?:năm|quý|tháng)(?=\s(?:tại|ở)(?:\s(?!(?:có|được|bị|là|đã|chưa|phải)(?!\w))[^\W\d_]+)+\s*(?:[,;.(]|\Z))"
)
#: A relative clause of a thing that is brought about narrows it: "phát triển 10 doanh nghiệp | có năng lực xuất khẩu".
_NARROWS = re.compile(
    r"(?:đã|đang|chưa|bị|đủ|là|do|mới|trực tiếp|đi|cung cấp|có|phục vụ|gắn với|sử dụng|ứng dụng|đạt|hoạt động|thuộc"
    r"|dành cho|làm việc|tại|tham gia|áp dụng|kinh doanh|chuyên|còn(?= khả năng| sức))\s"
)
#: Another predicate joined to one that narrows: "đặt tại trụ sở | và được cập nhật hằng tuần".
_AND_IS = re.compile(r"(?:,| và)(?= được| có| phải| đạt)")
#: Where things stand narrows them, whether they are made or there: "có 06 trạm quan trắc | đặt tại khu công nghiệp".
_STANDS = re.compile(r"(?:được )?(?:đặt|bố trí|nằm|đóng|lắp đặt|trưng bày)\s(?:tại|ở|trong|trên|cạnh|gần)\s")
#: So many persons in a body: the body is what it is about.
_IN_BODY = re.compile(
    r"(?P<who>.+?)\strong\s(?P<body>(?:các\s)?(?:ban (?:chấp hành|thường vụ|lãnh đạo)|thường trực|cấp ủy|chi ủy"
    r"|đảng ủy|hội đồng"
    r"|ủy ban|thường vụ)(?!\w).*)",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"(?:^|[\s,;:])(?:mỗi|từng)\s+(?!"
    rf"{words_of('spans_counted_by')}"
    r")(?P<who>[^;:]{2,120})\Z",
    re.IGNORECASE,
)
#: Units of what a body does: it is about the body that does it, where the text names one.
_DEEDS = [
    [word] for word in ("cuộc", "buổi", "lớp", "hội", "đợt", "phiên", "tin", "bài", "lần", "kỳ", "chuyên", "lượt")
]
_BODY = re.compile(
    rf"(?:(?i:{words_of('heads_of_bodies')})|"
    r"Công an|Ban (?:Thường vụ|Chấp hành|Chỉ đạo|Quản lý|Chỉ huy)|Hội|Đoàn|Sở|UBND|Ủy ban|Trung tâm|Trạm"
    r"|Mặt trận|Liên"
    r" đoàn|Tòa án|Viện|Đảng ủy|Đảng bộ|Chi bộ|Phòng|Trang thông tin)(?!\w).{2,120}\Z"
)
_FOR_WHOM = re.compile(r"\s(?:cho|với|đối với|tới|đến)\Z", re.IGNORECASE)
#: Another deed behind a comma is no part of what was made: "lắp đặt 20 km cáp, | nâng công suất trạm".
_NEXT_DEED = re.compile(rf",\s+(?=(?:{words_of('next_deed')})\s)")
#: "20 căn nhà | hoàn thành trước ngày …": the day is read apart.
_DONE_BY = re.compile(r"(?<=\S),?\s+(?:hoàn thành|xong)(?:\s+(?:trước|trong) (?:mùa|quý|vụ) \w+)?\s*\Z", re.IGNORECASE)
#: What becomes of what is made or moved is no part of it: "di dời 45 cơ sở | ra khỏi khu dân cư".
_BECOMES = re.compile(
    r"\s+(?:ra khỏi|khỏi|(?:trở |lên )thành|thành(?= hợp| doanh| công ty| khu| cụm| vùng| xã| phường| đơn)"
    r"|sang(?= hoạt| mô hình| nghề| trồng| đất| cây| làm| phi | ngành| lĩnh vực| khu vực| công nghiệp| dịch vụ| nuôi"
    r"| sản xuất| kinh doanh| hình thức)|(?:cho|để) đảng(?= xem| bồi)"
    r"|(?:từ \S+(?: \S+)? )?lên(?= doanh| cấp| hạng| đường| 0?\d))\s",
    re.IGNORECASE,
)
#: An amount of something; a verb that closes it belongs to its name: "sản lượng cá tra xuất khẩu".
_AMOUNT = re.compile(rf"(?:tổng )?(?:{words_of('amounts_counted')})(?!\w)")
_AMOUNT_OF = re.compile(r"(?:tổng )?(?:diện tích|sản lượng)\s+(?:trồng |nuôi |gieo trồng )?(?=\w+ \w)", re.IGNORECASE)
_MERE = ("có", "đạt", "là")
_CASES = frozenset({"trường hợp", "ca", "vụ"})
#: Bare nouns of persons and cases, which name nobody: "đội ngũ giám định viên khoảng 40 người".
_BARE = frozenset({"người", "trường hợp", "ca", "vụ", "hộ"})


@of_kinds("count")
def labelled_count(c: Sides) -> Said | None:
    """``Dân số trung bình: 620.000 người``: the label says what is counted."""
    quantity = c.group.figure
    labelled = bool(c.label) or c.lowered[: c.start].rstrip().endswith(":")
    if not labelled or clean(c.left) or _names_a_deed(c.label, quantity.unit):
        return None
    return Said() if fold(c.right) == fold(quantity.unit) else None


#: "Xây mới", "Dàn dựng mới", "Trồng lại": done anew, and no name of what is made.
_DONE_ANEW = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)? (?:mới|lại|thêm)", re.IGNORECASE)


def _names_a_deed(label: str, unit: str) -> bool:
    """Whether a label says only what is done, so that its unit names what it is done to: ``Xây mới: 02 trường học``."""
    said = clean(label[mark_length(label) :])
    if _DONE_ANEW.fullmatch(said) is None and not verb_alone(said):
        return False
    return fold(unit) not in fold(said) and fold(unit) not in (*PURE_UNITS, *_BARE) and not PERSON.match(said.lower())


#: What is said next of what was counted: "32 lớp, | mỗi lớp 15 em", and behind a date, which is blank here: "04 cặp,
#: đến năm 2030 | chấm dứt".
_NEXT_CLAUSE = re.compile(r",\s+(?=(?:mỗi|từng|bình quân|trung bình)\s)|,\s{6,}(?=[^\W\d_])", re.IGNORECASE)


def _thing(c: Sides, *, made: bool = False) -> Population:
    """The counted thing behind the figure; of a thing that is made only a sure predicate is cut off."""
    right = _NEXT_CLAUSE.split(c.right, maxsplit=1)[0]
    text = _PERIOD_THERE.sub("", " ".join(right.split()))
    text = _NEXT_DEED.split(_PER_PERIOD.sub("", text), maxsplit=1)[0] if made else ""
    text = _DONE_BY.sub("", text)
    becomes = _BECOMES.search(text) if made else None
    if becomes is not None and becomes.start() > 1:
        found = read_population(text[: becomes.start()], find=sure_predicate)
        return found._replace(predicate=clean(f"{found.predicate} {text[becomes.start() :]}"))
    text = text or _PERIOD_THERE.sub("", _PER_PERIOD.sub("", " ".join(right.split())))
    return read_population(text, find=sure_predicate) if made else read_population(text)


_EQUAL_TO = re.compile(
    r" (?:khí )?(?:co ?2|co₂|các-bon|carbon|dầu|than|thóc)?(?: ?(?:tương đương|quy đổi|quy khô))?(?:/[^\W_]+)*"
)


def _named_so(counted: str, unit: str) -> bool:
    """Whether what a number is of is named by the unit; of so many a year, only where its name goes on with a noun.

    >>> _named_so("vụ cháy rừng", "vụ/năm"), _named_so("người được đào tạo", "người/năm")
    (True, False)
    """
    alone = _PER_PERIOD.sub("", unit)
    if not counted.startswith(alone):
        return False
    return alone == unit or predicate_start(counted[len(alone) :].strip(), from_start=True) != 0


def _counts_alone(c: Sides, quantity: Quantity, thing: Population) -> bool:
    """Whether behind a figure stands its unit alone, and before it what is measured by it."""
    unit = fold(quantity.unit)
    many = quantity.unit.startswith(("triệu ", "nghìn ", "vạn "))
    number_of = NUMBER_OF.match(strip_modal(c.rest))
    if number_of is not None and _named_so(fold(c.rest[number_of.end() :]), unit):
        return True  # "nâng tổng số tiêu chí đạt chuẩn lên 15 tiêu chí", "giảm số vụ cháy xuống dưới 5 vụ/năm"
    limited = quantity.operator not in ("", "=") and unit in _BARE and len(c.rest.split()) > 1 and not c.creator
    if not (unit.split("/")[0] in PURE_UNITS or many or limited or c.reaches or _AMOUNT.match(c.rest.lower())):
        return False  # "Toàn tỉnh kết nạp mới 500 hội viên": the thing counted, not what brings it about
    alone = fold(_UP_OR_DOWN.sub("", clean(thing.subject)))
    spread = "/" in " ".join(c.right.split()[: len(quantity.unit.split()) + 1])  # "32 m2 sàn/người"
    people = unit.split("/")[0] if PERSON.match(unit) is not None else unit  # "1.500 người/năm"
    if alone.startswith(f"{unit} ") and _EQUAL_TO.fullmatch(alone[len(unit) :]) is not None:
        return True  # "3,4 tấn CO2 quy đổi/ha"
    sized = _SIZE_A_YEAR.fullmatch(quantity.unit)  # "650 nghìn tấn/năm"
    return alone in (unit, people, fold(sized.group(1)) if sized is not None else unit) or (
        alone.startswith(unit) and (spread or many)
    )


@of_kinds("count")
def counted_measure(c: Sides) -> Said | None:
    """``Diện tích cây có múi đạt 2.500 ha``: behind the figure stands its unit alone, what is measured before it."""
    quantity = c.group.figure
    if c.has:
        return None
    thing = _thing(c)
    if not _counts_alone(c, quantity, thing):
        return None
    said = strip_reach(c.rest).strip(" ,:")
    bare = strip_share_word(strip_verbs(said, leading=True))
    made = ends_in_creator(bare) and not _AMOUNT.match(bare.lower())
    if _PER_PERIOD.sub("", fold(quantity.unit)) in _CASES and BEFALLS.match(bare) is not None:
        return Said(clean(narrowings(bare)[0]), clean(f"{said} {thing.predicate}"), tuple(narrowings(bare)[1]))
    alone = MEASURE_ALONE.fullmatch(bare.lower()) is not None and not c.label
    if alone and c.near is not None and c.near.unit != quantity.unit:
        whose = _AMOUNT_OF.sub("", c.near.subject)
        return Said(whose, clean(f"{strip_reach(c.rest)} {thing.predicate}"), c.near.scope)
    if len(bare) > 3 and not made and not bare.lower().endswith((" cho", " với")):
        subject, scope = population_measured(said, quantity.unit)
        if subject == said:
            subject, scope = population_measured(bare, quantity.unit)
        told = relative_of(said, subject)
        return Said(subject, clean(f"{strip_reach(c.rest)} {thing.predicate}"), (*scope, *([told] if told else [])))
    verb = creator_before(c.rest).lower()
    same = verb in ("tăng", "giảm", "nâng") or (
        verb in ("", "đạt") and c.near is not None and fold(quantity.unit) in fold(c.near.subject)
    )
    if not thing.predicate and c.near is not None and c.near.subject and same:
        return Said(c.near.subject, clean(c.rest) or c.near.indicator, c.near.scope)
    return None


_MANY_ALONE = re.compile(r"(?:nghìn|ngàn|vạn|triệu|tỷ) (?:ha|km|tấn|m2|m3|lít|kg|con|cây)", re.IGNORECASE)
_MANY = re.compile(r"(?:nghìn|ngàn|vạn|triệu|tỷ)\s(?=(?:ha|km|tấn|m2|m3|lít|kg)\s)", re.IGNORECASE)
_OF_PERSONS = re.compile(
    rf"lượt người (?=(?:{words_of('says_which_people')})(?!\w))",
    re.IGNORECASE,
)


_OF_TIMES = re.compile(
    r"lượt (?:người|khách) [^\W\d_]+|lượt (?:gọi|xem|tải|nghe|đọc|mượn|tra cứu|truy cập|giao dịch|đăng ký)",
    re.IGNORECASE,
)


#: Behind the unit stands what people do or are, or the people by a noun of their own: "lượt người | hiến máu".
_TURNS = "lượt người "
_NO_PEOPLE = re.compile(rf"{PERSON.pattern}|(?:{words_of('preposition_of_a_count')})(?!\w)|[^\w]", re.IGNORECASE)


def _without_unit(thing: str) -> str:
    """``ha rừng sản xuất`` → ``rừng sản xuất``: a subject is never the unit; empty where it is nothing else."""
    if _OF_PERSONS.match(thing):
        return thing[len("lượt ") :]  # "1.900 lượt người dân"
    if _MANY_ALONE.fullmatch(thing):
        return ""
    if _OF_TIMES.fullmatch(thing):
        return thing  # "900 lượt người dự": what they do is all that is said of them
    if thing.startswith(_TURNS) and not _NO_PEOPLE.match(thing, len(_TURNS)):
        return thing[len("lượt ") :]  # "900 lượt người hiến máu": they, not what they do
    many = _MANY.match(thing)
    if many is not None:
        thing = thing[many.end() :]  # "nghìn ha vườn"
    lowered = _UP_OR_DOWN.sub("", thing.lower())
    if lowered in PURE_UNITS:
        return ""
    unit = next((u for u in PURE_UNITS if lowered.startswith(u + " ")), "")
    return thing if lowered[len(unit) :].strip().startswith(("so", "/")) else thing[len(unit) :].strip()


#: "Mỗi lượt giao dịch, người dân chờ không quá 15 phút": how often, not whom.
_EACH_TURN = re.compile(r"(?:lượt|lần|đợt|buổi|kỳ)\s[^,;:]{2,40},\s+(?=\w)", re.IGNORECASE)


_WAITS = re.compile(r"\s+(?:phải )?chờ(?: đợi)?\s*\Z", re.IGNORECASE)


@lru_cache(maxsize=1)
def _bounded_acts() -> re.Pattern[str]:
    acts = one_of(load("predicates")["bounded_acts"])
    return re.compile(rf"(?<=\w\s)(?:{acts})(?: trực tiếp)?\s*\Z", re.IGNORECASE)


def _deed_at_end(who: str) -> str:
    """What each of them does to so many: ``Mỗi đội tàu | tư vấn trực tiếp | tối thiểu 50 lượt ngư dân``.

    >>> _deed_at_end("đội tàu tư vấn trực tiếp "), _deed_at_end("tổ tư vấn pháp luật ")
    ('tư vấn trực tiếp ', '')
    """
    found = _bounded_acts().search(who)
    return "" if found is None else found.group()


def each_has(c: Sides) -> Said | None:
    """``Mỗi xã có ít nhất 01 trạm y tế``: so many of each, the population is each of them."""
    quantity = c.group.figure
    found = _EACH.search(c.left) if quantity.kind in ("count", "index", "measure", "rate") else None
    if found is None or (quantity.kind == "rate" and not c.about):
        return None
    does = predicate_start(found.group("who").lower())
    if (turn := _EACH_TURN.match(found.group("who"))) is not None:
        whole = read_population(_WAITS.sub("", found.group("who")[turn.end() :]))
        return Said(clean(whole.subject), clean(f"{whole.predicate} {c.right}"), whole.scope)
    if does is None and quantity.operator == "=" and not ends_in_creator(found.group("who")):
        return None  # but "mỗi bãi ngao lấy mẫu 01 vị trí"
    who = re.sub(r"\s+(?:phấn đấu|phải|cần)(?!\w).*\Z", "", found.group("who"))
    doing = (creator_before(who) or _deed_at_end(who)) if does is None else ""
    if doing:
        who = who[: who.rfind(doing)]  # "mỗi câu lạc bộ thu hút từ 50 thành viên"
    if does is None and c.about and (each := _ONE_OF_THEM.match(who)) is not None:
        whole = read_population(c.about)
        return Said(clean(whole.subject), clean(f"{who[each.end() :]} {c.right}"), whole.scope)
    if does is None and not doing and (same := _in_short(c, who)) is not None:
        return same
    if (same := _said_in_full(c, clean(who) if does is None else clean(who[:does]))) is not None:
        return same._replace(indicator=clean(f"{who[does:] if does is not None else doing} {c.right}"))
    whole = read_population(who)
    subject = clean(whole.subject)
    return Said(subject, clean(f"{whole.predicate or doing} {c.right}"), whole.scope) if subject else None


#: One of those whom the clause opens with: "Đối với học viên trường nghề, bình quân mỗi em | thực hành …".
_ONE_OF_THEM = re.compile(r"(?:em|cháu|người|đồng chí|hộ|trẻ|bạn|đơn vị|cơ sở)(?!\w)\s*", re.IGNORECASE)


def _in_short(c: Sides, who: str) -> Said | None:
    """``Lập 30 tổ thu gom rác, mỗi tổ | ra quân ít nhất 02 lần/tháng``: those counted before by their unit, whatever
    they do."""
    unit = c.previous_group.figure.unit if c.previous_group is not None else ""
    if not unit or not fold(who).startswith(fold(unit) + " "):
        return None
    same = _said_in_full(c, who[: len(unit)])
    return None if same is None else same._replace(indicator=clean(f"{who[len(unit) :]} {c.right}"))


def _said_in_full(c: Sides, bare: str) -> Said | None:
    """``Lập 06 tổ tự quản đường ống, mỗi tổ có 05 người``: those that were counted before, by their whole name."""
    before = c.previous_group.figure if c.previous_group is not None else None
    if c.near is None or before is None or before.kind != "count" or fold(bare) != fold(before.unit):
        return None
    if fold(c.near.subject).startswith(fold(bare) + " "):
        return Said(c.near.subject, "", c.near.scope)
    _, there, rest = c.near.indicator.partition(f" {bare} ")
    subject, scope = narrowings(f"{bare} {rest}")
    return Said(clean(subject), "", tuple(scope)) if there else None


_SIZED = re.compile(
    r"(?:(?:mỗi|các|những|từng)\s)?(?P<who>(?:[^\W\d_]+,?\s){1,8}?(?:(?:có|sử dụng|quản lý|quy mô)\s[^;:]{0,40}?)?"
    r"(?:từ|trên)\s[\d.,]+[^;:,]*?(?:trở lên|trở xuống))\s+"
    r"(?P<does>(?:được|phải|có|bố trí|thành lập|tổ chức|trang bị|lắp đặt|lắp|duy trì)(?!\w).*)",
    re.IGNORECASE,
)


@of_kinds("count")
def of_a_size(c: Sides) -> Said | None:
    """``Ấp có từ 30% hộ đồng bào Khmer trở lên được bố trí 01 cán bộ``: so many for each of such a size."""
    told = c.left
    if "trở " not in told and c.previous_group is None:
        begun = [start for start in sentence_starts(c.text) if start <= c.group.anchor]
        told = c.text[begun[-1] if begun else 0 : c.group.anchor]
    found = _SIZED.fullmatch(strip_modal(told).strip()) if "trở " in told else None
    if found is None:
        return None
    subject, scope = narrowings(clean(found.group("who")))
    return Said(clean(subject), clean(f"{found.group('does')} {c.right}"), tuple(scope)) if scope else None


@of_kinds("count")
def people_have(c: Sides) -> Said | None:
    """``Hộ nghèo, hộ cận nghèo có ít nhất 01 điện thoại thông minh``: what each of some people has."""
    quantity = c.group.figure
    if not c.has or quantity.operator not in (">=", ">"):
        return None
    who = clean(_HAS_END.sub("", clean(strip_modal(c.left))))
    if PERSON.match(who.lower()) is None or predicate_start(who.lower()) is not None or creator_before(who):
        return None
    subject, scope = narrowings(who)
    return Said(clean(subject), clean(f"có {c.right}"), tuple(scope))


_HAS_END = re.compile(r"\s+có\Z")
_BODY_DEED = re.compile(rf"(?<!\w)(?:{words_of('deeds_of_bodies')})(?!\w)")


def body_does(c: Sides) -> Said | None:
    """``Công an xã tổ chức mỗi tháng 02 buổi tuyên truyền``: how often a body does something is about the body."""
    quantity = c.group.figure
    if quantity.unit.partition("/")[0].split()[:1] not in _DEEDS:
        return None
    found = _BODY.match(clean(strip_modal(c.left)))
    if found is None:
        return None
    deed = _BODY_DEED.search(found.group().lower())
    does = 0 if deed is None else deed.start()
    if not does:
        return None
    return Said(clean(found.group()[:does]), clean(f"{found.group()[does:]} {c.right}"))


_RAISES = re.compile(rf"(?:{words_of('raises_money')})(?!\w)", re.IGNORECASE)


@of_kinds("money")
def money_of(c: Sides) -> Said | None:
    """``Huy động trên 1.500 tỷ đồng vốn đầu tư phát triển``: the money is named behind its sum."""
    thing = clean(" ".join(c.right.split()))
    if _RAISES.match(clean(c.rest)) is None or len(clean(c.rest).split()) > 2:
        return None
    if MONEY.match(thing) is None:
        return None
    subject, scope = narrowings(thing)
    return Said(clean(subject), clean(c.rest), tuple(scope))


_AS_OFTEN = re.compile(
    r"(?P<what>.*?)(?<![\s,])[\s,]*+(?:(?:được|thực hiện|tiến hành|quan trắc|lấy mẫu|thu mẫu|giám sát|kiểm tra)[\s,]+)*"
    r"(?:với[\s,]+)?tần suất(?:\s+[^\W\d_]+){0,3}\s*:?\s*",
    re.IGNORECASE,
)


_WHEN = re.compile(r"(?<!\w)(?:tháng|quý|năm|vụ|mùa|đợt)\s+[\divx]")


_ONE_TIME = re.compile(r"(?:từ\s+)?\w+\s+\w+")
_SHORT = 12  # words: a longer list of what is measured narrows nothing


def how_often(c: Sides) -> Said | None:
    """``Các chỉ tiêu hóa lý quan trắc với tần suất 02 lần/tháng``: what is done so often, or the label's population."""
    often = _AS_OFTEN.fullmatch(c.left) if "/" in c.group.figure.unit else None
    if often is None:
        return None
    timed = _WHEN.search(often.group("what").lower()) is not None
    told = "" if c.label or timed else often.group("what")
    subject, scope = narrowings(strip_share_word(strip_verbs(clean(told), leading=True)))
    apart = without_brackets(clean(often.group("what"))) if c.label or timed else ""
    apart = "" if timed and _ONE_TIME.fullmatch(apart) else apart  # what is left of "tháng 9 đến tháng 11"
    named = bool(apart) and len(apart.split()) <= _SHORT
    return Said(clean(subject), clean(c.left), (apart,) if named else tuple(scope))


#: What is done to people, whatever it is about: "tập huấn kỹ năng sơ cứu cho 3.200 lượt người".
_SERVES = re.compile(rf"(?:{words_of('done_to_people')})(?!\w)", re.IGNORECASE)


def _people_served(c: Sides, thing: Population, name: str, scope: list[str]) -> tuple[str, list[str]]:
    """The people in ``tập huấn sơ cứu cho 3.200 lượt người``; of ``tạo sinh kế cho …`` it is what is brought about."""
    if not name:
        return "người", scope
    served = _SERVES.match(strip_modal(c.rest)) is not None and not thing.predicate
    return (c.group.figure.unit, list(thing.scope)) if served else (name, scope)


#: For whom a thing is made or given, said behind it: "bộ dụng cụ thí nghiệm | cho các điểm trường lẻ".
_GIVEN_TO = re.compile(r"(?<=\w)\s+(?P<whom>cho\s(?!vay|thuê|phép|mượn|con)[^,;.()%\d]{3,90})\Z", re.IGNORECASE)
#: … or behind the last of a list: "12 máy ảnh, 04 máy quay | cho Đài Truyền thanh".
_ALL_GIVEN_TO = re.compile(
    r"(?:(?:,| và)\s+\d[\d.]*\s(?:[^\W\d_]+\s){1,6}?)+"
    r"(?P<whom>cho\s(?!vay|thuê|phép|mượn)[^,;.()%\d]{3,90})(?=[;.]|\Z)",
    re.IGNORECASE,
)


def _handed_over(c: Sides, name: str, scope: list[str]) -> tuple[str, list[str]]:
    """A thing without those it is for, which narrow it: ``Mua 06 xuồng cứu hộ cho các đội xung kích``."""
    own = _GIVEN_TO.search(name)
    if own is not None:
        whom = own.group("whom")
        whole = f"{whom} {scope[0]}" if scope else whom
        goes_on = bool(scope) and whole in " ".join(c.right.split())  # "cho người | bị tai nạn lao động"
        return name[: own.start()], [whole, *scope[1:]] if goes_on else [whom, *scope]
    shared = _ALL_GIVEN_TO.match(c.text, c.group.end) if c.group.figure.unit else None
    return (name, scope) if shared is None else (name, [*scope, shared.group("whom")])


#: A list of things that are made: "đào tạo 90 kỹ sư, 30 kế toán có chứng chỉ"; of those there are it says what is so.
_MADE_BEFORE = re.compile(r"(?!có(?!\w)|đạt(?!\w)|là(?!\w))[^\W\d_]", re.IGNORECASE)


def _made_thing(c: Sides, thing: Population, *, made: bool) -> tuple[str, list[str]]:
    """The counted thing and what narrows it; of one that is made what it is for and what it does, too."""
    listed = not clean(c.left) and c.near is not None and c.near.unit != "%" and _MADE_BEFORE.match(c.near.indicator)
    narrows = bool(made or listed) and _NARROWS.match(thing.predicate) is not None
    narrows = narrows or thing.predicate.startswith("đang ") or _STANDS.match(thing.predicate) is not None
    scope = [*thing.scope, *([_AND_IS.split(thing.predicate)[0]] if narrows else [])]
    name = _without_unit(clean(thing.subject))
    return _handed_over(c, name, scope) if made or listed else (name, scope)


@of_kinds("count")
def brought_about(c: Sides) -> Said | None:
    """``Hình thành ít nhất 20 mô hình …``: the counted thing is what it is about."""
    quantity = c.group.figure
    verb = creator_before(c.rest) or creator_before(c.left)
    made = bool(verb) and verb.lower() not in _MERE
    thing = _thing(c, made=made)
    index = c.rest.find(verb) if verb else -1
    owner = c.rest[:index] if index > 8 else strip_reach(c.rest) if not verb and len(c.rest.split()) > 2 else ""
    name, scope = _made_thing(c, thing, made=made)
    if (
        c.near is not None
        and verb.lower() in ("tăng", "giảm", "tăng thêm")
        and fold(c.near.subject).startswith(fold(name))
    ):
        return Said(c.near.subject, c.near.indicator, c.near.scope)  # "15 sản phẩm OCOP …, tăng 06 sản phẩm"
    indicator = clean(" ".join((owner, verb, thing.predicate))) or clean(thing.subject)
    if not name:
        owned = _FOR_WHOM.sub("", clean(strip_share_word(strip_verbs(owner or strip_reach(c.rest), leading=True))))
        doer = read_population(owned)
        name, scope = doer.subject, [*scope, *doer.scope]
        if quantity.unit == "lượt người" and c.lowered[: c.group.anchor].endswith(" cho "):
            name, scope = _people_served(c, thing, clean(name), scope)
    elif body := _IN_BODY.fullmatch(_PER_PERIOD.sub("", clean(c.right))):
        name, narrow = narrowings(body.group("body"))
        indicator, scope = clean(f"{verb} {body.group('who')}"), [*scope, *narrow]
    return Said(clean(name), indicator, tuple(scope))
