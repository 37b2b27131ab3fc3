"""Where the wording of one measure ends and that of the next begins."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.extraction.targets.parts import strip_modal, strip_reach, strip_verbs
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.lexicon import load
from doichieu.lexicon.comparators import comparing
from doichieu.lexicon.named_words import words_of
from doichieu.text.sieve import Sieve

_CUT = re.compile(
    r";|\.\s|:\s|\s\((?=(?:riêng|tổng số|số|tỷ lệ|tỉ lệ|(?:đến (?:hết |cuối )?|hết |cuối )năm 20\d\d)\s)"
    r"|,?\s*\(?(?:trong (?:số )?đó|phân kỳ|chia ra)[,:]?\s"
    r"|,\s*(?:đồng thời|phấn đấu|bảo đảm|đảm bảo|riêng|nâng|giảm"
    r"|tăng)\s|,\s*(?=đến (?:hết |cuối )?năm \d{4})"
)
_NAMED_BEFORE = re.compile(rf"\w\s+(?:đạt|chiếm|còn|là)(?:\s+(?:từ|{comparing()}))*\s*\Z")


def preposed(lowered: str, left: int, anchor: int, stop: int) -> bool:
    """Whether a measure stands before what it measures (``70% cán bộ …``), not after (``tỷ lệ … đạt 70%``)."""
    if _NAMED_BEFORE.search(lowered, left, anchor) and re.match(r"\s*(?:[,;.)]|\Z)", lowered[stop:]):
        return False  # "người lớn đạt 98%, trẻ em …"
    rest = strip_reach(strip_modal(lowered[left:anchor])).strip(" ,:;")
    return len(rest.split()) <= 2


_NEXT_LABEL = re.compile(
    r";\s+(?=[^;:.\d%]{1,80}:\s*\Z)|[,;]\s+(?=(?:(?:tỷ lệ|tỉ lệ|số|tổng)\s[^,;:]*|[^\W\d_][^,;:\d%]{1,40}):\s*\Z)"
)  # "…: 95%, tỷ lệ thôn có nhân viên y tế: 100%"


_EACH_NEXT = Sieve(
    r"(?:\s+và|[,;])\s+(?=(?:trong (?:số )?đó,? )?(?:mỗi|từng) (?!năm|tháng|quý|tuần|ngày|kỳ|người)[^;.:%\d]*\Z)"
)


_LISTED = re.compile(r"\s+(?:các|những) (?P<noun>[^\W\d_]+ [^\W\d_]+)(?!\w)")


def goes_on_listing(lowered: str, begin: int, semicolon: int, right: int) -> bool:
    """Whether behind a semicolon the same list goes on: ``hộ dân ở các khu vực ven sông; các khu vực ven biển``."""
    following = _LISTED.match(lowered, semicolon + 1, right)
    if following is None:
        return False
    return (
        re.search(
            rf"(?:ở|tại|thuộc|của|trong) (?:các|những) {re.escape(following.group('noun'))}(?!\w)",
            lowered[begin:semicolon],
        )
        is not None
    )


#: A cut inside brackets that are closed parts nothing: "đạt 75% (năm 2021: | 58,3%), đối với xã khó khăn đạt 65%".
_INSIDE_BRACKETS = re.compile(r"[^();]*\)")


def _last_between(lowered: str, end: int, start: int) -> int | None:
    """The last cut between two measures: a hard one before the others."""
    cuts = [
        m
        for m in _CUT.finditer(lowered, end, start)
        if (m.group() != ";" or not goes_on_listing(lowered, end, m.start(), start))
        and not _INSIDE_BRACKETS.match(lowered, m.end(), start)
    ]
    hard = [m for m in cuts if m.group().strip().startswith((";", ".")) or " đó" in m.group()]
    return next((m.start() for m in reversed(hard or cuts)), None)


_ONLY_REACHES = re.compile(r"\s*(?:(?:đạt|tăng|nâng|giảm|lên|xuống|còn|đến|tới)\s+)*")


def cut_between(lowered: str, end: int, start: int, preposed: bool) -> int:
    """Where the wording of one measure ends and that of the next begins."""
    if end >= start:
        return start
    between = lowered[end:start]
    opened = _EACH_NEXT.search(between) or (_NEXT_LABEL.search(between) if ":" in between else None)
    if opened:
        return end + opened.start()  # "…; mỗi xã, phường có ít nhất 02 điểm"
    last = _last_between(lowered, end, start)
    if last is not None:
        return last
    joined = between.rfind(" và ")
    if preposed and joined >= 0 and _ONLY_REACHES.fullmatch(between, joined + 4):
        return end + joined  # "100% A, B và 100% C", "60% A hợp tác với B, C vào năm 2028 và đạt 85%"
    if preposed and (for_many := _for_many(between)) >= 0:
        return end + for_many
    commas = _commas(between)
    if preposed:
        said = predicate_start(between)
        own = [c for c in commas if _opens_clause(between[c + 1 :]) or (said is not None and c > said)]
        commas = own or (commas if said is None else [])
    if commas:
        return end + (commas[-1] if preposed else commas[0])
    if joined >= 0:
        return end + joined
    return start


#: One syllable between two commas is half of a compound: "nông, lâm nghiệp", "khám, chữa bệnh".
_ELIDED = re.compile(r",\s+[^\W\d_]+\Z")


@lru_cache(maxsize=1)
def _pairs() -> list[tuple[str, str]]:
    """Names of one thing in two halves: ``phòng cháy, chữa cháy``."""
    return [(first, second) for pair in load("predicates")["pairs"] for first, second in [pair.split(", ")]]


def _in_pair(text: str, comma: int) -> bool:
    """Whether a comma stands inside a name of two halves.

    >>> _in_pair("tổ liên gia phòng cháy, chữa cháy", 22), _in_pair("giường bệnh, phòng cháy", 11)
    (True, False)
    """
    return any(text.endswith(first, 0, comma) and text.startswith(second, comma + 2) for first, second in _pairs())


def _commas(between: str) -> list[int]:
    """The commas that may part two measures.

    >>> _commas(", nông, lâm nghiệp và thủy sản"), _commas(", hộ nghèo, cận nghèo"), _commas(" (tại A, xã B), dài")
    ([0], [0, 10], [14])
    """
    found = [match.start() for match in re.finditer(r",\s", between) if not _in_pair(between, match.start())]
    return [
        comma
        for comma in found
        if _ELIDED.search(between, 0, comma) is None and not _INSIDE_BRACKETS.match(between, comma)
    ]


_CLAUSE_OPENER = re.compile(
    r"\s*(?:(?:"
    rf"{words_of('opens_a_clause')}"
    r")\s+)*(?:tỷ lệ|tỉ lệ|tổng|năm|đến|riêng|tại|ở|còn|từ|mỗi|bình quân)(?!\w)|\s*số\s(?!hóa)"
)


#: An amount of its own: "phát hành 2 triệu tín chỉ, | doanh thu dự kiến đạt 140 tỷ đồng".
_AMOUNT_REACHES = re.compile(
    rf"\s*(?:{words_of('amounts_reached')})(?!\w)[^;:%\d]{{0,60}}?\s(?:đạt|là|tăng|giảm|không (?:dưới|thấp hơn|quá))"
    rf"(?:\s+(?:từ|{comparing()}))*\s*"
)


#: A further deed at, or for, so many: "nâng cấp 17 chợ, | bố trí điểm bán nông sản sạch ở ít nhất 10 chợ".
_DEED_AT = re.compile(rf"\s*[^\W\d_]+\s[^,;:%\d]{{3,80}}\s(?:ở|tại|cho|đến|tới)(?:\s+{comparing()})?\s*")


#: One more deed on land, ways or waters: "phục tráng 200 ha chè, | trồng dặm | 50 ha".
_LAND_DEED = re.compile(rf"\s*(?:{words_of('done_to_land')})(?!\w)(?:\s[^\W\d_]+){{0,2}}\s*")
#: For how many, behind a list of what is given to them: "lớp dạy nghề may, thêu | cho 120 lao động nữ".
_FOR_MANY = re.compile(rf"\scho(?:\s+{comparing()})?\s*\Z")
_SHORT_PIECE = 6  # words


def _for_many(between: str) -> int:
    """Where ``cho`` opens for how many the things before are, behind a list that no verb goes on; -1 where it does not.

    >>> _for_many(" lớp dạy nghề may, thêu cho "), _for_many(" trường, tập huấn cho "), _for_many(" lớp cho ")
    (23, -1, -1)
    """
    found = _FOR_MANY.search(between)
    piece = between[: found.start()].rpartition(", ")[2] if found is not None and ", " in between else ""
    if found is None or not piece or len(piece.split()) > _SHORT_PIECE:
        return -1
    return found.start() if strip_verbs(piece, leading=True) == piece else -1


def _opens_clause(text: str) -> bool:
    """Whether a new clause begins with ``text``, which runs up to a figure: nothing but time and verb, or a measure."""
    bare = strip_reach(strip_modal(text.strip())).strip(" ,")
    if not strip_verbs(bare) or _LAND_DEED.fullmatch(text) is not None:
        return True  # "…, bãi bỏ | ít nhất 30%"
    if _DEED_AT.fullmatch(text) is not None and strip_verbs(text.strip(), leading=True) != text.strip():
        return True
    if bare in ("", "đạt", "có", "là", "từ") or _CLAUSE_OPENER.match(text) is not None:
        return True
    return _AMOUNT_REACHES.fullmatch(text) is not None


def last_cut(lowered: str, left: int, start: int) -> int:
    """The last cut of a stretch, where the wording of a measure may begin at the earliest."""
    cuts = list(_CUT.finditer(lowered, left, start))
    return cuts[-1].start() if cuts else left


def trim(text: str, left: int, right: int) -> tuple[int, int]:
    """A stretch without the joints and marks at its ends."""
    match = re.compile(
        r"(?:[\s;,:.)(]+|(?:trong (?:số )?đó|phân kỳ|chia ra|đồng thời|và|Đồng thời|Trong (?:số )?đó|lũy kế"
        r"|Lũy kế)(?=[\s,]))+",
        re.UNICODE,
    ).match(text, left, right)
    if match:
        left = match.end()
    while right > left and text[right - 1] in " ;,:.":
        right -= 1
    if text[left:right].count("(") < text[left:right].count(")") and text[right - 1] == ")":
        right -= 1
    return left, right
