"""What a target says of whom, as terms in a row: population, then predicate, with ages, exceptions and bases apart.

The row is what two targets are compared by (:mod:`doichieu.comparison.relations.differences`).  Extraction cuts
subject and indicator where it can; the row holds both, with what a label above says (``Đối với hộ nghèo:``), so that
a qualifier counts wherever it stands.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from doichieu.comparison.authorities.levels import levels_named, levels_of_units
from doichieu.comparison.meaning.addressed import addressed_in, body_in, listed_in, organisations_in, sites_in
from doichieu.comparison.meaning.ages import AGE, ELDERLY, ages_of
from doichieu.comparison.meaning.as_meant import PART_OF
from doichieu.comparison.meaning.cleaned import (
    NOWHERE,
    REMARKED,
    Territory,
    cleaned,
    every_level,
    exceptions_in,
    unified,
    without_places,
)
from doichieu.comparison.meaning.dated import dated
from doichieu.comparison.meaning.deeds import is_deed
from doichieu.comparison.meaning.dimensions import counts_people, dimension_of
from doichieu.comparison.meaning.labels import FIELD, NARROWING, SECTOR, inline_label, label_of
from doichieu.comparison.meaning.numbered import Numbered, numbered_in
from doichieu.comparison.meaning.standards import Standard, mark, times_a_year
from doichieu.comparison.meaning.surroundings import NOTHING, Surroundings, with_what_it_follows
from doichieu.comparison.meaning.terms import ages, idle, row, said_anyway, tokens, urging, verbs
from doichieu.comparison.meaning.written import by_unit, one_after_another, written
from doichieu.lexicon import load
from doichieu.lexicon.families import COMMUNE, DISTRICT, REGION
from doichieu.model import Target
from doichieu.text import any_word, fold

_BASE = re.compile(
    r"(?<!\w)(?:so (?:với )?|gấp [\d,]+ lần (?:so với )?(?=năm))(?:cùng kỳ )?(?:thực hiện )?"
    r"(?:(?:mức|số liệu|kết quả|số|mức thực hiện|mức bình quân)(?: của)? (?=năm \d{4}|giai đoạn \d{4}))?"
    r"(?P<base>năm \d{4}"
    r"|giai đoạn \d{4}\s*-\s*\d{4}|năm trước|năm liền trước|nhiệm kỳ trước|hiện nay|đầu nhiệm kỳ"
    r"|kế hoạch(?= (?:đề ra|được giao|đã giao)|\W*(?:\Z|‖))"
    r"|(?!với|nghị quyết|kế hoạch|đề án|chỉ thị|quyết định|chương trình|quy định|mục tiêu|chỉ tiêu|mức)[^,;.()‖]{3,45})"
)
#: "giảm 30%, lấy năm 2025 làm mốc so sánh": another wording of "so với năm 2025".
_TAKEN_AS_BASE = re.compile(
    r",?\s*(?<!\w)lấy (?P<taken>[^,;.()‖%]{3,40}) làm (?:năm )?(?:mốc|gốc)(?: (?:so sánh|đối chiếu))?(?!\w)"
)
#: The year whose amount a share is taken of: "10% tổng điện năng sử dụng năm 2023".
_OF_A_YEAR = re.compile(r"[%‰]\s+(?:của )?(?:tổng|mức|số|sản lượng)(?!\w)[^,;.()‖%]{2,60}?\s(?P<base>năm \d{4})(?!\w)")
_YEAR_BEFORE = re.compile(r"năm (?:liền kề trước|liền trước|liền kề|trước liền kề)(?: đó)?\Z|năm trước đó\Z")
_PLACE_LIST = re.compile(
    rf"(?:ở |tại |các |[(\s])*(?:(?:xã đồng bằng|xã miền núi|{COMMUNE}|{REGION})(?:,| và|\)|\s)*)+"
)
_PLACE = re.compile(rf"(?<!\w)(?:xã đồng bằng|xã miền núi|{COMMUNE}(?:\s+{REGION})+|{COMMUNE}|{REGION})(?!\w)")
#: Where a wording stops narrowing and starts measuring: "ở khu vực nông thôn đạt 60 triệu đồng".
_MEASURING = re.compile(r"\s(?:đạt|được|có|phải|không quá|giảm|tăng|chiếm|còn)(?!\w).*\Z")


#: The whole economy, that a share is taken of.
_OF_ALL = re.compile(r"/?\s*(?<!\w)(?:gdp|grdp)(?: (?:của )?(?:tỉnh|thành phố|cả nước))?(?![^\W¹²³⁴⁵⁶⁷⁸⁹⁰])")
#: What a share is taken of: "trên tổng chi ngân sách", "trong tổng số doanh nghiệp".
_WHOLE = re.compile(
    r"(?<!\w)(?:trên|trong|/)\s*(?P<whole>(?:tổng|kinh phí|cơ cấu|toàn bộ)(?!\w)[^‖,;]*)"
    r"|(?<=\w)(?: ‖|\s)+(?P<sum>tổng (?:số|mức đầu tư|dư nợ|tài sản|vốn|kim ngạch|doanh thu|nhu cầu)(?!\w)[^‖;]*)\Z"
)


#: What the dimension says: "bình quân mỗi héc-ta đất trồng trọt", "trên 01 ha".
_PER_HECTARE = re.compile(
    r"(?<!\w)(?:(?:tính |bình quân |trung bình )*(?:trên|mỗi|cho)\s+(?:một\s+|mỗi\s+|0?1\s+)?|bình quân\s+)"
    r"(?:ha|héc[ -]?ta|hecta)(?!\w)"
)


@lru_cache(maxsize=1)
def _whom() -> re.Pattern[str]:
    """Whom a share can be of: where it names nobody, it is of those that its sentence named before."""
    return re.compile(any_word(load("populations")["whom"]))


#: "Chiếm 3% kinh phí sự nghiệp", "đạt 30% tổng lượng rác": what a share is taken of, where no preposition is printed.
_TAKES_OF = re.compile(
    r"(?:(?<!\w)chiếm [^%.;]{0,30}%(?: trở lên)?\s+(?P<part>(?!trong(?!\w)|trên(?!\w)|so(?!\w)|theo(?!\w)"
    r"|(?:vào )?năm(?!\w)|(?:trong )?cơ cấu(?!\w))[^‖;.]{3,})"
    r"|%(?: trở lên)?\s+(?P<sum>tổng (?:(?:khối|sản|số) )?(?:lượng|diện tích|giá trị|doanh thu|công suất"
    r"|điện năng|chiều dài|quỹ đất)(?!\w)[^‖;.,]*))\Z"
)


def _share_of(target: Target, joined: str) -> re.Match[str] | None:
    """Where a wording ends with what a share of money is taken of."""
    quote = fold(target.quote)
    found = _TAKES_OF.search(quote) if "chiếm " in quote or "% tổng " in quote else None
    if found is None:
        return None
    whole = cleaned(found.group("part") or found.group("sum")).strip()
    return re.search(rf"(?P<whole>(?!))|(?P<sum>{re.escape(whole)})\s*\Z", joined) if whole else None


class Statement(NamedTuple):
    """Who and what of a target.

    ``terms`` is population and predicate in one row, ``border`` the index of the predicate's first term; the standards
    stand in the row as ``<key>`` and, in that order, in ``standards``.  ``label`` is what a label above says,
    ``whole`` what a share is taken of; ``known`` every word said around the target; ``places`` a list of kinds of
    places (``phường, thị trấn``); ``urges`` tells that the target only moves others to act; ``levels`` are the levels
    of administration that it singles out, ``own_level`` that of the document's own body; ``above`` are
    those that its title and headings name; ``counted`` are the terms of a unit that counts things, ``numbered`` the
    members of a row that are called by a number, ``told`` the words of the target's own stretch of text, ``helps``
    the words by which it only helps others to do it, ``low_ranks`` the ranks up to a province's of its population,
    ``addressed`` the kinds of bodies that a label before a colon addresses,
    ``listed`` the bodies that it lists, ``organisations`` the mass organisations that it names, ``bodies``
    what the one office is that it names; ``sites`` are the kinds
    of places that a narrowing lists.
    """

    terms: tuple[str, ...]
    border: int
    age: tuple[float, float] | None
    places: frozenset[str]
    exceptions: frozenset[str]
    standards: tuple[Standard, ...]
    base: str
    whole: tuple[str, ...]
    label: tuple[str, ...]
    field: tuple[str, ...]
    known: frozenset[str]
    urges: bool = False
    levels: frozenset[str] = frozenset()
    own_level: str = ""
    counted: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()
    numbered: Numbered = frozenset()
    told: frozenset[str] = frozenset()
    helps: frozenset[str] = frozenset()
    low_ranks: frozenset[str] = frozenset()
    addressed: frozenset[int] = frozenset()
    listed: frozenset[str] = frozenset()
    organisations: frozenset[int] = frozenset()
    bodies: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()


def in_years(statement: Statement) -> Statement:
    """A statement on the elderly put into years, to be compared with one that names years.

    >>> old = Target("d", "t", "c", "", 0, 1, "", subject="người cao tuổi", indicator="được thăm hỏi")
    >>> in_years(statement_of(old)).age
    (60.0, inf)
    """
    if ELDERLY not in statement.terms or statement.age is not None:
        return statement
    terms = tuple("người dân" if term == ELDERLY else term for term in statement.terms)
    low, _ = ages()[ELDERLY]
    return statement._replace(terms=terms, age=(float(low), math.inf))


#: The one unit of a level where a document of that level says no more: "tiêu thụ tại xã" is in its own territory.
_AT_HOME = {
    "xã": re.compile(rf"(?:ngay )?(?:tại|ở|trong) {COMMUNE}"),
    "huyện": re.compile(rf"(?:ngay )?(?:tại|ở|trong) {DISTRICT}"),
    "tỉnh": re.compile(r"(?:ngay )?(?:tại|ở|trong) tỉnh"),
}


def _places(target: Target, level: str) -> frozenset[str]:
    """The kinds of places of a scope that is a list of them: ``Ở phường, thị trấn và xã đồng bằng``; ``level`` is that
    of the document's own body."""
    found: set[str] = set()
    for item in target.scope:
        text = fold(item).replace("*", "")
        if _PLACE_LIST.fullmatch(text) and not (level in _AT_HOME and _AT_HOME[level].fullmatch(text)):
            found.update(_PLACE.findall(text))
    return frozenset(found)


def _sites(target: Target) -> frozenset[str]:
    """The kinds of places that the one scope which tells where lists."""
    found = [sites for item in target.scope if (sites := sites_in(fold(item).replace("*", "")))]
    return found[0] if len(found) == 1 else frozenset()


def _without_place_lists(target: Target, text: str) -> str:
    for item in target.scope:
        words = fold(item).replace("*", "")
        if _PLACE_LIST.fullmatch(words):
            text = re.sub(rf"\(?{re.escape(words)}\)?", " ", text)
    return text


_ONE_OF = re.compile(r"(?<!\w)(?:hoặc|và)(?!\w)|,")


def _glosses(target: Target, item: str) -> bool:
    """Whether a bracket behind the predicate only says of what or how: ``được cứng hóa (nhựa hoặc bê tông)``.

    >>> paved = "đường trục xã được cứng hóa (nhựa hoặc bê tông) đạt 100%"
    >>> _glosses(Target("d", "t", "c", "", 0, 1, paved, subject="đường trục xã"), "nhựa hoặc bê tông")
    True
    >>> poor = "hộ (nghèo hoặc cận nghèo) được vay vốn"
    >>> _glosses(Target("d", "t", "c", "", 0, 1, poor, subject="hộ"), "nghèo hoặc cận nghèo")
    False
    """
    before, bracket, _ = fold(target.quote).partition(f"({item})")
    between = before.rpartition(fold(target.subject))[2] if target.subject else ""
    if not bracket or not between or not _ONE_OF.search(item) or re.search(r"\d", item):
        return False
    if _whom().search(item) or NARROWING.match(item) or _PLACE.search(item):
        return False
    return any(term in verbs() for term in tokens(between))


_WHERE_FIRST = re.compile(r"(?:ở|tại|trên địa bàn) (?=\w+ \w+ \w)")


def _said_without_where(place: str, said: str) -> bool:
    """Whether a place is told without the word that says where: ``tỷ lệ nghèo | khu vực nông thôn | dưới 3%``.

    >>> _said_without_where("ở khu vực thành thị", "tỷ lệ thất nghiệp khu vực thành thị")
    True
    >>> _said_without_where("tại xã", "trạm y tế xã"), _said_without_where("ở khu vực đô thị", "khu vực đô thị hóa")
    (False, False)
    """
    lead = _WHERE_FIRST.match(place)
    rest = place[lead.end() :] if lead is not None else ""
    return bool(rest) and rest in said and re.search(rf"(?<!\w){re.escape(rest)}(?!\w| hóa)", said) is not None


def _scope(target: Target, said: str, own: Territory, heading: str = "") -> str:
    """What narrows the population and stands in neither subject nor indicator; ``heading`` is the nearest one."""
    extra: list[str] = []
    for item in target.scope:
        if item.startswith(PART_OF) or (SECTOR.fullmatch(fold(item)) and heading.endswith(fold(item))):
            continue
        text = " ".join(fold(without_places(item, own)).replace("*", "").split())
        text = _MEASURING.sub("", text) if NARROWING.match(text) else text
        if REMARKED.search(text) or _glosses(target, text):
            continue
        if (
            item.strip("() ").isupper()
            or text.removeprefix("về ") in said
            or _said_without_where(text, said)
            or any(text in other for other in extra)
            or _PLACE_LIST.fullmatch(text)
            or AGE.fullmatch(text)
        ):
            continue
        extra = [other for other in extra if other not in text]
        extra.append(text)
    return " ".join(extra)


def _turned(head: tuple[str, ...], tail: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """An action named as a noun, put behind who does it: ``sử dụng Internet của hộ nghèo`` → ``hộ nghèo sử dụng …``."""
    start = next(
        (i for i, term in enumerate(head) if term not in ("tỷ lệ", "số", "tỷ", "lệ", "mức độ", "mức", "độ")), 0
    )
    if not head or head[start] not in verbs() or "của" not in head[start:]:
        return head, tail
    place = len(head) - 1 - head[::-1].index("của")
    stop = next((i for i in range(place, len(head)) if head[i] in ("đối với", "về", "trong", "trên")), len(head))
    if stop - place < 2:
        return head, tail
    return head[place + 1 : stop], (*head[start:place], *head[stop:], *tail)


#: "Được các cơ quan, đơn vị nhận phụng dưỡng": by whom, where it names nobody in particular.
_BODY = r"(?:cơ quan|đơn vị|tổ chức|cấp ủy|ngành|địa phương|chính quyền|đoàn thể|ban|cấp)"
_BY_WHOM = re.compile(
    rf"(?<!\w)được (?:các |những )?{_BODY}(?:(?:, | và |, các | và các ){_BODY}){{0,4}}"
    r"(?: (?:chức năng|chuyên môn|liên quan|có thẩm quyền|cấp trên|quản lý|nhà nước|đoàn thể|có liên quan))* "
    r"(?=(?:cấp|nhận|hỗ trợ|kiểm tra|giám sát|thẩm định|phê duyệt|công nhận|xác nhận|hướng dẫn|tập huấn|giúp đỡ|thăm"
    r"|quản lý|chi trả|tổ chức|tuyên truyền|đào tạo|bồi dưỡng|tư vấn|tiếp nhận|xử lý|giải quyết)(?!\w))"
)
#: Under this age a person is a child.
_CHILD = 16.0
#: Words before a predicate that say how firmly it is promised; behind a noun they narrow: "bảo hiểm bắt buộc".
_HOW_FIRMLY = re.compile(r"\A\s*(?:bắt buộc|cơ bản|triệt để|dứt điểm|ổn định)(?!\w)(?!\s*\Z)")


@lru_cache(maxsize=1024)
def _counted_by(unit: str) -> frozenset[str]:
    """The terms of a unit that counts things; persons overlap, and a kind of them is no other thing."""
    things = bool(unit) and unit[0] not in "%‰" and not counts_people(unit)
    return frozenset(tokens(unified(fold(unit)))) if things else frozenset()


#: What is done about a figure that has a ceiling, which its operator tells: "được khống chế dưới mức".
_KEPT_UNDER = re.compile(
    r"(?<!\w)(?:được )?(?:khống chế|kiềm chế|kiểm soát)(?=\s*(?:ở mức|dưới mức)?\s*\Z"
    r"|\s+(?:tỷ lệ|tỷ suất|tỷ số|số|diện tích|sản lượng|lượng|mức)(?!\w))"
)
_WORD = re.compile(r"\w+")
#: Who plants so many trees plants new ones.
_PLANTED = re.compile(r"(?<!\w)trồng (?:mới|thêm)(?!\w)")
_LOW_RANK = re.compile(r"(?<!\w)cấp (?:tỉnh|huyện|xã|cơ sở|phòng|trường)(?!\w)")
#: "Hầu hết xe bồn, đạt 90%".
_MOST = re.compile(r"(?<!\w)(?:hầu hết|phần lớn|đa số|đại đa số)(?: các| số)?(?!\w)")
#: What is left of "mỗi quý một lần", "mỗi năm hai lần, …" where the quarter, the year is read.
_ONCE = re.compile(
    r"(?<!\w)(?:(?:một|hai|ba|bốn|mỗi|0?\d) )?(?:lần|lượt)(?=\s*\Z)|\A\s*(?:một|hai|ba|bốn|0?\d) (?:lần|lượt)(?=[\s,])"
)
#: Words that help by themselves, too: "tư vấn tâm lý", "hỗ trợ kinh phí".
_BY_WORD = re.compile(r"(?:tư vấn|hỗ trợ)\Z")


@lru_cache(maxsize=1)
def _helping() -> re.Pattern[str]:
    word = any_word(load("terms")["helps"])
    return re.compile(rf"\W*{word}(?:(?:, | và |,? ){word})*(?=[ ,])(?! với)")


def _helped(target: Target, predicate: str) -> tuple[frozenset[str], str]:
    """The words by which a target begins that others are only helped to do it, and its predicate without them.

    >>> _helped(Target("d", "t", "c", "", 0, 1, "Phối hợp giải thể 100% hợp tác xã"), "phối hợp giải thể")
    (frozenset({'phối hợp'}), ' giải thể')
    """
    found = _helping().match(predicate)
    if found is None or not _helping().match(fold(target.quote)):
        return frozenset(), predicate
    rest = predicate[found.end() :]
    named = tokens(rest)[:1]  # "tư vấn thành lập", and no "tư vấn tâm lý"
    enough = len(rest.split()) > 1 and (not _BY_WORD.search(found.group()) or (named and named[0] in verbs()))
    return (
        (frozenset(re.findall(any_word(load("terms")["helps"]), found.group())), rest)
        if enough
        else (frozenset(), predicate)
    )


#: "1.200 hộ kinh doanh"; "chợ có từ 200 hộ trở lên" says which markets.
_HOW_MANY = re.compile(
    r"(?<!\w)(?<!từ )(?<!trên )(?<!dưới )(?<!quá )(?<!đến )(?<!thiểu )(?<!nhất )\d[\d.]*(?= doanh nghiệp| hộ| người)"
)
#: "Kiến thức về … được phổ biến đến 95% người dân": what is brought to whom.
_BROUGHT = re.compile(
    r"\A\s*(?:tỷ lệ )?(?P<thing>(?!được )[^,;‖]{3,90}?(?:, [^,;‖]{2,40}?){0,2}) (?:được )(?P<deed>\w+(?: \w+){0,2}?)"
    r" (?:đến|tới|cho|đến với|tới với|đến tận|đến cho)(?: tay)?\s*\Z"
)


def _brought_to(predicate: str) -> str:
    """What is brought to somebody, told of who gets it.

    >>> _brought_to("kiến thức về dinh dưỡng được phổ biến đến"), _brought_to("được cấp thẻ")
    ('được phổ biến kiến thức về dinh dưỡng', 'được cấp thẻ')
    """
    found = _BROUGHT.match(predicate) if " được " in predicate else None
    return f"được {found['deed']} {found['thing']}" if found else predicate


def _as_compared(text: str) -> str:
    """A folded wording that says what it is compared with in one way.

    >>> _as_compared("giảm 30%, lấy năm 2025 làm mốc so sánh")
    'giảm 30% so với năm 2025'
    """
    return _TAKEN_AS_BASE.sub(r" so với \g<taken>", text) if " làm " in text else text


def _of_a_year(target: Target) -> re.Match[str] | None:
    """The year whose amount a share is taken of, where it is not the one by which it is due.

    >>> saved = Target("d", "t", "c", "", 0, 1, "đạt 10% tổng điện năng sử dụng năm 2023", unit="%")
    >>> from msgspec.structs import replace
    >>> _of_a_year(saved)["base"], _of_a_year(replace(saved, deadline="2023-12-31"))
    ('năm 2023', None)
    """
    found = _OF_A_YEAR.search(fold(target.quote)) if target.unit.startswith(("%", "‰")) else None
    return None if found is None or found["base"][-4:] == target.deadline[:4] else found


def _without_narrowing(target: Target, predicate: str) -> str:
    """What is done for a share of somebody, without what narrows them said again behind it.

    >>> cards = Target("d", "t", "c", "", 0, 1, "", subject="học sinh", scope=("có hoàn cảnh khó khăn",))
    >>> _without_narrowing(cards, "cấp thẻ đọc miễn phí cho có hoàn cảnh khó khăn")
    'cấp thẻ đọc miễn phí cho'
    """
    said = next((item for item in map(fold, target.scope) if predicate.endswith(f" cho {item}")), "")
    return predicate.removesuffix(f" {said}") if said else predicate


def statement_of(target: Target, around: Surroundings = NOTHING, own: Territory = NOWHERE) -> Statement:
    """The row of terms of a target with what stands around it.

    >>> statement_of(Target("d", "t", "c", "", 0, 1, "", subject="hộ nghèo", indicator="được vay vốn")).terms
    ('hộ nghèo', 'được', 'vay', 'vốn')
    """
    subject, predicate = written(target)
    subject, predicate = fold(without_places(subject, own)), fold(without_places(predicate, own))
    predicate = _without_narrowing(target, predicate)
    predicate = _brought_to(predicate)
    scope = _scope(target, f"{subject} {predicate}", own, around.headings.rstrip(": ")).removesuffix(predicate)
    subject, predicate = _without_place_lists(target, subject), _without_place_lists(target, predicate)
    subject, predicate = by_unit(target, subject), by_unit(target, predicate)
    predicate = _BY_WHOM.sub("được ", _HOW_FIRMLY.sub(" ", predicate))
    if not _OF_ALL.search(fold(f"{target.quote} {target.base}")):
        predicate = _OF_ALL.sub(" ", predicate)  # what the target before it is a share of
    subject, predicate = _as_compared(subject), _as_compared(predicate)
    base = _BASE.search(_as_compared(fold(f"{target.quote} . {around.stretch}"))) or _of_a_year(target)
    if not predicate.strip() and NARROWING.match(scope):  # the predicate stands in the subject
        subject, scope = scope, subject
    population, predicate = _BASE.sub(" ", f"{subject} {scope}"), _BASE.sub(" ", predicate)
    if target.operator in ("<", "<="):
        population, predicate = _KEPT_UNDER.sub(" ", population), _KEPT_UNDER.sub(" ", predicate)
    if "/" in target.unit:  # over how many a rate is counted is told by its dimension
        spread_over = fold(f"trên {target.unit.partition('/')[2]}")
        population, predicate = population.replace(spread_over, " "), predicate.replace(spread_over, " ")
        if f"{population.strip()} ".startswith(f"{predicate.strip()} "):
            predicate = ""  # "dược sĩ đại học", "dược sĩ trên 10.000 dân"
    if re.fullmatch(r"lao động|người lao động", population.strip()) and "việc làm" in predicate:
        population = "người"
    if not target.unit.startswith("%"):  # of what stands already "xây dựng mới" is one kind
        predicate = re.sub(r"\A\s*(?:xây dựng|xây) mới(?!\w)", "xây dựng", predicate)
        population, predicate = (_PLANTED.sub("trồng", text) for text in (population, predicate))
        predicate = re.sub(r"\A\s*thành lập mới(?!\w)", "thành lập", predicate)
    for qualified, noun, beside in said_anyway():
        if beside in predicate or beside in population:
            population, predicate = population.replace(qualified, noun), predicate.replace(qualified, noun)
    population = _HOW_MANY.sub(" ", population)
    if target.value is not None:  # how many of them is told by the figure
        population = _MOST.sub(" ", population)
    if target.recurrence and "lần" in predicate and times_a_year(fold(target.quote)) is not None:
        predicate = _ONCE.sub(" ", predicate)
    if dimension_of(target).endswith("/ha"):
        population, predicate = _PER_HECTARE.sub(" ", population), _PER_HECTARE.sub(" ", predicate)
    label, field = label_of(around)
    label = inline_label(target, around.opening) or label
    if FIELD.match(around.opening) and not re.search(r"\d", around.opening):
        field = FIELD.sub("", around.opening)
    if "20" in target.quote or "19" in target.quote:
        population, predicate = dated(population, predicate, target)
    helps, predicate = _helped(target, predicate)
    joined = f"{cleaned(population)} ‖ {cleaned(predicate)}"
    whole = (_WHOLE.search(joined) or _share_of(target, joined)) if target.unit.startswith("%") else None
    if whole is not None:
        joined = joined.replace(whole.group(), " ", 1)
    out, joined = exceptions_in(joined)
    told = joined
    numbered, joined = numbered_in(joined)
    age, joined = ages_of(joined, fold(target.quote))
    scoped, _ = ages_of(" ".join(fold(item) for item in target.scope), fold(target.quote))
    if age is not None and scoped is not None and max(age[0], scoped[0]) < min(age[1], scoped[1]):
        age = (max(age[0], scoped[0]), min(age[1], scoped[1]))  # "người cao tuổi", scope "từ 65 tuổi trở lên"
    elif age is None or age == (0.0, 16.0):
        age = scoped or age
    if age is not None and math.isinf(age[1]) and age[0] < _CHILD and re.search(r"(?<!\w)trẻ em(?!\w)", told):
        age = (age[0], _CHILD)  # "trẻ em từ 6 tuổi trở lên"
    inherited = around.before if not _whom().search(joined) and target.unit.startswith(("%", "‰")) else ""
    if inherited and age is None:
        age, _ = ages_of(inherited, fold(target.quote))
    joined, standards = mark(" ".join(joined.split()))
    head, _, tail = joined.partition("‖")
    label_terms = tokens(mark(cleaned(label))[0])
    if one_after_another(target, target.subject, target.indicator):
        terms, border = row(head, tail)
    else:
        terms, border = (*tokens(head), *tokens(tail)), len(tokens(head))
    first, tail_terms = _turned(terms[:border], terms[border:])
    if (
        tail_terms
        and tail_terms[0] not in verbs()
        and not is_deed(tail_terms[0])
        and any(term in verbs() for term in tail_terms)
    ):
        border = next(i for i, term in enumerate(tail_terms) if term in verbs())
        first, tail_terms = (*first, *tail_terms[:border]), tail_terms[border:]
    if not first and not any(term in verbs() for term in tail_terms):
        first, tail_terms = tail_terms, ()
    if not tail_terms:
        border = next(
            (i for i, term in enumerate(first) if i and term in verbs() and first[:i] != ("tỷ lệ",)), len(first)
        )
        first, tail_terms = first[:border], first[border:]
    if not any(term not in idle() for term in first) and label_terms:
        first, label_terms = label_terms, ()
    own_words = set(re.findall(r"\w+", " ".join((*first, *tail_terms))))
    nearest = around.headings.rsplit(" / ", 1)[-1]
    said = f"{around.lead} {nearest} {label} {fold(around.stretch)} {' '.join(_whom().findall(inherited))}"
    opening = around.opening or around.charged
    addressed = addressed_in(opening)
    said = f"{said} {opening}" if addressed else said
    stretch = with_what_it_follows(target, around)
    known = frozenset(re.findall(r"\w+", unified(f"{said} {stretch}"))) - own_words
    return Statement(
        terms=(*first, *tail_terms),
        border=len(first),
        age=age,
        places=_places(target, own.level),
        exceptions=out,
        standards=tuple(standards),
        base=_YEAR_BEFORE.sub("năm trước", " ".join(base.group("base").split()).replace(" - ", "-")) if base else "",
        whole=tuple(
            t for t in tokens((whole.group("whole") or whole.group("sum")) if whole else "") if t not in idle()
        ),
        label=label_terms,
        field=tokens(cleaned(field)),
        known=known,
        urges=re.fullmatch(urging(), target.modality) is not None,
        levels=levels_named(unified(every_level(f"{population} {predicate}"))) or levels_named(unified(fold(label))),
        own_level=own.level,
        above=own.titled | levels_of_units(f"{around.headings} {around.lead}"),
        counted=_counted_by(target.unit),
        numbered=numbered,
        told=frozenset(_WORD.findall(unified(stretch))) if around.stretch else frozenset(),
        helps=helps,
        addressed=addressed,
        listed=listed_in(opening),
        organisations=organisations_in(opening),
        bodies=body_in(opening),
        sites=_sites(target),
        low_ranks=frozenset(_LOW_RANK.findall(population)) if "cấp " in population else frozenset(),
    )
