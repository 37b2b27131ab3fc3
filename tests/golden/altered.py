"""A document as a lower body might have rewritten it: each target and each task altered in one of a few ways.

The ways are those of drafters: another figure, a comparator dropped or added, a year moved, another group of people, a
narrower place, a list cut in two, another body in charge.  Whether a way makes sense in its place does not matter here:
what the comparison says of it is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from zlib import crc32

from doichieu.model import Document

Way = Callable[[str], str]


def _once(pattern: str, put: str | Callable[[re.Match[str]], str]) -> Way:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda quote: compiled.sub(put, quote, count=1)


def _times(factor: float) -> Callable[[re.Match[str]], str]:
    def put(match: re.Match[str]) -> str:
        value = float(match.group().replace(".", "").replace(",", "."))
        return f"{max(round(value * factor), 1):,}".replace(",", ".")

    return put


def _swapped(*pairs: tuple[str, str]) -> Way:
    table = {one: other for pair in pairs for one, other in (pair, pair[::-1])}
    compiled = re.compile(r"(?<!\w)(?:" + "|".join(sorted(table, key=len, reverse=True)) + r")(?!\w)")
    return lambda quote: compiled.sub(lambda match: table[match.group()], quote, count=1)


_FIGURE = r"(?<![\d,./\-\w])\d{1,3}(?:\.\d{3})*(?:,\d+)?(?![\d/\w])(?=\s*(?:%|[^\W\d]))"
_AMOUNT = r"(?:trên|từ|ít nhất|tối thiểu|khoảng|dưới|không quá|hơn)\s+(?=\d)"
_GROUPS = (("cán bộ", "viên chức"), ("học sinh", "trẻ em"), ("hộ", "hộ nghèo"), ("người dân", "hội viên"),
           ("doanh nghiệp", "hợp tác xã"), ("xã", "phường"), ("lao động", "thanh niên"), ("trường", "cơ sở"),
           ("nữ", "nam"), ("nông thôn", "đô thị"))  # fmt: skip
_BODIES = (("Sở", "Phòng"), ("Ủy ban nhân dân", "Đảng ủy"), ("Ban", "Văn phòng"), ("Công an", "Quân sự"))
TARGETS: tuple[Way, ...] = (
    _once(_FIGURE, _times(0.8)),
    lambda quote: "",
    _once(_AMOUNT, ""),
    _swapped(*_GROUPS),
    _once(_FIGURE, _times(1.25)),
    _once(r"20[23]\d", lambda match: str(int(match.group()) + 1)),
    _once(r"(?=\s*(?:đạt|là|có|được)\s)", " ở vùng khó khăn"),
    _once(_FIGURE, lambda match: "trên " + match.group()),
    _once(r"\s+(?:trên địa bàn|tại|thuộc|của|ở|trong|cho|theo)\s[^;.,:|]+", ""),
    _once(r"(?<=%)", " trở lên"),
    _once(r"\A\W*", "Phấn đấu "),
    _once(r"\s+và\s+", " đạt 60%, "),
    _once(r",\s+(?=[^\W\d])", " và "),
    _once(r"\A\W*(?:phấn đấu|bảo đảm|đảm bảo|duy trì)\s+", "Vận động "),
    _once(r"\s+(?:đến|trước|trong)\s+(?:hết\s+)?(?:năm|tháng|ngày|quý)\s[\d/]+", ""),
    _once(r"\Z", ", không kể vùng sâu, vùng xa"),
)
TASKS: tuple[Way, ...] = (
    _swapped(*_BODIES),
    lambda quote: "",
    _once(r"[,;]\s+[^,;.]+(?=[.;\n]|\Z)", ""),
    _swapped(("chủ trì", "phối hợp"), ("tham mưu", "theo dõi"), ("tổ chức", "vận động"), ("xây dựng", "rà soát")),
    _once(r"20[23]\d", lambda match: str(int(match.group()) + 1)),
    _once(r"\s+và\s+[^,;.]+", ""),
    _once(r"(?:hằng|hàng) năm", "định kỳ 5 năm"),
)  # fmt: skip


def altered(document: Document) -> str:
    """The text with its targets and tasks altered, each in a way of its own: the first that changes it from one on that
    its words choose, so that no other row moves with it."""
    text = document.source.text
    ways = {(a.char_start, a.char_end): TASKS for a in document.assignments}
    ways |= {(t.char_start, t.char_end): TARGETS for t in document.targets if not t.same_as}
    out, done = [], 0
    for start, end in sorted(ways):
        if start >= done:
            out += [text[done:start], _turned(text[start:end], ways[start, end])]
            done = end
    return "".join([*out, text[done:]])


def _turned(quote: str, ways: tuple[Way, ...]) -> str:
    first = crc32(quote.encode())
    made = (ways[(first + step) % len(ways)](quote) for step in range(len(ways)))
    return next((after for after in made if after != quote), quote)
