"""Deviations that the child's own text admits: footnotes, brackets, ``cao hơn Nghị quyết``.

A declaration counts only if the value it names is the parent's: then the difference is *declared*; a note that
names another value than the parent has is *contradicted*.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from doichieu.alphabet import mark_digits
from doichieu.comparison.meaning.quoted import quoted_values
from doichieu.comparison.meaning.terms import idle, tokens
from doichieu.comparison.relations.algebra import amount_of
from doichieu.lexicon.families import PROVINCE
from doichieu.model import Document, Target
from doichieu.naming import figure, kind_names, quantity_words
from doichieu.text import fold
from doichieu.text.memory import Last

_NUMBER = re.compile(r"\d+")


class Declaration(NamedTuple):
    """What the child says about a difference: the state, the wording that says it, and the value stated in words."""

    state: Literal["", "true", "contradicted"]
    wording: str
    stated: str = ""


def footnote_wording(child: Document, target: Target) -> str:
    """The footnote that hangs on a target, verbatim; else the bracket in its quote that names another document."""
    if target.footnote:
        for clause in child.clauses:
            if clause.kind == "footnote" and mark_digits(clause.marker) == target.footnote:
                return child.source.text[clause.char_start : clause.char_end]
    for bracket in re.findall(r"\([^()]{6,300}\)", target.quote):
        if target.reference_document and fold(target.reference_document) in fold(bracket):
            return str(bracket)
    return ""


_CENTRE = ("trung ương", "chính phủ", "thủ tướng", "bộ", "quốc hội")
_LEVELS = {
    "tỉnh": ("tỉnh",),
    "cả nước": _CENTRE,
    "thành phố": ("thành phố", "thành ủy"),
    "trung ương": _CENTRE,
    "huyện": ("huyện",),
}


def _number_in_title(parent: Document) -> str:
    """The number that stands at the head of a title whose document has no letterhead."""
    found = re.match(r"\W*số\s+(\d+[\w/-]*)", fold(parent.info.title))
    return found.group(1) if found else ""


def names(reference: str, parent: Document) -> bool:
    """Whether a reference such as ``Đề án số 12`` can mean the parent: its number, or its kind where it has none.

    ``chỉ tiêu tỉnh giao`` means a parent that a body of the province issued; ``cấp trên`` means any.
    """
    figures = _NUMBER.findall(reference)
    printed = parent.info.number or _number_in_title(parent)
    own = _NUMBER.findall(printed.split("/")[0]) if printed else []
    if figures and own:
        return int(figures[0]) == int(own[0])
    if figures:
        return False
    text = fold(reference)
    kind = kind_names().get(parent.info.kind, "?").lower()
    if text.startswith(kind):
        return True
    if "cấp trên" in text:
        return True
    issuer = fold(f"{parent.info.issuer} {parent.info.authority} {parent.info.place}")
    if not text.startswith(
        ("chỉ tiêu", "mục tiêu", "mức", "tỉnh", "toàn tỉnh", "trung ương", "cả nước", "thành phố", "huyện")
    ):
        return False
    return any(level in text and any(word in issuer for word in words) for level, words in _LEVELS.items())


_UPPER = (
    r"(?:nghị quyết|đề án|kế hoạch|chỉ thị|quyết định|chương trình|kết luận|trung ương|cấp trên"
    rf"|toàn tỉnh|{PROVINCE}|cả nước)"
)
_MORE = r"(?P<more>cao hơn|thấp hơn|nhiều hơn|ít hơn|vượt|tăng|giảm)"
_POINTS = ("%", "‰", "điểm phần trăm", "điểm %", "điểm")
_OF_UPPER = rf"(?:so với\s+)?(?:(?:mục tiêu|chỉ tiêu|mức|quy định)\s+)?(?:(?:của|trong|tại|do)\s+)?{_UPPER}"


@lru_cache(maxsize=64)
def _differences(unit: str) -> tuple[re.Pattern[str], ...]:
    """A stated difference: ``cao hơn Nghị quyết số 21 là 5%``, ``thấp hơn 2 điểm phần trăm so với chỉ tiêu của
    tỉnh``."""
    bare = unit.split("/")[0].strip()
    named = (unit, bare, *(" ".join(bare.split()[:n]) for n in (2, 1))) if bare else ()
    units = "|".join(map(re.escape, _POINTS if unit in ("%", "‰") else dict.fromkeys(("điểm", *named))))
    how_much = rf"(?P<n>\d+(?:\.\d{{3}})*(?:,\d+)?)\s*(?P<unit>{units})"
    return (
        re.compile(
            rf"(?<!\w){_MORE}\s+{_OF_UPPER}(?![^.;()\n]{{0,60}}?(?:quy định|đề ra|giao|xác định|yêu cầu"
            rf"|mức)\s+\d)[^.;()\n%]{{0,60}}?(?<![\d,./-]){how_much}"
        ),
        re.compile(
            rf"(?<!\w){_MORE}\s+{how_much}\s*(?:,\s*)?so với\s+(?:(?:mục tiêu|chỉ tiêu|mức|quy định)\s+)?(?:(?:của"
            rf"|trong|tại|do)\s+)?{_UPPER}"
        ),
    )


_YEARS = (
    re.compile(
        rf"(?<!\w)(?P<more>sớm hơn|muộn hơn|chậm hơn|trước|sau)\s+{_OF_UPPER}[^.;()\n]{{0,50}}?(?<![\d/-])"
        rf"(?P<n>\d{{1,2}})\s*năm(?!\s*20)"
    ),
    re.compile(
        rf"(?<!\w)(?P<more>sớm|muộn|chậm|rút ngắn|kéo dài|lùi)(?: hơn| thêm| lại)?\s+"
        rf"(?P<n>\d{{1,2}})\s*năm,?\s+so với\s+[^.;()\n]{{0,30}}?{_UPPER}"
    ),
)
_EXCUSE = re.compile(
    r"(?:cao hơn|thấp hơn|vượt|tăng so với|giảm so với|sớm hơn|muộn hơn|chậm hơn|khác với"
    rf"|mở rộng(?: hơn)? so với|thu hẹp(?: hơn)? so với)\s+{_OF_UPPER}[^.;()\n]{{0,80}}"
    r"|(?:để phù hợp với|riêng(?: đối với)?\s|do điều kiện|do đặc thù|căn cứ tình hình|do khó khăn)[^.;()\n]{3,120}"
)
_LESS = ("thấp", "ít", "giảm", "sớm", "trước", "rút ngắn")


def _number(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))


def _stated_difference(text: str, target: Target, answer: Target) -> Declaration | None:
    """The difference from the parent that a folded wording puts into figures, judged against the real one."""
    for pattern in _differences(fold(target.unit)):
        match = pattern.search(text)
        if match and target.value is not None and answer.value is not None:
            said, real = _number(match.group("n")), round(target.value - answer.value, 6)
            signed = -said if match.group("more").startswith(_LESS) else said
            stated = f"{figure(said)} {match.group('unit')}".replace(" %", "%")
            words = f"nêu chênh lệch {stated}, chênh lệch thực tế là {figure(abs(real))}"
            return Declaration("true" if abs(real - signed) < 1e-9 else "contradicted", match.group().strip(), words)
    for pattern in _YEARS:
        match = pattern.search(text)
        if match and target.deadline and answer.deadline:
            later = int(target.deadline[:4]) - int(answer.deadline[:4])
            said_years = int(match.group("n"))
            signed_years = -said_years if match.group("more").startswith(_LESS) else said_years
            words = f"nêu chênh lệch {said_years} năm, chênh lệch thực tế là {abs(later)} năm"
            return Declaration("true" if later == signed_years else "contradicted", match.group().strip(), words)
    return None


def _own_words(child: Document, target: Target) -> str:
    """The target's quote with the rest of its sentence, where drafters put their reasons, up to the next target;
    verbatim."""
    following = [t.char_start for t in child.targets if t.char_start >= target.char_end and is_promise(t)]
    window = child.source.text[target.char_start : min([target.char_end + 240, *following])]
    rest = re.split(r"\n\s*\n|;\s", window[len(target.quote) :])
    told = len(rest) > 1 and (_UPPER_SAYS.match(fold(rest[1])) or _COMPARED.match(fold(rest[1])))
    return target.quote + (f"{rest[0]}; {rest[1]}" if told else rest[0])


#: "; thấp hơn 5 điểm phần trăm so với Nghị quyết …": how the own figure stands to another's.
_COMPARED = re.compile(rf"\W*(?:mức này )?(?:cao|thấp|nhiều|ít|sớm|muộn|chậm) hơn\s[^;]{{0,40}}?{_UPPER}(?!\w)")
_KINDS = r"(?:nghị quyết|đề án|kế hoạch|chỉ thị|quyết định|chương trình|kết luận|cấp trên)"
_KIND_NUMBERED = rf"{_KINDS}(?: số)?(?:\s+\d+[\w/-]*)?"
_DOCUMENTS = rf"{_KINDS}(?!\w)"
#: A level stands for its document only where it asks something: "90 xã của tỉnh đạt chuẩn" is a promise.
_ASKING = rf"(?:trung ương|toàn tỉnh|{PROVINCE}|cả nước)(?=\s*(?:giao|đề ra|quy định|yêu cầu|:|\Z|[,;)]))"
_OF_ANOTHER = re.compile(
    r"\A\W*(?:so với|thay vì|thay cho|khác với)\s+(?:(?:mức|chỉ tiêu|mục tiêu)\s+)*\d"
    r"|\A\W*[\d,.]+\s*\S+(?:\s+\S+){0,2}?\s+(?:như|theo|của|tại|trong)\s+"
    rf"(?:mức\s+|quy định\s+(?:của\s+|tại\s+)?)*(?:{_DOCUMENTS}|{_ASKING})"
    r"|\A\W*(?:cao|thấp|nhiều|ít|sớm|muộn|chậm) hơn\s"
    rf"|\A\W*(?:đúng|bằng|theo|như|đúng bằng|đúng theo|đúng như)\s+(?:với\s+)?(?:mức|chỉ tiêu|mục tiêu)?\s*"
    rf"(?:[\d,.]+\s*\S+\s+)?(?:mà|do|của|tại|trong)\s+{_DOCUMENTS}"
    rf"|\A\W*(?:do|vì|để)\s[^%;]{{3,80}}?(?:cao|thấp|nhiều|ít) hơn\s+(?:mức\s+|quy định\s+)?{_DOCUMENTS}"
)


#: "; Nghị quyết số 12-NQ/TU chỉ quy định 95%": what another document asks, told beside the own figure.
_UPPER_SAYS = re.compile(
    r"\W*(?:(?:trong khi|còn|mà|mức mà)\s+)?(?:nghị quyết|đề án|kế hoạch|chỉ thị|quyết định|chương trình|kết luận)"
    r"(?!\s+này)[^;:%]{0,60}?\s(?:chỉ\s+)?(?:quy định|yêu cầu|đề ra|xác định|nêu|ghi|đặt|giao|là)\s[^;:\d]{0,30}\d"
)


#: "Trên 10.000 dân có": only says per how many what follows is.
_OVER_HEADS = re.compile(r"\W*(?:trên|mỗi|cứ)\s+(?:\d[\d.]*|một vạn|vạn) (?:người )?dân(?: có| đạt| thì)?\W*\Z")
#: "bằng mức Nghị quyết số 12-NQ/TU quy định là 75%".
_AS_THEY_SAY = re.compile(
    r"\A\W*(?:bằng|đúng|đúng bằng|theo|tương đương|như)\s+(?:với\s+)?(?:mức|chỉ tiêu|mục tiêu)?\s*(?:của\s+|tại\s+)?"
)


def is_promise(target: Target) -> bool:
    """Whether a row is a commitment of its own and not the value of another document that extraction took for one.

    >>> is_promise(Target("d", "t", "c", "", 0, 1, "70% như Nghị quyết số 12-NQ/TU"))
    False
    >>> is_promise(Target("d", "t", "c", "", 0, 1, "90 xã của tỉnh đạt chuẩn"))
    True
    """
    quoted = re.match(rf"(?:mức |quy định |chỉ tiêu )*(?:của |tại |trong )?{_UPPER}(?!\w)", fold(target.base))
    quote = fold(target.quote)
    if _OVER_HEADS.match(quote):
        return False
    return (
        quoted is None and _OF_ANOTHER.search(quote) is None and _UPPER_SAYS.match(_AS_THEY_SAY.sub("", quote)) is None
    )


_REMARKS = re.compile(
    r"ghi chú|thuyết minh|giải trình|(?:cao|thấp|nhiều|ít|sớm|muộn|chậm) hơn|so với|thay vì"
    r"|điều chỉnh|chỉ quy định"
)
#: So much of a target's words a remark elsewhere must say to be about that target.
_ABOUT = 0.7


def _remark_elsewhere(child: Document, target: Target) -> str:
    """The sentence elsewhere in the child, at its end or in a note, that speaks of the target and of another document;
    verbatim."""
    wanted = {t for t in tokens(fold(f"{target.subject} {target.indicator}")) if t not in idle()}
    best, found = 0.0, ""
    for remark in _remarks(child) if wanted else ():
        if remark.start <= target.char_start < remark.end:
            continue
        share = len(wanted & remark.said) / len(wanted)
        if share > max(best, _ABOUT - 1e-9):
            best, found = share, remark.sentence
    return found


class _Remark(NamedTuple):
    """A sentence that may speak of another document, its terms, and where its clause stands."""

    start: int
    end: int
    sentence: str
    said: frozenset[str]


def _read_remarks(child: Document) -> tuple[_Remark, ...]:
    return tuple(
        _Remark(clause.char_start, clause.char_end, sentence.strip(), frozenset(tokens(fold(sentence))))
        for clause in child.clauses
        if clause.leaf and clause.kind in ("paragraph", "footnote", "bullet", "item")
        for sentence in re.split(r"(?<=[.;])\s", clause.text)
        if _REMARKS.search(fold(sentence))
    )


#: Each target of a child asks for them.
_remarks = Last(_read_remarks)


def _verbatim(text: str, wording: str) -> str:
    """A folded wording as the text prints it, where it can be found there."""
    flat = " ".join(text.split())
    start = fold(flat).find(wording)
    if start < 0 or fold(flat[start : start + len(wording)]) != wording:
        return wording
    rest = re.match(r"[^;()\n]{0,60}?(?=[;()\n]|\.(?:\s|\Z)|\Z)", flat[start + len(wording) :])
    return flat[start : start + len(wording)] + (rest.group().rstrip(" ,.") if rest else "")


def declaration(child: Document, target: Target, parent: Document, answer: Target) -> Declaration:
    """What the child's text says about its difference from ``answer`` of ``parent``.

    A difference in figures (``cao hơn Nghị quyết 5%``) and a value of the parent (``Nghị quyết: 10%``) declare the
    deviation if they are right and contradict it if not; so does ``cao hơn quy định của Nghị quyết``; a reason alone
    is quoted and declares nothing.
    """
    note = footnote_wording(child, target)
    places = [words for words in (_own_words(child, target), note) if words]
    for words in places:
        found = _declared_in(words, child, target, parent, answer)
        if found is not None:
            return found if words is not note else found._replace(wording=note)
    read = _by_reference(note or places[0], target, parent, answer)
    if read is not None:
        return read
    differs = amount_of(target) != amount_of(answer) or target.deadline != answer.deadline
    if not differs:
        return Declaration("", "")
    remark = _remark_elsewhere(child, target)
    if remark:
        found = _declared_in(remark, child, target, parent, answer)
        if found is not None:
            return found._replace(wording=remark)
    for words in places:
        excuse = _EXCUSE.search(fold(words))
        if excuse is not None:
            wording = note if words is note else _verbatim(words, excuse.group().strip())
            return Declaration(_admitted(excuse.group(), target, answer), wording)
    return Declaration("", "")


_NAMED_YEAR = re.compile(
    rf"(?<!\w)(?P<document>{_KIND_NUMBERED})\s*[:,]?\s*(?:(?:chỉ|đã|có|quy định|giao|đề ra|xác định|yêu cầu|đặt|nêu|ghi"
    r"|là|mốc|thời hạn|hạn|hoàn thành|đạt|vào|trong|đến|trước|hết|cuối)\s+)*"
    r"(?:năm|ngày [\d/]+/)\s*(?P<year>20\d\d)(?!\w)"
    r"|(?<!\w)(?:thay vì|so với|(?:sớm|muộn|chậm) hơn|lùi so với)\s+(?:(?:mốc|thời hạn|hạn|mục tiêu|đến|hết|cuối)\s+)*"
    rf"năm (?P<year2>20\d\d)\s*(?:,\s*)?(?:như|theo|của|tại|trong|do|mà|ở)\s+(?:mục tiêu |chỉ tiêu |quy định )?"
    rf"(?:của |tại )?(?P<document2>{_KIND_NUMBERED})"
)


def _stated_year(text: str, parent: Document, target: Target, answer: Target) -> Declaration | None:
    """The year that a folded wording says the parent asks for, where the two have other days; None where it says none.

    ``(Nghị quyết số 14-NQ/TU xác định năm 2027)``, ``sớm hơn mốc năm 2029 của Nghị quyết``.
    """
    if not target.deadline or not answer.deadline or target.deadline == answer.deadline or "năm 20" not in text:
        return None
    for match in _NAMED_YEAR.finditer(text):
        if names((match.group("document") or match.group("document2")).strip(), parent):
            year = match.group("year") or match.group("year2")
            right = year == answer.deadline[:4]
            return Declaration("true" if right else "contradicted", match.group().strip(), f"nêu năm {year}")
    return None


def _declared_in(words: str, child: Document, target: Target, parent: Document, answer: Target) -> Declaration | None:
    """What one wording says of the difference, in figures; None where it states none of this parent."""
    found = _stated_difference(fold(words), target, answer)
    found = found or _stated_year(fold(words), parent, target, answer)
    if found is not None:
        return found._replace(wording=_verbatim(words, found.wording))
    said = {t for t in tokens(fold(f"{target.quote} {target.subject} {target.indicator}")) if t not in idle()}
    stated = [
        one
        for one in quoted_values(words)
        if names(one.document, parent) and not (set(one.of) - said) and _one_unit(one.unit, target.unit)
    ]
    if not stated:
        return None
    right = next((one for one in stated if one.value in (answer.value, answer.value_max)), None)
    one = right or stated[0]
    unit = one.unit if one.unit in ("%", "‰") else f" {one.unit}"
    return Declaration(
        "true" if right else "contradicted", _verbatim(words, one.wording), f"nêu {figure(one.value)}{unit}"
    )


def _one_unit(said: str, unit: str) -> bool:
    """Whether a quoted value can be of a target's unit: shares with shares, counts with counts, days with days."""
    if said.startswith(("năm", "tháng", "ngày")):
        return unit.split("/")[0].strip() == said.split(" ")[0]
    shares = ("%", "‰", "điểm phần trăm")
    return (said in shares) == unit.startswith(("%", "‰"))


def _by_reference(words: str, target: Target, parent: Document, answer: Target) -> Declaration | None:
    """The value that extraction read as another document's, where the wording is its own."""
    import msgspec

    if target.reference_value is None or not names(target.reference_document, parent):
        return None
    stated = msgspec.structs.replace(
        answer,
        operator=target.reference_operator or "=",
        value=target.reference_value,
        value_max=None,
        unit=target.reference_unit or answer.unit,
    )
    same = amount_of(stated) == amount_of(answer) or (
        target.reference_operator in ("", "=") and target.reference_value == answer.value
    )
    return Declaration("true" if same else "contradicted", words, f"nêu {quantity_words(stated)}")


_MORE_WORDS = re.compile(r"(?<!\w)(?:cao hơn|vượt|tăng so với|nhiều hơn)")
_LESS_WORDS = re.compile(r"(?<!\w)(?:thấp hơn|giảm so với|ít hơn)")


def _admitted(excuse: str, target: Target, answer: Target) -> Literal["", "true", "contradicted"]:
    """Whether a wording without a figure names the difference: ``cao hơn quy định của Nghị quyết``."""
    if target.value is None or answer.value is None or target.unit != answer.unit:
        return ""
    more, less = bool(_MORE_WORDS.search(excuse)), bool(_LESS_WORDS.search(excuse))
    if more == less or target.value == answer.value:
        return ""
    return "true" if (target.value > answer.value) == more else "contradicted"
