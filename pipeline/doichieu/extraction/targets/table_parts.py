"""Rows that are parts of the row above them: what they take from the whole, by what their names say."""

from __future__ import annotations

import re

from doichieu.alphabet import UPPER
from doichieu.extraction.targets.classes import MEASURE, divisible, names_a_class
from doichieu.extraction.targets.counted import units
from doichieu.extraction.targets.parts import strip_share_word
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.relative_clauses import PERSON
from doichieu.extraction.targets.table_columns import ONE_PLACE
from doichieu.extraction.targets.table_words import parted, says_no_population
from doichieu.lexicon.named_words import words_of
from doichieu.text import fold

_ONLY_DEED = re.compile(rf"(?:{words_of('deed_of_a_row')})(?: (?:mới|lại|khác))?")


def is_deed(name: str) -> bool:
    """Whether the name of a part is only what is done: ``Nuôi trồng``, ``Khai thác``.

    >>> is_deed("Nuôi trồng"), is_deed("Bò lai")
    (True, False)
    """
    return _ONLY_DEED.fullmatch(name.strip().lower()) is not None


def kind_of_whole(name: str, whole: str, unit: str) -> bool:
    """Whether a row only names a kind of what the row above counts, by the unit that both are counted in.

    >>> kind_of_whole("Tiểu học", "Tổng số học sinh", "Học sinh"), kind_of_whole("Đàn bò", "Tổng đàn", "con")
    (True, False)
    """
    counted, lowered = fold(unit), fold(name)
    if len(counted) < _SHORTEST_UNIT or counted in lowered or MEASURE.match(name):
        return False
    return fold(strip_share_word(without_total(whole).strip())).startswith(counted)


_SHORTEST_UNIT = 4


def without_total(name: str) -> str:
    """The name of a whole without the word that says so.

    >>> without_total("Tổng sản lượng thủy sản")
    'sản lượng thủy sản'
    """
    return re.sub(r"(?i)\A(?:tổng(?: số| cộng)?|trong đó)\s+", "", name)


#: A water, a coast, a zone by its name: "Đầm Nha Phu" below "Diện tích nuôi".
_FEATURE = re.compile(rf"(?i:{words_of('features_by_name')}) [{UPPER}]\w*(?: [{UPPER}]\w*)*")
_LINKED = re.compile(r"(?:riêng|các|những|ở|tại|trên địa bàn)\s+", re.IGNORECASE)


def class_of_whole(name: str, whole: str) -> bool:
    """Whether a row only names a place or a class of those whom the row above measures: it narrows them.

    >>> class_of_whole("Khu vực nông thôn", "Tỷ lệ hộ nghèo"), class_of_whole("Mầm non", "Tỷ lệ trường đạt chuẩn")
    (True, True)
    >>> class_of_whole("Đầm Nha Phu", "Diện tích nuôi"), class_of_whole("Đầm Nha Phu", "Tỉnh Khánh Hòa")
    (True, False)
    >>> class_of_whole("Vùng ven biển", "Số vùng nuôi"), class_of_whole("Khu vực dịch vụ", "GRDP")
    (False, False)
    """
    told_apart = names_a_class(name) or (_FEATURE.fullmatch(name) is not None and MEASURE.match(whole) is not None)
    if not told_apart or not divisible(whole) or says_no_population(whole):
        return False
    if ONE_PLACE.match(whole):
        return False  # "Xã Si Pa Phìn" below "Huyện Nậm Pồ": a place within a place
    if predicate_start(name.lower()) is not None:
        return False
    own, measured = fold(_LINKED.sub("", name)).split()[:1], fold(parted(whole)[0]).split()[:1]
    return own != measured


_LONGEST_KIND = 4  # words
_SHARE = re.compile(r"(?:tỷ|tỉ) lệ\s", re.IGNORECASE)


def part_of_share(name: str, whole: str) -> bool:
    """Whether a part of a share only says which of them, by words that name nobody themselves.

    >>> [part_of_share(n, "Tỷ lệ lao động tham gia bảo hiểm xã hội") for n in ("Bắt buộc", "Hộ nghèo", "Số lao động")]
    [True, False, False]
    >>> part_of_share("Trâu, bò", "Tỷ lệ tiêm phòng")
    False
    """
    lowered = name.lower()
    if _SHARE.match(whole) is None or says_no_population(whole) or MEASURE.match(name) or PERSON.match(lowered):
        return False
    if len(name.split()) > _LONGEST_KIND or units()[0].match(lowered) or predicate_start(lowered) is not None:
        return False
    return not says_no_population(name) and parted(whole)[0] != whole and parted(whole)[1] != ""


_AMOUNT = re.compile(r"(?:diện tích|sản lượng|năng suất|giá trị|doanh thu|kim ngạch|khối lượng)\s+\w+", re.IGNORECASE)


def amount_in(head: str) -> str:
    """The amount of something that a head over rows of places measures; empty where it does not say of what.

    >>> amount_in("Sản lượng tôm"), amount_in("Diện tích"), amount_in("Số hộ")
    ('Sản lượng tôm', '', '')
    """
    return head if _AMOUNT.match(head) else ""
