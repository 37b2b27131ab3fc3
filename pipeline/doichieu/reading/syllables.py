"""Whether a text reads like Vietnamese: the shape of its syllables, and how many bear a mark."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ONSETS = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx]"
_VOWELS = (
    "uyê|ươu|oai|oay|uây|uya|iêu|yêu|uôi|ươi|oeo|uyu|oao|uêu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|"
    "oi|ôi|ơi|oo|ua|uâ|uă|uê|ui|uô|uơ|uy"
    "|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy]"
)
_SYLLABLE = re.compile(rf"(?:{_ONSETS})?(?:{_VOWELS})(?:ch|nh|ng|[cmnpt])?\Z")
_WORD = re.compile(r"[^\W\d_]+")


class Likeness(NamedTuple):
    """``words``: how many were looked at; ``plausible``: the share that are possible syllables; ``marked``: with
    diacritics."""

    words: int
    plausible: float
    marked: float


def is_syllable(word: str) -> bool:
    """Whether a word has the shape of one Vietnamese syllable with at most one tone.

    >>> [is_syllable(w) for w in ("nghiệp", "Quyết", "đã", "D()NG", "vrer", "CNVCLD")]
    [True, True, True, False, False, False]
    """
    return _shaped(word) if len(word) <= _LONGEST else _shaped_as_one(word)


def _shaped_as_one(word: str) -> bool:
    base = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if c not in _TONES)
    tones = len(unicodedata.normalize("NFD", word)) - len(base)
    return tones <= 1 and bool(_SYLLABLE.match(unicodedata.normalize("NFC", base)))


#: The syllables of a language are few, and none is longer.
_LONGEST = 24
_shaped = lru_cache(maxsize=8192)(_shaped_as_one)


def likeness(text: str) -> Likeness:
    """How much a text is like Vietnamese, over at most its first 4,000 words; abbreviations in capitals do not count.

    >>> likeness("Phấn đấu đến năm 2030 đạt 70% cán bộ cấp xã").plausible
    1.0
    """
    words = [
        w
        for w in _WORD.findall(unicodedata.normalize("NFC", text[:40_000]))[:4000]
        if not (w.isupper() and len(w) <= 5)
    ]
    if not words:
        return Likeness(0, 0.0, 0.0)
    plausible = sum(map(is_syllable, words))
    marked = sum(any(c > "\x7f" for c in word) for word in words)
    return Likeness(len(words), plausible / len(words), marked / len(words))


#: Letters that only Unicode's Vietnamese has; in every old encoding they are shown as something else.
_OWN = re.compile("[\u1ea0-\u1ef9đơưĐƠƯ\u0300\u0301\u0303\u0309\u0323]")
_STRETCH = 4_000
#: So many parts a text is counted through in, one after the other, until the signs are enough.
_LOOKS = 8


def stretches(text: str) -> tuple[str, ...]:
    """What a text is judged by: its opening, its middle and its end; a short text as a whole.

    >>> [len(part) for part in stretches("a" * 1_000_000)], stretches("Kế hoạch")
    ([4000, 4000, 4000], ('Kế hoạch',))
    """
    if len(text) <= 3 * _STRETCH:
        return (text,)
    middle = (len(text) - _STRETCH) // 2
    return text[:_STRETCH], text[middle : middle + _STRETCH], text[-_STRETCH:]


def surely_unicode(text: str) -> bool:
    """Whether every stretch of a text has so many letters of Unicode's own Vietnamese that no old font was used.

    >>> surely_unicode("Phấn đấu đến năm 2030 đạt 70% cán bộ cấp xã"), surely_unicode("KÕ ho¹ch cña Ban Th­êng vô")
    (True, False)
    """
    return all(more_than(_OWN, 0.04 * len(part), part) for part in stretches(text))


def more_than(sign: re.Pattern[str], least: float, text: str) -> bool:
    """Whether a pattern of one sign matches more than ``least`` times in a text: of most its opening tells.

    >>> more_than(re.compile("a"), 1, "ban an ba"), more_than(re.compile("a"), 3, "ban an ba")
    (True, False)
    """
    found, step = 0, max(1, -(-len(text) // _LOOKS))
    for start in range(0, len(text), step):
        found += len(sign.findall(text, start, start + step))
        if found > least:
            return True
    return False


def reads_well(text: str) -> bool:
    """Whether a text of some length can be worked with: most words are syllables, and the marks are there.

    >>> reads_well("Thirc hien Nghi quyet cua Ban Ch~p hanh Trung irong Dang ve TiSp tuc xay dung giai c~p cong nhan")
    False
    """
    found = likeness(text)
    return found.words < 12 or (found.plausible >= 0.85 and found.marked >= 0.4)
