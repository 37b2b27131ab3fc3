"""What a footnote or a bracket says about a target: another document's value, or today's figure.

``trong Đề án số 12 chỉ quy định 10% trở lên`` makes a deviation declared; ``hiện đang có 06/15`` is a baseline.
"""

from __future__ import annotations

import re
from typing import TypedDict

from doichieu.alphabet import mark_digits
from doichieu.extraction.targets.quantities import find_quantities
from doichieu.lexicon.named_words import words_of
from doichieu.model import Operator
from doichieu.segmentation.passages import Analysis
from doichieu.text.memory import remembered
from doichieu.text.sieve import Sieve

_DOCUMENT = (
    r"(?P<document>(?:nghị quyết|đề án|kế hoạch|chỉ thị|quyết định|chương trình(?: hành động)?|kết luận"
    r"|quy định|thông tư|nghị định|chiến lược)"
    r"(?:\s+(?:số\s+)?[\w./-]*\d[\w./-]*(?![\w./-]*\s*%)|\s+của\s+[^,;.:()]{3,50})?"
    r"|(?:chỉ tiêu|mục tiêu|mức)(?:\s+chung)?(?:\s+(?:của|do))?\s+(?:tỉnh|thành phố|trung ương|huyện|cấp trên)"
    r"|(?<![\w])(?:toàn tỉnh|tỉnh|trung ương|cấp trên|cả nước)(?=\s*(?::|giao\s|đề ra\s|quy định\s)))"
)
_SAYS = re.compile(
    (
        rf"{_DOCUMENT}[^;.%]{{0,60}}?\s*(?:chỉ\s+)?(?P<verb>quy định|yêu cầu"
        r"|đề ra|giao|xác định|nêu|là|đặt ra|:)\s+"
    ),
    re.IGNORECASE,
)
# The value right after the document: "(Nghị quyết: 10%)", "cao hơn Nghị quyết (10%)".
_GIVES = re.compile(
    (
        rf"{_DOCUMENT}\s*(?:tỉnh|cấp trên)?\s*(?::|là|chỉ"
        r"|\()?\s*(?=(?:từ |trên |ít nhất |tối thiểu |đạt )?\d+(?:,\d+)?\s*%)"
    ),
    re.IGNORECASE,
)
#: A reference names its document.
_NAMES = Sieve(_DOCUMENT)
_DIFFERS = re.compile(
    r"(?:cao hơn|thấp hơn|nhiều hơn|ít hơn|vượt|tăng|giảm)(?: so với)?(?: (?:mục tiêu|chỉ tiêu"
    r"|mức))?(?: (?:của|trong|tại|do))?\s*\Z"
)
_GIVEN = re.compile(rf"[(:]|{words_of('laid_down')}|chỉ")
_NOW = re.compile(r"^(?:hiện (?:nay|đang|tại|có)|năm \d{4}|đến nay|tính đến|thực trạng|kết quả)")


class Reference(TypedDict, total=False):
    """The fields of a target that its footnote or bracket fills."""

    baseline: str
    reference_document: str
    reference_operator: Operator
    reference_value: float | None
    reference_unit: str


def read_reference(text: str, today: str = "") -> Reference:
    """The value that a wording (lower case) ascribes to another document, or the baseline it states.

    A year after ``today`` (the document's own year) is no baseline.

    >>> read_reference("trong đề án số 12 chỉ quy định 10% trở lên")["reference_value"]
    10.0
    """
    return _reference(text, today).copy()


def _read_reference(text: str, today: str) -> Reference:
    out: Reference = {}
    for match in reversed([*_GIVES.finditer(text), *_SAYS.finditer(text)] if _NAMES.may(text) else []):
        if _DIFFERS.search(text[: match.start("document")]) and not _GIVEN.search(
            text[match.end("document") : match.end()]
        ):
            continue  # "cao hơn Nghị quyết số 21 là 5%" names a difference, not a value
        quantities = find_quantities(text[match.end() : match.end() + 60])
        if (
            quantities
            and quantities[0].start <= 25
            and quantities[0].kind in ("percent", "count", "rate", "index", "money")
        ):
            first = quantities[0]
            out["reference_document"] = match.group("document").strip()
            out["reference_operator"] = first.operator
            out["reference_value"] = first.value
            out["reference_unit"] = first.unit
            return out
    told = _NOW.match(text)
    if told and not (today and told.group().startswith("năm ") and told.group()[4:] > today):
        quantities = [q for q in find_quantities(text) if q.kind in ("percent", "ratio", "count", "rate", "index")]
        if quantities:
            out["baseline"] = text[quantities[0].figure_start : quantities[0].figure_end].strip()
    return out


#: A document says the same wording in its notes and in the lines they hang on.
_reference = remembered(_read_reference)


#: The number of a note that a drafter set by hand: before its words, and behind those it hangs on.
_SET_BY_HAND = re.compile(r"\A\(\d{1,2}\)\s+")
_HANGS = re.compile(r"(?<=[\w%.,”\"])\s?\((?P<mark>\d{1,2})\)")


_BRACKETED = re.compile(r"\(([^()]{6,200})\)")


class References:
    """The footnotes of one document by their marks, read once each."""

    def __init__(self, analysis: Analysis) -> None:
        self._today = (analysis.info.issued_on or "")[:4]
        self._notes: dict[str, Reference] = {}
        self.passages: dict[str, str] = {}
        for passage in analysis.passages:
            if passage.clause.kind != "footnote":
                continue
            mark = mark_digits(passage.clause.marker)
            body = (
                passage.text[len(passage.clause.marker) :].strip()
                if passage.text.startswith(passage.clause.marker)
                else passage.text
            )
            body = (
                re.sub(r"^[⁰¹²³⁴⁵⁶⁷⁸⁹\[\]\d\s.:]+(?=[^\d\s])", "", body) if re.match(r"^[⁰¹²³⁴⁵⁶⁷⁸⁹\[]", body) else body
            )
            body = _SET_BY_HAND.sub("", body)
            reference = read_reference(body.lower(), self._today)
            if "reference_document" in reference:
                position = body.lower().find(reference["reference_document"])
                if position >= 0:
                    reference["reference_document"] = body[position : position + len(reference["reference_document"])]
            self._notes[mark] = reference
            self.passages[mark] = passage.clause.clause_id

    def hung(self, wording: str) -> str:
        """The mark in brackets that a wording ends with, where the document has such a note: ``đạt 15% (1)``."""
        found = _HANGS.search(wording) if "(" in wording else None
        return found.group("mark") if found is not None and found.group("mark") in self._notes else ""

    def of(self, mark: str, wording: str) -> Reference:
        """What the footnote with ``mark`` and the brackets of ``wording`` say."""
        if mark in self._notes:
            return self._notes[mark]
        for bracket in _BRACKETED.findall(wording) if "(" in wording else ():
            reference = read_reference(bracket.lower().strip(), self._today)
            if reference:
                return reference
        return {}
