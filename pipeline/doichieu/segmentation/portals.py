"""What a portal prints around the document that it shows: the banner above it, lists and notes below it.

What holds of a :class:`Frame`: the document is ``text[start:end]``; all that stands outside belongs to the page.  Where
nothing is recognised the whole text is the document.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from msgspec import Struct

from doichieu.lexicon import load
from doichieu.lexicon.kinds import kind_pattern
from doichieu.text import fold, fold_characters


class Banner(Struct, frozen=True, kw_only=True):
    """What the page says of its document, as printed; ``start`` and ``end`` are where it says so."""

    number: str = ""
    kind: str = ""
    issuer: str = ""
    signer: str = ""
    issued_on: str = ""
    title: str = ""
    start: int = 0
    end: int = 0


class Frame(Struct, frozen=True):
    """Where the document of a page begins and ends, and the banner of the page."""

    start: int
    end: int
    banner: Banner | None = None


class _Token(Struct, frozen=True):
    """One line of the page, or one cell of a line; ``words`` is its folded wording; ``cell`` counts the cells."""

    start: int
    end: int
    words: str
    cell: int


#: A page whose banner begins further down than so many characters shows something else first.
_OPENING = 12_000
#: A page's own account of its document, between banner and letterhead, is shorter.
_PREFACE = 60_000
#: Labels of one banner are at most so many lines apart.
_GAP = 8
#: So many different tail lines within so many lines are the page's own: one alone may be a heading of the document.
_TAIL_KINDS, _TAIL_NEAR = 3, 24
#: A page's headline stands at most so many lines above its lists.
_HEADLINE_NEAR = 6
_MARKS = "*#_ \t-–>•"
#: Marks and blanks but for line ends, as one set: to choose between two at each sign takes twice as long.
_SIGNS = r"[*#_\->•– \t\r\f\v\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*"
_MOTTO = re.compile(
    r"CỘNG[\s*|]+(?:HOÀ|HÒA)[\s*|]+XÃ[\s*|]+HỘI[\s*|]+CHỦ[\s*|]+NGHĨA|ĐẢNG[\s*|]+CỘNG[\s*|]+SẢN[\s*|]+VIỆT[\s*|]+NAM"
)


@cache
def _labels() -> dict[str, str]:
    """Label → field of the banner."""
    return {name: entry["field"] for entry in load("portals")["label"] for name in entry["names"]}


@cache
def _tails() -> tuple[str, ...]:
    return tuple(load("portals")["tail"]["words"])


@cache
def _kind_lines() -> re.Pattern[str]:
    return re.compile(rf"(?:{kind_pattern()})(?!\w)")


def _tokens(text: str, start: int, end: int) -> Iterator[_Token]:
    """The lines and cells of ``text[start:end]`` that say something."""
    cell = 0
    position = start
    for line in text[start:end].split("\n"):
        at = position
        for index, part in enumerate(line.split("|")):
            if index:
                cell += 1
            words = fold(part.strip(_MARKS))
            if words:
                yield _Token(at, at + len(part), words.strip(_MARKS), cell)
            at += len(part) + 1
        position += len(line) + 1


def _label(token: _Token) -> tuple[str, str] | None:
    """The label of a line, and what follows its colon there."""
    head, colon, rest = token.words.partition(":")
    name = head.strip(_MARKS)
    return (name, rest.strip(_MARKS)) if colon and name in _labels() else None


def read_banner(text: str) -> Banner | None:
    """The banner at the top of a page, None where there is none.

    >>> banner = read_banner("Số hiệu: | 12/KH-X\\nLoại văn bản: | Kế hoạch\\nNgười ký: | Lê A\\nTình trạng: | Đã biết")
    >>> banner.number, banner.kind, banner.signer
    ('12/KH-X', 'Kế hoạch', 'Lê A')
    """
    opening = text[:_OPENING]
    return _banner_of(opening) if opening.count(":") >= load("portals")["few"] else None


class _Beginnings(NamedTuple):
    """Wordings at the beginnings of lines, and of cells: a pattern that begins with one letter is searched in a tenth
    of the time of one that begins with either of two."""

    lines: re.Pattern[str]
    cells: re.Pattern[str]

    @classmethod
    def of(cls, wording: str) -> _Beginnings:
        """The beginnings of a wording, whatever marks stand before it."""
        return cls(re.compile(rf"\n{_SIGNS}{wording}"), re.compile(rf"\|{_SIGNS}{wording}"))


@cache
def _label_lines() -> _Beginnings:
    """The beginnings of lines and cells of which :func:`_label` reads a label."""
    return _Beginnings.of(rf"({_spaced(_labels())}){_SIGNS}:")


@cache
def _tail_lines() -> _Beginnings:
    """The beginnings of lines and cells of which :func:`_tail` knows the page's own."""
    return _Beginnings.of(f"({_spaced(_tails())})")


def _spaced(names: Iterable[str]) -> str:
    """Any of some wordings, with any blanks between their words."""
    return "|".join(r"[^\S\n|]+".join(map(re.escape, name.split())) for name in names)


@lru_cache(maxsize=1)
def _small(text: str) -> str:
    """A page as its lines are compared, blanks and line ends as they stand."""
    return fold_characters(unicodedata.normalize("NFC", text)).lower()


def _kinds_of_line(beginnings: _Beginnings, text: str) -> int:
    """How many different wordings begin lines or cells of a page: a quick look before all are read."""
    small = "\n" + _small(text)
    found = beginnings.lines.findall(small)
    if "|" in small:
        found += beginnings.cells.findall(small)
    return len({" ".join(words.split()) for words in found})


@lru_cache(maxsize=4)  # asked for more than once in the life of a document
def _banner_of(text: str) -> Banner | None:
    if _kinds_of_line(_label_lines(), text) < load("portals")["few"]:
        return None
    tokens = list(_tokens(text, 0, len(text)))
    found = [(index, label) for index, token in enumerate(tokens) if (label := _label(token)) is not None]
    few, near = load("portals")["few"], load("portals")["near"]
    first = next(
        (i for i, (at, _) in enumerate(found) if len({n for o, (n, _) in found[i:] if o - at < near}) >= few), None
    )
    if first is None:
        return None
    last, before = tokens[found[first][0]], found[first][0]
    facts: dict[str, str] = {}
    for at, (name, rest) in found[first:]:
        if at - before > _GAP:
            break
        before = at
        value, last = _value(text, tokens, at, rest)
        if (field := _labels()[name]) and value:
            facts.setdefault(field, value)
    if len(facts) < 2:
        return None
    return Banner(**facts, start=tokens[found[first][0]].start, end=last.end)


def _value(text: str, tokens: list[_Token], at: int, rest: str) -> tuple[str, _Token]:
    """What stands beside a label: after its colon, else in the next cell, else on the next line."""
    if rest:
        raw = text[tokens[at].start : tokens[at].end]
        return _plain(raw.partition(":")[2]), tokens[at]
    following = [t for t in tokens[at + 1 : at + 4] if _label(t) is None]
    if at + 1 >= len(tokens) or _label(tokens[at + 1]) is not None or not following:
        return "", tokens[at]
    first = following[0]
    if first.cell == tokens[at].cell:
        return _plain(text[first.start : first.end]), first
    parts = [t for t in following if t.cell == first.cell]
    return _plain(" ".join(text[t.start : t.end] for t in parts)), parts[-1]


def _plain(raw: str) -> str:
    return " ".join(raw.replace("*", " ").split()).strip(_MARKS + "|")


def frame(text: str) -> Frame:
    """Where the document of a page begins and ends.

    >>> labels = "Số hiệu:\\n|\\n1/KH-X\\n|\\nLoại văn bản:\\n|\\nKế hoạch\\n|\\nNgười ký:\\n|\\nLê A\\n|\\n"
    >>> page = labels + "Tình trạng:\\n|\\nCó\\n|\\nKẾ HOẠCH\\nVề A"
    >>> page[frame(page).start:]
    'KẾ HOẠCH\\nVề A'
    """
    banner = read_banner(text)
    end = _document_end(text, banner.end if banner is not None else 0, banner)
    start = _document_start(text, banner.end, end) if banner is not None else 0
    return Frame(start, end, banner)


def _document_start(text: str, after: int, end: int) -> int:
    """Where the letterhead begins below a banner: with the body above the motto, else with the title."""
    end = min(end, after + _PREFACE)
    motto = _MOTTO.search(text, after, end)
    if motto is not None:
        begin = motto.start()
        for token in reversed(list(_tokens(text, after, motto.start()))):
            raw = text[token.start : token.end].strip(_MARKS)
            if not raw.isupper() and any(c.isalpha() for c in raw):
                break
            begin = token.start
        return begin
    for token in _tokens(text, after, end):
        raw = text[token.start : token.end].strip(_MARKS)
        if raw.isupper() and (match := _kind_lines().match(token.words)) and match.end() == len(token.words):
            return token.start
    return after


def _document_end(text: str, start: int, banner: Banner | None) -> int:
    """Where the page's own lists begin below the document, with the headline that it repeats above them."""
    if _kinds_of_line(_tail_lines(), text[start:]) < _TAIL_KINDS:
        return len(text)
    tokens = list(_tokens(text, start, len(text)))
    marks = [(index, word) for index, token in enumerate(tokens) if (word := _tail(token)) is not None]
    for order, (index, _) in enumerate(marks):
        kinds = {word for at, word in marks[order : order + 2 * _TAIL_NEAR] if at - index <= _TAIL_NEAR}
        if len(kinds) >= _TAIL_KINDS:
            return _headline(text, tokens, index, banner)
    return len(text)


def _tail(token: _Token) -> str | None:
    if len(token.words) > 80 or not token.words.startswith(_tails()):
        return None
    return next((word for word in _tails() if token.words.startswith(word)), None)


def _headline(text: str, tokens: list[_Token], index: int, banner: Banner | None) -> int:
    """The start of the page's lists, or of its headline (kind and number of the document, no letter of it) above."""
    begin = tokens[index].start
    number = fold(banner.number) if banner is not None and banner.number else ""
    for token in reversed(tokens[max(0, index - _HEADLINE_NEAR) : index]):
        if not (number and number in token.words and _kind_lines().match(token.words)):
            if _tail(token) is None:
                break
            continue
        begin = token.start
    return begin
