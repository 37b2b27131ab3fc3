"""When an age, a stretch of time or a size is itself what the text measures, not a property of something else."""

from __future__ import annotations

import re

from doichieu.lexicon.comparators import comparing
from doichieu.lexicon.named_words import words_of
from doichieu.text.sieve import Sieve

_LIFE = re.compile(
    r"(?:tuổi thọ|số (?:năm|ngày|giờ)|(?:thời gian|số năm) sống|(?:ngày|thời gian) (?:lưu trú|điều trị|nằm viện)"
    r"|tuổi (?:bình quân|trung bình))(?!\w)[^;.:,]*\Z"
)
#: How long before: "dự báo bão trước 3 ngày", "thông báo cắt điện trước 24 giờ".
_AHEAD_OF = re.compile(
    rf"(?<!\w)(?:dự báo|cảnh báo|báo động|thông báo|thông tin)(?!\w)[^;.:,%\d]*\strước(?:\s+{comparing()})*\s*\Z"
)
_TIME_SPENT = Sieve(
    r"(?<!trong )(?:thời gian|thời hạn)(?!\w)[^;.:,%]*(?:,(?: [^\W\d_]+){1,5}\s*|:(?: [^\W\d_]+){0,4}\s*)?\Z"
    r"|(?:\A|[:.]\s)\W*(?:thời gian|thời hạn)(?!\w)[^;.:%\d]*\Z"
    r"|(?<!\w)chờ(?: đợi)?(?: [^\W\d_]+){0,6}\s*\Z"
)
#: What a size is a size of.
_DIMENSION = (
    r"(?:tốc độ|công suất|chiều cao|chiều dài|chiều rộng|bề rộng|cân nặng|trọng lượng|dung lượng|dung tích|lưu lượng"
    r"|băng thông|độ trễ|nồng độ|hàm lượng|độ mặn|độ sâu|độ dày|độ ẩm|mật độ|cường độ|điện áp|mực nước|nhiệt độ"
    r"|sản lượng"
    r"|khối lượng|lượng|năng lực(?: [^\W\d_]+){0,2}|thể tích|diện tích|tổng chiều dài"
    r"|(?:tiêu chuẩn|định mức|mức) (?:cấp nước|dùng nước|sử dụng nước|cấp điện)|tiêu hao|mức tiêu thụ)"
)
#: It opens the clause, or a verb of change has it for its object.  ("cơ sở có lưu lượng từ …" says which of them.)
_OPENS = re.compile(
    r"(?:^(?:[-+*•]|\(?[\w.]{1,7}[.)])?\s*|[;:,.]\s+|(?:^|\s)(?:nâng|tăng|đưa|giảm|hạ|bảo đảm|đảm bảo|duy trì"
    rf"|phấn đấu|kiểm soát)\s+)(?:tổng\s+)?{_DIMENSION}(?!\w)(?P<said>[^;:%]*)\Z"
)
_REACHES = re.compile(
    r"(?:^|\s)(?:(?:đạt|là|lên|xuống|còn|tới|bằng|duy trì|ở mức|đến|tăng(?: thêm)?|giảm|cao hơn)"
    rf"(?:\s+(?:từ|đến|mức|bình quân|lần lượt|{comparing()}))*|{comparing('>=', '<=', '<', '>')})\s*\Z"
)


def measures_itself(kind: str, window: str, *, limited: bool) -> bool:
    """Whether an age, a stretch or a size behind ``window`` (its clause up to the figure) is the measure.

    >>> measures_itself("measure", "tốc độ tải xuống trung bình đạt từ ", limited=False)
    True
    >>> measures_itself("measure", "tòa nhà từ ", limited=False)
    False
    """
    if kind in ("age", "duration"):
        if _LIFE.search(window) or _AHEAD_OF.search(window):
            return True
        return limited and _TIME_SPENT.search(window) is not None
    return kind == "measure" and _measured_size(window)


#: Of all together: "02 nhà máy đốt rác, tổng công suất từ 1.000 - 1.200 tấn/ngày".
_ALL_TOGETHER = re.compile(
    r"(?:(?<!\w)(?:với|có)|[,;:.])\s+tổng\s+(?:công suất|dung tích|lưu lượng)(?: thiết kế)?(?: từ)?\s+\Z"
)


def _measured_size(window: str) -> bool:
    if "tổng " in window and _ALL_TOGETHER.search(window) is not None:
        return True
    opened = _OPENS.search(window)
    return opened is not None and _REACHES.search(opened.group("said")) is not None


_NOT_LATER = re.compile(r"(?:còn\s+)?(?:không (?:vượt )?quá|tối đa|dưới)\s+\d")
_TAKES = re.compile(
    r"(?:\A|[;.,:)\-]\s*|(?:rút ngắn|giảm|bảo đảm|đảm bảo|duy trì)\s+)(?:thời gian|thời hạn)\s(?:"
    rf"{words_of('takes_time')}"
    r")(?!\w)[^;:%]*\Z"
)


def times_itself(lowered: str, start: int, end: int) -> bool:
    """Whether a term is itself what a goal measures: ``thời gian công bố kết quả | không quá 03 tháng kể từ khi …``.

    >>> text = "thời gian công bố kết quả không quá 03 tháng kể từ khi lấy mẫu"
    >>> times_itself(text, text.index("không"), len(text)), times_itself(text, 0, 9)
    (True, False)
    """
    return _NOT_LATER.match(lowered, start, end) is not None and _TAKES.search(lowered[:start]) is not None


_OF_THE_COUNTED = re.compile(rf"[^;.:%\d]*\s(?:với|có)\s{_DIMENSION}(?!\w)[^;.:%,\d]*?\s{comparing('>=', '<=')}\s*")


def bounded_size(text: str, counted: int, start: int) -> bool:
    """Whether a size bounds what was counted before ``counted``: ``01 điểm Wi-Fi … với tốc độ tối thiểu | 50 Mbps``.

    >>> text = "mỗi thôn có 01 điểm phát với tốc độ tối thiểu 50 mbps"
    >>> bounded_size(text, text.index(" điểm"), text.index("50"))
    True
    """
    if "%" in text[max(text.rfind(mark, 0, counted) for mark in (";", ". ", ":")) + 1 : counted]:
        return False
    return _OF_THE_COUNTED.fullmatch(text, counted, start) is not None
