"""The letters of Vietnamese and the signs that stand beside them, once for every pattern.

A range such as ``[À-Ỹ]`` takes small letters along: patterns are built from these classes instead.
"""

from __future__ import annotations

UPPER = "A-Z" + "".join(
    c
    for c in map(chr, (*range(0xC0, 0xDE), 0x102, 0x110, 0x128, 0x168, 0x1A0, 0x1AF, *range(0x1EA0, 0x1EFA)))
    if c.isupper()
)
"""Capital letters of Vietnamese, for use inside a character class (a range would take small letters along)."""

LOWER = "a-z" + "".join(c.lower() for c in UPPER[3:])
"""Small letters of Vietnamese, for use inside a character class."""
BLANKS = "".join(code for code in map(chr, range(0x3001)) if code.isspace())
"""Every white space, as ``\\s`` of a pattern has it."""
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""Raised digits, as footnote marks print them."""
_DIGIT = {raised: str(value) for value, raised in enumerate(SUPERSCRIPTS)}
RAISED = str.maketrans("0123456789", SUPERSCRIPTS)
"""Translation table: plain digits to raised ones."""
PLAIN = str.maketrans(SUPERSCRIPTS, "0123456789")
"""Translation table: raised digits to plain ones."""


def mark_digits(mark: str) -> str:
    """A footnote mark as digits: ``¹²`` → ``12``, ``[3]`` → ``3``.

    >>> mark_digits("¹²"), mark_digits("[^3]")
    ('12', '3')
    """
    return "".join(_DIGIT.get(c, c) for c in mark if c in _DIGIT or c.isdigit())
