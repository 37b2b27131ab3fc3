"""What the names of rows and the titles of tables say: of what, how much, below what."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.extraction.targets.classes import MEASURE, names_a_class
from doichieu.extraction.targets.counted import units
from doichieu.extraction.targets.measured import population_measured
from doichieu.extraction.targets.parts import clean, strip_share_word, strip_verbs
from doichieu.extraction.targets.phrases import brackets, narrowings, without_brackets
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.relative_clauses import PERSON
from doichieu.lexicon import load
from doichieu.lexicon.families import COMMUNE, DISTRICT, LEVEL, SETTLEMENT
from doichieu.lexicon.named_words import words_of
from doichieu.text import any_word, fold

MARK = re.compile(r"\A\s*(?:\d{1,3}(?:\.\d{1,3})*[.)]|[a-zđ]\)|[IVXLC]+\.|[A-ZĐ]\.(?=\s)|[-+*•–])\s*")
_OF_WHICH_LAST = re.compile(rf"\s*[,;.(]\s*(?:{words_of('opens_parts')})(?: có)?\W*\Z", re.IGNORECASE)
_OF_WHICH = re.compile(rf"\A\s*(?:{words_of('opens_parts')})\s*:?\s*", re.IGNORECASE)
_SHARE = re.compile(r"(?:tỷ|tỉ) (?:lệ|trọng)\s")
_COUNT_OF = re.compile(r"(?:tổng )?số (?:lượng )?")
_YEARLY = re.compile(r"(?:bình quân )?(?:hằng|hàng|mỗi) (?:năm|quý|tháng)", re.IGNORECASE)
_DEEDS = (
    r"(?:thu gom|xử lý|tái chế|sử dụng|khai thác|tiêu thụ|xuất khẩu|nhập khẩu|trồng mới|chế biến|cung cấp|giảm|tăng"
    r"|duy trì|che phủ|bao phủ|thu hồi|hoàn thành|thực hiện|giải quyết|tiếp nhận|nâng cấp|cải tạo|sửa chữa|mở rộng"
    r"|xây mới|làm mới|bảo trì|duy tu|phát hiện|điều trị|kiểm tra|giám sát"
    r"|(?:bê tông|nhựa|cứng|kiên cố|số|cơ giới|chuẩn|đô thị|xã hội|tự động|điện khí|tin học) hóa)"
)
#: What is done, without an object of its own: "thu gom tại các huyện", "được tái chế", but not "xử lý nước thải".
_DEED = re.compile(
    rf"(?:(?:được|đã)(?!\w)|hoạt động(?: (?:bền vững|hiệu quả|ổn định|tốt))*(?=\W*\Z)|{_DEEDS}(?:(?:, | và ){_DEEDS})*"
    r"(?: (?:mới|thêm))?"
    r"(?=\W*\Z| (?:tại|ở|trong|bằng|theo|qua|đúng|trên|hằng|mỗi)\s| đạt\s))"
)
_AT_PLACE = re.compile(r"(?<=\s)(?:tại|ở) (?!chỗ\b|nguồn\b|nhà\b)[^,;()]{3,60}\Z", re.IGNORECASE)
FIRST_DEED = re.compile(rf"(?:(?:{words_of('first_deed_of_a_row')})(?: mới)? )+(?=\w)")
TOTAL = re.compile(
    rf"(?:tổng(?: cộng| số| chung)?|cộng|(?:toàn|cả) (?:{LEVEL}|ngành|giai đoạn|thời kỳ))\W*\Z", re.IGNORECASE
)
#: A row's name that opens with its whole: "Tỷ lệ che phủ (%): - Rừng phòng hộ".
WHOLE_AND_PART = re.compile(
    rf"(?!\W*(?:{words_of('opens_parts')})(?!\w))(?P<whole>[^:]{{3,120}}?)\s*:\s*(?P<part>[-+–]\s+[^\W\d][^:]+)",
    re.IGNORECASE,
)
#: A unit in the bracket that closes a row's name: "Tỷ lệ che phủ rừng (%)", "Đàn bò (nghìn con)", not "(nếu có)".
NAME_UNIT = re.compile(
    r"\s*\((?P<unit>(?:[%‰]|USD|(?:k?m|ha|dm)[23](?![^\W\d_]))[^()]{0,20}|(?!gồm|bao|trong|kể|theo|nếu|so|tính|không"
    r"|trừ|đã|của|từ"
    r"|đến)[^\W\d_A-ZĐ][^()\d]{0,24})\)"
    r"\s*[.:]?\s*\Z"
)
#: Group rows that name a field of the plan, not what the figures below are about.
TOPIC = re.compile(
    r"(?:(?:các |nhóm )*(?:chỉ tiêu|mục tiêu)|về|lĩnh vực|kinh tế|xã hội|dân số|văn hóa|quốc phòng|an ninh|công tác"
    r"|phát triển)(?!\w)",
    re.IGNORECASE,
)
PLACES = re.compile(
    rf"(?:tên )?(?:các )?(?:{COMMUNE}|{DISTRICT}|{SETTLEMENT}|địa phương|địa bàn|đơn vị|khu vực|vùng|tiểu vùng"
    r"|cụm)(?!\w)",
    re.IGNORECASE,
)
#: Group rows that name places, bodies or people: what stands below is theirs.
POPULATION = re.compile(
    rf"(?:cấp|khu vực|địa bàn|vùng(?! (?:nguyên liệu|trồng|nuôi|sản xuất|chuyên canh))|miền|khối|nhóm|đối với|tại|ở"
    rf"|{COMMUNE}|{DISTRICT}|thành phố|ngành|cán bộ|công chức|viên chức)\s",
    re.IGNORECASE,
)
#: Where the things below a group row are: "Dưới tán rừng tự nhiên", "Trong vườn ươm", "Ngoài khu công nghiệp".
SOMEWHERE = re.compile(
    r"(?:tại|ở|dưới|trong(?! (?:đó|năm|quý|tháng|kỳ|nước))|trên(?! đó)|ngoài(?! ra| nước)|ven|dọc)\s[^\W\d]",
    re.IGNORECASE,
)
#: Bodies told apart by who owns them, over rows that count what is theirs: "Bệnh viện tư nhân" over "Số giường".
OWNED = re.compile(
    rf"(?:các )?(?:{words_of('owned_body')})(?: [^\W\d_]+){{0,5}}? (?:{words_of('owner_of_a_body')})",
    re.IGNORECASE,
)
#: What tells how something is done, not to what: "Trồng | mới", "Cấp | lại", "Trồng | thay thế".
_HOW_DONE = re.compile(r"(?:mới|lại|thêm|bổ sung|thay thế)(?=\W*\Z|\s*[,;/])")
_ONLY_DEEDS = re.compile(
    rf"(?:(?:{words_of('first_deed_of_a_row')}|{words_of('deed_of_a_row')})(?: (?:mới|lại|thêm|bổ sung|thay thế))?"
    r"(?:\s*[,;/]\s*|\s+và\s+|\Z))+"
)
RANK = re.compile(r"(?:xếp hạng|thứ hạng|thứ bậc|vị trí xếp)")

#: Before the place that a rank holds in: "3 nước dẫn đầu | ASEAN".
RANKED_AMONG = re.compile(
    r"\A\s*(?:(?:nước|quốc gia|nền kinh tế|địa phương|tỉnh, thành(?: phố)?|tỉnh|thành phố)\s*)?"
    r"(?:(?:dẫn đầu|đứng đầu|hàng đầu|tốt nhất)\s*)?(?:(?:của|trong)\s+)?",
    re.IGNORECASE,
)


def undated(cell: str, dates: list[str]) -> str:
    """The name cell of a row without its dates: they say by when, not of whom.

    >>> undated("Số bác sĩ/vạn dân đến năm 2030 (người)", ["đến năm 2030"])
    'Số bác sĩ/vạn dân (người)'
    """
    words = " ".join(cell.split())
    for date in dates:
        words = words.replace(" ".join(date.split()), " ", 1)
    return _STRIVES.sub("", " ".join(words.split()), count=1)


#: What may be left before a name when its date is gone: "Phấn đấu (đến năm 2028), môi trường đầu tư".
_STRIVES = re.compile(r"(?<!\S)(?:phấn đấu)?\s*,\s+(?=\w)", re.IGNORECASE)
_PER_HEADS = re.compile(
    r"(?P<who>[^/]{2,60}?)\s*/\s*(?=(?:[\d.]+ )?(?:vạn|nghìn|ngàn|triệu|dân|người|trẻ|hộ)(?!\w)).*\Z"
)


def named(cell: str) -> str:
    """What the name cell of a row names, without its mark and what explains it behind a colon.

    >>> named("1.2. Đàn bò sữa"), named("Bãi ngao: 04 bãi - 4 vị trí"), named("Trong đó: đàn dê")
    ('Đàn bò sữa', 'Bãi ngao', 'đàn dê')
    >>> named("Tổng số sách, trong đó:"), named("Đàn gia súc (gồm:"), named("Cây trồng, chia ra")
    ('Tổng số sách', 'Đàn gia súc', 'Cây trồng')
    """
    name = clean(_OF_WHICH.sub("", MARK.sub("", cell.replace("(*)", "").replace("()", ""), count=1), count=1))
    head, _, rest = name.partition(":")
    return _OF_WHICH_LAST.sub("", clean(head) if re.search(r"\d", rest) else name)


#: An average at the end of a name says how, not of whom: "bội chi ngân sách bình quân".
_AVERAGE_END = re.compile(r"\s+(?:bình quân|trung bình)(?:\s*/\s*\w+)?(?:\s+(?:hằng|hàng|mỗi) năm)?\Z", re.IGNORECASE)
_LIFETIME = re.compile(
    r"(?:tuổi thọ|số năm sống|thời gian sống khỏe|thời gian sống khoẻ)(?!.*\s(?:của|ở)\s)", re.IGNORECASE
)


def parted(name: str) -> tuple[str, str]:
    """The population that a row's name names, and what is to be true of it.

    >>> parted("Tỷ lệ hộ dân được dùng nước sạch"), parted("Xoài")
    (('hộ dân', 'được dùng nước sạch'), ('Xoài', ''))
    """
    if TOTAL.match(name):
        return name, ""
    per = _PER_HEADS.fullmatch(name)  # "Số bác sĩ/vạn dân": the doctors
    name = per.group("who") if per is not None else name
    name = _AVERAGE_END.sub("", name) or name
    if _LIFETIME.match(name):
        return "người dân", ""  # a life is somebody's
    subject = clean(strip_share_word(name))
    if subject == name and (deed := _WORK.match(name)) is not None:
        return parted_deed(name, deed.end())
    start = predicate_start(subject.lower()) if subject != name else _said_of(name)
    unit = "%" if _SHARE.match(name.lower()) else ""
    measured = population_measured(name, unit)[0] if subject != name else ""
    if measured:
        measured = clean(_COMPARED.sub("", measured)) or measured
        return measured, clean(subject[start:]) if start is not None and start >= 3 else ""
    if start is None or start < 3:
        return clean(without_brackets(_COMPARED.sub("", subject))) or subject, ""
    who = subject[:start] if subject != name else narrowings(subject[:start])[0]
    return clean(without_brackets(who)) or subject, clean(subject[start:])


@lru_cache(maxsize=1)
def _true_of() -> re.Pattern[str]:
    """What is to be true of a population: ``Chất thải chăn nuôi | được xử lý``, ``Bến phà có mái che | lắp phao``."""
    words = ["được", "đạt chuẩn", "đạt quy chuẩn", "đạt tiêu chuẩn", "hoàn thành", "tham gia", "có"]
    return re.compile(any_word([*words, *load("predicates")["owners_acts"]]))


def _said_of(name: str) -> int | None:
    """Where a row's name without a word of counting says what is to be true; None for amounts and bare nouns."""
    lowered = name.lower()
    start = None if MEASURE.match(name) else predicate_start(lowered)
    if start is None or _true_of().match(lowered, start) is None or " mà " in lowered[:start]:
        return None
    return start


#: What an amount is compared with, at the end of its name: "Chi phí kho bãi so với GRDP", "kinh tế xanh trên GDP".
_COMPARED = re.compile(r"\s+(?:(?:tính )?so với|(?:(?:tính )?trên|/)\s*(?=g?r?dp(?!\w)|tổng))\s*.*\Z", re.IGNORECASE)


#: Work that a row plans, and what it is done to: "Hoàn thành xây dựng | đô thị thông minh", "Đào tạo nghề | cho …".
_WORK = re.compile(
    r"(?:(?:hoàn thành|tiếp tục|thực hiện)\s+)?(?:xây dựng(?: mới)?|xây mới|đào tạo(?: nghề| lại)?"
    r"|thành lập(?: mới)?|hình thành|(?:tạo|giải quyết) việc làm(?: mới)?(?= cho)|kết nạp(?: mới)?"
    r"|lắp đặt(?: mới)?|sửa chữa|nâng cấp|bồi dưỡng|tập huấn|trồng(?: mới)?(?= (?:rừng|cây))"
    r"|gieo (?:trồng|cấy|sạ)|xóa(?! mù)|bổ sung|di dời|bàn giao|trang bị|mua sắm|phục hồi|khôi phục"
    r"|cấp(?: mới| đổi| lại)?(?= (?:giấy|thẻ|chứng|mã|sổ)(?!\w))|mở(?: mới)?(?= (?:lớp|tuyến|điểm)(?!\w))"
    r"|công nhận(?: mới)?|hỗ trợ(?! kỹ thuật)|thu hút(?: thêm)?|lập(?! trình)|làm chủ|giảm(?= (?:tỷ lệ"
    r"|tỉ lệ|tiêu hao|phát thải|số))|mở rộng)(?:[,\s]+(?:"
    rf"{words_of('work_in_a_row')}"
    r"))*\s+(?!viên(?! chức))(?=\w)",
    re.IGNORECASE,
)
_DONE_FOR = re.compile(r"(?:[^,;]*?\s)?(?:cho|đối với)\s+(?P<whom>.+)", re.IGNORECASE)


def parted_deed(name: str, end: int) -> tuple[str, str]:
    """What the work of a row's name, up to ``end``, is done to or for; the whole name is what is to be done.

    >>> parted_deed("Đào tạo nghề cho lao động nông thôn", 13)[0]
    'lao động nông thôn'
    """
    rest = name[end:]
    whom = _DONE_FOR.fullmatch(rest)
    thing = whom.group("whom") if whom is not None else rest
    subject = narrowings(thing)[0]
    subject = strip_share_word(clean(without_brackets(subject)))
    return subject or clean(rest), name


_EXCEPT = ("trừ", "ngoại trừ", "không bao gồm", "không kể", "không tính")


_RISES = re.compile(r"(?:tăng|giảm)(?: (?:trung bình|bình quân|thêm|dần))*", re.IGNORECASE)


def said_by(scope: str, subject: str) -> bool:
    """Whether a piece narrows nothing beyond the subject: a stretch of its own name, or a word of change.

    >>> said_by("Khu vực nông", "Khu vực nông, lâm nghiệp"), said_by("từ 15 tuổi trở lên", "Dân số từ 15 tuổi trở lên")
    (True, False)
    """
    if _RISES.fullmatch(scope):
        return True
    return scope == subject or (fold(scope) in fold(subject) and not re.search(r"\d", scope))


def narrowed(name: str) -> list[str]:
    """What narrows the population that a row's name names; what is to be true of it narrows nothing.

    >>> narrowed("Tỷ lệ hộ dân ở nông thôn được dùng nước sạch"), narrowed("Tỷ lệ tiêm chủng cho trẻ em dưới 1 tuổi")
    (['ở nông thôn'], ['dưới 1 tuổi'])
    """
    subject = strip_share_word(name)
    if subject == name:
        deed = _WORK.match(name)
        name = name[deed.end() :] if deed is not None else name[: _said_of(name)]
        scopes = [clean(scope) for scope in narrowings(name)[1]]
        return [scope for scope in scopes if not _YEARLY.fullmatch(scope) and f"nhà {scope}" not in name.lower()]
    _, scope = population_measured(name, "%")
    scope = (*scope, *(piece for piece in brackets(name) if piece.lower().startswith(_EXCEPT)))
    return [clean(piece) for piece in scope if not _YEARLY.fullmatch(clean(piece))]


def only_deeds(head: str) -> bool:
    """Whether a head tells only what is done, of nothing that it names: ``Kết nạp``, ``Xây mới, sửa chữa``.

    >>> [only_deeds(head) for head in ("Kết nạp", "Xây mới, sửa chữa", "Trồng thay thế", "Trồng rừng", "Tổng số")]
    [True, True, True, False, False]
    """
    return _ONLY_DEEDS.fullmatch(head.strip().lower()) is not None


def thing_of(head: str) -> str:
    """What a head counts, without the words of counting and of doing; empty where it only measures.

    >>> [thing_of(head) for head in ("Kết nạp hội viên mới", "Số hộ nghèo", "Diện tích", "Keo lai")]
    ['hội viên mới', 'hộ nghèo', '', 'Keo lai']
    >>> thing_of("Trồng mới, trồng thay thế"), thing_of("Thành lập mới")
    ('Trồng mới, trồng thay thế', 'Thành lập mới')
    """
    if TOTAL.match(head):
        return ""
    words = clean(strip_share_word(head))
    if words == clean(head) and MEASURE.match(words):
        return ""
    deed = FIRST_DEED.match(words.lower())
    if deed is not None and _HOW_DONE.match(words.lower(), deed.end()):
        return words  # the head names only what is done
    words = clean(words[deed.end() :]) if deed else words
    return parted(words)[0] if words else ""


def places_in(name: str) -> list[str]:
    """The place at the end of a row's name: ``Tỷ lệ thu gom tại các huyện``.

    >>> places_in("Tỷ lệ thu gom tại các huyện"), places_in("Tỷ lệ hộ nghèo")
    (['tại các huyện'], [])
    """
    match = _AT_PLACE.search(name)
    return [clean(match.group())] if match else []


def says_no_population(name: str) -> bool:
    """Whether a row's name says only what is measured or done, not of what.

    >>> [says_no_population(n) for n in ("Tỷ lệ thu gom tại các huyện", "Công suất xử lý", "Tỷ lệ hộ nghèo", "Bò")]
    [True, True, False, False]
    """
    lowered = name.lower()
    measure = MEASURE.match(lowered)
    if measure is None:
        return False
    rest = lowered[measure.end() :].strip()
    return not rest or _DEED.match(rest) is not None


def says_what_they_do(name: str) -> bool:
    """Whether a share's name says only what those above it do or have.

    >>> [says_what_they_do(n) for n in ("Tỷ lệ có tổ chức công đoàn", "Tỷ lệ hộ có vườn", "Có vườn")]
    [True, False, False]
    """
    share = _SHARE.match(name.lower())
    return share is not None and predicate_start(name[share.end() :].lower(), from_start=True) == 0


_BEFALLS = re.compile(rf"(?:{words_of('befalls')})(?!\w)")


def says_what_befalls(name: str) -> bool:
    """Whether a share's name says only what people below whose name it stands do, have or meet with.

    >>> [says_what_befalls(n) for n in ("Tỷ lệ thiếu máu", "Tỷ lệ uống vắc xin Rota", "Tỷ lệ nợ xấu", "Tỷ lệ hộ nghèo")]
    [True, True, False, False]
    """
    share = _SHARE.match(name.lower())
    if share is None:
        return False
    befallen = _BEFALLS.match(name.lower(), share.end())
    return says_what_they_do(name) or (befallen is not None and PERSON.search(name.lower(), befallen.end()) is None)


_FIGURE = re.compile(r"\d")
#: A group of two sorts is a field: "Nhà giáo và chương trình"; not "Doanh nghiệp nhỏ và vừa".
_JOINS = re.compile(r" và \w+ \w")
_OF_OWNERS = re.compile(rf"[^\W\d_]+ [^\W\d_]+.* (?:{words_of('owner_of_a_body')})\Z", re.IGNORECASE)


def narrows_rows(group: str, subject: str) -> bool:
    """Whether a group row says whose or of which kind the things below are, and is no field of work.

    >>> [narrows_rows(g, "Số điểm đo") for g in ("Đô thị", "Hồ chứa có từ 9 m trở lên", "Khuyến công địa phương")]
    [True, True, True]
    >>> narrows_rows("Dưới tán rừng", "Hộ trồng sâm"), narrows_rows("Trong nước", "Khách")
    (True, False)
    >>> narrows_rows("Doanh nghiệp nhỏ và vừa", "Vốn"), narrows_rows("Sản phẩm nông thôn tiêu biểu", "Sản phẩm")
    (True, True)
    >>> [narrows_rows(g, "Diện tích dừa") for g in ("Vùng nguyên liệu", "Chế biến, thương mại", "DÂN SỐ", "Cây khác")]
    [False, False, False, False]
    >>> narrows_rows("Xã hội", "xã"), narrows_rows("Người học", "sinh viên"), narrows_rows("Hộ và nhà máy", "hộ")
    (False, False, False)
    """
    if any(p.match(group) for p in (POPULATION, OWNED, SOMEWHERE)):
        return True
    if TOPIC.match(group) or group.isupper() or _JOINS.search(group) or group.lower().endswith(" khác"):
        return False
    if PERSON.match(group.lower()) and not PERSON.match(subject.lower()):
        return True
    if _OF_OWNERS.fullmatch(group) or any(_FIGURE.search(said) for said in narrowings(group)[1]):
        return True
    if names_a_class(group) and not group.lower().startswith("vùng "):  # "Vùng nguyên liệu"; others are POPULATION
        return True
    head = fold(subject).split()[:2]
    return bool(head) and fold(group).split()[: len(head)] == head


def says_only_what_they_do(name: str) -> bool:
    """Whether a name begins with what somebody does or has, as a share of them or not.

    >>> [says_only_what_they_do(n) for n in ("Được khám sức khỏe", "Tham gia bảo hiểm y tế", "Hộ có vườn", "Bò lai")]
    [True, True, False, False]
    """
    return says_what_they_do(name) or predicate_start(name.lower(), from_start=True) == 0


def says_what_is_done(name: str) -> bool:
    """Whether a share's name is only a deed: ``Tỷ lệ che phủ``.

    >>> says_what_is_done("Tỷ lệ che phủ"), says_what_is_done("Tỷ lệ hộ nghèo")
    (True, False)
    """
    share = _SHARE.match(name.lower())
    return share is not None and not strip_verbs(name[share.end() :].lower(), leading=True).strip()


def counted_by(name: str) -> str:
    """The unit that the name of a row implies where nothing prints one.

    >>> counted_by("Tỷ lệ hộ nghèo"), counted_by("Số xã đạt chuẩn"), counted_by("Năng suất lúa")
    ('%', 'xã', '')
    """
    lowered = name.lower()
    if _SHARE.match(lowered):
        return "%"
    counts = _COUNT_OF.match(lowered)
    match = units()[0].match(lowered, counts.end()) if counts else None
    return match.group("u") if match else ""
