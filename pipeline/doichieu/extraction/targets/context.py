"""What stands above a clause: its zone, its deadline, its population and what is measured, by the right ancestor.

A clause inherits from the chain of headings above it, nearest first, and from the labels of its own line
(``Đối với công chức:``); a heading that only names a time or a kind of section says nothing about the population.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from doichieu.extraction.targets.annex_titles import carried_out_dates, title_dates, title_lines, without_mark
from doichieu.extraction.targets.cases import GOALS
from doichieu.extraction.targets.commitments import leading_modality
from doichieu.extraction.targets.heading_names import PART_ALONE, Heading, read_heading
from doichieu.extraction.targets.list_heads import lines_over, lines_over_all
from doichieu.extraction.times.hits import DeadlineHit
from doichieu.lexicon.headings import bare_heading, zone_of_heading
from doichieu.lexicon.named_words import words_of
from doichieu.model import Clause, DateOperator
from doichieu.model.tree import leads_of
from doichieu.segmentation.passages import Analysis, Passage
from doichieu.text.memory import Once

_LEVELLED = re.compile(
    r"(?P<names>[^\W\d_]+(?: [^\W\d_]+)?(?:, [^\W\d_]+(?: [^\W\d_]+)?)+) (?P<level>cấp (?:xã|huyện|tỉnh|cơ sở))(?!\w)"
)
#: A title about one group at one level: in its text the bare name means them.
_ONE_LEVELLED = re.compile(
    rf"(?<!\w)(?P<name>{words_of('of_one_level')}) (?P<level>cấp (?:xã|huyện|tỉnh|cơ sở|thôn))(?!\w)"
)
#: The number of a document that sets rules names its year: "15/2026/NQ-HĐND".
_NORMATIVE = re.compile(r"\d+/(?:19|20)\d\d/(?:NQ-HĐND|QĐ-|NĐ-CP|NQ-CP|TT|QH|PL|L-)")
_PLANNED_ANNEX = re.compile(rf"(?<!\w)(?:{words_of('plans_ahead')})(?!\w)")
_TITLE_LINES = 3
_LONGEST_MARK = 20
_SHORT_FOR = re.compile(r"(?:viết tắt|gọi tắt|gọi chung) là\s*\Z")
#: "II. Phấn đấu đến năm 2030": a heading that opens with the word.
_COMMITS = re.compile(r"[\divxlc.,a-zđ()\s*-]{0,8}?(?:phấn đấu|khuyến khích)")


class Due(NamedTuple):
    """An inherited deadline: last day, operator, wording, first day of a period."""

    date: str
    operator: DateOperator
    text: str
    start: str = ""
    recurrence: str = ""


#: Kinds of documents that say what will be done in their period, with or without a chapter of goals.
_PLANS = frozenset(("ke_hoach", "chuong_trinh", "phuong_an"))


class Context:
    """Inheritance for one document; answers are kept per clause."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self._zone: dict[str, str] = {}
        self._in_article: dict[str, bool] = {}
        self._due: dict[str, Due | None] = {}
        self._chain: dict[str, list[Heading]] = {}
        self._lines: dict[str, dict[str, tuple[Clause, ...]]] = {}
        self._committed: dict[str, str] = {}

    # -- zone ----------------------------------------------------------------------------------------------

    def zone(self, clause: Clause) -> str:
        """The zone a clause lies in: that of the nearest heading above that opens one."""
        if clause.clause_id not in self._zone:
            self._zone[clause.clause_id] = self._own_zone(clause)
        return self._zone[clause.clause_id]

    @Once
    def planned(self) -> bool:
        """Whether a plan with its period in its title has no chapter of goals: what it promises stands in its
        tasks."""
        if self.analysis.info.kind not in _PLANS or self.document_due() is None:
            return False
        return not any(self.zone(clause) in GOALS for clause in self.analysis.tree.clauses)

    def _own_zone(self, clause: Clause) -> str:
        found = ""
        if not clause.leaf:
            found = zone_of_heading(self._named(clause))
            if len(clause.heading) > 250:
                found = ""
        parent = self.analysis.tree.parent(clause)
        if not found and parent is None:
            found = next((zone for line in self._lines_above(clause) if (zone := zone_of_heading(line.text))), "")
        elif not found and parent is not None:
            found = self.zone(parent)
        elif found == "goal" and parent is not None and self.zone(parent) == "situation":
            found = "situation"
        elif found == "organisation" and parent is not None and self._means_of_goal(clause):
            found = self.zone(parent)
        return found

    def _means_of_goal(self, clause: Clause) -> bool:
        """Whether a short heading names means among goals: ``2.4. Nguồn lực`` below ``2. Mục tiêu đến năm 2030``."""
        parent = self.analysis.tree.parent(clause)
        name = bare_heading(clause.heading).lower()
        return (
            name.startswith("nguồn lực")
            and len(name) <= _LONGEST_MARK
            and zone_of_heading("" if parent is None else self._named(parent)) == "goal"
        )

    def _named(self, clause: Clause) -> str:
        """A clause's heading; of a part whose mark stands alone with the name on the next line, both.

        ``Phần II``, below it ``MỤC TIÊU``.
        """
        if clause.kind == "appendix":
            title = " ".join(line.text for line in title_lines(self.analysis, clause))
            return without_mark(title) or clause.heading
        if len(clause.heading) > _LONGEST_MARK or PART_ALONE.fullmatch(clause.heading) is None:
            return clause.heading
        below = [child for child in self.analysis.tree.children(clause)[:_TITLE_LINES] if child.leaf]
        name = next((child.text.strip() for child in below if child.text.strip() != clause.heading.strip()), "")
        return f"{clause.heading.rstrip(' .:')}. {name}" if name.isupper() else clause.heading

    def in_article(self, clause: Clause) -> bool:
        """Whether a clause stands in an article (``Điều 5``), which sets norms more often than goals.

        A plan that an article approves as a whole (``Điều 1. … III. NHIỆM VỤ``) is none.
        """
        key = clause.clause_id
        if key not in self._in_article:
            self._in_article[key] = self._sets_norms(clause)
        return self._in_article[key]

    def _sets_norms(self, clause: Clause) -> bool:
        if clause.marker.lower().startswith("điều"):
            return True
        if zone_of_heading(clause.heading) in ("task", "goal"):
            return False
        if clause.kind == "appendix":
            return self._ruled_annex(clause)
        parent = self.analysis.tree.parent(clause)
        return parent is not None and self.in_article(parent)

    def _ruled_annex(self, clause: Clause) -> bool:
        """Whether an annex goes on with the rules of a normative document; a plan and criteria set none."""
        if _NORMATIVE.match(self.analysis.info.number) is None:
            return False
        below = [child.text for child in self.analysis.tree.children(clause)[:_TITLE_LINES]]
        return _PLANNED_ANNEX.search(" ".join([clause.heading, *below]).lower()) is None

    # -- deadline ------------------------------------------------------------------------------------------

    def due(self, clause: Clause) -> Due | None:
        """The deadline of the nearest ancestor that names one; a label before a list counts as its heading."""
        for line in self._lines_above(clause):
            if (timed := self._own_due(line)) is not None:
                return timed
        key = clause.parent_id
        if key not in self._due:
            parent = self.analysis.tree.parent(clause)
            self._due[key] = None if parent is None else self._own_due(parent) or self.due(parent)
        return self._due[key] or self.document_due()

    def _lines_above(self, clause: Clause) -> tuple[Clause, ...]:
        """The lines that open the list a bullet stands in, nearest first: ``Giai đoạn 2026 - 2028:``, ``* Mầm non``."""
        if clause.parent_id not in self._lines:
            beside = self.analysis.tree.children_of(clause.parent_id)
            self._lines[clause.parent_id] = lines_over(beside) if clause.parent_id else lines_over_all(beside)
        return self._lines[clause.parent_id].get(clause.clause_id, ())

    def _own_due(self, clause: Clause) -> Due | None:
        if clause.kind == "appendix":
            dated = title_dates(self.analysis, clause)
            return next((due for hits, line in dated if (due := first_due(hits, line)) is not None), None)
        passage = self.analysis.lead(clause)
        if passage is None or clause.kind in ("table",):
            return None
        hits = self.analysis.deadline_hits.get(passage.clause.clause_id, [])
        return first_due(hits, passage)

    def document_due(self) -> Due | None:
        """The deadline that the document's title gives to everything in it: its own, else that of what it carries
        out."""
        found: Due | None = None
        taken_over: Due | None = None
        for passage in self.analysis.passages:
            if passage.clause.kind == "title":
                found = found or first_due(self.analysis.deadline_hits.get(passage.clause.clause_id, []), passage)
                taken_over = taken_over or first_due(carried_out_dates(self.analysis, passage), passage)
            elif passage.clause.kind not in ("header", "stamp"):
                break
        if found is None and taken_over is not None and taken_over.date > self.analysis.info.issued_on:
            found = taken_over
        self._due[""] = found
        return found

    @Once
    def _full_names(self) -> list[tuple[str, str]]:
        """Groups that title or text name as a list with one level for all: (``công chức``, ``công chức cấp xã``)."""
        out: list[tuple[str, str]] = []
        for passage in self.analysis.passages:
            title = passage.clause.kind == "title"
            if "viết tắt là" in passage.lower or "gọi tắt là" in passage.lower or "gọi chung là" in passage.lower:
                for found in _LEVELLED.finditer(passage.lower):
                    if title or _SHORT_FOR.search(passage.lower[: found.start()]):
                        out += [(name, f"{name} {found.group('level')}") for name in found.group("names").split(", ")]
            if title:
                one = _ONE_LEVELLED.finditer(passage.lower)
                out += [(found.group("name"), f"{found.group('name')} {found.group('level')}") for found in one]
        return out

    def full_name(self, population: str) -> str:
        """A group in the words in which the document first names it, with its level: ``công chức`` → ``… cấp xã``."""
        return next((full for short, full in self._full_names if short == population.lower()), population)

    # -- commitment ----------------------------------------------------------------------------------------

    def commitment(self, clause: Clause) -> str:
        """The word of commitment that the line before its list, or a heading above, puts over a clause."""
        return leading_modality(self._leads.get(clause.clause_id, "")) or self._heading_commits(clause)

    @Once
    def _leads(self) -> dict[str, str]:
        """For each clause the paragraph that leads its list in, lower case."""
        return leads_of(self.analysis.tree.clauses, lambda text: text.rstrip().lower())

    def _heading_commits(self, clause: Clause) -> str:
        """What the headings above say: one that is a sentence over a list, or that opens with the word."""
        parent = self.analysis.tree.parent(clause)
        if parent is None:
            return ""
        key = parent.clause_id
        if key not in self._committed:
            heading = parent.heading.strip().lower()
            leads = heading.endswith(":") or _COMMITS.match(heading) is not None
            self._committed[key] = (leading_modality(heading) if leads else "") or self._heading_commits(parent)
        return self._committed[key]

    # -- population and measure ----------------------------------------------------------------------------

    def headings(self, clause: Clause) -> list[Heading]:
        """What the line that opens its list and the headings above a clause say, nearest first."""
        opening = [read_heading(line.text) for line in self._lines_above(clause)]
        key = clause.parent_id
        if key not in self._chain:
            out: list[Heading] = []
            parent = self.analysis.tree.parent(clause)
            if parent is not None:
                if parent.heading:
                    out.append(read_heading(self._named(parent)))
                out += self.headings(parent)
            self._chain[key] = out
        return [*opening, *self._chain[key]]


def first_due(hits: list[DeadlineHit], passage: Passage) -> Due | None:
    """The first deadline among a passage's hits that binds, as an inherited one (a period binds by its last day)."""
    for hit in hits:
        due = as_due(hit)
        if due is not None:
            return due
    return None


def as_due(hit: DeadlineHit) -> Due | None:
    """A deadline hit as a limit: periods and horizons bind by their last day, ``thường xuyên`` not at all."""
    if hit.kind not in ("by", "within", "horizon", "recurring") or not hit.date or hit.operator == ">=":
        return None
    operator: DateOperator = "<" if hit.operator == "<" else "<="
    return Due(hit.date, operator, hit.text, hit.start_date, hit.recurrence)
