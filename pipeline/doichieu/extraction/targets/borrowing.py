"""What a row leaves unsaid and its neighbours say: who it is about, what is true of them, what is done to them."""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from doichieu.extraction.targets.parts import clean
from doichieu.extraction.targets.sides import Said
from doichieu.lexicon.comparators import comparing
from doichieu.model import Target
from doichieu.segmentation.passages import Passage


class Row(NamedTuple):
    """One target as it was read, with what its own wording leaves open for its neighbours to say."""

    target: Target
    said: Said
    wordless: bool


_ANOTHER_SENTENCE = re.compile(r"[;.:\n]|trong (?:số )?đó")


def borrowed(rows: list[Row], passage: Passage) -> list[Target]:
    """Let a row take from the next what it leaves unsaid: who (``có trên 60%, đến năm 2025 trên 70% trường đạt
    chuẩn``), or what is true of them (``100% vụ việc và 100% đối tượng được xử lý``)."""
    found = [row.target for row in rows]
    wordless = [row.wordless for row in rows]
    unsaid = [row.said.open for row in rows]
    for index in range(len(found) - 2, -1, -1):
        row, following = found[index], found[index + 1]
        between = passage.source[row.char_end : following.char_start]
        if row.unit != following.unit or _ANOTHER_SENTENCE.search(between):
            continue
        if wordless[index] and not wordless[index + 1] and row.value != following.value:
            wordless[index] = False
            found[index] = msgspec.structs.replace(
                row, subject=following.subject, scope=following.scope, indicator=following.indicator
            )
        elif (
            unsaid[index]
            and not unsaid[index + 1]
            and _JOINED.fullmatch(between)
            and _FIGURE_FIRST.match(following.quote)
        ):
            unsaid[index] = False
            found[index] = msgspec.structs.replace(row, indicator=following.indicator)
    return _narrow_back(_borrow_back(found, unsaid, passage), passage)


_JOINED = re.compile(r"\s*(?:,|và|,\s*và)?\s*")
_FIGURE_FIRST = re.compile(rf"\s*(?:(?:{comparing()}|từ)\s+)*\d", re.IGNORECASE)


def _borrow_back(found: list[Target], unsaid: list[bool], passage: Passage) -> list[Target]:
    """Let a row take what is done from the one before: ``Thu gom 90% chai nhựa, 80% túi ni lông``."""
    taken: set[int] = set()
    for index in range(1, len(found)):
        before, row = found[index - 1], found[index]
        joined = _JOINED.fullmatch(passage.source[before.char_end : row.char_start]) is not None
        done = index - 1 in taken or not (unsaid[index - 1] or _FIGURE_FIRST.match(before.quote))
        if unsaid[index] and joined and done and before.unit == row.unit:
            taken.add(index)
            found[index] = msgspec.structs.replace(row, indicator=_deed(before) or row.indicator)
    return found


#: Bodies that may stand in one list before what is so of each of them.
_BODIES = frozenset(
    {"doanh nghiệp", "hợp tác xã", "tổ hợp tác", "trang trại", "gia trại", "hộ kinh doanh", "câu lạc bộ"}
)
_OF_EACH = re.compile(r"(?:do\s|hoạt động (?:có )?hiệu quả)")


def _narrow_back(found: list[Target], passage: Passage) -> list[Target]:
    """Let the bodies of a list share what is said behind the last: ``25 doanh nghiệp, 08 hợp tác xã và 40 tổ hợp tác do
    phụ nữ làm chủ``."""
    for index in range(len(found) - 2, -1, -1):
        row, following = found[index], found[index + 1]
        if row.scope or row.unit not in _BODIES or following.unit not in _BODIES or row.unit == following.unit:
            continue
        told = tuple(piece for piece in following.scope if _OF_EACH.match(piece))
        bare = row.quote.rstrip().lower().endswith(row.unit)
        if told and bare and _JOINED.fullmatch(passage.source[row.char_end : following.char_start]):
            found[index] = msgspec.structs.replace(row, scope=told)
    return found


_OF_TIME = re.compile(r"\s(?:thời gian|thời hạn|chi phí|số)\s")


def _deed(row: Target) -> str:
    """What is done, without what it is done to: ``giảm thời gian giải quyết hồ sơ`` → ``giảm``."""
    said = row.indicator.partition(row.subject)[0] if row.subject else row.indicator
    return clean(_OF_TIME.split(said, maxsplit=1)[0])
