"""Tasks that have somebody answer for something: no other deed answers them, and nobody can do them for another."""

from __future__ import annotations

import re

from doichieu.text import fold

_ANSWERS = re.compile(
    r"\W*(?:và |phải )?(?:hoàn toàn )?chịu (?:hoàn toàn )?trách nhiệm(?: toàn diện| chính| trực tiếp)?"
    r" (?:trước|với|nếu)(?!\w)"
)
_BLAMED = re.compile(r"(?<!\w)(?:trách nhiệm|kiểm điểm|kỷ luật|người đứng đầu|xử lý nghiêm)(?!\w)")


def is_accountable(task: str) -> bool:
    """Whether a task, told without who does it, has him answer to somebody.

    >>> is_accountable("Chịu trách nhiệm trước Tỉnh ủy nếu để cháy chợ"), is_accountable("Chịu trách nhiệm gom rác")
    (True, False)
    """
    return _ANSWERS.match(fold(task)) is not None


def tells_who_answers(text: str) -> bool:
    """Whether a wording tells who answers for something, or what becomes of him.

    >>> tells_who_answers("Kiểm điểm trưởng thôn để cháy chợ"), tells_who_answers("Theo dõi, đôn đốc các thôn")
    (True, False)
    """
    return _BLAMED.search(fold(text)) is not None


__all__ = ["is_accountable", "tells_who_answers"]
