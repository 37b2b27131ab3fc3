"""What an answer in like words does less of a task: it only looks where something is to be done, leaves out within
which term, or has words cut out of the middle of the wording."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from doichieu.comparison.duties.task_words import does_something, words_of
from doichieu.lexicon import named_words
from doichieu.lexicon.families import EVERY, LEVEL, family
from doichieu.text import fold

#: Cut out is what stands between so many equal words on either side, with so many words at most,
#: so many of them its own at least.
_AROUND, _CUT, _FEWEST = 2, 9, 2
#: So many words begin a task with its verb.
_VERB = 2
_JOINT = frozenset({",", "và", "hoặc", "cùng", "kèm", "kèm theo"})
_TOKEN, _WORD = re.compile(r"[^\W_]+|,"), re.compile(r"[^\W_]+")
#: What may be left out of the middle without loss: a time, a place told otherwise, who helps, a document.
_SAYS_LITTLE = re.compile(
    rf"(?<!\w)(?:{LEVEL}|{EVERY}|các|những|trên địa bàn|toàn|năm|quý|tháng|ngày|\d+|có liên quan|liên quan|cấp|đơn vị"
    r"|cơ quan|cơ sở|ban|sở|ngành|địa phương|và|hoặc|trước|sau|theo quy định|cùng"
    r"|kèm(?: theo)?)(?!\w)"
)


def cut_out(task: str, answer: str, beside: Sequence[str] = ()) -> tuple[str, ...]:
    """The members of a list that an answer in the very words of a task has cut out of its middle, and
    that no text ``beside`` it says; all are folded.

    >>> cut_out("kiểm tra hồ sơ của tàu và người lái chở khách qua sông", "kiểm tra hồ sơ của tàu chở khách qua sông")
    ('và người lái',)
    >>> cut_out("kiểm tra hồ sơ của tàu chở khách", "kiểm tra sổ sách của chủ tàu chở khách")
    ()
    >>> cut_out("lập kế hoạch thực hiện Nghị quyết, xong trước hè", "lập kế hoạch thực hiện, xong trước hè")
    ()
    """
    above, below = _TOKEN.findall(task), _TOKEN.findall(answer)
    words = frozenset(below)
    steps = SequenceMatcher(None, above, below, autojunk=False).get_opcodes()
    out = []
    for before, step, after in zip(steps, steps[1:], steps[2:], strict=False):
        tag, i1, i2, _, _ = step
        if tag != "delete" or min(before[2] - before[1], after[2] - after[1]) < _AROUND or i2 - i1 > _CUT:
            continue
        gone = above[i1:i2]
        telling = _WORD.findall(_SAYS_LITTLE.sub(" ", " ".join(gone)))
        own = [word for word in telling if word not in words]
        if len(own) < _FEWEST or not _JOINT & {gone[0], gone[-1]} or not _is_new(" ".join(own), answer):
            continue
        if not any(all(word in text for word in own) for text in beside):
            out.append(" ".join(gone).strip(" ,").replace(" ,", ","))
    return tuple(out)


def _is_new(wording: str, answer: str) -> bool:
    """Whether a wording names a thing, not a further verb alone, of which an answer has no word of one class."""
    words = words_of(wording)
    return bool(words.kin.things) and words.classes.isdisjoint(words_of(answer).classes)


_WITHIN = re.compile(
    r"(?<!\w)(?:trong(?: vòng| thời hạn| thời gian)?|quá|chậm nhất(?: là)?(?: sau)?|tối đa)(?: không quá)?"
    r"\s+(?P<number>\d+)\s*(?P<unit>phút|giờ|ngày|tuần|tháng)(?!\w)(?! \d)"
)
_SO_OFTEN = re.compile(r"(?<![\w/])\d+ (?:lần|đợt|kỳ)(?!\w)")
_RECURS = re.compile(rf"(?<!\w)(?:{EVERY}|lần|đợt|kỳ|định kỳ|thường xuyên|ngày|tuần|tháng|quý)(?!\w)")
_TERM = re.compile(r"(?<![\w/])\d+\s*(?:phút|giờ|ngày|tuần|tháng)(?!\w|\s*\d)")


def lost_terms(task: str, answer: str) -> tuple[str, ...]:
    """The term within which a task is to be done each time, or how often, where an answer tells none.

    >>> lost_terms("Cập nhật hồ sơ trong vòng 10 ngày kể từ khi có thay đổi", "Cập nhật hồ sơ lên cơ sở dữ liệu")
    ('trong vòng 10 ngày',)
    >>> lost_terms("Trả hồ sơ trong 05 ngày", "Không quá 03 ngày phải trả hồ sơ"), lost_terms("trong tháng 5", "")
    ((), ())
    >>> lost_terms("Họp dân ít nhất mỗi quý 01 lần", "Họp dân ở đình"), lost_terms("Họp 02 lần", "Hằng tháng họp")
    (('01 lần',), ())
    """
    above, below = fold(task), fold(answer)
    asked = [found.group() for found in _WITHIN.finditer(above)] if not _TERM.search(below) else []
    often = [found.group() for found in _SO_OFTEN.finditer(above)] if not _RECURS.search(below) else []
    return (*asked, *often)


_ALL_DAY = re.compile(
    rf"(?<!\w)(?:24/24(?:\s*(?:giờ|h))?|24/7|24 giờ (?:trong|{EVERY}) ngày|cả ngày lẫn đêm|(?:suốt )?ngày đêm)(?!\w)"
)
_HOURS = re.compile(
    r"(?<!\w)(?:\d+\s*(?:giờ|h)(?:\d+|\s*\d+ phút)?(?: \w+)? đến \d+\s*(?:giờ|h)|giờ hành chính|ban ngày|ban đêm"
    r"|buổi (?:sáng|chiều|tối))(?!\w)"
)


def lost_hours(task: str, answer: str) -> tuple[str, ...]:
    """That something is to be done day and night, where an answer does it at some hours.

    >>> lost_hours("Canh cống 24/24 giờ", "Canh cống từ 19 giờ đến 05 giờ"), lost_hours("Trực 24/24", "Trực ngày đêm")
    (('24/24 giờ',), ())
    """
    asked, below = _ALL_DAY.search(fold(task)), fold(answer)
    if asked is None or _ALL_DAY.search(below) or not _HOURS.search(below):
        return ()
    return (asked.group(),)


#: Words of roles before the deed.
_ROLES = re.compile(rf"\A\s*(?:{family('role')}(?: với)?[\s,]*)+")


@lru_cache(maxsize=1)
def _looks() -> re.Pattern[str]:
    look = rf"(?:{named_words.words_of('only_looks')})(?!\w)"
    return re.compile(rf"{look}(?:(?:,| và| hoặc) {look})*(?P<further>(?:,| và) )?")


def only_looks(task: str, answer: str) -> bool:
    """Whether an answer begins by looking into a matter, where the task does not; both are folded.

    >>> only_looks("thu gom, tiêu hủy phao cũ", "rà soát, thống kê phao cũ")
    True
    >>> only_looks("thống kê phao cũ", "rà soát phao cũ"), only_looks("thu gom phao cũ", "rà soát, thu gom phao cũ")
    (False, False)
    >>> only_looks("mở tuyến xe khách", "khảo sát, công bố tuyến xe khách")
    False
    """
    looks = _looks()
    task, answer = (_ROLES.sub("", text, count=1) for text in (task, answer))
    found = looks.match(answer)
    if found is None or looks.match(task) is not None:
        return False
    if found["further"] and does_something(answer[found.end() :]):
        return False
    return " ".join(task.split()[:_VERB]) not in answer


__all__ = ["cut_out", "lost_hours", "lost_terms", "only_looks"]
