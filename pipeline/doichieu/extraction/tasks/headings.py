"""What the headings above a clause say about who acts: ``1. Sở Nội vụ`` and the points below it."""

from __future__ import annotations

import re
from collections.abc import Callable

from doichieu.extraction.agencies.cells import parse_list, tells_deed, unknown
from doichieu.extraction.agencies.grammar import Scanner
from doichieu.extraction.agencies.joined import as_one
from doichieu.extraction.agencies.names import Item
from doichieu.extraction.agencies.unlisted import heading_names
from doichieu.extraction.tasks.announcements import names_members, names_parts
from doichieu.extraction.tasks.bodies import ABOVE, GIVER, Context
from doichieu.extraction.tasks.chapters import MARKER, MOST_POINTS, OWES, POINTS, REST, Chapters, announces, lead_in
from doichieu.extraction.tasks.doer_words import doer_heads, doer_kinds
from doichieu.extraction.tasks.role_words import role_words
from doichieu.extraction.tasks.roles import read_clause
from doichieu.lexicon.families import ROLE
from doichieu.lexicon.named_words import words_of
from doichieu.model import Clause, Role
from doichieu.segmentation.passages import Analysis


def _closes(text: str) -> bool:
    """Whether a wording closes with a colon."""
    return text.rstrip().endswith(":")


_LED = re.compile(r"\s+lãnh đạo(?:, chỉ đạo| và chỉ đạo)?\b", re.IGNORECASE)
_MARKER_OF_BODY = re.compile(r"(?:Kính đề nghị|Đề nghị|Kiến nghị)\s")
_DUTIES_OF = re.compile(
    r"(?:(?:chức năng|quyền hạn|quyền|nghĩa vụ|nhiệm vụ)(?:,| và) )*"
    r"(?:trách nhiệm|nhiệm vụ(?:(?:,| và) (?:quyền hạn|trách nhiệm))* của)"
    r"|phân công",
    re.IGNORECASE,
)
#: "Trách nhiệm quản lý nhà nước của| Ủy ban nhân dân cấp xã"
_KIND_OF_DUTIES = re.compile(
    r"(?:Trách nhiệm|Nhiệm vụ|Nghĩa vụ) (?!của |thuộc )[^,;:.()]{3,60}? của (?!pháp luật)(?=[^\W\d])", re.IGNORECASE
)
_TOLD_TO_DO = re.compile(
    r"(?:Chỉ đạo|Giao|Phân công|Yêu cầu) (?P<name>[^,;:.]{4,120}?)(?: tổ chức)?(?: triển khai)? thực hiện"
    r"(?: các (?:nhiệm vụ|nội dung|công việc)(?: sau(?: đây)?)?)?"
)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_NAMED_BY_WHAT = re.compile(r"\s(?:được|có|thuộc|sử dụng|quản lý)\s")
#: "cơ quan quản lý nhà nước| về thủy lợi": the kind of a body, not what its duties are about.
_OF_ITS_KIND = re.compile(rf"(?:{words_of('of_its_kind')})\Z", re.I)
_SAID_FIRST = re.compile(r"(?:đối với|trường hợp|trong trường hợp|về)\s", re.IGNORECASE)
_ASKING = re.compile(r"\W*(?:đề nghị|kiến nghị|yêu cầu)(?!\w)")
_OF_DUTIES = re.compile(r"(?:[^\W\d]+,? ){0,6}?(?:trách nhiệm|nhiệm vụ)(?!\w)", re.IGNORECASE)
#: "Trách nhiệm của Sở A| trong hoạt động thanh tra": what the duties are about.
_IN_WHAT = re.compile(r"\s(?:trong(?! và ngoài)|đối với|về(?! hưu)|khi|liên quan đến|tại (?:kỳ họp|phiên họp))\s")
#: "Thường trực HĐND| nơi đại biểu tiếp xúc cử tri", "UBND| tại đơn vị hành chính nơi …": which of several bodies.
_WHICH_ONE = re.compile(r"\s(?:nơi|tại|được|có|thuộc|của|ở|trực tiếp|thực hiện nhiệm vụ|cấp)\s")
#: "Doanh nghiệp trồng rừng| quy định tại Quy chế này|": where it is told who is meant, no part of the name.
_BY_WHICH_RULE = re.compile(
    r"\s+(?:theo )?(?:(?:được )?(?:quy định|nêu|ghi|phân cấp) (?:tại|ở|trong)|(?:tại|theo) (?:khoản|điểm|Điều)) .*\Z"
)
#: "Chủ trì, phối hợp với:" over points that each begin with a partner.
_WITH_WHOM = ("phối hợp với", "phối hợp cùng", "cùng với")
_DUTY_END = re.compile(rf"\s+{OWES}(?:\s[^,;]{{0,40}})?\Z")
_SAID_BELOW = re.compile(r"\s(?:như sau|sau đây|dưới đây)\Z", re.IGNORECASE)
_ASIDE_END = re.compile(r"\s*\([^()]{2,200}\)\Z")
_SOME = re.compile(r"một số\s", re.IGNORECASE)
_GENERIC = re.compile(r"(?:Các|Những|Từng)\s+\w")
_SENTENCE_DOER = re.compile(
    rf"(?:thực hiện|tập trung|xác định|{ROLE}|triển khai|có trách nhiệm|nhiệm vụ|"
    r"chỉ đạo|tổ chức|tiếp tục|căn cứ|trên cơ sở)\b",
    re.IGNORECASE,
)
#: "Sở A: là cơ quan đầu mối, có trách nhiệm:" says what a body is; its points say what it does.
_IS = re.compile(r"(?:là|làm) (?:cơ quan |đơn vị )?(?:đầu mối|thường trực|tham mưu)", re.IGNORECASE)
_LINES = frozenset(("paragraph", "preamble", "role_line"))
#: "Thủ tướng Chính phủ yêu cầu| các bộ, ngành| thực hiện một số nhiệm vụ sau:"
_GIVES = re.compile(r"\b(?:yêu cầu|giao(?: nhiệm vụ)?(?: cho)?|đề nghị|chỉ đạo|phân công)\s", re.IGNORECASE)
_PARTS = re.compile(r";|\.\s")
_AFTER_NAME = re.compile(r"[^:.;]{3,250}:\s*(?:chủ trì|tham mưu|phối hợp)\b", re.IGNORECASE)
_HANDED_DOWN = ("chu_tri", "phoi_hop", "tham_muu", "lanh_dao", "giam_sat")
#: "Chính phủ chịu trách nhiệm trước Quốc hội trong việc:", "Sở A triển khai các nhiệm vụ sau:"
_DUTIES = re.compile(
    r"(?:trong việc|trách nhiệm|nhiệm vụ|nội dung|công việc)(?:\s[^,.;:]{0,30})?\s*:\s*\Z", re.IGNORECASE
)
#: "Ban Quản lý chợ thực hiện nhiệm vụ, quyền hạn theo quy định của pháp luật, cụ thể như sau:"
_TELLS_DUTIES = re.compile(
    r"(?:thực hiện|có|đảm nhiệm|được giao) (?:các |những )?(?:chức năng, )?(?:nhiệm vụ|quyền hạn)(?!\w)[^.:;]{0,240}"
    r"(?:như sau|sau(?: đây)?|dưới đây|cụ thể)\s*:\s*\Z"
)
_AS_FOLLOWS = re.compile(
    r"[^.]{0,200}?(?:sau(?: đây)?|dưới đây|cụ thể|trong việc|nhiệm vụ|nội dung|công việc)\s*:\s*\Z", re.IGNORECASE
)


class Headings(Chapters):
    """The contexts of one document's clauses, each heading read once."""

    def __init__(self, analysis: Analysis, known: tuple[str, ...]) -> None:
        super().__init__(analysis, known)
        self._read: dict[str, Context | None] = {}
        self._leads: dict[str, dict[str, Clause]] = {}

    def context(self, clause: Clause) -> Context:
        """The context in which a leaf is read."""
        above = self.above(clause)
        says = self.said_above(clause)
        account = says[2]
        organisation = self._organises(clause, says[0], account)
        rules = any(step.startswith("Điều ") for step in clause.path)
        unmarked = clause.kind == "paragraph" and above is None and not account
        paragraphs = unmarked and self.names_body(clause) and self.among(clause)
        in_article = clause.kind == "paragraph" and rules
        tasks = (says[1] or clause.kind in ("item", "bullet") or in_article or paragraphs) and not account
        told = above or Context()
        if told.parts:
            return Context(tasks=tasks)
        among = paragraphs or (clause.kind in POINTS and self.among(clause))
        return told._replace(organisation=organisation or bool(told.doers), tasks=tasks, among=among, rules=rules)

    def _organises(self, clause: Clause, said_above: bool, account: bool) -> bool:
        """Whether a clause stands where it is told who does what: in such a chapter, or by what the document is."""
        if self.directs and clause.kind in POINTS:
            return not account  # each point of a directive tells somebody what to do
        if said_above or (self.disposes and len(clause.path) == 1 and clause.path[0].startswith("Điều ")):
            return True
        lead = self.lead_of(clause) if clause.kind in POINTS else None
        if lead is not None and len(lead.text) < _LONGEST_NAME and announces(lead.text):
            return True
        return not account and self.hands_out(clause)

    def above(self, clause: Clause) -> Context | None:
        """What the nearest heading or line above a clause says about who acts; None where none does."""
        node, wording = clause, self._own_wording(clause.parent_id) == clause.clause_id
        while True:
            line = self.lead_of(node)
            found = self._reading(line) if line is not None else None
            if found is not None:
                return found
            parent = self.analysis.tree.parent(node)
            if parent is None:
                return None
            if parent.kind != "table" and not wording:
                found = self._reading(parent)
                if found is not None:
                    return found
            node, wording = parent, False

    def is_heading_only(self, clause: Clause) -> bool:
        """Whether the wording of an inner clause only names agencies (or says that they lead), without a task."""
        wording = self.heading(clause).lstrip(MARKER)
        if _closes(wording) and _DUTY_END.search(wording.rstrip(" :")):
            return True  # "Đối với tiếp xúc cử tri, Văn phòng A có trách nhiệm:"
        if _DUTIES_OF.match(wording) and not wording.rstrip().endswith((".", ";", ",")):
            return True  # "Trách nhiệm của một số cơ quan:"
        context = self.read(clause)
        return context is not None and context.role != "sentence"

    def lead_of(self, clause: Clause) -> Clause | None:
        """The unmarked line that opens the list a point stands in: ``Các sở thực hiện các nội dung sau:``."""
        parent = clause.parent_id
        if parent not in self._leads:
            self._leads[parent] = self._leads_below(parent)
        return self._leads[parent].get(clause.clause_id)

    def opens_list(self, clause: Clause) -> bool:
        """Whether a line gives what it says to the points after it, and is no task itself."""
        if names_members(clause.text):
            return True
        if not _closes(clause.text):
            return False
        self.lead_of(clause)
        opened = clause.clause_id in {c.clause_id for c in self._leads[clause.parent_id].values()}
        return opened and self.read(clause) is not None

    def opens_table(self, clause: Clause) -> bool:
        """Whether a line only names the table behind it: ``Lịch kiểm tra cụ thể:``."""
        if not _closes(clause.text):
            return False
        siblings = self.analysis.tree.children_of(clause.parent_id)
        at = next((n for n, other in enumerate(siblings) if other.clause_id == clause.clause_id), -1)
        return 0 <= at < len(siblings) - 1 and siblings[at + 1].kind == "table"

    def _leads_below(self, parent: str) -> dict[str, Clause]:
        children = self.analysis.tree.children_of(parent)
        found: dict[str, Clause] = {}
        lead: Clause | None = None
        name: Clause | None = None  # "4. Các tổ chức liên quan" over a paragraph of its own
        for child in children:
            if child.kind in POINTS:
                if lead is not None:
                    found[child.clause_id] = lead
                name = child if child.kind == "item" and child.leaf and len(child.text) < _LONGEST_NAME else None
            elif child.kind in _LINES:
                lead = child if _closes(child.text) and child.clause_id != self._own_wording(parent) else None
                if lead is None and name is not None:
                    found[child.clause_id] = name
            elif child.kind not in ("stamp", "footnote"):
                lead = name = None
        return found

    def _own_wording(self, parent: str) -> str:
        above = self.analysis.tree.by_id.get(parent)
        own = self.analysis.lead(above) if above is not None else None
        return own.clause.clause_id if own is not None else ""

    def read(self, clause: Clause) -> Context | None:
        """The agencies a heading names as doers of what stands below it; None where it names none."""
        found = self._reading(clause)
        return None if found is None or found.parts else found

    def _reading(self, clause: Clause) -> Context | None:
        key = clause.clause_id
        if key not in self._read:
            self._read[key] = self._parse(clause)
        return self._read[key]

    def _parse(self, clause: Clause) -> Context | None:
        passage = self.analysis.passage_of.get(clause.clause_id) if clause.leaf else None
        text = passage.text[passage.start :] if passage is not None else self.heading(clause)
        if not text or len(text) > _LONGEST_HEADING:
            return None
        text = text.lstrip(MARKER)
        if names_parts(text):
            return _PARTS_ONLY
        readings = _LINE_READINGS if clause.leaf else _HEADING_READINGS
        for reading in readings:
            found = reading(self, clause, text)
            if found is not None:
                return found if found.doers or found.roles else None
        return None

    # ------------------------------------------------------------ how a heading may be read, in order

    def bodies(self, clause: Clause, text: str) -> Context | None:
        """``1. Sở Nội vụ``, ``Đề nghị Hội Nông dân tỉnh:``, ``Tỉnh ủy lãnh đạo UBND tỉnh``: bodies and nothing else."""
        lead, begin = lead_in(text)
        scanner, items = self.opening(text, begin)
        if not items or _DUTY_END.search(items[-1].name):
            return None  # "Trạm Y tế có các nhiệm vụ sau:": whoever owes is read by what it owes
        about = lead.lower().startswith(("đối với", "về phía"))
        vague = len(items) == 1 and _SOME.match(items[0].name) is not None
        if vague or (_DUTIES_OF.match(lead) and self._parts_bodies(clause)):
            return _NOBODY  # "Trách nhiệm của các cơ quan:" over points that name them
        if about or (all(i.group == "outside" for i in items) and not _closes(text)):
            if not self.under_organisation(clause):
                return _NOBODY
        rest = text[items[-1].end :]
        if REST.match(rest):
            duties = _OF_DUTIES.match(lead) is not None
            return Context(tuple(items), "chu_tri" if "chủ trì" in rest.lower() else "", duties=duties)
        led = _LED.match(rest)
        if led:
            after = items[-1].end + led.end() + 1
            return Context(tuple(items), "lanh_dao", tuple(scanner.listed(after, listing=True)))
        return self._handed(text, items[-1])

    def _handed(self, text: str, giver: Item) -> Context | None:
        """The bodies that a heading's first body hands what stands below: ``HĐND tỉnh giao| UBND tỉnh:``."""
        giving = GIVER.match(text, giver.end)
        if giving is None:
            return None
        core = text.rstrip(" :")
        duty = _DUTY_END.search(core, giving.end())
        names = self._whole_names(core[: duty.start()] if duty else core, giving.end())
        asks_above = giving.group().strip().endswith("đề nghị") and bool(names) and names[0].kind in ABOVE
        return Context(names) if names and not asks_above else None

    def owing(self, clause: Clause, text: str) -> Context | None:
        """``Trách nhiệm của Sở A trong việc …``, ``UBND nơi có chợ có trách nhiệm:``: bodies and their duties."""
        lead, begin = lead_in(text)
        core = text.rstrip(" :")
        if lead and _SAID_FIRST.match(lead) is None:
            about = next(
                (m for m in _IN_WHAT.finditer(core, begin) if not _OF_ITS_KIND.search(core, 0, m.start())), None
            )
            if _DUTIES_OF.match(lead) is None or about is None or core.endswith((".", ";", ",")):
                return None
            if self._parts_bodies(clause):
                return _NOBODY
            end = about.start()
        else:
            duty = _DUTY_END.search(core) if _closes(text) else None
            if duty is None:
                return None
            end = duty.start()
            opening = role_words().prefix.match(core.lower()) or _SAID_FIRST.match(core)
            commas = (comma.end() for comma in re.finditer(r",\s+", core[:end])) if opening else [0]
            begin = next((at for at in commas if self._whole_names(core[:end], at)), end if opening else 0)
        names = self._whole_names(core[:end], begin) or self._meant(core[:end], begin)
        return Context(names, duties=bool(lead)) if names else None

    def of_people(self, clause: Clause, text: str) -> Context | None:
        """``Trách nhiệm của Trưởng ấp:`` over the points of whoever no lexicon knows."""
        lead, begin = lead_in(text)
        if not lead or not _closes(text) or len(text) > _LONGEST_NAME:
            return None
        duties = _DUTIES_OF.match(lead) is not None
        people = doer_heads().match(text.lower(), begin) is not None
        if not duties and not (self.under_organisation(clause) and people):
            return None
        names = heading_names(text, begin, self.known, asked=True)
        if not names and people and not set(text[:-1]) & set(",;:."):
            names = [unknown(text[begin:].rstrip(" :"), begin)]
        return Context(tuple(names), duties=duties) if names else None

    def _meant(self, core: str, begin: int) -> tuple[Item, ...]:
        """Whoever has duties below a line, by a common noun and what narrows it: ``Các cơ quan được phân cấp …``."""
        name = _BY_WHICH_RULE.sub("", core[begin:])
        if not 3 < len(name) <= _LONGEST_BODY or set(name) & set(".;:()") or not doer_kinds().match(name.lower()):
            return ()
        return (unknown(name, begin),)

    def of_some_kind(self, clause: Clause, text: str) -> Context | None:
        """``Trách nhiệm quản lý nhà nước của Ủy ban nhân dân xã``: the kind of duties stands before whose they are."""
        duties = _KIND_OF_DUTIES.match(text)
        core = text.rstrip(" :")
        if duties is None or core.endswith((".", ";", ",")) or len(core) > _LONGEST_NAME:
            return None
        if self._parts_bodies(clause):
            return _NOBODY
        names = self._whole_names(core, duties.end())
        people = doer_heads().match(core.lower(), duties.end()) or doer_kinds().match(core.lower(), duties.end())
        names = names or ((unknown(core[duties.end() :], duties.end()),) if people and "," not in core else ())
        return Context(names, duties=True) if names else None

    def _whole_names(self, core: str, begin: int) -> tuple[Item, ...]:
        """The bodies that words name from first to last, with what narrows the last; none where more is said."""
        full = as_one(core, [item.moved(begin) for item in parse_list(core[begin:], self.known)])
        if not full or full[0].start != begin or any(len(item.name) > _LONGEST_BODY for item in full):
            return ()
        if full[-1].end < len(core):
            if not _WHICH_ONE.match(core, full[-1].end) or set(";:.") & set(core[full[-1].end :]):
                return ()
            full[-1] = full[-1].up_to(len(core), core)
        return tuple(full)

    def _parts_bodies(self, clause: Clause) -> bool:
        """Whether the points below a heading name bodies themselves."""
        points = [c for c in self.analysis.tree.children(clause) if c.kind in POINTS and not self._asks(c)][
            :MOST_POINTS
        ]
        return 2 * sum(self.names_body(c) for c in points) >= max(len(points), 1)

    def _asks(self, clause: Clause) -> bool:
        """Whether a point asks others for something: ``Đề nghị Chi cục A cung cấp …``."""
        passage = self.analysis.lead(clause)
        return passage is not None and _ASKING.match(passage.lower, passage.start) is not None

    def lead_line(self, clause: Clause, text: str) -> Context | None:
        """``Chủ trì, phối hợp với các sở …:``, ``Bộ A chủ trì, phối hợp với Bộ B:``: its roles hold for each point."""
        if text.rstrip().endswith((".", ";", ",")):
            return None
        core = text.rstrip(" :")
        if len(core) > _LONGEST_LEAD and _closes(text):
            core = core[core.rfind(". ") + 2 :]  # its last sentence leads into the list
        open_end = not _closes(text) and (_PARTS.search(core) is not None or not _AFTER_NAME.match(core))
        if not core or len(core) > _LONGEST_LEAD or open_end:
            return None
        given = self._given(text)
        if given:
            return Context(given, "lead")
        if clause.kind == "preamble":
            return None
        return self._roles_of(clause, text, core)

    def _roles_of(self, clause: Clause, text: str, core: str) -> Context | None:
        """The doers that a line leads in, and the roles it gives to each point below it."""
        above = self.above(clause)
        context = Context(above.doers if above else (), organisation=True)
        rows = read_clause(core, core.lower(), 0, context, self.known)
        stands = _IS.search(core) is not None and "chủ trì" not in core.lower()
        roles = tuple((row.role, row.item) for row in rows if row.role != "thuc_hien" and not stands)
        doers = {row.item.canonical: row.item for row in rows if not row.rule.endswith("_partner")}
        if not any(role in _HANDED_DOWN for role, _ in roles):
            named = any(row.rule in ("named", "handed") for row in rows)
            first = next(iter(doers.values()), None)
            one = first is not None and first.group in ("named", "open") and not first.name.startswith(("các ", "Các "))
            told = one and _TELLS_DUTIES.search(text) is not None
            sure = not clause.leaf or (one and _SAID_BELOW.search(core) is not None) or told
            owes = told or _DUTIES.search(text) is not None
            return Context(tuple(doers.values()), "lead") if named and sure and owes else None
        if core.lower().endswith(_WITH_WHOM):
            return self._with_whom(tuple(doers.values()), roles)
        return Context(tuple(doers.values()), "lead", roles=roles)

    def _with_whom(self, doers: tuple[Item, ...], roles: tuple[tuple[Role, Item], ...]) -> Context:
        """What ``Chủ trì, phối hợp với:`` gives to its points: who leads, and that each names a partner first."""
        if any(role == "chu_tri" for role, _ in roles):
            roles = tuple(given for given in roles if given[0] != "phoi_hop")
        return Context(doers, "lead", roles=roles, partnered=True)

    def _given(self, text: str) -> tuple[Item, ...]:
        """The bodies that a line hands what follows: ``Bộ trưởng yêu cầu các vụ, cục thực hiện các việc sau:``."""
        if not _closes(text):
            return ()
        scanner = Scanner(text, None, self.known, outside=True)
        for match in reversed(list(_GIVES.finditer(text))):
            items = scanner.series(match.end()) or scanner.listed(match.end(), listing=True)
            if items and _AS_FOLLOWS.match(text, items[-1].end):
                return tuple(items)
        return ()

    def several(self, clause: Clause, text: str) -> Context | None:
        """A list that holds names no lexicon knows: ``2. Các hội, đoàn thể tỉnh và câu lạc bộ khởi nghiệp:``."""
        lead, begin = lead_in(text)
        _, items = self.opening(text, begin)
        if not items or len(text) >= 250:
            return None
        colon = _closes(text)
        if items[0].group not in ("outside", "territory", "body") and not colon:
            return None
        core = _ASIDE_END.sub("", _DUTY_END.sub("", text[begin:].rstrip(" :.")))
        full = as_one(core, parse_list(core, self.known))
        spoken = any(tells_deed(item.name) for item in full if item.group in ("named", "open"))
        if spoken or _SAID_BELOW.search(core) or any(len(item.name) > _LONGEST_BODY for item in full):
            return None  # "Hội đồng xét duyệt các hình thức, báo cáo Chủ tịch:" is a sentence
        sure = colon or _DUTIES_OF.match(lead) is not None
        if full and (sure or not any(i.weak and i.group == "open" for i in full)) and full[-1].end >= len(core) - 1:
            return Context(tuple(full), duties=_OF_DUTIES.match(lead) is not None)
        return None

    def generic(self, clause: Clause, text: str) -> Context | None:
        """A kind of body that no lexicon knows, in the chapter of organisation: ``3. Các chủ vườn cây``."""
        _, begin = lead_in(text)
        if _closes(text) or len(text) >= 120 or not _GENERIC.match(text, begin):
            return None
        if not self.under_organisation(clause) or _SENTENCE_DOER.search(text):
            return None
        names = heading_names(text, begin, self.known)
        if any(not _GENERIC.match(name.name) for name in names[1:]):
            return Context(tuple(names))  # "Các hội quán, Bảo tàng Đông Sơn, câu lạc bộ dân ca"
        return Context((unknown(text[begin:].rstrip(" .:"), begin),))

    def unlisted(self, clause: Clause, text: str) -> Context | None:
        """A heading among bodies: a body, whether or not a lexicon knows it."""
        lead, begin = lead_in(text)
        duties = _DUTIES_OF.match(lead) is not None
        if not (self.among(clause) or ((duties or _MARKER_OF_BODY.match(text)) and self.under_organisation(clause))):
            return None
        names = heading_names(text, begin, self.known, asked=bool(lead))
        if duties and not names and not text.rstrip().endswith((".", ";", ",")) and len(text) < _LONGEST_NAME:
            begins = Scanner(text, None, self.known).hits.get(begin)
            names = (
                [unknown(text[begin:].rstrip(" :"), begin)] if begins else []
            )  # "Trách nhiệm của Tổ triển khai Đề án:"
        return Context(tuple(names), duties=duties) if names else None

    def alone(self, clause: Clause, text: str) -> Context | None:
        """``2. Các đơn vị được cấp tài khoản quản trị.``, ``Chỉ đạo Sở A thực hiện.`` over points of duties."""
        core = text.rstrip(" .:")
        points = [child for child in self.analysis.tree.children(clause) if child.kind in POINTS]
        if not points or len(core) > _LONGEST_BODY or _PARTS.search(core):
            return None
        told = _TOLD_TO_DO.fullmatch(core)
        if told is not None:
            names = self._whole_names(_BRACKETS.sub("", told.group("name")).strip(), 0)
            return Context(names or (unknown(told.group("name").split(" (")[0], 0),), "lead")
        if not _GENERIC.match(text) or _NAMED_BY_WHAT.search(core) is None:
            return None
        names = self._whole_names(core, 0)
        return Context(names) if names and names[0].group in ("body", "outside") else None

    def sentence(self, clause: Clause, text: str) -> Context | None:
        """A task that opens a list: its doer does what the list says too, where the list names no other."""
        if not _closes(text):
            return None
        named = Scanner(text, None, self.known).listed(lead_in(text)[1])
        if named and _SENTENCE_DOER.search(text, named[-1].end):
            return Context(tuple(named), "sentence")
        return self._sentence(text)

    def _sentence(self, text: str) -> Context | None:
        """``Để …, Đảng đoàn Quốc hội xác định các nhiệm vụ sau:``: the doer after the adverbial clause."""
        scanner = Scanner(text, None, self.known)
        for comma in re.finditer(r",\s+", text[:600]):
            found: list[Item] = scanner.listed(comma.end())
            if (
                found
                and found[0].group in ("named", "open")
                and re.match(
                    r" (?:xác định|chủ trì|thực hiện|tập trung|triển khai|tổ chức|tiếp tục|có trách nhiệm)",
                    text[found[-1].end :],
                    re.IGNORECASE,
                )
            ):
                return Context(tuple(found), "sentence")
        return None


_PARTS_ONLY = Context(parts=True)
_NOBODY = Context()  # what a heading names, but not as those who act
_LONGEST_HEADING = 1500
_LONGEST_LEAD = 600
_LONGEST_BODY = 160
_LONGEST_NAME = 160  # of a point that may only name bodies
_Reading = Callable[[Headings, Clause, str], Context | None]
_HEADING_READINGS: tuple[_Reading, ...] = (
    Headings.bodies,
    Headings.of_some_kind,
    Headings.owing,
    Headings.lead_line,
    Headings.several,
    Headings.generic,
    Headings.unlisted,
    Headings.alone,
    Headings.sentence,
)
_LINE_READINGS: tuple[_Reading, ...] = (Headings.bodies, Headings.owing, Headings.of_people, Headings.lead_line)
