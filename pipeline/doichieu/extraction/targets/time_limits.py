"""Within how long something is to be done, where that is what a goal promises: ``xử lý trong vòng 03 ngày``.

A limit of time dates a task and binds a procedure; below a heading of goals, with nothing else measured in its clause,
it is the measure itself.  What is here decides that by the wording before the figure; whether the clause stands among
goals is asked by :mod:`doichieu.extraction.targets.promises`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.lexicon import load
from doichieu.lexicon.comparators import comparing
from doichieu.text import any_word

#: Units of what takes so long; a month or a year is a time to come.
_SHORT_TIME = re.compile(r"(?:giây|phút|giờ(?: làm việc)?|ngày(?: làm việc| đêm)?|tuần)(?:/.+)?")
_UP_TO = comparing("<=", "<")
#: "trong vòng", "trong thời hạn không quá", "chậm nhất sau": right before the figure.
_WITHIN = re.compile(
    rf"(?<!\w)(?:trong (?:vòng|thời hạn|thời gian|khoảng)|trong|chậm nhất(?: là)?(?: sau| trong(?: vòng)?)?)"
    rf"(?:\s+(?:{_UP_TO}|khoảng|là))*\s*\Z"
)
_BOUND = re.compile(rf"(?<!\w){_UP_TO}\s*\Z")
#: A line or a part of it that is only a label and its limit: "Bệnh viện tuyến tỉnh: không quá 30 phút".
_LABELLED = re.compile(r"\W*(?:\w{1,3}[.)]\s*)?[^:;%\d]{3,140}:\s*(?P<told>[^:;%\d]{0,40})")
#: What may stand between such a label and its limit.
_ONLY_TOLD = re.compile(
    r"\s*(?:(?:bình quân|trung bình|phấn đấu|rút ngắn|giảm|xuống|còn|thời gian|thời hạn|hoàn thành|giải quyết|xử lý"
    r"|trả kết quả|khắc phục|thực hiện|được|tối đa)\s*)*"
)
#: "rút ngắn còn", "rút xuống còn", "cắt giảm còn": what else is cut short than time?
_CUT_SHORT = re.compile(r"(?<!\w)(?:rút ngắn|rút gọn|rút xuống)(?!\w)[^;:%]*\Z")
#: What a plan to simplify puts before a cut of time: "Nội dung cắt giảm, đơn giản hóa: | Giảm 02 ngày".
_PLANS = r"(?:nội dung|phương án|đề xuất|thời gian|thời hạn)(?!\w)[^:;%\d]{0,90}:\s+"
_TO_CUT = r"(?:cắt giảm|giảm|rút ngắn)"
_OTHER_CASE = r"[^:;%]{0,60}\d[^:;%]*,\s+(?:các )?trường hợp (?:khác|còn lại)\s+(?:được\s+)?"
#: A cut of time that opens its clause: behind the label of a plan, or said of a time.
_CUTS = re.compile(
    rf"\W*(?:\w{{1,3}}[.)]\s*)?(?:(?P<plan>{_PLANS})(?:{_OTHER_CASE})?)?(?P<cut>{_TO_CUT})"
    r"(?P<time>\s(?:thời gian|thời hạn)(?!\w)[^:;.,%\d]{0,90})?(?:\s+(?:thêm|được|ít nhất|tối thiểu|từ))*\s*\Z"
)
#: What it is measured by: "so với quy định", "so với Quyết định số 12".
_THAN_NOW = re.compile(
    r"\s*\(?so với (?:thời gian |thời hạn |mức )*(?:(?:theo )?quy định|quyết định|hiện (?:hành|nay|tại)|trước)(?!\w)"
)
#: Days of something else than time that is taken: "giảm 02 ngày công".
_DAYS_OF = re.compile(r"\s+(?:công|nghỉ|phép|lương|học|tuổi|nằm|điều trị|lưu trú|tù)(?!\w)")
#: A digit of a name, a step or an age is no measure.
_NAMING = re.compile(
    r"(?<!\w)(?:bước|mức độ|mức|cấp độ|cấp|hạng|loại|nhóm|bậc|số|tầng|vùng|khu vực|tuyến) \d+|\d+(?: - \d+)? tuổi"
    r"|covid-19"
)
#: Days that are counted from the document itself are a deadline; days that lie somewhere are a stretch.
_DATES = re.compile(
    r"\s*(?:,\s*)?(?:(?:kể từ|tính từ|từ|sau)\s(?:khi |ngày |lúc |thời điểm )*(?:ban hành|được ban hành|ký|có hiệu lực"
    r"|(?:nhận được |nhận )?(?:kế hoạch|nghị quyết|quyết định|chương trình|đề án|chỉ thị|văn bản|công văn"
    r"|kết luận))(?!\w)"
    r"|(?:đầu|cuối|tới|liên tục|liên tiếp|liền|qua|gần|nghỉ|tết|lễ|diễn ra|cao điểm|thi đấu|sau (?:sinh|mổ|đẻ))(?!\w))"
)
#: From when it runs: "khắc phục không quá 6 giờ | kể từ khi nhận tin".
_SINCE = re.compile(r"\s*,?\s*(?:(?:kể từ|tính từ|từ|sau) (?:khi|lúc|thời điểm)|kể từ)(?!\w)")


#: What something undergoes, whatever the deed: "đồng trũng | được tiêu xong | trong vòng 48 giờ".
_UNDERGOES = re.compile(r"(?<!\w)được\s[^\W\d_]{2,}[^;.:%]*\Z")
#: A size that says which of them: "cánh đồng ngập quá 20 cm".
_SIZED = re.compile(
    rf"(?<!\w)(?:{comparing()}|từ|quá)\s+\d[\d.,]*\s*(?:mm|cm|m|km|ha|m2|m3|kg|tấn|lít|chỗ|giường|hộ|người)(?!\w)"
)


@lru_cache(maxsize=1)
def _deeds() -> re.Pattern[str]:
    """Any deed that is done within some time."""
    return re.compile(any_word(load("predicates")["timely"]))


def limits(unit: str, window: str, behind: str) -> bool:
    """Whether a stretch of time behind ``window`` (its clause up to the figure, lower case) is how long a deed takes.

    >>> limits("phút", "tin báo cháy được xử lý trong vòng ", ""), limits("phút", "khu vực nội thị: không quá ", "")
    (True, True)
    >>> limits("ngày", "hoàn thành rà soát trong vòng ", " kể từ ngày ban hành")
    False
    >>> limits("giờ", "100% tin được xử lý trong ", "")
    False
    """
    if not is_short(unit) or _DATES.match(behind) or "%" in window:
        return False
    plain = _NAMING.sub("x", window)
    if _CUT_SHORT.search(plain) is not None:
        return True
    within = _WITHIN.search(plain)
    bound = within or _BOUND.search(plain)
    if bound is None:
        return False
    before = plain[: bound.start()]
    labelled = _LABELLED.fullmatch(before)
    if labelled is not None and _ONLY_TOLD.fullmatch(labelled["told"]) is not None:
        return True
    clause = _SIZED.sub("x", before.rpartition(":")[2])
    if any(sign.isdigit() for sign in clause):
        return False
    if within is not None and _UNDERGOES.search(clause) is not None:
        return True
    return (within is not None or _SINCE.match(behind) is not None) and _deeds().search(clause) is not None


def cuts(unit: str, sentence: str, behind: str) -> bool:
    """Whether a stretch of time behind ``sentence`` (up to the figure, lower case) is what a plan cuts a time by.

    >>> cuts("ngày", "a. nội dung đơn giản hóa: giảm ", " so với quy định")
    True
    >>> cuts("ngày", "giảm ", " so với quy định"), cuts("giờ", "rút ngắn thời gian thông quan ", " so với hiện hành")
    (True, True)
    >>> cuts("ngày", "c. lợi ích: giảm ", " so với quy định"), cuts("ngày", "- giảm ", " công lao động")
    (False, False)
    """
    if not is_short(unit) or _DAYS_OF.match(behind) is not None:
        return False
    found = _CUTS.match(sentence)
    return found is not None and (found["plan"] is not None or _THAN_NOW.match(behind) is not None)


def is_short(unit: str) -> bool:
    """Whether a unit is one of those in which deeds are timed.

    >>> is_short("phút/lượt"), is_short("tháng")
    (True, False)
    """
    return _SHORT_TIME.fullmatch(unit) is not None


def within(window: str) -> int:
    """Where the words open that say within how long, at the end of a wording; -1 where there are none.

    >>> within("xử lý trong vòng "), within("xử lý ")
    (6, -1)
    """
    found = _WITHIN.search(window) if "trong" in window or "chậm" in window else None
    return -1 if found is None else found.start()


_IN_HIT = re.compile(
    r"\d+(?:,\d+)?\s*(?:\([^()]{1,20}\)\s*)?(?P<unit>giây|phút|giờ làm việc|giờ|ngày làm việc|ngày|tuần)(?!\w)"
)


def limit_within(lowered: str, start: int, end: int) -> bool:
    """Whether a time found at ``start``..``end`` is how long something takes, and dates nothing.

    >>> text = "hồ sơ được giải quyết trong vòng 03 ngày kể từ khi nhận đủ hồ sơ"
    >>> limit_within(text, text.index("trong"), len(text))
    True
    """
    found = _IN_HIT.search(lowered, start, end)
    if found is None or "năm 20" in lowered[start:end]:
        return False
    clause = lowered[: found.start()].rpartition(";")[2].rpartition(". ")[2]
    return limits(found["unit"], clause[-140:], lowered[found.end() : found.end() + 80])
