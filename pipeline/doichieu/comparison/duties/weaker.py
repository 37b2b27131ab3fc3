"""What an answer in like words does less of a task: it only looks where something is to be done, leaves out within
which term, or has words cut out of the middle of the wording."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from doichieu.comparison.duties.links import Link
from doichieu.comparison.duties.task_words import does_something, words_of
from doichieu.comparison.duties.times import tells_a_time
from doichieu.lexicon import named_words
from doichieu.lexicon.families import EVERY, LEVEL, family
from doichieu.model import Document
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
#: By which day of a year, whichever it is.
_BY_DAY = re.compile(
    r"(?<!\w)(?:trước|chậm nhất|xong|hoàn thành)[^,;.\d]{0,20}ngày \d{1,2}(?:/| tháng )\d{1,2}(?![\d/]| năm \d)"
)
_A_YEAR = re.compile(rf"(?<!\w)(?:{EVERY}|cuối|báo cáo) năm(?!\w)")
_ANY_DAY = re.compile(r"\d{1,2}/\d{1,2}|(?<!\w)(?:ngày|tháng|quý|tuần|thứ) \d|(?<!\w)quý [iv]")
_EACH_TERM = re.compile(rf"(?<!\w){EVERY} (?:tuần|tháng|quý)(?!\w)")
_SOMEHOW_OFTEN = re.compile(r"(?<!\w)(?:liên tục|ngay|kịp thời|tự động|trực tiếp|thứ|chủ nhật|6 tháng)(?!\w)|\d/\d")
_TERM = re.compile(r"(?<![\w/])\d+\s*(?:phút|giờ|ngày|tuần|tháng)(?!\w|\s*\d)")


def lost_terms(task: str, answer: str) -> tuple[str, ...]:
    """The term within which a task is to be done each time, or how often, where an answer tells none.

    >>> lost_terms("Cập nhật hồ sơ trong vòng 10 ngày kể từ khi có thay đổi", "Cập nhật hồ sơ lên cơ sở dữ liệu")
    ('trong vòng 10 ngày',)
    >>> lost_terms("Trả hồ sơ trong 05 ngày", "Không quá 03 ngày phải trả hồ sơ"), lost_terms("trong tháng 5", "")
    ((), ())
    >>> lost_terms("Họp dân ít nhất mỗi quý 01 lần", "Họp dân ở đình"), lost_terms("Họp 02 lần", "Hằng tháng họp")
    (('01 lần',), ())
    >>> lost_terms("Nối số liệu trạm bơm lên mạng và cập nhật hằng tháng", "Nối số liệu trạm bơm lên mạng")
    ('hằng tháng',)
    >>> lost_terms("Mỗi năm nộp sổ nước trước ngày 15/6", "Nộp sổ nước sau mỗi vụ")
    ('trước ngày 15/6',)
    """
    above, below = fold(task), fold(answer)
    asked = [found.group() for found in _WITHIN.finditer(above)] if not _TERM.search(below) else []
    if not _ANY_DAY.search(below) and not _A_YEAR.search(below):
        asked += [found.group() for found in _BY_DAY.finditer(above)]
    if _RECURS.search(below):
        return tuple(asked)
    often = [found.group() for found in _SO_OFTEN.finditer(above)]
    each = [found.group() for found in _EACH_TERM.finditer(above)] if not _SOMEHOW_OFTEN.search(below) else []
    return (*asked, *(often or each))


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


#: The last day of a year, which stands for the year.
_YEAR_END = "12-31"


def lost_day(document: Document, answer: Link, task: Link) -> tuple[str, ...]:
    """The words for the day by which a task is to be done, where the clause of its answer in a document tells no time
    at all; the year alone is that of the plan."""
    if task.deadline_operator not in ("<", "<=", "within") or task.deadline.endswith(_YEAR_END) or not task.times.dates:
        return ()
    told = answer.deadline or tells_a_time(document, answer.clause.char_start, answer.clause.char_end)
    return () if told else (task.times.dates.get(task.deadline, task.deadline),)


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


@lru_cache(maxsize=1)
def _checks_and() -> re.Pattern[str]:
    """Verbs of looking into something at the beginning, and the verb of putting it right behind them."""
    manner = r"(?:(?:kịp thời|kiên quyết|nghiêm|nghiêm túc|đề xuất|kiến nghị|phương án|triệt để) )*"
    between = r"(?:(?! (?:gửi|để|trình|báo cáo|đề nghị) )[^;]){0,60}?"
    return re.compile(
        rf"(?:[^\W\d_]+ ){{0,8}}?(?:{named_words.words_of('checks')})(?!\w){between}(?:,| và) {manner}"
        rf"(?P<right>(?:{named_words.words_of('puts_right')})(?!\w)(?: \S+){{0,4}})"
    )


@lru_cache(maxsize=1)
def _checks() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{named_words.words_of('checks')}|nhắc nhở|nhắc|tuyên truyền|vận động)(?!\w)")


@lru_cache(maxsize=1)
def _puts_right() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{named_words.words_of('puts_right')})(?!\w)")


def only_checks(task: str, answer: str) -> tuple[str, ...]:
    """What is to be put right where a task has something looked into, of which an answer only has it looked into.

    >>> only_checks("kiểm tra, xử lý nghiêm chủ bè lấn luồng", "giám sát việc chấp hành quy định về neo bè")
    ('xử lý nghiêm chủ bè lấn',)
    >>> only_checks("kiểm tra, xử lý chủ bè lấn luồng", "đi kiểm tra, phạt bè lấn luồng")
    ()
    """
    found = _checks_and().match(task)
    if found is None or _puts_right().search(answer) or not _checks().search(answer):
        return ()
    return (found["right"],)


_FORBIDS = re.compile(r"(?:\S+ ){0,5}(?:không|nghiêm cấm|cấm|tuyệt đối không)(?! (?:để|quá|dưới|thu|dùng tiền))(?!\w)")
_AGAINST = re.compile(
    r"(?<!\w)(?:không|cấm|ngăn|ngăn ngừa|chấm dứt|dừng|ngừng|hạn chế|giảm|tránh|đình chỉ|phòng|chống|xử lý|chưa"
    r"|kiểm soát)(?!\w)"
)


def only_forbids(task: str, answer: str) -> tuple[str, ...]:
    """The deed of a task that is against nothing, where an answer begins with what may not be done; both folded.

    >>> only_forbids("dỡ lều quán trên bờ kè", "từ nay không cho thuê đất trên bờ kè")
    ('dỡ lều quán trên',)
    >>> only_forbids("hạn chế lều quán trên bờ kè", "không cho thuê đất trên bờ kè")
    ()
    """
    if _FORBIDS.match(answer) is None or _AGAINST.search(task):
        return ()
    return (" ".join(task.split()[: 2 * _VERB]),)


__all__ = ["cut_out", "lost_day", "lost_hours", "lost_terms", "only_checks", "only_forbids", "only_looks"]
