"""Which words of two wordings differ; Vietnamese compounds are compared whole."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from pipeline.text import fold


def pieces(child: str, parent: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both wordings as (text, differs) stretches.

    >>> pieces("đạt 15% trở lên", "đạt 10% trở lên")[0]
    [('đạt ', False), ('15%', True), (' trở lên', False)]
    """
    a, b = _tokens(child), _tokens(parent)
    matcher = SequenceMatcher(None, [fold(t) for t in a], [fold(t) for t in b], autojunk=False)
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        differs = kind != "equal"
        _add(left, "".join(a[i1:i2]), differs)
        _add(right, "".join(b[j1:j2]), differs)
    return left, right


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
    from pipeline.nlp import words

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
