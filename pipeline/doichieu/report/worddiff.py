"""Which words of two wordings differ; Vietnamese compounds are compared whole."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal

from doichieu.text import fold

# Words of one side times words of the other: what is longer is compared with less care, for the work grows with this
# product.
_LONG, _HUGE = 500_000, 20_000_000


def pieces(child: str, parent: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both wordings as (text, differs) stretches.

    >>> pieces("đạt 15% trở lên", "đạt 10% trở lên")[0]
    [('đạt ', False), ('15%', True), (' trở lên', False)]
    """
    if child == parent:
        return [(child, False)] if child else [], [(parent, False)] if parent else []
    a, b = _tokens(child), _tokens(parent)
    opcodes = _opcodes([fold(t) for t in a], [fold(t) for t in b])
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for kind, i1, i2, j1, j2 in opcodes:
        differs = kind != "equal"
        _add(left, "".join(a[i1:i2]), differs)
        _add(right, "".join(b[j1:j2]), differs)
    return _tight(left), _tight(right)


def _tight(parts: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The same stretches, no mark on the blanks at their ends."""
    out: list[tuple[str, bool]] = []
    for text, differs in parts:
        begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
        for piece, marked in (
            ((text[:begin], False), (text[begin:end], True), (text[end:], False))
            if differs and text.strip()
            else ((text, False),)
        ):
            if piece and out and out[-1][1] == marked:
                out[-1] = (out[-1][0] + piece, marked)
            elif piece:
                out.append((piece, marked))
    return out


def _opcodes(a: list[str], b: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Stretches of both lists, equal or not.  Of long lists the commonest words begin no match; of huge ones only
    beginnings and ends match."""
    work = len(a) * len(b)
    if work <= _HUGE:
        return list(SequenceMatcher(None, a, b, autojunk=work > _LONG).get_opcodes())
    shorter = min(len(a), len(b))
    head = next((i for i in range(shorter) if a[i] != b[i]), shorter)
    tail = next((i for i in range(shorter - head) if a[-1 - i] != b[-1 - i]), shorter - head)
    ends = len(a) - tail, len(b) - tail
    return [
        ("equal", 0, head, 0, head),
        ("replace", head, ends[0], head, ends[1]),
        ("equal", ends[0], len(a), ends[1], len(b)),
    ]


def _add(out: list[tuple[str, bool]], text: str, differs: bool) -> None:
    if not text:
        return
    if not text.strip():
        differs = out[-1][1] if out else False
    if out and out[-1][1] == differs:
        out[-1] = (out[-1][0] + text, differs)
    else:
        out.append((text, differs))


def _tokens(text: str) -> list[str]:
    """Words, figures and the blanks and signs between them; joined they are the text again."""
    from doichieu.nlp import words

    out: list[str] = []
    position = 0
    for start, end in words(text) if text else []:
        if start > position:
            out.append(text[position:start])
        out.append(text[start:end])
        position = end
    if position < len(text):
        out.append(text[position:])
    final: list[str] = []
    for token in out:
        for piece in re.findall(r"\s+|[\d.,]*\d%?|[^\s\d]+(?:\s[^\s\d]+)*|.", token):
            if piece == "%" and final and final[-1][-1:].isdigit():
                final[-1] += piece  # a figure and its sign change together
            else:
                final.append(piece)
    return final


#: Wordings that share less than this are replaced as a whole: pieces of both in turn cannot be read.
_READABLE = 0.5


def edits(old: str, new: str) -> list[tuple[Literal["kept", "del", "ins"], str]]:
    """What makes ``old`` say ``new``: stretches that stay, that go and that come, in order.

    >>> edits("đạt 10% trở lên", "đạt 15% trở lên")
    [('kept', 'đạt '), ('del', '10%'), ('ins', '15%'), ('kept', ' trở lên')]
    """
    a, b = _tokens(old), _tokens(new)
    opcodes = _opcodes([fold(t) for t in a], [fold(t) for t in b])
    kept = sum(len("".join(a[i1:i2])) for kind, i1, i2, _, _ in opcodes if kind == "equal")
    if kept < _READABLE * min(len(old), len(new)):
        return [("del", old), ("ins", new)]
    out: list[tuple[Literal["kept", "del", "ins"], str]] = []
    for kind, i1, i2, j1, j2 in opcodes:
        if kind == "equal":
            out.append(("kept", "".join(a[i1:i2])))
            continue
        if i2 > i1:
            out.append(("del", "".join(a[i1:i2])))
        if j2 > j1:
            out.append(("ins", "".join(b[j1:j2])))
    return out
