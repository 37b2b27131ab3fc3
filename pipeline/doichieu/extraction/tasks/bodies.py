"""Which bodies and people are named at a place of a clause, known or not, and whether what follows is what they do."""

from __future__ import annotations

import re
from typing import NamedTuple

from doichieu.alphabet import UPPER
from doichieu.extraction.agencies.cells import unknown
from doichieu.extraction.agencies.grammar import Scanner
from doichieu.extraction.agencies.joined import as_one
from doichieu.extraction.agencies.names import GAP, Item
from doichieu.extraction.agencies.one_name import which_places
from doichieu.extraction.tasks.role_lists import label_role
from doichieu.extraction.tasks.role_words import does_openly, role_words
from doichieu.lexicon.families import LEVEL, SETTLEMENT
from doichieu.lexicon.named_words import words_of
from doichieu.model import Role
from doichieu.text.sieve import Sieve

BRACKET = re.compile(r"\s*\([^()]{0,300}\)")
IS = re.compile(r"(?:là|làm) (?:cơ quan|đơn vị|đầu mối|chủ đầu tư)\b[^,;.]{0,40}")
ENFORCE = Sieve(
    r" ?(?:chịu trách nhiệm|có trách nhiệm) (?:thi hành|thực hiện) (?:quyết định|nghị quyết|nghị định|"
    r"kế hoạch|quy định|chỉ thị) này"
)
GIVER = re.compile(
    r" (?:giao|ủy quyền|phân công|(?:trân trọng |kính )?đề nghị|yêu cầu)(?: nhiệm vụ| trách nhiệm)?(?: cho)? "
)
#: "UBND các xã| nơi có làng nghề", "UBND| tại đơn vị hành chính nơi …": a clause that says which of them.
_WHERE = re.compile(
    r" (?:nơi|tại (?:đơn vị hành chính|địa bàn|địa phương|nơi)|cấp (?:có|nơi|đại biểu)) (?!liên quan|ở |làm việc)"
)
#: "Ủy ban Mặt trận| cấp| tổ chức hội nghị|", "Công đoàn| cấp| trên trực tiếp|": a level named by what it does.
_LEVEL_THAT = re.compile(r" cấp ")
_WITH = re.compile(
    r" có (?!liên quan|trách nhiệm|nhiệm vụ|quyền|kế hoạch|văn bản|ý kiến|giải pháp|biện pháp|phương án|thể )"
)
#: "các xã|", "các đảng ủy xã|": more than one place.
_MANY_PLACES = re.compile(
    rf"(?:[Cc]ác|[Nn]hững|\d+) (?:[^\W\d_]+[ ,]+){{0,3}}(?:{LEVEL}|{SETTLEMENT}|địa phương|đảng ủy)\Z"
)
_MANAGES = re.compile(r" trực tiếp (?:quản lý|sử dụng|phụ trách) (?!và )")
_CLOSES = re.compile(r"[,;.:()]|\s(?:và|cùng)\s")
_LONGEST_WHERE = 120
_LONGEST_LEVEL = 80
#: "Cơ quan nhà nước có thẩm quyền| bố trí kinh phí …": an authority that only its power names, and what it does.
AUTHORITY = re.compile(
    r"(?:các )?(?:cơ quan|tổ chức|đơn vị|cấp|người)(?:(?:,| và|, và| hoặc) (?:cơ quan|tổ chức|đơn vị|người)){0,2}"
    r"(?: (?:quản lý )?nhà nước| quản lý)? có thẩm quyền(?!\w)"
)
AUTHORITY_DOES = re.compile(
    rf" (?:sẽ |phải (?!(?:là|có)(?!\w))(?=[^\W\d_]+ )|(?:(?:sẽ|phải|tiến hành|kịp thời|chủ động|tổ chức) )*"
    rf"(?:{words_of('deeds_of_an_authority')})(?!\w))"
)
#: Bodies named by their matter: ``Ban Chỉ đạo quốc gia| về an toàn thực phẩm|``.
_COMMITTEE = re.compile(r"(?:Ban Chỉ đạo|Ủy ban quốc gia|Hội đồng|Tổ công tác|Tổ chuyên gia|Đoàn công tác)(?!\w)")
_COMMITTEE_DOES = re.compile(rf"(?<!,)(?<! và)(?<! về)(?<! hoặc) (?=(?:{words_of('deeds_of_a_committee')})(?!\w))")
_SHORTEST_MATTER = 2  # words: "về" and what it is about, two at least
_OF_EACH_LEVEL = ("doan_the", "uy_ban_nhan_dan", "hoi_dong_nhan_dan", "mat_tran", "dang")
#: "Sở Tư pháp cấp phép …", "cấp phát": the level is none, a verb of giving is.
_NO_LEVEL = ("phát", "phép", "đổi", "mới", "lại")
#: "Trạm Y tế| và các ông, bà có tên tại Điều 1| chịu trách nhiệm thi hành"
_PEOPLE = re.compile(
    r"(?:,| và|, và) (?P<name>(?:các )?(?:ông,? \(?bà\)?|đồng chí|cá nhân) (?:có tên|nêu|có liên quan)[^,;.]{0,40}?)"
    r"(?= (?:chịu|có) trách nhiệm| căn cứ)"
)
DUTY_WORDS = re.compile(r"(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|theo chức năng)(?!\w)")
_REASON = re.compile(r" (?:căn cứ|trên cơ sở) ")
LONGEST_NAMES = 200
_LINKS = re.compile(r"(?:của|và|về|tại|trong|theo|là|với|hoặc|để|ở|từ)\b")
_INTERPOSED = re.compile(
    r",\s+(?:trong (?:phạm vi,?|năm|quý|tháng)|trước ngày|(?:đến|hết)(?: hết)? năm|từ (?:năm|ngày)|h[ằà]ng năm|theo"
    r"|căn cứ|trên cơ sở|bằng|với|tùy theo|ngoài|trong quá trình|khi)\s"
)
DUTY_VERB = Sieve(r"(?<! không)(?<! không phải) (?:(?:phải|cần|sẽ|đều|cũng) )*(?:có|chịu) trách nhiệm ")
_GIVEN_TASK = re.compile(r" được (?:giao|phân công)(?: nhiệm vụ)?\Z")
_NO_VERB = ("trình độ", "quy định tại", "quy định ở", "quy định trong")  # "các cơ quan quy định tại khoản 1"
_OWES_NOT = (" không chịu trách nhiệm", " không phải chịu trách nhiệm", " không có trách nhiệm")
ABOVE = ("quoc_hoi", "chinh_phu", "hoi_dong_nhan_dan", "dang")
_TOLD_OFF = re.compile(r" được (?:giao|phân công)\s")
LEADS_TOO = re.compile(r"\b(?:chỉ đạo|lãnh đạo|chủ trì|phối hợp|tham mưu)\b|\bvà\Z")
_NARROWS = re.compile(rf" (?:{words_of('business_of_a_body')}|được|có|đang|hoạt động|thuộc|nơi) ")
_CONNECTOR = re.compile(
    r"(?:[\s\-–+*•,.]|\((?:[ivx]{1,4}|\d{1,2})\)\s"
    r"|(?:các )?(?:đồng chí|ông,? \(?bà\)?|ông|bà)(?:\s?:)?\s"
    r"|(?:(?:và|đồng thời|ngoài ra|trong đó)(?:,|\s)|(?:cụ thể|riêng)[,:]"
    rf"|(?:riêng|ngoài ra|trong đó) (?-i:(?=[{UPPER}])))\s*)+",
    re.IGNORECASE,
)
ONE_SETTLEMENT = re.compile(rf"(?:{SETTLEMENT}|bản|làng)(?!\w)")
_MAX_DOERS = 60
ANYBODY = re.compile(r"cơ quan|đơn vị|tổ chức|cá nhân|địa phương|cơ sở|doanh nghiệp")


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
    rules: bool = False  # it stands in an article: what people do there is what they are to do
    partnered: bool = False  # the line above ends with "phối hợp với": what stands first in a point is a partner
    parts: bool = False  # the line above names parts, members or conditions: what stands here is no task


class Bodies:
    """Finds the bodies and people that one clause names."""

    def __init__(self, text: str, lower: str, start: int, context: Context, known: tuple[str, ...] = ()) -> None:
        self.text = text
        self.lower = lower
        self.start = start
        self.context = context
        self.words = role_words()
        self.scanner = Scanner(text, lower, known)

    def narrowed(self, items: list[Item], b: int) -> list[Item]:
        """The doers with what narrows the last before its duty: ``các đơn vị| sử dụng vốn (…)| chịu trách nhiệm …``."""
        if not items or items[-1].end > b:
            return items
        last = items[-1]
        duty = DUTY_VERB.search(self.lower, last.end, min(b, last.end + LONGEST_NAMES))
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
            or (LEADS_TOO.search(between) and not given)
            or "," in BRACKET.sub("", between)
            or ";" in between
        ):
            return items
        return [*items[:-1], last.up_to(duty.start(), self.text)]

    def given(self, position: int, b: int) -> list[Item]:
        """The bodies that a body named before ``position`` hands a task ("HĐND tỉnh giao UBND tỉnh …")."""
        giver = GIVER.match(self.lower, position)
        found = self.items(giver.end(), True) if giver else []
        named = bool(found) and ANYBODY.fullmatch(found[0].name.lower()) is None
        if named and ONE_SETTLEMENT.match(found[0].name.lower()):
            return []  # "Phòng Văn hóa giao thôn nơi hộ cư trú họp dân": a step of the office
        if named and giver and giver.group().strip().endswith("đề nghị") and found[0].kind in ABOVE:
            return []  # "Thường trực Hội đồng nhân dân đề nghị Hội đồng nhân dân| ban hành …": the deed is to ask
        return found if named and found[-1].end <= b else []

    def items(self, position: int, listing: bool) -> list[Item]:
        """The list of agencies at ``position``, in a series ("các Sở: …") or plain."""
        found = self.scanner.series(position) or self.scanner.places(position)
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
        if items and (end := self.on_matter(items[-1], b)):
            return [*items[:-1], items[-1].up_to(end, self.text)]
        if items and (kind := self.of_such_places(items[-1], b)):
            return [*items[:-1], kind]
        if items and (end := self.level_that(items[-1], b)):
            return [*items[:-1], items[-1].up_to(end, self.text)]
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
        return [*items[:-1], last.up_to(last.start + len(name), self.text)]

    def on_matter(self, last: Item, b: int) -> int:
        """Where the matter of a committee ends before its deed: ``Ban Chỉ đạo| về tìm kiếm, cứu nạn| ban hành …``."""
        if not self.lower.startswith(" về ", last.end) or not _COMMITTEE.match(last.name):
            return 0
        deed = _COMMITTEE_DOES.search(self.lower, last.end, min(b, last.end + LONGEST_NAMES))
        matter = self.text[last.end : deed.start()] if deed else ""
        return deed.start() if deed and len(matter.split()) > _SHORTEST_MATTER and not set(matter) & set(";:.") else 0

    def level_that(self, last: Item, b: int) -> int:
        """Where a name ends whose level is told by what that level does: ``Hội Nông dân cấp| tổ chức hội thi|``."""
        level = _LEVEL_THAT.match(self.lower, last.end, b) if last.bare or last.kind in _OF_EACH_LEVEL else None
        deed = self.words.plain.match(self.lower, level.end(), b) if level else None
        if deed is None or self.lower.startswith(_NO_LEVEL, deed.start()):
            return 0
        stop = _CLOSES.search(self.text, deed.end(), min(b, deed.end() + _LONGEST_LEVEL))
        closed = stop.start() if stop else min(b, deed.end() + _LONGEST_LEVEL)
        duty = DUTY_VERB.search(self.lower, deed.end(), closed)
        end = duty.start() if duty else self.verb_after(deed.end(), closed) - 1
        return end if deed.end() < end < closed - 1 else 0

    def of_such_places(self, last: Item, b: int) -> Item | None:
        """A body with the kind of its places, or with whom it manages: ``UBND các xã| ven biển|``, ``Thủ trưởng đơn vị|
        trực tiếp quản lý công chức|``."""
        match = which_places().match(self.text, last.end, b) if _MANY_PLACES.search(last.name) else None
        end = match.end() if match else 0
        if not end and (over := _MANAGES.match(self.lower, last.end, b)):
            stop = _CLOSES.search(self.text, over.end(), b)
            closed = stop.start() if stop else b
            end = self.verb_after(over.end(), closed)
            end = 0 if end in (closed, over.end()) else end - 1
        if not end:
            return None
        return last.up_to(end, self.text)

    def verb_after(self, position: int, b: int) -> int:
        """Where the next verb begins that a name cannot hold; ``b`` where there is none."""
        for blank in re.finditer(r"\s", self.lower[position:b]):
            at = position + blank.end()
            if self.lower.startswith("thông tin", at) and self.lower.endswith("công nghệ ", position, at):
                continue
            if self.words.role.match(self.lower, at) or self.words.plain.match(self.lower, at):
                return at
            if DUTY_WORDS.match(self.lower, at):
                return at
        return b

    def skip(self, a: int, b: int) -> int:
        match = _CONNECTOR.match(self.text, a, b)
        return match.end() if match else a

    def predicate(self, position: int, b: int, handed: bool, strict: bool = False) -> bool:
        """Whether what follows a list of agencies is what they do (a colon, adverbs, a verb)."""
        if ENFORCE.match(self.lower, position, b):
            return True
        bracket = BRACKET.match(self.text, position)
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
        if self.lower.endswith(" có chức năng", 0, position) and self.words.plain.match(self.lower, start):
            return False  # "Cơ quan có chức năng| quản lý đất đai phải …": what kind it is
        end = self.adverbs(start, b)
        if any(p.match(self.lower, end) for p in (self.words.role, self.words.plain, self.words.neutral)):
            if self.lower.startswith(_NO_VERB, end):
                return False
            return not comma or handed or end > start or bool(self.words.role.match(self.lower, end))
        if end > start and not strict:
            return True
        if handed and not comma and not _LINKS.match(self.lower, end):
            return True
        return bool(IS.match(self.lower, end)) or (not comma and self.adverbial(start, b, strict))

    def adverbial(self, start: int, b: int, strict: bool) -> bool:
        """Whether an adverbial clause stands before what a body does: ``căn cứ kiến nghị| có trách nhiệm …``."""
        if self.words.prefix.match(self.lower, start) is None:
            return False
        return DUTY_VERB.search(self.lower, start, b) is not None or (self.context.organisation and not strict)

    def reasoned(self, end: int, b: int) -> bool:
        """Whether a body does what its reason is told before: ``căn cứ chế độ hiện hành| lập dự toán``."""
        reason = _REASON.match(self.lower, end, b)
        return reason is not None and self.verb_after(reason.end(), b) < b

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
