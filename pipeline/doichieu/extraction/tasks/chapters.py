"""Which chapter the headings above a clause open, and whether the points of a chapter name bodies."""

from __future__ import annotations

import re
from functools import cache

from doichieu.alphabet import BLANKS
from doichieu.extraction.agencies.grammar import Scanner
from doichieu.extraction.agencies.joined import as_one
from doichieu.extraction.agencies.names import Item
from doichieu.extraction.agencies.unlisted import heading_names, is_topic
from doichieu.extraction.tasks.role_words import does_openly, role_words
from doichieu.lexicon import load
from doichieu.lexicon.families import EVERY
from doichieu.model import Clause
from doichieu.segmentation.passages import Analysis
from doichieu.text.memory import in_text, remembered

#: Signs of a bullet, and blanks.
MARKER = "-–+*•" + BLANKS
_LEAD_IN = re.compile(
    r"(?:giao nhiệm vụ cho|giao trách nhiệm cho|giao cho|giao|đề nghị|kính đề nghị|yêu cầu|"
    r"(?:(?:chức năng|quyền hạn|quyền|nghĩa vụ|nhiệm vụ)(?:,| và) )*"
    r"trách nhiệm(?:(?:,| và) (?:quyền hạn|nghĩa vụ))*(?: của)?"
    r"|nhiệm vụ(?:(?:,| và) (?:quyền hạn|trách nhiệm))* của|đối với|về phía|phân công)(?:\s*:)?\s+",
    re.IGNORECASE,
)
REST = re.compile(
    r"\s*(?:\([^()]*\))?\s*(?:(?:có |chịu )?(?:trách nhiệm|nhiệm vụ)(?: sau| chính| thực hiện)?|chủ trì|"
    r"tổ chức thực hiện|thực hiện|chịu trách nhiệm thực hiện)?\s*(?:các nhiệm vụ |"
    r"các nội dung )?(?:sau(?: đây)?)?\s*[:.;]?\s*\Z",
    re.IGNORECASE,
)
#: "có trách nhiệm", "có quyền hạn và trách nhiệm", "có nhiệm vụ": what a body owes, before what that is.
OWES = (
    r"(?:(?:có|chịu) (?:các )?(?:(?:nhiệm vụ|quyền hạn|thẩm quyền|quyền)(?:,| và) )?trách nhiệm(?:(?:,| và) quyền hạn)?"
    r"|có (?:các )?(?:chức năng(?:,| và) )?nhiệm vụ(?:(?:,| và) quyền hạn)?)"
)
#: A decision or resolution disposes in a few articles ("Điều 2. Sở Nội vụ …"); a regulation has many and only rules.
_FEW_ARTICLES = 8
_LONGEST_NAME = 160
MOST_POINTS = 60  # of a chapter; its first points tell what the others are
_DOES = re.compile(rf",?\s+(?:{OWES}|căn cứ|theo chức năng|(?:là|làm) (?:cơ quan|đơn vị|đầu mối))\b")
_GAP = re.compile(r",?\s+")
#: What closes a chapter or says how long the paper holds, not who does what.
CLOSING = re.compile(
    r"\W*(?:trên đây|trong quá trình|quá trình|yêu cầu|căn cứ|kế hoạch này|nghị quyết này|quyết định này|chỉ thị này"
    rf"|bãi bỏ|giao|định kỳ|{EVERY} năm|khi|nếu|các nội dung|những nội dung|nhận được|khuyến khích|dừng"
    r"|chấm dứt)(?!\w)",
    re.IGNORECASE,
)
POINTS = frozenset(("item", "bullet", "section"))
_PARAGRAPHS = frozenset(("paragraph",))
_TELLING = frozenset(("item", "section", "paragraph"))
_LONGEST_TITLE = 200
#: Documents that tell who does what; letters and notices tell what their sender does.
_PLANS = frozenset(
    ("ke_hoach", "chuong_trinh", "de_an", "phuong_an", "du_an", "huong_dan", "nghi_quyet", "quyet_dinh", "chi_thi")
)
#: "Để làm tốt các nhiệm vụ sắp tới, đề nghị:": what stands below is asked of those it names.
_ASKS = re.compile(
    r"(?<!\w)(?:đề nghị|yêu cầu|giao nhiệm vụ|phân công)(?: cụ thể)?(?:,? như sau)?\s*:\s*\Z", re.IGNORECASE
)


def lead_in(text: str) -> tuple[str, int]:
    """The words that lead in the bodies of a heading, and where these begin: ``Trách nhiệm của| Sở A``.

    >>> lead_in("Trách nhiệm của Sở A"), lead_in("Sở A")
    (('Trách nhiệm của ', 16), ('', 0))
    """
    found = _LEAD_IN.match(text)
    return (found.group(), found.end()) if found else ("", 0)


def _says_deed(text: str, position: int) -> bool:
    """Whether a verb of doing stands at a place, behind blanks."""
    gap = _GAP.match(text, position)
    lower = text[gap.end() :].lower() if gap else ""
    words = role_words()
    return (words.role.match(lower) or words.plain.match(lower)) is not None


def _does(rest: str) -> bool:
    """Whether the words behind the names of bodies say what they do."""
    gap = _GAP.match(rest)
    if gap is None:
        return False
    words, lower = role_words(), rest.lower()
    adverb = words.adverb.match(lower, gap.end())
    at = adverb.end() if adverb else gap.end()
    return any(p.match(lower, at) for p in (words.role, words.plain, words.neutral)) or _DOES.match(rest) is not None


@cache
def _announcing() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What announces the chapter of organisation, of tasks, of the situation."""
    chapter = load("roles")["chapter"]
    organisation, tasks, situation = (
        re.compile(chapter[name], re.IGNORECASE) for name in ("organisation", "tasks", "situation")
    )
    return organisation, tasks, situation


def _announced(heading: str) -> tuple[bool, bool, bool]:
    """Whether a heading announces the chapter of organisation, tasks, an account of what was."""
    organisation, tasks, situation = _announcing()
    return (
        organisation.search(heading) is not None,
        tasks.search(heading) is not None,
        situation.match(heading) is not None,
    )


_says = remembered(_announced)


def announces(line: str) -> bool:
    """Whether a line says that who does what stands below it: ``Phân công:``, ``Tổ chức thực hiện:``."""
    return _says(line)[0]


def _first_named(text: str, begin: int, known: tuple[str, ...]) -> tuple[Scanner, list[Item]]:
    scanner = Scanner(text, None, known, outside=True, clean=True)
    items = scanner.series(begin) or scanner.listed(begin, loose=True)
    return scanner, as_one(text, items)


_opening = remembered(_first_named)


class Chapters:
    """The headings of one document: which chapter they open, and whether the points below them name bodies."""

    def __init__(self, analysis: Analysis, known: tuple[str, ...]) -> None:
        self.analysis = analysis
        self.known = known
        self._bodies: dict[str, list[str]] = {}
        self._alike: dict[str, list[str]] = {}
        self._points: dict[str, int] = {}
        self._announced: dict[str, tuple[bool, bool, bool]] = {}
        self._under: dict[str, bool] = {}
        self._parted: bool | None = None  # whether a chapter of the document tells who does what
        articles = {c.path[0] for c in analysis.clauses if c.path and c.path[0].startswith("Điều ")}
        self.directs = analysis.info.kind in ("chi_thi", "cong_dien")
        self.disposes = analysis.info.kind in ("quyet_dinh", "nghi_quyet", "chi_thi") and len(articles) <= _FEW_ARTICLES

    def said_above(self, clause: Clause) -> tuple[bool, bool, bool]:
        """What the headings above a clause announce together, as :func:`_says` tells of one."""
        key = clause.parent_id
        if key not in self._announced:
            organisation = tasks = account = False
            for ancestor in self.analysis.tree.ancestors(clause):
                heading = self.title(ancestor)
                if len(heading) < 300:
                    says = _says(heading)
                    organisation, tasks, account = organisation or says[0], tasks or says[1], account or says[2]
                    organisation = organisation or (
                        heading.rstrip().endswith(":") and _ASKS.search(heading) is not None
                    )
            self._announced[key] = (organisation, tasks, account)
        return self._announced[key]

    def among(self, clause: Clause) -> bool:
        """Whether the points beside one name bodies: then it names one too, whatever its name.

        The paragraphs of a chapter without points stand for them: ``Sở Y tế: …``, ``Công an tỉnh: …``.
        """
        kinds = POINTS if clause.kind in POINTS else _PARAGRAPHS
        parent = clause.parent_id if kinds is POINTS else f"{clause.parent_id} ¶"
        if parent not in self._bodies:
            points = [c for c in self.analysis.tree.children_of(clause.parent_id) if c.kind in kinds]
            points = [c for c in points[:MOST_POINTS] if not self.is_aside(c)]
            self._bodies[parent] = [c.clause_id for c in points if self.names_body(c)]
            self._alike[parent] = [c.clause_id for c in points if self._looks_named(c)]
            self._points[parent] = len(points)
        others = {name for name in self._bodies[parent] if name != clause.clause_id}
        if not self.under_organisation(clause):
            return len(others) >= 2 and 2 * len(others) >= self._points[parent] - 1
        alike = others | {name for name in self._alike[parent] if name != clause.clause_id}
        return bool(others) and 2 * len(alike) >= self._points[parent] - 1

    def hands_out(self, clause: Clause) -> bool:
        """Whether a clause tells who does what in a plan that has no chapter for it, as its last line does."""
        if self._parted is None:
            inner = (c for c in self.analysis.clauses if not c.leaf and c.kind != "table")
            self._parted = any(_says(title)[0] for title in map(self.title, inner) if len(title) < _LONGEST_TITLE)
        plans = self.analysis.info.kind in _PLANS and clause.kind in _TELLING
        return plans and not self._parted and self.names_body(clause)

    def _looks_named(self, clause: Clause) -> bool:
        """Whether a point has a heading that could be a name: short, no verb, no topic.

        Over points of its own, or before the colon of what is done: ``2. Phòng Nghiệp vụ, Pháp chế:| giải đáp …``.
        """
        text = self._wording(clause)
        _, begin = lead_in(text)
        if clause.leaf:
            colon = text.find(":", begin, begin + _LONGEST_NAME)
            text = text[:colon] if colon > 0 and _says_deed(text, colon + 1) else ""
            if begin not in Scanner(text, None, self.known).hits:
                return False
        return bool(heading_names(text, begin, self.known))

    def is_aside(self, clause: Clause) -> bool:
        """Whether a point is a topic or the closing words of its chapter, and no place for a body."""
        wording = self._wording(clause)
        return not lead_in(wording)[0] and (is_topic(wording) or CLOSING.match(wording) is not None)

    def names_body(self, clause: Clause) -> bool:
        """Whether a point begins with bodies and then ends, or goes on with a colon or with what they do."""
        text = self._wording(clause)[:300]
        _, items = self.opening(text, lead_in(text)[1])
        if not items or items[0].group == "territory":
            return False
        rest = text[items[-1].end :]
        if REST.match(rest) is not None or rest.lstrip().startswith(":") or _does(rest):
            return True
        return does_openly(rest, 0) and self.under_organisation(clause)

    def _wording(self, clause: Clause) -> str:
        """The wording of a point without its mark; none of a bullet, which is no place for a body."""
        return self.heading(clause).lstrip(MARKER) if clause.kind != "bullet" else ""

    def heading(self, clause: Clause) -> str:
        """The wording of a heading without its mark."""
        passage = self.analysis.lead(clause)
        return passage.text[passage.start :] if passage is not None else ""

    def title(self, clause: Clause) -> str:
        """A heading, or the name of a part whose mark stands alone on its line: ``Phần IV`` over ``PHÂN CÔNG``."""
        if heading := self.heading(clause):
            return heading
        lines = self.analysis.tree.children(clause)[1:2]
        named = lines and lines[0].kind == "paragraph" and lines[0].text.isupper()
        return lines[0].text if named else ""

    def opening(self, text: str, begin: int) -> tuple[Scanner, list[Item]]:
        """The bodies that a heading names first; several readings of one heading ask for them."""
        return _opening(text, begin, in_text(self.known, text))

    def under_organisation(self, clause: Clause) -> bool:
        """Whether a heading above a clause says that it tells who does what."""
        key = clause.parent_id
        if key not in self._under:
            self._under[key] = any(
                _says(heading)[0]
                for heading in map(self.title, self.analysis.tree.ancestors(clause))
                if len(heading) < 200
            )
        return self._under[key]
