"""What a bare figure counts: its unit, or that it is a name, a part of the text or of a slogan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from doichieu.alphabet import UPPER
from doichieu.lexicon import load
from doichieu.lexicon.named_words import words_of
from doichieu.lexicon.short_names import counted_short
from doichieu.text import one_of
from doichieu.text.sieve import Sieve


@lru_cache(maxsize=1)
def units() -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of all units, and the kind of figure that each makes."""
    data = load("units")
    kinds: dict[str, str] = {}
    for kind, key in (
        ("count", "units"),
        ("measure", "measures"),
        ("duration", "durations"),
        ("age", "ages"),
        ("money", "money"),
        ("part", "not_counted"),
    ):
        for word in data[key]:
            kinds[word] = kind if not (kind == "count" and word in ("tuổi", "tuần", "khóa")) else "duration"
    kinds |= dict.fromkeys(counted_short().keys() - kinds.keys(), "count")  # "200 HTX"
    return re.compile(rf"\s*[\"“]?(?!đồng (?:{words_of('begun_by_dong')})(?!\w))(?P<u>{one_of(kinds)})(?![\w])"), kinds


#: Units that only measure: behind the figure stands the unit, then the thing ("5.000 ha | rừng sản xuất").
PURE_UNITS: tuple[str, ...] = tuple(sorted(load("units")["pure"], key=len, reverse=True))

#: Physical and technical measures, which name nothing either.
MEASURED: frozenset[str] = frozenset(load("units")["measures"])

_STOP_NOUN = {
    "của",
    "trong",
    "và",
    "hoặc",
    "có",
    "là",
    "được",
    "trở",
    "đến",
    "tại",
    "ở",
    "cho",
    "với",
    "theo",
    "để",
    "đạt",
    "thì",
    "khi",
    "do",
    "trên",
    "dưới",
    "so",
    "về",
    "từ",
    "này",
    "đó",
    "như",
    "năm",
    "mà",
    "vào",
    "còn",
    "đã",
    "sẽ",
    "các",
    "những",
    "mỗi",
    "không",
    "chưa",
    "đều",
    "lên",
    "xuống",
    "ra",
    "khỏi",
}
#: "4 tại chỗ", "5 không, 3 sạch", "chi bộ 4 tốt": a number before one of these counts the parts of a slogan or name.
_SLOGAN = frozenset(
    {"không", "sạch", "tốt", "tại", "rõ", "cùng", "chung", "biết", "phải", "giảm", "tăng", "sẵn", "xung"}
    | {"lúa", "màu"}  # "đất 2 lúa", "1 lúa 2 màu"
)
_MAGNITUDES = ("nghìn", "ngàn", "vạn", "triệu")
#: A number behind one of these is a name: Điều 5, Trung đoàn 95, phường 3, Quốc lộ 1.
_NUMBERED = re.compile(
    r"(?<!\w)(?:(?<!mỗi )(?<!hằng )(?<!hàng )(?<!từng )(?<!một )(?<!/)(?<!\d )tháng|cả|độ tuổi(?: từ)?"
    r"|điều|khoản|(?<!dứt )(?<!thí )điểm|chương|mục|tiểu mục|phần|phụ lục|biểu|(?<!lấy )mẫu|bảng|trang"
    r"|(?:với|đến|tới|từ|tại|cột|nối) mốc(?: giới)?"
    r"|phường|quận|khu phố|tổ dân phố|(?<!nông )thôn|ấp|khóm|khu vực|ban chỉ đạo|trung đoàn|sư đoàn"
    r"|lữ đoàn|tiểu đoàn|quân khu|quốc lộ|tỉnh lộ|đường tỉnh|đường|lớp|khối|bậc"
    r"|(?<!nâng )(?<!xếp )(?<!thăng )(?<!phân )hạng|(?<!phân )(?<!xếp )loại|khóa|mức độ|cấp độ|đối tượng|(?:kỳ họp"
    r"|năm|lần|mũi|đợt|ngày|tháng) thứ|đợt|vòng|bước|vành đai|giai đoạn|dự án|tiểu dự án|hợp phần|tiêu chí|tập"
    r"|quyển|học kỳ|tổng đài|số điện thoại|số máy|đầu số|đường dây(?: nóng)?|xe buýt tuyến)"
    r"\s+\d[\d.,]*(?:\s*-\s*\d+)?\Z|(?<!\w)(?:nq|ct|kl|nghị quyết|chỉ thị|kết luận"
    r"|nghị định|thông tư)\s+\d+\Z|(?<!\w)(?:"
    rf"{words_of('numbered_by_so')}"
    r") số\s+\d[\d.,]*\Z"
)
#: "Cả 9 tổ dân phố có nhà văn hóa", "cho cả 04 công chức": all of so many, where the clause or its object opens.
_ALL_OF = Sieve(
    r"(?:\A\W*(?:\d{1,2}[.)]\s*)?|[;:]\s+|\.\s+|(?<!\w)(?:phấn đấu|bảo đảm|đảm bảo|cho|năm 20\d\d,)\s+)"
    r"cả\s+(?:\d[\d.]*)?\Z"
)
#: Numbers that name in a row: "Phụ lục 1, 2, 3 kèm theo", "tiêu chí số 9, 10 và 17", "Nhà máy số 1, 2".
_IN_A_ROW = re.compile(
    r"(?<!\w)(?:(?:phụ lục|phụ biểu|biểu|(?<!lấy )mẫu|bảng|tiêu chí|khoản|(?<!thí )(?<!dứt )điểm|mục|điều|chương|phần"
    r"|tổ|thôn|ấp|khóm|phường|quận|tuyến(?: đường)?|quốc lộ|tỉnh lộ|đường tỉnh|lớp|khối|quý|đợt|bước|nhóm|giai đoạn"
    r"|đối tượng)"
    r"(?: số)?|(?<=[^\W\d_]\s)(?<!tổng )(?<!có )(?<!các )(?<!đạt )số)\s+\d{1,3}"
    r"(?P<more>(?:(?:,\s+|\s+và\s+|\s+và số\s+)\d{1,3}(?![\w/%-]|[.,]\d|\s*(?:%|-)))+)"
)
_A_ROW = re.compile(r"\d(?:,\s|\s+và\s)")  # what every row of numbers holds, quick to look for
#: "Trung tâm dữ liệu số 02 phù hợp với …": the second of its name.
_BY_NUMBER = re.compile(r"[^\W\d_](?<!tổng)(?<!có)(?<!các)(?<!đạt)\s+số\s+\d+\Z")
#: "01 sản phẩm", "09 điểm": written with a leading zero a figure counts, it numbers nothing ("Điều 5", "điểm 3").
_COUNTING = re.compile(r"(?<!cả )(?<!số )(?<!biểu )(?<!mẫu )(?<!phụ lục )(?<!đợt )(?<!phiên )(?<!vòng )0\d\Z")
_MEMBER = re.compile(r"\s+viên(?!\w)(?! chức)")
#: "20 khóa bồi dưỡng" counts courses; of "khóa 20" and "khóa họp" it is a name.
_COURSE = re.compile(r"(?P<more>)\s+(?:bồi dưỡng|đào tạo|tập huấn|huấn luyện|học(?! sinh))(?!\w)")
#: A noun of one or two syllables; "từ 38,6 giường | hiện nay" says when.
_WORD = re.compile(r"\s+[\"“]?([^\W\d_]+)(?:\s+(?!hiện (?:nay|tại|có|hành)(?!\w))([^\W\d_]+))?")


@lru_cache(maxsize=1)
def _what_for() -> re.Pattern[str]:
    """A deed of two syllables behind the first of a noun says what the thing is for.

    >>> [bool(_what_for().match(text)) for text in ("tư vấn pháp luật", "chứng kiến", "hướng dẫn viên")]
    [True, False, False]
    """
    deeds = [deed for deed in load("task_verbs")["plain"] if deed.count(" ") == 1]
    return re.compile(rf"(?:{one_of(deeds)})(?! viên(?! chức))(?!\w)")


#: A page of the net is counted, a page of paper is not: "01 trang | mạng xã hội", "01 trang | hoặc nhóm Zalo".
_SITE = re.compile(
    r"(?P<more>(?: hoặc (?:nhóm|kênh)|, (?:nhóm|kênh))?"
    r" (?:mạng xã hội|thông tin điện tử|tin điện tử|web|fanpage|facebook|zalo|tiktok|youtube|cộng đồng))(?!\w)"
)
#: Nouns of which the words behind say whether they are counted.
_TOLD_BY_NEXT = {"khóa": _COURSE, "trang": _SITE}


def all_of(before: str) -> bool:
    """Whether ``cả`` at the end of a wording (lower case, with or without its figure) means all of so many.

    >>> all_of("- cả 9"), all_of("chỗ làm việc cho cả "), all_of("tại cả 3"), all_of("độ tuổi cả 3")
    (True, True, False, False)
    """
    return _ALL_OF.search(before) is not None


def counted(text: str, position: int, value: float) -> tuple[str, str, int]:
    """What a bare figure counts: (kind, unit, end of the unit)."""
    pattern, kinds = units()
    match = pattern.match(text, position)
    if match is not None:
        unit = match.group("u")
        if unit in _MAGNITUDES and (more := pattern.match(text, match.end())) is not None:
            kind = "count" if kinds[more.group("u")] == "part" else kinds[more.group("u")]  # "12 triệu trang"
            return kind, f"{unit} {more.group('u')}", more.end()
        before = text[max(0, position - 40) : position]
        numbered = value == int(value) and _NUMBERED.search(before) and not _COUNTING.search(before)
        numbered = numbered and not all_of(before)
        if (more_of_it := _TOLD_BY_NEXT[unit].match(text, match.end()) if unit in _TOLD_BY_NEXT else None) is not None:
            return "count", f"{unit}{more_of_it.group('more')}", more_of_it.end("more")
        if kinds[unit] == "count" and numbered:
            return "part", "", position
        return kinds[unit], unit, match.end()
    if _NUMBERED.search(text[max(0, position - 40) : position]):
        return "part", "", position
    if value < _MOST and _BY_NUMBER.search(text[max(0, position - 40) : position]):
        return "part", "", position
    word = _WORD.match(text, position)
    if word is not None and word.group(1) in _SLOGAN:
        return "part", "", position
    if word is None or word.group(1) in _STOP_NOUN:
        return "index", "", position
    if word.group(2) and (whole := _MEMBER.match(text, word.end())) is not None:
        return "count", f"{word.group(1)} {word.group(2)} viên", whole.end()  # "12 cộng tác viên"
    if word.group(2) and word.group(2) not in _STOP_NOUN and not _what_for().match(text, word.start(2)):
        return "count", f"{word.group(1)} {word.group(2)}", word.end()
    return "count", word.group(1), word.end(1)


def numbers_in_a_row(text: str) -> Iterator[tuple[int, int]]:
    """Where numbers go on a row of numbers that name (lower case); one that counts what stands behind it ends the row.

    >>> text = "theo phụ lục 1, 2, 3 kèm theo; tại thôn 3, 25 hộ"
    >>> [text[a:b] for a, b in numbers_in_a_row(text)]
    [', 2, 3']
    """
    for match in _IN_A_ROW.finditer(text) if _A_ROW.search(text) else ():
        start, end = match.span("more")
        unit = units()[0].match(text, end)
        if unit is not None and units()[1][unit.group("u")] == "count":
            end = max(text.rfind(",", start, end), text.rfind(" và ", start, end))
        if end > start:
            yield start, end


_NAME = re.compile(rf"(?<=[^\W\d_]\s)[{UPPER}]\w*\s+\Z")
_MOST = 30  # no plant, port or quarter of a name bears a higher number


def numbers_a_name(text: str, figure_start: int, figure_end: int, value: float | None, unit: str) -> bool:
    """Whether a bare number goes on a proper name: ``Nhà máy điện Sông Thao 2 hoàn thành``, ``Cảng Bến Đông 3``.

    >>> text = "hoàn thành Nhà máy điện Sông Thao 2 trước tháng 6; VNPT 31 trạm"
    >>> two, many = text.index("2 trước"), text.index("31")
    >>> numbers_a_name(text, two, two + 1, 2.0, "trước"), numbers_a_name(text, many, many + 2, 31.0, "trạm")
    (True, False)
    """
    if value is None or not 0 < value < _MOST or value != int(value) or text[figure_start:figure_end].startswith("0"):
        return False
    return unit not in units()[1] and _NAME.search(text[:figure_start][-_LONGEST_WORD:]) is not None


_LONGEST_WORD = 16
