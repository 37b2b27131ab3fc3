"""Who acts in a segment of a clause: doers named, carried over, handed a task, or given by the heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from doichieu.alphabet import LOWER, UPPER
from doichieu.extraction.agencies.cells import unknown
from doichieu.extraction.agencies.names import POINTED_AT, Item
from doichieu.extraction.agencies.unlisted import heading_names, says_task
from doichieu.extraction.tasks.bodies import ANYBODY, DUTY_VERB, Context, tells_when
from doichieu.extraction.tasks.doer_words import doer_heads, doer_kinds
from doichieu.extraction.tasks.swallowed import without_deed
from doichieu.extraction.tasks.unlisted_doers import Unlisted
from doichieu.lexicon.families import COMMUNE, EVERY, LEVEL

_INLINE = re.compile(rf"(?P<name>[{UPPER}][^:;.()]{{3,120}}?(?:\([^:;()]{{2,60}}\))?)\s*:\s+")
SERIES = re.compile(rf"(?P<name>[{UPPER}][^:;.()]{{3,120}};[^:.()]{{3,200}}?)\s*:\s+")
#: "Ban Tổ chức - Kiểm tra": what stands behind a dash with a capital is part of the name, though it reads as a verb.
_DASHED = re.compile(rf"[^,;:–-]{{3,60}}(?: [-–] [{UPPER}][^,;:–-]{{2,40}}){{1,2}}")
_TOPIC = re.compile(
    rf"(?!(?:Nhiệm vụ|Nội dung|Công việc|Mục tiêu|Yêu cầu|Giải pháp|Thời|Sản phẩm|Kết quả)\b)"
    rf"[{UPPER}][^:;.()]{{3,90}}:\s+(?=[{UPPER}])"
)
#: "Đối với Công an xã: kiểm tra …", "Trách nhiệm của Trưởng thôn: thông báo …"
_LABEL = re.compile(
    r"(?:(?P<of>đối với|về phía|riêng đối với)|(?:trách nhiệm|nhiệm vụ) của) (?P<name>[^:;.()]{3,120}?)\s*:\s+(?=\w)",
    re.IGNORECASE,
)
_TERM = re.compile(
    r",?\s+(?:khóa\s+[ivxlc\d]+(?:,?\s+nhiệm kỳ\s+\d{4}\s*[-–]\s*\d{4})?|nhiệm kỳ\s+\d{4}\s*[-–]\s*\d{4}),?(?=\s)"
)
#: What a body is called where it is organised otherwise, and its level: "Phòng Kinh tế| (Phòng Hạ tầng) các xã|".
_OTHER_NAME = re.compile(
    rf" \((?:hoặc )?(?:Phòng|Ban|Văn phòng|Trung tâm|Sở|Tổ|Trạm|Chi cục|Hạt)[^():;]{{3,80}}\)"
    rf" (?:các |cấp )?(?:{LEVEL}|{COMMUNE})(?:(?:, | và )(?:{LEVEL}|{COMMUNE}|đặc khu))*(?= ?:| [{LOWER}])"
)
_COLON = re.compile(r"(?: bao gồm| gồm(?: có)?)?\s?:\s*")
_THEN = re.compile(r",?\s+thì\s+|,\s+")
_SAID_OF_A_THING = ("giao", "ban hành", "quy định", "phê duyệt", "quyết định", "công bố", "phân công")
_ASKS = ("đề nghị", "kính đề nghị", "yêu cầu")
_ABOUT = re.compile(rf"(?:Đối với|Về|Riêng|Việc|Công tác) [^:;.()]{{3,90}}:\s+(?=[{UPPER}])")
#: Clauses that only say when or in which case: what a body does behind them it does, whatever the verb.
_WHEN_OR_IF = re.compile(
    r"(?:ngày \d+|trong (?:thời hạn|vòng|trường hợp)|trường hợp|kể từ|sau|khi|nếu|chậm nhất|trước)\s"
)
#: "Ngày 25 hằng tháng|, Công an xã …", "Hai tuần một lần|, …", "Cuối ngày|, …": when, before whoever does it.
_AT_A_TIME = re.compile(
    rf"(?:vào |đầu |cuối )?(?:ngày \d{{1,2}}|ngày làm việc|(?:\w+ )(?:ngày|tuần|tháng|quý|năm)(?: một lần|/lần)"
    rf"|quý [iv]+ {EVERY} năm|(?:cuối|đầu) (?:ngày|tuần|tháng|quý|mùa|vụ|kỳ)|vào (?:mùa|dịp|đầu|cuối))(?!\w)"
)
#: "3. Đoàn xã, phường:" over "Mỗi đơn vị| duy trì …": each of those that the heading names.
_EACH_OF_THEM = re.compile(r"(?:mỗi|từng) (?:đơn vị|cơ quan|địa phương|tổ chức|cơ sở|hội|đoàn thể|ngành)(?: trên)?")
_MANNER = re.compile(r"\s*\((?:theo|trong phạm vi|căn cứ|nếu|khi)\s[^()]*\)\Z")
_NEAR = 120  # characters before a comma in which the last body of a list begins
_LONGEST_OPENING = 90  # characters of the common nouns that open a series of bodies
_WHICH = re.compile(r"\smà\s(?=[^,]{3,80}\Z)")
_OFFICER = re.compile(
    r"(?:Các )?(?:(?:Phó )?Chủ tịch|(?:Phó )?Trưởng [Bb]an|(?:Phó )?Trưởng [Đđ]oàn|(?:Tổ phó|Tổ trưởng)"
    rf"|Ủy viên(?: [Tt]hường trực)?|Thành viên|Thư ký|(?:Cơ quan |Bộ phận )?[Tt]hường trực)"
    rf"(?: (?:Hội đồng|Ban Chỉ đạo|Tổ công tác|Tổ giúp việc|Tổ|Đoàn))?(?=,? [^\W\d_{UPPER}])"
)


class Doers(Unlisted):
    """Finds the doers of one clause."""

    def __init__(self, text: str, lower: str, start: int, context: Context, known: tuple[str, ...] = ()) -> None:
        super().__init__(text, lower, start, context, known)
        self._subjects: dict[tuple[int, int], tuple[list[Item], int, bool]] = {}

    def only_agencies(self, a: int, b: int) -> bool:
        """Whether a segment is nothing but a list of agencies."""
        begin, series = self.skip(a, b), self.text.startswith(";", b)
        items = self.scanner.listed(begin, listing=series and doer_kinds().match(self.lower, begin) is not None)
        if not items and series and (topic := _ABOUT.match(self.text, begin, b)):
            items = self.scanner.listed(topic.end(), listing=True)  # "Về khen thưởng: Các sở, ban, ngành|; các xã …"
        return bool(items) and not self.text[items[-1].end : b].strip(" .;")

    def _does_then(self, items: list[Item], comma: int) -> bool:
        """Whether bodies behind a clause of time or case do something, with a verb that no lexicon knows."""
        if self.lower.startswith((" phải", " sẽ", " cần"), items[-1].end) or not self.openly(items):
            return False
        near = (self.scanner.item(hit, True) for hit in self.scanner.starts if comma - _NEAR < hit < comma)
        return not any(item is not None and item.end == comma for item in near)

    def _in_series(self, begin: int, b: int) -> bool:
        """Whether common nouns of bodies at a place open a series: ``Cơ quan, đơn vị|; các cụm thi đua …``."""
        semicolon = self.text.find(";", begin, min(b, begin + _LONGEST_OPENING))
        return semicolon > 0 and doer_kinds().match(self.lower, begin) is not None

    def named_next(self, a: int, b: int) -> bool:
        """Whether a segment names its own doer."""
        return bool(self.subject(a, b)[0])

    def subject(self, a: int, b: int) -> tuple[list[Item], int, bool]:
        """The doers named in a segment, where its predicate begins, and whether the task is handed to them.

        Each step that cuts and joins segments asks again; nobody may change the list.
        """
        if (a, b) not in self._subjects:
            items, main, handed = self._subject(a, b)
            each = len(items) == 1 and self.context.doers and _EACH_OF_THEM.fullmatch(items[0].name.lower())
            self._subjects[a, b] = (list(self.context.doers) if each else items), main, handed
        return self._subjects[a, b]

    def _subject(self, a: int, b: int) -> tuple[list[Item], int, bool]:
        position = self.skip(a, b)
        if (labelled := self.labelled(position, b)) is not None:
            return labelled, self.text.index(":", labelled[-1].end), False
        if enforced := self.enforcing(position, b):
            return enforced, enforced[-1].end, False
        lead = self.words.lead_in.match(self.lower, position)
        if lead is not None and self.context.duties and lead.group().startswith(_ASKS):
            return [], position, False  # "Trách nhiệm của UBND xã": "Đề nghị Chi cục A cung cấp …" is its own deed
        if lead is not None and lead.group() == "mời " and (self.context.doers or self.text[position].islower()):
            return [], position, False  # "Hội Luật gia: … mời luật sư tham gia tư vấn": to invite is its deed
        lead = lead or self.words.lead_in.match(self.lower, self.adverbs(position, b))
        handed, begin = lead is not None, lead.end() if lead else position
        several = self.context.organisation and self.lower.startswith(
            "các ", begin
        )  # "Các doanh nghiệp viễn thông đầu tư …"
        several = several or self._in_series(begin, b)
        items = self.items(begin, handed or several) or self.officer(begin, b)
        if handed and len(items) == 1 and ANYBODY.fullmatch(items[0].name.lower()):
            items = []  # "phân công cơ quan chủ đầu tư": nobody is named
        if items and items[-1].end <= b:
            items = self.with_other_name(self.narrowed(items, b), b)
            binds = self.context.organisation or self.context.tasks
            items = without_deed(items, self.text, b) if binds else items
        if role := [] if handed else self.by_role(begin, b):
            return role, self.text.index(" ", role[-1].end), False
        if not (items and items[-1].end <= b and self.predicate(items[-1].end, b, handed)):
            items = self.owing(begin, b) or items
        if items and self.led_by_party(items[0], self.context.doers):
            items = []  # "Lãnh đạo| Ủy ban nhân dân tỉnh xây dựng …" below a Party committee: the verb
        if not handed and position == self.skip(self.start, b):
            inline = _INLINE.match(self.text, position, b)
            if inline is None and (self.context.among or self.context.organisation):
                inline = SERIES.match(self.text, position, b)
            if inline and not (items and items[-1].end >= inline.end("name")):
                named = self.inline(inline, position, b)
                if named:
                    return self.spelled_out(named, inline.end("name"), b)
        if not items and not handed and (topic := _TOPIC.match(self.text, position, b)):
            handing = self.words.lead_in.match(self.lower, topic.end(), b)  # "Về tàu chở khí: Giao Bộ Xây dựng …"
            if handing and (named := self.items(handing.end(), True)) and named[-1].end <= b:
                return named, named[-1].end, True
            named = self.items(topic.end(), self._in_series(topic.end(), b))  # "Khen thưởng: Sở Nội vụ tổng hợp hồ sơ"
            if given := self.given(named[-1].end, b) if named else []:
                return given, given[-1].end, True
            if named and self.predicate(named[-1].end, b, False, strict=True):
                return named, named[-1].end, False
        if not items and not handed and self.context.among:
            items = self.before_verb(position, b)
            if items:
                return items, items[-1].end, False
        if not items or (handed and items[-1].end <= b and not self.acts_at(items, b)):
            named = (not handed and self.authority(begin, b)) or self.of_kind(begin, b, handed)
            if named and named[-1].end <= b:
                return named, named[-1].end, handed
        if not handed and not (items and self.predicate(items[-1].end, b, False)):
            together = self.acting(position, b)
            if together and (not items or together[-1].end > items[-1].end):
                return together, together[-1].end, False
        if items and items[-1].end <= b:
            given = self.given(items[-1].end, b)
            if given:
                return given, given[-1].end, True
            end = self.beyond_term(items[-1].end, b)
            if self.predicate(end, b, handed) or (not handed and end == items[-1].end and self.openly(items)):
                found, main, _ = self.spelled_out(items, end, b, handed)
                return found, main, handed
            if not handed:
                return [], position, False
        if lead and not items:
            return [], position, lead.group().strip() in ("đề nghị", "yêu cầu", "kính đề nghị")
        adverb = self.adverbs(position, b)
        if adverb > position and not handed:
            items = self.items(adverb, False)
            if items and self.predicate(items[-1].end, b, False):
                return items, items[-1].end, False
        said_first = self.words.prefix.match(self.lower, position) or _AT_A_TIME.match(self.lower, position)
        if said_first or self.lower.startswith("đối với ", position):
            office: list[Item] = []
            for comma in _THEN.finditer(self.text, position, min(b, position + 500)):
                if any(f in self.lower[position : comma.start()] for f in ("chủ trì", "phối hợp", "tham mưu")):
                    break
                if asked := self.asked_then(position, comma.end(), b):
                    return asked, asked[-1].end, True
                if self.in_list(position, comma):
                    continue  # "các nội dung mà đại biểu Quốc hội|, đại biểu Hội đồng nhân dân quan tâm"
                items = self.narrowed(self._acting_of(self.items(comma.end(), False), position, comma.start()), b)
                if not (items and self.predicate(items[-1].end, b, False)):
                    items = (self.before_duty(comma.end(), b) if "thì" in comma.group() else []) or (
                        self.owing(comma.end(), b) or items
                    )
                told_of = self.lower.startswith("đối với ", position)  # "đối với hộ nghèo, hộ người Khmer| hỗ trợ 60%"
                who_acts = self.authority if told_of else self.office
                office = office or ([] if items else who_acts(comma.end(), b))
                given = self.given(items[-1].end, b) if items else []
                if given:
                    return given, given[-1].end, True
                if items and self.lower[items[-1].end : b].strip(" .;,") in _SAID_OF_A_THING:
                    continue  # "… đã được Quốc hội quyết định, Thủ tướng Chính phủ giao": said of a thing
                if (
                    items
                    and items[0].group != "territory"
                    and (
                        DUTY_VERB.match(self.lower, items[-1].end)
                        or self.predicate(items[-1].end, b, False, strict=True)
                        or self.reasoned(items[-1].end, b)
                        or (_WHEN_OR_IF.match(self.lower, position) and self._does_then(items, comma.start()))
                    )
                ):
                    return items, items[-1].end, False
            if office:
                return office, office[-1].end, False
        return [], position, False

    def with_other_name(self, items: list[Item], b: int) -> list[Item]:
        """Bodies with what the last is called elsewhere and its level: ``Phòng Kinh tế| (Phòng Hạ tầng) xã|: …``."""
        other = _OTHER_NAME.match(self.text, items[-1].end, b)
        return [*items[:-1], items[-1].up_to(other.end(), self.text)] if other is not None else items

    def asked_then(self, position: int, begin: int, b: int) -> list[Item]:
        """Whom the paper asks in a case: ``Trường hợp phát sinh khoản chi khác, đề nghị| Bộ A, Bộ B| quyết định …``."""
        if self.context.doers or not self.lower.startswith(_ASKS, begin) or not _WHEN_OR_IF.match(self.lower, position):
            return []
        lead = self.words.lead_in.match(self.lower, begin, b)
        items = self.items(lead.end(), True) if lead else []
        if not items or items[-1].end > b or any(item.weak or item.group == "outside" for item in items):
            return []
        return items if self.predicate(items[-1].end, b, True) else []

    def labelled(self, position: int, b: int) -> list[Item] | None:
        """Whose duties a point tells behind a colon: ``Đối với Công an xã:|``, ``Trách nhiệm của Trưởng thôn:|``."""
        label = _LABEL.match(self.text, position, b)
        if label is None or position != self.skip(self.start, b):
            return None
        begin, end = label.start("name"), label.end("name")
        items = self.items(begin, True)
        if items and items[-1].end == end:
            return items
        if doer_heads().match(self.lower, begin, end) or not label.group("of"):
            return self.whole_names(begin, end) or None
        return None

    def acts_at(self, items: list[Item], b: int) -> bool:
        """Whether a verb stands right behind bodies that are handed a task, or they are none of a mere kind."""
        if items[-1].group != "outside":
            return True
        at = self.adverbs(min(items[-1].end + 1, b), b)
        return any(p.match(self.lower, at) for p in (self.words.role, self.words.plain, self.words.neutral))

    def officer(self, position: int, b: int) -> list[Item]:
        """Who acts within the body that the heading names: ``Chủ tịch Hội đồng| triệu tập …``, ``Các Ủy viên| …``."""
        title = _OFFICER.match(self.text, position, b) if self.context.doers else None
        if title is None or not self.predicate(title.end(), b, False, strict=True):
            return []
        return [unknown(title.group(), position)]

    def _acting_of(self, items: list[Item], position: int, comma: int) -> list[Item]:
        """Who acts of the bodies behind a comma, where a list before it goes on: only the last of them.

        ``Theo đề nghị của Sở A, Sở B,| Công an tỉnh| chủ trì …``; with "và" the last two act together.
        """
        if len(items) < 2 or not any(item.end == comma for item in self._named_up_to(position, comma)):
            return items
        linked = [b for a, b in pairwise(items) if "," not in self.text[a.end : b.start]]
        return items if linked else items[-1:]

    def _named_up_to(self, position: int, end: int) -> Iterator[Item]:
        """The bodies named before a place, each with the list that it opens."""
        for hit in self.scanner.starts:
            if max(position, end - _NEAR) <= hit < end:
                yield from self.scanner.listed(hit, listing=True)

    def in_list(self, position: int, comma: re.Match[str]) -> bool:
        """Whether a comma stands inside the bodies of a relative clause."""
        which = _WHICH.search(self.lower[position : comma.start()])
        named = self.scanner.listed(position + which.end()) if which else []
        return bool(named) and named[-1].end > comma.start()

    def led_by_party(self, item: Item, doers: Sequence[Item]) -> bool:
        """Whether the leaders that seem to act are a Party committee's verb of leading and the body it leads."""
        if not item.name.lower().startswith("lãnh đạo ") or not doers:
            return False
        return all(doer.kind == "dang" for doer in doers)

    def beyond_term(self, end: int, b: int) -> int:
        """Where the words behind a body end that name its term or where it is told: ``HĐND tỉnh| khóa XIX|``, ``các xã|
        nêu tại Điều 1|``."""
        term = _TERM.match(self.lower, end, b) or POINTED_AT.match(self.lower, end, b)
        return term.end() if term else end

    def spelled_out(self, items: list[Item], end: int, b: int, handed: bool = False) -> tuple[list[Item], int, bool]:
        """The bodies with those a colon names: ``Mặt trận và các tổ chức thành viên: Hội A, Hội B| giám sát``."""
        colon = _COLON.match(self.text, end, b)
        more = self.scanner.listed(colon.end(), listing=True) if colon else []
        if not more or more[-1].end > b or not (handed or self.predicate(more[-1].end, b, False)):
            return items, end, False
        if self.led_by_party(more[0], items):
            return items, end, False  # "Đảng ủy Công an tỉnh:| Lãnh đạo| Công an tỉnh triển khai …": the verb
        kept = items[:-1] if items[-1].group in ("body", "outside") else items
        return [*kept, *more], more[-1].end, False

    def inline(self, name: re.Match[str], position: int, b: int) -> list[Item]:
        """The bodies, known or not, before the colon of ``Hội Chữ thập đỏ: Vận động …``."""
        if tells_when(name.group("name")):
            return []
        sure = position in self.scanner.hits
        end = self.adverbs(name.end(), b)
        does = self.words.plain.match(self.lower, end) or self.words.role.match(self.lower, end) or end > name.end()
        if not does and not self.context.among:
            return []
        found = self.whole_names(position, name.end("name")) if doer_heads().match(self.lower, position) else []
        found = found or heading_names(self.text[: name.end("name")], position, self.scanner.known)
        found = [i._replace(name=_MANNER.sub("", i.name), canonical=_MANNER.sub("", i.canonical)) for i in found]
        kept = sure and (not says_task(name.group("name")) or _DASHED.fullmatch(name.group("name")) is not None)
        return found or ([unknown(name.group("name"), position)] if kept else [])
