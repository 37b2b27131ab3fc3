"""Words that patterns ask for by name; they stand in ``named_words.toml`` with what they are and are not.

A family of ``families.toml`` means one thing to the whole grammar; a list here is what one rule asks for, in the order
in which its pattern tries the words.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from doichieu.lexicon import load


@cache
def _entries() -> dict[str, dict[str, Any]]:
    return {entry["name"]: entry for entry in load("named_words")["words"]}


@cache
def words_of(name: str) -> str:
    """The words of a list as alternatives of a pattern, without a group of their own, in the order of the list.

    >>> import re
    >>> at = re.compile(rf"được (?:{words_of('hangs_on_an_object')})")
    >>> at.findall("nhiệm vụ được giao; được giao dịch; được phê duyệt")
    ['được giao', 'được phê duyệt']
    """
    entry = _entries()[name]
    behind = dict(rule.split(": ", 1) for rule in entry.get("not_before", ()))
    return "|".join(f"{word}(?! {behind[word]})" if word in behind else word for word in entry["words"])
