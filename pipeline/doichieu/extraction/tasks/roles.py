"""Who does what in running text: subjects, role verbs and partners of each segment of a clause.

A clause is cut at semicolons and sentence ends.  Each segment has a doer (named in it, carried over from the segment
before, or given by the heading); what it does is read by :class:`doichieu.extraction.tasks.predicates.Predicates`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from doichieu.extraction.agencies.grammar import Scanner
from doichieu.extraction.agencies.names import Item
from doichieu.extraction.agencies.unlisted import heading_names
from doichieu.extraction.tasks.bodies import DUTY_VERB, Context, tells_when
from doichieu.extraction.tasks.doers import SERIES
from doichieu.extraction.tasks.passives import Passives
from doichieu.extraction.tasks.predicates import Carried, RoleRow
from doichieu.extraction.tasks.role_words import segments
from doichieu.lexicon import load
from doichieu.lexicon.families import ROLE
from doichieu.text import one_of
from doichieu.text.memory import in_text, remembered

_CLOSING = re.compile(
    r"(?:trên đây là|nhận được|trong quá trình (?:tổ chức |triển khai )*(?:thực hiện|"
    r"triển khai)[^.]{0,80}(?:nếu|có|phát sinh|trường hợp)|quá trình (?:triển khai|thực hiện)|"
    r"yêu cầu (?:thủ trưởng )?các|đề nghị các|nghị quyết này|kế hoạch này|quyết định này có hiệu lực)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]{8,300}\)")
_ROLE_NEXT = re.compile(rf"\s(?:{ROLE}|thực hiện)")
_MAX_CLAUSE = 30_000  # a clause is a few thousand characters at most; what is longer is not one
#: What only those do who lead others: to report to the Party, to lead again.
_LEADERS_AGAIN = re.compile(
    r"lãnh đạo(?!\w)|báo cáo (?:kết quả (?:về |với )?)?(?:ban thường vụ|ban chấp hành|thường trực \w+ ủy|\w+ ủy)(?!\w)"
)
#: A colon that opens a list of tasks, not the bodies of "các Bộ: Y tế, Công Thương".
_OPENS_LIST = re.compile(r"(?<! bộ)(?<! sở)(?<! phòng)(?<! ban)(?<! ngành)(?<! đoàn thể)\s?:")
#: "…; hoàn thành trong quý IV/2021": a time of what was said before, no task of its own.
_ONLY_WHEN = re.compile(
    r"(?:(?:(?:thời gian|thời hạn)\s+)?(?:phải\s+)?(?:hoàn thành|xong)(?:\s+xong)?"
    r"|(?:thời gian|thời hạn)(?:\s+(?:thực hiện|giải quyết|xử lý|gửi))?(?:\s+là)?):?"
    r"\s+(?:trước|trong|chậm nhất|không quá|tối đa|vào|đến|tháng|quý|năm)\s[^;,]{1,60}\Z"
)
#: "Đơn vị chủ trì, các đơn vị phối hợp … được xác định tại Phụ lục": where the roles stand, no role.
_TOLD_ELSEWHERE = re.compile(
    r"(?:cơ quan|đơn vị)[^.;]{0,160} được (?:xác định|quy định|nêu|phân công|liệt kê|ghi)(?: cụ thể| rõ| chi tiết)?"
    r" (?:tại|trong|ở|theo) (?:các )?(?:phụ lục|biểu|bảng|danh mục)"
)
#: "Ban Quản lý chợ không chịu trách nhiệm về hàng để qua đêm": nothing is to be done.
_NO_DUTY = re.compile(r"[^,;.:]{3,120} không (?:phải )?(?:chịu|có) trách nhiệm(?!\w)")
_LEADS_A_LIST = re.compile(r"(?:hướng dẫn|đôn đốc|chỉ đạo|phối hợp với|cùng với|kiểm tra|giám sát)\s")
_SECOND = re.compile(r",\s+(?=\S)")
_TAKES = re.compile(r" (?:chủ trì|phối hợp thực hiện|phối hợp\b(?! với))")
_HANDS = re.compile(r"(?:chỉ đạo|giao|yêu cầu|đề nghị|phân công)(?: nhiệm vụ)?(?: cho)? ")
_FAR = 120
_JOINT = re.compile(r"\b(?:phối hợp|với|giữa|của)\b")
#: What a thing of a list begins with: two syllables, a mark of plural before them left out.
_OPENING = re.compile(r"[\s\-–+*•]*(?:(?:và|các|những)\s)*(?P<head>[^\W\d_]+(?:\s[^\W\d_]+)?)(?!\w)")
#: What a name of a thing does not hold: words of somebody who does something, of how and of when.
_PREDICATES = re.compile(
    r":|(?<!\w)(?:do|được|phải|là|sẽ|có|gửi|báo cáo|hoàn thành|chậm nhất|bảo đảm|đảm bảo|theo quy định|chủ trì"
    r"|phối hợp với)(?!\w)"
)


@lru_cache(maxsize=1)
def _papers() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(load('roles')['listed']['papers'])})(?!\w)")


class Reader(Passives):
    """Reads one clause; :meth:`rows` gives its role rows in order, each role and agency once."""

    def rows(self) -> list[RoleRow]:
        """All role rows of the clause."""
        cuts = self.timed(self.continued(self.shared(self.divide(segments(self.text, self.start)))))
        if not cuts or _ONLY_WHEN.match(self.lower, self.skip(*cuts[0]), cuts[0][1]):
            return []  # "Thời hạn: chậm nhất 05 ngày làm việc": a time of what was said above
        closing = None if self.context.doers else _CLOSING.match(self.lower, cuts[0][0])
        if closing and self.start and self.context.organisation and closing.group().startswith(("đề nghị", "yêu cầu")):
            closing = None  # "5. Đề nghị các trường đại học …" is a point of the chapter, not its closing words
        if self.context.partnered and self.with_partners_first(cuts):
            return self.found
        state = Carried(self.context.doers)
        if not self.subject(*cuts[0])[0]:
            for a, b in cuts:
                if self.subject(a, b)[0]:
                    break  # another body takes over
                for role, item in self.context.roles:
                    self.add(role, item, a, b, self.skip(a, b), "lead")
        for index, (a, b) in enumerate(cuts):
            following = cuts[index + 1] if index + 1 < len(cuts) else None
            after_list = state.listing and self.text[cuts[index - 1][1]] == ";"
            self.one(a, b, state, following, after_list, index == 0, bool(closing))
        return self.found

    def with_partners_first(self, cuts: list[tuple[int, int]]) -> bool:
        """The rows of a point below ``Chủ trì, phối hợp với:``: what stands first in each part is a partner.

        False, and no row, where nobody stands there.
        """
        for a, b in cuts:
            partners = self.subject(a, b)[0]
            if not partners and not self.found:
                return False
            main = self.subject(a, b)[1]
            for role, item in self.context.roles:
                self.add(role, item, a, b, main, "lead")
            for partner in partners:
                self.add("phoi_hop", partner, a, b, main, "lead_partner")
        return True

    def divide(self, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Segments cut once more where a second doer takes the lead ("…, Sở Y tế chủ trì …")."""
        out: list[tuple[int, int]] = []
        for a, b in cuts:
            given = _HANDS.match(self.lower, self.skip(a, b), b)
            for match in _SECOND.finditer(self.text, a, b):
                if _JOINT.search(self.lower, a, match.start()):
                    break
                if self.words.prefix.match(self.lower, self.skip(a, match.start())) and self.subject(a, b)[0]:
                    break  # "Trong thời hạn 30 ngày kể từ ngày nhận hồ sơ, Bộ A chủ trì …": when, no body of its own
                if self.only_agencies(a, match.start()):
                    continue  # "Thuế tỉnh, Chi cục Hải quan phối hợp …": one list, no second doer
                if given is not None and self.only_agencies(given.end(), match.start()):
                    continue  # "Chỉ đạo Công an xã|, Trạm Y tế chủ trì …": a list that is handed a task
                items = self.scanner.listed(match.end())
                if items and (_TAKES.match(self.lower, items[-1].end) or self.next_acts(a, match.start(), items, b)):
                    out.append((a, match.start()))
                    a = match.end()
                    break
            out.append((a, b))
        return out

    def next_acts(self, a: int, comma: int, items: list[Item], b: int) -> bool:
        """Whether a second body acts behind a comma: ``giao A lập sổ,| B bố trí kinh phí|``.

        It does not where the clause before ends with a body: a list of bodies goes on there.
        """
        end = items[-1].end
        if end >= b or not self.text[items[0].start].isupper() or self._ends_in_body(a, comma):
            return False
        if not self.subject(a, comma)[0]:
            return False
        at = self.adverbs(min(end + 1, b), b)
        owes = DUTY_VERB.match(self.lower, end) is not None
        return owes or (
            items[-1].group == "named"
            and items[-1].kind != "nguoi_dung_dau"
            and self.text.startswith(" ", end)
            and (self.words.role.match(self.lower, at) or self.words.plain.match(self.lower, at)) is not None
        )

    def _ends_in_body(self, a: int, comma: int) -> bool:
        """Whether the words before a comma end with the name of a body: a list goes on behind it."""
        starts = self.scanner.starts
        near = starts[bisect_left(starts, max(a, comma - _FAR)) : bisect_left(starts, comma)]
        found = (self.scanner.item(hit, True) for hit in near)
        return any(item is not None and item.end == comma for item in found)

    def shared(self, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Segments joined again where the first holds only agencies ("Các sở; UBND các xã xây dựng …")."""
        out: list[tuple[int, int]] = []
        series = self.bodies_in_series(cuts)
        enforced = self.enforced_from(cuts)
        last = (0, 0)  # the piece before: a list over several semicolons is joined piece by piece
        for index, (a, b) in enumerate(cuts):
            listed = self.only_agencies(*last) or self.goes_on(last, a)
            if out and (index <= series or index > enforced or (listed and self.scanner.listed(a))):
                out[-1] = (out[-1][0], b)
            else:
                out.append((a, b))
            last = (a, b)
        return out

    def enforced_from(self, cuts: list[tuple[int, int]]) -> int:
        """At which cut a list of all who carry out a decision begins; beyond the last cut where none does."""
        first = len(cuts) - 1
        while first > 0 and self.text[cuts[first - 1][1]] == ";":
            first -= 1
        if first < len(cuts) - 1 and self.enforcing(self.skip(*cuts[first]), cuts[-1][1]):
            return first
        return len(cuts)

    def continued(self, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Segments joined with the things behind them that their verb has too: ``thẩm tra Luật A; Luật B``."""
        out: list[tuple[int, int]] = []
        for a, b in cuts:
            if out and self.text[out[-1][1]] == ";" and self.goes_on_listing(*out[-1], a, b):
                out[-1] = (out[-1][0], b)
            else:
                out.append((a, b))
        return out

    def goes_on_listing(self, before: int, end: int, a: int, b: int) -> bool:
        """Whether a segment names one more thing of the list that the segment before ends with."""
        opening = _OPENING.match(self.lower, a, b)
        if opening is None or _PREDICATES.search(self.lower, a, b):
            return False
        begin = opening.start("head")
        words = self.words
        if any(pattern.match(self.lower, begin) for pattern in (words.role, words.plain, words.prefix, words.adverb)):
            return False
        paper = _papers()
        alike = bool(paper.match(self.lower, begin) and paper.search(self.lower, before, end))
        repeated = self.lower.find(" " + opening.group("head") + " ", before, end) >= 0
        return (alike or repeated or self.opens_listing(before, end)) and not self.subject(a, b)[0]

    def opens_listing(self, a: int, b: int) -> bool:
        """Whether a colon of the predicate, not that behind the names of the doers, opens a list in a segment."""
        return ": " in self.text[max(a, self.subject(a, b)[1]) + 2 : b]

    def bodies_in_series(self, cuts: list[tuple[int, int]]) -> int:
        """Up to which cut ``Bưu điện tỉnh; Viettel; VNPT: bảo đảm …`` names those who act; 0 where it does not."""
        if len(cuts) < 2 or not (self.context.among or self.context.organisation):
            return 0
        announced = self.scanner.series(self.skip(*cuts[0]))
        if announced and self.text.startswith(":", announced[-1].end):
            end = announced[-1].end  # "Các sở: Tài chính; Xây dựng: phối hợp …"
            return next((index for index, (_, b) in enumerate(cuts) if end <= b), 0)
        named = SERIES.match(self.text, self.skip(*cuts[0]), cuts[-1][1])
        if named is None or ";" not in named.group("name"):
            return 0
        end = named.end("name")
        if tells_when(named.group("name")):
            return 0
        if not heading_names(self.text[:end], named.start(), self.scanner.known):
            return 0
        return next(index for index, (_, b) in enumerate(cuts) if end <= b)

    def goes_on(self, before: tuple[int, int], a: int) -> bool:
        """Whether bodies in small letters go on with those that end a segment: ``hướng dẫn các sở; |các xã| …``."""
        begin = self.skip(a, len(self.text))
        if self.text[before[1]] != ";":
            return False
        if not self.text[begin : begin + 1].islower() or not self.scanner.listed(begin):
            return False
        verbs = list(_LEADS_A_LIST.finditer(self.lower, *before))
        items = self.scanner.listed(verbs[-1].end(), listing=True) if verbs else []
        return len(items) > 1 and items[-1].end == before[1]

    def timed(self, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Segments joined with the one behind them that only says when: ``…; hoàn thành trước ngày 15/3/2026``."""
        out: list[tuple[int, int]] = []
        for a, b in cuts:
            if out and _ONLY_WHEN.match(self.lower, self.skip(a, b), b):
                out[-1] = (out[-1][0], b)
            else:
                out.append((a, b))
        return out

    def one(
        self,
        a: int,
        b: int,
        state: Carried,
        following: tuple[int, int] | None,
        after_list: bool,
        opening: bool,
        closing: bool,
    ) -> None:
        """The rows of one cut of the clause; ``state`` carries its doers to the next."""
        subject, main, handed = self.subject(a, b)
        if after_list and not subject:
            return
        state.listing = not subject and _OPENS_LIST.search(self.lower, max(a, main) + 2, b - 1) is not None
        if self.lower.startswith("do ", self.skip(a, b)):
            self.passive(a, b)  # "…; do Văn phòng Bộ làm đầu mối tổng hợp"
            return
        if state.leaders and _LEADERS_AGAIN.match(self.lower, self.adverbs(self.skip(a, b), b), b):
            state.doers, state.leaders = state.leaders, ()  # "Lãnh đạo UBND tỉnh …; định kỳ báo cáo Tỉnh ủy"
        if subject:
            state.doers, state.own = tuple(subject), True
        elif handed:
            return
        if not state.doers:
            self.passive(a, b)
            return
        if _TOLD_ELSEWHERE.search(self.lower, a, b) or _NO_DUTY.match(self.lower, a, b):
            return
        if not subject and following is not None and self.leads_up_to(a, b, following):
            return
        if closing and not (subject and self.words.role.search(self.lower, main, b)):
            return
        if closing and not self.context.organisation and "báo cáo" not in self.lower[main:b]:
            return
        self.told_to = ()
        self.segment(self.read(a, b, main, state, bool(subject), handed, closing, opening))
        if self.told_to:
            state.leaders, state.doers = state.doers, self.told_to  # "…; giám sát": what they are led to do goes on

    def leads_up_to(self, a: int, b: int, following: tuple[int, int]) -> bool:
        """Whether a segment is the adverbial clause of the next, which names its own doer."""
        begin = self.skip(a, b)
        if self.words.prefix.match(self.lower, begin) is None or not self.named_next(*following):
            return False
        return self.after_prefix(begin, b) == begin  # "Trong tháng 5, hướng dẫn nông dân …. Chi cục A …" says a task


def read_clause(
    text: str, lower: str, start: int, context: Context, known: tuple[str, ...] = (), *, dated: bool = False
) -> list[RoleRow]:
    """The role rows of one clause of running text, each role of a body once; see :class:`Reader`.

    ``dated``: the rows of its later tasks too, which a caller keeps where they have a date of their own.

    >>> s = "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính tham mưu UBND tỉnh."
    >>> [(r.role, r.item.name) for r in read_clause(s, s.lower(), 0, Context(organisation=True))]
    [('chu_tri', 'Sở Nội vụ'), ('phoi_hop', 'Sở Tài chính'), ('tham_muu', 'Sở Nội vụ')]
    """
    text, lower = text[:_MAX_CLAUSE], lower[:_MAX_CLAUSE]
    return list(_rows(text, lower, start, context, in_text(known, text), dated))


def _read(
    text: str, lower: str, start: int, context: Context, known: tuple[str, ...], dated: bool
) -> tuple[RoleRow, ...]:
    rows = Reader(text, lower, start, context, known).rows()
    if not dated:
        rows = [row for row in rows if not row.again]
    seen = {(row.role, row.item.canonical.lower()) for row in rows}
    inside = _in_brackets(text, lower, start, known)
    return (*rows, *(row for row in inside if (row.role, row.item.canonical.lower()) not in seen))


_rows = remembered(_read)


def _in_brackets(text: str, lower: str, start: int, known: tuple[str, ...]) -> list[RoleRow]:
    """Who does a task according to the bracket behind it: ``Xây dựng Luật (Vụ A chủ trì, phối hợp với Vụ B)``."""
    found: list[RoleRow] = []
    for bracket in _ASIDE.finditer(lower, start):
        if "chủ trì" not in bracket.group() and "thực hiện" not in bracket.group():
            continue
        inner, end = bracket.start() + 1, bracket.end() - 1
        items = Scanner(text[:end], lower[:end], known).listed(inner)
        verb = _ROLE_NEXT.match(lower, items[-1].end) if items else None
        if verb is None:
            continue
        begin = max(start, lower.rfind(". ", start, inner) + 2, lower.rfind("; ", start, inner) + 2)
        for row in Reader(text[:end], lower[:end], inner, Context(organisation=True), known).rows():
            if row.role != "thuc_hien" or verb.group().endswith("thực hiện"):
                found.append(row._replace(start=begin, end=bracket.end(), task=begin, rule="bracket"))
    return found
