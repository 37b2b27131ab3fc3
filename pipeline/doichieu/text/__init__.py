"""The source text and the normalised view that all matching runs on.

The source is never altered.  A :class:`View` is a second text beside it with an exact map back: every stretch of
the view knows which stretch of the source it stands for, so that whatever a stage finds in the view is quoted
from the source verbatim.

After :func:`normalise` the view holds:

1. Unicode NFC, one placement of the tone mark (``hoà`` → ``hòa``, ``uỷ`` → ``ủy``);
2. look-alikes folded (``Ð`` → ``Đ``, curly quotes, the dashes → ``-``), invisible characters gone;
3. no Markdown emphasis, heading or escape marks;
4. every run of white space, line breaks included, as one blank;
5. known scanning errors repaired from a closed lexicon, each repair a :class:`Repair`; no digit is ever touched.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from doichieu.lexicon import load
from doichieu.model import Span
from doichieu.text.sieve import Sieve, Sieves
from doichieu.text.tones import TONE, place_tones


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by ``after``."""

    start: int
    end: int
    after: str


class Repair(NamedTuple):
    """One scanning error put right in the view.  ``span`` is in the source; text + repairs → the same view."""

    rule: str
    span: Span
    before: str
    after: str


class View:
    """A text with an exact map to a source text.

    The map is a list of segments in order.  An identity segment maps character by character; an atomic one
    (made by a replacement) maps as a whole.
    """

    __slots__ = ("_atomic", "_source_end", "_source_start", "_view_start", "text")

    def __init__(
        self,
        text: str,
        view_start: list[int] | None = None,
        source_start: list[int] | None = None,
        source_end: list[int] | None = None,
        atomic: list[bool] | None = None,
    ) -> None:
        self.text = text
        self._view_start = view_start if view_start is not None else [0]
        self._source_start = source_start if source_start is not None else [0]
        self._source_end = source_end if source_end is not None else [len(text)]
        self._atomic = atomic if atomic is not None else [False]

    def to_source(self, start: int, end: int) -> Span:
        """The source span of ``text[start:end]``; an empty view span gives an empty source span."""
        k = bisect_right(self._view_start, start) - 1
        begin = self._source_start[k]
        if not self._atomic[k]:
            begin += start - self._view_start[k]
        if end <= start:
            return Span(begin, begin)
        k = bisect_right(self._view_start, end - 1) - 1
        if self._atomic[k]:
            finish = self._source_end[k]
        else:
            finish = self._source_start[k] + end - self._view_start[k]
        return Span(begin, finish)

    def across(self, first: int, last: int) -> Span:
        """The source span from the character of the view at ``first`` to that at ``last``."""
        at, to = bisect_right(self._view_start, first) - 1, bisect_right(self._view_start, last) - 1
        begin = self._source_start[at] if self._atomic[at] else self._source_start[at] + first - self._view_start[at]
        if self._atomic[to]:
            return Span(begin, self._source_end[to])
        return Span(begin, self._source_start[to] + last + 1 - self._view_start[to])

    def from_source(self, start: int, end: int) -> tuple[int, int]:
        """The view range that stands for ``source[start:end]``; removed characters shrink it."""
        return self._from_source(start), self._from_source(end)

    def _from_source(self, offset: int) -> int:
        k = bisect_right(self._source_start, offset) - 1
        if k < 0:
            return 0
        # Several segments may start at one source offset only if all but the last are empty in the source.
        if offset >= self._source_end[k]:
            return self._view_start[k + 1] if k + 1 < len(self._view_start) else len(self.text)
        if self._atomic[k]:
            return self._view_start[k]
        return self._view_start[k] + offset - self._source_start[k]

    def edit(self, edits: Sequence[Edit]) -> View:
        """A new view with ``edits`` (sorted, not overlapping, in this view's coordinates) applied."""
        if not edits:
            return self
        pieces: list[str] = []
        vs: list[int] = []
        ss: list[int] = []
        se: list[int] = []
        at: list[bool] = []
        length = 0
        position = 0
        text = self.text

        starts, begins, ends, atomic = self._view_start, self._source_start, self._source_end, self._atomic
        last = len(starts) - 1
        k = 0  # the segment that holds ``position``
        for start, end, after in (*edits, Edit(len(text), len(text), "")):
            pieces.append(text[position:start])
            while position < start:  # what stays, segment by segment
                while k < last and starts[k + 1] <= position:
                    k += 1
                stop = starts[k + 1] if k < last and starts[k + 1] < start else start
                begin = begins[k] if atomic[k] else begins[k] + position - starts[k]
                vs.append(length)
                ss.append(begin)
                se.append(ends[k] if atomic[k] else begin + stop - position)
                at.append(atomic[k])
                length += stop - position
                position = stop
            if after:
                span = self.to_source(start, end)
                vs.append(length)
                ss.append(span.start)
                se.append(span.end)
                at.append(True)
                pieces.append(after)
                length += len(after)
            position = end
        if not vs:
            vs, ss, se, at = [0], [0], [0], [True]
        return View("".join(pieces), vs, ss, se, at)


# ---------------------------------------------------------------- one character for one character

_TRANSLATE = {
    0x00D0: "Đ",  # Latin capital eth
    0x0189: "Đ",  # African D
    0x00F0: "đ",
    0x01F6: "ỳ",  # a wrong glyph name in fonts of old office software: "kǶ họp"
    0x0130: "I",  # would grow to two characters in lower case
    0x2010: "-",
    0x2011: "-",
    0x2012: "-",
    0x2013: "-",
    0x2014: "-",
    0x2212: "-",
    0x201C: '"',
    0x201D: '"',
    0x201E: '"',
    0x00AB: '"',
    0x00BB: '"',
    0x2018: "'",
    0x2019: "'",
    0xFF05: "%",
    0xFE6A: "%",
    **dict.fromkeys([0x00A0, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007], " "),
    **dict.fromkeys([0x2008, 0x2009, 0x200A, 0x202F, 0x205F, 0x3000], " "),
}

_COMBINING = re.compile(r"[\u0300-\u036f]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
#: The tones behind a blank.
_APART = tuple(f" {tone}" for tone in _TONES)
#: Signs among which other combining ones may stand.
_RARE = re.compile(r"[^\u0000-\u0482\u1e00-\u206f]")
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
#: The mark of a Markdown heading, at the beginning of a line.
_HEADING = re.compile(r"[ \t]*#{1,6}(?=[ \t])")
#: What else is taken out, where one of :data:`_DROP_SIGNS` stands.
_DROP = re.compile(
    rf"[{_INVISIBLE}]+"
    r"|\\(?=[*_#\-+.()\[\]!|>])"  # Markdown escape
    r"|(?<!\\)(?<!\n)(?<!\A)\*+"  # emphasis inside a line
    r"|(?:(?<=\n)|\A)\*{2,}"
    r"|(?:(?<=\n)|\A)\*(?=\S)"  # emphasis at line start; "* " stays, it is a bullet
    r"|(?<!\w)__?(?=[^\W_])|(?<=[^\W_])__?(?!\w)"
)
#: Every match of :data:`_DROP` begins with one of these.
_DROP_SIGNS = re.compile(rf"[{_INVISIBLE}#*_\\]")
#: Digits, grouped or not, that no document means as a number; they are read as signs of no meaning.
_NO_FIGURE = re.compile(r"\d(?:[.,]?\d){60,}")
#: What every twentieth sign of a text shows where one of them stands.
_TWENTIETHS = re.compile(r"[\d.,]{3}")
_FOREIGN = re.compile("[" + "".join(re.escape(chr(code)) for code in _TRANSLATE) + "]")
_BLANKS = re.compile(r"\s{2,}")
_SPACES = re.compile(r"  +")
_BREAKS = "\n\r\f\v\t\u0085\u2028\u2029"


def _own(match: re.Match[str]) -> str:
    return _TRANSLATE[ord(match.group())]


def fold_characters(text: str) -> str:
    """Fold look-alikes and the tone placement, character for character (the length never changes).

    >>> fold_characters("Ðịa phương hoà bình, quý, thuỷ")
    'Địa phương hòa bình, quý, thủy'
    """
    if text.isascii() or not (_FOREIGN.search(text) or TONE.search(text)):  # one after the other: twice as quick
        return text
    return place_tones(_FOREIGN.sub(_own, text))


def fold(text: str) -> str:
    """The form in which two wordings are compared: NFC, folded, lower case, blanks collapsed.

    >>> fold("  THỊ  UỶ ") == fold("thị ủy")
    True
    """
    if len(text) <= _SHORT:
        return _folded(text)
    return _folded_clause(text) if len(text) <= _CLAUSE else _fold(text)


def _fold(text: str) -> str:
    lower = fold_characters(unicodedata.normalize("NFC", text)).lower()
    if lower.isprintable() and "  " not in lower:
        return lower.strip()  # what is printable has no other blank than a space
    return " ".join(lower.split())


#: Wordings that are remembered are no longer, and fewer of those that are as long as a clause.  This is asked so often
#: that a :func:`doichieu.text.memory.remembered` around it would be felt.
_SHORT, _CLAUSE = 300, 1500
_folded = lru_cache(maxsize=8192)(_fold)
_folded_clause = lru_cache(maxsize=1024)(_fold)


def strip_accents(text: str) -> str:
    """The text as typed without diacritics, ``đ`` included; for search only.

    >>> strip_accents("Đức Phổ")
    'Duc Pho'
    """
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    if not _RARE.search(decomposed):
        return _COMBINING.sub("", decomposed)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


class _RepairRule(NamedTuple):
    rule: str
    pattern: Sieve
    after: str


@lru_cache(maxsize=1)
def _repair_rules() -> tuple[_RepairRule, ...]:
    return tuple(
        _RepairRule(entry["id"], Sieve(entry["pattern"]), entry["after"]) for entry in load("repairs")["repair"]
    )


@lru_cache(maxsize=1)
def _misreadings() -> Sieves:
    """The patterns of all repairs, whose words are looked for in one pass."""
    return Sieves([entry["pattern"] for entry in load("repairs")["repair"]])


def _match_case(before: str, after: str) -> str:
    if before.isupper():
        return after.upper()
    if before[:1].isupper():
        return after[:1].upper() + after[1:]
    return after


def _repairs(text: str) -> Iterable[tuple[str, Edit]]:
    found: list[tuple[str, Edit]] = []
    for number in _misreadings().may(text):
        rule = _repair_rules()[number]
        for match in rule.pattern.pattern.finditer(text):
            before = match.group()
            after = _match_case(before, rule.after)
            if before != after and not any(c.isdigit() for c in before):
                found.append((rule.rule, Edit(match.start(), match.end(), after)))
    found.sort(key=lambda item: item[1])
    last = 0
    for rule_id, edit in found:
        if edit.start >= last:
            last = edit.end
            yield rule_id, edit


def _clusters(source: str) -> Iterable[Edit]:
    """Letters with combining marks behind them, each to be put together.

    Some layers of PDF text set a blank before a tone: ``U ̉y ban`` is ``Ủy ban``, for no word begins with a tone.
    """
    # One sign is looked for in a tenth of the time of two.
    apart = any(map(source.__contains__, _TONES)) and any(map(source.__contains__, _APART))
    if not apart and unicodedata.is_normalized("NFC", source):
        return
    for match in _COMBINING.finditer(source):
        start = match.start() - 1
        if apart and source[start : match.end()] in _APART and source[max(0, start - 1) : start].isalpha():
            composed = unicodedata.normalize("NFC", source[start - 1] + match.group())
            if len(composed) == 1 and source[match.end() : match.end() + 1].isalpha():
                yield Edit(start - 1, match.end(), composed)
        elif start >= 0 and (source[start].isalnum() or source[start] == "_"):
            cluster = source[start : match.end()]
            composed = unicodedata.normalize("NFC", cluster)
            if composed != cluster:
                yield Edit(start, match.end(), composed)


def _dropped(text: str) -> Iterable[Edit]:
    """What is taken out of a text; only the signs that may be are looked at."""
    end = 0  # of what was taken out last
    looked = 0  # up to where lines were looked at for the mark of a heading
    for sign in _DROP_SIGNS.finditer(text):
        at = sign.start()
        if at < end:
            continue
        match = None
        if sign.group() != "#":
            match = _DROP.match(text, at)
        else:
            line = text.rfind("\n", looked, at) + 1
            if end <= line and (line or not looked):
                match = _HEADING.match(text, line)
            looked = at + 1
        if match is not None and match.end() > match.start():
            end = match.end()
            yield Edit(match.start(), end, "")


def normalise(source: str) -> tuple[View, list[Repair]]:
    """Build the normalised view of ``source`` and the list of repairs made in it.

    >>> view, repairs = normalise("**Phân đầu** đạt 15%")
    >>> view.text, repairs[0].before, repairs[0].after
    ('Phấn đấu đạt 15%', 'Phân đầu', 'Phấn đấu')
    """
    view = View(source)
    view = view.edit(list(_clusters(source)))
    view = view.edit(list(_dropped(view.text)))
    folded = fold_characters(view.text)
    for sign in _BREAKS:
        folded = folded.replace(sign, " ")
    view.text = folded
    if _TWENTIETHS.search(folded[::20]):
        view.text = _NO_FIGURE.sub(lambda match: "#" * len(match.group()), view.text)
    blanks = _SPACES if view.text.isprintable() else _BLANKS  # other blanks than a space are no printable signs
    if blanks is _BLANKS or "  " in view.text:
        view = view.edit([Edit(m.start(), m.end(), " ") for m in blanks.finditer(view.text)])
    repairs: list[Repair] = []
    edits: list[Edit] = []
    for rule_id, edit in _repairs(view.text):
        span = view.to_source(edit.start, edit.end)
        repairs.append(Repair(rule_id, span, source[span.start : span.end], edit.after))
        edits.append(edit)
    return view.edit(edits), repairs


def any_word(words: Iterable[str]) -> str:
    """A pattern for any of the words as they stand, none inside another word; of several that fit the longest.

    >>> re.findall(any_word(["xã", "xã hội"]), "xã hội, xã, xãm")
    ['xã hội', 'xã']
    """
    return started(_escaped(sorted(words, key=len, reverse=True))) + r"(?!\w)"


def one_of(words: Iterable[str]) -> str:
    """The words as they stand as the alternatives of a pattern, the longest first.

    >>> one_of(["xã", "xã hội", "a.b", "xã"])
    'xã\\\\ hội|a\\\\.b|xã'
    """
    return "|".join(_escaped(sorted(set(words), key=lambda word: (-len(word), word))))


def _escaped(words: Sequence[str]) -> list[str]:
    """The words as patterns that match them as they stand, all escaped at once: a process begins with thousands."""
    return re.escape("\0".join(words)).split("\0") if words else []


def started(forms: Iterable[str]) -> str:
    """A pattern for any of the forms (patterns that begin with a letter each), none behind a letter; of several that
    fit the first.

    Forms of one first letter stand together, and what must not stand before is looked at behind that letter: so the
    search runs to the next letter that begins one, and does not try every place.

    >>> started(["xã hội", "xã", "bản"])
    '(?:x(?<!\\\\w.)(?:ã hội|ã)|b(?<!\\\\w.)(?:ản))'
    """
    forms = list(forms)
    if not all(form[:1].isalpha() for form in forms):
        return r"(?<!\w)(?:" + "|".join(forms) + ")"
    letters: dict[str, list[str]] = {}
    for form in forms:
        letters.setdefault(form[0], []).append(form[1:])
    return "(?:" + "|".join(rf"{letter}(?<!\w.)(?:{'|'.join(rest)})" for letter, rest in letters.items()) + ")"


def short(text: str, limit: int) -> str:
    """At most ``limit`` characters of a text, cut at a word, with an ellipsis.

    >>> short("rà soát vị trí việc làm", 15)
    'rà soát vị trí…'
    """
    if len(text) <= limit:
        return text
    cut = text[: limit - 1] if text[limit - 1].isspace() else text[: limit - 1].rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:") + "…"
