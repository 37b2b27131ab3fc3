"""What a target says of whom, as terms in a row: population, then predicate, with ages, exceptions and bases apart.

The row is what two targets are compared by (:mod:`doichieu.comparison.differences`).  Extraction cuts subject and
indicator where it can; the row holds both, with what a label above says (``Đối với hộ nghèo:``), so that a qualifier
counts wherever it stands.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from doichieu.alphabet import UPPER
from doichieu.comparison.ages import AGE, ELDERLY, ages_of
from doichieu.comparison.as_meant import PART_OF
from doichieu.comparison.dimensions import counts_people, counts_whole, dimension_of
from doichieu.comparison.levels import levels_named, levels_of_units, without_levels
from doichieu.comparison.standards import Standard, mark
from doichieu.comparison.surroundings import NOTHING, Surroundings
from doichieu.comparison.terms import ages, idle, row, said_anyway, spread, tokens, urging, verbs
from doichieu.comparison.territory import level_of
from doichieu.lexicon import load
from doichieu.lexicon.families import COMMUNE, DISTRICT, EVERY, LEVEL, PROVINCE, REGION
from doichieu.model import Document, Target
from doichieu.text import any_word, fold
from doichieu.text.memory import Memory

_EXCEPT = re.compile(
    r"[,(]?\s*(?<!\w)(?:ngoại trừ|trừ|không bao gồm|không kể|không tính|(?<!nước )(?<!bên )ngoài)(?!\w)"
    r"\s+(?P<what>[^,;.()]{2,90})[,)]?"
)
_NOT_EXCEPT = re.compile(r"ngoài (?:công lập|nước|ra|trời|nhà nước|tỉnh|địa bàn|giờ|ngân sách|quốc doanh)")
_BASE = re.compile(
    r"(?<!\w)(?:so (?:với )?|gấp [\d,]+ lần (?:so với )?(?=năm))(?:cùng kỳ )?(?:thực hiện )?(?P<base>năm \d{4}"
    r"|giai đoạn \d{4}\s*-\s*\d{4}|năm trước|năm liền trước|nhiệm kỳ trước|hiện nay|đầu nhiệm kỳ"
    r"|(?!với|nghị quyết|kế hoạch|đề án|chỉ thị|quyết định|chương trình|quy định|mục tiêu|chỉ tiêu|mức)[^,;.()‖]{3,45})"
)
_TIMES = re.compile(
    r"(?<!\w)(?:(?:chậm nhất )?(?:đến|trước|trong|từ)(?: hết| cuối| đầu)*(?: năm| ngày| tháng"
    r"| quý)?(?: [ivx]+)?(?: năm)? (?:20\d\d|\d{1,2}/\d[\d/]*)(?: trở đi)?"
    r"|(?:đến|trước) (?:hết |cuối |giữa )?nhiệm kỳ(?: \d{4}\s*-\s*\d{4})?"
    r"|(?:đến|trước) (?:hết|cuối)(?= được| có| đạt| đều)"
    rf"|cả nhiệm kỳ|trong nhiệm kỳ|(?:{EVERY}|một) năm|giai đoạn \d{{4}}\s*-\s*\d{{4}}"
    rf"|bình quân {EVERY} năm|năm 20\d\d)(?!\w)"
)
_UNIT_AREA = rf"(?:{LEVEL}|cả nước|toàn quốc)"
#: "trên địa bàn toàn tỉnh", "của thành phố", "trong huyện": here, whatever the level.
_HERE = re.compile(
    rf"(?<!\w)(?:(?:trên|trong|tại|ở)\s+)?(?:phạm vi |địa bàn )?(?:trên |của )?(?:toàn|cả"
    rf"|của)\s+{_UNIT_AREA}(?!\s+(?:miền|vùng|biên|đồng|đặc|nông|ven|hải|đảo|bãi|khó|trung|nghèo|thuộc|có|<))(?!\w)"
    rf"|(?<!\w)(?:trên|trong|tại|ở)\s+(?:phạm vi |địa bàn ){{1,2}}{_UNIT_AREA}(?!\s+(?:miền|vùng|biên|đồng|đặc"
    rf"|nông|ven|hải|đảo|bãi|khó|trung|nghèo|thuộc|có|<))(?!\w)"
    r"|(?<!\w)(?:trên|trong|tại) (?:địa bàn|phạm vi)(?!\w)|(?<!\w)(?:toàn tỉnh|cả nước|toàn quốc|trong tỉnh"
    r"|trong huyện|địa phương|của địa phương|tại việt nam|việt nam)(?!\w)"
)
_NAMED = re.compile(rf"(?:(?:trên |tại |ở |của |trong )?(?:địa bàn )?)(?P<kind>{LEVEL})(?P<name>(?:\s+[{UPPER}]\w*)+)")
_PLACE_LIST = re.compile(
    rf"(?:ở |tại |các |[(\s])*(?:(?:xã đồng bằng|xã miền núi|{COMMUNE}|{REGION})(?:,| và|\)|\s)*)+"
)
_PLACE = re.compile(rf"(?<!\w)(?:xã đồng bằng|xã miền núi|{COMMUNE}(?:\s+{REGION})+|{COMMUNE}|{REGION})(?!\w)")
#: Where a wording stops narrowing and starts measuring: "ở khu vực nông thôn đạt 60 triệu đồng".
_MEASURING = re.compile(r"\s(?:đạt|được|có|phải|không quá|giảm|tăng|chiếm|còn)(?!\w).*\Z")
#: "Trên hệ thống quốc lộ:", "Trên các tuyến đê biển:"
_ON = r"trên (?=các |những |toàn |tuyến |đoạn |mạng |hệ thống |địa bàn |khu vực |vùng )"
_LABEL = re.compile(
    rf"\A\W*(?:[\divx]+[.)]\s*|[a-zđ][.)]\s*)?(?:riêng |đối với |tại |ở |trong |{_ON}|về |khu vực |vùng |lĩnh vực )"
)
_NARROWING = re.compile(rf"\A\W*(?:[\divx]+[.)]\s*|[a-zđ][.)]\s*)?(?:riêng |đối với |tại |ở |{_ON}|khu vực |vùng )")
_FIELD = re.compile(r"\A\W*(?:[\divx]+[.)]\s*|[a-zđ][.)]\s*)?(?:về |lĩnh vực )")
_LABEL_WORDS = 14


_UPPER = (
    r"(?:nghị quyết|kế hoạch|đề án|chỉ thị|quyết định|chương trình|kết luận|cấp trên|chỉ tiêu|mục tiêu"
    r"|tỉnh ủy|thành ủy)"
)
#: What a drafter says of another document beside a target: it narrows nothing and asks nothing.
_REMARK = re.compile(
    r"\(\s*(?:sớm|muộn|chậm|cao|thấp|nhiều|ít|tăng|giảm)(?: hơn)? \d[^()]*\)|"
    rf"\([^()]*(?:{_UPPER}|so với|cao hơn|thấp hơn|hiện nay|giao|trung ương|tỉnh:|năm 20\d\d)[^()]*\)"
    r"(?:,?\s*(?:do|vì)\s[^‖()]*\Z)?"
    rf"|,?\s*(?<!\w)(?:thay vì|thay cho|như {_UPPER}|theo {_UPPER})(?!\w).*\Z"
    r"|,?\s*(?<!\w)(?:sớm|muộn|chậm|cao|thấp|nhiều|ít) hơn(?: \d[\d,.]*\s*%?(?: \w+)?)?(?=\s*(?:so với|\Z|,|‖"
    r"|\()).*\Z"
    rf"|,?\s*(?<!\w)(?:sớm|muộn|chậm|cao|thấp|nhiều|ít) hơn (?:(?:mức|quy định|chỉ tiêu|mục tiêu|mốc|thời hạn|hạn"
    rf"|năm|đến|20\d\d|\d[\d,.]*\s*%) )*(?:(?:của|tại|trong|do|mà) )?{_UPPER}(?!\w).*\Z"
    r"|,?\s*(?<!\w)(?:vượt|tăng|giảm) \d[\d,.]*\s*\S+(?: \w+){0,2} so với.*\Z"
    r"|,?\s*(?<!\w)(?:để phù hợp với|do điều kiện|do đặc thù|căn cứ tình hình|do khó khăn)(?!\w).*\Z"
)


#: The whole economy, that a share is taken of.
_OF_ALL = re.compile(r"/?\s*(?<!\w)(?:gdp|grdp)(?: (?:của )?(?:tỉnh|thành phố|cả nước))?(?!\w)")
#: What a share is taken of: "trên tổng chi ngân sách", "trong tổng số doanh nghiệp".
_WHOLE = re.compile(
    r"(?<!\w)(?:trên|trong|/)\s*(?P<whole>(?:tổng|kinh phí|cơ cấu|toàn bộ)(?!\w)[^‖,;]*)"
    r"|(?<=\w)(?: ‖|\s)+(?P<sum>tổng (?:số|mức đầu tư|dư nợ|tài sản|vốn|kim ngạch|doanh thu|nhu cầu)(?!\w)[^‖;]*)\Z"
)


_REMARKED = re.compile(
    r"\A(?:giảm|tăng|vượt)\s+\d|(?<!\w)(?:so với|(?:cao|thấp|sớm|muộn|chậm) hơn"
    rf"|(?:{PROVINCE}|{DISTRICT}|trung ương|cấp trên)(?: ủy)?(?: giao(?!\w)|:)"
    r"|(?:nghị quyết|kế hoạch|đề án|chỉ thị|quyết định|kết luận)(?: số)?\s+(?:\d|của|quy định|giao|đề ra|là|:))"
    r"|\A\W*(?:nghị quyết|kế hoạch|đề án|chỉ thị|quyết định|kết luận|chương trình)(?!\w)[^.;]{0,60}\d"
)
_PER_HEAD = re.compile(
    r"(?:/|(?<!\w)trên )\s*(?:một |1 )?(?:vạn|nghìn|triệu|\d[\d.]*) ?(?:người dân|dân"
    r"|trẻ đẻ sống)(?!\w)|/\s*(?:\d[\d.]* )?(?:hộ(?: gia đình| dân)?|lao động|học sinh)(?!\w)"
)
#: What the dimension says: "bình quân mỗi héc-ta đất trồng trọt", "trên 01 ha".
_PER_HECTARE = re.compile(
    r"(?<!\w)(?:(?:tính |bình quân |trung bình )*(?:trên|mỗi|cho)\s+(?:một\s+|mỗi\s+|0?1\s+)?|bình quân\s+)"
    r"(?:ha|héc[ -]?ta|hecta)(?!\w)"
)


class Territory(NamedTuple):
    """The names of a document's own place, folded, the level of the body that issued it, and the levels that
    its title names."""

    names: frozenset[str]
    level: str = ""
    titled: frozenset[str] = frozenset()


NOWHERE = Territory(frozenset())


@lru_cache(maxsize=1)
def _whom() -> re.Pattern[str]:
    """Whom a share can be of: where it names nobody, it is of those that its sentence named before."""
    return re.compile(any_word(load("populations")["whom"]))


def territory_of(document: Document) -> Territory:
    """The places that a document's head names as its own."""
    info = document.info
    head = f"{info.place} {info.issuer} {info.title} {info.authority}"
    found = {fold(m.group("name")) for m in _NAMED.finditer(head)}
    if info.place:
        found.add(fold(info.place))
    return Territory(frozenset(found), level_of(document), levels_of_units(fold(info.title)))


class Statement(NamedTuple):
    """Who and what of a target.

    ``terms`` is population and predicate in one row, ``border`` the index of the predicate's first term; the standards
    stand in the row as ``<key>`` and, in that order, in ``standards``.  ``label`` is what a label above says,
    ``whole`` what a share is taken of; ``known`` every word said around the target; ``places`` a list of kinds of
    places (``phường, thị trấn``); ``urges`` tells that the target only moves others to act; ``levels`` are the levels
    of administration that it singles out, ``own_level`` that of the document's own body; ``above`` are
    those that its title and headings name; ``counted`` are the terms of a unit that counts things.
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


@lru_cache(maxsize=1)
def _equivalents() -> tuple[re.Pattern[str], dict[str, str]]:
    entries = load("equivalents")["equivalent"]
    means = {form: entry["means"] for entry in entries for form in [entry["means"], *entry["forms"]]}
    return re.compile(any_word(means)), means


def unified(text: str) -> str:
    """A folded wording with equivalent wordings made one: ``hộ gia đình``, ``hộ dân`` → ``hộ``.

    >>> unified("tỉ lệ hộ gia đình")
    'tỷ lệ hộ'
    """
    return _unified(text)


def _read_unified(text: str) -> str:
    pattern, means = _equivalents()
    return spread(pattern.sub(lambda match: means[match.group()], text))


_unified = Memory(_read_unified)


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


def _without_places(text: str, own: Territory) -> str:
    """A wording without the names of the own territory and of whole provinces."""

    def drop(match: re.Match[str]) -> str:
        wide = match.group("kind") in ("tỉnh", "thành phố")
        return " " if wide or fold(match.group("name")) in own.names else match.group()

    return _NAMED.sub(drop, text)


#: "…, xong trước ngày 31/12", "So với năm 2025, …": what is left where the day or the year is read.
_DONE_BY = re.compile(r"[,\s]+(?:xong|hoàn thành|kết thúc)\W*\Z|\A\s*so với\s*(?=,)")
#: "được các cơ quan, đơn vị nhận đỡ đầu": bodies that anybody is helped by are no requirement.
_BODIES = r"(?:cơ quan|đơn vị|tổ chức|doanh nghiệp|địa phương|đoàn thể|cấp|ngành)"
_BY_SOMEBODY = re.compile(
    rf"(?<!\w)được (?:(?:các |những )?{_BODIES}(?:(?:,| và) (?:các )?{_BODIES})+"
    r"|(?:các )?(?:cơ quan|cấp) (?:chức năng|có thẩm quyền)) (?=\w)"
)
#: "phát hiện thông qua thiết bị"; what a council passes is another word.
_BY_MEANS = re.compile(
    r"(?<!\w)(?<!được )(?<!dân )thông qua(?=\s\w)(?! (?:nghị quyết|đề án|luật|quy hoạch|kế hoạch|dự án|chủ trương))"
)


#: Behind these a year tells of what is counted, not by when: "cầu xây dựng trước năm 2015".
_SINCE = re.compile(r"(?<!\w)(?:xây dựng|xây|thành lập|sản xuất|đăng ký|tuyển dụng|đưa vào sử dụng|sinh|đóng mới) \Z")
#: Where "địa phương" is one of two, the other being "trung ương", "quốc gia": "đường thủy địa phương".
_LOCAL_KIND = re.compile(
    r"(?<!\w)(?:đường thủy|đường thủy nội địa|đường bộ|báo chí|báo|đài|giống|giống gốc|đặc sản|tiếng|quỹ"
    r"|(?:quốc gia|trung ương)(?:,| và| hoặc)?(?: [^\W\d]+){0,4}) (?:của )?\Z"
)


def _unless_local(match: re.Match[str]) -> str:
    said = match.group().strip() == "địa phương" and _LOCAL_KIND.search(match.string[: match.start()])
    return match.group() if said else " "


def _clean(text: str) -> str:
    text = unified(_PER_HEAD.sub(" ", _REMARK.sub(" ", text)))
    text = re.sub(r"(?<!\w)gdp (?:của )?(?:tỉnh|thành phố|cả nước|toàn tỉnh)(?!\w)", "gdp", text)
    text = re.sub(r"\A\s*(?:nghìn|ngàn|vạn|triệu|tỷ)\s(?!đồng|usd|lệ|trọng)", "", text)
    text = _DONE_BY.sub("", _TIMES.sub(lambda m: m.group() if _SINCE.search(text[: m.start()]) else " ", text))
    text = without_levels(_HERE.sub(_unless_local, text))
    text = text.replace("không có ", "không ").replace("chưa có ", "chưa ")
    text = _BY_SOMEBODY.sub("được ", _BY_MEANS.sub("qua", text) if "thông qua" in text else text)
    return re.sub(r"\(\s*[A-ZĐ&/. ]*\)", " ", text)


def _exceptions(text: str) -> tuple[frozenset[str], str]:
    found: set[str] = set()

    def take(match: re.Match[str]) -> str:
        if _NOT_EXCEPT.search(match.group()):
            return match.group()
        words = [w for w in tokens(match.group("what")) if w not in ("các", "những", "người", ",")]
        if "‖" in text[: match.start()]:
            found.add(" ".join(words))  # behind the predicate nothing follows that could be one
            return " "
        verb = next((i for i, w in enumerate(words) if w in verbs() and i), len(words))
        closed = match.group().rstrip().endswith((",", ")"))
        found.add(" ".join(words if closed else words[:verb]))
        rest = "" if closed else " ".join(words[verb:])
        return f" {rest} "

    text = _EXCEPT.sub(take, text)
    return frozenset(found), text


#: A heading that sorts targets by whose they are, and no place: "a) Khu vực công".
_SECTOR = re.compile(r"khu vực (?:công|tư|tư nhân|nhà nước|doanh nghiệp|sản xuất|dịch vụ|hành chính|dân cư)")


def _label_of(around: Surroundings) -> tuple[str, str]:
    """(what a label above narrows to, what field a heading names): ``Đối với hộ nghèo:``, ``Về lâm nghiệp:``."""
    last = around.headings.rsplit(" / ", 1)[-1] if around.headings else ""
    for text in (around.lead.rstrip(": "), last.rstrip(": ")):
        if not text or len(text.split()) > _LABEL_WORDS or re.search(r"\d%|20\d\d", text):
            continue
        if _SECTOR.search(text) and _SECTOR.fullmatch(re.sub(r"\A\W*\w{1,4}[.)]\s*", "", text)):
            continue
        if _NARROWING.match(text):
            return _LABEL.sub("", text), ""
        if _FIELD.match(text):
            return "", _FIELD.sub("", text)
    return "", ""


def _inline_label(target: Target, text: str) -> str:
    """A place or a population before a colon in the target's own line, folded."""
    if (
        not text
        or re.search(r"\d", text)
        or not _NARROWING.match(text)
        or text in fold(f"{target.subject} {target.indicator}")
    ):
        return ""
    return _LABEL.sub("", text) if not text.startswith(("vùng", "khu vực")) else text


def _one_after_another(target: Target, subject: str, indicator: str) -> bool:
    """Whether the indicator follows the subject in the text itself, so that a term may reach over the cut."""
    first = fold(indicator).split(" ")[0]
    return bool(subject and first) and f"{fold(subject)} {first}" in fold(target.quote.replace("*", ""))


_OF_WHOM = re.compile(r"%(?: trở lên)?\s+(?P<whom>[^%.;()]{3,90})\Z")


def _share_of_whom(target: Target, subject: str, indicator: str) -> tuple[str, str] | None:
    """Population and predicate where the noun behind the share says it more fully: ``Tỷ lệ lao động tham gia bảo hiểm
    đạt 38% lực lượng lao động trong độ tuổi``; None where it does not."""
    found = _OF_WHOM.search(" ".join(target.quote.replace("*", "").split()))
    whom = found.group("whom").strip() if found else ""
    noun = re.sub(r"\A(?:người |các |số )+", "", fold(subject))
    if not whom or not noun or not fold(indicator).endswith(fold(whom)) or noun == fold(whom):
        return None
    if not re.search(rf"(?<!\w){re.escape(noun)}(?!\w)", fold(whom)):
        return None
    deed = re.match(
        rf"(?:tỷ lệ |tỉ lệ )?{re.escape(fold(subject))} (?P<deed>.+)\Z", fold(indicator[: -len(whom)]).strip()
    )
    return (whom, deed.group("deed")) if deed is not None else None


def _told_before(target: Target, subject: str, indicator: str) -> bool:
    """Whether the text names the subject before the whole indicator, which only says the same noun again:
    ``chợ tại khu vực biên giới được công nhận chợ văn minh``."""
    quote = fold(target.quote.replace("*", ""))
    place = quote.find(fold(indicator)) if indicator else -1
    return bool(subject) and place > 0 and fold(subject) in quote[:place] and fold(indicator).split(" ")[0] in verbs()


#: A short name in brackets behind the long one: "(PAR Index)", "(TFP)".
_ACRONYM = re.compile(rf"\((?=[^()]*[{UPPER}]{{2}})[{UPPER}][\w&/. -]{{0,12}}\)")


def _written(target: Target) -> tuple[str, str]:
    """(population, predicate) of a target as extraction cut them, verbatim, each thing said once."""
    subject = " ".join(_ACRONYM.sub(" ", target.subject.replace("*", "")).split())
    indicator = " ".join(_ACRONYM.sub(" ", target.indicator.replace("*", "")).split())
    if target.level and target.level_scale:
        indicator = next((s["indicator"] for s in load("scales")["scale"] if s["id"] == target.level_scale), indicator)
    of_whom = _share_of_whom(target, subject, indicator) if target.unit == "%" else None
    if of_whom is not None:
        return of_whom
    if _one_after_another(target, subject, indicator) or _told_before(target, subject, indicator):
        return subject, indicator
    place = fold(indicator).find(fold(subject)) if subject else -1
    if place >= 0:
        before, after = indicator[:place], indicator[place + len(subject) :]
        return f"{before}{subject}", after
    return subject, indicator


def _by_unit(target: Target, text: str) -> str:
    """A wording without the name of the measure that its unit tells anyway."""
    unit = target.unit.split("/")[0].strip().lower()
    return _measure_of(unit).sub(" ", text) if unit else text


#: Words that only count: "3 triệu con giống", "3.000.000 con".
_CLASSIFIERS = frozenset({"con", "cây", "cái", "chiếc", "quả", "hạt", "củ", "tấm", "căn", "ngôi"})


@lru_cache(maxsize=256)
def _measure_of(unit: str) -> re.Pattern[str]:
    """The name of the measure that a unit tells, at the head of a wording."""
    measure = [unit] if not counts_whole(unit) or unit.split(" ")[-1] in _CLASSIFIERS else []
    measure += [unit.split(" ")[-1]] if unit.split(" ")[-1] in _CLASSIFIERS else []
    names = [f"số {unit}", *measure, *(name for name, units in load("terms")["by_unit"].items() if unit in units)]
    return re.compile(rf"\A\s*(?:tổng )?{any_word(names)}")


def _places(target: Target) -> frozenset[str]:
    """The kinds of places of a scope that is a list of them: ``Ở phường, thị trấn và xã đồng bằng``."""
    found: set[str] = set()
    for item in target.scope:
        text = fold(item).replace("*", "")
        if _PLACE_LIST.fullmatch(text):
            found.update(_PLACE.findall(text))
    return frozenset(found)


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
    if _whom().search(item) or _NARROWING.match(item) or _PLACE.search(item):
        return False
    return any(term in verbs() for term in tokens(between))


def _scope(target: Target, said: str, own: Territory, heading: str = "") -> str:
    """What narrows the population and stands in neither subject nor indicator; ``heading`` is the nearest one."""
    extra: list[str] = []
    for item in target.scope:
        if item.startswith(PART_OF) or (_SECTOR.fullmatch(fold(item)) and heading.endswith(fold(item))):
            continue
        text = " ".join(fold(_without_places(item, own)).replace("*", "").split())
        text = _MEASURING.sub("", text) if _NARROWING.match(text) else text
        if _REMARKED.search(text) or _glosses(target, text):
            continue
        if (
            item.strip("() ").isupper()
            or text.removeprefix("về ") in said
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


def statement_of(target: Target, around: Surroundings = NOTHING, own: Territory = NOWHERE) -> Statement:
    """The row of terms of a target with what stands around it.

    >>> statement_of(Target("d", "t", "c", "", 0, 1, "", subject="hộ nghèo", indicator="được vay vốn")).terms
    ('hộ nghèo', 'được', 'vay', 'vốn')
    """
    subject, predicate = _written(target)
    subject, predicate = fold(_without_places(subject, own)), fold(_without_places(predicate, own))
    scope = _scope(target, f"{subject} {predicate}", own, around.headings.rstrip(": "))
    subject, predicate = _without_place_lists(target, subject), _without_place_lists(target, predicate)
    subject, predicate = _by_unit(target, subject), _by_unit(target, predicate)
    predicate = _BY_WHOM.sub("được ", _HOW_FIRMLY.sub(" ", predicate))
    if not _OF_ALL.search(fold(f"{target.quote} {target.base}")):
        predicate = _OF_ALL.sub(" ", predicate)  # what the target before it is a share of
    base = _BASE.search(fold(f"{target.quote} . {around.stretch}"))
    if not predicate.strip() and _NARROWING.match(scope):  # the predicate stands in the subject
        subject, scope = scope, subject
    population, predicate = _BASE.sub(" ", f"{subject} {scope}"), _BASE.sub(" ", predicate)
    if "/" in target.unit:  # over how many a rate is counted is told by its dimension
        spread_over = fold(f"trên {target.unit.partition('/')[2]}")
        population, predicate = population.replace(spread_over, " "), predicate.replace(spread_over, " ")
        if f"{population.strip()} ".startswith(f"{predicate.strip()} "):
            predicate = ""  # "dược sĩ đại học", "dược sĩ trên 10.000 dân"
    if re.fullmatch(r"lao động|người lao động", population.strip()) and "việc làm" in predicate:
        population = "người"
    if not target.unit.startswith("%"):  # of what stands already "xây dựng mới" is one kind
        predicate = re.sub(r"\A\s*(?:xây dựng|xây) mới(?!\w)", "xây dựng", predicate)
        predicate = re.sub(r"\A\s*thành lập mới(?!\w)", "thành lập", predicate)
    for qualified, noun, beside in said_anyway():
        if beside in predicate:
            population = population.replace(qualified, noun)
    population = re.sub(r"(?<!\w)\d[\d.]*(?= doanh nghiệp| hộ| người)", " ", population)
    if dimension_of(target).endswith("/ha"):
        population, predicate = _PER_HECTARE.sub(" ", population), _PER_HECTARE.sub(" ", predicate)
    label, field = _label_of(around)
    label = _inline_label(target, around.opening) or label
    if _FIELD.match(around.opening) and not re.search(r"\d", around.opening):
        field = _FIELD.sub("", around.opening)
    joined = f"{_clean(population)} ‖ {_clean(predicate)}"
    whole = _WHOLE.search(joined) if target.unit.startswith("%") else None
    if whole is not None:
        joined = joined.replace(whole.group(), " ", 1)
    out, joined = _exceptions(joined)
    told = joined
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
    label_terms = tokens(mark(_clean(label))[0])
    if _one_after_another(target, target.subject, target.indicator):
        terms, border = row(head, tail)
    else:
        terms, border = (*tokens(head), *tokens(tail)), len(tokens(head))
    first, tail_terms = _turned(terms[:border], terms[border:])
    if tail_terms and tail_terms[0] not in verbs() and any(term in verbs() for term in tail_terms):
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
    known = frozenset(re.findall(r"\w+", unified(said))) - own_words
    return Statement(
        terms=(*first, *tail_terms),
        border=len(first),
        age=age,
        places=_places(target),
        exceptions=out,
        standards=tuple(standards),
        base=" ".join(base.group("base").split()).replace(" - ", "-") if base else "",
        whole=tuple(
            t for t in tokens((whole.group("whole") or whole.group("sum")) if whole else "") if t not in idle()
        ),
        label=label_terms,
        field=tokens(_clean(field)),
        known=known,
        urges=re.fullmatch(urging(), target.modality) is not None,
        levels=levels_named(f"{population} {predicate}"),
        own_level=own.level,
        above=own.titled | levels_of_units(f"{around.headings} {around.lead}"),
        counted=_counted_by(target.unit),
    )
