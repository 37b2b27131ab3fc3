"""Lines and sentences that only tell who does the task before them, or by when: "Chủ trì: Sở Y tế", "Thời gian: quý I".

What holds of them: they are no tasks; whom they charge is charged with the task before them in the same node, and a
wording with nothing but such lines below it is a task, no heading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from doichieu.comparison.duties.times import Times
from doichieu.lexicon import load
from doichieu.model import Assignment, Clause
from doichieu.text import any_word, fold

#: The rule of extraction that reads a body from a label.
_RULE = "role_line"
_LABEL = re.compile(r"[\s*_+–-]*[^:.;|()]{3,60}?\s*(?:\([^()]*\)\s*)?:\s*(?P<rest>.*)", re.DOTALL)
#: What joins the bodies of a list, and so many words may stand behind them that are no name known.
_JOINED, _MOST = re.compile(r"\A(?:(?:và|cùng|đồng thời)(?!\w)|[\s,;:])+", re.IGNORECASE), 12
#: What stands in a sentence of a term beside its label and its date.
_AROUND = re.compile(
    r"(?:thực hiện|hoàn thành|dự kiến|trước|trong|xong|vào|đến|từ|cuối|đầu|hết|ngày|tháng|quý|năm|\W)+"
)


def only_tells_who(wording: str, own: Sequence[Assignment], *, line: bool) -> bool:
    """Whether a stretch only charges bodies with a task that stands elsewhere: all that it charges is read from a
    label, the task is none of its words, and no deed stands behind them; so does a ``line`` of roles that names nobody
    known."""
    told = " ".join(wording.split())
    found = _LABEL.match(told)
    rest = found["rest"] if found else told
    if not own:
        return line and found is not None and not opens_with_verb(rest)
    for body in sorted({a.agency for a in own}, key=len, reverse=True):
        rest = rest.replace(body, "")
    elsewhere = all(a.rule == _RULE and (not a.task or " ".join(a.task.split()) not in told) for a in own)
    rest = _JOINED.sub("", rest)
    return elsewhere and not opens_with_verb(rest) and len(rest.split()) <= _MOST


@lru_cache(maxsize=1)
def _time_labels() -> re.Pattern[str]:
    return re.compile(any_word([*load("dates")["time_labels"], "thời gian thực hiện", "thời gian hoàn thành"]))


def only_tells_when(wording: str, times: Times) -> bool:
    """Whether a stretch says nothing but by when, or how often, the task before it is to be done.

    >>> term = Times({"2026-06-30": "quý II/2026"}, "<=", 0.0)
    >>> only_tells_when("Hoàn thành trong quý II/2026", term), only_tells_when("Thời gian: quý II/2026", term)
    (True, True)
    >>> only_tells_when("Hoàn thành 05 km đường trong quý II/2026", term)
    False
    """
    told = fold(wording)
    found = _time_labels().match(told)
    if found is None or not times.dates:
        return False
    rest = told[found.end() :]
    for quote in times.dates.values():
        rest = rest.replace(fold(quote), " ")
    return not _AROUND.sub("", rest)


def lent(
    clauses: Sequence[Clause], given: Mapping[str, Sequence[Assignment]], heads: set[str]
) -> dict[str, list[Assignment]]:
    """What lines of roles charge bodies with, by the clauses before them in their node: those from the one on that
    holds the task, or all; what heads the others is none of them."""
    out: dict[str, list[Assignment]] = {}
    group: list[Clause] = []
    closed = False
    for clause in clauses:
        if not clause.leaf:
            continue
        if clause.kind != _RULE:
            if closed or (group and group[0].parent_id != clause.parent_id):
                group = []
            group.append(clause)
            closed = False
            continue
        closed = True
        for one in given.get(clause.clause_id, ()):
            for member in _concerned(one, clause, group, heads):
                out.setdefault(member.clause_id, []).append(one)
    return out


def _concerned(one: Assignment, line: Clause, group: Sequence[Clause], heads: set[str]) -> Sequence[Clause]:
    """The clauses of a group whose task a line gives to a body."""
    if not group or group[0].parent_id != line.parent_id or one.rule != _RULE:
        return ()
    some = [c for c in group if c.clause_id not in heads] or group
    task = " ".join(one.task.split())
    first = next((i for i, c in enumerate(some) if task and task in " ".join(c.text.split())), 0)
    return some[first:]


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    words = load("task_verbs")
    lead = any_word([*words["adverbs"], *words["light"], "từng bước", "kiên quyết", "có"])
    return re.compile(
        rf"(?:{lead}[\s,]+)*{any_word([*words['plain'], *words['light'], 'chủ trì', 'phối hợp', 'tham mưu'])}"
    )


def opens_with_verb(text: str) -> bool:
    """Whether a stretch begins with a verb of doing.

    >>> opens_with_verb("Từng bước mở rộng mạng lưới"), opens_with_verb("Dữ liệu là tài sản")
    (True, False)
    """
    return _verbs().match(fold(text)) is not None


@lru_cache(maxsize=1)
def _openings() -> re.Pattern[str]:
    return re.compile(any_word(load("task_kin")["openings"]))


def does_something(text: str) -> bool:
    """Whether a stretch opens with a verb of any deed, also of one that roles are told with.

    >>> does_something("Kiểm tra cân ở chợ"), does_something("Ra quân dọn bãi biển"), does_something("Tỷ lệ hộ nghèo")
    (True, True, False)
    """
    return opens_with_verb(text) or _openings().match(fold(text)) is not None


__all__ = ["does_something", "lent", "only_tells_when", "only_tells_who", "opens_with_verb"]
