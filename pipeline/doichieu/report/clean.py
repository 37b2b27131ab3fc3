"""Text of documents made fit to print: nothing in it may act on a page, a cell or a paragraph."""

from __future__ import annotations

import re
import unicodedata
from operator import is_
from typing import Any, TypeVar

import msgspec

from doichieu.model import Clause, Document
from doichieu.text.memory import remembered

_Record = TypeVar("_Record", bound=msgspec.Struct)
# Line and paragraph separators end a line in some programs and not in others.
_LINES = str.maketrans({"\u2028": "\n", "\u2029": "\n"})
_MARKS = re.compile(r"\*+|(?<![\w#])#{1,6}[ \t]+|(?<!\w)_+|_+(?!\w)|\\(?=[*_#\-.()])")


def safe_text(text: str) -> str:
    """Text without direction overrides, control characters and code points that XML forbids.

    Escaping for HTML, XML or a spreadsheet is the writer's work; this is what no escaping makes harmless.

    >>> safe_text("a\\u202eb\\x00c")
    'abc'
    """
    if text.isprintable():
        return text
    return "".join(
        c
        for c in text.translate(_LINES)
        if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn", "Co")
    )


def unmarked(text: str) -> str:
    """Safe text without Markdown marks, its white space as it is."""
    return _unmarked(text)


#: A parent's wording is shown in the reports of all its children, and more than once in each.
_unmarked = remembered(lambda text: _MARKS.sub("", safe_text(text)))


def shown(text: str) -> str:
    """A quote as a person reads it: safe, without Markdown marks, white space collapsed.

    >>> shown("Trước\\n\\nngày **25/12/2024**")
    'Trước ngày 25/12/2024'
    """
    return _shown(text)


_shown = remembered(lambda text: " ".join(unmarked(text).split()))


def wording(document: Document, clause: Clause) -> str:
    """A clause as a person reads it, joined over page ends and stamps."""
    return shown(" ".join(document.source.text[piece.start : piece.end] for piece in clause.pieces))


def cleaned(record: _Record) -> _Record:
    """A record in which every text, however deep, went through :func:`safe_text`."""
    changed = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        clean = _clean(value)
        if clean is not value:
            changed[name] = clean
    return msgspec.structs.replace(record, **changed) if changed else record


def _clean(value: Any) -> Any:
    """A value in which every text is safe; the same one where all of them were."""
    if isinstance(value, str):
        return value if value.isprintable() else safe_text(value)
    if isinstance(value, tuple):
        some = [_clean(item) for item in value]
        return value if all(map(is_, some, value)) else tuple(some)
    if isinstance(value, msgspec.Struct):
        return cleaned(value)
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    return value
