"""Targets in the rows of tables: sentences in cells, and figures under heads (unit, year, planned columns)."""

from __future__ import annotations

import re

import msgspec

from doichieu.extraction.targets.classes import MEASURE
from doichieu.extraction.targets.context import Due, as_due, first_due
from doichieu.extraction.targets.figures import Quantity
from doichieu.extraction.targets.finder import TargetFinder
from doichieu.extraction.targets.parts import clean
from doichieu.extraction.targets.table_bounds import Bound, compared_by_name
from doichieu.extraction.targets.table_columns import (
    Column,
    columns_of,
    last_year,
    of_kind,
    of_money,
    promises,
    year_of_parts,
)
from doichieu.extraction.targets.table_figures import due_by, figures_of, operator_of, unit_of
from doichieu.extraction.targets.table_outline import Outline
from doichieu.extraction.targets.table_results import MET, is_prose, says_result, says_share, stands_beside
from doichieu.extraction.targets.table_subjects import WHEN, Subjects
from doichieu.extraction.targets.table_titles import UNIT_LINE
from doichieu.extraction.targets.table_unread import states, tell_unread
from doichieu.extraction.targets.table_words import (
    NAME_UNIT,
    RANK,
    RANKED_AMONG,
    TOTAL,
    WHOLE_AND_PART,
    counted_by,
    named,
    said_by,
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
_DITTO = re.compile(r"[-–\s.]*(?:nt|như trên|//|\"|“|”|''|″|-)[-–\s.]*")
_MOST_TITLES = 5
_YEAR_ALONE = re.compile(r"(?:năm )?(20\d\d)", re.IGNORECASE)


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
        #: Who does what by when: figures stand in the sentences of the tasks, dated by their rows.
        self.of_tasks = bool(of_kind(self.columns, "agency")) and any(WHEN.search(c.head) for c in self.columns)
        self.promised = (
            promises(
                self.columns, self.titles, self.zone, self.today, analysis.info.kind in _PLANS, shares=self._in_shares()
            )
            and any(column.kind in ("name", "when") for column in self.columns)
            and not (self.of_tasks and self._in_words())
        )
        self.when = next(iter(of_kind(self.columns, "when")), None)
        self.unit = self.group_unit = self.row_unit = ""
        self.bound: Bound = ""  # the comparator that the name of the row gives to its figures
        self.outline = Outline([column.index for column in of_kind(self.columns, "row")])
        self.subjects = Subjects(grid, self.columns, self.titles, self.outline)
        self.all_units = next((m.group("unit").strip() for t in self.titles[:2] if (m := UNIT_LINE.search(t))), "")
        self.due: Due | None = None
        self.last_when = ""  # the last of the years that rows have named
        year = next((found for title in self.titles if (found := last_year(title))), "")
        self.year = year if not self.today or year >= self.today else ""

    def _planned(self) -> list[str]:
        """What stands in the planned cells that are filled."""
        planned = [column.index for column in self.values]
        cells = [row.cells[index].text for row in self.grid.rows for index in planned if index in row.cells]
        return [text for text in cells if text]

    def _in_shares(self) -> bool:
        """Whether every planned cell is printed as a share: shares of money are promises where sums are accounts."""
        filled = self._planned()
        return bool(filled) and all("%" in text for text in filled)

    def _in_words(self) -> bool:
        """Whether no planned cell is a figure: below ``Kết quả`` a table of tasks names what they bring about."""
        return not any(is_figure(text) for text in self._planned())

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
                out += [*self._in_name(row), *self._value_row(row)]
            elif measured or self.of_tasks or self.zone in ("goal", "general_goal") or "%" in row.passage.text:
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
            brought = self.of_tasks and column.kind != "name"  # what the task is to bring about
            if (brought or stands_beside(column.head)) and not (brought and says_result(cell.text)):
                continue
            zone = "goal" if measured or brought else "task"
            hits = self.analysis.deadline_hits.get(passage.clause.clause_id, [])
            dated = any(cell.start <= hit.start < cell.end for hit in hits)
            timed = None if dated else self._timed(row)
            own = timed if self.of_tasks else None
            for target in self.finder.read(passage, cell.start, cell.end, zone, rule="table", due=own):
                by = due_by(target, None if dated else timed or self.due)
                out.append(msgspec.structs.replace(by, lead_agency=lead))
        return out

    def _timed(self, row: Row) -> Due | None:
        """When a row is due by its own column of times."""
        for column in self.columns:
            cell = row.cells.get(column.index)
            if cell is None or not WHEN.search(column.head):
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
        if (is_figure(name) and own is not None and not self.subjects.divided) or of_money(named(name)):
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
        if name and not TOTAL.match(name) and (out or not (sub or self._is_met(row))):
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

    def _in_name(self, row: Row) -> list[Target]:
        """What the name of a row states itself where its planned cell only says that it is met: ``Đạt``."""
        own = next((row.cells[c.index] for c in of_kind(self.columns, "name") if c.index in row.cells), None)
        return self._read(row, own) if own is not None and self._is_met(row) else []

    def _is_met(self, row: Row) -> bool:
        return any(MET.fullmatch(row.text(column.index)) for column in self.values)

    def _spoken(self, row: Row, column: Column, cell: GridCell) -> list[Target] | None:
        """A cell that says its share as a clause of its own, of whom and what: ``100% bếp ăn được kiểm tra``."""
        if column.year or not (says_share(cell.text) or is_prose(cell.text)):
            return None
        narrowing = "" if MEASURE.match(column.last) else clean(column.last)
        date, text = self._deadline(row.passage.clause, column)
        return [
            msgspec.structs.replace(
                target if target.deadline or not date else due_by(target, Due(date, "<=", text)),
                scope=target.scope if not narrowing else (*target.scope, narrowing),
            )
            for target in self._read(row, cell)
        ] or None

    def _read(self, row: Row, cell: GridCell) -> list[Target]:
        """The targets that a cell states in a sentence."""
        found = self.finder.read(row.passage, cell.start, cell.end, "goal", rule="table", due=None)
        lead, due = self._lead_agency(row), self._timed(row) or self.due
        return [msgspec.structs.replace(due_by(target, due), lead_agency=lead) for target in found]

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
        subject, predicate, scopes = self.subjects.about(row, column, name, self.row_unit, sub)
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
            indicator=self.subjects.indicator(head, name, predicate),
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
        told = any(unit != self.subjects.titled.unit for unit in others) or bool(of_kind(self.columns, "unit"))
        if quantity.unit or told:
            return ""
        return unit_of(quantity, self.subjects.titled.unit)

    def _baseline(self, row: Row, unit: str) -> str:
        for column in reversed(of_kind(self.columns, "past")):
            if is_figure(row.text(column.index)):
                text = row.text(column.index)
                return clean(f"{text} {unit}" if unit and unit not in text else text)
        return ""
