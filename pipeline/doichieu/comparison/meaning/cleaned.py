"""A wording without what narrows nothing: the own territory, days and years, remarks on other documents."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from doichieu.alphabet import UPPER
from doichieu.comparison.authorities.levels import levels_of_units, without_levels
from doichieu.comparison.authorities.territory import level_of
from doichieu.comparison.meaning.terms import spread, tokens, verbs
from doichieu.comparison.meaning.turns import as_not_done, as_patients
from doichieu.lexicon import load
from doichieu.lexicon.families import DISTRICT, EVERY, LEVEL, PROVINCE, SETTLEMENT
from doichieu.lexicon.named_words import words_of
from doichieu.model import Document
from doichieu.text import any_word, fold
from doichieu.text.memory import remembered

_EXCEPT = re.compile(
    r"[,(]?\s*(?<!\w)(?:ngoại trừ|(?<!thuốc )(?<!phòng )(?<!diệt )(?<!khử )trừ|không bao gồm|không kể|không tính"
    r"|(?<!nước )(?<!bên )ngoài)(?!\w)"
    r"\s+(?P<what>[^,;.()‖]{2,90})[,)]?"
)

_NOT_EXCEPT = re.compile(r"ngoài (?:công lập|nước|ra|trời|nhà nước|tỉnh|địa bàn|giờ|ngân sách|quốc doanh)")

_TIMES = re.compile(
    r"(?<!\w)(?:(?:chậm nhất )?(?:đến|trước|trong|từ)(?: hết| cuối| đầu)*(?: năm| ngày| tháng"
    r"| quý)?(?: [ivx]+)?(?: năm)? (?:20\d\d|\d{1,2}/\d[\d/]*)(?: trở đi)?"
    r"|(?:đến|trước) (?:hết |cuối |giữa )?nhiệm kỳ(?: \d{4}\s*-\s*\d{4})?"
    r"|(?:đến|trước) (?:hết|cuối)(?= được| có| đạt| đều)"
    r"|(?:trong )?cả (?:nhiệm kỳ|giai đoạn|thời kỳ|kỳ)|trong nhiệm kỳ"
    rf"|(?:{EVERY}|một) năm|giai đoạn \d{{4}}\s*-\s*\d{{4}}"
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

_NAMED = re.compile(
    rf"(?:(?:trên |tại |ở |của |trong )?(?:địa bàn )?)(?P<kind>(?i:{LEVEL}))(?P<name>(?:\s+[{UPPER}]\w*)+)"
)

_OTHER_DOCUMENT = (
    r"(?:nghị quyết|kế hoạch|đề án|chỉ thị|quyết định|chương trình|kết luận|cấp trên|chỉ tiêu|mục tiêu"
    r"|tỉnh ủy|thành ủy)"
)

#: What a drafter says of another document beside a target: it narrows nothing and asks nothing.
_REMARK = re.compile(
    r"\(\s*(?:(?:sớm|muộn|chậm|lùi|rút ngắn|kéo dài|trước|sau|vượt|cao|thấp|nhiều|ít|tăng|giảm)(?: hơn| thêm)? \d|"
    r"(?:sớm|muộn|chậm) hơn(?!\w))[^()]*\)|"
    rf"\([^()]*(?:{_OTHER_DOCUMENT}|so với|cao hơn|thấp hơn|hiện nay|giao|trung ương|tỉnh:|năm 20\d\d)[^()]*\)"
    r"(?:,?\s*(?:do|vì)\s[^‖()]*\Z)?"
    rf"|,?\s*(?<!\w)(?:thay vì|thay cho|như {_OTHER_DOCUMENT}|theo {_OTHER_DOCUMENT})(?!\w).*\Z"
    r"|,?\s*(?<!\w)(?:sớm|muộn|chậm|cao|thấp|nhiều|ít) hơn(?: \d[\d,.]*\s*%?(?: \w+)?)?(?=\s*(?:so với|\Z|,|‖"
    r"|\()).*\Z"
    rf"|,?\s*(?<!\w)(?:sớm|muộn|chậm|cao|thấp|nhiều|ít) hơn (?:(?:mức|quy định|chỉ tiêu|mục tiêu|mốc|thời hạn|hạn"
    rf"|năm|đến|20\d\d|\d[\d,.]*\s*%) )*(?:(?:của|tại|trong|do|mà) )?{_OTHER_DOCUMENT}(?!\w).*\Z"
    r"|,?\s*(?<!\w)(?:vượt|tăng|giảm) \d[\d,.]*\s*\S+(?: \w+){0,2} so với.*\Z"
    r"|,?\s*(?<!\w)(?:để phù hợp với|do điều kiện|do đặc thù|căn cứ tình hình|do khó khăn)(?!\w).*\Z"
)

REMARKED = re.compile(
    r"\A(?:giảm|tăng|vượt)\s+\d|(?<!\w)(?:so với|(?:cao|thấp|sớm|muộn|chậm) hơn"
    rf"|(?:{PROVINCE}|{DISTRICT}|trung ương|cấp trên)(?: ủy)?(?: giao(?!\w)|:)"
    r"|(?:nghị quyết|kế hoạch|đề án|chỉ thị|quyết định|kết luận)(?: số)?\s+(?:\d|của|quy định|giao|đề ra|là|:))"
    r"|\A\W*(?:nghị quyết|kế hoạch|đề án|chỉ thị|quyết định|kết luận|chương trình)(?!\w)[^.;]{0,60}\d"
)

_PER_HEAD = re.compile(
    r"(?:/|(?<!\w)trên )\s*(?:một |1 )?(?:vạn|nghìn|triệu|\d[\d.]*) ?(?:người dân|dân"
    r"|trẻ đẻ sống)(?!\w)|/\s*(?:\d[\d.]* )?(?:hộ(?: gia đình| dân)?|lao động|học sinh)(?!\w)"
)


class Territory(NamedTuple):
    """The names of a document's own place, folded, the level of the body that issued it, and the levels that its title
    names."""

    names: frozenset[str]
    level: str = ""
    titled: frozenset[str] = frozenset()


NOWHERE = Territory(frozenset())


def territory_of(document: Document) -> Territory:
    """The places that a document's head names as its own."""
    info = document.info
    head = f"{info.place} {info.issuer} {info.title} {info.authority}"
    found = {fold(m.group("name")) for m in _NAMED.finditer(head)}
    if info.place:
        found.add(fold(info.place))
    title = fold(info.title)
    return Territory(frozenset(found), level_of(document), levels_of_units(title))


@lru_cache(maxsize=1)
def _equivalents() -> tuple[re.Pattern[str], dict[str, str]]:
    entries = load("equivalents")["equivalent"]
    means = {form: entry["means"] for entry in entries for form in [entry["means"], *entry["forms"]]}
    return re.compile(any_word(means)), means


@lru_cache(maxsize=1)
def _initials() -> tuple[re.Pattern[str], dict[str, str]]:
    """The equivalents that are the first letters of what they mean: ``bhxh``."""
    _, means = _equivalents()
    written = {
        form: full
        for form, full in means.items()
        if len(form) > 1 and form == "".join(word[0] for word in re.findall(r"\w+", full))
    }
    return re.compile(any_word(written)), written


def unified(text: str) -> str:
    """A folded wording with equivalent wordings made one: ``hộ gia đình``, ``hộ dân`` → ``hộ``.

    >>> unified("tỉ lệ hộ gia đình"), unified("liệt sỹ có kĩ năng"), unified("trả lời trong ngày")
    ('tỷ lệ hộ', 'liệt sĩ có kỹ năng', 'trả lời trong 1 ngày')
    >>> unified("lên sàn giao dịch tmđt")
    'lên sàn thương mại điện tử'
    """
    return _unified(text)


@lru_cache(maxsize=1)
def _spellings() -> tuple[re.Pattern[str], dict[str, str]]:
    written: dict[str, str] = load("equivalents")["spellings"]
    return re.compile(any_word(written)), written


#: Who joins a body, or is in it: "vào hợp tác xã", "gia nhập tổ chức công đoàn", "là hội viên của Hội Nông dân".
_JOINS = re.compile(
    r"(?<!\w)(?:(?:là|trở thành) (?:thành viên|hội viên|đoàn viên|xã viên)(?: của)?|gia nhập|tham gia(?: vào)?|vào"
    r"|(?:tham gia )?sinh hoạt (?:trong|tại))(?: (?:các |những )?tổ chức| các| những)?"
    rf" (?P<body>{words_of('body_joined')})(?!\w)(?! (?:{words_of('no_body_joined')})(?!\w))"
)


def as_members(text: str) -> str:
    """A folded wording in which whoever joins a body is a member of it.

    >>> as_members("70% hộ vào hợp tác xã, tổ hợp tác"), as_members("tham gia hội chợ")
    ('70% hộ là thành viên hợp tác xã, tổ hợp tác', 'tham gia hội chợ')
    """
    return _JOINS.sub(r"là thành viên \g<body>", text)


#: "Chi trả trong ngày": within one.
_SAME_DAY = re.compile(r"(?<!\w)trong ngày(?=\s*(?:[,;.‖]|\Z))")


def _read_unified(text: str) -> str:
    text = _SAME_DAY.sub("trong 1 ngày", text) if "trong ngày" in text else text
    other, written = _spellings()
    text = other.sub(lambda match: written[match.group()], text)
    short, in_full = _initials()  # first, for longer wordings are made of them: "sàn giao dịch TMĐT"
    text = short.sub(lambda match: in_full[match.group()], text)
    pattern, means = _equivalents()
    return spread(as_members(as_patients(pattern.sub(lambda match: means[match.group()], as_not_done(text)))))


_unified = remembered(_read_unified)


#: "Trẻ" where it is no adjective ("cán bộ trẻ"): at the head, behind a comma, a preposition or a deed.
_CHILD = re.compile(
    r"(\A\W*|[,;(%‖]\s*|(?<!\w)(?:tỷ lệ|tỷ suất|tỷ số|số|các|những|ở|cho|và|của|là|với|về|huy động|đưa|chăm sóc"
    r"|nuôi dưỡng|bảo vệ|dạy)\s+)trẻ(?!\w| em(?!\w)| hóa| tuổi| trung| thơ)"
)


#: "Số trường | đạt chuẩn", "40% gia đình | có …": where nothing says of which kind, schools and households.
_HEADS = {"trường": "trường học", "gia đình": "hộ", "nhà dân": "hộ"}
_HEAD = re.compile(
    rf"(?P<before>\A\W*(?:(?:tỷ lệ|tổng số|số|các|những) )*)(?P<head>{'|'.join(_HEADS)})"
    r"(?=\s*\Z|\s+(?:đạt|có|được|thực hiện|tổ chức|triển khai|tham gia|sử dụng|đăng ký|ký)(?!\w)"
    r"|(?<=gia đình) (?:trồng|cấy|nuôi|làm|sản xuất|kinh doanh|vay|ở|sống|phân loại|viết|lắp|thuộc|bị)(?!\w))"
)

#: "của Lâm Đồng", "tại Di Linh": a place by its bare name.
_OF_A_NAME = re.compile(rf"(?<!\w)(?:trên địa bàn|của|tại|ở) (?P<name>[{UPPER}]\w*(?:\s+[{UPPER}]\w*){{1,3}})(?!\w)")


def without_places(text: str, own: Territory) -> str:
    """A wording without the names of the own territory and of whole provinces."""

    def drop(match: re.Match[str]) -> str:
        wide = match.group("kind") in ("tỉnh", "thành phố", "Tỉnh")  # "Thành phố Bắc Kạn | 95" is a row of a province
        return " " if wide or fold(match.group("name")) in own.names else match.group()

    text = _NAMED.sub(drop, text)
    if not own.names or not _OF_A_NAME.search(text):
        return text
    return _OF_A_NAME.sub(lambda match: " " if fold(match.group("name")) in own.names else match.group(), text)


#: "…, xong trước ngày 31/12", "So với năm 2025, …": what is left where the day or the year is read.
_DONE_BY = re.compile(
    r"[,\s]+(?:xong|hoàn thành|kết thúc)\W*\Z"
    r"|(?:,|\s+và)\s+(?:đưa|đi) vào (?:sử dụng|hoạt động|vận hành|khai thác)\W*\Z|\A\s*so với\s*(?=,)"
)

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
SINCE = re.compile(
    r"(?<!\w)(?:"
    rf"{words_of('tells_since_when')}"
    r"|(?<!được )(?<!đã )(?:"
    rf"{words_of('tells_since_when_alone')}"
    r")) (?:từ (?:năm )?(?:19|20)\d\d\s+(?:-\s*)?)?\Z"
)

#: Where "địa phương" is one of two, the other being "trung ương", "quốc gia": "đường thủy địa phương".
_LOCAL_KIND = re.compile(
    r"(?<!\w)(?:đường thủy|đường thủy nội địa|đường bộ|báo chí|báo|đài|giống|giống gốc|đặc sản|tiếng|quỹ"
    r"|(?:quốc gia|trung ương)(?:,| và| hoặc)?(?: [^\W\d]+){0,4}) (?:của )?\Z"
)


#: "Không còn được dùng", "không có mái che": it is denied, whatever the verb.
_DENIED = re.compile(r"(?<!\w)(không|chưa) (?:còn được|còn|có|được) (?=\w)")


#: "Chưa có lương hưu": who has none.
_NOT_YET = re.compile(r"(?<!\w)chưa (?=(?:được hưởng|có|hưởng|bảo đảm|đủ|đạt)(?!\w))")


def denied(text: str) -> str:
    """A folded wording with its denials written one way.

    >>> denied("túi ni lông không còn được dùng")
    'túi ni lông không dùng'
    """
    if "chưa" in text:
        text = _NOT_YET.sub("không ", text)
    return _DENIED.sub(r"\g<1> ", text) if "không" in text or "chưa" in text else text


def _unless_local(match: re.Match[str]) -> str:
    said = match.group().strip() == "địa phương" and _LOCAL_KIND.search(match.string[: match.start()])
    return match.group() if said else " "


#: "Không để phát sinh quá 3% …", "không vượt quá": the figure is a ceiling, which its operator tells.
_CEILING = re.compile(r"(?<!\w)không (?:để )?(?:(?:phát sinh|xảy ra|có|còn) )?(?:vượt quá|vượt|quá)(?!\w| \d)")


def cleaned(text: str) -> str:
    """A folded wording without remarks, times, the own territory and whom anybody is helped by.

    >>> " ".join(cleaned("hộ nghèo trên địa bàn tỉnh đến năm 2030 (cao hơn nghị quyết 5%)").split())
    'hộ nghèo'
    """
    return _cleaned(text)


def _read_cleaned(text: str) -> str:
    text = _LOCALITIES.sub(r"\g<bodies> xã, phường", text) if "địa phương" in text else text
    text = _FREE.sub(r"\g<deed> \g<what> miễn phí", text) if "miễn phí" in text else text
    text = unified(_PER_HEAD.sub(" ", _REMARK.sub(" ", every_level(text))))
    text = _CHILD.sub(r"\g<1>trẻ em", text) if "trẻ" in text else text
    text = re.sub(r"(?<!\w)gdp (?:của )?(?:tỉnh|thành phố|cả nước|toàn tỉnh)(?!\w)", "gdp", text)
    text = re.sub(r"\A\s*(?:nghìn|ngàn|vạn|triệu|tỷ)\s(?!đồng|usd|lệ|trọng)", "", text)
    text = _DONE_BY.sub("", _TIMES.sub(lambda m: m.group() if SINCE.search(text[: m.start()]) else " ", text))
    text = without_levels(_HERE.sub(_unless_local, text))
    text = _CEILING.sub(" ", text) if "không" in text else text
    text = _NOT_SO_FAR.sub("chưa", text) if "chưa" in text else text
    text = _ALSO.sub(_told_again, text) if " cả " in text else text
    text = denied(_HEAD.sub(lambda m: m.group("before") + _HEADS[m.group("head")], text))
    text = _BY_SOMEBODY.sub("được ", _BY_MEANS.sub("qua", text) if "thông qua" in text else text)
    text = _HANDED_OVER.sub(_managed, text) if "quản lý" in text else text
    text = _OVERDUE.sub(r"\g<owed> \g<more> ", text) if "quá hạn" in text else text
    text = _FINISHED.sub("học xong ", text) if "hoàn thành" in text else text
    return re.sub(r"\(\s*[A-ZĐ&/. ]*\)", " ", text)


#: The predicate of a target stays where its subject is set right.
_cleaned = remembered(_read_cleaned)


#: "Chuyển đổi mô hình quản lý sang hợp tác xã", "giao cho cộng đồng quản lý".
_HANDED_OVER = re.compile(
    r"(?<!\w)(?:được )?(?:chuyển đổi|chuyển giao|chuyển|bàn giao|giao)(?P<model>(?: mô hình)?(?: tổ chức)? quản lý"
    r"(?:, (?:khai thác|vận hành|sử dụng))*)? (?:sang|cho) (?:cho )?(?P<who>[^‖;.()%\d]{3,50}?)"
    r"(?P<manages> quản lý(?:(?:,| và) (?:khai thác|vận hành|sử dụng))*)?(?=\s*(?:\Z|‖|;|, hoàn thành))"
)


def _managed(match: re.Match[str]) -> str:
    """By whom something is managed once it is handed over.

    >>> cleaned("chợ được chuyển đổi mô hình quản lý sang hợp tác xã"), cleaned("đất được giao cho cộng đồng")
    ('chợ do hợp tác xã quản lý', 'đất được giao cho cộng đồng')
    """
    told = match.group("model") or match.group("manages")
    return f"do {match.group('who').strip()} quản lý" if told else match.group()


#: "Nợ quá hạn trên 90 ngày", "tồn quá hạn từ 10 ngày": the days are counted from when it was due anyway.
_OVERDUE = re.compile(
    r"(?<!\w)(?P<owed>(?:nợ|tồn)(?: [^\W\d]+){0,4}?) quá hạn (?P<more>trên|quá|từ) (?=\d+ (?:ngày|tháng|năm)(?!\w))"
)

#: "Hoàn thành lớp bồi dưỡng" is more than to take part in it.
_FINISHED = re.compile(
    r"(?<!\w)hoàn thành (?=(?:các |một )?(?:lớp(?! học|\s*\d)|khóa|chương trình (?:đào tạo|bồi dưỡng|tập huấn))(?!\w))"
)

#: "Từ tỉnh đến cơ sở", "các cấp": whoever it is, at every level.
_EVERY_LEVEL = re.compile(
    rf"(?<!\w)(?:(?:ở |thuộc )?từ (?:cấp )?(?:trung ương|{LEVEL}) (?:đến|tới|xuống) (?:cấp )?"
    rf"(?:{LEVEL}, (?:cấp )?)?(?:cơ sở|địa phương|{LEVEL}|{SETTLEMENT})(?:, (?:{LEVEL}|{SETTLEMENT}))*"
    r"|(?:ở )?các cấp)(?!\w)"
)


def every_level(text: str) -> str:
    """A folded wording without the words that mean whoever it is at every level.

    >>> " ".join(every_level("cơ quan nhà nước từ trung ương đến cấp xã ký số").split())
    'cơ quan nhà nước ký số'
    """
    if "các cấp" in text or ("từ " in text and any(word in text for word in (" đến ", " tới ", " xuống "))):
        return _EVERY_LEVEL.sub(" ", text)
    return text


#: "Sở, ban, ngành và địa phương": the communes beside the offices.
_LOCALITIES = re.compile(r"(?P<bodies>(?<!\w)sở, (?:ban, )?ngành(?:, đoàn thể)?(?:,| và)) (?:các )?địa phương(?!\w)")

#: "Được cấp miễn phí thẻ": the thing stands behind the word that says it costs nothing.
_FREE = re.compile(
    r"(?P<deed>(?<!\w)được [^\W\d]+(?: [^\W\d]+)?) miễn phí (?!tại|ở|cho|trong|theo|và|khi|qua)(?P<what>[^‖,;()]+)"
)

#: "Chưa đến mức phải …", "ở mức chưa phải …": how far it has not come yet.
_NOT_SO_FAR = re.compile(r"(?<!\w)(?:chưa đến mức|chưa tới mức|ở mức chưa|chưa thực sự)(?!\w)")

#: "Lái đò, kể cả lái đò thời vụ": who is among them anyway.
_ALSO = re.compile(r"[,(]?\s*(?<!\w)(?:kể cả|bao gồm cả|gồm cả|tính cả)\s+(?P<who>[^,;.()‖]{2,60})[,)]?")


def _told_again(match: re.Match[str]) -> str:
    """Nothing where those who are said to be among them are called by the noun before; else the words as they stand.

    >>> " ".join(cleaned("lái đò, kể cả lái đò thời vụ").split())
    'lái đò'
    >>> " ".join(cleaned("hộ nghèo, kể cả hộ cận nghèo").split())
    'hộ nghèo, kể cả hộ cận nghèo'
    """
    noun = re.split(r"[,‖;]", match.string[: match.start()])[-1].strip()
    who = match.group("who")
    if not noun or not who.startswith(f"{noun} "):
        return match.group()
    verb = next((w for w in tokens(who[len(noun) :]) if w in verbs()), "")
    return f" {who[who.find(f' {verb} ') :]} " if verb else " "


#: "Trừ thửa đang có tranh chấp": who has not.
_WHO_HAS = re.compile(
    r"(?:(?:các|những|số) )?(?P<noun>[^\W\d]+(?: [^\W\d]+){0,3}?) (?:hiện |đang |còn )*"
    r"(?:có|bị) (?P<what>[^\W\d]+(?: [^\W\d]+){0,4})\s*\Z"
)


def _noun_before(text: str, noun: str) -> bool:
    """Whether the population before an exception is called by the noun that the exception repeats."""
    return re.search(rf"(?<!\w){re.escape(noun)}(?!\w)", text) is not None


#: Words that say nothing in an exception: "trừ gói thầu thuộc bí mật nhà nước".
_FILLING = frozenset({"các", "những", "người", "loại", "số", ",", "thuộc", "của", "là", "trường hợp", "thuộc diện"})


def exceptions_in(text: str) -> tuple[frozenset[str], str]:
    """What a wording leaves out, and the wording without it.

    >>> exceptions_in("hộ nghèo, trừ hộ không có lao động, được vay")[0]
    frozenset({'hộ không có lao động'})
    >>> exceptions_in("thửa đất, trừ thửa đang có tranh chấp, được cấp giấy")
    (frozenset(), 'thửa đất không tranh chấp  được cấp giấy')
    """
    found: set[str] = set()

    def take(match: re.Match[str]) -> str:
        if _NOT_EXCEPT.search(match.group()):
            return match.group()
        has = _WHO_HAS.match(match.group("what")) if "‖" not in text[: match.start()] else None
        if has is not None and _noun_before(text[: match.start()], has["noun"]):
            return f" không {has['what']} "
        words = [w for w in tokens(match.group("what")) if w not in _FILLING]
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
