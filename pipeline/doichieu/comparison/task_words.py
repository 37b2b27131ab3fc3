"""The words of a task that say what is to be done: without who does it in which role, without numbers of documents, and
with verbs that answer each other made one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from doichieu.comparison.likeness import content_words, plain
from doichieu.lexicon import load
from doichieu.text import any_word, fold
from doichieu.text.memory import Memory


@lru_cache(maxsize=1)
def _frame() -> re.Pattern[str]:
    """Words that say who has which role in a task, not what is to be done."""
    return re.compile(any_word(load("counterparts")["frame"]))


@lru_cache(maxsize=1)
def _receivers() -> re.Pattern[str]:
    """Who is reported to: each level reports to the next one above, which is the same task."""
    words = sorted(load("counterparts")["receivers"], key=len, reverse=True)
    return re.compile(
        r"(?<!\w)báo cáo((?:\s+(?:kết quả|tình hình|định kỳ|với|về|cho|lên))*)\s+(?:"
        + "|".join(map(re.escape, words))
        + r")(?!\w)"
    )


@lru_cache(maxsize=1)
def _verb_classes() -> list[tuple[re.Pattern[str], str]]:
    """Verbs that answer each other, each class by its first."""
    return [(re.compile(any_word(words)), words[0]) for words in load("counterparts")["verbs"]]


_KIND = (
    r"(?:nghị quyết|kế hoạch|chương trình hành động|chương trình|đề án|chỉ thị|kết luận|quyết định|nghị định|thông tư"
    r"|luật|dự án|công văn|hướng dẫn|quy định)"
)
#: A document by its number or as "this": whichever it is, the task is the same one.
_SLOT = re.compile(
    rf"(?<!\w){_KIND}\s+(?:(?:số\s+)?\d[\w/.-]*(?:\s+ngày\s+[\d/.-]+(?:\s+tháng\s+\d+\s+năm\s+\d+)?)?|này|trên)"
    rf"|(?<!\w)(?:nghị quyết|kế hoạch|chương trình hành động|đề án|chỉ thị|kết luận)(?=\s*(?:của|và|,|\.|\Z))"
)


def task_words(text: str, bodies: Sequence[str] = ()) -> Counter[str]:
    """The words of a task that say what is to be done, and their pairs: without roles, bodies, numbers of documents.

    >>> task_words("Đôn đốc thực hiện Nghị quyết số 21-NQ/TU") == task_words("theo dõi thực hiện Kế hoạch này")
    True
    """
    return _task_words(text, tuple(bodies))


def _read_words(text: str, bodies: tuple[str, ...]) -> Counter[str]:
    return content_words(plain(in_classes(text, bodies)))


def in_classes(text: str, bodies: Sequence[str]) -> str:
    """The wording of a task, folded, with verbs of one class made one, without roles, bodies, numbers of documents."""
    text = fold(re.sub(r"[*_]", "", text))
    text = _SLOT.sub(" văn bản ", text)
    for name in sorted({fold(body) for body in bodies}, key=lambda n: (-len(n), n)):
        text = text.replace(name, " ")
    text = _receivers().sub(r"báo cáo\1 cấp trên", text)
    text = _frame().sub(" ", text)
    for pattern, name in _verb_classes():
        text = pattern.sub(name, text)
    return text


#: The words of the parent's tasks are asked for again with each child.
_task_words = Memory(_read_words)


__all__ = ["in_classes", "task_words"]
