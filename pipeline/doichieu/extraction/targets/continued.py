"""Measures that go on with what the one before said: elsewhere, for others, with so many, by one more deed.

Each rule takes population and narrowing from the measure before it in its sentence, or leaves them to the label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from doichieu.extraction.targets.breakdowns import PLACE_SCOPE
from doichieu.extraction.targets.counted import PURE_UNITS
from doichieu.extraction.targets.figures import Quantity
from doichieu.extraction.targets.kinds import going_on, of_kinds
from doichieu.extraction.targets.parts import clean, strip_reach, strip_verbs
from doichieu.extraction.targets.phrases import narrowings, read_population
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.relative_clauses import PERSON
from doichieu.extraction.targets.sides import Before, Said, Sides
from doichieu.lexicon import load
from doichieu.lexicon.families import COMMUNE, DISTRICT, REGION, SETTLEMENT
from doichieu.lexicon.named_words import words_of
from doichieu.text import any_word, fold

_SHARES = ("percent", "majority")
_JOINER = re.compile(
    r"[\s,;:]*(?:(?:và|còn|riêng|trong (?:số )?đó|có|đạt|là|từ|khoảng|trên|dưới|ít nhất|tối thiểu)[\s,]*)*",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"(?:(?P<how>đối với|ở|tại|cho|qua(?= (?:cửa khẩu|cảng|sàn|đường|biên giới)))\s+)"
    r"(?P<whom>(?!nhà(?!\w)|cơ sở(?!\w))[^,;:.%\d]{2,90})",
    re.IGNORECASE,
)


_PLACED = re.compile(
    rf"(?:các |những )?(?:khu vực|vùng|địa bàn|miền|{REGION}|{COMMUNE}|{DISTRICT})(?!\w)", re.IGNORECASE
)


def _alone(quantity: Quantity, right: str) -> str:
    """What stands behind a figure and the unit that it counts."""
    body = clean(right)
    return clean(body[len(quantity.unit) :]) if fold(body).startswith(fold(quantity.unit) + " ") else body


def held_elsewhere(c: Sides) -> Said | None:
    """``… lên 70% đối với đô thị và 45% đối với nông thôn``, ``Có tài khoản: 60% ở thành phố, 40% ở các tỉnh``: the
    same holds elsewhere, for others."""
    quantity = c.group.figure
    alike = c.near is not None and bool(quantity.unit) and c.near.unit == quantity.unit
    counted, timed = alike and quantity.kind == "count", alike and quantity.kind == "index"
    if not (c.kind in _SHARES or counted or timed) or _JOINER.fullmatch(c.own_left) is None:
        return None
    body = _alone(quantity, c.right) if counted else clean(c.right)
    found = _HELD.fullmatch(body)
    if found is None or predicate_start(found.group("whom").lower()) is not None:
        return None
    if counted and found.group("how").lower() in ("ở", "tại"):
        return None  # "01 vị trí tại vùng nuôi tôm A, 01 vị trí tại vùng nuôi tôm B": each its own
    if c.near is not None and c.near.subject:
        how = found.group("how").lower()
        placed = how in ("ở", "tại", "qua") or _PLACED.match(found.group("whom")) is not None
        kept = tuple(s for s in c.near.scope if not s.lower().startswith(how) and not (placed and PLACE_SCOPE.match(s)))
        dropped = [s for s in c.near.scope if s not in kept]
        return Said(c.near.subject, _without(c.near.indicator, dropped), (*kept, body))
    return Said("", clean(c.label), (body,)) if c.label and found.group("how").lower() != "cho" else None


_WITH = re.compile(r"[^;.:,\d%]*\svới\s+(?:(?:khoảng|trên|ít nhất|tối thiểu|tổng số|hơn)\s+)*\Z")


def with_so_many(lowered: str, before: int, start: int) -> bool:
    """Whether a count says how many of something the things counted right before it have, all together.

    >>> with_so_many("320 hợp tác xã với khoảng 30.000 thành viên", 14, 26)
    True
    """
    return _WITH.fullmatch(lowered, before, start) is not None


@of_kinds("count")
@going_on
def has_so_many(c: Sides, before: Before) -> Said | None:
    """``1.100 tổ hợp tác với khoảng 19.000 thành viên``: the members of those."""
    if before.group.figure.kind != "count":
        return None
    if not with_so_many(c.lowered, before.group.stop, c.group.figure.figure_start):
        return None
    thing = read_population(" ".join(c.right.split()))
    subject = clean(thing.subject)
    return (
        Said(subject, clean(f"{subject} {thing.predicate}"), (*thing.scope, before.target.subject)) if subject else None
    )


_ON_AREA = re.compile(
    r"[\s,;:]*(?:và\s+)?(?:(?:thu được )?trên|/)\s+(?:một|mỗi|0?1)\s+(?:ha|héc-ta|đơn vị diện tích)\s+"
    r"(?P<thing>(?:đất\s)?[^,;:%\d]{2,60}?)\s+(?:đạt|là|tăng lên|lên)(?:\s+(?:từ|trên|khoảng|ít nhất))*\s*",
    re.IGNORECASE,
)


@of_kinds("money", "rate", "count")
@going_on
def on_other_area(c: Sides, before: Before) -> Said | None:
    """``Giá trị trên 01 ha đất trồng trọt đạt 180 triệu đồng; trên 01 ha mặt nước đạt 320 triệu đồng``."""
    found = _ON_AREA.fullmatch(c.text, before.group.stop, c.group.anchor)
    if found is None:
        return None
    subject, scope = narrowings(found.group("thing"))
    return Said(clean(subject), before.target.indicator, tuple(scope))


_PLACE_WORDS = re.compile(r"^(?:(?:ở|tại|trên địa bàn|đối với|riêng|các|những)\s+)+", re.IGNORECASE)
_SEVERAL_PLACES = re.compile(
    rf"(?:các|những)\s+(?:{COMMUNE}|{DISTRICT}|{SETTLEMENT}|bản|địa bàn|vùng|khu vực|đảo)(?!\w)[^,;:%\d]*",
    re.IGNORECASE,
)
_HEAD_WORDS = 2


@going_on
def other_place(c: Sides, before: Before) -> Said | None:
    """``… tại đô thị loại I đạt 10 m2, đô thị loại V đạt 5 m2``, ``tại khu vực trung tâm …, các bản vùng cao 60%``."""
    near, quantity = before.target, c.group.figure
    if near.unit != quantity.unit:
        return None
    if fold(c.right) != fold(quantity.unit) if c.kind == "count" else c.names_behind:
        return None
    name = clean(strip_reach(c.rest).strip(" ,:"))
    where = [s for s in near.scope if PLACE_SCOPE.match(s) or s.lower().startswith("đối với ")]
    several = _SEVERAL_PLACES.fullmatch(name) is not None
    told = predicate_start(name.lower()) is not None and not (several and c.whole is not None)
    if not where or not name or told:
        return None
    words = fold(_PLACE_WORDS.sub("", name)).split()
    alike = any(fold(_PLACE_WORDS.sub("", s)).split()[:_HEAD_WORDS] == words[:_HEAD_WORDS] for s in where)
    upon = _upon_alike(where, words)
    several = several and words[:1] != fold(near.subject).split()[:1]
    if not (several or upon or (alike and len(words) > _HEAD_WORDS)):
        return None
    here = f"đối với {name}" if upon and not several else name
    return Said(near.subject, _without(near.indicator, where), (*(s for s in near.scope if s not in where), here))


#: Of so many some are for places: "riêng các xã biên giới | 600 hội viên", "ưu tiên các huyện A, B | 14 công trình".
_ESPECIALLY = re.compile(
    r"[\s,;:]*(?:trong (?:số )?đó,?\s+)?(?:riêng|ưu tiên)\s+(?:cho\s+|tại\s+|ở\s+)*"
    r"(?P<where>[^;:%\d]{3,90}?(?:(?:cấp|hạng|loại|bậc|nhóm) \d)?)(?P<has>\s+có)?\s*\Z",
    re.IGNORECASE,
)
_PLACES = re.compile(
    rf"(?:các|những)\s+(?:{COMMUNE}|{DISTRICT}|{SETTLEMENT}|bản|địa bàn|vùng|khu vực|đảo)(?!\w)", re.IGNORECASE
)


_ANY_BODY = frozenset({"đơn vị", "cơ sở", "người", "hộ", "doanh nghiệp"})
#: One kind of those before, by its step: "riêng nhà cung ứng cấp 1 | ít nhất 15 doanh nghiệp".
_ONE_KIND = re.compile(
    r"(?!cấp |hạng |loại |nhóm )[^\W\d_]+(?: [^\W\d_]+){0,4} (?:cấp|hạng|loại|bậc|nhóm) (?:\d|[IVX]+)"
)


@of_kinds("count")
@going_on
def especially_there(c: Sides, before: Before) -> Said | None:
    """``Xây 300 căn nhà, riêng các xã vùng cao 120 căn``: so many of them there; ``mỗi trường có 02 phòng, riêng trường
    A có 04 phòng``: so many of them one of the others has."""
    near, unit = before.target, fold(c.group.figure.unit)
    if fold(clean(c.right)) != unit:
        return None
    found = _ESPECIALLY.match(c.own_left)
    if found is None or (fold(near.unit) != unit and unit not in _ANY_BODY):
        return None
    if (one := _ONE_KIND.fullmatch(clean(found.group("where")))) is not None:
        return Said(one.group(), near.indicator)
    name, head = clean(found.group("where")), fold(near.subject).split()[0]
    if found.group("has") and fold(name).split()[0] == head and not head.startswith(unit.split()[0]):
        return Said(name, near.indicator)
    return Said(near.subject, near.indicator, (*near.scope, name)) if _PLACES.match(name) is not None else None


def _upon_alike(where: list[str], words: list[str]) -> bool:
    """Whether the measure before holds ``đối với`` others of the same head noun: ``đối với đất ở … , đất rừng …``."""
    upon = [s for s in where if s.lower().startswith("đối với ")]
    return any(fold(_PLACE_WORDS.sub("", s)).split()[:1] == words[:1] for s in upon)


def _without(wording: str, pieces: Iterable[str]) -> str:
    """A wording without the places, or those, that others stand in for."""
    for piece in pieces:
        wording = clean(wording.replace(piece, ""))
    return wording


_BROUGHT_TO = re.compile(
    r"(?P<deed>[^;:%\d]{3,120}?)\s+(?:đến|tới)(?:\s+(?:ít nhất|tối thiểu|trên))*\s*", re.IGNORECASE
)


@of_kinds(*_SHARES)
def brought_to(c: Sides) -> Said | None:
    """``Hoàn thành kết nối hội nghị trực tuyến đến 100% xã, thị trấn``: those whom something is brought to."""
    found = _BROUGHT_TO.fullmatch(c.rest) if c.names_behind else None
    deed = found.group("deed") if found is not None else ""
    if not deed or strip_verbs(deed, leading=True) == deed:
        return None
    whole = read_population(_COUNT_WORD.sub("", " ".join(c.right.split())))
    return Said(clean(whole.subject), clean(f"{deed} {whole.predicate}"), whole.scope) if whole.subject else None


_HERD_LABEL = re.compile(rf"(?:{words_of('herds')})(?!\w)", re.I)
_OF_HERD = re.compile(r"(?:tổng |số )*(?:đàn|đầu con)(?=\s*(?:thuộc|phải|trong)\s|\s*\Z)(?P<which>.*)", re.IGNORECASE)


def of_the_herd(c: Sides) -> Said | None:
    """``Đối với chó, mèo: … tỷ lệ tiêm phòng đạt 80% tổng đàn``: the animals that the label names."""
    if _HERD_LABEL.search(c.label) is None or _HERD_LABEL.search(c.rest) is not None:
        return None
    found = _OF_HERD.fullmatch(clean(c.right)) if c.kind in _SHARES else None
    heads = c.kind == "count" and clean(c.right) == "con" and clean(c.rest).endswith(" cho")  # "tiêm cho 380.000 con"
    if found is None and not heads:
        return None
    which = clean(found.group("which")) if found is not None else ""
    herd = re.sub(r"^\W*(?:[\d.]+\s+)?đối với\s+(?:các |đàn )?", "", clean(c.label), flags=re.IGNORECASE)
    subject, scope = narrowings(herd.strip(" :"))
    return Said(clean(subject), clean(f"{c.rest} {c.right}"), (*scope, *([which] if which else [])))


@of_kinds(*_SHARES)
def as_share(c: Sides) -> Said | None:
    """``… nâng tổng số xã đạt chuẩn lên 40 xã (80% số xã)``: what was counted, told as a share of all."""
    found = _COUNT_WORD.match(clean(c.right))
    if found is None or c.near is None or not c.lowered[: c.group.anchor].rstrip().endswith("("):
        return None
    whole = read_population(clean(c.right)[found.end() :])
    return Said(clean(whole.subject), clean(whole.predicate or c.near.indicator), whole.scope)


_NEXT_DEED = re.compile(
    rf"\s*[;,]\s*(?:và\s+)?(?P<deed>{any_word(load('predicates')['people_do'])}[^;:%\d]*)", re.IGNORECASE
)


_REACHED = re.compile(
    r"(?:\s+(?:đạt|giảm|tăng|còn|xuống|lên|dưới|trên|là|không quá|ít nhất|tối thiểu|khoảng|từ))+\s*\Z", re.IGNORECASE
)


@of_kinds(*_SHARES)
@going_on
def next_deed(c: Sides, before: Before) -> Said | None:
    """``Tỷ lệ học sinh hoàn thành chương trình đạt 99%; bỏ học ở vùng cao dưới 1%``: what else the same people do."""
    near, group = before
    if group.figure.kind not in _SHARES or PERSON.match(near.subject.lower()) is None or c.names_behind:
        return None
    found = _NEXT_DEED.match(c.text, group.stop)
    if found is None or found.end("deed") < c.group.anchor - 1:
        return None
    deed = clean(_REACHED.sub("", strip_reach(found.group("deed"))).strip(" ,"))
    return Said(near.subject, deed, (*near.scope, *(s for s in narrowings(deed)[1] if PLACE_SCOPE.match(s))))


_SAME_LAND = re.compile(
    rf"(?:(?:và|đồng thời)\s+)?(?:{words_of('done_to_land')})(?!\w)(?:\s[^\W\d_]+){{0,3}}", re.IGNORECASE
)
_MOST_WORDS = 3
_WHEN_DONE = re.compile(r"(?:\A|\s+)(?:trước|trong|sau|vào) (?:mùa|vụ|năm|quý|tháng|ngày|kỳ)(?!\w).*", re.IGNORECASE)


@of_kinds("count")
@going_on
def more_done(c: Sides, before: Before) -> Said | None:
    """``Cải tạo 45 km kênh tưới, nạo vét 30 km trước mùa mưa``: one more deed on so much of the same."""
    (near, group), quantity = before, c.group.figure
    if near.unit != quantity.unit:
        return None
    if fold(quantity.unit) not in PURE_UNITS or _SAME_LAND.fullmatch(clean(c.rest)) is None:
        return None
    deed = c.text[group.start : group.anchor]
    if len(deed.split()) > _MOST_WORDS or fold(near.subject) in fold(deed):
        return None
    alone, scope = narrowings(f"x {_WHEN_DONE.sub('', _alone(quantity, c.right))}")
    if alone not in ("x", f"x {quantity.unit}"):
        return None
    return Said(near.subject, clean(c.rest), tuple(scope) or near.scope)


_COUNT_WORD = re.compile(r"^(?:tổng số|số|các|những)\s+(?!hóa)", re.IGNORECASE)
_SEX = re.compile(r"(?:nam|nữ)(?: giới)?", re.IGNORECASE)


def of_one_sex(c: Sides) -> Said | None:
    """``Đào tạo 500 cán bộ, trong đó nữ chiếm 40%``: the women among them."""
    name = clean(strip_reach(c.rest).strip(" ,:")) if c.whole is not None and c.kind in _SHARES else ""
    if c.whole is None or not c.whole.subject or _SEX.fullmatch(name) is None or clean(c.right):
        return None
    return Said(c.whole.subject, c.whole.indicator, (*c.whole.scope, name))


_FURTHER = re.compile(
    r"[\s,]*(?:và\s+)?(?P<deed>(?:được\s+)?(?:trang bị|bố trí|lắp đặt|có|duy trì|tập huấn|bồi dưỡng))"
    r"(?:\s+(?:ít nhất|tối thiểu|từ|trên))*\s*",
    re.IGNORECASE,
)
_ONLY_AND = re.compile(r"[\s,]*và\s+(?:ít nhất\s+|tối thiểu\s+)?", re.IGNORECASE)
_OF_EACH = re.compile(rf"(?:^|[\s,;:])(?:mỗi|từng)\s+(?!{words_of('spans_counted_by')})", re.IGNORECASE)


@of_kinds("count")
@going_on
def further_deed(c: Sides, before: Before) -> Said | None:
    """``100% hộ kinh doanh có lối thoát nạn, trang bị ít nhất 02 bình``; ``Mỗi tổ duy trì 01 đội và 01 điểm``: what
    else each of them is to have."""
    (near, group), quantity = before, c.group.figure
    if group.part != c.group.part:
        return None
    further = _FURTHER.fullmatch(c.own_left)
    if further is not None and group.figure.kind == "percent" and quantity.operator in (">=", ">"):
        return Said(near.subject, clean(f"{further.group('deed')} {c.right}"), near.scope)
    each = _OF_EACH.search(c.text[group.start : group.anchor])
    joined = _ONLY_AND.fullmatch(f"{c.lowered[group.end : c.group.figure.start]} ")
    if each is None or group.figure.kind != "count" or joined is None or quantity.unit in PURE_UNITS:
        return None
    if fold(near.subject) not in fold(c.text[group.start : group.anchor]):
        return None
    does = near.indicator.split(fold(group.figure.unit))[0]
    return Said(near.subject, clean(f"{does} {c.right}"), near.scope)


_TIME_ALONE = re.compile(r"(?:thời gian|thời hạn)(?: (?:bình quân|trung bình))?")


def whole_of_time(subject: str, told: str) -> str:
    """A stretch of time in the words that say of what: no population is ``thời gian`` alone.

    >>> whole_of_time("Thời gian", "Thời gian có mặt tại hiện trường đối với nội thành")
    'Thời gian có mặt tại hiện trường'
    """
    if _TIME_ALONE.fullmatch(fold(subject)) is None or not fold(told).startswith(fold(subject) + " "):
        return subject
    return clean(re.split(r"\s(?:đối với|cho|không quá|dưới|trên|từ|là|kể|sau|trước|khi)\s|,", told, maxsplit=1)[0])
