"""Who does what in running text: subjects, role verbs and partners of each segment of a clause.

A clause is cut at semicolons and sentence ends.  Each segment has a doer (named in it, carried over from the segment
before, or given by the heading), and role verbs that count only where they are acts: ``công tác kiểm tra`` is a
topic, ``kiểm tra việc thực hiện`` an act.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from doichieu.alphabet import UPPER
from doichieu.extraction.agencies.grammar import Scanner
from doichieu.extraction.agencies.names import Item
from doichieu.extraction.tasks.acts import Acts
from doichieu.extraction.tasks.doers import ENFORCE, IS, Context, Doers
from doichieu.extraction.tasks.role_words import segments
from doichieu.model import Role

_AFTER = re.compile(r"\s*(?:\([^()]{0,300}\)\s*)?(?:[:,\-–]\s*)?")
_WITH = re.compile(
    r"(?: (?:chặt chẽ|tích cực|hiệu quả|chặt|tốt|thường xuyên|đồng bộ|kịp thời))*(?:,? và)?(?: (?:với|"
    r"cùng với|cùng))? ?"
)
_CLOSING = re.compile(
    r"(?:trên đây là|nhận được|trong quá trình (?:tổ chức |triển khai )*(?:thực hiện|"
    r"triển khai)[^.]{0,80}(?:nếu|có|phát sinh|trường hợp)|quá trình (?:triển khai|thực hiện)|"
    r"yêu cầu (?:thủ trưởng )?các|đề nghị các|nghị quyết này|kế hoạch này|quyết định này có hiệu lực)",
    re.IGNORECASE,
)
_DO = re.compile(rf"\b(?:do|giao cho|giao) (?=[{UPPER}]|các |UBND)")


_ASIDE = re.compile(r"\([^()]{8,300}\)")
_ROLE_NEXT = re.compile(r"\s(?:chủ trì|phối hợp|tham mưu|thực hiện)")
_TOLD = re.compile(r"(?:chỉ đạo|yêu cầu|giao|phân công)\s")
_MAX_CLAUSE = 30_000  # a clause is a few thousand characters at most; what is longer is not one


class RoleRow(NamedTuple):
    """One role of one agency; ``start``/``end`` is the segment, ``task`` where its task begins."""

    role: Role
    item: Item
    start: int
    end: int
    task: int
    rule: str


#: "…; hoàn thành trong quý IV/2021": a time of what was said before, no task of its own.
_ONLY_WHEN = re.compile(r"hoàn thành\s+(?:xong\s+)?(?:trước|trong|chậm nhất|vào|đến)\s[^;,]{2,60}\Z")


_BY_DOCUMENT = re.compile(
    r"(?:căn cứ|theo|trên cơ sở)(?: vào)?(?: nội dung)? (?:chương trình(?: hành động)?|nghị quyết"
    r"|kế hoạch|chỉ thị|đề án|quyết định|kết luận)"
    r"(?: này)? "
)


class Reader(Doers):
    """Reads one clause; :meth:`rows` gives its role rows in order, each role and agency once."""

    def __init__(self, text: str, lower: str, start: int, context: Context, known: tuple[str, ...] = ()) -> None:
        super().__init__(text, lower, start, context, known)
        self.acts = Acts(text, lower, self.scanner)
        self.found: list[RoleRow] = []
        self.seen: set[tuple[str, str]] = set()
        self.accepted = False

    def rows(self) -> list[RoleRow]:
        """All role rows of the clause."""
        cuts = self.shared(self.divide(segments(self.text, self.start)))
        if not cuts:
            return []
        closing = None if self.context.doers else _CLOSING.match(self.lower, cuts[0][0])
        if closing and self.start and self.context.organisation and closing.group().startswith("đề nghị"):
            closing = None  # "5. Đề nghị các trường đại học …" is a point of the chapter, not its closing words
        doers: tuple[Item, ...] = self.context.doers
        own = False
        listing = False
        for index, (a, b) in enumerate(cuts):
            subject, main, handed = self.subject(a, b)
            if listing and not subject and self.text[cuts[index - 1][1]] == ";":
                continue
            listing = ":" in self.text[max(a, main) + 2 : b - 1] and not subject and index + 1 < len(cuts)
            if not subject and self.lower.startswith("do ", self.skip(a, b)):
                self.passive(a, b)  # "…; do Văn phòng Bộ làm đầu mối tổng hợp"
                continue
            if not subject and index and _ONLY_WHEN.match(self.lower, self.skip(a, b), b):
                continue
            if subject:
                doers, own = tuple(subject), True
            elif handed:
                continue
            if not doers:
                self.passive(a, b)
                continue
            if (
                not subject
                and index + 1 < len(cuts)
                and self.words.prefix.match(self.lower, self.skip(a, b))
                and self.named_next(*cuts[index + 1])
            ):
                continue
            if closing and not (subject and self.words.role.search(self.lower, main, b)):
                continue
            if closing and not self.context.organisation and "báo cáo" not in self.lower[main:b]:
                continue
            self.segment(doers, a, main, b, bool(subject), own, handed, bool(closing), index == 0)
        return self.found

    # ------------------------------------------------------------ the acts

    def add(self, role: Role, item: Item, a: int, b: int, task: int, rule: str) -> None:
        self.accepted = True
        key = (role, item.canonical.lower())
        if key not in self.seen:
            self.seen.add(key)
            self.found.append(RoleRow(role, item, a, b, min(task, b), rule))

    def segment(
        self,
        doers: tuple[Item, ...],
        a: int,
        main: int,
        b: int,
        named: bool,
        own: bool,
        handed: bool,
        closing: bool,
        opening: bool,
    ) -> None:
        """The role rows of one segment whose predicate begins at ``main``."""
        lower, words = self.lower, self.words
        start = _AFTER.match(self.text, main, b).end() if named else main  # type: ignore[union-attr]
        first = self.adverbs(start, b)
        if (
            words.prefix.match(lower, first)
            and not words.role.match(lower, first)
            and not words.plain.match(lower, first)
        ):
            first = self.after_prefix(first, b)
        organised = self.context.organisation or self.accepted or (not own and bool(self.context.doers))
        acts = self.acts.find(first, b)
        explicit = (
            handed
            or bool(ENFORCE.match(lower, main))
            or re.match(r" ?(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ)", lower[main : main + 20]) is not None
        )
        main_role = acts[0][0] if acts else None
        if (
            not organised
            and own
            and not explicit
            and not any(role in ("chu_tri", "phoi_hop", "tham_muu") or (role == "lanh_dao") for role, _, _ in acts)
        ):
            strong = (
                self.context.tasks and all(d.group in ("named", "open", "body") and not d.weak for d in doers) and named
            )
            if not strong or not (words.plain.match(lower, first) or acts):
                return
        rule = "handed" if handed else "named" if own else "heading"
        current = doers
        if self.context.role == "lanh_dao" and not own:
            for doer in doers:
                self.add("lanh_dao", doer, a, b, first, rule)
            current = self.context.commanded
        led = [act for act in acts if act[0] == "lanh_dao"]
        if led:
            for doer in doers:
                self.add("lanh_dao", doer, a, b, first, rule)
            commanded = self.commanded(led[0][2], b)
            if commanded:
                current = tuple(commanded)
                after = commanded[-1].end
                acts = [act for act in acts if act[1] >= after]
                first = self.adverbs(after + 1, b)
                main_role = acts[0][0] if acts else None
                if main_role is None:
                    for item in current:
                        self.add("thuc_hien", item, a, b, first, rule)
            else:
                current = doers
                acts = [act for act in acts if act[0] != "lanh_dao" and act[0] in ("chu_tri", "phoi_hop")]
                self.give(acts, current, a, b, rule)
                return
        told = self.told(first, b, acts)
        if told:
            for doer in current:
                self.add("thuc_hien", doer, a, b, first, rule)
            self.give([act for act in acts if act[1] > told[-1].end], tuple(told), a, b, rule)
            return
        plain = self.is_plain(first, b, acts)
        silent = main_role is None and (organised or explicit) and not led and (opening or named)
        if (plain or silent) and not closing:
            for doer in current:
                self.add("thuc_hien", doer, a, b, first, rule)
        self.give(acts, current, a, b, rule)

    def told(self, first: int, b: int, acts: list[tuple[Role, int, int]]) -> list[Item]:
        """The bodies that the doer has lead a task: ``UBND huyện chỉ đạo Phòng Y tế chủ trì …``."""
        match = _TOLD.match(self.lower, first, b)
        items = self.items(match.end(), True) if match else []
        if not items or items[-1].end > b:
            return []
        return items if any(role == "chu_tri" and begin == items[-1].end + 1 for role, begin, _ in acts) else []

    def give(self, acts: list[tuple[Role, int, int]], doers: tuple[Item, ...], a: int, b: int, rule: str) -> None:
        """Rows of the role verbs, and of the partners named after ``phối hợp với``."""
        for index, (role, begin, end) in enumerate(acts):
            if role == "lanh_dao":
                continue
            partners = self.partners(end, b) if role == "phoi_hop" else []
            led = any(act[0] == "chu_tri" and begin - act[2] <= 14 for act in acts[:index])
            either = "hoặc" in self.lower[max(a, begin - 6) : begin]
            if not (role == "phoi_hop" and led and partners and not either):
                for doer in doers:
                    self.add(role, doer, a, b, begin, rule)
            for partner in partners:
                self.add("phoi_hop", partner, a, b, begin, f"{rule}_partner")

    def partners(self, end: int, b: int) -> list[Item]:
        match = _WITH.match(self.lower, end, b)
        position = match.end() if match else end
        scanner = self.scanner
        scanner.outside = "với" in self.lower[end:position] or "cùng" in self.lower[end:position]
        try:
            found = scanner.series(position) or scanner.listed(position, listing=True)
        finally:
            scanner.outside = False
        return [item for item in found if item.end <= b]

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
            if self.words.role.match(self.lower, end) or (
                self.words.plain.match(self.lower, end) and not self.text[comma.end()].isupper()
            ):
                return end
        return position

    def is_plain(self, first: int, b: int, acts: list[tuple[Role, int, int]]) -> bool:
        """Whether the predicate begins with a verb of doing, not only verbs that accompany a role verb."""
        lower, words = self.lower, self.words
        position = first
        if acts and (position == acts[0][1] or lower[position : acts[0][1]].strip() == "tham gia"):
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
        if acts and words.neutral.match(lower, position):
            return False
        if IS.match(lower, position) and acts:
            return False
        return bool(words.plain.match(lower, position) or words.neutral.match(lower, position)) or (
            not acts and not words.role.match(lower, position) and False
        )

    def passive(self, a: int, b: int) -> None:
        """``… do Sở Nội vụ chủ trì`` and ``giao Sở Nội vụ …`` inside a sentence without a doer."""
        for match in _DO.finditer(self.text, a, b):
            items = self.items(match.end(), True)
            if not items or items[-1].end > b:
                continue
            verb = re.compile(
                r" (?:là cơ quan )?(?:chủ trì|phối hợp|tham mưu|thực hiện|làm đầu mối|có trách nhiệm)"
            ).match(self.lower, items[-1].end)
            if not verb:
                continue
            acts = self.acts.find(items[-1].end + 1, b)
            if acts:
                self.give(acts, tuple(items), a, b, "passive")
            elif "giao" in match.group() or "thực hiện" in verb.group():
                for item in items:
                    self.add("thuc_hien", item, a, b, items[-1].end, "passive")


def read_clause(text: str, lower: str, start: int, context: Context, known: tuple[str, ...] = ()) -> list[RoleRow]:
    """The role rows of one clause of running text; see :class:`Reader`.

    >>> s = "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính tham mưu UBND tỉnh."
    >>> [(r.role, r.item.name) for r in read_clause(s, s.lower(), 0, Context(organisation=True))]
    [('chu_tri', 'Sở Nội vụ'), ('phoi_hop', 'Sở Tài chính'), ('tham_muu', 'Sở Nội vụ')]
    """
    text, lower = text[:_MAX_CLAUSE], lower[:_MAX_CLAUSE]
    rows = Reader(text, lower, start, context, known).rows()
    seen = {(row.role, row.item.canonical.lower()) for row in rows}
    return rows + [
        row for row in _in_brackets(text, lower, start, known) if (row.role, row.item.canonical.lower()) not in seen
    ]


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
