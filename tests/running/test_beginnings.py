"""Patterns that know with what they begin find what they found before."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doichieu.analyse import stages
from doichieu.processes import beginnings
from doichieu.quality.bench.stages import patterns

compiler = import_module("re._compiler")
parser = import_module("re._parser")
CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def both(pattern: str, flags: int = 0) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A pattern as Python compiles it, and with what it begins."""
    before = compiler._get_charset_prefix
    try:
        compiler._get_charset_prefix = beginnings._known
        plain = compiler.compile(pattern, flags)
        compiler._get_charset_prefix = beginnings.signs
        return plain, compiler.compile(pattern, flags)
    finally:
        compiler._get_charset_prefix = before


def said(pattern: str, flags: int = 0) -> set[str] | None:
    """The letters that a pattern is said to begin with."""
    parsed = parser.parse(pattern, flags)
    found = beginnings.signs(parsed, parsed.state.flags)
    return None if found is None else {chr(value) if isinstance(value, int) else str(value) for _, value in found}


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        (r"(?<!\w)đến nay", {"đ"}),
        (r"(?=..)(?:(?:rất )?sớm|(?:hôm|ngày) nay)", {"r", "s", "h", "n"}),
        (r"(?:a|b)*c", {"a", "b", "c"}),
        (r"(?:a|b)+c", {"a", "b"}),
        (r"(?P<n>(?:x|yz){2,3})q", {"x", "y"}),
        (r"\bx|(?!q)y", {"x", "y"}),
        (r"(?>ab|c)d", {"a", "c"}),
        (r"(?:a?|b)", None),
        (r"(?:a|.)b", None),
        (r"(?:a|[^b])c", None),
        (r"(?:ab|\w)c", None),
        (r"(a)?(?(1)b|c)", None),
        (r"(?:a?)(?:b?)", None),
    ],
)
def test_what_a_pattern_begins_with(pattern: str, letters: set[str] | None) -> None:
    assert said(pattern) == letters


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        (r"(?<!\w)(?:Đến|nay)", {"đ", "Đ", "n", "N"}),
        (r"số|kg", {"s", "S", "ſ", "k", "K", "\N{KELVIN SIGN}"}),
        (r"ı", {"ı", "I", "i", "İ"}),
        (r"[a-c]\s", {"a", "A", "b", "B", "c", "C"}),
        (r"(?:-|ß)x", {"-", "ß", "ẞ"}),
        (r"(?:[a-\uffff]|b)c", None),
        (r"(?:[^a]|b)c", None),
    ],
)
def test_what_a_pattern_begins_with_where_case_says_nothing(pattern: str, letters: set[str] | None) -> None:
    assert said(pattern, re.IGNORECASE) == letters


def test_letters_of_either_case_are_those_of_the_engine() -> None:
    lower = beginnings._sre.unicode_tolower
    assert all(lower(code) == code for code in range(beginnings._NO_CASES, sys.maxunicode + 1))
    letters = {value for letter in "aiıksſµßåωđẹ" for value in said(letter, re.IGNORECASE) or ()}
    for letter in sorted(letters):
        plain, further = both(re.escape(letter) + "|~", re.IGNORECASE)
        everything = "".join(map(chr, range(0x2FFF)))
        assert plain.findall(everything) == further.findall(everything), letter


def test_letters_of_ascii_alone_are_left_to_python() -> None:
    assert said(r"(?<!\w)(?:ab|c)", re.IGNORECASE | re.ASCII) is None


_PIECES = [
    "a",
    "b",
    "đ",
    "(?:a|đb)",
    "(?:b|)",
    "a?",
    "[ab]*",
    "đ+?",
    "(?<!a)",
    "(?=b|đ)",
    r"\b",
    "^",
    "$",
    r"\s",
    "[^a]",
]
_WAYS = st.lists(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=4).map("".join), min_size=1, max_size=3)


@settings(max_examples=400, deadline=None)
@given(_WAYS, st.booleans(), st.sampled_from([0, re.IGNORECASE]), st.text("abđABĐ \n", max_size=14))
def test_any_pattern_finds_the_same(ways: list[str], grouped: bool, flags: int, text: str) -> None:
    pattern = f"(?:{'|'.join(ways)})b" if grouped else "|".join(ways)
    plain, further = both(pattern, flags)
    assert [m.span() for m in plain.finditer(text)] == [m.span() for m in further.finditer(text)]
    assert plain.sub("x", text) == further.sub("x", text)
    for start in range(len(text)):
        one, other = plain.search(text, start), further.search(text, start)
        assert (one and one.span()) == (other and other.span())


def test_the_patterns_of_the_extraction_find_the_same() -> None:
    texts = [path.read_text(encoding="utf-8")[:2500] for path in sorted(CORPUS.glob("*.txt"))]
    texts += [change(text) for text in texts for change in (str.lower, str.upper)]
    assert stages()  # the modules of the extraction are loaded
    changed = 0
    for known in patterns():
        if said(known.pattern, known.flags & ~re.UNICODE) is None:
            continue
        plain, further = both(known.pattern, known.flags & ~re.UNICODE)
        changed += 1
        for text in texts:
            assert [m.span() for m in plain.finditer(text)] == [m.span() for m in further.finditer(text)], known.pattern
    assert changed > 100
