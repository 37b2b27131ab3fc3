"""What is measured where it stands before its figure: ``tỷ lệ trẻ em suy dinh dưỡng … đạt 15%``.

The wording is a word of measure (``tỷ lệ``, ``số lượng``, ``chỉ số``), and what it is a measure of.  That is the
population, unless the wording names the population apart: ``tỷ lệ nữ X``, ``tỷ trọng X trong tổng số Y``, ``tỷ lệ sử
dụng X của Y``.  Each way of naming it apart is one rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from doichieu.extraction.targets.apart import (
    BEFALLS,
    FOR,
    MEASURE_ALONE,
    NAMED_APART,
    Core,
    befalls,
    deed_alone,
    deed_upon,
    done_to,
)
from doichieu.extraction.targets.parts import clean, strip_share_word, strip_verbs
from doichieu.extraction.targets.phrases import narrowings, read_population
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.rates import without_base
from doichieu.extraction.targets.relative_clauses import PERSON
from doichieu.extraction.targets.sides import Said, Sides
from doichieu.lexicon.families import EVERY
from doichieu.lexicon.named_words import words_of
from doichieu.model import Target
from doichieu.text.asides import without_asides

_MEASURE_NOUN = re.compile(
    r"(?<!tốc độ)(?:^|\s)(?:có|về|vào|đưa|nâng|giảm|tăng|với|và|trong đó|duy trì|mục tiêu)\s+(?P<noun>(?:"
    rf"{words_of('measure_noun')}"
    r")\s)"
)
_BARE_TAIL = re.compile(
    r"(?!kế hoạch\b|dự toán\b|chỉ tiêu\b|nhu cầu\b|g?r?dp\b|trong\b|so\b|trên\b|tổng\b|trở\b|mỗi\b"
    r"|hằng\b|hàng\b|vào\b|đến\b|theo\b|/|và\b|của\b|sau\b|trước\b|ngay\b|kể\b)[^\W\d_]+(?:\s[^\W\d_]+){0,5}\Z"
)
#: Verbs of change before what changes: "giảm số giờ …", "nâng tuổi thọ …".
_CHANGES = re.compile(
    rf"^(?:(?:{words_of('change_before_its_object')})[\s,]+)+(?=\w)",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(r"^(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng)(?!\w)", re.IGNORECASE)
#: These words of measure belong to the name of what is measured.
_OWN_NAME = re.compile(r"^(?:chỉ số|số năm|tuổi thọ|tốc độ|mức sinh|độ che phủ)(?!\w)", re.IGNORECASE)
_TIMES = re.compile(
    r"(?:đến|vào|trong|hết|cuối|từ|trước|sau)\s(?:hết |cuối |đầu )*(?:năm|quý|tháng|kỳ|nhiệm kỳ)", re.IGNORECASE
)
_SUM_OF = re.compile(
    r"^(?:tổng\s+)?(?:giá trị|số tiền|doanh số|khối lượng|số lượng)\s+(?=giao dịch|sản phẩm|công bố|đơn)", re.IGNORECASE
)
_OPENING_PLACE = re.compile(r"^(?:trong|ở|tại)\s+", re.IGNORECASE)


# ---------------------------------------------------------------- the whole wording

_DEATHS = re.compile(
    r"^(?:tử vong|mắc mới|mắc|tảo hôn|sinh(?! viên| vật| kế| hoạt| học| thái)|bao phủ|suy dinh dưỡng)\s+(?:ở\s+)?",
    re.IGNORECASE,
)
_RATE_AT = re.compile(r"^(?:tỷ suất|tỉ suất|tỷ số|tỉ số)\s+(?=tử vong|chết|mắc)", re.IGNORECASE)


def _owner(bare: str) -> tuple[str, list[str]]:
    """``Tỉnh có quy mô kinh tế số …``: the measured wording, and its owner as what narrows it."""
    nouns = list(_MEASURE_NOUN.finditer(bare.lower()))
    if not nouns or nouns[-1].start("noun") == 0:
        return bare, []
    owner = clean(bare[: nouns[-1].start()])
    narrows = bool(owner) and not _TIMES.match(owner) and len(owner.split()) <= 6 and not _CHANGES.match(owner + " x")
    return bare[nouns[-1].start("noun") :], [owner] if narrows else []


#: "bình quân các xã đạt tỷ lệ 65%": the average is over them.
_AVERAGE_OF = re.compile(
    rf"^(?:bình quân|trung bình)\s+(?:(?:các|mỗi|toàn bộ)\s+(?!năm|tháng|quý)|{EVERY} năm\s+)", re.IGNORECASE
)


def _core(said: str, unit: str) -> Core:
    plain = without_base(_AVERAGE_OF.sub("", _CHANGES.sub("", said)))
    share = _SHARE_OF.match(plain) is not None
    bare = _RATE_AT.sub("", plain)
    text = bare if _OWN_NAME.match(bare) else strip_share_word(_SUM_OF.sub("", bare))
    return Core(_OPENING_PLACE.sub("", text), share, unit)


_EACH_OF = re.compile(r"^(?:các|những|toàn bộ|mỗi|từng)\s+(?=\w+ \w)", re.IGNORECASE)


def population_measured(wording: str, unit: str) -> tuple[str, tuple[str, ...]]:
    """Whom a measured wording is about, and what narrows them.

    >>> population_measured("tỷ lệ sử dụng dịch vụ công của người dân ở nông thôn", "%")
    ('người dân', ('ở nông thôn',))
    """
    core = _core(wording, unit)
    apart = next((whole for rule in (*NAMED_APART, done_to, deed_upon) if (whole := rule(core))), "")
    if apart:
        apart = apart.removeprefix("của ")  # "tự động hóa | của trạm bơm"
        phrase, narrow = narrowings(apart)
        return clean(phrase or apart), _without_base(core, narrow)
    whom = FOR.fullmatch(core.text) if strip_verbs(core.text, leading=True) != core.text else None
    text = whom.group("whom") if whom else _DEATHS.sub("", core.text) if core.share else core.text
    found = read_population(_EACH_OF.sub("", text))
    return clean(found.subject), _without_base(core, found.scope)


#: What a share is a share of: "trong GRDP", "trong cơ cấu kinh tế", "trên tổng giá trị xuất khẩu".
_BASE = re.compile(r"(?:trong|trên)\s+(?:g?r?dp|cơ cấu|tổng(?! công ty| cục| đài))(?!\w).*", re.IGNORECASE)


def _without_base(core: Core, scope: Iterable[str]) -> tuple[str, ...]:
    return tuple(piece for piece in scope if _BASE.fullmatch(piece) is None)


#: Whom above all: an emphasis, which narrows nothing.
_ABOVE_ALL = re.compile(
    r"(?:^|[\s,])(?:nhất là|đặc biệt là|trước hết là|trong đó ưu tiên|ưu tiên)\s.*\Z", re.IGNORECASE
)
_LIFETIME = re.compile(r"(?:tuổi thọ|số năm sống)(?!.*\s(?:của|ở)\s)", re.IGNORECASE)
NUMBER_OF = re.compile(
    r"(?:giảm |tăng |nâng |đưa |hạn chế |kéo giảm )*(?:tổng )?(?:số lượng|số|diện tích|sản lượng|khối lượng|lượng)"
    r"\s+(?!hóa)",
    re.IGNORECASE,
)


def relative_of(said: str, subject: str) -> str:
    """What a number of things says of them narrows them: ``số lô hàng | bị cảnh báo``."""
    if not subject or NUMBER_OF.match(said) is None:
        return ""
    at = said.find(subject)
    rest = clean(said[at + len(subject) :]) if at >= 0 else ""
    return rest if predicate_start(rest.lower(), from_start=True) == 0 else ""


#: What money is for says which money: "ngân sách địa phương | bảo đảm cho nhiệm vụ quốc phòng".
_MEANT_FOR = re.compile(r"(?:bảo đảm|đảm bảo|chi|bố trí|dành|đầu tư|hỗ trợ) cho\s")
_MEMBERS = re.compile(r"(?:thuộc|bị|là|đang|chưa|ở|tại|có)\s")


def _membership_of(said: str, subject: str, *, taken: bool) -> str:
    """``Hộ nghèo thuộc các dân tộc rất ít người giảm 7%``: of those whose number changes, which they are."""
    at = said.find(subject) if subject else -1
    rest = clean(said[at + len(subject) :]) if at >= 0 else ""
    known = taken or PERSON.match(subject.lower()) is not None
    return rest if (known and _MEMBERS.match(rest) is not None) or _MEANT_FOR.match(rest) is not None else ""


def _belonging(said: str, subject: str) -> str:
    """``Tỷ lệ thôn đặc biệt khó khăn thuộc vùng dân tộc thiểu số``: which of those whose share is told."""
    _, there, rest = said.partition(f"{subject} ") if len(subject.split()) > 1 else ("", "", "")
    alone = there and rest.startswith("thuộc ") and not rest.startswith(("thuộc diện", "thuộc hộ"))
    return clean(rest) if alone and predicate_start(rest[len("thuộc ") :].lower()) is None else ""


#: "mức độ hài lòng về …": whose, was said before.
_WHOSE = re.compile(r"\s(?:của|ở|cho)\s")
_FOUNDED = re.compile(r"(?:thành lập|hình thành|xây dựng)\s(?!được)\w", re.IGNORECASE)
_EARNED = re.compile(r"(?:tổng )?(?:doanh thu|doanh số|lợi nhuận)")
_HOW_FAR = re.compile(r"^(?:mức độ|chỉ số|sự|mức)\s+", re.IGNORECASE)


def _names_itself(c: Sides, core: Core) -> bool:
    """Whether a sum is of nobody said before: ``phát hành 2 triệu tín chỉ, doanh thu đạt 140 tỷ đồng``, ``thành lập Quỹ
    đầu tư mạo hiểm với quy mô 500 tỷ đồng``."""
    earned = _EARNED.fullmatch(core.text.lower()) is not None and not c.label and "/" not in core.unit
    return earned or (core.unit != "%" and _FOUNDED.match(core.text) is not None)


def _spoken_of(c: Sides, core: Core, said: str) -> Target | None:
    """The target before, where a measured wording names nobody of its own: ``…, số năm sống khỏe đạt 68 năm``."""
    if _LIFETIME.match(core.text) and c.near is not None and PERSON.match(c.near.subject.lower()):
        return c.near
    if MEASURE_ALONE.fullmatch(core.text.lower()) and c.near is not None and c.near.unit != core.unit:
        return c.near  # "20 khu bảo vệ thủy sản với tổng diện tích 800 ha"
    before = c.near or c.previous
    if (
        (core.share or core.unit == "%")
        and before is not None
        and befalls(core) == ""
        and BEFALLS.match(core.text if _WHOSE.search(core.text) else _HOW_FAR.sub("", core.text))
        and before.subject
    ):
        return before
    same_part = c.previous_group is not None and c.previous_group.part == c.group.part
    nobody = predicate_start(core.text.lower(), from_start=True) == 0 and not any(
        rule(core) for rule in (*NAMED_APART, done_to, *(() if same_part else (deed_upon,)))
    )
    return c.near if nobody and (core.share or said == core.text) else None


#: What the clause before makes ready: "Hoàn thành | Khu công nghệ thông tin Yên Bình quy mô 200 ha …; tỷ lệ lấp đầy".
_MADE_READY = re.compile(
    rf"(?:\A|[.;:]\s)\W*(?:\w{{1,3}}[.)]\s*)?(?:phấn đấu\s|đến [^,;]{{4,20}},\s|tiếp tục\s)*"
    rf"(?:(?:{words_of('made_ready')})(?!\w)[,\s]*(?:và\s|vào\s)?)+(?P<thing>[^;:%]{{4,160}}?)"
    r"(?=\s(?:quy mô|công suất|diện tích|với|trước|trong|vào|năm|đến|từ|nhằm|để|phục vụ|có)\s|,\s|;)[^:%]{0,120};\s*\Z",
    re.IGNORECASE,
)


def _made_ready(c: Sides, core: Core) -> Said | None:
    """``Hoàn thành Khu A (giai đoạn 1) quy mô 200 ha; tỷ lệ lấp đầy đạt 60%``: of what was made ready before."""
    if c.kind != "percent" or not deed_alone(core.text):
        return None
    found = _MADE_READY.search(c.text[: c.start])
    if found is None:
        return None
    subject, scope = narrowings(found.group("thing"))
    return Said(clean(subject), clean(c.rest), tuple(scope))


#: A second verb of change that the figure follows: "Kiềm chế số vụ cháy, | kéo giảm 5%".
_THEN_CHANGES = re.compile(r",\s+(?:(?:và|từng bước|phấn đấu)\s+)*(?:kéo giảm|kéo|giảm|hạ|nâng|tăng)\Z", re.IGNORECASE)
_TAKES_OF = re.compile(r"(?<!\w)(?:chiếm|bằng|tương đương)(?:\s+(?:từ|khoảng|trên|tối thiểu|ít nhất|hơn|dưới))*\s*\Z")
_EACH_BODY = re.compile(r"[^/]+/(hợp tác xã|doanh nghiệp|trang trại)(?!\w)")
#: All the people, and a body that is counted against them.
_OF_EVERYBODY = re.compile(r"(?:tổng )?(?:dân số|dân cư|số dân)(?!\w)")
_SOME_PEOPLE = re.compile(r"(?:lực lượng |đội ngũ |dân quân |dự bị động viên)", re.IGNORECASE)
_OF_NUMBER = re.compile(r"(?:tổng )?số(?! dân| hóa)(?:\s|\Z)")


def measured(c: Sides) -> Said | None:
    """``Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng … đạt 15%``, ``tỷ trọng thương mại điện tử trong tổng mức bán lẻ``."""
    bare, scope = _owner(_THEN_CHANGES.sub("", " ".join(without_asides(c.reached, " ").split())))
    said = clean(bare)
    unit = c.group.figure.unit
    core = _core(said, unit)
    tail = clean(_ABOVE_ALL.sub("", " ".join(without_asides(c.right, " ").split())))
    behind, narrow = narrowings(f"x {tail}")
    if behind == "x":
        scope += narrow  # "… lên tối thiểu 80% trên toàn tỉnh"
    elif c.trailing:
        scope.append(c.trailing)
    indicator = clean(f"{said} {tail}")
    taken = _TAKES_OF.search(c.left.lower()) is not None and bool(clean(c.reached))
    if taken:
        tail = ""  # "gạo có thương hiệu chiếm 20% | lượng xuất khẩu"
    if _OF_NUMBER.match(tail.lower()) and not BEFALLS.match(core.text) and not deed_upon(core):
        tail = ""  # "trường tư thục chiếm 30% | số trường": what it is a share of
    if _OF_EVERYBODY.match(tail.lower()) and _SOME_PEOPLE.match(strip_verbs(core.text, leading=True)):
        tail = ""  # "lực lượng dân quân tự vệ đạt 1,5% | dân số"
    whom = clean(tail.partition(",")[0])  # "bao phủ bảo hiểm y tế đạt trên 95,5% | dân số, đến năm 2030 …"
    if _BARE_TAIL.match(whom.lower()) and predicate_start(whom.lower(), from_start=True) is None and c.names_behind:
        return Said(whom, said, (*scope, *narrowings(core.text)[1]))
    if (ready := _made_ready(c, core)) is not None:
        return ready
    before = None if _names_itself(c, core) else _spoken_of(c, core, said)
    if before is not None:
        return Said(before.subject, indicator, (*scope, *before.scope))
    subject, narrow_by = population_measured(said, unit)
    if core.share and (told := _belonging(said, subject)):
        scope = [*scope, told]
    if not core.share and (told := relative_of(said, subject) or _membership_of(said, subject, taken=taken)):
        scope = [*scope, told]
    if (each := _EACH_BODY.match(unit)) is not None and MEASURE_ALONE.fullmatch(subject.lower()) is not None:
        subject = each.group(1)  # "Doanh thu bình quân đạt 3 tỷ đồng/hợp tác xã/năm"
    return Said(subject, indicator, (*scope, *narrow_by))
