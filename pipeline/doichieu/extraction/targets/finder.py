"""Targets: atomic measurable commitments, each with population, indicator, measure, grade, deadline and modality.

What a target is follows the annotation guideline of this field's data: a figure or a grade that the text commits to.
Accounts of the situation, forecasts, past budgets, examples and conditions of exemption are none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from doichieu.extraction.targets.bare_parts import divide
from doichieu.extraction.targets.borrowing import Row, borrowed
from doichieu.extraction.targets.breakdowns import opens_parts
from doichieu.extraction.targets.cases import Setting, Verdict
from doichieu.extraction.targets.commitments import commitment_word, judged, modality_of
from doichieu.extraction.targets.context import Context, Due
from doichieu.extraction.targets.grades import Grade
from doichieu.extraction.targets.heading_names import Heading, is_plural_place, read_heading
from doichieu.extraction.targets.in_turn import in_turn, takes_turns, year_lists
from doichieu.extraction.targets.inheritance import Above, above, of_one_body, opened_due, own_due, population
from doichieu.extraction.targets.measures import (
    Group,
    figureless,
    groups,
    mark_length,
    marker_span,
    measures_nothing,
    sentence_starts,
)
from doichieu.extraction.targets.openings import carried_on
from doichieu.extraction.targets.own_measures import times_itself
from doichieu.extraction.targets.parts import clean, strip_modal, strip_reach
from doichieu.extraction.targets.recording import (
    before_grade,
    dated,
    graded,
    indicator_of,
    measured,
    two_predicates,
    without_grade,
)
from doichieu.extraction.targets.references import Reference, References
from doichieu.extraction.targets.sides import Said
from doichieu.extraction.targets.subjects import described
from doichieu.extraction.targets.then_promised import goes_on_to_promise, named_by_account, without_its_time
from doichieu.extraction.targets.time_limits import limit_within
from doichieu.extraction.targets.within_year import part_of_year
from doichieu.extraction.targets.wording import (
    ages_of,
    footnote_of,
    head_of,
    inner_label,
    joined_predicate,
    line_label,
    named_by,
    note_marks,
    predicate_before_grade,
    predicate_beside_grade,
    recurrence_of,
    tells_which,
)
from doichieu.extraction.times.hits import DeadlineHit
from doichieu.lexicon.headings import bare_heading
from doichieu.model import Target
from doichieu.segmentation.passages import Analysis, Passage
from doichieu.text import fold
from doichieu.text.memory import Once
from doichieu.text.sieve import Sieve


def _blank(text: str, ranges: list[tuple[int, int]]) -> str:
    """``text`` with the ranges blanked out, at the same length."""
    for start, end in ranges:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _distinct(scope: tuple[str, ...]) -> tuple[str, ...]:
    """What narrows, each once: a piece that stands inside another says nothing of its own.

    >>> _distinct(("khu vực nông thôn", "khu vực nông thôn, hải đảo"))
    ('khu vực nông thôn, hải đảo',)
    """
    pieces = [piece for piece in dict.fromkeys(map(clean, scope)) if piece]
    if len(pieces) < 2:
        return tuple(pieces)
    words = [" " + " ".join(re.findall(r"[^\W_]+", fold(piece))) + " " for piece in pieces]
    return tuple(
        piece
        for index, piece in enumerate(pieces)
        if not any(
            words[index] in other and (len(words[index]) < len(other) or at < index) for at, other in enumerate(words)
        )
    )


_FIELD_LABEL = re.compile(r"\W*(?P<field>lĩnh vực\s[^:;%\d]{2,60}):\s*\Z", re.IGNORECASE)


def _own_field(scope: tuple[str, ...], own: str) -> tuple[str, ...]:
    """What narrows a measure that its own field labels, without the fields of those before it.

    >>> _own_field(("lĩnh vực đất đai", "lĩnh vực hộ tịch", "cấp xã"), "lĩnh vực hộ tịch: ")
    ('lĩnh vực hộ tịch', 'cấp xã')
    """
    label = _FIELD_LABEL.fullmatch(own) if "ĩnh vực" in own else None
    if label is None:
        return scope
    field = fold(label.group("field"))
    return tuple(piece for piece in scope if not fold(piece).startswith("lĩnh vực") or fold(piece) in field)


_NEXT_IN_TURN = re.compile(r"\s*(?:,|;|và|,\s*và)\s*(?:trên\s|ít nhất\s|khoảng\s|tối thiểu\s)?")


#: "Đối với doanh nghiệp có từ 50 lao động trở lên: 30% có tổ chức đảng": how big they are is no measure.
_OF_WHOM = re.compile(r"\s*(?:riêng )?(?:đối với|với|trong số|tại|ở)\s")


def _opened(found: list[Target], line: _Line) -> list[Target]:
    """The targets of a line narrowed by the place or the people that it opens with."""
    if len(found) < 2:
        return found
    behind = line.label_end or mark_length(line.text)
    return carried_on(found, line.text, behind, line.passage.span(line.begin, line.begin + 1).start)


def _in_turn(found: list[Target], line: _Line) -> list[Target]:
    """Give figures that follow in turn each its own year, place or member of the list before them."""
    source, index = line.passage.source, 0
    while index < len(found):
        row, last = found[index], index
        while last + 1 < len(found) and found[last + 1].unit == row.unit:
            if not _NEXT_IN_TURN.fullmatch(source[found[last].char_end : found[last + 1].char_start]):
                break
            last += 1
        if last > index and takes_turns(row.quote.lower()):
            at = row.char_start - line.passage.span(line.begin, line.begin + 1).start
            found[index : last + 1] = in_turn(found[index : last + 1], row.quote, line.text[: max(at, 0)])
        index = last + 1
    return found


_SHARE_LABEL = re.compile(r"\s*(?:tỷ|tỉ) (?:lệ|trọng)\s", re.IGNORECASE)
#: "quan trắc với tần suất 02 lần/tháng": how often is what is promised, not when.
_HOW_OFTEN = re.compile(
    r"(?<!\w)(?:tần suất(?:\s+[^\W\d_]+){0,3}\s*:?|(?:sinh hoạt|hoạt động|họp|tập huấn|kiểm tra|giao ban"
    r"|giám sát)(?: [^\W\d_]+){0,3}? (?:ít nhất|tối thiểu|không dưới))\s*\Z"
)
#: "thăm hỏi tối thiểu 01 lần/quý": among goals how often is what is promised; of a share it says what is so of them.
_SO_MANY_TIMES = re.compile(r"\d+ (?:lần|buổi|lượt) ?/ ?(?:năm(?! học)|quý|tháng|tuần|ngày)")
_REPORTS = re.compile(r"(?<!\w)(?:báo cáo|sơ kết|tổng kết|tổng hợp|gửi|rút kinh nghiệm)(?!\w)|%")


def _promised_often(lowered: str, start: int) -> bool:
    """Whether a rhythm found at ``start`` is how often something is promised to be done.

    >>> text = "thăm hỏi tối thiểu 01 lần/quý"
    >>> _promised_often(text, text.index("01")), _promised_often("báo cáo 01 lần/quý", 8)
    (True, False)
    """
    found = next(
        (m for m in _SO_MANY_TIMES.finditer(lowered, max(start - 16, 0)) if m.start() <= start < m.end()), None
    )
    if found is None:
        return False
    before = lowered[: found.start()].rpartition(";")[2].rpartition(". ")[2]
    behind = lowered[found.end() :].partition(";")[0].partition(". ")[0]
    return _REPORTS.search(before + behind) is None


_WHOLE_YEAR = Sieve(r"(?<!\w)cả năm(?! (?:học|\d))")
#: "đến cuối năm nâng tỷ lệ …": by the end of the document's own year.
_END_OF_YEAR = re.compile(r"(?<!\w)đến (?:cuối|hết) năm(?!,? (?:học|nay|\d|tài chính))")


def _back_to_whole(lowered: str, previous: Group | None, group: Group) -> bool:
    """Whether a measure of its own follows the parts: ``đào tạo 900 người, trong đó nữ 45%; tỷ lệ có việc đạt 85%``."""
    if previous is None:
        return False
    between = lowered[previous.stop : group.anchor]
    return ";" in between and re.match(r"\s*(?:tỷ lệ|tỉ lệ)\s", between.rpartition(";")[2]) is not None


class _Line(NamedTuple):
    """The stretch of a passage that is read: its text, where it begins, the label it opens with."""

    passage: Passage
    begin: int
    text: str
    lowered: str
    plain: str
    label: str
    label_end: int
    heading: Heading | None
    hits: list[DeadlineHit]
    rule: str


def _behind_place(text: str, group: Group, inner: str) -> Group:
    """A measure without the place that it opens with as a label: ``…; khu vực đô thị: 70% hộ dùng nước sạch``."""
    if not inner or not text[group.start : group.anchor].rstrip().endswith(":"):
        return group
    named = read_heading(inner, label=True)
    return group._replace(start=group.anchor) if named.place or is_plural_place(named.population) else group


def _committed(line: _Line, group: Group, carried: str) -> str:
    """The word of commitment of a measure: its own, that of the measure before, one right before it."""
    sentence = sentence_starts(line.text)[max(group.sentence, 0)]
    own = commitment_word(group, line.lowered)
    return own or carried or modality_of(line.lowered[sentence : group.start][-60:])


def _of_the_whole(said: Said, whole: Target | None, line: _Line, *, share: bool) -> Said:
    """``Trợ giúp pháp lý: 95% vụ việc đạt chất lượng, trong đó 30% đạt hiệu quả``: a part of those, whatever the label
    of the line names."""
    nameless = share and bool(line.label) and not said.subject
    return said._replace(subject=whole.subject) if whole is not None and nameless else said


def _whole_before(
    line: _Line, before: Group | None, group: Group, whole: Target | None, previous: Target | None
) -> Target | None:
    """What a figure is a part of: the one before it where parts open between them, else what that one was a part of."""
    if before is None:
        return None
    return previous if opens_parts(line.lowered[before.stop : group.anchor]) else whole


class TargetFinder:
    """Finds the targets of one document; keeps what later clauses inherit from earlier ones."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.context = Context(analysis)
        self.references = References(analysis)
        self.found: list[Target] = []
        self.last_subject: dict[str, str] = {}
        #: Units of the counts that the lead of a list promises, by the clause that holds the list.
        self._units: dict[str, frozenset[str]] = {}
        #: Where in the source the shares stand that a rule sets.
        self.norms: set[int] = set()

    def passage(self, passage: Passage) -> None:
        """Add the targets of one passage."""
        clause = passage.clause
        if clause.kind in ("role_line", "table_row"):
            return
        zone = self.context.zone(clause)
        if zone == "situation" and "phấn đấu" not in passage.lower:
            return
        rows = self.read(passage, 0, len(passage.text), zone, rule="clause")
        if passage.text.rstrip().endswith(":"):  # the lead of a list
            head = clause.parent_id if clause.leaf else clause.clause_id
            self._units[head] = frozenset(row.unit for row in rows if row.unit)
        self.found += rows

    def _line(self, passage: Passage, begin: int, stop: int, rule: str) -> _Line:
        text = passage.text[begin:stop]
        hits: list[DeadlineHit] = [
            h
            for h in self.analysis.deadline_hits.get(passage.clause.clause_id, [])
            if begin <= h.start < stop and not (h.date <= self._today and tells_which(passage.lower, h.start))
        ]
        dates = [(h.start - begin, h.end - begin) for h in hits]
        plain = _blank(
            text, [(a - 3 if text[:a].lower().endswith(" cả ") else a, b) for a, b in dates]
        )  # "cả năm 2025"
        plain = _blank(plain, year_lists(text))  # "các năm 2026, 2027 và 2028"
        label, label_end = line_label(text)
        heading = read_heading(label, label=True) if label else None
        return _Line(passage, begin, text, passage.lower[begin:stop], plain, label, label_end, heading, hits, rule)

    def _skipped(self, passage: Passage, begin: int, stop: int, zone: str) -> tuple[tuple[int, int], ...]:
        """What holds no figure of a line: dates, citations and its own numbering mark."""
        name, lowered = passage.clause.clause_id, passage.lower[begin:stop]
        times = [h for h in self.analysis.deadline_hits.get(name, ()) if begin <= h.start < stop]
        often = [h for h in times if not _HOW_OFTEN.search(lowered[: h.start - begin][-40:])]
        if "/" in lowered and zone in ("goal", "general_goal"):
            often = [h for h in often if not _promised_often(lowered, h.start - begin)]
        often = [h for h in often if not times_itself(lowered, h.start - begin, h.end - begin)]
        if zone in ("goal", "general_goal"):
            often = [h for h in often if not limit_within(lowered, h.start - begin, h.end - begin)]
        cites = [h for h in self.analysis.citation_hits.get(name, ()) if begin <= h.start < stop]
        skip = [(h.start - begin, h.end - begin) for h in (*often, *cites)]
        if begin == 0:
            skip.append(marker_span(passage))  # "2- 70% cán bộ": the mark is no figure
        skip += named_by(passage.text[begin:stop])
        skip += ages_of(lowered)
        skip += note_marks(passage.text[begin:stop])  # "từ 78% trở lên[1]": nor is the mark of a footnote
        return tuple(skip)

    def _groups(self, line: _Line, skip: tuple[tuple[int, int], ...]) -> list[Group]:
        """The measures of a line."""
        clause = line.passage.clause
        aspects = [line.heading.aspect if line.heading else "", *(h.aspect for h in self.context.headings(clause)[:2])]
        found = groups(line.text, line.lowered, skip, f"{line.label} {' '.join(aspects).strip()}".lower())
        of_share = _SHARE_LABEL.match(line.label[mark_length(line.label) :]) is not None  # "Tỷ lệ … trong 02 giờ: …"
        sized = _OF_WHOM.match(line.label[mark_length(line.label) :].lower()) is not None
        return [
            g
            for g in found
            if not (
                g.anchor < line.label_end
                and (g.quantity is None or (found[-1] is not g and (sized or (of_share and g.figure.kind == "index"))))
            )
        ]

    def read(
        self,
        passage: Passage,
        begin: int,
        stop: int,
        zone: str,
        *,
        rule: str,
        due: Due | None = None,
        subject: str = "",
    ) -> list[Target]:
        """The targets of ``passage.text[begin:stop]``; ``due`` and ``subject`` are what a table says about the row."""
        if figureless(passage.lower[begin:stop]):
            return []
        skip = self._skipped(passage, begin, stop, zone)
        if measures_nothing(passage.lower[begin:stop], skip):
            return []
        return self._measured(self._line(passage, begin, stop, rule), skip, zone, due, subject)

    def _measured(
        self, line: _Line, skip: tuple[tuple[int, int], ...], zone: str, due: Due | None, subject: str
    ) -> list[Target]:
        """The targets of a line, measure by measure."""
        passage = line.passage
        rows: list[Row] = []
        previous: Target | None = None
        previous_group: Group | None = None
        last: Verdict = ""
        sentence_before = -1
        whole: Target | None = None
        carried = ""  # the word of commitment goes on through its sentence
        divided = 0
        for group in self._groups(line, skip):
            if group.anchor < divided:
                continue  # a part of the count before, which has its row
            crossed = previous_group is not None and group.sentence != previous_group.sentence
            whole = None if crossed else _whole_before(line, previous_group, group, whole, previous)
            if not crossed and whole is not None and _back_to_whole(line.lowered, previous_group, group):
                previous = whole
            if crossed and previous_group is not None:
                carried = ""
                previous = None if group.sentence != previous_group.sentence + 1 else previous
            own_limit = due or self._own_limit(passage, line, group, zone)
            setting = self._setting(passage, zone, own_limit)
            after = last if sentence_before == group.sentence else ""
            found_to_be = judged(line.text, line.lowered, group, setting, previous_group, after)
            last, sentence_before = found_to_be, group.sentence
            if found_to_be != "target":
                self._refused(line, group, found_to_be)
                if (
                    found_to_be == "account"
                    and (previous is None or crossed)
                    and goes_on_to_promise(line.lowered, group.stop)
                ):
                    previous, previous_group = self._told(line, group, subject), group
                continue
            limit = own_limit or self.context.due(passage.clause)
            carried = _committed(line, group, carried)
            before = None if crossed else previous
            said, wordless, over = self._said(line, group, before, previous_group, whole, zone, subject)
            bound = carried or self.context.commitment(passage.clause)
            own_rows = self._rows(line, group, said, over, limit, bound, previous_group, previous)
            previous, parts, divided = divide(own_rows[-1], line.text, group, passage, line.begin)
            rows += [Row(target, said, wordless) for target in (*own_rows[:-1], previous, *parts)]
            previous_group = group
        found = _opened(_in_turn(borrowed(rows, passage), line), line)
        self._fill_subjects(passage, found)
        return found

    def _said(
        self,
        line: _Line,
        group: Group,
        before: Target | None,
        previous_group: Group | None,
        whole: Target | None,
        zone: str,
        subject: str,
    ) -> tuple[Said, bool, Above]:
        """What a measure says with all that stands above it, and whether its own wording says nothing."""
        inner = bare_heading(inner_label(line.text, group, line.label))
        told = _behind_place(line.plain, group, inner)
        said = described(line.plain, told, line.label, before, previous_group, whole=whole, inner=inner)
        named = line.heading is not None and (line.heading.population or line.heading.aspect)
        wordless = not said.subject and not said.indicator and not named
        headings = self.context.headings(line.passage.clause)
        headings = of_one_body(headings) if zone == "goal" else headings
        over = above(line.text, group, line.label, line.heading, headings)
        share = group.figure.kind == "percent"
        leads = not strip_reach(strip_modal(line.lowered[group.start : group.figure.start])).strip(" ,:;")
        earlier = before if previous_group is not None else None
        said = _of_the_whole(said, whole, line, share=share)
        said = population(said, over, earlier, subject, share=share, leads=leads)
        return said._replace(subject=self.context.full_name(clean(said.subject))), wordless, over

    def _told(self, line: _Line, group: Group, subject: str) -> Target:
        """What an account names, for the promise that goes on from it: ``Toàn xã hiện có 212 hộ chưa có nhà tiêu, phấn
        đấu còn 100 hộ``."""
        line = line._replace(plain=without_its_time(line.plain))
        said, _, over = self._said(line, group, None, None, None, "", subject)
        return named_by_account(self._rows(line, group, said, over, None, "", None, None)[-1])

    @Once
    def _today(self) -> str:
        """The document's own date; without one nothing is known to lie ahead."""
        return self.analysis.info.issued_on or "9999"

    def _own_limit(self, passage: Passage, line: _Line, group: Group, zone: str) -> Due | None:
        """By when a measure is due by its own line; among goals also by an earlier sentence that opens with a date."""
        dated = zone in ("goal", "general_goal") and self._today != "9999"
        today = self._today[:4] if dated and ("năm 20" in line.lowered or "(20" in line.lowered) else ""
        own = own_due(line.hits, line.begin, group, line.text, line.lowered, today)
        own = self._end_of_year(passage, line, group) or own or self._whole_year(passage, line, group)
        own = self._part_of_year(passage, line, group, own) or own
        if own is not None or zone not in ("goal", "general_goal") or self.context.due(passage.clause) is not None:
            return own
        return opened_due(line.hits, line.begin, group, line.text, line.lowered)

    def _part_of_year(self, passage: Passage, line: _Line, group: Group, own: Due | None) -> Due | None:
        """``…, hoàn thành trong quý II`` where nothing but a whole year stands over it: that year's."""
        above_it = own or self.context.due(passage.clause)
        if above_it is None or above_it.start[:4] != above_it.date[:4] or not above_it.date.endswith("-12-31"):
            return None
        return part_of_year(line.lowered[group.start : group.end], above_it.date[:4])

    def _end_of_year(self, passage: Passage, line: _Line, group: Group) -> Due | None:
        """``…, đến cuối năm nâng tỷ lệ lên 78%`` in a plan of one year: nearer than a day named before it."""
        found = _END_OF_YEAR.search(line.lowered, group.start, group.anchor)
        above_it = self.context.due(passage.clause)
        if found is None or above_it is None or above_it.date[:4] != self._today[:4]:
            return None
        return Due(f"{self._today[:4]}-12-31", "<=", found.group())

    def _whole_year(self, passage: Passage, line: _Line, group: Group) -> Due | None:
        """``tăng trưởng tín dụng cả năm khoảng 16%``: by the end of the document's own year, where nothing above it
        names another."""
        if _WHOLE_YEAR.search(line.lowered, group.start, group.end) is None:
            return None
        if self._today == "9999" or self.context.due(passage.clause) is not None:
            return None
        return Due(f"{self._today[:4]}-12-31", "<=", "cả năm")

    def _setting(self, passage: Passage, zone: str, own: Due | None) -> Setting:
        """Where a measure stands, and how its own date lies to the document's and to what stands above."""
        above_it = self.context.due(passage.clause)
        now = own is not None and above_it is not None and own.date[:4] <= self._today[:4] < above_it.date[:4]
        ahead = own is not None and own.date > self._today
        return Setting(
            zone,
            articles=self.context.in_article(passage.clause),
            ahead=ahead,
            year=self._today[:4].replace("9999", ""),
            above=self._units.get(passage.clause.parent_id, frozenset()),
            now=now,
            first=above_it.start[:4] if above_it is not None else "",
            planned=self.context.planned,
        )

    def _refused(self, line: _Line, group: Group, found_to_be: Verdict) -> None:
        """Remember a share that a rule sets: it is no target, and no statistic either."""
        if found_to_be == "norm" and group.figure.kind == "percent":
            figure = line.begin + group.figure.figure_start
            self.norms.add(line.passage.span(figure, figure + 1).start)

    # -- the record ----------------------------------------------------------------------------------------

    def _rows(
        self,
        line: _Line,
        group: Group,
        said: Said,
        over: Above,
        due: Due | None,
        modality: str,
        previous: Group | None,
        was: Target | None,
    ) -> list[Target]:
        """The rows of one measure: one a grade, or one a predicate where a share has two."""
        grades: list[Grade | None] = list(group.grades) or [None]
        footnote = footnote_of(line.text[group.anchor : group.end + 3])
        footnote = footnote or self.references.hung(line.text[group.anchor : group.end + 5])
        out = []
        for grade in grades:
            stop = group.end if grade is None or len(grades) == 1 else grade.end
            span = line.passage.span(line.begin + group.start, line.begin + max(stop, group.start + 1))
            row = Target(
                document_id=self.analysis.document_id,
                target_id="",
                clause_id=line.passage.clause.clause_id,
                clause_path=line.passage.clause.clause_path,
                char_start=span.start,
                char_end=span.end,
                quote=line.passage.source[span.start : span.end],
                subject=said.subject,
                scope=_distinct(_own_field(said.scope, line.text[group.start : group.anchor])),
                indicator=clean(indicator_of(said.indicator, grade, group, over)),
                modality=modality,
                footnote=footnote,
                recurrence=recurrence_of(line.lowered, group),
                rule=f"{line.rule}:{group.figure.kind}",
                **self._reference(footnote, group, line.text),
            )
            out.append(measured(dated(graded(row, grade), due), group, line.lowered, previous, was))
        first = predicate_before_grade(line.text, group)
        if first is not None:
            out.insert(0, before_grade(out[0], line.passage, line.begin, group, first))
        besides = predicate_beside_grade(line.text, group)
        if besides is not None:
            out.append(without_grade(out[-1], line.passage, line.begin, group, besides))
        joined = joined_predicate(line.text, group)
        return out if joined is None else two_predicates(out[0], line.passage, line.begin, group, joined)

    def _reference(self, footnote: str, group: Group, text: str) -> Reference:
        """What footnote and brackets ascribe to another document, and the figure that the measure comes from."""
        found = self.references.of(footnote, text[group.start : group.end + 1])
        return {"baseline": group.baseline, **found} if group.baseline else found

    def _fill_subjects(self, passage: Passage, found: list[Target]) -> None:
        """A commitment without a population takes that of its neighbours: the passage, then the list it stands in."""
        named = next((t.subject for t in found if t.subject), "")
        parent = passage.clause.parent_id
        for index, target in enumerate(found):
            if not target.subject:
                subject = named or self.last_subject.get(parent, "") or self._list_subject(passage)
                found[index] = msgspec.structs.replace(target, subject=subject)
        if named:
            self.last_subject[parent] = head_of(named)

    def _list_subject(self, passage: Passage) -> str:
        """The title's population as a last resort: what the whole document is about."""
        for other in self.analysis.passages:
            if other.clause.kind == "title" and len(other.text) > 30:
                match = re.search(
                    (
                        r"(?:chất lượng|năng lực|trình độ|đội ngũ)\s+(?:đội ngũ\s+)?([^,;.]{4,60}?)(?=\s+(?:đáp "
                        r"ứng|trên địa bàn|giai đoạn|đến năm|của)|,|$)"
                    ),
                    other.lower,
                )
                if match:
                    return clean(match.group(1))
        return ""
