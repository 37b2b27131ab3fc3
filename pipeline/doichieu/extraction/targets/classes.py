"""Names that only say which of those spoken of: a place of theirs, a level, a sex; and what can be so divided."""

from __future__ import annotations

import re

from doichieu.extraction.targets.apart import MEASURE_ALONE
from doichieu.extraction.targets.counted import units
from doichieu.extraction.targets.phrases import SECTOR
from doichieu.extraction.targets.relative_clauses import PERSON
from doichieu.lexicon.families import COMMUNE, DISTRICT, LEVEL, REGION
from doichieu.lexicon.named_words import words_of

#: Heads that say what is measured, not about whom.
MEASURE = re.compile(
    rf"(?:{words_of('measure_of_a_head')})\b",
    re.IGNORECASE,
)
REGION_NAMED = re.compile(
    rf"(?:ở |tại |riêng |trên địa bàn |vùng |khu vực |địa bàn |các |những )*"
    rf"(?:{REGION}|{DISTRICT}|{COMMUNE}|thành phố|vùng|khu vực|địa bàn|phía)(?!\w| hóa)[^:;%]{{0,60}}"
)
FIELD_NAMED = re.compile(
    r"(?:riêng |ở |đối với )*(?:"
    rf"{words_of('class_heads')}"
    r")\s(?!trưởng(?!\w))[^:;%]{2,60}"  # the head of one is a person: "khối trưởng"
)
#: Classes that stand against each other, bare: a level of school, of administration, a sex.
_CLASSES = (
    r"(?:(?:giáo dục )?(?:nhà trẻ|mẫu giáo|mầm non|tiểu học|trung học cơ sở|trung học phổ thông|phổ thông|thcs|thpt))",
    r"(?:mẫu giáo \d tuổi|lớp \d{1,2})",
    r"(?:(?:cấp )?(?:tỉnh|huyện|xã|thôn|trung ương|cơ sở))",
    r"(?:(?:cao đẳng|trung cấp|sơ cấp|đại học|thạc sĩ|tiến sĩ))",
    r"(?:nam(?: giới)?|nữ(?: giới)?)",
    r"(?:loại|hạng|cấp|mức|nhóm|bậc) (?:[ivx]+|[a-d]|\d)",
    r"vụ (?:xuân|hè|thu|đông|mùa|chiêm|đầu|giữa|cuối|sớm|muộn|chính|[123])(?:[ -]+(?:xuân|hè|thu|đông|mùa|năm|vụ))*",
    r"(?:(?:khối|khu vực|hệ) )?(?:ngoài )?(?:công lập|nhà nước)",
    r"(?:đợt|khối|lần|tuyến) (?:\d{1,2}|[ivx]+|tỉnh|huyện|xã|cơ sở|trung ương|trẻ|năng khiếu)",
)
#: Things that are told apart by level and place, whose short names are no units.
_COUNTED = re.compile(rf"(?:{words_of('counted_institutions')})(?!\w)")
_BRANCH = re.compile(rf"khu vực {SECTOR}")
CLASS_PATTERNS = tuple(re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE) for words in _CLASSES)


def names_a_class(name: str) -> bool:
    """Whether a name says only which of those spoken of: a place of theirs, a level, a sex; no branch of an economy.

    >>> [names_a_class(n) for n in ("Khu vực đô thị", "Các xã biên giới", "Tiểu học", "Nữ", "Khu vực dịch vụ", "Lúa")]
    [True, True, True, True, False, False]
    >>> [names_a_class(n) for n in ("Vụ Hè Thu", "Đợt 2", "Ngoài công lập", "Tuyến tỉnh", "Vụ án", "Tuyến đường")]
    [True, True, True, True, False, False]
    """
    lowered = name.lower()
    if _BRANCH.match(lowered):
        return False
    return REGION_NAMED.fullmatch(lowered) is not None or any(p.fullmatch(name) for p in CLASS_PATTERNS)


#: "Toàn tỉnh: 1,2%", "Khối nông thôn: 120 đảng viên": all of the places, one of the fields.
_ALL_PLACES = re.compile(rf"(?:toàn|cả) (?:{LEVEL}|nước|quốc|vùng|miền|ngành)", re.IGNORECASE)


def labels_a_class(label: str) -> bool:
    """Whether the label of a line says only which of those whom the line above speaks of.

    >>> [labels_a_class(n) for n in ("Toàn tỉnh", "Khối nông thôn", "Cấp xã", "Cây lúa", "Lĩnh vực y tế")]
    [True, True, True, False, False]
    """
    lowered = label.lower()
    if _ALL_PLACES.fullmatch(lowered) or names_a_class(label):
        return True
    return FIELD_NAMED.fullmatch(lowered) is not None and not lowered.startswith(("lĩnh vực", "ngành"))


def divisible(whole: str) -> bool:
    """Whether a wording measures or counts somebody or something, and heads no field of work.

    >>> [divisible(n) for n in ("Tỷ lệ hộ nghèo", "Thu nhập bình quân", "Hội viên", "Trường học", "Văn hóa - xã hội")]
    [True, True, True, True, False]
    """
    lowered = whole.lower()
    if MEASURE.match(whole) or PERSON.match(lowered) or MEASURE_ALONE.match(lowered):
        return True
    return _COUNTED.match(lowered) is not None or units()[0].match(lowered) is not None
