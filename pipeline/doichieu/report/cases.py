"""Titles printed in capitals, set as sentences."""

from __future__ import annotations

import re
from functools import cache

from doichieu.lexicon import load

_SHORTEST = 12
_CODE = re.compile(r"\d|^[IVXLC]+$|[-/]")
#: Names that keep their capitals wherever they stand, beside those of the provinces.
_NAMES = ("Việt Nam", "Đảng", "Trung ương", "Bộ Chính trị", "Quốc hội", "Chính phủ", "Ban Thường vụ", "Nghị quyết")


@cache
def _names() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = set(_NAMES)
    for entry in load("provinces")["province"]:
        found |= {entry["name"], *entry.get("joined", ()), *entry.get("spellings", ())}
    return tuple(
        (re.compile(rf"(?<!\w){re.escape(name.lower())}(?!\w)"), name) for name in sorted(found, key=lambda n: -len(n))
    )


def sentence_case(title: str) -> str:
    """A title in capitals as a sentence, names and numbers kept; any other title as it is.

    >>> sentence_case("PHÁT TRIỂN KINH TẾ SỐ TRÊN ĐỊA BÀN TỈNH ĐỒNG NAI, NGHỊ QUYẾT SỐ 57-NQ/TW")
    'Phát triển kinh tế số trên địa bàn tỉnh Đồng Nai, Nghị quyết số 57-NQ/TW'
    >>> sentence_case("về phát triển đô thị"), sentence_case("ĐỀ ÁN")
    ('về phát triển đô thị', 'ĐỀ ÁN')
    """
    if len(title) < _SHORTEST or not title.isupper():
        return title
    text = " ".join(
        word if _CODE.search(word.strip(".,;:()")) and not word.strip(",;:").isalpha() else word.lower()
        for word in title.split()
    )
    for pattern, name in _names():
        text = pattern.sub(name, text)
    return text[:1].upper() + text[1:]


_MARKED = re.compile(r"^((?:[IVXLC]+|[A-ZĐ]|\d+(?:\.\d+)*)[.)\-]\s+)(.+)$", re.DOTALL)
_QUOTED = re.compile(r"“([^“”]+)”")


def heading_case(heading: str) -> str:
    """A heading in capitals as a sentence, its number kept.

    >>> heading_case("II. QUAN ĐIỂM, MỤC TIÊU CHUNG"), heading_case("2.1. Mục tiêu tổng quát")
    ('II. Quan điểm, mục tiêu chung', '2.1. Mục tiêu tổng quát')
    """
    marked = _MARKED.match(heading)
    return marked[1] + sentence_case(marked[2]) if marked else sentence_case(heading)


def quotes_in_case(text: str) -> str:
    """A sentence in which what is quoted in capitals is set as a sentence.

    >>> quotes_in_case("thuộc lĩnh vực “PHÁT TRIỂN KINH TẾ SỐ”")
    'thuộc lĩnh vực “Phát triển kinh tế số”'
    """
    return _QUOTED.sub(lambda found: f"“{sentence_case(found[1])}”", text)
