"""Where the body of a document begins that has no first numbered part: an excerpt, a short plan of bullets, a letter.

Nghị định 30/2020/NĐ-CP, Phụ lục I sets the legal bases below the title and the parts below them; short plans leave the
parts out and go from the title or the bases to a list (``Mục tiêu:``, ``a) …``, ``- …``), excerpts begin at ``2.``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from doichieu.lexicon.headings import zone_of_heading
from doichieu.lexicon.kinds import kind_pattern
from doichieu.segmentation.markers import parse
from doichieu.segmentation.piece import Chunk

#: What a basis of a document begins with.
BASIS = re.compile(r"(?:căn cứ|thực hiện|theo đề nghị|xét|ngày|trên cơ sở|để|sau khi|nhằm)\b", re.IGNORECASE)
_NAMED = re.compile(rf"(?:{kind_pattern()})\b", re.IGNORECASE)
_BASES_FOLLOW = re.compile(r"căn cứ\b[^:;]{0,60}:\Z", re.IGNORECASE)
#: "Kính gửi: …", above whom a letter is for.
ADDRESSED = re.compile(r"(?:đồng )?kính gửi\b", re.IGNORECASE)
_AS_FOLLOWS = re.compile(r"(?:như|dưới đây|sau|sau đây)\s*:\Z", re.IGNORECASE)
_ITEMS = frozenset(("arabic", "letter", "number_paren", "paren", "bullet", "plus"))
#: What a line of the body is about that stands behind a title without a number of its own.
_OF_BODY = frozenset(("goal", "general_goal", "task", "organisation", "situation", "viewpoint"))
#: A line so short that ends in a colon heads what follows; a longer one is a sentence that leads on to it.
_HEADING = 120
#: A time that a line opens with holds for what it leads on to: "Từ ngày 01/10/2025 đến hết ngày 30/9/2026, …:".
_TIME_FIRST = re.compile(
    r"(?:từ|đến|trong|trước)(?: (?:nay|hết|cuối|đầu))* (?:(?:ngày|tháng|quý) \S+|(?:năm|giai đoạn|năm học) 20)",
    re.IGNORECASE,
)


def opening(chunks: Sequence[Chunk], end: int) -> int:
    """The first chunk of the body among the chunks of the preamble, or ``end`` where none of them opens one.

    ``end`` is the first numbered part, or the end of the document.  A body opens with an item of a list that is no
    legal basis (with the line that heads it) or with a short line that ends in a colon; where nothing is numbered at
    all, behind a sentence that leads on to it (``… như sau:``), else with the first paragraph that is no basis.
    """
    bases = addressed = False
    before: int | None = None
    for i in range(end):
        chunk = chunks[i]
        if chunk.zone != "preamble" or chunk.kind != "text":
            continue
        text = chunk.text
        marker = parse(text)
        if marker is not None and marker.kind in _ITEMS:
            if not addressed and not _basis(text[marker.length :], bases):
                return i if before is None else before
            continue
        addressed = ADDRESSED.match(text) is not None
        bases = _BASES_FOLLOW.match(text) is not None
        if addressed:
            continue
        if len(text) < _HEADING and zone_of_heading(text.rstrip(" :")) in _OF_BODY and not BASIS.match(text):
            return i
        if text.endswith(":") and not bases and not text.isupper():
            below = _after(chunks, i, end)
            if not _leads(text) and (below < end or _TIME_FIRST.match(text)):
                return i
            if end == len(chunks):
                return below
        before = i if not bases and len(text) <= _HEADING and not BASIS.match(text) else None
    return _first_paragraph(chunks, end) if end == len(chunks) else end


def _basis(text: str, listed: bool) -> bool:
    """Whether an item of a list above the body names a legal basis."""
    return BASIS.match(text) is not None or (listed and _NAMED.match(text) is not None) or not text.strip()


def _leads(text: str) -> bool:
    return len(text) > _HEADING or _AS_FOLLOWS.search(text) is not None or BASIS.match(text) is not None


def _after(chunks: Sequence[Chunk], i: int, end: int) -> int:
    return next((j for j in range(i + 1, end) if chunks[j].kind in ("text", "table_row")), end)


def _first_paragraph(chunks: Sequence[Chunk], end: int) -> int:
    """The first paragraph below the last basis of a document without any numbered part or list."""
    told = [i for i in range(end) if chunks[i].zone == "preamble" and chunks[i].kind == "text"]
    last = max((i for i in told if BASIS.match(chunks[i].text)), default=-1)
    return next((i for i in told if i > last), end)
