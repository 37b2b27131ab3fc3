"""What a heading or label names: whom it is about, what is measured, which place; a time, a form of words nothing."""

from __future__ import annotations

import re
from typing import NamedTuple

from doichieu.alphabet import UPPER
from doichieu.extraction.targets.grades import find_grades
from doichieu.extraction.targets.phrases import brackets
from doichieu.extraction.targets.places import KIND_OF_PLACE
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.programmes import names_a_programme, names_a_season
from doichieu.extraction.targets.relative_clauses import PERSON
from doichieu.lexicon.families import COMMUNE, LEVEL, REGION
from doichieu.lexicon.headings import bare_heading
from doichieu.lexicon.named_words import words_of
from doichieu.text.memory import remembered

#: The mark of a part that stands alone on its line; the mark itself names nobody.
PART_ALONE = re.compile(
    r"\s*(?:phần|chương|mục|tiểu mục|phụ lục|biểu|điều)\s+(?:số\s+|thứ\s+)?(?:[ivxlc]+|\d{1,3}"
    r"|[a-zđ]|nhất|hai|ba|tư|năm)"
    r"\s*[.:]?\s*",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^(?:đối với|với|riêng đối với|riêng)\s+", re.IGNORECASE)
#: A unit of administration by its proper name: "Xã Hoa Lư:", "Phường Đông Hải:".
_ONE_PLACE = rf"(?i:{KIND_OF_PLACE}|{words_of('features_by_name')}) (?:[{UPPER}]\w*|\d+)(?: [{UPPER}]\w*)*"
_NAMED_PLACE = re.compile(rf"{_ONE_PLACE}(?:(?:, | và |, và ){_ONE_PLACE})*")
#: A limit that opens a heading about somebody: "Đến năm 2028, đối với chất thải nguy hại".
_LEADING_TIME = re.compile(
    r"(?:đến|trong|vào|hết|từ) (?:hết |cuối )?năm \d{4},\s+(?=(?:đối với|với|riêng|trong số|tại|ở)\s)", re.IGNORECASE
)
#: A label that only says which of them: "Phát sinh từ hộ gia đình: thu gom 85%".
#: A heading of goals and times that closes with whom they are for: "Mục tiêu đến năm 2028 đối với hợp tác xã".
_TIMED_WHOM = re.compile(
    r"(?:(?:các |một số )?(?:mục tiêu|chỉ tiêu|yêu cầu)(?: cụ thể| chủ yếu)?"
    r"|(?:đến|trong|hết)?(?: hết| cuối)? ?năm \d{4}"
    r"|giai đoạn \d{4} ?- ?\d{4}|[\s,])+(?<=\s)đối với (?:các |những )?(?P<who>[^,;:%\d]{3,90})",
    re.IGNORECASE,
)
_WHICH_ARE = re.compile(r"(?:phát sinh|thuộc|đang|chưa|đã)\s[^%\d]{3,90}\Z", re.IGNORECASE)
_SIZE_OF_WHOLE = re.compile(
    rf"(?:quy mô|số lượng|tổng số) (?P<place>(?:cả|toàn) (?:nước|quốc|vùng|miền|{LEVEL}))(?:(?: vào| đến"
    rf"| trong)? năm \d{{4}})?",
    re.IGNORECASE,
)
#: "Đến năm 2030, trong số các tỉnh:": whom the shares below are of.
_AMONG = re.compile(
    r"(?:(?:đến|trong|vào)? ?(?:hết |cuối )?năm \d{4}, )?trong (?:tổng )?(?:số (?:các |những )?|(?:các "
    r"|những )(?="
    rf"{words_of('among_whom')}"
    r"))(?=\w)",
    re.IGNORECASE,
)
_STRUCTURE = re.compile(
    r"(?P<what>cơ cấu (?:kinh tế|ngành|lao động|giá trị sản xuất|các ngành|g?r?dp|tổng sản phẩm))"
    r"(?:(?: đến| vào| trong)? năm \d{4}| giai đoạn \d{4} ?- ?\d{4})?",
    re.IGNORECASE,
)
#: Those of some size: "Tự vệ trong doanh nghiệp có từ 500 lao động trở lên: quân số huấn luyện đạt 90%".
_SIZED_LABEL = re.compile(r"[^,;:%\d]{3,60}\scó\s(?:[^,;:%\d]{2,30}\s)?(?:từ|trên|dưới)\s\d[^;:%]{2,60}", re.IGNORECASE)
_PLACE_TAIL = re.compile(
    r"\s(?P<where>(?:ở|tại) (?:các )?(?:khu vực|vùng|địa bàn|miền) [^,;:%\d]{3,50})\Z", re.IGNORECASE
)
#: Places and kinds of them that a heading of a field closes with: "Về phát triển kinh tế các xã biên giới".
_FIELD_PLACE = re.compile(
    rf"(?<=\w)\s(?:(?:ở|tại|cho|của|trên địa bàn)\s)?(?P<where>(?:(?:các|những)\s{KIND_OF_PLACE}\s"
    rf"(?:{REGION}|vùng|khu vực|đặc biệt|nghèo|trọng điểm|ven)"
    rf"|(?:vùng|khu vực)\s(?:{REGION}|đồng bào|dân tộc|cao|sâu))(?!\w)"
    r"[^,;:.()%\d]{0,50})\Z",
    re.IGNORECASE,
)
#: Inside or outside what: "Trong các trường phổ thông", "Ngoài khu công nghiệp"; no time, no striving.
_INSIDE = re.compile(
    rf"(?:trong|ngoài)\s(?:các |những |hệ thống |phạm vi )?(?:{words_of('inside_of')}|Đảng)(?!\w)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^(?:(?:tại|ở|trên địa bàn|trong|trên (?:các )?(?:tuyến|đường|vùng|địa bàn|phạm vi|toàn))\s|(?:các |những )?(?:khu"
    rf" vực|vùng|miền|địa bàn|địa phương|tuyến)\s|{REGION}$)",
    re.IGNORECASE,
)
#: A class that divides populations without being one: "Cấp tiểu học: 100% học sinh …", "Trình độ cao đẳng: 500 người".
_CLASS = re.compile(
    r"^(?:(?:"
    rf"{words_of('class_in_heading')}"
    r") [^\W\d]|(?:mầm non|tiểu học|trung học (?:cơ sở|phổ thông)|thcs|thpt|nam|nữ|nam giới|nữ giới)$)",
    re.IGNORECASE,
)
#: Places or institutions in which those are whose share stands behind a label: "Các xã miền núi: 60% hộ …".
_PLURAL = re.compile(rf"(?:các|những) (?:{words_of('places_in_the_plural')})(?!\w)|{COMMUNE}\Z", re.IGNORECASE)
#: Labels of figures, which name nothing that is counted.
_FORM_WORD = (
    r"(?:số |tổng số )?(?:số lượng|tổng số|khối lượng|tần suất|quy mô|thời gian|thông số|điểm|vị trí|địa điểm"
    r"|phương pháp|hình thức)"
    r"(?: (?:mẫu|quan trắc|lấy mẫu|thu mẫu|giám sát|kiểm tra|thực hiện))*"
)
_AMOUNTS = re.compile(rf"(?:các |những )?{_FORM_WORD}(?:(?:, | và |, và ){_FORM_WORD})*", re.IGNORECASE)
#: What a plan to simplify procedures calls its parts, which name nobody: "Nội dung cắt giảm, đơn giản hóa".
_SIMPLIFIES = re.compile(
    r"(?:nội dung|phương án|đề xuất)(?:(?:,| và)? (?:cắt giảm|đơn giản hóa|sửa đổi|rút ngắn|thời gian"
    r"|thời hạn|giải quyết))*",
    re.IGNORECASE,
)
#: A heading that says what it names: "Tên thủ tục hành chính: Cấp giấy phép lao động".
_NAME_OF = re.compile(r"(?:tên )?thủ tục(?: hành chính)?\s*:\s+(?P<name>\w[^;:]{4,200})", re.IGNORECASE)
#: A field narrows what stands behind its label on the line; as a heading it puts targets in order.
_FIELD = re.compile(r"^lĩnh vực\s", re.IGNORECASE)
#: A lead that says where or for whom, then that something is done there.
_LED_IN = re.compile(
    r"(?P<where>(?:trong lĩnh vực|trong ngành|đối với|tại|ở|trên địa bàn)\s[^,:;]{3,80}),\s+(?:"
    rf"{words_of('leads_in')}"
    r")(?!\w).*",
    re.IGNORECASE,
)
#: A label that says what is to be so of those above: "Có tài khoản định danh: 60%", "Được tập huấn: 80%".
_SAYS_WHAT_IS_SO = re.compile(r"(?:có|được|đã|biết|đạt|tham gia|sử dụng)\s")
_LONGEST_NAME = 140  # characters of a heading that names whom it is about; longer ones are sentences
_ASPECT = re.compile(r"^(?:riêng )?về\s+", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\([^()]*\)")
_TIME_HEADING = re.compile(
    r"^(?:phấn đấu )?(?:đến|trong(?! lĩnh vực| ngành)|giai đoạn|tầm nhìn|định hướng|từ|trước|nhiệm kỳ|thời kỳ"
    r"|năm)\b[^.;:]{0,70}$",
    re.IGNORECASE,
)
#: A part of a year as a label: "6 tháng đầu năm: 50%; cả năm: 100%".
_PART_OF_YEAR = re.compile(
    r"(?:(?:trong|riêng|hết)\s)?(?:(?:\d+|ba|sáu|chín) tháng(?: (?:đầu|cuối) năm)?|quý (?:[ivx]+|[1-4]|một|hai|ba|bốn)"
    r"|(?:cả|đầu|giữa|cuối) năm(?: học)?|học kỳ (?:[i1-3]+|một|hai)|vụ (?:xuân|mùa|đông|hè thu|đông xuân)|tháng \d+)"
    r"(?:[ /](?:năm )?20\d\d)?",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    (rf"^(?:các |một số |những )?(?:{words_of('heading_of_any_plan')})\b"),
    re.IGNORECASE,
)
_TIMED = re.compile(r"(?:năm|giai đoạn|quý|tháng) \d", re.IGNORECASE)
_FORM = re.compile(r"(?:cụ thể|như sau|là|gồm|sau đây|chủ yếu|phấn đấu)\s*:?\s*$", re.IGNORECASE)


class Heading(NamedTuple):
    """What one heading or label says.  Empty fields say nothing.

    ``place`` is a place it names; ``narrows`` says that what stands below is narrowed by it (``Đối với …``, a place).
    """

    population: str
    aspect: str
    wording: str
    place: str = ""
    narrows: bool = False


def _read_aspect(what: str, wording: str, *, long: bool) -> Heading:
    """``Về trình độ chuyên môn``, ``Về cán bộ cấp xã``: what is measured, or whom it is about."""
    if PERSON.match(what.lower()) and not long:
        return Heading(what, "", wording)
    return Heading("", what, wording)


_LONGEST_PERSON = 60  # characters of a heading that names people; longer ones name a field of work


def _framed(plain: str, wording: str, *, label: bool) -> Heading | None:
    """A heading that only frames what stands below it: whom shares are of, of which whole, in which structure."""
    if (whom := _TIMED_WHOM.fullmatch(plain)) is not None:
        return Heading(whom.group("who"), "", wording)
    if (among := _AMONG.match(plain)) is not None:
        return Heading(plain[among.end() :], "", wording)
    if (whole := _SIZE_OF_WHOLE.fullmatch(plain)) is not None:
        return Heading("", "", wording, place=whole.group("place"), narrows=True)
    if label and _WHICH_ARE.match(plain):
        return Heading("", "", wording, place=plain, narrows=True)
    if label and _SIZED_LABEL.fullmatch(plain) is not None and not _ABOUT.match(plain):
        return Heading(plain, "", wording, narrows=True)
    structure = _STRUCTURE.fullmatch(plain) if label else None
    return None if structure is None else Heading("", "", wording, place=structure.group("what"), narrows=True)


def _to_colon(bare: str) -> str:
    """A heading up to its colon, where more stands behind it; a colon inside brackets is none.

    >>> _to_colon("Công chức xã (40 người, trong đó: khối Đảng 15 người)"), _to_colon("Mục tiêu: đạt 90% số xã")
    ('Công chức xã (40 người, trong đó: khối Đảng 15 người)', 'Mục tiêu')
    """
    colon = _BRACKET.sub(lambda aside: " " * len(aside.group()), bare).find(":")
    return bare[:colon] if colon >= 0 and len(bare[colon + 1 :].strip()) > 3 else bare


def _placed(aspect: Heading, plain: str) -> Heading:
    """A heading of a field with the places that it closes with: ``Về phát triển kinh tế các xã biên giới``."""
    where = None if aspect.population else _FIELD_PLACE.search(plain)
    return aspect if where is None else aspect._replace(place=where.group("where"), narrows=True)


_LONGEST_PLACE = 90  # characters


def _names_a_place(plain: str) -> bool:
    """Whether a heading names a place alone, by its kind, by its name, or as what something is inside of."""
    if _NAMED_PLACE.fullmatch(plain):
        return True
    if len(plain) > _LONGEST_PLACE:
        return False
    return _INSIDE.match(plain) is not None or (_PLACE.match(plain) is not None and not _TIME_HEADING.match(plain))


def _names_where(plain: str, *, label: bool) -> bool:
    """Whether a heading says only where, in which season or, as a label, in which programme something is done."""
    return _names_a_place(plain) or names_a_season(plain) or (label and names_a_programme(plain))


def _procedure(bare: str) -> Heading | None:
    """The procedure that a heading names by its whole name: ``Tên thủ tục hành chính: Cấp phù hiệu xe buýt``."""
    named = _NAME_OF.fullmatch(bare) if "hủ tục" in bare[:12] else None
    return None if named is None else Heading(f"thủ tục {named.group('name').rstrip(' .')}", "", bare)


def _names_a_form(plain: str) -> bool:
    """Whether a label only says what is told behind it: an amount, a place, what a plan cuts or simplifies."""
    return _AMOUNTS.fullmatch(plain) is not None or _SIMPLIFIES.fullmatch(plain) is not None


def is_plural_place(name: str) -> bool:
    """Whether a label names places or institutions of a kind: ``các xã``, ``những trường mầm non``."""
    return _PLURAL.match(name) is not None


def read_heading(text: str, *, label: bool = False) -> Heading:
    """Population and aspect that a heading or label names.

    >>> read_heading("- Đối với công chức:").population, read_heading("+ Về trình độ chuyên môn:").aspect
    ('công chức', 'trình độ chuyên môn')
    >>> read_heading("a) Đến hết năm 2025").population
    ''
    """
    return _heading(text, label)


def _read_heading(text: str, label: bool) -> Heading:
    bare = bare_heading(text)
    if (procedure := _procedure(bare)) is not None:
        return procedure
    bare = _to_colon(bare)
    wording = bare
    plain = _BRACKET.sub("", bare).strip(" .:;,")
    if _ASPECT.match(plain):
        aspect = _read_aspect(_ASPECT.sub("", plain), wording, long=len(plain) > _LONGEST_PERSON)
        return aspect if label else _placed(aspect, plain)
    if (led := _LED_IN.fullmatch(plain)) is not None:
        plain = led.group("where")  # "Trong lĩnh vực đất đai, phấn đấu các chỉ tiêu sau"
    timed = _LEADING_TIME.match(plain)
    plain = plain[timed.end() :] if timed is not None and len(plain) > timed.end() + 3 else plain
    if (framed := _framed(plain, wording, label=label)) is not None:
        return framed
    about = _ABOUT.match(plain)
    if about:
        plain = plain[about.end() :]
    if _names_where(plain, label=label):
        return Heading("", "", wording, place=plain, narrows=True)
    kept = "".join(f" ({inner})" for inner in brackets(bare) if not _TIMED.search(inner))
    if _names_a_form(plain):
        return Heading("", "", wording)  # "Số lượng: 5.000 cuốn": of what, stands above
    if about:
        return Heading(plain + kept, "", wording, narrows=True)
    if label and (tail := _PLACE_TAIL.search(plain)) is not None:
        return Heading("" if _names_none(plain) else plain, "", wording, place=tail.group("where"), narrows=True)
    narrows = _CLASS.match(plain) or (label and (_FIELD.match(plain) or _PLURAL.match(plain)))
    if narrows and len(plain) <= 90 and not plain.isupper():
        return Heading(plain, "", wording, narrows=True)
    named = "" if _names_none(plain) else plain + _left_out(kept, label=label)
    return Heading(named or _holders_of_grade(plain, label=label), "", wording)


_HOLDS_GRADE = re.compile(r"\s(?:(?:có|đạt|được đào tạo)\s(?:(?:chuẩn\s)?trình độ|bằng)|tốt nghiệp)(?!\w).*\Z")


def _holders_of_grade(plain: str, *, label: bool) -> str:
    """The people of whom a label asks a grade, whose share stands behind it.

    >>> _holders_of_grade("Giáo viên mầm non có trình độ từ cao đẳng trở lên", label=True)
    'Giáo viên mầm non'
    >>> _holders_of_grade("Từ đại học trở lên", label=True)
    ''
    """
    holds = _HOLDS_GRADE.search(plain.lower()) if label else None
    who = plain[: holds.start()] if holds is not None and find_grades(plain.lower()) else ""
    return "" if _ABOUT.match(plain) or _names_none(who) else who


def _left_out(kept: str, *, label: bool) -> str:
    """The bracket of a label that says who is left out: ``Nạn nhân bom mìn (trừ thương binh): 80% …``."""
    return kept if label and kept.startswith(" (trừ ") else ""


_heading = remembered(_read_heading)


def _names_none(plain: str) -> bool:
    """Whether a heading names no population: a time, a form of words that every plan has, a measure."""
    if not plain or len(plain) > _LONGEST_NAME or plain.isupper():
        return True
    if _PART_OF_YEAR.fullmatch(plain):
        return True
    if _TIME_HEADING.match(plain) or _GENERIC.match(plain) or _FORM.search(plain) or PART_ALONE.fullmatch(plain):
        return True
    lowered = plain.lower()
    if _SAYS_WHAT_IS_SO.match(lowered) and predicate_start(lowered, from_start=True) == 0:
        return True
    return bool(find_grades(lowered)) or re.search(r"\d+\s*%", lowered) is not None
