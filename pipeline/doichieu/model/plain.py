"""Records as plain Python values and back: dictionaries, lists, ``datetime.date``, None for what is absent."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

import msgspec

#: Fields that hold a day as ISO 8601 text.
DATES = frozenset(
    {
        "amended_issued_on",
        "date",
        "deadline",
        "effective_on",
        "effective_until",
        "in_force_from",
        "in_force_until",
        "issued_on",
        "start",
    }
)
_Record = TypeVar("_Record")


def to_plain(value: Any, name: str = "") -> Any:
    """A record, or a value of its field ``name``, as plain values.

    >>> class Row(msgspec.Struct):
    ...     deadline: str = ""
    ...     unit: str = ""
    ...     start: int = 0
    >>> to_plain(Row("2030-12-31"))
    {'deadline': datetime.date(2030, 12, 31), 'unit': None, 'start': 0}
    """
    if isinstance(value, msgspec.Struct):
        return {field: to_plain(getattr(value, field), field) for field in value.__struct_fields__}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if value == "" and isinstance(value, str):
        return None
    if name in DATES and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def from_plain(kind: type[_Record], value: Any) -> _Record:
    """The record of type ``kind`` that :func:`to_plain` gave ``value`` of.

    Raises :class:`TypeError` for a value that is none.

    >>> class Row(msgspec.Struct):
    ...     deadline: str = ""
    ...     unit: str = ""
    >>> from_plain(Row, {"deadline": date(2030, 12, 31), "unit": None})
    Row(deadline='2030-12-31', unit='')
    """
    try:
        return msgspec.convert(_texts(kind, value), kind)
    except msgspec.ValidationError as error:
        raise TypeError(f"not a {kind.__name__} as to_dict gives it: {error}") from error


def _texts(kind: Any, value: Any) -> Any:
    """``value`` with dates as text, and None as the empty text where the field holds text."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and isinstance(value, dict):
        known = {field.name: field.type for field in msgspec.structs.fields(kind)}
        return {
            name: _texts(known[name], item) if name in known else item
            for name, item in value.items()
            if item is not None or _is_text(known.get(name))
        }
    inner = getattr(kind, "__args__", ())
    if isinstance(value, list) and inner:
        kinds = inner if Ellipsis not in inner else (inner[0],) * len(value)
        return [_texts(one, item) for one, item in zip(kinds, value, strict=True)]
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value


def _is_text(kind: Any) -> bool:
    """Whether a field of this type holds text (a set of values, too)."""
    return kind is str or all(isinstance(item, str) for item in getattr(kind, "__args__", (0,)))
