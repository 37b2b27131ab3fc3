"""Which figures of a wording state how much of something is wanted: numbers of names, steps, parts of a share, hours
and the sizes that only say which of them are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from itertools import pairwise

from doichieu.extraction.targets.comparing import up_behind_noun
from doichieu.extraction.targets.composition import made_up_of
from doichieu.extraction.targets.counted import numbers_a_name
from doichieu.extraction.targets.figures import Quantity
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.quantities import find_quantities
from doichieu.extraction.targets.time_limits import is_short
from doichieu.lexicon.comparators import comparing
from doichieu.lexicon.families import EVERY
from doichieu.lexicon.named_words import words_of

#: Figures that state how much, as opposed to ages, durations, properties.
MEASURES = frozenset({"percent", "count", "rate", "rank", "multiple", "majority", "money", "index"})

#: A share or number opens that a count before its figure only narrows.
SHARE_OF = re.compile(
    r"(?:^(?:[-+*•]|\(?[\w.]{1,7}[.)\-]+)?\s*|[;:,.]\s+|\s(?:và|có|nâng|đưa|tăng|bảo đảm|đảm bảo"
    r"|phấn đấu)\s+)(?:tỷ lệ|tỉ lệ|số|tổng số)\s[^;:,.%]*\Z"
)


_Rule = Callable[[str, Quantity | None, Quantity], bool]


def _behind_a_share(*kinds: str) -> Callable[[Callable[[str, Quantity, Quantity], bool]], _Rule]:
    """A rule about figures of some kinds that stand behind a share; it says no of others."""

    def only(rule: Callable[[str, Quantity, Quantity], bool]) -> _Rule:
        @wraps(rule)
        def asked(lowered: str, before: Quantity | None, q: Quantity) -> bool:
            return before is not None and before.kind == "percent" and q.kind in kinds and rule(lowered, before, q)

        return asked

    return only


def _of_all(quantity: Quantity) -> Quantity:
    """``193/193 xã`` as a count of those it names, with the whole as its base."""
    if quantity.kind != "ratio" or not quantity.unit or quantity.value is None or quantity.value_max is None:
        return quantity
    if not 0 < quantity.value <= quantity.value_max:
        return quantity
    return quantity._replace(kind="count", value_max=None, base=f"{quantity.value_max:g} {quantity.unit}")


_STEP = re.compile(
    r"(?<!\w)(?:mức độ|mức|cấp độ|cấp|hạng|bậc|thế hệ|nhóm|tuyến|phiên bản|trình độ bậc)\s+\Z"
)  # "tài khoản định danh mức 2 đạt trên 95%"
#: A number of a name before the next figure's bound: "nhà cung ứng cấp 1 | ít nhất 15 doanh nghiệp".
_THEN_BOUND = re.compile(rf"\s+{comparing()}\s+")
_STEP_BESIDE = re.compile(r"\s*(?:,|và|hoặc|,\s+riêng)\s*(?:mức độ|cấp độ|cấp|hạng|bậc|nhóm|loại)\s+")
_THEN_REACHES = re.compile(r"[^,;.:\d]*\s(?:đạt|chiếm|còn|là|tăng|giảm|lên|xuống)\s[^,;.:\d]*")


#: "80% gara đạt tiêu chuẩn khí thải mức 4", "40% lò gốm đạt chứng nhận ISO 14001".
_STANDARD = re.compile(rf"(?<!\w)(?:{words_of('graded_by_number')}|iso|tcvn|qcvn|euro)\s+\Z")


#: The steps of a scale: it seldom has more than ten.
_STEPS = re.compile(r"0?\d|10")


#: The longest name of a grade.
_GRADED = 30


@_behind_a_share("index")
def _names_a_standard(lowered: str, share: Quantity, q: Quantity) -> bool:
    """Whether a bare number behind a share, in one clause with it, only says which standard they meet: ``mức 4``, or,
    where it is a step of some scale, ``mức 4 trở lên``."""
    if q.operator != "=" and not (q.operator == ">=" and _STEPS.fullmatch(lowered, q.figure_start, q.figure_end)):
        return False
    named = _STANDARD.search(lowered[max(q.start - _GRADED, 0) : q.start]) is not None
    return named and _APART.search(lowered, share.end, q.start) is None


_BY_NUMBER = re.compile(r"(?<!\w)(?:(?:iso|iec|tcvn|qcvn|sa|ohsas|euro|vietgap)(?:[/ -](?:iec|ts|iwa))?)[ :-]?\s*\Z")


def _of_a_standard(lowered: str, q: Quantity) -> bool:
    """Whether a number is that of a standard, whatever stands around it: ``được công nhận ISO/IEC | 17025``."""
    return q.operator == "=" and _BY_NUMBER.search(lowered[max(q.figure_start - 12, 0) : q.figure_start]) is not None


#: What is never measured right behind a word alone: "cuộc gọi cấp cứu 115 | được tiếp nhận".
_THEN_DONE = re.compile(r"\s+(?:được|bị|đã|phải)(?!\w)")
_CALLED = re.compile(r"(?<!\w)(?P<word>[^\W\d_]+)\s\Z")
#: What stands before a measure, so that the number is none of a name: "số điểm đạt 80".
_BEFORE_A_MEASURE = re.compile(
    r"điểm|mức|đạt|trên|dưới|khoảng|bằng|hơn|quá|thiểu|nhất|còn|lên|xuống|đến|tới|từ|là|và|có|số|cho"
)


@_behind_a_share("index")
def _calls_them(lowered: str, share: Quantity, q: Quantity) -> bool:
    """Whether a bare number behind a share is part of the name of those it is a share of: ``100% cuộc gọi đến tổng đài
    1022 được trả lời``."""
    if q.unit or q.operator != "=":
        return False
    if _THEN_DONE.match(lowered, q.figure_end) is None or not lowered[q.figure_start : q.figure_end].isdigit():
        return False
    word = _CALLED.search(lowered[max(q.start - 12, 0) : q.start])
    if word is None or _BEFORE_A_MEASURE.fullmatch(word.group("word")):
        return False
    return _APART.search(lowered, share.end, q.start) is None


def _without_steps(lowered: str, quantities: list[Quantity]) -> list[Quantity]:
    """The measures without bare numbers that only name a step of what the next one measures."""
    out: list[Quantity] = []
    for index, q in enumerate(quantities):
        after = quantities[index + 1] if index + 1 < len(quantities) else None
        before = out[-1] if out else None
        if _names_a_standard(lowered, before, q) or _calls_them(lowered, before, q) or _of_a_standard(lowered, q):
            continue
        bound = _THEN_BOUND.match(lowered, q.figure_end) is not None
        step = (q.kind == "index" or bound) and q.operator == "="
        step = step and _STEP.search(lowered[max(q.start - 20, 0) : q.start]) is not None
        if not (step and after is not None and (bound or _only_a_step(lowered, q, after))):
            out.append(q)
    return out


def _only_a_step(lowered: str, q: Quantity, after: Quantity) -> bool:
    """Whether a bare number names a step of what the next figure measures, or one of several steps in a row."""
    if _THEN_REACHES.fullmatch(lowered, q.end, after.figure_start):
        return True
    return _STEP_BESIDE.match(lowered, q.figure_end) is not None


def _of_a_name(text: str, q: Quantity) -> bool:
    """Whether a bare number goes on a name: ``Nhà máy Sông Thao 2``."""
    if q.kind not in ("count", "index") or q.operator != "=" or q.start != q.figure_start:
        return False
    return numbers_a_name(text, q.figure_start, q.figure_end, q.value, q.unit)


_UP = re.compile(r"(?:trở lên|trở xuống)\Z")
_APART = re.compile(r"[;:,]|\.\s")
#: What has so many of something: "doanh nghiệp | có từ 25 lao động", "ấp | có tỷ lệ hộ nghèo từ 30%".
_HAS = re.compile(r"(?:(?:\A|[;:,.]\s)(?P<who>[^;:,.\d%]*?))?(?<!\w)có(?:\s+[^\W\d_]+){0,6}\s+\Z")
_WHERE_HAS = re.compile(
    r"(?<!\w)(?:trong|tại|ở|của|cho|thuộc|đối với)\s[^;:,.\d%]{3,60}?\scó(?:\s+[^\W\d_]+){0,6}\s+\Z"
)
#: "… trong vòng 24 giờ | và có từ 85% trở lên được trả lời": a further share, joined to the first.
_JOINED = re.compile(r"(?:,|;|\svà|đồng thời)\s+có\s+\Z")
#: A whole place or a word of striving has what is promised: "toàn xã có từ 80% hộ trở lên …".
_STRIVES = re.compile(rf"(?:\A|\s)(?:phấn đấu|toàn|cả|{EVERY}|năm|kỳ|đến|trong|tỷ lệ|tỉ lệ|số|tổng)(?!\w)")
_ENDS = re.compile(r"\s*(?:[;,.]|\Z)")
#: Those who have, use, keep so many of something: "doanh nghiệp | sử dụng từ 50 lao động trở lên".
_OF_SUCH_A_SIZE = re.compile(
    r"(?:\A|[;:,.]\s)(?P<who>[^;:,.\d%]{3,60}?)\s(?:"
    rf"{words_of('of_such_a_size')}"
    r")(?:\s[^\W\d_]+){0,4}\s+\Z"
)
_HOW_MANY = re.compile(r"(?:tỷ lệ|tỉ lệ|số)\s+")
#: Where the share of all of them stands at the end of their clause: "… trở lên thành lập mạng lưới đạt | 85%".
_THEIR_SHARE = re.compile(r"(?:\s+[^\W\d_]+,?){2,}(?:\s*:|\s(?:đạt|là))\s*")


#: "80% trang trại | nuôi trên 500 con lợn | có hầm ủ": what stands between a share and a size without "trở lên".
_WHICH = re.compile(r"(?:\s+(?!(?:có|đạt|được|là|còn|tăng|giảm|và|hoặc|phải)\s)[^\W\d_]+){1,12}\s+(?:có quy mô\s+)?")
_SIZES = frozenset({"m3", "m2", "m", "km", "ha", "kw", "mw", "kwp", "mwp", "lít", "tấn", "kg"})
_BEYOND = frozenset({">", "<"})


def _goes_on_behind(lowered: str, stop: int) -> bool:
    """Whether a predicate begins behind a size, or behind the noun that it counts.

    >>> _goes_on_behind("nuôi trên 500 con lợn thịt có hầm ủ", 17), _goes_on_behind("lắp trên 500 đèn tại các xã", 16)
    (True, False)
    """
    words = re.match(r"(?:\s+[^\W\d_]+){1,6}", lowered[stop:])
    places = [m.start() for m in re.finditer(r"\S+", words.group())][:4] if words else []
    return any(predicate_start(lowered[stop + place : stop + place + 60], from_start=True) == 0 for place in places)


@_behind_a_share("count", "rate")
def _beyond_a_size(lowered: str, share: Quantity, q: Quantity) -> bool:
    """Whether a figure behind a share, ``trên 500 con lợn``, says which of them and not how much."""
    if q.operator not in _BEYOND:
        return False
    return _WHICH.fullmatch(lowered, share.end, q.start) is not None and _goes_on_behind(lowered, q.end)


def _up_to(lowered: str, q: Quantity) -> int:
    """Where a size ``từ 30% hộ trở lên``, ``trên 50 triệu đồng`` ends; -1 where the figure is none."""
    if q.kind == "money":
        return q.end if q.operator in (">", "<", ">=", "<=") else -1
    if q.kind not in ("count", "percent") or q.operator not in (">=", "<="):
        return -1
    if _UP.search(lowered, max(q.figure_end, q.end - 8), q.end) is not None:
        return q.end
    up = up_behind_noun(lowered, q.end)
    return -1 if up is None else up.end()


#: Those of a list who were given so much: "hộ gia đình, cá nhân được giao, khoán | từ 03 ha rừng trở lên".
_GIVEN_SO_MUCH = re.compile(
    r"(?:,?\s(?!mỗi|từng|tỷ|trong|riêng|và)[^\W\d_]+){1,12}\s(?:được (?:giao|thuê|cấp|khoán)"
    r"(?:, (?:giao|thuê|cấp|khoán))*|có|sử dụng|quản lý|nuôi|trồng)\s+"
)


@_behind_a_share("count", "percent", "money")
def _given_so_much(lowered: str, share: Quantity, q: Quantity) -> bool:
    """Whether a figure says how much those of a list have or were given, before what they do."""
    stop = _up_to(lowered, q)
    if stop < 0 or _GIVEN_SO_MUCH.fullmatch(lowered, share.end, q.start) is None:
        return False
    return predicate_start(lowered[stop : stop + 60].lstrip(), from_start=True) == 0


@_behind_a_share("count", "percent")
def _size_of_object(lowered: str, share: Quantity, q: Quantity) -> bool:
    """Whether a figure at the end of a share's clause says how big a thing is to be: ``85% hộ có bể chứa nước mưa từ
    5 m3 trở lên``."""
    stop = _up_to(lowered, q) if q.unit in _SIZES else -1
    if stop < 0 or _ENDS.match(lowered, stop) is None:
        return False
    return _APART.search(lowered, share.end, q.start) is None


#: What somebody has so much money of.
_MEANS = re.compile(
    r"(?<!\w)có (?:mức |tổng )?(?:doanh thu|thu nhập|doanh số|giá trị|vốn|mức đầu tư|dư nợ|kinh phí|quy mô)(?!\w)"
    r"(?: (?!đạt(?!\w)|tăng(?!\w))[^\W\d_]+){0,6} \Z"
)
#: A deed behind the amount, and nothing that goes on with it: "trở lên | xuất hóa đơn", and no "trở lên | mỗi tháng".
_THEN_DOES = re.compile(
    rf"(?!\s+(?:so|trên|trong|vào|ở|tại|của|từ|theo|và|hoặc|đến|trước|do|nhờ|sau|khi|là|trở|một|cho|{EVERY})(?!\w))"
    r"\s+[^\W\d_]+ [^\W\d_]+"
)


@_behind_a_share("money")
def _of_means(lowered: str, share: Quantity, q: Quantity) -> bool:
    """Whether money behind a share says which of them, whatever they do: ``85% hộ có doanh thu hằng năm từ 3 tỷ đồng
    trở lên | xuất hóa đơn điện tử``."""
    stop = _up_to(lowered, q)
    if stop < 0 or _APART.search(lowered, share.end, q.start) is not None:
        return False
    return _MEANS.search(lowered, share.end, q.start) is not None and _THEN_DOES.match(lowered, stop) is not None


#: "thu nhập của hộ nuôi | từ 3 lồng cá trở lên đạt …": of those of some size, of whom something else is measured.
_OWNED_BY = re.compile(
    r"(?<!\w)(?:của|cho|đối với|ở)\s(?:các |những |mỗi )?"
    r"(?:hộ|cơ sở|trang trại|doanh nghiệp|đơn vị|hợp tác xã|trường|xã|tàu)(?!\w)[^,;.:%\d]{0,40}?\s"
    r"(?:nuôi|trồng|có|sử dụng|sản xuất|chăn nuôi|khai thác|canh tác|quản lý)\s\Z"
)
_WHAT_IS_REACHED = re.compile(
    r"(?:[^,;.:%\d]{0,60}\s)?(?:đạt|tăng|giảm|là|không (?:dưới|quá)|còn)(?!\w)[^,;.:%\d]{0,30}\d"
)


def _of_owners(lowered: str, before: Quantity | None, q: Quantity) -> bool:
    """Whether a figure tells the owners apart of whom something is measured: ``Thu nhập bình quân của hộ nuôi từ 3 lồng
    cá trở lên đạt 90 triệu đồng/năm``."""
    if q.operator not in (">=", ">", "<", "<=") or q.kind not in ("count", "measure", "index", "rate"):
        return False
    if _OWNED_BY.search(lowered, max(q.start - 90, 0), q.start) is None:
        return False
    return _WHAT_IS_REACHED.match(lowered, q.end) is not None


def _has_share(lowered: str, begin: int, start: int) -> bool:
    """Whether those before have such a share of something, and no further share is joined to theirs."""
    return _HAS.search(lowered, begin, start) is not None and _JOINED.search(lowered, begin, start) is None


_SIZES_TOLD = (_beyond_a_size, _size_of_object, _given_so_much, _of_means, _of_owners)


def _is_size(lowered: str, before: Quantity | None, q: Quantity, following: Quantity | None) -> bool:
    """Whether a figure only says which of them: ``70% hộ có doanh thu từ 500 triệu đồng trở lên | sử dụng …``, ``30 tổ
    chức đảng trong doanh nghiệp có từ 50 lao động trở lên``, ``Ấp có từ 30% hộ đồng bào Khmer trở lên | được bố trí 01
    cán bộ``."""
    if any(rule(lowered, before, q) for rule in _SIZES_TOLD):
        return True
    stop = _up_to(lowered, q)
    if stop < 0:
        return False
    near = before if before is not None and _APART.search(lowered, before.end, q.start) is None else None
    goes_on = predicate_start(lowered[stop : stop + 60].lstrip(), from_start=True) == 0
    if near is not None and near.kind in ("percent", "majority") and goes_on:
        return q.kind != "percent" or _has_share(lowered, near.end, q.start)
    if near is not None and near.kind == "count" and (goes_on or _ENDS.match(lowered, stop)):
        return _WHERE_HAS.search(lowered, near.end, q.start) is not None
    if near is None and q.kind == "count" and _of_their_share(lowered, stop, q, following):
        return True
    if near is not None or following is None or not goes_on or _APART.search(lowered, stop, following.start):
        return False
    has = _HAS.search(lowered, max(0, q.start - 120), q.start)
    return has is not None and bool((has.group("who") or "").strip("-+* ")) and not _STRIVES.search(has.group("who"))


def _of_their_share(lowered: str, stop: int, q: Quantity, following: Quantity | None) -> bool:
    """Whether a size stands in the clause whose share comes last: ``Doanh nghiệp có từ 100 lao động trở lên | thành
    lập mạng lưới an toàn, vệ sinh viên đạt 85%``."""
    if following is None or following.kind != "percent" or not _THEIR_SHARE.fullmatch(lowered, stop, following.start):
        return False
    found = _OF_SUCH_A_SIZE.search(lowered, max(0, q.start - 120), q.start)
    who = _HOW_MANY.sub("", found["who"].strip("-+* "), count=1) if found else ""
    return bool(who) and _STRIVES.search(who) is None


def _without_sizes(lowered: str, quantities: list[Quantity]) -> list[Quantity]:
    """The measures without sizes that say which of them it is about."""
    out: list[Quantity] = []
    for index, q in enumerate(quantities):
        following = quantities[index + 1] if index + 1 < len(quantities) else None
        if not _is_size(lowered, out[-1] if out else None, q, following) and not made_up_of(lowered, q, following):
            out.append(q)
    return out


_HOURS = re.compile(r"(?:giờ|phút|ngày|tháng|năm|tuần)/")
_CUT = re.compile(r"[;:,]")
_OF_SOME = ("percent", "majority")


def _without_hours(lowered: str, quantities: list[Quantity]) -> list[Quantity]:
    """The measures without how long a share of them does something: ``80% thư viện mở cửa tối thiểu 20 giờ/tuần``."""
    out: list[Quantity] = []
    for q in quantities:
        share = out[-1] if out and _HOURS.match(q.unit) else None
        if share is None or share.kind not in _OF_SOME or _CUT.search(lowered, share.end, q.start) is not None:
            out.append(q)
    return out


_REACHED = re.compile(r"[^;:,.%]*\s(?:đạt|chiếm|là|lên|xuống|còn)\s*")


#: "Kéo giảm 30% lượng phân bón | trên 01 ha | đất lúa": over one of what.
_OVER_ONE = re.compile(r"[^;:,.%\d]*(?<!\w)(?:lượng|mức|số|chi phí|khối lượng)\s[^;:,.%\d]*\s")


@_behind_a_share(*MEASURES)
def _over_one(lowered: str, share: Quantity, q: Quantity) -> bool:
    """Whether a figure only says over one of what the share of an amount is taken."""
    if q.value != 1 or not lowered.startswith("trên", q.start):
        return False
    return _OVER_ONE.fullmatch(lowered, share.end, q.start) is not None


def _without_parts(lowered: str, quantities: list[Quantity]) -> list[Quantity]:
    """Figures without the counts that only say what a share is of: ``tỷ lệ trẻ được tầm soát ít nhất 5 bệnh đạt
    90%``."""
    out: list[Quantity] = []
    for index, quantity in enumerate(quantities):
        following = next((q for q in quantities[index + 1 :] if q.kind == "percent"), None)
        if _over_one(lowered, out[-1] if out else None, quantity):
            continue
        if (
            quantity.kind in ("count", "multiple")
            and following is not None
            and SHARE_OF.search(lowered[max(0, quantity.start - 160) : quantity.start])
            and _REACHED.fullmatch(lowered, quantity.end, following.start)
        ):
            continue
        out.append(quantity)
    return out


_TO = re.compile(
    r"\s*(?:\(?(?:vào |hết |cuối )?(?:năm(?: học)?|quý|tháng|giai đoạn) [\d/]+(?:\s*-\s*\d+)?\)?"
    r"|\(?(?:như )?hiện (?:nay|tại|có)\)?)?"
    r",?\s*(?:tăng |giảm |nâng )?(?:lên|xuống|còn)"
    rf"(?:\s+(?:đến|tới|còn|đạt|mức|{comparing()}))*\s*"
)


def rises_from(lowered: str, was: Quantity, now: Quantity) -> bool:
    """Whether two figures are where a measure comes from and where it goes: ``từ 12,3% lên 13,5%``."""
    alike = now.unit == was.unit or now.unit.startswith((f"{was.unit} ", f"{was.unit}/"))  # "5 ngày làm việc"
    alike = alike or (was.kind == "index" and not was.unit) or (is_short(was.unit) and is_short(now.unit))
    return (
        alike
        and lowered[max(0, was.figure_start - 4) : was.figure_start].strip() == "từ"
        and _TO.fullmatch(lowered, was.end, now.figure_start) is not None
    )


#: "doanh nghiệp chế biến | giảm từ 61.000 m3/ngày xuống 40.000 m3/ngày": a size that is moved is measured.
_MOVES = re.compile(r"(?<!\w)(?:giảm|tăng|nâng|hạ|rút ngắn|kéo dài|mở rộng|thu hẹp)(?: từ)?\s+\Z")


def _with_origins(lowered: str, quantities: list[Quantity]) -> list[Quantity]:
    """A stretch that a measured one comes from is measured too: ``từ 20 ngày xuống còn không quá 12 ngày``."""
    out = list(quantities)
    for index, (was, now) in enumerate(pairwise(quantities)):
        if was.kind not in ("duration", "measure"):
            continue
        origin = was._replace(kind="index")
        if now.kind == "index":
            out[index] = origin if rises_from(lowered, origin, now) else was
        elif now.kind == was.kind and rises_from(lowered, was, now) and _MOVES.search(lowered[: was.start][-30:]):
            out[index : index + 2] = [origin, now._replace(kind="index")]
    return out


#: Who is left out, by how big or how many they are: "trừ các điểm trường lẻ dưới 30 học sinh".
_LEFT_OUT = re.compile(
    r"(?:^|[,;(]\s*|\s)(?:ngoại trừ|trừ|không bao gồm|không kể|không tính)\s+(?:(?:các|những|số|riêng)\s+)*"
    r"(?!(?:\w+\s){0,4}(?:đạt|còn|là|tăng|giảm)(?!\w))[^,;:.()%]{3,80}?\s(?:dưới|trên|từ|có|không quá)\s+\Z"
)


def _left_out(lowered: str, q: Quantity) -> bool:
    """Whether a count says which of them are excepted: ``trừ các điểm trường lẻ dưới 30 học sinh``."""
    if q.kind not in ("count", "measure", "index"):
        return False
    return _LEFT_OUT.search(lowered[max(0, q.figure_start - 110) : q.figure_start]) is not None


_SET_APART = re.compile(r"(?<!\w)riêng(?: (?:đối )?với)?\s+\Z")
_SHARE_BEHIND = re.compile(r"[^;.]*\d\s*(?:%|‰|phần trăm)")


def _set_apart(lowered: str, q: Quantity) -> bool:
    """Whether a count says whom the share behind it is of: ``riêng 17 xóm biên giới giảm ít nhất 6%``."""
    if q.kind != "count" or _SET_APART.search(lowered[: q.start][-20:]) is None:
        return False
    return _SHARE_BEHIND.match(lowered, q.end) is not None


#: Where or of how many a clause opens with, before its share: "Tại 05 xã bãi ngang, | 100% trạm y tế …".
_OPENS_AT = re.compile(
    r"(?:\A\W*(?:\w{1,3}[.)]\s*)?|[.;:]\s+)(?:riêng\s+)?(?:tại|ở|đối với|trên địa bàn|trong(?: tổng)?(?: số)?)\s+\Z"
)
_SHARE_NEXT = re.compile(r"[^,;.:%\d]{0,60},\s[^;.:%]*?\d\s*%")


def _opens_at(lowered: str, q: Quantity) -> bool:
    """Whether a count says in how many places the share behind the comma holds."""
    if q.kind != "count" or q.operator != "=" or _OPENS_AT.search(lowered[: q.start][-24:]) is None:
        return False
    return _SHARE_NEXT.match(lowered, q.end) is not None


_IN_COMMON = re.compile(r"(?<!\w)(?:chung cho|chung của|giữa)\s+\Z")


def _in_common(lowered: str, q: Quantity) -> bool:
    """Whether a count says how many have what is counted in common: ``01 trạm bơm dùng chung cho 02 hợp tác xã``."""
    return q.kind == "count" and q.operator == "=" and _IN_COMMON.search(lowered[: q.start][-12:]) is not None


def measuring(text: str, lowered: str, skip: tuple[tuple[int, int], ...]) -> list[Quantity]:
    """The figures that state how much; numbers of names, steps, parts and sizes left out."""
    every = [_of_all(q) for q in find_quantities(lowered, skip)]
    found = [q for q in _with_origins(lowered, every) if q.kind in MEASURES]
    found = [q for q in found if not _of_a_name(text, q)]
    found = _without_hours(lowered, found)
    found = [q for q in found if not (_left_out(lowered, q) or _opens_at(lowered, q) or _in_common(lowered, q))]
    found = [q for q in found if not _set_apart(lowered, q)]
    return _without_sizes(lowered, _without_parts(lowered, _without_steps(lowered, found)))
