"""Figures that are told, not promised: of today, of a year gone by, of a forecast, of a title, of an example."""

from __future__ import annotations

import re

from doichieu.extraction.targets.cases import Case
from doichieu.lexicon.named_words import words_of
from doichieu.text.sieve import Sieve

_STATISTIC = Sieve(
    r"(?<!\w)(?<!so với )(?<!so )(?<!như )(?<!hơn )hiện (?:nay|là|ở mức|có(?!\s*(?:[;,.)]|\Z|và |hoặc |được |phải "
    r"|đạt |trên địa bàn))"
    r"|đóng góp|chiếm|mới có|đang|tại)"
    r"(?!\)?,? (?:tăng |nâng |giảm )?(?:lên|xuống|xuống còn) (?:\d|đến|trên|khoảng|\Z))"
    r"|(?<!\w)đã (?:đạt|có|được|hoàn thành|thực hiện|giải ngân|bố trí|tổ chức"
    r"|xây dựng|giảm|tăng|hỗ trợ|triển khai|đào tạo|bồi dưỡng)(?! theo| đề ra)|(?<!\w)(?:đến nay|tính đến)(?!\w)"
    r"|(?:^|[\s(])năm 20[01]\d (?:đạt|là|có|chiếm)"
    r"|(?:thời gian|những năm|nhiệm kỳ|giai đoạn|năm học|năm|mùa|vụ) (?:vừa )?qua(?!\w)"
    r"|(?:kết quả|số liệu|khảo sát|thống kê|điều tra|rà soát|đánh giá)(?: \w+){0,6}? cho thấy"
    r"|(?<!\w)qua (?:kiểm tra|thanh tra|rà soát|khảo sát|giám sát)(?: [^\W\d_]+){0,4}?\s*(?:\d|,|\Z)"
    r"|(?<!\w)(?:sau|qua) \d{1,2} năm (?:triển khai |tổ chức )*thực hiện"
)
#: "Hiện | 41% trưởng ban chưa qua bồi dưỡng", "…, hiện còn | 212 hộ"; never "thực hiện", "phát hiện".
_SO_MANY_NOW = Sieve(
    r"(?<!thực )(?<!phát )(?<!thể )(?<!tái )(?<!xuất )(?<!biểu )(?<!\w)hiện "
    r"(?:còn |mới |chỉ |có )*(?:khoảng |trên |hơn )?\Z"
)
#: These tell of what was, unless the clause promises: "giảm 5% số vụ so với cùng kỳ, 10% số người chết".
_REPORTS = Sieve(r"so với cùng kỳ|(?<!\w)kết quả thực hiện(?!\w)")
#: "trong 6 tháng đầu năm xử phạt …, giảm 8% | so với cùng kỳ": measured against the time before, of what was done.
_THAN_BEFORE = re.compile(r"[^;.]{0,90}?\s*so với (?:cùng kỳ|năm trước|kỳ trước|tháng trước|quý trước)(?!\w)")
_DONE_SO_FAR = re.compile(
    r"(?<!\w)(?:đã|\d{1,2} tháng(?: đầu năm)?(?! tới| cuối| còn)|quý [iv\d]+|đầu năm|trong (?:kỳ|tháng|quý)"
    r"|vừa qua)(?!\w)"
)
_DONE_TO_IT = re.compile(r"(?<!\w)đã (?:được|có|đạt|hoàn thành)[^;.]*(?:được|phải|đều|đạt)\s[^;.]*\Z")
#: Whom a share is of: "trong số huyện đã đạt chuẩn, | không dưới 20% là …".
_AMONG_THEM = re.compile(r"(?<!\w)trong (?:tổng )?số [^,;.%\d]*(?<!\w)(?:đã|đang|hiện)\s[^,;.%\d]*,\s*\Z")
_GUESS = Sieve(
    r"(?<!\w)(?:dự báo(?! (?:sớm|bão|lũ|thiên tai|thời tiết|khí tượng|chính xác|tự động))"
    r"|(?<!thỏa )(?<!hương )(?<!quy )(?<!công )(?<!điều )(?<!mơ )ước (?:tính|đạt|thực hiện))(?!\w)"
)
#: How far a guess may lie from what is so: "sai số giữa kết quả dự báo và thực tế", "so với mức dự báo".
_DIFFERENCE = re.compile(
    r"(?<!\w)(?:sai số|sai lệch|chênh lệch|độ chính xác|độ tin cậy|(?:so với|thấp hơn|cao hơn)"
    r"(?: [^\W\d_]+){0,3}? dự báo)(?!\w)[^;.,]*"
)
_EXPECTED = Sieve(r"(?<!\w)dự kiến(?!\w)")
_EXAMPLE = Sieve(r"(?<!\w)(?:ví dụ|chẳng hạn|thí dụ)(?!\w)")
_IN_A_TITLE = re.compile(
    r"(?:"
    rf"{words_of('documents_titled')}"
    r")\s+số\s[^;.]{4,160}\s(?:về (?:việc )?|phê duyệt |quy định |ban hành |hướng dẫn |sửa đổi )[^;.]*\Z"
)
_AFTER_ALL = Sieve(r"(?<!\w)sau khi [^;.]{0,40}?(?:giảm|trừ)(?!\w)[^;.]*\Z")
PROMISES_HERE = re.compile(rf"(?<!\w)(?:{words_of('promises_here')}|đến (?:hết |cuối )?năm|mục tiêu|duy trì)(?!\w)")
_IN_YEAR = re.compile(
    r"(?<!với )(?<!từ )(?<!cùng kỳ )(?<!đoạn )(?<!số )năm (20\d\d)"
    r"(?!\s*[-–/]|\w|\s*(?:của|về|sửa đổi|tổ chức|lên|xuống))"
)
_IS_SO = re.compile(r"(?:^|\s)(?:là|chiếm|bằng)\s+\Z")
_WHICH_IS = re.compile(rf"(?:(?:và |, )?(?:{words_of('which_is')})(?!\w))")
_HAS_IT = re.compile(
    r"(?<!\w)(?<!đến hết )(?<!đến cuối )năm \d{4},?\s(?:[^;.]|\.\d)*(?<!\w)(?:có|là|chiếm|còn|mới)\s(?:[^;.]|\.\d)*\Z"
)


def account(c: Case) -> bool:
    """``Hiện nay, toàn tỉnh có 22 trạm``: told of today, however long the sentence."""
    if not (c.setting.goal or c.setting.ahead or c.modal) and _THAN_BEFORE.match(c.lowered, c.behind):
        return _DONE_SO_FAR.search(c.sentence) is not None
    # "Lấp 100% giếng đã được thống kê; | giảm 20% lượng nước": what a promise before tells of its own
    before = c.before.rpartition(";")[2] if c.setting.goal and c.after == "target" else c.before
    told = _STATISTIC.search(before) is not None or _SO_MANY_NOW.search(before) is not None
    reported = not (c.setting.goal or c.setting.ahead) and _REPORTS.search(c.before) is not None
    return (told or reported) and _DONE_TO_IT.search(c.before) is None and _AMONG_THEM.search(c.before) is None


def goes_on_telling(c: Case) -> bool:
    """``Toàn xã hiện có 9 trạm. Tỷ lệ hộ dùng nước sạch là 91%.``: a further sentence of the account."""
    return c.told and not c.setting.ahead and not (c.setting.goal and c.modal)


_ANOTHER_SAYS = re.compile(
    r"\A\W*(?:\(\d{1,2}\)\s*)?(?:"
    rf"{words_of('documents_that_ask')}"
    r") số \d[^;%]{0,120}?\s(?:xác định|quy định|giao|đề ra|nêu|đặt ra|yêu cầu)(?!\w)[^;%]{0,60}\Z"
)
_NOTE = re.compile(r"\s*\(\d{1,2}\)\s")  # a note set by hand as a paragraph
_CHOSEN = re.compile(r"(?<!\w)(?:giao|chọn|xác định|đề ra|đặt|xây dựng)(?: \w+){0,3}? (?:mức|chỉ tiêu)\s+\Z")


def another_says(c: Case) -> bool:
    """``Nghị quyết số 12 xác định từ 30% trở lên; huyện giao mức 25% do …``: what a note says of another document,
    and why the own level is another."""
    if c.after == "account":
        return _CHOSEN.search(c.left) is not None
    return _ANOTHER_SAYS.match(c.sentence) is not None


def told_of_this_year(c: Case) -> bool:
    """``năm 2025, toàn tỉnh có 24.300 ha`` in a document of that year, under goals for later ones."""
    return c.setting.now and not (c.modal or c.group.baseline) and _HAS_IT.search(c.before) is not None


def goes_on_counting(c: Case) -> bool:
    """``năm 2025, toàn tỉnh có 24.300 ha, chiếm 8,6% diện tích``: a further figure of the same account."""
    return c.after in ("account", "norm") and not c.modal and _WHICH_IS.match(c.left.strip(" ,")) is not None


def gone_by(c: Case) -> bool:
    """``năm 2024 đạt 45%`` in a document of 2026: told of a year gone by."""
    if not c.setting.year or c.setting.goal or c.modal or c.setting.ahead:
        return False
    years = _IN_YEAR.findall(c.before)
    return bool(years) and years[-1] < c.setting.year


#: A sentence about a year that has gone by when the plan begins: "Năm 2025, toàn ngành thụ lý 4.812 vụ".
_YEAR_TOLD = re.compile(
    r"(?:\A|:\s)\W*(?:\w{1,3}[.)]\s)?(?:(?:trong|riêng|hết|kết thúc|tính đến hết|giai đoạn 20\d\d\s*[-–])\s*)?"
    r"(?:năm\s)?"
    r"(?P<year>20\d\d)(?!\s*[-–/\d]|\s*:)(?:,\s|\s)(?P<told>[^:]*)\Z"
)
#: The same told of what was named before: "hộ nuôi lồng bè năm 2025 chiếm | 6,1%".
_YEAR_IS = re.compile(
    r"(?<!với )(?<!so )(?<!với thực hiện )năm (?P<year>20\d\d),? (?:chiếm|là|mới đạt|mới có|chỉ đạt|chỉ có|có|ghi nhận"
    r"|xảy ra)\s+\Z"
)
_TO_COME = re.compile(rf"(?<!\w)(?:{words_of('promises_here')}|so với|mục tiêu|duy trì|lên|xuống|hằng năm)(?!\w)")


def before_its_period(c: Case) -> bool:
    """``Năm 2025 thu hồi 611 khẩu súng`` below the goals of a plan for 2026: told of a year before its time."""
    begins = max(c.setting.year, c.setting.first)
    if not begins or c.modal or "20" not in c.sentence or c.before != c.sentence:
        return False
    told = _YEAR_TOLD.search(c.sentence)
    if told is not None and told.group("year") < begins and _TO_COME.search(told.group("told")) is None:
        return "năm 20" not in told.group("told")  # "Năm 2025 đạt 45%, năm 2026 đạt 60%"
    is_so = _YEAR_IS.search(c.lowered[: c.group.figure.start][-60:])
    return is_so is not None and is_so.group("year") < begins


_REACHED_BY = re.compile(r"\((?:đến (?:hết |cuối )?|hết |cuối )năm (?P<year>20\d\d),?\s[^()\d%]*\Z")


def reached_by(c: Case) -> bool:
    """``100% trẻ em được tiêm chủng (đến hết năm 2024 đạt 91%)`` in a document of 2025: how far it had come."""
    found = _REACHED_BY.search(c.lowered[max(0, c.group.anchor - 60) : c.group.anchor])
    return found is not None and found.group("year") < c.setting.year


def describes(c: Case) -> bool:
    """``đất rừng chiếm 61,2% diện tích``: what is so, where nothing is to come and nobody is to do it."""
    quantity = c.group.figure
    if quantity.kind != "percent" or quantity.operator not in ("=", "~"):
        return False
    if c.setting.zone not in ("", "viewpoint", "organisation") or c.setting.ahead or PROMISES_HERE.search(c.sentence):
        return False
    return _IS_SO.search(c.lowered[: quantity.start]) is not None


_ONLY_SO = Sieve(
    r"(?:tuy nhiên|song|nhưng|mặc dù),?\s(?:[^\W\d_]+\s){0,8}?(?:chỉ|mới)(?:\s(?:có|đạt|được|khoảng|chiếm))*\s*\Z"
)


def only_so(c: Case) -> bool:
    """``Tuy nhiên chỉ 38% hộ có nhà tiêu``: what is lacking today."""
    return _ONLY_SO.search(c.sentence) is not None and not c.modal


def in_account(c: Case) -> bool:
    """A figure of a chapter on the situation that nothing strives for."""
    return c.setting.zone == "situation" and not (c.modal and c.setting.ahead)


def guess(c: Case) -> bool:
    """``ước đạt 8%``, ``dự kiến đạt 8%`` outside goals and dates to come."""
    expected = _EXPECTED.search(c.before) is not None and not (c.setting.goal or c.setting.ahead)
    guessed = _GUESS.search(c.before) is not None
    return expected or (guessed and _GUESS.search(_DIFFERENCE.sub(" ", c.before)) is not None)


def example(c: Case) -> bool:
    """``ví dụ: 5%``."""
    return _EXAMPLE.search(c.before) is not None


def in_a_title(c: Case) -> bool:
    """``Quyết định số 5/QĐ-UBND về việc phê duyệt 100% thủ tục``: a figure of a cited document's title."""
    return not c.setting.goal and _IN_A_TITLE.search(c.sentence) is not None


_COMPARED_WITH = Sieve(
    r"(?<!\w)so với (?:mức |con số |tỷ lệ |số |khoảng |mức thực hiện |kết quả |thực hiện |dự toán )+"
    r"(?:năm (?:19|20)\d\d |trước đây |hiện nay |cùng kỳ )?(?:\(|là |đạt )?\Z"
)
_WHILE = Sieve(
    r"(?<!\w)trong khi (?:đó,? )?(?!(?:vẫn|phải|cần)(?!\w))[^;.%]{0,60}?(?<!\w)"
    r"(?:mới|chỉ|hiện|đã|đang)(?!\w)[^;.,%\d]{0,40}\Z"
)


def compared_with(c: Case) -> bool:
    """``giảm còn 2% so với mức 5,3% của năm 2025``: what the promise is measured against."""
    return _COMPARED_WITH.search(c.lowered[: c.group.figure.start]) is not None


def stands_against(c: Case) -> bool:
    """``đạt 25%, trong khi năm 2024 mới là 13,7%``: how it stands today, beside what is promised."""
    return _WHILE.search(c.sentence) is not None


_ANOTHERS_LEVEL = Sieve(
    r"(?<!\w)(?:thấp hơn|cao hơn|vượt|bằng|so với|theo|không đạt) (?:chỉ tiêu|mục tiêu|mức|tỷ lệ)(?: chung| đề ra)?"
    r"\s+(?:là\s+)?\Z"
)
_OF_DOCUMENT = re.compile(
    r"\s*(?:\)\s*)?(?:của|tại|theo|trong|do|mà|nêu tại)\s+(?:[^;.%\d]{0,30}\s)?(?:"
    rf"{words_of('document_above')}"
    r")(?!\w)"
)
_LESS_THAN_DOCUMENT = re.compile(
    r"\s*so (?:với|cùng)\s+(?:chỉ tiêu |mục tiêu |mức )?(?:(?:của|tại)\s)?(?:nghị quyết|kế hoạch|quyết định|nq|qđ"
    r"|đề án|chương trình)(?!\w)"
)


def another_asks(c: Case) -> bool:
    """What another document asks for, and by how much the own level differs: ``thấp hơn chỉ tiêu 70% của Nghị quyết
    5``, ``thấp hơn 5 điểm phần trăm so với NQ 7 (40%)``."""
    figure = c.group.figure
    before = c.lowered[: figure.start]
    if _ANOTHERS_LEVEL.search(before) is not None and _OF_DOCUMENT.match(c.lowered, figure.end) is not None:
        return True
    differs = figure.kind == "percent" and figure.unit == "điểm phần trăm"
    return differs and _LESS_THAN_DOCUMENT.match(c.lowered, figure.end) is not None


_BECAUSE = re.compile(r"(?<!\w)(?:do|vì|bởi)\s+\Z")


def because(c: Case) -> bool:
    """``… do phần lớn hộ nuôi nhỏ lẻ``: why."""
    return c.group.figure.kind == "majority" and _BECAUSE.search(c.lowered[: c.group.figure.start]) is not None


def after_a_cut(c: Case) -> bool:
    """``thời gian giải quyết sau khi cắt giảm 30%``."""
    return _AFTER_ALL.search(c.before) is not None
