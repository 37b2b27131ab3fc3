"""What the headings above a clause say about who acts: ``1. Sở Nội vụ`` and the points below it."""

from __future__ import annotations

import re

from doichieu.extraction.agencies.grammar import Scanner
from doichieu.extraction.agencies.names import Item
from doichieu.extraction.agencies.stage import parse_list, unknown
from doichieu.extraction.tasks.doers import Context
from doichieu.lexicon import load
from doichieu.model import Clause
from doichieu.segmentation.passages import Analysis

_MARKER = re.compile(r"\A(?:[\s\-–+*•]*)")
_LEAD_IN = re.compile(
    r"(?:giao nhiệm vụ cho|giao trách nhiệm cho|giao cho|giao|đề nghị|kính đề nghị|yêu cầu|"
    r"trách nhiệm của|nhiệm vụ của|đối với|về phía|phân công)\s+",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\s*(?:\([^()]*\))?\s*(?:(?:có |chịu )?(?:trách nhiệm|nhiệm vụ)(?: sau| chính| thực hiện)?|chủ trì|"
    r"tổ chức thực hiện|thực hiện|chịu trách nhiệm thực hiện)?\s*(?:các nhiệm vụ |"
    r"các nội dung )?(?:sau(?: đây)?)?\s*[:.;]?\s*\Z",
    re.IGNORECASE,
)
_LED = re.compile(r"\s+lãnh đạo(?:, chỉ đạo| và chỉ đạo)?\b", re.IGNORECASE)
_COLON = re.compile(r"[:]\s*\Z")
_GENERIC = re.compile(r"(?:Các|Những|Từng)\s+\w")
_SENTENCE_DOER = re.compile(
    r"(?:thực hiện|tập trung|xác định|chủ trì|phối hợp|tham mưu|triển khai|có trách nhiệm|nhiệm vụ|"
    r"chỉ đạo|tổ chức|tiếp tục)\b",
    re.IGNORECASE,
)


#: A decision or resolution disposes in a few articles ("Điều 2. Sở Nội vụ …"); a regulation has many and only rules.
_FEW_ARTICLES = 8


class Headings:
    """The contexts of one document's clauses, each heading read once."""

    def __init__(self, analysis: Analysis, known: tuple[str, ...]) -> None:
        self.analysis = analysis
        self.known = known
        self._read: dict[str, Context | None] = {}
        chapter = load("roles")["chapter"]
        self._organisation = re.compile(chapter["organisation"], re.IGNORECASE)
        self._situation = re.compile(chapter["situation"], re.IGNORECASE)
        self._tasks = re.compile(chapter["tasks"], re.IGNORECASE)
        articles = {c.path[0] for c in analysis.clauses if c.path and c.path[0].startswith("Điều ")}
        self._disposes = (
            analysis.info.kind in ("quyet_dinh", "nghi_quyet", "chi_thi") and len(articles) <= _FEW_ARTICLES
        )

    def context(self, clause: Clause) -> Context:
        """The context in which a leaf is read."""
        organisation = self._disposes and len(clause.path) == 1 and clause.path[0].startswith("Điều ")
        tasks = clause.kind in ("item", "bullet")
        account = False
        doers: Context | None = None
        lead = True
        for ancestor in self.analysis.tree.ancestors(clause):
            own = self.analysis.lead(ancestor)
            is_lead = lead and own is not None and own.clause.clause_id == clause.clause_id
            lead = False
            if ancestor.kind == "table":
                continue
            heading = self.heading(ancestor)
            if heading and len(heading) < 300:
                organisation = organisation or bool(self._organisation.search(heading))
                tasks = tasks or bool(self._tasks.search(heading))
                account = account or bool(self._situation.match(heading))
            if doers is None and not is_lead:
                doers = self.read(ancestor)
        tasks = tasks and not account
        if doers is None:
            return Context(organisation=organisation, tasks=tasks)
        return doers._replace(organisation=organisation or bool(doers.doers), tasks=tasks)

    def heading(self, clause: Clause) -> str:
        """The wording of a heading without its mark."""
        passage = self.analysis.lead(clause)
        if passage is None or clause.leaf:
            return ""
        return passage.text[passage.start :]

    def is_heading_only(self, clause: Clause) -> bool:
        """Whether the wording of an inner clause only names agencies (or says that they lead), without a task."""
        context = self.read(clause)
        return context is not None and bool(context.doers) and context.role != "sentence"

    def read(self, clause: Clause) -> Context | None:
        """The agencies a heading names as doers of what stands below it; None where it names none."""
        key = clause.clause_id
        if key not in self._read:
            self._read[key] = self._parse(clause)
        return self._read[key]

    def _parse(self, clause: Clause) -> Context | None:
        text = self.heading(clause)
        if not text or len(text) > 1500:
            return None
        text = _MARKER.sub("", text)
        lead = _LEAD_IN.match(text)
        begin = lead.end() if lead else 0
        scanner = Scanner(text, None, self.known, outside=True, clean=True)
        items = scanner.series(begin) or scanner.listed(begin, loose=True)
        about = bool(lead) and lead is not None and lead.group().lower().startswith(("đối với", "về phía"))
        if (
            items
            and (about or (all(i.group == "outside" for i in items) and not _COLON.search(text)))
            and not self._under_organisation(clause)
        ):
            return None
        if items:
            rest = text[items[-1].end :]
            if _REST.match(rest):
                role = "chu_tri" if "chủ trì" in rest.lower() else ""
                return Context(tuple(items), role)
            led = _LED.match(rest)
            if led:
                after = items[-1].end + led.end() + 1
                below = scanner.listed(after, listing=True)
                return Context(tuple(items), "lanh_dao", tuple(below))
            if (items[0].group in ("outside", "territory", "body") or _COLON.search(text)) and len(text) < 250:
                full = parse_list(text[begin:].rstrip(" :."), self.known)
                if (
                    full
                    and (_COLON.search(text) or not any(i.weak and i.group == "open" for i in full))
                    and full[-1].end >= len(text[begin:].rstrip(" :.")) - 1
                ):
                    return Context(tuple(full))
            narrow = Scanner(text, None, self.known)
            named = narrow.listed(begin)
            if named and _COLON.search(text) and _SENTENCE_DOER.search(text, named[-1].end):
                return Context(tuple(named), "sentence")
            return None
        if (
            not _COLON.search(text)
            and len(text) < 120
            and _GENERIC.match(text, begin)
            and self._under_organisation(clause)
        ):
            return Context((unknown(text[begin:].rstrip(" .:"), begin),)) if not _SENTENCE_DOER.search(text) else None
        if _COLON.search(text):
            return self._sentence(text)
        return None

    def _under_organisation(self, clause: Clause) -> bool:
        return any(
            self._organisation.search(self.heading(a))
            for a in self.analysis.tree.ancestors(clause)
            if len(self.heading(a)) < 200
        )

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
