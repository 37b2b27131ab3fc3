"""What the predicate of one segment of a clause says: who leads, does, takes part, watches, reports.

Role verbs count only where they are acts: ``công tác kiểm tra`` is a topic, ``kiểm tra việc thực hiện`` an act.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from doichieu.extraction.agencies.names import Item
from doichieu.extraction.tasks.acts import Act, Acts
from doichieu.extraction.tasks.bodies import AUTHORITY, ENFORCE, IS, ONE_SETTLEMENT, Context
from doichieu.extraction.tasks.doer_words import doer_heads
from doichieu.extraction.tasks.partners import Partners
from doichieu.extraction.tasks.role_words import does_openly
from doichieu.extraction.tasks.unlisted_doers import ASKED_OF
from doichieu.lexicon import load
from doichieu.lexicon.named_words import words_of
from doichieu.model import Role
from doichieu.text import one_of

_AFTER = re.compile(r"\s*(?:\([^()]{0,300}\)\s*)?(?:[:,\-–]\s*)?")
_CONTACT = re.compile(r"(?:là|làm) (?:cơ quan |đơn vị )?đầu mối ")
#: "làm đầu mối,| phối hợp với Sở A …": who is in the middle of a task does it, the others take part.
_IN_THE_MIDDLE = re.compile(r"làm (?:cơ quan |đơn vị )?đầu mối,? (?:và )?(?=phối hợp)")
_TOLD = re.compile(r"(?P<leads>chủ trì(?:,| và) )?(?:chỉ đạo|yêu cầu|giao|phân công)\s")
_DIRECTS = re.compile(r"chỉ đạo ")
_WATCHING = ("kiem_tra", "giam_sat")
_OF_WHAT = re.compile(r" (?:về|của|thuộc|có|cấp|quản lý)\s[^,;.:()]{2,60}")
_LEADING = ("chu_tri", "phoi_hop", "tham_muu", "lanh_dao")
#: "Người lao động làm việc ban đêm| được trả thêm": what stands before tells who, not what they do.
_TOLD_OF = re.compile(
    r"[^;.]*?(?<!\w)(?:được|bị|phải|(?<!nhất )là|thì|có (?:nghĩa vụ|quyền|trách nhiệm)|không (?:được|phải|bị))(?!\w)"
)
_FAR = 240
_ADVISES_AND = re.compile(r"tham mưu và ")
_DUTY = re.compile(r" ?(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ)")
#: "Cơ quan chủ trì soạn thảo| lấy ý kiến …": whoever leads has a part in every procedure.
_IN_CHARGE = re.compile(r"(?:các )?(?:cơ quan|đơn vị) chủ trì(?!\w)")
_WAS_GIVEN = re.compile(r" được (?:giao|phân công|ủy quyền)(?: nhiệm vụ)? ")
#: "tiếp nhận hồ sơ và giao| Phòng Y tế chủ trì": what goes on is another body's.
_HANDS_ON = re.compile(r"(?:(?<=\s)|\A)(?:giao|phân công|chỉ đạo|yêu cầu|(?<=và )đề nghị)(?: nhiệm vụ)?(?: cho)?\s")
_AT_ONCE = re.compile(r"\s(?:(?:tăng cường|chủ động|tích cực|kịp thời|thường xuyên|trực tiếp|làm đầu mối,?) )*")
_BESIDE = re.compile(r",? (?P<with>(?:cùng với|cùng) )")
_DONE = re.compile(r"(?<!\w)đã (?:(?:tích cực|chủ động|kịp thời|thường xuyên|trực tiếp),? )*\Z")
_CASES = ("khi ", "nếu ", "trường hợp ", "trong trường hợp ")
_MUST = re.compile(r"\s(?:thì )?(?:phải|cần|có trách nhiệm) ")
_FOUNDED = re.compile(r"(?:căn cứ|theo|trên cơ sở) ")
_AND_LEADS = re.compile(r"lãnh đạo(?:(?:, | và )(?:chỉ đạo|điều hành|kiểm tra|giám sát|đôn đốc))+")
#: "căn cứ các quy định,| hướng dẫn nêu trên": one more thing that is gone by, no deed.
_OF_PAPERS = re.compile(
    r"(?:"
    rf"{words_of('paper_named_by_deed')}"
    r") (?:nêu trên|nói trên|trên|này|của|tại|số|kèm theo|hiện hành)(?!\w)"
)
_BY_DOCUMENT = re.compile(
    r"(?:căn cứ|theo|trên cơ sở)(?: vào)?(?: nội dung)? (?:chương trình(?: hành động)?|nghị quyết"
    r"|kế hoạch|chỉ thị|đề án|quyết định|kết luận)"
    r"(?: này)? "
)


@lru_cache(maxsize=1)
def _tells_what() -> re.Pattern[str]:
    """What a body does behind its colon, not whom or how many: ``Công an xã:| triệt phá …``, not ``…: các đội``."""
    words = load("roles")["heading"]
    return re.compile(rf" ?: (?!(?:{one_of([*words['topics'], *words['no_deeds']])})(?!\w))[^\W\d_]{{2,}}")


class Segment(NamedTuple):
    """One segment of a clause as its words say it, with the doers it has or inherits."""

    start: int
    end: int
    main: int  # where its predicate begins
    first: int  # the same behind adverbs and adverbial clauses
    doers: tuple[Item, ...]
    acts: list[Act]
    named: bool  # it names its doers
    own: bool  # it or a segment before it in the clause names them
    handed: bool  # the task is handed to them ("Giao …")
    explicit: bool  # it says that they have a duty
    organised: bool  # what stands here binds: the chapter, a heading, or a row before says so
    closing: bool = False  # the closing words of a document
    opening: bool = False  # the first segment of its clause
    rule: str = ""


class Carried:
    """What one cut of a clause leaves to the next: its doers, whether the clause named them, an open list."""

    __slots__ = ("doers", "leaders", "listing", "own")

    def __init__(self, doers: tuple[Item, ...]) -> None:
        self.doers = doers
        self.leaders: tuple[Item, ...] = ()  # who had the doers told what to do
        self.own = False
        self.listing = False


class RoleRow(NamedTuple):
    """One role of one agency; ``start``/``end`` is the segment, ``task`` where its task begins."""

    role: Role
    item: Item
    start: int
    end: int
    task: int
    rule: str
    again: bool = False  # the body has this role in the clause already: a row where its task has a date of its own


class Predicates(Partners):
    """Reads the predicates of one clause's segments; :attr:`found` holds the rows of those that were read."""

    def __init__(self, text: str, lower: str, start: int, context: Context, known: tuple[str, ...] = ()) -> None:
        super().__init__(text, lower, start, context, known)
        self.acts = Acts(text, lower, self.scanner)
        self.found: list[RoleRow] = []
        self.seen: set[tuple[str, str]] = set()
        self.accepted = False
        self.told_to: tuple[Item, ...] = ()  # the bodies that the segment before has its doers lead

    # ------------------------------------------------------------ the acts

    def add(self, role: Role, item: Item, a: int, b: int, task: int, rule: str) -> None:
        self.accepted = True
        if a >= b:
            return  # nothing is said before a comma that opens the line
        key = (role, item.canonical.lower())
        again = key in self.seen
        if any(row.start == a and (row.role, row.item.canonical.lower()) == key for row in self.found):
            return
        self.seen.add(key)
        self.found.append(RoleRow(role, item, a, b, min(task, b), rule, again))

    def read(
        self, a: int, b: int, main: int, state: Carried, named: bool, handed: bool, closing: bool, opening: bool
    ) -> Segment:
        """What the words of one segment say, before any rule decides what follows from it."""
        start = main
        if named and (gap := _AFTER.match(self.text, main, b)):
            start = gap.end()
        first = self.adverbs(start, b)
        founded = first > start and _FOUNDED.match(
            self.lower, start
        )  # "Căn cứ chức năng được giao,| Nghị quyết này, …"
        adverbial = founded or self.words.prefix.match(self.lower, first)
        if adverbial and not self.words.role.match(self.lower, first) and not self.words.plain.match(self.lower, first):
            first = self.after_prefix(first, b)
        return Segment(
            a,
            b,
            main,
            first,
            state.doers,
            self.acts.find(first, b),
            named,
            state.own,
            handed,
            handed or bool(ENFORCE.match(self.lower, main)) or self.owes(main),
            self.context.organisation or self.accepted or bool(self.context.doers),
            closing,
            opening,
            "handed" if handed else "named" if state.own else "heading",
        )

    def owes(self, main: int) -> bool:
        """Whether words behind the doers say that they have a duty, or have to do something where tasks stand."""
        if _DUTY.match(self.lower, main):
            return True
        given = _WAS_GIVEN.match(self.lower, main)
        if given is not None:
            return any(p.match(self.lower, given.end()) for p in (self.words.plain, self.words.neutral))
        return (self.context.tasks or self.context.organisation) and self.lower.startswith(" phải ", main)

    def segment(self, seg: Segment) -> None:
        """The role rows of one segment: the first of :data:`_RULES` that knows it."""
        if any(_DONE.search(self.lower[seg.main : act[1]]) for act in seg.acts[:1]):
            return  # "Sở A đã chủ trì …": what was done
        for rule in _RULES:
            if rule(self, seg):
                return

    def all_do(self, role: Role, doers: tuple[Item, ...], seg: Segment) -> None:
        """One row of a role for each of the doers of a segment."""
        for doer in doers:
            self.add(role, doer, seg.start, seg.end, seg.first, seg.rule)

    # ------------------------------------------------------------ the rules of a segment, in order

    def account(self, seg: Segment) -> bool:
        """A body that acts outside the chapter of organisation, with no duty and no role verb: it is only told of."""
        if seg.organised or not seg.own or seg.explicit or any(act[0] in _LEADING for act in seg.acts):
            return False
        sure = all(self.may_act(doer) for doer in seg.doers)
        if not (self.context.tasks and sure and seg.named):
            return True
        does = self.words.plain.match(self.lower, seg.first) or self.openly_does(seg)
        return not (does or seg.acts)

    def openly_does(self, seg: Segment) -> bool:
        """Whether a verb that no lexicon knows tells what bodies do: ``Đoàn xã| gắn biển``, ``Công an:| triệt phá``."""
        told = self.context.tasks and seg.named and _tells_what().match(self.lower, seg.main) is not None
        return told or does_openly(self.text, seg.main)

    def may_act(self, doer: Item) -> bool:
        """Whether a doer is one by the name: a sure body, or people whom a provision of rules names."""
        if doer.group in ("named", "open", "body", "party") and not doer.weak:
            return True
        name = doer.name.lower()
        people = (
            doer_heads().match(name)
            or ONE_SETTLEMENT.match(name)
            or ASKED_OF.search(f"{name} ")
            or _IN_CHARGE.match(name)
            or AUTHORITY.fullmatch(name)
        )
        if not self.context.rules or people is None:
            return False
        return _TOLD_OF.match(self.lower, doer.end, min(len(self.lower), doer.end + _FAR)) is None

    def led_by_heading(self, seg: Segment) -> bool:
        """``Tỉnh ủy lãnh đạo UBND tỉnh:`` above: the heading's body leads, those it commands do."""
        if self.context.role != "lanh_dao" or seg.own:
            return False
        self.all_do("lanh_dao", seg.doers, seg)
        return self.act(seg._replace(doers=self.context.commanded))

    def leads(self, seg: Segment) -> bool:
        """``Tỉnh ủy lãnh đạo UBND tỉnh ban hành …``: the doer leads, the body behind the verb does."""
        led = [act for act in seg.acts if act[0] == "lanh_dao"]
        if not led:
            return False
        self.all_do("lanh_dao", seg.doers, seg)
        commanded = self.commanded(led[0][2], seg.end)
        if not commanded:
            chain = _AND_LEADS.match(self.lower, led[0][1], seg.end)
            joined = chain.end() if chain else led[0][2]
            self.give([a for a in seg.acts if a[0] in ("chu_tri", "phoi_hop") or a[1] <= joined], seg.doers, seg)
            return True
        after = commanded[-1].end
        first = self.adverbs(after + 1, seg.end)
        acts = self.acts.find(first, seg.end)
        below = seg._replace(doers=tuple(commanded), acts=acts, first=first)
        self.told_to = below.doers
        if not acts:
            self.all_do("thuc_hien", below.doers, below)
        if not self.tells(below):
            if self.is_plain(below.first, below.end, acts):
                self.all_do("thuc_hien", below.doers, below)
            self.give(acts, below.doers, below)
        return True

    def tells(self, seg: Segment) -> bool:
        """``UBND huyện chỉ đạo Phòng Y tế chủ trì …``: the doer does, the body told has the roles."""
        told, begin = self.told(seg.first, seg.end, seg.acts)
        if not told:
            return self.has_watched(seg)
        below = [act for act in seg.acts if act[1] >= begin]
        directs = self.lower.startswith("chỉ đạo", seg.first)
        leads: Role = "chu_tri" if self.lower.startswith("chủ trì", seg.first) else "thuc_hien"
        chaired = below[0][0] == "chu_tri" or all(doer.kind == "dang" for doer in seg.doers)
        self.all_do("lanh_dao" if directs and chaired else leads, seg.doers, seg)
        self.give(below, tuple(told), seg)
        return True

    def has_watched(self, seg: Segment) -> bool:
        """``Sở Y tế chỉ đạo Trung tâm A kiểm tra, giám sát …``: the doer leads, the body directed watches."""
        match = _DIRECTS.match(self.lower, seg.first, seg.end)
        told = self.items(match.end(), True) if match else []
        if not told or told[-1].end >= seg.end or any(item.group in ("territory", "outside") for item in told):
            return False
        acts = self.acts.find(told[-1].end + 1, seg.end)
        if not acts or acts[0][0] not in _WATCHING or acts[0][1] != told[-1].end + 1:
            return False
        self.all_do("lanh_dao", seg.doers, seg)
        self.give(acts, tuple(told), seg)
        return True

    def act(self, seg: Segment) -> bool:
        """The doers do what the predicate says, and have the roles of its verbs."""
        if self.tells(seg):
            return True
        if self.context.roles and not seg.own:
            self.give(seg.acts, seg.doers, seg)
            return True
        if self.commands(seg):
            return True
        bound = seg.organised or seg.explicit or self.openly_does(seg)
        more = all(("thuc_hien", doer.canonical.lower()) in self.seen for doer in seg.doers)
        silent = not seg.acts and bound and (seg.opening or seg.named or more) and not self.only_about(seg)
        plain = self.is_plain(seg.first, seg.end, seg.acts) or _IN_THE_MIDDLE.match(self.lower, seg.first, seg.end)
        if (silent or plain) and not seg.closing:
            self.all_do("thuc_hien", seg.doers, seg)
        self.give(seg.acts, seg.doers, seg)
        return True

    def commands(self, seg: Segment) -> bool:
        """``Chỉ đạo rà soát …`` below a Party committee: to command is how it leads."""
        if not self.lower.startswith("chỉ đạo ", seg.first) or any(doer.kind != "dang" for doer in seg.doers):
            return False
        self.all_do("lanh_dao", seg.doers, seg)
        told = [item for item in self.items(seg.first + len("chỉ đạo "), True) if item.end < seg.end]
        if not told or not self.predicate(told[-1].end, seg.end, False, strict=True):
            self.give(seg.acts, seg.doers, seg)
            return True
        first = self.adverbs(told[-1].end + 1, seg.end)
        below = seg._replace(first=first, doers=tuple(told), acts=self.acts.find(first, seg.end))
        if self.is_plain(below.first, below.end, below.acts) and not seg.closing:
            self.all_do("thuc_hien", below.doers, below)
        self.give(below.acts, below.doers, below)
        return True

    def only_about(self, seg: Segment) -> bool:
        """``Đối với Ban Tổ chức Tỉnh ủy``: a point that says of whom, not what is to be done."""
        if not self.lower.startswith("đối với ", seg.first):
            return False
        if self.only_agencies(seg.first + len("đối với "), seg.end):
            return True  # "Đối với Ban Tổ chức Tỉnh ủy": the verb stands in a name
        blanks = (match.end() for match in re.finditer(r"[\s,]", self.lower[seg.first : seg.end]))
        return not any(self.words.plain.match(self.lower, seg.first + at) for at in blanks)

    def told(self, first: int, b: int, acts: list[Act]) -> tuple[list[Item], int]:
        """The bodies that the doer has lead a task, and where their role begins.

        ``UBND huyện chỉ đạo Phòng Y tế chủ trì …``, ``chủ trì, chỉ đạo cơ quan chuyên môn về lao động phối hợp với …``.
        """
        match = _TOLD.match(self.lower, first, b)
        items = self.items(match.end(), True) if match else []
        if not items or items[-1].end > b:
            return [], b
        end = items[-1].end
        for role, begin, _ in acts:
            if role not in ("chu_tri", "phoi_hop") or begin <= end:
                continue
            if begin == end + 1:
                return items, begin
            if _OF_WHAT.fullmatch(self.lower, end, begin - 1) and not self._deed_between(end, begin):
                return [*items[:-1], items[-1].up_to(begin - 1, self.text)], begin
            break
        return [], b

    def _deed_between(self, start: int, end: int) -> bool:
        """Whether a verb of doing stands between two places, right behind a blank."""
        blanks = (match.end() for match in re.finditer(r"\s", self.lower[start:end]))
        return any(self.words.plain.match(self.lower, start + at) for at in blanks)

    def give(self, acts: list[Act], doers: tuple[Item, ...], seg: Segment) -> None:
        """Rows of the role verbs, and of the partners named after ``phối hợp với``."""
        a, b, rule = seg.start, seg.end, seg.rule
        for index, (role, begin, end) in enumerate(acts):
            if role == "lanh_dao":
                continue
            doers = self.handed_on(seg.first, begin) or seg.doers if doers == seg.doers else doers
            partners = self.partners(end, b) if role == "phoi_hop" else []
            if role == "chu_tri" and (beside := _BESIDE.match(self.lower, end, b)):
                partners = self.partners(beside.start("with") - 1, b)  # "chủ trì, cùng Sở Kế hoạch thu xếp …"
            led = any(act[0] == "chu_tri" and begin - act[2] <= 14 for act in acts[:index])
            led = led or (
                (middle := _IN_THE_MIDDLE.match(self.lower, seg.first, b)) is not None and middle.end() == begin
            )
            either = "hoặc" in self.lower[max(a, begin - 6) : begin]
            if not (role == "phoi_hop" and led and partners and not either):
                for doer in doers:
                    self.add(role, doer, a, b, begin, rule)
            for partner in partners:
                self.add("phoi_hop", partner, a, b, begin, f"{rule}_partner")

    def handed_on(self, first: int, begin: int) -> tuple[Item, ...]:
        """The bodies that the predicate hands what begins at ``begin``: ``rà soát và giao Phòng Y tế| chủ trì …``."""
        given = next(iter(reversed(list(_HANDS_ON.finditer(self.lower, first, begin)))), None)
        items = self.items(given.end(), True) if given else []
        if not items or items[-1].end > begin:
            return ()
        between = self.lower[items[-1].end : begin]
        return tuple(items) if _AT_ONCE.fullmatch(between) else ()

    def commanded(self, end: int, b: int) -> list[Item]:
        match = re.compile(r"(?:,? (?:và )?(?:chỉ đạo|điều hành|hướng dẫn))* ").match(self.lower, end, b)
        found = self.items(match.end(), True) if match else []
        return [item for item in found if item.end <= b]

    def after_prefix(self, position: int, b: int) -> int:
        """Where the predicate goes on after an adverbial clause ("Trên cơ sở …, tham mưu …", "căn cứ Chương trình xây
        dựng …")."""
        document = _BY_DOCUMENT.match(self.lower, position, b)
        if document and self.words.plain.match(self.lower, document.end()):
            return document.end()
        for comma in re.compile(r",\s+").finditer(self.text, position, b):
            end = self.adverbs(comma.end(), b)
            if _OF_PAPERS.match(self.lower, end, b):
                continue
            if self.words.role.match(self.lower, end) or (
                self.words.plain.match(self.lower, end) and not self.text[comma.end()].isupper()
            ):
                return end
        return self.after_must(position, b)

    def after_must(self, position: int, b: int) -> int:
        """Where a duty begins behind the case it is for: ``Khi phát hiện vật nuôi ốm phải| báo cáo ngay xã``."""
        if not self.lower.startswith(_CASES, position):
            return position
        for must in _MUST.finditer(self.lower, position, b):
            end = self.adverbs(must.end(), b)
            if self.words.role.match(self.lower, end):
                return end
        return position

    def is_plain(self, first: int, b: int, acts: list[Act]) -> bool:
        """Whether the predicate begins with a verb of doing, not only verbs that accompany a role verb."""
        lower, words = self.lower, self.words
        position = first
        if acts and lower[position : acts[0][1]].strip() == "tham gia":
            return False
        if acts and words.light.match(lower, position):
            between = lower[position : acts[0][1]]
            if (
                re.fullmatch(r"(?:[\w]+ ?){1,6}(?:, (?:\w+ ?){1,3}| và (?:\w+ ?){1,3}| )*", between)
                and len(between) < 60
            ):
                light = words.light.match(lower, position)
                if light and (
                    not between[light.end() - position :].strip()
                    or words.neutral.match(lower, light.end() + 1)
                    or re.match(r" (?:công tác|việc|trong|chế độ|tốt)", lower[light.end() : light.end() + 12])
                ):
                    return False
        joined = _ADVISES_AND.match(lower, position)
        if joined and words.plain.match(lower, joined.end()):
            return self.is_plain(joined.end(), b, [act for act in acts if act[1] > joined.end()])
        contact = _CONTACT.match(lower, position)
        if contact and words.plain.match(lower, contact.end()):
            return True  # "làm đầu mối tiếp nhận"
        if acts and words.neutral.match(lower, position):
            return lower.endswith("tự ", 0, position)  # "tự đánh giá, báo cáo": a deed of its own
        if IS.match(lower, position) and acts:
            return False
        return bool(words.plain.match(lower, position) or words.neutral.match(lower, position))


#: What a segment may say, the first that holds.
_RULES: tuple[Callable[[Predicates, Segment], bool], ...] = (
    Predicates.account,
    Predicates.led_by_heading,
    Predicates.leads,
    Predicates.act,
)
