"""What stands above a clause: its zone, its deadline, its population and what is measured, by the right ancestor.

A clause inherits from the chain of headings above it, nearest first, and from the labels of its own line
(``Đối với công chức:``); a heading that only names a time or a kind of section says nothing about the population.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from doichieu.alphabet import UPPER
from doichieu.extraction.targets.annex_titles import carried_out_dates, title_dates, title_lines, without_mark
from doichieu.extraction.targets.cases import GOALS
from doichieu.extraction.targets.commitments import leading_modality
from doichieu.extraction.targets.grades import find_grades
from doichieu.extraction.targets.list_heads import lines_over, lines_over_all
from doichieu.extraction.targets.phrases import brackets
from doichieu.extraction.targets.places import KIND_OF_PLACE
from doichieu.extraction.targets.predicates import PERSON, predicate_start
from doichieu.extraction.targets.programmes import names_a_programme, names_a_season
from doichieu.extraction.times.hits import DeadlineHit
from doichieu.lexicon.families import COMMUNE, LEVEL, REGION
from doichieu.lexicon.headings import bare_heading, zone_of_heading
from doichieu.lexicon.named_words import words_of
from doichieu.model import Clause, DateOperator
from doichieu.model.tree import leads_of
from doichieu.segmentation.passages import Analysis, Passage
from doichieu.text.memory import Once, remembered

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
#: The mark of a part that stands alone on its line; the mark itself names nobody.
_PART_ALONE = re.compile(
    r"\s*(?:phần|chương|mục|tiểu mục|phụ lục|biểu|điều)\s+(?:số\s+|thứ\s+)?(?:[ivxlc]+|\d{1,3}"
    r"|[a-zđ]|nhất|hai|ba|tư|năm)"
    r"\s*[.:]?\s*",
    re.IGNORECASE,
)
_LONGEST_MARK = 20
_SHORT_FOR = re.compile(r"(?:viết tắt|gọi tắt|gọi chung) là\s*\Z")
_ABOUT = re.compile(r"^(?:đối với|với|riêng đối với|riêng)\s+", re.IGNORECASE)
#: A unit of administration by its proper name: "Xã Hoa Lư:", "Phường Đông Hải:".
_ONE_PLACE = rf"(?i:{KIND_OF_PLACE}|{words_of('features_by_name')}) (?:[{UPPER}]\w*|\d+)(?: [{UPPER}]\w*)*"
_NAMED_PLACE = re.compile(rf"{_ONE_PLACE}(?:(?:, | và |, và ){_ONE_PLACE})*")
#: A limit that opens a heading about somebody: "Đến năm 2028, đối với chất thải nguy hại".
_LEADING_TIME = re.compile(
    r"(?:đến|trong|vào|hết|từ) (?:hết |cuối )?năm \d{4},\s+(?=(?:đối với|với|riêng|trong số|tại|ở)\s)", re.IGNORECASE
)
#: A label that only says which of them: "Phát sinh từ hộ gia đình: thu gom 85%".
#: A heading of goals and times that closes with whom they are for: "Mục tiêu đến năm 2028 đối với hợp tác xã".
_TIMED_WHOM = re.compile(
    r"(?:(?:các |một số )?(?:mục tiêu|chỉ tiêu|yêu cầu)(?: cụ thể| chủ yếu)?"
    r"|(?:đến|trong|hết)?(?: hết| cuối)? ?năm \d{4}"
    r"|giai đoạn \d{4} ?- ?\d{4}|[\s,])+(?<=\s)đối với (?:các |những )?(?P<who>[^,;:%\d]{3,90})",
    re.IGNORECASE,
)
_WHICH_ARE = re.compile(r"(?:phát sinh|thuộc|đang|chưa|đã)\s[^%\d]{3,90}\Z", re.IGNORECASE)
_SIZE_OF_WHOLE = re.compile(
    rf"(?:quy mô|số lượng|tổng số) (?P<place>(?:cả|toàn) (?:nước|quốc|vùng|miền|{LEVEL}))(?:(?: vào| đến"
    rf"| trong)? năm \d{{4}})?",
    re.IGNORECASE,
)
#: "Đến năm 2030, trong số các tỉnh:": whom the shares below are of.
_AMONG = re.compile(
    r"(?:(?:đến|trong|vào)? ?(?:hết |cuối )?năm \d{4}, )?trong (?:tổng )?(?:số (?:các |những )?|(?:các "
    r"|những )(?="
    rf"{words_of('among_whom')}"
    r"))(?=\w)",
    re.IGNORECASE,
)
_STRUCTURE = re.compile(
    r"(?P<what>cơ cấu (?:kinh tế|ngành|lao động|giá trị sản xuất|các ngành|g?r?dp|tổng sản phẩm))"
    r"(?:(?: đến| vào| trong)? năm \d{4}| giai đoạn \d{4} ?- ?\d{4})?",
    re.IGNORECASE,
)
#: Those of some size: "Tự vệ trong doanh nghiệp có từ 500 lao động trở lên: quân số huấn luyện đạt 90%".
_SIZED_LABEL = re.compile(r"[^,;:%\d]{3,60}\scó\s(?:[^,;:%\d]{2,30}\s)?(?:từ|trên|dưới)\s\d[^;:%]{2,60}", re.IGNORECASE)
_PLACE_TAIL = re.compile(
    r"\s(?P<where>(?:ở|tại) (?:các )?(?:khu vực|vùng|địa bàn|miền) [^,;:%\d]{3,50})\Z", re.IGNORECASE
)
#: Places and kinds of them that a heading of a field closes with: "Về phát triển kinh tế các xã biên giới".
_FIELD_PLACE = re.compile(
    rf"(?<=\w)\s(?:(?:ở|tại|cho|của|trên địa bàn)\s)?(?P<where>(?:(?:các|những)\s{KIND_OF_PLACE}\s"
    rf"(?:{REGION}|vùng|khu vực|đặc biệt|nghèo|trọng điểm|ven)"
    rf"|(?:vùng|khu vực)\s(?:{REGION}|đồng bào|dân tộc|cao|sâu))(?!\w)"
    r"[^,;:.()%\d]{0,50})\Z",
    re.IGNORECASE,
)
#: Inside or outside what: "Trong các trường phổ thông", "Ngoài khu công nghiệp"; no time, no striving.
_INSIDE = re.compile(
    rf"(?:trong|ngoài)\s(?:các |những |hệ thống |phạm vi )?(?:{words_of('inside_of')}|Đảng)(?!\w)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^(?:(?:tại|ở|trên địa bàn|trong|trên (?:các )?(?:tuyến|đường|vùng|địa bàn|phạm vi|toàn))\s|(?:các |những )?(?:khu"
    rf" vực|vùng|miền|địa bàn|địa phương|tuyến)\s|{REGION}$)",
    re.IGNORECASE,
)
#: A class that divides populations without being one: "Cấp tiểu học: 100% học sinh …", "Trình độ cao đẳng: 500 người".
_CLASS = re.compile(
    r"^(?:(?:"
    rf"{words_of('class_in_heading')}"
    r") [^\W\d]|(?:mầm non|tiểu học|trung học (?:cơ sở|phổ thông)|thcs|thpt|nam|nữ|nam giới|nữ giới)$)",
    re.IGNORECASE,
)
#: Places or institutions in which those are whose share stands behind a label: "Các xã miền núi: 60% hộ …".
_PLURAL = re.compile(rf"(?:các|những) (?:{words_of('places_in_the_plural')})(?!\w)|{COMMUNE}\Z", re.IGNORECASE)
#: Labels of figures, which name nothing that is counted.
_FORM_WORD = (
    r"(?:số |tổng số )?(?:số lượng|tổng số|khối lượng|tần suất|quy mô|thời gian|thông số|điểm|vị trí|địa điểm"
    r"|phương pháp|hình thức)"
    r"(?: (?:mẫu|quan trắc|lấy mẫu|thu mẫu|giám sát|kiểm tra|thực hiện))*"
)
_AMOUNTS = re.compile(rf"(?:các |những )?{_FORM_WORD}(?:(?:, | và |, và ){_FORM_WORD})*", re.IGNORECASE)
#: What a plan to simplify procedures calls its parts, which name nobody: "Nội dung cắt giảm, đơn giản hóa".
_SIMPLIFIES = re.compile(
    r"(?:nội dung|phương án|đề xuất)(?:(?:,| và)? (?:cắt giảm|đơn giản hóa|sửa đổi|rút ngắn|thời gian"
    r"|thời hạn|giải quyết))*",
    re.IGNORECASE,
)
#: A heading that says what it names: "Tên thủ tục hành chính: Cấp giấy phép lao động".
_NAME_OF = re.compile(r"(?:tên )?thủ tục(?: hành chính)?\s*:\s+(?P<name>\w[^;:]{4,200})", re.IGNORECASE)
#: A field narrows what stands behind its label on the line; as a heading it puts targets in order.
_FIELD = re.compile(r"^lĩnh vực\s", re.IGNORECASE)
#: A lead that says where or for whom, then that something is done there.
_LED_IN = re.compile(
    r"(?P<where>(?:trong lĩnh vực|trong ngành|đối với|tại|ở|trên địa bàn)\s[^,:;]{3,80}),\s+(?:"
    rf"{words_of('leads_in')}"
    r")(?!\w).*",
    re.IGNORECASE,
)
#: A label that says what is to be so of those above: "Có tài khoản định danh: 60%", "Được tập huấn: 80%".
_SAYS_WHAT_IS_SO = re.compile(r"(?:có|được|đã|biết|đạt|tham gia|sử dụng)\s")
_LONGEST_NAME = 140  # characters of a heading that names whom it is about; longer ones are sentences
_ASPECT = re.compile(r"^(?:riêng )?về\s+", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\([^()]*\)")
_TIME_HEADING = re.compile(
    r"^(?:phấn đấu )?(?:đến|trong(?! lĩnh vực| ngành)|giai đoạn|tầm nhìn|định hướng|từ|trước|nhiệm kỳ|thời kỳ"
    r"|năm)\b[^.;:]{0,70}$",
    re.IGNORECASE,
)
#: A part of a year as a label: "6 tháng đầu năm: 50%; cả năm: 100%".
_PART_OF_YEAR = re.compile(
    r"(?:(?:trong|riêng|hết)\s)?(?:(?:\d+|ba|sáu|chín) tháng(?: (?:đầu|cuối) năm)?|quý (?:[ivx]+|[1-4]|một|hai|ba|bốn)"
    r"|(?:cả|đầu|giữa|cuối) năm(?: học)?|học kỳ (?:[i1-3]+|một|hai)|vụ (?:xuân|mùa|đông|hè thu|đông xuân)|tháng \d+)"
    r"(?:[ /](?:năm )?20\d\d)?",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    (rf"^(?:các |một số |những )?(?:{words_of('heading_of_any_plan')})\b"),
    re.IGNORECASE,
)
_TIMED = re.compile(r"(?:năm|giai đoạn|quý|tháng) \d", re.IGNORECASE)
_FORM = re.compile(r"(?:cụ thể|như sau|là|gồm|sau đây|chủ yếu|phấn đấu)\s*:?\s*$", re.IGNORECASE)


#: "II. Phấn đấu đến năm 2030": a heading that opens with the word.
_COMMITS = re.compile(r"[\divxlc.,a-zđ()\s*-]{0,8}?(?:phấn đấu|khuyến khích)")


class Due(NamedTuple):
    """An inherited deadline: last day, operator, wording, first day of a period."""

    date: str
    operator: DateOperator
    text: str
    start: str = ""
    recurrence: str = ""


class Heading(NamedTuple):
    """What one heading or label says.  Empty fields say nothing.

    ``place`` is a place it names; ``narrows`` says that what stands below is narrowed by it (``Đối với …``, a place).
    """

    population: str
    aspect: str
    wording: str
    place: str = ""
    narrows: bool = False


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
        if len(clause.heading) > _LONGEST_MARK or _PART_ALONE.fullmatch(clause.heading) is None:
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


def _read_aspect(what: str, wording: str, *, long: bool) -> Heading:
    """``Về trình độ chuyên môn``, ``Về cán bộ cấp xã``: what is measured, or whom it is about."""
    if PERSON.match(what.lower()) and not long:
        return Heading(what, "", wording)
    return Heading("", what, wording)


_LONGEST_PERSON = 60  # characters of a heading that names people; longer ones name a field of work


def _framed(plain: str, wording: str, *, label: bool) -> Heading | None:
    """A heading that only frames what stands below it: whom shares are of, of which whole, in which structure."""
    if (whom := _TIMED_WHOM.fullmatch(plain)) is not None:
        return Heading(whom.group("who"), "", wording)
    if (among := _AMONG.match(plain)) is not None:
        return Heading(plain[among.end() :], "", wording)
    if (whole := _SIZE_OF_WHOLE.fullmatch(plain)) is not None:
        return Heading("", "", wording, place=whole.group("place"), narrows=True)
    if label and _WHICH_ARE.match(plain):
        return Heading("", "", wording, place=plain, narrows=True)
    if label and _SIZED_LABEL.fullmatch(plain) is not None and not _ABOUT.match(plain):
        return Heading(plain, "", wording, narrows=True)
    structure = _STRUCTURE.fullmatch(plain) if label else None
    return None if structure is None else Heading("", "", wording, place=structure.group("what"), narrows=True)


def _to_colon(bare: str) -> str:
    """A heading up to its colon, where more stands behind it; a colon inside brackets is none.

    >>> _to_colon("Công chức xã (40 người, trong đó: khối Đảng 15 người)"), _to_colon("Mục tiêu: đạt 90% số xã")
    ('Công chức xã (40 người, trong đó: khối Đảng 15 người)', 'Mục tiêu')
    """
    colon = _BRACKET.sub(lambda aside: " " * len(aside.group()), bare).find(":")
    return bare[:colon] if colon >= 0 and len(bare[colon + 1 :].strip()) > 3 else bare


def _placed(aspect: Heading, plain: str) -> Heading:
    """A heading of a field with the places that it closes with: ``Về phát triển kinh tế các xã biên giới``."""
    where = None if aspect.population else _FIELD_PLACE.search(plain)
    return aspect if where is None else aspect._replace(place=where.group("where"), narrows=True)


_LONGEST_PLACE = 90  # characters


def _names_a_place(plain: str) -> bool:
    """Whether a heading names a place alone, by its kind, by its name, or as what something is inside of."""
    if _NAMED_PLACE.fullmatch(plain):
        return True
    if len(plain) > _LONGEST_PLACE:
        return False
    return _INSIDE.match(plain) is not None or (_PLACE.match(plain) is not None and not _TIME_HEADING.match(plain))


def _names_where(plain: str, *, label: bool) -> bool:
    """Whether a heading says only where, in which season or, as a label, in which programme something is done."""
    return _names_a_place(plain) or names_a_season(plain) or (label and names_a_programme(plain))


def _procedure(bare: str) -> Heading | None:
    """The procedure that a heading names by its whole name: ``Tên thủ tục hành chính: Cấp phù hiệu xe buýt``."""
    named = _NAME_OF.fullmatch(bare) if "hủ tục" in bare[:12] else None
    return None if named is None else Heading(f"thủ tục {named.group('name').rstrip(' .')}", "", bare)


def _names_a_form(plain: str) -> bool:
    """Whether a label only says what is told behind it: an amount, a place, what a plan cuts or simplifies."""
    return _AMOUNTS.fullmatch(plain) is not None or _SIMPLIFIES.fullmatch(plain) is not None


def is_plural_place(name: str) -> bool:
    """Whether a label names places or institutions of a kind: ``các xã``, ``những trường mầm non``."""
    return _PLURAL.match(name) is not None


def read_heading(text: str, *, label: bool = False) -> Heading:
    """Population and aspect that a heading or label names.

    >>> read_heading("- Đối với công chức:").population, read_heading("+ Về trình độ chuyên môn:").aspect
    ('công chức', 'trình độ chuyên môn')
    >>> read_heading("a) Đến hết năm 2025").population
    ''
    """
    return _heading(text, label)


def _read_heading(text: str, label: bool) -> Heading:
    bare = bare_heading(text)
    if (procedure := _procedure(bare)) is not None:
        return procedure
    bare = _to_colon(bare)
    wording = bare
    plain = _BRACKET.sub("", bare).strip(" .:;,")
    if _ASPECT.match(plain):
        aspect = _read_aspect(_ASPECT.sub("", plain), wording, long=len(plain) > _LONGEST_PERSON)
        return aspect if label else _placed(aspect, plain)
    if (led := _LED_IN.fullmatch(plain)) is not None:
        plain = led.group("where")  # "Trong lĩnh vực đất đai, phấn đấu các chỉ tiêu sau"
    timed = _LEADING_TIME.match(plain)
    plain = plain[timed.end() :] if timed is not None and len(plain) > timed.end() + 3 else plain
    if (framed := _framed(plain, wording, label=label)) is not None:
        return framed
    about = _ABOUT.match(plain)
    if about:
        plain = plain[about.end() :]
    if _names_where(plain, label=label):
        return Heading("", "", wording, place=plain, narrows=True)
    kept = "".join(f" ({inner})" for inner in brackets(bare) if not _TIMED.search(inner))
    if _names_a_form(plain):
        return Heading("", "", wording)  # "Số lượng: 5.000 cuốn": of what, stands above
    if about:
        return Heading(plain + kept, "", wording, narrows=True)
    if label and (tail := _PLACE_TAIL.search(plain)) is not None:
        return Heading("" if _names_none(plain) else plain, "", wording, place=tail.group("where"), narrows=True)
    narrows = _CLASS.match(plain) or (label and (_FIELD.match(plain) or _PLURAL.match(plain)))
    if narrows and len(plain) <= 90 and not plain.isupper():
        return Heading(plain, "", wording, narrows=True)
    return Heading("" if _names_none(plain) else plain + _left_out(kept, label=label), "", wording)


def _left_out(kept: str, *, label: bool) -> str:
    """The bracket of a label that says who is left out: ``Nạn nhân bom mìn (trừ thương binh): 80% …``."""
    return kept if label and kept.startswith(" (trừ ") else ""


_heading = remembered(_read_heading)


def _names_none(plain: str) -> bool:
    """Whether a heading names no population: a time, a form of words that every plan has, a measure."""
    if not plain or len(plain) > _LONGEST_NAME or plain.isupper():
        return True
    if _PART_OF_YEAR.fullmatch(plain):
        return True
    if _TIME_HEADING.match(plain) or _GENERIC.match(plain) or _FORM.search(plain) or _PART_ALONE.fullmatch(plain):
        return True
    lowered = plain.lower()
    if _SAYS_WHAT_IS_SO.match(lowered) and predicate_start(lowered, from_start=True) == 0:
        return True
    return bool(find_grades(lowered)) or re.search(r"\d+\s*%", lowered) is not None
