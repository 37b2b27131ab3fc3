"""The grammar of a population: head noun phrase, what narrows it, and what is said of it.

``100% nạn nhân | bị mua bán trở về có nhu cầu hỗ trợ | được hưởng các dịch vụ``: the head stands first, relative
clauses, places, ages and exceptions narrow it; where the predicate begins says
:mod:`doichieu.extraction.targets.predicates`.  Words stand in ``predicates.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from doichieu.alphabet import UPPER
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.relative_clauses import PERSON, of_place
from doichieu.extraction.targets.verbs import ALWAYS, BRACKET, fixed_terms, verbs_of
from doichieu.lexicon import load
from doichieu.lexicon.named_words import words_of
from doichieu.text import any_word
from doichieu.text.memory import remembered
from doichieu.text.sieve import Guard, Sieve


class Population(NamedTuple):
    """A population as a wording names it: whole head, what narrows it, what is said of it."""

    subject: str
    scope: tuple[str, ...]
    predicate: str


#: A stretch of time narrows nobody: "đảng viên trong cả nhiệm kỳ".
_TERM = re.compile(r"trong (?:cả |toàn |mỗi |một |suốt )?(?:nhiệm kỳ|khóa|giai đoạn|thời kỳ|kỳ)(?: này)?")
#: A branch of an economy, which ``khu vực`` makes a population; "nông thôn" is a place.
SECTOR = rf"(?:(?!nông (?:thôn|dân)){any_word(load('predicates')['sectors'])})"
_SECTOR = re.compile(rf"khu vực {SECTOR}")
_EDGE = re.compile(r"(?:[\s,;:.)(-]|(?<!\w)(?:và|hoặc|của|các|những|là)(?=\s*\Z))+\Z")
#: These make a term with the noun before them: "người nghiện ma túy".
_HEADED = frozenset({"nghiện", "mắc", "nhiễm"})
_PLACES = ("ở", "tại", "trên", "trong", "ngoài")
_EXCEPT = ("trừ", "ngoại trừ", "không bao gồm", "không kể", "không tính")
_AGE_END = re.compile(r"(?:tuổi|trở lên|trở xuống|độ tuổi \D{2,30})\Z")
#: Where somebody lives or works belongs to the verb: "sinh sống tại khu vực …".
_LIVES = re.compile(rf"(?:đang )?(?:{words_of('lives_or_works')})(?!\w)")
_OPEN_EDGE = re.compile(r"(?:,|(?<!\w)(?:và|hoặc|của|về|với|cho|theo|từ|đến|do|không))\s*\Z")


@lru_cache(maxsize=1)
def _anywhere() -> tuple[Guard, list[Sieve]]:
    sieves = [Sieve(pattern) for pattern in load("predicates")["anywhere"]]
    return Guard(*sieves), sieves


def narrowed_anywhere(text: str) -> list[str]:
    """Ages, exceptions and the like, which narrow a population wherever in its clause they stand.

    >>> narrowed_anywhere("có 01 cán bộ trẻ dưới 40 tuổi")
    ['dưới 40 tuổi']
    >>> narrowed_anywhere("bệnh viện dùng bệnh án điện tử, trừ bệnh viện điều dưỡng, phục hồi chức năng")
    ['trừ bệnh viện điều dưỡng, phục hồi chức năng']
    """
    lowered = BRACKET.sub(lambda m: " " * len(m.group()), text).lower()
    guard, patterns = _anywhere()
    if not guard.may(lowered):
        return []
    found = [text[m.start() : _excepted(lowered, m)] for pattern in patterns for m in pattern.finditer(lowered)]
    return [_EDGE.sub("", piece).strip() for piece in found]


#: The other members of a list of those excepted, to the end of their clause: "trừ bệnh viện điều dưỡng, | phục hồi".
_OTHERS_EXCEPTED = re.compile(r"(?:,(?: và| hoặc)? [^,;.()%\d]{2,60})+(?=[;.()]|$)")


#: What those excepted are not able to do, said of the last of them: "người già yếu, khuyết tật | không thể …".
_CANNOT = re.compile(r"(?:không|chưa)\s(?:thể|có khả năng|có điều kiện|đủ|còn)(?!\w)|bị\s|đang\s|thuộc\s|ở\s")


def _excepted(lowered: str, found: re.Match[str]) -> int:
    """Where a piece ends; an exception goes on over the commas of its list, where nothing else is said behind them."""
    if not found.group().startswith(_EXCEPT):
        return found.end()
    others = _OTHERS_EXCEPTED.match(lowered, found.end())
    if others is None:
        return found.end()
    says = predicate_start(others.group())
    return others.end() if says is None or _CANNOT.match(others.group(), says) is not None else found.end()


@lru_cache(maxsize=1)
def _narrowing() -> tuple[re.Pattern[str], list[re.Pattern[str]]]:
    data = load("predicates")
    return re.compile("|".join(data["narrowing"])), [re.compile(p) for p in data["scope"]]


_EMPHASIS_END = re.compile(
    r",\s+(?:ưu tiên|nhất là|đặc biệt là|trước hết là|trong đó ưu tiên)\s[^,;]{2,80},?\s*\Z", re.IGNORECASE
)


def without_brackets(text: str) -> str:
    """``text`` without its brackets.

    >>> without_brackets("hộ nghèo (chuẩn mới) ở xã")
    'hộ nghèo ở xã'
    """
    return " ".join(BRACKET.sub(" ", text).split())


_AMOUNT_AGAIN = re.compile(r"(?:khoảng |tương đương )?\d[\d.,]*\s*(?:[^\W\d_]+\s*){1,2}/|=")


#: Proper names in a row: "(Đặng Xá, Khuê Liễu, An Tào)".
_LISTED = re.compile(rf"[{UPPER}]\w*(?: [{UPPER}]\w*)*(?:(?:, | và )[{UPPER}]\w*(?: [{UPPER}]\w*)*){{2,}}")


#: What a bracket tells of a year, and how much each part of an amount is.
_TOLD_THEN = re.compile(r"năm \d{4}(?: mới| chỉ)?(?::| là| đạt| có| chiếm)\s*\d")
_AMOUNTS_OF_PARTS = re.compile(r"[^\d,;%()]{2,40}\s\d[\d.,]*\s[^\d,;]+(?:[,;] [^\d,;%()]{2,40}\s\d[\d.,]*\s[^\d,;]+)+")


#: How a promise stands to that of another document: "(lùi 02 năm so với Nghị quyết …)", "(cao hơn chỉ tiêu tỉnh giao)".
_TOLD_AGAINST = re.compile(
    r"(?:"
    rf"{words_of('told_against')}"
    r")(?!\w)(?:[^()]*(?<!\w)so với(?!\w)| hơn (?!từ |đủ )[^()]*(?:nghị quyết|đề án|kế hoạch|chương trình"
    r"|quyết định|chỉ tiêu|mục tiêu|quy định|yêu cầu|mức chung))"
)


#: By when it is done, the time itself taken out of the bracket: "(hoàn thành trong năm 2027)".
_DONE = r"(?:hoàn thành|thực hiện|xong|chậm nhất|muộn nhất|hạn chót|thời hạn|hạn)(?: (?:trong|trước|vào|là|đến))*"
_DONE_BY = re.compile(_DONE)
_DONE_BRACKET = re.compile(rf"\s*\(\s*(?:{_DONE})?\s*\)", re.IGNORECASE)


def without_term(text: str) -> str:
    """A wording without a bracket that told only by when, of which the time is taken out.

    >>> without_term("có nhân viên y tế (hoàn thành )"), without_term("có nhân viên y tế (bác sĩ)")
    ('có nhân viên y tế', 'có nhân viên y tế (bác sĩ)')
    """
    return _DONE_BRACKET.sub("", text) if "(" in text else text


#: The formula of a substance: "NH4+-N", "PO43- - P", "CaCO3", "H2S".
_FORMULA = re.compile(r"(?=[^\d]*\d)(?:[A-Z][a-z]?\d*){1,6}(?:[-+ ]+[A-Z]?\d*)*")
#: What a bracket tells of what is yet to come, or with a figure of its own of some of them, narrows nobody.
_REMARK = re.compile(
    r"\Ariêng\s[^()]*\s\d|(?<!\w)sẽ(?: còn| tiếp tục)? (?:được|do|có|căn cứ|điều chỉnh|cập nhật|xác định|xem xét)(?!\w)"
)
_YEAR_ALONE = re.compile(r"(?:(?:đến |vào |trong )?(?:hết |cuối )?năm )?(?:19|20)\d\d")
_TOLD_OPENS = ("hiện ", "đến nay", "năm trước", "quy định ", "trước đây", "trước kia", "thay vì")


def _kept_bracket(inner: str) -> bool:
    """Whether a bracket narrows a population, and is no abbreviation, list, figure or source."""
    low = inner.lower()
    aside = (
        "gồm",
        "bao gồm",
        "sau đây",
        "gọi",
        "nếu có",
        "theo",
        "qua",
        "tại phụ lục",
        "có phụ lục",
        "đối với",
        "tương",
        "đáp ứng",
        "bảo đảm",
        "đảm bảo",
        "thay thế",
        "tức",
        "nghĩa",
        "áp dụng",
        "trong đó",
        "chi tiết",
        "phụ lục",
        "kèm theo",
        "danh sách",
        "xem ",
    )
    if not inner or low.startswith(aside):
        return False
    if _YEAR_ALONE.fullmatch(low) or _DONE_BY.fullmatch(low):
        return False  # "từ 52% (năm 2025) lên 54%"
    if _AMOUNT_AGAIN.match(low):
        return False  # "02 đợt/tháng (18 đợt/năm)"
    if _TOLD_THEN.match(low) or _AMOUNTS_OF_PARTS.fullmatch(low):
        return False  # "(năm 2018: 92 triệu USD)", "(chè 300 ha, quế 200 ha)"
    if _REMARK.search(low):
        return False  # "(diện tích cụ thể sẽ được xác định trong từng dự án)", "(riêng năm 2025 đạt 58 tạ/ha)"
    if _FORMULA.fullmatch(inner):
        return False  # "độ kiềm (CaCO3)"
    if _TOLD_AGAINST.match(low) or _LISTED.fullmatch(inner) or low.startswith(_TOLD_OPENS):
        return False  # names of those that are meant, or how it stands today
    return not (
        re.fullmatch(r"[A-ZĐ&]{2,10}(?:[ -][A-ZĐ&]{2,10})*|[¹²³⁴⁵⁶⁷⁸⁹\d%]+", inner) or re.search(r"\d\s*%", low)
    )


def brackets(text: str) -> list[str]:
    """The brackets of ``text`` that narrow what stands before them."""
    inner = (m.group(1).strip(" .,…") for m in BRACKET.finditer(text))
    return [piece for piece in inner if _kept_bracket(piece)]


class _Opener(NamedTuple):
    """Where a piece that narrows begins: a place, an age, an exception, or a verb of a relative clause."""

    start: int
    end: int
    word: str
    verb: bool


def _openers(lowered: str) -> list[_Opener]:
    """What may open a piece of a noun phrase (lower case), in order; of two that overlap the earlier, then longer."""
    blocked = fixed_terms(lowered)
    found = [
        _Opener(m.start(), m.end(), m.group(), False)
        for m in _narrowing()[0].finditer(lowered)
        if not any(a <= m.start() < b for a, b in blocked)
    ]
    found += [
        _Opener(v.start, v.end, v.word, True) for v in verbs_of(lowered, from_start=False) if v.word not in _HEADED
    ]
    out: list[_Opener] = []
    for one in sorted(found, key=lambda o: (o.start, -o.end)):
        if one.start > 0 and (not out or one.start >= out[-1].end):
            out.append(one)
    return out


def _goes_on(piece: str, gap: int) -> bool:
    """Whether an opener right behind ``piece`` belongs to it: the piece is a verb without an object; no age is."""
    return not _AGE_END.search(piece.rstrip()) and (len(piece.split()) <= 2 or gap <= 1)


_BY_OPENS = re.compile(r"do (?!bạo|thiên|bệnh|tai|hỏa|dịch|lũ|mưa)")


def _verb_in(piece: str) -> bool:
    """Whether a piece (lower case) already has its verb."""
    return bool(verbs_of(piece, from_start=False))


def _pieces(phrase: str) -> tuple[str, list[str]]:
    """A noun phrase as its head and the pieces that narrow it, each from its opener to the next."""
    lowered = phrase.lower()
    cuts: list[int] = []
    last = 0
    for one in _openers(lowered):
        before, last = last, one.end
        if _OPEN_EDGE.search(lowered[: one.start]) and not one.word.startswith(_EXCEPT):
            continue
        if cuts and _BY_OPENS.match(lowered, cuts[-1]) and not _verb_in(lowered[cuts[-1] : one.start]):
            continue  # "do cơ quan nhà nước | ban hành" is one
        if (
            cuts
            and one.verb
            and (
                of_place(lowered, one.word, one.start, "bare_places")
                or of_place(lowered, one.word, one.start, "places")
            )
        ):
            continue  # "ở vùng | có đông công nhân" is one
        if cuts and one.word == "thuộc" and lowered.startswith(_PLACES, cuts[-1]):
            continue  # "tại các tổ dân phố | thuộc thị trấn cũ" is one
        if cuts and _goes_on(lowered[cuts[-1] : one.start], one.start - before):
            if one.verb or not one.word.startswith(_PLACES):
                continue  # "chưa | bị truy cứu" is one
            if not _LIVES.match(lowered, cuts[-1]):
                cuts.pop()  # "phát sinh | trên địa bàn": the bare verb stays with its noun, the place narrows
            else:
                continue  # "sinh sống | tại khu vực" is one
        cuts.append(one.start)
        if _AGE_END.search(one.word) and re.match(r"\s+\w", lowered[one.end :]):
            cuts.append(one.end)  # "từ 6 đến 11 tuổi | đi học đúng độ tuổi"
        if one.word == "mà":
            break  # "mà tỉnh có lợi thế": one clause to its end
    if not cuts:
        return phrase, []
    bounds = [*dict.fromkeys(cuts), len(phrase)]
    return phrase[: cuts[0]], [phrase[a:b] for a, b in pairwise(bounds)]


def narrowings(phrase: str) -> tuple[str, list[str]]:
    """A noun phrase as its whole head and what narrows it.

    >>> narrowings("trẻ em dưới 6 tuổi ở vùng cao")
    ('trẻ em', ['dưới 6 tuổi', 'ở vùng cao'])
    >>> narrowings("doanh nghiệp nhỏ và vừa (trừ doanh nghiệp nhà nước)")
    ('doanh nghiệp nhỏ và vừa', ['trừ doanh nghiệp nhà nước'])
    """
    head, scope = _narrowed(phrase)
    return head, list(scope)


def _narrow(phrase: str) -> tuple[str, tuple[str, ...]]:
    scope = brackets(phrase)
    phrase = _EMPHASIS_END.sub("", phrase)
    head, pieces = _pieces(without_brackets(phrase))
    if pieces and head.strip().lower() in ("người", "những người", "các hộ", "hộ") and pieces[0][:1].isalpha():
        head += pieces[0]  # "người thuộc hộ cận nghèo": the bare noun names nobody
        pieces = pieces if _AGE_END.search(pieces[0].rstrip()) else pieces[1:]
    scope += [_EDGE.sub("", piece).strip(" ,;") for piece in pieces]
    for pattern in _narrowing()[1]:
        for match in pattern.finditer(head.lower()):
            if match.start() == 0 and _SECTOR.match(match.group()):
                continue  # "khu vực công nghiệp": the head itself
            scope.append(head[match.start() : match.end()].strip())
    head = _EDGE.sub("", head).strip(" ,;")
    return head, tuple(
        s for s in dict.fromkeys(scope) if s and s.lower() not in ALWAYS and _TERM.fullmatch(s.lower()) is None
    )


_narrowed = remembered(_narrow)


#: How somebody does what follows: "người dân | thường xuyên tập luyện thể thao".
_HOW_DONE = re.compile(
    r"(?<=\w)\s+(?:thường xuyên|tích cực|chủ động|tự nguyện|tự giác|định kỳ|trực tiếp)\s*\Z", re.IGNORECASE
)


def read_population(text: str, *, find: Callable[[str], int | None] = predicate_start) -> Population:
    """``noun phrase + predicate`` as a population and what is said of it.

    >>> read_population("xã, phường, thị trấn có ít nhất 01 trạm y tế").subject
    'xã, phường, thị trấn'
    """
    position = find(text.lower())
    phrase = text[:position] if position is not None else text
    if position is not None and PERSON.match(phrase.lower()):
        phrase = _HOW_DONE.sub("", phrase)
    subject, scope = narrowings(phrase)
    return Population(subject, tuple(scope), "" if position is None else text[position:])
