"""Where a tone mark stands in ``oa``, ``oe``, ``uy``: ``uỷ`` and ``ủy`` are one word, printed by two customs."""

from __future__ import annotations

import re
from collections import Counter

# The tone mark stands on the first vowel of oa, oe, uy in the lexicons; "qu" is a consonant, and a syllable with a
# final consonant (``toàn``) has only one placement.
_PLACED = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
#: Two sets of signs first: the search runs to the next of the first, and most of these end at the second.
TONE = re.compile(
    r"[oOuU][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸỳýỷỹỵỲÝỶỸỴ](?!\w)"
    r"(?:(?<=[oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ])|(?<=[uU][ỳýỷỹỵỲÝỶỸỴ])(?<![qQ]..))"
)
_WORD = re.compile(r"\w+")


def place_tones(text: str) -> str:
    """The text with each tone mark where the lexicons have it; the length never changes.

    >>> place_tones("Uỷ ban, hoà bình, quý")
    'Ủy ban, hòa bình, quý'
    """
    return TONE.sub(_placed, text)


def _placed(match: re.Match[str]) -> str:
    return _in_case_of(match.group(), _PLACED[match.group().lower()])


def _in_case_of(model: str, word: str) -> str:
    return "".join(w.upper() if m.isupper() else w for m, w in zip(model, word, strict=True))


class TonesPrinted:
    """How one document mostly places its tone marks: names can be told as it prints them.

    >>> TonesPrinted("Tỉnh uỷ giao Uỷ ban nhân dân tỉnh")("Đảng ủy Ủy ban nhân dân tỉnh")
    'Đảng uỷ Uỷ ban nhân dân tỉnh'
    >>> TonesPrinted("Tỉnh uỷ và Thành ủy")("Tỉnh ủy")
    'Tỉnh ủy'
    """

    def __init__(self, source: str) -> None:
        printed: Counter[str] = Counter()
        for match in TONE.finditer(source):
            begin = match.start()
            while begin and source[begin - 1].isalpha():
                begin -= 1
            printed[source[begin : match.end()].lower()] += 1
        lower = source.lower() if printed else ""
        placed = {place_tones(word): word for word in printed}
        self._words = {other: word for other, word in placed.items() if lower.count(other) < printed[word]}

    def __call__(self, name: str) -> str:
        return _WORD.sub(self._word, name) if self._words else name

    def _word(self, match: re.Match[str]) -> str:
        printed = self._words.get(match.group().lower(), "")
        return _in_case_of(match.group(), printed) if len(printed) == len(match.group()) else match.group()
