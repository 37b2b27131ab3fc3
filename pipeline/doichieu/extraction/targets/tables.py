"""Targets in the rows of tables: sentences in cells, and figures under heads (unit, year, planned columns)."""

from __future__ import annotations

import re

import msgspec

from doichieu.extraction.targets.classes import MEASURE, names_a_class
from doichieu.extraction.targets.context import Due, as_due, first_due
from doichieu.extraction.targets.counted import units
from doichieu.extraction.targets.figures import Quantity
from doichieu.extraction.targets.finder import TargetFinder
from doichieu.extraction.targets.parts import clean
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.relative_clauses import PERSON
from doichieu.extraction.targets.table_bounds import Bound, compared_by_name
from doichieu.extraction.targets.table_columns import (
    Column,
    columns_of,
    last_year,
    names_places,
    of_kind,
    of_money,
    promises,
    upper_words,
    year_of_parts,
)
from doichieu.extraction.targets.table_figures import LONGEST_FIGURE, due_by, figures_of, operator_of, unit_of
from doichieu.extraction.targets.table_outline import Outline
from doichieu.extraction.targets.table_parts import (
    amount_in,
    class_of_whole,
    is_deed,
    kind_of_whole,
    part_of_share,
    without_total,
)
from doichieu.extraction.targets.table_titles import BODY, UNIT_LINE, divides, narrowed_by, titled, topic_of
from doichieu.extraction.targets.table_unread import states, tell_unread
from doichieu.extraction.targets.table_words import (
    FIRST_DEED,
    MARK,
    NAME_UNIT,
    PLACES,
    RANK,
    RANKED_AMONG,
    TOPIC,
    TOTAL,
    WHOLE_AND_PART,
    counted_by,
    named,
    narrowed,
    narrows_rows,
    only_deeds,
    parted,
    places_in,
    said_by,
    says_no_population,
    says_only_what_they_do,
    says_what_befalls,
    says_what_is_done,
    says_what_they_do,
    thing_of,
    undated,
)
from doichieu.extraction.times.hits import DeadlineHit
from doichieu.model import Clause, Target
from doichieu.segmentation.grid import ORDINAL, Grid, GridCell, Row, is_figure, read_grids, side_by_side
from doichieu.segmentation.passages import Analysis
from doichieu.text import fold

_PLANS = ("ke_hoach", "chuong_trinh", "de_an", "chien_luoc", "quy_hoach", "chi_thi", "")
#: A point with a promise of its own titles no table, nor does what stands before it: "2.4. Đối với lò gạch: 50% …".
_PROMISE = re.compile(r"\d\s?%|(?<!\w)đối với [^:]{1,90}: [^:]*\d", re.IGNORECASE)
_ATTACHED = re.compile(r"\(?\s*(?:ban hành )?kèm theo|\(?đính kèm", re.IGNORECASE)
#: A row that only says how the rows below part the whole.
_PARTED = re.compile(r"(?:phân )?theo\s", re.IGNORECASE)
#: A group row that only puts the rows below in order: "VỀ KINH TẾ", "THEO TỈNH, THÀNH PHỐ".
_ORDERED = re.compile(r"(?:về|(?:phân )?theo)\s", re.IGNORECASE)
_ABOUT = re.compile(r"đối với\s+(?:các |những )?", re.IGNORECASE)
_WHEN = re.compile(r"thời gian|thời hạn|tiến độ|lộ trình|hoàn thành", re.IGNORECASE)
_DITTO = re.compile(r"[-–\s.]*(?:nt|như trên|//|\"|“|”|''|″|-)[-–\s.]*")
_SPOKEN = re.compile(r"(?:sản phẩm|kinh phí|thời gian|phối hợp|ghi chú|nguồn)")
_MOST_TITLES = 5
#: "100% bếp ăn tập thể được kiểm tra": a share with people or things of its own in a cell of figures.
_CLAUSE = re.compile(r"(?:(?:đạt|ít nhất|tối thiểu|trên|từ|phấn đấu)\s+)*\d[\d.,]*\s*%\s+(?=[^\W\d_]+\s[^\W\d_]+\s)")
_NUMBER_OF = re.compile(r"(?:tổng )?số (?:lượng )?(?!lượt|người/)", re.IGNORECASE)
_YEAR_ALONE = re.compile(r"(?:năm )?(20\d\d)", re.IGNORECASE)
_FEW = re.compile(r"(?:các|những)\s+", re.IGNORECASE)
_BARE_SHARE = re.compile(r"(?:đạt )?(?:tỷ lệ|tỉ lệ|tỷ trọng|%)(?: đạt)?", re.IGNORECASE)
_SHORT_NAME = 3  # a name of so few words says less than the row it stands under


def table_targets(analysis: Analysis, finder: TargetFinder) -> list[Target]:
    """The targets of all tables of a document, and a problem for each table of figures that gives no row at all."""
    out: list[Target] = []
    above: Grid | None = None
    told: set[tuple[str, ...]] = set()
    for clause in analysis.clauses:
        if clause.kind == "appendix":
            above = None
        if clause.kind != "table":
            continue
        rows = [analysis.passage_of[c.clause_id] for c in analysis.tree.children(clause) if c.kind == "table_row"]
        for grid in read_grids(rows, above):
            readers = [_Table(analysis, finder, clause, part) for part in side_by_side(grid)]
            found = [target for reader in readers for target in reader.targets()]
            out += found
            if not found:
                tell_unread(analysis, readers[0].grid, readers[0].columns, told)
            above = grid
    return out


def _only_done(head: str) -> bool:
    """Whether a head says only what is done or measured, not of what: ``Tỷ lệ thu gom``."""
    return says_no_population(head) or says_what_is_done(head)


def _said_of_group(name: str, over: str) -> bool:
    """Whether a row says only what those do, have or meet with whom the group row above it names.

    >>> _said_of_group("Tỷ lệ uống vắc xin Rota", "Trẻ dưới 01 tuổi")
    True
    >>> _said_of_group("Tỷ lệ có tổ chức công đoàn", "Đối với cơ sở"), _said_of_group("Tỷ lệ hộ nghèo", "Hộ dân tộc")
    (True, False)
    """
    if _ABOUT.match(over):
        return says_what_they_do(name)
    return PERSON.match(over.lower()) is not None and says_what_befalls(name)


class _Table:
    """One grid with what its heads and titles say."""

    def __init__(self, analysis: Analysis, finder: TargetFinder, clause: Clause, grid: Grid) -> None:
        self.analysis = analysis
        self.finder = finder
        self.clause = clause
        self.grid = grid
        self.today = analysis.info.issued_on[:4]
        self.zone = finder.context.zone(clause)
        self.titles = self._titles()
        self.columns = columns_of(grid, analysis.info.issued_on)
        self.values = of_kind(self.columns, "value")
        self.by_index = {column.index: column for column in self.columns}
        self.promised = promises(
            self.columns, self.titles, self.zone, self.today, analysis.info.kind in _PLANS, shares=self._in_shares()
        ) and any(column.kind in ("name", "when") for column in self.columns)
        self.when = next(iter(of_kind(self.columns, "when")), None)
        self.unit = self.group_unit = self.row_unit = ""
        self.bound: Bound = ""  # the comparator that the name of the row gives to its figures
        self.outline = Outline([column.index for column in of_kind(self.columns, "row")])
        self.places = any(
            PLACES.match(column.head) or names_places(grid, column) for column in of_kind(self.columns, "name")
        )
        names = [column.head for column in of_kind(self.columns, "name")]
        self.titled = titled(self.titles)
        people = PERSON.match(self.titled.subject.lower()) is not None
        self.divided = self.places or any(divides(head, people=people) for head in names)
        self.narrowing = "" if self.places else narrowed_by(self.titles)
        self.all_units = next((m.group("unit").strip() for t in self.titles[:2] if (m := UNIT_LINE.search(t))), "")
        self.due: Due | None = None
        self.last_when = ""  # the last of the years that rows have named
        year = next((found for title in self.titles if (found := last_year(title))), "")
        self.year = year if not self.today or year >= self.today else ""

    def _in_shares(self) -> bool:
        """Whether every planned cell is printed as a share: shares of money are promises where sums are accounts."""
        planned = [column.index for column in self.values]
        cells = [row.cells[index].text for row in self.grid.rows for index in planned if index in row.cells]
        filled = [text for text in cells if text]
        return bool(filled) and all("%" in text for text in filled)

    def _titles(self) -> list[str]:
        """The lines above the table, and the headings of its chapter or annex, nearest first."""
        tree = self.analysis.tree
        found: list[str] = []
        node: Clause | None = self.clause
        while node is not None and len(found) < _MOST_TITLES:
            for other in tree.siblings_before(node)[:_MOST_TITLES]:
                if not other.leaf or other.kind in ("table_row", "bullet", "header") or _PROMISE.search(other.text):
                    break
                if not _ATTACHED.match(other.text):
                    found.append(other.text)
            node = tree.parent(node)
            if node is None:
                break
            if node.heading and not _ATTACHED.match(node.heading):
                found.append(node.heading)
            if node.kind in ("appendix", "section"):
                break
        return found

    # ------------------------------------------------------------ rows

    def targets(self) -> list[Target]:
        """The targets of the grid's rows, in order."""
        out: list[Target] = []
        if not self.grid.heads:
            return out
        measured = any(re.search(r"chỉ tiêu|mục tiêu|tiêu chí", column.head.lower()) for column in self.columns)
        for row in self.grid.rows:
            if self._opens_group(row):
                continue
            if self.when is not None:
                out += self._year_row(row, self.when)
            elif self.promised:
                out += self._value_row(row)
            elif measured or self.zone in ("goal", "general_goal") or "%" in row.passage.text:
                out += self._sentence_row(row, measured)
        return out

    def _opens_group(self, row: Row) -> bool:
        """A row that heads the rows below it: their period, or what they are about."""
        filled = row.filled()
        if any(states(self.columns, cell) for cell in filled):
            return False
        words = [cell.text for cell in filled if ORDINAL.fullmatch(cell.text) is None]
        if len(words) > 1 or any(re.search(r"\d+\s*%|[≥≤]", text) for text in words) or self.grid.width <= 2:
            return False
        hits = self.analysis.deadline_hits.get(row.passage.clause.clause_id, [])
        self.due = first_due(hits, row.passage) or self.due
        if words and not first_due(hits, row.passage) and named(words[0]):
            bracket = NAME_UNIT.search(words[0])
            self.group_unit = bracket.group("unit") if bracket is not None else ""  # "A. CHỈ TIÊU KINH TẾ (tỷ đồng)"
            self.outline.add(row, named(words[0][: bracket.start()] if bracket else words[0]), stated=False)
        return True

    def _lead_agency(self, row: Row) -> str:
        for column in self.columns:
            if column.kind == "agency":
                return row.text(column.index).strip(" .;")
        return ""

    def _sentence_row(self, row: Row, measured: bool) -> list[Target]:
        """A row whose name cell states the commitment as a sentence."""
        out: list[Target] = []
        lead = self._lead_agency(row)
        passage = row.passage
        for cell in row.filled():
            column = self.by_index.get(cell.column)
            if cell.end - cell.start < 12 or column is None or column.kind in ("agency", "unit", "past", "row"):
                continue
            if _SPOKEN.search(column.head.lower()):
                continue
            zone = "goal" if measured else "task"
            for target in self.finder.read(passage, cell.start, cell.end, zone, rule="table", due=None):
                hits = self.analysis.deadline_hits.get(passage.clause.clause_id, [])
                dated = any(cell.start <= hit.start < cell.end for hit in hits)
                by = due_by(target, None if dated else self._timed(row) or self.due)
                out.append(msgspec.structs.replace(by, lead_agency=lead))
        return out

    def _timed(self, row: Row) -> Due | None:
        """When a row is due by its own column of times."""
        for column in self.columns:
            cell = row.cells.get(column.index)
            if cell is None or not _WHEN.search(column.head):
                continue
            if (year := _YEAR_ALONE.fullmatch(cell.text.strip())) is not None:
                return Due(f"{year.group(1)}-12-31", "<=", cell.text.strip())
            for hit in self.analysis.deadline_hits.get(row.passage.clause.clause_id, []):
                if cell.start <= hit.start < cell.end and hit.date:
                    return Due(hit.date, "<" if hit.operator == "<" else "<=", hit.text)
        return None

    # ------------------------------------------------------------ figures

    def _value_row(self, row: Row) -> list[Target]:
        """A row with a name, perhaps a unit, and figures in planned columns."""
        name, self.bound = compared_by_name(next((row.text(c.index) for c in of_kind(self.columns, "name")), ""))
        name = name or next((cell.text for cell in row.filled()[:1] if TOTAL.match(cell.text)), "")
        own = next((row.cells[c.index] for c in of_kind(self.columns, "name") if c.index in row.cells), None)
        unit = self.row_unit = self._unit_of(row)
        if (is_figure(name) and own is not None and not self.divided) or of_money(named(name)):
            return []
        name = self._below_its_whole(row, name)
        sub = self.outline.is_part(row, name)
        bracket = NAME_UNIT.search(name)
        if bracket and not any(column.unit for column in self.values):
            name, unit = name[: bracket.start()], unit or bracket.group("unit")
        if not unit:
            unit = self.outline.unit() if sub else self.outline.unit_over(row)
        if not unit and not any(column.unit for column in self.values):
            unit = self.group_unit
        dated = self._dated(row, own)
        name = named(undated(name, [hit.text for hit in dated]))
        if len(name) < 2 and not self.outline.group:
            return []
        out: list[Target] = []
        for column in self.values:
            cell = row.cells.get(column.index)
            if cell is None or not cell.text:
                continue
            if (spoken := self._spoken(row, column, cell)) is not None:
                out += spoken
                continue
            for quantity in figures_of(cell.text.lower(), unit or column.unit):
                target = self._target(row, column, cell, own, quantity, name or self.outline.group, unit, sub)
                of_period = bool(column.start) or not column.year  # "… đến năm 2028" below "2026 - 2030"
                by_name = first_due([*dated], row.passage) if of_period else None
                out.append(due_by(target, by_name or (None if column.year else self._timed(row))))
        if name and not TOTAL.match(name) and (out or not sub):
            self.outline.add(row, name, stated=bool(out), sub=sub, unit=unit)
        return out

    def _below_its_whole(self, row: Row, name: str) -> str:
        """The part that a row's name closes with, below the whole that it opens with.

        ``Tỷ lệ tổn thất sau thu hoạch (%): - Thanh long`` is read as two rows, the second with the figures.
        """
        told = WHOLE_AND_PART.fullmatch(" ".join(name.split()))
        if told is None:
            return name
        whole, bracket = told.group("whole"), NAME_UNIT.search(told.group("whole"))
        unit = bracket.group("unit") if bracket is not None else ""
        self.outline.add(row, named(whole[: bracket.start()] if bracket else whole), stated=True, unit=unit)
        return told.group("part")

    def _spoken(self, row: Row, column: Column, cell: GridCell) -> list[Target] | None:
        """A cell that says its share as a clause of its own, of whom and what: ``100% bếp ăn được kiểm tra``."""
        clause = _CLAUSE.match(cell.text.lower())
        if column.year or clause is None or predicate_start(cell.text.lower()[clause.end() :]) is None:
            return None
        found = self.finder.read(row.passage, cell.start, cell.end, "goal", rule="table", due=None)
        lead, due = self._lead_agency(row), self._timed(row) or self.due
        return [msgspec.structs.replace(due_by(target, due), lead_agency=lead) for target in found] or None

    def _year_row(self, row: Row, when: Column) -> list[Target]:
        """A row that a year names: each planned column is a target of its own, due in it."""
        said = row.text(when.index)
        year = re.search(r"20\d\d", said) or (re.search(r"20\d\d", self.last_when) if TOTAL.match(said) else None)
        self.last_when = max(self.last_when, year.group() if year is not None else "")
        out: list[Target] = []
        for column in self.values:
            cell = row.cells.get(column.index)
            if year is None or cell is None or not cell.text or not column.words:
                continue
            due = msgspec.structs.replace(column, year=year.group(), words="", last="")
            for quantity in figures_of(cell.text.lower(), column.unit):
                out.append(self._target(row, due, cell, row.cells.get(when.index), quantity, column.words, "", False))
        return out

    def _dated(self, row: Row, own: GridCell | None) -> list[DeadlineHit]:
        """The dates in a row's name, which say by when and nothing of whom."""
        hits = self.analysis.deadline_hits.get(row.passage.clause.clause_id, [])
        return [hit for hit in hits if own is not None and own.start <= hit.start < own.end and as_due(hit) is not None]

    def _unit_of(self, row: Row) -> str:
        """What stands in the unit column; a mark of repetition stands for the unit above."""
        unit = next((row.text(c.index) for c in of_kind(self.columns, "unit")), "").strip()
        if _DITTO.fullmatch(unit.lower()):
            return self.unit
        self.unit = unit
        return unit

    def _target(
        self,
        row: Row,
        column: Column,
        cell: GridCell,
        own: GridCell | None,
        quantity: Quantity,
        name: str,
        unit: str,
        sub: bool,
    ) -> Target:
        passage = row.passage
        counted = bool(unit) and fold(name).startswith(fold(unit))  # "Tổ chức được xếp hạng", counted in "tổ chức"
        rank = not counted and RANK.search(f"{name} {unit}".lower()) is not None
        subject, predicate, scopes = self._about(row, column, name, sub)
        if rank or quantity.kind == "rank":
            scopes.append(clean(RANKED_AMONG.sub("", re.split(r";| và \d", cell.text[quantity.figure_end :])[0])))
        place = own if own is not None else cell
        span = passage.span(min(place.start, cell.start), max(place.end, cell.end))
        date, text = self._deadline(passage.clause, column)
        head = column.words
        return Target(
            document_id=self.analysis.document_id,
            target_id="",
            clause_id=passage.clause.clause_id,
            clause_path=passage.clause.clause_path,
            char_start=span.start,
            char_end=span.end,
            quote=passage.source[span.start : span.end],
            subject=subject,
            scope=tuple(dict.fromkeys(scope for scope in scopes if not said_by(scope, subject))),
            indicator=self._indicator(head, name, predicate),
            direction=quantity.direction,
            operator=operator_of(quantity, column, rank, self.bound),
            value=quantity.value,
            value_max=quantity.value_max,
            unit=unit_of(quantity, unit or column.unit or self.all_units)
            or counted_by(name)
            or self._by_title(quantity),
            base=quantity.base,
            deadline=date,
            deadline_operator="<=" if date else "",
            deadline_text=text,
            recurrence=quantity.recurrence,
            baseline=self._baseline(row, unit),
            page=passage.clause.page,
            lead_agency=self._lead_agency(row),
            rule="table:rank" if rank else "table:value",
        )

    def _about(self, row: Row, column: Column, name: str, sub: bool) -> tuple[str, str, list[str]]:
        """What a figure is about, what is to be true of it, and what narrows it."""
        subject, predicate = self._of_whom(row, column, name, sub)
        over = self.outline.over(row, sub)
        scopes = [*places_in(name), *self._scopes(row, column, name, sub)]
        if predicate and predicate != name and self._counts(name):
            scopes = [*scopes, predicate]  # "Số hợp tác xã có xe đông lạnh": those are counted
        if ((sub or self.outline.unit_over(row)) and over and is_deed(name)) or kind_of_whole(
            name, over, self.row_unit
        ):
            scopes = [name, *(scope for scope in scopes if scope != over)]
        elif over and predicate == over and subject != name:
            scopes = [name, *(scope for scope in scopes if scope != over), *narrowed(over)]
        return subject, predicate, self._placed(name, subject, column, scopes)

    def _of_whom(self, row: Row, column: Column, name: str, sub: bool) -> tuple[str, str]:
        """The population of a row and what is to be true of it: its own, or that of the row above it."""
        subject, predicate = parted(name)
        over = self.outline.over(row, sub)
        if over and not TOPIC.match(over) and not FIRST_DEED.match(over.lower()) and says_no_population(name):
            subject, predicate = over, name  # "Tỷ lệ thu gom" below "Chất thải rắn sinh hoạt"
        elif _said_of_group(name, over):
            subject, predicate = _ABOUT.sub("", over), name
        elif (sub or self.outline.unit_over(row)) and over and is_deed(name):
            subject, predicate = parted(without_total(over))[0], name  # "Nuôi trồng" below "Tổng sản lượng thủy sản"
        elif over and kind_of_whole(name, over, self.row_unit):
            subject = parted(without_total(over))[0]  # "Tiểu học" below "Tổng số học sinh", counted in "học sinh"
        elif over and (class_of_whole(name, over) or (sub and part_of_share(name, over))):
            subject, predicate = parted(over)[0], over  # "Khu vực nông thôn" below "Tỷ lệ hộ nghèo"
        elif (who := self._beside_name(row)) and says_only_what_they_do(name):
            subject, predicate = who, name  # "Học sinh | Được khám sức khỏe"
        elif (self.places or TOTAL.match(name) or self._is_class(name)) and (thing := self._counted_in(column)):
            subject = thing  # the rows are places, the head names what is counted there
        elif self._parts_the_title(name, column):
            subject = self.titled.subject  # "Tỷ lệ học sinh được học bơi" over rows of communes
        return subject, predicate

    def _is_class(self, name: str) -> bool:
        """Whether a row is a class that the head over the names announces: ``Cấp học`` over ``Tiểu học``."""
        return self.divided and names_a_class(name)

    def _beside_name(self, row: Row) -> str:
        """Whom the column before the names says that a row is about: ``Nhóm đối tượng | Nội dung``."""
        named_in = next((column.index for column in of_kind(self.columns, "name")), 0)
        before = [c for c in of_kind(self.columns, "text") if c.index < named_in]
        return clean(MARK.sub("", row.text(before[-1].index), count=1)) if before else ""

    def _parts_the_title(self, name: str, column: Column) -> bool:
        """Whether a row only says of which of those that the title measures its figures are."""
        what = self.titled.subject
        if not what or self.row_unit:
            return False
        whole = not column.words or TOTAL.match(column.words)
        if not (whole or names_a_class(column.last) or _only_done(column.last)):
            return False
        if TOTAL.match(name):
            return True
        if PERSON.match(name.lower()) and not names_a_class(name):
            return False  # "Người lao động tự do" below "Tỷ lệ bao phủ bảo hiểm y tế": those people
        if not (self.divided or names_a_class(name)) or (BODY.match(name) and not self.titled.share):
            return False
        return fold(_FEW.sub("", name)).split()[:1] != fold(what).split()[:1]

    def _counts(self, name: str) -> bool:
        """Whether a row counts those it names: ``Số hợp tác xã …``, or ``Cơ sở …`` in a row counted in ``cơ sở``."""
        counted = fold(self.row_unit)
        return _NUMBER_OF.match(name) is not None or (len(counted) > 1 and fold(name).startswith(f"{counted} "))

    def _counted_in(self, column: Column) -> str:
        """What the head of a column counts; "Tỷ lệ bao phủ" below "Bảo hiểm y tế" is of what stands above it."""
        upper = thing_of(upper_words(column))
        if upper and (_only_done(column.last) or names_a_class(column.last)):
            return upper
        if whole := self._parted_by(column):
            return whole
        if only_deeds(column.last) and (done_to := self._unit_counted(column) or self.titled.subject):
            return done_to  # "Kết nạp (đảng viên)": those
        within = self.titled.subject and (names_a_class(column.last) or _only_done(column.last))
        own = "" if within else thing_of(column.last)
        own = own or self._beside(column) or amount_in(column.last)
        return own or ("" if column.last else thing_of(column.words))  # "Bảo hiểm y tế" over "2026"

    def _one_of_deeds(self, head: str) -> bool:
        """Whether a head tells what is done where another tells of something else: ``Xây mới | Sửa chữa``."""
        return only_deeds(head) and sum(only_deeds(c.last) for c in self.values) > 1

    def _unit_counted(self, column: Column) -> str:
        """Whom or what the bracket of a head counts, where it is no measure: ``(đảng viên)``, not ``(ha)``, ``(%)``."""
        unit = column.unit.lower()
        return unit if PERSON.fullmatch(unit) or (len(unit.split()) > 1 and "/" not in unit) else ""

    def _parted_by(self, column: Column) -> str:
        """What a column counts whose lowest head only says which: ``Trong đó: Nữ``, ``Cao đẳng (sinh viên)``."""
        last = column.last.lower()
        a_class = names_a_class(column.last.split(",")[0])
        if not column.of_which:
            return column.unit if a_class and PERSON.fullmatch(column.unit.lower()) and not self.titled.subject else ""
        if not last or MEASURE.match(last) or units()[0].match(last) or (PERSON.match(last) and not a_class):
            return ""
        before = [c for c in self.values if c.index < column.index and not c.of_which]
        whole = thing_of(upper_words(column)) or (self._counted_in(before[-1]) if before else "")
        words = fold(whole).split()
        named_again = fold(last).split()[0] in (words[:1] if PERSON.match(whole.lower()) else words)
        return "" if named_again else whole  # "gà đẻ" below "Đàn gà" are named themselves

    def _beside(self, column: Column) -> str:
        """What a bare share is of: what the column before it counts for the same year (``Số thôn | Tỷ lệ``)."""
        if _BARE_SHARE.fullmatch(column.last) is None:
            return ""
        before = [c for c in self.values if c.index < column.index and c.year == column.year]
        return thing_of(before[-1].last) if before else ""

    def _placed(self, name: str, subject: str, column: Column, scopes: list[str]) -> list[str]:
        """What narrows a figure of a place: the place itself, which says what its brackets say."""
        if subject and subject == self.titled.subject and self._parts_the_title(name, column):
            scopes = [*scopes, *self.titled.scope]
        elif not (self.places or self._is_class(name)):
            return scopes
        if subject == name or name in scopes:
            return scopes
        head = clean(column.last)
        parted_by = self._parted_by(column) != ""
        counted = "" if parted_by or names_a_class(head) or self._one_of_deeds(head) else head
        if TOTAL.match(name):
            return [scope for scope in scopes if scope != counted]
        kept = [s for s in scopes if s != counted and ((parted_by and s == head) or s not in name)]
        return [name, *kept]

    def _scopes(self, row: Row, column: Column, name: str, sub: bool) -> list[str]:
        """What narrows a figure: the head of its column, the group of its row, the words beside its name."""
        out = []
        if not MEASURE.match(column.last):
            out.append(clean(column.last))
        elif self.places and (upper := upper_words(column)) and not MEASURE.match(upper):
            out.append(upper)  # "Bảo hiểm y tế" over "Số người tham gia"
        if column.last and names_a_class(upper := upper_words(column)):
            out.append(upper)  # "Vụ Xuân" over "Lúa (ha)"
        over = "" if self._of_all(name) else self.outline.over(row, sub)
        out += self._groups(name, over, sub)
        for other in of_kind(self.columns, "text"):
            text = row.text(other.index)
            if len(text) <= LONGEST_FIGURE and not _WHEN.search(other.head):
                out.append(clean(MARK.sub("", text, count=1)))
        out += narrowed(name)
        if self.narrowing and fold(self.narrowing) not in fold(f"{name} {over}"):
            out.append(self.narrowing)
        return out

    def _groups(self, name: str, over: str, sub: bool) -> list[str]:
        """The rows above one that say of which or whose it is: of higher rank, and the group of both."""
        out = []
        short_name = len(name.split()) <= _SHORT_NAME or BODY.match(over) or narrows_rows(over, parted(name)[0])
        if (
            over
            and over != name
            and not _ORDERED.match(over)
            and (sub or short_name)
            and over.lower() not in name.lower()
        ):
            out.append(over)
        group = self.outline.group if sub and self.outline.group != over else ""
        if group and (says_no_population(over) or narrows_rows(group, parted(over)[0])):
            out.append(group)  # "bê tông" below "Chiều dài nâng cấp" below "Đường xã"
        return out

    def _of_all(self, name: str) -> bool:
        """Whether a row sums up all places of the table: its only total, not that of the group it stands in."""
        if not self.places or not TOTAL.match(name):
            return False
        index = next(column.index for column in of_kind(self.columns, "name"))
        return sum(TOTAL.match(named(row.text(index))) is not None for row in self.grid.rows) == 1

    def _indicator(self, head: str, name: str, predicate: str) -> str:
        """What is to be true of a row's name; of a place below a head that says nothing, what the title says."""
        if head and not (self.divided and TOTAL.match(head)):
            return clean(f"{head} {name}")
        if len(predicate.split()) > 1:
            return predicate
        topic = topic_of(self.titles) if self.divided or (self.titled.unit and not MEASURE.match(name)) else ""
        return clean(f"{topic}: {name}") if topic else name

    def _deadline(self, clause: Clause, column: Column) -> tuple[str, str]:
        """By when a figure is due: its column's year, its group's, the title's, that of the chapter or document."""
        if column.year:
            return f"{column.year}-{column.until or '12-31'}", column.head
        ahead = sorted(other.year for other in self.values if other.year)
        if len(ahead) > 1 and (TOTAL.match(column.words) or not column.words):
            return f"{ahead[-1]}-12-31", ""  # the sum of the years beside it
        if self.year and self.due is None:
            return f"{self.year}-{column.until or '12-31'}", column.head if column.until else ""
        due = self.due or self.finder.context.due(clause)
        if due is None:
            year = year_of_parts(self.columns, self.analysis.info.issued_on) if column.until else ""
            return (f"{year}-{column.until}", column.head) if year else ("", "")
        if column.until and due.date.endswith("-12-31"):
            return f"{due.date[:4]}-{column.until}", column.head  # "Quý I" in a plan for one year
        return due.date, due.text

    def _by_title(self, quantity: Quantity) -> str:
        """The unit that the title gives to bare figures: ``Số giáo viên đạt chuẩn (người)``."""
        others = (c.unit for c in self.values if c.unit)
        told = any(unit != self.titled.unit for unit in others) or bool(of_kind(self.columns, "unit"))
        if quantity.unit or told:
            return ""
        return unit_of(quantity, self.titled.unit)

    def _baseline(self, row: Row, unit: str) -> str:
        for column in reversed(of_kind(self.columns, "past")):
            if is_figure(row.text(column.index)):
                text = row.text(column.index)
                return clean(f"{text} {unit}" if unit and unit not in text else text)
        return ""
