"""What the title of a table says: of what it is, whom or where it is about, the unit of its figures."""

from __future__ import annotations

import re
from typing import NamedTuple

from doichieu.extraction.targets.annex_titles import without_mark
from doichieu.extraction.targets.classes import MEASURE
from doichieu.extraction.targets.counted import units
from doichieu.extraction.targets.parts import clean
from doichieu.extraction.targets.table_columns import unplanned
from doichieu.extraction.targets.table_words import (
    FIRST_DEED,
    NAME_UNIT,
    PLACES,
    TOPIC,
    counted_by,
    narrowed,
    parted,
    parted_deed,
    says_no_population,
    says_what_is_done,
    says_what_they_do,
)
from doichieu.lexicon.families import COMMUNE, EVERY, LEVEL, REGION, SETTLEMENT
from doichieu.lexicon.headings import bare_heading
from doichieu.lexicon.named_words import words_of

UNIT_LINE = re.compile(r"\(?\s*(?:đơn vị(?: tính)?|đvt|đv tính)\s*:\s*(?P<unit>[^\n():;]{1,30})\)?\W*\Z", re.IGNORECASE)


def topic_of(titles: list[str]) -> str:
    """What the title of a table says beside its number, its period and that it is a plan.

    >>> topic_of(["Biểu 2. Chỉ tiêu cấp thẻ căn cước năm 2026", "PHỤ LỤC"]), topic_of(["3- Số lớp học mở mới"])
    ('cấp thẻ căn cước', 'Số lớp học mở mới')
    """
    for title in titles:
        if not UNIT_LINE.match(title.strip()):
            return _measure_of(title, _unit_in(title))
    return ""


def _measure_of(title: str, bracket: re.Match[str] | None) -> str:
    """A title without its number, the bracket of its unit, its period and that it is a plan."""
    bare = bare_heading(title[: bracket.start()] if bracket is not None else title)
    return clean(unplanned(without_mark(bare)))


_TITLE_NARROWS = re.compile(
    rf"(?<!\w)(?:đối với (?:các |những )?(?P<whom>(?!các |những |{LEVEL}(?!\w)|ngành|địa phương|đơn vị|sở|{EVERY}"
    r"|chỉ tiêu|nội dung)\w)|(?:(?:tại|ở|trên địa bàn) )?(?:các |những )?(?P<place>(?:khu vực|(?:(?<=tại )|(?<=ở ))vùng"
    rf"|(?:{COMMUNE}|{SETTLEMENT}|bản)(?= (?:đặc biệt|khó khăn|nghèo|vùng|miền|{REGION}|ven|đảo|bãi ngang"
    r"|khu vực|thuộc|an toàn khu)))(?!\w)))[^,;:.()\d]*",
    re.IGNORECASE,
)
_TITLE_TIME = re.compile(
    rf"\s+(?:năm|giai đoạn|đến|trong|từ|giao|thời kỳ|trên địa bàn|(?:của|tại|ở) {LEVEL}|{LEVEL} \w+(?: \w+)?\Z)"
    r"(?!\w).*\Z|\s+(?:trên|của|tại|ở)\s*\Z",
    re.IGNORECASE | re.DOTALL,
)


def narrowed_by(titles: list[str]) -> str:
    """Whom or where the title of a table is about, so that each of its figures is.

    >>> narrowed_by(["PHỤ LỤC X", "CHỈ TIÊU ĐỐI VỚI CÁC XÃ ĐẢO ĐẾN NĂM 2030"])
    'xã đảo'
    >>> narrowed_by(["Chỉ tiêu giảm nghèo đối với hộ dân tộc thiểu số trên địa bàn tỉnh"])
    'hộ dân tộc thiểu số'
    >>> [narrowed_by([title]) for title in ("Chỉ tiêu khu vực miền núi", "Chỉ tiêu phát triển các khu vực")]
    ['khu vực miền núi', '']
    >>> narrowed_by(["Chỉ tiêu đối với các xã, phường năm 2026"])
    ''
    """
    for title in titles:
        found = _TITLE_NARROWS.search(title)
        if found is None:
            continue
        words = title[found.start("whom") if found.group("whom") else found.start("place") : found.end()]
        words = clean(_TITLE_TIME.sub("", " ".join(words.split())))
        all_of_them = title[found.end() :].startswith(",") and PLACES.match(words) is not None
        if words.lower() in ("khu vực", "vùng") or all_of_them or not words:
            continue
        return words.lower() if words.isupper() else words
    return ""


class Titled(NamedTuple):
    """What a title measures: of whom or what, what narrows them, the unit of its figures, whether it is a share."""

    subject: str = ""
    scope: tuple[str, ...] = ()
    unit: str = ""
    share: bool = False


#: How a title says what its rows are: "… theo loại đường", "… tại một số địa bàn", "… của các xã như sau".
_BY_ROWS = re.compile(
    rf"\s+(?:(?:chia |phân )?theo\s|(?:tại|ở|của|trên|cho)\s+(?:một số|{EVERY}|các|những)\s+(?:địa|đơn vị|khu vực|vùng"
    rf"|cơ quan|tổ chức|{COMMUNE}|{words_of('bodies_titled')}|{LEVEL}|trường|bậc|cấp)(?!\w)|như sau|cụ thể|cần đạt"
    r"|phải đạt).*\Z",
    re.IGNORECASE | re.DOTALL,
)
_SHARE = re.compile(r"(?:tỷ|tỉ) (?:lệ|trọng|suất)\s", re.IGNORECASE)
_MULTIPLE = re.compile(r"(?:trăm|nghìn|ngàn|triệu|tỷ|vạn|lượt)\s|[^\s/]+/", re.IGNORECASE)
_DEED = re.compile(rf"{FIRST_DEED.pattern}|(?:hoàn thành|thu gom|xử lý|tiếp nhận|tiêm|bảo vệ|khám|bảo trì) (?=\w)")
_WORK = re.compile(r"(?:tiến độ|kết quả)\s+(?=\w)", re.IGNORECASE)


def _unit_in(title: str) -> re.Match[str] | None:
    """The bracket that closes a title and holds a unit: ``Số giáo viên đạt chuẩn (người)``."""
    found = UNIT_LINE.search(title) or NAME_UNIT.search(title)
    if found is None or found.re is UNIT_LINE:
        return found
    unit = found.group("unit").strip().lower()
    known = unit[:1] in "%‰" or _MULTIPLE.match(unit) or units()[0].match(unit)
    return found if known else None


def titled(titles: list[str]) -> Titled:
    """What the nearest title measures or counts; empty fields where it only names a field.

    >>> titled(["2. Tỷ lệ hộ chăn nuôi có hầm khí sinh học", "CHỈ TIÊU"])
    Titled(subject='hộ chăn nuôi', scope=(), unit='%', share=True)
    >>> titled(["Bảng 1. Số giáo viên dạy nghề (người)"])
    Titled(subject='giáo viên dạy nghề', scope=(), unit='người', share=False)
    >>> titled(["(Đơn vị tính: căn)", "PHÂN BỔ CHỈ TIÊU HOÀN THÀNH NHÀ Ở XÃ HỘI NĂM 2026"])[:3]
    ('nhà ở xã hội', (), 'căn')
    >>> titled(["Tỷ lệ đăng ký khai sinh trực tuyến (%)"]).subject, titled(["CHỈ TIÊU CÁC XÃ NĂM 2026"]).subject
    ('', '')
    """
    line = UNIT_LINE.match(titles[0].strip()) if titles else None
    of_all = line.group("unit").strip() if line is not None else ""
    for title in titles[1:2] if of_all else titles[:1]:
        bracket = _unit_in(title)
        unit = bracket.group("unit").strip() if bracket is not None else of_all
        words = _BY_ROWS.sub("", _TITLE_TIME.sub("", _measure_of(title, bracket)))
        words = _WORK.sub("", clean(words.lower() if words.isupper() else words), count=1)
        share = _SHARE.match(words) is not None
        deed = _DEED.match(words.lower())
        if not words or not (unit or deed is not None or MEASURE.match(words) or share):
            return Titled(unit=unit)
        unit = unit or counted_by(words)
        if says_no_population(words) or says_what_they_do(words) or says_what_is_done(words):
            return Titled(unit=unit, share=share)
        subject, told = parted(words) if deed is None else (parted_deed(words, deed.end())[0], "")
        words = words if deed is None else words[deed.end() :]
        if TOPIC.match(subject):
            return Titled(unit=unit)
        return Titled(subject, (*narrowed(words), *([told] if told and not share else [])), unit, share)
    return Titled()


#: Heads over the kinds or ages that divide what the title measures.
_DIVIDERS = re.compile(
    r"(?:(?:cấp|bậc|khối|trình độ|loại hình|hạng) (?:học|lớp|đào tạo|trường|bệnh viện)|bậc|(?:nhóm|độ|lứa) tuổi"
    r"|giới(?: tính)?|(?:nhóm )?đối tượng|dân tộc|thành phần|tuyến)(?!\w)",
    re.IGNORECASE,
)
#: … and what people are told apart by besides.
_WORK_OF_PEOPLE = re.compile(r"(?:ngành|nghề|môn|bộ môn|lĩnh vực|hình thức|trình độ|khu vực)(?!\w)", re.IGNORECASE)


def divides(head: str, *, people: bool) -> bool:
    """Whether the head of a column of names says that its rows divide what the title measures.

    >>> divides("Nhóm tuổi", people=True), divides("Ngành", people=True), divides("Ngành", people=False)
    (True, True, False)
    """
    return _DIVIDERS.match(head) is not None or (people and _WORK_OF_PEOPLE.match(head) is not None)


#: Bodies, of which a count is what they do.
BODY = re.compile(
    rf"(?:các |những )?(?:{words_of('bodies_titled')})(?!\w)",
    re.IGNORECASE,
)
