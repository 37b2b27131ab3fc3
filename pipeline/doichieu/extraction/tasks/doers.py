"""Who acts in a segment of a clause: doers named, carried over, handed a task, or given by the heading."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from doichieu.alphabet import UPPER
from doichieu.extraction.agencies.cells import names_person, parse_list, unknown
from doichieu.extraction.agencies.grammar import Scanner
from doichieu.extraction.agencies.joined import as_one
from doichieu.extraction.agencies.names import GAP, Item
from doichieu.extraction.agencies.unlisted import heading_names, says_task
from doichieu.extraction.tasks.role_lists import label_role
from doichieu.extraction.tasks.role_words import does_openly, role_words
from doichieu.lexicon import load
from doichieu.model import Role

_BRACKET = re.compile(r"\s*\([^()]{0,300}\)")
IS = re.compile(r"(?:là|làm) (?:cơ quan|đơn vị|đầu mối)\b[^,;.]{0,40}")
ENFORCE = re.compile(
    r" ?(?:chịu trách nhiệm|có trách nhiệm) (?:thi hành|thực hiện) (?:quyết định|nghị quyết|nghị định|"
    r"kế hoạch|quy định|chỉ thị) này"
)
_GIVER = re.compile(
    r" (?:giao|ủy quyền|phân công|(?:trân trọng |kính )?đề nghị|yêu cầu)(?: nhiệm vụ| trách nhiệm)?(?: cho)? "
)
_INLINE = re.compile(rf"(?P<name>[{UPPER}][^:;.()]{{3,120}}?(?:\([^:;()]{{2,60}}\))?)\s*:\s+")
SERIES = re.compile(rf"(?P<name>[{UPPER}][^:;.()]{{3,120}};[^:.()]{{3,200}}?)\s*:\s+")
_TOPIC = re.compile(
    rf"(?!(?:Nhiệm vụ|Nội dung|Công việc|Mục tiêu|Yêu cầu|Giải pháp|Thời|Sản phẩm|Kết quả)\b)"
    rf"[{UPPER}][^:;.()]{{3,90}}:\s+(?=[{UPPER}])"
)
#: "UBND các xã| nơi có làng nghề", "UBND| tại đơn vị hành chính nơi …": a clause that says which of them.
_WHERE = re.compile(
    r" (?:nơi|tại (?:đơn vị hành chính|địa bàn|địa phương|nơi)|cấp (?:có|nơi|đại biểu)) (?!liên quan|ở |làm việc)"
)
_WITH = re.compile(
    r" có (?!liên quan|trách nhiệm|nhiệm vụ|quyền|kế hoạch|văn bản|ý kiến|giải pháp|biện pháp|phương án|thể )"
)
_CLOSES = re.compile(r"[,;.:()]|\s(?:và|cùng)\s")
_LONGEST_WHERE = 120
#: Behind a name: what it is or what was done to it, no deed.
#: "Trạm Y tế| và các ông, bà có tên tại Điều 1| chịu trách nhiệm thi hành"
_PEOPLE = re.compile(
    r"(?:,| và|, và) (?P<name>(?:các )?(?:ông,? \(?bà\)?|đồng chí|cá nhân) (?:có tên|nêu|có liên quan)[^,;.]{0,40}?)"
    r"(?= (?:chịu|có) trách nhiệm| căn cứ)"
)
_PIECE = re.compile(r"(?<!\S)[^,]+")
_IS_SAID = re.compile(r"(?:được|bị|đã|đang|còn|nếu|khi|mà|để|do|trên|trong|tại|theo|về|với|từ|đến|nhằm)(?!\w)")
_SHORTEST_BEFORE_A_VERB = 3  # syllables: "tổ hỗ trợ| kiểm tra …", "giáo viên chủ nhiệm| hỗ trợ …"
_BLANK = re.compile(r"\s")
_DUTY_WORDS = re.compile(r"(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|theo chức năng)(?!\w)")
_IN_ITS_SCOPE = ("trong phạm vi", "theo thẩm quyền", "theo nhiệm vụ", "bằng ")
_LONGEST_NAMES = 200
_TERM = re.compile(
    r",?\s+(?:khóa\s+[ivxlc\d]+(?:,?\s+nhiệm kỳ\s+\d{4}\s*[-–]\s*\d{4})?|nhiệm kỳ\s+\d{4}\s*[-–]\s*\d{4}),?(?=\s)"
)
_COLON = re.compile(r"(?: bao gồm| gồm(?: có)?)?\s?:\s*")
_LINKS = re.compile(r"(?:của|và|về|tại|trong|theo|là|với|hoặc|để|ở|từ)\b")
_INTERPOSED = re.compile(
    r",\s+(?:trong (?:phạm vi,?|năm|quý|tháng)|trước ngày|(?:đến|hết)(?: hết)? năm|từ (?:năm|ngày)|h[ằà]ng năm|theo"
    r"|căn cứ|trên cơ sở|bằng|với|tùy theo|ngoài|trong quá trình|khi)\s"
)
_THEN = re.compile(r",?\s+thì\s+|,\s+")
_DUTY_VERB = re.compile(r"(?<! không)(?<! không phải) (?:(?:phải|cần|sẽ|đều|cũng) )*(?:có|chịu) trách nhiệm ")
_WHEN_FIRST = re.compile(r"(?:sau|trong|trước|khi|tại|theo|căn cứ)\s[^,;.]{3,80},\s+")
_SAID_OF = re.compile(r"(?:có|được|không|phải|đã)\s")
_GIVEN_TASK = re.compile(r" được (?:giao|phân công)(?: nhiệm vụ)?\Z")
#: "cơ quan, cá nhân| có thẩm quyền giải quyết kiến nghị| có trách nhiệm": which of them is meant.
_MEANT = re.compile(
    r" (?:có (?:thẩm quyền|chức năng|nhu cầu)|được|nơi|thuộc|của|phụ trách|quản lý|thực hiện|tham mưu"
    r"|giúp việc|tiếp nhận|thẩm định|sử dụng|cấp)(?!\w)"
)
_SEPARATES = re.compile(r"[;:.](?:\s|\Z)")
_SAID_OF_A_THING = ("giao", "ban hành", "quy định", "phê duyệt", "quyết định", "công bố", "phân công")
_TO_ANSWER = re.compile(r"(?:(?:trực tiếp|toàn diện|hoàn toàn|chính|cao nhất|đầy đủ|cá nhân|liên đới)[ .;,]*)+")
_NO_VERB = ("trình độ", "quy định tại", "quy định ở", "quy định trong")  # "các cơ quan quy định tại khoản 1"
_OWES_NOT = (" không chịu trách nhiệm", " không phải chịu trách nhiệm", " không có trách nhiệm")
_ABOVE = ("quoc_hoi", "chinh_phu", "hoi_dong_nhan_dan", "dang")
_ASKS = ("đề nghị", "kính đề nghị", "yêu cầu")
_WHICH = re.compile(r"\smà\s(?=[^,]{3,80}\Z)")
_OFFICER = re.compile(
    r"(?:Các )?(?:(?:Phó )?Chủ tịch|(?:Phó )?Trưởng [Bb]an|(?:Phó )?Trưởng [Đđ]oàn|(?:Tổ phó|Tổ trưởng)"
    rf"|Ủy viên(?: [Tt]hường trực)?|Thành viên|Thư ký)"
    rf"(?: (?:Hội đồng|Ban Chỉ đạo|Tổ công tác|Tổ giúp việc|Tổ|Đoàn))?(?=,? [^\W\d_{UPPER}])"
)
_TOLD_OFF = re.compile(r" được (?:giao|phân công)\s")
_LEADS_TOO = re.compile(r"\b(?:chỉ đạo|lãnh đạo|chủ trì|phối hợp|tham mưu)\b|\bvà\Z")
_NARROWS = re.compile(
    r" (?:sử dụng|quản lý|thực hiện|tham gia|cung cấp|kinh doanh|sản xuất|khai thác|vận hành|đầu tư|được|có|đang"
    r"|hoạt động|thuộc|nơi) "
)
_CONNECTOR = re.compile(
    r"(?:[\s\-–+*•,.]|\((?:[ivx]{1,4}|\d{1,2})\)\s"
    r"|(?:các )?(?:đồng chí|ông,? \(?bà\)?|ông|bà)(?:\s?:)?\s"
    r"|(?:(?:và|đồng thời|ngoài ra|trong đó)(?:,|\s)|(?:cụ thể|riêng)[,:]"
    rf"|(?:riêng|ngoài ra|trong đó) (?-i:(?=[{UPPER}])))\s*)+",
    re.IGNORECASE,
)


_MAX_DOERS = 60
_ANYBODY = re.compile(r"cơ quan|đơn vị|tổ chức|cá nhân|địa phương|cơ sở|doanh nghiệp")


@lru_cache(maxsize=1)
def _doer_kinds() -> re.Pattern[str]:
    """Common nouns of those who may have a duty: ``cơ quan``, ``chủ đầu tư``, ``các hộ``."""
    words = sorted(load("roles")["doer"]["kinds"], key=lambda word: (-len(word), word))
    return re.compile(rf"(?:các |những |mỗi |từng )?(?:{'|'.join(map(re.escape, words))})(?!\w)")


@lru_cache(maxsize=1)
def _doer_heads() -> re.Pattern[str]:
    """What begins the name of people or bodies that no lexicon knows: ``giáo viên``, ``bí thư``, ``khoa``."""
    words = load("roles")["doer"]
    heads, none = (
        "|".join(map(re.escape, sorted(words[key], key=lambda word: (-len(word), word))))
        for key in ("heads", "no_heads")
    )
    return re.compile(rf"(?:các |những |mỗi |từng )?(?!(?:{none})(?!\w))(?:{heads})(?!\w)")


@lru_cache(maxsize=1)
def _kind_of_office() -> re.Pattern[str]:
    """A common noun of an office with the verb that tells its kind: ``cơ quan phụ trách``, ``bộ phận tiếp nhận``."""
    kinds = "|".join(map(re.escape, sorted(load("roles")["partner"]["kinds"], key=lambda word: (-len(word), word))))
    return re.compile(rf"(?:các )?(?:cơ quan|đơn vị|bộ phận|bộ máy) (?:{kinds})(?= (?!các |việc )\w)")


@lru_cache(maxsize=1)
def _in_names() -> frozenset[str]:
    """Verbs that stand in names too: ``tổ hỗ trợ kỹ thuật``, ``khoa điều trị``."""
    return frozenset((*load("roles")["heading"]["in_names"], *load("task_verbs")["name_words"]))


def tells_when(names: str) -> bool:
    """Whether the last words before a colon are the label of a time or product: ``…; thời gian: quý III``."""
    return label_role(names.rpartition(";")[2]) in ("deadline", "product")


class Context(NamedTuple):
    """What the place of a clause says: the heading's agencies and role, the bodies it commands, the chapter."""

    doers: tuple[Item, ...] = ()
    role: str = ""
    commanded: tuple[Item, ...] = ()
    organisation: bool = False
    tasks: bool = False
    among: bool = False  # the points beside it name bodies: so does this one
    roles: tuple[tuple[Role, Item], ...] = ()  # what a line above gives to each point below it
    duties: bool = False  # the heading says that these are the doers' duties: what they ask of others is one
    parts: bool = False  # the line above names parts, members or conditions: what stands here is no task


class Doers:
    """Finds the doers of one clause."""

    def __init__(self, text: str, lower: str, start: int, context: Context, known: tuple[str, ...] = ()) -> None:
        self.text = text
        self.lower = lower
        self.start = start
        self.context = context
        self.words = role_words()
        self.scanner = Scanner(text, lower, known)

    def only_agencies(self, a: int, b: int) -> bool:
        """Whether a segment is nothing but a list of agencies."""
        items = self.scanner.listed(self.skip(a, b))
        return bool(items) and not self.text[items[-1].end : b].strip(" .;")

    def named_next(self, a: int, b: int) -> bool:
        """Whether a segment names its own doer."""
        return bool(self.subject(a, b)[0])

    def subject(self, a: int, b: int) -> tuple[list[Item], int, bool]:
        """The doers named in a segment, where its predicate begins, and whether the task is handed to them."""
        position = self.skip(a, b)
        lead = self.words.lead_in.match(self.lower, position)
        if lead is not None and self.context.duties and lead.group().startswith(_ASKS):
            return [], position, False  # "Trách nhiệm của UBND xã": "Đề nghị Chi cục A cung cấp …" is its own deed
        handed = bool(lead)
        if lead is None:
            later = self.adverbs(position, b)
            lead = self.words.lead_in.match(self.lower, later) if later > position else None
            handed = bool(lead)
        begin = lead.end() if lead else position
        several = self.context.organisation and self.lower.startswith(
            "các ", begin
        )  # "Các doanh nghiệp viễn thông đầu tư …"
        items = self.items(begin, handed or several) or ([] if lead else self.officer(begin, b))
        if lead and len(items) == 1 and _ANYBODY.fullmatch(items[0].name.lower()):
            items = []  # "phân công cơ quan chủ đầu tư": nobody is named
        if items and items[-1].end <= b:
            items = self.narrowed(items, b)
        if not (items and items[-1].end <= b and self.predicate(items[-1].end, b, handed)):
            items = self.owing(begin, b) or items
        if items and self.led_by_party(items[0]):
            items = []  # "Lãnh đạo| Ủy ban nhân dân tỉnh xây dựng …" below a Party committee: the verb
        if not lead and position == self.skip(self.start, b):
            inline = _INLINE.match(self.text, position, b)
            if inline is None and (self.context.among or self.context.organisation):
                inline = SERIES.match(self.text, position, b)
            if inline and not (items and items[-1].end >= inline.end("name")):
                named = self.inline(inline, position, b)
                if named:
                    return self.spelled_out(named, inline.end("name"), b)
        if not items and not lead and (topic := _TOPIC.match(self.text, position, b)):
            handing = self.words.lead_in.match(self.lower, topic.end(), b)  # "Về tàu chở khí: Giao Bộ Xây dựng …"
            if handing and (named := self.items(handing.end(), True)) and named[-1].end <= b:
                return named, named[-1].end, True
            named = self.items(topic.end(), False)  # "Khen thưởng: Sở Nội vụ tổng hợp hồ sơ"
            if given := self.given(named[-1].end, b) if named else []:
                return given, given[-1].end, True
            if named and named[-1].end <= b and self.predicate(named[-1].end, b, False, strict=True):
                return named, named[-1].end, False
        if not items and not lead and self.context.among:
            items = self.before_verb(position, b)
            if items:
                return items, items[-1].end, False
        if not items or (handed and items[-1].end <= b and not self.acts_at(items, b)):
            named = self.of_kind(begin, b, handed)
            if named and named[-1].end <= b:
                return named, named[-1].end, handed
        if items and items[-1].end <= b:
            given = self.given(items[-1].end, b)
            if given:
                return given, given[-1].end, True
            end = self.beyond_term(items[-1].end, b)
            if self.predicate(end, b, handed) or (not lead and end == items[-1].end and self.openly(items)):
                found, main, _ = self.spelled_out(items, end, b, handed)
                return found, main, handed
            if not lead:
                return [], position, False
        if lead and not items:
            return [], position, lead.group().strip() in ("đề nghị", "yêu cầu", "kính đề nghị")
        adverb = self.adverbs(position, b)
        if adverb > position and not lead:
            items = self.items(adverb, False)
            if items and items[-1].end <= b and self.predicate(items[-1].end, b, False):
                return items, items[-1].end, False
        if self.words.prefix.match(self.lower, position) or self.lower.startswith("đối với ", position):
            for comma in _THEN.finditer(self.text, position, min(b, position + 500)):
                if any(f in self.lower[position : comma.start()] for f in ("chủ trì", "phối hợp", "tham mưu")):
                    break
                if self.in_list(position, comma):
                    continue  # "các nội dung mà đại biểu Quốc hội|, đại biểu Hội đồng nhân dân quan tâm"
                items = self.narrowed(self.items(comma.end(), False), b)
                if not (items and self.predicate(items[-1].end, b, False)):
                    items = (self.before_duty(comma.end(), b) if "thì" in comma.group() else []) or (
                        self.owing(comma.end(), b) or items
                    )
                given = self.given(items[-1].end, b) if items else []
                if given:
                    return given, given[-1].end, True
                if items and self.lower[items[-1].end : b].strip(" .;,") in _SAID_OF_A_THING:
                    continue  # "… đã được Quốc hội quyết định, Thủ tướng Chính phủ giao": said of a thing
                if (
                    items
                    and items[-1].end <= b
                    and items[0].group != "territory"
                    and (
                        _DUTY_VERB.match(self.lower, items[-1].end)
                        or self.predicate(items[-1].end, b, False, strict=True)
                    )
                ):
                    return items, items[-1].end, False
        return [], position, False

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

    def owing(self, position: int, b: int) -> list[Item]:
        """Bodies with all that narrows them before their duty: ``Cơ quan phụ trách dân nguyện| có trách nhiệm …``."""
        duty = _DUTY_VERB.search(self.lower, position, min(b, position + _LONGEST_NAMES))
        if duty is None or not (
            _doer_kinds().match(self.lower, position) or names_person(self.lower[position : position + 40])
        ):
            return []
        words = self.text[position : duty.start()]
        if _TO_ANSWER.fullmatch(self.lower, duty.end(), b):
            return []  # "người đứng đầu chịu trách nhiệm trực tiếp": for what is said before
        if self.in_nouns(position) or " thì " in words:
            return []
        if _SEPARATES.search(_BRACKET.sub("", words)) or _LEADS_TOO.search(words.lower()):
            return []
        named = parse_list(words, self.scanner.known)
        if not named or named[0].start or words.lower() == "người":
            return []
        if named[-1].end != len(words):
            if "," in words[named[-1].end :] or _MEANT.match(words, named[-1].end) is None:
                return []
            name = words[named[-1].start :]
            named[-1] = named[-1]._replace(end=len(words), name=name, canonical=name)
        return as_one(
            self.text, [item._replace(start=item.start + position, end=item.end + position) for item in named]
        )

    def of_kind(self, position: int, b: int, handed: bool) -> list[Item]:
        """Whom a kind names, known or not, before their verb: ``Giáo viên chủ nhiệm| phổ biến kỹ năng``."""
        binds = self.context.organisation or self.context.tasks
        if not handed and not (binds and self.text[position : position + 1].isupper()):
            return []
        head = _doer_heads().match(self.lower, position, b) or _kind_of_office().match(self.lower, position, b)
        if head is None or (handed and not head.group().startswith(("các ", "những "))):
            return []
        if not (handed or self.context.organisation or _kind_of_office().match(self.lower, position)):
            return []
        end = self.deed_after(position, head.end(), b)
        return self.whole_names(position, end, together=handed) if end else []

    def whole_names(self, position: int, end: int, *, together: bool = False) -> list[Item]:
        """The people and bodies of a stretch that names nothing else; one name where no lexicon can part it."""
        words = self.text[position:end].rstrip(" ,")
        if len(words) > _LONGEST_NAMES or _SEPARATES.search(_BRACKET.sub("", words)) or ";" in words:
            return []
        pieces = [] if together else self._pieces(words, position)
        if len(pieces) > 1:
            return pieces  # "Giáo viên chủ nhiệm, nhân viên y tế": no lexicon parts them
        named = parse_list(words, self.scanner.known)
        if not named or named[0].start or named[-1].end != len(words):
            return pieces or ([unknown(words, position)] if together else [])
        return as_one(
            self.text, [item._replace(start=item.start + position, end=item.end + position) for item in named]
        )

    def _pieces(self, words: str, position: int) -> list[Item]:
        """Names that no lexicon can part, one or a list of people: ``Chi hội trưởng, tổ trưởng tổ tiết kiệm``."""
        parts = list(_PIECE.finditer(words))
        if any(not _doer_heads().match(part.group().lower()) for part in parts[1:]):
            return []
        return [unknown(part.group(), position + part.start()) for part in parts]

    def deed_after(self, begin: int, position: int, b: int) -> int:
        """Where what somebody does begins behind their name; 0 where something is said of them or nothing is done."""
        for blank in _BLANK.finditer(self.text, position, min(b, position + _LONGEST_NAMES)):
            at = blank.end()
            if _IS_SAID.match(self.lower, at):
                return 0
            if self.lower.startswith("tự ", at):
                return at
            if self.words.role.match(self.lower, at) or _DUTY_WORDS.match(self.lower, at) or IS.match(self.lower, at):
                return at
            verb = self.words.plain.match(self.lower, at)
            long = len(self.text[begin:at].split()) >= _SHORTEST_BEFORE_A_VERB
            if verb and (long or verb.group() not in _in_names()):
                return at
        return 0

    def in_nouns(self, position: int) -> bool:
        """Whether a noun goes on with those before its comma: ``kiến nghị của các cơ quan, |tổ chức có thẩm quyền``."""
        before = self.lower[max(0, position - 40) : position].rstrip(" ,")
        return any(_doer_kinds().fullmatch(before, at.end()) for at in re.finditer(r"\A|\s", before))

    def in_list(self, position: int, comma: re.Match[str]) -> bool:
        """Whether a comma stands inside the bodies of a relative clause."""
        which = _WHICH.search(self.lower[position : comma.start()])
        named = self.scanner.listed(position + which.end()) if which else []
        return bool(named) and named[-1].end > comma.start()

    def before_duty(self, position: int, b: int) -> list[Item]:
        """Whoever is named, known or not, before ``có trách nhiệm``: ``…, thì chủ hộ nơi có hàng có trách nhiệm …``."""
        when = _WHEN_FIRST.match(self.lower, position, b)
        if when is not None:
            position = when.end()  # "…, thì sau kỳ họp, các tổ thu ngân có trách nhiệm …"
            items = self.items(position, True)
            items = self.narrowed(items, b) if items else []
            if items and self.predicate(items[-1].end, b, False):
                return items
        duty = _DUTY_VERB.search(self.lower, position, b)
        if duty is None or not 3 <= duty.start() - position <= _LONGEST_NAMES:
            return []
        name = self.text[position : duty.start()]
        return [] if _SAID_OF.match(name.lower()) else [unknown(name, position)]

    def narrowed(self, items: list[Item], b: int) -> list[Item]:
        """The doers with what narrows the last before its duty: ``các đơn vị| sử dụng vốn (…)| chịu trách nhiệm …``."""
        if not items or items[-1].end > b:
            return items
        last = items[-1]
        duty = _DUTY_VERB.search(self.lower, last.end, min(b, last.end + _LONGEST_NAMES))
        if duty is None:
            return items
        between = self.text[last.end : duty.start()]
        told = _TOLD_OFF.match(between) is not None and not set(";,") & set(
            between
        )  # "| được phân công chủ trì nhiệm vụ …"
        if last.group not in ("body", "outside", "territory") and last.kind != "nguoi_dung_dau":
            return [*items[:-1], last._replace(end=duty.start())] if told else items
        given = told or _GIVEN_TASK.search(last.name.lower()) is not None  # "Các cơ quan được phân công| chủ trì …"
        if (
            not (given or _NARROWS.match(between + " "))
            or (_LEADS_TOO.search(between) and not given)
            or "," in _BRACKET.sub("", between)
            or ";" in between
        ):
            return items
        name = self.text[last.start : duty.start()]
        return [*items[:-1], last._replace(end=duty.start(), name=name, canonical=name)]

    def led_by_party(self, item: Item) -> bool:
        """Whether the leaders that seem to act are a Party committee's verb of leading and the body it leads."""
        if not item.name.lower().startswith("lãnh đạo ") or not self.context.doers:
            return False
        return all(doer.kind == "dang" for doer in self.context.doers)

    def beyond_term(self, end: int, b: int) -> int:
        """Where the words behind an elected body end that name its term: ``HĐND tỉnh| khóa XIX|``."""
        term = _TERM.match(self.lower, end, b)
        return term.end() if term else end

    def spelled_out(self, items: list[Item], end: int, b: int, handed: bool = False) -> tuple[list[Item], int, bool]:
        """The bodies with those a colon names: ``Mặt trận và các tổ chức thành viên: Hội A, Hội B| giám sát``."""
        colon = _COLON.match(self.text, end, b)
        more = self.scanner.listed(colon.end(), listing=True) if colon else []
        named = bool(more) and more[-1].end <= b
        if not named or not (handed or self.predicate(more[-1].end, b, False)):
            return items, end, False
        kept = items[:-1] if items[-1].group in ("body", "outside") else items
        return [*kept, *more], more[-1].end, False

    def before_verb(self, position: int, b: int) -> list[Item]:
        """Bodies that no lexicon knows, before the verb of a point among bodies: ``Cảng cá Bến Đò phối hợp với …``."""
        if position != self.skip(self.start, b) or not self.text[position : position + 1].isupper():
            return []
        if self.words.prefix.match(self.lower, position) or self.adverbs(position, b) > position:
            return []
        for blank in _BLANK.finditer(self.text, position, min(b, position + _LONGEST_NAMES)):
            at = blank.end()
            apart = self.text[at - 2] == "," and self.lower.startswith(_IN_ITS_SCOPE, at)
            if not apart and not self.words.role.match(self.lower, at) and not _DUTY_WORDS.match(self.lower, at):
                continue
            named = heading_names(
                self.text[: blank.start()].rstrip(" ,").removesuffix(" tự"), position, self.scanner.known
            )
            return as_one(self.text, named)
        return []

    def inline(self, name: re.Match[str], position: int, b: int) -> list[Item]:
        """The bodies, known or not, before the colon of ``Hội Chữ thập đỏ: Vận động …``."""
        if tells_when(name.group("name")):
            return []
        sure = position in self.scanner.hits
        end = self.adverbs(name.end(), b)
        does = self.words.plain.match(self.lower, end) or self.words.role.match(self.lower, end) or end > name.end()
        if not does and not self.context.among:
            return []
        found = self.whole_names(position, name.end("name")) if _doer_heads().match(self.lower, position) else []
        found = found or heading_names(self.text[: name.end("name")], position, self.scanner.known)
        kept = sure and not says_task(name.group("name"))
        return found or ([unknown(name.group("name"), position)] if kept else [])

    def given(self, position: int, b: int) -> list[Item]:
        """The bodies that a body named before ``position`` hands a task ("HĐND tỉnh giao UBND tỉnh …")."""
        giver = _GIVER.match(self.lower, position)
        found = self.items(giver.end(), True) if giver else []
        named = bool(found) and _ANYBODY.fullmatch(found[0].name.lower()) is None
        if named and giver and giver.group().strip().endswith("đề nghị") and found[0].kind in _ABOVE:
            return []  # "Thường trực Hội đồng nhân dân đề nghị Hội đồng nhân dân| ban hành …": the deed is to ask
        return found if named and found[-1].end <= b else []

    def items(self, position: int, listing: bool) -> list[Item]:
        """The list of agencies at ``position``, in a series ("các Sở: …") or plain."""
        found = self.scanner.series(position)
        more = (
            self.scanner.listed(gap.end(), listing=True)
            if found and (gap := GAP.match(self.text, found[-1].end))
            else []
        )
        found = [*found, *more] or self.scanner.listed(position, listing=listing)
        while found and len(found) < _MAX_DOERS and self.text.startswith(";", found[-1].end):
            after = self.skip(found[-1].end + 1, len(self.text))
            more = self.scanner.series(after) or self.scanner.listed(after)
            if not more:
                break
            found = [*found, *more]
        if found and (people := _PEOPLE.match(self.text, found[-1].end)):
            found = [*found, unknown(people.group("name"), people.start("name"))]
        return self.placed(as_one(self.text, found), len(self.text))

    def placed(self, items: list[Item], b: int) -> list[Item]:
        """The bodies with the clause that says which of many: ``UBND các xã| nơi có làng nghề|``."""
        where = _WHERE.match(self.lower, items[-1].end, b) if items else None
        if where is None and items and items[-1].tail.strip().lower().startswith("các "):
            where = _WITH.match(self.lower, items[-1].end, b)  # "UBND các xã| có chợ|"
        if where is None:
            return items
        stop = _CLOSES.search(self.text, where.end(), b)
        end = self.verb_after(where.end(), stop.start() if stop else b)
        last, name = items[-1], self.text[items[-1].start : end].rstrip()
        if len(name) - (last.end - last.start) > _LONGEST_WHERE:
            return items
        return [*items[:-1], last._replace(end=last.start + len(name), name=name, canonical=name)]

    def verb_after(self, position: int, b: int) -> int:
        """Where the next verb begins that a name cannot hold; ``b`` where there is none."""
        for blank in re.finditer(r"\s", self.lower[position:b]):
            at = position + blank.end()
            if self.lower.startswith("thông tin", at) and self.lower.endswith("công nghệ ", position, at):
                continue
            if self.words.role.match(self.lower, at) or self.words.plain.match(self.lower, at):
                return at
            if _DUTY_WORDS.match(self.lower, at):
                return at
        return b

    def skip(self, a: int, b: int) -> int:
        match = _CONNECTOR.match(self.text, a, b)
        return match.end() if match else a

    def predicate(self, position: int, b: int, handed: bool, strict: bool = False) -> bool:
        """Whether what follows a list of agencies is what they do (a colon, adverbs, a verb)."""
        if ENFORCE.match(self.lower, position):
            return True
        bracket = _BRACKET.match(self.text, position)
        if bracket:
            position = bracket.end()
        if position >= b:
            return handed
        glue = self.text[position : position + 2]
        if glue.startswith((":", " :")):
            return True
        if (not glue[:1].isspace() and glue[:1] not in ",") or self.lower.startswith(_OWES_NOT, position):
            return False
        comma = glue[:1] == ","
        if self.interposed(position, b):
            return True
        start = position + len(glue) - len(glue.lstrip(" ,"))
        if self.lower.startswith("-", start):
            start += 2
        end = self.adverbs(start, b)
        if (
            self.words.role.match(self.lower, end)
            or self.words.plain.match(self.lower, end)
            or self.words.neutral.match(self.lower, end)
        ):
            if self.lower.startswith(_NO_VERB, end):
                return False
            return not comma or end > start or bool(self.words.role.match(self.lower, end))
        if end > start and not strict:
            return True
        if handed and not comma and not _LINKS.match(self.lower, end):
            return True
        return bool(IS.match(self.lower, end)) or (not comma and self.adverbial(start, b, strict))

    def adverbial(self, start: int, b: int, strict: bool) -> bool:
        """Whether an adverbial clause stands before what a body does: ``căn cứ kiến nghị| có trách nhiệm …``."""
        if self.words.prefix.match(self.lower, start) is None:
            return False
        return _DUTY_VERB.search(self.lower, start, b) is not None or (self.context.organisation and not strict)

    def openly(self, items: list[Item]) -> bool:
        """Whether sure bodies named first in a point of tasks are followed by a verb that no lexicon knows."""
        if not (self.context.organisation or self.context.tasks):
            return False
        sure = all(item.group in ("named", "open") and not item.weak for item in items)
        return sure and does_openly(self.text, items[-1].end)

    def interposed(self, position: int, b: int) -> bool:
        """``Chính phủ, căn cứ Nghị quyết này, tổ chức …``: what stands between two commas before the verb."""
        match = _INTERPOSED.match(self.lower, position, b)
        if match is None:
            return False
        for comma in re.finditer(r",\s+", self.text[match.end() : min(b, match.end() + 300)]):
            end = self.adverbs(match.end() + comma.end(), b)
            if self.words.role.match(self.lower, end) or self.words.plain.match(self.lower, end):
                return True
        return False

    def adverbs(self, position: int, b: int) -> int:
        match = self.words.adverb.match(self.lower, position, b)
        return match.end() if match else position
