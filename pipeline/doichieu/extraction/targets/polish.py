"""What no population may keep at its ends, whichever rule found it: verbs of striving, averages, loose words.

Each step takes one thing off and has an example; none decides whom a figure is about.
"""

from __future__ import annotations

import re

from doichieu.extraction.targets.apart import MEASURE_ALONE
from doichieu.extraction.targets.measured import NUMBER_OF
from doichieu.extraction.targets.parts import clean, strip_modal, strip_share_word
from doichieu.extraction.targets.sides import Said, Sides
from doichieu.lexicon import load
from doichieu.lexicon.named_words import words_of
from doichieu.text import any_word, fold

_AVERAGE = re.compile(r"(?:bình quân|trung bình)\s+(?:(?:các|của|những|mỗi|một)\s+)*(?=\w)", re.IGNORECASE)
_MAGNITUDE = re.compile(
    r"(?:nghìn|ngàn|vạn|triệu|(?:tỷ|tỉ)(?! lệ| trọng| suất| số| giá))\s+(?=[^\W\d_])", re.IGNORECASE
)
#: What a share is over, and an average inside a name: "thuê bao thông minh/tổng số thuê bao", "phòng bình quân của …".
_OVER_ALL = re.compile(r"(?:\s*/\s*|(?<=\w)\s+trên\s+)tổng (?:số |lượng )?(?!công ty).*\Z", re.IGNORECASE)
_AVERAGE_INSIDE = re.compile(r"\s+(?:bình quân|trung bình)(?: năm| ngày)?(?=\s+(?:của|toàn|trên)\s|\Z)", re.IGNORECASE)
_LOOSE = re.compile(
    r"\s+(?:(?<!\d )giai đoạn(?: trước| sau)?|với|cho|của|tại|(?<!nhà )(?<!đất )(?<!chỗ )(?<!nơi )ở|trong"
    r"|về|theo|từ|đến|để|bằng|và|hoặc|cùng|gồm|nhằm|do|vào|qua|(?:với|có|đạt) (?:tổng )?(?:"
    rf"{words_of('size_of_a_thing')}"
    r"))\Z",
    re.IGNORECASE,
)
_STRIVES = re.compile(any_word(load("predicates")["striving"]) + r"\s+(?!viên(?!\w))(?=[^\W\d_]+ )")


def _without_openings(subject: str) -> str:
    """A population without what only says how it is measured or striven for.

    >>> _without_openings("bình quân các cụm công nghiệp"), _without_openings("triệu cây xanh")
    ('cụm công nghiệp', 'cây xanh')
    >>> _without_openings("kiềm chế tốc độ tăng dân số"), _without_openings("triệu đồng")
    ('tốc độ tăng dân số', 'triệu đồng')
    >>> _without_openings("khống chế tỷ lệ nhiễm lao"), _without_openings("tỷ lệ hộ nghèo")
    ('nhiễm lao', 'tỷ lệ hộ nghèo')
    """
    if fold(subject).split()[1:2] in (["đồng"], ["usd"], ["đô"]):
        return subject
    for opening in (_STRIVES, _AVERAGE, _MAGNITUDE):
        match = opening.match(subject.lower())
        if match is not None:
            subject = subject[match.end() :]
            subject = strip_share_word(subject) if opening is _STRIVES else subject
    return subject


#: "vốn đầu tư toàn xã hội | 5 năm": for how long; "tàu khai thác trên 25 năm" are the old ones.
_LASTING = re.compile(
    r"(?<! trên)(?<! quá)(?<! hơn)(?<! dưới)(?<! từ)(?<! đủ)(?<! nhất)(?<! thiểu)(?<! đến)"
    r"\s+(?:thực hiện\s+)?(?:trong |cả )?\d+ năm\Z",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r",?\s+(?:có |với )?(?:tổng )?(?:quy mô|công suất|diện tích|chiều dài|vốn đăng ký|vốn)\s+(?:\D{0,20}\s)?\d.*\Z",
    re.IGNORECASE,
)


#: A size that says which of them ("cơ sở | công suất dưới 10 MW"), not how big it is to be ("dự án | quy mô 500 căn").
_LIMIT = re.compile(r"\s(?:dưới|trên|từ|không quá|tối thiểu|tối đa|ít nhất)\s+\d", re.IGNORECASE)


def _without_loose_end(subject: str) -> str:
    """A population without a preposition that lost its noun, and without a size that goes on behind it.

    >>> _without_loose_end("câu lạc bộ với"), _without_loose_end("dự án FDI với tổng vốn đăng ký")
    ('câu lạc bộ', 'dự án FDI')
    >>> _without_loose_end("diện tích nhà ở")
    'diện tích nhà ở'
    """
    if any(map(str.isdigit, subject)):
        subject = _SIZE.sub("", _LASTING.sub("", subject))
    match = _LOOSE.search(subject)
    return subject if match is None else subject[: match.start()]


def _named_in_full(c: Sides, subject: str) -> str:
    """A noun said again in short: ``50 sản phẩm OCOP đạt 4 sao, 05 sản phẩm đạt 5 sao``."""
    counted = NUMBER_OF.search(c.rest) is not None  # "nâng tổng số doanh nghiệp đang hoạt động lên 15.000"
    if c.kind != "count" or c.near is None or c.whole is not None or not subject or counted:
        return subject
    full = c.near.subject
    again = fold(full).startswith(fold(subject) + " ") and c.near.unit == (c.group.figure.unit)
    return full if again and ";" not in c.lowered[: c.group.anchor].rpartition(fold(full))[2] else subject


#: "mức | tăng sản lượng nuôi": by how much it changes names nothing.
_CHANGE = re.compile(r"(?:tăng|giảm) (?!trưởng|nghèo|thu|huyết|cường)(?=\w+ \w)")
#: How far the work on those of before is to be: "Sửa chữa 40 cầu bị sạt mố, hoàn thành 15 cầu trước ngày 30/6".
_FINISHES = re.compile(r"(?:(?:và|phấn đấu|trước mắt|trong đó),? )*(?:hoàn thành|khởi công|bàn giao|nghiệm thu)")
#: One year or place set apart, between parts and what is counted for it; the time itself is blank here.
_SET_APART = re.compile(r"(?<!\w)riêng\s[^;,]*\Z")
_PER = re.compile(r"/\s*(?:[\d.]+\s+)?(?:dân|người|ngày|năm|tháng|hộ|xã|thôn|lượt|vạn dân|học sinh)\Z")
#: What something is worth names nothing by itself: "trao 900 suất quà, tổng trị giá 450 triệu đồng".
_WORTH = re.compile(
    r"(?:tổng )?(?:trị giá|giá trị|kinh phí|số tiền)(?:(?: của)? (?:mỗi|một|1|từng) [^\W\d_]+(?: [^\W\d_]+)?)?",
    re.IGNORECASE,
)


def _worth(c: Sides, said: Said) -> Said:
    """A sum of money about what was named before it."""
    if c.near is None or not c.near.subject or _WORTH.fullmatch(said.subject) is None:
        return said
    return said._replace(subject=c.near.subject)


def _newly(c: Sides, said: Said) -> Said:
    """``Xử lý 100% vụ việc mới phát sinh``: ``mới`` belongs to what arises, not to the name of it."""
    if not said.subject.lower().endswith(" mới") or "mới phát sinh" not in c.lowered:
        return said
    scope = tuple(f"mới {piece}" if piece.lower().startswith("phát sinh") else piece for piece in said.scope)
    return said._replace(subject=said.subject[: -len(" mới")], scope=scope)


def _goes_on(c: Sides, subject: str) -> bool:
    """Whether a count says how many of those before are to be ready: ``Nạo vét 12 kênh cụt, khởi công 5 kênh``."""
    if c.kind != "count" or c.near is None or subject not in ("", c.near.subject) or c.near.unit != c.group.figure.unit:
        return False
    if _SET_APART.search(c.text[: c.group.anchor].lower()):
        return (
            False  # "…, trong đó A 40 km, B 5 km; riêng năm 2027 hoàn thành 12 km": of the whole, not of the last part
        )
    return _FINISHES.fullmatch(clean(c.rest).lower()) is not None


#: Where so many of them go: "trong đó 05 cơ sở | vào cụm công nghiệp".
_MOVED = re.compile(
    r"(?<=\w)\s+(?:vào|ra khỏi|khỏi|sang)\s+(?:cụm|khu|vùng|nơi|điểm|chợ|trung tâm)(?!\w).*\Z", re.IGNORECASE
)


def _of_those_moved(c: Sides, subject: str) -> str:
    """Those of whom some go somewhere: ``Di dời 12 cơ sở chế biến, trong đó 05 cơ sở vào cụm công nghiệp``."""
    moved = _MOVED.search(subject) if c.kind == "count" else None
    if moved is None:
        return subject
    kind = subject[: moved.start()]
    same = c.near is not None and fold(c.near.subject).startswith(fold(kind))
    return c.near.subject if same and c.near is not None else subject


#: How far the number of those before is to come: "…, phấn đấu giảm còn | 100 hộ".
_COMES_TO = re.compile(
    r"(?:(?:đến|trong) (?:cuối |hết )?năm,? )?(?:kéo giảm|giảm|tăng|nâng|hạ|thu hẹp|còn|lên|xuống|đạt|chỉ|có)"
    r"(?: (?:còn|lên|xuống|đạt))*"
)


def _told_again(c: Sides, said: Said) -> Said:
    """``Hiện còn 212 hộ chưa có nhà tiêu, phấn đấu giảm còn 100 hộ``: the bare unit is those named before by it."""
    unit = c.group.figure.unit
    if c.kind != "count" or c.near is None or c.near.unit != unit or fold(said.subject) not in ("", fold(unit)):
        return said
    how = strip_modal(" ".join(c.left.lower().split()).strip(" ,;"))
    if said.scope or not c.near.subject or _COMES_TO.fullmatch(how.strip()) is None:
        return said
    return said._replace(subject=c.near.subject, scope=tuple(c.near.scope))


def polished(c: Sides, said: Said) -> Said:
    """A population with nothing loose at its ends; empty where nothing else is left of it."""
    said = _told_again(c, _newly(c, _worth(c, said)))
    bare = _OVER_ALL.sub("", _PER.sub("", said.subject)) or said.subject
    thing = _AVERAGE_INSIDE.sub("", bare)
    alone = (
        len(thing.split()) < 2 or MEASURE_ALONE.fullmatch(thing.lower()) is not None
    )  # "thu nhập bình quân" is a name
    subject = _without_loose_end(_without_openings(bare if alone else thing))
    if (change := _CHANGE.match(subject.lower())) is not None:
        subject = subject[change.end() :] if f"mức {subject.lower()}" in c.lowered else subject
    size = _SIZE.search(bare if alone else thing)
    if size is not None and _LIMIT.search(size.group()) is not None:
        said = said._replace(scope=(*said.scope, clean(size.group())))
    full = _named_in_full(c, _of_those_moved(c, subject))
    if not said.scope and _goes_on(c, full):
        said = said._replace(scope=tuple(c.near.scope if c.near is not None else ()))
    return said._replace(subject=clean(full))
