"""The wording around a target: labels, recurrence, footnote mark, and where a second predicate is joined to a first."""

from __future__ import annotations

import re

from doichieu.alphabet import mark_digits
from doichieu.extraction.targets.measures import Group, mark_length
from doichieu.extraction.targets.phrases import narrowings
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.lexicon.families import EVERY
from doichieu.lexicon.named_words import words_of
from doichieu.text.asides import masked_asides, without_asides
from doichieu.text.sieve import Sieve

_FOOTNOTE_MARK = re.compile(r"(?P<m>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|\[\^?(?P<n>\d{1,3})\]")


def footnote_of(text: str) -> str:
    """The mark of the footnote that hangs on a wording, as digits."""
    match = _FOOTNOTE_MARK.search(text)
    if match is None:
        return ""
    return match.group("n") or mark_digits(match.group("m"))


_BRACKET_MARK = re.compile(r"\[(?:\^?\d{1,3}|\*{1,3})\]")


def note_marks(text: str) -> list[tuple[int, int]]:
    """Where the bracketed marks of footnotes stand.

    >>> note_marks("đạt từ 78% trở lên[1]; đạt 40%")
    [(18, 21)]
    """
    return [match.span() for match in _BRACKET_MARK.finditer(text)] if "[" in text else []


#: The name of a theme, a movement, a campaign, in quotation marks: its figures promise nothing.
_NAMED = re.compile(
    r"(?<!\w)(?:"
    rf"{words_of('named_by_quotes')}"
    r")(?:\s\w+){0,6}:?\s*[\"“](?P<name>[^\"“”]{2,160})[\"”]",
    re.IGNORECASE,
)


def named_by(text: str) -> list[tuple[int, int]]:
    """Where the quoted names of themes and movements stand.

    >>> named_by('với chủ đề "100% vì sức khỏe"; xây 15 "Nhà nhân ái"')
    [(12, 28)]
    """
    return [match.span("name") for match in _NAMED.finditer(text)] if '"' in text or "“" in text else []


#: "Số hóa 60 triệu trang, trong đó Trung tâm I: 14 triệu trang": what stands before the colon is the first part.
_PARTS_OPEN = re.compile(rf"\d[^:;]*?,\s(?:{words_of('opens_parts')})\s+[^\W\d]")


#: Several ages in a row: "thọ tròn 70, 75 và 80 tuổi", "đủ 6, 12, 18 tháng tuổi".
_AGES_IN_A_ROW = Sieve(r"(?<!\w)(?P<ages>\d{1,3}(?:(?:,| và| hoặc| hay) \d{1,3})+)(?= (?:tháng )?tuổi(?!\w)| tuổi)")
_AGES = Sieve(r"(?<!\w)độ tuổi(?: từ)? (?P<ages>\d+ (?:-|đến) (?:dưới )?\d+)(?!\w)")


def ages_of(lowered: str) -> list[tuple[int, int]]:
    """Where the ages of people stand behind the word, which are no figure of theirs.

    >>> ages_of("90% người trong độ tuổi từ 15 đến 49 có hiểu biết đúng")
    [(27, 36)]
    >>> ages_of("chúc thọ người tròn 70, 75 và 80 tuổi")
    [(20, 32)]
    """
    if "tuổi" not in lowered:
        return []
    row = [found.span("ages") for found in _AGES_IN_A_ROW.finditer(lowered)]
    return row + [found.span("ages") for found in _AGES.finditer(lowered)]


#: What was done to them before a day that is over says which of them: "hồ sơ nộp | trước ngày 01/01/2026".
_DONE_THEN = re.compile(rf"(?<!\w)(?:{words_of('done_then')})(?: từ)?\s+\Z")


def tells_which(lowered: str, start: int) -> bool:
    """Whether a day that is over, at ``start``, says which of them it is about, by what was done to them before it.

    >>> tells_which("xử lý 100% hồ sơ nộp trước ngày 01/01/2026", 21), tells_which("đạt 90% trước năm 2027", 8)
    (True, False)
    """
    return lowered.startswith("trước", start) and _DONE_THEN.search(lowered, 0, start) is not None


def line_label(text: str) -> tuple[str, int]:
    """The label of the line (``Đối với công chức:``) and where it ends."""
    start = mark_length(text)
    masked = masked_asides(text, "x")
    colon = masked.find(":", start)
    if colon < 0 or colon - start > 320:
        return "", 0
    label = text[start:colon]
    plain = without_asides(label)
    if _PARTS_OPEN.search(plain):
        return "", 0
    if len(plain) > 120 or "%" in plain or ";" in plain or ". " in plain.strip():
        return "", 0
    return label, colon + 1


def inner_label(text: str, group: Group, label: str) -> str:
    """A label within the sentence (``…; Phó Chủ tịch cấp xã: 40% trở lên …``), not the line's own."""
    own = text[group.start : group.anchor].rstrip()  # "; ở thôn: 60% cán bộ …"
    within = own.rpartition(": ")[0]
    if within and not re.search(r"[\d%;]", within) and len(within) < 100 and within.strip() != label.strip():
        return within  # "; tại các huyện: tỷ lệ này đạt 93%"
    upto = group.anchor if own.endswith(":") and text[: group.start].rstrip().endswith((";", ".")) else group.start
    if not text[:upto].rstrip().endswith((":", ")")):
        return ""
    sentence = masked_asides(text[:upto])
    if not sentence.rstrip().endswith(":") or (
        label and sentence.rstrip().rstrip(":").strip().endswith(masked_asides(label).strip()[-20:])
    ):
        return ""
    tail = re.split(r"[;.:]\s", sentence.rstrip(" :"))[-1]
    return tail if len(tail) < 160 else ""


def recurrence_of(lowered: str, group: Group) -> str:
    """The word of repetition in a measure's wording (``hằng năm``), empty if there is none."""
    match = _EVERY_TIME.search(lowered, group.start, group.end)
    if match is not None and match.start() > group.figure.end and _OF_A_SIZE.match(lowered, match.end()):
        return ""  # "85% hộ có doanh thu hằng năm | từ 3 tỷ đồng trở lên"
    return match.group() if match else ""


_EVERY_TIME = Sieve(rf"(?<!\w){EVERY} (?:năm|tháng|quý)(?!\w)")
_OF_A_SIZE = re.compile(r"\s+(?:đạt )?(?:từ|trên|dưới|hơn)\s+\d")


def head_of(subject: str) -> str:
    """A population without what is said of it."""
    position = predicate_start(subject.lower())
    return narrowings(subject[:position])[0] if position else subject


_JOINED = re.compile(r"\s(?P<and>và)\s+(?P<verb>được|đáp ứng|đạt|có)\s")


def joined_predicate(text: str, group: Group) -> re.Match[str] | None:
    """Where a share's second predicate is joined to its first: ``100% xã được công nhận | và có nhà văn hóa``.

    Both must be whole predicates: a joined noun (``an toàn và giảm phát thải``) divides nothing.
    """
    quantity = group.figure
    if group.grades:
        return None
    said = masked_asides(text[: group.end].lower())
    first = predicate_start(said[quantity.end :])
    if first is None:
        return None
    for match in _JOINED.finditer(said, quantity.end + first):
        before, after = said[quantity.end + first : match.start()], said[match.start("verb") :]
        if min(len(before.split()), len(after.split())) >= 3:
            return match
    return None


#: A predicate of its own before the grade: "100% | có chứng chỉ hành nghề | và trình độ từ cao đẳng trở lên".
_THEN_GRADE = re.compile(
    r"\s*(?P<first>(?:có|được|đạt)\s(?!trình độ|bằng)[^;:.,%\d]{6,80}?)\s(?:và|,)\s(?:có\s)?trình độ(?!\w)[^;:.,%]*"
)


def predicate_before_grade(text: str, group: Group) -> re.Match[str] | None:
    """What a share of holders of a grade is to be besides, first: ``100% có thẻ và trình độ từ đại học trở lên``."""
    quantity = group.figure
    if quantity.kind != "percent" or len(group.grades) != 1 or group.grades[0].start < quantity.end:
        return None
    lowered = text.lower()
    own = predicate_start(lowered[quantity.end : group.grades[0].start])
    return None if own is None else _THEN_GRADE.fullmatch(lowered, quantity.end + own, group.grades[0].start)


def predicate_beside_grade(text: str, group: Group) -> re.Match[str] | None:
    """Where a share of holders of a grade has a predicate besides: ``100% … trung cấp trở lên | và được bồi dưỡng``."""
    quantity = group.figure
    if quantity.kind != "percent" or not group.grades or group.grades[-1].start < quantity.start:
        return None
    said = masked_asides(text[: group.end].lower())
    match = _JOINED.search(said, group.grades[-1].end)
    if match is None or re.search(r"[;.:%]", said[group.grades[-1].end : match.start()]):
        return None
    after = said[match.start("verb") :]
    return match if "trở lên" not in after else None
