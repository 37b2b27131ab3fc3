"""With which signs a match of a pattern can begin: Python's compiler looks no further than the first part of a pattern.

Where that part is an assertion (``(?<!\\w)đến nay``), an optional word, a choice of choices or a letter of either
case, its search tries every place of a text.  The engine takes any set of signs that no match begins without; here it
is read from all parts up to the first that takes up a sign.  What a pattern finds stays the same.

>>> import re
>>> look_further()
>>> found = re.compile(r"(?<!\\w)(?:(?:rất )?sớm|(?:hôm|ngày) nay)(?!\\w)").finditer("hôm nay rất sớm, tôm nay")
>>> [match.span() for match in found]
[(0, 7), (8, 15)]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

_constants: Any = import_module("re._constants")
_compiler: Any = import_module("re._compiler")
_sre: Any = _compiler._sre
_known: Any = getattr(_compiler, "_get_charset_prefix", None)
_NOTHING_TAKEN = (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT)
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
#: A set with these shuts out so few places that to look it up costs more.
_WIDE = (_constants.CATEGORY_UNI_WORD, _constants.CATEGORY_WORD)
#: So many signs of a range are looked at one by one for their cases; and no sign from here on has two.
_MANY, _NO_CASES = 512, 0x20000

Signs = list[tuple[Any, Any]]


class _Unknown(Exception):
    """A match may begin with any sign."""


def signs(pattern: Any, flags: int) -> Signs | None:
    """The signs of which every match of a parsed pattern begins with one; None where nothing can be said."""
    found: Signs | None = _known(pattern, flags)
    if found is not None or flags & _constants.SRE_FLAG_LOCALE:
        return found
    either_case = flags & _constants.SRE_FLAG_IGNORECASE
    if either_case and not flags & _constants.SRE_FLAG_UNICODE:
        return None
    try:
        some, through = _first(pattern)
        begins = list(_of_either_case(some) if either_case else some)
    except _Unknown:
        return None
    return None if through or not begins else list(dict.fromkeys(begins))


def _of_either_case(some: Signs) -> Iterator[tuple[Any, Any]]:
    """The signs with all that the engine takes for them where case says nothing."""
    for operation, value in some:
        if operation is _constants.LITERAL:
            codes: Iterable[int] = (value,)
        elif operation is _constants.RANGE and value[1] - value[0] < _MANY:
            codes = range(value[0], value[1] + 1)
        elif operation is _constants.CATEGORY:  # figures, blanks and signs have one case
            yield operation, value
            continue
        else:
            raise _Unknown
        for code in codes:
            small = _sre.unicode_tolower(code)
            for one in (small, *_other_small().get(small, ())):
                yield _constants.LITERAL, one
                yield from ((_constants.LITERAL, capital) for capital in _capitals().get(one, ()))


def _other_small() -> dict[int, tuple[int, ...]]:
    """Small letters that the engine takes for another because both have one capital: ``s`` and ``ſ``."""
    table: dict[int, tuple[int, ...]] = import_module("re._casefix")._EXTRA_CASES
    return table


@cache
def _capitals() -> dict[int, list[int]]:
    """For each small letter the signs that the engine makes it of."""
    out: defaultdict[int, list[int]] = defaultdict(list)
    for code in range(_NO_CASES):
        small = _sre.unicode_tolower(code)
        if small != code:
            out[small].append(code)
    return dict(out)


def _first(items: Iterable[tuple[Any, Any]]) -> tuple[Signs, bool]:
    """The signs that a sequence can begin with, and whether it can be passed without taking up any."""
    out: Signs = []
    for operation, value in items:
        if operation in _NOTHING_TAKEN:
            continue
        some, through = _of_part(operation, value)
        out += some
        if not through:
            return out, False
    return out, True


def _of_part(operation: Any, value: Any) -> tuple[Signs, bool]:
    if operation is _constants.LITERAL:
        return [(operation, value)], False
    if operation is _constants.IN:
        if any(kind is _constants.NEGATE or (kind is _constants.CATEGORY and one in _WIDE) for kind, one in value):
            raise _Unknown
        return list(value), False
    if operation is _constants.BRANCH:
        ways = [_first(way) for way in value[1]]
        return [sign for some, _ in ways for sign in some], any(through for _, through in ways)
    if operation in _REPEATS:
        least, _, inner = value
        some, through = _first(inner)
        return some, through or not least
    if operation is _constants.SUBPATTERN and not value[1] and not value[2]:
        return _first(value[3])
    if operation is _constants.ATOMIC_GROUP:
        return _first(value)
    raise _Unknown


def look_further() -> None:
    """Let patterns that this process compiles from now on know with what they begin."""
    if _known is not None:
        _compiler._get_charset_prefix = signs
