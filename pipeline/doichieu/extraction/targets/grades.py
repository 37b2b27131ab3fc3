"""Grades: steps on a scale of qualification, and whether a wording requires one (``từ đại học trở lên``)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from doichieu.lexicon import load
from doichieu.model import Operator
from doichieu.text import started
from doichieu.text.sieve import Sieve


class Grade(NamedTuple):
    """A grade that a wording requires: ``start``/``end`` in the passage, ``head`` where its predicate begins."""

    start: int
    end: int
    operator: Operator
    level: str
    scale: str
    indicator: str


@lru_cache(maxsize=1)
def _tables() -> tuple[re.Pattern[str], dict[str, list[tuple[str, int]]], dict[str, str], dict[str, list[str]]]:
    steps: dict[str, list[tuple[str, int]]] = {}
    indicators: dict[str, str] = {}
    cues: dict[str, list[str]] = {}
    for scale in load("scales")["scale"]:
        indicators[scale["id"]] = scale["indicator"]
        cues[scale["id"]] = scale["cues"]
        for rank, forms in enumerate(scale["grades"]):
            for form in forms:
                steps.setdefault(form, []).append((scale["id"], rank))
    forms = sorted(steps, key=len, reverse=True)
    pattern = re.compile(r"(?P<grade>" + started(map(re.escape, forms)) + r")(?!\w)")
    return pattern, steps, indicators, cues


_FROM = re.compile(r"(?:từ|tối thiểu|ít nhất|đạt)\s+(?:trình độ\s+)?(?:bằng\s+)?\Z")
_UP = re.compile(
    r"(?:\s+(?:lý luận |lí luận )?chính trị)?(?:\s+hoặc (?:tương đương|cử nhân|cao cấp))?"
    r"(?:\s+(?!và\b|được\b|có\b|đạt\b)[^\W\d_]+){0,6}?\s+trở lên"  # "đại học luật hoặc chuyên ngành luật trở lên"
)
_HEAD = re.compile(
    r"(?:(?:trình độ|ngạch|đạt chuẩn)[^;.%]{0,45}|(?:tốt nghiệp|được đào tạo|văn bằng|có bằng|bằng cấp"
    r"|bồi dưỡng)[^;,.%]{0,45})\Z"
)
_AND_BEFORE = re.compile(r"(?:trở lên và|và)\s+\Z")
_SCHOOL = re.compile(
    r"(?:trường|học viện|bậc|hệ|khối|ngành|lớp|sinh viên|giảng viên|các|cơ sở giáo dục|dạy|nghề|giáo dục)\s+\Z"
)
_TEACHES = re.compile(
    r"(?:cơ sở|trường|trung tâm|học viện|giáo dục nghề nghiệp"
    r"|ngành)[^;,.%]{0,40}đào tạo\s+(?:các\s+)?(?:trình độ\s+)?\Z"
)
#: The grade that is taught or enrolled for, not one that somebody has: "giảng dạy trình độ cao đẳng", "tuyển sinh …".
_FOR_GRADE = re.compile(r"(?<!\w)(?:giảng dạy|tuyển sinh|theo học|mở ngành|tổ chức đào tạo)(?:[^;:.%\d]{0,40})\Z")
#: A grade that heads its own count in a breakdown of those enrolled: "tuyển sinh …, trong đó: cao đẳng 1.200 người".
_ENROLLED = re.compile(r"(?<!\w)(?:tuyển sinh|đào tạo nghề|dạy nghề)(?!\w)[^;]*\Z")
_OR = re.compile(r"\s+hoặc\s+|,\s+")


def may_grade(text: str) -> bool:
    """Whether ``text`` (lower case) names a grade at all."""
    return _words().search(text) is not None


@lru_cache(maxsize=1)
def _words() -> Sieve:
    return Sieve(_tables()[0].pattern)


#: A grade that a label asks for opens its part of the line: "Về trình độ chuyên môn: thạc sĩ | 15%; tiến sĩ đạt 5%".
_ASKED_BY_LABEL = re.compile(r"(?<!\w)(?:trình độ|chuyên môn|lý luận chính trị|lí luận chính trị|văn bằng)(?!\w)")
_OPENS_PART = re.compile(r"[:;,]\s+\Z")
_ITS_SHARE = re.compile(
    r"(?:\s+hoặc [^\W\d_]+ [^\W\d_]+)?(?:\s+(?:đạt|chiếm|là|từ|trên|ít nhất|tối thiểu|khoảng|không dưới|phấn đấu))*"
    r"\s+\d[\d.,]*\s*%"
)


def _listed(text: str, start: int, end: int, label: str) -> bool:
    """Whether a bare grade is one that the label of its line asks for, with the share of those who hold it."""
    if not label or _ASKED_BY_LABEL.search(label) is None:
        return False
    return _OPENS_PART.search(text[:start][-4:]) is not None and _ITS_SHARE.match(text, end) is not None


_POLITICS = re.compile(r"\s+(?:lý luận |lí luận )?chính trị")
_CLAUSE_END = re.compile(r"[;.:]")


def find_grades(text: str, *, label: str = "") -> list[Grade]:
    """The grades that ``text`` (lower case) requires; ``label`` is the heading or label that says what they measure.

    >>> [(g.operator, g.level, g.scale) for g in find_grades("có trình độ chuyên môn từ đại học trở lên")]
    [('>=', 'đại học', 'trinh_do_chuyen_mon')]
    >>> find_grades("liên kết với các trường đại học")
    []
    """
    pattern, steps, indicators, cues = _tables()
    out: list[Grade] = []
    taught = 0  # where the last grade that a school teaches ends
    for match in pattern.finditer(text):
        start, end = match.span()
        if out and start < out[-1].end:
            continue
        before = text[max(0, start - 70) : start]
        if _SCHOOL.search(before):
            continue
        listed = _ENROLLED.search(text[:start])
        if (
            listed
            or _FOR_GRADE.search(before)
            or _TEACHES.search(before)
            or (taught and text[taught:start].strip() in (",", "và", "hoặc"))
        ):
            taught = end
            continue
        up = _UP.match(text, end)
        prefix = _FROM.search(before)
        head = (
            _HEAD.search(before)
            or _listed(text, start, end, label)
            or (_AND_BEFORE.search(before) if out and start - out[-1].end < 25 else None)
        )
        if not up and not head:
            continue
        level = match.group("grade")
        stop = up.end() if up else end
        if not up:
            joined = _OR.match(text, end)
            other = pattern.match(text, joined.end()) if joined else None
            if other:
                up = _UP.match(text, other.end())  # "cao đẳng, đại học trở lên": from the lower of the two
                level = level if up else text[start : other.end()]
                stop = up.end() if up else other.end()
        scale = _scale(steps[match.group("grade")], text, start, stop, label, cues)
        begin = start - len(prefix.group()) if prefix else start
        operator: Operator = ">=" if up else "="
        politics = _POLITICS.match(text, stop, stop + 20)
        stop = politics.end() if politics is not None else stop
        out.append(Grade(begin, stop, operator, level, scale, indicators[scale]))
    return out


def _scale(
    places: list[tuple[str, int]], text: str, start: int, end: int, label: str, cues: dict[str, list[str]]
) -> str:
    """Which scale a grade is on: the cue that follows at once, else the nearest before, else the label's."""
    candidates = [scale for scale, _ in places]
    after = text[end : end + 25]
    inside = text[start:end]
    for scale in candidates:
        if any(after.strip().startswith(cue) or cue in inside for cue in cues[scale]):
            return scale
    clause = _CLAUSE_END.split(text[max(0, start - 70) : start])[-1]
    best = max(candidates, key=lambda s: max((clause.rfind(cue) for cue in cues[s]), default=-1))
    if any(cue in clause for cue in cues[best]):
        return best
    for scale in candidates:
        if any(cue in label for cue in cues[scale]):
            return scale
    return candidates[0]
