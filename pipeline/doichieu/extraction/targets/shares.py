"""Whom a share is about that stands before its population: ``100% hộ dân được …``, ``số hóa 100% hồ sơ``."""

from __future__ import annotations

import re

from doichieu.extraction.targets.kinds import going_on, of_kinds
from doichieu.extraction.targets.measured import population_measured
from doichieu.extraction.targets.measures import mark_length
from doichieu.extraction.targets.parts import clean, strip_modal, strip_share_word, strip_verbs
from doichieu.extraction.targets.phrases import narrowings, read_population
from doichieu.extraction.targets.predicates import is_set_to_somebody, predicate_start
from doichieu.extraction.targets.sides import Before, Said, Sides
from doichieu.extraction.targets.verbs import opens_as_noun
from doichieu.lexicon.comparators import comparing
from doichieu.lexicon.named_words import words_of
from doichieu.text import fold

SHARES = ("percent", "majority")
_AMONG = re.compile(
    r"\s*trong (?:(?:tổng )?số\s+|nhóm\s+(?=\D)|(?=\d))(?:\d[\d.]*\s+)?(?:các |những )?"
    r"(?P<who>[^,;:%]{3,90}?)(?:,|\s+có\s*\Z)"
)
_COUNT_OF = re.compile(
    r"^[\s,]*(?:tổng số|số lượng|tổng lượng|khối lượng|lượng|số(?! hóa)|của|các|những|toàn bộ)\s+(?=\w)"
)
_ECONOMY = re.compile(r"\s*g?r?dp(?!\w)")
_SEVERAL = re.compile(r"^[\s,]*(?:số )?(?:các|những)\s")
_TAKES = re.compile(r"(?:chiếm|đóng góp|bằng|tương đương)(?:\s+(?:từ|khoảng|trên|tối thiểu|ít nhất|hơn|dưới))*\s*\Z")
#: Verbs of which a whole clause is the object: "bảo đảm 100% hộ dân có nước sạch"; of others only the population is.
_TAKES_CLAUSE = re.compile(
    r"(?:[^;]*\s)?(?:bảo đảm|đảm bảo|duy trì|giữ|giữ vững|phấn đấu|có|đạt|đưa|nâng|để|giúp|tiến tới|hoàn thành|cho"
    r"|là|tạo điều kiện|vận động|yêu cầu)(?!\w)(?:\s+(?:tốt|được|cho|để))*\W*\Z"
)
_WHICH = re.compile(
    r"(?:có|thuộc|đang|nằm trong|là|gây|chưa|không|bị|đã|do|vi phạm|phát sinh|sử dụng|dùng|chạy|mang|mắc|còn|quá|hết"
    r"|sống|ở|trồng|nuôi|sản xuất|kinh doanh|tham gia|sinh sống|làm việc"
    r"|cư trú|hoạt động) (?!đủ |ít nhất |từ \d)(?:[^,;.]|, (?!được|phải|đạt|có|đều|bảo|đảm|để|nhằm))+\Z"
)


def _stands_before(c: Sides) -> bool:
    """Whether a share stands before what it is a share of (``100% hộ …``)."""
    alone = c.reaches and c.whole is not None and not clean(c.right)  # "…, trong đó keo chiếm 60%, quế chiếm 20%"
    if not c.reached or (len(c.reached.split()) <= 1 and not c.reached.isupper() and not alone):
        return True  # but "CPI bình quân dưới 4,5%"
    if c.creator and fold(c.rest).startswith(fold(c.creator)) and len(c.creator.split()) <= 2:
        return True
    if (then := _THEN_DOES.search(c.rest)) is not None and not c.reaches and not strip_verbs(then["verb"]):
        return True  # "Làm chủ quy trình ươm, tự túc 50% nhu cầu cây giống"
    if not c.names_behind or c.reaches:
        return False
    return strip_share_word(c.rest) == c.rest or _JOINED.search(c.left) is not None


#: A list that ends in a share of its own: "… các xã vùng cao và | ít nhất 50% người dân các xã khác".
_THEN_DOES = re.compile(r",\s+(?P<verb>[^,;:%\d]{3,25})\Z")
_JOINED = re.compile(r"\svà\s*\Z")


_LISTED = re.compile(r"(?:[^\W\d_]+(?:\s[^\W\d_]+){0,3},\s+){1,4}(?:[^\W\d_]+(?:\s[^\W\d_]+){0,2}\s)?", re.IGNORECASE)


_SHORT_VERB = 2  # words: a longer member of a list has its own object


def _whole_list(rest: str, verb: str) -> str:
    """A deed with the verbs that are listed before it.

    >>> _whole_list("Phát hiện, ngăn chặn, xử lý", "xử lý"), _whole_list("Năm 2026, xử lý", "xử lý")
    ('Phát hiện, ngăn chặn, xử lý', 'xử lý')
    """
    before = rest[: rest.find(verb)] if verb in rest else ""
    listed = before.rstrip().endswith((",", " và")) and _LISTED.fullmatch(before.replace(" và ", ", ")) is not None
    left = strip_verbs(clean(before), leading=True)
    short = all(len(part.split()) <= _SHORT_VERB for part in before.split(",")) and left != clean(before)
    return clean(rest) if listed and (not left or short) else verb


_SHARE_AT_END = re.compile(r"\s*(?:tỷ lệ|tỉ lệ|tổng số|số)\Z", re.IGNORECASE)
_HAS_AT_END = re.compile(r"\s+có\Z")


def _verb_before(c: Sides) -> str:
    """What is done to the share of them: ``số hóa 100% hồ sơ``, ``đơn giản hóa 30% điều kiện``."""
    if c.creator and c.creator.lower() not in ("có", "đạt"):
        return "" if c.adverbial else _HAS_AT_END.sub("", _whole_list(c.rest, c.creator))
    deed = _SHARE_AT_END.sub("", clean(c.rest))
    if not c.reached and not c.reaches and not c.adverbial and _TAKES_CLAUSE.match(deed.lower()) is None:
        return deed  # "Thu gom, tái chế 85% chai nhựa"
    return c.rest if c.reached and not c.reaches and _JOINED.search(c.left) is None else ""


#: "69% đã qua đào tạo": what is so of those above.
_TRAINED = re.compile(r"(?:đã )?qua đào tạo(?!\w)")


#: "20% | trích cho tu bổ di tích": what becomes of a part of the money above.
_SPENT_ON = re.compile(r"(?:trích|dành|chi|phân bổ|để lại|chi trả)(?: trực tiếp)? (?:cho|vào|để)(?!\w)")
#: "10% | dưới 40 tuổi": how old those above are.
_YOUNG = re.compile(r"(?:tuổi đời )?(?:dưới|trên|từ|đủ|không quá) \d+ tuổi(?!\w)")


def _predicate_of_share(c: Sides, lowered: str) -> int | None:
    """Where the predicate begins behind a share; an opening ``tổ chức``, or ``các hoạt động``, is a noun."""
    if _TRAINED.match(lowered) or _YOUNG.match(lowered) or (c.near is not None and _SPENT_ON.match(lowered)):
        return 0
    position = predicate_start(lowered, from_start=True)
    noun = lowered.startswith(("tổ chức ", "vi phạm ")) or (
        _SEVERAL.match(c.right.lower()) is not None and opens_as_noun(lowered)
    )
    return predicate_start(lowered) or 0 if position == 0 and noun else position


def among(c: Sides) -> Said | None:
    """``Trong số các hộ có người khuyết tật, 90% được trợ giúp``: the population stands before its share."""
    found = _AMONG.match(c.left.lower())
    if found is None or predicate_start(c.right.lower().strip(), from_start=True):
        return None
    who = clean(c.left[found.start("who") : found.end("who")])
    if predicate_start(who.lower(), from_start=True) == 0 and c.near is not None and c.near.subject:
        return Said(c.near.subject, clean(c.right), (*c.near.scope, who))  # "trong số đang điều trị có 90% …"
    subject, scope = narrowings(who)
    return Said(clean(subject), clean(c.right), tuple(scope))


#: What is to be found somewhere, or is put there: "Wifi miễn phí có ở", "Chi hội khuyến học được thành lập ở".
_FOUND_AT = re.compile(
    r"(?P<thing>(?:[^\W\d_]+\s+){2,14}?)(?:có(?: mặt)?|(?P<put>được "
    rf"(?:{words_of('deed_that_places')}))) (?:ở|tại)(?: (?:{comparing()}))?\s*\Z",
    re.IGNORECASE,
)
_HERE = re.compile(r"(?<!\w)(?:ở|tại)(?!\w)")


@of_kinds("percent")
def found_at(c: Sides) -> Said | None:
    """``Wifi miễn phí có ở 80% nhà văn hóa thôn``, ``Quầy thuốc được mở tại 80% xã đảo``: of the places, which are to
    have what is named first."""
    if not c.right.strip() or _HERE.search(c.left) is None:
        return None
    found = _FOUND_AT.search(c.left)
    if found is None or c.left[: found.start()].strip(" -+*•") or predicate_start(c.right.lower()) is not None:
        return None
    subject, scope = narrowings(clean(c.right))
    put = f" {clean(found.group('put')).lower()}" if found.group("put") else ""
    return Said(clean(subject), f"có {clean(found.group('thing')).lower()}{put}", tuple(scope))


_CARRIED_OUT = re.compile(r"(?:[^;,]*\s)?(?:hoàn thành|thực hiện|triển khai|đạt|bảo đảm|đảm bảo)(?: việc| cơ bản)?\Z")
_IN_WORK = re.compile(
    r"\strong\s+(?:tất cả |toàn bộ )?(?:các )?(?P<work>"
    r"(?:hoạt động|lĩnh vực|khâu|quy trình|nghiệp vụ)\s.+)"
)
_PROCESS = re.compile(
    r"(?:số hóa|chuyển đổi số|kiểm kê|cấp(?! (?:ủy|uỷ|xã|huyện|tỉnh|cơ sở|học|nước|điện)(?!\w))|"
    r"rà soát|sắp xếp|đo đạc|thống kê|kê khai|xử lý|di dời)(?!\w)"
)


_EACH_ONE = re.compile(r"^(?:riêng|mỗi|từng|các|những)\s+", re.IGNORECASE)


@of_kinds("percent")
def share_within(c: Sides) -> Said | None:
    """``Mỗi tổ hợp tác có ít nhất 70% thành viên là hộ nghèo``: the share is of those within, the holder narrows."""
    if not c.has or not c.names_behind:
        return None
    holder = _EACH_ONE.sub("", clean(re.sub(r"\s+có(?:\s.*)?\Z", "", clean(c.rest))))
    if not holder or c.rest == clean(c.right) or predicate_start(holder.lower()) is not None:
        return None
    if strip_verbs(holder, leading=True) != holder or strip_share_word(holder) != holder or len(holder.split()) < 2:
        return None
    body = " ".join(_COUNT_OF.sub("", c.right).split())
    position = predicate_start(body.lower())
    if not position:
        return None
    subject, scope = narrowings(body[:position])
    return Said(clean(subject), clean(body[position:]), (*scope, holder))


def work_done(c: Sides) -> Said | None:
    """``Hoàn thành 100% số hóa hồ sơ``, ``… 100% chuyển đổi số trong các hoạt động quản lý hồ chứa``: the share of a
    work is about what the work is done to, or for, or in."""
    verb = clean(c.rest).lower()
    body = " ".join(c.right.split())
    if _CARRIED_OUT.fullmatch(verb) is None or _PROCESS.match(body.lower()) is None:
        return None
    work = _IN_WORK.search(body)
    subject, scope = narrowings(work.group("work")) if work is not None else population_measured(f"tỷ lệ {body}", "%")
    subject = _PROCESS.sub("", subject, count=1) if work is None else subject
    return Said(clean(subject), clean(f"{c.rest} {body}"), tuple(scope)) if subject else None


#: What is set aside of: "15% | tổng chi ngân sách cho giáo dục".
_MONEY = re.compile(
    r"(?:tổng )?(?:số )?(?:dự toán|ngân sách|nguồn (?:chi|thu|vốn|lực)|kinh phí"
    r"|chi(?! phí| nhánh| cục| hội| bộ)|quỹ|doanh thu|vốn)(?!\w)"
)
_SETS_ASIDE = re.compile(
    r"(?P<who>[^;:%]{3,90}?)(?<![\s,])[\s,]++(?:(?:phải|cần|có kế hoạch|có trách nhiệm|phấn đấu"
    r"|bảo đảm|đảm bảo|tăng cường)[\s,]+(?:[^;:%]*[\s,])?)?"
    r"(?:dành|bố trí|đầu tư|trích|chi|sử dụng|huy động|ưu tiên|bảo đảm|đảm bảo)(?: đủ| thêm| mức)*(?: chi)?"
    r"(?P<what>\s+(?:cho|ngân sách cho)\s[^;:%]{3,90}?)?(?:\s+(?:từ|ít nhất|tối thiểu|không thấp hơn))*\s*",
    re.IGNORECASE,
)


_GOES_ON = re.compile(
    r",\s+(?=(?:tỷ lệ|tỉ lệ|mức|trong đó|đến|để|nhằm|góp phần|phấn đấu|từng bước|bao gồm)(?!\w))", re.IGNORECASE
)


def set_aside(c: Sides) -> Said | None:
    """``Nhà nước bảo đảm chi tối thiểu 20% tổng chi ngân sách cho giáo dục``: the money is the population, who sets
    it aside narrows it."""
    if _MONEY.match(c.right.lower().strip()) is None:
        return None
    left = c.left.strip(" ,")
    found = _SETS_ASIDE.fullmatch(left)
    who = strip_modal(found.group("who")) if found is not None else ""
    if (
        not who
        or _MONEY.match(who.lower())
        or strip_verbs(who, leading=True) != who
        or predicate_start(who.lower()) is not None
    ):
        return None
    if found is not None and found.group("what"):  # "bảo đảm chi cho khoa học tối thiểu 2% tổng chi ngân sách"
        subject, scope = narrowings(clean(f"chi{found.group('what')}"))
        return Said(clean(subject), clean(f"{left[found.end('who') :]} {c.right}"), (clean(who), *scope))
    body = clean(_GOES_ON.split(" ".join(c.right.split()), maxsplit=1)[0])
    position = predicate_start(body.lower())
    subject, scope = narrowings(body[:position] if position else body)
    body_who = re.sub(r"^(?:các|những|mỗi|từng)\s+", "", clean(who), flags=re.IGNORECASE)
    return Said(clean(subject), clean(left[found.end("who") :]) if found else "", (body_who, *scope))


#: "cung cấp dịch vụ cho 100% hệ thống | có nhu cầu": for whom; "tạo điều kiện cho 100% hộ …" has a clause behind it.
_FOR = re.compile(r"(?<!điều kiện) cho\Z")
#: Verbs that join a share of things to another: "kết nối 100% cơ sở dữ liệu | với trục liên thông".
_JOINS = re.compile(
    r"(?:kết nối|liên thông|tích hợp|đồng bộ|chia sẻ|gắn kết|liên kết)(?:, (?:kết nối|chia sẻ|liên thông))?\Z"
)


_SEVERAL_NUMBERS = re.compile(
    r"(?:cả )?(?:số )?vụ(?:(?:,|,? và)\s+(?:số )?(?:vụ|người chết|người bị thương|bị thương|thiệt hại[^,;]*))+\s+"
    r"(?:vì|do|trong|bởi)\s+(?P<cause>[^,;%\d]{3,80})"
)


def numbers_of_a_cause(c: Sides) -> Said | None:
    """``Giảm 5% số vụ, số người chết và số người bị thương do tai nạn giao thông``: the cause is what they are of."""
    body = " ".join(c.right.split())
    found = _SEVERAL_NUMBERS.match(body.lower()) if c.kind in SHARES else None
    if found is None:
        return None
    subject, scope = narrowings(clean(body[found.start("cause") : found.end("cause")]))
    return Said(clean(subject), clean(f"{c.rest} {body[: found.start('cause')]}"), tuple(scope))


_OUT_OF_ALL = re.compile(r"(?P<what>[^,;%\d]{4,80}?)\s+trên tổng số\s+(?P<whole>(?!có |được |phải )[^,;%\d]{4,})")
_BY_KIND = re.compile(r"về (?P<what>(?:số )?(?:việc|tiền|giá trị))(?!\w)(?: trên tổng số)?\s*(?P<whom>.*)", re.DOTALL)


#: Which of its numbers falls: "tai nạn giao thông giảm 5% | về số vụ", "… về cả 3 tiêu chí".
_WHICH_NUMBER = re.compile(
    r"(?:về|ở)\s+(?P<what>(?:cả )?(?:\d|hai|ba|bốn) tiêu chí[^;]*|số (?:vụ|người|ca|lượt)(?!\w)[^,;]*)", re.IGNORECASE
)


def which_number(c: Sides) -> Said | None:
    """``Số vụ cháy giảm 5% về số vụ, 10% về số người chết``: each number is of what was named before."""
    body = clean(" ".join(c.right.split()))
    found = _WHICH_NUMBER.fullmatch(body) if c.kind in SHARES else None
    if found is None:
        return None
    what = found.group("what")
    if not c.reached:
        near = c.near
        return None if near is None else Said(near.subject, near.indicator, (*_apart_from_numbers(near.scope), body))
    subject, scope = population_measured(clean(c.reached), "%")
    named = "tiêu chí" in what.lower() or subject.lower().startswith(what.lower().removeprefix("số "))
    return Said(clean(subject), clean(c.rest), tuple(scope) if named else (*scope, body))


def _apart_from_numbers(scope: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(piece for piece in scope if _WHICH_NUMBER.fullmatch(piece) is None)


@of_kinds(*SHARES)
def share_out_of(c: Sides) -> Said | None:
    """``100% dịch vụ công trực tuyến trên tổng số thủ tục hành chính``, ``83,5% về việc``: what the share is out of is
    no part of its population; what is counted by number and by value is each a population of its own."""
    if not _stands_before(c):
        return None
    body = " ".join(c.right.split())
    by_kind = _BY_KIND.fullmatch(body)
    if by_kind is not None:
        whom = clean(by_kind.group("whom"))
        return Said(by_kind.group("what"), clean(c.rest), (whom,) if whom else ())
    found = _OUT_OF_ALL.fullmatch(body)
    if found is None or predicate_start(found.group("what").lower()) is not None:
        return None
    subject, scope = narrowings(_COUNT_OF.sub("", found.group("what")))
    return Said(clean(subject), clean(f"{c.rest} trên tổng số {found.group('whole')}"), tuple(scope))


_GIVEN = re.compile(r"(?:[^;,]*\s)?(?:dành|bố trí|ưu tiên|chi)(?: đủ| thêm)?\Z")
_TO_WHAT = re.compile(r"(?P<money>[^,;%\d]{3,80}?)\s+(?P<aim>(?:để |cho )[^;%\d]{2,})")


def given_to(c: Sides) -> Said | None:
    """``Dành 20% quỹ đất xây dựng đô thị cho giao thông``: the share is of what is given."""
    verb = clean(strip_modal(c.left)).lower()
    right = clean(" ".join(c.right.split())) if c.kind in SHARES else ""
    found = _TO_WHAT.fullmatch(right) if " để " in right or " cho " in right else None
    if found is None or _GIVEN.fullmatch(verb) is None or len(verb.split()) > 2:
        return None
    subject, scope = narrowings(_COUNT_OF.sub("", found.group("money")))
    return Said(clean(subject), clean(f"{verb} {found.group('aim')}"), tuple(scope))


_MAKES = re.compile(
    r"(?:(?P<who>[^,;%\d]{3,80}?)\s+)?(?P<verb>chiếm|đóng góp|tạo ra|làm ra|tương đương)(?:\s+(?:từ|khoảng|trên"
    r"|tối thiểu|ít nhất"
    r"|hơn|dưới))*\s*",
    re.IGNORECASE,
)
_AND_MORE = re.compile(r"[\s,]*(?:và|khoảng|trên)?\s*", re.IGNORECASE)


@of_kinds(*SHARES)
@going_on
def chained(c: Sides, before: Before) -> Said | None:
    """``Khu vực tư nhân đóng góp 60% GDP, 35% thu ngân sách và 80% việc làm``: a further share that it takes."""
    near, group = before
    if _AND_MORE.fullmatch(c.left) is None:
        return None
    takes = _MAKES.fullmatch(c.text, group.start, group.anchor)
    if takes is None or predicate_start(" ".join(c.right.split()).lower()) is not None:
        return None
    return Said(near.subject, clean(f"{takes.group('verb')} {c.right}"), near.scope)


def _done_to(label: str, body: str) -> bool:
    """Whether a label is a deed that is done to what the share is of: ``Số hóa sổ hộ tịch: 80% sổ do xã quản lý``."""
    thing = strip_verbs(label, leading=True)
    return thing != label and fold(thing).startswith(fold(body).split()[0] + " ")


#: What is to be so of those for whom something is done; another verb says which they are: "cho 50% phụ nữ | sinh con".
_PROMISED = ("được", "phải", "đều", "đạt")


def _with_predicate(c: Sides, body: str, position: int, verb: str) -> Said:
    """The population of a share and what is said of it; below a deed that takes no clause this narrows."""
    subject, scope = narrowings(body[:position])
    deed = verb or ("" if strip_verbs(clean(c.rest)) else clean(c.rest))
    done = c.label[mark_length(c.label) :].strip(" :")
    deed = deed or (done if not clean(c.rest) and _done_to(done, body) else "")
    clause = _TAKES_CLAUSE.match(deed.lower()) is not None and not _FOR.search(deed)
    tells = _WHICH.match(body.lower(), position) or (_FOR.search(deed) and not body.startswith(_PROMISED, position))
    if (deed and not clause and tells) or (deed and is_set_to_somebody(body[position:].lower())):
        scope = [*scope, body[position:]]  # "Kiểm tra 30% cơ sở | có quy mô từ 10 lao động"
    return Said(clean(subject), clean(f"{verb} {body[position:]}"), tuple(scope))


#: How they stand, and no population: "trên chuẩn", "loại giỏi", "mức độ 2".
_GRADED = re.compile(
    r"(?:(?:trên|vượt|dưới|đạt) chuẩn|(?:xếp )?loại (?:xuất sắc|giỏi|tốt|khá|trung bình)"
    r"|(?:ở )?mức(?: độ)? [\w ]{1,12})"
    r"(?: trở lên)?\W*"
)
_TAKEN_AWAY = re.compile(r"(?<=\w)\s+(?:ra khỏi|khỏi|ra ngoài)\s")
_RATE_BEHIND = re.compile(r"(?:tỷ lệ|tỉ lệ|tỷ suất|tỉ suất)\s", re.IGNORECASE)


def _without_predicate(c: Sides, body: str, verb: str) -> Said:
    """The population of a share with no predicate behind it."""
    if c.label and _ECONOMY.match(c.right.lower()):
        return Said("", clean(f"{c.rest} {c.right}"))  # "Kinh tế số: 20% GDP"
    if c.previous is not None and (len(clean(body)) < 4 or body in ("trong", "đến")) and c.previous_group is not None:
        return Said(c.previous.subject, c.previous.indicator, c.previous.scope)
    if c.near is not None and c.near.subject and (takes := _TAKES.search(c.left.lower())):
        return Said(c.near.subject, clean(f"{takes.group().split()[0]} {body}"), c.near.scope)
    if verb and _RATE_BEHIND.match(body):  # "Giảm 20% | tỷ lệ tử vong do tai nạn thương tích ở trẻ em"
        whose, narrow = population_measured(body, "%")
        return Said(clean(whose), clean(f"{verb} {body}"), tuple(narrow))
    away = _TAKEN_AWAY.search(body) if verb else None  # "Di dời 100% kho bãi | ra khỏi khu dân cư"
    subject, scope = narrowings(body if away is None else body[: away.start()])
    said = verb or body if away is None else f"{verb} {body[away.start() :]}"
    return Said(clean(subject), clean(said), tuple(scope), open=not verb)


_OF_TIME = re.compile(r"thời gian(?: trong năm| vận hành| hoạt động)?,?\s+(?=(?:các |những )?\w)", re.IGNORECASE)


#: "rút ngắn 40% | thời gian thẩm định, cấp phép xây dựng đối với …": the time of several deeds.
_TIME_OF_DEEDS = re.compile(
    r"(?:tổng )?(?:thời gian|thời hạn)\s[^,;%\d]{3,60},\s[^;%\d]{3,80}?"
    r"(?=\s(?:đối với|của|cho|tại|so với)\s|\s*[.;(]|\Z)",
    re.IGNORECASE,
)
_CUTS = re.compile(r"(?<!\w)(?:rút ngắn|cắt giảm|giảm|tiết kiệm|rút)\s*\Z")
_FOR_WHAT = re.compile(r"(?<!\w)đối với\s+(?:các |những )?(?P<what>[^,;:%\d]{3,90}),\s", re.IGNORECASE)


@of_kinds(*SHARES)
def time_of_deeds(c: Sides) -> Said | None:
    """``Rút ngắn ít nhất 40% thời gian thẩm định, cấp phép xây dựng``: the time itself, of several deeds."""
    if _CUTS.search(strip_modal(c.left).lower().rstrip()) is None:
        return None
    body = clean(" ".join(c.right.split()))
    found = _TIME_OF_DEEDS.match(body)
    if found is None:
        return None
    _, scope = narrowings(f"x {clean(body[found.end() :])}")
    what = _FOR_WHAT.search(c.left)
    return Said(clean(found.group()), clean(c.rest), (*scope, *([what.group("what")] if what is not None else [])))


def share_of_time(c: Sides) -> Said | None:
    """``Bảo đảm từ 99% thời gian trở lên các hệ thống hoạt động liên tục``: what runs for that long."""
    body = " ".join(c.right.split())
    found = _OF_TIME.match(body) if c.kind == "percent" else None
    if found is None:
        return None
    whole = read_population(_COUNT_OF.sub("", body[found.end() :]))
    if not whole.predicate or not whole.subject:
        return None
    return Said(clean(whole.subject), clean(f"{c.rest} thời gian {whole.predicate}"), whole.scope)


@of_kinds(*SHARES)
def share_before(c: Sides) -> Said | None:
    """``100% người dân được cấp thẻ``, ``cắt giảm, đơn giản hóa 30% điều kiện kinh doanh``."""
    if not _stands_before(c):
        return None
    body = " ".join(_COUNT_OF.sub("", c.right).split())
    lowered = body.lower()
    position = _predicate_of_share(c, lowered)
    verb = _verb_before(c)
    joined = lowered.find(" với ") if _JOINS.search(verb.lower()) else -1
    if 0 < joined < (len(body) if position is None else max(position, joined + 1)):
        subject, scope = narrowings(body[:joined])
        return Said(clean(subject), clean(f"{verb} {body[joined:]}"), tuple(scope))
    if not c.reached and c.previous is not None and _ECONOMY.match(c.right.lower()):
        return Said(c.previous.subject, clean(f"{c.rest} {c.right}"), c.previous.scope)
    if position == 0:
        return Said("", clean(f"{verb} {body}"))
    if c.near is not None and c.near.subject and not verb and _GRADED.fullmatch(lowered):
        return Said(c.near.subject, clean(body), c.near.scope)  # "…, trong đó 25% trên chuẩn"
    if position is not None:
        return _with_predicate(c, body, position, verb)
    return _without_predicate(c, body, verb)
