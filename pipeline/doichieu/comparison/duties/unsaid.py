"""Members of the lists of a task of which an answer in other words says nothing: ``dạy nhạc ngũ âm, múa cổ điển`` by
``mời nghệ nhân dạy đánh nhạc ngũ âm``.

Who words a task anew names other things in the place of those it means by other words; who means to leave a member out
names nothing in its place and keeps the others.  What holds of it:

1. a member is said by any of its own words, by words of their classes, or by a thing of its kin that the answer names
   beside what answers the rest of the task;
2. where an answer has as many new members as it lacks, it tells the same otherwise, and lacks nothing;
3. where little of the rest is kept, nobody can tell what is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from doichieu.comparison.duties.taken_up import trunk
from doichieu.comparison.duties.task_parts import is_likeness, tells_when
from doichieu.comparison.duties.task_words import Words, does_something, words_of
from doichieu.lexicon.families import EVERY, LEVEL, SETTLEMENT

#: Where members are joined, outside names in quotation marks.
_JOINTS = re.compile(
    r"\s*(?!,\s+(?:chống|chữa cháy|chữa bệnh|cứu hộ|cứu nạn)(?!\w))[,;]\s*(?:(?:và|hoặc|kể cả|cũng như)\s+)?"
    r"|\s+(?:và|hoặc|hay|cùng|cũng như|kể cả|kết hợp)\s+"
)
_ASIDE, _QUOTED, _WORD = re.compile(r"\([^()]*\)"), re.compile(r"[“\"][^”\"]*[”\"]"), re.compile(r"[^\W_]+")
#: What ends the name of a thing: whom it is for, where, what is not done with it.
_BEHIND = re.compile(
    r"\s(?:cho|tại|ở|trong|trên|đối với|vào|theo|từ|đến|về|không|do|của|bằng|để|qua|thuộc|gắn với|ký|được|nhằm)\s"
)
#: What tells one by one things that are counted before: "theo ba nhóm: rác tái chế, rác thực phẩm".
_COUNTED = re.compile(r"(?<=\w)(?<! mục)(?: (?:\d+|hai|ba|bốn|năm|sáu|bảy) (?:[^\W\d_]+ ?){1,3}):.*", re.DOTALL)
#: How often and when the whole of a list is done.
_WHEN = re.compile(rf"\s+{EVERY}\s+(?:năm|quý|tháng|tuần|ngày)(?!\w)")
_FEW = 2
#: The first member tells its verb and what the others have in common with it too.
_OPENING = 3
#: The class of verbs that say no more than that something is done.
_IDLE = frozenset({"thực_hiện"})
#: So much of what is not left out is kept at least, and no more of a member stands in another link.
_KEPT, _ELSEWHERE = 0.5, 0.6
_NO_NAME = re.compile(
    rf"\A(?:(?:các|mỗi|những|phối hợp|cùng|với|ở)\s+)*"
    rf"(?:{LEVEL}|{SETTLEMENT}|ngành|đơn vị|cơ quan|chính quyền|cấp ủy|địa phương|ban"
    r"|mới|cũ|đã|đang|chưa|rất|dễ|khó|bị|được)(?!\w)"
    rf"|(?<!\w)(?:{EVERY}|khi|sau khi|nếu|thứ|chủ nhật|buổi|ngày)(?!\w)|\d|(?:liên quan|khác)\Z"
)


def members_of(text: str) -> list[str]:
    """The members of the lists of a folded wording, names in quotation marks as one.

    >>> members_of('dựng mô hình "vườn, ao, chuồng", "ba sạch" và chấm điểm')
    ['dựng mô hình "vườn, ao, chuồng"', '"ba sạch"', 'chấm điểm']
    """
    names = [found.span() for found in _QUOTED.finditer(text)]
    out, start = [], 0
    for joint in (*_JOINTS.finditer(text), None):
        if joint is not None and any(first < joint.start() < last for first, last in names):
            continue
        out.append(text[start : joint.start() if joint else len(text)].strip(" ./"))
        start = joint.end() if joint else start
    return [member for member in out if member]


def _head(member: str) -> str:
    """The name of a member, with its verb, without what is behind it; a verb alone is no name."""
    least = _FEW
    while found := _BEHIND.search(member, len(" ".join(member.split()[:least]))):
        head = member[: found.start()]
        if not does_something(head) or len(words_of(head).classes - _IDLE) >= _FEW:
            return head
        least = len(head.split()) + 1
    return member


def _names_a_thing(member: str, least: int = 1) -> bool:
    """Whether a member names something to be there: no time, no likeness, no place of a kind, no verb alone; with so
    many words at least."""
    if tells_when(member) or is_likeness(member) or _NO_NAME.search(member) or len(member.split()) < least:
        return False
    few = len(member.split()) <= _FEW or len(words_of(member).classes - _IDLE) < _FEW
    return not (few and does_something(member))


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(_WORD.findall(text)))


def unsaid(task: str, answer: str, beside: Iterable[frozenset[str]]) -> tuple[str, ...]:
    """The members of a task, folded and without who does it, of which an answer says nothing, and no text ``beside``
    it, by classes, much.

    >>> unsaid("mở lớp dạy nhạc ngũ âm, múa cổ điển cho thiếu niên", "mời thầy dạy nhạc ngũ âm cho thiếu niên ở xã", [])
    ('múa cổ điển cho thiếu niên',)
    >>> unsaid("mở lớp dạy nhạc ngũ âm, múa cổ điển", "mở lớp dạy đánh nhạc ngũ âm, điệu rom vong", [])
    ()
    """
    text = _WHEN.sub(" ", trunk(_ASIDE.sub(" ", _COUNTED.sub(" ", task))))
    members = members_of(text)
    if len(members) < _FEW:
        return ()
    said, there = words_of(answer), _pairs(answer)
    heads = [members[0], *map(_head, members[1:])]
    classes = [words_of(head).classes - _IDLE for head in heads]
    out = []
    for number, (member, head) in enumerate(zip(members, heads, strict=True)):
        if not _names_a_thing(head, _FEW) or (not number and len(classes[0]) < _OPENING):
            continue
        others = [other for i, other in enumerate(members) if i != number and classes[i] != classes[number]]
        rest = " , ".join([*others, member[len(head) :]])
        if not _lacks(head, rest, said, there):
            continue
        if not any(len(classes[number] & text) >= _ELSEWHERE * len(classes[number]) for text in beside):
            out.append(member)
    if not out or len(out) <= _new(answer, members, out) or not _keeps(members, out, said):
        return ()
    return tuple(out)


def _lacks(head: str, others: str, said: Words, there: frozenset[tuple[str, str]]) -> bool:
    """Whether nothing that a member has alone is said, in words, by classes, or by kin beside what says the others."""
    words, rest = words_of(head), words_of(others)
    own = words.classes - rest.classes - _IDLE
    if not own or own & said.classes or not (_pairs(head) - _pairs(others)).isdisjoint(there):
        return False
    taken = {*rest.kin.things, *rest.kin.deeds}
    left = frozenset().union(*[one for one in (*said.kin.things, *said.kin.deeds) if one not in taken])
    fresh = [one for one in (*words.kin.things, *words.kin.deeds) if one not in taken]
    return bool(fresh) and all(one.isdisjoint(left) for one in fresh)  # else it is another word for one of the others


def _keeps(members: Sequence[str], out: Sequence[str], said: Words) -> bool:
    """Whether enough of what is not left out stands in the answer."""
    rest = words_of(" , ".join([member for member in members if member not in out])).classes
    return len(rest & said.classes) >= _KEPT * len(rest)


def _new(answer: str, members: Sequence[str], out: Sequence[str]) -> int:
    """How many members of an answer have nothing that the members of a task that it keeps have for themselves."""
    gone = words_of(" , ".join(map(_head, out))).classes
    rest = [member[len(_head(member)) :] if member in out else member for member in members]
    kept = words_of(" , ".join(rest)).classes - gone
    some = [member for member in members_of(_ASIDE.sub(" ", answer)) if _names_a_thing(member)]
    return sum([words_of(member).classes.isdisjoint(kept) for member in some])


__all__ = ["members_of", "unsaid"]
