"""Whether a measure rises or falls: by the verb before its figure, its noun of growth, its baseline, its list."""

from __future__ import annotations

from doichieu.lexicon.comparators import comparing
from doichieu.lexicon.families import EVERY
from doichieu.model import Direction
from doichieu.text.sieve import Guard, Sieve

_FILLER = rf"(?:tương đương|khoảng|trung bình|bình quân|mức|từ|{EVERY} năm|đạt|{comparing()})"
_UP = Sieve(
    r"(?:(?:tăng|nâng)(?:\s+(?:lên|thêm|trưởng|tỷ lệ|tỉ lệ|dần))*|đưa\s+(?:tỷ lệ|tỉ lệ|lên)|(?<!\w)có thêm|kết nạp thêm"
    rf"|(?<!\w)thêm được|(?:nâng|đưa|tăng)\s+lên)(?:\s+{_FILLER})*\s*\Z"
)
_UP_FAR = Sieve(rf"(?:đưa|nâng|tăng)\s(?:[^;.]|\.\d){{3,120}}\slên(?:\s+(?:đến|mức|{comparing()}))*\s*\Z")
_DOWN = Sieve(
    r"(?:giảm|hạ|(?<!\w)bớt|kéo giảm|cắt giảm|rút ngắn|thu hẹp)(?: được| đi)?(?:,? (?:và )?(?:đơn giản hóa|bãi bỏ))?"
    rf"(?:\s+(?:xuống|còn|bớt|thêm|dần|tối đa|{_FILLER}))*\s*\Z"
)
_DOWN_FAR = Sieve(
    r"(?:giảm|hạ|(?<!\w)bớt|rút ngắn|thu hẹp)\s(?:[^;.]|\.\d){3,120}"
    rf"\s(?:xuống|còn)(?:\s+(?:mức|{comparing()}))*\s*\Z"
)
_STAY = Sieve(rf"còn(?:\s+{comparing()})*\s*\Z")
#: Growth as a noun before what grows: "tăng trưởng tín dụng cả năm khoảng", "tốc độ tăng năng suất đạt".
_GROWTH = Sieve(
    r"(?:^(?:[-+*•]|\(?[\w.]{1,7}[.)])?\s*|[;:,.]\s+|(?<!\w)(?:phấn đấu|đạt|duy trì|giữ|bảo đảm|đảm bảo|với)\s+)"
    r"(?:tăng trưởng|tốc độ tăng|mức tăng)(?!\w)[^;.%]*\Z"
)
#: A verb of change that opens the clause before what it changes: "Tăng tỷ lệ lao động nữ … đạt".
_CHANGES = Sieve(
    r"(?:^(?:[-+*•]|\(?[\w.]{1,7}[.)])?\s*|[;:]\s+|,\s+)(?:phấn đấu |tiếp tục |từng bước )*"
    r"(?:(?P<up>tăng|nâng)|(?P<down>giảm|hạ|kéo giảm))(?: dần)?\s+"
    r"(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tỷ suất|tỷ số|số|mức|thời gian|chi phí|diện tích)\s[^;:.,%]*\s"
    rf"(?:đạt|lên|xuống|còn|tới|đến|{comparing()})(?:\s+{_FILLER})*\s*\Z"
)
#: Most wordings hold none of the words of all of these.
_CHANGING = Guard(_DOWN, _STAY, _DOWN_FAR, _UP, _UP_FAR, _GROWTH, _CHANGES)


def falls_to(before: str) -> bool:
    """Whether a wording says that the measure falls to the figure behind it."""
    return _DOWN.search(before) is not None or _STAY.search(before) is not None


def direction_of(before: str) -> Direction:
    """Whether what stands before a figure says that the measure rises or falls.

    >>> direction_of("phấn đấu tăng trưởng tín dụng cả năm khoảng "), direction_of("tỷ lệ hộ nghèo giảm còn dưới ")
    ('increase', 'decrease')
    >>> direction_of("đưa ít nhất "), direction_of("cắt giảm, đơn giản hóa ")
    ('', 'decrease')
    """
    if not _CHANGING.may(before):
        return ""
    if falls_to(before) or _DOWN_FAR.search(before):
        return "decrease"
    if _UP.search(before) or _UP_FAR.search(before):
        return "increase"
    if _GROWTH.search(before):
        return "increase"
    changed = _CHANGES.search(before)
    if changed is None:
        return ""
    return "increase" if changed.group("up") else "decrease"


def direction_from(was: float | None, now: float | None) -> Direction:
    """The direction from a baseline to its target: ``từ 15% năm 2021 lên 45%``.

    >>> direction_from(15.0, 45.0), direction_from(23.0, 10.0)
    ('increase', 'decrease')
    """
    if was is None or now is None or was == now:
        return ""
    return "increase" if now > was else "decrease"
