"""Rates whose base does not stand behind their figure: it belongs to the name before it, or opens the clause."""

from __future__ import annotations

import re
from collections.abc import Iterable

from doichieu.extraction.targets.figures import Quantity
from doichieu.text.sieve import Sieve

_ROUND = r"(?:(?:1|một|mỗi)\s+)?(?:vạn|nghìn|triệu|100\.000|10\.000|1\.000|1\.000\.000)"
_WHO = r"(?:trẻ đẻ sống|người dân|người lao động|dân|người|trẻ|hộ|lao động|phụ nữ|thanh niên|học sinh|bà mẹ)"
#: "Số bác sĩ trên 1 vạn dân: 10,5", "Số giường bệnh/10.000 dân đạt 33": over how many, and the figure of it.
_OVER = Sieve(
    rf"(?<=[^\W\d])(?P<over>\s+(?:trên|cho)\s+|\s*/\s*)(?P<base>{_ROUND}\s+{_WHO})(?!\w)"
    r"(?=(?P<reach>[^:;,.%\d]{0,30}?(?::|(?<!\w)(?:đạt|là|bằng|còn|lên|xuống|tăng|giảm)(?!\w))))"
)
_NUMBER_OF = re.compile(r"(?<!\w)(?:số lượng|số|tỷ lệ|tỉ lệ)\s+(?P<what>[^\W\d_]+(?:\s[^\W\d_]+){0,3})\Z")
_RIGHT_BEHIND = re.compile(r"[^;,.%\d]{0,45}")
_OVER_END = re.compile(rf"(?:\s+(?:trên|cho)\s+|\s*/\s*){_ROUND}\s+{_WHO}\Z", re.IGNORECASE)
#: "tỷ lệ chôn lấp rác thải trên tổng lượng thu gom": of which sum.
_OVER_SUM = re.compile(r"(?<=\w)\s+trên tổng (?:số|lượng|khối lượng)\s[^,;]*\Z", re.IGNORECASE)
#: What stands before the number of others for which there is one.
_FOR_EACH = r"(?:(?:bình quân|trung bình)\s+(?:cứ\s+)?(?:mỗi\s+)?|cứ\s+(?:mỗi\s+)?|mỗi\s+)"
_SO_MANY = re.compile(rf"{_FOR_EACH}\d[\d.]*\s[^\d,;:]*", re.IGNORECASE)
#: "Cứ 1.000 dân có 5 doanh nghiệp", "bình quân 10 hộ dân có 1 camera", "mỗi 2 thôn có 1 sân": for how many.
_FOR_SO_MANY = re.compile(
    rf"(?<!\w){_FOR_EACH}(?P<base>(?!0?1\s)0?[1-9][\d.]*\s+"
    r"(?!người/)[^\W\d_]+(?:\s[^\W\d_]+){0,2}?)(?:\s+thì)?\s+có\s+(?:(?:ít nhất|tối thiểu|từ|trên"
    r"|khoảng)\s+)?(?=\d|(?:một|hai|ba)\s)"
)


#: One of these stands in what names for how many there is one.
_EACH_WORDS = ("cứ ", "quân ", "trung bình ", "mỗi ")


def spans_over(text: str) -> list[tuple[int, int, str]]:
    """Where a text (lower case) says over how many something is counted, and the base it names.

    >>> spans_over("số bác sĩ trên 1 vạn dân: 10,5")
    [(9, 24, 'vạn dân')]
    """
    found = [(m.start("over"), m.end("base"), _plain(m.group("base"))) for m in _OVER.finditer(text)]
    if any(word in text for word in _EACH_WORDS):
        found += [(m.start("base"), m.end("base"), m.group("base")) for m in _FOR_SO_MANY.finditer(text)]
    return found


def _plain(base: str) -> str:
    """``1 vạn dân`` → ``vạn dân``."""
    return re.sub(r"^(?:1|một|mỗi)\s+(?=vạn|nghìn|triệu)", "", base)


def with_their_base(text: str, over: Iterable[tuple[int, int, str]], found: list[Quantity]) -> list[Quantity]:
    """The figures of a wording, those of a number over a base as its rate."""
    out = list(found)
    for start, end, base in over:
        index = next((at for at, q in enumerate(out) if q.figure_start >= end), -1)
        if index < 0 or not _RIGHT_BEHIND.fullmatch(text, end, out[index].start):
            continue
        q = out[index]
        if q.kind not in ("count", "index") or "/" in q.unit:
            continue
        named = _NUMBER_OF.search(text, max(0, start - 60), start) if not q.unit else None
        again = _said_again(text[max(0, start - 40) : start], text[q.figure_end : q.figure_end + 40].lstrip())
        unit = again or q.unit or (named.group("what") if named is not None else "")
        stop = text.find(again, q.figure_end) + len(again) if again else q.end
        out[index] = q._replace(kind="rate", unit=f"{unit}/{base}", end=max(q.end, stop))
    return out


def _said_again(before: str, behind: str) -> str:
    """The noun that stands before the base and again behind the figure: ``kỹ thuật viên/vạn dân đạt 12 kỹ thuật viên``.

    >>> _said_again("số kỹ thuật viên", "kỹ thuật viên và"), _said_again("giường bệnh", "giường;")
    ('kỹ thuật viên', '')
    """
    words = before.split()[-4:]
    nouns = (" ".join(words[at:]) for at in range(len(words)))
    return next((noun for noun in nouns if re.match(rf"{re.escape(noun)}(?!\w)", behind)), "")


def without_base(name: str) -> str:
    """The name of what is counted without over how many.

    >>> without_base("số bác sĩ trên 10.000 dân"), without_base("số giường bệnh/vạn dân")
    ('số bác sĩ', 'số giường bệnh')
    >>> without_base("tỷ lệ chôn lấp rác thải trên tổng lượng thu gom")
    'tỷ lệ chôn lấp rác thải'
    """
    return _OVER_SUM.sub("", _OVER_END.sub("", name))


def for_so_many(wording: str) -> bool:
    """Whether a wording only says for how many of others there is one: ``Cứ 1.000 dân có``, ``bình quân 3 thôn``."""
    return _SO_MANY.fullmatch(wording.strip(" ,")) is not None
