"""Who does what in running text: subjects, role verbs and partners of each segment of a clause.

A clause is cut at semicolons and sentence ends.  Each segment has a doer (named in it, carried over from the segment
before, or given by the heading), and role verbs that count only where they are acts: ``công tác kiểm tra`` is a
topic, ``kiểm tra việc thực hiện`` an act.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.extraction.agency_grammar import Item, Scanner
from pipeline.lexicon import load
from pipeline.model import Role


class RoleRow(NamedTuple):
    """One role of one agency; ``start``/``end`` is the segment, ``task`` where its task begins."""

    role: Role
    item: Item
    start: int
    end: int
    task: int
    rule: str


class Context(NamedTuple):
    """What the place of a clause says: the heading's agencies and role, the bodies it commands, the chapter."""

    doers: tuple[Item, ...] = ()
    role: str = ""
    commanded: tuple[Item, ...] = ()
    organisation: bool = False
    tasks: bool = False


class _Words(NamedTuple):
    roles: dict[str, Role]
    role: re.Pattern[str]
    plain: re.Pattern[str]
    neutral: re.Pattern[str]
    light: re.Pattern[str]
    adverb: re.Pattern[str]
    prefix: re.Pattern[str]
    lead_in: re.Pattern[str]
    nominal: re.Pattern[str]
    revived: re.Pattern[str]
    tail_verb: re.Pattern[str]


_PERIOD = (
    r"(?:(?:định kỳ|thường xuyên|hằng|hàng|mỗi)(?:,? (?:và|hoặc|hằng|hàng|mỗi|năm|quý|tháng|tuần|ngày|cuối năm|đột xuất|0?\d+ tháng|một lần|/lần|0?\d+ năm|trước ngày [\d/]+|đầu))*)"
)


def _join(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))


@lru_cache(maxsize=1)
def _words() -> _Words:
    verbs, roles = load("task_verbs"), load("roles")
    by_word: dict[str, Role] = {word: entry["role"] for entry in roles["verb"] for word in entry["words"]}
    role_source = _join(list(by_word))
    plain = _join([*verbs["plain"], *verbs["neutral"]])
    return _Words(
        by_word,
        re.compile(rf"\b(?:{role_source})\b"),
        re.compile(rf"(?:{_join(verbs['plain'])})(?!\w)"),
        re.compile(rf"(?:{_join(verbs['neutral'])})(?!\w)"),
        re.compile(rf"(?:{_join(verbs['light'])})(?!\w)"),
        re.compile(rf"(?:(?:{_PERIOD}|{_join(verbs['adverbs'])})(?: và |, | |,\s*))+"),
        re.compile(rf"(?:{_join(verbs['prefixes'])})(?!\w)"),
        re.compile(rf"(?:\d+\.\s*)?(?:{_join(roles['lead_in']['words'])})(?: nhiệm vụ| trách nhiệm)?(?: cho)? "),
        re.compile(rf"(?:\A|[\s,;(])(?:{_join(roles['nominal']['words'])}) ?\Z"),
        re.compile(rf"(?:\A|[\s,;])(?:{roles['nominal']['revived']}) ?\Z"),
        re.compile(rf"(?:\A|[\s,])(?:{plain}|{role_source})\Z"),
    )


_SEGMENT = re.compile(r";\s*|(?<=[^\WA-ZĐ\d])[.…]+\s+(?=[\"'(]?[A-ZĐÀ-ÝĂÂÊÔƠƯ])|(?<=[)\]\d%\"])\.\s+(?=[A-ZĐÀ-Ý])|(?<=[A-ZĐ])\.\s+(?=[A-ZĐÀ-Ý][a-zđà-ỹ]{2,} )")
_CONNECTOR = re.compile(r"(?:[\s\-–+*•,.]|(?:và|đồng thời|ngoài ra|trong đó|cụ thể|riêng)(?:,|\s)\s*)+", re.IGNORECASE)
_AFTER = re.compile(r"\s*(?:\([^()]{0,300}\)\s*)?(?:[:,\-–]\s*)?")
_BRACKET = re.compile(r"\s*\([^()]{0,300}\)")
_WITH = re.compile(r"(?: (?:chặt chẽ|tích cực|hiệu quả|chặt|tốt|thường xuyên|đồng bộ|kịp thời))*(?:,? và)?(?: (?:với|cùng với|cùng))? ?")
_STRONG_OBJECT = re.compile(r"(?:, (?:\w+ ?){1,3})*(?: và (?:\w+ ?){1,2})? ?(?:việc|tình hình|tiến độ|kết quả|quá trình|công tác|thực hiện|triển khai|các đơn vị|các cơ quan|các địa phương|các sở|chỉ tiêu|theo quy định|định kỳ|cấp có thẩm quyền|cấp trên|về|với|lên|cho|thông qua)\b")
_END = re.compile(r"\s*(?:[,;.:)/]|\Z|và |hoặc )")
_SENT_TO = re.compile(r"(?:gửi|về|qua|cho|đến|tới|để) ?[^;.]{0,120}?(?:để|,)? ?(?:tổng hợp|theo dõi|xem xét)?(?: chung)?(?:,| và)? ?\Z")
_PURPOSE = re.compile(r"(?:^|[\s,])(?:để|nhằm|phục vụ|làm cơ sở)(?: \w+){0,3}(?:,| và)? ?\Z")
_LINK_BACK = re.compile(r"(?:,\s*(?:đồng thời |và |sau đó )?| và | hoặc |/| - |; )\Z")
_IS = re.compile(r"(?:là|làm) (?:cơ quan|đơn vị|đầu mối)\b[^,;.]{0,40}")
_CLOSING = re.compile(r"(?:trên đây là|nhận được|trong quá trình (?:tổ chức |triển khai )*(?:thực hiện|triển khai)[^.]{0,80}(?:nếu|có|phát sinh|trường hợp)|quá trình (?:triển khai|thực hiện)|yêu cầu (?:thủ trưởng )?các|đề nghị các|nghị quyết này|kế hoạch này|quyết định này có hiệu lực)", re.IGNORECASE)
_ENFORCE = re.compile(r" ?(?:chịu trách nhiệm|có trách nhiệm) (?:thi hành|thực hiện) (?:quyết định|nghị quyết|nghị định|kế hoạch|quy định|chỉ thị) này")
_DO = re.compile(r"\b(?:do|giao cho|giao) (?=[A-ZĐ]|các |UBND)")


def segments(text: str, start: int = 0) -> list[tuple[int, int]]:
    """The segments of a clause as ``(start, end)``: cut at semicolons and between sentences."""
    cuts: list[tuple[int, int]] = []
    position = start
    for match in _SEGMENT.finditer(text, start):
        if text.count("(", position, match.start()) > text.count(")", position, match.start()):
            continue
        if match.start() > position:
            cuts.append((position, match.start()))
        position = match.end()
    if position < len(text):
        cuts.append((position, len(text)))
    return cuts


class Reader:
    """Reads one clause; :meth:`rows` gives its role rows in order, each role and agency once."""

    def __init__(self, text: str, lower: str, start: int, context: Context, known: tuple[str, ...] = ()) -> None:
        self.text = text
        self.lower = lower
        self.start = start
        self.context = context
        self.words = _words()
        self.scanner = Scanner(text, lower, known)
        self.found: list[RoleRow] = []
        self.seen: set[tuple[str, str]] = set()

    def rows(self) -> list[RoleRow]:
        """All role rows of the clause."""
        cuts = segments(self.text, self.start)
        if not cuts:
            return []
        closing = _CLOSING.match(self.lower, cuts[0][0])
        doers: tuple[Item, ...] = self.context.doers
        own = False
        for index, (a, b) in enumerate(cuts):
            subject, main, handed = self.subject(a, b)
            if subject:
                doers, own = tuple(subject), True
            elif handed:
                continue
            if not doers:
                self.passive(a, b)
                continue
            if not subject and index + 1 < len(cuts) and self.words.prefix.match(self.lower, a) and self.subject(*cuts[index + 1])[0]:
                continue
            if closing and not (subject and self.words.role.search(self.lower, main, b)):
                continue
            if closing and not self.context.organisation and "báo cáo" not in self.lower[main:b]:
                continue
            self.segment(doers, a, main, b, bool(subject), own, handed, bool(closing), index == 0)
        return self.found

    # ------------------------------------------------------------ the doer

    def subject(self, a: int, b: int) -> tuple[list[Item], int, bool]:
        """The doers named in a segment, where its predicate begins, and whether the task is handed to them."""
        position = self.skip(a, b)
        lead = self.words.lead_in.match(self.lower, position)
        handed = bool(lead)
        begin = lead.end() if lead else position
        items = self.items(begin, handed)
        if items and items[-1].end <= b:
            giver = re.compile(r" (?:giao|ủy quyền|phân công|đề nghị|yêu cầu)(?: nhiệm vụ| trách nhiệm)?(?: cho)? ").match(self.lower, items[-1].end)
            if giver:
                given = self.items(giver.end(), True)
                if given and given[-1].end <= b:
                    return given, given[-1].end, True
            if self.predicate(items[-1].end, b, handed):
                return items, items[-1].end, handed
            if not lead:
                return [], position, False
        if lead and not items:
            return [], position, lead.group().strip() in ("đề nghị", "yêu cầu", "kính đề nghị")
        if self.words.prefix.match(self.lower, position):
            for comma in re.compile(r",\s+").finditer(self.text, position, min(b, position + 500)):
                items = self.items(comma.end(), False)
                if items and items[-1].end <= b and items[0].group != "territory" and self.predicate(items[-1].end, b, False, strict=True):
                    return items, items[-1].end, False
        return [], position, False

    def items(self, position: int, listing: bool) -> list[Item]:
        """The list of agencies at ``position``, in a series ("các Sở: …") or plain."""
        while True:
            found = self.scanner.series(position) or self.scanner.listed(position, listing=listing)
            return found

    def skip(self, a: int, b: int) -> int:
        match = _CONNECTOR.match(self.text, a, b)
        return match.end() if match else a

    def predicate(self, position: int, b: int, handed: bool, strict: bool = False) -> bool:
        """Whether what follows a list of agencies is what they do (a colon, adverbs, a verb)."""
        if _ENFORCE.match(self.lower, position):
            return True
        bracket = _BRACKET.match(self.text, position)
        if bracket:
            position = bracket.end()
        if position >= b:
            return handed
        glue = self.text[position : position + 2]
        if glue.startswith(":") or glue.startswith(" :"):
            return True
        if not glue[:1].isspace() and glue[:1] not in ",":
            return False
        comma = glue[:1] == ","
        start = position + len(glue) - len(glue.lstrip(" ,"))
        if self.lower.startswith("-", start):
            start += 2
        end = self.adverbs(start, b)
        if self.words.role.match(self.lower, end) or self.words.plain.match(self.lower, end) or self.words.neutral.match(self.lower, end):
            if self.lower.startswith("trình độ", end):
                return False
            return not comma or end > start or bool(self.words.role.match(self.lower, end))
        if end > start and not strict:
            return True
        if _IS.match(self.lower, end):
            return True
        return bool(self.words.prefix.match(self.lower, start)) and not comma and self.context.organisation and not strict

    def adverbs(self, position: int, b: int) -> int:
        match = self.words.adverb.match(self.lower, position, b)
        return match.end() if match else position

    # ------------------------------------------------------------ the acts

    def add(self, role: Role, item: Item, a: int, b: int, task: int, rule: str) -> None:
        key = (role, item.canonical.lower())
        if key not in self.seen:
            self.seen.add(key)
            self.found.append(RoleRow(role, item, a, b, task, rule))

    def segment(self, doers: tuple[Item, ...], a: int, main: int, b: int, named: bool, own: bool, handed: bool, closing: bool, opening: bool) -> None:
        """The role rows of one segment whose predicate begins at ``main``."""
        lower, words = self.lower, self.words
        start = _AFTER.match(self.text, main, b).end() if named else main  # type: ignore[union-attr]
        first = self.adverbs(start, b)
        if words.prefix.match(lower, first) and not words.role.match(lower, first) and not words.plain.match(lower, first):
            first = self.after_prefix(first, b)
        organised = self.context.organisation or (not own and bool(self.context.doers))
        acts = self.acts(first, b, doers, named)
        explicit = handed or bool(_ENFORCE.match(lower, main)) or re.match(r" ?(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ)", lower[main : main + 20]) is not None
        main_role = acts[0][0] if acts else None
        if not organised and own and not explicit and not any(role in ("chu_tri", "phoi_hop", "tham_muu") or (role == "lanh_dao") for role, _, _ in acts):
            strong = self.context.tasks and all(d.group == "named" and d.kind not in ("dia_ban",) for d in doers) and named
            if not strong or not (words.plain.match(lower, first) or acts):
                return
        rule = "handed" if handed else "named" if own else "heading"
        current = doers
        if self.context.role == "lanh_dao" and not own:
            for doer in doers:
                self.add("lanh_dao", doer, a, b, first, rule)
            current = self.context.commanded
        led = [act for act in acts if act[0] == "lanh_dao"]
        if led and own:
            for doer in doers:
                self.add("lanh_dao", doer, a, b, first, rule)
            commanded = self.commanded(led[0][2], b)
            if commanded:
                current = tuple(commanded)
                after = commanded[-1].end
                acts = [act for act in acts if act[1] >= after]
                first = self.adverbs(after + 1, b)
                main_role = acts[0][0] if acts else None
            else:
                current = doers
                acts = [act for act in acts if act[0] != "lanh_dao" and act[0] in ("chu_tri", "phoi_hop")]
                self.give(acts, current, a, b, rule)
                return
        plain = self.is_plain(first, b, acts)
        if plain and not closing:
            for doer in current:
                self.add("thuc_hien", doer, a, b, first, rule)
        elif main_role is None and not closing and (organised or explicit) and not led and (opening or named):
            for doer in current:
                self.add("thuc_hien", doer, a, b, first, rule)
        self.give(acts, current, a, b, rule)

    def give(self, acts: list[tuple[str, int, int]], doers: tuple[Item, ...], a: int, b: int, rule: str) -> None:
        """Rows of the role verbs, and of the partners named after ``phối hợp với``."""
        for index, (role, begin, end) in enumerate(acts):
            if role == "lanh_dao":
                continue
            partners = self.partners(end, b) if role == "phoi_hop" else []
            led = any(act[0] == "chu_tri" and begin - act[2] <= 14 for act in acts[:index])
            either = "hoặc" in self.lower[max(a, begin - 6) : begin]
            if not (role == "phoi_hop" and led and partners and not either):
                for doer in doers:
                    self.add(role, doer, a, b, begin, rule)  # type: ignore[arg-type]
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
        """Where the predicate goes on after an adverbial clause ("Trên cơ sở …, tham mưu …")."""
        for comma in re.compile(r",\s+").finditer(self.text, position, b):
            end = self.adverbs(comma.end(), b)
            if self.words.role.match(self.lower, end) or (self.words.plain.match(self.lower, end) and not self.text[comma.end()].isupper()):
                return end
        return position

    def is_plain(self, first: int, b: int, acts: list[tuple[str, int, int]]) -> bool:
        """Whether the predicate begins with a verb of doing, not only verbs that accompany a role verb."""
        lower, words = self.lower, self.words
        position = first
        if acts and position == acts[0][1]:
            return False
        if acts and words.light.match(lower, position):
            between = lower[position : acts[0][1]]
            if re.fullmatch(r"(?:[\w]+ ?){1,6}(?:, (?:\w+ ?){1,3}| và (?:\w+ ?){1,3}| )*", between) and len(between) < 60:
                light = words.light.match(lower, position)
                if light and (not between[light.end() - position :].strip() or words.neutral.match(lower, light.end() + 1) or re.match(r" (?:công tác|việc|trong|chế độ|tốt)", lower[light.end() : light.end() + 12])):
                    return False
        if acts and words.neutral.match(lower, position):
            return False
        if _IS.match(lower, position) and acts:
            return False
        return bool(words.plain.match(lower, position) or words.neutral.match(lower, position)) or (not acts and not words.role.match(lower, position) and False)

    def acts(self, first: int, b: int, doers: tuple[Item, ...], named: bool) -> list[tuple[str, int, int]]:
        """The role verbs of the predicate that are acts of the doer, as ``(role, start, end)``."""
        found: list[tuple[str, int, int]] = []
        position = first
        for match in self.words.role.finditer(self.lower, first, b):
            if match.start() < position:
                continue
            inside = self.inside(match.start())
            if inside:
                position = inside
                continue
            role = self.words.roles[match.group()]
            if self.is_act(role, match.start(), match.end(), first, b, found):
                found.append((role, match.start(), match.end()))
        return found

    def inside(self, position: int) -> int:
        """The end of the agency name that covers ``position``, else 0."""
        start = max(0, position - 80)
        for hit, (end, entry) in self.scanner.hits.items():
            if hit > position:
                break
            if hit < start or entry.blocked:
                continue
            if hit <= position < end:
                return end if not entry.collective else 0
            item = self.scanner.item(hit) if end > position - 60 else None
            if item is not None and item.start <= position < item.end:
                return item.end
        return 0

    def is_act(self, role: str, start: int, end: int, first: int, b: int, found: list[tuple[str, int, int]]) -> bool:
        lower = self.lower
        before = lower[first:start]
        if not before.strip():
            return True
        if role == "lanh_dao":
            return start == first
        if role == "bao_cao":
            if _SENT_TO.search(before[-140:]) and re.search(r"(?:gửi|về|qua|tới) [^;.]{3,110}(?:để |, )", before[-140:]):
                return False
            if re.search(r"(?:để|giúp|phục vụ)(?: \w+){0,2}(?:,| và)? ?\Z", before) and not re.search(r"tổng hợp[^;.]{0,80} để ?\Z", before):
                return False
        chain = self.chain_head(first, start)
        if chain == first or not lower[first:chain].strip():
            return True
        lead = lower[first:chain]
        if self.words.revived.search(lead):
            return True
        if self.words.nominal.search(lead):
            return False
        if _PURPOSE.search(lead):
            return False
        if role in ("chu_tri", "tham_muu") or (role == "phoi_hop" and re.match(r"(?: \w+ ?\w*)? (?:với|cùng)\b", lower[end : end + 24])):
            return True
        covered = self.ends_agency(first, chain)
        if covered is not None:
            return covered
        if _LINK_BACK.search(lead) or re.search(r"(?:, |và )(?:" + _PERIOD + r")[, ]*\Z", lead):
            if role == "phoi_hop":
                return True
            return bool(_STRONG_OBJECT.match(lower, end + 1) or _STRONG_OBJECT.match(lower, end) or _END.match(lower, end) or (role == "bao_cao" and self.scanner.item(end + 1, True)))
        if any(f[0] in ("chu_tri", "tham_muu", "phoi_hop") and chain - f[2] <= 2 for f in found):
            return True
        if self.words.light.search(lead[-16:]) and re.search(r"(?:tổ chức|thực hiện|tiến hành|thường xuyên|định kỳ|hằng năm|hàng năm|tổng hợp|tổng kết)[, ]*\Z", lead):
            return True
        if role == "bao_cao":
            return bool(re.search(r"(?:tổng hợp|định kỳ|đánh giá|sơ kết|tổng kết|tháng|năm|quý|kịp thời|lần\)?)[,]? ?\Z", lead)) or bool(self.scanner.item(end + 1, True))
        return False

    def chain_head(self, first: int, start: int) -> int:
        """Where the chain of verbs joined by commas that ends at ``start`` begins."""
        lower = self.lower
        head = start
        while True:
            lead = lower[first:head]
            adverb = re.search(r"(?:\A|(?<=[\s,]))(?:thường xuyên|định kỳ|hằng năm|hàng năm|kịp thời|tích cực|chủ động)[, ]*\Z", lead)
            if adverb and adverb.start() > 0:
                head = first + adverb.start()
                continue
            link = re.search(r"(?:,| và|,? hoặc|,? đồng thời|/| -) ?\Z", lead)
            if not link:
                return head
            verb = self.words.tail_verb.search(lead[: link.start()])
            if not verb:
                return head
            begin = first + verb.start()
            while begin < head and not lower[begin].isalnum():
                begin += 1
            head = begin
            if head <= first:
                return first

    def ends_agency(self, first: int, position: int) -> bool | None:
        """If an agency ends right before ``position``: whether it is a partner (the doer goes on) or another doer."""
        for hit in self.scanner.hits:
            if hit >= position:
                break
            if hit < max(first, position - 200):
                continue
            items = self.scanner.listed(hit)
            if items and position - 2 <= items[-1].end <= position and self.text[items[-1].end : position].strip() in ("", ","):
                lead = self.lower[first : items[0].start]
                return bool(re.search(r"(?:phối hợp|tham mưu|với|cùng|giúp|báo cáo|đề xuất|trình)(?: (?:với|cùng|chặt chẽ|cho|các))* ?\Z", lead)) or hit == first
        return None

    def passive(self, a: int, b: int) -> None:
        """``… do Sở Nội vụ chủ trì`` and ``giao Sở Nội vụ …`` inside a sentence without a doer."""
        for match in _DO.finditer(self.text, a, b):
            items = self.items(match.end(), True)
            if not items or items[-1].end > b:
                continue
            verb = re.compile(r" (?:là cơ quan )?(?:chủ trì|phối hợp|tham mưu|thực hiện|làm đầu mối|có trách nhiệm)").match(self.lower, items[-1].end)
            if not verb:
                continue
            acts = self.acts(items[-1].end + 1, b, tuple(items), True)
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
    return Reader(text, lower, start, context, known).rows()
