"""What a target takes from outside its own wording: population and narrowing from labels and headings, its date.

The nearest wins: the wording itself, a label within the sentence, the target before, the label of the line, the
headings above.  A label or heading that names a place or is opened by ``Đối với`` narrows what has a population of
its own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from doichieu.alphabet import UPPER
from doichieu.extraction.targets.apart import MEASURE_ALONE, deed_alone
from doichieu.extraction.targets.breakdowns import PLACE_SCOPE
from doichieu.extraction.targets.classes import divisible, labels_a_class
from doichieu.extraction.targets.context import Due, as_due
from doichieu.extraction.targets.counted import units
from doichieu.extraction.targets.heading_names import Heading, is_plural_place, read_heading
from doichieu.extraction.targets.measures import Group, sentence_starts
from doichieu.extraction.targets.parts import strip_share_word, strip_verbs
from doichieu.extraction.targets.phrases import brackets, narrowings, without_brackets
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.relative_clauses import PERSON, sized
from doichieu.extraction.targets.sides import Said
from doichieu.extraction.targets.wording import inner_label
from doichieu.extraction.targets.years import year_behind, year_in_wording, year_of_label
from doichieu.extraction.times.hits import DeadlineHit
from doichieu.lexicon.headings import bare_heading
from doichieu.lexicon.named_words import words_of
from doichieu.model import Target
from doichieu.text import fold

#: One institution of a province or a city, by its level or its name: "Thư viện tỉnh", "Bệnh viện Đa khoa Bình Hà".
_ONE_BODY = re.compile(
    rf"(?i:{words_of('one_institution')})(?: [^\W\d_]+){{0,6}}? "
    rf"(?:tỉnh|thành phố|huyện|quốc gia|[Tt]rung ương|[{UPPER}]\w* [{UPPER}]\w*)"
)
#: What is counted while something else is meant: "số mẫu: 240" below "Môi trường ao nuôi".
_NOBODY = frozenset({"mẫu", "vị trí", "điểm", "lượt", "lần", "đợt", "phiếu", "chỉ tiêu", "thông số"})
#: Points where something is sampled or watched: it is about the place.
_POINTS = frozenset({"mẫu", "vị trí", "điểm", "điểm quan trắc", "vị trí lấy mẫu"})
_AT = re.compile(r"(?:tại|ở)\s+")
_POINT_OF = re.compile(rf"(?:mẫu|vị trí|điểm) (?P<waters>(?:{words_of('waters')})\s.+)", re.IGNORECASE)
#: "Thời gian thực hiện thủ tục đầu tư: giảm 50%": the time is measured, of the procedure.
_TIME_OF = re.compile(
    r"\A(?:thời gian|thời hạn)\s+(?:giải quyết|thực hiện|xử lý|cấp(?! (?:cứu|phát|nước|điện)(?!\w))|tiếp nhận"
    r"|thẩm định)\s+(?=(?!của)\w.{3})",
    re.IGNORECASE,
)
#: A field as a heading is a topic; only as the label of a line it narrows.
_FIELD = re.compile(r"(?:lĩnh vực|ngành|nghề|nhóm|giáo dục|hệ|loại)(?!\w)")
_ASIDE = re.compile(r"\([^()]*\)")
_FIGURE = re.compile(r"%|(?<!\w)(?:là|hiện|đạt)\s")
_DONE_BY = re.compile(r"[\s;,]*(?:thời gian )?hoàn thành\s*")  # "100% chủ rừng …; hoàn thành trước ngày 10/3/2024"


#: A level of school, and those whom only it tells apart.
_SCHOOL_LEVEL = re.compile(
    r"(?:giáo dục|cấp|bậc) (?:mầm non|tiểu học|phổ thông|trung học(?: cơ sở| phổ thông)?|thường xuyên"
    r"|nghề nghiệp|đại học)",
    re.IGNORECASE,
)


#: One of the levels that schools are told apart by; and what names one by itself.
_ONE_LEVEL = re.compile(
    r"(?:giáo dục|cấp|bậc) (?:(?:học )?(?:mầm non|tiểu học|trung học(?: cơ sở| phổ thông)?|thcs|thpt))", re.IGNORECASE
)
_OWN_LEVEL = re.compile(
    r"(?<!\w)(?:mầm non|mẫu giáo|nhà trẻ|tiểu học|trung học|phổ thông|thcs|thpt|đại học|cao đẳng|lớp \d+)(?!\w)"
)


#: The same as the head of a longer name: "học sinh bỏ học", "điểm trường".
_AT_SCHOOL_HEAD = re.compile(
    r"(?:trường(?! nghề| đại học| cao đẳng)|điểm trường|lớp|giáo viên|nhà giáo|học sinh|phòng học|cơ sở giáo dục"
    r"|cán bộ quản lý|người học|học viên|giảng viên|nhóm, lớp|nhóm trẻ)(?!\w)"
)


class Above(NamedTuple):
    """What stands over a measure: label in its sentence, label of its line, headings from near to far."""

    inner: Heading | None
    label: Heading | None
    headings: list[Heading]

    @property
    def label_aspect(self) -> str:
        """What the line's label says is measured."""
        return self.label.aspect if self.label is not None else ""

    @property
    def heading_aspect(self) -> str:
        """What the nearest heading says is measured."""
        return next((h.aspect for h in self.headings[:1] if h.aspect), "")


def above(text: str, group: Group, label: str, own: Heading | None, headings: list[Heading]) -> Above:
    """The labels and headings over one measure."""
    inner = inner_label(text, group, label)
    alone = MEASURE_ALONE.fullmatch(bare_heading(inner).lower()) is not None  # "…; tần suất quan trắc: 02 đợt/tháng"
    nearer = read_heading(inner, label=True) if inner and not alone else None
    if nearer is not None and own is not None and ((nearer.place and own.place) or _stands_against(nearer, own)):
        own = None  # "Ở cấp xã: 100% công chức …; ở thôn: 60% cán bộ …": one place, then the other
    return Above(nearer, own, headings)


#: What a label opens with that names one of several kinds of the same: "Cấp tỉnh: …; cấp xã: …".
_RANKED_KINDS = frozenset(map(fold, ("cấp", "nhóm", "bậc", "tuyến", "hạng", "loại", "khối")))
_SHORT_LABEL = 4  # words


def _stands_against(nearer: Heading, own: Heading) -> bool:
    """Whether a label within the sentence stands against that of the line: ``Cấp tỉnh: 100% …; cấp xã: 85%``."""
    if is_plural_place(nearer.population) and is_plural_place(own.population):
        return True
    one, other = fold(nearer.population).split(), fold(own.population).split()
    return one[:1] == other[:1] and one != other and " ".join(one[:1]) in _RANKED_KINDS and len(one) <= _SHORT_LABEL


_OF_SOME = re.compile(r"\d|trong đó")


def _is_said_shorter(own: str, label: str) -> bool:
    """Whether a label names the population that the wording only hints at: by a shorter name, or by a measure alone.

    >>> _is_said_shorter("trường", "Trường mầm non"), _is_said_shorter("diện tích tái canh", "Cây cà phê")
    (True, True)
    >>> _is_said_shorter("học sinh", "Cấp tiểu học")
    False
    """
    if len(label.split()) > 12 or _OF_SOME.search(label):
        return False
    return fold(label).startswith(fold(own) + " ") or MEASURE_ALONE.fullmatch(own.lower()) is not None


def _what_of(heading: str) -> str:
    """What a heading is about, without the deed it opens with.

    >>> _what_of("In tài liệu tuyên truyền"), _what_of("Cán bộ cấp xã"), _what_of("Tập huấn cho cán bộ thôn")
    ('tài liệu tuyên truyền', 'Cán bộ cấp xã', 'cán bộ thôn')
    """
    thing = strip_verbs(heading.lower(), leading=True)
    thing = heading[len(heading) - len(thing) :].removeprefix("cho ").removeprefix("về ")
    return thing if len(thing.split()) > 1 and not thing.lower().startswith(("và ", "hoặc ")) else heading


_SHARE_HEADING = re.compile(r"(?:tỷ|tỉ) (?:lệ|trọng)\s", re.IGNORECASE)


_AGE = re.compile(r"(?:(?:từ|đủ|trên|dưới)\s+)+\d+ tuổi(?: trở (?:lên|xuống))?")


#: What says only which of them: "Hộ nghèo thuộc dân tộc thiểu số", "Người chấp hành xong án phạt tù trở về địa phương".
_WHICH = re.compile(
    r"(?:thuộc|là|trở về|còn|chưa|không|đang|đã|sống|sinh sống|cư trú|làm việc|công tác|nằm|mới|từ|theo)(?!\w)"
)


#: A procedure by its name, which nothing in it narrows: "thủ tục Cấp giấy phép đối với xe quá khổ".
_PROCEDURE = re.compile(rf"thủ tục [{UPPER}]")


def of_one_body(headings: list[Heading]) -> list[Heading]:
    """Headings over a goal, where the nearest narrows what stands below it if it names one institution.

    >>> [h.narrows for h in of_one_body([read_heading("1.1. Bảo tàng tỉnh:")])]
    [True]
    >>> [h.narrows for h in of_one_body([read_heading("1.1. Bảo tàng, thư viện:")])]
    [False]
    """
    near = headings[0] if headings else None
    if near is None or near.narrows or _ONE_BODY.fullmatch(near.population) is None:
        return headings
    return [near._replace(narrows=True), *headings[1:]]


class _Given(NamedTuple):
    """What a heading gives to the figures below it: whom they are about, what narrows them, what is to be so."""

    subject: str
    scope: list[str]
    told: str


def _given(heading: str, *, share: bool) -> _Given:
    """Whom a heading gives to the figures below it, and to shares what is to be true of them.

    >>> _given("Tỷ lệ rác thải được thu gom", share=True), _given("Hộ nghèo ở xã đảo", share=True)
    (_Given(subject='rác thải', scope=[], told='được thu gom'), _Given(subject='Hộ nghèo', scope=['ở xã đảo'], told=''))
    >>> _given("Trạm y tế có bác sĩ", share=True).told, _given("Trạm y tế có bác sĩ", share=False).scope
    ('có bác sĩ', ['có bác sĩ'])
    """
    if _PROCEDURE.match(heading) is not None:
        return _Given(heading, [], "")
    of_share = _SHARE_HEADING.match(heading) is not None
    heading = strip_share_word(heading) if of_share else heading
    plain = _AGE.sub(lambda m: "x" * len(m.group()), heading.lower())  # "Người dân từ đủ 18 tuổi | có tài khoản"
    start = predicate_start(plain) if share or of_share else None
    if start is None or (not of_share and (_WHICH.match(plain, start) or sized(plain, start))):
        subject, scope = narrowings(heading)
        return _Given(subject, scope, "")
    subject, scope = narrowings(heading[:start])
    return _Given(subject, [*scope, *brackets(heading[start:])], without_brackets(heading[start:]))


def _class_of(previous: Target) -> tuple[str, ...]:
    """``Tỷ lệ hợp tác xã xếp loại khá đạt 75%, trong đó 50% có …``: the parts are of those so classed."""
    if not previous.subject or "xếp loại " not in previous.indicator:
        return ()
    before, _, rest = previous.indicator.partition(previous.subject)
    return (rest.strip(),) if before and rest.startswith(" xếp loại ") else ()


def divided_by(over: Above) -> Heading | None:
    """The line above whose people or things a label only divides: ``+ Tiểu học: 90%`` below ``- Trường học:``."""
    label = over.inner if over.inner is not None and over.inner.population else over.label
    whole = next((h for h in over.headings[:1] if h.population and not h.place), None)
    if label is None or whole is None or not labels_a_class(label.population):
        return None
    what = _what_of(whole.population)
    alike = fold(what).split()[:1] == fold(label.population).split()[:1]
    return whole if divisible(what) and not alike and not labels_a_class(what) else None


def _school_level(own: str, over: Above) -> str:
    """The level of school of those whom only it tells apart: ``Về giáo dục mầm non: 60% trường đạt chuẩn``."""
    if _AT_SCHOOL_HEAD.match(own.lower()) is None:
        return ""
    if _SCHOOL_LEVEL.fullmatch(over.label_aspect):
        return over.label_aspect
    near = [name for h in over.headings[:2] for name in (h.population, h.aspect) if _ONE_LEVEL.fullmatch(name)]
    return near[0] if near else ""


def _people_above(own: str, over: Above) -> str:
    """The people that a list is for, where a line of it counts things: ``Người khuyết tật nặng: + Tặng 50 xe lăn``."""
    above_it = over.headings[0] if over.headings else None
    if above_it is None or above_it.narrows:
        return ""
    if not own or PERSON.match(own.lower()) or not PERSON.match(above_it.population.lower()):
        return ""
    told_apart = narrowings(above_it.population)[1]
    return above_it.population if told_apart else ""


#: Who has an age.
_ONE_BY_ONE = re.compile(
    r"(?:(?:các|những|số) )?(?:người|phụ nữ|nam|nữ|đồng bào|thanh niên|lao động|công nhân|nông dân|học sinh|trẻ em"
    r"|dân)(?!\w)"
)


def _age_of_label(own: str, scope: list[str], over: Above) -> str:
    """The age that a line's label asks for, of others than it names: ``Người từ 16 tuổi có tài khoản: …, phụ nữ …``."""
    label = over.label.population if over.label is not None else ""
    age = _AGE.search(label.lower()) if PERSON.match(label.lower()) else None
    if age is None or not _ONE_BY_ONE.match(own.lower()) or any("tuổi" in piece for piece in (own, *scope)):
        return ""
    return age.group()


def _told_above(said: Said, own: str, scope: list[str], over: Above, *, share: bool) -> list[str]:
    """What labels and headings say of whom besides: a level of school, people that things are for, an age."""
    out = []
    if (level := _school_level(own, over)) and not any(_SCHOOL_LEVEL.search(s) for s in (own, *scope)):
        named = _OWN_LEVEL.search(" ".join((own, *scope, said.indicator)).lower())
        out += [level] if named is None or level == over.label_aspect else []
    if not share and (people := _people_above(own, over)) and not any(fold(people) in fold(s) for s in scope):
        out.append(people)
    if age := _age_of_label(own, scope, over):
        out.append(age)
    return out


def _label_gives(label: Heading | None, previous: Target) -> bool:
    """Whether the label of a line is who a share without a name is about: ``Người khuyết tật: 80% …, 40% …``.

    A topic is not, where the share before named its own: ``Mạng lưới: 100% trạm có …, ít nhất 40% đạt mức độ 2``.
    """
    if label is None or not label.population:
        return False
    if label.narrows and previous.subject and any(fold(label.population) in fold(piece) for piece in previous.scope):
        return False  # "Đối với các làng nghề: 100% cơ sở …, 70% có …": of the same within it
    named, told = fold(label.population), fold(previous.subject)
    topic = not PERSON.match(label.population.lower()) and len(named.split()) <= _TOPIC
    topic = topic and units()[0].match(f" {label.population.lower()}") is None  # "Trạm y tế: … 60% có bác sĩ"
    apart = bool(told) and not told.startswith(named) and not named.startswith(told)
    return not (topic and apart and named.split()[0] not in told.split())


_TOPIC = 3  # words


#: A label that only says that measures follow.
_LEADS_IN = re.compile(
    r"(?<!\w)(?:chỉ tiêu|mục tiêu|tiêu chí|nội dung|sau|cụ thể|kết quả|tỷ lệ|tỉ lệ|cơ cấu|mức|năm)(?!\w)"
)


def _predicate_of(labels: list[Heading]) -> str:
    """What a label says is to be true of all whose shares stand behind it: ``Sử dụng nước sạch: 90% hộ đô thị, …``."""
    for label in labels:
        wording = label.wording.strip(" .:;,-")
        if not (label.aspect or label.place or label.narrows) and not _LEADS_IN.search(wording.lower()):
            return wording if predicate_start(wording.lower(), from_start=True) == 0 else ""
    return ""


def _says_whom_alone(said: Said) -> bool:
    """Whether a measure names nothing but its population: ``90% hộ đô thị``."""
    own, what = fold(said.subject), fold(said.indicator)
    return not what or (bool(own) and what.startswith(own) and predicate_start(what) is None)


def _bears(name: str, deed: str) -> bool:
    """Whether a label or heading names what a deed is done to, and not the deed itself.

    >>> _bears("Đơn thư của cử tri", "trả lời đúng hạn"), _bears("Hòa giải ở cơ sở", "hòa giải thành")
    (True, False)
    """
    alone = fold(name).split()[:1] == fold(deed).split()[:1]
    return bool(name) and not alone and strip_verbs(name.lower(), leading=True) == name.lower()


def population(
    said: Said, over: Above, previous: Target | None, subject: str, *, share: bool, leads: bool = False
) -> Said:
    """A measure with its population and all that narrows it; ``subject`` is what a table row is about.

    ``share``: a share, to which a heading without a word of counting says what is to be true; ``leads``: its figure
    stands before whom it is of.
    """
    told = ""
    labels = [h for h in (over.inner, over.label) if h is not None]
    own = said.subject or subject
    scope = list(said.scope)
    if _AGE.fullmatch(own.lower()):
        scope, own = [*scope, *([] if own in scope else [own])], ""  # "ít nhất 80% dưới 50 tuổi đạt chuẩn"
    labelled = next((h.population for h in labels if h.population), "")
    done_to = _what_of(labelled) if labelled else ""
    if done_to != labelled and _is_said_shorter(own, done_to):
        own, narrow = narrowings(done_to)  # "Số hóa sổ hộ tịch còn lưu giữ: 100% sổ do cấp tỉnh quản lý"
        scope += narrow
    elif labelled and _is_said_shorter(own, labelled):
        own, narrow = narrowings(labelled)
        scope += narrow if predicate_start(labelled.lower()) is None else []
    if fold(own) in _NOBODY and not scope:
        own = next((h.population for h in [*labels, *over.headings[:2]] if h.population), own)
    if (here := _POINT_OF.fullmatch(own)) is not None:
        own = here.group("waters")
    if share and own and deed_alone(own):
        own = next((h.population for h in [*labels, *over.headings[:1]] if _bears(h.population, own)), own)
    waters = over.label.population if over.label is not None else ""
    if fold(own) in _POINTS and waters and any(_AT.match(s) for s in scope):
        own = waters  # "Cửa sông Mã: Lấy mẫu 01 vị trí tại khu vực nước cấp"
    if fold(own) in _POINTS and (at := next((s for s in scope if _AT.match(s)), "")):
        own = _AT.sub("", at)  # "lấy mẫu 01 vị trí tại vùng nuôi tôm": the waters that are sampled
        scope.remove(at)
    if not own and over.inner is not None:
        own = over.inner.population
    if not own and previous is not None and not _label_gives(over.label, previous):
        own = previous.subject
        scope += [*(s for s in previous.scope if not labels), *_class_of(previous)]
    sources = [*labels, *over.headings]
    if not own:
        giver = next((h for h in sources if h.population), None)
        whole = divided_by(over) if giver in labels else None
        if giver is not None and whole is not None:
            own, narrow, told = _given(_what_of(whole.population), share=share and not said.indicator)
            scope += [*narrow, giver.population]  # "Mầm non: 98%" below "Tỷ lệ giáo viên đạt chuẩn:"
        elif giver is not None:
            own, narrow, told = _given(_what_of(giver.population), share=share and not said.indicator)
            scope += narrow
            if told and giver in labels and any(_SHARE_HEADING.match(h.wording) for h in over.headings[:1]):
                scope.append(told)  # "Kênh tưới bảo đảm chủ động nước: 60%" below "Tỷ lệ kiên cố hóa"
            sources = sources[: sources.index(giver)]
    if share and leads and own and not told and _says_whom_alone(said):
        told = _predicate_of(labels)
        said = said._replace(indicator="") if told else said
    own = _TIME_OF.sub("", own) if own[:4].lower() == "thời" else own
    scope += _told_above(said, own, scope, over, share=share)
    apart = previous is not None and any(PLACE_SCOPE.match(s) for s in scope)
    for source in [*labels, *(h for h in over.headings[:2] if not _FIELD.match(h.population.lower()))]:
        if apart and source is over.label and source.place:
            continue  # "Ở cấp trung học phổ thông: 60% …, ở cấp trung học cơ sở: 40%"
        piece = source.place or (source.population if source in sources and source.narrows else "")
        if piece and fold(piece) not in fold(own) and not any(fold(piece) in fold(s) for s in scope):
            scope.append(piece)
    return said._replace(subject=own, scope=tuple(scope), indicator=said.indicator or told)


# ---------------------------------------------------------------- by when


class Moment(NamedTuple):
    """A deadline hit as it bears on one measure: where it stands in the passage, and the limit it sets."""

    start: int
    end: int
    due: Due


def moments(hits: list[DeadlineHit], begin: int, lowered: str) -> list[Moment]:
    """The limits of a wording in order; what a bracket tells about another time is left out."""
    told = [
        m.span() for m in _ASIDE.finditer(lowered) if _FIGURE.search(m.group())
    ]  # "(nhiệm kỳ 2021 - 2026 là 28,4%)"
    out = []
    for hit in hits:
        start, end = hit.start - begin, hit.end - begin
        due = as_due(hit)
        if due is not None and not any(a <= start < b for a, b in told):
            out.append(Moment(start, end, due))
    return out


def _in_wording(found: list[Moment], group: Group) -> Due | None:
    inside = [m for m in found if group.start <= m.start < group.end]
    before = [m.due for m in inside if m.start <= group.anchor]
    after = [m.due for m in inside if m.start > group.anchor]
    return before[-1] if before else after[0] if after else None


def _in_sentence(found: list[Moment], group: Group, text: str, lowered: str) -> Due | None:
    starts = sentence_starts(text)
    sentence = starts[min(max(group.sentence, 0), len(starts) - 1)]
    for moment in reversed([m for m in found if sentence <= m.start < group.start]):
        between = lowered[moment.end : group.start]
        opens_list = lowered[: moment.start].rstrip().endswith(":")
        leading = moment.start - sentence < 30 or opens_list
        if ";" not in between or leading or ":" in between[:3]:
            return moment.due
    return None


def _in_line(found: list[Moment], group: Group, lowered: str) -> Due | None:
    for moment in found:
        if _DONE_BY.fullmatch(lowered, group.end, moment.start):
            return moment.due
        if moment.start < group.start and re.match(r"\s*:", lowered[moment.end :]):
            return moment.due
    return None


#: A further measure of the same sentence before a date that closes it: "5 km đường và 3 km cáp | trong năm 2027".
_AND_MORE = re.compile(r"\s*và\s[^;.:]*\d[^;.:]*")
#: … or of a list that goes on with its figure alone: "12 lối đi, 08 điểm đen | trước ngày 30/6".
_AND_FIGURE = re.compile(r"\s*,\s+(?:(?:ít nhất|tối thiểu|khoảng|trên|từ)\s+)*\d[^;.:]*")
_CLOSED = re.compile(r"[^;.\d]*(?:[;.]|\Z)")


def _closing(found: list[Moment], group: Group, lowered: str) -> Due | None:
    """A date that closes a sentence of measures joined by ``và``, or listed with one verb, holds for the first too."""
    for moment in found:
        more = _AND_MORE.fullmatch(lowered, group.end, moment.start)
        if more or _AND_FIGURE.fullmatch(lowered, group.end, moment.start):
            return moment.due if _CLOSED.match(lowered, moment.end) else None
    return None


#: Before a figure of what a year had: "bằng không quá 70% | số vụ năm 2025".
_AS_MUCH_AS = re.compile(r"(?<!\w)(?:chỉ )?(?:bằng|tương đương)\s+(?:[^\W\d]+\s+){0,3}\Z")


def _year_named(lowered: str, group: Group, today: str) -> Due | None:
    """The bare year of a measure: behind the figure, else before it."""
    than = group.figure.kind == "multiple" or _AS_MUCH_AS.search(lowered[: group.figure.figure_start]) is not None
    behind = None if than else year_behind(lowered, group.stop, len(lowered), today)
    before = lowered.find(group.baseline.lower(), group.start, group.anchor) if group.baseline else group.anchor
    return behind or year_in_wording(lowered, group.start, before, today)


def _of_baseline(moment: Moment, group: Group, lowered: str) -> bool:
    """Whether a time is that of the figure a measure comes from: ``giảm từ 8,2% | năm 2025 | xuống còn 3%``."""
    before = lowered[group.start : moment.start].rstrip(" (")
    return moment.start < group.anchor and before.endswith(group.baseline.lower())


def own_due(hits: list[DeadlineHit], begin: int, group: Group, text: str, lowered: str, today: str = "") -> Due | None:
    """The date in the measure's own wording, else one its sentence or its line sets for it.

    ``today`` is the document's own year where the line stands among goals: there a bare year is a limit too.
    """
    found = moments(hits, begin, lowered)
    if group.baseline:
        found = [m for m in found if not _of_baseline(m, group, lowered)]
    return (
        _in_wording(found, group)
        or (_year_named(lowered, group, today) if today else None)
        or _in_sentence(found, group, text, lowered)
        or _in_line(found, group, lowered)
        or _closing(found, group, lowered)
        or (year_of_label(lowered, today) if today else None)
    )


def opened_due(hits: list[DeadlineHit], begin: int, group: Group, text: str, lowered: str) -> Due | None:
    """The date that an earlier sentence of the paragraph opens with: ``Đến năm 2028, 80% hồ sơ được số hóa. Tỷ lệ hài
    lòng đạt 90%.`` holds on until another sentence opens with one."""
    starts = sentence_starts(text)[: max(group.sentence, 0) + 1]
    found = [m.due for m in moments(hits, begin, lowered) for start in starts if 0 <= m.start - start <= _OPENS]
    return found[-1] if found else None


_OPENS = 12  # characters that may stand before an opening date: "Phấn đấu đến năm 2028, …"
