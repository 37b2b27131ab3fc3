"""A value as a cell of a table prints it, and what a spreadsheet would take for a formula."""

from __future__ import annotations

from typing import Any


def cell(value: Any) -> str:
    """A value as the CSV cell prints it: lists joined with ``; ``, plain numbers, empty for nothing.

    >>> cell(15.0), cell(1200.5), cell(("a", "b")), cell(None), cell(True)
    ('15', '1200.5', 'a; b', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(round(value, 10))
    if isinstance(value, tuple):
        return "; ".join(str(item) for item in value)
    return str(value)


#: Columns of words that we write or put together; what the sources print (quotes, texts, headings) stays as it is.
OWN_WORDS = frozenset({"message", "explanation", "severity_reason", "subject", "indicator", "task", "note"})
#: What a spreadsheet takes for the beginning of a formula, and the sign that tells it to show text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SHOWN_AS_TEXT = "'"
_SUSPECT = frozenset({*_FORMULA, _SHOWN_AS_TEXT})


#: A guarded cell as a pattern that databases read, too.
GUARDED = r"^'+[=+@\t\r-]"


def guarded(text: str) -> str:
    """A cell of our own words as the CSV has it: one that a spreadsheet would take for a formula begins with ``'``.

    >>> guarded("=1+1"), guarded("- rà soát"), guarded("rà soát"), guarded("'=1")
    ("'=1+1", "'- rà soát", 'rà soát', "''=1")
    """
    if text[:1] not in _SUSPECT:
        return text
    return _SHOWN_AS_TEXT + text if text.lstrip(_SHOWN_AS_TEXT).startswith(_FORMULA) else text


def unguarded(text: str) -> str:
    """The words of a cell that :func:`guarded` made.

    >>> all(unguarded(guarded(text)) == text for text in ("=1", "'=1", "''-a", "'a", "a", ""))
    True
    """
    return text[1:] if text[:1] == _SHOWN_AS_TEXT and text.lstrip(_SHOWN_AS_TEXT).startswith(_FORMULA) else text
