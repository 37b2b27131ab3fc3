"""The parts of a task, each object and each further verb that a comma or ``và`` joins, and how much of each a text
says.

A task of which the child takes up one part and says nothing of another is answered in part, however alike the rest of
the wording is: ``quản lý bệnh không lây nhiễm và rối loạn sức khỏe tâm thần`` by ``quản lý bệnh không lây nhiễm``.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from doichieu.comparison.duties.taken_up import parted, trunk
from doichieu.comparison.duties.task_kin import Kin
from doichieu.comparison.duties.task_words import does_something, words_of
from doichieu.comparison.meaning.terms import idle
from doichieu.lexicon.families import LEVEL
from doichieu.text.memory import remembered

#: Where parts are joined; "phòng, chống" and "khám bệnh, chữa bệnh" are one deed.
_JOINTS = re.compile(
    r"\s*(?!,\s+(?:chống|chữa cháy|chữa bệnh)(?!\w))[,;]\s*(?:và\s+)?|\s+(?:và|hoặc|cùng|kết hợp)\s+", re.IGNORECASE
)
_ASIDE = re.compile(r"\([^()]*\)")

#: A part with fewer words says too little by itself: it is often only a second verb of the same kind.
_FEWEST = 3
#: A half is at least so many words, and is said where so much of it is.
_FEW, _MOSTLY = 2, 0.5
#: A part that begins behind so many words is of the manner, no part of the task.
_FURTHEST = 16
#: Up to this share of what a part says it is left out.
LEFT_OUT = 0.2
#: From this share of its deeds and things on a part is told in other words.
AKIN = 0.4
#: What another text says more of is not left out.
_ELSEWHERE = 0.4
#: By when a task is to be done is told apart from what is to be done.
_DATE = re.compile(r"\b(?:trước|trong|đến|chậm nhất)\b[^,;]{0,12}\b(?:ngày|tháng|quý|năm)\b", re.IGNORECASE)


#: A part that only says what somebody or something is like, or how it is to end: "không nơi nương tựa".
_LIKENESS = re.compile(
    r"(?:không (?:nơi|có|còn)|chưa|bị|đang|còn|chấm dứt(?: tình trạng)?|có (?:vấn đề|hoàn cảnh|nguy cơ))(?!\w)"
)


class Part(NamedTuple):
    """One part of a task: its wording, its words of content, these by classes, and its deeds and things by kin."""

    wording: str
    words: tuple[str, ...]
    classes: frozenset[str]
    kin: Kin

    def and_then(self, other: Part) -> Part:
        """The part with the one behind it."""
        words = tuple(dict.fromkeys(self.words + other.words))
        kin = Kin.of(dict.fromkeys(self.kin.deeds + other.kin.deeds), dict.fromkeys(self.kin.things + other.kin.things))
        return Part(f"{self.wording}, {other.wording}", words, self.classes | other.classes, kin)

    def is_akin_to(self, families: frozenset[str], others: frozenset[str]) -> bool:
        """Whether a text that speaks of some families speaks of most of the deeds and things that a part has alone; the
        ``others`` speak of some too."""
        spoken = [one for one in (*self.kin.deeds, *self.kin.things) if one.isdisjoint(others)]
        return bool(spoken) and sum([not one.isdisjoint(families) for one in spoken]) >= AKIN * len(spoken)


def parts_of(task: str, bodies: Sequence[str] = ()) -> tuple[Part, ...]:
    """The parts of the core of a task; a single word goes with its neighbour.

    >>> [part.wording for part in parts_of("Xây dựng bản đồ số, gắn mã QR tại các di tích")]
    ['Xây dựng bản đồ số', 'gắn mã QR tại các di tích']
    """
    out: list[Part] = []
    text, start = _ASIDE.sub(" ", trunk(task)), 0
    for joint in (*_JOINTS.finditer(text), None):
        wording = text[start : joint.start() if joint else len(text)].strip()
        if len(text[:start].split()) >= _FURTHEST:
            break
        start = joint.end() if joint else start
        own = words_of(wording, bodies)
        part = Part(wording, tuple(w for w in parted(own.told).single if len(w) > 1), own.classes, own.kin)
        if not part.words:
            continue
        if out and (len(part.words) < 2 or len(out[-1].words) < 2):
            out.append(out.pop().and_then(part))
        else:
            out.append(part)
    return tuple(out)


def half_left_out(parts: Sequence[Part], answer: frozenset[str], tells: Mapping[str, float]) -> tuple[str, ...]:
    """The wordings of the parts of which an answer says nothing that says another part for the most.

    >>> parts = parts_of("Kiểm soát nước rỉ rác, khí bãi chôn lấp")
    >>> half_left_out(parts, frozenset({"kiểm_tra", "nước", "rỉ", "rác"}), {})
    ('khí bãi chôn lấp',)
    """
    some = [part for part in parts if len(part.classes) >= _FEW]
    if not any(len(part.classes & answer) >= _FEW and _said(part, answer, tells) >= _MOSTLY for part in some):
        return ()
    return tuple(part.wording for part in some if not part.classes & answer and not _tells_nothing(part))


def is_likeness(wording: str) -> bool:
    """Whether a folded wording only says what somebody or something is like, or how it is to end."""
    return _LIKENESS.match(wording) is not None


def tells_when(wording: str) -> bool:
    """Whether a wording tells by when something is to be done."""
    return _DATE.search(wording) is not None


def _said(part: Part, words: frozenset[str], tells: Mapping[str, float]) -> float:
    """How much of a part some words say."""
    whole = math.fsum([tells.get(word, 1.0) for word in part.classes])
    return math.fsum([tells.get(word, 1.0) for word in part.classes & words]) / whole


def _tells_nothing(part: Part) -> bool:
    """Whether a part is of the manner or the time of a task."""
    wording = part.wording.casefold()
    return bool(_DATE.search(wording) or _LIKENESS.match(wording))


def left_out(
    parts: Sequence[Part],
    answer: frozenset[str],
    beside: Iterable[frozenset[str]],
    tells: Mapping[str, float],
    families: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """The wordings of the parts of a task, of several, of which its answer says next to nothing and no text ``beside``
    it much; all are asked by classes, ``tells`` is what each class tells; the answer, which speaks of some
    ``families``, by kin too.

    >>> parts = parts_of("Quản lý bệnh hen phế quản và rối loạn giấc ngủ kéo dài")
    >>> left_out(parts, frozenset({"quản", "lý", "bệnh", "hen", "phế"}), [frozenset({"bệnh"})], {})
    ('rối loạn giấc ngủ kéo dài',)
    >>> parts = parts_of("Trồng cây xanh và cấm thả rông chó mèo")
    >>> answer = words_of("Trồng cây xanh, nhắc dân đeo rọ mõm cho chó")
    >>> left_out(parts, answer.classes, [], {}), left_out(parts, answer.classes, [], {}, answer.kin.families)
    (('cấm thả rông chó mèo',), ())
    """
    out, others = [], list(beside)
    for part in parts if len(parts) > 1 else ():
        if len(part.classes) < _FEWEST or _tells_nothing(part):
            continue
        if families and part.is_akin_to(families, frozenset().union(*[p.kin.families for p in parts if p is not part])):
            continue
        if _said(part, answer, tells) <= LEFT_OUT and all(_said(part, words, tells) <= _ELSEWHERE for words in others):
            out.append(part.wording)
    return tuple(out)


#: A wording is kept where so much of what is not dropped stands in the answer, and at least so many words of it.
_KEPT, _KEPT_WORDS = 0.65, 5
#: So little of a dropped part is said in other words, and no other link says so much of it.
_SPARE, _SAID_BESIDE = 0.25, 0.65
#: A link beside the answer is of the same deed where it has so much of what is kept.
_SAME_DEED = 0.3
_WORD = re.compile(r"\w+")


def _read_pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(_WORD.findall(text)))


#: The pairs of words of a wording: members are laid beside each other, and links beside several tasks.
_pairs = remembered(_read_pairs)
#: Its words.
_words = remembered(lambda text: frozenset(_WORD.findall(text)))


def dropped(task: str, answer: str, beside: Iterable[str]) -> tuple[str, ...]:
    """The parts of a task, however short and far behind, that an answer in its very words leaves out, and that no text
    ``beside`` it says: who keeps the wording and drops a name out of its list means to drop it.

    >>> task = "cấp phát giống lúa chịu mặn cho hộ nghèo, hộ khuyết tật và ngư dân"
    >>> dropped(task, "cấp phát giống lúa chịu mặn cho hộ nghèo toàn xã", [])
    ('hộ khuyết tật', 'ngư dân')
    >>> dropped(task, "phát lúa giống cho nhà nghèo", [])
    ()
    >>> dropped("trồng tre chắn sóng và đắp bờ bao quanh làng", "đắp bờ bao quanh làng trước mùa lũ", [])
    ('trồng tre chắn sóng',)
    """
    members, words = _members(task), _words(answer)
    if len(members) < _FEW or sum([word in words for word in _WORD.findall(task)]) < _KEPT_WORDS:
        return ()
    gone, rest = _gone(members, answer)
    kept = sum([word in words for word in rest])
    if not gone or kept < max(_KEPT_WORDS, _KEPT * len(rest)):
        return ()
    new = sum([_is_new(wording, task) for wording in _members(answer)])
    same = set(rest)
    others = [text for text in beside if len(same & _words(text)) >= _SAME_DEED * len(same)]
    out = tuple(w for w in gone if not any(_says(w, _pairs(t), words_of(t).classes) for t in others))
    return out if len(out) > new or any(map(_deed, out)) else ()  # as many others stand in their place


def _behind_the_first(members: Sequence[str], answer: str) -> str:
    """What the first member of a list says behind the words that an answer opens with, where the answer goes on with
    a later member: nothing where it does not.

    >>> _behind_the_first(["xem xét việc cấp phép", "việc thu phí"], "xem xét việc thu phí ở bến")
    'việc cấp phép'
    """
    said, first = _WORD.findall(answer), _WORD.findall(members[0])
    later = [_WORD.findall(member)[:_FEW] for member in members[1:]]
    for number in range(len(first) - _FEW + 1):
        if said[number : number + _FEW] in later:
            return " ".join(first[number:])
        if said[number : number + 1] != first[number : number + 1]:
            break
    return ""


def _gone(members: Sequence[str], answer: str) -> tuple[list[str], list[str]]:
    """The members of a list that an answer leaves out, the first only where it opens with another, and the words of
    the others."""
    there, unsaid_first = _pairs(answer), _behind_the_first(members, answer)
    members = [unsaid_first or members[0], *members[1:]]
    pairs = [_pairs(_head(member)).difference(*[_pairs(o) for o in members if o != member]) for member in members]
    gone: list[str] = []
    rest: list[str] = []
    first = 0 if unsaid_first else 1
    if not any(own and _apart(own, there, number) for number, own in enumerate(pairs) if number >= first):
        return gone, rest
    said = words_of(answer).classes
    for number, (member, own) in enumerate(zip(members, pairs, strict=True)):
        unsaid = number >= first and bool(own) and _apart(own, there, number) and _spare(member, members, said)
        if unsaid and not _names_nothing(member):
            gone.append(member)
        elif not own.isdisjoint(there) or words_of(member).classes - words_of(" ".join(gone)).classes:
            rest += _WORD.findall(member)
    return gone, rest


def _apart(own: frozenset[tuple[str, str]], there: frozenset[tuple[str, str]], number: int) -> bool:
    """Whether a member, by its number, has its pairs of words for itself: the first may share a name with another."""
    return len(own & there) <= (0 if number else _SPARE * len(own))


def _read_members(text: str) -> tuple[str, ...]:
    some = _JOINTS.split(_ASIDE.sub(" ", trunk(text)))
    return tuple(wording for wording in some if _WORD.search(wording) and not _DATE.search(wording))


#: The members of the lists of a task, without what is told aside and by when.
_members = remembered(_read_members)


def _is_new(wording: str, task: str) -> bool:
    """Whether a member of an answer has nothing of the task and is no verb alone."""
    if wording.split()[1:] and _names_nothing(wording):
        return False
    return _pairs(wording).isdisjoint(_pairs(task)) if " " in wording else wording not in _WORD.findall(task)


_PLACES = re.compile(rf"(?:các\s+)?(?:{LEVEL}|tổ chức|cá nhân|tập thể|đơn vị)")


def _names_nothing(wording: str) -> bool:
    """Whether a member is no name of its own: a further verb alone, a kind of place, a likeness, a word."""
    few = len(wording.split()) <= _FEW
    return bool((few and does_something(wording)) or _PLACES.fullmatch(wording) or _LIKENESS.match(wording)) or not (
        _pairs(wording)
    )


def _deed(wording: str) -> bool:
    """Whether a member is a deed with an object of its own."""
    return does_something(wording) and len(words_of(wording).classes) > _FEW


_COMPLEMENT = re.compile(r"\s(?:cho|tại|ở|trong|đối với|vào|theo|trên|từ|đến)\s")


def _head(member: str) -> str:
    """A member without whom, where and when, which its list has in common; two words stay in any case."""
    found = _COMPLEMENT.search(member, len(" ".join(member.split()[:_FEW])))
    return member[: found.start()] if found else member


def _spare(member: str, members: Sequence[str], said: frozenset[str]) -> bool:
    """Whether hardly any class of words that a member has alone is said; one that has none tells nothing."""
    classes = words_of(_head(member)).classes.difference(
        *[words_of(other).classes for other in members if other != member]
    )
    return bool(classes) and len(classes & said) <= _SPARE * len(classes)


def _says(wording: str, pairs: frozenset[tuple[str, str]], said: frozenset[str]) -> bool:
    own, classes = _pairs(wording), words_of(wording).classes
    return len(own & pairs) >= _SAID_BESIDE * len(own) or len(classes & said) >= _SAID_BESIDE * len(classes)


#: An exchange counts between so many equal words on either side; longer ones are another wording.
_AROUND, _EXCHANGED = 3, 2
_SAYS_NOTHING = re.compile(r"\d+|hằng|hàng|mỗi|từng|năm|quý|tháng|tỉnh|huyện|xã|thị|thành|phố|phường|địa|phương|ủy")


def exchanged(task: Sequence[str], answer: Sequence[str]) -> tuple[str, ...]:
    """The words of a task in whose place an otherwise equal wording has others: ``tàu vỏ [thép] thay tàu vỏ gỗ``.

    >>> exchanged("đóng tàu vỏ thép thay tàu gỗ".split(), "ngư dân đóng tàu vỏ nhựa thay tàu gỗ".split())
    ('thép',)
    """
    if (Counter(task) & Counter(answer)).total() < 2 * _AROUND:
        return ()
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
        here, there = " ".join(task[i1:i2]), " ".join(answer[j1:j2])
        if moved or any(word in idle() or _SAYS_NOTHING.fullmatch(word) for word in words):
            continue
        if words_of(here).classes != words_of(there).classes:  # another word of one class says the same
            out.append(here)
    return tuple(out)


__all__ = [
    "LEFT_OUT",
    "Part",
    "dropped",
    "exchanged",
    "half_left_out",
    "is_likeness",
    "left_out",
    "parts_of",
    "tells_when",
]
