"""Which role verbs of a predicate are acts of its doer, and which only name a topic (``công tác kiểm tra``)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import wraps
from typing import NamedTuple

from doichieu.extraction.agencies.grammar import Scanner
from doichieu.extraction.agencies.names import Item
from doichieu.extraction.tasks.role_words import PERIOD, role_words
from doichieu.lexicon.families import EVERY, ROLE
from doichieu.lexicon.named_words import words_of
from doichieu.model import Role

_STRONG_OBJECT = re.compile(
    r"(?:, \w+(?: \w+){0,2})*(?: và \w+(?: \w+)?)? ?(?:việc|tình hình|tiến độ|kết quả|quá trình|công tác|nội dung"
    r"|hoạt động|thực hiện|triển khai|sử dụng|các (?:"
    rf"{words_of('watched')}"
    r")|chỉ tiêu|theo quy định|định kỳ|cấp có thẩm quyền|cấp trên|về|với|lên|cho|thông qua)\b"
)
_END = re.compile(r"\s*(?:[,;.:)/]|\Z|và |hoặc )")
_SUMMED_UP = ("tổng hợp, ", "tổng hợp, chủ trì, ")
_PURPOSE = re.compile(r"(?:^|[\s,])(?:để|nhằm|phục vụ|làm cơ sở)(?: \w+){0,3}(?:,| và)? ?\Z")
_LINK_BACK = re.compile(
    r"(?:,\s*(?:đồng thời |và |sau đó )?| và | hoặc |/| - |; )"
    r"(?:(?:thường xuyên|kịp thời|định kỳ|chủ động|khẩn trương|trực tiếp) )*\Z"
)
_ALLOTTED = re.compile(r"(?:được|đã) (?:giao|phân công)(?: nhiệm vụ)? ?\Z")

_WINDOW = 400  # how far back the words that decide may stand


_GATHERED = re.compile(r"tổng hợp[^;.]{0,80} để ?\Z")
_SENT = re.compile(r"(?:gửi|về|qua|cho|đến|tới) ")
_FOR_WHAT = re.compile(r"[^;.]{0,90}?(?:để |, ?| và |tổng hợp |theo dõi |xem xét |chung )+")
_FOR_REPORT = re.compile(r"(?:để|giúp|phục vụ)(?: \w+){0,2}(?:,| và)? ?\Z")
_SO_THAT = re.compile(r"(?<!\w)(?:để|nhằm) (?!\w+ (?:hiệu quả|tốt))")
_CLAUSE_END = re.compile(rf"; |\. |, (?:đồng thời|định kỳ|thường xuyên|{EVERY}|{ROLE}|báo cáo|tổng hợp)")
_OUTCOME = re.compile(r"(?:tổng hợp|đánh giá|thống kê|tổng kết)(?:\s[^,;.]{0,40})? (?:kết quả|tình hình|số liệu) \Z")
_AUDITED = re.compile(r" (?:hồ sơ|năng lượng|báo cáo tài chính|báo cáo quyết toán)(?!\w)")
_A_REPORT = re.compile(rf"(?:{words_of('done_with_a_report')}) \Z")
_TO = re.compile(r" (?:kết quả )?(?:về|cho|lên|với|tới|đến) ")
_BY_WHEN = re.compile(rf" (?:kết quả )?(?:trước|chậm nhất|vào|trong (?:ngày|tháng|quý)|định kỳ|{EVERY}|mỗi)(?!\w)")
#: "…, báo cáo| xin ý kiến| Thường trực Tỉnh ủy": whoever asks for leave reports.
_ASKS_LEAVE = re.compile(r" (?:xin ý kiến|xin chủ trương|xin chỉ đạo|đề xuất|kiến nghị) ")
_LIGHT_END = re.compile(
    r"(?:kết hợp|gửi|nộp|tổ chức|thực hiện|tiến hành|tăng cường|đẩy mạnh|thường xuyên|định kỳ"
    rf"|{EVERY} năm|tổng hợp|tổng kết)[, ]*\Z"
)
_REPORT_LEAD = re.compile(r"(?:tổng hợp|định kỳ|đánh giá|sơ kết|tổng kết|tháng|năm|quý|kịp thời|lần\)?)[,]? ?\Z")
_TAKING_PART = re.compile(r"(?:\A|và |, )tham gia\Z")
#: "phối hợp với các cơ quan tham mưu của| Tỉnh ủy kiểm tra": the body is part of a partner's name.
_WITH_THOSE_OF = re.compile(r"(?:với|cùng)\s[^;.]{2,80} (?:của|thuộc|trực thuộc) \Z")
_PAPERS = re.compile(
    r"(?:,? (?:và |"
    rf"{words_of('done_with_papers')}"
    r"))*(?: (?:các|toàn bộ|thành phần|nội dung))? (?:hồ sơ|thực địa|hiện trạng sử dụng|tính (?:đầy đủ"
    r"|hợp lệ|chính xác|pháp lý)|giấy tờ|đơn đề nghị|phôi)(?!\w)"
)
#: "trong phạm vi nhiệm vụ được giao| kiểm tra": how it is done, not what was given.
_IN_DUTY = re.compile(
    r"(?:theo|trong phạm vi|căn cứ|trên cơ sở)\s[^;.]{0,60}?(?:chức năng|nhiệm vụ|quyền hạn|thẩm quyền)[^;.]{0,40}"
    r" được (?:giao|phân công) \Z"
)
#: "phối hợp với các cơ quan trong quan trắc,| giám sát môi trường": what they do it in.
_IN_WHAT = re.compile(r"phối hợp\s[^;.]{3,200}\strong (?!việc|công tác)[^,;.]{3,30},? (?:và )?\Z")
#: "ban hành chính sách hỗ trợ và| giám sát việc thực hiện|": a paper is issued, and how it is carried out is watched.
_ISSUED = re.compile(
    r"(?:nghiên cứu, )?(?:ban hành|quyết định|thông qua|phê duyệt)\s(?:[^;.]{0,120}?)"
    r"(?:chính sách|cơ chế|chế độ|nghị quyết|quy định|quyết định|kế hoạch|chương trình|đề án)(?!\w)"
    r"(?P<of>[^;.]{0,80}),? và \Z"
)
_CARRIED_OUT = re.compile(r" việc (?:tổ chức )?(?:triển khai )?(?:thực hiện|triển khai|chấp hành)(?=\s*(?:[.;,]|\Z))")
_FRONTED = re.compile(r"(?:kết quả|tình hình|số liệu)(?: [^\W\d_]+){0,10},? ")
_WATCHING: tuple[Role, ...] = ("giam_sat", "kiem_tra")
_LEADING = ("chu_tri", "tham_muu", "phoi_hop")

#: A role verb of a predicate: the role, where the verb begins and where it ends.
Act = tuple[Role, int, int]


class Verb(NamedTuple):
    """One role verb of a predicate, with what stands before it."""

    role: Role
    start: int
    end: int
    first: int  # where the predicate begins
    before: str  # the words of the predicate before it
    chain: int  # where the chain of verbs begins that commas join to it
    found: list[Act]  # the acts before it


Rule = Callable[["Acts", Verb], bool | None]


def _of(*roles: Role) -> Callable[[Rule], Rule]:
    """A rule that only knows the verbs of some roles."""

    def only(rule: Rule) -> Rule:
        @wraps(rule)
        def asked(acts: Acts, verb: Verb) -> bool | None:
            return rule(acts, verb) if verb.role in roles else None

        return asked

    return only


class Acts:
    """The role verbs of one clause."""

    def __init__(self, text: str, lower: str, scanner: Scanner) -> None:
        self.text = text
        self.lower = lower
        self.scanner = scanner
        self.words = role_words()
        self._lists: dict[int, list[Item]] = {}

    def listed(self, position: int) -> list[Item]:
        """The list of agencies at ``position``, read once."""
        if position not in self._lists:
            self._lists[position] = self.scanner.listed(position)
        return self._lists[position]

    def find(self, first: int, b: int) -> list[Act]:
        """The role verbs of the predicate that are acts of the doer, as ``(role, start, end)``."""
        found: list[Act] = []
        for match in self.words.role.finditer(self.lower, first, b):
            leads = match.start() == first and self.words.roles[match.group()] == "lanh_dao"
            if not leads and self.inside(match.start()):
                continue
            role = self.words.roles[match.group()]
            if self.is_act(role, match.start(), match.end(), first, b, found):
                found.append((role, match.start(), match.end()))
        return found

    def inside(self, position: int) -> bool:
        """Whether the name of an agency covers ``position``."""
        starts = self.scanner.starts
        for index in range(bisect_left(starts, position - 80), bisect_right(starts, position)):
            hit = starts[index]
            end, entry = self.scanner.hits[hit]
            if entry.blocked:
                continue
            if hit <= position < end and not entry.needs_tail:
                return not entry.collective
            item = self.scanner.item(hit)
            if item is not None and item.start <= position < item.end:
                return True
        return False

    def is_act(self, role: Role, start: int, end: int, first: int, b: int, found: list[Act]) -> bool:
        """Whether a role verb is an act of the doer: the first of :data:`_RULES` that knows it says so."""
        before = self.lower[max(first, start - _WINDOW) : start]
        if not before.strip():
            return not (role == "kiem_tra" and self._own_work(start, end))
        verb = Verb(role, start, end, first, before, self.chain_head(first, start), found)
        for rule in _RULES:
            verdict = rule(self, verb)
            if verdict is not None:
                return verdict
        return False

    # ------------------------------------------------------------ the rules, in order

    @_of("lanh_dao")
    def leads_first(self, verb: Verb) -> bool | None:
        """``lãnh đạo`` is an act only where the predicate begins with it."""
        return bool(verb.found and self.ends_agency(verb.first, verb.start))

    @_of("bao_cao")
    def gathers(self, verb: Verb) -> bool | None:
        """``tổng hợp … để báo cáo``: who gathers reports."""
        return True if _GATHERED.search(verb.before) else None

    def sent_on(self, verb: Verb) -> bool | None:
        """``gửi Sở Tài chính để tổng hợp, báo cáo``: the body it is sent to reports."""
        tail = verb.before[-140:]
        if verb.role != "bao_cao" and not (verb.role in ("chu_tri", "phoi_hop") and tail.endswith(_SUMMED_UP)):
            return None
        offset = verb.start - len(tail)
        for match in _SENT.finditer(tail):
            items = self.scanner.listed(offset + match.end(), listing=True)
            if items and self._goes_on(items[-1].end, verb.start):
                return False
        return None

    def _goes_on(self, end: int, start: int) -> bool:
        return _FOR_WHAT.fullmatch(self.lower, end, start) is not None

    @_of(*_WATCHING)
    def handles(self, verb: Verb) -> bool | None:
        """``kiểm tra hồ sơ``, ``kiểm tra tính đầy đủ của giấy tờ``: a paper is handled, nobody is inspected."""
        if _IN_WHAT.search(verb.before):
            return False
        itself = self.lower.endswith("tự ", 0, verb.start)  # "tự kiểm tra an toàn"
        return False if verb.role == "kiem_tra" and (itself or _PAPERS.match(self.lower, verb.end)) else None

    def _own_work(self, start: int, end: int) -> bool:
        """``tự kiểm tra hằng tuần``, ``kiểm toán hồ sơ quyết toán``: no one else is inspected."""
        return self.lower.endswith("tự ", 0, start) or (
            self.lower.startswith("kiểm toán", start) and _AUDITED.match(self.lower, end) is not None
        )

    @_of(*_WATCHING)
    def of_somebody(self, verb: Verb) -> bool | None:
        """``phục vụ việc kiểm tra của Hội đồng``: what another body does."""
        return False if self.lower.startswith(" của ", verb.end) else None

    @_of("bao_cao")
    def helps(self, verb: Verb) -> bool | None:
        """``phục vụ báo cáo``, ``giúp Sở báo cáo``: what something is for."""
        return False if _FOR_REPORT.search(verb.before) else None

    def of_others(self, verb: Verb) -> bool | None:
        """``để Nhân dân biết và giám sát``: the purpose has a doer of its own."""
        match = next(iter(reversed(list(_SO_THAT.finditer(verb.before)))), None)
        if match is None or _CLAUSE_END.search(verb.before, match.end()):
            return None
        after = verb.start - len(verb.before) + match.end()
        return None if self.words.plain.match(self.lower, after) or self._is_role(after) else False

    def _is_role(self, position: int) -> bool:
        return self.words.role.match(self.lower, position) is not None

    def first_of_all(self, verb: Verb) -> bool | None:
        """The verbs before it, joined by commas, begin the predicate."""
        return None if self._lead(verb).strip() else True

    def _lead(self, verb: Verb) -> str:
        return self.lower[max(verb.first, verb.chain - _WINDOW) : verb.chain]

    def revived(self, verb: Verb) -> bool | None:
        """``tăng cường công tác kiểm tra``: a verb keeps the noun an act."""
        return True if self.words.revived.search(self._lead(verb)) else None

    def allotted(self, verb: Verb) -> bool | None:
        """``nhiệm vụ được giao chủ trì``: what somebody was given."""
        lead = self._lead(verb)
        return False if _ALLOTTED.search(lead) and not _IN_DUTY.search(lead) else None

    @_of(*_WATCHING)
    def takes_part(self, verb: Verb) -> bool | None:
        """``tham gia giám sát``, ``… và tham gia giám sát việc …``."""
        lead = self._lead(verb).strip()
        if not _TAKING_PART.search(lead):
            return None
        return True if lead == "tham gia" or _STRONG_OBJECT.match(self.lower, verb.end + 1) else None

    @_of("bao_cao")
    def fronted(self, verb: Verb) -> bool | None:
        """``Kết quả thực hiện báo cáo về Sở Y tế``: what is reported stands before the verb."""
        if not _FRONTED.fullmatch(verb.before):
            return None
        to = _TO.match(self.lower, verb.end)
        return True if self.scanner.item(to.end() if to else verb.end + 1, True) else None

    def plan_is_done(self, verb: Verb) -> bool | None:
        """``xây dựng kế hoạch thực hiện, báo cáo Thành ủy``: the plan is done with."""
        if not self.lower.endswith("kế hoạch thực hiện, ", verb.first, verb.start):
            return None
        return True if self.scanner.item(verb.end + 1, True) else None

    @_of("bao_cao")
    def reports_to(self, verb: Verb) -> bool | None:
        """``…, báo cáo Sở Y tế``, ``… và báo cáo về Sở Y tế``: a new verb phrase that says to whom."""
        if not _LINK_BACK.search(verb.before):
            return None
        to = _TO.match(self.lower, verb.end)
        item = self.scanner.item(to.end() if to else verb.end + 1, True)
        return True if item is not None and not _PURPOSE.search(self._lead(verb)) else None

    @_of("bao_cao")
    def told_at_once(self, verb: Verb) -> bool | None:
        """``lập danh sách các hộ chưa kê khai báo cáo về Sở Tài chính``: a comma is left out before reporting."""
        to = _TO.match(self.lower, verb.end)
        if to is None or _A_REPORT.search(verb.before) or self.words.nominal.search(self._lead(verb)):
            return None
        item = self.scanner.item(to.end(), True)
        return True if item is not None and item.group == "named" else None

    @_of("bao_cao")
    def reports_when(self, verb: Verb) -> bool | None:
        """``tự đánh giá rủi ro, báo cáo trước ngày 31/01``: a new verb phrase that says when."""
        if not _LINK_BACK.search(verb.before) or _BY_WHEN.match(self.lower, verb.end) is None:
            return None
        return None if _PURPOSE.search(self._lead(verb)) else True

    @_of("bao_cao")
    def outcome(self, verb: Verb) -> bool | None:
        """``tổng hợp kết quả báo cáo Sở Y tế``: a comma left out between gathering and reporting."""
        if not _OUTCOME.search(self._lead(verb)):
            return None
        to = _TO.match(self.lower, verb.end)
        return True if self.scanner.item(to.end() if to else verb.end + 1, True) else None

    def topic(self, verb: Verb) -> bool | None:
        """``công tác kiểm tra``, ``cán bộ tham mưu``: a noun makes it a topic."""
        lead = self._lead(verb)
        if not self.words.nominal.search(lead):
            return None
        return bool(self.ends_agency(verb.first, verb.chain))

    @_of(*_WATCHING)
    def carried_out(self, verb: Verb) -> bool | None:
        """``ban hành chính sách hỗ trợ và giám sát việc thực hiện``: of what was issued, no part of its name."""
        if not _CARRIED_OUT.match(self.lower, verb.end):
            return None
        issued = _ISSUED.fullmatch(verb.before)
        return True if issued and not self.words.role.search(issued.group("of")) else None

    def purpose(self, verb: Verb) -> bool | None:
        """``làm cơ sở kiểm tra``: what something is for."""
        return False if _PURPOSE.search(self._lead(verb)) else None

    def always(self, verb: Verb) -> bool | None:
        """``chủ trì``, ``tham mưu`` and ``phối hợp với`` are acts wherever no rule before says otherwise."""
        if verb.role in ("chu_tri", "tham_muu"):
            return True
        joint = re.match(r"(?: \w+ ?\w*)? (?:với|cùng)\b", self.lower[verb.end : verb.end + 24])
        return True if verb.role == "phoi_hop" and joint else None

    def behind_agency(self, verb: Verb) -> bool | None:
        """Behind a partner the doer goes on; behind another body that body acts."""
        return self.ends_agency(verb.first, verb.chain)

    @_of(*_WATCHING)
    def with_partners(self, verb: Verb) -> bool | None:
        """``Phối hợp hội A, nhóm B giám sát việc …``: partners that no lexicon knows stand between."""
        if not verb.found or verb.found[-1][0] != "phoi_hop":
            return None
        between = self.lower[verb.found[-1][2] : verb.chain]
        if len(between) > 160 or self.words.role.search(between) or not _STRONG_OBJECT.match(self.lower, verb.end + 1):
            return None
        return True if not re.search(r"[;:]", between) else None

    def linked(self, verb: Verb) -> bool | None:
        """A verb behind a comma or ``và``: an act where its object shows it."""
        lead = self._lead(verb)
        if not (_LINK_BACK.search(lead) or re.search(r"(?:, |và )(?:" + PERIOD + r")[, ]*\Z", lead)):
            return None
        if verb.role == "phoi_hop" or (verb.role == "bao_cao" and _ASKS_LEAVE.match(self.lower, verb.end)):
            return True
        return bool(
            _STRONG_OBJECT.match(self.lower, verb.end)
            or _END.match(self.lower, verb.end)
            or (verb.role == "bao_cao" and self.scanner.item(verb.end + 1, True))
        )

    def right_behind(self, verb: Verb) -> bool | None:
        """Right behind another role verb: ``chủ trì kiểm tra``."""
        near = any(act[0] in _LEADING and verb.chain - act[2] <= 2 for act in verb.found)
        return True if near else None

    def lightened(self, verb: Verb) -> bool | None:
        """``tổ chức kiểm tra``, ``thường xuyên đôn đốc``: a verb that lends its object's meaning."""
        lead = self._lead(verb)
        return True if self.words.light.search(lead[-16:]) and _LIGHT_END.search(lead) else None

    @_of(*_WATCHING)
    def directed(self, verb: Verb) -> bool | None:
        """``Chỉ đạo kiểm tra, giám sát việc …``: who has it inspected, inspects."""
        if self._lead(verb).strip() not in ("chỉ đạo", "tổ chức chỉ đạo"):
            return None
        return True if _STRONG_OBJECT.match(self.lower, verb.end) else None

    @_of("bao_cao")
    def rhythm(self, verb: Verb) -> bool | None:
        """``định kỳ báo cáo``, ``tổng hợp, báo cáo``: what stands before shows that it is done."""
        lead = self._lead(verb)
        if self.words.tail_verb.search(lead.rstrip()) and _STRONG_OBJECT.match(self.lower, verb.end + 1):
            return True
        return bool(_REPORT_LEAD.search(lead)) or bool(self.scanner.item(verb.end + 1, True))

    def chain_head(self, first: int, start: int) -> int:
        """Where the chain of verbs joined by commas that ends at ``start`` begins."""
        lower = self.lower
        head = start
        while True:
            base = max(first, head - _WINDOW)
            lead = lower[base:head]
            adverb = re.search(
                rf"(?:\A|(?<=[\s,]))(?:thường xuyên|định kỳ|{EVERY} năm|kịp thời|tích cực|chủ động)[, ]*\Z", lead
            )
            if adverb:
                head = base + adverb.start()
                continue
            link = re.search(r"(?:,| và|,? hoặc|,? đồng thời|/| -) ?\Z", lead)
            if not link:
                return head
            verb = self.words.tail_verb.search(lead[: link.start()])
            if not verb:
                return head
            begin = base + verb.start()
            while not lower[begin].isalnum():
                begin += 1
            double = self.words.tail_verb.search(lower[base:begin].rstrip())
            if double:  # "triển khai thực hiện, theo dõi"
                begin = base + double.start()
                while not lower[begin].isalnum():
                    begin += 1
            head = begin

    def ends_agency(self, first: int, position: int) -> bool | None:
        """If an agency ends right before ``position``: whether it is a partner (the doer goes on) or another doer."""
        starts = self.scanner.starts
        for index in range(bisect_left(starts, max(first, position - 200)), bisect_left(starts, position)):
            hit = starts[index]
            items = self.listed(hit)
            if (
                items
                and position - 2 <= items[-1].end <= position
                and self.text[items[-1].end : position].strip() in ("", ",")
            ):
                lead = self.lower[max(first, items[0].start - _WINDOW) : items[0].start]
                return (
                    _WITH_THOSE_OF.search(lead) is not None
                    or bool(
                        re.search(
                            r"(?:phối hợp|tham mưu|với|cùng|giúp|báo cáo|đề xuất|trình)"
                            r"(?: (?:với|cùng|chặt chẽ|cho|các))* ?\Z",
                            lead,
                        )
                    )
                    or hit == first
                )
        return None


#: What makes a role verb an act or a topic, the first rule that knows.
_RULES: tuple[Rule, ...] = (
    Acts.leads_first,
    Acts.gathers,
    Acts.sent_on,
    Acts.handles,
    Acts.of_somebody,
    Acts.helps,
    Acts.of_others,
    Acts.first_of_all,
    Acts.revived,
    Acts.allotted,
    Acts.takes_part,
    Acts.fronted,
    Acts.plan_is_done,
    Acts.reports_to,
    Acts.reports_when,
    Acts.outcome,
    Acts.told_at_once,
    Acts.carried_out,
    Acts.topic,
    Acts.purpose,
    Acts.always,
    Acts.with_partners,
    Acts.behind_agency,
    Acts.linked,
    Acts.right_behind,
    Acts.lightened,
    Acts.directed,
    Acts.rhythm,
)
