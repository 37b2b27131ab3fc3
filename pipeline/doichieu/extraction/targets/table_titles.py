"""What the title of a table says: of what it is, whom or where it is about, the unit of its figures."""

from __future__ import annotations

import re

from doichieu.extraction.targets.parts import clean
from doichieu.extraction.targets.table_columns import unplanned
from doichieu.extraction.targets.table_words import PLACES
from doichieu.lexicon.families import COMMUNE, EVERY, LEVEL, REGION, SETTLEMENT

UNIT_LINE = re.compile(r"\(?\s*(?:đơn vị(?: tính)?|đvt|đv tính)\s*:\s*(?P<unit>[^\n():;]{1,30})\)?\W*\Z", re.IGNORECASE)
_TABLE_NUMBER = re.compile(r"\s*(?:biểu|bảng|phụ lục|phụ biểu)(?: số)?\s*[\dIVX]*\s*[.:\-–]?\s*", re.IGNORECASE)


def topic_of(titles: list[str]) -> str:
    """What the title of a table says beside its number, its period and that it is a plan.

    >>> topic_of(["Biểu 2. Chỉ tiêu cấp thẻ căn cước năm 2026", "PHỤ LỤC"])
    'cấp thẻ căn cước'
    """
    for title in titles:
        words = clean(unplanned(_TABLE_NUMBER.sub("", title, count=1)))
        if not UNIT_LINE.search(title):
            return words
    return ""


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
