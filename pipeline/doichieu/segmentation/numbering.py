"""Whether the numbering of a document breaks: what is told, and what only looks like a break.

A mark breaks the numbering where neither the mark before it in its list nor the last one of its kind in this part is
its predecessor.  Nothing is told of lists that begin anew, of quoted provisions, of forms with dotted lines, of marks
without wording, and of numbers that stand inside a line.
"""

from __future__ import annotations

import re
import unicodedata

from doichieu.segmentation.markers import Marker, follows, inserted
from doichieu.segmentation.piece import Chunk

_LEADERS = re.compile(r"[.…_]{5,}|…{2,}")
#: So many chunks after a dotted line still belong to its form.
_FORM = 3
#: Letters that only Vietnamese has, or that it shares with few: one of them tells.
_OWN = re.compile(
    "[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]"
)
#: A stretch of so many letters without one of Vietnamese is another language.
_FOREIGN = 40
_ROMANS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
#: What announces the wording of another document: its numbers begin anywhere.
_QUOTES = re.compile(r"(?:như sau|quy định|nêu rõ|ghi rõ)\s*:\s*[\"“*_ ]*\Z")
_BEHIND_COLON = re.compile(r"\s*[\"“*_ ]*\Z")
#: Where further on than so many characters, a number inside a line belongs to something else.
_REACH = 6_000


class Numbering:
    """The marks of a document in order, and whether each follows from what stands before it."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, int, bool], tuple[Marker, int]] = {}
        self._quoted = False
        self._form = 0
        self._silent = False
        self._apart = False

    def restart(self) -> None:
        """A part with its own numbering begins."""
        self._last = {}
        self._quoted = False

    def enter(self, chunk: Chunk) -> None:
        """Look at the next chunk of the body, marked or not, before it is placed."""
        text = chunk.text
        opened, closed = text.count("“"), text.count("”")
        straight = text.count('"')
        begins = text.lstrip("*_ ")[:1] in '"“'
        self._apart = self._quoted or begins or bool(chunk.quoted)
        dotted = (".." in text or "…" in text or "_" in text) and _LEADERS.search(text) is not None
        self._silent = self._apart or dotted or self._form > 0 or _foreign(text)
        if opened != closed:
            self._quoted = opened > closed
        elif straight % 2:
            self._quoted = not self._quoted and begins
        self._form = _FORM if dotted else max(0, self._form - 1)

    def judge(self, mark: Marker, before: Marker | None, view: str, start: int, *, worded: bool, bold: bool) -> str:
        """What is wrong with a mark at ``view[start]``, empty where nothing is; ``before`` is its elder in its list.

        Marks in bold and others count apart: one list stands inside the other.
        """
        key = (mark.kind, len(mark.value), bold)
        last, last_at = self._last.get(key, (None, 0))
        if not self._apart:
            self._last[key] = (mark, start)
        if self._silent or not worded or mark.value[-1] <= 1:
            return ""
        if any(one is not None and follows(one.value, mark.value, mark.kind) for one in (before, last)):
            return ""
        elder = before or last
        if elder is not None and inserted(elder.value, mark.label, mark.value):
            return ""
        between = view[max(last_at, start - _REACH) : start]
        if elder is None:
            if _inside(between, mark) or _announced(between):
                return ""
            return f"Đánh số bắt đầu từ “{mark.label}”, thiếu các mục trước đó"
        if elder.value == mark.value:
            return f"Số “{mark.label}” lặp lại" if before is not None else ""
        if elder.value > mark.value or _inside(between, mark):
            return ""
        if before is None:
            return f"Đánh số bắt đầu từ “{mark.label}”, thiếu các mục trước đó"
        return f"Đánh số không liên tục: sau “{before.label}” là “{mark.label}”"


def _announced(between: str) -> bool:
    """Whether the wording of another document is announced at the end of a text.

    >>> _announced("Khoản 2 được sửa đổi như sau: “"), _announced("như sau: một là")
    (True, False)
    """
    colon = between.rfind(":")  # the last one tells whether it is worth a look
    return _BEHIND_COLON.match(between, colon + 1) is not None and _QUOTES.search(between) is not None


def _inside(between: str, mark: Marker) -> bool:
    """Whether the number before a mark stands inside a line above it: ``1. Họ tên … 2. Giới tính``."""
    label = mark.label.rsplit(" ", 1)[-1]
    if mark.kind == "roman" or (mark.kind == "paren" and not label.strip("ivx")):
        elder = _ROMANS[mark.value[-1] - 1] if mark.value[-1] <= len(_ROMANS) else ""
        elder = elder.lower() if mark.kind == "paren" else elder
        return bool(elder) and re.search(rf"(?<!\w){elder}[.)]\s", between) is not None
    parts = label.split(".")
    if not parts[-1].isdigit():
        return bool(label) and re.search(rf"(?<!\w){chr(max(97, ord(label[0]) - 1))}[.)]\s", between) is not None
    parts[-1] = str(int(parts[-1]) - 1)
    return re.search(rf"(?<![\w.]){re.escape('.'.join(parts))}[.):]\s", between) is not None


def _foreign(text: str) -> bool:
    """Whether a text is no Vietnamese: many letters, none of them with a mark of its own."""
    if _OWN.search(text):
        return False
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= _FOREIGN and all(unicodedata.normalize("NFD", c) == c and c not in "đĐ" for c in letters)
