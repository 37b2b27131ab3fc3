"""Names that no lexicon holds, read too far: behind a proper name in small letters stands what the body does."""

from __future__ import annotations

import re

from doichieu.alphabet import LOWER, UPPER
from doichieu.extraction.agencies.names import Item
from doichieu.lexicon.families import COMMUNE, LEVEL

_SWALLOWED_DEED = re.compile(
    rf"(?P<own>.*?[{UPPER}]\w*(?: [^\W\d_]+)* [{UPPER}][^\W\d_{UPPER}]+ [{UPPER}][^\W\d_{UPPER}]+)"
    rf" (?!(?:{LEVEL}|{COMMUNE}|cấp|khu vực|thuộc|trực thuộc|miền|vùng|số|cơ sở|của|tại|ở|và|đỏ)(?!\w))"
    rf"[{LOWER}]+ [{LOWER}\d][^{UPPER}]*"
)
_GOES_ON = re.compile(
    r"\s*(?:[,.;]|\Z|(?:về|cho|để|từ|đến|trong|trên|tại|ở|vào|ra|với|bằng|theo|của|và|khi|trước|sau|nhằm|là|mỗi|các)(?!\w))"
)
_OPEN = ("open", "outside")


def without_deed(items: list[Item], text: str, b: int) -> list[Item]:
    """Bodies without the deed that the last one's name has swallowed: ``Ban Quản lý Óc Eo| gia cố tường rào``.

    A name that no lexicon holds does not go on in small letters behind a proper name of two words up to the end of its
    segment at ``b``, or to a small word behind the deed, but for its level and place.
    """
    swallowed = _SWALLOWED_DEED.fullmatch(items[-1].name) if items[-1].group in _OPEN else None
    if swallowed is None or _GOES_ON.match(text[items[-1].end : b].lower()) is None:
        return items
    return [*items[:-1], items[-1].up_to(items[-1].start + swallowed.end("own"), text)]
