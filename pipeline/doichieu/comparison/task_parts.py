"""The parts of a task, each object and each further verb that a comma or ``và`` joins, and how much of each a text
says.

A task of which the child takes up one part and says nothing of another is answered in part, however alike the rest of
the wording is: ``quản lý bệnh không lây nhiễm và rối loạn sức khỏe tâm thần`` by ``quản lý bệnh không lây nhiễm``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from doichieu.comparison.taken_up import trunk
from doichieu.comparison.terms import idle

_JOINTS = re.compile(r"\s*[,;]\s*(?:và\s+)?|\s+(?:và|hoặc|cùng|kết hợp)\s+")
_ASIDE = re.compile(r"\([^()]*\)")

#: A part with fewer words says too little by itself: it is often only a second verb of the same kind.
_FEWEST, _PLENTY = 3, 4
#: A part that begins behind so many words is of the manner, no part of the task.
_FURTHEST = 16
#: Up to this share of what a part says it is left out; from this on it is answered.
_LEFT_OUT, _ANSWERED = 0.2, 0.6


class Part(NamedTuple):
    """One part of a task: its wording, its words of content."""

    wording: str
    words: tuple[str, ...]


class Answered(NamedTuple):
    """What a text says of the parts of a task: whether one of several words is answered, and the wordings left out."""

    some: bool
    left_out: tuple[str, ...]


def parts_of(task: str, words_in: Callable[[str], Iterable[str]]) -> tuple[Part, ...]:
    """The parts of the core of a task; a single word goes with its neighbour.

    >>> [part.wording for part in parts_of("Xây dựng bản đồ số, gắn mã QR tại các di tích", str.split)]
    ['Xây dựng bản đồ số', 'gắn mã QR tại các di tích']
    """
    out: list[Part] = []
    text, start = _ASIDE.sub(" ", trunk(task)), 0
    for joint in (*_JOINTS.finditer(text), None):
        wording = text[start : joint.start() if joint else len(text)].strip()
        if len(text[:start].split()) >= _FURTHEST:
            break
        start = joint.end() if joint else start
        words = tuple(dict.fromkeys(w for w in words_in(wording) if " " not in w and len(w) > 1))
        if not words:
            continue
        if out and (len(words) < 2 or len(out[-1].words) < 2):
            last = out.pop()
            out.append(Part(f"{last.wording}, {wording}", tuple(dict.fromkeys(last.words + words))))
        else:
            out.append(Part(wording, words))
    return tuple(out)


def answered(parts: Iterable[Part], said: frozenset[str], tells: Mapping[str, float], new: float) -> Answered:
    """Which parts a text with the words ``said`` answers; ``tells`` is what each word tells, ``new`` what an unknown
    one does.

    >>> parts = (Part("bệnh lây nhiễm", ("bệnh", "lây", "nhiễm", "dễ")), Part("tâm thần", ("tâm", "thần", "rối")))
    >>> answered(parts, frozenset({"bệnh", "dễ", "lây", "nhiễm"}), {}, 1.0)
    Answered(some=True, left_out=('tâm thần',))
    """
    some, left_out = False, []
    for part in parts:
        told = {word: tells.get(word, new) for word in part.words}
        share = sum(weight for word, weight in told.items() if word in said) / (sum(told.values()) or 1.0)
        some = some or (share >= _ANSWERED and len(part.words) >= _PLENTY)
        if share <= _LEFT_OUT and len(part.words) >= _FEWEST:
            left_out.append(part.wording)
    return Answered(some, tuple(left_out))


#: An exchange counts between so many equal words on either side; longer ones are another wording.
_AROUND, _EXCHANGED = 3, 2
_SAYS_NOTHING = re.compile(r"\d+|hằng|hàng|mỗi|từng|năm|quý|tháng|tỉnh|huyện|xã|thị|thành|phố|phường|địa|phương|ủy")


def exchanged(task: Sequence[str], answer: Sequence[str]) -> tuple[str, ...]:
    """The words of a task in whose place an otherwise equal wording has others: ``tàu vỏ [thép] thay tàu vỏ gỗ``.

    >>> exchanged("đóng tàu vỏ thép thay tàu gỗ".split(), "ngư dân đóng tàu vỏ nhựa thay tàu gỗ".split())
    ('thép',)
    """
    steps = SequenceMatcher(None, task, answer, autojunk=False).get_opcodes()
    out = []
    for before, step, after in zip(steps, steps[1:], steps[2:], strict=False):
        tag, i1, i2, j1, j2 = step
        if tag != "replace" or max(i2 - i1, j2 - j1) > _EXCHANGED:
            continue
        if before[2] - before[1] < _AROUND or after[2] - after[1] < _AROUND:
            continue
        words = (*task[i1:i2], *answer[j1:j2])
        moved = set(task[i1:i2]) & set(answer) or set(answer[j1:j2]) & set(task)
        if not moved and not any(word in idle() or _SAYS_NOTHING.fullmatch(word) for word in words):
            out.append(" ".join(task[i1:i2]))
    return tuple(out)


__all__ = ["Answered", "Part", "answered", "exchanged", "parts_of"]
