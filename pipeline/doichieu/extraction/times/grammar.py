"""The grammar of binding expressions of time, one passage at a time.

Which of them a document is bound by is decided in :mod:`doichieu.extraction.times.deadlines`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from doichieu.extraction.citations.grammar import find_citations
from doichieu.extraction.times.bounds import bounded
from doichieu.extraction.times.hits import DeadlineHit
from doichieu.extraction.times.units import Repeat, Spans, Unit, closes_heading, day_after, find_repeats, find_units
from doichieu.lexicon import load
from doichieu.lexicon.families import EVERY
from doichieu.numerals import SPELT
from doichieu.text import one_of
from doichieu.text.memory import remembered
from doichieu.text.sieve import Sieve


class _Prefix(Struct, frozen=True):
    id: str
    kind: str
    operator: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def _prefixes() -> tuple[_Prefix, ...]:
    return tuple(
        _Prefix(entry["id"], entry["kind"], entry["operator"], re.compile(entry["pattern"]))
        for entry in load("dates")["prefix"]
    )


@lru_cache(maxsize=2)
def _ends_with(key: str) -> re.Pattern[str]:
    """The words of the lexicon entry ``key`` right at the end of a text."""
    return re.compile(rf"(?<!\w)(?:{one_of(load('dates')[key])})\s*\Z")


@lru_cache(maxsize=1)
def _time_label() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in load("dates")["time_labels"]))


_SINCE_NOW = re.compile(r"từ\s+(?:nay|bây giờ)\s+(?=(?:cho\s+)?(?:đến|tới))")
_ONWARD = re.compile(
    r"\s*(?:trở\s+(?:đi|về\s+sau)|,?\s*và\s+(?:(?:những|các)\s+)?năm\s+(?:tiếp\s+theo|kế\s+tiếp|sau|về\s+sau)"
    r"|về\s+sau|(?:,|\s*và)\s+(?:là\s+)?(?:(?:nhiệm\s+vụ|công\s+việc)\s+)?thường\s+xuyên(?:\s+(?:hằng|hàng)\s+năm)?"
    r"(?=\s*\Z))(?!\w)"
)
_TO_NOW = re.compile(r"\s*(?:đến|tới)\s+nay(?!\w)")
_LISTED = re.compile(r"\s*(?:,|và|;)\s*(?=(?:năm\s+|ngày\s+|tháng\s+)?\d)")
_VALUE_AFTER = re.compile(
    r"\s*(?::|,)?\s*(?:đạt|là|có|phấn đấu|tăng|giảm|còn|trên|dưới|ít nhất|tối thiểu|khoảng|từ|\d|hoàn thành|"
    r"bố trí|đưa|đón|thu hút|đào tạo|tạo|giải quyết|xây dựng|cấp|trồng|kết nạp|thành lập|phục vụ|nâng)(?!\w)?"
)
#: An account behind a date; ``thực hiện``, ``phát hiện`` and the like tell no present.
PAST_AFTER = re.compile(
    r"[^.;(]{0,70}?(?<!\w)(?:đã|(?<!thực )(?<!phát )(?<!thể )(?<!xuất )(?<!biểu )(?<!tái )hiện|vừa qua)\s"
)
_ALL_YEAR = re.compile(r"\W*(?P<said>(?:trong\s+)?(?:cả|quanh|suốt)\s+năm|liên\s+tục)\W*")
_ONGOING_TASK = re.compile(r"(?:là\s+)?(?:(?:các\s+)?(?:nhiệm vụ|công việc)\s+)?thường\s+xuyên(?:\s+hằng\s+năm)?")
_ONGOING = Sieve(r"(?<!\w)thường\s+xuyên(?!\w)")
_SENTENCE = re.compile(r"[;|]|\.(?=\s|\Z)")
RELATIVE = re.compile(
    r"(?<!\w)(?:(?:trong|chậm nhất|không quá|tối đa|sau)\s+)?(?:(?:vòng|thời hạn|thời gian|khoảng)\s+)?"
    rf"(?P<n>\d{{1,3}}|{SPELT})(?:\s*\((?:[^()\d]{{2,20}}|\d{{1,3}})\))?\s+"
    r"(?P<u>ngày làm việc|ngày|tuần|tháng|năm)\s*,?\s*"
    r"(?:kể\s+)?(?:từ|sau)\s+(?:khi|ngày|thời điểm|lúc)(?P<event>[^,;.():|]{0,90})"
)
_RELATIVE = Sieve(RELATIVE.pattern)
_RIGHT_AFTER = Sieve(r"(?<!\w)ngay\s+sau\s+khi\s+[^,;.():|]{3,80}")
_IN_EFFECT = re.compile(r"có hiệu lực(?: thi hành)?")
_RHYTHM = re.compile(rf"(?:định kỳ|{EVERY}|cứ) \Z")  # "định kỳ| 6 tháng kể từ ngày …"
_EFFECT = re.compile(r"hiệu lực(?:\s+thi hành)?\s*(?:kể)?\s*\Z")
FROM_ISSUE = re.compile(
    r"\s*(?:ban hành|ký|ký ban hành|có hiệu lực)?\s*(?:(?:kế hoạch|nghị quyết|quyết định|chỉ thị|chương "
    r"trình|đề án)\s+này)?(?:\s+được\s+ban hành)?\s*\Z"
)
_RATE = re.compile(r"(?:bình quân|trung bình)\s*\Z")
_QUOTED = re.compile(
    r"(?:đề án|chương trình|kế hoạch|chiến lược|nghị quyết|quy hoạch|dự án|chủ đề|phong trào|cuộc "
    r'thi)(?:\s[^".;]{0,40})?\s*:?\s*"[^"]{3,400}"'
)
# The period in the name of a programme that is cited by name alone: it is the programme's, not this sentence's.
_NAMED_PERIOD = Sieve(
    r"(?<!\w)(?:Chiến lược|Quy hoạch|Bộ tiêu chí|Chương trình|Đề án|Kế hoạch|Dự án|Bộ chỉ số)"
    r"\s(?!(?:này|trên|nêu trên|đã|được|phải|cần|hoàn thành)\b)"
    r"(?:(?!,\s|\b(?:này|hoàn thành|phấn đấu|đạt|bảo đảm|nhằm|để|phải|trước|chậm nhất)\b)[^.;:|\"()]"
    r"|,\s(?=[^\W\d_]+ (?:và|,))){3,160}?"
    r"(?P<period>(?:giai đoạn|thời kỳ)\s+(?:từ\s+)?(?:năm\s+)?\d{4}\s?-\s?\d{4}(?:\s*,\s*(?:tầm nhìn|định "
    r"hướng)\s+(?:đến\s+)?(?:năm\s+)?\d{4})?"
    r"|đến\s+(?:năm\s+)?\d{4}(?:\s*,\s*(?:tầm nhìn|định hướng)\s+(?:đến\s+)?(?:năm\s+)?\d{4})?)"
)
#: "trước| 16 giờ 30 phút| ngày 19/8/2026": an hour between the word of the limit and its day.
_HOUR = re.compile(r"(?<!\S)(?:\d{1,2}\s?(?:giờ|h)(?:\s?\d{1,2}(?:\s?phút)?)?,?\s+)\Z")
_CELL_NOISE = re.compile(
    rf"(?:dự kiến|thường xuyên|{EVERY} năm|những năm tiếp theo|các năm tiếp theo|trở đi|trước|đến|hết|"
    r"trong|cuối|đầu|từ|giai đoạn|năm|tháng|quý|và|và những|hoàn thành|theo|định kỳ|báo cáo|ngày|những|các|"
    r"tiếp theo|kỳ họp|thường lệ|giữa|tuần(?: thứ)? \d|nhiệm vụ|công việc|[\s,;:()./*\-])+"
)


def find_deadlines(
    text: str,
    masked: Sequence[tuple[int, int]] | None = None,
    *,
    bare: bool = False,
    own_title: bool = False,
    title: bool = False,
) -> list[DeadlineHit]:
    """The binding expressions of time in one passage.

    ``masked`` are stretches whose dates belong to something else, normally cited titles; without it the citations of
    the text itself are masked.  ``bare`` accepts dates and years without a word before them, as in a time column;
    ``own_title`` is for titles and preambles, where the period in a programme's name is the document's own;
    ``title`` is for titles, whose bare year (``Kế hoạch chuyển đổi số năm 2025``) is the document's own too.

    >>> [(h.kind, h.operator, h.date) for h in find_deadlines("Trước ngày 25/12/2024 phải có trình độ đại học")]
    [('by', '<', '2024-12-25')]
    >>> [(h.recurrence, h.operator) for h in find_deadlines("báo cáo trước ngày 15/12 hằng năm")]
    [('FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15', '<')]
    """
    if masked is None:
        masked = [(hit.start, hit.mask_end) for hit in find_citations(text)]
    return list(_deadlines(text, tuple(masked), bare, own_title, title))


def _find(
    text: str, masked: Sequence[tuple[int, int]], bare: bool, own_title: bool, title: bool
) -> tuple[DeadlineHit, ...]:
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    lower = lower.replace("quí", "quý")
    if not own_title:
        masked = [*masked, *(match.span("period") for match in _NAMED_PERIOD.finditer(text))]
    if '"' in lower:
        masked = [*masked, *(match.span() for match in _QUOTED.finditer(lower))]
    repeats = find_repeats(lower) if any(word in lower for word in _REPEAT_WORDS) else []
    masks = Spans(masked)
    units = find_units(lower)
    hits = _units(text, lower, units, masks, repeats, bare or _is_time_only(lower, units), title)
    hits += _relative(lower, Spans((hit.start, hit.end) for hit in hits))
    hits += _repeats(lower, repeats, Spans((hit.start, hit.end) for hit in hits), masks)
    hits += _ongoing(lower) + _all_year(lower)
    hits = bounded(lower, hits)
    hits.sort(key=lambda h: (h.start, h.end))
    return tuple(replace(hit, text=text[hit.start : hit.end]) for hit in hits)


_deadlines = remembered(_find)


#: The name under which other stages read one passage's deadlines.
due = find_deadlines


_REPEAT_WORDS = ("hằng", "hàng", "kỳ", "mỗi", "lần", "từng", "theo", "cứ")


def _is_time_only(lower: str, units: list[Unit]) -> bool:
    """Whether a whole cell is nothing but an expression of time (``2025 - 2035``, ``Tháng 6/2025``)."""
    rest = lower
    for unit in reversed(units):
        rest = rest[: unit.start] + " " + rest[unit.end :]
    return bool(units) and _CELL_NOISE.fullmatch(rest) is not None


def _units(
    text: str, lower: str, units: list[Unit], masks: Spans, repeats: list[Repeat], bare: bool, title: bool
) -> list[DeadlineHit]:
    out: list[DeadlineHit] = []
    previous: tuple[Unit, _Prefix | None] | None = None
    for unit in units:
        if masks.touch(unit.start, unit.end):
            previous = None
            continue
        prefix, start, by_hour = _before(lower, unit.start)
        if previous is not None and _listed(lower, previous[0].end, unit.start):
            prefix = previous[1]  # "đến năm 2030, năm 2035"
        if unit.rule:
            hit = _yearless(lower, unit, prefix, start, repeats)
            previous = (unit, prefix) if hit is not None else None
        else:
            told = bare or (prefix is None and closes_heading(lower, unit, title=title))
            hit = _dated(text, lower, unit, prefix, start, told)
            if hit is not None and hit.kind == "within" and not unit.range and _by_before(lower, out, unit):
                hit = replace(hit, kind="by", operator="<=", start_date="")
            limits = prefix is not None and prefix.kind in ("by", "horizon", "within")
            previous = (unit, prefix) if limits else None
        if hit is not None:
            out.append(replace(hit, operator="<=") if by_hour and hit.operator == "<" else hit)
    return out


def _before(lower: str, position: int) -> tuple[_Prefix | None, int, bool]:
    """The word of a limit before a time, where it begins, whether an hour stands between: ``trước| 16 giờ| ngày …``.

    A day before whose hour something is due is still part of the time.
    """
    before = lower[max(0, position - 60) : position]
    hour = _HOUR.search(before)
    width = hour.end() - hour.start() if hour else 0
    found = _prefix(before[: len(before) - width])
    if found is None:
        return None, position, False
    prefix, length = found
    return prefix, position - width - length, hour is not None


def _by_before(lower: str, out: list[DeadlineHit], unit: Unit) -> bool:
    """``Đến năm 2025 đạt 40%, năm 2030 đạt 60%``: the second year is a limit like the first."""
    if not out or out[-1].kind != "by" or unit.precision != "year":
        return False
    between = lower[out[-1].end : unit.start]
    return between.rstrip().endswith((",", ";", "và")) and re.search(r"\.(?:\s|\Z)|\|", between) is None


def _listed(lower: str, end: int, start: int) -> bool:
    match = _LISTED.match(lower, end)
    return match is not None and match.end() == start


def _prefix(before: str) -> tuple[_Prefix, int] | None:
    for prefix in _prefixes():
        match = prefix.pattern.search(before)
        if match:
            start = match.start()
            if prefix.id == "until":
                now = list(_SINCE_NOW.finditer(before[:start] + before[start:]))
                if now and now[-1].end() >= start:
                    start = now[-1].start()
            return prefix, len(before) - start
    return None


def _dated(text: str, lower: str, unit: Unit, prefix: _Prefix | None, start: int, bare: bool) -> DeadlineHit | None:
    after = lower[unit.end : unit.end + 80]
    onward = _ONWARD.match(after)
    if _TO_NOW.match(after) or (
        prefix is not None and prefix.kind == "reject" and not (prefix.id == "compared" and bare)
    ):
        return None
    if onward and not unit.range and (prefix is None or prefix.kind not in ("by", "horizon")):
        begin = start if prefix is not None and prefix.kind == "from" else unit.start
        since = unit.first  # "Quý IV năm 2026 và các năm tiếp theo", "2025 và những năm sau"
        if unit.precision == "year" and "và" not in onward.group():
            since = unit.last  # "từ năm 2025 trở đi"
        return DeadlineHit(begin, unit.end + onward.end(), "ongoing", ">=", unit.first, since)
    if prefix is None or prefix.kind == "reject":
        return _unprefixed(text, lower, unit, bare)
    if prefix.kind == "from":
        if unit.range:
            return DeadlineHit(start, unit.end, "within", "within", unit.first, unit.last)
        if unit.precision == "day" and not bare and not (_opens_sentence(text, start) and after.startswith(", ")):
            return None  # but "Từ ngày 01/7/2023, thực hiện kết nối dữ liệu"
        first = day_after(unit.last) if "sau" in lower[start : unit.start] else unit.first
        return DeadlineHit(start, unit.end, "ongoing", ">=", first, first)
    naked = not unit.named and not unit.range and unit.precision == "year"  # "trong 2026", perhaps a count
    if naked and prefix.id == "within" and not bare and not re.match(r"\s*(?:[.,;:)|]|\Z)", after):
        return None
    if prefix.operator == "<":
        return DeadlineHit(start, unit.end, "by", "<", "", unit.first)
    if prefix.kind == "within":
        if unit.precision == "day" and not unit.range:
            if prefix.id == "period":
                return None
            if not lower.startswith(("trong", "ngay"), start):
                return DeadlineHit(start, unit.end, "by", "<=", "", unit.last)
        return DeadlineHit(start, unit.end, "within", "within", unit.first, unit.last)
    last = unit.last
    if unit.precision == "part" and "giữa" not in lower[unit.start : unit.end]:
        last = f"{unit.last[:4]}-03-31"
    return DeadlineHit(start, unit.end, prefix.kind, "<=", "", last)


def _unprefixed(text: str, lower: str, unit: Unit, bare: bool) -> DeadlineHit | None:
    """A date without a word before it: a deadline at the head of a line, behind a time label, alone in a bracket."""
    before = text[max(0, unit.start - 80) : unit.start].rstrip()
    labelled = before.endswith(":") and _time_label().search(before[-60:].lower()) is not None
    closes = text[unit.end : unit.end + 3].lstrip().startswith(")")
    if not bare and not labelled and not before.lower().endswith("phấn đấu"):
        if unit.precision == "day" or not (unit.named or unit.range):
            if not (before.endswith("(") and (unit.range or _AFTER_SHARE.search(before))):
                return None
        elif before.endswith("("):
            if not closes:
                return None
        elif before.endswith((":", "|")) or _opens_sentence(text, unit.start):
            if PAST_AFTER.match(lower, unit.end):
                return None
        elif unit.precision == "year" and (_REACHES.match(lower, unit.end) or _AFTER_SHARE.search(before)):
            pass  # "Tỷ lệ hộ nghèo năm 2025 giảm còn 3%", "đạt 95% năm 2025"
        elif before.lower().endswith((",", ";", "và", "trong đó", "riêng")):
            if not _VALUE_AFTER.match(lower, unit.end):
                return None
        else:
            return None
    if unit.precision == "day" and not unit.range:
        return DeadlineHit(unit.start, unit.end, "by", "<=", "", unit.last)
    return DeadlineHit(unit.start, unit.end, "within", "within", unit.first, unit.last)


_AFTER_SHARE = re.compile(r"(?<!từ )(?<![\d,.])\d[\d,.]*\s*%(?:\s*\()?\Z")
_REACHES = re.compile(
    r"\s*,?\s*(?:phấn đấu\s+)?(?:đạt|xếp|tăng|giảm|còn|chiếm|bằng|(?:trên|dưới|khoảng|ít nhất|tối thiểu"
    r"|không quá|không dưới) (?=\d))\s?"
)
_SENTENCE_START = re.compile(r"[.;]\s+[-+*•]?\s*\Z")
_LINE_START = re.compile(r"\s*[-+*•]?\s*\Z")


def _opens_sentence(text: str, position: int) -> bool:
    """Whether ``position`` is the head of the passage (behind a bullet at most) or of a sentence in it."""
    before = text[max(0, position - 8) : position]
    return _SENTENCE_START.search(before) is not None or _LINE_START.fullmatch(before) is not None


def _yearless(lower: str, unit: Unit, prefix: _Prefix | None, start: int, repeats: list[Repeat]) -> DeadlineHit | None:
    """A date without a year recurs where its sentence says so."""
    a, b = _sentence(lower, unit.start)
    own = repeats[bisect_left(repeats, a, key=_start) : bisect_left(repeats, b, key=_start)]
    quarterly = "BYMONTH=3,6,9,12" in unit.rule
    if not own and not quarterly and not re.search(rf"{EVERY} (?:năm|quý)|6 tháng", lower[a:b]):
        if prefix is not None and prefix.kind == "by" and unit.precision in ("day", "month"):
            return DeadlineHit(start, unit.end, "by", prefix.operator)  # the year is not printed
        return None
    if prefix is not None and prefix.kind in ("reject", "from", "horizon"):
        return None
    begin, end = (start if prefix is not None else unit.start), unit.end
    for repeat in own:
        if repeat.start >= end and re.fullmatch(r"[\s,(]*(?:của\s+)?", lower[end : repeat.start]):
            end = repeat.end
        elif repeat.end <= begin and re.fullmatch(r"[\s,(]*(?:vào\s+)?", lower[repeat.end : begin]):
            begin = repeat.start
    if "(" in lower[begin:end] and lower.startswith(")", end):
        end += 1
    operator = "within" if unit.precision != "day" else "<="
    if prefix is not None and prefix.operator in ("<", "<="):
        operator = prefix.operator
    return DeadlineHit(begin, end, "recurring", operator, recurrence=unit.rule)


def _start(repeat: Repeat) -> int:
    return repeat.start


def _sentence(lower: str, position: int) -> tuple[int, int]:
    """The stretch around ``position`` up to the nearest full stop, semicolon or cell border, 600 characters at most."""
    start = first = max(0, position - 600)
    for match in _SENTENCE.finditer(lower, first, position):
        start = match.end()
    last = min(len(lower), position + 600)
    following = _SENTENCE.search(lower, position, last)
    return start, following.start() if following else last


def _repeats(lower: str, repeats: list[Repeat], taken: Spans, masks: Spans) -> list[DeadlineHit]:
    out = []
    for index, repeat in enumerate(repeats):
        if taken.touch(repeat.start, repeat.end) or masks.touch(repeat.start, repeat.end):
            continue
        before = lower[max(0, repeat.start - 45) : repeat.start]
        named = repeat.rule and "BYDAY" not in repeat.rule  # a day of the week is always a time
        if named and (_ends_with("not_recurring").search(before) or _RATE.search(before)):
            continue
        if (
            repeat.unit == "năm"
            and lower.startswith("mỗi", repeat.start)
            and re.match(r"\s+(?:tăng|giảm)\s", lower[repeat.end : repeat.end + 12])
        ):
            continue
        if not repeat.rule:
            following = repeats[index + 1] if index + 1 < len(repeats) else None
            if (
                following
                and following.rule
                and following.start - repeat.end < 25
                and "." not in lower[repeat.end : following.start]
            ):
                continue
        found = _prefix(lower[max(0, repeat.start - 60) : repeat.start]) if "BYDAY" in repeat.rule else None
        if found is not None:
            start = repeat.start - found[1]  # "trước thứ sáu hằng tuần"
            out.append(DeadlineHit(start, repeat.end, "recurring", found[0].operator, recurrence=repeat.rule))
            continue
        out.append(DeadlineHit(repeat.start, repeat.end, "recurring", recurrence=repeat.rule))
    return out


#: What a cell says of a task that has no end, alone or behind a date.
_LASTING = re.compile(
    r"(?:[^|]{0,30}?\s(?:và|,|;)\s+)?(?:các\s+|là\s+)?(?:nhiệm vụ|công việc|việc)\s+thường xuyên[\s.;]*"
)


def _fills_a_cell(lower: str, start: int, end: int) -> bool:
    """Whether ``nhiệm vụ thường xuyên`` is what a cell of a table row says.

    >>> text = "7 | nâng cấp cầu | nhiệm vụ thường xuyên | bộ xây dựng"
    >>> _fills_a_cell(text, 26, 38), _fills_a_cell("nhiệm vụ thường xuyên", 9, 21)
    (True, False)
    """
    if "|" not in lower:
        return False
    left, right = lower.rfind("|", 0, start) + 1, lower.find("|", end)
    return _LASTING.fullmatch(lower[left : right if right >= 0 else len(lower)].strip()) is not None


def _ongoing(lower: str) -> list[DeadlineHit]:
    out: list[DeadlineHit] = []
    for match in _ONGOING.finditer(lower):
        before = lower[max(0, match.start() - 40) : match.start()]
        alone = _ONGOING_TASK.fullmatch(lower.strip(" .;")) or _fills_a_cell(lower, match.start(), match.end())
        if not alone and _ends_with("not_ongoing").search(before):
            continue
        if re.match(r"\s+(?:của|cho|được|giáo viên|dành)\s", lower[match.end() : match.end() + 20]) and before.rstrip()[
            -1:
        ] not in ("", ".", ";", ":", "|", "-"):
            continue
        out.append(DeadlineHit(match.start(), match.end(), "ongoing"))
    return out


def _all_year(lower: str) -> list[DeadlineHit]:
    """A whole cell that says that a task goes on: ``Cả năm``, ``Liên tục``."""
    match = _ALL_YEAR.fullmatch(lower)
    return [DeadlineHit(*match.span("said"), "ongoing")] if match else []


def _relative(lower: str, taken: Spans) -> list[DeadlineHit]:
    out: list[DeadlineHit] = []
    for match in _RELATIVE.finditer(lower):
        before = lower[max(0, match.start() - 40) : match.start()]
        if not _EFFECT.search(before) and not _RHYTHM.search(before) and not taken.touch(*match.span()):
            effect = _IN_EFFECT.search(match.group("event"))
            end = match.start("event") + effect.end() if effect else match.start() + len(match.group().rstrip())
            out.append(DeadlineHit(match.start(), end, "relative", "<="))
    for match in _RIGHT_AFTER.finditer(lower):
        if not taken.touch(*match.span()):
            out.append(DeadlineHit(match.start(), match.start() + len(match.group().rstrip()), "relative"))
    return out
